"""When a planned absence must be announced, counted in dates."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from slacalc.arguments import check_argument
from slacalc.business_time.instants import amount_us, check_date
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.open_time import OpenTime
from slacalc.errors import SpecialDayError
from slacalc.forms import StoredForm

__all__ = ["AbsenceNotice", "absence_notice"]


@dataclass(frozen=True, slots=True)
class AbsenceNotice(StoredForm):
    """Whether an absence must be announced, by which date, and how many days late it was (0: in time)."""

    _also: ClassVar[tuple[str, ...]] = ("in_time",)

    working_days: int
    required: bool
    announce_by: date | None
    days_late: int

    @property
    def in_time(self) -> bool:
        """Whether nothing was owed, or it was announced in time."""
        return not self.days_late


def absence_notice(
    calendar: Calendar,
    first: date,
    last: date,
    announced: date,
    *,
    longer_than: int = 5,
    notice: timedelta = timedelta(days=14),
) -> AbsenceNotice:
    """Return whether an absence from `first` to `last`, both included, had to be announced and was in time.

    It must be announced `notice` ahead when it is longer than so many working dates of the
    calendar; the hour of the announcement does not matter. Raises SpecialDayError when the
    absence ends before it starts, and HorizonError beyond the calendar's years.

    >>> office = Calendar("Europe/Bratislava", "Mon-Fri 09:00-17:00", holidays="SK")
    >>> absence_notice(office, date(2026, 12, 21), date(2026, 12, 30), date(2026, 12, 8))
    AbsenceNotice(working_days=6, required=True, announce_by=datetime.date(2026, 12, 7), days_late=1)
    """
    check_argument(calendar, OpenTime, "calendar", "a calendar")
    for name, day in (("first", first), ("last", last), ("announced", announced)):
        check_date(day, name)
    check_argument(longer_than, int, "longer_than", "a whole number of working dates")
    amount_us(notice, "notice")
    if last < first:
        raise SpecialDayError(
            "absence_reversed",
            "the absence ends before it starts",
            given=f"{first}..{last}",
            accepts="a first date at or before the last",
        )
    days = calendar.working_dates().count(first, last)
    if days <= longer_than:
        return AbsenceNotice(days, required=False, announce_by=None, days_late=0)
    announce_by = first - notice
    return AbsenceNotice(days, required=True, announce_by=announce_by, days_late=max(0, (announced - announce_by).days))
