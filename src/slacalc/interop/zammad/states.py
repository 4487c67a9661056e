"""The states of Zammad's tickets: which pause clocks, and which end them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from slacalc.interop.parts import Part, read_each

__all__ = ["States", "read_states"]


class States(NamedTuple):
    """Names of states: all of them, none where that is not told; those that pause, are solved, and are closed."""

    every: tuple[str, ...] = ()
    paused: tuple[str, ...] = ("pending reminder", "pending close")
    solved: tuple[str, ...] = ("closed",)
    closed: tuple[str, ...] = ("merged", "removed")

    @property
    def said(self) -> dict[str, Any]:
        """What a policy says of them."""
        statuses = {"statuses": [*self.every]} if self.every else {}
        return {**statuses, "solved_in": [*self.solved], "closed_in": [*self.closed]}


def read_states(parts: Iterable[Part]) -> States:
    """Return the states of an account; those that Zammad comes with where it does not tell its own."""
    usual = States()
    told = read_each(parts, _state)
    if not told:
        return usual
    ended = {*usual.solved, *usual.closed}
    return States(
        tuple(name for name, _, _ in told),
        tuple(name for name, kind, ignores in told if ignores and not {name, kind} & ended),
        tuple(name for name, kind, _ in told if {name, kind} & {*usual.solved}),
        tuple(name for name, kind, _ in told if {name, kind} & {*usual.closed}),
    )


def _state(part: Part) -> tuple[str, str, bool]:
    """Return the name, the type where the answer was expanded, and whether nothing escalates in it."""
    kind = part["state_type"].text() if "state_type" in part else ""
    return part["name"].text(), kind, part["ignore_escalation"].truth()
