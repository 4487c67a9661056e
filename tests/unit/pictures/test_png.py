"""Drawings as PNG, and what is said where matplotlib is not installed."""

import sys
from importlib.util import find_spec
from struct import unpack

import pytest

import slacalc as sla
from slacalc.pictures.drawing import Box, Drawing, Line, Words
from slacalc.pictures.png import png_of

DRAWING = Drawing("t", "d", 100, 40, (Box(1, 2, 3, 4, "open"), Line(0, 1, 2, 3, "due"), Words(5, 6, "$a$ & b")))


@pytest.mark.skipif(not find_spec("matplotlib"), reason="the extra plots is not installed")
def test_a_png_has_two_dots_for_each_unit() -> None:
    png = png_of(DRAWING)
    assert png.startswith(b"\x89PNG\r\n")
    assert unpack(">II", png[16:24]) == (200, 80)


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    monkeypatch.setitem(sys.modules, "matplotlib.backends.backend_agg", None)
    with pytest.raises(sla.MissingExtraError, match="slacalc with its extra plots, or SVG"):
        png_of(DRAWING)
