"""A ticket's life grows event by event, and after each the library and an oracle that walks are asked how it is doing.

The oracle walks minutes for weeks, or seconds for a day: then each hour of the life is a minute, and every day 24.

`LAWS_TIMES=30 pytest tests/laws/test_ticket_machine.py` tells thirty times as many stories.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, assert_never, cast, get_args

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

import slacalc as sla
from slacalc.clocks.clock_state import ClockState
from slacalc.events.event import Event
from tests import ticket_oracle
from tests.oracle import Plan, Windows
from tests.ticket_oracle import (
    Amount,
    Answers,
    Between,
    Either,
    Happening,
    Kept,
    Life,
    Office,
    OnEvent,
    OnField,
    OnStatus,
    Opening,
    Point,
    Promise,
    PromiseKind,
    Rule,
    Seen,
    Stage,
    Status,
    Target,
    WorkingDay,
)

HOUR: Final = 60  # ticks
DAY: Final = 24 * HOUR
LAST: Final = 12 * DAY  # nothing happens later
DAYS: Final = 60  # so far the oracle looks
WEEK: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NINE_TO_FIVE: Final = ((9, 17),)
SPLIT: Final = ((8, 12), (13, 16))
NIGHT: Final = ((22, 30),)
CLOSED: Final = (date(2026, 3, 30), date(2026, 10, 26), date(2026, 11, 23))  # the Mondays after the begins


@dataclass(frozen=True)
class World:
    """Calendars told twice, to the oracle and to the library, and how many seconds a tick of the oracle has."""

    step: int
    offices: Mapping[datetime, Mapping[str, Office]]  # by begin
    written: Mapping[str, object]
    days: int  # so many working dates ahead may be promised

    def amount(self, ticks: int) -> str:
        return f"{ticks * self.step}s"

    def time(self, ticks: int) -> str:
        minutes, rest = divmod(ticks * self.step, 60)
        assert not rest, "a time of the day has whole minutes"
        return f"{minutes // 60:02}:{minutes % 60:02}"


def of_weeks() -> World:
    """A tick is a minute."""
    plans = {
        "office": Plan(
            "Europe/Berlin",
            dict.fromkeys(WEEK[:5], hours(NINE_TO_FIVE, 3600)),
            specials=dict.fromkeys(CLOSED, ("closed", ())),
        ),
        "helsinki": Plan("Europe/Helsinki", dict.fromkeys(WEEK[:6], hours(SPLIT, 3600))),
        "nights": Plan("Europe/Berlin", dict.fromkeys(WEEK, hours(NIGHT, 3600))),
    }
    written: dict[str, object] = {
        "office": {
            "zone": "Europe/Berlin",
            "hours": "Mon-Fri 09:00-17:00",
            "special_days": {day.isoformat(): "closed" for day in CLOSED},
        },
        "helsinki": {"zone": "Europe/Helsinki", "hours": "Mon-Sat 08:00-12:00 13:00-16:00"},
        "nights": {"zone": "Europe/Berlin", "hours": "Mon-Sun 22:00-06:00"},
    }
    begins = (
        datetime(2026, 3, 26, tzinfo=UTC),  # the Thursday before the spring gap
        datetime(2026, 10, 22, tzinfo=UTC),  # before the autumn fold
        datetime(2026, 11, 19, tzinfo=UTC),
    )
    return World(60, staged(plans, begins, DAYS, 60), written, days=2)


def of_a_day() -> World:
    """A tick is a second, and the hours of thirty days are the minutes of half a date on which the clock is changed."""
    shapes = {
        "office": ("Europe/Berlin", NINE_TO_FIVE), "helsinki": ("Europe/Helsinki", SPLIT), "nights": ("Europe/Berlin", NIGHT),
    }  # fmt: skip
    plans = {
        name: Plan(zone, dict.fromkeys(WEEK, tuple(window for day in range(30) for window in hours(shape, 60, day))))
        for name, (zone, shape) in shapes.items()
    }
    written = {name: {"zone": plan.zone, "hours": f"Mon-Sun {notation(plan)}"} for name, plan in plans.items()}
    begins = (datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 10, 24, 22, tzinfo=UTC))  # midnight in Berlin
    return World(1, staged(plans, begins, 1, 1), written, days=0)


def hours(shape: Windows, hour: int, day: int = 0) -> Windows:
    """Windows of a day as seconds of a date, with so many in an hour."""
    return tuple(((24 * day + opens) * hour, (24 * day + closes) * hour) for opens, closes in shape)


def notation(plan: Plan) -> str:
    """The windows of a date, each of whole minutes, as people write them."""
    return " ".join("-".join(f"{at // 3600:02}:{at // 60 % 60:02}" for at in window) for window in plan.weekly["Mon"])


def staged(
    plans: Mapping[str, Plan], begins: Iterable[datetime], days: int, step: int
) -> dict[datetime, dict[str, Office]]:
    return {begin: {name: Office(plan, begin, days, step) for name, plan in plans.items()} for begin in begins}


WORLDS: Final = (of_weeks(), of_a_day())


# ---------------------------------------------------------------- what is promised

AMOUNTS: Final = (0, 1, 30, 2 * HOUR, 4 * HOUR, 7 * HOUR, 8 * HOUR, 12 * HOUR, 20 * HOUR)
amounts: Final = st.builds(
    Amount, st.sampled_from(("business_hours", "workday_hours", "calendar_hours")), st.sampled_from(AMOUNTS)
)


def points(days: int) -> st.SearchStrategy[Point]:
    """An amount, an opening, or a point of a working date, at most so many ahead."""
    bys: st.SearchStrategy[Any] = st.sampled_from(("close", "opening", 12 * HOUR) if days else ("close",))
    return amounts | amounts | st.just(Opening()) | st.builds(WorkingDay, st.integers(0, days), bys)


@st.composite
def ranges(draw: st.DrawFn) -> Between:
    """From an amount to as much or more of the same kind of time."""
    latest = draw(amounts)
    return Between(replace(latest, ticks=draw(st.sampled_from([a for a in AMOUNTS if a <= latest.ticks]))), latest)


def promises(days: int) -> st.SearchStrategy[Promise]:
    """A target of any kind on an office; or an amount on the nights, too."""
    simple = points(days) | points(days) | ranges()
    targets: st.SearchStrategy[Target] = simple | simple | st.builds(Either, simple, simple)
    warnings = st.sampled_from((None, None, 30, 3 * HOUR))
    kinds: st.SearchStrategy[PromiseKind] = st.sampled_from(("typical", "best_effort"))
    dates = points(days).filter(lambda point: not isinstance(point, Amount))
    moves = st.booleans() if days else st.just(value=False)
    return st.one_of(
        st.builds(Promise, targets, st.sampled_from(("office", "helsinki")), warnings),
        st.builds(Promise, dates, st.sampled_from(("office", "helsinki")), warnings, moves),
        st.builds(Promise, amounts | ranges(), st.sampled_from(("office", "helsinki", "nights")), warnings),
        st.builds(Promise, targets, st.sampled_from(("office", "helsinki")), kind=kinds),
        st.builds(Promise, targets, st.sampled_from(("office", "helsinki")), warnings, owed_by=st.just("customer")),
    )


METRICS: Final = (
    "acknowledgement",
    "first_response",
    "next_response",
    "periodic_update",
    "requester_wait",
    "agent_work",
    "resolution",
)
WAITING: Final = ("pending", "on_hold")
DEFAULT_LIVES: Final = {
    "acknowledgement": Life(answers=Answers(holding=True, partial=True)),
    "first_response": Life(),
    "next_response": Life(starts="customer_message", after="first_response"),
    "periodic_update": Life(starts="answer", pausable=True),
    "requester_wait": Life(stops="solved", paused_in=("pending",), pausable=True),
    "agent_work": Life(stops="solved", paused_in=WAITING, pausable=True),
    "resolution": Life(stops="solved", paused_in=WAITING, pausable=True),
}
"""What `docs/concepts/clocks.md` says of the metrics."""

answers: Final = st.builds(
    Answers,
    actors=st.sampled_from((("agent",), ("agent", "bot"))),
    channels=st.sampled_from(((), (), ("form",))),
    internal=st.booleans(),
    automated=st.booleans(),
    holding=st.booleans(),
    partial=st.booleans(),
)
BEGINS: Final = (
    "created", "created", "customer_message", "answer", "first_customer_message",
    OnStatus(("pending",)), OnStatus(("pending", "on_hold")), OnField("owner"), OnEvent("arrived"), OnEvent("checked"),
)  # fmt: skip
ENDS: Final = ("answer", "answer", "solved", "solved", OnStatus(("open",)), OnField("owner"), OnEvent("checked"))
lives: Final = st.builds(
    Life,
    starts=st.sampled_from(BEGINS),
    stops=st.sampled_from(ENDS),
    answers=answers,
    on_solved=st.sampled_from(("stop", "cancel", "nothing")),
    paused_in=st.sampled_from(((), ("pending",), WAITING)),
    pausable=st.booleans(),
    resume_on_customer_message=st.booleans(),
    reopen=st.sampled_from(("resume", "continue", "new_cycle")),
    on_change=st.sampled_from(("retarget", "retarget", "restart")),
    after_breach=st.sampled_from(("stays", "stays", "judged_anew")),
    unpromised_time=st.sampled_from(("left_out", "left_out", "counts")),
)
holds: Final = st.builds(
    Life,
    stops=st.just("solved"),
    paused_in=st.sampled_from(((), ("pending",), WAITING)),
    pausable=st.booleans(),
    reopen=st.sampled_from(("resume", "continue", "new_cycle")),
    on_change=st.just("new_cycle"),
)
"""Clocks of teams that hand a ticket on."""
dates: Final = st.builds(
    Life,
    stops=st.sampled_from(("answer", OnEvent("checked"))),
    on_solved=st.sampled_from(("stop", "cancel", "nothing")),
    paused_in=st.sampled_from(((), ("pending",))),
    repeats=st.just("business_day"),
)
"""Clocks of each working date."""


day_promises: Final = st.builds(
    Promise,
    st.just(WorkingDay(0, "close")) | st.builds(Amount, st.just("business_hours"), st.sampled_from((HOUR, 10 * HOUR))),
    st.sampled_from(("office", "helsinki")),
    kind=st.sampled_from(("owed", "owed", "typical")),
)
"""What is promised on each working date."""


@st.composite
def stages(draw: st.DrawFn) -> tuple[World, datetime, Stage]:
    """Two or three metrics, with their default lives or others, for tickets of a high and of any other priority."""
    world = draw(st.sampled_from(WORLDS))
    begin = draw(st.sampled_from(sorted(world.offices)))
    promised = promises(world.days)
    metrics = draw(st.lists(st.sampled_from(METRICS), min_size=1, max_size=3, unique=True).map(in_order))
    own = draw(st.dictionaries(st.sampled_from(metrics), lives | lives | holds, max_size=2))
    more = dict.fromkeys(metrics[1:], promised)
    high, low, rest = (draw(st.fixed_dictionaries({metrics[0]: promised}, optional=more)) for _ in range(3))
    if draw(st.booleans()):
        rest[metrics[0]] = replace(high[metrics[0]], warning=None)  # another rule, and no change
    rules = Rule("high", "high", high), Rule("low", "low", low), Rule("rest", None, rest)
    told = {metric: own.get(metric, DEFAULT_LIVES[metric]) for metric in metrics}
    if own.get(metrics[-1], DEFAULT_LIVES[metrics[-1]]).after == "" and draw(st.booleans()):
        told[metrics[-1]] = replace(told[metrics[-1]], after=metrics[0] if len(metrics) > 1 else "")
    if world.step == 60 and draw(st.sampled_from((False, False, True))):
        told["daily_look"] = draw(dates)
        for each in (high, low, rest):
            each["daily_look"] = draw(day_promises)
    if may_be_capped(rules, metrics[0]) and draw(st.booleans()):
        cap = draw(st.sampled_from((0, 1, 2 * HOUR, 10 * HOUR)))
        told[metrics[0]] = replace(told[metrics[0]], pausable=True, reopen="new_cycle", pause_cap=cap)
    ends = draw(st.sampled_from(((), (("solved", "done"), ()), (("solved",), ("closed",)))))
    return world, begin, Stage(world.offices[begin], rules, told, *ends)


def in_order(metrics: list[str]) -> list[str]:
    """So that those which wait for another stand behind it."""
    return sorted(metrics, key=METRICS.index)


def may_be_capped(rules: Iterable[Rule], metric: str) -> bool:
    """Whether all its targets count one kind of time: a cap is of the target's own kind."""
    kinds = {
        target.kind if isinstance(target := each.promises[metric].target, Amount) else None
        for each in rules
        if metric in each.promises
    }
    return len(kinds) == 1 and None not in kinds


# ---------------------------------------------------------------- told to the library


def policy(world: World, stage: Stage) -> sla.Policy:
    """The policy that says the same."""
    return sla.policy_from_data(
        {
            "name": "machine",
            "calendars": world.written,
            "rules": [
                {
                    "name": each.name,
                    "when": {} if each.value is None else {"priority": each.value},
                    "calendar": "office",
                    "metrics": {
                        metric: {
                            "due": written(world, promise.target),
                            "calendar": promise.office,
                            **({} if promise.warning is None else {"warnings": [world.amount(promise.warning)]}),
                            **({"pauses_move": True} if promise.pauses_move else {}),
                            "promise": promise.kind,
                            "owed_by": promise.owed_by,
                        }
                        for metric, promise in each.promises.items()
                    },
                }
                for each in stage.rules
            ],
            "fields": {"owner": []},
            "clocks": {
                metric: clock(world, life) for metric, life in stage.lives.items() if life != DEFAULT_LIVES.get(metric)
            },
            "solved_in": stage.solved_in,
            "closed_in": stage.closed_in,
        }
    )


def clock(world: World, life: Life) -> dict[str, Any]:
    """The life of a clock as a policy writes it."""
    said = asdict(life)
    said["answer"] = said.pop("answers")
    said["pause_cap"] = None if life.pause_cap is None else world.amount(life.pause_cap)
    return said


def written(world: World, target: Target) -> dict[str, Any]:
    """The target as a policy writes it."""
    match target:
        case Amount(kind, ticks):
            return {kind: world.amount(ticks)}
        case WorkingDay(days, by):
            return {"business_days": days, "by": world.time(by) if isinstance(by, int) else by}
        case Opening():
            return {"next_opening": True}
        case Between(earliest, latest):
            return {"earliest": written(world, earliest), "latest": written(world, latest)}
        case Either(inside, outside):
            return {"inside": written(world, inside), "outside": written(world, outside)}
        case _ as never:
            assert_never(never)


@dataclass(frozen=True)
class Told:
    """Instants of a stage, in ticks since its begin."""

    begin: datetime
    step: int

    def at(self, tick: int) -> datetime:
        return self.begin + timedelta(seconds=tick * self.step)

    def tick(self, moment: datetime | None) -> int | None:
        return None if moment is None else self.amount(moment.astimezone(UTC) - self.begin)

    def amount(self, amount: timedelta) -> int:
        ticks, rest = divmod(amount, timedelta(seconds=self.step))
        assert not rest, f"{amount} is not whole ticks of {self.step} s"
        return ticks

    def event(self, each: Happening) -> Event:  # noqa: C901, PLR0911, PLR0912 - one case an event
        """The event of the library."""
        at = self.at(each.at)
        match each.what:
            case "created":
                fields = (("priority", each.value), ("owner", each.owner))
                actor: Any = each.actor
                return sla.Created(at=at, actor=actor, status=each.status, fields=fields, message=each.is_message)
            case "message":
                return sla.Message(
                    at=at,
                    actor=each.actor,  # type: ignore[arg-type]  # only actors are drawn
                    channel=each.channel,
                    public=each.public,
                    automated=each.automated,
                    holding=each.holding,
                    partial=each.partial,
                )
            case "status":
                return sla.StatusChanged(at=at, status=each.status)
            case "field":
                return sla.FieldChanged(at=at, field="priority", value=each.value)
            case "paused":
                return sla.Paused(at=at, reason=each.reason)
            case "resumed":
                return sla.Resumed(at=at, reason=each.reason)
            case "solved":
                return sla.Solved(at=at)
            case "reopened":
                return sla.Reopened(at=at, status=each.status)
            case "closed":
                return sla.Closed(at=at)
            case "merged":
                return sla.MergedInto(at=at, into="another")
            case "no_reply_needed":
                return sla.NoReplyNeeded(at=at)
            case "taken_over":
                return sla.TakenOver(at=at)
            case "promised_by_hand":
                return sla.TargetOverridden(at=at, metric=each.metric, due=self.at(each.due))
            case "deleted":
                return sla.Deleted(at=at)
            case "owner":
                return sla.FieldChanged(at=at, field="owner", value=each.owner)
            case "happened":
                return sla.Happened(at=at, name=each.name)
            case _ as never:
                assert_never(never)

    def seen(self, clock: ClockState) -> Seen:
        """What the oracle would say of it."""
        assert clock.status in get_args(Status)
        outcome = clock.outcome()
        assert outcome.status in get_args(Kept)
        origin, due = self.tick(clock.origin), self.tick(clock.due)
        assert origin is not None
        return Seen(
            status=cast("Status", clock.status),
            kept=outcome.status,
            kind=clock.kind,
            owed_by=clock.owed_by,
            rule=clock.rule,
            origin=origin,
            due=due,
            earliest=self.tick(clock.earliest),
            elapsed=self.amount(clock.elapsed),
            remaining=self.amount(clock.remaining),
            wall=self.amount(clock.wall_time),
            open_time=self.amount(outcome.open_time),
            late=self.amount(clock.overdue_by),
            late_open=self.amount(clock.overdue_by_open),
            done_at=self.tick(clock.done_at),
            answered=clock.answered,
            cancelled=clock.cancelled,
            cancelled_at=self.tick(clock.cancelled_at),
            breached_at=self.tick(clock.breached_at),
        )


# ---------------------------------------------------------------- the machine

waits: Final = st.sampled_from((0, 0, 1, 30, HOUR, 3 * HOUR, 7 * HOUR, 12 * HOUR, DAY, 3 * DAY)) | st.integers(
    0, 2 * DAY
)
looks: Final = st.sampled_from((0, 1, HOUR, DAY, 10 * DAY)) | st.integers(-2 * DAY, 3 * DAY)
statuses: Final = st.sampled_from(("open", "pending", "on_hold"))
reasons: Final = st.sampled_from(("supplier", "pending"))
priorities: Final = st.sampled_from(("high", "low", "normal"))


def as_far_as_told(actual: Mapping[str, list[Seen]], expected: Mapping[str, list[Seen]]) -> dict[str, list[Seen]]:
    """Without what is left of a date that is paused, of which the oracle says nothing."""
    told = {metric: [each.remaining is not None for each in cycles] for metric, cycles in expected.items()}
    return {
        metric: [
            each if is_told else replace(each, remaining=None)
            for each, is_told in zip(cycles, [*told.get(metric, []), *(True for _ in cycles)], strict=False)
        ]
        for metric, cycles in actual.items()
    }


class TicketMachine(RuleBasedStateMachine):
    """The log of one ticket, told to both."""

    @initialize(
        staged=stages(),
        start=st.integers(0, DAY),
        status=statuses,
        value=priorities,
        owner=st.sampled_from(("", "", "", "Ann")),
        actor=st.sampled_from(("customer", "customer", "customer", "agent", "bot")),
        is_message=st.sampled_from((True, True, True, False)),
    )
    def create(
        self,
        staged: tuple[World, datetime, Stage],
        start: int,
        status: str,
        value: str,
        owner: str,
        actor: str,
        *,
        is_message: bool,
    ) -> None:
        world, begin, self.stage = staged
        self.told, self.policy = Told(begin, world.step), policy(world, self.stage)
        told = Happening(start, "created", actor, is_message, owner, status=status, value=value)
        self.log = [told]
        self.extended = self.policy.replay([self.told.event(self.log[0])], as_of=self.told.at(start))
        self.compare(start)

    @property
    def now(self) -> int:
        return self.log[-1].at

    def happen(self, wait: int, look: int, what: Any, **told: Any) -> None:
        """Something more happens, and both are asked as of then and of another instant."""
        self.log.append(Happening(min(self.now + wait, LAST), what, **told))
        self.extended = self.extended.extend([self.told.event(self.log[-1])], as_of=self.told.at(self.now))
        self.compare(self.now)
        self.compare(max(self.log[0].at, self.now + look))

    def compare(self, as_of: int) -> None:
        expected, gaps = ticket_oracle.look(self.stage, self.log, as_of)
        found = self.policy.replay([self.told.event(each) for each in self.log], as_of=self.told.at(as_of))
        actual = {metric: [self.told.seen(c) for c in found.cycles(metric)] for metric in found if found.cycles(metric)}
        assert expected == as_far_as_told(actual, expected), f"as of tick {as_of}"
        if as_of == self.now:
            assert found == self.extended, "replaying a prefix and then the rest is replaying all"
            assert found == sla.resume(self.extended.to_json(), self.policy)
        assert gaps == [(gap.code, gap.place) for gap in found.gaps]
        for metric in found:
            for clock in found.cycles(metric):
                assert clock.elapsed == clock.ledger.counted
                assert clock.wall_time == clock.ledger.wall_time

    @rule(wait=waits, look=looks, channel=st.sampled_from(("", "form")))
    def the_customer_writes(self, wait: int, look: int, channel: str) -> None:
        self.happen(wait, look, "message", actor="customer", channel=channel)

    @rule(wait=waits, look=looks)
    def an_agent_answers(self, wait: int, look: int) -> None:
        self.happen(wait, look, "message", actor="agent")

    @rule(
        wait=waits,
        look=looks,
        actor=st.sampled_from(("agent", "bot", "partner", "system")),
        channel=st.sampled_from(("", "form")),
        marks=st.sets(st.sampled_from(("internal", "automated", "holding", "partial")), max_size=2),
    )
    def somebody_writes(self, wait: int, look: int, actor: str, channel: str, marks: set[str]) -> None:
        told = {mark: mark in marks for mark in ("automated", "holding", "partial")}
        self.happen(wait, look, "message", actor=actor, channel=channel, public="internal" not in marks, **told)

    @rule(wait=waits, look=looks, status=statuses)
    def the_status_changes(self, wait: int, look: int, status: str) -> None:
        self.happen(wait, look, "status", status=status)

    @rule(wait=waits, look=looks, reason=reasons)
    def it_is_paused(self, wait: int, look: int, reason: str) -> None:
        self.happen(wait, look, "paused", reason=reason)

    @rule(wait=waits, look=looks, reason=reasons)
    def it_is_resumed(self, wait: int, look: int, reason: str) -> None:
        self.happen(wait, look, "resumed", reason=reason)

    @rule(wait=waits, look=looks, value=priorities)
    def the_priority_changes(self, wait: int, look: int, value: str) -> None:
        self.happen(wait, look, "field", value=value)

    @rule(wait=waits, look=looks, owner=st.sampled_from(("Ann", "Bob", "")))
    def it_is_owned(self, wait: int, look: int, owner: str) -> None:
        self.happen(wait, look, "owner", owner=owner)

    @rule(wait=waits, look=looks, name=st.sampled_from(("arrived", "checked", "checked", "eaten")))
    def something_happens(self, wait: int, look: int, name: str) -> None:
        self.happen(wait, look, "happened", name=name)

    @rule(wait=waits, look=looks)
    def it_is_solved(self, wait: int, look: int) -> None:
        self.happen(wait, look, "solved")

    @precondition(lambda self: self.stage.solved_in)
    @rule(
        wait=waits,
        look=looks,
        data=st.data(),
        told=st.sampled_from(("status", "status", "both", "both, the event first")),
    )
    def a_status_ends_it(self, wait: int, look: int, data: st.DataObject, told: str) -> None:
        status = data.draw(st.sampled_from((*self.stage.solved_in, *self.stage.closed_in)))
        event = "closed" if status in self.stage.closed_in else "solved"
        if told == "both, the event first":
            self.happen(wait, look, event)
            wait = 0
        self.happen(wait, look, "status", status=status)
        if told == "both":
            self.happen(0, look, event)

    @rule(wait=waits, look=looks, status=statuses)
    def it_is_reopened(self, wait: int, look: int, status: str) -> None:
        self.happen(wait, look, "reopened", status=status)

    @rule(wait=waits, look=looks, metric=st.sampled_from(METRICS), ahead=st.integers(0, 5 * DAY))
    def a_date_is_promised_by_hand(self, wait: int, look: int, metric: str, ahead: int) -> None:
        due = min(self.now + wait, LAST) + ahead
        self.happen(wait, look, "promised_by_hand", metric=metric, due=due)

    @rule(wait=waits, look=looks)
    def no_reply_is_needed(self, wait: int, look: int) -> None:
        self.happen(wait, look, "no_reply_needed")

    @precondition(lambda self: len(self.log) > 3)
    @rule(wait=waits, look=looks, end=st.sampled_from(("closed", "taken_over", "merged", "deleted")))
    def it_comes_to_an_end(self, wait: int, look: int, end: str) -> None:
        self.happen(wait, look, end)


TestTicketMachine = TicketMachine.TestCase
TestTicketMachine.settings = settings(
    max_examples=60 * int(os.environ.get("LAWS_TIMES", "1")),
    stateful_step_count=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],  # to explain a failure takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
