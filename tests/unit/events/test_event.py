"""What can happen to a ticket: the order of events (rule 12), and what is refused."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, get_args

import pytest

import slacalc as sla
from slacalc.events.event import Event, in_order
from slacalc.events.json_lines import event_from_data, event_to_data
from tests.helpers import BRUSSELS, NoZone, wrong
from tests.unit.events.kinds import AT, EVENTS, OFFICE, ids


def ordered(events: list[Event]) -> list[Event]:
    return [event for *_, event in in_order(events)]


def on_friday(hour: int, **more: int) -> datetime:
    return datetime(2026, 11, 20, hour, tzinfo=UTC, **more)


# ---------------------------------------------------------------- order


def test_rule_12_events_are_ordered_by_instant() -> None:
    early, late = sla.Solved(at=on_friday(14)), sla.Solved(at=on_friday(15))
    assert [early, late] == ordered([late, early])


def test_rule_12_instants_are_compared_and_not_their_wall_times() -> None:
    in_brussels = sla.Solved(at=datetime(2026, 11, 20, 15, 30, tzinfo=BRUSSELS))  # 14:30 in UTC
    in_utc = sla.Closed(at=on_friday(15))
    assert [in_brussels, in_utc] == ordered([in_utc, in_brussels])


def test_the_second_half_past_two_is_after_the_first() -> None:
    first = sla.Solved(at=datetime(2026, 10, 25, 2, 45, tzinfo=BRUSSELS))
    second = sla.Closed(at=datetime(2026, 10, 25, 2, 15, tzinfo=BRUSSELS, fold=1))
    assert [first, second] == ordered([second, first])


def test_rule_12_at_one_instant_the_place_in_the_log_decides() -> None:
    log: list[Event] = [sla.Solved(at=AT), sla.Closed(at=AT), sla.Reopened(at=AT)]
    assert log == ordered(log)
    assert log[::-1] == ordered(log[::-1])


def test_rule_12_at_one_instant_the_number_decides() -> None:
    second, first = sla.Solved(at=AT, seq=2), sla.Closed(at=AT, seq=1)
    assert [first, second] == ordered([second, first])


def test_the_instant_decides_before_the_number() -> None:
    late, early = sla.Solved(at=on_friday(16), seq=1), sla.Closed(at=on_friday(15), seq=2)
    assert [early, late] == ordered([late, early])


def test_rule_12_a_missing_number_is_the_place_in_the_log() -> None:
    zeroth, first, numbered = sla.Solved(at=AT), sla.Closed(at=AT), sla.Reopened(at=AT, seq=0)
    assert [zeroth, numbered, first] == ordered([zeroth, first, numbered]), "0 in place, 0 by number, 1 in place"


def test_equal_numbers_keep_the_order_of_the_log() -> None:
    log: list[Event] = [sla.Solved(at=AT, seq=1), sla.Closed(at=AT, seq=1)]
    assert log == ordered(log)
    assert log[::-1] == ordered(log[::-1])


def test_no_events_are_in_order() -> None:
    assert ordered([]) == []


@pytest.mark.parametrize(
    ("made", "where"),
    [
        (lambda moment: sla.Solved(at=moment), "at"),
        (lambda moment: sla.Created(at=moment), "at"),
        (lambda moment: sla.TargetOverridden(at=AT, metric="resolution", due=moment), "due"),
        (lambda moment: sla.MergedFrom(at=AT, received=moment), "received"),
    ],
    ids=["solved", "created", "overridden", "merged"],
)
@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (datetime(2026, 11, 20, 15), "datetime_naive"),
        ("2026-11-20T15:00:00+01:00", "not_a_datetime"),
        (date(2026, 11, 20), "not_a_datetime"),
        (None, "not_a_datetime"),
    ],
    ids=str,
)
def test_what_names_no_instant_is_refused_where_the_event_is_made(
    made: Callable[[Any], Event], where: str, moment: object, code: str
) -> None:
    with pytest.raises(sla.InstantError) as caught:
        made(moment)
    assert (caught.value.code, caught.value.where) == (code, where)


def test_an_instant_that_only_seems_to_have_a_zone_is_refused_with_its_event() -> None:
    with pytest.raises(sla.InstantError) as caught:
        ordered([sla.Solved(at=datetime(2026, 11, 20, 15, tzinfo=NoZone()))])
    assert (caught.value.code, caught.value.where) == ("datetime_naive", "event 1.at")


# ---------------------------------------------------------------- values


def test_every_kind_is_tried_here() -> None:
    assert set(get_args(get_args(Event)[0])) == {type(event) for event in EVENTS}


@pytest.mark.parametrize("event", EVENTS, ids=ids)
def test_events_are_values(event: Event) -> None:
    assert hash(event) == hash(event_from_data(event_to_data(event)))
    with pytest.raises(AttributeError):
        event.at = AT  # type: ignore[misc]


@pytest.mark.parametrize(
    ("kind", "values", "where", "accepts", "why"),
    [
        (sla.Message, {"actor": "Agent"}, "actor", "customer, agent", "actors are written small"),
        (sla.Message, {"actor": "agent", "public": "no"}, "public", "true or false", 'a text is true, also "no"'),
        (sla.Message, {"actor": ["agent"]}, "actor", "customer, agent", "what cannot be hashed is no actor"),
        (sla.Created, {"actor": "Customer"}, "actor", "customer, agent", "an actor here, too"),
        (sla.Created, {"status": 3}, "status", "text", "a number is no status that a policy lists"),
        (sla.StatusChanged, {"status": 3}, "status", "text", "nor here"),
        (sla.StatusChanged, {"status": None}, "status", "text", "nothing is no status"),
        (sla.FieldChanged, {"field": 3, "value": "high"}, "field", "text", "a field has a name"),
        (sla.Paused, {"reason": None}, "reason", "text", "saved clocks keep reasons as text"),
        (sla.TakenOver, {"costs": "false"}, "costs", "true or false", 'a text is true, also "false"'),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_refused_where_the_event_is_made(
    kind: Any, values: dict[str, object], where: str, accepts: str, why: str
) -> None:
    with pytest.raises(sla.LogError) as caught:
        kind(at=AT, **values)
    assert ("event_value_invalid", where) == (caught.value.code, caught.value.where), why
    assert str(caught.value).startswith(f"{where}: the value does not fit; given "), why
    assert accepts in str(caught.value), why


@pytest.mark.parametrize(
    ("event", "kind", "code", "where"),
    [
        (sla.Created(at=AT, seq=wrong("1")), sla.LogError, "event_value_invalid", "event 1.seq"),
        (
            sla.Created(at=AT, fields={"priority": wrong(["high"])}),
            sla.PolicyError,
            "field_value_unknown",
            "event 1.priority",
        ),
    ],
)
def test_a_creation_that_cannot_be_used_is_refused_since_nothing_comes_of_the_rest(
    event: Event, kind: type[sla.SlaError], code: str, where: str
) -> None:
    with pytest.raises(kind) as caught:
        OFFICE.replay([event, sla.Solved(at=AT)], as_of=AT)
    assert (code, where) == (caught.value.code, caught.value.where)


def test_a_number_that_is_none_is_said_of_its_event() -> None:
    with pytest.raises(sla.SlaError) as caught:
        OFFICE.replay([sla.Created(at=AT), sla.Solved(at=AT, seq=wrong("1"))], as_of=AT)
    assert caught.value.where == "event 2.seq"


@pytest.mark.parametrize(
    "fields", [["priority"], "priority", 7, [("priority",)], {7: "high"}, [([], "x")], None], ids=repr
)
def test_fields_that_are_no_pairs_are_refused_at_once(fields: object) -> None:
    with pytest.raises(sla.LogError) as caught:
        sla.Created(at=AT, fields=wrong(fields))
    assert (caught.value.code, caught.value.where) == ("event_value_invalid", "fields")


def test_fields_in_lists_are_frozen_like_those_of_a_mapping() -> None:
    listed = sla.Created(at=AT, fields=wrong([["priority", "high"]]))
    assert sla.Created(at=AT, fields={"priority": "high"}) == listed
    assert hash(listed) == hash(sla.Created(at=AT, fields=(("priority", "high"),)))


def test_fields_read_as_the_mapping_that_they_are() -> None:
    created = sla.Created(at=AT, fields={"priority": "high", "tags": ["b2b", "vip"], "market": None})
    assert created.fields == {"priority": "high", "tags": ("b2b", "vip")}
    assert (created.fields["priority"], created.fields.get("market")) == ("high", None)
    assert sla.Created(at=AT).fields == {}


@pytest.mark.parametrize("actor", ["customer", "agent", "bot", "system", "partner", "unknown"])
def test_an_actor_of_a_database_is_read(actor: str) -> None:
    assert sla.Message(at=AT, actor=sla.read_actor(actor)).actor == actor


@pytest.mark.parametrize("said", ["agnet", "Agent", "", None, 3, ["agent"]], ids=repr)
def test_what_names_no_actor_is_refused(said: object) -> None:
    with pytest.raises(sla.LogError) as caught:
        sla.read_actor(said)
    assert (caught.value.code, caught.value.where) == ("event_value_invalid", "actor")


class Channel(StrEnum):
    """The channels of an application."""

    EMAIL = "email"


def test_a_text_of_an_enumeration_is_a_text() -> None:
    assert sla.Created(at=AT, channel=Channel.EMAIL) == sla.Created(at=AT, channel="email")
