"""Which rule answers on a channel, and when it is open: what holds at every instant."""

from collections.abc import Mapping

from slacalc.errors import PolicyError
from slacalc.policies.document.fields import FieldValue
from slacalc.policies.document.rules import Rule
from slacalc.policies.policy import Policy

__all__ = ["calendar_of_channel", "rule_of_channel"]


def rule_of_channel(policy: Policy, channel: str, fields: Mapping[str, FieldValue]) -> Rule | None:
    """Return the rule for what comes in on a channel of the guide; None where there is none, or nobody answers."""
    declared = policy.fields.get("channel")
    if policy.guide.channels[channel].answers in {"self_service", "not_read"} or (declared and channel not in declared):
        return None
    try:
        return policy.rule_for(**{**fields, "channel": channel})
    except PolicyError as error:
        if error.code != "no_rule_matches":
            raise
        return None


def calendar_of_channel(policy: Policy, channel: str, fields: Mapping[str, FieldValue]) -> str | None:
    """Return the name of the calendar of a channel: its own, else that of its rule; None where it never closes."""
    facts = policy.guide.channels[channel]
    if facts.calendar is not None:
        return facts.calendar
    rule = rule_of_channel(policy, channel, fields)
    return rule.calendar if rule is not None and isinstance(rule.calendar, str) else None
