"""Years, dates, weeks and days of a rule: what they name, and what they cannot be."""

from datetime import date
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop.osm.grammar import read_rules
from tests.refusals import Refusal, check

INVALID: Final = sla.InteropError, "import_value_invalid"


def dates(text: str, first: date, last: date) -> list[str]:
    """The dates that a rule names, weekdays too; none is a holiday."""
    (rule,) = read_rules(f"{text} 10:00-12:00").rules
    days = (date.fromordinal(ordinal) for ordinal in range(first.toordinal(), last.toordinal() + 1))
    return [
        f"{day:%Y-%m-%d}"
        for day in days
        if any(clause.has(day) and clause.is_of(day.weekday(), holiday=False) for clause in rule.clauses)
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Dec 24", ["2026-12-24", "2027-12-24"]),
        ("Dec 24-25", ["2026-12-24", "2026-12-25", "2027-12-24", "2027-12-25"]),
        ("Dec 31-Jan 1", ["2026-01-01", "2026-12-31", "2027-01-01", "2027-12-31"]),
        ("2026 Dec 24", ["2026-12-24"]),
        ("2026 Dec 24,Dec 31", ["2026-12-24", "2026-12-31"]),
        ("2026 Dec 24,2027 Jan 2", ["2026-12-24", "2027-01-02"]),
        ("2026 Dec 31-2027 Jan 1", ["2026-12-31", "2027-01-01"]),
        ("2026,2027 Dec 31-Jan 1", ["2026-01-01", "2026-12-31", "2027-01-01", "2027-12-31"]),
        ("2027+ Dec 24", ["2027-12-24"]),
        ("2025-2031/2 Dec 24", ["2027-12-24"]),
        ("2026 Feb Su", ["2026-02-01", "2026-02-08", "2026-02-15", "2026-02-22"]),
        ("2026 Nov-2027 Feb We[-1]", ["2026-11-25", "2026-12-30", "2027-01-27", "2027-02-24"]),
        ("2026 Feb-2026 Mar Su[1]", ["2026-02-01", "2026-03-01"]),
        ("easter", ["2026-04-05", "2027-03-28"]),
        ("easter -2 days", ["2026-04-03", "2027-03-26"]),
        ("2026 easter -1 day-easter +1 day", ["2026-04-04", "2026-04-05", "2026-04-06"]),
        ("week 53 Mo", ["2026-12-28"]),
        ("week 1 Mo", ["2027-01-04"]),
        ("2026 week 1-5/2,7 Fr", ["2026-01-02", "2026-01-16", "2026-01-30", "2026-02-13"]),
        ("2026 Nov Fr[1,-1]", ["2026-11-06", "2026-11-27"]),
        ("2026 Nov Fr[2-3]", ["2026-11-13", "2026-11-20"]),
        ("2026 Nov Sa[5],Mo[5]", ["2026-11-30"]),
        ("2026 Nov 2-8 Sa-Mo", ["2026-11-02", "2026-11-07", "2026-11-08"]),
        ("2026 Nov 2-8 PH,We", ["2026-11-04"]),
        ("2026 Nov 2-8 PH We", []),
    ],
)
def test_the_dates_of_2026_and_2027_by_hand(text: str, named: list[str]) -> None:
    assert dates(text, date(2026, 1, 1), date(2027, 12, 31)) == named


@pytest.mark.parametrize(("year", "last"), [(2100, 28), (2027, 28), (2028, 29), (2000, 29)])
def test_a_range_to_february_has_its_last_date(year: int, last: int) -> None:
    named = dates(f"{year - 1} Dec-{year} Feb", date(year, 2, 27), date(year, 3, 1))
    assert named == [f"{year}-02-{day}" for day in range(27, last + 1)]


def attempt(text: str) -> Any:
    return lambda: read_rules(f"{text} off")


REFUSALS: Final = [
    Refusal(attempt("2026-2025 Mo"), *INVALID, "character 1", "'2026'", "2026-2028"),
    Refusal(attempt("1899 Mo"), *INVALID, "character 1", "'1899'", "from 1900 to 2200"),
    Refusal(attempt("week 50-2 Mo"), *INVALID, "character 6", "'50'", "week 50-53,1-2"),
    Refusal(attempt("week 54 Mo"), *INVALID, "character 6", "'54'", "from 1 to 53"),
    Refusal(attempt("week 10 easter"), *INVALID, "character 9", "'easter'", "easter"),
    Refusal(attempt("easter week 10"), *INVALID, "character 1", "'easter'", "weeks, or Easter"),
    Refusal(attempt("Feb 30"), *INVALID, "character 5", "'30'", "from 1 to 29"),
    Refusal(attempt("2027 Feb 29"), *INVALID, "character 6", "'Feb'", "a date of the year"),
    Refusal(attempt("Dec 26-24"), *INVALID, "character 8", "'24'", "Dec 24-Jan 2"),
    Refusal(attempt("Dec 24-Jan"), *INVALID, "character 8", "'Jan'", "Jan 1-Mar 15"),
    Refusal(attempt("2026 Dec 24-Jan 2"), *INVALID, "character 6", "'Dec'", "2026 Dec 24-2027 Jan 2"),
    Refusal(attempt("Dec 24-2027 Jan 2"), *INVALID, "character 1", "'Dec'", "2026 Dec 24-2027 Jan 2"),
    Refusal(attempt("2027 Dec 24-2026 Jan 2"), *INVALID, "character 6", "'Dec'", "ends after it begins"),
    Refusal(attempt("2026 Dec 24,2027 Jan 2,Feb 3"), *INVALID, "character 24", "'Feb'", "the year before it, too"),
    Refusal(attempt("easter +1 day-easter -1 day"), *INVALID, "character 1", "'easter'", "ends after it begins"),
    Refusal(attempt("Mo[6]"), *INVALID, "character 4", "'6'", "from 1 to 5"),
    Refusal(attempt("Mo[2-1]"), *INVALID, "character 4", "'2'", "[1-2]"),
    Refusal(attempt("Mo[1"), *INVALID, "character 6", "'off'", "]"),
    Refusal(attempt("Su-Mo[1]"), *INVALID, "character 6", "'['", "; before another"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_place_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)
