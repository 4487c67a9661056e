"""A calendar as tables, from which any SQL engine adds and measures open time by equi-joins.

Time is cut into slots of one width, each wholly open or wholly closed. All numbers are whole microseconds: of UTC
since 1970, or of open time since the tables begin. Three tables:

- `intervals`: the open intervals `opens..closes`, with the open time `before` each,
- `slots`: for slot `t // width`, the open time up to `t` is `base + open * t`,
- `work_slots`: for open time `work` in slot `(work - 1) // width`, the instant is `work + shift`.

Each has the calendar's id in its first column, so that many calendars share them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, chain
from math import gcd
from pathlib import Path
from typing import Any, Final, TypeAlias

from slacalc.business_time.instants import DAY, amount_us, to_amount, to_us, utc_text
from slacalc.business_time.spans import Span
from slacalc.calendars.open_time import OpenTime
from slacalc.errors import CalendarError, HorizonError, MissingExtraError

__all__ = ["Tables", "tables_of"]

Table: TypeAlias = Mapping[str, tuple[int | str, ...]]
_MOST_SLOTS: Final = 2**22


@dataclass(frozen=True, slots=True)
class Tables:
    """A calendar from `start` to `end` as three tables of columns; `width` is that of the slots.

    >>> from datetime import UTC, datetime
    >>> from slacalc import Calendar
    >>> office = Calendar("Europe/Brussels", "Mon-Fri 09:00-12:00 13:00-17:00")
    >>> friday, monday = datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)
    >>> tables = tables_of(office, friday, monday, calendar="BE")
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
        tables = self.to_arrow()
        from pyarrow import parquet

        paths = []
        for name, table in tables.items():
            paths.append(Path(folder) / f"{name}.parquet")
            parquet.write_table(table, paths[-1])
        return tuple(paths)


def tables_of(
    office: OpenTime,
    start: datetime,
    end: datetime,
    *,
    calendar: int | str = 0,
    width: timedelta | None = None,
) -> Tables:
    """Return the tables of an office from `start` to `end`, moved outward to whole slots.

    `calendar` is its id in them. `width` is that of the slots; without it, the widest that fits the office, at
    most a day. Tables that many offices share need one width that fits all. Raises HorizonError before
    1970 and outside the covered time, and CalendarError for a width that does not fit, or slots too many.
    """
    low, high = to_us(start, "start"), to_us(end, "end")
    if low < 0 or high <= low:
        raise HorizonError(
            "tables_range_invalid",
            "tables begin in 1970 or later, and end after they begin",
            given=f"{utc_text(low)}..{utc_text(high)}",
            accepts="a start from 1970 on, where every engine divides in the same way, and an end after it",
        )
    office.refuse_beyond(low, high)
    step = _width(office, low, high, None if width is None else amount_us(width, "width"))
    covered = office.timeline.covered
    first, last = max(covered[0], low // step * step), min(covered[1], -(-high // step) * step)
    spans = list(office.timeline.spans(first, last))
    before = list(accumulate((b - a for a, b in spans), initial=0))
    return Tables(
        calendar,
        to_amount(step),
        _table(calendar, opens=[a for a, _ in spans], closes=[b for _, b in spans], before=before[:-1]),
        _slots(calendar, spans, first // step, -(-last // step), step),
        _work_slots(calendar, spans, before, step),
    )


def _width(office: OpenTime, low: int, high: int, wanted: int | None) -> int:
    """Return the width of the slots: what is wanted if it fits, else the widest that does."""
    edges = [edge for edge in chain.from_iterable(office.timeline.spans(low, high)) if low < edge < high]
    fits = gcd(DAY, *edges)
    if wanted is not None and (not wanted or fits % wanted):
        raise CalendarError(
            "slots_do_not_fit",
            "the calendar opens or closes within a slot",
            given=to_amount(wanted),
            accepts=f"a width that divides {to_amount(fits)}",
            where="width",
        )
    width = wanted or fits
    if (high - low) // width > _MOST_SLOTS:
        raise CalendarError(
            "slots_too_many",
            "the calendar opens or closes at times so odd that the slots would be too many",
            given=f"{(high - low) // width:,} slots of {to_amount(width)}",
            accepts=f"at most {_MOST_SLOTS:,}: fewer years, or exceptions that begin and end on the quarter of an hour",
        )
    return width


def _slots(calendar: int | str, spans: list[Span], first: int, last: int, step: int) -> Table:
    """Return, for each slot, whether it is open, and the open time up to 1970 if it had been so all along."""
    is_open = bytearray(last - first)
    base: list[int] = []
    worked = 0
    for opens, closes in spans:
        is_open[opens // step - first : closes // step - first] = b"\1" * ((closes - opens) // step)
    for slot, counted in enumerate(is_open, first):
        base.append(worked - slot * step if counted else worked)
        worked += step * counted
    return _table(calendar, slot=list(range(first, last)), open=list(is_open), base=base)


def _work_slots(calendar: int | str, spans: list[Span], before: list[int], step: int) -> Table:
    shift = [
        opens - done for (opens, closes), done in zip(spans, before, strict=False) for _ in range(opens, closes, step)
    ]
    return _table(calendar, slot=list(range(len(shift))), shift=shift)


def _table(calendar: int | str, **columns: list[int]) -> Table:
    count = len(next(iter(columns.values())))
    return {"calendar": (calendar,) * count, **{name: tuple(column) for name, column in columns.items()}}


def _pyarrow() -> Any:  # noqa: ANN401 - a module without types
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtraError(
            "extra_missing", "Arrow and Parquet need pyarrow", accepts="pip install pyarrow"
        ) from error
    return pa
