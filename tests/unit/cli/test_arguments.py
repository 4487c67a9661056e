"""How the arguments of the commands are read, and how misuse is said, word for word."""

from pathlib import Path
from typing import Final

import pytest

from tests.unit.cli.commands import COLUMNS, SUPPORT, run

# ---------------------------------------------------------------- refusals and misuse, word for word

RECEIVED: Final = ("--received", "2026-11-20T18:30+01:00")
REFUSALS: Final[list[tuple[tuple[str, ...], int, str]]] = [
    (
        ("promise", "webshop_helpdesk", "--received", "yesterday"), 1,
        "--received: this is not a time; given 'yesterday'; accepted: ISO 8601, such as 2026-11-20T18:30",
    ),
    (
        ("promise", "webshop_helpdesk", "--received", "2026-11-20T18:30"), 1,
        ("--received: the time has no zone; given '2026-11-20T18:30'; "
         "accepted: an offset, such as 2026-11-20T18:30+01:00, or --zone"),
    ),
    (
        ("promise", "webshop", *RECEIVED), 1,
        ("there is no such file, and no sample policy of this name; given 'webshop'; accepted: a file, or one of "
         "b2b_marketplace, channel_guide, marketplace_seller, store_correspondence, webshop_helpdesk"),
    ),
    (("promise", "webshop_helpdesk", *RECEIVED, "-f", "priority"), 2, "--field takes name=value, not 'priority'"),
    (
        ("promise", "webshop_helpdesk", *RECEIVED, "-f", "topic=a", "-f", "topic=b"), 2,
        "--field says twice what topic is",
    ),
    (("channels", "b2b_marketplace", "-f", "market=IT", "-f", "market=FI"), 2, "--field says twice what market is"),
    (
        ("week", "--policy", "support.toml", "--date", "tomorrow"), 1,
        "--date: this is not a date; given 'tomorrow'; accepted: a date such as 2026-11-20",
    ),
    (("week", "--hours", "24/7", "--zone", "UTC", "--calendar", "office"), 2, "--calendar is one of a --policy"),
    (("week", "--hours", "24/7"), 2, "name a --policy, or --hours and their --zone, not both"),
    (
        ("week", "--policy", "support.toml", "--holidays", "BE"), 2,
        "--holidays go with --hours; a policy names its own",
    ),
    (
        ("report", "log.csv", "-p", "support.toml"), 2,
        "name the columns: --mapping, or --ticket with --time and --activity, or with --received and --done-at",
    ),
    (
        ("report", "log.jsonl", "-p", "support.toml", "--time-format", "%Y"), 2,
        "a JSON Lines log has no columns: leave out --mapping and what says which column is what",
    ),
    (
        ("report", "log.csv", "-p", "support.toml", *COLUMNS, "--done", "first_reponse=answered"), 1,
        "done: no rule promises this metric; given 'first_reponse'; accepted: first_response",
    ),
    (
        ("report", "log.csv", "-p", "support.toml", *COLUMNS, "--since", "never"), 1,
        "--since: this is not a time; given 'never'; accepted: ISO 8601, such as 2026-11-20T18:30",
    ),
    (
        ("report", "log.csv", "-p", "support.toml", *COLUMNS, "--until", "never"), 1,
        "--until: this is not a time; given 'never'; accepted: ISO 8601, such as 2026-11-20T18:30",
    ),
    (
        ("report", "header.csv", "-p", "support.toml", *COLUMNS), 1,
        "--as-of: the log has no event to take --as-of from; accepted: --as-of",
    ),
    (
        ("ticket", "log.csv", "7", "-p", "support.toml"), 1,
        "log.csv: a CSV log needs a mapping; accepted: --mapping, or a JSON Lines log",
    ),
    (
        ("ticket", "log.jsonl", "9", "-p", "support.toml"), 1,
        "log.jsonl: the log has no such ticket; given '9'; accepted: one of 1 tickets",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "code", "told"), REFUSALS, ids=[row[-1] for row in REFUSALS])
def test_a_refusal_word_for_word(arguments: tuple[str, ...], code: int, told: str, folder: Path) -> None:
    (folder / "header.csv").write_text("id,at,what,prio\n", encoding="utf-8")
    (folder / "log.jsonl").write_text(
        '{"ticket": "7", "kind": "created", "at": "2026-11-20T10:00+01:00"}\n', encoding="utf-8"
    )
    refused = run(*arguments, code=code)
    assert (refused.stdout, refused.stderr) == ("", f"slacalc: {told}\n")


def test_a_policy_file_may_have_a_name_without_a_suffix(folder: Path) -> None:
    (folder / "support").write_text(SUPPORT, encoding="utf-8")
    assert run("promise", "support", *RECEIVED).stdout.startswith("first_response: due Mon 2026-11-23 13:00 (CET)\n")


@pytest.mark.usefixtures("folder")
def test_the_value_of_a_field_may_hold_an_equals_sign() -> None:
    assert run("promise", "support.toml", *RECEIVED, "-f", "topic=a=b").stdout
    refused = run("promise", "support.toml", *RECEIVED, "-f", "priority=a=b", code=1)
    assert "given 'a=b'" in refused.stderr
