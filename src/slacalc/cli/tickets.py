"""The commands about the tickets of a log: the clocks of one, what fires next for all, and what work falls due."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import to_us
from slacalc.calendars.ledger import format_moment
from slacalc.cli.arguments import (
    JsonOption,
    LogAsOfOption,
    LogName,
    LogPolicyOption,
    MappingOption,
    SvgOption,
    ZoneOption,
    read_policy,
)
from slacalc.cli.exits import finish, refusals
from slacalc.cli.log_files import read_tickets
from slacalc.cli.printing import (
    print_clock_day,
    print_json,
    print_ledger,
    print_line,
    print_parts,
    print_table,
    print_title,
    save_picture,
)
from slacalc.clocks.clock_state import ClockState
from slacalc.clocks.replay import Clocks, replay
from slacalc.errors import LogError, SlaError
from slacalc.expectations.wording import Sentence
from slacalc.logs.reading import LogReading, Ticket
from slacalc.milestones.agenda import Milestone, agenda
from slacalc.pictures.clock import picture_clock
from slacalc.pictures.timeline import picture_ticket
from slacalc.plans.capacity import capacity
from slacalc.policies.policy import Policy
from slacalc.policies.promise import due_words
from slacalc.render import TextTable

__all__ = ["print_agenda", "print_capacity", "print_ticket"]


def print_ticket(
    log: LogName,
    ticket: Annotated[str, typer.Argument(help="The ticket's id.")],
    policy: LogPolicyOption,
    mapping: MappingOption = None,
    as_of: LogAsOfOption = None,
    zone: ZoneOption = None,
    svg: SvgOption = None,
    say: Annotated[
        list[str] | None, typer.Option("--say", help="Say what to tell the customer, in a language; once for each.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Print the clocks of one ticket of a log: each as a picture, and its ledger; or what to tell the customer."""
    with refusals():
        when, reading = read_tickets(log, mapping, as_of, zone)
        chosen = read_policy(policy)
        clocks = replay(_named_ticket(reading, ticket, log).events, chosen, as_of=when, ticket=ticket)
        save_picture(picture_ticket(clocks), svg)
        if say:
            market_language = chosen.guide.language_of(clocks.fields.get("market", ""))
            _print_told(clocks, zone, market_language, say, json=json)
        elif json:
            print_json(_clocks_data(clocks))
        else:
            for states in _states(clocks).values():
                for state in states:
                    _print_clock(state)
        finish((*map(str, reading.problems), *_refused_events(clocks)), 3)


def _print_told(clocks: Clocks, zone: str | None, market_language: str, languages: list[str], *, json: bool) -> None:
    """Print what to tell the customer of each open clock, and when to ask again."""
    open_clocks = [state for states in _states(clocks).values() for state in states if state.is_open]
    told = {state.metric: _sentences(state, zone, market_language, languages) for state in open_clocks}
    if json:
        print_json({metric: [each.to_data() for each in said] for metric, said in told.items()})
        return
    for metric, said in told.items():
        print_title(metric)
        for sentence in said:
            print_line(str(sentence))
    if not told:
        print_line("no clock is open: nothing is to be told")


def _sentences(state: ClockState, zone: str | None, market_language: str, languages: list[str]) -> list[Sentence]:
    expectation = state.expectation(zone=zone, language=market_language)
    told = [expectation] if expectation.follow_up is None else [expectation, expectation.follow_up]
    return [each.say(language, reason=True) for language in languages for each in told]


def print_agenda(
    log: LogName,
    policy: LogPolicyOption,
    mapping: MappingOption = None,
    as_of: Annotated[str | None, typer.Option(help="After when; the last event of the log if left out.")] = None,
    zone: ZoneOption = None,
    json: JsonOption = False,
) -> None:
    """Print what fires next for the tickets of a log: warnings, dues, follow-ups and steps of the escalation."""
    with refusals():
        when, reading = read_tickets(log, mapping, as_of, zone)
        every, problems = _replayed(reading, read_policy(policy), when)
        steps = agenda(every, as_of=when)
        if json:
            print_json([{**asdict(s), "at": s.at.isoformat(), "deliver_at": s.deliver_at.isoformat()} for s in steps])
        else:
            columns = ("at", "deliver at", "ticket", "metric", "kind", "label")
            print_table(TextTable.of(columns, map(_step_row, steps), caption="what fires next"))
        finish([*problems, *(f"ticket {ticket}: {text}" for ticket, _, text in steps.left_out)], 3)


def print_capacity(
    log: LogName,
    policy: LogPolicyOption,
    handling: Annotated[str, typer.Option(help='How long a ticket takes to handle, such as "30min".')],
    mapping: MappingOption = None,
    as_of: LogAsOfOption = None,
    zone: ZoneOption = None,
    json: JsonOption = False,
) -> None:
    """Print how much work of a log falls due before each closing, and how much open time there is until then."""
    with refusals():
        when, reading = read_tickets(log, mapping, as_of, zone)
        every, problems = _replayed(reading, read_policy(policy), when)
        found = capacity(every, as_of=when, handling=handling)
        if json:
            print_json(found.to_data())
        else:
            print_parts(found.parts())
        finish([*problems, *(f"ticket {ticket}: {text}" for ticket, _, text in found.left_out)], 3)


def _named_ticket(reading: LogReading, name: str, log: Path) -> Ticket:
    for ticket in reading.tickets:
        if ticket.id == name:
            return ticket
    raise LogError(
        "ticket_missing",
        "the log has no such ticket",
        given=name,
        accepts=f"one of {len(reading.tickets)} tickets",
        where=str(log),
    )


def _replayed(reading: LogReading, policy: Policy, when: datetime) -> tuple[list[Clocks], list[str]]:
    """Return the clocks of the tickets that were there by then, and what could not be used."""
    every: list[Clocks] = []
    problems = [str(problem) for problem in reading.problems]
    for ticket in reading.tickets:
        if to_us(ticket.received) <= to_us(when):
            try:
                clocks = replay(ticket.events, policy, as_of=when, ticket=ticket.id)
            except SlaError as error:
                problems.append(f"ticket {ticket.id}: {error}")
                continue
            every.append(clocks)
            problems += (f"ticket {ticket.id}, {problem}" for problem in _refused_events(clocks))
    return every, problems


def _refused_events(clocks: Clocks) -> list[str]:
    return [f"event {gap.place + 1}: {gap.message}" for gap in clocks.gaps if gap.message]


def _states(clocks: Clocks) -> dict[str, tuple[ClockState, ...]]:
    """Return the cycles of every metric; of one that has none yet, its clock that has not started."""
    return {metric: clocks.cycles(metric) or (clocks[metric],) for metric in clocks}


def _print_clock(state: ClockState) -> None:
    words = due_words(state.kind, state.owed_by)
    due = "no due time" if state.due is None else f"{words} {format_moment(state.due)} ({state.due.tzname()})"
    passed = f"elapsed {format_amount(state.elapsed)}, remaining {format_amount(state.remaining)}"
    print_title(f"{state.metric}: {state.status}, {due}")
    print_line(f"{state.target}; rule {state.rule}; {passed}")
    for day in picture_clock(state):
        print_clock_day(day)
    if state.origin is not None:
        print_ledger(state.ledger)


def _step_row(step: Milestone) -> tuple[str, ...]:
    moments = (format_moment(step.at), format_moment(step.deliver_at))
    return (*moments, step.ticket, step.metric, step.kind.replace("_", " "), step.label)


def _clocks_data(clocks: Clocks) -> dict[str, object]:
    return {
        "ticket": clocks.ticket,
        "as_of": clocks.as_of.isoformat(),
        "clocks": {metric: [_state_data(state) for state in states] for metric, states in _states(clocks).items()},
        "gaps": [gap._asdict() for gap in clocks.gaps],
    }


def _state_data(state: ClockState) -> dict[str, object]:
    moments = ("origin", "due", "earliest", "expected", "follow_up", "done_at", "breached_at")
    return {
        "kind": state.kind,
        "owed_by": state.owed_by,
        "status": state.status,
        "rule": state.rule,
        "target": str(state.target),
        **{name: None if (at := getattr(state, name)) is None else at.isoformat() for name in moments},
        "elapsed": format_amount(state.elapsed),
        "remaining": format_amount(state.remaining),
        "cancelled": state.cancelled,
        "ledger": state.ledger.to_data(),
    }
