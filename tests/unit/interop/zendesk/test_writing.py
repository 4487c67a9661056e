"""A calendar as a schedule of Zendesk: what is written, what is lost, and that it is read back the same."""

import json
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest
from hypothesis import given, settings

import slacalc as sla
from slacalc.interop import zendesk
from tests.refusals import Refusal, check
from tests.unit.interop.drawn import DAY_OFFICES, FIRST, LAST, OFFICES, open_time

CHRISTMAS: Final = sla.FrozenHolidays.of(
    {date(2026, 12, 25): "Christmas Day", date(2026, 12, 26): "Boxing Day"}, years=(2026, 2027)
)  # a Friday, a Saturday
AWAY: Final = sla.Absence(datetime(2026, 12, 4, 9, tzinfo=UTC), datetime(2026, 12, 4, 12, tzinfo=UTC))


def schedule(hours: str, zone: str = "Europe/Berlin", **more: Any) -> dict[str, Any]:
    written = zendesk.write(sla.Calendar(zone, hours, **more), FIRST, LAST, name="Desk", lossy=True)
    found: dict[str, Any] = written.document["schedules"][0]
    return found


# Minutes since Sunday 00:00, by hand: Monday is 1440, Friday 7200, Saturday 8640, the end of Saturday 10080.
@pytest.mark.parametrize(
    ("hours", "intervals"),
    [
        ("Mon 09:00-17:00", [(1980, 2460)]),
        ("Mon 09:00-12:30 13:30-17:00", [(1980, 2190), (2250, 2460)]),
        ("Sun 00:00-24:00", [(0, 1440)]),
        ("Sat 18:00-24:00", [(9720, 10080)]),
        ("Fri 22:00-06:00", [(8520, 8640), (8640, 9000)]),
        ("Sat 22:00-06:00", [(0, 360), (9960, 10080)]),
        ("24/7", [(0, 1440), (1440, 2880), (2880, 4320), (4320, 5760), (5760, 7200), (7200, 8640), (8640, 10080)]),
    ],
)
def test_intervals_are_minutes_since_sunday_and_end_at_midnight(hours: str, intervals: list[tuple[int, int]]) -> None:
    said = schedule(hours)
    assert [(each["start_time"], each["end_time"]) for each in said["intervals"]] == intervals
    assert (said["name"], said["holidays"]) == ("Desk", [])


@pytest.mark.parametrize(
    ("hours", "more", "holidays"),
    [
        ("Fri 09:00-17:00", {"holidays": CHRISTMAS}, [("Christmas Day", "2026-12-25", "2026-12-25")]),
        ("Fri,Sat 09:00-17:00", {"holidays": CHRISTMAS}, [("Christmas Day", "2026-12-25", "2026-12-25"), ("Boxing Day", "2026-12-26", "2026-12-26")]),
        ("Mon-Fri 09:00-17:00", {"special_days": {"2026-12-23..2026-12-29": "closed"}},
         [("closed", "2026-12-23", "2026-12-25"), ("closed", "2026-12-28", "2026-12-29")]),
        # Friday's night is not worked, so that Saturday's early hours are closed, too.
        ("Fri 22:00-06:00", {"special_days": [sla.SpecialDay.of("2026-12-18", "closed", name="Party")]},
         [("Party", "2026-12-18", "2026-12-19")]),
    ],
)  # fmt: skip
def test_dates_that_are_closed_are_holidays(hours: str, more: dict[str, Any], holidays: list[Any]) -> None:
    said = schedule(hours, **more)["holidays"]
    assert [(each["name"], each["start_date"], each["end_date"]) for each in said] == holidays


@pytest.mark.parametrize(
    ("zone", "name"),
    [("Europe/Berlin", "Berlin"), ("Europe/London", "London"), ("America/New_York", "Eastern Time (US & Canada)"), ("UTC", "UTC")],
)  # fmt: skip
def test_zones_have_the_names_of_rails(zone: str, name: str) -> None:
    assert schedule("Mon 09:00-17:00", zone)["time_zone"] == name


@pytest.mark.parametrize(
    ("hours", "more", "severity", "where", "means"),
    [
        ("Thu 09:00-17:00", {"special_days": {"2026-12-24": "09:00-12:00"}}, "due_times", "dates",
         "1 date is open at other hours than the weekday, the first 2026-12-24"),
        ("Thu 09:00-17:00", {"special_days": {"2026-12-24": "09:00-12:00", "2026-12-26": "open 09:00-12:00"}}, "due_times",
         "dates", "2 dates are open at other hours than the weekday, the first 2026-12-24"),
        ("Thu 09:00:30-17:00", {}, "due_times", "hours", "hours that begin or end between two minutes"),
        ("Thu 09:00-17:00", {"absences": [AWAY]}, "due_times", "absences", "an absence from 2026-12-04T09:00"),
        ("Thu 09:00-17:00", {"zone": "Europe/Luxembourg"}, "due_times", "zone", "the zone Europe/Luxembourg, for which"),
        ("closed", {"special_days": {"2027-02-01": "open 09:00-12:00"}}, "due_times", "hours", "no weekday has hours"),
        ("Thu 09:00-17:10", {}, "cosmetic", "hours", "hours that end between two quarters of an hour"),
        ("Thu 09:00-09:45", {}, "cosmetic", "hours", "hours that end between two quarters of an hour"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_named(hours: str, more: dict[str, Any], severity: str, where: str, means: str) -> None:
    office = sla.Calendar(hours=hours, **{"zone": "Europe/Berlin", **more})
    (loss,) = zendesk.write(office, FIRST, LAST, lossy=True).losses
    assert (loss.severity, loss.where) == (severity, where)
    assert loss.means.startswith(means)
    if severity == "due_times":
        with pytest.raises(sla.InteropError) as refused:
            zendesk.write(office, FIRST, LAST)
        assert (refused.value.code, refused.value.where) == ("import_changes_due_times", where)


REFUSALS: Final = [
    Refusal(lambda: zendesk.write(sla.Calendar("UTC", "24/7"), LAST, FIRST), sla.InteropError,
            "export_dates_invalid", "last", "2026-12-31 to 2026-12-01", "at most 3660"),
    Refusal(lambda: zendesk.write(sla.Calendar("UTC", "24/7") | sla.Calendar("UTC", "Mon 09:00-10:00"), FIRST, LAST),  # type: ignore[arg-type]
            sla.SlaError, "argument_invalid", "calendar", "", "no combination"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


@settings(max_examples=60, deadline=None)
@given(DAY_OFFICES)
def test_what_is_written_and_read_again_is_the_same_schedule(office: sla.Calendar) -> None:
    written = zendesk.write(office, FIRST, LAST)
    again = zendesk.load(json.loads(written.content)).calendars["Business hours"]
    assert open_time(again) == open_time(office)


@settings(max_examples=60, deadline=None)
@given(OFFICES)
def test_nights_are_read_again_the_same_where_no_date_has_hours_of_its_own(office: sla.Calendar) -> None:
    written = zendesk.write(office, FIRST, LAST, lossy=True)
    again = zendesk.load(json.loads(written.content)).calendars["Business hours"]
    is_same = open_time(again) == open_time(office)
    assert is_same or [loss.where for loss in written.losses if loss.severity == "due_times"] == ["dates"]
