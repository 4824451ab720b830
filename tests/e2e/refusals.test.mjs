// refusals.test.mjs — what must not come in, and what people are told instead: a secret file, one of 300 MB, a program that calls itself a PDF, a
// broken form, a roll with somebody twice. Nothing of it is kept.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { browser, look, person, phone, program } from './lib.mjs';
import { code, organisation } from './month-lib.mjs';

const cell = '01.001.000.000.001';
let org, web, page, meeting;

before(async () => {
	org = await organisation();
	await org.at('2025-11-12T08:00');
	web = await browser();
	page = await person(web, org, 'bithu', phone);
	await page.goto(`/units/${cell}/meetings/register`);
	await page.fill('[name=starts_at]', '2025-12-03T19:00');
	await press();
	meeting = /\/meetings\/(\d+)/.exec(page.url())[1];
	const officer = await person(web, org, 'canbo', phone);
	await officer.goto(`/meetings/${meeting}/steps/schedule`);
	await officer.fill('[name=remark]', '03-TB/ĐU');
	await Promise.all([officer.waitForNavigation(), officer.click('main form button.primary:visible')]);
});
after(async () => {
	await web?.close();
	await org?.stop();
});

const press = (selector = 'main form button.primary:visible') => Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
const papers = async () => (await (await page.request.get(`/meetings/${meeting}/papers`, { headers: { accept: 'application/json' } })).json()).papers.length;

async function offer(file, secrecy) {
	await page.goto(`/meetings/${meeting}/papers`);
	await page.locator('label', { has: page.locator('[name=purpose][value=material]') }).click();
	await page.setInputFiles('form[action$="/papers"] [name=file]', file);
	if (secrecy) await page.locator('label', { has: page.locator(`[name=secrecy][value=${secrecy}]`) }).click();
	await press('form[action$="/papers"] button.primary');
}

test('a secret file is refused, its number alone is kept', async () => {
	await offer({ name: 'ke-hoach.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') }, 'secret');
	await look(page, 'refused-secret-360');
	assert.match(await page.textContent('main'), /trên giấy/);
	assert.equal(await papers(), 0);
});

test('a program that calls itself a PDF is refused by what it is', async () => {
	await offer({ name: 'bao-cao.pdf', mimeType: 'application/pdf', buffer: Buffer.concat([Buffer.from('MZ\x90\0\x03\0\0\0'), Buffer.alloc(2000)]) });
	await look(page, 'refused-program-360');
	assert.match(await page.textContent('main'), /Windows/);
	assert.equal(await papers(), 0);
});

test('300 MB are refused, also without a script, and the answer arrives', async () => {
	await page.goto(`/meetings/${meeting}/papers`);
	const csrf = await page.locator('form[action$="/papers"] [name=csrf]').inputValue();
	const cookie = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; ');
	const head = Buffer.from(`--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${csrf}\r\n--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nmaterial\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="phim.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.4\n`);
	const tail = Buffer.from('\r\n--b--\r\n'), size = 300 << 20;
	const { status, text } = await new Promise((ok, no) => {
		let written = 0, answered = false;
		const r = http.request(`${org.base}/meetings/${meeting}/papers`, { method: 'POST', headers: { cookie, accept: 'application/json', origin: org.base, 'content-type': 'multipart/form-data; boundary=b', 'content-length': head.length + size + tail.length } }, (answer) => {
			answered = true;
			let body = '';
			answer.on('data', (d) => (body += d)).on('end', () => ok({ status: answer.statusCode, text: body }));
		});
		r.on('error', (e) => !answered && no(e));
		r.write(head);
		const piece = Buffer.alloc(1 << 20, 0x20);
		const more = () => {
			while (written < size && !answered) {
				written += piece.length;
				if (!r.write(piece)) return r.once('drain', more);
			}
			if (!answered) r.end(tail);
		};
		more();
	});
	assert.equal(status, 413, text);
	assert.match(text, /MB/);
	assert.equal(await papers(), 0);
});

test('broken forms are refused with the place of the mistake', () => {
	const check = (name, bytes) => {
		const file = path.join(org.dir, name);
		fs.writeFileSync(file, bytes);
		const r = spawnSync(program, ['forms', 'check', file], { encoding: 'utf8', cwd: org.dir });
		return { status: r.status, said: r.stderr + r.stdout };
	};
	const noZip = check('minutes.docx', 'this is no Word file');
	assert.equal(noZip.status, 2);
	assert.match(noZip.said, /minutes\.docx/);
	// a form of ours, exported, with a section that is never closed
	spawnSync(program, ['forms', 'export', org.dir], { cwd: org.dir });
	const ours = fs.readdirSync(org.dir).find((f) => /minutes.*\.docx$/.test(f) && f !== 'minutes.docx');
	assert.ok(ours, fs.readdirSync(org.dir).join(' '));
	const work = fs.mkdtempSync(path.join(org.dir, 'form-'));
	assert.equal(spawnSync('unzip', ['-q', path.join(org.dir, ours), '-d', work]).status, 0);
	const xml = path.join(work, 'word/document.xml');
	fs.writeFileSync(xml, fs.readFileSync(xml, 'utf8').replace(/\{\{\/[a-z_.]+\}\}/, ''));
	assert.equal(spawnSync('zip', ['-qr', path.join(org.dir, 'open.docx'), '.'], { cwd: work }).status, 0);
	const open = check('open.docx', fs.readFileSync(path.join(org.dir, 'open.docx')));
	assert.equal(open.status, 2);
	assert.match(open.said, /open\.docx/);
	assert.equal(check(ours, fs.readFileSync(path.join(org.dir, ours))).status, 0);
});

test('a roll with somebody twice is refused, nothing of it is kept', async () => {
	await org.at('2025-12-03T19:05');
	const rev = async () => (await (await page.request.get(`/meetings/${meeting}`, { headers: { accept: 'application/json' } })).json()).rev;
	await page.goto(`/meetings/${meeting}`);
	const csrf = await page.locator('[name=csrf]').first().getAttribute('value');
	await page.goto(`/meetings/${meeting}/agenda`);
	await press();
	for (const step of ['prepare', 'open']) {
		const r = await page.request.post(`/meetings/${meeting}/steps/${step}`, { headers: { accept: 'application/json', origin: org.base }, form: { csrf, rev: String(await rev()), remark: '' }, maxRedirects: 0 });
		assert.ok(r.status() < 400, await r.text());
	}
	const rows = Array.from({ length: 22 }, (_, k) => ({ member_code: code(k + 1), status: k === 19 ? 'exempt' : 'present' }));
	rows[6].member_code = code(3);
	const before = await rev();
	const r = await page.request.post(`/meetings/${meeting}/attendance`, { headers: { accept: 'application/json', 'x-csrf-token': csrf, origin: org.base }, data: { rev: before, attendance: rows } });
	assert.ok([409, 422, 400].includes(r.status()), `${r.status()} ${await r.text()}`);
	assert.match(await r.text(), /V1-03|Lê Thị Thu Cúc/);
	assert.equal(await rev(), before);
	// by file
	fs.writeFileSync(path.join(org.dir, 'roll.csv'), `meeting_code,member_code,status,mode,arrived_at\nT11,${code(1)},present,,\nT11,${code(1)},excused,,\n`);
	const f = spawnSync(program, ['--db', org.db, 'import', 'attendance', path.join(org.dir, 'roll.csv')], { encoding: 'utf8', env: { ...process.env, CHIBO_NOW: '2025-12-03T19:05' } });
	assert.equal(f.status, 2, f.stdout + f.stderr);
	assert.match(f.stderr, /Dòng 3/);
});
