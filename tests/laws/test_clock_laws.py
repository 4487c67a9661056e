"""What holds for every pause on every counting clock, near a change of the clock; and a second opinion that walks."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Final, NamedTuple

from hypothesis import assume, example, given, reject
from hypothesis import strategies as st

import slacalc as sla
from slacalc.business_time.instants import amount_us, to_us
from slacalc.calendars.open_time import OpenTime
from slacalc.clocks.clock_state import ClockState, state_of
from slacalc.clocks.cycle import Cycle
from slacalc.clocks.replay import Clocks, replay
from slacalc.events.event import Event
from slacalc.policies.in_force import MetricPromise
from slacalc.policies.targets.points import CountingTarget
from tests import clock_oracle
from tests.clock_oracle import Kind
from tests.laws.strategies import MICROSECOND, ONE_DAY, Scene, instants, law, scenes, utc

MINUTE: Final = timedelta(minutes=1)
NOTHING: Final = timedelta(0)
WALK: Final = timedelta(days=12)  # as far as the oracle looks
KINDS: Final[st.SearchStrategy[Kind]] = st.sampled_from(("business_hours", "workday_hours", "calendar_hours"))
TOO_FAR: Final = (sla.HorizonError, sla.CalendarError)  # some of the calendars that are drawn close for good

ANY: Final = sla.policy_from_data(
    {
        "name": "any",
        "calendars": {"office": {"zone": "UTC", "hours": "24/7"}},
        "rules": [{"name": "all", "calendar": "office", "metrics": {}}],
    }
)

Stretch = tuple[datetime, datetime | None]


def target(kind: Kind, amount: timedelta) -> CountingTarget:
    """The counting target of that kind."""
    match kind:
        case "business_hours":
            return sla.BusinessHours.model_validate({"business_hours": amount})
        case "workday_hours":
            return sla.WorkdayHours.model_validate({"workday_hours": amount})
        case "calendar_hours":
            return sla.CalendarHours.model_validate({"calendar_hours": amount})


class Clock(NamedTuple):
    """A target that starts to count."""

    scene: Scene
    kind: Kind
    amount: timedelta
    origin: datetime

    def state(self, pauses: Iterable[Stretch], as_of: datetime) -> ClockState:
        """How it is doing when it was paused so, in the order given."""
        edges: list[tuple[int, bool, str]] = []
        for number, (start, end) in enumerate(pauses):
            begins = max(to_us(start), to_us(self.origin))
            if end is None or to_us(end) > begins:
                edges.append((begins, False, f"reason {number}"))
            if end is not None and to_us(end) > begins:
                edges.append((to_us(end), True, f"reason {number}"))
        promised = sla.MetricRule(due=target(self.kind, self.amount))
        calendar, kind = self.scene.calendar, target(self.kind, self.amount)
        own = amount_us(self.amount), kind.clock(calendar)
        terms = MetricPromise(
            0, "resolution", ANY.rules[0], promised, sla.ClockRule(), calendar, calendar.zone_info, *own
        )
        cycle = Cycle(ANY.in_force[0], terms, to_us(self.origin), {})
        try:
            for at, ends, reason in sorted(edges):
                (cycle.release if ends else cycle.hold)(("pause", reason), at)
            return state_of(cycle, to_us(as_of))
        except TOO_FAR:
            reject()

    def due(self, *pauses: Stretch) -> datetime:
        """When it is due; the pauses are over."""
        due = self.state(pauses, self.origin + 30 * ONE_DAY).due
        assert due is not None, "no pause goes on"
        return utc(due)

    def counted(self, start: datetime, end: datetime) -> timedelta:
        """What its own kind of time counts between two instants."""
        if self.kind == "calendar_hours":
            return utc(end) - utc(start)
        calendar: OpenTime = self.scene.calendar
        return (calendar.workdays() if self.kind == "workday_hours" else calendar).elapsed(start, end)


@st.composite
def clocks(draw: st.DrawFn, step: int = 1) -> Clock:
    """A counting target on any calendar, near a change of the clock; more than nothing is allowed."""
    scene = draw(scenes(step=step))
    grain = MINUTE if step == 60 else MICROSECOND
    amount = draw(
        st.sampled_from((1, 2, 4, 8, 24)).map(lambda hours: hours * 60 * MINUTE)
        | st.integers(1, 40 * 60 * MINUTE // grain).map(lambda count: count * grain)
    )
    return Clock(scene, draw(KINDS), amount, draw(instants(scene, grain)))


@st.composite
def pauses_of(draw: st.DrawFn, clock: Clock, grain: timedelta = MICROSECOND, most: int = 4) -> list[Stretch]:
    """Pauses that are over, in any order, after the origin; they overlap, nest and touch."""
    near = draw(st.lists(instants(clock.scene, grain), min_size=0, max_size=2 * most))
    after = [utc(instant) for instant in near if utc(instant) >= utc(clock.origin)]
    return [(min(a, b), max(a, b)) for a, b in zip(after[::2], after[1::2], strict=False)]


@st.composite
def pauses_near_due(draw: st.DrawFn, clock: Clock) -> tuple[datetime, datetime]:
    """A pause after the origin, that often begins at due or a microsecond from it."""
    due = clock.due()
    offset = draw(st.sampled_from((-1, 0, 1)).map(lambda us: us * MICROSECOND))
    anywhere = instants(clock.scene).map(utc)
    start = max(draw(st.just(due + offset) | anywhere), utc(clock.origin))
    length = draw(st.integers(0, 3 * ONE_DAY // MICROSECOND)) * MICROSECOND
    return start, start + length


# ---------------------------------------------------------------- a second opinion


@law(30)
@given(st.data())
def test_due_is_what_the_oracle_says(data: st.DataObject) -> None:
    clock = data.draw(clocks(step=60))
    pauses = data.draw(pauses_of(clock, MINUTE))
    walked = clock_oracle.paused_due(
        clock.scene.plan, clock.kind, clock.amount, clock.origin, pauses, utc(clock.origin) + WALK
    )
    assume(walked.due is not None)
    assert walked.due == clock.due(*pauses)


@law(30)
@given(st.data())
def test_a_clock_that_is_still_paused_has_what_the_oracle_did_not_count(data: st.DataObject) -> None:
    clock = data.draw(clocks(step=60))
    open_pause = max(utc(data.draw(instants(clock.scene, MINUTE))), utc(clock.origin))
    pauses: list[Stretch] = [*data.draw(pauses_of(clock, MINUTE, most=2)), (open_pause, None)]
    last = max(instant for pause in pauses for instant in pause if instant is not None)
    end = max(last, utc(clock.origin)) + MINUTE
    walked = clock_oracle.paused_due(clock.scene.plan, clock.kind, clock.amount, clock.origin, pauses, end)
    state = clock.state(pauses, end)
    assert walked.due == (None if state.due is None else utc(state.due))
    if walked.due is None:
        assert state.status == "paused"
        assert walked.remaining == state.remaining
        assert walked.counted == state.elapsed == state.ledger.counted


# ---------------------------------------------------------------- what a pause moves (rule 8)


@law(60)
@given(st.data())
def test_a_pause_that_begins_before_due_moves_it_by_what_its_clock_counts_in_it_and_any_other_moves_nothing(
    data: st.DataObject,
) -> None:
    clock = data.draw(clocks())
    start, end = data.draw(pauses_near_due(clock))
    before, after = clock.due(), clock.due((start, end))
    if start < before:
        assert clock.counted(start, end) == clock.counted(before, after)
        assert clock.amount == clock.counted(clock.origin, after) - clock.counted(start, end)
    else:
        assert before == after
    assert before <= after


@law(40)
@given(st.data())
def test_splitting_a_pause_changes_nothing(data: st.DataObject) -> None:
    clock = data.draw(clocks())
    start, end = data.draw(pauses_near_due(clock))
    cut = start + data.draw(st.integers(0, (end - start) // MICROSECOND)) * MICROSECOND
    others = data.draw(pauses_of(clock, most=2))
    whole, halves = [*others, (start, end)], [(cut, end), *others, (start, cut)]
    assert clock.due(*whole) == clock.due(*halves)
    assert clock.state(whole, end).elapsed == clock.state(halves, end).elapsed


@law(30)
@given(st.data())
def test_the_order_in_which_pauses_are_told_is_irrelevant(data: st.DataObject) -> None:
    clock = data.draw(clocks())
    pauses = data.draw(pauses_of(clock))
    assert clock.due(*pauses) == clock.due(*data.draw(st.permutations(pauses)))


@law(30)
@given(st.data())
def test_another_pause_is_never_due_earlier(data: st.DataObject) -> None:
    clock = data.draw(clocks())
    pauses = data.draw(pauses_of(clock))
    assert clock.due(*pauses) <= clock.due(*pauses, data.draw(pauses_near_due(clock)))


@law(30)
@given(st.data())
def test_due_if_resumed_is_when_it_is_due_once_it_was_resumed(data: st.DataObject) -> None:
    clock = data.draw(clocks())
    start, end = data.draw(pauses_near_due(clock))
    while_paused = clock.state([(start, None)], end)
    then_due = while_paused.due_if_resumed(end)
    assert then_due is not None
    assert clock.due((start, end)) == utc(then_due)


# ---------------------------------------------------------------- the ledger (rule 16)


@law(40)
@given(st.data())
def test_the_ledger_is_gapless_and_its_counted_segments_sum_to_the_elapsed_time(data: st.DataObject) -> None:
    clock = data.draw(clocks())
    pauses: list[Stretch] = [*data.draw(pauses_of(clock))]
    if data.draw(st.booleans()):
        pauses.append((max(utc(data.draw(instants(clock.scene))), utc(clock.origin)), None))
    as_of = max(utc(data.draw(instants(clock.scene))), utc(clock.origin))
    state = clock.state([pause for pause in pauses if pause[0] <= as_of], as_of)
    ledger = state.ledger
    edges = [utc(ledger.start), *(utc(s.end) for s in ledger)]
    assert [utc(s.start) for s in ledger] == edges[:-1], "each segment starts where the one before it ends"
    assert (utc(clock.origin), as_of) == (utc(ledger.start), utc(ledger.end))
    assert not ledger.segments or as_of == edges[-1]
    assert all(utc(s.start) < utc(s.end) for s in ledger)
    assert all((a.kind, a.name) != (b.kind, b.name) for a, b in pairwise(ledger)), "neighbours have different reasons"
    assert state.elapsed == ledger.counted == sum((s.counted for s in ledger), NOTHING)


# ---------------------------------------------------------------- events: order, prefixes


START: Final = datetime(2026, 10, 23, 8, tzinfo=UTC)  # the Friday before the autumn fold
_OFFICE: Final = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00; Sun 01:00-05:00"}


def _rule(name: str, amount: str, **when: str) -> dict[str, Any]:
    due = {"business_hours": amount}
    metrics = ("first_response", "next_response", "periodic_update", "agent_work", "resolution")
    promised = {metric: {"due": due} for metric in metrics}
    promised["requester_wait"] = {"due": {"workday_hours": amount}}
    return {"name": name, "when": when, "calendar": "office", "metrics": promised}


POLICY: Final = sla.policy_from_data(
    {
        "name": "laws",
        "calendars": {"office": _OFFICE},
        "rules": [_rule("high", "4h", priority="high"), _rule("rest", "12h")],
    }
)


def _event(draw: st.DrawFn, at: datetime) -> Event:
    reason, status = st.sampled_from(("supplier", "customer")), st.sampled_from(("open", "pending", "on_hold"))
    actor = st.sampled_from(("customer", "agent", "bot"))
    kinds: list[st.SearchStrategy[Event]] = [
        st.builds(sla.Message, at=st.just(at), actor=actor, public=st.booleans(), holding=st.booleans()),
        st.builds(sla.Paused, at=st.just(at), reason=reason),
        st.builds(sla.Resumed, at=st.just(at), reason=reason),
        st.builds(sla.StatusChanged, at=st.just(at), status=status),
        st.builds(sla.FieldChanged, at=st.just(at), field=st.just("priority"), value=st.sampled_from(("high", "low"))),
        st.builds(sla.Solved, at=st.just(at)),
        st.builds(sla.Reopened, at=st.just(at), status=status),
        st.builds(sla.NoReplyNeeded, at=st.just(at)),
    ]
    return draw(st.one_of(kinds))


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    """A ticket's life, in order, around the autumn fold; some events share an instant."""
    minutes = draw(st.lists(st.integers(0, 5 * 24 * 4), max_size=10))
    at = [START + 15 * MINUTE * count for count in sorted(minutes)]
    return [sla.Created(at=START), *(_event(draw, each) for each in at)]


def seen(found: Clocks) -> dict[str, list[tuple[object, ...]]]:
    """All that can be seen of the clocks of a ticket."""
    return {
        metric: [
            (c.status, c.rule, c.origin, c.due, c.elapsed, c.remaining, c.done_at, c.breached_at, c.ledger)
            for c in found.cycles(metric)
        ]
        for metric in found
    }


@law(40)
@given(logs(), st.integers(0, 6 * 24 * 4))
@example([sla.Created(at=START), sla.Solved(at=START)], 0)
def test_replaying_until_before_an_event_is_not_having_it(log: list[Event], quarters: int) -> None:
    as_of = START + 15 * MINUTE * quarters
    prefix = [event for event in log if event.at <= as_of]
    whole, part = replay(log, POLICY, as_of=as_of), replay(prefix, POLICY, as_of=as_of)
    assert seen(part) == seen(whole)
    assert part.gaps == whole.gaps


@law(30)
@given(logs(), st.data())
def test_a_numbered_log_may_be_told_in_any_order(log: list[Event], data: st.DataObject) -> None:
    as_of = START + 7 * ONE_DAY
    numbered = [replace(event, seq=place) for place, event in enumerate(log)]
    shuffled = data.draw(st.permutations(numbered))
    assert seen(replay(log, POLICY, as_of=as_of)) == seen(replay(shuffled, POLICY, as_of=as_of))


@law(30)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=5), st.data())
def test_the_order_of_pauses_at_one_instant_is_irrelevant(hours: list[tuple[int, int]], data: st.DataObject) -> None:
    started: list[Event] = [sla.Created(at=START)]
    pauses: list[Event] = []
    for number, (start, length) in enumerate(hours):
        at = START + start * 3 * 60 * MINUTE
        pauses.append(sla.Paused(at=at, reason=f"{number}"))
        pauses.append(sla.Resumed(at=at + (length + 1) * 3 * 60 * MINUTE, reason=f"{number}"))
    as_of = START + 2 * ONE_DAY
    told = replay([*started, *pauses], POLICY, as_of=as_of)
    shuffled = replay([*started, *data.draw(st.permutations(pauses))], POLICY, as_of=as_of)
    for metric in told:
        assert (told[metric].status, told[metric].due) == (shuffled[metric].status, shuffled[metric].due)
        assert told[metric].elapsed == shuffled[metric].elapsed == shuffled[metric].ledger.counted


@law(40)
@given(logs(), st.integers(0, 6 * 24 * 4))
def test_the_ledger_of_every_cycle_sums_to_its_elapsed_time(log: list[Event], quarters: int) -> None:
    found = replay(log, POLICY, as_of=START + 15 * MINUTE * quarters)
    for metric in found:
        for clock in found.cycles(metric):
            assert clock.elapsed == clock.ledger.counted
            assert (
                clock.ledger.wall_time
                == sum((segment.wall_time for segment in clock.ledger), NOTHING)
                == clock.wall_time
            )
