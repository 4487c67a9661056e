"""What capacity counts is what a loop over clocks counts: ticket by ticket, closing by closing."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any, Final

from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.calendars.open_time import OpenTime
from tests.helpers import at
from tests.laws.strategies import law

MONDAY: Final = at("2026-03-23 00:00", "Europe/Berlin")  # clocks go forward on the Sunday
FAR: Final = timedelta(days=60)
HANDLING: Final = timedelta(minutes=25)
HOURS: Final = (
    "Mon-Fri 09:00-17:00",
    "Mon-Fri 09:00-12:30 13:30-17:00; Sat 09:00-12:00",
    "Mon-Fri 22:00-06:00",
    "Sun 02:00-05:00",
    "24/7",
)
DUES: Final[tuple[dict[str, Any], ...]] = (
    {"business_hours": "1h"},
    {"business_hours": "8h"},
    {"calendar_hours": "24h"},
    {"calendar_hours": "96h"},
    {"business_days": 1, "by": "close"},
    {"next_opening": True},
)


@st.composite
def policies(draw: st.DrawFn) -> sla.Policy:
    """Two rules with calendars of their own, each with two metrics."""
    zones = ("Europe/Berlin", "America/New_York")
    return sla.policy_from_data(
        {
            "name": "drawn",
            "calendars": {
                name: {"zone": zone, "hours": draw(st.sampled_from(HOURS))}
                for name, zone in zip("ab", zones, strict=True)
            },
            "fields": {"priority": ["a", "b"]},
            "rules": [
                {
                    "name": name,
                    "when": {"priority": name},
                    "calendar": name,
                    "metrics": {
                        metric: {"due": draw(st.sampled_from(DUES))} for metric in ("first_response", "resolution")
                    },
                }
                for name in "ab"
            ],
        }
    )


@st.composite
def tickets(draw: st.DrawFn, policy: sla.Policy, now: datetime) -> sla.Clocks:
    """A ticket of up to four days ago: new, answered, solved or paused."""
    minutes = st.integers(0, 4 * 24 * 60)
    came, then = sorted((draw(minutes), draw(minutes)), reverse=True)
    received, later = (now - timedelta(minutes=each) for each in (came, then))
    after: list[sla.Event] = [
        sla.Message(at=later, actor="agent"), sla.Solved(at=later), sla.Paused(at=later, reason="waiting"),
    ]  # fmt: skip
    events = [
        sla.Created(at=received, fields={"priority": draw(st.sampled_from("ab"))}),
        *draw(st.lists(st.sampled_from(after), max_size=2, unique=True)),
    ]
    return policy.replay(events, as_of=now, ticket="t")


def next_clock(clocks: sla.Clocks) -> sla.ClockState | None:
    """The open clock that is due next; one without a due time only where none has one."""
    found = None
    for metric in clocks:
        state = clocks[metric]
        if state.is_open and (
            found is None or (state.due is not None and (found.due is None or state.due < found.due))
        ):
            found = state
    return found


def closing(calendar: OpenTime, now: datetime, due: datetime) -> datetime | None:
    """The first closing from now on after which it does not open before due; now itself where it is closed."""
    spans = [(each.start, each.end) for each in calendar.intervals(now, now + FAR)]
    ends = [end for _, end in spans if end < now + FAR]
    for candidate in ends if calendar.is_open(now) else [now, *ends]:
        if not any(start < due and end > candidate for start, end in spans):
            return candidate
    return None


@law(60)
@given(data=st.data())
def test_capacity_counts_what_a_loop_over_clocks_counts(data: st.DataObject) -> None:
    policy = data.draw(policies())
    now = MONDAY + timedelta(minutes=data.draw(st.integers(0, 14 * 24 * 60)))
    given_tickets = data.draw(st.lists(tickets(policy, now), max_size=8))
    expected, late, paused = Counter[tuple[str, datetime | None]](), Counter[tuple[str, datetime | None]](), 0
    for clocks in given_tickets:
        state = next_clock(clocks)
        if state is None:
            continue
        if state.due is None:
            paused += 1
            continue
        key = state.calendar_name, closing(state.calendar, now, state.due)
        expected[key] += 1
        late[key] += state.due < now
    found = sla.capacity(given_tickets, as_of=now, handling=HANDLING)
    assert found.paused == paused
    assert {(line.calendar, line.closes): line.tickets for line in found.lines} == dict(expected)
    assert {(line.calendar, line.closes): line.overdue for line in found.lines} == dict(late)
    for name in policy.calendars:
        lines = [line for line in found.lines if line.calendar == name]
        assert [line.work for line in lines] == [
            count * HANDLING for count in accumulate(line.tickets for line in lines)
        ]
        for line in lines:
            assert line.open == (None if line.closes is None else open_between(policy.calendar(name), now, line.closes))


def open_between(calendar: OpenTime, start: datetime, end: datetime) -> timedelta:
    """The open time between two instants, summed span by span."""
    spans = calendar.intervals(start, end)
    return sum((each.end.astimezone(UTC) - each.start.astimezone(UTC) for each in spans), timedelta(0))
