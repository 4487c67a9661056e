"""`ContactPage`: how customers reach us in a market, as of an instant, in every form that it is written in."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from slacalc.arguments import check_argument, each_of
from slacalc.business_time.instants import from_us, read_zone, to_us
from slacalc.channels.advice import ChannelAdvice, ChannelAdvices, channel_advice
from slacalc.channels.opening import calendar_of_channel
from slacalc.contact.blocks import Section
from slacalc.contact.channel_words import on_the_pages_clock, told_under_name
from slacalc.contact.html import page_in_html
from slacalc.contact.linked_data import linked_data
from slacalc.contact.markdown import page_in_markdown
from slacalc.contact.plain_text import page_in_text
from slacalc.contact.request import PageRequest
from slacalc.contact.sections import sections_of
from slacalc.contact.widget import Widget, widget_of
from slacalc.errors import ExpectationError, PolicyError
from slacalc.expectations.language_checks import language_code
from slacalc.expectations.languages import Language
from slacalc.expectations.wording import chosen_language
from slacalc.interop.icalendar import write_closures
from slacalc.interop.written import Written
from slacalc.policies.policy import Policy

__all__ = ["ContactPage", "contact_page"]

_MOST_WEEKS: Final = 52


@dataclass(frozen=True, slots=True)
class ContactPage:
    """The page that tells customers how to reach us: printed it is text.

    `asked` is what it was made of; `title` and `sections` are what stands on it, `advice` the channels as of then.
    """

    asked: PageRequest
    title: str
    sections: tuple[Section, ...]
    advice: ChannelAdvices

    @property
    def language(self) -> str:
        """The language that the page was had in."""
        return self.asked.language.code

    @property
    def is_fallback(self) -> bool:
        """Whether the language that was asked for was not to be had."""
        return language_code(self.asked.wanted) != language_code(self.language)

    def to_text(self) -> str:
        """Return the page as plain text."""
        return page_in_text(self.title, self.sections, self.language)

    def __str__(self) -> str:
        """Return the text."""
        return self.to_text()

    def to_markdown(self) -> str:
        """Return the page as Markdown: no text of the policy in it is markup."""
        return page_in_markdown(self.title, self.sections, self.language)

    def to_html(self, *, widget: Widget | None = None) -> str:
        """Return one page of HTML that needs no other file and no script; with a widget it has that script."""
        return page_in_html(self.title, self.sections, self.language, self.linked_data(), widget)

    def _repr_html_(self) -> str:
        return self.to_html()

    def linked_data(self) -> dict[str, Any]:
        """Return the channels as data of schema.org: contact points with hours, and with each date that differs."""
        return linked_data(self.asked)

    def closures(self) -> dict[str, Written]:
        """Return feeds of closures and changed hours, by the calendars of the channels: `written.content` is a file.

        They are stamped with the instant of the page. An absence that begins within a second is written as losses say.
        """
        first, last = self.asked.dates
        policy, stamp = self.asked.policy, self.asked.as_of
        named = (calendar_of_channel(policy, channel, self.asked.fields) for channel in policy.guide.channels)
        return {
            name: write_closures(policy.calendar(name), first, last, stamped_at=stamp, name=name, lossy=True)
            for name in dict.fromkeys(named)
            if name is not None
        }

    def widget(self, *, days: int = 7, zones: Iterable[str] = ()) -> Widget:
        """Return what keeps a page current for so many days from its instant, in the zone of the page and other zones.

        Raises ExpectationError for days that are none or too many (28), ZoneError for a zone that does not exist.
        """
        return widget_of(self.asked, days, (self.asked.zone, *zones))

    def to_data(self) -> dict[str, Any]:
        """Return what stands on the page as plain data, for a front end of your own."""
        asked = self.asked
        return {
            "policy": asked.policy.name,
            "market": asked.market,
            "language": self.language,
            "zone": asked.zone,
            "as_of": asked.as_of.isoformat(),
            "title": self.title,
            "channels": [_channel_data(asked, advice) for advice in on_the_pages_clock(self.advice)],
            "have_ready": [asked.own(text).text for text in self.advice.have_ready],
            "sections": [_section_data(section) for section in self.sections],
        }

    def to_json(self) -> str:
        """Return the data as JSON."""
        return json.dumps(self.to_data(), ensure_ascii=False, indent=1)


def contact_page(
    policy: Policy,
    market: str = "",
    language: str | None = None,
    as_of: datetime | None = None,
    *,
    zone: str | None = None,
    weeks: int = 4,
    languages: Sequence[Language] = (),
) -> ContactPage:
    """Return how customers reach us in a market (an empty text: in none of its own), in a language, as of an instant.

    The language left out is that of the market; one that is not to be had falls back as sentences do. `zone` is that of
    the reader (None: the office's); where its clock is another one, the next seven days are told on it, too. Days
    that differ are told for so many `weeks`. `languages` are those of the application.

    Raises PolicyError for a policy without channels in its guide, for an undeclared market, and for one without contact
    facts where others have them; ExpectationError for weeks that are none or too many; LanguageError for a language of
    the application without the words of a page; HorizonError for dates that a calendar does not know; InstantError for
    a naive instant, or none.

    >>> from datetime import UTC
    >>> from slacalc import sample_policy
    >>> page = contact_page(sample_policy("channel_guide"), "FI", "fi", datetime(2026, 11, 20, 13, tzinfo=UTC))
    >>> print(page.title)
    Näin tavoitatte meidät
    """
    check_argument(policy, Policy, "policy", "a Policy")
    check_argument(market, str, "market", 'a text such as "FI"')
    guide = policy.guide
    if not guide.channels:
        raise PolicyError("guide_missing", "the policy has no channels to tell of", given=policy.name,
                          accepts="[guide.channels] with one or more", where="guide.channels")  # fmt: skip
    _check_contacts(policy, market)
    wanted = (guide.language_of(market) or "en") if language is None else language
    known = tuple(each_of(languages, Language, "languages", "several languages, each as load_language returns it"))
    words = chosen_language(wanted, guide.language_of(market), known)
    words.page_words()
    reader = read_zone(_office_zone(policy) if zone is None else zone)
    moment = from_us(to_us(as_of, "as_of"), reader)  # type: ignore[arg-type]  # None is refused like any other that is no instant
    asked = PageRequest(
        policy, market, wanted, words, reader.key, moment, moment.date() + timedelta(weeks=_read_weeks(weeks))
    )
    advice = channel_advice(policy, moment, zone=reader.key, **asked.fields)
    return ContactPage(asked, words.page_words()["title"], sections_of(asked, advice), advice)


def _read_weeks(weeks: int) -> int:
    if type(weeks) is not int or not 1 <= weeks <= _MOST_WEEKS:
        raise ExpectationError("page_weeks_invalid", "a page is not made for so long", given=weeks,
                               accepts=f"a whole number of weeks from 1 to {_MOST_WEEKS}", where="weeks")  # fmt: skip
    return weeks


def _office_zone(policy: Policy) -> str:
    return policy.calendar(next(iter(policy.calendars))).zone


def _check_contacts(policy: Policy, market: str) -> None:
    """Refuse a market for which a channel has no contact facts, while it has them for others."""
    for channel, facts in policy.guide.channels.items():
        if facts.contact_in and facts.contact_for(market) is None:
            accepts = f"one of {', '.join(facts.contact_in)}; or contact = {{...}} for every market"
            raise PolicyError("contact_missing", "the channel says no way to reach it in this market", given=market,
                              accepts=accepts, where=("guide", "channels", channel, "contact_in"))  # fmt: skip


def _channel_data(asked: PageRequest, advice: ChannelAdvice) -> dict[str, Any]:
    contact = advice.facts.contact_for(asked.market)
    return {
        "name": asked.channel_name(advice.channel),
        **advice.to_data(),
        "best_for": asked.own(advice.facts.best_for).text,
        "limits": asked.own(advice.facts.limits).text,
        "said": [str(each) for each in told_under_name(asked, advice)],
        "contact": {} if contact is None else contact.model_dump(exclude_none=True),
    }


def _section_data(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "text": page_in_text("", (section,), "").strip(),
    }
