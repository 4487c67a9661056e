"""What ServiceNow itself says of its promises: rows of task_sla.

Facts of the format (the documentation of service level management, 2026): `planned_end_time` is when the SLA is
breached, pauses included; a stage `breached` is of old rows. That `start_time`, `end_time` and `has_breached` are
columns is from the product's data dictionary.
"""

from datetime import datetime
from itertools import groupby
from typing import Any, Final, NamedTuple

from slacalc.interop.parity import Judgement
from slacalc.interop.parts import Part, documents_in, read_each
from slacalc.interop.servicenow.loading import metrics_of
from slacalc.interop.servicenow.sla_definitions import SlaDefinition, read_definition
from slacalc.interop.servicenow.tables import TASKS, cell, instant, needed, shown, tables_in, text, truth
from slacalc.interop.xml_files import JSON_AND_XML_FILES
from slacalc.policies.targets.days import BusinessDays
from slacalc.policies.targets.hours import BusinessHours, CalendarHours

__all__ = ["read_judgements"]

_STAGES: Final = ("in_progress", "paused", "completed", "cancelled", "breached")


class _TaskSla(NamedTuple):
    ticket: str
    metric: str
    begun: datetime
    part: Part
    definition: SlaDefinition


def read_judgements(source: object) -> tuple[Judgement, ...]:
    """Return what ServiceNow says of each promise, by ticket, metric and cycle; not of those that were cancelled.

    `source` is what `load` takes, with rows of `task_sla` and of `contract_sla`. Raises InteropError for what cannot be
    read, and for a row of an SLA definition that is not there.
    """
    tables = tables_in(documents_in(source, JSON_AND_XML_FILES))
    definitions = read_each(tables["contract_sla"], read_definition)
    known = {each.id: each for each in definitions} | {each.name: each for each in definitions}
    metrics = metrics_of(definitions)
    numbers = {text(row, "sys_id"): text(row, "number") for name in TASKS for row in tables[name]}
    rows = [each for each in read_each(tables["task_sla"], lambda row: _row(row, known, metrics, numbers)) if each]
    rows.sort(key=lambda each: (each.ticket, each.metric, each.begun))
    return tuple(
        _judgement(row, cycle)
        for _, of_metric in groupby(rows, key=lambda each: (each.ticket, each.metric))
        for cycle, row in enumerate(of_metric, 1)
    )


def _row(
    part: Part, known: dict[str, SlaDefinition], metrics: dict[str, str], numbers: dict[str, str]
) -> _TaskSla | None:
    """Return a row; None of a promise that was cancelled, or that the policy leaves out."""
    reference, task = needed(part, "sla"), needed(part, "task")
    if reference.text() not in known:
        raise reference.refusal(
            "import_schedule_missing",
            "no SLA definition has this id",
            given=reference.value,
            accepts="its row of contract_sla, too",
        )
    definition = known[reference.text()]
    stage, begun = needed(part, "stage").word(*_STAGES), instant(needed(part, "start_time"))
    if stage == "cancelled" or definition.id not in metrics:
        return None
    return _TaskSla(numbers.get(task.text(), shown(part, "task")), metrics[definition.id], begun, part, definition)


def _judgement(row: _TaskSla, cycle: int) -> Judgement:
    part, stage = row.part, text(row.part, "stage")
    is_breached = stage == "breached" or truth(part, "has_breached")
    breached = instant(needed(part, "planned_end_time")) if is_breached else None
    ended = cell(part, "end_time")
    done = instant(ended if ended is not None else needed(part, "end_time")) if stage == "completed" else None
    ledger = [
        (row.begun, "in_progress"),
        *([(breached, "breached")] if breached else []),
        *([(done, stage)] if done else []),
    ]
    if stage == "paused" and (paused := cell(part, "pause_time")):
        ledger.append((instant(paused), stage))
    target = _target(row.definition.due)
    return Judgement(row.ticket, row.metric, cycle, target, row.begun, breached, done, tuple(sorted(ledger)))


def _target(due: dict[str, Any]) -> str:
    """Return a target as it is said."""
    if "business_days" in due:
        days, *more = due.items()
        return str(BusinessDays(days=days[1], **dict(more)))
    kind = BusinessHours if "business_hours" in due else CalendarHours
    (amount,) = due.values()
    return str(kind(amount=amount))
