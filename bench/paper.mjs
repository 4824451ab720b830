// paper.mjs — documents a second: a commune's month as PDF, and minutes as DOCX, against LibreOffice converting the same documents.
//
// Whole commands are measured, from start to written file. The facts are the samples of the forms, or NAME.json of the folder $BENCH_FACTS.
// LibreOffice runs once for all its documents; as it takes its time, it gets fewer of them, and both are counted a second.
import fs from 'node:fs';
import path from 'node:path';
import { chibo, has, interleave, run, seconds, show, work } from './lib.mjs';

const CELLS = 23, MINUTES = 1000, OF_PEER = 3, MINUTES_OF_PEER = 30;
const env = { ...process.env, CHIBO_NOW: '2026-06-05' };
const dir = path.join(work, 'paper');

const fill = (name, format, out, times = 1) =>
	run(chibo, ['forms', 'fill', name, path.join(dir, `${name}.json`), '--format', format, '--out', out, '--repeat', String(times)], { env });

function prepare() {
	fs.mkdirSync(path.join(dir, 'month'), { recursive: true });
	fs.mkdirSync(path.join(dir, 'minutes'));
	const names = [...new Set(JSON.parse(run(chibo, ['forms', 'list', '--json'], { env }).stdout).map((form) => form.name))];
	for (const name of names) {
		const own = process.env.BENCH_FACTS && path.join(process.env.BENCH_FACTS, `${name}.json`);
		fs.writeFileSync(path.join(dir, `${name}.json`), own && fs.existsSync(own) ? fs.readFileSync(own) : run(chibo, ['forms', 'sample', name], { env }).stdout);
		for (let i = 0; i < OF_PEER; i++) fill(name, 'docx', path.join(dir, 'month', `${name}-${i}.docx`));
	}
	for (let i = 0; i < MINUTES_OF_PEER; i++) fill('minutes', 'docx', path.join(dir, 'minutes', `${i}.docx`));
	return names;
}

function office(format, from) {
	const files = fs.readdirSync(path.join(dir, from)).map((file) => path.join(dir, from, file));
	const to = path.join(dir, `out-${from}`);
	const time = seconds(() => run('soffice', [`-env:UserInstallation=file://${dir}/office`, '--headless', '--convert-to', format, '--outdir', to, ...files]));
	const made = fs.readdirSync(to).length;
	fs.rmSync(to, { recursive: true });
	if (made !== files.length) throw new Error(`soffice made ${made} of ${files.length} documents`);
	return made / time;
}

export default async function paper() {
	if (!has('soffice')) return console.log('paper: skipped, LibreOffice is not installed (scripts/install test)');
	const names = prepare();
	const month = await interleave({
		chibo: () => CELLS * names.length / seconds(() => names.forEach((name) => fill(name, 'pdf', path.join(dir, 'out.pdf'), CELLS))),
		office: () => office('pdf', 'month'),
	});
	show(`a commune's month, ${CELLS} cells × ${names.length} forms as PDF`, { name: 'chibo', values: month.chibo }, { name: 'LibreOffice, DOCX to PDF', values: month.office }, 'documents/s');
	const minutes = await interleave({
		chibo: () => MINUTES / seconds(() => fill('minutes', 'docx', path.join(dir, 'out.docx'), MINUTES)),
		office: () => office('docx', 'minutes'),
	});
	show(`${MINUTES} minutes as DOCX`, { name: 'chibo', values: minutes.chibo }, { name: 'LibreOffice, DOCX to DOCX', values: minutes.office }, 'documents/s');
}
