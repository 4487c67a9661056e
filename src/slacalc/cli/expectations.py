"""The commands about what customers are told: which channel to use, and languages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple, cast

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
from slacalc.cli.printing import print_json, print_line
from slacalc.expectations.languages import language_problems
from slacalc.expectations.wording import chosen_language
from slacalc.policies.document.guide import Need
from slacalc.policies.policy import Policy

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
        fields = read_named(field, "--field")
        guide = channel_advice(chosen, when, zone=zone, needs=needs, **fields)
        told = [_told(chosen, guide, each, fields.get("market", "")) for each in language or ()]
        if json:
            print_json(guide.to_data() | ({"told": [each._asdict() for each in told]} if told else {}))
            return
        if not chosen.guide.channels:
            print_line(f"{chosen.name} has no [guide.channels]: it advises none")
            return
        for line in _channel_lines(guide, told):
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


class _ToldIn(NamedTuple):
    """What is told in a language: of each channel, and what to have ready, under a heading."""

    asked: str
    language: str
    channels: list[str]
    heading: str
    have_ready: list[str]


def _told(policy: Policy, guide: ChannelAdvices, language: str, market: str) -> _ToldIn:
    """Return what is told in a language, else in that of the market, else in English: texts of the policy, too."""
    spoken = policy.guide.language_of(market)
    words = chosen_language(language, spoken)
    texts = [policy.guide.text_in(text, words.code, spoken).text for text in guide.have_ready]
    return _ToldIn(
        language, words.code, [str(each.expectation().say(language)) for each in guide], words.page["have_ready"], texts
    )


def _channel_lines(guide: ChannelAdvices, told: list[_ToldIn]) -> Iterator[str]:
    """Return the table, or what is told in each language; then who was left out, and what to have ready."""
    if not told:
        yield str(guide)
    for each in told:
        yield from each.channels
        if each.have_ready:
            yield f"{each.heading}: {'; '.join(each.have_ready)}"
    yield from (f"left out: {each.channel} ({', '.join(each.against)})" for each in guide.left_out)
    if guide.have_ready and not told:
        yield f"have ready: {'; '.join(guide.have_ready)}"
