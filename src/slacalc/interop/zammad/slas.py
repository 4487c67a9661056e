"""Zammad's SLAs as rules.

Facts of the format (zammad/zammad, app/models/sla.rb, lib/escalation.rb; docs.zammad.org, "SLAs", 2026): times are
minutes, always of the calendar, and null is none; SLAs are tried by their names, then by when they were created, and
the first whose condition fits counts; one without a condition is for all the rest, the last such.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final, NamedTuple

from slacalc.business_time.amounts import format_amount
from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part
from slacalc.interop.zammad.calendars import ZammadCalendar
from slacalc.interop.zammad.conditions import SlaCondition, read_condition

__all__ = ["METRICS", "Sla", "in_order", "read_sla"]

METRICS: Final[Mapping[str, str]] = {
    "first_response_time": "first_response",
    "response_time": "next_response",
    "update_time": "periodic_update",
    "solution_time": "resolution",
}
"""Our names of Zammad's times."""
_MOST_MINUTES: Final = 10 * 366 * 24 * 60


class Sla(NamedTuple):
    """An SLA: what tickets it is for, its calendar, its times, and where it came from."""

    id: str
    name: str
    created: str
    condition: SlaCondition
    calendar: str
    metrics: dict[str, Any]
    part: Part
    losses: tuple[Loss, ...]

    @property
    def origin(self) -> str:
        """Where it came from."""
        return f"SLA {self.id}, {self.name!r} ({self.part.place})"

    @property
    def rule(self) -> dict[str, Any]:
        """The rule of a policy, but for its name."""
        any_of = {"any_of": [*self.condition.any_of]} if self.condition.any_of else {}
        calendar = {"calendar": self.calendar} if self.metrics else {}
        return {"when": self.condition.when, **any_of, **calendar, "metrics": self.metrics}


def read_sla(part: Part, calendars: Mapping[str, ZammadCalendar], priorities: Mapping[str, str]) -> Sla:
    """Return an SLA; `calendars` are by id. Raises InteropError for what none can be."""
    condition = read_condition(part.get("condition"), priorities)
    number, name = part["id"].text(), part["name"].text()
    metrics = {METRICS[key]: {"due": {"business_hours": _amount(part[key])}} for key in METRICS if key in part}
    calendar, losses = _calendar(part, calendars)
    created = part["created_at"].text() if "created_at" in part else ""
    return Sla(number, name, created, condition, calendar, metrics, part, (*condition.losses, *losses))


def in_order(slas: Iterable[Sla]) -> tuple[list[Sla], list[Loss]]:
    """Return the SLAs as they are tried, and what is lost: those that nothing is asked for come last, of these one."""
    every = sorted(slas, key=lambda each: (each.name, each.created, each.id))
    asking = [each for each in every if not each.condition.is_for_all]
    for_all = [each for each in every if each.condition.is_for_all]
    unused = [
        Loss("cosmetic", each.part.place, "another SLA for all the rest has a later name, so that this one is for none",
             "the same: it is left out")
        for each in for_all[:-1]
    ]  # fmt: skip
    return [*asking, *for_all[-1:]], [*unused, *_order_lost(asking)]


def _order_lost(slas: list[Sla]) -> Iterator[Loss]:
    """Yield a loss for two SLAs whose names a database may put in another order, where one ticket may have either."""
    for place, each in enumerate(slas):
        for later in slas[place + 1 :]:
            swapped = each.name.casefold() > later.name.casefold()
            if swapped and not each.condition.excludes(later.condition):
                means = f"names are in the order of the database: {later.name!r} may come before {each.name!r}"
                yield Loss("due_times", each.part.place, means, "capital letters come first, as in the C locale")


def _amount(minutes: Part) -> str:
    return format_amount(timedelta(minutes=minutes.whole(1, _MOST_MINUTES)))


def _calendar(part: Part, calendars: Mapping[str, ZammadCalendar]) -> tuple[str, list[Loss]]:
    """Return the name of the calendar; the default one where it is gone."""
    named = part["calendar_id"].text() if "calendar_id" in part else ""
    if named in calendars:
        return calendars[named].name, []
    default = [each.name for each in calendars.values() if each.is_default]
    if not default:
        raise Part(named or None, part.file, (*part.path, "calendar_id")).refusal(
            "import_schedule_missing",
            "there is no such calendar, and no default one",
            given=named,
            accepts=f"the id of a calendar: {', '.join(calendars) or 'the answer with calendars, too'}",
        )
    means = f"the calendar {named} is not there: the default one counts"
    return default[0], [Loss("cosmetic", part.place, means, f"the same: {default[0]}")]
