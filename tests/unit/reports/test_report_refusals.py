"""What a report refuses, and what it says of the rows that it leaves out, word for word."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

import slacalc as sla

NAIVE: Final = datetime(2026, 11, 20, 10)
FRIDAY: Final = NAIVE.replace(tzinfo=UTC)
NOON: Final = FRIDAY.replace(hour=12)
POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "fields": {"priority": ["high", "low"], "team": []},
        "calendars": {"office": {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {
                "name": "high",
                "when": {"priority": "high"},
                "calendar": "office",
                "metrics": {
                    "first_response": {"due": {"business_hours": "1h"}},
                    "resolution": {"due": {"business_hours": "8h"}},
                },
            },
        ],
    }
)
ROWS_ACCEPTED: Final = 'accepted: Ticket values, such as read_log(...).tickets or group_tickets(events), or dicts: frame.to_dict("records")'
ROW: Final[dict[str, object]] = {"received": FRIDAY, "priority": "high"}
TICKET: Final = sla.Ticket("7", FRIDAY, {"priority": "high"})
LIFE: Final = replace(TICKET, events=(sla.Created(at=FRIDAY, status="open", fields={"priority": "high"}),))


def reported(*rows: Any, **more: Any) -> sla.Report:
    return sla.report(rows, POLICY, **{"as_of": NOON, **more})


@pytest.mark.parametrize(
    ("rows", "asked", "kind", "code", "said"),
    [
        ("id,at", {}, sla.LogError, "rows_invalid", f"these are no rows; given 'str'; {ROWS_ACCEPTED}"),
        (b"id,at", {}, sla.LogError, "rows_invalid", f"these are no rows; given 'bytes'; {ROWS_ACCEPTED}"),
        (ROW, {}, sla.LogError, "rows_invalid", f"these are no rows; given 'dict'; {ROWS_ACCEPTED}"),
        ([ROW, "id,at"], {}, sla.LogError, "rows_invalid", f"row 2: this is no row; given 'str'; {ROWS_ACCEPTED}"),
        ([], {"by": "prioritty"}, sla.PolicyError, "field_undeclared",
         "by: the policy declares no such field; given 'prioritty'; accepted: market, channel, priority, topic, team"),
        ([], {"dated": "closed"}, sla.LogError, "dated_unknown",
         "dated: promises have no such date; given 'closed'; accepted: created, due"),
        ([], {"since": NOON, "until": FRIDAY}, sla.LogError, "period_reversed",
         ("until: the period ends before it begins; given '2026-11-20 12:00:00+00:00..2026-11-20 10:00:00+00:00'; "
          "accepted: until at or after since")),
    ],
)  # fmt: skip
def test_a_report_is_refused_word_for_word(
    rows: Any, asked: dict[str, Any], kind: type[sla.SlaError], code: str, said: str
) -> None:
    with pytest.raises(sla.SlaError) as refused:
        sla.report(rows, POLICY, **{"as_of": NOON, **asked})
    assert (kind, code, said) == (type(refused.value), refused.value.code, str(refused.value))


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        ({**ROW, "first_reponse": NOON}, "row_key_unknown",
         ("the policy does not know this key; given 'first_reponse'; accepted: ticket, received, market, channel, "
          "priority, topic, team, first_response, resolution")),
        ({"priority": "high"}, "row_received_missing",
         "received: this is no instant of receipt; given None; accepted: an aware datetime"),
        ({**ROW, "received": "2026-11-20"}, "row_received_missing",
         "received: this is no instant of receipt; given '2026-11-20'; accepted: an aware datetime"),
        ({**ROW, "resolution": date(2026, 11, 20)}, "row_not_an_instant",
         "resolution: this is not an instant; given datetime.date(2026, 11, 20); accepted: an aware datetime, or None"),
        ({**ROW, "resolution": FRIDAY.replace(hour=9)}, "done_before_receipt",
         ("resolution: this was done before it was received; "
          "given '2026-11-20T09:00:00+00:00 before 2026-11-20T10:00:00+00:00'; accepted: an instant at or after receipt")),
        ({**ROW, "received": NAIVE}, "datetime_naive",
         ("received: the datetime has no time zone; given '2026-11-20T10:00:00'; "
          "accepted: an aware datetime, such as datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo('Europe/Brussels'))")),
        ({**ROW, "resolution": NAIVE}, "datetime_naive",
         ("resolution: the datetime has no time zone; given '2026-11-20T10:00:00'; "
          "accepted: an aware datetime, such as datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo('Europe/Brussels'))")),
        (replace(TICKET, done={"first_reponse": NOON}), "metric_unknown",
         ("done: no rule promises this metric; given 'first_reponse'; accepted: first_response, resolution")),
        (replace(LIFE, events=(*LIFE.events, sla.Resumed(at=FRIDAY))), "event_left_out",
         ("event 2 of ticket 7 was not used: nothing is paused for this reason; "
          "given {'at': '2026-11-20T10:00:00+00:00', 'kind': 'resumed'}; accepted: a Paused before it")),
    ],
)  # fmt: skip
def test_a_row_is_left_out_word_for_word(row: Any, code: str, said: str) -> None:
    (problem,) = reported(TICKET, row).problems
    assert (2, code, said) == (problem.line, problem.error.code, str(problem.error))
    assert str(problem) == f"line 2: {said}"


def test_an_event_that_is_left_out_is_at_the_line_of_its_ticket_or_else_at_its_place() -> None:
    wrong = replace(LIFE, id="8", events=(*LIFE.events, sla.Resumed(at=FRIDAY)))
    assert [problem.line for problem in reported(TICKET, wrong, lines={"8": 31}).problems] == [31]
    assert [problem.line for problem in reported(TICKET, TICKET, wrong, lines={"7": 31}).problems] == [3]
