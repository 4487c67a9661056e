"""Which channel to use now: order, needs, topics, and the guide as a table."""

import json
import pickle
from datetime import datetime
from typing import Any, Final

import pytest

from slacalc import (
    ChannelFacts,
    ExpectationError,
    Guide,
    InstantError,
    Policy,
    PolicyError,
    ZoneError,
    channel_advice,
    sample_policy,
)
from slacalc.policies.frozen_dict import FrozenDict
from slacalc.render import TextTable
from tests.helpers import BERLIN, at

FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=BERLIN)
MARKETPLACE: Final = sample_policy("b2b_marketplace")


def support(channels: dict[str, Any], **guide: Any) -> Policy:
    return Policy(
        name="support",
        fields={"channel": [*channels, "letter"], "market": ["DE"], "topic": ["bill", "fault"]},
        calendars={"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-12:00 13:00-17:00"}},
        rules=[
            {"name": "letters", "when": {"channel": "letter"}, "calendar": "office",
             "metrics": {"resolution": {"due": {"business_days": 3}}}},
            {"name": "rest", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}},
        ],
        guide={"channels": channels, **guide},
    )  # fmt: skip


def order(policy: Policy, **options: Any) -> list[str]:
    return [advice.channel for advice in channel_advice(policy, FRIDAY, **options)]


# ---------------------------------------------------------------- order


def test_the_expected_answer_comes_before_the_speed_and_the_speed_before_the_table() -> None:
    policy = support(
        {
            "letter": {"speed": "fast"},
            "slow_mail": {"speed": "slow"},
            "mail": {"speed": "fast"},
            "chat": {"speed": "moderate", "at_once": True},
            "form": {"speed": "fast"},
            "wall": {"speed": "fast", "answers": "not_read"},
            "forum": {"speed": "fast", "answers": "handled"},
        }
    )
    assert order(policy) == ["chat", "mail", "form", "slow_mail", "letter", "forum", "wall"]


def test_a_channel_without_first_response_answers_by_what_it_promises() -> None:
    (letter,) = channel_advice(support({"letter": {"speed": "slow"}}), FRIDAY)
    assert (letter.answer, letter.due) == (letter.due, datetime(2026, 11, 25, 17, tzinfo=BERLIN))


def test_the_best_time_is_the_next_opening_also_after_a_break() -> None:
    policy = support({"mail": {"speed": "slow"}, "help": {"speed": "at_once", "answers": "self_service"}})
    times = {advice.channel: advice.best_time for advice in channel_advice(policy, FRIDAY.replace(hour=11))}
    assert times == {"mail": FRIDAY.replace(hour=13), "help": None}


def test_a_channel_of_hours_of_its_own() -> None:
    policy = MARKETPLACE
    advice = {each.channel: each for each in channel_advice(policy, FRIDAY, zone="Europe/Helsinki", market="FI")}
    assert advice["telephone"].until == FRIDAY.replace(hour=16), "17:00 in Helsinki"
    assert advice["chat"].until == FRIDAY.replace(hour=17)
    assert str(advice["chat"].hours.say("en")) == "Live chat: open now, closes at 18:00 today (Helsinki time)."


# ---------------------------------------------------------------- where the rules promise nothing

DAY_LATER: Final = FRIDAY.replace(day=21)
MONDAY_11: Final = FRIDAY.replace(day=23, hour=11)  # four business hours: 15-17 on Friday, 9-11 on Monday


def without_rules_for(channel: str, **guide: Any) -> Policy:
    """Support with a rule for letters alone."""
    whole = support({channel: {"speed": "slow"}}, **guide).to_data()
    return Policy(**{**whole, "rules": whole["rules"][:1]})


def test_a_channel_that_no_rule_matches_answers_within_one_to_three_days_where_the_policy_says_nothing() -> None:
    guide = channel_advice(without_rules_for("mail"), FRIDAY)
    (mail,) = guide
    assert (mail.earliest, mail.answer, mail.due) == (DAY_LATER, FRIDAY.replace(day=23), None)
    assert mail.kind == "typical"
    assert "  usually Sat 2026-11-21 15:00 .. Mon 2026-11-23 15:00  " in guide.to_text()
    assert mail.to_data()["earliest"] == "2026-11-21T15:00:00+01:00"


def test_what_an_answer_is_worth_is_said_of_each_channel() -> None:
    """Friday 15:00 in Helsinki, as the guide says: the telephone and the chat are open, the rest is typical."""
    guide = channel_advice(sample_policy("channel_guide"), at("20 14:00"))
    told = {each.channel: (each.kind, each.due, str(each.expectation().say("en"))) for each in guide}
    assert told["telephone"] == (
        "best_effort", None, "Telephone: open now, we reply at once if somebody is available.",
    )  # fmt: skip
    assert told["email"] == ("typical", None, "E-mail: usually a reply by 15:00 on Monday 23 November.")
    assert (told["chat"][0], told["chat"][2]) == ("typical", "Live chat: open now, we usually reply at once.")
    assert "usually at once" in str(guide)
    assert "at once if available" in str(guide)
    assert [each.kind for each in guide if each.channel == "help_centre"] == ["owed"]


def test_a_deadline_of_the_customers_is_no_answer() -> None:
    policy = support({"mail": {"speed": "slow"}}).to_data()
    refund = {"owed_by": "customer", "due": {"calendar_days": 14}}
    theirs = Policy(**{**policy, "rules": [{**policy["rules"][0], "metrics": {"return": refund}}]})
    (mail,) = channel_advice(theirs, FRIDAY)
    assert (mail.due, mail.kind) == (None, "typical")


def test_a_channel_that_no_rule_matches_answers_as_the_policy_says_is_typical() -> None:
    (mail,) = channel_advice(without_rules_for("mail", typical={"business_hours": "4h"}), FRIDAY)
    assert (mail.earliest, mail.answer, mail.due) == (None, MONDAY_11, None)


def test_a_channel_that_tickets_cannot_have_is_promised_nothing() -> None:
    policy = support({"mail": {"speed": "slow"}}, typical={"calendar_hours": "24h"})
    undeclared = Policy(**{**policy.to_data(), "fields": {"channel": ["letter"]}})
    (mail,) = channel_advice(undeclared, FRIDAY)
    assert (mail.answer, mail.due) == (DAY_LATER, None)


def test_a_rule_whose_metrics_count_from_another_instant_promises_nothing_yet() -> None:
    policy = support({"mail": {"speed": "slow"}}, typical={"calendar_hours": "24h"}).to_data()
    refund = {"refund": {"origin": "returned", "due": {"calendar_days": 14}}}
    later = Policy(**{**policy, "rules": [{"name": "all", "calendar": "office", "metrics": refund}]})
    (mail,) = channel_advice(later, FRIDAY)
    assert (mail.answer, mail.due) == (DAY_LATER, None)


def test_a_promise_that_cannot_be_made_is_refused_and_not_taken_for_none() -> None:
    policy = support({"mail": {"speed": "slow"}}).to_data()
    due = {"earliest": {"business_hours": "8h"}, "latest": {"calendar_hours": "1h"}}
    backwards = Policy(
        **{**policy, "rules": [{"name": "all", "calendar": "office", "metrics": {"first_response": {"due": due}}}]}
    )
    with pytest.raises(PolicyError) as caught:
        channel_advice(backwards, FRIDAY)
    assert caught.value.code == "range_reversed"


def test_a_calendar_that_a_field_must_choose_and_does_not_is_refused() -> None:
    policy = support({"mail": {"speed": "slow"}}).to_data()
    choice = {"field": "market", "DE": "office"}
    rule = {"name": "all", "calendar": choice, "metrics": {"first_response": {"due": {"business_hours": "4h"}}}}
    chosen = Policy(**{**policy, "rules": [rule]})
    assert [each.due for each in channel_advice(chosen, FRIDAY, market="DE")] == [MONDAY_11]
    with pytest.raises(PolicyError) as caught:
        channel_advice(chosen, FRIDAY)
    assert (caught.value.code, caught.value.where) == ("calendar_not_chosen", "market")


def test_fields_that_cannot_be_remembered_are_answered_each_time() -> None:
    """Of Friday's four hours two are left, of two both: what has a tag is due at closing."""
    policy = support({"mail": {"speed": "slow"}}).to_data()
    urgent = {"name": "urgent", "when": {"tags": "urgent"}, "calendar": "office",
              "metrics": {"first_response": {"due": {"business_hours": "2h"}}}}  # fmt: skip
    tagged = Policy(**{**policy, "fields": {**policy["fields"], "tags": "list"}, "rules": [urgent, *policy["rules"]]})
    for tags, due in [
        (["urgent"], FRIDAY.replace(hour=17)),
        (["other"], MONDAY_11),
        (["urgent"], FRIDAY.replace(hour=17)),
    ]:
        assert [each.due for each in channel_advice(tagged, FRIDAY, tags=tags)] == [due]


# ---------------------------------------------------------------- needs and topics


def test_a_need_leaves_out_what_does_not_serve_it_and_says_so() -> None:
    guide = channel_advice(MARKETPLACE, FRIDAY, needs=["urgent", "record", "urgent"])
    assert [(each.channel, each.reasons, each.against) for each in (*guide.advice, *guide.left_out)] == [
        ("chat", ("record",), ("urgent",)),
        ("telephone", ("urgent",), ("record",)),
        ("email", ("record",), ("urgent",)),
    ]
    assert len(guide) == 0


def test_a_topic_is_a_need_where_some_channel_is_advised_for_it() -> None:
    channels = {"mail": {"speed": "slow", "topics": "bill"}, "telephone": {"speed": "fast", "at_once": True}}
    assert order(support(channels), topic="bill") == ["mail"]
    assert order(support(channels), topic="fault") == ["telephone", "mail"]


@pytest.mark.parametrize("need", ["quick", "", None, "Urgent"])
def test_a_need_that_does_not_exist_is_an_error(need: Any) -> None:
    with pytest.raises(ExpectationError) as caught:
        channel_advice(MARKETPLACE, FRIDAY, needs=[need])
    assert caught.value.code == "need_unknown"


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"market": "XX"}, PolicyError),
        ({"colour": "red"}, PolicyError),
        ({"zone": "Helsinki"}, ZoneError),
    ],
)
def test_a_field_or_zone_that_does_not_exist_is_an_error(options: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        channel_advice(MARKETPLACE, FRIDAY, **options)


def test_as_of_is_an_instant() -> None:
    with pytest.raises(InstantError):
        channel_advice(MARKETPLACE, datetime(2026, 11, 20, 15))


def test_a_policy_without_channels_has_an_empty_guide() -> None:
    guide = channel_advice(support({}), FRIDAY)
    assert (len(guide), guide.to_text(), guide.to_rows()) == (
        0, "channel  now  answer  speed  in writing  best for  limits", [],
    )  # fmt: skip


# ---------------------------------------------------------------- in words, as a table


@pytest.mark.parametrize(
    ("facts", "hour", "sentence"),
    [
        ({"speed": "fast", "at_once": True}, 15, "Telephone: open now, we reply at once."),
        ({"speed": "fast", "at_once": True}, 18, "Telephone: closed now, opens at 09:00 on Monday 23 November."),
        ({"speed": "fast", "at_once": True, "takes_messages": True}, 18, "Telephone: reply by 14:00 on Monday 23 November."),
        ({"speed": "slow"}, 18, "Telephone: reply by 14:00 on Monday 23 November."),
        ({"speed": "slow", "answers": "self_service"}, 18, "Telephone: open around the clock."),
        (
            {"speed": "slow", "answers": "handled"}, 18,
            "Telephone: we read your messages, but we do not promise a reply time.",
        ),
        ({"speed": "slow", "answers": "not_read"}, 18, "Telephone: we do not read messages here."),
    ],
)  # fmt: skip
def test_what_a_channel_would_answer_in_words(facts: Any, hour: int, sentence: str) -> None:
    (advice,) = channel_advice(support({"telephone": facts}), FRIDAY.replace(hour=hour))
    assert sentence == str(advice.expectation().say("en"))


def test_the_guide_as_text_rows_and_json() -> None:
    facts = {"speed": "slow", "record": "yes", "best_for": "details", "limits": "none"}
    guide = channel_advice(support({"mail": facts}, have_ready=["the order number"]), FRIDAY)
    assert str(guide) == (
        "channel  now                              answer                speed  in writing  best for  limits\n"
        "mail     open until Fri 2026-11-20 17:00  Mon 2026-11-23 11:00  slow   yes         details   none"
    )
    said = json.loads(guide.to_json())
    assert (said["policy"], said["as_of"], said["have_ready"]) == (
        "support",
        "2026-11-20T15:00:00+01:00",
        ["the order number"],
    )
    assert said["channels"] == guide.to_rows()
    assert said["left_out"] == []
    assert said["channels"][0] == {
        "channel": "mail",
        "state": "open",
        "until": "2026-11-20T17:00:00+01:00",
        "opens_at": None,
        "earliest": None,
        "answer": "2026-11-23T11:00:00+01:00",
        "kind": "owed",
        "due": "2026-11-23T11:00:00+01:00",
        "best_time": "2026-11-23T09:00:00+01:00",
        "speed": "slow",
        "record": "yes",
        "best_for": "details",
        "limits": "none",
        "reasons": [],
        "against": [],
    }


@pytest.mark.parametrize(
    ("facts", "hour", "row"),
    [
        ({"at_once": True}, 15, ("mail", "open until Fri 2026-11-20 17:00", "at once", "fast", "", "", "")),
        ({}, 18, ("mail", "opens Mon 2026-11-23 09:00", "Mon 2026-11-23 14:00", "fast", "", "", "")),
        ({"answers": "self_service"}, 18, ("mail", "open", "at once", "fast", "", "", "")),
        ({"answers": "handled"}, 15, ("mail", "handled, without a promise", "", "fast", "", "", "")),
        ({"answers": "not_read", "record": "no"}, 15, ("mail", "not read", "", "fast", "no", "", "")),
    ],
)
def test_a_row_of_the_table_says_what_is_open_and_when_an_answer_comes(
    facts: Any, hour: int, row: tuple[str, ...]
) -> None:
    guide = channel_advice(support({"mail": {"speed": "fast", **facts}}), FRIDAY.replace(hour=hour))
    columns = ("channel", "now", "answer", "speed", "in writing", "best for", "limits")
    assert guide.to_text() == TextTable.of(columns, [row], caption="").to_text()


def test_the_language_is_that_of_the_market_where_the_one_asked_for_is_not_to_be_had() -> None:
    policy = support({"mail": {"speed": "slow"}}, languages={"DE": "de"})
    (german,), (nowhere,) = channel_advice(policy, FRIDAY, market="DE"), channel_advice(policy, FRIDAY)
    assert (german.hours.market_language, nowhere.hours.market_language) == ("de", "")
    assert [each.expectation().say("pt").language for each in (german, nowhere)] == ["de", "en"]


def test_every_text_of_the_html_table_is_escaped() -> None:
    facts = {"speed": "slow", "best_for": "<script>alert(1)</script>", "limits": 'a & "b"'}
    html = channel_advice(support({"mail": facts}), FRIDAY)._repr_html_()
    assert "<script>" not in html
    assert "<td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td>a &amp; &quot;b&quot;</td>" in html


# ---------------------------------------------------------------- facts in a policy


@pytest.mark.parametrize(
    ("guide", "code", "where"),
    [
        (
            {"channels": {"mail": {"speed": "slow", "calendar": "nowhere"}}},
            "calendar_missing",
            "guide.channels.mail.calendar",
        ),
        ({"channels": {"mail": {"speed": "quick"}}}, "value_invalid", "guide.channels.mail.speed"),
        ({"channels": {"mail": {}}}, "key_missing", "guide.channels.mail.speed"),
        ({"channels": {"mail": {"speed": "slow", "suits": ["calm"]}}}, "value_invalid", "guide.channels.mail.suits[0]"),
        ({"channels": {"mail": {"speed": "slow", "pace": 3}}}, "key_unknown", "guide.channels.mail.pace"),
        ({"languages": {"XX": "de"}}, "field_value_unknown", "guide.languages.XX"),
    ],
)
def test_facts_that_cannot_be_are_errors_with_their_place(guide: Any, code: str, where: str) -> None:
    data = {**support({}).to_data(), "guide": guide}
    with pytest.raises(PolicyError) as caught:
        Policy(**data)
    assert [(code, where)] == [(problem.code, problem.where) for problem in caught.value.problems]


def test_a_guide_is_part_of_the_policy() -> None:
    facts = ChannelFacts(speed="slow", suits=("urgent",))
    guide = Guide(channels=FrozenDict({"mail": facts}))
    policy = support({"mail": facts})
    assert policy.guide == guide
    assert hash(policy.guide) == hash(guide)
    assert Policy(**policy.to_data()) == policy
    assert policy.digest != support({}).digest


# ---------------------------------------------------------------- what is known of channels


def test_what_was_asked_before_changes_no_advice() -> None:
    channels = {
        "mail": {"speed": "slow", "suits": ["urgent"], "topics": ["bill"]},
        "chat": {"speed": "fast", "topics": ["fault"]},
    }
    used = support(channels)
    questions: list[dict[str, Any]] = [
        {}, {"needs": ["urgent"]}, {"needs": ["record"]}, {"topic": "bill"}, {"topic": "fault"}, {"market": "DE"},
        {"topic": "bill", "needs": ["urgent"]}, {"zone": "Asia/Tokyo"},
    ]  # fmt: skip
    for _ in range(2):
        for asked in questions:
            assert channel_advice(support(channels), FRIDAY, **asked) == channel_advice(used, FRIDAY, **asked)


def test_a_policy_that_was_asked_for_advice_is_the_policy_that_it_was() -> None:
    used, unused = support({"mail": {"speed": "fast"}}), support({"mail": {"speed": "fast"}})
    assert channel_advice(used, FRIDAY) == channel_advice(used, FRIDAY)
    assert (unused, hash(unused), unused.digest) == (used, hash(used), used.digest)
    assert channel_advice(used, FRIDAY) == channel_advice(pickle.loads(pickle.dumps(used)), FRIDAY)
