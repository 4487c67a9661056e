"""Drawings: their SVG is well formed, says what it shows, and its colours are told apart."""

from itertools import combinations
from typing import Final, cast
from xml.etree import ElementTree as ET

import pytest

from slacalc.looks import LOOKS, Look
from slacalc.pictures.drawing import Box, Drawing, Line, Words

SVG: Final = "{http://www.w3.org/2000/svg}"
DRAWING: Final = Drawing(
    "A <week> & more",
    "Mon: 8h",
    100,
    40.5,
    (Box(1, 2, 3.456, 4, "open", "8 < 9"), Line(0, 1, 2, 3, "due"), Words(5, 6, "Fri\x00 & Sat", at="middle")),
)
# Marks that may stand beside each other in one picture, and mean different things.
BESIDE: Final[tuple[tuple[Look, ...], ...]] = (
    ("open", "closed", "holiday", "special", "absence"),
    ("counted", "paused", "closed", "due"),
    ("kept", "late", "closed"),
    ("cold", "warm", "hot"),
)


def test_svg_is_xml_with_a_title_and_a_description() -> None:
    root = ET.fromstring(DRAWING.to_svg())  # noqa: S314 - our own
    assert (root.get("role"), root.get("width"), root.get("viewBox")) == ("img", "100", "0 0 100 40.5")
    assert [root.findtext(f"{SVG}{name}") for name in ("title", "desc")] == ["A <week> & more", "Mon: 8h"]


def test_every_mark_is_drawn_in_order_over_the_ground() -> None:
    root = ET.fromstring(DRAWING.to_svg())  # noqa: S314 - our own
    marks = [each for each in root if each.tag.removeprefix(SVG) in {"rect", "line", "text"}]
    assert [each.get("class") for each in marks] == ["ground", "open", "due", "words"]
    assert (marks[1].get("width"), marks[1].findtext(f"{SVG}title")) == ("3.46", "8 < 9")
    assert (marks[3].text, marks[3].get("text-anchor")) == ("Fri\\x00 & Sat", "middle")


def test_only_the_looks_of_its_marks_are_described() -> None:
    assert [look for look in LOOKS if f"rect.{look}," in DRAWING.to_svg()] == ["ground", "words", "open", "due"]


def test_it_follows_the_reader_into_the_dark() -> None:
    dark = DRAWING.to_svg().split("@media(prefers-color-scheme:dark)")[1]
    assert f"rect.open,.slacalc text.open{{fill:{LOOKS['open'].dark}}}" in dark
    assert ":is([data-jp-theme-light=false],.vscode-dark,[data-md-color-scheme=slate]) .slacalc rect.open" in dark


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("look", [look for look in LOOKS if look not in {"ground", "closed"}])
def test_every_look_stands_out_from_the_ground(look: Look, dark: bool) -> None:
    """WCAG 2.2, 1.4.11: three to one; 1.4.3 for words: four and a half."""
    least = 4.5 if look in {"words", "faint"} else 3
    assert contrast(LOOKS[look][dark], LOOKS["ground"][dark]) >= least


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("look", ["cold", "warm", "hot"])
def test_words_in_the_colour_of_the_ground_are_read_on_a_heat_map(look: Look, dark: bool) -> None:
    """WCAG 2.2, 1.4.3."""
    assert contrast(LOOKS["ground"][dark], LOOKS[look][dark]) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("sight", ["full", "protanopia", "deuteranopia"])
@pytest.mark.parametrize(("one", "other"), [pair for looks in BESIDE for pair in combinations(looks, 2)])
def test_looks_are_told_apart_with_each_sight(one: Look, other: Look, sight: str, dark: bool) -> None:
    """Colours as Machado and others (2009) say that they are seen; a distance of 10 in CIELAB is seen at a glance."""
    assert distance(seen(LOOKS[one][dark], sight), seen(LOOKS[other][dark], sight)) >= 10


# ---------------------------------------------------------------- how colours are seen

Colour = tuple[float, float, float]
SIGHTS: Final[dict[str, tuple[Colour, Colour, Colour]]] = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}


def linear(colour: str) -> Colour:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return cast("Colour", tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts))


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def seen(colour: str, sight: str) -> Colour:
    rgb = linear(colour)
    return cast("Colour", tuple(max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True))) for row in SIGHTS[sight]))


def lab(rgb: Colour) -> Colour:
    red, green, blue = rgb
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: Colour, other: Colour) -> float:
    return float(sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5)
