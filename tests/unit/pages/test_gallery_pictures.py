"""The pictures of the gallery are what slacalc draws, and each is on the page."""

import pytest

from tests.gallery_pictures import FOLDER, pictures


@pytest.mark.parametrize("name", pictures())
def test_a_picture_of_the_gallery_is_what_is_drawn(name: str) -> None:
    """Looked at when they were made, in light and in dark; `python -m tests.gallery_pictures` writes them anew."""
    assert (FOLDER / f"{name}.svg").read_text(encoding="utf-8") == pictures()[name].to_svg()


def test_every_picture_is_on_the_page_with_what_it_shows() -> None:
    page = (FOLDER.parent / "pictures.md").read_text(encoding="utf-8")
    assert {path.stem for path in FOLDER.iterdir()} == set(pictures())
    assert [name for name in pictures() if f"](pictures/{name}.svg)" not in page] == []
