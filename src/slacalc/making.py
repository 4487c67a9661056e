"""Frozen values, made several times as fast as by their own constructor.

What a frozen dataclass costs is that each member is set past the guard that freezes it. Here the members are those of
an open twin of the class; when all are set, it becomes a value of the class, and is frozen as any other.
"""

from collections.abc import Callable
from dataclasses import MISSING, fields, make_dataclass
from operator import attrgetter
from typing import Any, ParamSpec, Protocol, TypeVar, cast

__all__ = ["Changer", "changer_of", "maker_of"]

P = ParamSpec("P")
T = TypeVar("T")


class Changer(Protocol[T]):
    """What makes a value of another of its kind, with some members changed: a faster `dataclasses.replace`."""

    def __call__(self, value: T, /, **changes: object) -> T:
        """Return the changed value."""


def maker_of(kind: Callable[P, T]) -> Callable[P, T]:
    """Return what makes values of a frozen dataclass with slots and nothing to check: it takes the same arguments.

    Its bases are concrete: the twin has them, too.
    """
    frozen = cast("type[Any]", kind)
    members = [
        (each.name, object) if each.default is MISSING else (each.name, object, each.default) for each in fields(frozen)
    ]
    twin = make_dataclass(frozen.__name__, members, bases=frozen.__bases__, slots=True, eq=False, repr=False)

    def made(*args: P.args, **named: P.kwargs) -> T:
        value: T = twin(*args, **named)
        value.__class__ = frozen
        return value

    return made


def changer_of(kind: type[T]) -> Changer[T]:
    """Return what changes values of such a dataclass, of two members or more."""
    names = tuple(each.name for each in fields(cast("type[Any]", kind)))
    places = {name: place for place, name in enumerate(names)}
    members, make = attrgetter(*names), cast("Callable[..., T]", maker_of(kind))

    def changed(value: T, /, **changes: object) -> T:
        values = [*members(value)]
        for name, change in changes.items():
            values[places[name]] = change
        return make(*values)

    return changed
