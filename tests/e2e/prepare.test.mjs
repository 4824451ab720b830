// prepare.test.mjs — before a meeting, on one phone: agenda in one tap, committee, papers, guests, who was told; what a member opens is received.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import zlib from 'node:zlib';
import { accessibility, browser, look, now, overflow, password, person, phone, program, root, serve } from './lib.mjs';

let server, web, page, meeting, dir;

before(async () => {
	server = await serve('commune');
	web = await browser();
	dir = fs.mkdtempSync(path.join(os.tmpdir(), 'chibo-papers-'));
	page = await person(web, server, 'bithu', phone);
	await page.goto('/');
	const unit = await page.evaluate(() => document.querySelector('a[href^="/units/"]').getAttribute('href').match(/units\/(\d+)/)[1]);
	const made = await post(page, `/units/${unit}/meetings/register`, [['kind', 'regular'], ['starts_at', '2025-12-20T19:30'], ['place', 'Nhà văn hóa thôn']]);
	meeting = made.location.match(/meetings\/(\d+)/)[1];
});
after(async () => {
	await web?.close();
	await server?.stop();
	fs.rmSync(dir, { recursive: true, force: true });
});

// A POST with the proof of the page one is on; the answer as JSON.
async function post(from, address, fields) {
	return from.evaluate(async ([to, pairs]) => {
		const csrf = document.querySelector('[name=csrf]').value;
		const r = await fetch(to, { method: 'POST', headers: { Accept: 'application/json' }, body: new URLSearchParams([['csrf', csrf], ...pairs]) });
		return { status: r.status, location: r.headers.get('Location'), text: await r.text() };
	}, [address, fields]);
}

const ask = (from, address) => from.evaluate(async (a) => {
	const r = await fetch(a, { headers: { Accept: 'application/json' } });
	return { status: r.status, body: /json/.test(r.headers.get('Content-Type')) ? await r.json() : null };
}, address);

const at = (below) => `/meetings/${meeting}${below}`;

async function inOrder(name, address) {
	const answer = await page.goto(address);
	assert.equal(answer.status(), 200, address);
	assert.ok((await overflow(page)) <= 0, `${address} is wider than the phone`);
	assert.deepEqual(await accessibility(page), [], address);
	const bytes = zlib.gzipSync(await (await page.request.get(address, { headers: { accept: 'text/html' } })).body()).length;
	assert.ok(bytes <= 5 * 1024, `${address}: ${bytes} bytes`);
	await look(page, name);
}

test('the agenda is proposed in one tap and saved as it is typed', async () => {
	await inOrder('prepare-agenda-empty', at('/agenda'));
	await page.click('button.primary');
	await page.waitForLoadState();
	const first = (await ask(page, at('/agenda'))).body;
	assert.equal(first.planned_minutes, first.required_minutes);
	assert.equal(first.steps_missing, 0);
	assert.equal(first.steps_required, 16);
	await page.locator('.item details summary').nth(5).click();
	await page.fill('.item details[open] [name=title]', 'Thông tin thời sự, Nghị quyết Đại hội đảng bộ xã');
	await page.waitForFunction(() => document.querySelector('.item details[open] output').textContent !== '');
	assert.equal((await ask(page, at('/agenda'))).body.items[5].title, 'Thông tin thời sự, Nghị quyết Đại hội đảng bộ xã');
	await inOrder('prepare-agenda', at('/agenda'));
});

test('two people who change one item get both versions shown', async () => {
	const other = await person(web, server, 'bithu', phone);
	for (const p of [page, other]) {
		await p.goto(at('/agenda'));
		await p.locator('.item details summary').nth(2).click();
	}
	await other.fill('.item details[open] [name=planned_minutes]', '4');
	await other.click('.item details[open] button');
	await other.waitForLoadState();
	await page.locator('.item details[open] form').evaluate((form) => { form.elements.planned_minutes.value = '6'; form.requestSubmit(); });
	await page.waitForSelector('.errors');
	const text = await page.textContent('main');
	assert.match(text, /4 phút/);
	assert.equal(await page.inputValue('.item details[open] [name=planned_minutes]'), '6');
});

test('the committee writes its minutes once; what the records tell is there already', async () => {
	await page.goto(at('/pre'));
	await page.fill('[name=starts_at]', '2025-12-01T19:00');
	await page.fill('[name=ends_at]', '2025-12-01T20:00');
	await page.selectOption('[name=minute_taker_id]', { index: 2 });
	await page.click('button.primary');
	await page.waitForLoadState();
	assert.match(await page.inputValue('#x-pre_results'), /–/);
	await page.fill('#x-pre_tasks', 'Thu quỹ vì người nghèo');
	await page.waitForFunction(() => document.querySelector('#f-pre_tasks output').textContent !== '');
	await inOrder('prepare-committee', at('/pre'));
	await page.click('form[action$="/sign"] button');
	await page.waitForURL((u) => u.pathname === at(''));
	assert.notEqual((await ask(page, at('/pre'))).body.signed_on, '');
	const late = await post(page, at('/pre/texts/pre_tasks'), [['value', 'Khác'], ['rev', '1']]);
	assert.equal(late.status, 409);
});

async function put(file, more = async () => {}) {
	await page.goto(at('/papers'));
	if (file) await page.setInputFiles('#file', file);
	await more();
	await page.click('button.primary');
	await page.waitForLoadState();
	return page.textContent('main');
}

test('a program named .pdf and anything secret are refused with a clear sentence', async () => {
	const program_ = path.join(dir, 'bao-cao.pdf'), large = path.join(dir, 'lon.pdf');
	fs.writeFileSync(program_, 'MZ\x90\x00 a program');
	fs.writeFileSync(large, '%PDF-1.4');
	fs.truncateSync(large, 300 << 20);
	assert.match(await put(program_), /một chương trình Windows, không phải tệp PDF/);
	assert.match(await put(null, async () => { await page.check('[value=secret]'); await page.fill('[name=subject]', 'Nội dung'); }), /chỉ ghi số/);
	await page.goto(at('/papers'));
	await page.setInputFiles('#file', large);
	assert.match(await page.locator('#file').evaluate((e) => e.validationMessage), /20 MB/);
	const cookie = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; ');
	const sent = spawnSync('curl', ['-s', '-w', '\n%{http_code} %{size_upload}', '-H', `Cookie: ${cookie}`, '-H', 'Accept: application/json', '-F', `file=@${large}`, server.base + at('/papers')],
		{ encoding: 'utf8' });
	assert.match(sent.stdout, /20 MB[^]*\n413 \d{1,7}$/); // answered before the file was sent
	assert.equal((await ask(page, at('/papers'))).body.papers.length, 0);
});

test('what a member opens is received; who does not take part gets nothing', async () => {
	const guide = path.join(dir, 'Gợi ý thảo luận.txt');
	fs.writeFileSync(guide, 'Gợi ý thảo luận\n');
	await put(guide);
	const paper = (await ask(page, at('/papers'))).body.papers[0].id;
	for (const [login, member, unit] of [['dv', '01.001.000.000.004-016', '01.001.000.000.004'], ['khach', '01.001.000.000.011-003', '01.001.000.000.011'], ['ngoai', '01.001.000.000.011-002', '01.001.000.000.011']])
		spawnSync(program, ['--db', server.db, 'user', 'add', login, '--member', member, '--role', 'member', '--unit', unit, '--password-stdin'],
			{ input: password + '\n', cwd: root, env: { ...process.env, CHIBO_NOW: now } });
	const invited = await post(page, at('/invite'), [['member_code', '01.001.000.000.011-003'], ['function', 'Đảng ủy viên xã'], ['kind', 'assigned']]);
	assert.equal(invited.status, 200);
	await page.goto(at('/sendings'));
	await page.click('form.buttons button.primary');
	await page.waitForLoadState();
	const before_ = (await ask(page, at('/sendings'))).body;
	const again = await post(page, at('/sendings'), [['all', '1'], ['channel', 'app']]);
	assert.equal(again.status, 200);
	assert.equal((await ask(page, at('/sendings'))).body.sendings.length, before_.sendings.length);
	const [member, guest, outsider] = await Promise.all(['dv', 'khach', 'ngoai'].map((login) => person(web, server, login, phone)));
	for (const [who, status, register] of [[member, 200, 200], [guest, 200, 404], [outsider, 404, 404]]) { // the register is the cell's own
		assert.equal((await ask(who, at('/papers'))).status, status);
		assert.equal((await ask(who, at(`/papers/${paper}/file`))).status, status);
		assert.equal((await ask(who, `/documents/${paper}/file`)).status, register);
	}
	const told = (await ask(page, at('/sendings'))).body;
	assert.equal(told.received, before_.received + 2);
	assert.equal(told.sendings.filter((s) => s.document_id === paper && s.receipt === 'sign_in').length, 2);
	assert.match(await page.goto(at('/papers')).then(() => page.textContent('.papers')), /\d người đã đọc/);
});

test('those without an account are told by name, all at once', async () => {
	await inOrder('prepare-notices', at('/sendings'));
	await page.click('button[name=everyone]');
	await page.waitForLoadState();
	assert.equal((await ask(page, at('/sendings'))).body.all_told, true);
	await inOrder('prepare-notices-told', at('/sendings'));
	await inOrder('prepare-guests', at('/guests'));
	await inOrder('prepare-papers', at('/papers'));
});
