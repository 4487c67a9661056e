"""Laws of every sentence that names a moment: ranges, aims, follow-ups, steps of the escalation, in each language.

What is named is read back from a language of our own, which writes each moment as a date and a time. That the words of the other languages
say the same is what the rows in tests/sentences hold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from slacalc import Expectation
from slacalc.expectations.language_checks import RELATIONS
from slacalc.expectations.language_checks import SENTENCES as TEMPLATES
from slacalc.expectations.languages import LANGUAGES, DayForm, Language, shipped_language
from slacalc.expectations.rounding import GRAINS, Grain
from slacalc.policies.frozen_dict import FrozenDict
from tests.helpers import TESTS
from tests.laws.strategies import law
from tests.laws.test_expectation_laws import ZONES, expect, meant, moments, readings

# ---------------------------------------------------------------- what is told


@dataclass(frozen=True)
class Told:
    """What is told, and the instants that it is about: `limit` must not be told as earlier, `start` not as later."""

    one: Expectation
    limit: datetime
    start: datetime | None = None


def everything_told(due: datetime, steps: tuple[int, int, int], zone: str, grain: Grain, metric: str) -> Iterator[Told]:
    """A promise with a range or an aim before it and a follow-up after it, in quarters of an hour; in every state."""
    before, aimed, after = (timedelta(minutes=15 * step) for step in steps)
    received = due - before - aimed - timedelta(minutes=15)
    plain = replace(expect(due, due - received, zone, grain), metric=metric, names_zone=True)
    local = [at.astimezone(ZoneInfo(zone)) for at in (due - before, due - aimed, due + after, due + after + aimed)]
    ranged = replace(plain, earliest=local[0])
    yield Told(plain, due)
    yield Told(ranged, due, due - before)
    yield Told(replace(ranged, state="usual", kind="typical"), due, due - before)
    if aimed < before:
        yield Told(replace(plain, expected=local[1]), due)
    asked = replace(plain, state="follow_up", earliest=local[2], by=local[3])
    yield Told(asked, due + after + aimed, due + after)
    for to in ("manager", "a mediator"):
        yield Told(replace(plain, state="escalation_step", to=to), due)
    yield Told(replace(plain, state="overdue"), due)
    for kind in ("owed", "typical"):
        channel: dict[str, Any] = {"state": "answers_by", "channel": "form", "kind": kind}
        yield Told(replace(plain, **channel), due)


steps = st.tuples(st.integers(0, 300), st.integers(0, 200), st.integers(0, 200))
quarters = moments.map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0))
midnights = moments.map(lambda at: at.replace(hour=0, minute=0, second=0, microsecond=0))
dues = st.one_of(moments, quarters, midnights)
metrics = st.sampled_from(["first_response", "acknowledgement", "resolution", "periodic_update", "delivery"])

# ---------------------------------------------------------------- what is named, read back

A_MOMENT: Final = re.compile(
    r"(?P<slot>\w+)<(?P<day>[\d-]+) (?P<kind>\w+) (?P<hour>\d+):(?P<minute>\d+)>(?: \((?P<notes>[^)]+)\))?"
)


def plain_dates() -> Language:
    """A language that says "due<2026-11-23 time 15:00>" of each moment."""
    numbers = tuple(f"{number:02}" for number in range(1, 32))
    iso = DayForm(FrozenDict(dict.fromkeys(RELATIONS, "{year}-{month}-{day}")), numbers[:12], numbers[:7], numbers)
    ends = {"day": 24, "morning": 12, "noon": 14, "afternoon": 18, "evening": 24}
    said = {"time": "{on} time {time}", **{kind: f"{{on}} {kind} {hour}:00" for kind, hour in ends.items()}}
    at = FrozenDict({kind: FrozenDict(dict.fromkeys(RELATIONS, f"<{text}>")) for kind, text in said.items()})
    slots = {"due", "earliest", "expected", "moment"}
    sentences = {
        key: " ".join(f"{slot}{{{slot}:at}}" if slot in slots else slot for slot in named.split())
        for key, named in TEMPLATES.items()
    }
    return replace(
        shipped_language("en"), code="xx", time="{hour:2}:{minute:2}", hour="{hour:2}:{minute:2}", midnight="24:00",
        days=FrozenDict({"on": iso}), moments=FrozenDict({"at": at}), sentences=FrozenDict(sentences),
    )  # fmt: skip


PLAIN_DATES: Final = plain_dates()


def named(one: Expectation) -> dict[str, datetime]:
    """The instant that each moment of a sentence denotes, by its place in it, read from the text alone."""
    zone = ZoneInfo(one.zone)
    text = str(replace(one, names_zone=False).say("xx", languages=[PLAIN_DATES]))
    return {match["slot"]: denoted(match, zone) for match in A_MOMENT.finditer(text)}


def denoted(match: re.Match[str], zone: ZoneInfo) -> datetime:
    minutes = 60 * int(match["hour"]) + int(match["minute"])
    if match["slot"] == "earliest" and match["kind"] == "day":  # a day on which a range begins
        return readings(zone, date.fromisoformat(match["day"]), 0)[0]
    found = readings(zone, date.fromisoformat(match["day"]), minutes)
    return meant(found, match["notes"] or "", zone) if match["kind"] == "time" else found[-1]


@law(100)
@given(dues, steps, st.sampled_from(ZONES), st.sampled_from(GRAINS), metrics)
@example(datetime(2026, 11, 23, 22, tzinfo=UTC), (96, 0, 1), "Europe/Helsinki", "15min", "resolution")
@example(datetime(2026, 11, 23, 22, tzinfo=UTC), (8, 4, 1), "Europe/Helsinki", "15min", "first_response")
@example(datetime(2026, 11, 23, 22, tzinfo=UTC), (96, 192, 0), "Europe/Helsinki", "15min", "first_response")
@example(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), (4, 3, 1), "Europe/Dublin", "15min", "first_response")
@example(datetime(2026, 11, 23, 15, tzinfo=UTC), (0, 0, 1), "Europe/Helsinki", "15min", "first_response")
@example(datetime(2026, 11, 23, 10, 30, tzinfo=UTC), (8, 4, 1), "Europe/Helsinki", "part_of_day", "first_response")
@example(datetime(2026, 11, 23, 22, tzinfo=UTC), (0, 0, 0), "Europe/Helsinki", "part_of_day", "first_response")
def test_no_sentence_names_a_moment_before_due_or_two_that_contradict_each_other(
    due: datetime, ahead: tuple[int, int, int], zone: str, grain: Grain, metric: str
) -> None:
    """What is owed is not named as earlier, the beginning of a range not as later, and of two moments the second is later."""
    for told in everything_told(due, ahead, zone, grain, metric):
        read = named(told.one)
        last = read.get("due", read.get("moment"))
        assert last is not None, told
        assert last >= told.limit, told
        assert "earliest" not in read or (told.start is not None and read["earliest"] <= told.start), told
        assert all(at < last for slot, at in read.items() if slot in {"earliest", "expected"}), told


# ---------------------------------------------------------------- in the words of each language


@cache
def ends_of_rows(code: str) -> frozenset[str]:
    """What stands behind the bracket of the zone in the rows that were reviewed."""
    tables = [TESTS / "sentences" / folder / f"{code}.txt" for folder in ("", "moments", "parts", "pairs")]
    rows = [
        line for table in tables for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    return frozenset(row.rpartition(")")[2] for row in rows if ")" in row)


A_TIME: Final = re.compile(r" \d\d?(?:[.:]\d\d| h(?: \d\d)?) ")


@law(100)
@given(dues, steps, st.sampled_from(ZONES), st.sampled_from(GRAINS), metrics)
@example(datetime(2026, 11, 23, 22, tzinfo=UTC), (96, 0, 1), "Europe/Helsinki", "15min", "resolution")
@example(datetime(2026, 11, 23, 22, tzinfo=UTC), (8, 4, 1), "Europe/Helsinki", "15min", "first_response")
@example(datetime(2026, 11, 23, 22, tzinfo=UTC), (96, 192, 0), "Europe/Helsinki", "15min", "first_response")
def test_no_bracket_stands_within_a_moment_and_no_moment_is_the_whole_day_of_the_other(
    due: datetime, ahead: tuple[int, int, int], zone: str, grain: Grain, metric: str
) -> None:
    """Behind the bracket a sentence goes on as one of the reviewed rows does; of two moments none is told as part of the other."""
    for told in everything_told(due, ahead, zone, grain, metric):
        for code in LANGUAGES:
            sentence = told.one.say(code)
            assert str(sentence).rpartition(")")[2] in ends_of_rows(code), str(sentence)
            texts = [f" {part.text} " for part in sentence.parts if part.instant is not None]
            assert not [(a, b) for a in texts for b in texts if a is not b and b in a and not A_TIME.fullmatch(b)], str(
                sentence
            )
