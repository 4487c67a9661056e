"""The one family of errors.

The tree::

    SlaError (ValueError)
    ├── InstantError         a datetime that names no exact instant
    ├── AmountError          an amount of time that is negative, bare or not a timedelta
    ├── ZoneError            a time zone that does not exist
    ├── HoursError           weekly hours or windows that cannot be read
    ├── HolidayError         holidays that cannot be had, or pinned data that was altered
    ├── SpecialDayError      a dated exception that cannot be used
    ├── CalendarError        a calendar that cannot work
    │   └── ClosedForGoodError   ... because nothing opens any more (or opened yet)
    ├── HorizonError         a question outside the covered years
    ├── PolicyError          a policy that cannot be used
    ├── LogError             a ticket log that cannot be read
    ├── MetricError          a metric that is not there (KeyError too)
    ├── ExpectationError     nothing can be told of this
    ├── LanguageError        a language file or code that cannot be used
    ├── DataError            plain data that is not what was written
    ├── InteropError         what another system wrote, and cannot be read or kept
    └── MissingExtraError    an optional dependency is not installed (ImportError too)
"""

import reprlib
from collections.abc import Sequence
from typing import Self, TypeAlias

__all__ = [
    "AmountError",
    "CalendarError",
    "ClosedForGoodError",
    "DataError",
    "ExpectationError",
    "HolidayError",
    "HorizonError",
    "HoursError",
    "InstantError",
    "InteropError",
    "LanguageError",
    "LogError",
    "MetricError",
    "MissingExtraError",
    "PolicyError",
    "SlaError",
    "SpecialDayError",
    "ZoneError",
]

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes, from the root of data to what is wrong in it."""

_shown = reprlib.Repr()
_shown.maxstring = _shown.maxother = 120
_MOST_SHOWN = 1_000  # characters of what is accepted, and of a place
_MOST_LISTED = 100  # problems in one message
_FILES = (".toml", ".json", ".csv", ".jsonl", ".xml")


class _Shown(str):
    """Evidence that is already a picture of what was given."""

    __slots__ = ()


_NOTHING = _Shown()


class SlaError(ValueError):
    """The base of every error that slacalc raises on purpose.

    `code` is stable and documented in docs/reference/errors.md; `given` is a short
    picture of what came in, `accepts` says what would be taken, `where` is the file and
    key path, or the argument, that it concerns. `path` is the key path for programs: keys and
    indexes from the root of the data, without the file. Where several things were wrong at
    once, `problems` holds every single one, and the message lists them, a line each, up to a hundred.

    >>> raise SlaError("example", "hours end before they start", given="9-17",
    ...                accepts="HH:MM-HH:MM", where="support.toml: calendars.office.hours")
    Traceback (most recent call last):
    slacalc.errors.SlaError: support.toml: calendars.office.hours: hours end before they start; given '9-17'; ...
    """

    code: str
    problem: str
    given: str
    accepts: str
    where: str
    path: Path
    problems: "tuple[SlaError, ...]" = ()

    def __init__(
        self,
        code: str,
        problem: str,
        *,
        given: object = _NOTHING,
        accepts: str = "",
        where: str | Path = "",
    ) -> None:
        self.code = code
        self.problem = problem
        self.given = given if isinstance(given, _Shown) else _Shown(_picture(given))
        self.accepts = _short(accepts)
        self.path = where if isinstance(where, tuple) else (where,) if where else ()
        self.where = _short(where if isinstance(where, str) else write_path(where))
        super().__init__(self._message())

    @classmethod
    def of(cls, problems: "Sequence[SlaError]") -> Self:
        """Return one error for all that is wrong."""
        first = problems[0]
        error = cls(first.code, first.problem, given=first.given, accepts=first.accepts, where=first.where)
        error.path, error.problems = first.path, tuple(problems)
        if len(problems) > 1:
            more = [f"and {len(problems) - _MOST_LISTED} more"] if len(problems) > _MOST_LISTED else []
            error.args = ("\n".join([f"{len(problems)} problems", *map(str, problems[:_MOST_LISTED]), *more]),)
        return error

    def at(self, *keys: str | int) -> Self:
        """Return the same error, or each of its problems, found under these keys and indexes."""
        if not keys:
            return self
        if self.problems:
            return self.of([problem.at(*keys) for problem in self.problems])
        outer = write_path(keys)
        return self._moved(f"{outer}{_joint(outer, self.where)}{self.where}" if self.where else outer, keys + self.path)

    def within(self, place: str) -> Self:
        """Return the same error, or each of its problems, said of a place that is no key: a file, a line, a ticket."""
        if not place:
            return self
        if self.problems:
            return self.of([problem.within(place) for problem in self.problems])
        joint = _joint(place, self.where) if self.path or place.endswith(_FILES) else ", "
        return self._moved(f"{place}{joint}{self.where}" if self.where else place, self.path)

    def placed(self, *keys: str | int) -> Self:
        """Return the same error, said of exactly this place."""
        return self._moved(write_path(keys), keys)

    def _moved(self, where: str, path: Path) -> Self:
        moved = type(self)(self.code, self.problem, given=self.given, accepts=self.accepts, where=where)
        moved.path = path
        return moved

    def __eq__(self, other: object) -> bool:
        """Tell whether the other says the same: errors are values that reports keep and processes pass on."""
        return type(self) is type(other) and str(self) == str(other)

    def __hash__(self) -> int:
        """Hash what is said."""
        return hash((type(self), str(self)))

    def _message(self) -> str:
        place = f"{self.where}: " if self.where else ""
        given = f"; given {self.given}" if self.given else ""
        accepts = f"; accepted: {self.accepts}" if self.accepts else ""
        return f"{place}{self.problem}{given}{accepts}"

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by the evidence, so that an error crosses processes whole."""
        if self.problems:
            return (type(self).of, (self.problems,))
        said = (self.code, self.problem, str(self.given), self.accepts, self.where)
        return (_rebuild, (type(self), *said, self.path))


class InstantError(SlaError):
    """A datetime that names no exact instant: naive, not a datetime, or with nanoseconds."""


class AmountError(SlaError):
    """An amount of time that is negative, a bare day, or not a timedelta."""


class ZoneError(SlaError):
    """A time zone that is not in the IANA database under exactly that name."""


class HoursError(SlaError):
    """Weekly hours or windows that cannot be read."""


class HolidayError(SlaError):
    """A country, subdivision, category or language without data, or pinned data that was altered."""


class SpecialDayError(SlaError):
    """A dated exception, absence or recurrence that cannot be used."""


class CalendarError(SlaError):
    """A calendar that cannot work, or an operation that this calendar cannot answer."""


class ClosedForGoodError(CalendarError):
    """Nothing opens any more after (or opened before) the instant that was asked about."""


class HorizonError(SlaError):
    """A question that touches time outside the years the calendar covers."""


class PolicyError(SlaError):
    """A policy that cannot be used: as written, or for the ticket it was asked about."""


class LogError(SlaError):
    """A ticket log that cannot be read."""


class MetricError(SlaError, KeyError):
    """A metric that no rule promises, or that a ticket has no clock for; the message lists those there are."""

    def __str__(self) -> str:
        """Return the message as it is: a KeyError would quote it."""
        return self._message()


class ExpectationError(SlaError):
    """Nothing can be told of this: a clock that is done or cancelled, a grain or a need that does not exist."""


class LanguageError(SlaError):
    """A text that is no language code, or a language file that lacks a key or uses an unknown placeholder."""


class DataError(SlaError):
    """Plain data that is not what a `to_data` wrote, or that is of something which cannot be read back."""


class InteropError(SlaError):
    """What another system wrote cannot be read, or cannot be kept as it is."""


class MissingExtraError(SlaError, ImportError):  # type: ignore[misc]  # an ImportError has a path of another kind
    """An optional dependency is not installed; the message names the extra."""


def _picture(given: object) -> str:
    """Return a short picture of what was given; Python prints no integer of more than 4300 digits."""
    try:
        return _shown.repr(given)
    except ValueError:
        return f"a huge {type(given).__name__}"


def _short(text: str) -> str:
    """Return a text that came from input without its middle when it is long: no message outgrows what it is about."""
    half = _MOST_SHOWN // 2
    return text if len(text) <= _MOST_SHOWN else f"{text[:half]} ... {text[-half:]}"


def write_path(path: Path) -> str:
    """Return keys and indexes as people write them: `rules[0].when.market`.

    >>> write_path(("rules", 0, "when", "market"))
    'rules[0].when.market'
    """
    text = ""
    for key in path:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text


def _joint(outer: str, inner: str) -> str:
    """Files are set off by a colon, keys by a dot, indexes by nothing."""
    if inner.startswith("["):
        return ""
    return ": " if outer.endswith(_FILES) else "."


def _rebuild(
    kind: type[SlaError], code: str, problem: str, given: str, accepts: str, where: str, path: Path = ()
) -> SlaError:
    error = kind(code, problem, given=_Shown(given), accepts=accepts, where=where)
    error.path = path
    return error
