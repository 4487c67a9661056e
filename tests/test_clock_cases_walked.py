"""The oracle that walks says of the tables of clocks what was worked out by hand: two opinions, and none of them the library's.

What the oracle does not know is left out by its name: calendar days, the same time of a date, ranges of dates, origins, merges
from a ticket that was earlier, history, ledgers, and what is told. It walks minutes here, so that it leaves out what takes seconds.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Final, cast

import pytest

import slacalc as sla
from tests import ticket_oracle
from tests.clock_oracle import Kind
from tests.oracle import Plan
from tests.test_clock_cases import ALL, AMOUNTS, BERLIN, MOMENTS, Case, amount, at, log, merged
from tests.ticket_oracle import (
    Amount,
    Answers,
    Between,
    Happening,
    Life,
    Office,
    On,
    OnEvent,
    OnField,
    OnStatus,
    Opening,
    Promise,
    Rule,
    Seen,
    Stage,
    WorkingDay,
)

BEGIN: Final = datetime(2026, 3, 1, tzinfo=BERLIN).astimezone(UTC)
DAYS: Final = 60
UNKNOWN: Final = {"ordered", "merged from one of", "status_ends_nothing", "=midnight", "=later", "=same"}
SECONDS: Final = re.compile(r"\d\d:\d\d:\d\d|'\d+s'")
SEEN: Final = {
    "status", "outcome", "rule", "origin", "due", "earliest", "elapsed", "remaining", "wall_time", "open_time", "overdue_by",
    "overdue_by_open", "done_at", "answered", "cancelled", "cancelled_at", "breached_at", "cycles", "gaps", "kind", "owed_by",
    "number_of_cycles",
}  # fmt: skip
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri")
DEFAULTS: Final[Mapping[str, dict[str, Any]]] = {
    "first_response": {},
    "next_response": {"starts": "customer_message", "after": "first_response"},
    "periodic_update": {"starts": "answer", "pausable": True},
    "resolution": {"stops": "solved", "paused_in": ["pending", "on_hold"], "pausable": True},
}


def walkable(case: Case) -> bool:
    """Whether the oracle knows all that the case speaks of."""
    is_seen = bool(set(case.data) & SEEN) and "agenda" not in case.data and case.data["policy"] in case.head["policies"]
    is_range_of_dates = case.file == "pauses_move" and "earliest" in case.data
    is_rest_of_a_date = case.file == "pauses_move" and "remaining" in case.data and case.data["status"] == "paused"
    is_known = not any(each in str(case.data) for each in UNKNOWN) and not SECONDS.search(str(case.data))
    return is_seen and not is_range_of_dates and not is_rest_of_a_date and is_known


# ---------------------------------------------------------------- the stage of a case


def stage_of(case: Case) -> Stage:
    said = merged(case.head["policies"][case.data["policy"]], case.data.get("with", {}))
    written = {name: _written(each) for name, each in case.head["calendars"].items()}  # equal ones are one office
    offices = {" ".join(map(str, each)): _office(*each) for each in written.values()}
    rules = tuple(
        _rule(each, " ".join(map(str, written[each["calendar"]]))) for each in said["rules"] if not _is_unknown(each)
    )
    metrics = {metric for each in said["rules"] for metric in each["metrics"]}
    lives = {
        metric: _life({**DEFAULTS.get(metric, {}), **said.get("clocks", {}).get(metric, {})}) for metric in metrics
    }
    return Stage(offices, rules, lives, tuple(said.get("solved_in", ())), tuple(said.get("closed_in", ())))


def _is_unknown(rule: Mapping[str, Any]) -> bool:
    """Whether its target is one that the oracle does not walk: no case that is walked comes to it."""
    said = str(rule["metrics"])
    return "calendar_days" in said or "same_time" in said or ("earliest" in said and "business_days" in said)


def _written(calendar: Mapping[str, Any]) -> tuple[str, tuple[tuple[str, str], ...]]:
    return calendar["hours"], tuple(calendar.get("special_days", {}).items())


@cache
def _office(hours: str, specials: tuple[tuple[str, str], ...]) -> Office:
    weekly = dict.fromkeys(WEEKDAYS, (_window(hours.removeprefix("Mon-Fri ")),))
    days = {
        date.fromisoformat(day): ("closed", ()) if said == "closed" else ("replaced", (_window(said),))
        for day, said in specials
    }
    return Office(Plan("Europe/Berlin", weekly, specials=days), BEGIN, DAYS)


def _window(written: str) -> tuple[int, int]:
    opens, closes = (int(each[:2]) * 3600 for each in written.split("-"))
    return opens, closes


def _rule(said: Mapping[str, Any], office: str) -> Rule:
    values = list(said.get("when", {}).values())
    promises = {metric: _promise(office, each) for metric, each in said["metrics"].items()}
    return Rule(said["name"], values[0] if values else None, promises)


def _promise(office: str, said: Mapping[str, Any]) -> Promise:
    warnings = said.get("warnings", [])
    target = _target(said["due"])
    share = None
    if warnings and isinstance(target, Amount):
        share = target.ticks - target.ticks * int(warnings[0].removesuffix("%")) // 100
    moves, kind, owed_by = said.get("pauses_move", False), said.get("promise", "owed"), said.get("owed_by", "us")
    return Promise(target, office, share, moves, kind, owed_by)


def _target(said: Mapping[str, Any]) -> Any:
    match said:
        case {"earliest": earliest, "latest": latest}:
            return Between(_target(earliest), _target(latest))
        case {"business_days": days}:
            by = said.get("by", "close")
            return WorkingDay(days, by if by in {"close", "opening"} else int(by[:2]) * 60 + int(by[3:]))
        case {"next_opening": _}:
            return Opening()
        case _:
            ((kind, text),) = said.items()
            return Amount(cast("Kind", kind), int(amount(text).total_seconds()) // 60)


def _life(said: Mapping[str, Any]) -> Life:
    told: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    told |= {name: _on(said[name]) for name in ("starts", "stops") if isinstance(said.get(name), dict)}
    if "answer" in told:
        answer: dict[str, Any] = {
            name: tuple(each) if isinstance(each, list) else each for name, each in told.pop("answer").items()
        }
        told["answers"] = Answers(**answer)
    if "pause_cap" in told:
        told["pause_cap"] = int(amount(told["pause_cap"]).total_seconds()) // 60
    return Life(**{"answers": Answers(), **told})


def _on(said: Mapping[str, Any]) -> On:
    match said:
        case {"status": statuses}:
            return OnStatus(tuple(statuses))
        case {"field": field}:
            return OnField(field)
        case _:
            return OnEvent(said["event"])


# ---------------------------------------------------------------- what happened


def happened(event: Any) -> Happening:  # noqa: C901, PLR0911, PLR0912 - one case an event
    when = tick(event.at)
    match event:
        case sla.Created():
            fields = {name: str(value) for name, value in event.fields.items()}
            owner, value = fields.pop("owner", ""), next(iter(fields.values()), "")
            return Happening(when, "created", event.actor, event.message, owner, status=event.status, value=value)
        case sla.Message():
            marks = {name: getattr(event, name) for name in ("actor", "public", "automated", "holding", "partial")}
            return Happening(when, "message", **marks)
        case sla.StatusChanged():
            return Happening(when, "status", status=event.status)
        case sla.FieldChanged(field="owner"):
            return Happening(when, "owner", owner=event.value)
        case sla.FieldChanged():
            return Happening(when, "field", value=event.value)
        case sla.Happened():
            return Happening(when, "happened", name=event.name)
        case sla.Paused():
            return Happening(when, "paused", reason=event.reason)
        case sla.Resumed():
            return Happening(when, "resumed", reason=event.reason)
        case sla.Reopened():
            return Happening(when, "reopened", status=event.status or "open")
        case sla.TargetOverridden():
            return Happening(when, "promised_by_hand", metric=event.metric, due=tick(event.due))
        case sla.MergedInto():
            return Happening(when, "merged")
        case sla.NoReplyNeeded():
            return Happening(when, "no_reply_needed")
        case sla.TakenOver():
            return Happening(when, "taken_over")
        case _:
            return Happening(when, type(event).__name__.lower())  # type: ignore[arg-type]  # Solved, Closed, Deleted


def tick(moment: datetime) -> int:
    return int((moment.astimezone(UTC) - BEGIN).total_seconds()) // 60


# ---------------------------------------------------------------- what the case says, in ticks


def said_of(case: Case) -> dict[str, object]:
    return {key: _said(key, said) for key, said in case.data.items() if key in SEEN}


def _said(key: str, said: Any) -> object:
    if key in MOMENTS:
        return None if said == "none" else tick(at(said))
    if key in AMOUNTS:
        return int(amount(said).total_seconds()) // 60
    if key == "cycles":
        return [(status, None if due == "none" else tick(at(due))) for status, due in (e.split(", due ") for e in said)]
    return said


NAMES: Final = {"outcome": "kept", "wall_time": "wall", "overdue_by": "late", "overdue_by_open": "late_open"}


def seen_of(case: Case, cycles: list[Seen], gaps: list[tuple[str, int]]) -> Iterator[tuple[str, object]]:
    for key in set(case.data) & SEEN:
        if key == "gaps":
            yield key, [code for code, _ in gaps]
        elif key == "cycles":
            yield key, [(each.status, each.due) for each in cycles]
        elif key == "number_of_cycles":
            yield key, len(cycles)
        else:
            yield key, getattr(cycles[-1], NAMES.get(key, key))


@pytest.mark.parametrize("case", [case for case in ALL if walkable(case)], ids=str)
def test_the_oracle_says_what_was_worked_out_by_hand(case: Case) -> None:
    stage = stage_of(case)
    for number, lines in enumerate(case.tellings, 1):
        cycles, gaps = ticket_oracle.look(stage, [happened(each) for each in log(lines)], tick(at(case.data["as_of"])))
        for metric in case.metrics or [""]:
            assert said_of(case) == dict(seen_of(case, cycles.get(metric, []), gaps)), f"telling {number}: {metric}"


def test_the_oracle_walks_most_of_the_cases() -> None:
    assert sum(map(walkable, ALL)) > 160
