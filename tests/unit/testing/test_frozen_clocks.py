"""Tests that stop the clock: slacalc takes the instants of time-machine and of freezegun, and asks for none itself."""

import datetime as dt

import freezegun
import time_machine

import slacalc as sla
from slacalc.testing import assert_due, assert_met, event_log, office_calendar
from tests.helpers import BERLIN

FRIDAY = dt.datetime(2026, 11, 20, 15, tzinfo=BERLIN)
MONDAY = dt.datetime(2026, 11, 23, 11, tzinfo=BERLIN)
POLICY = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [{"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"business_hours": "4h"}}}}],
    }
)


def everything_of_now() -> None:
    """Ask about the instant that the clock has been stopped at, in every way."""
    now = dt.datetime.now(BERLIN)
    assert office_calendar().add(now, dt.timedelta(hours=4)) == MONDAY
    assert office_calendar().elapsed(now, MONDAY) == dt.timedelta(hours=4)
    assert_due(POLICY.promise(now)["resolution"], MONDAY)
    clocks = POLICY.replay([sla.Created(at=now), sla.Solved(at=MONDAY)], as_of=MONDAY)
    assert_met(clocks["resolution"])


def test_time_machine() -> None:
    with time_machine.travel(FRIDAY, tick=False):
        everything_of_now()


def test_freezegun() -> None:
    with freezegun.freeze_time(FRIDAY):  # its datetimes are of a class of their own
        everything_of_now()


def test_the_answer_does_not_depend_on_the_clock() -> None:
    log = event_log("Fri 15:00 created; Mon 11:00 solved")
    told = POLICY.replay(log, as_of=MONDAY)["resolution"]
    with time_machine.travel(dt.datetime(1999, 12, 31, tzinfo=dt.UTC)):
        assert POLICY.replay(log, as_of=MONDAY)["resolution"] == told
