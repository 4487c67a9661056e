"""Every sentence of tests/sentences, built from the input data in its README and compared.

The tables were written from knowledge of the languages (tests/sentences/README.md says how). Here
the input of each row becomes a promise, a clock's state or a channel.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from slacalc import Calendar, CalendarHours, NextOpening, Promise, PromiseProvenance, sample_policy
from slacalc.expectations.expectation import Expectation, State, expect_promise
from slacalc.expectations.languages import LANGUAGES, shipped_language
from slacalc.expectations.reasons import Reason
from slacalc.expectations.rounding import Grain
from slacalc.policies.document.rules import OwedBy, PromiseKind
from slacalc.policies.targets.points import PointTarget
from tests.helpers import TESTS, at

TABLES: Final = TESTS / "sentences"
README: Final = (TABLES / "README.md").read_text(encoding="utf-8")
GRAINS: Final[dict[str, Grain]] = {"time": "15min", "part": "part_of_day", "day": "day"}
AN_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Row:
    """The input of one sentence, as the README gives it."""

    key: str
    market: str
    received: datetime
    earliest: datetime | None
    expected: datetime | None
    moment: datetime | None
    as_of: datetime
    reader: str
    grain: Grain
    shows: str

    def __str__(self) -> str:
        return self.key

    @property
    def metric(self) -> str:
        found = re.match(r"metric (\w+)", self.shows)
        return found[1] if found else "delivery" if "other_metric" in self.key else "first_response"

    @property
    def kind(self) -> PromiseKind:
        begins: dict[str, PromiseKind] = {"typical": "typical", "best effort": "best_effort"}
        return next((kind for word, kind in begins.items() if self.shows.startswith(word)), "owed")

    @property
    def owed_by(self) -> OwedBy:
        return "customer" if self.shows.startswith("the customer's") else "us"


def wall(text: str, zone: str) -> datetime | None:
    """ "2026-11-20 10:05", perhaps with fold=1, on the clock of a zone; "-" is none."""
    if text == "-":
        return None
    fold = int(text[-1]) if "fold=" in text else 0
    return datetime.fromisoformat(text[:16]).replace(tzinfo=ZoneInfo(zone), fold=fold)


def row(line: str) -> Row:
    key, market, received, earliest, expected, moment, as_of, reader, say, shows = (
        cell.strip() for cell in line.strip().strip("|").split("|")
    )
    begin = wall(received, market)
    assert begin is not None
    return Row(
        key.strip("`"), market, begin, wall(earliest, market), wall(expected, market), wall(moment, market),
        begin if as_of == "=" else wall(as_of, market) or begin,
        market if reader == "=" else reader, GRAINS[say], shows,
    )  # fmt: skip


ROWS: Final = {each.key: each for line in README.splitlines() if re.match(r"\| `[a-z]", line) for each in [row(line)]}
HOLIDAYS: Final = dict(re.findall(r"^\| (\w\w) \| (.+?) \|$", README, re.MULTILINE))


def table(language: str) -> dict[str, str]:
    lines = (TABLES / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


# ---------------------------------------------------------------- from the input to what is told


def promised(given: Row, target: PointTarget | None = None, hours: str = "24/7") -> Expectation:
    """A promise with exactly the instants of the row."""
    promise = Promise(
        metric=given.metric,
        received=given.received,
        origin=given.received,
        due=given.moment or given.received,
        target=target or CalendarHours(amount=AN_HOUR),
        policy="", rule="", calendar_name="",
        calendar=Calendar(given.market, hours),
        provenance=PromiseProvenance("", "", None, None, ""),
        earliest=given.earliest,
        expected=given.expected,
        follow_up=given.moment,
        follow_up_earliest=given.earliest,
        kind=given.kind,
        owed_by=given.owed_by,
    )  # fmt: skip
    return expect_promise(promise, as_of=given.as_of, zone=given.reader, grain=given.grain)


def channel(
    given: Row, name: str, hours: str | None, state: State | None = None, kind: PromiseKind = "owed"
) -> Expectation:
    calendar = None if hours is None else Calendar(given.market, hours)
    told = Expectation.for_channel(name, calendar, as_of=given.as_of, zone=given.reader)
    return told if state is None else replace(told, state=state, kind=kind)


def follow_up(given: Row) -> Expectation:
    told = promised(given).follow_up
    assert told is not None
    return told


def holiday(given: Row, language: str) -> Expectation:
    monday = datetime(2027, 12, 6, tzinfo=ZoneInfo(given.market))
    return replace(promised(given), reason=Reason("holiday", HOLIDAYS[language], monday))


def unnamed_holiday(given: Row, _: str) -> Expectation:
    """The same, of data that has its name in a language that nobody reads."""
    named = holiday(given, "en")
    assert named.reason is not None
    return replace(named, reason=replace(named.reason, names=(("zz", named.reason.name),)))


def reason(kind: str) -> Callable[[Row, str], Expectation]:
    def told(given: Row, _: str) -> Expectation:
        start = given.received.replace(hour=16, minute=0)
        return replace(promised(given), reason=Reason(kind, "", start))  # type: ignore[arg-type]  # one of the kinds

    return told


OFFICE: Final = "Mon-Fri 09:00-17:00"
BUILT: Final[dict[str, Callable[[Row, str], Expectation]]] = {
    "follow_up": lambda given, _: follow_up(given),
    "follow_up_range": lambda given, _: follow_up(given),
    "escalation.manager": lambda given, _: replace(follow_up(given), state="escalation_step", to="manager"),
    **{
        f"follow_up_range.{how}": lambda given, _: follow_up(given)
        for how in ("one_day", "to_midnight", "whole_day", "to_end_of_day")
    },
    "acknowledgement.at_once": lambda given, _: promised(given, NextOpening(), OFFICE),
    "no_promise": lambda given, _: promised(given).without_promise(),
    "reachable_from.zone": lambda given, _: replace(promised(given, NextOpening(), OFFICE), reason=None),
    "channel.open_until_other_midnight": lambda given, _: channel(given, "telephone", "Fri-Sun 00:00-24:00"),
    "reason.outside_hours": reason("outside_hours"),
    "reason.weekend": reason("weekend"),
    "reason.absence": reason("absence"),
    "reason.cutoff": reason("cutoff"),
    **{f"reason.holiday{when}": holiday for when in ("", "_today", "_tomorrow", "_next_year")},
    **{f"reason.unnamed_holiday{when}": unnamed_holiday for when in ("", "_today", "_tomorrow", "_next_year")},
    "escalation.from": lambda given, _: replace(follow_up(given), state="escalation_step", to="a mediator"),
    "escalation.step": lambda given, _: replace(promised(given), state="escalation_step", to="a mediator", by=None),
    "on_hold": lambda given, _: replace(promised(given), state="on_hold"),
    "channel.closed": lambda given, _: channel(given, "telephone", OFFICE, "closed"),
    "waiting": lambda given, _: replace(promised(given), state="waiting_for_you"),
    "at_once": lambda given, _: promised(given, NextOpening(), OFFICE),
    "reachable_from": lambda given, _: replace(promised(given, NextOpening(), OFFICE), reason=None),
    "channel.open_until": lambda given, _: channel(given, "telephone", OFFICE),
    "channel.open_until_midnight": lambda given, _: channel(given, "chat", "Mon-Fri 09:00-24:00"),
    "channel.opens_at": lambda given, _: replace(channel(given, "telephone", OFFICE), reason=None),
    "channel.always_open": lambda given, _: channel(given, "help_centre", None),
    "channel.at_once": lambda given, _: channel(given, "chat", OFFICE, "answers_at_once"),
    "channel.usually_at_once": lambda given, _: channel(given, "chat", OFFICE, "answers_at_once", "typical"),
    "channel.expected": lambda given, _: channel(given, "form", OFFICE, "answers_by"),
    "channel.usual": lambda given, _: channel(given, "form", OFFICE, "answers_by", "typical"),
    "channel.at_once_if_available": lambda given, _: channel(
        given, "telephone", OFFICE, "answers_at_once", "best_effort"
    ),
    "usual.at_once": lambda given, _: promised(given, NextOpening(), OFFICE),
    "best_effort.at_once": lambda given, _: promised(given, NextOpening(), OFFICE),
    "channel.no_promise": lambda given, _: channel(given, "social_media", OFFICE, "no_promise"),
    "channel.not_read": lambda given, _: channel(given, "email", OFFICE, "not_read"),
}


def told_of(given: Row, language: str) -> Expectation:
    build = BUILT.get(given.key)
    return build(given, language) if build else promised(given)


def said(given: Row, language: str) -> str:
    told = told_of(given, language)
    old = wall(given.shows[-16:], given.market) if given.shows.startswith("said before") else None
    return str(told.say(language, reason=True, told_before=None if old is None else replace(told, by=old)))


# ---------------------------------------------------------------- the tests


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("given", ROWS.values(), ids=str)
def test_a_sentence_is_the_one_of_its_table(given: Row, language: str) -> None:
    assert table(language)[given.key] == said(given, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_has_every_sentence(language: str) -> None:
    assert list(ROWS) == list(table(language))


def test_every_language_of_the_library_has_a_table_and_a_name_for_the_holiday() -> None:
    assert sorted(LANGUAGES) == sorted(path.stem for path in TABLES.glob("*.txt"))
    assert sorted(LANGUAGES) == sorted(HOLIDAYS)


# ---------------------------------------------------------------- every sentence with every moment


def moments(language: str) -> dict[str, str]:
    lines = (TABLES / "moments" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines)


DATES: Final = {"today": (2026, 11, 20), "tomorrow": (2026, 11, 21), "date": (2026, 11, 24), "year": (2027, 1, 8)}
REPLY: Final[dict[str, Any]] = {"state": "promised", "metric": "first_response"}
SENTENCES: Final[dict[str, dict[str, Any]]] = {
    "reply": REPLY,
    "acknowledgement": {**REPLY, "metric": "acknowledgement"},
    "resolution": {**REPLY, "metric": "resolution"},
    "update": {**REPLY, "metric": "periodic_update"},
    "other": {**REPLY, "metric": "delivery"},
    "usual": {**REPLY, "state": "usual", "kind": "typical"},
    "usual_other": {"state": "usual", "kind": "typical", "metric": "delivery"},
    "deadline": {**REPLY, "metric": "return", "owed_by": "customer"},
    "follow_up": {"state": "follow_up"},
    "manager": {"state": "escalation_step", "to": "manager"},
    "step": {"state": "escalation_step", "to": "a mediator"},
    "channel": {"state": "answers_by", "channel": "form"},
    "channel_usual": {"state": "answers_by", "channel": "form", "kind": "typical"},
    "reachable": {"state": "reachable_from"},
    "opens": {"state": "opens_at", "channel": "telephone"},
    "closes": {"state": "open_until", "channel": "telephone"},
}
BEGINNINGS: Final = ("reachable", "opens")


def told_at(key: str) -> Expectation:
    """What is told of 15:00, or of the midnight that begins or ends a date, on the reader's clock; the office is in Berlin."""
    carrier, limit, relation, *zone = key.split(".")
    reader = ZoneInfo("Europe/Helsinki" if zone else "Europe/Berlin")
    day = datetime(*DATES[relation], tzinfo=reader)
    by = {"time": day.replace(hour=15), "midnight": day + timedelta(days=1), "start": day}[limit]
    as_of = datetime(2026, 11, 20, 10, tzinfo=reader)
    return Expectation(zone=reader.key, as_of=as_of, by=by, names_zone=bool(zone), **SENTENCES[carrier])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_right_with_every_moment(language: str) -> None:
    written = moments(language)
    assert {key: str(told_at(key).say(language)) for key in written} == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_moments_has_every_sentence_limit_relation_and_zone(language: str) -> None:
    limits = {name: ("time", "start") if name in BEGINNINGS else ("time", "midnight") for name in SENTENCES}
    keys = [
        f"{name}.{limit}.{relation}{zone}"
        for name in SENTENCES for limit in limits[name] for relation in DATES for zone in ("", ".zone")
        if (limit, relation) != ("start", "today")
    ]  # fmt: skip
    assert keys == list(moments(language))


# ---------------------------------------------------------------- when to ask again, as a range


@pytest.mark.parametrize(
    ("as_of", "grain", "told"),
    [
        ("20 18:00", "15min", "If you have not heard from us, please write to us again between 18:00 on Sunday 22 November and 18:00 on Monday 23 November."),
        ("22 17:59", "15min", "If you have not heard from us, please write to us again between 18:00 today and 18:00 tomorrow."),
        ("22 18:00", "15min", "If you have not heard from us by 18:00 tomorrow, please write to us again."),
        ("20 18:00", "day", "If you have not heard from us by the end of Monday 23 November, please write to us again."),
    ],
)  # fmt: skip
def test_a_range_of_follow_ups_is_told_with_both_ends_until_the_first_has_passed(
    as_of: str, grain: Grain, told: str
) -> None:
    moscow = ZoneInfo("Europe/Moscow")
    policy = sample_policy("store_correspondence")
    promise = policy.promise(at("20 18:00", moscow))["first_response"]
    expectation = promise.expectation(as_of=at(as_of, moscow), grain=grain)
    assert expectation.follow_up is not None
    assert expectation.follow_up.say("en").text == told


def test_two_languages_of_one_code_have_each_their_own_words() -> None:
    ours = shipped_language("fi")
    theirs = replace(ours, time="{hour:02}:{minute:02}", hour="{hour:02}:{minute:02}")
    calendar, origin = Calendar("Europe/Helsinki", "24/7"), at("2026-11-20T10:00")
    expectation = Expectation(
        "promised", "Europe/Helsinki", origin, "first_response", calendar.add(origin, timedelta(hours=7))
    )
    for _ in range(2):
        assert "17.00" not in expectation.say("fi", languages=(theirs,)).text
        assert ":" not in expectation.say("fi", languages=(ours,)).text
