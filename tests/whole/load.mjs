// load.mjs CHIBO [SECONDS] — a server under mixed load: readers of every page, writers in the browser and on the command line, units renamed,
// rules read again, months rebuilt, all at the same time. Nothing may fail, the server ends in peace and the database is whole.
// Under ThreadSanitizer this is where rooms meet on several threads: tree and figures in memory change while pages are made of them.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const program = path.resolve(process.argv[2]), seconds = Number(process.argv[3] ?? 10);
const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const password = 'dem-trang-ram-2026', cell = '01.001.000.000.004', commune = '01.001';
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'chibo-load-')), db = path.join(dir, 'x.db');
const env = { ...process.env, CHIBO_NOW: '2025-12-15T10:00', CHIBO_LANG: 'en' };
const counts = { pages: 0, meetings: 0, commands: 0 };
let over = false;

const day = (n) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);

async function command(...args) {
	const child = spawn(program, ['--db', db, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
	let out = '', messages = '';
	child.stdout.on('data', (d) => (out += d));
	child.stderr.on('data', (d) => (messages += d));
	const [status] = await once(child, 'close');
	assert.equal(status, 0, `chibo ${args.join(' ')}: ${status}\n${out}\n${messages}`);
	counts.commands++;
	return out;
}

async function startServer() {
	const server = spawn(program, ['--db', db, 'serve', '--listen', '127.0.0.1:0', '--per-ip', '0'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
	server.messages = '';
	server.stderr.on('data', (d) => (server.messages += d));
	server.base = await new Promise((found, none) => {
		let text = '';
		server.stdout.on('data', (d) => {
			const address = /(http:\/\/[\d.]+:\d+)/.exec((text += d));
			if (address) found(address[1]);
		});
		server.on('exit', () => none(new Error(`the server did not start:\n${text}${server.messages}`)));
	});
	return server;
}

class Person {
	constructor(base) { this.base = base; this.cookie = ''; }
	async ask(address, form) {
		const headers = { cookie: this.cookie, origin: this.base, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) };
		return fetch(this.base + address, { method: form ? 'POST' : 'GET', redirect: 'manual', headers, body: form && new URLSearchParams(form) });
	}
	take(answer) {
		const given = /^[^=;,\s]+=[^;]*/.exec(answer.headers.get('set-cookie') ?? '');
		if (given) this.cookie = given[0];
	}
	async csrf(address) {
		const answer = await this.ask(address);
		this.take(answer);
		return /name="csrf" value="([^"]*)"/.exec(await answer.text())?.[1] ?? ''; // the form of sign-in has none
	}
	async signIn(login) {
		const answer = await this.ask('/sign-in', { csrf: await this.csrf('/sign-in'), login, password });
		assert.equal(answer.status, 303, `sign-in of ${login}`);
		this.take(answer);
		return this;
	}
}

async function read(person, addresses) {
	for (let i = 0; !over; i++) {
		const address = addresses[i % addresses.length], answer = await person.ask(address);
		assert.equal(answer.status, 200, `${address}: ${answer.status} ${await answer.clone().text()}`);
		await answer.arrayBuffer();
		counts.pages++;
	}
}

// Extraordinary meetings, one a day: as many as there is time for.
async function record(person, first) {
	const csrf = await person.csrf(`/units/${cell}/meetings/new`);
	for (let n = first; !over; n += 2) {
		const starts = `${day(n % 700)}T${8 + Math.floor(n / 700) % 12}:00`.replace(/T(\d):/, 'T0$1:');
		const answer = await person.ask(`/units/${cell}/meetings`, { csrf, kind: 'extraordinary', starts_at: starts, expected: 20, present: 18, excused: 1, unexcused: 1 });
		assert.equal(answer.status, 303, `${starts}: ${answer.status} ${await answer.text()}`);
		counts.meetings++;
	}
}

async function administer(server, file) {
	for (let i = 0; !over; i++) {
		await command('units', 'rename', cell, '--name', `Chi bộ thôn ${i}`, '--on', day(400 + i));
		await command('import', 'meetings', file);
		server.kill('SIGHUP');
		await command('targets', '--unit', commune, '--period', '2025');
		if (i % 4 === 3) await command('rebuild');
	}
}

async function main() {
	await command('init');
	await command('demo', '--size', 'commune', '--seed', '1');
	const file = path.join(dir, 'meetings.csv');
	fs.writeFileSync(file, await command('export', 'meetings', '--unit', cell));
	const server = await startServer();
	const [secretary, officer, province, administrator] = await Promise.all(['bithu', 'canbo', 'tinhuy', 'quantri'].map((who) => new Person(server.base).signIn(who)));
	const pages = ['/', `/units/${commune}`, `/units/${commune}?period=2025&structure=now`, `/units/${commune}/meetings`, '/rules', `/search?q=chi+bo`, `/units/${commune}/structure`];
	setTimeout(() => (over = true), seconds * 1000);
	try {
		await Promise.all([
			read(officer, pages), read(province, [...pages, '/units/01']), read(administrator, ['/', '/accounts', '/journal']),
			read(secretary, ['/', `/units/${cell}`, `/units/${cell}/members`, `/units/${cell}/meetings`]),
			record(secretary, 0), record(await new Person(server.base).signIn('bithu'), 1), administer(server, file),
		]);
		await command('verify');
	} finally {
		over = true;
		if (server.exitCode === null && server.signalCode === null) {
			server.kill('SIGTERM');
			await once(server, 'exit');
		}
		if (server.exitCode !== 0) console.log(`the server ended with ${server.exitCode ?? server.signalCode}:\n${server.messages}`);
	}
	assert.equal(server.exitCode, 0);
	assert.equal(spawnSync(program, ['--db', db, 'verify'], { cwd: root, env }).status, 0, 'verify after the end');
	console.log(`${counts.pages} pages, ${counts.meetings} meetings, ${counts.commands} commands in ${seconds} s`);
}

try {
	await main();
} finally {
	fs.rmSync(dir, { recursive: true, force: true });
}
