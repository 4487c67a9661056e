"""Which releases of the zone database fit what somebody else's clocks show."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

__all__ = ["PROBES", "Probe", "releases_that_fit"]


class Probe(NamedTuple):
    """An instant at which a zone has had another offset since a release than in those before it."""

    release: str
    zone: str
    at: datetime
    hours: int


def _probe(release: str, zone: str, at: str, hours: int) -> Probe:
    return Probe(release, zone, datetime.fromisoformat(at).replace(tzinfo=UTC), hours)


PROBES: Final = (
    _probe("2023d", "America/Scoresbysund", "2024-03-31T01:00", -1),
    _probe("2024a", "Asia/Almaty", "2024-02-29T18:00", 5),
    _probe("2024b", "Asia/Choibalsan", "2001-04-27T17:00", 8),
    _probe("2025a", "America/Asuncion", "2025-03-23T03:00", -3),
    _probe("2026a", "Europe/Chisinau", "2022-03-27T00:00", 2),
    _probe("2026b", "America/Vancouver", "2026-11-01T09:00", -7),
    _probe("2026c", "Africa/Casablanca", "2026-09-20T01:00", 0),
    _probe("2026d", "America/Inuvik", "2026-11-01T08:00", -6),
    _probe("2026e", "America/Winnipeg", "2026-11-01T07:00", -5),
    _probe("2026f", "America/Havana", "2026-11-01T05:00", -4),
)
"""One for each release from 2023d to 2026f that moved a clock since 2000.

Source: the compiled files of the packages tzdata 2023.3 to 2026.6, each compared with the one before it.
"""


def releases_that_fit(offsets: Mapping[Probe, timedelta]) -> str:
    """Return in words the releases that answer as somebody does.

    >>> releases_that_fit({probe: timedelta(hours=probe.hours) for probe in PROBES})
    '2026f or later'
    """
    known = [probe for probe in PROBES if probe in offsets]
    fits = [offsets[probe] == timedelta(hours=probe.hours) for probe in known]
    newest = max((probe.release for probe, is_new in zip(known, fits, strict=True) if is_new), default="")
    too_new = min((probe.release for probe, is_new in zip(known, fits, strict=True) if not is_new), default="")
    if not too_new:
        return f"{newest} or later"
    if not newest:
        return f"before {too_new}"
    return f"{newest} or later, before {too_new}" if newest < too_new else "no release as it is"
