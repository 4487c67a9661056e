"""An organisation of Salesforce as a policy: its business hours, holidays and entitlement processes."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from slacalc.errors import InteropError
from slacalc.errors import Path as Keys
from slacalc.interop.closures import closed_table
from slacalc.interop.goals import by_metric, rules_of
from slacalc.interop.imported import Imported, Loss
from slacalc.interop.parts import Part, Reader, documents_in, read_each
from slacalc.interop.salesforce.business_hours import OfficeHours, read_office_hours
from slacalc.interop.salesforce.entitlements import PROCESS, Process, read_process
from slacalc.interop.salesforce.holidays import Holiday, read_holiday
from slacalc.interop.salesforce.records import Records, records_in
from slacalc.interop.xml_files import JSON_AND_XML_FILES
from slacalc.policies.loading import policy_from_data

__all__ = ["load"]

_FIELD: Final = "business_hours"
"""The field of a ticket that says its business hours, by name."""
_ALWAYS: Final = "24/7"
_XML: Final = JSON_AND_XML_FILES[".xml"]
_FILES: Final[Mapping[str, Reader]] = {**JSON_AND_XML_FILES, ".settings": _XML, ".entitlementprocess": _XML}
"""Metadata that was retrieved without a project has no .xml at the end of its names."""


def load(source: object, *, lossy: bool = False) -> Imported:
    """Return the policy of an organisation: its business hours as calendars, milestones of its entitlements as metrics.

    `source` is a folder with metadata as files of XML (`BusinessHours.settings-meta.xml`,
    `*.entitlementProcess-meta.xml`, or both without `-meta.xml`) or answers of queries of `BusinessHours` and
    `Holiday` as files of JSON; one such file; an answer as parsed JSON, or a list of these.

    Raises InteropError for what cannot be read, and for what would change due times, unless that is wanted: `lossy`.
    Everything that is lost is in `losses`.

    >>> record = {"attributes": {"type": "BusinessHours"}, "Name": "Default", "TimeZoneSidKey": "America/Los_Angeles",
    ...     "MondayStartTime": "09:00:00.000Z", "MondayEndTime": "00:00:00.000Z"}
    >>> default = load({"done": True, "records": [record]}).calendars["Default"]
    >>> print(default.hours, default.zone)
    Mon 09:00-24:00 America/Los_Angeles
    """
    records = records_in(documents_in(source, _FILES))
    every = _once_each(records.hours, read_each(records.hours, read_office_hours))
    active = sorted((each for each in every if each.is_active), key=lambda each: not each.is_default)
    names = {each.name: each.name for each in active}
    holidays = read_each(records.holidays, read_holiday)
    processes = read_each(records.processes, lambda part: read_process(part, names))
    _refuse_without_hours(records, active, processes)
    losses = [loss for each in every for loss in each.losses]
    losses += [*_unattached(holidays, active), *(loss for each in processes for loss in each.losses)]
    policy = policy_from_data(_policy(active, holidays, processes), where="Salesforce")
    origins: list[tuple[Keys, str]] = [(("calendars", each.name), each.origin) for each in active]
    return Imported("Salesforce", policy, tuple(losses), tuple(origins)).agreed(lossy=lossy)


def _once_each(parts: list[Part], hours: list[OfficeHours]) -> list[OfficeHours]:
    """Return business hours, each name once: metadata and a query may both be there. Raises where they differ."""
    found: dict[str, OfficeHours] = {}
    for part, each in zip(parts, hours, strict=True):
        if found.setdefault(each.name, each).table != each.table:
            raise part.refusal(
                "import_value_invalid", "other business hours have this name, too", given=each.name,
                accepts="one answer about each, or the same twice",
            )  # fmt: skip
    return [*found.values()]


def _refuse_without_hours(records: Records, active: list[OfficeHours], processes: list[Process]) -> None:
    if not any(records):
        raise InteropError(
            "import_nothing_there", "there are no business hours and no entitlement process",
            accepts="BusinessHoursSettings, EntitlementProcess, or records of BusinessHours", where="source",
        )  # fmt: skip
    if not active and (records.holidays or any(each.counts_hours_of_case for each in processes)):
        raise InteropError(
            "import_schedule_missing", "holidays or milestones are of business hours, and none are active",
            accepts="BusinessHoursSettings, or records of BusinessHours, too", where="source",
        )  # fmt: skip


def _unattached(holidays: Iterable[Holiday], hours: Iterable[OfficeHours]) -> Iterable[Loss]:
    """Yield a loss for each holiday of which nobody says whose it is, or that is nobody's."""
    named = {each.name for each in hours}
    for each in holidays:
        if each.of is None:
            means = f"a query does not say which business hours have the holiday {each.closure.name!r}; metadata does"
            yield Loss("due_times", each.part.place, means, "all of them have it")
        elif named.isdisjoint(each.of):
            means = f"no business hours have the holiday {each.closure.name!r}, or none that are active"
            yield Loss("cosmetic", each.part.place, means, "it is left out")
        elif each.closure.never_comes:
            means = f"the holiday {each.closure.name!r} has no date: {each.closure.rule}"
            yield Loss("cosmetic", each.part.place, means, "it is left out")


def _policy(hours: list[OfficeHours], holidays: list[Holiday], processes: list[Process]) -> dict[str, Any]:
    calendars = {each.name: {**each.table, **_closed(each.name, holidays)} for each in hours}
    goals = by_metric(goal for each in processes for goal in each.goals)
    rules = rules_of(goals.values(), "milestones") if goals else []
    calendar = _calendar(hours)
    fields: dict[str, list[str]] = {field: [] for rule in rules for field in rule["when"]}
    if rules:
        fields[PROCESS] = [*dict.fromkeys(each.name for each in processes if each.goals)]
    if isinstance(calendar, Mapping):
        fields[_FIELD] = [each.name for each in hours]
    return {
        "name": "salesforce",
        "unmatched": "no_promise",
        "fields": fields,
        "calendars": calendars or {_ALWAYS: {"zone": "UTC", "hours": "24/7"}},
        "rules": [{**rule, "calendar": calendar} for rule in rules if rule["metrics"]] or [_NO_PROCESS],
    }


_NO_PROCESS: Final[dict[str, Any]] = {"name": "no entitlement process", "metrics": {}}


def _closed(name: str, holidays: Iterable[Holiday]) -> dict[str, Any]:
    of_these = (each.closure for each in holidays if each.of is None or name in each.of)
    return closed_table([each for each in of_these if not each.never_comes], f"Salesforce business hours {name}")


def _calendar(hours: list[OfficeHours]) -> Any:  # noqa: ANN401 - data of a policy
    """Return the calendar of a rule: a case has business hours of its own, or the default ones."""
    if len(hours) < 2:  # noqa: PLR2004 - nothing to choose from
        return hours[0].name if hours else _ALWAYS
    default = {"default": hours[0].name} if hours[0].is_default else {}
    return {"field": _FIELD, **{each.name: each.name for each in hours}, **default}
