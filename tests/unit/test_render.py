"""Rows as text and as HTML, where no text draws a line or a colour of its own."""

from typing import Final

import pytest

from slacalc.render import TextTable, one_line, visible

# ---------------------------------------------------------------- tables

TABLE: Final = TextTable.of(("who", "much", "why"), [("a", "10", "b"), ("long", "9", "")], figures=range(1, 2))


def test_a_table_sets_words_at_the_left_and_figures_at_the_right() -> None:
    assert TABLE.to_text() == "who   much  why\na       10  b\nlong     9"


def test_a_table_as_html_is_escaped() -> None:
    assert TextTable.of(("<a>",), [("&",)]).to_html() == (
        "<table>\n<tr><th>&lt;a&gt;</th></tr>\n<tr><td>&amp;</td></tr>\n</table>"
    )


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Fête nationale, 中秋节 🎄", "Fête nationale, 中秋节 🎄", "words of any language stay"),
        ("a\x1b[2Jb", r"a\x1b[2Jb", "an escape clears no screen"),
        ("a\rb\x08c\x7f\x9b", r"a\rb\x08c\x7f\x9b", "nothing is drawn over"),
        ("a\tb\u2028c\u0085d", r"a\tb\u2028c\x85d", "nor torn apart"),
        ("a\\nb", "a\\nb", "what is written out stays"),
    ],
)
def test_control_characters_are_written_out(text: str, expected: str, why: str) -> None:
    assert one_line(text) == visible(text) == expected, why


def test_a_line_break_is_kept_in_a_text_of_lines_only() -> None:
    assert (one_line("a\nb\x07"), visible("a\nb\x07")) == (r"a\nb\x07", "a\nb\\x07")
