"""What if: how the promises of a policy would have been kept, had it said something else."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import product
from math import prod
from typing import Any, Final
from zoneinfo import ZoneInfo

from slacalc.arguments import check_argument
from slacalc.business_time.instants import to_us
from slacalc.errors import PolicyError, SlaError
from slacalc.plans.answers import Answers, check_answers
from slacalc.plans.asked_log import AskedLog, asked_log
from slacalc.plans.comparison import OpenHours, WhatIf, WhatIfLine
from slacalc.policies.changed import Change, built_of, changed_policy
from slacalc.policies.policy import Policy
from slacalc.progress import Progress, with_progress
from slacalc.reports.attainment import Rows, worth_columns
from slacalc.reports.figures import ReportLine
from slacalc.reports.tally import LineKey

__all__ = ["change_grid", "checked_changes", "what_if"]

_MOST: Final = 10_000
_CHANGES: Final = (
    'changes by name, such as {"Saturdays": {"calendars.office.hours": "Mon-Fri 09:00-17:00; Sat 09:00-12:00"}}'
)


def what_if(
    rows: Rows,
    policy: Policy,
    changes: Mapping[str, Change],
    *,
    as_of: datetime,
    by: str | Sequence[str] = "priority",
    since: datetime | None = None,
    until: datetime | None = None,
    answers: Answers = "as_they_came",
    columns: Mapping[str, str] | None = None,
    zone: str | ZoneInfo | None = None,
    progress: Progress = False,
) -> WhatIf:
    """Return how the promises of a policy were kept, and how they would have been with each of some changes.

    `changes` are named; each has values by their paths, as `Policy.replace` takes them. Figures are those of
    `report`: of the policy, and of the policy so changed. Answers stay where they were. With `answers="as_worked"`
    each comes after as much open time as it took, by the hours of the change: where somebody is there on Saturday, it
    comes sooner. Everything else is as in `report`. Tickets without events are asked all at once: many changes cost
    little more than one. With `progress` each change is told of as it is done: by tqdm, or by a callable like it.

    Raises PolicyError with what is wrong with a policy so changed, and for more than 10,000 changes; LogError for
    a log without tickets, and, for answers as worked, for one with events and for groups by when tickets were due.

    >>> from slacalc import sample_policy
    >>> from zoneinfo import ZoneInfo
    >>> friday = datetime(2026, 11, 20, 18, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> rows = [{"ticket": "7", "received": friday, "first_response": friday.replace(day=23, hour=10)}]
    >>> closed = {"no Saturdays": {"calendars.standard.hours": "Mon-Fri 09:00-17:00"}}
    >>> line = what_if(rows, sample_policy("webshop_helpdesk"), closed, as_of=friday.replace(day=24)).lines[0]
    >>> line.before.breached, line.after.breached
    (1, 0)
    """
    check_argument(policy, Policy, "policy", "a Policy, such as each of PolicyVersions.policies")
    to_us(as_of, "as_of")
    policies = checked_changes(policy, changes)
    check_answers(answers)
    worth = worth_columns if answers == "as_they_came" else bool
    log = asked_log(
        rows,
        policy,
        as_of=as_of,
        by=by,
        since=since,
        until=until,
        columns=columns,
        zone=zone,
        answers=answers,
        worth=worth,
    )
    before, problems = log.lines(policy), log.problems(policy)
    after = dict(with_progress(_after(policies, log), progress, doing="what if", total=len(policies)))
    return WhatIf(
        policy.name,
        as_of,
        log.question.grouping.names,
        tuple(line for name in policies for line in _paired(name, before, after[name], log)),
        tuple(hours for name, each in policies.items() for hours in _hours(name, policy, each, log)),
        problems,
    )


def change_grid(*axes: Mapping[str, Change]) -> dict[str, Change]:
    """Return every combination of one change of each axis, under their names: "Saturdays, 4h".

    Raises PolicyError for more than 10,000 combinations, and where two axes change the value of one path.

    >>> hours = {"as now": {}, "Saturdays": {"calendars.office.hours": "Mon-Fri 09:00-17:00; Sat 09:00-12:00"}}
    >>> targets = {f"{n}h": {"rules.all.metrics.reply.due": {"business_hours": f"{n}h"}} for n in (2, 4)}
    >>> list(change_grid(hours, targets))
    ['as now, 2h', 'as now, 4h', 'Saturdays, 2h', 'Saturdays, 4h']
    """
    for axis in axes:
        check_argument(axis, Mapping, "axes", _CHANGES)
    _refuse_many(prod(map(len, axes)))
    return {
        ", ".join(name for name, _ in chosen): _together([change for _, change in chosen])
        for chosen in product(*(axis.items() for axis in axes))
    }


def checked_changes(policy: Policy, changes: Mapping[str, Change]) -> dict[str, Policy]:
    """Return the policy of each change. Raises PolicyError with everything that is wrong, said of the change."""
    check_argument(changes, Mapping, "changes", _CHANGES)
    _refuse_many(len(changes))
    policies: dict[str, Policy] = {}
    problems, built = list[SlaError](), built_of(policy)
    for name, change in changes.items():
        try:
            policies[str(name)] = changed_policy(policy, change, built)
        except SlaError as error:
            problems += [each.at("changes", str(name)) for each in error.problems or (error,)]
    if problems:
        raise PolicyError.of(problems)
    return policies


def _refuse_many(count: int) -> None:
    if count > _MOST:
        problem = "these are too many changes at once"
        raise PolicyError("changes_too_many", problem, given=count, accepts=f"at most {_MOST}", where="changes")


def _together(changes: Sequence[Change]) -> dict[str, Any]:
    """Return several changes as one."""
    both: dict[str, Any] = {}
    for change in changes:
        check_argument(change, Mapping, "axes", _CHANGES)
        if twice := [path for path in change if path in both]:
            problem = "two axes change the value of one path"
            raise PolicyError("path_twice", problem, given=twice[0], accepts="a path in one axis", where="axes")
        both |= change
    return both


def _after(policies: Mapping[str, Policy], log: AskedLog) -> Iterator[tuple[str, tuple[ReportLine, ...]]]:
    """Return the lines of the report of each policy."""
    for alike in _by_calendars(policies):
        yield from ((name, log.lines(policies[name])) for name in alike)
        log.forget()


def _by_calendars(policies: Mapping[str, Policy]) -> Iterator[list[str]]:
    """Return the names of the policies, those with the same calendars together: what these say is kept meanwhile."""
    alike: dict[frozenset[object], list[str]] = {}
    for name, policy in policies.items():
        key = frozenset((each, policy.calendar(each)) for each in policy.calendars)
        alike.setdefault(key, []).append(name)
    yield from alike.values()


def _paired(
    name: str, before: Sequence[ReportLine], after: Sequence[ReportLine], log: AskedLog
) -> Iterator[WhatIfLine]:
    """Return the lines of both reports, those of one group and metric together, in the order of a report."""
    rank = log.question.grouping.rank
    first, then = (_by_key(lines, log.question.grouping.total) for lines in (before, after))
    for key in sorted({*first, *then}, key=lambda key: (key[0], rank(key[1].groups), key[1].order)):
        yield WhatIfLine(name, first.get(key), then.get(key))


def _by_key(lines: Sequence[ReportLine], total: tuple[str, ...]) -> dict[tuple[bool, LineKey], ReportLine]:
    """Return lines by what they are about, and whether of all tickets: these come last, whatever a group is called."""
    keys = [LineKey(line.groups, line.metric, line.kind, line.owed_by) for line in lines]
    last = {key: place for place, key in enumerate(keys)}
    return {
        (key.groups == total and last[key] == place, key): line
        for place, (key, line) in enumerate(zip(keys, lines, strict=True))
    }


def _hours(name: str, policy: Policy, changed: Policy, log: AskedLog) -> Iterator[OpenHours]:
    """Return the calendars that a change opens longer or less long."""
    for calendar in dict.fromkeys((*policy.calendars, *changed.calendars)):
        both = [each.calendar(calendar) if calendar in each.calendars else None for each in (policy, changed)]
        if both[0] != both[1]:
            yield OpenHours(name, calendar, log.open_a_week(both[0]), log.open_a_week(both[1]))
