"""The commands that ask what would have been, and how long promises last."""

import json
from pathlib import Path

import pytest

from tests.unit.cli.commands import run

pytestmark = pytest.mark.usefixtures("folder")

LOG = """id,came,answered
1,2026-11-23 09:00,2026-11-23 10:00
2,2026-11-23 10:00,2026-11-23 15:00
"""
MAPPING = """ticket = "id"
received = "came"
zone = "Europe/Brussels"
done_at = { first_response = "answered" }
"""
POLICY = """name = "plain"
[calendars.office]
zone = "Europe/Brussels"
hours = "Mon-Fri 09:00-17:00"
[[rules]]
name = "all"
calendar = "office"
metrics.first_response = { due = { business_hours = "4h" } }
"""
DUE = "rules.all.metrics.first_response.due"
ASKED = ("what-if", "few.csv", "-p", "plain.toml", "--mapping", "few.toml", "--as-of", "2026-11-24")


@pytest.fixture(autouse=True)
def _files(folder: Path) -> None:
    (folder / "few.csv").write_text(LOG, encoding="utf-8")
    (folder / "few.toml").write_text(MAPPING, encoding="utf-8")
    (folder / "plain.toml").write_text(POLICY, encoding="utf-8")
    (folder / "changes.toml").write_text(f'["6h"]\n"{DUE}" = {{ business_hours = "6h" }}\n', encoding="utf-8")


def test_what_if_prints_each_change_of_a_file_and_what_is_set() -> None:
    said = run(*ASKED, "--changes", "changes.toml", "--set", f'{DUE}={{"business_hours": "30min"}}', "--json").stdout
    lines = json.loads(said)["lines"]
    totals = {line["change"]: line["attainment_after"] for line in lines if line["priority"] == "all"}
    assert list(totals.values()) == [1.0, 0.0]
    assert next(iter(totals)) == "6h"
    assert "50.0% -> 100.0%" in run(*ASKED, "--changes", "changes.toml").stdout


def test_what_if_refuses_a_path_that_is_none_and_asks_for_a_change() -> None:
    refused = run(*ASKED, "--set", "calendars.offce.hours=24/7", code=1)
    assert "accepted: office" in refused.stderr
    assert "say what changes" in run(*ASKED, code=2).stderr


def test_check_prints_how_long_promises_last() -> None:
    lines = run("check", "plain.toml", "--as-of", "2026-11-23", "--wait").stdout.splitlines()
    assert lines[0] == "plain: no problem, 0 warnings"
    assert lines[1].startswith("plain: waits of the year from Mon 2026-11-23 00:00")
    data = json.loads(run("check", "plain.toml", "--as-of", "2026-11-23", "--wait", "--json").stdout)
    assert (
        data["waits"]["lines"][0]["longest"] == "69h"
    )  # 4 hours from Friday 13:00 on: 65 hours closed, clocks set back


def test_what_if_reads_json_lines_and_tells_what_was_left_out(folder: Path) -> None:
    told = ['{"ticket": "1", "kind": "created", "at": "2026-11-23T09:00:00+01:00"}', '{"ticket": "2"}']
    (folder / "log.jsonl").write_text("\n".join(told), encoding="utf-8")
    change = f'{DUE}={{"business_hours": "8h"}}'
    done = run("what-if", "log.jsonl", "-p", "plain.toml", "--as-of", "2026-11-23T16:00+01:00", "--set", change, code=3)
    assert "0.0% -> none    1 -> 0" in done.stdout  # due at 13:00 it was overdue; due at 17:00 it is not
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["line 2"]


def test_what_if_refuses_csv_without_a_mapping() -> None:
    refused = run("what-if", "few.csv", "-p", "plain.toml", "--set", f"{DUE}=1", code=1)
    assert refused.stderr == "slacalc: few.csv: a CSV log needs a mapping; accepted: --mapping, or a JSON Lines log\n"
