"""What a customer was told as an event: its time, its text, its id."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop.icalendar import write_expectation
from tests.unit.expectations.told import at

TOLD: Final = sla.Expectation(
    "promised", "Europe/Helsinki", at("2026-11-20T10:00"), metric="first_response", by=at("2026-11-20T11:50")
)


def event(told: sla.Expectation, language: str = "en", **options: Any) -> dict[str, str]:
    """The lines of the one event, unfolded, by what stands before the colon."""
    text = write_expectation(told, language, **options).content.replace("\r\n ", "")
    body = text.partition("BEGIN:VEVENT\r\n")[2].partition("END:VEVENT")[0]
    return dict(line.split(":", 1) for line in body.splitlines())


@pytest.mark.parametrize(
    ("changes", "times", "summary"),
    [
        ({}, {"DTSTART;TZID=Europe/Helsinki": "20261120T120000"}, "We will reply by 12:00 today."),
        (
            {"by": at("2026-11-24T00:00")},
            {"DTSTART;VALUE=DATE": "20261123", "DTEND;VALUE=DATE": "20261124"}, "We will reply by the end of Monday 23 November.",
        ),
        (
            {"earliest": at("2026-11-20T11:00"), "by": at("2026-11-21T00:00")},
            {"DTSTART;TZID=Europe/Helsinki": "20261120T110000", "DTEND;TZID=Europe/Helsinki": "20261121T000000"}, "We will reply between 11:00 and midnight today.",
        ),
        (
            {"earliest": at("2026-11-24T00:00"), "by": at("2026-11-26T00:00")},
            {"DTSTART;VALUE=DATE": "20261124", "DTEND;VALUE=DATE": "20261126"},
            "We will reply on Tuesday 24 November or on Wednesday 25 November.",
        ),
        (
            {"expected": at("2026-11-20T11:00")},
            {"DTSTART;TZID=Europe/Helsinki": "20261120T120000"}, "We usually reply by 11:00 today\\, and by 12:00 at the latest.",
        ),
        (
            {"state": "opens_at", "channel": "chat", "by": at("2026-11-24T00:00")},
            {"DTSTART;TZID=Europe/Helsinki": "20261124T000000"}, "Live chat: closed now\\, opens at 00:00 on Tuesday 24 November.",
        ),
    ],
)  # fmt: skip
def test_an_event_is_at_the_time_that_is_told(changes: dict[str, Any], times: dict[str, str], summary: str) -> None:
    found = event(replace(TOLD, **changes))
    assert {key: value for key, value in found.items() if key.startswith(("DTSTART", "DTEND"))} == times
    assert (found["SUMMARY"], found["DTSTAMP"], found["TRANSP"]) == (summary, "20261120T080000Z", "TRANSPARENT")


def test_a_promise_that_moves_keeps_the_id_of_its_event() -> None:
    later = replace(TOLD, by=at("2026-11-24T12:00"), as_of=at("2026-11-20T11:00"))
    ids = {str(event(told, about="1005")["UID"]) for told in (TOLD, later)}
    assert len(ids) == 1
    assert event(TOLD, about="1006")["UID"] not in ids
    assert event(replace(TOLD, metric="resolution"), about="1005")["UID"] not in ids


def test_a_text_is_escaped_and_folded_and_the_stamp_is_chosen() -> None:
    long = write_expectation(replace(TOLD, state="follow_up"), "ru", stamped_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert "DTSTAMP:20261101T000000Z" in long.content
    assert all(len(line.encode()) <= 75 for line in long.content.split("\r\n"))
    assert "ответа сегодня до 12:00\\, напишите" in long.content.replace("\r\n ", "")


def test_no_name_breaks_a_line() -> None:
    odd = replace(TOLD, state="answers_by", channel="a\r\nBEGIN:VEVENT")
    assert write_expectation(odd, about="b\r\nEND:VCALENDAR").content.count("\r\nBEGIN:VEVENT") == 1


@pytest.mark.parametrize("language", ["en", "fi", "de", "ru"])
def test_what_is_told_of_a_promise_and_a_clock_is_read_back_by_the_icalendar_package(language: str) -> None:
    """Friday 15:00: usually Monday 10:00 and at the latest 15:00; ask again by Tuesday 15:00, on the clock of Berlin."""
    icalendar = pytest.importorskip("icalendar", reason="needs icalendar")
    policy, friday = sla.sample_policy("b2b_marketplace"), at("2026-11-20T15:00+01:00")
    promised = policy.promise(friday, channel="email", market="DE")["first_response"].expectation(as_of=friday)
    clocks = policy.replay([sla.Created(at=friday, fields={"channel": "email", "market": "DE"})], as_of=friday)
    running = clocks["first_response"].expectation()
    assert promised.follow_up is not None
    for told, day, time in ((promised, 23, 15), (running, 23, 15), (promised.follow_up, 24, 15)):
        text = told.to_ics(language, about="1005")
        assert text == write_expectation(told, language, about="1005").content
        (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
        begins = event.decoded("dtstart")
        assert (begins, str(begins.tzinfo)) == (at(f"2026-11-{day}T{time}:00+01:00"), "Europe/Berlin")
        assert str(event["summary"]) == str(told.say(language))


def test_the_end_of_a_day_is_read_back_as_that_whole_day() -> None:
    icalendar = pytest.importorskip("icalendar", reason="needs icalendar")
    (event,) = icalendar.Calendar.from_ical(replace(TOLD, by=at("2026-11-24T00:00")).to_ics("en")).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 11, 23), date(2026, 11, 24))


def test_what_is_told_of_a_channel_is_an_event_in_the_language_of_its_market() -> None:
    asked = at("2026-11-20T18:00+01:00")
    advice = sla.channel_advice(sla.sample_policy("b2b_marketplace"), asked, market="FI")
    telephone = next(each for each in advice if each.channel == "telephone")
    assert "SUMMARY:Puhelin: nyt suljettu\\, avautuu maanantaina 23. marraskuuta klo" in telephone.hours.to_ics()
    with pytest.raises(sla.LanguageError):
        telephone.hours.to_ics("no language")


def test_what_names_no_time_has_no_event() -> None:
    with pytest.raises(sla.ExpectationError) as caught:
        write_expectation(replace(TOLD, state="best_effort"))
    assert (caught.value.code, caught.value.given) == ("no_time_told", "'best_effort'")
