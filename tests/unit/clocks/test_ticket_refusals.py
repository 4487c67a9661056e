"""What tickets, logs and saved clocks refuse: the code, the place, what was given and what is accepted."""

from collections.abc import Callable
from contextlib import chdir
from csv import field_size_limit
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

import slacalc as sla
from tests.helpers import wrong
from tests.refusals import Refusal, check, first

NAIVE: Final = datetime(2026, 11, 20, 15)
FRIDAY: Final = NAIVE.replace(tzinfo=UTC)
FOUR: Final = FRIDAY.replace(hour=16)
POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "statuses": ["open", "pending"],
        "fields": {"priority": ["high", "low"], "market": ["BE", "FI"]},
        "calendars": {"office": {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {
                "name": "high",
                "when": {"priority": "high"},
                "calendar": "office",
                "metrics": {
                    "first_response": {"due": {"business_hours": "4h"}},
                    "resolution": {"due": {"business_hours": "8h"}},
                    "refund": {"due": {"business_hours": "8h"}, "origin": "returned"},
                },
            }
        ],
        "deprioritisation": {"causes": ["rude", "several_questions"]},
        "escalation": [{"to": "the head", "on": "serious"}, {"to": "a lawyer", "on": "lawsuit"}],
    }
)
OTHER: Final = sla.policy_from_data(POLICY.to_data() | {"name": "another"})
NO_LADDER: Final = sla.policy_from_data(POLICY.to_data() | {"escalation": []})
CREATED: Final = sla.Created(at=FRIDAY, status="open", fields=(("priority", "high"),))
SOLVED: Final = sla.Solved(at=FOUR)
CLOCKS: Final = POLICY.replay([CREATED], as_of=FOUR, ticket="7")
(UNCREATED,) = sla.replay_tickets([("7", SOLVED)], POLICY, as_of=FOUR)
PROMISE: Final = POLICY.promise(FRIDAY, priority="high")["first_response"]


def lived(*events: sla.Event, book: sla.Policy = POLICY) -> Callable[[], object]:
    """The replay of a ticket in which nothing may be wrong."""
    return lambda: sla.replay([CREATED, *events], book, as_of=FOUR, ticket="7", strict=True)


def read(**data: object) -> Callable[[], object]:
    """The event of plain data."""
    return lambda: sla.event_from_data(data)


def message(**values: object) -> Callable[[], object]:
    return lambda: sla.Message(at=FRIDAY, **wrong({"actor": "agent", **values}))


def line(text: object) -> Callable[[], object]:
    return lambda: list(sla.read_events([wrong(text)]))


def logged(log: object) -> Callable[[], object]:
    """The tickets of pairs of ticket and event, nothing wrong."""
    return lambda: list(sla.replay_tickets(wrong(log), POLICY, as_of=FOUR, strict=True))


TICKETS: Final = [
    # events
    Refusal(read(kind="solvd", at="2026-11-20T15:00Z"), sla.LogError, "event_kind_unknown",
            "kind", "'solvd'", "created, message, status_changed,"),
    Refusal(read(kind="paused", at="2026-11-20T15:00Z", raeson="parts"), sla.LogError, "event_key_unknown",
            "raeson", "'raeson'", "reason, at, seq"),
    Refusal(read(kind="target_overridden", at="2026-11-20T15:00Z"), sla.LogError, "event_key_missing",
            "metric", "{'at': '2026-11-20T15:00Z', 'kind':", "metric, due"),
    Refusal(read(kind="solved", at="2026-11-20T15:00"), sla.LogError, "event_time_invalid",
            "at", "'2026-11-20T15:00'", "ISO 8601 with an offset"),
    Refusal(read(kind="merged_from", at="2026-11-20T15:00Z", received="yesterday"), sla.LogError, "event_time_invalid",
            "received", "'yesterday'", "ISO 8601 with an offset"),
    Refusal(read(kind="solved", at="2026-11-20T15:00Z", seq="1"), sla.LogError, "event_value_invalid",
            "seq", "'1'", "a whole number"),
    Refusal(read(kind="created", at="2026-11-20T15:00Z", fields="high"), sla.LogError, "event_value_invalid",
            "fields", "'high'", "a mapping of names to values"),
    Refusal(lambda: sla.Created(at=FRIDAY, fields=wrong("high")), sla.LogError, "event_value_invalid",
            "fields", "'high'", "a mapping of names to values"),
    Refusal(message(actor="robot"), sla.LogError, "event_value_invalid",
            "actor", "'robot'", "customer, agent, bot, system, partner,"),
    Refusal(message(public="no"), sla.LogError, "event_value_invalid",
            "public", "'no'", "true or false"),
    Refusal(message(automated=1), sla.LogError, "event_value_invalid",
            "automated", "1", "true or false"),
    Refusal(message(holding=1), sla.LogError, "event_value_invalid",
            "holding", "1", "true or false"),
    Refusal(message(partial=None), sla.LogError, "event_value_invalid",
            "partial", "None", "true or false"),
    Refusal(lambda: sla.TakenOver(at=FRIDAY, costs=wrong("no")), sla.LogError, "event_value_invalid",
            "costs", "'no'", "true or false"),
    Refusal(message(channel=7), sla.LogError, "event_value_invalid",
            "channel", "7", "text"),
    Refusal(line("7;solved"), sla.LogError, "event_unreadable",
            "line 1", "'7;solved'", 'a JSON object such as {"ticket": "7",'),
    Refusal(line('{"kind": "solved"}'), sla.LogError, "event_unreadable",
            "line 1", "{'kind': 'solved'}", 'a JSON object such as {"ticket": "7",'),
    Refusal(line('{"ticket": 7.5, "kind": "solved", "at": "2026-11-20T15:00Z"}'), sla.LogError, "event_value_invalid",
            "line 1.ticket", "7.5", "text, or a number"),
    Refusal(lambda: list(sla.read_events("7,solved")), sla.LogError, "lines_expected",
            "", "'7,solved'", "lines, such as an open file"),
    Refusal(lambda: sla.event_to_data(wrong("solved")), sla.SlaError, "argument_invalid",
            "event", "'solved'", "Created, Message or another event"),
    Refusal(lambda: sla.event_from_data(wrong("solved")), sla.SlaError, "argument_invalid",
            "event", "'solved'", "a mapping, such as a JSON object;"),
    # the events of tickets
    Refusal(lambda: sla.replay([CREATED], wrong(7), as_of=FOUR), sla.SlaError, "argument_invalid",
            "policy", "7", "a Policy, or PolicyVersions"),
    Refusal(lambda: POLICY.replay(wrong(7), as_of=FOUR), sla.SlaError, "argument_invalid",
            "events", "7", "several events, such as a list"),
    Refusal(lambda: POLICY.replay([CREATED, wrong("solved")], as_of=FOUR), sla.LogError, "event_invalid",
            "event 2", "'solved'", "Created, Message or another event;"),
    Refusal(logged(7), sla.SlaError, "argument_invalid",
            "events", "7", "pairs of ticket and event"),
    Refusal(logged([("7", CREATED), "8"]), sla.LogError, "event_invalid",
            "entry 2", "'8'", "(ticket, event), as read_events returns"),
    Refusal(logged([("7", CREATED), ("8", CREATED), ("7", SOLVED)]), sla.LogError, "ticket_scattered",
            "", "'7'", "a log sorted by ticket"),
    Refusal(logged([("7", SOLVED)]), sla.LogError, "event_before_creation",
            "ticket 7, event 1", "{'at': '2026-11-20T16:00:00+00:00',", "Created"),
    Refusal(lambda: POLICY.replay([], as_of=FOUR, ticket="7"), sla.LogError, "creation_missing",
            "ticket 7", "'0 of 0 events by 2026-11-20T16:00:00+00", "a Created event, or a later as_of"),
    Refusal(lambda: POLICY.replay([SOLVED, sla.Created(at=FOUR.replace(hour=17))], as_of=FOUR), sla.LogError, "creation_missing",
            "", "'1 of 2 events by 2026-11-20T16:00:00+00", "a Created event, or a later as_of"),
    Refusal(lived(CREATED), sla.LogError, "created_twice",
            "ticket 7, event 2", "{'at': '2026-11-20T15:00:00+00:00',", "one Created, the first"),
    Refusal(lived(sla.Deleted(at=FRIDAY), SOLVED), sla.LogError, "event_after_the_end",
            "ticket 7, event 3", "{'at': '2026-11-20T16:00:00+00:00',", "no event"),
    Refusal(lived(sla.StatusChanged(at=FOUR, status="waiting")), sla.LogError, "status_unknown",
            "ticket 7, event 2", "'waiting'", "open, pending"),
    Refusal(lived(sla.Paused(at=FRIDAY, reason="parts"), sla.Paused(at=FRIDAY), sla.Resumed(at=FOUR, reason="part")), sla.LogError, "resume_without_pause",
            "ticket 7, event 4", "{'at': '2026-11-20T16:00:00+00:00',", "'parts', ''"),
    Refusal(lived(sla.Resumed(at=FOUR)), sla.LogError, "resume_without_pause",
            "ticket 7, event 2", "{'at': '2026-11-20T16:00:00+00:00',", "a Paused before it"),
    Refusal(lived(sla.FieldChanged(at=FOUR, field="returned", value="Monday")), sla.LogError, "origin_not_an_instant",
            "ticket 7, event 2.returned", "'Monday'", "ISO 8601 with an offset"),
    Refusal(lived(sla.FieldChanged(at=FOUR, field="priority", value="urgent")), sla.PolicyError, "field_value_unknown",
            "ticket 7, event 2.priority", "'urgent'", "high, low"),
    Refusal(lived(sla.TargetOverridden(at=FOUR, metric="refund", due=FOUR)), sla.LogError, "override_without_clock",
            "ticket 7, event 2", "'refund'", "first_response, resolution"),
    Refusal(lived(sla.Closed(at=FRIDAY), sla.TargetOverridden(at=FOUR, metric="resolution", due=FOUR)), sla.LogError, "override_without_clock",
            "ticket 7, event 3", "'resolution'", "none"),
    Refusal(lived(sla.Deprioritised(at=FOUR, reason="spam")), sla.LogError, "deprioritisation_unknown",
            "ticket 7, event 2", "'spam'", "rude, several_questions"),
    Refusal(lived(sla.Escalated(at=FOUR, on="loud")), sla.LogError, "escalation_unknown",
            "ticket 7, event 2", "'loud'", "lawsuit, serious"),
    Refusal(lived(sla.Escalated(at=FOUR, on="loud"), book=NO_LADDER), sla.LogError, "escalation_unknown",
            "ticket 7, event 2", "'loud'", "none in this policy"),
    Refusal(lambda: CLOCKS.extend([SOLVED, sla.Closed(at=FRIDAY)], as_of=FOUR).extend([sla.Solved(at=FRIDAY)], as_of=FOUR, strict=True), sla.LogError, "event_out_of_order",
            "ticket 7, event 4", "{'at': '2026-11-20T15:00:00+00:00',", "a later one"),
    # what is asked of clocks
    Refusal(lambda: CLOCKS.at(FRIDAY), sla.LogError, "as_of_went_back",
            "7", "'2026-11-20T15:00:00+00:00'", "2026-11-20T16:00:00+00:00 or later"),
    Refusal(lambda: UNCREATED.received, sla.LogError, "creation_missing",
            "ticket 7", "", "a Created event"),
    Refusal(lambda: UNCREATED["first_response"], sla.MetricError, "clock_missing",
            "ticket 7", "'first_response'", "no metric: the ticket was not created"),
    Refusal(lambda: sla.queue(wrong([CLOCKS, "7"]), as_of=FOUR), sla.SlaError, "argument_invalid",
            "tickets", "'7'", "Clocks, such as replay_tickets gives of events, or several"),
    Refusal(lambda: sla.restate(wrong("7"), [CREATED], OTHER), sla.SlaError, "argument_invalid",
            "clocks", "'7'", "the Clocks of one ticket"),
    Refusal(lambda: sla.outcome(wrong("7"), None, as_of=FOUR), sla.SlaError, "argument_invalid",
            "promise", "'7'", 'one promise, such as promises["first_res'),
    Refusal(lambda: sla.outcome(PROMISE, FRIDAY.replace(hour=14), as_of=FOUR), sla.LogError, "done_before_receipt",
            "done_at", "'2026-11-20T14:00:00+00:00 before", "an instant at or after receipt"),
    # saved clocks
    Refusal(lambda: sla.resume("[]", POLICY), sla.LogError, "state_unreadable",
            "", "'Input should be an object'", "what Clocks.to_json gave"),
    Refusal(lambda: sla.resume(CLOCKS.to_data() | {"until": "now"}, POLICY), sla.LogError, "state_unreadable",
            "until", "'Input should be a valid integer'", "what Clocks.to_json gave"),
    Refusal(lambda: sla.resume(CLOCKS.to_data() | {"fields": {1, 2}}, POLICY), sla.LogError, "state_unreadable",
            "fields", "'Input should be a valid dictionary'", "what Clocks.to_json gave"),
    Refusal(lambda: sla.resume(CLOCKS.to_json(), OTHER, earlier=wrong(7)), sla.SlaError, "argument_invalid",
            "earlier", "7", "several policies, such as [policy]"),
    Refusal(lambda: sla.resume(CLOCKS.to_json(), OTHER, earlier=[NO_LADDER]), sla.LogError, "policy_missing",
            "earlier", POLICY.digest, f"{NO_LADDER.digest}, {OTHER.digest}"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", TICKETS, ids=str)
def test_what_tickets_and_clocks_refuse(refusal: Refusal) -> None:
    check(refusal)


@pytest.mark.parametrize(
    ("ask", "where"),
    [
        (lambda: POLICY.replay([CREATED], as_of=NAIVE), "as_of"),
        (lambda: CLOCKS.extend([], as_of=NAIVE), "as_of"),
        (lambda: CLOCKS.at(NAIVE), "as_of"),
        (lambda: sla.Created(at=NAIVE), "at"),
        (lambda: list(sla.replay_tickets([("7", CREATED)], POLICY, as_of=NAIVE)), "as_of"),
        (lambda: sla.queue([CLOCKS], as_of=NAIVE), "as_of"),
        (lambda: sla.agenda([], as_of=NAIVE), "as_of"),
        (lambda: sla.outcome(PROMISE, NAIVE, as_of=FOUR), "done_at"),
        (lambda: sla.outcome(PROMISE, FOUR, as_of=NAIVE), "as_of"),
        (lambda: POLICY.replay([CREATED, sla.Paused(at=FRIDAY)], as_of=FOUR)["resolution"].due_if_resumed(NAIVE), "at"),
        (lambda: sla.TargetOverridden(at=FOUR, metric="resolution", due=NAIVE), "due"),
        (lambda: sla.MergedFrom(at=FOUR, received=NAIVE), "received"),
    ],
)  # fmt: skip
def test_a_naive_instant_is_refused_by_the_name_of_its_argument(ask: Callable[[], object], where: str) -> None:
    with pytest.raises(sla.InstantError) as refused:
        ask()
    assert ("datetime_naive", where) == (refused.value.code, refused.value.where)


# ---------------------------------------------------------------- logs and their columns

COLUMNS: Final = sla.LogMapping("id", "at", "what", fields=(("priority", "prio"),))
HEADER: Final = "id,at,what,prio"


def rows(*lines: str, mapping: sla.LogMapping = COLUMNS) -> sla.LogReading:
    return sla.read_log(list(lines), mapping, where="march.csv")


def row(text: str, time_format: str | tuple[str, ...] | None) -> Callable[[], object]:
    """What is said of the only row of a log, which is left out."""
    return lambda: first(rows(HEADER, text, mapping=COLUMNS.updated(time_format=time_format)).problems)


def columns(text: str) -> Callable[[], object]:
    """A file of columns: what it says, and where it does not begin with a column, the columns before it."""

    def load() -> object:
        named = "" if text.startswith(("tiket", "ticket")) else 'ticket = "id"\ntime = "at"\nactivity = "what"\n'
        with TemporaryDirectory() as folder, chdir(folder):
            Path("columns.toml").write_text(named + text, encoding="utf-8")
            return sla.load_mapping("columns.toml")

    return load


def mapped(**values: object) -> Callable[[], object]:
    return lambda: sla.LogMapping(**wrong({"ticket": "id", "time": "at", "activity": "what", **values}))


def columns_alone() -> object:
    """What has columns and is no frame."""
    return type("Odd", (), {"columns": ("id", "at", "what", "prio")})()


LOGS: Final = [
    Refusal(mapped(done=(("resolution", ("done",)),), events=(("done", "solved"),)), sla.LogError, "mapping_two_ways",
            "events", "'done and events'", "done, or events to replay"),
    Refusal(mapped(events=(("done", "solve"),)), sla.LogError, "mapping_event_unknown",
            "events.done", "'solve'", "customer_message, agent_message,"),
    Refusal(mapped(time_format="%d %B"), sla.LogError, "time_format_invalid",
            "time_format", "'%d %B'", "a date of %Y or %y, %m or %b, %d"),
    Refusal(mapped(delimiter=";;"), sla.LogError, "delimiter_invalid",
            "delimiter", "';;'", 'one character, such as ";"'),
    Refusal(mapped(encoding="utf8"), sla.LogError, "encoding_unknown",
            "encoding", "'utf8'", "utf-8, utf-16,"),
    Refusal(mapped(received="opened", time=None, activity=None, done_at=(("a", ("b",)),)), sla.SlaError, "argument_invalid",
            "done_at", "(('a', ('b',)),)", 'pairs such as (("first_response", "answered_at"),)'),
    Refusal(lambda: sla.LogMapping("id"), sla.LogError, "mapping_key_missing",
            "time", "None", "text: the column of the time of an event; or received"),
    Refusal(lambda: sla.LogMapping("id", received="at", done=(("resolution", ("solved",)),)), sla.LogError,
            "mapping_key_missing", "time", "None", "text: the column of the time; done are of activities"),
    Refusal(mapped(done_at=(("resolution", "solved"),)), sla.LogError, "mapping_key_missing",
            "done_at", "None", "no time and no activity"),
    Refusal(lambda: rows(HEADER, mapping=COLUMNS.updated(split=(("id", "/", ("id", "team")),))), sla.LogError,
            "column_taken", "split", "'id'", "a name that no column has"),
    Refusal(lambda: sla.read_log(wrong(columns_alone()), COLUMNS), sla.LogError, "frame_invalid",
            "log", "'Odd'", "a data frame of pandas, polars, pyarrow or DuckDB"),
    Refusal(mapped(fields=7), sla.SlaError, "argument_invalid",
            "fields", "7", 'pairs such as (("priority", "prio"),)'),
    Refusal(mapped(fields=(("priority",),)), sla.SlaError, "argument_invalid",
            "fields", "(('priority',),)", 'pairs such as (("priority", "prio"),)'),
    Refusal(mapped(events=(("opened", ("solved",)),)), sla.SlaError, "argument_invalid",
            "events", "(('opened', ('solved',)),)", 'pairs such as (("replied", "agent_message"),)'),
    Refusal(mapped(done=(("first_response", "answered"),)), sla.SlaError, "argument_invalid",
            "done", "(('first_response', 'answered'),)", 'pairs such as (("first_response",'),
    Refusal(lambda: sla.read_log([HEADER], wrong("columns.toml")), sla.SlaError, "argument_invalid",
            "mapping", "'columns.toml'", "a LogMapping; load_mapping reads one"),
    Refusal(lambda: sla.read_log(HEADER, COLUMNS), sla.LogError, "lines_expected",
            "", "'id,at,what,prio'", "lines, such as an open file"),
    Refusal(lambda: sla.read_log("march.csv", COLUMNS), sla.LogError, "lines_expected",
            "", "'march.csv'", 'the path of a file, pathlib.Path("log.csv")'),
    Refusal(lambda: sla.read_event_log("{}"), sla.LogError, "lines_expected",
            "", "'{}'", "lines, such as an open file"),
    Refusal(rows, sla.LogError, "log_empty",
            "march.csv", "", "lines, of which the first names the columns; or at least one dict"),
    Refusal(lambda: rows(""), sla.LogError, "log_empty",
            "march.csv", "", "a CSV file whose first line names the"),
    Refusal(lambda: sla.read_log([{"id": "7"}], COLUMNS), sla.LogError, "column_missing",
            "log", "'at'", "id"),
    Refusal(lambda: rows("id,at,what,prio", mapping=COLUMNS.updated(delimiter=";")), sla.LogError, "column_missing",
            "march.csv", "'id'", "id,at,what,prio"),
    Refusal(lambda: rows('id,"at'), sla.LogError, "log_unreadable",
            "march.csv", "'unexpected end of data'", "a CSV file in UTF-8"),
    Refusal(lambda: rows("id,at,what"), sla.LogError, "column_missing",
            "march.csv", "'prio'", "id, at, what"),
    Refusal(lambda: rows("id;at;what;prio"), sla.LogError, "column_missing",
            "march.csv", "'id'", "id;at;what;prio"),
    Refusal(lambda: rows("id,at,what,prio,prio"), sla.LogError, "column_missing",
            "march.csv", "'prio'", "id, at, what, prio, prio"),
    Refusal(lambda: sla.group_tickets([("7", CREATED), ("7", wrong("solved"))]), sla.LogError, "event_invalid",
            "ticket 7, event 2", "'solved'", "Created, Message or another event;"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", LOGS, ids=str)
def test_what_logs_and_their_columns_refuse(refusal: Refusal) -> None:
    check(refusal)


ROWS: Final = [
    Refusal(row("7,2026-11-20T15:00Z,,high", None), sla.LogError, "cell_empty",
            "what", "['7', '2026-11-20T15:00Z', '', 'high']", "a value in every mapped column"),
    Refusal(row("7,2026-11-20T15:00Z,opened,", None), sla.LogError, "cell_empty",
            "prio", "'ticket 7'", "a value in the row that creates the ticket"),
    Refusal(row("7,2026-11-20T15:00Z,opened", None), sla.LogError, "row_width",
            "", "3", "4 cells; one with the delimiter"),
    Refusal(row('7,2026-11-20T15:00Z,"opened,high', None), sla.LogError, "quote_without_end",
            "", "", "cells in quotes from end to end"),
    Refusal(row("7,2026-11-20T15:00Z,opened," + "x" * (field_size_limit() + 1), None), sla.LogError, "cell_too_large",
            "", "", "at most 131072 characters in a cell"),
    Refusal(row(",".join(["x" * 100_000] * 11), None), sla.LogError, "line_too_long",
            "", "", "at most 1000000 characters in a line"),
    Refusal(row("7,2026-11-20T15:00:00.0000001Z,opened,high", None), sla.LogError, "time_too_fine",
            "at", "'2026-11-20T15:00:00.0000001Z'", "whole microseconds; round first"),
    Refusal(row("7,2300-11-20T15:00Z,opened,high", None), sla.LogError, "time_outside_years",
            "at", "'2300-11-20T15:00Z'", "the years 1900 to 2200"),
    Refusal(row("7,03/04/2026,opened,high", ("%d/%m/%Y", "%m/%d/%Y")), sla.LogError, "time_ambiguous",
            "at", "'03/04/2026: 2026-04-03 00:00:00 or 2026-03-04 00:00:00'", "a text that one format reads"),
    Refusal(lambda: first(rows(HEADER, "7,soon,opened,high", "7,2026-11-20T15:00Z,opened,high").problems[1:]), sla.LogError,
            "receipt_unknown", "", "'7'", "readable rows, at least the first of each ticket"),
    Refusal(lambda: first(rows(HEADER, "7,2026-11-20T15:00Z,opened,high", mapping=COLUMNS.updated(
            received="at", split=(("what", "/", ("a", "b")),))).problems), sla.LogError,
            "cell_parts", "", "'opened'", "2 values with '/' between: a, b"),
    Refusal(lambda: first(rows(HEADER, "7,2026-11-20T15:00Z,a/b; c/d,high", mapping=COLUMNS.updated(
            received="at", split=(("what", "/", ("a", "b")),))).problems), sla.LogError,
            "cell_parts", "", "'a/b; c/d'", "; where a cell has several of these, between in the mapping says what stands"),
    Refusal(lambda: first(sla.read_log({"id": ["7"], "at": ["2026-11-20T15:00Z"], "what": [{}], "prio": [""]}, COLUMNS).problems),
            sla.LogError, "cell_invalid", "what", "{}", "text, a whole number, true or false"),
    Refusal(lambda: first(sla.read_log(["id,at", *["7,2026-11-20T15:00Z"] * 2], sla.LogMapping("id", received="at")).problems),
            sla.LogError, "ticket_twice", "", "'7'", "one row a ticket; it stands in line 2, too"),
    Refusal(row("7,20.11.2026,opened,high", None), sla.LogError, "time_unreadable",
            "at", "'20.11.2026'", "ISO 8601"),
    Refusal(row("7,2026-11-20,opened,high", "%d.%m.%Y"), sla.LogError, "time_unreadable",
            "at", "'2026-11-20'", "%d.%m.%Y"),
    Refusal(row("7,2026-11-20 15:00,opened,high", None), sla.InstantError, "datetime_naive",
            "at", "'2026-11-20T15:00:00'", "a time with its offset, or the zone of such times in"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", ROWS, ids=str)
def test_which_rows_of_a_log_are_left_out(refusal: Refusal) -> None:
    check(refusal)


def test_a_line_of_an_event_log_that_is_none_is_a_problem() -> None:
    reading = sla.read_event_log(['{"ticket": "7", "kind": "solved", "at": "2026-11-20T15:00Z"}', "", "nonsense"])
    (problem,) = reading.problems
    assert (problem.line, problem.error.code, problem.error.given) == (3, "event_unreadable", "'nonsense'")


COLUMN_FILES: Final = [
    Refusal(columns('tiket = "id"'), sla.LogError, "mapping_key_unknown",
            "columns.toml", "'tiket'", "ticket, activity, blank, created_by,"),
    Refusal(columns('ticket = "id"'), sla.LogError, "mapping_key_missing",
            "columns.toml: time", "None", "text: the column of the time of an event"),
    Refusal(columns('[split.id]\nby = "/"'), sla.LogError, "mapping_split_invalid",
            "columns.toml: split.id", "{'by': '/'}", 'by = "/" and into = ["id", "team"]'),
    Refusal(columns('ticket = "id"\ntime = "at"\nactivity = 5'), sla.LogError, "mapping_key_missing",
            "columns.toml: activity", "5", "text"),
    Refusal(columns("[fields]\npriority = 5"), sla.LogError, "mapping_not_text",
            "columns.toml: fields.priority", "5", "text"),
    Refusal(columns('[done]\nresolution = ["done", 5]'), sla.LogError, "mapping_not_text",
            "columns.toml: done.resolution", "5", "text"),
    Refusal(columns("[events]\ndone = 5"), sla.LogError, "mapping_not_text",
            "columns.toml: events.done", "5", "text"),
    Refusal(columns('zone = "Berlin"'), sla.ZoneError, "zone_unknown",
            "columns.toml: zone", "'Berlin'", "Europe/Berlin, which Rails calls Berlin"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", COLUMN_FILES, ids=str)
def test_which_files_of_columns_are_refused(refusal: Refusal) -> None:
    check(refusal)
