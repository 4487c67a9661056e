#!/usr/bin/env bash
# A ticket due on Friday at 17:00 is not late on Saturday, nor on Monday at 09:00: by the clock of the desk no time has passed since.
#
# Versions: django-bizcal 0.13.0, Django 5.2.19
# Good guess: deadline_for() gives a deadline that is an instant, and is_breached(at=...) says whether `at` is after it; the README has
#   is_breached(at=deadline) as False, so a minute later it is True.
# Seen: eight working hours from Friday 09:00 end on Friday 17:00. is_breached() is False on Friday 18:00, all weekend and on Monday
#   09:00, and remaining() is zero there, as it is at 17:00 itself. It is True from the first working moment of Monday on. A holiday on
#   that Monday makes it Tuesday, and an office of Mondays alone is not late for a week.
# Why: is_breached is remaining() < 0, and remaining() is business time from `at` to the deadline. Outside hours there is none, and -0
#   is not below 0. The deadline is, in the other direction, put at the end of Friday, not at the start of Monday.
# Hurts: the check that runs at night finds nothing breached of what fell due that evening, and alarms are a weekend late; a count of
#   late tickets by is_breached is lower than one by `now > deadline` in the same application.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check django-bizcal==0.13.0 Django==5.2.19 tzdata
cat > "$work/seen" <<'SEEN'
ordinary week, due Fri 05 17:00
  Fri 05 16:59 is_breached False, remaining 1 min
  Fri 05 17:00 is_breached False, remaining 0 min
  Fri 05 18:00 is_breached False, remaining 0 min, after the deadline
  Sun 07 12:00 is_breached False, remaining 0 min, after the deadline
  Mon 08 09:00 is_breached False, remaining 0 min, after the deadline
  Mon 08 09:01 is_breached True, remaining -1 min, after the deadline
  Tue 09 09:01 is_breached True, remaining -481 min, after the deadline
Monday closed, due Fri 05 17:00
  Fri 05 16:59 is_breached False, remaining 1 min
  Fri 05 17:00 is_breached False, remaining 0 min
  Fri 05 18:00 is_breached False, remaining 0 min, after the deadline
  Sun 07 12:00 is_breached False, remaining 0 min, after the deadline
  Mon 08 09:00 is_breached False, remaining 0 min, after the deadline
  Mon 08 09:01 is_breached False, remaining 0 min, after the deadline
  Tue 09 09:01 is_breached True, remaining -1 min, after the deadline
Mondays alone: due Mon 08 17:00, is_breached on Sun 14 23:59 False
SEEN
"$work/venv/bin/python" -W ignore - > "$work/now" <<'PY'
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

settings.configure(USE_TZ=True, TIME_ZONE="Europe/Berlin")

from django_bizcal import WorkingCalendar

zone = ZoneInfo("Europe/Berlin")


def june(day, hour, minute=0):
    return datetime(2026, 6, day, hour, minute, tzinfo=zone)


nine_to_five = [("09:00", "17:00")]
week = dict.fromkeys(range(5), nine_to_five)
moments = [june(5, 16, 59), june(5, 17), june(5, 18), june(7, 12), june(8, 9), june(8, 9, 1), june(9, 9, 1)]
for name, overrides in (("ordinary week", {}), ("Monday closed", {date(2026, 6, 8): []})):
    calendar = WorkingCalendar(tz=zone, weekly_schedule=week, day_overrides=overrides)
    due = calendar.deadline_for(june(5, 9), timedelta(hours=8))
    print(f"{name}, due {due.deadline:%a %d %H:%M}")
    for at in moments:
        after = ", after the deadline" if at > due.deadline else ""
        print(f"  {at:%a %d %H:%M} is_breached {due.is_breached(at=at)}, remaining {due.remaining_minutes(at=at):.0f} min{after}")
mondays = WorkingCalendar(tz=zone, weekly_schedule={0: nine_to_five})
due = mondays.deadline_for(june(8, 9), timedelta(hours=8))
at = june(14, 23, 59)
print(f"Mondays alone: due {due.deadline:%a %d %H:%M}, is_breached on {at:%a %d %H:%M} {due.is_breached(at=at)}")
PY
diff "$work/seen" "$work/now"
echo "as seen: late, but not before the office opens"
