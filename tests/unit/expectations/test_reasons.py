"""Why an answer is not sooner: what would otherwise have been open, and which absence has no name."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from slacalc import (
    Absence,
    Calendar,
    SpecialDay,
)
from tests.unit.expectations.told import at, promise, told

# ---------------------------------------------------------------- why not sooner


@pytest.mark.parametrize(
    ("received", "due", "calendar", "reason", "why"),
    [
        ("2026-11-20T10:00", {"business_hours": "2h"}, {}, None, "answered before noon: nothing delays it"),
        ("2026-11-20T15:00", {"business_hours": "8h"}, {}, ("weekend", ""), "Friday to Monday"),
        ("2026-11-19T16:00", {"business_hours": "2h"}, {}, None, "a night is no reason for what came in hours"),
        ("2026-11-19T18:00", {"business_hours": "2h"}, {}, ("outside_hours", ""), "received in the evening"),
        ("2027-12-03T18:30", {"business_hours": "2h"}, {}, ("holiday", "Independence Day"), "6 December 2027 is a Monday"),
        ("2026-12-04T18:30", {"business_hours": "2h"}, {}, ("weekend", ""), "6 December 2026 is a Sunday: closed anyway"),
        ("2026-12-06T10:00", {"business_hours": "2h"}, {}, ("weekend", ""), "the same on the Sunday itself"),
        ("2027-12-03T18:30", {"workday_hours": "24h"}, {}, ("holiday", "Independence Day"), "no working date either"),
        ("2027-12-03T18:30", {"calendar_hours": "96h"}, {}, None, "calendar hours run through holidays"),
        ("2027-12-03T18:30", {"calendar_days": 4}, {}, None, "calendar days too"),
        (
            "2027-12-03T18:30", {"business_hours": "2h"}, {"hours": "Mon-Fri,PH 09:00-17:00"},
            ("weekend", ""), "a holiday with hours of its own is open",
        ),
        (
            "2026-11-18T16:00", {"business_hours": "2h"}, {"special_days": [{"on": "2026-11-19", "hours": "closed", "name": "moving"}]},
            ("special_day", "moving"), "a closed Thursday",
        ),
        (
            "2026-11-19T11:00", {"business_hours": "4h"}, {"special_days": [{"on": "2026-11-19", "hours": "09:00-12:00", "name": "moving"}]},
            None, "a shorter Thursday is not closed",
        ),
        (
            "2026-11-19T11:00", {"business_hours": "4h"},
            {"absences": [{"start": "2026-11-19T12:00+02:00", "end": "2026-11-19T16:00+02:00", "name": "all hands"}]},
            ("absence", "all hands"), "an afternoon away",
        ),
        ("2026-11-19T16:30", {"business_days": 0, "cutoff": "16:00"}, {}, ("cutoff", ""), "after the cutoff"),
        ("2026-11-19T16:00", {"business_days": 0, "cutoff": "16:00"}, {}, ("cutoff", ""), "at the cutoff is after it"),
        ("2026-11-19T15:59", {"business_days": 0, "cutoff": "16:00"}, {}, None, "before the cutoff"),
        ("2026-11-20T17:00", {"business_days": 0, "cutoff": "16:00"}, {}, ("weekend", ""), "closed: no cutoff was breached"),
        (
            "2026-11-21T13:00", {"business_hours": "2h"}, {"hours": "Mon-Fri 09:00-17:00; Sat 09:00-12:00"},
            ("outside_hours", ""), "a closed Sunday alone is no weekend",
        ),
    ],
)  # fmt: skip
def test_the_reason_is_what_would_otherwise_have_been_open(
    received: str, due: Any, calendar: dict[str, Any], reason: tuple[str, str] | None, why: str
) -> None:
    found = told(promise(received, due, **calendar)).reason
    assert reason == (None if found is None else (found.kind, found.name)), why


def test_a_holiday_is_named_with_its_date_in_the_office() -> None:
    monday = promise("2027-12-03T18:30")
    away = told(monday, zone="America/New_York")
    assert away.reason is not None
    assert away.reason.start.date().isoformat() == "2027-12-06"
    assert str(away.say("en", reason=True)) == (
        "We are closed on Monday 6 December (Independence Day). We will reply by 04:00 on Tuesday 7 December (New York time)."
    )


def test_a_reason_that_has_passed_is_none() -> None:
    monday = promise("2027-12-03T18:30")
    assert told(monday, as_of=at("2027-12-07T09:30")).reason is None


def test_a_holiday_that_is_over_is_no_reason_on_the_weekend_after_it() -> None:
    """New Year's Day 2027 is a Friday; an hour of Thursday and seven of Monday are left on Saturday."""
    monday = promise("2026-12-31T16:00", {"business_hours": "8h"})
    assert monday.due == at("2027-01-04T16:00")
    friday, saturday = (told(monday, as_of=at(f"2027-01-{day}T10:00")).reason for day in ("01", "02"))
    assert friday is not None
    assert saturday is not None
    assert (friday.kind, saturday.kind) == ("holiday", "weekend")


def test_the_time_of_a_cutoff_is_said_on_the_clock_of_the_reader() -> None:
    late = promise("2026-11-19T16:30", {"business_days": 0, "cutoff": "16:00"})
    assert str(told(late, zone="Europe/Berlin").say("en", reason=True)) == (
        "Your message reached us after our cut-off time (15:00). We will reply by 16:00 tomorrow (Berlin time)."
    )


def test_the_absence_of_an_office_in_two_zones_has_no_date() -> None:
    both = Calendar("Europe/Helsinki", "Mon-Fri 09:00-17:00") | Calendar("Europe/Lisbon", "Mon-Fri 09:00-17:00")
    office = both - Absence(at("2026-11-20T12:00"), at("2026-11-20T15:00"), "all hands")
    asked = replace(promise("2026-11-20T11:00", {"business_hours": "2h"}), calendar=office, due=at("2026-11-20T16:00"))
    found = told(asked).reason
    assert found is not None
    assert (found.kind, found.start - asked.received) == ("absence", timedelta(hours=1))


def test_special_days_without_a_name_are_no_sentence() -> None:
    closed = SpecialDay.of("2026-11-19", "closed")
    assert closed.name == ""
    silent = promise("2026-11-18T16:00", special_days={"2026-11-19": "closed"})
    assert str(told(silent).say("en", reason=True)) == "We will reply by 10:00 on Friday 20 November."
