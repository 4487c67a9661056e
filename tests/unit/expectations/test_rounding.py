"""Instants rounded outward in the zone of the reader, and which of two equal times is meant."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from slacalc import (
    ExpectationError,
    ZoneError,
)
from slacalc.expectations.rounding import (
    GRAINS,
    STANDARD_PARTS,
    Grain,
    tell_closing,
    tell_deadline,
    tell_limit,
    tell_opening,
    tell_start,
)
from tests.helpers import HELSINKI
from tests.unit.expectations.told import at, policy, promise, told

# ---------------------------------------------------------------- zones and input


def test_the_zone_is_named_where_the_clocks_differ() -> None:
    friday = promise("2026-11-20T10:00")
    assert not told(friday, zone="Europe/Kyiv").names_zone, "the same clock under another name"
    assert told(friday, zone="Europe/Berlin").names_zone


@pytest.mark.parametrize(
    ("zone", "received", "minutes", "sentence"),
    [
        ("Europe/London", "2026-10-25T00:30+01:00", 60, "We will reply by 01:30 today (summer time)."),
        ("Europe/London", "2026-10-25T00:30+01:00", 120, "We will reply by 01:30 today (winter time)."),
        ("Europe/London", "2026-10-25T00:30+01:00", 150, "We will reply by 02:00 today."),
        ("Europe/Moscow", "2014-10-26T00:30+04:00", 60, "We will reply by 01:30 today (UTC+4)."),
        ("Europe/Moscow", "2014-10-26T00:30+04:00", 120, "We will reply by 01:30 today (UTC+3)."),
        ("America/Caracas", "2007-12-09T02:00-04:00", 45, "We will reply by 02:45 today (UTC-4)."),
        ("America/Caracas", "2007-12-09T02:00-04:00", 75, "We will reply by 02:45 today (UTC-4:30)."),
    ],
)
def test_which_of_two_equal_times_is_meant_is_said(zone: str, received: str, minutes: int, sentence: str) -> None:
    """London goes back from 02:00, Moscow 2014 from 02:00 and Caracas 2007 from 03:00 by half an hour, for good (IANA)."""
    always = policy({"calendar_hours": f"{minutes}min"}, zone=zone, hours="24/7", holidays=None)
    asked = always.promise(datetime.fromisoformat(received))["first_response"]
    assert sentence == str(told(asked).say("en"))


def test_fractions_of_a_second_are_rounded_away_from_what_is_told() -> None:
    """A start is told too early, and a limit too late, never the other way round (rule 15)."""
    moment = at("2026-11-20T10:07:30.500000")
    assert tell_start(moment, HELSINKI, "15min").at == at("2026-11-20T10:00")
    assert tell_start(at("2026-11-20T10:00:00.000001"), HELSINKI, "minute").at == at("2026-11-20T10:00")
    assert tell_closing(moment, HELSINKI).at == at("2026-11-20T10:07")
    assert tell_limit(moment, HELSINKI, "15min").at == at("2026-11-20T10:15")
    assert tell_opening(at("2026-11-20T10:00:00.000001"), HELSINKI).at == at("2026-11-20T10:01")


@pytest.mark.parametrize(
    ("moment", "grain", "told", "kind"),
    [
        ("2026-11-20T16:47", "minute", "2026-11-20T16:47", "time"),
        ("2026-11-20T16:47", "15min", "2026-11-20T16:45", "time"),
        ("2026-11-20T16:47", "hour", "2026-11-20T16:00", "time"),
        ("2026-11-20T16:45", "15min", "2026-11-20T16:45", "time"),
        ("2026-11-20T16:47", "part_of_day", "2026-11-20T14:00", "noon"),
        ("2026-11-20T18:00", "part_of_day", "2026-11-20T18:00", "afternoon"),
        ("2026-11-20T11:59", "part_of_day", "2026-11-20T00:00", "evening"),
        ("2026-11-20T16:47", "day", "2026-11-20T00:00", "day"),
        ("2026-11-20T00:00", "15min", "2026-11-20T00:00", "day"),
        ("2026-11-20T00:10", "15min", "2026-11-20T00:00", "day"),
        ("2026-11-20T00:00", "day", "2026-11-20T00:00", "day"),
    ],
)
def test_rule_15_a_deadline_of_the_customers_is_told_not_after_it_is(
    moment: str, grain: Grain, told: str, kind: str
) -> None:
    """What begins at midnight of the 20th is the end of the 19th."""
    found = tell_deadline(at(moment), HELSINKI, grain, STANDARD_PARTS, at("2026-11-02T10:00"))
    assert (found.at, found.kind) == (at(told), kind)
    assert found.day == at("2026-11-19T12:00" if told.endswith("T00:00") else told).date()


@pytest.mark.parametrize(
    ("moment", "grain", "as_of", "told"),
    [
        ("2026-11-20T16:47", "day", "2026-11-20T09:00", "2026-11-20T16:47"),
        ("2026-11-20T16:47", "part_of_day", "2026-11-20T15:00", "2026-11-20T16:47"),
        ("2026-11-20T16:47", "hour", "2026-11-20T16:00", "2026-11-20T16:47"),
        ("2026-11-20T16:47:30", "hour", "2026-11-20T16:30", "2026-11-20T16:47"),
        ("2026-11-20T16:47", "hour", "2026-11-20T15:59", "2026-11-20T16:00"),
    ],
)
def test_a_deadline_of_which_rounding_leaves_nothing_is_told_to_the_minute(
    moment: str, grain: Grain, as_of: str, told: str
) -> None:
    assert tell_deadline(at(moment), HELSINKI, grain, STANDARD_PARTS, at(as_of)).at == at(told)


def test_a_deadline_on_a_date_after_one_that_was_skipped_is_told_as_the_date_before() -> None:
    """Apia went from 29 to 31 December 2011: before the 31st ends, the last date that has ended is the 29th."""
    apia = ZoneInfo("Pacific/Apia")
    noon = datetime(2011, 12, 31, 12, tzinfo=apia)
    found = tell_deadline(noon, apia, "day", (), datetime(2011, 12, 1, tzinfo=apia))
    assert (found.day, found.at) == (date(2011, 12, 29), datetime(2011, 12, 31, tzinfo=apia))


@pytest.mark.parametrize("zone", ["Helsinki", "EEST", "", "Europe/Nowhere"])
def test_a_zone_of_the_reader_that_does_not_exist_is_an_error(zone: str) -> None:
    with pytest.raises(ZoneError):
        told(promise("2026-11-20T10:00"), zone=zone)


@pytest.mark.parametrize("grain", ["time", "part", "", None, "1min"])
def test_a_grain_that_does_not_exist_is_an_error(grain: Any) -> None:
    with pytest.raises(ExpectationError) as caught:
        told(promise("2026-11-20T10:00"), grain=grain)
    assert caught.value.code == "grain_unknown"


@pytest.mark.slow
@pytest.mark.parametrize("grain", GRAINS)
def test_what_is_told_is_never_before_due(grain: Grain) -> None:
    for minutes in range(0, 600, 7):
        asked = promise("2026-11-20T10:00", {"calendar_hours": f"{minutes + 1}min"})
        said = told(asked, grain=grain).say("en")
        assert all(part.instant >= asked.due for part in said.parts if part.instant), (minutes, str(said))
