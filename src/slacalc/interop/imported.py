"""`Imported`: the policy that another system's configuration makes, where each thing came from, and what is lost."""

from collections.abc import Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from slacalc.calendars.calendar import Calendar
from slacalc.calendars.holidays import FrozenHolidays
from slacalc.errors import InteropError
from slacalc.errors import Path as Keys
from slacalc.interop.toml_text import toml_text
from slacalc.policies.policy import Policy
from slacalc.render import Tabular, TextTable

__all__ = ["Imported", "Loss", "Severity", "counted", "refuse_lossy"]

Severity: TypeAlias = Literal["due_times", "reports", "cosmetic"]
"""What a loss changes: when something is due, what reports count, or only how it looks."""

_SAID: Final[Mapping[Severity, str]] = {
    "due_times": "changes due times",
    "reports": "changes reports",
    "cosmetic": "cosmetic",
}


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that could not be kept: where it stands, what it means there, and what slacalc does instead."""

    severity: Severity
    where: str
    means: str
    instead: str

    def to_row(self) -> dict[str, object]:
        """Return what it says, by name."""
        return {"severity": self.severity, "where": self.where, "means": self.means, "instead": self.instead}

    def __str__(self) -> str:
        """Return the line."""
        return f"{self.where}: {self.means}; slacalc: {self.instead} ({_SAID[self.severity]})"


@dataclass(frozen=True, slots=True)
class Imported(Tabular):
    """A policy made of another system's configuration.

    `pins` are frozen holidays that it names, by name; `origins` say of keys of the policy where they came from;
    `losses` are what could not be kept. Printed it is a table of the losses.
    """

    system: str
    policy: Policy
    losses: tuple[Loss, ...] = ()
    origins: tuple[tuple[Keys, str], ...] = ()
    pins: Mapping[str, FrozenHolidays] = field(default_factory=dict)

    @property
    def calendars(self) -> dict[str, Calendar]:
        """The calendars by name."""
        return {name: self.policy.calendar(name) for name in self.policy.calendars}

    def to_toml(self) -> str:
        """Return the policy as a file, with comments that say where each thing came from and what is lost."""
        head = [f"Made of the configuration of {self.system}.", *map(str, self.losses)]
        return toml_text(self.policy.to_data(), {(): "\n".join(head), **dict(self.origins)})

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each loss."""
        return [each.to_row() for each in self.losses]

    def to_data(self) -> dict[str, Any]:
        """Return the system, the policy as data, and the losses."""
        return {"system": self.system, "policy": self.policy.to_data(), "losses": self.to_rows()}

    @property
    def summary(self) -> tuple[str, ...]:
        """What was made, and a line for each loss."""
        made = ((self.policy.calendars, "calendar"), (self.policy.rules, "rule"), (self.losses, "loss"))
        return f"{self.system}: {', '.join(counted(things, noun) for things, noun in made)}", *map(str, self.losses)

    def _page(self) -> Iterator[str | TextTable]:
        yield self.summary[0]
        if self.losses:
            rows = ((_SAID[each.severity], each.where, each.means, each.instead) for each in self.losses)
            yield TextTable.of(
                ("severity", "where", "what it means", "instead"), rows, caption="what could not be kept"
            )

    def agreed(self, *, lossy: bool) -> "Imported":
        """Return the same, where nothing that changes due times is lost, or that was agreed to.

        Raises InteropError with each loss that changes due times.
        """
        refuse_lossy(self.losses, lossy=lossy)
        return self


def refuse_lossy(losses: Iterable[Loss], *, lossy: bool) -> None:
    """Raise InteropError with each loss that changes due times, unless that is wanted."""
    problems = [
        InteropError(
            "import_changes_due_times",
            f"{each.means}; slacalc would do this instead: {each.instead}",
            accepts="lossy=True, on the command line --lossy, if that is as you want it",
            where=each.where,
        )
        for each in losses
        if each.severity == "due_times"
    ]
    if problems and not lossy:
        raise InteropError.of(problems)


def counted(things: Sized, noun: str) -> str:
    """Return how many things there are, with their noun: "2 losses"."""
    plural = "losses" if noun == "loss" else f"{noun}s"
    return f"{len(things)} {noun if len(things) == 1 else plural}"
