"""Which zone data the command line uses, for all commands."""

from functools import partial
from typing import Annotated, Final

import typer

from slacalc.business_time.instants import used_zones
from slacalc.business_time.zone_data import ZonePreference, ZoneSource, compare_zones, prefer_zone_data, zone_data
from slacalc.cli.exits import complain, refusals

__all__ = ["OWN_PROCESS", "choose_zone_data"]

OWN_PROCESS: Final = "own process"
"""Says that the command line is a process of its own, and may choose its zone data."""


def choose_zone_data(
    context: typer.Context,
    choice: Annotated[
        ZonePreference | None,
        typer.Option("--zone-data", help="Where zones are read: newest (if left out), system or package."),
    ] = None,
) -> None:
    """When are we open, what did we promise, and how are the tickets doing?"""
    if choice is None and context.obj != OWN_PROCESS:
        return
    with refusals():
        chosen = prefer_zone_data(choice or "newest")
        if choice is None and chosen.kind != "system" and (old := _system()) is not None:
            context.call_on_close(partial(_tell_other_zones, chosen, old))


def _tell_other_zones(in_use: ZoneSource, system: ZoneSource) -> None:
    """Say of which zones that answered the system has other data."""
    differing = [each.zone for each in compare_zones(in_use, system, sorted(used_zones()))]
    if differing:
        complain(
            f"slacalc: zones are read from {in_use}; the system's {system.version} differs for {', '.join(differing)}"
        )


def _system() -> ZoneSource | None:
    return next((other for other in zone_data().others if other.kind == "system"), None)
