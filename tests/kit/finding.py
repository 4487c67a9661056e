"""What finds a planted mistake: the laws, the laws near dates, comparing with a calendar, tickets.

`python -m tests.kit.finding` writes the table of docs/trust.md anew, and `python -m tests.kit.finding KEPT` the line among
its figures, from what the sweep `kit` kept of its runs.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.calendars.open_time import OpenTime
from slacalc.testing.laws import OPEN_TIME_LAWS, PAUSE_LAWS
from slacalc.testing.strategies import FRIDAY, amounts, instants, instants_of, spans
from slacalc.testing.ticket_laws import TICKET_LAWS
from tests.kit import mistakes
from tests.kit.mistakes import METRIC_OF, NIGHTS, OF_NIGHTS, OF_TICKETS, OFFICE, RIGHT, Desk, NightDesk, TicketDesk

PAGE: Final = Path(__file__).parents[2] / "docs" / "trust.md"
TABLE: Final = re.compile(r"(?:^\| .*\n|^\|---.*\n)*(?=\nMade by `python -m tests\.kit\.finding`)", re.MULTILINE)
FIGURES: Final = re.compile(r"(?<=^\| Planted mistakes and right offices at random \| ).*(?= \|$)", re.MULTILINE)
OFFICES: Final = "right offices"
RUNS_OF_MISTAKES: Final = 20
RUNS_OF_OFFICES: Final = 200
AUTUMN: Final = datetime(2026, 10, 25, 1, tzinfo=UTC)
SPRING: Final = datetime(2027, 3, 28, 1, tzinfo=UTC)
YEAR_END: Final = datetime(2026, 12, 30, tzinfo=UTC)
LEAP_DAY: Final = datetime(2028, 2, 29, tzinfo=UTC)
DATES_OF_LAWS: Final = (AUTUMN, LEAP_DAY)
GOOD_DATES: Final = (FRIDAY, AUTUMN, SPRING, YEAR_END, LEAP_DAY)
WAYS: Final = ("laws", "laws near dates", "comparing", "tickets")
MISTAKES: Final = (
    *mistakes.OF_HOURS, *mistakes.OF_NIGHTS, *mistakes.OF_AMOUNTS, *mistakes.OF_PAUSES, *mistakes.OF_TICKETS,
)  # fmt: skip


def ways_of(mistake: str) -> dict[str, Callable[[], None]]:
    """The ways that apply to a mistake, by name: each raises AssertionError when it finds it."""
    if mistake in OF_TICKETS:
        return {"tickets": lambda: by_tickets(mistake)}
    desk, office = desk_of(mistake)
    return {
        "laws": lambda: by_laws(desk),
        "laws near dates": lambda: by_laws_near_dates(desk),
        "comparing": lambda: by_comparing(desk, office),
    }


@cache
def desk_of(mistake: str) -> tuple[Desk, sla.Calendar]:
    return (NightDesk(mistake), NIGHTS) if mistake in OF_NIGHTS else (Desk(mistake), OFFICE)


def recommended_finds(mistake: str) -> bool:
    """Whether the recommended test, which does all that applies, finds a mistake: first by what the table names."""
    ways = ways_of(mistake)
    named = row_of_page(mistake)
    return any(_fails(ways[name]) for name in sorted(ways, key=lambda way: named.get(way) != "found"))


def by_laws(desk: Desk, examples: int | None = None) -> None:
    for paused in PAUSE_LAWS:
        paused.check(desk, examples=examples)
    for law in OPEN_TIME_LAWS:
        law.check(desk, examples=examples)


def by_laws_near_dates(desk: Desk) -> None:
    for near in DATES_OF_LAWS:
        for law in OPEN_TIME_LAWS:
            law.check(desk, instants=instants(near=near))


def by_comparing(desk: Desk, office: OpenTime, examples: int | None = None) -> None:
    for near in GOOD_DATES:
        asked = st.tuples(instants_of(office, near=near), amounts(), _after())
        asking(lambda one: compare(desk, office, *one), asked, examples)


def compare(desk: Desk, office: OpenTime, at: datetime, amount: timedelta, after: timedelta) -> None:
    assert desk.add(at, amount).astimezone(UTC) == office.add(at, amount).astimezone(UTC)
    end = at.astimezone(UTC) + after
    assert desk.elapsed(at, end) == office.elapsed(at, end)


def _after() -> "st.SearchStrategy[timedelta]":
    return spans(most=timedelta(days=30))


def asking(holds: Callable[[Any], None], drawn: "st.SearchStrategy[Any]", examples: int | None) -> None:
    how: dict[str, Any] = {} if examples is None else {"max_examples": examples}

    @settings(deadline=None, report_multiple_bugs=False, **how)
    @given(drawn)
    def test_it_holds(asked: Any) -> None:
        holds(asked)

    test_it_holds()


def by_tickets(mistake: str, examples: int | None = None) -> None:
    metric = METRIC_OF.get(mistake, "first_response")
    for law in reversed(TICKET_LAWS):
        law.check(TicketDesk(mistake, metric), RIGHT, metric=metric, examples=examples)


def _fails(test: Callable[[], Any]) -> bool:
    try:
        test()
    except AssertionError:
        return True
    return False


@contextmanager
def looking(*, derandomize: bool) -> Iterator[None]:
    """Hypothesis for whoever wants to know whether, not with which simplest example: nothing is made simpler."""
    before = settings.get_current_profile_name()
    settings.register_profile(
        "looking", derandomize=derandomize, database=None, phases=[Phase.generate], max_examples=100
    )
    settings.load_profile("looking")
    try:
        yield
    finally:
        settings.load_profile(before)


# ---------------------------------------------------------------- the table


def row(mistake: str) -> str:
    """A line of the table: what finds a mistake in one derandomized run at default settings."""
    with looking(derandomize=True):
        found = {way: _fails(test) for way, test in ways_of(mistake).items()}
    cells = ("" if way not in found else "found" if found[way] else "-" for way in WAYS)
    return f"| {mistake} | {' | '.join(cells)} |"


def table() -> Iterator[str]:
    yield f"| mistake | {' | '.join(WAYS)} |"
    yield "|---|" + "---|" * len(WAYS)
    yield from map(row, MISTAKES)


def table_of_page() -> list[str]:
    """The lines of the table as they stand in docs/trust.md, without its head."""
    match = TABLE.search(PAGE.read_text(encoding="utf-8"))
    return match[0].splitlines()[2:] if match else []


def row_of_page(mistake: str) -> dict[str, str]:
    """What docs/trust.md says of a mistake, by way; nothing where it has no row."""
    rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in table_of_page())
    return next((dict(zip(WAYS, cells, strict=False)) for name, *cells in rows if name == mistake), {})


# ---------------------------------------------------------------- the figures of the sweep


def figures(parts: Iterable[str], day: date) -> str:
    """What the sweep `kit` found, in words, from the names of the parts that held."""
    held = Counter(re.sub(r", \d+", "", part) for part in parts)
    found = {mistake: held[f"mistake: {mistake}"] for mistake in MISTAKES}
    fewer = [f"{mistake} ({times})" for mistake, times in found.items() if times < RUNS_OF_MISTAKES]
    without = RUNS_OF_OFFICES - held[OFFICES]
    return (
        f"{len(found) - len(fewer)} of {len(found)} mistakes were found in {RUNS_OF_MISTAKES} of {RUNS_OF_MISTAKES} runs"
        f"{'; in fewer: ' * bool(fewer)}{', '.join(fewer)}. In {held[OFFICES]} of {RUNS_OF_OFFICES} runs no office of ten "
        f"kinds was accused{f'; {without} failed or were not run yet' * bool(without)} ({day.day} {day:%B %Y})"
    )


def _with_table(page: str) -> str:
    return TABLE.sub(lambda _old: "\n".join(table()) + "\n", page, count=1)


def _with_figures(page: str, kept: Path) -> str:
    lines = map(json.loads, kept.read_text(encoding="utf-8").splitlines())
    said = figures((part for sweep, part, _ in lines if sweep == "kit"), date.fromtimestamp(kept.stat().st_mtime))
    return FIGURES.sub(lambda _old: said, page, count=1)


if __name__ == "__main__":
    before = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(_with_figures(before, Path(sys.argv[1])) if sys.argv[1:] else _with_table(before), encoding="utf-8")
