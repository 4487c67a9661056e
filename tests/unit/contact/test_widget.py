"""What the script of a page shows: at every instant what the library answers then."""

import json
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random
from typing import Any, Final

import pytest

from slacalc import ExpectationError, Policy, Widget, channel_advice, contact_page, sample_policy
from slacalc.policies.loading import SAMPLES
from tests.contact_pages import line_of
from tests.helpers import at

MARKETS: Final = {
    "b2b_marketplace": ("BE", "nl"),
    "channel_guide": ("FI", "fi"),
    "marketplace_seller": ("SK", "sk"),
    "store_correspondence": ("RU", "ru"),
    "webshop_helpdesk": ("BE", "fr"),
}
WEEKS: Final = {  # the clocks change on 25 October, 24 and 25 December are holidays somewhere, and every week has midnights
    "an ordinary week": at("20 15:00"),
    "a clock change": at("2026-10-22 11:07"),
    "holidays": at("2026-12-21 08:00"),
}


@cache
def policy_of(name: str) -> Policy:
    return sample_policy(name)


@cache
def widget_of(name: str, week: str, *zones: str) -> Widget:
    market, language = MARKETS[name]
    return contact_page(policy_of(name), market, language, WEEKS[week]).widget(zones=zones)


@pytest.mark.slow
@pytest.mark.parametrize("week", WEEKS)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_script_shows_what_the_library_answers_at_a_thousand_instants(name: str, week: str) -> None:
    assert_same_at(widget_of(name, week, "America/New_York"), name, 1_000)


@pytest.mark.parametrize(
    ("name", "week"), [("webshop_helpdesk", "holidays"), ("store_correspondence", "a clock change")]
)
def test_the_script_shows_what_the_library_answers(name: str, week: str) -> None:
    assert_same_at(widget_of(name, week), name, 150)


def assert_same_at(widget: Widget, name: str, times: int) -> None:
    """Ask at random instants, and at edges: a millisecond before each, at it, and one after."""
    random = Random(f"{name} {widget.first}")  # noqa: S311 - any instants do
    edges = sorted({edge for _, every in widget.edges for channel in every for edge, _ in channel})
    near = [edge + shift for edge in random.choices(edges, k=times // 3) for shift in (-1, 0, 1)]
    anywhere = [random.randrange(widget.first, widget.last) for _ in range(times - len(near))]
    for zone, _ in widget.edges:
        for instant in (each for each in (*near, *anywhere) if widget.first <= each < widget.last):
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=instant)
            assert widget.at(moment, zone) == answered(name, moment, zone), (moment, zone)


def answered(name: str, moment: datetime, zone: str) -> dict[str, str]:
    """What `channel_advice` and its sentences say of each channel."""
    market, language = MARKETS[name]
    every = channel_advice(policy_of(name), moment, zone=zone, market=market)
    names_zone = any(each.hours.names_zone for each in every)
    return {each.channel: line_of(each, language, names_zone=names_zone) for each in every}


@pytest.mark.parametrize(
    ("instant", "form"),
    [
        ("2026-11-20 15:59", "open now, closes at 17:00 today. Reply by 17:00 today."),
        ("2026-11-20 16:00", "open now, closes at 17:00 today. Reply by 12:00 tomorrow."),
        ("2026-11-20 17:00", "closed now, opens at 09:00 tomorrow. Reply by 12:00 tomorrow."),
        ("2026-11-21 00:00", "closed now, opens at 09:00 today. Reply by 12:00 today."),
        ("2026-11-21 11:59", "open now, closes at 12:00 today. Reply by 12:00 today."),
        ("2026-11-21 12:00", ("closed now, opens at 09:00 on Monday 23 November. "
                             "Reply by 17:00 on Monday 23 November.")),
    ],
)  # fmt: skip
def test_edges_of_the_webshop(instant: str, form: str) -> None:
    widget = contact_page(sample_policy("webshop_helpdesk"), "", "en", at("2026-11-20 10:00")).widget(days=2)
    assert widget.at(at(instant))["form"] == f"Contact form: {form}"


def test_an_amount_that_is_on_no_grid_turns_at_its_own_instant() -> None:
    """Five minutes of open time more than a quarter, rounded outward: due at 15:05, told as 15:15 from 15:00:00 on."""
    data = sample_policy("webshop_helpdesk").with_pins().to_data()
    for rule in data["rules"]:
        rule["metrics"] = {"first_response": {"due": {"business_hours": "7min"}}}
    from slacalc import policy_from_data

    widget = contact_page(policy_from_data(data), "", "en", at("2026-11-20 10:00")).widget(days=1)
    assert widget.at(at("2026-11-20 14:53"))["form"].endswith("Reply by 15:00 today.")
    assert widget.at(at("2026-11-20 14:53") + timedelta(milliseconds=1))["form"].endswith("Reply by 15:15 today.")


def test_the_data_that_the_script_reads() -> None:
    widget = contact_page(sample_policy("webshop_helpdesk"), "BE", "fr", at("2026-11-20 10:00")).widget(days=1)
    data = json.loads(widget.to_json())
    assert (data["format"], data["language"]) == (1, "fr")
    assert data["until"] - data["from"] == 24 * 60 * 60 * 1_000
    form = next(each for each in data["channels"] if each["channel"] == "form")
    assert (form["name"], form["hours"][2:]) == ("Formulaire de contact", ["Dim. fermé", "Heures : heure de Bruxelles"])
    assert [zone["zone"] for zone in data["zones"]] == ["Europe/Brussels"]
    assert all(len(zone["edges"]) == len(data["channels"]) for zone in data["zones"])
    assert "\\u003c" not in widget.to_json()


def test_data_that_is_too_old_or_too_new_is_refused() -> None:
    widget = contact_page(sample_policy("webshop_helpdesk"), "", "en", at("2026-11-20 10:00")).widget(days=1)
    for instant in (at("2026-11-21 10:00"), at("2026-11-20 09:59")):
        with pytest.raises(ExpectationError) as caught:
            widget.at(instant)
        assert caught.value.code == "widget_out_of_date"


@pytest.mark.parametrize("days", [0, 29, 1.5, True])
def test_days_that_are_none_or_too_many_are_refused(days: Any) -> None:
    page = contact_page(sample_policy("webshop_helpdesk"), "", "en", at("2026-11-20 10:00"))
    with pytest.raises(ExpectationError) as caught:
        page.widget(days=days)
    assert (caught.value.code, caught.value.where) == ("widget_days_invalid", "days")
