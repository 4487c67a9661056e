"""A rule: which tickets it is for, and what they are promised on each metric."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal, NamedTuple, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    WithJsonSchema,
    model_validator,
)
from pydantic.config import JsonDict

from slacalc.business_time.amounts import format_amount, read_amount
from slacalc.errors import AmountError, PolicyError
from slacalc.policies.document.calendar_choice import CalendarChoice, NamedCalendar
from slacalc.policies.document.conditions import AnyCondition, Comparison, Condition
from slacalc.policies.document.fields import ReadValue
from slacalc.policies.frozen_dict import FrozenDict
from slacalc.policies.notation import FrozenModel
from slacalc.policies.targets.target import Target

__all__ = [
    "EscalationStep",
    "FailedCondition",
    "MetricRule",
    "OwedBy",
    "PromiseKind",
    "Rule",
    "Share",
    "Values",
    "one_as_list",
    "read_share",
]

PromiseKind: TypeAlias = Literal["owed", "typical", "best_effort"]
"""What a promise is worth: it is owed, it tells what is usual, or it tells what is tried."""
OwedBy: TypeAlias = Literal["us", "customer"]
"""Whose deadline it is."""

_OF_WHAT_IS_OWED: Final = ("objective", "warnings", "expected")
_OF_WHAT_WE_OWE: Final = ("expected", "follow_up")


def one_as_list(values: object) -> object:
    """Return a single text as a list of one; anything else as it is."""
    return [values] if isinstance(values, str) else values


def read_share(value: object) -> float:
    """Return the share that "95%" or 0.95 says. Raises PolicyError."""
    return float(_percent(value))


def _percent(value: object) -> float | Decimal:
    """Read "95%" as 0.95."""
    share = value
    if isinstance(value, str) and re.fullmatch(r"\d{1,3}(\.\d{1,6})?%", value, re.ASCII):
        share = float(Decimal(value[:-1]) / 100)
    if isinstance(share, bool) or not isinstance(share, int | float | Decimal) or not 0 < share <= 1:
        raise PolicyError(
            "share_invalid", "this is not a share", given=value, accepts='"95%", or 0.95: more than 0, up to 1'
        )
    return share


def _checked_warning(value: object) -> str:
    """Check "75%", or an amount before due."""
    if isinstance(value, str) and re.fullmatch(r"[1-9]\d?%", value):
        return value
    try:
        return format_amount(read_amount(value, ""))  # type: ignore[arg-type]  # read_amount refuses what is no text
    except AmountError as error:
        accepts = f'a share of the way from "1%" to "99%", or an amount before due: {error.accepts}'
        raise AmountError(error.code, error.problem, given=value, accepts=accepts) from None


WarningStep = Annotated[
    str, BeforeValidator(_checked_warning), WithJsonSchema({"type": "string", "examples": ["75%", "30min"]})
]
Values = Annotated[tuple[str, ...], BeforeValidator(one_as_list, json_schema_input_type=str | tuple[str, ...])]
_ShareInput = Annotated[float, Field(gt=0, le=1)] | Annotated[str, Field(pattern=r"^\d{1,3}(\.\d{1,6})?%$")]
Share = Annotated[float, BeforeValidator(_percent, json_schema_input_type=_ShareInput), Field(gt=0, le=1)]


class MetricRule(FrozenModel):
    """What a rule promises on one metric.

    `promise` says whether `due` is owed, or only typical or tried: then it is never late, and has no objective, no
    warnings and nothing expected beside it. `owed_by` says whose deadline it is: nothing is expected before a deadline
    of the customer's, and nobody asks again. `expected` is what we aim at and say, beside `due`, which we owe. `origin`
    names an instant other than receipt to count from. `follow_up` is when the customer should ask again, never before
    due. `warnings` are shares of the way to due ("75%") or amounts before it ("30min"). `objective` is the share of
    tickets that should be met. `pauses_move` lets pauses move a due time that names a date.
    """

    due: Target
    promise: PromiseKind = "owed"
    owed_by: OwedBy = "us"
    expected: Target | None = None
    follow_up: Target | None = None
    calendar: StrictStr | None = None
    origin: StrictStr | None = None
    objective: Share | None = None
    warnings: tuple[WarningStep, ...] = ()
    pauses_move: StrictBool = False

    @model_validator(mode="after")
    def _says_what_fits_its_kind(self) -> Self:
        if problems := [*_misplaced_keys(self)]:
            raise PolicyError.of(problems)
        return self

    @property
    def is_owed(self) -> bool:
        """Whether it can be late (rule 6)."""
        return self.promise == "owed"


def _misplaced_keys(metric: MetricRule) -> Iterator[PolicyError]:
    """Return each key that says something of a promise of another kind."""
    if not metric.is_owed:
        where_owed = f'leave it out; or promise = "owed", which is the default, instead of "{metric.promise}"'
        yield from _not_fitting(metric, _OF_WHAT_IS_OWED, "what is not owed", where_owed)
        if metric.owed_by != "us":
            yield PolicyError(
                "key_not_fitting",
                "what is not owed is owed by nobody",
                given=metric.owed_by,
                accepts=where_owed,
                where="owed_by",
            )
    elif metric.owed_by == "customer":
        where_ours = 'leave it out; or owed_by = "us", which is the default'
        yield from _not_fitting(metric, _OF_WHAT_WE_OWE, "what the customer owes", where_ours)


def _not_fitting(metric: MetricRule, keys: Iterable[str], told: str, accepts: str) -> Iterator[PolicyError]:
    for key in keys:
        if said := getattr(metric, key):
            given = list(said) if isinstance(said, tuple) else said if isinstance(said, float) else str(said)
            yield PolicyError(
                "key_not_fitting", f"{key} does not go with {told}", given=given, accepts=accepts, where=key
            )


class EscalationStep(FrozenModel):
    """Who is next when there is no good answer: after a time, or when an event asks for it."""

    to: str
    after: Target | None = None
    on: str | None = None

    @model_validator(mode="after")
    def _is_reached_one_way(self) -> Self:
        if (self.after is None) == (self.on is None):
            raise PolicyError(
                "escalation_step_unclear",
                "a step is reached after a time or on an event",
                given=self.to,
                accepts='after = {...} or on = "...", one of them',
            )
        return self


class FailedCondition(NamedTuple):
    """A comparison that the value of a field does not satisfy; `given` is None for a field that is missing.

    `or_else` are those of the other tables of an `any_of`: one of them would do, too.
    """

    field: str
    comparison: Comparison
    given: ReadValue | None
    or_else: tuple["FailedCondition", ...] = ()


def _refuse_empty(alternatives: tuple[FrozenDict[Condition], ...]) -> tuple[FrozenDict[Condition], ...]:
    for place, each in enumerate(alternatives):
        if not each:
            problem = "a table without conditions holds for every ticket"
            raise PolicyError("condition_empty", problem, given={}, accepts="one or more fields").at(place)
    return alternatives


_NEEDS_A_CALENDAR: Final[JsonDict] = {
    "anyOf": [
        {"required": ["calendar"]},
        {"properties": {"metrics": {"additionalProperties": {"required": ["calendar"]}}}},
    ]
}


class Rule(FrozenModel):
    """Which tickets, and what they are promised.

    It is for tickets of which every field is as its condition in `when` says, and all of one of the tables of `any_of`.
    `calendar` is needed for metrics that do not name their own. `rank` orders the queue, the smallest first.
    `escalation` replaces that of the policy.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(json_schema_extra=_NEEDS_A_CALENDAR)

    name: str = Field(min_length=1)
    when: FrozenDict[AnyCondition] = Field(default_factory=FrozenDict)
    any_of: Annotated[tuple[FrozenDict[AnyCondition], ...], AfterValidator(_refuse_empty), Field(min_length=1)] = ()
    calendar: NamedCalendar = None
    rank: int = Field(default=0, strict=True)
    metrics: FrozenDict[MetricRule]
    escalation: tuple[EscalationStep, ...] | None = None

    @property
    def tested_fields(self) -> frozenset[str]:
        """The fields that decide whether the rule matches, and by which calendar."""
        chosen = {self.calendar.field} if isinstance(self.calendar, CalendarChoice) else set()
        return frozenset(chosen.union(self.when, *self.any_of))

    def calendars_of(self, metric: str) -> tuple[str, ...]:
        """Return the name of the calendar of a metric; of one that a field chooses, the names of all."""
        match self.metrics[metric].calendar or self.calendar:
            case CalendarChoice() as choice:
                return choice.names
            case str() as name:
                return (name,)
            case _:
                return ()

    def matches(self, values: Mapping[str, ReadValue | None]) -> bool:
        """Tell whether the values of a ticket's fields satisfy the conditions."""
        return _all_hold(self.when, values) and (
            not self.any_of or any(_all_hold(each, values) for each in self.any_of)
        )

    def failures(self, values: Mapping[str, ReadValue | None]) -> Iterator[FailedCondition]:
        """Return the conditions that do not hold, each with its first comparison that fails: `any_of` is one."""
        yield from _failures(self.when, values)
        ways = [next(_failures(each, values), None) for each in self.any_of]
        missed = tuple(each for each in ways if each is not None)
        if missed and len(missed) == len(ways):
            yield missed[0]._replace(or_else=missed[1:])


def _all_hold(conditions: Mapping[str, Condition], values: Mapping[str, ReadValue | None]) -> bool:
    for name, condition in conditions.items():  # noqa: SIM110 - `all` takes twice as long over so few
        if not condition.holds(values.get(name)):
            return False
    return True


def _failures(conditions: Mapping[str, Condition], values: Mapping[str, ReadValue | None]) -> Iterator[FailedCondition]:
    for name, condition in conditions.items():
        value = values.get(name)
        if (failed := condition.failed(value)) is not None:
            yield FailedCondition(name, failed, value)
