"""Many tickets judged by another policy: what was promised beside what it is now, and which breaches fall away."""

from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from slacalc.arguments import check_argument
from slacalc.calendars.ledger import told_moment
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.many_tickets import LeftOut, never_created
from slacalc.clocks.replay import Clocks, Restatement, every_clocks, restate
from slacalc.errors import LogError, SlaError
from slacalc.events.event import Event, pairs_of
from slacalc.logger import tell_left_out
from slacalc.policies.any_policy import AnyPolicy
from slacalc.progress import Progress, with_progress
from slacalc.render import Cell, Tabular, TextTable
from slacalc.reports.figures import format_count, format_left_out

__all__ = ["RestatedClock", "RestatedTickets", "restate_tickets"]

BreachChange: TypeAlias = Literal["falls_away", "new", "stays", "none"]


class RestatedClock(NamedTuple):
    """A cycle that the other policy judges otherwise: as it was, and as it is now; None where there is none."""

    ticket: str
    metric: str
    cycle: int
    before: ClockState | None
    after: ClockState | None

    @property
    def breach(self) -> BreachChange:
        """What becomes of a breach: a due time that had passed unmet, by the one policy or the other."""
        match _is_breached(self.before), _is_breached(self.after):
            case True, True:
                return "stays"
            case True, False:
                return "falls_away"
            case False, True:
                return "new"
            case _:
                return "none"


@dataclass(frozen=True, slots=True)
class RestatedTickets(Tabular):
    """What another policy says of many tickets otherwise, each as of the instant of its clocks.

    `clocks` counts the cycles that were compared. `left_out` are the tickets that could not be. `zone_data_moved`
    names another cause of differences, of the first ticket that has it: clocks that were saved under other zone data.
    """

    tickets: int
    clocks: int
    differences: tuple[RestatedClock, ...]
    left_out: tuple[LeftOut, ...]
    zone_data_moved: tuple[str, str] | None = None

    @property
    def fallen_away(self) -> tuple[RestatedClock, ...]:
        """The clocks that were breached and are not by the other policy."""
        return tuple(each for each in self.differences if each.breach == "falls_away")

    @property
    def new_breaches(self) -> tuple[RestatedClock, ...]:
        """The clocks that were not breached and are by the other policy."""
        return tuple(each for each in self.differences if each.breach == "new")

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each difference, with moments as values: `pandas.DataFrame(restated.to_rows())`."""
        return [
            {
                "ticket": each.ticket,
                "metric": each.metric,
                "cycle": each.cycle,
                "due_before": _due(each.before),
                "due_after": _due(each.after),
                "status_before": _status(each.before),
                "status_after": _status(each.after),
                "breach": each.breach,
            }
            for each in self.differences
        ]

    def to_data(self) -> dict[str, object]:
        """Return the differences as plain texts and numbers."""
        return {
            "tickets": self.tickets,
            "clocks": self.clocks,
            "differences": [{name: _plain(value) for name, value in row.items()} for row in self.to_rows()],
            "fallen_away": len(self.fallen_away),
            "new_breaches": len(self.new_breaches),
            "left_out": [each._asdict() for each in self.left_out],
            "zone_data_moved": self.zone_data_moved and list(self.zone_data_moved),
        }

    def _page(self) -> Iterator[str | TextTable]:
        counted = f"{format_count(self.tickets, 'ticket')}, {format_count(self.clocks, 'clock')}"
        yield f"{counted}: {len(self.differences)} judged otherwise"
        yield f"breaches that fall away: {len(self.fallen_away)}, new: {len(self.new_breaches)}"
        rows = self.to_rows()
        if rows:
            shown = ([_shown(value) for value in row.values()] for row in rows)
            yield TextTable.of(rows[0], shown, caption="what the other policy judges otherwise", named_by=3)
        if self.left_out:
            yield format_left_out(len(self.left_out))


def restate_tickets(
    clocks: Clocks | Iterable[Clocks],
    log: Iterable[tuple[str, Event]],
    policy: AnyPolicy,
    *,
    progress: Progress = False,
) -> RestatedTickets:
    """Return what another policy says of many tickets, beside what their clocks say; the clocks do not change.

    `log` has all the events of the tickets, in any order. A ticket that the log or the clocks do not have, or that the
    policy cannot judge, is left out and listed. With `progress` each ticket is told of as it passes: by tqdm, or by a
    callable like it.

    >>> from slacalc import policy_from_data
    >>> from slacalc.testing import event_log
    >>> def policy(**closed):
    ...     office = {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00", "special_days": closed}
    ...     metrics = {"first_response": {"due": {"business_hours": "4h"}}}
    ...     return policy_from_data({"name": "desk", "calendars": {"office": office}, "rules": [
    ...         {"name": "all", "calendar": "office", "metrics": metrics}]})
    >>> events = event_log("Thu 15:00 created; Mon 10:00 agent reply", zone="UTC")
    >>> promised = policy().replay(events, as_of=events[-1].at, ticket="7")
    >>> storm = policy(**{"2026-11-20": "closed"})
    >>> for each in restate_tickets(promised, [("7", event) for event in events], storm).fallen_away:
    ...     print(each.ticket, each.before.due, each.after.due)
    7 2026-11-20 11:00:00+00:00 2026-11-23 11:00:00+00:00
    """
    check_argument(policy, AnyPolicy, "policy", "a Policy, or PolicyVersions")
    events: dict[str, list[Event]] = {}
    for ticket, event in pairs_of(log):
        events.setdefault(ticket, []).append(event)
    tally = _RestatedSoFar()
    total = len(clocks) if isinstance(clocks, Sized) and not isinstance(clocks, Clocks) else None
    for each in with_progress(every_clocks(clocks), progress, doing="restating", total=total):
        tally.add(each, events.get(each.ticket), policy)
    tally.leave_out(events)
    return tally.restated()


class _RestatedSoFar:
    """What was found of the tickets that went by."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._tickets = self._clocks = 0
        self._differences: list[RestatedClock] = []
        self._left_out: list[LeftOut] = []
        self._zone_data_moved: tuple[str, str] | None = None

    def add(self, clocks: Clocks, events: list[Event] | None, policy: AnyPolicy) -> None:
        self._seen.add(clocks.ticket)
        try:
            restated = _restated(clocks, events, policy)
            found = [RestatedClock(clocks.ticket, *difference) for difference in restated.differences]
        except SlaError as error:
            self._left_out.append(LeftOut(clocks.ticket, error.code, str(error)))
            return
        self._tickets += 1
        self._clocks += sum(len(clocks.cycles(metric)) for metric in clocks)
        self._differences += found
        self._zone_data_moved = self._zone_data_moved or restated.zone_data_moved

    def leave_out(self, logged: Iterable[str]) -> None:
        """List the tickets of the log that have no clocks."""
        for ticket in logged:
            if ticket not in self._seen:
                error = LogError("clocks_missing", "no clocks were given of this ticket", given=ticket, accepts=_BOTH)
                self._left_out.append(LeftOut(ticket, error.code, str(error)))

    def restated(self) -> RestatedTickets:
        found = (tuple(self._differences), tuple(self._left_out))
        tell_left_out("restate_tickets", [each[:2] for each in self._left_out])
        return RestatedTickets(self._tickets, self._clocks, *found, self._zone_data_moved)


_BOTH = "the clocks and the events of each ticket"


def _restated(clocks: Clocks, events: list[Event] | None, policy: AnyPolicy) -> Restatement:
    if not clocks.is_created:
        raise never_created(clocks)
    if events is None:
        raise LogError("events_missing", "the log has no event of this ticket", given=clocks.ticket, accepts=_BOTH)
    return restate(clocks, events, policy)


def _is_breached(state: ClockState | None) -> bool:
    return state is not None and state.breached_at is not None


def _due(state: ClockState | None) -> datetime | None:
    return None if state is None else state.due


def _status(state: ClockState | None) -> str:
    return "" if state is None else state.status


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _shown(value: object) -> Cell:
    return "" if value is None else told_moment(value) if isinstance(value, datetime) else str(value)
