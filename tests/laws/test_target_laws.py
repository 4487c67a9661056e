"""What holds for every kind of target, on every calendar, near a change of the clock; and what does not, by example."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, product
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st
from pydantic import TypeAdapter

import slacalc as sla
from slacalc.business_time.instants import to_us
from slacalc.calendars.open_time import OpenTime
from slacalc.policies.targets.target import AnyTarget, Target
from slacalc.testing.strategies import CLOCK_CHANGES, ZONES, dates_near, times_of_day, weekly_hours, written_hours
from tests import oracle
from tests.helpers import BERLIN
from tests.laws.strategies import DAY, MICROSECOND, ONE_DAY, Question, Scene, instants, law, questions, scenes, utc

MINUTE: Final = timedelta(minutes=1)
NOTHING: Final = timedelta(0)
_TARGETS: Final[TypeAdapter[AnyTarget]] = TypeAdapter(Target)
Keys = dict[str, Any]


def target(keys: Mapping[str, Any]) -> AnyTarget:
    """The target that a policy file would name by these keys."""
    return _TARGETS.validate_python(dict(keys))


# ---------------------------------------------------------------- targets of any kind


def clock(seconds: int) -> str:
    """A time of day as a policy has it."""
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{text}:{seconds % 60:02}" if seconds % 60 else text


def times(step: int = 1) -> st.SearchStrategy[str]:
    """Times of day from 00:00 to 24:00."""
    return (times_of_day(step) | st.just(DAY)).map(clock)


def amounts() -> st.SearchStrategy[str]:
    """Amounts from nothing to a few days, as text."""
    return st.sampled_from(("0min", "1s", "1h", "8h", "24h", "48h")) | st.integers(0, 100 * 3600).map(lambda s: f"{s}s")


def counting() -> st.SearchStrategy[Keys]:
    """A counting target on any of the three clocks."""
    clocks = st.sampled_from(("business_hours", "workday_hours", "calendar_hours"))
    return st.builds(lambda name, amount: {name: amount}, clocks, amounts())


def points(step: int = 1) -> st.SearchStrategy[str]:
    """A point of a date."""
    return st.sampled_from(("close", "opening", "same_time")) | times(step)


def business_days(step: int = 1, most: int = 4) -> st.SearchStrategy[Keys]:
    """A target in business days, with or without a cutoff."""
    given_keys = {"business_days": st.integers(0, most), "by": points(step)}
    return st.fixed_dictionaries(given_keys, optional={"cutoff": times(step)})


def calendar_days(step: int = 1, most: int = 4) -> st.SearchStrategy[Keys]:
    """A target in calendar days."""
    return st.fixed_dictionaries({"calendar_days": st.integers(0, most), "by": points(step)})


NEXT_OPENING: Final[Keys] = {"next_opening": True}
POINTS: Final = counting() | business_days() | calendar_days() | st.just(NEXT_OPENING)


@st.composite
def ranges(draw: st.DrawFn) -> Keys:
    """A range in order: two amounts on one clock, two numbers of days, or anything and itself."""
    kind = draw(st.sampled_from(("hours", "days", "same")))
    if kind == "hours":
        ((name, amount),) = draw(counting()).items()
        more = sla.read_amount(amount) + timedelta(seconds=draw(st.integers(0, 3600)))
        return {"earliest": {name: amount}, "latest": {name: sla.format_amount(more)}}
    if kind == "days":
        days, by = draw(st.integers(0, 3)), draw(st.sampled_from(("close", "opening")))
        return {"earliest": {"business_days": days, "by": by}, "latest": {"business_days": days + 1, "by": by}}
    keys = draw(POINTS)
    return {"earliest": keys, "latest": keys}


TARGETS: Final = POINTS | ranges() | st.fixed_dictionaries({"inside": POINTS | ranges(), "outside": POINTS | ranges()})


class Answer(NamedTuple):
    """A target, what it was asked about, and when it is due."""

    kind: AnyTarget
    calendar: OpenTime
    received: datetime
    due: datetime


def ask(kind: AnyTarget, calendar: OpenTime, received: datetime) -> datetime:
    """When it is due; no example where nothing opens any more, or where there are no dates."""
    try:
        return kind.due(calendar, received)
    except (sla.HorizonError, sla.ClosedForGoodError):
        reject()
    except sla.CalendarError as error:
        assert error.code == "zone_needed"  # noqa: PT017 - the only one that a calendar which was built can raise
        reject()


@st.composite
def dues(draw: st.DrawFn, keys: st.SearchStrategy[Keys] = TARGETS) -> Answer:
    """A target that is due at some time, on a calendar of any kind."""
    calendar, (received,) = draw(questions(1))
    kind = target(draw(keys))
    return Answer(kind, calendar, received, ask(kind, calendar, received))


# ---------------------------------------------------------------- of all kinds


@law(36)
@given(dues())
def test_nothing_is_due_before_it_was_received(asked: Answer) -> None:
    assert utc(asked.received) <= utc(asked.due)


@law(15)
@given(dues(), st.sampled_from(ZONES))
def test_the_zone_in_which_the_receipt_is_told_does_not_matter(asked: Answer, zone: str) -> None:
    kind, calendar, received, due = asked
    assert utc(due) == utc(kind.due(calendar, received.astimezone(ZoneInfo(zone))))


@law(12)
@given(dues())
def test_due_carries_the_zone_of_the_calendar(asked: Answer) -> None:
    assert asked.calendar.zone_info == asked.due.tzinfo


@law(30)
@given(TARGETS)
def test_a_target_that_was_written_is_read_back(keys: Keys) -> None:
    kind = target(keys)
    written = _TARGETS.dump_python(kind, mode="json", by_alias=True, exclude_defaults=True)
    assert kind == target(written)
    assert hash(kind) == hash(target(written))
    assert str(kind) == str(target(written))


@law(15)
@given(dues())
def test_the_ledger_of_a_target_runs_without_a_gap_from_receipt_to_due(asked: Answer) -> None:
    kind, calendar, received, due = asked
    ledger = kind.explain(calendar, received)
    assert (utc(received), utc(due)) == (utc(ledger.start), utc(ledger.end))
    edges = [utc(ledger.start), *(utc(segment.end) for segment in ledger)]
    assert edges == [*(utc(segment.start) for segment in ledger), utc(ledger.end)]


@law(15)
@given(dues(st.fixed_dictionaries({"inside": POINTS, "outside": POINTS})))
def test_inside_and_outside_is_the_one_that_open_time_chooses(asked: Answer) -> None:
    kind, calendar, received, due = asked
    assert isinstance(kind, sla.InsideOutside)
    chosen = kind.inside if calendar.is_open(received) else kind.outside
    assert due == chosen.due(calendar, received)
    assert kind.chosen(calendar, to_us(received)) == chosen


@law(15)
@given(dues(ranges()))
def test_a_range_begins_at_or_before_it_ends_and_never_before_receipt(asked: Answer) -> None:
    kind, calendar, received, due = asked
    assert isinstance(kind, sla.Range)
    first = kind.begins(calendar, received)
    assert first is not None
    assert utc(received) <= utc(first) <= utc(due)
    assert due == kind.latest.due(calendar, received)


# ---------------------------------------------------------------- counting


@law(24)
@given(dues(counting()))
def test_the_ledger_of_a_counting_target_counts_exactly_its_amount(asked: Answer) -> None:
    kind, calendar, received, _ = asked
    assert isinstance(kind, sla.BusinessHours | sla.WorkdayHours | sla.CalendarHours)
    assert kind.amount == kind.explain(calendar, received).counted


@law(15)
@given(dues(business_days() | calendar_days() | st.just(NEXT_OPENING)))
def test_the_ledger_of_a_date_like_target_counts_open_time(asked: Answer) -> None:
    kind, calendar, received, due = asked
    assert calendar.elapsed(received, due) == kind.explain(calendar, received).counted


@law(18)
@given(dues(counting()), st.integers(0, 100 * 3600))
def test_a_larger_amount_is_never_due_earlier(asked: Answer, seconds: int) -> None:
    kind, calendar, received, due = asked
    assert isinstance(kind, sla.BusinessHours | sla.WorkdayHours | sla.CalendarHours)
    longer = type(kind)(amount=kind.amount + timedelta(seconds=seconds))
    later = ask(longer, calendar, received)
    assert utc(due) <= utc(later)
    if isinstance(kind, sla.CalendarHours):
        assert timedelta(seconds=seconds) == utc(later) - utc(due)


def with_more_hours(calendar: sla.Calendar, more: Mapping[str, oracle.Windows]) -> sla.Calendar:
    """Return the calendar with more hours, where no half day leaves a date nothing of them: that is refused."""
    try:
        return calendar.extend(add_hours=written_hours(more))
    except sla.CalendarError as error:
        if error.code != "half_day_leaves_no_hours":
            raise
        reject()


@law(18)
@given(scenes(step=1), weekly_hours(step=1), counting() | st.just(NEXT_OPENING), st.data())
def test_more_coverage_is_never_due_later(
    scene: Scene, more: Mapping[str, oracle.Windows], keys: Keys, data: st.DataObject
) -> None:
    kind, received = target(keys), data.draw(instants(scene))
    due = ask(kind, scene.calendar, received)
    assert utc(kind.due(with_more_hours(scene.calendar, more), received)) <= utc(due)


def test_more_coverage_can_be_due_later_for_business_days() -> None:
    office = sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00")
    evenings = office.extend(add_hours="Fri 18:00-20:00")
    friday = datetime(2026, 11, 20, 15, tzinfo=BERLIN)
    close = sla.BusinessDays(days=0, by="close")
    assert friday.replace(hour=17) == close.due(office, friday)
    assert friday.replace(hour=20) == close.due(evenings, friday)


# ---------------------------------------------------------------- in the order of receipt


def later_receipt_is_due_no_earlier(kind: AnyTarget, calendar: OpenTime, a: datetime, b: datetime) -> bool:
    return utc(ask(kind, calendar, a)) <= utc(ask(kind, calendar, b))


@law(30)
@given(questions(2), counting() | st.just(NEXT_OPENING))
def test_what_is_received_later_is_due_no_earlier_when_it_counts_or_waits_for_an_opening(
    question: Question, keys: Keys
) -> None:
    calendar, (a, b) = question
    assert later_receipt_is_due_no_earlier(target(keys), calendar, a, b)


@law(24)
@given(questions(2), st.integers(0, 4), times() | st.just("same_time"))
def test_what_is_received_later_is_due_no_earlier_in_calendar_days_unless_the_clock_reads_a_time_again(
    question: Question, days: int, by: str
) -> None:
    calendar, (a, b) = question
    assume(not any(instant.astimezone(calendar.zone_info).fold for instant in (a, b)))
    assert later_receipt_is_due_no_earlier(sla.CalendarDays(days=days, by=by), calendar, a, b)


def reading(instant: datetime, zone: ZoneInfo) -> datetime:
    """What the clock on the wall shows."""
    return instant.astimezone(zone).replace(tzinfo=None)


OVERLAP: Final = "Fri 20:00-14:00; Sat 08:00-12:00; Mon-Thu 09:00-17:00"  # Friday's night outlasts Saturday's hours


@pytest.mark.parametrize(
    ("keys", "zone", "hours", "receipts", "dues", "why"),
    [
        (
            {"inside": {"business_hours": "3h"}, "outside": {"business_days": 0, "by": "12:00"}},
            BERLIN, "Mon-Fri 09:00-17:00",
            ("2026-11-23T16:00+01:00", "2026-11-23T17:00+01:00"), ("2026-11-24T11:00+01:00", "2026-11-24T12:00+01:00"),
            "in order here: one inside, one outside",
        ),
        (
            {"inside": {"business_hours": "8h"}, "outside": {"next_opening": True}},
            BERLIN, "Mon-Fri 09:00-17:00",
            ("2026-11-20T16:00+01:00", "2026-11-20T18:00+01:00"), ("2026-11-23T16:00+01:00", "2026-11-23T09:00+01:00"),
            "inside/outside: another branch, which may be faster",
        ),
        (
            {"calendar_days": 1, "by": "same_time"},
            BERLIN, "24/7",
            ("2026-10-25T02:45+02:00", "2026-10-25T02:15+01:00"), ("2026-10-26T02:45+01:00", "2026-10-26T02:15+01:00"),
            "calendar days, same time: in a fold the later receipt reads an earlier time",
        ),
        (
            {"business_days": 1, "by": "same_time"},
            BERLIN, "24/7",
            ("2026-10-25T02:45+02:00", "2026-10-25T02:15+01:00"), ("2026-10-26T02:45+01:00", "2026-10-26T02:15+01:00"),
            "business days, same time: the same",
        ),
        (
            {"calendar_days": 0, "by": "same_time"},
            BERLIN, "24/7",
            ("2026-10-25T02:30+01:00", "2026-10-25T09:00+01:00"), ("2026-10-26T02:30+01:00", "2026-10-25T09:00+01:00"),
            "even the same day: the first 02:30 is before the second, so the next date is taken",
        ),
        (
            {"calendar_days": 1, "by": "12:00"},
            "America/St_Johns", "24/7",
            ("2010-11-07T00:00:30-02:30", "2010-11-06T23:30-03:30"), ("2010-11-08T12:00-03:30", "2010-11-07T12:00-03:30"),
            "calendar days: a clock that goes back over midnight reads the date before",
        ),
        (
            {"business_days": 1, "by": "close"},
            BERLIN, OVERLAP,
            ("2026-11-21T09:00+01:00", "2026-11-21T13:00+01:00"), ("2026-11-23T17:00+01:00", "2026-11-23T17:00+01:00"),
            "in order here: Saturday is over, so Friday's next working date is Monday too",
        ),
        (
            {"business_days": 2, "by": "close"},
            BERLIN, OVERLAP,
            ("2026-11-21T09:00+01:00", "2026-11-21T13:00+01:00"), ("2026-11-24T17:00+01:00", "2026-11-23T17:00+01:00"),
            "business days: at 13:00 the open time is Friday's again, a working date earlier",
        ),
    ],
)  # fmt: skip
def test_what_is_received_later_can_be_due_earlier(
    keys: Keys, zone: str, hours: str, receipts: tuple[str, str], dues: tuple[str, str], why: str
) -> None:
    calendar, kind = sla.Calendar(zone, hours), target(keys)
    for received, due in zip(receipts, dues, strict=True):
        assert datetime.fromisoformat(due) == kind.due(calendar, datetime.fromisoformat(received)), why


# ---------------------------------------------------------------- cutoff


@law(18)
@given(scenes(step=1), st.integers(0, 3), st.data())
def test_at_the_cutoff_is_after_it_and_after_it_is_one_day_more(scene: Scene, days: int, data: st.DataObject) -> None:
    day = data.draw(dates_near(scene.at))
    known = scene.calendar.working_dates()
    spans = known.owned(day)
    assume(spans)
    opening, close = spans[0][0], spans[-1][1]
    seconds = data.draw(times_of_day(step=1))
    at = first_reading(scene.calendar.zone, day, seconds)
    assume(opening < to_us(at) < close)
    for moment in (at, at - MICROSECOND):
        assume(scene.calendar.is_open(moment))
        assume(known.owner(to_us(moment)) == day)
    kind = sla.BusinessDays(days=days, by="close", cutoff=clock(seconds))
    before, after = ask(kind, scene.calendar, at - MICROSECOND), ask(kind, scene.calendar, at)
    assert sla.BusinessDays(days=days, by="close").due(scene.calendar, at - MICROSECOND) == before
    assert sla.BusinessDays(days=days + 1, by="close").due(scene.calendar, at) == after


def first_reading(zone: str, day: date, seconds: int) -> datetime:
    """The first instant at which the clock on the wall reads that time of the date, or later (rule 3).

    The clock reaches it by running, under one of the offsets around that date, or by being moved over it.
    """
    wanted = datetime.combine(day, time()) + timedelta(seconds=seconds)
    here, begin = ZoneInfo(zone), datetime.combine(day, time(), UTC) - 2 * ONE_DAY
    hours = [begin + timedelta(hours=count) for count in range(5 * 24)]
    offsets = {offset_at(here, at) for at in hours}
    ran = [wanted.replace(tzinfo=UTC) - offset for offset in offsets]
    moved = [change(here, a, b) for a, b in pairwise(hours) if offset_at(here, a) != offset_at(here, b)]
    found = [at for at in ran if reading(at, here) == wanted]
    found += [at for at in moved if reading(at - MICROSECOND, here) < wanted <= reading(at, here)]
    return min(found)


def offset_at(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or NOTHING


def change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The instant between two at which the clock is moved."""
    old = offset_at(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // timedelta(seconds=2) * timedelta(seconds=1)
        before, after = (middle, after) if offset_at(zone, middle) == old else (before, middle)
    return after


# ---------------------------------------------------------------- on which date


@law(18)
@given(dues(business_days()))
def test_business_days_end_inside_the_hours_of_a_working_date(asked: Answer) -> None:
    kind, calendar, received, due = asked
    assert isinstance(kind, sla.BusinessDays)
    known, start = calendar.working_dates(), to_us(calendar.roll_forward(received))
    first = known.owner(start)
    near = [due.date() + days * ONE_DAY for days in (-2, -1, 0, 1)]
    around = [(day, known.owned(day)) for day in near]
    ends_on = [day for day, spans in around if spans and spans[0][0] <= to_us(due) <= spans[-1][1]]
    assert start <= to_us(due)
    assert any(day >= first and known.count(first, day) > kind.days for day in ends_on)


@law(18)
@given(dues(calendar_days().filter(lambda keys: keys["by"] not in {"close", "opening", "same_time"})))
def test_calendar_days_end_on_their_date_or_on_the_next(asked: Answer) -> None:
    kind, calendar, received, due = asked
    assert isinstance(kind, sla.CalendarDays)
    first = received.astimezone(calendar.zone_info).date() + kind.days * ONE_DAY
    hour, minute, *more = map(int, kind.by.split(":"))
    seconds = hour * 3600 + minute * 60 + sum(more)
    on_date = first_reading(calendar.zone_info.key, first, seconds)
    on_next = first_reading(calendar.zone_info.key, first + ONE_DAY, seconds)
    expected = on_date if on_date >= utc(received) else on_next
    assert expected == utc(due)


# ---------------------------------------------------------------- held against the minute walker


class Walked:
    """What the minute walker, which shares no code with the library, knows of some dates."""

    def __init__(self, plan: oracle.Plan, begin: datetime, end: datetime) -> None:
        self.zone = plan.zone
        self.known = end.date() - 4 * ONE_DAY  # up to this date it has seen whatever a date owns
        self.own: dict[date, list[datetime]] = {}
        self.owner: dict[datetime, date] = {}
        for at, days in oracle._owners(plan, begin, end, 60):
            for day in days:
                self.own.setdefault(day, []).append(at)
            if days:
                self.owner[at] = days[0]

    def business_days(self, received: datetime, days: int, by: str, cutoff: str | None = None) -> datetime | None:
        """When it is due, or None when that is beyond what was walked."""
        start = min((at for at in self.owner if at >= received), default=None)
        if start is None:
            return None
        first = self.owner[start]
        late = cutoff is not None and start >= self.wall(first, offset_of(cutoff))
        for day in [day for day in sorted(self.own) if first <= day <= self.known][days + late :]:
            opening, close = self.own[day][0], self.own[day][-1] + MINUTE
            point = max(opening, min(self._point(day, by, start, first), close))
            if point >= start:
                return point
        return None

    def calendar_days(self, received: datetime, days: int, by: str) -> datetime | None:
        """When it is due, or None when that is beyond what was walked."""
        first = reading(received, ZoneInfo(self.zone)).date()
        day = first + days * ONE_DAY
        while day <= self.known:
            point = self._point(day, by, received, first)
            if point >= received:
                return point
            day += ONE_DAY
        return None

    def wall(self, day: date, offset: timedelta) -> datetime:
        return first_reading(self.zone, day, offset // timedelta(seconds=1))

    def _point(self, day: date, by: str, start: datetime, first: date) -> datetime:
        if by == "close":
            return self.own[day][-1] + MINUTE if day in self.own else self.wall(day, ONE_DAY)
        if by == "opening":
            return self.own[day][0] if day in self.own else self.wall(day, NOTHING)
        if by == "same_time":
            return self.wall(day, reading(start, ZoneInfo(self.zone)) - datetime.combine(first, time()))
        return self.wall(day, offset_of(by))


def offset_of(text: str) -> timedelta:
    hour, minute = map(int, text.split(":"))
    return timedelta(hours=hour, minutes=minute)


class Asked(NamedTuple):
    """An office, an instant of receipt in whole minutes, and what the walker knows of the days around it."""

    calendar: sla.Calendar
    received: datetime
    walked: Walked


@st.composite
def in_minutes(draw: st.DrawFn) -> Asked:
    scene = draw(scenes())
    received = utc(draw(instants(scene, MINUTE)))
    return Asked(scene.calendar, received, Walked(scene.plan, received - 3 * ONE_DAY, received + 10 * ONE_DAY))


@law(12)
@given(in_minutes(), business_days(step=60, most=2))
def test_business_days_are_those_that_are_walked(asked: Asked, keys: Keys) -> None:
    calendar, received, walked = asked
    expected = walked.business_days(received, keys["business_days"], keys["by"], keys.get("cutoff"))
    assume(expected)
    assert expected == utc(target(keys).due(calendar, received))


@law(12)
@given(in_minutes(), calendar_days(step=60, most=2))
def test_calendar_days_are_those_that_are_walked(asked: Asked, keys: Keys) -> None:
    calendar, received, walked = asked
    expected = walked.calendar_days(received, keys["calendar_days"], keys["by"])
    assume(expected)
    assert expected == utc(target(keys).due(calendar, received))


@pytest.mark.parametrize(("zone", "at"), CLOCK_CHANGES)
def test_business_and_calendar_days_are_those_that_are_walked_at_every_change_of_a_clock(
    zone: str, at: datetime
) -> None:
    of_day: oracle.Windows = ((0, DAY),)
    plan = oracle.Plan(zone, dict.fromkeys(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), of_day))
    calendar, walked = sla.Calendar(zone, "Mon-Sun 00:00-24:00"), Walked(plan, at - 2 * ONE_DAY, at + 7 * ONE_DAY)
    for minutes, days in product((-25 * 60, -30, 0, 30), (0, 1)):
        received = at + minutes * MINUTE
        for by in ("same_time", "close", "opening", "02:30", "00:30", "23:45"):
            business, real = sla.BusinessDays(days=days, by=by), sla.CalendarDays(days=days, by=by)
            assert walked.business_days(received, days, by) == utc(business.due(calendar, received)), (
                by,
                days,
                minutes,
            )
            assert walked.calendar_days(received, days, by) == utc(real.due(calendar, received)), (by, days, minutes)
