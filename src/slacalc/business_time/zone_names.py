"""What Windows and Rails call time zones: their names, and the zones of the database that they stand for."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

__all__ = ["NamedZone", "rails_name", "zone_name", "zones_of_territories"]

_SYSTEMS: Final[Mapping[str, str]] = {"windows": "Windows", "rails": "Rails"}


class NamedZone(NamedTuple):
    """A name of another system; `territories` have a zone of their own by this name, by their ISO 3166 code."""

    system: str
    name: str
    zone: str
    territories: Mapping[str, str]

    def __str__(self) -> str:
        """Return the zone and what it is called."""
        return f"{self.zone}, which {self.system} calls {self.name}"


def zone_name(name: object) -> NamedZone | None:
    """Return what a name of Windows or Rails stands for, in whatever case; None for any other name.

    >>> print(zone_name("W. Europe Standard Time"))
    Europe/Berlin, which Windows calls W. Europe Standard Time
    """
    return _by_name().get(name.casefold()) if isinstance(name, str) else None


def rails_name(zone: str) -> str | None:
    """Return what Rails calls a zone: of several names that of its city, or the first; None where it has none.

    >>> rails_name("Europe/London"), rails_name("America/Los_Angeles")
    ('London', 'Pacific Time (US & Canada)')
    """
    names = _rails_names().get(zone, ())
    city = zone.rpartition("/")[2].replace("_", " ")
    return city if city in names else next(iter(names), None)


@lru_cache(maxsize=1)
def zones_of_territories() -> dict[str, tuple[str, ...]]:
    """Return the zones of each territory that a name of Windows has there."""
    zones: dict[str, tuple[str, ...]] = {}
    for each in _by_name().values():
        for territory, zone in each.territories.items():
            zones[territory] = (*zones.get(territory, ()), zone)
    return zones


@lru_cache(maxsize=1)
def _rails_names() -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for each in _read():
        if each.system == _SYSTEMS["rails"]:
            names[each.zone] = (*names.get(each.zone, ()), each.name)
    return {**names, "UTC": names["Etc/UTC"]}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, NamedZone]:
    return {each.name.casefold(): each for each in _read()}


def _read() -> Iterator[NamedZone]:
    """Yield the names of the table; where two systems have the same, Windows is the last."""
    from importlib.resources import files  # not among what a first answer costs

    text = (files("slacalc.business_time") / "zone_names.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    for system, name, zone, *territories in sorted(lines):
        pairs = (pair.split("=") for each in territories for pair in each.split())
        yield NamedZone(_SYSTEMS[system], name, zone, dict(pairs))
