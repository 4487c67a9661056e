"""This module knows how a value is made on first use and kept, without a lock.

`functools.cached_property` of Python 3.11 holds a lock while it makes the value: threads wait for
each other though they ask different things, and a process that forks meanwhile gets the lock locked for ever.
"""

from collections.abc import Callable
from typing import Generic, Self, TypeVar, overload

__all__ = ["kept"]

S = TypeVar("S")
T = TypeVar("T")


class kept(Generic[S, T]):  # noqa: N801 - reads as the property that it is
    """A property that keeps its value in the object's dict. Threads that race make it more than once, and alike."""

    def __init__(self, make: Callable[[S], T]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: S, owner: type) -> T: ...

    def __get__(self, instance: S | None, owner: type) -> T | Self:
        """Return the value: made now, found in the object's dict from then on."""
        if instance is None:
            return self
        made = instance.__dict__[self._name] = self._make(instance)
        return made
