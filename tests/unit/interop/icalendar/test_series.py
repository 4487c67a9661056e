"""Events as they recur: by hand from RFC 5545, and as recurring-ical-events expands them."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.interop.icalendar.feed import read_feed
from slacalc.interop.icalendar.series import moved_times
from tests.refusals import Refusal, check
from tests.unit.interop.icalendar.feed_texts import BRUSSELS, feed
from tests.unit.interop.icalendar.offices import told_by_packages

LAST: Final = date(2027, 12, 31)
NINE: Final = f"UID:1|DTSTART;{BRUSSELS}:20261201T090000|DTEND;{BRUSSELS}:20261201T100000"


def times(*events: str) -> list[str]:
    """When the events take place, on the clock of each."""
    every = read_feed(feed(*events)).events
    moved = moved_times(every)
    found = [at for each in every if not each.is_cancelled for at in each.starts(LAST) if not each.is_moved(at, moved)]
    return [f"{at:%m-%d %H:%M}" for at in sorted(found)]


@pytest.mark.parametrize(
    ("events", "expected", "why"),
    [
        ([NINE], ["12-01 09:00"], "one time"),
        ([f"{NINE}|RRULE:FREQ=DAILY;COUNT=3"], ["12-01 09:00", "12-02 09:00", "12-03 09:00"], "COUNT has the first in it"),
        ([f"{NINE}|RRULE:FREQ=DAILY;COUNT=3|EXDATE;{BRUSSELS}:20261202T090000"], ["12-01 09:00", "12-03 09:00"], "one left out"),
        ([f"{NINE}|RRULE:FREQ=DAILY;COUNT=3|EXDATE:20261202T080000Z"], ["12-01 09:00", "12-03 09:00"], "left out in UTC"),
        ([f"{NINE}|RRULE:FREQ=DAILY;COUNT=3|EXDATE;TZID=Asia/Tokyo:20261202T170000"], ["12-01 09:00", "12-03 09:00"], "in another zone"),
        ([f"{NINE}|RRULE:FREQ=DAILY;COUNT=3|EXDATE;VALUE=DATE:20261202"], ["12-01 09:00", "12-03 09:00"], "a date leaves out what begins on it"),
        ([f"{NINE}|RRULE:FREQ=DAILY;COUNT=3|EXDATE;{BRUSSELS}:20261202T100000"], ["12-01 09:00", "12-02 09:00", "12-03 09:00"],
         "nothing begins then"),
        ([f"{NINE}|RDATE;{BRUSSELS}:20261205T090000,20261206T110000"], ["12-01 09:00", "12-05 09:00", "12-06 11:00"], "two besides"),
        ([f"{NINE}|RRULE:FREQ=DAILY;UNTIL=20261202T080000Z"], ["12-01 09:00", "12-02 09:00"], "UNTIL is included, to the second"),
        ([f"{NINE}|RRULE:FREQ=DAILY;UNTIL=20261202T075959Z"], ["12-01 09:00"], "a second before, it is not"),
        (["DTSTART;TZID=America/New_York:20261201T200000|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=20261203T010000Z"],
         ["12-01 20:00", "12-02 20:00"], "20:00 on the 2nd in New York is 01:00 on the 3rd in UTC"),
        (["DTSTART;TZID=America/New_York:20261201T200000|DURATION:PT1H|RRULE:FREQ=DAILY;UNTIL=20261203T045959Z"],
         ["12-01 20:00", "12-02 20:00"], "the end of the 2nd there, as Google writes it"),
        ([f"{NINE}|RRULE:FREQ=DAILY;UNTIL=20261202"], ["12-01 09:00", "12-02 09:00"], "a date is included whole"),
        ([f"{NINE}|RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2"], ["12-01 09:00", "12-07 09:00", "12-14 09:00"], "the first is there in any case"),
        ([f"{NINE}|RRULE:FREQ=DAILY;COUNT=3|EXRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=1"], ["12-01 09:00", "12-03 09:00"], "a rule of RFC 2445"),
        ([f"{NINE}|RRULE:FREQ=DAILY;COUNT=3", f"UID:1|RECURRENCE-ID;{BRUSSELS}:20261202T090000|DTSTART;{BRUSSELS}:20261202T150000"],
         ["12-01 09:00", "12-02 15:00", "12-03 09:00"], "one time is moved"),
        ([f"{NINE}|RRULE:FREQ=DAILY;COUNT=3", "UID:1|RECURRENCE-ID:20261202T080000Z|DTSTART:20261202T080000Z|STATUS:CANCELLED"],
         ["12-01 09:00", "12-03 09:00"], "one time is cancelled, told in UTC"),
        ([f"{NINE}|RRULE:FREQ=DAILY;COUNT=2", f"UID:2|RECURRENCE-ID;{BRUSSELS}:20261202T090000|DTSTART;{BRUSSELS}:20261202T150000"],
         ["12-01 09:00", "12-02 09:00", "12-02 15:00"], "of another event"),
        ([f"DTSTART;{BRUSSELS}:20261204T000000|DURATION:P1D|RRULE:FREQ=WEEKLY;UNTIL=20261210T230000Z"], ["12-04 00:00", "12-11 00:00"],
         "whole days of Outlook end at an instant: 11 December, 00:00"),
    ],
)  # fmt: skip
def test_an_event_takes_place(events: list[str], expected: list[str], why: str) -> None:
    assert times(*events) == expected, why


@pytest.mark.parametrize(
    ("lines", "hours", "why"),
    [
        (f"DTSTART;{BRUSSELS}:20261201T090000|DTEND;{BRUSSELS}:20261201T100000", 1, "to its end"),
        (f"DTSTART;{BRUSSELS}:20261201T090000|DURATION:PT1H30M", 1.5, "a duration"),
        (f"DTSTART;{BRUSSELS}:20261201T090000|DURATION:P1DT2H", 26, "days and hours"),
        (f"DTSTART;{BRUSSELS}:20261201T090000|DURATION:P1W", 168, "weeks"),
        (f"DTSTART;{BRUSSELS}:20261201T090000", 0, "without an end a time takes none"),
        (f"DTSTART;{BRUSSELS}:20261201T090000|DTEND:20261201T090000Z", 1, "an end in UTC"),
        ("DTSTART:20261201T090000Z|DTEND;TZID=Asia/Tokyo:20261201T190000", 1, "two zones"),
        ("DTSTART;VALUE=DATE:20261201", 24, "a date is a day"),
        (f"DTSTART;{BRUSSELS}:20260328T220000|DTEND;{BRUSSELS}:20260329T060000", 8, "a night as the clock reads it"),
    ],
)
def test_an_event_lasts_as_long_on_the_clock(lines: str, hours: float, why: str) -> None:
    (event,) = read_feed(feed(lines)).events
    assert event.length == timedelta(hours=hours), why


def test_what_an_event_is_called_and_sorted_under_is_without_escapes() -> None:
    (event,) = read_feed(feed(f"{NINE}|SUMMARY:A\\, b\\n c|CATEGORIES:One\\, two,Open hours|CATEGORIES:Three")).events
    assert (event.name, event.categories) == ("A, b c", frozenset({"One, two", "Open hours", "Three"}))


REFUSALS: Final = [
    Refusal(lambda: times("SUMMARY:none"), sla.InteropError, "import_event_invalid", "line 4", "'VEVENT'", "an event with DTSTART"),
    Refusal(lambda: times("DTSTART:20261201T090000|RRULE:FREQ=DAILY;UNTIL=20261202T080000Z"), sla.InteropError, "import_zone_missing", "line 5", "'20261201T090000'", "zone="),
    Refusal(lambda: times("DTSTART:20261201T9"), sla.InteropError, "import_event_invalid", "line 5", "'20261201T9'", "times such as"),
    Refusal(lambda: times("DTSTART;VALUE=DATE:18991231"), sla.InteropError, "import_event_invalid", "line 5", "'18991231'", "from 1900 to 2200"),
    Refusal(lambda: times("DTSTART;VALUE=DATE:20261332"), sla.InteropError, "import_event_invalid", "line 5", "'20261332'", "dates such as 20261224"),
    Refusal(lambda: times("DTSTART:20261201T090000Z|DTEND:20261201T080000Z"), sla.InteropError, "import_event_invalid",
            "line 5", "'20261201T090000Z'", "an end after the start"),
    Refusal(lambda: times("DTSTART;VALUE=DATE:20261201|DTEND:20261201T080000Z"), sla.InteropError, "import_event_invalid",
            "line 6", "'20261201T080000Z'", "two dates, or two times"),
    Refusal(lambda: times("DTSTART:20261201T090000Z|DURATION:-PT1H"), sla.InteropError, "import_event_invalid", "line 6", "'-PT1H'", "PT8H"),
    Refusal(lambda: times("DTSTART:20261201T090000Z|DURATION:P"), sla.InteropError, "import_event_invalid", "line 6", "'P'", "PT8H"),
    Refusal(lambda: times("DTSTART:20261201T090000Z|RRULE:FREQ=HOURLY;COUNT=3"), sla.InteropError, "import_event_invalid",
            "line 6", "'FREQ=HOURLY;COUNT=3'", "FREQ=DAILY"),
    Refusal(lambda: times("DTSTART:20261201T090000Z|RRULE:FREQ=DAILY;UNTIL=never"), sla.InteropError, "import_event_invalid",
            "line 6", "'NEVER'", "times such as"),
    Refusal(lambda: times("DTSTART:20261201T090000Z|RDATE;VALUE=PERIOD:20261205T090000Z/PT1H"), sla.InteropError, "import_event_invalid",
            "line 6", "'20261205T090000Z/PT1H'", "times such as"),
    Refusal(lambda: times(f"{NINE}|RRULE:FREQ=DAILY;COUNT=3", f"UID:1|RECURRENCE-ID;{BRUSSELS};RANGE=THISANDFUTURE:20261202T090000|DTSTART;{BRUSSELS}:20261202T150000"),
            sla.InteropError, "import_event_invalid", "line 12", "'RANGE=THISANDFUTURE'", "a change of one time only"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_line(refusal: Refusal) -> None:
    check(refusal)


def test_the_packages_expand_events_alike() -> None:
    """An independent evaluator: 200 random events of hours over two changes of the clock, with times left out and moved."""
    random = Random(5545)  # noqa: S311 - documents, not secrets
    begin, end = datetime(2026, 10, 5, tzinfo=UTC), datetime(2027, 4, 10, tzinfo=UTC)
    for _ in range(200):
        text = random_event(random)
        every = read_feed(text).events
        moved = moved_times(every)
        starts = [(each, at) for each in every for at in each.starts(LAST) if not each.is_moved(at, moved)]
        ours = {datetime.fromtimestamp(each.start.zone.instant(at) / 1_000_000, UTC) for each, at in starts}
        theirs = {each.start for each in told_by_packages(text, "UTC")}
        assert {at for at in ours if begin <= at < end} == {at for at in theirs if begin <= at < end}, text


def random_event(random: Random) -> str:
    zone = random.choice(["Europe/Brussels", "America/New_York", "Asia/Kolkata"])
    start = datetime(2026, 10, 6, random.randrange(4, 22)) + timedelta(days=random.randrange(60))
    freq = random.choice(["DAILY", "WEEKLY", "WEEKLY;BYDAY=MO,WE,FR", "MONTHLY", "MONTHLY;BYDAY=-1FR"])
    until = (start + timedelta(days=100)).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    end = random.choice([f"COUNT={random.randrange(1, 30)}", f"UNTIL={until:%Y%m%dT%H%M%SZ}"])
    local = f"TZID={zone}:{{:%Y%m%dT%H%M%S}}"
    lines = f"UID:1|DTSTAMP:20260101T000000Z|DTSTART;{local.format(start)}|DURATION:PT2H|RRULE:FREQ={freq};INTERVAL={random.randrange(1, 3)};{end}"
    lines += f"|EXDATE;{local.format(start + timedelta(days=7))}" if random.random() < 0.5 else ""
    at = start + timedelta(days=14)
    other = f"UID:1|DTSTAMP:20260101T000000Z|RECURRENCE-ID;{local.format(at)}|DTSTART;{local.format(at + timedelta(hours=1))}|DURATION:PT1H"
    return feed(lines, *([other] if random.random() < 0.3 and "WEEKLY;I" in lines.replace("INTERVAL=1", "I") else []))
