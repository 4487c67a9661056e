"""The notebooks of docs/notebooks: each runs to its end, and what it shows is small, and drawn where it should be."""

from pathlib import Path
from typing import Any, Final

import pytest

FOLDER: Final = Path(__file__).parents[2] / "docs" / "notebooks"
MOST: Final = 200_000  # characters that one cell shows
DRAWN: Final = {
    "monthly-report-duckdb": 3,  # the week, the year, the bars of the report
    "monthly-report-pandas": 3,
    "monthly-report-polars": 3,
    "saturdays": 1,  # bars of what if
    "whose-clock": 1,  # the way of a promise from receipt to due
}


def shown(notebook: Path) -> list[str]:
    """Run a notebook in a process of its own, and return what its cells show: HTML where there is some."""
    nbformat = pytest.importorskip("nbformat", reason="the group notebooks is not installed")
    client = pytest.importorskip("nbclient", reason="the group notebooks is not installed")
    told: Any = nbformat.read(notebook, as_version=4)
    client.NotebookClient(told, timeout=300, resources={"metadata": {"path": str(FOLDER)}}).execute()
    outputs = [output for cell in told.cells if cell.cell_type == "code" for output in cell.outputs if "data" in output]
    return [output["data"].get("text/html", output["data"].get("text/plain", "")) for output in outputs]


@pytest.mark.slow
@pytest.mark.parametrize("name", DRAWN)
def test_a_notebook_runs_and_shows_its_pictures(name: str) -> None:
    outputs = shown(FOLDER / f"{name}.ipynb")
    assert sum(output.startswith("<figure") for output in outputs) == DRAWN[name]
    assert max(map(len, outputs)) < MOST


def test_no_notebook_is_forgotten_and_none_has_outputs() -> None:
    assert {path.stem for path in FOLDER.glob("*.ipynb")} == set(DRAWN)
    assert [path.name for path in FOLDER.glob("*.ipynb") if '"output_type"' in path.read_text(encoding="utf-8")] == []
