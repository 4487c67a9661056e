"""Lines of iCalendar as they are written: escaped, and folded at 75 octets (RFC 5545, 3.1 and 3.3.11)."""

import re
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import SECOND, from_us, wall_us
from slacalc.business_time.spans import Span

__all__ = ["escaped", "file_of", "moment", "moments", "uid", "utc_moment"]

_MOST_OCTETS: Final = 75
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_UTC: Final = ZoneInfo("UTC")


def file_of(lines: Iterable[str]) -> str:
    """Return the lines as the text of a file: folded, each with CRLF behind it."""
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    r"""Return text as a value of TEXT; a control character becomes a blank.

    >>> escaped("Christmas; Eve, and\nthe day before")
    'Christmas\\; Eve\\, and\\nthe day before'
    """
    plain = _CONTROL.sub(" ", re.sub(r"\r\n?", "\n", text))
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")


def moments(span: Span, zone: ZoneInfo) -> tuple[str, str]:
    """Return start and end of an event: on the clock of the zone, or in UTC where that would be read otherwise.

    A reader takes what is from midnight to midnight for whole days, as Outlook writes them.
    """
    start, end = moment("DTSTART", span[0], zone), moment("DTEND", span[1], zone)
    is_utc = start.endswith("Z") or end.endswith("Z")
    if is_utc or (start.endswith("T000000") and end.endswith("T000000")):
        return f"DTSTART:{utc_moment(span[0])}", f"DTEND:{utc_moment(span[1])}"
    return start, end


def moment(name: str, us: int, zone: ZoneInfo) -> str:
    """Return a property of an instant: on the clock of the zone, or in UTC where that clock reads it twice.

    A reader takes a time that exists twice for the first of the two (RFC 5545, 3.3.5).
    """
    at = from_us(us, zone)
    if (
        zone.key == "UTC"
        or wall_us(zone, at.date(), at.hour * 3_600 + at.minute * 60 + at.second) != us // SECOND * SECOND
    ):
        return f"{name}:{utc_moment(us)}"
    return f"{name};TZID={zone.key}:{at:%Y%m%dT%H%M%S}"


def utc_moment(us: int) -> str:
    """Return an instant in UTC, as a value."""
    return f"{from_us(us // SECOND * SECOND, _UTC):%Y%m%dT%H%M%SZ}"


def uid(kind: str, at: date | str, *said: str) -> str:
    """Return an id that stays the same as long as the feed, the kind and the time do."""
    when = at if isinstance(at, str) else f"{at:%Y%m%d}"
    return f"{kind}-{when}-{sha256(chr(0).join(said).encode()).hexdigest()[:12]}@slacalc"


def _folded(line: str) -> str:
    parts, octets = [""], 0
    for character in line:
        size = len(character.encode())
        if octets + size > _MOST_OCTETS:
            parts.append(" ")
            octets = 1
        parts[-1] += character
        octets += size
    return "\r\n".join(parts)
