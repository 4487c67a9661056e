"""What calendars put together must answer: open when either is, when both are, in one and not the other.

In November Brussels is at +01:00 and Lisbon at +00:00: offices open from 09:00 to 17:00 share 09:00-16:00 UTC.
"""

import copy
import operator
import pickle
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from slacalc import (
    Absence,
    Calendar,
    CalendarError,
    ClosedForGoodError,
    Combination,
    FrozenHolidays,
    HorizonError,
    OpenTime,
)
from slacalc.business_time.instants import to_us
from slacalc.calendars.succession import Succession
from tests.helpers import wall_clock, written

HOUR = timedelta(hours=1)


at = wall_clock(ZoneInfo("UTC"))


def said(moment: datetime | None) -> str | None:
    return None if moment is None else written(moment)


def friday(calendar: OpenTime) -> list[str]:
    """What is open on Friday 20 November, UTC."""
    intervals = calendar.intervals(at("Fri 2026-11-20 00:00"), at("Sat 2026-11-21 00:00"))
    return [f"{said(interval.start)} to {said(interval.end)}" for interval in intervals]


BRUSSELS = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00")
LISBON = Calendar("Europe/Lisbon", "Mon-Fri 09:00-17:00")
EVENING = Calendar("Europe/Brussels", "Mon-Fri 16:00-20:00")
LUNCH = Calendar("Europe/Brussels", "Mon-Fri 12:00-13:00")
OFFSITE = Absence(at("Fri 2026-11-20 10:00"), at("Fri 2026-11-20 12:00"), "offsite")


@pytest.mark.parametrize(
    ("calendar", "expected", "why"),
    [
        (BRUSSELS & LISBON, ["Fri 2026-11-20 09:00+00:00 to Fri 2026-11-20 16:00+00:00"], "and: when both are open"),
        (BRUSSELS | LISBON, ["Fri 2026-11-20 08:00+00:00 to Fri 2026-11-20 17:00+00:00"], "or: when either is"),
        (BRUSSELS - LISBON, ["Fri 2026-11-20 08:00+00:00 to Fri 2026-11-20 09:00+00:00"], "less: in one and not the other"),
        (LISBON - BRUSSELS, ["Fri 2026-11-20 16:00+00:00 to Fri 2026-11-20 17:00+00:00"], "the other way round"),
        (BRUSSELS | EVENING, ["Fri 2026-11-20 09:00+01:00 to Fri 2026-11-20 20:00+01:00"], "one zone: answers in it"),
        (BRUSSELS & EVENING, ["Fri 2026-11-20 16:00+01:00 to Fri 2026-11-20 17:00+01:00"], "and"),
        (BRUSSELS - LUNCH, ["Fri 2026-11-20 09:00+01:00 to Fri 2026-11-20 12:00+01:00", "Fri 2026-11-20 13:00+01:00 to Fri 2026-11-20 17:00+01:00"], "a hole"),
        ((BRUSSELS | EVENING) - LUNCH & LISBON, ["Fri 2026-11-20 09:00+00:00 to Fri 2026-11-20 11:00+00:00", "Fri 2026-11-20 12:00+00:00 to Fri 2026-11-20 17:00+00:00"], "of combinations"),
        ((BRUSSELS | LISBON) - OFFSITE, ["Fri 2026-11-20 08:00+00:00 to Fri 2026-11-20 10:00+00:00", "Fri 2026-11-20 12:00+00:00 to Fri 2026-11-20 17:00+00:00"], "less an absence"),
        ((BRUSSELS | EVENING) - OFFSITE, ["Fri 2026-11-20 09:00+01:00 to Fri 2026-11-20 11:00+01:00", "Fri 2026-11-20 13:00+01:00 to Fri 2026-11-20 20:00+01:00"], "an absence has no zone to differ in"),
        ((BRUSSELS & LISBON).in_zone("Europe/Helsinki"), ["Fri 2026-11-20 11:00+02:00 to Fri 2026-11-20 18:00+02:00"], "given a zone: answers in it"),
        ((BRUSSELS | EVENING).in_zone("Asia/Tokyo"), ["Fri 2026-11-20 17:00+09:00 to Sat 2026-11-21 04:00+09:00"], "also where they shared another"),
    ],
)  # fmt: skip
def test_rule_1_combinations_answer_in_the_zone_they_share_else_in_utc(
    calendar: OpenTime, expected: Sequence[str], why: str
) -> None:
    assert list(expected) == friday(calendar), why


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (lambda both: said(both.add(at("Fri 2026-11-20 15:00"), 2 * HOUR)), "Mon 2026-11-23 10:00+00:00"),
        (lambda both: said(both.subtract(at("Mon 2026-11-23 10:00"), 2 * HOUR)), "Fri 2026-11-20 15:00+00:00"),
        (lambda both: said(both.roll_forward(at("Fri 2026-11-20 16:00"))), "Mon 2026-11-23 09:00+00:00"),
        (lambda both: said(both.roll_back(at("Mon 2026-11-23 09:00"))), "Fri 2026-11-20 16:00+00:00"),
        (lambda both: said(both.next_open(at("Fri 2026-11-20 12:00"))), "Mon 2026-11-23 09:00+00:00"),
        (lambda both: said(both.next_close(at("Fri 2026-11-20 12:00"))), "Fri 2026-11-20 16:00+00:00"),
        (lambda both: said(both.previous_open(at("Fri 2026-11-20 12:00"))), "Fri 2026-11-20 09:00+00:00"),
        (lambda both: said(both.previous_close(at("Fri 2026-11-20 12:00"))), "Thu 2026-11-19 16:00+00:00"),
        (lambda both: both.elapsed(at("Fri 2026-11-20 12:00"), at("Mon 2026-11-23 12:00")), 7 * HOUR),
        (lambda both: both.is_open(at("Fri 2026-11-20 16:00")), False),
    ],
)
def test_a_combination_answers_every_question_of_a_calendar(
    question: Callable[[OpenTime], object], expected: object
) -> None:
    assert expected == question(BRUSSELS & LISBON)


def test_rule_1_a_combination_of_different_zones_has_no_dates_until_it_is_given_a_zone() -> None:
    both = BRUSSELS & LISBON

    assert not both.has_zone
    for refused in (both.working_dates, both.workdays):
        with pytest.raises(CalendarError) as caught:
            refused()
        assert caught.value.code == "zone_needed"
        assert "in_zone" in caught.value.accepts
    assert both.in_zone("Europe/Lisbon").has_zone
    assert both.in_zone("Europe/Lisbon").working_dates().after(date(2026, 11, 20), 1) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("calendar", "expected"),
    [
        (BRUSSELS | EVENING, True),
        (BRUSSELS | LISBON, False),
        ((BRUSSELS | LISBON) - OFFSITE, False),
        ((BRUSSELS | EVENING) - OFFSITE, True),
        ((BRUSSELS | LISBON) & EVENING, False),
        ((BRUSSELS | LISBON).in_zone("Europe/Brussels") & EVENING, True),
        ((BRUSSELS | LISBON).in_zone("UTC"), True),
    ],
)
def test_rule_1_a_combination_has_a_zone_when_its_operands_share_one_or_it_was_given_one(
    calendar: OpenTime, *, expected: bool
) -> None:
    assert expected is calendar.has_zone


NIGHT = Calendar("Europe/Brussels", "Fri 22:00-06:00")
SATURDAY = Calendar("Europe/Brussels", "Sat 04:00-08:00")


@pytest.mark.parametrize(
    ("calendar", "on", "expected", "why"),
    [
        (NIGHT | SATURDAY, "2026-11-20", [("Fri 2026-11-20 22:00+01:00", "Sat 2026-11-21 06:00+01:00")], "or: Friday's night, though Saturday claims its end too"),
        (NIGHT | SATURDAY, "2026-11-21", [("Sat 2026-11-21 04:00+01:00", "Sat 2026-11-21 08:00+01:00")], "and Saturday's own hours"),
        (NIGHT & SATURDAY, "2026-11-20", [], "and: what both claim is the later date's"),
        (NIGHT & SATURDAY, "2026-11-21", [("Sat 2026-11-21 04:00+01:00", "Sat 2026-11-21 06:00+01:00")], "in Saturday's name"),
        (SATURDAY & NIGHT, "2026-11-21", [("Sat 2026-11-21 04:00+01:00", "Sat 2026-11-21 06:00+01:00")], "whichever comes first"),
        (SATURDAY & NIGHT, "2026-11-20", [], "and not in Friday's"),
        (NIGHT & NIGHT, "2026-11-20", [("Fri 2026-11-20 22:00+01:00", "Sat 2026-11-21 06:00+01:00")], "and: a night that both write under Friday is Friday's"),
        (NIGHT - SATURDAY, "2026-11-20", [("Fri 2026-11-20 22:00+01:00", "Sat 2026-11-21 04:00+01:00")], "less: what is left of the night"),
        (NIGHT - SATURDAY, "2026-11-21", [], "and nothing is Saturday's"),
        (BRUSSELS - BRUSSELS.replace(hours="Fri 00:00-24:00"), "2026-11-20", [], "less all of it: no working date"),
        ((NIGHT | SATURDAY).in_zone("Europe/Brussels"), "2026-11-20", [("Fri 2026-11-20 22:00+01:00", "Sat 2026-11-21 00:00+01:00")], "given a zone: the date that its clock shows"),
        ((NIGHT | SATURDAY).in_zone("Europe/Brussels"), "2026-11-21", [("Sat 2026-11-21 00:00+01:00", "Sat 2026-11-21 08:00+01:00")], "after midnight as well"),
        ((BRUSSELS | LISBON).in_zone("Asia/Tokyo"), "2026-11-21", [("Sat 2026-11-21 00:00+09:00", "Sat 2026-11-21 02:00+09:00")], "Friday's last hours are on Tokyo's Saturday"),
    ],
)  # fmt: skip
def test_rule_7a_the_open_time_of_a_date(
    calendar: Combination, on: str, expected: Sequence[tuple[str, str]], why: str
) -> None:
    owned = calendar.working_dates().owned(date.fromisoformat(on))

    assert [(us(a), us(b)) for a, b in expected] == list(owned), why


def us(text: str) -> int:
    return (at(text) - at("Thu 1970-01-01 00:00")) // timedelta(microseconds=1)


# ---------------------------------------------------------------- reasons (rule 16)


ARMISTICE = FrozenHolidays.of({date(2026, 11, 11): "Armistice"}, years=(2026, 2026))


@pytest.mark.parametrize(
    ("calendar", "start", "end", "expected", "why"),
    [
        (
            BRUSSELS.replace(holidays=ARMISTICE) & LISBON,
            "Wed 2026-11-11 08:00",
            "Wed 2026-11-11 17:00",
            [("Wed 2026-11-11 08:00+00:00", "holiday: Armistice"), ("Wed 2026-11-11 16:00+00:00", "outside hours")],
            "and: the reason of the one that is closed, the left one first",
        ),
        (
            BRUSSELS.replace(holidays=ARMISTICE) | LISBON,
            "Wed 2026-11-11 08:00",
            "Wed 2026-11-11 17:00",
            [("Wed 2026-11-11 08:00+00:00", "holiday: Armistice"), ("Wed 2026-11-11 09:00+00:00", "counted")],
            "or: closed only where both are",
        ),
        (
            LISBON & BRUSSELS.replace(holidays=ARMISTICE),
            "Wed 2026-11-11 09:00",
            "Wed 2026-11-11 17:00",
            [("Wed 2026-11-11 09:00+00:00", "holiday: Armistice"), ("Wed 2026-11-11 16:00+00:00", "outside hours")],
            "and: the right one's reason where the left is open",
        ),
        (
            (BRUSSELS | LISBON) - OFFSITE,
            "Fri 2026-11-20 09:00",
            "Fri 2026-11-20 18:00",
            [
                ("Fri 2026-11-20 09:00+00:00", "counted"),
                ("Fri 2026-11-20 10:00+00:00", "absence: offsite"),
                ("Fri 2026-11-20 12:00+00:00", "counted"),
                ("Fri 2026-11-20 17:00+00:00", "outside hours"),
            ],
            "less: an absence by its name",
        ),
    ],
)
def test_rule_16_a_combination_explains_itself(
    calendar: OpenTime, start: str, end: str, expected: Sequence[tuple[str, str]], why: str
) -> None:
    ledger = calendar.explain(at(start), at(end))

    assert list(expected) == [(said(segment.start), segment.reason) for segment in ledger], why
    assert ledger.counted == calendar.elapsed(at(start), at(end)), why


# ---------------------------------------------------------------- rule 13


def test_rule_13_a_combination_covers_what_both_cover() -> None:
    first = BRUSSELS.replace(holidays=FrozenHolidays.of({}, years=(2024, 2027)))
    second = EVENING.replace(holidays=FrozenHolidays.of({}, years=(2026, 2030)))

    for both in (first | second, first & second, first - second):
        assert said(both.covered.start) == "Thu 2026-01-01 00:00+01:00"
        assert said(both.covered.end) == "Sat 2028-01-01 00:00+01:00"
        with pytest.raises(HorizonError):
            both.is_open(at("Fri 2025-11-21 12:00"))


CLOSING = BRUSSELS.replace(versions={"2027-01-01": "closed"})
ALWAYS = Calendar("Europe/Brussels", "24/7")


@pytest.mark.parametrize(
    ("calendar", "why"),
    [
        (CLOSING & EVENING, "and: closed for good when one is"),
        (EVENING & CLOSING, "whichever it is"),
        (CLOSING | CLOSING.replace(hours="Sat 09:00-12:00"), "or: when both are"),
        (CLOSING - LISBON, "less: when the first is"),
        (
            BRUSSELS - ALWAYS.replace(hours="Mon 09:00-10:00", versions={"2027-01-01": "24/7"}),
            "or the second is always open",
        ),
    ],
)
def test_rule_13_a_combination_that_is_closed_for_good_says_so(calendar: OpenTime, why: str) -> None:
    assert isinstance(calendar.next_open(at("Fri 2026-11-20 12:00")), datetime), why
    with pytest.raises(ClosedForGoodError):
        calendar.next_open(at("Fri 2027-01-01 12:00"))


@pytest.mark.parametrize(
    ("calendar", "why"),
    [
        (ALWAYS | BRUSSELS, "or: always open when one is"),
        (ALWAYS & ALWAYS, "and: when both are"),
        (ALWAYS - CLOSING, "less: once the second is closed for good"),
    ],
)
def test_rule_5_a_combination_that_is_always_open_has_no_next_opening(calendar: OpenTime, why: str) -> None:
    assert calendar.next_open(at("Fri 2027-01-01 12:00")) is None, why


UNTIL_2035 = ALWAYS.replace(versions={"2035-01-01": "closed"})
FROM_2035 = Calendar("Europe/Brussels", "closed", versions={"2035-01-01": "24/7"})


@pytest.mark.parametrize(
    ("calendar", "opens", "why"),
    [
        (ALWAYS - UNTIL_2035, "Mon 2035-01-01 00:00+01:00", "less: open once the second is closed"),
        (ALWAYS & FROM_2035, "Mon 2035-01-01 00:00+01:00", "and: open once both are"),
        (CLOSING | FROM_2035, "Mon 2035-01-01 00:00+01:00", "or: open once one of them is, though the other is closed for good"),
        (CLOSING | BRUSSELS, "Mon 2027-01-04 09:00+01:00", "or: the other goes on"),
        (BRUSSELS - CLOSING, "Fri 2027-01-01 09:00+01:00", "less: the first goes on"),
    ],
)  # fmt: skip
def test_rule_13_a_combination_opens_years_later(calendar: OpenTime, opens: str, why: str) -> None:
    asked = at("Fri 2027-01-01 18:00") if opens.startswith("Mon") else at("Thu 2026-12-31 12:00")

    assert opens == said(calendar.next_open(asked)), why


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    "combination", [BRUSSELS | LISBON, (BRUSSELS - OFFSITE) & LISBON, (BRUSSELS | LISBON).in_zone("UTC") - OFFSITE]
)
def test_a_used_combination_is_the_same_value_as_an_unused_one(combination: Combination) -> None:
    asked = at("Fri 2026-11-20 12:00")
    unused, used = replace(combination), replace(combination)
    used.add(asked, 100 * HOUR)
    used.explain(asked, asked + 99 * HOUR)

    assert unused == used
    assert hash(unused) == hash(used)
    assert len(pickle.dumps(unused)) == len(pickle.dumps(used))
    assert used == pickle.loads(pickle.dumps(used)) == copy.copy(used) == copy.deepcopy(used)
    assert pickle.loads(pickle.dumps(used)).add(asked, 100 * HOUR) == used.add(asked, 100 * HOUR)


def test_the_operator_the_operands_and_the_zone_make_the_value() -> None:
    values = {
        BRUSSELS | LISBON,
        BRUSSELS & LISBON,
        BRUSSELS - LISBON,
        LISBON - BRUSSELS,
        (BRUSSELS | LISBON).in_zone("UTC"),
    }

    assert len(values) == 5
    assert (BRUSSELS | LISBON) in values


def test_an_absence_taken_from_a_calendar_is_part_of_the_calendar() -> None:
    assert BRUSSELS.extend(absences=[OFFSITE]) == BRUSSELS - OFFSITE


# ---------------------------------------------------------------- absences, and more than two


def test_an_absence_can_be_taken_from_a_combination() -> None:
    offsite = Absence(
        at("Fri 2026-11-20 09:00", "Europe/Brussels"), at("Fri 2026-11-20 17:00", "Europe/Brussels"), "offsite"
    )
    both = (BRUSSELS | BRUSSELS.replace(hours="Sat 09:00-12:00")) - offsite

    assert both.next_open(at("Thu 2026-11-19 18:00")) == at("Sat 2026-11-21 08:00")
    assert both.working_dates().owned(date(2026, 11, 20)) == ()
    assert both.working_dates().owned(date(2026, 11, 21)) != ()


def test_what_is_always_open_less_an_absence_opens_once_after_it() -> None:
    always = Calendar("Europe/Brussels", "24/7") | BRUSSELS
    closed = always - Absence(at("Fri 2026-11-20 09:00"), at("Fri 2026-11-20 17:00"))

    assert closed.next_open(at("Fri 2026-11-20 08:00")) == at("Fri 2026-11-20 17:00")
    assert closed.next_open(at("Fri 2026-11-20 18:00")) is None


def test_combinations_combine() -> None:
    three = (BRUSSELS | LISBON) | Calendar("Europe/Brussels", "Sat 09:00-12:00")

    assert three.elapsed(at("Fri 2026-11-20 00:00"), at("Sun 2026-11-22 00:00")) == timedelta(
        hours=12
    )  # 08:00-17:00Z and 3 h


# ---------------------------------------------------------------- every kind of calendar has the operators

NOON = to_us(at("Fri 2026-11-20 12:00"))
KINDS: dict[str, OpenTime] = {
    "an office": BRUSSELS,
    "a combination": BRUSSELS | LISBON,
    "workdays": BRUSSELS.workdays(),
    "a succession": Succession((BRUSSELS, EVENING), (NOON,)),
}


def hours(calendar: OpenTime) -> str:
    """The hours of Friday 20 November, UTC."""
    utc = ZoneInfo("UTC")
    open_time = calendar.intervals(at("Fri 2026-11-20 00:00"), at("Sat 2026-11-21 00:00"))
    return " ".join(f"{each.start.astimezone(utc):%H}-{each.end.astimezone(utc):%H}" for each in open_time)


@pytest.mark.parametrize(
    ("kind", "either", "both", "without", "less_offsite"),
    [
        # lunch is 11-12, the offsite 10-12
        ("an office", "08-16", "11-12", "08-11 12-16", "08-10 12-16"),
        ("a combination", "08-17", "11-12", "08-11 12-17", "08-10 12-17"),
        ("workdays", "00-23", "11-12", "00-11 12-23", "00-10 12-23"),
        ("a succession", "08-12 15-19", "11-12", "08-11 15-19", "08-10 15-19"),
    ],
)
def test_every_kind_of_calendar_can_be_combined(
    kind: str, either: str, both: str, without: str, less_offsite: str
) -> None:
    calendar = KINDS[kind]
    assert hours(calendar | LUNCH) == hours(LUNCH | calendar) == either
    assert hours(calendar & LUNCH) == hours(LUNCH & calendar) == both
    assert hours(calendar - LUNCH) == without
    assert hours(calendar - OFFSITE) == less_offsite


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("combine", "other"), [(operator.or_, "24/7"), (operator.and_, OFFSITE), (operator.sub, 1)])
def test_no_kind_of_calendar_combines_with_what_is_none(
    kind: str, combine: Callable[..., object], other: object
) -> None:
    with pytest.raises(CalendarError) as refused:
        combine(KINDS[kind], other)
    assert refused.value.code == "operand_invalid"


def test_an_absence_that_is_taken_away_leaves_no_date_uncertain() -> None:
    away = Absence(datetime(2026, 11, 20, 10, tzinfo=UTC), datetime(2026, 11, 20, 12, tzinfo=UTC))
    office = Calendar("UTC", "Mon-Fri 09:00-17:00", holidays="AE")  # feasts of the moon are estimated
    year = date(2027, 1, 1), date(2027, 12, 31)
    assert office.uncertain(*year)
    assert Combination("-", office, away).uncertain(*year) == office.uncertain(*year)
