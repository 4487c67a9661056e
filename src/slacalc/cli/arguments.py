"""The arguments of the commands, and how their texts are read.

Where a time is left out it is now: this is the only module that reads the system clock.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from slacalc.arguments import nearest_first
from slacalc.business_time.instants import read_zone
from slacalc.calendars.calendar import Calendar
from slacalc.cli.exits import misused
from slacalc.errors import InstantError, PolicyError
from slacalc.policies.loading import SAMPLES, load_policy, sample_policy
from slacalc.policies.policy import Policy

__all__ = [
    "CalendarOption",
    "FieldOption",
    "HolidaysOption",
    "HoursOption",
    "JsonOption",
    "LogAsOfOption",
    "LogName",
    "LogPolicyOption",
    "MappingOption",
    "PolicyName",
    "PolicyOption",
    "ReaderZoneOption",
    "SayOption",
    "SvgOption",
    "ZoneOption",
    "read_calendar",
    "read_date",
    "read_instant",
    "read_named",
    "read_pairs",
    "read_policy",
]

PolicyName: TypeAlias = Annotated[
    str, typer.Argument(help=f"A policy file (TOML or JSON), or a sample: {', '.join(SAMPLES)}.")
]
PolicyOption: TypeAlias = Annotated[
    str | None, typer.Option("--policy", "-p", help=f"A policy file, or a sample: {', '.join(SAMPLES)}.")
]
CalendarOption: TypeAlias = Annotated[
    str | None, typer.Option("--calendar", "-c", help="Which calendar of the policy.")
]
ZoneOption: TypeAlias = Annotated[str | None, typer.Option(help="An IANA zone: for times without an offset.")]
HoursOption: TypeAlias = Annotated[
    str | None, typer.Option(help='Weekly hours, such as "Mon-Fri 09:00-17:00", without a policy.')
]
HolidaysOption: TypeAlias = Annotated[
    str | None, typer.Option(help="A country whose public holidays close, with --hours.")
]
ReaderZoneOption: TypeAlias = Annotated[
    str | None, typer.Option(help="An IANA zone: that of the reader, and of times without an offset.")
]
SayOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--language", "-l", help="A language, such as fi, once for each; that of the market if left out."),
]
LogName: TypeAlias = Annotated[
    Path, typer.Argument(help="A ticket log: JSON Lines of events, or with --mapping a CSV file.")
]
LogPolicyOption: TypeAlias = Annotated[str, typer.Option("--policy", "-p", help="A policy file, or a sample.")]
LogAsOfOption: TypeAlias = Annotated[
    str | None, typer.Option(help="As of when; the last event of the log if left out.")
]
MappingOption: TypeAlias = Annotated[Path | None, typer.Option(help="A TOML file that says which column is what.")]
JsonOption: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SvgOption: TypeAlias = Annotated[
    Path | None, typer.Option(help="Write the picture to a file, too: .svg, .html, or .png with the extra plots.")
]
FieldOption: TypeAlias = Annotated[
    list[str] | None, typer.Option("--field", "-f", help="A field of the ticket: name=value.")
]


def read_policy(name: str) -> Policy:
    """Return a policy by the name of a sample, or of a file."""
    if name in SAMPLES:
        return sample_policy(name)
    if not Path(name).suffix and not Path(name).exists():
        raise PolicyError(
            "sample_unknown",
            "there is no such file, and no sample policy of this name",
            given=name,
            accepts=f"a file, or one of {nearest_first(name, SAMPLES)}",
        )
    return load_policy(name)


def read_calendar(
    policy: str | None, name: str | None, hours: str | None, holidays: str | None, zone: str | None
) -> Calendar:
    """Return a calendar of a policy, the first one if none is named; or one of weekly hours and a zone."""
    if hours is not None and zone is not None and policy is None:
        if name is not None:
            misused("--calendar is one of a --policy")
        return Calendar(zone, hours, holidays=holidays)
    if policy is None or hours is not None:
        misused("name a --policy, or --hours and their --zone, not both")
    if holidays is not None:
        misused("--holidays go with --hours; a policy names its own")
    chosen = read_policy(policy)
    return chosen.calendar(name or next(iter(chosen.calendars)))


def read_instant(text: str | None, zone: str | None, where: str) -> datetime:
    """Return the instant that a text says, in a zone where it has no offset; now if there is no text."""
    if text is None:
        return datetime.now(UTC if zone is None else read_zone(zone))
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InstantError(
            "instant_unreadable",
            "this is not a time",
            given=text,
            accepts="ISO 8601, such as 2026-11-20T18:30",
            where=where,
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


def read_date(text: str | None, calendar: Calendar, where: str) -> date:
    """Return the date that a text says; today where the calendar is if there is no text."""
    if text is None:
        return datetime.now(read_zone(calendar.zone)).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InstantError(
            "date_unreadable", "this is not a date", given=text, accepts="a date such as 2026-11-20", where=where
        ) from None


def read_pairs(texts: Iterable[str] | None, option: str) -> tuple[tuple[str, str], ...]:
    """Return the names and values of texts such as priority=high."""
    return tuple(_pair(text, option) for text in texts or ())


def read_named(texts: Iterable[str] | None, option: str) -> dict[str, str]:
    """Return the values of texts such as priority=high by name; a name that is there twice is misuse."""
    named: dict[str, str] = {}
    for name, value in read_pairs(texts, option):
        if name in named:
            misused(f"{option} says twice what {name} is")
        named[name] = value
    return named


def _pair(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        misused(f"{option} takes name=value, not {text!r}")
    return name, value
