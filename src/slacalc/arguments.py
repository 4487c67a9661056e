"""Refuse an argument of another kind, and name what is near to a name that is not known."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NoReturn, TypeVar

from slacalc.errors import SlaError

__all__ = ["check_argument", "each_of", "nearest", "nearest_first", "refuse"]

T = TypeVar("T")
_MOST_KNOWN: Final = 1_000  # names looked at: what was given may be one of many wrong ones
_MOST_COMPARED: Final = 20
_OTHER_LENGTH: Final = 2  # letters more or less
_LIKENESS: Final = 0.7


def check_argument(value: object, kind: type | tuple[type, ...], where: str, accepts: str) -> None:
    """Refuse a value that is of none of the kinds. Raises SlaError."""
    if not isinstance(value, kind):
        refuse(value, where, accepts)


def each_of(values: Iterable[T], kind: type | tuple[type, ...], where: str, accepts: str) -> Iterator[T]:
    """Return several values, each checked when it is its turn. Raises SlaError, also for one value alone."""
    if isinstance(values, kind) or not isinstance(values, Iterable):
        refuse(values, where, accepts)
    for value in values:
        check_argument(value, kind, where, accepts)
        yield value


def refuse(value: object, where: str, accepts: str) -> NoReturn:
    """Raise the SlaError for a value of another kind."""
    raise SlaError("argument_invalid", "this is of another kind", given=value, accepts=accepts, where=where)


def nearest(given: object, known: Iterable[str]) -> str | None:
    """Return the known name that is most like the given one, whatever its case; None when none is like it.

    >>> nearest("Tiket", ["time", "ticket"])
    'ticket'
    """
    from difflib import get_close_matches  # for complaints only

    if not isinstance(given, str):
        return None
    asked = given.casefold()
    names = {name.casefold(): name for name in islice(known, _MOST_KNOWN)}
    if asked in names:
        return names[asked]
    alike = (name for name in names if abs(len(name) - len(asked)) <= _OTHER_LENGTH and _looks_like(name, asked))
    near = get_close_matches(asked, islice(alike, _MOST_COMPARED), n=1, cutoff=_LIKENESS)
    return names[near[0]] if near else None


def nearest_first(given: object, known: Iterable[str]) -> str:
    """Return what is accepted for a name: every known one, first the one that is most like it."""
    names = list(known)
    near = nearest(given, names)
    return ", ".join(names if near is None or near == given else dict.fromkeys((near, *names)))


def _looks_like(name: str, asked: str) -> bool:
    """Tell whether both begin with the same two letters, in either order, or begin and end with the same letter."""
    return name[:2] in {asked[:2], asked[1::-1]} or (name[:1], name[-1:]) == (asked[:1], asked[-1:])
