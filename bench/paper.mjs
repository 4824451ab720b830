// paper.mjs — documents a second: a commune's month as PDF, and minutes as DOCX, against LibreOffice converting the same documents.
//
// Whole commands are measured, from start to written files: facts are read from the database of a demonstration commune, so ours does more than convert.
// LibreOffice runs once for all its documents and gets the same ones as DOCX.
import fs from 'node:fs';
import path from 'node:path';
import { chibo, has, interleave, run, seconds, show, work } from './lib.mjs';

const MEETING = ['R02', 'R03', 'R04', 'R05', 'R06', 'R07'], COMMUNE = ['R08', 'R09', 'R10', 'R11', 'R13'];
const UNIT = '01.001', PERIOD = '2025-10', MINUTES = 1000;
const dir = path.join(work, 'paper'), db = path.join(dir, 'commune.db');

function empty(name) {
	const to = path.join(dir, name);
	fs.rmSync(to, { recursive: true, force: true });
	fs.mkdirSync(to);
	return to;
}

// The papers of every meeting of the month, and the reports on the commune. Returns how many files there are.
function month(format, to) {
	for (const form of MEETING) run(chibo, ['--db', db, 'report', form, '--unit', UNIT, '--period', PERIOD, '--format', format, '--out', to]);
	for (const form of COMMUNE)
		fs.writeFileSync(path.join(to, `${form}.${format}`), run(chibo, ['--db', db, 'report', form, '--unit', UNIT, '--period', PERIOD, '--format', format], { encoding: 'buffer' }).stdout);
	return fs.readdirSync(to).length;
}

function office(format, from) {
	const files = fs.readdirSync(path.join(dir, from)).map((file) => path.join(dir, from, file));
	const to = empty('converted');
	const time = seconds(() => run('soffice', [`-env:UserInstallation=file://${dir}/office`, '--headless', '--convert-to', format, '--outdir', to, ...files]));
	const made = fs.readdirSync(to).length;
	if (made !== files.length) throw new Error(`soffice made ${made} of ${files.length} documents`);
	return made / time;
}

function rate(work_) {
	let made = 0;
	const time = seconds(() => (made = work_()));
	return made / time;
}

export default async function paper() {
	if (!has('soffice')) return console.log('paper: skipped, LibreOffice is not installed (scripts/install test)');
	fs.mkdirSync(dir);
	run(chibo, ['--db', db, 'init']);
	run(chibo, ['--db', db, 'demo', '--size', 'commune']);
	const n = month('docx', empty('month'));
	const pdf = await interleave({ chibo: () => rate(() => month('pdf', empty('out'))), office: () => office('pdf', 'month') });
	show(`a commune's month, ${n} documents as PDF`, { name: 'chibo, facts read and drawn', values: pdf.chibo }, { name: 'LibreOffice, DOCX to PDF', values: pdf.office }, 'documents/s');

	const minutes = fs.readdirSync(path.join(dir, 'month')).filter((file) => file.includes('R05'));
	empty('minutes');
	for (const file of minutes) fs.copyFileSync(path.join(dir, 'month', file), path.join(dir, 'minutes', file));
	const facts = path.join(dir, 'minutes.json');
	fs.writeFileSync(facts, run(chibo, ['forms', 'sample', 'minutes']).stdout);
	const docx = await interleave({
		chibo: () => rate(() => (run(chibo, ['forms', 'fill', 'minutes', facts, '--repeat', String(MINUTES), '--out', path.join(dir, 'minutes.docx')]), MINUTES)),
		office: () => office('docx', 'minutes'),
	});
	show(`${MINUTES} minutes as DOCX`, { name: 'chibo, form filled with facts', values: docx.chibo }, { name: 'LibreOffice, DOCX to DOCX', values: docx.office }, 'documents/s');
}
