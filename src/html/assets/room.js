// room.js — the running meeting in one hand: a tap is saved at once; without a connection it is kept and sent later.
"use strict";
(() => {
	const $ = (css, from = document) => [...from.querySelectorAll(css)];
	const lang = document.documentElement.lang;

	// What could not be sent waits on this device, one entry a name: the last word on it.
	const store = (key) => ({
		read() { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } },
		write(all) { try { Object.keys(all).length ? localStorage.setItem(key, JSON.stringify(all)) : localStorage.removeItem(key); } catch { /* full or forbidden */ } },
	});

	// Sends what waits, one after the other; `fresh(name, value)` before each, `done(name, answer)` after it.
	function sender(key, url, csrf, said, done, fresh = (name, value) => value) {
		const kept = store(key);
		let busy = false, timer = 0;
		const later = () => { clearTimeout(timer); timer = setTimeout(flush, 4000); };
		async function flush() {
			if (busy) return;
			busy = true;
			for (let all = kept.read(), names = Object.keys(all); names.length; all = kept.read(), names = Object.keys(all)) {
				const name = names[0], sent = JSON.stringify(all[name]);
				let r;
				try {
					r = await fetch(url(name), { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ csrf, ...fresh(name, all[name]) }) });
				} catch { r = null; }
				if (!r || r.status >= 500) { said(false); later(); break; }
				const answer = await r.json().catch(() => ({}));
				all = kept.read();
				if (JSON.stringify(all[name]) === sent) { delete all[name]; kept.write(all); }
				done(name, r.ok ? answer : null, answer);
				said(r.ok, answer.detail);
			}
			busy = false;
		}
		addEventListener("online", flush);
		return { put(name, value) { const all = kept.read(); all[name] = value; kept.write(all); flush(); }, waiting: kept.read, flush };
	}

	// ---- the roll call
	for (const form of $("form[data-roll]")) {
		const note = form.querySelector("[data-note]");
		const now = () => new Date().toTimeString().slice(0, 5);
		const count = () => {
			let present = 0, expected = 0;
			for (const el of $("input[name^='s.']:checked", form)) {
				present += ["present", "late", "online"].includes(el.value);
				expected += el.value !== "exempt";
			}
			form.querySelector("[data-present]").textContent = present;
			form.querySelector("[data-expected]").textContent = expected;
			form.querySelector("[data-percent]").textContent = expected ? (100 * present / expected).toLocaleString(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 }) + (lang === "vi" ? " %" : "%") : "–";
		};
		const said = (ok, detail) => { note.textContent = ok ? form.dataset.saved : detail || form.dataset.kept; };
		const queue = sender("roll:" + form.dataset.roll, () => form.getAttribute("action") + "/mark", form.csrf.value, said,
			(name, answer) => { if (answer) form.rev.value = answer.rev; });
		// what was tapped before the connection dropped stands again
		for (const [name, value] of Object.entries(queue.waiting())) {
			const el = form.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(value.s)}"]`);
			if (el) el.checked = true;
		}
		form.addEventListener("change", (e) => {
			const [kind, id] = e.target.name.split(".");
			if (!["s", "t", "g"].includes(kind)) return;
			if (kind === "g") {
				queue.put(e.target.name, { guest: id, s: e.target.value });
			} else {
				const time = form.elements["t." + id], s = form.elements["s." + id].value;
				if (s === "late" && !time.value) time.value = now();
				queue.put("s." + id, { member: id, s, t: s === "late" ? time.value : "" });
			}
			count();
		});
		count();
		queue.flush();
	}

	// ---- the item in hand: what is typed or chosen is saved by itself
	for (const form of $("form[data-room]")) {
		const note = form.querySelector("[data-note]");
		const said = (ok, detail) => { note.textContent = ok ? form.dataset.saved : detail || form.dataset.kept; };
		const item = form.elements.item.value;
		const queue = sender("room:" + form.dataset.room, () => form.getAttribute("action"), form.csrf.value, said, (name, answer) => {
			if (!answer) return;
			for (const [key, value] of Object.entries(answer)) {
				if (key === "rev.item" && !name.endsWith("@" + item)) continue;
				for (const el of $(`input[type=hidden][name="${CSS.escape(key)}"]`, form)) el.value = value;
			}
		}, (name, value) => {
			// what was typed on this very page goes on from the version that its last saving made
			const rev = seen(name.split("@")[0]);
			return rev && mine.has(name) ? { ...value, [rev]: form.elements[rev].value } : value;
		});
		const mine = new Set();
		// which hidden field says what version was seen
		const seen = (name) => name === "conclusion" ? "rev.item" : name.startsWith("text.") ? "rev." + name.slice(5) : name.startsWith("remark.") ? "grev." + name.slice(7) : null;
		const save = (el) => {
			const value = { item, [el.name]: el.value }, rev = seen(el.name);
			if (rev) value[rev] = form.elements[rev].value;
			mine.add(el.name + "@" + item);
			queue.put(el.name + "@" + item, value);
		};
		// what was typed before the connection dropped stands again
		for (const [name, value] of Object.entries(queue.waiting())) {
			const [field, of] = name.split("@"), el = form.elements[field];
			if (of === item && el && el.tagName === "TEXTAREA") el.value = value[field];
		}
		const timers = new Map();
		form.addEventListener("input", (e) => {
			if (e.target.tagName !== "TEXTAREA") return;
			clearTimeout(timers.get(e.target));
			timers.set(e.target, setTimeout(() => save(e.target), 900));
		});
		form.addEventListener("change", (e) => {
			if (e.target.name === "minutes") return;
			clearTimeout(timers.get(e.target));
			save(e.target);
		});
		form.addEventListener("click", (e) => {
			const by = Number(e.target.dataset.by);
			if (!by) return;
			e.preventDefault();
			const box = form.querySelector("input[name=speakers]");
			box.value = Math.max(0, (Number(box.value) || 0) + by);
			save(box);
		});
		form.addEventListener("submit", () => { for (const t of timers.values()) clearTimeout(t); });
		queue.flush();
	}
})();
