"""The zones of a file: by its own definitions, in whatever order files are read."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.interop import icalendar
from slacalc.interop.icalendar.feed import read_feed
from slacalc.interop.icalendar.zone_lines import zone_lines
from tests.refusals import Refusal, check
from tests.unit.interop.icalendar.feed_texts import HEAD, feed, fixed_zone, outlook_zone, part

MEETING: Final = "DTSTART;TZID={0}:20261202T140000|DTEND;TZID={0}:20261202T160000|SUMMARY:Meeting"
SUMMER: Final = "DTSTART;TZID={0}:20260702T140000|DTEND;TZID={0}:20260702T160000|SUMMARY:Meeting"


def starts(text: str, *, lossy: bool = False) -> list[str]:
    closed = icalendar.read_closures(text, zone="Europe/Brussels", lossy=lossy)
    return [f"{each.start.astimezone(UTC):%m-%d %H:%M}" for each in closed.absences]


@pytest.mark.parametrize(
    ("zone", "name", "event", "expected", "why"),
    [
        ("", "Europe/Brussels", MEETING, "12-02 13:00", "the zone data, where the file says nothing"),
        ("", '"W. Europe Standard Time"', MEETING, "12-02 13:00", "a name of Windows"),
        ("", "/mozilla.org/20050126_1/America/New_York", MEETING, "12-02 19:00", "a path that ends in a name"),
        (fixed_zone("Office", "+0530"), "Office", MEETING, "12-02 08:30", "a name that only the file has"),
        (fixed_zone("Customized Time Zone", "-0330"), "Customized Time Zone", MEETING, "12-02 17:30", "another"),
        (outlook_zone("W. Europe Standard Time"), "W. Europe Standard Time", MEETING, "12-02 13:00", "winter of Outlook"),
        (outlook_zone("W. Europe Standard Time"), "W. Europe Standard Time", SUMMER, "07-02 12:00", "summer of Outlook"),
        (fixed_zone("Ours", "+0100", "X-LIC-LOCATION:Africa/Lagos"), "Ours", SUMMER, "07-02 13:00", "a location that is alike"),
        ("", "UTC", MEETING, "12-02 14:00", "UTC as a zone"),
    ],
)  # fmt: skip
def test_a_time_is_read_by_the_definition_of_its_file(
    zone: str, name: str, event: str, expected: str, why: str
) -> None:
    assert starts(feed(event.format(name), head=HEAD + zone)) == [expected], why


def test_each_file_is_read_with_its_own_definitions_in_any_order() -> None:
    """Three files define one name: what each says is the same in all six orders, and beside the zone data."""
    texts = {
        offset: feed(MEETING.format("Office"), head=HEAD + fixed_zone("Office", offset))
        for offset in ("+0100", "+0900", "-0500")
    }
    expected = {"+0100": ["12-02 13:00"], "+0900": ["12-02 05:00"], "-0500": ["12-02 19:00"]}
    for order in permutations(texts):
        assert {offset: starts(texts[offset]) for offset in order} == expected


def test_two_calendars_in_one_file_have_zones_of_their_own() -> None:
    near, far = (feed(MEETING.format("Office"), head=HEAD + fixed_zone("Office", each)) for each in ("+0100", "+0900"))
    assert starts(near + far) == ["12-02 13:00", "12-02 05:00"]


def test_a_zone_that_the_zone_data_have_otherwise_is_refused_by_name() -> None:
    """A file may know of a change that the zone data do not, or be old: nobody can tell, so both are said."""
    text = feed(MEETING.format("Europe/Brussels"), head=HEAD + fixed_zone("Europe/Brussels", "+0200"))
    with pytest.raises(sla.InteropError) as refused:
        starts(text)
    assert refused.value.code == "import_changes_due_times"
    assert "in the zone Europe/Brussels is 2026-12-02 12:00 UTC as the file defines it, and 2026-12-02 13:00 UTC" in str(refused.value)  # fmt: skip
    assert starts(text, lossy=True) == ["12-02 12:00"]
    summer = feed(SUMMER.format("Europe/Brussels"), head=HEAD + fixed_zone("Europe/Brussels", "+0200"))
    assert starts(summer) == ["07-02 12:00"]  # where both say the same, nothing is lost


@pytest.mark.parametrize("key", ["Europe/Brussels", "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Gaza"])
def test_a_definition_that_is_written_is_read_as_the_zone_data_say(key: str) -> None:
    """Every hour and a half of two years: times that do not exist, and those that exist twice, too."""
    lines = "".join(f"{line}\r\n" for line in zone_lines(ZoneInfo(key), date(2026, 1, 1), date(2028, 1, 1)))
    (event,) = read_feed(feed(MEETING.format(key), head=HEAD + lines)).events
    zone = event.start.zone
    assert zone.steps
    assert zone.difference(datetime(2026, 1, 1) + timedelta(minutes=90 * each) for each in range(16 * 730)) is None
    midsummer = zone.instant(datetime(2026, 6, 1, 12))
    assert zone.reading(midsummer) == datetime(2026, 6, 1, 12)


def test_a_zone_may_list_when_its_clock_is_moved() -> None:
    """Summer time of two years as dates: RDATE has those of the second."""
    winter = "DTSTART:20261025T030000|RDATE:20271031T030000|TZOFFSETFROM:+0200|TZOFFSETTO:+0100"
    summer = "DTSTART:20260329T020000|RDATE:20270328T020000|TZOFFSETFROM:+0100|TZOFFSETTO:+0200"
    zone = part("VTIMEZONE", "TZID:Office", [part("STANDARD", winter), part("DAYLIGHT", summer)])
    meeting = "DTSTART;TZID=Office:{0}T140000|DURATION:PT2H"
    events = [meeting.format(day) for day in ("20260702", "20261202", "20270702", "20271202")]
    assert starts(feed(*events, head=HEAD + zone)) == ["07-02 12:00", "12-02 13:00", "07-02 12:00", "12-02 13:00"]


def of_zone(*lines: str) -> str:
    return feed(
        MEETING.format("Office"),
        head=HEAD + part("VTIMEZONE", "TZID:Office", [part("STANDARD", each) for each in lines]),
    )


GOOD: Final = "DTSTART:19700101T000000|TZOFFSETFROM:+0100|TZOFFSETTO:+0100"
REFUSALS: Final = [
    Refusal(lambda: starts(feed(MEETING.format("Office"))), sla.InteropError, "import_zone_unknown",
            "line 5", "'Office'", "a VTIMEZONE with this TZID"),
    Refusal(lambda: starts(feed(MEETING.format("Office"), head=HEAD + fixed_zone("Office", "+0100") + fixed_zone("Office", "+0200"))),
            sla.InteropError, "import_zone_differs", "line 21", "'Office'", "one VTIMEZONE for each TZID"),
    Refusal(lambda: starts(of_zone()), sla.InteropError, "import_event_invalid", "line 4", "'VTIMEZONE'", "STANDARD or DAYLIGHT"),
    Refusal(lambda: starts(of_zone("TZOFFSETFROM:+0100|TZOFFSETTO:+0100")), sla.InteropError, "import_event_invalid",
            "line 6", "'STANDARD'", "DTSTART"),
    Refusal(lambda: starts(of_zone(GOOD.replace("FROM:+0100", "FROM:CET"))), sla.InteropError, "import_event_invalid",
            "line 8", "'CET'", "TZOFFSETFROM such as +0100"),
    Refusal(lambda: starts(of_zone(GOOD.replace("0101T", "1301T"))), sla.InteropError, "import_event_invalid",
            "line 7", "'19701301T000000'", "a time of the clock"),
    Refusal(lambda: starts(of_zone(f"{GOOD}|RRULE:FREQ=HOURLY")), sla.InteropError, "import_event_invalid",
            "line 10", "'FREQ=HOURLY'", "FREQ=DAILY"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_line(refusal: Refusal) -> None:
    check(refusal)
