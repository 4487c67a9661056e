"""Zendesk: its schedules, holidays and SLA policies as a policy of ours, its tickets as events, and its judgements."""

from slacalc.interop.zendesk.conventions import CONVENTIONS as CONVENTIONS
from slacalc.interop.zendesk.judgements import read_judgements as read_judgements
from slacalc.interop.zendesk.loading import load as load
from slacalc.interop.zendesk.tickets import read_tickets as read_tickets

__all__ = ["CONVENTIONS", "load", "read_judgements", "read_tickets"]
