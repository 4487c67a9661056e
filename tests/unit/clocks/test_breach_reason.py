"""Why a promise was broken, in words: by hand, the same for a promise alone and for the clock that followed it."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.clocks.breach_reason import BreachReasons
from slacalc.events.event import Event
from tests.helpers import at

HOUR: Final = timedelta(hours=1)


def policy(due: object, zone: str = "Europe/Berlin", **more: Any) -> sla.Policy:
    """A promise on the resolution; Thursday 19 November is closed."""
    special_days = [{"on": "2026-11-19", "hours": "closed", "name": "inventory"}]
    rules = [
        {
            "name": name,
            "when": {"priority": name} if name else {},
            "calendar": "office",
            "metrics": {"resolution": {"due": promised}},
        }
        for name, promised in {**more, "": due}.items()
    ]
    office = {"zone": zone, "hours": "Mon-Fri 09:00-17:00", "special_days": special_days}
    data = {
        "name": "p",
        "calendars": {"office": office},
        "rules": [{**rule, "name": rule["name"] or "rest"} for rule in rules],
    }
    return sla.policy_from_data(data)


def reason(promises: sla.Policy, *events: Event, as_of: str = "30 12:00") -> str:
    """Of the resolution of a ticket; what its events say."""
    state = promises.replay(events, as_of=at(as_of))["resolution"]
    assert state.breached_at is not None
    return BreachReasons().of(state.outcome())


def created(when: str = "18 15:00", **fields: str) -> Event:
    return sla.Created(at=at(when), status="open", fields=fields)


def solved(when: str) -> Event:
    return sla.Solved(at=at(when))


# Of Wednesday 18 November, 15:00, to be done by then.
KINDS: Final = [
    (
        {"business_hours": "4h"},
        "20 15:30",
        (
            "4h in business hours, received Wed 2026-11-18 15:00, due Fri 2026-11-20 11:00, done Fri 2026-11-20 15:30 "
            "(Europe/Berlin); closed meanwhile: special day: inventory 8h"
        ),
        "nights are no reason, a closed day is",
    ),
    (
        {"calendar_hours": "24h"},
        "20 15:30",
        (
            "24h in calendar hours, received Wed 2026-11-18 15:00, due Thu 2026-11-19 15:00, done Fri 2026-11-20 15:30 "
            "(Europe/Berlin)"
        ),
        "all time counts: nothing closed",
    ),
    (
        {"workday_hours": "24h"},
        "23 15:30",
        (
            "24h in workday hours, received Wed 2026-11-18 15:00, due Fri 2026-11-20 15:00, done Mon 2026-11-23 15:30 "
            "(Europe/Berlin); closed meanwhile: special day: inventory 24h"
        ),
        "a closed day is a day long",
    ),
    (
        {"business_days": 3, "by": "close"},
        "25 15:30",
        (
            "3 business days by close, received Wed 2026-11-18 15:00, due Tue 2026-11-24 17:00, done Wed 2026-11-25 "
            "15:30 (Europe/Berlin); closed meanwhile: special day: inventory 8h, weekend 48h"
        ),
        "what closed comes in order",
    ),
]


@pytest.mark.parametrize(("due", "done", "said", "why"), KINDS, ids=[each[-1] for each in KINDS])
def test_a_reason_is_the_same_for_a_promise_and_for_its_clock(due: object, done: str, said: str, why: str) -> None:
    promises = policy(due)
    alone = sla.outcome(promises.promise(at("18 15:00"))["resolution"], at(done), as_of=at("30 12:00"))
    assert BreachReasons().of(alone) == said == reason(promises, created(), solved(done)), why


def test_every_time_is_on_the_clock_of_the_calendar() -> None:
    """Received at 14:00 UTC, which is ten in the morning in New York."""
    received = datetime.fromisoformat("2026-10-20T14:00+00:00")
    late = sla.outcome(
        policy({"business_hours": "4h"}, zone="America/New_York").promise(received)["resolution"],
        received + 5 * HOUR,
        as_of=at("30 12:00"),
    )
    assert BreachReasons().of(late) == (
        "4h in business hours, received Tue 2026-10-20 10:00, due Tue 2026-10-20 14:00, done Tue 2026-10-20 15:00 "
        "(America/New_York)"
    )


def test_a_reason_names_the_changes_of_target() -> None:
    """An hour had passed when it became urgent: due an hour later, of two."""
    promises = policy({"business_hours": "8h"}, urgent={"business_hours": "2h"})
    change = sla.FieldChanged(at=at("20 10:00"), field="priority", value="urgent")
    assert reason(promises, created("20 09:00"), change, solved("20 11:30")) == (
        "2h in business hours, received Fri 2026-11-20 09:00, due Fri 2026-11-20 11:00, done Fri 2026-11-20 11:30 "
        "(Europe/Berlin); changed: Fri 2026-11-20 10:00 to 2h in business hours (urgent)"
    )


def test_a_reason_names_pauses_and_what_closed_before_due() -> None:
    paused, resumed = sla.Paused(at=at("20 10:00"), reason="parts"), sla.Resumed(at=at("20 12:00"), reason="parts")
    assert reason(policy({"business_hours": "8h"}), created("20 09:00"), paused, resumed, solved("24 09:30")) == (
        "8h in business hours, received Fri 2026-11-20 09:00, due Mon 2026-11-23 11:00, done Tue 2026-11-24 09:30 "
        "(Europe/Berlin); closed meanwhile: weekend 48h; paused: parts 2h"
    )


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (None, "not done yet"),
        (sla.Deleted(at=at("23 10:00")), "cancelled (deleted) Mon 2026-11-23 10:00"),
        (sla.TakenOver(at=at("23 10:00")), "cancelled (taken over) Mon 2026-11-23 10:00"),
    ],
    ids=["not done", "deleted", "taken over"],
)
def test_a_reason_tells_how_it_ended(event: Event | None, said: str) -> None:
    events = [created("20 09:00"), *([] if event is None else [event])]
    assert reason(policy({"business_hours": "4h"}), *events) == (
        f"4h in business hours, received Fri 2026-11-20 09:00, due Fri 2026-11-20 13:00, {said} (Europe/Berlin)"
    )


def test_what_closed_is_told_over_months() -> None:
    """From Monday 2 November to Friday 1 January: 44 days of eight hours, eight weekends, and the inventory."""
    promises, monday = policy({"business_hours": "352h"}), datetime.fromisoformat("2026-11-02T09:00+01:00")
    late = sla.outcome(promises.promise(monday)["resolution"], None, as_of=monday.replace(year=2027))
    assert (
        BreachReasons()
        .of(late)
        .endswith(
            "due Fri 2027-01-01 17:00, not done yet (Europe/Berlin); closed meanwhile: weekend 384h, special day: inventory 8h"
        )
    )


def test_what_was_asked_before_changes_no_reason() -> None:
    """What closed is kept by calendar: another calendar with the same months has its own."""
    reasons, friday = BreachReasons(), at("20 16:00")
    for hours, closed in (("Mon-Fri 09:00-17:00", "weekend 48h"), ("Mon-Sat 09:00-17:00", "weekend 24h")) * 2:
        office = {"zone": "Europe/Berlin", "hours": hours}
        rule = {"name": "all", "calendar": "office", "metrics": {"answer": {"due": {"business_hours": "17h"}}}}
        promises = sla.policy_from_data({"name": "p", "calendars": {"office": office}, "rules": [rule]})
        late = sla.outcome(promises.promise(friday)["answer"], None, as_of=at("30 12:00"))
        assert reasons.of(late).endswith(f"closed meanwhile: {closed}")
