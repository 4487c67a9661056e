"""What users call most, beside the floor of one warmed addition: promises, rules, ledgers, sentences, advice."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Any, Final

import slacalc as sla
from benchmarks.measuring import Contestant, Task, each
from benchmarks.workload import HOURS, ZONE

__all__ = ["SAMPLES", "tasks"]

SAMPLES: Final[dict[str, dict[str, Any]]] = {
    "webshop_helpdesk": {"priority": "normal"},
    "b2b_marketplace": {"channel": "email", "market": "DE"},
    "channel_guide": {},
    "marketplace_seller": {},
    "store_correspondence": {},
}
_ROWS: Final = 1_000
_AMOUNT: Final = timedelta(hours=8)
_FLOOR: Final = "floor: one add"


def tasks() -> Iterator[Task]:
    """Return promises and what is told of them for each sample, then promises under a thousand rules."""
    for name, fields in SAMPLES.items():
        yield from _of_sample(name, fields)
    yield from _of_many_rules()


def _of_sample(name: str, fields: dict[str, Any]) -> Iterator[Task]:
    policy = sla.sample_policy(name)
    zone = policy.calendar(next(iter(policy.calendars))).zone_info
    moments = _moments(zone)
    promises = [next(iter(policy.promise(at, **fields).values())) for at in moments]
    calendar = _in_use(promises[0].calendar, moments)
    clocks = [next(iter(policy.replay([sla.Created(at=at, fields=fields)], as_of=at).values())) for at in moments]
    yield _of_promises(policy, name, fields, calendar, moments)
    told: dict[str, Callable[[Any], object]] = {
        "promise.ledger": lambda promise: promise.ledger,
        "calendar.explain, to due": lambda promise: calendar.explain(promise.origin, promise.due),
        "expectation().say()": lambda promise: promise.expectation(as_of=promise.received).say("en"),
        "with its reason": lambda promise: promise.expectation(as_of=promise.received).say("en", reason=True),
    }
    yield _task(f"a promise of {name} told", calendar, moments, told, promises)
    yield _task(
        f"a clock of {name} told", calendar, moments, {"clock.expectation": lambda clock: clock.expectation()}, clocks
    )
    advice = {f"channel_advice, {len(policy.guide.channels)} channels": partial(sla.channel_advice, policy)}
    yield _task(f"channels of {name}", calendar, moments, advice)


def _of_promises(
    policy: sla.Policy,
    name: str,
    fields: dict[str, Any],
    calendar: Any,  # noqa: ANN401 - any calendar
    moments: Sequence[datetime],
) -> Task:
    """Return a task whose floor is one addition for each instant that a promise tells."""
    instants = {at: range(_instants(policy.promise(at, **fields))) for at in moments}

    def additions(at: datetime) -> None:
        for _ in instants[at]:
            calendar.add(at, _AMOUNT)

    task = _task(f"promise of {name}", calendar, moments, {"promise": partial(_promise, policy, fields)})
    floor = Contestant("floor: one add for each instant", each(additions, moments))
    return replace(task, contestants=[floor, *task.contestants[1:]])


def _of_many_rules() -> Iterator[Task]:
    one, many = _customers(1), _customers(1_000)
    moments = _moments(ZONE)
    first, last = {"customer": "c0"}, {"customer": "c999"}
    topics = map(str, count())
    calls: dict[str, Callable[[Any], object]] = {
        "of one rule": partial(_promise, one, first),
        "of a thousand, the first": partial(_promise, many, first),
        "of a thousand, the last": partial(_promise, many, last),
        "rule_for, of one": lambda _at: one.rule_for(customer="c0"),
        "rule_for, of a thousand, the last": lambda _at: many.rule_for(customer="c999"),
        "rule_for, of a thousand, never asked before": lambda _at: many.rule_for(customer="c999", topic=next(topics)),
    }
    contestants = [Contestant(name, each(call, moments)) for name, call in calls.items()]
    yield Task("promise, a rule a customer", len(moments), contestants)


def _customers(number: int) -> sla.Policy:
    metrics = {"first_response": {"due": {"business_hours": "8h"}}}
    rules = [
        {"name": f"c{n}", "when": {"customer": f"c{n}"}, "calendar": "office", "metrics": metrics}
        for n in range(number)
    ]
    office = {"zone": ZONE.key, "hours": HOURS}
    return sla.Policy(name="customers", fields={"customer": []}, calendars={"office": office}, rules=rules)


def _task(
    name: str,
    calendar: Any,  # noqa: ANN401 - any calendar
    moments: Sequence[datetime],
    calls: Mapping[str, Callable[[Any], object]],
    asked: Sequence[Any] | None = None,
) -> Task:
    """Return a task whose floor is one addition; what is timed was asked before, so that what can be kept is."""
    rows = moments if asked is None else asked
    for call in calls.values():
        for row in (*rows, *rows):
            call(row)
    contestants = [Contestant(who, each(call, rows)) for who, call in calls.items()]
    return Task(name, len(rows), [Contestant(_FLOOR, each(partial(_add, calendar), moments)), *contestants])


def _add(calendar: Any, at: datetime) -> object:  # noqa: ANN401 - any calendar
    return calendar.add(at, _AMOUNT)


def _promise(policy: sla.Policy, fields: dict[str, Any], at: datetime) -> sla.Promises:
    return policy.promise(at, **fields)


def _instants(promises: sla.Promises) -> int:
    """Return how many instants were computed."""
    computed = ("due", "earliest", "expected", "follow_up", "follow_up_earliest")
    return sum(getattr(each, name) is not None for each in promises.values() for name in computed)


def _moments(zone: Any) -> list[datetime]:  # noqa: ANN401 - a zone
    random, start = Random(18), datetime(2026, 1, 1, tzinfo=zone)  # noqa: S311 - the same every time
    return [start + timedelta(minutes=random.randrange(330 * 24 * 60)) for _ in range(_ROWS)]


def _in_use(calendar: Any, moments: Sequence[datetime]) -> Any:  # noqa: ANN401 - any calendar
    for at in [*moments] * 4:
        calendar.is_open(at)
        calendar.workdays().is_open(at)
    return calendar
