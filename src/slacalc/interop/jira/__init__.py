"""Jira Service Management: calendars and goals of data center as a policy, issues as events, and its SLAs as facts."""

from slacalc.interop.jira.conventions import CONVENTIONS as CONVENTIONS
from slacalc.interop.jira.judgements import read_judgements as read_judgements
from slacalc.interop.jira.loading import load as load
from slacalc.interop.jira.sla_answers import SlaCycle as SlaCycle
from slacalc.interop.jira.sla_answers import read_sla as read_sla
from slacalc.interop.jira.tickets import read_tickets as read_tickets

__all__ = ["CONVENTIONS", "SlaCycle", "load", "read_judgements", "read_sla", "read_tickets"]
