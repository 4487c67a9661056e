"""Rows of events collected a block at a time: what `collecting` does row by row, for whole columns.

A row that cannot be used goes the way of single rows, which says why; as it begins no ticket, it may come after the
others of its block.
"""

from array import array
from collections.abc import Collection, Container, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from slacalc.errors import SlaError
from slacalc.logs.collecting import DoneRows, Found, ReplayedRows, Texts
from slacalc.logs.csv_blocks import Block, Places
from slacalc.logs.csv_rows import BadRow
from slacalc.logs.tickets import NOT_DONE
from slacalc.logs.times import TimeReader

__all__ = ["needed_places", "take_block"]

_Truths: TypeAlias = "NDArray[np.bool_]"
_MOST_KEYS: Final = 2**22  # for which a table is worth its room
_FEW: Final = 8  # rows for each piece of a time, at least, if the pieces are worth reading by themselves


def needed_places(found: Found) -> tuple[int, ...]:
    """Return the places of the columns that rows of events are collected from."""
    return (found.time, *_texts(found))


def _texts(found: Found) -> tuple[int, ...]:
    """Return the places of the columns that are read as texts."""
    columns = found.columns
    said = columns.said(replayed=found.mapping.is_replayed)
    told = (columns.ticket, columns.activity, *columns.own, *said)
    return tuple(place for place in told if place is not None)


def take_block(rows: DoneRows | ReplayedRows, block: Block) -> None:
    """Collect the rows of a block."""
    doubted = _take(rows, block) if len(block.lines) else []
    alone: list[tuple[int, BadRow | list[str]]] = [*block.bad, *map(block.row, doubted)]
    rows.take(sorted(alone, key=lambda row: row[0]))


def _take(rows: DoneRows | ReplayedRows, block: Block) -> list[int]:
    """Collect the rows that can be used, and return the places of the others."""
    found = rows.found
    us, zone, doubted = _instants(found.times, block.cells[found.time])
    cells = {place: _coded(block.cells[place]) for place in dict.fromkeys(_texts(found))}
    if found.columns.activity is not None and found.columns.status is None:
        doubted |= cells[found.columns.activity].are(found.blanks)
    said = _said(rows, cells, np.flatnonzero(~doubted))
    doubted |= cells[found.columns.ticket].are(found.blanks)
    used = np.flatnonzero(~doubted)
    if len(used):
        _take_used(rows, _Used(found, block.lines, cells, used, us[used], zone[used]), said[used])
    return np.flatnonzero(doubted).tolist()


def _said(rows: DoneRows | ReplayedRows, cells: "_Cells", places: Places) -> Places:
    """Return the number of what each row says that has a time and an activity; of others nothing is asked."""
    found, said = rows.found, np.zeros(len(cells[rows.found.columns.ticket].codes), dtype=np.int64)
    if isinstance(rows, ReplayedRows):
        said[places] = _numbers(found.said, cells, places)
        return said
    activity = found.columns.activity or 0
    for value in cells[activity].of_rows(places).values:
        if value not in rows.activities.fulfilled:
            rows.activities.meet({activity: value})
    return said


class _Coded(NamedTuple):
    """A column of texts: the distinct ones in the order in which they are met, and which of them each row has."""

    values: Sequence[str]
    codes: Places

    def are(self, texts: Container[str]) -> _Truths:
        """Return which rows have one of some texts."""
        return np.array([value in texts for value in self.values], dtype=np.bool_)[self.codes]

    def firsts(self) -> Places:
        """Return the first row of each text."""
        return np.flatnonzero(np.diff(np.maximum.accumulate(self.codes), prepend=-1))

    def of_row(self, row: int) -> str:
        """Return the text of a row."""
        return self.values[int(self.codes[row])]

    def of_rows(self, rows: Places) -> "_Coded":
        """Return the column of some rows, which are in order."""
        if len(rows) == len(self.codes):
            return self
        first, alike = _alike(self.codes[rows])
        return _Coded([self.of_row(row) for row in rows[first].tolist()], alike)


def _coded(column: pl.Series) -> _Coded:
    """Return the texts of a column, of one row at least."""
    values = column.unique(maintain_order=True)
    codes = column.replace_strict(values, np.arange(len(values)), return_dtype=pl.Int64)
    return _Coded(values.to_list(), codes.to_numpy())


_Cells: TypeAlias = "Mapping[int, _Coded]"


class _Used(NamedTuple):
    """The rows of a block that can be used: their places in it, and their instants."""

    found: Found
    lines: Places
    cells: _Cells
    rows: Places
    us: Places
    zone: Places

    def of(self, place: int) -> "_Coded":
        """Return the cells of a column."""
        return self.cells[place].of_rows(self.rows)

    def numbers(self, texts: Texts, rows: Places) -> Places:
        """Return the numbers of what some of the rows say."""
        return _numbers(texts, self.cells, self.rows[rows])


def _numbers(texts: Texts, cells: _Cells, rows: Places) -> Places:
    """Return the numbers of what rows say."""
    together = np.zeros(len(rows), dtype=np.int64)
    for place in texts.places:
        column = cells[place]
        together = _alike(together * len(column.values) + column.codes[rows])[1]
    first, alike = _alike(together)
    told = ({place: cells[place].of_row(row) for place in texts.places} for row in rows[first].tolist())
    return np.array(list(map(texts.number, told)), dtype=np.int64)[alike]


def _alike(keys: Places) -> tuple[Places, Places]:
    """Return the first row of each key, in the order of the rows, and which of these each row is like."""
    if len(keys) == 0 or int(keys.max()) > _MOST_KEYS:
        _, first, alike = np.unique(keys, return_index=True, return_inverse=True)
    else:
        table = np.full(int(keys.max()) + 1, -1)
        table[keys[::-1]] = np.arange(len(keys))[::-1]  # of several rows the last one written stays, which is the first
        met = np.flatnonzero(table >= 0)
        first, place = table[met], np.zeros(len(table), dtype=np.int64)
        place[met] = np.arange(len(met))
        alike = place[keys]
    order = np.argsort(first)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return first[order], place[alike]


# ---------------------------------------------------------------- times


def _instants(times: TimeReader, cells: pl.Series) -> tuple[Places, Places, _Truths]:
    """Return the instants of cells and the numbers of their zones, and which cells are no time."""
    us, zone, unknown = _of_pieces(times, cells)
    rows = np.flatnonzero(unknown)
    if len(rows):
        others = _coded(cells.gather(rows))
        read = [_read(times, cell) for cell in others.values]
        us[rows] = np.array([each[0] for each in read], dtype=np.int64)[others.codes]
        zone[rows] = np.array([each[1] for each in read], dtype=np.int64)[others.codes]
    return us, zone, us == NOT_DONE


def _read(times: TimeReader, cell: str) -> tuple[int, int]:
    """Return an instant, or none."""
    try:
        return times.read(cell)
    except SlaError:
        return NOT_DONE, 0


def _of_pieces(times: TimeReader, cells: pl.Series) -> tuple[Places, Places, _Truths]:
    """Return the instants that are put together of pieces, and which are not."""
    for cell in cells.head(1).to_list() * 2:  # the pieces of a time are kept when its day is met again
        _read(times, cell)
    hour, second = times.pieces.hour, times.pieces.second
    texts = (cells.str.slice(0, hour), cells.str.slice(hour, second - hour), cells.str.slice(second))
    columns = [_coded(text) for text in texts]
    if second == 0 or any(len(column.values) * _FEW > len(cells) > _FEW for column in columns):
        nothing = np.zeros(len(cells), dtype=np.int64)
        return nothing, nothing.copy(), np.ones(len(cells), dtype=np.bool_)
    _teach(times, cells, columns)
    pieces, (days, clocks, rests) = times.pieces, columns
    begins = {text: us for text, (us, _) in pieces.days.items()}
    told = [_of_texts(*each) for each in ((days, begins), (clocks, pieces.clocks), (rests, pieces.rests))]
    zones = _of_texts(days, {text: zone for text, (_, zone) in pieces.days.items()})
    unknown: _Truths = np.logical_or.reduce([each == NOT_DONE for each in told])
    us = np.where(unknown, NOT_DONE, told[0] + told[1] + told[2])
    return us, np.where(unknown, 0, zones), unknown


def _teach(times: TimeReader, cells: pl.Series, columns: Sequence[_Coded]) -> None:
    """Let the pieces be read that are not known yet, each in the first time that has it."""
    known: Sequence[Collection[str]] = (times.pieces.days, times.pieces.clocks, times.pieces.rests)
    for column, texts in zip(columns, known, strict=True):
        new = [place for place, text in enumerate(column.values) if text not in texts]
        for cell in cells.gather(column.firsts()[new]).to_list() * 2:
            _read(times, cell)


def _of_texts(column: _Coded, told: Mapping[str, int]) -> Places:
    return np.array([told.get(text, NOT_DONE) for text in column.values], dtype=np.int64)[column.codes]


# ---------------------------------------------------------------- rows that can be used


def _take_used(rows: DoneRows | ReplayedRows, used: _Used, said: Places) -> None:
    """Collect rows; `said` is the number of what each says, or of its activity in the order in which they are met."""
    tickets = used.of(rows.found.columns.ticket)
    begun = _begin(rows.found, used, tickets)
    known = rows.found.numbers
    number = np.array([known[name] for name in tickets.values], dtype=np.int64)[tickets.codes]
    order = np.lexsort((used.us, number))
    _take_ends(used, number, order)
    if isinstance(rows, ReplayedRows):
        for column, values in zip(rows.rows, (number, used.us, used.zone, said), strict=True):
            _extend(column, values)
        return
    for done in rows.done.values():
        _extend(done.us, np.full(begun, NOT_DONE))
        _extend(done.zone, np.zeros(begun))
    _take_done(rows, used, number, order)


def _begin(found: Found, used: _Used, tickets: _Coded) -> int:
    """Number the tickets that were not met before, and return how many they are."""
    names = tickets.values
    new = [place for place, name in enumerate(names) if name not in found.numbers]
    first = tickets.firsts()[new]
    found.numbers.update((names[place], number) for number, place in enumerate(new, len(found.numbers)))
    lines, us, zone = used.lines[used.rows[first]], used.us[first], used.zone[first]
    said, nothing = used.numbers(found.said, first), np.zeros(len(first))
    for column, values in zip(found.filled, (lines, nothing, us, zone, lines, said, us, zone), strict=True):
        _extend(column, values)
    if found.columns.own:
        _extend(found.last_own, used.numbers(found.own, first))
    return len(new)


def _take_ends(used: _Used, number: Places, order: Places) -> None:
    """Note how many rows tickets have, and what the first and the last of them say."""
    found = used.found
    begin, tickets = _groups(number[order])
    end = np.append(begin[1:], len(order)) - 1
    _view(found.counts)[tickets] += (end - begin + 1).astype(np.int32)
    first, last = order[begin], order[end]
    earlier = used.us[first] < _view(found.first_us)[tickets]
    first, at = first[earlier], tickets[earlier]
    if len(first):
        _view(found.first_us)[at], _view(found.first_zone)[at] = used.us[first], used.zone[first]
        _view(found.first_line)[at] = used.lines[used.rows[first]]
        _view(found.first_said)[at] = used.numbers(found.said, first)
    later = used.us[last] >= _view(found.last_us)[tickets]
    last, at = last[later], tickets[later]
    _view(found.last_us)[at], _view(found.last_zone)[at] = used.us[last], used.zone[last]
    if found.columns.own:
        _view(found.last_own)[at] = used.numbers(found.own, last)


def _take_done(rows: DoneRows, used: _Used, number: Places, order: Places) -> None:
    """Note the first row of each ticket that fulfils a metric."""
    activities = used.of(used.found.columns.activity or 0)
    for column in rows.done.values():
        does = [any(column is each for each in rows.activities.fulfilled[text]) for text in activities.values]
        fulfilling = order[np.array(does, dtype=np.bool_)[activities.codes][order]]
        begin, tickets = _groups(number[fulfilling])
        first = fulfilling[begin]
        known = _view(column.us)[tickets]
        earlier = (known == NOT_DONE) | (used.us[first] < known)
        first, at = first[earlier], tickets[earlier]
        _view(column.us)[at], _view(column.zone)[at] = used.us[first], used.zone[first]


def _groups(tickets: Places) -> tuple[Places, Places]:
    """Return where the rows of each ticket begin, and which ticket it is; rows are in order of tickets."""
    begin = np.flatnonzero(np.diff(tickets, prepend=-1))
    return begin, tickets[begin]


def _view(column: "array[int]") -> NDArray[Any]:
    """Return an array of the standard library as one of numpy, to write into; it must not live when it grows."""
    return np.frombuffer(column, np.dtype(column.typecode))


def _extend(column: "array[int]", values: NDArray[Any]) -> None:
    column.frombytes(values.astype(np.dtype(column.typecode)).tobytes())
