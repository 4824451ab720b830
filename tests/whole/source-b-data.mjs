// source-b-data.mjs — a made-up year of a bloc of provincial agencies with the sizes one such bloc published: 64 grassroots organisations, 33 of them with a
// committee and 31 grassroots cells, 10 department committees, 247 subordinate cells, over 4,300 members; 51 cells register for "four good", 2 move away.
// Everything is a file that the program imports; no point, class or total of a "four good" case is in them.
import { meetings, member, people, registers, uploads, work, write as writeFiles } from './year-data.mjs';

export const year = 2023, province = '08', bloc = '08.100', other = '08.200';
const pad = (n, width = 3) => String(n).padStart(width, '0');

export const bodies = Array.from({ length: 33 }, (_, i) => ({ code: `${bloc}.${pad(i + 1)}`, name: `Đảng bộ cơ quan số ${i + 1}` }));
export const departments = bodies.slice(0, 10).map((b) => ({ code: `${b.code}.001`, body: b.code, name: `Đảng bộ bộ phận của ${b.name.replace('Đảng bộ ', '')}` }));
const subordinate = bodies.flatMap((b, i) => Array.from({ length: i < 16 ? 8 : 7 }, (_, k) => {
	const department = i < 10 && k >= 4;
	return { code: `${b.code}.${department ? '001' : '000'}.${pad(k + 1)}`, parent: department ? `${b.code}.001` : b.code, body: b.code, first: k === 0, second: k === 1, place: i + 1 };
}));
const grassroots = Array.from({ length: 31 }, (_, i) => ({ code: `${bloc}.${pad(34 + i)}`, parent: bloc, body: bloc, place: i + 1, grassroots: true }));
export const cells = [...grassroots, ...subordinate].map((c, i) => ({ ...c, members: i < 139 ? 16 : 15, name: `Chi bộ ${c.grassroots ? 'cơ quan' : 'phòng'} số ${i + 1}` }));
// The example cell of the source: 10 members, 12 meetings, 7 of them with a thematic part, 26 of 26 targets.
Object.assign(cells[0], { members: 10, thematic: [1, 3, 5, 6, 8, 10, 11], targets: 26 });
cells[1].members += 6;

export const registered = cells.filter((c) => (c.grassroots && c.place <= 14) || c.first || (c.second && c.place <= 4));
export const movedAway = registered.filter((c) => c.second && c.place >= 3);
export const assessed = registered.filter((c) => !movedAway.includes(c));
// Two do not reach 95: one missed targets and deadlines, one came too seldom and sent its papers late.
export const fails = assessed.filter((c) => (c.grassroots && c.place === 14) || (c.first && c.place === 33));
fails[0].weak = 'late';
fails[1].weak = 'absent';
export const excellent = assessed.filter((c) => (c.grassroots && c.place <= 5) || (c.first && c.place <= 21));
export const exemplary = excellent.slice(0, 9);

function units() {
	const since = '2020-01-01', rows = [[province, '', 'province', '', 'Đảng bộ tỉnh', since], [bloc, province, 'bloc', '', 'Đảng bộ khối các cơ quan tỉnh', since], [other, province, 'bloc', '', 'Đảng bộ khối doanh nghiệp tỉnh', since]];
	for (const b of bodies) rows.push([b.code, bloc, 'grassroots', 'AG', b.name, since]);
	for (const d of departments) rows.push([d.code, d.body, 'subcommittee', 'AG', d.name, since]);
	for (const c of cells) rows.push([c.code, c.parent, 'cell', 'AG', c.name, since]);
	rows.push([`${other}.001`, other, 'grassroots', 'EN', 'Đảng bộ công ty số 1', since]);
	return [['code', 'parent_code', 'level', 'type', 'name', 'valid_from'], ...rows];
}

// Annual levels of members everywhere, and of the units outside the pilot; the pilot's own are decided step by step.
function levels() {
	const rows = [['unit_code', 'member_code', 'year', 'points', 'level', 'decided_on']];
	for (const c of cells) {
		for (let i = 1; i <= c.members; i++) rows.push([c.code, member(c, i), year, i % 6 ? 82 : 91, i % 6 ? 'good' : 'excellent', `${year}-12-05`]);
		if (!registered.includes(c)) rows.push([c.code, '', year, 80, 'good', `${year}-12-15`]);
	}
	return rows;
}

// Writes every file into `dir` and returns their kinds in the order they have to be imported in.
export function write(dir) {
	const { terms, documents, ...other } = registers(registered, year);
	return writeFiles(dir, { units: units(), ...people(cells), terms, documents, meetings: meetings(registered, year), uploads: uploads(registered, year), ...work(registered, year), ...other, classifications: levels() });
}
