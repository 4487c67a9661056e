"""What the strategies draw: within the limits that they promise, and every kind of it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.testing.registration import register
from slacalc.testing.strategies import (
    CLOCK_CHANGES,
    ZONES,
    absences,
    amounts,
    calendars,
    dates_near,
    day_windows,
    event_logs,
    holidays,
    hours,
    instants,
    instants_of,
    policies,
    special_days,
    targets,
    times_of_day,
    windows,
    written_hours,
    written_windows,
)

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
FRIDAY: Final = datetime(2026, 11, 20, tzinfo=UTC)


def drawn(strategy: st.SearchStrategy[Any], count: int = 300) -> list[Any]:
    """So many examples, the same ones every time."""
    seen: list[Any] = []

    @settings(max_examples=count, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    @given(strategy)
    def look(example: Any) -> None:
        seen.append(example)

    look()
    return seen


@pytest.mark.parametrize(
    ("strategy", "holds", "reaches"),
    [
        (amounts(), lambda a: timedelta(minutes=1) <= a <= 40 * HOUR and a % timedelta(minutes=1) == timedelta(0), {1 * HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 24 * HOUR}),
        (amounts(most=2 * HOUR, grain=HOUR), lambda a: a in (HOUR, 2 * HOUR), {HOUR, 2 * HOUR}),
        (amounts(most=timedelta(seconds=2), grain=timedelta(seconds=1)), lambda a: timedelta(0) < a <= timedelta(seconds=2), {timedelta(seconds=1), timedelta(seconds=2)}),
        (dates_near(), lambda d: abs(d - date(2026, 11, 20)) <= 4 * DAY, {date(2026, 11, 16), date(2026, 11, 24)}),
        (times_of_day(), lambda s: 0 <= s < 86_400 and s % 60 == 0, {0, 32_400, 61_200, 1_800, 84_600}),
        (times_of_day(step=21_600), lambda s: 0 <= s < 86_400, {21_600, 64_800}),
        (instants(grain=DAY), lambda at: at.tzinfo is UTC and abs(at - FRIDAY) <= 4 * DAY, {FRIDAY, FRIDAY - 4 * DAY, FRIDAY + 4 * DAY}),
        (windows(), lambda w: 0 <= w[0] < 86_400 and w[0] < w[1] <= w[0] + 86_400, {(0, 86_400)}),
        (day_windows(least=1), lambda of_day: 1 <= len(of_day) <= 3, set()),
    ],
    ids=["amounts", "few amounts", "seconds", "dates", "times", "quarters of a day", "instants", "windows", "of a date"],
)  # fmt: skip
def test_what_is_drawn_is_within_its_limits_and_reaches_them(
    strategy: st.SearchStrategy[Any], holds: Callable[[Any], bool], reaches: set[object]
) -> None:
    seen = drawn(strategy)
    assert all(holds(each) for each in seen)
    assert reaches <= set(seen)


def test_some_dates_are_closed_and_some_have_three_windows() -> None:
    assert {len(of_day) for of_day in drawn(day_windows(), 100)} == {0, 1, 2, 3}


def test_holidays_are_near_the_instant_and_three_years_are_known() -> None:
    seen = drawn(holidays())
    assert {each.years for each in seen} == {(2025, 2027)}
    days = [pair for each in seen for pair in each.dates]
    assert {name for _, name in days} == {"Feast"}
    assert all(abs(day - FRIDAY.date()) <= 4 * DAY for day, _ in days)
    assert {len(each.dates) for each in seen} == {0, 1, 2, 3}


def test_special_days_are_of_every_kind_and_change() -> None:
    seen = drawn(special_days(), 100)
    assert {each.name for each in seen} == {"date", "DateRange", "Yearly", "Relative", "Recurring"}
    assert {each.change for each in seen} == {"closed", "replaced", "added", "removed"}


def test_absences_are_up_to_three_days_long_and_near() -> None:
    for absence in drawn(absences()):
        assert timedelta(minutes=1) <= absence.end - absence.start <= 3 * DAY
        assert abs(absence.start - FRIDAY) <= 4 * DAY
        assert absence.name == "away"


def test_calendars_are_of_awkward_zones_and_have_every_kind_of_exception() -> None:
    seen = drawn(calendars(), 80)
    assert {each.zone for each in seen} <= set(ZONES)
    assert {each.open_on_holidays for each in seen} == {True, False}
    assert {len(each.absences) for each in seen} == {0, 1, 2}
    assert {len(each.special_days) for each in seen} == {0, 1, 2, 3}
    assert {len(each.versions) for each in seen} == {0, 1}
    assert {each.holidays is None for each in seen} == {True, False}
    assert {str(each.hours) for each in seen} >= {"24/7"}


def test_hours_are_often_those_of_an_office_of_nights_or_of_always() -> None:
    assert {str(each) for each in drawn(hours(), 60)} >= {
        "Mon-Fri 09:00-12:00 13:00-17:00",
        "Mon-Sun 22:00-06:00",
        "24/7",
    }


def test_instants_of_a_calendar_are_often_where_it_opens_or_closes_or_a_microsecond_beside_it() -> None:
    office = sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00")
    tick = timedelta(microseconds=1)
    opening, closing = (datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in (8, 16))
    seen = drawn(instants_of(office))
    assert {edge + beside for edge in (opening, closing) for beside in (-tick, timedelta(0), tick)} <= set(seen)
    assert all(abs(at - FRIDAY) <= 4 * DAY + tick for at in seen)
    assert {str(at.tzinfo) for at in seen} == {"UTC", "Europe/Berlin"}


def test_what_never_opens_has_instants_too() -> None:
    closed = sla.Calendar("UTC", "Mon-Fri 09:00-17:00", versions={"2026-11-01": "closed"})
    assert all(abs(at - FRIDAY) <= 4 * DAY for at in drawn(instants_of(closed), 20))


@pytest.mark.parametrize("kind", [sla.Calendar, sla.Hours, sla.SpecialDay, sla.Absence, sla.FrozenHolidays, sla.Policy])
def test_a_type_is_drawn_with_the_strategy_that_is_registered_for_it(kind: type) -> None:
    register()
    assert {type(each) for each in drawn(st.from_type(kind), 3)} == {kind}


def test_targets_are_of_every_kind() -> None:
    seen = drawn(targets(), 400)
    assert {type(each) for each in seen} == {
        sla.BusinessHours, sla.WorkdayHours, sla.CalendarHours, sla.BusinessDays, sla.CalendarDays, sla.NextOpening,
        sla.Range, sla.InsideOutside,
    }  # fmt: skip
    days = [each for each in seen if isinstance(each, sla.BusinessDays)]
    assert {each.days for each in days} == {0, 1, 2, 3, 4, 5}
    assert {each.by for each in days} == {"close", "opening", "same_time", "12:00"}
    assert {each.cutoff for each in days} == {None, "16:00"}
    calendar_days = [each for each in seen if isinstance(each, sla.CalendarDays)]
    assert {0} <= {each.days for each in calendar_days} <= set(range(31))
    assert {each.by for each in calendar_days} == {"close", "opening", "same_time", "12:00"}


def test_policies_have_a_rule_for_everybody_at_the_end() -> None:
    seen = drawn(policies(), 40)
    assert {policy.rules[-1].name for policy in seen} == {"everybody"}
    assert {len(policy.rules) for policy in seen} == {1, 2, 3}
    assert {len(policy.calendars) for policy in seen} == {1, 2}
    assert {metric for policy in seen for metric in policy.metrics} == {
        "first_response", "next_response", "resolution",
    }  # fmt: skip
    assert {policy.name for policy in seen} == {"drawn"}
    promised = [metric for policy in seen for rule in policy.rules for metric in rule.metrics.values()]
    assert {(metric.promise, metric.owed_by) for metric in promised} == {
        ("owed", "us"), ("typical", "us"), ("best_effort", "us"), ("owed", "customer"),
    }  # fmt: skip


def test_a_ticket_is_created_and_then_things_happen_in_order_within_a_week() -> None:
    seen = drawn(event_logs(start=FRIDAY, most=4), 200)
    assert {len(log) for log in seen} == {1, 2, 3, 4, 5}
    for created, *happened in seen:
        assert (type(created), created.at) == (sla.Created, FRIDAY)
        times = [event.at for event in happened]
        assert times == sorted(times)
        assert all(timedelta(0) <= at - FRIDAY <= 7 * DAY for at in times)
        assert all((at - FRIDAY) % timedelta(minutes=1) == timedelta(0) for at in times)


def test_tickets_are_created_and_live_in_the_hours_that_people_work() -> None:
    seen = drawn(event_logs(), 200)
    for times in ([created.at for created, *_ in seen], [event.at for _, *happened in seen for event in happened]):
        assert len(times) > 150
        assert sum(at.weekday() < 5 and 9 <= at.hour < 17 for at in times) / len(times) >= 0.25
        assert sum(at.weekday() >= 5 for at in times) / len(times) >= 0.10
    assert all(log[0].at <= at.at <= log[0].at + 7 * DAY for log in seen for at in log)


# ---------------------------------------------------------------- as someone would write it


@pytest.mark.parametrize(
    ("of_day", "written"),
    [
        ((), "closed"),
        (((32_400, 61_200),), "09:00-17:00"),
        (((46_800, 61_200), (32_400, 43_200)), "13:00-17:00 09:00-12:00"),
        (((79_200, 108_000),), "22:00-06:00"),
        (((0, 86_400),), "00:00-24:00"),
        (((32_401, 43_259),), "09:00:01-12:00:59"),
    ],
)
def test_windows_are_written_as_they_are(of_day: tuple[tuple[int, int], ...], written: str) -> None:
    assert written == written_windows(of_day)


def test_a_week_is_written_day_by_day() -> None:
    assert written_hours({"Mon": ((32_400, 61_200),), "PH": ()}) == "Mon 09:00-17:00; PH closed"
    assert written_hours({}) == "closed"


def test_clocks_are_moved_at_each_of_the_changes() -> None:
    for zone, change in CLOCK_CHANGES:
        before, after = (
            (change + apart).astimezone(ZoneInfo(zone)) for apart in (timedelta(microseconds=-1), timedelta(0))
        )
        assert after.utcoffset() != before.utcoffset(), f"{zone} {change}"
