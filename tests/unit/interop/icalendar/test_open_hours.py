"""Feeds whose events are open time: four documents by hand and odd ones, and what is written and read again."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.interop import icalendar
from tests.refusals import Refusal, check
from tests.unit.interop.icalendar.feed_texts import BRUSSELS, HEAD, availability, feed, fixed_zone
from tests.unit.interop.icalendar.offices import FIRST, LAST, STAMP, office

WEEK: Final = (
    f"UID:1|DTSTART;{BRUSSELS}:20260105T090000|DTEND;{BRUSSELS}:20260105T170000|RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
)


def calendar(text: str, **more: Any) -> sla.Calendar:
    (read,) = icalendar.read_open_hours(text, **more).calendars.values()
    return read


def versions(text: str, **more: Any) -> dict[str, str]:
    return {str(day): str(hours) for day, hours in calendar(text, **more).versions}


def special(text: str, **more: Any) -> dict[str, str]:
    return {str(each.on): each.said_hours for each in calendar(text, **more).special_days}


@pytest.mark.parametrize(
    ("events", "weeks", "dates", "why"),
    [
        ([WEEK], {"2026-01-05": "Mon-Fri 09:00-17:00"}, {}, "ordinary: from its first date on, for ever"),
        ([f"DTSTART;{BRUSSELS}:20260101T000000|DURATION:P1D|RRULE:FREQ=DAILY"],
         {"2026-01-01": "Mon-Sun 00:00-24:00"}, {}, "24/7: a time that lasts a day is a window"),
        ([f"DTSTART;{BRUSSELS}:20260109T220000|DTEND;{BRUSSELS}:20260110T060000|RRULE:FREQ=WEEKLY;BYDAY=FR,SA"],
         {"2026-01-09": "Fri,Sat 22:00-06:00"}, {}, "overnight"),
        ([f"DTSTART;{BRUSSELS}:20260103T100000|DURATION:PT2H|RRULE:FREQ=MONTHLY;BYDAY=1SA;COUNT=3"], {},
         {"2026-01-03": "10:00-12:00", "2026-02-07": "10:00-12:00", "2026-03-07": "10:00-12:00"}, "odd: the first Saturday of three months"),
        ([f"{WEEK};UNTIL=20260130T160000Z"], {"2026-01-05": "Mon-Fri 09:00-17:00", "2026-01-31": "closed"}, {}, "to its last date"),
        ([f"{WEEK};COUNT=5", f"DTSTART;{BRUSSELS}:20260112T080000|DURATION:PT8H|RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
         {"2026-01-05": "Mon-Fri 09:00-17:00", "2026-01-12": "Mon-Fri 08:00-16:00"}, {}, "other hours from the second week on"),
        ([f"DTSTART;{BRUSSELS}:2026010{day}T090000|DURATION:PT8H|RRULE:FREQ=WEEKLY" for day in (5, 6, 7, 8, 9)],
         {"2026-01-05": "Mon-Fri 09:00-17:00"}, {}, "a rule for each day of the week begins with the first"),
        ([WEEK, f"DTSTART;{BRUSSELS}:20260110T100000|DURATION:PT2H|RRULE:FREQ=WEEKLY"],
         {"2026-01-05": "Mon-Fri 09:00-17:00; Sat 10:00-12:00"}, {}, "Saturdays"),
        ([f"{WEEK}|EXDATE;{BRUSSELS}:20260112T090000"], {"2026-01-05": "Mon-Fri 09:00-17:00"}, {"2026-01-12": "closed"}, "one left out"),
        ([WEEK, f"UID:1|RECURRENCE-ID;{BRUSSELS}:20260112T090000|DTSTART;{BRUSSELS}:20260112T100000|DURATION:PT2H"],
         {"2026-01-05": "Mon-Fri 09:00-17:00"}, {"2026-01-12": "10:00-12:00"}, "one is short"),
        ([WEEK, f"UID:1|RECURRENCE-ID;{BRUSSELS}:20260112T090000|DTSTART;{BRUSSELS}:20260112T090000|STATUS:CANCELLED"],
         {"2026-01-05": "Mon-Fri 09:00-17:00"}, {"2026-01-12": "closed"}, "one is cancelled"),
        ([WEEK, f"DTSTART;{BRUSSELS}:20260112T160000|DURATION:PT3H"], {"2026-01-05": "Mon-Fri 09:00-17:00"}, {"2026-01-12": "09:00-19:00"},
         "one evening is longer"),
        ([f"{WEEK}|RDATE;{BRUSSELS}:20260110T090000"], {"2026-01-05": "Mon-Fri 09:00-17:00"}, {"2026-01-10": "09:00-17:00"}, "a Saturday besides"),
        ([f"DTSTART;{BRUSSELS}:20260109T090000|DTEND;{BRUSSELS}:20260111T170000"], {},
         {"2026-01-09": "09:00-24:00", "2026-01-10": "00:00-24:00", "2026-01-11": "00:00-17:00"}, "from Friday to Sunday"),
        ([f"DTSTART;{BRUSSELS}:20260103T100000|DURATION:PT2H|RRULE:FREQ=MONTHLY;COUNT=2"], {},
         {"2026-01-03": "10:00-12:00", "2026-02-03": "10:00-12:00"}, "the 3rd of two months"),
        ([f"DTSTART;{BRUSSELS}:20260105T090000|DURATION:PT8H|RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=1|EXDATE;{BRUSSELS}:20260106T090000"], {},
         {"2026-01-05": "09:00-17:00"}, "the first is there in any case, and its one Tuesday is left out"),
        ([f"{WEEK};INTERVAL=2;COUNT=6"], {}, {f"2026-01-{day:02}": "09:00-17:00" for day in (5, 6, 7, 8, 9, 19)}, "every second week"),
    ],
)  # fmt: skip
def test_events_are_weekly_hours_and_special_days(
    events: list[str], weeks: dict[str, str], dates: dict[str, str], why: str
) -> None:
    assert (versions(feed(*events)), special(feed(*events))) == (weeks, dates), why


@pytest.mark.parametrize(
    ("text", "more", "zone", "why"),
    [
        (feed(WEEK), {}, "Europe/Brussels", "of its events"),
        (feed(WEEK), {"zone": "Europe/Paris"}, "Europe/Paris", "the caller's"),
        (feed(WEEK.replace(BRUSSELS, 'TZID="Romance Standard Time"')), {}, "Europe/Paris", "a name of Windows"),
        (feed("DTSTART:20260105T090000|DURATION:PT8H", head=f"{HEAD}X-WR-TIMEZONE:Asia/Tokyo\r\n"), {}, "Asia/Tokyo", "in which it is shown"),
        (feed("DTSTART:20260105T090000Z|DURATION:PT8H"), {}, "UTC", "of instants"),
        (feed("DTSTART:20260105T090000Z|DURATION:PT8H", head=f"{HEAD}X-WR-TIMEZONE:Asia/Tokyo\r\n"), {}, "Asia/Tokyo", "of instants that are shown there"),
    ],
)  # fmt: skip
def test_the_zone_is_the_callers_or_that_of_the_feed(text: str, more: dict[str, Any], zone: str, why: str) -> None:
    assert calendar(text, **more).zone == zone, why


def test_times_of_another_clock_are_windows_of_dates() -> None:
    """09:00 in New York is 15:00 in Brussels, but 14:00 from 8 to 28 March 2026."""
    text = feed("DTSTART;TZID=America/New_York:20260302T090000|DURATION:PT1H|RRULE:FREQ=WEEKLY;COUNT=5")
    assert special(text, zone="Europe/Brussels") == {
        "2026-03-02": "15:00-16:00", "2026-03-09": "14:00-15:00", "2026-03-16": "14:00-15:00", "2026-03-23": "14:00-15:00",
        "2026-03-30": "15:00-16:00",
    }  # fmt: skip


def test_a_zone_of_the_file_that_tells_the_callers_time_is_that_one() -> None:
    text = feed(WEEK.replace(BRUSSELS, "TZID=Office"), head=HEAD + fixed_zone("Office", "+0900"))
    assert versions(text, zone="Asia/Tokyo") == {"2026-01-05": "Mon-Fri 09:00-17:00"}


def test_a_zone_that_the_zone_data_have_otherwise_is_refused_by_name() -> None:
    text = feed(WEEK, head=HEAD + fixed_zone("Europe/Brussels", "+0100"))
    with pytest.raises(
        sla.InteropError, match=r"2026-03-30 09:00:00 in the zone Europe/Brussels is 2026-03-30 08:00 UTC"
    ):
        icalendar.read_open_hours(text)
    read = icalendar.read_open_hours(text, lossy=True)
    assert [loss.instead for loss in read.losses] == ["it is read by the zone data"]


def test_years_bound_what_recurs_for_ever() -> None:
    monthly = feed(f"DTSTART;{BRUSSELS}:20250104T100000|DURATION:PT2H|RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=1SA")
    assert special(monthly, years=(2026, 2027)) == {"2026-01-03": "10:00-12:00", "2027-01-02": "10:00-12:00"}
    assert versions(feed(WEEK), years=(2027, 2027)) == {"2027-01-01": "Mon-Fri 09:00-17:00", "2028-01-01": "closed"}


@pytest.mark.parametrize(
    ("text", "means"),
    [
        (feed(WEEK, "DTSTART;VALUE=DATE:20260112|SUMMARY:Fair"), "Fair lasts whole days, and nobody says whether they are open"),
        (feed(f"{WEEK}|CATEGORIES:Open hours", f"DTSTART;{BRUSSELS}:20260112T090000|DURATION:PT1H|SUMMARY:Meeting"),
         "Meeting is of no category Open hours"),
        (feed(WEEK, "DTSTART:20261025T003000Z|DTEND:20261025T013000Z|SUMMARY:Late"), "Late with a time that the clock reads twice"),
        (availability("", f"DTSTART;{BRUSSELS}:20261201T090000|DURATION:PT8H", events=[WEEK]), "hours of availability"),
    ],
)  # fmt: skip
def test_what_opens_nothing_is_named_and_refused(text: str, means: str) -> None:
    read = icalendar.read_open_hours(text.replace("VEVENT\r\nUID:1\r\nD", "VEVENT\r\nUID:1\r\nD"), lossy=True)
    assert [(loss.severity, loss.means) for loss in read.losses] == [("due_times", means)]
    with pytest.raises(sla.InteropError, match="lossy=True"):
        icalendar.read_open_hours(text)


def test_the_policy_is_a_file_with_the_name_of_the_feed() -> None:
    read = icalendar.read_open_hours(feed(WEEK, head=f"{HEAD}X-WR-CALNAME:Desk\r\n"))
    assert '# Desk (the feed)\n[calendars.Desk]\nzone = "Europe/Brussels"\n' in read.to_toml()
    monday = datetime(2026, 1, 5, 9, tzinfo=ZoneInfo("Europe/Brussels"))
    assert read.calendars["Desk"].add(monday, timedelta(hours=9)) == monday + timedelta(hours=25)


def test_what_is_written_and_read_again_is_the_same_schedule() -> None:
    """30 random offices in both forms, over two changes of the clock and a new year; windows begin in no hour twice."""
    random = Random(60)  # noqa: S311 - offices, not secrets
    compared = 0
    while compared < 30:
        ours = office(random)
        start, end = (
            datetime.combine(day, datetime.min.time(), ZoneInfo(ours.zone)) for day in (FIRST, LAST + timedelta(1))
        )
        spans = [*ours.intervals(start, end)]
        if any(edge.fold for span in spans for edge in (span.start, span.end)):
            continue
        events = icalendar.write_open_hours(ours, FIRST, LAST, stamped_at=STAMP).content
        available = icalendar.write_availability(ours, FIRST, LAST, stamped_at=STAMP).content
        for read in (icalendar.read_open_hours(events), icalendar.read_availability(available)):
            (again,) = read.calendars.values()
            assert [*again.intervals(start, end)] == spans, ours
        compared += 1


def test_the_hours_of_an_office_are_few_lines_again() -> None:
    holidays = sla.FrozenHolidays.of({date(2026, 12, 25): "Rest"}, years=(2026, 2026))
    ours = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-12:00 13:00-17:00; Sat 10:00-12:00", holidays=holidays)
    text = icalendar.write_open_hours(ours, date(2026, 1, 1), date(2026, 12, 31), stamped_at=STAMP).content
    assert versions(text) == {"2026-01-01": str(ours.hours), "2027-01-01": "closed"}
    assert special(text) == {"2026-12-25": "closed"}


REFUSALS: Final = [
    Refusal(lambda: calendar(feed()), sla.InteropError, "import_never_opens", "source", "", "events of hours"),
    Refusal(lambda: calendar(feed(WEEK, "DTSTART;TZID=Asia/Tokyo:20260105T090000|DURATION:PT8H")), sla.InteropError, "import_zone_missing",
            "source", "['Asia/Tokyo', 'Europe/Brussels']", "zone="),
    Refusal(lambda: calendar(feed(WEEK.replace(BRUSSELS, "TZID=Office"), head=HEAD + fixed_zone("Office", "+0900"))), sla.InteropError,
            "import_zone_missing", "source", "['Office']", "zone="),
    Refusal(lambda: calendar(feed(WEEK.replace(BRUSSELS, "TZID=Asia/Tokyo")), zone="Europe/Brussels"), sla.InteropError, "import_event_invalid",
            "line 8", "'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'", "this recurs for ever"),
    Refusal(lambda: calendar(feed(f"DTSTART;{BRUSSELS}:20260103T100000|DURATION:PT2H|RRULE:FREQ=MONTHLY;BYDAY=1SA")), sla.InteropError,
            "import_event_invalid", "line 7", "'FREQ=MONTHLY;BYDAY=1SA'", "this recurs for ever"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_line(refusal: Refusal) -> None:
    check(refusal)
