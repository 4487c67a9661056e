"""Zammad: its calendars and SLAs as a policy, its tickets and judgements, and a calendar of ours as one of Zammad's."""

from slacalc.interop.zammad.conventions import CONVENTIONS as CONVENTIONS
from slacalc.interop.zammad.judgements import read_judgements as read_judgements
from slacalc.interop.zammad.loading import load as load
from slacalc.interop.zammad.tickets import read_tickets as read_tickets
from slacalc.interop.zammad.writing import write as write

__all__ = ["CONVENTIONS", "load", "read_judgements", "read_tickets", "write"]
