"""Where the tests look for zones: two releases of six zones, compiled, and a folder put in front for one test.

The files of tests/data/zones are those of the packages tzdata 2025.2 (IANA 2025b) and 2026.6 (IANA 2026f), which
are in the public domain.
"""

import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

ZONES = Path(__file__).parent / "data" / "zones"
OLD, NEW = ZONES / "2025b", ZONES / "2026f"
SIX = (
    "Africa/Casablanca",
    "America/Edmonton",
    "America/Havana",
    "America/Vancouver",
    "America/Winnipeg",
    "Europe/Chisinau",
)


@contextmanager
def zones_from(*folders: Path) -> Iterator[None]:
    """Let `zoneinfo` look in these folders before the tzdata package, and as before afterwards.

    Only the zones in them are forgotten: other tests hold theirs, and ask whether an answer has the very same.
    """
    before = zoneinfo.TZPATH
    theirs = [path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*") if path.is_file()]
    try:
        zoneinfo.reset_tzpath(to=[str(folder) for folder in folders])
        ZoneInfo.clear_cache(only_keys=theirs)
        yield
    finally:
        zoneinfo.reset_tzpath(to=before)
        ZoneInfo.clear_cache(only_keys=theirs)
