"""Jira Service Management: calendars and goals of data center as a policy, and what it says of its SLAs."""

from slacalc.interop.jira.loading import load as load
from slacalc.interop.jira.sla_answers import SlaCycle as SlaCycle
from slacalc.interop.jira.sla_answers import read_sla as read_sla

__all__ = ["SlaCycle", "load", "read_sla"]
