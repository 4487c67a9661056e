"""Policy data as the text of a TOML file, with comments."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from slacalc.errors import Path as Keys
from slacalc.render import visible

__all__ = ["toml_text"]

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_RAW: Final = re.compile("[\x7f-\x9f\u2028\u2029]")  # what JSON leaves as it is, and no reader should meet
_LONG: Final = 100  # characters of a line: a longer table is written over several


def toml_text(data: Mapping[str, Any], comments: Mapping[Keys, str]) -> str:
    """Return tables, lists, texts, numbers and truths as TOML; a comment stands before the key that it is of.

    >>> print(toml_text({"name": "desk", "calendars": {"office": {"zone": "UTC"}}}, {("calendars", "office"): "ours"}))
    name = "desk"
    <BLANKLINE>
    # ours
    [calendars.office]
    zone = "UTC"
    <BLANKLINE>
    """
    lines = [*_comment(comments, ()), *_table(data, (), comments)]
    return "\n".join(lines).strip("\n") + "\n"


def _table(table: Mapping[str, Any], path: Keys, comments: Mapping[Keys, str]) -> Iterator[str]:
    """Yield what stands in a table: its values, then its tables, which need a head."""
    values = {key: value for key, value in table.items() if not _needs_a_head(value, len(path))}
    for key, value in values.items():
        yield from _comment(comments, (*path, key))
        yield f"{_key(key)} = {_value(value)}"
    for key, value in table.items():
        if key not in values:
            yield from _headed(key, value, path, comments)


def _headed(key: str, value: Any, path: Keys, comments: Mapping[Keys, str]) -> Iterator[str]:  # noqa: ANN401 - data
    here = (*path, key)
    head = ".".join(_key(each) for each in here if isinstance(each, str))
    if isinstance(value, Mapping):
        inner = [*_table(value, here, comments)]
        own = bool(inner and inner[0])
        said = [*_comment(comments, here)]
        if own or not value or said:
            yield ""
            yield from said
            yield f"[{head}]"
        yield from inner
        return
    for place, each in enumerate(value):
        yield ""
        yield from _comment(comments, (*here, place))
        yield f"[[{head}]]"
        yield from _table(each, (*here, place), comments)


def _needs_a_head(value: Any, depth: int) -> bool:  # noqa: ANN401 - data
    if isinstance(value, Mapping):
        return depth < 2 or len(_value(value)) > _LONG  # noqa: PLR2004 - [calendars.office]: the tables of a policy
    return depth == 0 and isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)


def _comment(comments: Mapping[Keys, str], path: Keys) -> Iterator[str]:
    for line in comments.get(path, "").splitlines():
        yield f"# {visible(line)}".rstrip()


def _value(value: Any) -> str:  # noqa: ANN401 - data
    match value:
        case Mapping():
            return (
                f"{{ {', '.join(f'{_key(key)} = {_value(each)}' for key, each in value.items())} }}" if value else "{}"
            )
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
        case bool() | int() | float():
            return json.dumps(value)
        case _:
            return _text(str(value))


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    return _RAW.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
