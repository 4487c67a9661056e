"""How the fast lane is held to the staircase: every verb, the fast way and the long way round.

The staircase is asked through the door of integers, as `OpenTime` does where the lane is silent.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from slacalc.business_time.fast_lane import FastLane, LaneTables
from slacalc.business_time.instants import amount_us, from_us, to_amount, to_us
from slacalc.business_time.timeline import Timeline
from slacalc.calendars.open_time import OpenTime

MICROSECOND = timedelta(microseconds=1)
REACH = timedelta(days=40)
AMOUNTS = (timedelta(0), MICROSECOND, timedelta(hours=8), timedelta(hours=200), timedelta.max, -MICROSECOND)


def lane_of(calendar: OpenTime, zone: tzinfo | None, around: datetime) -> tuple[FastLane, Timeline]:
    """A lane with tables for a zone over the year or two around an instant, however little was asked."""
    kept = calendar._compiled
    kept.timeline.elapsed(to_us(around.astimezone(UTC) - REACH), to_us(around.astimezone(UTC) + REACH))
    stairs = kept.timeline.stairs
    assert stairs is not None
    lane = FastLane(kept.timeline, kept.zone)
    if zone is not None:
        lane._tables = (LaneTables(stairs, zone, kept.zone),)
    return lane, kept.timeline


def both_ways(
    calendar: OpenTime, lane: FastLane, line: Timeline, a: datetime, b: datetime
) -> list[tuple[str, Callable[[], object], Callable[[], object]]]:
    """Every verb, the fast way and the long way round."""
    zone = calendar.zone_info
    t, u = to_us(a), to_us(b)
    ways: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("is_open", lambda: lane.is_open(a), lambda: line.is_open(t)),
        ("elapsed", lambda: lane.elapsed(a, b), lambda: to_amount(line.elapsed(t, u))),
        ("elapsed back", lambda: lane.elapsed(b, a), lambda: to_amount(line.elapsed(u, t))),
    ]
    for verb in ("roll_forward", "roll_back", "next_open", "next_close", "previous_open", "previous_close"):
        fast, exact = getattr(lane, verb), getattr(line, verb)
        ways.append((verb, lambda fast=fast: fast(a), lambda exact=exact: from_us(exact(t), zone)))  # type: ignore[misc]  # defaults bind the loop's
    for verb in ("add", "subtract"):
        for amount in AMOUNTS:
            fast, exact = getattr(lane, verb), getattr(line, verb)
            ways.append(
                (
                    f"{verb} {amount}",
                    lambda fast=fast, amount=amount: fast(a, amount),  # type: ignore[misc]  # defaults bind the loop's
                    lambda exact=exact, amount=amount: from_us(exact(t, amount_us(amount)), zone),  # type: ignore[misc]  # the same
                )
            )
    return ways


def assert_the_same(calendar: OpenTime, lane: FastLane, line: Timeline, a: datetime, b: datetime) -> set[str]:
    """Hold every verb to the staircase; those that the lane answered."""
    answered = set()
    for verb, fast, exact in both_ways(calendar, lane, line, a, b):
        said = fast()
        if said is None:
            continue
        answered.add(verb)
        expected = exact()
        assert type(expected) is type(said), verb
        assert expected == said, verb
        if isinstance(said, datetime) and isinstance(expected, datetime):
            assert (expected.tzinfo, expected.fold) == (said.tzinfo, said.fold), verb
            assert expected.tzinfo is said.tzinfo, verb
            assert expected.astimezone(UTC) == said.astimezone(UTC), verb
    return answered
