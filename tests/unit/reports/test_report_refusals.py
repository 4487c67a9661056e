"""What a report refuses, and what it says of the rows that it leaves out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from tests.helpers import wrong
from tests.refusals import Refusal, check, first

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
ROW: Final[dict[str, object]] = {"received": FRIDAY, "priority": "high"}
TICKET: Final = sla.Ticket("7", FRIDAY, {"priority": "high"})
LIFE: Final = replace(TICKET, events=(sla.Created(at=FRIDAY, status="open", fields={"priority": "high"}),))


def reported(*rows: Any, **more: Any) -> sla.Report:
    return sla.report(rows, POLICY, **{"as_of": NOON, **more})


def reporting(rows: Any, **more: Any) -> Callable[[], object]:
    return lambda: sla.report(rows, POLICY, **{"as_of": NOON, **more})


def left_out(row: Any) -> Callable[[], object]:
    """What is said of the second of two rows, which is left out."""
    return lambda: first(reported(TICKET, row).problems)


REPORTS: Final = [
    Refusal(reporting("id,at"), sla.LogError, "rows_invalid",
            "", "'str'", "Ticket values, such as"),
    Refusal(reporting(b"id,at"), sla.LogError, "rows_invalid",
            "", "'bytes'", "Ticket values, such as"),
    Refusal(reporting(ROW), sla.LogError, "rows_invalid",
            "", "'dict'", "Ticket values, such as"),
    Refusal(reporting([ROW, "id,at"]), sla.LogError, "rows_invalid",
            "row 2", "'str'", "Ticket values, such as"),
    Refusal(lambda: sla.report([ROW], wrong("support.toml"), as_of=NOON), sla.SlaError, "argument_invalid",
            "policy", "'support.toml'", "a Policy, or PolicyVersions"),
    Refusal(reporting([], by="prioritty"), sla.PolicyError, "field_undeclared",
            "by", "'prioritty'", "priority, market, channel, topic, team, month"),
    Refusal(reporting([], dated="closed"), sla.LogError, "dated_unknown",
            "dated", "'closed'", "created, due"),
    Refusal(reporting([], since=NOON, until=FRIDAY), sla.LogError, "period_reversed",
            "until", "'2026-11-20 12:00:00+00:00..2026-11-20", "until at or after since"),
]  # fmt: skip


HOUR: Final = timedelta(hours=1)
MANY: Final = tuple(sla.AgingLine(("all",), f"m{place}", (1, 1), 0) for place in range(9))
PLOTS: Final = [
    Refusal(lambda: reported(ROW).plot(), sla.SlaError, "plot_periods_missing",
            "by", "'priority'", 'by="month", or with fields'),
    Refusal(lambda: reported(*({**ROW, "team": str(n)} for n in range(5)), by=["month", "team"], as_of=FRIDAY.replace(day=29)).plot(),
            sla.SlaError, "plot_too_large", "by", "10", "at most 8"),
    Refusal(lambda: sla.Aging(("priority",), (HOUR,), MANY).plot(), sla.SlaError, "plot_too_large",
            "", "9", "at most 8 metrics"),
    Refusal(lambda: sla.ResponseTimes("m", (sla.ResponseLine("t", HOUR, HOUR, (HOUR,), 0),) * 9).plot(),
            sla.SlaError, "plot_too_large", "", "9", "at most 8 targets"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", [*REPORTS, *PLOTS], ids=str)
def test_what_a_report_refuses(refusal: Refusal) -> None:
    check(refusal)


LEFT_OUT: Final = [
    Refusal(left_out({**ROW, "first_reponse": NOON}), sla.LogError, "row_key_unknown",
            "", "'first_reponse'", "ticket, received, market, channel,"),
    Refusal(left_out({"priority": "high"}), sla.LogError, "row_received_missing",
            "received", "None", "an aware datetime"),
    Refusal(left_out({**ROW, "received": "2026-11-20"}), sla.LogError, "row_received_missing",
            "received", "'2026-11-20'", "an aware datetime"),
    Refusal(left_out({**ROW, "resolution": date(2026, 11, 20)}), sla.LogError, "row_not_an_instant",
            "resolution", "datetime.date(2026, 11, 20)", "an aware datetime, or None"),
    Refusal(left_out({**ROW, "resolution": FRIDAY.replace(hour=9)}), sla.LogError, "done_before_receipt",
            "resolution", "'2026-11-20T09:00:00+00:00 before", "an instant at or after receipt"),
    Refusal(left_out({**ROW, "received": NAIVE}), sla.InstantError, "datetime_naive",
            "received", "'2026-11-20T10:00:00'", "an aware datetime, such as"),
    Refusal(left_out({**ROW, "resolution": NAIVE}), sla.InstantError, "datetime_naive",
            "resolution", "'2026-11-20T10:00:00'", "an aware datetime, such as"),
    Refusal(left_out(replace(TICKET, done={"first_reponse": NOON})), sla.LogError, "metric_unknown",
            "done", "'first_reponse'", "first_response, resolution"),
    Refusal(left_out(replace(LIFE, events=(*LIFE.events, sla.Resumed(at=FRIDAY)))), sla.LogError, "event_left_out",
            "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize("refusal", LEFT_OUT, ids=str)
def test_which_rows_a_report_leaves_out(refusal: Refusal) -> None:
    check(refusal)


def test_an_event_that_is_left_out_is_at_the_line_of_its_ticket_or_else_at_its_place() -> None:
    wrong = replace(LIFE, id="8", events=(*LIFE.events, sla.Resumed(at=FRIDAY)))
    assert [problem.line for problem in reported(TICKET, wrong, lines={"8": 31}).problems] == [31]
    assert [problem.line for problem in reported(TICKET, TICKET, wrong, lines={"7": 31}).problems] == [3]
