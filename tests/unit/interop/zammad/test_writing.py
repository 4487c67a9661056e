"""A calendar as one of Zammad's: what is written, what is lost, and that it is read back the same."""

import json
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.interop import zammad
from tests.refusals import Refusal, check

FIRST: Final = date(2026, 12, 1)
LAST: Final = date(2026, 12, 31)
CHRISTMAS: Final = sla.FrozenHolidays.of({date(2026, 12, 25): "Christmas Day"}, years=(2026, 2027))  # a Friday


def record(hours: str, **more: Any) -> dict[str, Any]:
    document: dict[str, Any] = zammad.write(
        sla.Calendar("Europe/Berlin", hours, **more), FIRST, LAST, name="Desk"
    ).document
    return document


def frames(written: dict[str, Any]) -> dict[str, Any]:
    return {day: said["timeframes"] for day, said in written["business_hours"].items() if said["active"]}


@pytest.mark.parametrize(
    ("hours", "more", "week", "holidays"),
    [
        ("Sat 09:00-12:00 13:00-17:00", {}, {"sat": [["09:00", "12:00"], ["13:00", "17:00"]]}, {}),
        ("Sun 00:00-24:00", {}, {"sun": [["00:00", "23:59"]]}, {}),
        ("Sun 22:00-06:00", {}, {"sun": [["22:00", "23:59"]], "mon": [["00:00", "06:00"]]}, {}),
        ("Fri 09:00-17:00", {"holidays": CHRISTMAS}, {"fri": [["09:00", "17:00"]]}, {"2026-12-25": "Christmas Day"}),
        ("Fri 09:00-17:00", {"special_days": {"2026-12-18": "closed"}}, {"fri": [["09:00", "17:00"]]}, {"2026-12-18": "closed"}),
        # The night of Christmas is not worked, so that Saturday's early hours are closed, too.
        ("Fri 22:00-06:00", {"holidays": CHRISTMAS}, {"fri": [["22:00", "23:59"]], "sat": [["00:00", "06:00"]]},
         {"2026-12-25": "Christmas Day", "2026-12-26": "Christmas Day"}),
        ("Sat 09:00-17:00", {"holidays": CHRISTMAS}, {"sat": [["09:00", "17:00"]]}, {}),
    ],
)  # fmt: skip
def test_the_week_and_the_dates_that_are_closed(
    hours: str, more: dict[str, Any], week: dict[str, Any], holidays: dict[str, str]
) -> None:
    written = record(hours, **more)
    assert frames(written) == week
    assert written["public_holidays"] == {day: {"active": True, "summary": name} for day, name in holidays.items()}
    assert (written["name"], written["timezone"]) == ("Desk", "Europe/Berlin")


@pytest.mark.parametrize(
    ("hours", "more", "where", "means", "week"),
    [
        ("Thu 09:00-17:00", {"special_days": {"2026-12-24": "09:00-12:00"}}, "dates",
         "1 date is open at other hours than the weekday, the first 2026-12-24", {"thu": [["09:00", "17:00"]]}),
        ("Thu 09:00-17:00", {"special_days": {"2026-12-26": "open 09:00-12:00"}}, "dates",
         "1 date is open at other hours than the weekday, the first 2026-12-26", {"thu": [["09:00", "17:00"]]}),
        ("Fri 22:00-06:00; Sat 09:00-12:00", {"holidays": CHRISTMAS}, "dates",
         "1 date is open at other hours than the weekday, the first 2026-12-26",
         {"fri": [["22:00", "23:59"]], "sat": [["00:00", "06:00"], ["09:00", "12:00"]]}),
        ("Thu 09:00-23:59", {}, "hours", "hours that end at 23:59", {"thu": [["09:00", "23:59"]]}),
        ("Thu 09:00:30-17:00", {}, "hours", "hours that begin or end between two minutes", {"thu": [["09:00", "17:00"]]}),
        ("Thu 09:00-17:00", {"absences": [sla.Absence(datetime(2026, 12, 4, 9, tzinfo=UTC), datetime(2026, 12, 4, 12, tzinfo=UTC))]},
         "absences", "an absence from 2026-12-04T09:00", {"thu": [["09:00", "17:00"]]}),
        ("closed", {"special_days": {"2027-02-01": "open 09:00-12:00"}}, "hours", "no weekday has hours", {}),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_named_and_refused(
    hours: str, more: dict[str, Any], where: str, means: str, week: dict[str, Any]
) -> None:
    office = sla.Calendar("UTC", hours, **more)
    written = zammad.write(office, FIRST, LAST, lossy=True)
    (loss,) = written.losses
    assert (loss.severity, loss.where) == ("due_times", where)
    assert loss.means.startswith(means)
    assert frames(written.document) == week
    with pytest.raises(sla.InteropError) as refused:
        zammad.write(office, FIRST, LAST)
    assert (refused.value.code, refused.value.where) == ("import_changes_due_times", where)


REFUSALS: Final = [
    Refusal(lambda: zammad.write(sla.Calendar("UTC", "24/7"), LAST, FIRST), sla.InteropError, "export_dates_invalid",
            "last", "2026-12-31 to 2026-12-01", "at most 3660"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


def windows(quarters: list[tuple[int, int]]) -> str:
    """Windows of a day in quarters of an hour, over midnight too."""
    said = (f"{a // 4:02}:{a % 4 * 15:02}-{b // 4:02}:{b % 4 * 15:02}" for a, b in quarters if a != b)
    return " ".join(said) or "closed"


DAY: Final = st.lists(st.tuples(st.integers(0, 95), st.integers(1, 96)), max_size=3).map(windows)
DATES: Final = st.lists(st.dates(date(2026, 12, 2), LAST), max_size=4)


@settings(max_examples=80, deadline=None)
@given(st.lists(DAY, min_size=7, max_size=7), DATES, DATES)
def test_what_is_written_and_read_again_is_the_same_schedule(
    week: list[str], off: list[date], closed: list[date]
) -> None:
    """Of days and nights, holidays and closed dates; what is left of a night is all that the format cannot say."""
    hours = dict(zip(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), week, strict=True))
    office = sla.Calendar(
        "Europe/Berlin",
        {**hours, "Mon": "09:00-17:00"},  # so that it opens
        holidays=sla.FrozenHolidays.of(dict.fromkeys(off, "off"), years=(2026, 2027)),
        special_days={str(day): "closed" for day in closed},
    )
    written = zammad.write(office, FIRST, LAST, lossy=True)
    if written.losses:
        assert [loss.where for loss in written.losses] == ["dates"]
        assert any(_runs_over_midnight(said) for said in week)
        return
    document = written.document
    again = zammad.load([{"id": 1, **json.loads(json.dumps(document))}]).calendars["Business hours"]
    start, end = datetime(2026, 11, 30, 23, tzinfo=UTC), datetime(2026, 12, 31, 22, tzinfo=UTC)
    assert [*_joined(again, start, end)] == [*_joined(office, start, end)]


def _runs_over_midnight(said: str) -> bool:
    pairs = (window.split("-") for window in said.split() if "-" in window)
    return any(end <= start for start, end in pairs)


def _joined(calendar: sla.Calendar, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """The open intervals, those that touch as one: midnight divides a night there, and not here."""
    found: list[tuple[datetime, datetime]] = []
    for each in calendar.intervals(start, end):
        if found and found[-1][1] == each.start:
            found[-1] = found[-1][0], each.end
        else:
            found.append((each.start, each.end))
    return found
