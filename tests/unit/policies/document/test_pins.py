"""Pinned holidays of a policy: three ways to name them, one content, one digest."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from tests.helpers import at, wrong

WORKED: Final = {date(2026, 11, 28): date(2026, 11, 30)}
CLOSES_EARLY: Final = {date(2026, 12, 24): ("Christmas Eve", "13:00")}


def pin(
    name: str = "Founders' Day",
    *,
    day: int = 23,
    worked: Mapping[date, date | None] = WORKED,
    half: Mapping[date, tuple[str, str]] = CLOSES_EARLY,
) -> sla.FrozenHolidays:
    return sla.FrozenHolidays.of(
        {date(2026, 11, day): name}, years=(2026, 2027), working_weekends=worked, half_days=half
    )


PIN: Final = pin()


def data(pinned: object, **more: Any) -> dict[str, Any]:
    holidays = {"pinned": pinned}
    return {
        "name": "support",
        "calendars": {
            "office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00; WW 09:00-12:00", "holidays": holidays},
            "late": {"extends": "office", "add_hours": "Mon 18:00-20:00", "holidays": {"sets": [holidays]}},
        },
        "rules": [{"name": "all", "calendar": "office", "metrics": {"reply": {"due": {"business_hours": "4h"}}}}],
        **more,
    }


@pytest.fixture
def three_ways(tmp_path: Path) -> dict[str, sla.Policy]:
    (tmp_path / "ours.json").write_text(PIN.to_json(), encoding="utf-8")
    return {
        "a path": sla.policy_from_data(data("ours.json"), folder=tmp_path),
        "a name": sla.policy_from_data(data("ours"), pins={"ours": PIN}),
        "a name of data": sla.policy_from_data(data("ours"), pins={"ours": json.loads(PIN.to_json())}),
        "the data": sla.policy_from_data(data(json.loads(PIN.to_json()))),
        "the holidays": sla.policy_from_data(data(PIN)),
    }


def test_each_way_promises_the_same_and_has_one_digest(three_ways: dict[str, sla.Policy]) -> None:
    """Friday 20 November, 15:00: two hours; Monday is Founders' Day; two more on Tuesday, to 11:00."""
    for way, policy in three_ways.items():
        assert policy.promise(at("20 15:00"))["reply"].due == at("24 11:00"), way
    assert len({policy.digest for policy in three_ways.values()}) == 1


def test_a_policy_with_its_pins_in_it_is_one_value_of_json(three_ways: dict[str, sla.Policy]) -> None:
    for way, policy in three_ways.items():
        whole = policy.with_pins()
        again = sla.policy_from_data(json.loads(whole.to_json()))
        assert (again, again.digest) == (whole, policy.digest), way
        assert again.calendar("late") == policy.calendar("late"), way


def test_versions_with_their_pins_in_them_are_one_value_of_json() -> None:
    first = sla.policy_from_data(data("ours", valid_from="2026-01-01T00:00:00+01:00"), pins={"ours": PIN})
    second = sla.policy_from_data(data(PIN, valid_from="2027-01-01T00:00:00+01:00"))
    versions = sla.PolicyVersions.of([first, second])
    whole = versions.with_pins()
    assert sla.PolicyVersions.from_data(json.loads(whole.to_json())) == whole
    assert sla.PolicyVersions.from_data(versions.to_data(), pins={"ours": PIN}) == versions
    assert [each.digest for each in whole.policies] == [each.digest for each in versions.policies]


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (pin("Day of the Founders"), True),
        (pin(half={date(2026, 12, 24): ("Heiligabend", "13:00")}), True),
        (pin(day=24), False),
        (pin(worked={}), False),
        (pin(worked={date(2026, 11, 28): None}), False),
        (pin(half={}), False),
        (pin(half={date(2026, 12, 24): ("Christmas Eve", "14:00")}), False),
    ],
    ids=["a name", "the name of a half day", "a date", "a working weekend", "its day off", "a half day", "its end"],
)
def test_the_digest_covers_the_dates_of_a_pin_and_not_its_names(other: sla.FrozenHolidays, *, same: bool) -> None:
    before, after = (sla.policy_from_data(data("ours"), pins={"ours": each}) for each in (PIN, other))
    assert (before.digest == after.digest) is same


def test_the_digest_says_its_format_and_does_not_cover_a_description() -> None:
    plain = sla.policy_from_data(data(PIN))
    assert plain.digest.startswith("policy-1:sha256:")
    assert sla.policy_from_data(data(PIN, description="for everybody")).digest == plain.digest
    assert sla.policy_from_data(data(PIN, name="other")).digest != plain.digest


def test_holidays_that_are_read_live_are_not_those_that_are_pinned() -> None:
    sample = sla.sample_policy("webshop_helpdesk")
    assert sla.sample_policy("webshop_helpdesk", live=True).digest != sample.digest
    assert sample.with_pins().digest == sample.digest


@pytest.mark.parametrize(
    ("pinned", "pins", "code", "where", "accepts"),
    [
        ("our", {"ours": PIN}, "pin_not_given", "policy.calendars.office.holidays.pinned", "ours"),
        ("ours", {"ours": {}}, "holiday_pin_invalid", "pins.ours", "what FrozenHolidays.to_data() returns"),
        ("ours", {"ours": []}, "holiday_pin_invalid", "pins.ours", "what FrozenHolidays.to_data() returns"),
        ("ours", [PIN], "argument_invalid", "pins", "a mapping of names to frozen holidays"),
        ({**PIN.to_data(), "format": 3}, None, "holiday_pin_format", "policy.calendars.office.holidays.pinned.format", "format 2: FrozenHolidays.of and to_json"),
    ],
)  # fmt: skip
def test_pins_that_cannot_be_used_are_refused(
    pinned: object, pins: object, code: str, where: str, accepts: str
) -> None:
    with pytest.raises(sla.SlaError) as caught:
        sla.policy_from_data(data(pinned), pins=wrong(pins))
    first = (caught.value.problems or (caught.value,))[0]
    assert (first.code, first.where, first.accepts) == (code, where, accepts)


def test_a_pin_beside_the_name_of_another_country_is_refused() -> None:
    frozen = sla.Holidays("BE").freeze(2026, 2027)
    office = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}
    assert sla.Calendar.from_data({**office, "holidays": {"pinned": frozen.to_data()}}).holidays == frozen
    with pytest.raises(sla.PolicyError) as caught:
        sla.Calendar.from_data({**office, "holidays": {"country": "DE", "pinned": frozen.to_data()}})
    assert caught.value.code == "pin_of_others"


@pytest.mark.parametrize("given", [None, [], {}, {"versions": {}}, {"versions": [], "more": 1}])
def test_what_is_no_versions_is_refused(given: object) -> None:
    with pytest.raises(sla.PolicyError) as caught:
        sla.PolicyVersions.from_data(wrong(given))
    assert caught.value.code == "versions_unreadable"


def test_what_is_wrong_with_a_version_says_which() -> None:
    with pytest.raises(sla.PolicyError) as caught:
        sla.PolicyVersions.from_data({"versions": [data(PIN, valid_from="2026-01-01T00:00:00Z"), {"name": "x"}]})
    assert caught.value.problems[0].where.startswith("versions[1]")
