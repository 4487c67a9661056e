"""An automatic reply: the message has arrived, what to expect, when to ask again, where to go with what is urgent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from slacalc.arguments import check_argument, each_of
from slacalc.expectations.expectation import Expectation
from slacalc.expectations.fillings import SentencePart
from slacalc.expectations.languages import Language
from slacalc.expectations.wording import Sentence, chosen_language, say
from slacalc.forms import Form

__all__ = ["AutoReply", "auto_reply"]


@dataclass(frozen=True, slots=True)
class AutoReply(Form):
    """The lines of an automatic reply, each a sentence; the last ones are the channels for what is urgent."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The reply as plain text, a line for each sentence."""
        return "\n".join(str(each) for each in self.sentences)

    def __str__(self) -> str:
        """Return the plain text."""
        return self.text

    def to_html(self) -> str:
        """Return a paragraph for each sentence: escaped, and with every moment in a `time` element."""
        return "\n".join(f"<p>{each.to_html()}</p>" for each in self.sentences)


def auto_reply(
    expectation: Expectation,
    language: str | None = None,
    *,
    urgent: Sequence[Expectation] = (),
    languages: Sequence[Language] = (),
) -> AutoReply:
    """Return what to answer at once to a message: received, expected with its reason, when to ask again.

    `urgent` are expectations of the channels for what cannot wait; without one nothing is said of them. The language is
    that of `say`, one for all lines. Raises LanguageError for a text that is no language code.

    >>> from datetime import datetime
    >>> from zoneinfo import ZoneInfo
    >>> from slacalc import sample_policy
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> promise = sample_policy("webshop_helpdesk").promise(friday)["first_response"]
    >>> print(auto_reply(promise.expectation(as_of=friday), "en"))
    Thank you for your message. We have received it.
    We will reply by 17:00 today.
    """
    check_argument(expectation, Expectation, "expectation", "an Expectation, of a promise or a clock")
    ways = each_of(urgent, Expectation, "urgent", "several expectations, of channels")
    return AutoReply(tuple(_sentences(expectation, language, tuple(ways), languages)))


def _sentences(
    expectation: Expectation, language: str | None, ways: tuple[Expectation, ...], languages: Sequence[Language]
) -> Iterator[Sentence]:
    told = say(expectation, language, reason=True, languages=languages)
    words = chosen_language(told.language, languages=languages)
    yield _line(words, told, "auto_reply.received")
    yield told
    if expectation.follow_up is not None:
        yield say(expectation.follow_up, told.language, languages=languages)
    if ways:
        yield _line(words, told, "auto_reply.urgent")
    yield from (say(each, told.language, languages=languages) for each in ways)


def _line(words: Language, told: Sentence, key: str) -> Sentence:
    return Sentence(told.asked, told.language, (SentencePart(words.sentences[key]),))
