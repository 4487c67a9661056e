"""How the command line starts, and what to say when its extra is not installed."""

import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper

from slacalc.errors import MissingExtraError

__all__ = ["main"]


def main() -> None:
    """Run the command line; without the extra, say which one to install and exit with 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a mark that a terminal lacks is no reason to fail
    try:
        import_module("rich")  # it is loaded when something is printed
        from slacalc.cli import application
        from slacalc.cli.zone_choice import OWN_PROCESS
    except ModuleNotFoundError as error:
        if error.name not in {"typer", "rich"}:
            raise
        missing = MissingExtraError(
            "extra_missing", f"the command line needs {error.name}", accepts="slacalc with its extra cli"
        )
        sys.stderr.write(f"slacalc: {missing}\n")
        sys.exit(2)
    try:
        try:
            application(sys.argv[1:])(obj=OWN_PROCESS)
        finally:
            sys.stdout.flush()
    except OSError as error:  # what is printed has no room, or nobody to read it
        with suppress(OSError):
            sys.stdout.close()  # with what is left in it, or Python would try again
        sys.stderr.write(f"slacalc: {error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
