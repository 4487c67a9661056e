"""Laws of where the time went, for every log, right or wrong, and for every kind of policy."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from tests.laws.strategies import law
from tests.laws.test_replay_laws import BOOKS, END, books, logs, told_logs

NOTHING: Final = timedelta(0)
SORTS: Final = ("hours", "state", "reason")
Told: TypeAlias = tuple[list[sla.Event], datetime]
Book: TypeAlias = sla.Policy | sla.PolicyVersions


def every_cycle(told: Told, book: Book) -> Iterator[sla.ClockState]:
    log, as_of = told
    clocks = sla.replay(log, book, as_of=as_of)
    return (state for metric in clocks for state in clocks.cycles(metric))


@law(150)
@given(told_logs(), books, st.sampled_from(("", "priority", "channel")))
def test_it_sums_to_the_wall_time_and_its_running_open_hours_to_the_open_time(told: Told, book: Book, by: str) -> None:
    for clock in every_cycle(told, book):
        attribution = clock.attribution(by)
        assert attribution.wall_time == clock.wall_time
        assert all(row.time > NOTHING for row in attribution.rows)
        assert len({row[:4] for row in attribution.rows}) == len(attribution.rows)
        for column in (*SORTS, "value"):
            assert sum(attribution.sums(column).values(), NOTHING) == clock.wall_time
        ran_open = (row.time for row in attribution.rows if (row.hours, row.state) == ("open", "running"))
        assert sum(ran_open, NOTHING) == clock.open_time


@law(150)
@given(told_logs(), books)
def test_values_divide_what_there_is_without_them_each_from_one_change_to_the_next(told: Told, book: Book) -> None:
    for clock in every_cycle(told, book):
        whole, parts = clock.attribution(), clock.attribution("priority")
        for column in SORTS:
            assert parts.sums(column) == whole.sums(column)
        if clock.origin is not None:
            assert parts.sums("value") == walked(told[0], clock.origin, clock.origin + clock.wall_time)


def walked(log: list[sla.Event], origin: datetime, end: datetime) -> Mapping[str, timedelta]:
    """How long each priority held between two instants, change by change."""
    origin, end = origin.astimezone(UTC), end.astimezone(UTC)
    held, since, times = "", origin, dict[str, timedelta]()
    for event in log:
        if isinstance(event, sla.FieldChanged) and event.field == "priority":
            until = min(max(event.at, origin), end)
            times[held] = times.get(held, NOTHING) + (until - since)
            held, since = event.value, until
    times[held] = times.get(held, NOTHING) + (end - since)
    return {value: time for value, time in times.items() if time}


@law(60)
@given(st.lists(logs(), max_size=3), st.sampled_from(BOOKS[:-1]))
def test_an_equal_policy_restates_nothing(lives: list[list[sla.Event]], book: sla.Policy) -> None:
    pairs = [(str(number), event) for number, log in enumerate(lives) for event in log]
    clocks = list(sla.replay_tickets(pairs, book, as_of=END))
    restated = sla.restate_tickets(clocks, pairs, sla.policy_from_data(book.to_data()))
    assert (restated.tickets, restated.differences, restated.left_out) == (len(lives), (), ())


@law(60)
@given(told_logs(), st.sampled_from(BOOKS[:-1]), st.sampled_from(BOOKS[:-1]))
def test_restated_there_and_back_the_breaches_that_fall_away_are_new(
    told: Told, one: sla.Policy, other: sla.Policy
) -> None:
    log, as_of = told
    pairs = [("7", event) for event in log]
    there = sla.restate_tickets(sla.replay(log, one, as_of=as_of, ticket="7"), pairs, other)
    back = sla.restate_tickets(sla.replay(log, other, as_of=as_of, ticket="7"), pairs, one)
    assert {each[:3] for each in there.fallen_away} == {each[:3] for each in back.new_breaches}
    assert {each[:3] for each in there.new_breaches} == {each[:3] for each in back.fallen_away}
