// import.mjs — 1,000,000 members as CSV and XLSX.
//
// CSV: `chibo import members` (every field checked, search and sort keys made, keys and indexes kept, journal, one transaction) against the sqlite3 shell's
// .import of the same file into a bare table without keys, same pragmas. XLSX: reading and importing against inflating the same file with zlib.
import fs from 'node:fs';
import path from 'node:path';
import { chibo, has, interleave, root, run, seconds, show, work } from './lib.mjs';

const members = Number(process.env.BENCH_MEMBERS ?? 1_000_000);
const family = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ'];
const middle = ['Văn', 'Thị', 'Đức', 'Minh', 'Xuân', 'Thanh', 'Quang', 'Hữu'];
const given = ['An', 'Ánh', 'Bình', 'Cường', 'Dũng', 'Hằng', 'Hòa', 'Lan', 'Minh', 'Nga', 'Phúc', 'Sơn', 'Thảo', 'Tuấn', 'Yến'];
const pad = (n, w) => String(n).padStart(w, '0');

function writeFiles() {
	const units = ['code,parent_code,level,type,owner,name,valid_from,valid_to', '01,,province,,,Đảng bộ tỉnh đo thử,,'];
	const cells = [];
	for (let i = 0; i < Math.ceil(members / 21); i++) {
		if (i % 80 === 0) units.push(`01.${pad(i / 80 + 1, 4)},01,commune,,,Đảng bộ xã ${i / 80 + 1},,`);
		cells.push(`01.${pad(Math.floor(i / 80) + 1, 4)}.${pad(i % 80, 3)}`);
		units.push(`${cells[i]},01.${pad(Math.floor(i / 80) + 1, 4)},cell,VR,,Chi bộ thôn ${i % 80},,`);
	}
	fs.writeFileSync(path.join(work, 'units.csv'), units.join('\n') + '\n');
	const file = fs.openSync(path.join(work, 'members.csv'), 'w');
	fs.writeSync(file, 'code,full_name,unit_code,status,admitted_on,official_on,from,to\n');
	for (let i = 0; i < members; ) {
		const lines = [];
		for (const end = Math.min(members, i + 10_000); i < end; i++) {
			const name = `${family[i % 10]} ${middle[(i >> 3) % 8]} ${given[(i * 7) % 15]}`;
			const year = 1980 + (i % 40), day = `${pad(1 + (i % 12), 2)}-${pad(1 + (i % 28), 2)}`;
			lines.push(`M${pad(i, 8)},${name},${cells[Math.floor(i / 21)]},official,${year}-${day},${year + 1}-${day},${year}-${day},`);
		}
		fs.writeSync(file, lines.join('\n') + '\n');
	}
	fs.closeSync(file);
}

function fresh(name) {
	const db = path.join(work, name);
	for (const end of ['', '-wal', '-shm', '.lock', '.sock']) fs.rmSync(db + end, { force: true });
	return db;
}

function withUnits(name) {
	const db = fresh(name);
	run(chibo, ['--db', db, 'init']);
	run(chibo, ['--db', db, 'import', 'units', path.join(work, 'units.csv')]);
	return db;
}

function importInto(file) {
	const db = withUnits('ours.db');
	return seconds(() => run(chibo, ['--db', db, 'import', 'members', file]));
}

function shellImport() {
	const db = fresh('peer.db');
	return seconds(() => run('sqlite3', [db, '-cmd', 'pragma journal_mode=wal; pragma synchronous=full;', '-cmd', '.mode csv', `.import ${path.join(work, 'members.csv')} members`]));
}

const keyed = `create table unit(code text primary key, id integer) strict; create table m(code text not null unique, full_name text not null, unit_code text not null,
status text not null, admitted_on text, official_on text, "from" text, "to" text) strict; create index m_unit on m(unit_code); create index m_name on m(full_name);`;

function shellImportKeyed() {
	const db = fresh('peer.db');
	return seconds(() => run('sqlite3', [db, '-cmd', 'pragma journal_mode=wal; pragma synchronous=full;', '-cmd', keyed.replaceAll('\n', ' '), '-cmd', '.mode csv', `.import --skip 1 ${path.join(work, 'members.csv')} m`]));
}

export default async function importing() {
	if (!has('sqlite3')) return console.log('import: skipped, sqlite3 is not installed (scripts/install bench)');
	const build = path.join(root, 'build/release');
	run('ninja', ['-C', build, 'bench/bench_inflate', 'bench/bench_read']);
	writeFiles();
	const csv = path.join(work, 'members.csv'), xlsx = path.join(work, 'members.xlsx');
	const r = await interleave({ chibo: () => importInto(csv), shell: shellImport, keyed: shellImportKeyed });
	const ours = { name: 'chibo import members (checked, keys, indexes, journal)', values: r.chibo };
	console.log(`${members.toLocaleString('en')} members, CSV of ${Math.round(fs.statSync(csv).size / 1e6)} MB`);
	show('validated import against a bare one', ours, { name: 'sqlite3 .import, no keys, no checks', values: r.shell }, 's', 1.0, false);
	show('the same with a unique key and two indexes at the peer', ours, { name: 'sqlite3 .import, 1 key, 2 indexes, no checks', values: r.keyed }, 's', undefined, false);
	run(chibo, ['--db', path.join(work, 'ours.db'), 'export', 'members', '--format', 'xlsx', '--output', xlsx]);
	const x = await interleave({
		inflate: () => seconds(() => run(path.join(build, 'bench/bench_inflate'), [xlsx])),
		read: () => seconds(() => run(path.join(build, 'bench/bench_read'), [xlsx])),
		whole: () => importInto(xlsx),
	});
	const inflate = { name: 'zlib inflating the same file', values: x.inflate };
	console.log(`the same as XLSX of ${Math.round(fs.statSync(xlsx).size / 1e6)} MB`);
	show('reading every cell', { name: 'chibo\'s reader', values: x.read }, inflate, 's', 2.3, false);
	show('validated import', { name: 'chibo import members', values: x.whole }, inflate, 's', 2.3, false);
}
