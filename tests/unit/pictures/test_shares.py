"""Shares as bars, of marks and of characters."""

import pytest

from slacalc.pictures.drawing import Box, Line
from slacalc.pictures.shares import Share, bar_of_characters, drawing_of_shares


@pytest.mark.parametrize(
    ("share", "line", "bar"),
    [
        (0, None, "." * 40),
        (1, None, "#" * 40),
        (0.5, 0.25, "#" * 10 + "|" + "#" * 9 + "." * 20),
        (0.5, 1, "#" * 20 + "." * 19 + "|"),
    ],
)
def test_a_bar_of_forty_characters(share: float, line: float | None, bar: str) -> None:
    assert bar_of_characters(share, line) == bar


def test_bars_are_400_wide_and_what_is_not_well_has_another_colour() -> None:
    shares = [
        Share("a", 0.25, is_well=True, says="25%"),
        Share("b", 0.5, is_well=False, says="50%", line=0.75, line_tells="goal"),
    ]
    drawing = drawing_of_shares("t", shares)
    bars = [mark for mark in drawing.marks if isinstance(mark, Box) and mark.look in {"kept", "late"}]
    assert [(bar.look, bar.width, bar.tells) for bar in bars] == [("kept", 100, "25%"), ("late", 200, "50%")]
    assert [(line.x - bars[0].x, line.tells) for line in drawing.marks if isinstance(line, Line)] == [(300, "goal")]
    assert drawing.description == "a: 25%; b: 50%"
