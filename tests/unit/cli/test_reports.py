"""The command that reports: what it prints, that its JSON agrees with the library, and its exit codes."""

import gzip
import json
from pathlib import Path
from typing import Final

import pytest
from typer.testing import CliRunner

import slacalc as sla
from slacalc.cli import app
from tests.unit.cli.commands import COLUMNS, LIVES, LIVES_COLUMNS, LIVES_LINES, LOG, MAPPED, SUPPORT, run, said

pytestmark = pytest.mark.usefixtures("folder")

# ---------------------------------------------------------------- report


def test_report_as_json_is_what_the_library_says(folder: Path) -> None:
    printed = said("report", "log.csv", "--policy", "support.toml", *COLUMNS, "--json")
    mapping = sla.LogMapping(
        "id", "at", "what", zone="Europe/Brussels", fields=(("priority", "prio"),), done=(("first_response", ("answered",)),)
    )  # fmt: skip
    reading = sla.read_log(LOG.splitlines(), mapping)
    assert reading.last_event is not None
    expected = sla.report(reading.tickets, sla.load_policy(folder / "support.toml"), as_of=reading.last_event)
    assert json.loads(expected.to_json()) == printed
    assert [(line["priority"], line["met"], line["breached"], line["pending"]) for line in printed["lines"]] == [
        ("normal", 1, 1, 0),
        ("urgent", 0, 0, 1),
        ("all", 1, 1, 1),
    ]
    assert printed["as_of"] == "2026-11-20T16:00:00+01:00"


def test_report_prints_the_figures_and_the_worst() -> None:
    result = run("report", "log.csv", "--policy", "support.toml", *COLUMNS)
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert lines[0] == "support as of Fri 2026-11-20 16:00 (CET)"
    assert lines[1] == "3 tickets, 5 events"
    assert lines[2].split() == (
        [
            "priority",
            "metric",
            "tickets",
            "met",
            "breached",
            "pending",
            "attainment",
            "median",
            "open",
            "p90",
            "open",
            "median",
            "wall",
            "p90",
            "wall",
        ]
    )
    assert lines[3].split() == ["normal", "first_response", "2", "1", "1", "0", "50.0%", "3h", "6h", "3h", "6h"]
    assert lines[4].split() == ["urgent", "first_response", "1", "0", "0", "1"]
    assert lines[5].split()[:6] == ["all", "first_response", "3", "1", "1", "1"]
    assert lines[6] == "the worst breaches"
    assert lines[8].split()[:4] == ["8", "first_response", "2h", "2h"]
    assert "4h in business hours" in lines[8]


def test_report_without_a_breach_prints_no_worst(folder: Path) -> None:
    (folder / "good.csv").write_text("".join(LOG.splitlines(keepends=True)[:3]), encoding="utf-8")
    lines = run("report", "good.csv", "--policy", "support.toml", *COLUMNS).stdout.splitlines()
    assert lines[1] == "1 ticket, 2 events"
    assert "worst" not in "".join(lines)


def test_report_reads_its_columns_from_a_file_and_options_win(folder: Path) -> None:
    (folder / "columns.toml").write_text(
        'ticket = "id"\ntime = "at"\nactivity = "what"\nzone = "Asia/Tokyo"\n[fields]\npriority = "prio"\n'
        '[done]\nfirst_response = "answered"\n',
        encoding="utf-8",
    )
    arguments = ("report", "log.csv", "-p", "support.toml", "--mapping", "columns.toml", "--json")
    assert said(*arguments)["as_of"] == "2026-11-20T16:00:00+09:00"
    brussels = said(*arguments, "--zone", "Europe/Brussels")
    assert brussels == said("report", "log.csv", "-p", "support.toml", *COLUMNS, "--json")


def test_report_as_of_another_instant_and_by_another_field() -> None:
    printed = said("report", "log.csv", "-p", "support.toml", *COLUMNS, "--as-of", "2026-11-23T12:00", "--json")
    assert printed["as_of"] == "2026-11-23T12:00:00+01:00"
    assert printed["lines"][1]["breached"] == 1  # the urgent one is overdue by now
    by_market = said(
        "report", "log.csv", "-p", "support.toml", *COLUMNS, "--field", "market=what", "--by", "market", "--json"
    )
    assert {line["market"] for line in by_market["lines"]} == {"opened", "all"}


def test_report_reads_times_of_another_form(folder: Path) -> None:
    (folder / "other.csv").write_text(
        "id,at,what,prio\n7,20.11.2026 10:00,opened,normal\n7,20.11.2026 13:00,answered,normal\n", encoding="utf-8"
    )
    printed = said("report", "other.csv", "-p", "support.toml", *COLUMNS, "--time-format", "%d.%m.%Y %H:%M", "--json")
    assert printed["lines"][0]["met"] == 1


def test_rows_that_were_left_out_are_told_with_exit_code_3(folder: Path) -> None:
    with (folder / "log.csv").open("a", encoding="utf-8") as log:
        log.write("10,someday,opened,normal\n11,2026-11-20 10:00,opened,critical\n12,,opened,normal\n")
    result = run("report", "log.csv", "-p", "support.toml", *COLUMNS, code=3)
    told = result.stderr.splitlines()
    assert [line.split(":")[0] for line in told[:3]] == ["line 7", "line 8", "line 9"]
    assert told[-1] == "3 rows or tickets were left out"
    printed = said("report", "log.csv", "-p", "support.toml", *COLUMNS, "--json", code=3)
    assert (printed["rows_left_out"], printed["tickets"]) == (3, 3)
    assert told[:3] == printed["problems"]


@pytest.mark.parametrize(
    ("arguments", "needle"),
    [
        (("none.csv", "-p", "support.toml", *COLUMNS), "none.csv"),
        ((".", "-p", "support.toml", *COLUMNS), "cannot be read"),
        (("latin.csv", "-p", "support.toml", *COLUMNS), "UTF-8"),
        (("empty.csv", "-p", "support.toml", *COLUMNS), "no header"),
        (("header.csv", "-p", "support.toml", *COLUMNS), "--as-of"),
        (("log.csv", "-p", "support.toml", *COLUMNS, "--ticket", "number"), "'number'"),
        (("log.csv", "-p", "support.toml", *COLUMNS, "--zone", "Brussels"), "'Brussels'"),
        (("log.csv", "-p", "support.toml", *COLUMNS, "--time-format", "%d %b"), "locale"),
        (("log.csv", "-p", "support.toml", *COLUMNS, "--as-of", "now"), "--as-of"),
        (("log.csv", "-p", "support.toml", *COLUMNS, "--by", "prioritty"), "prioritty"),
        (("log.csv", "-p", "support.toml", "--mapping", "none.toml"), "none.toml"),
        (("log.csv", "-p", "none.toml", *COLUMNS), "none.toml"),
    ],
)
def test_what_report_refuses(arguments: tuple[str, ...], needle: str, folder: Path) -> None:
    (folder / "latin.csv").write_bytes(b"id,at,what,prio\n7,2026-11-20 10:00,ge\xf6ffnet,normal\n")
    (folder / "empty.csv").write_text("", encoding="utf-8")
    (folder / "header.csv").write_text("id,at,what,prio\n", encoding="utf-8")
    result = run("report", *arguments, code=1)
    assert result.stdout == ""
    assert needle in result.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "option",
    [
        ("--field", "self=what"),
        ("--field", "received=what"),
        ("--field", "fields=what"),
        ("--field", "colour=what"),
        ("--done", "first_reponse=answered"),
    ],
    ids=" ".join,
)
def test_a_field_or_metric_that_the_policy_does_not_know_leaves_tickets_out_or_is_refused(
    option: tuple[str, str],
) -> None:
    arguments = ["report", "log.csv", "-p", "support.toml", *COLUMNS, *option, "--json"]
    result = CliRunner().invoke(app, arguments)
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code in {1, 3}
    assert option[1].partition("=")[0] in result.output


def test_a_log_with_a_byte_order_mark_is_read(folder: Path) -> None:
    (folder / "bom.csv").write_text('"' + LOG.replace(",", '","').replace("\n", '"\n"')[:-1], encoding="utf-8-sig")
    assert said("report", "bom.csv", "-p", "support.toml", *COLUMNS, "--json") == said(
        "report", "log.csv", "-p", "support.toml", *COLUMNS, "--json"
    )


HAS: Final = "Wait, answered, opened, raised, solved, wrote"


@pytest.mark.usefixtures("lives")
def test_report_with_events_replays_with_pauses_and_changes() -> None:
    lines = [line.rstrip() for line in run("report", "log.csv", *MAPPED).stdout.splitlines()]
    assert lines[:2] == ["support as of Fri 2026-11-20 16:30 (CET)", "3 tickets, 8 events"]
    assert lines[-1] == "3 tickets taken for the customer's: created_by of the mapping says who creates them"
    assert [line.split() for line in lines[3:-1]] == [
        ["normal", "first_response", "2", "1", "0", "1", "100.0%", "1h", "1h", "1h", "1h"],
        ["normal", "resolution", "2", "1", "0", "1", "100.0%", "50.0%", "met", "4h", "4h", "6h", "6h"],
        ["urgent", "first_response", "1", "0", "0", "0", "1"],
        ["urgent", "resolution", "1", "0", "0", "1"],
        ["all", "first_response", "3", "1", "0", "1", "1", "100.0%", "1h", "1h", "1h", "1h"],
        ["all", "resolution", "3", "1", "0", "2", "100.0%", "4h", "4h", "6h", "6h"],
    ]


def test_report_reads_json_lines_as_ticket_does(lives: Path) -> None:
    reading = sla.read_event_log(LIVES_LINES.splitlines())
    assert reading.last_event is not None
    expected = sla.report(reading.tickets, sla.load_policy(lives / "support.toml"), as_of=reading.last_event)
    assert json.loads(expected.to_json()) == said("report", "log.jsonl", "-p", "support.toml", "--json")
    assert run("report", "log.jsonl", "-p", "support.toml").stdout.splitlines()[1] == "2 tickets, 4 events"


@pytest.mark.usefixtures("lives")
@pytest.mark.parametrize(
    "options", [("--mapping", "columns.toml"), ("-d", "first_response=answered"), ("--ticket", "id")], ids=" ".join
)
def test_columns_of_json_lines_are_a_misuse(options: tuple[str, ...]) -> None:
    result = run("report", "log.jsonl", "-p", "support.toml", *options, code=2)
    assert "--mapping" in result.stderr


@pytest.mark.parametrize(
    ("options", "missing"),
    [
        ((*COLUMNS, "--done", "resolution=Solvd"), "'Solvd'"),
        ((*COLUMNS[:-2], "--event", "Wiat=paused", "-e", "solved=solved"), "'Wiat'"),
        (("--mapping", "misspelt.toml"), "'Sloved'"),
    ],
    ids=["stop", "event", "mapping"],
)
def test_an_activity_that_no_row_has_is_told_with_exit_code_3(
    options: tuple[str, ...], missing: str, lives: Path
) -> None:
    misspelt = LIVES_COLUMNS.replace("solved = ", "Sloved = ")
    (lives / "misspelt.toml").write_text(misspelt, encoding="utf-8")
    for form in ((), ("--json",)):
        result = run("report", "log.csv", "-p", "support.toml", *options, *form, code=3)
        told = [each for each in result.stderr.splitlines() if missing in each]
        assert told == [f"no row has the activity {missing}; the log has: {HAS}"]
        assert "first_response" in result.stdout, "the report is printed all the same"


def test_report_with_events_as_json_is_what_the_library_says(lives: Path) -> None:
    reading = sla.read_log(LIVES.splitlines(), sla.load_mapping(lives / "columns.toml"))
    assert reading.last_event is not None
    expected = sla.report(reading.tickets, sla.load_policy(lives / "support.toml"), as_of=reading.last_event)
    assert json.loads(expected.to_json()) == said("report", "log.csv", *MAPPED, "--json")


@pytest.mark.usefixtures("lives")
def test_events_may_be_options() -> None:
    columns = (*COLUMNS[:-2], "-e", "answered=agent_message", "-e", "wrote=customer_message")
    words = ("-e", "Wait=paused_until_next", "--event", "solved=solved")
    expected = said("report", "log.csv", *MAPPED, "--json")
    assert expected == said("report", "log.csv", "-p", "support.toml", *columns, *words, "--json")


@pytest.mark.usefixtures("lives")
@pytest.mark.parametrize(
    ("options", "expected", "why"),
    [
        ((), {"first_response": 3, "resolution": 3}, "no period"),
        (("--since", "2026-11-20T15:00"), {"first_response": 2, "resolution": 2}, "since the receipt of 8, included"),
        (("--since", "2026-11-20T15:00:01"), {"first_response": 1, "resolution": 1}, "9 alone"),
        (("--until", "2026-11-20T15:00"), {"first_response": 1, "resolution": 1}, "7 alone: 8 is not included"),
        (("--until", "2026-11-20T15:00:01"), {"first_response": 2, "resolution": 2}, "7 and 8"),
        (
            ("--since", "2026-11-20T12:00", "--until", "2026-11-20T16:00", "--dated", "due"),
            {"first_response": 1},
            "7 was due at 12:00 and, as it waited, at 16:00; 8 and 9 later",
        ),
        (("--until", "2026-11-20T16:00:01", "--dated", "due"), {"first_response": 1, "resolution": 1}, "both of 7"),
        (("--since", "2026-11-20T16:00+01:00", "--dated", "created"), {"first_response": 1, "resolution": 1}, "9"),
    ],
)
def test_report_of_a_period(options: tuple[str, ...], expected: dict[str, int], why: str) -> None:
    lines = said("report", "log.csv", *MAPPED, *options, "--json")["lines"]
    assert expected == {line["metric"]: line["tickets"] for line in lines if line["priority"] == "all"}, why


@pytest.mark.usefixtures("lives")
@pytest.mark.parametrize(
    ("options", "needle", "code"),
    [
        (("--event", "solved=done"), "events.solved", 1),
        (("--done", "resolution=solved"), "two ways", 1),
        (("--event", "solved"), "--event", 2),
        (("--since", "yesterday"), "--since", 1),
        (("--until", "yesterday"), "--until", 1),
        (("--dated", "closed"), "--dated", 2),
    ],
)
def test_what_report_with_events_refuses(options: tuple[str, ...], needle: str, code: int) -> None:
    result = run("report", "log.csv", *MAPPED, *options, code=code)
    assert result.stdout == ""
    assert needle in result.stderr


def test_a_ticket_that_cannot_be_replayed_is_told_with_its_line(lives: Path) -> None:
    with (lives / "log.csv").open("a", encoding="utf-8") as log:
        log.write("10,2026-11-20 09:00,opened,critical\n10,2026-11-20 09:30,solved,critical\n")
    result = run("report", "log.csv", *MAPPED, code=3)
    first, last = result.stderr.splitlines()
    assert first.startswith("line 10: ")
    assert "'critical'" in first
    assert last == "1 row or ticket was left out"
    assert result.stdout.splitlines()[1] == "3 tickets, 10 events"


def test_every_column_may_be_said_otherwise_than_the_file_does(folder: Path) -> None:
    (folder / "columns.toml").write_text(
        'ticket = "x"\ntime = "x"\nactivity = "x"\n[done]\nfirst_response = "x"\n', encoding="utf-8"
    )
    overridden = said("report", "log.csv", "-p", "support.toml", "--mapping", "columns.toml", *COLUMNS, "--json")
    assert overridden == said("report", "log.csv", "-p", "support.toml", *COLUMNS, "--json")


def test_json_keeps_the_letters_of_the_policy(folder: Path) -> None:
    (folder / "buero.toml").write_text(SUPPORT.replace('"support"', '"Büro"'), encoding="utf-8")
    assert '"Büro"' in run("report", "log.csv", "-p", "buero.toml", *COLUMNS, "--json").stdout


# ---------------------------------------------------------------- several keys, all breaches, ages, the log's own word

OWN: Final = """id,at,what,prio,kept
7,2026-11-20 10:00,opened,normal,
7,2026-11-20 13:00,answered,normal,yes
8,2026-11-20 10:00,opened,normal,
9,2026-11-20 16:00,opened,urgent,
8,2026-11-20 16:00,answered,normal,yes
"""


def test_report_groups_by_several_keys() -> None:
    printed = said("report", "log.csv", "-p", "support.toml", *COLUMNS, "--by", "month", "--by", "priority", "--json")
    assert printed["by"] == "month, priority"
    assert [(line["month"], line["priority"], line["tickets"]) for line in printed["lines"]] == [
        ("2026-11", "normal", 2), ("2026-11", "urgent", 1), ("all", "all", 3),
    ]  # fmt: skip


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("worst", "count"), [("0", 0), ("1", 1), ("all", 2)])
def test_report_lists_as_many_breaches_as_are_asked_for(worst: str, count: int) -> None:
    printed = said(
        "report", "log.csv", "-p", "support.toml", *COLUMNS, "--as-of", "2026-11-23T12:00", "--worst", worst, "--json"
    )
    assert len(printed["worst"]) == count


def test_report_writes_the_breaches_to_a_file(folder: Path) -> None:
    for name in ("breaches.csv", "breaches.json", "breaches.parquet"):
        run("report", "log.csv", "-p", "support.toml", *COLUMNS, "--worst", "all", "--breaches", name)
        assert (folder / name).stat().st_size > 0
    head, line = (folder / "breaches.csv").read_text(encoding="utf-8").splitlines()
    assert head.startswith("ticket,priority,metric,cycle,rule,target,received,due,done_at,")
    assert line.startswith("8,normal,first_response,1,the rest,4h in business hours,2026-11-20T10:00:00+01:00,")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("worst", "says"), [("1", True), ("2", True), ("3", False), ("all", False)])
def test_report_says_when_the_file_may_lack_breaches(worst: str, says: bool) -> None:
    """Two are there: a list that is full may lack more."""
    asked = ("--as-of", "2026-11-23T12:00", "--worst", worst, "--breaches", "breaches.csv")
    result = run("report", "log.csv", "-p", "support.toml", *COLUMNS, *asked)
    assert says == (f"breaches.csv has the {worst} worst breaches; --worst all writes every one" in result.stderr)


def test_report_prints_ages_and_the_word_of_the_log(folder: Path) -> None:
    (folder / "own.csv").write_text(OWN, encoding="utf-8")
    arguments = ("report", "own.csv", "-p", "support.toml", *COLUMNS, "--aging", "2h,4h")
    printed = run(*arguments, "--compare", "first_response=kept").stdout.splitlines()
    words = [" ".join(line.split()) for line in printed]
    assert "open, by how long ago it began" in words
    assert "urgent first_response 1 0 0 1 0" in words
    assert words[words.index("the log's own word") + 1 :][:2] == [
        "metric the log says met breached done pending cancelled",
        "first_response met 1 1 0 0 0",
    ]
    assert words[-1].startswith("8 first_response met breached")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "needle", "code"),
    [
        (("--worst", "some"), "'some'", 2),
        (("--worst", "-1"), "'-1'", 2),
        (("--aging", "1d"), "bare day", 1),
        (("--aging", "4h,2h"), "aging", 1),
        (("--compare", "kept"), "name=value", 2),
        (("--compare", "first_response=kept"), "kept", 1),
        (("--compare", "resolution=what"), "resolution", 1),
        (("--breaches", "breaches.xlsx"), ".parquet", 1),
        (("--breaches", "nowhere/breaches.csv"), "nowhere", 1),
        (("--by", "month", "--by", "month"), "by", 1),
    ],
)
def test_what_report_refuses_of_what_is_asked(arguments: tuple[str, ...], needle: str, code: int) -> None:
    result = run("report", "log.csv", "-p", "support.toml", *COLUMNS, *arguments, code=code)
    assert needle in result.stderr


def test_guess_prints_a_mapping_and_runs_nothing(folder: Path) -> None:
    result = run("report", "log.csv", "--guess")
    (folder / "guessed.toml").write_text(result.stdout, encoding="utf-8")
    mapping = sla.load_mapping(folder / "guessed.toml")
    assert (mapping.ticket, mapping.time, mapping.activity, dict(mapping.fields)) == (
        "id",
        "at",
        "what",
        {"priority": "prio"},
    )
    assert "all" not in result.stdout.split(), "no figures"


def test_guess_tells_an_encoding_that_it_could_not_decide(folder: Path) -> None:
    (folder / "windows.csv").write_bytes(("id;at;what\n" + "7;20.11.2026 15:00;geöffnet\n" * 2).encode("cp1252"))
    said = run("report", "windows.csv", "--guess").stdout
    assert said.startswith("# decide: this is no UTF-8; which encoding is it?\n")
    (folder / "guessed.toml").write_text(said, encoding="utf-8")
    mapping = sla.load_mapping(folder / "guessed.toml")
    assert (mapping.encoding, mapping.delimiter, mapping.time_format) == ("cp1252", ";", "%d.%m.%Y %H:%M")


@pytest.mark.parametrize(
    ("log", "told"),
    [("empty.csv", "no header"), ("none.csv", "none.csv"), ("-", "UTF-8")],
    ids=["what no encoding mends", "no file", "standard input, which is read once"],
)
def test_guess_refuses_what_another_encoding_does_not_mend(log: str, told: str, folder: Path) -> None:
    (folder / "empty.csv").write_text("", encoding="utf-8")
    latin = "id;at;what\n7;20.11.2026 15:00;geöffnet\n".encode("cp1252")
    result = CliRunner().invoke(app, ["report", log, "--guess"], input=latin)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr


def test_report_saves_the_picture_of_its_figures(folder: Path) -> None:
    printed = run("report", "log.csv", "-p", "support.toml", *COLUMNS, "--svg", "report.svg").stdout
    assert printed == run("report", "log.csv", "-p", "support.toml", *COLUMNS).stdout
    drawn = (folder / "report.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert "50.0%" in drawn  # one of two normal tickets was kept


def test_a_log_of_a_megabyte_is_reported_as_the_small_one(folder: Path) -> None:
    head, *rows = LOG.splitlines(keepends=True)
    many = [f"{number}{row}" for number in range(8_000) for row in rows]  # the ids begin with a number of their own
    (folder / "big.csv").write_text("".join((head, *many)), encoding="utf-8")
    assert (folder / "big.csv").stat().st_size > 1_000_000
    small = said("report", "log.csv", "-p", "support.toml", *COLUMNS, "--json")
    big = said("report", "big.csv", "-p", "support.toml", *COLUMNS, "--json")
    assert big["tickets"] == 8_000 * small["tickets"] == 24_000
    assert [line["met"] for line in big["lines"]] == [8_000 * line["met"] for line in small["lines"]]


def test_without_a_policy_a_report_is_misused() -> None:
    assert "--policy" in run("report", "log.csv", code=2).stderr


@pytest.mark.parametrize(
    ("log", "columns", "needles"),
    [
        ("7,20/11/2026 10:00,opened,normal\n8,soon,opened,normal\n", (), ("2 of them", "line 2", "--time-format")),
        ("7,2026-11-20 10:00,opened,normal\n", ("--zone", ""), ("1 of them", "line 2", "--zone")),
        ("7;2026-11-20 10:00;opened;normal\n", (), ("1 of them", "--delimiter")),
    ],
    ids=["a time format", "a zone", "a delimiter"],
)
def test_when_all_rows_fail_alike_that_reason_is_the_message(
    log: str, columns: tuple[str, ...], needles: tuple[str, ...], folder: Path
) -> None:
    (folder / "odd.csv").write_text("id,at,what,prio\n" + log, encoding="utf-8")
    named = [option for option in COLUMNS if option not in {"--zone", "Europe/Brussels"} or not columns]
    for as_of in ((), ("--as-of", "2026-11-23T12:00+01:00")):
        said = run("report", "odd.csv", "-p", "support.toml", *named, *as_of, code=1).stderr
        assert all(needle in said for needle in needles), said


def test_a_log_of_gzip_and_the_standard_input_are_read(folder: Path) -> None:
    expected = said("report", "log.csv", "-p", "support.toml", *COLUMNS, "--json")
    (folder / "packed.csv").write_bytes(gzip.compress(LOG.encode()))
    assert said("report", "packed.csv", "-p", "support.toml", *COLUMNS, "--json") == expected
    result = CliRunner().invoke(app, ["report", "-", "-p", "support.toml", *COLUMNS, "--json"], input=LOG)
    assert json.loads(result.stdout) == expected
    (folder / "broken.csv").write_bytes(gzip.compress(LOG.encode())[:-12])
    assert "cannot be read" in run("report", "broken.csv", "-p", "support.toml", *COLUMNS, code=1).stderr
