# ruff: noqa: RUF001 - a range has an en dash, and Russian letters look like others
"""The page of a policy: what stands on it, as what it is written, and what is refused."""

import dataclasses
import itertools
import json
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import pytest

from slacalc import (
    ContactPage,
    ExpectationError,
    InstantError,
    Language,
    LanguageError,
    Policy,
    PolicyError,
    SlaError,
    channel_advice,
    contact_page,
    language_problems,
    sample_policy,
)
from slacalc.contact.html import asset
from slacalc.expectations.languages import INFORMAL, LANGUAGES, shipped_language
from slacalc.policies.frozen_dict import FrozenDict
from slacalc.policies.loading import SAMPLES
from tests import contact_pages
from tests.helpers import at, wrong

FRIDAY: Final = at("20 15:00")
MARKETS: Final = {
    "b2b_marketplace": ("BE", ("nl", "fr", "en", "de", "it")),
    "channel_guide": ("FI", ("fi", "sv", "en")),
    "marketplace_seller": ("SK", ("sk", "cs", "hu", "pl")),
    "store_correspondence": ("RU", ("ru", "en", "fi")),
    "webshop_helpdesk": ("BE", ("nl", "fr", "en")),
}
MARKUP: Final = '<script>alert("x")</script> | *bold* [link](https://evil.example) `code`\n# heading'
HEBREW: Final = "שירות לקוחות"
PAGES: Final = [(name, market, language) for name, (market, codes) in MARKETS.items() for language in codes]


def shop(**guide: Any) -> Policy:
    channels = {"mail": {"speed": "slow", "best_for": "long stories", "limits": "slow"}}
    return Policy(
        name="shop",
        fields={"market": ["BE", "FI"]},
        calendars={"office": {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00"}},
        rules=[{"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}}],
        guide={"channels": channels, **guide},
    )


def page_of(policy: Policy, language: str = "en", market: str = "", **options: Any) -> ContactPage:
    return contact_page(policy, market, language, FRIDAY, **options)


# ---------------------------------------------------------------- what stands on it

TOLD: Final = {  # each line of docs/systems.md about hours, channels and answers, as a customer reads it in English
    "b2b_marketplace": [
        ("Office and telephone line Mon-Fri 09:00-17:00",
         "Live chat, Telephone, E-mail\n~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n\nMon–Fri 09:00–17:00\nSat, Sun closed\n"),
        ("answered at once if available", "First answer: at once while we are open, otherwise when we open next, if somebody is available"),
        ("within 24 hours on working days", "at the latest within 24 h on working days"),
        ("within a few hours; outside the next business day's morning",
         "usually in opening hours within 3 h of our opening hours, otherwise on the day when we open next, by 12:00"),
        ("chat is picked up at once", "at once while we are open\n\nConfirmation of receipt: within 2 min of our opening hours"),
        ("outside it takes a message", "Please note: outside office hours it takes a message"),
        ("complicated: 24 to 48 hours", "Full answer: within 24–48 h on working days"),
        ("acknowledged quickly", "Confirmation of receipt: within 3 h of our opening hours"),
        ("bulk orders: a few days", "Full answer: within 2–4 working days, by closing time"),
        ("over 500 pieces", "orders of over 500 pieces"),
        ("no answer after 48 hours: spam folder, follow-up",
         "No answer within 48 h on working days? Please write to us again."),
        ("look into the spam folder", "before you write again, look into the spam folder"),
        ("escalation", "1. a re-review in the same thread\n2. a manager\n3. the management\n4. a consumer authority"),
        ("urgent topics for the telephone", ("Topics: delivery problems; order changes before the brand ships; "
         "payment at checkout; faulty protective equipment")),
        ("chat for returns, delivery and tracking", "Topics: returns; delivery problems; tracking\n"),
        ("e-mail for order changes, cancellations and invoices",
         "returns; order changes before the brand ships; cancellation; invoice\nSpeed: slow"),
        ("urgent: call", "Telephone: +49 30 23125 042\nGood for: urgent matters\n"),
        ("chat before telephone on a tie", "Berlin time)\n--------------------------------------------------\n\n- Live chat: open"),
        ("returns after more than 30 days", "free return, from delivery: your deadline: within 30 days, by the end of the day"),
        ("a page has its languages", "Languages\n---------\n\nNederlands, français"),
    ],
    "webshop_helpdesk": [
        ("every working day, Saturday mornings included", "Mon–Fri 09:00–17:00\nSat 09:00–12:00\nSun closed"),
        ("priority: also on Sundays and public holidays", "Sat, Sun 09:00–12:00"),
        ("paid tickets", "priority tickets (paid): also on Sundays and public holidays"),
        ("before 16:00: the same working day", "by closing time, if it reaches us before 16:00, otherwise one working day later"),
        ("minutes to hours", ("Contact form\n~~~~~~~~~~~~\n\nForm: https://webshop-builder.example/contact\n"
         "Good for: a clear request\nPlease note: one question per ticket\nSpeed: fast")),
        ("e-mail is not read", "- E-mail: we do not read messages here."),
        ("forums are not read", "- Forum: we do not read messages here."),
        ("social media are not read", "- Social media: we do not read messages here."),
        ("self-service first", "-\n\n- Self-service: open around the clock.\n- Contact form"),
        ("one question per ticket", "- one question per ticket"),
    ],
    "channel_guide": [
        ("telephone", "Good for: urgent matters\nPlease note: waiting time, nothing in writing\nSpeed: fast\nIn writing: no"),
        ("live chat", "Good for: basic questions\nPlease note: may be limited in complicated cases\nSpeed: fast\nIn writing: yes"),
        ("often open longer", "Live chat\n~~~~~~~~~\n\nMon–Fri 08:00–20:00"),
        ("social media", "Good for: public feedback, a quick reaction\nPlease note: privacy\nSpeed: fast\nIn writing: it depends"),
        ("contact form", "Good for: a clear request\nPlease note: no immediate interaction\nSpeed: moderate\nIn writing: yes"),
        ("e-mail", "Good for: detailed questions, documentation\nPlease note: no immediate answer\nSpeed: slow\nIn writing: yes"),
        ("help centre", "Good for: the most common problems\nSpeed: at once"),
        ("the telephone answers at once if available",
         "First answer: at once while we are open, otherwise when we open next, if somebody is available"),
        ("the chat answers while it is open",
         "Live chat\n~~~~~~~~~\n\nFirst answer: usually at once while we are open, otherwise when we open next\n"),
        ("who answers first stands first", "\n\n- Help centre: open around the clock.\n- Telephone: open"),
        ("typical answer 24 to 72 hours", "First answer: usually within 24–72 h"),
        ("best time", "Waiting times are often shorter right after we open, also after a break."),
        ("split hours", "Mon–Fri 09:00–12:30, 13:30–17:00"),
        ("have ready", ("- the customer or order number\n- an exact description of the problem\n"
         "- error messages or pictures\n- earlier correspondence")),
    ],
    "store_correspondence": [
        ("usually 3 to 4 hours", "First answer: usually within 3–4 h"),
        ("after 2 to 3 days", "No answer within 2–3 days, at the same time of day? Please write to us again."),
        ("a mediator", "1. a mediator, if there is no answer within 3 days, at the same time of day"),
        ("social media slow things down", "Please note: slows things down where a support channel exists"),
        ("handled, without a promise", "Social media: we read your messages, but we do not promise a reply time."),
        ("from inside the account, in its language", "Please note: from inside the account, in the shop's support language"),
        ("a clear question", "- a clear question or request"),
        ("do not write again before an answer came: after 2 to 3 days",
         "If you have not heard from us, please write to us again between"),
        ("express in 6 days", "express delivery, from the order: within 6 days, at the same time of day"),
    ],
    "marketplace_seller": [
        ("hours", "Mon–Fri 09:00–17:00"),
        ("within 24 working hours", "Each further answer: within 24 h on working days"),
        ("or 24 hours of open time", "24 hours of open time\n~~~~~~~~~~~~~~~~~~~~~\n\nEach further answer: within 24 h of our opening hours"),
        ("only inside the platform", "Please note: inside the platform only"),
        ("off-platform contact is forbidden", "Please note: contact outside the platform is forbidden"),
        ("in the language of the market", "Languages\n---------\n\nslovenčina"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("name", "line", "told"), [(name, *each) for name, lines in TOLD.items() for each in lines])
def test_a_page_holds_what_the_system_says_of_hours_channels_and_answers(name: str, line: str, told: str) -> None:
    page = page_of(sample_policy(name), market=MARKETS[name][0])
    assert told in page.to_text().replace("\N{NO-BREAK SPACE}", " "), line


def test_the_telephone_has_the_local_time_of_the_market() -> None:
    told = page_of(sample_policy("b2b_marketplace"), market="FI").to_text()
    assert (
        "Live chat, E-mail\n~~~~~~~~~~~~~~~~~\n\nMon–Fri 09:00–17:00\nSat, Sun closed\n\nTimes: Berlin time\n" in told
    )
    assert "Telephone\n~~~~~~~~~\n\nMon–Fri 09:00–17:00\nSat, Sun closed\n\nTimes: Helsinki time\n" in told


def test_every_sample_has_its_lines() -> None:
    assert set(TOLD) == set(MARKETS) == set(SAMPLES)


def test_special_days_of_the_next_weeks_are_told_with_the_name_in_the_language() -> None:
    policy = sample_policy("b2b_marketplace")
    told = contact_page(policy, "FI", "en", at("2026-12-01 10:00")).to_text()
    assert "Special opening hours\nThursday 24 December 2026 (Christmas Eve): closed\n" in told
    assert "Special opening" not in contact_page(policy, "FI", "en", at("2026-12-01 10:00"), weeks=2).to_text()


@pytest.mark.parametrize(
    ("name", "market", "language", "line"),
    [
        ("b2b_marketplace", "FI", "fi", "Torstai 24. joulukuuta 2026 (jouluaatto): suljettu"),
        ("b2b_marketplace", "FI", "sv", "Torsdag 24 december 2026 (julafton): stängt"),
        ("b2b_marketplace", "FI", "fi-informal", "Perjantai 25. joulukuuta 2026 (joulupäivä): suljettu"),
        ("b2b_marketplace", "DE", "de", "Freitag, 25. Dezember 2026 (Erster Weihnachtstag): geschlossen"),
        ("b2b_marketplace", "IT", "it", "Venerdì 25 dicembre 2026: chiuso"),  # the German data has no Italian
        ("channel_guide", "FI", "fi", "Perjantai 25. joulukuuta 2026 (joulupäivä): suljettu"),
        ("webshop_helpdesk", "BE", "nl", "Vrijdag 25 december 2026 (Kerstmis): gesloten"),
        ("webshop_helpdesk", "BE", "fr", "Vendredi 25 décembre 2026 (Noël) : fermé"),
        ("webshop_helpdesk", "BE", "cs", "Pátek 25. prosince 2026: zavřeno"),
        ("marketplace_seller", "SK", "sk", "Štvrtok 24. decembra 2026 (Štedrý deň): zatvorené"),
        ("marketplace_seller", "SK", "hu", "2026. december 24., csütörtök: zárva"),
    ],
)
def test_a_special_day_has_the_name_of_its_holiday_in_the_language_or_none(
    name: str, market: str, language: str, line: str
) -> None:
    told = contact_page(sample_policy(name), market, language, at("2026-12-01 10:00")).to_text()
    assert line in told.replace("\N{NO-BREAK SPACE}", " ").splitlines()


def test_the_name_of_a_special_day_is_a_text_of_the_policy_in_every_form() -> None:
    data = shop().to_data()
    data["guide"]["translations"] = {"fi": {"stocktaking": "inventaario", "Founder's Day": "perustajan päivä"}}
    data["calendars"]["office"]["holidays"] = {"dates": {"2026-11-24": "Founder's Day"}}
    names = {"2026-11-25": "stocktaking", "2026-11-26": MARKUP, "2026-11-27": f"{HEBREW}\N{RIGHT-TO-LEFT OVERRIDE}"}
    days = [{"on": day, "hours": "closed", "name": name} for day, name in names.items()]
    data["calendars"]["office"]["special_days"] = days
    page = page_of(Policy(**data), "fi")
    assert "Tiistai 24. marraskuuta 2026 (perustajan päivä): suljettu\n" in page.to_text()
    assert "Keskiviikko 25. marraskuuta 2026 (inventaario): suljettu\n" in page.to_text()
    assert f"(\N{FIRST STRONG ISOLATE}{HEBREW}\N{POP DIRECTIONAL ISOLATE}): suljettu\n" in page.to_text()
    assert f"(\N{FIRST STRONG ISOLATE}{HEBREW}\N{POP DIRECTIONAL ISOLATE}) | suljettu |\n" in page.to_markdown()
    assert f"(<bdi>{HEBREW}</bdi>)" in page.to_html()
    assert "(<bdi>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in page.to_html()
    assert "\\<script\\>alert" in page.to_markdown()
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page.to_text() + page.to_markdown() + page.to_html()


def spaced(page: ContactPage) -> str:
    return re.sub(r" +", " ", page.to_text())


def test_the_readers_clock_is_told_where_it_is_another_one() -> None:
    page = page_of(sample_policy("channel_guide"), market="FI", zone="Asia/Kolkata")
    assert "The next seven days (Kolkata time)" in page.to_text()
    assert "Monday 23 November 2026 12:30–16:00, 17:00–20:30" in spaced(page)
    assert (
        "The next seven days"
        not in page_of(sample_policy("channel_guide"), market="FI", zone="Europe/Helsinki").to_text()
    )


def test_a_night_that_ends_on_another_date_of_the_reader_says_so() -> None:
    data = shop().to_data()
    night = Policy(**data | {"calendars": {"office": {"zone": "Europe/Brussels", "hours": "Mon-Fri 15:00-23:00"}}})
    told = spaced(page_of(night, zone="Asia/Tokyo"))
    assert "Monday 23 November 2026 23:00–07:00 (next day)" in told


@pytest.mark.parametrize("code", [*LANGUAGES, *INFORMAL])
@pytest.mark.parametrize("as_of", ["20 15:00", "20 20:00", "2026-12-25 10:00"])
def test_the_name_of_a_channel_is_said_once_where_it_stands_above_or_before(code: str, as_of: str) -> None:
    """Under its heading and in the data no sentence begins with it; in the list one does."""
    for name, market in (("b2b_marketplace", "FI"), ("webshop_helpdesk", "BE"), ("store_correspondence", "RU")):
        page = contact_page(sample_policy(name), market, code, at(as_of))
        for channel in page.to_data()["channels"]:
            assert not any(said.startswith(channel["name"]) for said in channel["said"])
            assert all(said[0].isupper() for said in channel["said"])
            line = next(line for line in page.to_text().splitlines() if line.startswith(f"- {channel['name']}"))
            assert line.count(f"{channel['name']}:") + line.count(f"{channel['name']} :") == 1, line
        for form in (page.to_text(), page.to_markdown(), page.to_html()):
            for each in page.advice:
                said = str(each.expectation().say(code)).removesuffix(".")
                assert form.count(said) <= 1, "in the list alone"


def test_what_is_told_of_a_channel_in_every_form() -> None:
    page = contact_page(sample_policy("webshop_helpdesk"), "BE", "en", at("20 15:00"))
    form = next(each for each in page.to_data()["channels"] if each["channel"] == "form")
    assert form["said"] == ["Open now, closes at 17:00 today.", "Reply by 17:00 today."]
    assert "- Contact form: open now, closes at 17:00 today. Reply by 17:00 today.\n" in page.to_text()
    assert "Forum\n~~~~~\n\nWe do not read messages here.\n" in page.to_text()
    assert "### Forum\n\nWe do not read messages here.\n" in page.to_markdown()
    assert '<h3 id="channel-forum">Forum</h3>\n<p>We do not read messages here.</p>' in page.to_html()


# ---------------------------------------------------------------- one page, one clock


def test_every_moment_is_on_the_clock_of_the_page_and_its_heading_alone_names_it() -> None:
    """Chat and e-mail are open in Berlin, the telephone in Helsinki: 17:00 there is 16:00 here."""
    told = contact_page(sample_policy("b2b_marketplace"), "FI", "en", at("20 12:00")).to_text()
    now, _, rest = told.partition("Ways to reach us")
    assert "As of Friday 20 November 2026, 12:00 (Berlin time)\n" in now
    assert "- Live chat: open now, closes at 17:00 today. We reply at once.\n" in now
    assert "- Telephone: open now, closes at 16:00 today. We reply at once if somebody is available.\n" in now
    assert now.count("Berlin") == 1
    assert "write to us again by" not in rest
    assert "If you have not heard from us by 12:00 on Tuesday 24 November, please write to us again.\n" in rest


def test_hours_stand_on_the_clock_of_their_office_and_seven_days_of_them_on_that_of_the_page() -> None:
    told = spaced(contact_page(sample_policy("b2b_marketplace"), "FI", "en", at("20 12:00"), zone="Europe/Helsinki"))
    assert "Mon–Fri 09:00–17:00\nSat, Sun closed\n\nTimes: Berlin time\n\nThe next seven days (Helsinki time)\n" in told
    assert "Monday 23 November 2026 10:00–18:00\n" in told
    telephone = told.partition("\nTelephone\n~~~~~~~~~\n\nMon")[2]
    assert telephone.startswith("–Fri 09:00–17:00\nSat, Sun closed\n\nTimes: Helsinki time\n\nHow long an answer takes")


def test_a_time_of_day_in_general_names_its_clock_where_that_is_not_the_pages() -> None:
    policy = sample_policy("webshop_helpdesk")
    elsewhere = contact_page(policy, "BE", "en", at("20 12:00"), zone="America/New_York").to_text()
    assert elsewhere.count("otherwise one working day later\n\nTimes: Brussels time\n") == 2, (
        "16:00 is that of Brussels"
    )
    here = contact_page(policy, "BE", "en", at("20 12:00"), zone="Europe/Paris").to_text()
    assert "otherwise one working day later\n\nTimes" not in here


def test_a_general_follow_up_with_a_time_of_day_names_its_clock_where_that_is_not_the_pages() -> None:
    data = shop().to_data()
    data["rules"][0]["metrics"]["first_response"]["follow_up"] = {"business_days": 2, "by": "12:00"}
    policy = Policy(**data)
    asked = "No answer within 2 working days, by 12:00? Please write to us again."
    told = page_of(policy, zone="Asia/Tokyo").to_text()
    assert f"{asked} (Times: Brussels time) If you have not heard from us by 20:00 on Tuesday 24 November" in told
    assert f"{asked} If you have not heard from us by 12:00 on Tuesday 24 November" in page_of(policy).to_text()


def test_a_follow_up_to_what_begins_when_somebody_takes_over_is_not_told_to_who_writes() -> None:
    """Nothing is promised to who writes now, so there is no answer to miss."""
    data, later = shop().to_data(), {"clocks": {"resolution": {"starts": "taken_over"}}}
    metrics = {"resolution": {"due": {"business_hours": "4h"}, "follow_up": {"calendar_hours": "48h"}}}
    rules = [{**data["rules"][0], "metrics": metrics}]
    assert "Please write to us again" in page_of(Policy(**data | {"rules": rules})).to_text()
    assert "Please write to us again" not in page_of(Policy(**data | {"rules": rules} | later)).to_text()


def test_an_opening_of_more_than_a_day_stands_under_each_of_its_dates() -> None:
    data = shop().to_data() | {"calendars": {"office": {"zone": "Europe/Brussels", "hours": "24/7"}}}
    told = spaced(page_of(Policy(**data), zone="Asia/Tokyo"))
    assert "Friday 20 November 2026 23:00–24:00\n" in told.replace("midnight", "24:00")
    assert "Saturday 21 November 2026 open 24 hours\n" in told


def test_an_opening_that_ends_at_midnight_has_nothing_on_the_date_after() -> None:
    """15:00 in Brussels is 00:00 on Saturday in Vladivostok: the seven days end with the midnight after Friday."""
    data = shop().to_data() | {"calendars": {"office": {"zone": "Europe/Brussels", "hours": "24/7"}}}
    told = spaced(page_of(Policy(**data), zone="Asia/Vladivostok"))
    days = told.partition("The next seven days")[2].partition("How long")[0]
    assert days.count("open 24 hours\n") == 7
    assert "Friday 27 November 2026 open 24 hours\n" in days
    assert "28 November" not in days


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"speed": "slow"}, "usually within 24 h"),
        ({"speed": "fast", "at_once": True}, "at once while we are open, otherwise when we open next"),
        ({"speed": "fast", "at_once": True, "takes_messages": True}, "at once while we are open"),
    ],
)
def test_a_channel_that_no_rule_is_for_has_the_answer_that_is_typical(facts: dict[str, Any], answer: str) -> None:
    data = shop(channels={"mail": facts}, typical={"calendar_hours": "24h"}).to_data()
    rule = {**data["rules"][0], "when": {"channel": "form"}}
    fields = {**data["fields"], "channel": ["mail", "form"]}
    told = page_of(Policy(**{**data, "fields": fields, "rules": [rule]})).to_text().replace("\N{NO-BREAK SPACE}", " ")
    section = told.partition("How long an answer takes\n")[2]
    assert f"~\n\n{answer}\n" in section


def test_the_special_cases_of_a_market_are_those_of_rules_for_it() -> None:
    """A rule that leaves the calendar to a field has its case, and no hours of its own."""
    data = shop().to_data()
    due = {"first_response": {"due": {"business_hours": "1h"}}}
    choice = {"field": "market", "BE": "office", "default": "office"}
    rules = [
        {
            "name": "urgent in Belgium",
            "when": {"market": "BE", "priority": "high"},
            "calendar": "office",
            "metrics": due,
        },
        {
            "name": "urgent in Finland",
            "when": {"market": "FI", "priority": "high"},
            "calendar": "office",
            "metrics": due,
        },
        {"name": "urgent anywhere", "when": {"priority": "high"}, "calendar": choice, "metrics": due},
    ]
    fields = {**data["fields"], "priority": ["low", "high"]}
    policy = Policy(**{**data, "fields": fields, "rules": [*rules, *data["rules"]]})
    cases = [
        [name for name in ("urgent in Belgium", "urgent in Finland", "urgent anywhere") if f"\n{name}\n~~~" in told]
        for told in (page_of(policy, market=market).to_text() for market in ("BE", "FI", ""))
    ]
    assert cases == [["urgent in Belgium", "urgent anywhere"], ["urgent in Finland", "urgent anywhere"],
                     ["urgent in Belgium", "urgent in Finland", "urgent anywhere"]]  # fmt: skip
    assert (
        "urgent anywhere"
        not in page_of(policy, market="BE").to_text().partition("Opening hours")[2].partition("How long")[0]
    )


def test_a_page_is_its_text_and_in_notebooks_its_html() -> None:
    page = page_of(shop())
    assert str(page) == page.to_text()
    assert page._repr_html_() == page.to_html()


@pytest.mark.parametrize(("name", "market", "language"), PAGES)
def test_what_stands_on_the_page_is_what_the_library_answers(name: str, market: str, language: str) -> None:
    policy = sample_policy(name)
    page = contact_page(policy, market, language, FRIDAY)
    advice = channel_advice(policy, FRIDAY, market=market)
    assert [each.to_data() for each in page.advice] == [each.to_data() for each in advice]
    for each in advice:
        assert f"- {contact_pages.line_of(each, language, names_zone=False)}\n" in page.to_text()
    assert page.language == language


# ---------------------------------------------------------------- fallback and languages of one's own


def test_a_language_that_is_not_had_falls_back_as_sentences_do() -> None:
    policy = sample_policy("b2b_marketplace")
    page = contact_page(policy, "SE", "ja", FRIDAY)
    assert (page.language, page.is_fallback, page.title) == ("sv", True, "Så når du oss")
    assert contact_page(policy, "SE", None, FRIDAY).is_fallback is False
    assert contact_page(shop(), "", None, FRIDAY).language == "en"


def test_a_language_of_ones_own_without_the_words_of_a_page_is_told_which_in_english() -> None:
    bare = dataclasses.replace(shipped_language("fi"), page=FrozenDict({}))
    with pytest.raises(LanguageError) as caught:
        page_of(shop(), "fi", languages=[bare])
    assert len(caught.value.problems) == len(shipped_language("en").page)
    assert str(caught.value.problems[0]) == (
        'language fi.page: the key title is missing; accepted: title = ..., in English "How to reach us"'
    )


def test_a_language_of_ones_own_is_used(tmp_path: Path) -> None:
    from slacalc import load_language

    file = tmp_path / "kind.toml"
    file.write_text('extends = "en"\ncode = "en-GB"\n[page]\ntitle = "Do get in touch"\n', encoding="utf-8")
    own: Language = load_language(file)
    assert page_of(shop(), "en-GB", languages=[own]).title == "Do get in touch"


# ---------------------------------------------------------------- forms


class Elements(HTMLParser):
    """The elements of a page, in order, with their attributes; a tag that closes another element is an error."""

    VOID: Final = frozenset({"meta", "link", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(html)
    assert parser.open == []
    return parser.found


@pytest.mark.parametrize(("name", "market", "language"), PAGES)
def test_a_page_of_html_is_well_formed_with_landmarks_and_headings_in_order(
    name: str, market: str, language: str
) -> None:
    found = elements(contact_page(sample_policy(name), market, language, FRIDAY).to_html())
    tags = [tag for tag, _ in found]
    assert (tags.count("h1"), tags.count("main"), tags.count("header")) == (1, 1, 1)
    assert next(attrs["lang"] for tag, attrs in found if tag == "html") == language
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h\d", tag)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    ids = [attrs["id"] for _, attrs in found if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["aria-labelledby"] for tag, attrs in found if tag == "section"} <= set(ids)
    assert all(attrs.get("scope") for tag, attrs in found if tag == "th")
    sources = [attrs for _, attrs in found if "src" in attrs or attrs.get("rel") == "stylesheet"]
    assert sources == [], "it needs no other file"


@pytest.mark.parametrize(("name", "market", "language"), PAGES)
def test_a_page_of_html_is_valid_as_html5lib_reads_it(name: str, market: str, language: str) -> None:
    html5lib = pytest.importorskip("html5lib", reason="needs html5lib")
    page = contact_page(sample_policy(name), market, language, FRIDAY)
    widget = page.widget(days=1) if name == "store_correspondence" else None
    html5lib.HTMLParser(strict=True).parse(page.to_html(widget=widget))


def test_the_colours_have_contrast_in_the_light_and_in_the_dark() -> None:
    """WCAG 2.2 asks for 4.5 to 1 (AA); what is read here has 7 to 1 (AAA)."""
    for scheme in re.findall(r":root \{(.*?)\}", asset("page.css"), re.DOTALL):
        colour = dict(re.findall(r"--(\w+): (#\w{6})", scheme))
        for text in ("ink", "quiet", "link"):
            for below in ("paper", "box"):
                assert contrast(colour[text], colour[below]) >= 7, (text, below)


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_markdown_has_headings_tables_and_links() -> None:
    told = page_of(sample_policy("channel_guide"), market="FI").to_markdown()
    assert told.startswith("# How to reach us\n\n## As of Friday 20 November 2026, 16:00 (Helsinki time)\n\n- ")
    assert "| Day | Hours |\n| --- | --- |\n| Monday–Friday | 08:00–20:00 |\n" in told
    assert "- **Telephone:** [+44 1632 960 017](tel:+441632960017)\n" in told
    assert "- **E-mail:** [help@guide.example](mailto:help@guide.example)\n" in told
    assert "- **Link:** <https://guide.example/chat>\n" in told


def test_the_data_of_a_page_has_contacts_sentences_and_texts() -> None:
    data = json.loads(page_of(sample_policy("channel_guide"), "sv", "FI").to_json())
    telephone = next(each for each in data["channels"] if each["channel"] == "telephone")
    assert telephone["contact"] == {"telephone": "+44 1632 960 017"}
    assert telephone["best_for"] == "brådskande ärenden"
    assert telephone["said"] == ["Öppet nu, stänger i dag kl. 17.00.", "Vi svarar direkt om någon är tillgänglig."]
    assert data["have_ready"][0] == "kund- eller ordernummer"
    assert [section["key"] for section in data["sections"]][:3] == ["now", "channels", "hours"]


# ---------------------------------------------------------------- linked data and feeds

TYPES: Final[dict[str, dict[str, type]]] = {  # of schema.org: the properties that are written, and what each may be
    "Organization": {"name": str, "contactPoint": list},
    "ContactPoint": {
        "name": str, "contactType": str, "telephone": str, "email": str, "url": str, "areaServed": str,
        "availableLanguage": list, "hoursAvailable": list,
    },
    "OpeningHoursSpecification": {"dayOfWeek": str, "opens": str, "closes": str, "validFrom": str, "validThrough": str, "name": str},
}  # fmt: skip


def check_types(node: dict[str, Any]) -> None:
    allowed = TYPES[node["@type"]]
    for key, value in node.items():
        if not key.startswith("@"):
            assert isinstance(value, allowed[key]), key
            for each in value if isinstance(value, list) else ():
                if isinstance(each, dict):
                    check_types(each)
    for key in {"opens", "closes"} & set(node):
        assert re.fullmatch(r"\d\d:\d\d", node[key])


@pytest.mark.parametrize(("name", "market", "language"), PAGES)
def test_linked_data_has_types_and_properties_of_schema_org_only(name: str, market: str, language: str) -> None:
    data = contact_page(sample_policy(name), market, language, at("2026-12-01 10:00")).linked_data()
    assert data["@context"] == "https://schema.org"
    check_types(data)
    assert json.loads(json.dumps(data)) == data


def test_linked_data_has_the_hours_of_a_channel_and_its_special_days() -> None:
    data = contact_page(sample_policy("b2b_marketplace"), "FI", "fi", at("2026-12-01 10:00")).linked_data()
    telephone = next(point for point in data["contactPoint"] if point["name"] == "Puhelin")
    assert (telephone["telephone"], telephone["areaServed"]) == ("+44 1632 960 358", "FI")
    assert telephone["availableLanguage"] == ["fi", "sv"]
    regular = [row for row in telephone["hoursAvailable"] if "dayOfWeek" in row]
    assert [(row["opens"], row["closes"]) for row in regular] == [("09:00", "17:00")] * 5
    special = [row for row in telephone["hoursAvailable"] if "validFrom" in row]
    assert [(row["validFrom"], row["opens"], row["closes"]) for row in special] == [
        ("2026-12-24", "00:00", "00:00"),
        ("2026-12-25", "00:00", "00:00"),
    ], "Finland rests on Christmas Eve, too"


def test_what_is_not_read_is_no_contact_point() -> None:
    data = page_of(sample_policy("webshop_helpdesk")).linked_data()
    assert [point["name"] for point in data["contactPoint"]] == ["Self-service", "Contact form"]


def test_feeds_have_the_closures_of_each_calendar_of_a_channel() -> None:
    icalendar = pytest.importorskip("icalendar", reason="needs icalendar")
    page = contact_page(sample_policy("b2b_marketplace"), "FI", "fi", at("2026-12-01 10:00"))
    feeds = page.closures()
    assert set(feeds) == {"office", "line_fi"}
    events = icalendar.Calendar.from_ical(feeds["line_fi"].content).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [date(2026, 12, 24), date(2026, 12, 25)]


# ---------------------------------------------------------------- bad input


def test_markup_in_texts_is_text_in_every_form() -> None:
    policy = shop(have_ready=[MARKUP], channels={MARKUP: {"speed": "slow", "best_for": MARKUP}})
    page = page_of(policy)
    html = page.to_html(widget=page.widget(days=1))
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; | *bold*" in html
    assert sum(tag == "script" for tag, _ in elements(html)) == 3, "linked data, the widget's data, and its script"
    markdown = page.to_markdown()
    assert "\\<script\\>alert" in markdown
    assert r"\| \*bold\* \[link\](https://evil.example) \`code\`\n\# heading" in markdown.replace("\\\\n", "\\n")
    assert "\n# heading" not in markdown
    assert "\n# heading" not in page.to_text()


def test_text_from_right_to_left_is_isolated_and_marks_of_direction_are_taken_out() -> None:
    page = page_of(shop(have_ready=[f"{HEBREW} 17", "a\N{RIGHT-TO-LEFT OVERRIDE}b"], written_in="he"))
    assert f"- \N{FIRST STRONG ISOLATE}{HEBREW} 17\N{POP DIRECTIONAL ISOLATE}\n- ab\n" in page.to_text()
    assert f'<bdi lang="he">{HEBREW} 17</bdi>' in page.to_html()
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page.to_markdown() + page.to_html()


def test_a_policy_without_channels_has_no_page() -> None:
    with pytest.raises(PolicyError) as caught:
        page_of(shop(channels={}))
    assert (caught.value.code, caught.value.where) == ("guide_missing", "guide.channels")


@pytest.mark.parametrize("market", ["FI", ""])
def test_a_market_without_contacts_is_refused_where_others_have_them(market: str) -> None:
    letter = {"speed": "slow", "contact_in": {"BE": {"address": "Box 1, Brussels"}}}
    with pytest.raises(PolicyError) as caught:
        page_of(shop(channels={"letter": letter}), market=market)
    assert (caught.value.code, caught.value.where) == ("contact_missing", "guide.channels.letter.contact_in")
    assert "one of BE" in caught.value.accepts
    both = {**letter, "contact": {"email": "all@shop.example"}}
    assert "all@shop.example" in page_of(shop(channels={"letter": both}), market=market).to_text()


def test_a_market_that_is_not_declared_and_an_instant_that_is_none_are_refused() -> None:
    with pytest.raises(PolicyError) as caught:
        page_of(shop(), market="SE")
    assert caught.value.code == "field_value_unknown"
    with pytest.raises(InstantError):
        contact_page(shop(), "FI", "fi")
    with pytest.raises(InstantError):
        contact_page(shop(), "FI", "fi", FRIDAY.replace(tzinfo=None))


@pytest.mark.parametrize("weeks", [0, 53, True, 1.5])
def test_weeks_that_are_none_or_too_many_are_refused(weeks: Any) -> None:
    with pytest.raises(ExpectationError) as caught:
        page_of(shop(), weeks=weeks)
    assert (caught.value.code, caught.value.where) == ("page_weeks_invalid", "weeks")


def test_what_is_no_policy_is_refused() -> None:
    with pytest.raises(SlaError):
        contact_page(wrong("b2b_marketplace"), "FI", "fi", FRIDAY)


def test_an_absence_is_told_among_the_special_days() -> None:
    begins = FRIDAY.replace(day=24, hour=0)
    absent = {"start": begins.isoformat(), "end": (begins + timedelta(days=1)).isoformat(), "name": "stocktaking"}
    data = shop().to_data()
    data["calendars"]["office"]["absences"] = [absent]
    assert "Tuesday 24 November 2026: closed" in page_of(Policy(**data)).to_text()


@pytest.mark.parametrize("name", SAMPLES)
def test_the_pages_of_the_samples_are_in_the_docs(name: str) -> None:
    """`python -m tests.contact_pages` writes them anew; read the difference."""
    assert (contact_pages.FOLDER / f"{name}.md").read_text(encoding="utf-8") == contact_pages.written(name)


@pytest.mark.parametrize("language", ["en", "fi"])
def test_names_and_texts_from_right_to_left_are_isolated_wherever_they_stand(language: str) -> None:
    """Of a channel, a rule, a metric, a step, an address: <bdi> in HTML, FSI and PDI in text and in the widget's data."""
    isolate, end = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
    names = {key: f"{HEBREW} {key}" for key in ("channel", "rule", "metric", "step", "address", "topic")}
    policy = Policy(
        name="shop",
        fields={"topic": [names["topic"]]},
        calendars={"office": {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00"}},
        rules=[
            {"name": names["rule"], "when": {"topic": names["topic"]}, "calendar": "office",
             "metrics": {names["metric"]: {"due": {"business_hours": "4h"}}}},
            {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}},
        ],
        escalation=[{"to": names["step"], "after": {"business_days": 2}}],
        guide={"written_in": "he", "channels": {names["channel"]: {
            "speed": "slow", "topics": [names["topic"]], "contact": {"address": names["address"]}}}},
    )  # fmt: skip
    page = page_of(policy, language)
    html, widget = page.to_html(), page.widget(days=1).to_data()
    assert all(" " not in (attrs.get("id") or "") for _, attrs in elements(html)), "an id has no space"
    for name in names.values():
        assert re.search(rf"<bdi( lang=\"he\")?>{name}</bdi>", html), name
        assert html.count(name) == html.count(f">{name}</bdi>") + html.count(f'"{name}"'), "nowhere else but in data"
        for form in (page.to_text(), page.to_markdown()):
            assert form.count(name) == form.count(f"{isolate}{name}{end}") > 0, name
    assert all(text.startswith(f"{isolate}{names['channel']}{end}: ") for text, _ in widget["sayings"])
    assert [channel["name"] for channel in widget["channels"]] == [f"{isolate}{names['channel']}{end}"]


def test_a_language_of_ones_own_without_the_new_words_is_told_these_words_in_english(tmp_path: Path) -> None:
    words = dict(shipped_language("fi").page)
    gone = ("next_days", "reply_at_once")
    own = dataclasses.replace(
        shipped_language("fi"), page=FrozenDict({k: v for k, v in words.items() if k not in gone})
    )
    with pytest.raises(LanguageError) as caught:
        page_of(shop(), "fi", languages=[own])
    assert sorted(map(str, caught.value.problems)) == [
        'language fi.page: the key next_days is missing; accepted: next_days = ..., in English "The next seven days ({zone})"',
        'language fi.page: the key reply_at_once is missing; accepted: reply_at_once = ..., in English "We reply at once."',
    ]
    file = tmp_path / "own.toml"
    file.write_text('extends = "fi"\ncode = "fi-own"\n[page]\nyour_week = "..."\n', encoding="utf-8")
    assert any("your_week" in str(problem) for problem in language_problems(file)), "a word that no page has"
