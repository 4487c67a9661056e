"""What a feed closes: by hand, and what is written and read again."""

import json
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.interop import icalendar
from tests.refusals import Refusal, check
from tests.unit.interop.icalendar.feed_texts import BRUSSELS, availability, feed
from tests.unit.interop.icalendar.offices import FIRST, LAST, STAMP, office, weekly_only

DAY: Final = "DTSTART;VALUE=DATE:20261202|SUMMARY:Fair"
MEETING: Final = f"DTSTART;{BRUSSELS}:20261202T140000|DTEND;{BRUSSELS}:20261202T160000|SUMMARY:Meeting"
OFFICE: Final = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00")


def open_on(text: str, day: str, hours: str = "Mon-Fri 09:00-17:00", **more: object) -> str:
    """The open time of a date, on the clock, after the feed has closed its part."""
    calendar = icalendar.read_closures(text, zone="Europe/Brussels", **more).close(OFFICE.replace(hours=hours))  # type: ignore[arg-type]
    start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo("Europe/Brussels"))
    spans = calendar.intervals(start, start + timedelta(days=1))
    return " ".join(f"{each.start:%H:%M}-{each.end:%H:%M}" for each in spans)


@pytest.mark.parametrize(
    ("text", "day", "hours", "expected", "why"),
    [
        (feed(DAY), "2026-12-02", "Mon-Fri 09:00-17:00", "", "a date is closed"),
        (feed(DAY), "2026-12-03", "Mon-Fri 09:00-17:00", "09:00-17:00", "the next is not"),
        (feed(DAY), "2026-12-02", "24/7", "", "an office that is always open, too"),
        (feed(DAY), "2026-12-03", "Mon-Fri 22:00-06:00", "22:00-00:00", "its night is closed to the end"),
        (feed(DAY), "2026-12-02", "Mon-Fri 22:00-06:00", "00:00-06:00", "the night before is not"),
        (feed(DAY), "2026-12-02", "Mon-Fri,PH 09:00-17:00", "", "hours of holidays open no date of a feed"),
        (feed(MEETING), "2026-12-02", "Mon-Fri 09:00-17:00", "09:00-14:00 16:00-17:00", "a meeting"),
        (feed(MEETING), "2026-12-02", "24/7", "00:00-14:00 16:00-00:00", "around the clock"),
        (feed(MEETING.replace(BRUSSELS, "TZID=America/New_York")), "2026-12-02", "24/7", "00:00-20:00 22:00-00:00", "in New York"),
        (feed("DTSTART:20261202T140000|DTEND:20261202T160000"), "2026-12-02", "Mon-Fri 09:00-17:00", "09:00-14:00 16:00-17:00",
         "a time without a zone is one of the office"),
        (feed(f"DTSTART;{BRUSSELS}:20261201T230000|DTEND;{BRUSSELS}:20261202T120000"), "2026-12-02", "24/7", "12:00-00:00", "over midnight"),
        (feed(f"{MEETING}|RRULE:FREQ=WEEKLY;COUNT=3"), "2026-12-16", "Mon-Fri 09:00-17:00", "09:00-14:00 16:00-17:00", "the third time"),
        (feed(f"{MEETING}|RRULE:FREQ=WEEKLY;COUNT=3"), "2026-12-23", "Mon-Fri 09:00-17:00", "09:00-17:00", "there is no fourth"),
        (feed(f"{MEETING}|STATUS:CANCELLED"), "2026-12-02", "Mon-Fri 09:00-17:00", "09:00-17:00", "cancelled"),
        (feed(f"{DAY}|TRANSP:TRANSPARENT"), "2026-12-02", "Mon-Fri 09:00-17:00", "", "Google says so of all holidays"),
        (feed(DAY, f"DTSTART;{BRUSSELS}:20261202T100000|DURATION:PT2H|CATEGORIES:Open hours"), "2026-12-02", "24/7", "10:00-12:00",
         "closed, but for two hours"),
        (feed(f"DTSTART;{BRUSSELS}:20261206T100000|DURATION:PT2H|CATEGORIES:Open hours"), "2026-12-06", "Mon-Fri 09:00-17:00", "10:00-12:00",
         "open on a Sunday"),
        (feed(f"UID:1|{MEETING}|RRULE:FREQ=DAILY;COUNT=2", "UID:1|RECURRENCE-ID:20261203T130000Z|DTSTART;VALUE=DATE:20261204"),
         "2026-12-03", "Mon-Fri 09:00-17:00", "09:00-17:00", "a meeting becomes a whole day, another one"),
    ],
)  # fmt: skip
def test_a_feed_closes_what_its_events_take(text: str, day: str, hours: str, expected: str, why: str) -> None:
    assert open_on(text, day, hours) == expected, why


@pytest.mark.parametrize(
    ("event", "severity", "means"),
    [
        (f"{MEETING}|TRANSP:TRANSPARENT", "cosmetic", "Meeting makes nobody busy"),
        (f"{MEETING}|X-MICROSOFT-CDO-BUSYSTATUS:FREE", "cosmetic", "Meeting makes nobody busy"),
        (f"DTSTART;{BRUSSELS}:20261202T140000|SUMMARY:Call", "cosmetic", "Call takes no time"),
        (f"{DAY}|DESCRIPTION:Observance\\nTo hide", "cosmetic", "Fair is an observance, on which people work"),
        (f"{MEETING}|STATUS:TENTATIVE", "due_times", "Meeting perhaps takes place"),
        (f"{MEETING}|X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", "due_times", "Meeting perhaps takes place"),
        ("DTSTART:20261025T013000Z|DURATION:PT30M|CATEGORIES:Open hours", "due_times", "open hours with a time that the clock reads twice"),
    ],
)  # fmt: skip
def test_what_closes_nothing_is_named(event: str, severity: str, means: str) -> None:
    closures = icalendar.read_closures(feed(event), zone="Europe/Brussels", lossy=True)
    assert (closures.special_days, closures.absences) == ((), ())
    assert [(loss.severity, loss.means) for loss in closures.losses] == [(severity, means)]
    if severity == "due_times":
        with pytest.raises(sla.InteropError, match="lossy=True"):
            icalendar.read_closures(feed(event), zone="Europe/Brussels")


def test_open_hours_that_take_no_time_open_nothing() -> None:
    read = icalendar.read_closures(
        feed(f"DTSTART;{BRUSSELS}:20261206T100000|CATEGORIES:Open hours"), zone="Europe/Brussels"
    )
    assert (read.special_days, read.absences, read.losses) == ((), (), ())


def test_printed_it_says_what_was_made_and_each_loss_in_a_row() -> None:
    read = icalendar.read_closures(feed(DAY, MEETING, f"{MEETING}|TRANSP:TRANSPARENT"), zone="Europe/Brussels")
    lines = [line.split("  ") for line in str(read).splitlines()]
    assert lines[0] == ["iCalendar: 1 date, 1 absence, 1 loss"]
    assert lines[1][0] == "severity"
    assert [cell.strip() for cell in lines[2] if cell] == [
        "cosmetic", "line 14", "Meeting makes nobody busy", "it closes nothing",
    ]  # fmt: skip
    assert str(icalendar.read_closures(feed(DAY), zone="UTC")) == "iCalendar: 1 date, 0 absences, 0 losses"


def test_hours_of_availability_are_lost() -> None:
    text = availability("", f"DTSTART;{BRUSSELS}:20261201T090000|DURATION:PT8H")
    losses = icalendar.read_closures(text, zone="UTC", lossy=True).losses
    assert [loss.means for loss in losses] == ["hours of availability"]


def test_what_recurs_for_ever_is_read_for_the_years_that_are_named() -> None:
    text = feed(f"DTSTART;{BRUSSELS}:20201202T140000|DURATION:PT2H|RRULE:FREQ=YEARLY")
    absences = icalendar.read_closures(text, zone="Europe/Brussels", years=(2026, 2027)).absences
    assert [each.start.isoformat() for each in absences] == ["2026-12-02T14:00:00+01:00", "2027-12-02T14:00:00+01:00"]


def test_a_special_day_of_the_calendar_gives_way_and_hours_besides_are_added() -> None:
    own = OFFICE.replace(special_days={"2026-12-02": "10:00-12:00", "2026-12-06": "10:00-12:00"})
    besides = f"DTSTART;{BRUSSELS}:20261206T140000|DURATION:PT1H|CATEGORIES:Open hours"
    closed = icalendar.read_closures(feed(DAY, besides), zone="Europe/Brussels").close(own)
    assert [(str(each.on), each.said_hours) for each in closed.special_days] == [
        ("2026-12-02", "closed"), ("2026-12-06", "10:00-12:00 14:00-15:00"),
    ]  # fmt: skip


def test_closures_are_data_of_a_policy_and_a_table_of_losses() -> None:
    closures = icalendar.read_closures(feed(DAY, MEETING, f"{MEETING}|TRANSP:TRANSPARENT"), zone="Europe/Brussels")
    data = json.loads(closures.to_json())
    assert data["special_days"] == [{"on": "2026-12-02", "hours": "closed", "name": "Fair"}]
    start, end = "2026-12-02T14:00:00+01:00", "2026-12-02T16:00:00+01:00"
    assert data["absences"] == [{"start": start, "end": end, "name": "Meeting"}]
    assert str(closures).splitlines()[0] == "iCalendar: 1 date, 1 absence, 1 loss"
    assert "makes nobody busy" in str(closures)
    assert closures.close(OFFICE) == sla.Calendar.from_data({**OFFICE.to_data(), **closures.to_table()})


def test_what_is_written_and_read_again_is_the_same_schedule() -> None:
    """60 random offices, over two changes of the clock and a new year; open hours besides begin in no hour twice."""
    random = Random(19)  # noqa: S311 - offices, not secrets
    compared = 0
    while compared < 60:
        calendar = office(random)
        text = icalendar.write_closures(calendar, FIRST, LAST, stamped_at=STAMP).content
        closures = icalendar.read_closures(text, zone=calendar.zone, lossy=True)
        if any("reads twice" in loss.means for loss in closures.losses):
            continue
        again = closures.close(weekly_only(calendar))
        start, end = (
            datetime.combine(day, datetime.min.time(), ZoneInfo(calendar.zone)) for day in (FIRST, LAST + timedelta(1))
        )
        assert [*again.intervals(start, end)] == [*calendar.intervals(start, end)], calendar
        assert closures.losses == ()
        compared += 1


REFUSALS: Final = [
    # four events of each day of three centuries: 110,000 times each, looked at twice
    Refusal(lambda: open_on(feed(*[f"DTSTART;{BRUSSELS}:19000101T140000|DURATION:PT1H|RRULE:FREQ=DAILY"] * 4), "2026-12-02", years=(1900, 2200)),
            sla.InteropError, "import_event_invalid", "line 15", "109938", "at most 300000 times"),
    Refusal(lambda: open_on(feed(f"{MEETING}|RRULE:FREQ=DAILY"), "2026-12-02"), sla.InteropError, "import_event_invalid",
            "line 8", "'FREQ=DAILY'", "this recurs for ever"),
    Refusal(lambda: open_on(feed(f"{MEETING}|STATUS:TENTATIVE"), "2026-12-02"), sla.InteropError, "import_changes_due_times",
            "line 5", "", "lossy=True"),
    Refusal(lambda: icalendar.read_closures(feed(DAY), zone="Brussels/Europe"), sla.ZoneError, "zone_unknown", "zone", "'Brussels/Europe'", "IANA"),
    Refusal(lambda: icalendar.read_closures("none.ics", zone="UTC"), sla.InteropError, "import_unreadable",
            "none.ics", "No such file", "a UTF-8 file of iCalendar"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_line(refusal: Refusal) -> None:
    check(refusal)


def test_an_instant_of_utc_is_kept_to_the_second() -> None:
    (absence,) = icalendar.read_closures(feed("DTSTART:20261202T140001Z|DURATION:PT1S"), zone="Asia/Tokyo").absences
    assert absence.start == datetime(2026, 12, 2, 14, 0, 1, tzinfo=UTC)
    assert absence.end == datetime(2026, 12, 2, 14, 0, 2, tzinfo=UTC)
