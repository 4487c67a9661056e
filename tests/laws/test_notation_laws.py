"""What is printed is read back as the same value, and any other text gives a value or an error of the family."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.calendars.hours import format_windows, read_windows
from slacalc.testing.strategies import day_windows, weekly_hours, written_hours, written_windows
from tests.laws.strategies import DAYS, Weekly, law
from tests.oracle import Windows

# ---------------------------------------------------------------- hours


@law(100)
@given(weekly_hours(step=1))
def test_hours_that_were_printed_are_read_back(weekly: Weekly) -> None:
    hours = sla.Hours.parse(written_hours(weekly))
    assert sla.Hours.parse(str(hours)) == hours


@law(60)
@given(weekly_hours(step=1), weekly_hours(step=1))
def test_extended_hours_are_printed_and_read_back_too(weekly: Weekly, more: Weekly) -> None:
    hours = sla.Hours.parse(written_hours(weekly)).extended(sla.Hours.parse(written_hours(more)))
    assert sla.Hours.parse(str(hours)) == hours


@law(60)
@given(weekly_hours(step=1))
def test_hours_are_the_windows_that_were_written_united(weekly: Weekly) -> None:
    hours = sla.Hours.parse(written_hours(weekly))
    for day, windows in zip(DAYS, hours.windows, strict=True):
        assert united(weekly.get(day, ())) == list(windows)


def united(windows: Windows) -> list[tuple[int, int]]:
    """The windows, joined where they overlap or touch, one at a time."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(windows):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


@law(60)
@given(weekly_hours(step=1), st.permutations(DAYS))
def test_the_order_of_days_does_not_matter(weekly: Weekly, order: list[str]) -> None:
    shuffled = {day: weekly[day] for day in order if day in weekly}
    assert sla.Hours.parse(written_hours(weekly)) == sla.Hours.parse(written_hours(shuffled))


@law(60)
@given(weekly_hours(step=1))
def test_a_mapping_of_days_says_the_same_as_the_notation(weekly: Weekly) -> None:
    mapping = {day: written_windows(windows) for day, windows in weekly.items()}
    assert sla.Hours.parse(written_hours(weekly)) == sla.Hours.from_mapping(mapping)


@law(60)
@given(day_windows(step=1))
def test_windows_that_were_printed_are_read_back(windows: Windows) -> None:
    read = read_windows(written_windows(windows))
    assert read_windows(format_windows(read)) == read


@law(60)
@given(st.integers(0, 7), st.integers(0, 6), day_windows(step=1, least=1))
def test_a_range_of_days_is_its_days_one_by_one(first: int, more: int, windows: Windows) -> None:
    assume(first < 7)
    days = [DAYS[(first + step) % 7] for step in range(more + 1)]
    ranged = sla.Hours.parse(f"{days[0]}-{days[-1]} {written_windows(windows)}")
    assert sla.Hours.parse(f"{','.join(days)} {written_windows(windows)}") == ranged


# ---------------------------------------------------------------- amounts

WHOLE_SECONDS = st.integers(0, 301 * 366 * 86_400).map(lambda seconds: timedelta(seconds=seconds))


@law(100)
@given(WHOLE_SECONDS | st.integers(0, 10_000).map(lambda minutes: timedelta(minutes=minutes)))
def test_an_amount_that_was_printed_is_read_back(amount: timedelta) -> None:
    assert sla.read_amount(sla.format_amount(amount)) == amount
    assert "d" not in sla.format_amount(amount)


@law(60)
@given(st.timedeltas(), st.timedeltas())
def test_different_amounts_are_printed_differently(one: timedelta, other: timedelta) -> None:
    assert (sla.format_amount(one) == sla.format_amount(other)) == (one == other)


@law(60)
@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 9999))
def test_an_amount_is_the_sum_of_its_parts_in_either_notation(hours: int, minutes: int, seconds: int) -> None:
    expected = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    for text in (
        f"{hours}h {minutes}min {seconds}s",
        f"{hours}h{minutes}m{seconds}s",
        f"PT{hours}H{minutes}M{seconds}S",
    ):
        assert expected == sla.read_amount(text)


@law(60)
@given(st.integers(0, 999), st.sampled_from(("d", " day", " days", "w", " weeks", " Days")))
def test_days_are_refused(count: int, unit: str) -> None:
    with pytest.raises(sla.AmountError):
        sla.read_amount(f"{count}{unit}")


# ---------------------------------------------------------------- holidays

HOLIDAYS = st.dictionaries(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.text(), max_size=5)


@law(60)
@given(HOLIDAYS, st.text())
def test_holidays_that_were_pinned_are_read_back(dates: dict[date, str], source: str) -> None:
    holidays = sla.FrozenHolidays.of(dates, years=(1900, 2200), source=source)
    again = sla.FrozenHolidays.from_json(holidays.to_json())
    assert again == holidays
    assert again.digest == holidays.digest
    assert not sla.drift(holidays, again).moves_due_times


@law(60)
@given(HOLIDAYS, HOLIDAYS)
def test_drift_is_what_turns_the_old_dates_into_the_new(old: dict[date, str], new: dict[date, str]) -> None:
    before, after = (sla.FrozenHolidays.of(dates, years=(1900, 2200)) for dates in (old, new))
    moved = sla.drift(before, after)
    renamed = {day: name for day, _, name in moved.renamed}
    gone = {day for day, _ in moved.removed}
    assert new == {day: name for day, name in old.items() if day not in gone} | dict(moved.added) | renamed
    assert moved.moves_due_times == (before.digest != after.digest)


@law(60)
@given(HOLIDAYS, st.data())
def test_a_pin_file_that_was_altered_is_refused(dates: dict[date, str], data: st.DataObject) -> None:
    assume(dates)
    pin = json.loads(sla.FrozenHolidays.of(dates, years=(1900, 2200)).to_json())
    gone = data.draw(st.sampled_from(sorted(pin["dates"])))
    del pin["dates"][gone]
    with pytest.raises(sla.HolidayError):
        sla.FrozenHolidays.from_json(json.dumps(pin))


def json_values() -> st.SearchStrategy[Any]:
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    return st.recursive(
        scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    )


@law(100)
@given(
    st.sampled_from(
        ("format", "source", "country", "subdivision", "categories", "language", "observed", "years", "digest", "dates")
    ),
    json_values(),
)
@example("source", [])
@example("country", {})
@example("categories", [[]])
@example("years", [float("inf"), 2026])
@example("years", [2026, float("inf")])
def test_a_pin_file_with_any_value_in_it_is_read_as_a_value_or_refused(key: str, value: Any) -> None:
    pin = json.loads(sla.FrozenHolidays.of({date(2026, 12, 24): "Eve"}, years=(2026, 2026)).to_json())
    pin[key] = value
    read = value_or_refused(lambda: sla.FrozenHolidays.from_json(json.dumps(pin)))
    if isinstance(read, sla.FrozenHolidays):
        assert hash(read) == hash(sla.FrozenHolidays.from_json(read.to_json()))


# ---------------------------------------------------------------- any text


def value_or_refused(read: Callable[[], object]) -> object:
    try:
        return read()
    except sla.SlaError:
        return None


def text_like(*words: str) -> st.SearchStrategy[str]:
    """Any text, and words of the notation in any order."""
    return st.text() | st.lists(st.sampled_from(words), max_size=8).map("".join)


HOURS_WORDS = (
    "Mon",
    "Fri",
    "PH",
    "Tue-Sat",
    "-",
    ",",
    ";",
    " ",
    "09:00",
    "17:00",
    "24:00",
    "00:00",
    "24/7",
    "closed",
    "25:00",
    "9:00",
    ":",
)
HOURS_TEXT = text_like(*HOURS_WORDS)


@law(100)
@given(HOURS_TEXT)
def test_any_text_gives_hours_or_an_error_of_the_family(text: str) -> None:
    hours = value_or_refused(lambda: sla.Hours.parse(text))
    if isinstance(hours, sla.Hours):
        assert sla.Hours.parse(str(hours)) == hours


@law(60)
@given(st.dictionaries(HOURS_TEXT, HOURS_TEXT | st.lists(HOURS_TEXT, max_size=2), max_size=3))
def test_any_mapping_of_texts_gives_hours_or_an_error_of_the_family(mapping: dict[str, str | list[str]]) -> None:
    hours = value_or_refused(lambda: sla.Hours.from_mapping(mapping))
    if isinstance(hours, sla.Hours):
        assert sla.Hours.parse(str(hours)) == hours


@law(60)
@given(text_like("09:00", "-", " ", "17:00", "24:00", "closed", "22:00", "06:00:01"))
def test_any_text_gives_windows_or_an_error_of_the_family(text: str) -> None:
    windows = value_or_refused(lambda: read_windows(text))
    if isinstance(windows, tuple):
        assert read_windows(format_windows(read_windows(text))) == windows


@law(100)
@given(text_like("1", "90", "h", "min", "m", "s", " ", "P", "T", "H", "M", "S", "d", "day", "-", ".", "\n", "٣"))
def test_any_text_gives_an_amount_or_an_error_of_the_family(text: str) -> None:
    amount = value_or_refused(lambda: sla.read_amount(text))
    if isinstance(amount, timedelta):
        assert sla.read_amount(sla.format_amount(amount)) == amount


SPECIAL_DAY_WORDS = (
    "2026-12-24",
    "12-24",
    "..",
    "02-29",
    "2026-02-30",
    "01-02",
    "9999-12-31",
    "0001-01-01",
    "FREQ=",
    "00-00",
    " ",
)


@law(100)
@given(
    text_like(*SPECIAL_DAY_WORDS),
    st.sampled_from(("closed", "09:00-13:00", "+18:00-20:00", "-12:00-13:00")) | HOURS_TEXT,
)
def test_any_texts_give_a_special_day_or_an_error_of_the_family(on: str, hours: str) -> None:
    value_or_refused(lambda: sla.SpecialDay.of(on, hours))
    value_or_refused(lambda: sla.Calendar("UTC", "24/7", special_days={on: hours}))


RULE_PARTS = (
    "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=HOURLY", "INTERVAL=2", "INTERVAL=0", "COUNT=3", "UNTIL=20261231", "UNTIL=20260230",
    "UNTIL=00010101", "UNTIL=99991231", "BYMONTH=2", "BYMONTHDAY=30", "BYMONTHDAY=-1", "BYYEARDAY=366", "BYWEEKNO=53", "BYDAY=MO,TU", "BYDAY=-1FR", "BYDAY=5MO", "BYDAY=53MO",
    "BYSETPOS=1", "BYSETPOS=-1", "BYSETPOS=0", "WKST=SU", "BYHOUR=3", "BYEASTER=0", "", "RRULE:",
)  # fmt: skip


@law(30)
@given(
    st.text() | st.lists(st.sampled_from(RULE_PARTS), max_size=4).map(";".join),
    st.none() | st.sampled_from((date(2026, 11, 20), date.min, date(1900, 1, 1), date(2200, 12, 31), date.max)),
)
@example("FREQ=MONTHLY;BYDAY=10MO", None)
def test_any_text_gives_a_recurrence_or_an_error_of_the_family(rule: str, start: date | None) -> None:
    recurring = value_or_refused(lambda: sla.Recurring(rule, start))
    if isinstance(recurring, sla.Recurring):
        assert recurring.first in recurring.until(2200)
        assert recurring.last is None or recurring.last in recurring.until(2200)
        assert start is None or start <= recurring.first <= date(2200, 12, 31)


@law(60)
@given(
    text_like("Europe", "/", "Berlin", "UTC", "..", "localtime", "europe/berlin", "EST5EDT", "\0", "America/Sao_Paulo")
)
def test_any_text_gives_a_zone_or_an_error_of_the_family(zone: str) -> None:
    value_or_refused(lambda: sla.Calendar(zone, "24/7"))


@law(60)
@given(st.text(max_size=6), st.none() | st.text(max_size=4), st.lists(st.text(max_size=6), max_size=2))
def test_any_texts_give_holidays_or_an_error_of_the_family(
    country: str, region: str | None, categories: list[str]
) -> None:
    value_or_refused(lambda: sla.Holidays(country, region, tuple(categories)))
    value_or_refused(lambda: sla.Holidays("BE", region, tuple(categories), language=region))
