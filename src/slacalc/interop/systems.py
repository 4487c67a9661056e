"""The systems whose configuration is read, by the name that the command line has for each."""

from collections.abc import Mapping
from typing import Final, Protocol

from slacalc.interop import zendesk
from slacalc.interop.imported import Imported

__all__ = ["SYSTEMS", "Load"]


class Load(Protocol):
    """Reads the configuration of a system: see `slacalc.interop.zendesk.load`."""

    def __call__(self, source: object, *, lossy: bool = False) -> Imported:
        """Return the policy of the configuration."""


SYSTEMS: Final[Mapping[str, Load]] = {"zendesk": zendesk.load}
