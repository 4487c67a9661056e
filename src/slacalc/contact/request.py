"""What a page is asked for, and the words that are had for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from slacalc.calendars.calendar import Calendar
from slacalc.channels.opening import calendar_of_channel
from slacalc.contact.blocks import Word
from slacalc.contact.direction import without_marks
from slacalc.expectations.expectation import Expectation
from slacalc.expectations.hours_in_words import HoursInWords, say_hours
from slacalc.expectations.languages import Language
from slacalc.expectations.wording import Sentence
from slacalc.policies.policy import Policy

__all__ = ["PageRequest"]


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A policy, a market, and a reader: their language and zone, the instant, and the last date that is told."""

    policy: Policy
    market: str
    wanted: str
    language: Language
    zone: str
    as_of: datetime
    last: date

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of a ticket that are known: its market, if any."""
        return {"market": self.market} if self.market else {}

    @property
    def dates(self) -> tuple[date, date]:
        """The first and the last date that are told."""
        return self.as_of.date(), self.last

    @property
    def page(self) -> Mapping[str, str]:
        """The words of the page."""
        return self.language.page

    def calendar_of(self, channel: str) -> Calendar | None:
        """Return when a channel is open; None where it never closes."""
        name = calendar_of_channel(self.policy, channel, self.fields)
        return None if name is None else self.policy.calendar(name)

    def own(self, text: str) -> Word:
        """Return a text of the policy in the language of the page, with the language that it was had in."""
        guide = self.policy.guide
        found = guide.text_in(text, self.language.code, guide.language_of(self.market))
        return Word(without_marks(found.text), language=found.language)

    def topic(self, topic: str) -> Word:
        """Return a topic as a text of the policy; one without a translation as it is named, without underscores."""
        found = self.own(topic)
        return found._replace(text=topic.replace("_", " ")) if found.text == topic else found

    def channel_name(self, channel: str) -> str:
        """Return the name of a channel as the sentences say it."""
        named = channel.replace("_", " ")
        return self.language.channels.get(channel, named[:1].upper() + named[1:])

    def hours_of(self, calendar: Calendar) -> HoursInWords:
        """Return opening hours in words; the name of a special day is a text of the policy."""
        told = say_hours(calendar, *self.dates, self.language.code, languages=[self.language])
        return told.renamed(lambda name: self.own(name).text)

    def channel_word(self, channel: str) -> Word:
        """Return the name of a channel; one that the language does not have is a text of the policy."""
        name = self.channel_name(channel)
        return Word(name) if channel in self.language.channels else Word(without_marks(name), language="und")

    def say(self, told: Expectation) -> Sentence:
        """Return what is to be told as a sentence in the language of the page."""
        return told.say(self.language.code, languages=[self.language])
