"""What a customer can expect, without words: states, what is dropped, what moved."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from slacalc import (
    Calendar,
    ClosedForGoodError,
    Created,
    Deleted,
    Deprioritised,
    EscalationStep,
    ExpectationError,
    InstantError,
    LanguageError,
    Message,
    Paused,
    Policy,
    Range,
    StatusChanged,
    sample_policy,
)
from slacalc.expectations.expectation import Expectation, expect_clock
from tests.unit.expectations.told import at, policy, promise, told

# ---------------------------------------------------------------- states


def test_what_is_expected_is_said_until_it_has_passed() -> None:
    email = sample_policy("b2b_marketplace").promise(at("2026-11-20T15:00", "Europe/Berlin"), channel="email")[
        "first_response"
    ]
    assert told(email).expected == at("2026-11-23T10:00", "Europe/Berlin")
    assert str(told(email, as_of=at("2026-11-23T10:00", "Europe/Berlin")).say("en")) == "We will reply by 15:00 today."


def test_a_range_is_said_until_it_has_begun() -> None:
    ranged = promise("2026-11-20T10:00", {"earliest": {"calendar_hours": "24h"}, "latest": {"calendar_hours": "48h"}})
    assert isinstance(ranged.target, Range)
    assert str(told(ranged).say("en")) == "We will reply between 10:00 tomorrow and 10:00 on Sunday 22 November."
    assert str(told(ranged, as_of=at("2026-11-21T12:00")).say("en")) == "We will reply by 10:00 tomorrow."


def test_a_range_that_is_told_to_begin_now_is_told_by_its_end() -> None:
    """12:05 is in the quarter of an hour that began at 12:00."""
    due = {"earliest": {"calendar_hours": "5min"}, "latest": {"calendar_hours": "10min"}}
    assert str(told(promise("2026-11-20T12:00", due)).say("en")) == "We will reply by 12:15 today."


@pytest.mark.parametrize(
    ("expected", "grain", "sentence"),
    [
        ("14:00", "15min", "We usually reply by 14:00 today, and by 16:00 at the latest."),
        (
            "14:00",
            "part_of_day",
            "We usually reply by early afternoon today, and by late afternoon today at the latest.",
        ),
        ("15:00", "part_of_day", "We will reply by late afternoon today."),
        ("14:00", "day", "We will reply by the end of today."),
    ],
)
def test_what_is_expected_is_said_where_it_is_told_before_what_is_due(expected: str, grain: Any, sentence: str) -> None:
    """Received at 12:00 and due after four business hours."""
    given = replace(promise("2026-11-20T12:00", {"business_hours": "4h"}), expected=at(f"2026-11-20T{expected}"))
    assert sentence == str(told(given, grain=grain).say("en"))


@pytest.mark.parametrize(
    ("latest", "metric", "sentence"),
    [
        ("4h", "first_response", "We will reply by the end of today."),
        ("48h", "first_response", "We will reply between today and Sunday 22 November."),
        ("48h", "resolution", "We will resolve your request between today and Sunday 22 November."),
    ],
)
def test_a_range_in_whole_days_names_both_where_they_differ(latest: str, metric: str, sentence: str) -> None:
    ranged = promise("2026-11-20T10:00", {"earliest": {"calendar_hours": "2h"}, "latest": {"calendar_hours": latest}})
    assert sentence == str(told(replace(ranged, metric=metric), grain="day").say("en"))


@pytest.mark.parametrize(
    ("as_of", "state"),
    [("2026-11-20T10:00", "promised"), ("2026-11-20T12:00", "promised"), ("2026-11-20T12:00:00.000001", "overdue")],
)
def test_overdue_begins_after_due(as_of: str, state: str) -> None:
    assert state == told(promise("2026-11-20T10:00"), as_of=at(as_of)).state


@pytest.mark.parametrize(
    ("due", "received", "state"),
    [
        ({"next_opening": True}, "2026-11-20T10:00", "at_once"),
        ({"next_opening": True}, "2026-11-20T17:00", "reachable_from"),
        ({"business_hours": "2min"}, "2026-11-20T10:00", "at_once"),
        ({"business_hours": "2min"}, "2026-11-20T18:00", "promised"),
        ({"business_hours": "6min"}, "2026-11-20T10:00", "promised"),
        ({"calendar_hours": "2min"}, "2026-11-20T18:00", "promised"),
        ({"business_hours": "2min"}, "2026-11-20T16:58", "at_once"),  # due at 17:00, at closing
        ({"business_hours": "2min"}, "2026-11-20T16:59", "promised"),  # due on Monday at 9:01
    ],
)
def test_at_once_is_said_while_somebody_is_there(due: Any, received: str, state: str) -> None:
    assert state == told(promise(received, due)).state


def clock(*events: Any, as_of: str) -> Any:
    rules = policy({"business_hours": "8h"})
    clocks = {"first_response": {"paused_in": ["pending", "on_hold"], "pausable": True}}
    pausing = Policy(**{**rules.to_data(), "clocks": clocks, "deprioritisation": {"causes": ["duplicate"]}})
    return pausing.replay([Created(at=at("2026-11-20T10:00")), *events], as_of=at(as_of))["first_response"]


PENDING: Final = StatusChanged(at=at("2026-11-20T11:00"), status="pending")


@pytest.mark.parametrize(
    ("events", "as_of", "sentence"),
    [
        ([], "2026-11-20T11:00", "We will reply by 10:00 on Monday 23 November."),
        ([PENDING], "2026-11-20T12:00", "We are waiting for your reply. We will continue as soon as we have received it."),
        (
            [StatusChanged(at=at("2026-11-20T11:00"), status="on_hold")], "2026-11-20T12:00",
            "Your request is on hold. We will let you know when we continue.",
        ),
        (
            [PENDING, Paused(at=at("2026-11-20T11:30"), reason="supplier")], "2026-11-20T12:00",
            "Your request is on hold. We will let you know when we continue.",
        ),
        ([], "2026-11-23T10:01", "Our reply is late. We apologise for the delay."),
    ],
)  # fmt: skip
def test_a_clock_says_how_it_is_doing(events: list[Any], as_of: str, sentence: str) -> None:
    assert sentence == str(clock(*events, as_of=as_of).expectation().say("en"))


@pytest.mark.parametrize(
    "event",
    [Deleted(at=at("2026-11-20T11:00")), Message(at=at("2026-11-20T11:00"), actor="agent")],
    ids=["cancelled", "met"],
)
def test_nothing_is_expected_of_a_clock_that_is_over(event: Any) -> None:
    with pytest.raises(ExpectationError) as caught:
        clock(event, as_of="2026-11-20T12:00").expectation()
    assert caught.value.code == "clock_not_open"


def test_nothing_is_expected_of_a_clock_that_has_not_started() -> None:
    rules = policy({"business_hours": "8h"}).to_data()
    updates = [{**rules["rules"][0], "metrics": {"periodic_update": {"due": {"business_hours": "8h"}}}}]
    waiting = Policy(**{**rules, "rules": updates}).replay([Created(at=PENDING.at)], as_of=PENDING.at)
    with pytest.raises(ExpectationError) as caught:
        waiting["periodic_update"].expectation()
    assert (caught.value.code, caught.value.given) == ("clock_not_open", "'not_started'")


def test_a_running_clock_says_what_is_expected_and_when_to_ask_again() -> None:
    """Friday 10:00: four hours are at 14:00, eight on Monday at 10:00, sixteen on Tuesday at 10:00."""
    rules = policy({"business_hours": "8h"}).to_data()
    metric = {
        "due": {"business_hours": "8h"},
        "expected": {"business_hours": "4h"},
        "follow_up": {"business_hours": "16h"},
    }
    asked = Policy(**{**rules, "rules": [{**rules["rules"][0], "metrics": {"first_response": metric}}]})
    running = asked.replay([Created(at=at("2026-11-20T10:00"))], as_of=at("2026-11-20T11:00"))["first_response"]
    found = running.expectation()
    assert (found.expected, found.by) == (at("2026-11-20T14:00"), at("2026-11-23T10:00"))
    assert (found.market_language, found.to) == ("", "")
    assert found == expect_clock(running)
    assert str(found.say("en")) == (
        "We usually reply by 14:00 today, and by 10:00 on Monday 23 November at the latest."
    )
    assert found.follow_up is not None
    assert str(found.follow_up.say("en")) == (
        "If you have not heard from us by 10:00 on Tuesday 24 November, please write to us again."
    )


@pytest.mark.parametrize(
    ("received", "as_of", "state"),
    [
        ("2026-11-20T10:00", "2026-11-20T10:00", "at_once"),
        ("2026-11-20T18:00", "2026-11-20T18:00", "reachable_from"),
        ("2026-11-20T18:00", "2026-11-23T10:00", "overdue"),
    ],
)
def test_when_to_ask_again_is_said_whatever_is_promised(received: str, as_of: str, state: str) -> None:
    rules = policy({"next_opening": True}).to_data()
    metric = {"due": {"next_opening": True}, "follow_up": {"calendar_days": 4, "by": "12:00"}}
    asked = Policy(**{**rules, "rules": [{**rules["rules"][0], "metrics": {"first_response": metric}}]})
    found = told(asked.promise(at(received))["first_response"], as_of=at(as_of))
    assert found.follow_up is not None
    assert (found.state, found.follow_up.by) == (state, at("2026-11-24T12:00"))


def test_a_ticket_that_was_deprioritised_is_told_no_time() -> None:
    found = told(promise("2026-11-20T10:00")).without_promise("form")
    assert (found.by, found.earliest, found.expected, found.reason) == (None, None, None, None)
    assert str(found.say("en")) == "Contact form: we read your messages, but we do not promise a reply time."


@pytest.mark.parametrize(
    ("as_of", "held", "sentence"),
    [
        ("2026-11-20T11:00", [], "We read your messages, but we do not promise a reply time."),
        ("2026-11-23T10:01", [], "We read your messages, but we do not promise a reply time."),
        (
            "2026-11-20T12:00",
            [PENDING],
            "We are waiting for your reply. We will continue as soon as we have received it.",
        ),
    ],
)
def test_a_clock_of_a_deprioritised_ticket_tells_no_time_unless_asked(
    as_of: str, held: list[Any], sentence: str
) -> None:
    """Due on Monday at 10:00."""
    demoted = clock(Deprioritised(at=at("2026-11-20T10:30"), reason="duplicate"), *held, as_of=as_of)
    assert demoted.deprioritised
    assert str(demoted.expectation().say("en")) == sentence
    assert demoted.expectation().follow_up is None
    plain = clock(*held, as_of=as_of)
    assert demoted.expectation(deprioritised_too=True) == plain.expectation()


def test_an_acknowledgement_at_once_does_not_say_that_the_answer_comes_at_once() -> None:
    chat = sample_policy("b2b_marketplace").promise(at("2026-11-20T10:00", "Europe/Berlin"), channel="chat")
    said = {metric: str(told(each).say("en")) for metric, each in chat.items()}
    assert said["acknowledgement"] == "We confirm receipt of your message at once."
    assert (
        said["first_response"] == "We usually reply by 13:00 today, and by 10:00 on Monday 23 November at the latest."
    )
    late = sample_policy("b2b_marketplace").promise(at("2026-11-20T17:59", "Europe/Berlin"), channel="chat")
    assert str(told(late["acknowledgement"]).say("en")) == (
        "We will confirm receipt of your message by 09:15 on Monday 23 November."
    )


@pytest.mark.parametrize(
    ("as_of", "special", "sentence"),
    [
        ("2027-12-06T10:00", [], "We are closed today (Independence Day)."),
        ("2027-12-05T10:00", [], "We are closed tomorrow (Independence Day)."),
        ("2026-11-20T18:00", [], "We are closed at the weekend."),
        ("2026-11-23T18:00", [], ""),  # an evening is its own reason
        ("2026-11-23T08:00", [], ""),
        ("2026-11-22T18:00", [{"on": "2026-11-23", "hours": "closed", "name": "Stocktaking"}], "We are closed tomorrow (Stocktaking)."),
    ],
)  # fmt: skip
def test_a_telephone_that_is_closed_says_why(as_of: str, special: list[Any], sentence: str) -> None:
    """Friday 20 November 2026; 6 December 2027 is a Monday."""
    line = promise(as_of, {"next_opening": True}, special_days=special)
    for closed in (
        told(line),
        Expectation.for_channel("telephone", line.calendar, as_of=at(as_of), zone="Europe/Helsinki"),
    ):
        said = str(closed.say("en", reason=True))
        assert said == f"{sentence} {closed.say('en')}".strip()


def test_a_clock_and_its_promise_say_the_same() -> None:
    running = clock(as_of="2026-11-20T11:00")
    promised = promise("2026-11-20T10:00", {"business_hours": "8h"})
    assert promised.expectation(as_of=at("2026-11-20T11:00"), zone="Asia/Tokyo") == running.expectation(
        zone="Asia/Tokyo"
    )


def test_each_step_of_a_escalation_is_told() -> None:
    shop = sample_policy("store_correspondence")
    asked = shop.promise(at("2026-11-20T18:00", "Europe/Moscow"))["first_response"]
    (mediator,) = Expectation.for_escalation(shop.escalation, asked, as_of=asked.received)
    assert str(mediator.say("en")) == (
        "If you have not heard from us by 18:00 on Monday 23 November, the next step is: a mediator."
    )
    (manager,) = Expectation.for_escalation(
        [EscalationStep(to="a manager", on="escalation_requested")], asked, as_of=asked.received
    )
    assert str(manager.say("en")) == "If you need more help, the next step is: a manager."


# ---------------------------------------------------------------- channels


@pytest.mark.parametrize(
    ("hours", "as_of", "sentence"),
    [
        ("Mon-Fri 09:00-17:00", "2026-11-20T16:59", "Telephone: open now, closes at 17:00 today."),
        ("Mon-Fri 09:00-17:00", "2026-11-20T17:00", "Telephone: closed now, opens at 09:00 on Monday 23 November."),
        ("Mon-Fri 09:00-12:20", "2026-11-20T10:00", "Telephone: open now, closes at 12:20 today."),
        ("Mon-Sun 22:00-24:00", "2026-11-20T23:00", "Telephone: open now, closes at midnight."),
        ("Mon-Sun 00:00-04:00", "2026-11-20T23:00", "Telephone: closed now, opens at 00:00 tomorrow."),
        ("24/7", "2026-11-20T23:00", "Telephone: open around the clock."),
    ],
)
def test_opening_and_closing_are_told_to_the_minute(hours: str, as_of: str, sentence: str) -> None:
    calendar = Calendar("Europe/Helsinki", hours)
    said = Expectation.for_channel("telephone", calendar, as_of=at(as_of), zone="Europe/Helsinki").say("en")
    assert sentence == str(said)


def test_midnight_closes_the_day_before_where_a_date_was_skipped() -> None:
    """Apia went from Thursday 29 to Saturday 31 December 2011: what closes between them closes on Thursday."""
    line = Calendar("Pacific/Apia", "Mon-Sun 09:00-24:00")
    thursday = datetime(2011, 12, 29, 12, tzinfo=ZoneInfo("Pacific/Apia"))
    assert line.next_close(thursday) == datetime(2011, 12, 31, tzinfo=ZoneInfo("Pacific/Apia"))
    said = Expectation.for_channel("telephone", line, as_of=thursday, zone="Pacific/Apia").say("en")
    assert str(said) == "Telephone: open now, closes at midnight."


def test_a_channel_that_never_opens_again_is_closed() -> None:
    line = Calendar("Europe/Helsinki", "Mon-Fri 09:00-17:00", versions={"2026-11-01": "closed"})
    with pytest.raises(ClosedForGoodError):
        line.next_open(at("2026-11-20T10:00"))
    closed = Expectation.for_channel("fax", line, as_of=at("2026-11-20T10:00"), zone="Europe/Helsinki")
    assert (closed.state, closed.by, closed.market_language) == ("closed", None, "")
    assert str(closed.say("en")) == "Fax: closed."


# ---------------------------------------------------------------- kinds of promise


def of_kind(due: Any, **said: Any) -> Policy:
    """A policy that promises a first response as `said` says."""
    rules = policy(due).to_data()
    metric = {"due": due, **said}
    return Policy(**{**rules, "rules": [{**rules["rules"][0], "metrics": {"first_response": metric}}]})


RANGE: Final = {"earliest": {"business_hours": "2h"}, "latest": {"business_hours": "4h"}}
HOURS: Final = {"business_hours": "4h"}
OPENING: Final = {"next_opening": True}
USUAL: Final = "We usually reply between 12:00 and 14:00 today."
LONGER: Final = "This is taking longer than usual."
NO_TIME: Final = "We will get back to you as soon as we can, but we do not promise a time."
AVAILABLE: Final = "We are open now and reply at once if somebody is available."


@pytest.mark.parametrize(
    ("due", "kind", "as_of", "state", "sentence"),
    [
        (RANGE, "typical", "20T10:00", "usual", USUAL),
        (RANGE, "typical", "20T12:00", "usual", "We usually reply by 14:00 today."),
        (RANGE, "typical", "20T14:00", "usual", "We usually reply by 14:00 today."),
        (RANGE, "typical", "20T14:00:01", "longer_than_usual", LONGER),
        (OPENING, "typical", "20T10:00", "at_once", "We are open now and usually reply at once."),
        (HOURS, "best_effort", "20T10:00", "best_effort", NO_TIME),
        (HOURS, "best_effort", "23T10:00", "best_effort", NO_TIME),
        (OPENING, "best_effort", "20T10:00", "at_once", AVAILABLE),
        (OPENING, "best_effort", "20T10:00:01", "at_once", AVAILABLE),
        (OPENING, "best_effort", "20T18:00", "best_effort", NO_TIME),
    ],
)
def test_what_is_not_owed_is_told_without_an_apology(
    due: Any, kind: str, as_of: str, state: str, sentence: str
) -> None:
    """Asked on Friday at 10:00; four business hours are at 14:00. A promise and its clock tell the same."""
    asked = of_kind(due, promise=kind)
    promised = told(asked.promise(at("2026-11-20T10:00"))["first_response"], as_of=at(f"2026-11-{as_of}"))
    running = asked.replay([Created(at=at("2026-11-20T10:00"))], as_of=at(f"2026-11-{as_of}"))["first_response"]
    assert (promised.state, promised.kind, str(promised.say("en"))) == (state, kind, sentence)
    assert promised == running.expectation()


def test_best_effort_in_closed_hours_tells_when_it_opens() -> None:
    evening = at("2026-11-20T18:00")
    found = told(of_kind(OPENING, promise="best_effort").promise(evening)["first_response"])
    assert (found.state, found.by) == ("reachable_from", at("2026-11-23T09:00"))


def test_the_reason_is_told_of_what_is_usual_too() -> None:
    friday = at("2026-11-20T15:00")
    found = told(of_kind(HOURS, promise="typical").promise(friday)["first_response"])
    assert (
        str(found.say("en", reason=True))
        == "We are closed at the weekend. We usually reply by 11:00 on Monday 23 November."
    )


def test_what_is_not_owed_says_when_to_ask_again() -> None:
    asked = of_kind(HOURS, promise="typical", follow_up={"business_hours": "8h"}).promise(at("2026-11-20T10:00"))
    for as_of in ("2026-11-20T10:00", "2026-11-20T14:00:01"):
        found = told(asked["first_response"], as_of=at(as_of))
        assert found.follow_up is not None
        assert found.follow_up.by == at("2026-11-23T10:00")


@pytest.mark.parametrize(
    ("as_of", "state", "sentence"),
    [
        ("2026-11-20T10:00", "promised", "Your deadline: 14:00 today."),
        ("2026-11-20T14:00", "promised", "Your deadline: 14:00 today."),
        ("2026-11-20T14:00:01", "overdue", "Your deadline has passed."),
    ],
)
def test_a_deadline_of_the_customers_is_theirs(as_of: str, state: str, sentence: str) -> None:
    asked = of_kind(HOURS, owed_by="customer")
    promised = told(asked.promise(at("2026-11-20T10:00"))["first_response"], as_of=at(as_of))
    running = asked.replay([Created(at=at("2026-11-20T10:00"))], as_of=at(as_of))["first_response"]
    assert (promised.state, promised.owed_by, str(promised.say("en"))) == (state, "customer", sentence)
    assert promised == running.expectation()
    assert promised.reason is None


@pytest.mark.parametrize(("now", "before"), [("typical", "owed"), ("owed", "typical"), ("typical", "typical")])
def test_what_was_never_owed_has_not_moved(now: str, before: str) -> None:
    later, sooner = (
        told(of_kind({"business_hours": amount}, promise=kind).promise(at("2026-11-20T10:00"))["first_response"])
        for amount, kind in (("4h", now), ("2h", before))
    )
    assert later.moved(sooner) == "later", "the figures say so"
    assert "sorry" not in str(later.say("en", told_before=sooner))


# ---------------------------------------------------------------- what moved


def test_a_promise_moved_when_its_words_did() -> None:
    noon, later = (told(promise("2026-11-20T10:00", {"business_hours": amount})) for amount in ("2h", "2h 10min"))
    barely = told(promise("2026-11-20T10:00", {"business_hours": "2h 5min"}))
    assert later.moved(noon) == "later"
    assert noon.moved(later) == "earlier"
    assert barely.moved(later) == "same", "both are told as 12:15"
    assert replace(later, grain="part_of_day").moved(replace(barely, grain="part_of_day")) == "same"


def test_only_a_time_can_move() -> None:
    late = told(promise("2026-11-20T10:00"), as_of=at("2026-11-20T13:00"))
    with pytest.raises(ExpectationError) as caught:
        late.moved(told(promise("2026-11-20T10:00")))
    assert caught.value.code == "no_time_told"


def test_a_sentence_without_a_time_says_of_none_that_it_moved() -> None:
    """What a service has at hand is what it told last, whatever that was: a time, or that the customer is waited for."""
    owed = promise("2026-11-20T10:00")
    before, late = told(owed), told(owed, as_of=at("2026-11-20T13:00"))
    assert late.say("en", told_before=before) == late.say("en")
    assert before.say("en", told_before=late) == before.say("en")


def test_as_of_is_an_instant() -> None:
    with pytest.raises(InstantError):
        told(promise("2026-11-20T10:00"), as_of=datetime(2026, 11, 20, 10))


@pytest.mark.parametrize("language", ["", "e", "english", "fi fi", "../en", "en\n", 7])
def test_a_text_that_is_no_language_code_is_an_error(language: Any) -> None:
    with pytest.raises(LanguageError) as caught:
        told(promise("2026-11-20T10:00")).say(language)
    assert caught.value.code == "language_code_invalid"


@pytest.mark.parametrize(
    ("asked", "market", "had"),
    [
        ("fi", "sv", "fi"),
        ("FI", "", "fi"),
        ("fr-CA", "sv", "fr"),
        ("pt_BR", "sv", "sv"),
        ("pt", "xx", "en"),
        ("pt", "", "en"),
    ],
)
def test_a_language_falls_back_to_that_of_the_market_then_to_english(asked: str, market: str, had: str) -> None:
    said = told(promise("2026-11-20T10:00"), language=market).say(asked)
    assert (asked, had, had != asked[:2].lower()) == (said.asked, said.language, said.is_fallback)


def test_the_market_of_the_sale_says_the_language() -> None:
    seller = sample_policy("marketplace_seller").promise(at("2026-11-20T15:00", "Europe/Bratislava"), market="CZ")
    said = told(seller["next_response"]).say("uk")
    assert (said.language, str(said)) == ("cs", "Odpovíme Vám nejpozději v pondělí 23. listopadu do 15:00.")


# ---------------------------------------------------------------- structured


def test_a_page_can_mark_up_the_time() -> None:
    holidays = [{"on": "2026-11-23", "hours": "closed", "name": "<b>Moving & more</b>"}]
    monday = told(promise("2026-11-20T18:00", special_days=holidays), zone="Europe/Berlin")
    said = monday.say("en", reason=True)
    assert [part.text for part in said.parts if part.instant] == [
        "on Monday 23 November",
        "10:00 on Tuesday 24 November",
    ]
    assert said.to_html() == (
        'We are closed <time datetime="2026-11-23T09:00:00+02:00">on Monday 23 November</time>'
        " (&lt;b&gt;Moving &amp; more&lt;/b&gt;). We will reply by "
        '<time datetime="2026-11-24T10:00:00+01:00">10:00 on Tuesday 24 November</time> (Berlin time).'
    )
    assert said.to_data()["text"] == str(said) == "".join(part.text for part in said.parts)


def test_a_sentence_is_written_with_its_parts_and_their_instants() -> None:
    assert told(promise("2026-11-20T10:00")).say("pt").to_data() == {
        "text": "We will reply by 12:00 today.",
        "language": "en",
        "asked": "pt",
        "parts": [
            {"text": "We will reply by ", "instant": None},
            {"text": "12:00 today", "instant": "2026-11-20T12:00:00+02:00", "zone": "Europe/Helsinki"},
            {"text": ".", "instant": None},
        ],
    }


@pytest.mark.parametrize(
    ("market", "asked", "language", "is_fallback"),
    [("", "en", "en", False), ("fi", "fi", "fi", False), ("xx", "xx", "en", True)],
)
def test_without_a_language_what_is_said_is_in_that_of_the_market_else_in_english(
    market: str, asked: str, language: str, is_fallback: bool
) -> None:
    promise = sample_policy("webshop_helpdesk").promise(at("2026-11-20T15:00"))["first_response"]
    sentence = promise.expectation(as_of=at("2026-11-20T15:00"), language=market).say()
    assert (sentence.asked, sentence.language, sentence.is_fallback) == (asked, language, is_fallback)
