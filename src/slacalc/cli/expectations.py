"""The commands about what customers are told: which channel to use, and languages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, cast

import typer

from slacalc.channels.advice import ChannelAdvices, channel_advice
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
from slacalc.cli.printing import print_json, print_line, print_raw
from slacalc.expectations.languages import language_problems
from slacalc.policies.document.guide import Need

__all__ = ["channels", "check_language"]


def channels(
    policy: PolicyName,
    as_of: Annotated[str | None, typer.Option(help="When (ISO 8601); now if left out.")] = None,
    zone: ReaderZoneOption = None,
    field: FieldOption = None,
    need: Annotated[list[str] | None, typer.Option("--need", help="urgent, record, complicated or sensitive.")] = None,
    language: SayOption = None,
    json: JsonOption = False,
) -> None:
    """Print which channel to use, the one that answers first at the head."""
    with refusals():
        chosen = read_policy(policy)
        needs = cast("list[Need]", need or [])  # what is no need, channel_guide refuses
        when = read_instant(as_of, zone, "--as-of")
        guide = channel_advice(chosen, when, zone=zone, needs=needs, **read_named(field, "--field"))
        if json:
            print_raw(guide.to_json())
            return
        if not chosen.guide.channels:
            print_line(f"{chosen.name} has no [guide.channels]: it advises none")
            return
        for line in _channel_lines(guide, language):
            print_line(line)


def check_language(
    file: Annotated[Path, typer.Argument(help="A language file (TOML).")],
    json: JsonOption = False,
) -> None:
    """Print everything that is wrong with a language file (exit 1)."""
    problems = [str(problem) for problem in language_problems(file)]
    if json:
        print_json({"problems": problems})
        raise typer.Exit(1 if problems else 0)
    if not problems:
        print_line(f"{file}: no problem")
    finish(problems, 1)


def _channel_lines(guide: ChannelAdvices, languages: list[str] | None) -> Iterator[str]:
    """Return the table, or the sentences of each language; then who was left out, and what to have ready."""
    if not languages:
        yield str(guide)
    for language in languages or ():
        yield from (str(each.expectation().say(language)) for each in guide)
    yield from (f"left out: {each.channel} ({', '.join(each.against)})" for each in guide.left_out)
    if guide.have_ready:
        yield f"have ready: {'; '.join(guide.have_ready)}"
