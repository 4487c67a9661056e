"""Which rule answers on a channel, and when it is open: what holds at every instant."""

from collections.abc import Mapping

from slacalc.errors import PolicyError
from slacalc.policies.document.fields import FieldValue
from slacalc.policies.document.rules import Rule
from slacalc.policies.policy import Policy

__all__ = ["calendar_of_channel", "place_of_channel", "rule_of_channel"]


def place_of_channel(policy: Policy, channel: str, fields: Mapping[str, FieldValue]) -> int | None:
    """Return where the rule for what comes in on a channel of the guide stands among `tried_rules`.

    None where there is none, or nobody answers. Raises PolicyError for fields that the policy refuses.
    """
    declared = policy.fields.get("channel")
    if policy.guide.channels[channel].answers in {"self_service", "not_read"} or (declared and channel not in declared):
        return None
    try:
        return policy.place_of({**fields, "channel": channel})
    except PolicyError as error:
        if error.code != "no_rule_matches":
            raise
        return None


def rule_of_channel(policy: Policy, channel: str, fields: Mapping[str, FieldValue]) -> Rule | None:
    """Return that rule."""
    place = place_of_channel(policy, channel, fields)
    return None if place is None else policy.tried_rules[place]


def calendar_of_channel(policy: Policy, channel: str, fields: Mapping[str, FieldValue]) -> str | None:
    """Return the name of the calendar of a channel: its own, else that of its rule; None where it never closes."""
    facts = policy.guide.channels[channel]
    if facts.calendar is not None:
        return facts.calendar
    rule = rule_of_channel(policy, channel, fields)
    return rule.calendar if rule is not None and isinstance(rule.calendar, str) else None
