"""A feed of closures: its events by hand, and what icalendar and recurring-ical-events make of it."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import icalendar
from tests.refusals import Refusal, check
from tests.unit.interop.icalendar.offices import FIRST, LAST, STAMP, moments, office, told_by_packages, weekly_only

HOLIDAYS: Final = sla.FrozenHolidays.of(
    {date(2026, 12, 25): "Christmas Day", date(2026, 12, 26): "Rest"}, years=(2026, 2027)
)
AWAY: Final = sla.Absence(datetime(2026, 12, 7, 8, tzinfo=UTC), datetime(2026, 12, 7, 10, 30, tzinfo=UTC), "fair")


def written(hours: str, **more: Any) -> str:
    office = sla.Calendar("Europe/Brussels", hours, **more)
    return icalendar.write_closures(office, date(2026, 12, 1), date(2026, 12, 31), stamped_at=STAMP).content


def events(text: str) -> list[str]:
    """The times and the name of each event."""
    found: list[str] = []
    for line in text.replace("\r\n ", "").split("\r\n"):
        if line == "BEGIN:VEVENT":
            found.append("")
        elif found and line.startswith(("DTSTART", "DTEND", "SUMMARY", "CATEGORIES")):
            found[-1] = f"{found[-1]} {line}".strip().replace(";VALUE=DATE", "").replace(";TZID=Europe/Brussels", "")
    return found


@pytest.mark.parametrize(
    ("hours", "more", "expected", "why"),
    [
        ("Mon-Fri 09:00-17:00", {"holidays": HOLIDAYS}, ["DTSTART:20261225 DTEND:20261226 SUMMARY:Christmas Day"],
         "26 December is a Saturday, on which nothing is open anyway"),
        ("24/7", {"special_days": {"2026-12-24..2026-12-26": "closed"}}, ["DTSTART:20261224 DTEND:20261227 SUMMARY:closed"],
         "dates that follow one another are one event, whose end is exclusive"),
        ("24/7", {"holidays": HOLIDAYS}, [], "24/7 is open on holidays"),
        ("Mon-Fri 09:00-17:00", {"special_days": [sla.SpecialDay.of("2026-12-24", "09:00-13:00", name="Eve")]},
         ["DTSTART:20261224T130000 DTEND:20261224T170000 SUMMARY:Eve"], "half a day"),
        ("Mon-Fri 09:00-17:00", {"special_days": {"2026-12-13": "10:00-12:00"}},
         ["DTSTART:20261213T100000 DTEND:20261213T120000 SUMMARY:open CATEGORIES:Open hours"], "a Sunday before Christmas"),
        ("Mon-Fri 09:00-17:00", {"absences": [AWAY]}, ["DTSTART:20261207T090000 DTEND:20261207T113000 SUMMARY:fair"],
         "an absence, in winter an hour from UTC"),
        ("Thu,Fri 22:00-06:00", {"holidays": HOLIDAYS},
         ["DTSTART:20261225T220000 DTEND:20261226T060000 SUMMARY:Christmas Day"],
         "Thursday's night goes on in the morning of the holiday, so that no whole day is closed"),
        ("Fri 22:00-06:00", {"holidays": HOLIDAYS},
         ["DTSTART:20261225 DTEND:20261226 SUMMARY:Christmas Day", "DTSTART:20261226T000000 DTEND:20261226T060000 SUMMARY:Christmas Day"],
         "a whole day, and what its night would have been on the next"),
        ("Mon-Fri 09:00-17:00", {"versions": {"2026-12-14": "Mon-Fri 08:00-16:00"}}, [], "other weekly hours are no closure"),
    ],
)  # fmt: skip
def test_what_is_otherwise_than_the_week_is_an_event(
    hours: str, more: dict[str, Any], expected: list[str], why: str
) -> None:
    assert events(written(hours, **more)) == expected, why


def test_a_night_that_a_date_before_the_first_began_is_closed_from_midnight_on() -> None:
    office = sla.Calendar("Europe/Brussels", "Mon-Fri 22:00-06:00", special_days={"2026-11-30": "closed"})
    feed = icalendar.write_closures(office, date(2026, 12, 1), date(2026, 12, 2), stamped_at=STAMP)
    assert events(feed.content) == ["DTSTART:20261201T000000 DTEND:20261201T060000 SUMMARY:closed"]


def test_an_hour_that_exists_twice_is_written_in_utc() -> None:
    """On 25 October 2026 the clock of Brussels reads 02:30 at 00:30 and at 01:30 UTC: a feed would mean the first."""
    away = sla.Absence(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 25, 8, tzinfo=UTC), "late")
    office = sla.Calendar("Europe/Brussels", "24/7", absences=[away])
    feed = icalendar.write_closures(office, date(2026, 10, 24), date(2026, 10, 26), stamped_at=STAMP)
    assert events(feed.content) == ["DTSTART:20261025T013000Z DTEND:20261025T080000Z SUMMARY:late"]


def test_the_file_has_a_stamp_ids_that_stay_and_lines_of_75_octets() -> None:
    long = sla.SpecialDay.of(
        "2026-12-24", "closed", name="Schließtag; für alle, auch für die, die sonst im Büro wären: ä" * 3
    )
    office = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", special_days=[long])
    one, other = (
        icalendar.write_closures(office, date(2026, 12, first), date(2026, 12, 31), stamped_at=stamp, name="Büro").content
        for first, stamp in ((1, STAMP), (5, STAMP + timedelta(days=4)))
    )  # fmt: skip
    assert max(len(line.encode()) for line in one.split("\r\n")) == 75
    assert one.replace("\r\n", "").count("\n") == 0
    assert "DTSTAMP:20260901T120000Z" in one
    ids = [[line for line in text.split("\r\n") if line.startswith("UID")] for text in (one, other)]
    assert len(ids[0]) == 1
    assert ids[0] == ids[1]
    assert "X-WR-CALNAME:Büro" in one
    assert "SUMMARY:Schließtag\\; für alle\\, auch für die\\, die sonst im Büro wären: ä" in one.replace("\r\n ", "")


def test_fractions_of_a_second_are_lost_and_named() -> None:
    away = sla.Absence(datetime(2026, 12, 7, 8, 0, 0, 1, UTC), datetime(2026, 12, 7, 10, tzinfo=UTC))
    office = sla.Calendar("UTC", "24/7", absences=[away])
    kept = icalendar.write_closures(office, date(2026, 12, 1), date(2026, 12, 31), stamped_at=STAMP, lossy=True)
    assert [(loss.severity, loss.where) for loss in kept.losses] == [("due_times", "absences")]
    assert events(kept.content) == ["DTSTART:20261207T080000Z DTEND:20261207T100000Z SUMMARY:closed"]
    earlier = icalendar.write_closures(office, date(2026, 12, 1), date(2026, 12, 6), stamped_at=STAMP)
    assert earlier.losses == ()


OFFICE: Final = sla.Calendar("UTC", "Fri 09:00-17:00", holidays=HOLIDAYS)
REFUSALS: Final = [
    Refusal(lambda: icalendar.write_closures(OFFICE, LAST, FIRST, stamped_at=STAMP), sla.InteropError, "export_dates_invalid",
            "last", "2027-04-15 to 2026-10-01", "at most 3660"),
    Refusal(lambda: icalendar.write_closures(OFFICE, FIRST, date(2028, 1, 1), stamped_at=STAMP), sla.HorizonError, "beyond_covered",
            "", "2028-01-02", "to 2028-01-01"),
    Refusal(lambda: icalendar.write_closures(OFFICE, FIRST, LAST, stamped_at=STAMP.replace(tzinfo=None)), sla.InstantError,
            "datetime_naive", "stamped_at", "2026-09-01", "an aware datetime"),
    Refusal(lambda: icalendar.write_closures(OFFICE | OFFICE, FIRST, LAST, stamped_at=STAMP), sla.SlaError,  # type: ignore[arg-type]
            "argument_invalid", "calendar", "", "no combination"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_argument(refusal: Refusal) -> None:
    check(refusal)


def test_the_packages_read_the_same_schedule() -> None:
    """An independent evaluator: 60 random offices, 200 instants each, half of them beside an edge of open time."""
    random = Random(17)  # noqa: S311 - offices, not secrets
    for number in range(60):
        calendar = office(random)
        feed = icalendar.write_closures(calendar, FIRST, LAST, stamped_at=STAMP, name=str(number))
        told = told_by_packages(feed.content, calendar.zone)
        week = weekly_only(calendar)
        for at in moments(random, calendar, 200):
            is_closed = any(each.start <= at < each.end for each in told if not each.is_open)
            is_open = any(each.start <= at < each.end for each in told if each.is_open)
            assert calendar.is_open(at) == ((week.is_open(at) and not is_closed) or is_open), (calendar, at)
