"""How well promises were kept: figures by hand, and a real log held against an independent walk."""

import copy
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from tests.report_walker import STOPS, WalkedReport, read_log, walk_report

LOG: Final = Path(__file__).parents[3] / "shared/data/helpdesk_italy.csv"
DATA: Final = Path(__file__).parents[1] / "data"
BERLIN: Final = ZoneInfo("Europe/Berlin")
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


def at(text: str) -> datetime:
    """A wall time of November 2026 in Berlin, by its day: "20 15:00"."""
    day, clock = text.split()
    return datetime.fromisoformat(f"2026-11-{day} {clock}").replace(tzinfo=BERLIN)


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
    row("missed", "20 10:00", first_response="20 16:30"),  # 6h 30min, both: over by 2h 30min
    row("missed after hours", "20 13:00", first_response="20 18:00"),  # 4h, 5h: over by nothing, by 1h
    row("never done, overdue", "20 10:00"),  # due 14:00: over by 3h and 3h = 6h, by 70h
    row("never done, not due", "23 11:00"),  # due 15:00
    row("urgent", "20 10:00", "high", first_response="20 11:00", resolution="23 10:01"),  # due 11:00 and Mon 10:00
]


def test_met_missed_and_pending_are_counted_by_group_and_metric_and_for_all() -> None:
    found = made(ROWS)
    assert [(each.group, each.metric, each.tickets, each.met, each.missed, each.pending) for each in found.lines] == [
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
    assert tuple(map(sla.print_amount, filter(None, (low.median_open, low.p90_open)))) == ("4h", "6h 30min")
    assert tuple(map(sla.print_amount, filter(None, (low.median_wall, low.p90_wall)))) == ("5h", "67h")


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
    assert (found.pending, found.met, found.missed, found.median_open) == (1, 0, 0, None)
    at_last = line(made([row("1", "20 10:00", first_response="20 13:00")], as_of="20 13:00"), "low")
    assert (1, timedelta(hours=3)) == (at_last.met, at_last.median_open)
    overdue = line(made([row("1", "20 10:00", first_response="20 16:00")], as_of="20 15:00"), "low")
    assert (overdue.missed, overdue.met, overdue.median_open) == (1, 0, None)


def test_a_report_over_nothing_has_no_lines() -> None:
    found = made([])
    assert (found.tickets, found.lines, found.worst, found.problems) == (0, (), (), ())


def test_tickets_may_be_grouped_by_any_field() -> None:
    rows = [{**row(str(i), "20 10:00"), "team": team} for i, team in enumerate(["north", "south", "north"])]
    found = made(rows, by="team")
    assert [(each.group, each.tickets) for each in found.lines] == [("north", 2), ("south", 1), ("all", 3)]
    without = made([row("1", "20 10:00")], by="team")
    assert [each.group for each in without.lines] == ["", "all"]


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


def test_the_worst_misses_come_first_by_open_time_over_then_by_wall_time() -> None:
    found = made(ROWS)
    assert [worst.ticket for worst in found.worst] == ["never done, overdue", "missed", "urgent", "missed after hours"]
    assert [sla.print_amount(worst.outcome.open_over) for worst in found.worst] == ["6h", "2h 30min", "1min", "0min"]
    assert [sla.print_amount(worst.outcome.wall_over) for worst in found.worst] == ["70h", "2h 30min", "1min", "1h"]


def test_of_equal_misses_the_first_in_the_log_is_the_worst_and_ten_are_enough() -> None:
    rows = [row(f"{i}", "20 10:00", first_response="20 15:00") for i in range(12)]
    found = made([*rows, row("worse", "20 10:00", first_response="20 15:00:00.000001")])
    assert ["worse", *map(str, range(9))] == [worst.ticket for worst in found.worst]


def test_a_ticket_may_miss_two_metrics_by_the_same() -> None:
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


def test_a_miss_says_what_was_promised_when_and_what_closed_on_the_way() -> None:
    (worst,) = made([row("1", "18 15:00", first_response="20 15:30")]).worst
    assert worst.reason == (
        "4h in business hours, received Wed 2026-11-18 15:00, due Fri 2026-11-20 11:00, done Fri 2026-11-20 15:30; "
        "closed meanwhile: special day: inventory 8h"
    )
    (undone,) = made([row("1", "20 10:00")]).worst
    assert (
        undone.reason == "4h in business hours, received Fri 2026-11-20 10:00, due Fri 2026-11-20 14:00, not done yet"
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
    assert (found.met, found.missed) == (0, 1)


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
    good = row("good", "20 10:00", first_response="20 11:00")
    found = made([good, {**row("bad", "20 10:00"), **keys}, good])
    (problem,) = found.problems
    assert problem.line == 2
    assert code in (None, problem.error.code)
    assert needle in str(problem)
    assert (found.tickets, line(found, "low").met) == (2, 2)


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
        "tickets": 1,
        "met": 0,
        "missed": 1,
        "pending": 0,
        "cancelled": 0,
        "demoted": 0,
        "attainment": 0.0,
        "objective": None,
        "objective_met": None,
        "median_open_seconds": 18000.0,
        "p90_open_seconds": 18000.0,
        "median_wall_seconds": 18000.0,
        "p90_wall_seconds": 18000.0,
    }
    assert {
        "policy": "support",
        "as_of": "2026-11-23T12:00:00+01:00",
        "by": "priority",
        "tickets": 1,
        "lines": [low, {**low, "priority": "all"}],
        "worst": [
            {
                "ticket": "1",
                "priority": "low",
                "metric": "first_response",
                "due": "2026-11-20T14:00:00+01:00",
                "done": "2026-11-20T15:00:00+01:00",
                "open_over_seconds": 3600.0,
                "wall_over_seconds": 3600.0,
                "reason": "4h in business hours, received Fri 2026-11-20 10:00, due Fri 2026-11-20 14:00, "
                "done Fri 2026-11-20 15:00",
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
            (r.tickets, r.met, r.missed, r.pending),
            (r.open_median, r.open_p90, r.wall_median, r.wall_p90),
        )
        for r in walked.rows
    }
    assert expected == {
        (each.group, each.metric): (
            (each.tickets, each.met, each.missed, each.pending),
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
    misses = [(metric, miss) for metric in STOPS for miss in walked.worst[metric]]
    misses.sort(key=lambda pair: (-pair[1].open_over, -pair[1].wall_over, place[pair[1].case_id]))
    assert [
        (metric, miss.case_id, miss.due, miss.stop, miss.open_over, miss.wall_over) for metric, miss in misses[:10]
    ] == [
        (
            worst.outcome.promise.metric,
            worst.ticket,
            worst.outcome.promise.due,
            worst.outcome.stop,
            worst.outcome.open_over // MICROSECOND,
            worst.outcome.wall_over // MICROSECOND,
        )
        for worst in reported.worst
    ]


# ---------------------------------------------------------------- what is not there yet, and what cannot be


def test_a_ticket_received_after_as_of_is_not_there_yet() -> None:
    found = made([row("now", "20 10:00"), row("later", "24 10:00")], as_of="23 12:00")
    assert (found.tickets, found.problems) == (1, ())


def test_what_was_done_before_it_was_received_is_left_out() -> None:
    (problem,) = made([row("1", "20 10:00", first_response="20 09:00")]).problems
    assert (problem.error.code, problem.error.where) == ("stop_before_receipt", "first_response")
