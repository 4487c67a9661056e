"""Open files: TOML, JSON, text and lines, as UTF-8, in time and memory in proportion to their size."""

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO, Final

from slacalc.arguments import refuse
from slacalc.errors import SlaError

__all__ = ["FileKind", "open_lines", "read_data_file", "read_text", "read_toml_file"]

_MOST_BYTES: Final = 1_000_000
_MOST_PARTS: Final = 100
_LONG_KEY: Final = re.compile(  # tomllib takes quadratic time and space for a key of many parts
    rf"""(?<![\w-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){{{_MOST_PARTS}}}""", re.ASCII
)


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what it is, and the error for one that cannot be read."""

    error: type[SlaError]
    code: str
    problem: str
    accepts: str
    most_bytes: int = _MOST_BYTES

    @contextmanager
    def reading(self, path: object) -> Iterator[None]:
        """Turn what goes wrong with a file into the error of its kind."""
        try:
            yield
        except (OSError, RecursionError, ValueError) as error:
            raise self.error(self.code, self.problem, given=str(error), accepts=self.accepts, where=str(path)) from None


def read_toml_file(path: str | Path, kind: FileKind) -> dict[str, Any]:
    """Return what a TOML file holds. Raises the error of its kind."""
    text = read_text(path, kind)
    with kind.reading(path):
        return _toml(text)


def read_data_file(path: str | Path, kind: FileKind) -> Any:  # noqa: ANN401 - JSON may be anything
    """Return what a JSON file holds, if its name ends in .json; else what a TOML file does."""
    if not str(path).endswith(".json"):
        return read_toml_file(path, kind)
    text = read_text(path, kind)
    with kind.reading(path):
        return json.loads(text, object_pairs_hook=_once_each)


def read_text(path: str | Path, kind: FileKind) -> str:
    """Return the text of a file, without a byte order mark. Raises the error of its kind, also when it is too large."""
    with _opened(path, kind) as file, kind.reading(path):
        raw = file.read(kind.most_bytes + 1)
        if len(raw) > kind.most_bytes:
            raise ValueError(f"the file is larger than {kind.most_bytes} bytes")
        return raw.decode("utf-8-sig")


@contextmanager
def open_lines(path: str | Path, kind: FileKind) -> Iterator[Iterator[str]]:
    """Give the lines of a file, each with its end, as they are read. Raises the error of its kind where that fails."""
    with _opened(path, kind) as file, TextIOWrapper(file, encoding="utf-8-sig", newline="") as lines:
        yield _lines(lines, path, kind)


@contextmanager
def _opened(path: str | Path, kind: FileKind) -> Iterator[BinaryIO]:
    try:
        named = Path(path)
    except TypeError:
        refuse(path, "path", "the path of a file")
    with kind.reading(path):
        file = named.open("rb")
    with file:
        yield file


def _toml(text: str) -> dict[str, Any]:
    if _LONG_KEY.search(text):
        raise ValueError(f"a key has more than {_MOST_PARTS} parts")
    return tomllib.loads(text)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that is there twice, as TOML does."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} is there twice")
    return found


def _lines(file: TextIOWrapper, path: object, kind: FileKind) -> Iterator[str]:
    with kind.reading(path):
        yield from file
