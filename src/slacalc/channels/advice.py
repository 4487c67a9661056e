"""Which channel to use now: what each would answer, and what speaks for it.

The order is that of the expected answer, then of the speed, then of the policy's own table. Over 400 lines: what is
known of a channel at every instant and what it offers now are read together.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, NamedTuple, TypeAlias, assert_never, get_args

from slacalc.arguments import check_argument, nearest_first, refuse
from slacalc.business_time.instants import EVER, from_us, read_zone, to_us
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.ledger import told_moment
from slacalc.channels.opening import place_of_channel
from slacalc.errors import ExpectationError
from slacalc.expectations.expectation import ChannelWords, Expectation, expect_channel
from slacalc.expectations.rounding import Grain
from slacalc.forms import Form
from slacalc.making import changer_of, maker_of
from slacalc.policies.document.fields import FieldValue, read_field, text_of
from slacalc.policies.document.first_match import key_of_fields
from slacalc.policies.document.guide import ChannelFacts, Need, Speed
from slacalc.policies.document.rules import PromiseKind, Rule
from slacalc.policies.policy import Policy
from slacalc.policies.promise import Promise
from slacalc.render import Cell, Marked, MarkedLine, Tabular, TextTable

__all__ = ["ChannelAdvice", "ChannelAdvices", "ChannelState", "channel_advice"]

ChannelState: TypeAlias = Literal["open", "closed", "self_service", "handled", "not_read"]

_NEEDS: Final[tuple[Need, ...]] = get_args(Need)
_SPEEDS: Final[tuple[Speed, ...]] = get_args(Speed)
_ENGLISH: Final = "en"  # as the page is
_HEAD: Final = ("channel", "now", "answer", "speed", "in writing", "best for", "limits")
_WORDS: Final[dict[ChannelState, str]] = {
    "open": "open",
    "closed": "closed",
    "self_service": "open",
    "handled": "handled, without a promise",
    "not_read": "not read",
}
_AT_ONCE: Final[dict[PromiseKind, str]] = {
    "owed": "at once",
    "typical": "usually at once",
    "best_effort": "at once if available",
}


@dataclass(frozen=True, slots=True)
class ChannelAdvice(Form):
    """What one channel offers at an instant.

    An open channel closes at `until`, a closed one opens at `opens_at` (None: never). The answer
    can be expected from `earliest` on and by `answer`: now where it comes at once, None where
    nothing is promised. `kind` says what that is worth, owed, typical or best effort, and is None without an answer;
    `due` is what is owed. `best_time` is the next opening, after a break
    too, when queues may be shorter. `reasons` are the needs that it serves, `against` those that
    it does not.
    """

    channel: str
    state: ChannelState
    as_of: datetime
    answer: datetime | None
    earliest: datetime | None
    due: datetime | None
    best_time: datetime | None
    facts: ChannelFacts
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    hours: Expectation
    kind: PromiseKind | None = None

    @property
    def until(self) -> datetime | None:
        """When an open channel closes; None when it is closed, or never closes."""
        return self._by_if("open_until")

    @property
    def opens_at(self) -> datetime | None:
        """When a closed channel opens; None when it is open, or never opens."""
        return self._by_if("opens_at")

    @property
    def answers_at_once(self) -> bool:
        """Whether the answer comes now."""
        return self.answer == self.as_of

    def expectation(self, *, grain: Grain = "15min") -> Expectation:
        """Return what to tell of the answer on this channel: at once, by when, when it opens, or that none is promised.

        `hours` is what to tell of its hours.
        """
        told = replace(self.hours, grain=grain)
        match self.state:
            case "self_service":
                return replace(told, state="always_open", by=None)
            case "handled":
                return replace(told, state="no_promise", by=None)
            case "not_read":
                return replace(told, state="not_read", by=None)
            case "open" | "closed" if self.answer is None or self.answer == self.opens_at:
                return told
            case "open" | "closed":
                state: ChannelWords = "answers_at_once" if self.answers_at_once else "answers_by"
                return replace(told, state=state, by=self.answer, kind=self.kind or "owed")
            case _ as never:
                assert_never(never)

    def to_data(self) -> dict[str, object]:
        """Return the advice as plain texts: what `to_json` of the guide writes."""
        return {
            "channel": self.channel,
            "state": self.state,
            "until": _iso(self.until),
            "opens_at": _iso(self.opens_at),
            "earliest": _iso(self.earliest),
            "answer": _iso(self.answer),
            "kind": self.kind,
            "due": _iso(self.due),
            "best_time": _iso(self.best_time),
            "speed": self.facts.speed,
            "record": self.facts.record,
            "best_for": self.facts.best_for,
            "limits": self.facts.limits,
            "reasons": list(self.reasons),
            "against": list(self.against),
        }

    def _by_if(self, state: str) -> datetime | None:
        return self.hours.by if self.hours.state == state else None


@dataclass(frozen=True, slots=True)
class ChannelAdvices(Tabular):
    """The channels of a policy at an instant, the one that answers first at the head.

    Iterating gives the advice. `left_out` are channels that do not serve a need that was asked
    for; each says which. `have_ready` is what a customer should have at hand; `written_in` their language.
    """

    policy: str
    as_of: datetime
    advice: tuple[ChannelAdvice, ...]
    left_out: tuple[ChannelAdvice, ...]
    have_ready: tuple[str, ...]
    written_in: str = "en"

    def __iter__(self) -> Iterator[ChannelAdvice]:
        """Return the channels in order."""
        return iter(self.advice)

    def __len__(self) -> int:
        """Return how many channels are advised."""
        return len(self.advice)

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each channel, for data frames."""
        return [each.to_data() for each in self.advice]

    def to_data(self) -> dict[str, object]:
        """Return the advice as plain values, with the channels that were left out."""
        return {
            "policy": self.policy,
            "as_of": self.as_of.isoformat(),
            "channels": self.to_rows(),
            "left_out": [each.to_data() for each in self.left_out],
            "have_ready": list(self.have_ready),
        }

    def _page(self) -> Iterable[TextTable]:
        rows = (_row(each, self.written_in) for each in self.advice)
        caption = f"{self.policy}: where to ask, and when an answer comes"
        return (TextTable.of(_HEAD, rows, caption=caption),)


_make: Final = maker_of(ChannelAdvice)
_changed: Final = changer_of(Expectation)


def channel_advice(
    policy: Policy, as_of: datetime, *, zone: str | None = None, needs: Iterable[Need] = (), **fields: FieldValue
) -> ChannelAdvices:
    """Return which channels of a policy to use at an instant, in order, on the clock of a zone (None: the office's).

    `fields` are those of a ticket, such as market and topic; `channel` is not one of them. Channels
    that do not serve every need, or are not advised for the topic while others are, are left
    out. Raises PolicyError for an undeclared field, ExpectationError for a need that does not exist.

    >>> from zoneinfo import ZoneInfo
    >>> from slacalc import sample_policy
    >>> friday = datetime(2026, 11, 20, 18, tzinfo=ZoneInfo("Europe/Berlin"))
    >>> [advice.channel for advice in channel_advice(sample_policy("b2b_marketplace"), friday, market="IT")]
    ['telephone', 'chat', 'email']
    """
    check_argument(policy, Policy, "policy", "a Policy")
    if isinstance(needs, str) or not isinstance(needs, Iterable):
        refuse(needs, "needs", 'several, such as ["urgent"]')
    wanted = tuple(dict.fromkeys(map(_known, needs)))
    known = _kept_channels(policy, fields, wanted)
    for name, value in fields.items() if known is None else ():
        read_field(policy.fields, name, value)
    reader = read_zone(policy.calendar(next(iter(policy.calendars))).zone if zone is None else zone)
    now = from_us(to_us(as_of, "as_of"), reader)
    language = policy.guide.language_of(text_of(fields, "market"))
    asked = _Question(policy, now, language, {}, {}, {})
    channels = _channels(policy, fields, wanted) if known is None else known
    everyone = sorted((_advice(asked, channel) for channel in channels), key=_order)
    return ChannelAdvices(
        policy.name,
        now,
        tuple(each for each in everyone if not each.against),
        tuple(each for each in everyone if each.against),
        policy.guide.have_ready,
        policy.guide.written_in,
    )


def _known(need: Need) -> Need:
    if need not in _NEEDS:
        raise ExpectationError(
            "need_unknown", "there is no such need", given=need, accepts=nearest_first(need, _NEEDS), where="needs"
        )
    return need


class _Channel(NamedTuple):
    """What holds of a channel for a ticket's fields at every instant: its rule, its calendar, and what speaks for it.

    `place` is that of the rule, None where none promises; `fields` are those of a ticket that comes in on it.
    """

    name: str
    facts: ChannelFacts
    fields: dict[str, FieldValue]
    place: int | None
    calendar: Calendar | None
    reasons: tuple[str, ...]
    against: tuple[str, ...]


class _Question(NamedTuple):
    """What is asked of every channel, and what was found: hours and openings by a calendar's id, promises by rule."""

    policy: Policy
    now: datetime
    language: str
    hours: dict[int, Expectation]
    openings: dict[int, datetime | None]
    promises: dict[int, Promise | None]


def _kept_channels(
    policy: Policy, fields: Mapping[str, FieldValue], needs: tuple[Need, ...]
) -> tuple[_Channel, ...] | None:
    key = key_of_fields(fields)
    return None if key is None else policy.kept_by_fields.get((key, needs))


def _channels(policy: Policy, fields: Mapping[str, FieldValue], needs: tuple[Need, ...]) -> Iterator[_Channel]:
    """Return what holds of each channel; when all were told it is kept, by the fields."""
    topic = _advised_topic(policy, fields)
    found: list[_Channel] = []
    for name in policy.guide.channels:
        found.append(_channel(policy, fields, needs, topic, name))
        yield found[-1]
    key = key_of_fields(fields)
    if key is not None:
        policy.kept_by_fields.keep((key, needs), tuple(found))


def _channel(
    policy: Policy, fields: Mapping[str, FieldValue], needs: tuple[Need, ...], topic: str | None, name: str
) -> _Channel:
    facts = policy.guide.channels[name]
    given = {**fields, "channel": name}
    place = place_of_channel(policy, name, fields)
    wanted: dict[str, bool] = {need: _serves(facts, need) for need in needs}
    if topic is not None:
        wanted["topic"] = topic in facts.topics
    return _Channel(
        name,
        facts,
        given,
        place,
        _calendar(policy, facts, None if place is None else policy.tried_rules[place]),
        tuple(need for need, serves in wanted.items() if serves),
        tuple(need for need, serves in wanted.items() if not serves),
    )


def _calendar(policy: Policy, facts: ChannelFacts, rule: Rule | None) -> Calendar | None:
    """Return the calendar that a channel is open by: its own, else that of the rule."""
    if facts.calendar is not None:
        return policy.calendar(facts.calendar)
    return policy.calendar(rule.calendar) if rule is not None and isinstance(rule.calendar, str) else None


def _advice(asked: _Question, channel: _Channel) -> ChannelAdvice:
    now, facts, calendar = asked.now, channel.facts, channel.calendar
    promise = None if channel.place is None else _promise(asked, channel, channel.place)
    hours = _hours(asked, channel.name, calendar)
    answer, start = _answer(asked.policy, facts, promise, hours, now)
    return _make(
        channel.name,
        _state(facts, hours),
        now,
        answer,
        start,
        None if promise is None or promise.kind != "owed" else _local(promise.due, now),
        None if calendar is None or not _is_answered(facts) else _next_open(asked, calendar),
        facts,
        channel.reasons,
        channel.against,
        hours,
        None if answer is None else _kind(facts, promise),
    )


def _kind(facts: ChannelFacts, promise: Promise | None) -> PromiseKind:
    """Return what an answer is worth: typical where the rules promise nothing, unless somebody is there at once."""
    if promise is not None:
        return promise.kind
    return "owed" if facts.at_once or facts.answers == "self_service" else "typical"


def _promise(asked: _Question, channel: _Channel, place: int) -> Promise | None:
    """Return what the rules promise on a channel, if it is answered so: of one rule all channels the same."""
    if place not in asked.promises:
        promises = asked.policy.promise_for(asked.now, channel.fields)
        ours = (each for each in promises.values() if each.owed_by == "us")
        asked.promises[place] = promises.get("first_response") or next(ours, None)
    return asked.promises[place] if channel.facts.answers == "promised" else None


def _is_answered(facts: ChannelFacts) -> bool:
    return facts.answers in {"promised", "handled"}


def _hours(asked: _Question, channel: str, calendar: Calendar | None) -> Expectation:
    """Return what to tell of the hours of a channel; it is worked out once for each calendar."""
    known = asked.hours.get(id(calendar))
    if known is None:
        known = expect_channel(channel, calendar, asked.now, language=asked.language)
        asked.hours[id(calendar)] = known
    return known if known.channel == channel else _changed(known, channel=channel)


def _next_open(asked: _Question, calendar: Calendar) -> datetime | None:
    """Return when a calendar opens next; it is looked for once."""
    if id(calendar) not in asked.openings:
        asked.openings[id(calendar)] = _local(calendar.next_open(asked.now), asked.now)
    return asked.openings[id(calendar)]


def _answer(
    policy: Policy, facts: ChannelFacts, promise: Promise | None, hours: Expectation, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return by when an answer can be expected, and from when for a range: now where somebody is there."""
    is_open = hours.state in {"open_until", "always_open"}
    if facts.answers == "self_service" or (facts.answers == "promised" and facts.at_once and is_open):
        return now, None
    if facts.answers != "promised":
        return None, None
    if facts.at_once and not facts.takes_messages:
        return hours.by, None
    if promise is None:
        calendar = policy.calendar(next(iter(policy.calendars)))
        typical = policy.guide.typical
        return _local(typical.due(calendar, now), now), _local(typical.begins(calendar, now), now)
    return _local(promise.expected or promise.due, now), _local(promise.earliest, now)


def _state(facts: ChannelFacts, hours: Expectation) -> ChannelState:
    if facts.answers != "promised":
        return facts.answers
    return "open" if hours.state in {"open_until", "always_open"} else "closed"


def _serves(facts: ChannelFacts, need: Need) -> bool:
    return facts.record == "yes" if need == "record" else need in facts.suits


def _advised_topic(policy: Policy, fields: Mapping[str, FieldValue]) -> str | None:
    """Return the topic, if some channel is advised for it; None where no channel is."""
    topic = text_of(fields, "topic")
    return topic if any(topic in each.topics for each in policy.guide.channels.values()) else None


def _order(advice: ChannelAdvice) -> tuple[bool, int, int]:
    """Sort by the expected answer, then by speed; the policy's own order decides the rest. Unread comes last."""
    answer = EVER if advice.answer is None else to_us(advice.answer)
    return advice.state == "not_read", answer, _SPEEDS.index(advice.facts.speed)


def _local(moment: datetime | None, now: datetime) -> datetime | None:
    return None if moment is None else moment.astimezone(now.tzinfo)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _row(advice: ChannelAdvice, written_in: str) -> tuple[Cell, ...]:
    facts = advice.facts
    texts = (
        Marked(text, language="" if written_in == _ENGLISH else written_in) for text in (facts.best_for, facts.limits)
    )
    return advice.channel, _now(advice), _printed(advice), facts.speed, facts.record or "", *texts


def _now(advice: ChannelAdvice) -> Cell:
    if advice.until is not None and advice.state == "open":
        return MarkedLine.of("open until ", told_moment(advice.until))
    if advice.opens_at is not None and advice.state == "closed":
        return MarkedLine.of("opens ", told_moment(advice.opens_at))
    return _WORDS[advice.state]


def _printed(advice: ChannelAdvice) -> Cell:
    if advice.answer is None:
        return ""
    if advice.answers_at_once:
        return _AT_ONCE[advice.kind or "owed"]
    start = () if advice.earliest is None else (told_moment(advice.earliest), " .. ")
    return MarkedLine.of("usually " * (advice.kind == "typical"), *start, told_moment(advice.answer))
