"""ServiceNow: its schedules and SLA definitions as a policy of ours, its tickets as events, and its judgements."""

from slacalc.interop.servicenow.conventions import CONVENTIONS as CONVENTIONS
from slacalc.interop.servicenow.loading import load as load
from slacalc.interop.servicenow.task_slas import read_judgements as read_judgements
from slacalc.interop.servicenow.tickets import read_tickets as read_tickets

__all__ = ["CONVENTIONS", "load", "read_judgements", "read_tickets"]
