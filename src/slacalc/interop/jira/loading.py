"""Calendars and goals of Jira Service Management, data center, as a policy: from rows of its tables.

Facts of the format (a public schema of the database, and Atlassian's pages on SLA calendars, 2026): working times and
targets are in milliseconds; a holiday may recur on its day of every year; a goal without a calendar counts around the
clock. Of each SLA the goals are tried by their position, and the first whose JQL fits counts; the last is for all the
rest. The cloud has no interface for any of this.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import Spans, union
from slacalc.calendars.hours import DAY_NAMES, format_windows
from slacalc.errors import InteropError
from slacalc.errors import Path as Keys
from slacalc.interop.goals import Goal, rules_of
from slacalc.interop.imported import Imported, Loss
from slacalc.interop.jira.answers import TABLES, answers_in
from slacalc.interop.jira.jql import read_jql
from slacalc.interop.jira.metric_names import metric_named
from slacalc.interop.parts import Part, documents_in, read_each, unique_names
from slacalc.policies.loading import policy_from_data

__all__ = ["load"]

_CALENDAR, _WORKING_TIME, _HOLIDAY, _METRIC, _GOAL, _CONDITION = TABLES
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ALWAYS: Final = "24/7"
_MINUTES_OF_A_DAY: Final = 24 * 60
_DAY_MILLIS: Final = 1000 * DAY_SECONDS
_ALMOST_MIDNIGHT: Final = (_DAY_MILLIS - 60_000, _DAY_MILLIS - 1_000)
_MOST_MILLIS: Final = 10**12


def load(source: object, *, lossy: bool = False) -> Imported:
    """Return the calendars and goals of the tables of data center as a policy.

    `source` is parsed JSON, a file or a folder of files, with lists of rows under the names of their tables:
    `AO_7A2604_CALENDAR`, `_WORKINGTIME`, `_HOLIDAY`, `AO_54307E_GOAL`, `_TIMEMETRIC`, `_METRICCONDITION`. Raises
    InteropError for what cannot be read, and for what would change due times, unless that is wanted: `lossy`.
    """
    tables = _tables(documents_in(source))
    calendars = {row["ID"].text(): _calendar(row, tables) for row in tables[_CALENDAR]}
    names = unique_names({row["ID"].text(): row["NAME"].text() for row in tables[_CALENDAR]})
    metrics = unique_names({row["ID"].text(): metric_named(row["NAME"].text()) for row in tables[_METRIC]})
    read = read_each(sorted(tables[_GOAL], key=_position), lambda row: _goal(row, metrics, names))
    losses = [*_last_minutes(tables[_WORKING_TIME]), *_of_no_calendar(tables), *_conditions_lost(tables, metrics)]
    losses += [each for each in read if isinstance(each, Loss)]
    goals: dict[str, list[Goal]] = {}
    for each in read:
        if isinstance(each, Goal):
            goals.setdefault(each.metric, []).append(each)
    tables_of = {names[number]: table for number, table in calendars.items()}
    policy = policy_from_data(_policy(tables_of, goals), where="Jira")
    origins: list[tuple[Keys, str]] = [
        (("calendars", names[row["ID"].text()]), f"calendar {row['ID'].text()} ({row.place})")
        for row in tables[_CALENDAR]
    ]
    return Imported("Jira", policy, tuple(losses), tuple(origins)).agreed(lossy=lossy)


def _tables(documents: Iterable[Part]) -> Mapping[str, list[Part]]:
    """Return the rows of each table. Raises InteropError for a document of another kind, and without any table."""
    found = answers_in(documents).tables
    if not found[_CALENDAR] and not found[_GOAL]:
        raise InteropError(
            "import_nothing_there", "there is no calendar and no goal", accepts=f"{_CALENDAR}, {_GOAL}", where="source"
        )
    return found


def _calendar(row: Part, tables: Mapping[str, list[Part]]) -> dict[str, Any]:
    number = row["ID"].text()
    table: dict[str, Any] = {"zone": row["TIMEZONE"].zone(), "hours": _hours(row, _of(number, tables[_WORKING_TIME]))}
    dates: dict[str, list[str]] = {}
    yearly: dict[str, list[str]] = {}
    for each in _of(number, tables[_HOLIDAY]):
        day = each["DATE_STRING"].date()
        into, key = (yearly, f"{day:%m-%d}") if each["RECURRING"].truth() else (dates, day.isoformat())
        into.setdefault(key, []).append(each["NAME"].text())
    given = {"dates": dates, "yearly": yearly}
    if dates or yearly:
        table["holidays"] = {**{key: said for key, said in given.items() if said}, "source": f"Jira calendar {number}"}
    return table


def _of(calendar: str, rows: Iterable[Part]) -> list[Part]:
    return [row for row in rows if row["CALENDAR_ID"].text() == calendar]


def _hours(calendar: Part, rows: list[Part]) -> str:
    """Return the weekly hours of working times, in milliseconds: small numbers are refused, and not guessed at."""
    if rows and all(row["END_TIME"].whole(0, _DAY_MILLIS) <= _MINUTES_OF_A_DAY for row in rows):
        raise rows[0]["END_TIME"].misfit("milliseconds after midnight")
    windows: dict[int, Spans] = {}
    for weekday, window in read_each(rows, _window):
        windows[weekday] = union([*windows.get(weekday, ()), window])
    if not windows:
        raise calendar.refusal("import_never_opens", "this calendar never opens", accepts=f"rows in {_WORKING_TIME}")
    return "; ".join(f"{DAY_NAMES[weekday]} {format_windows(windows[weekday])}" for weekday in sorted(windows))


def _window(row: Part) -> tuple[int, tuple[int, int]]:
    start, end = (row[key].whole(0, _DAY_MILLIS) for key in ("START_TIME", "END_TIME"))
    if start >= end or start % 1000 or end % 1000:
        raise row.refusal(
            "import_interval_over_midnight",
            "a working time begins and ends on one date, at whole seconds",
            given=f"{start} to {end}",
            accepts="milliseconds after midnight, such as 32400000 to 61200000: 09:00 to 17:00",
        )
    return _DAYS.index(row["DAY"].word(*_DAYS)), (start // 1000, end // 1000)


def _last_minutes(rows: Iterable[Part]) -> Iterator[Loss]:
    for row in rows:
        if row["END_TIME"].value in _ALMOST_MIDNIGHT:
            yield Loss(
                "cosmetic", row["END_TIME"].place, "the working time ends a minute or a second before midnight",
                "the same: the rest of the date is closed, as it is there; check warns of it",
            )  # fmt: skip


def _of_no_calendar(tables: Mapping[str, list[Part]]) -> Iterator[Loss]:
    """Yield what is lost of rows whose calendar is not there."""
    known = {row["ID"].text() for row in tables[_CALENDAR]}
    for row in (*tables[_WORKING_TIME], *tables[_HOLIDAY]):
        if (number := row["CALENDAR_ID"]).text() not in known:
            yield Loss("cosmetic", number.place, f"no calendar has the id {number.text()}", "the row is left out")


def _conditions_lost(tables: Mapping[str, list[Part]], metrics: Mapping[str, str]) -> Iterator[Loss]:
    """Return what is lost of when clocks begin, pause and end: all of it that is not as of our metrics by default."""
    instead = "the clock lives like that of our metric: see the clocks of a policy"
    for row in tables[_CONDITION]:
        yield Loss("due_times", row.place, "a condition begins, pauses or ends the clock of an SLA", instead)
    if metrics and not tables[_CONDITION]:
        said = f"{_CONDITION} is not there: nobody says what begins, pauses and ends the clocks"
        yield Loss("reports", tables[_METRIC][0].place, said, instead)


def _position(row: Part) -> int:
    return row["POS"].whole(0, 10**6)


def _goal(row: Part, metrics: Mapping[str, str], calendars: Mapping[str, str]) -> Goal | Loss:
    """Return a goal; of one whose query conditions cannot say, that it is lost."""
    metric = _named(row["TIME_METRIC_ID"], metrics, _METRIC)
    calendar = _named(row["CALENDAR_ID"], calendars, _CALENDAR) if "CALENDAR_ID" in row else _ALWAYS
    query = "" if row.value.get("JQL_QUERY") in ("", None) else row["JQL_QUERY"].text()
    when = read_jql(query)
    if when is None:
        return Loss(
            "due_times", row["JQL_QUERY"].place, f"the query {query!r} chooses the tickets", "the goal is left out"
        )
    if "TARGET_DURATION" not in row:
        return Goal(when, metric, None)
    amount = format_amount(timedelta(milliseconds=row["TARGET_DURATION"].whole(0, _MOST_MILLIS)))
    return Goal(when, metric, {"due": {"business_hours": amount}, "calendar": calendar})


def _named(part: Part, names: Mapping[str, str], table: str) -> str:
    if part.text() not in names:
        raise part.refusal(
            "import_schedule_missing", "nothing has this id", given=part.text(), accepts=f"a row of {table} with it"
        )
    return names[part.text()]


def _policy(calendars: dict[str, dict[str, Any]], goals: Mapping[str, list[Goal]]) -> dict[str, Any]:
    """Return the data of the policy: a rule for each combination of goals, as each SLA chooses its own."""
    rules = rules_of(goals.values(), _GOAL) if goals else []
    used = {metric["calendar"] for rule in rules for metric in rule["metrics"].values()}
    if _ALWAYS in used or not calendars:
        calendars = {**calendars, _ALWAYS: {"zone": "UTC", "hours": "24/7"}}
    fields = dict.fromkeys(field for rule in rules for field in rule["when"])
    return {
        "name": "jira",
        "unmatched": "no_promise",
        "fields": {field: [] for field in fields},
        "calendars": calendars,
        "rules": rules or [{"name": "no goal", "metrics": {}}],
    }
