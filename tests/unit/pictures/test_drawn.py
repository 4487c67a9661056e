"""Results that are drawings: shown in a notebook, saved to files."""

from datetime import date
from pathlib import Path
from typing import Final

import pytest

import slacalc as sla
from slacalc.pictures.drawn import Drawn

WEEK: Final = sla.picture_week(sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00"), date(2026, 11, 20))


def test_a_notebook_shows_the_drawing_and_the_table_below() -> None:
    html = WEEK._repr_html_()
    assert html.startswith(f"{WEEK.drawing().to_html()}\n<details><summary>as a table</summary>\n<table>")
    assert html.endswith("</table>\n</details>")


@pytest.mark.parametrize("name", ["week.svg", "WEEK.SVG"])
def test_a_drawing_is_saved_as_svg(tmp_path: Path, name: str) -> None:
    assert WEEK.save(tmp_path / name) == tmp_path / name
    assert (tmp_path / name).read_text(encoding="utf-8") == WEEK.to_svg()


def test_a_drawing_is_saved_as_html(tmp_path: Path) -> None:
    assert WEEK.save(str(tmp_path / "week.html")).read_text(encoding="utf-8") == WEEK.to_html()


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(sla.SlaError) as refused:
        WEEK.save(tmp_path / "week.jpg")
    assert (refused.value.code, refused.value.where) == ("argument_invalid", "path")
    assert refused.value.accepts == "a file whose name ends in .svg, .png, .html"


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(sla.SlaError) as refused:
        WEEK.save(tmp_path / "missing" / "week.svg")
    assert refused.value.code == "picture_unwritable"
    assert "No such file or directory" in refused.value.given


def test_what_is_drawn_says_so() -> None:
    assert isinstance(WEEK, Drawn)
    assert WEEK.drawing().title == "Opening hours, Mon 2026-11-16 to Sun 2026-11-22"
    assert WEEK.drawing().description.startswith("Mon 2026-11-16, 8h; Tue 2026-11-17, 8h;")
    assert WEEK.drawing().description.endswith("Sat 2026-11-21, closed; Sun 2026-11-22, closed")
