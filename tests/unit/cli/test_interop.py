"""The command that imports: what it writes, what it says of losses, and its exit codes."""

import json
from pathlib import Path

import slacalc as sla
from tests.unit.cli.commands import run
from tests.unit.interop.zendesk.accounts import ORDINARY, condition, sla_policy, target


def account(folder: Path, *answers: object) -> str:
    for number, answer in enumerate(answers):
        (folder / f"answer_{number}.json").write_text(json.dumps(answer), encoding="utf-8")
    return str(folder)


def test_a_policy_is_written_that_loads(tmp_path: Path) -> None:
    out = tmp_path / "policies" / "zendesk"
    (tmp_path / "in").mkdir()
    result = run("import", "zendesk", account(tmp_path / "in", *ORDINARY), "-o", str(out))
    assert result.stdout.splitlines()[0] == "Zendesk: 1 calendar, 3 rules, 0 losses"
    assert sla.load_policy(out / "policy.toml") == sla.interop.zendesk.load(ORDINARY).policy
    run("check", str(out / "policy.toml"), "--as-of", "2026-11-20")


def test_without_a_folder_the_policy_is_printed(tmp_path: Path) -> None:
    folder = account(tmp_path, *ORDINARY)
    assert run("import", "zendesk", folder).stdout == sla.interop.zendesk.load(tmp_path).to_toml()
    said = json.loads(run("import", "zendesk", folder, "--json").stdout)
    assert said == json.loads(sla.interop.zendesk.load(tmp_path).to_json())


def test_what_changes_due_times_is_refused_until_it_is_wanted(tmp_path: Path) -> None:
    lossy = sla_policy(
        1,
        "A",
        1,
        target("low", "first_reply_time", 60, business=False),
        filter={"all": [condition("status", "is", "open")]},
    )
    (tmp_path / "in").mkdir()
    folder = account(tmp_path / "in", {"sla_policies": [lossy]})
    refused = run("import", "zendesk", folder, "-o", str(tmp_path / "out"), code=1)
    assert refused.stdout == ""
    assert "answer_0.json: sla_policies[0].filter.all[0]: the field 'status'" in refused.stderr
    assert not (tmp_path / "out").exists()
    wanted = run("import", "zendesk", folder, "-o", str(tmp_path / "out"), "--lossy")
    assert "the condition is left out (changes due times)" in wanted.stdout
    assert "changes due times" in (tmp_path / "out" / "policy.toml").read_text(encoding="utf-8")


def test_misuse_and_a_folder_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    misused = run("import", "zendesc", str(tmp_path), code=2)
    assert misused.stderr == ("slacalc: there is no such system: zendesc; accepted: zendesk\n")
    run("import", "zendesk", str(tmp_path / "none"), code=1)
    (tmp_path / "in").mkdir()
    (tmp_path / "file").write_text("")
    refused = run("import", "zendesk", account(tmp_path / "in", *ORDINARY), "-o", str(tmp_path / "file"), code=1)
    assert refused.stdout == ""
    assert "nothing can be written here" in refused.stderr
