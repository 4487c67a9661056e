"""Make a sentence of an expectation and a language: which template, and what stands in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from html import escape
from typing import ClassVar, Final, assert_never
from zoneinfo import ZoneInfo

from slacalc.arguments import check_argument, each_of
from slacalc.business_time.instants import read_zone, to_us
from slacalc.expectations.expectation import ChannelWords, Expectation, limit_on
from slacalc.expectations.fillings import Filling, SentencePart, filled, zone_name
from slacalc.expectations.holiday_names import name_in
from slacalc.expectations.language_checks import language_code
from slacalc.expectations.languages import INFORMAL, LANGUAGES, Language, shipped_language
from slacalc.expectations.rounding import (
    Told,
    tell_closing,
    tell_date,
    tell_limit,
    tell_opening,
    tell_start,
)
from slacalc.forms import StoredForm
from slacalc.making import maker_of
from slacalc.policies.document.rules import PromiseKind

__all__ = ["Sentence", "SentencePart", "chosen_language", "say"]

_FALLBACK: Final = "en"
_VERBS: Final = {
    "first_response": "reply",
    "next_response": "reply",
    "acknowledgement": "acknowledgement",
    "resolution": "resolution",
    "periodic_update": "update",
}
_AT_ONCE: Final[dict[PromiseKind, str]] = {
    "owed": "at_once",
    "typical": "usually_at_once",
    "best_effort": "at_once_if_available",
}
_CHANNEL_AT_ONCE: Final[dict[PromiseKind, str]] = {kind: f"channel.{key}" for kind, key in _AT_ONCE.items()}
_WITH_REASON: Final = frozenset({"promised", "usual", "reachable_from", "opens_at"})
_A_DAY: Final = timedelta(days=1)
_MANAGERS: Final = frozenset({"manager", "a manager"})


@dataclass(frozen=True, slots=True)
class Sentence(StoredForm):
    """What the customer reads. `asked` is the language that was asked for, `language` the one that was had."""

    _also: ClassVar[tuple[str, ...]] = ("text",)

    asked: str
    language: str
    parts: tuple[SentencePart, ...]

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return "".join(part.text for part in self.parts)

    @property
    def is_fallback(self) -> bool:
        """Whether the language that was asked for was not to be had."""
        return language_code(self.asked) != language_code(self.language)

    def __str__(self) -> str:
        """Return the plain text."""
        return self.text

    def to_html(self) -> str:
        """Return the sentence as HTML: escaped, and with every moment in a `time` element."""
        return "".join(_html(part) for part in self.parts)


_make: Final = maker_of(Sentence)


def say(
    expectation: Expectation,
    language: str | None,
    *,
    reason: bool = False,
    told_before: Expectation | None = None,
    languages: Sequence[Language] = (),
) -> Sentence:
    """Return what to tell in a language, else in that of the market, else in English."""
    asked = (expectation.market_language or _FALLBACK) if language is None else language
    known = _given(languages)
    words = chosen_language(asked, expectation.market_language, known)
    reader = read_zone(expectation.zone)
    body = _body(expectation, words, reader)
    fillings = [*_reason(expectation, words, reader), body] if reason else [body]
    timed = body
    if expectation.state == "overdue" and expectation.by is not None:
        timed = _promise(expectation, words, reader)
        fillings.append(timed)
    if told_before is not None and _is_reply(expectation) and _can_have_moved(expectation, told_before):
        move = expectation.moved(told_before, parts=words.day_parts)
        fillings = [Filling(f"moved.{move}", {}, {}), *fillings] if move != "same" else fillings
    parts: list[SentencePart] = []
    today = expectation.as_of.date()
    for filling in fillings:
        if parts:
            parts.append(SentencePart(" "))
        is_elsewhere = expectation.names_zone and filling is timed
        zone = zone_name(words, expectation.zone, expectation.as_of) if is_elsewhere else None
        parts += filled(words, filling, today, zone)
    return _make(asked, words.code, tuple(parts))


def chosen_language(language: str, market_language: str = "", languages: Sequence[Language] = ()) -> Language:
    """Return the first language that is to be had: the one asked for, that of the market, English.

    Raises LanguageError for a text that is no language code.
    """
    if type(languages) is tuple and not languages and type(language) is type(market_language) is str:
        return _chosen_shipped(language, market_language)
    return _chosen(language, market_language, languages)


@lru_cache(maxsize=256)
def _chosen_shipped(language: str, market_language: str) -> Language:
    return _chosen(language, market_language, ())


def _chosen(language: str, market_language: str, languages: Sequence[Language]) -> Language:
    for wanted in (language, market_language, _FALLBACK):
        if wanted or wanted is language:
            found = _found(wanted, languages)
            if found is not None:
                return found
    return shipped_language(_FALLBACK)


def _given(languages: Sequence[Language]) -> tuple[Language, ...]:
    if type(languages) is tuple and not languages:
        return ()
    return tuple(each_of(languages, Language, "languages", "several languages, each as load_language returns it"))


def _found(wanted: str, languages: Sequence[Language]) -> Language | None:
    """Return a language of the application by its whole code, then by its language; else one that ships."""
    code = language_code(wanted)
    exact = [each for each in languages if each.code.lower() == wanted.replace("_", "-").lower()]
    near = [each for each in languages if each.code.lower() == code]
    if exact or near:
        return (exact or near)[0]
    variant = wanted.replace("_", "-").lower()
    return shipped_language(variant if variant in INFORMAL else code) if code in LANGUAGES else None


def _body(expectation: Expectation, language: Language, zone: ZoneInfo) -> Filling:  # noqa: PLR0911 - one return a state
    match expectation.state:
        case "promised":
            return _promise(expectation, language, zone)
        case "usual":
            return _usual(expectation, language, zone)
        case "at_once":
            return Filling(_at_once(expectation), {}, {})
        case "longer_than_usual" | "best_effort" | "on_hold":
            return Filling(expectation.state, {}, {})
        case "overdue":
            return Filling(_overdue(expectation), {}, {})
        case "waiting_for_you":
            return Filling("waiting", {}, {})
        case "reachable_from":
            return Filling("reachable_from", {"moment": tell_opening(_by(expectation), zone)}, {})
        case "follow_up":
            return _follow_up(expectation, language, zone)
        case "escalation_step":
            return _escalation_step(expectation, language, zone)
        case _:
            return _channel(expectation, expectation.state, language, zone)


def _at_once(expectation: Expectation) -> str:
    """Return the key of what comes at once: an answer, or only the word that the message has arrived."""
    if expectation.metric == "acknowledgement" and expectation.kind == "owed":
        return "acknowledgement.at_once"
    return _AT_ONCE[expectation.kind]


def _overdue(expectation: Expectation) -> str:
    if expectation.owed_by == "customer":
        return "deadline_passed"
    return "overdue" if _is_reply(expectation) else "overdue_other"


def _can_have_moved(told: Expectation, before: Expectation) -> bool:
    """Tell whether we owe what is told and what was, and both name a time: nothing else was promised that can move."""
    check_argument(before, Expectation, "told_before", "an Expectation that was told before")
    return all((each.kind, each.owed_by) == ("owed", "us") and each.by is not None for each in (told, before))


def _is_reply(expectation: Expectation) -> bool:
    return _VERBS.get(expectation.metric) == "reply"


def _channel(expectation: Expectation, state: ChannelWords, language: Language, zone: ZoneInfo) -> Filling:
    names = {"channel": _channel_name(expectation.channel, language)}
    match state:
        case "no_promise" if not expectation.channel:
            return Filling("no_promise", {}, {})
        case "open_until":
            return Filling("channel.open_until", {"moment": tell_closing(_by(expectation), zone)}, names)
        case "opens_at":
            return Filling("channel.opens_at", {"moment": tell_opening(_by(expectation), zone)}, names)
        case "answers_by":
            key = "channel.expected" if expectation.kind == "owed" else "channel.usual"
            return Filling(key, {"due": limit_on(zone, expectation, _by(expectation), language.day_parts)}, names)
        case "answers_at_once":
            return Filling(_CHANNEL_AT_ONCE[expectation.kind], {}, names)
        case "always_open" | "closed" | "no_promise" | "not_read":
            return Filling(f"channel.{state}", {}, names)
        case _ as never:
            assert_never(never)


def _promise(expectation: Expectation, language: Language, zone: ZoneInfo) -> Filling:
    """Return the promise: with what is expected beside it, as a range, or by when alone."""
    verb = _VERBS.get(expectation.metric, "other")
    due = limit_on(zone, expectation, _by(expectation), language.day_parts)
    if expectation.owed_by == "customer":
        return Filling("your_deadline", {"due": due}, {})
    if verb == "reply" and expectation.expected is not None:
        expected = limit_on(zone, expectation, expectation.expected, language.day_parts)
        if to_us(expected.at) < to_us(due.at):
            return Filling(_expected(expected, due), {"expected": expected, "due": due}, {})
    if verb in {"reply", "resolution"} and expectation.earliest is not None:
        ranged = _range(expectation, zone, expectation.earliest, due, verb)
        if ranged is not None:
            return ranged
    return Filling(f"{verb}.by", {"due": due}, {})


def _expected(expected: Told, due: Told) -> str:
    """Return the key of what is aimed at with what is owed: a date that both are on is said once."""
    if expected.day == due.day and due.kind == "day":
        return "reply.expected_end_of_day"
    one_time = expected.day == due.day and expected.kind == due.kind == "time"
    return "reply.expected_same_day" if one_time else "reply.expected"


def _usual(expectation: Expectation, language: Language, zone: ZoneInfo) -> Filling:
    """Return what is usual: a reply, or anything else, as a range or by its end alone."""
    key = "usual_reply" if _is_reply(expectation) else "usual"
    due = limit_on(zone, expectation, _by(expectation), language.day_parts)
    ranged = None if expectation.earliest is None else _range(expectation, zone, expectation.earliest, due, key)
    return ranged or Filling(f"{key}.by", {"due": due}, {})


def _range(expectation: Expectation, zone: ZoneInfo, earliest: datetime, due: Told, verb: str) -> Filling | None:
    """Return a range, or None where its start and end are told alike, or the start has passed.

    A range without length at midnight ends with the date before the one on which it starts.
    """
    start = tell_start(earliest, zone, expectation.grain)
    if start.kind == "day":
        last = tell_limit(_by(expectation), zone, "day")
        return None if start.day >= last.day else _days(verb, start, last)
    if not to_us(expectation.as_of) < to_us(start.at) < to_us(due.at):
        return None
    if due.kind == "day" and start.minute == 0:
        return _days(verb, start, due)
    one_day = start.day == due.day
    return Filling(f"{verb}.range{'_same_day' * one_day}", {"earliest": start, "due": due}, {})


def _days(verb: str, first: Told, last: Told) -> Filling:
    """Return a range of whole days: one, one or the next, or from one to another."""
    if first.day == last.day:
        return Filling(f"{verb}.one_day", {"due": last}, {})
    key = "two_days" if last.day - first.day == _A_DAY else "days"
    return Filling(f"{verb}.range_{key}", {"earliest": first, "due": last}, {})


def _follow_up(expectation: Expectation, language: Language, zone: ZoneInfo) -> Filling:
    """Return when to ask again: as a range, or by its end alone where the start is a whole day or has passed."""
    moment = limit_on(zone, expectation, _by(expectation), language.day_parts)
    if expectation.earliest is not None:
        start = tell_start(expectation.earliest, zone, expectation.grain)
        if start.kind != "day" and to_us(expectation.as_of) < to_us(start.at) < to_us(moment.at):
            return _follow_up_range(start, moment)
    return Filling("follow_up", {"moment": moment}, {})


def _follow_up_range(start: Told, moment: Told) -> Filling:
    """Return a range with both ends: as days where it is made of whole ones, else with its times."""
    one_day = start.day == moment.day
    if start.minute == 0 and moment.kind == "day":
        if one_day:
            return Filling("follow_up_day", {"moment": moment}, {})
        key = "two_days" if moment.day - start.day == _A_DAY else "days"
        return Filling(f"follow_up_range_{key}", {"earliest": start, "moment": moment}, {})
    return Filling(f"follow_up_range{'_same_day' * one_day}", {"earliest": start, "moment": moment}, {})


def _escalation_step(expectation: Expectation, language: Language, zone: ZoneInfo) -> Filling:
    if expectation.by is None:
        return Filling("escalation.step", {}, {"to": _next_step(expectation, language)})
    moment = {"moment": limit_on(zone, expectation, expectation.by, language.day_parts)}
    if expectation.to in _MANAGERS:
        return Filling("escalation.manager", moment, {})
    return Filling("escalation.from", moment, {"to": _next_step(expectation, language)})


def _next_step(expectation: Expectation, language: Language) -> str:
    """Return to whom a step leads: in the language, else in that of the market, else in English, else as it is."""
    by_code = {language_code(code): name for code, name in expectation.to_names}
    wanted = (language.code, expectation.market_language or _FALLBACK, _FALLBACK)
    return next((by_code[code] for code in map(language_code, wanted) if code in by_code), expectation.to)


def _reason(expectation: Expectation, language: Language, zone: ZoneInfo) -> Iterator[Filling]:
    """Return the sentence of the reason, if the promise has one that can be said."""
    reason = expectation.reason
    if reason is None or expectation.state not in _WITH_REASON:
        return
    match reason.kind:
        case "holiday" | "special_day":
            if reason.name:
                name = name_in(language, reason.name, reason.names)
                yield Filling("reason.holiday", {"moment": tell_date(reason.start)}, {"name": name})
        case "cutoff":
            yield Filling("reason.cutoff", {"moment": tell_opening(reason.start, zone)}, {})
        case "absence" | "weekend" | "outside_hours":
            yield Filling(f"reason.{reason.kind}", {}, {})
        case _ as never:
            assert_never(never)


def _by(expectation: Expectation) -> datetime:
    assert expectation.by is not None  # noqa: S101 - the states that name a time have one
    return expectation.by


def _channel_name(channel: str, language: Language) -> str:
    named = channel.replace("_", " ")
    return language.channels.get(channel, named[:1].upper() + named[1:])


def _html(part: SentencePart) -> str:
    if part.instant is None:
        return escape(part.text)
    return f'<time datetime="{part.instant.isoformat()}">{escape(part.text)}</time>'
