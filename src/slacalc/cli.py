"""This module knows the command line: the only place that reads the system clock.

Exit codes: 0 done; 1 the input was refused; 2 the command was misused; 3 done, but rows of
the log were left out, or holidays moved.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn, cast

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from slacalc.business_time.amounts import print_amount
from slacalc.business_time.instants import read_zone, to_us
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.holidays import Holidays, drift, load_holidays
from slacalc.calendars.ledger import Ledger, print_moment
from slacalc.calendars.week import DayPicture, picture_week
from slacalc.errors import InstantError, LogError, PolicyError, SlaError
from slacalc.expectations.channels import ChannelGuide, channel_guide
from slacalc.expectations.languages import language_problems
from slacalc.policies.checking import check_policy
from slacalc.policies.guide import Need
from slacalc.policies.loading import SAMPLES, load_policy, policy_schema, sample_policy
from slacalc.policies.policy import Policy
from slacalc.reports.attainment import Dated, Report, ReportLine, report
from slacalc.tickets.clocks import ClockState
from slacalc.tickets.events import Event, read_events
from slacalc.tickets.log import LogMapping, LogReading, Problem, Ticket, load_mapping, read_log
from slacalc.tickets.picture import picture_clock
from slacalc.tickets.replay import Clocks, replay
from slacalc.tickets.steps import agenda

__all__ = ["app"]

app: typer.Typer = typer.Typer(
    name="slacalc",
    help="When are we open, what did we promise, and how are the tickets doing?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

PolicyName = Annotated[str, typer.Argument(help=f"A policy file (TOML or JSON), or a sample: {', '.join(SAMPLES)}.")]
PolicyOption = Annotated[
    str | None, typer.Option("--policy", "-p", help=f"A policy file, or a sample: {', '.join(SAMPLES)}.")
]
CalendarOption = Annotated[str | None, typer.Option("--calendar", "-c", help="Which calendar of the policy.")]
ZoneOption = Annotated[str | None, typer.Option(help="An IANA zone: for times without an offset.")]
HoursOption = Annotated[str | None, typer.Option(help='Weekly hours, such as "Mon-Fri 09:00-17:00", without a policy.')]
HolidaysOption = Annotated[str | None, typer.Option(help="A country whose public holidays close, with --hours.")]
ReaderZoneOption = Annotated[
    str | None, typer.Option(help="An IANA zone: that of the reader, and of times without an offset.")
]
SayOption = Annotated[
    str | None, typer.Option("--language", "-l", help="A language, such as fi; that of the market if left out.")
]
LogName = Annotated[Path, typer.Argument(help="A ticket log: JSON Lines of events, or with --mapping a CSV file.")]
MappingOption = Annotated[Path | None, typer.Option(help="A TOML file that says which column is what.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FieldOption = Annotated[list[str] | None, typer.Option("--field", "-f", help="A field of the ticket: name=value.")]


@app.command()
def promise(
    policy: PolicyName,
    received: Annotated[str | None, typer.Option(help="When it was received (ISO 8601); now if left out.")] = None,
    zone: ReaderZoneOption = None,
    field: FieldOption = None,
    at: Annotated[list[str] | None, typer.Option("--at", help="A named instant to count from: name=time.")] = None,
    language: SayOption = None,
    as_of: Annotated[str | None, typer.Option(help="When it is read (ISO 8601); when received if left out.")] = None,
    json: JsonOption = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Print when a ticket is due, what to tell the customer, and why."""
    with _refusals():
        chosen = _policy(policy)
        instants = {name: _instant(text, zone, "--at") for name, text in (_pair(each, "--at") for each in at or ())}
        begun = _instant(received, zone, "--received")
        promises = chosen.promise_for(begun, _fields(field), fields=instants)
        read = begun if as_of is None else _instant(as_of, zone, "--as-of")
        told = {
            name: each.expectation(as_of=read, zone=zone).say(language or each.language or "en", reason=True)
            for name, each in promises.items()
        }
        if json:
            _print_json({name: {**each.to_data(), "told": told[name].to_data()} for name, each in promises.items()})
            return
        for name, each in promises.items():
            _print(_title(f"{each.metric}: due {print_moment(each.due)} ({each.due.tzname()})"))
            _print(Text(str(told[name])))
            _print(Text(f"{each.target}; rule {each.rule}, calendar {each.calendar_name} of policy {each.policy}"))
            if each.earliest is not None:
                _print(Text(f"earliest {print_moment(each.earliest)}"))
            if each.expected is not None:
                _print(Text(f"expected {print_moment(each.expected)}: {each.expected_target}"))
            if each.follow_up is not None:
                _print(Text(f"ask again {print_moment(each.follow_up)}"))
            _print(_ledger_table(each.ledger))


@app.command()
def explain(
    start: Annotated[str, typer.Argument(help="From when (ISO 8601).")],
    end: Annotated[str, typer.Argument(help="Until when (ISO 8601).")],
    policy: PolicyOption = None,
    calendar: CalendarOption = None,
    hours: HoursOption = None,
    holidays: HolidaysOption = None,
    zone: ZoneOption = None,
    json: JsonOption = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Print the open time between two instants, with the reason for every stretch."""
    with _refusals():
        chosen = _calendar(policy, calendar, hours, holidays, zone)
        home = zone or chosen.zone
        ledger = chosen.explain(_instant(start, home, "START"), _instant(end, home, "END"))
        if json:
            _print_raw(ledger.to_json())
        else:
            _print(_ledger_table(ledger))


@app.command()
def week(
    policy: PolicyOption = None,
    calendar: CalendarOption = None,
    hours: HoursOption = None,
    holidays: HolidaysOption = None,
    zone: ZoneOption = None,
    day: Annotated[str | None, typer.Option("--date", help="A date of the week; today if left out.")] = None,
    json: JsonOption = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Print a week of opening hours as a picture, with holidays, exceptions and clock changes."""
    with _refusals():
        chosen = _calendar(policy, calendar, hours, holidays, zone)
        pictures = picture_week(chosen, _date(day, chosen))
        if json:
            _print_json([_picture_data(picture) for picture in pictures])
            return
        _print(_title(f"{chosen.zone}  {chosen.hours}"))
        _print(Text(f"{'':16}{''.join(f'{hour:<4}' for hour in range(0, 24, 2))}", style="dim"))
        for picture in pictures:
            _print(_week_line(picture))


@app.command("report")
def print_report(
    log: Annotated[Path, typer.Argument(help="A ticket log: CSV with a header, one event a row.")],
    policy: Annotated[str, typer.Option("--policy", "-p", help="A policy file, or a sample.")],
    mapping: Annotated[Path | None, typer.Option(help="A TOML file that says which column is what.")] = None,
    ticket: Annotated[str | None, typer.Option(help="The column of the ticket's id.")] = None,
    time: Annotated[str | None, typer.Option(help="The column of the time.")] = None,
    activity: Annotated[str | None, typer.Option(help="The column of the activity.")] = None,
    zone: ZoneOption = None,
    time_format: Annotated[str | None, typer.Option(help="The form of the times, such as %Y/%m/%d %H:%M.")] = None,
    field: Annotated[
        list[str] | None, typer.Option("--field", "-f", help="field=column; the first event counts.")
    ] = None,
    stop: Annotated[
        list[str] | None, typer.Option("--stop", "-s", help="metric=activity; the first one counts.")
    ] = None,
    event: Annotated[
        list[str] | None, typer.Option("--event", "-e", help="activity=event, to replay with pauses.")
    ] = None,
    by: Annotated[str, typer.Option(help="The field to group by.")] = "priority",
    since: Annotated[str | None, typer.Option(help="Only promises from then on (ISO 8601).")] = None,
    until: Annotated[str | None, typer.Option(help="Only promises before then (ISO 8601).")] = None,
    dated: Annotated[Dated, typer.Option(help="By which date.")] = "created",
    as_of: Annotated[str | None, typer.Option(help="As of when; the last event of the log if left out.")] = None,
    json: JsonOption = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Print how the promises of a policy were kept in a ticket log."""
    with _refusals():
        chosen = _policy(policy)
        read = _mapping(mapping, ticket, time, activity, zone, time_format, field, stop, event)
        _refuse_unknown_metrics(read, chosen)
        reading = _read_with_progress(log, read, shown=not json)
        when = _as_of(as_of, read.zone, reading)
        result = _report_with_progress(
            reading, chosen, shown=not json, as_of=when, by=by, dated=dated,
            since=None if since is None else _instant(since, read.zone, "--since"),
            until=None if until is None else _instant(until, read.zone, "--until"),
        )  # fmt: skip
        problems = sorted((*reading.problems, *result.problems), key=_line_of)
        if json:
            _print_json({**result.to_data(), "rows_left_out": len(problems), "problems": [str(p) for p in problems]})
        else:
            _print_figures(result, reading)
            for problem in problems:
                _complain(str(problem))
            if problems:
                _complain(f"{len(problems)} rows or tickets were left out")
        raise typer.Exit(3 if problems else 0)


@app.command("ticket")
def print_ticket(
    log: LogName,
    ticket: Annotated[str, typer.Argument(help="The ticket's id.")],
    policy: Annotated[str, typer.Option("--policy", "-p", help="A policy file, or a sample.")],
    mapping: MappingOption = None,
    as_of: Annotated[str | None, typer.Option(help="As of when; the last event of the log if left out.")] = None,
    zone: ZoneOption = None,
    json: JsonOption = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Print the clocks of one ticket of a log: each as a picture, and its ledger."""
    with _refusals():
        when, reading = _read_tickets(log, mapping, as_of, zone)
        clocks = replay(_named_ticket(reading, ticket, log).events, _policy(policy), as_of=when, ticket=ticket)
        problems = [*map(str, reading.problems), *_refused_events(clocks)]
        if json:
            _print_json(_clocks_data(clocks))
        else:
            for metric in clocks:
                for state in clocks.cycles(metric) or (clocks[metric],):
                    _print_clock(state)
        _finish(problems)


@app.command("agenda")
def print_agenda(
    log: LogName,
    policy: Annotated[str, typer.Option("--policy", "-p", help="A policy file, or a sample.")],
    mapping: MappingOption = None,
    as_of: Annotated[str | None, typer.Option(help="After when; the last event of the log if left out.")] = None,
    zone: ZoneOption = None,
    json: JsonOption = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Print what fires next for the tickets of a log: warnings, dues, follow-ups and steps of the ladder."""
    with _refusals():
        when, reading = _read_tickets(log, mapping, as_of, zone)
        every, problems = _replayed(reading, _policy(policy), when)
        steps = agenda(every, as_of=when)
        if json:
            _print_json([{**asdict(s), "at": s.at.isoformat(), "deliver_at": s.deliver_at.isoformat()} for s in steps])
        else:
            table = _table("at", "deliver at", "ticket", "metric", "kind", "label")
            for step in steps:
                moments = (print_moment(step.at), print_moment(step.deliver_at))
                table.add_row(*_cells(*moments, step.ticket, step.metric, step.kind.replace("_", " "), step.label))
            _print(table)
        _finish(problems)


@app.command()
def check(
    policy: PolicyName,
    as_of: Annotated[str | None, typer.Option(help="For tickets from when on (ISO 8601); now if left out.")] = None,
    json: JsonOption = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Print everything that is wrong with a policy (exit 1), and what is doubtful."""
    try:
        chosen = _policy(policy)
        warnings = check_policy(chosen, as_of=_instant(as_of, "UTC", "--as-of"))
    except SlaError as error:
        problems = [str(problem) for problem in getattr(error, "problems", ()) or (error,)]
        if json:
            _print_json({"problems": problems, "warnings": []})
        for problem in () if json else problems:
            _complain(problem)
        raise typer.Exit(1) from None
    if json:
        _print_json({"problems": [], "warnings": [asdict(warning) for warning in warnings]})
        return
    for warning in warnings:
        _print(Text(f"warning: {warning}"))
    _print(Text(f"{chosen.name}: no problem, {_counted_of(warnings, 'warning')}"))


def _counted_of(things: Sized, noun: str) -> str:
    return f"{len(things)} {noun}" if len(things) == 1 else f"{len(things)} {noun}s"


@app.command()
def schema() -> None:
    """Print the JSON Schema of a policy file."""
    _print_json(policy_schema())


holidays_app: typer.Typer = typer.Typer(help="Pin public holidays in a file, and see what moved.", no_args_is_help=True)
app.add_typer(holidays_app, name="holidays")
Country = Annotated[str, typer.Argument(help="An ISO 3166 code, such as BE.")]
Subdivision = Annotated[str | None, typer.Option(help="A subdivision, such as BY.")]
Categories = Annotated[list[str] | None, typer.Option("--category", help="A category; public if left out.")]
Language = Annotated[str | None, typer.Option(help="A language that the data has for the country.")]


@holidays_app.command()
def freeze(
    country: Country,
    first_year: Annotated[int, typer.Argument(help="The first year.")],
    last_year: Annotated[int, typer.Argument(help="The last year.")],
    subdivision: Subdivision = None,
    category: Categories = None,
    language: Language = None,
) -> None:
    """Print the public holidays of the installed data as a pin file."""
    with _refusals():
        chosen = Holidays(country, subdivision, tuple(category or ("public",)), language)
        _print_raw(chosen.freeze(first_year, last_year).to_json())


@holidays_app.command("drift")
def print_drift(
    old: Annotated[Path, typer.Argument(help="A pin file.")],
    new: Annotated[Path | None, typer.Argument(help="Another; the installed data if left out.")] = None,
    json: JsonOption = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Print which dates moved from one pin file to another, or to the installed data (exit 3 when some did)."""
    with _refusals():
        before = load_holidays(old)
        moved = drift(before, load_holidays(new) if new else before.refrozen())
        if json:
            _print_raw(moved.to_json())
        else:
            _print(Text(str(moved)))
        raise typer.Exit(3 if moved.moves_due_times else 0)


@app.command()
def channels(
    policy: PolicyName,
    as_of: Annotated[str | None, typer.Option(help="When (ISO 8601); now if left out.")] = None,
    zone: ReaderZoneOption = None,
    field: FieldOption = None,
    need: Annotated[list[str] | None, typer.Option("--need", help="urgent, record, complicated or sensitive.")] = None,
    language: SayOption = None,
    json: JsonOption = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Print which channel to use, the one that answers first at the head."""
    with _refusals():
        chosen = _policy(policy)
        needs = cast("list[Need]", need or [])  # what is no need, channel_guide refuses
        guide = channel_guide(chosen, _instant(as_of, zone, "--as-of"), zone=zone, needs=needs, **_fields(field))
        if json:
            _print_raw(guide.to_json())
            return
        for line in _channel_lines(guide, language):
            _print(Text(line))


def _channel_lines(guide: ChannelGuide, language: str | None) -> Iterator[str]:
    """Return the table, or the sentences of a language; then who was left out, and what to have ready."""
    if language is None:
        yield str(guide)
    else:
        yield from (str(each.expectation().say(language)) for each in guide)
    yield from (f"left out: {each.channel} ({', '.join(each.against)})" for each in guide.left_out)
    if guide.have_ready:
        yield f"have ready: {'; '.join(guide.have_ready)}"


languages_app: typer.Typer = typer.Typer(help="Languages of your own.", no_args_is_help=True)
app.add_typer(languages_app, name="languages")


@languages_app.command("check")
def check_language(
    file: Annotated[Path, typer.Argument(help="A language file (TOML).")],
    json: JsonOption = False,  # noqa: FBT002 - an option of the command line
) -> None:
    """Print everything that is wrong with a language file (exit 1)."""
    problems = [str(problem) for problem in language_problems(file)]
    if json:
        _print_json({"problems": problems})
    else:
        for problem in problems:
            _complain(problem)
        if not problems:
            _print(Text(f"{file}: no problem"))
    raise typer.Exit(1 if problems else 0)


def _read_tickets(log: Path, mapping: Path | None, as_of: str | None, zone: str | None) -> tuple[datetime, LogReading]:
    """Return the instant asked for, and the tickets of a log with their events: JSON Lines, or CSV with a mapping."""
    if mapping is None:
        reading = _read_json_lines(log)
    else:
        meaning = load_mapping(mapping)
        if not meaning.events:
            raise LogError(
                "mapping_without_events",
                "the mapping does not say which activities are events",
                accepts="[events] with an activity and what it is",
                where=str(mapping),
            )
        reading, zone = _read_with_progress(log, meaning, shown=True), zone or meaning.zone
    return _as_of(as_of, zone, reading), reading


def _read_json_lines(log: Path) -> LogReading:
    events: dict[str, list[Event]] = {}
    with _reading(log) as lines:
        try:
            for ticket, event in read_events(lines):
                events.setdefault(ticket, []).append(event)
        except LogError as error:
            raise error.at(f"{log} (a CSV log needs --mapping)" if log.suffix == ".csv" else str(log)) from None
    tickets = tuple(
        Ticket(name, min((e.at for e in each), key=to_us), events=tuple(each)) for name, each in events.items()
    )
    last = max((event.at for each in events.values() for event in each), key=to_us, default=None)
    return LogReading(tickets, {}, (), sum(map(len, events.values())), last)


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


def _finish(problems: Sequence[str]) -> NoReturn:
    """Complain about what could not be used, and leave with what that means."""
    for problem in problems:
        _complain(problem)
    raise typer.Exit(3 if problems else 0)


def _print_clock(state: ClockState) -> None:
    due = "no due time" if state.due is None else f"due {print_moment(state.due)} ({state.due.tzname()})"
    passed = f"elapsed {print_amount(state.elapsed)}, remaining {print_amount(state.remaining)}"
    _print(_title(f"{state.metric}: {state.status}, {due}"))
    _print(Text(f"{state.target}; rule {state.rule}; {passed}"))
    for day in picture_clock(state):
        if day.skipped:
            _print(Text(f"... {day.skipped} days", style="dim"))
        _print(Text(str(replace(day, bar=day.bar.translate(_CLOCK_SHADES)))))
    if state.origin is not None:
        _print(_ledger_table(state.ledger))


def _clocks_data(clocks: Clocks) -> dict[str, object]:
    return {
        "ticket": clocks.ticket,
        "as_of": clocks.as_of.isoformat(),
        "clocks": {
            metric: [_state_data(state) for state in clocks.cycles(metric) or (clocks[metric],)] for metric in clocks
        },
        "gaps": [gap._asdict() for gap in clocks.gaps],
    }


def _state_data(state: ClockState) -> dict[str, object]:
    moments = ("origin", "due", "earliest", "expected", "follow_up", "done_at", "breached_at")
    return {
        "status": state.status,
        "rule": state.rule,
        "target": str(state.target),
        **{name: None if (at := getattr(state, name)) is None else at.isoformat() for name in moments},
        "elapsed_seconds": state.elapsed.total_seconds(),
        "remaining_seconds": state.remaining.total_seconds(),
        "cancelled": state.cancelled,
        "misses": [missed.isoformat() for missed in state.misses],
        "ledger": state.ledger.to_data(),
    }


class _refusals:  # noqa: N801 - reads as a phrase: with _refusals()
    """Turn what slacalc refuses into a message and exit code 1."""

    def __enter__(self) -> None:
        """Do nothing yet."""

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Print a refusal; let everything else pass."""
        if isinstance(error, SlaError):
            _complain(f"slacalc: {error}")
            raise typer.Exit(1) from None


def _policy(name: str) -> Policy:
    return sample_policy(name) if name in SAMPLES else load_policy(name)


def _calendar(
    policy: str | None, name: str | None, hours: str | None, holidays: str | None, zone: str | None
) -> Calendar:
    if hours is not None and zone is not None and policy is None:
        return Calendar(zone, hours, holidays=holidays)
    if policy is None or hours is not None:
        _misused("name a --policy, or --hours and their --zone")
    chosen = _policy(policy)
    return chosen.calendar(name or next(iter(chosen.calendars)))


def _mapping(
    file: Path | None, ticket: str | None, time: str | None, activity: str | None, zone: str | None,
    time_format: str | None, field: list[str] | None = None, stop: list[str] | None = None,
    event: list[str] | None = None,
) -> LogMapping:  # fmt: skip
    fields = tuple(_pair(text, "--field") for text in field or ())
    stops: dict[str, tuple[str, ...]] = {}
    for metric, name in (_pair(text, "--stop") for text in stop or ()):
        stops[metric] = (*stops.get(metric, ()), name)
    if file is None and not (ticket and time and activity):
        _misused("name the columns: --mapping, or --ticket, --time and --activity")
    base = load_mapping(file) if file else LogMapping(ticket or "", time or "", activity or "")
    return base.updated(
        ticket=ticket,
        time=time,
        activity=activity,
        zone=zone,
        time_format=time_format,
        fields=fields or None,
        stops=tuple(stops.items()) or None,
        events=tuple(_pair(text, "--event") for text in event or ()) or None,
    )


def _refuse_unknown_metrics(mapping: LogMapping, policy: Policy) -> None:
    for metric, _ in mapping.stops:
        if metric not in policy.metrics:
            raise LogError(
                "metric_unknown",
                "no rule promises this metric",
                given=metric,
                accepts=", ".join(policy.metrics),
                where="stops",
            )


def _fields(texts: list[str] | None) -> dict[str, str]:
    return dict(_pair(text, "--field") for text in texts or ())


def _pair(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        _misused(f"{option} takes name=value, not {text!r}")
    return name, value


def _misused(problem: str) -> NoReturn:
    _complain(f"slacalc: {problem}")
    raise typer.Exit(2)


def _instant(text: str | None, zone: str | None, where: str) -> datetime:
    if text is None:
        return datetime.now(UTC if zone is None else read_zone(zone))
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InstantError(
            "time_unreadable", "this is not a time", given=text, accepts="ISO 8601", where=where
        ) from None
    if at.tzinfo is None and zone is None:
        raise InstantError(
            "time_without_zone",
            "the time has no zone",
            given=text,
            accepts="an offset, such as 2026-11-20T18:30+01:00, or --zone",
            where=where,
        )
    return at if at.tzinfo is not None else at.replace(tzinfo=read_zone(zone or "", "--zone"))


def _date(text: str | None, calendar: Calendar) -> date:
    if text is None:
        return datetime.now(read_zone(calendar.zone)).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InstantError(
            "date_invalid", "this is not a date", given=text, accepts="a date such as 2026-11-20", where="--date"
        ) from None


def _as_of(text: str | None, zone: str | None, reading: LogReading) -> datetime:
    if text is not None:
        return _instant(text, zone, "--as-of")
    if reading.last_event is None:
        raise PolicyError(
            "log_without_events", "the log has no event to take --as-of from", accepts="--as-of", where="--as-of"
        )
    return reading.last_event


def _read_with_progress(log: Path, mapping: LogMapping, *, shown: bool) -> LogReading:
    with _reading(log) as file, _progress(shown=shown) as bar:
        task = bar.add_task(f"reading {log.name}", total=log.stat().st_size)
        return read_log(_counted(file, bar, task), mapping, where=str(log))


@contextmanager
def _reading(log: Path) -> Iterator[Iterable[str]]:
    try:
        with log.open(encoding="utf-8", newline="") as file:
            yield file
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(
            "log_unreadable", "the log cannot be read", given=str(error), accepts="a readable file", where=str(log)
        ) from None


def _report_with_progress(reading: LogReading, policy: Policy, *, shown: bool, **asked: Any) -> Report:  # noqa: ANN401 - what report takes
    with _progress(shown=shown) as bar:
        task = bar.add_task("replaying", total=len(reading.tickets))
        return report(_advancing(reading.tickets, bar, task), policy, lines=reading.lines, **asked)


def _advancing(tickets: Iterable[Ticket], bar: Progress, task: object) -> Iterator[Ticket]:
    for ticket in tickets:
        yield ticket
        bar.advance(task)  # type: ignore[arg-type]  # rich's TaskID is an int by another name


def _progress(*, shown: bool) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    return Progress(*columns, console=console, disable=not (shown and console.is_terminal), transient=True)


def _counted(lines: Iterable[str], bar: Progress, task: object) -> Iterator[str]:
    for line in lines:
        bar.advance(task, len(line))  # type: ignore[arg-type]  # rich's TaskID is an int by another name
        yield line


_WIDTH: Final = 140


def _console() -> Console:
    columns = os.environ.get("COLUMNS", "")
    width = None if sys.stdout.isatty() else int(columns) if columns.isdecimal() and int(columns) else _WIDTH
    return Console(width=width, highlight=False, soft_wrap=width is not None)


def _print(what: "Table | Text") -> None:
    if isinstance(what, Table):
        _keep_whole(what)
    _console().print(what)


def _keep_whole(table: Table) -> None:
    """Let a narrow terminal fold reasons only: a figure is never cut."""
    for column in table.columns:
        if column.header != "reason":
            column.min_width = max(len(str(cell)) for cell in (column.header, *column.cells))


def _print_raw(text: str) -> None:
    sys.stdout.write(text + "\n")


def _print_json(data: object) -> None:
    import json

    _print_raw(json.dumps(data, ensure_ascii=False))


def _complain(message: str) -> None:
    sys.stderr.write(message + "\n")


def _title(text: str) -> Text:
    return Text(text, style="bold")


def _ledger_table(ledger: Ledger) -> Table:
    table = _table("from", "to", "wall", "counted", "reason")
    for s in ledger:
        counted = print_amount(s.counted) if s.kind == "counted" else ""
        style = "green" if s.kind == "counted" else "dim"
        table.add_row(
            *_cells(print_moment(s.start), print_moment(s.end), print_amount(s.wall), counted, s.reason), style=style
        )
    table.add_row(*_cells("", "", print_amount(ledger.wall), print_amount(ledger.counted), "total"), style="bold")
    return table


_WORDS: Final = {"from", "to", "reason", "priority", "metric", "ticket", "at", "deliver at", "kind", "label"}


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for column in columns:
        right = column not in _WORDS
        table.add_column(column, justify="right" if right else "left", no_wrap=column != "reason")
    return table


def _cells(*texts: str) -> list[Text]:
    """Return cells that print as they are: a holiday's name is never read as markup."""
    return [Text(text) for text in texts]


def _week_line(picture: DayPicture) -> Text:
    line = Text(str(replace(picture, bar=picture.bar.translate(_SHADES))))
    if picture.notes:
        line.stylize("yellow", len(line) - len(", ".join(picture.notes)))
    return line


_CLOCK_SHADES: Final = str.maketrans({"#": "█", "~": "░", "-": "─", ".": "·"})
_SHADES: Final = str.maketrans({"#": "█", "+": "▌", ".": "·"})


def _line_of(problem: Problem) -> int:
    return problem.line


def _picture_data(picture: DayPicture) -> dict[str, object]:
    return {
        "date": picture.day.isoformat(),
        "half_hours": picture.bar,
        "open_seconds": picture.open_time.total_seconds(),
        "notes": list(picture.notes),
    }


def _print_figures(result: Report, reading: LogReading) -> None:
    _print(_title(f"{result.policy} as of {print_moment(result.as_of)} ({result.as_of.tzname()})"))
    _print(Text(f"{result.tickets} tickets, {reading.events} events"))
    columns = [name for name, figure in _FIGURES.items() if name not in _SOMETIMES or any(map(figure, result.lines))]
    table = _table(result.by, *columns)
    for line in result.lines:
        cells = _cells(line.group, *(_FIGURES[name](line) for name in columns))
        table.add_row(*cells, style="bold" if line.group == "all" else None)
    _print(table)
    if result.worst:
        _print(_title("the worst misses"))
        worst = _table("ticket", "metric", "open over", "wall over", "reason")
        for miss in result.worst:
            over = miss.outcome
            worst.add_row(
                *_cells(
                    miss.ticket,
                    over.promise.metric,
                    print_amount(over.open_over),
                    print_amount(over.wall_over),
                    miss.reason,
                )
            )
        _print(worst)


_SOMETIMES: Final = ("cancelled", "demoted", "objective")
_KEPT: Final[dict[bool | None, str]] = {True: "met", False: "not met", None: ""}
_FIGURES: Final[dict[str, Callable[[ReportLine], str]]] = {
    "metric": lambda line: line.metric,
    "tickets": lambda line: str(line.tickets),
    "met": lambda line: str(line.met),
    "missed": lambda line: str(line.missed),
    "pending": lambda line: str(line.pending),
    "cancelled": lambda line: str(line.cancelled or ""),
    "demoted": lambda line: str(line.demoted or ""),
    "attainment": lambda line: _share(line.attainment),
    "objective": lambda line: f"{_share(line.objective)} {_KEPT[line.objective_met]}".strip(),
    "median open": lambda line: _time(line.median_open),
    "p90 open": lambda line: _time(line.p90_open),
    "median wall": lambda line: _time(line.median_wall),
    "p90 wall": lambda line: _time(line.p90_wall),
}
"""The columns of a report; those that nothing can be said in are left out."""


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"


def _time(amount: timedelta | None) -> str:
    """Return an amount to the minute, as figures are read; --json has it exactly."""
    return "" if amount is None else print_amount(timedelta(minutes=round(amount / timedelta(minutes=1))))
