"""A lock-free `cached_property`.

`functools.cached_property` of Python 3.11 holds a lock while it makes the value: threads wait for
each other though they ask different things, and a process that forks meanwhile gets the lock locked for ever.
"""

from collections.abc import Callable
from typing import Generic, Self, TypeVar, overload

__all__ = ["lazy"]

S = TypeVar("S")
T = TypeVar("T")


class lazy(Generic[S, T]):  # noqa: N801 - reads as the property that it is
    """A property computed on first use and kept in the object's dict; threads that race compute it twice, and alike."""

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
