"""Zendesk's SLA policies as rules: one for each policy and priority.

Facts of the format (developer.zendesk.com, "SLA Policies", 2026): the first policy by `position` whose filter fits
counts, and none is no error; `target` is in minutes, `target_in_seconds` in seconds; a metric that is not there for a
priority has no target; `business_hours` counts by the schedule of the ticket.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final, NamedTuple

from slacalc.business_time.amounts import format_amount
from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part
from slacalc.interop.zendesk.filters import Conditions, Filter, read_filter

__all__ = ["CLOCKS", "METRICS", "PRIORITIES", "SlaPolicy", "group_losses", "read_sla_policy"]

PRIORITIES: Final = ("low", "normal", "high", "urgent")
METRICS: Final[Mapping[str, str]] = {
    "first_reply_time": "first_response",
    "next_reply_time": "next_response",
    "periodic_update_time": "periodic_update",
    "pausable_update_time": "pausable_update",
    "requester_wait_time": "requester_wait",
    "agent_work_time": "agent_work",
    "total_resolution_time": "resolution",
}
"""Our names of Zendesk's metrics."""
CLOCKS: Final[Mapping[str, dict[str, Any]]] = {
    "periodic_update": {"pausable": False},
    "pausable_update": {"starts": "answer", "paused_in": ["pending"]},
    "requester_wait": {"paused_in": ["pending"], "pausable": False},
    "agent_work": {"paused_in": ["pending", "hold"], "pausable": False},
    "resolution": {"paused_in": [], "pausable": False},
}
"""What holds Zendesk's clocks: statuses alone, where it is not as our metrics are by default."""

_AS_OURS: Final = ("activate_on_ticket_created_for_end_user",)
"""The setting that says what our first response does: it begins when the customer creates the ticket."""
_MOST_SECONDS: Final = 10 * 366 * 24 * 3_600


class SlaPolicy(NamedTuple):
    """An SLA policy: what tickets it is for, the targets of each priority, and what is lost."""

    title: str
    position: int
    tickets: Filter
    targets: Mapping[str, dict[str, Any]]
    origin: str
    losses: tuple[Loss, ...]

    def rules(self) -> Iterator[dict[str, Any]]:
        """Return a rule for each priority that the policy is for; without a calendar.

        One without targets is promised nothing, for no later policy is tried.
        """
        for priority in PRIORITIES:
            when, metrics = _for_priority(self.tickets.when, priority), self.targets.get(priority, {})
            if when is not None:
                any_of = {"any_of": list(self.tickets.any_of)} if self.tickets.any_of else {}
                yield {"name": f"{self.title}: {priority}", "when": when, **any_of, "metrics": metrics}

    @property
    def counts_business_hours(self) -> bool:
        """Whether one of its targets counts by a schedule."""
        return any("business_hours" in metric["due"] for each in self.targets.values() for metric in each.values())


def read_sla_policy(part: Part) -> SlaPolicy:
    """Return an SLA policy. Raises InteropError for what none can be."""
    tickets = read_filter(part.get("filter"))
    losses: list[Loss] = [*tickets.losses, *_lost_settings(part.get("metrics_settings"))]
    targets: dict[str, dict[str, Any]] = {}
    for row in part["policy_metrics"].items():
        metric = METRICS[row["metric"].word(*METRICS)]
        targets.setdefault(row["priority"].word(*PRIORITIES), {})[metric] = {"due": _target(row, losses)}
    position = part["position"].whole(0, 10**9) if "position" in part else 0
    losses += _unasked(part["policy_metrics"], tickets, targets)
    origin = f"SLA policy {part['id'].text()}, {part['title'].text()!r}, at position {position} ({part.place})"
    in_order: dict[str, dict[str, Any]] = {
        priority: targets[priority] for priority in PRIORITIES if priority in targets
    }
    return SlaPolicy(part["title"].text(), position, tickets, in_order, origin, tuple(losses))


def group_losses(policies: Iterable[Part]) -> Iterator[Loss]:
    """Return what is lost of group SLA policies: all of them."""
    for part in policies:
        yield Loss(
            "due_times",
            part.place,
            f"the group SLA {part['title'].text()!r} counts how long each group owns a ticket, anew for each",
            "no clock of a group: the group SLA is left out",
        )


def _target(row: Part, losses: list[Loss]) -> dict[str, str]:
    minutes = row["target"].whole(0, _MOST_SECONDS // 60) if "target" in row else None
    if "target_in_seconds" in row:
        seconds = row["target_in_seconds"].whole(0, _MOST_SECONDS)
        if minutes is not None and minutes * 60 != seconds:
            losses.append(_two_targets(row, minutes, seconds))
    else:
        seconds = row["target"].whole(0, _MOST_SECONDS // 60) * 60
    kind = "business_hours" if row["business_hours"].truth() else "calendar_hours"
    return {kind: format_amount(timedelta(seconds=seconds))}


def _unasked(rows: Part, tickets: Filter, targets: Iterable[str]) -> Iterator[Loss]:
    """Yield a loss for each priority that has targets, and that the filter lets no ticket have."""
    for priority in targets:
        if _for_priority(tickets.when, priority) is None:
            means = f"targets of the priority {priority}, which the filter keeps out"
            yield Loss("cosmetic", rows.place, means, "the same: they are left out")


def _two_targets(row: Part, minutes: int, seconds: int) -> Loss:
    said = f"target says {minutes} minutes, target_in_seconds {seconds} seconds"
    return Loss("cosmetic", row.place, said, "target_in_seconds, which is the exact one")


def _lost_settings(settings: Part | None) -> Iterator[Loss]:
    """Return each setting of a metric that changes when its clock begins or ends."""
    for metric in [] if settings is None else settings.values():
        for setting in metric.values():
            if setting.truth() and setting.key not in _AS_OURS:
                said = f"the setting {setting.key} of {metric.key}"
                yield Loss("due_times", setting.place, said, "the clock begins and ends as if it were off")


def _for_priority(when: Conditions, priority: str) -> Conditions | None:
    """Return the conditions for tickets of one priority; None where no ticket of it can satisfy them."""
    said = when.get("priority", {})
    fits = priority in said.get("any", [priority]) and priority not in said.get("not", [])
    if not fits or not all(each.get("any", [""]) for each in when.values()):
        return None
    return {**when, "priority": {"any": [priority]}}
