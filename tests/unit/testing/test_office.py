"""What users' own test suites can use: an office, and assertions that explain their failure."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.testing import assert_due, assert_target_due, office_calendar
from tests.helpers import BERLIN

FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=BERLIN)
MONDAY: Final = datetime(2026, 11, 23, 11, tzinfo=BERLIN)
FOUR_HOURS: Final = sla.BusinessHours(amount=timedelta(hours=4))
POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}}
        ],
    }
)


def test_the_office_has_no_holidays() -> None:
    assert sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00") == office_calendar()
    assert office_calendar().holidays is None
    assert sla.Calendar("Asia/Tokyo", "Sat 10:00-12:00") == office_calendar("Asia/Tokyo", hours="Sat 10:00-12:00")


def test_a_due_time_that_is_as_expected_passes_in_whatever_zone_it_is_told() -> None:
    promise = POLICY.promise(FRIDAY)["first_response"]
    assert_due(promise, MONDAY)
    assert_due(promise, MONDAY.astimezone(UTC))
    assert_due(promise, MONDAY.astimezone(ZoneInfo("Asia/Tokyo")))
    assert_target_due(FOUR_HOURS, office_calendar(), FRIDAY, MONDAY.astimezone(UTC))


def test_a_failure_says_what_was_expected_what_it_is_how_far_apart_and_why() -> None:
    with pytest.raises(AssertionError) as failed:
        assert_due(POLICY.promise(FRIDAY)["first_response"], MONDAY - timedelta(minutes=90))
    assert str(failed.value) == (
        "first_response (4h in business hours): expected due Mon 2026-11-23 09:30 CET, "
        "but it is due Mon 2026-11-23 11:00 CET, 1h 30min later\n"
        "from                  to                    wall  counted  reason\n"
        "Fri 2026-11-20 15:00  Fri 2026-11-20 17:00    2h       2h  counted\n"
        "Fri 2026-11-20 17:00  Sat 2026-11-21 00:00    7h           outside hours\n"
        "Sat 2026-11-21 00:00  Mon 2026-11-23 00:00   48h           weekend\n"
        "Mon 2026-11-23 00:00  Mon 2026-11-23 09:00    9h           outside hours\n"
        "Mon 2026-11-23 09:00  Mon 2026-11-23 11:00    2h       2h  counted\n"
        "                                             68h       4h  total"
    )


def test_a_microsecond_is_a_difference() -> None:
    with pytest.raises(AssertionError, match=r"4h in business hours: expected due .* 0\.000001s earlier"):
        assert_target_due(FOUR_HOURS, office_calendar(), FRIDAY, MONDAY + timedelta(microseconds=1))


def test_the_two_times_of_an_autumn_fold_are_a_difference_of_an_hour() -> None:
    target = sla.CalendarHours(amount=timedelta(hours=1))
    received = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    assert_target_due(target, office_calendar(), received, received.replace(fold=1))
    with pytest.raises(AssertionError, match="02:30 CEST, but it is due Sun 2026-10-25 02:30 CET, 1h later"):
        assert_target_due(target, office_calendar(), received, received)


def test_a_naive_expectation_is_refused() -> None:
    with pytest.raises(sla.InstantError) as refused:
        assert_due(POLICY.promise(FRIDAY)["first_response"], datetime(2026, 11, 23, 11))
    assert refused.value.where == "due"


def test_it_needs_neither_holiday_data_nor_pytest() -> None:
    code = "import slacalc.testing, sys; slacalc.testing.office_calendar(); print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert {name.split(".")[0] for name in done.stdout.split()}.isdisjoint({"holidays", "pytest", "typer", "rich"})
