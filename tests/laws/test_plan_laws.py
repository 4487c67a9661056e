"""What if is editing the policy and reporting; a required target is the smallest; on columns and ticket by ticket."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from typing import Any, Final
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.reports import attainment
from slacalc.testing.strategies import FRIDAY, hours, instants, policies, targets
from tests.laws.strategies import law
from tests.laws.test_outcome_laws import lives, tickets

pytest.importorskip("narwhals", reason="columns need the extra frames")
pytest.importorskip("numpy", reason="columns need the extra frames")

GROUPS: Final = ("priority", ["month", "priority"], ["weekday"], "due_hour")


@st.composite
def changes(draw: st.DrawFn, policy: sla.Policy, rows: Sequence[sla.Ticket]) -> dict[str, Any]:
    """Some targets, hours and conditions of a policy, by their paths; some just as long as an answer took, or close."""
    change: dict[str, Any] = {}
    just = st.sampled_from([*took(policy, rows), sla.BusinessHours(amount="4h")])
    for name in policy.calendars:
        if draw(st.booleans()):
            change[f"calendars.{name}.hours"] = str(draw(hours()))
    for place, rule in enumerate(policy.rules):
        for metric in rule.metrics:
            if draw(st.booleans()):
                change[f"rules.{place}.metrics.{metric}.due"] = draw(targets() | just)
            if draw(st.integers(0, 4)) == 0:
                change[f"rules.{place}.metrics.{metric}.objective"] = draw(st.sampled_from((0.5, 0.9)))
        if draw(st.integers(0, 4)) == 0:
            change[f"rules.{place}.when"] = {"priority": draw(st.sampled_from(("urgent", "low")))}
    return change


def took(policy: sla.Policy, rows: Sequence[sla.Ticket]) -> Iterator[sla.BusinessHours | sla.CalendarHours]:
    for ticket in rows:
        for done in (done for done in ticket.done.values() if done > ticket.received):
            yield sla.CalendarHours(amount=done - ticket.received)
            for name in policy.calendars:
                spent = policy.calendar(name).elapsed(ticket.received, done)
                yield sla.BusinessHours(amount=spent)
                yield sla.BusinessHours(amount=spent + timedelta(microseconds=1))


def changed(policy: sla.Policy, change: dict[str, Any]) -> sla.Policy | None:
    try:
        return policy.replace(change)
    except sla.SlaError:  # a range reversed, a calendar that never opens
        return None


@contextmanager
def by_columns(*, wanted: bool) -> Iterator[None]:
    """Ask columns, or report ticket by ticket."""
    with mock.patch.object(attainment, "_WORTH_COLUMNS", 0 if wanted else 1_000_000):
        yield


@law(50)
@given(data=st.data())
def test_what_if_is_editing_the_policy_and_reporting(data: st.DataObject) -> None:
    policy = data.draw(policies())
    rows = data.draw(tickets(policy) | lives()) or [sla.Ticket("0", FRIDAY)]
    drawn = [data.draw(changes(policy, rows)) for _ in range(3)]
    asked = {f"{place}": change for place, change in enumerate(drawn) if changed(policy, change) is not None}
    as_of = data.draw(instants(near=FRIDAY)).astimezone(UTC) + timedelta(days=data.draw(st.integers(0, 9)))
    more: dict[str, Any] = {"as_of": as_of, "by": data.draw(st.sampled_from(GROUPS))}
    if data.draw(st.booleans()):
        more |= {"since": FRIDAY - timedelta(days=1), "until": FRIDAY + timedelta(days=1)}
    with by_columns(wanted=False):
        before = sla.report(rows, policy, worst=0, **more)
        after = {
            name: sla.report(rows, policy.replace(change), worst=0, **more).lines for name, change in asked.items()
        }
    with by_columns(wanted=data.draw(st.booleans())):
        found = sla.what_if(rows, policy, asked, **more)
    assert found.problems == before.problems
    for name in asked:
        assert tuple(line.after for line in found.of(name) if line.after) == after[name]
        assert tuple(line.before for line in found.of(name) if line.before) == before.lines


# ---------------------------------------------------------------- ties, always by columns

LEAST: Final = timedelta(microseconds=1)
SCENES: Final = tuple(product(range(4), ("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-12:00 13:00-17:00; Sat 10:00-14:00")))
COUNTED: Final = ("business_hours", "calendar_hours")


def scene(seed: int, hours: str, counted: str) -> tuple[sla.Policy, list[sla.Ticket]]:
    """A policy of four hours, and tickets that come and end on half hours: often as it opens or closes, or at night."""
    random = Random(seed)  # noqa: S311 - the same in every run
    due = {"due": {counted: "4h"}}
    rule = {"name": "all", "calendar": "office", "metrics": {"first_response": due}}
    office = {"zone": "Europe/Helsinki", "hours": hours}
    policy = sla.policy_from_data({"name": "ties", "calendars": {"office": office}, "rules": [rule]})
    start, half = datetime(2026, 10, 23, tzinfo=UTC), timedelta(minutes=30)
    rows = []
    for number in range(16):
        received = start + random.randrange(100) * half  # and a clock change on the way
        done = received + random.randrange(1, 150) * half
        rows.append(sla.Ticket(f"{number}", received, {}, {"first_response": done}))
    return policy, rows


@contextmanager
def only_by_columns() -> Iterator[None]:
    """Fail where columns cannot tell."""
    from slacalc.plans.many_policies import ManyPolicies

    lines = ManyPolicies.lines

    def told(many: ManyPolicies, policy: sla.Policy) -> object:
        found = lines(many, policy)
        assert found is not None
        return found

    with by_columns(wanted=True), mock.patch.object(ManyPolicies, "lines", told):
        yield


@pytest.mark.parametrize("counted", COUNTED)
def test_what_took_just_as_long_is_judged_the_same_by_columns(counted: str) -> None:
    ties: Counter[str] = Counter()
    as_of = datetime(2026, 11, 20, tzinfo=UTC)
    for seed, written in SCENES:
        policy, rows = scene(seed, written, counted)
        amounts = {target.amount + by for target in took(policy, rows[:8]) for by in (-LEAST, timedelta(0), LEAST)}
        path = "rules.all.metrics.first_response.due"
        changes = {f"{amount}": {path: {counted: amount}} for amount in amounts if amount > timedelta(0)}
        with only_by_columns():
            found = sla.what_if(rows, policy, changes, as_of=as_of)
        for name, change in changes.items():
            other = policy.replace(change)
            with by_columns(wanted=False):
                assert tuple(line.after for line in found.of(name)) == sla.report(rows, other, as_of=as_of).lines
            ties.update(tied(other, rows, counted, change[path][counted]))
    assert min(ties["met"], ties["breached"] if counted == "business_hours" else 1) > 0


def tied(policy: sla.Policy, rows: list[sla.Ticket], counted: str, amount: timedelta) -> Iterator[str]:
    """How each ticket is judged that took just as long as is promised."""
    for ticket in rows:
        done, promise = ticket.done["first_response"], policy.promise(ticket.received)["first_response"]
        spent = done - ticket.received
        if counted == "business_hours":
            spent = promise.calendar.elapsed(ticket.received, done)
        if spent == amount:
            yield "met" if done <= promise.due else "breached"


@pytest.mark.parametrize("counted", COUNTED)
def test_a_required_target_is_the_least_of_all_that_a_ticket_took(counted: str) -> None:
    as_of = datetime(2026, 11, 20, tzinfo=UTC)
    for seed, written in SCENES:
        policy, rows = scene(seed, written, counted)
        kind = sla.BusinessHours if counted == "business_hours" else sla.CalendarHours
        steps = (-LEAST, timedelta(0), LEAST)
        every = {each.amount + by for each in took(policy, rows) if isinstance(each, kind) for by in steps}
        amounts = sorted(each for each in every if each >= timedelta(0))
        kept = [(amount, attained(rows, policy, "all", {counted: amount}, as_of)) for amount in amounts]
        for share in (0.25, 0.5, 0.9, 1):
            (line,) = sla.required(rows, policy, "first_response", share, as_of=as_of).lines
            least = next(each for each in kept if each[1] is not None and each[1] >= share)
            assert isinstance(line.required, kind)
            assert (line.required.amount, line.attained) == least


def attained(rows: list[sla.Ticket], policy: sla.Policy, rule: str, target: object, as_of: Any) -> float | None:
    """How often a rule keeps its first response with a target, ticket by ticket."""
    (place,) = [place for place, each in enumerate(policy.rules) if each.name == rule]
    other = policy.replace({f"rules.{place}.metrics.first_response.due": target})
    kept = []
    for ticket in rows:
        if ticket.received <= as_of and other.rule_for(**ticket.fields).name == rule:
            promise = other.promise(ticket.received, **ticket.fields)["first_response"]
            kept.append(sla.outcome(promise, ticket.done.get("first_response"), as_of=as_of).status)
    due = kept.count("met") + kept.count("breached")
    return kept.count("met") / due if due else None


SMALLER: Final[dict[type, Callable[[Any], Any]]] = {
    sla.BusinessHours: lambda target: sla.BusinessHours(amount=target.amount - timedelta(microseconds=1)),
    sla.CalendarHours: lambda target: sla.CalendarHours(amount=target.amount - timedelta(microseconds=1)),
    sla.WorkdayHours: lambda target: sla.WorkdayHours(amount=target.amount - timedelta(microseconds=1)),
    sla.BusinessDays: lambda target: target.model_copy(update={"days": target.days - 1}),
    sla.CalendarDays: lambda target: target.model_copy(update={"days": target.days - 1}),
}


def least(target: Any) -> bool:
    return not getattr(target, "amount", None) and not getattr(target, "days", 0)


@law(50)
@given(data=st.data())
def test_a_required_target_is_enough_and_a_smaller_one_is_not(data: st.DataObject) -> None:
    policy = data.draw(policies().filter(lambda policy: "first_response" in policy.metrics))
    rows = [
        ticket for ticket in data.draw(tickets(policy))
        if ticket.done.get("first_response", ticket.received) >= ticket.received and len(ticket.done) <= 1
        and {*ticket.done} <= {"first_response"} and is_answered(policy, ticket)
    ]  # fmt: skip
    if not rows:
        return
    as_of = data.draw(instants(near=FRIDAY)).astimezone(UTC) + timedelta(days=data.draw(st.integers(0, 9)))
    share = data.draw(st.sampled_from((0.3, 0.5, 0.75, 1)))
    try:
        lines = sla.required(rows, policy, "first_response", share, as_of=as_of).lines
    except sla.MetricError:
        return  # it is typical only
    except sla.LogError:
        return  # a range that is reversed for some receipt
    for line in lines:
        if line.received:
            continue  # one of two targets is not a policy's only one
        now = attained(rows, policy, line.rule, line.target, as_of)
        assert now == line.attainment
        if line.required is None:
            assert line.attained is None or line.attained < share
            continue
        assert attained(rows, policy, line.rule, line.required, as_of) == line.attained
        assert line.attained is not None and line.attained >= share
        if not least(line.required):
            smaller = SMALLER[type(line.required)](line.required)
            assert (attained(rows, policy, line.rule, smaller, as_of) or 0) < share


def is_answered(policy: sla.Policy, ticket: sla.Ticket) -> bool:
    try:
        policy.promise(ticket.received, **ticket.fields)
    except sla.SlaError:
        return False
    return True


@law(40)
@given(data=st.data())
def test_answers_as_worked_take_as_much_open_time_by_the_changed_hours(data: st.DataObject) -> None:
    policy = data.draw(policies())
    rows = [each for each in data.draw(tickets(policy)) if is_answered(policy, each) and not wrongly_done(policy, each)]
    change = {f"calendars.{name}.hours": str(data.draw(hours())) for name in policy.calendars}
    other = changed(policy, change)
    as_of = data.draw(instants(near=FRIDAY)).astimezone(UTC) + timedelta(days=data.draw(st.integers(0, 9)))
    if not rows or other is None:
        return
    moved = [replace(ticket, done=dict(worked(policy, other, ticket))) for ticket in rows]
    try:
        found = sla.what_if(rows, policy, {"other": change}, as_of=as_of, answers="as_worked")
    except sla.LogError:
        return  # some receipt has no due time
    assert tuple(line.after for line in found.lines if line.after) == sla.report(moved, other, as_of=as_of).lines
    assert tuple(line.before for line in found.lines if line.before) == sla.report(rows, policy, as_of=as_of).lines


def wrongly_done(policy: sla.Policy, ticket: sla.Ticket) -> bool:
    promised = policy.promise(ticket.received, **ticket.fields)
    return any(done < ticket.received or metric not in promised for metric, done in ticket.done.items())


def worked(policy: sla.Policy, other: sla.Policy, ticket: sla.Ticket) -> Iterator[tuple[str, datetime]]:
    """When the answers to a ticket come, by the hours of another policy."""
    for metric, done in ticket.done.items():
        old, new = (each.promise(ticket.received, **ticket.fields)[metric].calendar for each in (policy, other))
        spent = old.elapsed(ticket.received, done)
        yield metric, new.add(ticket.received, spent) if spent and old != new else done
