"""What policies refuse: the code, the place, what was given and what is accepted."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from tests.refusals import Refusal, check

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


def with_pieces(condition: object) -> sla.Policy:
    return read(fields={"pieces": "number"}, rules=[{**RULE, "when": {"pieces": condition}}])


def with_metric(**keys: object) -> sla.Policy:
    return with_rule(metrics={"first_response": {"due": {"business_hours": "4h"}, **keys}})


def version(name: str, year: int) -> sla.Policy:
    return read(name=name, valid_from=f"{year}-01-01T00:00:00+00:00")


def absence(**changed: object) -> object:
    asked: dict[str, Any] = {"first": TODAY, "last": TODAY, "announced": TODAY, **changed}
    return sla.absence_notice(asked.pop("calendar", CALENDAR), **asked)


def unnamed(keys: list[str], accepts: str, **holidays: object) -> Refusal:
    """The refusal of holidays of which nobody says whose they are."""
    where = "support.toml: calendars.office.holidays"
    return Refusal(
        lambda: with_office(holidays=holidays), sla.PolicyError, "holidays_not_named", where, str(keys), accepts
    )


GIVEN: Final = {"2026-11-30": "a"}

REFUSALS: Final = [
    # given holidays
    Refusal(lambda: with_office(holidays={"yearly": {"02-30": "a"}}), sla.HolidayError, "holiday_yearly_invalid",
            "support.toml: calendars.office.holidays.yearly.02-30", "'02-30'", '"12-24"'),
    Refusal(lambda: with_office(holidays={"dates": {"2026-11-31": "a"}}), sla.PolicyError, "date_invalid",
            "support.toml: calendars.office.holidays.dates.2026-11-31", "'2026-11-31'", "a date such as 2026-12-24"),
    Refusal(lambda: with_office(holidays={"dates": {"2026-11-30": []}}), sla.PolicyError, "value_invalid",
            "support.toml: calendars.office.holidays.dates.2026-11-30", "[]", "a list that is not empty"),
    Refusal(lambda: with_office(holidays={"dates": {"2201-01-01": "a"}}), sla.HorizonError, "holiday_year_unknown",
            "support.toml: calendars.office.holidays.dates", "2201", "years from 1900 to 2200"),
    Refusal(lambda: with_office(holidays={"country": "BE", "source": "us"}), sla.PolicyError, "holiday_source_of_nothing",
            "support.toml: calendars.office.holidays.source", "'us'", "dates or yearly beside it"),
    unnamed(["language"], "country or financial beside them", dates=GIVEN, language="de"),
    unnamed(["observed"], "country or financial beside them", dates=GIVEN, observed=False),
    unnamed(["add"], "country or financial beside them", dates=GIVEN, add={"2026-12-24": "b"}),
    unnamed(["remove"], "country or financial beside them", dates=GIVEN, remove=["2026-12-25"]),
    unnamed(["half_days", "subdivision"], "country or financial beside them", yearly={"12-24": "a"}, subdivision="BY", half_days=True),
    unnamed([], "country, financial, pinned, sets, dates or yearly"),
    unnamed(["dates"], "country, financial, pinned, sets, dates or yearly", dates={}),
    unnamed(["sets"], "country, financial, pinned, sets, dates or yearly", sets=[]),
    unnamed(["language"], "country, financial, pinned, sets, dates or yearly", language="de"),
    Refusal(lambda: with_office(holidays={"country": "GB", "financial": "XLON", "dates": {"2026-11-30": "a"}}),
            sla.HolidayError, "holiday_country_or_financial", "support.toml: calendars.office.holidays.country",
            "('GB', 'XLON')", "one of both"),
    Refusal(lambda: with_office(holidays={"country": "BE", "pinned": sla.FrozenHolidays.of({}, years=(2026, 2026))}),
            sla.PolicyError, "pin_of_others", "support.toml: calendars.office.holidays.pinned", "'country': None", "BE"),
    Refusal(lambda: sla.GivenHolidays.of({TODAY: ""}), sla.HolidayError, "holiday_without_name",
            "dates", "''", "a name, or several"),
    # which rule, and which calendar
    Refusal(lambda: with_rule(calendar=None), sla.PolicyError, "key_missing",
            "support.toml: rules[0].calendar", "", "calendar = ..."),
    Refusal(lambda: with_rule(calendar=5), sla.PolicyError, "value_invalid",
            "support.toml: rules[0].calendar", "5", 'a name, or a table such as { field = "office"'),
    Refusal(lambda: with_rule(calendar={"field": "topic"}), sla.PolicyError, "value_invalid",
            "support.toml: rules[0].calendar", "{'field': 'topic'}", 'a name, or a table such as { field = "office"'),
    Refusal(lambda: with_rule(calendar={"field": "topic", "a": "offise"}), sla.PolicyError, "calendar_missing",
            "support.toml: rules[0].calendar.a", "'offise'", "office"),
    Refusal(lambda: with_rule(calendar={"field": "topics", "a": "office"}), sla.PolicyError, "field_undeclared",
            "support.toml: rules[0].calendar.field", "'topics'", "topic"),
    Refusal(lambda: read(fields={"topic": ["a"]}, rules=[{**RULE, "calendar": {"field": "topic", "b": "office"}}]),
            sla.PolicyError, "field_value_unknown", "support.toml: rules[0].calendar.b", "'b'", "a"),
    Refusal(lambda: read(fields={"tags": "list"}, rules=[{**RULE, "calendar": {"field": "tags", "b": "office"}}]),
            sla.PolicyError, "calendar_by_text_only", "support.toml: rules[0].calendar.field", "'tags'", "a field that is a text"),
    Refusal(lambda: with_rule(calendar={"field": "topic", "a": "office"}).promise(FRIDAY, priority="urgent", topic="b"),
            sla.PolicyError, "calendar_not_chosen", "topic", "'b'", "a, or a default in the policy"),
    Refusal(lambda: with_rule(any_of=[]), sla.PolicyError, "value_invalid",
            "support.toml: rules[0].any_of", "[]", "a list that is not empty"),
    Refusal(lambda: with_rule(any_of=[{}]), sla.PolicyError, "condition_empty",
            "support.toml: rules[0].any_of[0]", "{}", "one or more fields"),
    Refusal(lambda: with_rule(any_of=[{"topc": "a"}]), sla.PolicyError, "field_undeclared",
            "support.toml: rules[0].any_of[0].topc", "'topc'", "topic"),
    Refusal(lambda: with_rule(any_of=[{"topic": "a"}, {"topic": {"over": 5}}]), sla.PolicyError, "operator_misplaced",
            "support.toml: rules[0].any_of[1].topic.over", "'over'", "any, not"),
    Refusal(lambda: read(unmatched="nothing"), sla.PolicyError, "value_invalid",
            "support.toml: unmatched", "'nothing'", "no_promise"),
    # absences
    Refusal(lambda: absence(calendar="office"), sla.SlaError, "argument_invalid",
            "calendar", "'office'", "a calendar"),
    Refusal(lambda: absence(announced="2026-11-20"), sla.InstantError, "not_a_date",
            "announced", "'2026-11-20'", "datetime.date(2026, 12, 24)"),
    Refusal(lambda: absence(longer_than="5"), sla.SlaError, "argument_invalid",
            "longer_than", "'5'", "a whole number of working dates"),
    Refusal(lambda: absence(notice=14), sla.AmountError, "amount_not_timedelta",
            "notice", "14", "a datetime.timedelta, zero or longer"),
    Refusal(lambda: absence(first=date(2026, 11, 21)), sla.SpecialDayError, "absence_reversed",
            "", "'2026-11-21..2026-11-20'", "a first date at or before the last"),
    # versions
    Refusal(lambda: sla.PolicyVersions.of([]), sla.PolicyError, "versions_empty",
            "", "", "at least one policy"),
    Refusal(lambda: sla.PolicyVersions.of([5]), sla.SlaError, "argument_invalid",  # type: ignore[list-item]
            "policies", "5", "several policies, such as [policy]"),
    Refusal(lambda: sla.PolicyVersions.of([read()]), sla.PolicyError, "version_without_start",
            "valid_from", "'support'", "valid_from"),
    Refusal(lambda: sla.PolicyVersions.of([version("a", 2026), version("b", 2026)]), sla.PolicyError, "versions_overlap",
            "", "'a to None, b from 2026-01-01", "versions that follow each other"),
    Refusal(lambda: sla.PolicyVersions.of([version("a", 2027)]).promise(FRIDAY), sla.PolicyError, "no_version",
            "", "'2026-11-20T15:00:00+00:00'", "a from 2027-01-01 00:00:00+00:00"),
    # what is asked of a policy
    Refusal(lambda: read().promise(FRIDAY, priority="low"), sla.PolicyError, "no_rule_matches",
            "support", "{'priority': 'low'}", "rule 'urgent' wants that priority is urgent, given low; a last rule"),
    Refusal(lambda: read().promise(FRIDAY, tier="gold"), sla.PolicyError, "field_undeclared",
            "tier", "'tier'", "market, channel, priority, topic"),
    Refusal(lambda: read(fields={"priority": ["urgent"]}).promise(FRIDAY, priority="low"), sla.PolicyError, "field_value_unknown",
            "priority", "'low'", "urgent"),
    Refusal(lambda: read().promise_for(FRIDAY, "urgent"), sla.SlaError, "argument_invalid",  # type: ignore[arg-type]
            "fields", "'urgent'", 'a mapping such as {"priority": "high"}'),
    Refusal(lambda: read().promise(FRIDAY, priority="urgent", origins=FRIDAY), sla.SlaError, "argument_invalid",  # type: ignore[call-overload]
            "origins", "datetime.datetime(2026, 11, 20, 15, 0,", "a mapping of names to instants"),
    Refusal(lambda: read().promise(FRIDAY, priority="urgent", origins={"delivered": FRIDAY}), sla.PolicyError, "origin_unknown",
            "origins", "'delivered'", "no named instant in this policy"),
    Refusal(lambda: read().calendar("offcie"), sla.PolicyError, "calendar_missing",
            "", "'offcie'", "office"),
    Refusal(lambda: sla.check_policy("support.toml", as_of=FRIDAY), sla.SlaError, "argument_invalid",  # type: ignore[arg-type]
            "policy", "'support.toml'", "a Policy, such as each of"),
    Refusal(lambda: sla.check_policy(read(), as_of=TODAY), sla.InstantError, "not_a_datetime",  # type: ignore[arg-type]
            "as_of", "datetime.date(2026, 11, 20)", "an aware datetime.datetime; read text"),
    Refusal(lambda: sla.sample_policy("webshop"), sla.PolicyError, "sample_unknown",
            "", "'webshop'", "b2b_marketplace, channel_guide,"),
    # what is written in a policy
    Refusal(lambda: sla.policy_from_data(["support"]), sla.PolicyError, "policy_no_table",  # type: ignore[arg-type]
            "policy", "['support']", "a table, as tomllib or json reads it;"),
    Refusal(lambda: read(valid_from="2026-01-01T00:00:00Z", valid_until="2025-01-01T00:00:00Z"), sla.PolicyError, "validity_reversed",
            "support.toml: valid_until", "'2026-01-01T00:00:00+00:00..2025-01-01T0", "valid_until after valid_from"),
    Refusal(lambda: read(rules=[]), sla.PolicyError, "rules_empty",
            "support.toml: rules", "", "[[rules]] with a name"),
    Refusal(lambda: with_rule(when={"priority": []}), sla.PolicyError, "condition_empty",
            "support.toml: rules[0].when.priority", "[]", "one or more values"),
    Refusal(lambda: with_rule(when={"priority": {"ovr": 5}}), sla.PolicyError, "operator_unknown",
            "support.toml: rules[0].when.priority.ovr", "'ovr'", "over, at_least, under"),
    Refusal(lambda: with_rule(when={"priority": {"over": 5}}), sla.PolicyError, "operator_misplaced",
            "support.toml: rules[0].when.priority.over", "'over'", "any, not"),
    Refusal(lambda: with_pieces({"over": "many"}), sla.PolicyError, "number_invalid",
            "support.toml: rules[0].when.pieces.over", "'many'", "a number such as 500 or 12.5, of at most 15 digits"),
    Refusal(lambda: with_pieces({"over": 5, "under": 5}), sla.PolicyError, "condition_impossible",
            "support.toml: rules[0].when.pieces", "'over 5, under 5'", "bounds with numbers between them"),
    Refusal(lambda: with_pieces({"not": []}), sla.PolicyError, "condition_empty",
            "support.toml: rules[0].when.pieces.not", "[]", "one or more values"),
    Refusal(lambda: with_pieces({"over": 5}).rule_for(pieces="1,000"), sla.PolicyError, "number_invalid",
            "pieces", "'1,000'", "a number such as 500 or 12.5"),
    Refusal(lambda: read(fields={"pieces": "nubmer"}), sla.PolicyError, "field_kind_unknown",
            "support.toml: fields.pieces", "'nubmer'", "number, list, or a list of the values"),
    Refusal(lambda: read(fields={"topic": "list"}), sla.PolicyError, "field_kind_unknown",
            "support.toml: fields.topic", "'list'", "a list of values; or a field of your own"),
    Refusal(lambda: with_rule(calendar="offcie"), sla.PolicyError, "calendar_missing",
            "support.toml: rules[0].calendar", "'offcie'", "office"),
    Refusal(lambda: with_rule(metrics={"first_response": {}}), sla.PolicyError, "key_missing",
            "support.toml: rules[0].metrics.first_response.due", "", "due = ..."),
    Refusal(lambda: with_metric(due={"days": 1}), sla.PolicyError, "target_unknown",
            "support.toml: rules[0].metrics.first_response.due", "{'days': 1}", "a table with one of business_hours,"),
    Refusal(lambda: with_metric(objective="95"), sla.PolicyError, "share_invalid",
            "support.toml: rules[0].metrics.first_response.objective", "'95'", '"95%", or 0.95: more than 0, up to 1'),
    Refusal(lambda: with_metric(warnings=["soon"]), sla.AmountError, "amount_invalid",
            "support.toml: rules[0].metrics.first_response.warnings[0]", "'soon'", 'a share of the way from "1%" to "99%",'),
    Refusal(lambda: with_metric(promise="typicl"), sla.PolicyError, "value_invalid",
            "support.toml: rules[0].metrics.first_response.promise", "'typicl'", "typical, owed, best_effort"),
    Refusal(lambda: with_metric(promise="typical", objective="95%"), sla.PolicyError, "key_not_fitting",
            "support.toml: rules[0].metrics.first_response.objective", "0.95", 'leave it out; or promise = "owed"'),
    Refusal(lambda: with_metric(promise="best_effort", owed_by="customer"), sla.PolicyError, "key_not_fitting",
            "support.toml: rules[0].metrics.first_response.owed_by", "'customer'", 'leave it out; or promise = "owed"'),
    Refusal(lambda: with_metric(owed_by="customer", follow_up={"business_hours": "2h"}), sla.PolicyError, "key_not_fitting",
            "support.toml: rules[0].metrics.first_response.follow_up", "'2h in business hours'", 'leave it out; or owed_by = "us"'),
    Refusal(lambda: with_rule(escalation=[{"to": "a manager"}]), sla.PolicyError, "escalation_step_unclear",
            "support.toml: rules[0].escalation[0]", "'a manager'", 'after = {...} or on = "...", one of them'),
    Refusal(lambda: with_rule(rank="high"), sla.PolicyError, "value_invalid",
            "support.toml: rules[0].rank", "'high'", "a whole number"),
    Refusal(lambda: read(guide={"languages": {"BE": 5}}), sla.PolicyError, "value_invalid",
            "support.toml: guide.languages.BE", "5", "a list"),
    Refusal(lambda: read(guide={"languages": {"BE": "Flemish!"}}), sla.PolicyError, "guide_language_invalid",
            "support.toml: guide.languages.BE", "'Flemish!'", 'a code such as "fi" or "fr-CA"'),
    Refusal(lambda: read(guide={"channels": {"chat": {"speed": "fast", "contact": {"link": "javascript:open()"}}}}),
            sla.PolicyError, "contact_invalid", "support.toml: guide.channels.chat.contact.link", "'javascript:open()'",
            'an address such as "https://shop.example/chat"'),
    Refusal(lambda: read(guide={"have_ready": "the order number", "translations": {"fi": {"the ordernumber": "tilausnumero"}}}),
            sla.PolicyError, "translation_of_nothing", "support.toml: guide.translations.fi.the ordernumber",
            "'the ordernumber'", "the order number"),
    Refusal(lambda: with_rule(metrics=5), sla.PolicyError, "value_invalid",
            "support.toml: rules[0].metrics", "5", "a table"),
    Refusal(lambda: with_office(special_days=5), sla.PolicyError, "value_invalid",
            "support.toml: calendars.office.special_days", "5", "a list"),
    Refusal(lambda: with_office(open_on_holidays="yes"), sla.PolicyError, "value_invalid",
            "support.toml: calendars.office.open_on_holidays", "'yes'", "true or false"),
    Refusal(lambda: read(name=""), sla.PolicyError, "value_invalid",
            "support.toml: name", "''", "text that is not empty"),
    # calendars of a policy
    Refusal(lambda: read(calendars={"office": {"hours": "24/7"}}), sla.PolicyError, "calendar_incomplete",
            "support.toml: calendars.office", "['hours']", "zone and hours; or extends, and"),
    Refusal(lambda: read(calendars={"office": OFFICE, "more": {"extends": "office", "zone": "UTC"}}), sla.PolicyError, "calendar_both",
            "support.toml: calendars.more", "['zone']", "add_hours, holidays, special_days,"),
    Refusal(lambda: read(calendars={"office": OFFICE, "more": {"extends": "most"}}), sla.PolicyError, "calendar_missing",
            "support.toml: calendars.more.extends", "'most'", "office, more"),
    Refusal(lambda: read(calendars={"office": {"extends": "office"}}), sla.PolicyError, "extends_cycle",
            "support.toml: calendars.office.extends", "'office -> office'", "a chain that ends at a calendar with"),
    Refusal(lambda: with_office(versions={"next year": "24/7"}), sla.PolicyError, "date_invalid",
            "support.toml: calendars.office.versions.next year", "'next year'", "a date such as 2026-12-24"),
    Refusal(lambda: with_office(holidays={"country": "BE", "pinned": "BE.json", "remove": ["2026-11-11"]}), sla.PolicyError, "pinned_changed",
            "support.toml: calendars.office.holidays", "['country', 'pinned', 'remove']", "pinned, or add and remove; freeze the"),
    Refusal(lambda: with_office(holidays={"country": "BE", "pinned": "BE.json"}), sla.PolicyError, "pin_path_invalid",
            "support.toml: calendars.office.holidays.pinned", "'BE.json'", "a relative path without .., in a policy"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_policies_refuse(refusal: Refusal) -> None:
    check(refusal)


def test_a_pin_file_of_other_holidays_is_refused_with_both(tmp_path: Path) -> None:
    (tmp_path / "BE.json").write_text(sla.Holidays("BE").freeze(2026, 2026).to_json(), encoding="utf-8")
    with pytest.raises(sla.PolicyError) as refused:
        read(tmp_path, calendars={"office": {**OFFICE, "holidays": {"country": "NL", "pinned": "BE.json"}}})
    assert str(refused.value.problems[0]) == (
        "support.toml: calendars.office.holidays.pinned: the pin file holds other holidays; "
        "given {'country': 'BE'}; accepted: {'country': 'NL'}"
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


@pytest.mark.slow
@pytest.mark.parametrize("first", ["office", "more"])
def test_calendars_have_as_many_exceptions_as_the_limit_says_whichever_comes_first(first: str) -> None:
    both = {"office": HALF, "more": {"extends": "office"}}
    calendars = {first: both[first], **both}
    assert len(read(calendars=calendars).calendar("more").absences) == 851


@pytest.mark.slow
def test_one_exception_beyond_the_limit_is_refused() -> None:
    closed = {"extends": "office", "special_days": {"2026-12-24": "closed"}}
    with pytest.raises(sla.PolicyError) as refused:
        read(calendars={"office": HALF, "more": closed})
    assert str(refused.value) == (
        "support.toml: calendars.more: the calendars have too many exceptions together; given 300001; "
        "accepted: at most 300000, where a recurrence counts as 1000 and what is extended counts again"
    )
