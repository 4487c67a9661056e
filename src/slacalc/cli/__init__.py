"""The command line: the only room that reads the system clock.

Read in this order: `arguments` (what may be asked), `log_files` (ticket logs as files) with `progress`,
`printing` and `exits`; then the commands, each in a module named like the room that answers it.
"""

from typing import Final

import typer

from slacalc.cli.calendars import absence, explain, freeze, print_drift, week
from slacalc.cli.expectations import channels, check_language
from slacalc.cli.interop import compare_engine, import_policy
from slacalc.cli.policies import check, promise, schema
from slacalc.cli.reports import print_report
from slacalc.cli.tickets import print_agenda, print_ticket
from slacalc.cli.zones import choose_zone_data, print_zone_drift, print_zones

__all__ = ["app"]

app: Final = typer.Typer(
    name="slacalc",
    help="When are we open, what did we promise, and how are the tickets doing?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.callback()(choose_zone_data)
app.command()(promise)
app.command()(explain)
app.command()(week)
app.command()(absence)
app.command("report")(print_report)
app.command("ticket")(print_ticket)
app.command("agenda")(print_agenda)
app.command("import")(import_policy)
app.command("compare")(compare_engine)
app.command()(check)
app.command()(schema)
app.command()(channels)

_holidays: Final = typer.Typer(help="Pin public holidays in a file, and see what moved.", no_args_is_help=True)
_holidays.command()(freeze)
_holidays.command("drift")(print_drift)
app.add_typer(_holidays, name="holidays")

_zones: Final = typer.Typer(help="Which zone data is in use, and what moves with other data.")
_zones.callback(invoke_without_command=True)(print_zones)
_zones.command("drift")(print_zone_drift)
app.add_typer(_zones, name="zones")

_languages: Final = typer.Typer(help="Languages of your own.", no_args_is_help=True)
_languages.command("check")(check_language)
app.add_typer(_languages, name="languages")
