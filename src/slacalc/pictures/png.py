"""A drawing as PNG, by matplotlib: the extra `plots`."""

from io import BytesIO
from typing import Any, Final, assert_never

from slacalc.errors import MissingExtraError
from slacalc.looks import LOOKS, Look
from slacalc.pictures.drawing import Box, Drawing, Line, Mark, Words

__all__ = ["png_of"]

_DOTS: Final = 144  # an inch: two for each unit of a drawing
_UNITS: Final = 72  # an inch
_POINTS: Final = 9
_SHIFTS: Final = {"start": "left", "middle": "center", "end": "right"}


def png_of(drawing: Drawing) -> bytes:
    """Return a drawing as PNG, on a light ground. Raises MissingExtraError without matplotlib."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError(
            "extra_missing", f"PNG needs {error.name}", accepts="slacalc with its extra plots, or SVG"
        ) from error
    figure = Figure(figsize=(drawing.width / _UNITS, drawing.height / _UNITS), dpi=_DOTS, facecolor=_light("ground"))
    plane = figure.add_axes((0, 0, 1, 1), xlim=(0, drawing.width), ylim=(drawing.height, 0))
    plane.axis("off")
    for mark in drawing.marks:
        _put(plane, mark)
    file = BytesIO()
    FigureCanvasAgg(figure)
    figure.savefig(file, format="png", metadata={"Title": drawing.title, "Description": drawing.description})
    return file.getvalue()


def _put(plane: Any, mark: Mark) -> None:  # noqa: ANN401 - axes of matplotlib
    from matplotlib.patches import Rectangle

    colour = _light(mark.look)
    match mark:
        case Box():
            plane.add_patch(Rectangle((mark.x, mark.y), mark.width, mark.height, color=colour, linewidth=0))
        case Line():
            plane.plot((mark.x, mark.to_x), (mark.y, mark.to_y), color=colour, linewidth=2)
        case Words():
            text = mark.text.replace("$", r"\$")  # matplotlib reads formulas between them
            plane.text(mark.x, mark.y, text, color=colour, fontsize=_POINTS, ha=_SHIFTS[mark.at])
        case _ as never:
            assert_never(never)


def _light(look: Look) -> str:
    return LOOKS[look].light
