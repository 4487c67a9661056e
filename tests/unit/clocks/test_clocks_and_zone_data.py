"""Clocks that were saved under one release of the zone data and go on under another must say so."""

from datetime import UTC, datetime
from typing import Any, Final

import slacalc as sla
from slacalc.testing import event_log
from tests.zone_folders import NEW, OLD, zones_from

POLICY: Final[dict[str, Any]] = {
    "name": "west",
    "calendars": {"office": {"zone": "America/Vancouver", "hours": "Mon-Fri 09:00-17:00"}},
    "rules": [{"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}}],
}
EVENTS: Final = event_log("2026-11-30 08:00 created", zone="UTC")  # Monday, midnight in Vancouver
AS_OF: Final = datetime(2026, 11, 30, 9, tzinfo=UTC)


def test_resumed_clocks_name_the_zone_data_that_moved_and_are_due_by_the_one_in_use() -> None:
    with zones_from(OLD):
        saved = sla.Policy(**POLICY).replay(EVENTS, as_of=AS_OF)
        text, before = saved.to_json(), saved["first_response"].due
    with zones_from(NEW):
        policy = sla.Policy(**POLICY)
        clocks = sla.resume(text, policy)
        after, moved = clocks["first_response"].due, clocks.zone_data_moved
        restated = sla.restate(clocks, EVENTS, policy)
        later = clocks.extend([], as_of=datetime(2026, 11, 30, 10, tzinfo=UTC)).zone_data_moved
        again = sla.resume(clocks.to_json(), policy).zone_data_moved

    assert (str(before), str(after)) == ("2026-11-30 13:00:00-08:00", "2026-11-30 13:00:00-07:00")
    assert moved == restated.zone_data_moved == later == ("2025b", "2026f")
    assert again is None  # saved anew, told by the new data


def test_clocks_under_one_release_name_no_cause() -> None:
    with zones_from(OLD):
        policy = sla.Policy(**POLICY)
        clocks = policy.replay(EVENTS, as_of=AS_OF)

        assert clocks.zone_data_moved is None
        assert sla.resume(clocks.to_json(), policy).zone_data_moved is None
        assert sla.restate(clocks, EVENTS, policy).zone_data_moved is None
