"""Rule 10: a cycle keeps the rules and targets of its origin, opening hours are those of each instant, a zone is one."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.events.event import Event
from tests.helpers import BERLIN, at

FRI: Final = "2026-11-20 15:00"
LATER: Final = "2026-12-31 12:00"
OFFICE: Final = "Mon-Fri 09:00-17:00"
SHORT: Final = "Mon-Fri 10:00-16:00"
BH8: Final = {"business_hours": "8h"}
MONDAY: Final = "2026-11-23 00:00"


def version(start: str, hours: str = OFFICE, due: object = BH8, **more: Any) -> sla.Policy:
    """A version of a policy: hours of the office, and what it promises on each metric; twice as much on low priority."""
    metrics = more.pop("metrics", {"first_response": {"due": due}, "next_response": {"due": due}})
    low = more.pop("low", metrics)
    data: dict[str, Any] = {
        "name": f"from {start}",
        "valid_from": at(start).isoformat(),
        "calendars": more.pop("calendars", {"office": {"zone": "Europe/Berlin", "hours": hours}}),
        "rules": [
            {"name": "low", "when": {"priority": "low"}, "calendar": "office", "metrics": low},
            {"name": "others", "calendar": "office", "metrics": metrics},
        ],
        "clocks": {"next_response": {"after": ""}},
        **more,
    }
    return sla.policy_from_data(data)


def versions(*policies: sla.Policy) -> sla.PolicyVersions:
    return sla.PolicyVersions.of(policies)


def created(when: str = FRI, *, message: bool = True) -> Event:
    return sla.Created(at=at(when), status="open", message=message)


def message(when: str, actor: Any) -> Event:
    return sla.Message(at=at(when), actor=actor)


def due(book: sla.Policy | sla.PolicyVersions, received: str = FRI, *events: Event) -> str:
    """When the first response is due, on the clock of Berlin."""
    clock = sla.replay([created(received), *events], book, as_of=at(received))["first_response"]
    return told(clock.due)


def told(moment: datetime | None) -> str:
    return "none" if moment is None else f"{moment.astimezone(BERLIN):%Y-%m-%d %H:%M}"


OLD: Final = version("2026-01-01 00:00")


# ---------------------------------------------------------------- rules and targets are those of the origin


NEW: Final = version(MONDAY, SHORT, {"business_hours": "4h"})

ORIGINS: Final = [
    ("2026-11-20 15:00", "2026-11-23 16:00", "old: 8 h, of which 2 on Friday and 6 on Monday, which is open 10-16 by then"),
    ("2026-11-22 23:59", "2026-11-24 12:00", "old, a minute before: 6 h on Monday, 2 on Tuesday"),
    ("2026-11-23 00:00", "2026-11-23 14:00", "new from that very instant: 4 h from 10:00"),
    ("2026-11-23 11:00", "2026-11-23 15:00", "new: 4 h"),
]  # fmt: skip


@pytest.mark.parametrize(("received", "expected", "why"), ORIGINS, ids=[row[-1] for row in ORIGINS])
def test_rule_10_a_cycle_keeps_the_rules_of_its_origin_and_the_hours_of_each_instant(
    received: str, expected: str, why: str
) -> None:
    assert expected == due(versions(OLD, NEW), received), why


def test_rule_10_each_cycle_has_the_rules_of_its_own_origin() -> None:
    log = [
        created(message=False),
        message("2026-11-20 16:00", "customer"),
        message("2026-11-23 11:00", "agent"),
        message("2026-11-23 12:00", "customer"),
    ]
    found = sla.replay(log, versions(OLD, NEW), as_of=at("2026-11-23 13:00"))
    assert [told(cycle.due) for cycle in found.cycles("next_response")] == ["2026-11-24 11:00", "2026-11-23 16:00"], (
        "old: 1 h on Friday, 6 on Monday, 1 on Tuesday; new: 4 h"
    )
    assert [cycle.target for cycle in found.cycles("next_response")] == [
        sla.BusinessHours(amount=timedelta(hours=8)),
        sla.BusinessHours(amount=timedelta(hours=4)),
    ]


def test_rule_10_a_cycle_that_begins_with_a_version_has_its_rules() -> None:
    log = [created(message=False), message("2026-11-20 16:00", "agent"), message(MONDAY, "customer")]
    found = sla.replay(log, versions(OLD, NEW), as_of=at("2026-11-23 13:00"))
    assert told(found["next_response"].due) == "2026-11-23 14:00", "new from that very instant: 4 h from 10:00"


def test_rule_10_a_clock_that_is_shared_with_an_earlier_duplicate_keeps_its_version() -> None:
    log = [created(), sla.MergedFrom(at=at("2026-11-23 12:00"), received=at("2026-11-20 14:00"))]
    clocks = sla.replay(log, versions(OLD, NEW), as_of=at("2026-11-23 12:00"))
    resumed = sla.resume(clocks.to_json(), versions(OLD, NEW))
    for clock in (clocks["first_response"], resumed["first_response"]):
        assert clock.target == sla.BusinessHours(amount=timedelta(hours=8)), "the target of the old one"
        assert told(clock.due) == "2026-11-23 15:00", "3 h on Friday, which was open until 17; 5 h on Monday from 10"


def test_a_change_of_field_stays_within_the_version_of_the_origin() -> None:
    low = {"first_response": {"due": {"business_hours": "16h"}}}
    never = {"first_response": {"due": {"business_hours": "1h"}}}
    book = versions(version("2026-01-01 00:00", low=low), version(MONDAY, low=never))
    log = [created(), sla.FieldChanged(at=at("2026-11-23 12:00"), field="priority", value="low")]
    clock = sla.replay(log, book, as_of=at("2026-11-23 12:00"))["first_response"]
    assert told(clock.due) == "2026-11-24 15:00", "16 h of the old version: 2, 8, 6"


def test_a_clock_that_begins_anew_has_the_rules_of_now() -> None:
    low, lower = ({"first_response": {"due": {"business_hours": amount}}} for amount in ("1h", "2h"))
    anew = {"first_response": {"on_change": "restart"}}
    book = versions(version("2026-01-01 00:00", low=lower, clocks=anew), version(MONDAY, low=low, clocks=anew))
    log = [created(), sla.FieldChanged(at=at("2026-11-23 12:00"), field="priority", value="low")]
    clock = sla.replay(log, book, as_of=at("2026-11-23 12:00"))["first_response"]
    assert (told(clock.origin), told(clock.due)) == ("2026-11-23 12:00", "2026-11-23 13:00"), "1 h, as the new one says"


@pytest.mark.parametrize(
    ("low", "why"),
    [
        ({"next_response": {"due": BH8}}, "the new version promises low priority no first response"),
        ({"first_response": {"due": BH8, "origin": "delivered"}}, "it counts from an instant that nobody has said"),
    ],
)
def test_a_clock_that_would_begin_anew_is_over_where_the_version_of_now_does_not_promise_it(
    low: dict[str, Any], why: str
) -> None:
    """Eight hours from Friday 15:00: two of them on Friday, six on Monday from 10:00, as it is open by then."""
    anew = {"first_response": {"on_change": "restart"}}
    one = {"first_response": {"due": {"business_hours": "1h"}}}
    book = versions(version("2026-01-01 00:00", low=one, clocks=anew), version(MONDAY, SHORT, low=low, clocks=anew))
    log = [created(), sla.FieldChanged(at=at("2026-11-23 12:00"), field="priority", value="low")]
    found = sla.replay(log, book, as_of=at(LATER))
    clock = found["first_response"]
    assert (clock.cancelled, told(clock.cancelled_at)) == ("no_longer_promised", "2026-11-23 12:00"), why
    assert (clock.breached_at, len(found.cycles("first_response"))) == (None, 1)
    assert sla.resume(found.to_json(), book) == found
    late = [created(), sla.FieldChanged(at=at("2026-11-24 12:00"), field="priority", value="low")]
    breached = sla.replay(late, book, as_of=at(LATER))["first_response"]
    assert (breached.status, told(breached.breached_at)) == ("overdue", "2026-11-23 16:00"), "a breach stays (rule 9)"


BH1: Final = {"business_hours": "1h"}
OF_TIERS: Final = version(
    MONDAY,
    fields={"tier": ["gold", "iron"]},
    rules=[
        {"name": "gold", "when": {"tier": "gold"}, "calendar": "office", "metrics": {"resolution": {"due": BH1}}},
        {"name": "others", "calendar": "office", "metrics": {"first_response": {"due": BH8}}},
    ],
)
RESUMED: Final = {"resolution": {"reopen": "resume"}}
GOLD: Final = sla.FieldChanged(at=at("2026-11-23 10:00"), field="tier", value="gold")
TIERS: Final = [
    ("first_response", [message("2026-11-20 15:10", "agent"), GOLD], "answered", "2026-11-23 15:00", "2026-11-23 11:00",
     "it is over for good, and was due within 8 h"),
    ("first_response", [GOLD], "open", "2026-11-23 15:00", "2026-11-23 11:00",
     "it goes on under the old one: 2 h on Friday, 6 on Monday"),
    ("resolution", [sla.Solved(at=at("2026-11-20 16:00")), GOLD, sla.Reopened(at=at("2026-11-23 11:00"), status="open")],
     "taken up again", "2026-11-24 10:00", "2026-11-24 10:00", "1 h on Friday, 6 on Monday, 1 on Tuesday"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "events", "how", "due", "resolution", "why"), TIERS, ids=[f"{row[0]} {row[2]}" for row in TIERS]
)
def test_rule_10_a_field_of_the_new_version_chooses_there_and_nothing_in_the_old_one(
    metric: str, events: list[Event], how: str, due: str, resolution: str, why: str
) -> None:
    """Only the new version declares a tier; it promises gold a resolution in an hour, from Monday at ten on."""
    book = versions(version("2026-01-01 00:00", metrics={metric: {"due": BH8}}, clocks=RESUMED), OF_TIERS)
    found = sla.replay([created(), *events], book, as_of=at("2026-11-23 11:00"))
    assert found.gaps == ()
    assert found.fields["tier"] == "gold"
    assert told(found[metric].due) == due, f"{how}: {why}"
    assert told(found["resolution"].due) == resolution
    assert sla.resume(found.to_json(), book) == found


def test_a_field_that_the_version_in_force_does_not_declare_is_refused() -> None:
    early = sla.FieldChanged(at=at("2026-11-20 16:00"), field="tier", value="gold")
    found = sla.replay([created(), early], versions(OLD, OF_TIERS), as_of=at("2026-11-20 16:00"))
    assert [gap.code for gap in found.gaps] == ["field_undeclared"]


FROM_CREATION: Final = {"resolution": {"due": BH8}}
FROM_DELIVERY: Final = {"resolution": {"due": BH8, "origin": "delivered"}}
SHORT_FROM_DELIVERY: Final = {"resolution": {"due": BH1, "origin": "delivered"}}
REFUND: Final = {**FROM_CREATION, "refund": {"due": BH1, "origin": "delivered"}}


def delivered(on: str, told_at: str = "2026-11-23 10:00") -> Event:
    """The instant of the delivery is told, or corrected."""
    return sla.FieldChanged(at=at(told_at), field="delivered", value=at(on).isoformat())


def created_delivered(on: str) -> Event:
    return sla.Created(at=at(FRI), status="open", fields=(("delivered", at(on).isoformat()),))


INSTANTS: Final = [
    (FROM_CREATION, SHORT_FROM_DELIVERY, [created(), delivered("2026-11-23 09:30")], FRI, "2026-11-23 15:00",
     "the old clock counts from no delivery: 2 h on Friday, 6 on Monday"),
    (FROM_DELIVERY, {"resolution": {"due": BH1}}, [created_delivered("2026-11-20 15:30"), delivered("2026-11-20 16:00")],
     "2026-11-20 16:00", "2026-11-23 16:00", "the new one knows no delivery; the old clock does: 1 h on Friday, 7 on Monday"),
    (FROM_DELIVERY, SHORT_FROM_DELIVERY, [created_delivered("2026-11-20 15:30"), delivered("2026-11-20 16:00")],
     "2026-11-20 16:00", "2026-11-23 16:00", "both do: 8 h all the same, as the old one says"),
    (FROM_DELIVERY, SHORT_FROM_DELIVERY, [created_delivered("2026-11-19 09:00"), delivered("2026-11-20 16:00")],
     "2026-11-20 16:00", "2026-11-23 16:00", "mistyped it was due on Thursday: a corrected instant judges anew"),
    (FROM_DELIVERY, SHORT_FROM_DELIVERY, [created(), delivered("2026-11-23 09:30")],
     "2026-11-23 09:30", "2026-11-23 10:30", "told first under the new one: its clock, an hour from 9:30"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "log", "origin", "expected", "why"),
    INSTANTS,
    ids=["new only", "old only", "both", "mistyped", "told late"],
)
def test_rule_10_a_named_instant_is_that_of_the_version_under_which_the_clock_began(
    old: dict[str, Any], new: dict[str, Any], log: list[Event], origin: str, expected: str, why: str
) -> None:
    book = versions(version("2026-01-01 00:00", metrics=old), version(MONDAY, metrics=new))
    found = sla.replay(log, book, as_of=at("2026-11-23 10:15"), strict=True)
    clock = found["resolution"]
    assert (told(clock.origin), told(clock.due), clock.status) == (origin, expected, "running"), why
    assert len(found.cycles("resolution")) == 1
    assert sla.resume(found.to_json(), book) == found


def test_a_named_instant_begins_what_only_the_new_version_counts_from_it_and_leaves_the_old_clock() -> None:
    book = versions(version("2026-01-01 00:00", metrics=FROM_CREATION), version(MONDAY, metrics=REFUND))
    found = sla.replay([created(), delivered("2026-11-23 09:30")], book, as_of=at("2026-11-23 10:15"), strict=True)
    assert told(found["resolution"].due) == "2026-11-23 15:00", "2 h on Friday, 6 on Monday"
    assert told(found["refund"].due) == "2026-11-23 10:30", "an hour from 9:30"


def test_a_named_instant_of_a_later_version_is_kept_until_that_begins_its_clock() -> None:
    """Told at creation, or on Friday; what the new version counts from it begins with the next change."""
    book = versions(version("2026-01-01 00:00", metrics=FROM_CREATION), version(MONDAY, metrics=REFUND))
    changed = sla.FieldChanged(at=at("2026-11-23 09:15"), field="topic", value="x")
    for log in (
        [created_delivered("2026-11-20 16:30")],
        [created(), delivered("2026-11-20 16:30", told_at="2026-11-20 16:45")],
    ):
        found = sla.replay([*log, changed], book, as_of=at("2026-11-23 09:20"), strict=True)
        assert told(found["refund"].due) == "2026-11-23 09:30", "half an hour on Friday, and on Monday"
        assert "delivered" not in found.fields


@pytest.mark.parametrize(
    ("value", "expected"), [("2026-11-20T16:30:00+01:00", "2026-11-23 09:30"), ("soon", "none"), ("", "none")]
)
def test_what_was_a_field_is_the_instant_of_a_later_version_where_it_reads_as_one(value: str, expected: str) -> None:
    field: dict[str, list[str]] = {"delivered": []}
    book = versions(
        version("2026-01-01 00:00", metrics=FROM_CREATION, fields=field), version(MONDAY, metrics=REFUND, fields=field)
    )
    log: list[Event] = [
        sla.Created(at=at(FRI), status="open", fields=(("delivered", value),)),
        sla.FieldChanged(at=at("2026-11-23 09:15"), field="topic", value="x"),
    ]
    found = sla.replay(log, book, as_of=at("2026-11-23 09:20"), strict=True)
    assert told(found["refund"].due) == expected, "an hour: half on Friday, and half on Monday"
    assert found.fields["delivered"] == value
    assert sla.resume(found.to_json(), book) == found


def test_a_field_of_the_version_in_force_is_no_instant_though_another_one_counts_from_it() -> None:
    book = versions(
        version("2026-01-01 00:00", metrics=FROM_DELIVERY),
        version(MONDAY, metrics=FROM_CREATION, fields={"delivered": ["yes", "no"]}),
    )
    told_so = sla.FieldChanged(at=at("2026-11-23 10:00"), field="delivered", value="yes")
    found = sla.replay([created(), told_so], book, as_of=at("2026-11-23 10:15"), strict=True)
    assert found.fields["delivered"] == "yes"


def test_a_breach_stays_though_the_instant_is_corrected_from_which_another_rule_counts() -> None:
    """Eight hours from Friday 15:00 passed on Monday at 15:00; low priority is then promised from the delivery."""
    book = version("2026-01-01 00:00", metrics=FROM_CREATION, low=FROM_DELIVERY)
    log = [
        created_delivered("2026-11-20 16:00"),
        sla.FieldChanged(at=at("2026-11-23 16:00"), field="priority", value="low"),
        delivered("2026-11-23 15:30", told_at="2026-11-23 16:30"),
    ]
    clock = sla.replay(log, book, as_of=at("2026-11-23 16:45"), strict=True)["resolution"]
    assert (clock.status, told(clock.due), told(clock.origin)) == ("overdue", "2026-11-23 15:00", FRI)


def test_a_version_ends_where_the_next_one_begins_and_hours_go_on() -> None:
    third = version("2026-11-24 00:00", "Mon-Fri 12:00-13:00")
    assert due(versions(OLD, NEW, third), "2026-11-20 15:00") == "2026-11-23 16:00"
    assert due(versions(OLD, NEW, third), "2026-11-20 16:00") == "2026-11-24 13:00", "1 h, 6 h, and 1 h from 12:00"


# ---------------------------------------------------------------- a boundary in the middle of things


HOURS: Final = [
    (BH8, "2026-11-23 12:00", SHORT, "2026-11-23 09:00", "2026-11-24 11:00", "within a day: 3 h, 4 h until 16:00, 1 h from 10:00"),
    (BH8, "2026-11-23 12:00", "Mon-Fri 12:00-20:00", "2026-11-23 09:00", "2026-11-23 17:00", "within a day: 3 h and 5 h"),
    (BH8, "2026-11-23 12:00", "Mon-Fri 14:00-16:00", "2026-11-23 09:00", "2026-11-25 15:00", "a gap between the two: 3, 2, 2, 1 h"),
    ({"workday_hours": "24h"}, "2026-11-21 00:00", "Mon-Sat 09:00-17:00", FRI, "2026-11-21 15:00", "Saturday is a working date by then"),
    ({"workday_hours": "24h"}, "2026-11-22 00:00", "Mon-Sat 09:00-17:00", FRI, "2026-11-23 15:00", "Saturday was none yet"),
    ({"workday_hours": "24h"}, "2026-11-24 00:00", "Wed-Fri 09:00-17:00", "2026-11-23 15:00", "2026-11-25 15:00", "Tuesday is none any more"),
    ({"business_days": 1}, "2026-11-21 00:00", "Mon-Sat 10:00-16:00", FRI, "2026-11-21 16:00", "the next working date is Saturday"),
    ({"business_days": 1}, "2026-11-23 12:00", "Mon-Fri 13:00-15:00", FRI, "2026-11-23 15:00", "Monday closes at 15:00 by then"),
    ({"business_days": 1, "by": "opening"}, "2026-11-23 12:00", "Mon-Fri 13:00-15:00", FRI, "2026-11-23 09:00", "and opened at 09:00"),
    ({"business_days": 1}, "2026-11-23 12:00", "Tue-Fri 09:00-17:00", FRI, "2026-11-23 12:00", "Monday owns its morning: its close is noon"),
    ({"business_days": 1}, "2026-11-23 09:00", "Tue-Fri 09:00-17:00", FRI, "2026-11-24 17:00", "Monday owns nothing: Tuesday"),
    ({"next_opening": True}, MONDAY, "Mon-Fri 11:00-16:00", "2026-11-20 18:00", "2026-11-23 11:00", "it opens as of then"),
    ({"calendar_hours": "72h"}, MONDAY, SHORT, FRI, "2026-11-23 15:00", "real time has no hours"),
    ({"calendar_days": 3, "by": "close"}, MONDAY, SHORT, FRI, "2026-11-23 16:00", "the close of then"),
    ({"inside": BH8, "outside": {"business_hours": "1h"}}, MONDAY, SHORT, "2026-11-23 09:30", "2026-11-23 11:00", "09:30 is outside by then"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "boundary", "hours", "received", "expected", "why"), HOURS, ids=[row[-1] for row in HOURS]
)
def test_rule_10_opening_hours_are_those_in_force_at_each_instant(
    target: object, boundary: str, hours: str, received: str, expected: str, why: str
) -> None:
    book = versions(version("2026-01-01 00:00", due=target), version(boundary, hours, target))
    assert expected == due(book, received), why


BEFORE: Final[list[tuple[str, dict[str, Any], list[Event], str]]] = [
    (
        "a duplicate that came under the old hours", {},
        [sla.Created(at=at("2026-11-23 11:00"), status="open"),
         sla.MergedFrom(at=at("2026-11-23 11:10"), received=at("2026-11-20 09:00"))],
        "2026-11-20 17:00",
    ),
    (
        "an instant that it counts from, under the old hours", {"origin": "delivered"},
        [sla.Created(at=at("2026-11-23 11:00"), status="open", fields={"delivered": at("2026-11-20 09:00").isoformat()})],
        "2026-11-20 17:00",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("why", "more", "log", "expected"), BEFORE, ids=[row[0] for row in BEFORE])
def test_rule_10_hours_before_a_version_are_those_of_the_version_before(
    why: str, more: dict[str, Any], log: list[Event], expected: str
) -> None:
    """Friday was open from 9 to 17, eight hours; the hours of the new version, 10 to 16, would end on Monday."""
    metrics = {"resolution": {"due": BH8, **more}}
    book = versions(version("2026-01-01 00:00", metrics=metrics), version(MONDAY, SHORT, metrics=metrics))
    assert told(sla.replay(log, book, as_of=at("2026-11-23 12:00"))["resolution"].due) == expected, why


def test_pauses_take_out_what_the_hours_of_each_instant_would_have_counted() -> None:
    resolution = {"resolution": {"due": BH8}}
    book = versions(version("2026-01-01 00:00", metrics=resolution), version(MONDAY, SHORT, metrics=resolution))
    pause: list[Event] = [sla.Paused(at=at("2026-11-20 16:00")), sla.Resumed(at=at("2026-11-23 12:00"))]
    clock = sla.replay([created(), *pause], book, as_of=at("2026-11-23 13:00"))["resolution"]
    assert told(clock.due) == "2026-11-24 13:00", "1 h on Friday, 4 on Monday from 12:00, 3 on Tuesday from 10:00"
    assert clock.elapsed == timedelta(hours=2)


def test_the_ledger_has_the_reasons_of_the_hours_of_each_instant() -> None:
    book = versions(OLD, version(MONDAY, SHORT))
    clock = sla.replay([created()], book, as_of=at("2026-11-23 17:00"))["first_response"]
    shown = [(told(segment.start), segment.reason, sla.format_amount(segment.counted)) for segment in clock.ledger]
    assert shown == [
        ("2026-11-20 15:00", "counted", "2h"),
        ("2026-11-20 17:00", "outside hours", "0min"),
        ("2026-11-21 00:00", "weekend", "0min"),
        ("2026-11-23 00:00", "outside hours", "0min"),
        ("2026-11-23 10:00", "counted", "6h"),
        ("2026-11-23 16:00", "outside hours", "0min"),
    ]
    assert clock.elapsed == sum((segment.counted for segment in clock.ledger), timedelta())


def test_a_calendar_that_the_next_version_does_not_have_goes_on() -> None:
    other = version(
        MONDAY, calendars={"office": {"zone": "Europe/Berlin", "hours": SHORT}, "shop": {"zone": "UTC", "hours": OFFICE}}
    )  # fmt: skip
    gone = sla.policy_from_data(
        {**OLD.to_data(), "calendars": {"office": {"zone": "Europe/Berlin", "hours": SHORT}, "line": {"zone": "Europe/Berlin", "hours": OFFICE}},
         "rules": [{"name": "all", "calendar": "line", "metrics": {"first_response": {"due": BH8}}}]}
    )  # fmt: skip
    assert due(versions(gone, other)) == "2026-11-23 15:00", "2 h and 6 h from 09:00, as nobody says otherwise"


# ---------------------------------------------------------------- what changes nothing


@pytest.mark.parametrize("boundary", ["2026-11-20 15:30", "2026-11-21 00:00", "2026-11-23 00:00", "2026-11-23 11:30"])
@pytest.mark.parametrize(
    "target",
    [BH8, {"workday_hours": "24h"}, {"calendar_hours": "72h"}, {"business_days": 1}, {"business_days": 2, "by": "12:00"}],
    ids=str,
)  # fmt: skip
def test_a_boundary_between_equal_versions_changes_nothing(boundary: str, target: dict[str, object]) -> None:
    metrics = {"first_response": {"due": target}, "resolution": {"due": target, "warnings": ["75%"]}}
    one = version("2026-01-01 00:00", metrics=metrics)
    two = versions(one, version(boundary, metrics=metrics))
    log: list[Event] = [
        created(),
        sla.Paused(at=at("2026-11-20 16:00"), reason="who knows"),
        sla.FieldChanged(at=at("2026-11-23 11:00"), field="priority", value="low"),
        sla.Resumed(at=at("2026-11-23 12:00"), reason="who knows"),
        message("2026-11-24 16:00", "agent"),
    ]
    plain, split = (sla.replay(log, book, as_of=at("2026-11-25 12:00")) for book in (one, two))
    for metric in metrics:
        for told_of in (
            "status",
            "due",
            "elapsed",
            "remaining",
            "warnings",
            "breached_at",
            "overdue_by",
            "overdue_by_open",
        ):
            assert getattr(plain[metric], told_of) == getattr(split[metric], told_of), f"{metric}, {told_of}"
        assert plain[metric].ledger.to_json() == split[metric].ledger.to_json()


def test_the_same_instants_are_due_in_a_policy_and_in_its_only_version() -> None:
    assert due(OLD) == due(versions(OLD))


# ---------------------------------------------------------------- what is refused


def test_rule_10_a_zone_is_never_versioned() -> None:
    moved = version(MONDAY, calendars={"office": {"zone": "Europe/Vienna", "hours": OFFICE}})
    with pytest.raises(sla.CalendarError) as error:
        due(versions(OLD, moved))
    assert error.value.code == "zone_versioned"
    assert due(versions(OLD, moved), "2026-11-24 09:00") == "2026-11-24 17:00", "what begins later has one zone"


def test_a_ticket_of_which_no_version_knows_is_refused() -> None:
    with pytest.raises(sla.PolicyError) as error:
        due(versions(OLD), "2025-12-31 23:59")
    assert error.value.code == "no_version"


def test_what_happens_where_no_version_is_in_force_happens_to_open_clocks() -> None:
    until = sla.policy_from_data({**OLD.to_data(), "valid_until": at("2026-11-21 00:00").isoformat()})
    book = versions(until, version("2026-11-25 00:00"))
    asked = [message("2026-11-23 10:00", "agent"), message("2026-11-23 11:00", "customer")]
    found = sla.replay([created(message=False), *asked], book, as_of=at("2026-11-24 12:00"))
    assert found["first_response"].status == "met"
    assert found.cycles("next_response") == (), "nothing begins"
    assert {gap.code for gap in found.gaps} == {"no_version"}


@pytest.mark.parametrize(
    ("on_change", "first", "due", "why"),
    [
        (
            "retarget",
            "overdue",
            "2026-11-23 12:00",
            "it keeps the version of its origin: an hour has passed by the change",
        ),
        ("restart", "cancelled", "2026-11-23 15:00", "it would begin anew, and nothing is promised"),
    ],
)
def test_a_change_where_no_version_is_in_force_begins_nothing(on_change: str, first: str, due: str, why: str) -> None:
    """Low priority is promised a first response in an hour, and a resolution; one version ends, days before the next."""
    eight, one = {"first_response": {"due": BH8}}, {"first_response": {"due": {"business_hours": "1h"}}}
    terms: dict[str, Any] = {
        "metrics": eight,
        "low": {**one, "resolution": {"due": BH8}},
        "clocks": {metric: {"on_change": on_change} for metric in ("first_response", "resolution")},
    }
    before = {**version("2026-01-01 00:00", **terms).to_data(), "valid_until": at("2026-11-21 00:00").isoformat()}
    book = versions(sla.policy_from_data(before), version("2026-11-25 00:00", **terms))
    log = [created(), sla.FieldChanged(at=at("2026-11-23 12:00"), field="priority", value="low")]
    found = sla.replay(log, book, as_of=at("2026-11-23 12:30"))
    assert (found["first_response"].status, told(found["first_response"].due)) == (first, due), why
    assert found.cycles("resolution") == (), "none begins"
    later = found.extend(
        [sla.FieldChanged(at=at("2026-11-25 10:00"), field="topic", value="x")], as_of=at("2026-11-25 11:00")
    )
    assert later["resolution"].is_open, "once a version is in force again, what it promises begins"


# ---------------------------------------------------------------- saved


def test_what_is_promised_again_under_a_later_version_is_saved_too() -> None:
    few = {"next_response": {"due": BH8}}
    old, new = version("2026-01-01 00:00", low=few), version(MONDAY, low=few)
    rules = [{"name": "nobody", "when": {"priority": "nobody"}, "calendar": "office", "metrics": few}, *new.to_data()["rules"]]  # fmt: skip
    book = versions(old, sla.policy_from_data({**new.to_data(), "rules": rules}))
    log = [
        created(),
        sla.FieldChanged(at=at("2026-11-20 15:30"), field="priority", value="low"),
        sla.FieldChanged(at=at("2026-11-23 12:00"), field="priority", value="high"),
    ]
    clocks = sla.replay(log, book, as_of=at("2026-11-23 13:00"))
    assert sla.resume(clocks.to_json(), book) == clocks


def test_saved_clocks_of_versions_go_on_with_the_versions() -> None:
    book = versions(OLD, NEW)
    log = [created(), message("2026-11-20 16:00", "customer")]
    rest = [message("2026-11-23 11:00", "agent"), message("2026-11-23 12:00", "customer")]
    now = sla.replay(log, book, as_of=at("2026-11-20 16:30"), ticket="7")
    later = sla.resume(now.to_json(), versions(OLD, NEW)).extend(rest, as_of=at(LATER))
    assert later == sla.replay([*log, *rest], book, as_of=at(LATER), ticket="7")


def test_a_version_that_comes_later_is_added() -> None:
    now = sla.replay([created()], versions(OLD), as_of=at("2026-11-20 16:30"))
    later = sla.resume(now.to_json(), versions(OLD, NEW))
    assert told(later["first_response"].due) == "2026-11-23 16:00", "the hours of Monday are those of the new version"


def test_a_promise_is_that_of_the_version_at_receipt() -> None:
    book = versions(OLD, NEW)
    assert told(book.promise(at("2026-11-23 11:00"))["first_response"].due) == "2026-11-23 15:00"
    assert book.replay([created()], as_of=at(FRI))["first_response"].due is not None
    assert book.at(at("2026-11-22 23:59").astimezone(UTC)) == OLD


def test_a_boundary_between_equal_versions_keeps_a_clock_that_was_not_promised_meanwhile() -> None:
    """Four hours from Friday 10:00, breached at 14:00; from 15:00, one hour counts before and half an hour after."""
    promised = {"first_response": {"due": {"business_hours": "1h"}}, "resolution": {"due": {"business_hours": "4h"}}}
    few = {"first_response": promised["first_response"]}
    one = version("2026-01-01 00:00", metrics=promised, low=few)
    away: list[Event] = [
        sla.FieldChanged(at=at("2026-11-20 16:00"), field="priority", value="low"),
        sla.FieldChanged(at=at("2026-11-23 11:00"), field="priority", value="high"),
    ]
    for book in (one, versions(one, version(MONDAY, metrics=promised, low=few))):
        (late,) = sla.replay([created("2026-11-20 10:00"), *away], book, as_of=at("2026-11-23 11:30")).cycles(
            "resolution"
        )
        assert (late.status, told(late.breached_at)) == ("overdue", "2026-11-20 14:00")
        (goes_on,) = sla.replay([created(), *away], book, as_of=at("2026-11-23 11:30")).cycles("resolution")
        assert (told(goes_on.due), goes_on.elapsed) == ("2026-11-23 14:00", timedelta(minutes=90))
        assert dict(goes_on.fields) == {"priority": "high"}


# ---------------------------------------------------------------- a version that has nothing for the ticket


def test_where_the_new_version_has_no_rule_for_a_ticket_its_clocks_go_on_and_nothing_begins() -> None:
    german = [
        {"name": "German", "when": {"market": "DE"}, "calendar": "office", "metrics": {"first_response": {"due": BH8}}}
    ]
    book = versions(OLD, version(MONDAY, rules=german))
    log = [sla.Created(at=at(FRI), status="open", fields={"market": "FR"}), message("2026-11-23 10:00", "agent")]
    clocks = sla.replay(log, book, as_of=at("2026-11-23 11:00"))
    assert (clocks["first_response"].status, told(clocks["first_response"].done_at)) == ("met", "2026-11-23 10:00")
    assert [(gap.code, gap.place) for gap in clocks.gaps] == [("no_rule_matches", 1)]
    assert sla.resume(clocks.to_json(), book) == clocks


def test_between_two_versions_saved_clocks_promise_no_more_than_they_did() -> None:
    metrics = {"first_response": {"due": BH8}, "resolution": {"due": BH8}}
    more: dict[str, Any] = {"metrics": metrics, "clocks": {"resolution": {"starts": "taken_over"}}}
    ends = {"valid_until": at(MONDAY).isoformat()}
    book = versions(version("2026-01-01 00:00", **more, **ends), version("2026-11-25 00:00", **more))
    clocks = sla.replay([created(), message("2026-11-23 10:00", "customer")], book, as_of=at("2026-11-23 11:00"))
    assert list(clocks) == list(sla.resume(clocks.to_json(), book)) == ["first_response"]


def test_a_field_that_the_new_version_does_not_declare_is_kept_and_chooses_nothing_there() -> None:
    """8 h from Monday 10:00 in the old hours would be Tuesday 10:00; the new version promises low priority 4 h, to 14:00."""
    book = versions(
        version("2026-01-01 00:00", fields={"tier": ["gold", "iron"]}),
        version(MONDAY, low={"next_response": {"due": {"business_hours": "4h"}}}),
    )
    log = [
        sla.Created(at=at(FRI), status="open", fields={"tier": "gold"}),
        message("2026-11-23 09:30", "agent"),
        sla.FieldChanged(at=at("2026-11-23 09:45"), field="priority", value="low"),
        message("2026-11-23 10:00", "customer"),
    ]
    clocks = sla.replay(log, book, as_of=at("2026-11-23 11:00"))
    assert (clocks["first_response"].status, clocks.gaps) == ("met", ())
    assert told(clocks["next_response"].due) == "2026-11-23 14:00"
    assert dict(clocks.fields) == {"tier": "gold", "priority": "low"}
    assert sla.resume(clocks.to_json(), book) == clocks
