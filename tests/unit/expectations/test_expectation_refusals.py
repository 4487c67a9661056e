"""What expectations refuse, word for word: a message is read by people, and is part of what is promised."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import pytest

import slacalc as sla
from slacalc.expectations.languages import shipped_language
from tests.helpers import BRUSSELS

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


@pytest.mark.parametrize(
    ("ask", "kind", "code", "said"),
    [
        (lambda: clock(sla.Message(at=FRIDAY, actor="agent")).expectation(), sla.ExpectationError, "clock_not_open",
         ("nothing is to be expected of a clock that has not started or is over; given 'met'; "
          "accepted: a clock that runs, is paused or is overdue")),
        (lambda: clock(sla.Deleted(at=FRIDAY)).expectation(), sla.ExpectationError, "clock_not_open",
         ("nothing is to be expected of a clock that has not started or is over; given 'deleted'; "
          "accepted: a clock that runs, is paused or is overdue")),
        (lambda: TOLD.moved("Friday"), sla.SlaError, "argument_invalid",  # type: ignore[arg-type]
         "old: this is of another kind; given 'Friday'; accepted: an Expectation that was told before"),
        (lambda: TOLD.moved(PROMISE.expectation(as_of=FRIDAY.replace(hour=17))), sla.ExpectationError, "no_time_told",
         ("an expectation that names no time moves nowhere; given 'overdue'; "
          "accepted: two expectations with a time")),
        (lambda: PROMISE.expectation(as_of=FRIDAY, grain="1min"), sla.ExpectationError, "grain_unknown",  # type: ignore[arg-type]
         ("grain: there is no such grain; given '1min'; "
          "accepted: minute, 5min, 15min, 30min, hour, part_of_day, day")),
        (lambda: TOLD.say("english"), sla.LanguageError, "language_code_invalid",
         'language: this is no language code; given \'english\'; accepted: a code such as "fi" or "fr-CA"'),
        (lambda: TOLD.say("en", languages=["da"]), sla.SlaError, "argument_invalid",  # type: ignore[list-item]
         "languages: this is of another kind; given 'da'; accepted: several languages, each as load_language returns it"),
        (lambda: shipped_language("da"), sla.LanguageError, "language_not_shipped",
         ("no such language ships with slacalc; given 'da'; "
          "accepted: cs, de, en, fi, fr, hu, it, nl, pl, ru, sk, sv")),
        (lambda: sla.channel_advice("support.toml", FRIDAY), sla.SlaError, "argument_invalid",  # type: ignore[arg-type]
         "policy: this is of another kind; given 'support.toml'; accepted: a Policy"),
        (lambda: sla.channel_advice(POLICY, FRIDAY, needs="urgent"), sla.SlaError, "argument_invalid",  # type: ignore[arg-type]
         'needs: this is of another kind; given \'urgent\'; accepted: several, such as ["urgent"]'),
        (lambda: sla.channel_advice(POLICY, FRIDAY, needs=["quick"]), sla.ExpectationError, "need_unknown",  # type: ignore[list-item]
         "needs: there is no such need; given 'quick'; accepted: urgent, record, complicated, sensitive"),
    ],
)  # fmt: skip
def test_a_refusal_word_for_word(ask: Callable[[], object], kind: type[sla.SlaError], code: str, said: str) -> None:
    with pytest.raises(sla.SlaError) as refused:
        ask()
    assert type(refused.value) is kind
    assert refused.value.code == code
    assert str(refused.value) == said
