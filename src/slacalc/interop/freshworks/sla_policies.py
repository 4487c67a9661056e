"""SLA policies of Freshdesk and Freshservice as rules: one for each policy and priority.

Facts of the formats (public clients of both APIs, 2026): the first policy by `position` that is for a ticket counts,
the default one is the last; targets are in seconds; a priority is a number, 1 for low to 4 for urgent. Freshdesk has
its targets in a table by priority, Freshservice in a list.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final, NamedTuple

from slacalc.business_time.amounts import format_amount
from slacalc.interop.freshworks.dialect import Dialect
from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part, read_each

__all__ = ["PRIORITIES", "DeskPolicy", "read_sla_policy"]

PRIORITIES: Final = ("low", "medium", "high", "urgent")
_METRICS: Final[Mapping[str, str]] = {
    "respond_within": "first_response",
    "next_respond_within": "next_response",
    "resolve_within": "resolution",
}
_APPLIES_TO: Final = "applicable_to"
_MOST_SECONDS: Final = 10 * 366 * 24 * 3_600


class DeskPolicy(NamedTuple):
    """An SLA policy: what tickets it is for, the targets of each priority, and what is lost."""

    name: str
    order: tuple[bool, int]
    when: dict[str, list[str]]
    targets: Mapping[str, dict[str, Any]]
    origin: str
    losses: tuple[Loss, ...]
    left_out: bool

    def rules(self) -> Iterator[dict[str, Any]]:
        """Return a rule for each priority, without a calendar: one without targets is promised nothing."""
        for priority in () if self.left_out else PRIORITIES:
            when = {**self.when, "priority": [priority]}
            yield {"name": f"{self.name}: {priority}", "when": when, "metrics": self.targets.get(priority, {})}

    @property
    def counts_business_hours(self) -> bool:
        """Whether one of its targets counts by business hours."""
        metrics = (metric for each in self.targets.values() for metric in each.values())
        return not self.left_out and any("business_hours" in metric["due"] for metric in metrics)


def read_sla_policy(part: Part, dialect: Dialect) -> DeskPolicy:
    """Return an SLA policy. Raises InteropError for what none can be."""
    name = part["name"].text()
    position = part["position"].whole(0, 10**9) if "position" in part else 0
    is_default = "is_default" in part and part["is_default"].truth()
    when, lost = _tickets(part, dialect)
    inactive = "active" in part and not part["active"].truth()
    losses = [*lost, *_escalation(part)]
    if inactive:
        losses = [Loss("cosmetic", part["active"].place, f"the SLA policy {name!r} is off", "it is left out")]
    origin = f"SLA policy {name!r}, at position {position} ({part.place or 'the document'})"
    targets = _by_priority(part[dialect.targets])
    left_out = inactive or any(each.instead == _LEFT_OUT for each in lost)
    return DeskPolicy(name, (is_default, position), when, targets, origin, tuple(losses), left_out)


_LEFT_OUT: Final = "the SLA policy is left out"


def _rows(part: Part) -> list[Part]:
    return part.items() if isinstance(part.value, list | tuple) else part.values()


def _by_priority(part: Part) -> dict[str, dict[str, Any]]:
    """Return the targets of each priority. Raises InteropError where one is there twice."""
    rows = read_each(_rows(part), _targets)
    if len(dict(rows)) < len(rows):
        raise part.misfit("one row for each priority")
    return dict(rows)


def _targets(row: Part) -> tuple[str, dict[str, Any]]:
    """Return the targets of a priority, whose number is in the row, or at the end of its key."""
    number = row["priority"].whole(1, 4) if "priority" in row else int(_numbered(row)[-1])
    kind = "business_hours" if row["business_hours"].truth() else "calendar_hours"
    return PRIORITIES[number - 1], {
        metric: {"due": {kind: format_amount(timedelta(seconds=row[key].whole(1, _MOST_SECONDS)))}}
        for key, metric in _METRICS.items()
        if key in row
    }


def _numbered(row: Part) -> str:
    return Part(row.key, row.file, row.path).word(*(f"priority_{number}" for number in range(1, 5)))


def _tickets(part: Part, dialect: Dialect) -> tuple[dict[str, list[str]], list[Loss]]:
    """Return the conditions, and what could not be said of them."""
    when: dict[str, list[str]] = {}
    applies_to = part.get(_APPLIES_TO)
    said = [] if applies_to is None else [each for each in applies_to.values() if each.value != []]
    if said and not dialect.conditions:
        means = f"{', '.join(each.key for each in said)} decides which tickets the SLA policy is for"
        return {}, [Loss("due_times", said[0].place, means, _LEFT_OUT)]
    for each in said:
        key = Part(each.key, each.file, each.path).word(*dialect.conditions)
        when[dialect.conditions[key]] = [value.text() for value in each.items()]
    if len(when) > 1:
        means = f"nobody says whether {' and '.join(each.key for each in said)} must all hold, or one is enough"
        return when, [Loss("due_times", part[_APPLIES_TO].place, means, "all must hold")]
    return when, []


def _escalation(part: Part) -> Iterator[Loss]:
    if "escalation" in part and any(part["escalation"].table().values()):
        means = "agents are told when a target is missed"
        yield Loss("cosmetic", part["escalation"].place, means, "nobody is told: slacalc sends nothing")
