"""The command that asks what would have been, had a policy said something else."""

import json as json_text
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from slacalc.cli.arguments import (
    JsonOption,
    LogAsOfOption,
    LogPolicyOption,
    MappingOption,
    ZoneOption,
    read_instant,
    read_named,
    read_policy,
)
from slacalc.cli.exits import complain, misused, refusals
from slacalc.cli.log_files import as_of_or_last, read_csv_log, read_json_lines, refuse_csv
from slacalc.cli.printing import print_json, print_parts
from slacalc.errors import PolicyError
from slacalc.files import FileKind, read_data_file
from slacalc.logs.mapping import load_mapping
from slacalc.plans.answers import Answers
from slacalc.plans.what_if import what_if

__all__ = ["print_what_if"]

_FILE: Final = FileKind(
    PolicyError,
    "changes_unreadable",
    "the file of changes cannot be read",
    "a UTF-8 file in TOML, or in JSON when its name ends in .json",
)


def print_what_if(
    log: Annotated[
        Path, typer.Argument(help="A ticket log: CSV with --mapping, or JSON Lines (.jsonl); - for the standard input.")
    ],
    policy: LogPolicyOption,
    mapping: MappingOption = None,
    changes: Annotated[
        Path | None, typer.Option(help="A TOML file with a table for each change: its values by their paths.")
    ] = None,
    put: Annotated[
        list[str] | None, typer.Option("--set", help="path=value, as a change of its own; what JSON can read is read.")
    ] = None,
    by: Annotated[
        list[str] | None, typer.Option(help="What to group by: a field, month, weekday, ...; priority if left out.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Only promises from then on (ISO 8601).")] = None,
    until: Annotated[str | None, typer.Option(help="Only promises before then (ISO 8601).")] = None,
    answers: Annotated[
        Answers, typer.Option(help="Whether answers stay, or come after as much open time as they took.")
    ] = "as_they_came",
    zone: ZoneOption = None,
    as_of: LogAsOfOption = None,
    json: JsonOption = False,
) -> None:
    """Print how the promises of a policy would have been kept, had it said something else."""
    with refusals():
        asked = _asked(changes, put)
        chosen = read_policy(policy)
        if mapping is None:
            refuse_csv(log)
            reading, home = read_json_lines(log), zone
        else:
            meaning = load_mapping(mapping)
            reading, home = read_csv_log(log, meaning, shown=not json), zone or meaning.zone
        found = what_if(
            reading,
            chosen,
            asked,
            as_of=as_of_or_last(as_of, home, reading),
            by=by or "priority",
            since=None if since is None else read_instant(since, home, "--since"),
            until=None if until is None else read_instant(until, home, "--until"),
            answers=answers,
        )
        if json:
            print_json(found.to_data())
        else:
            print_parts(found.parts(), "bold")
        problems = sorted((*reading.problems, *found.problems), key=lambda problem: problem.line)
        for problem in problems:
            complain(str(problem))
        raise typer.Exit(3 if problems else 0)


def _asked(file: Path | None, put: list[str] | None) -> dict[str, Mapping[str, Any]]:
    """Return the changes of a file, and what is set as one change of its own."""
    asked: dict[str, Mapping[str, Any]] = {} if file is None else dict(read_data_file(file, _FILE))
    if put:
        said = read_named(put, "--set")
        asked[", ".join(put)] = {path: _value(text) for path, text in said.items()}
    return asked or misused("say what changes: --changes FILE, or --set path=value")


def _value(text: str) -> object:
    try:
        return json_text.loads(text)
    except ValueError:
        return text
