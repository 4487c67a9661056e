"""Every sentence that can be said has a row that a reviewer reads: with a part of the day, with two moments, in a zone.

`tests/sentences/parts` and `tests/sentences/pairs` have the rows; they were written from knowledge of the languages. Which rows there
must be is found by a language of our own, whose sentences only say which sentence it is, and what kind of moment stands where.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise, product
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from slacalc.expectations.expectation import Expectation
from slacalc.expectations.language_checks import RELATIONS
from slacalc.expectations.language_checks import SENTENCES as TEMPLATES
from slacalc.expectations.languages import LANGUAGES, Language, shipped_language
from slacalc.expectations.reasons import Reason
from slacalc.policies.frozen_dict import FrozenDict
from tests.unit.expectations.test_wording import HOLIDAYS, ROWS, SENTENCES, TABLES, moments, told_at, told_of

HELSINKI: Final = ZoneInfo("Europe/Helsinki")
TODAY: Final = date(2026, 11, 20)
DAYS: Final = {
    "today": TODAY, "tomorrow": date(2026, 11, 21), "date": date(2026, 11, 24), "year": date(2027, 1, 8),
}  # fmt: skip
SEVERAL_DAYS: Final = {
    "today-tomorrow": (TODAY, date(2026, 11, 21)),
    "today-date": (TODAY, date(2026, 11, 24)),
    "today-year": (TODAY, date(2027, 1, 8)),
    "tomorrow-date": (date(2026, 11, 21), date(2026, 11, 24)),
    "tomorrow-year": (date(2026, 11, 21), date(2027, 1, 8)),
    "date-date": (date(2026, 11, 24), date(2026, 11, 26)),
    "date-year": (date(2026, 11, 24), date(2027, 1, 8)),
    "year-year": (date(2027, 1, 8), date(2027, 1, 12)),
}
"""A day and a later one, as they are told on 20 November."""

TWO_DAYS: Final = {
    "today-tomorrow": (TODAY, date(2026, 11, 21)),
    "tomorrow-date": (date(2026, 11, 21), date(2026, 11, 22)),
    "tomorrow-year": (date(2026, 12, 31), date(2027, 1, 1)),
    "date-date": (date(2026, 11, 24), date(2026, 11, 25)),
    "date-year": (date(2026, 12, 31), date(2027, 1, 1)),
    "year-year": (date(2027, 1, 8), date(2027, 1, 9)),
}
"""A day and the next one; New Year's Eve is tomorrow on 30 December."""

PARTS: Final = ("morning", "noon", "afternoon", "evening")
ENDS: Final = dict(zip(PARTS, (12, 13, 18, 24), strict=True))
ENDED: Final = {**ENDS, "noon": 14}
"""The hour by which each part has ended in every language: a deadline of the customer's is rounded inward."""

ONE_MOMENT: Final = tuple(name for name in SENTENCES if name not in {"reachable", "opens", "closes"})
RANGES: Final = ("reply", "resolution", "usual", "usual_other", "follow_up")


def rows(kind: str, language: str) -> dict[str, str]:
    lines = (TABLES / kind / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


def clock(day: date, hour: int) -> datetime:
    """A time of a date in Helsinki; 24:00 is the midnight that ends it."""
    return datetime.combine(day, time(0), HELSINKI) + timedelta(hours=hour)


def told(sentence: Mapping[str, Any], today: date = TODAY, **changes: Any) -> Expectation:
    """What a reader in Helsinki is told at 10:00; the office is elsewhere."""
    return Expectation(**{"zone": HELSINKI.key, "as_of": clock(today, 10), "names_zone": True, **sentence, **changes})


def told_of_part(key: str) -> Expectation:
    name, part, relation = key.split(".")
    ends = ENDED if name == "deadline" else ENDS
    return told(SENTENCES[name], grain="part_of_day", by=clock(DAYS[relation], ends[part]))


def told_of_pair(key: str) -> Expectation:
    name, limits, relations = key.split(".")
    today = date(2026, 12, 30) if (limits, relations) == ("two_days", "tomorrow-year") else TODAY
    one_day = (DAYS.get(relations, TODAY),) * 2
    first, last = TWO_DAYS[relations] if limits == "two_days" else SEVERAL_DAYS.get(relations, one_day)
    if name == "expected":
        return told_of_aim(limits, first, last)
    by = clock(last, 18 if limits == "times" else 24)
    if limits in {"times", "to_end"}:
        return told(SENTENCES[name], earliest=clock(first, 15), by=by)
    if first == today:  # its beginning has passed
        return told(SENTENCES[name], earliest=clock(first, 15), by=by, grain="day")
    return told(SENTENCES[name], today, earliest=clock(first, 0), by=by)


def told_of_aim(limits: str, first: date, last: date) -> Expectation:
    """What is told of an aim that has its own limit, before what is owed."""
    aim, limit = limits.split("-")
    expected, by = (
        clock(day, {**ENDS, "time": hour, "end": 24}[each]) for day, each, hour in ((first, aim, 15), (last, limit, 18))
    )
    grain = "part_of_day" if aim in PARTS else "15min"
    return told(SENTENCES["reply"], expected=expected, by=by, grain=grain)


KINDS: Final = {"parts": told_of_part, "pairs": told_of_pair}


# ---------------------------------------------------------------- the rows


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_sentence_is_that_of_its_row_and_without_its_bracket_where_no_zone_is_named(kind: str, language: str) -> None:
    written = rows(kind, language)
    said = {key: KINDS[kind](key) for key in written}
    assert {key: str(one.say(language)) for key, one in said.items()} == written
    without = {key: re.sub(r" \([^()]+\)", "", row) for key, row in written.items()}
    assert {key: str(replace(one, names_zone=False).say(language)) for key, one in said.items()} == without


def keys_of_parts() -> Iterator[str]:
    return (f"{name}.{part}.{relation}" for name, part, relation in product(ONE_MOMENT, PARTS, DAYS))


def keys_of_pairs() -> Iterator[str]:
    """One day, or several; a whole day that is today, and days from a midnight to come that is today's, are not to be had."""
    for name in RANGES:
        is_asked = name == "follow_up"
        yield from (f"{name}.{limits}.{days}" for limits in ("times", "to_end") for days in (*DAYS, *SEVERAL_DAYS))
        yield from (f"{name}.day.{day}" for day in DAYS if day != "today")
        yield from (f"{name}.two_days.{days}" for days in TWO_DAYS if not (is_asked and days.startswith("today")))
        yield from (
            f"{name}.days.{days}"
            for days in SEVERAL_DAYS if days != "today-tomorrow" and not (is_asked and days.startswith("today"))
        )  # fmt: skip
    yield from (f"expected.{limits}.{days}" for limits in ("time-time", "time-end") for days in (*DAYS, *SEVERAL_DAYS))
    yield from (f"expected.{limits}.{days}" for limits in ("end-time", "end-end") for days in SEVERAL_DAYS)
    yield from (f"expected.{one}-{next_one}.{day}" for one, next_one in pairwise(PARTS) for day in DAYS)
    yield from (
        f"expected.{one}-{next_one}.{days}" for one, next_one in pairwise((*PARTS, "morning")) for days in SEVERAL_DAYS
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_have_every_sentence_with_every_part_and_every_pair_of_moments(language: str) -> None:
    assert list(rows("parts", language)) == [*keys_of_parts()]
    assert list(rows("pairs", language)) == [*keys_of_pairs()]


# ---------------------------------------------------------------- which sentences can occur


def naming_what_it_says() -> Language:
    """A language whose sentences are "reply.range/earliest/time.today|reply.range/due/day.date|"."""
    kinds = ("time", "midnight", "day", *PARTS)
    said = {kind: FrozenDict({relation: f"{kind}.{relation}" for relation in RELATIONS}) for kind in kinds}
    english = shipped_language("en")
    days = replace(english.days["on"], templates=said["day"])
    sentences = {key: naming(key, slots.split()) for key, slots in TEMPLATES.items()}
    return replace(
        english, code="xx", days=FrozenDict({"on": days}), moments=FrozenDict({"at": FrozenDict(said)}),
        sentences=FrozenDict(sentences),
    )  # fmt: skip


def naming(key: str, slots: list[str]) -> str:
    form = "on" if key.endswith(("one_day", "two_days", "range_days", "follow_up_day")) else "at"
    named = f"{key} ({{name}})" if "name" in slots else key
    moments_in_it = [slot for slot in slots if slot in {"due", "earliest", "expected", "moment"}]
    return "".join(f"{named}/{slot}/{{{slot}:{form}}}|" for slot in moments_in_it) or f"{named}|"


NAMING: Final = naming_what_it_says()


def shapes(*told_ones: Expectation) -> set[str]:
    """What is said of each, and where: the sentence, the place in it, and the kind of moment that stands there."""
    said = "".join(str(replace(one, names_zone=False).say("xx", reason=True, languages=[NAMING])) for one in told_ones)
    return {shape.strip() for shape in re.sub(r" \((?:summer|winter) time\)", "", said).split("|") if shape}


def reviewed() -> set[str]:
    """What the rows of the tables say."""
    of_tables = {shape for kind, told_by in KINDS.items() for key in rows(kind, "en") for shape in shapes(told_by(key))}
    return {*of_tables, *shapes(*map(told_at, moments("en"))), *shapes(*(told_of(row, "en") for row in ROWS.values()))}


def every_reason() -> Iterator[Expectation]:
    """A promise after a holiday on each of these days, named and not, and after a cutoff."""
    promise, name = told(SENTENCES["reply"], by=clock(date(2027, 1, 20), 12)), HOLIDAYS["en"]
    for day, names in product(DAYS.values(), ((), (("zz", name),))):
        yield replace(promise, reason=Reason("holiday", name, clock(day, 0), names))
    yield replace(promise, reason=Reason("cutoff", "", clock(TODAY, 9)))


def everything_to_tell() -> Iterator[Expectation]:
    """Each sentence with a moment, with and without a range or an aim, at each of these moments, in each grain."""
    hours = (0, 12, 13, 15, 18, 24)
    days = {*DAYS.values(), *(day for two in (*TWO_DAYS.values(), *SEVERAL_DAYS.values()) for day in two)}
    ahead = sorted({at for day in days for hour in hours if (at := clock(day, hour)) > clock(TODAY, 10)})
    late = {
        f"late.{metric}": {"state": "overdue", "metric": metric}
        for metric in ("first_response", "resolution", "delivery")
    }
    for sentence, grain, by in product({**SENTENCES, **late}.values(), ("15min", "part_of_day", "day"), ahead):
        one = told(sentence, grain=grain, by=by)
        yield one
        if sentence in (SENTENCES[name] for name in RANGES):
            yield from (replace(one, earliest=at) for at in ahead if at < by)
        if sentence is SENTENCES["reply"]:
            yield from (replace(one, expected=at) for at in ahead if at < by)


@pytest.mark.slow
def test_every_sentence_that_can_occur_has_a_row_and_no_row_says_what_cannot() -> None:
    occurring = shapes(*everything_to_tell(), *every_reason())
    reviewed_shapes = reviewed()
    assert sorted(occurring - reviewed_shapes) == []
    with_moments = {shape for shape in reviewed_shapes if "/" in shape}
    assert sorted(with_moments - occurring) == []


def test_every_sentence_of_a_language_is_said_in_a_row() -> None:
    """Those of an automatic reply are in its own test; the rows "moved_later" and "moved_earlier" have what moved."""
    said = {shape.partition("/")[0].partition(" ")[0] for shape in reviewed()}
    elsewhere = {"auto_reply.received", "auto_reply.urgent", "moved.later", "moved.earlier"}
    assert {key for key in TEMPLATES if key not in said} == elsewhere
