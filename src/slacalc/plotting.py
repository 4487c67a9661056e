"""Charts on matplotlib's axes, by the extra `plots`: no figure of pyplot is made, shown or changed.

Each `.plot(ax=None)` draws on the axes that it is given, and else on axes of a figure of its own: `axes.figure`.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from slacalc.arguments import refuse
from slacalc.errors import MissingExtraError, SlaError
from slacalc.looks import LOOKS, Look
from slacalc.render import one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "SERIES",
    "SeriesLook",
    "Unit",
    "axes_of",
    "check_series",
    "colour_of",
    "draw_cells",
    "label_places",
    "plain_text",
    "say_instead",
    "unit_of",
]

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_MOST_HOURS: Final = timedelta(hours=72)
_MOST_LABELS: Final = 24
_MOST_LEVEL_LABELS: Final = 7


class SeriesLook(NamedTuple):
    """How one of several series is told from the others: by its colour, its marks, and how a bar is hatched."""

    colour: str
    marker: str
    hatch: str


_SERIES: Final[tuple[tuple[Look, str, str], ...]] = (
    ("open", "o", ""), ("due", "s", "//"), ("kept", "^", ".."), ("special", "D", "xx"), ("paused", "v", "--"),
    ("absence", "P", "||"), ("hot", "X", "++"), ("holiday", "*", "oo"),
)  # fmt: skip
SERIES: Final = tuple(SeriesLook(LOOKS[look].light, marker, hatch) for look, marker, hatch in _SERIES)
"""As many series as one chart tells apart."""


class Unit(NamedTuple):
    """The unit of an axis of time."""

    name: str
    length: timedelta


def axes_of(ax: "Axes | None", width: float = 8.0, height: float = 4.5) -> "Axes":
    """Return the axes to draw on: those given, else the axes of a new figure. Raises MissingExtraError and SlaError."""
    try:
        from matplotlib.axes import Axes
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError(
            "extra_missing", f"a plot needs {error.name}", accepts="slacalc with its extra plots"
        ) from error
    if ax is None:
        return Figure(figsize=(width, height), layout="constrained").add_subplot()
    if not isinstance(ax, Axes):
        refuse(ax, "ax", "axes of matplotlib, or None for new ones")
    return ax


def check_series(count: int, things: str, accepts: str, where: str = "") -> None:
    """Raise SlaError for more of something than one chart tells apart."""
    if count > len(SERIES):
        raise SlaError(
            "plot_too_large",
            f"these are too many {things} to tell apart",
            given=count,
            accepts=f"at most {len(SERIES)} {accepts}",
            where=where,
        )


def colour_of(look: Look) -> str:
    """Return how a look is drawn, on a light ground."""
    return LOOKS[look].light


def plain_text(words: str) -> str:
    """Return a text as matplotlib writes it: no formula between dollars, no label that hides behind an underscore."""
    text = one_line(words).replace("$", r"\$")
    return f" {text}" if text.startswith("_") else text


def say_instead(ax: "Axes", words: str) -> None:
    """Write words where there is nothing to draw."""
    ax.text(0.5, 0.5, plain_text(words), ha="center", va="center", transform=ax.transAxes, color=colour_of("faint"))


def label_places(ax: "Axes", labels: Sequence[str]) -> None:
    """Label the places 0, 1, 2, ... of the horizontal axis; of many labels every second, third, ... one."""
    step = -(-len(labels) // _MOST_LABELS) or 1
    turned = 45 if len(labels) > _MOST_LEVEL_LABELS else 0
    shown = range(0, len(labels), step)
    ax.set_xticks(shown, [plain_text(labels[place]) for place in shown], rotation=turned)


def unit_of(longest: timedelta) -> Unit:
    """Return the unit in which amounts up to this one are read: hours, or days of 24 hours."""
    return Unit("hours", _HOUR) if longest <= _MOST_HOURS else Unit("days of 24 hours", _DAY)


def draw_cells(ax: "Axes", rows: Sequence[Sequence[float]], looks: Sequence[Look]) -> None:
    """Draw a cell for each value of each row, in the colour of its part of the largest, with the value in it."""
    from matplotlib.colors import ListedColormap

    largest = max(max(row) for row in rows)
    colours = ListedColormap([colour_of(look) for look in looks])
    image = ax.imshow(rows, cmap=colours, vmin=0, vmax=largest or 1, aspect="auto")
    ax.figure.colorbar(image, ax=ax, ticks=_parts(largest, len(looks)), format="%.0f", label="hours")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            ax.text(x, y, f"{value:.0f}", ha="center", va="center", fontsize=7, color=colour_of("ground"))


def _parts(largest: float, count: int) -> Iterable[float]:
    return [largest * place / count for place in range(count + 1)]
