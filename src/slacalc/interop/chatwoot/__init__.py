"""Chatwoot: its inboxes and SLA policies as a policy, its conversations as events, and its judgements."""

from slacalc.interop.chatwoot.conventions import CONVENTIONS as CONVENTIONS
from slacalc.interop.chatwoot.conversations import read_tickets as read_tickets
from slacalc.interop.chatwoot.judgements import read_judgements as read_judgements
from slacalc.interop.chatwoot.loading import load as load

__all__ = ["CONVENTIONS", "load", "read_judgements", "read_tickets"]
