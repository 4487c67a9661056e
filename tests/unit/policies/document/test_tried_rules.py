"""Which rule takes a ticket: conditions over several fields, calendars that a field chooses, and what no rule takes."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.testing import event_log
from tests.helpers import at

FOUR_HOURS: Final[dict[str, Any]] = {"first_response": {"due": {"business_hours": "4h"}}}
BY_OFFICE: Final = {"field": "office", "brussels": "be", "lisbon": "pt", "default": "nl"}
OFFICES: Final[dict[str, Any]] = {
    "name": "offices",
    "fields": {"office": [], "tags": "list"},
    "unmatched": "no_promise",
    "statuses": ["open", "solved"],
    "solved_in": ["solved"],
    "calendars": {
        "be": {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00"},
        "pt": {"zone": "Europe/Lisbon", "hours": "Mon-Fri 10:00-18:00"},
        "nl": {"zone": "Europe/Amsterdam", "hours": "Mon-Sun 08:00-20:00"},
    },
    "rules": [
        {"name": "parked", "when": {"topic": "parked"}, "metrics": {}},
        {
            "name": "important",
            "when": {"channel": ["email", "form"]},
            "any_of": [{"priority": "high"}, {"tags": {"has": "vip"}, "topic": {"not": "spam"}}],
            "calendar": BY_OFFICE,
            "metrics": FOUR_HOURS,
        },
    ],
}
POLICY: Final = sla.policy_from_data(OFFICES)
FRIDAY: Final = at("20 15:00", "Europe/Brussels")  # Friday, 20 November 2026


@pytest.mark.parametrize(
    ("fields", "rule", "calendar", "due"),
    [
        # Brussels: two hours until 17:00 on Friday, two on Monday from 09:00.
        ({"priority": "high", "office": "brussels"}, "important", "be", "2026-11-23T11:00+01:00"),
        # Lisbon is an hour behind: 14:00, four hours until the close at 18:00 there.
        ({"priority": "high", "office": "lisbon"}, "important", "pt", "2026-11-20T18:00+00:00"),
        # Every other office, and a ticket of none: open until 20:00.
        ({"priority": "high", "office": "porto"}, "important", "nl", "2026-11-20T19:00+01:00"),
        ({"priority": "high"}, "important", "nl", "2026-11-20T19:00+01:00"),
        ({"priority": "low", "tags": ["vip", "b2b"]}, "important", "nl", "2026-11-20T19:00+01:00"),
        ({"priority": "low", "tags": ["vip"], "topic": "spam"}, "unmatched", None, None),
        ({"priority": "low"}, "unmatched", None, None),
        ({"priority": "high", "channel": "telephone"}, "unmatched", None, None),
        ({"priority": "high", "topic": "parked"}, "parked", None, None),
    ],
)
def test_a_ticket_is_taken_by_the_rule_and_the_calendar_of_its_fields(
    fields: dict[str, Any], rule: str, calendar: str | None, due: str | None
) -> None:
    ticket = {"channel": "email", **fields}
    assert POLICY.rule_for(**ticket).name == rule
    promises = POLICY.promise(FRIDAY, **ticket)
    if due is None:
        assert not promises
        assert not POLICY.rule_for(**ticket).metrics
    else:
        promise = promises["first_response"]
        assert (promise.rule, promise.calendar_name) == (rule, calendar)
        assert promise.due == datetime.fromisoformat(due)


def test_unmatched_tickets_are_an_error_unless_they_are_promised_nothing() -> None:
    strict = sla.policy_from_data({**OFFICES, "unmatched": "error"})
    with pytest.raises(sla.PolicyError, match="no rule matches") as refused:
        strict.promise(FRIDAY, channel="email", priority="low")
    assert "that priority is high, given low, or that tags has vip, which is missing" in refused.value.accepts
    assert strict.digest != POLICY.digest
    assert strict == sla.policy_from_data({key: said for key, said in OFFICES.items() if key != "unmatched"})


def test_without_a_default_another_office_is_an_error_and_no_other_rule_takes_its_tickets() -> None:
    without = {key: name for key, name in BY_OFFICE.items() if key != "default"}
    rules = [OFFICES["rules"][0], {**OFFICES["rules"][1], "calendar": without}]
    policy = sla.policy_from_data({**OFFICES, "rules": rules})
    ticket: dict[str, Any] = {"channel": "email", "priority": "high"}
    assert policy.promise(FRIDAY, **ticket, office="lisbon")["first_response"].calendar_name == "pt"
    others: tuple[dict[str, Any], ...] = ({"office": "porto"}, {})
    for office in others:
        with pytest.raises(sla.PolicyError, match="no calendar is named for this value") as refused:
            policy.promise(FRIDAY, **ticket, **office)
        assert refused.value.code == "calendar_not_chosen"


def test_what_a_rule_says_of_the_field_that_chooses_holds_too() -> None:
    without = {key: said for key, said in OFFICES["rules"][1].items() if key != "any_of"}
    rule = {**without, "when": {"office": {"not": "lisbon"}}}
    policy = sla.policy_from_data({**OFFICES, "rules": [rule]})
    assert [(each.name, each.calendar) for each in policy.tried_rules] == [
        ("important", "be"), ("important", "nl"), ("unmatched", None),
    ]  # fmt: skip
    assert policy.rule_for(office="lisbon").name == "unmatched"


def test_the_data_of_such_a_policy_is_what_was_read() -> None:
    assert sla.policy_from_data(POLICY.to_data()) == POLICY
    assert sla.policy_from_data(POLICY.to_data()).digest == POLICY.digest
    rule = POLICY.to_data()["rules"][1]
    assert rule["calendar"] == BY_OFFICE
    assert rule["any_of"] == [{"priority": ["high"]}, {"tags": {"has": ["vip"]}, "topic": {"not": ["spam"]}}]


def test_the_match_is_explained_with_every_way_that_was_missed() -> None:
    explained = POLICY.explain_match(channel="form", topic="spam", tags="vip")
    assert explained.matched is None
    assert str(explained).splitlines()[-1].split("  ")[-1].strip() == (
        "that priority is high, which is missing, or that topic is not spam, given spam"
    )
    assert [row["condition"] for row in explained.to_rows()] == ["is parked", "is high or topic is not spam"]


def test_a_ticket_that_moves_to_another_office_is_due_by_the_hours_there() -> None:
    log = event_log(
        """
        Fri 15:00 created priority=high channel=email office=brussels
        15:30 office=lisbon
        """,
        zone="Europe/Brussels",
    )
    clock = POLICY.replay(log, as_of=log[-1].at + timedelta(minutes=1))["first_response"]
    # Half an hour counted in Brussels; three and a half remain from 14:30 in Lisbon, open until 18:00.
    assert str(clock.calendar.zone_info) == "Europe/Lisbon"
    assert clock.due == log[-1].at + timedelta(hours=3, minutes=30)
    kept = sla.resume(POLICY.replay(log, as_of=log[-1].at).to_json(), POLICY)
    assert kept.at(clock.as_of)["first_response"].due == clock.due


def test_a_ticket_without_a_promise_has_no_clock_until_a_rule_takes_it() -> None:
    log = event_log(
        """
        Fri 09:00 created priority=low channel=email
        10:00 topic=x
        11:00 priority=high
        """,
        zone="Europe/Brussels",
    )
    assert dict(POLICY.replay(log[:2], as_of=log[1].at)) == {}
    assert POLICY.replay(log, as_of=log[-1].at)["first_response"].due == at("20 15:00", "Europe/Brussels")
    report = sla.report(sla.group_tickets([("1", each) for each in log[:2]]), POLICY, as_of=log[1].at)
    assert (report.tickets, report.lines, report.problems) == (1, (), ())


@pytest.mark.parametrize("calendars", [{}, OFFICES["calendars"]])
def test_a_policy_that_promises_nothing_to_anybody_is_one(calendars: dict[str, Any]) -> None:
    policy = sla.policy_from_data({"name": "none", "calendars": calendars, "rules": [{"name": "all", "metrics": {}}]})
    assert dict(policy.promise(FRIDAY)) == {}
    log = event_log("Fri 09:00 created", zone="UTC")
    assert dict(policy.replay(log, as_of=log[0].at)) == {}


# ---------------------------------------------------------------- columns go the same way

_VALUES: Final[dict[str, list[Any]]] = {
    "channel": ["email", "telephone", None],
    "priority": ["high", "low", None],
    "office": ["brussels", "lisbon", "porto", None],
    "topic": ["spam", "parked", None],
    "tags": ["vip", "vip,b2b", None],
}
_CONDITIONS: Final = st.sampled_from(
    [
        {"priority": "high"}, {"priority": {"not": "low"}}, {"tags": {"has": "vip"}}, {"topic": "spam"},
        {"office": "lisbon", "channel": "email"}, {"office": {"not": ["lisbon"]}},
    ]
)  # fmt: skip
_CALENDARS: Final = st.sampled_from(
    ["be", BY_OFFICE, {"field": "office", "lisbon": "pt"}, {"field": "topic", "spam": "be", "default": "pt"}]
)


@st.composite
def _policies(draw: st.DrawFn) -> sla.Policy:
    rules = [
        {
            "name": f"rule {number}",
            "when": draw(st.just({}) | _CONDITIONS),
            **({"any_of": ways} if (ways := draw(st.lists(_CONDITIONS, max_size=2))) else {}),
            **({"metrics": {}} if draw(st.booleans()) else {"metrics": FOUR_HOURS, "calendar": draw(_CALENDARS)}),
        }
        for number in range(draw(st.integers(1, 3)))
    ]
    return sla.policy_from_data(
        {**OFFICES, "rules": rules, "unmatched": draw(st.sampled_from(["error", "no_promise"]))}
    )


@settings(max_examples=60, deadline=None)
@given(_policies())
def test_a_frame_says_what_each_ticket_is_promised_alone(policy: sla.Policy) -> None:
    pd = pytest.importorskip("pandas", reason="one of the backends")
    alone: dict[str, list[Any]] = {name: [] for name in ("received", "rule", "due", *_VALUES)}
    for number, values in enumerate(product(*_VALUES.values())):
        fields = {name: value for name, value in zip(_VALUES, values, strict=True) if value is not None}
        received = FRIDAY + timedelta(minutes=number)
        try:
            promise = policy.promise(received, **fields).get("first_response")
            rule = policy.rule_for(**fields).name
        except sla.PolicyError:
            continue
        for name, value in zip(alone, (received, rule, promise and promise.due, *values), strict=True):
            alone[name].append(value)
    if alone["received"]:
        promised = policy.promise_frame(pd.DataFrame({name: alone[name] for name in ("received", *_VALUES)}))
        assert promised["rule"].tolist() == alone["rule"]
        dues = promised["first_response_due"] if policy.metrics else [None] * len(alone["due"])
        assert [None if pd.isna(due) else due for due in dues] == alone["due"]


@settings(max_examples=100, deadline=None)
@given(_policies(), st.lists(st.sampled_from([*_VALUES]), max_size=4), st.integers(0, 2))
def test_clocks_replayed_as_columns_are_those_replayed_alone(policy: sla.Policy, changed: list[str], turn: int) -> None:
    pytest.importorskip("numpy", reason="columns need the extra frames")
    first = {name: values[turn] for name, values in _VALUES.items() if values[turn] is not None}
    log: list[sla.Event] = [sla.Created(at=FRIDAY, fields=tuple(first.items()), status="open")]
    for number, name in enumerate(changed, 1):
        log.append(
            sla.FieldChanged(at=FRIDAY + number * timedelta(hours=1), field=name, value=_VALUES[name][turn - 1] or "")
        )
    as_of = datetime(2026, 11, 24, tzinfo=UTC)
    columns = policy.replay_frame([("1", each) for each in log], as_of=as_of)
    if columns.left_out:
        with pytest.raises(sla.SlaError) as refused:
            policy.replay(log, as_of=as_of)
        assert [each.code for each in columns.left_out] == [refused.value.code]
    else:
        clocks = policy.replay(log, as_of=as_of).values()
        assert [list(columns[name]) for name in ("due", "rule")] == [[c.due for c in clocks], [c.rule for c in clocks]]


# ---------------------------------------------------------------- what check says


def test_a_rule_is_hidden_when_one_of_the_ways_before_it_is_always_open() -> None:
    def hidden(first: dict[str, Any], second: dict[str, Any]) -> bool:
        rules = [{"name": "a", "metrics": {}, **first}, {"name": "b", "metrics": {}, **second}]
        policy = sla.policy_from_data({**OFFICES, "rules": rules})
        return "rule_hidden" in {warning.code for warning in sla.check_policy(policy, as_of=FRIDAY)}

    high, vip = {"priority": "high"}, {"tags": {"has": "vip"}}
    assert hidden({"any_of": [high, vip]}, {"when": high})
    assert hidden({"any_of": [high, vip]}, {"any_of": [vip, high]})
    assert hidden({"any_of": [high, vip]}, {"when": {"topic": "x"}, "any_of": [{**vip, "channel": "email"}]})
    assert not hidden({"any_of": [high, vip]}, {"when": {"topic": "x"}})
    assert not hidden({"any_of": [high]}, {"any_of": [high, vip]})
    assert not hidden({"when": {"topic": "x"}, "any_of": [high]}, {"when": high})


def test_check_asks_every_calendar_that_may_be_chosen() -> None:
    due = {"business_days": 0, "by": "19:00"}
    rule = {**OFFICES["rules"][1], "metrics": {"first_response": {"due": due}}}
    policy = sla.policy_from_data({**OFFICES, "rules": [rule]})
    warned = [warning for warning in sla.check_policy(policy, as_of=FRIDAY) if warning.code == "by_outside_hours"]
    assert [warning.where for warning in warned] == ["rules[0].metrics.first_response.due"]  # by be and pt, said once


# ---------------------------------------------------------------- what is kept

WITHOUT_DEFAULT: Final = sla.policy_from_data(
    {
        **OFFICES,
        "unmatched": "error",
        "clocks": {"resolution": {"after": "first_response"}},
        "rules": [
            {
                "name": "all",
                "calendar": {"field": "office", "brussels": "be", "lisbon": "pt"},
                "metrics": {**FOUR_HOURS, "resolution": {"due": {"business_hours": "8h"}}},
            }
        ],
    }
)


@pytest.mark.parametrize("office", ["brussels", "lisbon"])
def test_promises_by_a_chosen_calendar_are_read_back(office: str) -> None:
    promises = WITHOUT_DEFAULT.promise(FRIDAY, office=office)
    assert set(promises.later) == {"resolution"}
    assert sla.Promises.from_data(promises.to_data(), WITHOUT_DEFAULT) == promises


def test_saved_clocks_that_name_a_rule_without_a_chosen_calendar_are_refused() -> None:
    created = sla.Created(at=FRIDAY, status="open", fields={"office": "lisbon"})
    saved = WITHOUT_DEFAULT.replay([created], as_of=FRIDAY).to_data()
    (cycle,) = saved["cycles"]["first_response"]
    assert cycle["rule"] == 1  # brussels, lisbon, and who is of no office
    forged = saved | {"cycles": {"first_response": [cycle | {"rule": 2}]}}
    with pytest.raises(sla.LogError) as refused:
        sla.resume(forged, WITHOUT_DEFAULT)
    assert (refused.value.code, refused.value.given) == ("state_unreadable", "'rule 2 of 3'")
