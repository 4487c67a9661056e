"""The report that replays the real log, with its waits as pauses, is what an independent walk finds, to the microsecond."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from typer.testing import CliRunner

import slacalc as sla
from slacalc.cli import app
from tests.helpers import DATA
from tests.helpers import REAL_LOG as LOG
from tests.report_walker import STOPS, Outcome, Walk, WalkedReport
from tests.wait_walker import count_solved_twice, judge, read_waiting, walk_waiting_report

MAPPING: Final = DATA / "italian_log_events.toml"
POLICY: Final = DATA / "italian_helpdesk.toml"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)

pytestmark = pytest.mark.skipif(not LOG.exists(), reason=f"the ticket log is not there: {LOG.parent}")


@pytest.fixture(scope="module")
def walked() -> WalkedReport:
    return walk_waiting_report(LOG)


@pytest.fixture(scope="module")
def reported(walked: WalkedReport, reading: sla.LogReading) -> sla.Report:
    return sla.report(reading.tickets, sla.load_policy(POLICY), as_of=walked.as_of, lines=reading.lines)


@pytest.fixture(scope="module")
def reading() -> sla.LogReading:
    with LOG.open(encoding="utf-8", newline="") as lines:
        return sla.read_log(lines, sla.load_mapping(MAPPING))


def us(amount: timedelta | None) -> int | None:
    return None if amount is None else amount // MICROSECOND


def test_the_figures_are_those_of_the_walk(reported: sla.Report, walked: WalkedReport) -> None:
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


def test_the_ten_worst_are_those_of_the_walk(reported: sla.Report, walked: WalkedReport) -> None:
    place = {each.ticket.case_id: number for number, each in enumerate(read_waiting(LOG)[0])}
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
            us(worst.outcome.overdue_by_open),
            us(worst.outcome.overdue_by),
        )
        for worst in reported.worst
    ]


def test_every_row_is_an_event_of_its_kind(reading: sla.LogReading) -> None:
    events = [event for ticket in reading.tickets for event in ticket.events]
    kinds = {kind: sum(isinstance(event, kind) for event in events) for kind in (sla.Created, sla.Message, sla.Paused)}
    assert (reading.problems, reading.events) == ((), 21_348)
    assert kinds == {sla.Created: 4_580, sla.Message: 5_060, sla.Paused: 1_463}, "as many as the log has of each"


def as_walked(walked: Outcome) -> tuple[object, ...]:
    times = (walked.open_time, walked.wall_time, walked.overdue_by_open, walked.overdue_by)
    return (walked.due, walked.stop, walked.status, *times)


def as_told(clock: sla.ClockState) -> tuple[object, ...]:
    found = clock.outcome()
    done = found.done_at is not None
    times = (us(found.open_time) if done else None, us(found.wall_time) if done else None)
    return (
        clock.due and us(clock.due - EPOCH),
        found.done_at and us(found.done_at - EPOCH),
        found.status,
        *times,
        us(found.overdue_by_open),
        us(found.overdue_by),
    )


def test_every_clock_of_the_log_is_that_of_the_walk(reading: sla.LogReading) -> None:
    """Each by itself: sums and medians could agree where two clocks are wrong."""
    waiting, last = read_waiting(LOG)
    walk, policy = Walk(), sla.load_policy(POLICY)
    expected = {
        (each.ticket.case_id, metric): as_walked(judge(each, metric, last, walk))
        for each in waiting
        for metric in STOPS
    }
    as_of, solved_twice = EPOCH + last * MICROSECOND, count_solved_twice(LOG)
    found = {}
    for ticket in reading.tickets:
        clocks = policy.replay(ticket.events, as_of=as_of)
        assert [gap.code for gap in clocks.gaps] == ["solved_twice"] * solved_twice.get(ticket.id, 0)
        for metric in clocks:
            (clock,) = clocks.cycles(metric)
            found[ticket.id, metric] = as_told(clock)
    assert len(found) == 2 * 4_580
    assert expected == found


def test_the_command_line_prints_that_report(walked: WalkedReport) -> None:
    arguments = ["report", str(LOG), "-p", str(POLICY), "--mapping", str(MAPPING)]
    result = CliRunner().invoke(app, arguments, env={"COLUMNS": "140"})
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    head = ["italian_helpdesk as of Fri 2014-01-03 13:20:58 (CET)", "4580 tickets, 21348 events"]
    assert head == [line.rstrip() for line in lines[:2]]
    figures = [[row.metric, *map(str, (row.tickets, row.met, row.breached, row.pending))] for row in walked.rows]
    assert figures == [
        line.removeprefix(row.priority).split()[:5] for row, line in zip(walked.rows, lines[3:], strict=False)
    ]
