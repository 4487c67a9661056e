"""The laws of the kit: slacalc keeps every one, and each is broken by an office that has the mistake it is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.calendars.open_time import OpenTime
from slacalc.testing import event_log, office_calendar
from slacalc.testing.laws import OPEN_TIME_LAWS, PAUSE_LAWS, BrokenLawError, Law
from slacalc.testing.strategies import (
    absences,
    amounts,
    clock_changes,
    event_logs,
    holidays,
    hours,
    instants,
    instants_of,
    policies,
    special_days,
    targets,
    zones,
)
from tests.laws.strategies import law as examples

NOTHING: Final = timedelta(0)
HOUR: Final = timedelta(hours=1)
OFFICE: Final = office_calendar()

Pauses = Sequence[tuple[datetime, datetime]]


@cache
def of_zone(zone: str) -> sla.Calendar:
    return office_calendar(zone)


def on_the_clock_of(moment: datetime) -> sla.Calendar:
    """The plain office, where hours are read on whatever clock the question has."""
    return of_zone(moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else "UTC")


@dataclass(frozen=True)
class Bent:
    """The plain office, with one mistake."""

    mistake: str = ""

    def add(self, start: datetime, amount: timedelta) -> datetime:  # noqa: PLR0911 - one case a mistake
        due = OFFICE.add(start, amount)
        match self.mistake:
            case "due at the next opening":
                return OFFICE.roll_forward(due)
            case "ignores the hours of receipt":
                return OFFICE.add(start.replace(minute=0, second=0, microsecond=0), amount)
            case "calendar time from eight hours on":
                return due if amount < 8 * HOUR else start + amount
            case "short notice in the morning":
                return OFFICE.add(start, 2 * amount) if start.hour < 12 else due
            case "reads the hours on the clock of the question":
                return on_the_clock_of(start).add(start, amount)
            case "rounds down to the hour":
                return due.replace(minute=0, second=0, microsecond=0)
            case _:
                return due

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        passed = OFFICE.elapsed(start, end)
        match self.mistake:
            case "never negative":
                return abs(passed)
            case "counts the weekend":
                return passed + HOUR * ((end.astimezone(UTC).date() - start.astimezone(UTC).date()).days // 2)
            case "pays for every question":
                return passed + 30 * HOUR
            case "reads the hours on the clock of the question":
                return on_the_clock_of(start).elapsed(start, end)
            case _:
                return passed


BROKEN_BY: Final = {
    "elapsed time adds up": "counts the weekend",
    "elapsed time backward is as the conventions say": "never negative",
    "elapsed time is from nothing to the real time between": "pays for every question",
    "an amount that was added has elapsed": "calendar time from eight hours on",
    "an amount that was added had not elapsed a tick earlier": "due at the next opening",
    "adding in two steps is adding at once": "calendar time from eight hours on",
    "what comes later is never due earlier": "short notice in the morning",
    "the same instants in another zone are as far apart": "reads the hours on the clock of the question",
    "the same instant in another zone is due at the same": "reads the hours on the clock of the question",
    "an amount takes at least as much real time": "rounds down to the hour",
}


@pytest.mark.parametrize("law", OPEN_TIME_LAWS, ids=str)
def test_a_calendar_keeps_every_law_of_open_time(law: Law) -> None:
    law.check(OFFICE, examples=50)
    law.check(Bent(), examples=10)


@pytest.mark.parametrize(
    "calendar",
    [
        office_calendar("Europe/Berlin", "Mon-Sun 22:00-06:00"),
        office_calendar("Australia/Lord_Howe", "Mon-Sun 00:00-02:15 04:00-24:00"),
        office_calendar("Europe/Berlin", "24/7"),
        office_calendar("Europe/Berlin") | office_calendar("America/New_York", "Sat,Sun 00:30-01:30"),
        office_calendar().workdays(),
    ],
    ids=["nights", "half an hour", "always", "two zones", "working dates"],
)
@pytest.mark.parametrize("law", OPEN_TIME_LAWS, ids=str)
def test_every_kind_of_calendar_keeps_them_near_a_change_of_the_clock(law: Law, calendar: OpenTime) -> None:
    law.check(calendar, instants=instants(near=datetime(2026, 10, 25, 1, tzinfo=UTC)), examples=15)


@pytest.mark.parametrize("law", OPEN_TIME_LAWS, ids=str)
def test_each_law_of_open_time_is_broken_by_the_mistake_it_is_for(law: Law) -> None:
    with pytest.raises(BrokenLawError, match=law.says):
        law.check(Bent(BROKEN_BY[law.says]), examples=3_000)


# ---------------------------------------------------------------- pauses


@dataclass(frozen=True)
class Paused:
    """A due time that is found by walking over the pauses, with one mistake."""

    mistake: str = ""

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        return OFFICE.elapsed(start, end)

    def due(self, received: datetime, amount: timedelta, pauses: Pauses) -> datetime:  # noqa: PLR0911 - one case a mistake
        match self.mistake:
            case "a day late":
                return self._due(received, amount, pauses) + timedelta(days=1)
            case "pauses in real time":
                return self._due(received, amount, ()) + sum((end - start for start, end in pauses), NOTHING)
            case "late pauses help":
                taken = sum((OFFICE.elapsed(*pause) for pause in pauses), NOTHING)
                return OFFICE.add(received, amount + taken)
            case "overlaps count twice":
                due = OFFICE.add(received, amount)
                for start, end in sorted(pauses):
                    due = OFFICE.add(due, OFFICE.elapsed(start, end)) if start < due and start < end else due
                return due
            case "five minutes for each pause":
                return self._due(received, amount, pauses) + len(pauses) * timedelta(minutes=5)
            case "the last one told":
                return self._due(received, amount, pauses[-1:])
            case "counts what was paused before receipt":
                early = sum(
                    (OFFICE.elapsed(start, min(received, end)) for start, end in pauses if start < received), NOTHING
                )
                return self._due(received, amount + early, pauses)
            case "no more than one":
                return self._due(received, amount, pauses if len(pauses) == 1 else ())
            case _:
                return self._due(received, amount, pauses)

    def _due(self, received: datetime, amount: timedelta, pauses: Pauses) -> datetime:
        """Use up the amount between the pauses."""
        at, left = received, amount
        for start, end in sorted(pauses):
            if OFFICE.elapsed(at, start) >= left:
                return OFFICE.add(at, left)
            left -= max(NOTHING, OFFICE.elapsed(at, start))
            at = max(at, end)
        return OFFICE.add(at, left)


PAUSES_BROKEN_BY: Final = {
    "without pauses it is due when the amount has elapsed": "a day late",
    "a pause that begins before due moves it by the open time in the pause": "pauses in real time",
    "a pause that begins at due or later moves nothing": "late pauses help",
    "a pause that begins before receipt counts from receipt": "counts what was paused before receipt",
    "pauses that overlap count once": "overlaps count twice",
    "splitting a pause changes nothing": "five minutes for each pause",
    "the order in which pauses are told is irrelevant": "the last one told",
    "one more pause is never due earlier": "no more than one",
}


@pytest.mark.parametrize("law", PAUSE_LAWS, ids=str)
def test_each_law_of_pauses_is_kept_by_a_careful_office_and_broken_by_the_mistake_it_is_for(
    law: Law,
) -> None:
    law.check(Paused(), examples=100)
    with pytest.raises(BrokenLawError, match=law.says):
        law.check(Paused(PAUSES_BROKEN_BY[law.says]), examples=3_000)


POLICY: Final = {
    "name": "laws",
    "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
}


class Replayed:
    """Slacalc's own clocks, as an office that pauses."""

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        return OFFICE.elapsed(start, end)

    def due(self, received: datetime, amount: timedelta, pauses: Pauses) -> datetime:
        promised = {"resolution": {"due": {"business_hours": amount}}}
        policy = sla.Policy(**POLICY, rules=[{"name": "all", "calendar": "office", "metrics": promised}])
        events: list[sla.Created | sla.Paused | sla.Resumed] = [sla.Created(at=received)]
        for number, (start, end) in enumerate(pauses):
            begins = max(start, received)  # a ticket that is not there yet cannot be paused
            events += [sla.Paused(at=begins, reason=f"{number}"), sla.Resumed(at=end, reason=f"{number}")]
        due = policy.replay(events, as_of=received + timedelta(days=3_000))["resolution"].due
        assert due is not None
        return due


@pytest.mark.parametrize("law", PAUSE_LAWS, ids=str)
def test_the_clocks_of_slacalc_keep_every_law_of_pauses(law: Law) -> None:
    law.check(Replayed(), examples=40)


def test_a_broken_law_says_its_sentence_and_the_simplest_example() -> None:
    law = PAUSE_LAWS[1]
    with pytest.raises(BrokenLawError) as broken:
        law.check(Paused("pauses in real time"), instants=st.just(datetime(2026, 11, 20, 15, tzinfo=UTC)), tick=HOUR)
    said = str(broken.value)
    assert said.startswith(
        "a pause that begins before due moves it by the open time in the pause: open time in the pause"
    )
    assert "but from due without it" in said


# ---------------------------------------------------------------- strategies


@examples(20)
@given(
    st.tuples(hours(), zones(), holidays(), special_days(), absences(), targets(), amounts(), clock_changes()),
    event_logs(),
)
def test_what_the_strategies_draw_can_be_used(drawn: tuple[object, ...], log: list[object]) -> None:
    assert all(drawn)
    assert isinstance(log[0], sla.Created)


@examples(20)
@given(policies(), event_logs())
def test_any_ticket_can_be_replayed_under_any_policy(policy: sla.Policy, log: list[sla.Created]) -> None:
    try:
        clocks = policy.replay(log, as_of=log[-1].at)
    except (sla.HorizonError, sla.ClosedForGoodError):
        return
    assert all(clocks[metric].elapsed >= NOTHING for metric in clocks)


@examples(60)
@given(policies(), event_logs(), st.timedeltas(min_value=NOTHING, max_value=timedelta(days=60)))
def test_rule_6_what_is_not_owed_is_never_late_whatever_happens(
    policy: sla.Policy, log: list[sla.Created], later: timedelta
) -> None:
    try:
        clocks = policy.replay(log, as_of=log[-1].at + later)
        states = [each for metric in clocks for each in (clocks.cycles(metric) or (clocks[metric],))]
        told = [each for each in states if each.kind != "owed"]
        assert {each.status for each in told} <= {"not_started", "running", "paused", "done", "cancelled"}
        assert {each.breached_at for each in told} <= {None}
        assert {each.overdue_by for each in told} | {each.overdue_by_open for each in told} <= {NOTHING}
        assert {each.outcome().status for each in told} <= {"pending", "done", "cancelled"}
        due = {each.metric for each in sla.agenda(clocks, as_of=clocks.as_of) if each.kind == "due"}
        assert due <= {each.metric for each in states if each.kind == "owed"}
    except (sla.HorizonError, sla.ClosedForGoodError):
        return


@examples(20)
@given(st.from_type(sla.Calendar), st.data())
def test_an_instant_of_a_calendar_is_near_and_aware(calendar: sla.Calendar, data: st.DataObject) -> None:
    near = datetime(2026, 11, 20, tzinfo=UTC)
    try:
        drawn = data.draw(instants_of(calendar, near=near))
    except sla.HorizonError:
        return  # its holidays are those of other years
    assert abs(drawn - near) <= timedelta(days=4, minutes=1), "an edge within four days, or a minute beside it"


@pytest.mark.parametrize("kind", [sla.Calendar, sla.Hours, sla.SpecialDay, sla.Absence, sla.FrozenHolidays, sla.Policy])
def test_from_type_draws_what_the_library_takes(kind: type) -> None:
    @settings(max_examples=3, deadline=None)
    @given(st.from_type(kind))
    def is_one(drawn: object) -> None:
        assert isinstance(drawn, kind)

    is_one()


def test_the_edges_of_a_calendar_are_among_its_instants() -> None:
    opening = datetime(2026, 11, 20, 8, tzinfo=UTC)  # 09:00 in Berlin
    seen: list[datetime] = []

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(instants_of(OFFICE))
    def look(at: datetime) -> None:
        seen.append(at.astimezone(UTC))

    look()
    assert {opening, opening - timedelta(microseconds=1)} <= set(seen)


def test_a_log_in_short_notation_is_one_that_can_be_replayed() -> None:
    log = event_log("Fri 16:00 created; Mon 09:30 agent reply")
    assert sla.sample_policy("webshop_helpdesk").replay(log, as_of=log[-1].at)["first_response"].status == "breached"
