"""ServiceNow's SLA definitions as goals: each chooses its tickets for itself, and a ticket may have several.

Facts of the format (the documentation of service level management, 2026; KB0547302): a duration is stored as a time
since 1970, or in milliseconds, and a day of it is 24 hours of the schedule; relative durations are scripts, known by
their names; conditions are encoded queries.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from slacalc.business_time.amounts import format_amount
from slacalc.interop.goals import Conditions, metric_name
from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part
from slacalc.interop.servicenow.conditions import STATUS_FIELDS, read_query, statuses_of
from slacalc.interop.servicenow.tables import cell, needed, shown, text, truth

__all__ = ["SlaDefinition", "read_definition"]

_METRICS: Final[Mapping[str, str]] = {"response": "first_response", "resolution": "resolution"}
_RELATIVE: Final[Mapping[str, dict[str, Any]]] = {
    "end of next business day": {"business_days": 1, "by": "17:00"},
    "next business day by 4pm": {"business_days": 1, "by": "16:00"},
    "2 business days by 4pm": {"business_days": 2, "by": "16:00", "cutoff": "10:00"},
    "3 business days by 4pm": {"business_days": 3, "by": "16:00", "cutoff": "10:00"},
}
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - an amount, and no time of any zone
_DISPLAYED: Final = re.compile(
    r"(?:(\d{1,5}) Days?)? ?(?:(\d{1,6}) Hours?)? ?(?:(\d{1,7}) Minutes?)? ?(?:(\d{1,8}) Seconds?)?",
    re.ASCII | re.IGNORECASE,
)
_MOST: Final = timedelta(days=3_660)
_LEFT_OUT: Final = "the SLA definition is left out"


class SlaDefinition(NamedTuple):
    """An SLA definition: what tickets it is for, its target and metric, its schedule and clock, and what is lost."""

    part: Part
    id: str
    name: str
    table: str
    when: Conditions
    metric: str
    due: dict[str, Any]
    schedule: Part | None
    zone: str | None
    clock: dict[str, Any]
    losses: tuple[Loss, ...]

    @property
    def is_left_out(self) -> bool:
        """Whether its tickets are not promised what it says."""
        return any(loss.instead == _LEFT_OUT for loss in self.losses)


def read_definition(part: Part) -> SlaDefinition:
    """Return an SLA definition. Raises InteropError for what none can be."""
    name = text(part, "name")
    number = cell(part, "sys_id")
    losses: list[Loss] = []
    source = (
        "sla_definition"
        if (found := cell(part, "schedule_source")) is None
        else found.word("no_schedule", "sla_definition", "task_field")
    )
    if source == "task_field":
        losses.append(Loss("due_times", part.place, "each ticket says its own schedule", _LEFT_OUT))
    if not truth(part, "active", otherwise=True):
        losses.append(Loss("cosmetic", part.place, f"the SLA definition {name!r} is not active", _LEFT_OUT))
    target = cell(part, "target")
    return SlaDefinition(
        part,
        name if number is None else number.text(),
        name,
        "" if (table := cell(part, "collection")) is None else table.text(),
        _when(part, losses),
        _METRICS.get("" if target is None else target.text().lower()) or metric_name(name),
        _due(part, has_schedule=source != "no_schedule", losses=losses),
        needed(part, "schedule") if source == "sla_definition" else None,
        _zone(part, losses) if source == "sla_definition" else None,
        _clock(part, losses),
        tuple(losses),
    )


def _when(part: Part, losses: list[Loss]) -> Conditions:
    """Return the conditions of the tickets; that a ticket is active is so when it is created."""
    query = cell(part, "start_condition")
    when = read_query("" if query is None else query.text())
    if when is not None and when.get("active") == ["true"]:
        del when["active"]
    if query is not None and (when is None or any(field in ("active", *STATUS_FIELDS) for field in when)):
        losses.append(Loss("due_times", query.place, f"the query {query.text()!r} chooses the tickets", _LEFT_OUT))
        return {}
    return when or {}


def _due(part: Part, *, has_schedule: bool, losses: list[Loss]) -> dict[str, Any]:
    relative = shown(part, "duration_type")
    if relative:
        if relative.lower() not in _RELATIVE:
            losses.append(Loss("due_times", part.place, f"the script {relative!r} says when it is due", _LEFT_OUT))
        return _RELATIVE.get(relative.lower(), {"business_days": 1})
    amount = format_amount(_amount(needed(part, "duration")))
    return {"business_hours" if has_schedule else "calendar_hours": amount}


def _amount(part: Part) -> timedelta:
    """Return a duration: a time since 1970, milliseconds, or as it is displayed."""
    said, amount = part.text(), timedelta(0)
    if re.fullmatch(r"\d{1,15}", said, re.ASCII):
        amount = timedelta(milliseconds=int(said))
    elif re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", said, re.ASCII):
        with suppress(ValueError):
            amount = datetime.fromisoformat(said) - _EPOCH
    elif found := _DISPLAYED.fullmatch(said):
        days, hours, minutes, seconds = (int(each or 0) for each in found.groups())
        amount = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if not timedelta(0) < amount <= _MOST:
        raise part.misfit("a duration such as 1970-01-04 12:00:00, 302400000 or 3 Days 12 Hours, up to ten years")
    return amount


def _zone(part: Part, losses: list[Loss]) -> str | None:
    """Return the zone that the definition says for a schedule without any; None where the schedule decides."""
    source, zone = cell(part, "timezone_source"), cell(part, "timezone")
    if source is not None and source.text() == "sla.timezone" and zone is not None:
        return zone.named_zone()
    if source is not None and source.text() not in ("sla.timezone", "system"):
        means = f"where its schedule has no zone, each ticket has that of {source.text()}"
        losses.append(Loss("due_times", source.place, means, "one zone for all tickets, which you say"))
    return None


def _clock(part: Part, losses: list[Loss]) -> dict[str, Any]:
    """Return what pauses the clock and what ends it."""
    clock: dict[str, Any] = {"pausable": False}
    pause, stop = (cell(part, f"{each}_condition") for each in ("pause", "stop"))
    if pause is not None:
        clock["paused_in"] = statuses_of(pause.text()) or []
        if not clock["paused_in"]:
            losses.append(
                Loss("due_times", pause.place, f"the query {pause.text()!r} pauses the clock", "nothing pauses it")
            )
    if stop is not None:
        if statuses := statuses_of(stop.text()):
            clock["stops"] = {"status": statuses}
        else:
            instead = "it ends like that of our metric: see the clocks of a policy"
            losses.append(Loss("reports", stop.place, f"the query {stop.text()!r} ends the clock", instead))
    losses += _rarer(part)
    return clock


def _rarer(part: Part) -> Iterator[Loss]:
    if reset := cell(part, "reset_condition"):
        yield Loss("due_times", reset.place, f"the query {reset.text()!r} begins the clock anew", "nothing does")
    resume = cell(part, "when_to_resume")
    if resume is not None and resume.text() != "no_match":
        yield Loss("due_times", resume.place, "a condition of its own ends the pause", "leaving the status ends it")
    if not truth(part, "retroactive", otherwise=True):
        means = "the clock begins when a ticket comes to match, however old it is"
        yield Loss("due_times", part.place, means, "it begins when the ticket is created")
