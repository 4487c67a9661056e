"""ServiceNow's tickets as events: rows of their tables, and of sys_audit for what changed.

Facts of the format: times are of UTC, and do not say so. That `sys_audit` has `documentkey`, `fieldname`, `oldvalue`,
`newvalue` and `sys_created_on` is from the product's data dictionary. What was written to whom is in neither table.
"""

from collections import Counter
from collections.abc import Iterator

from slacalc.events.event import Created, Event, FieldChanged, StatusChanged
from slacalc.interop.parts import Part, documents_in
from slacalc.interop.servicenow.conditions import STATUS_FIELDS
from slacalc.interop.servicenow.loading import TABLE
from slacalc.interop.servicenow.tables import TASKS, cell, instant, needed, tables_in, text
from slacalc.interop.ticket_events import TicketEvents
from slacalc.interop.xml_files import JSON_AND_XML_FILES
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["read_tickets"]


def read_tickets(source: object, policy: AnyPolicy) -> TicketEvents:
    """Return what happened to the tickets: the fields are those that the policy tests.

    `source` is what `load` takes, with rows of tables of tickets, such as `incident`, and of `sys_audit`. A field has
    the value of the row, and before its first change the one that this change replaced. Raises InteropError for what
    cannot be read.
    """
    tables = tables_in(documents_in(source, JSON_AND_XML_FILES))
    fields = frozenset(policy.field_names)
    changes: dict[str, list[Part]] = {}
    for row in sorted(tables["sys_audit"], key=lambda row: instant(needed(row, "sys_created_on"))):
        changes.setdefault(text(row, "documentkey"), []).append(row)
    pairs, passed_over = list[tuple[str, Event]](), Counter[str]()
    for table in TASKS:
        for row in tables[table]:
            number = text(row, "number")
            events = _events(row, table, changes.get(text(row, "sys_id"), []), fields, passed_over)
            pairs += [(number, event) for event in events]
    return TicketEvents(tuple(pairs), dict(sorted(passed_over.items())))


def _events(
    row: Part, table: str, changes: list[Part], fields: frozenset[str], passed_over: Counter[str]
) -> Iterator[Event]:
    status = next((field for field in reversed(STATUS_FIELDS) if cell(row, field) is not None), "")
    followed = fields | {status}
    values = {field: _text(row, field) for field in sorted(followed - {TABLE, ""})}
    for change in reversed(changes):
        if text(change, "fieldname") in values:
            values[text(change, "fieldname")] = _text(change, "oldvalue")
    said = {field: value for field, value in values.items() if field in fields and value}
    if TABLE in fields:
        said[TABLE] = table
    opened = needed(row, "opened_at" if cell(row, "opened_at") is not None else "sys_created_on")
    yield Created(at=instant(opened), status=values.get(status, ""), fields=tuple(said.items()))
    for change in changes:
        field, at, value = (
            text(change, "fieldname"),
            instant(needed(change, "sys_created_on")),
            _text(change, "newvalue"),
        )
        if field == status and value:
            yield StatusChanged(at=at, status=value)
        elif field in fields:
            yield FieldChanged(at=at, field=field, value=value)
        else:
            passed_over[f"change of {field}"] += 1


def _text(row: Part, key: str) -> str:
    found = cell(row, key)
    return "" if found is None else found.text()
