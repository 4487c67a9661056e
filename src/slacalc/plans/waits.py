"""How long the promises of a policy make one wait in a year: the longest and the median wait, exactly, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, NamedTuple

from slacalc.arguments import check_argument
from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import DAY, from_us, local_date, to_amount, to_us, wall_us
from slacalc.calendars.hours import seconds_of_day
from slacalc.calendars.ledger import reason_text, told_moment
from slacalc.calendars.open_time import OpenTime
from slacalc.errors import SlaError
from slacalc.plans.due_pieces import DueList, DuePiece, due_pieces
from slacalc.policies.document.calendar_choice import CalendarChoice
from slacalc.policies.in_force import MetricPromise
from slacalc.policies.notation import BY_WORDS
from slacalc.policies.policy import Policy
from slacalc.policies.targets.days import BusinessDays
from slacalc.policies.targets.target import AnyTarget, InsideOutside
from slacalc.render import Cell, MarkedLine, Tabular, TextTable, one_line

if TYPE_CHECKING:
    from slacalc.plans.due_columns import DueColumns

__all__ = ["WaitLine", "Waits", "promised", "waits"]

_YEAR: Final = 365 * DAY
_SURPRISING: Final = 5  # times the median


class WaitLine(NamedTuple):
    """How long one promise makes one wait: real time from receipt, or from what it counts from, to due.

    `received` is the first receipt with the longest wait, `due` when it is due, `reason` what closed meanwhile. Half of
    all receipts, taken as equally likely at every instant, wait no longer than `median`. `doubts` are what makes
    the promise another than it seems; `problem` says why nothing is known, for instance that it never opens.
    """

    rule: str
    metric: str
    calendar: str
    target: AnyTarget
    longest: timedelta | None
    received: datetime | None
    due: datetime | None
    reason: str
    median: timedelta | None
    doubts: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class Waits(Tabular):
    """How long the promises of a policy make one wait, for receipts of the 365 days from an instant on."""

    policy: str
    as_of: datetime
    lines: tuple[WaitLine, ...]

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each line, with moments and timedeltas as values: `pandas.DataFrame(found.to_rows())`."""
        return [{**line._asdict(), "target": str(line.target), "doubts": list(line.doubts)} for line in self.lines]

    def to_data(self) -> dict[str, object]:
        """Return it as plain lists, dicts, texts and numbers."""
        lines = [{name: _plain(value) for name, value in row.items()} for row in self.to_rows()]
        return {"policy": self.policy, "as_of": self.as_of.isoformat(), "lines": lines}

    def _page(self) -> Iterator[Cell | TextTable]:
        zone = f" ({self.as_of.tzname()})"
        yield MarkedLine.of(f"{self.policy}: waits of the year from ", told_moment(self.as_of), zone)
        heads = ("rule", "metric", "target", "median", "longest", "received", "reason")
        rows = ((*_words(line), line.reason or line.problem) for line in self.lines)
        yield TextTable.of(heads, rows, caption="the median and the longest wait of each promise", named_by=2)
        for line in self.lines:
            yield from (one_line(f"{line.rule}, {line.metric}: {doubt}") for doubt in line.doubts)


def waits(policy: Policy, *, as_of: datetime) -> Waits:
    """Return how long each promise of a policy makes one wait, for receipts of the 365 days from `as_of` on.

    It is computed from edges, and exact to the microsecond. Where the calendar is not known for all of that time, or
    never opens, the line says so.

    >>> from slacalc import sample_policy
    >>> from zoneinfo import ZoneInfo
    >>> december = datetime(2026, 12, 1, tzinfo=ZoneInfo("Europe/Bratislava"))
    >>> line = waits(sample_policy("b2b_marketplace"), as_of=december).lines[0]
    >>> print(line.longest, line.received)
    4 days, 16:00:00 2026-12-23 17:00:00+02:00
    """
    check_argument(policy, Policy, "policy", "a Policy, such as each of PolicyVersions.policies")
    start = to_us(as_of, "as_of")
    return Waits(policy.name, as_of, tuple(_lines(policy, start)))


def promised(policy: Policy) -> Iterator[MetricPromise]:
    """Return what each rule promises on each metric, by each of its calendars."""
    in_force = policy.in_force[0]
    for place, rule in enumerate(policy.tried_rules):
        if not isinstance(rule.calendar, CalendarChoice):
            yield from in_force.terms_of(place).metrics.values()


def _lines(policy: Policy, start: int) -> Iterator[WaitLine]:
    """Return the line of each promise; what several rules promise alike is worked out once."""
    known: dict[tuple[AnyTarget, int], WaitLine] = {}
    for found in promised(policy):
        key = found.promised.due, id(found.calendar)
        if key not in known:
            known[key] = _line(found, start)
        (name,) = found.rule.calendars_of(found.metric)
        yield known[key]._replace(rule=found.rule.name, metric=found.metric, calendar=name)


def _line(found: MetricPromise, start: int) -> WaitLine:
    target, calendar = found.promised.due, found.calendar
    (name,) = found.rule.calendars_of(found.metric)
    said = (found.rule.name, found.metric, name, target)
    try:
        pieces = _pieces(target, calendar, start, start + _YEAR)
    except SlaError as error:
        return WaitLine(*said, None, None, None, "", None, (), str(error))
    longest, median = pieces.longest(), pieces.median()
    wait = longest.due - longest.start
    received, due = (from_us(each, calendar.zone_info) for each in (longest.start, longest.due))
    doubts = (*_surprising(wait, median, target), *_unreached(target, calendar, pieces))
    reason = _reason(target, calendar, longest)
    return WaitLine(*said, to_amount(wait), received, due, reason, to_amount(median), doubts, "")


def _pieces(target: AnyTarget, calendar: OpenTime, start: int, end: int) -> "DueList | DueColumns":
    """Return the pieces of all receipts of a range: as columns, where there can be some and they tell all."""
    if find_spec("numpy"):
        from slacalc.plans.due_columns import due_columns

        found = due_columns(target, calendar, start, end)
        if found is not None:
            return found
    return DueList(tuple(due_pieces(target, calendar, start, end)))


def _reason(target: AnyTarget, calendar: OpenTime, longest: DuePiece) -> str:
    """Return what did not count on the way to due, the longest first."""
    sums: dict[str, int] = {}
    point = target.chosen(calendar, longest.start).point
    for piece in point.pieces(calendar, longest.start, longest.due):
        if piece.kind != "counted":
            reason = reason_text(piece.kind, piece.name, "")
            sums[reason] = sums.get(reason, 0) + piece.end - piece.start
    ordered = sorted(sums.items(), key=lambda each: -each[1])
    return ", ".join(f"{reason} {format_amount(_to_minutes(to_amount(length)))}" for reason, length in ordered)


def _surprising(longest: int, median: int, target: AnyTarget) -> Iterator[str]:
    if median and longest > _SURPRISING * median:
        said = f"{format_amount(_to_minutes(to_amount(longest)))}, {longest / median:.1f} times the median"
        yield f"{target} can last {said}"


def _unreached(target: AnyTarget, calendar: OpenTime, pieces: "DueList | DueColumns") -> Iterator[str]:
    """Return the point of the day at which nothing is due: it lies outside the hours of the dates that count."""
    point = None if isinstance(target, InsideOutside) else target.point
    if isinstance(point, BusinessDays) and point.by not in BY_WORDS:
        wanted, zone = seconds_of_day(point.by), calendar.zone_info
        if not any(due == wall_us(zone, local_date(due, zone), wanted) for due in pieces.every_due()):
            yield f"no receipt of the year is due at {point.by}: it is outside the hours"


def _words(line: WaitLine) -> tuple[Cell, ...]:
    longest, median = ("" if each is None else format_amount(_to_minutes(each)) for each in (line.longest, line.median))
    received = "" if line.received is None else told_moment(line.received.replace(second=0, microsecond=0))
    return (line.rule, line.metric, str(line.target), median, longest, received)


def _to_minutes(amount: timedelta) -> timedelta:
    return timedelta(minutes=round(amount / timedelta(minutes=1)))


def _plain(value: object) -> object:
    if isinstance(value, timedelta):
        return format_amount(value)
    return value.isoformat() if isinstance(value, datetime) else value
