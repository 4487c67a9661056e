"""This module knows how answers look on a terminal: lines, tables, ledgers, bars; and as JSON."""

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from slacalc.business_time.amounts import print_amount
from slacalc.calendars.ledger import Ledger, print_moment
from slacalc.calendars.week import DayPicture
from slacalc.tickets.picture import ClockDay

__all__ = [
    "Row",
    "print_clock_day",
    "print_json",
    "print_ledger",
    "print_line",
    "print_raw",
    "print_table",
    "print_title",
    "print_week_day",
]

_WIDTH: Final = 140
_WORDS: Final = {"from", "to", "reason", "priority", "metric", "ticket", "at", "deliver at", "kind", "label"}
_CLOCK_SHADES: Final = str.maketrans({"#": "█", "~": "░", "-": "─", ".": "·"})
_WEEK_SHADES: Final = str.maketrans({"#": "█", "+": "▌", ".": "·"})


class Row(NamedTuple):
    """A row of a table, and how it is set."""

    cells: tuple[str, ...]
    style: str = ""


def print_line(text: str, style: str = "") -> None:
    """Print a text as it is: a holiday's name is never read as markup."""
    _print(Text(text, style=style))


def print_title(text: str) -> None:
    """Print what the next lines are about."""
    print_line(text, "bold")


def print_table(columns: Iterable[str], rows: Iterable[Row]) -> None:
    """Print rows under their columns: words at the left, figures at the right."""
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, justify="left" if column in _WORDS else "right", no_wrap=column != "reason")
    for row in rows:
        table.add_row(*map(Text, row.cells), style=row.style)
    _keep_whole(table)
    _print(table)


def print_ledger(ledger: Ledger) -> None:
    """Print every stretch with its reason, and the total."""
    rows = [
        Row(
            (
                print_moment(s.start),
                print_moment(s.end),
                print_amount(s.wall),
                print_amount(s.counted) if s.kind == "counted" else "",
                s.reason,
            ),
            "green" if s.kind == "counted" else "dim",
        )
        for s in ledger
    ]
    total = Row(("", "", print_amount(ledger.wall), print_amount(ledger.counted), "total"), "bold")
    print_table(("from", "to", "wall", "counted", "reason"), (*rows, total))


def print_week_day(picture: DayPicture) -> None:
    """Print a date of a week, its notes in yellow."""
    line = Text(str(replace(picture, bar=picture.bar.translate(_WEEK_SHADES))))
    if picture.notes:
        line.stylize("yellow", len(line) - len(", ".join(picture.notes)))
    _print(line)


def print_clock_day(day: ClockDay) -> None:
    """Print a date of a clock, after how many were left out before it."""
    if day.skipped:
        print_line(f"... {day.skipped} days", "dim")
    print_line(str(replace(day, bar=day.bar.translate(_CLOCK_SHADES))))


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
        if column.header != "reason":
            column.min_width = max(len(str(cell)) for cell in (column.header, *column.cells))
