"""What other systems write, read into policies and calendars: one package for each system."""

from slacalc.interop import chatwoot as chatwoot
from slacalc.interop import frappe as frappe
from slacalc.interop import freshdesk as freshdesk
from slacalc.interop import freshservice as freshservice
from slacalc.interop import google_business as google_business
from slacalc.interop import holidays as holidays
from slacalc.interop import icalendar as icalendar
from slacalc.interop import jira as jira
from slacalc.interop import osm as osm
from slacalc.interop import salesforce as salesforce
from slacalc.interop import schema_org as schema_org
from slacalc.interop import servicenow as servicenow
from slacalc.interop import words as words
from slacalc.interop import zammad as zammad
from slacalc.interop import zendesk as zendesk
from slacalc.interop.imported import Imported as Imported
from slacalc.interop.imported import Loss as Loss
from slacalc.interop.imported_holidays import ImportedHolidays as ImportedHolidays
from slacalc.interop.parity import EngineConventions as EngineConventions
from slacalc.interop.parity import JudgedOtherwise as JudgedOtherwise
from slacalc.interop.parity import Judgement as Judgement
from slacalc.interop.parity import Parity as Parity
from slacalc.interop.parity import compare as compare
from slacalc.interop.ticket_events import TicketEvents as TicketEvents
from slacalc.interop.written import Written as Written

__all__ = [
    "EngineConventions",
    "Imported",
    "ImportedHolidays",
    "JudgedOtherwise",
    "Judgement",
    "Loss",
    "Parity",
    "TicketEvents",
    "Written",
    "chatwoot",
    "compare",
    "frappe",
    "freshdesk",
    "freshservice",
    "google_business",
    "holidays",
    "icalendar",
    "jira",
    "osm",
    "salesforce",
    "schema_org",
    "words",
    "servicenow",
    "zammad",
    "zendesk",
]
