"""Five real support systems, line by line: tests/cases/*.toml, listed in docs/systems.md.

A case says what was received, and what its `because` says of it; tests/case_words.py says how it writes
times and events. A key that nobody reads is a mistake of the case file, and fails.

A promise is given `received`; `fields`, where a list means that the case holds for each of its values;
`at`, named instants such as a delivery; `metric`; `policy`, a sample or one of `[policies]`; and `done`, when
it was done, or `as_of`, up to when it is looked at. It says what is in `INSTANTS` and `OUTCOMES`, or `kind`, `objective`,
`escalation`, `no_promise`, `later` (what begins a clock that does not begin with receipt), `valid_from`.

A sentence is given `language`, `reader` (a zone), `read_at`, and `deprioritised` if the ticket was; it says what is in `SENTENCES`. A
channel guide is given `needs`; it says what is in `GUIDE`.

The life of a ticket is given `events` instead of `received`, or the events of several `[case.tickets]`, and `as_of`.
It says what is in `OF_CLOCK` of the clock of its metric, what is in `OF_TICKET` of the ticket, or the `queue`. A `report` of
the ticket, or of several, has a line for each metric and kind of promise.

The cases of absence_notice.toml are about dates and have keys of their own.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc import (
    ChannelAdvice,
    Policy,
    PolicyError,
    Promise,
    absence_notice,
    outcome,
    policy_from_data,
    sample_policy,
)
from slacalc.events.event import Event
from tests.case_words import WEEKDAYS, amount, at, event, life, on, short, written

CASES = Path(__file__).parent / "cases"
PAGE = Path(__file__).parents[1] / "docs" / "systems.md"

HEAD: Final = {"name", "because", "policy", "zone", "fields", "metric", "as_of"}
GIVEN: Final = {*HEAD, "received", "at", "done"}
TELLING: Final = {"language", "reader", "read_at", "needs", "deprioritised"}
INSTANTS: Final = ("earliest", "expected", "due", "follow_up_earliest", "follow_up", "next_open")
OUTCOMES: Final = ("status", "overdue_by_open", "overdue_by")
SENTENCES: Final = ("says", "follow_up_says")
GUIDE: Final = ("channels", "limits", "have_ready")
SAID: Final = {
    *INSTANTS,
    *OUTCOMES,
    *SENTENCES,
    *GUIDE,
    "kind",
    "objective",
    "escalation",
    "no_promise",
    "later",
    "valid_from",
}

LIFE_GIVEN: Final = {*HEAD, "events", "tickets"}
MOMENTS: Final = {"due", "earliest", "expected", "follow_up_earliest", "follow_up", "breached_at"}
AMOUNTS: Final = {"overdue_by", "overdue_by_open"}
OF_CLOCK: Final = {
    *MOMENTS, *AMOUNTS, "kind", "status", "cancelled", "objective", "target", "history", "cycles", "eligible", "told",
}  # fmt: skip
OF_TICKET: Final = {"deprioritisations", "gaps", "escalation", "costs"}
OF_TICKETS: Final = {"queue", "report"}
LIFE_SAID: Final = {*OF_CLOCK, *OF_TICKET, *OF_TICKETS}

ABSENCE_SAID: Final = ("working_days", "required", "announce_by", "days_late")
ABSENCE_KEYS: Final = {"name", "because", "policy", "calendar", "absent", "announced", *ABSENCE_SAID}


# ---------------------------------------------------------------- reading


@dataclass(frozen=True)
class Case:
    """A case of a file; what the file says at its head holds where the case says nothing."""

    file: str
    data: Mapping[str, Any]
    policies: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.file}: {self.data['name']}"

    def time(self, key: str) -> datetime:
        return at(self.data[key], self.data["zone"])

    def policy(self) -> Policy:
        name = self.data["policy"]
        return policy_from_data({"name": name, **self.policies[name]}) if name in self.policies else sample(name)

    @property
    def is_life(self) -> bool:
        return not self.data.keys().isdisjoint({"events", "tickets"})

    def tickets(self) -> Iterator[dict[str, str]]:
        """The fields: a list of values is a ticket for each of them."""
        fields = {
            name: [given] if isinstance(given, str) else given for name, given in self.data.get("fields", {}).items()
        }
        return (dict(zip(fields, values, strict=True)) for values in product(*fields.values()))


@cache
def sample(name: str) -> Policy:
    return sample_policy(name)


def read(file: Path) -> list[Case]:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    cases, policies = content.pop("case"), content.pop("policies", {})
    assert set(content) <= {"policy", "zone", "calendar"}, f"{file.name}: unknown keys at the head: {sorted(content)}"
    return [Case(file.stem, {**content, **each}, policies) for each in cases]


ALL = [case for file in sorted(CASES.glob("*.toml")) for case in read(file)]
ABSENCES = [case for case in ALL if case.file == "absence_notice"]
LIVES = [case for case in ALL if case.is_life]
PROMISES = [case for case in ALL if case not in (*ABSENCES, *LIVES)]


# ---------------------------------------------------------------- what a case says, and what the library says


def expected_of(case: Case) -> dict[str, object]:
    """What the case says, in the words of `actual_of`."""
    return {key: _expected(case, key) for key in case.data if key in SAID}


def _expected(case: Case, key: str) -> object:
    if key in INSTANTS or key == "valid_from":
        return written(case.time(key), case.time(key))
    return amount(case.data[key]) if key in AMOUNTS else case.data[key]


def actual_of(case: Case, fields: dict[str, str]) -> dict[str, object]:
    """What the library says, for every key that the case has."""
    if "valid_from" in case.data:
        return {"valid_from": written(case.policy().valid_from, case.time("valid_from"))}
    if "no_promise" in case.data:
        return {"no_promise": why_nothing_is_promised(case, fields)}
    if set(case.data) & set(GUIDE):
        return told_by_the_guide(case, fields)
    instants = {name: at(text, case.data["zone"]) for name, text in case.data.get("at", {}).items()}
    promises = case.policy().promise(case.time("received"), origins=instants, **fields)
    if "later" in case.data:
        return {"later": promises.later[case.data["metric"]].begins}
    promise = promises[case.data["metric"]]
    return {key: _actual(case, key, promise, fields) for key in case.data if key in SAID}


def _actual(case: Case, key: str, promise: Promise, fields: dict[str, str]) -> object:  # noqa: PLR0911 - one return a key
    if key == "next_open":
        return written(promise.calendar.next_open(promise.received), case.time(key))
    if key in INSTANTS:
        return written(getattr(promise, key), case.time(key))
    if key in SENTENCES:
        return sentence(case, promise, fields, follow_up=key == "follow_up_says")
    if key in OUTCOMES:
        stop = case.time("done") if "done" in case.data else None
        return getattr(outcome(promise, stop, as_of=stop or case.time("as_of")), key)
    if key == "objective":
        return "none" if promise.objective is None else f"{promise.objective:.0%}"
    if key == "kind":
        return kind(promise)
    assert key == "escalation"
    return escalation(case, promise, fields)


def kind(told: Promise | sla.ClockState | sla.ReportLine) -> str:
    """ "typical"; of what the customer owes, that it is theirs."""
    return "the customer's" if told.owed_by == "customer" else told.kind


def escalation(case: Case, promise: Promise, fields: dict[str, str]) -> list[str]:
    """Each step: on request, or from when the clock starts it."""
    steps = case.policy().escalation_for(**fields)
    starts = [None if step.after is None else step.after.due(promise.calendar, promise.origin) for step in steps]
    return [
        f"{step.to}, {f'from {WEEKDAYS[start.weekday()]} {start:%Y-%m-%d %H:%M}' if start else 'on request'}"
        for step, start in zip(steps, starts, strict=True)
    ]


def sentence(case: Case, promise: Promise, fields: dict[str, str], *, follow_up: bool) -> str:
    """What the customer reads, in English to a reader in the zone of the calendar where the case says no other."""
    read_at = case.time("read_at") if "read_at" in case.data else promise.received
    told = promise.expectation(as_of=read_at, zone=case.data.get("reader"))
    if follow_up:
        assert told.follow_up
        told = told.follow_up
    if case.data.get("deprioritised"):
        told = told.without_promise(fields["channel"])
    return str(told.say(case.data.get("language", "en")))


def told_by_the_guide(case: Case, fields: dict[str, str]) -> dict[str, object]:
    """The channels in order with their answers, their limits, and what to have ready."""
    guide = sla.channel_advice(
        case.policy(), case.time("received"), zone=case.data["zone"], needs=case.data.get("needs", ()), **fields
    )
    told = {
        "channels": [answer(each) for each in guide],
        "limits": {each.channel: each.facts.limits for each in guide if each.channel in case.data.get("limits", ())},
        "have_ready": list(guide.have_ready),
    }
    return {key: said for key, said in told.items() if key in case.data}


def answer(advice: ChannelAdvice) -> str:
    """ "email, fast, by Mon 2026-11-23 10:00"; without a promise, whether anybody reads."""
    if advice.state in {"handled", "not_read"}:
        return f"{advice.channel}, {'handled without a promise' if advice.state == 'handled' else 'not read at all'}"
    if advice.answers_at_once:
        return f"{advice.channel}, {advice.facts.speed}, now"
    assert advice.answer
    return f"{advice.channel}, {advice.facts.speed}, by {written(advice.answer, advice.as_of)[:20]}"


def why_nothing_is_promised(case: Case, fields: dict[str, str]) -> str:
    """Either the policy does not know such a channel, or it has a rule for it that promises nothing."""
    try:
        promises = case.policy().promise(case.time("received"), origins={}, **fields)
    except PolicyError as error:
        return "not read at all" if error.code == "field_value_unknown" else str(error)
    return f"promises {', '.join(promises)}" if promises else "handled without a promise"


# ---------------------------------------------------------------- what a case says of a life


def said_of(case: Case) -> dict[str, object]:
    """What the case says of the life of a ticket; times are texts on the clock of the case's zone."""
    return {key: amount(said) if key in AMOUNTS else said for key, said in case.data.items() if key in LIFE_SAID}


def seen_of(case: Case, fields: dict[str, str]) -> dict[str, object]:
    """What the library says, for every key that the case has."""
    given = case.data.get("tickets", {"": case.data.get("events", ())})
    logs = {ticket: life(lines, case.data["zone"], fields) for ticket, lines in given.items()}
    tickets = [sla.replay(log, case.policy(), as_of=case.time("as_of"), ticket=ticket) for ticket, log in logs.items()]
    if "queue" in case.data:
        return {"queue": [waiting.ticket for waiting in sla.queue(tickets, as_of=case.time("as_of"))]}
    if "report" in case.data:
        return {"report": list(reported(case, logs))}
    return {key: _seen(case, key, tickets[0]) for key in case.data if key in LIFE_SAID}


def reported(case: Case, logs: Mapping[str, list[Event]]) -> Iterator[str]:
    """The lines of all tickets: "first_response, typical: 2 done, within 50%"."""
    pairs = [(ticket, each) for ticket, log in logs.items() for each in log]
    for line in sla.report(sla.group_tickets(pairs), case.policy(), as_of=case.time("as_of")).lines:
        if line.group == "all":
            share = "attainment" if line.kind == "owed" else "within"
            figure = line.attainment if line.kind == "owed" else line.within
            counts = f"{line.met} met, {line.breached} breached" if line.kind == "owed" else f"{line.done} done"
            told = "nothing yet" if figure is None else f"{figure:.0%}"
            yield f"{line.metric}, {kind(line)}: {counts}, {line.pending} pending, {share} {told}"


def _seen(case: Case, key: str, clocks: sla.Clocks) -> object:
    match key:
        case "deprioritisations":
            return list(clocks.deprioritisations)
        case "gaps":
            return [gap.code for gap in clocks.gaps]
        case "costs":
            return clocks.taken_over is not None and clocks.taken_over.costs
        case "escalation":
            return [_rung(rung, case.data["zone"]) for rung in clocks.escalation()]
        case "cycles":
            cycles = clocks.cycles(case.data["metric"])
            return [f"{cycle.status}, due {short(cycle.due, case.data['zone'])}" for cycle in cycles]
        case _:
            return _seen_of_clock(case, key, clocks[case.data["metric"]])


def _seen_of_clock(case: Case, key: str, clock: sla.ClockState) -> object:  # noqa: PLR0911 - one return a key
    zone = case.data["zone"]
    match key:
        case "objective":
            return "none" if clock.objective is None else f"{clock.objective:.0%}"
        case "eligible":
            return clock.eligible_for_takeover
        case "kind":
            return kind(clock)
        case "told":
            return str(clock.expectation().say("en"))
        case "target":
            return str(clock.target)
        case "history":
            return [
                f"{short(at, zone)} {by}: {short(to, zone) if isinstance(to, datetime) else to}"
                for at, by, to in clock.history
            ]
        case _ if key in MOMENTS:
            return short(getattr(clock, key), zone)
        case _:
            return getattr(clock, key)


def _rung(rung: sla.EscalationState, zone: str) -> str:
    """A step of the escalation: when it was reached, when it will be, or what it waits for."""
    if rung.at is None:
        return f"{rung.to}, {'on request' if rung.on else 'nobody waits'}"
    return f"{rung.to}, {'reached' if rung.reached else 'from'} {short(rung.at, zone)}"


# ---------------------------------------------------------------- the tests


@pytest.mark.parametrize("case", PROMISES, ids=str)
def test_a_system_promises_what_its_page_says(case: Case) -> None:
    for fields in case.tickets():
        assert expected_of(case) == actual_of(case, fields), f"{fields or 'a ticket'}: {case.data['because']}"


@pytest.mark.parametrize("case", LIVES, ids=str)
def test_a_ticket_lives_as_its_page_says(case: Case) -> None:
    for fields in case.tickets():
        assert said_of(case) == seen_of(case, fields), f"{fields or 'a ticket'}: {case.data['because']}"


@pytest.mark.parametrize("case", ABSENCES, ids=str)
def test_an_absence_is_announced_as_the_page_says(case: Case) -> None:
    calendar = case.policy().calendar(case.data["calendar"])
    first, last = case.data["absent"]
    notice = absence_notice(calendar, on(first), on(last), at(case.data["announced"], calendar.zone).date())
    by = case.data.get("announce_by")
    expected = {**{key: case.data.get(key) for key in ABSENCE_SAID}, "announce_by": by and on(by)}
    assert expected == {key: getattr(notice, key) for key in ABSENCE_SAID}, case.data["because"]


# ---------------------------------------------------------------- the case files themselves


def problems_of(case: Case) -> list[str]:
    """What is wrong with the form of a case."""
    data = case.data
    known = LIFE_GIVEN | LIFE_SAID if case.is_life else GIVEN | TELLING | SAID
    known = ABSENCE_KEYS if case.file == "absence_notice" else known
    return [
        *(f"the key {key} is unknown" for key in data if key not in known),
        *(f"the field {name} has no value" for name, given in data.get("fields", {}).items() if not given),
        *(["it gives no reason"] if not data.get("because") else []),
        *(["it says nothing"] if not set(data) & (SAID | LIFE_SAID | set(ABSENCE_SAID)) else []),
        *(problems_of_life(data) if case.is_life else [*problems_of_outcome(data), *problems_of_telling(data)]),
    ]


def problems_of_outcome(data: Mapping[str, Any]) -> Iterator[str]:
    looked, told = set(data) & {"done", "as_of"}, set(data) & set(OUTCOMES)
    if len(looked) > 1:
        yield "done and as_of are two ways to say one thing"
    if told and not looked:
        yield "an outcome needs done or as_of"
    if looked and not told:
        yield "done or as_of needs an outcome"


def problems_of_telling(data: Mapping[str, Any]) -> list[str]:
    """What is wrong with the form of a case of a sentence or a guide."""
    tells = set(data) & (TELLING - {"needs"})
    return [
        *(["a sentence is not in what it says"] if tells and not set(data) & set(SENTENCES) else []),
        *(["needs are those of a guide"] if "needs" in data and not set(data) & set(GUIDE) else []),
    ]


def problems_of_life(data: Mapping[str, Any]) -> Iterator[str]:
    if "as_of" not in data:
        yield "a life is looked at as of an instant"
    if ("metric" in data) != bool(set(data) & OF_CLOCK):
        yield "a metric is what a clock is of"
    if ("tickets" in data) != bool(set(data) & OF_TICKETS):
        yield "several tickets have a queue or a report, and nothing else"


@pytest.mark.parametrize("case", ALL, ids=str)
def test_every_case_is_well_formed(case: Case) -> None:
    assert problems_of(case) == []


def test_no_two_cases_of_a_file_have_one_name() -> None:
    names = [str(case) for case in ALL]
    assert sorted(set(names)) == sorted(names)


def test_every_policy_in_a_case_file_is_used_by_a_case() -> None:
    kept = {(case.file, name) for case in ALL for name in case.policies}
    assert kept == {(case.file, case.data["policy"]) for case in ALL if case.data["policy"] in case.policies}


def one_case(**changes: Any) -> Case:
    """Friday 15:00 at the helpdesk, which is right, with changes."""
    data = {
        "name": "Friday 15:00",
        "because": "Sent before 16:00 on a working day: the same working day.",
        "policy": "webshop_helpdesk",
        "zone": "Europe/Brussels",
        "received": "Fri 2026-11-20 15:00",
        "metric": "first_response",
        "due": "Fri 2026-11-20 17:00",
    }
    return Case("made_here", {**data, **changes}, {})


def test_a_right_case_passes() -> None:
    assert expected_of(one_case()) == actual_of(one_case(), {})


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"due": "Fri 2026-11-20 17:01"}, "a minute late"),
        ({"due": "Fri 2026-11-20 17:00 Europe/London"}, "the right time on another clock"),
        ({"received": "Fri 2026-11-20 15:00Z"}, "15:00 in UTC is 16:00 in the office, at the cutoff"),
        ({"expected": "Fri 2026-11-20 17:00"}, "the policy has no expected answer"),
        ({"objective": "none"}, "the policy has an objective"),
        ({"escalation": ["a manager, on request"]}, "the policy has no escalation"),
        ({"done": "Fri 2026-11-20 17:00", "status": "breached"}, "done at due is met"),
        ({"as_of": "Fri 2026-11-20 17:30", "status": "breached", "overdue_by": "29min"}, "30 minutes over"),
        ({"says": "We will reply today by 16:00."}, "it is due at 17:00"),
        ({"channels": ["form, fast, by Fri 2026-11-20 17:00"]}, "self-service comes first"),
        ({"have_ready": []}, "the guide says what to have ready"),
        ({"no_promise": "not read at all"}, "there is a promise"),
        ({"no_promise": "handled without a promise"}, "there is a promise"),
    ],
)
def test_a_wrong_case_fails(changes: dict[str, Any], why: str) -> None:
    case = one_case(**changes)
    assert expected_of(case) != actual_of(case, {}), why


@pytest.mark.parametrize(
    ("text", "zone", "problem"),
    [
        ("Thu 2026-11-20 15:00", "Europe/Brussels", "the date is a Fri"),
        ("2026-11-20 15:00", "Europe/Brussels", "is not written like"),
        ("Fri 20 Nov 15:00", "Europe/Brussels", "is not written like"),
        ("Fri 2026-11-20 15:00+01:00", "Europe/Brussels", "is not written like"),
        ("Sun 2026-03-29 02:30", "Europe/Brussels", "the clock skips this time, or shows it twice"),
        ("Sun 2026-10-25 02:30", "Europe/Brussels", "the clock skips this time, or shows it twice"),
    ],
)
def test_a_time_that_cannot_be_right_is_an_error_in_the_case_file(text: str, zone: str, problem: str) -> None:
    with pytest.raises(AssertionError, match=problem):
        at(text, zone)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"deu": "Fri 2026-11-20 17:00"}, "the key deu is unknown"),
        ({"because": ""}, "it gives no reason"),
        ({"fields": {"priority": []}}, "the field priority has no value"),
        ({"language": "fi"}, "a sentence is not in what it says"),
        ({"needs": ["urgent"]}, "needs are those of a guide"),
        ({"status": "met"}, "an outcome needs done or as_of"),
        ({"as_of": "Fri 2026-11-20 16:00"}, "done or as_of needs an outcome"),
        (
            {"done": "Fri 2026-11-20 16:00", "as_of": "Fri 2026-11-20 16:00", "status": "met"},
            "done and as_of are two ways to say one thing",
        ),
    ],
)
def test_a_case_that_says_something_nobody_reads_is_an_error(changes: dict[str, Any], problem: str) -> None:
    assert problems_of(one_case(**changes)) == [problem]


def one_life(**changes: Any) -> Case:
    """A question on Friday at 10:00 and its answer at 11:00, which is right, with changes."""
    data = {
        "name": "Friday 10:00",
        "because": "Sent before 16:00 on a working day: the same working day.",
        "policy": "webshop_helpdesk",
        "zone": "Europe/Brussels",
        "events": ["Fri 2026-11-20 10:00 created", "Fri 2026-11-20 11:00 agent answers"],
        "as_of": "Fri 2026-11-20 12:00",
        "metric": "first_response",
        "status": "met",
        "due": "Fri 2026-11-20 17:00",
    }
    return Case("made_here", {**data, **changes}, {})


def test_a_right_life_passes() -> None:
    assert said_of(one_life()) == seen_of(one_life(), {})
    assert problems_of(one_life()) == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"status": "running"}, "it was answered"),
        ({"events": ["Fri 2026-11-20 10:00 created"]}, "it was not answered"),
        ({"due": "none"}, "it is due"),
        ({"due": "Fri 2026-11-20 17:01"}, "a minute late"),
        ({"as_of": "Fri 2026-11-20 10:30"}, "it was not answered yet"),
        ({"overdue_by": "1min"}, "it was in time"),
        ({"cycles": []}, "there is a cycle"),
        ({"cycles": ["running, due Fri 2026-11-20 17:00"]}, "it was answered"),
        ({"eligible": True}, "nothing was breached"),
        ({"objective": "none"}, "the policy has an objective"),
        ({"cancelled": "merged"}, "nothing was cancelled"),
        ({"target": "1h in business hours"}, "another target"),
        ({"history": ["Fri 2026-11-20 11:00 Ann: Fri 2026-11-20 17:00"]}, "nothing was changed"),
        ({"deprioritisations": ["too_many_messages"]}, "nothing deprioritises it"),
        ({"gaps": ["off_channel"]}, "the log has no gap"),
        ({"escalation": ["a manager, on request"]}, "the policy has no escalation"),
        ({"costs": True}, "nobody took it over"),
    ],
)
def test_a_wrong_life_fails(changes: dict[str, Any], why: str) -> None:
    case = one_life(**changes)
    assert said_of(case) != seen_of(case, {}), why


def test_a_wrong_order_of_the_queue_fails() -> None:
    log = ["Fri 2026-11-20 10:00 created"]
    tickets = {"tickets": {"later": ["Fri 2026-11-20 11:00 created"], "earlier": log}, "queue": ["later", "earlier"]}
    case = one_life(**tickets)
    assert said_of(case)["queue"] != seen_of(case, {})["queue"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Thu 2026-11-20 15:00 solved", "the date is a Fri"),
        ("solved", "is no time with what happened"),
        ("Fri 2026-11-20 15:00", "is no time with what happened"),
        ("Fri 2026-11-20 15:00 agent sleeps", "nobody reads 'agent sleeps'"),
        ("Fri 2026-11-20 15:00 stranger answers", "nobody reads 'stranger answers'"),
    ],
)
def test_a_line_that_nobody_reads_is_an_error_in_the_case_file(line: str, problem: str) -> None:
    with pytest.raises(AssertionError, match=problem):
        event(line, "Europe/Brussels", {})


def test_an_answer_in_a_manner_that_nobody_reads_is_an_error_in_the_case_file() -> None:
    with pytest.raises(KeyError, match="angrily"):
        event("Fri 2026-11-20 15:00 agent answers (angrily)", "Europe/Brussels", {})


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"received": "Fri 2026-11-20 10:00"}, "the key received is unknown"),
        ({"queue": [""]}, "several tickets have a queue or a report, and nothing else"),
    ],
)
def test_a_life_that_says_something_nobody_reads_is_an_error(changes: dict[str, Any], problem: str) -> None:
    assert problems_of(one_life(**changes)) == [problem]


# ---------------------------------------------------------------- the page


def listed() -> list[str]:
    """The cases that docs/systems.md names: in the last column of a table, below a link to their file."""
    found, file = [], ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        link = re.search(r"\(\.\./tests/cases/(\w+)\.toml\)", line)
        file = link[1] if link else file
        if line.startswith("|"):
            last = line.rstrip().removesuffix("|").rpartition(" | ")[2]
            found += [f"{file}: {name}" for name in re.findall(r"`([^`]+)`", last)]
    return found


def test_every_case_that_the_page_names_exists() -> None:
    assert set(listed()) - {str(case) for case in ALL} == set()


def test_every_case_is_listed_on_the_page() -> None:
    assert {str(case) for case in ALL} - set(listed()) == set()


def test_every_line_on_the_page_names_a_case() -> None:
    rows = [
        line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ") and "---" not in line
    ]
    assert rows
    without = [row for row in rows if not re.search(r"`[^`]+`[^|]*\|$|\| Case \|$", row)]
    assert without == []
