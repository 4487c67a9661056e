"""Which columns of a log mean what, and the TOML file that says so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from slacalc.arguments import nearest_first, refuse
from slacalc.business_time.instants import read_zone
from slacalc.errors import LogError, SlaError
from slacalc.files import FileKind, read_toml_file
from slacalc.logs.activities import check_event_words

__all__ = ["LogMapping", "load_mapping"]

_PAIR: Final = 2
_MAPPING: Final = FileKind(
    LogError,
    "mapping_unreadable",
    "the mapping cannot be read",
    "a TOML file with ticket, time, activity, zone, time_format, [fields], and [done] or [events]",
)
_NUMERIC: Final = re.compile(r"(?:%[YmdHMSfz%]|[^%])+")


@dataclass(frozen=True, slots=True)
class LogMapping:
    """Which columns of a log mean what.

    `fields` maps fields of the policy to columns. What happened is said in one of two ways: `done`
    maps metrics to the activities that fulfil them (the first counts, and a ticket's first
    fields); `events` maps activities to events, to be replayed with pauses and changes. Times without an offset
    are read in `zone`, the first of two in an autumn fold; `time_format` is for times that are
    not ISO 8601, with numeric directives only (the locale is never asked).
    """

    ticket: str
    time: str
    activity: str
    zone: str | None = None
    time_format: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    done: tuple[tuple[str, tuple[str, ...]], ...] = ()
    events: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Check the pairs, the zone, the format and the events."""
        _check_pairs(self.fields, "fields", '(("priority", "prio"),)')
        _check_pairs(self.events, "events", '(("opened", "created"),)')
        _check_pairs(self.done, "done", '(("first_response", ("answered",)),)', several=True)
        check_event_words(self.events)
        if self.done and self.events:
            raise LogError(
                "mapping_two_ways",
                "what happened is said in two ways",
                given="done and events",
                accepts="done, or events to replay",
                where="events",
            )
        if self.zone is not None:
            read_zone(self.zone)
        if self.time_format is not None and not _is_numeric(self.time_format):
            raise LogError(
                "time_format_invalid",
                "this format depends on the locale, or is none",
                given=self.time_format,
                accepts="%Y %m %d %H %M %S %f %z and plain characters",
                where="time_format",
            )

    def updated(self, **changes: Any) -> "LogMapping":  # noqa: ANN401 - checked by __post_init__
        """Return the mapping with what is not None changed."""
        return replace(self, **{name: value for name, value in changes.items() if value is not None})


def load_mapping(path: str | Path) -> LogMapping:
    """Return the mapping of a TOML file. Raises LogError when it cannot be read or has unknown keys, ZoneError."""
    data = read_toml_file(path, _MAPPING)
    try:
        return _mapping_of(data)
    except SlaError as error:
        raise error.at(str(path)) from None


def _mapping_of(data: dict[str, Any]) -> LogMapping:
    known = {"ticket", "time", "activity", "zone", "time_format", "fields", "done", "events"}
    if unknown := sorted(data.keys() - known):
        raise LogError(
            "mapping_key_unknown",
            "there is no such key",
            given=unknown[0],
            accepts=nearest_first(unknown[0], sorted(known)),
        )
    for key in ("ticket", "time", "activity"):
        if not isinstance(data.get(key), str):
            raise LogError(
                "mapping_key_missing", "the column is not named", given=data.get(key), accepts="text", where=key
            )
    fields = tuple((name, _text(column, f"fields.{name}")) for name, column in _table(data, "fields"))
    done = tuple((name, _texts(activities, f"done.{name}")) for name, activities in _table(data, "done"))
    events = tuple((activity, _text(word, f"events.{activity}")) for activity, word in _table(data, "events"))
    return LogMapping(**{**data, "fields": fields, "done": done, "events": events})


def _is_numeric(time_format: object) -> bool:
    return isinstance(time_format, str) and _NUMERIC.fullmatch(time_format) is not None


def _check_pairs(pairs: object, where: str, accepts: str, *, several: bool = False) -> None:
    """Refuse what is no pairs of texts, or with `several` of a text and texts."""
    accepts = f"pairs such as {accepts}"
    if not isinstance(pairs, tuple | list):
        refuse(pairs, where, accepts)
    for pair in pairs:
        if not isinstance(pair, tuple | list) or len(pair) != _PAIR or several != isinstance(pair[1], tuple | list):
            refuse(pairs, where, accepts)


def _table(data: dict[str, Any], key: str) -> Iterable[tuple[str, Any]]:
    table = data.get(key, {})
    if not isinstance(table, dict):
        raise LogError("mapping_not_table", "this is no table", given=table, accepts=f"a table [{key}]", where=key)
    return table.items()


def _texts(values: object, where: str) -> tuple[str, ...]:
    return tuple(_text(value, where) for value in (values if isinstance(values, list) else [values]))


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise LogError("mapping_not_text", "columns and activities are text", given=value, accepts="text", where=where)
    return value
