"""Write the cities of the zones anew, from the CLDR data that Babel brings: python -m tests.cities.

A city stands in a file only where it is another word than the last part of the zone's key.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_cldr_version, get_global

import slacalc
from slacalc.expectations.languages import LANGUAGES

FOLDER: Final = Path(slacalc.__file__).parent / "expectations" / "languages" / "cities"
HEAD: Final = (
    "# Cities of zones, from CLDR {} by Babel {}, where they differ from the zone's key. Written by tests/cities.py."
)
_COUNTRIES: Final = ("US/", "Canada/", "Mexico/", "Brazil/", "Chile/", "Australia/")
_NO_PLACE: Final = re.compile(r"[A-Z0-9+-]+|.*(?:GMT|UTC|UCT|Zulu|Universal|Greenwich|Factory|localtime).*")

_ZONES: Final = sorted(available_timezones())


@lru_cache
def cities(language: str) -> dict[str, str]:
    """Return the city of each zone in a language, where it is not simply the last part of the key."""
    return {zone: city for zone, city in _cities(language) if city != tail(zone)}


def tail(zone: str) -> str:
    """Return the last part of a zone's key, as words."""
    return zone.rpartition("/")[2].replace("_", " ")


def _cities(language: str) -> Iterator[tuple[str, str]]:
    named, english = (Locale.parse(code).time_zones for code in (language, "en"))
    for zone in _ZONES:
        if _NO_PLACE.fullmatch(zone) or zone.startswith("Etc/"):
            continue
        known = zone if zone in english else get_global("zone_aliases").get(zone, zone)
        called = english.get(known, {}).get("city") or tail(known)
        is_that_city = known == zone or called.startswith(tail(zone))
        if is_that_city or "/" not in zone or zone.startswith(_COUNTRIES):
            yield zone, named.get(known, {}).get("city") or called


def written(language: str) -> str:
    """Return the file of a language."""
    lines = (f"{zone}\t{city}" for zone, city in cities(language).items())
    return "\n".join([HEAD.format(get_cldr_version(), version("babel")), *lines, ""])


if __name__ == "__main__":
    for code in LANGUAGES:
        (FOLDER / f"{code}.txt").write_text(written(code), encoding="utf-8")
