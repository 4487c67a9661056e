"""The grammar of opening_hours: what it is not, with the place of the first thing that does not fit."""

from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop.osm.grammar import read_rules
from tests.refusals import Refusal, check

INVALID: Final = sla.InteropError, "import_value_invalid"
MANY_DATES: Final = (
    ",".join(f"Jan {day}" for day in range(1, 29))
    + " "
    + ",".join(f"{day}[{number}]" for day in ("Mo", "Tu", "We", "Th", "Fr") for number in range(1, 6))
)  # 28 dates, each with 25 days


def attempt(text: str) -> Any:
    return lambda: read_rules(text)


REFUSALS: Final = [
    # what the specification and the page of the key name as wrong
    Refusal(attempt("7/8-23"), *INVALID, "character 1", "'7'", "a rule, such as"),
    Refusal(attempt("0600-1800"), *INVALID, "character 1", "'0600'", "1900"),
    Refusal(attempt("07;00-2;00pm"), *INVALID, "character 1", "'07'", "a rule, such as"),
    Refusal(attempt("08.00-16.00"), *INVALID, "character 3", "'.00-16.00'", "times such as 09:00-17:00"),
    Refusal(attempt("09:00-21:00 TEL/072(360)3200"), *INVALID, "character 13", "'TEL'", "; before another"),
    Refusal(attempt("10:00 - 13:30 / 17:00 - 20:30 Mo"), *INVALID, "character 23", "'-'", "; before another"),
    Refusal(attempt("Dining in: 6am to 11pm; Drive thru: 24/7"), *INVALID, "character 1", "'Dining'", "a rule, such as"),
    Refusal(attempt("MWThF: 1200-1800; SaSu: 1200-1700"), *INVALID, "character 1", "'MWThF'", "a rule, such as"),
    Refusal(attempt("April-September 09:00-17:00"), *INVALID, "character 1", "'April'", "Apr"),
    Refusal(attempt("Monday-Friday 09:00-17:00"), *INVALID, "character 1", "'Monday'", "Mo"),
    Refusal(attempt("mo-fr 09:00-17:00"), *INVALID, "character 1", "'mo'", "Mo"),
    Refusal(attempt("Mo-Fr: 09:00-17:00"), *INVALID, "character 6", "':'", "; before another"),
    Refusal(attempt("Mo-Fr 9am-5pm"), *INVALID, "character 7", "'9'", "09:00-17:00"),
    Refusal(attempt("Mo-Fr 09:00-17:00 Sa 09:00-12:00"), *INVALID, "character 19", "'Sa'", "; before another"),
    Refusal(attempt("Mo-Fr 09:00-17:00; Sa 09:00-12:00 und nach Vereinbarung"), *INVALID, "character 35", "'und'", "; before another"),
    # rules
    Refusal(attempt(""), *INVALID, "character 1", "''", "a rule, such as"),
    Refusal(attempt("Mo 09:00-17:00;"), *INVALID, "character 16", "''", "a rule, such as"),
    Refusal(attempt("Mo 09:00-17:00;; Tu off"), *INVALID, "character 16", "';'", "a rule, such as"),
    Refusal(attempt("Mo off; Dec 24,31 off"), *INVALID, "character 15", "','", "Dec 24,Dec 31"),
    Refusal(attempt("PH,Dec 27-30 off"), *INVALID, "character 3", "','", "make no list together"),
    Refusal(attempt("Dec 27-30,PH off"), *INVALID, "character 10", "','", "make no list together"),
    Refusal(attempt("week 10 Mo[1] off"), *INVALID, "character 1", "'week'", "weeks or Easter, or numbered weekdays"),
    Refusal(attempt('Mo off "rest'), *INVALID, "character 8", "rest", "days, dates, times"),
    Refusal(attempt("x" * 1_001), *INVALID, "", "xxx", "at most 1000 characters"),
    Refusal(attempt(f"{MANY_DATES} off; {MANY_DATES} off"), sla.InteropError, "import_too_much", "", "", "at most 1000"),
    # times
    Refusal(attempt("Mo 24:00-26:00"), *INVALID, "character 4", "'24:00'", "begins before 24:00"),
    Refusal(attempt("Mo 10:00-49:00"), *INVALID, "character 10", "'49:00'", "from 00:00 to 48:00"),
    Refusal(attempt("Mo 10:60-12:00"), *INVALID, "character 4", "'10:60'", "from 00:00 to 48:00"),
    Refusal(attempt("Mo 10:00-"), *INVALID, "character 10", "''", "a time such as 09:00"),
    Refusal(attempt("Mo 10:00-12:00/x"), *INVALID, "character 16", "'x'", "/01:30"),
    Refusal(attempt("Mo (sunset)-12:00"), *INVALID, "character 11", "')'", "(sunset+01:00)"),
    Refusal(attempt("Mo (noon+01:00)-12:00"), *INVALID, "character 5", "'noon'", "sunrise"),
    Refusal(attempt("Mo (sunset+01:00-12:00"), *INVALID, "character 17", "'-'", ")"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_place_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Mo-Fr 9:00 - 17:00", "Mo-Fr 09:00-17:00"),
        ("  Mo - Fr\t09:00-17:00\n", "Mo-Fr 09:00-17:00"),
        ("Mo-Fr 09:00-17:00 open", "Mo-Fr 09:00-17:00"),
        ("Mo-Fr closed", "Mo-Fr off"),
        ("Dec: 09:00-17:00", "Dec 09:00-17:00"),
        ("Mo-Fr", "Mo-Fr 00:00-24:00"),
        ("Mo,Tu,We 09:00-12:00", "Mo-We 09:00-12:00"),
    ],
)
def test_what_may_be_written_in_two_ways(text: str, same: str) -> None:
    def told(text: str) -> list[object]:
        return [rule._replace(place="") for rule in read_rules(text).rules]

    assert told(text) == told(same)


def test_a_comma_before_times_goes_on_and_before_days_begins_a_rule() -> None:
    rules = read_rules("Mo 09:00-12:00, 13:00-17:00, Tu 10:00-11:00, PH off").rules
    assert [(rule.place, rule.adds, rule.opens, len(rule.windows)) for rule in rules] == [
        ("character 1", False, True, 2), ("character 30", True, True, 1), ("character 46", True, False, 1),
    ]  # fmt: skip
