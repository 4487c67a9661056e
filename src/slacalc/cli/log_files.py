"""Read a ticket log from a file: CSV with a mapping, or JSON Lines of events."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from slacalc.cli.arguments import read_instant, read_named, read_pairs
from slacalc.cli.exits import misused
from slacalc.cli.progress import passing
from slacalc.errors import LogError, PolicyError
from slacalc.files import STANDARD_INPUT
from slacalc.logs.big_files import reads_in_blocks
from slacalc.logs.guessing import propose_mapping
from slacalc.logs.mapping import LogMapping, load_mapping
from slacalc.logs.reading import LogReading, open_log, read_event_log, read_log

__all__ = [
    "as_of_or_last",
    "guess_mapping",
    "read_csv_log",
    "read_json_lines",
    "read_mapping",
    "read_tickets",
    "refuse_csv",
]


def read_tickets(log: Path, mapping: Path | None, as_of: str | None, zone: str | None) -> tuple[datetime, LogReading]:
    """Return the instant asked for, and the tickets of a log with their events."""
    if mapping is None:
        refuse_csv(log)
        reading = read_json_lines(log)
    else:
        meaning = load_mapping(mapping)
        if not meaning.is_replayed:
            raise LogError(
                "mapping_without_events",
                "the mapping does not say which activities are events",
                accepts="[events] with an activity and what it is, or the column of a status",
                where=str(mapping),
            )
        reading, zone = read_csv_log(log, meaning, shown=True), zone or meaning.zone
    return as_of_or_last(as_of, zone, reading), reading


def refuse_csv(log: Path) -> None:
    """Refuse a CSV file of which nobody says which column is what."""
    if log.suffix == ".csv":
        raise LogError(
            "mapping_missing", "a CSV log needs a mapping", accepts="--mapping, or a JSON Lines log", where=str(log)
        )


def read_csv_log(log: Path, mapping: LogMapping, *, shown: bool) -> LogReading:
    """Return the tickets of a CSV file, and show how far it is where that takes long."""
    if reads_in_blocks(log, mapping):
        return _used(read_log(log, mapping))
    with (
        open_log(log, mapping.encoding) as file,
        passing(file, len, doing=f"reading {log.name}", total=_size(log), shown=shown) as lines,
    ):
        return _used(read_log(lines, mapping, where=str(log)))


def guess_mapping(log: Path) -> str:
    """Return the text of a mapping that is proposed for a CSV file, which may be written as Windows does."""
    try:
        return _guessed(log, "utf-8")
    except LogError as error:
        if error.code != "log_unreadable" or log == STANDARD_INPUT:
            raise
    return f'# decide: this is no UTF-8; which encoding is it?\nencoding = "cp1252"\n{_guessed(log, "cp1252")}'


def _guessed(log: Path, encoding: str) -> str:
    with open_log(log, encoding) as lines:
        return propose_mapping(lines, where=log.name)


def as_of_or_last(text: str | None, zone: str | None, reading: LogReading) -> datetime:
    """Return the instant that --as-of says; that of the last event if it is left out."""
    if text is not None:
        return read_instant(text, zone, "--as-of")
    if reading.last_event is None:
        raise PolicyError(
            "log_without_events", "the log has no event to take --as-of from", accepts="--as-of", where="--as-of"
        )
    return reading.last_event


def read_json_lines(log: Path) -> LogReading:
    """Return the tickets of a JSON Lines file of events."""
    with open_log(log) as lines:
        return _used(read_event_log(lines))


def _size(log: Path) -> int:
    return 0 if log == STANDARD_INPUT else log.stat().st_size


def _used(reading: LogReading) -> LogReading:
    """Return what was read of a log. Raises LogError when not one row can be used, for the reason of the first."""
    if reading.events or not reading.problems:
        return reading
    first, helps = reading.problems[0], {_HELPS.get(code, "") for code in reading.problems.by_code}
    raise LogError(
        "rows_unusable",
        f"not one row can be used, {reading.problems.total} of them, as {first}",
        accepts=" or ".join(sorted(filter(None, helps))) or "rows that can be read",
    )


_HELPS: Final = {
    "time_unreadable": "--time-format with the form of the times, such as '%d/%m/%Y %H:%M'",
    "time_ambiguous": "--time-format with the one form of the times",
    "datetime_naive": "--zone with the zone of the times, such as Europe/Brussels",
    "row_width": "--delimiter with what stands between cells",
    "cell_empty": "a mapping of columns that have values",
}
"""What helps when all rows of a log have the same problem."""


def read_mapping(
    file: Path | None,
    *,
    fields: list[str] | None = None,
    done: list[str] | None = None,
    events: list[str] | None = None,
    done_at: list[str] | None = None,
    **said: str | list[str] | None,
) -> LogMapping:
    """Return what the columns of a log mean: what a file says, but for what is said otherwise by its keys."""
    activities: dict[str, tuple[str, ...]] = {}
    for metric, name in read_pairs(done, "--done"):
        activities[metric] = (*activities.get(metric, ()), name)
    changes = {
        **{key: tuple(value) if isinstance(value, list) else value for key, value in said.items()},
        "fields": tuple(read_named(fields, "--field").items()),
        "done": tuple(activities.items()),
        "events": tuple(read_named(events, "--event").items()),
        "done_at": tuple(read_named(done_at, "--done-at").items()),
    }
    told: dict[str, Any] = {key: value for key, value in changes.items() if value}
    if file is not None:
        return load_mapping(file).updated(**told)
    is_event, is_ticket = "time" in told and {"activity", "status"} & told.keys(), {"time", "received"} & told.keys()
    if "ticket" not in told or not (is_event or is_ticket == {"received"}):
        misused("name the columns: --mapping, or --ticket with --time and --activity, or with --received and --done-at")
    return LogMapping(**told)
