"""Laws of clocks that stand still: what is read off them is what the zone says, beside every change of the clock, too."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from slacalc import Calendar, CalendarDays
from slacalc.business_time import instants
from slacalc.business_time.instants import in_zone, to_us
from slacalc.expectations import rounding
from slacalc.expectations.rounding import GRAINS, STANDARD_PARTS, tell_closing, tell_limit, tell_opening, tell_start
from slacalc.kept import Kept
from slacalc.policies.targets import days
from tests.laws.strategies import law
from tests.laws.test_expectation_laws import GAPS_AND_FOLDS, ZONES

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
ENDS: Final = [datetime(1, 1, 3), datetime(1899, 12, 31), datetime(2201, 1, 2), datetime(9999, 12, 28)]


@st.composite
def readings(draw: st.DrawFn) -> datetime:
    """What some clock reads: also what it skips and reads twice, and in years that no calendar covers."""
    base = draw(st.sampled_from([each.replace(tzinfo=None) for each in GAPS_AND_FOLDS] + ENDS))
    beside = timedelta(days=draw(st.integers(-20, 20)) * (base not in ENDS), hours=draw(st.integers(-15, 15)))
    beside += draw(st.sampled_from((timedelta(0), MICROSECOND, -MICROSECOND, timedelta(minutes=14, seconds=59))))
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    return (base + beside).replace(tzinfo=zone, fold=draw(st.integers(0, 1)))


def counted(moment: datetime) -> int:
    return (moment.astimezone(UTC) - EPOCH) // MICROSECOND


def whole(moment: datetime) -> tuple[Any, ...]:
    return type(moment), moment.replace(tzinfo=None), moment.fold, id(moment.tzinfo)


@law(300)
@given(readings(), st.sampled_from(ZONES))
def test_an_instant_is_the_same_whatever_is_known_of_its_clock(moment: datetime, key: str) -> None:
    expected = counted(moment)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(instants, "_epochs", Kept(1))
        assert [expected] * 3 == [to_us(moment) for _ in range(3)]
        for zone in (ZoneInfo(key), moment.tzinfo):
            assert isinstance(zone, ZoneInfo)
            assert whole(zone.fromutc((EPOCH + expected * MICROSECOND).replace(tzinfo=zone))) == whole(
                in_zone(moment, zone)
            )


@law(200)
@given(readings().filter(lambda at: 1_900 < at.year < 2_200), st.sampled_from(ZONES), st.sampled_from(GRAINS))
def test_what_is_told_is_the_same_with_a_clock_that_is_not_known_to_stand_still(
    moment: datetime, key: str, grain: Any
) -> None:
    zone = ZoneInfo(key)

    def told() -> list[Any]:
        return [
            tell_limit(moment, zone, grain, STANDARD_PARTS),
            tell_start(moment, zone, grain),
            tell_opening(moment, zone),
            tell_closing(moment, zone),
        ]

    known = told()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rounding, "stands_still_near", lambda _moment: False)
        plain = told()
    assert plain == known
    assert [whole(each.at) for each in plain] == [whole(each.at) for each in known]


@law(200)
@given(readings().filter(lambda at: 1_900 < at.year < 2_200), st.sampled_from(ZONES), st.integers(0, 40))
@example(datetime(2026, 3, 20, 3, 30, tzinfo=ZoneInfo("Europe/Helsinki")), "Europe/Helsinki", 9)  # which is skipped
@example(datetime(2011, 12, 1, 9, tzinfo=ZoneInfo("Pacific/Apia")), "Pacific/Apia", 29)
def test_dates_later_at_the_same_time_are_the_same_by_the_clock_and_by_the_zone(
    moment: datetime, key: str, count: int
) -> None:
    target, calendar = CalendarDays(days=count), Calendar(key, "24/7")
    known = target.due(calendar, moment)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(days, "stands_still_near", lambda _moment: False)
        plain = target.due(calendar, moment)
    assert whole(plain) == whole(known)
