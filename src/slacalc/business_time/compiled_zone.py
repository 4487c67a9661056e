"""A compiled zone file (TZif, RFC 9636) as the moments at which its clock is moved: enough to compare two of them."""

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final

from slacalc.errors import ZoneError

__all__ = ["CompiledZone", "Stretch", "differences", "read_compiled_zone"]

_HEADER: Final = struct.Struct(">4sc15x6l")
_LAST_YEAR: Final = 2050  # the rule at the end of a file repeats: what differs at all differs by then
_BEGINNING: Final = -(2**62)
_END: Final = int(datetime(_LAST_YEAR + 1, 1, 1, tzinfo=UTC).timestamp())
_NAME: Final = r"(?:<[^<>]+>|[A-Za-z]+)"
_TIME: Final = r"[+-]?\d+(?::\d\d){0,2}"
_WHEN: Final = rf"(?:M\d\d?\.\d\.\d|J?\d+)(?:/{_TIME})?"
_RULE: Final = re.compile(
    rf"{_NAME}(?P<standard>{_TIME})(?:{_NAME}(?P<summer>{_TIME})?,(?P<start>{_WHEN}),(?P<end>{_WHEN}))?", re.ASCII
)

Stretch = tuple[int, int, int]
"""From a second of UTC to another, and how many seconds the second clock is ahead of the first in between."""


@dataclass(frozen=True, slots=True)
class CompiledZone:
    """The seconds of UTC from which each offset (in seconds) holds, up to 2050; the first holds from the beginning."""

    starts: tuple[int, ...]
    offsets: tuple[int, ...]

    def offset_at(self, second: int) -> int:
        """Return how far the clock is ahead of UTC."""
        return self.offsets[bisect_right(self.starts, second) - 1]


def read_compiled_zone(data: bytes, where: str = "") -> CompiledZone:
    """Return what a compiled file says. Raises ZoneError for anything else."""
    try:
        return _read(data)
    except (struct.error, ValueError, IndexError) as error:
        raise ZoneError(
            "zone_file_invalid",
            "this is no compiled zone file",
            given=f"{data[:8]!r} ({error})",
            accepts="a TZif file of version 2 or later, as zic writes it",
            where=where,
        ) from None


def differences(old: CompiledZone, new: CompiledZone, since: int) -> Iterator[Stretch]:
    """Return the stretches that end after `since` and in which the new clock shows another time than the old."""
    edges = sorted({*old.starts, *new.starts, _END})
    held: Stretch | None = None
    for start, end in pairwise(edges):
        by = new.offset_at(start) - old.offset_at(start)
        if held is not None and held[1:] == (start, by):
            held = (held[0], end, by)
            continue
        if held is not None and held[2] and held[1] > since:
            yield held
        held = (start, end, by)
    if held is not None and held[2] and held[1] > since:
        yield held


def _read(data: bytes) -> CompiledZone:
    version, counts = _read_header(data, 0)
    if version < b"2":
        raise ValueError("version 1 knows no time after 2037")
    begin = _HEADER.size + _size(counts, 4)
    _, counts = _read_header(data, begin)
    begin += _HEADER.size
    transitions, types = counts[3], counts[4]
    times = struct.unpack_from(f">{transitions}q", data, begin)
    begin += 8 * transitions
    indexes = data[begin : begin + transitions]
    begin += transitions
    offsets = [struct.unpack_from(">l", data, begin + 6 * i)[0] for i in range(types)]
    footer = data[begin - 9 * transitions + _size(counts, 8) :].decode("ascii")
    if not footer.startswith("\n") or not footer.endswith("\n"):
        raise ValueError("the rule at its end is cut off")
    explicit = [(_BEGINNING, offsets[0]), *zip(times, (offsets[i] for i in indexes), strict=True)]
    return _compiled([*explicit, *_by_rule(footer.strip(), explicit[-1][0])])


def _read_header(data: bytes, begin: int) -> tuple[bytes, tuple[int, ...]]:
    magic, version, *counts = _HEADER.unpack_from(data, begin)
    if magic != b"TZif":
        raise ValueError("it does not begin with TZif")
    return version, tuple(counts)


def _size(counts: tuple[int, ...], time: int) -> int:
    """Return the bytes of the block after a header whose times have so many bytes."""
    in_utc, standard, leaps, transitions, types, characters = counts
    return transitions * (time + 1) + types * 6 + characters + leaps * (time + 4) + standard + in_utc


def _compiled(changes: list[tuple[int, int]]) -> CompiledZone:
    kept = [changes[0]]
    for start, offset in changes[1:]:
        if offset != kept[-1][1]:
            kept.append((start, offset))
    return CompiledZone(tuple(start for start, _ in kept), tuple(offset for _, offset in kept))


def _by_rule(footer: str, after: int) -> Iterator[tuple[int, int]]:
    """Return the changes after an instant that the rule at the end of the file makes, a few for each year."""
    rule = _RULE.fullmatch(footer)
    if rule is None:
        if footer:
            raise ValueError(f"the rule {footer!r} cannot be read")
        return
    standard = -_seconds(rule["standard"])
    if rule["start"] is None:
        yield after + 1, standard
        return
    summer = -_seconds(rule["summer"]) if rule["summer"] else standard + 3_600
    first_year = max(1970, _year_of(after) - 1)
    changes = [
        change
        for year in range(first_year, _LAST_YEAR + 1)
        for change in (
            (_instant(year, rule["start"]) - standard, summer),
            (_instant(year, rule["end"]) - summer, standard),
        )
    ]
    yield from (change for change in sorted(changes) if change[0] > after)


def _year_of(second: int) -> int:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=max(0, second))).year


def _instant(year: int, when: str) -> int:
    """Return the reading of the clock, in seconds from 1970, at which a rule says that it is moved."""
    day, _, time = when.partition("/")
    seconds = _seconds(time) if time else 7_200
    return (_date(year, day) - date(1970, 1, 1)).days * 86_400 + seconds


def _date(year: int, day: str) -> date:
    if not day.startswith("M"):
        number = int(day.removeprefix("J"))
        skipped = day.startswith("J") and number >= 60 and _is_leap(year)  # noqa: PLR2004 - 29 February is not counted
        return date(year, 1, 1) + timedelta(number - day.startswith("J") + skipped)
    month, week, weekday = map(int, day[1:].split("."))
    first = date(year, month, 1)
    found = first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (week - 1))
    return found if found.month == month else found - timedelta(7)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _seconds(time: str) -> int:
    sign = -1 if time.startswith("-") else 1
    parts = [int(part) for part in time.lstrip("+-").split(":")]
    return sign * sum(part * size for part, size in zip(parts, (3_600, 60, 1), strict=False))
