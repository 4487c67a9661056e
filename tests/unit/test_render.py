"""Every result with rows is written in the same forms."""

import csv
import json
import re
from datetime import date, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from io import StringIO
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.pictures.drawn import Drawn
from slacalc.pictures.week import picture_week
from slacalc.render import Cell, Marked, MarkedLine, Tabular, TextTable, one_line, visible
from tests.helpers import at

OFFICE: Final = sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00")
SAMPLE: Final = sla.sample_policy("b2b_marketplace")
FRIDAY: Final = at("2026-11-20T15:00", "Europe/Berlin")
CREATED: Final = sla.Created(at=FRIDAY, fields=(("topic", "complicated"),))
CLOCKS: Final = SAMPLE.replay([CREATED], as_of=FRIDAY + timedelta(hours=1))
ANSWERED: Final = SAMPLE.replay([CREATED, sla.Message(at=FRIDAY, actor="agent")], as_of=FRIDAY)
PINS: Final = [sla.FrozenHolidays.of(days, years=(2026, 2026)) for days in ({}, {date(2026, 5, 8): "Victory Day"})]
TICKET: Final = sla.Ticket("7", FRIDAY, events=(CREATED,))
RECEIVED: Final[dict[str, Any]] = {"received": FRIDAY, "topic": "return", "first_response": FRIDAY + timedelta(hours=1)}
LATER: Final[dict[str, Any]] = {"as_of": FRIDAY + timedelta(days=9)}
LONGER: Final = {"longer": {"rules.return.metrics.first_response.due": {"calendar_hours": "48h"}}}
WHAT_IF: Final = sla.what_if([RECEIVED], SAMPLE, LONGER, **LATER)
RESULTS: Final[dict[str, Any]] = {
    "ledger": OFFICE.explain(FRIDAY, FRIDAY + timedelta(days=4)),
    "drift": sla.drift(*PINS),
    "channels": sla.channel_advice(SAMPLE, FRIDAY, market="IT"),
    "week": picture_week(OFFICE, FRIDAY.date()),
    "clock": sla.picture_clock(CLOCKS["acknowledgement"]),
    "hours": sla.picture_hours(OFFICE),
    "year": sla.picture_year(OFFICE, 2026),
    "timeline": sla.picture_ticket(CLOCKS),
    "what if": WHAT_IF,
    "what if picture": sla.picture_what_if(WHAT_IF),
    "report picture": sla.picture_report(sla.report([TICKET], SAMPLE, as_of=FRIDAY + timedelta(days=9), by="topic")),
    "attribution": CLOCKS["acknowledgement"].attribution("topic"),
    "attribution report": sla.attribution_report(CLOCKS, "acknowledgement", by="topic"),
    "response times": sla.response_times(ANSWERED, "acknowledgement"),
    "restated tickets": sla.restate_tickets(
        SAMPLE.replay([CREATED], as_of=FRIDAY + timedelta(hours=1), ticket="7"),
        [("7", CREATED)],
        sla.sample_policy("webshop_helpdesk"),
    ),
    "queue": sla.queue(CLOCKS, as_of=FRIDAY + timedelta(hours=1)),
    "report": sla.report([TICKET], SAMPLE, as_of=FRIDAY, by="topic"),
    "breaches": sla.report([TICKET], SAMPLE, as_of=FRIDAY + timedelta(days=9), by="topic").breaches,
    "aging": sla.report([TICKET], SAMPLE, as_of=FRIDAY, by="topic", aging=["1h"]).aging,
    "agreement": sla.report(
        [TICKET], SAMPLE, as_of=FRIDAY, by="topic", compare={"acknowledgement": {"7": "no"}}
    ).agreement,
    "imported": sla.interop.zendesk.load(
        {"schedules": [{"id": 1, "name": "A", "time_zone": "UTC", "intervals": [{"start_time": 0, "end_time": 1439}]}]}
    ),
    "imported holidays": sla.interop.icalendar.read_holidays(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261224T090000Z\nSUMMARY:a\nEND:VEVENT\nEND:VCALENDAR",
        years=(2026, 2026),
        lossy=True,
    ),
    "closures": sla.interop.icalendar.read_closures(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261224T090000Z\nSUMMARY:a\nEND:VEVENT\nEND:VCALENDAR", zone="UTC"
    ),
    "written hours": sla.interop.schema_org.write(OFFICE, FRIDAY.date(), FRIDAY.date()),
    "parity": sla.interop.compare(
        (),
        [sla.interop.Judgement("7", "first_response", 1, "1h", None, None, None, ((FRIDAY, "apply_sla"),))],
        SAMPLE,
        sla.interop.zendesk.CONVENTIONS,
        as_of=FRIDAY,
    ),
    "required": sla.required([RECEIVED], SAMPLE, "first_response", 0.5, **LATER),
    "required hours": sla.required_hours([RECEIVED], SAMPLE, LONGER, "first_response", 0.5, **LATER),
    "capacity": sla.capacity(CLOCKS, as_of=FRIDAY + timedelta(hours=1), handling="30min"),
    "waits": sla.waits(SAMPLE, **LATER),
    "wait map": sla.wait_map(SAMPLE, "return", "first_response", **LATER),
    "sensitivity": SAMPLE.promise(FRIDAY, topic="return")["first_response"].sensitivity(SAMPLE, topic="return"),
    "match": SAMPLE.explain_match(topic="complicated", market="IT"),
}
every_result = pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)


def test_no_result_is_forgotten() -> None:
    kinds = (*Tabular.__subclasses__(), *Drawn.__subclasses__())
    ours = {each.__name__ for each in kinds if each.__module__.startswith("slacalc.") and each is not Drawn}
    assert {type(result).__name__ for result in RESULTS.values()} == ours


@every_result
def test_csv_has_a_head_and_a_line_for_each_row(result: Tabular) -> None:
    head, *lines = csv.reader(StringIO(result.to_csv()))
    assert head == list(result.to_rows()[0])
    assert len(lines) == len(result.to_rows())


@every_result
def test_json_is_the_data(result: Tabular) -> None:
    assert json.loads(result.to_json()) == result.to_data()


def test_an_empty_head_of_a_table_is_no_head() -> None:
    html = TextTable.of(("", "a"), [("b", "c"), ("", "d")], caption="").to_html()
    assert '<thead><tr><td></td><th scope="col">a</th></tr></thead>' in html
    assert "<tr><td></td><td>d</td></tr>" in html


@every_result
def test_printed_it_is_its_text(result: Tabular) -> None:
    assert str(result) == result.to_text()


@every_result
def test_html_says_what_the_text_says(result: Tabular) -> None:
    cells = [cell for row in result.to_rows() for cell in row.values() if isinstance(cell, str)]
    text, page = result.to_text(), unescape(re.sub("<[^>]*>", "", result.to_html()))
    assert [cell for cell in cells if (cell in text) != (cell in page)] == []


class Row(Tabular):
    """One row of one value."""

    def __init__(self, value: object) -> None:
        self.value = value

    def to_rows(self) -> list[dict[str, object]]:
        return [{"value": self.value}]

    def to_data(self) -> dict[str, object]:
        return {"value": str(self.value)}

    def _page(self) -> list[Cell | TextTable]:
        table = TextTable.of(("value",), [(str(self.value),)], caption="all values")
        return ["<one>", MarkedLine.of("at ", Marked("nine", "2026-11-20T09:00:00Z")), "all values", table]


@pytest.mark.parametrize(
    ("value", "cell", "why"),
    [
        ("plain", "plain", "a text as it is"),
        ("a, b", '"a, b"', "a comma inside a cell"),
        ("=1+1", "'=1+1", "a formula stays a text"),
        ("-1", "'-1", "so does a text that begins like a number"),
        (-1, "-1", "a number is one"),
        (0.95, "0.95", "a share is a number"),
        (None, '""', "nothing is an empty cell"),
        (timedelta(hours=26, minutes=5), "26:05:00", "hours, never days"),
        (timedelta(seconds=1, microseconds=5), "0:00:01.000005", "exact"),
        (-timedelta(minutes=90), "-1:30:00", "late by"),
        (date(2026, 11, 20), "2026-11-20", "a date"),
        (datetime.fromisoformat("2026-11-20T18:30:00+01:00"), "2026-11-20T18:30:00+01:00", "a moment with its offset"),
        (["a", "b"], "a; b", "several texts"),
        (["=a", "b"], "'=a; b", "of which the first is no formula either"),
    ],
)
def test_a_cell_of_csv_is_what_a_spreadsheet_reads(value: Any, cell: str, why: str) -> None:
    assert Row(value).to_csv() == f"value\n{cell}\n", why


def test_without_rows_there_is_no_csv() -> None:
    assert sla.drift(PINS[0], PINS[0]).to_csv() == ""


def test_a_line_of_a_page_is_a_paragraph_of_html() -> None:
    lines = Row(1).to_html().splitlines()
    assert lines[:2] == ["<p>&lt;one&gt;</p>", '<p>at <time datetime="2026-11-20T09:00:00Z">nine</time></p>']


def test_a_line_that_is_the_caption_of_its_table_is_said_once_in_html() -> None:
    assert (Row(1).to_text(), Row(1).to_html().count("all values")) == (
        "<one>\nat nine\nall values\nvalue\n1    ".rstrip(),
        1,
    )


class Found(HTMLParser):
    """The captions of a page, and the tags of its table heads and times with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: dict[str, list[dict[str, str | None]]] = {}
        self.captions: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.setdefault(tag, []).append(dict(attrs))

    def handle_data(self, data: str) -> None:
        if self.get_starttag_text() == "<caption>":
            self.captions.append(data.strip())


@every_result
def test_each_table_says_what_it_is_and_what_its_heads_are_of(result: Tabular) -> None:
    found = Found(result.to_html())
    assert len(found.captions) >= len(found.tags.get("table", [])), "each has a caption that is not empty"
    assert {head["scope"] for head in found.tags.get("th", [])} <= {"col", "row"}
    for each in found.tags.get("time", []):
        datetime.fromisoformat(str(each["datetime"]))


def test_moments_are_marked_in_what_has_some() -> None:
    timed = {name for name, result in RESULTS.items() if "<time" in result.to_html()}
    assert timed == {
        "ledger", "drift", "channels", "week", "clock", "year", "timeline", "what if", "report", "queue", "capacity",
        "waits", "required", "sensitivity", "restated tickets", "agreement",
    }  # fmt: skip


# ---------------------------------------------------------------- tables

TABLE: Final = TextTable.of(
    ("who", "much", "why"), [("a", "10", "b"), ("long", "9", "")], figures=range(1, 2), caption=""
)


def test_a_table_sets_words_at_the_left_and_figures_at_the_right() -> None:
    assert TABLE.to_text() == "who   much  why\na       10  b\nlong     9"


def test_a_table_as_html_is_escaped() -> None:
    rows: list[tuple[Cell, Cell]] = [("&", Marked('"', "<", "<")), ("<b>", MarkedLine.of("<", Marked("&")))]
    assert TextTable.of(("<a>", "b"), rows, caption="<c>").to_html().splitlines() == [
        "<table>",
        "<caption>&lt;c&gt;</caption>",
        '<thead><tr><th scope="col">&lt;a&gt;</th><th scope="col">b</th></tr></thead>',
        "<tbody>",
        '<tr><th scope="row">&amp;</th><td><span lang="&lt;"><time datetime="&lt;">&quot;</time></span></td></tr>',
        '<tr><th scope="row">&lt;b&gt;</th><td>&lt;&amp;</td></tr>',
        "</tbody>",
        "</table>",
    ]


def test_a_moment_is_a_time_that_programs_read_and_a_text_in_another_language_says_which() -> None:
    row = (
        "a",
        Marked("Fri", "2026-11-20"),
        MarkedLine.of("due ", Marked("nine", "2026-11-20T09:00+01:00")),
        Marked("heti", "", "fi"),
    )
    table = TextTable.of("abcd", [row], caption="when")
    assert table.to_html().splitlines()[4] == (
        '<tr><th scope="row">a</th><td><time datetime="2026-11-20">Fri</time></td>'
        '<td>due <time datetime="2026-11-20T09:00+01:00">nine</time></td><td><span lang="fi">heti</span></td></tr>'
    )
    assert table.to_text() == "a  b    c         d\na  Fri  due nine  heti"


def test_the_first_columns_say_what_a_row_is_of() -> None:
    html = TextTable.of("abc", ["xyz"], caption="", named_by=2).to_html()
    assert '<tr><th scope="row">x</th><th scope="row">y</th><td>z</td></tr>' in html


def test_control_characters_in_a_marked_text_are_written_out() -> None:
    table = TextTable.of("a", [(Marked("b\n"),), (MarkedLine.of("c", Marked("\x1b")),)], caption="d\n")
    assert (table.texts, table.caption) == ((("b\\n",), ("c\\x1b",)), "d\\n")


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Fête nationale, 中秋节 🎄", "Fête nationale, 中秋节 🎄", "words of any language stay"),
        ("a\x1b[2Jb", r"a\x1b[2Jb", "an escape clears no screen"),
        ("a\rb\x08c\x7f\x9b", r"a\rb\x08c\x7f\x9b", "nothing is drawn over"),
        ("a\tb\u2028c\u0085d", r"a\tb\u2028c\x85d", "nor torn apart"),
        ("a\\nb", "a\\nb", "what is written out stays"),
    ],
)
def test_control_characters_are_written_out(text: str, expected: str, why: str) -> None:
    assert one_line(text) == visible(text) == expected, why


def test_a_line_break_is_kept_in_a_text_of_lines_only() -> None:
    assert (one_line("a\nb\x07"), visible("a\nb\x07")) == (r"a\nb\x07", "a\nb\\x07")
