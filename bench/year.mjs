// year.mjs — where all cells of a province stand on their way to "four good": facts gathered from the records and the table applied; and "try this table".
//
// The peer is the same computation, written by hand as one SQL statement, in PostgreSQL over the same rows. bench_year compares the points of every cell
// before it times anything.
import fs from 'node:fs';
import path from 'node:path';
import { chibo, has, root, rounds, run, seconds, work } from './lib.mjs';

export default async function year() {
	const build = path.join(root, 'build/release'), program = path.join(build, 'bench/bench_year');
	const db = process.env.BENCH_YEAR_DB ?? path.join(work, 'year.db');
	run('ninja', ['-C', build, 'bench/bench_year']);
	if (!fs.existsSync(db)) {
		run(chibo, ['--db', db, 'init']);
		const s = seconds(() => run(chibo, ['--db', db, 'demo', '--size', 'province', '--year', '2025'], { stdio: ['ignore', 'ignore', 'inherit'] }));
		console.log(`demonstration of size province made in ${s.toFixed(0)} s, ${(fs.statSync(db).size / 1e6).toFixed(0)} MB`);
	}
	const pg = has('psql') || fs.existsSync('/usr/lib/postgresql');
	const rules = path.join(root, 'rules');
	const r = pg
		? run(path.join(root, 'scripts/with-postgres'), ['sh', '-c', `exec ${program} ${db} ${rules} "$CHIBO_TEST_PG"`], { env: { ...process.env, CHIBO_PG_DIR: work, BENCH_ROUNDS: String(rounds) } })
		: run(program, [db, rules, '-'], { env: { ...process.env, BENCH_ROUNDS: String(rounds) } });
	const lines = Object.fromEntries(r.stdout.trim().split('\n').map((l) => l.split(' ')).map(([name, ...v]) => [name, v.map(Number)]));
	const cells = lines.cells?.[0] ?? 0;
	const ms = (v) => `${v[0].toFixed(0)} (${v[1].toFixed(0)} – ${v[2].toFixed(0)}) ms, ${cells ? `${Math.round(cells / v[0] * 1000).toLocaleString('en')} cells/s, ` : ''}${v[3].toFixed(0)} ms of processor time`;
	for (const [what, ours, peer] of [['facts of a year and the points of 4G-C', 'program', 'statement'], ['the same with a second table beside it (“try this table”)', 'program_try', 'statement_try']]) {
		console.log(`${what}, ${cells ? cells.toLocaleString('en') : 'all'} cells\n    chibo, from its SQLite database: ${ms(lines[ours])}`);
		if (!lines[peer]) { console.log('    PostgreSQL: not installed, not measured'); continue; }
		console.log(`    one statement by hand, PostgreSQL, prepared, hot; the same points for every cell: ${ms(lines[peer])}\n    ratio ${(lines[peer][0] / lines[ours][0]).toFixed(2)}`);
	}
}
