"""What holds for clocks that begin and end with a status, a field or an event, wait for others, or begin on each date.

What their due times are, another walker says in test_ticket_machine.py. Here no due time is worked out.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from tests.laws.strategies import law
from tests.laws.test_late_and_solved_laws import (
    BEGIN,
    BH6,
    DAYS,
    END,
    KINDS,
    MINUTE,
    RANGE,
    SELDOM,
    Kind,
    book,
    cycles_of,
    logs,
    looks,
    told,
)

BERLIN: Final = ZoneInfo("Europe/Berlin")
NOTHING: Final = timedelta(0)
MORE: Final[tuple[Kind, ...]] = (
    lambda at: sla.FieldChanged(at=at, field="owner", value="Ann"),
    lambda at: sla.FieldChanged(at=at, field="owner", value=""),
    lambda at: sla.Happened(at=at, name="checked"),
    lambda at: sla.Happened(at=at, name="checked"),
    lambda at: sla.Happened(at=at, name="arrived"),
    lambda at: sla.Happened(at=at, name="nobody knows this"),
    lambda at: sla.StatusChanged(at=at, status="on_hold"),
    lambda at: sla.MergedFrom(at=at, received=BEGIN - 1000 * MINUTE),
    lambda at: sla.MergedFrom(at=at, received=at),
    lambda at: sla.TargetOverridden(at=at, metric="daily_look", due=at + 900 * MINUTE, author="Ann"),
)
EVERY: Final = (*KINDS, *MORE)
CREATED: Final[tuple[Callable[..., sla.Created], ...]] = (
    sla.Created,
    lambda **told: sla.Created(message=False, **told),
    lambda **told: sla.Created(actor="agent", **told),
)


def promised(due: dict[str, Any], kind: str = "owed") -> dict[str, Any]:
    """What a rule promises on every clock."""
    said = {} if kind == "owed" else {"promise": kind}
    return {
        "first_response": {"due": {"business_hours": "4h"}},
        "next_response": {"due": {"workday_hours": "8h"}},
        "first_words": {"due": {"calendar_hours": "9h"}, **said},
        "time_to_own": {"due": {"business_hours": "2h"}},
        "work": {"due": due, **said},
        "inspection": {"due": due},
        "second_level": {"due": {"business_hours": "10h"}},
        "daily_look": {"due": {"business_days": 0, "by": "close"}},
    }


CLOCKS: Final[dict[str, Any]] = {
    "first_words": {"starts": "first_customer_message"},
    "time_to_own": {"stops": {"field": "owner"}},
    "work": {"starts": {"status": ["pending", "on_hold"]}, "stops": {"status": ["open"]}},
    "inspection": {"starts": {"event": "arrived"}, "stops": {"event": "checked"}, "paused_in": ["pending"]},
    "second_level": {"stops": "solved", "after": "first_response", "pausable": True},
    "daily_look": {"stops": {"event": "checked"}, "repeats": "business_day"},
}


def shop(name: str, due: dict[str, Any], other: dict[str, Any], **more: Any) -> sla.Policy:
    clocks = {each: {**rule, **more.get(each, {})} for each, rule in CLOCKS.items()}
    clocks["first_response"] = more.get("first_response", {})
    data = book(name, promised(due), promised(other)).to_data()
    return sla.policy_from_data({**data, "fields": {"owner": []}, "clocks": clocks, **more.get("policy", {})})


SHOPS: Final = (
    shop("counting", BH6, {"calendar_hours": "30h"}),
    shop("dates", DAYS, BH6, first_response={"reopen": "new_cycle"}, work={"reopen": "new_cycle"}),
    shop("ranges", RANGE, DAYS, inspection={"on_solved": "cancel"}, daily_look={"on_solved": "cancel"}),
    shop("anew", BH6, RANGE, work={"on_change": "new_cycle"}, second_level={"on_change": "restart"}),
    shop("silent", BH6, DAYS, time_to_own={"on_solved": "nothing"}, first_words={"after": "time_to_own"}),
)
VERSIONS: Final = sla.PolicyVersions.of(
    [
        shop("then", BH6, RANGE, policy={"valid_from": "2026-01-01T00:00:00+01:00"}),
        shop(
            "later",
            RANGE,
            DAYS,
            policy={"valid_from": "2026-11-24T12:00:00+01:00"},
            daily_look={"stops": "answer", "on_solved": "cancel"},
            second_level={"after": ""},
        ),
    ]
)
BOOKS: Final[tuple[sla.Policy | sla.PolicyVersions, ...]] = (*SHOPS, VERSIONS)


@st.composite
def lives(draw: st.DrawFn) -> list[Any]:
    """A log in order of time, of a ticket that anybody created, with or without a message or an owner."""
    log = draw(logs(EVERY, SELDOM))
    fields = {**dict(log[0].fields), "owner": draw(st.sampled_from(("", "", "Bob")))}
    status = draw(st.sampled_from(("open", "pending")))
    created = draw(st.sampled_from(CREATED))(at=BEGIN, status=status, fields=fields)
    return [created, *log[1:]]


@law(40)
@given(st.data(), st.sampled_from(BOOKS))
def test_looking_at_another_instant_is_replaying_as_of_it(
    data: st.DataObject, policy: sla.Policy | sla.PolicyVersions
) -> None:
    log = data.draw(lives())
    last = max(each.at for each in log)
    one, other = sorted(last + data.draw(st.integers(0, 20_000)) * MINUTE for _ in range(2))
    clocks = policy.replay(log, as_of=one)
    assert told(clocks.at(other)) == told(policy.replay(log, as_of=other))
    assert told(clocks) == told(policy.replay(log, as_of=one)), "looking changes nothing"


@law(30)
@given(st.data(), st.sampled_from(BOOKS))
def test_what_repeats_is_made_when_it_is_read(data: st.DataObject, policy: sla.Policy | sla.PolicyVersions) -> None:
    """What is saved of a ticket does not grow while nothing happens to it."""
    log = data.draw(lives())
    soon = max(each.at for each in log)
    early, late = (json.loads(policy.replay(log, as_of=soon + days * timedelta(days=1)).to_json()) for days in (0, 300))
    assert len(json.dumps(early)) == len(json.dumps(late))


@law(60)
@given(st.data(), st.sampled_from(BOOKS), st.sampled_from(("", "owner", "priority")))
def test_attribution_sums_to_the_wall_time(
    data: st.DataObject, policy: sla.Policy | sla.PolicyVersions, by: str
) -> None:
    log = data.draw(lives())
    for metric, _, clock in cycles_of(policy.replay(log, as_of=data.draw(looks(log) | st.just(END)))):
        rows = clock.attribution(by).rows
        assert sum((row.time for row in rows), NOTHING) == clock.wall_time, metric
        assert all(row.time > NOTHING for row in rows), metric


# ---------------------------------------------------------------- each date has a cycle


@law(80)
@given(st.data(), st.sampled_from(SHOPS))
def test_what_repeats_has_one_cycle_a_working_date(data: st.DataObject, policy: sla.Policy) -> None:
    log = data.draw(lives())
    cycles = policy.replay(log, as_of=data.draw(looks(log) | st.just(END))).cycles("daily_look")
    dates = [local_date(each.origin) for each in cycles]
    assert dates == sorted(set(dates))
    assert all(each > local_date(BEGIN) for each in dates)
    for each in cycles:
        assert each.origin in first_openings(policy, local_date(each.origin))
        assert each.status in {"running", "met", "breached", "cancelled"}, "it is never overdue: it has ended"
        assert each.overdue_by == NOTHING
        assert (each.status == "breached") == (each.breached_at is not None)
        assert each.breached_at in {None, each.due}
    for one, other in pairwise(cycles):
        assert one.status != "running"
        assert one.breached_at is None or utc(one.breached_at) <= utc(other.origin)


def local_date(moment: datetime | None) -> date:
    assert moment is not None
    return moment.astimezone(BERLIN).date()


def first_openings(policy: sla.Policy, day: date) -> list[datetime]:
    """Of a date, by each calendar: the rule may have changed since the cycle began."""
    midnight = datetime.combine(day, datetime.min.time(), BERLIN)
    return [policy.calendar(name).roll_forward(midnight) for name in ("office", "always")]


# ---------------------------------------------------------------- one waits for the other


@law(80)
@given(st.data(), st.sampled_from(SHOPS))
def test_nothing_begins_while_what_it_waits_for_goes_on(data: st.DataObject, policy: sla.Policy) -> None:
    """By one rule: the first cycle behind another begins when that has ended, or later."""
    log = [each for each in data.draw(lives()) if getattr(each, "field", "") != "priority"]
    clocks = policy.replay(log, as_of=data.draw(looks(log) | st.just(END)))
    for metric, other in (("second_level", "first_response"), ("next_response", "first_response")):
        if metric not in clocks or other not in clocks or not clocks.cycles(metric):
            continue
        assert clocks.cycles(other), "it has begun"
        first, waited = clocks.cycles(other)[0], clocks.cycles(metric)[0]
        ends = [each for each in (first.done_at, first.cancelled_at) if each is not None]
        assert ends or any(isinstance(each, sla.Reopened) for each in log), "ended, or an end was taken back later"
        assert all(utc(each) <= utc(waited.origin) for each in ends)


def utc(moment: datetime | None) -> datetime:
    assert moment is not None
    return moment.astimezone(UTC)


# ---------------------------------------------------------------- what nobody knows


@law(50)
@given(st.data(), st.sampled_from(SHOPS))
def test_an_event_that_starts_nothing_is_a_gap_and_nothing_else(data: st.DataObject, policy: sla.Policy) -> None:
    log = data.draw(lives())
    known = [each for each in log if getattr(each, "name", "") != "nobody knows this"]
    moment = data.draw(looks(log))
    one, other = policy.replay(log, as_of=moment), policy.replay(known, as_of=moment)
    assert told(one) == told(other)
    unknown = [gap for gap in one.gaps if gap.code == "event_starts_nothing"]
    seen = [each for each in log if each not in known and each.at <= moment]
    is_over = any(gap.code == "event_after_the_end" for gap in one.gaps)
    assert len(unknown) == len(seen) or (is_over and len(unknown) < len(seen))
    assert [gap for gap in other.gaps if gap.code == "event_starts_nothing"] == []


def test_every_clock_of_these_laws_begins_in_some_life() -> None:
    """The laws are about something: one ordinary life begins each of the clocks."""
    at = [BEGIN + hours * 60 * MINUTE for hours in range(80)]
    log: list[sla.Event] = [
        sla.Created(at=at[0], status="open", fields={"priority": "high"}),
        sla.Happened(at=at[1], name="arrived"),
        sla.Message(at=at[2], actor="agent"),
        sla.Message(at=at[3], actor="customer"),
        sla.StatusChanged(at=at[4], status="on_hold"),
    ]
    clocks = SHOPS[0].replay(log, as_of=END)
    assert {metric for metric, _, _ in cycles_of(clocks)} == set(promised(BH6))
    assert len(clocks.cycles("daily_look")) > 20
