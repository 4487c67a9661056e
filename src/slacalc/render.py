"""How a result with rows is written: as text and HTML for people, as rows, JSON and CSV for programs."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from slacalc.forms import Form

__all__ = ["Tabular", "TextTable", "one_line", "visible"]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_BREAKING: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Tabular(Form, ABC):
    """A result with rows, written in every form from three: its rows, its data, and the page that people read."""

    __slots__ = ()

    @abstractmethod
    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each row with values as they are: `pandas.DataFrame(result.to_rows())`."""

    @abstractmethod
    def _page(self) -> "Iterable[str | TextTable]":
        """Return the lines and tables that people read."""

    def parts(self) -> "Iterable[str | TextTable]":
        """Return the lines and tables of the page, for a page that holds it."""
        return self._page()

    def to_csv(self) -> str:
        """Return the rows as CSV: ISO 8601 moments, amounts as 26:30:00; no text in it is a formula."""
        return _csv(self.to_rows())

    def to_text(self) -> str:
        """Return the page with aligned tables."""
        return "\n".join(part if isinstance(part, str) else part.to_text() for part in self._page())

    def to_html(self) -> str:
        """Return the page as HTML; every text in it is escaped."""
        return "\n".join(_paragraph(part) if isinstance(part, str) else part.to_html() for part in self._page())

    def __str__(self) -> str:
        """Return the text."""
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.to_html()


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
        rows = [_html_head(self.columns), *(_html_row(row) for row in self.rows)]
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


def _paragraph(text: str) -> str:
    return f"<p>{_escaped(text)}</p>"


def _html_head(columns: Iterable[str]) -> str:
    """Return the row of the heads; an empty one is no head, which screen readers would read out."""
    return "<tr>" + "".join(f"<th>{_escaped(each)}</th>" if each else "<td></td>" for each in columns) + "</tr>"


def _html_row(row: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<td>{_escaped(cell)}</td>" for cell in row) + "</tr>"


def _escaped(text: str) -> str:
    from html import escape

    return escape(text)
