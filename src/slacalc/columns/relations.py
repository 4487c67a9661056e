"""Relations of DuckDB: read as tables of Arrow, and made of them again on the same connection.

A relation of one column is a column. Rows go by their place, which DuckDB keeps unless it is told not to.
"""

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from slacalc.columns import arrays, date_columns
from slacalc.errors import AmountError, InstantError

__all__ = [
    "add",
    "arrow_of",
    "count_working_dates",
    "elapsed",
    "is_open",
    "is_relation",
    "is_working_date",
    "like_given",
    "next_open",
    "roll_forward",
    "subtract",
    "working_date_after",
]

Native: TypeAlias = Any  # a relation of DuckDB, or what is none
_INTERVAL: Final = "month_day_nano_interval"


def is_relation(given: object) -> bool:
    """Tell whether something is a relation of DuckDB."""
    return type(given).__name__ == "DuckDBPyRelation"


def arrow_of(given: Native) -> Native:
    """Return a relation as a table of pyarrow; anything else as it is."""
    if not is_relation(given):
        return given
    return given.to_arrow_table() if hasattr(given, "to_arrow_table") else given.arrow()


def like_given(given: Native, made: Native) -> Native:
    """Return a table of pyarrow as a relation, if one was given; anything else as it is."""
    return given.query("given", "select * from made") if is_relation(given) else made


def _over_arrow(verb: Callable[..., Native]) -> Callable[..., Native]:
    """Return a verb for relations of one column: its answers are one, under the same name."""

    def answered(calendar: object, column: Native, *others: Native, **options: Native) -> Native:
        answers = verb(
            calendar,
            _column(column),
            *(_column(other) if is_relation(other) else other for other in others),
            **{name: _column(option) if is_relation(option) else option for name, option in options.items()},
        )
        import pyarrow as pa

        return like_given(column, pa.table({column.columns[0]: answers}))

    return answered


def _column(relation: Native) -> Native:
    """Return the values of a relation of one column. Raises InstantError for one of more."""
    if len(relation.columns) != 1:
        raise InstantError(
            "column_unknown",
            "this is no column that slacalc knows",
            given=f"a relation of {len(relation.columns)} columns",
            accepts='a relation of one column, such as relation.select("received")',
        )
    values = arrow_of(relation).column(0)
    return _durations(relation) if str(values.type) == _INTERVAL else values


def _durations(relation: Native) -> Native:
    """Return intervals as amounts. Raises AmountError for one of months or days, which are of no fixed length."""
    import pyarrow as pa

    name = '"' + relation.columns[0].replace('"', '""') + '"'
    dated = " + ".join(f"abs(extract({part} from {name}))" for part in ("year", "month", "day"))
    told = arrow_of(relation.project(f"epoch_us({name}) as us, coalesce({dated}, 0) > 0 as dated"))
    if any(told.column("dated").to_pylist()):
        accepts = "intervals of hours, minutes and seconds: a day of open time has no fixed length"
        raise AmountError(
            "column_not_durations", "this is no column of durations", given=relation.columns[0], accepts=accepts
        )
    return told.column("us").cast(pa.duration("us"))


add: Callable[..., Any] = _over_arrow(arrays.add)
subtract: Callable[..., Any] = _over_arrow(arrays.subtract)
elapsed: Callable[..., Any] = _over_arrow(arrays.elapsed)
is_open: Callable[..., Any] = _over_arrow(arrays.is_open)
next_open: Callable[..., Any] = _over_arrow(arrays.next_open)
roll_forward: Callable[..., Any] = _over_arrow(arrays.roll_forward)
working_date_after: Callable[..., Any] = _over_arrow(date_columns.working_date_after)
count_working_dates: Callable[..., Any] = _over_arrow(date_columns.count_working_dates)
is_working_date: Callable[..., Any] = _over_arrow(date_columns.is_working_date)
