"""VAVAILABILITY as a calendar: documents of RFC 7953 by hand, priorities, and events that close."""

from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.interop import icalendar
from tests.refusals import Refusal, check
from tests.unit.interop.icalendar.feed_texts import BRUSSELS, HEAD, availability, feed, part

MONTREAL: Final = "TZID=America/Montreal"
WEEK: Final = (
    f"DTSTART;{BRUSSELS}:20260105T090000|DTEND;{BRUSSELS}:20260105T170000|RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
)
WINTER: Final = f"DTSTART;{BRUSSELS}:20261221T000000|DTEND;{BRUSSELS}:20270104T000000"


def several(*components: tuple[str, list[str]]) -> str:
    """A feed with several VAVAILABILITY."""
    inner = (
        part("VAVAILABILITY", lines, [part("AVAILABLE", each) for each in available]) for lines, available in components
    )
    return f"{HEAD}{''.join(inner)}END:VCALENDAR\r\n"


def calendar(text: str, **more: Any) -> sla.Calendar:
    (read,) = icalendar.read_availability(text, **more).calendars.values()
    return read


def open_on(text: str, day: str, **more: Any) -> str:
    """The open time of a date, on the clock of the calendar."""
    office = calendar(text, **more)
    start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(office.zone))
    return " ".join(
        f"{each.start:%H:%M}-{each.end:%H:%M}" for each in office.intervals(start, start + timedelta(days=1))
    )


@pytest.mark.parametrize(
    ("text", "weeks", "why"),
    [
        (availability("", WEEK), {"2026-01-05": "Mon-Fri 09:00-17:00"}, "ordinary"),
        (availability("", f"DTSTART;{BRUSSELS}:20260101T000000|DURATION:P1D|RRULE:FREQ=DAILY"), {"2026-01-01": "Mon-Sun 00:00-24:00"}, "24/7"),
        (availability("", f"DTSTART;{BRUSSELS}:20260109T220000|DTEND;{BRUSSELS}:20260110T060000|RRULE:FREQ=WEEKLY"),
         {"2026-01-09": "Fri 22:00-06:00"}, "overnight"),
        # RFC 7953, 5.1, the first example: DTSTART is a Sunday, the hours begin on the Monday after it
        (availability(f"BUSYTYPE:BUSY-UNAVAILABLE|DTSTART;{MONTREAL}:20111002T000000",
                      f"DTSTART;{MONTREAL}:20111003T090000|DTEND;{MONTREAL}:20111003T180000|RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
         {"2011-10-02": "Mon-Fri 09:00-18:00"}, "the first example of the standard"),
        # RFC 7953, 5.1, the second: at home from Monday to Thursday with an hour at noon, on Fridays to noon
        (availability(f"DTSTART;{MONTREAL}:20111002T000000",
                      f"DTSTART;{MONTREAL}:20111003T090000|DTEND;{MONTREAL}:20111003T120000|RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH",
                      f"DTSTART;{MONTREAL}:20111003T130000|DTEND;{MONTREAL}:20111003T180000|RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH",
                      f"DTSTART;{MONTREAL}:20111007T090000|DTEND;{MONTREAL}:20111007T120000|RRULE:FREQ=WEEKLY;BYDAY=FR"),
         {"2011-10-02": "Mon-Thu 09:00-12:00 13:00-18:00; Fri 09:00-12:00"}, "two windows, and Fridays"),
    ],
)  # fmt: skip
def test_what_is_available_each_week_is_the_hours(text: str, weeks: dict[str, str], why: str) -> None:
    read = calendar(text)
    assert {str(day): str(hours) for day, hours in read.versions} == weeks, why
    assert read.special_days == (), why


@pytest.mark.parametrize(
    ("day", "expected", "why"),
    [
        ("2026-12-18", "09:00-17:00", "before it, the week"),
        ("2026-12-21", "10:00-12:00", "in it, its hours alone"),
        ("2026-12-23", "", "and none on other days of it"),
        ("2027-01-04", "09:00-17:00", "its end is not in it"),
    ],
)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_higher_priority_speaks_for_its_range(order: tuple[int, int], day: str, expected: str, why: str) -> None:
    both = [
        ("PRIORITY:9", [WEEK]),
        (f"PRIORITY:1|{WINTER}", [f"DTSTART;{BRUSSELS}:20261221T100000|DURATION:PT2H|RRULE:FREQ=WEEKLY;COUNT=2"]),
    ]
    assert open_on(several(*(both[place] for place in order)), day) == expected, why


def test_a_range_that_begins_within_hours_cuts_them() -> None:
    away = f"PRIORITY:1|DTSTART;{BRUSSELS}:20261221T120000|DTEND;{BRUSSELS}:20261222T100000"
    text = several(("", [WEEK]), (away, []))
    assert [open_on(text, f"2026-12-{day}") for day in (21, 22, 23)] == ["09:00-12:00", "10:00-17:00", "09:00-17:00"]


def test_no_priority_is_the_lowest() -> None:
    away = f"PRIORITY:9|DTSTART;{BRUSSELS}:20261221T000000|DURATION:P1D"
    for text in (several(("", [WEEK]), (away, [])), several(("PRIORITY:0", [WEEK]), (away, []))):
        assert [open_on(text, f"2026-12-{day}") for day in (21, 22)] == ["", "09:00-17:00"]


def test_a_night_that_a_range_cuts_is_open_to_its_edge_and_from_its_end() -> None:
    nights = f"DTSTART;{BRUSSELS}:20260105T220000|DTEND;{BRUSSELS}:20260106T060000|RRULE:FREQ=DAILY"
    away = f"PRIORITY:1|DTSTART;{BRUSSELS}:20261221T230000|DTEND;{BRUSSELS}:20261222T030000"
    text = several(("", [nights]), (away, []))
    assert [open_on(text, f"2026-12-{day}") for day in (21, 22)] == [
        "00:00-06:00 22:00-23:00",
        "03:00-06:00 22:00-00:00",
    ]


def test_events_of_the_feed_close() -> None:
    meeting = f"DTSTART;{BRUSSELS}:20261202T140000|DURATION:PT2H|SUMMARY:Meeting"
    text = availability("", WEEK, events=[meeting, "DTSTART;VALUE=DATE:20261203|SUMMARY:Fair"])
    assert [open_on(text, f"2026-12-0{day}") for day in (2, 3, 4)] == ["09:00-14:00 16:00-17:00", "", "09:00-17:00"]
    assert [each.name for each in calendar(text).special_days] == ["Fair"]


@pytest.mark.parametrize(
    ("lines", "severity", "means"),
    [
        ("", None, ""),
        ("BUSYTYPE:BUSY", None, ""),
        ("BUSYTYPE:BUSY-TENTATIVE", "due_times", "time beside the hours is BUSY-TENTATIVE: perhaps one is there"),
        (f"DTSTART;{BRUSSELS}:20260101T000000", "reports", "nothing is said of some time, in which one is available by the standard"),
    ],
)  # fmt: skip
def test_what_is_lost_is_named(lines: str, severity: str | None, means: str) -> None:
    read = icalendar.read_availability(availability(lines, WEEK), lossy=True)
    assert [(loss.severity, loss.means) for loss in read.losses] == ([(severity, means)] if severity else [])


REFUSALS: Final = [
    Refusal(lambda: calendar(feed(WEEK)), sla.InteropError, "import_nothing_there", "source", "", "VAVAILABILITY with AVAILABLE"),
    Refusal(lambda: calendar(availability("")), sla.InteropError, "import_never_opens", "source", "", "AVAILABLE"),
    Refusal(lambda: calendar(availability("PRIORITY:10", WEEK)), sla.InteropError, "import_event_invalid", "line 5", "'10'", "from 0 to 9"),
    Refusal(lambda: calendar(availability("DTEND:20261201T000000Z", WEEK)), sla.InteropError, "import_event_invalid",
            "line 4", "'VAVAILABILITY'", "DTSTART"),
    Refusal(lambda: calendar(availability("DTSTART:20261201T000000Z|DTEND:20261201T000000Z", WEEK)), sla.InteropError,
            "import_event_invalid", "line 5", "'20261201T000000Z'", "an end after the start"),
    Refusal(lambda: calendar(several(("PRIORITY:1", [WEEK]), ("PRIORITY:1", []))), sla.InteropError, "import_event_invalid",
            "line 13", "'1'", "one availability of a priority"),
    Refusal(lambda: calendar(availability("BUSYTYPE:BUSY-TENTATIVE", WEEK)), sla.InteropError, "import_changes_due_times",
            "line 5", "", "lossy=True"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_line(refusal: Refusal) -> None:
    check(refusal)
