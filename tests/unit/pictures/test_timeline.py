"""Clocks and promises on one line of time."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.pictures.drawing import Box, Line, Words

BERLIN: Final = ZoneInfo("Europe/Berlin")
FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=BERLIN)
POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {
                "name": "all",
                "calendar": "office",
                "metrics": {
                    "first_response": {"due": {"business_hours": "4h"}},
                    "resolution": {"due": {"business_hours": "8h"}},
                },
            }
        ],
    }
)


def replayed(*events: sla.Event, hours: float) -> sla.Clocks:
    return POLICY.replay([sla.Created(at=FRIDAY), *events], as_of=FRIDAY + timedelta(hours=hours), ticket="T-1")


def told(row: sla.TimelineLine) -> list[str]:
    return [f"{each.kind} {each.start:%a %H:%M}-{each.end:%a %H:%M}" for each in row.stretches]


def test_what_counted_what_was_closed_and_what_is_still_to_come() -> None:
    first, resolution = sla.picture_ticket(replayed(hours=1))
    assert told(first) == [
        "counted Fri 15:00-Fri 16:00",
        "coming Fri 16:00-Fri 17:00",
        "closed Fri 17:00-Mon 09:00",
        "coming Mon 09:00-Mon 11:00",
    ]
    assert (first.status, str(first.due), first.done) == ("running", "2026-11-23 11:00:00+01:00", None)
    assert resolution.says == "running, due Mon 2026-11-23 15:00"


def test_of_a_clock_that_is_done_nothing_is_to_come() -> None:
    answered = sla.Message(at=FRIDAY + timedelta(minutes=30), actor="agent")
    first, _ = sla.picture_ticket(replayed(answered, hours=1))
    assert told(first) == ["counted Fri 15:00-Fri 15:30"]
    assert first.says == "met, due Mon 2026-11-23 11:00, done Fri 2026-11-20 15:30"


def test_a_pause_is_a_stretch_of_its_own() -> None:
    paused, resumed = FRIDAY + timedelta(hours=1), FRIDAY + timedelta(hours=1, minutes=30)
    events = (sla.Paused(at=paused, reason="waiting"), sla.Resumed(at=resumed, reason="waiting"))
    _, resolution = sla.picture_ticket(replayed(*events, hours=2))
    assert told(resolution)[:3] == [
        "counted Fri 15:00-Fri 16:00",
        "paused Fri 16:00-Fri 16:30",
        "counted Fri 16:30-Fri 17:00",
    ]


def test_cycles_are_numbered_where_there_are_several() -> None:
    """The customer writes twice after an answer: the second wait begins at 15:30, after the answer to the first."""
    said: list[tuple[sla.Actor, int]] = [("agent", 5), ("customer", 10), ("agent", 15), ("customer", 30)]
    events = [sla.Message(at=FRIDAY + timedelta(minutes=minute), actor=actor) for actor, minute in said]
    data = POLICY.to_data()
    data["rules"][0]["metrics"]["next_response"] = {"due": {"business_hours": "4h"}}
    clocks = sla.policy_from_data(data).replay([sla.Created(at=FRIDAY), *events], as_of=FRIDAY + timedelta(hours=1))
    rows = {row.name: row.stretches[0].start for row in sla.picture_ticket(clocks)}
    assert rows == {
        "first_response": FRIDAY,
        "resolution": FRIDAY,
        "next_response 1": FRIDAY + timedelta(minutes=10),
        "next_response 2": FRIDAY + timedelta(minutes=30),
    }


def test_promises_are_to_come() -> None:
    first, resolution = sla.picture_promises(POLICY.promise(FRIDAY))
    assert told(first) == ["coming Fri 15:00-Fri 17:00", "closed Fri 17:00-Mon 09:00", "coming Mon 09:00-Mon 11:00"]
    assert (first.status, resolution.status) == ("4h in business hours", "8h in business hours")


def test_one_promise_is_one_row_and_what_a_notebook_shows() -> None:
    promises = POLICY.promise(FRIDAY)
    one = promises["first_response"]
    assert len(sla.picture_promises(one)) == 1
    assert one._repr_html_() == sla.picture_promises(one).to_html()
    assert promises._repr_html_() == sla.picture_promises(promises).to_html()
    assert repr(one) == "Promise(first_response: due 2026-11-23T11:00:00+01:00, rule 'all')"


def test_a_ticket_in_a_notebook_is_its_clocks() -> None:
    clocks = replayed(hours=1)
    assert clocks._repr_html_() == sla.picture_ticket(clocks).to_html()


def test_a_bar_of_characters_has_a_mark_where_it_is_due() -> None:
    line = str(sla.picture_ticket(replayed(hours=1))).splitlines()[3]
    assert line.startswith("first_response  #")
    # 72 hours from Friday 15:00 to Monday 15:00; due after 68 of them: in the 57th of 60 characters
    assert line[len("first_response  ") :].index("!") == 56


def test_real_time_is_the_scale() -> None:
    """Of 72 hours the first is a seventy-second of the width; the weekend of 64 hours is its share."""
    marks = sla.picture_ticket(replayed(hours=1)).drawing().marks
    boxes = [
        (mark.look, hours(mark.x - 150), hours(mark.width)) for mark in marks if isinstance(mark, Box) and mark.tells
    ]
    assert boxes[:3] == [("counted", 0, 1), ("coming", 1, 1), ("closed", 2, 64)]
    lines = [(hours(mark.x - 150), mark.tells) for mark in marks if isinstance(mark, Line)]
    assert lines == [(68, "due Mon 2026-11-23 11:00"), (72, "due Mon 2026-11-23 15:00")]


def test_while_it_waits_no_due_time_is_drawn_and_when_it_is_done_that_is() -> None:
    """The resolution waits from 16:00 on, until nobody knows when; the answer of 15:30 was due on Monday at 11:00."""
    answered = sla.Message(at=FRIDAY + timedelta(minutes=30), actor="agent")
    paused = sla.Paused(at=FRIDAY + timedelta(hours=1), reason="waiting")
    picture = sla.picture_ticket(replayed(answered, paused, hours=2))
    assert [(row.due is None, row.done is None) for row in picture] == [(False, False), (True, True)]
    assert [(mark.look, mark.tells) for mark in picture.drawing().marks if isinstance(mark, Line)] == [
        ("due", "due Mon 2026-11-23 11:00"), ("kept", "done Fri 2026-11-20 15:30"),
    ]  # fmt: skip
    first, resolution = str(picture).splitlines()[3:5]
    assert ("!" in first, "!" in resolution) == (True, False)
    assert (picture[0].name, picture[-1].name) == ("first_response", "resolution")


def hours(width: float) -> float:
    """How many of the 72 hours from Friday 15:00 to Monday 15:00 a width of the 600 is."""
    return round(width * 72 / 600, 9)


@pytest.mark.parametrize("days", [0, 1, 3, 5, 30, 400])
def test_no_two_labels_touch(days: int) -> None:
    clocks = replayed(hours=24 * days + 1)
    words = [mark for mark in sla.picture_ticket(clocks).drawing().marks if isinstance(mark, Words) and mark.y == 18]
    spans = sorted((mark.x - 48, mark.x + 48) if mark.at == "middle" else (mark.x, mark.x + 138) for mark in words)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@pytest.mark.parametrize("ask", [sla.picture_ticket, sla.picture_promises])
def test_what_is_neither_is_refused(ask: object) -> None:
    with pytest.raises(sla.SlaError) as refused:
        ask("T-1")  # type: ignore[operator]  # one of two functions
    assert refused.value.code == "argument_invalid"
