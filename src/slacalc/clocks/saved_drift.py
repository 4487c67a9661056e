"""Which saved clocks move with other zone data: each told by one source, and by another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Final

from slacalc.business_time.zone_data import ZoneSource
from slacalc.clocks.clock_state import ClockState, ClockStatus
from slacalc.clocks.replay import Clocks, resume
from slacalc.errors import LogError, SlaError
from slacalc.files import FileKind, open_lines
from slacalc.policies.policy import Policy

__all__ = ["ClockDrift", "saved_clock_drift"]

_ACCEPTS: Final = "what Clocks.to_json writes, one ticket on each line"
_SAVED: Final = FileKind(LogError, "saved_clocks_unreadable", "the saved clocks cannot be read", _ACCEPTS)


@dataclass(frozen=True, slots=True)
class ClockDrift:
    """A cycle of a saved clock that is due at another instant: by one source of zone data, and by another."""

    ticket: str
    metric: str
    cycle: int
    old: datetime
    new: datetime
    old_status: ClockStatus
    new_status: ClockStatus

    @property
    def by(self) -> timedelta:
        """How much later it is due by the new data; negative when it is earlier."""
        return self.new - self.old

    def to_data(self) -> dict[str, str | int]:
        """Return what moves as plain texts and numbers."""
        return {
            "ticket": self.ticket,
            "metric": self.metric,
            "cycle": self.cycle,
            "old": self.old.isoformat(),
            "new": self.new.isoformat(),
            "old_status": self.old_status,
            "new_status": self.new_status,
        }


def saved_clock_drift(
    path: Path, policy: Policy, earlier: Iterable[Policy], old: ZoneSource, new: ZoneSource
) -> Iterator[ClockDrift]:
    """Return the cycles that move, of the clocks that `Clocks.to_json` wrote on each line of a file.

    `earlier` has the policies under which some of them began. A paused clock is due when it would be if its pause
    ended now. Raises LogError for a line that is none.
    """
    before, after = ((policy.told_by(source), [each.told_by(source) for each in earlier]) for source in (old, new))
    with open_lines(path, _SAVED) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield from _moved(
                        resume(line, before[0], earlier=before[1]), resume(line, after[0], earlier=after[1])
                    )
                except SlaError as error:
                    raise error.within(f"{path}: line {number}") from None


def _moved(before: Clocks, after: Clocks) -> Iterator[ClockDrift]:
    for metric in before:
        pairs = zip_longest(before.cycles(metric), after.cycles(metric))
        for number, (was, becomes) in enumerate(pairs, 1):
            old, new = _due(was), _due(becomes)
            if old is not None and new is not None and old.timestamp() != new.timestamp():
                yield ClockDrift(before.ticket, metric, number, old, new, was.status, becomes.status)


def _due(state: ClockState) -> datetime | None:
    return state.due_if_resumed(state.as_of)
