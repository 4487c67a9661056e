"""Policies: which rule a ticket falls under, on which calendar, and what it is promised."""

import copy
import json
import pickle
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from tests.helpers import BRUSSELS, wall_clock

FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=BRUSSELS)


at = wall_clock(BRUSSELS)


def one_hour(**more: object) -> dict[str, Any]:
    """A metric of one business hour, and more keys of it."""
    return {"first_response": {"due": {"business_hours": "1h"}, **more}}


def rule(name: str, **keys: object) -> dict[str, Any]:
    return {"name": name, "calendar": "office", "metrics": one_hour(), **keys}


def policy(
    *rules: Mapping[str, object],
    calendars: Mapping[str, object] | None = None,
    fields: Mapping[str, object] | None = None,
    **keys: object,
) -> sla.Policy:
    """A policy with an office in Brussels, and whatever a test says."""
    office = {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00"}
    data = {
        "name": "support",
        "calendars": {"office": office, **(calendars or {})},
        "rules": list(rules or [rule("everybody")]),
        "fields": fields or {},
        **keys,
    }
    return sla.policy_from_data(data)


def metric(**keys: object) -> sla.Policy:
    """A policy of one rule with one metric."""
    return policy(rule("everybody", metrics={"first_response": {"due": {"business_hours": "4h"}, **keys}}))


def first_response(keys: Mapping[str, object], received: datetime = FRIDAY, **origins: datetime) -> sla.Promise:
    return metric(**keys).promise(received, origins=origins)["first_response"]


# ---------------------------------------------------------------- which rule

RULES: Final = policy(
    rule("urgent in Belgium", when={"priority": "urgent", "market": "BE"}),
    rule("urgent", when={"priority": ["urgent", "critical"]}),
    rule("gold", when={"tier": "gold"}),
    rule("urgent gold, hidden", when={"priority": "urgent", "tier": "gold"}),
    rule("complicated", when={"topic": "complicated"}),
    rule("the rest"),
    fields={"priority": ["urgent", "critical", "normal"], "tier": ["gold", "silver"], "customer": []},
)


@pytest.mark.parametrize(
    ("fields", "expected", "why"),
    [
        ({"priority": "urgent", "market": "BE"}, "urgent in Belgium", "every field that it tests has its value"),
        ({"priority": "urgent", "market": "NL"}, "urgent", "the first rule tests the market"),
        ({"priority": "urgent"}, "urgent", "a field that is left out matches only rules that do not test it"),
        ({"market": "BE"}, "the rest", ""),
        ({"priority": "critical"}, "urgent", "one of several values"),
        ({"tier": "gold"}, "gold", ""),
        ({"priority": "urgent", "tier": "gold"}, "urgent", "the first match wins, not the closest one"),
        ({"priority": "normal", "tier": "gold"}, "gold", ""),
        ({"topic": "complicated"}, "complicated", "topic is declared by the library, with any value"),
        ({"topic": "easy", "channel": "form"}, "the rest", ""),
        ({"customer": "number 7"}, "the rest", "declared without values: any"),
        ({}, "the rest", "no field at all"),
    ],
)
def test_the_first_rule_that_matches_wins(fields: dict[str, Any], expected: str, why: str) -> None:
    assert expected == RULES.rule_for(**fields).name, why
    assert expected == RULES.promise(FRIDAY, **fields)["first_response"].rule, why


@pytest.mark.parametrize(
    ("fields", "code", "where", "accepts"),
    [
        ({"colour": "red"}, "field_undeclared", "colour", "market, channel, priority, topic, tier, customer"),
        ({"Priority": "urgent"}, "field_undeclared", "Priority", "priority, market, channel, topic, tier, customer"),
        ({"priority": "Urgent"}, "field_value_unknown", "priority", "urgent, critical, normal"),
        ({"priority": ""}, "field_value_unknown", "priority", "urgent, critical, normal"),
        ({"priority": 1}, "field_value_unknown", "priority", "urgent, critical, normal"),
        ({"customer": 7.5}, "field_value_unknown", "customer", "text"),
        ({"topic": ["complicated"]}, "field_value_unknown", "topic", "text"),
    ],
    ids=str,
)
def test_an_undeclared_field_or_value_is_refused(fields: dict[str, Any], code: str, where: str, accepts: str) -> None:
    with pytest.raises(sla.PolicyError) as refused:
        RULES.promise(FRIDAY, **fields)
    error = refused.value
    assert (code, where, accepts) == (error.code, error.where, error.accepts)


def test_a_ticket_that_no_rule_matches_is_refused_with_its_fields() -> None:
    only_urgent = policy(rule("urgent", when={"priority": "urgent"}))
    with pytest.raises(sla.PolicyError, match="no rule matches this ticket") as refused:
        only_urgent.promise(FRIDAY, priority="normal", market="BE")
    error = refused.value
    assert (error.code, error.where) == ("no_rule_matches", "support")
    assert "'priority': 'normal'" in error.given
    assert "without `when`" in error.accepts


def test_an_empty_list_of_values_is_refused_because_it_matches_nothing() -> None:
    with pytest.raises(sla.PolicyError) as refused:
        policy(rule("nobody", when={"priority": []}))
    assert refused.value.where == "policy.rules[0].when.priority"


def test_a_field_that_a_rule_tests_must_be_declared_whatever_its_values() -> None:
    with pytest.raises(sla.PolicyError) as refused:
        policy(rule("nobody", when={"colour": []}))
    assert "policy.rules[0].when.colour" in {problem.where for problem in refused.value.problems}


def test_every_value_that_a_rule_cannot_test_is_a_problem_of_its_own() -> None:
    with pytest.raises(sla.PolicyError) as refused:
        policy(
            rule("misspelt", when={"priority": ["urgnet", "normal", "hihg"], "colour": "red"}),
            fields={"priority": ["urgent", "high", "normal"]},
        )
    assert [problem.given for problem in refused.value.problems] == ["'urgnet'", "'hihg'", "'colour'"]


# ---------------------------------------------------------------- which calendar


def test_a_metric_may_have_a_calendar_of_its_own() -> None:
    promises = policy(
        rule(
            "everybody",
            metrics={
                "first_response": {"due": {"business_hours": "4h"}},
                "resolution": {"due": {"business_hours": "4h"}, "calendar": "weekend"},
            },
        ),
        calendars={"weekend": {"zone": "Europe/Brussels", "hours": "Sat,Sun 10:00-16:00"}},
    ).promise(FRIDAY)
    assert at("2026-11-23 11:00") == promises["first_response"].due
    assert at("2026-11-21 14:00") == promises["resolution"].due
    assert [promise.calendar_name for promise in promises.values()] == ["office", "weekend"]


def test_a_calendar_extends_another_which_may_come_later_and_extend_a_third() -> None:
    found = policy(
        rule("everybody", calendar="sundays"),
        calendars={
            "sundays": {"extends": "saturdays", "add_hours": "Sun 10:00-11:00"},
            "saturdays": {"extends": "office", "add_hours": "Sat 09:00-12:00"},
        },
    )
    office = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00")
    assert office == found.calendar("office")
    assert office.extend(add_hours="Sat 09:00-12:00") == found.calendar("saturdays")
    assert str(found.calendar("sundays").hours) == "Mon-Fri 09:00-17:00; Sat 09:00-12:00; Sun 10:00-11:00"
    assert list(found.calendars) == ["office", "sundays", "saturdays"]


def test_an_extending_calendar_adds_to_every_layer_and_version() -> None:
    found = policy(
        calendars={
            "base": {
                "zone": "Europe/Brussels",
                "hours": "Mon-Fri 09:00-17:00",
                "holidays": "BE",
                "versions": {"2027-01-01": "Mon-Fri 08:00-16:00"},
                "special_days": {"2026-12-24": "09:00-13:00"},
                "absences": [{"start": "2026-12-01T00:00:00+01:00", "end": "2026-12-02T00:00:00+01:00"}],
            },
            "more": {
                "extends": "base",
                "add_hours": {"Sun,PH": "09:00-12:00"},
                "special_days": [{"on": "2026-12-31", "hours": "closed", "name": "inventory"}],
                "absences": [{"start": "2026-12-03T00:00:00+01:00", "end": "2026-12-04T00:00:00+01:00", "name": "move"}],
            },
            "through": {"extends": "more", "open_on_holidays": True},
        },
    )  # fmt: skip
    more, through = found.calendar("more"), found.calendar("through")
    assert str(more.hours) == "Mon-Fri 09:00-17:00; Sun,PH 09:00-12:00"
    assert [(date(2027, 1, 1), "Mon-Fri 08:00-16:00; Sun,PH 09:00-12:00")] == [
        (day, str(hours)) for day, hours in more.versions
    ]
    assert [date(2026, 12, 24), date(2026, 12, 31)] == [special.on for special in more.special_days]
    assert [special.name for special in more.special_days] == ["", "inventory"]
    assert [absence.name for absence in more.absences] == ["", "move"]
    wednesday = at("2026-11-11 15:00")  # Armistice Day
    assert at("2026-11-12 09:00") == more.roll_forward(wednesday)
    assert wednesday == through.roll_forward(wednesday)


def test_a_calendar_that_the_policy_lacks_is_refused_by_name() -> None:
    with pytest.raises(sla.PolicyError) as refused:
        policy().calendar("offcie")
    error = refused.value
    assert (error.code, error.given, error.accepts) == ("calendar_missing", "'offcie'", "office")


def test_holidays_can_be_added_and_taken_away() -> None:
    found = policy(
        calendars={
            "bridge": {
                "zone": "Europe/Brussels",
                "hours": "Mon-Fri 09:00-17:00",
                "holidays": {"country": "BE", "add": {"2026-11-12": "bridge"}, "remove": ["2026-11-11"]},
            }
        }
    ).calendar("bridge")
    assert at("2026-11-11 10:00") == found.roll_forward(at("2026-11-11 10:00"))
    assert at("2026-11-13 09:00") == found.roll_forward(at("2026-11-12 10:00"))


@pytest.mark.parametrize(
    "more",
    [
        {"add": {"2026-11-12": "bridge"}},
        {"remove": ["2026-11-11"]},
        {"subdivision": "German"},
        {"categories": ["bank"]},
        {"country": "DE"},
    ],
    ids=str,
)
def test_what_a_pin_file_does_not_follow_is_never_ignored_in_silence(tmp_path: Path, more: dict[str, object]) -> None:
    (tmp_path / "BE.json").write_text(sla.Holidays("BE").freeze(2025, 2027).to_json(), encoding="utf-8")
    pinned: dict[str, object] = {"country": "BE", "pinned": "BE.json"}

    def built(holidays: dict[str, object]) -> sla.Policy:
        office = {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00", "holidays": holidays}
        data = {"name": "pinned", "calendars": {"office": office}, "rules": [rule("everybody")]}
        return sla.policy_from_data(data, folder=tmp_path)

    plain = built(pinned).calendar("office")
    try:
        other = built({**pinned, **more}).calendar("office")
    except sla.PolicyError as refused:
        assert "holidays" in refused.where  # noqa: PT017 - it may also be followed
    else:
        assert plain.digest != other.digest


# ---------------------------------------------------------------- what is promised


def test_a_promise_says_by_which_rule_and_calendar_from_when_until_when() -> None:
    promise = first_response({})
    assert at("2026-11-23 11:00") == promise.due
    assert (promise.policy, promise.rule, promise.calendar_name) == ("support", "everybody", "office")
    assert (promise.received, promise.origin) == (FRIDAY, FRIDAY)
    assert sla.BusinessHours(amount=timedelta(hours=4)) == promise.target
    assert (promise.earliest, promise.expected, promise.follow_up, promise.objective) == (None, None, None, None)
    assert timedelta(hours=4) == promise.ledger.counted


def test_the_receipt_stays_as_it_was_given_and_due_is_in_the_zone_of_the_calendar() -> None:
    received = datetime.fromisoformat("2026-11-20T14:00:00+00:00")
    promise = first_response({}, received)
    assert promise.received.isoformat() == "2026-11-20T14:00:00+00:00"
    assert promise.due.isoformat() == "2026-11-23T11:00:00+01:00"


def test_expected_is_what_we_aim_at_and_due_what_we_owe() -> None:
    promise = first_response({"due": {"workday_hours": "24h"}, "expected": {"business_hours": "3h"}})
    assert at("2026-11-23 10:00") == promise.expected
    assert at("2026-11-23 15:00") == promise.due
    assert str(promise.expected_target) == "3h in business hours"


def test_a_range_has_an_earliest() -> None:
    due = {"earliest": {"workday_hours": "24h"}, "latest": {"workday_hours": "48h"}}
    promise = first_response({"due": due})
    assert (at("2026-11-23 15:00"), at("2026-11-24 15:00")) == (promise.earliest, promise.due)


@pytest.mark.parametrize(
    ("due", "follow_up", "expected", "why"),
    [
        ({"workday_hours": "24h"}, {"workday_hours": "48h"}, "2026-11-24 15:00", "48 workday hours after Friday 15:00"),
        ({"business_hours": "4h"}, {"business_hours": "1h"}, "2026-11-23 11:00", "not before due"),
        ({"business_hours": "4h"}, {"business_hours": "4h"}, "2026-11-23 11:00", "at due"),
        ({"workday_hours": "24h"}, {"calendar_hours": "48h"}, "2026-11-23 15:00", "Sunday 15:00 is before due"),
    ],
)
def test_the_follow_up_is_never_before_due(
    due: dict[str, str], follow_up: dict[str, str], expected: str, why: str
) -> None:
    assert at(expected) == first_response({"due": due, "follow_up": follow_up}).follow_up, why


def test_a_follow_up_may_be_a_range_whose_earliest_is_not_before_due_either() -> None:
    days = {"earliest": {"calendar_days": 2}, "latest": {"calendar_days": 3}}
    late = first_response({"due": {"calendar_hours": "4h"}, "follow_up": days})
    assert (at("2026-11-22 15:00"), at("2026-11-23 15:00")) == (late.follow_up_earliest, late.follow_up)
    hours = {"earliest": {"business_hours": "1h"}, "latest": {"business_hours": "8h"}}
    early = first_response({"due": {"business_hours": "4h"}, "follow_up": hours})
    assert (at("2026-11-23 11:00"), at("2026-11-23 15:00")) == (early.follow_up_earliest, early.follow_up)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("95%", 0.95), (0.95, 0.95), ("99.9%", 0.999), ("100%", 1.0), (1, 1.0), ("1%", 0.01)],
)
def test_an_objective_is_a_share(written: object, expected: float) -> None:
    assert expected == first_response({"objective": written}).objective


@pytest.mark.parametrize(
    "written", ["0%", "101%", 0, 1.5, -0.1, "95", "95 percent", "", "%", "nan", float("nan"), True]
)
def test_an_objective_that_is_no_share_is_refused(written: object) -> None:
    with pytest.raises(sla.PolicyError) as refused:
        first_response({"objective": written})
    assert refused.value.problems[0].where == "policy.rules[0].metrics.first_response.objective"


def test_the_rank_of_a_rule_is_said_with_the_promise() -> None:
    ranked = policy(rule("paid", when={"priority": "paid"}, rank=1), rule("the rest"))
    assert ranked.promise(FRIDAY, priority="paid")["first_response"].rank == 1
    assert ranked.promise(FRIDAY)["first_response"].rank == 0


@pytest.mark.parametrize(
    ("warnings", "expected"),
    [(["75%", "30min"], ("75%", "30min")), (["90min"], ("1h 30min",)), (["1%", "99%"], ("1%", "99%")), ([], ())],
)
def test_warnings_are_shares_of_the_way_or_amounts_before_due(warnings: list[str], expected: tuple[str, ...]) -> None:
    assert expected == metric(warnings=warnings).rules[0].metrics["first_response"].warnings


@pytest.mark.parametrize("warning", ["0%", "100%", "7.5%", "1 day", "", "-5min", 75])
def test_a_warning_that_is_neither_is_refused(warning: object) -> None:
    with pytest.raises(sla.PolicyError) as refused:
        metric(warnings=["50%", warning])
    assert refused.value.problems[0].where.startswith("policy.rules[0].metrics.first_response.warnings[1]")


def test_a_escalation_says_who_is_next_after_a_time_or_on_an_event() -> None:
    escalation = [
        {"to": "a manager", "on": "escalation_requested"},
        {"to": "a mediator", "after": {"calendar_days": 3}},
    ]
    steps = policy(rule("everybody", escalation=escalation)).escalation_for()
    assert [step.to for step in steps] == ["a manager", "a mediator"]
    assert sla.CalendarDays(days=3) == steps[1].after


def test_the_escalation_of_a_rule_wins_over_that_of_the_policy_also_when_it_is_empty() -> None:
    found = policy(
        rule("urgent", when={"priority": "urgent"}, escalation=[{"to": "a manager", "on": "escalation_requested"}]),
        rule("low", when={"priority": "low"}, escalation=[]),
        rule("the rest"),
        escalation=[{"to": "a colleague", "after": {"business_hours": "8h"}}],
    )
    assert [step.to for step in found.escalation_for(priority="urgent")] == ["a manager"]
    assert found.escalation_for(priority="low") == ()
    assert [step.to for step in found.escalation_for()] == ["a colleague"]
    assert policy().escalation_for() == ()
    assert found == sla.policy_from_data(found.to_data())


def test_fields_may_come_in_a_mapping() -> None:
    fields = {"priority": "urgent", "market": "BE"}
    assert RULES.promise(FRIDAY, priority="urgent", market="BE") == RULES.promise_for(FRIDAY, fields)
    for name in ("self", "received", "origins", "fields"):
        with pytest.raises(sla.PolicyError) as refused:
            RULES.promise_for(FRIDAY, {name: "x"})
        assert (refused.value.code, refused.value.where) == ("field_undeclared", name)


def test_the_metrics_of_a_policy_are_those_that_some_rule_promises() -> None:
    found = policy(
        rule(
            "urgent", when={"priority": "urgent"}, metrics={**one_hour(), "resolution": {"due": {"business_days": 1}}}
        ),
        rule("the rest"),
    )
    assert found.metrics == ("first_response", "resolution")


# ---------------------------------------------------------------- clocks


@pytest.mark.parametrize(
    ("metric", "expected", "why"),
    [
        ("first_response", sla.ClockRule(reopen="new_cycle"), "as the policy says"),
        (
            "next_response",
            sla.ClockRule(starts="customer_message", after="first_response"),
            "the default of the metric",
        ),
        ("delivery", sla.ClockRule(), "a metric without a default: from receipt to the answer"),
    ],
)
def test_the_clock_of_a_metric_is_that_of_the_policy_else_the_default(
    metric: str, expected: sla.ClockRule, why: str
) -> None:
    assert expected == policy(clocks={"first_response": {"reopen": "new_cycle"}}).clock(metric), why


def test_a_policy_replays_what_happened_to_a_ticket() -> None:
    created = sla.Created(at=FRIDAY)
    clock = policy().replay([created], as_of=at("2026-11-20 15:30"), ticket="7")["first_response"]
    assert (clock.status, clock.due) == ("running", at("2026-11-20 16:00"))
    answered = sla.Message(at=at("2026-11-20 15:20"), actor="agent")
    columns = policy().replay_frame([("7", created), ("7", answered)], as_of=at("2026-11-20 16:30"), zone="Asia/Tokyo")
    assert (columns["ticket"], columns["status"]) == (["7"], ["met"])
    assert [at("2026-11-20 16:00")] == columns["due"]
    assert str(columns["due"][0].tzinfo) == "Asia/Tokyo"


def test_a_policy_promises_a_frame_of_tickets_each_as_it_is() -> None:
    pl = pytest.importorskip("polars", reason="one of the backends")
    pytest.importorskip("narwhals", reason="frames need the extra frames")
    naive = pl.DataFrame({"received": [datetime(2026, 11, 20, 15), None]})
    found = policy().promise_frame(naive, zone="Europe/Brussels")
    assert found["first_response_due"].to_list() == [datetime(2026, 11, 20, 16), None]
    with pytest.raises(sla.InstantError):
        policy().promise_frame(naive)
    only_urgent = policy(rule("urgent", when={"priority": "urgent"}))
    with pytest.raises(sla.PolicyError, match="no rule matches"):
        only_urgent.promise_frame(naive, zone="Europe/Brussels")


def test_an_event_out_of_order_is_left_out_unless_it_is_strict() -> None:
    log: list[sla.Event] = [sla.Resumed(at=FRIDAY), sla.Created(at=FRIDAY)]
    assert policy().replay(log, as_of=FRIDAY).gaps
    with pytest.raises(sla.LogError, match="ticket 7"):
        policy().replay(log, as_of=FRIDAY, ticket="7", strict=True)


# ---------------------------------------------------------------- from another instant

WITH_ORIGINS: Final = policy(
    rule(
        "returns",
        metrics={
            "first_response": {"due": {"business_hours": "4h"}},
            "free_return": {
                "origin": "delivered",
                "due": {"calendar_days": 30, "by": "24:00"},
                "follow_up": {"calendar_days": 31, "by": "12:00"},
            },
            "approval": {"origin": "requested", "due": {"business_days": 1}, "expected": {"business_hours": "1h"}},
        },
    )
)


def test_a_metric_counts_from_the_instant_that_it_names() -> None:
    promises = WITH_ORIGINS.promise(
        FRIDAY, origins={"delivered": at("2026-11-02 10:00"), "requested": at("2026-11-19 16:30")}
    )
    assert list(promises) == ["first_response", "free_return", "approval"]
    assert at("2026-12-03 00:00") == promises["free_return"].due
    assert at("2026-12-03 12:00") == promises["free_return"].follow_up
    assert at("2026-11-02 10:00") == promises["free_return"].origin
    assert promises["free_return"].received == FRIDAY
    assert at("2026-11-20 17:00") == promises["approval"].due
    assert at("2026-11-20 09:30") == promises["approval"].expected
    assert at("2026-11-19 16:30") == promises["approval"].ledger.start
    assert promises["first_response"].origin == FRIDAY


def test_a_metric_whose_instant_is_not_known_yet_is_not_promised_yet() -> None:
    assert list(WITH_ORIGINS.promise(FRIDAY)) == ["first_response"]
    assert list(WITH_ORIGINS.promise(FRIDAY, origins={"requested": FRIDAY})) == ["first_response", "approval"]


def test_an_instant_that_no_metric_counts_from_is_refused() -> None:
    with pytest.raises(sla.PolicyError) as refused:
        WITH_ORIGINS.promise(FRIDAY, origins={"deliverd": FRIDAY})
    error = refused.value
    assert (error.code, error.given, error.accepts) == ("origin_unknown", "'deliverd'", "delivered, requested")
    with pytest.raises(sla.PolicyError, match="no named instant"):
        policy().promise(FRIDAY, origins={"delivered": FRIDAY})


@pytest.mark.parametrize("delivered", [datetime(2026, 11, 2, 10), date(2026, 11, 2), "2026-11-02", None])
def test_a_named_instant_is_an_aware_datetime(delivered: Any) -> None:
    with pytest.raises(sla.InstantError) as refused:
        WITH_ORIGINS.promise(FRIDAY, origins={"delivered": delivered})
    assert refused.value.where == "origins.delivered"


@pytest.mark.parametrize("received", [datetime(2026, 11, 20, 15), date(2026, 11, 20), "2026-11-20", None])
def test_a_receipt_is_an_aware_datetime(received: Any) -> None:
    with pytest.raises(sla.InstantError) as refused:
        RULES.promise(received)
    assert refused.value.where == "received"


# ---------------------------------------------------------------- values


@pytest.mark.parametrize("again", [pickle.loads, copy.copy, copy.deepcopy], ids=["pickle", "copy", "deepcopy"])
@pytest.mark.parametrize("name", ["b2b_marketplace", "marketplace_seller", "store_correspondence", "webshop_helpdesk"])
def test_a_policy_stays_equal_with_an_equal_hash_also_when_it_was_used(
    name: str, again: Callable[[object], object]
) -> None:
    unused, used = sla.sample_policy(name), sla.sample_policy(name)
    for each in used.calendars:
        used.calendar(each).add(FRIDAY, timedelta(hours=40))
    other = again(pickle.dumps(used) if again is pickle.loads else used)
    assert unused == used == other
    assert hash(unused) == hash(used) == hash(other)
    assert unused.digest == used.digest


def test_a_policy_that_was_pickled_promises_the_same() -> None:
    original = sla.sample_policy("b2b_marketplace")
    again = pickle.loads(pickle.dumps(original))
    fields: dict[str, Any] = {"channel": "email", "market": "FI"}
    assert original.promise(FRIDAY, **fields)["first_response"] == again.promise(FRIDAY, **fields)["first_response"]


def test_policies_differ_when_a_target_differs() -> None:
    assert metric() != metric(due={"business_hours": "5h"})
    assert policy() == policy()
    assert len({policy(), policy()}) == 1


def test_the_order_of_the_keys_of_a_table_does_not_matter() -> None:
    fields: dict[str, object] = {"priority": ["a", "b"], "tier": ["c"]}
    backwards = dict(reversed(fields.items()))
    left, right = policy(fields=fields), policy(fields=backwards)
    assert left == right
    assert hash(left) == hash(right)
    assert left.digest == right.digest


def test_a_policy_cannot_be_changed() -> None:
    found = policy()
    with pytest.raises(ValueError, match="frozen"):
        found.name = "other"
    with pytest.raises(TypeError):
        found.calendars["other"] = found.calendars["office"]  # type: ignore[index]  # that is the test


def test_tables_print_like_dicts_and_know_their_keys() -> None:
    fields = policy(fields={"priority": ["urgent", "normal"]}).fields
    assert repr(fields) == "{'priority': ('urgent', 'normal')}"
    assert fields["priority"] == ("urgent", "normal")
    assert fields == {"priority": ("urgent", "normal")}
    with pytest.raises(KeyError):
        fields["tier"]


# ---------------------------------------------------------------- digests

PLAIN: Final[dict[str, Any]] = {
    "name": "support",
    "fields": {"priority": ["urgent", "normal"]},
    "calendars": {
        "office": {
            "zone": "Europe/Brussels",
            "hours": "Mon-Fri 09:00-12:30 13:30-17:00",
            "special_days": {"2026-12-24": "09:00-13:00"},
        },
        "more": {"extends": "office", "add_hours": "Sat 09:00-12:00"},
    },
    "rules": [
        {
            "name": "urgent",
            "when": {"priority": "urgent"},
            "calendar": "more",
            "metrics": {"first_response": {"due": {"business_hours": "90min"}, "objective": "95%"}},
        },
        {
            "name": "the rest",
            "calendar": "office",
            "metrics": {"first_response": {"due": {"business_days": 1, "cutoff": "16:00"}}},
        },
    ],
}


def changed(path: str, value: object) -> dict[str, Any]:
    """The plain policy with the value at a path of keys, such as "rules.0.name", replaced."""
    data: Any = json.loads(json.dumps(PLAIN))
    *way, last = path.split(".")
    node = data
    for key in way:
        node = node[int(key)] if isinstance(node, list) else node[key]
    node[int(last) if isinstance(node, list) else last] = value
    return dict(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("rules.0.metrics.first_response.due", {"business_hours": "91min"}),
        ("rules.0.metrics.first_response.due", {"workday_hours": "90min"}),
        ("rules.0.metrics.first_response.objective", "96%"),
        ("rules.0.metrics.first_response.expected", {"business_hours": "1h"}),
        ("rules.0.metrics.first_response.origin", "delivered"),
        ("rules.0.calendar", "office"),
        ("rules.0.when", {"priority": ["urgent", "normal"]}),
        ("rules.1.metrics.first_response.due", {"business_days": 1, "cutoff": "16:01"}),
        ("rules.1.metrics.first_response.due", {"business_days": 1}),
        ("rules.1.rank", 1),
        ("rules", list(reversed(PLAIN["rules"]))),
        ("calendars.office.zone", "Europe/Amsterdam"),
        ("calendars.office.hours", "Mon-Fri 09:00-12:30 13:30-17:01"),
        ("calendars.office.holidays", "BE"),
        ("calendars.office.special_days", {"2026-12-24": "closed"}),
        ("calendars.office.versions", {"2027-01-01": "Mon-Fri 09:00-16:00"}),
        ("calendars.more.add_hours", "Sun 09:00-12:00"),
        ("valid_from", "2026-01-01T00:00:00+01:00"),
    ],
)
def test_the_digest_of_a_policy_changes_with_what_it_promises(path: str, value: object) -> None:
    assert sla.policy_from_data(PLAIN).digest != sla.policy_from_data(changed(path, value)).digest


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("rules.0.metrics.first_response.due", {"business_hours": "1h 30min"}),
        ("rules.0.metrics.first_response.due", {"business_hours": "PT90M"}),
        ("rules.0.metrics.first_response.objective", 0.95),
        ("rules.0.when", {"priority": ["urgent"]}),
        ("rules.0.rank", 0),
        ("rules.1.when", {}),
        ("rules.1.metrics.first_response.due", {"cutoff": "16:00", "business_days": 1, "by": "close"}),
        ("calendars.office.hours", "Mon-Thu 09:00-12:30 13:30-17:00; Fri 13:30-17:00 09:00-12:30"),
        ("calendars.office.hours", {"Mon-Fri": ["09:00-12:30", "13:30-17:00"]}),
        ("calendars.office.special_days", [{"on": "2026-12-24", "hours": "09:00-13:00"}]),
        ("calendars", dict(reversed(PLAIN["calendars"].items()))),
        ("description", ""),
    ],
)
def test_the_digest_stays_when_the_same_is_said_in_other_words(path: str, value: object) -> None:
    same = sla.policy_from_data(changed(path, value))
    assert sla.policy_from_data(PLAIN).digest == same.digest
    assert sla.policy_from_data(PLAIN) == same


def test_an_amount_of_a_microsecond_survives_being_written() -> None:
    odd = sla.policy_from_data(PLAIN)
    target = sla.BusinessHours(amount=timedelta(hours=1, microseconds=1))
    rules = odd.rules[0].model_copy(
        update={"metrics": type(odd.rules[0].metrics)({"first_response": sla.MetricRule(due=target)})}
    )
    built = sla.Policy(name="odd", calendars=odd.calendars, rules=(rules,), fields=odd.fields)
    assert built == sla.policy_from_data(built.to_data())
