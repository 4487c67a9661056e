"""When a planned absence must be announced: system E, counted in dates."""

from datetime import date, timedelta
from typing import Final

import pytest

import slacalc as sla

# Public holidays of Slovakia in December 2026: Thursday 24, Friday 25 and Saturday 26.
HOLIDAYS: Final = sla.FrozenHolidays.of(
    {date(2026, 12, 24): "Christmas Eve", date(2026, 12, 25): "Christmas Day", date(2026, 12, 26): "St. Stephen's Day"},
    years=(2026, 2026),
)
SELLER: Final = sla.Calendar("Europe/Bratislava", "Mon-Fri 09:00-17:00", holidays=HOLIDAYS)


@pytest.mark.parametrize(
    ("first", "last", "announced", "expected", "why"),
    [
        ("12-07", "12-14", "11-23", (6, True, date(2026, 11, 23), 0), "two weeks ahead to the day"),
        ("12-07", "12-14", "11-22", (6, True, date(2026, 11, 23), 0), "earlier"),
        ("12-07", "12-14", "11-24", (6, True, date(2026, 11, 23), 1), "one day late"),
        ("12-07", "12-14", "12-07", (6, True, date(2026, 11, 23), 14), "on the day itself"),
        ("12-07", "12-11", "12-06", (5, False, None, 0), "five working days need no notice"),
        ("12-07", "12-13", "12-06", (5, False, None, 0), "a weekend adds nothing"),
        ("12-21", "12-29", "12-20", (5, False, None, 0), "the holidays leave five"),
        ("12-21", "12-30", "12-07", (6, True, date(2026, 12, 7), 0), "six: notice"),
        ("12-21", "12-30", "12-08", (6, True, date(2026, 12, 7), 1), ""),
        ("12-07", "12-07", "12-07", (1, False, None, 0), "a single day"),
        ("12-26", "12-27", "12-26", (0, False, None, 0), "no working day at all"),
    ],
)
def test_more_than_five_working_days_must_be_announced_two_weeks_ahead(
    first: str, last: str, announced: str, expected: tuple[int, bool, date | None, int], why: str
) -> None:
    days = [date.fromisoformat(f"2026-{text}") for text in (first, last, announced)]
    found = sla.absence_notice(SELLER, *days)
    assert expected == (found.working_days, found.required, found.announce_by, found.days_late), why
    assert found.in_time == (expected[-1] == 0)


def test_the_limit_and_the_notice_can_be_others() -> None:
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    found = sla.absence_notice(SELLER, friday, monday, date(2026, 11, 19), longer_than=1, notice=timedelta(days=3))
    assert sla.AbsenceNotice(2, required=True, announce_by=date(2026, 11, 17), days_late=2) == found
    assert not sla.absence_notice(SELLER, friday, monday, date(2026, 11, 19), longer_than=2).required


def test_an_absence_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(sla.SpecialDayError) as refused:
        sla.absence_notice(SELLER, date(2026, 12, 14), date(2026, 12, 7), date(2026, 11, 23))
    error = refused.value
    assert (error.code, error.given) == ("absence_reversed", "'2026-12-14..2026-12-07'")


def test_an_absence_beyond_the_holiday_data_is_refused() -> None:
    with pytest.raises(sla.HorizonError):
        sla.absence_notice(SELLER, date(2026, 12, 28), date(2027, 1, 8), date(2026, 11, 23))


def test_calendars_of_several_zones_have_no_working_days_in_common() -> None:
    together = SELLER & sla.Calendar("Europe/London", "Mon-Fri 09:00-17:00")
    with pytest.raises(sla.CalendarError):
        sla.absence_notice(together, date(2026, 12, 7), date(2026, 12, 11), date(2026, 11, 23))  # type: ignore[arg-type]  # it takes a calendar
