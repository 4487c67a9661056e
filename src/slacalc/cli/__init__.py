"""The command line: the only room that reads the system clock.

Read in this order: `arguments` (what may be asked), `log_files` (ticket logs as files) with `progress`,
`printing` and `exits`; then the commands, each in a module named like the room that answers it. Only the module of the
command that is asked for is loaded.
"""

from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from typing import Any, Final, NamedTuple

import typer

from slacalc.cli.zone_choice import choose_zone_data

__all__ = ["app", "application"]


class _Command(NamedTuple):
    """A function of a module of this room, and the first paragraph of its docstring."""

    module: str
    function: str
    help: str


class _CommandGroup(NamedTuple):
    """Commands under one name, and what the name alone does."""

    help: str
    commands: Mapping[str, _Command]
    alone: _Command | None = None


_COMMANDS: Final[Mapping[str, _Command]] = {
    "promise": _Command("policies", "promise", "Print when a ticket is due, what to tell the customer, and why."),
    "explain": _Command(
        "calendars", "explain", "Print the open time between two instants, with the reason for every stretch."
    ),
    "week": _Command(
        "calendars",
        "week",
        "Print a week of opening hours as a picture, with holidays, exceptions and clock changes.",
    ),
    "year": _Command(
        "calendars",
        "year",
        "Print a year of opening hours as a picture: a column a week, and each holiday, exception and clock change.",
    ),
    "absence": _Command(
        "calendars",
        "absence",
        "Print whether a planned absence must be announced, until when, and whether it was in time (exit 3 when late).",
    ),
    "report": _Command("reports", "print_report", "Print how the promises of a policy were kept in a ticket log."),
    "what-if": _Command(
        "plans", "print_what_if", "Print how the promises of a policy would have been kept, had it said something else."
    ),
    "ticket": _Command(
        "tickets",
        "print_ticket",
        "Print the clocks of one ticket of a log: each as a picture, and its ledger; or what to tell the customer.",
    ),
    "agenda": _Command(
        "tickets",
        "print_agenda",
        "Print what fires next for the tickets of a log: warnings, dues, follow-ups and steps of the escalation.",
    ),
    "capacity": _Command(
        "tickets",
        "print_capacity",
        "Print how much work of a log falls due before each closing, and how much open time there is until then.",
    ),
    "import": _Command(
        "interop",
        "import_policy",
        "Make a policy of what another system is configured to do, "
        "and say what is lost; exit 1 where due times change.",
    ),
    "export": _Command(
        "interop",
        "export_calendar",
        "Write the opening hours of a calendar in a format, and say what is lost; exit 1 where due times change.",
    ),
    "compare": _Command(
        "interop",
        "compare_engine",
        "Hold slacalc against what another system says of its own promises; exit 3 where the two differ.",
    ),
    "check": _Command(
        "policies", "check", "Print everything that is wrong with a policy (exit 1), and what is doubtful."
    ),
    "schema": _Command("policies", "schema", "Print the JSON Schema of a policy file."),
    "channels": _Command(
        "expectations", "channels", "Print which channel to use, the one that answers first at the head."
    ),
    "page": _Command(
        "contact", "page", "Write the page that tells customers how to reach you; print it as text without a file."
    ),
}
_GROUPS: Final[Mapping[str, _CommandGroup]] = {
    "holidays": _CommandGroup(
        "Pin public holidays in a file, and see what moved.",
        {
            "freeze": _Command("calendars", "freeze", "Print the public holidays of the installed data as a pin file."),
            "drift": _Command(
                "calendars",
                "print_drift",
                "Print which dates moved from one pin file to another, or to the "
                "installed data (exit 3 when some did).",
            ),
            "import": _Command(
                "interop",
                "import_holidays",
                "Print holidays as a pin, and say what is lost: of OpenHolidays, Nager.Date, gov.uk, holiday-cn, "
                "or a feed.",
            ),
        },
    ),
    "zones": _CommandGroup(
        "Which zone data is in use, and what moves with other data.",
        {
            "drift": _Command(
                "zones",
                "print_zone_drift",
                "Print which openings, given promises and saved clocks move "
                "with other zone data (exit 3 when some do).",
            )
        },
        _Command(
            "zones",
            "print_zones",
            "Print which zone data is in use, what else is there, and what data frames and engines use.",
        ),
    ),
    "languages": _CommandGroup(
        "Languages of your own.",
        {
            "check": _Command(
                "expectations", "check_language", "Print everything that is wrong with a language file (exit 1)."
            )
        },
    ),
}


def application(arguments: Collection[str] = (*_COMMANDS, *_GROUPS)) -> typer.Typer:
    """Return the command line, with the commands that are named in its arguments; of others what its help says."""
    made = typer.Typer(
        name="slacalc",
        help="When are we open, what did we promise, and how are the tickets doing?",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    made.callback()(choose_zone_data)
    for name, command in _COMMANDS.items():
        made.command(name, help=command.help)(_function(command) if name in arguments else _nothing)
    for name, group in _GROUPS.items():
        made.add_typer(_group(group, asked=name in arguments), name=name)
    return made


def _group(group: _CommandGroup, *, asked: bool) -> typer.Typer:
    made = typer.Typer(help=group.help, no_args_is_help=group.alone is None)
    if group.alone is not None:
        made.callback(invoke_without_command=True, help=group.help)(_function(group.alone) if asked else _nothing)
    for name, command in group.commands.items():
        made.command(name, help=command.help)(_function(command) if asked else _nothing)
    return made


def _function(command: _Command) -> Callable[..., Any]:
    function: Callable[..., Any] = getattr(import_module(f"slacalc.cli.{command.module}"), command.function)
    return function


def _nothing() -> None:
    """Stand for a command that was not asked for."""


def __getattr__(name: str) -> typer.Typer:
    """Load the whole command line when it is first used (PEP 562)."""
    if name != "app":
        raise AttributeError(f"module 'slacalc.cli' has no attribute {name!r}")
    whole = globals()[name] = application()
    return whole
