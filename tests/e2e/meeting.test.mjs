// meeting.test.mjs — a secretary records a meeting on a phone and scores it, the officer decides, the commune's figure moves.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accessibility, browser, desktop, look, overflow, person, phone, serve } from './lib.mjs';

let server, web, cell, commune, meeting;

before(async () => {
	server = await serve('commune');
	web = await browser();
	cell = '01.001.000.000.004'; // addresses take the code of a unit
	commune = '01.001';
});
after(async () => {
	await web?.close();
	await server?.stop();
});

// The targets of the commune in December, as everybody gets them who asks the page for data.
async function figures(page) {
	const r = await page.request.get(`/units/${commune}?period=2025-12`, { headers: { accept: 'application/json' } });
	assert.equal(r.status(), 200);
	return Object.fromEntries((await r.json()).figures.targets.map((t) => [t.id, t]));
}

async function press(page) {
	await Promise.all([page.waitForNavigation(), page.click('main form button.primary:visible')]);
}

test('a secretary records the meeting of the month', async () => {
	const page = await person(web, server, 'bithu', phone);
	await page.goto(`/units/${cell}/meetings/new`);
	await page.fill('[name=starts_at]', '2025-12-01T19:00');
	await page.fill('[name=ends_at]', '2025-12-01T20:35');
	await look(page, 'new-meeting-360');
	await press(page);
	meeting = /\/meetings\/(\d+)/.exec(page.url())[1];

	await page.goto(`/meetings/${meeting}/attendance`);
	const people = page.locator('fieldset.person');
	assert.ok((await people.count()) >= 20);
	// one tap for the one who is not there: the label is what a thumb hits
	await people.nth(2).locator('label', { has: page.locator('[value=excused]') }).click();
	await look(page, 'roll-call-360');
	assert.equal(await overflow(page), 0);
	await press(page);

	await page.goto(`/meetings/${meeting}/edit`);
	await page.fill('[name=pre_meeting_on]', '2025-11-29');
	await page.fill('[name=documents_sent_at]', '2025-11-29T08:00');
	await page.fill('[name=uploaded_at]', '2025-12-02T07:30');
	await page.fill('[name=speakers]', '12');
	await press(page);

	await page.goto(`/meetings/${meeting}/facts`);
	for (const yes of await page.locator('label:has(input[type=radio][value="1"])').all()) await yes.click();
	const numbers = { steps_required: '16', steps_done: '16', minute_fields_required: '18', minute_fields_filled: '18', political_minutes: '20', longest_excused_run: '1', tasks_due: '5', tasks_on_time: '5' };
	for (const [name, value] of Object.entries(numbers)) if (await page.locator(`[name="facts.${name}"]`).count()) await page.fill(`[name="facts.${name}"]`, value);
	await look(page, 'questions-360');
	await press(page);
	const shown = await (await page.request.get(`/meetings/${meeting}`, { headers: { accept: 'application/json' } })).json();
	assert.equal(shown.excused ?? shown.meeting?.excused, 1);
});

test('a task is given to a person until a day', async () => {
	const page = await person(web, server, 'bithu', phone);
	await page.goto(`/meetings/${meeting}/tasks`);
	await page.fill('[name=title]', 'Vận động 5 hộ làm nhà vệ sinh hợp chuẩn');
	await page.fill('[name=due_on]', '2025-12-20');
	await page.selectOption('select[name=member_id], select[name=member_code]', { index: 2 });
	await look(page, 'tasks-360');
	await press(page);
	assert.match(await page.textContent('main'), /nhà vệ sinh hợp chuẩn/);
});

test('the sheet explains itself, and the commune\'s figure changes when it is kept', async () => {
	const page = await person(web, server, 'bithu', phone);
	await page.goto(`/meetings/${meeting}/score`);
	for (const box of await page.locator('input.points').all()) {
		const max = (await box.evaluate((e) => e.parentElement.textContent)).split('/').pop().trim();
		await box.fill(max);
	}
	if (await page.locator('[name=scored_at]').count()) await page.fill('[name=scored_at]', '2025-12-01T20:30');
	await page.locator('button[value="work-out"]').click();
	await page.waitForLoadState();
	await look(page, 'sheet-360');
	assert.deepEqual(await accessibility(page), []);
	assert.equal(await overflow(page), 0);
	const officer = await person(web, server, 'canbo', desktop);
	const before = await figures(officer);
	await page.locator('button[value=keep]').click();
	await page.waitForLoadState();
	const sheet = await (await page.request.get(`/meetings/${meeting}/score`, { headers: { accept: 'application/json' } })).json();
	assert.match(JSON.stringify(sheet), /"class":"good"/);
	const now = await figures(officer);
	assert.equal(now.T14.numerator, before.T14.numerator + 1);
	assert.equal(now.T04.numerator, before.T04.numerator + 1);
	assert.ok(now.T01.numerator >= 1 && now.T01.numerator < now.T01.denominator);
});

test('the officer decides, many at once, and the page of the commune shows the month', async () => {
	const page = await person(web, server, 'canbo', desktop);
	await page.goto('/decide');
	assert.match(await page.textContent('main'), /01\/12\/2025/);
	await look(page, 'decide-1280');
	assert.deepEqual(await accessibility(page), []);
	await page.goto(`/meetings/${meeting}/decide`);
	await page.locator('button[value=keep]').click();
	await page.waitForLoadState();
	const r = await (await page.request.get(`/meetings/${meeting}`, { headers: { accept: 'application/json' } })).json();
	assert.equal(r.state ?? r.meeting?.state, 'decided');
	await page.goto(`/units/${commune}?period=2025-12`);
	await look(page, 'commune-december-1280');
	const t = (await figures(page)).T01;
	assert.equal(t.percent, ((t.numerator * 100) / t.denominator).toFixed(2));
});

test('recording one more meeting moves the figure by exactly one cell', async () => {
	const page = await person(web, server, 'canbo', desktop);
	const other = '01.001.000.000.011';
	const before = (await figures(page)).T01;
	await page.goto(`/units/${other}/meetings/new`);
	await page.fill('[name=starts_at]', '2025-12-01T14:00');
	await page.fill('[name=ends_at]', '2025-12-01T15:40');
	await press(page);
	const now = (await figures(page)).T01;
	assert.equal(now.numerator, before.numerator + 1);
	assert.equal(now.denominator, before.denominator);
});
