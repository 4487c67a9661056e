"""Warn of what is doubtful in a valid policy: rules that never match, promises nobody can keep."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from slacalc.arguments import check_argument
from slacalc.business_time.instants import to_us
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.holidays import GivenHolidays
from slacalc.calendars.holidays.sets import HolidaySets
from slacalc.calendars.hours import PUBLIC_HOLIDAY, seconds_of_day
from slacalc.errors import SlaError
from slacalc.policies.calendar_checks import check_calendars
from slacalc.policies.calendar_choice_checks import check_calendar_choices
from slacalc.policies.clock_checks import check_clocks
from slacalc.policies.document.holiday_rules import HolidayRule
from slacalc.policies.document.rules import MetricRule, Rule
from slacalc.policies.hidden_rules import hidden_rules
from slacalc.policies.policy import Policy
from slacalc.policies.targets.target import AnyTarget
from slacalc.policies.warning import PolicyWarning

__all__ = ["PolicyWarning", "check_policy"]

_A_YEAR: Final = 365


def check_policy(policy: Policy, *, as_of: datetime) -> tuple[PolicyWarning, ...]:
    """Return what is doubtful in a policy, for tickets received from `as_of` on.

    Rules that can never match, values of a field for which it chooses no calendar, clocks of metrics that no rule
    promises, statuses of which nobody says which solve, keys of clocks that say nothing beside others, handing over
    where an answer is owed, a cutoff or a `by` outside the hours of every day, holiday data that ends within a year of
    `as_of`, and targets that no opening can meet. Of calendars: special days that never act, holidays that were perhaps
    not chosen, dates that can still become days off, and zones that newer data tells otherwise.
    """
    check_argument(policy, Policy, "policy", "a Policy, such as each of PolicyVersions.policies")
    to_us(as_of, "as_of")
    return (
        *_hidden_rules(policy),
        *check_calendar_choices(policy.rules, policy.fields),
        *_idle_clocks(policy),
        *_unsaid_endings(policy),
        *check_clocks(policy),
        *_short_holidays(policy, as_of.date()),
        *check_calendars(
            {name: policy.calendar(name) for name in policy.calendars}, _categories_left_out(policy), as_of
        ),
        *(
            warning
            for i, rule in enumerate(policy.rules)
            for warning in dict.fromkeys(_check_rule(policy, rule, f"rules[{i}]", as_of))
        ),
    )


def _hidden_rules(policy: Policy) -> Iterator[PolicyWarning]:
    for place, hiding in hidden_rules(policy.rules, policy.fields):
        message = f"rule {policy.rules[place].name!r} can never match: {hiding.name!r} matches first"
        yield PolicyWarning("rule_hidden", f"rules[{place}]", message)


def _categories_left_out(policy: Policy) -> set[tuple[str, str]]:
    """Return each calendar with the countries of which it leaves the categories out: ["public"] is a choice."""
    return {
        (name, holidays.country or holidays.financial or "")
        for name in policy.calendars
        for holidays in _holidays_of(policy, name)
        if holidays.categories is None
    }


def _holidays_of(policy: Policy, name: str | None) -> Iterator[HolidayRule]:
    """Return the holidays of a calendar, and of those that it extends."""
    while name is not None:
        rule = policy.calendars[name]
        if rule.holidays is not None:
            yield from rule.holidays.sets or (rule.holidays,)
        name = rule.extends


def _idle_clocks(policy: Policy) -> Iterator[PolicyWarning]:
    promised = frozenset(policy.metrics)
    for metric in policy.clocks:
        if metric not in promised:
            yield PolicyWarning(
                "clock_without_metric", f"clocks.{metric}", f"no rule promises {metric!r}, so that its clock never runs"
            )


def _unsaid_endings(policy: Policy) -> Iterator[PolicyWarning]:
    if policy.statuses and policy.solved_in is None:
        message = "no status is said to solve: statuses alone stop no clock; solved_in lists those that do, or none, []"
        yield PolicyWarning("solved_in_missing", "statuses", message)


def _short_holidays(policy: Policy, as_of: date) -> Iterator[PolicyWarning]:
    for name in policy.calendars:
        calendar = policy.calendar(name)
        holidays = None if calendar.open_on_holidays else calendar.holidays
        if holidays is not None and (date(holidays.years[1], 12, 31) - as_of).days < _A_YEAR:
            yield PolicyWarning(
                "holidays_end_soon", f"calendars.{name}.holidays", f"the holiday data ends with {holidays.years[1]}"
            )
        for each in holidays.sets if isinstance(holidays, HolidaySets) else (holidays,):
            if isinstance(each, GivenHolidays) and each.ends is not None and (each.ends - as_of).days < _A_YEAR:
                message = f"the last holiday that is given once is {each.ends}"
                yield PolicyWarning("given_holidays_end_soon", f"calendars.{name}.holidays", message)


def _check_rule(policy: Policy, rule: Rule, where: str, as_of: datetime) -> Iterator[PolicyWarning]:
    for name, metric in rule.metrics.items():
        for calendar in map(policy.calendar, rule.calendars_of(name)):
            yield from _check_metric(metric, calendar, f"{where}.metrics.{name}", as_of)


def _check_metric(metric: MetricRule, calendar: Calendar, where: str, as_of: datetime) -> Iterator[PolicyWarning]:
    for key, target in _targets(metric):
        yield from _check_target(target, calendar, f"{where}.{key}", as_of)
    if metric.expected is not None and _is_after(metric.expected, metric.due, calendar, as_of):
        message = f"{metric.expected} is expected after it is due ({metric.due})"
        yield PolicyWarning("expected_after_due", f"{where}.expected", message)


def _is_after(expected: AnyTarget, due: AnyTarget, calendar: Calendar, as_of: datetime) -> bool:
    try:
        return to_us(expected.due(calendar, as_of)) > to_us(due.due(calendar, as_of))
    except SlaError:
        return False


def _targets(metric: MetricRule) -> Iterator[tuple[str, AnyTarget]]:
    for key, target in (("due", metric.due), ("expected", metric.expected), ("follow_up", metric.follow_up)):
        if target is not None:
            yield key, target


def _check_target(target: AnyTarget, calendar: Calendar, where: str, as_of: datetime) -> Iterator[PolicyWarning]:
    for key, time in target.times_in_hours:
        if not _in_hours(calendar, time, after_opening=int(key == "cutoff")):
            said = f"the cutoff {time}" if key == "cutoff" else time
            yield PolicyWarning(f"{key}_outside_hours", where, f"{said} is outside the hours of every day")
    for branch in target.branches:
        try:
            branch.begins(calendar, as_of)
            branch.due(calendar, as_of)
        except SlaError as error:
            yield PolicyWarning("target_unreachable", where, f"{branch} cannot be met: {error.problem}")


def _in_hours(calendar: Calendar, time: str, *, after_opening: int) -> bool:
    """Tell whether a time lies between opening, or so many seconds after it, and close of some weekday."""
    weeks = (calendar.hours, *(hours for _, hours in calendar.versions))
    days = [day for hours in weeks for day in hours.windows[:PUBLIC_HOLIDAY] if day]
    return any(day[0][0] + after_opening <= seconds_of_day(time) <= day[-1][1] for day in days)
