"""Another reader of opening_hours, asked the same: opening-hours-py, of the extra bench, which shares no code with us.

It is asked at 10,000 instants of what is read, and at 10,000 of what is written. Where it departs from the
specification, it is said here with its version; opening_hours.js 3.15 answers there as we do.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.interop import osm
from tests.unit.interop.osm.texts import JOINED, NIGHTS, ODD, ORDINARY, OVERNIGHT, ROUND_THE_CLOCK, SEASONS

needs_the_reader = pytest.mark.skipif(
    find_spec("opening_hours") is None, reason="opening-hours-py, of the extra bench, is not installed"
)
BERLIN: Final = ZoneInfo("Europe/Berlin")
BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES: Final = 3 * 365 * 24 * 60
READ: Final = [
    JOINED, NIGHTS, ODD, ORDINARY, OVERNIGHT, ROUND_THE_CLOCK, SEASONS,
    "Mo-Fr 09:00-17:00",
    "Mo-Fr 09:00-17:00; We 09:00-12:00",
    "Mo-Fr 09:00-12:00, We 14:00-16:00",
    "Mo-Fr 09:00-17:00; 12:00-13:00 off",
    "Mo-Fr 09:00-17:00; PH off; Dec 24,Dec 31 09:00-12:00",
    "PH off; Mo-Fr 09:00-17:00",
    "Mo-Sa,PH 10:00-20:00; Dec 25-26 off",
    "Mo-Fr 06:00-22:00; Sa,Su,PH 08:00-20:00; easter -2 days off",
    "Su-Th 11:00-23:00, Fr,Sa 11:00-03:00",
    "Fr 22:00-04:00; Sa 10:00-18:00",
    "Mo-Su 22:00-06:00; We off",
    "Mo-Su 22:00-06:00; We 10:00-12:00",
    "Mo-Su 18:00-26:00; Dec 24 18:00-22:00",
    "10:00-10:00; Su off",
    "24/7; Mo 20:00-24:00 off",
    "Jan-Mar,Nov-Dec Mo-Fr 10:00-16:00; Apr-Oct Mo-Su 09:00-20:00",
    "Dec 15-Jan 6 10:00-12:00; Jan 1 off",
    "Feb 29 10:00-12:00; Mar Sa 10:00-12:00",
    "2026 Mo-Fr 09:00-17:00; 2027+ Mo-Sa 10:00-18:00",
    "2026-2028/2 Jul-Aug Mo-Fr 08:00-14:00",
    "Mo-Fr 09:00-17:00; 2026 Dec 24-2027 Jan 2 off; 2027 Feb 1,2028 Feb 1 10:00-12:00",
    "Mo-Fr 20:00-02:00; 2026 Dec 24 off",
    "Mo-Fr 20:00-02:00, Sa 10:00-12:00; Jul-Aug off",
    "Sep-Jun Mo-Fr 20:00-02:00; Jul-Aug 10:00-12:00",
    "week 1-26 Mo-Fr 09:00-17:00; week 27-53 Mo-Th 10:00-15:00",
    "week 50-53,1-2 off; Mo-Fr 09:00-17:00; week 10 off",
    "Mo-Fr 09:00-17:00; Sa[1,3] 09:00-12:00; Fr[-1] 09:00-10:00",
    "Apr-Oct Su[1] 14:00-17:00",
    "easter,easter +1 day,easter +39 days,easter +50 days off; Mo-Su 10:00-12:00; easter +49 days-easter +50 days off",
    "2026 week 10 Mo 10:00-12:00; 2027 easter 10:00-12:00; 2028 Mo[1] 10:00-12:00",
    "Mo 00:00-24:00; Tu 00:00-06:00,22:00-24:00; We 12:00-36:00",
    "Mo-We 09:00-17:00; Th-Fr 10:00-18:00 open; Sa closed",
    "Nov-Feb Mo,We,Fr 10:00-16:00; PH off; Dec 27-30 off",
]  # fmt: skip
"""Forty texts."""
EACH: Final = 250


def theirs(text: str) -> Any:
    return import_module("opening_hours").OpeningHours(text, timezone=BERLIN, country="DE")


def instants(seed: object, count: int, minutes: int = MINUTES, begin: datetime = BEGIN) -> Iterator[datetime]:
    chance = Random(str(seed))  # noqa: S311 - the same each time
    return ((begin + timedelta(minutes=chance.randrange(minutes))).astimezone(BERLIN) for _ in range(count))


def test_forty_texts_make_ten_thousand_instants() -> None:
    assert len(set(READ)) * EACH == 10_000


@needs_the_reader
@pytest.mark.parametrize("text", READ)
def test_what_is_read_is_open_when_it_says(text: str) -> None:
    ours, other = osm.load(text, zone="Europe/Berlin", holidays="DE").calendars["opening hours"], theirs(text)
    assert [at for at in instants(text, EACH) if ours.is_open(at) != other.is_open(at)] == []


FIRST: Final = date(2026, 1, 1)
LAST: Final = date(2027, 12, 31)
HOURS: Final = (
    "Mon-Fri 09:00-12:30 13:30-17:00; Sat 09:00-12:00",
    "Mon-Sun 22:00-06:00",
    "24/7",
    "Thu-Sat 18:00-02:00; Sun 10:00-14:00",
)
MORE: Final[list[dict[str, Any]]] = [
    {},
    {"holidays": "DE"},
    {"holidays": sla.Holidays("DE", categories=("public", "catholic"), subdivision="BY")},
    {"special_days": {"2026-12-24": "09:00-12:00", "12-31": "closed", "2027-07-01..2027-07-09": "open 23:00-01:00"}},
    {"special_days": {"07-01..08-31": "Mon-Thu 08:00-14:00; Fri 20:00-03:00"}, "holidays": "DE"},
    {
        "versions": {"2026-06-15": "Mon-Fri 08:00-16:00", "2027-01-01": "Sat 20:00-04:00; Sun,PH 10:00-12:00"},
        "holidays": "DE",
    },
    {
        "special_days": {
            "easter-2": "closed",
            "FREQ=MONTHLY;BYDAY=-1FR": "-12:00-14:00",
            "2026-05-01": "open 20:00-04:00",
        }
    },
    {"special_days": {"PH-1": "+20:00-23:00"}, "holidays": "DE"},
    {"special_days": {"2026-03-29": "01:00-05:00", "2026-10-25": "00:00-24:00"}},
    {"holidays": "DE", "open_on_holidays": True},
]
WRITTEN: Final = [sla.Calendar("Europe/Berlin", hours, **more) for hours in HOURS for more in MORE]
"""Forty calendars."""


@needs_the_reader
@pytest.mark.parametrize("office", WRITTEN, ids=[f"{h} {m}" for h in range(len(HOURS)) for m in range(len(MORE))])
def test_what_is_written_is_open_when_it_says(office: sla.Calendar) -> None:
    other = theirs(osm.write(office, FIRST, LAST).document)
    begin, minutes = datetime(2026, 1, 1, tzinfo=BERLIN), 729 * 24 * 60
    asked = instants(office.digest, EACH, minutes, begin)
    assert [at for at in asked if office.is_open(at) != other.is_open(at)] == []


@needs_the_reader
@pytest.mark.parametrize(
    ("text", "at", "because"),
    [
        ("Mo-Su 10:00-18:00; Fr 20:00-02:00", "2026-11-21T01:00",
         "2.1.4 drops the end of a night that a rule after `;` begins, where an earlier rule is of the next date"),
        ("PH Mo-Fr 10:00-12:00", "2026-11-20T11:00", "2.1.4 takes `PH Mo-Fr` for `PH,Mo-Fr`"),
        ('Mo-Fr 10:00-12:00; Sa 10:00-12:00 "by appointment"', "2026-11-21T11:00", "it is open with a comment, which we refuse"),
    ],
)  # fmt: skip
def test_where_it_departs_from_the_specification(text: str, at: str, because: str) -> None:
    when = datetime.fromisoformat(at).replace(tzinfo=BERLIN)
    try:
        ours = osm.load(text, zone="Europe/Berlin", holidays="DE").calendars["opening hours"].is_open(when)
    except sla.InteropError:
        ours = False
    assert theirs(text).is_open(when) != ours, because
