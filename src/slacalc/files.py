"""Open files: TOML, JSON, text and lines, in time and memory in proportion to what is read of them."""

import json
import re
import sys
import tomllib
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from gzip import GzipFile
from io import BufferedReader, RawIOBase, TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from slacalc.arguments import refuse
from slacalc.errors import SlaError

__all__ = [
    "ENCODINGS",
    "MOST_OF_A_LINE",
    "STANDARD_INPUT",
    "FileKind",
    "is_packed",
    "lines_of",
    "open_lines",
    "read_data_file",
    "read_json_file",
    "read_text",
    "read_toml_file",
    "once_each",
    "without_mark",
]

MOST_OF_A_LINE: Final = 1_000_000
"""How many characters a line may have; of a longer one there is one more, and the rest is passed over."""
STANDARD_INPUT: Final = Path("-")
ENCODINGS: Final = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii", "latin-1", "iso-8859-1", "iso-8859-2", "iso-8859-5",
    "iso-8859-7", "iso-8859-9", "iso-8859-15", "cp437", "cp850", "cp852", "cp1250", "cp1251", "cp1252", "cp1253",
    "cp1254", "cp1257", "koi8-r", "koi8-u", "shift_jis", "cp932", "euc_jp", "gb18030", "big5", "euc_kr",
)  # fmt: skip
"""The encodings of lines; a list, as the name of an encoding is that of a module."""
_GZIP: Final = b"\x1f\x8b"
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
        except (OSError, EOFError, RecursionError, ValueError, zlib.error) as error:
            raise self.error(self.code, self.problem, given=str(error), accepts=self.accepts, where=str(path)) from None


def read_toml_file(path: str | Path, kind: FileKind) -> dict[str, Any]:
    """Return what a TOML file holds. Raises the error of its kind."""
    text = read_text(path, kind)
    with kind.reading(path):
        return _toml(text)


def read_data_file(path: str | Path, kind: FileKind) -> Any:  # noqa: ANN401 - JSON may be anything
    """Return what a JSON file holds, if its name ends in .json; else what a TOML file does."""
    return read_json_file(path, kind) if str(path).endswith(".json") else read_toml_file(path, kind)


def read_json_file(path: str | Path, kind: FileKind) -> Any:  # noqa: ANN401 - JSON may be anything
    """Return what a JSON file holds, whatever its name is. Raises the error of its kind."""
    text = read_text(path, kind)
    with kind.reading(path):
        return json.loads(text, object_pairs_hook=once_each)


def read_text(path: str | Path, kind: FileKind) -> str:
    """Return the text of a file, without a byte order mark. Raises the error of its kind, also when it is too large."""
    with _opened(path, kind) as file, kind.reading(path):
        raw = file.read(kind.most_bytes + 1)
        if len(raw) > kind.most_bytes:
            raise ValueError(f"the file is larger than {kind.most_bytes} bytes")
        return raw.decode("utf-8-sig")


@contextmanager
def open_lines(path: str | Path, kind: FileKind, encoding: str = "utf-8") -> Iterator[Iterator[str]]:
    """Give the lines of a file, each with its end, as they are read; "-" is the standard input, and gzip is unpacked.

    Raises the error of its kind where that fails.
    """
    named = {"utf-8": "utf-8-sig"}.get(encoding, encoding)
    with _opened(path, kind) as file, TextIOWrapper(_unpacked(file, path, kind), named, newline="") as lines:
        yield lines_of(lines, path, kind)


def without_mark(lines: Iterable[str]) -> Iterator[str]:
    """Return the lines without the byte order mark that some programs put before the first."""
    rest = iter(lines)
    first = (line.removeprefix("\ufeff") if isinstance(line, str) else line for line in islice(rest, 1))
    return chain(first, rest)


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON. Raises ValueError for a key that is there twice, as TOML does."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} is there twice")
    return found


@contextmanager
def _opened(path: str | Path, kind: FileKind) -> Iterator[BinaryIO]:
    try:
        named = Path(path)
    except TypeError:
        refuse(path, "path", "the path of a file")
    if named == STANDARD_INPUT:
        yield cast("BinaryIO", BufferedReader(cast("RawIOBase", sys.stdin.buffer)))
        return
    with kind.reading(path):
        file = named.open("rb")
    with file:
        yield file


def is_packed(path: Path, kind: FileKind) -> bool:
    """Tell whether a file is one of gzip. Raises the error of its kind."""
    with kind.reading(path), path.open("rb") as file:
        return file.read(len(_GZIP)) == _GZIP


def _unpacked(file: BinaryIO, path: object, kind: FileKind) -> BinaryIO:
    """Return what a file of gzip holds, any other file as it is."""
    with kind.reading(path):
        packed = cast("BufferedReader", file).peek(len(_GZIP)).startswith(_GZIP)
    return cast("BinaryIO", GzipFile(fileobj=file) if packed else file)


def _toml(text: str) -> dict[str, Any]:
    if _LONG_KEY.search(text):
        raise ValueError(f"a key has more than {_MOST_PARTS} parts")
    return tomllib.loads(text)


def lines_of(file: TextIOWrapper, path: object, kind: FileKind) -> Iterator[str]:
    """Return the lines of a file, of each as much as is read. Raises the error of its kind."""
    with kind.reading(path):
        is_half_ended = False
        for line in iter(partial(file.readline, MOST_OF_A_LINE + 1), ""):
            if not (is_half_ended and line == "\n"):
                yield line
            is_half_ended = len(line) > MOST_OF_A_LINE and _end_of(file, line) == "\r"


def _end_of(file: TextIOWrapper, line: str) -> str:
    """Read a line to its end, in pieces, and return the last character: of two that end it maybe the first."""
    while line and not line.endswith(("\n", "\r")):
        line = file.readline(MOST_OF_A_LINE)
    return line[-1:]
