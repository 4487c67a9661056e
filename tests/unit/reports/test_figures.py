"""How a report reads: the same figures as text, rows and HTML, drawn by hand; and names out of a log draw nothing."""

from datetime import datetime, timedelta
from html import escape
from typing import Final

import pandas as pd
import polars as pl
import pytest

import slacalc as sla
from tests.helpers import at

HOUR: Final = timedelta(hours=1)
POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "fields": {"team": []},
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {
                "name": "urgent",
                "when": {"priority": "urgent"},
                "calendar": "office",
                "metrics": {"first_response": {"due": {"business_hours": "1h"}}},
            },
            {
                "name": "the rest",
                "calendar": "office",
                "metrics": {"first_response": {"due": {"business_hours": "4h"}, "objective": 0.5}},
            },
        ],
    }
)


def row(ticket: str, received: str, priority: str = "low", done: str | None = None, **more: str) -> dict[str, object]:
    stop = None if done is None else at(done)
    return {"ticket": ticket, "received": at(received), "priority": priority, "first_response": stop, **more}


# Friday 20 November; as of 16:00.
ROWS: Final = [
    row("1", "20 10:00", done="20 11:00"),  # met: 1h
    row("2", "20 10:00", done="20 14:30"),  # breached: due 14:00, took 4h 30min
    row("3", "20 15:00"),  # pending
    row("4", "20 10:00", "urgent", "20 10:30"),  # met: 30min
]
BROKEN: Final[dict[str, object]] = {"received": "someday"}
REASON: Final = "line 5: received: this is no instant of receipt; given 'someday'; accepted: an aware datetime"


def reported(rows: list[dict[str, object]] = ROWS, *, by: str = "priority") -> sla.Report:
    return sla.report(rows, POLICY, as_of=at("20 16:00"), by=by)


DRAWN: Final = """\
support as of Fri 2026-11-20 16:00 (CET)
4 tickets
priority  metric          tickets  met  breached  pending  attainment  objective  median open  p90 open  median wall  p90 wall
low       first_response        3    1         1        1       50.0%  50.0% met           1h  4h 30min           1h  4h 30min
urgent    first_response        1    1         0        0      100.0%                   30min     30min        30min     30min
all       first_response        4    2         1        1       66.7%                      1h  4h 30min           1h  4h 30min
the worst breaches
ticket  metric          open over  wall over  reason
2       first_response      30min      30min  \
4h in business hours, received Fri 2026-11-20 10:00, due Fri 2026-11-20 14:00, done Fri 2026-11-20 14:30 (Europe/Berlin)"""


def test_a_report_prints_its_figures_and_the_worst_breaches() -> None:
    assert str(reported()) == DRAWN
    assert reported().to_text() == DRAWN


def test_a_report_without_breaches_prints_its_figures_alone() -> None:
    printed = str(reported(ROWS[:1])).splitlines()
    assert [" ".join(line.split()) for line in printed[2:]] == [
        "priority metric tickets met breached pending attainment objective median open p90 open median wall p90 wall",
        "low first_response 1 1 0 0 100.0% 50.0% met 1h 1h 1h 1h",
        "all first_response 1 1 0 0 100.0% 50.0% met 1h 1h 1h 1h",
    ]


def test_of_promises_of_which_none_is_done_a_report_prints_no_share_and_no_times() -> None:
    printed = str(reported(ROWS[2:3])).splitlines()
    assert [line.split() for line in printed[3:]] == [
        ["low", "first_response", "1", "0", "0", "1", "50.0%"],
        ["all", "first_response", "1", "0", "0", "1", "50.0%"],
    ], "the objective alone"


def test_a_report_prints_how_many_rows_it_left_out_and_why() -> None:
    assert str(reported([*ROWS, BROKEN])) == f"{DRAWN}\n{REASON}\n1 row or ticket was left out"


def test_of_each_kind_of_reason_a_report_prints_the_first_and_of_three_kinds_at_most() -> None:
    received = {"received": at("20 10:00")}
    wrong: list[dict[str, object]] = [
        BROKEN,
        {"received": "tomorrow"},
        {**received, "first_respons": None},
        {**received, "first_response": 5},
        {"received": datetime(2026, 11, 20, 10)},
    ]
    *_, first, second, third, last = str(reported([*ROWS, *wrong])).splitlines()
    assert [each.split(":")[0] for each in (first, second, third)] == ["line 5", "line 7", "line 8"]
    assert last == "5 rows or tickets were left out"


def test_a_report_over_nothing_prints_its_columns() -> None:
    assert str(reported([])).splitlines()[1:] == [
        "0 tickets",
        "priority  metric  tickets  met  breached  pending  attainment  median open  p90 open  median wall  p90 wall",
    ]


def test_rows_are_dicts_of_plain_values_one_for_each_line() -> None:
    rows = reported().to_rows()
    assert rows[0] == {
        "priority": "low",
        "metric": "first_response",
        "kind": "owed",
        "owed_by": "us",
        "tickets": 3,
        "met": 1,
        "breached": 1,
        "done": 0,
        "pending": 1,
        "cancelled": 0,
        "deprioritised": 0,
        "breached_cancelled": 0,
        "breached_cancelled_why": "",
        "breached_then_changed": 0,
        "attainment": 0.5,
        "objective": 0.5,
        "objective_met": True,
        "within": None,
        "median_open": HOUR,
        "p90_open": 4.5 * HOUR,
        "median_wall": HOUR,
        "p90_wall": 4.5 * HOUR,
        "median_moved": None,
    }
    assert [each["priority"] for each in rows] == ["low", "urgent", "all"]
    assert [each["team"] for each in reported([row("1", "20 10:00", team="north")], by="team").to_rows()] == [
        "north",
        "all",
    ]


# ---------------------------------------------------------------- kinds of promise


def kinds() -> sla.Policy:
    """Four hours, owed on the form, typical on social media and tried on the telephone; and a return, in four hours."""
    office = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
    due = {"due": {"business_hours": "4h"}}

    def rule(channel: str, **said: object) -> dict[str, object]:
        metrics = {"first_response": {**due, **said}}
        return {"name": channel, "when": {"channel": channel}, "calendar": "office", "metrics": metrics}

    owed = rule("form", objective="50%")
    owed["metrics"] = {**owed["metrics"], "return": {**due, "owed_by": "customer"}}  # type: ignore[dict-item]
    rules = [owed, rule("social_media", promise="typical"), rule("telephone", promise="best_effort")]
    return sla.policy_from_data({"name": "kinds", "calendars": {"office": office}, "rules": rules})


def asked(ticket: str, channel: str, done: str | None, returned: str | None = None) -> dict[str, object]:
    more = {} if returned is None else {"return": at(returned)}
    received = at("20 10:00")
    return {"ticket": ticket, "received": received, "channel": channel, "first_response": done and at(done), **more}


# Received on Friday 20 November at 10:00, so that four hours are over at 14:00; as of 16:00.
OF_KINDS: Final = [
    asked("1", "form", "20 14:30", "20 15:00"),  # breached; and returned too late
    asked("2", "form", "20 11:00", "20 12:00"),  # met
    asked("3", "social_media", "20 14:00"),  # by the latest
    asked("4", "social_media", "20 14:30"),  # after it
    asked("5", "social_media", None),  # not yet, and after it
    asked("6", "telephone", "20 10:00"),
]
DRAWN_KINDS: Final = """\
kinds as of Fri 2026-11-20 16:00 (CET)
6 tickets
channel       metric          promise         tickets  met  breached  done  pending  attainment  objective  within  median open  p90 open  median wall  p90 wall
form          first_response                        2    1         1              0       50.0%  50.0% met                   1h  4h 30min           1h  4h 30min
form          return          the customer's        2    1         1              0       50.0%                              2h        5h           2h        5h
social_media  first_response  typical               3                    2        1                          33.3%           4h  4h 30min           4h  4h 30min
telephone     first_response  best effort           1                    1        0                         100.0%         0min      0min         0min      0min
all           first_response                        2    1         1              0       50.0%  50.0% met                   1h  4h 30min           1h  4h 30min
all           first_response  best effort           1                    1        0                         100.0%         0min      0min         0min      0min
all           first_response  typical               3                    2        1                          33.3%           4h  4h 30min           4h  4h 30min
all           return          the customer's        2    1         1              0       50.0%                              2h        5h           2h        5h
the worst breaches
ticket  metric          open over  wall over  reason
1       first_response      30min      30min  4h in business hours, received Fri 2026-11-20 10:00, due Fri 2026-11-20 14:00, done Fri 2026-11-20 14:30 (Europe/Berlin)"""


def test_what_is_not_owed_and_what_the_customer_owes_stand_in_lines_of_their_own() -> None:
    found = sla.report(OF_KINDS, kinds(), as_of=at("20 16:00"), by="channel")
    assert str(found) == DRAWN_KINDS
    typical = next(row for row in found.to_rows() if row["channel"] == "social_media")
    said = ("kind", "owed_by", "tickets", "met", "breached", "done", "pending", "attainment", "objective_met")
    assert [typical[name] for name in said] == ["typical", "us", 3, 0, 0, 2, 1, None, None]


def test_rows_make_a_data_frame() -> None:
    frame = pd.DataFrame(reported().to_rows())
    assert frame.loc[frame["priority"] == "all", ["met", "breached"]].to_numpy().tolist() == [[2, 1]]
    assert frame["median_open"].max() == HOUR
    assert pl.DataFrame(reported().to_rows())["met"].to_list() == [1, 1, 2]


def test_a_notebook_shows_bars_and_the_same_as_html() -> None:
    shown = reported([*ROWS, BROKEN])._repr_html_()
    html = reported([*ROWS, BROKEN]).to_html()
    assert shown == f"{sla.picture_report(reported([*ROWS, BROKEN])).drawing().to_html()}\n{html}"
    assert html.startswith(
        '<p>support as of <time datetime="2026-11-20T16:00:00+01:00">Fri 2026-11-20 16:00</time> (CET)</p>\n'
        "<p>4 tickets</p>\n<table>\n<caption>how promises were kept, by priority</caption>\n"
        '<thead><tr><th scope="col">priority</th>'
    )
    low = '<tr><th scope="row">low</th><th scope="row">first_response</th>'
    assert f"{low}<td>3</td><td>1</td><td>1</td><td>1</td><td>50.0%</td>" in html
    assert "<table>\n<caption>the worst breaches</caption>\n<thead>" in html
    assert "<p>the worst breaches</p>" not in html
    assert html.endswith(f"</table>\n<p>{escape(REASON)}</p>\n<p>1 row or ticket was left out</p>")


def test_a_name_out_of_a_log_draws_no_row_and_no_colour_of_its_own() -> None:
    evil = row("2\x1b[31m\r\n9", "20 10:00", "low\nall  first_response  9", "20 14:30")
    printed, honest = str(reported([evil])), str(reported(ROWS[1:2]))
    assert len(printed.splitlines()) == len(honest.splitlines())
    assert "\x1b" not in printed
    assert r"2\x1b[31m\r\n9" in printed
    assert r"low\nall  first_response  9" in printed


# ---------------------------------------------------------------- what data frames give

NOTHING: Final = [None, float("nan"), pd.NaT, pd.NA]


@pytest.mark.parametrize("nothing", NOTHING, ids=repr)
def test_what_a_data_frame_has_for_nothing_is_no_stop_and_no_field(nothing: object) -> None:
    found = reported([{**row("1", "20 15:00"), "first_response": nothing, "team": nothing}], by="team")
    assert found.problems == ()
    assert [(line.group, line.pending) for line in found.lines] == [("", 1), ("all", 1)]


def test_the_rows_of_data_frames_are_rows() -> None:
    expected = reported(ROWS[:3])
    assert reported(pd.DataFrame(ROWS[:3]).to_dict("records")) == expected
    assert reported(pl.DataFrame(ROWS[:3]).to_dicts()).lines == expected.lines
