"""What the tests of other libraries state as facts, worked out anew: one file a library.

A case is a calendar, questions with what the other library answers, and the rule of ours (rules.toml) that says why we
answer the same. Where we answer something else, `ours` says what:

    [[case]]
    name = "work that fills the day"
    hours = "Mon-Fri 09:00-17:00"
    rule = "due_at_closing"
    theirs = { "add 8h to Tue 2026-03-03 09:00" = "Wed 2026-03-04 09:00" }
    ours = { "add 8h to Tue 2026-03-03 09:00" = "Tue 2026-03-03 17:00" }

The calendar is its `hours`, less its `breaks`, which may have a zone of their own (`breaks_zone`), with `holidays` (dates
that are closed), `special_days`, `versions` and a `country`; `expression` is how the other library is told the same.

A question is one of these, with times as in tests/case_words.py:

    add 8h to TIME, subtract 8h from TIME           a time
    2 business days from TIME                       a time
    elapsed from TIME to TIME                       an amount: "2h", "-2h", "2h 30min"
    open at TIME                                    "yes", "no"
    windows of DATE                                 "09:00-12:00 13:00-17:00", "none"
    next period from TIME, previous period to TIME  "TIME to TIME"
    next change after TIME                          a time, "none"

A library that has no answer and says so "refused".
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import slacalc as sla
from tests.case_words import WEEKDAYS, on
from tests.case_words import at as read_time

HERE: Final = Path(__file__).parent
DAY: Final = timedelta(days=1)
REFUSED: Final = "refused"
CALENDAR: Final = {
    "hours", "zone", "breaks", "breaks_zone", "holidays", "special_days", "versions", "country", "expression",
}  # fmt: skip
KEYS: Final = {"name", "rule", "theirs", "ours", "source", *CALENDAR}


class Peer(NamedTuple):
    """A library: what it is called, imported and was asked in."""

    library: str
    version: str
    package: str | None
    source: str


@dataclass(frozen=True)
class Case:
    """A calendar, and what a library says of it."""

    peer: Peer
    data: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.peer.library}: {self.data['name']}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.data["zone"])

    @property
    def theirs(self) -> dict[str, str]:
        return dict(self.data["theirs"])

    @property
    def ours(self) -> dict[str, str]:
        """What we answer: the same, where the case says nothing else."""
        return {**self.theirs, **self.data.get("ours", {})}

    @property
    def holidays(self) -> list[tuple[date, date]]:
        """The closed dates, each with the last one of its range."""
        ranges = [written.partition("..") for written in self.data.get("holidays", ())]
        return [(date.fromisoformat(first), date.fromisoformat(last or first)) for first, _, last in ranges]


def read(file: Path) -> list[Case]:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    peer = Peer(content["library"], content["version"], content.get("package"), content["source"])
    return [Case(peer, {"zone": content["zone"], **each}) for each in content["case"]]


RULES: Final = tomllib.loads((HERE / "rules.toml").read_text(encoding="utf-8"))
ALL: Final = [case for file in sorted(HERE.glob("*.toml")) if file.name != "rules.toml" for case in read(file)]


# ---------------------------------------------------------------- questions and answers as text


class Office(NamedTuple):
    """The questions, as functions of instants: what a library must be able to answer, each or some of them."""

    add: Callable[[datetime, timedelta], datetime] | None = None
    subtract: Callable[[datetime, timedelta], datetime] | None = None
    business_days: Callable[[datetime, int], datetime] | None = None
    elapsed: Callable[[datetime, datetime], timedelta] | None = None
    is_open: Callable[[datetime], bool] | None = None
    intervals: Callable[[datetime, datetime], list[tuple[datetime, datetime]]] | None = None
    next_period: Callable[[datetime], tuple[datetime | None, datetime | None]] | None = None
    previous_period: Callable[[datetime], tuple[datetime | None, datetime | None]] | None = None
    next_change: Callable[[datetime], datetime | None] | None = None


def answer(office: Office, question: str, zone: ZoneInfo) -> str:
    """What an office says to a question, as a case writes it."""
    for pattern, how in QUESTIONS.items():
        if found := re.fullmatch(pattern, question):
            return how(office, zone, *found.groups())
    raise AssertionError(f"nobody reads the question {question!r}")


def shown(moment: datetime | None, zone: ZoneInfo) -> str:
    """ "Tue 2026-03-03 17:00", with seconds where there are any."""
    if moment is None:
        return "none"
    local = moment.astimezone(zone)
    return f"{WEEKDAYS[local.weekday()]} {local:%Y-%m-%d %H:%M}{f':{local:%S}' if local.second else ''}"


def shown_amount(amount: timedelta) -> str:
    """ "2h", "-2h", "2h 30min", "0h"."""
    minutes = abs(amount) // timedelta(minutes=1)
    assert abs(amount) == timedelta(minutes=minutes), f"{amount} is no whole minute"
    parts = [f"{count}{unit}" for count, unit in zip(divmod(minutes, 60), ("h", "min"), strict=True) if count]
    return ("-" if amount < timedelta(0) else "") + (" ".join(parts) or "0h")


def amount(text: str) -> timedelta:
    """ "8h", "-2h", "30min"."""
    number, unit = re.fullmatch(r"(-?\d+)(h|min)", text).groups()  # type: ignore[union-attr] # a case that errs here fails
    return int(number) * timedelta(**{"hours" if unit == "h" else "minutes": 1})


def _add(office: Office, zone: ZoneInfo, added: str, start: str) -> str:
    assert office.add
    return shown(office.add(_at(start, zone), amount(added)), zone)


def _subtract(office: Office, zone: ZoneInfo, taken: str, end: str) -> str:
    assert office.subtract
    return shown(office.subtract(_at(end, zone), amount(taken)), zone)


def _business_days(office: Office, zone: ZoneInfo, days: str, start: str) -> str:
    assert office.business_days
    return shown(office.business_days(_at(start, zone), int(days)), zone)


def _elapsed(office: Office, zone: ZoneInfo, start: str, end: str) -> str:
    assert office.elapsed
    return shown_amount(office.elapsed(_at(start, zone), _at(end, zone)))


def _open(office: Office, zone: ZoneInfo, at: str) -> str:
    assert office.is_open
    return "yes" if office.is_open(_at(at, zone)) else "no"


def _windows(office: Office, zone: ZoneInfo, day: str) -> str:
    assert office.intervals
    midnight = datetime.combine(on(day), datetime.min.time(), zone)
    spans = office.intervals(midnight, datetime.combine(on(day) + DAY, datetime.min.time(), zone))
    return " ".join(_window(start.astimezone(zone), end.astimezone(zone)) for start, end in spans) or "none"


def _window(start: datetime, end: datetime) -> str:
    return f"{start:%H:%M}-{'24:00' if end.date() > start.date() else f'{end:%H:%M}'}"


def _next_period(office: Office, zone: ZoneInfo, at: str) -> str:
    assert office.next_period
    return " to ".join(shown(edge, zone) for edge in office.next_period(_at(at, zone)))


def _previous_period(office: Office, zone: ZoneInfo, at: str) -> str:
    assert office.previous_period
    return " to ".join(shown(edge, zone) for edge in office.previous_period(_at(at, zone)))


def _next_change(office: Office, zone: ZoneInfo, at: str) -> str:
    assert office.next_change
    return shown(office.next_change(_at(at, zone)), zone)


def _at(text: str, zone: ZoneInfo) -> datetime:
    return read_time(text, zone.key)


QUESTIONS: Final[Mapping[str, Callable[..., str]]] = {
    r"add (\S+) to (.+)": _add,
    r"subtract (\S+) from (.+)": _subtract,
    r"(\d+) business days? from (.+)": _business_days,
    r"elapsed from (.+) to (.+)": _elapsed,
    r"open at (.+)": _open,
    r"windows of (.+)": _windows,
    r"next period from (.+)": _next_period,
    r"previous period to (.+)": _previous_period,
    r"next change after (.+)": _next_change,
}


# ---------------------------------------------------------------- what we say


def our_answers(case: Case) -> dict[str, str]:
    """Our answers to every question of a case."""
    return {question: _ours(case, question) for question in case.theirs}


def _ours(case: Case, question: str) -> str:
    try:
        return answer(_office(calendar(case)), question, case.zone)
    except sla.SlaError:
        return REFUSED


def calendar(case: Case) -> sla.OpenTime:
    """The calendar of a case in our words."""
    closed = {f"{first}..{last}" if last > first else f"{first}": "closed" for first, last in case.holidays}
    office: sla.OpenTime = sla.Calendar(
        case.data["zone"],
        case.data["hours"],
        special_days={**closed, **case.data.get("special_days", {})},
        versions=case.data.get("versions", {}),
        holidays=case.data.get("country"),
    )
    if "breaks" not in case.data:
        return office
    return office - sla.Calendar(case.data.get("breaks_zone", case.data["zone"]), case.data["breaks"])


def _office(calendar: sla.OpenTime) -> Office:
    def next_change(at: datetime) -> datetime | None:
        edges = [edge for edge in (_edge(calendar.next_open, at), _edge(calendar.next_close, at)) if edge]
        return min(edges, default=None)

    return Office(
        calendar.add,
        calendar.subtract,
        lambda at, days: sla.BusinessDays(days=days, by="same_time").due(calendar, at),
        calendar.elapsed,
        calendar.is_open,
        lambda start, end: [(each.start, each.end) for each in calendar.intervals(start, end)],
        lambda at: (calendar.roll_forward(at), calendar.next_close(at)),
        lambda at: (calendar.previous_open(at), calendar.roll_back(at)),
        next_change,
    )


def _edge(verb: Callable[[datetime], datetime | None], at: datetime) -> datetime | None:
    """The next opening or closing, none where nothing opens or closes any more."""
    try:
        return verb(at)
    except sla.ClosedForGoodError:
        return None
