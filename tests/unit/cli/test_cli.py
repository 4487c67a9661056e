"""The command line: what each command prints, that its JSON agrees with the library, and its exit codes."""

import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner, Result

import slacalc as sla
from slacalc.cli import app
from slacalc.pictures.week import picture_week
from slacalc.policies.loading import SAMPLES
from tests.helpers import BRUSSELS

DATA: Final = Path(__file__).parents[2] / "data"
FRIDAY: Final = datetime(2026, 11, 20, 18, 30, tzinfo=BRUSSELS)

SUPPORT: Final = """
name = "support"
fields = { priority = ["urgent", "normal"] }
calendars.office = { zone = "Europe/Brussels", hours = "Mon-Fri 09:00-17:00", special_days = { "2026-11-19" = "closed" } }
calendars.weekend = { extends = "office", add_hours = "Sat,Sun 10:00-16:00" }
[[rules]]
name = "urgent"
when = { priority = "urgent" }
calendar = "weekend"
metrics.first_response = { due = { business_hours = "2h" } }
[[rules]]
name = "the rest"
calendar = "office"
metrics.first_response = { due = { business_hours = "4h" } }
"""
LOG: Final = """id,at,what,prio
7,2026-11-20 10:00,opened,normal
7,2026-11-20 13:00,answered,normal
8,2026-11-20 10:00,opened,normal
9,2026-11-20 16:00,opened,urgent
8,2026-11-20 16:00,answered,normal
"""
COLUMNS: Final = (
    "--ticket", "id", "--time", "at", "--activity", "what", "--zone", "Europe/Brussels",
    "--field", "priority=prio", "--done", "first_response=answered",
)  # fmt: skip


def run(*arguments: str, code: int = 0, env: dict[str, str] | None = None) -> Result:
    """What a command prints; nothing but an exit may come out of it."""
    result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "140", **(env or {})})
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert code == result.exit_code, result.output
    return result


def said(*arguments: str, code: int = 0) -> Any:
    """What a command prints as JSON, on one line or more."""
    return json.loads(run(*arguments, code=code).stdout)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a policy and a log, to work in."""
    (tmp_path / "support.toml").write_text(SUPPORT, encoding="utf-8")
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


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
    assert ranged[0] == "first_response: due Tue 2026-10-27 11:00 (EET)"
    assert ranged[3] == "earliest Sun 2026-10-25 11:00"


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
    assert told == {metric: promise.pop("told") for metric, promise in printed.items()}
    assert json.loads(promises.to_json()) == {
        metric: {**promise, "received": FRIDAY.isoformat()} for metric, promise in printed.items()
    }


def test_promise_counts_from_named_instants() -> None:
    arguments = ("promise", "b2b_marketplace", "--received", "2026-11-20T15:00+01:00", "-f", "topic=return", "--json")
    assert list(said(*arguments)) == ["first_response", "next_response"]
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


# ---------------------------------------------------------------- explain


def test_explain_prints_the_ledger_with_every_reason(folder: Path) -> None:
    result = run("explain", "2026-11-18T16:00", "2026-11-20T10:00", "--policy", "support.toml")
    assert [line.rstrip() for line in result.stdout.splitlines()] == [
        "from                  to                    wall  counted  reason",
        "Wed 2026-11-18 16:00  Wed 2026-11-18 17:00    1h       1h  counted",
        "Wed 2026-11-18 17:00  Thu 2026-11-19 09:00   16h           outside hours",
        "Thu 2026-11-19 09:00  Thu 2026-11-19 17:00    8h           special day",
        "Thu 2026-11-19 17:00  Fri 2026-11-20 09:00   16h           outside hours",
        "Fri 2026-11-20 09:00  Fri 2026-11-20 10:00    1h       1h  counted",
        "                                             42h       2h  total",
    ]
    assert (folder / "support.toml").read_text(encoding="utf-8") == SUPPORT


@pytest.mark.parametrize("calendar", [None, "office", "weekend"])
def test_explain_as_json_is_what_the_library_says(calendar: str | None, folder: Path) -> None:
    options = ["--calendar", calendar] if calendar else []
    printed = said("explain", "2026-11-20T16:00", "2026-11-23T10:00", "-p", "support.toml", "--json", *options)
    start, end = (
        datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=BRUSSELS) for text in ("20T16:00", "23T10:00")
    )
    chosen = sla.load_policy(folder / "support.toml").calendar(calendar or "office")
    assert json.loads(chosen.explain(start, end).to_json()) == printed


def test_explain_needs_no_policy() -> None:
    printed = said(
        "explain", "2026-11-11T00:00", "2026-11-12T00:00", "--hours", "Mon-Fri 09:00-17:00", "--zone", "Europe/Brussels",
        "--holidays", "BE", "--json",
    )  # fmt: skip
    assert printed["counted_seconds"] == 0
    assert "holiday" in {segment["kind"] for segment in printed["segments"]}


def test_times_of_explain_without_an_offset_are_those_of_the_calendar_or_of_the_zone_that_is_given() -> None:
    options = ("--policy", "b2b_marketplace", "--calendar", "line_fi", "--json")
    own = said("explain", "2026-11-20T09:00", "2026-11-20T10:00", *options)
    assert (own["start"], own["counted_seconds"]) == ("2026-11-20T09:00:00+02:00", 3600)
    told = said("explain", "2026-11-20T09:00", "2026-11-20T10:00", "--zone", "Europe/Berlin", *options)
    assert (told["start"], told["counted_seconds"]) == ("2026-11-20T10:00:00+02:00", 3600)


@pytest.mark.parametrize(
    ("arguments", "needle"),
    [
        (("2026-11-20T17:00", "2026-11-20T09:00", "-p", "support.toml"), "ends before it starts"),
        (("2026-11-20T09:00", "noon", "-p", "support.toml"), "END"),
        (("2026-11-20T09:00", "2026-11-20T17:00", "-p", "support.toml", "-c", "offcie"), "'offcie'"),
        (("2026-11-20T09:00", "2026-11-20T17:00", "--hours", "9-5", "--zone", "Europe/Brussels"), "9-5"),
        (("2026-11-20T09:00", "2026-11-20T17:00", "--hours", "24/7", "--zone", "Brussels"), "'Brussels'"),
        (("2026-11-20T09:00", "2026-11-20T17:00", "--hours", "24/7", "--zone", "UTC", "--holidays", "XX"), "'XX'"),
    ],
)
def test_what_explain_refuses(arguments: tuple[str, ...], needle: str, folder: Path) -> None:
    result = run("explain", *arguments, code=1)
    assert (result.stdout, needle in result.stderr, folder.exists()) == ("", True, True)


# ---------------------------------------------------------------- week


def test_week_prints_a_bar_a_day(folder: Path) -> None:
    lines = run("week", "--policy", "support.toml", "--date", "2026-11-19").stdout.splitlines()
    assert lines[0] == "Europe/Brussels  Mon-Fri 09:00-17:00"
    assert lines[1].split() == [str(hour) for hour in range(0, 24, 2)]
    open_day = "·" * 18 + "█" * 16 + "·" * 14
    assert lines[2].rstrip() == f"Mon 2026-11-16  {open_day}         8h"
    assert lines[5].rstrip() == f"Thu 2026-11-19  {'·' * 48}       0min  special day"
    assert len(lines) == 9
    assert folder.exists()


def test_week_as_json_is_what_the_library_says(folder: Path) -> None:
    printed = said("week", "-p", "support.toml", "-c", "weekend", "--date", "2026-10-25", "--json")
    pictures = picture_week(sla.load_policy(folder / "support.toml").calendar("weekend"), date(2026, 10, 25))
    assert [
        {
            "date": picture.day.isoformat(),
            "half_hours": picture.bar,
            "open_seconds": picture.open_time.total_seconds(),
            "notes": list(picture.notes),
        }
        for picture in pictures
    ] == printed
    assert printed[-1]["notes"] == ["clocks back 1h at Sun 2026-10-25 02:00"]


def test_week_without_a_date_is_the_week_of_today_in_the_zone_of_the_calendar(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    class Then(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime(2026, 11, 22, 23, 30, tzinfo=ZoneInfo("UTC")).astimezone(tz)

    monkeypatch.setattr("slacalc.cli.arguments.datetime", Then)
    printed = said("week", "--policy", "support.toml", "--json")
    assert printed[0]["date"] == "2026-11-23"  # in Brussels it is Monday
    assert folder.exists()


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "1850-01-01", "9999-12-31", "0001-01-01"])
def test_a_date_that_week_refuses(day: str) -> None:
    assert run("week", "--policy", "webshop_helpdesk", "--date", day, code=1).stderr.startswith("slacalc: ")


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


def test_report_prints_the_figures_and_the_worst(folder: Path) -> None:
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
    assert folder.exists()


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


def test_report_as_of_another_instant_and_by_another_field(folder: Path) -> None:
    printed = said("report", "log.csv", "-p", "support.toml", *COLUMNS, "--as-of", "2026-11-23T12:00", "--json")
    assert printed["as_of"] == "2026-11-23T12:00:00+01:00"
    assert printed["lines"][1]["breached"] == 1  # the urgent one is overdue by now
    by_market = said(
        "report", "log.csv", "-p", "support.toml", *COLUMNS, "--field", "market=what", "--by", "market", "--json"
    )
    assert {line["market"] for line in by_market["lines"]} == {"opened", "all"}
    assert folder.exists()


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
    option: tuple[str, str], folder: Path
) -> None:
    arguments = ["report", "log.csv", "-p", "support.toml", *COLUMNS, *option, "--json"]
    result = CliRunner().invoke(app, arguments)
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code in {1, 3}
    assert option[1].partition("=")[0] in result.output
    assert folder.exists()


def test_a_log_with_a_byte_order_mark_is_read(folder: Path) -> None:
    (folder / "bom.csv").write_text('"' + LOG.replace(",", '","').replace("\n", '"\n"')[:-1], encoding="utf-8-sig")
    assert said("report", "bom.csv", "-p", "support.toml", *COLUMNS, "--json") == said(
        "report", "log.csv", "-p", "support.toml", *COLUMNS, "--json"
    )


# ---------------------------------------------------------------- report, with events

LIVES_POLICY: Final = """
name = "support"
fields = { priority = ["urgent", "normal"] }
calendars.office = { zone = "Europe/Brussels", hours = "Mon-Fri 09:00-17:00" }
[[rules]]
name = "urgent"
when = { priority = "urgent" }
calendar = "office"
metrics.resolution = { due = { business_hours = "2h" } }
[[rules]]
name = "the rest"
calendar = "office"
metrics.first_response = { due = { business_hours = "2h" }, follow_up = { business_hours = "8h" } }
metrics.resolution = { due = { business_hours = "4h" }, objective = 0.5, warnings = ["50%"] }
[[escalation]]
to = "the head of support"
after = { business_hours = "6h" }
"""
# Ticket 7 waits from 12:00 to 14:00 and is solved at its due, 8 becomes urgent and by that loses its first response.
LIVES: Final = """id,at,what,prio
7,2026-11-20 10:00,opened,normal
7,2026-11-20 11:00,answered,normal
7,2026-11-20 12:00,Wait,normal
7,2026-11-20 14:00,wrote,normal
8,2026-11-20 15:00,opened,normal
8,2026-11-20 16:00,raised,urgent
7,2026-11-20 16:00,solved,normal
9,2026-11-20 16:30,opened,normal
"""
LIVES_COLUMNS: Final = """
ticket = "id"
time = "at"
activity = "what"
zone = "Europe/Brussels"
[fields]
priority = "prio"
[events]
answered = "agent_message"
wrote = "customer_message"
Wait = "paused_until_next"
solved = "solved"
"""
LIVES_LINES: Final = """
{"ticket": "7", "kind": "created", "at": "2026-11-20T10:00:00+01:00", "status": "open", "fields": {"priority": "normal"}}

{"ticket": "7", "kind": "status_changed", "at": "2026-11-20T12:00:00+01:00", "status": "pending"}
{"ticket": "8", "kind": "created", "at": "2026-11-20T15:00:00+01:00", "fields": {"priority": "urgent"}}
{"ticket": "7", "kind": "status_changed", "at": "2026-11-20T14:00:00+01:00", "status": "open"}
"""
MAPPED: Final = ("-p", "support.toml", "--mapping", "columns.toml")
HAS: Final = "Wait, answered, opened, raised, solved, wrote"


@pytest.fixture
def lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a log of lives, in two forms, its mapping and its policy."""
    files = {"support.toml": LIVES_POLICY, "log.csv": LIVES, "columns.toml": LIVES_COLUMNS, "log.jsonl": LIVES_LINES}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_report_with_events_replays_with_pauses_and_changes(lives: Path) -> None:
    lines = [line.rstrip() for line in run("report", "log.csv", *MAPPED).stdout.splitlines()]
    assert lines[:2] == ["support as of Fri 2026-11-20 16:30 (CET)", "3 tickets, 8 events"]
    assert [line.split() for line in lines[3:]] == [
        ["normal", "first_response", "2", "1", "0", "1", "100.0%", "1h", "1h", "1h", "1h"],
        ["normal", "resolution", "2", "1", "0", "1", "100.0%", "50.0%", "met", "4h", "4h", "6h", "6h"],
        ["urgent", "first_response", "1", "0", "0", "0", "1"],
        ["urgent", "resolution", "1", "0", "0", "1"],
        ["all", "first_response", "3", "1", "0", "1", "1", "100.0%", "1h", "1h", "1h", "1h"],
        ["all", "resolution", "3", "1", "0", "2", "100.0%", "4h", "4h", "6h", "6h"],
    ]
    assert lives.exists()


def test_report_reads_json_lines_as_ticket_does(lives: Path) -> None:
    reading = sla.read_event_log(LIVES_LINES.splitlines())
    assert reading.last_event is not None
    expected = sla.report(reading.tickets, sla.load_policy(lives / "support.toml"), as_of=reading.last_event)
    assert json.loads(expected.to_json()) == said("report", "log.jsonl", "-p", "support.toml", "--json")
    assert run("report", "log.jsonl", "-p", "support.toml").stdout.splitlines()[1] == "2 tickets, 4 events"


@pytest.mark.parametrize(
    "options", [("--mapping", "columns.toml"), ("-d", "first_response=answered"), ("--ticket", "id")], ids=" ".join
)
def test_columns_of_json_lines_are_a_misuse(options: tuple[str, ...], lives: Path) -> None:
    result = run("report", "log.jsonl", "-p", "support.toml", *options, code=2)
    assert "--mapping" in result.stderr
    assert lives.exists()


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


def test_events_may_be_options(lives: Path) -> None:
    columns = (*COLUMNS[:-2], "-e", "answered=agent_message", "-e", "wrote=customer_message")
    words = ("-e", "Wait=paused_until_next", "--event", "solved=solved")
    expected = said("report", "log.csv", *MAPPED, "--json")
    assert expected == said("report", "log.csv", "-p", "support.toml", *columns, *words, "--json")
    assert lives.exists()


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
def test_report_of_a_period(options: tuple[str, ...], expected: dict[str, int], why: str, lives: Path) -> None:
    lines = said("report", "log.csv", *MAPPED, *options, "--json")["lines"]
    assert expected == {line["metric"]: line["tickets"] for line in lines if line["priority"] == "all"}, why
    assert lives.exists()


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
def test_what_report_with_events_refuses(options: tuple[str, ...], needle: str, code: int, lives: Path) -> None:
    result = run("report", "log.csv", *MAPPED, *options, code=code)
    assert result.stdout == ""
    assert needle in result.stderr
    assert lives.exists()


def test_a_ticket_that_cannot_be_replayed_is_told_with_its_line(lives: Path) -> None:
    with (lives / "log.csv").open("a", encoding="utf-8") as log:
        log.write("10,2026-11-20 09:00,opened,critical\n10,2026-11-20 09:30,solved,critical\n")
    result = run("report", "log.csv", *MAPPED, code=3)
    first, last = result.stderr.splitlines()
    assert first.startswith("line 10: ")
    assert "'critical'" in first
    assert last == "1 row or ticket was left out"
    assert result.stdout.splitlines()[1] == "3 tickets, 10 events"


# ---------------------------------------------------------------- ticket


def test_ticket_prints_a_picture_and_a_ledger_of_each_clock(lives: Path) -> None:
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
    assert lives.exists()


def test_ticket_of_json_lines_as_of_an_instant_while_it_waits(lives: Path) -> None:
    result = run(
        "ticket", "log.jsonl", "7", "-p", "support.toml", "--as-of", "2026-11-20T13:00", "--zone", "Europe/Brussels"
    )
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert lines[0] == "first_response: overdue, due Fri 2026-11-20 12:00 (CET)"
    assert "resolution: paused, no due time" in lines
    assert "Fri 2026-11-20                      ████░░                        received 10:00" in lines
    assert lives.exists()


def test_ticket_leaves_out_the_middle_of_a_long_life(lives: Path) -> None:
    lines = run("ticket", "log.csv", "9", *MAPPED, "--as-of", "2026-12-18T12:00+01:00").stdout.splitlines()
    (gap,) = {number for number, line in enumerate(lines[:20]) if line.startswith("...")}
    assert lines[gap].rstrip() == "... 15 days", "from 20 November to 18 December are 29 dates; a week at either end"
    assert [line[:14] for line in lines[gap - 1 : gap + 2 : 2]] == ["Thu 2026-11-26", "Sat 2026-12-12"]
    assert lives.exists()


@pytest.mark.parametrize(
    "command", [("ticket", "log.csv", "7"), ("agenda", "log.csv"), ("report", "log.csv")], ids=" ".join
)
def test_an_instant_without_an_offset_is_one_of_the_zone_of_the_mapping(command: tuple[str, ...], lives: Path) -> None:
    with_offset = said(*command, *MAPPED, "--as-of", "2026-11-20T16:45+01:00", "--json")
    assert with_offset == said(*command, *MAPPED, "--as-of", "2026-11-20T16:45", "--json")
    assert lives.exists()


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


def test_ticket_as_json_has_every_cycle_of_every_metric(lives: Path) -> None:
    printed = said("ticket", "log.jsonl", "7", "-p", "support.toml", "--json")
    assert [printed["ticket"], printed["as_of"], printed["gaps"]] == ["7", "2026-11-20T15:00:00+01:00", []]
    assert {"first_response", "resolution"} == set(printed["clocks"])
    (resolution,) = printed["clocks"]["resolution"]
    ledger = resolution.pop("ledger")
    assert resolution == {
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
        "elapsed_seconds": 10800.0,
        "remaining_seconds": 3600.0,
        "cancelled": "",
        "breaches": [],
    }
    assert [(each["kind"], each["name"], each["counted_seconds"]) for each in ledger["segments"]] == [
        ("counted", "", 7200.0),
        ("paused", "pending", 0.0),
        ("counted", "", 3600.0),
    ]
    assert lives.exists()


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


def test_what_a_log_leaves_open_is_in_the_json_and_no_complaint(lives: Path) -> None:
    assert run("ticket", "log.jsonl", "8", "-p", "support.toml").stderr == "", "it does not say its first status"
    gaps = said("ticket", "log.jsonl", "8", "-p", "support.toml", "--json")["gaps"]
    assert gaps == [{"code": "status_assumed", "place": 0, "message": ""}]
    assert lives.exists()


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
            ("no event", "--as-of"),
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


def test_agenda_prints_what_fires_next_in_order(lives: Path) -> None:
    assert [line.rstrip() for line in run("agenda", "log.csv", *MAPPED).stdout.splitlines()] == [
        "at                    deliver at            ticket  metric          kind        label",
        "Fri 2026-11-20 17:00  Fri 2026-11-20 17:00  8       resolution      due         resolution",
        "Mon 2026-11-23 10:30  Mon 2026-11-23 10:30  9       resolution      warning     50%",
        "Mon 2026-11-23 10:30  Mon 2026-11-23 10:30  9       first_response  due         first_response",
        "Mon 2026-11-23 12:30  Mon 2026-11-23 12:30  9       resolution      due         resolution",
        "Mon 2026-11-23 14:30  Mon 2026-11-23 14:30  9                       escalation  the head of support",
        "Mon 2026-11-23 16:30  Mon 2026-11-23 16:30  9       first_response  follow up   ask again",
    ]
    assert lives.exists()


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


def test_agenda_of_json_lines_is_after_the_instant_that_is_asked_for(lives: Path) -> None:
    options = ("agenda", "log.jsonl", "-p", "support.toml", "--json")
    at_four = said(*options, "--as-of", "2026-11-20T16:00+01:00")
    assert [(each["ticket"], each["kind"], each["at"]) for each in at_four] == [
        ("8", "due", "2026-11-20T17:00:00+01:00"),
        ("7", "follow_up", "2026-11-23T10:00:00+01:00"),
    ], "what is due at 16:00 has fired"
    assert said(*options, "--as-of", "2026-11-23T10:00+01:00") == []
    assert lives.exists()


def test_agenda_of_an_instant_knows_no_ticket_that_comes_later(lives: Path) -> None:
    options = ("agenda", "log.jsonl", "-p", "support.toml", "--json")
    at_two = said(*options, "--as-of", "2026-11-20T14:30+01:00")
    assert {"7"} == {each["ticket"] for each in at_two}, "ticket 8 comes at 15:00"
    assert said(*options, "--as-of", "2026-11-20T09:59+01:00") == [], "nothing is there"
    assert lives.exists()


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


@pytest.mark.parametrize(
    "arguments",
    [("ticket",), ("ticket", "log.csv"), ("ticket", "log.csv", "7"), ("agenda",), ("agenda", "log.csv")],
    ids=" ".join,
)
def test_misuse_of_ticket_and_agenda_is_exit_code_2(arguments: tuple[str, ...], lives: Path) -> None:
    assert run(*arguments, code=2).stdout == ""
    assert lives.exists()


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


@pytest.mark.parametrize("arguments", [("none.toml",), ("support.toml", "--as-of", "now")])
def test_what_check_refuses_is_json_too(arguments: tuple[str, ...], folder: Path) -> None:
    assert run("check", *arguments, code=1).stderr
    assert len(said("check", *arguments, "--json", code=1)["problems"]) == 1
    assert folder.exists()


def test_schema_prints_the_schema() -> None:
    assert sla.policy_schema() == said("schema")


# ---------------------------------------------------------------- holidays


def test_freeze_prints_a_pin_file(folder: Path) -> None:
    printed = run(
        "holidays", "freeze", "DE", "2026", "2027", "--subdivision", "BY", "--category", "public", "--category", "catholic",
        "--language", "en_US",
    ).stdout  # fmt: skip
    chosen = sla.Holidays("DE", "BY", ("public", "catholic"), "en_US")
    assert chosen.freeze(2026, 2027) == sla.FrozenHolidays.from_json(printed)
    (folder / "DE.json").write_text(printed, encoding="utf-8")
    assert run("holidays", "drift", "DE.json").stdout == "no drift\n"


def test_drift_tells_what_moved_with_exit_code_3(folder: Path) -> None:
    def pin(name: str, dates: dict[date, str]) -> None:
        frozen = sla.FrozenHolidays.of(dates, years=(2026, 2026))
        (folder / name).write_text(frozen.to_json(), encoding="utf-8")

    pin("old.json", {date(2026, 5, 8): "Victory Day", date(2026, 12, 25): "Christmas"})
    pin("new.json", {date(2026, 11, 17): "Freedom Day", date(2026, 12, 25): "Christmas Day"})
    pin("renamed.json", {date(2026, 5, 8): "Day of Victory", date(2026, 12, 25): "Christmas"})
    moved = run("holidays", "drift", "old.json", "new.json", code=3)
    assert moved.stdout.splitlines() == [
        "- 2026-05-08 Victory Day",
        "+ 2026-11-17 Freedom Day",
        "~ 2026-12-25 Christmas -> Christmas Day",
    ]
    renamed = run("holidays", "drift", "old.json", "renamed.json")
    assert renamed.stdout == "~ 2026-05-08 Victory Day -> Day of Victory\n"


def test_the_pins_that_ship_have_not_drifted_but_when_the_package_moved() -> None:
    pins = Path(sla.__file__).parent / "policies/samples/holidays"
    assert run("holidays", "drift", str(pins / "BE.json"), str(pins / "BE.json")).stdout == "no drift\n"


@pytest.mark.parametrize(
    ("arguments", "needle"),
    [
        (("freeze", "XX", "2026", "2027"), "'XX'"),
        (("freeze", "BE", "2027", "2026"), "years"),
        (("freeze", "BE", "1700", "1701"), "1700"),
        (("freeze", "DE", "2026", "2027", "--subdivision", "XX"), "'XX'"),
        (("freeze", "DE", "2026", "2027", "--category", "x"), "'x'"),
        (("freeze", "DE", "2026", "2027", "--language", "x"), "'x'"),
        (("drift", "none.json"), "none.json"),
        (("drift", "given.json"), "came from no package"),
        (("drift", "given.json", "none.json"), "none.json"),
        (("drift", "given.json", "later.json"), "no year in common"),
    ],
)
def test_what_holidays_refuses(arguments: tuple[str, ...], needle: str, folder: Path) -> None:
    for name, year in (("given", 2026), ("later", 2027)):
        pin = sla.FrozenHolidays.of({}, years=(year, year))
        (folder / f"{name}.json").write_text(pin.to_json(), encoding="utf-8")
    result = run("holidays", *arguments, code=1)
    assert (result.stdout, needle in result.stderr) == ("", True), result.stderr


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


# ---------------------------------------------------------------- how it starts


def python(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)


WITHOUT: Final = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == {package!r}:
            raise ModuleNotFoundError("No module named " + repr(name), name=name)

sys.meta_path.insert(0, Missing())
from slacalc.__main__ import main
main()
"""


@pytest.mark.parametrize("package", ["typer", "rich"])
def test_without_its_extra_the_command_line_says_which_one_to_install(package: str) -> None:
    done = python("-c", WITHOUT.format(package=package))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"slacalc: the command line needs {package}; accepted: pip install 'slacalc[cli]'\n"


def test_another_module_that_is_missing_is_not_taken_for_the_extra() -> None:
    done = python("-c", "import sys; sys.modules['csv'] = None; from slacalc.__main__ import main; main()")
    assert done.returncode == 1
    assert "slacalc[cli]" not in done.stderr
    assert "csv" in done.stderr


FULL: Final = """
import io, sys

class Full(io.RawIOBase):
    def writable(self):
        return True

    def write(self, data):
        raise OSError(28, "No space left on device")

sys.argv = ["slacalc", "week", "-p", "webshop_helpdesk", {option!r}]
sys.stdout = io.TextIOWrapper(io.BufferedWriter(Full()))
from slacalc.__main__ import main
main()
"""


@pytest.mark.parametrize("option", ["--json", "--date=2026-11-20"])
def test_output_that_has_no_room_is_told_in_a_line(option: str) -> None:
    done = python("-c", FULL.format(option=option))
    assert (done.returncode, done.stderr) == (1, "slacalc: [Errno 28] No space left on device\n")


def test_it_starts_as_a_module() -> None:
    done = python("-m", "slacalc", "promise", "webshop_helpdesk", "--received", "2026-11-20T18:30+01:00")
    assert done.returncode == 0
    assert done.stdout.startswith("first_response: due Sat 2026-11-21 12:00 (CET)\n")
    refused = python("-m", "slacalc", "promise", "none.toml")
    assert (refused.returncode, refused.stdout) == (1, "")


def test_drift_as_json(tmp_path: Path) -> None:
    old = sla.FrozenHolidays.of({date(2026, 5, 8): "Victory Day", date(2026, 1, 1): "New Year"}, years=(2026, 2026))
    new = sla.FrozenHolidays.of({date(2026, 1, 1): "New Year's Day", date(2026, 9, 1): "Day"}, years=(2026, 2026))
    (tmp_path / "old.json").write_text(old.to_json(), encoding="utf-8")
    (tmp_path / "new.json").write_text(new.to_json(), encoding="utf-8")
    result = CliRunner().invoke(
        app, ["holidays", "drift", str(tmp_path / "old.json"), str(tmp_path / "new.json"), "--json"]
    )
    assert result.exit_code == 3
    assert json.loads(result.stdout) == {
        "years": [2026, 2026],
        "added": [["2026-09-01", "Day"]],
        "removed": [["2026-05-08", "Victory Day"]],
        "renamed": [["2026-01-01", "New Year", "New Year's Day"]],
    }


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


# ---------------------------------------------------------------- refusals and misuse, word for word

RECEIVED: Final = ("--received", "2026-11-20T18:30+01:00")
REFUSALS: Final[list[tuple[tuple[str, ...], int, str]]] = [
    (
        ("promise", "webshop_helpdesk", "--received", "yesterday"), 1,
        "--received: this is not a time; given 'yesterday'; accepted: ISO 8601",
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
        "name the columns: --mapping, or --ticket, --time and --activity",
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
        "--since: this is not a time; given 'never'; accepted: ISO 8601",
    ),
    (
        ("report", "log.csv", "-p", "support.toml", *COLUMNS, "--until", "never"), 1,
        "--until: this is not a time; given 'never'; accepted: ISO 8601",
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


def test_the_value_of_a_field_may_hold_an_equals_sign(folder: Path) -> None:
    assert run("promise", "support.toml", *RECEIVED, "-f", "topic=a=b").stdout
    refused = run("promise", "support.toml", *RECEIVED, "-f", "priority=a=b", code=1)
    assert "given 'a=b'" in refused.stderr
    assert folder.exists()


def test_every_column_may_be_said_otherwise_than_the_file_does(folder: Path) -> None:
    (folder / "columns.toml").write_text(
        'ticket = "x"\ntime = "x"\nactivity = "x"\n[done]\nfirst_response = "x"\n', encoding="utf-8"
    )
    overridden = said("report", "log.csv", "-p", "support.toml", "--mapping", "columns.toml", *COLUMNS, "--json")
    assert overridden == said("report", "log.csv", "-p", "support.toml", *COLUMNS, "--json")


def test_json_keeps_the_letters_of_the_policy(folder: Path) -> None:
    (folder / "buero.toml").write_text(SUPPORT.replace('"support"', '"Büro"'), encoding="utf-8")
    assert '"Büro"' in run("report", "log.csv", "-p", "buero.toml", *COLUMNS, "--json").stdout
