"""Which zone data is in use, which else is there, and from which instant they differ.

`zoneinfo` reads the folders of `zoneinfo.TZPATH` first and the tzdata package after them, name by name. A system
whose folder is older than the package is an hour off where a government decided in between.
"""

import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from slacalc.arguments import each_of, refuse
from slacalc.business_time.compiled_zone import CompiledZone, differences, read_compiled_zone
from slacalc.business_time.instants import SECOND, to_us, used_zones
from slacalc.errors import ZoneError
from slacalc.logger import tell_zone_data

__all__ = [
    "ZoneData",
    "ZoneDifference",
    "ZonePreference",
    "ZoneSource",
    "compare_zones",
    "prefer_zone_data",
    "read_zone_source",
    "tell_zone_data_once",
    "zone_data",
    "zone_data_version",
    "zone_from",
]

ZonePreference: TypeAlias = Literal["newest", "system", "package"]

_UNKNOWN: Final = "unknown"
_VERSION_FILES: Final = (("tzdata.zi", "# version "), ("+VERSION", ""))
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ZoneSource:
    """Where zone data is read: folders of the system, the tzdata package, or another folder of compiled zones.

    `version` has the form of IANA's releases, such as "2026f", or is "unknown". `folders` is
    empty for the package.
    """

    kind: Literal["system", "package", "folder"]
    version: str
    folders: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the version and where it stands."""
        place = {"package": "the tzdata package"}.get(self.kind, ", ".join(self.folders))
        return f"{self.version} ({place})"


@dataclass(frozen=True, slots=True)
class ZoneDifference:
    """The first stretch in which another source shows another time: `by` is how far it is ahead of the data in use.

    A zone that the other source lacks has neither `start` nor `by`.
    """

    zone: str
    start: datetime | None
    by: timedelta | None


@dataclass(frozen=True, slots=True)
class ZoneData:
    """The zone data in use, and what else is there."""

    in_use: ZoneSource
    others: tuple[ZoneSource, ...]

    @property
    def newer(self) -> ZoneSource | None:
        """The newest of the others, if it is newer than what is in use."""
        newest = max(self.others, key=_age, default=None)
        return newest if newest is not None and _age(newest) > _age(self.in_use) else None

    def differences(
        self, zones: Iterable[str] | None = None, *, since: datetime = _BEGINNING
    ) -> tuple[ZoneDifference, ...]:
        """Return from when on each other source differs for some zones, or for all.

        Empty where nothing else is there. What was over at `since` is left out, and what was before 1970, which
        no two builds have alike. Raises ZoneError for a zone that the data in use lacks.

        >>> zone_data().differences(["Europe/Brussels"])
        ()
        """
        names = sorted(zoneinfo.available_timezones()) if zones is None else _names(zones, self.in_use)
        found = (d for other in self.others for d in compare_zones(self.in_use, other, names, since=since))
        return tuple(found)


def zone_data() -> ZoneData:
    """Return which zone data is in use now, and what else is there.

    The tzdata package stands for what the system lacks. Read anew at each call.

    >>> zone_data().in_use.version == zone_data_version()
    True
    """
    in_use = _in_use(tuple(zoneinfo.TZPATH))
    there = (_system(), _package())
    others = (source for source in there if source is not None and source.folders != in_use.folders)
    return ZoneData(in_use, tuple(others))


def zone_data_version() -> str:
    """Return the version of the zone data in use, such as "2026f"."""
    return _in_use(tuple(zoneinfo.TZPATH)).version


def tell_zone_data_once() -> None:
    """Tell whoever runs the application by which zone data is answered, once for each choice of it."""
    _tell_of(tuple(zoneinfo.TZPATH))


def prefer_zone_data(choice: ZonePreference) -> ZoneSource:
    """Set where zones are read from now on, and return that source: call it once, when an application starts.

    "newest" takes the system's files or the tzdata package, whichever is newer; of two alike, the
    system's. Whoever holds a ZoneInfo made before goes on with the old data. Raises ZoneError
    where that source is not there, and once a calendar has answered.
    """
    if choice not in get_args(ZonePreference):
        refuse(choice, "choice", '"newest", "system" or "package"')
    if used_zones():
        raise ZoneError(
            "zone_data_used",
            "a calendar has answered by the zone data already",
            given=choice,
            accepts="this call when the application starts, before the first calendar is asked",
        )
    chosen = _chosen(choice)
    zoneinfo.reset_tzpath(to=chosen.folders)
    zoneinfo.ZoneInfo.clear_cache()
    return chosen


def read_zone_source(text: str | Path, where: str = "source") -> ZoneSource:
    """Return the source that a word or the path of a folder names. Raises ZoneError.

    >>> read_zone_source("package").kind
    'package'
    """
    if text in {"system", "package"}:
        return _chosen("system" if text == "system" else "package")
    folder = Path(text)
    if not any(_is_zone_file(path) for path in (*folder.glob("*"), *folder.glob("*/*"))):
        raise ZoneError(
            "zone_folder_invalid",
            "there are no compiled zones",
            given=str(text),
            accepts='"system", "package", or a folder with files such as Europe/Brussels, as zic writes them',
            where=where,
        )
    return ZoneSource("folder", _version_in(folder) or _UNKNOWN, (str(folder),))


def compare_zones(
    old: ZoneSource, new: ZoneSource, zones: Iterable[str], *, since: datetime = _BEGINNING
) -> Iterator[ZoneDifference]:
    """Return for each zone that differs the first stretch that ends after `since`; 1970 at the earliest."""
    begin = max(0, to_us(since, "since") // SECOND)
    for name in zones:
        before, after = _read(old, name), _read(new, name)
        if before is None or before == after:
            continue
        if after is None:
            yield ZoneDifference(name, None, None)
            continue
        stretches = differences(_compiled(before, name), _compiled(after, name), begin)
        for start, _, by in stretches:
            yield ZoneDifference(name, _BEGINNING + timedelta(seconds=start), timedelta(seconds=by))
            break


def zone_from(source: ZoneSource, name: str) -> zoneinfo.ZoneInfo:
    """Return a zone as a source tells it, whichever is in use. Raises ZoneError where the source lacks it."""
    from io import BytesIO

    data = _read(source, name)
    if data is None:
        raise ZoneError(
            "zone_not_in_source",
            "this zone data has no such zone",
            given=name,
            accepts=f"a zone of {source}",
        )
    _compiled(data, name)
    return zoneinfo.ZoneInfo.from_file(BytesIO(data), key=name)


def _names(zones: Iterable[str], source: ZoneSource) -> list[str]:
    names = sorted(set(each_of(zones, str, "zones", 'names such as ["Europe/Brussels"]')))
    for name in names:
        zone_from(source, name)
    return names


def _age(source: ZoneSource) -> str:
    return "" if source.version == _UNKNOWN else source.version


def _chosen(choice: ZonePreference) -> ZoneSource:
    there = {"system": _system(), "package": _package()}
    wanted = there.values() if choice == "newest" else (there[choice],)
    found = [source for source in wanted if source is not None]
    if not found:
        raise ZoneError(
            "zone_data_missing",
            "this zone data is not there",
            given=choice,
            accepts=" or ".join(name for name, source in there.items() if source is not None) or "tzdata, installed",
        )
    return max(found, key=_age)


@lru_cache(maxsize=16)
def _tell_of(_folders: tuple[str, ...]) -> None:
    """Tell of the zone data that `zoneinfo` reads in these folders."""
    data = zone_data()
    tell_zone_data(str(data.in_use), "" if data.newer is None else str(data.newer))


@lru_cache(maxsize=16)
def _in_use(folders: tuple[str, ...]) -> ZoneSource:
    """Return the source that `zoneinfo` reads: kept for these folders only, so that a reset is seen at once."""
    filled = tuple(folder for folder in folders if Path(folder, "UTC").is_file() or _version_in(Path(folder)))
    if not filled:
        return _package() or ZoneSource("package", _UNKNOWN)
    kind: Literal["system", "folder"] = "system" if set(filled) <= set(_system_folders()) else "folder"
    versions = (version for folder in filled if (version := _version_in(Path(folder))))
    return ZoneSource(kind, next(versions, _UNKNOWN), filled)


def _system() -> ZoneSource | None:
    found = _in_use(_system_folders())
    return found if found.kind == "system" else None


def _system_folders() -> tuple[str, ...]:
    """Return the folders that this Python was built to look in: apart by colons, and none on Windows."""
    import sysconfig

    folders = str(sysconfig.get_config_var("TZPATH") or "")
    return tuple(folder for folder in folders.split(":") if folder)


def _package() -> ZoneSource | None:
    from importlib import import_module

    try:
        return ZoneSource("package", str(import_module("tzdata").IANA_VERSION))
    except (ImportError, AttributeError):
        return None


def _version_in(folder: Path) -> str | None:
    for name, before in _VERSION_FILES:
        try:
            with (folder / name).open(encoding="utf-8", errors="replace") as file:
                line = file.readline(100)
        except OSError:
            continue
        if line.startswith(before) and line.removeprefix(before).strip():
            return line.removeprefix(before).split()[0]
    return None


def _is_zone_file(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) == b"TZif"
    except OSError:
        return False


def _read(source: ZoneSource, name: str) -> bytes | None:
    """Return the compiled file of a zone: the folder's, else the package's, as `zoneinfo` looks for it."""
    from importlib import resources

    for folder in source.folders:
        try:
            return Path(folder, *name.split("/")).read_bytes()
        except OSError:
            continue
    if source.kind == "folder":
        return None
    *parents, last = name.split("/")
    try:
        return resources.files(".".join(("tzdata.zoneinfo", *parents))).joinpath(last).read_bytes()
    except (OSError, ImportError, TypeError):
        return None


@lru_cache(maxsize=1_024)
def _compiled(data: bytes, name: str) -> CompiledZone:
    return read_compiled_zone(data, name)
