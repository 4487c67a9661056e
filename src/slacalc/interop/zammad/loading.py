"""A Zammad as a policy: its calendars, holidays and SLAs, from answers of the API."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from slacalc.errors import InteropError
from slacalc.errors import Path as Keys
from slacalc.interop.imported import Imported, Loss
from slacalc.interop.parts import Part, documents_in, read_each, unique_names
from slacalc.interop.zammad.calendars import ZammadCalendar, read_calendar
from slacalc.interop.zammad.conditions import fields_of
from slacalc.interop.zammad.records import records_in
from slacalc.interop.zammad.slas import Sla, in_order, read_sla
from slacalc.interop.zammad.states import States, read_states
from slacalc.policies.loading import policy_from_data

__all__ = ["load", "priorities_in"]

_FROM_CREATION: Final = {"after_breach": "judged_anew", "unpromised_time": "counts"}
_AFRESH: Final[Mapping[str, dict[str, str]]] = {"first_response": _FROM_CREATION, "resolution": _FROM_CREATION}
"""What counts from the creation does so by the SLA of now, whatever was promised before."""
_NO_SLA: Final[dict[str, Any]] = {"name": "no SLA", "metrics": {}}


def load(source: object, *, lossy: bool = False) -> Imported:
    """Return the policy of a Zammad: its calendars with their public holidays, its SLAs as rules.

    `source` is a folder with answers of the API as files of JSON, one such file, an answer as parsed JSON, or a list of
    these. Answers are known by the keys of their records: calendars and SLAs; states and priorities of tickets say
    their names; tickets, their histories and articles are passed over.

    Raises InteropError for what cannot be read, and for what would change due times, unless that is wanted: `lossy`.
    Everything that is lost is in `losses`.

    >>> desk = {"id": 1, "name": "Desk", "timezone": "Europe/Berlin", "default": True, "business_hours": {
    ...     "mon": {"active": True, "timeframes": [["09:00", "17:00"]]},
    ...     "sun": {"active": False, "timeframes": [["10:00", "14:00"]]}}}
    >>> print(load([desk]).calendars["Desk"].hours)
    Mon 09:00-17:00
    """
    records = records_in(documents_in(source))
    if not records["calendars"]:
        raise InteropError(
            "import_nothing_there", "there is no calendar", accepts="the answer with calendars", where="source"
        )
    calendars = _named(read_each(records["calendars"], read_calendar))
    priorities = priorities_in(records)
    slas, lost = in_order(read_each(records["slas"], lambda part: read_sla(part, calendars, priorities)))
    losses = [loss for each in calendars.values() for loss in each.losses]
    losses += [*(loss for each in slas for loss in each.losses), *lost, *_unnamed(calendars, slas)]
    data = _policy(calendars.values(), slas, read_states(records["states"]), priorities)
    origins: list[tuple[Keys, str]] = [(("calendars", each.name), each.origin) for each in calendars.values()]
    origins += [(("rules", place), each.origin) for place, each in enumerate(slas)]
    policy = policy_from_data(data, where="Zammad")
    return Imported("Zammad", policy, tuple(losses), tuple(origins)).agreed(lossy=lossy)


def priorities_in(records: Mapping[str, list[Part]]) -> dict[str, str]:
    """Return the names of priorities by their ids, as far as they are told."""
    return {each["id"].text(): each["name"].text() for each in records["priorities"]}


def _named(calendars: list[ZammadCalendar]) -> dict[str, ZammadCalendar]:
    """Return the calendars by id, each with a name of its own."""
    names = unique_names({each.id: each.name for each in calendars})
    return {each.id: each._replace(name=names[each.id]) for each in calendars}


def _unnamed(calendars: Mapping[str, ZammadCalendar], slas: list[Sla]) -> Iterator[Loss]:
    """Yield what is to be said of calendars that no SLA has, where there are SLAs."""
    used = {each.calendar for each in slas}
    for each in calendars.values() if slas else ():
        if each.name not in used:
            yield Loss("cosmetic", each.origin, "no SLA has this calendar", "it is kept, and no rule has it")


def _policy(
    calendars: Iterable[ZammadCalendar], slas: list[Sla], states: States, priorities: Mapping[str, str]
) -> dict[str, Any]:
    names = unique_names({each.id: each.name for each in slas})
    rules = [{"name": names[each.id], **each.rule} for each in slas]
    metrics = dict.fromkeys(metric for each in slas for metric in each.metrics)
    return {
        "name": "zammad",
        **states.said,
        "unmatched": "no_promise",
        "fields": fields_of((each.condition for each in slas), priorities),
        "calendars": {each.name: each.table for each in calendars},
        "rules": rules or [_NO_SLA],
        "clocks": {metric: {"paused_in": [*states.paused], **_AFRESH.get(metric, {})} for metric in metrics},
    }
