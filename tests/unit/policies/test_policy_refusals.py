"""What policies refuse, word for word: a message is read by people, and is part of what is promised."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla

FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=UTC)
TODAY: Final = FRIDAY.date()
CALENDAR: Final = sla.Calendar("UTC", "Mon-Fri 09:00-17:00")
OFFICE: Final[dict[str, Any]] = {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00"}
RULE: Final[dict[str, Any]] = {
    "name": "urgent",
    "when": {"priority": "urgent"},
    "calendar": "office",
    "metrics": {"first_response": {"due": {"business_hours": "4h"}}},
}
SUPPORT: Final[dict[str, Any]] = {"name": "support", "calendars": {"office": OFFICE}, "rules": [RULE]}


def read(folder: Path | None = None, **keys: object) -> sla.Policy:
    """The policy of a file, with some keys of it replaced."""
    return sla.policy_from_data({**SUPPORT, **keys}, where="support.toml", folder=folder)


def with_office(**keys: object) -> sla.Policy:
    return read(calendars={"office": {**OFFICE, **keys}})


def with_rule(**keys: object) -> sla.Policy:
    return read(rules=[{**RULE, **keys}])


def with_metric(**keys: object) -> sla.Policy:
    return with_rule(metrics={"first_response": {"due": {"business_hours": "4h"}, **keys}})


def version(name: str, year: int) -> sla.Policy:
    return read(name=name, valid_from=f"{year}-01-01T00:00:00+00:00")


def absence(**changed: object) -> object:
    asked: dict[str, Any] = {"first": TODAY, "last": TODAY, "announced": TODAY, **changed}
    return sla.absence_notice(asked.pop("calendar", CALENDAR), **asked)


@pytest.mark.parametrize(
    ("ask", "kind", "code", "said"),
    [
        # absences
        (lambda: absence(calendar="office"), sla.SlaError, "argument_invalid",
         "calendar: this is of another kind; given 'office'; accepted: a calendar"),
        (lambda: absence(announced="2026-11-20"), sla.InstantError, "not_a_date",
         "announced: this is not a date; given '2026-11-20'; accepted: datetime.date(2026, 12, 24)"),
        (lambda: absence(longer_than="5"), sla.SlaError, "argument_invalid",
         "longer_than: this is of another kind; given '5'; accepted: a whole number of working dates"),
        (lambda: absence(notice=14), sla.AmountError, "amount_not_timedelta",
         "notice: the amount is not a timedelta; given 14; accepted: a datetime.timedelta, zero or longer"),
        (lambda: absence(first=date(2026, 11, 21)), sla.PolicyError, "absence_reversed",
         "the absence ends before it starts; given '2026-11-21..2026-11-20'; accepted: a first date at or before the last"),
        # versions
        (lambda: sla.PolicyVersions.of([]), sla.PolicyError, "versions_empty",
         "there is no version; accepted: at least one policy"),
        (lambda: sla.PolicyVersions.of([5]), sla.SlaError, "argument_invalid",  # type: ignore[list-item]
         "policies: this is of another kind; given 5; accepted: several policies, such as [policy]"),
        (lambda: sla.PolicyVersions.of([read()]), sla.PolicyError, "version_without_start",
         "valid_from: a version says from when it is in force; given 'support'; accepted: valid_from"),
        (lambda: sla.PolicyVersions.of([version("a", 2026), version("b", 2026)]), sla.PolicyError, "versions_overlap",
         ("two versions are in force at one time; given 'a to None, b from 2026-01-01 00:00:00+00:00'; "
          "accepted: versions that follow each other")),
        (lambda: sla.PolicyVersions.of([version("a", 2027)]).promise(FRIDAY), sla.PolicyError, "no_version",
         ("no version of the policy is in force; given '2026-11-20T15:00:00+00:00'; "
          "accepted: a from 2027-01-01 00:00:00+00:00")),
        # what is asked of a policy
        (lambda: read().promise(FRIDAY, priority="low"), sla.PolicyError, "no_rule_matches",
         ("support: no rule matches this ticket; given {'priority': 'low'}; "
          "accepted: fields that a rule matches; a last rule without `when` matches everything")),
        (lambda: read().promise(FRIDAY, tier="gold"), sla.PolicyError, "field_undeclared",
         "tier: the policy declares no such field; given 'tier'; accepted: market, channel, priority, topic"),
        (lambda: read(fields={"priority": ["urgent"]}).promise(FRIDAY, priority="low"), sla.PolicyError, "field_value_unknown",
         "priority: the field cannot have this value; given 'low'; accepted: urgent"),
        (lambda: read().promise_for(FRIDAY, "urgent"), sla.SlaError, "argument_invalid",  # type: ignore[arg-type]
         'fields: this is of another kind; given \'urgent\'; accepted: a mapping such as {"priority": "high"}'),
        (lambda: read().promise(FRIDAY, priority="urgent", origins=FRIDAY), sla.SlaError, "argument_invalid",  # type: ignore[arg-type]
         ("origins: this is of another kind; given datetime.datetime(2026, 11, 20, 15, 0, tzinfo=datetime.timezone.utc); "
          "accepted: a mapping of names to instants")),
        (lambda: read().promise(FRIDAY, priority="urgent", origins={"delivered": FRIDAY}), sla.PolicyError, "origin_unknown",
         ("origins: no metric counts from an instant of this name; given 'delivered'; "
          "accepted: no named instant in this policy")),
        (lambda: read().calendar("offcie"), sla.PolicyError, "calendar_missing",
         "there is no calendar of this name; given 'offcie'; accepted: office"),
        (lambda: sla.check_policy("support.toml", as_of=FRIDAY), sla.SlaError, "argument_invalid",  # type: ignore[arg-type]
         "policy: this is of another kind; given 'support.toml'; accepted: a Policy, such as each of PolicyVersions.policies"),
        (lambda: sla.check_policy(read(), as_of=TODAY), sla.InstantError, "not_a_datetime",  # type: ignore[arg-type]
         ("as_of: this is not a datetime; given datetime.date(2026, 11, 20); "
          "accepted: an aware datetime.datetime; read text with datetime.fromisoformat")),
        (lambda: sla.sample_policy("webshop"), sla.PolicyError, "sample_unknown",
         ("there is no sample policy of this name; given 'webshop'; "
          "accepted: b2b_marketplace, channel_guide, marketplace_seller, store_correspondence, webshop_helpdesk")),
        # what is written in a policy
        (lambda: sla.policy_from_data(["support"]), sla.PolicyError, "policy_no_table",  # type: ignore[arg-type]
         ("policy: a policy is a table; given ['support']; "
          "accepted: a table, as tomllib or json reads it; load_policy reads a file")),
        (lambda: read(valid_from="2026-01-01T00:00:00Z", valid_until="2025-01-01T00:00:00Z"), sla.PolicyError, "validity_reversed",
         ("support.toml: valid_until: the policy ends before it begins; "
          "given '2026-01-01T00:00:00+00:00..2025-01-01T00:00:00+00:00'; accepted: valid_until after valid_from")),
        (lambda: read(rules=[]), sla.PolicyError, "rules_empty",
         "support.toml: rules: a policy has at least one rule; accepted: [[rules]] with a name"),
        (lambda: with_rule(when={"priority": []}), sla.PolicyError, "condition_empty",
         ("support.toml: rules[0].when.priority: a condition without values matches no ticket; given []; "
          "accepted: one or more values")),
        (lambda: with_rule(calendar="offcie"), sla.PolicyError, "calendar_missing",
         "support.toml: rules[0].calendar: there is no calendar of this name; given 'offcie'; accepted: office"),
        (lambda: with_rule(metrics={"first_response": {}}), sla.PolicyError, "key_missing",
         "support.toml: rules[0].metrics.first_response.due: the key due is missing; accepted: due = ..."),
        (lambda: with_metric(due={"days": 1}), sla.PolicyError, "target_unknown",
         ("support.toml: rules[0].metrics.first_response.due: this names no kind of target, or two; given {'days': 1}; "
          "accepted: a table with one of business_hours, workday_hours, calendar_hours, business_days, calendar_days, "
          "next_opening, earliest and latest, inside and outside")),
        (lambda: with_metric(objective="95"), sla.PolicyError, "share_invalid",
         ("support.toml: rules[0].metrics.first_response.objective: this is not a share; given '95'; "
          'accepted: "95%", or 0.95: more than 0, up to 1')),
        (lambda: with_metric(warnings=["soon"]), sla.AmountError, "amount_invalid",
         ("support.toml: rules[0].metrics.first_response.warnings[0]: this is not an amount of time; given 'soon'; "
          'accepted: a share of the way from "1%" to "99%", or an amount before due: '
          'hours, minutes and seconds such as "4h", "90min", "1h 30min", "45s" or "PT4H"')),
        (lambda: with_rule(escalation=[{"to": "a manager"}]), sla.PolicyError, "escalation_step_unclear",
         ("support.toml: rules[0].escalation[0]: a step is reached after a time or on an event; given 'a manager'; "
          'accepted: after = {...} or on = "...", one of them')),
        (lambda: with_rule(rank="high"), sla.PolicyError, "value_invalid",
         "support.toml: rules[0].rank: the value does not fit; given 'high'; accepted: a whole number"),
        (lambda: read(guide={"languages": {"BE": 5}}), sla.PolicyError, "value_invalid",
         "support.toml: guide.languages.BE: the value does not fit; given 5; accepted: text"),
        (lambda: with_rule(metrics=5), sla.PolicyError, "value_invalid",
         "support.toml: rules[0].metrics: the value does not fit; given 5; accepted: a table"),
        (lambda: with_office(special_days=5), sla.PolicyError, "value_invalid",
         "support.toml: calendars.office.special_days: the value does not fit; given 5; accepted: a list"),
        (lambda: with_office(open_on_holidays="yes"), sla.PolicyError, "value_invalid",
         "support.toml: calendars.office.open_on_holidays: the value does not fit; given 'yes'; accepted: true or false"),
        (lambda: read(name=""), sla.PolicyError, "value_invalid",
         "support.toml: name: the value does not fit; given ''; accepted: text that is not empty"),
        # calendars of a policy
        (lambda: read(calendars={"office": {"hours": "24/7"}}), sla.PolicyError, "calendar_incomplete",
         ("support.toml: calendars.office: a calendar of its own has a zone and hours, and nothing to add them to; "
          "given ['hours']; accepted: zone and hours; or extends, and add_hours to extend it by")),
        (lambda: read(calendars={"office": OFFICE, "more": {"extends": "office", "zone": "UTC"}}), sla.PolicyError, "calendar_both",
         ("support.toml: calendars.more: a calendar that extends another takes these from it; given ['zone']; "
          "accepted: add_hours, special_days, absences, open_on_holidays")),
        (lambda: read(calendars={"office": OFFICE, "more": {"extends": "most"}}), sla.PolicyError, "calendar_missing",
         "support.toml: calendars.more.extends: there is no calendar of this name; given 'most'; accepted: office, more"),
        (lambda: read(calendars={"office": {"extends": "office"}}), sla.PolicyError, "extends_cycle",
         ("support.toml: calendars.office.extends: a calendar extends itself; given 'office -> office'; "
          "accepted: a chain that ends at a calendar with hours of its own")),
        (lambda: with_office(versions={"next year": "24/7"}), sla.PolicyError, "date_invalid",
         "support.toml: calendars.office.versions: this is not a date; given 'next year'; accepted: a date such as 2026-12-24"),
        (lambda: with_office(holidays={"country": "BE", "pinned": "BE.json", "remove": ["2026-11-11"]}), sla.PolicyError, "pinned_changed",
         ("support.toml: calendars.office.holidays: a pin file already says every date; "
          "given ['country', 'pinned', 'remove']; "
          "accepted: pinned, or add and remove; freeze the holidays with their changes instead")),
        (lambda: with_office(holidays={"country": "BE", "pinned": "BE.json"}), sla.PolicyError, "pin_path_invalid",
         ("support.toml: calendars.office.holidays.pinned: a pin file stands beside the policy file; given 'BE.json'; "
          "accepted: a relative path without .., in a policy loaded from a file")),
    ],
)  # fmt: skip
def test_a_refusal_word_for_word(ask: Callable[[], object], kind: type[sla.SlaError], code: str, said: str) -> None:
    with pytest.raises(sla.SlaError) as refused:
        ask()
    (problem,) = getattr(refused.value, "problems", ()) or (refused.value,)
    assert type(problem) is kind
    assert problem.code == code
    assert str(problem) == said


def test_a_pin_file_of_other_holidays_is_refused_with_both(tmp_path: Path) -> None:
    (tmp_path / "BE.json").write_text(sla.Holidays("BE").freeze(2026, 2026).to_json(), encoding="utf-8")
    with pytest.raises(sla.PolicyError) as refused:
        read(tmp_path, calendars={"office": {**OFFICE, "holidays": {"country": "NL", "pinned": "BE.json"}}})
    assert str(refused.value.problems[0]) == (
        "support.toml: calendars.office.holidays.pinned: the pin file holds other holidays; "
        "given ('BE', None, ('public',)); accepted: ('NL', None, ('public',))"
    )


# ---------------------------------------------------------------- what is wrong is said once

OTHERS: Final[dict[str, tuple[dict[str, object], list[str]]]] = {
    "the calendar that is extended cannot be read": (
        {"more": {"extends": "base"}, "base": {"zone": "UTC", "hours": 9}},
        ["hours_not_text calendars.base.hours"],
    ),
    "the calendar that is extended extends one that is not there": (
        {"more": {"extends": "base"}, "base": {"extends": "bsae"}},
        ["calendar_missing calendars.base.extends"],
    ),
    "two extend a calendar that cannot be built": (
        {"a": {"extends": "base"}, "base": {"zone": "UTC", "hours": "closed"}, "b": {"extends": "base"}},
        ["never_opens calendars.base.hours"],
    ),
}


@pytest.mark.parametrize(("calendars", "expected"), OTHERS.values(), ids=OTHERS)
def test_what_is_wrong_with_a_calendar_is_said_once_and_not_of_those_that_extend_it(
    calendars: dict[str, object], expected: list[str]
) -> None:
    with pytest.raises(sla.PolicyError) as refused:
        read(calendars={"office": OFFICE, **calendars})
    assert expected == [f"{each.code} {each.where.removeprefix('support.toml: ')}" for each in refused.value.problems]


# ---------------------------------------------------------------- how much a policy may hold


HALF: Final[dict[str, Any]] = {
    **OFFICE,
    "special_days": [
        {"on": f"FREQ=YEARLY;BYMONTH={1 + i // 28};BYMONTHDAY={1 + i % 28}", "hours": "closed"} for i in range(149)
    ],
    "absences": [
        {"start": f"2026-01-01T{i // 60:02}:{i % 60:02}:00Z", "end": f"2026-01-01T{i // 60:02}:{i % 60:02}:30Z"}
        for i in range(851)
    ],
}
"""149 recurrences count 1,001 each, one as an exception and a thousand as dates, and 851 absences one each: 150,000."""


@pytest.mark.parametrize("first", ["office", "more"])
def test_calendars_have_as_many_exceptions_as_the_limit_says_whichever_comes_first(first: str) -> None:
    both = {"office": HALF, "more": {"extends": "office"}}
    calendars = {first: both[first], **both}
    assert len(read(calendars=calendars).calendar("more").absences) == 851


def test_one_exception_beyond_the_limit_is_refused() -> None:
    closed = {"extends": "office", "special_days": {"2026-12-24": "closed"}}
    with pytest.raises(sla.PolicyError) as refused:
        read(calendars={"office": HALF, "more": closed})
    assert str(refused.value) == (
        "support.toml: calendars.more: the calendars have too many exceptions together; given 300001; "
        "accepted: at most 300000, where a recurrence counts as 1000 and what is extended counts again"
    )
