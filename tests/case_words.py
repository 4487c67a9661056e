"""How a case file writes times, amounts, and what happened to a ticket.

Times are read as people write them: "Fri 2026-11-20 15:00", or with seconds, on the clock of the case's zone, with "Z"
in UTC, with a zone behind it on that clock. A weekday that does not fit its date, and a time that the
clock skips or shows twice, are mistakes of the case file.

What happened is a time, words, and in brackets how:

    Mon 2026-11-23 09:00 created (priority = normal, ordered = Sun 2026-11-22 12:00)       also: no message, by agent
    Mon 2026-11-23 10:00 customer writes
    Mon 2026-11-23 11:00 agent answers (in part, by helpdesk)      also: holding, automatic, internal
    Mon 2026-11-23 11:00 robot answers                             or: platform answers
    Mon 2026-11-23 12:00 topic = bulk_order
    Mon 2026-11-23 12:00 status pending
    Mon 2026-11-23 12:00 happened checked
    Mon 2026-11-23 12:00 resolution promised for Wed 2026-11-25 12:00 by Ann
    Mon 2026-11-23 13:00 paused (asked the brand)                  ends with: resumed (asked the brand)
    Mon 2026-11-23 14:00 deprioritised (too_many_messages)               ends with: deprioritisation lifted (...)
    Mon 2026-11-23 15:00 asked for escalation_requested
    Mon 2026-11-23 16:00 taken over (counterfeit, with costs)
    Mon 2026-11-23 16:00 merged into 7                             also: merged from one of Fri 2026-11-20 10:00
    Mon 2026-11-23 17:00 solved                                    or: reopened, closed, deleted, no reply needed
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import slacalc as sla
from slacalc.events.event import Actor, Event

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TIME: Final = re.compile(r"(\w{3}) (\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?)(Z?)(?: ([A-Z]\w+/\w+))?")
UNITS: Final = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "days": timedelta(hours=24)}

EVENT: Final = re.compile(rf"(?P<time>{TIME.pattern}) (?P<what>[^()]+?)(?: \((?P<how>[^()]+)\))?")
WHO: Final[dict[str, Actor]] = {"agent": "agent", "robot": "bot", "platform": "partner"}
HOW: Final = {
    "in part": {"partial": True},
    "holding": {"holding": True},
    "automatic": {"automated": True},
    "internal": {"public": False},
}
CREATED: Final[dict[str, dict[str, Any]]] = {"no message": {"message": False}, "by agent": {"actor": "agent"}}
PLAIN: Final[dict[str, Callable[..., Event]]] = {
    "solved": sla.Solved,
    "reopened": sla.Reopened,
    "closed": sla.Closed,
    "deleted": sla.Deleted,
    "no reply needed": sla.NoReplyNeeded,
}
WITH_REASON: Final[dict[str, Callable[..., Event]]] = {
    "paused": sla.Paused,
    "resumed": sla.Resumed,
    "deprioritised": sla.Deprioritised,
    "deprioritisation lifted": sla.DeprioritisationLifted,
}


# ---------------------------------------------------------------- times and amounts


def on(text: str) -> date:
    """ "Fri 2026-11-20", which must be a Friday."""
    weekday, day = text[:3], date.fromisoformat(text[4:])
    assert weekday == WEEKDAYS[day.weekday()], f"{text}: the date is a {WEEKDAYS[day.weekday()]}"
    return day


def at(text: str, zone: str) -> datetime:
    """ "Fri 2026-11-20 15:00" in the zone, "... 15:00Z" in UTC, "... 15:00 Europe/Berlin" there."""
    match = TIME.fullmatch(text)
    assert match, f'{text!r} is not written like "Fri 2026-11-20 15:00", "... 15:00Z" or "... 15:00 Europe/Berlin"'
    weekday, wall, utc, place = match.groups()
    on(f"{weekday} {wall[:10]}")
    moment = datetime.fromisoformat(wall).replace(tzinfo=UTC if utc else ZoneInfo(place or zone))
    assert moment.utcoffset() == moment.replace(fold=1).utcoffset(), (
        f"{text}: the clock skips this time, or shows it twice"
    )
    return moment


def amount(text: str) -> timedelta:
    """ "1h", "30min", "55 days" (of 24 hours)."""
    match = re.fullmatch(r"(\d+) ?(min|h|days)", text)
    assert match, f'{text!r} is not written like "1h", "30min" or "55 days"'
    return int(match[1]) * UNITS[match[2]]


def written(moment: datetime | None, like: datetime) -> str:
    """An instant on the clock that the case uses for it."""
    if moment is None:
        return "none"
    local = moment.astimezone(like.tzinfo)
    return f"{WEEKDAYS[local.weekday()]} {local.isoformat(' ')}"


def short(moment: datetime | None, zone: str) -> str:
    """An instant as a case writes it: "Fri 2026-11-20 15:00"."""
    if moment is None:
        return "none"
    local = moment.astimezone(ZoneInfo(zone))
    assert not local.second, f"{local} is no whole minute"
    return f"{WEEKDAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}"


# ---------------------------------------------------------------- what happened


def life(lines: Iterable[str], zone: str, fields: dict[str, str]) -> list[Event]:
    """The events of a ticket that came in with these fields, having been written as JSON Lines and read back."""
    events = [event(line, zone, fields) for line in lines]
    log = [json.dumps({"ticket": "", **sla.event_to_data(each)}) for each in events]
    return [each for _, each in sla.read_events(log)]


def event(text: str, zone: str, fields: dict[str, str]) -> Event:  # noqa: C901, PLR0911, PLR0912 - one case an event
    """One line of a case: when, what, and in brackets how."""
    found = EVENT.fullmatch(text)
    assert found, f"{text!r} is no time with what happened, and in brackets how"
    when, what, how = at(found["time"], zone), found["what"], found["how"] or ""
    match what.split():
        case ["created"]:
            every = {**fields, **dict(assigned(each, zone) for each in listed(how) if " = " in each)}
            marks = {name: value for each in listed(how) if " = " not in each for name, value in CREATED[each].items()}
            return sla.Created(at=when, status="open", fields=tuple(every.items()), **marks)
        case ["happened", *called]:
            return sla.Happened(at=when, name=" ".join(called))
        case ["customer", "writes"]:
            return sla.Message(at=when, actor="customer", **manner(how))
        case [who, "answers"] if who in WHO:
            return sla.Message(at=when, actor=WHO[who], **manner(how))
        case ["status", status]:
            return sla.StatusChanged(at=when, status=status)
        case ["asked", "for", step]:
            return sla.Escalated(at=when, on=step)
        case ["merged", "into", ticket]:
            return sla.MergedInto(at=when, into=ticket)
        case ["merged", "from", "one", "of", *received]:
            return sla.MergedFrom(at=when, received=at(" ".join(received), zone))
        case ["taken", "over"]:
            return sla.TakenOver(at=when, reason=how.removesuffix(", with costs"), costs=how.endswith(", with costs"))
        case [metric, "promised", "for", *due, "by", author]:
            return sla.TargetOverridden(at=when, metric=metric, due=at(" ".join(due), zone), author=author)
        case [_, "=", *_]:
            name, value = assigned(what, zone)
            return sla.FieldChanged(at=when, field=name, value=value)
        case _ if what in WITH_REASON:
            return WITH_REASON[what](at=when, reason=how)
        case _:
            assert what in PLAIN, f"{text!r}: nobody reads {what!r}"
            return PLAIN[what](at=when)


def listed(how: str) -> Iterator[str]:
    """What stands in brackets, between commas."""
    return (each.strip() for each in how.split(",") if each)


def manner(how: str) -> dict[str, Any]:
    """How somebody answered."""
    marks: dict[str, Any] = {}
    for each in listed(how):
        marks |= {"channel": each.removeprefix("by ")} if each.startswith("by ") else HOW[each]
    return marks


def assigned(text: str, zone: str) -> tuple[str, str]:
    """ "priority = normal"; a time becomes an instant."""
    name, _, value = text.partition(" = ")
    return name, at(value, zone).isoformat() if TIME.fullmatch(value) else value
