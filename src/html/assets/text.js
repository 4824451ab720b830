// text.js — texts that are saved as they are typed. Without a script the button saves; a stale save shows both versions and loses neither.
"use strict";
addEventListener("hashchange", () => { const at = document.querySelector(location.hash || "_"); if (at && at.matches("form[data-text]")) { at.closest("details").open = true; at.scrollIntoView(); } });
for (const form of document.querySelectorAll("form[data-text]")) {
	const area = form.elements.value, note = form.querySelector("[data-note]");
	if (location.hash === "#" + form.id) form.closest("details").open = true;
	let timer = 0, saved = area.value, busy = false;
	async function save() {
		if (busy || area.value === saved) return;
		busy = true;
		const sent = area.value;
		let r = null;
		try {
			r = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" },
				body: new URLSearchParams({ csrf: form.elements.csrf.value, rev: form.elements.rev.value, value: sent }) });
		} catch { /* offline */ }
		const answer = r ? await r.json().catch(() => ({})) : {};
		busy = false;
		if (r && r.ok) {
			saved = sent;
			form.elements.rev.value = answer.rev;
			note.textContent = form.dataset.saved;
			if (area.value !== saved) later();
		} else if (answer.stored) {
			form.elements.rev.value = answer.stored.rev;
			note.textContent = form.dataset.stale + " " + answer.stored.value;
		} else {
			note.textContent = answer.detail || form.dataset.kept;
			if (!answer.detail) later(5000);
		}
	}
	function later(ms = 1200) { clearTimeout(timer); timer = setTimeout(save, ms); }
	area.addEventListener("input", () => later());
	area.addEventListener("blur", save);
	addEventListener("online", save);
}
