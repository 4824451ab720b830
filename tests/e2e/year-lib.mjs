// year-lib.mjs — a commune with three cells for the play of a year: the village cell that is played in the browser, one that is behind, one that founds itself in May.
// Its records come as files, in the pieces in which they happen; what the play is about (registration, sheets, votes, decisions) does not.
import { attendance, meetings, member, people, registers, uploads, work, write } from '../whole/year-data.mjs';
import { organisation } from './month-lib.mjs';

export const year = 2025, province = '01', commune = '01.001';
export const village = { code: '01.001.000.000.001', members: 22, name: 'Chi bộ thôn Quang An', type: 'VR', initiatives: 1 };
export const late = { code: '01.001.000.000.002', members: 14, name: 'Chi bộ thôn Tân Lập', type: 'VR', initiatives: 1, weak: 'late' };
export const office = { code: '01.001.000.000.003', members: 9, name: 'Chi bộ cơ quan xã', type: 'AG' };
const cells = [village, late, office];

const until = (rows, column, last) => [rows[0], ...rows.slice(1).filter((r) => r[rows[0].indexOf(column)] <= last)];
// Days that lie after `today` are not known yet.
const blank = (rows, column, today) => rows.map((r, i) => (i ? r.map((v, k) => (k === rows[0].indexOf(column) && v > today ? '' : v)) : r));

// Everything that is recorded up to a day, as files.
export function records(dir, today) {
	const { terms, documents, inspections, reports, trainings, initiatives, ...numbers } = registers(cells, year), w = work(cells, year);
	const tasks = w.tasks.map((r, i) => (i && r[5] > today ? [...r.slice(0, 5), '', ''] : r));
	const months = today < `${year + 1}` ? Number(today.slice(5, 7)) - (today.slice(8) < '04' ? 1 : 0) : 12;
	const files = {
		terms, documents: until(documents, 'dated_on', today), meetings: until(meetings(cells, year), 'starts_at', `${today}T24`), uploads: until(uploads(cells, year), 'uploaded_at', `${today}T24`), attendance: attendance([village], year, 1, months), tasks, targets: w.targets, target_values: until(w.target_values, 'on_date', today),
		inspections: blank(inspections, 'done_on', today), reports: blank(reports, 'sent_on', today), trainings: until(trainings, 'held_on', today), initiatives: until(initiatives, 'recognised_on', today), ...numbers,
	};
	return write(dir, files);
}

export async function yearOrganisation() {
	return organisation({
		begin: `${year}-01-20T08:00`,
		write: (dir) => write(dir, {
			units: [['code', 'parent_code', 'level', 'type', 'name', 'valid_from'], [province, '', 'province', '', 'Đảng bộ tỉnh Thử', '2020-01-01'], [commune, province, 'commune', '', 'Đảng bộ xã Tân Hòa', '2020-01-01'],
				...cells.map((c) => [c.code, commune, 'cell', c.type, c.name, '2020-01-01'])],
			...people(cells),
		}),
		kinds: ['units', 'members', 'posts'], commands: [],
		people: [['bithu', 'secretary', village.code, member(village, 1)], ['dangvien', 'member', village.code, member(village, 5)], ['canbo', 'officer', commune, null], ['tinhuy', 'upper', province, null]],
	});
}
