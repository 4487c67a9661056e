"""What calendars and their parts refuse, word for word: a message is read by people, and is part of what is promised.

What else is refused, with its code and its place, is in test_errors.py.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.calendars.special_days import SpecialDay
from slacalc.calendars.succession import Succession
from tests.helpers import wrong

WEEK: Final = "Mon-Fri 09:00-17:00"
OFFICE: Final = sla.Calendar("Europe/Brussels", WEEK)
LISBON: Final = sla.Calendar("Europe/Lisbon", WEEK)
FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=UTC)
EVE: Final = date(2026, 12, 24)
OWN: Final = sla.FrozenHolidays.of({EVE: "Eve"}, years=(2026, 2026))
KEYS: Final = (
    'accepted: "2026-12-24", "2026-12-24..2027-01-02", "12-24", "12-24..01-02", '
    'or a recurrence such as "FREQ=MONTHLY;BYDAY=-1FR"'
)
CHANGES: Final = 'accepted: "closed", windows such as "09:00-13:00", "+18:00-20:00" to add, "-12:00-13:00" to remove'
RULES: Final = (
    "accepted: FREQ=DAILY|WEEKLY|MONTHLY|YEARLY with INTERVAL, COUNT or UNTIL, BYMONTH, BYMONTHDAY, BYYEARDAY, "
    "BYWEEKNO, BYDAY, BYSETPOS, WKST"
)
WINDOWS: Final = "accepted: HH:MM-HH:MM from 00:00 to 24:00, such as 09:00-17:00, 22:00-06:00 or 18:00-24:00"
DAYS: Final = "accepted: Mon Tue Wed Thu Fri Sat Sun PH, lists such as Sat,PH and ranges such as Mon-Fri"
OF_A_KIND: Final = (
    "accepted: one of a kind a date; a single date beats a range, a range a yearly date, that a recurrence"
)

Ask = Callable[[], object]
Row = tuple[Ask, type[sla.SlaError], str, str]


def office(**parts: Any) -> Ask:
    return lambda: OFFICE.replace(**parts)


def hours(notation: object) -> Ask:
    return lambda: sla.Hours.parse(wrong(notation))


def special(on: object, change: str = "closed", start: date | None = None) -> Ask:
    return lambda: SpecialDay.of(wrong(on), change, start=start)


def rule(text: object) -> Ask:
    return lambda: sla.Recurring(wrong(text))


def pin(**changes: object) -> Ask:
    """A pin file with some keys changed."""
    text = json.dumps({**json.loads(OWN.to_json()), **changes})
    return lambda: sla.FrozenHolidays.from_json(text, "be.json")


HOURS: list[Row] = [
    (hours(9), sla.HoursError, "hours_not_text", f"hours are written as text; given 9; {WINDOWS}"),
    (hours(" "), sla.HoursError, "hours_empty", "the hours are empty; given ' '; accepted: hours, or \"closed\""),
    (lambda: sla.Hours(wrong(WEEK)), sla.HoursError, "hours_not_text",
     "these are no windows of eight days; given 'Mon-Fri 09:00-17:00'; accepted: Hours.parse(\"Mon-Fri 09:00-17:00\")"),
    (hours("Mon"), sla.HoursError, "hours_group_incomplete",
     "a group needs days and windows; given 'Mon'; accepted: such as \"Mon-Fri 09:00-17:00\""),
    (hours("Mo-Fr 09:00-17:00"), sla.HoursError, "hours_day_unknown", f"there is no such day; given 'Mo-Fr'; {DAYS}"),
    (hours("Mon-Fr 09:00-17:00"), sla.HoursError, "hours_day_unknown", f"there is no such day; given 'Mon-Fr'; {DAYS}"),
    (hours("Sat-PH 09:00-17:00"), sla.HoursError, "hours_day_unknown",
     f"PH stands alone, not in a range; given 'Sat-PH'; {DAYS}"),
    (hours("Mon 9-17"), sla.HoursError, "hours_window_invalid", f"this is not a time of day; given '9'; {WINDOWS}"),
    (hours("Mon 09:00-24:01"), sla.HoursError, "hours_window_invalid",
     f"there is no such time of day; given '24:01'; {WINDOWS}"),
    (hours("Mon 09:00"), sla.HoursError, "hours_window_invalid",
     f"a window has a start and an end; given '09:00'; {WINDOWS}"),
    (hours("Mon 09:00-09:00"), sla.HoursError, "hours_window_invalid",
     f"a window that ends when it starts is empty, or a whole day: say which; given '09:00-09:00'; {WINDOWS}"),
    (hours("Mon 09:00-17:00; Mon closed"), sla.HoursError, "hours_contradict",
     "a day is both closed and open; given 'Mon'; accepted: windows or `closed` for a day, not both"),
    (lambda: sla.Hours.from_mapping(wrong(WEEK)), sla.SlaError, "argument_invalid",
     ("mapping: this is of another kind; given 'Mon-Fri 09:00-17:00'; "
     'accepted: a mapping such as {"Mon-Fri": "09:00-17:00"}')),
]  # fmt: skip

SPECIAL_DAYS: list[Row] = [
    (special("24.12.2026"), sla.SpecialDayError, "special_day_date_invalid",
     f"special_days: this names no dates; given '24.12.2026'; {KEYS}"),
    (special(FRIDAY), sla.SpecialDayError, "special_day_date_invalid",
     ("special_days: this names no dates; "
     f"given datetime.datetime(2026, 11, 20, 15, 0, tzinfo=datetime.timezone.utc); {KEYS}")),
    (lambda: sla.DateRange(EVE, wrong("2026-12-31")), sla.SpecialDayError, "special_day_date_invalid",
     ("special_days: this names no dates; given '2026-12-31'; "
     "accepted: datetime.date(2026, 12, 24); SpecialDay.of reads text")),
    (lambda: sla.DateRange(EVE, date(2026, 12, 23)), sla.SpecialDayError, "range_reversed",
     ("special_days: the range ends before it starts; given '2026-12-24..2026-12-23'; "
     "accepted: first..last, both included")),
    (lambda: sla.Yearly((12, 24), wrong("01-02")), sla.SpecialDayError, "special_day_date_invalid",
     ("special_days: this names no dates; given '01-02'; "
     "accepted: month and day, such as (12, 24); SpecialDay.of reads text")),
    (lambda: SpecialDay(EVE, wrong("shut")), sla.SpecialDayError, "special_day_hours_invalid",
     ("special_days: this is no change of a date's hours; given ('shut', ()); "
     'accepted: what SpecialDay.of("2026-12-24", "09:00-13:00") makes')),
    (lambda: SpecialDay(EVE, "replaced", wrong("09:00-13:00")), sla.SpecialDayError, "special_day_hours_invalid",
     ("special_days: this is no change of a date's hours; given ('replaced', '09:00-13:00'); "
     'accepted: what SpecialDay.of("2026-12-24", "09:00-13:00") makes')),
    (special("12-24", "9-17"), sla.SpecialDayError, "special_day_hours_invalid",
     f"special_days.12-24: this is not a time of day; given '9-17'; {CHANGES}"),
    (special(sla.Yearly((12, 24), (12, 24)), "9-17"), sla.SpecialDayError, "special_day_hours_invalid",
     f"special_days: this is not a time of day; given '9-17'; {CHANGES}"),
    (special(EVE, "-closed"), sla.SpecialDayError, "special_day_hours_invalid",
     f"special_days.2026-12-24: nothing to add or to remove; given '-closed'; {CHANGES}"),
    (special("2026-12-24", start=EVE), sla.SpecialDayError, "recurrence_start_unused",
     f"special_days: only a recurrence in text has a start; given '2026-12-24'; {KEYS}"),
    (special(EVE, start=EVE), sla.SpecialDayError, "recurrence_start_unused",
     f"special_days: only a recurrence in text has a start; given datetime.date(2026, 12, 24); {KEYS}"),
    (office(special_days=[SpecialDay.of("12-24", "closed"), SpecialDay.of("12-20..01-02", "closed")]),
     sla.SpecialDayError, "special_day_twice",
     f"special_days: two special days of one kind fall on one date; given '12-24 (Yearly)'; {OF_A_KIND}"),
    (office(special_days=[5]), sla.SpecialDayError, "special_days_invalid",
     ("special_days: these are not SpecialDay values; given [5]; "
     'accepted: a list of SpecialDay, or a mapping such as {"2026-12-24": "09:00-13:00"}')),
    (office(absences=5), sla.SpecialDayError, "special_days_invalid",
     "absences: these are not Absence values; given 5; accepted: a list of Absence"),
    (lambda: sla.Absence(FRIDAY, FRIDAY), sla.SpecialDayError, "absence_reversed",
     ("absences: the absence ends before it starts; given '2026-11-20T15:00:00+00:00..2026-11-20T15:00:00+00:00'; "
     "accepted: a start before the end")),
    (rule(5), sla.SpecialDayError, "recurrence_invalid",
     f"special_days: this is not a recurrence rule; given 5; {RULES}"),
    (rule("FREQ="), sla.SpecialDayError, "recurrence_invalid",
     f"special_days: the part 'FREQ=' is empty or there twice; given 'FREQ='; {RULES}"),
    (rule("FREQ=HOURLY"), sla.SpecialDayError, "recurrence_invalid",
     f"special_days: the part FREQ=HOURLY is not taken; given 'FREQ=HOURLY'; {RULES}"),
    (rule("BYDAY=FR"), sla.SpecialDayError, "recurrence_invalid",
     f"special_days: a rule has FREQ, and COUNT or UNTIL but not both; given 'BYDAY=FR'; {RULES}"),
    (rule("FREQ=MONTHLY;BYDAY=6FR"), sla.SpecialDayError, "recurrence_invalid",
     f"special_days: there are not so many of this weekday; given 'FREQ=MONTHLY;BYDAY=6FR'; {RULES}"),
    (lambda: sla.Recurring("FREQ=WEEKLY", wrong("2026-11-20")), sla.InstantError, "not_a_date",
     "start: this is not a date; given '2026-11-20'; accepted: datetime.date(2026, 12, 24)"),
    (rule("FREQ=WEEKLY"), sla.SpecialDayError, "recurrence_start_needed",
     ("special_days: this rule depends on its first date; given 'FREQ=WEEKLY'; "
     "accepted: Recurring(rule, start=date(...))")),
    (rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), sla.SpecialDayError, "recurrence_empty",
     ("special_days: no date up to 2200 matches this rule; given 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'; "
     "accepted: a rule with at least one date")),
]  # fmt: skip

HOLIDAYS: list[Row] = [
    (lambda: sla.Holidays("Belgium"), sla.HolidayError, "holiday_country_unknown",
     "country: the holiday data has no such country; given 'Belgium'; accepted: an ISO 3166 code, such as BE"),
    (lambda: sla.Holidays("LU", subdivision="L"), sla.HolidayError, "holiday_subdivision_unknown",
     "subdivision: the holiday data has no such subdivision; given 'L'; accepted: no subdivision for this country"),
    (lambda: sla.Holidays("BE", language="fi"), sla.HolidayError, "holiday_language_unknown",
     "language: the holiday data has no such language; given 'fi'; accepted: de, en_US, fr, nl, uk"),
    (lambda: sla.Holidays("DE", categories=("bank",)), sla.HolidayError, "holiday_category_unknown",
     "categories: the holiday data has no such category; given 'bank'; accepted: catholic, public, school"),
    (lambda: sla.Holidays("DE", categories=()), sla.HolidayError, "holiday_category_unknown",
     "categories: no category was chosen; given (); accepted: catholic, public, school"),
    (lambda: sla.Holidays("DE", categories=wrong("public")), sla.SlaError, "argument_invalid",
     "categories: this is of another kind; given 'public'; accepted: several, such as (\"public\", \"bank\")"),
    (lambda: sla.Holidays("DE", added=wrong([EVE])), sla.SlaError, "argument_invalid",
     "added: this is of another kind; given [datetime.date(2026, 12, 24)]; accepted: what Holidays.adding makes"),
    (lambda: sla.Holidays("DE", added=wrong((("2026-12-24", "Eve", "!"),))), sla.SlaError, "argument_invalid",
     "added: this is of another kind; given (('2026-12-24', 'Eve', '!'),); accepted: what Holidays.adding makes"),
    (lambda: sla.Holidays("DE", removed=wrong(EVE)), sla.SlaError, "argument_invalid",
     "removed: this is of another kind; given datetime.date(2026, 12, 24); accepted: what Holidays.removing makes"),
    (lambda: sla.Holidays("BE").adding(wrong([EVE])), sla.SlaError, "argument_invalid",
     ("dates: this is of another kind; given [datetime.date(2026, 12, 24)]; "
     'accepted: a mapping such as {datetime.date(2026, 12, 24): "Christmas Eve"}')),
    (lambda: sla.Holidays("BE").removing(wrong(EVE)), sla.SlaError, "argument_invalid",
     "dates: this is of another kind; given datetime.date(2026, 12, 24); accepted: several dates"),
    (lambda: sla.Holidays("BE").removing([EVE]), sla.HolidayError, "holiday_not_there",
     "removed: only a holiday can be removed; given '2026-12-24'; accepted: a holiday of BE"),
    (lambda: sla.Holidays("BE").adding({wrong("2026-12-24"): "Eve"}), sla.HolidayError, "holiday_dates_invalid",
     "dates: this is not a date; given '2026-12-24'; accepted: datetime.date(2026, 12, 24)"),
    (lambda: OWN.names(2027), sla.HorizonError, "holiday_year_unknown",
     "the holidays of this year are not known; given 2027; accepted: years from 2026 to 2026"),
    (lambda: sla.FrozenHolidays((), wrong((2026, "2027"))), sla.HolidayError, "holiday_years_invalid",
     "years: these years cannot be covered; given (2026, '2027'); accepted: a first and a last year from 1900 to 2200"),
    (lambda: sla.FrozenHolidays(((EVE, "Eve"),), (2027, 2028)), sla.HolidayError, "holiday_dates_invalid",
     ("dates: the dates are not sorted, single and inside the years; given ['2026-12-24']; "
     "accepted: dates from 2027 to 2028")),
    (lambda: sla.FrozenHolidays(((EVE, "Eve"), (EVE, "Eve")), (2026, 2026)), sla.HolidayError, "holiday_dates_invalid",
     ("dates: the dates are not sorted, single and inside the years; given ['2026-12-24', '2026-12-24']; "
     "accepted: dates from 2026 to 2026")),
    (lambda: sla.FrozenHolidays(wrong({EVE: "Eve"}), (2026, 2026)), sla.SlaError, "argument_invalid",
     ("dates: this is of another kind; given {datetime.date(2026, 12, 24): 'Eve'}; "
     "accepted: what FrozenHolidays.of makes")),
    (OWN.refrozen, sla.HolidayError, "holiday_source_none",
     "these holidays came from no package; given 'given'; accepted: holidays that were frozen from a country"),
    (lambda: sla.drift(OWN, wrong("BE")), sla.SlaError, "argument_invalid",
     "new: this is of another kind; given 'BE'; accepted: frozen holidays, such as Holidays(...).freeze(2026, 2030)"),
    (lambda: sla.drift(wrong("BE"), OWN), sla.SlaError, "argument_invalid",
     "old: this is of another kind; given 'BE'; accepted: frozen holidays, such as Holidays(...).freeze(2026, 2030)"),
    (lambda: sla.drift(OWN, sla.FrozenHolidays.of({}, years=(2027, 2028))), sla.HolidayError, "holiday_years_apart",
     ("the two have no year in common; given ((2026, 2026), (2027, 2028)); "
     "accepted: two sets of holidays that share a year")),
    (pin(format=2), sla.HolidayError, "holiday_pin_format",
     "be.json: format: this pin file is of another format; given 2; accepted: format 1"),
    (pin(digest="sha256:00"), sla.HolidayError, "holiday_pin_altered",
     f"be.json: digest: the dates are not those that were pinned; given 'sha256:00'; accepted: {OWN.digest}"),
    (lambda: sla.FrozenHolidays.from_json("{}"), sla.HolidayError, "holiday_pin_invalid",
     "this is not a holiday pin file; given \"'format'\"; accepted: the text of FrozenHolidays.to_json()"),
    (pin(years=["2026", 2026]), sla.HolidayError, "holiday_pin_invalid",
     ("be.json: this is not a holiday pin file; given \"a whole number is expected, not '2026'\"; "
     "accepted: the text of FrozenHolidays.to_json()")),
    (pin(dates={"2026-12-24": 24}), sla.HolidayError, "holiday_pin_invalid",
     ("be.json: this is not a holiday pin file; given 'text is expected, not 24'; "
     "accepted: the text of FrozenHolidays.to_json()")),
    (lambda: sla.load_holidays(wrong(5)), sla.SlaError, "argument_invalid",
     "path: this is of another kind; given 5; accepted: the path of a file"),
]  # fmt: skip

CALENDARS: list[Row] = [
    (office(holidays=32), sla.CalendarError, "holidays_invalid",
     ("holidays: these are not holidays; given 32; "
     'accepted: a country such as "BE", Holidays(...), FrozenHolidays, or None')),
    (office(hours="closed"), sla.CalendarError, "never_opens",
     "hours: the hours and special days never open; given 'closed'; accepted: hours with at least one window"),
    (office(hours="9-17"), sla.HoursError, "hours_group_incomplete",
     "hours: a group needs days and windows; given '9-17'; accepted: such as \"Mon-Fri 09:00-17:00\""),
    (lambda: OFFICE.extend(add_hours="9-17"), sla.HoursError, "hours_group_incomplete",
     "add_hours: a group needs days and windows; given '9-17'; accepted: such as \"Mon-Fri 09:00-17:00\""),
    (office(versions={"2027-01-01": "9-17"}), sla.HoursError, "hours_group_incomplete",
     "versions: a group needs days and windows; given '9-17'; accepted: such as \"Mon-Fri 09:00-17:00\""),
    (office(versions=5), sla.CalendarError, "versions_invalid",
     ("versions: these are not versions; given 5; "
     'accepted: a mapping of dates to hours, such as {"2027-01-01": "Mon-Fri 08:00-16:00"}')),
    (office(versions=[("2027-01-01", WEEK), (date(2027, 1, 1), "24/7")]), sla.CalendarError, "version_twice",
     ("versions: two versions are valid from one date; given ['2027-01-01', '2027-01-01']; "
     "accepted: one version a date")),
    (office(versions={"2027-02-30": WEEK}), sla.CalendarError, "version_date_invalid",
     "versions: this is not a date; given '2027-02-30'; accepted: a date, or text such as 2027-01-01"),
    (lambda: OFFICE | wrong(5), sla.CalendarError, "operand_invalid",
     "this cannot be combined with |; given 5; accepted: a calendar, or after `-` also an absence"),
    (lambda: (OFFICE | LISBON) & wrong("PT"), sla.CalendarError, "operand_invalid",
     "this cannot be combined with &; given 'PT'; accepted: a calendar, or after `-` also an absence"),
    (lambda: Succession((OFFICE, LISBON), (0,)).zone_info, sla.CalendarError, "zone_versioned",
     ("calendars that follow each other have one zone; given 'Europe/Brussels, Europe/Lisbon'; "
     "accepted: a calendar of another name for another zone")),
    (lambda: OFFICE.intervals(FRIDAY, FRIDAY - timedelta(hours=1)), sla.InstantError, "range_reversed",
     ("the range ends before it starts; given '2026-11-20T15:00:00+00:00..2026-11-20T14:00:00+00:00'; "
     "accepted: a start at or before the end")),
    (lambda: OFFICE.replace(holidays=OWN).working_dates().after(date(2026, 12, 31), 1), sla.HorizonError,
     "beyond_covered",
     ("the question reaches dates that the calendar does not cover; given '2027-01-01'; "
     "accepted: from 2026-01-01 to 2026-12-31")),
    (lambda: OFFICE.replace(versions={"2027-01-01": "closed"}).working_dates().after(date(2026, 12, 31), 1),
     sla.ClosedForGoodError, "closed_for_good",
     ("no date is a working date from 2026-12-31 16:00 UTC on; "
     "accepted: a question about the time when the calendar is in use")),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "kind", "code", "said"), [*HOURS, *SPECIAL_DAYS, *HOLIDAYS, *CALENDARS])
def test_a_refusal_word_for_word(ask: Ask, kind: type[sla.SlaError], code: str, said: str) -> None:
    with pytest.raises(sla.SlaError) as refused:
        ask()
    assert type(refused.value) is kind
    assert refused.value.code == code
    assert str(refused.value) == said


@pytest.mark.parametrize("ask", [(OFFICE | LISBON).working_dates, (OFFICE | LISBON).workdays])
def test_calendars_of_two_zones_have_no_dates_in_common(ask: Ask) -> None:
    with pytest.raises(sla.CalendarError) as refused:
        ask()
    assert refused.value.problem == "calendars of different zones have no working dates in common"
    assert "Combination(operator='|', left=Calendar(zone='Europe/Brus" in refused.value.given
    assert refused.value.accepts == 'a combination that was given a zone: (a | b).in_zone("Europe/Berlin")'


@pytest.mark.parametrize(
    ("ask", "no_date", "problem"),
    [
        (special("2026-02-30"), (2026, 2, 30), "there is no such date: {}"),
        (special("02-30"), (2000, 2, 30), "there is no such date: {}"),
        (rule("FREQ=DAILY;UNTIL=20260230"), (2026, 2, 30), "UNTIL is no date: {}"),
    ],
    ids=["a date", "a yearly date", "the end of a rule"],
)
def test_a_date_that_does_not_exist_is_refused_in_the_words_of_python(
    ask: Ask, no_date: tuple[int, int, int], problem: str
) -> None:
    with pytest.raises(ValueError, match="day") as python:
        date(*no_date)
    with pytest.raises(sla.SpecialDayError) as refused:
        ask()
    assert refused.value.problem == problem.format(python.value)


def test_a_pin_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "be.json"
    with pytest.raises(sla.HolidayError) as refused:
        sla.load_holidays(path)
    assert refused.value.code == "holiday_pin_unreadable"
    assert refused.value.where == str(path)
    assert refused.value.problem == "the pin file cannot be read"
    assert "No such file" in refused.value.given
    assert refused.value.accepts == "a UTF-8 file written with FrozenHolidays.to_json()"


def test_hours_as_long_as_a_novel_are_refused() -> None:
    at_most = "Mon 09:00-17:00; " * 588  # 9,996 characters
    assert sla.Hours.parse(at_most + " " * 4) == sla.Hours.parse("Mon 09:00-17:00")
    with pytest.raises(sla.HoursError) as refused:
        sla.Hours.parse(at_most + " " * 5)
    assert refused.value.code == "hours_too_long"
    assert refused.value.problem == "the hours are too long to be hours"
    assert refused.value.accepts == "at most 10000 characters"
