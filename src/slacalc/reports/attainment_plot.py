"""The attainment of a report over its periods, as a chart of lines."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from slacalc.calendars.hours import DAY_NAMES
from slacalc.errors import SlaError
from slacalc.plotting import SERIES, SeriesLook, axes_of, check_series, label_places, plain_text, say_instead
from slacalc.reports.figures import Report, ReportLine, promise_words, title_of
from slacalc.reports.grouping import ALL, PARTS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_attainment"]

_AXES: Final = {
    "month": "month of receipt",
    "weekday": "weekday of receipt",
    "hour": "hour of receipt",
    "due_month": "month in which it was due",
    "due_weekday": "weekday on which it was due",
    "due_hour": "hour in which it was due",
}
_MONTHS: Final = 12
_NOTHING: Final = float("nan")


class _Curve(NamedTuple):
    """The lines of a report that are one line of the chart: their groups beside the period, and their promise."""

    name: str
    lines: dict[str, ReportLine]

    def attainments(self, periods: Iterable[str]) -> list[float]:
        return [_percent(self.lines[each].attainment if each in self.lines else None) for each in periods]

    def objectives(self, periods: Iterable[str]) -> list[float]:
        return [_percent(self.lines[each].objective if each in self.lines else None) for each in periods]


def plot_attainment(report: Report, ax: "Axes | None") -> "Axes":
    """Return the axes with a line for each group and metric: see `Report.plot`."""
    place = _place_of_period(report)
    curves = _curves(report, place)
    axes = axes_of(ax)
    axes.set(
        title=plain_text(title_of(report)), xlabel=_AXES[report.keys[place]], ylabel="attainment, % of what fell due"
    )
    periods = _every_period(report.keys[place], sorted({each for curve in curves for each in curve.lines}))
    if not curves:
        say_instead(axes, "nothing fell due")
        return axes
    for curve, series in zip(curves, SERIES, strict=False):
        _draw(axes, curve, periods, series)
    axes.set_ylim(0, 105)
    label_places(axes, periods)
    axes.legend()
    return axes


def _place_of_period(report: Report) -> int:
    for place, key in enumerate(report.keys):
        if key in PARTS:
            return place
    raise SlaError(
        "plot_periods_missing",
        "attainment over time needs a report by periods",
        given=report.by,
        accepts='by="month", or with fields such as by=["month", "priority"]',
        where="by",
    )


def _curves(report: Report, place: int) -> list[_Curve]:
    """Return a curve for each group and metric of which something fell due. Raises SlaError for too many."""
    curves: dict[str, _Curve] = {}
    for line in report.lines:
        period, others = line.groups[place], (*line.groups[:place], *line.groups[place + 1 :])
        if line.attainment is not None and period not in {"", ALL}:
            name = ", ".join(filter(None, (*others, line.metric, promise_words(line))))
            curves.setdefault(name, _Curve(name, {})).lines[period] = line
    check_series(len(curves), "lines", "lines, as of a report by the period alone", "by")
    return list(curves.values())


def _every_period(key: str, found: Sequence[str]) -> list[str]:
    """Return all periods from the first to the last, those too in which nothing fell due."""
    if key.endswith("weekday"):
        return list(DAY_NAMES[:7])
    if key.endswith("hour"):
        return [f"{hour:02}" for hour in range(24)]
    first, last = (_month_number(each) for each in (found[0], found[-1])) if found else (0, -1)
    return [f"{month // _MONTHS:04}-{month % _MONTHS + 1:02}" for month in range(first, last + 1)]


def _month_number(month: str) -> int:
    year, number = month.split("-")
    return int(year) * _MONTHS + int(number) - 1


def _draw(axes: "Axes", curve: _Curve, periods: Sequence[str], series: SeriesLook) -> None:
    places, objectives, name = range(len(periods)), curve.objectives(periods), plain_text(curve.name)
    axes.plot(places, curve.attainments(periods), color=series.colour, marker=series.marker, label=name)
    if any(each == each for each in objectives):  # noqa: PLR0124 - what is no number equals nothing, itself neither
        told = plain_text(f"objective of {curve.name}")
        axes.plot(places, objectives, color=series.colour, linestyle="--", linewidth=1, label=told)


def _percent(share: float | None) -> float:
    return _NOTHING if share is None else 100 * share
