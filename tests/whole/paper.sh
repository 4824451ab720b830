#!/bin/bash
# paper.sh CHIBO — what other programs make of our documents: LibreOffice opens every form as DOCX and as XLSX and finds the same words in it;
# and forms that it has rewritten still give the same documents.
set -euo pipefail
chibo=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
command -v soffice >/dev/null || { echo "skipped: LibreOffice is not there (packages libreoffice-writer-nogui, libreoffice-calc-nogui)"; exit 0; }
command -v node >/dev/null || { echo "skipped: node is not there"; exit 0; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export CHIBO_NOW=2026-06-01

for name in $("$chibo" forms list | awk '{ print $2 }' | sort -u); do
	"$chibo" forms sample "$name" >"$dir/facts.json"
	for format in docx xlsx html; do
		"$chibo" forms fill "$name" "$dir/facts.json" --format $format --out "$dir/$name.$format"
	done
done
office() { timeout 300 soffice "-env:UserInstallation=file://$dir/office" --headless --convert-to "$1" --outdir "$dir/$2" "${@:3}" >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }; }
# an office's own forms: the same, rewritten by another program, whose documents look quite different inside
"$chibo" forms export "$dir/export" >"$dir/log"
office docx own "$dir"/export/*-2026.docx
for file in "$dir"/own/*.docx; do
	name=$(basename "$file" -2026.docx)
	"$chibo" forms check "$file" >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
	"$chibo" forms sample "$name" >"$dir/facts.json"
	CHIBO_FORMS="$dir/own" "$chibo" forms fill "$name" "$dir/facts.json" --format html --out "$dir/own/$name.html"
done
office txt:Text txt "$dir"/*.docx
office 'csv:Text - txt - csv (StarCalc):44,34,76' csv "$dir"/*.xlsx

node --input-type=module - "$dir" <<'JS'
import fs from 'node:fs';
const dir = process.argv[2];
// Words without case (capitals are a look in Word) and without the marks in numbers, which follow the reader's own settings.
const words = (text) => text.normalize('NFC').toLowerCase().replace(/(\d)[.,](?=\d)/g, '$1').split(/[\s"]+/u).filter(Boolean);
const plain = (html) => html.replace(/^[^]*<body>/, '').replace(/<\/?(p|td|th|tr|table|section|div|br|col|colgroup|thead|tbody)\b[^>]*>/g, ' ').replace(/<[^>]+>/g, '')
	.replace(/&emsp;/g, ' ').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&');
let n = 0, all = 0;
function same(what, ours, theirs) {
	const i = ours.findIndex((word, k) => word !== theirs[k]);
	if (i >= 0 || ours.length !== theirs.length) {
		const at = i < 0 ? ours.length : i;
		console.log(`${what}: we say “${ours.slice(at - 3, at + 5).join(' ')}”, LibreOffice reads “${theirs.slice(at - 3, at + 5).join(' ')}”`);
		process.exitCode = 1;
	}
	n++;
	all += ours.length;
}
for (const file of fs.readdirSync(dir).filter((f) => f.endsWith('.html'))) {
	const name = file.slice(0, -5), ours = words(plain(fs.readFileSync(`${dir}/${file}`, 'utf8')));
	same(`${name}.docx`, ours, words(fs.readFileSync(`${dir}/txt/${name}.txt`, 'utf8').replace(/^\ufeff/, '')));
	same(`${name}.docx, rewritten as a form`, ours, words(plain(fs.readFileSync(`${dir}/own/${name}.html`, 'utf8'))));
	// a sheet has side by side what a page has below each other: the words, not their order
	const csv = fs.readFileSync(`${dir}/csv/${name}.csv`, 'utf8').replace(/^\ufeff/, '');
	same(`${name}.xlsx`, [...ours].sort(), words(cells(csv).join(' ')).sort());
}
function cells(csv) {
	const out = [];
	for (const m of csv.matchAll(/"((?:[^"]|"")*)"|([^,\n"]+)/g)) out.push(m[1] !== undefined ? m[1].replace(/""/g, '"') : m[2]);
	return out;
}
console.log(`${n} documents, ${all} words${process.exitCode ? '' : ': all read the same'}`);
JS
