"""How well promises were kept: figures by hand, and a real log held against an independent walk."""

import copy
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pandas as pd
import polars as pl
import pytest

import slacalc as sla
from slacalc.events.event import Event
from tests.helpers import DATA, at
from tests.helpers import REAL_LOG as LOG
from tests.report_walker import STOPS, WalkedReport, read_log, walk_report

MICROSECOND: Final = timedelta(microseconds=1)

POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "fields": {"priority": ["high", "low", "all", "7"], "team": []},
        "calendars": {
            "office": {
                "zone": "Europe/Berlin",
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
                    "first_response": {"due": {"business_hours": "1h"}},
                    "resolution": {"due": {"business_hours": "8h"}},
                },
            },
            {
                "name": "the rest",
                "when": {"priority": ["low", "all", "7"]},
                "calendar": "office",
                "metrics": {"first_response": {"due": {"business_hours": "4h"}}},
            },
        ],
    }
)


def row(ticket: str, received: str, priority: str = "low", **stops: str) -> dict[str, object]:
    done = {metric: at(text) for metric, text in stops.items()}
    return {"ticket": ticket, "received": at(received), "priority": priority, **done}


def made(rows: Iterable[Any], as_of: str = "23 12:00", **more: Any) -> sla.Report:
    return sla.report(rows, POLICY, as_of=at(as_of), **more)


def line(found: sla.Report, group: str, metric: str = "first_response") -> sla.ReportLine:
    return next(each for each in found.lines if (each.group, each.metric) == (group, metric))


# ---------------------------------------------------------------- figures by hand

# All received on Friday 20 November; low is due four, high one business hour later.
ROWS: Final = [
    row("met at due", "20 10:00", first_response="20 14:00"),  # 4h open, 4h wall
    row("met early", "20 10:00", first_response="20 11:00"),  # 1h, 1h
    row("met on Monday", "20 15:00", first_response="23 10:00"),  # 3h, 67h
    row("breached", "20 10:00", first_response="20 16:30"),  # 6h 30min, both: over by 2h 30min
    row("breached after hours", "20 13:00", first_response="20 18:00"),  # 4h, 5h: over by nothing, by 1h
    row("never done, overdue", "20 10:00"),  # due 14:00: over by 3h and 3h = 6h, by 70h
    row("never done, not due", "23 11:00"),  # due 15:00
    row("urgent", "20 10:00", "high", first_response="20 11:00", resolution="23 10:01"),  # due 11:00 and Mon 10:00
]


def test_met_breached_and_pending_are_counted_by_group_and_metric_and_for_all() -> None:
    found = made(ROWS)
    assert [(each.group, each.metric, each.tickets, each.met, each.breached, each.pending) for each in found.lines] == [
        ("high", "first_response", 1, 1, 0, 0),
        ("high", "resolution", 1, 0, 1, 0),
        ("low", "first_response", 7, 3, 3, 1),
        ("all", "first_response", 8, 4, 3, 1),
        ("all", "resolution", 1, 0, 1, 0),
    ]
    assert (8, "support", "priority", at("23 12:00")) == (found.tickets, found.policy, found.by, found.as_of)
    assert found.problems == ()


def test_attainment_is_met_of_what_fell_due() -> None:
    found = made(ROWS)
    assert [each.attainment for each in found.lines] == [1.0, 0.0, 0.5, 4 / 7, 0.0]
    (pending, _) = made([row("open", "23 11:00")]).lines
    assert (pending.pending, pending.attainment) == (1, None)


def test_medians_and_ninetieth_percentiles_are_times_of_real_tickets_that_were_done() -> None:
    low = line(made(ROWS), "low")  # five of seven were done
    assert tuple(map(sla.format_amount, filter(None, (low.median_open, low.p90_open)))) == ("4h", "6h 30min")
    assert tuple(map(sla.format_amount, filter(None, (low.median_wall, low.p90_wall)))) == ("5h", "67h")


@pytest.mark.parametrize(
    ("minutes", "median", "p90"),
    [
        ([], None, None),
        ([7], 7, 7),
        ([1, 2], 1, 2),
        ([3, 1, 2], 2, 3),
        ([1, 2, 3, 4], 2, 4),
        ([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], 50, 90),
        ([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110], 60, 100),
    ],
)
def test_percentiles_go_by_the_nearest_rank(minutes: list[int], median: int | None, p90: int | None) -> None:
    start = at("20 09:00")
    rows = [
        {"received": start, "priority": "low", "first_response": start + timedelta(minutes=each)} for each in minutes
    ]
    found = line(made([*rows, row("open", "20 09:00")]), "low")
    expected = [None if each is None else timedelta(minutes=each) for each in (median, p90)]
    assert expected == [found.median_open, found.p90_open] == [found.median_wall, found.p90_wall]


def test_what_happens_after_as_of_has_not_happened_yet() -> None:
    found = line(made([row("1", "20 10:00", first_response="20 13:00")], as_of="20 12:00"), "low")
    assert (found.pending, found.met, found.breached, found.median_open) == (1, 0, 0, None)
    at_last = line(made([row("1", "20 10:00", first_response="20 13:00")], as_of="20 13:00"), "low")
    assert (1, timedelta(hours=3)) == (at_last.met, at_last.median_open)
    overdue = line(made([row("1", "20 10:00", first_response="20 16:00")], as_of="20 15:00"), "low")
    assert (overdue.breached, overdue.met, overdue.median_open) == (1, 0, None)


def test_a_report_over_nothing_has_no_lines() -> None:
    found = made([])
    assert (found.tickets, found.lines, found.worst, found.problems) == (0, (), (), ())


def test_tickets_may_be_grouped_by_any_field() -> None:
    rows = [{**row(str(i), "20 10:00"), "team": team} for i, team in enumerate(["north", "south", "north"])]
    found = made(rows, by="team")
    assert [(each.group, each.tickets) for each in found.lines] == [("north", 2), ("south", 1), ("all", 3)]
    without = made([row("1", "20 10:00")], by="team")
    assert [each.group for each in without.lines] == ["", "all"]


@pytest.mark.parametrize("make", [list, pd.DataFrame], ids=["dicts", "pandas"])
@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("month", {"2026-11": 8}),
        ("weekday", {"Mon": 1, "Fri": 7}),  # as days follow, not letters
        ("hour", {"10": 5, "11": 1, "13": 1, "15": 1}),
        ("due_weekday", {"Mon": 2, "Fri": 6}),  # of Fri 15:00 two hours are left, and two of Mon: 11:00
        ("due_hour", {"11": 2, "14": 4, "15": 1, "17": 1}),  # the urgent one 11:00, one of 13:00 at 17:00
    ],
)
def test_tickets_may_be_grouped_by_when_they_came_or_fell_due(make: Any, by: str, expected: dict[str, int]) -> None:
    rows = [{**each, "first_response": each.get("first_response")} for each in ROWS]
    first = [each for each in made(make(rows), by=by).lines if each.metric == "first_response"]
    assert [(each.group, each.tickets) for each in first] == [*expected.items(), ("all", 8)]


@pytest.mark.parametrize("make", [list, pd.DataFrame], ids=["dicts", "pandas"])
@pytest.mark.parametrize(
    ("period", "count"),
    [
        ({"since": at("23 00:00")}, 1),  # one came on Monday
        ({"until": at("23 00:00")}, 7),
        ({"since": at("20 13:00"), "until": at("20 15:00")}, 1),  # of the one of 15:00 no more
        ({"dated": "due", "since": at("23 00:00")}, 2),  # at 11:00 and at 15:00
        ({"dated": "due", "until": at("20 14:00")}, 1),  # the urgent one, at 11:00; four at 14:00
    ],
)
def test_tickets_of_a_period_are_those_that_came_or_fell_due_in_it(make: Any, period: Any, count: int) -> None:
    rows = [{**each, "first_response": each.get("first_response")} for each in ROWS]
    assert line(made(make(rows), **period), "all").tickets == count


@pytest.mark.parametrize("by", [[], ["priority", "priority"]], ids=["nothing", "one field twice"])
def test_a_grouping_that_is_none_is_refused(by: list[str]) -> None:
    with pytest.raises(sla.SlaError, match="a field, or several names") as refused:
        made(ROWS, by=by)
    assert (refused.value.code, refused.value.where) == ("argument_invalid", "by")


def test_a_group_that_is_called_all_is_not_counted_twice() -> None:
    found = made([row("1", "20 10:00", "all"), row("2", "20 10:00", "low")])
    assert max(each.tickets for each in found.lines if each.group == "all") == 2
    assert sum(each.tickets for each in found.lines) == 4


def test_grouping_by_a_field_that_the_policy_does_not_know_is_refused() -> None:
    with pytest.raises(sla.PolicyError) as refused:
        made(ROWS, by="prioritty")
    assert refused.value.code == "field_undeclared"


def test_a_metric_that_counts_from_another_instant_is_not_reported() -> None:
    policy = sla.sample_policy("store_correspondence")  # delivery counts from the order, which no log tells
    found = sla.report([{"received": at("20 18:00")}], policy, as_of=at("20 19:00"))
    assert {"first_response"} == {each.metric for each in found.lines}


# ---------------------------------------------------------------- the worst


def test_the_worst_breaches_come_first_by_open_time_over_then_by_wall_time() -> None:
    found = made(ROWS)
    assert [worst.ticket for worst in found.worst] == [
        "never done, overdue",
        "breached",
        "urgent",
        "breached after hours",
    ]
    assert [sla.format_amount(worst.outcome.overdue_by_open) for worst in found.worst] == [
        "6h",
        "2h 30min",
        "1min",
        "0min",
    ]
    assert [sla.format_amount(worst.outcome.overdue_by) for worst in found.worst] == ["70h", "2h 30min", "1min", "1h"]


def test_of_equal_breaches_the_first_in_the_log_is_the_worst_and_ten_are_enough() -> None:
    rows = [row(f"{i}", "20 10:00", first_response="20 15:00") for i in range(12)]
    found = made([*rows, row("worse", "20 10:00", first_response="20 15:00:00.000001")])
    assert ["worse", *map(str, range(9))] == [worst.ticket for worst in found.worst]


def test_a_ticket_may_breach_two_metrics_by_the_same() -> None:
    policy = sla.policy_from_data(
        {
            "name": "twins",
            "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
            "rules": [
                {
                    "name": "all",
                    "calendar": "office",
                    "metrics": {metric: {"due": {"business_hours": "4h"}} for metric in ("answer", "call")},
                }
            ],
        }
    )
    found = sla.report([{"ticket": "1", "received": at("20 10:00")}], policy, as_of=at("23 12:00"))
    assert sorted(worst.outcome.promise.metric for worst in found.worst) == ["answer", "call"]


def test_a_breach_says_what_was_promised_when_and_what_closed_on_the_way() -> None:
    (worst,) = made([row("1", "18 15:00", first_response="20 15:30")]).worst
    assert worst.reason == (
        "4h in business hours, received Wed 2026-11-18 15:00, due Fri 2026-11-20 11:00, done Fri 2026-11-20 15:30 (Europe/Berlin); "
        "closed meanwhile: special day: inventory 8h"
    )
    (undone,) = made([row("1", "20 10:00")]).worst
    assert (
        undone.reason
        == "4h in business hours, received Fri 2026-11-20 10:00, due Fri 2026-11-20 14:00, not done yet (Europe/Berlin)"
    )


# ---------------------------------------------------------------- rows


def test_a_row_may_be_a_ticket_of_a_log() -> None:
    ticket = sla.Ticket("7", at("20 10:00"), {"priority": "low"}, {"first_response": at("20 11:00")})
    as_mapping = row("7", "20 10:00", first_response="20 11:00")
    assert made([ticket]).lines == made([as_mapping]).lines


def test_a_row_without_a_ticket_is_known_by_its_place_and_values_are_read_as_text() -> None:
    (worst,) = made([{"received": at("20 10:00"), "priority": 7}]).worst
    assert (worst.ticket, worst.group) == ("1", "7")


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_what_is_missing_is_not_done_yet(missing: object) -> None:
    found = line(made([{"received": at("20 10:00"), "priority": "low", "first_response": missing}]), "low")
    assert (found.met, found.breached) == (0, 1)


@pytest.mark.parametrize(
    ("keys", "code", "needle"),
    [
        ({"received": None}, "row_received_missing", "receipt"),
        ({"received": "2026-11-20T10:00:00+01:00"}, "row_received_missing", "2026-11-20T10:00"),
        ({"received": datetime(2026, 11, 20, 10)}, "datetime_naive", "2026-11-20T10:00"),
        ({"first_response": datetime(2026, 11, 20, 10)}, "datetime_naive", "2026-11-20T10:00"),
        ({"first_response": "2026-11-20T11:00:00+01:00"}, None, "first_response"),
        ({"first_response": date(2026, 11, 20)}, None, "first_response"),
        ({"first_reponse": at("20 11:00")}, "row_key_unknown", "first_reponse"),
        ({"priority": "urgent"}, "field_value_unknown", "urgent"),
        ({"priority": None}, "no_rule_matches", ""),
        ({"received": datetime(1850, 1, 1, tzinfo=UTC)}, "beyond_covered", ""),
    ],
    ids=str,
)
def test_a_row_that_cannot_be_used_is_left_out_and_listed_by_its_place(
    keys: dict[str, object], code: str | None, needle: str
) -> None:
    good, too = (row(name, "20 10:00", first_response="20 11:00") for name in ("good", "good, too"))
    found = made([good, {**row("bad", "20 10:00"), **keys}, too])
    (problem,) = found.problems
    assert problem.line == 2
    assert code in (None, problem.error.code)
    assert needle in str(problem)
    assert (found.tickets, line(found, "low").met) == (2, 2)


SOME: Final = [row("1", "20 10:00", first_response="20 11:00"), row("2", "20 10:00", first_response="20 16:00")]
MANY: Final = [row(str(number), "20 10:00", first_response="20 11:00") for number in range(3, 603)]
"""More rows than are reported one by one."""


def to_lists(rows: list[dict[str, object]]) -> dict[str, list[object]]:
    return {name: [each[name] for each in rows] for name in rows[0]}


SHAPES: Final[dict[str, Callable[[list[dict[str, object]]], Any]]] = {
    "dicts": list,
    "lists": to_lists,
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
}


@pytest.mark.parametrize("more", [[], MANY], ids=["few", "many"])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_key_that_means_nothing_to_the_policy_changes_nothing(shape: str, more: list[dict[str, object]]) -> None:
    rows = [*SOME, *more]
    owned: list[dict[str, object]] = [{**each, "owner": "Ann"} for each in rows]
    found = made(SHAPES[shape](owned))
    assert (found.tickets, found.problems) == (len(rows), ())
    assert found.lines == made(rows).lines


@pytest.mark.parametrize("more", [[], MANY], ids=["few", "many"])
@pytest.mark.parametrize("shape", SHAPES)
def test_of_two_rows_of_one_ticket_the_first_counts_and_the_second_is_told(
    shape: str, more: list[dict[str, object]]
) -> None:
    """The second says that ticket 1 was answered late, 5 hours after receipt."""
    again = row("1", "20 10:00", first_response="20 15:00")
    found = made(SHAPES[shape]([*SOME, again, *more]))
    assert [(problem.line, problem.error.code) for problem in found.problems] == [(3, "ticket_twice")]
    assert (found.tickets, line(found, "low").breached, [worst.ticket for worst in found.worst]) == (
        2 + len(more),
        1,
        ["2"],
    )


def test_a_report_that_left_all_rows_out_says_why() -> None:
    rows = [{**row(name, "20 10:00"), "first_reponse": at("20 11:00")} for name in ("1", "2")]
    first, last = made(rows).to_text().splitlines()[-2:]
    assert first.startswith(
        "line 1: the policy does not know this key; given 'first_reponse'; accepted: first_response,"
    )
    assert last == "2 rows or tickets were left out"


def test_a_ticket_that_cannot_be_used_is_listed_by_its_line_in_the_log() -> None:
    good = sla.Ticket("7", at("20 10:00"), {"priority": "low"})
    bad = sla.Ticket("8", at("20 10:00"), {"priority": "urgent"})
    found = made([good, bad], lines={"7": 2, "8": 31})
    assert [problem.line for problem in found.problems] == [31]


def test_a_ticket_with_a_field_of_an_awkward_name_is_left_out_like_any_other() -> None:
    awkward = [
        sla.Ticket("1", at("20 10:00"), {"priority": "low", name: "x"}) for name in ("self", "received", "fields")
    ]
    found = made(awkward)
    assert [problem.error.code for problem in found.problems] == ["field_undeclared"] * 3


def test_a_metric_that_no_rule_promises_is_not_ignored_in_silence() -> None:
    ticket = sla.Ticket("7", at("20 10:00"), {"priority": "low"}, {"first_reponse": at("20 11:00")})
    try:
        found = made([ticket])
    except sla.SlaError as refused:
        assert "first_reponse" in str(refused)  # noqa: PT017 - refusing is one way to say it
    else:
        assert "first_reponse" in " ".join(map(str, found.problems))


A_ROW: Final = row("1", "20 10:00", first_response="20 11:00")
A_LIFE: Final = sla.replay([sla.Created(at=at("20 10:00"), fields={"priority": "low"})], POLICY, as_of=at("20 12:00"))


@pytest.mark.parametrize(
    ("rows", "given", "where", "why"),
    [
        (pd.DataFrame([A_ROW])["received"], "Timestamp", "row 1", "one column"),
        (A_ROW, "dict", "", "one row alone"),
        (A_LIFE, "Clocks", "", "the clocks of one ticket"),
        ([A_LIFE], "Clocks", "row 1", "what was replayed already"),
        ([A_ROW, ("7", sla.Created(at=at("20 10:00")))], "tuple", "row 2", "a pair of read_events"),
        ([["1", at("20 10:00")]], "list", "row 1", "a row without keys"),
        ("id,at", "str", "", "a text"),
        (None, "NoneType", "", "nothing"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_what_are_no_rows_is_refused_and_not_a_report_of_nothing(rows: Any, given: str, where: str, why: str) -> None:
    with pytest.raises(sla.LogError) as refused:
        made(rows)
    assert (refused.value.code, refused.value.given, refused.value.where) == ("rows_invalid", repr(given), where), why
    assert "group_tickets(events)" in refused.value.accepts


def test_rows_may_come_one_at_a_time() -> None:
    assert made(iter(ROWS)) == made(ROWS) == made(tuple(ROWS))


def test_the_rows_are_not_changed() -> None:
    rows = [row("1", "20 10:00"), row("2", "20 10:00", first_response="20 11:00")]
    before = copy.deepcopy(rows)
    made(rows)
    assert before == rows


def test_a_naive_as_of_is_refused() -> None:
    with pytest.raises(sla.InstantError) as refused:
        sla.report([], POLICY, as_of=datetime(2026, 11, 23))
    assert refused.value.where == "as_of"


def test_a_report_is_written_as_plain_data() -> None:
    found = made([row("1", "20 10:00", first_response="20 15:00"), row("2", "20 10:00", "urgent")])
    data = json.loads(found.to_json())
    low = {
        "priority": "low",
        "metric": "first_response",
        "kind": "owed",
        "owed_by": "us",
        "tickets": 1,
        "met": 0,
        "breached": 1,
        "done": 0,
        "pending": 0,
        "cancelled": 0,
        "deprioritised": 0,
        "breached_cancelled": 0,
        "breached_cancelled_why": "",
        "breached_then_changed": 0,
        "attainment": 0.0,
        "objective": None,
        "objective_met": None,
        "within": None,
        "median_open": "5h",
        "p90_open": "5h",
        "median_wall": "5h",
        "p90_wall": "5h",
        "median_moved": None,
    }
    assert {
        "policy": "support",
        "as_of": "2026-11-23T12:00:00+01:00",
        "by": "priority",
        "tickets": 1,
        "taken_for_customers": 0,
        "lines": [low, {**low, "priority": "all"}],
        "worst": [
            {
                "ticket": "1",
                "priority": "low",
                "metric": "first_response",
                "due": "2026-11-20T14:00:00+01:00",
                "done": "2026-11-20T15:00:00+01:00",
                "overdue_by_open": "1h",
                "overdue_by": "1h",
                "reason": "4h in business hours, received Fri 2026-11-20 10:00, due Fri 2026-11-20 14:00, "
                "done Fri 2026-11-20 15:00 (Europe/Berlin)",
            }
        ],
        "rows_left_out": 1,
        "problems": [str(found.problems[0])],
    } == data


# ---------------------------------------------------------------- a real log, held against a minute walk

needs_the_log = pytest.mark.skipif(not LOG.exists(), reason=f"the ticket log is not there: {LOG.parent}")


@pytest.fixture(scope="module")
def walked() -> WalkedReport:
    return walk_report(LOG)


@pytest.fixture(scope="module")
def reading() -> sla.LogReading:
    with LOG.open(encoding="utf-8", newline="") as lines:
        return sla.read_log(lines, sla.load_mapping(DATA / "italian_log.toml"))


@pytest.fixture(scope="module")
def reported(reading: sla.LogReading, walked: WalkedReport) -> sla.Report:
    policy = sla.load_policy(DATA / "italian_helpdesk.toml")
    return sla.report(reading.tickets, policy, as_of=walked.as_of, lines=reading.lines)


@needs_the_log
def test_every_row_of_the_real_log_is_read(reading: sla.LogReading, walked: WalkedReport) -> None:
    assert (reading.problems, reading.events, len(reading.tickets)) == ((), 21_348, 4_580)
    assert walked.as_of == reading.last_event


@needs_the_log
def test_the_figures_of_the_real_log_are_those_of_the_walk_to_the_microsecond(
    reported: sla.Report, walked: WalkedReport
) -> None:
    def us(amount: timedelta | None) -> int | None:
        return None if amount is None else amount // MICROSECOND

    expected = {
        (r.priority, r.metric): (
            (r.tickets, r.met, r.breached, r.pending),
            (r.open_median, r.open_p90, r.wall_median, r.wall_p90),
        )
        for r in walked.rows
    }
    assert expected == {
        (each.group, each.metric): (
            (each.tickets, each.met, each.breached, each.pending),
            (us(each.median_open), us(each.p90_open), us(each.median_wall), us(each.p90_wall)),
        )
        for each in reported.lines
    }
    assert (reported.problems, reported.tickets) == ((), 4_580)


@needs_the_log
def test_the_attainment_of_the_real_log_is_that_of_the_walk(reported: sla.Report, walked: WalkedReport) -> None:
    assert {(r.priority, r.metric): None if r.attainment is None else float(r.attainment) for r in walked.rows} == {
        (each.group, each.metric): each.attainment for each in reported.lines
    }


@needs_the_log
def test_the_ten_worst_of_the_real_log_are_those_of_the_walk(reported: sla.Report, walked: WalkedReport) -> None:
    place = {ticket.case_id: number for number, ticket in enumerate(read_log(LOG)[0])}
    breaches = [(metric, breach) for metric in STOPS for breach in walked.worst[metric]]
    breaches.sort(key=lambda pair: (-pair[1].overdue_by_open, -pair[1].overdue_by, place[pair[1].case_id]))
    assert [
        (metric, breach.case_id, breach.due, breach.stop, breach.overdue_by_open, breach.overdue_by)
        for metric, breach in breaches[:10]
    ] == [
        (
            worst.outcome.promise.metric,
            worst.ticket,
            worst.outcome.promise.due,
            worst.outcome.done_at,
            worst.outcome.overdue_by_open // MICROSECOND,
            worst.outcome.overdue_by // MICROSECOND,
        )
        for worst in reported.worst
    ]


# ---------------------------------------------------------------- what is not there yet, and what cannot be


def test_a_ticket_received_after_as_of_is_not_there_yet() -> None:
    found = made([row("now", "20 10:00"), row("later", "24 10:00")], as_of="23 12:00")
    assert (found.tickets, found.problems) == (1, ())


def test_what_was_done_before_it_was_received_is_left_out() -> None:
    (problem,) = made([row("1", "20 10:00", first_response="20 09:00")]).problems
    assert (problem.error.code, problem.error.where) == ("done_before_receipt", "first_response")


# ---------------------------------------------------------------- tickets with events

REPLAYED_DATA: Final[dict[str, Any]] = {
    "name": "replayed",
    "fields": {"priority": ["high", "low"]},
    "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
    "rules": [
        {
            "name": "high",
            "when": {"priority": "high"},
            "calendar": "office",
            "metrics": {"resolution": {"due": {"business_hours": "2h"}, "objective": 0.9}},
        },
        {
            "name": "low",
            "calendar": "office",
            "metrics": {
                "resolution": {"due": {"business_hours": "4h"}, "objective": 0.75},
                "next_response": {"due": {"business_hours": "2h"}},
            },
        },
    ],
}
REPLAYED: Final = sla.policy_from_data(REPLAYED_DATA)


EVENTS: Final[dict[str, Callable[[datetime], Event]]] = {
    "asked": lambda moment: sla.Message(at=moment, actor="customer"),
    "answered": lambda moment: sla.Message(at=moment, actor="agent"),
    "solved": lambda moment: sla.Solved(at=moment),
    "reopened": lambda moment: sla.Reopened(at=moment),
    "deleted": lambda moment: sla.Deleted(at=moment),
    "merged": lambda moment: sla.MergedInto(at=moment, into="another"),
    "nothing to answer": lambda moment: sla.NoReplyNeeded(at=moment),
    "taken over": lambda moment: sla.TakenOver(at=moment),
    "deprioritised": lambda moment: sla.Deprioritised(at=moment, reason="no_clear_question"),
    "lifted": lambda moment: sla.DeprioritisationLifted(at=moment, reason="no_clear_question"),
    "high": lambda moment: sla.FieldChanged(at=moment, field="priority", value="high"),
    "low": lambda moment: sla.FieldChanged(at=moment, field="priority", value="low"),
    "pending": lambda moment: sla.StatusChanged(at=moment, status="pending"),
    "open": lambda moment: sla.StatusChanged(at=moment, status="open"),
}


def life(
    ticket: str, *events: tuple[str, str], priority: str = "low", created: str = "20 10:00", status: str = "open"
) -> sla.Ticket:
    """A ticket that came in on Friday 20 November at 10:00, and what happened to it."""
    first = sla.Created(at=at(created), status=status, message=False, fields=(("priority", priority),))
    return sla.Ticket(ticket, at(created), events=(first, *(EVENTS[what](at(when)) for when, what in events)))


def replayed(*tickets: sla.Ticket, as_of: str = "23 12:00", policy: sla.Policy = REPLAYED, **more: Any) -> sla.Report:
    return sla.report(tickets, policy, as_of=at(as_of), **more)


def counts(found: sla.Report, metric: str = "resolution", group: str = "all") -> dict[str, int]:
    """The counts of a line that are not zero."""
    each = line(found, group, metric)
    told = {name: getattr(each, name) for name in ("met", "breached", "pending", "cancelled", "deprioritised")}
    assert each.tickets == sum(told.values())
    return {name: number for name, number in told.items() if number}


def test_pauses_are_taken_out_of_the_open_times_and_stay_in_the_wall_times() -> None:
    found = replayed(
        life("at once", ("20 11:00", "solved")),  # 1h open, 1h on the wall
        life("waited", ("20 11:00", "pending"), ("20 13:00", "open"), ("20 14:00", "solved")),  # 2h, 4h
        life("over Sunday", ("20 12:00", "pending"), ("23 10:00", "open"), ("23 11:00", "solved")),  # 3h, 73h
    )
    assert counts(found) == {"met": 3}
    every = line(found, "all", "resolution")
    hours = [
        each / timedelta(hours=1) if each else None
        for each in (every.median_open, every.p90_open, every.median_wall, every.p90_wall)
    ]
    assert hours == [2, 3, 4, 73]


@pytest.mark.parametrize(
    ("as_of", "events", "status", "why"),
    [
        ("20 15:00", [], "breached", "open, and overdue since 14:00"),
        ("20 14:00", [], "pending", "at due it is not late"),
        ("20 15:00", [("20 12:00", "pending")], "pending", "it waits, with two hours left"),
        ("20 17:00", [("20 14:00", "pending")], "breached", "it waits since due"),
        ("20 16:00", [("20 11:00", "pending"), ("20 13:00", "open"), ("20 16:00", "solved")], "met", "solved at due"),
        (
            "20 17:00",
            [("20 11:00", "pending"), ("20 13:00", "open"), ("20 16:01", "solved")],
            "breached",
            "a minute late",
        ),
        ("23 12:00", [("20 11:00", "solved"), ("23 10:00", "reopened")], "pending", "reopened: 1 + 2 hours counted"),
        ("23 14:00", [("20 11:00", "solved"), ("23 10:00", "reopened")], "breached", "and 4 at 13:00"),
        ("23 12:00", [("20 11:00", "high"), ("20 13:00", "solved")], "breached", "from 4 to 2 hours: due 12:00"),
        ("20 11:00", [("20 11:30", "high"), ("20 11:30", "deleted")], "pending", "what comes after as_of is not there"),
    ],
)
def test_how_a_replayed_promise_was_kept(as_of: str, events: list[tuple[str, str]], status: str, why: str) -> None:
    assert {status: 1} == counts(replayed(life("7", *events), as_of=as_of)), why


def test_each_cycle_is_a_promise_of_its_own() -> None:
    asked_three_times = life(
        "7",
        ("20 10:00", "asked"),
        ("20 11:00", "answered"),  # due 12:00: met after 1h
        ("20 12:00", "asked"),
        ("20 15:00", "answered"),  # due 14:00: breached after 3h
        ("20 16:00", "asked"),
        ("20 16:30", "asked"),  # due Monday 10:00, whoever writes again
    )
    found = replayed(asked_three_times, as_of="23 09:30")
    assert counts(found, "next_response") == {"met": 1, "breached": 1, "pending": 1}
    assert counts(found, "resolution") == {"breached": 1}
    each = line(found, "all", "next_response")
    assert (found.tickets, each.attainment) == (1, 0.5)
    assert (each.median_open, each.p90_open) == (timedelta(hours=1), timedelta(hours=3))


def test_a_clock_that_never_began_is_no_promise() -> None:
    assert {"resolution"} == {each.metric for each in replayed(life("7")).lines}


@pytest.mark.parametrize(
    ("end", "resolution", "next_response"),
    [
        ("deleted", {"cancelled": 1}, {"cancelled": 1}),
        ("merged", {"cancelled": 1}, {"cancelled": 1}),
        ("taken over", {"cancelled": 1}, {"cancelled": 1}),
        ("nothing to answer", {"breached": 1}, {"cancelled": 1}),
        ("high", {"breached": 1}, {"cancelled": 1}),
        ("solved", {"met": 1}, {"met": 1}),
    ],
)
def test_what_is_cancelled_is_counted_apart(
    end: str, resolution: dict[str, int], next_response: dict[str, int]
) -> None:
    ticket = life("7", ("20 10:30", "asked"), ("20 11:00", end))
    found = replayed(ticket)
    assert (resolution, next_response) == (counts(found), counts(found, "next_response"))


CANCELLED: Final = (
    life("met", ("20 12:00", "solved")),
    life("breached", ("20 16:00", "solved")),
    life("gone before due", ("20 11:00", "deleted")),
    life("gone after due", ("23 11:00", "deleted")),
)


def test_what_was_late_before_it_was_cancelled_is_breached_and_what_was_not_is_counted_apart() -> None:
    found = replayed(*CANCELLED)
    assert counts(found) == {"met": 1, "breached": 2, "cancelled": 1}
    every = line(found, "all", "resolution")
    assert (every.breached_cancelled, every.breached_cancelled_why) == (1, "deleted 1")
    assert every.attainment == 1 / 3
    assert (every.median_open, every.p90_open) == (timedelta(hours=2), timedelta(hours=6)), "of what was done"
    assert [worst.ticket for worst in found.worst] == ["gone after due", "breached"]


def test_a_reason_that_is_left_out_takes_nothing_else_out() -> None:
    found = replayed(*CANCELLED, leave_out=["deleted"])
    assert counts(found) == {"met": 1, "breached": 1, "cancelled": 2}
    every = line(found, "all", "resolution")
    assert (every.attainment, every.breached_cancelled, every.breached_cancelled_why) == (0.5, 0, "")
    assert [worst.ticket for worst in found.worst] == ["breached"]
    assert replayed(*CANCELLED, leave_out=["merged"]) == replayed(*CANCELLED)


def test_a_reason_for_which_no_clock_is_cancelled_is_refused() -> None:
    with pytest.raises(sla.LogError) as refused:
        replayed(*CANCELLED, leave_out=["delted"])
    assert (refused.value.code, refused.value.where, refused.value.given) == ("reason_unknown", "leave_out", "'delted'")
    assert "deleted" in refused.value.accepts
    with pytest.raises(sla.SlaError) as one_text:
        replayed(*CANCELLED, leave_out="deleted")
    assert one_text.value.where == "leave_out"


def merged(ticket: str, *events: sla.Event, created: str = "20 10:00") -> sla.Ticket:
    """A ticket of Friday 10:00, due at 14:00."""
    first = sla.Created(at=at(created), status="open", message=False, fields=(("priority", "low"),))
    return sla.Ticket(ticket, at(created), events=(first, *events))


def test_a_breach_of_a_ticket_merged_away_counts_where_it_lives_on() -> None:
    """Ticket 1 was late when it was merged into ticket 2, which had been solved in time at noon."""
    gone = merged("1", sla.MergedInto(at=at("20 16:00"), into="2"))
    taken = sla.MergedFrom(at=at("20 16:00"), received=at("20 10:00"))
    living = merged("2", sla.Solved(at=at("20 12:00")), taken, created="20 11:00")
    for order in ((gone, living), (living, gone)):
        found = replayed(*order)
        assert counts(found) == {"met": 1, "breached": 1}
        assert [worst.ticket for worst in found.worst] == ["2"]


def test_a_breach_that_the_living_ticket_has_itself_counts_once() -> None:
    """Ticket 2 shares the clock of ticket 1: due at 14:00, and still open."""
    gone = merged("1", sla.MergedInto(at=at("20 16:00"), into="2"))
    living = merged("2", sla.MergedFrom(at=at("20 16:00"), received=at("20 10:00")), created="20 11:00")
    found = replayed(gone, living)
    assert counts(found) == {"breached": 1}
    assert [worst.ticket for worst in found.worst] == ["2"]


def test_a_breach_of_a_ticket_merged_away_is_its_own_where_nobody_says_that_it_was_taken_over() -> None:
    gone = merged("1", sla.MergedInto(at=at("20 16:00"), into="2"))
    found = replayed(gone, merged("2", created="23 11:00"))
    assert counts(found) == {"breached": 1, "pending": 1}
    assert (found.worst[0].ticket, line(found, "all", "resolution").breached_cancelled_why) == ("1", "merged 1")


def test_breaches_of_a_target_that_had_changed_by_the_end_are_told() -> None:
    """Due at 14:00, and only then of high priority, which is another target."""
    found = replayed(life("7", ("20 15:00", "high"), ("20 16:00", "solved")), life("8", ("20 15:00", "solved")))
    assert line(found, "all", "resolution").breached_then_changed == 1
    assert "then changed" in str(found)
    assert "then changed" not in str(replayed(life("8", ("20 15:00", "solved"))))


# ---------------------------------------------------------------- deprioritisation


@pytest.mark.parametrize(
    ("events", "expected", "why"),
    [
        ([("20 11:00", "deprioritised"), ("20 12:00", "solved")], {"deprioritised": 1}, "kept, and counted apart"),
        ([("20 11:00", "deprioritised"), ("20 16:00", "solved")], {"deprioritised": 1}, "breached, and counted apart"),
        ([("20 11:00", "deprioritised")], {"deprioritised": 1}, "overdue, and counted apart"),
        ([("20 11:00", "deprioritised"), ("20 12:00", "lifted")], {"breached": 1}, "no longer deprioritised"),
        (
            [("20 11:00", "deprioritised"), ("20 12:00", "deleted")],
            {"deprioritised": 1},
            "deprioritised before it was cancelled",
        ),
        ([("24 11:00", "deprioritised")], {"breached": 1}, "not deprioritised yet"),
    ],
)
def test_what_is_deprioritised_leaves_the_promises(
    events: list[tuple[str, str]], expected: dict[str, int], why: str
) -> None:
    found = replayed(life("7", *events))
    assert expected == counts(found), why
    assert ["7"] * expected.get("breached", 0) == [worst.ticket for worst in found.worst]


def test_what_is_deprioritised_is_not_in_the_attainment_nor_in_the_times() -> None:
    found = replayed(
        life("met", ("20 11:00", "solved")),
        life("deprioritised", ("20 11:00", "deprioritised"), ("20 16:00", "solved")),
    )
    every = line(found, "all", "resolution")
    assert (every.attainment, every.objective_met, every.p90_open) == (1.0, True, timedelta(hours=1))


def test_where_the_policy_says_so_what_is_deprioritised_stays() -> None:
    stays = sla.policy_from_data({**REPLAYED_DATA, "deprioritisation": {"objective": "included"}})
    found = replayed(life("7", ("20 11:00", "deprioritised"), ("20 16:00", "solved")), policy=stays)
    assert counts(found) == {"breached": 1}
    assert [worst.ticket for worst in found.worst] == ["7"]


# ---------------------------------------------------------------- objectives


@pytest.mark.parametrize(
    ("met", "breached", "objective", "kept", "why"),
    [
        (3, 1, 0.75, True, "as large a share as should be"),
        (2, 1, 0.75, False, ""),
        (7, 3, 0.7, True, "0.7 is not exact, and neither is 7 / 10: the same double"),
        (29, 71, 0.29, True, ""),
        (28, 72, 0.29, False, ""),
        (1, 2, 0.34, False, ""),
        (1, 0, 1.0, True, "all of one"),
        (99, 1, 1.0, False, "nearly all is not all"),
    ],
)
def test_an_objective_is_met_by_as_large_a_share(
    met: int, breached: int, objective: float, kept: bool, why: str
) -> None:
    rules = [{**REPLAYED_DATA["rules"][1], "metrics": {"resolution": {"due": {"business_hours": "4h"}, "objective": objective}}}]  # fmt: skip
    policy = sla.policy_from_data({**REPLAYED_DATA, "rules": rules})
    found = replayed(
        *(life(f"met {i}", ("20 14:00", "solved")) for i in range(met)),
        *(life(f"breached {i}") for i in range(breached)),
        policy=policy,
    )
    every = line(found, "all", "resolution")
    assert (met / (met + breached), objective, kept) == (every.attainment, every.objective, every.objective_met), why


def test_without_anything_that_fell_due_an_objective_is_neither_met_nor_not() -> None:
    every = line(replayed(life("7"), as_of="20 12:00"), "all", "resolution")
    assert (every.pending, every.objective, every.objective_met) == (1, 0.75, None)


def test_without_an_objective_there_is_none_to_meet() -> None:
    found = replayed(life("7", ("20 10:00", "asked"), ("20 11:00", "answered")))
    each = line(found, "all", "next_response")
    assert (each.attainment, each.objective, each.objective_met) == (1.0, None, None)


def test_where_promises_of_different_objectives_meet_there_is_none() -> None:
    found = replayed(
        life("1", ("20 11:00", "solved")),
        life("2", ("20 11:00", "solved"), priority="high"),
    )
    objectives = {each.group: each.objective for each in found.lines if each.metric == "resolution"}
    assert objectives == {"high": 0.9, "low": 0.75, "all": None}


def test_the_objectives_of_stops_are_those_of_events() -> None:
    rows = [{"received": at("20 10:00"), "priority": "low", "resolution": at("20 14:00")}]
    found = sla.report(rows, REPLAYED, as_of=at("20 14:00"))
    low, every = line(found, "low", "resolution"), line(found, "all", "resolution")
    assert (low.objective, low.objective_met, every.objective) == (0.75, True, 0.75)


# ---------------------------------------------------------------- periods

# Created Friday at 10:00, due at 14:00.
PERIODS: Final = [
    (None, None, True, "no period"),
    ("20 10:00", None, True, "since its very instant"),
    ("20 10:00:00.000001", None, False, "a microsecond too early for it"),
    (None, "20 10:00", False, "until its very instant, which is not included"),
    (None, "20 10:00:00.000001", True, "a microsecond longer"),
    ("20 10:00", "20 10:00:00.000001", True, "a microsecond long"),
    ("20 10:00", "20 10:00", False, "a period without length"),
    ("20 00:00", "21 00:00", True, "its day"),
    ("19 00:00", "20 00:00", False, "the day before"),
]


@pytest.mark.parametrize(("since", "until", "there", "why"), PERIODS)
@pytest.mark.parametrize("ticket", [life("7"), row("7", "20 10:00")], ids=["events", "stops"])
def test_a_period_takes_the_promises_that_began_in_it(
    ticket: Any, since: str | None, until: str | None, there: bool, why: str
) -> None:  # fmt: skip
    found = sla.report(
        [ticket], REPLAYED, as_of=at("23 12:00"), since=at(since) if since else None, until=at(until) if until else None
    )
    assert there == bool(found.lines), why
    assert found.problems == ()


@pytest.mark.parametrize(("since", "until", "there", "why"), PERIODS)
def test_a_period_by_due_takes_the_promises_that_fell_due_in_it(
    since: str | None, until: str | None, there: bool, why: str
) -> None:  # fmt: skip
    four_hours = timedelta(hours=4)
    for ticket in (life("7", ("20 17:00", "solved")), row("7", "20 10:00", resolution="20 17:00")):
        found = sla.report(
            [ticket],
            REPLAYED,
            as_of=at("23 12:00"),
            since=at(since) + four_hours if since else None,
            until=at(until) + four_hours if until else None,
            dated="due",
        )
        assert there == ("resolution" in {each.metric for each in found.lines}), why


def test_a_period_takes_cycles_by_when_they_began_not_by_when_the_ticket_did() -> None:
    ticket = life("7", ("20 10:00", "asked"), ("20 11:00", "answered"), ("23 09:00", "asked"), ("23 10:00", "answered"))
    monday = replayed(ticket, since=at("23 00:00"))
    assert {("next_response", 1)} == {(each.metric, each.tickets) for each in monday.lines}
    friday = replayed(ticket, until=at("23 00:00"))
    assert {("next_response", 1), ("resolution", 1)} == {(each.metric, each.tickets) for each in friday.lines}


def test_a_period_by_due_has_no_promise_that_waits_for_its_due_time() -> None:
    waiting = life("7", ("20 12:00", "pending"))
    assert counts(replayed(waiting, dated="due")) == {"pending": 1}
    assert replayed(waiting, dated="due", since=at("19 00:00")).lines == ()
    assert replayed(waiting, dated="due", until=at("30 00:00")).lines == ()


def test_what_ended_while_it_waited_falls_due_when_it_ended() -> None:
    solved = life("7", ("20 12:00", "pending"), ("20 13:00", "solved"))
    assert counts(replayed(solved, dated="due", since=at("20 13:00"))) == {"met": 1}
    assert replayed(solved, dated="due", until=at("20 13:00")).lines == ()


@pytest.mark.parametrize(
    ("period", "code", "where"),
    [
        ({"since": datetime(2026, 11, 20)}, "datetime_naive", "since"),
        ({"until": datetime(2026, 11, 20)}, "datetime_naive", "until"),
        ({"since": at("20 10:00"), "until": at("19 10:00")}, "period_reversed", "until"),
        ({"dated": "closed"}, "dated_unknown", "dated"),
    ],
    ids=["naive since", "naive until", "reversed", "no such date"],
)
@pytest.mark.parametrize("rows", [[], [life("7")]], ids=["no rows", "a ticket"])
def test_a_period_that_is_none_is_refused_before_any_row_is_read(
    rows: list[sla.Ticket], period: dict[str, Any], code: str, where: str
) -> None:
    with pytest.raises(sla.SlaError) as refused:
        sla.report(rows, REPLAYED, as_of=at("23 12:00"), **period)
    assert (code, where) == (refused.value.code, refused.value.where)


def test_the_group_tickets_a_period_are_those_with_a_promise_in_it() -> None:
    friday, monday = life("7", ("23 09:00", "asked")), life("8", created="23 10:00")
    assert [replayed(friday, monday).tickets, replayed(friday, monday, until=at("23 00:00")).tickets] == [2, 1]
    assert replayed(friday, monday, since=at("23 09:30")).tickets == 1
    assert replayed(friday, monday, since=at("23 00:00")).tickets == 2, "the first one's second clock began on Monday"
    assert replayed(friday, monday, since=at("23 11:00")).tickets == 0


def test_the_due_time_of_a_period_is_the_one_after_all_pauses_and_changes() -> None:
    moved = life("7", ("20 12:00", "pending"), ("23 10:00", "open"))  # due Monday 12:00
    assert replayed(moved, dated="due", until=at("23 12:00")).lines == ()
    assert counts(replayed(moved, dated="due", since=at("23 12:00"))) == {"pending": 1}


# ---------------------------------------------------------------- groups, problems, mixed rows


@pytest.mark.parametrize(
    ("events", "as_of", "group", "why"),
    [
        ([("20 11:00", "high")], "20 10:59", "low", "not raised yet"),
        ([("20 11:00", "high")], "20 11:00", "high", "raised, and open"),
        ([("20 11:00", "high"), ("20 12:00", "solved")], "23 12:00", "high", "raised before it was solved"),
        ([("20 11:00", "solved"), ("20 12:00", "high")], "23 12:00", "low", "solved before it was raised"),
        ([("20 11:00", "high"), ("20 12:00", "deleted")], "23 12:00", "high", "cancelled as a high one"),
        ([("20 11:00", "high"), ("20 12:00", "low")], "23 12:00", "low", "and back"),
    ],
)
def test_a_promise_is_in_the_group_that_its_ticket_had_when_the_clock_ended(
    events: list[tuple[str, str]], as_of: str, group: str, why: str
) -> None:
    found = replayed(life("7", *events), as_of=as_of)
    assert {group, "all"} == {each.group for each in found.lines if each.metric == "resolution"}, why


def test_cycles_of_one_ticket_may_be_in_two_groups() -> None:
    both = sla.policy_from_data(
        {**REPLAYED_DATA, "rules": [{**REPLAYED_DATA["rules"][1], "metrics": {"next_response": {"due": {"business_hours": "2h"}}}}]}
    )  # fmt: skip
    events = [("20 10:00", "asked"), ("20 11:00", "answered"), ("20 12:00", "high"), ("20 13:00", "asked")]
    found = replayed(life("7", *events), as_of="20 14:00", policy=both)
    assert {each.group: (each.met, each.pending) for each in found.lines} == {
        "low": (1, 0),
        "high": (0, 1),
        "all": (1, 1),
    }


UNCREATED: Final = sla.Ticket("8", at("20 10:00"), events=(sla.Solved(at=at("20 11:00")),))
UNKNOWN: Final = life("8", ("20 11:00", "solved"), priority="middle")
TOO_LATE: Final = sla.Ticket("8", at("20 10:00"), events=(sla.Created(at=at("24 10:00")),))


@pytest.mark.parametrize(
    ("ticket", "code", "needle"),
    [
        (UNCREATED, "creation_missing", "8"),
        (UNKNOWN, "field_value_unknown", "middle"),
        (TOO_LATE, "creation_missing", "8"),
    ],
    ids=["nothing creates it", "no rule fits", "created after as_of"],
)
def test_a_ticket_that_cannot_be_replayed_is_a_problem_with_its_line(
    ticket: sla.Ticket, code: str, needle: str
) -> None:
    good = life("7", ("20 11:00", "solved"))
    found = replayed(good, ticket, life("9"), lines={"7": 2, "8": 31, "9": 4})
    ((number, error),) = found.problems
    assert (31, code) == (number, error.code)
    assert needle in str(error)
    assert (found.tickets, counts(found)) == (2, {"met": 1, "breached": 1})


@pytest.mark.parametrize(
    ("event", "needle"),
    [
        (sla.FieldChanged(at=at("20 11:00"), field="priority", value="hihg"), "hihg"),
        (sla.Resumed(at=at("20 11:00")), "nothing is paused"),
        (sla.Created(at=at("20 11:00")), "created once"),
    ],
    ids=["a value that no rule knows", "no pause to resume", "a second creation"],
)
def test_an_event_that_cannot_be_used_is_a_problem_with_the_line_of_its_ticket(event: Event, needle: str) -> None:
    good, bad = life("7", ("20 11:00", "solved")), life("8", ("20 12:00", "solved"))
    found = replayed(good, replace(bad, events=(*bad.events, event)), lines={"7": 2, "8": 31})
    ((number, error),) = found.problems
    assert (number, error.code) == (31, "event_left_out")
    assert needle in str(error)
    assert (found.tickets, counts(found)) == (2, {"met": 2}), "the rest of the ticket counts"


def test_what_a_log_leaves_open_is_no_problem() -> None:
    assumed = sla.Ticket("7", at("20 10:00"), events=(sla.Created(at=at("20 10:00"), fields=(("priority", "low"),)),))
    assert replayed(assumed).problems == ()


def test_a_replayed_ticket_that_comes_after_as_of_is_not_there_yet() -> None:
    found = replayed(life("now"), life("later", created="24 10:00"))
    assert (found.tickets, found.problems) == (1, ())


def test_tickets_with_events_tickets_with_stops_and_rows_may_stand_together() -> None:
    found = replayed(
        life("events", ("20 11:00", "pending"), ("20 13:00", "open"), ("20 16:00", "solved")),
        sla.Ticket("stops", at("20 10:00"), {"priority": "low"}, {"resolution": at("20 16:00")}),
        row("row", "20 10:00", resolution="20 14:00"),  # type: ignore[arg-type]  # a row is no ticket
    )
    assert counts(found) == {"met": 2, "breached": 1}, "at 16:00 the first has waited for two hours, the second has not"
    assert [worst.ticket for worst in found.worst if worst.outcome.promise.metric == "resolution"] == ["stops"]
    assert (found.tickets, found.problems) == (3, ())


def test_a_replayed_report_is_written_as_plain_data() -> None:
    found = replayed(
        life("met", ("20 12:00", "solved")),
        life("gone", ("20 11:00", "deleted")),
        life("unclear", ("20 11:00", "deprioritised")),
    )
    data = json.loads(found.to_json())
    low = {
        "priority": "low",
        "metric": "resolution",
        "kind": "owed",
        "owed_by": "us",
        "tickets": 3,
        "met": 1,
        "breached": 0,
        "done": 0,
        "pending": 0,
        "cancelled": 1,
        "deprioritised": 1,
        "breached_cancelled": 0,
        "breached_cancelled_why": "",
        "breached_then_changed": 0,
        "attainment": 1.0,
        "objective": 0.75,
        "objective_met": True,
        "within": None,
        "median_open": "2h",
        "p90_open": "2h",
        "median_wall": "2h",
        "p90_wall": "2h",
        "median_moved": None,
    }
    assert [low, {**low, "priority": "all"}] == data["lines"]
    assert (data["worst"], data["problems"]) == ([], [])


def test_a_row_is_asked_for_what_begins_with_its_receipt() -> None:
    silent = row("7", "20 10:00", resolution="20 11:00")
    assert {"next_response", "resolution"} == {each.metric for each in replayed(silent).lines}  # type: ignore[arg-type]  # a row is no ticket
    told = row("7", "20 10:00", resolution="20 11:00", next_response="20 13:00")
    assert counts(replayed(told), "next_response") == {"breached": 1}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        (
            [("20 11:00", "pending"), ("23 10:00", "open"), ("23 15:00", "solved")],
            "due Mon 2026-11-23 13:00, done Mon 2026-11-23 15:00 (Europe/Berlin); closed meanwhile: weekend 48h; paused: pending 7h",
        ),
        (
            [("20 11:00", "pending"), ("20 13:00", "open"), ("20 16:30", "solved")],
            "due Fri 2026-11-20 16:00, done Fri 2026-11-20 16:30 (Europe/Berlin); paused: pending 2h",
        ),
        (  # the weekend and the waiting after due moved nothing
            [("20 11:00", "pending"), ("20 13:00", "open"), ("20 16:30", "pending"), ("23 10:00", "solved")],
            "due Fri 2026-11-20 16:00, done Mon 2026-11-23 10:00 (Europe/Berlin); paused: pending 2h",
        ),
        ([], "due Fri 2026-11-20 14:00, not done yet (Europe/Berlin)"),
    ],
    ids=["closed and paused", "paused", "closed and paused after due", "closed after due, not done"],
)
def test_a_breach_says_what_moved_its_due_time(events: list[tuple[str, str]], reason: str) -> None:
    worst = {each.outcome.promise.metric: each for each in replayed(life("7", *events), as_of="23 16:00").worst}
    said = f"4h in business hours, received Fri 2026-11-20 10:00, {reason}"
    assert said == worst["resolution"].reason


def test_a_breach_of_a_date_promised_by_hand_says_so() -> None:
    by_hand = sla.TargetOverridden(at=at("20 10:30"), metric="resolution", due=at("20 11:00"), author="Ann")
    first = life("7", ("20 11:30", "solved"))
    (worst,) = replayed(replace(first, events=(*first.events, by_hand))).worst
    assert worst.reason == (
        "a date promised by hand, received Fri 2026-11-20 10:00, due Fri 2026-11-20 11:00, done Fri 2026-11-20 11:30 "
        "(Europe/Berlin); changed: Fri 2026-11-20 10:30 to due Fri 2026-11-20 11:00 (Ann)"
    )


def test_a_row_cannot_say_when_something_was_done_that_begins_later() -> None:
    due = {"due": {"business_hours": "4h"}}
    rule = {**REPLAYED_DATA["rules"][1], "metrics": {"first_response": due, "next_response": due}}
    both = sla.policy_from_data({**REPLAYED_DATA, "rules": [rule]})
    told = row("7", "20 10:00", next_response="20 13:00")
    found = sla.report([told], both, as_of=at("23 12:00"))
    (problem,) = found.problems
    assert (problem.error.code, problem.error.where) == ("metric_begins_later", "done")
    assert "when the customer writes, after first_response" in str(problem.error)


@pytest.mark.parametrize(
    ("assumed", "said"),
    [((True, True), "2 tickets taken for the customer's"), ((True, False), "1 ticket taken for the"), ((False,), "")],
)
@pytest.mark.parametrize("worth", [1, 500], ids=["in columns", "one by one"])
def test_a_report_says_how_many_tickets_were_taken_for_the_customers(
    assumed: tuple[bool, ...], said: str, worth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slacalc.reports.attainment._WORTH_COLUMNS", worth)
    tickets = [replace(life(str(i), ("20 11:00", "solved")), creator_assumed=each) for i, each in enumerate(assumed)]
    found = replayed(*tickets)
    assert found.taken_for_customers == found.to_data()["taken_for_customers"] == sum(assumed)
    assert said in str(found)
    assert ("taken for" in str(found)) == any(assumed)


# ---------------------------------------------------------------- in pieces

PIECES: Final = sla.LogMapping(
    "id",
    "at",
    "what",
    fields=(("priority", "prio"),),
    own=(("flag", "flag"),),
    events=(("replied", "agent_message"), ("wait", "paused_until_next"), ("solved", "solved"), ("spam", "deleted")),
)


def test_a_log_of_events_in_pieces_is_reported_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty tickets of all kinds, some of another priority later: pieces of 1, 7 and all say the same, and so do rows."""
    policy = sla.policy_from_data(
        {
            "name": "desk",
            "fields": {"priority": ["low", "high"]},
            "calendars": {"office": {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00"}},
            "rules": [
                {
                    "name": name,
                    "when": {"priority": name},
                    "calendar": "office",
                    "metrics": {
                        "first_response": {"due": {"business_hours": answer}, "objective": 0.9},
                        "resolution": {"due": {"business_hours": "8h"}},
                    },
                }
                for name, answer in (("low", "4h"), ("high", "1h"))
            ],
        }
    )
    lines = ["id,at,what,prio,flag"]
    for number in range(40):
        day, priority = 16 + number % 5, ("low", "high")[number % 2]
        steps = ["opened", "replied", "wait", "routed", "solved", "spam"][: 1 + number % 6]
        for hour, what in enumerate(steps, 9 + number % 3):
            later = "high" if number % 7 == 0 and hour > 10 else priority
            lines.append(
                f"T{number},2026-11-{day}T{hour}:{number:02}Z,{what},{later},{number % 3 == 0}".replace("False", "no")
            )
    lines.append("T99,2026-11-17T09:00Z,opened,urgent,no")
    reading = sla.read_log(lines, PIECES)
    asked: dict[str, Any] = {
        "as_of": at("24 12:00"), "by": ["priority", "month"], "worst": "all", "aging": ["8h"],
        "compare": {"resolution": "flag"},
    }  # fmt: skip
    for lines_of_tickets, line_of_the_last in ((reading.lines, len(lines)), ({}, 41)):
        asked["lines"] = lines_of_tickets
        one_by_one = sla.report(reading.tickets, policy, **asked)
        with monkeypatch.context() as patched:
            patched.setattr("slacalc.reports.attainment._WORTH_COLUMNS", 1)
            assert sla.report(list(reading.tickets), policy, **asked).to_json() == one_by_one.to_json()
            for size in (1, 7, 1_000):
                patched.setattr("slacalc.reports.column_attainment._AT_ONCE", size)
                assert sla.report(reading.tickets, policy, **asked).to_json() == one_by_one.to_json(), size
        assert [problem.line for problem in one_by_one.problems] == [line_of_the_last]
        assert (one_by_one.tickets, one_by_one.taken_for_customers, len(one_by_one.worst) > 10) == (40, 40, True)
