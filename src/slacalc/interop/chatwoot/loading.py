"""An account of Chatwoot as a policy: its inboxes and SLA policies, from answers of the API."""

from typing import Any, Final

from slacalc.errors import InteropError
from slacalc.errors import Path as Keys
from slacalc.interop.chatwoot.inboxes import Inbox, read_inbox
from slacalc.interop.chatwoot.records import records_in
from slacalc.interop.chatwoot.sla_policies import ChatwootPolicy, read_sla_policy
from slacalc.interop.imported import Imported
from slacalc.interop.parts import documents_in, read_each, unique_names
from slacalc.policies.loading import policy_from_data

__all__ = ["INBOX", "SLA_POLICY", "load"]

SLA_POLICY: Final = "sla_policy"
"""The field of a ticket that says its SLA policy, by id."""
INBOX: Final = "inbox"
"""The field of a ticket that says its inbox, by id."""
_ALWAYS: Final = "24/7"
_NO_POLICY: Final[dict[str, Any]] = {"name": "no SLA policy", "metrics": {}}
_CLOCKS: Final[dict[str, dict[str, Any]]] = {
    "resolution": {"paused_in": [], "pausable": False, "reopen": "continue"},
}
"""Nothing pauses a clock, and a conversation that is opened again counts from its beginning."""


def load(source: object, *, lossy: bool = False) -> Imported:
    """Return the policy of an account: the hours of its inboxes as calendars, its SLA policies as rules.

    `source` is a folder with answers of the API as files of JSON, one such file, an answer as parsed JSON, or a list of
    these. Answers are known by the keys of their records: inboxes and SLA policies; conversations, messages and applied
    SLAs are passed over. The fields `sla_policy` and `inbox` of a ticket, ids, choose the rule and the calendar.

    Raises InteropError for what cannot be read, and for what would change due times, unless that is wanted: `lossy`.
    Everything that is lost is in `losses`.

    >>> inbox = {"id": 1, "name": "Web", "timezone": "America/Los_Angeles", "working_hours_enabled": True,
    ...     "working_hours": [{"day_of_week": 0, "closed_all_day": True}, {"day_of_week": 6, "open_all_day": True}]}
    >>> print(load(inbox).calendars["Web"].hours)
    Sat 00:00-24:00
    """
    records = records_in(documents_in(source))
    inboxes = read_each(records["inboxes"], read_inbox)
    policies = read_each(records["sla_policies"], read_sla_policy)
    _refuse_without_hours(inboxes, policies)
    names = unique_names({each.id: each.name for each in inboxes})
    inboxes = [each._replace(name=names[each.id]) for each in inboxes]
    origins: list[tuple[Keys, str]] = [(("calendars", each.name), each.origin) for each in inboxes]
    origins += [(("rules", place), each.origin) for place, each in enumerate(policies)]
    losses = tuple(loss for each in inboxes for loss in each.losses)
    policy = policy_from_data(_policy(inboxes, policies), where="Chatwoot")
    return Imported("Chatwoot", policy, losses, tuple(origins)).agreed(lossy=lossy)


def _refuse_without_hours(inboxes: list[Inbox], policies: list[ChatwootPolicy]) -> None:
    if not inboxes and not policies:
        raise InteropError(
            "import_nothing_there",
            "there is no inbox and no SLA policy",
            accepts="the answers with inboxes and SLA policies",
            where="source",
        )
    counting = [each.name for each in policies if each.counts_business_hours]
    if counting and not inboxes:
        raise InteropError(
            "import_schedule_missing",
            "SLA policies count business hours, and there is no inbox",
            given=counting,
            accepts="the answer with inboxes, too",
            where="source",
        )


def _policy(inboxes: list[Inbox], policies: list[ChatwootPolicy]) -> dict[str, Any]:
    calendars = {each.name: each.table for each in inboxes} or {_ALWAYS: {"zone": "UTC", "hours": "24/7"}}
    calendar: Any = next(iter(calendars))
    fields = {SLA_POLICY: [each.id for each in policies]} if policies else {}
    if len(inboxes) > 1:
        calendar = {"field": INBOX, **{each.id: each.name for each in inboxes}}
        fields[INBOX] = [each.id for each in inboxes]
    names = unique_names({each.id: each.name for each in policies})
    rules = [
        {"name": names[each.id], "when": {SLA_POLICY: each.id}, "calendar": calendar, "metrics": each.metrics}
        for each in policies
    ]
    metrics = dict.fromkeys(metric for each in policies for metric in each.metrics)
    return {
        "name": "chatwoot",
        "statuses": ["open", "pending", "snoozed", "resolved"],
        "solved_in": ["resolved"],
        "closed_in": [],
        "unmatched": "no_promise",
        "fields": fields,
        "calendars": calendars,
        "rules": rules or [_NO_POLICY],
        "clocks": {metric: _CLOCKS[metric] for metric in metrics if metric in _CLOCKS},
    }
