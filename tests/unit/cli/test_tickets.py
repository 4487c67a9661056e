"""The commands about the tickets of a log: what they print, their JSON, and their exit codes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import slacalc as sla
from slacalc.cli import app
from tests.unit.cli.commands import LIVES, LIVES_COLUMNS, LIVES_LINES, LIVES_POLICY, MAPPED, run, said

# ---------------------------------------------------------------- ticket


@pytest.mark.usefixtures("lives")
def test_ticket_prints_a_picture_and_a_ledger_of_each_clock() -> None:
    result = run("ticket", "log.csv", "7", *MAPPED)
    assert [line.rstrip() for line in result.stdout.splitlines()] == [
        "first_response: met, due Fri 2026-11-20 12:00 (CET)",
        "2h in business hours; rule the rest; elapsed 1h, remaining 1h",
        "Fri 2026-11-20                      ██─!                          received 10:00, due 12:00, done 11:00",
        "from                  to                    wall  counted  reason",
        "Fri 2026-11-20 10:00  Fri 2026-11-20 11:00    1h       1h  counted",
        "                                              1h       1h  total",
        "resolution: met, due Fri 2026-11-20 16:00 (CET)",
        "4h in business hours; rule the rest; elapsed 4h, remaining 0min",
        "Fri 2026-11-20                      ████░░░░███!                  received 10:00, due 16:00, done 16:00",
        "from                  to                    wall  counted  reason",
        "Fri 2026-11-20 10:00  Fri 2026-11-20 12:00    2h       2h  counted",
        "Fri 2026-11-20 12:00  Fri 2026-11-20 14:00    2h           paused: Wait",
        "Fri 2026-11-20 14:00  Fri 2026-11-20 16:00    2h       2h  counted",
        "                                              6h       4h  total",
    ]
    assert result.stderr == ""


@pytest.mark.usefixtures("lives")
def test_ticket_of_json_lines_as_of_an_instant_while_it_waits() -> None:
    result = run(
        "ticket", "log.jsonl", "7", "-p", "support.toml", "--as-of", "2026-11-20T13:00", "--zone", "Europe/Brussels"
    )
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert lines[0] == "first_response: overdue, due Fri 2026-11-20 12:00 (CET)"
    assert "resolution: paused, no due time" in lines
    assert "Fri 2026-11-20                      ████░░                        received 10:00" in lines


@pytest.mark.usefixtures("lives")
def test_ticket_says_what_to_tell_the_customer_in_each_language() -> None:
    """At 10:30 both clocks run: the first answer is due at 12:00, the resolution after four hours, at 14:00; one asks again after eight."""
    result = run(
        "ticket",
        "log.jsonl",
        "7",
        "-p",
        "support.toml",
        "--as-of",
        "2026-11-20T10:30+01:00",
        "--say",
        "en",
        "--say",
        "sv",
    )
    assert result.stdout.splitlines() == [
        "first_response",
        "We will reply by 12:00 today.",
        "If you have not heard from us by 10:00 on Monday 23 November, please write to us again.",
        "Vi svarar senast i dag kl. 12.00.",
        "Om du inte har fått svar från oss senast måndagen den 23 november kl. 10.00 ber vi dig att skriva till oss igen.",
        "resolution",
        "We will resolve your request by 14:00 today.",
        "Vi löser ditt ärende senast i dag kl. 14.00.",
    ]
    told = said(
        "ticket", "log.jsonl", "7", "-p", "support.toml", "--as-of", "2026-11-20T10:30+01:00", "--say", "sv", "--json"
    )
    assert [each["text"] for each in told["resolution"]] == ["Vi löser ditt ärende senast i dag kl. 14.00."]


def test_what_is_told_of_a_ticket_falls_back_to_the_language_of_its_market(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    opened = {"kind": "created", "ticket": "1", "at": "2026-11-20T15:00:00+01:00"}
    log.write_text(json.dumps({**opened, "fields": {"market": "FI", "channel": "email"}}) + "\n", encoding="utf-8")
    result = run("ticket", str(log), "1", "-p", "b2b_marketplace", "--as-of", "2026-11-20T15:00+01:00", "--say", "et")
    assert result.stdout.splitlines()[1].startswith(
        "Palvelumme on suljettu viikonloppuna. Vastaamme yleensä viimeistään maanantaina 23. marraskuuta klo 10.00"
    )


@pytest.mark.usefixtures("lives")
def test_ticket_of_which_no_clock_is_open_has_nothing_to_tell() -> None:
    result = run("ticket", "log.csv", "7", *MAPPED, "--say", "en")
    assert (result.stdout, result.exit_code) == ("no clock is open: nothing is to be told\n", 0)


@pytest.mark.usefixtures("lives")
def test_ticket_leaves_out_the_middle_of_a_long_life() -> None:
    lines = run("ticket", "log.csv", "9", *MAPPED, "--as-of", "2026-12-18T12:00+01:00").stdout.splitlines()
    (gap,) = {number for number, line in enumerate(lines[:20]) if line.startswith("...")}
    assert lines[gap].rstrip() == "... 15 days", "from 20 November to 18 December are 29 dates; a week at either end"
    assert [line[:14] for line in lines[gap - 1 : gap + 2 : 2]] == ["Thu 2026-11-26", "Sat 2026-12-12"]


@pytest.mark.usefixtures("lives")
@pytest.mark.parametrize(
    "command", [("ticket", "log.csv", "7"), ("agenda", "log.csv"), ("report", "log.csv")], ids=" ".join
)
def test_an_instant_without_an_offset_is_one_of_the_zone_of_the_mapping(command: tuple[str, ...]) -> None:
    with_offset = said(*command, *MAPPED, "--as-of", "2026-11-20T16:45+01:00", "--json")
    assert with_offset == said(*command, *MAPPED, "--as-of", "2026-11-20T16:45", "--json")


def test_a_narrow_terminal_cuts_no_figure(lives: Path) -> None:
    demoting = LIVES_POLICY + "[deprioritisation]\nmax_messages = 1\n"
    (lives / "support.toml").write_text(demoting, encoding="utf-8")
    with (lives / "log.csv").open("a", encoding="utf-8") as log:
        log.write("9,2026-11-20 16:40,wrote,normal\n9,2026-11-20 16:50,wrote,normal\n")
    result = CliRunner().invoke(app, ["report", "log.csv", *MAPPED], env={"COLUMNS": "60"})
    figures = result.stdout.splitlines()[2:9]
    assert {"cancelled", "deprioritised", "objective"} <= set(figures[0].split())
    assert not any("…" in line for line in figures)


def test_a_narrow_terminal_folds_the_reason_and_nothing_else() -> None:
    asked = ("explain", "2026-11-20T15:00", "2026-11-20T18:00", "--hours", "Mon-Fri 09:00-17:00", "--zone", "UTC")
    lines = run(*asked, env={"COLUMNS": "70"}).stdout.splitlines()
    assert [line.split() for line in lines] == [
        ["from", "to", "wall", "counted", "reason"],
        ["Fri", "2026-11-20", "15:00", "Fri", "2026-11-20", "17:00", "2h", "2h", "counted"],
        ["Fri", "2026-11-20", "17:00", "Fri", "2026-11-20", "18:00", "1h", "outside"],
        ["hours"],
        ["3h", "2h", "total"],
    ]
    assert all(len(line) <= 70 for line in lines)


@pytest.mark.usefixtures("lives")
def test_ticket_as_json_has_every_cycle_of_every_metric() -> None:
    printed = said("ticket", "log.jsonl", "7", "-p", "support.toml", "--json")
    assert [printed["ticket"], printed["as_of"], printed["gaps"]] == ["7", "2026-11-20T15:00:00+01:00", []]
    assert {"first_response", "resolution"} == set(printed["clocks"])
    (resolution,) = printed["clocks"]["resolution"]
    ledger = resolution.pop("ledger")
    assert resolution == {
        "kind": "owed",
        "owed_by": "us",
        "status": "warning",
        "rule": "the rest",
        "target": "4h in business hours",
        "origin": "2026-11-20T10:00:00+01:00",
        "due": "2026-11-20T16:00:00+01:00",
        "earliest": None,
        "expected": None,
        "follow_up": None,
        "done_at": None,
        "breached_at": None,
        "elapsed": "3h",
        "remaining": "1h",
        "cancelled": "",
    }
    assert [(each["kind"], each["name"], each["counted"]) for each in ledger["segments"]] == [
        ("counted", "", "2h"),
        ("paused", "pending", "0min"),
        ("counted", "", "1h"),
    ]


def test_ticket_says_which_events_it_could_not_use_with_exit_code_3(lives: Path) -> None:
    with (lives / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write('{"ticket": "7", "kind": "resumed", "at": "2026-11-20T15:00:00+01:00"}\n')
    result = run("ticket", "log.jsonl", "7", "-p", "support.toml", code=3)
    assert result.stderr.startswith("event 4: nothing is paused for this reason")
    assert "resolution: warning, due Fri 2026-11-20 16:00 (CET)" in result.stdout
    (gap,) = said("ticket", "log.jsonl", "7", "-p", "support.toml", "--json", code=3)["gaps"]
    assert (gap["code"], gap["place"]) == ("resume_without_pause", 3)


@pytest.mark.parametrize(
    "command", [("ticket", "broken.jsonl", "7"), ("agenda", "broken.jsonl"), ("report", "broken.jsonl")]
)
def test_a_line_that_is_no_event_is_left_out_with_exit_code_3(command: tuple[str, ...], lives: Path) -> None:
    (lives / "broken.jsonl").write_text(LIVES_LINES.strip().splitlines()[0] + "\n\n{\n", encoding="utf-8")
    result = run(*command, "-p", "support.toml", code=3)
    assert result.stderr.startswith("line 3: this line is no JSON"), "empty lines count"
    assert "first_response" in result.stdout


@pytest.mark.usefixtures("lives")
def test_what_a_log_leaves_open_is_in_the_json_and_no_complaint() -> None:
    assert run("ticket", "log.jsonl", "8", "-p", "support.toml").stderr == "", "it does not say its first status"
    gaps = said("ticket", "log.jsonl", "8", "-p", "support.toml", "--json")["gaps"]
    assert gaps == [{"code": "status_assumed", "place": 0, "message": ""}]


def test_ticket_names_a_clock_that_has_not_begun(lives: Path) -> None:
    more = 'metrics.next_response = { due = { business_hours = "1h" } }\n[[escalation]]'
    (lives / "support.toml").write_text(LIVES_POLICY.replace("[[escalation]]", more), encoding="utf-8")
    result = run("ticket", "log.csv", "9", *MAPPED)
    assert "next_response: not_started, no due time" in [line.rstrip() for line in result.stdout.splitlines()]
    (clock,) = said("ticket", "log.csv", "9", *MAPPED, "--json")["clocks"]["next_response"]
    assert (clock["status"], clock["origin"], clock["due"]) == ("not_started", None, None)


@pytest.mark.parametrize("command", [("ticket", "log.csv", "7"), ("agenda", "log.csv")], ids=["ticket", "agenda"])
def test_rows_that_cannot_be_read_are_told_by_ticket_and_agenda_with_exit_code_3(
    command: tuple[str, ...], lives: Path
) -> None:
    (lives / "log.csv").write_text(LIVES.replace("7,2026-11-20 12:00,Wait", "7,,Wait"), encoding="utf-8")
    result = run(*command, *MAPPED, code=3)
    assert result.stderr.startswith("line 4: at: ")
    assert result.stdout != ""


@pytest.mark.parametrize(
    ("arguments", "needles", "why"),
    [
        (("log.csv", "70", *MAPPED), ("log.csv", "'70'", "3 tickets"), "no such ticket"),
        (("log.jsonl", "9", "-p", "support.toml"), ("log.jsonl", "'9'", "2 tickets"), "nor here"),
        (("none.jsonl", "7", "-p", "support.toml"), ("none.jsonl",), "no such file"),
        (("none.csv", "7", *MAPPED), ("none.csv",), ""),
        ((".", "7", "-p", "support.toml"), ("cannot be read",), "a folder"),
        (("binary", "7", "-p", "support.toml"), ("binary",), "no text"),
        (("binary", "7", *MAPPED), ("binary", "UTF-8"), ""),
        (("empty", "7", "-p", "support.toml"), ("--as-of",), "no events"),
        (("empty", "7", *MAPPED), ("empty", "header"), ""),
        (
            ("kindless.jsonl", "7", "-p", "support.toml"),
            ("not one row", "line 1", "no such kind"),
            "a kind that is none, and nothing else",
        ),
        (("log.csv", "7", "-p", "support.toml"), ("log.csv", "--mapping"), "CSV without a mapping"),
        (("log.csv", "7", "-p", "support.toml", "--mapping", "stops.toml"), ("stops.toml", "[events]"), "no events"),
        (("log.csv", "7", "-p", "support.toml", "--mapping", "bare.toml"), ("bare.toml", "[events]"), "nor stops"),
        (("log.csv", "7", "-p", "none.toml", "--mapping", "columns.toml"), ("none.toml",), "no policy"),
        (("log.csv", "7", "-p", "support.toml", "--mapping", "none.toml"), ("none.toml",), "no mapping"),
        (
            ("log.csv", "7", *MAPPED, "--as-of", "2026-11-20T09:59:59+01:00"),
            ("ticket 7", "as_of"),
            "a second before it",
        ),
        (("log.csv", "7", *MAPPED, "--as-of", "noon"), ("--as-of", "'noon'"), "no time"),
        (("log.jsonl", "7", "-p", "support.toml", "--as-of", "2026-11-20T12:00"), ("--as-of", "--zone"), "no zone"),
        (("critical.csv", "7", *MAPPED), ("ticket 7", "priority", "'critical'"), "no rule fits"),
    ],
)
def test_what_ticket_refuses(arguments: tuple[str, ...], needles: tuple[str, ...], why: str, lives: Path) -> None:
    (lives / "binary").write_bytes(b"\x7fELF\x02\x01\x01\x00\xff\xfe")
    (lives / "empty").write_text("", encoding="utf-8")
    (lives / "broken.jsonl").write_text(LIVES_LINES.strip().splitlines()[0] + "\n\n{\n", encoding="utf-8")
    (lives / "kindless.jsonl").write_text('{"ticket": "7", "at": "2026-11-20T10:00:00+01:00"}\n', encoding="utf-8")
    bare = LIVES_COLUMNS.partition("[events]")[0]
    (lives / "bare.toml").write_text(bare, encoding="utf-8")
    (lives / "stops.toml").write_text(bare + '[done]\nresolution = "solved"\n', encoding="utf-8")
    (lives / "critical.csv").write_text("id,at,what,prio\n7,2026-11-20 10:00,opened,critical\n", encoding="utf-8")
    result = run("ticket", *arguments, code=1)
    assert result.stdout == "", why
    assert result.stderr.startswith("slacalc: "), why
    for needle in needles:
        assert needle in result.stderr, why


# ---------------------------------------------------------------- agenda


@pytest.mark.usefixtures("lives")
def test_agenda_prints_what_fires_next_in_order() -> None:
    assert [line.rstrip() for line in run("agenda", "log.csv", *MAPPED).stdout.splitlines()] == [
        "at                    deliver at            ticket  metric          kind        label",
        "Fri 2026-11-20 17:00  Fri 2026-11-20 17:00  8       resolution      due         resolution",
        "Mon 2026-11-23 10:30  Mon 2026-11-23 10:30  9       resolution      warning     50%",
        "Mon 2026-11-23 10:30  Mon 2026-11-23 10:30  9       first_response  due         first_response",
        "Mon 2026-11-23 12:30  Mon 2026-11-23 12:30  9       resolution      due         resolution",
        "Mon 2026-11-23 14:30  Mon 2026-11-23 14:30  9                       escalation  the head of support",
        "Mon 2026-11-23 16:30  Mon 2026-11-23 16:30  9       first_response  follow up   ask again",
    ]


def test_agenda_as_json_is_what_the_library_says(lives: Path) -> None:
    policy = sla.load_policy(lives / "support.toml")
    reading = sla.read_log(LIVES.splitlines(), sla.load_mapping(lives / "columns.toml"))
    assert reading.last_event is not None
    clocks = [sla.replay(each.events, policy, as_of=reading.last_event, ticket=each.id) for each in reading.tickets]
    expected = [
        (each.at.isoformat(), each.deliver_at.isoformat(), each.kind, each.ticket, each.metric, each.label)
        for each in sla.agenda(clocks, as_of=reading.last_event)
    ]
    printed = said("agenda", "log.csv", *MAPPED, "--json")
    assert expected == [
        tuple(each[key] for key in ("at", "deliver_at", "kind", "ticket", "metric", "label")) for each in printed
    ]
    assert len(printed) == 6


@pytest.mark.usefixtures("lives")
def test_agenda_of_json_lines_is_after_the_instant_that_is_asked_for() -> None:
    options = ("agenda", "log.jsonl", "-p", "support.toml", "--json")
    at_four = said(*options, "--as-of", "2026-11-20T16:00+01:00")
    assert [(each["ticket"], each["kind"], each["at"]) for each in at_four] == [
        ("8", "due", "2026-11-20T17:00:00+01:00"),
        ("7", "follow_up", "2026-11-23T10:00:00+01:00"),
    ], "what is due at 16:00 has fired"
    assert said(*options, "--as-of", "2026-11-23T10:00+01:00") == []


@pytest.mark.usefixtures("lives")
def test_agenda_of_an_instant_knows_no_ticket_that_comes_later() -> None:
    options = ("agenda", "log.jsonl", "-p", "support.toml", "--json")
    at_two = said(*options, "--as-of", "2026-11-20T14:30+01:00")
    assert {"7"} == {each["ticket"] for each in at_two}, "ticket 8 comes at 15:00"
    assert said(*options, "--as-of", "2026-11-20T09:59+01:00") == [], "nothing is there"


def test_agenda_leaves_out_a_ticket_that_cannot_be_replayed_with_exit_code_3(lives: Path) -> None:
    with (lives / "log.csv").open("a", encoding="utf-8") as log:
        log.write("10,2026-11-20 09:00,opened,critical\n")
    result = run("agenda", "log.csv", *MAPPED, code=3)
    assert result.stderr.startswith("ticket 10: ")
    assert "'critical'" in result.stderr
    assert len(result.stdout.splitlines()) == 7
    assert len(said("agenda", "log.csv", *MAPPED, "--json", code=3)) == 6


@pytest.mark.parametrize(
    ("arguments", "needle"),
    [
        (("empty", "-p", "support.toml"), "--as-of"),
        (("none.jsonl", "-p", "support.toml"), "none.jsonl"),
        (("none.csv", *MAPPED), "none.csv"),
        (("binary", "-p", "support.toml"), "binary"),
        (("binary", *MAPPED), "UTF-8"),
        (("empty", *MAPPED), "header"),
        (("log.csv", "-p", "none.toml", "--mapping", "columns.toml"), "none.toml"),
        (("log.csv", *MAPPED, "--as-of", "noon"), "'noon'"),
    ],
)
def test_what_agenda_refuses(arguments: tuple[str, ...], needle: str, lives: Path) -> None:
    (lives / "binary").write_bytes(b"\x7fELF\x02\x01\x01\x00\xff\xfe")
    (lives / "empty").write_text("", encoding="utf-8")
    (lives / "broken.jsonl").write_text(LIVES_LINES.strip().splitlines()[0] + "\n\n{\n", encoding="utf-8")
    result = run("agenda", *arguments, code=1)
    assert result.stdout == ""
    assert result.stderr.startswith("slacalc: ")
    assert needle in result.stderr


@pytest.mark.usefixtures("lives")
@pytest.mark.parametrize(
    "arguments",
    [("ticket",), ("ticket", "log.csv"), ("ticket", "log.csv", "7"), ("agenda",), ("agenda", "log.csv")],
    ids=" ".join,
)
def test_misuse_of_ticket_and_agenda_is_exit_code_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments, code=2).stdout == ""


# ---------------------------------------------------------------- capacity


@pytest.mark.usefixtures("lives")
def test_capacity_prints_what_falls_due_before_each_closing() -> None:
    """As of Friday at 16:30: 8 is due at 17:00, half an hour on; 9 on Monday at 10:30, where it closes 8 h 30 min on."""
    lines = run("capacity", "log.csv", *MAPPED, "--handling", "90min").stdout.splitlines()
    assert [" ".join(line.split()) for line in lines] == [
        "1h 30min a ticket as of Fri 2026-11-20 16:30",
        "office: 30min left today",
        "calendar closes tickets overdue open work spare",
        "office Fri 2026-11-20 17:00 1 0 30min 1h 30min -1h",
        "office Mon 2026-11-23 17:00 1 0 8h 30min 3h 5h 30min",
    ]


def test_capacity_as_json_is_what_the_library_says(lives: Path) -> None:
    policy = sla.load_policy(lives / "support.toml")
    reading = sla.read_log(LIVES.splitlines(), sla.load_mapping(lives / "columns.toml"))
    assert reading.last_event is not None
    clocks = [sla.replay(each.events, policy, as_of=reading.last_event, ticket=each.id) for each in reading.tickets]
    expected = sla.capacity(clocks, as_of=reading.last_event, handling="2h").to_data()
    assert said("capacity", "log.csv", *MAPPED, "--handling", "2h", "--json") == expected


def test_capacity_leaves_out_a_ticket_that_cannot_be_replayed_with_exit_code_3(lives: Path) -> None:
    with (lives / "log.csv").open("a", encoding="utf-8") as log:
        log.write("10,2026-11-20 09:00,opened,critical\n")
    assert "'critical'" in run("capacity", "log.csv", *MAPPED, "--handling", "1h", code=3).stderr


@pytest.mark.usefixtures("lives")
def test_capacity_refuses_what_is_no_amount() -> None:
    assert "handling" in run("capacity", "log.csv", *MAPPED, "--handling", "1 day", code=1).stderr
    assert "--handling" in run("capacity", "log.csv", *MAPPED, code=2).stderr
