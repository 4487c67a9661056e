"""What a customer was told as an event for their own calendar: the sentence, at the time that it names."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from slacalc.arguments import check_argument
from slacalc.business_time.instants import from_us, read_zone, to_us
from slacalc.errors import ExpectationError
from slacalc.expectations.expectation import Expectation
from slacalc.expectations.languages import Language
from slacalc.interop.icalendar.feed_lines import FeedLines
from slacalc.interop.icalendar.text_lines import moment, moments, utc_moment
from slacalc.interop.written import Written

__all__ = ["write_expectation"]

_TO_THE_MINUTE: Final = frozenset({"opens_at", "reachable_from", "open_until"})
_ONE: Final = timedelta(days=1)
_NOT_IN_AN_ID: Final = re.compile(r"[^a-zA-Z0-9_-]")


def write_expectation(
    expectation: Expectation,
    language: str | None = None,
    *,
    about: str = "",
    stamped_at: datetime | None = None,
    languages: Sequence[Language] = (),
) -> Written:
    """Return what is told as an event of iCalendar: the sentence, and the time as it is rounded in it.

    A range is from its start to its end, the end of a day is that whole day, anything else an instant. `about` is a
    name such as the id of the ticket: the event of one metric of it has one id, so that a promise which moves moves the
    event. `stamped_at` is when it is made, `as_of` if left out. Raises ExpectationError when no time is told.

    >>> from zoneinfo import ZoneInfo
    >>> from slacalc import sample_policy
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> promise = sample_policy("webshop_helpdesk").promise(friday)["first_response"]
    >>> event = write_expectation(promise.expectation(as_of=friday), "en", about="1005").document
    >>> [line for line in event.splitlines() if line.startswith(("DTSTART;", "SUMMARY"))]
    ['DTSTART;TZID=Europe/Brussels:20261120T170000', 'SUMMARY:We will reply by 17:00 today.']
    """
    check_argument(expectation, Expectation, "expectation", "an Expectation, of a promise or a clock")
    sentence = expectation.say(language, languages=languages)
    told = [part.instant for part in sentence.parts if part.instant is not None]
    if not told:
        raise ExpectationError(
            "no_time_told",
            "an expectation that names no time has no event in a calendar",
            given=expectation.state,
            accepts="an expectation with a time",
        )
    begins, ends = (min(told, key=to_us), max(told, key=to_us))
    if expectation.expected is not None:
        begins = ends
    zone = read_zone(expectation.zone)
    feed = FeedLines(zone, about, to_us(stamped_at or expectation.as_of, "stamped_at"))
    kind = "-".join(filter(None, (expectation.metric, expectation.channel, expectation.state)))
    at = "told" if about else utc_moment(to_us(ends))
    said = {"SUMMARY": str(sentence), "TRANSP": "TRANSPARENT"}
    times = _times(feed, expectation, begins, ends)
    lines = feed.part("VEVENT", _NOT_IN_AN_ID.sub("_", kind), at, times, said)
    days = [from_us(to_us(moment), zone).date() for moment in (begins, ends)]
    return Written("iCalendar", feed.file(days[0], days[1], lines))


def _times(feed: FeedLines, expectation: Expectation, begins: datetime, ends: datetime) -> Iterator[str]:
    """Yield the start and, unless it is an instant, the end: whole days from midnight to midnight as dates."""
    local, end = (from_us(to_us(moment), feed.zone) for moment in (begins, ends))
    ends_a_day = expectation.state not in _TO_THE_MINUTE and (end.hour, end.minute) == (0, 0)
    if ends_a_day and (begins == ends or (local.hour, local.minute) == (0, 0)):
        first = end.date() - _ONE if begins == ends else local.date()
        yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{end:%Y%m%d}"
        return
    if begins == ends:
        yield moment("DTSTART", to_us(begins), feed.zone)
    else:
        yield from moments((to_us(begins), to_us(ends)), feed.zone)
