"""Promises of an office in Helsinki, and what a customer is told of them."""

from typing import Any, Final

from slacalc import (
    Policy,
    Promise,
)
from slacalc.expectations.expectation import Expectation
from tests.helpers import HELSINKI, wall_clock

OFFICE: Final = {
    "zone": "Europe/Helsinki",
    "hours": "Mon-Fri 09:00-17:00",
    "holidays": {"country": "FI", "language": "en_US"},
}

at = wall_clock(HELSINKI)


def policy(due: Any, **calendar: Any) -> Policy:
    metrics = {"first_response": {"due": due}}
    return Policy(
        name="support",
        calendars={"office": {**OFFICE, **calendar}},
        rules=[{"name": "everybody", "calendar": "office", "metrics": metrics}],
    )


def promise(received: str, due: Any = None, **calendar: Any) -> Promise:
    return policy(due or {"business_hours": "2h"}, **calendar).promise(at(received))["first_response"]


def told(given: Promise, **changes: Any) -> Expectation:
    return given.expectation(**{"as_of": given.received, **changes})
