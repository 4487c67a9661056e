"""Versions of a policy: the one in force when a cycle begins makes the promise (rule 10)."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from tests.helpers import BERLIN

NEW_YEAR: Final = "2027-01-01T00:00:00+01:00"


def version(name: str, valid_from: str | None = None, valid_until: str | None = None, hours: str = "4h") -> sla.Policy:
    data: dict[str, Any] = {
        "name": name,
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": hours}}}}
        ],
    }
    if valid_from:
        data["valid_from"] = valid_from
    if valid_until:
        data["valid_until"] = valid_until
    return sla.policy_from_data(data)


OLD: Final = version("old", "2026-01-01T00:00:00+01:00")
NEW: Final = version("new", NEW_YEAR, hours="2h")
BOTH: Final = sla.PolicyVersions.of([NEW, OLD])


@pytest.mark.parametrize(
    ("instant", "name", "why"),
    [
        ("2026-01-01T00:00:00+01:00", "old", "from its start on"),
        ("2026-11-20T15:00:00+01:00", "old", ""),
        ("2026-12-31T23:59:59.999999+01:00", "old", "until one microsecond before the next"),
        ("2027-01-01T00:00:00+01:00", "new", "at the start of the next"),
        ("2026-12-31T23:00:00+00:00", "new", "the same instant told in UTC"),
        ("2099-01-01T00:00:00+01:00", "new", "the last one stays"),
    ],
)
def test_the_version_in_force(instant: str, name: str, why: str) -> None:
    assert name == BOTH.at(datetime.fromisoformat(instant)).name, why


def test_the_version_in_force_at_receipt_makes_the_promise_also_for_work_that_reaches_into_the_next() -> None:
    received = datetime(2026, 12, 31, 15, tzinfo=BERLIN)  # a Thursday
    promise = BOTH.promise(received)["first_response"]
    assert promise.policy == "old"
    assert datetime(2027, 1, 1, 11, tzinfo=BERLIN) == promise.due
    later = BOTH.promise(datetime(2027, 1, 1, 9, tzinfo=BERLIN))["first_response"]
    assert (later.policy, later.due) == ("new", datetime(2027, 1, 1, 11, tzinfo=BERLIN))


def test_work_goes_on_in_the_hours_of_the_next_version_that_has_the_calendar() -> None:
    """Thursday 31 December: 2 h until 17:00; then the new office has 10-12, so that 4 h end on Friday at 12:00."""

    def office(name: str, valid_from: str, **calendars: str) -> sla.Policy:
        tables = {name: {"zone": "Europe/Berlin", "hours": hours} for name, hours in calendars.items()}
        rule = {"name": "all", "calendar": next(iter(calendars)), "metrics": {"m": {"due": {"business_hours": "4h"}}}}
        return sla.policy_from_data({"name": name, "valid_from": valid_from, "calendars": tables, "rules": [rule]})

    old = office("old", "2026-01-01T00:00:00+01:00", office="Mon-Fri 09:00-17:00")
    other = office("other", "2026-12-31T18:00:00+01:00", nights="Mon-Sun 00:00-06:00")
    new = office("new", NEW_YEAR, nights="Mon-Sun 00:00-06:00", office="Mon-Fri 10:00-12:00")
    received = datetime(2026, 12, 31, 15, tzinfo=BERLIN)
    assert (
        datetime(2027, 1, 1, 12, tzinfo=BERLIN) == sla.PolicyVersions.of([old, other, new]).promise(received)["m"].due
    )
    assert datetime(2027, 1, 1, 11, tzinfo=BERLIN) == sla.PolicyVersions.of([old, other]).promise(received)["m"].due


def test_versions_promise_from_named_instants_too() -> None:
    data = version("returns", "2026-01-01T00:00:00+01:00").to_data()
    data["rules"][0]["metrics"] = {"refund": {"origin": "returned", "due": {"calendar_days": 14}}}
    returns = sla.PolicyVersions.of([sla.policy_from_data(data)])
    received = datetime(2026, 11, 20, 15, tzinfo=BERLIN)
    assert not returns.promise(received)
    promise = returns.promise(received, origins={"returned": datetime(2026, 11, 2, 10, tzinfo=BERLIN)})["refund"]
    assert datetime(2026, 11, 16, 10, tzinfo=BERLIN) == promise.due


def test_versions_replay_what_happened_to_a_ticket() -> None:
    received = datetime(2026, 12, 31, 15, tzinfo=BERLIN)
    clocks = BOTH.replay([sla.Created(at=received)], as_of=received, ticket="7", strict=True)
    assert datetime(2027, 1, 1, 11, tzinfo=BERLIN) == clocks["first_response"].due


def test_where_no_version_is_in_force_nothing_is_promised_anew() -> None:
    """A clock that runs goes on in the gap; one that has not begun by then is not there any more."""
    data = version("closed", "2026-01-01T00:00:00+01:00", "2026-12-01T00:00:00+01:00").to_data()
    data["rules"][0]["metrics"]["periodic_update"] = {"due": {"business_hours": "8h"}}
    gap = sla.PolicyVersions.of([sla.policy_from_data(data), NEW])
    log: list[sla.Event] = [sla.Created(at=datetime(2026, 11, 30, 16, tzinfo=BERLIN))]
    assert list(gap.replay(log, as_of=datetime(2026, 11, 30, 17, tzinfo=BERLIN))) == [
        "first_response",
        "periodic_update",
    ]
    log += [sla.Message(at=datetime(2026, 12, 1, 9, tzinfo=BERLIN), actor="customer")]
    clocks = gap.replay(log, as_of=datetime(2026, 12, 1, 10, tzinfo=BERLIN))
    assert {metric: clock.due for metric, clock in clocks.items()} == {
        "first_response": datetime(2026, 12, 1, 12, tzinfo=BERLIN)
    }


def test_versions_answer_what_a_policy_answers_with_the_instant_of_which() -> None:
    data = version("strict", NEW_YEAR, hours="2h").to_data()
    data["escalation"] = [{"to": "a manager", "on": "escalation_requested"}]
    data["clocks"] = {"first_response": {"stops": "solved"}}
    data["rules"][0]["name"] = "everybody"
    versions = sla.PolicyVersions.of([OLD, sla.policy_from_data(data)])
    before, after = datetime(2026, 12, 31, 15, tzinfo=BERLIN), datetime(2027, 1, 4, 9, tzinfo=BERLIN)
    assert versions.rule_for(before, priority="high").name == "all"
    assert versions.rule_for(after, priority="high").name == "everybody"
    assert versions.escalation_for(before) == ()
    assert [step.to for step in versions.escalation_for(after)] == ["a manager"]
    assert versions.clock(before, "first_response").stops == "answer"
    assert versions.clock(after, "first_response").stops == "solved"
    assert (versions.metrics, versions.origins) == (("first_response",), frozenset())


def test_a_calendar_of_versions_has_the_hours_of_each_instant() -> None:
    """Thursday 31 December: 2 h until 17:00 in the old hours; Friday 10-12 in the new ones, 2 h more."""
    data = NEW.to_data()
    data["calendars"] = {
        "office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 10:00-12:00"},
        "nights": {"zone": "Europe/Berlin", "hours": "Mon-Sun 00:00-06:00"},
    }
    versions = sla.PolicyVersions.of([OLD, sla.policy_from_data(data)])
    office = versions.calendar("office")
    thursday, friday = datetime(2026, 12, 31, 15, tzinfo=BERLIN), datetime(2027, 1, 1, 18, tzinfo=BERLIN)
    assert timedelta(hours=4) == office.elapsed(thursday, friday)
    assert versions.calendar("nights").is_open(datetime(2027, 1, 4, 5, tzinfo=BERLIN))
    with pytest.raises(sla.PolicyError) as refused:
        versions.calendar("weekend")
    assert (refused.value.code, refused.value.accepts) == ("calendar_missing", "office, nights")


def test_the_clocks_of_many_tickets_under_versions_are_columns() -> None:
    received = datetime(2026, 12, 31, 15, tzinfo=BERLIN)
    later = datetime(2027, 1, 4, 9, tzinfo=BERLIN)
    columns = BOTH.replay_frame([("7", sla.Created(at=received)), ("8", sla.Created(at=later))], as_of=later)
    assert columns["ticket"] == ["7", "8"]
    assert columns["due"] == [datetime(2027, 1, 1, 11, tzinfo=BERLIN), datetime(2027, 1, 4, 11, tzinfo=BERLIN)]


def test_versions_are_put_in_order() -> None:
    assert [policy.name for policy in BOTH.policies] == ["old", "new"]
    assert sla.PolicyVersions((OLD, NEW)) == BOTH
    assert hash(sla.PolicyVersions((OLD, NEW))) == hash(BOTH)


def test_a_version_may_end_before_the_next_begins_and_the_gap_has_none() -> None:
    closed = version("closed", "2026-01-01T00:00:00+01:00", "2026-12-01T00:00:00+01:00")
    gap = sla.PolicyVersions.of([closed, NEW])
    assert gap.at(datetime.fromisoformat("2026-11-30T23:59:59.999999+01:00")).name == "closed"
    for instant in ("2026-12-01T00:00:00+01:00", "2026-12-31T00:00:00+01:00", "2025-12-31T00:00:00+01:00"):
        with pytest.raises(sla.PolicyError) as refused:
            gap.at(datetime.fromisoformat(instant))
        error = refused.value
        assert error.code == "no_version"
        assert instant in error.given
        assert "closed from 2026-01-01" in error.accepts
        assert "new from 2027-01-01" in error.accepts


def test_the_last_version_may_end() -> None:
    ends = sla.PolicyVersions.of([version("only", "2026-01-01T00:00:00+01:00", NEW_YEAR)])
    assert ends.at(datetime(2026, 6, 1, tzinfo=UTC)).name == "only"
    with pytest.raises(sla.PolicyError, match="no version of the policy is in force"):
        ends.at(datetime.fromisoformat(NEW_YEAR))


def test_versions_may_touch_at_an_instant_told_in_two_zones() -> None:
    ends = version("ends", "2026-01-01T00:00:00+01:00", "2026-12-31T23:00:00+00:00")
    assert sla.PolicyVersions.of([ends, NEW]).at(datetime.fromisoformat(NEW_YEAR)).name == "new"


@pytest.mark.parametrize(
    ("policies", "code", "why"),
    [
        ([], "versions_empty", "no version at all"),
        ([OLD, version("undated")], "version_without_start", "nobody knows when it begins"),
        ([OLD, version("again", "2026-01-01T00:00:00+01:00")], "versions_overlap", "two begin at one instant"),
        (
            [version("long", "2026-01-01T00:00:00+01:00", "2027-01-01T00:00:00.000001+01:00"), NEW],
            "versions_overlap",
            "a microsecond too long",
        ),
        (
            [version("a", "2026-01-01T00:00:00+01:00"), version("b", "2025-01-01T00:00:00Z", "2026-06-01T00:00:00Z")],
            "versions_overlap",
            "",
        ),
    ],
)
def test_versions_that_cannot_follow_each_other_are_refused(policies: list[sla.Policy], code: str, why: str) -> None:
    with pytest.raises(sla.PolicyError) as refused:
        sla.PolicyVersions.of(policies)
    assert code == refused.value.code, why
    assert refused.value.accepts


def test_versions_out_of_order_are_refused_when_nobody_puts_them_in_order() -> None:
    with pytest.raises(sla.PolicyError) as refused:
        sla.PolicyVersions((NEW, OLD))
    assert refused.value.code == "versions_overlap"


def test_an_overlap_names_the_versions() -> None:
    with pytest.raises(sla.PolicyError) as refused:
        sla.PolicyVersions.of([OLD, version("again", "2026-01-01T00:00:00+01:00")])
    assert "old" in str(refused.value)
    assert "again" in str(refused.value)


@pytest.mark.parametrize("until", ["2026-01-01T00:00:00+01:00", "2025-12-31T00:00:00+01:00"])
def test_a_policy_that_ends_at_or_before_its_start_is_refused(until: str) -> None:
    with pytest.raises(sla.PolicyError) as refused:
        sla.PolicyVersions.of([version("backwards", "2026-01-01T00:00:00+01:00", until)])
    assert "valid_until" in str(refused.value)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(sla.InstantError):
        BOTH.at(datetime(2026, 11, 20, 15))
    with pytest.raises(sla.InstantError):
        BOTH.promise(datetime(2026, 11, 20, 15))
