"""A real log replayed with its waits and its changes of priority, held against an independent walk."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner

import slacalc as sla
from slacalc.cli import app
from slacalc.tickets.outcomes import outcome_of
from tests.change_walker import walk_changes, walk_changing_report
from tests.report_walker import STOPS, Outcome, WalkedReport, WalkedRow

LOG: Final = Path(__file__).parents[3] / "shared/data/helpdesk_italy.csv"
DATA: Final = Path(__file__).parents[1] / "data"
MAPPING: Final = DATA / "italian_log_events.toml"
POLICY: Final = DATA / "italian_helpdesk.toml"
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)

pytestmark = pytest.mark.skipif(not LOG.exists(), reason=f"the ticket log is not there: {LOG.parent}")


@pytest.fixture(scope="module")
def reading() -> sla.LogReading:
    with LOG.open(encoding="utf-8", newline="") as lines:
        return sla.read_log(lines, sla.load_mapping(MAPPING))


@pytest.fixture(scope="module")
def policy() -> sla.Policy:
    return sla.load_policy(POLICY)


def us(amount: timedelta | None) -> int | None:
    return None if amount is None else amount // MICROSECOND


def told(line: sla.ReportLine) -> tuple[int | None, ...]:
    times = (line.median_open, line.p90_open, line.median_wall, line.p90_wall)
    return (line.tickets, line.met, line.missed, line.pending, *map(us, times))


def walked_of(row: WalkedRow) -> tuple[int | None, ...]:
    times = (row.open_median, row.open_p90, row.wall_median, row.wall_p90)
    return (row.tickets, row.met, row.missed, row.pending, *times)


def test_every_row_becomes_events_and_every_wait_a_pause_that_ends_with_the_next_row(reading: sla.LogReading) -> None:
    events = [event for ticket in reading.tickets for event in ticket.events]
    kinds = {kind: sum(isinstance(event, kind) for event in events) for kind in (sla.Created, sla.Message, sla.Paused)}
    assert (reading.problems, reading.events) == ((), 21_348)
    assert kinds == {sla.Created: 4_580, sla.Message: 5_060, sla.Paused: 1_463}, "as many as the log has of each"


# ---------------------------------------------------------------- with every change of priority


@pytest.fixture(scope="module")
def changed() -> WalkedReport:
    return walk_changing_report(LOG)


def as_walked(clock: sla.ClockState) -> tuple[object, ...]:
    found = outcome_of(clock)
    done = found.stop is not None
    return (
        clock.due and us(clock.due - EPOCH),
        found.stop and us(found.stop - EPOCH),
        found.status,
        us(found.open_time) if done else None,
        us(found.wall_time) if done else None,
        us(found.open_over),
        us(found.wall_over),
    )


def as_said(walked: Outcome) -> tuple[object, ...]:
    return (
        walked.due,
        walked.stop,
        walked.status,
        walked.open_time,
        walked.wall_time,
        walked.open_over,
        walked.wall_over,
    )


def test_every_clock_of_the_log_is_the_one_of_the_walk_to_the_microsecond(
    reading: sla.LogReading, policy: sla.Policy
) -> None:
    walked, last = walk_changes(LOG)
    assert reading.last_event is not None
    assert last == us(reading.last_event - EPOCH)
    found = {}
    for ticket in reading.tickets:
        clocks = policy.replay(ticket.events, as_of=reading.last_event)
        assert clocks.gaps == ()
        for metric in clocks:
            (clock,) = clocks.cycles(metric)
            found[ticket.id, metric] = as_walked(clock)
    assert len(found) == 2 * 4_580
    assert {key: as_said(outcome) for key, outcome in walked.items()} == found


def test_the_figures_with_waits_and_changes_are_those_of_the_walk(
    reading: sla.LogReading, policy: sla.Policy, changed: WalkedReport
) -> None:
    """All tickets together: which group a ticket belongs to whose priority changed is not for the walk to say."""
    found = sla.report(reading.tickets, policy, as_of=changed.as_of, lines=reading.lines)
    assert {metric: walked_of(changed.row("all", metric)) for metric in STOPS} == {
        line.metric: told(line) for line in found.lines if line.group == "all"
    }


def test_the_command_line_prints_the_same_report(changed: WalkedReport) -> None:
    result = CliRunner().invoke(
        app, ["report", str(LOG), "-p", str(POLICY), "--mapping", str(MAPPING)], env={"COLUMNS": "140"}
    )
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.rstrip() for line in lines[:2]] == [
        "italian_helpdesk as of Fri 2014-01-03 13:20:58 (CET)",
        "4580 tickets, 21348 events",
    ]
    every = changed.row("all", "resolution")
    counts = [str(number) for number in (every.tickets, every.met, every.missed, every.pending)]
    assert [["all", "resolution", *counts]] == [
        line.split()[:6] for line in lines if line.startswith("all  ") and "resolution" in line
    ]
