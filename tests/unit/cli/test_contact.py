"""The command that writes the page of a policy: its files, and what is refused."""

import json
from datetime import datetime
from pathlib import Path
from typing import Final

import pytest

import slacalc as sla
from tests.unit.cli.commands import run

MARKET: Final = ("page", "b2b_marketplace", "--market", "BE", "--as-of", "2026-11-20T15:00+01:00")
FRIDAY: Final = datetime.fromisoformat("2026-11-20T15:00:00+01:00")
PAGE: Final = sla.contact_page(sla.sample_policy("b2b_marketplace"), "BE", "fr", FRIDAY)


def test_a_page_without_a_file_is_printed_as_text_in_the_language_of_the_market() -> None:
    assert run(*MARKET).stdout.startswith("Zo bereikt u ons\n================\n")


@pytest.mark.parametrize(
    ("suffix", "text"),
    [("html", PAGE.to_html()), ("md", PAGE.to_markdown()), ("txt", PAGE.to_text()), ("json", PAGE.to_json())],
)
def test_the_name_of_the_file_says_what_is_written(tmp_path: Path, suffix: str, text: str) -> None:
    file = tmp_path / f"page.{suffix}"
    assert run(*MARKET, "--language", "fr", "-o", str(file)).stdout.replace("\n", "").startswith("wrote ")
    assert file.read_text(encoding="utf-8") == text


def test_several_languages_are_several_files(tmp_path: Path) -> None:
    run(*MARKET, "-l", "nl", "-l", "fr", "-o", str(tmp_path / "page-{language}.md"))
    assert (tmp_path / "page-fr.md").read_text(encoding="utf-8") == PAGE.to_markdown()
    assert (tmp_path / "page-nl.md").read_text(encoding="utf-8").startswith("# Zo bereikt u ons\n")


def test_several_languages_in_one_file_are_misuse(tmp_path: Path) -> None:
    refused = run(*MARKET, "-l", "nl", "-l", "fr", "-o", str(tmp_path / "page.md"), code=2)
    assert refused.stderr == "slacalc: several languages are several files: name {language} in page.md\n"


def test_a_file_of_another_kind_is_misuse(tmp_path: Path) -> None:
    refused = run(*MARKET, "-o", str(tmp_path / "page.pdf"), code=2)
    assert refused.stderr == "slacalc: a page is written as .html, .md, .txt, .json, .ics\n"


def test_feeds_are_a_file_for_each_calendar(tmp_path: Path) -> None:
    run(*MARKET, "-o", str(tmp_path / "closed.ics"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["closed-line_de.ics", "closed-office.ics"]
    assert (tmp_path / "closed-office.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_a_widget_stands_in_the_page_and_its_data_in_a_file(tmp_path: Path) -> None:
    file, data = tmp_path / "page.html", tmp_path / "hours.json"
    run("page", "store_correspondence", "--as-of", "2026-11-20T15:00+01:00", "-o", str(file), "--widget",
        "--widget-data", str(data))  # fmt: skip
    assert "<section data-slacalc hidden" in file.read_text(encoding="utf-8")
    assert json.loads(data.read_text(encoding="utf-8"))["format"] == 1


def test_a_policy_without_a_guide_is_refused(folder: Path) -> None:
    refused = run("page", str(folder / "support.toml"), "--as-of", "2026-11-20T15:00+01:00", code=1)
    assert refused.stderr.startswith("slacalc: guide.channels: the policy has no channels to tell of; given 'support'")
