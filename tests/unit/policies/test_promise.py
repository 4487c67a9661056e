"""Promises as data: what is written down, so that someone may ask years later why it was due then."""

import json
import pickle
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.business_time.zone_data import zone_data_version
from tests.helpers import BERLIN

FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=BERLIN)

DATA: Final[dict[str, Any]] = {
    "name": "support",
    "calendars": {
        "office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"},
        "weekend": {"extends": "office", "add_hours": "Sat,Sun 10:00-16:00"},
    },
    "rules": [
        {
            "name": "e-mail",
            "calendar": "office",
            "rank": 2,
            "metrics": {
                "first_response": {
                    "due": {"workday_hours": "24h"},
                    "expected": {"inside": {"business_hours": "3h"}, "outside": {"business_days": 0, "by": "12:00"}},
                    "follow_up": {"earliest": {"workday_hours": "48h"}, "latest": {"workday_hours": "72h"}},
                    "objective": "95%",
                },
                "resolution": {
                    "due": {"earliest": {"business_hours": "1h"}, "latest": {"business_hours": "2h"}},
                    "calendar": "weekend",
                },
            },
        }
    ],
}
POLICY: Final = sla.policy_from_data(DATA)


def test_a_promise_is_written_with_everything_that_someone_may_ask() -> None:
    promise = POLICY.promise(FRIDAY)["first_response"]
    assert json.loads(promise.to_json()) == {
        "metric": "first_response",
        "kind": "owed",
        "owed_by": "us",
        "received": "2026-11-20T15:00:00+01:00",
        "origin": "2026-11-20T15:00:00+01:00",
        "earliest": None,
        "expected": "2026-11-23T10:00:00+01:00",
        "due": "2026-11-23T15:00:00+01:00",
        "target": "24h in workday hours",
        "expected_target": "inside hours 3h in business hours, outside the same business day by 12:00",
        "follow_up": "2026-11-25T15:00:00+01:00",
        "follow_up_earliest": "2026-11-24T15:00:00+01:00",
        "objective": 0.95,
        "policy": "support",
        "rule": "e-mail",
        "rank": 2,
        "calendar_name": "office",
        "language": "",
        "provenance": {
            "policy_digest": POLICY.digest,
            "calendar_digest": POLICY.calendar("office").digest,
            "holidays": None,
            "holidays_digest": None,
            "zone_data": zone_data_version(),
        },
        "depends_on": [],
        "ledger": {
            "start": "2026-11-20T15:00:00+01:00",
            "end": "2026-11-23T15:00:00+01:00",
            "counted": "24h",
            "wall_time": "72h",
            "segments": [
                {
                    "start": "2026-11-20T15:00:00+01:00",
                    "end": "2026-11-21T00:00:00+01:00",
                    "kind": "counted",
                    "name": "",
                    "note": "",
                    "counted": "9h",
                },
                {
                    "start": "2026-11-21T00:00:00+01:00",
                    "end": "2026-11-23T00:00:00+01:00",
                    "kind": "weekend",
                    "name": "",
                    "note": "",
                    "counted": "0min",
                },
                {
                    "start": "2026-11-23T00:00:00+01:00",
                    "end": "2026-11-23T15:00:00+01:00",
                    "kind": "counted",
                    "name": "",
                    "note": "",
                    "counted": "15h",
                },
            ],
        },
        "zone": "Europe/Berlin",
    }


def test_the_promises_of_a_ticket_are_written_together_by_metric_in_the_order_of_the_policy() -> None:
    promises = POLICY.promise(FRIDAY)
    written = json.loads(promises.to_json())
    assert list(written) == ["first_response", "resolution"]
    assert {name: json.loads(promise.to_json()) for name, promise in promises.items()} == written
    assert written["resolution"]["earliest"] == "2026-11-20T16:00:00+01:00"
    assert written["resolution"]["due"] == "2026-11-20T17:00:00+01:00"
    assert written["resolution"]["calendar_name"] == "weekend"


def test_instants_are_read_back_to_the_microsecond() -> None:
    received = datetime(2026, 10, 25, 2, 30, 0, 1, tzinfo=BERLIN, fold=1)
    promise = POLICY.promise(received)["first_response"]
    written = promise.to_data()
    assert written["received"] == "2026-10-25T02:30:00.000001+01:00"
    for key in ("received", "origin", "expected", "due", "follow_up", "follow_up_earliest"):
        moment = getattr(promise, key)
        assert moment.astimezone(UTC) == datetime.fromisoformat(str(written[key])).astimezone(UTC)


def test_names_in_other_scripts_are_written_as_they_are() -> None:
    data = {**DATA, "rules": [{**DATA["rules"][0], "name": "sähköposti, 電子郵件"}]}
    assert "sähköposti, 電子郵件" in sla.policy_from_data(data).promise(FRIDAY).to_json()


def test_promises_are_a_mapping_that_says_when_each_metric_is_due() -> None:
    promises = POLICY.promise(FRIDAY)
    assert len(promises) == 2
    assert "first_response" in promises
    assert "acknowledgement" not in promises
    with pytest.raises(KeyError):
        promises["acknowledgement"]
    assert repr(promises) == (
        "Promises({'first_response': '2026-11-23T15:00:00+01:00', 'resolution': '2026-11-20T17:00:00+01:00'})"
    )


def test_promises_are_values() -> None:
    one, other = POLICY.promise(FRIDAY), POLICY.promise(FRIDAY)
    assert one == other == pickle.loads(pickle.dumps(one))
    assert one["first_response"] == other["first_response"] == pickle.loads(pickle.dumps(other["first_response"]))
    assert hash(one["first_response"]) == hash(other["first_response"])
    assert hash(one) == hash(other)
    assert one != POLICY.promise(FRIDAY.replace(hour=16))


def test_a_promise_and_its_origin_cannot_be_changed() -> None:
    promise = POLICY.promise(FRIDAY)["first_response"]
    with pytest.raises(AttributeError):
        promise.due = FRIDAY  # type: ignore[misc]  # that is the test


# ---------------------------------------------------------------- provenance


def provenance(
    data: dict[str, Any], metric: str = "first_response", folder: Path | None = None
) -> sla.PromiseProvenance:
    return sla.policy_from_data(data, folder=folder).promise(FRIDAY)[metric].provenance


def with_office(**keys: object) -> dict[str, Any]:
    office = {**DATA["calendars"]["office"], **keys}
    return {**DATA, "calendars": {**DATA["calendars"], "office": office}}


@pytest.mark.parametrize(
    "keys",
    [
        {"hours": "Mon-Fri 09:00-17:01"},
        {"zone": "Europe/Vienna"},
        {"holidays": "DE"},
        {"special_days": {"2026-12-24": "closed"}},
        {"absences": [{"start": "2026-12-01T00:00:00+01:00", "end": "2026-12-02T00:00:00+01:00"}]},
        {"versions": {"2027-01-01": "Mon-Fri 09:00-16:00"}},
        {"open_on_holidays": True, "holidays": "DE"},
    ],
    ids=str,
)
def test_the_digest_of_the_calendar_changes_with_what_it_answers(keys: dict[str, object]) -> None:
    one, other = provenance(DATA), provenance(with_office(**keys))
    assert one.calendar_digest != other.calendar_digest
    assert one.policy_digest != other.policy_digest


def test_the_digest_of_the_calendar_stays_when_only_the_promise_changes() -> None:
    data = {**DATA, "rules": [{**DATA["rules"][0], "rank": 3}]}
    one, other = provenance(DATA), provenance(data)
    assert one.calendar_digest == other.calendar_digest
    assert one.policy_digest != other.policy_digest


def test_each_metric_names_the_calendar_that_it_counts_on() -> None:
    one, other = provenance(DATA), provenance(DATA, "resolution")
    assert one.policy_digest == other.policy_digest
    assert one.calendar_digest != other.calendar_digest
    changed = {**DATA["calendars"], "weekend": {"extends": "office", "add_hours": "Sat 10:00-16:00"}}
    assert one.calendar_digest == provenance({**DATA, "calendars": changed}).calendar_digest


def test_the_same_policy_has_the_same_provenance_every_time() -> None:
    assert provenance(DATA) == provenance(json.loads(json.dumps(DATA)))
    assert hash(provenance(DATA)) == hash(provenance(DATA))


@pytest.mark.parametrize(
    ("dates", "same", "why"),
    [
        ({date(2026, 11, 11): "Armistice Day"}, True, "equal dates"),
        ({date(2026, 11, 11): "Waffenstillstand"}, True, "another name moves no due time"),
        ({date(2026, 11, 11): "Armistice Day", date(2026, 12, 25): "Christmas"}, False, "a date more"),
        ({}, False, "a date less"),
    ],
)
def test_pinned_holidays_change_both_digests_by_their_dates(
    tmp_path: Path, dates: dict[date, str], same: bool, why: str
) -> None:
    data = with_office(holidays={"pinned": "pin.json"})

    def of(days: dict[date, str]) -> sla.PromiseProvenance:
        (tmp_path / "pin.json").write_text(sla.FrozenHolidays.of(days, years=(2026, 2026)).to_json(), encoding="utf-8")
        return provenance(data, folder=tmp_path)

    one, other = of({date(2026, 11, 11): "Armistice Day"}), of(dates)
    assert same == (one.policy_digest == other.policy_digest), why
    assert same == (one.calendar_digest == other.calendar_digest), why


def test_the_source_of_the_holidays_is_said() -> None:
    assert provenance(DATA).holidays is None
    live = provenance(with_office(holidays="DE"))
    assert live.holidays is not None
    assert live.holidays.startswith("holidays ")
    assert live.holidays.endswith(" DE")
    pinned = sla.sample_policy("webshop_helpdesk").promise(FRIDAY)["first_response"].provenance
    assert pinned.holidays == "holidays 0.109 BE"


def test_the_version_of_the_zone_data_is_said() -> None:
    assert provenance(DATA).zone_data == zone_data_version() != ""


def test_what_begins_later_is_told_of_a_ticket_with_lists_of_values_too() -> None:
    """Lists are not remembered; what a ticket is promised is the same."""
    data = {
        **DATA,
        "fields": {"tags": "list"},
        "clocks": {"resolution": {"starts": "first_customer_message", "after": "first_response"}},
    }
    policy = sla.policy_from_data(data)
    for tags in ("b2b", ["b2b", "vip"]):
        promises = policy.promise(FRIDAY, tags=tags)
        assert [*promises] == ["first_response"]
        assert promises.later["resolution"].begins == "when the customer first writes, after first_response"


def test_terms_of_a_metric_are_the_same_in_another_process_and_so_is_their_hash() -> None:
    ours, theirs = (sla.policy_from_data(DATA).in_force[0].terms({}).metrics["first_response"] for _ in range(2))
    assert ours is not theirs
    assert (ours, hash(ours)) == (theirs, hash(theirs))
    assert ours != "first_response"
