"""What is told of a channel: its hours, and what it answers, in sentences that say its name once or not at all."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from slacalc.channels.advice import ChannelAdvice
from slacalc.contact.blocks import Word, Words, of_sentence
from slacalc.contact.request import PageRequest
from slacalc.expectations.fillings import SentencePart
from slacalc.expectations.wording import Sentence
from slacalc.policies.document.rules import PromiseKind

__all__ = ["naming_one_zone", "on_the_pages_clock", "told_by_name", "told_under_name"]

_AT_ONCE: dict[PromiseKind, str] = {
    "owed": "reply_at_once",
    "typical": "reply_usually_at_once",
    "best_effort": "reply_at_once_if_available",
}
_BEHIND_A_NAME = " :\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


def told_by_name(asked: PageRequest, advice: ChannelAdvice) -> Words:
    """Return what is told of a channel where others stand beside it: its name, then what is told under it."""
    first, *others = _sentences(asked, advice)
    name, *said = of_sentence(first)
    words = [asked.channel_word(advice.channel) if name.text == asked.channel_name(advice.channel) else name, *said]
    for each in others:
        words += [Word(" "), *of_sentence(each)]
    return tuple(words)


def told_under_name(asked: PageRequest, advice: ChannelAdvice) -> tuple[Sentence, ...]:
    """Return what is told of a channel under a heading that is its name."""
    name = asked.channel_name(advice.channel)
    return tuple(_without(name, each) for each in _sentences(asked, advice))


def on_the_pages_clock(advice: Iterable[ChannelAdvice]) -> tuple[ChannelAdvice, ...]:
    """Return advice whose sentences name no zone: the page has one, and its heading names it."""
    return tuple(_naming(each, names_zone=False) for each in advice)


def naming_one_zone(advice: Iterable[ChannelAdvice]) -> tuple[ChannelAdvice, ...]:
    """Return advice whose sentences all name the zone, if one does: they stand beside each other."""
    every = tuple(advice)
    names_zone = any(each.hours.names_zone for each in every)
    return tuple(_naming(each, names_zone=names_zone) for each in every)


def _naming(advice: ChannelAdvice, *, names_zone: bool) -> ChannelAdvice:
    return replace(advice, hours=replace(advice.hours, names_zone=names_zone))


def _sentences(asked: PageRequest, advice: ChannelAdvice) -> Iterator[Sentence]:
    """Yield the sentence of the hours, with the name, and that of the answer, without: one where they say the same."""
    hours, answer = advice.hours, advice.expectation()
    if advice.facts.answers != "promised" or answer == hours:
        yield asked.say(answer)
        return
    yield asked.say(hours)
    if answer.state == "answers_at_once":
        said = asked.page[_AT_ONCE[answer.kind]]
        yield Sentence(asked.wanted, asked.language.code, (SentencePart(said),))
    else:
        yield _without(asked.channel_name(advice.channel), asked.say(answer))


def _without(name: str, sentence: Sentence) -> Sentence:
    """Return a sentence without the name that it begins with."""
    head, *rest = sentence.parts
    if head.text != name or not rest:
        return sentence
    first = replace(rest[0], text=rest[0].text.lstrip(_BEHIND_A_NAME))
    parts = [first, *rest[1:]] if first.text else rest[1:]
    begins = replace(parts[0], text=parts[0].text[:1].upper() + parts[0].text[1:])
    return replace(sentence, parts=(begins, *parts[1:]))
