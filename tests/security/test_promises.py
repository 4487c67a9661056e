"""The promises of SECURITY.md about untrusted policies and logs, one test or more for each."""

import ast
import csv
import json
import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest
from typer.testing import CliRunner

import slacalc as sla
from slacalc.cli import app
from slacalc.expectations.language_checks import pieces_of
from tests.limits import SECONDS, run_within_limits

ROOT: Final = Path(__file__).parents[2]
SOURCES: Final = sorted((ROOT / "src").rglob("*.py"))
MARKUP: Final = "<script>alert(1)</script>"
OFFICE: Final = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
RULE: Final = {"name": "all", "calendar": "office", "metrics": {"m": {"due": {"business_hours": "4h"}}}}


def policy_data(**changes: Any) -> dict[str, Any]:
    return {"name": "untrusted", "calendars": {"office": OFFICE}, "rules": [RULE], **changes}


def refused_within_limits(make_data: str, code: str, seconds: int = SECONDS) -> None:
    """A policy of data, made by a program so that it is not in our memory, is refused with a code, at little cost."""
    said = run_within_limits(
        "import slacalc as sla\n"
        f"OFFICE, RULE = {OFFICE!r}, {RULE!r}\n"
        f"data = {make_data}\n"
        "try: sla.policy_from_data({'name': 'untrusted', 'calendars': {'office': OFFICE}, 'rules': [RULE], **data})\n"
        "except sla.PolicyError as error: print(error.code, len(str(error)) < 200_000)\n",
        seconds=seconds,
    )
    assert said == f"{code} True\n"


# ---------------------------------------------------------------- 1. no code is executed

EXECUTES: Final = {"eval", "exec", "compile", "__import__", "open_code", "system", "popen", "Popen", "check_output"}
EXECUTING_MODULES: Final = {
    "pickle", "marshal", "shelve", "subprocess", "ctypes", "runpy", "code", "yaml", "dill", "socket", "urllib", "http",
}  # fmt: skip


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_nothing_in_the_library_executes_text_starts_a_program_or_talks_to_a_network(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    called = {
        getattr(n.func, "id", getattr(n.func, "attr", ""))
        for n in nodes
        if isinstance(n, ast.Call) and getattr(getattr(n.func, "value", None), "id", "") != "re"  # re.compile
    }
    imported = {alias.name.split(".")[0] for n in nodes if isinstance(n, ast.Import) for alias in n.names}
    imported |= {(n.module or "").split(".")[0] for n in nodes if isinstance(n, ast.ImportFrom)}
    assert called & EXECUTES == set()
    assert imported & EXECUTING_MODULES == set()


def test_modules_are_imported_by_name_only_from_names_that_are_in_the_code() -> None:
    dynamic = {str(p.relative_to(ROOT / "src")) for p in SOURCES if "import_module" in p.read_text(encoding="utf-8")}
    assert dynamic == {
        "slacalc/__init__.py",
        "slacalc/__main__.py",
        "slacalc/business_time/zone_data.py",
        "slacalc/cli/__init__.py",
        "slacalc/testing/registration.py",
    }


def test_a_country_that_is_the_name_of_a_module_is_only_a_country_that_does_not_exist() -> None:
    for country in ("os", "../os", "holidays.countries", "__class__", "BE.__init__"):
        with pytest.raises(sla.HolidayError):
            sla.Holidays(country)


# ---------------------------------------------------------------- 2. work is bounded


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=1000000000",
        "FREQ=DAILY;COUNT=999999999",
        "FREQ=DAILY;INTERVAL=999999999",
        "FREQ=DAILY;BYSETPOS=366",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;UNTIL=99991231",
        "FREQ=DAILY;BYDAY=" + ",".join(["MO"] * 10_000),
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=DAILY;" * 1_000,
        "FREQ=DAILY;UNTIL=00000000",
        "RRULE:" * 50,
    ],
    ids=lambda rule: rule[:40],
)
def test_a_recurrence_bomb_is_refused_within_limits(rule: str) -> None:
    said = run_within_limits(
        f"import slacalc as sla\ntry: sla.Recurring({rule!r})\nexcept sla.SpecialDayError as error: print('refused')\n"
    )
    assert said == "refused\n"


def test_a_recurrence_that_goes_on_for_ever_is_read_within_limits() -> None:
    said = run_within_limits(
        "from datetime import date\nimport slacalc as sla\n"
        "print(date(2200, 12, 31) in sla.Recurring('FREQ=DAILY'), sla.Recurring('FREQ=YEARLY', date(1900, 2, 28)).last)\n"
    )
    assert said == "True None\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep.json", '{"rules": ' + "[" * 100_000 + "]" * 100_000 + "}"),
        ("deep.json", '{"a":' * 100_000 + "1" + "}" * 100_000),
        ("deep.toml", "a = " + "[" * 100_000 + "]" * 100_000),
        ("deep.toml", "a = " + "{a = " * 50_000 + "1" + "}" * 50_000),
        ("key.toml", ".".join(["a"] * 200_000) + " = 1"),
        ("key.toml", "[" + " . ".join(['"a b"'] * 50_000) + "]"),
        ("int.json", '{"name": ' + "9" * 500_000 + "}"),
        ("int.toml", "name = " + "9" * 500_000),
        ("huge.toml", "# " + "x" * 5_000_000),
        ("huge.json", " " * 5_000_000 + "{}"),
        ("twice.json", '{"name": "a", "name": "b"}'),
        ("nul.toml", "name = '\0'"),
        ("latin.toml", "name = 'Büro'"),
    ],
    ids=lambda value: value[:24],
)
def test_a_file_that_is_deep_long_or_huge_is_refused_within_limits(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(text.encode("latin-1"))
    said = run_within_limits(
        f"import slacalc as sla\ntry: sla.load_policy({str(file)!r})\n"
        "except sla.PolicyError as error: print('refused', len(str(error)) < 2_000)\n"
    )
    assert said == "refused True\n"


def test_calendars_that_extend_each_other_into_a_bomb_are_refused_within_limits() -> None:
    chain = "{'calendars': {'office': OFFICE, **{f'c{i}': {'extends': f'c{i - 1}' if i else 'office', 'special_days': {f'{1900 + i // 12}-{i % 12 + 1:02}-01': 'closed'}} for i in range(3000)}}}"
    refused_within_limits(chain, "calendars_too_many_exceptions")


def test_calendars_that_each_extend_a_large_one_are_refused_within_limits() -> None:
    many = (
        "{'calendars': {'office': {**OFFICE, 'special_days': {f'{1900 + i // 12}-{i % 12 + 1:02}-01': 'closed' for i in range(3600)}},"
        " **{f'c{i}': {'extends': 'office'} for i in range(20_000)}}}"
    )
    refused_within_limits(many, "calendars_too_many_exceptions")


def test_many_slow_recurrences_are_refused_within_limits() -> None:
    slow = (
        "{'calendars': {f'c{i}': {**OFFICE, 'special_days': [{'on': f'FREQ=YEARLY;BYYEARDAY={i % 366 + 1};INTERVAL={i // 366 + 1}',"
        " 'start': '1900-01-01', 'hours': 'closed'}]} for i in range(10_000)} | {'office': OFFICE}}"
    )
    refused_within_limits(slow, "calendars_too_many_exceptions", seconds=60)


def test_two_thousand_wrong_names_make_a_message_that_can_be_read() -> None:
    wrong = (
        "{'calendars': {f'c{i}': OFFICE for i in range(2_000)},"
        " 'rules': [{**RULE, 'name': f'r{i}', 'calendar': f'x{i}'} for i in range(2_000)]}"
    )
    refused_within_limits(wrong, "calendar_missing", seconds=6)


def test_every_problem_is_kept_although_the_message_names_a_hundred() -> None:
    rules = [{**RULE, "name": f"r{i}", "calendar": f"x{i}"} for i in range(150)]
    with pytest.raises(sla.PolicyError) as refused:
        sla.policy_from_data(policy_data(rules=rules))
    assert len(refused.value.problems) == 150
    assert str(refused.value).splitlines()[0] == "150 problems"
    assert str(refused.value).splitlines()[-1] == "and 50 more"


def test_a_message_shows_a_picture_of_what_was_given_not_all_of_it() -> None:
    with pytest.raises(sla.SlaError) as refused:
        sla.Hours.parse("x" * 1_000_000)
    assert len(str(refused.value)) < 1_000
    with pytest.raises(sla.SlaError) as refused:
        sla.policy_from_data(policy_data(**{"k" * 1_000_000: 1}))
    assert len(str(refused.value)) < 5_000


@pytest.mark.parametrize(
    "amount", ["9" * 1_000_000 + "h", "1" * 8 + "h", "1h " * 100_000, "0." + "0" * 100_000 + "s", " " * 1_000_000]
)
def test_a_huge_amount_is_refused(amount: str) -> None:
    with pytest.raises(sla.AmountError):
        sla.read_amount(amount)


@pytest.mark.parametrize(
    "target",
    [
        {"business_days": 10**6},
        {"business_days": 10**5000},
        {"calendar_days": 10**9},
        {"calendar_hours": "9999999h"},
        {"business_hours": "9999999h"},
        {"workday_hours": "9999999h"},
    ],
    ids=lambda target: next(iter(target)),
)
def test_a_target_beyond_all_years_is_refused_or_out_of_reach(target: dict[str, Any]) -> None:
    rule = {**RULE, "metrics": {"m": {"due": target}}}
    with pytest.raises((sla.PolicyError, sla.HorizonError)):
        sla.policy_from_data(policy_data(rules=[rule])).promise(datetime(2026, 11, 20, tzinfo=UTC))


@pytest.mark.parametrize(
    "line",
    [
        '{"ticket": ' + "[" * 100_000,
        '{"ticket": "7", "kind": "solved", "at": "2026-11-20T16:00+01:00", "seq": ' + "9" * 10_000 + "}",
        '{"ticket": "7", "kind": "' + "x" * 1_000_000 + '"}',
        '{"ticket": "7", "kind": "solved", "at": "' + "9" * 1_000_000 + '"}',
        '{"ticket": "7", "kind": "solved", "at": "9999-12-31T23:59:59-23:59"}',
        "[]",
        "null",
        "\ud800",
    ],
    ids=lambda line: line[:24].encode("ascii", "replace").decode(),
)
def test_a_line_of_a_log_that_is_a_bomb_is_refused(line: str) -> None:
    with pytest.raises(sla.SlaError) as refused:
        for _, event in sla.read_events([line]):
            sla.sample_policy("webshop_helpdesk").replay([event], as_of=datetime(2026, 11, 23, tzinfo=UTC))
    assert len(str(refused.value)) < 2_000


def test_a_cell_that_is_a_bomb_leaves_its_row_out_and_nothing_else() -> None:
    mapping = sla.LogMapping("id", "at", "what")
    lines = ["id,at,what", "7," + "9" * 100_000 + ",opened", "8,2026-11-20T15:00+01:00,opened"]
    reading = sla.read_log(lines, mapping)
    assert [ticket.id for ticket in reading.tickets] == ["8"]
    assert len(str(reading.problems[0])) < 1_000


def test_a_cell_without_end_is_a_problem_of_its_row_and_never_held_whole() -> None:
    rows = ["id,at,what", '7,"' + "9" * 1_000_000 + '",opened', "8,2026-11-20T15:00:00+01:00,opened"]
    reading = sla.read_log(rows, sla.LogMapping("id", "at", "what"))
    assert [ticket.id for ticket in reading.tickets] == ["8"]
    assert [problem.line for problem in reading.problems] == [2]
    assert len(str(reading.problems[0])) < 1_000


def test_a_ticket_with_ten_thousand_pauses_is_replayed_within_limits() -> None:
    said = run_within_limits(
        "from datetime import UTC, datetime, timedelta\nimport slacalc as sla\n"
        f"policy = sla.policy_from_data({policy_data(rules=[{**RULE, 'metrics': {'resolution': {'due': {'business_hours': '400h'}}}}])!r})\n"
        "start = datetime(2026, 1, 5, 9, tzinfo=UTC)\n"
        "log = [sla.Created(at=start)]\n"
        "for number in range(10_000):\n"
        "    at = start + number * timedelta(minutes=15)\n"
        "    log += [sla.Paused(at=at), sla.Resumed(at=at + timedelta(minutes=5))]\n"
        "clock = policy.replay(log, as_of=start + timedelta(days=200))['resolution']\n"
        "print(clock.ledger.counted == clock.elapsed)\n"
    )
    assert said == "True\n"


# ---------------------------------------------------------------- 3. files are read only where they are named


@pytest.mark.parametrize(
    "zone",
    [
        "../../../../etc/passwd", "/etc/localtime", "/usr/share/zoneinfo/Europe/Berlin", "Europe/../Europe/Berlin",
        "./Europe/Berlin", "Europe//Berlin", "europe/berlin", "Europe/Berlin\0", "Europe/Berlin ", "localtime",
        "posixrules", "tzdata.zi", "zone.tab", "posix/Europe/Berlin", "right/Europe/Berlin", "EST5EDT4", "",
        "C:\\Windows", "~/zone", "Europe", ".", "\ud800", "x" * 100_000,
    ],
    ids=lambda zone: ascii(zone)[:40],
)  # fmt: skip
def test_a_zone_is_a_name_of_the_database_and_never_a_path(zone: str) -> None:
    with pytest.raises(sla.ZoneError) as refused:
        sla.Calendar(zone, "Mon-Fri 09:00-17:00")
    assert len(str(refused.value)) < 1_000


@pytest.mark.parametrize(
    "pinned", ["/etc/passwd", "../BE.json", "pins/../../BE.json", "missing.json", ".", "\0", "x" * 5_000]
)
def test_a_policy_reads_no_pin_file_but_one_beside_it(pinned: str, tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    (tmp_path / "BE.json").write_text(sla.Holidays("BE").freeze(2026, 2026).to_json(), encoding="utf-8")
    data = policy_data(calendars={"office": {**OFFICE, "holidays": {"country": "BE", "pinned": pinned}}})
    file = folder / "policy.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(sla.PolicyError) as refused:
        sla.load_policy(file)
    assert "root:" not in str(refused.value), "no message shows what is in another file"


def test_a_policy_of_plain_data_reads_no_file_at_all() -> None:
    data = policy_data(calendars={"office": {**OFFICE, "holidays": {"country": "BE", "pinned": "BE.json"}}})
    with pytest.raises(sla.PolicyError, match="a pin file stands beside the policy file"):
        sla.policy_from_data(data)


def test_a_pin_file_that_was_altered_is_refused() -> None:
    pin = sla.FrozenHolidays.of({date(2026, 12, 25): "Christmas"}, years=(2026, 2026)).to_json()
    with pytest.raises(sla.HolidayError, match="the dates are not those that were pinned"):
        sla.FrozenHolidays.from_json(pin.replace("2026-12-25", "2026-12-24"))


# ---------------------------------------------------------------- 4. what is printed is data


def test_markup_in_names_is_escaped_in_a_notebook() -> None:
    day = sla.SpecialDay.of("2026-11-20", "closed", name=MARKUP)
    away = sla.Absence(datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 23, 10, tzinfo=UTC), MARKUP)
    feast = sla.FrozenHolidays.of({date(2026, 11, 24): MARKUP}, years=(2026, 2026))
    calendar = sla.Calendar("UTC", "Mon-Fri 09:00-17:00", special_days=[day], absences=[away], holidays=feast)
    ledger = calendar.explain(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC))
    html = ledger._repr_html_()
    assert html.count("&lt;script&gt;") == 3
    assert "<script" not in html


def test_markup_in_what_channels_are_for_is_escaped_in_a_notebook() -> None:
    data = sla.sample_policy("channel_guide").to_data()
    data["guide"].pop("translations")  # of the texts that are replaced
    for facts in data["guide"]["channels"].values():
        facts["best_for"] = facts["limits"] = MARKUP
    calendars = dict.fromkeys(data["calendars"], OFFICE)
    html = sla.channel_advice(
        sla.policy_from_data({**data, "calendars": calendars}), datetime(2026, 11, 20, 12, tzinfo=UTC)
    )._repr_html_()
    assert "&lt;script&gt;" in html
    assert "<script" not in html


def test_markup_in_a_log_is_escaped_in_a_report_in_a_notebook() -> None:
    policy = sla.policy_from_data(policy_data(name=MARKUP))
    row = {"ticket": MARKUP, "priority": MARKUP, "received": datetime(2026, 11, 20, 12, tzinfo=UTC)}
    html = sla.report([row], policy, as_of=datetime(2026, 11, 23, 12, tzinfo=UTC))._repr_html_()
    assert html.count("&lt;script&gt;") == 6, (
        "the title, the group, the ticket; in the drawing its title, what it says, and the group"
    )
    assert "<script" not in html


def test_what_has_markup_of_its_own_has_a_test() -> None:
    with_markup = {str(p.relative_to(ROOT / "src")) for p in SOURCES if "_repr_html_" in p.read_text(encoding="utf-8")}
    assert with_markup == {
        "slacalc/calendars/calendar.py",
        "slacalc/clocks/replay.py",
        "slacalc/contact/page.py",
        "slacalc/plans/comparison.py",
        "slacalc/policies/promise.py",
        "slacalc/render.py",
        "slacalc/reports/figures.py",
    }


def test_markup_in_names_is_escaped_in_what_if_and_on_a_contact_page_in_a_notebook() -> None:
    received = datetime(2026, 11, 20, 12, tzinfo=UTC)
    rows = [{"ticket": MARKUP, "priority": MARKUP, "received": received}]
    policy = sla.policy_from_data(policy_data(name=MARKUP))
    compared = sla.what_if(rows, policy, {MARKUP: {}}, as_of=received + timedelta(days=9))._repr_html_()
    sample = sla.sample_policy("channel_guide").to_data()
    sample["guide"]["have_ready"] = [MARKUP]
    sample["guide"].pop("translations")
    sample["calendars"] = dict.fromkeys(sample["calendars"], OFFICE)
    page = sla.contact_page(sla.policy_from_data(sample), "FI", "en", received)._repr_html_()
    for html in (compared, page):
        assert "&lt;script&gt;" in html
        assert "<script>alert" not in html


def test_markup_in_names_is_escaped_in_pictures_in_a_notebook() -> None:
    policy = sla.policy_from_data(policy_data(name=MARKUP))
    received = datetime(2026, 11, 20, 12, tzinfo=UTC)
    ticket = policy.replay([sla.Created(at=received)], as_of=received, ticket=MARKUP)
    holidays = sla.FrozenHolidays.of({received.date(): MARKUP}, years=(2026, 2026))
    office = sla.Calendar("UTC", "Mon-Fri 09:00-17:00", holidays=holidays)
    shown: list[Any] = [ticket, policy.promise(received), *policy.promise(received).values(), office]
    pictures = [sla.picture_year(office, 2026), sla.picture_week(office, received.date()), sla.picture_ticket(ticket)]
    for html in [each._repr_html_() for each in (*shown, *pictures)] + [each.to_svg() for each in pictures]:
        assert "<script" not in html
    assert all("&lt;script&gt;" in each._repr_html_() for each in pictures)


@pytest.mark.parametrize("slot", ["{by.__class__}", "{by!r}", "{by:>1000000000}", "{moment.__globals__}", "{0}", "{"])
def test_a_sentence_of_a_language_file_reaches_no_attribute_and_no_format(slot: str) -> None:
    """What is no placeholder is text: nothing is handed to `str.format`."""
    pieces = pieces_of(f"Wait until {slot}.")
    assert [name for _, name, _ in pieces if name] in ([], ["0"])
    assert "".join(text for text, _, _ in pieces) in {f"Wait until {slot}.", "Wait until ."}


def test_csv_is_written_in_one_place() -> None:
    writing = [p.name for p in SOURCES if re.search(r"csv\.(writer|DictWriter)", p.read_text(encoding="utf-8"))]
    assert writing == ["render.py"], "what writes CSV must put a quote before = + - @, tab and carriage return"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"], ids=repr)
def test_no_cell_of_csv_is_a_formula(start: str) -> None:
    name = f'{start}HYPERLINK("https://example.org")'
    day = datetime(2026, 12, 24, tzinfo=UTC)
    pinned = sla.FrozenHolidays.of({day.date(): name}, years=(2026, 2026))
    office = sla.Calendar("UTC", "Mon-Fri 09:00-17:00", holidays=pinned)
    ledger = office.explain(day, day + timedelta(hours=12)).to_csv()
    moved = sla.drift(sla.FrozenHolidays.of({}, years=(2026, 2026)), pinned).to_csv()
    cells = [cell for text in (ledger, moved) for row in csv.reader(StringIO(text, newline="")) for cell in row]
    assert sum(name in cell for cell in cells) == 2
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_json_that_is_written_keeps_markup_and_formulas_as_text() -> None:
    policy = sla.policy_from_data(policy_data(name='=HYPERLINK("x")', rules=[{**RULE, "name": MARKUP}]))
    promise = json.loads(policy.promise(datetime(2026, 11, 20, 12, tzinfo=UTC)).to_json())["m"]
    assert (promise["policy"], promise["rule"]) == ('=HYPERLINK("x")', MARKUP)


def test_control_characters_that_were_given_reach_no_terminal_by_way_of_a_message() -> None:
    with pytest.raises(sla.ZoneError) as refused:
        sla.Calendar("Europe/\x1b[31mBerlin\r\n", "Mon-Fri 09:00-17:00")
    assert "\x1b" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_control_characters_of_a_log_reach_no_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By way of tables, titles and complaints of the command line, or of a report that is printed."""
    monkeypatch.chdir(tmp_path)
    escape = "\x1b[31m\x9b\x07"
    (tmp_path / "policy.json").write_text(json.dumps(policy_data(name=f"p{escape}")), encoding="utf-8")
    log = f"id,at,what\n7{escape},2026-11-20T12:00Z,opened{escape}\n8{escape},,opened\n"
    (tmp_path / "log.csv").write_text(log, encoding="utf-8")
    columns = ("--ticket", "id", "--time", "at", "--activity", "what", "--done", "m=answered")
    as_of = ("--as-of", "2026-11-23T12:00Z")
    result = CliRunner().invoke(app, ["report", "log.csv", "-p", "policy.json", *columns, *as_of])
    assert result.exit_code == 3
    assert r"\x1b[31m\x9b\x07" in result.stdout
    assert r"opened\x1b[31m" in result.stderr, "what the log has instead of 'answered'"
    assert [sign for sign in "\x1b\x9b\x07" if sign in result.output] == []
    reading = sla.read_log(log.splitlines(), sla.LogMapping("id", "at", "what", done=(("m", ("answered",)),)))
    printed = str(sla.report(reading.tickets, sla.load_policy("policy.json"), as_of=datetime(2026, 11, 23, tzinfo=UTC)))
    assert [sign for sign in "\x1b\x9b\x07" if sign in printed] == []


def test_a_regular_expression_meets_no_text_that_makes_it_slow() -> None:
    run_within_limits(
        "import slacalc as sla\n"
        "texts = ['9' * 100_000, '1h ' * 30_000, ' ' * 100_000 + 'x', '-' * 100_000, '1' * 9 + 's' * 100_000]\n"
        "texts += ['Mon ' * 2_000, '09:00-17:00 ' * 800, 'Mon,' * 2_000, '%Y' * 50_000 + 'B']\n"
        "reads = [sla.read_amount, sla.Hours.parse, sla.Recurring, lambda text: sla.SpecialDay.of(text, 'closed'),\n"
        "         lambda text: sla.SpecialDay.of('2026-12-24', text),\n"
        "         lambda text: sla.LogMapping('a', 'b', 'c', time_format=text)]\n"
        "for text in texts:\n"
        "    for read in reads:\n"
        "        try: read(text)\n"
        "        except sla.SlaError: pass\n"
    )


def test_an_amount_of_time_never_overflows_into_another_error() -> None:
    office = sla.Calendar("UTC", "24/7")
    with pytest.raises(sla.HorizonError):
        office.add(datetime(2026, 11, 20, tzinfo=UTC), timedelta.max)
