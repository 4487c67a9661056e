"""Zendesk: schedules and SLA policies as a policy, tickets as events, judgements; and a calendar as a schedule."""

from slacalc.interop.zendesk.conventions import CONVENTIONS as CONVENTIONS
from slacalc.interop.zendesk.judgements import read_judgements as read_judgements
from slacalc.interop.zendesk.loading import load as load
from slacalc.interop.zendesk.tickets import read_tickets as read_tickets
from slacalc.interop.zendesk.writing import write as write

__all__ = ["CONVENTIONS", "load", "read_judgements", "read_tickets", "write"]
