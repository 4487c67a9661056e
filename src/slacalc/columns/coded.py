"""Columns of few distinct values: each value once, and a number for every row."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from slacalc.columns.judging import is_missing
from slacalc.columns.stairs import Column

__all__ = ["CodedColumn", "codes_of", "combined", "distinct_rows"]


class CodedColumn(NamedTuple):
    """A value for each row: `values[codes[row]]`; None where there is none."""

    codes: Column
    values: tuple[object, ...]

    @classmethod
    def of(cls, values: Sequence[Hashable]) -> "CodedColumn":
        """Return values as codes: those equal are one."""
        numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
        return cls(np.fromiter(map(numbers.__getitem__, values), np.int64, len(values)), tuple(numbers))

    def followed_by(self, other: "CodedColumn") -> "CodedColumn":
        """Return the rows of both."""
        numbers = {value: number for number, value in enumerate(dict.fromkeys((*self.values, *other.values)))}
        ours, theirs = (np.array([numbers[each] for each in of.values], dtype=np.int64) for of in (self, other))
        return CodedColumn(np.concatenate([ours[self.codes], theirs[other.codes]]), tuple(numbers))

    def mapped(self, told: Callable[[object], object]) -> "CodedColumn":
        """Return what a function makes of each value, those alike made one."""
        numbers: dict[object, int] = {}
        places = [numbers.setdefault(told(value), len(numbers)) for value in self.values]
        return CodedColumn(np.array(places, dtype=np.int64)[self.codes], tuple(numbers))

    def distinct(self) -> "CodedColumn":
        """Return the same values, those alike made one."""
        return self.mapped(lambda value: value)

    def taken(self, rows: Column) -> "CodedColumn":
        """Return the values of some rows."""
        return CodedColumn(self.codes[rows], self.values)

    def objects(self) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
        """Return the value of each row."""
        values = np.empty(len(self.values), dtype=object)
        values[:] = self.values
        return values[self.codes]


def codes_of(values: Sequence[object]) -> CodedColumn:
    """Return a column of anything as codes: 1, 1.0 and True are three values, lists are tuples."""
    if set(map(type, values)) <= {str, type(None)}:
        return CodedColumn.of(values)
    keys = [_key(value) for value in values]
    places = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return CodedColumn(
        np.fromiter(map(places.__getitem__, keys), np.int64, len(keys)), tuple(_plain(value) for _, value in places)
    )


def combined(columns: Iterable[CodedColumn], count: int) -> Column:
    """Return a number for each row: rows alike in every column have the same one."""
    codes: Column = np.zeros(count, dtype=np.int64)
    for column in columns:
        if len(column.values) > 1:
            codes = np.unique(codes * len(column.values) + column.codes, return_inverse=True)[1].astype(np.int64)
    return codes


def distinct_rows(codes: Column) -> list[Column]:
    """Return the rows of each code, in order of the codes."""
    if not len(codes):
        return []
    order = np.argsort(codes, kind="stable")
    edges = np.flatnonzero(np.diff(codes[order])) + 1
    return np.split(order, edges)


def _key(value: object) -> tuple[type, object]:
    if isinstance(value, list | tuple | set | frozenset):
        return tuple, tuple(value)
    if is_missing(value):
        return type(None), None
    return (type(value), value) if isinstance(value, Hashable) else (type(value), _Same(value))


def _plain(value: object) -> object:
    return value.value if isinstance(value, _Same) else value


class _Same:
    """A value that cannot be hashed: it is alike to itself only."""

    def __init__(self, value: object) -> None:
        self.value = value
