"""The commands about a policy: what it promises, and what is wrong with it."""

from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Final

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
from slacalc.cli.printing import print_json, print_ledger, print_line, print_parts, print_title
from slacalc.errors import SlaError
from slacalc.expectations.expectation import Expectation
from slacalc.expectations.wording import Sentence
from slacalc.policies.loading import policy_schema
from slacalc.policies.policy import Policy
from slacalc.policies.promise import LaterPromise, Promise, due_words

__all__ = ["check", "promise", "schema"]

_SEVERAL: Final = 2


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
            name: _told(each.expectation(as_of=read, zone=zone), language or [None]) for name, each in promises.items()
        }
        if json:
            sentences = {name: _told_data(said, language or ()) for name, said in told.items()}
            print_json({name: each | sentences.get(name, {}) for name, each in promises.to_data().items()})
            return
        for name, each in promises.items():
            _print_promise(each, told[name])
        if not promises and not promises.later:
            for line in _nothing_promised(chosen, read, zone, read_named(field, "--field"), language or [None]):
                print_line(line)
        for later in promises.later.values():
            _print_later(later, chosen.name)


def check(
    policy: PolicyName,
    as_of: Annotated[str | None, typer.Option(help="For tickets from when on (ISO 8601); now if left out.")] = None,
    wait: Annotated[
        bool, typer.Option("--wait", help="How long each promise lasts at most and in the median, in a year.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Print everything that is wrong with a policy (exit 1), and what is doubtful."""
    from slacalc.plans.waits import waits  # a promise needs none of these
    from slacalc.policies.checking import check_policy

    try:
        chosen = read_policy(policy)
        when = read_instant(as_of, "UTC", "--as-of")
        warnings = check_policy(chosen, as_of=when)
        waited = waits(chosen, as_of=when) if wait else None
    except SlaError as error:
        problems = [str(problem) for problem in getattr(error, "problems", ()) or (error,)]
        if json:
            print_json({"problems": problems, "warnings": []})
            raise typer.Exit(1) from None
        finish(problems, 1)
    if json:
        told = {"problems": [], "warnings": [asdict(warning) for warning in warnings]}
        print_json(told if waited is None else {**told, "waits": waited.to_data()})
        return
    for warning in warnings:
        print_line(f"warning: {warning}")
    print_line(f"{chosen.name}: no problem, {_counted_of(warnings, 'warning')}")
    print_parts(() if waited is None else waited.parts())


def schema() -> None:
    """Print the JSON Schema of a policy file."""
    print_json(policy_schema())


def _told(expectation: Expectation, languages: Iterable[str | None]) -> list[Sentence]:
    return [expectation.say(language, reason=True) for language in languages]


def _told_data(said: list[Sentence], languages: Sized) -> dict[str, object]:
    """Return the sentence; where several languages were asked for, all of them."""
    return {"told": said[0].to_data() if len(languages) < _SEVERAL else [each.to_data() for each in said]}


def _nothing_promised(
    policy: Policy, as_of: datetime, zone: str | None, fields: dict[str, str], languages: Sequence[str | None]
) -> Iterator[str]:
    """Return that nothing is promised; and what is told of the channel, where the guide has it."""
    from slacalc.channels.advice import channel_advice  # only where nothing is promised

    yield f"{policy.name} promises nothing here"
    channel = fields.get("channel")
    others = {name: value for name, value in fields.items() if name != "channel"}
    advice = channel_advice(policy, as_of, zone=zone, needs=(), **others)
    told = [each.expectation() for each in advice if each.channel == channel]
    yield from (str(each.say(language)) for language in languages for each in told)


def _print_promise(promise: Promise, told: list[Sentence]) -> None:
    due = f"{due_words(promise.kind, promise.owed_by)} {format_moment(promise.due)} ({promise.due.tzname()})"
    print_title(f"{promise.metric}: {due}")
    for sentence in told:
        print_line(str(sentence))
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
