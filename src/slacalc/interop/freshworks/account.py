"""An account of Freshdesk or Freshservice as a policy, from answers of its API."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from slacalc.errors import InteropError
from slacalc.errors import Path as Keys
from slacalc.interop.freshworks.business_hours import DeskHours, read_business_hours
from slacalc.interop.freshworks.dialect import Dialect
from slacalc.interop.freshworks.sla_policies import PRIORITIES, DeskPolicy, read_sla_policy
from slacalc.interop.imported import Imported, Loss
from slacalc.interop.parts import Part, documents_in, read_each, unique_names
from slacalc.policies.loading import policy_from_data

__all__ = ["load_account"]

_LISTS: Final = ("business_hours", "sla_policies", "groups")
"""The keys under which an answer may have its list."""
_GROUP_HOURS: Final = "business_hour_id"
_GROUP: Final = "group_id"
_OWN_FIELD: Final = "business_hours"
_ALWAYS: Final = "24/7"


class _Answers(NamedTuple):
    hours: list[Part]
    policies: list[Part]
    groups: list[Part]


def load_account(source: object, dialect: Dialect, *, lossy: bool) -> Imported:
    """Return the policy of an account.

    Raises InteropError for what cannot be read, and for what would change due times, unless that is wanted: `lossy`.
    """
    answers = _answers(documents_in(source), dialect)
    hours = _named(read_each(answers.hours, lambda part: read_business_hours(part, dialect)))
    found = read_each(answers.policies, lambda part: read_sla_policy(part, dialect))
    policies = sorted(found, key=lambda each: each.order)
    _refuse_without_hours(hours, policies)
    losses = [loss for each in hours for loss in each.losses] + [loss for each in policies for loss in each.losses]
    losses += _statuses_unknown(answers.policies)
    data, origins = _policy(hours, policies, _of_groups(answers.groups, hours), dialect)
    policy = policy_from_data(data, where=dialect.system)
    return Imported(dialect.system, policy, tuple(losses), tuple(origins)).agreed(lossy=lossy)


def _answers(documents: Iterable[Part], dialect: Dialect) -> _Answers:
    """Return what the documents hold, each thing once: lists, lists under their key, or one thing."""
    found = _Answers([], [], [])
    for document in documents:
        for each in _things(document):
            _into(each, found, dialect).append(each)
    return _Answers(*(_each_once(parts) for parts in found))


def _things(document: Part) -> list[Part]:
    if isinstance(document.value, list | tuple):
        return document.items()
    lists = [document[key] for key in _LISTS if isinstance(document.table().get(key), list | tuple)]
    return [each for part in lists for each in part.items()] if lists else [document]


def _into(part: Part, found: _Answers, dialect: Dialect) -> list[Part]:
    if dialect.targets in part:
        return found.policies
    if dialect.hours in part:
        return found.hours
    if _GROUP_HOURS in part or "agent_ids" in part:
        return found.groups
    raise part.refusal(
        "import_document_unknown",
        f"this is no answer of {dialect.system}'s API",
        given=[*map(str, part.table())][:5],
        accepts=f"business hours with {dialect.hours}, SLA policies with {dialect.targets}, groups",
    )


def _each_once(parts: Iterable[Part]) -> list[Part]:
    """Return each thing once. Raises InteropError where two answers say otherwise of one id."""
    by_id: dict[str, Part] = {}
    for part in parts:
        number = part["id"].text() if "id" in part else part.place
        if by_id.setdefault(number, part).value != part.value:
            raise part["id"].refusal(
                "import_value_invalid",
                f"{by_id[number].place or 'another answer'} says otherwise of this id",
                given=part["id"].value,
                accepts="one answer about each, or the same twice",
            )
    return [*by_id.values()]


def _named(hours: list[DeskHours]) -> list[DeskHours]:
    """Return the business hours with names that are there once, the default ones first."""
    names = unique_names({each.id: each.name for each in hours})
    return sorted((each._replace(name=names[each.id]) for each in hours), key=lambda each: not each.is_default)


def _refuse_without_hours(hours: list[DeskHours], policies: list[DeskPolicy]) -> None:
    if not hours and not policies:
        raise InteropError(
            "import_nothing_there",
            "there are no business hours and no SLA policy",
            accepts="the answers with business hours and SLA policies",
            where="source",
        )
    counting = [each.name for each in policies if each.counts_business_hours]
    if counting and not hours:
        raise InteropError(
            "import_schedule_missing",
            "targets count business hours, and there are none",
            given=counting,
            accepts="the answer with business hours, too",
            where="source",
        )


def _statuses_unknown(policies: list[Part]) -> list[Loss]:
    """Return that nobody says which statuses stop the timers, where there are any."""
    said = "the answers do not say which statuses stop the SLA timer"
    instead = "no status pauses a clock: name them in paused_in of each clock"
    return [Loss("reports", policies[0].place or "the document", said, instead)] if policies else []


def _of_groups(groups: list[Part], hours: list[DeskHours]) -> dict[str, str]:
    """Return the calendar of each group that has business hours of its own."""
    names = {each.id: each.name for each in hours}
    return dict(read_each((each for each in groups if _GROUP_HOURS in each), lambda part: _of_group(part, names)))


def _of_group(group: Part, names: Mapping[str, str]) -> tuple[str, str]:
    number = group[_GROUP_HOURS]
    if number.text() not in names:
        raise number.refusal(
            "import_schedule_missing", "no business hours have this id", given=number.value,
            accepts=f"one of {', '.join(names) or 'none'}, or the answer with it, too",
        )  # fmt: skip
    return group["id"].text(), names[number.text()]


def _policy(
    hours: list[DeskHours], policies: list[DeskPolicy], groups: Mapping[str, str], dialect: Dialect
) -> tuple[dict[str, Any], list[tuple[Keys, str]]]:
    """Return the data of the policy, and where each thing in it came from."""
    calendars = {each.name: each.table for each in hours} or {_ALWAYS: {"zone": "UTC", "hours": "24/7"}}
    calendar = _calendar(hours, groups)
    made = [(rule, each.origin) for each in policies for rule in each.rules()]
    names = unique_names({str(place): rule["name"] for place, (rule, _) in enumerate(made)})
    rules = [{**rule, "name": name, "calendar": calendar} for (rule, _), name in zip(made, names.values(), strict=True)]
    fields: dict[str, list[str]] = {field: [] for rule in rules for field in rule["when"]}
    if isinstance(calendar, Mapping):
        fields[calendar["field"]] = [] if groups else [each.id for each in hours]
    data = {
        "name": dialect.name,
        "unmatched": "no_promise",
        "fields": {**fields, "priority": list(PRIORITIES)},
        "calendars": calendars,
        "rules": rules or [{"name": "no SLA policy", "metrics": {}}],
    }
    origins: list[tuple[Keys, str]] = [(("calendars", each.name), each.origin) for each in hours]
    origins += [(("rules", place), origin) for place, (_, origin) in enumerate(made)]
    return data, origins


def _calendar(hours: list[DeskHours], groups: Mapping[str, str]) -> Any:  # noqa: ANN401 - data of a policy
    """Return the calendar of a rule: that of the group of a ticket; without groups a field says which."""
    if len(hours) < 2:  # noqa: PLR2004 - nothing to choose from
        return hours[0].name if hours else _ALWAYS
    default = {"default": hours[0].name} if hours[0].is_default else {}
    if groups:
        return {"field": _GROUP, **groups, **default}
    return {"field": _OWN_FIELD, **{each.id: each.name for each in hours}, **default}
