"""That twice as many recurrences and absences are twice as much work: what is done is counted, not timed."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

import slacalc as sla
from slacalc.business_time import spans
from slacalc.calendars import recurrence

MONDAY = datetime(2026, 6, 1, 10, tzinfo=UTC)
SIZES = (75, 150, 300)


def asked(make: Callable[[int], sla.Calendar], count: int) -> None:
    calendar = make(count)
    assert calendar.plan.ends.closed_from is None
    calendar.add(MONDAY, timedelta(hours=800))
    calendar.explain(MONDAY, MONDAY + timedelta(days=60))
    calendar.next_open(MONDAY)


def recurring(count: int) -> sla.Calendar:
    rules = [f"FREQ=YEARLY;BYMONTH={n % 12 + 1};BYMONTHDAY={n // 12 + 1};UNTIL=20281231" for n in range(count)]
    closed = [sla.SpecialDay.of(sla.Recurring(rule, date(2026, 1, 1)), "closed") for rule in rules]
    return sla.Calendar("Europe/Berlin", "Mon-Sun 09:00-17:00", special_days=closed)


def absent(count: int) -> sla.Calendar:
    hours = [MONDAY + n * timedelta(hours=5) for n in range(count)]
    away = [sla.Absence(start, start + timedelta(hours=1), f"away {n}") for n, start in enumerate(hours)]
    return sla.Calendar("Europe/Berlin", "Mon-Sun 09:00-17:00", absences=away)


def work(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, done: Callable[[], object]) -> int:
    """How many values a function yields while something is done."""
    counted, function = [0], getattr(module, name)

    def counting(*given: Any) -> Iterator[Any]:
        for each in function(*given):
            counted[0] += 1
            yield each

    with monkeypatch.context() as patched:
        patched.setattr(module, name, counting)
        done()
    return counted[0]


def test_recurrences_are_expanded_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    dates = [work(monkeypatch, recurrence, "_expansion", partial(asked, recurring, count)) for count in SIZES]

    # three dates each, up to 2028: for the calendar once, and a few times for whether they end and when
    assert [expanded / count for count, expanded in zip(SIZES, dates, strict=True)] == [dates[0] / 75] * 3
    assert 3 <= dates[0] / 75 <= 20


def test_an_answer_asks_the_absences_near_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    near = [work(monkeypatch, spans, "_overlaps", partial(asked, absent, count)) for count in SIZES]

    assert near[2] <= 2.1 * near[1]
    assert near[1] <= 2.1 * near[0]


def test_calendars_with_a_recurrence_each_expand_it_once_however_many_are_asked_in_turns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each customer closes every other week, since another day: more of them than the last expansions that are kept."""

    def fortnights(count: int) -> None:
        starts = [date(2026, 1, 1) + timedelta(n) for n in range(count)]
        closed = [sla.SpecialDay.of(sla.Recurring("FREQ=DAILY;INTERVAL=14", start), "closed") for start in starts]
        calendars = [sla.Calendar("Europe/Berlin", "Mon-Sun 09:00-17:00", special_days=[each]) for each in closed]
        for day in range(10):
            for calendar in calendars:
                calendar.is_open(MONDAY + 40 * timedelta(day))

    few, many = (work(monkeypatch, recurrence, "_expansion", partial(fortnights, count)) for count in (75, 300))
    assert many <= 4.1 * few
