"""What a customer was told as an event: its time, its text, its id."""

from dataclasses import replace
from datetime import UTC, datetime
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


def test_what_names_no_time_has_no_event() -> None:
    with pytest.raises(sla.ExpectationError) as caught:
        write_expectation(replace(TOLD, state="best_effort"))
    assert (caught.value.code, caught.value.given) == ("no_time_told", "'best_effort'")
