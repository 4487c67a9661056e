"""A site of Frappe as a policy: agreements, holiday lists and statuses of Helpdesk, or of ERPNext's support."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from slacalc.business_time.instants import read_zone
from slacalc.errors import InteropError
from slacalc.errors import Path as Keys
from slacalc.interop.frappe.agreements import FrappeAgreement, in_order, read_agreement
from slacalc.interop.frappe.records import records_in
from slacalc.interop.frappe.service_hours import read_calendar
from slacalc.interop.imported import Imported, Loss
from slacalc.interop.parts import Part, documents_in, read_each
from slacalc.policies.loading import policy_from_data

__all__ = ["load"]

_CATEGORIES: Final = ("Open", "Paused", "Resolved")


def load(source: object, *, zone: str, lossy: bool = False) -> Imported:
    """Return the policy of a site: each agreement as a calendar, and as a rule for each of its priorities.

    `source` is a folder with documents as files of JSON, one such file, a document as parsed JSON, or a list of these:
    service level agreements, holiday lists, ticket statuses, each with its `doctype`. `zone` is that of the site, which
    stands in its System Settings: the documents do not say it.

    Raises InteropError for what cannot be read, and for what would change due times, unless that is wanted: `lossy`.
    Raises ZoneError for an unknown zone. Everything that is lost is in `losses`.

    >>> desk = {"doctype": "HD Service Level Agreement", "name": "Desk", "default_sla": 1,
    ...     "support_and_resolution": [{"workday": "Monday", "start_time": "10:00:00", "end_time": "18:00:00"}],
    ...     "priorities": [{"priority": "Low", "default_priority": 1, "response_time": 86400}]}
    >>> print(load(desk, zone="Asia/Kolkata").calendars["Desk"].hours)
    Mon 10:00-18:00
    """
    known = read_zone(zone).key
    records = records_in(documents_in(source))
    every = read_each(records["agreements"], read_agreement)
    agreements, lost = in_order(every)
    if not agreements:
        raise InteropError(
            "import_nothing_there",
            "there is no agreement that is for anybody",
            accepts="a service level agreement that is enabled, and the default one or with a condition",
            where="source",
        )
    _refuse_one_name(agreements)
    losses: list[Loss] = []
    lists = {each["holiday_list_name"].text(): each for each in records["holiday_lists"]}
    tables = read_each([each.part for each in agreements], lambda part: _calendar(part, lists, known, losses))
    calendars = {each.name: table for each, table in zip(agreements, tables, strict=True)}
    statuses = _statuses(records["statuses"], agreements[0].part)
    losses += [loss for each in every for loss in each.losses]
    losses += [*lost, *([] if statuses else _statuses_unknown(agreements))]
    data, origins = _policy(agreements, calendars, statuses)
    policy = policy_from_data(data, where="Frappe")
    return Imported("Frappe", policy, tuple(losses), tuple(origins)).agreed(lossy=lossy)


def _refuse_one_name(agreements: list[FrappeAgreement]) -> None:
    names: set[str] = set()
    for each in agreements:
        if each.name in names:
            raise each.part.refusal(
                "import_value_invalid", "this agreement is there twice", given=each.name, accepts="each of them once"
            )
        names.add(each.name)


def _calendar(part: Part, lists: Mapping[str, Part], zone: str, losses: list[Loss]) -> dict[str, Any]:
    named = part["holiday_list"].text() if "holiday_list" in part and part["holiday_list"].value != "" else ""
    if named and named not in lists:
        raise part["holiday_list"].refusal(
            "import_schedule_missing",
            "this holiday list is not there",
            given=named,
            accepts=f"the document of the list, too; there are: {', '.join(lists) or 'none'}",
        )
    return read_calendar(part["support_and_resolution"], lists.get(named), zone, losses)


def _statuses(parts: Iterable[Part], agreement: Part) -> dict[str, list[str]]:
    """Return statuses by category: those of their documents, or those that an agreement lists; none if nobody says."""
    told = read_each(parts, lambda part: (part["category"].word(*_CATEGORIES), _status_name(part)))
    listed = (*_listed(agreement, "pause_sla_on", "Paused"), *_listed(agreement, "sla_fulfilled_on", "Resolved"))
    found: dict[str, list[str]] = {}
    for category, name in (*told, *listed):
        known = found.setdefault(category, [])
        known += [] if name in known else [name]
    return found


def _status_name(part: Part) -> str:
    return part["name" if "name" in part else "label_agent"].text()


def _listed(agreement: Part, key: str, category: str) -> Iterator[tuple[str, str]]:
    for row in agreement[key].items() if key in agreement else ():
        yield category, row["status"].text()


def _statuses_unknown(agreements: list[FrappeAgreement]) -> list[Loss]:
    said = "the documents do not say which statuses pause, and which resolve a ticket"
    return [Loss("reports", agreements[0].part.place, said, "none does: name them in paused_in and solved_in")]


def _policy(
    agreements: list[FrappeAgreement], calendars: dict[str, Any], statuses: Mapping[str, list[str]]
) -> tuple[dict[str, Any], list[tuple[Keys, str]]]:
    """Return the data of the policy, and where each thing in it came from."""
    made = [(rule, each.origin) for each in agreements for rule in each.rules()]
    rules = [rule for rule, _ in made]
    priorities = [level.priority for each in agreements for level in each.levels]
    named = [field for each in agreements for table in (each.when, *each.any_of) for field in table]
    metrics = dict.fromkeys(metric for rule in rules for metric in rule["metrics"])
    paused = {"paused_in": statuses.get("Paused", []), "pausable": False}
    data = {
        "name": "frappe",
        **({"solved_in": statuses["Resolved"], "closed_in": []} if "Resolved" in statuses else {}),
        "unmatched": "no_promise",
        "fields": {**{field: [] for field in named}, "priority": list(dict.fromkeys(priorities))},
        "calendars": calendars,
        "rules": rules,
        "clocks": dict.fromkeys(metrics, paused),
    }
    origins: list[tuple[Keys, str]] = [(("calendars", each.name), each.origin) for each in agreements]
    origins += [(("rules", place), origin) for place, (_, origin) in enumerate(made)]
    return data, origins
