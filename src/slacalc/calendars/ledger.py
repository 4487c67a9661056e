"""Time with its reasons: gapless segments, each counted or closed for a named reason.

A `Ledger` is how every answer explains itself: the counted segments sum exactly to the
elapsed time (rule 16).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import clock_changes, from_us, to_amount, to_us
from slacalc.calendars.hours import DAY_NAMES
from slacalc.calendars.pieces import Kind, Piece
from slacalc.forms import StoredForm
from slacalc.making import maker_of
from slacalc.render import Cell, Marked, Tabular, TextTable

__all__ = ["Ledger", "Segment", "ledger_of", "format_moment", "reason_text", "table_of", "told_moment"]

_MINUTE: Final = timedelta(minutes=1)
_WORDS: Final[dict[Kind, str]] = {
    "counted": "counted",
    "outside_hours": "outside hours",
    "break": "break",
    "weekend": "weekend",
    "holiday": "holiday",
    "special_day": "special day",
    "absence": "absence",
    "paused": "paused",
}


@dataclass(frozen=True, slots=True)
class Segment(StoredForm):
    """One stretch of time with one reason; `note` tells of a clock change inside it."""

    _also: ClassVar[tuple[str, ...]] = ("counted",)

    start: datetime
    end: datetime
    kind: Kind
    name: str = ""
    note: str = ""

    @property
    def wall_time(self) -> timedelta:
        """The real time from start to end."""
        return to_amount(to_us(self.end) - to_us(self.start))

    @property
    def counted(self) -> timedelta:
        """The time that counts: all of it, or none."""
        return self.wall_time if self.kind == "counted" else timedelta(0)

    @property
    def reason(self) -> str:
        """The reason in words, with the name of the holiday, special day or absence, and any clock change."""
        return reason_text(self.kind, self.name, self.note)


@dataclass(frozen=True, slots=True)
class Ledger(StoredForm, Tabular):
    """The segments from one instant to another, without a gap.

    Iterating gives the segments; `len` their number. `to_rows` is for data frames,
    `to_text` and `to_html` for people, `to_json` for logs, `to_csv` for spreadsheets.
    """

    _also: ClassVar[tuple[str, ...]] = ("counted", "wall_time")

    start: datetime
    end: datetime
    segments: tuple[Segment, ...]

    def __iter__(self) -> Iterator[Segment]:
        """Return the segments in order."""
        return iter(self.segments)

    def __len__(self) -> int:
        """Return how many segments there are."""
        return len(self.segments)

    @property
    def counted(self) -> timedelta:
        """The sum of the counted segments: the elapsed time, exactly."""
        return sum((segment.counted for segment in self.segments), timedelta(0))

    @property
    def wall_time(self) -> timedelta:
        """The real time from start to end."""
        return to_amount(to_us(self.end) - to_us(self.start))

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each segment, with datetimes and timedeltas as values."""
        return [
            {
                "start": s.start,
                "end": s.end,
                "kind": s.kind,
                "name": s.name,
                "note": s.note,
                "wall": s.wall_time,
                "counted": s.counted,
            }
            for s in self.segments
        ]

    def _page(self) -> Iterable[TextTable]:
        return (table_of(self),)


_make_segment: Final = maker_of(Segment)


def table_of(ledger: Ledger) -> TextTable:
    """Return a row of texts for each segment, and the sums in the last."""
    total = ("", "", format_amount(ledger.wall_time), format_amount(ledger.counted), "total")
    columns = ("from", "to", "wall", "counted", "reason")
    caption = (
        f"what counted from {format_moment(ledger.start)} to {format_moment(ledger.end)} ({ledger.start.tzname()})"
    )
    return TextTable.of(columns, (*map(_row, ledger), total), figures=range(2, 4), caption=caption)


def ledger_of(pieces: Iterable[Piece], start: int, end: int, zone: ZoneInfo) -> Ledger:
    """Return the ledger of gapless pieces from `start` to `end`, in a zone."""
    changes = tuple(clock_changes(zone, start, end))
    begin = until = from_us(start, zone)
    reached, segments = start, []
    for piece in pieces:
        since = until if piece.start == reached else from_us(piece.start, zone)
        reached, until = piece.end, from_us(piece.end, zone)
        segments.append(_make_segment(since, until, piece.kind, piece.name, _note(zone, piece, changes)))
    return Ledger(begin, until if reached == end else from_us(end, zone), tuple(segments))


def reason_text(kind: Kind, name: str, note: str) -> str:
    """Return why time counts or does not: "holiday: Armistice Day"."""
    named = f"{_WORDS[kind]}: {name}" if name else _WORDS[kind]
    return f"{named} ({note})" if note else named


def format_moment(moment: datetime) -> str:
    """Return "Fri 2026-11-20 18:30", with seconds only where there are any, in the moment's own zone."""
    shape = "microseconds" if moment.microsecond else "seconds" if moment.second else "minutes"
    return f"{DAY_NAMES[moment.weekday()]} {moment.replace(tzinfo=None).isoformat(' ', shape)}"


def told_moment(moment: datetime) -> Marked:
    """Return a moment as people read it, with its instant for programs; in UTC where HTML has no such offset."""
    odd = (moment.utcoffset() or timedelta(0)) % _MINUTE  # as of local mean time
    exact = (moment.astimezone(UTC) if odd else moment).isoformat(
        timespec="milliseconds" if moment.microsecond else "seconds"
    )
    return Marked(format_moment(moment), exact)


def _row(segment: Segment) -> tuple[Cell, ...]:
    counted = format_amount(segment.counted) if segment.kind == "counted" else ""
    moments = told_moment(segment.start), told_moment(segment.end)
    return (*moments, format_amount(segment.wall_time), counted, segment.reason)


def _note(zone: ZoneInfo, piece: Piece, changes: tuple[tuple[int, timedelta], ...]) -> str:
    inside = [(at, by) for at, by in changes if piece.start <= at < piece.end] if changes else ()
    moves = (f"clocks {_moved(by)} at {format_moment(from_us(at, zone))}" for at, by in inside)
    return ", ".join(filter(None, (piece.note, *moves))) if inside else piece.note


def _moved(by: timedelta) -> str:
    return f"forward {format_amount(by)}" if by > timedelta(0) else f"back {format_amount(-by)}"
