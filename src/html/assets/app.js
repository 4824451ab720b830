// app.js — small improvements of pages that work without it.
"use strict";
(() => {
	const $ = (css, from = document) => [...from.querySelectorAll(css)];

	// "/" goes to the search box; Escape leaves it.
	addEventListener("keydown", (e) => {
		const box = document.getElementById("q");
		const typing = e.target.closest("input, select, textarea, [contenteditable]");
		if (e.key === "/" && box && !typing && !e.ctrlKey && !e.metaKey && !e.altKey) {
			e.preventDefault();
			box.focus();
			box.select();
		} else if (e.key === "Escape" && e.target === box) {
			box.blur();
		}
	});

	// The menu of the person closes when something else is touched.
	addEventListener("click", (e) => {
		for (const menu of $("details.me[open]"))
			if (!menu.contains(e.target)) menu.open = false;
	});

	// The problem summary is read first.
	const errors = document.querySelector(".errors");
	if (errors) errors.focus();

	// Choosers act at once; their button stays for those without scripts.
	for (const form of $("form.chooser")) {
		const button = form.querySelector("button");
		if (button) button.hidden = true;
		form.addEventListener("change", (e) => { if (e.target.dataset.submit) form.requestSubmit(); });
	}

	// Copy a table as the clipboard of a spreadsheet wants it.
	const cellText = (cell) => cell.innerText.replace(/\s+/g, " ").trim();
	for (const button of $("button[data-copy]")) {
		button.hidden = !navigator.clipboard;
		button.addEventListener("click", async () => {
			const table = document.getElementById(button.dataset.copy);
			const lines = $("tr", table).map((row) => [...row.cells].map(cellText).join("\t"));
			await navigator.clipboard.writeText(lines.join("\n"));
			const words = button.textContent;
			button.textContent = "✓";
			setTimeout(() => { button.textContent = words; }, 1500);
		});
	}

	// A table that holds all its rows is sorted here; the address keeps the order.
	const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
	const sortValue = (cell) => cell ? (cell.dataset.v ?? cellText(cell)) : "";
	const compare = (a, b) => {
		const x = Number(a), y = Number(b);
		if (a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
		if (a === "" || b === "") return (a === "") - (b === "");
		return collator.compare(a, b);
	};
	for (const table of $("table[data-local]")) {
		table.tHead.addEventListener("click", (e) => {
			const link = e.target.closest("a");
			if (!link || e.ctrlKey || e.metaKey || e.shiftKey) return;
			e.preventDefault();
			const head = link.closest("th"), at = head.cellIndex;
			const now = head.getAttribute("aria-sort");
			const down = now ? now === "ascending" : head.classList.contains("n");
			const rows = [...table.tBodies[0].rows];
			rows.sort((a, b) => (down ? -1 : 1) * compare(sortValue(a.cells[at]), sortValue(b.cells[at])));
			table.tBodies[0].append(...rows);
			for (const th of table.tHead.rows[0].cells) th.removeAttribute("aria-sort");
			head.setAttribute("aria-sort", down ? "descending" : "ascending");
			const here = new URL(link.href);
			here.searchParams.set("sort", (down ? "-" : "") + here.searchParams.get("sort").replace(/^-/, ""));
			history.replaceState(null, "", here);
		});
	}

	// Keyboard in tables: up and down move between the first links of the rows.
	addEventListener("keydown", (e) => {
		if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
		const row = e.target.closest("tbody tr");
		if (!row || e.target.closest("input, select, textarea")) return;
		const next = e.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
		const link = next && next.querySelector("a");
		if (link) { e.preventDefault(); link.focus(); }
	});

	// The page that says what was done ends the draft, before it is filled in again.
	try {
		const sent = sessionStorage.getItem("sent");
		if (sent && document.querySelector(".flash")) { localStorage.removeItem(sent); sessionStorage.removeItem("sent"); }
	} catch { /* no storage */ }

	// Drafts: what is typed in a form with data-draft is kept on this device until it was sent.
	for (const form of $("form[data-draft]")) {
		const key = "draft:" + form.dataset.draft;
		const refused = document.querySelector(".errors");
		const fields = () => [...form.elements].filter((el) => el.name && el.name !== "csrf" && el.name !== "rev" && !["file", "password", "hidden", "submit"].includes(el.type));
		const read = () => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
		const kept = read();
		if (kept && !refused)
			for (const el of fields()) {
				const value = kept[el.type === "radio" || el.type === "checkbox" ? el.name + "=" + el.value : el.name];
				if (value === undefined) continue;
				if (el.type === "radio" || el.type === "checkbox") el.checked = value; else el.value = value;
			}
		form.addEventListener("input", () => {
			const now = {};
			for (const el of fields())
				if (el.type === "radio" || el.type === "checkbox") now[el.name + "=" + el.value] = el.checked; else now[el.name] = el.value;
			try { localStorage.setItem(key, JSON.stringify(now)); } catch { /* full or forbidden: the form still works */ }
		});
		form.addEventListener("submit", () => { try { sessionStorage.setItem("sent", key); } catch { /* as above */ } });
	}
	// A file that is too large is said so before a slow line is filled with it.
	for (const box of $("input[data-most]"))
		box.addEventListener("change", () => {
			const file = box.files[0];
			box.setCustomValidity(file && file.size > Number(box.dataset.most) ? box.dataset.tooLarge : "");
			box.reportValidity();
		});

	// A form with data-autosave is sent by itself a moment after the last key, and says so in its <output>. Without a connection it waits.
	for (const form of $("form[data-autosave]")) {
		const say = form.querySelector("output");
		let timer = 0, busy = false;
		const later = (ms) => { clearTimeout(timer); timer = setTimeout(save, ms); };
		const save = async () => {
			timer = 0;
			if (busy) return later(300);
			busy = true;
			try {
				const r = await fetch(form.action, { method: "POST", keepalive: true, headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form)) });
				const rev = /"r(\d+)"/.exec(r.headers.get("ETag") || "");
				if (r.ok && rev && form.elements.rev) form.elements.rev.value = rev[1];
				say.textContent = r.ok ? form.dataset.autosave : (await r.json()).detail;
			} catch { say.textContent = form.dataset.offline; later(5000); }
			busy = false;
		};
		form.addEventListener("input", () => later(900));
		form.addEventListener("submit", () => clearTimeout(timer));
		addEventListener("pagehide", () => { if (timer) { clearTimeout(timer); save(); } });
	}

	// The moment of printing; what is folded away and belongs on paper is opened for it.
	addEventListener("beforeprint", () => {
		for (const part of $("details[data-print]:not([open])")) {
			part.open = true;
			addEventListener("afterprint", () => { part.open = false; }, { once: true });
		}
		for (const time of $(".printed time"))
			time.textContent = new Date().toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
	});
})();
