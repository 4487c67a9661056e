"""This module knows how a ticket is doing: its events replayed into the state of every clock."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from slacalc.business_time.instants import to_us
from slacalc.errors import LogError
from slacalc.policies.policy import Policy
from slacalc.tickets.clocks import ClockState, state_of
from slacalc.tickets.cycles import Gap, live
from slacalc.tickets.events import Event, in_order

__all__ = ["Clocks", "replay"]


class Clocks(Mapping[str, ClockState]):
    """The clocks of one ticket by metric: each the state of its latest cycle. `cycles` has all of them.

    `gaps` are what the log leaves open or gets wrong, by the place of the event in order.
    """

    __slots__ = ("_states", "gaps")

    def __init__(self, states: Mapping[str, tuple[ClockState, ...]], gaps: tuple[Gap, ...]) -> None:
        self._states = dict(states)
        self.gaps: tuple[Gap, ...] = gaps

    def __getitem__(self, metric: str) -> ClockState:
        """Return the latest cycle of a metric."""
        return self._states[metric][-1]

    def __iter__(self) -> Iterator[str]:
        """Return the metrics whose clocks have started."""
        return iter(self._states)

    def __len__(self) -> int:
        """Return how many clocks have started."""
        return len(self._states)

    def cycles(self, metric: str) -> tuple[ClockState, ...]:
        """Return all cycles of a metric, in order; none when its clock never started."""
        return self._states.get(metric, ())


def replay(events: Iterable[Event], policy: Policy, *, as_of: datetime) -> Clocks:
    """Return how the clocks of one ticket are doing, as of an instant.

    Events are put in order by (`at`, `seq`); those after `as_of` are not applied. Raises
    LogError when the ticket was not created by then, and PolicyError when no rule matches.

    >>> from zoneinfo import ZoneInfo
    >>> from slacalc import Created, Message, sample_policy
    >>> brussels = ZoneInfo("Europe/Brussels")
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=brussels)
    >>> events = [Created(at=friday), Message(at=friday.replace(hour=16), actor="agent")]
    >>> clock = replay(events, sample_policy("webshop_helpdesk"), as_of=friday.replace(hour=17))["first_response"]
    >>> clock.status, print(clock.due)
    2026-11-20 17:00:00+01:00
    ('met', None)
    """
    until = to_us(as_of, "as_of")
    known = [event for event in in_order(events) if to_us(event.at) <= until]
    if not known:
        raise LogError("creation_missing", "nothing had happened yet", given=as_of.isoformat(), accepts="a later as_of")
    life = live(policy, known)
    states = {metric: tuple(state_of(cycle, until) for cycle in cycles) for metric, cycles in life.cycles.items()}
    return Clocks(states, tuple(life.gaps))
