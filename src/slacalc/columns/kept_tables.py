"""The tables of calendars that columns asked about, kept as long as there is room for them.

A table goes when its calendar goes; when all of them take more than `_MOST_BYTES`, those go that were not asked for
longest. The dict is only ever changed by one key at a time, so threads may race.
"""

from collections.abc import Callable, Hashable
from itertools import count
from typing import Final, Protocol, TypeAlias, TypeVar, cast
from weakref import ref

__all__ = ["bytes_kept", "kept_table"]

_MOST_BYTES: Final = 2**28
_Key: TypeAlias = tuple[int, Hashable]


class _Sized(Protocol):
    @property
    def nbytes(self) -> int:
        """The memory of its arrays."""


_Table = TypeVar("_Table", bound=_Sized)


class _KeptTable:
    """A table, whose it is, and when it was asked for last."""

    __slots__ = ("owner", "table", "turn")

    def __init__(self, owner: "ref[object]", table: _Sized) -> None:
        self.owner: Final = owner
        self.table: Final = table
        self.turn: int = next(_TURNS)


_TURNS: Final = count()
_kept: Final[dict[_Key, _KeptTable]] = {}


def kept_table(owner: object, what: tuple[type, int, int], make: Callable[[], _Table]) -> _Table:
    """Return a table of a calendar's timeline, or of its working dates, made on the first question about it.

    `what` is what kind of table, and over which range.
    """
    key = (id(owner), what)
    found = _kept.get(key)
    if found is None or found.owner() is not owner:
        table = make()
        _kept[key] = _KeptTable(ref(owner, lambda _gone: _kept.pop(key, None)), table)
        _make_room(key)
        return table
    found.turn = next(_TURNS)
    return cast("_Table", found.table)


def bytes_kept() -> int:
    """Return the memory of all tables that are kept."""
    return sum(each.table.nbytes for each in list(_kept.values()))


def _make_room(newest: _Key) -> None:
    """Drop the tables that were not asked for longest, but not the newest, until the rest is small enough."""
    taken = bytes_kept()
    if taken > _MOST_BYTES:
        as_they_are = list(_kept.items())  # threads may change the dict meanwhile
        for key, each in sorted(as_they_are, key=_turn):
            if taken <= _MOST_BYTES:
                break
            if key != newest and _kept.pop(key, None) is not None:
                taken -= each.table.nbytes


def _turn(item: tuple[_Key, _KeptTable]) -> int:
    return item[1].turn
