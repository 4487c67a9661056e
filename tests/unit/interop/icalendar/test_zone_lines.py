"""A zone as VTIMEZONE: its rules by hand, and what dateutil makes of them."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from random import Random
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from slacalc.interop.icalendar.zone_lines import zone_lines

YEARS = date(2026, 3, 1), date(2029, 3, 1)


def rules(zone: str) -> list[str]:
    """What each observance says, on one line."""
    text = "|".join(zone_lines(ZoneInfo(zone), *YEARS))
    return [part.split("|END")[0].removeprefix("|") for part in text.replace("BEGIN:VTIMEZONE", "").split("BEGIN:")[1:]]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Europe/Brussels", [
            "STANDARD|DTSTART:20250101T000000|TZOFFSETFROM:+0100|TZOFFSETTO:+0100|TZNAME:CET",
            "DAYLIGHT|DTSTART:20250330T020000|RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU|TZOFFSETFROM:+0100|TZOFFSETTO:+0200|TZNAME:CEST",
            "STANDARD|DTSTART:20251026T030000|RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU|TZOFFSETFROM:+0200|TZOFFSETTO:+0100|TZNAME:CET",
        ]),
        ("America/New_York", [
            "STANDARD|DTSTART:20250101T000000|TZOFFSETFROM:-0500|TZOFFSETTO:-0500|TZNAME:EST",
            "DAYLIGHT|DTSTART:20250309T020000|RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU|TZOFFSETFROM:-0500|TZOFFSETTO:-0400|TZNAME:EDT",
            "STANDARD|DTSTART:20251102T020000|RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU|TZOFFSETFROM:-0400|TZOFFSETTO:-0500|TZNAME:EST",
        ]),
        ("Asia/Kolkata", ["STANDARD|DTSTART:20250101T000000|TZOFFSETFROM:+0530|TZOFFSETTO:+0530|TZNAME:IST"]),
        ("UTC", []),
    ],
)  # fmt: skip
def test_changes_of_the_clock_are_rules(zone: str, expected: list[str]) -> None:
    assert rules(zone) == expected


@pytest.mark.parametrize(
    "zone", ["Europe/Brussels", "Europe/Dublin", "Africa/Casablanca", "Australia/Lord_Howe", "America/St_Johns", "Asia/Gaza"]
)  # fmt: skip
def test_dateutil_tells_the_same_time_by_it(zone: str) -> None:
    """500 instants of each zone, four years of them: the rules of Gaza and Casablanca follow the moon."""
    known = ZoneInfo(zone)
    read = tzical(StringIO("\n".join(zone_lines(known, *YEARS)))).get(zone)
    assert read is not None
    random = Random(zone)  # noqa: S311 - instants, not secrets
    for _ in range(500):
        local = datetime(2026, 1, 1) + timedelta(minutes=random.randrange(4 * 365 * 24 * 60))
        there_and_back = local.replace(tzinfo=known).astimezone(UTC).astimezone(known).replace(tzinfo=None)
        if there_and_back == local:  # a time that exists
            assert local.replace(tzinfo=read).utcoffset() == local.replace(tzinfo=known).utcoffset(), local
