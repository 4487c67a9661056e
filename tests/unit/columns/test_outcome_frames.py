"""Outcomes as tables: figures by hand, on every kind of table; and which tables and rows are refused."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import isnan
from typing import Any, Final
from unittest import mock

import pytest

import slacalc as sla
from slacalc.columns import outcome_rows
from tests.helpers import at

np = pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")
pd = pytest.importorskip("pandas", reason="one of the backends")
pl = pytest.importorskip("polars", reason="one of the backends")
pa = pytest.importorskip("pyarrow", reason="one of the backends")
duckdb = pytest.importorskip("duckdb", reason="one of the backends")

ZONE: Final = "Europe/Berlin"
HOUR: Final = timedelta(hours=1)
POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "fields": {"priority": ["high", "low"], "status": []},
        "calendars": {
            "office": {
                "zone": ZONE,
                "hours": "Mon-Fri 09:00-17:00",
                "special_days": [{"on": "2026-11-19", "hours": "closed", "name": "inventory"}],
            }
        },
        "rules": [
            {
                "name": "high",
                "when": {"priority": "high"},
                "calendar": "office",
                "metrics": {
                    "first_response": {"due": {"business_hours": "1h"}, "objective": 0.9},
                    "resolution": {"due": {"business_hours": "8h"}, "expected": {"business_hours": "4h"}},
                },
            },
            {
                "name": "the rest",
                "calendar": "office",
                "metrics": {"first_response": {"due": {"business_hours": "4h"}}},
            },
        ],
    }
)
AS_OF: Final = at("23 12:00")  # a Monday; on Thursday 19 November it was closed
TICKETS: Final[dict[str, list[Any]]] = {
    "ticket": ["A", "B", "C", "D"],
    "received": [at("18 16:00"), at("20 10:00"), at("23 11:00"), at("24 09:00")],
    "priority": ["low", "high", None, "high"],
    "first_response": [at("20 13:00"), at("20 11:00"), None, None],
    "resolution": [None, None, None, None],
    "status": ["closed", "open", "open", "new"],
}
# A: 1 h on Wednesday, 3 on Friday: due at noon, done an hour late. B: met at due; 8 h are over on Monday at 10:00.
# C: due at 15:00. D came later.
REASON_OF_A: Final = (
    "4h in business hours, received Wed 2026-11-18 16:00, due Fri 2026-11-20 12:00, done Fri 2026-11-20 13:00 "
    "(Europe/Berlin); closed meanwhile: special day: inventory 8h"
)
REASON_OF_B: Final = (
    "8h in business hours, received Fri 2026-11-20 10:00, due Mon 2026-11-23 10:00, not done yet (Europe/Berlin); "
    "closed meanwhile: weekend 48h"
)
EXPECTED: Final[dict[str, list[Any]]] = {
    "ticket": ["A", "B", "B", "C"],
    "metric": ["first_response", "first_response", "resolution", "first_response"],
    "cycle": [1, 1, 1, 1],
    "market": [None] * 4,
    "channel": [None] * 4,
    "priority": ["low", "high", "high", None],
    "topic": [None] * 4,
    "field_status": ["closed", "open", "open", "open"],
    "rule": ["the rest", "high", "high", "the rest"],
    "kind": ["owed"] * 4,
    "owed_by": ["us"] * 4,
    "target": ["4h in business hours", "1h in business hours", "8h in business hours", "4h in business hours"],
    "received": [at("18 16:00"), at("20 10:00"), at("20 10:00"), at("23 11:00")],
    "origin": [at("18 16:00"), at("20 10:00"), at("20 10:00"), at("23 11:00")],
    "expected": [None, None, at("20 14:00"), None],
    "due": [at("20 12:00"), at("20 11:00"), at("23 10:00"), at("23 15:00")],
    "done_at": [at("20 13:00"), at("20 11:00"), None, None],
    "status": ["breached", "met", "breached", "pending"],
    "within": [None] * 4,
    "breached_at": [at("20 12:00"), None, at("23 10:00"), None],
    "open_time": [5 * HOUR, HOUR, 10 * HOUR, HOUR],
    "wall_time": [45 * HOUR, HOUR, 74 * HOUR, HOUR],
    "overdue_by_open": [HOUR, 0 * HOUR, 2 * HOUR, 0 * HOUR],
    "overdue_by": [HOUR, 0 * HOUR, 2 * HOUR, 0 * HOUR],
    "paused": [0 * HOUR] * 4,
    "moved_by_pauses": [None] * 4,
    "cancelled": [None] * 4,
    "target_changed": [False] * 4,
    "excluded": [False] * 4,
    "objective": [None, 0.9, None, None],
    "reason": [
        REASON_OF_A,
        None,
        REASON_OF_B,
        None,
    ],
    "problem": [None] * 4,
}


# ---------------------------------------------------------------- kinds of tables: lists in, columns of values out


def to_rows(columns: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def to_tickets(columns: Mapping[str, list[Any]]) -> list[sla.Ticket]:
    fields, metrics = ("priority", "status"), ("first_response", "resolution")
    return [
        sla.Ticket(
            row["ticket"],
            row["received"],
            {name: row[name] for name in fields if row[name] is not None},
            {name: row[name] for name in metrics if row[name] is not None},
        )
        for row in to_rows(columns)
    ]


def to_pandas(columns: Mapping[str, list[Any]]) -> Any:
    return pd.DataFrame(columns, index=range(7, 7 + len(columns["ticket"])))


def to_arrow_backed(columns: Mapping[str, list[Any]]) -> Any:
    return to_arrow(columns).to_pandas(types_mapper=pd.ArrowDtype)


def to_arrow(columns: Mapping[str, list[Any]]) -> Any:
    return pl.DataFrame(columns).to_arrow()


def to_relation(columns: Mapping[str, list[Any]]) -> Any:
    connection = duckdb.connect()
    connection.execute(f"set timezone = '{ZONE}'")
    table = to_arrow(columns)
    return connection.from_arrow(table) if hasattr(connection, "from_arrow") else connection.sql("from table")


def to_numpy(columns: Mapping[str, list[Any]]) -> dict[str, Any]:
    return {
        name: np.array([None if v is None else v.astimezone(UTC).replace(tzinfo=None) for v in values], "M8[us]")
        if any(isinstance(value, datetime) for value in values) or name == "resolution"
        else np.array(values, object)
        for name, values in columns.items()
    }


def plain(value: Any) -> Any:
    """A value of any library as Python has it; what is missing as None."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and isnan(value)):
        return None
    for method in ("to_pydatetime", "to_pytimedelta", "item"):
        if hasattr(value, method):
            value = getattr(value, method)()
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def lists_of(table: Any) -> dict[str, list[Any]]:
    """The columns of a table as lists of plain values."""
    if hasattr(table, "fetchall"):
        names, rows = table.columns, table.fetchall()
        return {name: [row[place] for row in rows] for place, name in enumerate(names)}
    if hasattr(table, "to_pydict"):
        table = table.to_pydict()
    columns = {name: table[name] for name in (table if isinstance(table, dict) else table.columns)}
    return {
        name: [plain(value) for value in (column.tolist() if isinstance(column, np.ma.MaskedArray) else column)]
        for name, column in columns.items()
    }


KINDS: Final[dict[str, Callable[[Mapping[str, list[Any]]], Any]]] = {
    "lists": dict,
    "rows": to_rows,
    "tickets": to_tickets,
    "numpy": to_numpy,
    "pandas": to_pandas,
    "pandas of arrow": to_arrow_backed,
    "polars": pl.DataFrame,
    "pyarrow": to_arrow,
    "duckdb": to_relation,
}
every_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(params=[10**9, 1], ids=["row by row", "by columns"])
def _few_or_many(request: pytest.FixtureRequest) -> Iterator[None]:
    """Rows and lists are judged one by one where they are few; here both ways."""
    with mock.patch.object(outcome_rows, "_WORTH_COLUMNS", request.param):
        yield


def outcomes(given: Any, **more: Any) -> Any:
    zone = {"zone": "UTC"} if isinstance(given, dict) and any(hasattr(each, "dtype") for each in given.values()) else {}
    return POLICY.outcome_frame(given, **{"as_of": AS_OF, **zone, **more})


@every_kind
def test_outcomes_are_a_row_for_each_promise(kind: str) -> None:
    found = lists_of(outcomes(KINDS[kind](TICKETS)))
    assert list(found) == list(EXPECTED)
    for name, values in EXPECTED.items():
        assert found[name] == values, name


@pytest.mark.parametrize("kind", ["pandas", "pandas of arrow", "polars", "pyarrow", "duckdb"])
def test_a_frame_comes_back_as_one_of_its_library_in_the_zone_of_receipt(kind: str) -> None:
    given = KINDS[kind](TICKETS)
    found = outcomes(given)
    assert type(given) is type(found)
    if kind == "duckdb":
        assert str(dict(zip(found.columns, found.types, strict=True))["due"]) == "TIMESTAMP WITH TIME ZONE"
        return
    types = [
        table.schema.field(name).type if kind == "pyarrow" else table[name].dtype
        for table, name in ((given, "received"), (found, "due"))
    ]
    assert types[0] == types[1]


def test_arrays_come_back_as_arrays() -> None:
    found = outcomes(to_numpy(TICKETS))
    assert {name: found[name].dtype.kind for name in ("due", "open_time", "cycle", "excluded", "reason")} == {
        "due": "M", "open_time": "m", "cycle": "i", "excluded": "b", "reason": "O",
    }  # fmt: skip


def test_naive_columns_are_read_and_answered_on_the_clock_of_their_zone() -> None:
    naive = {
        name: [v.replace(tzinfo=None) if isinstance(v, datetime) else v for v in values]
        for name, values in TICKETS.items()
    }
    told = [moment.replace(tzinfo=None) for moment in EXPECTED["due"]]
    for make in (dict, pl.DataFrame, pd.DataFrame):
        assert told == [
            each.to_pydatetime() if hasattr(each, "to_pydatetime") else each
            for each in outcomes(make(naive), zone=ZONE)["due"]
        ]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_a_unit_that_may_be_too_coarse_becomes_microseconds(unit: Any) -> None:
    frame = pd.DataFrame(TICKETS)
    frame["received"] = frame["received"].dt.as_unit(unit)
    polars = pl.DataFrame(TICKETS).with_columns(pl.col("received").dt.cast_time_unit(unit if unit != "s" else "ms"))
    for found in (outcomes(frame), outcomes(polars)):
        assert lists_of(found)["due"] == EXPECTED["due"]
    assert outcomes(frame)["due"].dtype == f"datetime64[{'ns' if unit == 'ns' else 'us'}, {ZONE}]"


def test_a_frame_of_no_tickets_has_every_column() -> None:
    found = outcomes(pl.DataFrame(TICKETS).clear())
    assert (found.columns, len(found)) == (list(EXPECTED), 0)


def test_columns_say_which_is_what_and_others_are_left_alone() -> None:
    named = {"received": "opened", "first_response": "answered", "ticket": "id"}
    other = {named.get(name, name): values for name, values in TICKETS.items()}
    other["colour"] = ["red"] * 4
    for make in (dict, to_rows, pl.DataFrame, pd.DataFrame):
        assert lists_of(outcomes(make(other), columns=named))["due"] == EXPECTED["due"]


# ---------------------------------------------------------------- replays


@pytest.mark.usefixtures("_few_or_many")
def test_each_cycle_of_a_replayed_ticket_is_a_row_with_the_fields_of_then() -> None:
    created = sla.Created(at=at("20 10:00"), status="open", fields={"priority": "low"})
    events = (
        created,
        sla.Paused(at=at("20 11:00"), reason="parts"),
        sla.Resumed(at=at("20 12:00"), reason="parts"),
        sla.Message(at=at("20 12:30"), actor="agent"),
        sla.FieldChanged(at=at("20 13:00"), field="priority", value="high"),
        sla.Solved(at=at("23 11:00")),
    )
    found = POLICY.outcome_frame([sla.Ticket("7", created.at, events=events)], as_of=AS_OF)
    rows = to_rows(found)
    assert [(row["metric"], row["status"], row["priority"], row["rule"]) for row in rows] == [
        ("first_response", "met", "low", "the rest"),
        ("resolution", "met", "high", "high"),
    ]
    # A pause holds up no first response. Low tickets are promised no resolution, so that it counts from 13:00: four
    # hours on Friday, four on Monday.
    assert [(row["open_time"], row["paused"]) for row in rows] == [(2.5 * HOUR, 0 * HOUR), (6 * HOUR, 3 * HOUR)]
    assert rows[1]["due"] == at("23 13:00")


def test_a_reading_of_a_log_is_taken_as_its_tickets() -> None:
    lines = ["id,at,what,prio", "7,2026-11-20T10:00+01:00,opened,low", "7,2026-11-20T15:00+01:00,answered,low"]
    mapping = sla.LogMapping(
        "id", "at", "what", fields=(("priority", "prio"),), done=(("first_response", ("answered",)),)
    )
    found = POLICY.outcome_frame(sla.read_log(lines, mapping), as_of=AS_OF)
    assert (found["ticket"], found["status"], found["overdue_by"]) == (["7"], ["breached"], [HOUR])


# ---------------------------------------------------------------- rows that cannot be judged

EARLY: Final = {**TICKETS, "first_response": [at("18 15:00"), *TICKETS["first_response"][1:]]}
UNKNOWN: Final = {**TICKETS, "priority": ["low", "urgent", None, "high"]}
WITHOUT: Final = {**TICKETS, "received": [TICKETS["received"][0], None, *TICKETS["received"][2:]]}
FAR: Final = {**TICKETS, "received": [at("20 10:00").replace(year=1850), *TICKETS["received"][1:]]}


@pytest.mark.parametrize(
    ("tickets", "place", "code"),
    [
        (EARLY, 0, "done_before_receipt"),
        (UNKNOWN, 1, "field_value_unknown"),
        (WITHOUT, 1, "row_received_missing"),
        (FAR, 0, "beyond_covered"),
    ],
    ids=["done early", "a value that is none", "no receipt", "long ago"],
)
@pytest.mark.usefixtures("_few_or_many")
@every_kind
def test_a_row_that_cannot_be_judged_is_named_or_told(
    kind: str, tickets: dict[str, list[Any]], place: int, code: str
) -> None:
    if kind == "tickets" and tickets is WITHOUT:
        return  # a Ticket has a receipt
    given = KINDS[kind](tickets)
    with pytest.raises(sla.SlaError) as refused:
        outcomes(given)
    assert refused.value.code == code
    assert refused.value.where.startswith(f"row {place + 1}")
    rows = to_rows(lists_of(outcomes(KINDS[kind](tickets), errors="null")))
    (told,) = [row for row in rows if row["problem"] is not None]
    assert {name: value for name, value in told.items() if value is not None}.keys() == {"ticket", "problem"}
    assert told["ticket"] == TICKETS["ticket"][place]
    kept = [row for row in to_rows(EXPECTED) if row["ticket"] != TICKETS["ticket"][place]]
    assert [row for row in rows if row["problem"] is None] == kept
    assert [row["ticket"] for row in rows] == sorted(row["ticket"] for row in rows)


@pytest.mark.usefixtures("_few_or_many")
def test_what_a_row_may_have_for_nothing_is_nothing_and_what_it_may_not_have_is_told() -> None:
    """A was due on Friday at noon: NaN and NaT say that it is not done yet."""
    low = {"received": at("20 10:00"), "priority": "low"}
    rows = [
        {"ticket": "A", "received": at("18 16:00"), "priority": "low", "first_response": float("nan")},
        {"ticket": "B", "received": at("18 16:00"), "priority": float("nan"), "first_response": pd.NaT},
        {"ticket": "naive", **low, "received": datetime(2026, 11, 20, 10)},
        {"ticket": "no instant", **low, "first_response": "noon"},
        {"ticket": "a table", **low, "priority": {"level": "low"}},
        {"ticket": "a list", **low, "priority": ["low", 1]},
        {"ticket": "C", **low, "first_response": at("20 14:00")},
    ]
    found = to_rows(outcomes(rows, errors="null"))
    assert [(row["ticket"], row["status"]) for row in found if row["problem"] is None] == [
        ("A", "breached"), ("B", "breached"), ("C", "met"),
    ]  # fmt: skip
    assert {row["ticket"]: row["problem"].partition(";")[0] for row in found if row["problem"] is not None} == {
        "naive": "received: the datetime has no time zone",
        "no instant": "first_response: this is not an instant",
        "a table": "priority: the field cannot have this value",
        "a list": "priority: the field cannot have this value",
    }


@pytest.mark.usefixtures("_few_or_many")
def test_tickets_with_events_and_without_may_stand_beside_each_other() -> None:
    """Both came on Friday at 10:00 and were due at 14:00; one was answered at 13:00, one at 15:00."""
    received = at("20 10:00")
    events = (
        sla.Created(at=received, status="open", fields={"priority": "low"}),
        sla.Message(at=at("20 15:00"), actor="agent"),
    )
    tickets = [
        sla.Ticket("7", received, {"priority": "low"}, {"first_response": at("20 13:00")}),
        sla.Ticket("8", received, events=events),
    ]
    found = outcomes(tickets)
    assert (found["ticket"], found["status"]) == (["7", "8"], ["met", "breached"])
    assert found["overdue_by"] == [0 * HOUR, HOUR]


@every_kind
def test_a_row_that_no_rule_takes_is_told(kind: str) -> None:
    data = POLICY.to_data()
    policy = sla.policy_from_data({**data, "rules": data["rules"][:1]})  # of high tickets
    zone = "UTC" if kind == "numpy" else None
    found = lists_of(policy.outcome_frame(KINDS[kind](TICKETS), as_of=AS_OF, zone=zone, errors="null"))
    assert [(row["ticket"], row["problem"] is None) for row in to_rows(found)] == [
        ("A", False), ("B", True), ("B", True), ("C", False),
    ]  # fmt: skip


def test_a_column_whose_zone_is_an_offset_is_told_in_utc() -> None:
    table = pa.table(TICKETS)
    place = table.schema.get_field_index("received")
    offset = table.set_column(place, "received", table["received"].cast(pa.timestamp("us", "+05:30")))
    assert lists_of(outcomes(offset))["due"] == EXPECTED["due"]


def test_a_list_beside_arrays_is_answered_in_arrays() -> None:
    """Its instants are of their own zones, or naive on the clock of the zone; told on that clock, or that of UTC."""
    clock = [moment.replace(tzinfo=None) for moment in EXPECTED["due"]]
    in_utc = [moment.astimezone(UTC).replace(tzinfo=None) for moment in EXPECTED["due"]]
    naive = [moment.replace(tzinfo=None) for moment in TICKETS["received"]]
    rest = {name: np.array(TICKETS[name], object) for name in ("ticket", "priority", "status")}
    done = {"first_response": TICKETS["first_response"], "resolution": TICKETS["resolution"]}
    for received, zone, told in ((TICKETS["received"], None, in_utc), (TICKETS["received"], ZONE, clock)):
        found = POLICY.outcome_frame({**rest, **done, "received": received}, as_of=AS_OF, zone=zone)
        assert found["due"].astype("M8[us]").tolist() == told
    answered = {name: [v if v is None else v.replace(tzinfo=None) for v in column] for name, column in done.items()}
    found = POLICY.outcome_frame({**rest, **answered, "received": naive}, as_of=AS_OF, zone=ZONE)
    assert found["due"].astype("M8[us]").tolist() == clock


# ---------------------------------------------------------------- tables that cannot be read

MIXED: Final = [at("18 16:00"), at("20 10:00").astimezone(UTC)]


NANOSECONDS: Final = pd.Series(
    pd.to_datetime(["2026-11-20T10:00:00Z", "2026-11-20T10:00:00.000000001Z"], format="ISO8601")
)


def frame_of(**columns: Any) -> Any:
    return pd.DataFrame({"received": [at("20 10:00")] * 2, **columns})


@pytest.mark.parametrize(
    ("given", "more", "code", "where"),
    [
        (frame_of(received=pd.Series(MIXED, dtype=object)), {}, "column_not_instants", "received"),
        (frame_of(received=[1_763_650_800, 1_763_650_801]), {}, "column_not_instants", "received"),
        (frame_of(first_response=[1_763_650_800, 1_763_650_801]), {}, "column_not_instants", "first_response"),
        (frame_of(received=[date(2026, 11, 20)] * 2), {}, "column_not_instants", "received"),
        (frame_of(received=["2026-11-20"] * 2), {}, "column_not_instants", "received"),
        (frame_of(received=pd.to_datetime(["2026-11-20"] * 2)), {}, "column_naive", "received"),
        (pd.DataFrame([[at("20 10:00")] * 2], columns=["received", "received"]), {}, "columns_of_one_name", "received"),
        (pa.table([pa.array([at("20 10:00")])] * 2, names=["received"] * 2), {}, "columns_of_one_name", "received"),
        (pl.LazyFrame(TICKETS), {}, "frame_unknown", ""),
        (pl.DataFrame({"opened": [at("20 10:00")]}), {}, "frame_column_missing", "received"),
        (frame_of(), {"columns": {"received": "opened"}}, "frame_column_missing", "columns.received"),
        (frame_of(), {"columns": {"first_reply": "received"}}, "frame_column_missing", "columns"),
        (frame_of(first_reponse=[None, None]), {}, "row_key_unknown", ""),
        ({"received": [at("20 10:00")], "priority": []}, {}, "columns_of_two_lengths", "priority"),
        ({"received": ["2026-11-20"], "first_response": [None]}, {}, "row_received_missing", "row 1.received"),
        ([("7", at("20 10:00"))], {}, "rows_invalid", "row 1"),
        ("id,at", {}, "rows_invalid", ""),
        (frame_of(received=NANOSECONDS), {}, "nanoseconds", "row 2.received"),
        ({"received": [at("20 10:00"), "noon"], "priority": np.array(["low"] * 2)}, {}, "not_a_datetime", "row 2.received"),
        (frame_of(), {"errors": "skip"}, "errors_unknown", "errors"),
        (frame_of(), {"as_of": datetime(2026, 11, 20)}, "datetime_naive", "as_of"),
        (frame_of(), {"zone": "UTC"}, "column_has_zone", "received"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_tickets_is_refused(given: Any, more: dict[str, Any], code: str, where: str) -> None:
    with pytest.raises(sla.SlaError) as refused:
        outcomes(given, **more)
    assert (refused.value.code, refused.value.where) == (code, where)


@pytest.mark.usefixtures("_few_or_many")
def test_what_came_later_is_not_there_yet() -> None:
    later = replace(to_tickets(TICKETS)[3], received=AS_OF + timedelta(microseconds=1))
    assert outcomes([later])["ticket"] == []
    assert set(outcomes([replace(later, received=AS_OF)])["ticket"]) == {"D"}
    strange = replace(later, done={"delivery": AS_OF + timedelta(days=1)})  # which the policy does not promise
    assert outcomes([strange])["ticket"] == []


# ---------------------------------------------------------------- what nothing is said of


@every_kind
def test_a_metric_of_which_no_column_says_when_it_was_done_is_refused(kind: str) -> None:
    """All of its promises would be breached. A row that is a mapping, or a ticket, may leave it out: not done yet."""
    lacking = {name: column for name, column in TICKETS.items() if name != "first_response"}
    if kind == "tickets":
        return  # they say what was done, and have no columns
    given = KINDS[kind](lacking)
    if kind == "rows":
        assert set(lists_of(outcomes(given))["status"]) == {"breached", "pending"}
        return
    zone = "UTC" if kind == "numpy" else None
    for ask in (outcomes, lambda table: sla.report(table, POLICY, as_of=AS_OF, zone=zone)):
        with pytest.raises(sla.LogError, match=r"nothing says when this was done.*a column first_response") as refused:
            ask(given)
        assert (refused.value.code, refused.value.given) == ("metric_without_column", "'first_response'")
    assert outcomes(given, columns={"first_response": "resolution"}) is not None


def test_a_metric_that_is_promised_to_none_of_the_tickets_needs_no_column() -> None:
    low = {name: column[:1] for name, column in TICKETS.items() if name != "resolution"}
    assert outcomes(low)["metric"] == ["first_response"]


def test_a_metric_that_the_mapping_of_a_log_leaves_out_is_refused() -> None:
    lines = ["id,at,what,prio", "7,2026-11-20T10:00+01:00,opened,high"]
    mapping = sla.LogMapping("id", "at", "what", fields=(("priority", "prio"),), done=(("first_response", ("x",)),))
    reading = sla.read_log(lines, mapping)
    for ask in (outcomes, lambda tickets: sla.report(tickets, POLICY, as_of=AS_OF)):
        with pytest.raises(sla.LogError, match=r"resolution in \[done\] or \[done_at\]"):
            ask(reading)
    nothing = sla.read_log(lines, mapping.updated(done=(("first_response", ("x",)), ("resolution", ()))))
    assert outcomes(nothing)["status"] == ["breached", "breached"]


@every_kind
def test_a_ticket_that_has_two_rows_is_told(kind: str) -> None:
    """The first row counts. `Ticket` values of one name are two tickets."""
    twice = {**TICKETS, "ticket": ["A", "B", "A", "D"]}
    if kind == "tickets":
        assert lists_of(outcomes(to_tickets(twice)))["ticket"] == ["A", "B", "B", "A"]
        return
    with pytest.raises(sla.LogError, match=r"row 3: a ticket has two rows; given 'A'.*it stands in row 1, too"):
        outcomes(KINDS[kind](twice))
    told = lists_of(outcomes(KINDS[kind](twice), errors="null"))
    assert told["ticket"] == ["A", "B", "B", "A"]
    assert [problem is None for problem in told["problem"]] == [True, True, True, False]


def test_each_row_is_told_in_its_own_words() -> None:
    wrong = {**EARLY, "priority": ["low", "urgent", None, "high"], "resolution": [at("18 15:30"), None, None, None]}
    with pytest.raises(sla.LogError) as refused:
        outcomes(wrong)
    first, second = str(refused.value).splitlines()[1:3], str(refused.value).splitlines()[3]
    assert [line.partition(":")[0] for line in first] == ["row 1.first_response", "row 1.resolution"]
    assert second.startswith("row 2.priority: the field cannot have this value; given 'urgent'")


def test_a_value_that_no_field_can_have_is_told_as_it_was_given() -> None:
    """A cell of a frame may be anything, a table too."""
    frame = pd.DataFrame({**TICKETS, "priority": ["low", {"level": "high"}, None, "high"]})
    for ask in (outcomes, POLICY.promise_frame):
        with pytest.raises(sla.PolicyError) as refused:
            ask(frame)
        assert refused.value.given == "{'level': 'high'}"


def test_a_range_is_due_at_its_end_and_what_begins_later_has_no_row_yet() -> None:
    """By hand: two to four hours after Friday 10:00 is 14:00 at the latest; nobody wrote again after an answer."""
    due = {"earliest": {"business_hours": "2h"}, "latest": {"business_hours": "4h"}}
    metrics = {"first_response": {"due": due}, "next_response": {"due": {"business_hours": "1h"}}}
    rule = {"name": "all", "calendar": "office", "metrics": metrics}
    office = {"zone": ZONE, "hours": "Mon-Fri 09:00-17:00"}
    policy = sla.policy_from_data({"name": "ranges", "calendars": {"office": office}, "rules": [rule]})
    table: dict[str, list[Any]] = {
        "ticket": ["A"],
        "received": [at("20 10:00")],
        "first_response": [at("20 13:00")],
        "next_response": [None],
    }
    found = lists_of(policy.outcome_frame(to_pandas(table), as_of=AS_OF))
    assert (found["metric"], found["due"], found["status"]) == (["first_response"], [at("20 14:00")], ["met"])
