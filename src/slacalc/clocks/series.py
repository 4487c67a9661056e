"""Clocks that repeat: a cycle on each working date, begun at its first opening, made when it is asked for.

Between two events of a ticket nothing changes but the date, so that the cycles of those dates follow from its state.
"""

from collections.abc import Iterator
from datetime import date
from math import inf
from typing import NamedTuple

from slacalc.business_time.instants import from_us, local_date
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.working_dates import WorkingDates
from slacalc.clocks.cycle import Cycle
from slacalc.clocks.standstill import hold_as_the_ticket
from slacalc.clocks.ticket_state import TicketState
from slacalc.errors import PolicyError
from slacalc.policies.in_force import MetricPromise, PolicyInForce

__all__ = ["pass_dates", "pass_dates_to"]


def pass_dates(life: TicketState, at: int) -> None:
    """Begin and end the cycles of the dates that opened before an instant, and not at it: its events come first."""
    for metric, series in life.repeats.items():
        _pass(life, metric, at, at)
        life.repeats[metric] = series._replace(since=max(series.since, at))


def pass_dates_to(life: TicketState, as_of: int) -> None:
    """Begin and end the cycles of the dates that opened up to an instant, that instant included."""
    for metric in life.repeats:
        _pass(life, metric, as_of + 1, as_of)


class _Reign(NamedTuple):
    """The terms of a metric in one version of the policy, and the time in which that is in force."""

    edition: PolicyInForce
    terms: MetricPromise
    start: int
    end: int


def _pass(life: TicketState, metric: str, before: int, now: int) -> None:
    """Begin a cycle at each opening before an instant, and end at its due what is not stopped by now."""
    series = life.repeats[metric]
    for reign in _reigns(life, metric, series.since, before):
        first = _date_of(reign.terms.calendar, series.origin)
        for day, opening in reign.terms.calendar.working_dates().openings(reign.start, reign.end):
            _lapse(life, metric, opening)
            if day > first and _may_begin(life, reign.terms, opening):
                _begin(life, reign, day, opening)
    _lapse(life, metric, now)


def _reigns(life: TicketState, metric: str, start: int, end: int) -> Iterator[_Reign]:
    """Return what is promised on a metric that repeats, version by version, where it is promised."""
    while start < end:
        edition, terms, until = _in_force(life, metric, start)
        stop = int(min(until, end))
        if edition is not None and terms is not None and terms.clock.repeats is not None:
            yield _Reign(edition, terms, start, stop)
        start = stop


def _in_force(life: TicketState, metric: str, at: int) -> tuple[PolicyInForce | None, MetricPromise | None, float]:
    """Return the version in force at an instant with its terms, None where there are none, and until when it is."""
    if at < life.changes_at:
        return life.edition, life.terms.metrics.get(metric), life.changes_at
    for edition in life.policy.in_force:
        if edition.holds_at(at):
            try:
                return edition, edition.terms(life.fields).metrics.get(metric), edition.until
            except PolicyError:
                return None, None, edition.until
    return None, None, min((each.since for each in life.policy.in_force if each.since > at), default=inf)


def _date_of(calendar: OpenTime, at: int) -> date:
    """Return the working date that owns an open instant, else its date in the zone."""
    dates: WorkingDates = calendar.working_dates()
    is_open = calendar.is_open(from_us(at, calendar.zone_info))
    return dates.owner(at) if is_open else local_date(at, calendar.zone_info)


def _lapse(life: TicketState, metric: str, now: int) -> None:
    """End the cycle that is open at its due time, if that has passed; what is not owed goes on until its stop."""
    cycle = life.open_cycle(metric)
    if cycle is not None and cycle.terms.clock.repeats is not None and cycle.terms.promised.is_owed:
        cycle.spend_pause(now)
        due = cycle.due()
        if due is not None and due < now:
            cycle.finish("lapsed", due, len(life.pauses))


def _may_begin(life: TicketState, terms: MetricPromise, opening: int) -> bool:
    """Tell whether a date begins a cycle: none is open then, and the ticket is neither solved nor gone."""
    before = life.cycles.get(terms.metric)
    over = before is None or _is_over(before[-1], opening)
    return over and life.taken_over is None and not life.solved and not life.ended


def _is_over(cycle: Cycle, opening: int) -> bool:
    """Tell whether a cycle has ended at an opening; at its due time it has not, for it can be met then."""
    return cycle.end is not None and cycle.end.at <= opening and (cycle.end.how, cycle.end.at) != ("lapsed", opening)


def _begin(life: TicketState, reign: _Reign, day: date, opening: int) -> None:
    edition, terms, *_ = reign
    cycle = Cycle(edition, terms, opening, life.fields)
    hold_as_the_ticket(life, cycle, opening)
    life.cycles.setdefault(terms.metric, []).append(cycle)
    stopped = life.repeats[terms.metric].stopped
    if stopped is not None and stopped <= opening and local_date(stopped, terms.zone) == day:
        cycle.finish("answered", opening, len(life.pauses))
