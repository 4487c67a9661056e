"""The days off of iCalendar feeds: by hand from RFC 5545, and as the icalendar package expands them."""

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

import pytest

import slacalc as sla
from slacalc.interop import icalendar
from tests.refusals import Refusal, check

HEAD: Final = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tests//EN\r\nX-WR-CALNAME:Days off\r\n"


def feed(*events: str, head: str = HEAD) -> str:
    """A feed of events, each as lines with blanks between."""
    lines = ("".join(f"{line}\r\n" for line in ("BEGIN:VEVENT", *event.split("|"), "END:VEVENT")) for event in events)
    return f"{head}{''.join(lines)}END:VCALENDAR\r\n"


def days(text: str, years: tuple[int, int] | None = None) -> dict[str, str]:
    read = icalendar.read_holidays(text, years=years).holidays
    return {day.isoformat(): name for day, name in read.dates}


@pytest.mark.parametrize(
    ("events", "expected", "why"),
    [
        (["DTSTART;VALUE=DATE:20261224|DTEND;VALUE=DATE:20261227|SUMMARY:Year's end"],
         {"2026-12-24": "Year's end", "2026-12-25": "Year's end", "2026-12-26": "Year's end"}, "an end is exclusive"),
        (["DTSTART;VALUE=DATE:20261224|SUMMARY:Eve"], {"2026-12-24": "Eve"}, "without an end, a day"),
        (["DTSTART;VALUE=DATE:20261224|DTEND;VALUE=DATE:20261224|SUMMARY:Eve"], {"2026-12-24": "Eve"}, "no length is a day"),
        (["DTSTART;VALUE=DATE:20261224|DURATION:P2D|SUMMARY:Eve"], {"2026-12-24": "Eve", "2026-12-25": "Eve"}, "a duration"),
        (['DTSTART;TZID="W. Europe Standard Time":20261224T000000|DTEND;TZID="W. Europe Standard Time":20261225T000000|SUMMARY:Eve'],
         {"2026-12-24": "Eve"}, "as Outlook writes a day"),
        (["DTSTART;VALUE=DATE:20261224|SUMMARY:A", "DTSTART;VALUE=DATE:20261224|SUMMARY:B"], {"2026-12-24": "A; B"}, "both names"),
        (["DTSTART;VALUE=DATE:20261224|SUMMARY:Eve|TRANSP:TRANSPARENT"], {"2026-12-24": "Eve"}, "Google says so of all holidays"),
        (["DTSTART;VALUE=DATE:20261224|SUMMARY:A", "DTSTART;VALUE=DATE:20261225|SUMMARY:B|STATUS:CANCELLED"],
         {"2026-12-24": "A"}, "cancelled"),
        (["DTSTART;VALUE=DATE:20261224|SUMMARY:A\\, b\\; c\\n d"], {"2026-12-24": "A, b; c d"}, "escapes"),
        (["DTSTART;VALUE=DATE:20261224|SUMMARY:Company|  day"], {"2026-12-24": "Company day"}, "a folded line"),
        (["DTSTART;VALUE=DATE:20240229|RRULE:FREQ=YEARLY;COUNT=2|SUMMARY:Leap"], {"2024-02-29": "Leap", "2028-02-29": "Leap"}, "COUNT"),
        (["DTSTART;VALUE=DATE:20261204|RRULE:FREQ=WEEKLY;UNTIL=20261218|EXDATE;VALUE=DATE:20261211|RDATE;VALUE=DATE:20261221,20261222|SUMMARY:F"],
         {"2026-12-04": "F", "2026-12-18": "F", "2026-12-21": "F", "2026-12-22": "F"}, "UNTIL is inclusive; less one, and two more"),
        (["UID:1|DTSTART;VALUE=DATE:20261204|RRULE:FREQ=WEEKLY;COUNT=3|SUMMARY:F",
          "UID:1|RECURRENCE-ID;VALUE=DATE:20261211|DTSTART;VALUE=DATE:20261212|SUMMARY:moved",
          "UID:1|RECURRENCE-ID;VALUE=DATE:20261218|DTSTART;VALUE=DATE:20261218|STATUS:CANCELLED"],
         {"2026-12-04": "F", "2026-12-12": "moved"}, "one time is moved, one is cancelled"),
    ],
)  # fmt: skip
def test_whole_days_are_days_off(events: list[str], expected: dict[str, str], why: str) -> None:
    assert days(feed(*events)) == expected, why


def test_what_recurs_for_ever_is_read_for_the_years_that_are_named() -> None:
    text = feed("DTSTART;VALUE=DATE:20201225|RRULE:FREQ=YEARLY|SUMMARY:Christmas")
    assert days(text, (2026, 2027)) == {"2026-12-25": "Christmas", "2027-12-25": "Christmas"}
    holidays = icalendar.read_holidays(text, years=(2026, 2027), name="ours").holidays
    assert (holidays.years, holidays.source) == ((2026, 2027), "ours")


def test_a_file_is_a_pin_that_a_policy_names(tmp_path: Path) -> None:
    (tmp_path / "days.ics").write_text(feed("DTSTART;VALUE=DATE:20261123|SUMMARY:Founders' Day"), encoding="utf-8")
    read = icalendar.read_holidays(tmp_path / "days.ics")
    assert read.holidays.source == "Days off"
    office = {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00", "holidays": {"pinned": "feed"}}
    rule = {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}}
    policy = sla.policy_from_data(
        {"name": "desk", "calendars": {"office": office}, "rules": [rule]}, pins={"feed": read.holidays}
    )
    friday = datetime.fromisoformat("2026-11-20T15:00+01:00")
    assert policy.promise(friday)["first_response"].due == datetime.fromisoformat("2026-11-24T11:00+01:00")


def test_zones_of_one_file_change_nothing_in_another() -> None:
    """Both define a zone of one name, an hour and eleven hours from UTC; in either order each is read as by itself."""

    def of(offset: str, day: str) -> str:
        zone = (
            "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
            f"TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
        )
        return feed(f"DTSTART;TZID=Office:{day}T000000|DURATION:P1D|SUMMARY:off", head=HEAD + zone)

    near, far = of("+0100", "20261224"), of("+1100", "20261225")
    alone = days(near), days(far)
    assert alone == ({"2026-12-24": "off"}, {"2026-12-25": "off"})
    assert (days(far), days(near)) == alone[::-1]


@pytest.mark.parametrize(
    ("event", "severity", "means"),
    [
        ("DTSTART:20261224T090000Z|DTEND:20261224T100000Z|SUMMARY:Meeting", "due_times", "Meeting lasts hours"),
        (
            "DTSTART;TZID=Europe/Brussels:20261224T000000|DTEND;TZID=Europe/Brussels:20261224T120000|SUMMARY:Half",
            "due_times",
            "Half lasts hours",
        ),
        ("DTSTART:20261224T000000Z|DTEND:20261225T000000Z|SUMMARY:UTC", "due_times", "UTC lasts hours"),
        (
            "DTSTART;VALUE=DATE:20261025|SUMMARY:Summer time ends|DESCRIPTION:Observance\\nTo hide",
            "cosmetic",
            "Summer time ends is an observance",
        ),
    ],
)
def test_what_is_no_day_off_is_named(event: str, severity: str, means: str) -> None:
    text = feed("DTSTART;VALUE=DATE:20261226|SUMMARY:off", event)
    (loss,) = icalendar.read_holidays(text, lossy=True).losses
    assert (loss.severity, loss.means.startswith(means)) == (severity, True)
    assert days_or_refusal(text) == ("import_changes_due_times" if severity == "due_times" else {"2026-12-26": "off"})


def test_hours_that_are_cancelled_are_no_loss() -> None:
    hours = "DTSTART:20261224T090000Z|DTEND:20261224T100000Z|SUMMARY:Meeting|STATUS:CANCELLED"
    read = icalendar.read_holidays(feed("DTSTART;VALUE=DATE:20261226|SUMMARY:off", hours))
    assert read.losses == ()
    assert str(read) == "iCalendar, 2026 to 2026: 1 day off, 0 working weekends"


def test_printed_what_is_lost_is_a_row() -> None:
    observance = "DTSTART;VALUE=DATE:20261025|SUMMARY:Summer time ends|DESCRIPTION:Observance"
    read = icalendar.read_holidays(feed("DTSTART;VALUE=DATE:20261226|SUMMARY:off", observance))
    head, columns, row = str(read).splitlines()
    assert head == "iCalendar, 2026 to 2026: 1 day off, 0 working weekends"
    assert columns.split() == ["severity", "where", "means", "instead"]
    assert row.startswith("cosmetic")


def test_a_feed_may_end_without_a_line_break() -> None:
    text = feed("DTSTART;VALUE=DATE:20261226|SUMMARY:off")
    assert days(text.removesuffix("\r\n")) == days(text) == {"2026-12-26": "off"}


def days_or_refusal(text: str) -> object:
    try:
        return days(text)
    except sla.InteropError as error:
        return error.code


def test_hours_of_availability_are_a_loss() -> None:
    text = feed("DTSTART;VALUE=DATE:20261226|SUMMARY:off").replace(
        "END:VCALENDAR", "BEGIN:VAVAILABILITY\r\nUID:1\r\nEND:VAVAILABILITY\r\nEND:VCALENDAR"
    )
    assert [loss.means for loss in icalendar.read_holidays(text, lossy=True).losses] == ["hours of availability"]


ONE: Final = feed("DTSTART;VALUE=DATE:20261224|SUMMARY:off")
REFUSALS: Final = [
    Refusal(lambda: days(ONE.replace("END:VCALENDAR\r\n", "")), sla.InteropError, "import_truncated",
            "", "VCALENDAR", "a whole file, to END:VCALENDAR"),
    Refusal(lambda: days(ONE.replace("SUMMARY:off", "no colon")), sla.InteropError, "import_line_invalid",
            "line 7", "'no colon'", "NAME:value"),
    Refusal(lambda: days(ONE.replace("END:VEVENT", "END:VTODO")), sla.InteropError, "import_line_invalid",
            "line 8", "'END:VTODO'", "an END for each BEGIN"),
    Refusal(lambda: days(f"{ONE}X-MORE:1"), sla.InteropError, "import_line_invalid",
            "line 10", "'X-MORE:1'", "an END for each BEGIN"),
    Refusal(lambda: days(feed("SUMMARY:off")), sla.InteropError, "import_event_invalid",
            "line 5", "'VEVENT'", "an event with DTSTART"),
    Refusal(lambda: days(feed("DTSTART;VALUE=DATE:20261224|DTEND;VALUE=DATE:20261223")), sla.InteropError, "import_event_invalid",
            "line 6", "'20261224'", "an end after the start"),
    Refusal(lambda: days(feed("DTSTART;VALUE=DATE:20261224|RRULE:FREQ=YEARLY")), sla.InteropError, "import_event_invalid",
            "line 7", "'FREQ=YEARLY'", "this recurs for ever"),
    Refusal(lambda: days(feed("DTSTART;VALUE=DATE:20261224|RRULE:FREQ=SECONDLY;COUNT=9")), sla.InteropError, "import_event_invalid",
            "line 7", "'FREQ=SECONDLY;COUNT=9'", "FREQ=DAILY"),
    Refusal(lambda: days(feed("DTSTART;VALUE=DATE:20261224|EXDATE:20261231T120000Z")), sla.InteropError, "import_event_invalid",
            "line 7", "'20261231T120000Z'", "dates such as 20261224"),
    Refusal(lambda: days(feed()), sla.InteropError, "import_nothing_there",
            "source", "", "events of whole days, or years"),
    # what is lost is said first, where nothing else is there
    Refusal(lambda: days(feed("DTSTART:20261224T090000Z|DTEND:20261224T120000Z")), sla.InteropError, "import_changes_due_times",
            "line 6", "", "lossy=True"),
    Refusal(lambda: icalendar.read_holidays("none.ics"), sla.InteropError, "import_unreadable",
            "none.ics", "No such file", "a UTF-8 file of iCalendar"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_line(refusal: Refusal) -> None:
    check(refusal)


def test_random_feeds_are_expanded_as_recurring_ical_events_does() -> None:
    """An independent evaluator: 150 random events, each day of five years."""
    package = pytest.importorskip("icalendar", reason="a second opinion, where it is installed")
    expander = pytest.importorskip("recurring_ical_events", reason="a second opinion, where it is installed")
    random = Random(20261201)  # noqa: S311 - documents, not secrets
    for _ in range(150):
        start = date(2025, 1, 1) + timedelta(random.randrange(700))
        lines = [
            f"UID:{random.random()}",
            f"DTSTART;VALUE=DATE:{start:%Y%m%d}",
            "SUMMARY:off",
            "DTSTAMP:20260101T000000Z",
        ]
        if random.random() < 0.7:
            lines.append(f"DTEND;VALUE=DATE:{start + timedelta(random.randrange(1, 4)):%Y%m%d}")
        if random.random() < 0.7:
            freq = random.choice(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
            end = random.choice([f";COUNT={random.randrange(1, 20)}", f";UNTIL={start + timedelta(400):%Y%m%d}", ""])
            lines.append(f"RRULE:FREQ={freq};INTERVAL={random.randrange(1, 4)}{end}")
            lines.append(f"EXDATE;VALUE=DATE:{start + timedelta(7):%Y%m%d}")
        text = feed("|".join(lines))
        theirs: set[date] = set()
        for event in expander.of(package.Calendar.from_ical(text)).between(date(2025, 1, 1), date(2030, 1, 1)):
            first, last = (
                event["DTSTART"].dt,
                event["DTEND"].dt if "DTEND" in event else event["DTSTART"].dt + timedelta(1),
            )
            theirs |= {first + timedelta(place) for place in range(max(1, (last - first).days))}
        ours = {day for day, _ in icalendar.read_holidays(text, years=(2025, 2029)).holidays.dates}
        assert ours == {day for day in theirs if day.year <= 2029}, text
