"""The commands about what customers are told: what they print, their JSON, and their exit codes."""

import json
from pathlib import Path

import slacalc as sla
from tests.unit.cli.commands import FRIDAY, SUPPORT, run, said


def test_channels_as_json_is_what_the_library_says() -> None:
    printed = said(
        "channels", "b2b_marketplace", "--as-of", FRIDAY.isoformat(), "-f", "market=FI", "--need", "urgent", "--json"
    )
    guide = sla.channel_advice(sla.sample_policy("b2b_marketplace"), FRIDAY, market="FI", needs=["urgent"])
    assert json.loads(guide.to_json()) == printed
    assert [each["channel"] for each in printed["channels"]] == ["telephone"]


def test_channels_in_a_language_are_sentences() -> None:
    printed = run("channels", "webshop_helpdesk", "--as-of", "2026-11-20T15:00+01:00", "--language", "nl").stdout
    assert printed.splitlines()[:3] == [
        "Zelfservice: dag en nacht open.",
        "Contactformulier: antwoord uiterlijk vandaag om 17.00 uur.",
        "E-mail: berichten worden niet gelezen.",
    ]


def test_channels_are_said_in_each_language_that_is_asked_for() -> None:
    result = run("channels", "webshop_helpdesk", "--as-of", "2026-11-20T15:00+01:00", "-l", "en", "-l", "it")
    lines = result.stdout.splitlines()
    assert (lines[0], lines[6]) == (
        "Self-service: open around the clock.",
        "Assistenza online: servizio aperto 24 ore su 24.",
    )


def test_what_to_have_ready_is_said_in_each_language_with_the_fallback_of_sentences() -> None:
    """No Estonian is to be had: it is the language of the market, and English without one."""
    asked = ("channels", "b2b_marketplace", "--as-of", "2026-11-20T15:00+01:00", "--need", "record", "-l", "et")
    finnish = "Pitäkää valmiina: tilausnumero; tarkka kuvaus ongelmasta; kuvia viallisesta tuotteesta"
    assert run(*asked, "-l", "sv", "-f", "market=FI").stdout.splitlines() == [
        "Chat: nyt avoinna, vastaamme heti.",
        "Sähköposti: vastaus viimeistään maanantaina 23. marraskuuta klo 10.00.",
        finnish,
        "Chatt: öppet nu, vi svarar direkt.",
        "E-post: svar senast måndagen den 23 november kl. 10.00.",
        "Ha detta till hands: ordernumret; en noggrann beskrivning av problemet; bilder på den felaktiga varan",
        "left out: telephone (record)",
    ]
    assert run(*asked).stdout.splitlines()[2] == (
        "What to have ready: the order number; an exact description of the problem; pictures of a faulty product"
    )


def test_channels_as_json_have_what_is_told_in_each_language() -> None:
    asked = (
        "channels",
        "b2b_marketplace",
        "--as-of",
        FRIDAY.isoformat(),
        "-f",
        "market=FI",
        "--need",
        "record",
        "--json",
    )
    told = said(*asked, "-l", "et", "-l", "de")["told"]
    assert [(each["asked"], each["language"], each["heading"]) for each in told] == [
        ("et", "fi", "Pitäkää valmiina"),
        ("de", "de", "Halten Sie bereit"),
    ]
    assert told[0]["channels"][0] == "Chat: vastaus viimeistään maanantaina 23. marraskuuta klo 12.00."
    assert told[0]["have_ready"][0] == "tilausnumero"
    assert "told" not in said(*asked)


def test_channels_of_a_policy_without_a_guide_says_so(folder: Path) -> None:
    printed = run("channels", str(folder / "support.toml"), "--as-of", "2026-11-20T15:00+01:00").stdout
    assert printed == "support has no [guide.channels]: it advises none\n"


def test_channels_refuses_a_need_that_does_not_exist() -> None:
    refused = run("channels", "webshop_helpdesk", "--as-of", "2026-11-20T15:00+01:00", "--need", "quick", code=1)
    assert refused.stderr == (
        "slacalc: needs: there is no such need; given 'quick'; accepted: urgent, record, complicated, sensitive\n"
    )


def test_languages_check_prints_every_problem_and_exits_with_one(folder: Path) -> None:
    (folder / "own.toml").write_text('extends = "de"\nmonths = []\n[sentences]\noverdue = ""\n', encoding="utf-8")
    refused = run("languages", "check", "own.toml", code=1)
    assert [line.partition(";")[0] for line in refused.stderr.splitlines()] == [
        "own.toml: months: the list does not fit",
        "own.toml: sentences.overdue: this is no text",
    ]
    problems = json.loads(run("languages", "check", "own.toml", "--json", code=1).stdout)["problems"]
    assert problems == refused.stderr.splitlines()


def test_languages_check_says_that_nothing_is_wrong(folder: Path) -> None:
    (folder / "own.toml").write_text('extends = "de"\n', encoding="utf-8")
    found = run("languages", "check", "own.toml")
    assert (found.stdout, found.stderr) == ("own.toml: no problem\n", "")
    (folder / "own.toml").write_text('extends = "de"\nmonths = []\n', encoding="utf-8")
    assert run("languages", "check", "own.toml", code=1).stdout == ""


def test_channels_are_a_table_and_without_anything_to_have_ready_nothing_is_said_of_it(folder: Path) -> None:
    guide = '[guide.channels]\nmail = { speed = "slow" }\nhelp = { speed = "at_once", answers = "self_service" }\n'
    plain = SUPPORT.replace("fields = {", 'fields = { channel = ["mail", "help"],')
    asked = ("channels", "own.toml", "--as-of", "2026-11-20T15:00+01:00", "-f", "priority=normal")
    for ready in ((), ("have_ready = ['your order']",)):
        (folder / "own.toml").write_text("\n".join((plain, "[guide]", *ready, guide)), encoding="utf-8")
        lines = [line.split() for line in run(*asked).stdout.splitlines()]
        assert [line[0] for line in lines[1:3]] == ["help", "mail"]  # what answers at once comes first
        assert [" ".join(line) for line in lines[3:]] == (["have ready: your order"] if ready else [])
        told = run(*asked, "-l", "en").stdout.splitlines()
        assert told[2:] == (["What to have ready: your order"] if ready else [])
