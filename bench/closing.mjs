// closing.mjs — closing a meeting: roll call of 20, 4 tasks, the end, and a score sheet of 25 lines, one durable change.
//
// chibo does it as a secretary's phone would: every check, the facts gathered from the record, the score computed, the history, the journal, the
// counters. The peer writes the same rows by plain SQLite statements in one transaction (synchronous=FULL), a connection a client, and does
// nothing else. Each round begins with the same fresh copy of a filled database.
import fs from 'node:fs';
import path from 'node:path';
import { interleave, median, root, run, show, work } from './lib.mjs';

const build = path.join(root, 'build/release');
const program = path.join(build, 'bench/bench_closing');

export default async function closing() {
	run('ninja', ['-C', build, 'bench/bench_closing']);
	const filled = path.join(work, 'closing.db'), used = path.join(work, 'closing-round.db');
	run(program, ['prepare', filled]);
	const measure = (what, clients, seconds) => () => {
		for (const end of ['', '-wal', '-shm', '.lock']) fs.rmSync(used + end, { force: true });
		fs.copyFileSync(filled, used);
		return JSON.parse(run(program, [what, used, String(clients), String(seconds)]).stdout);
	};
	const r = await interleave({ ours16: measure('product', 16, 4), plain16: measure('plain', 16, 4), ours1: measure('product', 1, 3), plain1: measure('plain', 1, 3) });
	const rates = (name, values) => ({ name, values: values.map((x) => x.rate) });

	show('closing a meeting (20 attendance rows, 4 tasks, 25 score lines), durable, 16 clients', rates('chibo, everything checked, computed and journalled', r.ours16),
		rates('plain SQLite statements, the rows alone', r.plain16), 'closings/s');
	show('the same, 1 client', rates('chibo', r.ours1), rates('plain SQLite statements', r.plain1), 'closings/s');
	for (const [name, v] of [['chibo', r.ours16], ['plain statements', r.plain16]])
		console.log(`    16 clients, ${name}: p50 ${median(v.map((x) => x.p50)).toFixed(1)}, p99 ${median(v.map((x) => x.p99)).toFixed(1)}, longest ${median(v.map((x) => x.longest)).toFixed(1)} ms; ${Math.round(median(v.map((x) => x.cpu_us)))} µs of processor time a closing`);
	for (const end of ['', '-wal', '-shm', '.lock']) for (const file of [filled, used]) fs.rmSync(file + end, { force: true });
}
