"""A table of texts, drawn aligned for people and as HTML."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

__all__ = ["TextTable", "one_line", "visible"]

_BREAKING: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class TextTable(NamedTuple):
    """Columns and rows of text, and which columns are figures: they are set at the right, words at the left."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: range

    @classmethod
    def of(cls, columns: Iterable[str], rows: Iterable[Iterable[str]], figures: range = range(0)) -> "TextTable":
        """Return a table whose cells are one line each: a name out of a log draws no rows of its own."""
        return cls(tuple(map(one_line, columns)), tuple(tuple(map(one_line, row)) for row in rows), figures)

    def to_text(self) -> str:
        """Return the rows aligned under their columns."""
        every = [self.columns, *self.rows]
        widths = [max(map(len, cells)) for cells in zip(*every, strict=True)]
        return "\n".join(self._line(row, widths) for row in every)

    def to_html(self) -> str:
        """Return an HTML table; every text in it is escaped."""
        rows = [_html_row(self.columns, "th"), *(_html_row(row, "td") for row in self.rows)]
        return "\n".join(["<table>", *rows, "</table>"])

    def _line(self, row: tuple[str, ...], widths: list[int]) -> str:
        cells = (
            cell.rjust(width) if place in self.figures else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        return "  ".join(cells).rstrip()


def one_line(text: str) -> str:
    """Return a text with its control characters written out, line breaks too: none reaches a terminal."""
    return _BREAKING.sub(_written_out, text)


def visible(text: str) -> str:
    """Return a text of lines with all other control characters written out."""
    return "\n".join(map(one_line, text.split("\n")))


def _written_out(found: re.Match[str]) -> str:
    return repr(found[0])[1:-1]


def _html_row(row: Iterable[str], tag: str) -> str:
    from html import escape

    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>"
