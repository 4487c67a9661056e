"""The command that imports: what it writes, what it says of losses, and its exit codes."""

import json
from datetime import date, datetime
from inspect import Parameter, signature
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.interop.systems import SYSTEMS, WRITERS
from tests.unit.cli.commands import run
from tests.unit.interop.holidays.documents import BAVARIA, BRITAIN
from tests.unit.interop.jira.month import MONTH as JIRA_MONTH
from tests.unit.interop.jira.test_loading import ORDINARY as JIRA_TABLES
from tests.unit.interop.schema_org.pages import place, row
from tests.unit.interop.servicenow.month import MONTH
from tests.unit.interop.zendesk.accounts import ORDINARY, condition, sla_policy, target
from tests.unit.interop.zendesk.month import AUDITS, METRIC_EVENTS, USERS

SERVICENOW = {**MONTH, "cmn_schedule": [{**row, "time_zone": ""} for row in MONTH["cmn_schedule"]]}


def account(folder: Path, *answers: object) -> str:
    for number, answer in enumerate(answers):
        (folder / f"answer_{number}.json").write_text(json.dumps(answer), encoding="utf-8")
    return str(folder)


def test_a_policy_is_written_that_loads(tmp_path: Path) -> None:
    out = tmp_path / "policies" / "zendesk"
    (tmp_path / "in").mkdir()
    result = run("import", "zendesk", account(tmp_path / "in", *ORDINARY), "-o", str(out))
    assert result.stdout.splitlines()[0] == "Zendesk: 1 calendar, 6 rules, 0 losses"
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
    assert misused.stderr.startswith("slacalc: there is no such system: zendesc; accepted: zendesk, ")
    run("import", "zendesk", str(tmp_path / "none"), code=1)
    (tmp_path / "in").mkdir()
    (tmp_path / "file").write_text("")
    refused = run("import", "zendesk", account(tmp_path / "in", *ORDINARY), "-o", str(tmp_path / "file"), code=1)
    assert refused.stdout == ""
    assert "nothing can be written here" in refused.stderr


SHOP = place(row("Friday", "18:00", "02:00"), row("PublicHolidays", "10:00", "12:00"), name="Shop")
BAR = {"title": "Bar", "regularHours": {"periods": [
    {"openDay": "FRIDAY", "openTime": {"hours": 18}, "closeDay": "SATURDAY", "closeTime": {"hours": 2}}]}}  # fmt: skip


def test_the_zone_is_said_where_the_format_does_not(tmp_path: Path) -> None:
    shop, bar = tmp_path / "shop.json", tmp_path / "bar.json"
    shop.write_text(json.dumps(SHOP), encoding="utf-8")
    bar.write_text(json.dumps(BAR), encoding="utf-8")
    run("import", "schema_org", str(shop), "--zone", "Europe/Rome", "--holidays", "IT", "-o", str(tmp_path / "out"))
    written = sla.load_policy(tmp_path / "out" / "policy.toml").calendar("Shop")
    assert (written.zone, str(written.hours)) == ("Europe/Rome", "Fri 18:00-02:00; PH 10:00-12:00")
    assert written.is_open(datetime(2026, 12, 8, 11, tzinfo=ZoneInfo("Europe/Rome")))  # a holiday, and a Tuesday
    printed = run("import", "google_business", str(bar), "--zone", "Asia/Tokyo").stdout
    assert printed == sla.interop.google_business.load(bar, zone="Asia/Tokyo").to_toml()
    text = tmp_path / "text.txt"
    text.write_text("Fr 22:00-02:00; PH 10:00-12:00\n", encoding="utf-8")
    printed = run("import", "osm", str(text), "--zone", "Europe/Rome", "--holidays", "IT").stdout
    assert printed == sla.interop.osm.load(text, zone="Europe/Rome", holidays="IT").to_toml()
    refused = run("import", "schema_org", str(shop), "--zone", "Europe/Rome", code=1)
    assert "hours of public holidays, and nobody says which they are" in refused.stderr
    assert "Europe/Rome" in run("import", "schema_org", str(shop), "--zone", "Europe/Roma", code=1).stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("schema_org",), "the format of schema_org does not say the zone; accepted: --zone, such as --zone Europe/Rome"),
        (("google_business", "--zone", "UTC", "--holidays", "IT"), "google_business has no use for --holidays; accepted: --holidays with osm, schema_org"),
        (("zendesk", "--zone", "UTC"), "zendesk has no use for --zone; accepted: --zone with frappe, google_business, icalendar, osm, schema_org, servicenow"),
    ],
)  # fmt: skip
def test_a_zone_that_is_missing_or_of_no_use_is_told(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    system, *options = arguments
    assert run("import", system, str(tmp_path), *options, code=2).stderr == f"slacalc: {said}\n"


AWAY = """BEGIN:VCALENDAR
X-WR-TIMEZONE:Europe/Lisbon
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261224
RRULE:FREQ=YEARLY
SUMMARY:Eve
END:VEVENT
END:VCALENDAR
"""


def test_a_feed_is_imported_with_the_hours_that_it_does_not_say(tmp_path: Path) -> None:
    file, out = tmp_path / "away.ics", tmp_path / "out"
    file.write_text(AWAY, encoding="utf-8")
    run("import", "icalendar", str(file), "--hours", "Mon-Fri 09:00-17:00", "--years", "2026..2027", "-o", str(out))
    written = sla.load_policy(out / "policy.toml").calendar("opening hours")
    assert (written.zone, str(written.hours)) == ("Europe/Lisbon", "Mon-Fri 09:00-17:00")
    assert [str(each.on) for each in written.special_days] == ["2026-12-24", "2027-12-24"]
    assert "--hours" in run("import", "icalendar", str(file), code=1).stderr
    assert "this recurs for ever" in run("import", "icalendar", str(file), "--hours", "24/7", code=1).stderr


def test_days_off_of_a_feed_are_printed_as_a_pin(tmp_path: Path) -> None:
    file = tmp_path / "away.ics"
    file.write_text(AWAY, encoding="utf-8")
    printed = run("holidays", "import", str(file), "--years", "2026..2028")
    pinned = sla.FrozenHolidays.from_json(printed.stdout)
    assert (pinned.years, [str(day) for day, _ in pinned.dates]) == (
        (2026, 2028), ["2026-12-24", "2027-12-24", "2028-12-24"],
    )  # fmt: skip
    told = "slacalc: a feed has no use for --region, and holidays of another source have none for --years\n"
    for arguments in ((str(file), "--region", "DE-BY"), ("holidays.json", "--years", "2026")):
        assert run("holidays", "import", *arguments, code=2).stderr == told


def test_what_a_system_asks_for_is_what_its_reader_takes() -> None:
    for name, system in SYSTEMS.items():
        asked = {key: each for key, each in signature(system.load).parameters.items() if key not in ("source", "lossy")}
        needed = {key for key, each in asked.items() if each.default is Parameter.empty}
        assert (needed, asked.keys() - needed) == (set(system.needs), set(system.takes)), name


SHOP_POLICY = """
name = "shop"
rules = [{ name = "everybody", calendar = "office", metrics.first_response = { due = { business_hours = "4h" } } }]
[calendars.office]
zone = "Europe/Brussels"
hours = "Mon-Fri 09:00-17:00"
special_days = { "2026-12-24" = "09:00-13:00" }
[calendars.night]
zone = "Europe/Brussels"
hours = "Mon-Fri 22:00-06:00"
"""
DATES = ("--from", "2026-12-21", "--to", "2026-12-27")
ZONE_LOST = "zone: the zone Europe/Brussels; slacalc: it is not written: readers know it by the address (cosmetic)\n"


@pytest.fixture
def shop(tmp_path: Path) -> str:
    file = tmp_path / "shop.toml"
    file.write_text(SHOP_POLICY, encoding="utf-8")
    return str(file)


def test_a_calendar_is_printed_in_a_format_and_what_is_lost_is_said_apart(shop: str) -> None:
    said = run("export", "text", shop, "--calendar", "office", *DATES, "--language", "de")
    assert said.stdout.splitlines()[-1] == "Donnerstag, 24. Dezember 2026: 9\N{EN DASH}13 Uhr"
    assert said.stderr == ZONE_LOST
    office = sla.load_policy(shop).calendar("office")
    page = run("export", "schema_org", shop, "-c", "office", *DATES, "--name", "Shop", "--json")
    written = sla.interop.schema_org.write(office, date(2026, 12, 21), date(2026, 12, 27), name="Shop")
    assert json.loads(page.stdout) == json.loads(written.to_json())


def test_a_calendar_is_written_into_a_file_that_is_not_written_over(shop: str, tmp_path: Path) -> None:
    file = tmp_path / "out" / "zendesk.json"
    refused = run("export", "zendesk", shop, "-c", "office", *DATES, "-o", str(file), code=1)
    assert "dates: 1 date is open at other hours than the weekday, the first 2026-12-24" in refused.stderr
    assert not file.exists()
    wanted = run("export", "zendesk", shop, "-c", "office", *DATES, "-o", str(file), "--lossy")
    assert wanted.stdout == f"written: {file}\n"
    assert "(changes due times)" in wanted.stderr
    assert list(sla.interop.zendesk.load(file).calendars) == ["Business hours"]
    again = ("export", "google_business", shop, "-c", "office", *DATES, "-o", str(file))
    assert "is not as it would be written" in run(*again, code=1).stderr
    run(*again, "--replace")
    assert "regularHours" in file.read_text(encoding="utf-8")


def test_a_feed_is_stamped_and_keeps_its_line_ends(shop: str, tmp_path: Path) -> None:
    file = tmp_path / "closed.ics"
    run("export", "icalendar_closures", shop, "-c", "office", *DATES, "-o", str(file))
    lines = file.read_bytes().split(b"\r\n")
    assert (lines[0], lines[-2:]) == (b"BEGIN:VCALENDAR", [b"END:VCALENDAR", b""])
    assert any(line.startswith(b"DTSTAMP:2") for line in lines)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("html", "--name", "x", "-c", "office"), 2, "html has no use for --name; accepted: --name with google_business, icalendar_"),
        (("zendesk", "-l", "de", "-c", "office"), 2, "zendesk has no use for --language; accepted: --language with html, text"),
        (("texxt", "-c", "office"), 2, "there is no such format: texxt; accepted: text, "),
        (("text",), 2, "the policy has several calendars; accepted: --calendar, one of office, night"),
        (("text", "-c", "offce"), 1, "there is no calendar of this name; given 'offce'; accepted: office, night"),
        (("text", "-c", "office", "-l", "et"), 1, "language: there is no such language; given 'et'; accepted: cs, de, en"),
        (("text", "-c", "office", "--to", "27.12.2026"), 1, "--to: this is not a date; given '27.12.2026'"),
        (("text", "-c", "office", "--to", "2026-12-01"), 1, "last: opening hours cannot be told of these dates"),
    ],
)  # fmt: skip
def test_what_cannot_be_exported_is_told(arguments: tuple[str, ...], code: int, said: str, shop: str) -> None:
    system, *options = arguments
    assert run("export", system, shop, *DATES, *options, code=code).stderr.startswith(f"slacalc: {said}")


def test_what_a_format_takes_is_what_its_writer_does() -> None:
    for name, writer in WRITERS.items():
        common = {"calendar", "first", "last", "lossy", "languages", "stamped_at"}
        assert signature(writer.write).parameters.keys() - common == set(writer.takes), name
        assert ("stamped_at" in signature(writer.write).parameters) == writer.is_stamped


def test_a_file_that_was_edited_is_not_written_over_until_that_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    folder, out = account(tmp_path / "in", *ORDINARY, USERS, AUDITS, METRIC_EVENTS), tmp_path / "out"
    run("import", "zendesk", folder, "-o", str(out))
    policy, events = out / "policy.toml", out / "events.jsonl"
    written, log = policy.read_text(encoding="utf-8"), events.read_text(encoding="utf-8")
    run("import", "zendesk", folder, "-o", str(out))  # nothing differs
    policy.write_text(f"# agreed with legal\n{written}", encoding="utf-8")
    events.unlink()
    refused = run("import", "zendesk", folder, "-o", str(out), code=1)
    told = "the file is there, and is not as it would be written; accepted: another place, or --replace"
    assert (refused.stdout, refused.stderr) == ("", f"slacalc: {policy}: {told}\n")
    assert policy.read_text(encoding="utf-8").startswith("# agreed with legal")
    assert not events.exists()
    run("import", "zendesk", folder, "-o", str(out), "--replace")
    assert (policy.read_text(encoding="utf-8"), events.read_text(encoding="utf-8")) == (written, log)


def test_from_import_to_report_to_compare_are_three_commands(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    folder, out = account(tmp_path / "in", *ORDINARY, USERS, AUDITS, METRIC_EVENTS), tmp_path / "out"
    imported = run("import", "zendesk", folder, "-o", str(out)).stdout.splitlines()
    assert imported[-1] == "passed over: 1 Notification, which no clock follows"
    assert {path.name for path in out.iterdir()} == {"policy.toml", "events.jsonl"}
    report = run("report", str(out / "events.jsonl"), "--policy", str(out / "policy.toml"))
    assert "6 tickets, " in report.stdout
    compared = run("compare", folder, "--engine", "zendesk", "--policy", str(out / "policy.toml"), "--ledgers", code=3)
    assert compared.stdout.startswith("slacalc and Zendesk: 72.7% of the promises are judged alike")
    assert "2026-11-23 22:00:00+00:00  breach" in compared.stdout
    assert "counted" in compared.stdout
    data = json.loads(
        run("compare", folder, "--engine", "zendesk", "--policy", str(out / "policy.toml"), "--json", code=3).stdout
    )
    assert (data["system"], data["agreed"]["first_response"], len(data["differences"])) == ("Zendesk", 4, 3)


def test_the_zone_of_schedules_that_float_is_asked_for_and_the_engine_of_their_system_compares(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    folder, out = account(tmp_path / "in", SERVICENOW), tmp_path / "out"
    refused = run("import", "servicenow", folder, code=1)
    assert 'accepted: zone="Europe/Berlin", on the command line --zone Europe/Berlin' in refused.stderr
    run("import", "servicenow", folder, "--zone", "America/New_York", "-o", str(out))
    assert {path.name for path in out.iterdir()} == {"policy.toml", "events.jsonl"}
    compared = run(
        "compare", folder, "--engine", "servicenow", "--policy", str(out / "policy.toml"),
        "--as-of", "2026-11-25T15:00Z", code=3,
    )  # fmt: skip
    assert "INC3, resolution 1: ServiceNow says breached" in compared.stdout


def test_an_engine_that_is_none_and_a_folder_without_tickets_are_told(tmp_path: Path) -> None:
    folder = account(tmp_path, *ORDINARY)
    misused = run("compare", folder, "--engine", "jir", "--policy", "webshop_helpdesk", code=2)
    engines = ", ".join(sorted({name for name, system in SYSTEMS.items() if system.engine} - {"jira"}))
    assert misused.stderr == f"slacalc: there is no such engine: jir; accepted: jira, {engines}\n"
    refused = run("compare", folder, "--engine", "zendesk", "--policy", "webshop_helpdesk", code=1)
    assert "there are no tickets" in refused.stderr


def test_jira_is_imported_and_compared_from_one_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    folder, out = account(tmp_path / "in", JIRA_TABLES, JIRA_MONTH), tmp_path / "out"
    run("import", "jira", folder, "-o", str(out))
    assert {path.name for path in out.iterdir()} == {"policy.toml", "events.jsonl"}
    compared = run("compare", folder, "--engine", "jira", "--policy", str(out / "policy.toml"), code=3)
    assert compared.stdout.startswith("slacalc and Jira: 75.0% of the promises are judged alike")
    policy = out / "policy.toml"
    paused = '[clocks.resolution]\npaused_in = ["Waiting for customer"]\n'
    policy.write_text(f"{policy.read_text(encoding='utf-8')}\n{paused}", encoding="utf-8")
    assert "100.0%" in run("compare", folder, "--engine", "jira", "--policy", str(policy)).stdout


def test_holidays_are_printed_as_a_pin_and_what_is_lost_is_said_apart(tmp_path: Path) -> None:
    file = tmp_path / "de.json"
    file.write_text(json.dumps(BAVARIA), encoding="utf-8")
    printed = run("holidays", "import", str(file), "--region", "DE-BY", "--lossy")
    pinned = sla.interop.holidays.load(file, region="DE-BY", lossy=True)
    assert sla.FrozenHolidays.from_json(printed.stdout) == pinned.holidays
    assert printed.stderr.splitlines() == [*pinned.summary]
    said = run("holidays", "import", str(file), "--region", "DE-BY", "--lossy", "--json")
    assert json.loads(said.stdout) == json.loads(pinned.to_json())
    refused = run("holidays", "import", str(file), "--region", "DE-BY", code=1)
    assert (refused.stdout, "Augsburger Friedensfest" in refused.stderr) == ("", True)
    file.write_text(json.dumps(BRITAIN), encoding="utf-8")
    assert "england-and-wales, scotland" in run("holidays", "import", str(file), code=1).stderr
