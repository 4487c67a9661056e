"""Clocks that wait until the first cycle of another one has ended."""

from slacalc.clocks.stops import has_stopped, started_at
from slacalc.clocks.ticket_state import TicketState
from slacalc.policies.in_force import MetricPromise

__all__ = ["must_wait"]


def must_wait(life: TicketState, terms: MetricPromise) -> bool:
    """Tell whether a clock may not begin yet: the first cycle of the one before it goes on, or could be taken up again.

    Once it has begun it never waits again. Where the rule does not promise the other, and where that one has its stop
    without ever having begun, it waits for nothing.
    """
    other = life.terms.metrics.get(terms.clock.after)
    if other is None or terms.metric in life.cycles:
        return False
    cycles = life.cycles.get(other.metric)
    if cycles is None:
        since = started_at(life, other.clock)
        return since is None or not has_stopped(life, other, since)
    first = cycles[0]
    taken_up_again = first.can_go_on and first.terms.clock.reopen != "new_cycle"
    return len(cycles) == 1 and (first.is_open or taken_up_again)
