// month-lib.mjs — an organisation of one commune with the cell of the worked example (22 members), and a server whose clock can be set.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { password, program, root } from './lib.mjs';

export const names = ['Nguyễn Thị Hồng Hạnh', 'Trần Văn Bình', 'Lê Thị Thu Cúc', 'Phạm Quang Dũng', 'Hoàng Thị Én', 'Vũ Đình Phúc', 'Đặng Thị Giang', 'Bùi Văn Hải', 'Đỗ Thị Khánh Huyền', 'Ngô Văn Kiên', 'Dương Thị Lan', 'Lý Văn Minh', 'Mai Thị Nga', 'Phan Văn Oanh', 'Trịnh Thị Phượng', 'Đinh Văn Quý', 'Hồ Thị Quỳnh', 'Tạ Văn Sơn', 'Cao Thị Thảo', 'Lương Văn Tư', 'Nông Thị Uyên', 'Vi Văn Vượng'];
export const code = (i) => `V1-${String(i).padStart(2, '0')}`;

// Members 1 to 19 official, 20 official and exempt, 21 and 22 on probation; 1 is secretary, 2 deputy, 3 on the committee.
function files(dir) {
	const write = (name, rows) => fs.writeFileSync(path.join(dir, name), rows.join('\n') + '\n');
	write('units.csv', ['code,parent_code,level,type,owner,name,valid_from,valid_to', '01,,province,,,Đảng bộ tỉnh Thử,2024-01-01,', '01.001,01,commune,,,Đảng bộ xã Tân Hòa,2024-01-01,', '01.001.000.000.001,01.001,cell,VR,,Chi bộ thôn Quang An,2024-01-01,']);
	write('members.csv', ['code,full_name,unit_code,status,admitted_on,official_on,from,to', ...names.flatMap((n, k) => {
		const i = k + 1, row = (status, from, to) => `${code(i)},${n},01.001.000.000.001,${status},${i > 20 ? '2025-06-19,' : '2015-05-19,2016-05-19'},${from},${to}`;
		if (i === 20) return [row('official', '2024-01-01', '2025-01-31'), row('exempt', '2025-02-01', '')];
		return [i > 20 ? row('probationary', '2025-06-19', '') : row('official', '2024-01-01', '')];
	})]);
	write('posts.csv', ['unit_code,member_code,post,from,to', ...[[1, 'secretary'], [1, 'committee'], [2, 'deputy'], [2, 'committee'], [3, 'committee']].map(([i, post]) => `01.001.000.000.001,${code(i)},${post},2025-01-01,`)]);
	fs.writeFileSync(path.join(dir, 'november.json'), JSON.stringify({
		code: 'T11', unit_code: '01.001.000.000.001', kind: 'regular', starts_at: '2025-11-03T19:00', ends_at: '2025-11-03T20:35',
		attendance: names.map((_, k) => ({ member_code: code(k + 1), status: k + 1 === 20 ? 'exempt' : 'present' })),
		tasks: names.slice(0, 8).map((_, k) => ({ title: `Việc được giao số ${k + 1}`, member_code: code(k + 1), due_on: `2025-11-${String(4 + k).padStart(2, '0')}`, ...(k < 7 ? { done_on: `2025-11-${String(4 + k).padStart(2, '0')}`, result: 'done' } : {}) })),
	}));
}

async function freePort() {
	const server = net.createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address();
	server.close();
	return port;
}

const theMonth = {
	begin: '2025-11-12T08:00', write: files, kinds: ['units', 'members', 'posts'], commands: [['meetings', 'record', '--file', 'november.json']],
	people: [['bithu', 'secretary', '01.001.000.000.001', code(1)], ['canbo', 'officer', '01.001', null], ['dangvien', 'member', '01.001.000.000.001', code(5)]],
};

// `at(moment)` starts the server anew with that clock; people stay signed in, the address stays the same.
export async function organisation({ begin, write, kinds, commands, people } = theMonth) {
	const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'chibo-month-')), db = path.join(dir, 'chibo.db'), port = await freePort();
	let child, log = '';
	const run = (moment, ...args) => {
		const r = spawnSync(program, ['--db', db, ...args], { encoding: 'utf8', env: { ...process.env, CHIBO_NOW: moment }, cwd: dir, maxBuffer: 1 << 26, input: password + '\n' });
		if (r.status !== 0) throw new Error(`chibo ${args.join(' ')}: ${r.stderr}${r.stdout}`);
		return r.stdout;
	};
	write(dir);
	run(begin, 'init');
	for (const kind of kinds) run(begin, 'import', kind, `${kind}.csv`);
	for (const command of commands) run(begin, ...command);
	for (const [login, role, unit, member] of people)
		run(begin, 'user', 'add', login, '--role', role, '--unit', unit, ...(member ? ['--member', member] : []), '--password-stdin');
	const stop = async () => {
		if (!child || child.exitCode !== null) return;
		child.kill('SIGTERM');
		await once(child, 'exit');
	};
	return {
		db, dir, run, base: `http://127.0.0.1:${port}`, log: () => log,
		async at(moment) {
			await stop();
			child = spawn(program, ['--db', db, 'serve', '--listen', `127.0.0.1:${port}`, '--session-days', '366'], { cwd: root, env: { ...process.env, CHIBO_NOW: moment }, stdio: ['ignore', 'ignore', 'pipe'] });
			child.stderr.on('data', (d) => (log += d));
			for (let i = 0; ; i++) {
				if (child.exitCode !== null || i > 300) throw new Error(`the server did not start:\n${log}`);
				if (await fetch(`http://127.0.0.1:${port}/sign-in`).then((r) => r.ok, () => false)) return;
				await new Promise((ok) => setTimeout(ok, 100));
			}
		},
		async stop() {
			await stop();
			fs.rmSync(dir, { recursive: true, force: true });
		},
	};
}
