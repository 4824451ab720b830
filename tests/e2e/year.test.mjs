// year.test.mjs — the year of a village cell as secretary, member, officer and upper committee do it: registered at the January meeting, checked, voted at
// half-year, members classified, assessed, voted, appraised too low, appealed with success, recognised with a certificate whose code a stranger looks up.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { accessibility, browser, desktop, look, overflow, person, phone } from './lib.mjs';
import { commune, office, province, records, village, year, yearOrganisation } from './year-lib.mjs';

const press = (page, selector = 'main form button.primary:visible') => Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
const json = async (page, address) => (await page.request.get(address, { headers: { accept: 'application/json' } })).json();
const problems = async (page) => (await page.locator('.errors, .problem').allTextContents()).join(' / ');
const unit = `/units/${village.code}`;

describe('a year of “four good”', () => {
	let org, web, secretary, member, officer, upper, stranger, id, code;
	const at = (below = '') => `/cases/${id}${below}`;
	const state = async () => (await json(secretary, at())).state;

	// The clock goes on, and what was recorded until then comes in.
	async function day(moment) {
		await org.at(moment);
		for (const kind of records(org.dir, moment.slice(0, 10))) org.run(moment, 'import', kind, `${kind}.csv`);
	}
	async function seen(page, name) {
		await look(page, `year-${name}`);
		assert.equal(await overflow(page), 0, `${name} is wider than the screen`);
		assert.deepEqual(await accessibility(page), [], name);
	}
	async function done(page, selector) {
		await press(page, selector);
		assert.equal(await problems(page), '', page.url());
	}

	before(async () => {
		org = await yearOrganisation();
		await day(`${year}-01-20T19:00`);
		web = await browser();
		secretary = await person(web, org, 'bithu', phone);
		member = await person(web, org, 'dangvien', phone);
		officer = await person(web, org, 'canbo', desktop);
		upper = await person(web, org, 'tinhuy', desktop);
		stranger = await person(web, org, null, phone);
	});
	after(async () => {
		await web?.close();
		await org?.stop();
	});

	test('the cell registers at its regular meeting', async () => {
		await secretary.goto(`${unit}/year?year=${year}`);
		await seen(secretary, 'not-registered');
		await secretary.goto(`${unit}/year/register?year=${year}`);
		await press(secretary);
		assert.match(await problems(secretary), /giao ước/); // what is missing is said at its field
		for (const [name, value] of [['in_favour', '21'], ['against', '0'], ['abstain', '1'], ['agreement_on', `${year}-01-15`]]) await secretary.fill(`[name=${name}]`, value);
		await done(secretary);
		id = /cases\/(\d+)/.exec(secretary.url())[1];
		assert.equal(await state(), 'registered');
		await seen(secretary, 'case');
	});

	test('every month it checks itself', async () => {
		await day(`${year}-02-05T19:00`);
		await secretary.goto(at(`/check?month=${year}-02`));
		await secretary.locator('label', { has: secretary.locator('[name="met.G3.2"][value="1"]') }).click();
		await seen(secretary, 'check');
		await done(secretary);
		await secretary.goto(at(`/check?month=${year}-02`));
		assert.ok(await secretary.locator('[name="met.G3.2"][value="1"]').isChecked());
	});

	test('a member undertakes something for the year', async () => {
		await member.goto(`${unit}/undertakings/new?year=${year}`);
		await member.fill('[name=text]', 'Giúp đỡ một hộ khó khăn trong thôn');
		await seen(member, 'undertaking');
		await done(member);
		await secretary.goto(`${unit}/emulation?year=${year}`);
		assert.match(await secretary.textContent('main'), /Giúp đỡ một hộ khó khăn/);
		await seen(secretary, 'emulation');
	});

	test('at half-year the members vote on the results', async () => {
		await day(`${year}-07-05T19:00`);
		await secretary.goto(at('/sheet?stage=half_year'));
		for (const [line, points] of [['G1.4', '4'], ['G3.2', '5']]) await secretary.fill(`[name="judged.${line}"]`, points);
		for (const [name, value] of [['in_favour', '20'], ['against', '1'], ['abstain', '1']]) await secretary.fill(`[name=${name}]`, value);
		await seen(secretary, 'half-year');
		await done(secretary, 'button[name=do][value=keep]');
		assert.equal(await state(), 'half_year');
	});

	test('the collective reviews itself, then its members', async () => {
		await day(`${year}-11-24T19:00`);
		await secretary.goto(`${unit}/year/members?year=${year}`);
		await done(secretary, 'button[value=open_collective]');
		await secretary.goto(`${unit}/year/members?year=${year}`);
		const collective = /cases\/(\d+)/.exec(await secretary.locator('#collective-title ~ p a[href^="/cases/"]').first().getAttribute('href'))[1];
		await secretary.goto(`/cases/${collective}/sheet?stage=self`);
		for (const field of await secretary.locator('input[name^="judged."]').all()) await field.fill((await field.evaluate((e) => e.parentElement.textContent.split('/')[1])).trim());
		await done(secretary, 'button[name=do][value=keep]');
		await secretary.goto(`${unit}/year/members?year=${year}`);
		await done(secretary, 'button[value=open]');
		await seen(secretary, 'members');

		await secretary.goto(`${unit}/emulation?year=${year}`);
		await secretary.locator('a[href^="/undertakings/"]').first().click();
		await secretary.waitForURL(/undertakings/);
		await secretary.locator('label', { has: secretary.locator('[name=result][value=done]') }).click();
		await done(secretary, 'form[action$="/review"] button');

		await member.goto('/me/year');
		await seen(member, 'my-year');
		await member.locator('main a.button.primary, main a[href*="/sheet?stage=self"]').first().click();
		await member.waitForURL(/sheet/);
		for (const field of await member.locator('input[name^="judged."]').all()) await field.fill((await field.evaluate((e) => e.parentElement.textContent.split('/')[1])).trim());
		await seen(member, 'my-sheet');
		await done(member, 'button[name=do][value=keep]');
		const own = /cases\/(\d+)/.exec(member.url())[1];
		assert.equal((await json(member, `/cases/${own}`)).state, 'self_assessed');
		assert.equal((await member.request.get(at('/sheet?stage=self'))).status() < 500, true);

		const judged = path.join(org.dir, 'judged.json'), lines = (await json(member, `/cases/${own}/sheet?stage=self`)).lines ?? [];
		const all = Object.fromEntries((lines.length ? lines : (await json(member, `/cases/${own}/sheet?stage=self`)).sheet.lines).filter((l) => l.source === 'judged').map((l) => [l.id, l.max]));
		fs.writeFileSync(judged, JSON.stringify({ judged: all }));
		for (let i = 1; i <= village.members; i++) if (i !== 5) org.run(`${year}-11-24T19:00`, 'cases', 'score', village.code, '--kind', 'member', '--member', `${village.code}-${String(i).padStart(2, '0')}`, '--year', String(year), '--stage', 'self', '--judged', judged);
		await secretary.goto(`${unit}/year/members?year=${year}`);
		for (const [i, box] of (await secretary.locator('.counts').all()).entries()) {
			const fields = box.locator('input');
			await fields.nth(0).fill(String(i % 4 ? 21 : 20));
			await fields.nth(1).fill('0');
			await fields.nth(2).fill(i % 4 ? '1' : '2');
		}
		await done(secretary, 'button[name=do][value=vote]');
		await secretary.goto(`/cases/${collective}/vote?stage=voted`);
		for (const [name, value] of [['in_favour', '21'], ['against', '0'], ['abstain', '1']]) await secretary.fill(`[name=${name}]`, value);
		await done(secretary, 'button[name=do][value=keep]');
		assert.equal((await json(secretary, `/cases/${collective}`)).state, 'voted');

		await officer.goto(`/cases/${collective}/appraise`);
		await seen(officer, 'appraise-unit');
		await done(officer, 'button[name=do][value=keep]');
		assert.equal((await json(officer, `/cases/${collective}`)).state, 'appraised');
	});

	test('it assesses itself with evidence, the members vote', async () => {
		await day(`${year}-12-11T19:00`);
		await secretary.goto(at('/evidence?line=G1.4'));
		await secretary.setInputFiles('[name=file]', { name: 'bao-cao-thon.txt', mimeType: 'text/plain', buffer: Buffer.from('Thôn đã hoàn thành 3 km đường bê tông, 100 % hộ có nhà vệ sinh hợp chuẩn.\n') });
		await secretary.fill('[name=title]', 'Báo cáo của thôn');
		await seen(secretary, 'evidence');
		await done(secretary);
		await secretary.goto(at('/sheet?stage=self'));
		for (const [line, points] of [['G1.4', '4'], ['G3.2', '5']]) await secretary.fill(`[name="judged.${line}"]`, points);
		await seen(secretary, 'self');
		await done(secretary, 'button[name=do][value=keep]');
		assert.equal(await state(), 'self_assessed');
		await secretary.goto(at('/vote?stage=voted'));
		for (const [name, value] of [['in_favour', '11'], ['against', '11'], ['abstain', '0']]) await secretary.fill(`[name=${name}]`, value);
		await press(secretary, 'button[name=do][value=keep]');
		assert.equal(await state(), 'self_assessed'); // half is not more than half (V07)
		for (const [name, value] of [['in_favour', '21'], ['against', '0'], ['abstain', '1']]) await secretary.fill(`[name=${name}]`, value);
		await done(secretary, 'button[name=do][value=keep]');
		assert.equal(await state(), 'voted');
		await secretary.goto(`${unit}/year?year=${year}`);
		await seen(secretary, 'standing');
	});

	test('the committee appraises it lower, in words, and the cell appeals with success', async () => {
		await day(`${year}-12-12T09:00`);
		await officer.goto(`/units/${commune}/appraisal?year=${year}&kind=four_good`);
		assert.match(await officer.textContent('main'), /Quang An/);
		await seen(officer, 'queue');
		await officer.goto(at('/appraise'));
		await seen(officer, 'appraise');
		await officer.fill('[name="judged.G3.2"]', '0');
		await officer.fill('[name="judged.G1.4"]', '2');
		await press(officer, 'button[name=do][value=keep]');
		assert.match(await problems(officer), /G3\.2|khác|lý do/); // every difference needs its words
		assert.equal(await officer.inputValue('[name="judged.G3.2"]'), '0'); // what was typed stays
		await officer.fill('[name="why.G3.2"]', 'Còn một đơn thư chưa giải quyết');
		await officer.fill('[name="why.G1.4"]', 'Tuyến đường chưa nghiệm thu');
		await done(officer, 'button[name=do][value=keep]');
		assert.equal(await state(), 'appraised');

		await day(`${year}-12-14T20:00`);
		await secretary.goto(at('/appeal'));
		await secretary.fill('[name=reason]', 'Đơn thư đã giải quyết xong ngày 20/10, đường đã nghiệm thu ngày 05/12; biên bản kèm theo');
		await secretary.fill('[name=wanted]', '100');
		await seen(secretary, 'appeal');
		await done(secretary);
		await officer.goto(`/units/${commune}/recognition?year=${year}`);
		assert.match(await officer.textContent('main'), /kiến nghị|khiếu nại/); // nothing is decided over an open appeal
		await day(`${year}-12-16T09:00`);
		await officer.goto(at('/appeal/1'));
		await officer.locator('label', { has: officer.locator('[name=outcome][value=changed]') }).click();
		await officer.fill('[name=answer]', 'Đã xem biên bản: chấp nhận kiến nghị');
		await officer.fill('[name="judged.G3.2"]', '5');
		await officer.fill('[name="judged.G1.4"]', '4');
		await seen(officer, 'answer');
		await done(officer, 'button[name=do][value=answer]');
		await secretary.goto(at('/appeal'));
		assert.match(await secretary.textContent('main'), /chấp nhận kiến nghị/);
		assert.equal(await state(), 'appraised');
	});

	test('it is recognised, and a stranger verifies the certificate', async () => {
		await day(`${year + 1}-01-09T09:00`);
		await officer.goto(`/units/${commune}/recognition?year=${year}`);
		await officer.locator('[name=exemplary]').first().check({ force: true });
		await officer.fill('[name=outside_no]', '03-QĐ/ĐU');
		if (await officer.locator('input[name=signed_by]').count()) await officer.fill('input[name=signed_by]', 'Nguyễn Văn Hòa');
		await seen(officer, 'recognition');
		await done(officer);
		assert.equal(await state(), 'recognised');
		const row = (await json(officer, `/units/${commune}/recognition?year=${year}`)).cases.find((k) => k.unit === village.code);
		code = row.check_code;
		assert.ok(code);
		await seen(officer, 'recognised');
		const link = await officer.locator(`a[href^="/awards/"]:has-text("${code}")`).getAttribute('href');
		const paper = path.join(org.dir, 'certificate.pdf');
		fs.writeFileSync(paper, await (await officer.request.get(`${link}/certificate.pdf`)).body());
		const text = execFileSync('pdftotext', ['-raw', paper, '-'], { encoding: 'utf8' }).normalize('NFC').replace(/\s+/g, ' ');
		for (const word of ['Quang An', '03-QĐ/ĐU', code]) assert.ok(text.toLowerCase().includes(word.toLowerCase()), `${word} is not on the certificate: ${text}`);

		await stranger.goto('/verify');
		await stranger.fill('[name=code]', code.toLowerCase().replaceAll('-', ' '));
		await done(stranger);
		await seen(stranger, 'verify');
		assert.match(await stranger.textContent('main'), /Quang An[^]*03-QĐ\/ĐU/);
		assert.equal((await stranger.request.get(`${unit}/awards`)).url().includes('/sign-in'), true); // and sees nothing else
		await secretary.goto(`${unit}/year?year=${year}`);
		await seen(secretary, 'recognised-cell');
	});

	test('the upper committee sees it summed up, a reopened decision revokes the certificate', async () => {
		await upper.goto(`/units/${province}?period=${year}`);
		await seen(upper, 'province');
		await upper.goto(`/units/${province}/appraisal?year=${year}&kind=four_good`);
		assert.match(await upper.textContent('main'), /Tân Hòa/);
		const targets = JSON.parse(org.run(`${year + 1}-01-09T10:00`, 'targets', '--unit', province, '--period', String(year), '--json')).targets;
		const of = (t) => targets.find((x) => x.id === t);
		assert.deepEqual([of('T10').numerator, of('T10').denominator], [1, 3]);
		assert.deepEqual([of('T19').numerator, of('T19').denominator], [1, 1]);
		await officer.goto(at('/steps/reopen')); // the level that decided; the province looks on
		await officer.fill('[name=remark]', 'Có phản ánh mới về kết quả năm');
		await seen(officer, 'reopen');
		await done(officer);
		assert.equal(await state(), 'reopened');
		await stranger.goto(`/verify/${code}`);
		assert.match(await stranger.textContent('main'), /thu hồi/);
		await secretary.goto(at());
		await seen(secretary, 'reopened');
	});
});
