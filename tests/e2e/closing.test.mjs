// closing.test.mjs — the officer's queue with one sheet that changed meanwhile, and an appeal from the cell to the answer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import zlib from 'node:zlib';
import { HtmlValidate } from 'html-validate';
import { accessibility, browser, desktop, look, overflow, person, phone, serve } from './lib.mjs';

let server, web;

before(async () => {
	server = await serve('commune');
	web = await browser();
});
after(async () => {
	await web?.close();
	await server?.stop();
});

const data = async (page, address) => (await page.request.get(address, { headers: { accept: 'application/json' } })).json();
const settled = (page) => page.waitForLoadState();
const validator = new HtmlValidate({
	extends: ['html-validate:standard'],
	rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off', 'void-style': 'off', 'no-raw-characters': 'off', 'attribute-boolean-style': 'off', 'no-inline-style': 'error', 'tel-non-breaking': 'off' },
});

test('every stage of the village\'s last meeting is valid, light, accessible and fits the phone', async () => {
	const page = await person(web, server, 'bithu', phone);
	const own = (await data(page, '/units/01.001.000.000.004/meetings')).meetings.find((m) => m.state === 'decided');
	assert.ok(own, 'a meeting of the demonstration was decided');
	for (const below of ['/score', '/vote-score', '/guest-score', '/appeal']) {
		const answer = await page.goto(`/meetings/${own.id}${below}`);
		assert.equal(answer.status(), 200, below);
		assert.equal(await overflow(page), 0, below);
		assert.deepEqual(await accessibility(page), [], below);
		const html = await (await page.request.get(`/meetings/${own.id}${below}`, { headers: { accept: 'text/html' } })).text();
		const report = await validator.validateString(html);
		assert.deepEqual(report.results.flatMap((r) => r.messages.filter((m) => m.severity === 2).map((m) => `${m.ruleId} line ${m.line}: ${m.message}`)), [], below);
		const size = zlib.gzipSync(html).length;
		assert.ok(size <= 5 * 1024, `${below}: ${size} bytes compressed`);
		await look(page, `stage${below.replace('/', '-')}-360`);
	}
});

test('many sheets at once: one that somebody else decided meanwhile is named and left', async () => {
	const page = await person(web, server, 'canbo', desktop), other = await person(web, server, 'canbo', desktop);
	await page.goto('/decide');
	const boxes = page.locator('#queue input[name=meeting]');
	const [first, second] = [await boxes.nth(4).getAttribute('value'), await boxes.nth(5).getAttribute('value')].map((v) => v.split('.')[0]);
	await other.goto(`/meetings/${second}/decide`);
	await other.locator('button[value=keep]').click();
	await settled(other);
	await boxes.nth(4).check();
	await boxes.nth(5).check();
	await page.locator('button[value=confirm]').click();
	await settled(page);
	assert.match(await page.textContent('main .errors'), /để nguyên|để lại|bản/);
	await look(page, 'queue-one-left-1280');
	assert.deepEqual(await accessibility(page), []);
	assert.equal((await data(page, `/meetings/${first}`)).state, 'decided');
	const queue = await data(page, '/decide');
	assert.ok(!queue.meetings.some((m) => [first, second].includes(m.id)));
});

test('the whole queue can be ticked without a script and by keyboard alone', async () => {
	const page = await person(web, server, 'canbo', desktop, { javaScriptEnabled: false });
	await page.goto('/decide?tick=all');
	const boxes = page.locator('#queue input[name=meeting]');
	assert.equal(await boxes.count(), await page.locator('#queue input[name=meeting]:checked').count());
	await boxes.first().focus();
	await page.keyboard.press('Space');
	assert.equal(await boxes.first().isChecked(), false);
});

test('the cell appeals against a decision and the committee changes it', async () => {
	const officer = await person(web, server, 'canbo', desktop);
	const cell = (await data(officer, '/decide')).meetings.find((m) => m.unit_code === '01.001.000.000.011');
	assert.ok(cell, 'the cell of bithu2 waits for a decision');
	await officer.goto(`/meetings/${cell.id}/decide`);
	await officer.locator('input.points').first().fill('1');
	await officer.fill('[name=reason]', 'Nội dung chưa trọng tâm');
	await officer.locator('button[value=keep]').click();
	await settled(officer);
	const decided = await data(officer, `/meetings/${cell.id}`);
	assert.equal(decided.state, 'decided');

	const secretary = await person(web, server, 'bithu2', phone);
	await secretary.goto(`/meetings/${cell.id}/appeal`);
	assert.equal(await overflow(secretary), 0);
	assert.deepEqual(await accessibility(secretary), []);
	await secretary.locator('form button.primary').click(); // without a reason
	await settled(secretary);
	assert.match(await secretary.textContent('main .errors'), /vì sao/);
	await secretary.fill('[name=reason]', 'Nội dung bám sát kế hoạch tháng');
	await secretary.fill('[name=wanted]', '95,5');
	await secretary.locator('form button.primary').click();
	await settled(secretary);
	await look(secretary, 'appeal-made-360');

	await officer.goto('/decide');
	assert.match(await officer.textContent('#appeals'), /\d/);
	await officer.goto(`/meetings/${cell.id}/appeal`);
	assert.deepEqual(await accessibility(officer), []);
	await officer.check('[name=outcome][value=changed]');
	await officer.locator('input.points').first().fill('3');
	await officer.fill('[name=answer]', 'Chấp nhận kiến nghị của chi bộ');
	await look(officer, 'appeal-answer-1280');
	await officer.locator('form button.primary').click();
	await settled(officer);
	const after = await data(officer, `/meetings/${cell.id}`);
	assert.ok(Number(after.points) > Number(decided.points), `${decided.points} → ${after.points}`);
	const appeals = (await data(officer, `/meetings/${cell.id}/appeal`)).appeals;
	assert.deepEqual(appeals.map((a) => a.outcome), ['changed']);
});
