"""The commands about zone data."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer

from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import to_us, utc_text
from slacalc.business_time.zone_data import ZoneData, ZoneSource, read_zone_source, zone_data
from slacalc.business_time.zone_releases import PROBES, Probe, releases_that_fit
from slacalc.calendars.ledger import format_moment
from slacalc.calendars.zone_drift import OpeningDrift, opening_drift
from slacalc.cli.arguments import JsonOption, read_instant, read_policy
from slacalc.cli.exits import refusals
from slacalc.cli.printing import print_json, print_line
from slacalc.clocks.saved_drift import ClockDrift, saved_clock_drift
from slacalc.columns.engine_zones import engine_offsets
from slacalc.policies.policy import Policy
from slacalc.policies.saved_promises import PromiseDrift, promise_drift, read_promises

__all__ = ["print_zone_drift", "print_zones"]

_A_YEAR: Final = timedelta(days=365)


def print_zones(
    context: typer.Context,
    as_of: Annotated[str | None, typer.Option(help="What differs from when on (ISO 8601); now if left out.")] = None,
    json: JsonOption = False,
) -> None:
    """Print which zone data is in use, what else is there, and what data frames and engines use."""
    if context.invoked_subcommand is not None:
        return
    with refusals():
        data, engines = zone_data(), _engines()
        lines = _differences(data, read_instant(as_of, "UTC", "--as-of"))
        if json:
            print_json(_zones_data(data, lines, engines))
            return
        print_line(f"in use      {data.in_use}")
        for other in data.others:
            print_line(f"also there  {other}")
        for line in lines:
            print_line(f"            {line}")
        for name, (fits, other_clocks) in engines.items():
            shown = f"; another clock than slacalc calculates: {', '.join(other_clocks)}" if other_clocks else ""
            print_line(f"{name:<12}{fits}{shown}")


def print_zone_drift(
    old: Annotated[str, typer.Argument(help="A folder of compiled zones, system or package.")],
    new: Annotated[str, typer.Argument(help="Another.")],
    policy: Annotated[str, typer.Option("--policy", "-p", help="A policy file, or a sample.")],
    promises: Annotated[Path | None, typer.Option(help="Promises that were given, a JSON object on each line.")] = None,
    clocks: Annotated[Path | None, typer.Option(help="Saved clocks, a JSON object on each line.")] = None,
    earlier: Annotated[
        list[str] | None, typer.Option(help="A policy under which some of the saved clocks began.")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="From when on (ISO 8601), for a year; now if left out.")] = None,
    json: JsonOption = False,
) -> None:
    """Print which openings, given promises and saved clocks move with other zone data (exit 3 when some do)."""
    with refusals():
        chosen = read_policy(policy)
        sources = read_zone_source(old, "OLD"), read_zone_source(new, "NEW")
        openings = _openings(chosen, *sources, read_instant(as_of, "UTC", "--as-of"))
        given = () if promises is None else read_promises(promises)
        moved = [drift for each in given if (drift := promise_drift(chosen, each, *sources)) is not None]
        before = [read_policy(name) for name in earlier or ()]
        saved = [] if clocks is None else list(saved_clock_drift(clocks, chosen, before, *sources))
        if json:
            print_json(
                {
                    "openings": {name: _opening_data(each) for name, each in openings.items()},
                    "promises": [each.to_data() for each in moved],
                    "clocks": [each.to_data() for each in saved],
                }
            )
        else:
            _print_drift(openings, moved, saved)
        raise typer.Exit(3 if openings or moved or saved else 0)


def _differences(data: ZoneData, since: datetime) -> list[str]:
    found = []
    for each in data.differences(since=since):
        if each.start is None or each.by is None:
            found.append(f"{each.zone} is not there")
        else:
            ahead = "ahead" if each.by > timedelta(0) else "behind"
            found.append(f"{each.zone} is {format_amount(abs(each.by))} {ahead} from {utc_text(to_us(each.start))} on")
    return found


def _engines() -> dict[str, tuple[str, list[str]]]:
    """Return for each engine the releases that fit, and the zones in which it shows another clock than slacalc."""
    asked: dict[str, dict[Probe, timedelta]] = {}
    for probe in PROBES:
        for name, offset in engine_offsets(probe.zone, probe.at).items():
            asked.setdefault(name, {})[probe] = offset
    ours = {probe: _our_offset(probe) for probe in PROBES}
    return {
        name: (releases_that_fit(offsets), [probe.zone for probe in offsets if offsets[probe] != ours[probe]])
        for name, offsets in asked.items()
    }


def _our_offset(probe: Probe) -> timedelta:
    return probe.at.astimezone(ZoneInfo(probe.zone)).utcoffset() or timedelta(0)


def _zones_data(data: ZoneData, lines: list[str], engines: dict[str, tuple[str, list[str]]]) -> dict[str, object]:
    return {
        "in_use": {"kind": data.in_use.kind, "version": data.in_use.version},
        "others": [{"kind": other.kind, "version": other.version} for other in data.others],
        "differences": lines,
        "engines": {name: {"releases": fits, "other_clocks": zones} for name, (fits, zones) in engines.items()},
    }


def _openings(policy: Policy, old: ZoneSource, new: ZoneSource, as_of: datetime) -> dict[str, OpeningDrift]:
    first, last = as_of.astimezone(UTC).date(), (as_of + _A_YEAR).astimezone(UTC).date()
    found = {name: opening_drift(policy.calendar(name), old, new, first, last) for name in policy.calendars}
    return {name: each for name, each in found.items() if each is not None}


def _opening_data(each: OpeningDrift) -> dict[str, object]:
    return {"old": each.old.isoformat(), "new": each.new.isoformat(), "dates": each.dates}


def _print_drift(openings: dict[str, OpeningDrift], moved: list[PromiseDrift], saved: list[ClockDrift]) -> None:
    for name, each in openings.items():
        print_line(
            f"{name}: {each.dates} dates open or close at another instant, the first {format_moment(each.new)}, "
            f"{_later(each.by)}"
        )
    for drift in moved:
        print_line(
            f"{drift.metric} of {format_moment(drift.origin)}: due {format_moment(drift.new)}, {_later(drift.by)}"
        )
    for clock in saved:
        cycle = f" (cycle {clock.cycle})" if clock.cycle > 1 else ""
        status = (
            clock.new_status if clock.new_status == clock.old_status else f"{clock.old_status} -> {clock.new_status}"
        )
        print_line(
            f"ticket {clock.ticket}, {clock.metric}{cycle}: due {format_moment(clock.new)}, "
            f"{_later(clock.by)}; {status}"
        )
    if not openings and not moved and not saved:
        print_line("nothing moves")


def _later(by: timedelta) -> str:
    return f"{format_amount(abs(by))} {'later' if by > timedelta(0) else 'earlier'}"
