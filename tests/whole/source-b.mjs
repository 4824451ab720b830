// source-b.mjs CHIBO — a bloc of provincial agencies carried through the year of "four good" by commands and pages alone, from files without a single point
// in them. It has to end with the figures that such a bloc published: 51 registered, 2 moved away, 49 assessed, 47 met the standard, 26 Excellent within the
// cap, 9 certificates; R15 to R18 and the targets say so with the same rates.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { assessed, bloc, bodies, cells, departments, excellent, exemplary, fails, movedAway, other, province, registered, write, year } from './source-b-data.mjs';

const program = path.resolve(process.argv[2]), root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'chibo-bloc-')), db = path.join(dir, 'chibo.db'), password = 'dem-trang-ram-2026';
let now = `${year}-12-29T08:00`;

function run(...args) {
	const r = spawnSync(program, ['--db', db, ...args], { encoding: 'utf8', cwd: root, env: { ...process.env, CHIBO_NOW: now, CHIBO_LANG: 'en' }, input: `${password}\n`, maxBuffer: 1 << 27 });
	assert.equal(r.status, 0, `chibo ${args.join(' ')}: ${r.status}\n${r.stdout}${r.stderr}`);
	return r.stdout;
}
const data = (...args) => JSON.parse(run(...args, '--json'));
const file = (name, value) => (fs.writeFileSync(path.join(dir, name), JSON.stringify(value)), path.join(dir, name));
const of = ['--year', String(year)];

// ---- the records
run('init');
for (const kind of write(dir)) run('import', kind, path.join(dir, `${kind}.csv`));
assert.deepEqual([bodies.length, departments.length, cells.filter((c) => c.grassroots).length, cells.filter((c) => !c.grassroots).length], [33, 10, 31, 247]); // W7
assert.ok(cells.reduce((n, c) => n + c.members, 0) > 4300);

// ---- registration, the vote of the half year; two cells go to another body in September
const vote = (c) => ['--in-favour', String(c.members - 1), '--abstain', '1'];
const full = file('full.json', { judged: { 'G1.4': '4', 'G3.2': '5' } }), good = file('good.json', { judged: { 'G1.4': '3.5', 'G3.2': '4.5' } });
for (const c of registered) run('cases', 'register', c.code, ...of, '--on', `${year}-01-03`, '--agreement', `${year}-01-20`, ...vote(c), '--voted-on', `${year}-01-03`);
for (const c of registered) run('cases', 'score', c.code, ...of, '--stage', 'half_year', '--judged', good, ...vote(c), '--voted-on', `${year}-07-03`);
for (const c of movedAway) {
	run('units', 'move', c.code, '--parent', `${other}.001`, '--on', `${year}-09-01`);
	run('cases', 'step', c.code, 'transfer_out', ...of, '--moved-to', 'Đảng bộ công ty số 1');
}

// ---- the annual review of the pilot's units: collective by collective, decided by the committee above
for (const c of assessed) {
	const best = excellent.includes(c), shown = data('cases', 'open', c.code, ...of, '--kind', 'unit');
	const lines = (shown.today ?? shown).sheet?.lines ?? [];
	const judged = Object.fromEntries(lines.filter((l) => l.source === 'judged').map((l) => [l.id, (best ? Number(l.max) : Math.floor(Number(l.max) * 0.5)).toFixed(1)]));
	assert.ok(Object.keys(judged).length, JSON.stringify(shown));
	run('cases', 'score', c.code, ...of, '--kind', 'unit', '--stage', 'self', '--judged', file('unit.json', { judged }));
	run('cases', 'score', c.code, ...of, '--kind', 'unit', '--stage', 'voted', ...vote(c));
}
run('cases', 'appraise-all', '--unit', bloc, '--below', ...of, '--kind', 'unit');
run('cases', 'step-all', 'notify', '--unit', bloc, '--below', ...of, '--kind', 'unit', '--decision-no', '21-QĐ/ĐUK', '--decided-on', `${year}-12-28`);

// ---- self-assessment, the members' vote, appraisal
assessed.forEach((c, i) => {
	run('cases', 'score', c.code, ...of, '--stage', 'self', '--judged', i % 3 ? full : good);
	run('cases', 'score', c.code, ...of, '--stage', 'voted', ...vote(c));
});
run('cases', 'appraise-all', '--unit', bloc, '--below', ...of);

// ---- recognition by the bloc on its page, with a number from its register; certificates for nine
now = `${year + 1}-01-15T09:00`;
run('user', 'add', 'khoi', '--role', 'officer', '--unit', bloc, '--password-stdin');
const server = spawn(program, ['--db', db, 'serve', '--listen', '127.0.0.1:0'], { cwd: root, env: { ...process.env, CHIBO_NOW: now, CHIBO_LANG: 'en' }, stdio: ['ignore', 'pipe', 'pipe'] });
process.on('exit', () => server.kill('SIGKILL')); // also after a failure
let messages = '';
server.stderr.on('data', (d) => (messages += d));
const base = await new Promise((found, none) => {
	let text = '';
	server.stdout.on('data', (d) => {
		const at = /(http:\/\/[\d.]+:\d+)/.exec((text += d));
		if (at) found(at[1]);
	});
	server.on('exit', () => none(new Error(messages)));
});
let cookie = '';
async function ask(address, form) {
	const body = form && new URLSearchParams(form), headers = { cookie, origin: base, accept: form ? 'text/html' : 'application/json' };
	const r = await fetch(base + address, { method: form ? 'POST' : 'GET', redirect: 'manual', headers, body });
	cookie ||= /^[^=;,\s]+=[^;]*/.exec(r.headers.get('set-cookie') ?? '')?.[0] ?? ''; // of the sign-in; later ones only carry a message
	return r;
}
const page = async (address) => (await fetch(base + address, { headers: { cookie } })).text();
const token = async (address) => /name="csrf" value="([^"]*)"/.exec(await page(address))?.[1] ?? '';
assert.equal((await ask('/sign-in', [['csrf', ''], ['login', 'khoi'], ['password', password]])).status, 303);
const list = await (await ask(`/units/${bloc}/recognition?year=${year}&below=1`)).json();
const proposed = list.cases.filter((k) => k.place === 'proposed');
assert.equal(proposed.length, 47);
assert.deepEqual(list.cases.filter((k) => k.place === 'below').map((k) => k.unit).sort(), fails.map((c) => c.code).sort());
const chosen = exemplary.map((c) => proposed.find((k) => k.unit === c.code).case);
const answer = await ask(`/units/${bloc}/recognition`, [['csrf', await token(`/units/${bloc}/recognition?year=${year}&below=1`)], ['year', year], ['below', '1'], ...proposed.map((k) => ['case', `${k.case}.${k.rev}`]),
	...chosen.map((id) => ['exemplary', id]), ['decided_on', `${year + 1}-01-12`], ['outside_no', '05-QĐ/ĐUK'], ['signed_by', 'Nguyễn Văn Hòa']]);
assert.equal(answer.status, 303, await answer.text());
const certificates = (await (await ask(`/units/${bloc}/recognition?year=${year}&below=1`)).json()).cases.filter((k) => k.check_code);
assert.equal(certificates.length, 9);
const stranger = await fetch(`${base}/verify/${certificates[0].check_code}`);
assert.equal(stranger.status, 200);
assert.match(await stranger.text(), new RegExp(`${certificates[0].name}[^]*05-QĐ/ĐUK`));

// ---- what the program says now, in the reports and the targets
const report = (id, unit = bloc) => data('report', id, '--unit', unit, '--period', String(year), '--format', 'json').tables;
const rate = (r) => `${r.numerator}/${r.denominator} = ${r.percent}`;
const table = (tables, name) => Object.values(tables).find((t) => t.name === name).rows;
const kinds = Object.fromEntries(table(report('R15'), 'kinds').map((r) => [r.name, r]));
assert.deepEqual(['Grassroots body with a committee', 'Grassroots cell', 'Department committee', 'Subordinate cell'].map((k) => kinds[k].units), [33, 31, 10, 247]);
assert.equal(kinds['Grassroots cell'].registered.numerator + kinds['Subordinate cell'].registered.numerator, 51); // W8
assert.equal(Object.values(kinds).reduce((n, k) => n + k.moved, 0), 2);
assert.equal(Object.values(kinds).reduce((n, k) => n + k.assessed, 0), 49);
const rates = Object.fromEntries(table(report('R17'), 'rates').map((r) => [r.name, rate(r.value)]));
assert.equal(rates['Meeting the standard, of those assessed'], '47/49 = 95.92'); // W9
assert.equal(rates['Recognised, of those meeting the standard'], '47/47 = 100.00');
assert.equal(rates['Classified Excellent, of those meeting the standard'], '26/47 = 55.32'); // W10
assert.equal(rates['Classified Excellent, of those assessed'], '26/49 = 53.06');
assert.ok(Object.values(rates).includes('9/47 = 19.15'), JSON.stringify(rates));
const groups = table(report('R18'), 'groups');
assert.equal(groups.reduce((n, g) => n + g.excellent, 0), 26);
assert.deepEqual(groups.filter((g) => g.excess), []);
assert.ok(groups.every((g) => g.allowed === Math.floor(g.base / 5) && g.excellent <= g.allowed));
assert.ok(groups.filter((g) => g.excellent).reduce((n, g) => n + g.base, 0) >= 130);
const sheet = table(report('R16', exemplary[0].code), 'lines');
assert.ok(sheet.length >= 24);
for (const id of ['R15', 'R16', 'R17', 'R18', 'R24']) for (const format of ['csv', 'xlsx', 'docx', 'pdf', 'html']) run('report', id, '--unit', id === 'R16' || id === 'R24' ? exemplary[0].code : bloc, '--period', String(year), '--format', format);
const targets = Object.fromEntries(data('targets', '--unit', bloc, '--period', String(year)).targets.map((t) => [t.id, t]));
assert.equal(rate(targets.T19), '47/49 = 95.92');
// The two that moved away are cells of another body at the end of the year.
assert.equal(rate(targets.T10), `49/276 = ${((49 / 276) * 100).toFixed(2)}`);
run('verify');
server.kill('SIGTERM');
await once(server, 'exit');
fs.rmSync(dir, { recursive: true, force: true });
console.log('51 registered, 49 assessed, 47 met the standard, 26 Excellent within the cap, 9 certificates');
