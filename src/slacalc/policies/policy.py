"""This module knows a policy: calendars and rules; the first rule that matches a ticket makes its promises."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import BeforeValidator, Field, PrivateAttr, ValidationInfo, field_validator, model_validator

from slacalc.business_time.instants import to_us
from slacalc.calendars.calendar import Calendar
from slacalc.errors import PolicyError, SlaError
from slacalc.policies.calendar_rules import CalendarRule, build_calendars
from slacalc.policies.notation import Frozen, Table
from slacalc.policies.promise import Promise, Promises
from slacalc.policies.targets import AnyTarget, Target, earliest

__all__ = ["STANDARD_FIELDS", "MetricRule", "Policy", "Rule"]

STANDARD_FIELDS: Final = ("market", "channel", "priority", "topic")


def _one_as_list(values: object) -> object:
    return [values] if isinstance(values, str) else values


def _percent(value: object) -> object:
    """Read "95%" as 0.95."""
    if isinstance(value, str) and value.endswith("%") and value[:-1].replace(".", "", 1).isdigit():
        return float(value[:-1]) / 100
    return value


Values = Annotated[tuple[str, ...], BeforeValidator(_one_as_list)]
Share = Annotated[float, BeforeValidator(_percent), Field(gt=0, le=1)]


class MetricRule(Frozen):
    """What a rule promises on one metric."""

    due: Target
    expected: Target | None = None
    calendar: str | None = None
    objective: Share | None = None


class Rule(Frozen):
    """Which tickets (`when`: every field is one of the values), and what they are promised."""

    name: str
    when: Table[Values] = Field(default=Table({}))
    calendar: str
    rank: int = 0
    metrics: Table[MetricRule]

    def matches(self, fields: Mapping[str, str]) -> bool:
        """Tell whether every field that the rule tests was given one of its values."""
        return all(fields.get(name) in values for name, values in self.when.items())


class Policy(Frozen):
    """Calendars, and rules in order: what is promised to whom.

    `fields` declares what rules may test beside market, channel, priority and topic, with
    the values that each may have (none listed: any). A policy checks itself when built;
    `load_policy` reads one from a file.
    """

    name: str
    description: str = ""
    fields: Table[Values] = Field(default=Table({}))
    calendars: Table[CalendarRule]
    rules: tuple[Rule, ...] = Field(min_length=1)

    _calendars: Table[Calendar] = PrivateAttr(default=Table({}))

    @field_validator("rules", mode="after")
    @classmethod
    def _name_what_exists(cls, rules: tuple[Rule, ...], info: ValidationInfo) -> tuple[Rule, ...]:
        problems = [
            problem
            for i, rule in enumerate(rules)
            for problem in (*_unknown_calendars(rule, info), *_undeclared_fields(rule, info))
            for problem in [problem.at(f"[{i}]")]
        ]
        if problems:
            raise PolicyError.of(problems)
        return rules

    @model_validator(mode="after")
    def _build(self, info: ValidationInfo) -> Self:
        said: dict[str, Any] = info.context or {}
        folder: Path | None = said.get("folder")
        try:
            self._calendars = build_calendars(self.calendars, folder, live=bool(said.get("live")))
        except SlaError as error:
            raise error.at("calendars") from None
        return self

    def calendar(self, name: str) -> Calendar:
        """Return a calendar by its name. Raises PolicyError when there is none."""
        if name not in self._calendars:
            raise PolicyError(
                "calendar_missing",
                "there is no calendar of this name",
                given=name,
                accepts=", ".join(self._calendars),
            )
        return self._calendars[name]

    def rule_for(self, **fields: str) -> Rule:
        """Return the first rule that matches. Raises PolicyError for an undeclared field or value, or when none does.

        A field that is left out matches only rules that do not test it.
        """
        for name, value in fields.items():
            _check_field(self.fields, name, value)
        for rule in self.rules:
            if rule.matches(fields):
                return rule
        raise PolicyError(
            "no_rule_matches",
            "no rule matches this ticket",
            given=fields,
            accepts="fields that a rule matches; a last rule without `when` matches everything",
            where=self.name,
        )

    def promise(self, received: datetime, **fields: str) -> Promises:
        """Return what a ticket received at an instant is promised, by metric.

        >>> from slacalc import sample_policy
        >>> from zoneinfo import ZoneInfo
        >>> policy = sample_policy("webshop_helpdesk")
        >>> friday = datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo("Europe/Brussels"))
        >>> print(policy.promise(friday, priority="normal")["first_response"].due)
        2026-11-21 12:00:00+01:00
        """
        to_us(received, "received")
        rule = self.rule_for(**fields)
        return Promises({name: self._promise(rule, name, metric, received) for name, metric in rule.metrics.items()})

    def _promise(self, rule: Rule, name: str, metric: MetricRule, received: datetime) -> Promise:
        calendar_name = metric.calendar or rule.calendar
        calendar = self.calendar(calendar_name)
        return Promise(
            metric=name,
            received=received,
            due=metric.due.due(calendar, received),
            target=metric.due,
            policy=self.name,
            rule=rule.name,
            calendar_name=calendar_name,
            calendar=calendar,
            earliest=earliest(metric.due, calendar, received),
            expected=_due(metric.expected, calendar, received),
            expected_target=metric.expected,
            objective=metric.objective,
            rank=rule.rank,
        )


def _due(target: AnyTarget | None, calendar: Calendar, received: datetime) -> datetime | None:
    return None if target is None else target.due(calendar, received)


def _check_field(declared: Table[tuple[str, ...]], name: str, value: object) -> None:
    if name not in declared and name not in STANDARD_FIELDS:
        raise PolicyError(
            "field_undeclared",
            "the policy declares no such field",
            given=name,
            accepts=", ".join(dict.fromkeys((*STANDARD_FIELDS, *declared))),
            where=name,
        )
    if not isinstance(value, str) or (declared.get(name) and value not in declared[name]):
        raise PolicyError(
            "field_value_unknown",
            "the field cannot have this value",
            given=value,
            accepts=", ".join(declared.get(name, ())) or "text",
            where=name,
        )


def _undeclared_fields(rule: Rule, info: ValidationInfo) -> Iterable[SlaError]:
    declared = info.data.get("fields", Table({}))
    for name, values in rule.when.items():
        for value in values:
            try:
                _check_field(declared, name, value)
            except PolicyError as error:
                yield error.at("when")
                break


def _unknown_calendars(rule: Rule, info: ValidationInfo) -> Iterable[SlaError]:
    known = info.data.get("calendars")
    if known is None:
        return
    places = [("calendar", rule.calendar)]
    places += [
        (f"metrics.{name}.calendar", metric.calendar) for name, metric in rule.metrics.items() if metric.calendar
    ]
    for where, name in places:
        if name not in known:
            yield PolicyError(
                "calendar_missing",
                "there is no calendar of this name",
                given=name,
                accepts=", ".join(known),
                where=where,
            )
