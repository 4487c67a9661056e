"""The commands about a policy: what they print, that their JSON agrees with the library, and their exit codes."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import slacalc as sla
from slacalc.policies.loading import SAMPLES
from tests.helpers import DATA
from tests.unit.cli.commands import COLUMNS, FRIDAY, SUPPORT, run, said

pytestmark = pytest.mark.usefixtures("folder")

# ---------------------------------------------------------------- promise


def test_promise_prints_when_a_ticket_is_due_and_why() -> None:
    result = run("promise", "webshop_helpdesk", "--received", "2026-11-20T18:30", "--zone", "Europe/Brussels")
    assert result.stdout.splitlines() == [
        "first_response: due Sat 2026-11-21 12:00 (CET)",
        "Your message reached us outside our office hours. We will reply by 12:00 tomorrow.",
        "the same business day by close, cutoff 16:00; rule normal, calendar standard of policy webshop_helpdesk",
        "from                  to                         wall  counted  reason       ",
        "Fri 2026-11-20 18:30  Sat 2026-11-21 09:00  14h 30min           outside hours",
        "Sat 2026-11-21 09:00  Sat 2026-11-21 12:00         3h       3h  counted      ",
        "                                            17h 30min       3h  total        ",
    ]
    assert result.stderr == ""


def test_promise_says_the_aim_the_range_and_when_to_ask_again() -> None:
    lines = run(
        "promise", "b2b_marketplace", "--received", "2026-11-20T18:00+01:00", "-f", "channel=email", "-f", "market=FI"
    ).stdout.splitlines()
    assert lines[0] == "first_response: due Mon 2026-11-23 18:00 (CET)"
    assert lines[3] == (
        "expected Mon 2026-11-23 12:00: inside hours 3h in business hours, outside the same business day by 12:00"
    )
    assert lines[4] == "ask again Tue 2026-11-24 18:00"
    ranged = run("promise", "channel_guide", "--received", "2026-10-24T12:00+03:00").stdout.splitlines()
    assert ranged[0] == "first_response: usually by Tue 2026-10-27 11:00 (EET)"
    assert ranged[3] == "earliest Sun 2026-10-25 11:00"
    asked = run("promise", "store_correspondence", "--received", "2026-11-20T18:00+03:00").stdout.splitlines()
    assert "ask again Sun 2026-11-22 18:00 to Mon 2026-11-23 18:00" in asked


def test_a_promise_is_said_in_each_language_that_is_asked_for() -> None:
    asked = ("promise", "webshop_helpdesk", "--received", "2026-11-20T15:00+01:00", "-l", "nl", "-l", "fr")
    assert run(*asked).stdout.splitlines()[1:3] == [
        "Wij antwoorden u uiterlijk vandaag om 17.00 uur.",
        "Nous vous répondrons au plus tard aujourd\u2019hui à 17 h.",
    ]
    assert [each["language"] for each in said(*asked, "--json")["first_response"]["told"]] == ["nl", "fr"]


def test_a_channel_without_a_promise_is_told_so() -> None:
    asked = ("promise", "store_correspondence", "--received", "2026-11-20T15:00+03:00", "-f", "channel=social_media")
    result = run(*asked, "-l", "en", "-l", "de")
    assert result.stdout.splitlines() == [
        "store_correspondence promises nothing here",
        "Social media: we read your messages, but we do not promise a reply time.",
        "Soziale Medien: Wir lesen Ihre Nachrichten, versprechen aber keine Antwortzeit.",
    ]
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("policy", "fields"),
    [
        ("webshop_helpdesk", {"priority": "priority"}),
        ("b2b_marketplace", {"channel": "chat", "market": "SE"}),
        ("marketplace_seller", {"reading": "mild"}),
        ("store_correspondence", {}),
        ("channel_guide", {}),
    ],
)
def test_promise_as_json_is_what_the_library_says(policy: str, fields: dict[str, str]) -> None:
    options = [part for name, value in fields.items() for part in ("--field", f"{name}={value}")]
    printed = said("promise", policy, "--received", FRIDAY.isoformat(), "--json", *options)
    given: dict[str, Any] = dict(fields)
    promises = sla.sample_policy(policy).promise(FRIDAY, **given)
    told = {
        metric: promise.expectation(as_of=FRIDAY).say(promise.language or "en", reason=True).to_data()
        for metric, promise in promises.items()
    }
    assert told == {metric: promise.pop("told") for metric, promise in printed.items() if metric in promises}
    of_the_zone = {"received": FRIDAY.isoformat(), "zones": None}  # the command line was given an offset
    assert {metric: {**promise, **of_the_zone} for metric, promise in json.loads(promises.to_json()).items()} == {
        metric: {**promise, **of_the_zone} for metric, promise in printed.items()
    }


def test_promise_counts_from_named_instants() -> None:
    arguments = ("promise", "b2b_marketplace", "--received", "2026-11-20T15:00+01:00", "-f", "topic=return", "--json")
    begun = {metric: each["due"] for metric, each in said(*arguments).items()}
    assert begun == {"first_response": "2026-11-23T15:00:00+01:00", "next_response": None, "free_return": None}
    printed = said(*arguments, "--at", "delivered=2026-11-02T10:00+01:00")
    assert printed["free_return"]["due"] == "2026-12-03T00:00:00+01:00"
    in_zone = said(*arguments, "--at", "delivered=2026-11-02T10:00", "--zone", "Europe/Berlin")
    assert in_zone["free_return"]["origin"] == "2026-11-02T10:00:00+01:00"


def test_promise_without_a_receipt_is_for_now(monkeypatch: pytest.MonkeyPatch) -> None:
    class Then(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return FRIDAY.astimezone(tz)

    monkeypatch.setattr("slacalc.cli.arguments.datetime", Then)
    printed = said("promise", "webshop_helpdesk", "--json")
    assert printed["first_response"]["received"] == "2026-11-20T17:30:00+00:00"
    in_zone = said("promise", "webshop_helpdesk", "--zone", "Europe/Brussels", "--json")
    assert in_zone["first_response"]["received"] == "2026-11-20T18:30:00+01:00"


def test_a_policy_may_be_a_file(folder: Path) -> None:
    arguments = ("--received", "2026-11-20T16:00+01:00", "--json")
    assert said("promise", "support.toml", *arguments)["first_response"]["due"] == "2026-11-23T12:00:00+01:00"
    urgent = said("promise", str(folder / "support.toml"), *arguments, "-f", "priority=urgent")
    assert urgent["first_response"]["due"] == "2026-11-21T11:00:00+01:00"


@pytest.mark.parametrize(
    ("arguments", "needle"),
    [
        (("webshop_helpdesk", "--received", "2026-11-20T18:30"), "--received"),
        (("webshop_helpdesk", "--received", "yesterday", "--zone", "Europe/Brussels"), "'yesterday'"),
        (("webshop_helpdesk", "--received", "2026-11-20T18:30", "--zone", "Brussels"), "'Brussels'"),
        (("webshop_helpdesk", "--received", "2026-11-20T18:30+01:00", "-f", "priority=urgent"), "'urgent'"),
        (("webshop_helpdesk", "--received", "2026-11-20T18:30+01:00", "-f", "colour=red"), "colour"),
        (("webshop_helpdesk", "--received", "2026-11-20T18:30+01:00", "-f", "self=x"), "self"),
        (("webshop_helpdesk", "--received", "2026-11-20T18:30+01:00", "-f", "received=x"), "received"),
        (("webshop_helpdesk", "--received", "2026-11-20T18:30+01:00", "-f", "fields=x"), "fields"),
        (("webshop_helpdesk", "--received", "2026-11-20T18:30+01:00", "--at", "delivered=2026-11-20T18:30Z"), "delivered"),
        (("b2b_marketplace", "--received", "2026-11-20T18:30+01:00", "-f", "market=DE"), "no rule matches"),
        (("webshop_helpdesk", "--received", "1850-01-01T00:00Z"), "does not cover"),
        (("webshop_helpdesk", "--received", "2150-01-01T00:00Z"), "does not cover"),
        (("webshop", "--received", "2026-11-20T18:30+01:00"), "webshop"),
        (("webshop-helpdesk", "--received", "2026-11-20T18:30+01:00"), "webshop_helpdesk"),
        (("webshop_helpdesk", "--received", "2026-11-20T18:30+01:00", "--language", ""), "no language code"),
        (("none.toml",), "none.toml"),
        (("none.json",), "none.json"),
    ],
)  # fmt: skip
def test_what_promise_refuses_is_told_on_the_error_stream_with_exit_code_1(
    arguments: tuple[str, ...], needle: str, folder: Path
) -> None:
    result = run("promise", *arguments, code=1)
    assert result.stdout == ""
    assert result.stderr.startswith("slacalc: ")
    assert needle in result.stderr
    assert not (folder / "none.toml").exists()


def test_a_wrong_policy_is_told_with_all_its_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA)
    result = run("promise", "ten_mistakes.toml", code=1)
    expected = (DATA / "ten_mistakes.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(expected) == sorted(result.stderr.removeprefix("slacalc: ").splitlines())


@pytest.mark.parametrize(
    "arguments",
    [
        ("promise",),
        ("promise", "webshop_helpdesk", "--field", "priority"),
        ("promise", "webshop_helpdesk", "--field", "=normal"),
        ("promise", "webshop_helpdesk", "--field", "priority="),
        ("promise", "webshop_helpdesk", "--at", "delivered"),
        ("promise", "webshop_helpdesk", "-f", "priority=normal", "-f", "priority=priority"),
        ("channels", "b2b_marketplace", "-f", "market=IT", "-f", "market=FI"),
        ("promise", "webshop_helpdesk", "--unknown"),
        ("promise", "webshop_helpdesk", "another"),
        ("explain", "2026-11-20T09:00", "2026-11-20T17:00"),
        ("explain", "2026-11-20T09:00", "2026-11-20T17:00", "--hours", "Mon 09:00-17:00"),
        ("explain", "2026-11-20T09:00", "2026-11-20T17:00", "--hours", "24/7", "--policy", "webshop_helpdesk"),
        ("explain", "2026-11-20T09:00", "2026-11-20T17:00", "--policy", "webshop_helpdesk", "--holidays", "BE"),
        ("week", "--hours", "24/7", "--zone", "UTC", "--calendar", "office"),
        ("explain", "2026-11-20T09:00"),
        ("week",),
        ("report", "log.csv"),
        ("report", "log.csv", "--policy", "support.toml"),
        ("report", "log.csv", "--policy", "support.toml", "--ticket", "id", "--time", "at"),
        ("report", "log.csv", "--policy", "support.toml", *COLUMNS, "--done", "answered"),
        ("holidays", "freeze", "BE"),
        ("holidays", "freeze", "BE", "now", "2030"),
        ("unknown",),
    ],
    ids=" ".join,
)
def test_misuse_is_exit_code_2(arguments: tuple[str, ...], folder: Path) -> None:
    result = run(*arguments, code=2)
    assert result.stdout == ""
    assert result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["log.csv", "support.toml"]


# ---------------------------------------------------------------- check, schema


@pytest.mark.parametrize("name", SAMPLES)
def test_check_finds_nothing_in_a_sample(name: str) -> None:
    assert run("check", name, "--as-of", "2026-11-20T12:00").stdout == f"{name}: no problem, 0 warnings\n"
    assert said("check", name, "--as-of", "2026-11-20T12:00", "--json") == {"problems": [], "warnings": []}


def test_check_prints_everything_that_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DATA)
    _, *expected = (DATA / "ten_mistakes.txt").read_text(encoding="utf-8").splitlines()
    result = run("check", "ten_mistakes.toml", code=1)
    assert sorted(expected) == sorted(result.stderr.splitlines())
    assert result.stdout == ""
    printed = said("check", "ten_mistakes.toml", "--json", code=1)
    assert sorted(expected) == sorted(printed["problems"])
    assert printed["warnings"] == []


def test_check_prints_what_is_doubtful(folder: Path) -> None:
    text = SUPPORT.replace('due = { business_hours = "4h" }', 'due = { business_days = 0, by = "18:00" }')
    (folder / "doubtful.toml").write_text(text, encoding="utf-8")
    where, message = "rules[1].metrics.first_response.due", "18:00 is outside the hours of every day"
    lines = run("check", "doubtful.toml").stdout.splitlines()
    assert lines[0] == f"warning: {where}: {message}"
    printed = said("check", "doubtful.toml", "--json")
    assert printed["warnings"] == [{"code": "by_outside_hours", "where": where, "message": message}]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("arguments", [("none.toml",), ("support.toml", "--as-of", "now")])
def test_what_check_refuses_is_json_too(arguments: tuple[str, ...]) -> None:
    assert run("check", *arguments, code=1).stderr
    assert len(said("check", *arguments, "--json", code=1)["problems"]) == 1


def test_schema_prints_the_schema() -> None:
    assert sla.policy_schema() == said("schema")


# ---------------------------------------------------------------- what to tell the customer


def test_promise_says_it_in_the_language_and_zone_of_the_reader_as_of_when_it_is_read() -> None:
    lines = run(
        "promise", "b2b_marketplace", "--received", "2026-11-20T16:00", "--zone", "Europe/Helsinki", "--as-of",
        "2026-11-23T14:00", "--language", "fi", "-f", "channel=email",
    ).stdout.splitlines()  # fmt: skip
    assert lines[0] == "first_response: due Mon 2026-11-23 15:00 (CET)"
    assert lines[1] == "Vastaamme viimeistään tänään klo 16.00 (Suomen aikaa)."


@pytest.mark.parametrize(
    ("market", "sentence"),
    [("NL", "Wij antwoorden u uiterlijk vandaag om 15.00 uur."), ("SE", "Vi svarar senast i dag kl. 15.00.")],
)
def test_promise_speaks_the_language_of_the_market(market: str, sentence: str) -> None:
    lines = run(
        "promise", "b2b_marketplace", "--received", "2026-11-20T15:00+01:00", "--as-of", "2026-11-23T13:00+01:00",
        "-f", "channel=email", "-f", f"market={market}",
    ).stdout.splitlines()  # fmt: skip
    assert lines[1] == sentence


@pytest.mark.parametrize(
    ("option", "value", "problem"),
    [
        ("--language", "finnish", "no language code"),
        ("--zone", "Helsinki", "no such time zone"),
        ("--as-of", "soon", "not a time"),
    ],
)
def test_promise_refuses_what_it_cannot_tell(option: str, value: str, problem: str) -> None:
    refused = run("promise", "webshop_helpdesk", "--received", "2026-11-20T15:00+01:00", option, value, code=1)
    assert problem in refused.stderr
