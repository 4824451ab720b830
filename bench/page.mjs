// page.mjs — the signed-in page of a unit against nginx sending the same bytes from a file.
//
// Both servers share one core, the load comes from the other; 64 connections. nginx has one worker, sendfile on, and adds no work per request;
// chibo looks up the session, asks for the right, and builds the page anew each time.
import fs from 'node:fs';
import path from 'node:path';
import { chibo, freePort, has, interleave, run, show, start, work } from './lib.mjs';

const password = 'dem-trang-ram-2026';

// Debian's Node.js has no getSetCookie.
const cookieOf = (answer) => /^[^=;,\s]+=[^;]*/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? '';

async function signIn(base) {
	const form = await fetch(`${base}/sign-in`);
	const first = cookieOf(form);
	const csrf = /name="csrf" value="([^"]*)"/.exec(await form.text())?.[1] ?? '';
	const answer = await fetch(`${base}/sign-in`, {
		method: 'POST', redirect: 'manual', headers: { cookie: first, origin: base, 'content-type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({ login: 'canbo', password, csrf }),
	});
	if (answer.status !== 303) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
	return cookieOf(answer);
}

function wrk(url, cookie, duration) {
	const args = ['-c', '1', 'wrk', '-t1', '-c64', `-d${duration}s`, '--latency'];
	if (cookie) args.push('-H', `Cookie: ${cookie}`);
	const out = run('taskset', [...args, url]).stdout;
	const ms = (t) => (t.endsWith('us') ? 0.001 : t.endsWith('ms') ? 1 : 1000) * parseFloat(t);
	if (/Non-2xx/.test(out)) throw new Error(`wrk saw errors:\n${out}`);
	return { rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]), p99: ms(/99%\s+(\S+)/.exec(out)[1]) };
}

async function startNginx(bytes) {
	const port = await freePort();
	const dir = path.join(work, 'nginx');
	fs.mkdirSync(path.join(dir, 'www'), { recursive: true });
	fs.writeFileSync(path.join(dir, 'www/page'), bytes);
	fs.writeFileSync(path.join(dir, 'nginx.conf'), `worker_processes 1; daemon off; pid ${dir}/pid; error_log ${dir}/error.log;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 100000000; open_file_cache max=16; default_type text/html;
 server { listen 127.0.0.1:${port}; root ${dir}/www; } }`);
	await start('taskset', ['-c', '0', 'nginx', '-c', path.join(dir, 'nginx.conf')], port, { quiet: true });
	return `http://127.0.0.1:${port}/page`;
}

export default async function page() {
	if (!has('nginx') || !has('wrk')) return console.log('page: skipped, nginx or wrk is not installed (scripts/install bench)');
	const db = path.join(work, 'commune.db');
	run(chibo, ['--db', db, 'init']);
	run(chibo, ['--db', db, 'demo', '--size', 'commune']);
	const port = await freePort();
	const base = `http://127.0.0.1:${port}`;
	await start('taskset', ['-c', '0', chibo, '--db', db, 'serve', '--listen', `127.0.0.1:${port}`, '--threads', '1'], port, { quiet: true });
	const cookie = await signIn(base);
	for (const [what, address] of [['own account', '/me'], ['page of a cell', '/units/01.001.000.000.004'], ['page of a commune, 23 cells', '/units/01.001']]) {
		const bytes = Buffer.from(await (await fetch(base + address, { headers: { cookie, accept: 'text/html' } })).arrayBuffer());
		const nginx = await startNginx(bytes);
		const r = await interleave({ chibo: () => wrk(base + address, cookie, 4), nginx: () => wrk(nginx, null, 4) });
		show(`${what}, ${bytes.length} bytes, 64 connections, one core`, { name: 'chibo, signed in, built per request', values: r.chibo.map((x) => x.rate) },
			{ name: 'nginx, the same bytes from a file', values: r.nginx.map((x) => x.rate) }, 'requests/s', bytes.length < 9000 ? 1.0 : undefined);
		show(`${what}, p99`, { name: 'chibo', values: r.chibo.map((x) => x.p99) }, { name: 'nginx', values: r.nginx.map((x) => x.p99) }, 'ms', bytes.length < 9000 ? 1.2 : undefined, false);
	}
}
