"""A report over versions of a policy: each promise is judged by the version in force when it began (rule 10), by hand."""

import pickle
from datetime import timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from tests.helpers import at

MONDAY: Final = "2026-11-23T00:00:00+01:00"


def version(name: str, start: str, hours: str, due: str, objective: float | None, **more: Any) -> sla.Policy:
    metric = {"due": {"business_hours": due}, **({} if objective is None else {"objective": objective})}
    return sla.policy_from_data(
        {
            "name": name,
            "valid_from": start,
            "calendars": {"office": {"zone": "Europe/Berlin", "hours": hours}},
            "rules": [{"name": "all", "calendar": "office", "metrics": {"first_response": metric}}],
            **more,
        }
    )


OLD: Final = version("spring", "2026-01-01T00:00:00+01:00", "Mon-Fri 09:00-17:00", "8h", 0.9)
NEW: Final = version("winter", MONDAY, "Mon-Fri 10:00-16:00", "4h", 0.5)
BOTH: Final = sla.PolicyVersions.of([OLD, NEW])

# A and B began on Friday under 8 h: 2 h on Friday, 6 h on Monday, which is open from 10 to 16 by then: due Monday 16:00.
# C and D began on Monday under 4 h: due Monday 14:00.
TICKETS: Final = [
    ("A", "20 15:00", "23 15:30"),  # met; by the hours of Friday's version it would have been due at 15:00
    ("B", "20 15:00", "23 16:30"),  # breached: after hours, so over by nothing in open time
    ("C", "23 09:00", "23 14:00"),  # met at due; under 4 h
    ("D", "23 09:00", "23 15:00"),  # breached by 1 h; it would be met under 8 h
]
ROWS: Final = [
    {"ticket": name, "received": at(received), "first_response": at(done)} for name, received, done in TICKETS
]
LIVES: Final = [
    sla.Ticket(
        name,
        at(received),
        events=(sla.Created(at=at(received)), sla.Message(at=at(done), actor="agent")),
    )
    for name, received, done in TICKETS
]


def reported(rows: Any, policy: Any = BOTH, **more: Any) -> sla.Report:
    return sla.report(rows, policy, as_of=at("24 12:00"), **more)


def every(found: sla.Report) -> sla.ReportLine:
    return next(line for line in found.lines if line.group == "all")


@pytest.mark.parametrize("rows", [ROWS, LIVES], ids=["by stops", "replayed"])
def test_each_promise_is_judged_by_the_version_of_its_origin_and_the_hours_of_each_instant(rows: Any) -> None:
    found = reported(rows)
    assert (every(found).met, every(found).breached, every(found).pending) == (2, 2, 0)
    assert [(breach.ticket, breach.outcome.promise.due, breach.outcome.overdue_by_open) for breach in found.worst] == [
        ("D", at("23 14:00"), timedelta(hours=1)),
        ("B", at("23 16:00"), timedelta(0)),
    ]
    assert found.problems == ()


@pytest.mark.parametrize("rows", [ROWS, LIVES], ids=["by stops", "replayed"])
def test_open_times_count_the_hours_of_each_instant(rows: Any) -> None:
    line = every(reported(rows))
    # A: 2 h and 10:00-15:30; B: 2 h and 10:00-16:00; C: 10-14; D: 10-15. In order 4, 5, 7:30, 8.
    assert (line.median_open, line.p90_open) == (timedelta(hours=5), timedelta(hours=8))


@pytest.mark.parametrize("rows", [ROWS, LIVES], ids=["by stops", "replayed"])
def test_the_objective_is_that_of_the_promises_version_and_there_is_none_where_two_meet(rows: Any) -> None:
    whole, before, after = reported(rows), reported(rows, until=at("23 00:00")), reported(rows, since=at("23 00:00"))
    assert [(every(found).objective, every(found).objective_met) for found in (whole, before, after)] == [
        (None, None),
        (0.9, False),  # 1 of 2 was kept
        (0.5, True),
    ]


def test_versions_of_one_objective_have_it_together() -> None:
    later = version("winter", MONDAY, "Mon-Fri 10:00-16:00", "4h", 0.9)
    assert every(reported(ROWS, sla.PolicyVersions.of([OLD, later]))).objective == 0.9


def test_an_objective_that_one_version_lacks_is_none_of_both() -> None:
    later = version("winter", MONDAY, "Mon-Fri 10:00-16:00", "4h", None)
    assert every(reported(ROWS, sla.PolicyVersions.of([OLD, later]))).objective is None


def test_a_report_names_the_versions_each_once() -> None:
    assert reported(ROWS).policy == "spring, winter"
    same = sla.PolicyVersions.of([OLD, version("spring", MONDAY, "Mon-Fri 10:00-16:00", "4h", 0.5)])
    assert reported(ROWS, same).policy == "spring"


def test_one_version_is_the_policy() -> None:
    alone = sla.PolicyVersions.of([OLD])
    assert reported(ROWS, alone) == reported(ROWS, OLD)
    assert reported(LIVES, alone) == reported(LIVES, OLD)


def test_what_came_in_while_no_version_was_in_force_is_left_out_and_told() -> None:
    ended = version("spring", "2026-01-01T00:00:00+01:00", "Mon-Fri 09:00-17:00", "8h", 0.9, valid_until="2026-11-20T00:00:00+01:00")  # fmt: skip
    for rows in (ROWS, LIVES):
        found = reported(rows, sla.PolicyVersions.of([ended, NEW]))
        assert [(problem.line, problem.error.code) for problem in found.problems] == [
            (1, "no_version"),
            (2, "no_version"),
        ]
        assert found.tickets == 2, "C and D"


def test_a_metric_that_only_a_later_version_promises_is_not_asked_of_earlier_tickets() -> None:
    later = NEW.to_data()
    later["rules"][0]["metrics"]["resolution"] = {"due": {"business_hours": "4h"}}
    book = sla.PolicyVersions.of([OLD, sla.policy_from_data(later)])
    rows = [{**row, "resolution": row["first_response"]} for row in ROWS]
    found = reported(rows, book)
    assert found.problems == ()
    assert [(line.metric, line.tickets) for line in found.lines if line.group == "all"] == [
        ("first_response", 4),
        ("resolution", 2),
    ]


def test_tickets_may_be_grouped_by_a_field_of_any_version() -> None:
    later = sla.policy_from_data({**NEW.to_data(), "fields": {"team": []}})
    book = sla.PolicyVersions.of([OLD, later])
    rows = [*ROWS[:2], *({**row, "team": "north"} for row in ROWS[2:])]
    assert [(line.group, line.tickets) for line in reported(rows, book, by="team").lines] == [
        ("", 2),
        ("north", 2),
        ("all", 4),
    ]
    with pytest.raises(sla.PolicyError) as refused:
        reported(rows, book, by="taem")
    assert refused.value.code == "field_undeclared"


def test_a_promise_of_versions_is_due_when_its_clock_is() -> None:
    promise = BOTH.promise(at("20 15:00"))["first_response"]
    clock = BOTH.replay([sla.Created(at=at("20 15:00"))], as_of=at("20 15:00"))["first_response"]
    assert at("23 16:00") == promise.due == clock.due
    assert promise.ledger.counted == timedelta(hours=8)
    assert pickle.loads(pickle.dumps(promise)) == promise
    told = promise.expectation(as_of=at("20 15:00")).say("en")
    assert str(told) == "We will reply by 16:00 on Monday 23 November."
