"""The commands about a policy: what it promises, and what is wrong with it."""

from collections.abc import Sized
from dataclasses import asdict
from typing import Annotated

import typer

from slacalc.calendars.ledger import format_moment
from slacalc.cli.arguments import (
    FieldOption,
    JsonOption,
    PolicyName,
    ReaderZoneOption,
    SayOption,
    read_instant,
    read_named,
    read_policy,
)
from slacalc.cli.exits import finish, refusals
from slacalc.cli.printing import print_json, print_ledger, print_line, print_title
from slacalc.errors import SlaError
from slacalc.policies.loading import policy_schema
from slacalc.policies.promise import LaterPromise, Promise, due_words

__all__ = ["check", "promise", "schema"]


def promise(
    policy: PolicyName,
    received: Annotated[str | None, typer.Option(help="When it was received (ISO 8601); now if left out.")] = None,
    zone: ReaderZoneOption = None,
    field: FieldOption = None,
    at: Annotated[list[str] | None, typer.Option("--at", help="A named instant to count from: name=time.")] = None,
    language: SayOption = None,
    as_of: Annotated[str | None, typer.Option(help="When it is read (ISO 8601); when received if left out.")] = None,
    json: JsonOption = False,
) -> None:
    """Print when a ticket is due, what to tell the customer, and why."""
    with refusals():
        chosen = read_policy(policy)
        instants = {name: read_instant(text, zone, "--at") for name, text in read_named(at, "--at").items()}
        begun = read_instant(received, zone, "--received")
        promises = chosen.promise_for(begun, read_named(field, "--field"), origins=instants)
        read = begun if as_of is None else read_instant(as_of, zone, "--as-of")
        told = {
            name: each.expectation(as_of=read, zone=zone).say(language, reason=True) for name, each in promises.items()
        }
        if json:
            sentences = {name: {"told": sentence.to_data()} for name, sentence in told.items()}
            print_json({name: each | sentences.get(name, {}) for name, each in promises.to_data().items()})
            return
        for name, each in promises.items():
            _print_promise(each, str(told[name]))
        for later in promises.later.values():
            _print_later(later, chosen.name)


def check(
    policy: PolicyName,
    as_of: Annotated[str | None, typer.Option(help="For tickets from when on (ISO 8601); now if left out.")] = None,
    json: JsonOption = False,
) -> None:
    """Print everything that is wrong with a policy (exit 1), and what is doubtful."""
    from slacalc.policies.checking import check_policy  # a promise needs none of it

    try:
        chosen = read_policy(policy)
        warnings = check_policy(chosen, as_of=read_instant(as_of, "UTC", "--as-of"))
    except SlaError as error:
        problems = [str(problem) for problem in getattr(error, "problems", ()) or (error,)]
        if json:
            print_json({"problems": problems, "warnings": []})
            raise typer.Exit(1) from None
        finish(problems, 1)
    if json:
        print_json({"problems": [], "warnings": [asdict(warning) for warning in warnings]})
        return
    for warning in warnings:
        print_line(f"warning: {warning}")
    print_line(f"{chosen.name}: no problem, {_counted_of(warnings, 'warning')}")


def schema() -> None:
    """Print the JSON Schema of a policy file."""
    print_json(policy_schema())


def _print_promise(promise: Promise, told: str) -> None:
    due = f"{due_words(promise.kind, promise.owed_by)} {format_moment(promise.due)} ({promise.due.tzname()})"
    print_title(f"{promise.metric}: {due}")
    print_line(told)
    print_line(f"{promise.target}; rule {promise.rule}, calendar {promise.calendar_name} of policy {promise.policy}")
    if promise.earliest is not None:
        print_line(f"earliest {format_moment(promise.earliest)}")
    if promise.expected is not None:
        print_line(f"expected {format_moment(promise.expected)}: {promise.expected_target}")
    if promise.follow_up is not None:
        earliest = promise.follow_up_earliest
        start = "" if earliest is None else f"{format_moment(earliest)} to "
        print_line(f"ask again {start}{format_moment(promise.follow_up)}")
    print_ledger(promise.ledger)


def _print_later(later: LaterPromise, policy: str) -> None:
    print_title(f"{later.metric}: begins {later.begins}")
    print_line(f"{later.target}; rule {later.rule}, calendar {later.calendar_name} of policy {policy}")


def _counted_of(things: Sized, noun: str) -> str:
    return f"{len(things)} {noun}" if len(things) == 1 else f"{len(things)} {noun}s"
