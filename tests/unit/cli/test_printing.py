"""What is printed on a terminal, and where there is none."""

from pathlib import Path

import pytest

from tests.unit.cli.commands import SUPPORT, run

# ---------------------------------------------------------------- the terminal


def test_names_are_printed_as_they_are_and_never_read_as_markup(folder: Path) -> None:
    name = "[bold red]inventory[/] :smile:"
    special = f'special_days = [{{ on = "2026-11-19", hours = "closed", name = "{name}" }}]'
    text = SUPPORT.replace('special_days = { "2026-11-19" = "closed" }', special)
    (folder / "odd.toml").write_text(text, encoding="utf-8")
    explained = run("explain", "2026-11-19T09:00", "2026-11-19T17:00", "--policy", "odd.toml").stdout
    assert f"special day: {name}" in explained
    assert name in run("week", "--policy", "odd.toml", "--date", "2026-11-19").stdout


@pytest.mark.parametrize("columns", ["40", "1", "0", "", "wide"])
def test_lines_are_never_broken_when_the_output_is_no_terminal(columns: str) -> None:
    arguments = ("promise", "webshop_helpdesk", "--received", "2026-11-20T18:30+01:00")
    narrow = run(*arguments, env={"COLUMNS": columns}).stdout.splitlines()
    assert (
        "the same business day by close, cutoff 16:00; rule normal, calendar standard of policy webshop_helpdesk"
        in narrow
    )


def test_output_without_a_terminal_has_no_escape_sequences() -> None:
    assert "\x1b" not in run("week", "--policy", "webshop_helpdesk", "--date", "2026-11-11").output


@pytest.mark.parametrize(
    "command", ["promise", "explain", "week", "report", "ticket", "agenda", "check", "schema", "holidays"]
)
def test_every_command_has_help(command: str) -> None:
    assert "Usage" in run(command, "--help").stdout
