"""Events as columns: a ticket's rows are its events again, in the zone in which they were told."""

from array import array
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import slacalc as sla
from slacalc.events.event_columns import EventColumns

ROME = ZoneInfo("Europe/Rome")
THEN = datetime(1970, 1, 1, tzinfo=UTC)
SHAPES = (sla.Created(at=THEN, status="open", fields={"priority": "high"}), sla.Message(at=THEN, actor="agent"))
HOUR = 3_600_000_000


def columns(zone_of: "array[int] | None" = None) -> EventColumns:
    return EventColumns(
        array("q", [0, 2, 2, 3]), array("q", [0, HOUR, 2 * HOUR]), array("i", [0, 1, 0]), SHAPES, (UTC, ROME), zone_of
    )


def test_a_ticket_has_the_rows_between_its_start_and_the_next() -> None:
    told = columns()
    assert told.of_ticket(0) == (
        sla.Created(at=THEN, status="open", fields={"priority": "high"}),
        sla.Message(at=THEN.replace(hour=1), actor="agent"),
    )
    assert told.of_ticket(1) == ()
    assert [event.at for event in told.of_ticket(2)] == [THEN.replace(hour=2)]
    assert len(told) == 3


def test_an_instant_is_told_in_the_zone_of_its_row() -> None:
    first, second = columns(array("b", [0, 1, 1])).of_ticket(0)
    assert (first.at.tzinfo, second.at.tzinfo) == (UTC, ROME)
    assert second.at == datetime(1970, 1, 1, 2, tzinfo=ROME)  # in January Rome is an hour ahead
