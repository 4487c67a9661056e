"""The law of the lane of promises: it says what the plain way says, in every detail, and refuses what that refuses.

The plain way is `due` and `begins` of a target, and `PolicyInForce.promises`. The lane is asked as often as it takes
until it has learnt: cold, asked once, and kept; with room for many rows and for one.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

import slacalc as sla
from slacalc.business_time.instants import to_us
from slacalc.business_time.kept_by_date import Rows, kept_by_date
from slacalc.calendars.open_time import OpenTime
from slacalc.policies.in_force import PolicyInForce
from slacalc.policies.targets.target import AnyTarget, Target
from slacalc.testing.strategies import policies, targets
from tests.laws.strategies import MICROSECOND, ONE_DAY, Question, law, questions, utc
from tests.small_caches import about_what_is_kept

_TARGETS: Final[TypeAdapter[AnyTarget]] = TypeAdapter(Target)
TIMES: Final = 3  # cold, asked once, kept
YEAR: Final = datetime(2026, 1, 1)
WEEKS: Final = (0, 7, 14, 140)  # days from the change of a clock, near which nothing is kept


def said(ask: Callable[[], object]) -> object:
    """What is answered, in every detail, or refused."""
    try:
        answer = ask()
    except sla.SlaError as error:
        return type(error), error.code, str(error)
    return _details(answer)


def _details(answer: object) -> object:
    match answer:
        case datetime():
            return answer.isoformat(), id(answer.tzinfo), answer.fold, to_us(answer)
        case tuple():
            return tuple(map(_details, answer))
        case sla.Promises():
            return [(name, _details(promise)) for name, promise in answer.items()], list(answer.later.items())
        case sla.Promise():
            fields = (getattr(answer, name) for name in answer.__dataclass_fields__)
            return answer, hash(answer), repr(answer), tuple(map(_details, fields))
        case _:
            return answer


def moments(question: Question, days: int, zone: tzinfo | None) -> list[datetime]:
    """Instants of a few dates, on both sides of what windows there are, and of some in each date."""
    calendar, drawn = question
    start = utc(drawn[0]) + days * ONE_DAY
    edges = [edge for each in calendar.intervals(start, start + 2 * ONE_DAY) for edge in (each.start, each.end)]
    beside = [utc(edge) + by for edge in edges[:6] for by in (-MICROSECOND, timedelta(0), MICROSECOND)]
    spread = [start + n * timedelta(hours=11) for n in range(6)]
    midnight = start.astimezone(calendar.zone_info).replace(hour=0, minute=0, second=0, microsecond=0)
    turns = [midnight + timedelta(hours=hours) for hours in (0, 12, 16, 24, 36)]
    beside += [utc(turn) + by for turn in turns for by in (-MICROSECOND, timedelta(0), MICROSECOND)]
    return [at.astimezone(zone or calendar.zone_info) for at in (*beside, *spread, utc(drawn[1]) + days * ONE_DAY)]


def dates_soon() -> st.SearchStrategy[AnyTarget]:
    """Targets of a date near enough that what comes in late passes to the next."""
    by = st.sampled_from(("close", "opening", "12:00", "16:00", "24:00"))
    cutoff = st.fixed_dictionaries({}, optional={"cutoff": st.sampled_from(("12:00", "16:00"))})
    of_work = st.builds(lambda days, by, more: {"business_days": days, "by": by} | more, st.integers(0, 1), by, cutoff)
    of_all = st.builds(lambda days, by: {"calendar_days": days, "by": by}, st.integers(0, 1), by)
    return (of_work | of_all).map(_TARGETS.validate_python)


def _due_and_begins(target: AnyTarget, calendar: OpenTime, at: datetime) -> tuple[datetime, datetime | None]:
    return target.due(calendar, at), target.begins(calendar, at)


ZONES_ASKED: Final = st.sampled_from((None, None, UTC, timezone(timedelta(hours=5))))
ROOM: Final = st.sampled_from((1, 10_000))


@law(200)
@given(questions(2), dates_soon(), st.sampled_from(WEEKS), ZONES_ASKED, ROOM)
def test_a_date_that_is_kept_is_the_one_that_is_worked_out(
    question: Question, target: AnyTarget, days: int, zone: tzinfo | None, room: int
) -> None:
    rows = Rows(room)
    answer = target.answer_in(question.calendar, rows)
    for at in moments(question, days, zone):
        due = said(partial(target.due, question.calendar, at))
        assert [said(partial(answer, at)) for _ in range(TIMES)] == [due] * TIMES
    assert len(rows.kept) <= room


@law(60)
@given(questions(2), targets(), st.sampled_from(WEEKS), ZONES_ASKED, ROOM)
def test_a_target_in_a_calendar_answers_as_it_does_with_one(
    question: Question, target: AnyTarget, days: int, zone: tzinfo | None, room: int
) -> None:
    rows = Rows(room)
    both = target.range_in(question.calendar, rows)
    for at in moments(question, days, zone):
        pair = said(partial(_due_and_begins, target, question.calendar, at))
        assert [said(partial(both, at)) for _ in range(TIMES)] == [pair] * TIMES
    assert len(rows.kept) <= room


FIELDS: Final = st.fixed_dictionaries(
    {},
    optional={
        "priority": st.sampled_from(("urgent", "high", "low", "", 1, True, 1.0, None, ["a"])),
        "market": st.sampled_from(("DE", "FI")),
        "undeclared": st.just("x"),
    },
)


@law(150)
@given(
    policies(),
    st.lists(FIELDS, min_size=1, max_size=4),
    st.datetimes(YEAR, YEAR.replace(year=2027)),
    st.sampled_from((None, UTC)),
)
def test_a_policy_promises_what_it_promises_the_plain_way(
    policy: sla.Policy, tickets: list[dict[str, Any]], start: datetime, asked_in: tzinfo | None
) -> None:
    in_force = policy.in_force[0]
    zone = asked_in or in_force.calendar(next(iter(policy.calendars))).zone_info
    for hours in (0, 9, 17, 9):
        received = start.replace(tzinfo=zone) + timedelta(hours=hours)
        for fields in tickets:
            plain = said(partial(_plainly, in_force, received, fields, None))
            assert [said(partial(policy.promise_for, received, fields)) for _ in range(TIMES)] == [plain] * TIMES


def _plainly(
    in_force: PolicyInForce, received: datetime, fields: dict[str, Any], origins: dict[str, datetime] | None
) -> sla.Promises:
    to_us(received, "received")
    return in_force.promises(received, fields, origins)


ORIGINS: Final = st.dictionaries(
    st.sampled_from(("ordered", "delivered", "paid")), st.datetimes(YEAR, YEAR.replace(year=2027))
)
SAMPLES: Final = ("b2b_marketplace", "store_correspondence", "marketplace_seller")
TICKETS: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"topic": "return"},
    {"channel": "email", "market": "FI"},
    {"pieces": 600},
    {"pieces": "600"},
)


@law(80)
@given(
    st.sampled_from(SAMPLES), ORIGINS, st.sampled_from(TICKETS), st.sampled_from((None, ZoneInfo("Europe/Helsinki")))
)
def test_named_instants_are_counted_from_alike(
    name: str, drawn: dict[str, datetime], fields: dict[str, Any], zone: ZoneInfo | None
) -> None:
    policy = sla.sample_policy(name)
    origins = {origin: at.replace(tzinfo=zone) for origin, at in drawn.items()}  # without a zone: refused
    received = datetime(2026, 5, 4, 10, tzinfo=ZoneInfo("Europe/Helsinki"))
    plain = said(partial(_plainly, policy.in_force[0], received, fields, origins))
    asked = partial(policy.promise_for, received, fields, origins=origins)
    assert [said(asked) for _ in range(TIMES)] == [plain] * TIMES


def test_the_lane_is_taken() -> None:
    """A law of two ways would hold if the second were never gone: count what the plain way is asked."""
    policy = sla.sample_policy("webshop_helpdesk")
    target = policy.rules[1].metrics["first_response"].due
    calendar = policy.calendar("standard")
    asked: list[datetime] = []

    def ask(at: datetime) -> datetime:
        asked.append(at)
        return target.due(calendar, at)

    kept = kept_by_date(ask, partial(target._turns, calendar), calendar.zone_info, Rows(10))  # type: ignore[union-attr]  # of business days
    friday = datetime(2026, 11, 20, 15, tzinfo=calendar.zone_info)
    for minute in range(50):
        assert kept(friday.replace(minute=minute)) == friday.replace(hour=17)
    # twice itself; and once for each turn: midnight, 09:00, 16:00, 17:00 and a microsecond later
    assert len(asked) == 2 + 5


@about_what_is_kept
def test_plans_and_rows_are_bounded() -> None:
    policy = sla.sample_policy("webshop_helpdesk")
    in_force = policy.in_force[0]
    start = datetime(2026, 1, 1, tzinfo=ZoneInfo("Europe/Brussels"))
    for n in range(1_500):
        policy.promise(start, topic=str(n))
    assert len(in_force._plans) == 1_500 - 1_024
    rows = Rows(100)
    answer = policy.rules[1].metrics["first_response"].due.answer_in(policy.calendar("standard"), rows)
    for day in range(300):
        for _ in range(TIMES):
            answer(start + timedelta(days=day))
        assert len(rows.kept) <= 100


def test_threads_that_race_on_one_policy_are_promised_what_one_is() -> None:
    start = datetime(2026, 9, 1, 10, tzinfo=ZoneInfo("Europe/Berlin"))
    tickets = [(start + n * timedelta(hours=7), {"market": market}) for n in range(60) for market in ("DE", "FI")]
    fields = {"channel": "email"}
    alone = [sla.sample_policy("b2b_marketplace").in_force[0].promises(at, fields | more, None) for at, more in tickets]
    raced = sla.sample_policy("b2b_marketplace")
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.map(lambda ticket: raced.promise_for(ticket[0], fields | ticket[1]), tickets) for _ in range(6)]
        assert [list(told) for told in asked] == [alone] * 6
