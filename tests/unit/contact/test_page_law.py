"""What stands on a contact page at any instant is what `promise` and `channel_advice` answer then."""

from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Final

import pytest

from slacalc import Policy, PolicyError, Promise, channel_advice, contact_page, sample_policy
from slacalc.policies.loading import SAMPLES
from tests.contact_pages import line_of
from tests.helpers import at

READERS: Final = {  # whose market, in which language, in which zone
    "b2b_marketplace": ("FI", "fi", "Europe/Helsinki"),
    "channel_guide": ("FI", "sv", "Europe/Helsinki"),
    "marketplace_seller": ("SK", "sk", "America/New_York"),
    "store_correspondence": ("RU", "ru", "Asia/Kolkata"),
    "webshop_helpdesk": ("BE", "fr", "Europe/Brussels"),
}
FIRST: Final = at("2026-01-05 00:00")


@cache
def policy_of(name: str) -> Policy:
    return sample_policy(name)


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_says_what_the_library_answers_at_a_thousand_instants(name: str) -> None:
    """Two hundred of each sample."""
    for instant in instants(name, 1_000 // len(SAMPLES)):
        assert_page(name, instant)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_page_says_what_the_library_answers(name: str) -> None:
    for instant in instants(name, 8):
        assert_page(name, instant)


def instants(name: str, count: int) -> list[datetime]:
    """Instants of a year: any at all, and as many quarters of an hour, at which calendars open and close."""
    random = Random(f"{name} {count}")  # noqa: S311 - any instants do
    anywhere = [FIRST + timedelta(microseconds=random.randrange(360 * 86_400 * 10**6)) for _ in range(count // 2)]
    quarters = [FIRST + timedelta(minutes=15 * random.randrange(360 * 96)) for _ in range(count - count // 2)]
    return anywhere + quarters


def assert_page(name: str, instant: datetime) -> None:
    policy, (market, language, zone) = policy_of(name), READERS[name]
    page = contact_page(policy, market, language, instant, zone=zone, weeks=1)
    told, data = page.to_text(), page.to_data()
    for advice, channel in zip(
        channel_advice(policy, instant, zone=zone, market=market), data["channels"], strict=True
    ):
        assert f"- {line_of(advice, language, names_zone=False)}\n" in told, instant
        assert channel["channel"] == advice.channel
        promise = promised(policy, instant, market, advice.channel)
        if promise is not None and advice.facts.answers == "promised":
            answer = moment(channel["answer"])
            if advice.facts.at_once and channel["state"] == "open":
                assert answer == instant.astimezone(UTC)
            elif advice.facts.at_once and not advice.facts.takes_messages:
                assert answer == moment(channel["opens_at"]), "nobody is there, and nothing can be left"
            else:
                assert answer == (promise.expected or promise.due).astimezone(UTC), instant
            assert moment(channel["due"]) == (promise.due.astimezone(UTC) if promise.kind == "owed" else None), instant
            assert channel["kind"] == promise.kind
            if promise.follow_up is not None:
                follow_up = promise.expectation(as_of=instant, zone=zone).follow_up
                assert follow_up is not None
                assert str(follow_up.say(language)).partition(" (")[0].rstrip(".") in told, instant


def promised(policy: Policy, instant: datetime, market: str, channel: str) -> Promise | None:
    """The first answer that `promise` gives on a channel; None where the rules promise nothing, or know no such channel."""
    try:
        promises = policy.promise(instant, market=market, channel=channel)
    except PolicyError:
        return None
    ours = (promise for promise in promises.values() if promise.owed_by == "us")
    return promises.get("first_response") or next(ours, None)


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)
