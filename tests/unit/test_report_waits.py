"""The report that replays the real log, with its waits as pauses, is what an independent walk finds, to the microsecond."""

from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

import slacalc as sla
from tests.report_walker import STOPS, WalkedReport
from tests.wait_walker import read_waiting, walk_waiting_report

LOG: Final = Path(__file__).parents[3] / "shared/data/helpdesk_italy.csv"
DATA: Final = Path(__file__).parents[1] / "data"
MICROSECOND: Final = timedelta(microseconds=1)

pytestmark = pytest.mark.skipif(not LOG.exists(), reason=f"the ticket log is not there: {LOG.parent}")


@pytest.fixture(scope="module")
def walked() -> WalkedReport:
    return walk_waiting_report(LOG)


@pytest.fixture(scope="module")
def reported(walked: WalkedReport) -> sla.Report:
    with LOG.open(encoding="utf-8", newline="") as lines:
        reading = sla.read_log(lines, sla.load_mapping(DATA / "italian_log_events.toml"))
    policy = sla.load_policy(DATA / "italian_helpdesk.toml")
    return sla.report(reading.tickets, policy, as_of=walked.as_of, lines=reading.lines)


def us(amount: timedelta | None) -> int | None:
    return None if amount is None else amount // MICROSECOND


def test_the_figures_are_those_of_the_walk(reported: sla.Report, walked: WalkedReport) -> None:
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


def test_the_ten_worst_are_those_of_the_walk(reported: sla.Report, walked: WalkedReport) -> None:
    place = {each.ticket.case_id: number for number, each in enumerate(read_waiting(LOG)[0])}
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
            us(worst.outcome.open_over),
            us(worst.outcome.wall_over),
        )
        for worst in reported.worst
    ]
