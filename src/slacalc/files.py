"""Read a TOML file: as UTF-8, in time and memory in proportion to its size."""

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from slacalc.arguments import refuse

__all__ = ["MOST_BYTES", "file_at", "read_toml", "read_toml_file"]

MOST_BYTES: Final = 1_000_000
_MOST_PARTS: Final = 100
_LONG_KEY: Final = re.compile(  # tomllib takes quadratic time and space for a key of many parts
    rf"""(?<![\w-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){{{_MOST_PARTS}}}""", re.ASCII
)


def read_toml_file(path: Path) -> dict[str, Any]:
    """Return what a file holds. Raises OSError or ValueError, as `open` and `tomllib` do; also when it is too large."""
    raw = path.read_bytes()
    if len(raw) > MOST_BYTES:
        raise ValueError(f"the file is larger than {MOST_BYTES} bytes")
    return read_toml(raw.decode("utf-8-sig"))


def file_at(path: object) -> Path:
    """Return the path of a file. Raises SlaError for what names none."""
    try:
        return Path(path)  # type: ignore[arg-type]  # what is no path raises TypeError
    except TypeError:
        refuse(path, "path", "the path of a file")


def read_toml(text: str) -> dict[str, Any]:
    """Return what a text holds. Raises ValueError as `tomllib` does; also for a key of more than 100 parts."""
    if _LONG_KEY.search(text):
        raise ValueError(f"a key has more than {_MOST_PARTS} parts")
    return tomllib.loads(text)
