"""How long a promise makes one wait by weekday and hour of receipt, on average over a year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from slacalc.arguments import check_argument, nearest_first
from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import DAY, clock_changes, from_us, local_date, to_amount, to_us, wall_us
from slacalc.calendars.hours import DAY_NAMES
from slacalc.errors import MetricError
from slacalc.looks import Look
from slacalc.pictures.bars import text_width
from slacalc.pictures.drawing import Box, Drawing, Mark, Words
from slacalc.pictures.drawn import Drawn
from slacalc.plans.due_pieces import DuePiece, due_pieces
from slacalc.plans.waits import promised
from slacalc.plotting import axes_of, draw_cells, plain_text
from slacalc.policies.in_force import MetricPromise
from slacalc.policies.policy import Policy
from slacalc.render import TextTable, one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["WaitMap", "wait_map"]

_YEAR: Final = 365 * DAY
_HOURS: Final = 24
_WEEK: Final = 7
_HOUR: Final = timedelta(hours=1)
_CELL: Final = 30.0
_ROW: Final = 24.0
_TOP: Final = 28.0
_LEFT: Final = 48.0
_MARGIN: Final = 12.0
_LOOKS: Final[tuple[Look, ...]] = ("cold", "warm", "hot")  # thirds of the longest wait


@dataclass(frozen=True, slots=True)
class WaitMap(Drawn):
    """The mean wait of all receipts of a weekday and an hour, on the calendar's clock: seven weekdays of 24 hours."""

    rule: str
    metric: str
    calendar: str
    as_of: datetime
    waits: tuple[tuple[timedelta, ...], ...]

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each weekday and hour: `pandas.DataFrame(found.to_rows())`."""
        return [
            {"weekday": day, "hour": hour, "wait": wait}
            for day, hours in zip(DAY_NAMES, self.waits, strict=False)
            for hour, wait in enumerate(hours)
        ]

    def to_data(self) -> dict[str, object]:
        """Return it as plain lists, dicts, texts and numbers; waits in seconds."""
        said = {"rule": self.rule, "metric": self.metric, "calendar": self.calendar, "as_of": self.as_of.isoformat()}
        return {**said, "waits": [[wait.total_seconds() for wait in hours] for hours in self.waits]}

    def drawing(self) -> Drawing:
        """Return a cell for each weekday and hour with its wait in hours, in three colours from short to long."""
        width, height = _LEFT + _HOURS * _CELL + _MARGIN, _TOP + _WEEK * _ROW + 30
        longest = max((wait, day, hour) for day, hours in enumerate(self.waits) for hour, wait in enumerate(hours))
        told = f"the longest {format_amount(longest[0])}, {DAY_NAMES[longest[1]]} from {longest[2]:02}:00"
        marks = (*self._cells(longest[0]), *_key(longest[0], height))
        return Drawing(self._title, told, max(width, text_width(self._title)), height, marks)

    @property
    def _title(self) -> str:
        return f"{self.rule}, {self.metric}: mean wait in hours, by weekday and hour of receipt"

    def plot(self, ax: "Axes | None" = None) -> "Axes":
        """Return axes of matplotlib with a cell for each weekday and hour: its mean wait in hours.

        Without `ax` they are those of a new figure: `axes.figure`. Raises MissingExtraError without matplotlib, the
        extra `plots`.
        """
        axes = axes_of(ax, width=11.0)
        draw_cells(axes, [[wait / _HOUR for wait in hours] for hours in self.waits], _LOOKS)
        axes.set_xticks(range(_HOURS), [f"{hour:02}" for hour in range(_HOURS)])
        axes.set_yticks(range(_WEEK), DAY_NAMES[:_WEEK])
        title = plain_text(f"{self.rule}, {self.metric}: mean wait in hours")
        axes.set(title=title, xlabel="hour of receipt", ylabel="weekday of receipt")
        return axes

    def _cells(self, longest: timedelta) -> Iterator[Mark]:
        for hour in range(_HOURS):
            yield Words(_LEFT + (hour + 0.5) * _CELL, _TOP - 8, f"{hour:02}", "faint", "middle")
        for day, hours in enumerate(self.waits):
            y = _TOP + day * _ROW
            yield Words(_MARGIN, y + 16, DAY_NAMES[day], "faint")
            for hour, wait in enumerate(hours):
                x, told = _LEFT + hour * _CELL, f"{DAY_NAMES[day]} {hour:02}:00, {format_amount(wait)}"
                yield Box(x, y, _CELL - 2, _ROW - 2, _look(wait, longest), told)
                yield Words(x + _CELL / 2 - 1, y + 16, f"{wait / _HOUR:.0f}", "ground", "middle")

    def _page(self) -> Iterator[str | TextTable]:
        title = one_line(self._title)
        yield title
        heads = ("", *(f"{hour:02}" for hour in range(_HOURS)))
        rows = (
            (day, *(f"{wait / timedelta(hours=1):.0f}" for wait in hours))
            for day, hours in zip(DAY_NAMES, self.waits, strict=False)
        )
        yield TextTable.of(heads, rows, figures=range(1, len(heads)), caption=title)


def wait_map(policy: Policy, rule: str, metric: str, *, as_of: datetime) -> WaitMap:
    """Return the mean wait for receipts of the 365 days from `as_of` on, by weekday and hour.

    Of a rule whose calendar a field chooses it is that of the first calendar. Raises MetricError for what no rule of
    this name promises, and HorizonError and ClosedForGoodError as a promise does.

    >>> from slacalc import sample_policy
    >>> from zoneinfo import ZoneInfo
    >>> monday = datetime(2026, 11, 30, tzinfo=ZoneInfo("Europe/Bratislava"))
    >>> found = wait_map(sample_policy("channel_guide"), "typical", "first_response", as_of=monday)
    >>> found.waits[4][17]
    datetime.timedelta(days=3)
    """
    check_argument(policy, Policy, "policy", "a Policy, such as each of PolicyVersions.policies")
    start = to_us(as_of, "as_of")
    found = _found(policy, rule, metric)
    (name,) = found.rule.calendars_of(metric)
    pieces = list(due_pieces(found.promised.due, found.calendar, start, start + _YEAR))
    return WaitMap(rule, metric, name, as_of, _means(pieces, found.zone))


def _look(wait: timedelta, longest: timedelta) -> Look:
    thirds = wait * len(_LOOKS) // longest if longest else 0
    return _LOOKS[min(len(_LOOKS) - 1, int(thirds))]


def _key(longest: timedelta, height: float) -> Iterator[Mark]:
    for place, look in enumerate(_LOOKS):
        x = _LEFT + place * 8 * _CELL
        yield Box(x, height - 22, 13, 13, look)
        third = longest * (place + 1) / len(_LOOKS)
        yield Words(x + 20, height - 11, f"up to {third / _HOUR:.0f} h", "faint")


def _found(policy: Policy, rule: str, metric: str) -> MetricPromise:
    every = list(promised(policy))
    for found in every:
        if (found.rule.name, found.metric) == (rule, metric):
            return found
    known = dict.fromkeys(found.metric for found in every if found.rule.name == rule)
    given, names = (metric, known) if known else (rule, dict.fromkeys(found.rule.name for found in every))
    accepts = nearest_first(given, names)
    raise MetricError("metric_unpromised", "no rule of this name promises this metric", given=given, accepts=accepts)


def _means(pieces: Sequence[DuePiece], zone: ZoneInfo) -> tuple[tuple[timedelta, ...], ...]:
    sums = [[0] * _HOURS for _ in range(7)]
    counts = [[0] * _HOURS for _ in range(7)]
    edges = _hours_between(pieces[0].start, pieces[-1].end, zone)
    place = 0
    for first, stop in pairwise(edges):
        moment = from_us(first, zone)
        day, hour = moment.weekday(), moment.hour
        counts[day][hour] += stop - first
        while pieces[place].end <= first:
            place += 1
        at = place
        while at < len(pieces) and pieces[at].start < stop:
            sums[day][hour] += _waited(pieces[at], max(first, pieces[at].start), min(stop, pieces[at].end))
            at += 1
    return tuple(
        tuple(to_amount(total // count) for total, count in zip(*both, strict=True))
        for both in zip(sums, counts, strict=True)
    )


def _hours_between(start: int, end: int, zone: ZoneInfo) -> list[int]:
    """Return where hours of the clock begin, with both ends."""
    edges = {start, end, *(at for at, _ in clock_changes(zone, start, end))}
    day, last = local_date(start, zone), local_date(end, zone)
    while day <= last:
        edges.update(wall_us(zone, day, hour * 3600) for hour in range(_HOURS))
        day += timedelta(days=1)
    return sorted(edge for edge in edges if start <= edge <= end)


def _waited(piece: DuePiece, first: int, stop: int) -> int:
    """Return how long all receipts of a part of a piece wait together, one at every microsecond."""
    count = stop - first
    if piece.moves:
        return count * (piece.due - piece.start)
    return count * (2 * (piece.due - first) - count + 1) // 2
