"""Values as code that can be pasted into a test, with the imports that it needs."""

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, get_args
from zoneinfo import ZoneInfo

from slacalc.events.event import Event

__all__ = ["code", "to_paste"]

_HOMES: Final[dict[str, str]] = {
    "UTC": "datetime",
    "datetime": "datetime",
    "timedelta": "datetime",
    "Decimal": "decimal",
    "ZoneInfo": "zoneinfo",
    **{kind.__name__: "slacalc" for kind in get_args(get_args(Event)[0])},
    "Question": "slacalc.testing.laws",
}
_TEXT: Final = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_OF_THE_HOUR: Final = 4  # year, month, day, hour: the rest of a time is left out where it is nothing


def to_paste(call: str) -> str:
    """Return the lines that ask once more: what the call needs is imported, then the call."""
    return "\n".join(("again:", *_imports(call), call))


def code(value: object) -> str:
    """Return the value as code that makes it again; what it has by default is left out."""
    match value:
        case tuple():
            return f"({', '.join(map(code, value))}{',' * (len(value) == 1)})"
        case list():
            return f"[{', '.join(map(code, value))}]"
        case datetime():
            return _code_of_instant(value)
        case timedelta():
            return repr(value).removeprefix("datetime.")
        case _ if is_dataclass(value) and not isinstance(value, type):
            return f"{type(value).__name__}({', '.join(_told(value))})"
        case _:
            return repr(value)


def _code_of_instant(value: datetime) -> str:
    zone = value.tzinfo
    named = "UTC" if zone is UTC else f"ZoneInfo({zone.key!r})" if isinstance(zone, ZoneInfo) else repr(zone)
    parts = [value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond]
    while len(parts) > _OF_THE_HOUR and not parts[-1]:
        parts.pop()
    return f"datetime({', '.join(map(str, parts))}, tzinfo={named}{', fold=1' * value.fold})"


def _told(value: Any) -> Iterator[str]:  # noqa: ANN401 - any dataclass
    for each in fields(value):
        told = getattr(value, each.name)
        if each.default is MISSING or told != each.default:
            yield f"{each.name}={code(told)}"


def _imports(call: str) -> Iterator[str]:
    used = set(re.findall(r"\w+", _TEXT.sub("", call))) & _HOMES.keys()
    for home in dict.fromkeys(_HOMES.values()):
        if names := sorted(name for name in used if _HOMES[name] == home):
            yield f"from {home} import {', '.join(names)}"
