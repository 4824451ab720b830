// engine.mjs — the scoring engine for scripts: facts and judged points in, the sheet of `chibo score --json` out.

/** Loads the WebAssembly build (bytes or a Response's buffer) and a packed scheme (`chibo rules pack ID`). */
export async function loadEngine(wasmBytes, schemeBytes) {
	const { instance } = await WebAssembly.instantiate(wasmBytes, {});
	return new Engine(instance.exports, schemeBytes);
}

class Engine {
	#wasm;
	#encoder = new TextEncoder();
	#decoder = new TextDecoder();

	constructor(wasm, schemeBytes) {
		this.#wasm = wasm;
		if (!wasm.load(this.#put(schemeBytes)))
			throw new TypeError("these bytes are not a packed scheme");
	}

	/** Required minutes of a meeting with or without a thematic part in a cell of so many members. */
	requiredMinutes(thematicPart, members) {
		return this.#wasm.required_minutes(thematicPart ? 1 : 0, members);
	}

	/** The JSON text of the sheet; null and undefined facts are unknown. Points are texts such as "13.5" or whole numbers. */
	score(facts, judged, { lang = "vi", date = "" } = {}) {
		this.#wasm.clear();
		for (const [name, value] of Object.entries(facts)) {
			if (value === null || value === undefined)
				continue;
			if (!this.#wasm.fact(this.#put(this.#encoder.encode(name)), Number(value)))
				throw new RangeError(`the fact ${name} is not known or ${value} is out of bounds`);
		}
		for (const [id, points] of Object.entries(judged)) {
			if (points === null || points === undefined)
				continue;
			if (!this.#wasm.judge(this.#put(this.#encoder.encode(id)), tenths(points)))
				throw new RangeError(`too many judged lines at ${id}`);
		}
		const size = this.#wasm.apply(lang === "en" ? 1 : 0, this.#put(this.#encoder.encode(date)));
		return this.#decoder.decode(new Uint8Array(this.#wasm.memory.buffer, this.#wasm.result(), size));
	}

	#put(bytes) {
		const at = this.#wasm.buffer(bytes.length);
		if (!at)
			throw new RangeError("too long");
		new Uint8Array(this.#wasm.memory.buffer).set(bytes, at);
		return bytes.length;
	}
}

function tenths(points) {
	const m = /^(-?)(\d+)(?:\.(\d))?$/.exec(String(points));
	if (!m)
		throw new TypeError(`points have at most one decimal: ${points}`);
	return (m[1] ? -1 : 1) * (Number(m[2]) * 10 + Number(m[3] ?? 0));
}
