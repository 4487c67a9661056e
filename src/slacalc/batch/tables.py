"""This module knows a calendar as tables, from which any SQL engine adds and measures open time by equi-joins.

Time is cut into slots of one width, each wholly open or wholly closed. All numbers are whole microseconds: of UTC
since 1970, or of open time since the tables begin. Three tables:

- `intervals`: the open intervals `opens..closes`, with the open time `before` each,
- `slots`: for slot `t // width`, the open time up to `t` is `base + open * t`,
- `work_slots`: for open time `work` in slot `(work - 1) // width`, the instant is `work + shift`.

Each has the calendar's id in its first column, so that many calendars share them.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, chain
from math import gcd
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from slacalc.business_time.instants import DAY, amount_us, to_amount, to_us, utc_text
from slacalc.business_time.spans import Span
from slacalc.calendars.open_time import OpenTime
from slacalc.errors import CalendarError, HorizonError, MissingExtraError

if TYPE_CHECKING:
    from types import MappingProxyType

__all__ = ["Tables", "tables_of"]

Table: TypeAlias = Mapping[str, tuple[int | str, ...]]
_MOST_SLOTS: Final = 2**22


@dataclass(frozen=True, slots=True)
class Tables:
    """A calendar from `start` to `end` as three tables of columns; `width` is that of the slots.

    >>> from datetime import UTC, datetime
    >>> from slacalc import Calendar
    >>> office = Calendar("Europe/Brussels", "Mon-Fri 09:00-12:00 13:00-17:00")
    >>> tables = tables_of(office, datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC), calendar="BE")
    >>> tables.width, len(tables.slots["slot"]), len(tables.work_slots["slot"])
    (datetime.timedelta(seconds=3600), 72, 7)
    """

    calendar: int | str
    width: timedelta
    intervals: Table
    slots: Table
    work_slots: Table

    def items(self) -> tuple[tuple[str, Table], ...]:
        """Return the tables with their names."""
        return ("intervals", self.intervals), ("slots", self.slots), ("work_slots", self.work_slots)

    def to_arrow(self) -> "dict[str, Any]":
        """Return a `pyarrow.Table` for each. Raises MissingExtraError without pyarrow."""
        arrow = _pyarrow()
        return {name: arrow.table({key: list(column) for key, column in table.items()}) for name, table in self.items()}

    def to_parquet(self, folder: str | Path) -> tuple[Path, ...]:
        """Write `intervals.parquet`, `slots.parquet` and `work_slots.parquet` into a folder, and return their paths."""
        from pyarrow import parquet

        paths = []
        for name, table in self.to_arrow().items():
            paths.append(Path(folder) / f"{name}.parquet")
            parquet.write_table(table, paths[-1])
        return tuple(paths)
