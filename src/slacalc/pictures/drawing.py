"""A `Drawing`: boxes, lines and words on a plane, written as SVG and as HTML without anything from elsewhere.

Each mark says what it is (`open`, `holiday`, `late`, ...); how that looks, `looks.py` says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final, Literal, NamedTuple, TypeAlias, assert_never

from slacalc.looks import LOOKS, Look
from slacalc.render import visible

__all__ = ["Box", "Drawing", "Line", "Mark", "Words"]

_DARK_PLACES: Final = ":is([data-jp-theme-light=false],.vscode-dark,[data-md-color-scheme=slate]) "
_FONT: Final = "12px system-ui, sans-serif"


class Box(NamedTuple):
    """A rectangle; `tells` is what is said of it where it is pointed at."""

    x: float
    y: float
    width: float
    height: float
    look: Look
    tells: str = ""


class Line(NamedTuple):
    """A line from a point to another."""

    x: float
    y: float
    to_x: float
    to_y: float
    look: Look
    tells: str = ""


class Words(NamedTuple):
    """One line of text whose baseline is at `y`, and whose start, middle or end is at `x`."""

    x: float
    y: float
    text: str
    look: Look = "words"
    at: Literal["start", "middle", "end"] = "start"


Mark: TypeAlias = Box | Line | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """Marks on a plane, the later ones over the earlier, with what a reader hears who does not see them."""

    title: str
    description: str
    width: float
    height: float
    marks: tuple[Mark, ...]

    def to_svg(self) -> str:
        """Return the drawing as SVG with its title and description; it follows the reader's light or dark."""
        told = f"<title>{_said(self.title)}</title><desc>{_said(self.description)}</desc>"
        size = f'width="{_n(self.width)}" height="{_n(self.height)}" viewBox="0 0 {_n(self.width)} {_n(self.height)}"'
        ground = f'<rect class="ground" width="{_n(self.width)}" height="{_n(self.height)}" rx="4"/>'
        marks = "\n".join(map(_mark, self.marks))
        style = _style(mark.look for mark in self.marks)
        head = f'<svg xmlns="http://www.w3.org/2000/svg" class="slacalc" role="img" {size}>'
        return f"{head}\n{told}\n<style>{style}</style>\n{ground}\n{marks}\n</svg>\n"

    def to_html(self) -> str:
        """Return the drawing as a figure of a page."""
        return f'<figure style="margin:0;overflow-x:auto">{self.to_svg()}</figure>'


def _mark(mark: Mark) -> str:
    match mark:
        case Box():
            place = f'x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.width)}" height="{_n(mark.height)}"'
            return f'<rect class="{mark.look}" {place}{_told("rect", mark.tells)}'
        case Line():
            place = f'x1="{_n(mark.x)}" y1="{_n(mark.y)}" x2="{_n(mark.to_x)}" y2="{_n(mark.to_y)}"'
            return f'<line class="{mark.look}" {place}{_told("line", mark.tells)}'
        case Words():
            anchor = "" if mark.at == "start" else f' text-anchor="{mark.at}"'
            return f'<text class="{mark.look}" x="{_n(mark.x)}" y="{_n(mark.y)}"{anchor}>{_said(mark.text)}</text>'
        case _ as never:
            assert_never(never)


def _told(tag: str, tells: str) -> str:
    return f"><title>{_said(tells)}</title></{tag}>" if tells else "/>"


def _said(text: str) -> str:
    """Return a text of XML: escaped, and without the characters that XML has not."""
    return escape(visible(text), quote=False)


def _n(number: float) -> str:
    """Return a number with two digits at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _style(used: Iterable[Look]) -> str:
    """Return how looks are drawn: in light, in dark where the reader asks for it, and in notebooks that are dark."""
    looks = {look: LOOKS[look] for look in dict.fromkeys(("ground", *used))}
    light = "".join(_rule("", look, colours.light) for look, colours in looks.items())
    dark = "".join(_rule("", look, colours.dark) for look, colours in looks.items())
    told = "".join(_rule(_DARK_PLACES, look, colours.dark) for look, colours in looks.items())
    return f"{light}@media(prefers-color-scheme:dark){{{dark}}}{told}.slacalc text{{font:{_FONT};white-space:pre}}"


def _rule(place: str, look: Look, colour: str) -> str:
    mark = f"{place}.slacalc"
    return f"{mark} rect.{look},{mark} text.{look}{{fill:{colour}}}{mark} line.{look}{{stroke:{colour};stroke-width:2}}"
