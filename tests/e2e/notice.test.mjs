// notice.test.mjs — invitations and calendars as others see them: a real mail server, two independent readers of calendars.
//
// Readers: ical.js, and khal over what vdirsyncer fetched. Without khal and vdirsyncer that half is skipped and says so.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import ICAL from 'ical.js';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { accessibility, browser, look, overflow, person, phone, serve } from './lib.mjs';

const cell = '01.001.000.000.004';
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'chibo-notice-'));
const letters = [];
let smtp, server, web, secretary, meeting, feed;

before(async () => {
	smtp = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onRcptTo: (to, session, done) => done(to.address.startsWith('nobody') ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : undefined),
		onData: (stream, session, done) => simpleParser(stream).then((m) => (letters.push(m), done()), done),
	});
	smtp.listen(0, '127.0.0.1');
	await once(smtp.server, 'listening');
	server = await serve('commune', ['--smtp', `smtp://127.0.0.1:${smtp.server.address().port}`, '--mail-from', 'chibo@xa.example', '--name', 'Đảng bộ xã']);
	web = await browser();
	secretary = await person(web, server, 'bithu', phone);
});
after(async () => {
	await web?.close();
	await server?.stop();
	smtp?.close();
	fs.rmSync(work, { recursive: true, force: true });
});

const press = (page) => Promise.all([page.waitForNavigation(), page.click('main form button.primary:visible')]);

async function until(what, limit = 15000) {
	for (const end = Date.now() + limit; Date.now() < end; await new Promise((ok) => setTimeout(ok, 100))) if (await what()) return;
	assert.fail(`waited in vain: ${what}`);
}

// A post as a form does it, with the proof of the page it stands on.
async function post(page, address, form) {
	await page.goto(`/meetings/${meeting}`);
	const csrf = await page.locator('input[name=csrf]').first().getAttribute('value');
	const state = await (await page.request.get(`/meetings/${meeting}`, { headers: { accept: 'application/json' } })).json();
	const r = await page.request.post(address, { form: { csrf, rev: String(state.rev ?? state.meeting?.rev), ...form }, maxRedirects: 0 });
	assert.equal(r.status(), 303, await r.text());
}

async function readFeed() {
	const r = await fetch(feed);
	assert.equal(r.status, 200);
	assert.match(r.headers.get('content-type'), /^text\/calendar/);
	return r.text();
}

// The event of our meeting as ical.js reads it.
function eventOf(text) {
	const all = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((e) => new ICAL.Event(e));
	const mine = all.filter((e) => e.uid === `meeting-${meeting}@chibo`);
	assert.equal(mine.length, 1);
	return mine[0];
}

// What khal lists for January 2026 after vdirsyncer has fetched the feed.
function khal(t) {
	const have = (name) => spawnSync(name, ['--version']).status === 0;
	if (!have('khal') || !have('vdirsyncer')) {
		t.diagnostic('khal and vdirsyncer are not installed: the second reader was not asked');
		return null;
	}
	const env = { ...process.env, LC_ALL: 'C.UTF-8', HOME: work, XDG_CONFIG_HOME: work, XDG_DATA_HOME: work, XDG_CACHE_HOME: work, VDIRSYNCER_CONFIG: path.join(work, 'vdirsyncer.conf') };
	fs.mkdirSync(path.join(work, 'calendar'), { recursive: true });
	fs.writeFileSync(env.VDIRSYNCER_CONFIG, `[general]\nstatus_path = "${work}/status"\n[pair p]\na = "feed"\nb = "here"\ncollections = null\nconflict_resolution = "a wins"\n[storage feed]\ntype = "http"\nurl = "${feed}"\n[storage here]\ntype = "filesystem"\npath = "${work}/calendar"\nfileext = ".ics"\n`);
	fs.writeFileSync(path.join(work, 'khal.conf'), `[calendars]\n[[chibo]]\npath = ${work}/calendar\n[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\nlocal_timezone = Asia/Ho_Chi_Minh\ndefault_timezone = Asia/Ho_Chi_Minh\n[sqlite]\npath = ${work}/khal.db\n`);
	for (const args of [['discover'], ['sync']]) {
		const r = spawnSync('vdirsyncer', args, { env, encoding: 'utf8', input: 'y\ny\n' });
		assert.equal(r.status, 0, r.stderr + r.stdout);
	}
	const r = spawnSync('khal', ['-c', path.join(work, 'khal.conf'), 'list', '--notstarted', '2026-01-01', '31d', '--day-format', '', '--format', '{start}|{title}|{location}|{status}'], { env, encoding: 'utf8' });
	assert.equal(r.status, 0, r.stderr);
	return r.stdout;
}

test('members have mail addresses', async () => {
	const roll = await (await secretary.request.get(`/units/${cell}/members`, { headers: { accept: 'application/json' } })).json();
	for (const [i, address] of [[0, 'mot@thon.example'], [1, 'hai@thon.example'], [2, 'nobody@thon.example']]) {
		await secretary.goto(`/units/${cell}/members/${roll.members[i].id}/edit`);
		await secretary.fill('[name=contact]', address);
		await press(secretary);
	}
});

test('a person gets a calendar under a secret address', async () => {
	await secretary.goto('/me/calendar');
	assert.deepEqual(await accessibility(secretary), []);
	await secretary.click('main form button.primary');
	feed = await secretary.inputValue('#address');
	await look(secretary, 'calendar-360');
	assert.equal(await overflow(secretary), 0);
	assert.match(feed, /\/calendar\/[0-9a-f]{64}\.ics$/);
	await secretary.goto('/me/calendar');
	assert.equal(await secretary.locator('#address').count(), 0, 'the address is shown once');
});

test('a registered meeting is in the calendar of two independent readers', async (t) => {
	await secretary.goto(`/units/${cell}/meetings/register`);
	await secretary.fill('[name=starts_at]', '2026-01-05T19:00');
	await secretary.fill('[name=place]', 'Nhà văn hóa thôn; phòng 1, tầng 2');
	await press(secretary);
	meeting = /\/meetings\/(\d+)/.exec(secretary.url())[1];
	const event = eventOf(await readFeed());
	assert.equal(event.startDate.toString(), '2026-01-05T19:00:00');
	assert.equal(event.startDate.zone.tzid, 'Asia/Ho_Chi_Minh');
	assert.equal(event.startDate.toJSDate().toISOString(), '2026-01-05T12:00:00.000Z');
	assert.equal(event.location, 'Nhà văn hóa thôn; phòng 1, tầng 2');
	assert.match(event.summary, /tháng 01\/2026/);
	const list = khal(t);
	if (list !== null) assert.match(list, /2026-01-05 19:00\|.*\|Nhà văn hóa thôn; phòng 1, tầng 2\|CONFIRMED/);
});

test('the invitation arrives with the calendar attached', async () => {
	await secretary.goto(`/meetings/${meeting}/mail`);
	assert.deepEqual(await accessibility(secretary), []);
	await press(secretary);
	await until(() => letters.length >= 2);
	await look(secretary, 'letters-360');
	assert.equal(await overflow(secretary), 0);
	const letter = letters.find((l) => l.to.value[0].address === 'mot@thon.example');
	assert.ok(letter, 'a letter to the first member');
	assert.equal(letter.from.value[0].address, 'chibo@xa.example');
	assert.equal(letter.from.value[0].name, 'Đảng bộ xã');
	assert.match(letter.subject, /^Mời họp: Sinh hoạt chi bộ thường kỳ/);
	assert.match(letter.text, /Kính gửi đồng chí /);
	const file = letter.attachments.find((a) => a.filename === 'invite.ics');
	assert.ok(file, 'invite.ics is attached');
	const text = file.content.toString('utf8');
	assert.match(text, /METHOD:REQUEST/);
	const event = eventOf(text);
	assert.equal(event.startDate.toString(), '2026-01-05T19:00:00');
	assert.equal(event.attendees[0].getFirstValue(), 'mailto:mot@thon.example');
	// pressing again invites nobody twice
	const before = letters.length;
	await secretary.goto(`/meetings/${meeting}/mail`);
	assert.equal(await secretary.locator('main form.bottom button.primary').count(), 0);
	assert.equal(letters.length, before);
});

test('a mailbox that does not exist is told to the secretary', async () => {
	const state = async () => (await (await secretary.request.get(`/meetings/${meeting}/mail`, { headers: { accept: 'application/json' } })).json()).letters.find((l) => l.address.startsWith('nobody'));
	await until(async () => (await state())?.state === 'failed');
	assert.match((await state()).error, /550/);
});

test('the link in the letter confirms it', async () => {
	const link = /(\/receipt\/[0-9a-f]{32})/.exec(letters[0].text)[1];
	const page = await person(web, server, null, phone);
	await page.goto(link);
	assert.deepEqual(await accessibility(page), []);
	await look(page, 'receipt-360');
	await page.click('main button.primary');
	assert.match(await page.textContent('main'), /Cảm ơn/);
	const all = (await (await secretary.request.get(`/meetings/${meeting}/mail`, { headers: { accept: 'application/json' } })).json()).letters;
	assert.equal(all.filter((l) => l.received).length, 1);
});

test('a move is seen by the readers and told by mail', async (t) => {
	const before = letters.length, was = eventOf(await readFeed()).sequence;
	await secretary.goto(`/meetings/${meeting}/edit`);
	await secretary.fill('[name=starts_at]', '2026-01-07T19:30');
	await press(secretary);
	const event = eventOf(await readFeed());
	assert.equal(event.startDate.toString(), '2026-01-07T19:30:00');
	assert.ok(event.sequence > was, `SEQUENCE ${event.sequence} after ${was}`);
	const list = khal(t);
	if (list !== null) {
		assert.match(list, /2026-01-07 19:30\|/);
		assert.doesNotMatch(list, /2026-01-05/);
	}
	await secretary.goto(`/meetings/${meeting}/mail`);
	await until(() => letters.length >= before + 2, 75000);
	const letter = letters.slice(before).find((l) => l.to.value[0].address === 'mot@thon.example');
	assert.match(letter.subject, /^Thay đổi: /);
	assert.equal(eventOf(letter.attachments.find((a) => a.filename === 'invite.ics').content.toString('utf8')).sequence, event.sequence);
});

test('a cancellation is seen by the readers and told by mail', async (t) => {
	const before = letters.length, was = eventOf(await readFeed()).sequence;
	const officer = await person(web, server, 'canbo', phone);
	await post(officer, `/meetings/${meeting}/steps/schedule`, { remark: '03-TB/ĐU' });
	await post(officer, `/meetings/${meeting}/steps/cancel`, { remark: 'Bão số 5', approved_by: 'Thường trực đảng ủy' });
	const event = eventOf(await readFeed());
	assert.equal(event.component.getFirstPropertyValue('status'), 'CANCELLED');
	assert.ok(event.sequence > was);
	const list = khal(t);
	if (list !== null) assert.doesNotMatch(list, /\|CONFIRMED/);
	await until(() => letters.length >= before + 2, 75000);
	const letter = letters.slice(before).find((l) => l.to.value[0].address === 'hai@thon.example');
	assert.match(letter.subject, /^Không họp: /);
	assert.match(letter.attachments.find((a) => a.filename === 'invite.ics').content.toString('utf8'), /METHOD:CANCEL[^]*STATUS:CANCELLED/);
});

test('a revoked address gives nothing any more', async () => {
	await secretary.goto('/me/calendar');
	await secretary.click('main form[action$=revoke] button');
	assert.equal((await fetch(feed)).status, 404);
});
