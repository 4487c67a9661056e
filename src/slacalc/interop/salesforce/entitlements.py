"""Salesforce's entitlement processes as goals: one for each milestone.

Facts of the format (Metadata API "EntitlementProcess", 2026): `minutesToComplete` are minutes of business hours: those
of the milestone, else those of the process, else those of the case. Milestones of a process run beside each other. A
trigger with a negative length is before the target.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple

from slacalc.business_time.amounts import format_amount
from slacalc.interop.goals import Conditions, Goal, metric_name
from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part, read_each
from slacalc.interop.salesforce.records import each_of, number_of, said, text_of, truth_of

__all__ = ["PROCESS", "Process", "read_process"]

PROCESS: Final = "entitlement_process"
"""The field of a ticket that says its entitlement process, by name."""

_METRICS: Final[Mapping[str, str]] = {
    "first response": "first_response",
    "first response time": "first_response",
    "resolution": "resolution",
    "resolution time": "resolution",
}
_OPERATIONS: Final = (
    "equals", "notEqual", "lessThan", "greaterThan", "lessOrEqual", "greaterOrEqual", "contains", "notContain",
    "startsWith", "includes", "excludes", "within",
)  # fmt: skip
_CHANGING: Final = ("status", "isclosed", "isstopped", "isescalated", "ownerid")
_LEFT_OUT: Final = "the milestone is left out"
_MOST_MINUTES: Final = 10 * 366 * 24 * 60


class Process(NamedTuple):
    """A version of an entitlement process: its goals, each with the name of its milestone, and what is lost."""

    name: str
    goals: tuple[tuple[str, Goal], ...]
    losses: tuple[Loss, ...]

    @property
    def counts_hours_of_case(self) -> bool:
        """Whether one of its milestones has no business hours of its own."""
        return any("calendar" not in (goal.promised or {}) for _, goal in self.goals)


def read_process(part: Part, hours: Mapping[str, str]) -> Process:
    """Return a process. Raises InteropError for what none can be."""
    name = _name(part)
    if left_out := _left_out(part, name):
        return Process(name, (), (left_out,))
    losses = [*_of_process(part)]
    own = _calendar(part, hours)
    read = read_each(each_of(part, "milestones"), lambda each: _milestone(each, name, own, hours))
    goals = tuple(goal for goal, _ in read if goal is not None)
    losses += [loss for _, lost in read for loss in lost]
    return Process(name, goals, tuple(losses))


def _name(part: Part) -> str:
    """Return the name of a process; a file has it, too."""
    named, file = said(part, "name"), PurePosixPath(part.file).name.split(".")[0]
    return file if named is None and file else text_of(part, "name")


def _left_out(part: Part, name: str) -> Loss | None:
    if not truth_of(part, "active", otherwise=True):
        return Loss("cosmetic", part.place, f"the entitlement process {name!r} is not active", "it is left out")
    kind = said(part, "SObjectType")
    if kind is not None and kind.text() != "Case":
        return Loss("cosmetic", kind.place, f"{name!r} is for {kind.text()}, not for cases", "it is left out")
    if not truth_of(part, "isVersionDefault", otherwise=True):
        means = f"an older version of {name!r}: cases that began under it go on with it"
        return Loss("due_times", part.place, means, "it is left out: the default version is for all cases")
    return None


def _of_process(part: Part) -> Iterator[Loss]:
    entry = said(part, "entryStartDateField")
    if entry is not None and entry.text() not in ("Case.CreatedDate", "CreatedDate"):
        means = f"the process begins at {entry.text()}"
        yield Loss("due_times", entry.place, means, "it begins when the ticket is created")
    for key in ("exitCriteriaFilterItems", "exitCriteriaFormula"):
        for each in each_of(part, key):
            instead = "clocks end when they are answered or solved"
            yield Loss("reports", each.place, "a case leaves the process by this", instead)
    means = "a milestone is completed by what you automate, and stands still while a case is stopped"
    instead = "an answer ends first_response, solving resolution, no status pauses them: see the clocks of a policy"
    yield Loss("reports", part.place or "the document", means, instead)


def _calendar(part: Part, hours: Mapping[str, str]) -> dict[str, str]:
    named = said(part, "businessHours")
    if named is None:
        return {}
    if named.text() not in hours:
        raise named.refusal(
            "import_schedule_missing", "no business hours have this name, or they are not active", given=named.text(),
            accepts=f"one of {', '.join(hours) or 'none'}, or the file with it, too",
        )  # fmt: skip
    return {"calendar": hours[named.text()]}


def _milestone(
    part: Part, process: str, own: Mapping[str, str], hours: Mapping[str, str]
) -> tuple[tuple[str, Goal] | None, list[Loss]]:
    """Return a goal, with the name of its milestone, and what is lost; no goal where its conditions cannot be said."""
    name = text_of(part, "milestoneName")
    found = said(part, "minutesToComplete")
    minutes = number_of(part["minutesToComplete"] if found is None else found, 1, _MOST_MINUTES)
    when: Conditions = {PROCESS: [process]}
    losses = [*_criteria(part, when), *_begins(part)]
    warnings, lost = _warnings(part)
    metric: dict[str, Any] = {
        "due": {"business_hours": format_amount(timedelta(minutes=minutes))},
        **own,
        **_calendar(part, hours),
        **({"warnings": warnings} if warnings else {}),
    }
    if any(loss.instead == _LEFT_OUT for loss in losses):
        return None, losses
    known = _METRICS.get(name.strip().lower()) or metric_name(name)
    return (name, Goal(when, known, metric)), [*losses, *lost]


def _criteria(part: Part, when: Conditions) -> Iterator[Loss]:
    """Add the conditions of a milestone; yield what cannot be said."""
    for key in ("milestoneCriteriaFormula", "criteriaBooleanFilter"):
        for each in each_of(part, key):
            yield Loss("due_times", each.place, "a formula decides which cases have the milestone", _LEFT_OUT)
    for item in each_of(part, "milestoneCriteriaFilterItems"):
        operation, value = item["operation"].word(*_OPERATIONS), said(item, "value")
        field = item["field"].text().rpartition(".")[2].lower()
        if operation != "equals" or value is None or "," in value.text() or field in _CHANGING:
            means = f"{item['field'].text()} {operation} {'' if value is None else value.text()!r}".rstrip()
            yield Loss("due_times", item.place, f"{means} decides which cases have the milestone", _LEFT_OUT)
        else:
            when[field] = [each for each in when.get(field, [value.text()]) if each == value.text()]


def _begins(part: Part) -> Iterator[Loss]:
    if truth_of(part, "useCriteriaStartTime") and each_of(part, "milestoneCriteriaFilterItems"):
        means = "the clock of the milestone begins when its criteria become true"
        yield Loss("due_times", part.place, means, "it begins when the ticket is created")


def _warnings(part: Part) -> tuple[list[str], list[Loss]]:
    """Return when to warn before the target, and the triggers that no warning can say."""
    warnings, losses = list[str](), list[Loss]()
    for trigger in each_of(part, "timeTriggers"):
        length = number_of(trigger["timeLength"], -(10**6), 10**6)
        unit = trigger["workflowTimeTriggerUnit"].word("Minutes", "Hours", "Days")
        if length < 0 and unit != "Days":
            warnings.append(format_amount(timedelta(**{unit.lower(): -length})))
        else:
            means = f"something is done {abs(length)} {unit.lower()} {'before' if length < 0 else 'after'} the target"
            losses.append(Loss("cosmetic", trigger.place, means, "it is left out: slacalc does nothing by itself"))
    return [*dict.fromkeys(warnings)], losses
