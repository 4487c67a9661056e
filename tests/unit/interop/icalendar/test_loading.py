"""A feed as a policy, whatever it says."""

from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import icalendar
from tests.refusals import Refusal, check
from tests.unit.interop.icalendar.feed_texts import BRUSSELS, HEAD, availability, feed

DAY: Final = "DTSTART;VALUE=DATE:20261202|SUMMARY:Fair"
OPEN: Final = f"DTSTART;{BRUSSELS}:20260105T090000|DURATION:PT8H|RRULE:FREQ=WEEKLY"
GOOGLE: Final = f"{HEAD}X-WR-CALNAME:Holidays in Belgium\r\nX-WR-TIMEZONE:UTC\r\n"


def loaded(text: str, **more: Any) -> sla.Calendar:
    (calendar,) = icalendar.load(text, **more).calendars.values()
    return calendar


def test_with_hours_a_feed_says_what_of_them_is_closed() -> None:
    closed = loaded(feed(DAY), hours="Mon-Fri 09:00-17:00", zone="Europe/Brussels")
    assert closed == sla.Calendar(
        "Europe/Brussels", "Mon-Fri 09:00-17:00", special_days=[sla.SpecialDay.of("2026-12-02", "closed", name="Fair")]
    )


def test_without_hours_a_feed_says_when_the_office_is_open() -> None:
    named = f"{OPEN}|CATEGORIES:Open hours"
    for text in (availability("", OPEN), feed(named)):
        assert [str(hours) for _, hours in loaded(text).versions] == ["Mon 09:00-17:00"]


def test_the_zone_is_that_of_the_feed_but_not_the_utc_of_google() -> None:
    shown = f"{HEAD}X-WR-TIMEZONE:Europe/Lisbon\r\n"
    assert loaded(feed(DAY, head=shown), hours="Mon 09:00-17:00").zone == "Europe/Lisbon"
    assert loaded(feed(DAY, head=GOOGLE), hours="Mon 09:00-17:00", zone="UTC").zone == "UTC"


@pytest.mark.parametrize(("years", "count"), [("2026..2028", 3), ("2027", 1), ((2026, 2027), 2)])
def test_years_are_a_first_and_a_last_one(years: Any, count: int) -> None:
    text = feed("DTSTART;VALUE=DATE:20201225|RRULE:FREQ=YEARLY")
    assert len(loaded(text, hours="24/7", zone="UTC", years=years).special_days) == count


def test_a_file_is_read_and_its_name_is_a_comment(tmp_path: Path) -> None:
    (tmp_path / "days.ics").write_text(feed(DAY, head=GOOGLE), encoding="utf-8")
    read = icalendar.load(tmp_path / "days.ics", hours="Mon-Fri 09:00-17:00", zone="Europe/Brussels")
    assert "days.ics" in read.to_toml()
    assert sla.policy_from_data(read.policy.to_data()) == read.policy


REFUSALS: Final = [
    Refusal(lambda: loaded(feed(DAY)), sla.InteropError, "import_hours_missing", "source", "", "--hours"),
    Refusal(lambda: loaded(feed(DAY, head=GOOGLE), hours="24/7"), sla.InteropError, "import_zone_missing", "source", "'UTC'", "zone="),
    Refusal(lambda: loaded(feed(DAY), hours="24/7", zone="UTC", years="soon"), sla.InteropError, "import_value_invalid",
            "years", "'soon'", "2026..2030"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_says_what_is_needed(refusal: Refusal) -> None:
    check(refusal)
