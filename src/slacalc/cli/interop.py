"""The command that makes a policy of another system's configuration."""

from pathlib import Path
from typing import Annotated

import typer

from slacalc.arguments import nearest_first
from slacalc.cli.exits import finish, misused, refusals
from slacalc.cli.printing import print_json, print_line, print_raw
from slacalc.interop.imported import Imported
from slacalc.interop.systems import SYSTEMS

__all__ = ["import_policy"]


def import_policy(
    system: Annotated[str, typer.Argument(help=f"Whose configuration it is: {', '.join(SYSTEMS)}.")],
    source: Annotated[Path, typer.Argument(help="A folder with its answers or files, or one file.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="The folder for policy.toml and its pins; printed if left out.")
    ] = None,
    lossy: Annotated[bool, typer.Option("--lossy", help="Also where that changes due times.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the policy and what is lost as JSON.")] = False,
) -> None:
    """Make a policy of what another system is configured to do, and say what is lost; exit 1 where due times change."""
    if system not in SYSTEMS:
        misused(f"there is no such system: {system}; accepted: {nearest_first(system, SYSTEMS)}")
    with refusals():
        imported = SYSTEMS[system](source, lossy=lossy)
    if out is not None:
        _write(imported, out)
    if json:
        print_json(imported.to_data())
    elif out is None:
        print_raw(imported.to_toml().rstrip())
    else:
        for line in (*imported.summary, f"written: {out / 'policy.toml'}"):
            print_line(line)


def _write(imported: Imported, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "policy.toml").write_text(imported.to_toml(), encoding="utf-8")
        for name, pin in imported.pins.items():
            (folder / name).write_text(pin.to_json(), encoding="utf-8")
    except OSError as error:
        finish([f"slacalc: {folder}: nothing can be written here; given {error}; accepted: a folder of yours"], 1)
