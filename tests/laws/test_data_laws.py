"""What is written as data is read back equal, as it is and through JSON."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

import slacalc as sla
from slacalc.events.event import Event
from slacalc.testing import strategies as some
from tests.laws.strategies import law

DAY: Final = timedelta(days=1)


def assert_read_back(value: Any, read: Callable[[Any], Any]) -> None:
    """The data is what JSON has, and gives an equal value both ways."""
    data = value.to_data()
    assert json.loads(value.to_json()) == data
    assert read(data) == value == read(json.loads(value.to_json()))
    assert TypeAdapter[Any](type(value)).dump_python(value, mode="json") == data


@law(100)
@given(some.calendars())
def test_calendars(calendar: sla.Calendar) -> None:
    assert_read_back(calendar, sla.Calendar.from_data)
    assert sla.Calendar.from_data(calendar.to_data()).digest == calendar.digest


@law(100)
@given(some.holidays())
def test_frozen_holidays(holidays: sla.FrozenHolidays) -> None:
    assert_read_back(holidays, sla.FrozenHolidays.from_data)


@law(50)
@given(some.policies(), some.holidays())
def test_policies_with_pins_by_name_and_in_them(policy: sla.Policy, pin: sla.FrozenHolidays) -> None:
    data = policy.to_data()
    calendars = {name: {**table, "holidays": {"pinned": "ours"}} for name, table in data["calendars"].items()}
    try:
        named = sla.policy_from_data({**data, "calendars": calendars}, pins={"ours": pin})
    except sla.PolicyError as error:  # hours that begin when a half day is over
        assume({problem.code for problem in error.problems} != {"half_day_leaves_no_hours"})
        raise
    assert_read_back(named.with_pins(), sla.policy_from_data)
    assert named.with_pins().digest == named.digest
    assert_read_back(policy, sla.policy_from_data)


@law(50)
@given(some.policies(), some.instants(), st.timedeltas(min_value=-DAY, max_value=9 * DAY))
def test_promises_and_how_they_were_kept(policy: sla.Policy, received: datetime, later: timedelta) -> None:
    promises = policy.promise(received)
    assert_read_back(promises, partial(sla.Promises.from_data, policy=policy))
    assert sla.Promises.from_data(promises.to_data(), policy).later == promises.later
    as_of = received + 4 * DAY
    for promise in promises.values():
        assert_read_back(promise, partial(sla.Promise.from_data, policy=policy))
        assert_read_back(promise.ledger, sla.Ledger.from_data)
        assert_read_back(promise.provenance, sla.PromiseProvenance.from_data)
        outcome = sla.outcome(promise, received + max(later, later * 0), as_of=as_of)
        assert_read_back(outcome, partial(sla.Outcome.from_data, policy=policy))
        expectation = promise.expectation(as_of=received, zone="Europe/Lisbon")
        assert_read_back(expectation, sla.Expectation.from_data)
        assert_read_back(expectation.say("fi", reason=True), sla.Sentence.from_data)


@law(50)
@given(some.policies(), some.event_logs(), st.timedeltas(max_value=9 * DAY, min_value=0 * DAY))
def test_clocks_and_what_is_next(policy: sla.Policy, events: list[Event], later: timedelta) -> None:
    clocks = policy.replay(events, as_of=events[0].at + later, ticket="7")
    assert_read_back(clocks, partial(sla.resume, policy=policy))
    for milestone in sla.agenda(clocks, as_of=clocks.as_of):
        assert_read_back(milestone, sla.Milestone.from_data)
    for entry in sla.queue(clocks, as_of=clocks.as_of):
        assert_read_back(entry, sla.QueueEntry.from_data)
    for state in clocks.values():
        assert json.loads(state.to_json()) == state.to_data()
        assert TypeAdapter(sla.ClockState).dump_python(state, mode="json") == state.to_data()
        assert_read_back(state.ledger, sla.Ledger.from_data)


@law(100)
@given(some.event_logs())
def test_events(events: list[Event]) -> None:
    every = TypeAdapter[Any](sla.Event)
    for event in events:
        data = json.loads(json.dumps(sla.event_to_data(event)))
        assert sla.event_from_data(data) == event == every.validate_python(data)
        assert every.dump_python(event, mode="json") == data


@law(30)
@given(some.policies(), some.policies())
def test_versions(first: sla.Policy, second: sla.Policy) -> None:
    dated = ((first, "2026-01-01T00:00:00Z"), (second, "2026-11-20T00:00:00Z"))
    versions = [sla.policy_from_data({**policy.to_data(), "valid_from": since}) for policy, since in dated]
    assert_read_back(sla.PolicyVersions.of(versions), sla.PolicyVersions.from_data)
