"""Laws of what a customer is told: the English sentence is read back by a reader that shares no code with the library."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from slacalc import Calendar, CalendarHours, Expectation, Promise, PromiseProvenance
from slacalc.expectations.languages import LANGUAGES, shipped_language
from slacalc.expectations.rounding import GRAINS, Grain
from tests.laws.strategies import law, utc

ZONES: Final = (
    "Europe/Helsinki", "Europe/Dublin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Apia",
    "Australia/Lord_Howe", "America/St_Johns", "America/Sao_Paulo", "Asia/Beirut", "Africa/Casablanca", "UTC",
)  # fmt: skip
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ENDS: Final = {"the end of": 24, "late morning": 12, "early afternoon": 14, "late afternoon": 18, "late evening": 24}
SAID: Final = re.compile(
    r"(?:We will reply by|Your deadline:) (?:(?P<time>\d\d:\d\d)|(?P<part>[a-z ]+?)) (?P<day>today|tomorrow|(?:on )?(?P<weekday>\w+day) "
    r"(?P<number>\d+) (?P<month>\w+)(?: (?P<year>\d{4}))?)(?: \((?P<notes>.+)\))?\."
)
NEVER: Final = Calendar("Europe/Berlin", "24/7")

GAPS_AND_FOLDS: Final = [  # instants within hours of a clock change in one of the zones
    datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 3, 8, 6, 30, tzinfo=UTC), datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
    datetime(2011, 12, 30, 9, 30, tzinfo=UTC), datetime(2026, 4, 4, 14, 30, tzinfo=UTC),
    datetime(2010, 11, 7, 2, 0, tzinfo=UTC), datetime(2018, 11, 4, 2, 30, tzinfo=UTC),
    datetime(2018, 2, 18, 1, 30, tzinfo=UTC), datetime(2026, 3, 28, 21, 30, tzinfo=UTC),
]  # fmt: skip
moments = st.one_of(
    st.datetimes(datetime(2008, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)),
    st.builds(
        lambda near, minutes: near + timedelta(minutes=minutes), st.sampled_from(GAPS_AND_FOLDS), st.integers(-180, 180)
    ),
)
waits = st.one_of(
    st.timedeltas(timedelta(0), timedelta(days=400)),
    st.builds(timedelta, minutes=st.integers(0, 10 * 24 * 60)),
)


def expect(due: datetime, wait: timedelta, zone: str, grain: Grain) -> Expectation:
    """What is told of a promise that is due then, so much earlier, in a zone."""
    promise = Promise(
        "first_response", due - wait, due - wait, due, CalendarHours(amount=wait), "", "", "", NEVER,
        PromiseProvenance("", "", None, None, ""),
    )  # fmt: skip
    return promise.expectation(as_of=due - wait, zone=zone, grain=grain)


def expect_of_them(due: datetime, wait: timedelta, zone: str, grain: Grain) -> Expectation:
    """The same, where it is the customer's deadline."""
    return replace(expect(due, wait, zone, grain), owed_by="customer")


# ---------------------------------------------------------------- a reader of English


def day_said(match: re.Match[str], today: date) -> date:
    """The date that the words name, whose weekday must fit."""
    if match["day"] in {"today", "tomorrow"}:
        return today + timedelta(days=match["day"] == "tomorrow")
    day = date(int(match["year"] or today.year), MONTHS.index(match["month"]) + 1, int(match["number"]))
    assert match["weekday"] == WEEKDAYS[day.weekday()]
    return day


def minutes_said(match: re.Match[str]) -> int:
    if match["time"]:
        return int(match["time"][:2]) * 60 + int(match["time"][3:])
    return ENDS[match["part"]] * 60


@lru_cache(maxsize=4_096)
def readings(zone: ZoneInfo, day: date, minutes: int) -> list[datetime]:
    """The instants, in UTC, at which the clock reads so many minutes into a date, found by looking at every minute.

    Where the clock skips that reading, the instant of the skip.
    """
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    around = [wall.replace(tzinfo=UTC) + timedelta(minutes=step) for step in range(-15 * 60, 15 * 60)]
    shown = [(at, at.astimezone(zone).replace(tzinfo=None)) for at in around]
    return [at for at, clock in shown if clock == wall] or [next(at for at, clock in shown if clock > wall)]


def read(sentence: str, as_of: datetime, zone: str) -> datetime:
    """The instant that an English sentence denotes to a reader in a zone, in UTC."""
    match = SAID.fullmatch(sentence)
    assert match, sentence
    found = readings(ZoneInfo(zone), day_said(match, as_of.astimezone(ZoneInfo(zone)).date()), minutes_said(match))
    return meant(found, match["notes"] or "", ZoneInfo(zone)) if match["time"] else found[-1]


def meant(found: list[datetime], notes: str, zone: ZoneInfo) -> datetime:
    """The one of two equal readings of a time that is meant: the first by summer time, or that of an offset from UTC."""
    if len(found) == 1:
        return found[0]
    note = notes.rsplit(", ", maxsplit=1)[-1]
    if note.startswith("UTC"):
        hours = int(note[3:].partition(":")[0])
        return next(at for at in found if int(at.astimezone(zone).strftime("%z")[:3]) == hours)
    return {"summer time": found[0], "winter time": found[-1]}[note]


# ---------------------------------------------------------------- the laws


@law(300)
@given(moments, waits, st.sampled_from(ZONES), st.sampled_from(GRAINS))
def test_no_instant_is_told_as_before_due(due: datetime, wait: timedelta, zone: str, grain: Grain) -> None:
    told = expect(due, wait, zone, grain)
    for code in LANGUAGES:
        instants = [part.instant for part in told.say(code).parts if part.instant is not None]
        assert instants
        assert all(utc(instant) >= due for instant in instants), code


@law(300)
@given(moments, waits, st.sampled_from(ZONES), st.sampled_from(GRAINS))
@example(datetime(2018, 2, 18, 1, 30, tzinfo=UTC), timedelta(hours=9), "America/Sao_Paulo", "day")
@example(datetime(2011, 12, 30, 9, 30, tzinfo=UTC), timedelta(hours=20), "Pacific/Apia", "day")
@example(datetime(2026, 3, 28, 20, 0, tzinfo=UTC), timedelta(hours=9), "Asia/Beirut", "part_of_day")
def test_rule_15_whoever_goes_by_the_deadline_as_it_is_told_is_in_time(
    due: datetime, wait: timedelta, zone: str, grain: Grain
) -> None:
    """A deadline of the customer's is told, and read back in English, as not after it is."""
    told = expect_of_them(due, wait, zone, grain)
    for code in LANGUAGES:
        instants = [part.instant for part in told.say(code).parts if part.instant is not None]
        assert instants
        assert all(utc(instant) <= due for instant in instants), code
    assert read(str(told.say("en")), told.as_of, zone) <= due


@law(300)
@given(moments, waits, st.sampled_from(ZONES), st.sampled_from(GRAINS))
@example(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), timedelta(hours=9), "Europe/Dublin", "15min")
@example(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), timedelta(hours=9), "Europe/Dublin", "15min")
@example(datetime(2026, 3, 28, 20, 0, tzinfo=UTC), timedelta(hours=9), "Asia/Beirut", "day")
@example(datetime(2018, 2, 18, 1, 30, tzinfo=UTC), timedelta(hours=9), "America/Sao_Paulo", "part_of_day")
@example(datetime(2011, 12, 30, 9, 30, tzinfo=UTC), timedelta(minutes=2881), "Pacific/Apia", "hour")
@example(datetime(2011, 12, 30, 9, 30, tzinfo=UTC), timedelta(hours=20), "Pacific/Apia", "day")
@example(datetime(2011, 12, 30, 9, 30, tzinfo=UTC), timedelta(hours=9), "Pacific/Apia", "part_of_day")
@example(datetime(2010, 11, 7, 2, 45, tzinfo=UTC), timedelta(hours=9), "America/St_Johns", "day")
@example(datetime(2026, 12, 31, 22, 0, tzinfo=UTC), timedelta(hours=9), "Europe/Helsinki", "day")
@example(datetime(2027, 1, 1, 3, 0, tzinfo=UTC), timedelta(hours=60), "Europe/Helsinki", "minute")
def test_the_english_sentence_read_back_is_the_rounded_instant(
    due: datetime, wait: timedelta, zone: str, grain: Grain
) -> None:
    sentence = expect(due, wait, zone, grain).say("en")
    (told,) = [part.instant for part in sentence.parts if part.instant is not None]
    assert utc(told) == read(str(sentence), due - wait, zone)
    assert utc(told) >= due


@law(200)
@given(
    moments.map(lambda at: at.replace(second=0, microsecond=0)), waits, st.sampled_from(ZONES), st.sampled_from(ZONES)
)
def test_the_zone_of_the_reader_changes_words_and_not_the_instant(
    due: datetime, wait: timedelta, zone: str, other: str
) -> None:
    here, there = (expect(due, wait, each, "minute").say("en") for each in (zone, other))
    assert read(str(here), due - wait, zone) == read(str(there), due - wait, other) == due


@law(200)
@given(moments, waits.filter(lambda wait: wait > timedelta(days=2)), st.sampled_from(ZONES), st.sampled_from(LANGUAGES))
@example(datetime(2011, 12, 30, 9, 30, tzinfo=UTC), timedelta(minutes=2881), "Pacific/Apia", "cs")
@example(datetime(2018, 11, 4, 2, 30, tzinfo=UTC), timedelta(days=3), "America/Sao_Paulo", "en")
def test_the_weekday_in_the_text_is_the_weekday_of_the_reader(
    due: datetime, wait: timedelta, zone: str, code: str
) -> None:
    sentence = expect(due, wait, zone, "hour").say(code)
    (told,) = [part for part in sentence.parts if part.instant is not None]
    assert told.instant is not None
    local = told.instant.astimezone(ZoneInfo(zone))
    if (local.hour, local.minute) == (0, 0):  # said as the end of the day before: in Apia Thursday came before Saturday
        local = (utc(told.instant) - timedelta.resolution).astimezone(ZoneInfo(zone))
    weekday = local.weekday()
    forms = [form.weekdays for form in shipped_language(code).days.values()]  # in one of the cases of the language
    said = {number for names in forms for number, name in enumerate(names) if name in told.text}
    assert said == {weekday}


@law(100)
@given(moments, waits, st.sampled_from(ZONES), st.sampled_from(GRAINS))
def test_nothing_moves_against_itself(due: datetime, wait: timedelta, zone: str, grain: Grain) -> None:
    told = expect(due, wait, zone, grain)
    later = replace(told, by=due + timedelta(days=2))
    assert (told.moved(told), later.moved(told), told.moved(later)) == ("same", "later", "earlier")
