"""What expectations refuse: the code, the place, what was given and what is accepted."""

from datetime import datetime
from typing import Final

import pytest

import slacalc as sla
from slacalc.expectations.languages import shipped_language
from tests.helpers import BRUSSELS
from tests.refusals import Refusal, check

FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=BRUSSELS)
POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "1h"}}}}
        ],
    }
)
PROMISE: Final = POLICY.promise(FRIDAY)["first_response"]
TOLD: Final = PROMISE.expectation(as_of=FRIDAY)


def clock(event: sla.Event) -> sla.ClockState:
    return POLICY.replay([sla.Created(at=FRIDAY), event], as_of=FRIDAY)["first_response"]


REFUSALS: Final = [
    Refusal(lambda: clock(sla.Message(at=FRIDAY, actor="agent")).expectation(), sla.ExpectationError, "clock_not_open",
            "", "'met'", "a clock that runs, is paused or is"),
    Refusal(lambda: clock(sla.Deleted(at=FRIDAY)).expectation(), sla.ExpectationError, "clock_not_open",
            "", "'deleted'", "a clock that runs, is paused or is"),
    Refusal(lambda: TOLD.moved("Friday"), sla.SlaError, "argument_invalid",  # type: ignore[arg-type]
            "old", "'Friday'", "an Expectation that was told before"),
    Refusal(lambda: TOLD.moved(PROMISE.expectation(as_of=FRIDAY.replace(hour=17))), sla.ExpectationError, "no_time_told",
            "", "'overdue'", "two expectations with a time"),
    Refusal(lambda: PROMISE.expectation(as_of=FRIDAY, grain="1min"), sla.ExpectationError, "grain_unknown",  # type: ignore[arg-type]
            "grain", "'1min'", "15min, minute, 5min, 30min, hour,"),
    Refusal(lambda: TOLD.say("en", told_before="Friday"), sla.SlaError, "argument_invalid",  # type: ignore[arg-type]
            "told_before", "'Friday'", "an Expectation that was told before"),
    Refusal(lambda: TOLD.say("english"), sla.LanguageError, "language_code_invalid",
            "language", "'english'", 'a code such as "fi" or "fr-CA"'),
    Refusal(lambda: TOLD.say("en", languages=["da"]), sla.SlaError, "argument_invalid",  # type: ignore[list-item]
            "languages", "'da'", "several languages, each as"),
    Refusal(lambda: shipped_language("da"), sla.LanguageError, "language_not_shipped",
            "", "'da'", "cs, de, en, fi, fr, hu, it, nl, pl, ru,"),
    Refusal(lambda: sla.channel_advice("support.toml", FRIDAY), sla.SlaError, "argument_invalid",  # type: ignore[arg-type]
            "policy", "'support.toml'", "a Policy"),
    Refusal(lambda: sla.channel_advice(POLICY, FRIDAY, needs="urgent"), sla.SlaError, "argument_invalid",  # type: ignore[arg-type]
            "needs", "'urgent'", 'several, such as ["urgent"]'),
    Refusal(lambda: sla.channel_advice(POLICY, FRIDAY, needs=["quick"]), sla.ExpectationError, "need_unknown",  # type: ignore[list-item]
            "needs", "'quick'", "urgent, record, complicated, sensitive"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_expectations_refuse(refusal: Refusal) -> None:
    check(refusal)
