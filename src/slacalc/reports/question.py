"""What a report is asked: the policy, the instant, and what is counted, listed and compared."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from slacalc.logs.reading import Ticket
from slacalc.policies.any_policy import AnyPolicy
from slacalc.reports.agreement import Compared, OwnWord
from slacalc.reports.grouping import Grouping
from slacalc.reports.periods import Period

__all__ = ["ReportQuestion", "name_of", "without_own"]


class ReportQuestion(NamedTuple):
    """What a report is asked.

    `most` is how many breaches are listed, None for all; `lines` the line of a ticket in its log; `edges` those of the
    table of what is open, `compared` the columns of a log's own word, by metric, and `words` what its words mean.
    """

    policy: AnyPolicy
    as_of: datetime
    grouping: Grouping
    period: Period
    leave_out: frozenset[str]
    most: int | None
    lines: Mapping[str, int]
    edges: tuple[timedelta, ...]
    compared: Mapping[str, Compared]
    words: Mapping[str, OwnWord]

    @property
    def own_columns(self) -> frozenset[str]:
        """The columns of the rows that have the log's own word."""
        return frozenset(own for own in self.compared.values() if isinstance(own, str))

    def line_of(self, name: str, place: int) -> int:
        """Return the line of a ticket in its log; where nobody says it, the place of its row, from 1."""
        return self.lines.get(name, place)


def name_of(row: Ticket | Mapping[str, object], place: int) -> str:
    """Return the name of the ticket of a row; one without a name is known by its place, from 1."""
    return row.id if isinstance(row, Ticket) else str(row.get("ticket", place))


def without_own(row: Ticket | Mapping[str, object], own: frozenset[str]) -> Ticket | Mapping[str, object]:
    """Return a row without the columns of the log's own word."""
    if not own or isinstance(row, Ticket):
        return row
    return {name: value for name, value in row.items() if name not in own}
