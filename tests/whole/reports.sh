#!/bin/bash
# reports.sh CHIBO — every report and every form of a meeting exists in every format, for a commune and for a cell, for a month and for a year.
set -euo pipefail
chibo=$(realpath "$1")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export CHIBO_NOW=2025-12-02T21:30 CHIBO_DB=$dir/chibo.db
"$chibo" init >/dev/null 2>&1
"$chibo" demo --size commune --seed 1 >/dev/null 2>&1
made=0
for report in R01 R08 R09 R10 R11 R13 R14 R15 R16 R17 R18 R19 R24; do
	for period in 2025-11 2025; do
		for unit in 01.001 01.001.000.000.004; do
			[ $report = R01 ] && [ "$period $unit" != "2025-11 01.001" ] && continue # a notice of a committee for a month
			for format in json csv xlsx html docx pdf; do
				"$chibo" report $report --unit $unit --period $period --format $format >"$dir/out" || { echo "$report $unit $period $format"; exit 1; }
				[ -s "$dir/out" ] || { echo "$report $unit $period $format: empty"; exit 1; }
				made=$((made + 1))
			done
		done
	done
done
cells=$("$chibo" meetings list --unit 01.001 --period 2025-11 --json | grep -o '"kind":"regular"' | wc -l)
for form in R02 R03 R04 R05 R06 R07; do
	for format in docx pdf xlsx html; do
		"$chibo" report $form --unit 01.001 --period 2025-11 --format $format --out "$dir/$form-$format" >/dev/null
		papers=$(find "$dir/$form-$format" -type f | wc -l)
		[ "$papers" -ge "$cells" ] || { echo "$form $format: $papers papers of $cells meetings"; exit 1; }
		made=$((made + papers))
	done
done
echo "$made papers of a commune"
