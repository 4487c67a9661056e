"""What finds a planted mistake: the laws, the laws near dates, comparing with a calendar, tickets. `python -m tests.kit.finding`
prints the table of docs/trust.md."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.testing.laws import OPEN_TIME_LAWS, PAUSE_LAWS
from slacalc.testing.strategies import FRIDAY, amounts, instants, instants_of, spans
from slacalc.testing.ticket_laws import TICKET_LAWS
from tests.kit import mistakes
from tests.kit.mistakes import METRIC_OF, NIGHTS, OF_NIGHTS, OF_TICKETS, OFFICE, RIGHT, Desk, NightDesk, TicketDesk

GOOD_DATES: Final = (
    FRIDAY,
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2027, 3, 28, 1, tzinfo=UTC),
    datetime(2026, 12, 30, tzinfo=UTC),
    datetime(2028, 2, 29, tzinfo=UTC),
)
WAYS: Final = ("laws", "laws near dates", "comparing", "tickets")
MISTAKES: Final = (
    *mistakes.OF_HOURS, *mistakes.OF_NIGHTS, *mistakes.OF_AMOUNTS, *mistakes.OF_PAUSES, *mistakes.OF_TICKETS,
)  # fmt: skip


def finds(mistake: str) -> dict[str, bool]:
    """Which ways find a mistake, by name."""
    if mistake in OF_TICKETS:
        return {"tickets": _fails(lambda: by_tickets(mistake))}
    desk, office = desk_of(mistake)
    return {
        "laws": _fails(lambda: by_laws(desk)),
        "laws near dates": _fails(lambda: by_laws_near_dates(desk)),
        "comparing": _fails(lambda: by_comparing(desk, office)),
    }


def desk_of(mistake: str) -> tuple[Desk, sla.Calendar]:
    return (NightDesk(mistake), NIGHTS) if mistake in OF_NIGHTS else (Desk(mistake), OFFICE)


def recommended(mistake: str) -> bool:
    """Whether the recommended test, which does all that applies, finds a mistake."""
    return any(finds(mistake).values())


def by_laws(desk: Desk) -> None:
    for law in OPEN_TIME_LAWS:
        law.check(desk)
    for paused in PAUSE_LAWS:
        paused.check(desk)


def by_laws_near_dates(desk: Desk) -> None:
    for near in GOOD_DATES:
        for law in OPEN_TIME_LAWS:
            law.check(desk, instants=instants(near=near))


def by_comparing(desk: Desk, office: sla.Calendar) -> None:
    for near in GOOD_DATES:
        _compare(desk, office, instants_of(office, near=near))


def _compare(desk: Desk, office: sla.Calendar, asked: "st.SearchStrategy[datetime]") -> None:
    @settings(deadline=None, report_multiple_bugs=False)
    @given(asked, amounts(), spans(most=timedelta(days=30)))
    def test_it_says_what_slacalc_says(at: datetime, amount: timedelta, after: timedelta) -> None:
        assert desk.add(at, amount) == office.add(at, amount)
        end = at.astimezone(UTC) + after
        assert desk.elapsed(at, end) == office.elapsed(at, end)

    test_it_says_what_slacalc_says()


def by_tickets(mistake: str) -> None:
    metric = METRIC_OF.get(mistake, "first_response")
    for law in TICKET_LAWS:
        law.check(TicketDesk(mistake, metric), RIGHT, metric=metric)


def _fails(test: Callable[[], Any]) -> bool:
    try:
        test()
    except AssertionError:
        return True
    return False


def table() -> Iterator[str]:
    """The lines of the table in docs/trust.md."""
    yield f"| mistake | {' | '.join(WAYS)} |"
    yield "|---|" + "---|" * len(WAYS)
    for mistake in MISTAKES:
        found = finds(mistake)
        cells = ("" if way not in found else "found" if found[way] else "-" for way in WAYS)
        yield f"| {mistake} | {' | '.join(cells)} |"


if __name__ == "__main__":
    settings.register_profile("as under CI", derandomize=True, database=None)
    settings.load_profile("as under CI")
    for line in table():
        print(line)  # noqa: T201 - the table is for a page
