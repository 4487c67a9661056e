"""Clocks that begin and end with what a policy names, wait and repeat: a prefix and then the rest, and how much is done."""

import copy
from datetime import datetime
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.clocks import series
from slacalc.testing import event_log
from tests.helpers import at


def policy(**more: Any) -> sla.Policy:
    due = {"due": {"business_hours": "4h"}}
    metrics = dict.fromkeys(("first_response", "next_response", "own", "level_2", "talked"), due)
    return sla.policy_from_data(
        {
            "name": "of every kind",
            "fields": {"owner": [], "priority": []},
            "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
            "rules": [
                {"name": "low", "when": {"priority": "low"}, "calendar": "office", "metrics": {"own": due}},
                {"name": "all", "calendar": "office", "metrics": {**metrics, "look": {"due": {"business_days": 0}}}},
            ],
            "clocks": {
                "own": {"stops": {"field": "owner"}},
                "level_2": {
                    "starts": {"status": ["level 2"]},
                    "stops": {"status": ["open"]},
                    "after": "first_response",
                },
                "talked": {"starts": "first_customer_message", "stops": {"event": "called"}},
                "look": {"stops": {"event": "checked"}, "repeats": "business_day"},
            },
            **more,
        }
    )


POLICY: Final = policy()
LIFE: Final = event_log(
    """
    Mon 08:00 created status=open message=false
    09:00 happened checked
    Tue 08:30 happened checked
    10:00 customer reply
    11:00 status "level 2"
    12:00 agent reply
    13:00 priority=low
    15:00 priority=high
    16:00 status open
    16:30 owner=Ann
    Wed 09:00 solved
    10:00 happened called
    Thu 09:00 reopened status="level 2"
    17:00 happened checked
    Fri 12:00 customer reply
    12:30 happened nothing
    Mon 18:00 no reply needed
    Wed 12:00 taken over
    """
)
END: Final = datetime.fromisoformat("2026-12-01T12:00:00+01:00")


def told(clocks: sla.Clocks) -> list[tuple[object, ...]]:
    cycles = [state for metric in clocks for state in clocks.cycles(metric)]
    seen = [(each.metric, each.status, each.origin, each.due, each.done_at, each.breached_at) for each in cycles]
    return [*seen, *((gap.code, gap.place) for gap in clocks.gaps)]


@pytest.mark.parametrize("done", range(1, len(LIFE)))
def test_replaying_a_prefix_and_then_the_rest_is_replaying_all(done: int) -> None:
    whole = POLICY.replay(LIFE, as_of=END)
    first = POLICY.replay(LIFE[:done], as_of=LIFE[done - 1].at)
    told(first)
    later = first.at(LIFE[done].at)
    told(later)
    for part in (first, later, sla.resume(later.to_json(), POLICY)):
        assert told(part.extend(LIFE[done:], as_of=END)) == told(whole)
        assert part.extend(LIFE[done:], as_of=END) == whole


def test_the_dates_of_a_week() -> None:
    cycles = POLICY.replay(LIFE, as_of=END).cycles("look")
    assert [(f"{each.origin:%a}", each.status) for each in cycles] == [
        ("Tue", "met"),
        ("Thu", "met"),
        ("Fri", "breached"),
        ("Mon", "breached"),
        ("Tue", "breached"),
        ("Wed", "cancelled"),
    ], "Wed 18 was solved at its opening; what was promised low for two hours on Tue had been met; taken over on Wed 25"


def test_reading_changes_nothing_and_what_passed_is_told_each_time() -> None:
    shop = POLICY.replay(LIFE[:1], as_of=LIFE[0].at)
    before = shop.to_json()
    assert [len(shop.at(at(f"2026-11-{day} 12:00")).cycles("look")) for day in (16, 17, 20, 23)] == [0, 1, 4, 5]
    assert (shop.cycles("look"), shop["look"].status, shop.to_json()) == ((), "not_started", before)


def test_ten_years_cost_a_cycle_for_each_working_date(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []
    begin = series._begin

    def counting(life: Any, reign: Any, day: Any, opening: int) -> None:
        begun.append(opening)
        begin(life, reign, day, opening)

    monkeypatch.setattr(series, "_begin", counting)
    shop = POLICY.replay(LIFE[:1], as_of=at("2036-11-14 12:00"))
    assert shop["look"].status == "running"
    assert len(shop.cycles("look")) == len(begun) == 522 * 5 - 1, "522 weeks, but for the Monday of the origin"
    assert len(shop.to_json()) < 3_000, "the dates are made when they are read, and stored by nobody"


def test_a_version_of_the_policy_gives_the_cycles_that_begin_under_it() -> None:
    old = policy(valid_from=at("2026-01-01 00:00").isoformat(), valid_until=at("2026-11-19 00:00").isoformat())
    late = {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 10:00-16:00"}}
    new = policy(valid_from=at("2026-11-23 00:00").isoformat(), calendars=late)
    found = sla.PolicyVersions.of([old, new]).replay(LIFE[:1], as_of=at("2026-11-24 12:00"))
    assert [f"{each.origin:%a %d %H:%M}" for each in found.cycles("look")] == [
        "Tue 17 09:00",
        "Wed 18 09:00",
        "Mon 23 10:00",
        "Tue 24 10:00",
    ], "on 19 and 20 no version is in force"
    assert found.gaps == ()


def test_a_calendar_that_closes_for_good_begins_no_more() -> None:
    closing = {
        "office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00", "versions": {"2026-11-19": "closed"}}
    }
    found = policy(calendars=closing).replay(LIFE[:1], as_of=at("2030-01-01 12:00"))
    assert [f"{each.origin:%a}" for each in found.cycles("look")] == ["Tue", "Wed"]


@pytest.mark.parametrize(
    ("looked", "expected"),
    [
        ("Wed 08:00 happened checked", ["met Wed 08:00", "met Wed 09:00", "running None"]),
        ("Wed 09:00 happened checked", ["met Wed 09:00", "met Wed 09:00", "running None"]),
        ("Wed 09:01 happened checked", ["met Wed 09:01", "running None"]),
        ("Tue 08:00 happened checked", ["met Tue 09:00", "running None"]),
    ],
    ids=["before the next opening", "at it", "after it: the date was passed over", "before its own"],
)
def test_a_look_meets_the_date_before_and_its_own(looked: str, expected: list[str]) -> None:
    rules = [{"name": "all", "calendar": "office", "metrics": {"look": {"due": {"business_days": 1, "by": "12:00"}}}}]
    slow = policy(rules=rules, clocks={"look": {"stops": {"event": "checked"}, "repeats": "business_day"}})
    events = event_log(f"Mon 10:00 created message=false; {looked}")
    cycles = slow.replay(events, as_of=at("2026-11-19 10:00")).cycles("look")
    told = [f"{each.status} {each.done_at and f'{each.done_at:%a %H:%M}'}" for each in cycles]
    assert told[: len(expected)] == expected[: len(told)]


def test_windows_tell_what_each_date_has_though_nothing_happened() -> None:
    warned = {"look": {"due": {"business_days": 0}, "warnings": ["75%"]}}
    rules = [{"name": "all", "calendar": "office", "metrics": warned}]
    looked = policy(rules=rules, clocks={"look": {"stops": {"event": "checked"}, "repeats": "business_day"}})
    shop = looked.replay(event_log("Mon 10:00 created message=false; Wed 10:00 happened checked"), as_of=END)
    week = sla.agenda(shop, since=at("2026-11-16 12:00"), until=at("2026-11-19 16:00"))
    assert [f"{each.kind} {each.at:%a %H:%M}" for each in week] == [
        "warning Tue 15:00",
        "due Tue 17:00",
        "warning Thu 15:00",
    ], "on Wednesday somebody looked before; on Thursday it is not due yet"
    assert [each.at for each in sla.agenda(shop, as_of=END)] == [at("2026-12-01 15:00"), at("2026-12-01 17:00")]


def test_what_repeats_from_a_named_instant_on_begins_on_each_date_after_it() -> None:
    """Delivered on Thursday: to be looked at on each working day after it, by its close."""
    rule = {
        "name": "all",
        "calendar": "office",
        "metrics": {"look": {"origin": "delivered", "due": {"business_days": 0, "by": "close"}}},
    }
    looked = policy(rules=[rule], clocks={"look": {"stops": {"event": "checked"}, "repeats": "business_day"}})
    log: list[sla.Event] = [
        sla.Created(at=at("2026-11-19 10:00"), status="open", message=False),
        sla.FieldChanged(at=at("2026-11-19 15:00"), field="delivered", value=at("2026-11-19 14:00").isoformat()),
        sla.Happened(at=at("2026-11-23 12:00"), name="checked"),
    ]

    cycles = looked.replay(log, as_of=at("2026-11-24 12:00")).cycles("look")

    assert [(f"{each.origin:%a %H:%M}", f"{each.due:%a %H:%M}", each.status) for each in cycles] == [
        ("Fri 09:00", "Fri 17:00", "breached"),
        ("Mon 09:00", "Mon 17:00", "met"),
        ("Tue 09:00", "Tue 17:00", "running"),
    ]


def test_a_version_of_which_no_rule_matches_begins_no_cycle() -> None:
    """The first version looks at a ticket each day; the second, from Wednesday 18 on, has rules for low tickets only."""
    first = policy(valid_from=at("2026-01-01 00:00").isoformat())
    data = first.to_data()
    low_only = {
        "rules": data["rules"][:1],
        "clocks": {},
        "unmatched": "error",
        "valid_from": at("18 00:00").isoformat(),
    }
    book = sla.PolicyVersions.of([first, sla.policy_from_data({**data, **low_only})])
    clocks = book.replay(LIFE[:1], as_of=at("20 12:00"), ticket="7")
    assert [state.origin for state in clocks.cycles("look")] == [at("17 09:00")]


def test_a_clock_that_cannot_be_told_shows_the_code_of_why() -> None:
    last = {"office": {"zone": "UTC", "hours": "closed", "special_days": {"2026-11-20": "open 09:00-12:00"}}}
    shop = policy(calendars=last, clocks={}).replay([sla.Created(at=at("20 11:00"))], as_of=at("20 11:30"), ticket="7")
    assert "'first_response': 'closed_for_good'" in repr(shop)


def test_a_cycle_is_no_other_thing() -> None:
    (cycle,) = POLICY.replay(LIFE[:2], as_of=LIFE[1].at)._life.cycles["own"]
    assert cycle == copy.copy(cycle)
    assert cycle != "own"


def test_a_clock_that_a_change_promises_counts_from_the_first_words_of_the_customer() -> None:
    """Written on Monday at 9, promised at 11 (rule 9): the two hours before do not count, and 4 hours end at 15."""
    log = event_log("Mon 09:00 created status=open priority=low; 11:00 priority=high")
    talked = POLICY.replay(log, as_of=at("16 12:00"), ticket="7")["talked"]
    assert (talked.origin, talked.due) == (at("16 09:00"), at("16 15:00"))


def test_saved_clocks_of_a_ticket_that_was_never_created_say_so_without_their_gaps() -> None:
    (shop,) = sla.replay_tickets([("7", sla.Created(at=at("20 18:00")))], POLICY, as_of=at("20 12:00"))
    again = sla.resume({**shop.to_data(), "gaps": []}, POLICY)
    (left,) = sla.agenda([again], as_of=at("20 12:00")).left_out
    assert left.text == "the ticket was not created; accepted: a Created event"
