"""Bars of half hours as marks: where they stand, and how wide the drawing is."""

from slacalc.pictures.bars import Bar, drawing_of_bars
from slacalc.pictures.drawing import Box, Words


def boxes(marks: str) -> list[tuple[float, float, str]]:
    """The boxes of one row: their left edge and width in half hours, and their look; lines of hours left out."""
    drawing = drawing_of_bars("t", [Bar("Fri", marks, "")])
    return [
        ((mark.x - 120) / 11, mark.width / 11, mark.look)
        for mark in drawing.marks
        if isinstance(mark, Box) and mark.tells
    ]


def test_a_run_of_one_mark_is_one_box() -> None:
    assert boxes("....##+.") == [(0, 4, "closed"), (4, 2, "open"), (6, 1, "partly"), (7, 1, "closed")]


def test_nothing_is_drawn_before_a_clock_began() -> None:
    assert boxes("  #~-!") == [(2, 1, "open"), (3, 1, "paused"), (4, 1, "coming"), (5, 1, "due")]


def test_hours_stand_above_every_third_hour() -> None:
    words = [mark.text for mark in drawing_of_bars("t", []).marks if isinstance(mark, Words)]
    assert words == ["0", "3", "6", "9", "12", "15", "18", "21", "24"]


def test_a_date_of_25_hours_and_long_notes_make_the_drawing_wider() -> None:
    usual, long, noted = (
        drawing_of_bars("t", [bar]).width
        for bar in (Bar("a", "#" * 48, ""), Bar("a", "#" * 50, ""), Bar("a", "", "x" * 10))
    )
    assert (long - usual, round(noted - usual)) == (22, 69)
