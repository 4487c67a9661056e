"""This module knows how the command line starts, and what to say when its extra is not installed."""

import sys
from io import TextIOWrapper

from slacalc.errors import MissingExtraError

__all__ = ["main"]


def main() -> None:
    """Run the command line; without the extra, say which one to install and exit with 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a mark that a terminal lacks is no reason to fail
    try:
        from slacalc.cli import app
    except ModuleNotFoundError as error:
        if error.name not in {"typer", "rich"}:
            raise
        missing = MissingExtraError(
            "extra_missing", f"the command line needs {error.name}", accepts="pip install 'slacalc[cli]'"
        )
        sys.stderr.write(f"slacalc: {missing}\n")
        sys.exit(2)
    app()


if __name__ == "__main__":
    main()
