"""Results that are drawings: shown in a notebook, saved to files."""

from datetime import date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.pictures.drawing import Box, Words
from slacalc.pictures.drawn import Drawn
from slacalc.pictures.png import png_of

OFFICE: Final = sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays="DE")
FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Berlin"))
POLICY: Final = sla.sample_policy("webshop_helpdesk")
TICKET: Final = POLICY.replay([sla.Created(at=FRIDAY)], as_of=FRIDAY + timedelta(days=3), ticket="T-1")
PICTURES: Final[dict[str, Drawn]] = {
    "week": sla.picture_week(OFFICE, date(2026, 12, 24)),
    "year": sla.picture_year(OFFICE, 2026),
    "hours": sla.picture_hours(OFFICE),
    "clock": sla.picture_clock(TICKET["first_response"]),
    "ticket": sla.picture_ticket(TICKET),
    "heat map": sla.wait_map(POLICY, "normal", "first_response", as_of=FRIDAY),
    "promises": sla.picture_promises(POLICY.promise(FRIDAY)),
    "report": sla.picture_report(
        sla.report([{"ticket": "1", "received": FRIDAY}], POLICY, as_of=FRIDAY + timedelta(days=9))
    ),
}
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


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_no_two_texts_of_a_picture_touch(picture: Drawn) -> None:
    """A letter is taken for 6.9 units wide, a line for 12 high."""
    shifts = {"start": 0.0, "middle": 0.5, "end": 1.0}
    words = [mark for mark in picture.drawing().marks if isinstance(mark, Words) and mark.text]
    boxes = [(each.x - shifts[each.at] * 6.9 * len(each.text), each.y, 6.9 * len(each.text)) for each in words]
    touching = [
        (one, other)
        for (one, (x, y, width)), (other, (to_x, to_y, to_width)) in combinations(zip(words, boxes, strict=True), 2)
        if abs(y - to_y) < 12 and x < to_x + to_width and to_x < x + width
    ]
    assert touching == []


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_every_mark_of_a_picture_is_inside_it(picture: Drawn) -> None:
    drawing = picture.drawing()
    for mark in drawing.marks:
        if isinstance(mark, Box):
            assert 0 <= mark.x <= mark.x + mark.width <= drawing.width
            assert 0 <= mark.y <= mark.y + mark.height <= drawing.height


def test_what_is_drawn_says_so() -> None:
    assert isinstance(WEEK, Drawn)
    assert WEEK.drawing().title == "Opening hours, Mon 2026-11-16 to Sun 2026-11-22"
    assert WEEK.drawing().description.startswith("Mon 2026-11-16, 8h; Tue 2026-11-17, 8h;")
    assert WEEK.drawing().description.endswith("Sat 2026-11-21, closed; Sun 2026-11-22, closed")


def test_a_png_is_the_drawing_in_dots(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="a PNG is drawn with it")
    assert WEEK.save(tmp_path / "week.PNG").read_bytes() == png_of(WEEK.drawing())
