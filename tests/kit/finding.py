"""What finds a planted mistake: the laws, the laws near dates, comparing with a calendar, tickets.

`python -m tests.kit.finding` writes the table of docs/trust.md anew.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
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
AUTUMN: Final = datetime(2026, 10, 25, 1, tzinfo=UTC)
SPRING: Final = datetime(2027, 3, 28, 1, tzinfo=UTC)
YEAR_END: Final = datetime(2026, 12, 30, tzinfo=UTC)
LEAP_DAY: Final = datetime(2028, 2, 29, tzinfo=UTC)
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


def desk_of(mistake: str) -> tuple[Desk, sla.Calendar]:
    return (NightDesk(mistake), NIGHTS) if mistake in OF_NIGHTS else (Desk(mistake), OFFICE)


def recommended_finds(mistake: str) -> bool:
    """Whether the recommended test, which does all that applies, finds a mistake; the quickest way first."""
    return any(_fails(way) for _, way in sorted(ways_of(mistake).items()))


def by_laws(desk: Desk, examples: int | None = None) -> None:
    for law in OPEN_TIME_LAWS:
        law.check(desk, examples=examples)
    for paused in PAUSE_LAWS:
        paused.check(desk, examples=examples)


def by_laws_near_dates(desk: Desk) -> None:
    for near in (AUTUMN, LEAP_DAY):
        for law in OPEN_TIME_LAWS:
            law.check(desk, instants=instants(near=near))


def by_comparing(desk: Desk, office: OpenTime, examples: int | None = None) -> None:
    for near in GOOD_DATES:
        _compare(desk, office, instants_of(office, near=near), examples)


def _compare(desk: Desk, office: OpenTime, asked: "st.SearchStrategy[datetime]", examples: int | None) -> None:
    how: dict[str, Any] = {} if examples is None else {"max_examples": examples}

    @settings(deadline=None, report_multiple_bugs=False, **how)
    @given(asked, amounts(), spans(most=timedelta(days=30)))
    def test_it_says_what_slacalc_says(at: datetime, amount: timedelta, after: timedelta) -> None:
        assert desk.add(at, amount) == office.add(at, amount)
        end = at.astimezone(UTC) + after
        assert desk.elapsed(at, end) == office.elapsed(at, end)

    test_it_says_what_slacalc_says()


def by_tickets(mistake: str, examples: int | None = None) -> None:
    metric = METRIC_OF.get(mistake, "first_response")
    for law in TICKET_LAWS:
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


if __name__ == "__main__":
    written = "\n".join(table()) + "\n"
    PAGE.write_text(TABLE.sub(lambda _old: written, PAGE.read_text(encoding="utf-8"), count=1), encoding="utf-8")
