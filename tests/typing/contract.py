"""What type checkers see of the public names. Checked by mypy, never run."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal, assert_type

import slacalc as sla
from slacalc.testing.laws import ADD_LAWS, ELAPSED_LAWS, OPEN_TIME_LAWS, PAUSE_LAWS, Law, check_laws


def calendars(at: datetime) -> None:
    office = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", holidays="BE", special_days={"12-24": "closed"})
    assert_type(office.add(at, timedelta(hours=4)), datetime)
    assert_type(office.elapsed(at, at), timedelta)
    assert_type(office.next_open(at), datetime | None)
    assert_type(office.explain(at, at), sla.Ledger)
    assert_type(office | office, sla.Combination)
    assert_type(office.extend(add_hours="Sat 09:00-12:00"), sla.Calendar)
    assert_type(list(office.intervals(at, at)), list[sla.Interval])
    sla.Calendar("UTC", {"Mon-Fri": ["09:00-12:00", "13:00-17:00"]}, versions={date(2027, 1, 1): "24/7"})


def policies(at: datetime) -> None:
    policy = sla.sample_policy("webshop_helpdesk")
    assert_type(policy, sla.Policy)
    promise = policy.promise(at, priority="normal")["first_response"]
    assert_type(promise, sla.Promise)
    assert_type(promise.due, datetime)
    assert_type(promise.expected, datetime | None)
    told = promise.expectation(zone="Europe/Helsinki", as_of=at)
    assert_type(told, sla.Expectation)
    assert_type(told.say("fi"), sla.Sentence)
    assert_type(told.moved(told), Literal["later", "earlier", "same"])
    assert_type(sla.channel_advice(policy, at, needs=["urgent"]).advice[0].answer, datetime | None)
    assert_type(sla.outcome(promise, None, as_of=at).status, Literal["met", "breached", "done", "pending", "cancelled"])
    assert_type(sla.BusinessHours(amount=timedelta(hours=4)).due(policy.calendar("standard"), at), datetime)
    assert_type(sla.report([], policy, as_of=at), sla.Report)


def values(at: datetime, texts: dict[str, str], some: dict[str, str | None], said: str) -> None:
    """What a service has in hand: texts out of a database, fields in a mapping, amounts as people write them."""
    created = sla.Created(at=at, fields=texts)
    assert_type(created.fields, Mapping[str, str | tuple[str, ...]])
    sla.Created(at=at, fields=some)
    sla.Created(at=at, fields=(("priority", "high"),))
    sla.Created(at=at, fields=7)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert_type(sla.read_actor(said), sla.Actor)
    sla.Message(at=at, actor=sla.read_actor(said))
    sla.Message(at=at, actor=said)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    assert_type(sla.BusinessHours(amount="4h").amount, timedelta)
    sla.BusinessHours(amount=4)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    policy = sla.sample_policy("webshop_helpdesk")
    assert_type(policy.promise(at, **texts), sla.Promises)
    assert_type(policy.promise(at, origins={"delivered": at}, **texts), sla.Promises)


class Desk:
    """What keeps laws of every kind."""

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        return end - start

    def add(self, start: datetime, amount: timedelta) -> datetime:
        return start + amount

    def due(self, received: datetime, amount: timedelta, _pauses: object, /) -> datetime:
        return received + amount


class OnlyAdd:
    """What keeps the laws of adding only."""

    def add(self, start: datetime, amount: timedelta) -> datetime:
        return start + amount


def laws(calendar: sla.Calendar) -> None:
    for law in [*OPEN_TIME_LAWS, *PAUSE_LAWS]:
        law.check(Desk())
    for either in [*ELAPSED_LAWS, *ADD_LAWS]:
        either.check(calendar)
    assert_type([*OPEN_TIME_LAWS, *PAUSE_LAWS], list[Law])
    assert_type(check_laws([*OPEN_TIME_LAWS, *PAUSE_LAWS], Desk()), tuple[Law, ...])
    check_laws(ADD_LAWS, OnlyAdd())
    check_laws(ELAPSED_LAWS, "an office")  # type: ignore[arg-type]  # it has neither `add` nor `elapsed`
