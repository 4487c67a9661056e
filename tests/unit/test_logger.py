"""What the logger `slacalc` says, at which level, and that it says nothing of a person."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.logger import tell_zone_data
from tests.helpers import at

OFFICE: Final = sla.policy_from_data(
    {
        "name": "desk",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "fields": {"customer": []},
        "rules": [
            {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}}
        ],
    }
)
CREATED: Final = sla.Created(at=at("20 15:00"), status="open")
UNKNOWN: Final = sla.FieldChanged(at=at("20 15:10"), field="colour", value="Jane Doe's blue")


class Said(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.levelname, record.getMessage()))


@pytest.fixture
def said() -> Iterator[list[tuple[str, str]]]:
    """What is said from now on; the first policy of the process has told its zone data."""
    OFFICE.promise(at("20 15:00"))
    logger, heard = logging.getLogger("slacalc"), Said()
    logger.addHandler(heard)
    logger.setLevel(logging.DEBUG)
    yield heard.lines
    logger.setLevel(logging.NOTSET)
    logger.removeHandler(heard)


def test_the_gaps_of_a_replay_are_told_once_with_an_event_that_was_refused(said: list[tuple[str, str]]) -> None:
    clocks = OFFICE.replay([CREATED, UNKNOWN, UNKNOWN], as_of=at("20 16:00"), ticket="7")
    assert said == [("INFO", "gaps of ticket '7': field_undeclared 2")]
    assert clocks.gaps
    assert clocks["first_response"].due
    assert clocks.at(at("20 16:30")).gaps
    assert len(said) == 1


def test_what_only_a_log_leaves_open_is_told_to_those_who_look_closely(said: list[tuple[str, str]]) -> None:
    OFFICE.replay([sla.Created(at=at("20 15:00"))], as_of=at("20 16:00"), ticket="7")
    assert said == [("DEBUG", "gaps of ticket '7': status_assumed 1")]


def test_what_only_a_log_leaves_open_is_not_told_to_those_who_ask_for_less(said: list[tuple[str, str]]) -> None:
    logging.getLogger("slacalc").setLevel(logging.INFO)
    OFFICE.replay([sla.Created(at=at("20 15:00"))], as_of=at("20 16:00"), ticket="7")
    assert said == []


def test_going_on_tells_the_new_gaps_only(said: list[tuple[str, str]]) -> None:
    clocks = OFFICE.replay([CREATED, UNKNOWN], as_of=at("20 15:10"), ticket="7")
    clocks.extend([UNKNOWN], as_of=at("20 16:00"))
    assert said == 2 * [("INFO", "gaps of ticket '7': field_undeclared 1")]


def test_what_another_policy_would_say_is_no_replay_that_has_gaps(said: list[tuple[str, str]]) -> None:
    clocks = OFFICE.replay([CREATED, UNKNOWN], as_of=at("20 16:00"), ticket="7")
    sla.restate(clocks, [CREATED, UNKNOWN], OFFICE)
    assert len(said) == 1


def test_a_log_without_gaps_says_nothing(said: list[tuple[str, str]]) -> None:
    OFFICE.replay([CREATED], as_of=at("20 16:00"), ticket="7")
    assert said == []


def test_a_ticket_of_many_that_cannot_be_replayed_is_told(said: list[tuple[str, str]]) -> None:
    list(sla.replay_tickets([("7", sla.Solved(at=at("20 15:00")))], OFFICE, as_of=at("20 16:00")))
    assert [level for level, _ in said] == ["INFO"]
    assert said[0][1].startswith("gaps of ticket '7': ")


LATER: Final = OFFICE.replay([CREATED], as_of=at("20 17:00"), ticket="7")


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (lambda: sla.agenda([LATER], as_of=at("20 16:00")), "agenda left out 1 (as_of_went_back 1), first '7' as_of_went_back"),
        (lambda: sla.queue([LATER], as_of=at("20 16:00")), "queue left out 1 (as_of_went_back 1), first '7' as_of_went_back"),
        (
            lambda: sla.restate_tickets([LATER], [], OFFICE),
            "restate_tickets left out 1 (events_missing 1), first '7' events_missing",
        ),
        (
            lambda: OFFICE.replay_frame([("7", sla.Created(at=at("20 18:00")))], as_of=at("20 16:00")),
            "replay_frame left out 1 (creation_missing 1), first '7' creation_missing",
        ),
        (
            lambda: OFFICE.outcome_frame({"received": [at("20 15:00"), None], "first_response": [None, None]}, as_of=at("20 16:00"), errors="null"),
            "outcome_frame left out 1 (row_received_missing 1), first 'row 1' row_received_missing",
        ),
        (
            lambda: OFFICE.outcome_frame([{"ticket": "7"}], as_of=at("20 16:00"), errors="null"),
            "outcome_frame left out 1 (row_received_missing 1), first 'row 0' row_received_missing",
        ),
        (
            lambda: sla.report([{"ticket": "7"}], OFFICE, as_of=at("20 16:00")),
            "report left out 1 (row_received_missing 1), first 'line 1' row_received_missing",
        ),
        (
            lambda: sla.read_event_log(["nonsense", "more nonsense"]),
            "read_event_log left out 2 (event_unreadable 2), first 'line 1' event_unreadable, 'line 2' event_unreadable",
        ),
        (
            lambda: sla.read_log(["id,at,what", "7,soon,opened"], sla.LogMapping("id", "at", "what")),
            "read_log left out 1 (time_unreadable 1), first 'line 2' time_unreadable",
        ),
    ],
)  # fmt: skip
def test_what_an_answer_for_many_leaves_out_is_a_warning(said: list[tuple[str, str]], asked: Any, line: str) -> None:
    asked()
    assert [each for each in said if each[0] == "WARNING"] == [("WARNING", line)]


def test_of_many_the_first_ten_are_named(said: list[tuple[str, str]]) -> None:
    sla.read_event_log(["nonsense"] * 1_234)
    assert said[0][1].startswith(
        "read_event_log left out 1234 (event_unreadable 1234), first 'line 1' event_unreadable, "
    )
    assert said[0][1].endswith("'line 10' event_unreadable")


def test_nothing_is_told_but_ids_and_codes(said: list[tuple[str, str]]) -> None:
    person = "Jane Doe, jane@example.org"
    tickets: list[sla.Event] = [
        sla.Created(at=at("20 15:00"), status=person, channel=person, fields={"customer": person, person: person}),
        sla.Message(at=at("20 15:10"), actor="agent", channel=person),
        sla.FieldChanged(at=at("20 15:20"), field="colour", value=person),
        sla.TargetOverridden(at=at("20 15:20"), metric=person, due=at("20 18:00"), author=person),
    ]
    list(sla.replay_tickets([("7", event) for event in tickets], OFFICE, as_of=at("20 17:00")))
    list(sla.replay_tickets([("8", event) for event in [CREATED, *tickets[1:]]], OFFICE, as_of=at("20 17:00")))
    sla.report(
        [{"ticket": person, "received": at("20 15:00"), "customer": [person], "colour": person}],
        OFFICE,
        as_of=at("20 17:00"),
    )
    sla.read_event_log([f'{{"ticket": "7", "kind": "{person}"}}'])
    assert said
    assert "Jane" not in str(said)


def test_a_name_with_a_line_break_forges_no_line(said: list[tuple[str, str]]) -> None:
    OFFICE.replay([CREATED, UNKNOWN], as_of=at("20 16:00"), ticket="7\nERROR all is lost")
    assert "\n" not in said[0][1]


ZONES: Final = """
import logging, sys
import slacalc as sla
logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
policy = sla.sample_policy("webshop_helpdesk")
from datetime import datetime, UTC
for _ in range(3):
    policy.promise(datetime(2026, 11, 20, tzinfo=UTC))
sla.sample_policy("marketplace_seller").promise(datetime(2026, 11, 20, tzinfo=UTC))
newer = sla.zone_data().newer
print(sla.zone_data().in_use, newer or "", sep="|")
"""
QUIET: Final = ZONES.replace("logging.basicConfig", "dict")


def run(program: str) -> tuple[str, str]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return done.stdout, done.stderr


def test_the_zone_data_in_use_is_told_once_and_newer_data_beside_it() -> None:
    shown, told = run(ZONES)
    in_use, _, newer = shown.strip().partition("|")
    lines = [f"INFO slacalc zone data in use: {in_use}"]
    assert told.splitlines() == lines + [f"WARNING slacalc newer zone data is not in use: {newer}"] * bool(newer)


def test_newer_zone_data_is_warned_of(said: list[tuple[str, str]]) -> None:
    tell_zone_data("2025b (/usr/share/zoneinfo)", "2026f (the tzdata package)")
    tell_zone_data("2026f (the tzdata package)", "")
    assert said == [
        ("INFO", "zone data in use: 2025b (/usr/share/zoneinfo)"),
        ("WARNING", "newer zone data is not in use: 2026f (the tzdata package)"),
        ("INFO", "zone data in use: 2026f (the tzdata package)"),
    ]


def test_nothing_is_printed_where_nobody_set_logging_up() -> None:
    assert run(QUIET)[1] == ""
