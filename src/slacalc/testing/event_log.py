"""A short notation for what happened to a ticket: "Fri 16:00 created; Mon 09:30 agent reply"."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from slacalc.arguments import check_argument
from slacalc.business_time.instants import check_date, from_us, read_zone, wall_us
from slacalc.calendars.hours import DAY_NAMES, seconds_of_day
from slacalc.errors import LogError, SlaError
from slacalc.events.event import Created, Event
from slacalc.events.json_lines import event_from_data

__all__ = ["event_log"]

ORDINARY_MONDAY: Final = date(2026, 11, 16)  # in the week before and after it nothing is moved, in most countries
_ACCEPTS: Final = '[Mon|2026-11-16] HH:MM and what happened, such as "created priority=high" or "agent reply"'
_ENTRY: Final = re.compile(r"(?:([A-Z][a-z]{2}|\d{4}-\d\d-\d\d) )?(\d\d?)(:\d\d(?::\d\d)?) (.+)", re.ASCII)
_ONE_DAY: Final = timedelta(days=1)
_TRUTHS: Final = {"true": True, "false": False}
_HOW: Final = {"holding": "holding", "partial": "partial", "automatic": "automated"}
_OF_CREATED: Final = {each.name for each in fields(Created)} - {"fields", "at"}


def event_log(text: str, *, zone: str | ZoneInfo = "Europe/Berlin", first: date = ORDINARY_MONDAY) -> list[Event]:
    """Return the events of a log in short notation. Raises LogError with the entry that cannot be read.

    Entries stand apart by `;` or on lines of their own. Each has a day, a time and what
    happened. A weekday is the first one on or after the day of the entry before (of the
    first entry: on or after `first`, a Monday in 2026); a date says itself; left out, the
    day is that of the entry before. A time, `9:30` or `09:30`, is read in `zone`: the first of two in an autumn fold.

    >>> for event in event_log("Fri 16:00 created priority=high; Mon 09:30 agent reply; 11:00 solved"):
    ...     print(event.at, type(event).__name__)
    2026-11-20 16:00:00+01:00 Created
    2026-11-23 09:30:00+01:00 Message
    2026-11-23 11:00:00+01:00 Solved
    """
    check_argument(text, str, "text", "the log as one text")
    check_date(first, "first")
    return list(_events(text, read_zone(zone), first))


def _events(text: str, zone: ZoneInfo, day: date) -> Iterator[Event]:
    entries = [entry.strip() for entry in re.split(r"[;\n]", text)]
    for number, entry in enumerate(filter(None, entries), 1):
        try:
            day, event = _read_entry(entry, zone, day)
        except SlaError as error:
            raise LogError(
                "event_log_invalid", error.problem, given=entry, accepts=error.accepts, where=f"entry {number}"
            ) from None
        yield event


def _read_entry(entry: str, zone: ZoneInfo, earliest: date) -> tuple[date, Event]:
    """Return the day of an entry, and its event."""
    match = _ENTRY.fullmatch(" ".join(entry.split()))
    if match is None:
        raise _bad("this is no entry")
    day = _read_day(match[1], earliest)
    at = from_us(wall_us(zone, day, seconds_of_day(f"{match[2]:0>2}{match[3]}")), zone)
    return day, replace(event_from_data({**_read_event(_words(match[4])), "at": at.isoformat()}), at=at)


def _read_day(text: str | None, earliest: date) -> date:
    if text is None:
        return earliest
    if text in DAY_NAMES[:7]:
        return earliest + (DAY_NAMES.index(text) - earliest.weekday()) % 7 * _ONE_DAY
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _bad("there is no such day") from None
    if day < earliest:
        raise _bad("the day is before that of the entry before")
    return day


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError as error:
        raise _bad(str(error)) from None


def _read_event(words: list[str]) -> dict[str, Any]:
    """Return what happened as plain data: a phrase, or the name of a kind, and its keys with `=`."""
    pairs = dict(word.split("=", 1) for word in words if "=" in word)
    phrase = [word for word in words if "=" not in word]
    if not phrase and len(pairs) == 1:
        ((name, value),) = pairs.items()
        return {"kind": "field_changed", "field": name, "value": value}
    if phrase == ["created"]:
        own = {key: value for key, value in pairs.items() if key in _OF_CREATED}
        return {"kind": "created", **_typed(own), "fields": {k: v for k, v in pairs.items() if k not in own}}
    return {**_read_phrase(phrase), **_typed(pairs)}


def _read_phrase(phrase: list[str]) -> dict[str, Any]:  # noqa: PLR0911 - one case a phrase
    match phrase:
        case ["status", status]:
            return {"kind": "status_changed", "status": status}
        case [("paused" | "resumed") as kind, *reason]:
            return {"kind": kind, "reason": " ".join(reason)}
        case ["happened", *name]:
            return {"kind": "happened", "name": " ".join(name)}
        case ["taken", "over", *reason]:
            return {"kind": "taken_over", "reason": " ".join(reason)}
        case ["merged", "into", ticket]:
            return {"kind": "merged_into", "into": ticket}
        case ["no", "reply", "needed"]:
            return {"kind": "no_reply_needed"}
        case [actor, "note"]:
            return {"kind": "message", "actor": actor, "public": False}
        case [actor, *how, "reply"] if set(how) <= _HOW.keys():
            return {"kind": "message", "actor": actor, **{_HOW[word]: True for word in how}}
        case [kind]:
            return {"kind": kind}
        case _:
            raise _bad("this is nothing that happens to a ticket")


def _typed(pairs: dict[str, str]) -> dict[str, object]:
    """Return numbers and truths as such; the kinds of event check the rest."""
    return {key: _number(value) if key == "seq" else _TRUTHS.get(value, value) for key, value in pairs.items()}


def _number(text: str) -> int | str:
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else text


def _bad(problem: str) -> LogError:
    return LogError("event_log_invalid", problem, accepts=_ACCEPTS)
