"""Outcomes as rows of plain values: a row for each promise, and one for each problem. Columns are held to them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import Any, Final
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import read_zone
from slacalc.clocks.breach_reason import BreachReasons
from slacalc.clocks.clock_state import ClockState
from slacalc.columns.given_rows import Row, check_said, given_rows
from slacalc.columns.judging import Judged, asked_of, is_there, judge, repeated
from slacalc.columns.lists import Errors, on_clock, refuse_each
from slacalc.errors import SlaError
from slacalc.logger import tell_left_out
from slacalc.logs.reading import Ticket
from slacalc.logs.tickets import Tickets
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["COLUMNS", "column_names", "field_columns", "name_of", "outcome_lists", "outcome_rows", "said_names"]

_BEFORE: Final = ("ticket", "metric", "cycle")
_AFTER: Final = (
    *(
        "rule",
        "kind",
        "owed_by",
        "target",
        "received",
        "origin",
        "expected",
        "due",
        "done_at",
        "status",
        "within",
        "breached_at",
    ),
    *("open_time", "wall_time", "overdue_by_open", "overdue_by", "paused", "moved_by_pauses"),
    *("cancelled", "target_changed", "excluded", "objective", "reason", "problem"),
)
_WORTH_COLUMNS: Final = 500  # rows, below which columns take longer to set up than the loop takes
COLUMNS: Final = (*_BEFORE, *_AFTER)
"""The columns of outcomes, other than those of fields, which come after `cycle`."""


def column_names(policy: AnyPolicy) -> tuple[str, ...]:
    """Return the columns of outcomes, those of the fields of a policy among them."""
    return (*_BEFORE, *field_columns(policy), *_AFTER)


def field_columns(policy: AnyPolicy) -> dict[str, str]:
    """Return the field of each column; one that has the name of another column is `field_` and its name."""
    return {f"field_{name}" if name in COLUMNS else name: name for name in policy.field_names}


def outcome_lists(
    policy: AnyPolicy,
    tickets: Any,  # noqa: ANN401 - rows, a reading, or a mapping of lists
    *,
    as_of: datetime,
    columns: Mapping[str, str] | None,
    zone: str | ZoneInfo | None,
    errors: Errors,
) -> dict[str, list[Any]]:
    """Return the outcomes of tickets as lists by column: instants on the clock of their calendar, or of `zone`."""
    rows = given_rows(policy, tickets, columns=columns, zone=zone)
    lists = _at_once(policy, rows, as_of, errors) or _one_by_one(policy, rows, as_of, errors)
    owed = zip(lists["metric"], lists["kind"], strict=True)
    check_said(tickets, columns, (metric for metric, kind in owed if kind == "owed"))
    return lists if zone is None else _on_clock(lists, read_zone(zone))


def _at_once(policy: AnyPolicy, rows: Sequence[Row], as_of: datetime, errors: Errors) -> dict[str, list[Any]] | None:
    """Return the outcomes of many rows by columns of numpy, where it is there."""
    if len(rows) < _WORTH_COLUMNS or not (find_spec("numpy") and find_spec("narwhals")):
        return None
    from slacalc.columns import outcome_frames

    return outcome_frames.outcome_lists(policy, rows, as_of=as_of, errors=errors)


def _one_by_one(policy: AnyPolicy, rows: Sequence[Row], as_of: datetime, errors: Errors) -> dict[str, list[Any]]:
    lists: dict[str, list[Any]] = {name: [] for name in column_names(policy)}
    refused: list[tuple[int, SlaError]] = []
    for place, told in outcome_rows(policy, rows, as_of=as_of):
        if (problem := told.get("problem")) is not None:
            refused.append((place, problem))
            told["problem"] = str(problem)
        for name, values in lists.items():
            values.append(told.get(name))
    if refused and errors == "raise":
        refuse_each(refused)
    tell_left_out("outcome_frame", [(f"row {place}", error.code) for place, error in refused])
    return lists


def outcome_rows(policy: AnyPolicy, rows: Sequence[Row], *, as_of: datetime) -> Iterator[tuple[int, dict[str, Any]]]:
    """Return the outcomes of each ticket with its place, each a dict; a problem of a ticket is one with its error."""
    fields, reasons = field_columns(policy), BreachReasons()
    again = repeated(said_names(rows))
    for place, row in enumerate(rows):
        ticket = name_of(row, place)
        for each in [again[place]] if place in again else _of_row(policy, row, place, as_of):
            if isinstance(each, SlaError):
                yield place, {"ticket": ticket, "problem": each}
            else:
                yield place, _told(ticket, each, fields, reasons)


def _on_clock(lists: dict[str, list[Any]], clock: ZoneInfo) -> dict[str, list[Any]]:
    """Return lists whose datetimes are readings of a clock, as those that came were."""
    tell = on_clock(clock)
    return {
        name: [tell(value) if isinstance(value, datetime) else value for value in values]
        for name, values in lists.items()
    }


def name_of(row: Row, place: int) -> str:
    """Return the name of the ticket of a row; one without a name is known by its place, from 1."""
    return row.id if isinstance(row, Ticket) else str(row.get("ticket", place + 1))


def said_names(rows: Sequence[Row]) -> Sequence[object]:
    """Return the names of tickets that mappings say; `Ticket` values of one name are two tickets."""
    return () if isinstance(rows, Tickets) else [None if isinstance(row, Ticket) else row.get("ticket") for row in rows]


def _of_row(policy: AnyPolicy, row: Row, place: int, as_of: datetime) -> Iterable[Judged | SlaError]:
    try:
        asked = asked_of(row, policy, place + 1)
        if not is_there(asked.ticket, as_of):
            return []
        judged, left_out = judge(asked, policy, as_of)
    except SlaError as error:
        return [error]
    return [*judged, *left_out]


def _told(ticket: str, judged: Judged, fields: Mapping[str, str], reasons: BreachReasons) -> dict[str, object]:
    result, promise = judged.result, judged.result.promise
    clock = promise if isinstance(promise, ClockState) else None
    zone = promise.calendar.zone_info
    breached = result.status == "breached"
    return {
        "ticket": ticket,
        "metric": promise.metric,
        "cycle": judged.cycle,
        **{column: judged.fields.get(name) for column, name in fields.items()},
        "rule": judged.rule,
        "kind": promise.kind,
        "owed_by": promise.owed_by,
        "target": str(promise.target),
        **dict(_instants(judged, zone)),
        "status": result.status,
        "within": result.within,
        "breached_at": _on(zone, promise.due) if breached else None,
        "open_time": result.open_time,
        "wall_time": result.wall_time,
        "overdue_by_open": result.overdue_by_open,
        "overdue_by": result.overdue_by,
        "paused": timedelta(0) if clock is None else clock.paused_time,
        "moved_by_pauses": None if clock is None else clock.moved_by_pauses,
        "cancelled": None if clock is None else clock.cancelled or None,
        "target_changed": clock is not None and clock.target_changed,
        "excluded": clock is not None and clock.excluded_from_objective,
        "objective": promise.objective,
        "reason": reasons.of(result) if breached else None,
    }


def _instants(judged: Judged, zone: ZoneInfo) -> Iterator[tuple[str, datetime | None]]:
    result, promise = judged.result, judged.result.promise
    yield "received", _on(zone, judged.received)
    yield "origin", _on(zone, promise.origin)
    yield "expected", _on(zone, promise.expected)
    yield "due", _on(zone, promise.due)
    yield "done_at", _on(zone, result.done_at)


def _on(zone: ZoneInfo, moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(zone)
