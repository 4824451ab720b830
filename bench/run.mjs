// run.mjs — the benchmark harness behind `make bench`. Every figure stands beside a named peer measured in the same run; nothing is asserted.
//
// BENCH_ROUNDS (5) rounds, contenders in turn, medians with their range. `node bench/run.mjs page import` runs some parts only.
import os from 'node:os';
import { cleanUp, rounds } from './lib.mjs';

const parts = process.argv.length > 2 ? process.argv.slice(2) : ['page', 'write', 'closing', 'import', 'rollup', 'year', 'paper'];

console.log(`${os.cpus()[0]?.model.trim()} × ${os.cpus().length}, ${Math.round(os.totalmem() / 2 ** 30)} GiB; ${rounds} interleaved rounds, medians (least – most)\n`);
process.on('SIGINT', () => cleanUp().then(() => process.exit(130)));
try {
	for (const part of parts) {
		console.log(`== ${part}`);
		await (await import(`./${part}.mjs`)).default();
		console.log();
	}
} finally {
	await cleanUp();
}
