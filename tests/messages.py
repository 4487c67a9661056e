"""What every refusal in tests/unit says, word for word, by its code.

A message is read by people, and is part of what is promised. `python -m tests.messages` writes tests/messages.toml anew;
read the difference before you keep it.
"""

from typing import Final

from tests.refusals import FILE, Refusal
from tests.refusals import said as said_by
from tests.unit.business_time.test_refusals import REFUSALS as OPEN_TIME
from tests.unit.calendars.test_calendar_refusals import REFUSALS as CALENDARS
from tests.unit.clocks.test_ticket_refusals import COLUMN_FILES, LOGS, ROWS, TICKETS
from tests.unit.columns.test_column_refusals import REFUSALS as COLUMNS
from tests.unit.columns.test_date_columns import REFUSALS as DATE_COLUMNS
from tests.unit.expectations.test_expectation_refusals import REFUSALS as EXPECTATIONS
from tests.unit.expectations.test_hours_in_words import REFUSALS as HOURS_IN_WORDS
from tests.unit.interop.chatwoot.test_conversations import REFUSALS as CHATWOOT_CONVERSATIONS
from tests.unit.interop.chatwoot.test_loading import REFUSALS as CHATWOOT
from tests.unit.interop.frappe.test_loading import REFUSALS as FRAPPE
from tests.unit.interop.freshworks.test_account import REFUSALS as FRESHWORKS
from tests.unit.interop.google_business.test_loading import REFUSALS as GOOGLE
from tests.unit.interop.google_business.test_writing import REFUSALS as GOOGLE_WRITTEN
from tests.unit.interop.holidays.test_loading import REFUSALS as HOLIDAYS
from tests.unit.interop.holidays.test_sources import REFUSALS as HOLIDAY_SOURCES
from tests.unit.interop.icalendar.test_availability import REFUSALS as AVAILABILITY
from tests.unit.interop.icalendar.test_closures import REFUSALS as CLOSURES
from tests.unit.interop.icalendar.test_closures_written import REFUSALS as CLOSURES_WRITTEN
from tests.unit.interop.icalendar.test_days_off import REFUSALS as ICALENDAR
from tests.unit.interop.icalendar.test_file_zones import REFUSALS as FILE_ZONES
from tests.unit.interop.icalendar.test_hours_written import REFUSALS as HOURS_WRITTEN
from tests.unit.interop.icalendar.test_loading import REFUSALS as FEEDS
from tests.unit.interop.icalendar.test_open_hours import REFUSALS as OPEN_HOURS
from tests.unit.interop.icalendar.test_series import REFUSALS as EVENTS
from tests.unit.interop.jira.test_loading import REFUSALS as JIRA
from tests.unit.interop.jira.test_tickets import REFUSALS as JIRA_TICKETS
from tests.unit.interop.osm.test_grammar import REFUSALS as OSM_GRAMMAR
from tests.unit.interop.osm.test_loading import REFUSALS as OSM
from tests.unit.interop.osm.test_selectors import REFUSALS as OSM_SELECTORS
from tests.unit.interop.osm.test_writing import REFUSALS as OSM_WRITTEN
from tests.unit.interop.salesforce.test_loading import REFUSALS as SALESFORCE
from tests.unit.interop.schema_org.test_loading import REFUSALS as SCHEMA_ORG
from tests.unit.interop.schema_org.test_rows import REFUSALS as SCHEMA_ORG_ROWS
from tests.unit.interop.schema_org.test_writing import REFUSALS as SCHEMA_ORG_WRITTEN
from tests.unit.interop.servicenow.test_loading import REFUSALS as SERVICENOW
from tests.unit.interop.servicenow.test_task_slas import REFUSALS as TASK_SLAS
from tests.unit.interop.test_words import REFUSALS as WORDS
from tests.unit.interop.zammad.test_loading import REFUSALS as ZAMMAD
from tests.unit.interop.zammad.test_tickets import REFUSALS as ZAMMAD_TICKETS
from tests.unit.interop.zammad.test_writing import REFUSALS as ZAMMAD_WRITTEN
from tests.unit.interop.zendesk.test_loading import REFUSALS as ZENDESK
from tests.unit.interop.zendesk.test_tickets import REFUSALS as ZENDESK_TICKETS
from tests.unit.interop.zendesk.test_writing import REFUSALS as ZENDESK_WRITTEN
from tests.unit.plans.test_capacity import REFUSALS as CAPACITY
from tests.unit.plans.test_required import REFUSALS as REQUIRED
from tests.unit.plans.test_waits import REFUSALS as WAITS
from tests.unit.plans.test_what_if import REFUSALS as WHAT_IF
from tests.unit.policies.test_changed import REFUSALS as CHANGED
from tests.unit.policies.test_policy_refusals import REFUSALS as POLICIES
from tests.unit.reports.test_report_refusals import LEFT_OUT, PLOTS, REPORTS

HEAD: Final = (
    "# What is said of what is refused, by code. `python -m tests.messages` writes this file; read the difference.\n"
)
REFUSALS: Final[list[Refusal]] = [
    *OPEN_TIME, *CALENDARS, *POLICIES, *TICKETS, *LOGS, *ROWS, *COLUMN_FILES, *EXPECTATIONS, *COLUMNS, *DATE_COLUMNS,
    *REPORTS, *PLOTS, *LEFT_OUT,
    *CHANGED, *WHAT_IF, *REQUIRED, *CAPACITY, *WAITS, *ZENDESK, *ZENDESK_TICKETS, *JIRA, *JIRA_TICKETS, *ICALENDAR, *AVAILABILITY,
    *CLOSURES, *CLOSURES_WRITTEN, *FILE_ZONES, *HOURS_WRITTEN, *FEEDS, *OPEN_HOURS, *EVENTS, *HOLIDAYS, *HOLIDAY_SOURCES,
    *SCHEMA_ORG, *SCHEMA_ORG_ROWS,
    *SCHEMA_ORG_WRITTEN, *GOOGLE,
    *FRESHWORKS,
    *SALESFORCE,
    *SERVICENOW,
    *TASK_SLAS,
    *ZAMMAD, *ZAMMAD_WRITTEN, *ZAMMAD_TICKETS,
    *CHATWOOT, *CHATWOOT_CONVERSATIONS, *FRAPPE,
    *HOURS_IN_WORDS, *GOOGLE_WRITTEN, *ZENDESK_WRITTEN, *WORDS,
    *OSM, *OSM_GRAMMAR, *OSM_SELECTORS, *OSM_WRITTEN,
]  # fmt: skip


def said() -> dict[str, list[str]]:
    """What each refusal says, once, in order."""
    messages: dict[str, set[str]] = {}
    for refusal in REFUSALS:
        messages.setdefault(refusal.code, set()).add(said_by(refusal.error()))
    return {code: sorted(messages[code]) for code in sorted(messages)}


def written(messages: dict[str, list[str]]) -> str:
    tables = (
        f"{code} = [\n" + "".join(f"    {quoted(each)},\n" for each in messages[code]) + "]\n" for code in messages
    )
    return HEAD + "\n" + "\n".join(tables)


def quoted(text: str) -> str:
    """A TOML string: as it stands between single quotes where that can be, else escaped."""
    plain = text.isprintable()
    if plain and "'" not in text:
        return f"'{text}'"
    return f"'''{text}'''" if plain and "'''" not in text and not text.endswith("'") else escaped(text)


def escaped(text: str) -> str:
    marks = {"\\": "\\\\", '"': '\\"'}
    return '"' + "".join(marks.get(c, c if c.isprintable() else f"\\u{ord(c):04x}") for c in text) + '"'


if __name__ == "__main__":
    FILE.write_text(written(said()), encoding="utf-8")
