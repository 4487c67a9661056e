"""A ticket's state while its events are applied."""

from math import inf
from typing import Final, NamedTuple, Self
from zoneinfo import ZoneInfo

from slacalc.arguments import check_argument
from slacalc.business_time.instants import EVER
from slacalc.clocks.cycle import Cycle, Hold
from slacalc.clocks.saved_editions import Takeover
from slacalc.errors import SlaError
from slacalc.events.event import Message, Placed, TakenOver
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.in_force import MatchedRule, PolicyInForce

__all__ = ["VALUES", "FieldBefore", "Gap", "Held", "MessageKind", "Series", "TicketState"]

_UTC: Final = ZoneInfo("UTC")
_FIRST: Final = (-EVER, -EVER)


class Held(NamedTuple):
    """A hold that began or ended; None is a customer's message, which ends those of some clocks."""

    at: int
    hold: Hold | None
    begins: bool


class FieldBefore(NamedTuple):
    """What a field was before a change, and after it; nothing where it had no value."""

    at: int
    name: str
    before: str
    value: str


class MessageKind(NamedTuple):
    """What decides whether a message is an answer (rule 11)."""

    actor: str
    public: bool
    automated: bool
    holding: bool
    partial: bool
    channel: str


class Series(NamedTuple):
    """A clock that repeats: its origin, up to when dates were passed, and its last stop."""

    origin: int
    since: int
    stopped: int | None = None


class Gap(NamedTuple):
    """Something that a log leaves open, or gets wrong: then `message` says what.

    `place` is the event's place in the log, from 0.
    """

    code: str
    place: int
    message: str = ""


class TicketState:
    """Everything that replay knows of a ticket so far."""

    __slots__ = (
        "answers",
        "changes_at",
        "closed",
        "created",
        "cycles",
        "deprioritisations",
        "doubt",
        "edition",
        "ended",
        "escalated",
        "fields",
        "fields_before",
        "first_message",
        "first_values",
        "gaps",
        "happened",
        "heard",
        "holds",
        "in_force",
        "instants",
        "kept",
        "last",
        "listens",
        "messages_waiting",
        "number",
        "opened_at",
        "pauses",
        "place",
        "policy",
        "received",
        "repeats",
        "seen",
        "solved",
        "status",
        "strict",
        "successors",
        "taken_over",
        "takeovers",
        "terms",
        "turned_at",
        "waiting",
        "zone_data",
    )

    def __init__(self, policy: AnyPolicy) -> None:
        check_argument(policy, AnyPolicy, "policy", "a Policy, or PolicyVersions")
        self.policy: AnyPolicy = policy
        self.listens: bool = False  # whether a status, a field or an event means something to its clocks
        self.strict: bool = False
        self.created: bool = False
        self.solved: bool = False
        self.closed: bool = False
        self.turned_at: int = _FIRST[0]  # when it was last solved, closed or reopened
        self.ended: bool = False
        self.taken_over: TakenOver | None = None
        self.received: int = 0
        self.opened_at: int | None = None  # when somebody else than the customer created it
        self.first_message: int | None = None  # the first of the customer, the creation included
        self.seen: int = 0  # events, those that wait included
        self.number: int = 0  # of the event that is applied, in order
        self.place: int = 0  # of that event in the log
        self.last: tuple[int, int] = _FIRST  # instant and seq of that event
        self.waiting: list[Placed] = []
        self.heard: int = -1  # the number of the customer's last message
        self.fields: dict[str, str] = {}
        self.fields_before: list[FieldBefore] = []
        self.instants: dict[str, int] = {}
        self.first_values: dict[str, int] = {}  # when fields that clocks watch had a value first
        self.happened: dict[str, int] = {}  # when named events came last
        self.status: str = ""
        self.doubt: tuple[int, int] | None = None  # instant and place of a status that may end nothing
        self.holds: dict[Hold, int] = {}
        self.pauses: list[Held] = []  # all that held the ticket so far, for a clock that is promised later
        self.cycles: dict[str, list[Cycle]] = {}
        self.kept: list[str] = []  # metrics whose clock had its start, and waits for another one
        self.repeats: dict[str, Series] = {}
        self.answers: dict[MessageKind, int] = {}  # when messages of each kind came last
        self.messages_waiting: int = 0
        self.deprioritisations: dict[str, int] = {}
        self.escalated: dict[str, int] = {}
        self.gaps: list[Gap] = []
        self.takeovers: list[Takeover] = []  # of policies, since it was saved and went on under another one
        self.successors: dict[str, list[Takeover]] = {}  # by date, of the policies before it was saved
        self.zone_data: str = ""  # by which it was told before it was saved; nothing when it was told here
        self.in_force: bool = True  # whether a version of the policy is, at the event that is applied
        self.changes_at: float = -inf  # from when on another version may be
        self.edition: PolicyInForce
        self.terms: MatchedRule

    def copied(self) -> Self:
        """Return a life that can go on without changing this one."""
        other = type(self)(self.policy)
        for name in VALUES:
            setattr(other, name, getattr(self, name))
        for name in _CONTAINERS:
            setattr(other, name, getattr(self, name).copy())
        other.taken_over, other.zone_data, other.listens = self.taken_over, self.zone_data, self.listens
        other.cycles = {metric: [*cycles[:-1], cycles[-1].copied()] for metric, cycles in self.cycles.items()}
        if self.created:
            other.edition, other.terms = self.edition, self.terms
        return other

    def open_cycle(self, metric: str) -> Cycle | None:
        """Return the cycle of a metric that is not over."""
        cycles = self.cycles.get(metric)
        return cycles[-1] if cycles and cycles[-1].is_open else None

    def open_cycles(self) -> list[Cycle]:
        """Return the cycles that are not over."""
        return [last for cycles in self.cycles.values() if (last := cycles[-1]).end is None]

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the answers: that of the rule's calendar, before the creation UTC."""
        return self.terms.zone if self.created else _UTC

    def remember(self, message: Message, at: int) -> None:
        """Keep when the last message of each kind came: a metric that is promised later may be answered already."""
        kind = (message.actor, message.public, message.automated, message.holding, message.partial, message.channel)
        self.answers[MessageKind(*kind)] = at

    def settle_doubt(self, at: int) -> None:
        """Note that a status which is called solved ended nothing, once its instant is over."""
        if self.doubt is not None and self.doubt[0] < at:
            self.gaps.append(Gap("status_ends_nothing", self.doubt[1]))
            self.doubt = None

    def refuse(self, error: SlaError) -> None:
        """Note that the event that is applied cannot be used, and why; when strict, raise it."""
        if self.strict:
            raise error
        self.gaps.append(Gap(error.code, self.place, str(error)))

    def remark(self, code: str) -> None:
        """Note what the event that is applied leaves open."""
        self.gaps.append(Gap(code, self.place))


VALUES: Final[dict[str, object]] = {
    "created": False,
    "solved": False,
    "closed": False,
    "turned_at": _FIRST[0],
    "ended": False,
    "received": 0,
    "seen": 0,
    "number": 0,
    "last": _FIRST,
    "heard": -1,
    "status": "",
    "doubt": None,
    "messages_waiting": 0,
    "opened_at": None,
    "first_message": None,
    "in_force": True,
}
"""What of a life is a number, a text or a truth, and what it is at first."""


_CONTAINERS: Final = (
    "fields", "fields_before", "instants", "first_values", "happened", "holds", "pauses", "kept", "repeats", "answers",
    "deprioritisations", "escalated", "gaps", "successors", "takeovers", "waiting",
)  # fmt: skip
