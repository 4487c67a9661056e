"""Feeds of open hours: their events by hand, and what icalendar and recurring-ical-events make of them."""

from datetime import date
from random import Random
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import icalendar
from tests.refusals import Refusal, check
from tests.unit.interop.icalendar.offices import FIRST, LAST, STAMP, moments, office, told_by_packages

HOLIDAYS: Final = sla.FrozenHolidays.of({date(2026, 12, 25): "Christmas Day"}, years=(2026, 2027))
ABOUT: Final = ("DTSTART", "DTEND", "RRULE", "EXDATE", "BUSYTYPE")


def said(text: str, component: str) -> list[str]:
    """The times of each component, after the zone."""
    found: list[str] = []
    for line in text.replace("\r\n ", "").split("\r\n"):
        if line == f"BEGIN:{component}":
            found.append("")
        elif line.startswith("BEGIN:"):
            found.append("|")
        elif found and line.startswith(ABOUT):
            found[-1] = f"{found[-1]} {line}".strip().replace(";TZID=Europe/Brussels", "")
    return [each for each in found if not each.startswith("|")]


@pytest.mark.parametrize(
    ("hours", "more", "expected", "why"),
    [
        ("Mon,Tue 09:00-17:00", {"holidays": HOLIDAYS},
         ["DTSTART:20261201T090000 DTEND:20261201T170000 RRULE:FREQ=WEEKLY;UNTIL=20261229T080000Z;BYDAY=MO,TU"],
         "from Tuesday the 1st to Tuesday the 29th; 09:00 of winter is 08:00 UTC"),
        ("Fri 09:00-12:00 13:00-17:00", {"holidays": HOLIDAYS},
         ["DTSTART:20261204T090000 DTEND:20261204T120000 RRULE:FREQ=WEEKLY;UNTIL=20261218T080000Z;BYDAY=FR",
          "DTSTART:20261204T130000 DTEND:20261204T170000 RRULE:FREQ=WEEKLY;UNTIL=20261218T120000Z;BYDAY=FR"],
         "two windows; the last Friday is a holiday"),
        ("Thu 09:00-17:00", {"special_days": {"2026-12-10": "closed", "2026-12-24": "09:00-13:00"}},
         ["DTSTART:20261203T090000 DTEND:20261203T170000 RRULE:FREQ=WEEKLY;UNTIL=20261231T080000Z;BYDAY=TH EXDATE:20261210T090000,20261224T090000",
          "DTSTART:20261224T090000 DTEND:20261224T130000"], "one Thursday is closed, one is short"),
        ("Thu 22:00-06:00", {},
         ["DTSTART:20261203T220000 DTEND:20261204T060000 RRULE:FREQ=WEEKLY;UNTIL=20261231T210000Z;BYDAY=TH"], "nights"),
        ("24/7", {}, ["DTSTART:20261201T000000 DTEND:20261202T000000 RRULE:FREQ=WEEKLY;UNTIL=20261230T230000Z;BYDAY=MO,TU,WE,TH,FR,SA,SU"],
         "always"),
        ("Wed 09:00-17:00", {"versions": {"2026-12-16": "Wed 08:00-16:00"}},
         ["DTSTART:20261202T090000 DTEND:20261202T170000 RRULE:FREQ=WEEKLY;UNTIL=20261209T080000Z;BYDAY=WE",
          "DTSTART:20261216T080000 DTEND:20261216T160000 RRULE:FREQ=WEEKLY;UNTIL=20261230T070000Z;BYDAY=WE"], "other hours from the 16th on"),
    ],
)  # fmt: skip
def test_a_window_of_the_week_recurs(hours: str, more: dict[str, Any], expected: list[str], why: str) -> None:
    office = sla.Calendar("Europe/Brussels", hours, **more)
    dates = date(2026, 12, 1), date(2026, 12, 31)
    assert said(icalendar.write_open_hours(office, *dates, stamped_at=STAMP).content, "VEVENT") == expected, why
    available = icalendar.write_availability(office, *dates, stamped_at=STAMP).content
    assert said(available, "AVAILABLE") == expected, why


def test_a_night_with_a_change_of_the_clock_has_an_event_of_its_own() -> None:
    """By the letter of RFC 5545 a shift of eight hours ends at 05:00 on 25 October: each reader has its own view of it."""
    office = sla.Calendar("Europe/Brussels", "Sat 22:00-06:00")
    feed = icalendar.write_open_hours(office, date(2026, 10, 17), date(2026, 10, 31), stamped_at=STAMP)
    assert said(feed.content, "VEVENT") == [
        "DTSTART:20261017T220000 DTEND:20261018T060000 RRULE:FREQ=WEEKLY;UNTIL=20261031T210000Z;BYDAY=SA EXDATE:20261024T220000",
        "DTSTART:20261024T220000 DTEND:20261025T060000",
    ]


def test_availability_reaches_from_the_first_midnight_to_the_end_of_the_last_window() -> None:
    office = sla.Calendar("Europe/Brussels", "Thu 22:00-06:00")
    feed = icalendar.write_availability(office, date(2026, 12, 1), date(2026, 12, 31), stamped_at=STAMP)
    (whole,) = said(feed.content, "VAVAILABILITY")
    assert whole == "DTSTART:20261201T000000 DTEND:20270101T060000 BUSYTYPE:BUSY-UNAVAILABLE"


def test_a_night_of_the_date_before_is_open_from_midnight_on() -> None:
    office = sla.Calendar("Europe/Brussels", "Mon 22:00-06:00")
    feed = icalendar.write_open_hours(office, date(2026, 12, 1), date(2026, 12, 2), stamped_at=STAMP)
    assert said(feed.content, "VEVENT") == ["DTSTART:20261201T000000 DTEND:20261201T060000"]


def test_every_event_has_an_id_of_its_own() -> None:
    random = Random(3)  # noqa: S311 - offices, not secrets
    for write in (icalendar.write_open_hours, icalendar.write_availability, icalendar.write_closures):
        for _ in range(10):
            text = write(office(random), FIRST, LAST, stamped_at=STAMP).content
            ids = [line for line in text.replace("\r\n ", "").split("\r\n") if line.startswith("UID:")]
            assert len(ids) == len({*ids})
            assert len(ids) == text.count("DTSTAMP:20260901T120000Z")


REFUSALS: Final = [
    Refusal(lambda: icalendar.write_open_hours(sla.Calendar("UTC", "24/7"), LAST, FIRST, stamped_at=STAMP), sla.InteropError,
            "export_dates_invalid", "last", "2027-04-15 to 2026-10-01", "at most 3660"),
    Refusal(lambda: icalendar.write_availability(sla.Calendar("UTC", "24/7"), FIRST, LAST, stamped_at=STAMP.replace(tzinfo=None)),
            sla.InstantError, "datetime_naive", "stamped_at", "2026-09-01", "an aware datetime"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_argument(refusal: Refusal) -> None:
    check(refusal)


def test_the_packages_read_the_same_hours() -> None:
    """An independent evaluator: 40 random offices in both forms, 150 instants each."""
    random = Random(7953)  # noqa: S311 - offices, not secrets
    for number in range(40):
        calendar = office(random)
        events = icalendar.write_open_hours(calendar, FIRST, LAST, stamped_at=STAMP, name=str(number)).content
        available = icalendar.write_availability(calendar, FIRST, LAST, stamped_at=STAMP, name=str(number)).content
        for text in (events, events_of(available)):
            told = told_by_packages(text, calendar.zone)
            for at in moments(random, calendar, 150):
                assert calendar.is_open(at) == any(each.start <= at < each.end for each in told), (calendar, at)


def events_of(text: str) -> str:
    """AVAILABLE as events: recurring-ical-events expands no other components."""
    head, _, rest = text.partition("BEGIN:VAVAILABILITY\r\n")
    inner = rest.partition("END:VAVAILABILITY\r\n")[0].partition("BEGIN:AVAILABLE")[1:]
    return f"{head}{''.join(inner)}END:VCALENDAR\r\n".replace("N:AVAILABLE", "N:VEVENT").replace(
        "D:AVAILABLE", "D:VEVENT"
    )
