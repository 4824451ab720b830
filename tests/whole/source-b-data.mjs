// source-b-data.mjs — a made-up year of a bloc of provincial agencies with the sizes one such bloc published: 64 grassroots organisations, 33 of them with a
// committee and 31 grassroots cells, 10 department committees, 247 subordinate cells, over 4,300 members; 51 cells register for "four good", 2 move away.
// Everything is a file that the program imports; no point, class or total of a "four good" case is in them.
import fs from 'node:fs';
import path from 'node:path';

export const year = 2023, province = '08', bloc = '08.100', other = '08.200';
const pad = (n, width = 3) => String(n).padStart(width, '0');
const day = (month, date) => `${year}-${pad(month, 2)}-${pad(date, 2)}`;

export const bodies = Array.from({ length: 33 }, (_, i) => ({ code: `${bloc}.${pad(i + 1)}`, name: `Đảng bộ cơ quan số ${i + 1}` }));
export const departments = bodies.slice(0, 10).map((b) => ({ code: `${b.code}.001`, body: b.code, name: `Đảng bộ bộ phận của ${b.name.replace('Đảng bộ ', '')}` }));
const subordinate = bodies.flatMap((b, i) => Array.from({ length: i < 16 ? 8 : 7 }, (_, k) => {
	const department = i < 10 && k >= 4;
	return { code: `${b.code}.${department ? '001' : '000'}.${pad(k + 1)}`, parent: department ? `${b.code}.001` : b.code, body: b.code, first: k === 0, second: k === 1, place: i + 1 };
}));
const grassroots = Array.from({ length: 31 }, (_, i) => ({ code: `${bloc}.${pad(34 + i)}`, parent: bloc, body: bloc, place: i + 1, grassroots: true }));
export const cells = [...grassroots, ...subordinate].map((c, i) => ({ ...c, members: i < 139 ? 16 : 15, name: `Chi bộ ${c.grassroots ? 'cơ quan' : 'phòng'} số ${i + 1}` }));
// The example cell of the source: 10 members, 12 meetings, 7 of them with a thematic part, 26 of 26 targets.
Object.assign(cells[0], { members: 10, example: true });
cells[1].members += 6;

export const registered = cells.filter((c) => (c.grassroots && c.place <= 14) || c.first || (c.second && c.place <= 4));
export const movedAway = registered.filter((c) => c.second && c.place >= 3);
export const assessed = registered.filter((c) => !movedAway.includes(c));
// Two do not reach 95: one missed targets and deadlines, one came too seldom and sent its papers late.
export const fails = assessed.filter((c) => (c.grassroots && c.place === 14) || (c.first && c.place === 33));
export const excellent = assessed.filter((c) => (c.grassroots && c.place <= 5) || (c.first && c.place <= 21));
export const exemplary = excellent.slice(0, 9);

const member = (cell, i) => `${cell.code}-${pad(i, 2)}`;
const surnames = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Ngô'], middles = ['Văn', 'Thị', 'Quang', 'Thị Thu', 'Đức', 'Thị Minh'], given = ['An', 'Bình', 'Cường', 'Dung', 'Giang', 'Hà', 'Khánh', 'Lan', 'Minh', 'Nga', 'Phúc', 'Quỳnh', 'Sơn', 'Thảo', 'Uyên', 'Vinh'];
const personName = (n) => `${surnames[n % 10]} ${middles[(n * 7) % 6]} ${given[(n * 5) % 16]}`;

function units() {
	const since = '2020-01-01', rows = [[province, '', 'province', '', 'Đảng bộ tỉnh', since], [bloc, province, 'bloc', '', 'Đảng bộ khối các cơ quan tỉnh', since], [other, province, 'bloc', '', 'Đảng bộ khối doanh nghiệp tỉnh', since]];
	for (const b of bodies) rows.push([b.code, bloc, 'grassroots', 'AG', b.name, since]);
	for (const d of departments) rows.push([d.code, d.body, 'subcommittee', 'AG', d.name, since]);
	for (const c of cells) rows.push([c.code, c.parent, 'cell', 'AG', c.name, since]);
	rows.push([`${other}.001`, other, 'grassroots', 'EN', 'Đảng bộ công ty số 1', since]);
	return [['code', 'parent_code', 'level', 'type', 'name', 'valid_from'], ...rows];
}

function people() {
	const members = [['code', 'full_name', 'unit_code', 'status', 'admitted_on', 'official_on', 'from']], posts = [['unit_code', 'member_code', 'post', 'from']];
	let n = 0;
	for (const c of cells) {
		for (let i = 1; i <= c.members; i++) members.push([member(c, i), personName(n++), c.code, 'official', '2015-05-19', '2016-05-19', '2020-01-01']);
		for (const [i, post] of [[1, 'secretary'], [1, 'committee'], [2, 'deputy'], [2, 'committee'], [3, 'committee']]) if (c.members >= 9 || i < 3) posts.push([c.code, member(c, i), post, '2022-01-01']);
	}
	return { members, posts };
}

// What the registered cells did in the year. Cells that moved away did the same until they went.
function meetings() {
	const rows = [['code', 'unit_code', 'kind', 'thematic', 'starts_at', 'ends_at', 'expected', 'present', 'excused', 'unexcused', 'official_present', 'speakers', 'pre_meeting_on', 'documents_sent_at', 'scored_at', 'self_points', 'decided_points', 'topic']];
	for (const c of registered) for (let m = 1; m <= 12; m++) {
		const weak = fails[0] === c || fails[1] === c, thematic = c.example ? [1, 3, 5, 6, 8, 10, 11].includes(m) : [2, 5, 8, 11].includes(m);
		const absent = weak && fails[1] === c ? 3 : m % 3 === 0 ? 1 : 0, sent = weak && fails[1] === c && m > 6 ? `${day(m, 3)}T13:00` : `${day(m, 1)}T08:00`;
		rows.push([`${c.code}/${pad(m, 2)}`, c.code, 'regular', thematic ? 1 : 0, `${day(m, 3)}T14:00`, `${day(m, 3)}T16:10`, c.members, c.members - absent, absent, 0, c.members - absent, Math.ceil(c.members / 2), day(m, 2), sent, `${day(m, 3)}T16:05`, 96, 95, thematic ? `Chuyên đề tháng ${m}` : '']);
	}
	return rows;
}

function work() {
	const tasks = [['code', 'unit_code', 'title', 'member_code', 'due_on', 'done_on', 'result']];
	const targets = [['unit_code', 'code', 'title', 'baseline', 'goal', 'starts_on', 'due_on']], values = [['unit_code', 'code', 'on_date', 'value']];
	for (const c of registered) {
		const late = fails[0] === c ? 3 : 0, missed = fails[0] === c ? 1 : 0, targetCount = c.example ? 26 : 8;
		for (let i = 1; i <= c.members; i++) {
			const month = 1 + (i % 11);
			tasks.push([`${c.code}/V${i}`, c.code, `Nhiệm vụ số ${i}`, member(c, i), day(month, 20), day(i <= late ? month + 1 : month, 18), i % 5 < 2 ? 'above_requirement' : 'done']);
		}
		for (let i = 1; i <= targetCount; i++) {
			targets.push([c.code, `CT${pad(i, 2)}`, `Chỉ tiêu số ${i}`, 0, 100, day(1, 1), day(12, 15)]);
			values.push([c.code, `CT${pad(i, 2)}`, day(12, 10), i <= missed ? 90 : 100]);
		}
	}
	return { tasks, targets, values };
}

function registers() {
	const documents = [['unit_code', 'type', 'number', 'dated_on', 'subject', 'signed_by']], terms = [['unit_code', 'name', 'valid_from', 'valid_to']];
	const inspections = [['code', 'unit_code', 'kind', 'title', 'planned_on', 'done_on']], reports = [['code', 'unit_code', 'title', 'due_on', 'sent_on']];
	const trainings = [['unit_code', 'member_code', 'course', 'held_on']], numbers = [['unit_code', 'year', 'name', 'value']], initiatives = [['code', 'unit_code', 'year', 'title', 'authors', 'benefit', 'recognised_by', 'recognised_on']];
	for (const c of registered) {
		terms.push([c.code, '2022–2025', '2022-01-01', '2024-12-31']);
		documents.push([c.code, 'QC', '01-QC/CB', '2022-02-10', 'Quy chế làm việc của chi bộ', 'Bí thư']);
		documents.push([c.code, 'CTr', '01-CTr/CB', fails[1] === c ? day(2, 20) : day(1, 15), `Chương trình công tác năm ${year}`, 'Bí thư']);
		for (const i of [1, 2]) inspections.push([`${c.code}/KT${i}`, c.code, i === 1 ? 'inspection' : 'supervision', `Nội dung số ${i}`, day(i * 4, 15), day(i * 4, 10)]);
		for (let m = 1; m <= 12; m++) reports.push([`${c.code}/BC${pad(m, 2)}`, c.code, `Báo cáo tháng ${m}`, day(m, 25), day(m, 22)]);
		for (const i of c.members >= 9 ? [1, 2, 3] : [1, 2]) trainings.push([c.code, member(c, i), 'Bồi dưỡng nghiệp vụ công tác chi bộ', day(4, 12)]);
		for (let i = 1; i <= Math.ceil(c.members / 3); i++) initiatives.push([`${c.code}/SK${i}`, c.code, year, `Sáng kiến số ${i}`, member(c, i), 'Rút ngắn thời gian xử lý công việc', 'Hội đồng sáng kiến cơ quan', day(10, 5)]);
		for (const name of ['none_discipline', 'none_feedback']) numbers.push([c.code, year, name, 1]);
		numbers.push([c.code, year, 'admissions_aim', 0]);
	}
	return { documents, terms, inspections, reports, trainings, 'year-numbers': numbers, initiatives };
}

// Annual levels of members everywhere, and of the units outside the pilot; the pilot's own are decided step by step.
function levels() {
	const rows = [['unit_code', 'member_code', 'year', 'points', 'level', 'decided_on']];
	for (const c of cells) {
		for (let i = 1; i <= c.members; i++) rows.push([c.code, member(c, i), year, i % 6 ? 82 : 91, i % 6 ? 'good' : 'excellent', `${year}-12-05`]);
		if (!registered.includes(c)) rows.push([c.code, '', year, c.grassroots && c.place === 31 ? 62 : 80, c.grassroots && c.place === 31 ? 'completed' : 'good', `${year}-12-15`]);
	}
	return rows;
}

const csv = (rows) => rows.map((r) => r.map((v) => (/[",\n]/.test(String(v)) ? `"${String(v).replaceAll('"', '""')}"` : v)).join(',')).join('\n') + '\n';

// Writes every file into `dir` and returns their kinds in the order they have to be imported in.
export function write(dir) {
	const { members, posts } = people(), { tasks, targets, values } = work();
	const files = { units: units(), members, posts, ...pick(registers(), 'terms', 'documents'), meetings: meetings(), tasks, targets, target_values: values, ...pick(registers(), 'inspections', 'reports', 'trainings', 'year-numbers', 'initiatives'), classifications: levels() };
	for (const [kind, rows] of Object.entries(files)) fs.writeFileSync(path.join(dir, `${kind}.csv`), csv(rows));
	return Object.keys(files);
}

function pick(object, ...names) {
	return Object.fromEntries(names.map((n) => [n, object[n]]));
}
