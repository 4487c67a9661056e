"""Refuse an argument of another kind: by its name, with what was given and what is taken."""

from collections.abc import Iterable, Iterator
from typing import NoReturn, TypeVar

from slacalc.errors import SlaError

__all__ = ["check_argument", "each_of", "refuse"]

T = TypeVar("T")


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
