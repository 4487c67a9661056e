"""The clocks of a ticket and the promises of a policy on one line of time: what counted, what did not, what is due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, groupby
from typing import Final, Literal, NamedTuple, TypeAlias

from slacalc.arguments import check_argument, refuse
from slacalc.business_time.instants import to_us
from slacalc.calendars.ledger import Ledger, Segment, format_moment, told_moment
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.replay import Clocks
from slacalc.looks import Look
from slacalc.pictures.drawing import Box, Drawing, Line, Mark, Words
from slacalc.pictures.drawn import Drawn
from slacalc.pictures.half_hours import format_date
from slacalc.policies.promise import Promise, Promises
from slacalc.render import MarkedLine, TextTable

__all__ = ["Stretch", "StretchKind", "TimelinePicture", "TimelineLine", "picture_promises", "picture_ticket"]

StretchKind: TypeAlias = Literal["counted", "coming", "paused", "closed"]
"""What a stretch of a clock is: counted, still to count, paused, or closed."""

_CELLS: Final = 60
_WIDTH: Final = 600.0
_ROW: Final = 26.0
_TOP: Final = 30.0
_LEFT: Final = 150.0
_MARGIN: Final = 12.0
_LETTER: Final = 6.9
_MOST_DATES: Final = 5  # of which the labels do not touch
_LABEL: Final = 140.0
_CHARACTERS: Final[dict[StretchKind, str]] = {"counted": "#", "coming": "-", "paused": "~", "closed": "."}
_LOOKS: Final[dict[StretchKind, Look]] = {
    "counted": "counted",
    "coming": "coming",
    "paused": "paused",
    "closed": "closed",
}


class Stretch(NamedTuple):
    """A stretch of time of one kind."""

    start: datetime
    end: datetime
    kind: StretchKind


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One clock: its metric, its stretches, when it is due, when it was done, and how it is."""

    name: str
    status: str
    stretches: tuple[Stretch, ...]
    due: datetime | None
    done: datetime | None = None

    @property
    def says(self) -> str:
        """How it is, when it is due, and when it was done."""
        return "".join((self.status, *(f", {what} {format_moment(moment)}" for what, moment in _due_and_done(self))))


@dataclass(frozen=True, slots=True)
class TimelinePicture(Drawn):
    """Clocks on one line of time; iterating gives them."""

    title: str
    rows: tuple[TimelineLine, ...]

    def __iter__(self) -> Iterator[TimelineLine]:
        """Return the clocks in order."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return how many clocks there are."""
        return len(self.rows)

    def __getitem__(self, place: int) -> TimelineLine:
        """Return the clock at a place."""
        return self.rows[place]

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each stretch of each clock."""
        return [
            {"clock": row.name, "kind": each.kind, "start": each.start, "end": each.end}
            for row in self.rows
            for each in row.stretches
        ]

    def to_data(self) -> dict[str, object]:
        """Return the clocks as plain values."""
        return {"title": self.title, "clocks": [_plain(row) for row in self.rows]}

    def drawing(self) -> Drawing:
        """Return a bar for each clock on a line of real time, with its due time as a line over it."""
        says = max((0, *(len(row.says) for row in self.rows)))
        right = _LEFT + _WIDTH + _MARGIN
        width, height = right + says * _LETTER + _MARGIN, _TOP + len(self.rows) * _ROW + _MARGIN
        scale = _Scale.of(self.rows)
        marks = () if scale is None else (*scale.dates(height), *self._bars(scale, right))
        return Drawing(self.title, "; ".join(f"{row.name}: {row.says}" for row in self.rows), width, height, marks)

    def _bars(self, scale: "_Scale", right: float) -> Iterator[Mark]:
        for place, row in enumerate(self.rows):
            top = _TOP + place * _ROW
            yield Words(_MARGIN, top + 14, row.name)
            for start, end, kind in row.stretches:
                x = scale.at(start)
                yield Box(x, top + 3, scale.at(end) - x, _ROW - 11, _LOOKS[kind], _tells(start, end, kind))
            if row.due is not None:
                yield Line(
                    scale.at(row.due), top, scale.at(row.due), top + _ROW - 5, "due", f"due {format_moment(row.due)}"
                )
            if row.done is not None:
                yield Line(
                    scale.at(row.done),
                    top,
                    scale.at(row.done),
                    top + _ROW - 5,
                    "kept",
                    f"done {format_moment(row.done)}",
                )
            yield Words(right, top + 14, row.says, "faint")

    def _page(self) -> Iterable[str | TextTable]:
        yield self.title
        yield "  ".join(f"{character} {kind}" for kind, character in _CHARACTERS.items())
        scale = _Scale.of(self.rows)
        rows = ((row.name, "" if scale is None else _bar(row, scale), _told(row)) for row in self.rows)
        yield TextTable.of(("clock", "from then to then", "how it is"), rows, caption=self.title)


def _told(row: TimelineLine) -> MarkedLine:
    """Return how a clock is, with its moments for programs."""
    told = (piece for what, moment in _due_and_done(row) for piece in (f", {what} ", told_moment(moment)))
    return MarkedLine.of(row.status, *told)


def _due_and_done(row: TimelineLine) -> Iterator[tuple[str, datetime]]:
    yield from ((what, each) for what, each in (("due", row.due), ("done", row.done)) if each is not None)


def picture_ticket(clocks: Clocks) -> TimelinePicture:
    """Return every cycle of every clock of a ticket that has begun, on one line of time.

    >>> from zoneinfo import ZoneInfo
    >>> from slacalc import Created, Message, sample_policy
    >>> friday = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> events = [Created(at=friday), Message(at=friday.replace(hour=16), actor="agent")]
    >>> ticket = sample_policy("webshop_helpdesk").replay(events, as_of=friday.replace(hour=18), ticket="T-1")
    >>> print(picture_ticket(ticket)[0].says)
    met, due Fri 2026-11-20 17:00, done Fri 2026-11-20 16:00
    """
    check_argument(clocks, Clocks, "clocks", "the clocks of one ticket, such as policy.replay returns")
    states = [state for metric in clocks for state in clocks.cycles(metric) if state.origin is not None]
    rows = [_row_of_clock(state, cycle) for cycle, state in _numbered(states)]
    return TimelinePicture(f"Ticket {clocks.ticket}".rstrip(), tuple(rows))


def picture_promises(promises: Promises | Promise) -> TimelinePicture:
    """Return promises on one line of time, from receipt to due: what will count, and what is closed meanwhile.

    >>> from zoneinfo import ZoneInfo
    >>> from slacalc import sample_policy
    >>> friday = datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> picture = picture_promises(sample_policy("webshop_helpdesk").promise(friday))
    >>> [each.kind for each in picture[0].stretches]
    ['closed', 'coming']
    """
    if not isinstance(promises, Promise | Promises):
        refuse(promises, "promises", "a promise, or the promises of policy.promise(...)")
    each = [promises] if isinstance(promises, Promise) else [*promises.values()]
    rows = [TimelineLine(one.metric, str(one.target), (*_stretches(one.ledger, "coming"),), one.due) for one in each]
    return TimelinePicture("What is promised", tuple(rows))


class _Scale(NamedTuple):
    """The first instant and the last, and where between them an instant is drawn."""

    start: datetime
    end: datetime

    @classmethod
    def of(cls, rows: Iterable[TimelineLine]) -> "_Scale | None":
        told = [*chain.from_iterable(_moments(row) for row in rows)]
        return cls(min(told, key=to_us), max(told, key=to_us)) if told else None

    def share(self, moment: datetime) -> float:
        whole = to_us(self.end) - to_us(self.start)
        return (to_us(moment) - to_us(self.start)) / whole if whole else 0.0

    def at(self, moment: datetime) -> float:
        return _LEFT + self.share(moment) * _WIDTH

    def dates(self, height: float) -> Iterator[Mark]:
        """Yield a line at the midnights between, with the date; of many dates every second one, or fewer."""
        zone = self.start.tzinfo
        first, last = self.start.date(), self.end.astimezone(zone).date()
        step = max(1, -(-(last - first).days // _MOST_DATES))
        yield Words(_LEFT, _TOP - 12, format_moment(self.start), "faint")
        for count in range(step, (last - first).days + 1, step):
            day = first + timedelta(days=count)
            x = self.at(datetime(day.year, day.month, day.day, tzinfo=zone))
            yield Box(x - 0.5, _TOP - 8, 1, height - _TOP, "closed")
            if x > _LEFT + 1.5 * _LABEL:
                yield Words(x, _TOP - 12, format_date(day), "faint", "middle")


def _numbered(states: list[ClockState]) -> Iterator[tuple[str, ClockState]]:
    """Yield each state with its metric, and with the number of its cycle where there are several."""
    count: dict[str, int] = {}
    for state in states:
        number = count[state.metric] = count.get(state.metric, 0) + 1
        several = sum(each.metric == state.metric for each in states) > 1
        yield f"{state.metric} {number}" if several else state.metric, state


def _row_of_clock(state: ClockState, name: str) -> TimelineLine:
    ahead = state.ledger_to_due if state.is_open else None
    stretches = (*_stretches(state.ledger, "counted"), *(() if ahead is None else _stretches(ahead, "coming")))
    return TimelineLine(name, state.status, stretches, state.due, state.done_at)


def _stretches(ledger: Ledger, counted: StretchKind) -> Iterator[Stretch]:
    for kind, segments in groupby(ledger, key=lambda segment: _kind(segment, counted)):
        joined = [*segments]
        yield Stretch(joined[0].start, joined[-1].end, kind)


def _kind(segment: Segment, counted: StretchKind) -> StretchKind:
    return counted if segment.kind == "counted" else "paused" if segment.kind == "paused" else "closed"


def _moments(row: TimelineLine) -> Iterator[datetime]:
    for start, end, _ in row.stretches:
        yield from (start, end)
    yield from (each for each in (row.due, row.done) if each is not None)


def _tells(start: datetime, end: datetime, kind: StretchKind) -> str:
    return f"{kind}, {format_moment(start)} to {format_moment(end)}"


def _bar(row: TimelineLine, scale: _Scale) -> str:
    """Return a bar of characters: of each the kind that its middle is in, and "!" where it is due."""
    cells = [" "] * _CELLS
    for place in range(_CELLS):
        share = (place + 0.5) / _CELLS
        for start, end, kind in row.stretches:
            if scale.share(start) <= share < scale.share(end):
                cells[place] = _CHARACTERS[kind]
    if row.due is not None:
        cells[min(_CELLS - 1, int(scale.share(row.due) * _CELLS))] = "!"
    return "".join(cells).rstrip()


def _plain(row: TimelineLine) -> dict[str, object]:
    return {
        "clock": row.name,
        "status": row.status,
        "due": None if row.due is None else row.due.isoformat(),
        "done": None if row.done is None else row.done.isoformat(),
        "stretches": [
            {"kind": each.kind, "start": each.start.isoformat(), "end": each.end.isoformat()} for each in row.stretches
        ],
    }
