"""Random offices, targets and tickets as questions for the proved model, and slacalc's own answers to them.

An instant is an integer of microseconds, as the model has it. The spans and working dates that the model is given are
slacalc's own: what is compared is what is made of them. How hours become spans is the walker's to judge (tests/oracle.py).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

import slacalc as sla

Json: TypeAlias = Any

ZONES: Final = (
    *("Europe/Berlin", "Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Chatham"),
    *("Africa/Cairo", "America/Santiago", "Atlantic/Azores", "UTC"),
)
HOURS: Final = (
    *("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-12:30 13:30-17:00; Sat 09:00-12:00", "24/7", "Mon-Sun 00:00-24:00"),
    *("Mon-Fri 22:00-06:00", "Mon-Thu 08:00-18:00; Fri 08:00-12:00", "Mon,Wed,Fri 10:00-10:15 16:00-23:59"),
    *("Sun 00:00-03:30; Tue-Wed 02:00-02:30", "Mon-Sun 06:00-14:00 14:30-22:00", "Sat-Sun 09:00-13:00"),
)
BY: Final = ("close", "opening", "09:00", "12:00", "16:30", "24:00")
CUTOFFS: Final = (None, None, "12:00", "16:00")
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
ONE: Final = timedelta(microseconds=1)
QUARTER: Final = timedelta(minutes=15)
MINUTE: Final = 60_000_000
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)
RULES: Final = 4  # ways in which a ticket can be promised an answer
QUESTIONS: Final = 500


@dataclass(frozen=True)
class Case:
    """A line for the model, and for each of its questions slacalc's answer."""

    line: Json
    answers: list[Json]


def cases(seed: int) -> Iterator[Case]:
    """Return cases without end, the same for a seed, of 500 questions each."""
    draw = Random(seed)  # noqa: S311 - examples, no secrets
    while True:
        yield _case(draw)


def us(moment: datetime) -> int:
    """Return an instant as the model has it."""
    return (moment - EPOCH) // ONE


def moment(instant: int) -> datetime:
    """Return an instant of the model as slacalc takes it."""
    return EPOCH + instant * ONE


def _case(draw: Random) -> Case:
    said = [_hours(draw) for _ in range(2)]
    offices = [sla.Calendar(**hours) for hours in said]
    spans = [[(us(each.start), us(each.end)) for each in office.intervals(BEGIN, END)] for office in offices]
    targets = [_days_target(draw) for _ in range(2)]
    plans = [_plan(offices[0], target) for target in targets]
    desk = _desk(draw, said)
    edges = [edge for span in spans[0] + spans[1] for edge in span if 40 * DAY < edge - us(BEGIN) < 250 * DAY]
    edges += [us(BEGIN) + 100 * DAY]  # two offices that never close have none
    asked = [_question(draw, edges, offices, targets, desk) for _ in range(QUESTIONS)]
    line = {"calendars": spans, "plans": plans, "questions": [question for question, _ in asked]}
    return Case(line, [answer() for _, answer in asked])


def _hours(draw: Random) -> dict[str, Any]:
    dates = [date(2026, 1, 15) + timedelta(days=draw.randrange(300)) for _ in range(draw.randrange(6))]
    windows = ("closed", "open 09:00-13:00", "open 23:00-24:00", "closed")
    special = {day.isoformat(): draw.choice(windows) for day in dates}
    return {"zone": draw.choice(ZONES), "hours": draw.choice(HOURS), "special_days": special}


# ---------------------------------------------------------------- questions


Asked: TypeAlias = tuple[Json, Callable[[], Json]]


def _question(
    draw: Random, edges: list[int], offices: list[sla.Calendar], targets: list[sla.BusinessDays], desk: "Desk"
) -> Asked:
    number, at = draw.randrange(len(offices)), _instant(draw, edges)
    match draw.randrange(10):
        case 0 | 1 | 2:
            return _sum(draw, number, offices[number], at)
        case 3 | 4 | 5:
            return _place(draw, number, offices[number], at, _instant(draw, edges))
        case 6 | 7:
            which = draw.randrange(len(targets))
            target = targets[which]
            return ["business_days", 0, which, at, target.days], lambda: us(target.due(offices[0], moment(at)))
        case 8:
            return desk.paused(draw, at)
        case _:
            return desk.ticket(draw, at)


def _sum(draw: Random, number: int, office: sla.Calendar, at: int) -> Asked:
    amount, verb = _amount(draw), draw.choice(("add", "add", "subtract"))
    return [verb, number, at, amount], lambda: us(getattr(office, verb)(moment(at), amount * ONE))


def _place(draw: Random, number: int, office: sla.Calendar, at: int, other: int) -> Asked:
    match draw.randrange(3):
        case 0:
            return ["elapsed", number, at, other], lambda: office.elapsed(moment(at), moment(other)) // ONE
        case 1:
            return ["roll_forward", number, at], lambda: us(office.roll_forward(moment(at)))
        case _:
            return ["roll_back", number, at], lambda: us(office.roll_back(moment(at)))


def _instant(draw: Random, edges: list[int]) -> int:
    """Return an instant at an edge of the hours, a tick beside one, or anywhere in between."""
    edge = draw.choice(edges)
    return edge + draw.choice((0, 0, -1, 1, MINUTE, -MINUTE, draw.randrange(-DAY, DAY), draw.randrange(-12, 12) * HOUR))


def _amount(draw: Random) -> int:
    return draw.choice(
        (0, 1, MINUTE, HOUR, 4 * HOUR, 8 * HOUR, 3 * HOUR + 1, draw.randrange(HOUR), draw.randrange(30 * HOUR))
    )


# ---------------------------------------------------------------- working dates


def _days_target(draw: Random) -> sla.BusinessDays:
    return sla.BusinessDays(days=draw.randrange(4), by=draw.choice(BY), cutoff=draw.choice(CUTOFFS))


def _plan(office: sla.Calendar, target: sla.BusinessDays) -> list[Json]:
    """Return the working dates: each with its first opening, last close, and the instants of `by` and the cutoff."""
    dates = office.working_dates()
    days = (BEGIN.date() + timedelta(days=number) for number in range(3, (END - BEGIN).days - 3))
    return [
        [day.toordinal(), opening, close, _point(office, day, target.by, opening, close), _cutoff(office, day, target)]
        for day in days
        if (owned := dates.owned(day))
        for opening, close in [(owned[0][0], owned[-1][1])]
    ]


def _point(office: sla.Calendar, day: date, by: str, opening: int, close: int) -> int:
    named = {"opening": opening, "close": close}
    return named[by] if by in named else _reads(office.zone_info, day, by)


def _cutoff(office: sla.Calendar, day: date, target: sla.BusinessDays) -> int | None:
    return None if target.cutoff is None else _reads(office.zone_info, day, target.cutoff)


def _reads(zone: ZoneInfo, day: date, text: str) -> int:
    """Return the first instant at which the clock of the zone reads this time of the date or a later one.

    These zones change their clocks at quarters of an hour, and differ from UTC by quarters.
    """
    hour, minute = map(int, text.split(":"))
    wanted = datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute)
    at = (wanted - timedelta(hours=26)).replace(tzinfo=UTC)
    while (gap := wanted - at.astimezone(zone).replace(tzinfo=None)) > timedelta(0):
        at += max(QUARTER, gap - timedelta(hours=3))  # no clock is moved by three hours
    return us(at)


# ---------------------------------------------------------------- tickets


@dataclass(frozen=True)
class Desk:
    """A policy with four rules, by priority: each the calendar and the amount that an answer is promised in."""

    policy: sla.Policy
    rules: list[tuple[int, int]]

    def ticket(self, draw: Random, at: int) -> Asked:
        """Return a random life: pauses, changes of priority, perhaps an answer; told as of its end, or later."""
        priority = draw.randrange(RULES)
        calendar, amount = self.rules[priority]
        log: list[list[Json]] = []
        events: list[sla.Event] = [sla.Created(at=moment(at), fields={"priority": str(priority)})]
        for then in sorted({at + 1 + self._while(draw) for _ in range(draw.randrange(7))}):
            told, event = self._happening(draw, then)
            log.append([then, *told])
            events.append(event)
        as_of = max([at, *(then for then, *_ in log)]) + self._while(draw)
        return ["ticket", calendar, at, amount, log, as_of], lambda: self._answer(events, as_of)

    def paused(self, draw: Random, at: int) -> Asked:
        """Return pauses for several reasons, which touch, overlap and contain each other."""
        priority = draw.randrange(RULES)
        calendar, amount = self.rules[priority]
        pauses: list[list[int]] = []
        events: list[sla.Event] = [sla.Created(at=moment(at), fields={"priority": str(priority)})]
        for number in range(draw.randrange(5)):
            begin = at + self._while(draw)
            end = begin + self._while(draw)
            pauses.append([begin, end])
            events.append(sla.Paused(at=moment(begin), reason=str(number)))
            events.append(sla.Resumed(at=moment(end), reason=str(number)))
        events.sort(key=lambda event: event.at)
        as_of = at + 60 * DAY
        return ["due_with", calendar, pauses, at, amount], lambda: self._answer(events, as_of)[1]

    def _happening(self, draw: Random, at: int) -> tuple[list[Json], sla.Event]:
        match draw.randrange(12):
            case 0:
                return ["stop"], sla.Solved(at=moment(at))
            case 1 | 2 | 3 | 4:
                return ["pause"], sla.Paused(at=moment(at))
            case 5 | 6 | 7 | 8:
                return ["resume"], sla.Resumed(at=moment(at))
            case _:
                priority = draw.randrange(RULES)
                return ["change", *self.rules[priority]], sla.FieldChanged(
                    at=moment(at), field="priority", value=str(priority)
                )

    def _while(self, draw: Random) -> int:
        return draw.choice(
            (1, 5 * MINUTE, HOUR, draw.randrange(6 * HOUR), draw.randrange(3 * DAY), draw.randrange(9 * DAY))
        )

    def _answer(self, events: list[sla.Event], as_of: int) -> Json:
        clock = self.policy.replay(events, as_of=moment(as_of))["resolution"]
        return [clock.status, clock.due and us(clock.due), clock.breached_at and us(clock.breached_at)]


def _desk(draw: Random, offices: list[dict[str, Any]]) -> Desk:
    rules = [(draw.randrange(2), draw.choice((15, 60, 90, 240, 480, 1440)) * MINUTE) for _ in range(RULES)]
    policy = sla.Policy(
        name="desk",
        fields={"priority": [str(number) for number in range(RULES)]},
        calendars={"0": offices[0], "1": offices[1]},
        rules=[
            {
                "name": f"rule {number}",
                "when": {"priority": str(number)},
                "calendar": str(calendar),
                "metrics": {"resolution": {"due": {"business_hours": f"{amount // MINUTE}min"}}},
            }
            for number, (calendar, amount) in enumerate(rules)
        ],
        clocks={"resolution": {"stops": "solved", "pausable": True, "paused_in": [], "reopen": "new_cycle"}},
    )
    return Desk(policy, rules)


def first(count: int, seed: int) -> Iterator[Case]:
    """Return as many cases as hold so many questions."""
    return islice(cases(seed), -(-count // QUESTIONS))
