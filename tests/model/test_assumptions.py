"""What the proofs assume (proofs/README.md), the code guarantees."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.testing.strategies import calendars
from tests.model.cases import BEGIN, END, us

START = us(datetime(2026, 1, 2, tzinfo=UTC))
YEAR = us(datetime(2027, 1, 2, tzinfo=UTC)) - START


@given(office=calendars(), first=st.integers(0, YEAR), length=st.integers(0, YEAR))
def test_open_time_is_canonical_spans_of_integers(office: sla.Calendar, first: int, length: int) -> None:
    start = (
        max(us(office.covered.start), START) if us(office.covered.end) > START + 2 * YEAR else us(office.covered.start)
    )
    spans = office.open_spans(start + first, start + first + length)
    assert all(type(edge) is int for span in spans for edge in span)
    assert all(opening < closing for opening, closing in spans)
    assert all(closed < opening for (_, closed), (opening, _) in pairwise(spans)), "they touch, or are out of order"


@given(office=calendars())
def test_open_time_of_working_dates_is_canonical_and_theirs_alone(office: sla.Calendar) -> None:
    days = [BEGIN.date() + timedelta(days=number) for number in range(60)]
    owned = [span for day in days for span in office.working_dates().owned(day)]
    assert all(opening < closing for opening, closing in owned)
    assert len(set(owned)) == len(owned)


@pytest.mark.parametrize("verb", ["add", "subtract"])
def test_amounts_are_not_negative(verb: str) -> None:
    office = sla.Calendar("UTC", "24/7")
    with pytest.raises(sla.SlaError) as refused:
        getattr(office, verb)(BEGIN, timedelta(microseconds=-1))
    assert refused.value.code == "amount_negative"


@given(minutes=st.permutations(range(4)))
def test_what_happens_is_taken_in_the_order_of_time(minutes: list[int]) -> None:
    told: list[sla.Event] = [
        sla.Created(at=BEGIN),
        sla.Paused(at=BEGIN + timedelta(minutes=1)),
        sla.Resumed(at=BEGIN + timedelta(minutes=2)),
        sla.Solved(at=BEGIN + timedelta(minutes=3)),
    ]
    clock = _policy().replay([told[number] for number in minutes], as_of=END)["resolution"]
    assert (clock.status, clock.elapsed, clock.done_at) == ("met", timedelta(minutes=2), BEGIN + timedelta(minutes=3))


def _policy() -> sla.Policy:
    rule: dict[str, Any] = {
        "name": "all",
        "calendar": "office",
        "metrics": {"resolution": {"due": {"business_hours": "4h"}}},
    }
    return sla.policy_from_data(
        {"name": "desk", "calendars": {"office": {"zone": "UTC", "hours": "24/7"}}, "rules": [rule]}
    )
