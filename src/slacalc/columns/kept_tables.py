"""The tables of calendars that columns asked about, kept as long as there is room for them.

A table goes when its calendar goes; when all of them take more than `_MOST_BYTES`, those go that were not asked for
longest. The dict is only ever changed by one key at a time, so threads may race.
"""

from collections.abc import Callable
from itertools import count
from typing import Final, TypeAlias
from weakref import ref

from slacalc.business_time.timeline import Timeline
from slacalc.columns.stairs import Slots, Steps

__all__ = ["bytes_kept", "kept_table"]

_MOST_BYTES: Final = 2**28
_Key: TypeAlias = tuple[int, int, int, bool]


class _Kept:
    """A table, whose it is, and when it was asked for last."""

    __slots__ = ("owner", "table", "turn")

    def __init__(self, owner: "ref[Timeline]", table: Slots | Steps) -> None:
        self.owner: Final = owner
        self.table: Final = table
        self.turn = next(_TURNS)


_TURNS: Final = count()
_kept: Final[dict[_Key, _Kept]] = {}


def kept_table(
    timeline: Timeline, first: int, last: int, make: Callable[[], Slots | Steps], *, slotted: bool
) -> Slots | Steps:
    """Return the table of a timeline over a range, made on the first question about it."""
    key = (id(timeline), first, last, slotted)
    found = _kept.get(key)
    if found is None or found.owner() is not timeline:
        table = make()
        _kept[key] = _Kept(ref(timeline, lambda _gone: _kept.pop(key, None)), table)
        _make_room(key)
        return table
    found.turn = next(_TURNS)
    return found.table


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


def _turn(item: tuple[_Key, _Kept]) -> int:
    return item[1].turn
