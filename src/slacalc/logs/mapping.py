"""Which columns of a log mean what, and the TOML file that says so."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from slacalc.arguments import nearest_first, refuse
from slacalc.business_time.instants import read_zone
from slacalc.errors import LogError, SlaError
from slacalc.events.event import ACTORS, Actor, actor_of
from slacalc.files import ENCODINGS, FileKind, read_toml_file
from slacalc.logs.activities import check_event_words
from slacalc.logs.times import check_format

__all__ = ["LogMapping", "load_mapping"]

_PAIR: Final = 2
_TRIPLE: Final = 3
_WITH_BETWEEN: Final = 4
_MAPPING: Final = FileKind(
    LogError,
    "mapping_unreadable",
    "the mapping cannot be read",
    "a TOML file with ticket, time, activity, zone, time_format, created_by, [fields], and [done] or [events]",
)


@dataclass(frozen=True, slots=True)
class LogMapping:
    """Which columns of a log mean what.

    A row is an event: `ticket`, `time`, and `activity` or `status` are its columns. What happened is said in one of
    two ways. `done` maps metrics to the activities that fulfil them (the first counts, and a ticket's first fields).
    `events` maps activities to events, to be replayed with pauses and changes; so is a column `status`, of which each
    change is one. Or a row is a ticket: it has a column `received`, and `done_at` maps metrics to the columns that say
    when each was done. Beside rows of events `received` is the column of a receipt that is not the time of the first
    row.

    `fields` maps fields of the policy to columns, `own` anything else that is to stand beside a ticket. Times without
    an offset are read in `zone`, the first of two in an autumn fold. `time_format` is for times that are not ISO 8601:
    a format, or several in the order in which they are tried, or "epoch_seconds" or "epoch_milliseconds". `blank` are
    cells that say nothing, beside empty ones; `split` takes a column apart, at a text, into columns of new names;
    with a fourth text, what stands between several such values of a cell, each becomes a row: a history its events.
    `delimiter` and `encoding` are those of the file.

    `created_by` says who creates every ticket ("agent"); or `created_by_column` is the column that says it in the first
    row of a ticket, an actor, or what `creators` make of its cells; any other is "unknown". Where neither is said,
    tickets that are replayed are taken for the customer's. `optional` are fields that may be blank in the row that
    creates a ticket, such as an owner: they are not given then.
    """

    ticket: str
    time: str | None = None
    activity: str | None = None
    zone: str | None = None
    time_format: str | tuple[str, ...] | None = None
    fields: tuple[tuple[str, str], ...] = ()
    done: tuple[tuple[str, tuple[str, ...]], ...] = ()
    events: tuple[tuple[str, str], ...] = ()
    received: str | None = None
    done_at: tuple[tuple[str, str], ...] = ()
    status: str | None = None
    own: tuple[tuple[str, str], ...] = ()
    split: tuple[tuple[str, str, tuple[str, ...]] | tuple[str, str, tuple[str, ...], str], ...] = ()
    blank: tuple[str, ...] = ()
    delimiter: str = ","
    encoding: str = "utf-8"
    created_by: str | None = None
    created_by_column: str | None = None
    creators: tuple[tuple[str, str], ...] = ()
    optional: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the pairs, the zone, the formats, the events and the form of the file."""
        _check_pairs(self.fields, "fields", '(("priority", "prio"),)')
        _check_pairs(self.own, "own", '(("flag", "made_sla"),)')
        _check_pairs(self.events, "events", '(("replied", "agent_message"),)')
        _check_pairs(self.done, "done", '(("first_response", ("answered",)),)', several=True)
        _check_pairs(self.done_at, "done_at", '(("first_response", "answered_at"),)')
        _check_split(self.split)
        check_event_words(self.events)
        _check_pairs(self.creators, "creators", '(("admin", "agent"),)')
        _check_creators(self)
        _check_optional(self)
        _check_shape(self)
        if self.zone is not None:
            read_zone(self.zone)
        for time_format in self.time_formats:
            check_format(time_format)
        _check_form(self)

    @property
    def time_formats(self) -> tuple[str, ...]:
        """The formats in the order in which they are tried; none for ISO 8601."""
        if self.time_format is None:
            return ()
        return tuple(self.time_format) if isinstance(self.time_format, tuple | list) else (self.time_format,)

    @property
    def is_replayed(self) -> bool:
        """Whether the rows of a ticket are events to replay."""
        return bool(self.events) or self.status is not None

    @property
    def assumes_creator(self) -> bool:
        """Whether tickets that are replayed are taken for the customer's, as nobody says who creates them."""
        return self.is_replayed and self.created_by is None and self.created_by_column is None

    def creator(self, cell: str) -> Actor:
        """Return who creates a ticket, of which the column of creators says this."""
        if self.created_by_column is None:
            return actor_of(self.created_by or "customer")
        said = cell.strip()
        return actor_of(dict(self.creators).get(said, said))

    def updated(self, **changes: Any) -> "LogMapping":  # noqa: ANN401 - checked by __post_init__
        """Return the mapping with what is not None changed."""
        return replace(self, **{name: value for name, value in changes.items() if value is not None})


def load_mapping(path: str | Path) -> LogMapping:
    """Return the mapping of a TOML file. Raises LogError when it cannot be read or has unknown keys, ZoneError."""
    data = read_toml_file(path, _MAPPING)
    try:
        return _mapping_of(data)
    except SlaError as error:
        raise error.within(str(path)) from None


def _mapping_of(data: dict[str, Any]) -> LogMapping:
    if unknown := sorted(data.keys() - _READ_BY.keys()):
        raise LogError(
            "mapping_key_unknown",
            "there is no such key",
            given=unknown[0],
            accepts=nearest_first(unknown[0], sorted(_READ_BY)),
        )
    if "ticket" not in data:
        raise _missing(None, "ticket")
    return LogMapping(**{key: _READ_BY[key](value, key) for key, value in data.items()})


def _column(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise _missing(value, where)
    return value


def _as_it_is(value: Any, _where: str) -> Any:  # noqa: ANN401 - LogMapping checks it
    return tuple(value) if isinstance(value, list) else value


def _columns(value: object, where: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, _text(each, f"{where}.{name}")) for name, each in _table(value, where))


def _activities(value: object, where: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, _texts(each, f"{where}.{name}")) for name, each in _table(value, where))


def _splits(value: object, where: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    return tuple((column, *_split(each, f"{where}.{column}")) for column, each in _table(value, where))


def _split(value: object, where: str) -> tuple[str, tuple[str, ...]] | tuple[str, tuple[str, ...], str]:
    said = dict(_table(value, where))
    if said.keys() - {"between"} != {"by", "into"}:
        accepts = 'by = "/" and into = ["id", "team"]; between = ";" where a cell has several such values'
        raise _no_split(said, accepts, where)
    if empty := [key for key in ("by", "between") if said.get(key) == ""]:
        raise _no_split("", _SPLIT_BY[empty[0]], f"{where}.{empty[0]}")
    apart = _text(said["by"], f"{where}.by"), _texts(said["into"], f"{where}.into")
    return (*apart, _text(said["between"], f"{where}.between")) if "between" in said else apart


_SPLIT_BY: Final = {"by": 'a text, such as "/"', "between": 'a text, such as ";"; none where a cell has one value'}


def _no_split(given: object, accepts: str, where: str) -> LogError:
    return LogError("mapping_split_invalid", "a cell is not taken apart so", given=given, accepts=accepts, where=where)


def _check_shape(mapping: LogMapping) -> None:
    """Refuse a mapping that does not say what a row is: an event, or a ticket."""
    ways = [name for name in ("done", "events", "done_at") if getattr(mapping, name)]
    ways += ["status"] if mapping.status is not None and "events" not in ways else []
    if len(ways) > 1:
        raise LogError(
            "mapping_two_ways",
            "what happened is said in two ways",
            given=" and ".join(ways),
            accepts="done, or events to replay, which a status is too; or done_at, where a row is a ticket",
            where=ways[1],
        )
    if mapping.time is None:
        _check_rows_of_tickets(mapping)
    elif mapping.done_at:
        raise _missing(None, "done_at", "no time and no activity: where done_at names columns, a row is a ticket")
    elif mapping.activity is None and (mapping.status is None or mapping.events or mapping.done):
        raise _missing(mapping.activity, "activity", "text: the column of the activity; or status, that of the status")


def _check_rows_of_tickets(mapping: LogMapping) -> None:
    if mapping.received is None:
        raise _missing(None, "time", "text: the column of the time of an event; or received, where a row is a ticket")
    for name in ("activity", "status"):
        if getattr(mapping, name) is not None:
            raise _missing(None, "time", f"text: the column of the time, as {name} tells that a row is an event")
    for name in ("events", "done"):
        if getattr(mapping, name):
            raise _missing(None, "time", f"text: the column of the time; {name} are of activities, done_at of columns")


def _check_creators(mapping: LogMapping) -> None:
    """Refuse a creator that is no actor, creators without a column, and what is said in two ways."""
    said = [] if mapping.created_by is None else [("created_by", mapping.created_by)]
    for where, actor in (*said, *((f"creators.{cell}", actor) for cell, actor in mapping.creators)):
        if actor not in ACTORS:
            raise LogError(
                "creator_unknown",
                "nobody of this name creates tickets",
                given=actor,
                accepts=nearest_first(actor, ACTORS),
                where=where,
            )
    if mapping.created_by is not None and mapping.created_by_column is not None:
        raise LogError(
            "mapping_two_ways",
            "who creates is said in two ways",
            given="created_by and created_by_column",
            accepts="created_by for all tickets, or the column that says it",
            where="created_by_column",
        )
    if mapping.creators and mapping.created_by_column is None:
        raise _missing(None, "created_by_column", "text: the column whose cells [creators] are of")


def _check_optional(mapping: LogMapping) -> None:
    """Refuse what is no field of the mapping."""
    if not isinstance(mapping.optional, tuple | list):
        refuse(mapping.optional, "optional", 'names of fields, such as ("owner",)')
    named = [name for name, _ in mapping.fields]
    if unknown := [name for name in mapping.optional if name not in named]:
        accepts = nearest_first(str(unknown[0]), named)
        raise LogError(
            "field_unmapped", "this field has no column", given=unknown[0], accepts=accepts, where="optional"
        )


def _check_form(mapping: LogMapping) -> None:
    """Refuse a delimiter or an encoding that no file has, and blanks that are no texts."""
    if not isinstance(mapping.delimiter, str) or len(mapping.delimiter) != 1 or mapping.delimiter in '"\r\n ':
        raise LogError(
            "delimiter_invalid",
            "cells cannot stand apart by this",
            given=mapping.delimiter,
            accepts='one character, such as ";" or a tab',
            where="delimiter",
        )
    if mapping.encoding not in ENCODINGS:
        raise LogError(
            "encoding_unknown",
            "this is no encoding that is read",
            given=mapping.encoding,
            accepts=nearest_first(mapping.encoding, ENCODINGS),
            where="encoding",
        )
    if not isinstance(mapping.blank, tuple | list) or not all(isinstance(each, str) for each in mapping.blank):
        refuse(mapping.blank, "blank", 'texts, such as ("?", "NULL")')


def _check_pairs(pairs: object, where: str, accepts: str, *, several: bool = False) -> None:
    """Refuse what is no pairs of texts, or with `several` of a text and texts."""
    accepts = f"pairs such as {accepts}"
    if not isinstance(pairs, tuple | list):
        refuse(pairs, where, accepts)
    for pair in pairs:
        if not isinstance(pair, tuple | list) or len(pair) != _PAIR or several != isinstance(pair[1], tuple | list):
            refuse(pairs, where, accepts)


def _check_split(split: object) -> None:
    accepts = 'a column, a text and new names, such as (("Ticket", "/", ("id", "team")),)'
    if not isinstance(split, tuple | list):
        refuse(split, "split", accepts)
    for each in split:
        if not isinstance(each, tuple | list) or len(each) not in {_TRIPLE, _WITH_BETWEEN}:
            refuse(split, "split", accepts)
        if not all(isinstance(text, str) and text for text in (*each[:2], *each[_TRIPLE:])):
            refuse(split, "split", accepts)
        if not isinstance(each[2], tuple | list) or len(each[2]) < _PAIR:
            refuse(split, "split", accepts)
        if any(between in each[1] for between in each[_TRIPLE:]):  # no value has it any more
            raise _no_split(each[_TRIPLE], f"what is not in by, {each[1]!r}", f"split.{each[0]}.between")


def _table(table: object, where: str) -> Iterable[tuple[str, Any]]:
    if not isinstance(table, dict):
        raise LogError("mapping_not_table", "this is no table", given=table, accepts=f"a table [{where}]", where=where)
    return table.items()


def _texts(values: object, where: str) -> tuple[str, ...]:
    return tuple(_text(value, where) for value in (values if isinstance(values, list) else [values]))


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise LogError("mapping_not_text", "columns and activities are text", given=value, accepts="text", where=where)
    return value


def _missing(given: object, where: str, accepts: str = "text") -> LogError:
    return LogError("mapping_key_missing", "the column is not named", given=given, accepts=accepts, where=where)


_READ_BY: Final[dict[str, Callable[[Any, str], Any]]] = {
    "ticket": _column,
    "time": _column,
    "activity": _column,
    "zone": _as_it_is,
    "time_format": _as_it_is,
    "fields": _columns,
    "done": _activities,
    "events": _columns,
    "received": _column,
    "done_at": _columns,
    "status": _column,
    "own": _columns,
    "split": _splits,
    "blank": _texts,
    "delimiter": _as_it_is,
    "encoding": _as_it_is,
    "created_by": _text,
    "created_by_column": _column,
    "creators": _columns,
    "optional": _texts,
}
"""How the value of each key of the file is read."""
