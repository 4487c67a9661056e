"""Read a ticket log from a file: CSV with a mapping, or JSON Lines of events."""

from datetime import datetime
from pathlib import Path

from slacalc.cli.arguments import read_instant
from slacalc.cli.progress import passing
from slacalc.errors import LogError, PolicyError
from slacalc.logs.mapping import LogMapping, load_mapping
from slacalc.logs.reading import LogReading, open_log, read_event_log, read_log

__all__ = ["as_of_or_last", "read_csv_log", "read_json_lines", "read_tickets", "refuse_csv"]


def read_tickets(log: Path, mapping: Path | None, as_of: str | None, zone: str | None) -> tuple[datetime, LogReading]:
    """Return the instant asked for, and the tickets of a log with their events."""
    if mapping is None:
        refuse_csv(log)
        reading = read_json_lines(log)
    else:
        meaning = load_mapping(mapping)
        if not meaning.events:
            raise LogError(
                "mapping_without_events",
                "the mapping does not say which activities are events",
                accepts="[events] with an activity and what it is",
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
    """Return the tickets of a CSV file."""
    with (
        open_log(log) as file,
        passing(file, len, doing=f"reading {log.name}", total=log.stat().st_size, shown=shown) as lines,
    ):
        return read_log(lines, mapping, where=str(log))


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
        return read_event_log(lines)
