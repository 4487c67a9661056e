"""The city of a zone in a language: CLDR's name for it, read when a zone is named that the language has no words for.

The files are data of tests/cities.py, whose first line says the version; a city that is the last part of the zone's key
stands in none.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

__all__ = ["city_of"]

_MOST: Final = 16


def city_of(zone: str, language: str) -> str:
    """Return the city of a zone in a language that ships, else the last part of its key.

    >>> city_of("Europe/Athens", "fi"), city_of("Asia/Singapore", "fi")
    ('Ateena', 'Singapore')
    """
    return _cities(language).get(zone) or zone.rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=_MOST)
def _cities(language: str) -> Mapping[str, str]:
    """Return the cities of a language by zone; none of a language that does not ship."""
    file = files("slacalc.expectations") / "languages" / "cities" / f"{language}.txt"
    if not file.is_file():
        return {}
    lines = file.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))
