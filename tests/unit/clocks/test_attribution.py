"""Where the time of a clock went, by hand: the office is open Mon-Fri 09:00-17:00 in Berlin, the week is that of 16 November 2026."""

from datetime import timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.testing import event_log

HOUR: Final = timedelta(hours=1)
MORE: Final = {"urgent": "Mon-Sun 00:00-24:00", "normal": "Mon-Fri 09:00-17:00"}


def desk(due: Any, **clock: Any) -> sla.Policy:
    """A desk with one clock until solved; what is urgent is worked on around the clock."""
    metrics = {"resolution": {"due": due}}
    return sla.policy_from_data(
        {
            "name": "desk",
            "calendars": {name: {"zone": "Europe/Berlin", "hours": hours} for name, hours in MORE.items()},
            "fields": {"owner": [], "team": []},
            "clocks": {"resolution": {"paused_in": ["waiting"], **clock}},
            "rules": [
                {"name": "urgent", "when": {"priority": "urgent"}, "calendar": "urgent", "metrics": metrics},
                {"name": "normal", "calendar": "normal", "metrics": metrics},
            ],
        }
    )


DESK: Final = desk({"business_hours": "16h"})
BY_DATE: Final = desk({"business_days": 2})
CAPPED: Final = desk({"business_hours": "16h"}, pause_cap="1h")
NEVER_PAUSED: Final = desk({"business_hours": "16h"}, pausable=False, paused_in=[])


def attributed(log: str, policy: sla.Policy = DESK, by: str = "owner") -> sla.Attribution:
    events = event_log(log)
    return policy.replay(events, as_of=events[-1].at)["resolution"].attribution(by)


def written(attribution: sla.Attribution) -> list[str]:
    """Each row as a line: "open running anna 3h", "closed paused customer ben 16h"."""
    return [" ".join(filter(None, (*row[:4], sla.format_amount(row.time)))) for row in attribution.rows]


CASES: Final = [
    # Fri 15-16 with anna, then with ben over the weekend: Fri 16-17, Mon 9-10 and 12-17 open; Tue 9-11 with anna again.
    (
        "an owner hands over, and the customer is waited for",
        (
            "Fri 15:00 created owner=anna; 16:00 owner=ben; Mon 10:00 paused customer; 12:00 resumed customer;"
            "Tue 09:00 owner=anna; 11:00 solved"
        ),
        ["open running anna 3h", "open running ben 7h", "closed running ben 80h", "open paused customer ben 2h"],
    ),
    # Mon 16:30-17:00 and Tue 9-10 are open, the night of 16 hours is closed: all of it is the supplier's.
    (
        "a pause over a night takes the night, too",
        "Mon 16:00 created owner=anna; 16:30 paused supplier; Tue 10:00 resumed supplier; 11:00 solved",
        ["open running anna 1h 30min", "open paused supplier anna 1h 30min", "closed paused supplier anna 16h"],
    ),
    (
        "two pauses across each other: an hour alone, an hour both, an hour alone",
        (
            "Mon 09:00 created owner=anna; 10:00 paused customer; 11:00 paused supplier; 12:00 resumed customer;"
            "13:00 resumed supplier; 14:00 solved"
        ),
        [
            "open running anna 2h",
            "open paused customer anna 1h",
            "open paused customer, supplier anna 1h",
            "open paused supplier anna 1h",
        ],
    ),
    (
        "an owner changes in a pause",
        "Mon 09:00 created owner=anna; 10:00 paused customer; 11:00 owner=ben; 13:00 resumed customer; 14:00 solved",
        ["open running anna 1h", "open paused customer anna 1h", "open paused customer ben 2h", "open running ben 1h"],
    ),
    (
        "nobody had it at first",
        "Mon 09:00 created; 11:00 owner=anna; 12:00 solved",
        ["open running 2h", "open running anna 1h"],
    ),
    (
        "the same owner again is one owner",
        "Mon 09:00 created owner=anna; 10:00 owner=anna; 11:00 solved",
        ["open running anna 2h"],
    ),
    (
        "two owners within one instant: the last one has it",
        "Mon 09:00 created owner=anna; 10:00 owner=ben; 10:00 owner=cleo; 12:00 solved",
        ["open running anna 1h", "open running cleo 2h"],
    ),
    (
        "what another field does is nothing to the owner",
        "Mon 09:00 created owner=anna team=first; 10:00 team=second; 11:00 solved",
        ["open running anna 2h"],
    ),
    (
        "a status that pauses is its reason",
        "Mon 09:00 created owner=anna; 10:00 status waiting; 12:00 status open; 13:00 solved",
        ["open running anna 2h", "open paused waiting anna 2h"],
    ),
    (
        "a pause without a reason is a pause",
        "Mon 09:00 created owner=anna; 10:00 paused; 12:00 resumed; 13:00 solved",
        ["open running anna 2h", "open paused anna 2h"],
    ),
    (
        "all of it closed",
        "Sat 10:00 created owner=anna; 12:00 solved",
        ["closed running anna 2h"],
    ),
    (
        "the time in which it was solved is out, and says so",
        "Mon 09:00 created owner=anna; 10:00 solved; 12:00 reopened; 13:00 solved",
        ["open running anna 2h", "open paused solved anna 2h"],
    ),
    # 16-17 open and 17-18 closed by the hours of normal tickets; from 18:00 on by those of urgent ones, which never close.
    (
        "hours are those of the rule of then",
        "Mon 16:00 created owner=anna priority=normal; 18:00 priority=urgent; 20:00 solved",
        ["open running anna 3h", "closed running anna 1h"],
    ),
    (
        "what has not ended is told up to now",
        "Mon 09:00 created owner=anna; 10:00 owner=ben",
        ["open running anna 1h"],
    ),
    (
        "what happens after its end is nothing to it",
        "Mon 09:00 created owner=anna; 10:00 solved; 11:00 owner=ben",
        ["open running anna 1h"],
    ),
    ("nothing has passed yet", "Mon 09:00 created owner=anna", []),
]


@pytest.mark.parametrize(("why", "log", "expected"), CASES, ids=[case[0] for case in CASES])
def test_where_the_time_went(why: str, log: str, expected: list[str]) -> None:
    attribution = attributed(log)
    assert written(attribution) == expected, why
    assert sum((row.time for row in attribution.rows), timedelta(0)) == attribution.wall_time


POLICIES: Final = [
    # The cap is used up at 11:00: from then on the clock runs.
    ("of a pause with a cap the rest runs", CAPPED, ["open running anna 4h", "open paused customer anna 1h"]),
    ("a clock that never pauses runs", NEVER_PAUSED, ["open running anna 5h"]),
    (
        "a date is not moved, and was waited for all the same",
        BY_DATE,
        ["open running anna 2h", "open paused customer anna 3h"],
    ),
]


@pytest.mark.parametrize(("why", "policy", "expected"), POLICIES, ids=[case[0] for case in POLICIES])
def test_what_a_pause_is_to_a_clock(why: str, policy: sla.Policy, expected: list[str]) -> None:
    log = "Mon 09:00 created owner=anna; 10:00 paused customer; 13:00 resumed customer; 14:00 solved"
    assert written(attributed(log, policy)) == expected, why


HANDED_OVER: Final = attributed(CASES[0][1])


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("hours", {"open": 12 * HOUR, "closed": 80 * HOUR}),
        ("state", {"running": 90 * HOUR, "paused": 2 * HOUR}),
        ("reason", {"": 90 * HOUR, "customer": 2 * HOUR}),
        ("value", {"anna": 3 * HOUR, "ben": 89 * HOUR}),
    ],
)
def test_the_sums_of_a_column_are_the_wall_time(column: Any, expected: dict[str, timedelta]) -> None:
    assert HANDED_OVER.sums(column) == expected
    assert HANDED_OVER.wall_time == 92 * HOUR


def test_without_a_field_the_owners_are_one() -> None:
    assert written(attributed(CASES[0][1], by="")) == [
        "open running 10h",
        "closed running 80h",
        "open paused customer 2h",
    ]


def test_it_reads_as_a_table() -> None:
    assert str(HANDED_OVER) == (
        "resolution: 92h\n"
        "hours   state    reason    owner  time\n"
        "open    running            anna     3h\n"
        "open    running            ben      7h\n"
        "closed  running            ben     80h\n"
        "open    paused   customer  ben      2h"
    )


def test_a_clock_that_has_not_begun_has_no_time() -> None:
    policy = desk({"business_hours": "16h"}, starts="customer_message")
    events = event_log("Mon 09:00 created message=false owner=anna; 10:00 owner=ben")
    clock = policy.replay(events, as_of=events[-1].at)["resolution"]
    assert (clock.status, clock.attribution("owner").rows, clock.attribution().wall_time) == (
        "not_started",
        (),
        timedelta(0),
    )


def test_a_duplicate_that_was_received_earlier_was_the_first_owners_from_then_on() -> None:
    events = event_log("Mon 11:00 created owner=anna")
    received = events[0].at - 2 * HOUR
    merged = sla.MergedFrom(at=events[0].at + HOUR, received=received)
    clock = DESK.replay([*events, merged], as_of=merged.at)["resolution"]
    assert written(clock.attribution("owner")) == ["open running anna 3h"]


def test_clocks_that_were_saved_know_who_had_them() -> None:
    events = event_log("Mon 09:00 created owner=anna; 10:00 owner=ben")
    saved = DESK.replay(events, as_of=events[-1].at).to_json()
    later = sla.resume(saved, DESK).extend(event_log("Mon 12:00 solved"), as_of=events[-1].at + 2 * HOUR)
    assert written(later["resolution"].attribution("owner")) == ["open running anna 1h", "open running ben 2h"]


def test_what_clocks_learn_later_is_nothing_to_those_before() -> None:
    events = event_log("Mon 09:00 created owner=anna; 11:00 solved")
    before = DESK.replay(events[:1], as_of=events[0].at + HOUR)
    before.extend(event_log("Mon 10:00 owner=ben"), as_of=events[0].at + 2 * HOUR)
    assert written(before["resolution"].attribution("owner")) == ["open running anna 1h"]


@pytest.mark.parametrize("by", ["ovner", "resolution", 7, None])
def test_a_field_that_is_not_declared_is_refused(by: Any) -> None:
    with pytest.raises(sla.PolicyError) as refused:
        attributed(CASES[0][1], by=by)
    assert (refused.value.code, refused.value.where) == ("field_undeclared", "by")
    assert refused.value.accepts.endswith("owner, team")


@pytest.mark.parametrize("column", ["owner", "time", "", None])
def test_time_is_summed_by_its_columns_only(column: Any) -> None:
    with pytest.raises(sla.PolicyError, match="time is not split by this") as refused:
        HANDED_OVER.sums(column)
    assert (refused.value.code, refused.value.accepts) == ("attribution_column_unknown", "hours, state, reason, value")
