#!/usr/bin/env bash
# WORKDAY, two working days before Monday, is that Monday; and NETWORKDAYS counts weekends when it counts back.
#
# Versions: fast-formula-parser 1.0.19, @formulajs/formulajs 4.6.1, hyperformula 3.5.0 (npm); formulas 1.3.4
# Good guess: these are the two functions of spreadsheets, so four engines agree. Two working days before Monday 8 June 2026 is Thursday
#   the 4th. From Monday the 15th back to Monday the 1st it is -11, from Saturday the 6th back to Friday the 5th -1. The working day
#   after that Saturday is Monday the 8th.
# Seen: hyperformula says all of this. fast-formula-parser's WORKDAY never goes back: 8 June. formulajs counts -13 and 0. formulas has
#   an error for a start on a weekend.
# Why: fast-formula-parser goes on while its count is below the number asked for, which a negative one never is. formulajs begins with
#   all days and takes out weekends and holidays in a loop over as many days, which for a negative number does not run. formulas asks
#   numpy's busday_offset and leaves its roll at "raise".
# Hurts: a reminder two days ahead is sent on the day; a ticket closed on the Saturday after its due Friday is not late at all.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check formulas==1.3.4
npm install --silent --no-audit --no-fund --prefix "$work" fast-formula-parser@1.0.19 @formulajs/formulajs@4.6.1 hyperformula@3.5.0
cat > "$work/seen" <<'SEEN'
WORKDAY(DATE(2026,6,8),-2) hyperformula 06-04
WORKDAY(DATE(2026,6,8),-2) fast-formula-parser 06-08
WORKDAY(DATE(2026,6,8),-2) formulajs 06-04
NETWORKDAYS(DATE(2026,6,15),DATE(2026,6,1)) hyperformula -11
NETWORKDAYS(DATE(2026,6,15),DATE(2026,6,1)) fast-formula-parser -11
NETWORKDAYS(DATE(2026,6,15),DATE(2026,6,1)) formulajs -13
NETWORKDAYS(DATE(2026,6,6),DATE(2026,6,5)) hyperformula -1
NETWORKDAYS(DATE(2026,6,6),DATE(2026,6,5)) fast-formula-parser -1
NETWORKDAYS(DATE(2026,6,6),DATE(2026,6,5)) formulajs 0
WORKDAY(DATE(2026,6,6),1) hyperformula 06-08
WORKDAY(DATE(2026,6,6),1) fast-formula-parser 06-08
WORKDAY(DATE(2026,6,6),1) formulajs 06-08
WORKDAY(DATE(2026,6,8),-2) formulas 06-04
NETWORKDAYS(DATE(2026,6,15),DATE(2026,6,1)) formulas -11
NETWORKDAYS(DATE(2026,6,6),DATE(2026,6,5)) formulas -1
WORKDAY(DATE(2026,6,6),1) formulas #VALUE!
SEEN
cat > "$work/read.js" <<'JS'
const formulajs = require('@formulajs/formulajs')
const FormulaParser = require('fast-formula-parser')
const { HyperFormula } = require('hyperformula')

const june = day => new Date(2026, 5, day)
const dated = serial => new Date(Date.UTC(1899, 11, 30 + serial)).toISOString().slice(5, 10)
const calls = {
  'WORKDAY(DATE(2026,6,8),-2)': () => formulajs.WORKDAY(june(8), -2),
  'NETWORKDAYS(DATE(2026,6,15),DATE(2026,6,1))': () => formulajs.NETWORKDAYS(june(15), june(1)),
  'NETWORKDAYS(DATE(2026,6,6),DATE(2026,6,5))': () => formulajs.NETWORKDAYS(june(6), june(5)),
  'WORKDAY(DATE(2026,6,6),1)': () => formulajs.WORKDAY(june(6), 1),
}
for (const [text, call] of Object.entries(calls)) {
  const shown = text.startsWith('WORKDAY') ? dated : value => value
  const sheet = HyperFormula.buildFromArray([[`=${text}`]], { licenseKey: 'gpl-v3' })
  console.log(text, 'hyperformula', shown(sheet.getCellValue({ sheet: 0, row: 0, col: 0 })))
  console.log(text, 'fast-formula-parser', shown(new FormulaParser().parse(text)))
  const value = call()
  console.log(text, 'formulajs', value instanceof Date ? value.toISOString().slice(5, 10) : value)
}
JS
(cd "$work" && TZ=UTC node read.js) > "$work/now"
"$work/venv/bin/python" -W ignore - >> "$work/now" <<'PY'
from datetime import date, timedelta

import formulas

for text in (
    "WORKDAY(DATE(2026,6,8),-2)",
    "NETWORKDAYS(DATE(2026,6,15),DATE(2026,6,1))",
    "NETWORKDAYS(DATE(2026,6,6),DATE(2026,6,5))",
    "WORKDAY(DATE(2026,6,6),1)",
):
    value = str(formulas.Parser().ast(f"={text}")[1].compile()())
    if text.startswith("WORKDAY") and value.isdigit():
        value = f"{date(1899, 12, 30) + timedelta(days=int(value)):%m-%d}"
    print(text, "formulas", value)
PY
diff "$work/seen" "$work/now"
echo "as seen: four engines, one of them as a spreadsheet"
