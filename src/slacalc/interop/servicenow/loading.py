"""A ServiceNow as a policy: its schedules as calendars, its SLA definitions as metrics of rules."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from slacalc.business_time.instants import read_zone
from slacalc.errors import InteropError
from slacalc.errors import Path as Keys
from slacalc.interop.goals import Goal, by_metric, rules_of
from slacalc.interop.imported import Imported, Loss
from slacalc.interop.parts import Part, documents_in, read_each, unique_names
from slacalc.interop.servicenow.schedules import WorkSchedule, calendar_of, read_schedules
from slacalc.interop.servicenow.sla_definitions import SlaDefinition, read_definition
from slacalc.interop.servicenow.tables import tables_in, unknown_id
from slacalc.interop.xml_files import JSON_AND_XML_FILES
from slacalc.policies.loading import policy_from_data

__all__ = ["TABLE", "load", "metrics_of"]

TABLE: Final = "table"
"""The field of a ticket that says its table, where SLA definitions are for several."""
_ALWAYS: Final = "24/7"


def load(source: object, *, zone: str | None = None, lossy: bool = False) -> Imported:
    """Return the policy of a ServiceNow: its schedules as calendars, its SLA definitions as metrics of rules.

    `source` is a folder with answers of the Table API as files of JSON, each named by its table (`contract_sla.json`),
    or with exports of XML; one such file; or parsed JSON with rows under the names of their tables. The tables are
    `cmn_schedule`, `cmn_schedule_span`, `cmn_other_schedule` and `contract_sla`; those of tickets are passed over.
    `zone` is that of schedules that have none.

    Raises InteropError for what cannot be read, and for what would change due times, unless that is wanted: `lossy`.
    Everything that is lost is in `losses`. Raises ZoneError for an unknown zone.

    >>> schedule = {"sys_id": "s1", "name": "Weekdays", "time_zone": "US/Pacific"}
    >>> span = {"schedule": "s1", "start_date_time": "20220214T080000", "end_date_time": "20220214T170000",
    ...     "repeat_type": "weekdays", "repeat_until": "00000000"}
    >>> print(load({"cmn_schedule": [schedule], "cmn_schedule_span": [span]}).calendars["Weekdays"].hours)
    Mon-Fri 08:00-17:00
    """
    fallback = None if zone is None else read_zone(zone).key
    tables = tables_in(documents_in(source, JSON_AND_XML_FILES))
    schedules = read_schedules(tables)
    definitions = read_each(tables["contract_sla"], read_definition)
    _refuse_nothing(schedules, definitions)
    used = [each for each in definitions if not each.is_left_out]
    names = _calendars(schedules, used, fallback)
    losses = [loss for each in schedules.values() if each.is_worked for loss in each.losses]
    calendars, origins = dict[str, Any](), list[tuple[Keys, str]]()
    for (number, own), name in names.items():
        calendars[name], lost = calendar_of(schedules[number], own)
        losses += lost
        origins.append((("calendars", name), schedules[number].origin))
    losses += _of_definitions(definitions, schedules)
    data, lost = _policy(calendars, used, names, schedules, fallback)
    policy = policy_from_data(data, where="ServiceNow")
    return Imported("ServiceNow", policy, (*losses, *lost), tuple(origins)).agreed(lossy=lossy)


def metrics_of(definitions: Iterable[SlaDefinition]) -> dict[str, str]:
    """Return the metric of each SLA definition, by its id: two that a ticket may have at once have two."""
    used = [each for each in definitions if not each.is_left_out]
    named = by_metric((each.name, _goal(each, used, {"id": each.id})) for each in used)
    return {goal.promised["id"]: metric for metric, goals in named.items() for goal in goals if goal.promised}


def _refuse_nothing(schedules: Mapping[str, WorkSchedule], definitions: list[SlaDefinition]) -> None:
    if not any(each.is_worked for each in schedules.values()) and not definitions:
        raise InteropError(
            "import_nothing_there",
            "there is no schedule with hours, and no SLA definition",
            accepts="cmn_schedule with cmn_schedule_span, contract_sla",
            where="source",
        )


def _calendars(
    schedules: Mapping[str, WorkSchedule], used: Iterable[SlaDefinition], zone: str | None
) -> dict[tuple[str, str], str]:
    """Return the name of the calendar of each schedule and zone: one without a zone may be needed in several."""
    wanted: dict[tuple[str, str], str] = {}
    for each in used:
        if each.schedule is not None:
            schedule = _schedule_of(each.schedule, schedules)
            wanted[schedule.id, _zone_of(schedule, each.zone or zone, each.schedule)] = schedule.name
    of_definitions = {number for number, _ in wanted}
    for number, schedule in schedules.items():
        if schedule.is_worked and number not in of_definitions:
            wanted[number, _zone_of(schedule, zone, None)] = schedule.name
    several = {number for number, _ in wanted if sum(number == each for each, _ in wanted) > 1}
    told = {f"{key[0]} {key[1]}": f"{name} ({key[1]})" if key[0] in several else name for key, name in wanted.items()}
    return dict(zip(wanted, unique_names(told).values(), strict=True))


def _schedule_of(reference: Part, schedules: Mapping[str, WorkSchedule]) -> WorkSchedule:
    known = schedules.get(reference.text())
    if known is None or not known.is_worked:
        raise unknown_id(reference, "cmn_schedule, with spans that are worked,")
    return known


def _zone_of(schedule: WorkSchedule, zone: str | None, reference: Part | None) -> str:
    found = schedule.zone or zone
    if found is None:
        raise InteropError(
            "import_zone_missing",
            f"the schedule {schedule.name!r} has no zone of its own",
            accepts='zone="Europe/Berlin", on the command line --zone Europe/Berlin',
            where=schedule.origin if reference is None else reference.place,
        )
    return found


def _of_definitions(definitions: Iterable[SlaDefinition], schedules: Mapping[str, WorkSchedule]) -> list[Loss]:
    """Return what is lost of SLA definitions; whose zone it is, only where the schedule does not say one."""
    losses: list[Loss] = []
    for each in definitions:
        has_zone = each.schedule is not None and (known := schedules.get(each.schedule.text())) and known.zone
        losses += [loss for loss in each.losses if not (has_zone and loss.where.endswith("timezone_source"))]
    return losses


def _goal(definition: SlaDefinition, used: Iterable[SlaDefinition], promised: dict[str, Any]) -> Goal:
    """Return the goal of a definition, which is for one table where there are several."""
    tables = {each.table for each in used}
    of_table = {TABLE: [definition.table]} if len(tables) > 1 and definition.table else {}
    return Goal({**definition.when, **of_table}, definition.metric, promised)


def _policy(
    calendars: dict[str, Any],
    used: list[SlaDefinition],
    names: Mapping[tuple[str, str], str],
    schedules: Mapping[str, WorkSchedule],
    zone: str | None,
) -> tuple[dict[str, Any], list[Loss]]:
    """Return the data of the policy, and what is lost where definitions of one metric have other clocks."""
    named: list[tuple[str, Goal]] = []
    for each in used:
        calendar = _ALWAYS
        if each.schedule is not None:
            schedule = schedules[each.schedule.text()]
            calendar = names[schedule.id, _zone_of(schedule, each.zone or zone, each.schedule)]
        named.append((each.name, _goal(each, used, {"due": each.due, "calendar": calendar})))
    goals = by_metric(named)
    rules = rules_of(goals.values(), "contract_sla") if goals else []
    clocks, losses = _clocks(used)
    if not calendars or any(goal.promised and goal.promised["calendar"] == _ALWAYS for _, goal in named):
        calendars = {**calendars, _ALWAYS: {"zone": "UTC", "hours": "24/7"}}
    fields = dict.fromkeys(field for rule in rules for field in rule["when"])
    return {
        "name": "servicenow",
        "unmatched": "no_promise",
        "fields": {field: [] for field in fields},
        "calendars": calendars,
        "rules": [rule for rule in rules if rule["metrics"]] or [{"name": "no SLA definition", "metrics": {}}],
        "clocks": clocks,
    }, losses


def _clocks(used: list[SlaDefinition]) -> tuple[dict[str, Any], list[Loss]]:
    clocks, losses, metrics = dict[str, Any](), list[Loss](), metrics_of(used)
    for each in used:
        if clocks.setdefault(metrics[each.id], each.clock) != each.clock:
            means = "its clock pauses or ends otherwise than that of another SLA definition of this metric"
            losses.append(Loss("due_times", each.part.place, means, "the clock of the first of them"))
    return clocks, losses
