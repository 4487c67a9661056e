"""What it would have taken: the smallest target that was kept often enough, and the opening hours that were enough."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from slacalc.arguments import check_argument, nearest_first
from slacalc.business_time.amounts import format_amount
from slacalc.business_time.instants import to_us
from slacalc.calendars.ledger import told_moment
from slacalc.columns.frames import extra_frames
from slacalc.errors import MetricError, PolicyError
from slacalc.plans.answers import Answers
from slacalc.plans.asked_log import asked_log, has_events
from slacalc.plans.comparison import WhatIf, WhatIfLine
from slacalc.plans.what_if import what_if
from slacalc.policies.changed import Change
from slacalc.policies.document.rules import read_share
from slacalc.policies.policy import Policy
from slacalc.policies.targets.points import PointTarget
from slacalc.progress import Progress
from slacalc.render import Cell, MarkedLine, Tabular, TextTable, one_line
from slacalc.reports.attainment import Rows
from slacalc.reports.figures import ReportLine, share_text

__all__ = ["Required", "RequiredHours", "RequiredHoursLine", "RequiredLine", "required", "required_hours"]


class RequiredLine(NamedTuple):
    """What a rule promises on a metric, and what it could have promised.

    `received` is "inside" or "outside" where the rule has a target for each, else empty. `target` is the point that
    judges: of a range the latest. `required` is the smallest target of the same kind that would have been kept often
    enough, and `attained` how often; None where no target would, and the best that one would.
    """

    rule: str
    calendar: str
    received: str
    target: PointTarget
    tickets: int
    attainment: float | None
    required: PointTarget | None
    attained: float | None


@dataclass(frozen=True, slots=True)
class Required(Tabular):
    """The smallest target of each rule that would have been kept in a share of the tickets, as of an instant."""

    policy: str
    metric: str
    share: float
    as_of: datetime
    lines: tuple[RequiredLine, ...]

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each line, with targets as text: `pandas.DataFrame(found.to_rows())`."""
        return [{name: _text(value) for name, value in line._asdict().items()} for line in self.lines]

    def to_data(self) -> dict[str, object]:
        """Return it as plain lists, dicts, texts and numbers."""
        said = {"policy": self.policy, "metric": self.metric, "share": self.share, "as_of": self.as_of.isoformat()}
        return {**said, "lines": self.to_rows()}

    def _page(self) -> Iterator[Cell | TextTable]:
        kept = f"{self.policy}: {self.metric}, kept in {share_text(self.share)} as of "
        yield MarkedLine.of(kept, told_moment(self.as_of))
        heads = ("rule", "calendar", "received", "target", "tickets", "attainment", "required", "attained")
        rows = (
            (
                *(line.rule, line.calendar, line.received, str(line.target), str(line.tickets)),
                *(share_text(line.attainment), _none_of(line), share_text(line.attained)),
            )
            for line in self.lines
        )
        yield TextTable.of(heads, rows, caption=f"{self.metric}: the smallest targets that are kept often enough")


class RequiredHoursLine(NamedTuple):
    """One choice of opening hours: how often a metric would have been kept, whether that is enough, and what it costs.

    `open_more` is how much longer the calendars that it changes are open in a week, together; less is below zero, and
    None is not known.
    """

    change: str
    attained: float | None
    enough: bool
    open_more: timedelta | None


@dataclass(frozen=True, slots=True)
class RequiredHours(Tabular):
    """Opening hours in the order of what they cost, and which are enough to keep a metric in a share of the tickets."""

    policy: str
    metric: str
    share: float
    as_of: datetime
    attainment: float | None
    lines: tuple[RequiredHoursLine, ...]

    @property
    def least(self) -> RequiredHoursLine | None:
        """What costs least of what is enough; None where nothing is."""
        return next((line for line in self.lines if line.enough), None)

    @property
    def best(self) -> RequiredHoursLine | None:
        """What would have been kept most often, whether that is enough or not; of equals what costs least."""
        return max(self.lines, key=lambda line: -1.0 if line.attained is None else line.attained, default=None)

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each line: `pandas.DataFrame(found.to_rows())`."""
        return [line._asdict() for line in self.lines]

    def to_data(self) -> dict[str, object]:
        """Return it as plain lists, dicts, texts and numbers."""
        said = {"policy": self.policy, "metric": self.metric, "share": self.share, "as_of": self.as_of.isoformat()}
        lines = [{**line._asdict(), "open_more": _amount_text(line.open_more)} for line in self.lines]
        return {**said, "attainment": self.attainment, "lines": lines}

    def _page(self) -> Iterator[Cell | TextTable]:
        now = f"{share_text(self.attainment)} as it is" if self.attainment is not None else "nothing fell due"
        yield one_line(f"{self.policy}: {self.metric}, wanted in {share_text(self.share)}; {now}")
        rows = (
            (line.change, share_text(line.attained), "enough" if line.enough else "", _amount_text(line.open_more))
            for line in self.lines
        )
        yield TextTable.of(
            ("change", "attained", "", "open more a week"), rows, caption=f"{self.metric}, by opening hours"
        )
        if self.least is None and self.best is not None:
            yield one_line(f"none is enough; the best is {self.best.change}, with {share_text(self.best.attained)}")


def required(
    rows: Rows,
    policy: Policy,
    metric: str,
    share: float | str,
    *,
    as_of: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    columns: Mapping[str, str] | None = None,
    zone: str | ZoneInfo | None = None,
) -> Required:
    """Return the smallest target of each rule that would have been kept in a share of the tickets, as of an instant.

    It is of the kind that the rule has: an amount to the microsecond, or a number of days with the same `by`; of
    "next opening" it is an amount of business hours. `share` is more than 0, and up to 1, or "95%". Tickets are as in
    `report`, but without events. Needs the extra `frames`.

    Raises MetricError for a metric that no rule owes, PolicyError for what is no share, and LogError for a log without
    tickets, with events, or with a ticket that columns have no answer for.

    >>> from slacalc import sample_policy
    >>> from zoneinfo import ZoneInfo
    >>> monday = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> rows = [{"received": monday, "first_response": monday.replace(day=day)} for day in (23, 24, 26)]
    >>> policy, friday = sample_policy("webshop_helpdesk"), monday.replace(day=27)
    >>> print(required(rows, policy, "first_response", "60%", as_of=friday).lines[0].required)
    1 business day by close, cutoff 16:00
    """
    check_argument(policy, Policy, "policy", "a Policy, such as each of PolicyVersions.policies")
    to_us(as_of, "as_of")
    wanted = _wanted(share)
    _check_metric(policy, metric)
    with extra_frames():
        from slacalc.plans.smallest_targets import smallest_targets
    log = asked_log(
        rows, policy, as_of=as_of, by="priority", since=since, until=until, columns=columns, zone=zone, worth=bool
    )
    if log.many is None:
        raise has_events()
    return Required(policy.name, metric, wanted, as_of, tuple(smallest_targets(log.many, policy, metric, wanted)))


def required_hours(
    rows: Rows,
    policy: Policy,
    changes: Mapping[str, Change],
    metric: str,
    share: float | str,
    *,
    as_of: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    answers: Answers = "as_they_came",
    columns: Mapping[str, str] | None = None,
    zone: str | ZoneInfo | None = None,
    progress: Progress = False,
) -> RequiredHours:
    """Return changes of opening hours by what they cost, and which would have kept a metric in a share of the tickets.

    `changes`, tickets, `progress` and what is raised are as in `what_if`; metric and share are as in `required`.
    Counted is all that we owe on the metric.
    """
    wanted = _wanted(share)
    check_argument(policy, Policy, "policy", "a Policy, such as each of PolicyVersions.policies")
    _check_metric(policy, metric)
    said: dict[str, Any] = {"since": since, "until": until, "answers": answers, "columns": columns, "zone": zone}
    found = what_if(rows, policy, changes, as_of=as_of, progress=progress, **said)
    totals = {name: _total(found, name, metric) for name in changes}
    lines = (_hours_line(found, name, totals[name], wanted) for name in changes)
    ordered = sorted(lines, key=lambda line: (line.open_more is None, line.open_more or timedelta(0)))
    before = next((_attainment(each.before) for each in totals.values() if each is not None), None)
    return RequiredHours(policy.name, metric, wanted, as_of, before, tuple(ordered))


def _wanted(share: float | str) -> float:
    try:
        return read_share(share)
    except PolicyError as error:
        raise error.placed("share") from None


def _total(found: WhatIf, change: str, metric: str) -> WhatIfLine | None:
    """Return the line of all that we owe on a metric."""
    owed = (metric, "owed", "us")
    lines = [each for each in found.of(change) if (each.line.metric, each.line.kind, each.line.owed_by) == owed]
    return lines[-1] if lines else None


def _hours_line(found: WhatIf, change: str, total: WhatIfLine | None, wanted: float) -> RequiredHoursLine:
    attained = None if total is None else _attainment(total.after)
    is_enough = attained is not None and attained >= wanted
    cost: timedelta | None = timedelta(0)
    for each in found.hours:
        if each.change == change and cost is not None:
            cost = None if each.before is None or each.after is None else cost + each.after - each.before
    return RequiredHoursLine(change, attained, is_enough, cost)


def _attainment(line: ReportLine | None) -> float | None:
    return None if line is None else line.attainment


def _check_metric(policy: Policy, metric: str) -> None:
    every = (each for rule in policy.rules for each in rule.metrics.items())
    owed = dict.fromkeys(name for name, each in every if (each.promise, each.owed_by) == ("owed", "us"))
    if metric not in owed:
        problem, accepts = "we owe nothing on this metric", nearest_first(metric, owed)
        raise MetricError("metric_unpromised", problem, given=metric, accepts=accepts, where="metric")


def _none_of(line: RequiredLine) -> str:
    return "none" if line.required is None else str(line.required)


def _text(value: object) -> object:
    return value if value is None or isinstance(value, str | float | int) else str(value)


def _amount_text(amount: timedelta | None) -> str:
    return "" if amount is None else format_amount(amount)
