"""Rules as weekly hours and special days: which dates and seasons are written how."""

from datetime import UTC, datetime
from typing import Final

import pytest

from slacalc.calendars.special_days import format_when
from slacalc.interop import osm

NAME: Final = "opening hours"


def table(text: str) -> tuple[str, dict[str, str]]:
    calendar = osm.load(text, zone="UTC", holidays="DE").calendars[NAME]
    return str(calendar.hours), {format_when(each.on): each.said_hours for each in calendar.special_days}


@pytest.mark.parametrize(
    ("text", "hours", "special"),
    [
        ("Mo-Fr 09:00-17:00; Dec 24 off", "Mon-Fri 09:00-17:00", {"12-24": "closed"}),
        ("Mo-Fr 09:00-17:00; Dec 24-Jan 2 off", "Mon-Fri 09:00-17:00", {"12-24..01-02": "closed"}),
        ("Mo-Fr 09:00-17:00; Dec 24 10:00-12:00", "Mon-Fri 09:00-17:00", {"12-24": "open 10:00-12:00"}),
        ("Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 08:00-14:00; PH off", "Mon-Fri 09:00-17:00", {"07-01..08-31": "Mon-Fri 08:00-14:00"}),
        ("Nov-Feb Sa 10:00-16:00", "closed", {"11-01..02-29": "Sat 10:00-16:00"}),
        ("Mar-Dec Sa 10:00-16:00", "Sat 10:00-16:00", {"01-01..02-29": "closed"}),
        ("Mo-Fr 09:00-17:00; 2026 Dec 24 off", "Mon-Fri 09:00-17:00", {"2026-12-24": "closed"}),
        ("Mo-Fr 09:00-17:00; 2026 Dec 24-2027 Jan 2 off", "Mon-Fri 09:00-17:00", {"2026-12-24..2027-01-02": "closed"}),
        ("2026 Mo 09:00-17:00", "closed", {"2026-01-01..2026-12-31": "Mon 09:00-17:00"}),
        ("2026+ Mo 09:00-17:00", "Mon 09:00-17:00", {"1900-01-01..2025-12-31": "closed"}),
        ("Dec 25 off; 2026 Dec 24-26 Mo-Fr 10:00-12:00; 2026 Dec 27 10:00-12:00", "closed",
         {"2026-12-24..2026-12-26": "Mon-Fri 10:00-12:00", "2026-12-27": "open 10:00-12:00"}),
        ("Mo-Su 09:00-17:00; Dec 25 off; 2026 Dec 24-26 Mo-Fr 10:00-12:00", "Mon-Sun 09:00-17:00",
         {"12-25": "closed", "2026-12-24": "open 10:00-12:00", "2026-12-25": "open 10:00-12:00", "2026-12-26": "open 09:00-17:00"}),
        ("Mo-Fr 09:00-17:00; easter -2 days,easter +1 day off", "Mon-Fri 09:00-17:00", {"easter-2": "closed", "easter+1": "closed"}),
        ("Mo-Fr 09:00-17:00; Sa[1,3] 09:00-12:00", "Mon-Fri 09:00-17:00", {"FREQ=MONTHLY;BYDAY=1SA,3SA": "open 09:00-12:00"}),
        ("Apr-Jun Su[1] 14:00-17:00", "closed", {"FREQ=MONTHLY;BYMONTH=4,5,6;BYDAY=1SU": "open 14:00-17:00"}),
        ("Mo-Fr 09:00-17:00; Sa[1] 09:00-12:00; PH off", "Mon-Fri 09:00-17:00",
         {"FREQ=MONTHLY;BYDAY=1SA": "Mon-Fri 09:00-17:00; Sat 09:00-12:00"}),
        ("Mo-Fr 09:00-17:00; week 30-32 off", "Mon-Fri 09:00-17:00", {"FREQ=YEARLY;BYWEEKNO=30,31,32;BYDAY=MO,TU,WE,TH,FR,SA,SU": "closed"}),
        ("Mo-Su 09:00-17:00; 2026 easter -2 days-easter +1 day off", "Mon-Sun 09:00-17:00", {"2026-04-03..2026-04-06": "closed"}),
        ("Mo-Fr 09:00-17:00; 2025 week 53 off", "Mon-Fri 09:00-17:00", {}),  # neither 2024 nor 2025 has such a week
        ("Mo-Su 09:00-17:00; 2026-2027 Nov Sa[1,-1] off", "Mon-Sun 09:00-17:00",
         dict.fromkeys(("2026-11-07", "2026-11-28", "2027-11-06", "2027-11-27"), "closed")),
        ("Mo-Fr 20:00-02:00; Jul-Aug off", "Mon 20:00-24:00; Tue-Fri 00:00-02:00 20:00-24:00; Sat 00:00-02:00",
         {"07-01..08-31": "closed"}),
        ("Sep-Jun Mo-Fr 20:00-02:00; Jul-Aug 10:00-12:00", "Mon-Fri 20:00-02:00",
         {"06-30": "Mon-Fri 20:00-24:00", "07-01..08-31": "open 10:00-12:00"}),
    ],
)  # fmt: skip
def test_dates_and_seasons_by_hand(text: str, hours: str, special: dict[str, str]) -> None:
    assert table(text) == (hours, special)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("Mo 10:00-12:00; PH 20:00-04:00; PH 10:00-12:00", "the end of a night is another after a public holiday"),
        ("Dec-Feb Mo-Su 20:00-02:00; Mar-Nov Mo-Su 10:00-18:00", "a night ends otherwise at the end of a February"),
        (
            "Mo-Fr 09:00-17:00; Sa[1] 09:00-12:00; Jul-Aug Mo-Fr 09:00-12:00; PH off",
            "weeks, numbered weekdays or Easter meet",
        ),
    ],
)
def test_what_no_special_days_can_say_is_named(text: str, means: str) -> None:
    losses = osm.load(text, zone="UTC", holidays="DE", lossy=True).losses
    assert [loss.severity for loss in losses if loss.means.startswith(means)] == ["due_times"]


def test_a_date_of_one_year_speaks_before_that_of_every_year() -> None:
    text = "Mo-Su 09:00-17:00; Dec 25 off; 2026 Dec 24-26 Mo-Fr 10:00-12:00"
    calendar = osm.load(text, zone="UTC").calendars[NAME]
    assert calendar.is_open(datetime(2026, 12, 25, 11, tzinfo=UTC))
    assert not calendar.is_open(datetime(2027, 12, 25, 11, tzinfo=UTC))
