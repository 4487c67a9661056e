"""An unknown name is answered with the known one that is nearest."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

import slacalc as sla
from slacalc.arguments import nearest, nearest_first
from tests.helpers import at, wrong
from tests.limits import run_within_limits

FRIDAY: Final = at("2026-11-20 15:00")
SAMPLE: Final = sla.sample_policy("webshop_helpdesk")
EVENT: Final = {"kind": "solved", "at": "2026-11-20T15:00:00+01:00"}
CLOCKS: Final = SAMPLE.replay(
    [sla.Created(at=FRIDAY, fields=(("priority", "normal"),))], as_of=FRIDAY + timedelta(hours=1)
)


@pytest.mark.parametrize(
    ("given", "known", "found", "why"),
    [
        ("tiket", ("time", "ticket"), "ticket", "a letter is missing"),
        ("Ticket", ("time", "ticket"), "ticket", "the case is another"),
        ("itme", ("ticket", "time"), "time", "two letters have changed places"),
        ("first_respnse", ("first_response", "resolution"), "first_response", "a letter in the middle"),
        ("colour", ("ticket", "time"), None, "like none"),
        ("", ("ticket",), None, "nothing was given"),
        (None, ("ticket",), None, "no text was given"),
        ("tiket", (), None, "nothing is known"),
    ],
)
def test_the_nearest_name_is_the_one_that_was_meant(
    given: object, known: tuple[str, ...], found: str | None, why: str
) -> None:
    assert nearest(given, known) == found, why


def test_the_nearest_name_is_listed_first_and_once() -> None:
    assert nearest_first("resolutoin", ["first_response", "resolution"]) == "resolution, first_response"
    assert nearest_first("colour", ["first_response", "resolution"]) == "first_response, resolution"


def mapping_of(folder: Path, text: str) -> sla.LogMapping:
    path = folder / "columns.toml"
    path.write_text('ticket = "id"\ntime = "at"\nactivity = "what"\n' + text, encoding="utf-8")
    return sla.load_mapping(path)


ASKED: Final[dict[str, tuple[Callable[[], object], str]]] = {
    "an event's kind": (lambda: sla.event_from_data({**EVENT, "kind": "solvd"}), "solved, created"),
    "an event's key": (lambda: sla.event_from_data({**EVENT, "statsu": "x", "kind": "status_changed"}), "status, at"),
    "what an activity is": (
        lambda: sla.LogMapping("id", "at", "what", events=(("a", "agent_mesage"),)), "agent_message, customer_message"
    ),
    "a column": (
        lambda: sla.read_log(["tickt,at,what"], sla.LogMapping("ticket", "at", "what")), "tickt, at, what"
    ),
    "a metric": (lambda: CLOCKS["first_respnse"], "first_response"),
    "a promised metric": (lambda: SAMPLE.promise(FRIDAY, priority="normal")["first_respnse"], "first_response"),
    "a field": (lambda: SAMPLE.promise(FRIDAY, priorty="high"), "priority, "),
    "a value of a field": (lambda: SAMPLE.promise(FRIDAY, priority="nromal"), "normal, "),
    "a calendar": (lambda: SAMPLE.calendar("Priority"), "priority, standard"),
    "a sample": (lambda: sla.sample_policy("webshop-helpdesk"), "webshop_helpdesk, b2b"),
    "a country": (lambda: sla.Holidays("be"), "an ISO 3166 code, such as BE"),
    "a subdivision": (lambda: sla.Holidays("DE", subdivision="by"), "BY, "),
    "a zone": (lambda: sla.Calendar("Europe/Brusels", "24/7"), 'an IANA name such as "Europe/Brussels"'),
    "a zone by its city": (lambda: sla.Calendar("new york", "24/7"), 'an IANA name such as "America/New_York"'),
    "a need": (lambda: sla.channel_advice(SAMPLE, FRIDAY, needs=[wrong("urgnet")]), "urgent, "),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "accepts"), ASKED.values(), ids=ASKED)
def test_what_is_accepted_begins_with_the_nearest(ask: Callable[[], object], accepts: str) -> None:
    with pytest.raises(sla.SlaError) as refused:
        ask()
    assert refused.value.accepts.startswith(accepts), str(refused.value)


def test_a_key_of_a_mapping_or_of_a_language_too(tmp_path: Path) -> None:
    with pytest.raises(sla.LogError, match="accepted: time_format, activity"):
        mapping_of(tmp_path, 'time_formt = "%Y"')
    language = tmp_path / "own.toml"
    language.write_text('extends = "em"\n', encoding="utf-8")
    with pytest.raises(sla.LanguageError, match="accepted: cs, de, en"):
        sla.load_language(language)
    language.write_text('extends = "EN"\n', encoding="utf-8")
    with pytest.raises(sla.LanguageError, match="accepted: en, cs, de"):
        sla.load_language(language)


def test_many_wrong_zones_are_answered_within_limits() -> None:
    """What is near is looked for among few names: a policy of a megabyte has thousands of wrong ones."""
    said = run_within_limits(
        "import slacalc as sla\n"
        "calendars = {f'c{i}': {'zone': f'Europe/Brus{i}', 'hours': '24/7'} for i in range(5_000)}\n"
        "try: sla.policy_from_data({'name': 'x', 'calendars': calendars, 'rules': []})\n"
        "except sla.PolicyError as error: print(len(error.problems) > 5_000)\n"
    )
    assert said == "True\n"
