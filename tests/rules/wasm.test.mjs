// wasm.test.mjs — the table of cases in the WebAssembly build, and byte for byte against the program.
//
//	node --test: CHIBO=path of the program, CHIBO_WASM=path of rules.wasm
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { loadEngine } from "../../src/rules/engine.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const chibo = process.env.CHIBO;
const wasm = readFileSync(process.env.CHIBO_WASM);
const schemes = ["MQ-2025-D", "MQ-2025", "MQ-2018", "MQ-TH", "4G-C", "4G-O", "AC-U", "AC-M"];

function engineFor(id) {
	return loadEngine(wasm, execFileSync(chibo, ["rules", "pack", id, "--rules", "rules"], { cwd: root }));
}

function checkSheet(sheet, expected) {
	const line = (id) => sheet.lines.find((l) => l.id === id) ?? assert.fail(`no line ${id}`);
	if (expected.total)
		assert.equal(sheet.total, expected.total);
	if (expected.class)
		assert.equal(sheet.class, expected.class);
	if (expected.meets !== undefined)
		assert.equal(sheet.meets, expected.meets);
	for (const [id, applies] of Object.entries(expected.vetoes ?? {}))
		assert.equal(sheet.vetoes.find((v) => v.id === id).applies, applies, id);
	for (const [id, points] of Object.entries(expected.lines ?? {}))
		assert.equal(line(id).points, points, id);
	for (const key of ["why", "to_full", "source"])
		for (const [id, text] of Object.entries(expected[key] ?? {}))
			assert.equal(line(id)[key], text, id);
	assert.deepEqual([...new Set(sheet.lines.flatMap((l) => l.missing ?? []))].sort(), [...(expected.missing ?? [])].sort());
	assert.equal(sheet.complete, !(expected.missing || expected.unjudged || expected.undefined));
	if (!sheet.complete)
		assert.deepEqual([sheet.total, sheet.class], [null, null]);
}

for (const id of schemes) {
	const table = JSON.parse(readFileSync(new URL(`cases/${id}.json`, import.meta.url)));

	test(`${id}: ${table.cases.length} cases give the points of the table`, async () => {
		const engine = await engineFor(id);
		for (const one of table.cases) {
			const facts = { ...table.base.facts, ...one.facts }, judged = { ...table.base.judged, ...one.judged };
			const sheet = JSON.parse(engine.score(facts, judged));
			if (one.refused)
				assert.equal(sheet.refused, one.refused, one.name);
			else
				checkSheet(sheet, one);
		}
	});

	test(`${id}: the same bytes as the program, in both languages`, async () => {
		const engine = await engineFor(id);
		for (const [i, one] of table.cases.entries()) {
			const facts = { ...table.base.facts, ...one.facts }, judged = { ...table.base.judged, ...one.judged };
			const lang = i % 2 ? "en" : "vi", date = i % 3 ? "2026-01-05" : "";
			const input = JSON.stringify({ facts, judged, ...(date && { date }) });
			const run = spawnSync(chibo, ["score", "--scheme", id, "--facts", "-", "--json", "--lang", lang, "--rules", "rules"],
			                      { cwd: root, input, encoding: "utf8" });
			const mine = engine.score(facts, judged, { lang, date });
			if (one.refused) {
				assert.equal(run.status, 2, one.name);
				assert.match(run.stderr, new RegExp(JSON.parse(mine).problem.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
			} else {
				assert.equal(run.stdout, mine + "\n", one.name);
			}
		}
	});
}

test("required minutes follow the scheme", async () => {
	const engine = await engineFor("MQ-2025-D");
	assert.deepEqual([engine.requiredMinutes(false, 29), engine.requiredMinutes(false, 30), engine.requiredMinutes(true, 5)], [90, 120, 120]);
});

test("bytes that are no scheme, unknown facts and values out of bounds are refused", async () => {
	await assert.rejects(loadEngine(wasm, new Uint8Array([1, 2, 3])), TypeError);
	const engine = await engineFor("MQ-2025-D");
	assert.throws(() => engine.score({ weather: 1 }, {}), RangeError);
	assert.throws(() => engine.score({ present: -1 }, {}), RangeError);
	assert.throws(() => engine.score({ has_committee: 2 }, {}), RangeError);
	assert.throws(() => engine.score({}, { "D3.1": "1.25" }), TypeError);
});

test("the module imports nothing", () => {
	assert.deepEqual(WebAssembly.Module.imports(new WebAssembly.Module(wasm)), []);
});
