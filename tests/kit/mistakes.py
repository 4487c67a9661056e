"""Thirty planted mistakes that people really make, in a small helpdesk that is right without them.

The helpdesk walks over dates and knows nothing of slacalc. Each mistake is one small change of it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import slacalc as sla
from slacalc.events.event import Created, Event, Message, Reopened
from slacalc.testing.ticket_laws import Verdict

BERLIN: Final = ZoneInfo("Europe/Berlin")
HOUR: Final = timedelta(hours=1)
MINUTE: Final = timedelta(minutes=1)
ONE_DAY: Final = timedelta(days=1)
NOTHING: Final = timedelta(0)
FIRST: Final = date(2026, 1, 1)
LAST: Final = date(2031, 1, 1)
HOLIDAY: Final = date(2026, 11, 18)
HALF_DAY: Final = date(2026, 11, 19)
WEEKDAY: Final = ((9 * 3600, 12 * 3600 + 1800), (13 * 3600, 17 * 3600))
SATURDAY: Final = ((9 * 3600, 12 * 3600),)
NIGHT: Final = ((22 * 3600, 30 * 3600),)

Windows = tuple[tuple[int, int], ...]
Pauses = Sequence[tuple[datetime, datetime]]

OFFICE: Final = sla.Calendar(
    "Europe/Berlin",
    "Mon-Fri 09:00-12:30 13:00-17:00; Sat 09:00-12:00",
    holidays=sla.FrozenHolidays.of({HOLIDAY: "Repentance Day"}, years=(2025, 2030)),
    special_days={HALF_DAY.isoformat(): "09:00-13:00"},
)
NIGHTS: Final = sla.Calendar("Europe/Berlin", "Mon-Sun 22:00-06:00")


@dataclass(frozen=True, eq=False)
class Desk:
    """An office whose hours, zone, `add`, `elapsed` and pauses are right but for one mistake.

    It is equal to nothing but itself, so that what is remembered of it is found at once.
    """

    mistake: str = ""

    # ---- hours

    def windows(self, day: date) -> Windows:  # noqa: PLR0911 - one case a mistake
        match self.mistake:
            case "a holiday is ignored" if day == HOLIDAY:
                return WEEKDAY
            case "a half day is ignored" if day == HALF_DAY:
                return WEEKDAY
            case "Saturdays are forgotten" if day.weekday() == 5:
                return ()
            case "the week is a day off":
                return _right(day + ONE_DAY)
            case "the lunch break is forgotten" if day.weekday() < 5:
                return tuple((start, 17 * 3600) for start, _ in _right(day)[:1])
            case "the closing minute counts":
                return tuple((start, end + 60) for start, end in _right(day))
            case "the last week of the year is closed" if day.month == 12 and day.day > 24:
                return ()
            case "29 February is closed" if (day.month, day.day) == (2, 29):
                return ()
            case _:
                return _right(day)

    def instant(self, day: date, seconds: int) -> datetime:
        match self.mistake:
            case "hours are in UTC":
                return datetime.combine(day, time(0), UTC) + timedelta(seconds=seconds)
            case "it is winter all year":
                return datetime.combine(day, time(0), UTC) + timedelta(seconds=seconds) - HOUR
            case _:
                return _wall(day, seconds)

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        return [(self.instant(day, start), self.instant(day, end)) for start, end in self.windows(day)]

    # ---- elapsed

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        if end < start:
            return self.elapsed(end, start) if self.mistake == "backward is positive" else -self.elapsed(end, start)
        if self.mistake == "hours are read on the clock of the question":
            start, end = _as_if_in_berlin(start), _as_if_in_berlin(end)
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        passed = _walked(self).until(end) - _walked(self).until(start)
        match self.mistake:
            case "elapsed time is cut to minutes":
                return passed // MINUTE * MINUTE
            case "a day is lost over ten days":
                return passed - 8 * HOUR if end - start > 10 * ONE_DAY and passed > 8 * HOUR else passed
            case _:
                return passed

    # ---- add

    def add(self, start: datetime, amount: timedelta) -> datetime:  # noqa: PLR0911 - one case a mistake
        match self.mistake:
            case "seconds of receipt are cut":
                return self._add(start.replace(second=0, microsecond=0), amount)
            case "receipt before opening counts" if (opened := self._later_today(start)) is not None:
                return max(opened, self._add(opened, amount) - min(opened - start, amount))
            case "weekend receipt keeps its time of day" if start.astimezone(BERLIN).weekday() == 6:
                return self._add(start + ONE_DAY, amount)
            case "evening receipt keeps its time of day" if start.astimezone(BERLIN).hour >= 17:
                return self._add(start + 16 * HOUR, amount)
            case "hours are read on the clock of the question":
                return self._add(_as_if_in_berlin(start), amount)
            case "over a hundred hours time is real" if amount > 100 * HOUR:
                return start + amount
            case "due is rounded up to quarters":
                due = self._add(start, amount)
                return due + (datetime.min.replace(tzinfo=UTC) - due) % (15 * MINUTE)
            case "due is the next opening":
                return self._next_opening(self._add(start, amount))
            case "a holiday is ignored when adding":
                return _ignoring_a_holiday().add(start, amount)
            case _:
                return self._add(start, amount)

    def _add(self, start: datetime, amount: timedelta) -> datetime:
        walk = _walked(self)
        until_due = walk.until(start.astimezone(UTC)) + amount
        place = bisect_left(walk.before, until_due) - 1
        return walk.opens[place] + (until_due - walk.before[place])

    def _next_opening(self, moment: datetime) -> datetime:
        walk = _walked(self)
        return walk.opens[bisect_right(walk.closes, moment)]

    def _later_today(self, start: datetime) -> datetime | None:
        """Return the opening of the date of receipt when it is still to come."""
        opens = next(iter(self.spans(start.astimezone(BERLIN).date())), (start, start))[0]
        return opens if opens > start else None

    # ---- pauses

    def due(self, received: datetime, amount: timedelta, pauses: Pauses) -> datetime:
        match self.mistake:
            case "pauses are added in real time":
                return self.add(received, amount) + sum((end - start for start, end in pauses), NOTHING)
            case "every pause is added to the amount":
                waited = sum((self.elapsed(start, end) for start, end in pauses), NOTHING)
                return self.add(received, amount + waited)
            case "only the first pause counts":
                return self._due(received, amount, sorted(pauses)[:1])
            case "a pause before receipt counts":
                early = sum((self.elapsed(a, min(b, received)) for a, b in pauses if a < received), NOTHING)
                return self._due(received, amount + early, pauses)
            case "pauses over a week are cut":
                return self._due(received, amount, [(a, min(b, a + 7 * ONE_DAY)) for a, b in pauses])
            case _:
                return self._due(received, amount, pauses)

    def _due(self, received: datetime, amount: timedelta, pauses: Pauses) -> datetime:
        at = received
        for start, end in sorted(pauses):
            ran = max(NOTHING, self.elapsed(at, start))
            if ran >= amount:
                break
            rewinds = self.mistake == "a contained pause rewinds the clock"
            at, amount = (end if rewinds else max(at, end)), amount - ran
        return self.add(at, amount)


class NightDesk(Desk):
    """A night shift, with a mistake of its own."""

    def windows(self, _day: date) -> Windows:
        return ((22 * 3600, 24 * 3600),) if self.mistake == "a night ends at midnight" else NIGHT

    def instant(self, day: date, seconds: int) -> datetime:
        if self.mistake == "a night has eight hours when clocks change" and seconds > 86_400:
            return _wall(day, 22 * 3600) + 8 * HOUR
        return _wall(day, seconds)


def _right(day: date) -> Windows:
    if day == HOLIDAY:
        return ()
    if day == HALF_DAY:
        return ((9 * 3600, 13 * 3600),)
    return WEEKDAY if day.weekday() < 5 else SATURDAY if day.weekday() == 5 else ()


@cache
def _ignoring_a_holiday() -> Desk:
    return Desk("a holiday is ignored")


@cache
def _wall(day: date, seconds: int) -> datetime:
    later, rest = divmod(seconds, 86_400)
    midnight = datetime.combine(day + later * ONE_DAY, time(0))
    return (midnight + timedelta(seconds=rest)).replace(tzinfo=BERLIN).astimezone(UTC)


class Walk(NamedTuple):
    """Each opening and closing of some years, in order, with the open time before each opening."""

    opens: list[datetime]
    closes: list[datetime]
    before: list[timedelta]

    def until(self, moment: datetime) -> timedelta:
        """The open time until an instant of these years."""
        last = bisect_right(self.opens, moment) - 1
        assert 0 <= last < len(self.opens) - 1, f"{moment} is not within the years that were walked"
        return self.before[last] + min(moment, self.closes[last]) - self.opens[last]


@cache
def _walked(desk: Desk) -> Walk:
    """Walk once over every date."""
    days = (FIRST + number * ONE_DAY for number in range((LAST - FIRST).days))
    opens, closes = (list(each) for each in zip(*(span for day in days for span in desk.spans(day)), strict=True))
    lengths = (closing - opening for opening, closing in zip(opens, closes, strict=True))
    return Walk(opens, closes, [NOTHING, *accumulate(lengths)])


def _as_if_in_berlin(moment: datetime) -> datetime:
    return moment.replace(tzinfo=BERLIN).astimezone(UTC)


# ---------------------------------------------------------------- tickets

POLICY: Final = {
    "name": "tickets",
    "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
    "fields": {"priority": ["urgent", "normal"]},
    "rules": [
        {"name": "urgent", "when": {"priority": "urgent"}, "calendar": "office",
         "metrics": {"first_response": {"due": {"business_hours": "2h"}}, "resolution": {"due": {"business_hours": "8h"}}}},
        {"name": "normal", "calendar": "office",
         "metrics": {"first_response": {"due": {"business_days": 0, "cutoff": "16:00"}}, "resolution": {"due": {"business_hours": "16h"}}}},
    ],
}  # fmt: skip
RIGHT: Final = sla.policy_from_data(POLICY)


@dataclass(frozen=True)
class TicketDesk:
    """A helpdesk that judges tickets as the policy does, but for one mistake."""

    mistake: str = ""
    metric: str = "first_response"

    def judge(self, events: Sequence[Event], as_of: datetime) -> Verdict:
        seen = [each for event in events if (each := self._seen(event)) is not None]
        clock = _policy_of(self.mistake).replay(seen, as_of=as_of)[self.metric]
        return Verdict(clock.due, clock.done_at)

    def _seen(self, event: Event) -> Event | None:
        match event:
            case Message(actor="agent", automated=True) if self.mistake == "an automatic reply answers":
                return Message(at=event.at, actor="agent")
            case Message(public=False) if self.mistake == "an internal note answers":
                return Message(at=event.at, actor="agent")
            case Message(holding=True) if self.mistake == "a holding reply answers":
                return Message(at=event.at, actor="agent")
            case Reopened() if self.mistake == "a reopening is forgotten":
                return None
            case Created() | _:
                return event


@cache
def _policy_of(mistake: str) -> sla.Policy:
    match mistake:
        case "a change of priority starts the clock anew":
            restart = {"on_change": "restart"}
            return sla.policy_from_data({**POLICY, "clocks": {"first_response": restart, "resolution": restart}})
        case "the cutoff is a minute early" | "the cutoff itself is before the cutoff":
            cutoff = "15:59" if "early" in mistake else "16:00:01"
            urgent, normal = POLICY["rules"]
            metrics = {**normal["metrics"], "first_response": {"due": {"business_days": 0, "cutoff": cutoff}}}  # type: ignore[index]
            return sla.policy_from_data({**POLICY, "rules": [urgent, {**normal, "metrics": metrics}]})  # type: ignore[dict-item]
        case _:
            return RIGHT


# ---------------------------------------------------------------- the list

OF_HOURS: Final = (
    "a holiday is ignored", "a holiday is ignored when adding", "a half day is ignored", "Saturdays are forgotten",
    "the week is a day off", "the lunch break is forgotten", "the closing minute counts",
    "the last week of the year is closed", "29 February is closed",
    "hours are in UTC", "it is winter all year", "hours are read on the clock of the question",
)  # fmt: skip
OF_NIGHTS: Final = ("a night ends at midnight", "a night has eight hours when clocks change")
OF_AMOUNTS: Final = (
    "backward is positive", "elapsed time is cut to minutes", "a day is lost over ten days", "seconds of receipt are cut",
    "receipt before opening counts", "weekend receipt keeps its time of day", "evening receipt keeps its time of day",
    "over a hundred hours time is real", "due is rounded up to quarters", "due is the next opening",
)  # fmt: skip
OF_PAUSES: Final = (
    "pauses are added in real time", "every pause is added to the amount", "only the first pause counts",
    "a pause before receipt counts", "pauses over a week are cut", "a contained pause rewinds the clock",
)  # fmt: skip
OF_TICKETS: Final = (
    "an automatic reply answers", "an internal note answers", "a holding reply answers", "a reopening is forgotten",
    "a change of priority starts the clock anew", "the cutoff is a minute early", "the cutoff itself is before the cutoff",
)  # fmt: skip
METRIC_OF: Final = {"a reopening is forgotten": "resolution"}
