"""A calendar as a text of opening_hours: what is written, what is lost, and that it is read back the same."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.interop import osm
from tests.refusals import Refusal, check

FIRST: Final = date(2026, 12, 1)
LAST: Final = date(2027, 1, 31)
BERLIN: Final = ZoneInfo("Europe/Berlin")
OFF: Final = sla.FrozenHolidays.of({date(2026, 12, 25): "Christmas Day"}, years=(2026, 2027))


@pytest.mark.parametrize(
    ("hours", "more", "text"),
    [
        ("24/7", {}, "24/7"),
        ("Mon-Fri 09:00-12:30 13:30-17:00; Sat 09:00-12:00", {}, "Mo-Fr 09:00-12:30,13:30-17:00; Sa 09:00-12:00"),
        ("Mon,Wed 09:00-17:00; Sat,Sun 10:00-14:00", {}, "Mo,We 09:00-17:00; Sa,Su 10:00-14:00"),
        ("Fri 22:00-06:00", {}, "Fr 22:00-06:00"),
        ("Fri 18:00-24:00", {}, "Fr 18:00-24:00"),
        ("Fri 22:00-06:00; Sat 10:00-12:00", {}, "Fr 22:00-06:00, Sa 10:00-12:00"),
        ("Mon-Fri 09:00-17:00", {"holidays": "DE"}, "Mo-Fr 09:00-17:00; PH off"),
        ("Mon-Fri 09:00-17:00; PH 10:00-12:00", {"holidays": "DE"}, "Mo-Fr 09:00-17:00; PH 10:00-12:00"),
        ("Mon-Fri 09:00-17:00", {"holidays": "DE", "open_on_holidays": True}, "Mo-Fr 09:00-17:00"),
        ("Mon-Fri 09:00-17:00; PH Fri 10:00-12:00", {"holidays": "DE"},  # Christmas and New Year's Day are Fridays
         "Mo-Fr 09:00-17:00; 2026 Dec 25,2027 Jan 1 10:00-12:00"),
        ("Mon-Fri 09:00-17:00", {"holidays": sla.Holidays("DE", removed=(date(2026, 12, 25),))},  # PH would close it
         "Mo-Fr 09:00-17:00; 2027 Jan 1 off"),
        ("Mon-Fri 09:00-17:00", {"holidays": OFF}, "Mo-Fr 09:00-17:00; 2026 Dec 25 off"),
        ("Mon-Fri 09:00-17:00", {"special_days": {"2026-12-28..2027-01-03": "closed", "12-24": "09:00-12:00"}},
         "Mo-Fr 09:00-17:00; 2026 Dec 24 09:00-12:00; 2026 Dec 28-2027 Jan 1 off"),
        ("Mon-Fri 09:00-17:00", {"special_days": {"2026-12-26": "10:00-12:00"}}, "Mo-Fr 09:00-17:00; 2026 Dec 26 10:00-12:00"),
        ("Mon-Fri 09:00-17:00", {"versions": {"2027-01-01": "Mon-Thu 08:00-16:00; Sat 20:00-02:00"}},
         ("Mo-Fr 09:00-17:00; 2027 Jan 1-31 Mo-Th 08:00-16:00; 2027 Jan 1-31 Fr off; 2027 Jan 1-31 Sa 20:00-24:00; "
          "2027 Jan 1-31 Su 00:00-02:00")),
        ("Mon-Fri 22:00-06:00", {"special_days": {"2026-12-24": "closed"}},  # a Thursday, and the night of Wednesday
         "Mo-Fr 22:00-06:00; 2026 Dec 24 00:00-06:00; 2026 Dec 25 22:00-24:00"),
        ("closed", {"special_days": {"2026-12-24": "22:00-02:00"}}, "2026 Dec 24 22:00-24:00; 2026 Dec 25 00:00-02:00"),
        ("closed", {"special_days": {"2030-12-24": "22:00-02:00"}}, "off"),
    ],
)  # fmt: skip
def test_texts_by_hand(hours: str, more: dict[str, Any], text: str) -> None:
    assert osm.write(sla.Calendar("Europe/Berlin", hours, **more), FIRST, LAST).document == text


def test_the_night_before_the_first_date_is_there() -> None:
    eve = {"2026-11-30": "22:00-03:00"}
    written = osm.write(sla.Calendar("UTC", "Fri 09:00-17:00", special_days=eve), FIRST, LAST)
    assert written.document == "Fr 09:00-17:00; 2026 Dec 1 00:00-03:00"
    assert written.content == written.document


def test_what_cannot_be_said_is_named_and_refused() -> None:
    away = sla.Absence(datetime(2026, 12, 4, 9, tzinfo=UTC), datetime(2026, 12, 4, 12, tzinfo=UTC))
    office = sla.Calendar("UTC", "Fri 09:00-17:00:30", absences=[away])
    written = osm.write(office, FIRST, LAST, lossy=True)
    assert written.document == "Fr 09:00-17:00"
    assert [(loss.severity, loss.where) for loss in written.losses] == [
        ("due_times", "hours"), ("cosmetic", "zone"), ("due_times", "absences"),
    ]  # fmt: skip
    with pytest.raises(sla.InteropError) as refused:
        osm.write(office, FIRST, LAST)
    assert [problem.where for problem in refused.value.problems] == ["hours", "absences"]


def test_names_and_texts_that_are_too_long_are_told() -> None:
    days = [sla.SpecialDay.of(date(2026, 12, day), f"open 10:00-11:{day}", name="market") for day in range(10, 31, 2)]
    losses = osm.write(
        sla.Calendar("Europe/Berlin", "Fri 09:00-17:00", holidays="DE", special_days=days), FIRST, LAST
    ).losses
    assert [(loss.severity, loss.where) for loss in losses] == [
        ("cosmetic", "holidays"), ("cosmetic", "special_days"), ("cosmetic", "last"), ("cosmetic", "zone"),
    ]  # fmt: skip


REFUSALS: Final = [
    Refusal(lambda: osm.write(sla.Calendar("UTC", "24/7"), LAST, FIRST), sla.InteropError, "export_dates_invalid",
            "last", "2027-01-31 to 2026-12-01", "at most 3660"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


def windows(quarters: list[tuple[int, int]]) -> str:
    """Windows of a day in quarters of an hour, over midnight too."""
    said = (f"{a // 4:02}:{a % 4 * 15:02}-{b // 4:02}:{b % 4 * 15:02}" for a, b in quarters if a != b)
    return " ".join(said) or "closed"


DAY: Final = st.lists(st.tuples(st.integers(0, 95), st.integers(1, 96)), max_size=3).map(windows)
DATES: Final = st.dates(FIRST, LAST)
NAMES: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "PH")
WEEK: Final = st.lists(DAY, min_size=8, max_size=8).map(lambda days: dict(zip(NAMES, days, strict=True)))


@st.composite
def calendars(draw: st.DrawFn) -> sla.Calendar:
    off = sla.FrozenHolidays.of(dict.fromkeys(draw(st.lists(DATES, max_size=4)), "off"), years=(2026, 2027))
    return sla.Calendar(
        "Europe/Berlin",
        {**draw(WEEK), "Mon": "09:00-17:00"},  # so that it opens
        holidays=draw(st.sampled_from([None, off, sla.Holidays("DE")])),
        special_days={str(day): said for day, said in draw(st.dictionaries(DATES, DAY, max_size=4)).items()},
        versions={
            str(day): {**week, "Mon": "09:00-17:00"}
            for day, week in draw(st.dictionaries(DATES, WEEK, max_size=1)).items()
        },
    )


@settings(max_examples=60, deadline=None)
@given(calendars())
def test_what_is_written_and_read_again_is_the_same_schedule(office: sla.Calendar) -> None:
    text = osm.write(office, FIRST, LAST).document
    again = osm.load(text, zone="Europe/Berlin", holidays="DE").calendars["opening hours"]
    start, end = datetime(2026, 12, 1, tzinfo=BERLIN), datetime(2027, 2, 1, tzinfo=BERLIN)
    assert [*again.intervals(start, end)] == [*office.intervals(start, end)]
    assert again.elapsed(start, end) - office.elapsed(start, end) == timedelta(0)
