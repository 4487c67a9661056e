"""`Widget`: what is told of each channel from which instant on, for a script that compares instants."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Final, NamedTuple, TypeAlias

from slacalc.business_time.instants import from_us, read_zone, to_us
from slacalc.channels.advice import ChannelAdvice, channel_advice
from slacalc.contact.blocks import Word
from slacalc.contact.channel_words import naming_one_zone, told_by_name
from slacalc.contact.direction import isolated
from slacalc.contact.html import asset, json_in_html
from slacalc.contact.request import PageRequest
from slacalc.contact.sections import times_in
from slacalc.errors import ExpectationError
from slacalc.expectations.language_checks import language_tag

__all__ = ["Saying", "Widget", "widget_of"]

_FORMAT: Final = 1
_MOST_DAYS: Final = 28
_MILLI: Final = 1_000  # microseconds
_GRID: Final = 15 * 60 * 1_000  # what is told is rounded to it
_DAY: Final = 24 * 60 * 60 * 1_000


class Saying(NamedTuple):
    """What is told of a channel, and the instants in it, in milliseconds."""

    text: str
    instants: tuple[int, ...]


Told: TypeAlias = tuple[Saying, ...]
"""A saying for each channel."""
Edges: TypeAlias = tuple[tuple[int, int], ...]
"""The instants, in milliseconds, from which on a saying is told, and which one."""


@dataclass(frozen=True, slots=True)
class Widget:
    """What is told from `first` on and before `last`, in milliseconds of Unix time, as browsers ask.

    `edges` has for each zone what is told of each channel; `hours` are the lines of each, for data that is old.
    """

    asked: PageRequest
    first: int
    last: int
    channels: tuple[str, ...]
    hours: tuple[tuple[str, ...], ...]
    sayings: tuple[Saying, ...]
    edges: tuple[tuple[str, tuple[Edges, ...]], ...]

    def at(self, instant: datetime, zone: str | None = None) -> dict[str, str]:
        """Return what the script shows at an instant, by channel. Raises ExpectationError when the data is too old."""
        now = to_us(instant, "instant") // _MILLI
        if not self.first <= now < self.last:
            raise ExpectationError(
                "widget_out_of_date",
                "the data of the widget is not of this instant",
                given=instant.isoformat(),
                accepts=f"{_iso(self.first)} to {_iso(self.last)}",
            )
        by_zone = dict(self.edges)
        every = by_zone[self.asked.zone if zone is None else zone]
        return {
            channel: self.sayings[max(edge for edge in edges if edge[0] <= now)[1]].text
            for channel, edges in zip(self.channels, every, strict=True)
        }

    def to_data(self) -> dict[str, Any]:
        """Return the data that the script reads."""
        page = self.asked.page
        channels = [
            {"channel": channel, "name": _isolated(self.asked, self.asked.channel_word(channel)), "hours": list(hours)}
            for channel, hours in zip(self.channels, self.hours, strict=True)
        ]
        return {
            "format": _FORMAT,
            "language": language_tag(self.asked.language.code),
            "from": self.first,
            "until": self.last,
            "words": {"out_of_date": page["out_of_date"], "your_time": page["your_time"]},
            "channels": channels,
            "sayings": [[text, list(instants)] for text, instants in self.sayings],
            "zones": [{"zone": zone, "edges": every} for zone, every in self.edges],
        }

    def to_json(self) -> str:
        """Return the data as JSON, for a page of your own that loads it: `<div data-slacalc="hours.json" hidden>`."""
        return json.dumps(self.to_data(), ensure_ascii=False, separators=(",", ":"))

    def to_html(self) -> str:
        """Return the element with its data and its script; without scripts it stays hidden."""
        label = escape(self.asked.page["channels"])
        return "\n".join(
            [
                f'<section data-slacalc hidden aria-label="{label}">',
                f'<script type="application/json">{json_in_html(self.to_data())}</script>',
                "</section>",
                f"<script>\n{self.script}</script>",
            ]
        )

    @property
    def script(self) -> str:
        """The script: a file of its own for pages that allow no script in them."""
        return asset("widget.js")


def widget_of(asked: PageRequest, days: int, zones: Iterable[str]) -> Widget:
    """Return what is told for so many days, in each zone."""
    if type(days) is not int or not 1 <= days <= _MOST_DAYS:
        accepts = f"a whole number from 1 to {_MOST_DAYS}"
        raise ExpectationError(
            "widget_days_invalid", "a widget is not made for so long", given=days, accepts=accepts, where="days"
        )
    first = to_us(asked.as_of) // _MILLI
    last = first + days * _DAY
    channels = tuple(each.channel for each in channel_advice(asked.policy, asked.as_of, **asked.fields))
    sayings: dict[Saying, int] = {}
    edges = []
    for zone in dict.fromkeys(read_zone(each).key for each in zones):
        question = _AskedAgain(asked, zone, channels)
        told = _changes(question, first, _turns(asked, channels, first, last))
        edges.append((zone, tuple(_edges_of(told, place, sayings) for place in range(len(channels)))))
    hours = tuple(_hours(asked, channel) for channel in channels)
    return Widget(asked, first, last, channels, hours, tuple(sayings), tuple(edges))


class _AskedAgain(NamedTuple):
    """Whose channels are asked about, in which zone, in which order."""

    asked: PageRequest
    zone: str
    channels: tuple[str, ...]

    def told(self, at: int) -> Told:
        """Return what is told of each channel at an instant in milliseconds."""
        asked = self.asked
        moment = from_us(at * _MILLI, read_zone(self.zone))
        told = naming_one_zone(channel_advice(asked.policy, moment, zone=self.zone, **asked.fields))
        advice = {each.channel: each for each in told}
        return tuple(_saying(asked, advice[channel]) for channel in self.channels)


def _saying(asked: PageRequest, advice: ChannelAdvice) -> Saying:
    words = told_by_name(asked, advice)
    instants = dict.fromkeys(to_us(word.instant) // _MILLI for word in words if word.instant is not None)
    return Saying("".join(_isolated(asked, word) for word in words), tuple(instants))


def _isolated(asked: PageRequest, word: Word) -> str:
    return isolated(word.text, asked.language.code) if word.language else word.text


def _turns(asked: PageRequest, channels: Iterable[str], first: int, last: int) -> list[int]:
    """Return instants between which what is told can only move on: of the grain, and where a channel opens or closes.

    What is told is rounded outward, so that it changes behind an instant of the grain, by the least that there is.
    """
    turns = {*range(first - first % _GRID + _GRID, last, _GRID)}
    start, end = (from_us(each * _MILLI, read_zone("UTC")) for each in (first, last))
    for channel in channels:
        calendar = asked.calendar_of(channel)
        for span in () if calendar is None else calendar.intervals(start, end):
            turns |= {to_us(span.start) // _MILLI, to_us(span.end) // _MILLI}
    return sorted(turn for turn in turns if first < turn < last - 1)


def _changes(question: _AskedAgain, first: int, turns: list[int]) -> list[tuple[int, Told]]:
    """Return the instants at which something else is told of some channel, with what is told from then on."""
    before = (first, question.told(first))
    told = [before]
    for turn in turns:
        behind = (turn + 1, question.told(turn + 1))
        if behind[1] != before[1]:
            at = (turn, question.told(turn))
            told += [*_halved(question, before, at), *_halved(question, at, behind)]
        before = behind
    return told


def _halved(question: _AskedAgain, before: tuple[int, Told], after: tuple[int, Told]) -> Iterator[tuple[int, Told]]:
    """Yield each change behind one instant up to another: halving finds it where it is at no instant of the grain."""
    if before[1] == after[1]:
        return
    if after[0] - before[0] == 1:
        yield after
        return
    middle = (before[0] + after[0]) // 2
    told = (middle, question.told(middle))
    yield from _halved(question, before, told)
    yield from _halved(question, told, after)


def _edges_of(told: list[tuple[int, Told]], place: int, sayings: dict[Saying, int]) -> Edges:
    """Return the edges of one channel: where the others change, it tells the same."""
    edges: list[tuple[int, int]] = []
    for at, every in told:
        saying = sayings.setdefault(every[place], len(sayings))
        if not edges or edges[-1][1] != saying:
            edges.append((at, saying))
    return tuple(edges)


def _hours(asked: PageRequest, channel: str) -> tuple[str, ...]:
    calendar = asked.calendar_of(channel)
    if calendar is None or asked.policy.guide.channels[channel].answers not in {"promised", "handled"}:
        return ()
    told = asked.hours_of(calendar).renamed(lambda name: isolated(name, asked.language.code))
    return *told.lines, times_in(asked, calendar)


def _iso(at: int) -> str:
    return from_us(at * _MILLI, read_zone("UTC")).isoformat()
