"""The command that reports how promises were kept."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from slacalc.arguments import nearest_first
from slacalc.cli.arguments import (
    JsonOption,
    LogAsOfOption,
    MappingOption,
    SvgOption,
    ZoneOption,
    read_instant,
    read_named,
    read_policy,
)
from slacalc.cli.exits import complain, misused, refusals
from slacalc.cli.log_files import as_of_or_last, guess_mapping, read_csv_log, read_json_lines, read_mapping
from slacalc.cli.printing import print_json, print_line, print_table, print_title
from slacalc.errors import LogError
from slacalc.logs.mapping import LogMapping
from slacalc.logs.reading import LogReading
from slacalc.policies.policy import Policy
from slacalc.reports.attainment import report
from slacalc.reports.figures import (
    ALL,
    Report,
    breaches_of,
    figures_of,
    format_assumed,
    format_count,
    format_left_out,
    further_tables,
    title_of,
)
from slacalc.reports.periods import Dated
from slacalc.reports.report_picture import picture_report

__all__ = ["print_report"]

_JSON_LINES: Final = (".jsonl", ".ndjson")


def print_report(
    log: Annotated[
        Path, typer.Argument(help="A ticket log: CSV with a header, or JSON Lines (.jsonl); - for the standard input.")
    ],
    policy: Annotated[str | None, typer.Option("--policy", "-p", help="A policy file, or a sample.")] = None,
    mapping: MappingOption = None,
    guess: Annotated[
        bool, typer.Option("--guess", help="Propose a mapping file for the log, and do nothing else.")
    ] = False,
    ticket: Annotated[str | None, typer.Option(help="The column of the ticket's id.")] = None,
    time: Annotated[str | None, typer.Option(help="The column of the time.")] = None,
    activity: Annotated[str | None, typer.Option(help="The column of the activity.")] = None,
    zone: ZoneOption = None,
    time_format: Annotated[
        list[str] | None,
        typer.Option(help="The form of the times, such as %Y/%m/%d %H:%M; several are tried in order."),
    ] = None,
    received: Annotated[str | None, typer.Option(help="The column of the receipt.")] = None,
    status: Annotated[str | None, typer.Option(help="The column of the status: each change is an event.")] = None,
    done_at: Annotated[
        list[str] | None, typer.Option(help="metric=column, where a row is a ticket: when it was done.")
    ] = None,
    created_by: Annotated[
        str | None,
        typer.Option(help="Who creates tickets, such as agent; they are taken for the customer's if left out."),
    ] = None,
    blank: Annotated[list[str] | None, typer.Option(help="What says nothing in a cell, such as NULL.")] = None,
    delimiter: Annotated[str | None, typer.Option(help="What stands between cells; a comma if left out.")] = None,
    encoding: Annotated[str | None, typer.Option(help="The encoding of the file; utf-8 if left out.")] = None,
    field: Annotated[
        list[str] | None, typer.Option("--field", "-f", help="field=column; the first event counts.")
    ] = None,
    done: Annotated[
        list[str] | None, typer.Option("--done", "-d", help="metric=activity; the first one counts.")
    ] = None,
    event: Annotated[
        list[str] | None, typer.Option("--event", "-e", help="activity=event, to replay with pauses.")
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(help="What to group by: a field, month, weekday, hour, due_month, ...; priority if left out."),
    ] = None,
    since: Annotated[str | None, typer.Option(help="Only promises from then on (ISO 8601).")] = None,
    until: Annotated[str | None, typer.Option(help="Only promises before then (ISO 8601).")] = None,
    dated: Annotated[Dated, typer.Option(help="By which date.")] = "created",
    leave_out: Annotated[
        list[str] | None, typer.Option(help="Not breached: what was late and then cancelled for this reason.")
    ] = None,
    worst: Annotated[str, typer.Option(help='How many breaches to list, or "all".')] = "10",
    breaches: Annotated[
        Path | None, typer.Option(help="Write what --worst lists to a file: .csv, .json or .parquet.")
    ] = None,
    aging: Annotated[
        str | None, typer.Option(help="A table of what is open, by age: its edges, such as 24h,72h.")
    ] = None,
    compare: Annotated[
        list[str] | None, typer.Option(help="metric=column: the log's own flag or due time, beside ours.")
    ] = None,
    compare_word: Annotated[
        list[str] | None, typer.Option(help="word=met or word=breached: what a word of the log's own means.")
    ] = None,
    as_of: LogAsOfOption = None,
    svg: SvgOption = None,
    json: JsonOption = False,
) -> None:
    """Print how the promises of a policy were kept in a ticket log."""
    with refusals():
        if guess:
            typer.echo(guess_mapping(log), nl=False)
            raise typer.Exit
        chosen = read_policy(policy or misused("name a --policy; or --guess, for a mapping of the log"))
        compared = read_named(compare, "--compare")
        if log.suffix in _JSON_LINES:
            said = (mapping, ticket, time, activity, received, status, time_format, field, done, done_at, event)
            _refuse_columns(*said, created_by, blank, delimiter, encoding)
            reading, home, unseen = read_json_lines(log), zone, list[str]()
        else:
            read = read_mapping(
                mapping,
                fields=field,
                done=done,
                events=event,
                done_at=done_at,
                ticket=ticket,
                time=time,
                activity=activity,
                zone=zone,
                time_format=time_format,
                received=received,
                status=status,
                created_by=created_by,
                blank=blank,
                delimiter=delimiter,
                encoding=encoding,
            )
            _refuse_unknown_metrics(read, chosen)
            read = _with_own(read, compared.values())
            reading, home = read_csv_log(log, read, shown=not json), read.zone
            unseen = list(_unseen(read, reading))
        when = as_of_or_last(as_of, home, reading)
        first = None if since is None else read_instant(since, home, "--since")
        last = None if until is None else read_instant(until, home, "--until")
        result = report(
            reading,
            chosen,
            as_of=when,
            by=by or "priority",
            since=first,
            until=last,
            dated=dated,
            leave_out=leave_out or (),
            worst=int(worst) if worst.isdecimal() else _all(worst),
            aging=None if aging is None else aging.split(","),
            compare=compared or None,
            compare_words=read_named(compare_word, "--compare-word"),
        )
        if breaches is not None:
            result.breaches.write(breaches)
            if worst == str(len(result.worst)):
                complain(f"{breaches} has the {worst} worst breaches; --worst all writes every one")
        if svg is not None:
            picture_report(result).save(svg)
        problems = [str(each) for each in sorted((*reading.problems, *result.problems), key=attrgetter("line"))]
        for doubt in unseen:
            complain(doubt)
        if json:
            print_json({**result.to_data(), "rows_left_out": len(problems), "problems": problems})
        else:
            _print_figures(result, reading)
            _complain_of(problems)
        raise typer.Exit(3 if problems or unseen else 0)


def _refuse_columns(*said: object) -> None:
    if any(said):
        misused("a JSON Lines log has no columns: leave out --mapping and what says which column is what")


def _unseen(mapping: LogMapping, reading: LogReading) -> Iterator[str]:
    """Return what to say of activities that the mapping names and no row has."""
    named = dict.fromkeys((*(each for _, activities in mapping.done for each in activities), *dict(mapping.events)))
    has = ", ".join(sorted(reading.activities)[:20])
    yield from (
        f"no row has the activity {each!r}; the log has: {has}" for each in named if each not in reading.activities
    )


def _refuse_unknown_metrics(mapping: LogMapping, policy: Policy) -> None:
    for metric, _ in (*mapping.done, *mapping.done_at):
        if metric not in policy.metrics:
            raise LogError(
                "metric_unknown",
                "no rule promises this metric",
                given=metric,
                accepts=nearest_first(metric, policy.metrics),
                where="done",
            )


def _with_own(mapping: LogMapping, columns: Iterable[str]) -> LogMapping:
    """Return a mapping that reads columns of the log's own word, too; the file may have named them."""
    named = dict(mapping.own)
    return mapping.updated(own=(*mapping.own, *((column, column) for column in columns if column not in named)))


def _all(worst: str) -> Literal["all"]:
    if worst != "all":
        misused(f'--worst takes a number, or "all", not {worst!r}')
    return "all"


def _complain_of(problems: list[str]) -> None:
    for problem in problems:
        complain(problem)
    if problems:
        complain(format_left_out(len(problems)))


def _print_figures(result: Report, reading: LogReading) -> None:
    print_title(title_of(result))
    print_line(f"{format_count(result.tickets, 'ticket')}, {format_count(reading.events, 'event')}")
    print_table(figures_of(result), ("bold" if line.group == ALL else "" for line in result.lines))
    for part in (*breaches_of(result), *further_tables(result)):
        if isinstance(part, str):
            print_title(part)
        else:
            print_table(part)
    if result.taken_for_customers:
        print_line(format_assumed(result.taken_for_customers))
