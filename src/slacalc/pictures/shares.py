"""Shares as a drawing: a bar from nothing to all for each, with a line where it should be, or was."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from slacalc.pictures.bars import text_width
from slacalc.pictures.drawing import Box, Drawing, Line, Mark, Words

__all__ = ["Share", "bar_of_characters", "drawing_of_shares"]

_WIDTH: Final = 400.0
_ROW: Final = 24.0
_TOP: Final = 28.0
_MARGIN: Final = 12.0
_CELLS: Final = 40
_PERCENTS: Final = range(0, 101, 20)


class Share(NamedTuple):
    """A row: its name, its share, whether that is well, what is said at its end; a line over it, and what that is."""

    name: str
    share: float
    is_well: bool
    says: str
    line: float | None = None
    line_tells: str = ""


def drawing_of_shares(title: str, shares: Sequence[Share]) -> Drawing:
    """Return a bar for each share, red-brown where it is not well."""
    left = _MARGIN + max((0.0, *(text_width(each.name) for each in shares))) + _MARGIN
    right = left + _WIDTH + _MARGIN
    width = right + max((0.0, *(text_width(each.says) for each in shares))) + _MARGIN
    height = _TOP + len(shares) * _ROW + _MARGIN
    told = "; ".join(f"{each.name}: {each.says}" for each in shares)
    return Drawing(title, told, width, height, (*_percents(left, height), *_bars(shares, left, right)))


def bar_of_characters(share: float, line: float | None) -> str:
    """Return a bar of characters with a "|" where the line is."""
    kept = round(share * _CELLS)
    cells = [*("#" * kept), *("." * (_CELLS - kept))]
    if line is not None:
        cells[min(_CELLS - 1, int(line * _CELLS))] = "|"
    return "".join(cells)


def _bars(shares: Sequence[Share], left: float, right: float) -> Iterator[Mark]:
    for place, each in enumerate(shares):
        top = _TOP + place * _ROW
        yield Words(_MARGIN, top + 13, each.name)
        yield Box(left, top + 2, _WIDTH, _ROW - 10, "closed")
        yield Box(left, top + 2, each.share * _WIDTH, _ROW - 10, "kept" if each.is_well else "late", each.says)
        if each.line is not None:
            at = left + each.line * _WIDTH
            yield Line(at, top - 1, at, top + _ROW - 5, "words", each.line_tells)
        yield Words(right, top + 13, each.says, "faint")


def _percents(left: float, height: float) -> Iterator[Mark]:
    for percent in _PERCENTS:
        at = left + percent / 100 * _WIDTH
        yield Words(at, _TOP - 10, f"{percent}%", "faint", "middle")
        yield Box(at - 0.5, _TOP - 6, 1, height - _TOP - 2, "closed")
