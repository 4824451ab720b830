// year-data.mjs — the records of a cell's year as rows of the files that the program imports: people, meetings, tasks, targets, papers, registers.
// A cell is { code, members, weak?, targets? }: `weak` is 'late' (missed targets and deadlines) or 'absent' (came too seldom, sent its papers late).
// Everything else is as good as it can be. No point, class or total of a "four good" case is in here.
import fs from 'node:fs';
import path from 'node:path';

const pad = (n, width = 3) => String(n).padStart(width, '0');
export const member = (cell, i) => `${cell.code}-${pad(i, 2)}`;
const surnames = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Ngô'], middles = ['Văn', 'Thị', 'Quang', 'Thị Thu', 'Đức', 'Thị Minh'], given = ['An', 'Bình', 'Cường', 'Dung', 'Giang', 'Hà', 'Khánh', 'Lan', 'Minh', 'Nga', 'Phúc', 'Quỳnh', 'Sơn', 'Thảo', 'Uyên', 'Vinh'];
const personName = (n) => `${surnames[n % 10]} ${middles[(n * 7) % 6]} ${given[(n * 5) % 16]}`;

export function people(cells) {
	const members = [['code', 'full_name', 'unit_code', 'status', 'admitted_on', 'official_on', 'from']], posts = [['unit_code', 'member_code', 'post', 'from']];
	let n = 0;
	for (const c of cells) {
		for (let i = 1; i <= c.members; i++) members.push([member(c, i), personName(n++), c.code, 'official', '2015-05-19', '2016-05-19', '2020-01-01']);
		for (const [i, post] of [[1, 'secretary'], [1, 'committee'], [2, 'deputy'], [2, 'committee'], [3, 'committee']]) if (c.members >= 9 || (i < 3 && post !== 'committee')) posts.push([c.code, member(c, i), post, '2022-01-01']);
	}
	return { members, posts };
}

const dayOf = (year) => (month, date) => `${year}-${pad(month, 2)}-${pad(date, 2)}`;

export function meetings(cells, year, from = 1, to = 12) {
	const day = dayOf(year);
	const rows = [['code', 'unit_code', 'kind', 'thematic', 'starts_at', 'ends_at', 'expected', 'present', 'excused', 'unexcused', 'official_present', 'speakers', 'pre_meeting_on', 'documents_sent_at', 'scored_at', 'self_points', 'decided_points', 'topic']];
	for (const c of cells) for (let m = from; m <= to; m++) {
		const thematic = (c.thematic ?? [2, 5, 8, 11]).includes(m);
		const absent = c.weak === 'absent' ? 3 : m % 3 === 0 ? 1 : 0, sent = c.weak === 'absent' && m > 6 ? `${day(m, 3)}T13:00` : `${day(m, 1)}T08:00`;
		rows.push([`${c.code}/${pad(m, 2)}`, c.code, 'regular', thematic ? 1 : 0, `${day(m, 3)}T14:00`, `${day(m, 3)}T16:10`, c.members, c.members - absent, absent, 0, c.members - absent, Math.ceil(c.members / 2), day(m, 2), sent, `${day(m, 3)}T16:05`, 96, 95, thematic ? `Chuyên đề tháng ${m}` : '']);
	}
	return rows;
}

// Who came, person by person: the same number as in the counts; nobody without a reason.
export function attendance(cells, year, from = 1, to = 12) {
	const rows = [['meeting_code', 'member_code', 'status']];
	for (const c of cells) for (let m = from; m <= to; m++) for (let i = 1; i <= c.members; i++) rows.push([`${c.code}/${pad(m, 2)}`, member(c, i), i === 4 + m && m % 3 === 0 ? 'excused' : 'present']);
	return rows;
}

// When the papers of those meetings were uploaded.
export function uploads(cells, year, from = 1, to = 12) {
	const day = dayOf(year), rows = [['meeting_code', 'uploaded_at']];
	for (const c of cells) for (let m = from; m <= to; m++) rows.push([`${c.code}/${pad(m, 2)}`, `${day(m, 4)}T09:00`]);
	return rows;
}

export function work(cells, year) {
	const day = dayOf(year);
	const tasks = [['code', 'unit_code', 'title', 'member_code', 'due_on', 'done_on', 'result']];
	const targets = [['unit_code', 'code', 'title', 'baseline', 'goal', 'starts_on', 'due_on']], values = [['unit_code', 'code', 'on_date', 'value']];
	for (const c of cells) {
		const late = c.weak === 'late' ? 3 : 0, missed = c.weak === 'late' ? 1 : 0, targetCount = c.targets ?? 8;
		for (let i = 1; i <= c.members; i++) {
			const month = 1 + (i % 11);
			tasks.push([`${c.code}/V${i}`, c.code, `Nhiệm vụ số ${i}`, member(c, i), day(month, 20), day(i <= late ? month + 1 : month, 18), i % 5 < 2 ? 'above_requirement' : 'done']);
		}
		for (let i = 1; i <= targetCount; i++) {
			targets.push([c.code, `CT${pad(i, 2)}`, `Chỉ tiêu số ${i}`, 0, 100, day(1, 1), day(12, 15)]);
			values.push([c.code, `CT${pad(i, 2)}`, day(12, 10), i <= missed ? 90 : 100]);
		}
	}
	return { tasks, targets, target_values: values };
}

export function registers(cells, year) {
	const day = dayOf(year);
	const documents = [['unit_code', 'type', 'number', 'dated_on', 'subject', 'signed_by']], terms = [['unit_code', 'name', 'valid_from', 'valid_to']];
	const inspections = [['code', 'unit_code', 'kind', 'title', 'planned_on', 'done_on']], reports = [['code', 'unit_code', 'title', 'due_on', 'sent_on']];
	const trainings = [['unit_code', 'member_code', 'course', 'held_on']], numbers = [['unit_code', 'year', 'name', 'value']], initiatives = [['code', 'unit_code', 'year', 'title', 'authors', 'benefit', 'recognised_by', 'recognised_on']];
	for (const c of cells) {
		terms.push([c.code, `${year - 1}–${year + 1}`, `${year - 1}-01-01`, `${year + 1}-12-31`]);
		documents.push([c.code, 'QC', '01-QC/CB', `${year - 1}-02-10`, 'Quy chế làm việc của chi bộ', 'Bí thư']);
		documents.push([c.code, 'CTr', '01-CTr/CB', c.weak === 'absent' ? day(2, 20) : day(1, 15), `Chương trình công tác năm ${year}`, 'Bí thư']);
		for (const i of [1, 2]) inspections.push([`${c.code}/KT${i}`, c.code, i === 1 ? 'inspection' : 'supervision', `Nội dung số ${i}`, day(i * 4, 15), day(i * 4, 10)]);
		for (let m = 1; m <= 12; m++) reports.push([`${c.code}/BC${pad(m, 2)}`, c.code, `Báo cáo tháng ${m}`, day(m, 25), day(m, 22)]);
		for (const i of c.members >= 9 ? [1, 2, 3] : [1, 2]) trainings.push([c.code, member(c, i), 'Bồi dưỡng nghiệp vụ công tác chi bộ', day(4, 12)]);
		for (let i = 1; i <= (c.initiatives ?? Math.ceil(c.members / 3)); i++) initiatives.push([`${c.code}/SK${i}`, c.code, year, `Sáng kiến số ${i}`, member(c, i), 'Rút ngắn thời gian xử lý công việc', 'Hội đồng sáng kiến cơ quan', day(10, 5)]);
		for (const name of ['none_discipline', 'none_feedback']) numbers.push([c.code, year, name, 1]);
		numbers.push([c.code, year, 'admissions_aim', 0]);
	}
	return { documents, terms, inspections, reports, trainings, 'year-numbers': numbers, initiatives };
}

const csv = (rows) => rows.map((r) => r.map((v) => (/[",\n]/.test(String(v)) ? `"${String(v).replaceAll('"', '""')}"` : v)).join(',')).join('\n') + '\n';

// Writes the files ({ kind: rows }) into `dir`; returns their kinds.
export function write(dir, files) {
	for (const [kind, rows] of Object.entries(files)) fs.writeFileSync(path.join(dir, `${kind}.csv`), csv(rows));
	return Object.keys(files);
}
