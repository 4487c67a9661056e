"""How answers look on a terminal: lines, tables, ledgers, bars; and as JSON."""

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from slacalc.calendars.ledger import Ledger, table_of
from slacalc.render import TextTable, one_line, visible

if TYPE_CHECKING:
    from slacalc.pictures.clock import ClockDay
    from slacalc.pictures.drawn import Drawn
    from slacalc.pictures.week import DayPicture

__all__ = [
    "print_clock_day",
    "print_json",
    "print_ledger",
    "print_line",
    "print_parts",
    "print_raw",
    "print_table",
    "print_title",
    "print_week_day",
    "save_picture",
]

_WIDTH: Final = 140
_CLOCK_SHADES: Final = str.maketrans({"#": "█", "~": "░", "-": "─", ".": "·"})
_WEEK_SHADES: Final = str.maketrans({"#": "█", "+": "▌", ".": "·"})


def print_line(text: str, style: str = "") -> None:
    """Print a text as it is: a holiday's name is never read as markup."""
    _print(Text(visible(text), style=style))


def print_title(text: str) -> None:
    """Print what the next lines are about."""
    print_line(text, "bold")


def print_table(table: TextTable, styles: Iterable[str] = ()) -> None:
    """Print rows under their columns, each in its style: words at the left, figures at the right."""
    drawn = Table(box=None, pad_edge=False)
    for place, column in enumerate(table.columns):
        justify: Literal["left", "right"] = "right" if place in table.figures else "left"
        drawn.add_column(Text(column), justify=justify, no_wrap=column != "reason")
    for row, style in zip_longest(table.texts, styles, fillvalue=""):
        drawn.add_row(*map(Text, row), style=style)
    _keep_whole(drawn)
    _print(drawn)


def print_parts(parts: Iterable[str | TextTable], style: str = "") -> None:
    """Print the page of a result: its lines in a style, and its tables."""
    for part in parts:
        if isinstance(part, TextTable):
            print_table(part)
        else:
            print_line(part, style)


def print_ledger(ledger: Ledger) -> None:
    """Print every stretch with its reason, and the total."""
    print_table(table_of(ledger), (*("green" if each.kind == "counted" else "dim" for each in ledger), "bold"))


def print_week_day(picture: "DayPicture") -> None:
    """Print a date of a week, its notes in yellow."""
    line = Text(one_line(str(replace(picture, bar=picture.bar.translate(_WEEK_SHADES)))))
    if picture.notes:
        line.stylize("yellow", len(line) - len(one_line(", ".join(picture.notes))))
    _print(line)


def print_clock_day(day: "ClockDay") -> None:
    """Print a date of a clock, after how many were left out before it."""
    if day.skipped:
        print_line(f"... {day.skipped} days", "dim")
    print_line(str(replace(day, bar=day.bar.translate(_CLOCK_SHADES))))


def save_picture(picture: "Drawn", file: Path | None) -> None:
    """Write a picture to a file, where one is named."""
    if file is not None:
        picture.save(file)


def print_json(data: object) -> None:
    """Print data as JSON, on one line."""
    print_raw(json.dumps(data, ensure_ascii=False))


def print_raw(text: str) -> None:
    """Print a text that another program reads: never folded."""
    sys.stdout.write(text + "\n")


def _print(what: Table | Text) -> None:
    columns = os.environ.get("COLUMNS", "")
    width = None if sys.stdout.isatty() else int(columns) if columns.isdecimal() and int(columns) else _WIDTH
    Console(width=width, highlight=False, soft_wrap=width is not None).print(what)


def _keep_whole(table: Table) -> None:
    """Let a narrow terminal fold reasons only: a figure is never cut."""
    for column in table.columns:
        if str(column.header) != "reason":
            column.min_width = max(len(str(cell)) for cell in (column.header, *column.cells))
