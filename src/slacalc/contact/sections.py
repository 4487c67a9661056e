"""What stands on a contact page, section by section."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Final

from slacalc.business_time.instants import DAY_SECONDS, read_zone
from slacalc.business_time.spans import Span, union
from slacalc.calendars.calendar import Calendar
from slacalc.channels.advice import ChannelAdvice, ChannelAdvices
from slacalc.channels.opening import rule_of_channel
from slacalc.contact.answer_words import filled, has_time_of_day, promised_in_words, target_in_words
from slacalc.contact.blocks import (
    Block,
    Facts,
    Grid,
    HoursBlock,
    Items,
    Paragraph,
    Section,
    Word,
    Words,
    of_sentence,
    plain,
)
from slacalc.contact.channel_words import on_the_pages_clock, told_by_name, told_under_name
from slacalc.contact.request import PageRequest
from slacalc.expectations.fillings import time_of_day, zone_name
from slacalc.expectations.hours_in_words import say_windows
from slacalc.expectations.languages import LANGUAGES, shipped_language
from slacalc.policies.document.fields import read_field
from slacalc.policies.document.guide import ChannelFacts, Contact
from slacalc.policies.document.rules import MetricRule, Rule
from slacalc.policies.targets.opening import NextOpening
from slacalc.policies.targets.target import AnyTarget

__all__ = ["sections_of", "times_in", "told_moment"]

_METRICS: Final = ("first_response", "next_response", "acknowledgement", "resolution", "periodic_update")
_HREFS: Final = {"telephone": "tel:", "email": "mailto:", "link": "", "form": "", "address": None}
_NOT_IN_A_KEY: Final = re.compile(r"[\W_]+")
_OF_A_PAGE: Final = frozenset({"market", "channel"})
_WEEK: Final = timedelta(days=7)
_ONE_DAY: Final = timedelta(days=1)


def sections_of(asked: PageRequest, advice: ChannelAdvices) -> tuple[Section, ...]:
    """Return the sections of a page that have something to say, in the order in which a customer asks."""
    page, told = asked.page, on_the_pages_clock(advice)
    day, hour = told_moment(asked, asked.as_of)
    as_of = filled(page["as_of"], date=day, time=hour, zone=zone_name(asked.language, asked.zone, asked.as_of))
    every = (
        Section("now", plain(as_of), (Items(tuple(told_by_name(asked, each) for each in told)),)),
        Section("channels", plain(page["channels"]), (), tuple(_channel(asked, each) for each in told)),
        _hours(asked, advice),
        Section("answers", plain(page["answers"]), (), tuple(_answers(asked, advice))),
        Section("special-cases", plain(page["special_cases"]), (), tuple(_special_cases(asked))),
        Section("have-ready", plain(page["have_ready"]), _listed(asked, advice.have_ready)),
        Section("no-answer", plain(page["no_answer"]), tuple(_no_answer(asked))),
        Section("next-steps", plain(page["next_steps"]), tuple(_next_steps(asked))),
        Section("languages", plain(page["languages"]), tuple(_languages(asked))),
    )
    return tuple(section for section in every if section.blocks or section.parts)


def told_moment(asked: PageRequest, moment: datetime) -> tuple[str, str]:
    """Return the date and the time of day of an instant on its own clock, rounded down to the minute."""
    words = asked.language.hours
    date = filled(
        words.texts["date"],
        weekday=words.weekdays[moment.weekday()],
        day=words.numbers[moment.day - 1],
        month=words.months[moment.month - 1],
        year=str(moment.year),
    )
    return date, time_of_day(asked.language, moment.hour * 60 + moment.minute)


# ---------------------------------------------------------------- channels


def _channel(asked: PageRequest, advice: ChannelAdvice) -> Section:
    page, facts = asked.page, advice.facts
    rows = [*_contact(asked, facts.contact_for(asked.market))]
    rows += [(plain(page[key]), ((asked.own(text),),)) for key, text in _own_facts(advice) if text]
    if facts.topics:
        rows.append((plain(page["topics"]), tuple((asked.topic(topic),) for topic in facts.topics)))
    if facts.answers != "not_read":
        rows.append((plain(page["speed"]), (plain(page[f"speed_{facts.speed}"]),)))
    if facts.record is not None:
        rows.append((plain(page["record"]), (plain(page[f"record_{facts.record}"]),)))
    blocks: tuple[Block, ...] = (Facts(tuple(rows)),) if rows else ()
    if facts.answers == "not_read":
        blocks = (*(Paragraph(of_sentence(each)) for each in told_under_name(asked, advice)), *blocks)
    return Section(_key("channel", advice.channel), (asked.channel_word(advice.channel),), blocks)


def _key(kind: str, channel: str) -> str:
    """Return the key of a section of a channel, whatever its name is: nothing in it ends an id of HTML."""
    return f"{kind}-{_NOT_IN_A_KEY.sub('-', channel)}"


def _own_facts(advice: ChannelAdvice) -> tuple[tuple[str, str], ...]:
    return (("best_for", advice.facts.best_for), ("limits", advice.facts.limits))


def _contact(asked: PageRequest, contact: Contact | None) -> Iterator[tuple[Words, tuple[Words, ...]]]:
    for key, scheme in _HREFS.items():
        said = None if contact is None else getattr(contact, key)
        if said is not None:
            bare = "".join(each for each in said if each in "+0123456789") if key == "telephone" else said
            href = "" if scheme is None else f"{scheme}{bare}"
            yield plain(asked.page[key]), ((Word(said, href=href, language="und"),),)


# ---------------------------------------------------------------- hours


def _hours(asked: PageRequest, advice: ChannelAdvices) -> Section:
    """Return the opening hours of each calendar, under the names of its channels: equal ones are told once."""
    calendars: dict[Calendar, list[Word]] = {}
    for each in advice:
        calendar = asked.calendar_of(each.channel)
        if calendar is not None and each.facts.answers in {"promised", "handled"}:
            calendars.setdefault(calendar, []).append(asked.channel_word(each.channel))
    for rule in _special_rules(asked):
        own = _calendar_of(asked, rule)
        if own is not None:
            calendars.setdefault(own, [asked.own(rule.name)])
    parts = tuple(
        Section(f"hours-{place}", _joined(names), tuple(_of_calendar(asked, calendar)))
        for place, (calendar, names) in enumerate(calendars.items(), 1)
    )
    busy = (Paragraph(plain(asked.page["busy"])),) if parts else ()
    return Section("hours", plain(asked.language.hours.texts["title"]), busy, parts)


def _joined(names: list[Word]) -> Words:
    words: list[Word] = []
    for name in names:
        words += [Word(", ")] if words else []
        words.append(name)
    return tuple(words)


def _of_calendar(asked: PageRequest, calendar: Calendar) -> Iterator[Block]:
    yield HoursBlock(asked.hours_of(calendar))
    yield Paragraph(plain(times_in(asked, calendar)))
    rows = tuple(_week_on_the_pages_clock(asked, calendar))
    if rows and _is_elsewhere(asked, calendar):
        texts = asked.language.hours.texts
        yield Grid(
            filled(asked.page["next_days"], zone=zone_name(asked.language, asked.zone, asked.as_of)),
            (texts["day"], texts["hours"]),
            rows,
        )


def times_in(asked: PageRequest, calendar: Calendar) -> str:
    """Return on which clock the times of a calendar are."""
    return filled(asked.page["times_in"], zone=zone_name(asked.language, calendar.zone, asked.as_of))


def _is_elsewhere(asked: PageRequest, calendar: Calendar) -> bool:
    """Tell whether the page's clock is another one than the calendar's some time in the next seven days."""
    days = (asked.as_of + timedelta(days=day) for day in range(_WEEK.days + 1))
    return any(day.utcoffset() != day.astimezone(calendar.zone_info).utcoffset() for day in days)


def _week_on_the_pages_clock(asked: PageRequest, calendar: Calendar) -> Iterator[tuple[str, str]]:
    zone = read_zone(asked.zone)
    spans = calendar.intervals(asked.as_of, asked.as_of + _WEEK)
    windows = (each for span in spans for each in _by_date(span.start.astimezone(zone), span.end.astimezone(zone)))
    for day, those in groupby(windows, lambda window: window[0]):
        date = told_moment(asked, datetime(day.year, day.month, day.day, tzinfo=zone))[0]
        yield date[:1].upper() + date[1:], say_windows(asked.language.hours, union(each for _, each in those))


def _by_date(start: datetime, end: datetime) -> Iterator[tuple[date, Span]]:
    """Yield an opening under the date it begins on, in seconds from its midnight; a long one by its dates."""
    goes_on = end - start > _ONE_DAY
    while goes_on and start.date() < end.date():
        yield start.date(), (_seconds(start), DAY_SECONDS)
        start = datetime.combine(start.date() + _ONE_DAY, time.min, start.tzinfo)
    if start < end:
        yield start.date(), (_seconds(start), _seconds(end) + (end.date() - start.date()).days * DAY_SECONDS)


def _seconds(moment: datetime) -> int:
    return (moment.hour * 60 + moment.minute) * 60 + moment.second


# ---------------------------------------------------------------- answers


def _answers(asked: PageRequest, advice: ChannelAdvices) -> Iterator[Section]:
    for each in advice:
        if each.facts.answers != "promised":
            continue  # what is told of it as of any instant says all that there is
        rule = rule_of_channel(asked.policy, each.channel, asked.fields)
        yield Section(
            _key("answer", each.channel), (asked.channel_word(each.channel),), tuple(_answer(asked, each, rule))
        )


def _special_cases(asked: PageRequest) -> Iterator[Section]:
    for place, rule in enumerate(_special_rules(asked), 1):
        clock = _clock_of(asked, rule, _calendar_of(asked, rule))
        yield Section(f"case-{place}", (asked.own(rule.name),), (Facts(tuple(_metrics(asked, rule))), *clock))


def _special_rules(asked: PageRequest) -> tuple[Rule, ...]:
    """Return the rules that test more than market and channel, as far as they can be for a ticket of the market."""
    rules = (rule for rule in asked.policy.rules if rule.tested_fields - _OF_A_PAGE and _is_for(asked, rule))
    return tuple(rule for rule in rules if any(_metrics(asked, rule)))


def _answer(asked: PageRequest, advice: ChannelAdvice, rule: Rule | None) -> Iterator[Block]:
    facts, page = advice.facts, asked.page
    metrics = {} if rule is None else _answered_when_open(facts, rule.metrics)
    rows = [*_told_metrics(asked, metrics)]
    if facts.at_once and facts.takes_messages:
        yield Paragraph(plain(page["at_once_open"]))
    if rule is not None and rows:
        yield Facts(tuple(rows))
        yield from _clock_of(asked, rule, asked.calendar_of(advice.channel))
    elif not facts.at_once:
        usual = filled(page["usually"], target=target_in_words(asked.policy.guide.typical, asked.language))
        yield Paragraph(plain(usual))
    elif not facts.takes_messages:
        yield Paragraph(plain(page["at_opening"]))


def _answered_when_open(facts: ChannelFacts, metrics: Mapping[str, MetricRule]) -> Mapping[str, MetricRule]:
    """Return what is promised on a channel: where nothing can be left for later, at once or at opening."""
    first = next((name for name in ("first_response", *metrics) if name in metrics), None)
    if first is None or not facts.at_once or facts.takes_messages:
        return metrics
    at_opening = metrics[first].model_copy(update={"due": NextOpening(next_opening=True), "expected": None})
    return {**metrics, first: at_opening}


def _metrics(asked: PageRequest, rule: Rule) -> Iterator[tuple[Words, tuple[Words, ...]]]:
    return _told_metrics(asked, rule.metrics)


def _told_metrics(asked: PageRequest, metrics: Mapping[str, MetricRule]) -> Iterator[tuple[Words, tuple[Words, ...]]]:
    """Yield what is promised, metrics that follow each other and are promised the same together."""
    told = (name for name in metrics if _begins_with_a_message(asked, name))
    for said, names in groupby(told, lambda name: (*promised_in_words(metrics[name], asked.language),)):
        labels: list[Word] = []
        for name in names:
            labels += [Word(" / ")] if labels else []
            labels.append(Word(asked.page[name]) if name in _METRICS else asked.own(name))
        yield tuple(labels), tuple(map(plain, said))


def _clock_of(asked: PageRequest, rule: Rule, calendar: Calendar | None) -> Iterator[Block]:
    """Return on which clock the times of day of a rule are, where that is not the page's."""
    told = (metric for name, metric in rule.metrics.items() if _begins_with_a_message(asked, name))
    targets = (target for metric in told for target in (metric.due, metric.expected) if target is not None)
    if calendar is not None and _is_elsewhere(asked, calendar) and any(map(has_time_of_day, targets)):
        yield Paragraph(plain(times_in(asked, calendar)))


def _calendar_of(asked: PageRequest, rule: Rule) -> Calendar | None:
    return asked.policy.calendar(rule.calendar) if isinstance(rule.calendar, str) else None


def _begins_with_a_message(asked: PageRequest, metric: str) -> bool:
    clock = asked.policy.clock(metric)
    return clock.repeats is None and clock.starts != "taken_over"


def _is_for(asked: PageRequest, rule: Rule) -> bool:
    condition = rule.when.get("market")
    if condition is None or not asked.market:
        return True
    return condition.holds(read_field(asked.policy.fields, "market", asked.market))


# ---------------------------------------------------------------- and then


def _listed(asked: PageRequest, texts: tuple[str, ...]) -> tuple[Block, ...]:
    return (Items(tuple((asked.own(text),) for text in texts)),) if texts else ()


def _no_answer(asked: PageRequest) -> Iterator[Block]:
    """Return when to write again: in general, and what that is as of the instant of the page."""
    told: dict[str, Words] = {}
    for channel in asked.policy.guide.channels:
        rule = rule_of_channel(asked.policy, channel, asked.fields)
        for name, metric in () if rule is None else rule.metrics.items():
            begins_later = asked.policy.clock(name).starts == "taken_over"
            if metric.follow_up is not None and metric.origin is None and not begins_later:
                told.setdefault(
                    _ask_again(asked, metric.follow_up, asked.calendar_of(channel)), _follow_up(asked, channel)
                )
    for general, words in told.items():
        yield Paragraph((*plain(general), *((Word(" "), *words) if words else ())))


def _ask_again(asked: PageRequest, target: AnyTarget, calendar: Calendar | None) -> str:
    general = filled(asked.page["ask_again"], target=target_in_words(target, asked.language))
    if calendar is None or not has_time_of_day(target) or not _is_elsewhere(asked, calendar):
        return general
    return f"{general} ({times_in(asked, calendar)})"


def _follow_up(asked: PageRequest, channel: str) -> Words:
    promises = asked.policy.promise_for(asked.as_of, {**asked.fields, "channel": channel})
    for promise in promises.values():
        told = promise.expectation(as_of=asked.as_of, zone=asked.zone).follow_up
        if told is not None:
            return of_sentence(asked.say(replace(told, names_zone=False)))
    return ()


def _next_steps(asked: PageRequest) -> Iterator[Block]:
    steps = asked.policy.escalation
    items: list[Words] = []
    for step in steps:
        to = asked.own(step.to)
        if step.after is None:
            items.append((to,))
            continue
        target = target_in_words(step.after, asked.language)
        before, _, after = asked.page["step_after"].partition("{to}")
        parts = (Word(filled(before, target=target)), to, Word(filled(after, target=target)))
        items.append(tuple(part for part in parts if part.text))
    if items:
        yield Items(tuple(items), ordered=True)


def _languages(asked: PageRequest) -> Iterator[Block]:
    codes = asked.policy.guide.languages.get(asked.market, ())
    names = [shipped_language(code.lower()).name if code.lower() in LANGUAGES else code for code in codes]
    if names:
        yield Paragraph(plain(", ".join(names)))
