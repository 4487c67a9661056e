"""The bar that shows how far a file is: what it says, and that all things pass."""

import pytest

from slacalc.cli.progress import passing

THINGS = ["ab"] * 2_500


def test_on_a_terminal_it_shows_what_is_done_and_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # by which rich takes what is no terminal for one
    with passing(THINGS, len, doing="reading log.csv", total=5_000, shown=True) as things:
        assert [*things] == THINGS

    told = capsys.readouterr()
    assert told.out == ""
    assert "reading log.csv" in told.err
    assert "80%" in told.err  # it was told of 2000 things last, with 2 each


@pytest.mark.parametrize("shown", [True, False])
def test_nothing_is_shown_where_there_is_no_terminal_or_it_is_not_wanted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, shown: bool
) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    if not shown:
        monkeypatch.setenv("FORCE_COLOR", "1")
    with passing(THINGS, len, doing="reading", total=5_000, shown=shown) as things:
        assert [*things] == THINGS

    assert capsys.readouterr() == ("", "")
