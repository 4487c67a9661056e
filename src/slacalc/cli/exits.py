"""How a command ends: its exit code, and what it says on the way out.

Exit codes: 0 done; 1 the input was refused; 2 the command was misused; 3 done, but rows of
the log were left out, holidays moved, or a notice was late.
"""

import sys
from collections.abc import Iterable
from typing import NoReturn

import typer

from slacalc.errors import SlaError
from slacalc.render import visible

__all__ = ["complain", "finish", "misused", "refusals"]


class refusals:  # noqa: N801 - reads as a phrase: with refusals()
    """Turn what slacalc refuses into a message and exit code 1."""

    def __enter__(self) -> None:
        """Do nothing yet."""

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Print a refusal; let everything else pass."""
        if isinstance(error, SlaError):
            complain(f"slacalc: {error}")
            raise typer.Exit(1) from None


def misused(problem: str) -> NoReturn:
    """Say how a command was misused, and leave with 2."""
    complain(f"slacalc: {problem}")
    raise typer.Exit(2)


def finish(problems: Iterable[str], code: int) -> NoReturn:
    """Complain about what is wrong, and leave with a code; with 0 when there is nothing."""
    wrong = False
    for problem in problems:
        complain(problem)
        wrong = True
    raise typer.Exit(code if wrong else 0)


def complain(message: str) -> None:
    """Print a message where errors go; what it was given draws nothing."""
    sys.stderr.write(visible(message) + "\n")
