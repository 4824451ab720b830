// lib.mjs — what the benchmarks share: interleaved rounds, medians, free ports, servers that are stopped again.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
export const chibo = process.env.CHIBO ?? path.join(root, 'build/chibo');
export const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
export const work = fs.mkdtempSync(path.join(process.env.BENCH_DIR ?? os.tmpdir(), 'chibo-bench-'));
fs.chmodSync(work, 0o755); // a database server that runs as another user works in there
const running = [];

export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const half = sorted.length >> 1;
	return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

// Runs each contender in turn, round after round, so that a drift of the machine meets all of them alike.
export async function interleave(contenders) {
	const results = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
	for (let round = 0; round < rounds; round++)
		for (const [name, run] of Object.entries(contenders)) results[name].push(await run(round));
	return results;
}

export function show(what, ours, peer, unit, aim, higherIsBetter = true) {
	const ratio = median(ours.values) / median(peer.values);
	const range = (v) => `${fmt(median(v))} (${fmt(Math.min(...v))} – ${fmt(Math.max(...v))})`;
	const met = aim === undefined ? '' : (higherIsBetter ? ratio >= aim : ratio <= aim) ? '  met' : '  NOT met';
	console.log(`${what}\n    ${ours.name}: ${range(ours.values)} ${unit}\n    ${peer.name}: ${range(peer.values)} ${unit}`);
	console.log(`    ratio ${ratio.toFixed(ratio < 0.1 ? 5 : 2)}${aim === undefined ? '' : `, aim ${higherIsBetter ? '≥' : '≤'} ${aim}`}${met}`);
	return ratio;
}

function fmt(n) {
	return n >= 1000 ? Math.round(n).toLocaleString('en') : n >= 10 ? n.toFixed(1) : n.toPrecision(3);
}

export function run(command, args, options = {}) {
	const r = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
	if (r.error) throw r.error;
	if (r.status !== 0 && !options.mayFail) throw new Error(`${command} ${args.join(' ')}: exit ${r.status}\n${r.stderr}`);
	return r;
}

export function seconds(f) {
	const begin = process.hrtime.bigint();
	f();
	return Number(process.hrtime.bigint() - begin) / 1e9;
}

export function has(command) {
	return spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
}

export async function freePort() {
	const server = net.createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address();
	server.close();
	return port;
}

export async function start(command, args, port, options = {}) {
	const child = spawn(command, args, { stdio: ['ignore', 'ignore', options.quiet ? 'ignore' : 'inherit'], ...options });
	running.push(child);
	for (let i = 0; i < 600; i++) {
		if (child.exitCode !== null) throw new Error(`${command} ended early`);
		if (await new Promise((ok) => net.connect(port, '127.0.0.1').on('connect', function () { this.end(); ok(true); }).on('error', () => ok(false)))) return child;
		await new Promise((ok) => setTimeout(ok, 100));
	}
	throw new Error(`${command} does not listen`);
}

export async function stopAll() {
	for (const child of running.splice(0)) {
		child.kill('SIGTERM');
		if (child.exitCode === null) await Promise.race([once(child, 'exit'), new Promise((ok) => setTimeout(ok, 5000))]);
		if (child.exitCode === null) child.kill('SIGKILL');
	}
}

export async function cleanUp() {
	await stopAll();
	fs.rmSync(work, { recursive: true, force: true });
}
