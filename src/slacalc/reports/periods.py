"""Which promises a report is about: those that began in a period, or fell due in it."""

from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias, get_args

from slacalc.arguments import nearest_first
from slacalc.business_time.instants import to_us
from slacalc.clocks.outcome import Outcome
from slacalc.errors import LogError

__all__ = ["Dated", "Period", "read_period"]

Dated: TypeAlias = Literal["created", "due"]


class Period(NamedTuple):
    """The promises that a report is about, by instants."""

    since: int | None
    until: int | None
    dated: Dated

    def has(self, result: Outcome) -> bool:
        """Tell whether a promise began then, or fell due then; one that ended while paused falls due when it ended."""
        promise = result.promise
        date = promise.origin if self.dated == "created" else promise.due or result.done_at
        if date is None or (self.since is None and self.until is None):
            return self.since is None and self.until is None
        return (self.since is None or to_us(date) >= self.since) and (self.until is None or to_us(date) < self.until)


def read_period(since: datetime | None, until: datetime | None, dated: Dated) -> Period:
    """Return the promises that a report is about. Raises LogError for a date that none has, and a period reversed."""
    if dated not in get_args(Dated):
        raise LogError(
            "dated_unknown",
            "promises have no such date",
            given=dated,
            accepts=nearest_first(dated, get_args(Dated)),
            where="dated",
        )
    start = None if since is None else to_us(since, "since")
    end = None if until is None else to_us(until, "until")
    if start is not None and end is not None and end < start:
        raise LogError(
            "period_reversed",
            "the period ends before it begins",
            given=f"{since}..{until}",
            accepts="until at or after since",
            where="until",
        )
    return Period(start, end, dated)
