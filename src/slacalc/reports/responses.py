"""What share of the clocks of a metric was done within how long, beside what was allowed."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from slacalc.business_time.amounts import format_amount, read_amount
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.many_tickets import LeftOut, never_created
from slacalc.clocks.replay import Clocks, every_clocks
from slacalc.errors import MetricError, SlaError
from slacalc.logger import tell_left_out
from slacalc.plotting import SERIES, SeriesLook, Unit, axes_of, check_series, plain_text, say_instead, unit_of
from slacalc.render import Tabular, TextTable, one_line
from slacalc.reports.figures import format_left_out, share_text, time_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["ResponseLine", "ResponseTimes", "response_times"]

_SHARES = (0.5, 0.9)
_ALL = 100


class ResponseLine(NamedTuple):
    """The clocks of one target: how long each that is done took, shortest first, and how many still wait.

    Times are in the target's own kind of time, without pauses. `least` and `most` are what the target allowed: the
    same for an amount of time, and different for a date, such as the close of the next business day.
    """

    target: str
    least: timedelta
    most: timedelta
    times: tuple[timedelta, ...]
    waiting: int

    @property
    def clocks(self) -> int:
        """How many clocks there are, done or waiting."""
        return len(self.times) + self.waiting

    def share_within(self, length: timedelta | str) -> float:
        """Return the share of all clocks that was done within a length, which counts; what still waits was not.

        Raises AmountError for what is no amount of time.
        """
        amount = read_amount(length, "length")
        return bisect_right(self.times, amount) / self.clocks

    def time_of(self, share: float) -> timedelta | None:
        """Return the shortest time within which a share of all clocks was done; None where fewer are done."""
        return next((time for place, time in enumerate(self.times, 1) if place >= share * self.clocks), None)


@dataclass(frozen=True, slots=True)
class ResponseTimes(Tabular):
    """How long the clocks of a metric took, by target; `left_out` are the tickets that could not be answered for."""

    metric: str
    lines: tuple[ResponseLine, ...]
    left_out: tuple[LeftOut, ...] = ()

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each clock that is done, with the share done within its time: the points of the curve."""
        return [
            {"metric": self.metric, "target": line.target, "time": time, "share": line.share_within(time)}
            for line in self.lines
            for time in line.times
        ]

    def to_data(self) -> dict[str, object]:
        """Return it as plain lists, dicts, texts and numbers; times in seconds."""
        return {
            "metric": self.metric,
            "lines": [
                {
                    "target": line.target,
                    "allowed": [line.least.total_seconds(), line.most.total_seconds()],
                    "times": [time.total_seconds() for time in line.times],
                    "waiting": line.waiting,
                }
                for line in self.lines
            ],
            "left_out": [each._asdict() for each in self.left_out],
        }

    def plot(self, ax: "Axes | None" = None) -> "Axes":
        """Return axes of matplotlib with the share done within each time, and what each target allows as a line.

        Where a target allows more at one time than at another, a band reaches from the least to the most. Without `ax`
        they are those of a new figure: `axes.figure`. Raises MissingExtraError without matplotlib, the extra `plots`,
        and SlaError for more targets than can be told apart.
        """
        check_series(len(self.lines), "lines", "targets, as of the tickets of some rules")
        axes = axes_of(ax)
        longest = max((max((line.most, *line.times)) for line in self.lines), default=timedelta(0))
        unit = unit_of(longest)
        axes.set(
            title=plain_text(self.metric),
            xlabel=f"time that counted, {unit.name}",
            ylabel="done within that time, % of all clocks",
            ylim=(0, 105),
        )
        if not self.lines:
            say_instead(axes, "no clock has begun")
            return axes
        for line, series in zip(self.lines, SERIES, strict=False):
            _draw(axes, line, series, unit, longest)
        axes.legend()
        return axes

    def _page(self) -> Iterator[str | TextTable]:
        heads = ("target", "clocks", "waiting", "half within", "90% within", "within the target")
        rows = (
            (line.target, str(line.clocks), str(line.waiting), *map(time_text, map(line.time_of, _SHARES)), _kept(line))
            for line in self.lines
        )
        caption = one_line(f"{self.metric}: how long it took")
        yield caption
        yield TextTable.of(heads, rows, figures=range(1, len(heads)), caption=caption)
        if self.left_out:
            yield format_left_out(len(self.left_out))


def response_times(tickets: Clocks | Iterable[Clocks], metric: str) -> ResponseTimes:
    """Return how long the clocks of a metric took, by target, those with most clocks first.

    Every cycle that has begun counts, up to its end or as_of; what was cancelled does not. Raises MetricError for a
    metric that no rule promises.

    >>> from slacalc import sample_policy
    >>> from slacalc.testing import event_log
    >>> log = event_log("Fri 15:00 created; Fri 16:30 agent reply", zone="Europe/Brussels")
    >>> clocks = sample_policy("webshop_helpdesk").replay(log, as_of=log[-1].at)
    >>> line = response_times(clocks, "first_response").lines[0]
    >>> print(line.target, line.share_within("1h"), line.share_within("90min"))
    the same business day by close, cutoff 16:00 0.0 1.0
    """
    by_target: dict[str, list[ClockState]] = {}
    left_out: list[LeftOut] = []
    for clocks in every_clocks(tickets):
        try:
            for state in _begun(clocks, metric):
                by_target.setdefault(str(state.target), []).append(state)
        except MetricError:
            raise
        except SlaError as error:
            left_out.append(LeftOut(clocks.ticket, error.code, str(error)))
    tell_left_out("response_times", [each[:2] for each in left_out])
    lines = sorted((_line(*each) for each in by_target.items()), key=lambda line: -line.clocks)
    return ResponseTimes(metric, tuple(lines), tuple(left_out))


def _begun(clocks: Clocks, metric: str) -> Iterator[ClockState]:
    if not clocks.is_created:
        raise never_created(clocks)
    return (state for state in clocks.cycles(metric) if state.origin is not None and not state.cancelled)


def _line(target: str, states: list[ClockState]) -> ResponseLine:
    allowed = [state.allowed for state in states]
    times = sorted(state.elapsed for state in states if state.done_at is not None)
    return ResponseLine(target, min(allowed), max(allowed), tuple(times), len(states) - len(times))


def _draw(axes: "Axes", line: ResponseLine, series: SeriesLook, unit: Unit, longest: timedelta) -> None:
    x = [0.0, *(time / unit.length for time in line.times), longest / unit.length]
    y = [0.0, *(_ALL * line.share_within(time) for time in line.times), _ALL * line.share_within(longest)]
    waiting = f", {line.waiting} still waiting" if line.waiting else ""
    name = f"{line.target}, {line.clocks} clocks{waiting}"
    axes.step(x, y, where="post", color=series.colour, label=plain_text(name))
    least, most = line.least / unit.length, line.most / unit.length
    if least == most:
        axes.axvline(
            most, linestyle="--", color=series.colour, label=plain_text(f"allowed: {format_amount(line.most)}")
        )
    else:
        said = f"allowed: {time_text(line.least)} to {time_text(line.most)}"
        axes.axvspan(least, most, color=series.colour, alpha=0.15, label=plain_text(said))


def _kept(line: ResponseLine) -> str:
    return share_text(line.share_within(line.most)) if line.least == line.most else ""
