"""Aware datetimes to integers (microseconds UTC) and back: the only door between them.

It is the only door: below it there is no datetime arithmetic, no rounding and no float.
It also holds the one rule that turns a wall time into an instant (rule 3). Over 400 lines: both ways through the door
and all that is refused at it are read together.
"""

import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal
from zoneinfo import ZoneInfo

from slacalc.arguments import nearest
from slacalc.errors import AmountError, InstantError, ZoneError
from slacalc.kept import Kept

__all__ = [
    "DAY",
    "FIRST_DATE",
    "DAY_SECONDS",
    "EVER",
    "HOUR",
    "LAST_DATE",
    "MOST_MOVED",
    "SECOND",
    "amount_us",
    "check_date",
    "clock_changes",
    "clock_stands_still",
    "from_us",
    "in_zone",
    "is_skipped",
    "local_date",
    "read_zone",
    "skips_dates",
    "stands_still_near",
    "time_into",
    "to_amount",
    "to_us",
    "use_zone",
    "used_zones",
    "utc_text",
    "wall_us",
]

SECOND: Final = 1_000_000
HOUR: Final = 3_600 * SECOND
DAY: Final = 24 * HOUR
DAY_SECONDS: Final = DAY // SECOND
MOST_MOVED: Final = timedelta(days=1)
"""No clock was ever moved by more: what its reading says is later by more than that is later."""
EVER: Final = 10**18
"""Later than any instant; `-EVER` is earlier."""

FIRST_DATE: Final = date(1900, 1, 1)
LAST_DATE: Final = date(2200, 12, 31)

_BLOCK: Final = 64 * DAY
_FIRST_SECOND: Final = -62_135_424_000  # 3 January of the year 1, and 29 December 9999: a zone is asked between them
_LAST_SECOND: Final = 253_402_041_600
_NO_ZONES: Final = {"localtime", "posixrules", "Factory"}
_HALF_A_DAY: Final = DAY_SECONDS // 2
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ONE_SECOND: Final = timedelta(seconds=1)
_MICROSECOND: Final = timedelta(microseconds=1)  # times a number it is made faster than from that number
_STILL_BITS: Final = 3  # eight dates in which the clock is looked at once
_STILL_US: Final = DAY << _STILL_BITS
_MOST_STILL: Final = 1_024  # such stretches, 22 years, some 100 bytes each
_MOST_ZONES: Final = 64
_epochs: Final[Kept[ZoneInfo, Kept[int, datetime | Literal[False]]]] = Kept(_MOST_ZONES)
"""What clocks would have read at the epoch, by the dates in which they stand still; False where one is moved.

Python subtracts datetimes of one zone object by what the clock reads, without asking the zone: in half the time."""
_used: Final[set[str]] = set()


def to_us(moment: datetime, name: str = "datetime") -> int:
    """Return the microseconds from 1970-01-01T00:00Z to an aware datetime, exactly.

    A wall time that does not exist or exists twice is read as Python reads it (PEP 495:
    by its `fold`). Raises InstantError for a naive datetime, for anything that is not a
    datetime, and for nanoseconds that do not fit; `name` says which argument it was.
    """
    if type(moment) is not datetime:
        _refuse_lookalikes(moment, name)
    elif type(zone := moment.tzinfo) is ZoneInfo:
        known = _epochs.get(zone)
        epoch = None if known is None else known.get(moment.toordinal() >> _STILL_BITS)
        if epoch is None:
            epoch = _learned_epoch(zone, moment)
        if epoch:
            passed = moment - epoch
            return (passed.days * DAY_SECONDS + passed.seconds) * SECOND + passed.microseconds
    try:
        passed = moment - _EPOCH
    except TypeError:
        raise InstantError(
            "datetime_naive",
            "the datetime has no time zone",
            given=moment.isoformat(),
            accepts="an aware datetime, such as datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo('Europe/Brussels'))",
            where=name,
        ) from None
    return (passed.days * DAY_SECONDS + passed.seconds) * SECOND + passed.microseconds


def from_us(us: int, zone: tzinfo) -> datetime:
    """Return the instant as a datetime in `zone`."""
    epoch = _epoch_for(zone)
    return epoch.tzinfo.fromutc(epoch + us * _MICROSECOND)  # type: ignore[union-attr]  # equal to `zone`, and its own


def in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return an instant on the clock of a zone: `from_us(to_us(moment), zone)`; itself where it is that already."""
    given = moment.tzinfo if type(moment) is datetime else None
    if given is zone:
        return moment if not moment.fold and stands_still_near(moment) else from_us(to_us(moment), zone)
    if type(given) is not ZoneInfo and given is not UTC:
        return from_us(to_us(moment), zone)
    return moment.astimezone(zone)


def check_date(day: date, name: str = "date") -> None:
    """Refuse what is no date: text, and a datetime, which is an instant. Raises InstantError."""
    if not isinstance(day, date) or isinstance(day, datetime):
        raise InstantError(
            "not_a_date", "this is not a date", given=day, accepts="datetime.date(2026, 12, 24)", where=name
        )


def amount_us(amount: timedelta, name: str = "amount") -> int:
    """Return an amount of time in microseconds. Raises AmountError unless it is a timedelta >= 0."""
    if type(amount) is not timedelta:
        _refuse_other_amounts(amount, name)
    us = (amount.days * DAY_SECONDS + amount.seconds) * SECOND + amount.microseconds
    if us < 0:
        raise AmountError(
            "amount_negative",
            "the amount is negative",
            given=amount,
            accepts="zero or more; to go back in time, use subtract",
            where=name,
        )
    return us


def to_amount(us: int) -> timedelta:
    """Return microseconds as a timedelta."""
    return us * _MICROSECOND


def read_zone(zone: str | ZoneInfo, name: str = "zone") -> ZoneInfo:
    """Return the zone of an IANA key such as "Europe/Brussels". Raises ZoneError for any other text.

    The key must be in the database exactly as given: a path, a wrong case, `localtime`
    or a fixed abbreviation from the environment is refused, whatever the file system says.
    """
    key = zone.key if isinstance(zone, ZoneInfo) else zone
    if not isinstance(key, str) or not _is_zone(key, tuple(zoneinfo.TZPATH)):
        raise ZoneError(
            "zone_unknown",
            "there is no such time zone",
            given=key,
            accepts=_zone_accepted(key),
            where=name,
        )
    return ZoneInfo(key)


def use_zone(key: str) -> ZoneInfo:
    """Return a zone that answers are given by from now on: the zone data of the process is no more to be changed."""
    _used.add(key)
    return ZoneInfo(key)


def used_zones() -> frozenset[str]:
    """Return the zones by which answers were given in this process."""
    return frozenset(_used)


def wall_us(zone: ZoneInfo, day: date, seconds: int = 0, micros: int = 0) -> int:
    """Return the first instant at which the clock of `zone` reads that time of `day`, or later (rule 3).

    `seconds` count from midnight and may pass the end of the day. In a spring gap this is
    the instant of the change, in an autumn fold the first of the two.
    """
    extra, of_day = divmod(seconds, DAY_SECONDS)
    minutes, sec = divmod(of_day, 60)
    hour, minute = divmod(minutes, 60)
    if extra:
        day += timedelta(extra)
    year, month, number = day.year, day.month, day.day
    first = _seconds(zone.utcoffset(datetime(year, month, number, hour, minute, sec)))  # noqa: DTZ001 - a wall time
    second = _seconds(zone.utcoffset(datetime(year, month, number, hour, minute, sec, fold=1)))  # noqa: DTZ001 - a wall time
    reading = (day.toordinal() - _EPOCH_ORDINAL) * DAY_SECONDS + of_day
    if first >= second:  # equal: once; greater: a fold, whose first pass has the greater offset
        return (reading - first) * SECOND + micros
    return _instant_of_change(zone, reading - second, reading - first)


def time_into(zone: ZoneInfo, day: date, at: int) -> int:
    """Return what the clock of `zone` reads at the instant, in microseconds from midnight of `day`."""
    reading = from_us(at, zone).replace(tzinfo=UTC) - _EPOCH
    midnight = (day.toordinal() - _EPOCH_ORDINAL) * DAY
    return _seconds(reading) * SECOND + reading.microseconds - midnight


def skips_dates(zone: ZoneInfo) -> bool:
    """Tell whether the zone ever moved across the date line, and so skipped a date or showed one twice."""
    years = range(FIRST_DATE.year, LAST_DATE.year + 1)
    new_years = (datetime(year, 1, 1) for year in years)  # noqa: DTZ001 - wall times
    offsets = [_seconds(zone.utcoffset(new_year)) for new_year in new_years]
    return any(abs(after - before) > _HALF_A_DAY for before, after in pairwise(offsets))


def is_skipped(zone: ZoneInfo, day: date) -> bool:
    """Tell whether the zone never shows this date: Samoa had no 30 December 2011."""
    return wall_us(zone, day) == wall_us(zone, day, DAY_SECONDS)


def clock_changes(zone: ZoneInfo, start: int, end: int) -> Iterator[tuple[int, timedelta]]:
    """Return each instant in `[start, end)` at which the clock of `zone` is moved, and by how much."""
    if start >= end:
        return
    for block in range(start // _BLOCK, (end - 1) // _BLOCK + 1):
        for at, by in _changes_of_block(zone, block):
            if start <= at < end:
                yield at, by


def clock_stands_still(zone: ZoneInfo, start: int, end: int) -> bool:
    """Tell whether the clock of `zone` is not moved in a range, nor in the day before and after it."""
    return next(clock_changes(zone, start - DAY, end + DAY), None) is None


def stands_still_near(moment: datetime) -> bool:
    """Tell whether it is known that the clock that a datetime is read on is not moved near its date."""
    zone = moment.tzinfo
    if type(zone) is not ZoneInfo:
        return False
    known = _epochs.get(zone)
    epoch = None if known is None else known.get(moment.toordinal() >> _STILL_BITS)
    return bool(_learned_epoch(zone, moment) if epoch is None else epoch)


def utc_text(us: int) -> str:
    """Return the instant for messages, in UTC."""
    try:
        return (_EPOCH + timedelta(0, 0, us)).isoformat(" ", "minutes").replace("+00:00", " UTC")
    except OverflowError:
        return "an instant before the year 1" if us < 0 else "an instant after the year 9999"


def local_date(us: int, zone: ZoneInfo) -> date:
    """Return the date that the clock of `zone` shows at the instant; far outside 1900 to 2200, the nearest there."""
    return from_us(max(_NEAR_FIRST, min(us, _NEAR_LAST)), zone).date()


_NEAR_FIRST: Final = to_us(datetime(FIRST_DATE.year - 1, 1, 1, tzinfo=UTC))
_NEAR_LAST: Final = to_us(datetime(LAST_DATE.year + 2, 1, 1, tzinfo=UTC))
_EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()


def _learned_epoch(zone: ZoneInfo, moment: datetime) -> datetime | Literal[False]:
    """Return what the clock would have read at the epoch, kept; False where it is moved near an instant on it."""
    place = moment.toordinal() >> _STILL_BITS
    known = _epochs.get(zone)
    if known is None:
        known = _epochs.keep(zone, Kept(_MOST_STILL))
    return known.keep(place, _epoch_on(zone, place))


def _epoch_on(zone: ZoneInfo, place: int) -> datetime | Literal[False]:
    first = ((place << _STILL_BITS) - _EPOCH_ORDINAL) * DAY
    if not _NEAR_FIRST < first < _NEAR_LAST:
        return False
    if not clock_stands_still(zone, first - DAY, first + _STILL_US + DAY):
        return False
    return _epoch_for(zone) + _offset_at(zone, first // SECOND)


def _seconds(offset: timedelta | None) -> int:
    assert offset is not None  # noqa: S101 - a ZoneInfo always has one
    return offset.days * DAY_SECONDS + offset.seconds


@lru_cache(maxsize=2_048)
def _changes_of_block(zone: ZoneInfo, block: int) -> tuple[tuple[int, timedelta], ...]:
    """Return the changes of the clock in a block of days, found by looking at it once a day."""
    start, end = block * _BLOCK, (block + 1) * _BLOCK
    at, until = max(_FIRST_SECOND, start // SECOND - 1), min(_LAST_SECOND, end // SECOND)
    found, old = [], _offset_at(zone, at)
    while at < until:
        later = min(at + DAY_SECONDS, until)
        new = _offset_at(zone, later)
        if old != new:
            change = _instant_of_change(zone, at, later)
            if change < end:  # one at the end is the first of the next block
                found.append((change, new - old))
        at, old = later, new
    return tuple(found)


def _instant_of_change(zone: ZoneInfo, before: int, after: int) -> int:
    """Search, between two seconds of UTC around it, the instant at which the offset changes."""
    old = _offset_at(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset_at(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after * SECOND


def _offset_at(zone: ZoneInfo, second: int) -> timedelta:
    return (_EPOCH + second * _ONE_SECOND).astimezone(zone).utcoffset() or timedelta(0)


@lru_cache(maxsize=1_024)
def _epoch_for(zone: tzinfo) -> datetime:
    """Return the fields of the epoch in UTC, marked with the zone: what `fromutc` takes."""
    return datetime(1970, 1, 1, tzinfo=zone)


@lru_cache(maxsize=1_024)
def _is_zone(key: str, folders: tuple[str, ...]) -> bool:
    """Tell whether the database has the key exactly as given; to list all of it takes longer than everything else."""
    return key not in _NO_ZONES and (_is_file_of_that_name(key, folders) or key in _zone_keys(folders))


def _is_file_of_that_name(key: str, folders: tuple[str, ...]) -> bool:
    """Tell whether the first system file of the key is of exactly that name: with the case turned, there is none."""
    is_plain = all(part.replace("_", "").replace("-", "").replace("+", "").isalnum() for part in key.split("/"))
    if not is_plain or not key.isascii() or key.startswith(("posix/", "right/")):
        return False
    return any(_is_zone_file(f"{root}/{key}") and not _is_zone_file(f"{root}/{key.swapcase()}") for root in folders)


def _is_zone_file(path: str) -> bool:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs a third of a first answer
            return file.read(4) == b"TZif"
    except OSError:
        return False


def _zone_accepted(key: object) -> str:
    """Return what is accepted: the zone that another system calls so, or one that is spelled like it."""
    from slacalc.business_time.zone_names import zone_name  # a table that no answer needs

    known = zone_name(key)
    return f'an IANA name such as "{_zone_like(key)}", spelled exactly' if known is None else str(known)


def _zone_like(key: object) -> str:
    """Return the zone whose city is spelled most like that of the key."""
    cities = _zones_by_city(tuple(zoneinfo.TZPATH))
    city = key.rpartition("/")[2].replace(" ", "_") if isinstance(key, str) else ""
    return cities.get(nearest(city, cities) or "", "Europe/Brussels")


@lru_cache(maxsize=4)
def _zones_by_city(folders: tuple[str, ...]) -> dict[str, str]:
    places = (zone for zone in _zone_keys(folders) if "/" in zone and not zone.startswith("Etc/"))
    return {zone.rpartition("/")[2]: zone for zone in sorted(places, reverse=True)}


@lru_cache(maxsize=4)
def _zone_keys(_folders: tuple[str, ...]) -> frozenset[str]:
    """Return every key that `zoneinfo` finds, kept for the folders that it looks in."""
    return frozenset(zoneinfo.available_timezones())


def _refuse_other_amounts(amount: object, name: str) -> None:
    if not isinstance(amount, timedelta):
        raise AmountError(
            "amount_not_timedelta",
            "the amount is not a timedelta",
            given=amount,
            accepts="a datetime.timedelta, zero or longer",
            where=name,
        )
    if getattr(amount, "nanoseconds", 0):
        raise AmountError(
            "amount_nanoseconds",
            "the amount has nanoseconds, which would be lost",
            given=str(amount),
            accepts="whole microseconds; round first, in the direction that you mean",
            where=name,
        )


def _refuse_lookalikes(moment: object, name: str) -> None:
    if not isinstance(moment, datetime):
        raise InstantError(
            "not_a_datetime",
            "this is not a datetime",
            given=moment,
            accepts="an aware datetime.datetime; read text with datetime.fromisoformat",
            where=name,
        )
    if moment != moment:  # noqa: PLR0124 - what is not itself, as pandas' NaT
        raise InstantError(
            "not_an_instant", "this is not a time", given=str(moment), accepts="an aware datetime.datetime", where=name
        )
    if getattr(moment, "nanosecond", 0):
        raise InstantError(
            "nanoseconds",
            "the datetime has nanoseconds, which would be lost",
            given=str(moment),
            accepts="whole microseconds; round first, in the direction that you mean",
            where=name,
        )
