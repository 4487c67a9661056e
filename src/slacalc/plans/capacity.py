"""How much work falls due by when, and how much open time there is until then."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from slacalc.business_time.amounts import format_amount, read_amount
from slacalc.business_time.instants import amount_us, from_us, local_date, to_us, wall_us
from slacalc.calendars.ledger import told_moment
from slacalc.calendars.open_time import OpenTime
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.many_tickets import LeftOut, ask_each
from slacalc.clocks.replay import Clocks
from slacalc.render import Cell, MarkedLine, Tabular, TextTable, one_line

__all__ = ["Capacity", "CapacityLine", "OpenLeft", "capacity"]


class OpenLeft(NamedTuple):
    """How long a calendar is still open today: until midnight on its clock."""

    calendar: str
    today: timedelta


class CapacityLine(NamedTuple):
    """What is due before a calendar closes, and the work until then.

    `tickets` are due since the line before; of them `overdue` were due before `as_of`. What is due while it is closed
    counts for the closing before. Where that is past, `closes` is `as_of` itself; it is None where it never closes.
    `open` is the open time from `as_of` to `closes`, and `work` what all tickets of this line and those before it take.
    """

    calendar: str
    closes: datetime | None
    tickets: int
    overdue: int
    open: timedelta | None
    work: timedelta

    @property
    def spare(self) -> timedelta | None:
        """How much open time is left over for one who works alone; below zero it is too little."""
        return None if self.open is None else self.open - self.work


@dataclass(frozen=True, slots=True)
class Capacity(Tabular):
    """The work that falls due, as of an instant, by calendar and closing.

    `left_today` has the open time left of each calendar, `paused` is how many tickets wait without a due time, and
    `left_out` are those that could not be answered for.
    """

    as_of: datetime
    handling: timedelta
    left_today: tuple[OpenLeft, ...]
    lines: tuple[CapacityLine, ...]
    paused: int
    left_out: tuple[LeftOut, ...] = ()

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each line, with moments and timedeltas as values."""
        return [{**line._asdict(), "spare": line.spare} for line in self.lines]

    def to_data(self) -> dict[str, object]:
        """Return it as plain lists, dicts, texts and numbers; amounts in seconds."""
        return {
            "as_of": self.as_of.isoformat(),
            "handling": self.handling.total_seconds(),
            "left_today": {each.calendar: each.today.total_seconds() for each in self.left_today},
            "lines": [{name: _plain(value) for name, value in row.items()} for row in self.to_rows()],
            "paused": self.paused,
            "left_out": [each._asdict() for each in self.left_out],
        }

    def _page(self) -> Iterator[Cell | TextTable]:
        yield MarkedLine.of(f"{format_amount(self.handling)} a ticket as of ", told_moment(self.as_of))
        for each in self.left_today:
            yield one_line(f"{each.calendar}: {format_amount(each.today)} left today")
        heads = ("calendar", "closes", "tickets", "overdue", "open", "work", "spare")
        rows = (
            (
                *(line.calendar, "never" if line.closes is None else told_moment(line.closes)),
                *(str(line.tickets), str(line.overdue), *map(_words, (line.open, line.work, line.spare))),
            )
            for line in self.lines
        )
        caption = "what is due before each closing, and the open time until then"
        yield TextTable.of(heads, rows, figures=range(2, len(heads)), caption=caption, named_by=2)
        yield from (f"{each.ticket}: {each.text}" for each in self.left_out)
        if self.paused:
            yield f"{self.paused} paused, without a due time"


class _Waiting(NamedTuple):
    """A ticket that waits: the calendar of its next due time, and when it is due, in microseconds."""

    name: str
    calendar: OpenTime
    due: int | None


def capacity(
    tickets: Clocks | Iterable[Clocks], *, as_of: datetime, handling: timedelta | str, strict: bool = False
) -> Capacity:
    """Return how much work falls due before each closing, where every ticket takes `handling`, and what time there is.

    A ticket counts once, at the next due time of its open clocks that we owe, on the calendar of that clock: as in
    `queue`. What is due at a closing is due before it. With `strict` the first ticket that cannot be answered for is
    an error that names it.

    Raises AmountError for what is no amount of time, and HorizonError where a calendar is not known.

    >>> from datetime import UTC
    >>> from slacalc import Created, sample_policy
    >>> monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> clocks = sample_policy("webshop_helpdesk").replay([Created(at=monday)], as_of=monday, ticket="7")
    >>> line = capacity(clocks, as_of=monday, handling="30min").lines[0]
    >>> line.tickets, str(line.work)
    (1, '0:30:00')
    """
    now, amount = to_us(as_of, "as_of"), read_amount(handling, "handling")
    amount_us(amount, "handling")
    waiting, left_out = ask_each("capacity", tickets, lambda clocks: _waiting(clocks.at(as_of)), strict=strict)
    calendars = {(each.name, each.calendar): list[int]() for each in waiting}
    for each in waiting:
        if each.due is not None:
            calendars[each.name, each.calendar].append(each.due)
    return Capacity(
        as_of,
        amount,
        tuple(OpenLeft(name, _left_today(calendar, as_of, now)) for name, calendar in calendars),
        tuple(
            line
            for (name, calendar), dues in calendars.items()
            for line in _lines(name, calendar, sorted(dues), as_of, amount)
        ),
        sum(each.due is None for each in waiting),
        tuple(left_out),
    )


def _waiting(clocks: Clocks) -> Iterator[_Waiting]:
    states = [state for state in clocks.values() if state.is_open and state.owed_by == "us"]
    if states:
        first = min(states, key=_order)
        yield _Waiting(first.calendar_name, first.calendar, None if first.due is None else to_us(first.due))


def _order(state: ClockState) -> tuple[bool, int]:
    return state.due is None, 0 if state.due is None else to_us(state.due)


def _left_today(calendar: OpenTime, as_of: datetime, now: int) -> timedelta:
    zone = calendar.zone_info
    midnight = wall_us(zone, local_date(now, zone) + timedelta(days=1))
    return calendar.elapsed(as_of, from_us(midnight, zone))


def _lines(
    name: str, calendar: OpenTime, dues: Sequence[int], as_of: datetime, handling: timedelta
) -> Iterator[CapacityLine]:
    """Return a line for each closing before which something is due."""
    now, done = to_us(as_of), 0
    closes: datetime | None = as_of if not calendar.is_open(as_of) else calendar.next_close(as_of)
    while done < len(dues):
        opens = None if closes is None else calendar.next_open(closes)
        until = len(dues) if opens is None else sum(due <= to_us(opens) for due in dues)
        if until > done:
            overdue = sum(due < now for due in dues[done:until])
            spent = None if closes is None else calendar.elapsed(as_of, closes)
            yield CapacityLine(name, closes, until - done, overdue, spent, until * handling)
            done = until
        closes = None if opens is None else calendar.next_close(opens)


def _words(amount: timedelta | None) -> str:
    if amount is None:
        return ""
    return f"-{format_amount(-amount)}" if amount < timedelta(0) else format_amount(amount)


def _plain(value: object) -> object:
    if isinstance(value, timedelta):
        return value.total_seconds()
    return value.isoformat() if isinstance(value, datetime) else value
