"""Random texts of opening_hours, held to the specification as it is told here: rule by rule, date by date.

It is told from the rules that a text was written of, and shares no code with the reader.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.interop import osm

DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FIRST: Final = date(2026, 12, 20)
LAST: Final = date(2027, 1, 12)
ONE: Final = timedelta(days=1)
DAY: Final = 96  # quarters of an hour
HOLIDAYS: Final = ("2026-12-25", "2026-12-26", "2027-01-01")
DATES: Final = [FIRST + step * ONE for step in range((LAST - FIRST).days + 1)]


class Said(NamedTuple):
    """A rule: what stands before it, its dates, its days with PH as 7, and its windows in quarters; none are closed."""

    joint: str
    dates: tuple[str, frozenset[date]]
    days: frozenset[int]
    windows: tuple[tuple[int, int], ...]
    is_off: bool

    def is_of(self, day: date) -> bool:
        on_days = day.weekday() in self.days or (7 in self.days and str(day) in HOLIDAYS)
        return day in self.dates[1] and (on_days or not self.days)

    @property
    def text(self) -> str:
        named = ",".join("PH" if day == 7 else DAYS[day] for day in sorted(self.days))
        times = ",".join(f"{clock(start)}-{clock(end)}" for start, end in self.windows)
        return self.joint + " ".join(
            part for part in (self.dates[0], named, times, "off" if self.is_off else "") if part
        )


def clock(quarters: int) -> str:
    return f"{quarters // 4:02}:{quarters % 4 * 15:02}"


def open_quarters(rules: list[Said], day: date) -> set[int]:
    """The quarters of a date that are open: what a rule says of it, and then what is left of the night before."""
    found: set[int] = set()
    for rule in rules:
        own = {quarter for start, end in rule.windows or ((0, DAY),) for quarter in range(start, end)}
        if rule.is_of(day):
            today = {quarter for quarter in own if quarter < DAY}
            if not rule.is_off and rule.joint != ", ":
                found = set()
            found = found - today if rule.is_off else found | today
        if rule.is_of(day - ONE):
            left = {quarter - DAY for quarter in own if quarter >= DAY}
            found = found - left if rule.is_off else found | left
    return found


def every_date(chosen: set[date]) -> frozenset[date]:
    return frozenset(chosen)


EVER: Final = ("", every_date({FIRST - ONE, *DATES}))


def _between(ends: tuple[date, date]) -> tuple[str, frozenset[date]]:
    first, last = sorted(ends)
    said = f"{first.year} {MONTHS[first.month - 1]} {first.day}-{last.year} {MONTHS[last.month - 1]} {last.day}"
    return said, every_date({day for day in DATES if first <= day <= last})


def _yearly(day: date) -> tuple[str, frozenset[date]]:
    return f"{MONTHS[day.month - 1]} {day.day}", every_date({day})


SOME: Final = st.sampled_from(DATES[1:])
WINDOW: Final = st.tuples(st.integers(0, 95), st.integers(1, 95)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@st.composite
def texts(draw: st.DrawFn) -> list[Said]:
    return [draw(said(is_first=place == 0)) for place in range(draw(st.integers(1, 4)))]


@st.composite
def said(draw: st.DrawFn, *, is_first: bool) -> Said:
    is_off = draw(st.booleans()) and not is_first
    windows = draw(st.lists(WINDOW, min_size=0 if is_off else 1, max_size=2))
    days = draw(st.frozensets(st.integers(0, 7), min_size=1))
    dates = draw(st.one_of(st.just(EVER), st.tuples(SOME, SOME).map(_between), SOME.map(_yearly)))
    return Said("" if is_first else draw(st.sampled_from(["; ", ", "])), dates, days, tuple(windows), is_off)


@settings(max_examples=80, deadline=None)
@given(texts())
def test_a_text_is_open_when_its_rules_say(rules: list[Said]) -> None:
    calendar = _read("".join(rule.text for rule in rules))
    if calendar is not None:
        ours = set(_quarters(calendar))
        assert ours == {(day, quarter) for day in DATES for quarter in open_quarters(rules, day)}


def _read(text: str) -> sla.Calendar | None:
    """The calendar of a text; None where it never opens, or a night is another after a holiday."""
    off = {"dates": dict.fromkeys(HOLIDAYS, "off"), "yearly": {"08-15": "off"}}
    try:
        return osm.load(text, zone="UTC", holidays=off).calendars["opening hours"]
    except sla.InteropError as refused:
        if refused.code in {"import_never_opens", "import_changes_due_times"}:
            return None
        raise


def _quarters(calendar: sla.Calendar) -> Iterator[tuple[date, int]]:
    begin = datetime.combine(FIRST, datetime.min.time(), UTC)
    for span in calendar.intervals(begin, begin + len(DATES) * ONE):
        at = span.start
        while at < span.end:
            yield at.date(), (at.hour * 60 + at.minute) // 15
            at += timedelta(minutes=15)
