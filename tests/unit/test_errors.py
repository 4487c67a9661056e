"""What is refused, and how: every bad input in one table, and the family of errors that says so.

Each row: why it is wrong, what was tried, and of the error its class, its code, what its `given` and its `accepts`
hold, and its `where`, the argument or key that it concerns.
"""

import copy
import json
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Final

import pytest

import slacalc.errors
import slacalc.testing
from slacalc import (
    Absence,
    AmountError,
    Calendar,
    CalendarError,
    ClosedForGoodError,
    DataError,
    DateRange,
    ExpectationError,
    FrozenHolidays,
    HolidayError,
    Holidays,
    HorizonError,
    Hours,
    HoursError,
    InstantError,
    InteropError,
    LanguageError,
    LogError,
    MetricError,
    MissingExtraError,
    PolicyError,
    Recurring,
    SlaError,
    SpecialDay,
    SpecialDayError,
    Yearly,
    ZoneError,
    load_holidays,
    read_amount,
)
from tests.helpers import BRUSSELS, wrong

WEEK = "Mon-Fri 09:00-17:00"
OFFICE = Calendar(BRUSSELS, WEEK)
FRIDAY = datetime(2026, 11, 20, 18, 30, tzinfo=BRUSSELS)
NAIVE = datetime(2026, 11, 20, 18, 30)
HOUR = timedelta(hours=1)


class Stamp(datetime):
    """A datetime as data frames have it: with whole nanoseconds beside the microseconds."""

    nanosecond = 1


class Unknowing(tzinfo):
    """A zone that does not know its offset: aware in form only."""

    def utcoffset(self, _moment: datetime | None) -> None:
        return None

    def dst(self, _moment: datetime | None) -> None:
        return None

    def tzname(self, _moment: datetime | None) -> None:
        return None


@dataclass(frozen=True)
class Bad:
    why: str
    attempt: Callable[[], object]
    kind: type[SlaError]
    code: str
    given: str
    accepts: str
    where: str = ""


def refused(bad: Bad) -> None:
    """Check one row."""
    with pytest.raises(SlaError) as caught:
        bad.attempt()
    error = caught.value
    assert bad.kind is type(error), bad.why
    assert bad.code == error.code, bad.why
    assert bad.given in error.given, bad.why
    assert bad.accepts in error.accepts, bad.why
    assert bad.where == error.where, bad.why
    assert len(str(error)) < 1_500, bad.why
    assert_same(error, pickle.loads(pickle.dumps(error)))


def assert_same(error: SlaError, other: object) -> None:
    assert isinstance(other, SlaError)
    assert type(error) is type(other)
    assert str(error) == str(other)
    assert vars(error) == vars(other)


def table(*rows: Bad) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("bad", [pytest.param(row, id=row.why) for row in rows])


# ---------------------------------------------------------------- instants and amounts


@table(
    Bad("naive: add", lambda: OFFICE.add(NAIVE, HOUR), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "start"),
    Bad("naive: subtract", lambda: OFFICE.subtract(NAIVE, HOUR), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "end"),
    Bad("naive: is_open", lambda: OFFICE.is_open(NAIVE), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "at"),
    Bad("naive: elapsed, its start", lambda: OFFICE.elapsed(NAIVE, FRIDAY), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "start"),
    Bad("naive: elapsed, its end", lambda: OFFICE.elapsed(FRIDAY, NAIVE), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "end"),
    Bad("naive: roll_forward", lambda: OFFICE.roll_forward(NAIVE), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "at"),
    Bad("naive: roll_back", lambda: OFFICE.roll_back(NAIVE), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "at"),
    Bad("naive: next_open", lambda: OFFICE.next_open(NAIVE), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "after"),
    Bad("naive: next_close", lambda: OFFICE.next_close(NAIVE), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "after"),
    Bad("naive: previous_open", lambda: OFFICE.previous_open(NAIVE), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "before"),
    Bad("naive: previous_close", lambda: OFFICE.previous_close(NAIVE), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "before"),
    Bad("naive: intervals, before they are read", lambda: OFFICE.intervals(NAIVE, FRIDAY), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "start"),
    Bad("naive: explain", lambda: OFFICE.explain(FRIDAY, NAIVE), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "end"),
    Bad("naive: an absence", lambda: Absence(NAIVE, FRIDAY), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "absence.start"),
    Bad("naive: an absence that ends", lambda: Absence(FRIDAY, NAIVE), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "absence.end"),
    Bad("aware in form only", lambda: OFFICE.is_open(NAIVE.replace(tzinfo=Unknowing())), InstantError, "datetime_naive", "2026-11-20T18:30:00", "an aware datetime", "at"),
    Bad("a text for a datetime", lambda: OFFICE.add(wrong("2026-11-20T18:30+01:00"), HOUR), InstantError, "not_a_datetime", "'2026-11-20T18:30+01:00'", "datetime.fromisoformat", "start"),
    Bad("a date for a datetime", lambda: OFFICE.is_open(wrong(date(2026, 11, 20))), InstantError, "not_a_datetime", "datetime.date(2026, 11, 20)", "an aware datetime.datetime", "at"),
    Bad("a number for a datetime", lambda: OFFICE.is_open(wrong(1_795_195_800)), InstantError, "not_a_datetime", "1795195800", "an aware datetime.datetime", "at"),
    Bad("nothing for a datetime", lambda: OFFICE.elapsed(FRIDAY, wrong(None)), InstantError, "not_a_datetime", "None", "an aware datetime.datetime", "end"),
    Bad("nanoseconds that do not fit", lambda: OFFICE.is_open(Stamp(2026, 11, 20, tzinfo=UTC)), InstantError, "nanoseconds", "2026-11-20", "round first", "at"),
    Bad("intervals that end before they start", lambda: OFFICE.intervals(FRIDAY, FRIDAY - HOUR), InstantError, "interval_reversed", "2026-11-20T18:30:00+01:00..2026-11-20T17:30:00+01:00", "a start at or before the end"),
    Bad("a ledger that ends before it starts", lambda: OFFICE.explain(FRIDAY, FRIDAY - HOUR), InstantError, "interval_reversed", "2026-11-20T18:30:00+01:00..", "a start at or before the end"),
    Bad("a negative amount to add", lambda: OFFICE.add(FRIDAY, -HOUR), AmountError, "amount_negative", "datetime.timedelta(days=-1, seconds=82800)", "use subtract", "amount"),
    Bad("a negative amount to subtract", lambda: OFFICE.subtract(FRIDAY, -HOUR), AmountError, "amount_negative", "datetime.timedelta(days=-1", "zero or more", "amount"),
    Bad("the smallest negative amount", lambda: OFFICE.add(FRIDAY, timedelta(microseconds=-1)), AmountError, "amount_negative", "datetime.timedelta", "zero or more", "amount"),
    Bad("a number for an amount", lambda: OFFICE.add(FRIDAY, wrong(4)), AmountError, "amount_not_timedelta", "4", "a datetime.timedelta", "amount"),
    Bad("a text for an amount to add", lambda: OFFICE.add(FRIDAY, wrong("4h")), AmountError, "amount_not_timedelta", "'4h'", "a datetime.timedelta", "amount"),
    Bad("nothing for an amount", lambda: OFFICE.subtract(FRIDAY, wrong(None)), AmountError, "amount_not_timedelta", "None", "a datetime.timedelta", "amount"),
    Bad("a bare day", lambda: read_amount("1 day"), AmountError, "amount_bare_day", "'1 day'", '"4h"', "amount"),
    Bad("bare days", lambda: read_amount("2 days"), AmountError, "amount_bare_day", "'2 days'", '"4h"', "amount"),
    Bad("a bare day, short", lambda: read_amount("2d"), AmountError, "amount_bare_day", "'2d'", '"4h"', "amount"),
    Bad("a bare week", lambda: read_amount("1 week"), AmountError, "amount_bare_day", "'1 week'", '"4h"', "amount"),
    Bad("a bare day in ISO 8601", lambda: read_amount("P1D"), AmountError, "amount_bare_day", "'P1D'", '"PT4H"', "amount"),
    Bad("a day and hours in ISO 8601", lambda: read_amount("P1DT2H"), AmountError, "amount_bare_day", "'P1DT2H'", '"PT4H"', "amount"),
    Bad("a bare number", lambda: read_amount("4"), AmountError, "amount_invalid", "'4'", '"4h"', "amount"),
    Bad("a negative text", lambda: read_amount("-4h"), AmountError, "amount_invalid", "'-4h'", '"4h"', "amount"),
    Bad("a fraction", lambda: read_amount("1.5h"), AmountError, "amount_invalid", "'1.5h'", '"1h 30min"', "amount"),
    Bad("smaller before larger", lambda: read_amount("30min 1h"), AmountError, "amount_invalid", "'30min 1h'", '"1h 30min"', "amount"),
    Bad("hours twice", lambda: read_amount("1h 1h"), AmountError, "amount_invalid", "'1h 1h'", '"4h"', "amount"),
    Bad("a unit alone", lambda: read_amount("h"), AmountError, "amount_invalid", "'h'", '"4h"', "amount"),
    Bad("nothing but the letters", lambda: read_amount("PT"), AmountError, "amount_invalid", "'PT'", '"PT4H"', "amount"),
    Bad("an empty amount", lambda: read_amount(""), AmountError, "amount_invalid", "''", '"4h"', "amount"),
    Bad("digits of another script", lambda: read_amount("٤h"), AmountError, "amount_invalid", "'٤h'", '"4h"', "amount"),
    Bad("two numbers, one unit: not 130 minutes", lambda: read_amount("1 30min"), AmountError, "amount_invalid", "'1 30min'", '"1h 30min"', "amount"),
    Bad("a number that is no text", lambda: read_amount(wrong(4)), AmountError, "amount_invalid", "4", '"4h"', "amount"),
    Bad("a negative timedelta", lambda: read_amount(-HOUR), AmountError, "amount_negative", "datetime.timedelta", "zero or more", "amount"),
    Bad("an amount that has a place", lambda: read_amount("4", "rules[2].within"), AmountError, "amount_invalid", "'4'", '"4h"', "rules[2].within"),
)  # fmt: skip
def test_instants_and_amounts_that_are_refused(bad: Bad) -> None:
    refused(bad)


# ---------------------------------------------------------------- zones


@table(
    Bad("a path", lambda: Calendar("../../etc/passwd", WEEK), ZoneError, "zone_unknown", "'../../etc/passwd'", '"Europe/Brussels"', "zone"),
    Bad("an absolute path", lambda: Calendar("/etc/localtime", WEEK), ZoneError, "zone_unknown", "'/etc/localtime'", '"Europe/Brussels"', "zone"),
    Bad("lower case", lambda: Calendar("europe/brussels", WEEK), ZoneError, "zone_unknown", "'europe/brussels'", "spelled exactly", "zone"),
    Bad("empty", lambda: Calendar("", WEEK), ZoneError, "zone_unknown", "''", '"Europe/Brussels"', "zone"),
    Bad("white space", lambda: Calendar(" Europe/Brussels", WEEK), ZoneError, "zone_unknown", "' Europe/Brussels'", "spelled exactly", "zone"),
    Bad("the machine's own zone", lambda: Calendar("localtime", WEEK), ZoneError, "zone_unknown", "'localtime'", '"Europe/Brussels"', "zone"),
    Bad("the zone of a machine nobody set up", lambda: Calendar("Factory", WEEK), ZoneError, "zone_unknown", "'Factory'", '"Europe/Brussels"', "zone"),
    Bad("an abbreviation", lambda: Calendar("CEST", WEEK), ZoneError, "zone_unknown", "'CEST'", '"Europe/Brussels"', "zone"),
    Bad("an offset", lambda: Calendar("UTC+1", WEEK), ZoneError, "zone_unknown", "'UTC+1'", '"Europe/Brussels"', "zone"),
    Bad("half a name", lambda: Calendar("Europe", WEEK), ZoneError, "zone_unknown", "'Europe'", '"Europe/Brussels"', "zone"),
    Bad("a null character", lambda: Calendar("Europe/Brussels\0", WEEK), ZoneError, "zone_unknown", "Europe/Brussels", '"Europe/Brussels"', "zone"),
    Bad("nothing", lambda: Calendar(wrong(None), WEEK), ZoneError, "zone_unknown", "None", '"Europe/Brussels"', "zone"),
    Bad("a fixed offset", lambda: Calendar(wrong(UTC), WEEK), ZoneError, "zone_unknown", "datetime.timezone.utc", '"Europe/Brussels"', "zone"),
    Bad("after a change", lambda: OFFICE.replace(zone="Brussels"), ZoneError, "zone_unknown", "'Brussels'", "Europe/Brussels, which Rails calls Brussels", "zone"),
    Bad("the zone of a combination", lambda: (OFFICE | OFFICE).in_zone("brussels"), ZoneError, "zone_unknown", "'brussels'", "Europe/Brussels, which Rails calls Brussels", "zone"),
)  # fmt: skip
def test_zones_that_are_refused(bad: Bad) -> None:
    refused(bad)


# ---------------------------------------------------------------- hours


@table(
    Bad("no minutes, no day", lambda: Hours.parse("9-17"), HoursError, "hours_group_incomplete", "'9-17'", '"Mon-Fri 09:00-17:00"'),
    Bad("no minutes", lambda: Hours.parse("Mon 9-17"), HoursError, "hours_window_invalid", "'9'", "HH:MM-HH:MM"),
    Bad("no leading zero", lambda: Hours.parse("Mon 9:00-17:00"), HoursError, "hours_window_invalid", "'9:00'", "HH:MM-HH:MM"),
    Bad("no day", lambda: Hours.parse("09:00-17:00"), HoursError, "hours_group_incomplete", "'09:00-17:00'", '"Mon-Fri 09:00-17:00"'),
    Bad("no windows", lambda: Hours.parse("Mon"), HoursError, "hours_group_incomplete", "'Mon'", '"Mon-Fri 09:00-17:00"'),
    Bad("empty", lambda: Hours.parse(""), HoursError, "hours_empty", "''", '"closed"'),
    Bad("nothing but white space", lambda: Hours.parse(" \n "), HoursError, "hours_empty", "", '"closed"'),
    Bad("an empty group", lambda: Hours.parse("Mon 09:00-17:00;; Tue 09:00-17:00"), HoursError, "hours_group_incomplete", "''", '"Mon-Fri 09:00-17:00"'),
    Bad("a window that ends when it starts", lambda: Hours.parse("Mon 09:00-09:00"), HoursError, "hours_window_invalid", "'09:00-09:00'", "22:00-06:00"),
    Bad("a whole day, or nothing", lambda: Hours.parse("Mon 00:00-00:00"), HoursError, "hours_window_invalid", "'00:00-00:00'", "18:00-24:00"),
    Bad("25:00", lambda: Hours.parse("Mon 09:00-25:00"), HoursError, "hours_window_invalid", "'25:00'", "from 00:00 to 24:00"),
    Bad("a start at 25:00", lambda: Hours.parse("Mon 25:00-26:00"), HoursError, "hours_window_invalid", "'25:00'", "from 00:00 to 24:00"),
    Bad("a start at 24:00", lambda: Hours.parse("Mon 24:00-06:00"), HoursError, "hours_window_invalid", "'24:00'", "from 00:00 to 24:00"),
    Bad("past 24:00", lambda: Hours.parse("Mon 09:00-24:01"), HoursError, "hours_window_invalid", "'24:01'", "from 00:00 to 24:00"),
    Bad("sixty minutes", lambda: Hours.parse("Mon 09:60-10:00"), HoursError, "hours_window_invalid", "'09:60'", "HH:MM-HH:MM"),
    Bad("sixty seconds", lambda: Hours.parse("Mon 09:00:60-10:00"), HoursError, "hours_window_invalid", "'09:00:60'", "HH:MM-HH:MM"),
    Bad("a window without an end", lambda: Hours.parse("Mon 09:00"), HoursError, "hours_window_invalid", "'09:00'", "HH:MM-HH:MM"),
    Bad("a window with two ends", lambda: Hours.parse("Mon 09:00-12:00-17:00"), HoursError, "hours_window_invalid", "'12:00-17:00'", "HH:MM-HH:MM"),
    Bad("a long dash", lambda: Hours.parse("Mon 09:00–17:00"), HoursError, "hours_window_invalid", "17:00", "HH:MM-HH:MM"),  # noqa: RUF001 - that is what is wrong with it
    Bad("digits of another script", lambda: Hours.parse("Mon ٠٩:٠٠-17:00"), HoursError, "hours_window_invalid", "٠٩:٠٠", "HH:MM-HH:MM"),  # noqa: RUF001 - Arabic digits
    Bad("windows apart by commas", lambda: Hours.parse("Mon 09:00-12:00, 13:00-17:00"), HoursError, "hours_window_invalid", "'12:00,'", "HH:MM-HH:MM"),
    Bad("lower case", lambda: Hours.parse("mon 09:00-17:00"), HoursError, "hours_day_unknown", "'mon'", "Mon Tue Wed Thu Fri Sat Sun PH"),
    Bad("days of another notation", lambda: Hours.parse("Mo-Fr 09:00-17:00"), HoursError, "hours_day_unknown", "'Mo-Fr'", "Mon-Fri"),
    Bad("long days", lambda: Hours.parse("Monday 09:00-17:00"), HoursError, "hours_day_unknown", "'Monday'", "Mon-Fri"),
    Bad("holidays in a range", lambda: Hours.parse("Mon-PH 09:00-17:00"), HoursError, "hours_day_unknown", "'Mon-PH'", "Sat,PH"),
    Bad("a blank in a list of days", lambda: Hours.parse("Mon, Tue 09:00-17:00"), HoursError, "hours_day_unknown", "''", "Sat,PH"),
    Bad("closed and open", lambda: Hours.parse("Mon-Fri 09:00-17:00; Wed closed"), HoursError, "hours_contradict", "Wed", "not both"),
    Bad("24/7 and more", lambda: Hours.parse("24/7; Mon 09:00-17:00"), HoursError, "hours_group_incomplete", "'24/7'", '"Mon-Fri 09:00-17:00"'),
    Bad("a number", lambda: Hours.parse(wrong(9)), HoursError, "hours_not_text", "9", "HH:MM-HH:MM"),
    Bad("nothing", lambda: Hours.parse(wrong(None)), HoursError, "hours_not_text", "None", "HH:MM-HH:MM"),
    Bad("bytes", lambda: Hours.parse(wrong(b"Mon 09:00-17:00")), HoursError, "hours_not_text", "b'Mon 09:00-17:00'", "HH:MM-HH:MM"),
    Bad("a mapping with a wrong day", lambda: Hours.from_mapping({"Monday": "09:00-17:00"}), HoursError, "hours_day_unknown", "'Monday'", "Mon-Fri", where="Monday"),
    Bad("a mapping with a wrong window", lambda: Hours.from_mapping({"Mon": ["09:00-12:00", "13"]}), HoursError, "hours_window_invalid", "'13'", "HH:MM-HH:MM", where="Mon"),
    Bad("a mapping without windows", lambda: Hours.from_mapping({"Mon": []}), HoursError, "hours_empty", "''", '"closed"', where="Mon"),
    Bad("a mapping of a number", lambda: Hours.from_mapping({wrong(0): "09:00-17:00"}), HoursError, "hours_not_text", "0", "HH:MM-HH:MM"),
    Bad("a mapping to nothing", lambda: Hours.from_mapping({"Mon": wrong(None)}), HoursError, "hours_not_text", "None", "HH:MM-HH:MM", where="Mon"),
    Bad("a mapping to numbers", lambda: Hours.from_mapping({"Mon": [wrong(9)]}), HoursError, "hours_not_text", "9", "HH:MM-HH:MM", where="Mon"),
    Bad("a novel", lambda: Hours.parse("Mon 09:00-17:00; " * 1_000), HoursError, "hours_too_long", "Mon 09:00-17:00", "at most 10000 characters"),
    Bad("hours of a calendar", lambda: Calendar(BRUSSELS, "9-17"), HoursError, "hours_group_incomplete", "'9-17'", '"Mon-Fri 09:00-17:00"', "hours"),
    Bad("hours of a version", lambda: OFFICE.replace(versions={"2027-01-01": "9-17"}), HoursError, "hours_group_incomplete", "'9-17'", '"Mon-Fri 09:00-17:00"', "versions"),
)  # fmt: skip
def test_hours_that_are_refused(bad: Bad) -> None:
    refused(bad)


# ---------------------------------------------------------------- holidays


@table(
    Bad("no such country", lambda: Holidays("XX"), HolidayError, "holiday_country_unknown", "'XX'", "ISO 3166", "country"),
    Bad("a country in lower case", lambda: Holidays("be"), HolidayError, "holiday_country_unknown", "'be'", "such as BE", "country"),
    Bad("an empty country", lambda: Holidays(""), HolidayError, "holiday_country_unknown", "''", "ISO 3166", "country"),
    Bad("no country", lambda: Holidays(wrong(None)), HolidayError, "holiday_country_or_financial", "None", "one of both", "country"),
    Bad("a country and a market", lambda: Holidays("GB", financial="XLON"), HolidayError, "holiday_country_or_financial", "('GB', 'XLON')", "one of both", "country"),
    Bad("a market that is none", lambda: Holidays(financial="XLNO"), HolidayError, "holiday_financial_unknown", "'XLNO'", "XLON", "financial"),
    Bad("half days as whole ones", lambda: Holidays("TR", categories=("public", "half_day")), HolidayError, "half_days_as_holidays", "half_day", "half_days=True", "categories"),
    Bad("until when, and no half days", lambda: Holidays("GR", half_day_until="13:00"), HolidayError, "half_days_left_out", "half_day_until", "half_days=True", "half_days"),
    Bad("those of some, and no half days", lambda: Holidays("CN", half_days_of_some=True), HolidayError, "half_days_left_out", "half_days_of_some", "half_days=True", "half_days"),
    Bad("half days without a time", lambda: Holidays("GR", half_days=True), HolidayError, "half_day_without_time", "Παραμονή Χριστουγέννων, 2015-12-24", 'half_day_until = "13:00"', "half_days"),
    Bad("a market that pauses", lambda: Holidays(financial="XCME", half_days=True, half_day_until="12:00"), HolidayError, "half_day_pauses", "(markets pause at 12:00pm CT)", "closes early", "half_days"),
    Bad("an end that is no time", lambda: Holidays("GR", half_days=True, half_day_until="noon"), HolidayError, "half_day_until_invalid", "'noon'", '"13:00"', "half_day_until"),
    Bad("a language for names that the data lacks", lambda: Holidays("BE").names(2026, language="fi"), HolidayError, "holiday_language_unknown", "'fi'", "fr", "language"),
    Bad("a language that was not frozen", lambda: Holidays("BE").freeze(2026, 2026).names(2026, language="fr"), HolidayError, "holiday_language_unknown", "'fr'", "en_US", "language"),
    Bad("a language for a country", lambda: Calendar(BRUSSELS, WEEK, holidays="nl_BE"), HolidayError, "holiday_country_unknown", "'nl_BE'", "ISO 3166", "country"),
    Bad("a country in lower case, in a calendar", lambda: Calendar(BRUSSELS, WEEK, holidays="be"), HolidayError, "holiday_country_unknown", "'be'", "such as BE", "country"),
    Bad("no such subdivision", lambda: Holidays("DE", subdivision="XX"), HolidayError, "holiday_subdivision_unknown", "'XX'", "BY", "subdivision"),
    Bad("a subdivision in lower case", lambda: Holidays("DE", subdivision="by"), HolidayError, "holiday_subdivision_unknown", "'by'", "BY", "subdivision"),
    Bad("an empty subdivision", lambda: Holidays("DE", subdivision=""), HolidayError, "holiday_subdivision_unknown", "''", "BY", "subdivision"),
    Bad("a country without subdivisions", lambda: Holidays("LU", subdivision="L"), HolidayError, "holiday_subdivision_unknown", "'L'", "no subdivision for this country", "subdivision"),
    Bad("no such category", lambda: Holidays("DE", categories=("bank",)), HolidayError, "holiday_category_unknown", "'bank'", "catholic, public, school", "categories"),
    Bad("one category of two", lambda: Holidays("DE", categories=("public", "bank")), HolidayError, "holiday_category_unknown", "'bank'", "public", "categories"),
    Bad("no category at all", lambda: Holidays("DE", categories=()), HolidayError, "holiday_category_unknown", "()", "public", "categories"),
    Bad("a text for categories", lambda: Holidays("DE", categories=wrong("public")), SlaError, "argument_invalid", "'public'", '("public", "bank")', "categories"),
    Bad("a language that the data lacks", lambda: Holidays("BE", language="fi"), HolidayError, "holiday_language_unknown", "'fi'", "de, en_US, fr, nl, uk", "language"),
    Bad("nearly the name of a language", lambda: Holidays("FI", language="sv"), HolidayError, "holiday_language_unknown", "'sv'", "sv_FI", "language"),
    Bad("a language in another case", lambda: Holidays("BE", language="NL"), HolidayError, "holiday_language_unknown", "'NL'", "nl", "language"),
    Bad("a holiday that is none, removed", lambda: Holidays("BE").removing([date(2026, 11, 12)]), HolidayError, "holiday_not_there", "2026-11-12", "a holiday of BE", "removed"),
    Bad("a year beyond, added", lambda: Holidays("BE").adding({date(2101, 1, 1): "Bridge"}), HorizonError, "holiday_year_unknown", "2101", "2100"),
    Bad("a year beyond, removed", lambda: Holidays("DE").removing([date(2101, 1, 1)]), HorizonError, "holiday_year_unknown", "2101", "years from 1991 to 2100"),
    Bad("a year beyond", lambda: Holidays("DE").names(2101), HorizonError, "holiday_year_unknown", "2101", "years from 1991 to 2100"),
    Bad("a year beyond, frozen", lambda: Holidays("DE").freeze(2100, 2101), HorizonError, "holiday_year_unknown", "2101", "years from 1991 to 2100"),
    Bad("years in the wrong order", lambda: Holidays("DE").freeze(2030, 2024), HolidayError, "holiday_years_invalid", "(2030, 2024)", "a first and a last year", "years"),
    Bad("own holidays, years in the wrong order", lambda: FrozenHolidays.of({}, years=(2030, 2024)), HolidayError, "holiday_years_invalid", "(2030, 2024)", "from 1900 to 2200", "years"),
    Bad("own holidays before 1900", lambda: FrozenHolidays.of({}, years=(1899, 2024)), HolidayError, "holiday_years_invalid", "(1899, 2024)", "from 1900 to 2200", "years"),
    Bad("own holidays after 2200", lambda: FrozenHolidays.of({}, years=(2024, 2201)), HolidayError, "holiday_years_invalid", "(2024, 2201)", "from 1900 to 2200", "years"),
    Bad("own holidays outside their years", lambda: FrozenHolidays.of({date(2027, 1, 1): "New Year"}, years=(2026, 2026)), HolidayError, "holiday_dates_invalid", "2027-01-01", "dates from 2026 to 2026", "dates"),
    Bad("own holidays that are no dates: they would never match", lambda: FrozenHolidays.of({NAIVE: "Party"}, years=(2026, 2026)), HolidayError, "holiday_dates_invalid", "datetime.datetime(2026, 11, 20", "datetime.date(", "dates"),
    Bad("holidays that are none", lambda: Calendar(BRUSSELS, WEEK, holidays=wrong({date(2026, 12, 25)})), CalendarError, "holidays_invalid", "datetime.date(2026, 12, 25)", 'such as "BE"', "holidays"),
    Bad("a number for holidays", lambda: Calendar(BRUSSELS, WEEK, holidays=wrong(32)), CalendarError, "holidays_invalid", "32", 'such as "BE"', "holidays"),
)  # fmt: skip
def test_holidays_that_are_refused(bad: Bad) -> None:
    refused(bad)


PINNED = FrozenHolidays.of({date(2026, 11, 11): "Armistice", date(2026, 12, 25): "Christmas"}, years=(2026, 2027))


def pin(**changes: object) -> str:
    """The text of a pin file with some keys changed."""
    return json.dumps({**json.loads(PINNED.to_json()), **changes})


def pin_without(key: str) -> str:
    data = json.loads(PINNED.to_json())
    del data[key]
    return json.dumps(data)


def read(text: str) -> Callable[[], object]:
    return lambda: FrozenHolidays.from_json(text, "be.json")


@table(
    Bad("a date that was moved", read(pin(dates={"2026-11-12": "Armistice", "2026-12-25": "Christmas"})), HolidayError, "holiday_pin_altered", "sha256:", "sha256:", "be.json: digest"),
    Bad("a date that was taken out", read(pin(dates={"2026-12-25": "Christmas"})), HolidayError, "holiday_pin_altered", "sha256:", "sha256:", "be.json: digest"),
    Bad("a date that was put in", read(pin(dates={"2026-11-11": "Armistice", "2026-12-24": "Eve", "2026-12-25": "Christmas"})), HolidayError, "holiday_pin_altered", "sha256:", "sha256:", "be.json: digest"),
    Bad("years that were widened", read(pin(years=[2026, 2030])), HolidayError, "holiday_pin_altered", "sha256:", "sha256:", "be.json: digest"),
    Bad("another digest", read(pin(digest="sha256:00")), HolidayError, "holiday_pin_altered", "'sha256:00'", PINNED.digest, "be.json: digest"),
    Bad("another format", read(pin(format=1)), HolidayError, "holiday_pin_format", "1", "format 2: FrozenHolidays.of and to_json", "be.json: format"),
    Bad("a date outside the years", read(pin(dates={"2028-11-11": "Armistice"})), HolidayError, "holiday_dates_invalid", "2028-11-11", "dates from 2026 to 2027", "be.json: dates"),
    Bad("dates out of order", read(pin(dates={"2026-12-25": "Christmas", "2026-11-11": "Armistice"})), HolidayError, "holiday_dates_invalid", "2026-12-25", "dates from 2026 to 2027", "be.json: dates"),
    Bad("years out of order", read(pin(years=[2027, 2026])), HolidayError, "holiday_years_invalid", "(2027, 2026)", "a first and a last year", "be.json: years"),
    Bad("a date that does not exist", read(pin(dates={"2026-02-30": "Party"})), HolidayError, "holiday_pin_invalid", "2026-02-30", "a date such as 2026-12-25", "be.json: dates.2026-02-30"),
    Bad("a name that is no text", read(pin(dates={"2026-11-11": 11})), HolidayError, "holiday_pin_invalid", "11", "text", "be.json: dates.2026-11-11"),
    Bad("one year", read(pin(years=[2026])), HolidayError, "holiday_pin_invalid", "[2026]", "the first year and the last", "be.json: years"),
    Bad("years that are no numbers", read(pin(years=["MMXXVI", "MMXXVII"])), HolidayError, "holiday_pin_invalid", "MMXXVI", "a whole number", "be.json: years[0]"),
    Bad("a list of dates", read(pin(dates=["2026-11-11"])), HolidayError, "holiday_pin_invalid", "2026-11-11", "a table", "be.json: dates"),
    Bad("no dates", read(pin_without("dates")), HolidayError, "holiday_pin_invalid", "format", "the key dates too", "be.json"),
    Bad("a key that a pin has not", read(pin(colour="red")), HolidayError, "holiday_pin_invalid", "colour", "format, source", "be.json: colour"),
    Bad("a key of the choice that is none", read(pin(choice={"half_day": True})), HolidayError, "holiday_pin_invalid", "half_day", "half_days, financial", "be.json: choice.half_day"),
    Bad("observed, said in a number", read(pin(observed=1)), HolidayError, "holiday_pin_invalid", "1", "true or false", "be.json: observed"),
    Bad("no digest", read(pin_without("digest")), HolidayError, "holiday_pin_invalid", "format", "the key digest too", "be.json"),
    Bad("no format", read(pin_without("format")), HolidayError, "holiday_pin_invalid", "source", "FrozenHolidays.to_json()", "be.json"),
    Bad("cut off", read(PINNED.to_json()[:-20]), HolidayError, "holiday_pin_invalid", "", "FrozenHolidays.to_json()", "be.json"),
    Bad("empty", read(""), HolidayError, "holiday_pin_invalid", "", "FrozenHolidays.to_json()", "be.json"),
    Bad("JSON of something else", read('["2026-11-11"]'), HolidayError, "holiday_pin_invalid", "", "FrozenHolidays.to_json()", "be.json"),
    Bad("JSON of nothing", read("null"), HolidayError, "holiday_pin_invalid", "", "FrozenHolidays.to_json()", "be.json"),
    Bad("brackets without end", read("[" * 100_000), HolidayError, "holiday_pin_invalid", "", "FrozenHolidays.to_json()", "be.json"),
    Bad("a text that came from nowhere", lambda: FrozenHolidays.from_json("{}"), HolidayError, "holiday_pin_invalid", "[]", "FrozenHolidays.to_json()"),
)  # fmt: skip
def test_rule_14_pin_files_that_are_refused(bad: Bad) -> None:
    refused(bad)


@pytest.mark.parametrize("content", [None, b"\xff\xfe", "a folder"], ids=["no file", "no UTF-8", "a folder"])
def test_pin_files_that_cannot_be_read(tmp_path: Path, content: bytes | str | None) -> None:
    path = tmp_path / "be.json"
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content:
        path.mkdir()

    refused(
        Bad(
            "unreadable",
            lambda: load_holidays(path),
            HolidayError,
            "holiday_pin_unreadable",
            "",
            "a UTF-8 file",
            str(path),
        )
    )


# ---------------------------------------------------------------- special days and recurrences

KEYS, CHANGES, RULES = '"2026-12-24"', '"closed"', "FREQ=DAILY|WEEKLY|MONTHLY|YEARLY"
ONE_OF_A_KIND = "one of a kind a date"


def on(key: str, hours: str = "closed") -> Callable[[], object]:
    return lambda: SpecialDay.of(key, hours)


def office_with(*special_days: SpecialDay) -> Callable[[], object]:
    return lambda: Calendar(BRUSSELS, WEEK, special_days=special_days)


@table(
    Bad("a month that does not exist", on("2026-13-01"), SpecialDayError, "special_day_date_invalid", "'2026-13-01'", KEYS, "special_days"),
    Bad("a day that does not exist", on("2026-02-30"), SpecialDayError, "special_day_date_invalid", "'2026-02-30'", KEYS, "special_days"),
    Bad("29 February of a common year", on("2026-02-29"), SpecialDayError, "special_day_date_invalid", "'2026-02-29'", KEYS, "special_days"),
    Bad("a day that no year has", on("02-30"), SpecialDayError, "special_day_date_invalid", "'02-30'", KEYS, "special_days"),
    Bad("a date in another notation", on("24.12.2026"), SpecialDayError, "special_day_date_invalid", "'24.12.2026'", KEYS, "special_days"),
    Bad("a date without dashes", on("20261224"), SpecialDayError, "special_day_date_invalid", "'20261224'", KEYS, "special_days"),
    Bad("a name for a date", on("Christmas"), SpecialDayError, "special_day_date_invalid", "'Christmas'", KEYS, "special_days"),
    Bad("empty", on(""), SpecialDayError, "special_day_date_invalid", "''", KEYS, "special_days"),
    Bad("a range without an end", on("2026-12-24.."), SpecialDayError, "special_day_date_invalid", "'2026-12-24..'", KEYS, "special_days"),
    Bad("a yearly start and a dated end", on("12-24..2027-01-02"), SpecialDayError, "special_day_date_invalid", "'12-24..2027-01-02'", KEYS, "special_days"),
    Bad("a range that ends before it starts", on("2027-01-02..2026-12-24"), SpecialDayError, "date_range_reversed", "'2027-01-02..2026-12-24'", "both included", "special_days"),
    Bad("the same as a value", lambda: DateRange(date(2027, 1, 2), date(2026, 12, 24)), SpecialDayError, "date_range_reversed", "'2027-01-02..2026-12-24'", "both included", "special_days"),
    Bad("a yearly date as a value", lambda: Yearly((2, 30), (3, 1)), SpecialDayError, "special_day_date_invalid", "'02-30'", KEYS, "special_days"),
    Bad("a datetime for a date: it would never match", lambda: SpecialDay.of(NAIVE, "closed"), SpecialDayError, "special_day_date_invalid", "2026, 11, 20", KEYS, "special_days"),
    Bad("a start for a date", lambda: SpecialDay.of("2026-12-24", "closed", start=date(2026, 1, 1)), SpecialDayError, "recurrence_start_unused", "'2026-12-24'", KEYS, "special_days"),
    Bad("hours without minutes", on("2026-12-24", "9-17"), SpecialDayError, "special_day_hours_invalid", "'9-17'", CHANGES, "special_days.2026-12-24"),
    Bad("nothing to open", on("2026-12-24", "open closed"), SpecialDayError, "special_day_hours_invalid", "'open closed'", CHANGES, "special_days.2026-12-24"),
    Bad("weekly hours that cannot be read", on("07-01..08-31", "Mon 9-17"), SpecialDayError, "special_day_hours_invalid", "'Mon 9-17'", CHANGES, "special_days.07-01..08-31"),
    Bad("no hours", on("2026-12-24", ""), SpecialDayError, "special_day_hours_invalid", "''", CHANGES, "special_days.2026-12-24"),
    Bad("nothing to add", on("2026-12-24", "+"), SpecialDayError, "special_day_hours_invalid", "'+'", CHANGES, "special_days.2026-12-24"),
    Bad("nothing to remove", on("2026-12-24", "-closed"), SpecialDayError, "special_day_hours_invalid", "'-closed'", CHANGES, "special_days.2026-12-24"),
    Bad("hours that are no text", on("12-24", wrong(None)), SpecialDayError, "special_day_hours_invalid", "None", CHANGES, "special_days.12-24"),
    Bad("hours of a date", lambda: SpecialDay.of(date(2026, 12, 24), "9-17"), SpecialDayError, "special_day_hours_invalid", "'9-17'", CHANGES, "special_days.2026-12-24"),
    Bad("in a calendar", lambda: Calendar(BRUSSELS, WEEK, special_days={"2026-12-24": "9-17"}), SpecialDayError, "special_day_hours_invalid", "'9-17'", CHANGES, "special_days.2026-12-24"),
    Bad("an absence that ends before it starts", lambda: Absence(FRIDAY, FRIDAY - HOUR), SpecialDayError, "absence_reversed", "2026-11-20T18:30:00+01:00..2026-11-20T17:30:00+01:00", "a start before the end", "absences"),
    Bad("an absence of no time", lambda: Absence(FRIDAY, FRIDAY), SpecialDayError, "absence_reversed", "2026-11-20T18:30:00+01:00..2026-11-20T18:30:00+01:00", "a start before the end", "absences"),
)  # fmt: skip
def test_special_days_that_are_refused(bad: Bad) -> None:
    refused(bad)


@table(
    Bad("single dates", office_with(SpecialDay.of("2026-12-24", "closed"), SpecialDay.of("2026-12-24", "09:00-12:00")), SpecialDayError, "special_day_twice", "2026-12-24: '2026-12-24' and '2026-12-24'", ONE_OF_A_KIND, "special_days"),
    Bad("ranges that share a date", office_with(SpecialDay.of("2026-12-20..2026-12-24", "closed"), SpecialDay.of("2026-12-24..2026-12-26", "09:00-12:00")), SpecialDayError, "special_day_twice", "2026-12-24: '2026-12-20..2026-12-24' and '2026-12-24..2026-12-26'", ONE_OF_A_KIND, "special_days"),
    Bad("a range in a range", office_with(SpecialDay.of("2026-12-05..2026-12-06", "open 10:00-12:00"), SpecialDay.of("2026-12-01..2026-12-31", "closed")), SpecialDayError, "special_day_twice", "2026-12-05: '2026-12-01..2026-12-31' and '2026-12-05..2026-12-06'", ONE_OF_A_KIND, "special_days"),
    Bad("a range over two that agree", office_with(SpecialDay.of("2026-12-01..2026-12-10", "closed"), SpecialDay.of("2026-12-05..2026-12-20", "closed"), SpecialDay.of("2026-12-08..2026-12-09", "+18:00-20:00")), SpecialDayError, "special_day_twice", "2026-12-08: '2026-12-01..2026-12-10' and '2026-12-08..2026-12-09'", ONE_OF_A_KIND, "special_days"),
    Bad("a short range between two that overlap", office_with(SpecialDay.of("2026-12-01..2026-12-31", "closed"), SpecialDay.of("2027-01-05..2027-01-06", "closed"), SpecialDay.of("2026-12-31..2027-01-01", "-09:00-10:00")), SpecialDayError, "special_day_twice", "2026-12-31: '2026-12-01..2026-12-31' and '2026-12-31..2027-01-01'", ONE_OF_A_KIND, "special_days"),
    Bad("yearly ranges", office_with(SpecialDay.of("12-20..01-02", "closed"), SpecialDay.of("01-01..01-05", "09:00-12:00")), SpecialDayError, "special_day_twice", "01-01: '12-20..01-02' and '01-01..01-05'", ONE_OF_A_KIND, "special_days"),
    Bad("yearly dates of leap years", office_with(SpecialDay.of("02-29", "closed"), SpecialDay.of("02-29", "09:00-12:00")), SpecialDayError, "special_day_twice", "02-29: '02-29' and '02-29'", ONE_OF_A_KIND, "special_days"),
    Bad("recurrences that meet on some date", office_with(SpecialDay.of("FREQ=MONTHLY;BYDAY=-1FR", "closed"), SpecialDay.of("FREQ=MONTHLY;BYMONTHDAY=27", "09:00-12:00")), SpecialDayError, "special_day_twice", "-27: 'FREQ=MONTHLY;BYDAY=-1FR' and 'FREQ=MONTHLY;BYMONTHDAY=27'", ONE_OF_A_KIND, "special_days"),
    Bad("weekly hours of ranges that share a date", office_with(SpecialDay.of("07-01..08-31", "Mon-Fri 08:00-14:00"), SpecialDay.of("08-15..09-15", "Mon-Fri 09:00-15:00")), SpecialDayError, "special_day_twice", "08-15: '07-01..08-31' and '08-15..09-15'", ONE_OF_A_KIND, "special_days"),
    Bad("the same distance from any holiday", lambda: Calendar(BRUSSELS, WEEK, holidays="BE", special_days={"PH-1 Mon,Tue": "closed", "PH-1 Tue,Wed": "09:00-12:00"}), SpecialDayError, "special_day_twice", ": 'PH-1 Mon,Tue' and 'PH-1 Tue,Wed'", ONE_OF_A_KIND, "special_days"),
    Bad("two holidays by name that share a date", lambda: Calendar("Europe/Berlin", WEEK, holidays="DE", special_days={"Christmas Day-1": "closed", "Second Day of Christmas-2": "09:00-12:00"}), SpecialDayError, "special_day_twice", "-12-24: 'Christmas Day-1' and 'Second Day of Christmas-2'", ONE_OF_A_KIND, "special_days"),
    Bad("a holiday by name and Easter", lambda: Calendar("Europe/Berlin", WEEK, holidays="DE", special_days={"easter-3": "closed", "Good Friday-1": "09:00-12:00"}), SpecialDayError, "special_day_twice", "'Good Friday-1' and 'easter-3'", ONE_OF_A_KIND, "special_days"),
)  # fmt: skip
def test_rule_4_two_special_days_of_one_kind_on_one_date_are_refused(bad: Bad) -> None:
    refused(bad)


@table(
    Bad("no holidays", lambda: Calendar(BRUSSELS, WEEK, special_days={"PH-1": "closed"}), SpecialDayError, "special_day_without_holidays", "'PH-1'", "a calendar with holidays", "special_days"),
    Bad("a named holiday without holidays", lambda: Calendar(BRUSSELS, WEEK, special_days={"Christmas Day-1": "closed"}), SpecialDayError, "special_day_without_holidays", "'Christmas Day-1'", "a calendar with holidays", "special_days"),
    Bad("a holiday that none of the years has", lambda: Calendar(BRUSSELS, WEEK, holidays="BE", special_days={"Thanksgiving-1": "closed"}), SpecialDayError, "special_day_holiday_unknown", "'Thanksgiving'", "Armistice Day", "special_days"),
    Bad("eight days before", on("PH-8"), SpecialDayError, "special_day_date_invalid", "'PH-8'", '"PH-1" to "PH-7"', "special_days"),
    Bad("the holiday itself", on("PH+0"), SpecialDayError, "special_day_date_invalid", "'PH+0'", '"PH-1" to "PH-7"', "special_days"),
    Bad("no distance", on("PH"), SpecialDayError, "special_day_date_invalid", "'PH'", '"PH-1" to "PH-7"', "special_days"),
    Bad("far from Easter", on("easter-101"), SpecialDayError, "special_day_date_invalid", "'easter-101'", "up to 100 days", "special_days"),
    Bad("no day of the week", on("PH-2 Sab"), SpecialDayError, "special_day_date_invalid", "'PH-2 Sab'", '"PH-2 Sat"', "special_days"),
    Bad("a holiday as a day of the week", on("PH-2 PH"), SpecialDayError, "special_day_date_invalid", "'PH-2 PH'", '"PH-2 Sat"', "special_days"),
    Bad("a start", lambda: SpecialDay.of("PH-1", "closed", start=date(2026, 1, 1)), SpecialDayError, "recurrence_start_unused", "'PH-1'", KEYS, "special_days"),
    Bad("a name without a distance", on("Christmas Day"), SpecialDayError, "special_day_date_invalid", "'Christmas Day'", KEYS, "special_days"),
    Bad("hours for weekends that are worked, and no data", lambda: Calendar(BRUSSELS, "Mon-Fri 09:00-17:00; WW 10:00-14:00"), CalendarError, "working_weekends_without_holidays", "'WW'", "hours without WW", "hours"),
    Bad("windows that open no closed date", lambda: Calendar(BRUSSELS, "closed", special_days={"09-01": "09:00-13:00"}), CalendarError, "never_opens", "'closed'", 'write "open 09:00-13:00"', "hours"),
)  # fmt: skip
def test_days_told_from_holidays_that_are_refused(bad: Bad) -> None:
    refused(bad)


def rule(text: str, start: date | None = None) -> Callable[[], object]:
    return lambda: Recurring(text, start)


@table(
    Bad("every second", rule("FREQ=SECONDLY"), SpecialDayError, "recurrence_invalid", "'FREQ=SECONDLY'", RULES, "special_days"),
    Bad("every minute", rule("FREQ=MINUTELY;COUNT=10"), SpecialDayError, "recurrence_invalid", "'FREQ=MINUTELY;COUNT=10'", RULES, "special_days"),
    Bad("every hour", rule("FREQ=HOURLY"), SpecialDayError, "recurrence_invalid", "'FREQ=HOURLY'", RULES, "special_days"),
    Bad("at an hour of the day", rule("FREQ=DAILY;BYHOUR=9"), SpecialDayError, "recurrence_invalid", "BYHOUR=9", RULES, "special_days"),
    Bad("30 February never comes", rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), SpecialDayError, "recurrence_empty", "'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'", "at least one date", "special_days"),
    Bad("nor in any year", rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), SpecialDayError, "recurrence_empty", "BYMONTHDAY=30", "at least one date", "special_days"),
    Bad("over before it starts", rule("FREQ=DAILY;UNTIL=20261119", date(2026, 11, 20)), SpecialDayError, "recurrence_empty", "UNTIL=20261119", "at least one date", "special_days"),
    Bad("it starts after 2200", rule("FREQ=DAILY", date(2201, 1, 1)), SpecialDayError, "recurrence_empty", "'FREQ=DAILY'", "at least one date", "special_days"),
    Bad("which weekday?", rule("FREQ=WEEKLY"), SpecialDayError, "recurrence_start_needed", "'FREQ=WEEKLY'", "start=date(...)", "special_days"),
    Bad("which day of the month?", rule("FREQ=MONTHLY;BYMONTH=11"), SpecialDayError, "recurrence_start_needed", "BYMONTH=11", "start=date(...)", "special_days"),
    Bad("every second week from when?", rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"), SpecialDayError, "recurrence_start_needed", "INTERVAL=2", "start=date(...)", "special_days"),
    Bad("three times from when?", rule("FREQ=DAILY;COUNT=3"), SpecialDayError, "recurrence_start_needed", "COUNT=3", "start=date(...)", "special_days"),
    Bad("COUNT and UNTIL", rule("FREQ=DAILY;COUNT=3;UNTIL=20261231", date(2026, 1, 1)), SpecialDayError, "recurrence_invalid", "COUNT=3", RULES, "special_days"),
    Bad("no FREQ", rule("BYDAY=FR"), SpecialDayError, "recurrence_invalid", "'BYDAY=FR'", RULES, "special_days"),
    Bad("FREQ without a value", rule("FREQ="), SpecialDayError, "recurrence_invalid", "'FREQ='", RULES, "special_days"),
    Bad("FREQ twice", rule("FREQ=DAILY;FREQ=WEEKLY"), SpecialDayError, "recurrence_invalid", "FREQ=WEEKLY", RULES, "special_days"),
    Bad("lower case", rule("freq=daily"), SpecialDayError, "recurrence_invalid", "'freq=daily'", RULES, "special_days"),
    Bad("no such weekday", rule("FREQ=WEEKLY;BYDAY=XX"), SpecialDayError, "recurrence_invalid", "BYDAY=XX", RULES, "special_days"),
    Bad("the second Friday of a week", rule("FREQ=WEEKLY;BYDAY=2FR"), SpecialDayError, "recurrence_invalid", "BYDAY=2FR", RULES, "special_days"),
    Bad("the second Friday of a day", rule("FREQ=DAILY;BYDAY=2FR"), SpecialDayError, "recurrence_invalid", "BYDAY=2FR", RULES, "special_days"),
    Bad("the 99th Friday of a month", rule("FREQ=MONTHLY;BYDAY=99FR"), SpecialDayError, "recurrence_invalid", "BYDAY=99FR", RULES, "special_days"),
    Bad("no such month", rule("FREQ=DAILY;BYMONTH=13"), SpecialDayError, "recurrence_invalid", "BYMONTH=13", RULES, "special_days"),
    Bad("day nought", rule("FREQ=MONTHLY;BYMONTHDAY=0"), SpecialDayError, "recurrence_invalid", "BYMONTHDAY=0", RULES, "special_days"),
    Bad("two intervals", rule("FREQ=DAILY;INTERVAL=1,2", date(2026, 1, 1)), SpecialDayError, "recurrence_invalid", "INTERVAL=1,2", RULES, "special_days"),
    Bad("an interval of nothing", rule("FREQ=DAILY;INTERVAL=0", date(2026, 1, 1)), SpecialDayError, "recurrence_invalid", "INTERVAL=0", RULES, "special_days"),
    Bad("UNTIL on a date that does not exist", rule("FREQ=DAILY;UNTIL=20261131"), SpecialDayError, "recurrence_invalid", "UNTIL=20261131", RULES, "special_days"),
    Bad("UNTIL in another notation", rule("FREQ=DAILY;UNTIL=2026-11-30"), SpecialDayError, "recurrence_invalid", "UNTIL=2026-11-30", RULES, "special_days"),
    Bad("a part that is not in the standard", rule("FREQ=YEARLY;BYEASTER=0"), SpecialDayError, "recurrence_invalid", "BYEASTER=0", RULES, "special_days"),
    Bad("more than a rule", rule("DTSTART:20260101\nRRULE:FREQ=DAILY"), SpecialDayError, "recurrence_invalid", "DTSTART", RULES, "special_days"),
    Bad("a novel", rule("FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 1_000)), SpecialDayError, "recurrence_invalid", "FREQ=DAILY", RULES, "special_days"),
    Bad("no text", rule(wrong(5)), SpecialDayError, "recurrence_invalid", "5", RULES, "special_days"),
    Bad("as a special day", on("FREQ=SECONDLY"), SpecialDayError, "recurrence_invalid", "'FREQ=SECONDLY'", RULES, "special_days"),
)  # fmt: skip
def test_recurrences_that_are_refused(bad: Bad) -> None:
    refused(bad)


# ---------------------------------------------------------------- calendars

FOR_GOOD = OFFICE.replace(versions={"2027-01-01": "closed"})
LISBON = Calendar("Europe/Lisbon", WEEK)


@table(
    Bad("it never opens", lambda: Calendar(BRUSSELS, "closed"), CalendarError, "never_opens", "'closed'", "at least one window", "hours"),
    Bad("it opens on holidays only, and has none", lambda: Calendar(BRUSSELS, "PH 09:00-12:00"), CalendarError, "never_opens", "'PH 09:00-12:00'", "at least one window", "hours"),
    Bad("two versions from one date", lambda: OFFICE.replace(versions=[("2027-01-01", WEEK), ("2027-01-01", "24/7")]), CalendarError, "version_twice", "'2027-01-01'", "one version a date", "versions"),
    Bad("a version from a date that does not exist", lambda: OFFICE.replace(versions={"2027-02-30": WEEK}), CalendarError, "version_date_invalid", "'2027-02-30'", "such as 2027-01-01", "versions"),
    Bad("a version from a datetime", lambda: OFFICE.replace(versions={NAIVE: WEEK}), CalendarError, "version_date_invalid", "datetime.datetime(2026, 11, 20", "a date", "versions"),
    Bad("a version from a number", lambda: OFFICE.replace(versions={2027: WEEK}), CalendarError, "version_date_invalid", "2027", "a date", "versions"),
    Bad("or a number", lambda: OFFICE | wrong(5), CalendarError, "operand_invalid", "5", "a calendar"),
    Bad("less a text", lambda: OFFICE - wrong("2026-12-24"), CalendarError, "operand_invalid", "'2026-12-24'", "also an absence"),
    Bad("and an absence", lambda: OFFICE & wrong(Absence(FRIDAY, FRIDAY + HOUR)), CalendarError, "operand_invalid", "Absence(", "after `-` also an absence"),
    Bad("dates of two zones", (OFFICE | LISBON).working_dates, CalendarError, "zone_needed", "Combination(", ".in_zone("),
    Bad("workdays of two zones", (OFFICE | LISBON).workdays, CalendarError, "zone_needed", "Combination(", ".in_zone("),
    Bad("closed for good", lambda: FOR_GOOD.next_open(datetime(2027, 1, 1, tzinfo=UTC)), ClosedForGoodError, "closed_for_good", "", "when the calendar is in use"),
    Bad("no working date any more", lambda: FOR_GOOD.working_dates().after(date(2026, 12, 31), 1), ClosedForGoodError, "closed_for_good", "", "when the calendar is in use"),
    Bad("before the supported years", lambda: OFFICE.is_open(datetime(1899, 11, 20, tzinfo=UTC)), HorizonError, "beyond_covered", "1899-11-20 00:00 UTC", "from 1900-01-01 00:00 UTC to 2200-12-31 23:00 UTC"),
    Bad("after the supported years", lambda: OFFICE.is_open(datetime(2201, 11, 20, tzinfo=UTC)), HorizonError, "beyond_covered", "2201-11-20 00:00 UTC", "from 1900-01-01 00:00 UTC to 2200-12-31 23:00 UTC"),
    Bad("after the years of the holidays", lambda: OFFICE.replace(holidays="DE").is_open(datetime(2101, 12, 26, tzinfo=UTC)), HorizonError, "beyond_covered", "2101-12-26 00:00 UTC", "to 2100-12-31 23:00 UTC"),
    Bad("before the years of the holidays", lambda: OFFICE.replace(holidays="DE").is_open(datetime(1990, 12, 26, tzinfo=UTC)), HorizonError, "beyond_covered", "1990-12-26 00:00 UTC", "from 1990-12-31 23:00 UTC"),
)  # fmt: skip
def test_calendars_and_questions_that_are_refused(bad: Bad) -> None:
    refused(bad)


@pytest.mark.parametrize(
    ("attempt", "why"),
    [
        (lambda: Calendar(BRUSSELS, WEEK, special_days=wrong([("2026-12-24", "closed")])), "a pair for a special day"),
        (lambda: Calendar(BRUSSELS, WEEK, special_days=wrong({5: "closed"})), "a number for a date"),
        (lambda: Calendar(BRUSSELS, WEEK, special_days=[SpecialDay(wrong("2026-12-24"), "closed")]), "a text that was not read"),
        (lambda: Calendar(BRUSSELS, WEEK, absences=wrong([("2026-12-24", "2026-12-25")])), "a pair for an absence"),
        (lambda: Calendar(BRUSSELS, WEEK, absences=wrong(Absence(FRIDAY, FRIDAY + HOUR))), "one absence for several"),
        (lambda: Calendar(BRUSSELS, WEEK, versions=wrong("2027-01-01")), "a text for versions"),
        (lambda: Holidays("BE").adding({wrong("2026-12-24"): "Eve"}), "a text for a date"),
        (lambda: Holidays("BE").adding({NAIVE: "Party"}).names(2026), "a datetime for a date"),
        (lambda: FrozenHolidays.of({wrong("2026-12-24"): "Eve"}, years=(2026, 2026)), "a text for a date of one's own"),
    ],
)  # fmt: skip
def test_a_calendar_checks_itself_when_built_also_for_values_of_another_type(
    attempt: Callable[[], object], why: str
) -> None:
    try:
        attempt()
    except SlaError:
        return
    except Exception as error:  # noqa: BLE001 - any other error is what is tested
        pytest.fail(f"{why}: {error!r} is not of the family")
    pytest.fail(f"{why}: taken")


# ---------------------------------------------------------------- arguments of another kind

FIELDS: Final = ("ticket", "time", "what")
POLICY: Final = slacalc.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": BRUSSELS.key, "hours": WEEK}},
        "rules": [
            {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}}
        ],
    }
)
CREATED: Final = slacalc.Created(at=FRIDAY)
CLOCKS: Final = slacalc.replay([CREATED], POLICY, as_of=FRIDAY, ticket="7")
PROMISES: Final = POLICY.promise(FRIDAY)
TOLD: Final = PROMISES["first_response"].expectation(as_of=FRIDAY)
LOG_MAPPING: Final = slacalc.LogMapping("ticket", "time", "what")
LOG_LINES: Final = ["ticket,time,what", "7,2026-11-20T18:30+01:00,opened"]


def mapping(**pairs: object) -> Callable[[], object]:
    return lambda: slacalc.LogMapping("ticket", "time", "what", **wrong(pairs))


def tickets(log: object, policy: object = POLICY) -> Callable[[], object]:
    return lambda: list(slacalc.replay_tickets(wrong(log), wrong(policy), as_of=FRIDAY))


@table(
    Bad("a queue of tickets by name", lambda: slacalc.queue(wrong({"7": CLOCKS}), as_of=FRIDAY), SlaError, "argument_invalid", "'7'", "Clocks, such as replay_tickets gives of events, or several", "tickets"),
    Bad("an agenda of tickets by name", lambda: slacalc.agenda(wrong({"7": CLOCKS}), as_of=FRIDAY), SlaError, "argument_invalid", "'7'", "Clocks, such as replay_tickets gives of events, or several", "tickets"),
    Bad("the next due of nothing", lambda: slacalc.next_due(wrong(None), as_of=FRIDAY), SlaError, "argument_invalid", "None", "Clocks", "tickets"),
    Bad("one event for several", lambda: slacalc.replay(wrong(CREATED), POLICY, as_of=FRIDAY), SlaError, "argument_invalid", "Created(", "several events", "events"),
    Bad("more events that are none", lambda: CLOCKS.extend(wrong(None), as_of=FRIDAY), SlaError, "argument_invalid", "None", "several events", "events"),
    Bad("events of several tickets, to one", lambda: POLICY.replay([wrong(("7", CREATED))], as_of=FRIDAY), LogError, "event_invalid", "('7', Created(", "Created, Message", "event 1"),
    Bad("plain data for an event", lambda: POLICY.replay([CREATED, wrong({"kind": "solved"})], as_of=FRIDAY), LogError, "event_invalid", "{'kind': 'solved'}", "event_from_data", "event 2"),
    Bad("policy and events swapped", lambda: slacalc.replay(wrong(POLICY), wrong([CREATED]), as_of=FRIDAY), SlaError, "argument_invalid", "[Created(", "a Policy, or PolicyVersions", "policy"),
    Bad("the data of a policy", lambda: slacalc.replay([CREATED], wrong({"name": "support"}), as_of=FRIDAY), SlaError, "argument_invalid", "{'name': 'support'}", "a Policy, or PolicyVersions", "policy"),
    Bad("tickets of events without names", tickets([CREATED]), LogError, "event_invalid", "Created(", "(ticket, event)", "entry 1"),
    Bad("tickets by name", tickets({"7": [CREATED]}), LogError, "event_invalid", "'7'", "(ticket, event)", "entry 1"),
    Bad("tickets of nothing", tickets(None), SlaError, "argument_invalid", "None", "pairs of ticket and event", "events"),
    Bad("tickets and policy swapped", tickets(POLICY, [("7", CREATED)]), SlaError, "argument_invalid", "[('7', Created(", "a Policy, or PolicyVersions", "policy"),
    Bad("a ticket without a name", tickets([(None, CREATED)]), LogError, "event_value_invalid", "None", "text, or a number", "ticket"),
    Bad("one ticket that is a truth", lambda: POLICY.replay([CREATED], as_of=FRIDAY, ticket=wrong(True)), LogError, "event_value_invalid", "True", "text, or a number", "ticket"),
    Bad("columns of a frame of events", lambda: POLICY.replay_frame(wrong({"ticket": ["7"]}), as_of=FRIDAY), LogError, "event_invalid", "'ticket'", "(ticket, event)", "entry 1"),
    Bad("one earlier policy for several", lambda: slacalc.resume(CLOCKS.to_json(), POLICY, earlier=wrong(POLICY)), SlaError, "argument_invalid", "Policy(", "such as [policy]", "earlier"),
    Bad("clocks that go on under no policy", lambda: slacalc.resume(CLOCKS.to_json(), wrong(None)), SlaError, "argument_invalid", "None", "a Policy, or PolicyVersions", "policy"),
    Bad("the outcome of all promises", lambda: slacalc.outcome(wrong(PROMISES), None, as_of=FRIDAY), SlaError, "argument_invalid", "Promises(", 'promises["first_response"]', "promise"),
    Bad("all clocks for one", lambda: slacalc.testing.assert_met(wrong(CLOCKS)), SlaError, "argument_invalid", "Clocks(", 'clocks["first_response"]', "kept"),
    Bad("all promises for one", lambda: slacalc.testing.assert_due(wrong(PROMISES), FRIDAY), SlaError, "argument_invalid", "Promises(", 'promises["resolution"]', "promised"),
    Bad("a log in lines", lambda: slacalc.testing.event_log(wrong(["Fri 10:00 created"])), SlaError, "argument_invalid", "['Fri 10:00 created']", "one text", "text"),
    Bad("clocks that another policy judges, by their data", lambda: slacalc.restate(wrong(CLOCKS.to_json()), [CREATED], POLICY), SlaError, "argument_invalid", '"form": 1', "the Clocks of one ticket", "clocks"),
    Bad("a sentence that was told before", lambda: TOLD.say("en", told_before=wrong("We will reply by 17:00 today.")), SlaError, "argument_invalid", "'We will reply", "an Expectation", "told_before"),
    Bad("a first day in text", lambda: slacalc.testing.event_log("10:00 created", first=wrong("2026-11-20")), InstantError, "not_a_date", "'2026-11-20'", "datetime.date(", "first"),
    Bad("a ledger as text", lambda: slacalc.testing.assert_ledger_sums(wrong(str(OFFICE.explain(FRIDAY, FRIDAY + HOUR))), HOUR), SlaError, "argument_invalid", "from", "a Ledger", "ledger"),
    Bad("an amount for a target", lambda: slacalc.testing.assert_target_due(wrong(HOUR), OFFICE, FRIDAY, FRIDAY), SlaError, "argument_invalid", "datetime.timedelta", "BusinessHours(", "target"),
    Bad("a receipt for a calendar", lambda: slacalc.testing.assert_target_due(slacalc.NextOpening(), wrong(FRIDAY), FRIDAY, FRIDAY), SlaError, "argument_invalid", "datetime.datetime", "a calendar", "calendar"),
    Bad("one end for many starts, as a date", lambda: slacalc.frames.elapsed(OFFICE, [FRIDAY], wrong(FRIDAY.date())), SlaError, "argument_invalid", "datetime.date", "a list of datetimes", "ends"),
    Bad("no event", lambda: slacalc.event_from_data(wrong(None)), SlaError, "argument_invalid", "None", "a mapping", "event"),
    Bad("the text of an event", lambda: slacalc.event_from_data(wrong('{"kind": "solved"}')), SlaError, "argument_invalid", "solved", "read_events", "event"),
    Bad("data for an event to become data", lambda: slacalc.event_to_data(wrong({"kind": "solved"})), SlaError, "argument_invalid", "{'kind': 'solved'}", "Created, Message", "event"),
    Bad("a calendar by several names", lambda: POLICY.calendar(wrong(["office"])), PolicyError, "calendar_missing", "['office']", "office"),
    Bad("a policy whose keys are numbers", lambda: slacalc.policy_from_data(wrong({1: 2})), PolicyError, "policy_no_table", "{1: 2}", "a table", "policy"),
    Bad("events in lines that are none", lambda: list(slacalc.read_events([wrong(None)])), LogError, "event_unreadable", "None", "a JSON object", "line 1"),
    Bad("no policy", lambda: slacalc.policy_from_data(wrong(None)), PolicyError, "policy_no_table", "None", "load_policy", "policy"),
    Bad("the path of a policy for its data", lambda: slacalc.policy_from_data(wrong("support.toml")), PolicyError, "policy_no_table", "'support.toml'", "load_policy", "policy"),
    Bad("a policy from nowhere", lambda: slacalc.load_policy(wrong(None)), SlaError, "argument_invalid", "None", "the path of a file", "path"),
    Bad("the data of a policy for its path", lambda: slacalc.load_policy(wrong({"name": "support"})), SlaError, "argument_invalid", "{'name': 'support'}", "the path of a file", "path"),
    Bad("a language from nowhere", lambda: slacalc.load_language(wrong(None)), SlaError, "argument_invalid", "None", "the path of a file", "path"),
    Bad("holidays from nowhere", lambda: load_holidays(wrong(None)), SlaError, "argument_invalid", "None", "the path of a file", "path"),
    Bad("holidays from standard output", lambda: load_holidays(wrong(1)), SlaError, "argument_invalid", "1", "the path of a file", "path"),
    Bad("a mapping from nowhere", lambda: slacalc.load_mapping(wrong(None)), SlaError, "argument_invalid", "None", "the path of a file", "path"),
    Bad("the path of a language for itself", lambda: TOLD.say("en", languages=wrong(["own.toml"])), SlaError, "argument_invalid", "'own.toml'", "load_language", "languages"),
    Bad("the path of a language for several", lambda: TOLD.say("en", languages=wrong("own.toml")), SlaError, "argument_invalid", "'o'", "several languages", "languages"),
    Bad("fields that are none", lambda: POLICY.promise_for(FRIDAY, wrong(None)), SlaError, "argument_invalid", "None", '{"priority": "high"}', "fields"),
    Bad("instants in a list", lambda: POLICY.promise(FRIDAY, origins=wrong(["delivered"])), SlaError, "argument_invalid", "['delivered']", "names to instants", "origins"),
    Bad("versions of one policy", lambda: slacalc.PolicyVersions(wrong(POLICY)), SlaError, "argument_invalid", "Policy(", "such as [policy]", "policies"),
    Bad("versions as data, put in order", lambda: slacalc.PolicyVersions.of([wrong({"name": "support"})]), SlaError, "argument_invalid", "{'name': 'support'}", "such as [policy]", "policies"),
    Bad("a check of nothing", lambda: slacalc.check_policy(wrong(None), as_of=FRIDAY), SlaError, "argument_invalid", "None", "a Policy", "policy"),
    Bad("channels of nothing", lambda: slacalc.channel_advice(wrong(None), FRIDAY), SlaError, "argument_invalid", "None", "a Policy", "policy"),
    Bad("one need for several", lambda: slacalc.channel_advice(POLICY, FRIDAY, needs=wrong("urgent")), SlaError, "argument_invalid", "'urgent'", '["urgent"]', "needs"),
    Bad("the lines of nothing", lambda: slacalc.read_log(wrong(None), LOG_MAPPING), LogError, "lines_expected", "None", "an open file"),
    Bad("a log in bytes", lambda: slacalc.read_log([wrong(b"ticket,time,what")], LOG_MAPPING), LogError, "log_unreadable", "not bytes", "lines of text", "log"),
    Bad("a log apart by semicolons", lambda: slacalc.read_log(["ticket;time;what"], LOG_MAPPING), LogError, "column_missing", "'ticket'", "ticket;time;what", "log"),
    Bad("a log and no mapping", lambda: slacalc.read_log(LOG_LINES, wrong({"ticket": "id"})), SlaError, "argument_invalid", "{'ticket': 'id'}", "load_mapping", "mapping"),
    Bad("a number for a format of times", mapping(time_format=5), LogError, "time_format_invalid", "5", "%Y", "time_format"),
    Bad("stops as TOML has them", mapping(done={"first_response": "answered"}), SlaError, "argument_invalid", "{'first_response': 'answered'}", '(("first_response", ("answered",)),)', "done"),
    Bad("the letters of a stop", mapping(done=(("first_response", "answered"),)), SlaError, "argument_invalid", "'answered'", '("answered",)', "done"),
    Bad("several columns for a field", mapping(fields=(("priority", ("a", "b")),)), SlaError, "argument_invalid", "('a', 'b')", '(("priority", "prio"),)', "fields"),
    Bad("events as TOML has them", mapping(events={"opened": "solved"}), SlaError, "argument_invalid", "{'opened': 'solved'}", "pairs such as", "events"),
    Bad("a number for an amount to print", lambda: slacalc.format_amount(wrong(5)), AmountError, "amount_not_timedelta", "5", "a datetime.timedelta", "amount"),
    Bad("texts for a range of dates", lambda: DateRange(wrong("2026-12-28"), wrong("2026-12-30")), SpecialDayError, "special_day_date_invalid", "'2026-12-28'", "SpecialDay.of", "special_days"),
    Bad("instants for a range of dates", lambda: DateRange(FRIDAY, FRIDAY), SpecialDayError, "special_day_date_invalid", "datetime.datetime(2026, 11, 20", "datetime.date(", "special_days"),
    Bad("texts for dates of every year", lambda: Yearly(wrong("12-24"), wrong("12-26")), SpecialDayError, "special_day_date_invalid", "'12-24'", "(12, 24)", "special_days"),
    Bad("a change that does not exist", lambda: SpecialDay(date(2026, 12, 24), wrong("close")), SpecialDayError, "special_day_hours_invalid", "'close'", "SpecialDay.of", "special_days"),
    Bad("windows that were not read", lambda: SpecialDay(date(2026, 12, 24), "replaced", wrong("09:00-13:00")), SpecialDayError, "special_day_hours_invalid", "'09:00-13:00'", "SpecialDay.of", "special_days"),
    Bad("dates for special days", lambda: OFFICE.replace(special_days=["2026-12-24"]), SpecialDayError, "special_days_invalid", "['2026-12-24']", 'a mapping such as {"2026-12-24"', "special_days"),
    Bad("windows without days", lambda: Hours.from_mapping(wrong(["09:00-17:00"])), SlaError, "argument_invalid", "['09:00-17:00']", "Mon-Fri", "mapping"),
    Bad("one absence more, for several", lambda: OFFICE.extend(absences=wrong(Absence(FRIDAY, FRIDAY + HOUR))), SpecialDayError, "special_days_invalid", "Absence(", "a list of Absence", "absences"),
    Bad("a recurrence from an instant on", lambda: Recurring("FREQ=DAILY;COUNT=3", FRIDAY), InstantError, "not_a_date", "datetime.datetime(2026, 11, 20", "datetime.date(", "start"),
    Bad("a date with a start", lambda: SpecialDay.of(date(2026, 12, 24), "closed", start=date(2026, 1, 1)), SpecialDayError, "recurrence_start_unused", "datetime.date(2026, 12, 24)", "FREQ=", "special_days"),
    Bad("hours that were not read", lambda: Hours(wrong(WEEK)), HoursError, "hours_not_text", f"'{WEEK}'", "Hours.parse("),
    Bad("working dates from an instant on", lambda: OFFICE.working_dates().count(FRIDAY, FRIDAY), InstantError, "not_a_date", "datetime.datetime(2026, 11, 20", "datetime.date(", "date"),
    Bad("a working date after a text", lambda: OFFICE.working_dates().after(wrong("2026-11-20"), 1), InstantError, "not_a_date", "'2026-11-20'", "datetime.date(", "date"),
    Bad("an absence of instants", lambda: slacalc.absence_notice(OFFICE, FRIDAY, FRIDAY, FRIDAY), InstantError, "not_a_date", "datetime.datetime(2026, 11, 20", "datetime.date(", "first"),
    Bad("an absence announced at an instant", lambda: slacalc.absence_notice(OFFICE, FRIDAY.date(), FRIDAY.date(), FRIDAY), InstantError, "not_a_date", "datetime.datetime(2026, 11, 20", "datetime.date(", "announced"),
    Bad("an absence from no office", lambda: slacalc.absence_notice(wrong(POLICY), FRIDAY.date(), FRIDAY.date(), FRIDAY.date()), SlaError, "argument_invalid", "Policy(", "a calendar", "calendar"),
    Bad("notice of so many days", lambda: slacalc.absence_notice(OFFICE, FRIDAY.date(), FRIDAY.date(), FRIDAY.date(), notice=wrong(14)), AmountError, "amount_not_timedelta", "14", "a datetime.timedelta", "notice"),
    Bad("absences longer than a time", lambda: slacalc.absence_notice(OFFICE, FRIDAY.date(), FRIDAY.date(), FRIDAY.date(), longer_than=wrong(HOUR)), SlaError, "argument_invalid", "datetime.timedelta", "a whole number", "longer_than"),
    Bad("a mapping for frozen dates", lambda: FrozenHolidays(wrong({date(2026, 12, 24): "Eve"}), (2026, 2026)), SlaError, "argument_invalid", "{datetime.date(2026, 12, 24)", "FrozenHolidays.of", "dates"),
    Bad("a mapping for added dates", lambda: Holidays("BE", added=wrong({date(2026, 12, 24): "Eve"})), SlaError, "argument_invalid", "{datetime.date(2026, 12, 24)", "Holidays.adding", "added"),
    Bad("a list of removed dates", lambda: Holidays("BE", removed=wrong([date(2026, 12, 25)])), SlaError, "argument_invalid", "[datetime.date(2026, 12, 25)]", "Holidays.removing", "removed"),
    Bad("no holidays to remove", lambda: Holidays("BE").removing(wrong(None)), SlaError, "argument_invalid", "None", "several dates", "dates"),
    Bad("holidays without names", lambda: FrozenHolidays.of(wrong([date(2026, 12, 24)]), years=(2026, 2026)), SlaError, "argument_invalid", "[datetime.date(2026, 12, 24)]", "Christmas Eve", "dates"),
    Bad("more holidays without names", lambda: Holidays("BE").adding(wrong([date(2026, 12, 24)])), SlaError, "argument_invalid", "[datetime.date(2026, 12, 24)]", "Christmas Eve", "dates"),
    Bad("holidays of no years", lambda: FrozenHolidays.of({}, years=wrong(None)), HolidayError, "holiday_years_invalid", "None", "a first and a last year", "years"),
    Bad("holidays of one year", lambda: FrozenHolidays.of({}, years=wrong(2026)), HolidayError, "holiday_years_invalid", "2026", "a first and a last year", "years"),
    Bad("the holidays of a text", lambda: Holidays("BE").names(wrong("2026")), HorizonError, "holiday_year_unknown", "'2026'", "years from"),
    Bad("frozen from a text on", lambda: Holidays("BE").freeze(wrong("2026"), 2027), HorizonError, "holiday_year_unknown", "'2026'", "years from"),
    Bad("the name of a country", lambda: Holidays("Belgium"), HolidayError, "holiday_country_unknown", "'Belgium'", "an ISO 3166 code, such as BE", "country"),
    Bad("the drift of holidays that are not frozen", lambda: slacalc.drift(wrong(Holidays("BE")), wrong(Holidays("BE"))), SlaError, "argument_invalid", "Holidays(", ".freeze(", "old"),
)  # fmt: skip
def test_arguments_of_another_kind_that_are_refused(bad: Bad) -> None:
    refused(bad)


# ---------------------------------------------------------------- the family

FAMILY = (
    SlaError,
    InstantError,
    AmountError,
    ZoneError,
    HoursError,
    HolidayError,
    SpecialDayError,
    CalendarError,
    ClosedForGoodError,
    HorizonError,
    PolicyError,
    LogError,
    MetricError,
    ExpectationError,
    LanguageError,
    DataError,
    InteropError,
    MissingExtraError,
)


@pytest.mark.parametrize("kind", FAMILY, ids=lambda kind: kind.__name__)
def test_every_error_is_a_value_error_of_one_family(kind: type[SlaError]) -> None:
    assert issubclass(kind, SlaError)
    assert issubclass(kind, ValueError)
    assert kind.__name__ in slacalc.errors.__all__
    assert kind.__name__ in slacalc.errors.__doc__
    assert kind.__doc__


def test_the_family_is_all_there_is() -> None:
    assert sorted(slacalc.errors.__all__) == sorted(kind.__name__ for kind in FAMILY)


def test_closed_for_good_is_a_matter_of_the_calendar_a_missing_extra_of_an_import_and_a_metric_of_a_key() -> None:
    assert issubclass(ClosedForGoodError, CalendarError)
    assert issubclass(MissingExtraError, ImportError)
    assert issubclass(MetricError, KeyError)


@pytest.mark.parametrize("kind", FAMILY, ids=lambda kind: kind.__name__)
def test_an_error_crosses_processes_and_copies_whole(kind: type[SlaError]) -> None:
    error = kind("some_code", "the problem", given={"key": [1, 2]}, accepts="something else", where="file.toml: key")

    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert_same(error, pickle.loads(pickle.dumps(error, protocol)))
    assert_same(error, copy.copy(error))
    assert_same(error, copy.deepcopy(error))
    assert_same(error, pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(error)))))


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (SlaError("c", "it is wrong"), "it is wrong"),
        (SlaError("c", "it is wrong", given="9-17"), "it is wrong; given '9-17'"),
        (SlaError("c", "it is wrong", accepts="HH:MM"), "it is wrong; accepted: HH:MM"),
        (SlaError("c", "it is wrong", where="hours"), "hours: it is wrong"),
        (SlaError("c", "it is wrong", given=5, accepts="HH:MM", where="hours"), "hours: it is wrong; given 5; accepted: HH:MM"),
    ],
)  # fmt: skip
def test_a_message_says_where_what_and_what_instead(error: SlaError, message: str) -> None:
    assert message == str(error)
    assert (error.code, error.problem) == ("c", "it is wrong")


def test_what_was_given_is_shown_short() -> None:
    assert len(SlaError("c", "too long", given="x" * 1_000_000).given) < 200
    assert len(SlaError("c", "too many", given=list(range(1_000_000))).given) < 200


@pytest.mark.parametrize(
    ("where", "outer", "expected"),
    [
        ("", "support.toml", "support.toml"),
        ("hours", "calendars.office", "calendars.office.hours"),
        ("calendars.office.hours", "support.toml", "support.toml: calendars.office.hours"),
        ("[2].within", "rules", "rules[2].within"),
        ("[2]", "log.jsonl", "log.jsonl[2]"),
        ("digest", "be.json", "be.json: digest"),
    ],
)
def test_an_error_is_said_of_a_place_further_out(where: str, outer: str, expected: str) -> None:
    inner = HoursError("c", "it is wrong", given="9-17", accepts="HH:MM", where=where)
    moved = inner.at(outer)

    assert expected == moved.where
    assert type(moved) is HoursError
    assert (moved.code, moved.problem, moved.given, moved.accepts) == ("c", "it is wrong", "'9-17'", "HH:MM")
    assert where == inner.where


PROBLEMS = (
    HoursError("hours_empty", "the hours are empty", given="", accepts="hours", where="calendars.office.hours"),
    ZoneError("zone_unknown", "there is no such time zone", given="Brussels", accepts="an IANA name", where="zone"),
)


def test_a_policy_error_lists_every_problem() -> None:
    error = PolicyError.of(PROBLEMS)

    assert error.problems == PROBLEMS
    assert error.code == "hours_empty"
    assert [str(problem) for problem in PROBLEMS] == str(error).splitlines()[1:]
    copied = pickle.loads(pickle.dumps(error))
    assert str(error) == str(copied)
    assert [str(problem) for problem in PROBLEMS] == [str(problem) for problem in copied.problems]


def test_a_policy_error_of_one_problem_is_that_problem() -> None:
    assert str(PROBLEMS[0]) == str(PolicyError.of(PROBLEMS[:1]))


def test_a_policy_error_keeps_its_problems_when_it_is_said_of_a_place_further_out() -> None:
    moved = PolicyError.of(PROBLEMS).at("support.toml")

    assert isinstance(moved, PolicyError)
    assert [p.where for p in moved.problems] == ["support.toml: calendars.office.hours", "support.toml: zone"]


def test_equal_errors_are_one_in_a_set() -> None:
    same = [PolicyError("date_invalid", "this is not a date", given="x") for _ in range(2)]

    assert len({*same}) == 1
    assert len({*same, PolicyError("date_invalid", "this is not a date", given="y")}) == 2
