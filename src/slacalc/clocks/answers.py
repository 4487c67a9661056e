"""Which messages answer a customer (rule 11)."""

from slacalc.clocks.ticket_state import MessageKind, TicketState
from slacalc.events.event import Message
from slacalc.policies.document.clock_rules import AnswerRule

__all__ = ["is_answer", "is_off_channel", "was_answered"]


def is_answer(message: Message | MessageKind, rule: AnswerRule) -> bool:
    """Tell whether a message stops a clock: an automatic, internal, holding or off-channel one does not (rule 11)."""
    return (not rule.channels or message.channel in rule.channels) and _would_answer(message, rule)


def is_off_channel(message: Message | MessageKind, rule: AnswerRule) -> bool:
    """Tell whether a message would be an answer, had it been sent through a channel that counts."""
    return bool(rule.channels) and message.channel not in rule.channels and _would_answer(message, rule)


def was_answered(life: TicketState, rule: AnswerRule, since: int | None = None) -> bool:
    """Tell whether a message that was sent so far, or since an instant, is an answer."""
    return any(is_answer(kind, rule) for kind, at in life.answers.items() if since is None or at >= since)


def _would_answer(message: Message | MessageKind, rule: AnswerRule) -> bool:
    return (
        message.actor in rule.actors
        and (message.public or rule.internal)
        and (not message.automated or rule.automated)
        and (not message.holding or rule.holding)
        and (not message.partial or rule.partial)
    )
