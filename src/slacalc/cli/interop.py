"""The commands about other systems: their configuration as a policy, calendars in their formats, their judgement."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Final

import typer

from slacalc.arguments import nearest_first
from slacalc.calendars.calendar import Calendar
from slacalc.cli.arguments import PolicyName, read_date, read_instant, read_policy
from slacalc.cli.exits import complain, finish, misused, refusals
from slacalc.cli.printing import print_json, print_line, print_raw, print_title
from slacalc.interop.holidays import load as load_holidays_of
from slacalc.interop.icalendar import read_holidays
from slacalc.interop.icalendar.loading import read_years
from slacalc.interop.imported import Imported
from slacalc.interop.parity import compare
from slacalc.interop.systems import SYSTEMS, WRITERS
from slacalc.interop.ticket_events import TicketEvents
from slacalc.policies.policy import Policy

__all__ = ["compare_engine", "export_calendar", "import_holidays", "import_policy"]

_ENGINES: Final = {name: system.engine for name, system in SYSTEMS.items() if system.engine is not None}
_SUCH_AS: Final = {"zone": "--zone Europe/Rome", "holidays": "--holidays IT"}

_TAKEN_BY_SYSTEMS: Final = {name: (*system.needs, *system.takes) for name, system in SYSTEMS.items()}
_TAKEN_BY_WRITERS: Final = {name: writer.takes for name, writer in WRITERS.items()}


def _asking(option: str) -> str:
    """Return the names of the systems that take an option."""
    return ", ".join(name for name, names in _TAKEN_BY_SYSTEMS.items() if option in names)


def import_policy(
    system: Annotated[str, typer.Argument(help=f"Whose configuration it is: {', '.join(SYSTEMS)}.")],
    source: Annotated[Path, typer.Argument(help="A folder with its answers or files, or one file.")],
    zone: Annotated[
        str | None, typer.Option(help=f"An IANA zone, for what does not say its own: {_asking('zone')}.")
    ] = None,
    holidays: Annotated[
        str | None, typer.Option(help=f"The country of hours of public holidays, for {_asking('holidays')}.")
    ] = None,
    hours: Annotated[
        str | None, typer.Option(help=f"The weekly hours of which a feed says what is closed, for {_asking('hours')}.")
    ] = None,
    years: Annotated[
        str | None, typer.Option(help=f"The years of what recurs for ever, for {_asking('years')}: 2026..2030.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The folder for policy.toml and its pins; printed if left out.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over files that are there and differ.")] = False,
    lossy: Annotated[bool, typer.Option("--lossy", help="Also where that changes due times.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the policy and what is lost as JSON.")] = False,
) -> None:
    """Make a policy of what another system is configured to do, and say what is lost; exit 1 where due times change."""
    if system not in SYSTEMS:
        misused(f"there is no such system: {system}; accepted: {nearest_first(system, SYSTEMS)}")
    said = _said(system, zone=zone, holidays=holidays, hours=hours, years=years)
    with refusals():
        imported = SYSTEMS[system].load(source, lossy=lossy, **said)
        engine = SYSTEMS[system].engine
        told = None if engine is None else engine.read_tickets(source, imported.policy)
    if out is not None:
        _write(out, _files_of(imported, told), replace=replace)
    if json:
        print_json(imported.to_data())
    elif out is None:
        print_raw(imported.to_toml().rstrip())
    else:
        for line in (*imported.summary, f"written: {', '.join(str(out / name) for name in _files_of(imported, told))}"):
            print_line(line)
        for kind, count in {}.items() if told is None else told.passed_over.items():
            print_line(f"passed over: {count} {kind}, which no clock follows")


def import_holidays(
    source: Annotated[
        Path,
        typer.Argument(help="An answer or file of a source of holidays, a folder of them, or a feed: a file of .ics."),
    ],
    region: Annotated[str | None, typer.Option(help="A part of the country, such as DE-BY or scotland.")] = None,
    years: Annotated[str | None, typer.Option(help="The years that a feed is known for: 2026..2030.")] = None,
    lossy: Annotated[bool, typer.Option("--lossy", help="Also where that changes due times.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the pin and what is lost as JSON.")] = False,
) -> None:
    """Print holidays as a pin, and say what is lost: of OpenHolidays, Nager.Date, gov.uk, holiday-cn, or a feed."""
    is_feed = source.suffix.lower() == ".ics"
    if (region if is_feed else years) is not None:
        misused("a feed has no use for --region, and holidays of another source have none for --years")
    with refusals():
        imported = (
            read_holidays(source, years=read_years(years), lossy=lossy)
            if is_feed
            else load_holidays_of(source, region=region, lossy=lossy)
        )
    if json:
        print_json(imported.to_data())
        return
    print_raw(imported.holidays.to_json())
    for line in imported.summary:
        complain(line)


def export_calendar(
    format_name: Annotated[str, typer.Argument(metavar="FORMAT", help=f"The format: {', '.join(WRITERS)}.")],
    policy: PolicyName,
    last: Annotated[str, typer.Option("--to", help="The last date that it is true for.")],
    first: Annotated[str | None, typer.Option("--from", help="The first date; today if left out.")] = None,
    calendar: Annotated[
        str | None, typer.Option("--calendar", "-c", help="Which calendar of the policy; needed if it has several.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="What the place or the calendar is called there.")] = None,
    language: Annotated[
        str | None, typer.Option("--language", "-l", help="Of words, a language such as fi; English if left out.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file; printed if left out.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that is there and differs.")] = False,
    lossy: Annotated[bool, typer.Option("--lossy", help="Also where that changes due times.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the document and what is lost as JSON.")] = False,
) -> None:
    """Write the opening hours of a calendar in a format, and say what is lost; exit 1 where due times change."""
    if format_name not in WRITERS:
        misused(f"there is no such format: {format_name}; accepted: {nearest_first(format_name, WRITERS)}")
    writer, said = WRITERS[format_name], _of_use(format_name, _TAKEN_BY_WRITERS, {"name": name, "language": language})
    with refusals():
        chosen = _calendar_of(read_policy(policy), calendar)
        dates = read_date(first, chosen, "--from"), read_date(last, chosen, "--to")
        stamp = {"stamped_at": read_instant(None, chosen.zone, "")} if writer.is_stamped else {}
        written = writer.write(chosen, *dates, lossy=lossy, **said, **stamp)
    if json:
        print_json(written.to_data())
        return
    if out is None:
        print_raw(written.content.rstrip("\r\n"))
    else:
        _write(out.parent, {out.name: _ended(written.content)}, replace=replace)
        print_line(f"written: {out}")
    for loss in written.losses:
        complain(str(loss))


def _ended(text: str) -> str:
    """Return a text that ends its last line."""
    return text if text.endswith("\n") else f"{text}\n"


def _calendar_of(policy: Policy, name: str | None) -> Calendar:
    """Return the calendar of a name, or the one that there is."""
    if name is None and len(policy.calendars) > 1:
        misused(f"the policy has several calendars; accepted: --calendar, one of {', '.join(policy.calendars)}")
    return policy.calendar(name or next(iter(policy.calendars)))


def compare_engine(
    source: Annotated[Path, typer.Argument(help="The folder with the system's tickets and judgements.")],
    engine: Annotated[str, typer.Option("--engine", "-e", help=f"Whose judgement it is: {', '.join(_ENGINES)}.")],
    policy: Annotated[str, typer.Option("--policy", "-p", help="A policy file, such as the one that was imported.")],
    as_of: Annotated[
        str | None, typer.Option(help="As of when (ISO 8601, UTC without an offset); the last event if left out.")
    ] = None,
    ledgers: Annotated[bool, typer.Option("--ledgers", help="Also the ledgers of what is judged otherwise.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the counts and the differences as JSON.")] = False,
) -> None:
    """Hold slacalc against what another system says of its own promises; exit 3 where the two differ."""
    if engine not in _ENGINES:
        misused(f"there is no such engine: {engine}; accepted: {nearest_first(engine, _ENGINES)}")
    with refusals():
        read = _ENGINES[engine]
        chosen = read_policy(policy)
        told = read.read_tickets(source, chosen)
        when = told.last if as_of is None else read_instant(as_of, "UTC", "--as-of")
        parity = compare(told, read.read_judgements(source), chosen, read.conventions, as_of=when)
    if json:
        print_json(parity.to_data())
    else:
        print_line(parity.to_text())
        for each in parity.differences if ledgers else ():
            print_title(f"{each.ticket}, {each.metric} {each.cycle}")
            print_line(f"{parity.conventions.system}:\n{each.their_ledger}\nslacalc:\n{each.our_ledger}")
    raise typer.Exit(3 if parity.differences or parity.left_out else 0)


def _said(system: str, **options: str | None) -> dict[str, str]:
    """Return the options that are given. One that the system needs and has not, or has no use for, is misuse."""
    for name in SYSTEMS[system].needs:
        if options.get(name) is None:
            misused(f"the format of {system} does not say the {name}; accepted: --{name}, such as {_SUCH_AS[name]}")
    return _of_use(system, _TAKEN_BY_SYSTEMS, options)


def _of_use(
    format_name: str, taken: Mapping[str, Collection[str]], options: Mapping[str, str | None]
) -> dict[str, str]:
    """Return the options that are given. One that the format has no use for is misuse."""
    given = {name: value for name, value in options.items() if value is not None}
    for name in given:
        if name not in taken[format_name]:
            having_use = ", ".join(each for each, names in taken.items() if name in names)
            misused(f"{format_name} has no use for --{name}; accepted: --{name} with {having_use}")
    return given


def _files_of(imported: Imported, told: TicketEvents | None) -> dict[str, str]:
    """Return the texts of the files that an import writes, by name."""
    pins = {name: pin.to_json() for name, pin in imported.pins.items()}
    events = {"events.jsonl": told.to_json_lines()} if told is not None and told.pairs else {}
    return {"policy.toml": imported.to_toml(), **pins, **events}


def _write(folder: Path, files: dict[str, str], *, replace: bool) -> None:
    try:
        differing = [str(folder / name) for name, text in files.items() if _differs(folder / name, text)]
        if differing and not replace:
            told = "the file is there, and is not as it would be written"
            finish([f"slacalc: {each}: {told}; accepted: another place, or --replace" for each in differing], 1)
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_bytes(text.encode())
    except OSError as error:
        finish([f"slacalc: {folder}: nothing can be written here; given {error}; accepted: a folder of yours"], 1)


def _differs(file: Path, text: str) -> bool:
    """Tell whether a file is there that says something else: somebody may have edited it."""
    return file.exists() and file.read_bytes() != text.encode()
