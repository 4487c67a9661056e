"""What tickets, logs and saved clocks refuse, word for word: a message is read by people, and is part of what is promised."""

from collections.abc import Callable
from csv import field_size_limit
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

import slacalc as sla
from tests.helpers import wrong

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
SAID_OF_A_LINE: Final = (
    'accepted: a JSON object such as {"ticket": "7", "kind": "solved", "at": "2026-11-20T15:00:00+01:00"}'
)


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


@pytest.mark.parametrize(
    ("ask", "kind", "code", "said"),
    [
        # events
        (read(kind="solvd", at="2026-11-20T15:00Z"), sla.LogError, "event_kind_unknown",
         ("kind: there is no such kind of event; given 'solvd'; accepted: created, message, status_changed, field_changed, "
          "paused, resumed, solved, reopened, closed, merged_into, merged_from, no_reply_needed, taken_over, deprioritised, "
          "deprioritisation_lifted, escalated, target_overridden, deleted")),
        (read(kind="paused", at="2026-11-20T15:00Z", raeson="parts"), sla.LogError, "event_key_unknown",
         "raeson: this event has no such key; given 'raeson'; accepted: at, seq, reason"),
        (read(kind="target_overridden", at="2026-11-20T15:00Z"), sla.LogError, "event_key_missing",
         ("metric: the event lacks a key; given {'at': '2026-11-20T15:00Z', 'kind': 'target_overridden'}; "
          "accepted: metric, due")),
        (read(kind="solved", at="2026-11-20T15:00"), sla.LogError, "event_time_invalid",
         "at: this is not an instant; given '2026-11-20T15:00'; accepted: ISO 8601 with an offset"),
        (read(kind="merged_from", at="2026-11-20T15:00Z", received="yesterday"), sla.LogError, "event_time_invalid",
         "received: this is not an instant; given 'yesterday'; accepted: ISO 8601 with an offset"),
        (read(kind="solved", at="2026-11-20T15:00Z", seq="1"), sla.LogError, "event_value_invalid",
         "seq: the value does not fit; given '1'; accepted: a whole number"),
        (read(kind="created", at="2026-11-20T15:00Z", fields="high"), sla.LogError, "event_value_invalid",
         "fields: the value does not fit; given 'high'; accepted: a mapping of names to values"),
        (lambda: sla.Created(at=FRIDAY, fields=wrong("high")), sla.LogError, "event_value_invalid",
         "fields: these are no fields; given 'high'; accepted: a mapping of names to values"),
        (message(actor="robot"), sla.LogError, "event_value_invalid",
         "actor: the value does not fit; given 'robot'; accepted: customer, agent, bot, system, partner, unknown"),
        (message(public="no"), sla.LogError, "event_value_invalid",
         "public: the value does not fit; given 'no'; accepted: true or false"),
        (message(automated=1), sla.LogError, "event_value_invalid",
         "automated: the value does not fit; given 1; accepted: true or false"),
        (message(holding=1), sla.LogError, "event_value_invalid",
         "holding: the value does not fit; given 1; accepted: true or false"),
        (message(partial=None), sla.LogError, "event_value_invalid",
         "partial: the value does not fit; given None; accepted: true or false"),
        (lambda: sla.TakenOver(at=FRIDAY, costs=wrong("no")), sla.LogError, "event_value_invalid",
         "costs: the value does not fit; given 'no'; accepted: true or false"),
        (message(channel=7), sla.LogError, "event_value_invalid",
         "channel: the value does not fit; given 7; accepted: text"),
        (line("7;solved"), sla.LogError, "event_unreadable",
         f"line 1: this line is no JSON; given '7;solved'; {SAID_OF_A_LINE}"),
        (line('{"kind": "solved"}'), sla.LogError, "event_unreadable",
         f"line 1: this line names no ticket; given {{'kind': 'solved'}}; {SAID_OF_A_LINE}"),
        (line('{"ticket": 7.5, "kind": "solved", "at": "2026-11-20T15:00Z"}'), sla.LogError, "event_value_invalid",
         "line 1.ticket: this names no ticket; given 7.5; accepted: text, or a number"),
        (lambda: list(sla.read_events("7,solved")), sla.LogError, "lines_expected",
         "these are no lines; given '7,solved'; accepted: lines, such as an open file"),
        (lambda: sla.event_to_data(wrong("solved")), sla.SlaError, "argument_invalid",
         "event: this is of another kind; given 'solved'; accepted: Created, Message or another event"),
        (lambda: sla.event_from_data(wrong("solved")), sla.SlaError, "argument_invalid",
         ("event: this is of another kind; given 'solved'; "
          "accepted: a mapping, such as a JSON object; read_events reads lines")),
        # the events of tickets
        (lambda: sla.replay([CREATED], wrong(7), as_of=FOUR), sla.SlaError, "argument_invalid",
         "policy: this is of another kind; given 7; accepted: a Policy, or PolicyVersions"),
        (lambda: POLICY.replay(wrong(7), as_of=FOUR), sla.SlaError, "argument_invalid",
         "events: this is of another kind; given 7; accepted: several events, such as a list"),
        (lambda: POLICY.replay([CREATED, wrong("solved")], as_of=FOUR), sla.LogError, "event_invalid",
         ("event 2: this is no event; given 'solved'; "
          "accepted: Created, Message or another event; event_from_data reads plain data")),
        (logged(7), sla.SlaError, "argument_invalid",
         "events: this is of another kind; given 7; accepted: pairs of ticket and event"),
        (logged([("7", CREATED), "8"]), sla.LogError, "event_invalid",
         ("entry 2: this is no pair of ticket and event; given '8'; "
          "accepted: (ticket, event), as read_events returns them")),
        (logged([("7", CREATED), ("8", CREATED), ("7", SOLVED)]), sla.LogError, "ticket_scattered",
         "the events of a ticket do not stand together; given '7'; accepted: a log sorted by ticket"),
        (logged([("7", SOLVED)]), sla.LogError, "event_before_creation",
         ("ticket 7, event 1: the first event creates; given {'at': '2026-11-20T16:00:00+00:00', 'kind': 'solved'}; "
          "accepted: Created")),
        (lambda: POLICY.replay([], as_of=FOUR, ticket="7"), sla.LogError, "creation_missing",
         ("ticket 7: the ticket was not created by then; given '0 of 0 events by 2026-11-20T16:00:00+00:00'; "
          "accepted: a Created event, or a later as_of")),
        (lambda: POLICY.replay([SOLVED, sla.Created(at=FOUR.replace(hour=17))], as_of=FOUR), sla.LogError, "creation_missing",
         ("the ticket was not created by then; given '1 of 2 events by 2026-11-20T16:00:00+00:00'; "
          "accepted: a Created event, or a later as_of")),
        (lived(CREATED), sla.LogError, "created_twice",
         ("ticket 7, event 2: a ticket is created once; given {'at': '2026-11-20T15:00:00+00:00', "
          "'fields': {'priority': 'high'}, 'kind': 'created', 'status': 'open'}; accepted: one Created, the first")),
        (lived(sla.Deleted(at=FRIDAY), SOLVED), sla.LogError, "event_after_the_end",
         ("ticket 7, event 3: the ticket was merged or deleted; "
          "given {'at': '2026-11-20T16:00:00+00:00', 'kind': 'solved'}; accepted: no event")),
        (lived(sla.StatusChanged(at=FOUR, status="waiting")), sla.LogError, "status_unknown",
         "ticket 7, event 2: the policy knows no such status; given 'waiting'; accepted: open, pending"),
        (lived(sla.Paused(at=FRIDAY, reason="parts"), sla.Paused(at=FRIDAY), sla.Resumed(at=FOUR, reason="part")), sla.LogError,
         "resume_without_pause",
         ("ticket 7, event 4: nothing is paused for this reason; "
          "given {'at': '2026-11-20T16:00:00+00:00', 'kind': 'resumed', 'reason': 'part'}; accepted: 'parts', ''")),
        (lived(sla.Resumed(at=FOUR)), sla.LogError, "resume_without_pause",
         ("ticket 7, event 2: nothing is paused for this reason; "
          "given {'at': '2026-11-20T16:00:00+00:00', 'kind': 'resumed'}; accepted: a Paused before it")),
        (lived(sla.FieldChanged(at=FOUR, field="returned", value="Monday")), sla.LogError, "origin_not_an_instant",
         "ticket 7, event 2.returned: a metric counts from this; given 'Monday'; accepted: ISO 8601 with an offset"),
        (lived(sla.FieldChanged(at=FOUR, field="priority", value="urgent")), sla.PolicyError, "field_value_unknown",
         "ticket 7, event 2.priority: the field cannot have this value; given 'urgent'; accepted: high, low"),
        (lived(sla.TargetOverridden(at=FOUR, metric="refund", due=FOUR)), sla.LogError, "override_without_clock",
         "ticket 7, event 2: no clock of this metric is open; given 'refund'; accepted: first_response, resolution"),
        (lived(sla.Closed(at=FRIDAY), sla.TargetOverridden(at=FOUR, metric="resolution", due=FOUR)), sla.LogError,
         "override_without_clock",
         "ticket 7, event 3: no clock of this metric is open; given 'resolution'; accepted: none"),
        (lived(sla.Deprioritised(at=FOUR, reason="spam")), sla.LogError, "deprioritisation_unknown",
         "ticket 7, event 2: this is no cause of a deprioritisation; given 'spam'; accepted: rude, several_questions"),
        (lived(sla.Escalated(at=FOUR, on="loud")), sla.LogError, "escalation_unknown",
         "ticket 7, event 2: no step of the escalation waits for this; given 'loud'; accepted: lawsuit, serious"),
        (lived(sla.Escalated(at=FOUR, on="loud"), book=NO_LADDER), sla.LogError, "escalation_unknown",
         "ticket 7, event 2: no step of the escalation waits for this; given 'loud'; accepted: none in this policy"),
        (lambda: CLOCKS.extend([SOLVED, sla.Closed(at=FRIDAY)], as_of=FOUR).extend([sla.Solved(at=FRIDAY)], as_of=FOUR, strict=True),
         sla.LogError, "event_out_of_order",
         ("ticket 7, event 4: later events were applied before; "
          "given {'at': '2026-11-20T15:00:00+00:00', 'kind': 'solved'}; accepted: a later one")),
        # what is asked of clocks
        (lambda: CLOCKS.at(FRIDAY), sla.LogError, "as_of_went_back",
         ("7: these clocks have gone on further; given '2026-11-20T15:00:00+00:00'; "
          "accepted: 2026-11-20T16:00:00+00:00 or later")),
        (lambda: UNCREATED.received, sla.LogError, "creation_missing",
         "ticket 7: the ticket was not created; accepted: a Created event"),
        (lambda: UNCREATED["first_response"], sla.MetricError, "clock_missing",
         ("ticket 7: this ticket has no clock of this metric; given 'first_response'; "
          "accepted: no metric: the ticket was not created")),
        (lambda: sla.queue(wrong([CLOCKS, "7"]), as_of=FOUR), sla.SlaError, "argument_invalid",
         "tickets: this is of another kind; given '7'; accepted: Clocks, or several, such as the values of a dict"),
        (lambda: sla.restate(wrong("7"), [CREATED], OTHER), sla.SlaError, "argument_invalid",
         "clocks: this is of another kind; given '7'; accepted: the Clocks of one ticket"),
        (lambda: sla.outcome(wrong("7"), None, as_of=FOUR), sla.SlaError, "argument_invalid",
         'promise: this is of another kind; given \'7\'; accepted: one promise, such as promises["first_response"]'),
        (lambda: sla.outcome(PROMISE, FRIDAY.replace(hour=14), as_of=FOUR), sla.LogError, "done_before_receipt",
         ("done_at: this was done before it was received; "
          "given '2026-11-20T14:00:00+00:00 before 2026-11-20T15:00:00+00:00'; accepted: an instant at or after receipt")),
        # saved clocks
        (lambda: sla.resume("[]", POLICY), sla.LogError, "state_unreadable",
         "these are no saved clocks; given 'Input should be an object'; accepted: what Clocks.to_json gave"),
        (lambda: sla.resume(CLOCKS.to_data() | {"until": "now"}, POLICY), sla.LogError, "state_unreadable",
         "until: these are no saved clocks; given 'Input should be a valid integer'; accepted: what Clocks.to_json gave"),
        (lambda: sla.resume(CLOCKS.to_data() | {"fields": {1, 2}}, POLICY), sla.LogError, "state_unreadable",
         ("these are no saved clocks; given 'Object of type set is not JSON serializable'; "
          "accepted: what Clocks.to_json gave")),
        (lambda: sla.resume(CLOCKS.to_json(), OTHER, earlier=wrong(7)), sla.SlaError, "argument_invalid",
         "earlier: this is of another kind; given 7; accepted: several policies, such as [policy]"),
        (lambda: sla.resume(CLOCKS.to_json(), OTHER, earlier=[NO_LADDER]), sla.LogError, "policy_missing",
         (f"earlier: the clocks began under a policy that was not given; given '{POLICY.digest}'; "
          f"accepted: {NO_LADDER.digest}, {OTHER.digest}")),
    ],
)  # fmt: skip
def test_a_refusal_word_for_word(ask: Callable[[], object], kind: type[sla.SlaError], code: str, said: str) -> None:
    with pytest.raises(sla.SlaError) as refused:
        ask()
    assert (kind, code) == (type(refused.value), refused.value.code)
    assert said == str(refused.value)


@pytest.mark.parametrize(
    ("ask", "where"),
    [
        (lambda: POLICY.replay([CREATED], as_of=NAIVE), "as_of"),
        (lambda: CLOCKS.extend([], as_of=NAIVE), "as_of"),
        (lambda: CLOCKS.at(NAIVE), "as_of"),
        (logged([("7", sla.Created(at=NAIVE))]), "event 1.at"),
        (lambda: list(sla.replay_tickets([("7", CREATED)], POLICY, as_of=NAIVE)), "as_of"),
        (lambda: sla.queue([CLOCKS], as_of=NAIVE), "as_of"),
        (lambda: sla.agenda([], as_of=NAIVE), "as_of"),
        (lambda: sla.outcome(PROMISE, NAIVE, as_of=FOUR), "done_at"),
        (lambda: sla.outcome(PROMISE, FOUR, as_of=NAIVE), "as_of"),
        (lambda: POLICY.replay([CREATED, sla.Paused(at=FRIDAY)], as_of=FOUR)["resolution"].due_if_resumed(NAIVE), "at"),
        (lived(sla.TargetOverridden(at=FOUR, metric="resolution", due=NAIVE)), "ticket 7, event 2.due"),
        (lived(sla.MergedFrom(at=FOUR, received=NAIVE)), "ticket 7, event 2.received"),
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


def mapped(**values: object) -> Callable[[], object]:
    return lambda: sla.LogMapping("id", "at", "what", **wrong(values))


@pytest.mark.parametrize(
    ("ask", "code", "said"),
    [
        (mapped(done=(("resolution", ("done",)),), events=(("done", "solved"),)), "mapping_two_ways",
         "events: what happened is said in two ways; given 'done and events'; accepted: done, or events to replay"),
        (mapped(events=(("done", "solve"),)), "mapping_event_unknown",
         ("events.done: an activity cannot be this; given 'solve'; accepted: customer_message, agent_message, "
          "partial_message, holding_message, automatic_message, internal_note, solved, reopened, closed, no_reply_needed, "
          "taken_over, deleted, paused, paused_until_next, resumed")),
        (mapped(time_format="%d %b"), "time_format_invalid",
         ("time_format: this format depends on the locale, or is none; given '%d %b'; "
          "accepted: %Y %m %d %H %M %S %f %z and plain characters")),
        (mapped(fields=7), "argument_invalid",
         'fields: this is of another kind; given 7; accepted: pairs such as (("priority", "prio"),)'),
        (mapped(fields=(("priority",),)), "argument_invalid",
         "fields: this is of another kind; given (('priority',),); accepted: pairs such as ((\"priority\", \"prio\"),)"),
        (mapped(events=(("opened", ("solved",)),)), "argument_invalid",
         ("events: this is of another kind; given (('opened', ('solved',)),); "
          'accepted: pairs such as (("opened", "created"),)')),
        (mapped(done=(("first_response", "answered"),)), "argument_invalid",
         ("done: this is of another kind; given (('first_response', 'answered'),); "
          'accepted: pairs such as (("first_response", ("answered",)),)')),
        (lambda: sla.read_log([HEADER], wrong("columns.toml")), "argument_invalid",
         ("mapping: this is of another kind; given 'columns.toml'; "
          "accepted: a LogMapping; load_mapping reads one from a file")),
        (lambda: sla.read_log(HEADER, COLUMNS), "lines_expected",
         "these are no lines; given 'id,at,what,prio'; accepted: lines, such as an open file"),
        (lambda: sla.read_event_log("{}"), "lines_expected",
         "these are no lines; given '{}'; accepted: lines, such as an open file"),
        (rows, "log_empty",
         "march.csv: the log has no header; accepted: a CSV file whose first line names the columns"),
        (lambda: rows(HEADER, "7,2026-11-20,opened," + "x" * (field_size_limit() + 1)), "log_unreadable",
         (f"march.csv: the log cannot be read on; given 'field larger than field limit ({field_size_limit()})'; "
          "accepted: a CSV file in UTF-8")),
        (lambda: rows("id,at,what"), "column_missing",
         "march.csv: there is no such column; given 'prio'; accepted: id, at, what"),
        (lambda: rows("id;at;what;prio"), "column_missing",
         "march.csv: there is no such column (cells stand apart by commas); given 'id'; accepted: id;at;what;prio"),
        (lambda: rows("id,at,what,prio,prio"), "column_missing",
         "march.csv: two columns have this name; given 'prio'; accepted: id, at, what, prio, prio"),
        (lambda: sla.group_tickets([("7", CREATED), ("7", wrong("solved"))]), "event_invalid",
         ("ticket 7, event 2: this is no event; given 'solved'; "
          "accepted: Created, Message or another event; event_from_data reads plain data")),
    ],
)  # fmt: skip
def test_a_log_is_refused_word_for_word(ask: Callable[[], object], code: str, said: str) -> None:
    with pytest.raises(sla.SlaError) as refused:
        ask()
    assert (code, said) == (refused.value.code, str(refused.value))


@pytest.mark.parametrize(
    ("row", "time_format", "code", "said"),
    [
        ("7,2026-11-20T15:00Z,,high", None, "cell_empty",
         ("line 2: what: a cell that is needed is empty; given ['7', '2026-11-20T15:00Z', '', 'high']; "
          "accepted: a value in every mapped column")),
        ("7,2026-11-20T15:00Z,opened", None, "cell_empty",
         ("line 2: prio: a cell that is needed is empty; given ['7', '2026-11-20T15:00Z', 'opened']; "
          "accepted: a value in every mapped column")),
        ("7,20.11.2026,opened,high", None, "time_unreadable",
         "line 2: time: this is not a time; given '20.11.2026'; accepted: ISO 8601"),
        ("7,2026-11-20,opened,high", "%d.%m.%Y", "time_unreadable",
         "line 2: time: this is not a time; given '2026-11-20'; accepted: %d.%m.%Y"),
        ("7,2026-11-20 15:00,opened,high", None, "datetime_naive",
         ("line 2: time: the datetime has no time zone; given '2026-11-20T15:00:00'; accepted: "
          "an aware datetime, such as datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo('Europe/Brussels'))")),
    ],
)  # fmt: skip
def test_a_row_is_refused_word_for_word(row: str, time_format: str | None, code: str, said: str) -> None:
    (problem,) = rows(HEADER, row, mapping=COLUMNS.updated(time_format=time_format)).problems
    assert (code, said) == (problem.error.code, str(problem))


def test_a_line_of_an_event_log_that_is_none_is_refused_word_for_word() -> None:
    reading = sla.read_event_log(['{"ticket": "7", "kind": "solved", "at": "2026-11-20T15:00Z"}', "", "nonsense"])
    assert [f"line 3: this line is no JSON; given 'nonsense'; {SAID_OF_A_LINE}"] == list(map(str, reading.problems))


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ('tiket = "id"', "mapping_key_unknown",
         ("there is no such key; given 'tiket'; "
          "accepted: activity, done, events, fields, ticket, time, time_format, zone")),
        ('ticket = "id"', "mapping_key_missing", "time: the column is not named; given None; accepted: text"),
        ('ticket = "id"\ntime = "at"\nactivity = 5', "mapping_key_missing",
         "activity: the column is not named; given 5; accepted: text"),
        ("[fields]\npriority = 5", "mapping_not_text",
         "fields.priority: columns and activities are text; given 5; accepted: text"),
        ('[done]\nresolution = ["done", 5]', "mapping_not_text",
         "done.resolution: columns and activities are text; given 5; accepted: text"),
        ("[events]\ndone = 5", "mapping_not_text",
         "events.done: columns and activities are text; given 5; accepted: text"),
        ('zone = "Berlin"', "zone_unknown",
         "zone: there is no such time zone; given 'Berlin'; accepted: an IANA name such as \"Europe/Brussels\", spelled exactly"),
    ],
)  # fmt: skip
def test_a_file_of_columns_is_refused_word_for_word(
    text: str, code: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    columns = "" if text.startswith(("tiket", "ticket")) else 'ticket = "id"\ntime = "at"\nactivity = "what"\n'
    Path("columns.toml").write_text(columns + text, encoding="utf-8")
    with pytest.raises(sla.LogError if code != "zone_unknown" else sla.ZoneError) as refused:
        sla.load_mapping("columns.toml")
    assert (code, f"columns.toml: {said}") == (refused.value.code, str(refused.value))
