"""Charts on matplotlib's axes: where they are drawn, and what is said where they cannot be."""

import subprocess
import sys
from datetime import timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.plotting import axes_of, label_places, plain_text, unit_of
from tests.unit.test_render import RESULTS

PLOTTED: Final = ("queue", "aging", "response times", "wait map")


@pytest.fixture
def axes() -> Any:
    return pytest.importorskip("matplotlib.figure", reason="the extra plots").Figure().add_subplot()


@pytest.mark.parametrize("name", PLOTTED)
def test_a_plot_is_drawn_on_the_axes_given_or_on_those_of_a_figure_of_its_own(name: str, axes: Any) -> None:
    own = RESULTS[name].plot()
    assert RESULTS[name].plot(axes) is axes
    assert own.figure is not axes.figure
    assert own.get_xlabel() == axes.get_xlabel() != ""
    assert own.get_ylabel() == axes.get_ylabel() != ""
    assert own.get_title() == axes.get_title() != ""


@pytest.mark.parametrize("name", PLOTTED)
def test_without_matplotlib_the_extra_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.axes", None)
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(
        sla.MissingExtraError, match=r"a plot needs matplotlib\.axes; accepted: slacalc with its extra plots"
    ):
        RESULTS[name].plot()


def test_what_are_no_axes_is_refused(axes: Any) -> None:
    with pytest.raises(sla.SlaError, match="ax: this is of another kind"):
        axes_of(axes.figure)


def test_no_figure_of_pyplot_is_made() -> None:
    """In a process of its own: pyplot, which keeps figures for the whole program, is not even imported."""
    pytest.importorskip("matplotlib")
    program = (
        "import sys; from datetime import datetime, UTC; import slacalc as sla\n"
        "sla.wait_map(sla.sample_policy('channel_guide'), 'typical', 'first_response', as_of=datetime(2026, 1, 5, tzinfo=UTC)).plot()\n"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert said == "False\n"


@pytest.mark.parametrize(
    ("text", "shown", "why"),
    [
        ("high", "high", "words as they are"),
        ("$a$", r"\$a\$", "no formula"),
        ("_team", " _team", "a label that begins with an underscore is left out of a legend"),
        ("a\nb", r"a\nb", "one line"),
    ],
)
def test_a_text_is_written_as_it_is(text: str, shown: str, why: str) -> None:
    assert plain_text(text) == shown, why


@pytest.mark.parametrize(("hours", "name"), [(1, "hours"), (72, "hours"), (73, "days of 24 hours")])
def test_the_unit_of_an_axis_is_one_that_its_amounts_are_read_in(hours: int, name: str) -> None:
    assert unit_of(timedelta(hours=hours)).name == name


@pytest.mark.parametrize(("count", "shown"), [(3, [0, 1, 2]), (24, [*range(24)]), (25, [*range(0, 25, 2)])])
def test_of_many_labels_every_second_one_is_shown(axes: Any, count: int, shown: list[int]) -> None:
    label_places(axes, [f"l{place}" for place in range(count)])
    assert [label.get_text() for label in axes.get_xticklabels()] == [f"l{place}" for place in shown]
