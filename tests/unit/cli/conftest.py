"""Folders with a policy and a log, to run commands in."""

from pathlib import Path

import pytest

from tests.unit.cli.commands import LIVES, LIVES_COLUMNS, LIVES_LINES, LIVES_POLICY, LOG, SUPPORT


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a policy and a log, to work in."""
    (tmp_path / "support.toml").write_text(SUPPORT, encoding="utf-8")
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def lives(folder: Path) -> Path:
    """The folder with a log of lives instead, in two forms, its mapping and its policy."""
    files = {"support.toml": LIVES_POLICY, "log.csv": LIVES, "columns.toml": LIVES_COLUMNS, "log.jsonl": LIVES_LINES}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
