"""The breaches of a report: as many as were asked for, each with its reason, for a spreadsheet or a program."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from slacalc.arguments import refuse
from slacalc.business_time.amounts import format_amount
from slacalc.clocks.breach_reason import BreachReasons
from slacalc.clocks.outcome import Outcome
from slacalc.columns.judging import Judged
from slacalc.errors import LogError, MissingExtraError
from slacalc.render import Tabular, TextTable
from slacalc.reports.grouping import group_text

__all__ = ["WORST_TITLE", "Breaches", "Worst"]

WORST_TITLE: Final = "the worst breaches"

_FORMS: Final = (".csv", ".json", ".parquet")


@dataclass(frozen=True, slots=True)
class Worst:
    """A breach: its ticket, the group that it counts in, and the promise."""

    ticket: str
    groups: tuple[str, ...]
    judged: Judged

    @property
    def group(self) -> str:
        """The group that it counts in."""
        return group_text(self.groups)

    @property
    def outcome(self) -> Outcome:
        """How the promise was kept."""
        return self.judged.result

    @property
    def reason(self) -> str:
        """What was promised, when it was due, how late it was, and what came between."""
        return BreachReasons().of(self.outcome)


@dataclass(frozen=True, slots=True)
class Breaches(Tabular):
    """Breaches by how much open time they are over, the worst first, each with its reason in words."""

    keys: tuple[str, ...]
    worst: tuple[Worst, ...]

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each breach, instants and amounts as values: `pandas.DataFrame(breaches.to_rows())`."""
        reasons = BreachReasons()
        return [self._row(each, reasons) for each in self.worst]

    def to_data(self) -> dict[str, object]:
        """Return the breaches as plain lists, dicts and texts: instants in ISO 8601, amounts in seconds."""
        return {"breaches": [dict(_plain(row)) for row in self.to_rows()]}

    def to_parquet(self, path: str | Path) -> None:
        """Write the rows to a Parquet file. Raises MissingExtraError without pyarrow."""
        try:
            import pyarrow as pa
            from pyarrow import parquet
        except ImportError as error:
            raise MissingExtraError(
                "extra_missing", "Arrow and Parquet need pyarrow", accepts="pip install pyarrow"
            ) from error
        rows = self.to_rows()
        columns = {name: _column(pa, name, [row[name] for row in rows]) for name in self._row_names()}
        parquet.write_table(pa.table(columns), path)

    def write(self, path: str | Path) -> None:
        """Write the rows to a file: CSV, JSON or Parquet, as its name ends. Raises LogError where it cannot be."""
        suffix = Path(path).suffix.lower()
        if suffix not in _FORMS:
            refuse(str(path), "breaches", f"a file whose name ends in {', '.join(_FORMS)}")
        try:
            if suffix == ".parquet":
                self.to_parquet(path)
            else:
                Path(path).write_text(self.to_csv() if suffix == ".csv" else self.to_json(), encoding="utf-8")
        except OSError as error:
            raise LogError(
                "file_unwritable",
                "the file cannot be written",
                given=error.strerror,
                accepts="a path that can",
                where=str(path),
            ) from error

    def _row(self, breach: Worst, reasons: BreachReasons) -> dict[str, object]:
        judged, result = breach.judged, breach.outcome
        promise, zone = result.promise, result.promise.calendar.zone_info
        moments = {"received": judged.received, "due": promise.due, "done_at": result.done_at}
        return {
            "ticket": breach.ticket,
            **dict(zip(self.keys, breach.groups, strict=True)),
            "metric": promise.metric,
            "cycle": judged.cycle,
            "rule": judged.rule,
            "target": str(promise.target),
            **{name: None if moment is None else moment.astimezone(zone) for name, moment in moments.items()},
            "open_time": result.open_time,
            "wall_time": result.wall_time,
            "overdue_by_open": result.overdue_by_open,
            "overdue_by": result.overdue_by,
            "reason": reasons.of(result),
        }

    def _row_names(self) -> tuple[str, ...]:
        return ("ticket", *self.keys, "metric", "cycle", "rule", "target", *_INSTANTS, *_AMOUNTS, "reason")

    def _page(self) -> Iterator[TextTable]:
        columns = ("ticket", "metric", "open over", "wall over", "reason")
        reasons = BreachReasons()
        yield TextTable.of(
            columns,
            (_cells(each, reasons) for each in self.worst),
            figures=range(2, 4),
            caption=WORST_TITLE,
            named_by=2,
        )


_INSTANTS: Final = ("received", "due", "done_at")
_AMOUNTS: Final = ("open_time", "wall_time", "overdue_by_open", "overdue_by")


def _cells(breach: Worst, reasons: BreachReasons) -> tuple[str, ...]:
    over = breach.outcome
    amounts = (format_amount(over.overdue_by_open), format_amount(over.overdue_by))
    return (breach.ticket, over.promise.metric, *amounts, reasons.of(over))


def _plain(row: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in row.items():
        match value:
            case datetime():
                yield name, value.isoformat()
            case timedelta():
                yield name, format_amount(value)
            case _:
                yield name, value


def _column(pa: Any, name: str, values: list[Any]) -> Any:  # noqa: ANN401 - the module, and an array of it
    """Return a column of Parquet: instants in the zone of all, or in UTC where there are several."""
    if name in _AMOUNTS:
        return pa.array(values, pa.duration("us"))
    if name in _INSTANTS:
        zones = {value.tzinfo.key for value in values if value is not None}
        return pa.array(values, pa.timestamp("us", zones.pop() if len(zones) == 1 else "UTC"))
    return pa.array(values, pa.int64() if name == "cycle" else pa.string())
