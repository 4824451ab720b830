// papers.test.mjs — minutes and resolution in the browser: saved as they are typed, two people at once, nothing wider than the phone, light; the papers as files.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { HtmlValidate } from 'html-validate';
import { accessibility, browser, look, overflow, person, phone, serve } from './lib.mjs';

const validator = new HtmlValidate({
	extends: ['html-validate:standard'],
	rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off', 'void-style': 'off', 'no-raw-characters': 'off', 'attribute-boolean-style': 'off', 'no-inline-style': 'error', 'tel-non-breaking': 'off' },
});
const cell = '01.001.000.000.004';
let server, web, page, signed, open;

const data = async (address) => (await page.request.get(address, { headers: { accept: 'application/json' } })).json();

before(async () => {
	server = await serve('commune');
	web = await browser();
	page = await person(web, server, 'bithu', phone);
	const found = await (await page.request.get(`/units/${cell}/documents`, { headers: { accept: 'application/json' } })).json();
	assert.ok(found.some((d) => /^\d\d-BB\/CB$/.test(d.number)) && found.some((d) => /^\d\d-NQ\/CB$/.test(d.number)), 'the demonstration has signed minutes and a numbered resolution');
	await page.goto(`/units/${cell}/meetings?period=2025`);
	const ids = [...new Set([...(await page.content()).matchAll(/\/meetings\/(\d{6,})"/g)].map((m) => m[1]))];
	for (const id of ids) {
		const m = await data(`/meetings/${id}/minutes`);
		if (m.document) signed ??= id;
		else if (!open) open = id;
	}
	assert.ok(signed && open);
});
after(async () => {
	await web?.close();
	await server?.stop();
});

async function inOrder(address, limit) {
	await page.goto(address);
	const html = await (await page.request.get(address, { headers: { accept: 'text/html' } })).text();
	const wrong = (await validator.validateString(html)).results.flatMap((r) => r.messages.filter((m) => m.severity === 2).map((m) => `${address}: ${m.ruleId} line ${m.line}: ${m.message}`));
	if ((await overflow(page)) > 0) wrong.push(`${address}: wider than the phone`);
	wrong.push(...(await accessibility(page)).map((f) => `${address}: ${f}`));
	const weight = gzipSync(html).length;
	if (weight > limit) wrong.push(`${address}: ${weight} bytes compressed`);
	return wrong;
}

test('every page of the papers fits the phone, is valid, accessible and light', async () => {
	const documents = await data(`/units/${cell}/documents`);
	const wrong = [];
	for (const id of [signed, open])
		for (const what of ['minutes', 'resolution', 'sign', 'report']) {
			wrong.push(...(await inOrder(`/meetings/${id}/${what}`, 5120)));
			await look(page, `papers-${what}-${id === signed ? 'signed' : 'draft'}-360`);
		}
	wrong.push(...(await inOrder(`/meetings/${open}/forms`, 5120)));
	wrong.push(...(await inOrder(`/documents/${documents[0].id}`, 5120)));
	wrong.push(...(await inOrder(`/units/${cell}/documents`, 5120)));
	wrong.push(...(await inOrder(`/units/${cell}/terms`, 5120)));
	assert.deepEqual(wrong, []);
});

test('a text is saved as it is typed, and what another typed meanwhile is shown', async () => {
	await page.goto(`/meetings/${open}/minutes#text-discussion`);
	const form = page.locator('form#text-discussion');
	await form.locator('textarea').fill('Chi bộ thống nhất.');
	await form.locator('[data-note]:has-text("Đã lưu")').waitFor();
	assert.equal((await data(`/meetings/${open}/minutes`)).texts.discussion.value, 'Chi bộ thống nhất.');

	const other = await person(web, server, 'bithu', phone);
	await other.goto(`/meetings/${open}/minutes#text-discussion`);
	await other.locator('form#text-discussion textarea').fill('Bản của người kia.');
	await other.locator('form#text-discussion [data-note]:has-text("Đã lưu")').waitFor();
	await form.locator('textarea').fill('Bản của tôi.');
	await form.locator('[data-note]:has-text("Bản của người kia.")').waitFor();
	assert.equal(await form.locator('textarea').inputValue(), 'Bản của tôi.');
	assert.equal((await data(`/meetings/${open}/minutes`)).texts.discussion.value, 'Bản của người kia.');
});

test('without a script a stale save shows both versions', async () => {
	const plain = await person(web, server, 'bithu', phone, { javaScriptEnabled: false });
	await plain.goto(`/meetings/${open}/minutes`);
	await plain.locator('details.edit summary', { hasText: 'Kết luận của chủ trì' }).click();
	const form = plain.locator('form#text-conclusion');
	const rev = await form.locator('[name=rev]').inputValue();
	await plain.request.post(`/meetings/${open}/texts/conclusion`, { form: { csrf: await form.locator('[name=csrf]').inputValue(), rev, value: 'Bản trước.' }, headers: { accept: 'application/json' } });
	await form.locator('textarea').fill('Bản sau.');
	await Promise.all([plain.waitForNavigation(), form.locator('button').click()]);
	assert.match(await plain.content(), /Bản trước\./);
	assert.equal(await plain.locator('textarea').inputValue(), 'Bản sau.');
	await look(plain, 'papers-both-versions-360');
	await Promise.all([plain.waitForNavigation(), plain.locator('main button.primary').click()]);
	assert.equal((await data(`/meetings/${open}/minutes`)).texts.conclusion.value, 'Bản sau.');
});

test('signed minutes refuse every change, by page and by JSON', async () => {
	await page.goto(`/meetings/${signed}/minutes`);
	assert.equal(await page.locator('form[data-text]').count(), 0);
	const csrf = await page.locator('[name=csrf]').first().inputValue().catch(async () => { await page.goto(`/meetings/${open}/minutes`); return page.locator('[name=csrf]').first().inputValue(); });
	const headers = { accept: 'application/json' };
	const texts = (await data(`/meetings/${signed}/minutes`)).texts;
	const r = await page.request.post(`/meetings/${signed}/texts/conclusion`, { form: { csrf, rev: String(texts.conclusion.rev), value: 'Khác' }, headers });
	assert.equal(r.status(), 409);
	const rev = (await data(`/meetings/${signed}/minutes`)).rev;
	for (const [address, form] of [[`/meetings/${signed}/minutes/approve`, { at: '2025-12-02T21:00' }], [`/meetings/${signed}/sign`, { signed_on: '2025-12-02' }]])
		assert.equal((await page.request.post(address, { form: { csrf, rev: String(rev), ...form }, headers })).status(), 409, address);
	assert.equal((await data(`/meetings/${signed}/minutes`)).texts.conclusion.value, texts.conclusion.value);
});

test('an annex corrects signed minutes and stands with them', async () => {
	const { document } = await data(`/meetings/${signed}/minutes`);
	await page.goto(`/documents/${document.id}`);
	await page.locator('summary', { hasText: 'Đính chính' }).click();
	await page.fill('#f-text', 'Mục II: số có mặt đọc là 19.');
	await Promise.all([page.waitForNavigation(), page.locator('form[action$="/annex"] button').click()]);
	assert.match(await page.content(), /Phụ lục số 01/);
	await page.goto(`/meetings/${signed}/minutes`);
	assert.match(await page.content(), /Mục II: số có mặt đọc là 19\./);
});

test('the scan of the signed paper is attached, what is no picture or PDF is refused', async () => {
	const { document } = await data(`/meetings/${signed}/minutes`);
	const pdf = await (await page.request.get(`/meetings/${signed}/paper/minutes?format=pdf`)).body();
	await page.goto(`/documents/${document.id}`);
	const csrf = await page.locator('form[action$="/file"] [name=csrf]').inputValue();
	const send = (name, buffer) => page.request.post(`/documents/${document.id}/file`, { multipart: { csrf, file: { name, mimeType: 'application/pdf', buffer } }, headers: { accept: 'application/json' }, maxRedirects: 0 });
	assert.equal((await send('bien-ban.pdf', Buffer.from('MZ\x90\x00 this is a program'))).status(), 422);
	assert.ok((await send('bien-ban-da-ky.pdf', pdf)).status() < 400);
	const back = await page.request.get(`/documents/${document.id}/file`);
	assert.equal(back.status(), 200);
	assert.deepEqual(await back.body(), pdf);
	await page.goto(`/documents/${document.id}`);
	assert.match(await page.content(), /bien-ban-da-ky\.pdf/);
});

test('every form comes as PDF, Word, Excel, page to print and JSON', async () => {
	const types = { pdf: 'application/pdf', docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', html: 'text/html', json: 'application/json' };
	for (const form of ['agenda', 'invitation', 'attendance', 'pre_minutes', 'minutes', 'resolution', 'score'])
		for (const [format, type] of Object.entries(types)) {
			const r = await page.request.get(`/meetings/${signed}/paper/${form}?format=${format}`);
			assert.equal(r.status(), 200, `${form} ${format}`);
			assert.ok(r.headers()['content-type'].startsWith(type), `${form} ${format}: ${r.headers()['content-type']}`);
			assert.ok((await r.body()).length > 500, `${form} ${format}`);
		}
	const member = await person(web, server, 'quantri', phone);
	assert.equal((await member.request.get(`/meetings/${signed}/paper/minutes?format=pdf`)).status(), 403);
});
