// write.mjs — durable small writes: a recorded meeting with 20 attendance rows is one change.
//
// chibo writes through its own interface (one statement for the meeting, one for each row; groups share an fsync, checkpoints included).
// PostgreSQL gets the same change as one function call, one round trip, prepared, READ COMMITTED: as fast as it can go. fsync is on
// for both, same disk, same clients. The floor is the disk's own: append 4 KiB, fdatasync, again.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { interleave, median, root, run, show, work } from './lib.mjs';

const build = path.join(root, 'build/release');
const program = path.join(build, 'bench/bench_write');
const measure = (...args) => JSON.parse(run(program, args.map(String)).stdout);

async function startPostgres() {
	fs.chmodSync(work, 0o755); // the server is another user when we are root
	const child = spawn(path.join(root, 'scripts/with-postgres'), ['sh', '-c', 'echo "$CHIBO_TEST_PG"; cat'], {
		stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, CHIBO_TEST_PG: '', CHIBO_PG_FSYNC: 'on', CHIBO_PG_DIR: work },
	});
	const lines = readline.createInterface({ input: child.stdout });
	const url = await new Promise((ok) => { lines.once('line', ok); child.once('exit', () => ok(null)); });
	return { url, stop: () => new Promise((ok) => { child.once('exit', ok); child.stdin.end(); }) };
}

async function contest(url) {
	const db = path.join(work, 'write.db');
	for (const where of [db, url]) if (where) run(program, ['prepare', where]);
	const contenders = { ours16: () => measure('record', db, 16, 4), ours1: () => measure('record', db, 1, 3), fsync: () => measure('fsync', work, 2), whole16: () => measure('product', db, 16, 4) };
	if (url) Object.assign(contenders, { pg16: () => measure('record', url, 16, 4), pg1: () => measure('record', url, 1, 3) });
	const r = await interleave(contenders);
	const rates = (name, values) => ({ name, values: values.map((x) => x.rate) });
	if (url) {
		show('meeting + 20 rows, durable, 16 clients', rates('chibo, SQLite', r.ours16), rates('PostgreSQL, one function call', r.pg16), 'changes/s', 1.4);
		show('the same with a journal entry in it', rates('chibo, SQLite', r.whole16), rates('PostgreSQL, one function call, no journal', r.pg16), 'changes/s');
		show('the same, 1 client', rates('chibo, SQLite', r.ours1), rates('PostgreSQL, one function call', r.pg1), 'changes/s');
	}
	const waits = (name, pick) => ({ name, values: r.ours16.map(pick) });
	show('16 clients: the slowest hundredth against the median, checkpoints included', waits('chibo, p99', (x) => x.p99), waits('chibo, p50', (x) => x.p50), 'ms', 5, false);
	console.log(`    longest wait of a round: ${median(r.ours16.map((x) => x.longest)).toFixed(1)} ms` + (url ? `; PostgreSQL: p50 ${median(r.pg16.map((x) => x.p50)).toFixed(2)}, p99 ${median(r.pg16.map((x) => x.p99)).toFixed(2)}, longest ${median(r.pg16.map((x) => x.longest)).toFixed(1)} ms` : ''));
	show('1 client against the disk', rates('chibo, meeting + 20 rows', r.ours1), rates('append 4 KiB + fdatasync', r.fsync), '/s', 0.65);
}

export default async function write() {
	run('ninja', ['-C', build, 'bench/bench_write']);
	const postgres = await startPostgres();
	if (!postgres.url) console.log('PostgreSQL is not installed (scripts/install bench): its part is left out');
	try {
		await contest(postgres.url);
	} finally {
		if (postgres.url) await postgres.stop();
	}
}
