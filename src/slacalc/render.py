"""How a result with rows is written: as text and HTML for people, as rows, JSON and CSV for programs."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias, assert_never

from slacalc.forms import Form

__all__ = ["Cell", "MarkedLine", "Tabular", "TextTable", "Marked", "one_line", "visible"]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_BREAKING: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Tabular(Form, ABC):
    """A result with rows, written in every form from three: its rows, its data, and the page that people read."""

    __slots__ = ()

    @abstractmethod
    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each row with values as they are: `pandas.DataFrame(result.to_rows())`."""

    @abstractmethod
    def _page(self) -> "Iterable[Cell | TextTable]":
        """Return the lines and tables that people read."""

    def parts(self) -> "Iterable[str | TextTable]":
        """Return the lines and tables of the page as text, for a page that holds it."""
        return (part if isinstance(part, TextTable) else _text(part) for part in self._page())

    def to_csv(self) -> str:
        """Return the rows as CSV: ISO 8601 moments, amounts as 26:30:00; no text in it is a formula."""
        return _csv(self.to_rows())

    def to_text(self) -> str:
        """Return the page with aligned tables."""
        return "\n".join(part.to_text() if isinstance(part, TextTable) else part for part in self.parts())

    def to_html(self) -> str:
        """Return the page as HTML; every text in it is escaped, and a line that captions a table said once."""
        return "\n".join(_markup(part) for part in _without_captions(self._page()))

    def __str__(self) -> str:
        """Return the text."""
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.to_html()


class Marked(NamedTuple):
    """A text with what programs read of it: the moment that it tells, in ISO 8601, or the language that it is in."""

    text: str
    moment: str = ""
    language: str = ""


class MarkedLine(NamedTuple):
    """A line of text, in pieces: what programs read is marked in it."""

    pieces: "tuple[str | Marked, ...]"

    @classmethod
    def of(cls, *pieces: "str | Marked") -> "MarkedLine":
        """Return a line of these pieces, control characters written out."""
        return cls(tuple(map(_on_one_line, pieces)))


Cell: TypeAlias = str | Marked | MarkedLine
"""What stands in a cell of a table, or as a line of a page."""


class TextTable(NamedTuple):
    """Columns and rows of text under a caption.

    `figures` are the columns that are set at the right, words at the left; the first `named_by` columns say what a row
    is of. The caption is for HTML: in text the line above says it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    figures: range
    caption: str
    named_by: int

    @classmethod
    def of(
        cls,
        columns: Iterable[str],
        rows: Iterable[Iterable[Cell]],
        figures: range = range(0),
        *,
        caption: str,
        named_by: int = 1,
    ) -> "TextTable":
        """Return a table whose cells are one line each: a name out of a log draws no rows of its own."""
        cells = tuple(tuple(map(_cell_on_one_line, row)) for row in rows)
        return cls(tuple(map(one_line, columns)), cells, figures, one_line(caption), named_by)

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """The rows as people read them."""
        return tuple(tuple(map(_text, row)) for row in self.rows)

    def to_text(self) -> str:
        """Return the rows aligned under their columns."""
        every = [self.columns, *self.texts]
        widths = [max(map(len, cells)) for cells in zip(*every, strict=True)]
        return "\n".join(self._line(row, widths) for row in every)

    def to_html(self) -> str:
        """Return an HTML table with its caption, and heads of columns and rows; every text in it is escaped."""
        head = f"<thead>{_html_row(_head('col', each) for each in self.columns)}</thead>"
        rows = (_html_row(self._cells(row)) for row in self.rows)
        body = ("<tbody>", *rows, "</tbody>")
        return "\n".join(["<table>", f"<caption>{_escaped(self.caption)}</caption>", head, *body, "</table>"])

    def _cells(self, row: tuple[Cell, ...]) -> Iterator[str]:
        yield from (_head("row", cell) for cell in row[: self.named_by])
        yield from (f"<td>{_html(cell)}</td>" for cell in row[self.named_by :])

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


def _csv(rows: list[dict[str, object]]) -> str:
    import csv
    from io import StringIO

    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    if rows:
        writer.writerow(map(_cell, rows[0]))
    writer.writerows(map(_cell, row.values()) for row in rows)
    return file.getvalue()


def _cell(value: object) -> object:
    """Return what a spreadsheet reads as this value: a quote before a text keeps it one."""
    match value:
        case timedelta():
            return _clock_face(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            return _cell("; ".join(map(str, value)))
        case str() if value.startswith(_FORMULA):
            return f"'{value}"
    return value


def _clock_face(amount: timedelta) -> str:
    """Return an amount as spreadsheets read one: in hours, never in days."""
    if amount < timedelta(0):
        return f"-{_clock_face(-amount)}"
    seconds, micros = divmod(amount // timedelta(microseconds=1), 1_000_000)
    minutes, second = divmod(seconds, 60)
    fraction = f".{micros:06}" if micros else ""
    return f"{minutes // 60}:{minutes % 60:02}:{second:02}{fraction}"


def _on_one_line(piece: str | Marked) -> str | Marked:
    return one_line(piece) if isinstance(piece, str) else piece._replace(text=one_line(piece.text))


def _cell_on_one_line(cell: Cell) -> Cell:
    return MarkedLine.of(*cell.pieces) if isinstance(cell, MarkedLine) else _on_one_line(cell)


def _text(cell: Cell) -> str:
    match cell:
        case Marked():
            return cell.text
        case MarkedLine():
            return "".join(map(_text, cell.pieces))
        case str():
            return cell
        case _ as never:
            assert_never(never)


def _html(cell: Cell) -> str:
    match cell:
        case Marked():
            said = _escaped(cell.text)
            timed = f'<time datetime="{_escaped(cell.moment)}">{said}</time>' if cell.moment else said
            return f'<span lang="{_escaped(cell.language)}">{timed}</span>' if cell.language else timed
        case MarkedLine():
            return "".join(map(_html, cell.pieces))
        case str():
            return _escaped(cell)
        case _ as never:
            assert_never(never)


def _without_captions(parts: Iterable[Cell | TextTable]) -> Iterator[Cell | TextTable]:
    """Return the parts of a page without the lines that are the caption of the table that follows."""
    for part, following in pairwise((*parts, "")):
        if not (isinstance(following, TextTable) and part == following.caption):
            yield part


def _markup(part: Cell | TextTable) -> str:
    return part.to_html() if isinstance(part, TextTable) else f"<p>{_html(part)}</p>"


def _head(scope: str, cell: Cell) -> str:
    """Return the head of a column or of a row; an empty one is no head, which screen readers would read out."""
    said = _html(cell)
    return f'<th scope="{scope}">{said}</th>' if said else "<td></td>"


def _html_row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _escaped(text: str) -> str:
    from html import escape

    return escape(text)
