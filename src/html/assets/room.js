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

	// Sends what waits, one after the other; `done(name, answer)` after each.
	function sender(key, url, csrf, said, done) {
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
					r = await fetch(url(name), { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams({ csrf, ...all[name] }) });
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
})();
