"""Outcomes as tables are a loop over promise, replay and outcome, on every kind of table; a report is their sum."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.columns import outcome_rows
from slacalc.reports import attainment
from slacalc.testing.strategies import FRIDAY, event_logs, instants, policies, spans
from tests.laws.strategies import law

np = pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")
pd = pytest.importorskip("pandas", reason="one of the backends")
pl = pytest.importorskip("polars", reason="one of the backends")
pytest.importorskip("pyarrow", reason="one of the backends")
duckdb = pytest.importorskip("duckdb", reason="one of the backends")

METRICS: Final = ("first_response", "next_response", "resolution")
WEEK: Final = timedelta(days=7)
SCHEMA: Final = {
    "ticket": pl.String, "received": pl.Datetime("us", "UTC"), "priority": pl.String,
    **dict.fromkeys(METRICS, pl.Datetime("us", "UTC")),
}  # fmt: skip


@st.composite
def tickets(draw: st.DrawFn, policy: sla.Policy) -> list[sla.Ticket]:
    """Tickets of one row: some done before they came, or of a priority that is none, or later than all others."""
    drawn = []
    for number in range(draw(st.integers(0, 6))):
        received = draw(instants(near=FRIDAY)).astimezone(UTC)
        done = draw(st.dictionaries(st.sampled_from(policy.metrics), spans(most=WEEK) | st.just(-timedelta(hours=1))))
        priority = draw(st.sampled_from(("urgent", "high", "low", None)))
        fields = {} if priority is None else {"priority": priority}
        drawn.append(
            sla.Ticket(f"{number}", received, fields, {metric: received + after for metric, after in done.items()})
        )
    return drawn


@st.composite
def lives(draw: st.DrawFn) -> list[sla.Ticket]:
    """Tickets with events."""
    logs = draw(st.lists(event_logs(), max_size=4))
    return [sla.Ticket(f"{number}", log[0].at, events=tuple(log)) for number, log in enumerate(logs)]


# ---------------------------------------------------------------- the loop


def loop(policy: sla.Policy, given: Sequence[sla.Ticket], as_of: datetime) -> Iterator[dict[str, Any]]:
    """What the law says that a table holds."""
    for ticket in given:
        if ticket.received > as_of:
            continue
        try:
            yield from list(replayed(policy, ticket, as_of) if ticket.events else stopped(policy, ticket, as_of))
        except sla.SlaError:
            yield {"ticket": ticket.id}


def stopped(policy: sla.Policy, ticket: sla.Ticket, as_of: datetime) -> Iterator[dict[str, Any]]:
    promises = policy.promise_for(ticket.received, ticket.fields)
    if any(metric in promises.later or done < ticket.received for metric, done in ticket.done.items()):
        yield {"ticket": ticket.id}
        return
    every = {metric: sla.outcome(promise, ticket.done.get(metric), as_of=as_of) for metric, promise in promises.items()}
    for metric, result in every.items():
        yield {
            **told(result), "ticket": ticket.id, "metric": metric, "cycle": 1, "rule": promises[metric].rule,
            "priority": ticket.fields.get("priority"), "received": ticket.received, "paused": timedelta(0),
        }  # fmt: skip


def replayed(policy: sla.Policy, ticket: sla.Ticket, as_of: datetime) -> Iterator[dict[str, Any]]:
    clocks = policy.replay(ticket.events, as_of=as_of, ticket=ticket.id)
    for metric in clocks:
        for number, state in enumerate(clocks.cycles(metric), 1):
            yield {
                **told(state.outcome()), "ticket": ticket.id, "metric": metric, "cycle": number, "rule": state.rule,
                "priority": state.fields.get("priority"), "received": ticket.received, "paused": state.paused_time,
                "cancelled": state.cancelled or None, "target_changed": state.target_changed,
                "moved_by_pauses": state.moved_by_pauses,
            }  # fmt: skip
    for gap in clocks.gaps:
        if gap.message:
            yield {"ticket": ticket.id}


def told(result: sla.Outcome) -> dict[str, Any]:
    promise = result.promise
    return {
        "target": str(promise.target), "origin": promise.origin, "expected": promise.expected, "due": promise.due,
        "done_at": result.done_at, "status": result.status, "open_time": result.open_time, "wall_time": result.wall_time,
        "overdue_by_open": result.overdue_by_open, "overdue_by": result.overdue_by, "objective": promise.objective,
        "breached_at": promise.due if result.status == "breached" else None, "target_changed": False,
    }  # fmt: skip


# ---------------------------------------------------------------- tables


def columns_of(given: Sequence[sla.Ticket]) -> dict[str, list[Any]]:
    return {
        "ticket": [ticket.id for ticket in given],
        "received": [ticket.received for ticket in given],
        "priority": [ticket.fields.get("priority") for ticket in given],
        **{metric: [ticket.done.get(metric) for ticket in given] for metric in METRICS},
    }


def polars_of(given: Sequence[sla.Ticket]) -> Any:
    return pl.DataFrame(columns_of(given), schema=SCHEMA)


def numpy_of(given: Sequence[sla.Ticket]) -> dict[str, Any]:
    frame = polars_of(given)
    naive = {
        name: frame[name].dt.replace_time_zone(None).to_numpy().astype("M8[us]") for name in ("received", *METRICS)
    }
    return {**{name: np.array(frame[name].to_list(), object) for name in ("ticket", "priority")}, **naive}


TABLES: Final[dict[str, Callable[[Sequence[sla.Ticket]], Any]]] = {
    "tickets": list,
    "lists": columns_of,
    "numpy": numpy_of,
    "pandas": lambda given: polars_of(given).to_pandas(),
    "polars": polars_of,
    "pyarrow": lambda given: polars_of(given).to_arrow(),
    "duckdb": lambda given: duckdb.connect().from_arrow(polars_of(given).to_arrow()),
}


def rows_of(table: Any) -> list[dict[str, Any]]:
    if isinstance(table, duckdb.DuckDBPyRelation):
        table = dict(zip(table.columns, zip(*table.fetchall(), strict=True), strict=False))
    if hasattr(table, "to_pydict"):
        table = table.to_pydict()
    names = list(table) if isinstance(table, dict) else list(table.columns)
    lists = [
        [plain(value) for value in (table[name].tolist() if hasattr(table[name], "tolist") else table[name])]
        for name in names
    ]
    return [dict(zip(names, values, strict=True)) for values in zip(*lists, strict=True)]


def plain(value: Any) -> Any:
    if value is pd.NaT or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    for method in ("to_pydatetime", "to_pytimedelta", "item"):
        if hasattr(value, method):
            value = getattr(value, method)()
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def without(table: Any, names: Sequence[str]) -> Any:
    """A table without some of its columns."""
    if isinstance(table, dict):
        return {name: column for name, column in table.items() if name not in names}
    if isinstance(table, pd.DataFrame):
        return table.drop(columns=list(names))
    if isinstance(table, duckdb.DuckDBPyRelation):
        return table.select(*(name for name in table.columns if name not in names))
    return table.drop(list(names))


def assert_the_same(expected: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    assert [(row["ticket"], row.get("metric")) for row in expected] == [(row["ticket"], row["metric"]) for row in found]
    for mine, theirs in zip(expected, found, strict=True):
        assert ("metric" in mine) == (theirs["problem"] is None)
        for name, value in mine.items():
            assert value == theirs[name], name
        assert (theirs["reason"] is not None) == (mine.get("status") == "breached")


@pytest.mark.parametrize("kind", TABLES)
@law(10)
@given(data=st.data())
def test_outcomes_of_tickets_are_a_loop_over_promise_and_outcome(kind: str, data: st.DataObject) -> None:
    policy = data.draw(policies())
    given_tickets = data.draw(tickets(policy))
    as_of = data.draw(instants(near=FRIDAY)) + data.draw(spans(most=WEEK))
    made = TABLES[kind](given_tickets)
    zone = "UTC" if kind == "numpy" else None
    if kind != "tickets":
        made = without(made, [metric for metric in METRICS if metric not in policy.metrics])
    for least in (1, 500):
        with mock.patch.object(outcome_rows, "_WORTH_COLUMNS", least):
            found = policy.outcome_frame(made, as_of=as_of, errors="null", zone=zone)
        assert_the_same(list(loop(policy, given_tickets, as_of)), rows_of(found))


@law(25)
@given(policies(), lives(), spans(most=2 * WEEK))
def test_outcomes_of_lives_are_a_loop_over_replay(
    policy: sla.Policy, given_tickets: list[sla.Ticket], after: timedelta
) -> None:
    as_of = FRIDAY + after
    for least in (1, 500):
        with mock.patch.object(outcome_rows, "_WORTH_COLUMNS", least):
            found = rows_of(policy.outcome_frame(given_tickets, as_of=as_of, errors="null"))
        assert_the_same(list(loop(policy, given_tickets, as_of)), found)


@law(25)
@given(policies(), lives(), spans(most=2 * WEEK))
def test_open_time_and_pauses_are_all_that_passed(
    policy: sla.Policy, given_tickets: list[sla.Ticket], after: timedelta
) -> None:
    for ticket in given_tickets:
        if ticket.received > FRIDAY + after:
            continue
        clocks = policy.replay(ticket.events, as_of=FRIDAY + after, ticket=ticket.id)
        for metric in clocks:
            for state in clocks.cycles(metric):
                if not state.history and state.origin is not None:
                    passed = state.calendar.elapsed(state.origin, state.origin + state.wall_time)
                    assert state.open_time + state.paused_time == passed
                    assert state.paused_time >= timedelta(0)


# ---------------------------------------------------------------- reports


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    """What may be asked of a report."""
    by = st.sampled_from(("priority", "month", "weekday", "hour", "due_month", "due_weekday", "due_hour"))
    asked: dict[str, Any] = {"by": draw(st.lists(by, min_size=1, max_size=3, unique=True))}
    asked["worst"] = draw(st.sampled_from((0, 2, "all")))
    if draw(st.booleans()):
        asked |= {"since": FRIDAY - draw(spans(most=WEEK)), "dated": draw(st.sampled_from(("created", "due")))}
    if draw(st.booleans()):
        asked["aging"] = ["1h", "30h", timedelta(days=3)]
    return asked


@law(25)
@given(data=st.data())
def test_a_report_over_columns_is_the_loop_over_tickets(data: st.DataObject) -> None:
    policy = data.draw(policies())
    given_tickets = data.draw(tickets(policy) | lives())
    as_of = data.draw(instants(near=FRIDAY)) + data.draw(spans(most=WEEK))
    asked = data.draw(questions())
    one_by_one = sla.report(given_tickets, policy, as_of=as_of, **asked)
    with mock.patch.object(attainment, "_WORTH_COLUMNS", 1):
        in_columns = sla.report(given_tickets, policy, as_of=as_of, **asked)
    assert replace(one_by_one, problems=()) == replace(in_columns, problems=())
    assert list(map(str, one_by_one.problems)) == list(map(str, in_columns.problems))
    assert one_by_one.to_json() == in_columns.to_json()


@law(25)
@given(data=st.data())
def test_the_figures_of_a_report_are_sums_of_outcomes(data: st.DataObject) -> None:
    policy = data.draw(policies())
    given_tickets = data.draw(tickets(policy) | lives())
    as_of = FRIDAY + data.draw(spans(most=WEEK))
    rows = [row for row in rows_of(policy.outcome_frame(given_tickets, as_of=as_of, errors="null")) if row["metric"]]
    found = sla.report(given_tickets, policy, as_of=as_of, worst="all")
    for line in found.lines:
        apart = line.metric, line.kind, line.owed_by
        mine = [
            row for row in rows
            if apart == (row["metric"], row["kind"], row["owed_by"]) and line.group in {"all", row["priority"] or ""}
        ]  # fmt: skip
        counts = Counter(row["status"] for row in mine)
        assert (line.tickets, line.met, line.breached, line.pending, line.cancelled) == (
            len(mine), counts["met"], counts["breached"], counts["pending"], counts["cancelled"],
        )  # fmt: skip
        times = sorted(row["open_time"] for row in mine if row["done_at"] is not None)
        assert line.p90_open == (times[-(-9 * len(times) // 10) - 1] if times else None)
    assert sorted((each.ticket, each.judged.metric, each.reason) for each in found.worst) == sorted(
        (row["ticket"], row["metric"], row["reason"])
        for row in rows
        if (row["status"], row["owed_by"]) == ("breached", "us")
    )
