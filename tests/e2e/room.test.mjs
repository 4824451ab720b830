// room.test.mjs — a meeting as it runs, on one phone: the roll call against the clock and without a connection, the agenda item by item, votes with two
// tellers, a secret ballot on a phone that is passed on, the end.
import assert from 'node:assert/strict';
import zlib from 'node:zlib';
import { after, before, test } from 'node:test';
import { accessibility, browser, desktop, look, overflow, person, phone, serve, valid } from './lib.mjs';

const cell = '01.001.000.000.004';
let server, web, page, id, items;

before(async () => {
	server = await serve('commune');
	web = await browser();
	page = await person(web, server, 'bithu', phone);
	// registered, on the notice, prepared, opened: the pages of the steps before
	await page.goto(`/units/${cell}/meetings/register`);
	await page.fill('[name=starts_at]', '2025-12-02T20:30');
	await press('main form button.primary');
	id = /\/meetings\/(\d+)/.exec(page.url())[1];
	await page.goto(`/meetings/${id}/steps/schedule`);
	await page.fill('[name=remark]', 'TB 12-TB/ĐU');
	await press('main form button.primary');
	await page.goto(`/meetings/${id}/agenda`);
	await press('form[action$="propose"] button');
	for (const step of ['prepare', 'open']) {
		await page.goto(`/meetings/${id}/steps/${step}`);
		await press('main form button.primary');
	}
});
after(async () => {
	await web?.close();
	await server?.stop();
});

const press = (css) => Promise.all([page.waitForNavigation(), page.click(css)]);
const data = async (below) => (await page.request.get(`/meetings/${id}${below}`, { headers: { accept: 'application/json' } })).json();
const weight = async (path) => zlib.gzipSync(await (await page.request.get(path, { headers: { accept: 'text/html' } })).body()).length;
async function fits(name) {
	assert.equal(await overflow(page), 0, name);
	assert.deepEqual(await accessibility(page), [], name);
	assert.deepEqual(await valid(page, page.url()), [], name);
	await look(page, `room-${name}-360`);
	assert.ok((await weight(page.url())) < 5000, name);
}
const tap = (nth, value) => page.locator('fieldset.person').nth(nth).locator('label', { has: page.locator(`[value=${value}]`) }).click();
const saved = () => page.waitForFunction(() => document.querySelector('[data-note]').textContent === 'Đã lưu');

test('the roll of twenty-two with three exceptions, within twenty seconds', async () => {
	const start = Date.now();
	await page.goto(`/meetings/${id}/attendance`);
	assert.ok((await page.locator('fieldset.person').count()) >= 15);
	await tap(2, 'excused');
	await tap(4, 'late');
	await tap(6, 'unexcused');
	await saved();
	assert.ok(Date.now() - start < 20000);
	const roll = await data('/attendance');
	assert.equal(roll.attendance.filter((a) => a.status === 'excused').length, 1);
	assert.equal(roll.attendance.filter((a) => a.arrived_at).length, 1);
	assert.match(await page.textContent('.tally'), /19\/21 · 90,48 %/);
	await fits('roll');
});

test('a tap without a connection is kept and sent later', async () => {
	await page.context().setOffline(true);
	await tap(6, 'present');
	await page.waitForFunction(() => document.querySelector('[data-note]').textContent.startsWith('Mất kết nối'));
	assert.match(await page.textContent('.tally'), /20\/21/);
	assert.equal((await data('/attendance').catch(() => ({ attendance: [] }))).attendance.filter((a) => a.status === 'unexcused').length, 1);
	await page.context().setOffline(false);
	await saved();
	assert.equal((await data('/attendance')).attendance.filter((a) => a.status === 'unexcused').length, 0);
	await press('form.roll button.primary');
	assert.match(page.url(), /\/room$/);
});

test('the agenda, item by item; texts are saved as they are typed', async () => {
	await page.fill('[name="text.reason"]', 'Sinh hoạt thường kỳ tháng 12.');
	await saved();
	await page.fill('[name="text.reason"]', 'Sinh hoạt thường kỳ tháng 12 năm 2025.');
	await page.waitForTimeout(1300);
	await saved();
	items = Object.fromEntries((await data('/room')).agenda.map((a) => [a.step, a.item]));
	assert.equal((await data('/room')).texts.reason.value, 'Sinh hoạt thường kỳ tháng 12 năm 2025.');
	await fits('reason');
	await page.fill('[name=minutes]', '3');
	await press('button[name=done][value="1"]');
	assert.match(await page.textContent('.flash'), /3 phút/);
	// who chairs is proposed; the minute-taker is chosen
	await page.selectOption('[name=minute_taker]', { index: 3 });
	await fits('people');
	await press('button[name=done][value="1"]');
	assert.ok((await data('/room')).minute_taker);
	await page.goto(`/meetings/${id}/room?item=${items['ST-M6']}`);
	for (let i = 0; i < 4; i++) await page.click('[data-by="1"]');
	await page.click('[data-by="-1"]');
	await saved();
	assert.equal((await data('/room')).speakers, 3);
	await fits('speakers');
	await page.goto(`/meetings/${id}/room?item=${items['ST-M2']}`);
	await fits('results');
});

test('a task in three taps', async () => {
	await page.goto(`/meetings/${id}/room?item=${items['ST-C2']}`);
	await page.selectOption('[name=member_code]', { index: 2 });
	await page.fill('[name=title]', 'Vận động 5 hộ làm nhà vệ sinh hợp chuẩn');
	await press('form[action$="/room/tasks"] button');
	const { assigned } = await data('/tasks');
	assert.equal(assigned.length, 1);
	assert.equal(await page.inputValue('[name=title]'), ''); // the next one begins empty
	assert.match(assigned[0].due_on, /^2026-01-/);
	assert.match(assigned[0].report_at, /tháng 1\/2026/);
	await fits('tasks');
});

test('a vote by show of hands, counted by two', async () => {
	await page.goto(`/meetings/${id}/votes`);
	await fits('votes');
	await press('.quick button[value=resolution]');
	await page.selectOption('[name="a.teller"]', { index: 1 });
	await page.selectOption('[name="b.teller"]', { index: 2 });
	await page.fill('[name="a.in_favour"]', '17');
	await page.fill('[name="b.in_favour"]', '18');
	await press('form[action$="/count"] button.primary');
	assert.equal(await page.locator('.errors').count(), 1);
	await fits('count');
	await press('button[name=all]');
	assert.match(await page.textContent('.verdict'), /thông qua/i);
	await fits('result');
});

test('a secret ballot on a phone that is passed on', async () => {
	await page.goto(`/meetings/${id}/votes`);
	await page.click('main details summary');
	await page.selectOption('select[name=subject]', 'other');
	await page.fill('[name=title]', 'Giới thiệu quần chúng ưu tú');
	await page.click('label:has([value=device])');
	await press('details form button.primary');
	await fits('urn');
	const vote = page.url();
	await page.goto(`${vote}/lend`);
	for (const choice of ['1', '2', '1']) {
		assert.equal(await page.locator('input[type=radio]:checked').count(), 0);
		await page.selectOption('[name=person]', { index: 1 });
		await page.click(`label:has([name=choice][value="${choice}"])`);
		await press('main form button.primary');
	}
	await fits('lend');
	// a member votes on the own phone: the page of their own leads there
	const member = await person(web, server, 'dangvien', phone);
	await member.goto('/mine');
	await member.click('a[href$="/ballot"]');
	await member.waitForURL(/ballot$/);
	await look(member, 'room-ballot-360');
	assert.equal(await overflow(member), 0);
	await member.click('label:has([name=choice][value="2"])');
	await Promise.all([member.waitForNavigation(), member.click('main form button.primary')]);
	assert.match(await member.textContent('main'), /đã vào hòm/);
	assert.equal(await member.locator('[name=choice]').count(), 0);
	await page.goto(vote);
	assert.match(await page.textContent('.verdict'), /4/);
	await press('form[action$="/close"] button');
	const closed = await (await page.request.get(vote, { headers: { accept: 'application/json' } })).json();
	assert.deepEqual([closed.marked, closed.in_favour, closed.against, closed.result], [4, 2, 2, 'rejected']);
});

test('the end', async () => {
	await page.goto(`/meetings/${id}/close`);
	assert.match(await page.inputValue('[name=ends_at]'), /^2025-12-02T21:/);
	await fits('close');
	await press('main form button.primary');
	assert.match(page.url(), /\/score$/);
	assert.equal((await data('/room')).state, 'held');
});

test('without scripts the roll and the agenda work as forms', async () => {
	const plain = await person(web, server, 'bithu', desktop, { javaScriptEnabled: false });
	await plain.goto(`/meetings/${id}/attendance`);
	await plain.locator('fieldset.person').nth(7).locator('label', { has: plain.locator('[value=excused]') }).click();
	await Promise.all([plain.waitForNavigation(), plain.click('form.roll button.primary')]);
	assert.equal((await data('/attendance')).attendance.filter((a) => a.status === 'excused').length, 2);
	await plain.goto(`/meetings/${id}/room?item=${items['ST-M6']}`);
	await Promise.all([plain.waitForNavigation(), plain.click('[name=one_more]')]);
	assert.equal((await data('/room')).speakers, 4);
	await look(plain, 'room-plain-1280');
});
