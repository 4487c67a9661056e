"""What one office's calendar must answer over the years: versions, the end of its knowledge, and that it is a value."""

import copy
import pickle
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from slacalc import (
    Absence,
    Calendar,
    CalendarError,
    ClosedForGoodError,
    DateRange,
    Holidays,
    HorizonError,
    Hours,
    SpecialDay,
)
from tests.helpers import BRUSSELS
from tests.unit.calendars.offices import ALWAYS, HELPDESK, HOUR, NIGHTS, OFFICE, PRIORITY, amount, at, recorded, said

# ---------------------------------------------------------------- rule 10: versions

LATER_HOURS = OFFICE.replace(versions={"2027-01-01": "Mon-Fri 10:00-18:00"})


@pytest.mark.parametrize(
    ("calendar", "start", "length", "due", "why"),
    [
        (LATER_HOURS, "Thu 2026-12-31 16:00", "2:00", "Fri 2027-01-01 11:00+01:00", "an hour of the old hours, one of the new"),
        (LATER_HOURS, "Wed 2026-12-30 16:00", "2:00", "Thu 2026-12-31 10:00+01:00", "the old hours until the last date"),
        (LATER_HOURS, "Fri 2027-01-01 17:00", "2:00", "Mon 2027-01-04 11:00+01:00", "the new hours from the first date on"),
        (OFFICE.replace(versions={"2027-01-01": "Mon-Fri 09:00-17:00"}), "Thu 2026-12-31 16:00", "2:00", "Fri 2027-01-01 10:00+01:00", "a version of equal hours changes nothing"),
        (NIGHTS.replace(versions={"2027-01-01": "Mon-Fri 09:00-17:00"}), "Fri 2027-01-01 05:00", "2:00", "Fri 2027-01-01 10:00+01:00", "the last night runs into the new hours"),
        (OFFICE.replace(versions={"2027-01-01": "closed", "2027-02-01": "Mon-Fri 09:00-17:00"}), "Thu 2026-12-31 16:00", "2:00", "Mon 2027-02-01 10:00+01:00", "closed for a month"),
        (OFFICE.replace(versions={"2027-02-01": "Mon-Fri 12:00-13:00", "2027-01-01": "Mon-Fri 11:00-12:00"}), "Thu 2026-12-31 16:00", "2:00", "Fri 2027-01-01 12:00+01:00", "versions in any order"),
        (PRIORITY.replace(versions={"2026-11-01": "Mon-Fri 09:00-17:00"}), "Tue 2026-11-10 16:00", "2:00", "Thu 2026-11-12 10:00+01:00", "a version has its own hours of PH, or none"),
    ],
)  # fmt: skip
def test_rule_10_opening_hours_are_those_in_force_at_each_instant(
    calendar: Calendar, start: str, length: str, due: str, why: str
) -> None:
    assert due == said(calendar.add(at(start), amount(length))), why


@pytest.mark.parametrize(
    "versions",
    [
        {date(2027, 1, 1): "Mon-Fri 10:00-18:00"},
        [("2027-01-01", "Mon-Fri 10:00-18:00")],
        [(date(2027, 1, 1), Hours.parse("Mon-Fri 10:00-18:00"))],
        {"2027-01-01": {"Mon-Fri": "10:00-18:00"}},
    ],
    ids=["by date", "as pairs", "as values", "as a mapping of days"],
)
def test_versions_can_be_written_in_several_ways(versions: Mapping[date, str]) -> None:
    assert OFFICE.replace(versions=versions) == LATER_HOURS


def test_what_extends_a_calendar_extends_every_version() -> None:
    extended = LATER_HOURS.extend(add_hours="Sat 09:00-12:00")

    assert str(extended.hours) == "Mon-Fri 09:00-17:00; Sat 09:00-12:00"
    assert [(date(2027, 1, 1), "Mon-Fri 10:00-18:00; Sat 09:00-12:00")] == [
        (day, str(hours)) for day, hours in extended.versions
    ]


def test_extending_by_nothing_changes_nothing() -> None:
    assert HELPDESK.extend() == HELPDESK
    assert HELPDESK.replace(open_on_holidays=True) == HELPDESK.replace(open_on_holidays=True).extend()


# ---------------------------------------------------------------- rule 13


def test_rule_13_a_calendar_covers_the_years_of_its_holidays() -> None:
    assert said(HELPDESK.covered.end) == "Sat 2101-01-01 00:00+01:00"
    frozen = HELPDESK.replace(holidays=Holidays("BE").freeze(2024, 2030))
    assert said(frozen.covered.start) == "Mon 2024-01-01 00:00+01:00"
    assert said(frozen.covered.end) == "Wed 2031-01-01 00:00+01:00"


def test_rule_13_the_night_into_the_first_known_year_is_not_known() -> None:
    # Whether 31 December 2023 was a holiday is not known, so neither is its night shift.
    nights = Calendar(BRUSSELS, "Mon-Sun 22:00-06:00", holidays=Holidays("BE").freeze(2024, 2030))

    assert said(nights.covered.start) == "Mon 2024-01-01 06:00+01:00"
    with pytest.raises(HorizonError):
        nights.is_open(at("Mon 2024-01-01 03:00"))


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (lambda office: office.is_open(at("Wed 2031-01-01 10:00")), "an instant beyond"),
        (lambda office: office.is_open(at("Fri 2023-12-29 10:00")), "an instant before"),
        (lambda office: office.add(at("Tue 2030-12-31 16:00"), 2 * HOUR), "an answer beyond"),
        (lambda office: office.subtract(at("Tue 2024-01-02 10:00"), 2 * HOUR), "an answer before"),
        (lambda office: office.elapsed(at("Fri 2026-11-20 16:00"), at("Thu 2031-01-02 16:00")), "a range that ends beyond"),
        (lambda office: office.next_open(at("Tue 2030-12-31 16:00")), "an opening beyond"),
        (lambda office: list(office.intervals(at("Tue 2030-12-31 16:00"), at("Thu 2031-01-02 16:00"))), "intervals beyond"),
        (lambda office: office.explain(at("Tue 2030-12-31 16:00"), at("Thu 2031-01-02 16:00")), "a ledger beyond"),
    ],
)  # fmt: skip
def test_rule_13_a_question_that_touches_a_year_beyond_the_holidays_is_an_error(
    question: Callable[[Calendar], object], why: str
) -> None:
    office = OFFICE.replace(holidays=Holidays("BE").freeze(2024, 2030))

    with pytest.raises(HorizonError) as caught:
        question(office)

    assert caught.value.code == "beyond_covered", why
    assert caught.value.accepts == "from 2023-12-31 23:00 UTC to 2030-12-31 23:00 UTC", why


def test_rule_13_a_year_that_no_country_data_knows_is_an_error_and_never_no_holiday() -> None:
    berlin = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays="DE")

    with pytest.raises(HorizonError):
        berlin.is_open(at("Mon 2101-12-26 10:00"))


def test_rule_13_open_on_holidays_needs_no_holidays() -> None:
    always = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays="DE", open_on_holidays=True)

    assert always.is_open(at("Mon 2101-12-26 10:00"))


NEVER_OPEN: Sequence[tuple[Callable[[], Calendar], str]] = [
    (lambda: Calendar(BRUSSELS, "closed"), "no hours at all"),
    (lambda: Calendar(BRUSSELS, "Mon closed"), "no hours, in other words"),
    (lambda: Calendar(BRUSSELS, {}), "an empty mapping"),
    (lambda: Calendar(BRUSSELS, "closed", special_days={"2026-12-24": "closed"}), "a special day that does not open"),
    (lambda: Calendar(BRUSSELS, "closed", special_days={"12-24": "-09:00-17:00"}), "or only takes away"),
    (lambda: Calendar(BRUSSELS, "closed", versions={"2027-01-01": "closed"}), "no version opens"),
    (lambda: Calendar(BRUSSELS, "PH 09:00-12:00"), "hours on holidays, but no holidays"),
    (lambda: Calendar(BRUSSELS, "PH 09:00-12:00", holidays="BE", open_on_holidays=True), "holidays that are not asked"),
    (lambda: Calendar(BRUSSELS, "closed", special_days={"07-01..08-31": "Mon closed"}), "weekly hours of a summer that are none"),
    (lambda: OFFICE.replace(hours="closed"), "after a change"),
    (lambda: Calendar(BRUSSELS, "Mon-Fri 09:00-17:00", special_days={"01-01..12-31": "closed"}), "closed every day of every year"),
]  # fmt: skip


@pytest.mark.parametrize(("build", "why"), NEVER_OPEN)
def test_rule_13_a_calendar_that_never_opens_is_refused_when_it_is_built(
    build: Callable[[], Calendar], why: str
) -> None:
    with pytest.raises(CalendarError) as caught:
        build()

    assert caught.value.code == "never_opens", why
    assert caught.value.where == "hours", why


@pytest.mark.parametrize(
    ("build", "why"),
    [
        (lambda: Calendar(BRUSSELS, "closed", special_days={"2026-12-24": "09:00-13:00"}), "open once"),
        (lambda: Calendar(BRUSSELS, "closed", special_days={"12-24": "+09:00-13:00"}), "open once a year"),
        (lambda: Calendar(BRUSSELS, "closed", versions={"2027-01-01": "Mon 09:00-17:00"}), "open later"),
        (lambda: Calendar(BRUSSELS, "PH 09:00-12:00", holidays="BE"), "open on holidays only"),
    ],
)
def test_a_calendar_that_opens_at_some_time_is_taken(build: Callable[[], Calendar], why: str) -> None:
    assert build().next_open(at("Fri 2026-11-20 12:00")) is not None, why


FOR_GOOD = OFFICE.replace(versions={"2027-01-01": "closed"})
ONCE = Calendar(BRUSSELS, "closed", special_days={"2026-12-24": "09:00-13:00"})
FROM_2027 = Calendar(BRUSSELS, "closed", versions={"2027-01-01": "Mon-Fri 09:00-17:00"})
ON_HOLIDAYS = OFFICE.replace(versions={"2027-01-01": "PH 09:00-12:00"})
LONG_CLOSED = ONCE.extend(special_days={"2027-06-01": "closed"})


@pytest.mark.parametrize(
    ("calendar", "question", "why"),
    [
        (FOR_GOOD, lambda c: c.add(at("Thu 2026-12-31 16:00"), 2 * HOUR), "the last hour is there, the next is not"),
        (FOR_GOOD, lambda c: c.add(at("Fri 2026-11-20 16:00"), 1000 * HOUR), "more than is left"),
        (FOR_GOOD, lambda c: c.roll_forward(at("Thu 2026-12-31 17:00")), "at the last closing"),
        (FOR_GOOD, lambda c: c.next_open(at("Thu 2026-12-31 10:00")), "the last day has opened"),
        (FOR_GOOD, lambda c: c.next_close(at("Thu 2026-12-31 17:00")), "and closed"),
        (FOR_GOOD, lambda c: c.next_open(at("Thu 2099-12-31 10:00")), "long after"),
        (ONCE, lambda c: c.next_open(at("Thu 2026-12-24 10:00")), "open on one day only: not after it"),
        (ONCE, lambda c: c.previous_open(at("Wed 2026-12-23 10:00")), "and not before it"),
        (ON_HOLIDAYS, lambda c: c.next_open(at("Fri 2027-01-01 10:00")), "hours on holidays, and no holidays"),
        (
            LONG_CLOSED,
            lambda c: c.next_open(at("Thu 2026-12-24 10:00")),
            "the last rule is months after the last opening",
        ),
        (FROM_2027, lambda c: c.roll_back(at("Fri 2027-01-01 09:00")), "not before the first opening"),
        (FROM_2027, lambda c: c.subtract(at("Fri 2027-01-01 10:00"), 2 * HOUR), "less than was asked for"),
        (FROM_2027, lambda c: c.previous_close(at("Fri 2027-01-01 10:00")), "nothing closed before"),
    ],
)
def test_rule_13_closed_for_good_is_an_error_decided_from_the_last_dated_rule(
    monkeypatch: pytest.MonkeyPatch, calendar: Calendar, question: Callable[[Calendar], object], why: str
) -> None:
    compiled = recorded(monkeypatch)

    with pytest.raises(ClosedForGoodError) as caught:
        question(replace(calendar))  # an unused one

    assert caught.value.code == "closed_for_good", why
    assert len(compiled) <= 3, why
    assert all((end - start).days <= 3 * 366 for start, end in compiled), why


def test_rule_13_before_it_closes_for_good_everything_is_answered() -> None:
    assert said(FOR_GOOD.add(at("Wed 2026-12-30 16:00"), 9 * HOUR)) == "Thu 2026-12-31 17:00+01:00"
    assert FOR_GOOD.elapsed(at("Thu 2026-12-31 16:00"), at("Thu 2099-12-31 10:00")) == HOUR
    assert not FOR_GOOD.is_open(at("Thu 2099-12-31 10:00"))
    assert said(FOR_GOOD.roll_back(at("Thu 2099-12-31 10:00"))) == "Thu 2026-12-31 17:00+01:00"
    assert said(ONCE.next_open(at("Fri 2026-11-20 10:00"))) == "Thu 2026-12-24 09:00+01:00"


def test_rule_13_a_service_that_stops_closes_once() -> None:
    stopping = ALWAYS.replace(versions={"2027-01-01": "closed"})

    assert said(stopping.next_close(at("Fri 2026-11-20 10:00"))) == "Fri 2027-01-01 00:00+01:00"
    with pytest.raises(ClosedForGoodError):
        stopping.next_open(at("Fri 2026-11-20 10:00"))


def test_rule_13_hours_on_a_yearly_date_keep_a_calendar_open() -> None:
    yearly = FOR_GOOD.extend(special_days={"12-24": "open 09:00-13:00"})

    assert said(yearly.next_open(at("Fri 2027-01-01 00:00"))) == "Fri 2027-12-24 09:00+01:00"


@pytest.mark.parametrize(
    ("until", "why"),
    [
        (datetime(2300, 1, 1, tzinfo=UTC), "beyond the supported years"),
        (datetime.max.replace(tzinfo=UTC), "until the last datetime there is: further notice"),
    ],
)
def test_rule_13_an_absence_may_end_beyond_the_supported_years(until: datetime, why: str) -> None:
    calendar = OFFICE - Absence(at("Fri 2026-11-20 12:00"), until)

    assert calendar.elapsed(at("Fri 2026-11-20 09:00"), at("Mon 2026-11-23 17:00")) == 3 * HOUR, why
    assert said(calendar.add(at("Fri 2026-11-20 09:00"), 3 * HOUR)) == "Fri 2026-11-20 12:00+01:00", why
    with pytest.raises((ClosedForGoodError, HorizonError)):
        calendar.next_open(at("Fri 2026-11-20 12:00"))


# ---------------------------------------------------------------- values

EVERYTHING = Calendar(
    BRUSSELS,
    "Mon-Fri 09:00-12:30 13:30-17:00; Sat 22:00-06:00; Sun,PH 09:00-12:00",
    holidays=Holidays("BE", language="fr").freeze(2024, 2030),
    special_days=[
        SpecialDay.of("2026-12-24", "09:00-13:00", name="Christmas Eve"),
        SpecialDay.of(DateRange(date(2026, 7, 1), date(2026, 7, 31)), "-13:30-17:00", name="summer"),
        SpecialDay.of("12-31", "closed"),
        SpecialDay.of("FREQ=MONTHLY;BYDAY=-1FR", "+17:00-18:00"),
    ],
    absences=[Absence(datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 23, 12, tzinfo=UTC), "offsite")],
    versions={"2027-01-01": "Mon-Fri 10:00-18:00"},
)


def used(calendar: Calendar) -> Calendar:
    """The same calendar, unused until now, and then asked everything."""
    fresh = replace(calendar)
    asked = at("Fri 2026-11-20 18:30")
    fresh.add(asked, 100 * HOUR)
    fresh.subtract(asked, 100 * HOUR)
    fresh.explain(asked, asked + 99 * HOUR)
    list(fresh.intervals(asked, asked + 999 * HOUR))
    fresh.working_dates().after(date(2026, 11, 20), 5)
    return fresh


@pytest.mark.parametrize("calendar", [OFFICE, HELPDESK, ALWAYS, EVERYTHING], ids=["hours", "BE", "24/7", "everything"])
def test_a_used_calendar_is_the_same_value_as_an_unused_one(calendar: Calendar) -> None:
    unused, after_use = replace(calendar), used(calendar)

    assert unused == after_use
    assert hash(unused) == hash(after_use)
    assert repr(unused) == repr(after_use)
    assert len({unused, after_use}) == 1
    assert len(pickle.dumps(after_use)) == len(pickle.dumps(unused))


@pytest.mark.parametrize("calendar", [OFFICE, HELPDESK, ALWAYS, EVERYTHING], ids=["hours", "BE", "24/7", "everything"])
@pytest.mark.parametrize(
    "copied",
    [lambda calendar: pickle.loads(pickle.dumps(calendar)), copy.copy, copy.deepcopy, replace, Calendar.replace],
    ids=["pickle", "copy", "deepcopy", "dataclasses.replace", "Calendar.replace"],
)
def test_a_copy_equals_its_original_and_answers_like_it(
    calendar: Calendar, copied: Callable[[Calendar], Calendar]
) -> None:
    asked = at("Fri 2026-11-20 18:30")
    original = used(calendar)
    twin = copied(original)

    assert original == twin
    assert hash(original) == hash(twin)
    assert original.add(asked, 100 * HOUR) == twin.add(asked, 100 * HOUR)


@pytest.mark.parametrize(
    "changes",
    [
        {"zone": "Europe/Amsterdam"},
        {"hours": "Mon-Fri 09:00-17:30"},
        {"holidays": "NL"},
        {"special_days": {"12-24": "closed"}},
        {"absences": [Absence(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC))]},
        {"versions": {"2027-01-01": "Mon-Fri 10:00-18:00"}},
        {"open_on_holidays": True},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_calendars_that_differ_in_anything_are_different(changes: Mapping[str, object]) -> None:
    assert OFFICE.replace(**changes) != OFFICE


def test_rule_14_a_digest_stands_for_everything_that_the_answers_depend_on() -> None:
    others = [
        EVERYTHING.replace(zone="Europe/Amsterdam"),
        EVERYTHING.replace(hours="Mon-Fri 09:00-17:00"),
        EVERYTHING.replace(holidays="BE"),
        EVERYTHING.replace(holidays=Holidays("BE").freeze(2024, 2029)),
        EVERYTHING.replace(special_days=()),
        EVERYTHING.replace(absences=()),
        EVERYTHING.replace(versions=()),
        EVERYTHING.replace(open_on_holidays=True),
    ]

    assert EVERYTHING.digest == used(EVERYTHING).digest
    assert EVERYTHING.digest.startswith("sha256:")
    assert len({calendar.digest for calendar in (EVERYTHING, *others)}) == 1 + len(others)


def test_an_interval_lasts_real_time() -> None:
    (night,) = Calendar(BRUSSELS, "Sat 22:00-06:00").intervals(at("Sat 2026-10-24 12:00"), at("Sun 2026-10-25 12:00"))

    assert night.length == 9 * HOUR


def test_a_replaced_calendar_answers_by_its_new_rules_though_the_old_one_was_used() -> None:
    shorter = used(OFFICE).replace(hours="Mon-Fri 09:00-16:00")

    assert said(shorter.add(at("Fri 2026-11-20 15:00"), 2 * HOUR)) == "Mon 2026-11-23 10:00+01:00"


def test_a_calendar_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        OFFICE.zone = "UTC"  # type: ignore[misc]  # that is what is tested
    with pytest.raises((AttributeError, TypeError)):  # before Python 3.14, frozen classes with slots raise the second
        OFFICE.nickname = "office"  # type: ignore[attr-defined]  # that is what is tested


def test_the_same_hours_written_in_other_words_are_the_same_calendar() -> None:
    in_other_words = Calendar("Europe/Brussels", {"Mon-Fri": ["09:00-12:00", "12:00-17:00"]}, holidays=None)

    assert in_other_words == OFFICE
    assert Calendar(BRUSSELS, Hours.parse("Mon-Fri 09:00-17:00")) == OFFICE


# ---------------------------------------------------------------- threads


@pytest.fixture
def hasty() -> Iterator[None]:
    """Let threads take turns after every few instructions, so that a race shows."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def everything_asked(calendar: Calendar, first: int) -> list[object]:
    """Questions to both sides, each thread in an order of its own."""
    answers: list[tuple[int, object]] = []
    for step in range(6):
        week = (first * 5 + step) % 6 * 9
        asked = at("Fri 2026-11-20 18:30") + timedelta(weeks=week - 27)
        interval = calendar.next_open(asked), calendar.previous_close(asked)
        ledger = calendar.explain(asked, asked + timedelta(days=3))
        owner = calendar.working_dates().after(asked.date(), 3)
        answers.append(
            (week, (calendar.add(asked, 30 * HOUR), calendar.subtract(asked, 30 * HOUR), interval, ledger, owner))
        )
    return [answer for _, answer in sorted(answers, key=lambda pair: pair[0])]


@pytest.mark.usefixtures("hasty")
def test_threads_that_race_on_a_cold_calendar_get_the_answers_of_one_thread() -> None:
    expected = everything_asked(replace(EVERYTHING), 0)
    shared, together = replace(EVERYTHING), threading.Barrier(8)
    found: list[list[object]] = [[]] * 8

    def ask(first: int) -> None:
        together.wait()
        found[first] = everything_asked(shared, first)

    threads = [threading.Thread(target=ask, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [expected] * 8 == found
