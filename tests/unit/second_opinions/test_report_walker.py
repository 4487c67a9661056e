"""The second opinion on the report is checked by hand, piece by piece, before anything is compared with it."""

import ast
import csv
import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import report_walker
from tests.helpers import REAL_LOG as LOG
from tests.report_walker import (
    HOUR,
    MINUTE,
    ROME,
    SECOND,
    Metric,
    Outcome,
    Ticket,
    Walk,
    WalkedMiss,
    WalkedReport,
    WalkedRow,
    easter,
    is_open,
    italian_holidays,
    nearest_rank,
    read_log,
    walk_report,
    worst,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

WALK = Walk()


def rome(text: str) -> int:
    """Microseconds since 1970 of a wall time in Rome."""
    return (datetime.fromisoformat(text).replace(tzinfo=ROME).astimezone(UTC) - EPOCH) // timedelta(microseconds=1)


def shown(at: int) -> str:
    return (
        (EPOCH + timedelta(microseconds=at))
        .astimezone(ROME)
        .strftime("%a %Y-%m-%d %H:%M:%S.%f")
        .removesuffix(".000000")
    )


def test_it_imports_the_standard_library_only() -> None:
    tree = ast.parse(Path(report_walker.__file__).read_text(encoding="utf-8"))
    names = {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert set() == {name.split(".")[0] for name in names} - sys.stdlib_module_names


# ---------------------------------------------------------------- holidays


@pytest.mark.parametrize(
    ("expected", "why"),
    [
        (date(2010, 4, 4), "as in every printed calendar, like the next four"),
        (date(2011, 4, 24), "very late"),
        (date(2012, 4, 8), ""),
        (date(2013, 3, 31), "on the day of the clock change"),
        (date(2014, 4, 20), ""),
        (date(2008, 3, 23), "full moon on the earliest day but one"),
        (date(1981, 4, 19), "the moon of day 29 is moved: not a week later"),
        (date(1954, 4, 18), "the moon of day 28 is moved in the late part of the cycle: not a week later"),
        (date(2038, 4, 25), "the latest date there is"),
    ],
    ids=str,
)
def test_easter(expected: date, why: str) -> None:
    assert expected == easter(expected.year), why


def test_the_holidays_of_2011_have_the_anniversary_and_a_liberation_day_on_easter_monday() -> None:
    expected = {
        date(2011, *month_and_day)
        for month_and_day in (
            (1, 1),
            (1, 6),
            (3, 17),
            (4, 24),
            (4, 25),
            (5, 1),
            (6, 2),
            (8, 15),
            (11, 1),
            (12, 8),
            (12, 25),
            (12, 26),
        )
    }
    assert expected == italian_holidays(2011)


@pytest.mark.parametrize("year", [2010, 2012, 2013, 2014])
def test_17_march_is_a_working_date_in_other_years(year: int) -> None:
    assert date(year, 3, 17) not in italian_holidays(year)
    assert len(italian_holidays(year)) == 12


# ---------------------------------------------------------------- open time


@pytest.mark.parametrize(
    ("expected", "local"),
    [
        (False, "2012-10-08 08:59"),
        (True, "2012-10-08 09:00"),
        (True, "2012-10-08 12:59"),
        (False, "2012-10-08 13:00"),
        (False, "2012-10-08 13:59"),
        (True, "2012-10-08 14:00"),
        (True, "2012-10-08 17:59"),
        (False, "2012-10-08 18:00"),
        (False, "2012-10-06 10:00"),  # a Saturday
        (False, "2012-10-07 10:00"),
        (False, "2012-04-09 10:00"),  # Easter Monday
        (False, "2011-03-17 10:00"),  # a Thursday
        (True, "2011-03-18 10:00"),
    ],
)
def test_a_minute_is_open_or_closed(expected: bool, local: str) -> None:
    assert expected == is_open(datetime.fromisoformat(local))


@pytest.mark.parametrize(
    ("days", "year", "why"),
    [
        (261 - 6, 2010, "on weekdays: 1 and 6 Jan, 5 Apr, 2 Jun, 1 Nov, 8 Dec"),
        (260 - 8, 2011, "on weekdays: 6 Jan, 17 Mar, 25 Apr (two in one), 2 Jun, 15 Aug, 1 Nov, 8 and 26 Dec"),
        (261 - 8, 2012, "on weekdays: 6 Jan, 9 and 25 Apr, 1 May, 15 Aug, 1 Nov, 25 and 26 Dec"),
        (261 - 8, 2013, "on weekdays: 1 Jan, 1 and 25 Apr, 1 May, 15 Aug, 1 Nov, 25 and 26 Dec"),
        (261 - 10, 2014, "on weekdays: 1 and 6 Jan, 21 and 25 Apr, 1 May, 2 Jun, 15 Aug, 8, 25 and 26 Dec"),
    ],
)
def test_a_year_is_its_weekdays_without_holidays(days: int, year: int, why: str) -> None:
    first, last = ((rome(f"{y}-01-01 00:00") - WALK.start) // MINUTE for y in (year, year + 1))
    assert days * 8 * HOUR == WALK.total[last] - WALK.total[first], why


def test_the_walk_has_every_minute_of_five_years() -> None:
    days = 5 * 365 + 1
    assert days * 24 * 60 + 1 == len(WALK.total)


@pytest.mark.parametrize(
    ("expected", "start", "end", "why"),
    [
        (40 * HOUR, "2012-10-08 00:00", "2012-10-15 00:00", "five ordinary days of eight hours"),
        (32 * HOUR, "2012-04-09 00:00", "2012-04-16 00:00", "Easter Monday"),
        (32 * HOUR, "2012-04-23 00:00", "2012-04-30 00:00", "25 April on a Wednesday"),
        (32 * HOUR, "2011-03-14 00:00", "2011-03-21 00:00", "the anniversary on a Thursday"),
        (32 * HOUR, "2011-04-25 00:00", "2011-05-02 00:00", "two holidays on one Monday, and 1 May on a Sunday"),
        (40 * HOUR, "2012-03-19 00:00", "2012-03-26 00:00", "the clock goes forward on the Sunday"),
        (40 * HOUR, "2012-10-22 00:00", "2012-10-29 00:00", "the clock goes back on the Sunday"),
        (8 * HOUR, "2012-03-23 09:00", "2012-03-26 09:00", "Friday, and 71 hours on the wall"),
        (2 * MINUTE + 1, "2012-10-08 12:57:59.999999", "2012-10-08 13:00", "a microsecond and two minutes until lunch"),
        (0, "2012-10-08 13:00", "2012-10-08 13:59:59.999999", "lunch"),
        (1, "2012-10-08 13:59:30", "2012-10-08 14:00:00.000001", "a microsecond after lunch"),
        (30 * SECOND, "2012-10-08 10:00:45", "2012-10-08 10:01:15", "across a minute"),
        (10 * SECOND + 500_000, "2012-10-08 10:00:05.250", "2012-10-08 10:00:15.750", "within a minute"),
    ],
)
def test_open_time(expected: int, start: str, end: str, why: str) -> None:
    assert expected == WALK.open_between(rome(start), rome(end)), why


@pytest.mark.parametrize("at", ["2009-12-31 23:59:59.999999", "2015-01-01 00:00"])
def test_an_instant_outside_the_walk_is_refused(at: str) -> None:
    with pytest.raises(ValueError, match="outside 2010 to 2014"):
        WALK.open_until(rome(at))


# ---------------------------------------------------------------- due


@pytest.mark.parametrize(
    ("expected", "received", "target", "why"),
    [
        ("Mon 2012-10-15 12:00:30", "2012-10-12 17:00:30", 4 * HOUR, "59:30 on Friday, 3:00:30 on Monday"),
        (
            "Thu 2012-04-26 15:00:00",
            "2012-04-24 15:00",
            8 * HOUR,
            "three hours on Tuesday, none on 25 April, four and one on Thursday",
        ),
        ("Thu 2012-04-26 10:00:00", "2012-04-25 11:00", 1 * HOUR, "received on the holiday"),
        ("Tue 2012-04-10 12:30:00", "2012-04-06 17:30", 4 * HOUR, "Good Friday is open, Easter Monday is not"),
        ("Fri 2012-10-12 18:00:00", "2012-10-12 09:00", 8 * HOUR, "exactly the day: at closing, not on Monday"),
        ("Fri 2012-10-12 18:00:00", "2012-10-12 07:12:34", 8 * HOUR, "the same from before opening"),
        ("Fri 2012-10-12 18:00:00", "2012-10-11 18:00", 8 * HOUR, "the same from the close before"),
        ("Fri 2012-10-12 13:00:00", "2012-10-12 12:00", 1 * HOUR, "exactly until lunch"),
        (
            "Fri 2012-10-12 14:00:00.000001",
            "2012-10-12 12:00:00.000001",
            1 * HOUR,
            "all but a microsecond before lunch",
        ),
        ("Mon 2012-10-15 10:00:00", "2012-10-13 03:04:05.678", 1 * HOUR, "the seconds of a Saturday do not count"),
        ("Wed 2012-10-10 10:20:30.400500", "2012-10-10 09:20:30.400500", 1 * HOUR, "fractions are kept"),
        (
            "Mon 2012-10-15 18:00:00",
            "2012-10-08 18:00",
            40 * HOUR,
            "five days after Monday's close: the next Monday's close",
        ),
        ("Mon 2012-03-26 10:00:00", "2012-03-23 17:00", 2 * HOUR, "across the clock change of spring"),
        ("Mon 2012-10-29 10:00:00", "2012-10-26 17:00", 2 * HOUR, "across the clock change of autumn"),
        (
            "Mon 2010-12-20 13:00:00",
            "2010-12-06 13:00",
            72 * HOUR,
            "4 h on Monday, 8 h on each of eight days without 8 December, 4 h on the last Monday",
        ),
    ],
)
def test_due(expected: str, received: str, target: int, why: str) -> None:
    assert expected == shown(WALK.due(rome(received), target)), why


@given(
    received=st.integers(rome("2010-01-01 00:00"), rome("2014-06-30 00:00")),
    target=st.integers(1, 120 * HOUR),
)
@settings(max_examples=150, deadline=None)
def test_due_is_the_earliest_instant_with_the_amount(received: int, target: int) -> None:
    due = WALK.due(received, target)
    assert target == WALK.open_between(received, due)
    assert target - 1 == WALK.open_between(received, due - 1)


def test_a_due_that_is_never_reached_is_refused() -> None:
    assert rome("2014-12-31 18:00") == WALK.due(rome("2014-12-31 17:00"), HOUR)
    with pytest.raises(ValueError, match="not reached in 2014"):
        WALK.due(rome("2014-12-31 17:00"), HOUR + 1)


# ---------------------------------------------------------------- ranks and the worst


@pytest.mark.parametrize(
    ("expected", "count", "percent"),
    [
        (None, 0, 50),
        (1, 1, 50),
        (1, 1, 90),
        (1, 2, 50),  # never an average
        (2, 2, 90),
        (2, 3, 50),
        (5, 10, 50),
        (9, 10, 90),
        (10, 11, 90),  # ceil(9.9)
        (18, 20, 90),
        (19, 21, 90),  # ceil(18.9)
    ],
)
def test_nearest_rank(expected: int | None, count: int, percent: int) -> None:
    assert expected == nearest_rank(range(count, 0, -1), percent=percent)


def test_the_worst_ten_are_by_open_time_then_wall_time_then_case_id() -> None:
    def breached(case_id: str, overdue_by_open: int, overdue_by: int) -> Outcome:
        ticket = Ticket(case_id, "Value 2", 0, {})
        return Outcome(ticket, "resolution", 1, None, "breached", None, None, overdue_by_open, overdue_by)

    met = Outcome(Ticket("met", "Value 2", 0, {}), "resolution", 1, 1, "met", 1, 1, 0, 0)
    expected = ["most open", "most wall", "a", "b", *(f"rest {i}" for i in range(6))]
    given_outcomes = [
        *(breached(f"rest {i}", 0, 5) for i in (6, 5, 4, 3, 2, 1, 0)),
        met,
        breached("b", 5, 6),
        breached("a", 5, 6),
        breached("most wall", 5, 9),
        breached("most open", 6, 6),
    ]
    assert expected == [breach.case_id for breach in worst(given_outcomes)]


# ---------------------------------------------------------------- the log


HEADER = ("Case ID", "Activity", "Complete Timestamp", "Variant", "service_level", "Variant", "service_level")
Row = tuple[str, str, str, str]


def write_log(folder: Path, rows: Iterable[Row]) -> Path:
    path = folder / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(
            (case_id, activity, at, "a, b", priority, "c", "the second of its name")
            for case_id, activity, at, priority in rows
        )
    return path


@pytest.mark.parametrize(
    ("expected", "wall_time", "why"),
    [
        (datetime(2012, 10, 9, 12, 50, 17, 250_000, tzinfo=UTC), "2012/10/09 14:50:17.250", "summer time"),
        (datetime(2012, 10, 28, 0, 30, tzinfo=UTC), "2012/10/28 02:30:00.000", "twice: the first"),
        (
            datetime(2012, 3, 25, 1, 30, tzinfo=UTC),
            "2012/03/25 02:30:00.000",
            "in the gap: the clock of before, so 03:30 of after",
        ),
    ],
)
def test_a_wall_time_is_read_in_rome(tmp_path: Path, expected: datetime, wall_time: str, why: str) -> None:
    tickets, as_of = read_log(write_log(tmp_path, [("T-1", "Closed", wall_time, "Value 1")]))
    assert (expected - EPOCH) // timedelta(microseconds=1) == tickets[0].received == as_of, why


def test_events_are_ordered_by_instant_then_place_in_the_file(tmp_path: Path) -> None:
    rows = [
        ("T-1", "Resolve ticket", "2012/10/10 12:00:00.000", "Value 4"),
        ("T-2", "Closed", "2012/10/09 09:00:00.000", "Value 1"),
        ("T-1", "Resolve ticket", "2012/10/10 11:00:00.000", "Value 4"),
        ("T-1", "Assign seriousness", "2012/10/10 10:00:00.000", "Value 3"),
        ("T-1", "Take in charge ticket", "2012/10/10 10:00:00.000", "Value 1"),
        ("T-1", "Take in charge ticket", "2012/10/10 10:30:00.000", "Value 2"),
    ]
    stops: dict[Metric, int] = {"first_response": rome("2012-10-10 10:00"), "resolution": rome("2012-10-10 11:00")}
    expected = [
        Ticket("T-1", "Value 3", rome("2012-10-10 10:00"), stops),
        Ticket("T-2", "Value 1", rome("2012-10-09 09:00"), {}),
    ]
    assert (expected, rome("2012-10-10 12:00")) == read_log(write_log(tmp_path, rows))


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> WalkedReport:
    """Four tickets; the log ends at the very due of T-2's resolution."""
    return walk_report(
        write_log(
            tmp_path_factory.mktemp("four_tickets"),
            [
                # Friday evening: first response due Mon 09:30, resolution due Mon 17:30
                ("T-1", "Assign seriousness", "2012/10/12 17:30:00.000", "Value 1"),
                ("T-1", "Take in charge ticket", "2012/10/15 09:30:00.000", "Value 2"),
                ("T-1", "Take in charge ticket", "2012/10/15 16:00:00.000", "Value 2"),
                ("T-1", "Resolve ticket", "2012/10/16 10:00:00.000", "Value 2"),
                # Tuesday before opening: resolution due 40 h later, Mon 22 Oct 18:00
                ("T-2", "Insert ticket", "2012/10/16 08:00:00.000", "Value 2"),
                ("T-2", "Take in charge ticket", "2012/10/16 08:00:00.000", "Value 1"),
                # Wednesday noon: first response due Thu 12:00
                ("T-3", "Wait", "2012/10/17 12:00:00.000", "Value 3"),
                # Sunday: first response due Mon 18:00
                ("T-4", "Insert ticket", "2012/10/21 10:00:00.000", "Value 9"),
                ("T-4", "Take in charge ticket", "2012/10/22 18:00:00.000", "Value 9"),
            ],
        )
    )


def test_the_report_is_as_of_the_latest_instant(report: WalkedReport) -> None:
    assert datetime(2012, 10, 22, 16, 0, tzinfo=UTC) == report.as_of


@pytest.mark.parametrize(
    "expected",
    [
        WalkedRow("Value 1", "first_response", 1, 1, 0, 0, 1 * HOUR, 1 * HOUR, 64 * HOUR, 64 * HOUR),
        WalkedRow("Value 1", "resolution", 1, 0, 1, 0, 570 * MINUTE, 570 * MINUTE, 5310 * MINUTE, 5310 * MINUTE),
        WalkedRow("Value 2", "first_response", 1, 1, 0, 0, 0, 0, 0, 0),
        WalkedRow("Value 2", "resolution", 1, 0, 0, 1, None, None, None, None),
        WalkedRow("Value 3", "first_response", 1, 0, 1, 0, None, None, None, None),
        WalkedRow("Value 3", "resolution", 1, 0, 0, 1, None, None, None, None),
        WalkedRow("Value 9", "first_response", 1, 1, 0, 0, 8 * HOUR, 8 * HOUR, 32 * HOUR, 32 * HOUR),
        WalkedRow("Value 9", "resolution", 1, 0, 0, 1, None, None, None, None),
        WalkedRow("all", "first_response", 4, 3, 1, 0, 1 * HOUR, 8 * HOUR, 32 * HOUR, 64 * HOUR),
        WalkedRow("all", "resolution", 4, 0, 1, 3, 570 * MINUTE, 570 * MINUTE, 5310 * MINUTE, 5310 * MINUTE),
    ],
    ids=lambda row: f"{row.priority} {row.metric}",
)
def test_the_rows_of_the_report(report: WalkedReport, expected: WalkedRow) -> None:
    assert expected == report.row(expected.priority, expected.metric)


def test_attainment_is_of_the_decided_tickets(report: WalkedReport) -> None:
    assert Fraction(3, 4) == report.row("all", "first_response").attainment
    assert Fraction(0) == report.row("all", "resolution").attainment
    assert report.row("Value 9", "resolution").attainment is None


def test_the_breaches_of_the_report(report: WalkedReport) -> None:
    expected = {
        # Thu 12:00 to Mon 18:00: five hours, and two days of eight
        "first_response": (WalkedMiss("T-3", datetime(2012, 10, 18, 10, 0, tzinfo=UTC), None, 21 * HOUR, 102 * HOUR),),
        # Mon 17:30 to Tue 10:00
        "resolution": (
            WalkedMiss(
                "T-1",
                due=datetime(2012, 10, 15, 15, 30, tzinfo=UTC),
                stop=datetime(2012, 10, 16, 8, 0, tzinfo=UTC),
                overdue_by_open=90 * MINUTE,
                overdue_by=990 * MINUTE,
            ),
        ),
    }
    assert expected == report.worst


@pytest.mark.skipif(not LOG.exists(), reason="the real log is not part of the project")
def test_the_real_log_has_the_tickets_that_its_notes_count() -> None:
    tickets, as_of = read_log(LOG)
    expected = (4580, (2014, 1))
    latest = datetime.fromtimestamp(as_of // SECOND, ROME)
    assert expected == (len(tickets), (latest.year, latest.month))
