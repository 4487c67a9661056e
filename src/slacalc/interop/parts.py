"""Parts of another system's documents, each of which knows its file and its path: what is wrong is said of these."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from slacalc.arguments import nearest_first
from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import read_zone
from slacalc.business_time.zone_names import zone_name
from slacalc.errors import InteropError, SlaError, ZoneError
from slacalc.errors import Path as Keys
from slacalc.files import FileKind, read_json_file

__all__ = ["JSON_FILES", "Part", "Reader", "documents_in", "read_each", "unique_names"]

S = TypeVar("S")
T = TypeVar("T")

_JSON: Final = FileKind(
    InteropError, "import_unreadable", "the file cannot be read", "a UTF-8 file of JSON", most_bytes=50_000_000
)
_MOST_FILES: Final = 10_000
_MOST_SECONDS: Final = 10 * 366 * 24 * 3_600

Reader: TypeAlias = Callable[[Path], Any]
"""Reads a file into tables, lists and texts."""


def _read_json(path: Path) -> Any:  # noqa: ANN401 - JSON may be anything
    return read_json_file(path, _JSON)


JSON_FILES: Final[Mapping[str, Reader]] = {".json": _read_json, ".jsonld": _read_json}
"""How files are read, by how their names end, in small letters."""


@dataclass(frozen=True, slots=True)
class Part:
    """A value in a document of JSON, with the file and the path where it stands.

    >>> answer = Part({"schedules": [{"id": 1}]}, "schedules.json")
    >>> answer["schedules"].items()[0]["id"].place
    'schedules.json: schedules[0].id'
    """

    value: Any
    file: str = ""
    path: Keys = field(default=())

    @property
    def place(self) -> str:
        """The file and the path."""
        return self.refusal("", "").where

    def __contains__(self, key: str) -> bool:
        """Tell whether a table has a key, and not null."""
        return self.table().get(key) is not None

    def __getitem__(self, key: str) -> "Part":
        """Return what a table has under a key. Raises InteropError without it, and where it is null."""
        if key not in self:
            missing = Part(None, self.file, (*self.path, key))
            raise missing.refusal("import_key_missing", f"the key {key} is missing", accepts=f'"{key}"')
        return Part(self.value[key], self.file, (*self.path, key))

    def get(self, key: str) -> "Part | None":
        """Return what a table has under a key; None without it."""
        return self[key] if key in self else None  # noqa: SIM401 - this is what get does

    def table(self) -> Mapping[str, Any]:
        """Return the value as a table."""
        if not isinstance(self.value, Mapping):
            raise self.misfit("a table")
        return self.value

    def items(self) -> "list[Part]":
        """Return the parts of a list."""
        if not isinstance(self.value, list | tuple):
            raise self.misfit("a list")
        return [Part(value, self.file, (*self.path, place)) for place, value in enumerate(self.value)]

    def values(self) -> "list[Part]":
        """Return the parts of a table, without those that are null."""
        return [self[key] for key, value in self.table().items() if value is not None]

    @property
    def key(self) -> str:
        """The key or the place under which it stands."""
        return str(self.path[-1]) if self.path else ""

    def text(self) -> str:
        """Return a text, or a whole number as text: ids are both."""
        if isinstance(self.value, str) and self.value and _is_whole(self.value):
            return self.value
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return str(self.value)
        raise self.misfit("text")

    def word(self, *accepted: str) -> str:
        """Return one of some texts."""
        if isinstance(self.value, str) and self.value in accepted:
            return self.value
        raise self.misfit(nearest_first(self.value, accepted))

    def whole(self, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`."""
        if isinstance(self.value, int) and not isinstance(self.value, bool) and least <= self.value <= most:
            return self.value
        raise self.misfit(f"a whole number from {least} to {most}")

    def amount_of_seconds(self) -> str:
        """Return whole seconds from 1 to ten years, which may be said as 3600.0, as an amount: "1h"."""
        is_whole = isinstance(self.value, float) and self.value.is_integer()
        number = Part(int(self.value), self.file, self.path) if is_whole else self
        return format_amount(timedelta(seconds=number.whole(1, _MOST_SECONDS)))

    def truth(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            raise self.misfit("true or false")
        return self.value

    def date(self) -> date:
        """Return a date of ISO 8601."""
        with suppress(ValueError):
            if isinstance(self.value, str):
                return date.fromisoformat(self.value)
        raise self.misfit("a date such as 2026-12-24")

    def instant(self) -> datetime:
        """Return an instant of ISO 8601 with its offset."""
        with suppress(ValueError):
            if isinstance(self.value, str) and (read := datetime.fromisoformat(self.value)).utcoffset() is not None:
                return read
        raise self.misfit("a time with an offset, such as 2026-11-20T15:00:00Z")

    def zone(self) -> str:
        """Return the name of a zone of the IANA database."""
        try:
            return read_zone(self.text(), "").key
        except ZoneError as error:
            raise self.refusal("import_zone_unknown", error.problem, given=self.value, accepts=error.accepts) from None

    def named_zone(self) -> str:
        """Return the zone of a name of Rails or Windows, or of the IANA database."""
        known = zone_name(self.text())
        return self.zone() if known is None else known.zone

    def misfit(self, accepts: str) -> InteropError:
        """Return the error for a value that does not fit."""
        return self.refusal("import_value_invalid", "the value does not fit", accepts=accepts, given=self.value)

    def refusal(self, code: str, problem: str, **said: Any) -> InteropError:  # noqa: ANN401 - what an error says
        """Return an error of this part."""
        return InteropError(code, problem, where=self.path, **said).within(self.file)


def read_each(parts: Iterable[S], read: Callable[[S], T]) -> list[T]:
    """Return what is read of each part. Raises InteropError with all that is wrong with any of them."""
    found: list[T] = []
    problems: list[SlaError] = []
    for part in parts:
        try:
            found.append(read(part))
        except SlaError as error:
            problems += getattr(error, "problems", ()) or (error,)
    if problems:
        raise InteropError.of(problems)
    return found


def unique_names(names: Mapping[str, str]) -> dict[str, str]:
    """Return names by id, with the id behind those that are there twice.

    >>> unique_names({"1": "Desk", "2": "Desk", "3": "Night"})
    {'1': 'Desk (1)', '2': 'Desk (2)', '3': 'Night'}
    """
    every = Counter(names.values())
    return {number: name if every[name] == 1 else f"{name} ({number})" for number, name in names.items()}


def documents_in(source: object, formats: Mapping[str, Reader] = JSON_FILES) -> list[Part]:
    """Return the documents of a folder, each file of a format in it and below it; of a file; or one of parsed JSON.

    Raises InteropError for what cannot be read, and for a folder without such files.
    """
    if isinstance(source, str | Path):
        path = Path(source)
        return [*_documents_below(path, formats)] if path.is_dir() else [Part(_reader(path, formats)(path), str(path))]
    if isinstance(source, Mapping):
        return [Part(source)]
    if isinstance(source, list | tuple):
        return Part(source).items()
    raise InteropError(
        "import_source_invalid",
        "this is no document, and no place of any",
        given=source,
        accepts="parsed JSON, the path of a file, or of a folder",
        where="source",
    )


def _documents_below(folder: Path, formats: Mapping[str, Reader]) -> Iterator[Part]:
    every = (path for path in folder.rglob("*") if path.suffix.lower() in formats and path.is_file())
    found = sorted(every)[: _MOST_FILES + 1]
    if not found or len(found) > _MOST_FILES:
        raise InteropError(
            "import_folder_without_files",
            "the folder has no files to read, or too many",
            given=str(folder),
            accepts=f"1 to {_MOST_FILES} files whose names end in {' or '.join(formats)}",
            where="source",
        )
    for path in found:
        yield Part(formats[path.suffix.lower()](path), path.relative_to(folder).as_posix())


def _reader(path: Path, formats: Mapping[str, Reader]) -> Reader:
    if path.suffix.lower() not in formats:
        raise InteropError(
            "import_unreadable",
            "the file cannot be read",
            given=path.name,
            accepts=f"a file whose name ends in {' or '.join(formats)}",
            where=str(path),
        )
    return formats[path.suffix.lower()]


def _is_whole(text: str) -> bool:
    """Tell whether a text can be written: half of a pair of surrogates cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
