"""The logger `slacalc`: what whoever runs an application is told, at levels that docs/reference/logging.md states.

Nothing out of a ticket is told but its id, and codes.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Final

__all__ = ["tell_gaps", "tell_left_out", "tell_zone_data", "tells_gaps"]

_LOGGER: Final = logging.getLogger("slacalc")
_LOGGER.addHandler(logging.NullHandler())  # as "Configuring Logging for a Library" says: silent unless asked
_MOST_NAMED: Final = 10


def tells_gaps() -> bool:
    """Tell whether anybody is told of gaps at all."""
    return _LOGGER.isEnabledFor(logging.INFO)


def tell_gaps(ticket: str, codes: Iterable[str], *, refused: bool) -> None:
    """Tell the gaps of a replay: what a log leaves open for those who look closely, a refused event for everybody."""
    level = logging.INFO if refused else logging.DEBUG
    if _LOGGER.isEnabledFor(level):
        _LOGGER.log(level, "gaps of ticket %r: %s", ticket, _counted(Counter(codes)))


def tell_left_out(asked: str, named: Sequence[tuple[str, str]], by_code: Mapping[str, int] | None = None) -> None:
    """Warn of what a question about many could not answer for: how many of each code, and the first by name."""
    if named:
        counts = Counter(code for _, code in named) if by_code is None else by_code
        first = ", ".join(f"{name!r} {code}" for name, code in islice(named, _MOST_NAMED))
        _LOGGER.warning("%s left out %d (%s), first %s", asked, sum(counts.values()), _counted(counts), first)


def tell_zone_data(in_use: str, newer: str) -> None:
    """Tell by which zone data is answered, and warn of newer data that is not in use."""
    _LOGGER.info("zone data in use: %s", in_use)
    if newer:
        _LOGGER.warning("newer zone data is not in use: %s", newer)


def _counted(codes: Mapping[str, int]) -> str:
    return ", ".join(f"{code} {count}" for code, count in codes.items())
