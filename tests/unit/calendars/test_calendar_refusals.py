"""What calendars and their parts refuse: the code, the place, what was given and what is accepted.

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
from tests.refusals import Refusal, check

WEEK: Final = "Mon-Fri 09:00-17:00"
OFFICE: Final = sla.Calendar("Europe/Brussels", WEEK)
LISBON: Final = sla.Calendar("Europe/Lisbon", WEEK)
FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=UTC)
EVE: Final = date(2026, 12, 24)
OWN: Final = sla.FrozenHolidays.of({EVE: "Eve"}, years=(2026, 2026))

Ask = Callable[[], object]


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


HOURS: Final[list[Refusal]] = [
    Refusal(hours(9), sla.HoursError, "hours_not_text",
            "", "9", "HH:MM-HH:MM from 00:00 to 24:00, such"),
    Refusal(hours(" "), sla.HoursError, "hours_empty",
            "", "' '", 'hours, or "closed"'),
    Refusal(lambda: sla.Hours(wrong(WEEK)), sla.HoursError, "hours_not_text",
            "", "'Mon-Fri 09:00-17:00'", 'Hours.parse("Mon-Fri 09:00-17:00")'),
    Refusal(hours("Mon"), sla.HoursError, "hours_group_incomplete",
            "", "'Mon'", 'such as "Mon-Fri 09:00-17:00"'),
    Refusal(hours("Mo-Fr 09:00-17:00"), sla.HoursError, "hours_day_unknown",
            "", "'Mo-Fr'", "Mon Tue Wed Thu Fri Sat Sun PH WW, lists"),
    Refusal(hours("Mon-Fr 09:00-17:00"), sla.HoursError, "hours_day_unknown",
            "", "'Mon-Fr'", "Mon Tue Wed Thu Fri Sat Sun PH WW, lists"),
    Refusal(hours("Sat-PH 09:00-17:00"), sla.HoursError, "hours_day_unknown",
            "", "'Sat-PH'", "Mon Tue Wed Thu Fri Sat Sun PH WW, lists"),
    Refusal(hours("Mon 9-17"), sla.HoursError, "hours_window_invalid",
            "", "'9'", "HH:MM-HH:MM from 00:00 to 24:00, such"),
    Refusal(hours("Mon 09:00-24:01"), sla.HoursError, "hours_window_invalid",
            "", "'24:01'", "HH:MM-HH:MM from 00:00 to 24:00, such"),
    Refusal(hours("Mon 09:00"), sla.HoursError, "hours_window_invalid",
            "", "'09:00'", "HH:MM-HH:MM from 00:00 to 24:00, such"),
    Refusal(hours("Mon 09:00-09:00"), sla.HoursError, "hours_window_invalid",
            "", "'09:00-09:00'", "HH:MM-HH:MM from 00:00 to 24:00, such"),
    Refusal(hours("Mon 09:00-17:00; Mon closed"), sla.HoursError, "hours_contradict",
            "", "'Mon'", "windows or `closed` for a day, not both"),
    Refusal(lambda: sla.Hours.from_mapping(wrong(WEEK)), sla.SlaError, "argument_invalid",
            "mapping", "'Mon-Fri 09:00-17:00'", 'a mapping such as {"Mon-Fri":'),
]  # fmt: skip

SPECIAL_DAYS: Final[list[Refusal]] = [
    Refusal(special("12-24-1"), sla.SpecialDayError, "special_day_date_invalid",
            "special_days", "'12-24-1'", '"2026-12-24", "2026-12-24..2027-01-02", "12-24"'),
    Refusal(special("24.12.2026"), sla.SpecialDayError, "special_day_date_invalid",
            "special_days", "'24.12.2026'", '"2026-12-24", "2026-12-24..2027-01-02",'),
    Refusal(special(FRIDAY), sla.SpecialDayError, "special_day_date_invalid",
            "special_days", "datetime.datetime(2026, 11, 20, 15, 0,", '"2026-12-24", "2026-12-24..2027-01-02",'),
    Refusal(lambda: sla.DateRange(EVE, wrong("2026-12-31")), sla.SpecialDayError, "special_day_date_invalid",
            "special_days", "'2026-12-31'", "datetime.date(2026, 12, 24);"),
    Refusal(lambda: sla.DateRange(EVE, date(2026, 12, 23)), sla.SpecialDayError, "date_range_reversed",
            "special_days", "'2026-12-24..2026-12-23'", "first..last, both included"),
    Refusal(lambda: sla.Yearly((12, 24), wrong("01-02")), sla.SpecialDayError, "special_day_date_invalid",
            "special_days", "'01-02'", "month and day, such as (12, 24);"),
    Refusal(lambda: SpecialDay(EVE, wrong("shut")), sla.SpecialDayError, "special_day_hours_invalid",
            "special_days", "('shut', ())", 'what SpecialDay.of("2026-12-24",'),
    Refusal(lambda: SpecialDay(EVE, "replaced", wrong("09:00-13:00")), sla.SpecialDayError, "special_day_hours_invalid",
            "special_days", "('replaced', '09:00-13:00')", 'what SpecialDay.of("2026-12-24",'),
    Refusal(special("12-24", "9-17"), sla.SpecialDayError, "special_day_hours_invalid",
            "special_days.12-24", "'9-17'", '"closed", windows such as'),
    Refusal(special(sla.Yearly((12, 24), (12, 24)), "9-17"), sla.SpecialDayError, "special_day_hours_invalid",
            "special_days", "'9-17'", '"closed", windows such as'),
    Refusal(special(EVE, "-closed"), sla.SpecialDayError, "special_day_hours_invalid",
            "special_days.2026-12-24", "'-closed'", '"closed", windows such as'),
    Refusal(special("2026-12-24", start=EVE), sla.SpecialDayError, "recurrence_start_unused",
            "special_days", "'2026-12-24'", '"2026-12-24", "2026-12-24..2027-01-02",'),
    Refusal(special(EVE, start=EVE), sla.SpecialDayError, "recurrence_start_unused",
            "special_days", "datetime.date(2026, 12, 24)", '"2026-12-24", "2026-12-24..2027-01-02",'),
    Refusal(office(special_days=[SpecialDay.of("12-24..12-26", "09:00-12:00"), SpecialDay.of("12-20..01-02", "closed")]), sla.SpecialDayError, "special_day_twice",
            "special_days", "12-24: '12-24..12-26' and '12-20..01-02'", "one of a kind a date; a single date"),
    Refusal(office(special_days=[5]), sla.SpecialDayError, "special_days_invalid",
            "special_days", "[5]", "a list of SpecialDay, or a mapping such"),
    Refusal(office(absences=5), sla.SpecialDayError, "special_days_invalid",
            "absences", "5", "a list of Absence"),
    Refusal(lambda: sla.Absence(FRIDAY, FRIDAY), sla.SpecialDayError, "absence_reversed",
            "absences", "'2026-11-20T15:00:00+00:00..2026-11-20T1", "a start before the end"),
    Refusal(rule(5), sla.SpecialDayError, "recurrence_invalid",
            "special_days", "5", "FREQ=DAILY|WEEKLY|MONTHLY|YEARLY with"),
    Refusal(rule("FREQ="), sla.SpecialDayError, "recurrence_invalid",
            "special_days", "'FREQ='", "FREQ=DAILY|WEEKLY|MONTHLY|YEARLY with"),
    Refusal(rule("FREQ=HOURLY"), sla.SpecialDayError, "recurrence_invalid",
            "special_days", "'FREQ=HOURLY'", "FREQ=DAILY|WEEKLY|MONTHLY|YEARLY with"),
    Refusal(rule("BYDAY=FR"), sla.SpecialDayError, "recurrence_invalid",
            "special_days", "'BYDAY=FR'", "FREQ=DAILY|WEEKLY|MONTHLY|YEARLY with"),
    Refusal(rule("FREQ=MONTHLY;BYDAY=6FR"), sla.SpecialDayError, "recurrence_invalid",
            "special_days", "'FREQ=MONTHLY;BYDAY=6FR'", "FREQ=DAILY|WEEKLY|MONTHLY|YEARLY with"),
    Refusal(lambda: sla.Recurring("FREQ=WEEKLY", wrong("2026-11-20")), sla.InstantError, "not_a_date",
            "start", "'2026-11-20'", "datetime.date(2026, 12, 24)"),
    Refusal(rule("FREQ=WEEKLY"), sla.SpecialDayError, "recurrence_start_needed",
            "special_days", "'FREQ=WEEKLY'", "Recurring(rule, start=date(...))"),
    Refusal(rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), sla.SpecialDayError, "recurrence_empty",
            "special_days", "'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'", "a rule with at least one date"),
]  # fmt: skip

HALF: Final = sla.FrozenHolidays.of({}, years=(2026, 2026), half_days={EVE: ("Eve", "13:00")})

HOLIDAYS: Final[list[Refusal]] = [
    Refusal(office(hours="Mon-Fri 14:00-22:00", holidays=HALF), sla.CalendarError, "half_day_leaves_no_hours",
            "hours", "'2026-12-24, Eve: 14:00-22:00'", "holidays without half days for these hours,"),
    Refusal(lambda: sla.Holidays("XLON"), sla.HolidayError, "holiday_country_unknown",
            "country", "'XLON'", 'financial="XLON", as it is a market'),
    Refusal(lambda: sla.Holidays(financial="GB"), sla.HolidayError, "holiday_financial_unknown",
            "financial", "'GB'", 'country="GB", as it is a country'),
    Refusal(lambda: sla.Holidays("BE", half_days=wrong("yes")), sla.SlaError, "argument_invalid",
            "half_days", "'yes'", "True or False"),
    Refusal(lambda: sla.Holidays("BE", observed=wrong(1)), sla.SlaError, "argument_invalid",
            "observed", "1", "True or False"),
    Refusal(lambda: sla.Holidays("BE", working_weekends=wrong(None)), sla.SlaError, "argument_invalid",
            "working_weekends", "None", "True or False"),
    Refusal(lambda: sla.Holidays("CN", half_days=True, half_days_of_some=wrong("no")), sla.SlaError, "argument_invalid",
            "half_days_of_some", "'no'", "True or False"),
    Refusal(lambda: sla.Holidays("Belgium"), sla.HolidayError, "holiday_country_unknown",
            "country", "'Belgium'", "an ISO 3166 code, such as BE"),
    Refusal(lambda: sla.Holidays("LU", subdivision="L"), sla.HolidayError, "holiday_subdivision_unknown",
            "subdivision", "'L'", "no subdivision for this country"),
    Refusal(lambda: sla.Holidays("BE", language="fi"), sla.HolidayError, "holiday_language_unknown",
            "language", "'fi'", "de, en_US, fr, nl, uk"),
    Refusal(lambda: sla.Holidays("DE", categories=("bank",)), sla.HolidayError, "holiday_category_unknown",
            "categories", "'bank'", "catholic, public, school"),
    Refusal(lambda: sla.Holidays("DE", categories=()), sla.HolidayError, "holiday_category_unknown",
            "categories", "()", "catholic, public, school"),
    Refusal(lambda: sla.Holidays("DE", categories=wrong("public")), sla.SlaError, "argument_invalid",
            "categories", "'public'", 'several, such as ("public", "bank")'),
    Refusal(lambda: sla.Holidays("DE", added=wrong([EVE])), sla.SlaError, "argument_invalid",
            "added", "[datetime.date(2026, 12, 24)]", "what Holidays.adding makes"),
    Refusal(lambda: sla.Holidays("DE", added=wrong((("2026-12-24", "Eve", "!"),))), sla.SlaError, "argument_invalid",
            "added", "(('2026-12-24', 'Eve', '!'),)", "what Holidays.adding makes"),
    Refusal(lambda: sla.Holidays("DE", removed=wrong(EVE)), sla.SlaError, "argument_invalid",
            "removed", "datetime.date(2026, 12, 24)", "what Holidays.removing makes"),
    Refusal(lambda: sla.Holidays("BE").adding(wrong([EVE])), sla.SlaError, "argument_invalid",
            "dates", "[datetime.date(2026, 12, 24)]", "a mapping such as {datetime.date(2026,"),
    Refusal(lambda: sla.Holidays("BE").removing(wrong(EVE)), sla.SlaError, "argument_invalid",
            "dates", "datetime.date(2026, 12, 24)", "several dates"),
    Refusal(lambda: sla.Holidays("BE").removing([EVE]), sla.HolidayError, "holiday_not_there",
            "removed", "'2026-12-24'", "a holiday of BE"),
    Refusal(lambda: sla.Holidays("BE").adding({wrong("2026-12-24"): "Eve"}), sla.HolidayError, "holiday_dates_invalid",
            "dates", "'2026-12-24'", "datetime.date(2026, 12, 24)"),
    Refusal(lambda: OWN.names(2027), sla.HorizonError, "holiday_year_unknown",
            "", "2027", "years from 2026 to 2026"),
    Refusal(lambda: sla.FrozenHolidays((), wrong((2026, "2027"))), sla.HolidayError, "holiday_years_invalid",
            "years", "(2026, '2027')", "a first and a last year from 1900 to"),
    Refusal(lambda: sla.FrozenHolidays(((EVE, "Eve"),), (2027, 2028)), sla.HolidayError, "holiday_dates_invalid",
            "dates", "['2026-12-24']", "dates from 2027 to 2028"),
    Refusal(lambda: sla.FrozenHolidays(((EVE, "Eve"), (EVE, "Eve")), (2026, 2026)), sla.HolidayError, "holiday_dates_invalid",
            "dates", "['2026-12-24', '2026-12-24']", "dates from 2026 to 2026"),
    Refusal(lambda: sla.FrozenHolidays(wrong({EVE: "Eve"}), (2026, 2026)), sla.SlaError, "argument_invalid",
            "dates", "{datetime.date(2026, 12, 24): 'Eve'}", "what FrozenHolidays.of makes"),
    Refusal(OWN.refrozen, sla.HolidayError, "holiday_source_none",
            "", "'given'", "holidays that were frozen from a country"),
    Refusal(lambda: sla.drift(OWN, wrong("BE")), sla.SlaError, "argument_invalid",
            "new", "'BE'", "frozen holidays, such as"),
    Refusal(lambda: sla.drift(wrong("BE"), OWN), sla.SlaError, "argument_invalid",
            "old", "'BE'", "frozen holidays, such as"),
    Refusal(lambda: sla.drift(OWN, sla.FrozenHolidays.of({}, years=(2027, 2028))), sla.HolidayError, "holiday_years_apart",
            "", "((2026, 2026), (2027, 2028))", "two sets of holidays that share a year"),
    Refusal(pin(format=1, country="BE"), sla.HolidayError, "holiday_pin_format",
            "be.json: format", "1", "format 2: slacalc holidays freeze BE 2026 2026"),
    Refusal(pin(format=1, country="BE", language="fr", categories=["public", "bank"]), sla.HolidayError, "holiday_pin_format",
            "be.json: format", "1", "format 2: slacalc holidays freeze BE 2026 2026 --language fr --category public --category bank"),
    Refusal(pin(digest="sha256:00"), sla.HolidayError, "holiday_pin_altered",
            "be.json: digest", "'sha256:00'", OWN.digest),
    Refusal(lambda: sla.FrozenHolidays.from_json("{}"), sla.HolidayError, "holiday_pin_invalid",
            "", "[]", "the text of FrozenHolidays.to_json()"),
    Refusal(pin(years=["2026", 2026]), sla.HolidayError, "holiday_pin_invalid",
            "be.json: years[0]", "'2026'", "a whole number"),
    Refusal(pin(dates={"2026-12-24": 24}), sla.HolidayError, "holiday_pin_invalid",
            "be.json: dates.2026-12-24", "24", "text"),
    Refusal(lambda: sla.load_holidays(wrong(5)), sla.SlaError, "argument_invalid",
            "path", "5", "the path of a file"),
]  # fmt: skip

CALENDARS: Final[list[Refusal]] = [
    Refusal(office(holidays=32), sla.CalendarError, "holidays_invalid",
            "holidays", "32", 'a country such as "BE", Holidays(...),'),
    Refusal(office(hours="closed"), sla.CalendarError, "never_opens",
            "hours", "'closed'", "hours with at least one window"),
    Refusal(office(hours="9-17"), sla.HoursError, "hours_group_incomplete",
            "hours", "'9-17'", 'such as "Mon-Fri 09:00-17:00"'),
    Refusal(lambda: OFFICE.extend(add_hours="9-17"), sla.HoursError, "hours_group_incomplete",
            "add_hours", "'9-17'", 'such as "Mon-Fri 09:00-17:00"'),
    Refusal(office(versions={"2027-01-01": "9-17"}), sla.HoursError, "hours_group_incomplete",
            "versions", "'9-17'", 'such as "Mon-Fri 09:00-17:00"'),
    Refusal(office(versions=5), sla.CalendarError, "versions_invalid",
            "versions", "5", "a mapping of dates to hours, such as"),
    Refusal(office(versions=[("2027-01-01", WEEK), (date(2027, 1, 1), "24/7")]), sla.CalendarError, "version_twice",
            "versions", "['2027-01-01', '2027-01-01']", "one version a date"),
    Refusal(office(versions={"2027-02-30": WEEK}), sla.CalendarError, "version_date_invalid",
            "versions", "'2027-02-30'", "a date, or text such as 2027-01-01"),
    Refusal(lambda: OFFICE | wrong(5), sla.CalendarError, "operand_invalid",
            "", "5", "a calendar, or after `-` also an absence"),
    Refusal(lambda: (OFFICE | LISBON) & wrong("PT"), sla.CalendarError, "operand_invalid",
            "", "'PT'", "a calendar, or after `-` also an absence"),
    Refusal(lambda: Succession((OFFICE, LISBON), (0,)).zone_info, sla.CalendarError, "zone_versioned",
            "", "'Europe/Brussels, Europe/Lisbon'", "a calendar of another name for another"),
    Refusal(lambda: OFFICE.intervals(FRIDAY, FRIDAY - timedelta(hours=1)), sla.InstantError, "interval_reversed",
            "", "'2026-11-20T15:00:00+00:00..2026-11-20T1", "a start at or before the end"),
    Refusal(lambda: OFFICE.replace(holidays=OWN).working_dates().after(date(2026, 12, 31), 1), sla.HorizonError, "beyond_covered",
            "", "'2027-01-01'", "from 2026-01-01 to 2026-12-31"),
    Refusal(lambda: OFFICE.replace(versions={"2027-01-01": "closed"}).working_dates().after(date(2026, 12, 31), 1), sla.ClosedForGoodError, "closed_for_good",
            "", "", "a question about the time when the"),
]  # fmt: skip


REFUSALS: Final = [*HOURS, *SPECIAL_DAYS, *HOLIDAYS, *CALENDARS]


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_calendars_refuse(refusal: Refusal) -> None:
    check(refusal)


@pytest.mark.parametrize("ask", [(OFFICE | LISBON).working_dates, (OFFICE | LISBON).workdays])
def test_calendars_of_two_zones_have_no_dates_in_common(ask: Ask) -> None:
    with pytest.raises(sla.CalendarError) as refused:
        ask()
    assert refused.value.problem == "calendars of different zones have no working dates in common"
    assert "Combination(operator='|', left=Calendar('Europe/Brussels'" in refused.value.given
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
