"""The windows of one date as each layer leaves them, and the hours of a weekend that is worked."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from slacalc.business_time.spans import Spans
from slacalc.calendars.holidays.half_days import HalfDay
from slacalc.calendars.hours import Hours, format_windows
from slacalc.calendars.special_days import SpecialDay
from slacalc.errors import CalendarError

__all__ = ["DayLayers", "nothing_left", "worked_hours"]

_ONE: Final = timedelta(days=1)
_SATURDAY: Final = 5


class DayLayers(NamedTuple):
    """The windows of one date, in seconds from its midnight, as each layer leaves them."""

    weekly: Spans
    after_holiday: Spans
    after_special: Spans
    holiday: str | None
    special: SpecialDay | None
    note: str = ""
    half_day: HalfDay | None = None

    @property
    def is_emptied(self) -> bool:
        """Whether a half day leaves none of the hours of the date."""
        return self.half_day is not None and bool(self.weekly) and not self.after_holiday

    @property
    def is_left_open(self) -> bool:
        """Whether a half day leaves none of the hours, and no special day says what happens then."""
        is_closed = self.special is not None and self.special.change == "closed"
        return self.is_emptied and not self.after_special and not is_closed


def nothing_left(dates: Sequence[tuple[date, DayLayers]]) -> CalendarError:
    """Return the error for dates whose half day leaves none of the hours: it names the first of them."""
    day, layers = dates[0]
    windows = format_windows(layers.weekly)
    more = f", and {len(dates) - 1} more dates" if len(dates) > 1 else ""
    return CalendarError(
        "half_day_leaves_no_hours",
        "the hours of this date begin when its half day is over",
        given=f"{day}, {layers.holiday}: {windows}{more}",
        accepts="holidays without half days for these hours, or special days that say what happens, such as "
        f'"{day}" = "closed" or "{day}" = "{windows}"',
        where="hours",
    )


def worked_hours(hours: Hours, day: date, instead: date | None) -> Spans:
    """Return the hours of a working weekend: of the day off that it pays for, or of the last open weekday before."""
    if instead is not None:
        return hours.on_working_weekend(instead.weekday())
    before = ((day - step * _ONE).weekday() for step in range(1, 8))
    open_before = (weekday for weekday in before if weekday < _SATURDAY and hours.windows[weekday])
    return hours.on_working_weekend(next(open_before, day.weekday()))
