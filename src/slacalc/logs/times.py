"""How the times of a log are written: formats of its own, ISO 8601 or epochs, each read as an instant.

A format is compiled into a pattern. The date of a text is read once and kept: most rows of a log need look-ups of small
numbers only. The locale is never asked: months and AM or PM are English.

Over 400 lines: the ways in which times are written, and one reader that is quick in all of them.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from typing import Any, Final, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import FIRST_DATE, HOUR, LAST_DATE, SECOND, from_us, to_us
from slacalc.errors import InstantError, LogError, SlaError

__all__ = ["EPOCHS", "FORMAT_ACCEPTS", "TimePieces", "TimeReader", "check_format"]

EPOCHS: Final = {"epoch_seconds": 6, "epoch_milliseconds": 3}
"""Times that are counted from 1970, by the digits that make them microseconds."""
FORMAT_ACCEPTS: Final = (
    "a date of %Y or %y, %m or %b, %d; a time of %H, or %I with %p, %M %S %f; %z; plain characters; "
    "or epoch_seconds, epoch_milliseconds"
)

_PIECES: Final = {
    "Y": r"\d{4}",
    "y": r"\d\d",
    "m": r"\d{1,2}",
    "b": r"[A-Za-z]{3}",
    "d": r"\d{1,2}",
    "H": r"\d{1,2}",
    "I": r"\d{1,2}",
    "p": r"[AaPp]\.?[Mm]\.?",
    "M": r"\d\d",
    "S": r"\d\d",
    "f": r"\d{1,9}",
    "z": r"Z|[+-]\d\d:?\d\d(?::?\d\d)?",
}
_ONE_OF: Final = (("Y", "y"), ("m", "b"), ("H", "I"))
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TOKEN: Final = re.compile(r"%(.)|([^%]+)", re.DOTALL)
_IN_UTC: Final = re.compile(r"\s*(?:Z|UTC|GMT)\s*")
_ISO: Final = re.compile(
    r"(\d{4}-\d\d-\d\d[T ])(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?"
    r"( ?(?:Z|UTC|GMT)|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)
_ISO_SHORT_HOUR: Final = re.compile(r"(\d{4}-?\d\d-?\d\d[T ])(\d:)", re.ASCII)
_ISO_TOO_FINE: Final = re.compile(r"[.,]\d{6}\d*[1-9]", re.ASCII)
_EPOCH: Final = re.compile(r"(-?)(\d{1,15})(?:\.(\d{1,6}))?", re.ASCII)
_PIVOT: Final = 69  # POSIX: 69 to 99 are of the century before
_NOON: Final = 12
_TO_MICROS: Final = 6
_SIXTY: Final = {f"{number:02}": number for number in range(60)}
_HOURS: Final = {text: number * HOUR for number in range(24) for text in (str(number), f"{number:02}")} | {"": 0}
_MINUTES: Final = {text: number * 60 * SECOND for text, number in _SIXTY.items()}
_SECONDS: Final = {text: number * SECOND for text, number in _SIXTY.items()} | {None: 0, "": 0}
_MOST_KEPT: Final = 100_000
_NAIVE: Final = "the datetime has no time zone"
_Cell: TypeAlias = Any  # a text, or what a cell of a data frame may be
_Instant: TypeAlias = tuple[int, int]  # microseconds, and the number of the zone
_FIRST: Final = to_us(datetime(FIRST_DATE.year, 1, 1, tzinfo=UTC))
_LAST: Final = to_us(datetime(LAST_DATE.year + 1, 1, 1, tzinfo=UTC))


class _Kept(NamedTuple):
    """What a text says but for its time of day: the instant at which that day begins, and the zone.

    Of a clock of twelve hours it is the hour that begins: only AM or PM behind the minutes tells which it is.
    """

    us: int
    zone: int


class TimePieces(NamedTuple):
    """What times are made of: a text up to `hour`, from there to `second`, and the rest, each in microseconds.

    A day is an instant, with the number of its zone. Where a piece is not known, the time is read by itself.
    """

    hour: int
    second: int
    days: Mapping[str, _Instant]
    clocks: Mapping[str, int]
    rests: Mapping[str, int]


class TimeReader:
    """Reads the times of one log. `zones` are those in which instants are told, by the number that comes with each."""

    def __init__(self, formats: tuple[str, ...], zone: ZoneInfo | None) -> None:
        """Compile the formats, none for ISO 8601; times without an offset are of `zone`."""
        self._zone = zone
        self._ways = tuple(_way(each) for each in formats) or (_Iso(),)
        self._accepts = " or ".join(formats) or "ISO 8601, or times in the time_format of the mapping"
        pattern = self._ways[0].pattern
        self._match: Callable[[Any], re.Match[str] | None] = _no_match if pattern is None else pattern.fullmatch
        self._kept: dict[tuple[str, str | None], _Kept] = {}
        self._hour, self._second = 0, 0
        self._days: dict[str, _Kept] = {}
        self._clocks: dict[str, int] = {}
        self._rests: dict[str, int] = {}
        self._zone_numbers: dict[tzinfo, int] = {}

    @property
    def zones(self) -> tuple[tzinfo, ...]:
        """The zones that were met; one at least."""
        return tuple(self._zone_numbers) or (self._zone or UTC,)

    def read(self, cell: _Cell) -> _Instant:
        """Return the instant of a text, or of an aware datetime, in microseconds, and the number of its zone.

        Raises LogError for what is no time, is ambiguous, too fine, or outside the years 1900 to 2200.
        """
        try:
            us, zone = self._days[cell[: self._hour]]
            return us + self._clocks[cell[self._hour : self._second]] + self._rests[cell[self._second :]], zone
        except (KeyError, TypeError):
            return self._read_by_pattern(cell)

    def _read_by_pattern(self, cell: _Cell) -> _Instant:
        match = self._match(cell) if cell.__class__ is str else None
        if match is None:
            return self._read_slowly(cell)
        day, hour, minute, second, fraction, rest = match.groups()
        try:
            kept = self._kept[day, rest]
            clock = _HOURS[hour] + _MINUTES[minute]
            within = _SECONDS[second]
        except KeyError:
            return self._read_and_keep(cell, (day, rest), 1 if hour == "" else 24)
        within += _micros(fraction, cell) if fraction else 0
        if hour and not rest:
            self._keep_pieces(cell, match.start(2), match.end(3), (kept, clock, within))
        return kept.us + clock + within, kept.zone

    def _keep_pieces(self, text: str, hour: int, second: int, said: tuple[_Kept, int, int]) -> None:
        """Keep the date, the hour and minute, and the rest of a text: others are made of the same pieces.

        The pieces of texts whose hour stands elsewhere are not kept, so that no piece is taken for another.
        """
        if not self._days:
            self._hour, self._second = hour, second
        if (hour, second) == (self._hour, self._second) and len(self._rests) < _MOST_KEPT:
            self._days[text[:hour]], self._clocks[text[hour:second]], self._rests[text[second:]] = said

    @property
    def pieces(self) -> TimePieces:
        """The pieces that are known by now: what reads whole columns puts times together of them, as `read` does."""
        days = {text: (kept.us, kept.zone) for text, kept in self._days.items()}
        return TimePieces(self._hour, self._second, days, self._clocks, self._rests)

    def can_read(self, cell: str) -> bool:
        """Tell whether a text is a time."""
        try:
            self.read(cell)
        except SlaError:
            return False
        return True

    def wall_of(self, text: str) -> datetime | None:
        """Return what a text says, on the clock of the log unless it has an offset; None for what is no time."""
        try:
            return self._wall(text)
        except SlaError:
            return None

    def _read_and_keep(self, text: str, key: tuple[str, str | None], hours: int) -> _Instant:
        """Read a text in full, and keep its day, or its hour, where all of it is at one distance from UTC."""
        wall = self._wall(text)
        us, zone = self._placed(wall, text)
        first = wall.replace(minute=0, second=0, microsecond=0, hour=wall.hour if hours == 1 else 0)
        start = to_us(self._aware(first))
        end = to_us(self._aware(first.replace(hour=first.hour + hours - 1, minute=59, second=59, microsecond=999_999)))
        is_even = end - start == hours * HOUR - 1 and start >= _FIRST and end < _LAST
        if is_even and len(self._kept) < _MOST_KEPT and self._ways[0].read(text) == wall:
            self._kept[key] = _Kept(start, zone)
        return us, zone

    def _aware(self, wall: datetime) -> datetime:
        return wall if wall.tzinfo is not None or self._zone is None else wall.replace(tzinfo=self._zone)

    def _read_slowly(self, cell: object) -> _Instant:
        if isinstance(cell, datetime):
            return self._placed(cell, str(cell))
        if not isinstance(cell, str):
            return self._read_number(cell)
        return self._placed(self._wall(cell.strip()), cell)

    def _wall(self, text: str) -> datetime:
        """Return what a text says, in the first format that reads it, with its offset where it has one."""
        walls = [wall for way in self._ways if (wall := way.read(text)) is not None]
        if not walls:
            raise LogError("time_unreadable", "this is not a time", given=text, accepts=self._accepts, where="time")
        if any(wall != walls[0] for wall in walls[1:]):
            raise _ambiguous(text, walls)
        return walls[0]

    def _read_number(self, cell: object) -> _Instant:
        """Read a number of a frame: counted from 1970 where the format says so; else it is refused, as no date."""
        counted = all(isinstance(way, _Epoch) for way in self._ways)
        if counted and isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
            return self._read_slowly(str(cell).removesuffix(".0"))
        accepts = f"{self._accepts}; for numbers the time_format epoch_seconds or epoch_milliseconds"
        raise LogError("time_unreadable", "this is not a time", given=cell, accepts=accepts, where="time")

    def _placed(self, wall: datetime, text: str) -> _Instant:
        """Return the instant of what was read, in the zone of the log where it has none of its own."""
        aware = self._aware(wall)
        if aware.tzinfo is None:
            accepts = "a time with its offset, or the zone of such times in the mapping"
            raise InstantError("datetime_naive", _NAIVE, given=aware.isoformat(), accepts=accepts, where="time")
        us = to_us(aware, "time")
        if not _FIRST <= us < _LAST:
            accepts = f"the years {FIRST_DATE.year} to {LAST_DATE.year}"
            raise LogError("time_outside_years", "the time is too far away", given=text, accepts=accepts, where="time")
        told = self._zone if self._zone is not None and isinstance(self._ways[0], _Epoch) else aware.tzinfo or UTC
        return us, self._zone_numbers.setdefault(told, len(self._zone_numbers))


class _Iso:
    """ISO 8601, with a space for the T, an hour of one figure, and UTC or GMT for the Z, too."""

    pattern: re.Pattern[str] | None = _ISO

    def read(self, text: str) -> datetime | None:
        if _ISO_TOO_FINE.search(text):
            raise _too_fine(text)
        plain = text[:-3].rstrip() + "Z" if text.endswith(("UTC", "GMT")) else text
        if plain.endswith(" Z"):
            plain = plain[:-2] + "Z"
        try:
            return datetime.fromisoformat(_ISO_SHORT_HOUR.sub(r"\g<1>0\2", plain))
        except (ValueError, OverflowError):
            return None


class _Epoch:
    """Times counted from 1970 in UTC."""

    pattern: re.Pattern[str] | None = None

    def __init__(self, digits: int) -> None:
        self._digits = digits

    def read(self, text: str) -> datetime | None:
        match = _EPOCH.fullmatch(text)
        if match is None:
            return None
        sign, whole, fraction = match.groups()
        if len(fraction or "") > self._digits:
            raise _too_fine(text)
        us = int(sign + whole + (fraction or "").ljust(self._digits, "0"))
        try:
            return from_us(us, UTC)
        except OverflowError:
            return None


class _Format:
    """A format of its own. `pattern` has the hour, minute, second, fraction and rest of a text as its groups."""

    def __init__(self, time_format: str) -> None:
        tokens = _tokens(time_format)
        self._full = re.compile("".join(_named(tokens, place) for place in range(len(tokens))), re.ASCII)
        self._in_utc = _says_utc(tokens)
        self.pattern = _pattern_by_the_hour(tokens)

    def read(self, text: str) -> datetime | None:
        match = self._full.fullmatch(text)
        return None if match is None else self._datetime(match.groupdict(), text)

    def _datetime(self, said: dict[str, str], text: str) -> datetime | None:
        year, month, day = _year(said), _month(said), int(said["d"])
        micros = _micros(said.get("f", "0"), text)
        try:
            wall = datetime(year, month, day, _hour(said), int(said.get("M", 0)), int(said.get("S", 0)), micros)  # noqa: DTZ001 - the zone follows
            return wall.replace(tzinfo=UTC) if self._in_utc else _with_offset(wall, said.get("z"))
        except (ValueError, OverflowError):
            return None


def check_format(time_format: object) -> None:
    """Raise LogError for what is no format, depends on a language, or does not say a date and a time of day once."""
    if not isinstance(time_format, str) or (time_format not in EPOCHS and not _is_format(time_format)):
        raise LogError(
            "time_format_invalid",
            "this format depends on the locale, or is none",
            given=time_format,
            accepts=FORMAT_ACCEPTS,
            where="time_format",
        )


def _no_match(_cell: object) -> None:
    """Return nothing: the times are not read by a pattern."""


def _way(time_format: str) -> "_Epoch | _Format":
    return _Epoch(EPOCHS[time_format]) if time_format in EPOCHS else _Format(time_format)


def _is_format(time_format: str) -> bool:
    """Tell whether each directive is known and there once, with a whole date, and AM or PM where an hour needs it."""
    if "".join(match.group() for match in _TOKEN.finditer(time_format)) != time_format:
        return False
    said = [directive for directive, _ in _tokens(time_format) if directive]
    once = len(set(said)) == len(said) and not any(a in said and b in said for a, b in _ONE_OF)
    dated = "d" in said and bool({"Y", "y"} & {*said}) and bool({"m", "b"} & {*said})
    timed = ("I" in said) == ("p" in said) and (not {"M", "S", "f"} & {*said} or bool({"H", "I"} & {*said}))
    finer = ("S" not in said or "M" in said) and ("f" not in said or "S" in said)
    return {*said} <= {*_PIECES} and once and dated and timed and finer


def _tokens(time_format: str) -> list[tuple[str, str]]:
    """Return the parts of a format: a directive and nothing, or nothing and plain characters."""
    return [
        ("", "%") if match[1] == "%" else (match[1] or "", match[2] or "") for match in _TOKEN.finditer(time_format)
    ]


def _named(tokens: list[tuple[str, str]], place: int) -> str:
    directive, plain = tokens[place]
    return f"(?P<{directive}>{_piece(tokens, place)})" if directive else _plain(plain)


def _piece(tokens: list[tuple[str, str]], place: int) -> str:
    """Return the pattern of a directive: of figures that stand together each has all of its own."""
    directive = tokens[place][0]
    beside = [tokens[each][0] for each in (place - 1, place + 1) if 0 <= each < len(tokens)]
    packed = any(each and each not in "pbz" for each in beside)
    return r"\d\d" if packed and _PIECES[directive] == r"\d{1,2}" else _PIECES[directive]


def _plain(text: str) -> str:
    return re.sub(r"(?:\\?\s)+", r"\\s+", re.escape(text))


def _says_utc(tokens: list[tuple[str, str]]) -> bool:
    """Tell whether a literal Z, UTC or GMT stands after the time."""
    timed = max((place for place, (directive, _) in enumerate(tokens) if directive in {*"HIMSfp"}), default=-1)
    after = tokens[timed + 1 :] if timed >= 0 else []
    has_offset = any(directive == "z" for directive, _ in tokens)
    return not has_offset and any(plain and _IN_UTC.fullmatch(plain) for _, plain in after)


def _pattern_by_the_hour(tokens: list[tuple[str, str]]) -> re.Pattern[str] | None:
    """Return the pattern of the six groups; None for a format whose minutes and seconds do not stand together."""
    names = [directive for directive, _ in tokens if directive]
    if "M" not in names or names[names.index("M") :][: len(_last_of(names))] != _last_of(names):
        return None
    first, last = _place(tokens, "M"), _place(tokens, _last_of(names)[-1])
    groups = {name: f"({_PIECES[name]})" for name in "MSf"}
    middle = "".join(groups[d] if d else _plain(plain) for d, plain in tokens[first : last + 1])
    absent = "".join("()?" for name in "Sf" if name not in names)
    hour = _place(tokens, "H") if "H" in names[: names.index("M")] else None
    before = f"({_joined(tokens, 0, first)})()" if hour is None else _around(tokens, hour, first)
    return re.compile(f"{before}{middle}{absent}({_joined(tokens, last + 1, len(tokens))})", re.ASCII)


def _around(tokens: list[tuple[str, str]], hour: int, first: int) -> str:
    """Return the pattern of what stands before the minutes with the hour as a group, if only characters follow it."""
    if any(directive for directive, _ in tokens[hour + 1 : first]):
        return f"({_joined(tokens, 0, first)})()"
    return f"({_joined(tokens, 0, hour)})({_piece(tokens, hour)}){_joined(tokens, hour + 1, first)}"


def _last_of(names: list[str]) -> list[str]:
    return [name for name in "MSf" if name in names]


def _place(tokens: list[tuple[str, str]], directive: str) -> int:
    return next(place for place, (each, _) in enumerate(tokens) if each == directive)


def _joined(tokens: list[tuple[str, str]], start: int, end: int) -> str:
    return "".join(
        f"(?:{_piece(tokens, place)})" if tokens[place][0] else _plain(tokens[place][1]) for place in range(start, end)
    )


def _year(said: dict[str, str]) -> int:
    if "Y" in said:
        return int(said["Y"])
    short = int(said["y"])
    return short + (1900 if short >= _PIVOT else 2000)


def _month(said: dict[str, str]) -> int:
    if "m" in said:
        return int(said["m"])
    month = said["b"].lower()
    return _MONTHS.index(month) + 1 if month in _MONTHS else 0


def _hour(said: dict[str, str]) -> int:
    """Return the hour; on a clock of twelve hours 12 AM is midnight and 12 PM is noon."""
    if "I" not in said:
        return int(said.get("H", 0))
    hour = int(said["I"])
    if not 1 <= hour <= _NOON:
        raise ValueError("no hour of a clock of twelve")
    return hour % _NOON + (_NOON if said["p"][0] in "Pp" else 0)


def _with_offset(wall: datetime, offset: str | None) -> datetime:
    return wall if offset is None else datetime.fromisoformat(wall.isoformat() + offset)


def _micros(fraction: str, text: str) -> int:
    if fraction[_TO_MICROS:].strip("0"):
        raise _too_fine(text)
    return int(fraction[:_TO_MICROS].ljust(_TO_MICROS, "0"))


def _too_fine(text: str) -> LogError:
    return LogError(
        "time_too_fine",
        "the time is finer than microseconds, which would be lost",
        given=text,
        accepts="whole microseconds; round first, in the direction that you mean",
        where="time",
    )


def _ambiguous(text: str, walls: list[datetime]) -> LogError:
    readings = " or ".join(dict.fromkeys(wall.isoformat(" ") for wall in walls))
    return LogError(
        "time_ambiguous",
        "two formats read this as different times",
        given=f"{text}: {readings}",
        accepts="a text that one format reads, or several alike",
        where="time",
    )
