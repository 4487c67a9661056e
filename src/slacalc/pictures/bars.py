"""Bars of half hours as a drawing: a row a date, the hours above, what is special at the right."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from slacalc.looks import Look
from slacalc.pictures.drawing import Box, Drawing, Mark, Words

__all__ = ["Bar", "drawing_of_bars", "text_width"]

_CELL: Final = 11.0
_ROW: Final = 22.0
_TOP: Final = 26.0
_LEFT: Final = 120.0
_MARGIN: Final = 12.0
_CELLS: Final = 48
_LETTER: Final = 6.9  # as wide as a letter of the font is on average, and a little more
_LOOKS: Final[Mapping[str, tuple[Look, str]]] = {
    "#": ("open", "open"),
    "+": ("partly", "partly open"),
    ".": ("closed", "closed"),
    "~": ("paused", "paused"),
    "-": ("coming", "open, still to come"),
    "!": ("due", "due"),
}


class Bar(NamedTuple):
    """A row: its name, a mark for each half hour from midnight on, and what is said at its end."""

    name: str
    marks: str
    says: str


def drawing_of_bars(title: str, bars: Sequence[Bar]) -> Drawing:
    """Return bars under the hours of the day; what each row says is its description, too."""
    cells = max((_CELLS, *(len(bar.marks) for bar in bars)))
    right = _LEFT + cells * _CELL + _MARGIN
    width = right + max((0.0, *(text_width(bar.says) for bar in bars))) + _MARGIN
    height = _TOP + len(bars) * _ROW + _MARGIN
    marks = (*_hours(height), *(mark for place, bar in enumerate(bars) for mark in _row(place, bar, right)))
    return Drawing(title, "; ".join(_told(bars)), width, height, marks)


def text_width(text: str) -> float:
    """Return about how wide a text is drawn."""
    return len(text) * _LETTER


def _hours(height: float) -> Iterator[Mark]:
    for hour in range(0, 25, 3):
        at = _LEFT + hour * 2 * _CELL
        yield Words(at, _TOP - 10, str(hour), "faint", "middle")
        yield Box(at - 0.5, _TOP - 6, 1, height - _TOP - 2, "closed")


def _row(place: int, bar: Bar, right: float) -> Iterator[Mark]:
    top = _TOP + place * _ROW
    yield Words(_MARGIN, top + 13, bar.name)
    at = _LEFT
    for mark, run in groupby(bar.marks):
        width = len(list(run)) * _CELL
        if mark in _LOOKS:
            look, tells = _LOOKS[mark]
            yield Box(at, top + 2, width, _ROW - 8, look, tells)
        at += width
    yield Words(right, top + 13, bar.says, "faint")


def _told(bars: Iterable[Bar]) -> Iterator[str]:
    for bar in bars:
        yield ", ".join(filter(None, (bar.name, bar.says)))
