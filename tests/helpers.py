"""What many tests say: where files are, zones, instants on their clocks, and values that the type checker would refuse."""

import re
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

TESTS: Final = Path(__file__).parent
ROOT: Final = TESTS.parent
DATA: Final = TESTS / "data"
REAL_LOG: Final = ROOT.parent / "shared/data/helpdesk_italy.csv"  # no part of the project

BERLIN: Final = ZoneInfo("Europe/Berlin")
BRUSSELS: Final = ZoneInfo("Europe/Brussels")
HELSINKI: Final = ZoneInfo("Europe/Helsinki")
LISBON: Final = ZoneInfo("Europe/Lisbon")

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TIME: Final = re.compile(r"(?:([A-Z][a-z]{2}) )?(\d\d(?= ))?(.+)")


class NoZone(tzinfo):
    """Seems to be a zone, and tells no offset: what has it is naive."""

    def utcoffset(self, _moment: datetime | None, /) -> None:
        return None

    def dst(self, _moment: datetime | None, /) -> None:
        return None

    def tzname(self, _moment: datetime | None, /) -> None:
        return None


class WallClock(Protocol):
    def __call__(self, text: str, zone: str | ZoneInfo = ...) -> datetime: ...


def at(text: str, zone: str | ZoneInfo = BERLIN) -> datetime:
    """ "2026-11-20 15:00" on the clock of the zone, or with an offset exactly that instant.

    A weekday before it, "Fri 2026-11-20 15:00", must be that of the date. "20 15:00" is a day of November 2026.
    """
    match = _TIME.fullmatch(text)
    assert match, f'{text!r} is not written like "2026-11-20 15:00", "Fri 2026-11-20 15:00" or "20 15:00"'
    weekday, day, rest = match.groups()
    moment = datetime.fromisoformat(f"2026-11-{day}{rest}" if day else rest)
    assert weekday in {None, WEEKDAYS[moment.weekday()]}, f"{text} is no {weekday}"
    return moment if moment.tzinfo else moment.replace(tzinfo=zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone))


def wall_clock(home: ZoneInfo) -> WallClock:
    """`at`, read in another zone than Berlin where none is named."""

    def read(text: str, zone: str | ZoneInfo = home) -> datetime:
        return at(text, zone)

    return read


def written(moment: datetime) -> str:
    """An instant on its own clock, with its offset: "Fri 2026-11-20 15:00+01:00"."""
    return f"{WEEKDAYS[moment.weekday()]} {moment.isoformat(' ', 'minutes')}"


def assert_same(expected: str, actual: datetime | None, why: str = "") -> None:
    """Check an instant against a wall time in Berlin."""
    assert actual is not None, why
    assert at(expected).astimezone(UTC) == actual.astimezone(UTC), why


def wrong(value: object) -> Any:
    """A value that the type checker would refuse."""
    return value
