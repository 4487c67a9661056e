"""The commands about opening hours and holidays: what they print, their JSON, and their exit codes."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

import slacalc as sla
from slacalc.cli import app
from slacalc.pictures.week import picture_week
from tests.helpers import BRUSSELS
from tests.unit.cli.commands import SUPPORT, run, said

pytestmark = pytest.mark.usefixtures("folder")

# ---------------------------------------------------------------- absence


@pytest.mark.parametrize(
    ("first", "last", "announced", "printed", "code"),
    [
        (7, 14, "2026-11-23", "6 working days, more than 5: notice is due by Mon 2026-11-23; announced Mon 2026-11-23, in time", 0),
        (7, 14, "2026-11-24", "6 working days, more than 5: notice is due by Mon 2026-11-23; announced Tue 2026-11-24, 1 day late", 3),
        (7, 14, "2026-11-25", "6 working days, more than 5: notice is due by Mon 2026-11-23; announced Wed 2026-11-25, 2 days late", 3),
        (7, 11, "2026-12-07", "5 working days, not more than 5: no notice is due", 0),
        (21, 29, "2026-12-21", "5 working days, not more than 5: no notice is due", 0),
        (21, 30, "2026-12-21", "6 working days, more than 5: notice is due by Mon 2026-12-07; announced Mon 2026-12-21, 14 days late", 3),
        (12, 13, "2026-12-12", "0 working days, not more than 5: no notice is due", 0),
    ],
)  # fmt: skip
def test_absence_prints_whether_notice_is_due_and_whether_it_was_in_time(
    first: int, last: int, announced: str, printed: str, code: int
) -> None:
    dates = (f"2026-12-{first:02}", f"2026-12-{last}")
    result = run("absence", *dates, "-p", "marketplace_seller", "--announced", announced, code=code)
    assert result.stdout.strip() == printed


def test_absence_as_json_is_what_the_library_says() -> None:
    printed = said(
        "absence", "2026-12-07", "2026-12-09", "--hours", "Mon-Fri 09:00-17:00", "--zone", "Europe/Berlin",
        "--announced", "2026-12-01", "--longer-than", "2", "--days-ahead", "7", "--json", code=3,
    )  # fmt: skip
    assert printed == {
        "working_days": 3, "required": True, "announce_by": "2026-11-30", "days_late": 1, "announced": "2026-12-01",
    }  # fmt: skip


def test_an_absence_that_is_not_announced_yet_is_announced_today() -> None:
    result = run("absence", "1999-12-06", "1999-12-13", "--hours", "Mon-Fri 09:00-17:00", "--zone", "UTC", code=3)
    assert f"announced {datetime.now(ZoneInfo('UTC')):%a %Y-%m-%d}" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["2026-12-07", "2026-12-06"], 1, "the absence ends before it starts"),
        (["2026-12-7", "2026-12-14"], 1, "FIRST: this is not a date; given '2026-12-7'"),
        (["2026-12-07", "soon"], 1, "LAST: this is not a date; given 'soon'"),
        (["2026-12-07", "2026-12-14", "--announced", "yesterday"], 1, "--announced: this is not a date"),
        (["2026-12-07", "2026-12-14", "--longer-than", "-1"], 2, "--longer-than"),
        (["2026-12-07", "2026-12-14", "--days-ahead", "two"], 2, "--days-ahead"),
        (["2026-12-07"], 2, "last"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(arguments: list[str], code: int, complaint: str) -> None:
    assert complaint in run("absence", *arguments, "-p", "marketplace_seller", code=code).stderr


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
    assert printed["counted"] == "0min"
    assert "holiday" in {segment["kind"] for segment in printed["segments"]}


def test_times_of_explain_without_an_offset_are_those_of_the_calendar_or_of_the_zone_that_is_given() -> None:
    options = ("--policy", "b2b_marketplace", "--calendar", "line_fi", "--json")
    own = said("explain", "2026-11-20T09:00", "2026-11-20T10:00", *options)
    assert (own["start"], own["counted"]) == ("2026-11-20T09:00:00+02:00", "1h")
    told = said("explain", "2026-11-20T09:00", "2026-11-20T10:00", "--zone", "Europe/Berlin", *options)
    assert (told["start"], told["counted"]) == ("2026-11-20T10:00:00+02:00", "1h")


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
def test_what_explain_refuses(arguments: tuple[str, ...], needle: str) -> None:
    result = run("explain", *arguments, code=1)
    assert (result.stdout, needle in result.stderr) == ("", True)


# ---------------------------------------------------------------- week


def test_week_prints_a_bar_a_day() -> None:
    lines = run("week", "--policy", "support.toml", "--date", "2026-11-19").stdout.splitlines()
    assert lines[0] == "Europe/Brussels  Mon-Fri 09:00-17:00"
    assert lines[1].split() == [str(hour) for hour in range(0, 24, 2)]
    open_day = "·" * 18 + "█" * 16 + "·" * 14
    assert lines[2].rstrip() == f"Mon 2026-11-16  {open_day}         8h"
    assert lines[5].rstrip() == f"Thu 2026-11-19  {'·' * 48}       0min  special day"
    assert len(lines) == 9


def test_week_as_json_is_what_the_library_says(folder: Path) -> None:
    printed = said("week", "-p", "support.toml", "-c", "weekend", "--date", "2026-10-25", "--json")
    pictures = picture_week(sla.load_policy(folder / "support.toml").calendar("weekend"), date(2026, 10, 25))
    assert [
        {
            "date": picture.day.isoformat(),
            "half_hours": picture.bar,
            "open_time": sla.format_amount(picture.open_time),
            "notes": list(picture.notes),
        }
        for picture in pictures
    ] == printed
    assert printed[-1]["notes"] == ["clocks back 1h at Sun 2026-10-25 02:00"]


def test_week_without_a_date_is_the_week_of_today_in_the_zone_of_the_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    class Then(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime(2026, 11, 22, 23, 30, tzinfo=ZoneInfo("UTC")).astimezone(tz)

    monkeypatch.setattr("slacalc.cli.arguments.datetime", Then)
    printed = said("week", "--policy", "support.toml", "--json")
    assert printed[0]["date"] == "2026-11-23"  # in Brussels it is Monday


@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "1850-01-01", "9999-12-31", "0001-01-01"])
def test_a_date_that_week_refuses(day: str) -> None:
    assert run("week", "--policy", "webshop_helpdesk", "--date", day, code=1).stderr.startswith("slacalc: ")


# ---------------------------------------------------------------- year


def test_year_prints_a_column_a_week_and_what_is_special_and_saves_the_picture(folder: Path) -> None:
    lines = run("year", "2026", "--policy", "support.toml", "--svg", "year.svg").stdout.splitlines()
    # 1 January 2026 is a Thursday, and so is the last: 261 dates are Monday to Friday, of which 19 November is closed
    assert lines[0] == "2026, Europe/Brussels: 2080h open"
    assert [line[:3] for line in lines[2:9]] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert [len(line[5:].split()[0]) for line in lines[2:9]] == [52, 52, 52, 53, 52, 52, 52]
    assert [line.split()[1] for line in lines[10:]] == ["2026-03-29", "2026-10-25", "2026-11-19"]
    assert (folder / "year.svg").read_text(encoding="utf-8").startswith("<svg")


def test_year_as_json_has_every_date() -> None:
    printed = said("year", "2028", "--hours", "Mon-Fri 09:00-17:00", "--zone", "Europe/Brussels", "--json")
    assert (printed["year"], len(printed["days"])) == (2028, 366)
    assert printed["days"][1] == {"date": "2028-01-02", "kind": "closed", "open_time": "0min", "notes": []}  # a Sunday


def test_year_without_a_number_is_the_year_of_today_in_the_zone_of_the_calendar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Then(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return datetime(2026, 12, 31, 23, 30, tzinfo=ZoneInfo("UTC")).astimezone(tz)

    monkeypatch.setattr("slacalc.cli.arguments.datetime", Then)
    assert said("year", "--policy", "support.toml", "--json")["year"] == 2027  # in Brussels it is New Year


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
        "worked_added": [],
        "worked_removed": [],
        "half_days_added": [],
        "half_days_removed": [],
        "renamed": [["2026-01-01", "New Year", "New Year's Day"]],
    }
