// lib.mjs — a fresh demonstration commune, a browser, and people who sign in. Used by all *.test.mjs here.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRequire } from 'node:module';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';

const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, '../..');
export const program = process.env.CHIBO ?? path.join(root, 'build/dev/src/chibo');
export const out = path.join(here, 'out');
export const now = '2025-12-02T21:30'; // the moment in which the tests happen: hardly any cell has met in December yet
export const password = 'dem-trang-ram-2026';
export const phone = { width: 360, height: 740 };
export const desktop = { width: 1280, height: 900 };
const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function freePort() {
	const server = net.createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address();
	server.close();
	return port;
}

export function command(db, ...args) {
	const r = spawnSync(program, ['--db', db, ...args], { encoding: 'utf8', env: { ...process.env, CHIBO_NOW: now }, cwd: root, maxBuffer: 1 << 26 });
	return { status: r.status, stdout: r.stdout, stderr: r.stderr };
}

// A server over a demonstration of its own. `size` null: only an empty database. `options` are further words of `chibo serve`.
export async function serve(size = 'commune', options = []) {
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'chibo-e2e-'));
	const db = path.join(dir, 'chibo.db');
	for (const args of [['init'], ...(size ? [['demo', '--size', size, '--seed', '1']] : [])]) {
		const r = command(db, ...args);
		if (r.status !== 0) throw new Error(`chibo ${args.join(' ')}: ${r.stderr}`);
	}
	const port = await freePort();
	const child = spawn(program, ['--db', db, 'serve', '--listen', `127.0.0.1:${port}`, ...options], { cwd: root, env: { ...process.env, CHIBO_NOW: now }, stdio: ['ignore', 'ignore', 'pipe'] });
	let log = '';
	child.stderr.on('data', (d) => (log += d));
	for (let i = 0; ; i++) {
		if (child.exitCode !== null || i > 300) throw new Error(`the server did not start:\n${log}`);
		if (await fetch(`http://127.0.0.1:${port}/sign-in`).then((r) => r.ok, () => false)) break;
		await new Promise((ok) => setTimeout(ok, 100));
	}
	return {
		db, base: `http://127.0.0.1:${port}`, log: () => log,
		async stop() {
			child.kill('SIGTERM');
			if (child.exitCode === null) await once(child, 'exit');
			fs.rmSync(dir, { recursive: true, force: true });
		},
	};
}

export async function browser() {
	return chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
}

// A page of somebody who is signed in (login null: nobody).
export async function person(web, server, login, viewport = phone, options = {}) {
	const context = await web.newContext({ viewport, locale: 'vi-VN', baseURL: server.base, ...options });
	const page = await context.newPage();
	if (login) {
		await page.goto('/sign-in');
		await page.fill('[name=login]', login);
		await page.fill('[name=password]', password);
		await Promise.all([page.waitForURL((u) => !u.pathname.startsWith('/sign-in')), page.click('main button.primary')]);
	}
	return page;
}

export async function look(page, name) {
	fs.mkdirSync(out, { recursive: true });
	await page.screenshot({ path: path.join(out, `${name}.png`), fullPage: true });
}

// Serious findings of axe on the page as it stands, in words.
export async function accessibility(page) {
	await page.evaluate(axeSource);
	const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'best-practice'] }));
	return result.violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => `${v.id}: ${v.help} — ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')}`);
}

// Nothing may be wider than the screen.
export async function overflow(page) {
	return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

const validator = new HtmlValidate({
	extends: ['html-validate:standard'],
	rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off', 'void-style': 'off', 'no-raw-characters': 'off', 'attribute-boolean-style': 'off', 'no-inline-style': 'error', 'tel-non-breaking': 'off' },
});

// What is wrong with the HTML of an address.
export async function valid(page, address) {
	const html = await (await page.request.get(address, { headers: { accept: 'text/html' } })).text();
	const report = await validator.validateString(html);
	return report.results.flatMap((r) => r.messages.filter((m) => m.severity === 2).map((m) => `${m.ruleId} line ${m.line}: ${m.message}`));
}
