"""The systems whose configuration is read, by the name that the command line has for each."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, Protocol

from slacalc.interop import jira, zendesk
from slacalc.interop.imported import Imported
from slacalc.interop.parity import EngineConventions, Judgement
from slacalc.interop.ticket_events import TicketEvents
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["SYSTEMS", "Engine", "Load", "System"]


class Load(Protocol):
    """Reads the configuration of a system: see `slacalc.interop.zendesk.load`."""

    def __call__(self, source: object, *, lossy: bool = False) -> Imported:
        """Return the policy of the configuration."""


class Engine(NamedTuple):
    """What is read of a system that judges its own promises: its tickets, its judgements, what it does otherwise."""

    read_tickets: Callable[[object, AnyPolicy], TicketEvents]
    read_judgements: Callable[[object], tuple[Judgement, ...]]
    conventions: EngineConventions


class System(NamedTuple):
    """A system: how its configuration is read, and its tickets where that is known."""

    load: Load
    engine: Engine | None = None


SYSTEMS: Final[Mapping[str, System]] = {
    "jira": System(jira.load),
    "zendesk": System(zendesk.load, Engine(zendesk.read_tickets, zendesk.read_judgements, zendesk.CONVENTIONS)),
}
