#!/usr/bin/env bash
# An on-call schedule in cron's notation: "the first Monday of the month" is every Monday, and "the last working day" every day.
#
# Versions: croniter 7.0.0, cronsim 2.8; cron-parser 5.10.6, croner 11.0.1, cron-schedule 6.0.0, cronosjs 1.7.1, @breejs/later 4.2.0 (npm)
# Good guess: whoever knows #, L and W reads them alike, and whoever does not refuses them. 7 is Sunday, as 0 is. "*/2" with "1-5" is
#   either both conditions or one of them, the same one everywhere.
# Seen: cron-schedule has 1#1 every Monday, 5L every Friday, 1W on Saturday 1 August, and refuses LW. later has LW on every day, and 7
#   is Saturday. "*/2 * 1-5" is 11 days of June 2026 by cronsim and later, and 26 with weekends by the other five.
# Why: cron-schedule reads a field with parseInt, which stops at the first character that is no digit. later adds one to a weekday and
#   cuts the sum at seven; LW fits none of its forms and falls through to a range from nothing to the end. For a field of days
#   that begins with a star Debian's cron joins the two by "and"; cronsim copies that, later knows nothing else.
# Hurts: the hand-over of the first Monday comes each week, the Sunday shift is called on Saturday, and a rota of eleven days has 26.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check croniter==7.0.0 cronsim==2.8
npm install --silent --no-audit --no-fund --prefix "$work" cron-parser@5.10.6 croner@11.0.1 cron-schedule@6.0.0 cronosjs@1.7.1 @breejs/later@4.2.0
cat > "$work/seen" <<'SEEN'
0 9 * * 1#1 croniter: Mon 1 Jun, Mon 6 Jul, Mon 3 Aug
0 9 * * 1#1 cronsim: Mon 1 Jun, Mon 6 Jul, Mon 3 Aug
0 9 * * 1#1 cron-parser: Mon 1 Jun, Mon 6 Jul, Mon 3 Aug
0 9 * * 1#1 croner: Mon 1 Jun, Mon 6 Jul, Mon 3 Aug
0 9 * * 1#1 cron-schedule: Mon 1 Jun, Mon 8 Jun, Mon 15 Jun
0 9 * * 1#1 cronosjs: Mon 1 Jun, Mon 6 Jul, Mon 3 Aug
0 9 * * 1#1 later: Mon 1 Jun, Mon 6 Jul, Mon 3 Aug
0 9 * * 5L croniter: refused
0 9 * * 5L cronsim: Fri 26 Jun, Fri 31 Jul, Fri 28 Aug
0 9 * * 5L cron-parser: Fri 26 Jun, Fri 31 Jul, Fri 28 Aug
0 9 * * 5L croner: Fri 26 Jun, Fri 31 Jul, Fri 28 Aug
0 9 * * 5L cron-schedule: Fri 5 Jun, Fri 12 Jun, Fri 19 Jun
0 9 * * 5L cronosjs: Fri 26 Jun, Fri 31 Jul, Fri 28 Aug
0 9 * * 5L later: Fri 26 Jun, Fri 31 Jul, Fri 28 Aug
0 9 1W 8 * croniter: Mon 3 Aug, Mon 2 Aug, Tue 1 Aug
0 9 1W 8 * cronsim: refused
0 9 1W 8 * cron-parser: refused
0 9 1W 8 * croner: Mon 3 Aug, Mon 2 Aug, Tue 1 Aug
0 9 1W 8 * cron-schedule: Sat 1 Aug, Sun 1 Aug, Tue 1 Aug
0 9 1W 8 * cronosjs: Mon 3 Aug, Mon 2 Aug, Tue 1 Aug
0 9 1W 8 * later: Mon 3 Aug, Mon 2 Aug, Tue 1 Aug
0 9 LW * * croniter: refused
0 9 LW * * cronsim: Tue 30 Jun, Fri 31 Jul, Mon 31 Aug
0 9 LW * * cron-parser: refused
0 9 LW * * croner: Tue 30 Jun, Fri 31 Jul, Mon 31 Aug
0 9 LW * * cron-schedule: refused
0 9 LW * * cronosjs: Tue 30 Jun, Fri 31 Jul, Mon 31 Aug
0 9 LW * * later: Mon 1 Jun, Tue 2 Jun, Wed 3 Jun
0 9 * * 7 croniter: Sun 7 Jun, Sun 14 Jun, Sun 21 Jun
0 9 * * 7 cronsim: Sun 7 Jun, Sun 14 Jun, Sun 21 Jun
0 9 * * 7 cron-parser: Sun 7 Jun, Sun 14 Jun, Sun 21 Jun
0 9 * * 7 croner: Sun 7 Jun, Sun 14 Jun, Sun 21 Jun
0 9 * * 7 cron-schedule: Sun 7 Jun, Sun 14 Jun, Sun 21 Jun
0 9 * * 7 cronosjs: Sun 7 Jun, Sun 14 Jun, Sun 21 Jun
0 9 * * 7 later: Sat 6 Jun, Sat 13 Jun, Sat 20 Jun
0 9 */2 * 1-5 croniter: 26 days in June
0 9 */2 * 1-5 cronsim: 11 days in June
0 9 */2 * 1-5 cron-parser: 26 days in June
0 9 */2 * 1-5 croner: 26 days in June
0 9 */2 * 1-5 cron-schedule: 26 days in June
0 9 */2 * 1-5 cronosjs: 26 days in June
0 9 */2 * 1-5 later: 11 days in June
SEEN
cat > "$work/read.mjs" <<'JS'
import later from '@breejs/later'
import { CronExpressionParser } from 'cron-parser'
import { parseCronExpression } from 'cron-schedule'
import { Cron } from 'croner'
import cronos from 'cronosjs'

const from = new Date('2026-06-01T00:00:00Z')
const many = 40
const readers = {
  'cron-parser': text => CronExpressionParser.parse(text, { currentDate: from, tz: 'UTC' }).take(many).map(at => at.toDate()),
  croner: text => new Cron(text, { timezone: 'UTC' }).nextRuns(many, from),
  'cron-schedule': text => parseCronExpression(text).getNextDates(many, from),
  cronosjs: text => cronos.CronosExpression.parse(text, { timezone: 'UTC' }).nextNDates(from, many),
  later: text => later.schedule(later.parse.cron(text)).next(many, from),
}
for (const text of process.argv.slice(2)) {
  for (const [name, read] of Object.entries(readers)) {
    let days
    try {
      days = read(text).map(at => at.toISOString().slice(0, 10))
    } catch {
      days = ['refused']
    }
    console.log([text, name, ...days].join('\t'))
  }
}
JS
cat > "$work/read.py" <<'PY'
import sys
from datetime import UTC, date, datetime
from itertools import islice

from croniter import croniter
from cronsim import CronSim

start = datetime(2026, 6, 1, tzinfo=UTC)
readers = {"croniter": lambda text: croniter(text, start).all_next(datetime), "cronsim": lambda text: CronSim(text, start)}


def told(text, name, days):
    if days == ["refused"]:
        return f"{text} {name}: refused"
    if text.startswith("0 9 */2"):
        june = [day for day in days if day < "2026-07"]
        return f"{text} {name}: {len(june)} days in June"
    return f"{text} {name}: " + ", ".join(f"{date.fromisoformat(day):%a %-d %b}" for day in days[:3])


def asked(text, read):
    try:
        return [f"{at:%Y-%m-%d}" for at in islice(read(text), 40)]
    except Exception:
        return ["refused"]


javascript = [line.split("\t") for line in sys.stdin.read().splitlines()]
for text in sys.argv[1:]:
    for name, read in readers.items():
        print(told(text, name, asked(text, read)))
    for also, name, *days in javascript:
        if also == text:
            print(told(text, name, days))
PY
schedules=("0 9 * * 1#1" "0 9 * * 5L" "0 9 1W 8 *" "0 9 LW * *" "0 9 * * 7" "0 9 */2 * 1-5")
(cd "$work" && TZ=UTC node read.mjs "${schedules[@]}") | "$work/venv/bin/python" -W ignore "$work/read.py" "${schedules[@]}" > "$work/now"
diff "$work/seen" "$work/now"
echo "as seen: seven readers of a rota in cron's notation"
