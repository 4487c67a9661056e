"""Schedules as calendars: zones, dates that are worked once, and random spans against minutes that are counted."""

from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from slacalc.interop import servicenow
from tests.unit.interop.servicenow.instances import ODD, ROUND_THE_CLOCK, excluded, includes, schedule, span

CHICAGO: Final = "America/Chicago"
MONDAY: Final = datetime(2026, 11, 2, tzinfo=UTC)


def test_a_schedule_that_floats_in_two_zones_is_two_calendars() -> None:
    calendars = servicenow.load(ODD, zone=CHICAGO).calendars
    assert {name: str(calendar.zone) for name, calendar in calendars.items()} == {
        "Floating (America/Chicago)": CHICAGO,
        "Floating (Europe/Paris)": "Europe/Paris",
    }


def test_a_date_that_is_worked_once_and_excluded_stays_closed() -> None:
    tables = {
        **ROUND_THE_CLOCK,
        "contract_sla": [],
        "cmn_schedule_span": [*ROUND_THE_CLOCK["cmn_schedule_span"], span("s1", "20261225T100000", "20261225T140000")],
    }
    tables["cmn_schedule_span"] = tables["cmn_schedule_span"][1:]
    (calendar,) = servicenow.load(
        {
            **tables,
            "cmn_schedule_span": [span("s1", "20261123T090000", "20261123T100000"), *tables["cmn_schedule_span"]],
        }
    ).calendars.values()
    assert calendar.is_open(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
    assert not calendar.is_open(datetime(2026, 12, 25, 12, tzinfo=UTC))


def test_schedules_that_include_each_other_are_read_once() -> None:
    """The office includes holidays, and these the office: its hours are there once, and the dates that are off."""
    circle = {
        "cmn_schedule": [schedule("s1", "Office", "UTC"), schedule("h1", "Holidays", "UTC")],
        "cmn_other_schedule": [includes("s1", "h1"), includes("h1", "s1")],
        "cmn_schedule_span": [
            span("s1", "20260105T090000", "20260105T170000", "weekdays"), excluded("h1", "Off", "20261123"),
        ],
    }  # fmt: skip
    office = servicenow.load(circle).calendars["Office"]
    assert str(office.hours) == "Mon-Fri 09:00-17:00"
    assert [office.is_open(datetime(2026, 11, day, 12, tzinfo=UTC)) for day in (23, 24)] == [False, True]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 23), st.integers(1, 40)), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 27), st.integers(0, 23), st.integers(1, 40)), max_size=3),
    st.integers(7 * 24, 28 * 24 - 1),
)
def test_an_hour_is_open_when_a_span_works_it_and_none_excludes_it(
    worked: list[tuple[int, int, int]], off: list[tuple[int, int, int]], hour: int
) -> None:
    """An oracle of its own: spans are stretches of hours since Monday, each week again for those that are worked."""

    def text(hours: int) -> str:
        return f"{MONDAY + timedelta(hours=hours):%Y%m%dT%H%M%S}"

    weekly = [(24 * day + start, 24 * day + start + length) for day, start, length in worked]
    once = [(24 * day + start, 24 * day + start + length) for day, start, length in off]
    spans = [span("s1", text(a), text(b), "weekly", days_of_week=str(a // 24 + 1)) for a, b in weekly]
    spans += [span("s1", text(a), text(b), type="exclude") for a, b in once]
    (calendar,) = servicenow.load(
        {"cmn_schedule": [schedule("s1", "A", "UTC")], "cmn_schedule_span": spans}
    ).calendars.values()
    in_hours = any(a <= hour - 168 * week < b for a, b in weekly for week in range(4))
    is_off = any(a <= hour < b for a, b in once)
    assert calendar.is_open(MONDAY + timedelta(hours=hour)) == (in_hours and not is_off)
