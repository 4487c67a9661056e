"""Which column of a table is what: by its own name, or by the name that is said."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from slacalc.arguments import check_argument, nearest, nearest_first
from slacalc.errors import InstantError, LogError
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["RECEIVED", "TICKET", "column_of", "known_names", "misspelled", "missing_column", "refuse_unsaid"]

TICKET: Final = "ticket"
RECEIVED: Final = "received"


def known_names(policy: AnyPolicy) -> tuple[str, ...]:
    """Return what a column of tickets may be: the ticket, its receipt, fields, metrics, and named instants."""
    return (TICKET, RECEIVED, *policy.field_names, *policy.metrics, *sorted(policy.origins))


def column_of(
    policy: AnyPolicy, table: Collection[str], columns: Mapping[str, str] | None, own: Iterable[str] = ()
) -> dict[str, str]:
    """Return the column of each name that a table has; those of the table that mean nothing are left alone.

    `columns` says which column has another name. Raises InstantError for a name or a column that is not there, and
    LogError for a column that is spelled like one that is missing: its answers would be none, in silence. `own` are
    columns that mean something else.
    """
    check_argument(columns, (Mapping, type(None)), "columns", 'a mapping such as {"received": "opened_at"}')
    known, chosen = known_names(policy), dict(columns or {})
    for name, column in chosen.items():
        if name not in known:
            raise missing_column(name, known, "columns", "the policy does not know this name")
        if column not in table:
            raise missing_column(column, table, f"columns.{name}")
    named = {name: chosen.get(name, name) for name in known if chosen.get(name, name) in table}
    if RECEIVED not in named:
        raise missing_column(RECEIVED, table, RECEIVED, named_by=True)
    absent = [name for name in known if name not in named]
    if (found := misspelled(table, absent, {*known, *chosen.values(), *own})) is not None:
        column, like = found
        accepts = f'{like}, or columns={{"{like}": "{column}"}} if that is what it is'
        raise LogError("row_key_unknown", "the policy does not know this key", given=column, accepts=accepts)
    return named


def misspelled(given: Iterable[str], absent: Collection[str], known: Collection[str]) -> tuple[str, str] | None:
    """Return the first name that is not known and is spelled like one that is absent, and that one; or None."""
    strange = (name for name in given if name not in known)
    return next(((name, like) for name in strange if (like := nearest(name, absent)) is not None), None)


def refuse_unsaid(said: Collection[str], promised: Iterable[str], accepts: str) -> None:
    """Raise LogError for a metric that is promised, of which nothing says when it was done.

    All of its promises would be breached, in silence. `said` are the metrics that something is said of.
    """
    unsaid = sorted({*promised} - {*said})
    if unsaid:
        raise LogError(
            "metric_without_column",
            "nothing says when this was done, so that all of its promises would be breached",
            given=unsaid[0],
            accepts=accepts.format(metric=unsaid[0]),
        )


def missing_column(
    given: str,
    known: Iterable[str],
    where: str,
    problem: str = "the frame has no such column",
    *,
    named_by: bool = False,
) -> InstantError:
    """Return the error for a column that a table does not have; `named_by` tells that `columns` can name another."""
    accepts = nearest_first(given, list(known)[:20])
    if named_by:
        accepts += f'; columns={{"{given}": ...}} says which of them it is'
    return InstantError("frame_column_missing", problem, given=given, accepts=accepts, where=where)
