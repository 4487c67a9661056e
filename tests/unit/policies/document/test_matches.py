"""Why a rule matches a ticket, and why those before it do not."""

import json
from typing import Any, Final

import pytest

import slacalc as sla

SHOP: Final = sla.policy_from_data(
    {
        "name": "shop",
        "valid_from": "2026-01-01T00:00:00+01:00",
        "fields": {"pieces": "number", "tags": "list"},
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {"name": name, "when": when, "calendar": "office", "metrics": {}}
            for name, when in (
                ("telephone", {"channel": "telephone"}),
                ("bulk order", {"channel": ["email", "chat"], "pieces": {"over": 500, "at_most": 9999}}),
                ("partner", {"tags": {"has": "partner", "not": "test"}}),
            )
        ],
    }
)
MISSING: Final = None


@pytest.mark.parametrize(
    ("ticket", "fared"),
    [
        ({"channel": "telephone"}, ["matches", "not_tried", "not_tried"]),
        ({"channel": "email", "pieces": "501"}, [("channel", "is telephone", "email"), "matches", "not_tried"]),
        (
            {"channel": "email", "pieces": "500.0", "tags": "vip,partner"},
            [("channel", "is telephone", "email"), ("pieces", "is over 500", "500"), "matches"],
        ),
        (
            {"channel": "email", "pieces": 10000, "tags": ["partner", "test"]},
            [
                ("channel", "is telephone", "email"),
                ("pieces", "is at most 9999", "10000"),
                ("tags", "is not test", "partner, test"),
            ],
        ),
        (
            {},
            [
                ("channel", "is telephone", MISSING),
                ("channel", "is one of email, chat", MISSING),
                ("tags", "has partner", MISSING),
            ],
        ),
    ],
)
def test_each_rule_is_told_with_the_first_condition_that_failed_and_on_which_value(
    ticket: dict[str, Any], fared: list[Any]
) -> None:
    rows = SHOP.explain_match(**ticket).to_rows()
    told = [
        (row["field"], row["condition"], row["given"]) if row["result"] == "fails" else row["result"] for row in rows
    ]
    assert told == fared


def test_an_explanation_prints_as_a_table() -> None:
    assert str(SHOP.explain_match(channel="email", tags="partner")) == (
        "rule        result   because it wants\n"
        "telephone   fails    that channel is telephone, given email\n"
        "bulk order  fails    that pieces is over 500, which is missing\n"
        "partner     matches"
    )


def test_an_explanation_is_a_frozen_value_and_is_written_as_data() -> None:
    explained = SHOP.explain_match(channel="telephone")
    assert explained == SHOP.explain_match(channel="telephone") != SHOP.explain_match()
    assert len({explained, SHOP.explain_match(channel="telephone")}) == 1
    assert explained.matched == sla.RuleMatch(rule="telephone", place=0, result="matches")
    assert SHOP.explain_match().matched is None
    data = json.loads(explained.to_json())
    assert (data["policy"], data["matched"], len(data["rules"])) == ("shop", "telephone", 3)


def test_versions_explain_by_the_version_of_the_instant() -> None:
    versions = sla.PolicyVersions.of([SHOP])
    assert versions.explain_match(SHOP.valid_from, channel="chat") == SHOP.explain_match(channel="chat")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ticket", "nearest"),
    [
        (
            {},
            (
                "rule 'telephone' wants that channel is telephone, which is missing; "
                "rule 'partner' wants that tags has partner, which is missing; "
                "rule 'bulk order' wants that channel is one of email, chat, which is missing, "
                "that pieces is over 500, which is missing; a last rule without `when` matches everything"
            ),
        ),
        (
            {"channel": "chat", "pieces": 500},
            (
                "rule 'telephone' wants that channel is telephone, given chat; "
                "rule 'bulk order' wants that pieces is over 500, given 500; "
                "rule 'partner' wants that tags has partner, which is missing; "
                "a last rule without `when` matches everything"
            ),
        ),
    ],
)
def test_a_ticket_that_no_rule_matches_is_told_the_near_misses(ticket: dict[str, Any], nearest: str) -> None:
    with pytest.raises(sla.PolicyError) as raised:
        SHOP.rule_for(**ticket)
    assert (raised.value.code, raised.value.given, raised.value.accepts) == ("no_rule_matches", str(ticket), nearest)
