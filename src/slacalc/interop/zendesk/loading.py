"""An account of Zendesk as a policy: its schedules, holidays and SLA policies, from answers of the API."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from slacalc.errors import InteropError
from slacalc.errors import Path as Keys
from slacalc.interop.imported import Imported
from slacalc.interop.parts import Part, documents_in, read_each, unique_names
from slacalc.interop.zendesk.answers import answers_in
from slacalc.interop.zendesk.filters import fields_of
from slacalc.interop.zendesk.schedules import Schedule, read_schedule
from slacalc.interop.zendesk.sla_policies import CLOCKS, PRIORITIES, SlaPolicy, group_losses, read_sla_policy
from slacalc.policies.loading import policy_from_data

__all__ = ["SCHEDULE", "load"]

SCHEDULE: Final = "schedule"
"""The field of a ticket that says its schedule, by id."""

_STATUSES: Final = ("new", "open", "pending", "hold", "solved", "closed")


def load(source: object, *, lossy: bool = False) -> Imported:
    """Return the policy of an account: its schedules as calendars, its SLA policies as rules.

    `source` is a folder with answers of the API as files of JSON, one such file, an answer as parsed JSON, or a list of
    these. Answers are known by their keys: `schedules`, `holidays`, `sla_policies`, `group_sla_policies`; those of
    tickets are passed over. Holidays say their schedule by the folder or the file: `schedules/12/holidays.json`,
    `holidays_12.json`; or they stand in the schedule, under `holidays`.

    Raises InteropError for what cannot be read, and for what would change due times, unless that is wanted: `lossy`.
    Everything that is lost is in `losses`.

    >>> answer = {"schedules": [{"id": 7, "name": "Desk", "time_zone": "Tokyo", "intervals": [
    ...     {"start_time": 1980, "end_time": 2460}]}]}
    >>> imported = load(answer)
    >>> print(imported.calendars["Desk"].hours, imported.calendars["Desk"].zone)
    Mon 09:00-17:00 Asia/Tokyo
    """
    answers = answers_in(documents_in(source))
    schedules = _read_schedules(answers)
    policies = sorted(read_each(answers["sla_policies"], read_sla_policy), key=lambda each: each.position)
    _refuse_without_schedule(schedules, policies)
    losses = [
        *(loss for each in schedules for loss in each.losses),
        *(loss for each in policies for loss in each.losses),
    ]
    losses += group_losses(answers["group_sla_policies"])
    data, origins = _policy(schedules, policies)
    return Imported("Zendesk", policy_from_data(data, where="Zendesk"), tuple(losses), tuple(origins)).agreed(
        lossy=lossy
    )


def _read_schedules(answers: Mapping[str, list[Part]]) -> list[Schedule]:
    """Return the schedules with their holidays, the first created first: tickets that name none have that one."""
    ids = [part["id"].text() for part in answers["schedules"]]
    holidays: dict[str, list[Part]] = {}
    for part in answers["holidays"]:
        holidays.setdefault(_schedule_of(part, ids), []).append(part)
    found = read_each(answers["schedules"], lambda part: read_schedule(part, holidays.get(part["id"].text(), ())))
    names = unique_names({schedule.id: schedule.name for schedule in found})
    named = (schedule._replace(name=names[schedule.id]) for schedule in found)
    return sorted(named, key=lambda each: each.created or "9999")


def _schedule_of(holiday: Part, ids: list[str]) -> str:
    said = _OF_SCHEDULE.search(holiday.file)
    named = (said["folder"] or said["file"]) if said else ids[0] if len(ids) == 1 else ""
    if named in ids:
        return named
    raise holiday.refusal(
        "import_schedule_missing",
        "nobody says of which schedule these holidays are, or it is not there",
        given=named or holiday.file,
        accepts=f"schedules/ID/holidays.json or holidays_ID.json, with ID one of {', '.join(ids) or 'no schedule'}",
    )


_OF_SCHEDULE: Final = re.compile(
    r"(?:^|/)(?:schedules/(?P<folder>[^/]+)/holidays[^/]*|holidays[-_](?P<file>[^/.]+))\.json$"
)


def _refuse_without_schedule(schedules: list[Schedule], policies: list[SlaPolicy]) -> None:
    """Refuse what has no calendars and no rules, and targets in business hours where there is no schedule."""
    if not schedules and not policies:
        raise InteropError(
            "import_nothing_there",
            "there is no schedule and no SLA policy",
            accepts="an answer with schedules or sla_policies",
            where="source",
        )
    counting = [each.title for each in policies if each.counts_business_hours]
    if counting and not schedules:
        raise InteropError(
            "import_schedule_missing",
            "targets count business hours, and there is no schedule",
            given=counting,
            accepts="the answer with schedules, too",
            where="source",
        )


def _policy(schedules: list[Schedule], policies: list[SlaPolicy]) -> tuple[dict[str, Any], list[tuple[Keys, str]]]:
    """Return the data of the policy, and where each thing in it came from."""
    calendars = {schedule.name: schedule.table for schedule in schedules} or {_ALWAYS: _OPEN_ALWAYS}
    calendar: Any = next(iter(calendars))
    if len(schedules) > 1:
        calendar = {"field": SCHEDULE, **{each.id: each.name for each in schedules}, "default": schedules[0].name}
    made = [*_rules(policies)]
    names = unique_names({str(place): rule["name"] for place, (rule, _) in enumerate(made)})
    rules = [{**rule, "name": name, "calendar": calendar} for (rule, _), name in zip(made, names.values(), strict=True)]
    metrics = dict.fromkeys(metric for rule in rules for metric in rule["metrics"])
    data = {
        "name": "zendesk",
        "statuses": list(_STATUSES),
        "solved_in": ["solved"],
        "closed_in": ["closed"],
        "unmatched": "no_promise",
        "fields": {
            **fields_of(each.tickets for each in policies),
            "priority": list(PRIORITIES),
            **({SCHEDULE: [each.id for each in schedules]} if len(schedules) > 1 else {}),
        },
        "calendars": calendars,
        "rules": rules or [_NO_POLICY],
        "clocks": {metric: CLOCKS[metric] for metric in metrics if metric in CLOCKS},
    }
    origins: list[tuple[Keys, str]] = [(("calendars", each.name), each.origin) for each in schedules]
    origins += [(("rules", place), origin) for place, (_, origin) in enumerate(made)]
    return data, origins


def _rules(policies: list[SlaPolicy]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each rule with where it came from; one that promises nothing only where a later policy would."""
    for place, each in enumerate(policies):
        keeps = any(later.targets for later in policies[place + 1 :])
        yield from ((rule, each.origin) for rule in each.rules() if rule["metrics"] or keeps)


_ALWAYS: Final = "24/7"
_OPEN_ALWAYS: Final = {"zone": "UTC", "hours": "24/7"}
_NO_POLICY: Final[dict[str, Any]] = {"name": "no SLA policy", "metrics": {}}
