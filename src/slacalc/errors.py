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
    └── MissingExtraError    an optional dependency is not installed (ImportError too)
"""

import reprlib
from collections.abc import Sequence

__all__ = [
    "AmountError",
    "CalendarError",
    "ClosedForGoodError",
    "ExpectationError",
    "HolidayError",
    "HorizonError",
    "HoursError",
    "InstantError",
    "LanguageError",
    "LogError",
    "MetricError",
    "MissingExtraError",
    "PolicyError",
    "SlaError",
    "SpecialDayError",
    "ZoneError",
]

_shown = reprlib.Repr()
_shown.maxstring = _shown.maxother = 120
_MOST_SHOWN = 1_000  # characters of what is accepted, and of a place
_MOST_LISTED = 100  # problems in one message


class _Shown(str):
    """Evidence that is already a picture of what was given."""

    __slots__ = ()


_NOTHING = _Shown()


class SlaError(ValueError):
    """The base of every error that slacalc raises on purpose.

    `code` is stable and documented in docs/reference/errors.md; `given` is a short
    picture of what came in, `accepts` says what would be taken, `where` is the file and
    key path, or the argument, that it concerns.

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

    def __init__(
        self,
        code: str,
        problem: str,
        *,
        given: object = _NOTHING,
        accepts: str = "",
        where: str = "",
    ) -> None:
        self.code = code
        self.problem = problem
        self.given = given if isinstance(given, _Shown) else _Shown(_picture(given))
        self.accepts = _short(accepts)
        self.where = _short(where)
        super().__init__(self._message())

    def at(self, where: str) -> "SlaError":
        """Return the same error, said of a place further out: a file, or a key around it."""
        inner = f"{where}{_joint(where, self.where)}{self.where}" if self.where else where
        return type(self)(self.code, self.problem, given=self.given, accepts=self.accepts, where=inner)

    def placed(self, where: str) -> "SlaError":
        """Return the same error, said of exactly this place."""
        return type(self)(self.code, self.problem, given=self.given, accepts=self.accepts, where=where)

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
        return (_rebuild, (type(self), self.code, self.problem, str(self.given), self.accepts, self.where))


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
    """A policy that cannot be used: as written, or for the ticket it was asked about.

    `problems` holds every single one; the message of several lists them, a line each, up to a hundred.
    """

    problems: tuple[SlaError, ...] = ()

    @classmethod
    def of(cls, problems: Sequence[SlaError]) -> "PolicyError":
        """Return one error for all that is wrong with a policy."""
        first = problems[0]
        error = cls(first.code, first.problem, given=first.given, accepts=first.accepts, where=first.where)
        error.problems = tuple(problems)
        if len(problems) > 1:
            more = [f"and {len(problems) - _MOST_LISTED} more"] if len(problems) > _MOST_LISTED else []
            error.args = ("\n".join([f"{len(problems)} problems", *map(str, problems[:_MOST_LISTED]), *more]),)
        return error

    def at(self, where: str) -> "PolicyError":
        """Return the same error, every problem said of a place further out."""
        problems = self.problems or (self,)
        return PolicyError.of([SlaError.at(problem, where) for problem in problems])

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle all problems."""
        return (PolicyError.of, (self.problems,)) if self.problems else super().__reduce__()


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


class MissingExtraError(SlaError, ImportError):
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


def _joint(outer: str, inner: str) -> str:
    """Files are set off by a colon, keys by a dot, indexes by nothing."""
    if inner.startswith("["):
        return ""
    return ": " if outer.endswith((".toml", ".json", ".csv", ".jsonl")) else "."


def _rebuild(kind: type[SlaError], code: str, problem: str, given: str, accepts: str, where: str) -> SlaError:
    return kind(code, problem, given=_Shown(given), accepts=accepts, where=where)
