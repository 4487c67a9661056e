"""What a guide says in several languages, and how its channels are reached."""

from typing import Any, Final

import pytest

from slacalc import Contact, Expectation, Policy, PolicyError, sample_policy
from slacalc.policies.loading import SAMPLES
from tests.helpers import at

LETTER: Final = {"best_for": "long stories", "speed": "slow"}


def guided(**guide: Any) -> Policy:
    return Policy(
        name="shop",
        fields={"market": ["BE", "FI"]},
        calendars={"office": {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00"}},
        rules=[{"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}}],
        escalation=[{"to": "a manager", "on": "asked"}, {"to": "the owner", "after": {"business_days": 2}}],
        guide={"channels": {"letter": LETTER}, **guide},
    )


# ---------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("asked", "market", "said"),
    [
        ("fi", "sv", ("pitkät tarinat", "fi")),
        ("fi-FI", "sv", ("pitkät tarinat", "fi")),
        ("fr-CA", "fi", ("longues histoires, eh", "fr-CA")),
        ("fr", "fi", ("longues histoires", "fr")),
        ("it", "fi", ("pitkät tarinat", "fi")),
        ("it", "es", ("long stories", "en")),
        ("en", "fi", ("long stories", "en")),
    ],
)
def test_a_text_falls_back_as_a_sentence_does(asked: str, market: str, said: tuple[str, str]) -> None:
    told = {"fi": "pitkät tarinat", "fr": "longues histoires", "fr-CA": "longues histoires, eh"}
    guide = guided(translations={code: {"long stories": text} for code, text in told.items()}).guide
    assert guide.text_in("long stories", asked, market) == said


def test_a_guide_in_another_language_than_english_is_told_as_it_is_where_nothing_better_is_had() -> None:
    letter = {"best_for": "lange Geschichten", "limits": "keine", "speed": "slow"}
    told = {"en": {"lange Geschichten": "long stories"}}
    guide = guided(written_in="de", channels={"letter": letter}, translations=told).guide
    assert guide.text_in("lange Geschichten", "de") == ("lange Geschichten", "de")
    assert guide.text_in("lange Geschichten", "fi") == ("long stories", "en")
    assert guide.text_in("keine", "fi") == ("keine", "de")


def test_a_market_has_several_languages_and_the_first_is_told_unasked() -> None:
    policy = guided(languages={"BE": ["nl", "fr"], "FI": "fi"})
    assert policy.guide.languages["BE"] == ("nl", "fr")
    assert [policy.guide.language_of(market) for market in ("BE", "FI", "SE")] == ["nl", "fi", ""]
    promise = policy.promise(at("20 15:00"), market="BE")["first_response"]
    assert promise.language == "nl"
    assert Policy(**policy.to_data()) == policy


def test_a_step_of_the_escalation_is_named_in_the_language_of_the_sentence() -> None:
    steps = {"nl": {"the owner": "de eigenaar"}, "fr": {"the owner": "le propriétaire"}}
    policy = guided(languages={"BE": ["nl", "fr"]}, translations=steps)
    promise = policy.promise(at("20 15:00"), market="BE")["first_response"]
    owner = Expectation.for_escalation(policy.escalation, promise, as_of=at("20 15:00"), guide=policy.guide)[1]
    assert str(owner.say("fr")).endswith(" : le propriétaire.")
    assert str(owner.say("nl")).endswith(": de eigenaar.")
    assert str(owner.say("en")).endswith(": the owner.")
    assert str(owner.say("fi")).endswith(": de eigenaar."), "not to be had in Finnish: that of the market"
    assert Expectation.from_data(owner.to_data()) == owner


@pytest.mark.parametrize(
    ("guide", "code", "where", "accepts"),
    [
        ({"translations": {"fi": {"long storys": "x"}}}, "translation_of_nothing",
         "guide.translations.fi.long storys", "long stories"),
        ({"translations": {"finnish language": {}}}, "guide_language_invalid",
         "guide.translations.finnish language", '"fi" or "fr-CA"'),
        ({"languages": {"BE": ["nl", ""]}}, "guide_language_invalid", "guide.languages.BE", '"fi" or "fr-CA"'),
        ({"written_in": "English!"}, "guide_language_invalid", "guide.written_in", '"fi" or "fr-CA"'),
    ],
)  # fmt: skip
def test_what_is_no_language_and_no_text_is_told_with_its_place(
    guide: dict[str, Any], code: str, where: str, accepts: str
) -> None:
    with pytest.raises(PolicyError) as caught:
        guided(**guide)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == (code, where)
    assert accepts in problem.accepts


# ---------------------------------------------------------------- contacts


def test_a_market_has_contacts_of_its_own_or_those_of_all() -> None:
    numbers = {"contact": {"telephone": "+44 1632 960 001"}, "contact_in": {"FI": {"telephone": "+44 1632 960 002"}}}
    facts = guided(channels={"telephone": {"speed": "fast", **numbers}}).guide.channels["telephone"]
    assert facts.contact_for("FI") == Contact(telephone="+44 1632 960 002")
    assert facts.contact_for("BE") == facts.contact_for("") == Contact(telephone="+44 1632 960 001")
    assert guided().guide.channels["letter"].contact_for("FI") is None


@pytest.mark.parametrize(
    ("contact", "key", "problem"),
    [
        ({"telephone": "call us"}, "telephone", "this is no telephone"),
        ({"telephone": "+44 1632 960001;ext=1"}, "telephone", "this is no telephone"),
        ({"email": "help at shop.example"}, "email", "this is no email"),
        ({"email": "a@b@shop.example"}, "email", "this is no email"),
        ({"link": "javascript:alert(1)"}, "link", "this is no link"),
        ({"form": "https://shop.example/<script>"}, "form", "this is no form"),
        ({}, "", "this says no way to reach anybody"),
    ],
)
def test_a_contact_that_cannot_be_used_is_refused(contact: dict[str, str], key: str, problem: str) -> None:
    with pytest.raises(PolicyError) as caught:
        guided(channels={"letter": {**LETTER, "contact_in": {"FI": contact}}})
    (found,) = caught.value.problems
    assert (found.code, found.problem) == ("contact_invalid", problem)
    assert found.where == "guide.channels.letter.contact_in.FI" + (f".{key}" if key else "")


def test_contacts_of_a_market_that_the_policy_does_not_have_are_refused() -> None:
    with pytest.raises(PolicyError) as caught:
        guided(channels={"letter": {**LETTER, "contact_in": {"SE": {"address": "Box 1, Stockholm"}}}})
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("field_value_unknown", "guide.channels.letter.contact_in.SE")


# ---------------------------------------------------------------- the samples


@pytest.mark.parametrize("name", SAMPLES)
def test_every_language_of_a_sample_has_every_text_of_its_guide(name: str) -> None:
    policy = sample_policy(name)
    own = [text for facts in policy.guide.channels.values() for text in (facts.best_for, facts.limits) if text]
    texts = {*policy.guide.have_ready, *own, *(step.to for step in policy.escalation)}
    for code in {code for codes in policy.guide.languages.values() for code in codes}:
        assert texts - set(policy.guide.translations[code]) == set(), code


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_reached_by_invented_numbers_and_addresses_only(name: str) -> None:
    """Ofcom, the Bundesnetzagentur and PTS keep these ranges for fiction; RFC 2606 keeps .example."""
    for facts in sample_policy(name).guide.channels.values():
        for contact in filter(None, (facts.contact, *facts.contact_in.values())):
            assert contact.telephone is None or contact.telephone.startswith(
                ("+44 1632 960 ", "+49 30 23125 ", "+46 8 465 004 ")
            )
            for address in filter(None, (contact.email, contact.link, contact.form)):
                assert ".example" in address
