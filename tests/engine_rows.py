"""What every engine is asked: random tickets of several offices, and the library's answers.

The SQL is that of docs/how-to/sql-engines.md, read from the page.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

import slacalc as sla
from slacalc.columns.tables import Table, Tables

ROWS: Final = 100_000
HOUR: Final = 3_600_000_000
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
START: Final = datetime(2024, 1, 1, tzinfo=UTC)
END: Final = datetime(2029, 1, 1, tzinfo=UTC)
COLUMNS: Final = ("id", "calendar", "received", "replied", "amount")

DAYS: Final = {"business_hours": "24h"}
OFFICES: Final = {
    1: sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-12:00 13:00-17:00; Sat 09:00-12:00"),
    2: sla.Calendar("America/New_York", "Mon-Sun 22:00-06:00", special_days={"2026-11-26": "closed"}),
    3: sla.Calendar("Europe/Berlin", "24/7"),
}


DESK: Final = sla.policy_from_data(
    {
        "name": "desk",
        "calendars": {"office": {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {
                "name": priority or "others",
                "when": {"priority": priority} if priority else {},
                "calendar": "office",
                "metrics": {"first_response": {"due": {"business_hours": hours}}, "resolution": {"due": DAYS}},
            }
            for priority, hours in (("high", "2h"), ("", "6h"))
        ],
    }
)
MAPPING: Final = sla.LogMapping(
    "ticket",
    "at",
    "activity",
    fields=(("priority", "priority"),),
    events=(
        ("replied", "agent_message"),
        ("waits", "paused_until_next"),
        ("solved", "solved"),
        ("reopened", "reopened"),
    ),
)
UNTIL: Final = datetime(2026, 12, 31, tzinfo=UTC)


class Tickets(NamedTuple):
    """Tickets as columns, in microseconds, and what the library answers for each."""

    columns: dict[str, list[int]]
    due: list[int]
    elapsed: list[int]


def sql(name: str, division: str) -> str:
    """The query of the page, with an engine's sign of whole division."""
    page = (Path(__file__).parents[1] / "docs/how-to/sql-engines.md").read_text(encoding="utf-8")
    found = re.search(rf'```sql title="{name}\.sql"\n(.*?)```', page, re.DOTALL)
    assert found is not None
    return found[1].replace("//", division)


@lru_cache
def tickets(rows: int = ROWS) -> Tickets:
    """Random tickets, many on a boundary or a microsecond beside it, with amounts of zero and whole days among them."""
    random = Random(20261120)  # noqa: S311 - a workload, not a secret
    span = (datetime(2028, 6, 1, tzinfo=UTC) - START) // timedelta(microseconds=1)
    drawn: dict[str, list[int]] = {name: [] for name in COLUMNS}
    due, elapsed = [], []
    for number in range(rows):
        calendar = random.choice((1, 2, 3))
        received, replied = (_instant(random, span) for _ in range(2))
        amount = random.choice((0, 1, 8 * HOUR, 40 * HOUR, random.randrange(200 * HOUR)))
        for name, value in zip(COLUMNS, (number, calendar, received, replied, amount), strict=True):
            drawn[name].append(value)
        office, start = OFFICES[calendar], _at(received)
        due.append(_us(office.add(start, timedelta(microseconds=amount))))
        elapsed.append(office.elapsed(start, _at(replied)) // timedelta(microseconds=1))
    return Tickets(drawn, due, elapsed)


def shared_tables() -> dict[str, Table]:
    """The tables of all offices under one another."""
    parts = [_tables(number) for number in OFFICES]
    return {
        name: {key: tuple(value for part in parts for value in dict(part.items())[name][key]) for key in table}
        for name, table in parts[0].items()
    }


def _tables(number: int) -> Tables:
    return OFFICES[number].to_tables(START, END, calendar=number, width=timedelta(hours=1))


def in_order(answers: list[Any]) -> list[int]:
    """The second value of each row, in the order of the first."""
    return [value for _, value in sorted(tuple(row) for row in answers)]


def _instant(random: Random, span: int) -> int:
    at = _us(START) + random.randrange(span)
    return at // HOUR * HOUR + random.choice((0, 1, -1)) if random.random() < 1 / 3 else at


def _at(us: int) -> datetime:
    return EPOCH + timedelta(microseconds=us)


def _us(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


@lru_cache
def log(count: int = 2_000) -> dict[str, list[Any]]:
    """A log in the order of time: tickets that are answered, wait, are solved and opened again, or just come in."""
    random = Random(20261121)  # noqa: S311 - a workload, not a secret
    rows = []
    for number in range(count):
        at = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=random.randrange(500_000))
        priority = random.choice(("high", "low"))
        happened = random.choices(("replied", "waits", "solved", "reopened", "looked at"), k=random.randrange(6))
        for activity in ("opened", *happened):
            rows.append((at, f"T{number}", activity, priority))
            at += timedelta(minutes=random.randrange(1, 5_000))
    rows.sort()
    return dict(zip(("at", "ticket", "activity", "priority"), map(list, zip(*rows, strict=True)), strict=True))


def done(count: int = 2_000) -> dict[str, list[Any]]:
    """Tickets, a row for each: received, of a priority, and answered and solved or not."""
    random = Random(20261122)  # noqa: S311 - the same
    columns: dict[str, list[Any]] = {name: [] for name in ("ticket", "received", "priority", *DESK.metrics)}
    for number in range(count):
        received = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=random.randrange(500_000))
        later = sorted(received + timedelta(minutes=random.randrange(20_000)) for _ in range(2))
        told = [moment if random.random() < 0.8 else None for moment in later]
        for name, value in zip(columns, (f"T{number}", received, random.choice(("high", "low")), *told), strict=True):
            columns[name].append(value)
    return columns
