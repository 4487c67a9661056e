"""What is doubtful in a policy that is valid."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.policies import clock_checks
from slacalc.policies.loading import SAMPLES
from tests.helpers import BERLIN

AS_OF: Final = datetime(2026, 11, 20, 15, tzinfo=BERLIN)


def policy(
    *targets: dict[str, Any],
    rules: list[dict[str, Any]] | None = None,
    calendars: dict[str, Any] | None = None,
    folder: Path | None = None,
    **office: object,
) -> sla.Policy:
    """A policy with an office in Berlin, and a rule for each target."""
    data = {
        "name": "doubtful",
        "fields": {"priority": ["urgent", "normal"], "tier": ["gold", "silver"]},
        "calendars": {
            "office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00", **office},
            **(calendars or {}),
        },
        "rules": rules
        or [{"name": "all", "calendar": "office", "metrics": {f"m{i}": {"due": due} for i, due in enumerate(targets)}}],
    }
    return sla.policy_from_data(data, folder=folder)


def codes(found: sla.Policy, as_of: datetime = AS_OF) -> list[str]:
    return [warning.code for warning in sla.check_policy(found, as_of=as_of)]


def rule(name: str, **when: object) -> dict[str, Any]:
    return {"name": name, "when": when, "calendar": "office", "metrics": {"m": {"due": {"business_hours": "1h"}}}}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_beyond_doubt(name: str) -> None:
    assert sla.check_policy(sla.sample_policy(name), as_of=AS_OF) == ()


# ---------------------------------------------------------------- rules that never match


@pytest.mark.parametrize(
    ("rules", "hidden", "why"),
    [
        ([rule("all"), rule("urgent", priority="urgent")], [1], "a rule without conditions hides all that follow"),
        ([rule("urgent", priority="urgent"), rule("all")], [], "from the narrow to the wide"),
        ([rule("a", priority="urgent"), rule("b", priority="urgent")], [1], "the same twice"),
        ([rule("a", priority="urgent"), rule("b", priority="urgent", tier="gold")], [1], "a narrower one after it"),
        ([rule("a", priority="urgent", tier="gold"), rule("b", priority="urgent")], [], "a wider one after it"),
        ([rule("a", priority=["urgent", "normal"]), rule("b", priority="urgent")], [1], "one value of several"),
        ([rule("a", priority="urgent"), rule("b", priority=["urgent", "normal"])], [], "normal is left"),
        ([rule("a", priority="urgent"), rule("b", tier="gold")], [], "other fields"),
        ([rule("all"), rule("again"), rule("urgent", priority="urgent")], [1, 2], "each is said"),
        ([rule("a", priority="urgent"), rule("b", priority="normal"), rule("c", tier="gold")], [], "a ticket without a priority"),
    ],
)  # fmt: skip
def test_a_rule_that_can_never_match(rules: list[dict[str, Any]], hidden: list[int], why: str) -> None:
    found = sla.check_policy(policy(rules=rules), as_of=AS_OF)
    assert [("rule_hidden", f"rules[{i}]") for i in hidden] == [(each.code, each.where) for each in found], why


def test_a_hidden_rule_and_the_one_that_hides_it_are_named() -> None:
    (warning,) = sla.check_policy(policy(rules=[rule("all"), rule("urgent", priority="urgent")]), as_of=AS_OF)
    assert str(warning) == "rules[1]: rule 'urgent' can never match: 'all' matches first"


def test_a_clock_of_a_metric_that_no_rule_promises() -> None:
    data = policy(rules=[rule("all")]).to_data()
    found = sla.policy_from_data({**data, "clocks": {"m": {"reopen": "new_cycle"}, "delivery": {"pausable": True}}})
    assert [(each.code, str(each)) for each in sla.check_policy(found, as_of=AS_OF)] == [
        ("clock_without_metric", "clocks.delivery: no rule promises 'delivery', so that its clock never runs")
    ]


# ---------------------------------------------------------------- times outside the hours


@pytest.mark.parametrize(
    ("hours", "due", "expected", "why"),
    [
        ("Mon-Fri 09:00-17:00", {"business_days": 0, "by": "12:00"}, [], ""),
        ("Mon-Fri 09:00-17:00", {"business_days": 0, "by": "17:00"}, [], "at the close"),
        ("Mon-Fri 09:00-17:00", {"business_days": 0, "by": "09:00"}, [], "at the opening"),
        ("Mon-Fri 09:00-17:00", {"business_days": 0, "by": "08:59"}, ["by_outside_hours"], ""),
        ("Mon-Fri 09:00-17:00", {"business_days": 0, "by": "17:01"}, ["by_outside_hours"], ""),
        ("Mon-Fri 09:00-17:00", {"business_days": 0, "by": "18:00"}, ["by_outside_hours"], ""),
        ("Mon-Fri 09:00-12:00 13:00-17:00", {"business_days": 0, "by": "12:30"}, [], "in the break"),
        ("Mon-Fri 09:00-17:00; Sat 09:00-20:00", {"business_days": 0, "by": "18:00"}, [], "inside the hours of Saturday"),
        ("Mon-Fri 22:00-06:00", {"business_days": 0, "by": "23:00"}, [], ""),
        ("Mon-Fri 22:00-06:00", {"business_days": 0, "by": "02:00"}, ["by_outside_hours"], "02:00 of the date, before its opening"),
        ("Mon-Fri 09:00-17:00", {"business_days": 0, "by": "close", "cutoff": "16:00"}, [], ""),
        ("Mon-Fri 09:00-17:00", {"business_days": 0, "cutoff": "08:00"}, ["cutoff_outside_hours"], "everything is after it"),
        ("Mon-Fri 09:00-17:00", {"business_days": 0, "cutoff": "18:00"}, ["cutoff_outside_hours"], "nothing is after it"),
        ("Mon-Fri 09:00-17:00", {"business_days": 0, "by": "18:00", "cutoff": "08:00"}, ["cutoff_outside_hours", "by_outside_hours"], ""),
        ("Mon-Fri 09:00-17:00", {"calendar_days": 1, "by": "24:00"}, [], "calendar days know no hours"),
        (
            "Mon-Fri 09:00-17:00",
            {"earliest": {"business_days": 0, "by": "08:00"}, "latest": {"business_days": 1, "by": "18:00"}},
            ["by_outside_hours", "by_outside_hours"], "both ends of a range",
        ),
        (
            "Mon-Fri 09:00-17:00",
            {"inside": {"business_days": 0, "cutoff": "19:00"}, "outside": {"business_days": 1, "by": "18:00"}},
            ["cutoff_outside_hours", "by_outside_hours"], "both branches",
        ),
    ],
)  # fmt: skip
def test_a_time_outside_the_hours_of_every_day(hours: str, due: dict[str, Any], expected: list[str], why: str) -> None:
    assert expected == codes(policy(due, hours=hours)), why


def test_a_time_inside_the_hours_of_a_later_version_is_fine() -> None:
    found = policy({"business_days": 0, "by": "18:00"}, versions={"2027-01-01": "Mon-Fri 09:00-19:00"})
    assert codes(found) == []


def test_expected_and_follow_up_are_checked_too_and_named_by_their_key() -> None:
    metric = {
        "due": {"business_days": 1},
        "expected": {"business_days": 0, "by": "07:00"},
        "follow_up": {"business_days": 2, "by": "19:00"},
    }
    rules = [{"name": "all", "calendar": "office", "metrics": {"first_response": metric}}]
    found = sla.check_policy(policy(rules=rules), as_of=AS_OF)
    assert [str(warning) for warning in found] == [
        "rules[0].metrics.first_response.expected: 07:00 is outside the hours of every day",
        "rules[0].metrics.first_response.follow_up: 19:00 is outside the hours of every day",
    ]


def test_the_calendar_of_the_metric_is_the_one_that_counts() -> None:
    metric = {"due": {"business_days": 0, "by": "19:00"}, "calendar": "evening"}
    rules = [{"name": "all", "calendar": "office", "metrics": {"first_response": metric}}]
    evening = {"zone": "Europe/Berlin", "hours": "Mon-Fri 18:00-22:00"}
    assert codes(policy(rules=rules, calendars={"evening": evening})) == []


# ---------------------------------------------------------------- holidays that end


@pytest.mark.parametrize(
    ("last_year", "as_of", "expected", "why"),
    [
        (2027, "2026-11-20", [], "more than a year"),
        (2027, "2026-12-31", [], "365 days to the end of 2027"),
        (2027, "2027-01-01", ["holidays_end_soon"], "364 days"),
        (2026, "2026-11-20", ["holidays_end_soon"], ""),
    ],
)
def test_holiday_data_that_ends_within_a_year(
    tmp_path: Path, last_year: int, as_of: str, expected: list[str], why: str
) -> None:
    pin = sla.FrozenHolidays.of({date(2026, 12, 25): "Christmas"}, years=(2026, last_year))
    (tmp_path / "pin.json").write_text(pin.to_json(), encoding="utf-8")
    found = policy({"business_hours": "1h"}, folder=tmp_path, holidays={"pinned": "pin.json"})
    told = codes(found, datetime.fromisoformat(f"{as_of}T12:00:00+01:00"))
    assert expected == [code for code in told if code.startswith("holiday")], why


def test_it_says_of_which_calendar_and_with_which_year(tmp_path: Path) -> None:
    pin = sla.FrozenHolidays.of({}, years=(2026, 2026))
    (tmp_path / "pin.json").write_text(pin.to_json(), encoding="utf-8")
    found = policy({"business_hours": "1h"}, folder=tmp_path, holidays={"pinned": "pin.json"})
    assert [str(warning) for warning in sla.check_policy(found, as_of=AS_OF)] == [
        "calendars.office.holidays: the holiday data ends with 2026"
    ]


def test_holidays_that_are_not_observed_may_end(tmp_path: Path) -> None:
    pin = sla.FrozenHolidays.of({}, years=(2026, 2026))
    (tmp_path / "pin.json").write_text(pin.to_json(), encoding="utf-8")
    holidays = {"pinned": "pin.json"}
    assert codes(policy({"business_hours": "1h"}, folder=tmp_path, holidays=holidays, open_on_holidays=True)) == []


# ---------------------------------------------------------------- promises that nobody can keep


def test_a_target_that_no_opening_can_meet() -> None:
    closes_down = {
        "zone": "Europe/Berlin",
        "hours": "Mon-Fri 09:00-17:00",
        "versions": {"2026-12-01": "closed"},
    }
    rules = [{"name": "all", "calendar": "old", "metrics": {"m": {"due": {"business_hours": "80h"}}}}]
    (warning,) = sla.check_policy(policy(rules=rules, calendars={"old": closes_down}), as_of=AS_OF)
    assert (warning.code, warning.where) == ("target_unreachable", "rules[0].metrics.m.due")
    assert "80h in business hours cannot be met" in warning.message


def test_both_branches_must_be_within_reach_whenever_it_is_asked() -> None:
    closes_down = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00", "versions": {"2026-12-01": "closed"}}
    branches = {"inside": {"business_hours": "1h"}, "outside": {"business_hours": "80h"}}
    rules = [{"name": "all", "calendar": "old", "metrics": {"m": {"due": branches}}}]
    assert codes(policy(rules=rules, calendars={"old": closes_down})) == ["target_unreachable"]


def test_a_range_that_is_reversed_for_what_is_received_now() -> None:
    reversed_now = {"earliest": {"business_hours": "8h"}, "latest": {"calendar_hours": "1h"}}
    assert codes(policy(reversed_now)) == ["target_unreachable"]


@pytest.mark.parametrize(
    ("due", "expected", "codes_expected", "why"),
    [
        ({"business_hours": "4h"}, {"business_hours": "5h"}, ["expected_after_due"], ""),
        ({"business_hours": "4h"}, {"business_hours": "4h"}, [], "at due"),
        ({"business_hours": "4h"}, {"business_hours": "3h"}, [], ""),
        (
            {"calendar_hours": "4h"},
            {"business_hours": "3h"},
            ["expected_after_due"],
            "Friday 19:00 against Monday 10:00",
        ),
        ({"workday_hours": "24h"}, {"calendar_hours": "24h"}, [], "Saturday against Monday"),
    ],
)
def test_what_is_expected_after_it_is_due(
    due: dict[str, Any], expected: dict[str, Any], codes_expected: list[str], why: str
) -> None:
    rules = [{"name": "all", "calendar": "office", "metrics": {"m": {"due": due, "expected": expected}}}]
    assert codes_expected == codes(policy(rules=rules)), why


def test_what_is_expected_out_of_reach_is_unreachable_and_not_late() -> None:
    closes_down = {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00", "versions": {"2026-12-01": "closed"}}
    metric = {"due": {"business_hours": "4h"}, "expected": {"business_hours": "80h"}}
    rules = [{"name": "all", "calendar": "old", "metrics": {"m": metric}}]
    assert codes(policy(rules=rules, calendars={"old": closes_down})) == ["target_unreachable"]


def test_a_naive_as_of_is_refused_and_not_taken_for_a_doubt() -> None:
    with pytest.raises(sla.InstantError):
        sla.check_policy(policy({"business_hours": "1h"}), as_of=datetime(2026, 11, 20))


def test_all_that_is_doubtful_is_said_at_once() -> None:
    rules = [
        {"name": "all", "calendar": "office", "metrics": {"m": {"due": {"business_days": 0, "cutoff": "20:00"}}}},
        {"name": "urgent", "when": {"priority": "urgent"}, "calendar": "office", "metrics": {"m": {"due": {"business_days": 0, "by": "20:00"}}}},
    ]  # fmt: skip
    assert codes(policy(rules=rules)) == ["rule_hidden", "cutoff_outside_hours", "by_outside_hours"]


def test_the_work_of_thousands_of_clocks_and_metrics_is_that_of_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each clock is compared with the rules that promise its metric, and with no others."""
    looked_at = 0
    check_clock = clock_checks._check_clock

    def counted(policy: sla.Policy, metric: str, promised: list[Any]) -> Any:
        nonlocal looked_at
        looked_at += 1 + len(promised)
        return check_clock(policy, metric, promised)

    monkeypatch.setattr(clock_checks, "_check_clock", counted)
    office = {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00"}
    rules = [
        {
            "name": f"r{n}",
            "when": {"customer": f"c{n}"},
            "calendar": "o",
            "metrics": {f"m{n}": {"due": {"business_hours": "4h"}}},
        }
        for n in range(200)
    ]
    clocks = {f"m{n}": {"pausable": True} for n in range(200)}
    data = {"name": "x", "fields": {"customer": []}, "calendars": {"o": office}, "clocks": clocks, "rules": rules}
    sla.check_policy(sla.policy_from_data(data), as_of=AS_OF)
    assert looked_at == 400
