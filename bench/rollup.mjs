// rollup.mjs — a province's year at the size of a nation: from memory, and as SQLite's and PostgreSQL's own sums of the same rows.
import fs from 'node:fs';
import path from 'node:path';
import { chibo, has, root, run, seconds, work } from './lib.mjs';

export default async function rollup() {
	const build = path.join(root, 'build/release');
	const size = process.env.BENCH_SIZE ?? 'nation';
	const db = process.env.BENCH_DB ?? path.join(work, `${size}.db`);
	run('ninja', ['-C', build, 'bench/bench_rollup']);
	if (!fs.existsSync(db)) {
		run(chibo, ['--db', db, 'init']);
		const s = seconds(() => run(chibo, ['--db', db, 'demo', '--size', size, '--year', '2025'], { stdio: ['ignore', 'ignore', 'inherit'] }));
		console.log(`demonstration of size ${size} made in ${s.toFixed(0)} s, ${(fs.statSync(db).size / 1e9).toFixed(2)} GB`);
	}
	const program = path.join(build, 'bench/bench_rollup');
	const pg = has('psql') || fs.existsSync('/usr/lib/postgresql');
	const r = pg
		? run(path.join(root, 'scripts/with-postgres'), ['sh', '-c', `exec ${program} ${db} "$CHIBO_TEST_PG"`], { env: { ...process.env, CHIBO_PG_DIR: work } })
		: run(program, [db]);
	const ns = Object.fromEntries(r.stdout.trim().split('\n').map((l) => l.split(' ')).map(([name, ...v]) => [name, v.map(Number)]));
	const us = (v) => `${(v[0] / 1000).toFixed(2)} (${(v[1] / 1000).toFixed(2)} – ${(v[2] / 1000).toFixed(2)}) µs`;
	console.log(`a province's year, its communes × 12 months (${r.stderr.trim()})`);
	console.log(`    chibo, from memory: ${us(ns.memory)}`);
	for (const peer of ['sqlite', 'postgres']) {
		if (!ns[peer]) { console.log(`    ${peer}: not installed, not measured`); continue; }
		console.log(`    ${peer}, its own sums of the same rows, prepared, hot: ${us(ns[peer])}\n    ratio 1/${Math.round(ns[peer][0] / ns.memory[0]).toLocaleString('en')}`);
	}
}
