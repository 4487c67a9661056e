"""A rule: which tickets it is for, and what they are promised on each metric."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, NamedTuple, Self

from pydantic import BeforeValidator, Field, StrictBool, StrictStr, WithJsonSchema, model_validator

from slacalc.business_time.amounts import format_amount, read_amount
from slacalc.errors import AmountError, PolicyError
from slacalc.policies.document.conditions import AnyCondition, Comparison
from slacalc.policies.document.fields import ReadValue
from slacalc.policies.notation import FrozenDict, FrozenModel
from slacalc.policies.targets.target import Target

__all__ = ["EscalationStep", "FailedCondition", "MetricRule", "Rule", "Share", "Values", "one_as_list"]


def one_as_list(values: object) -> object:
    """Return a single text as a list of one; anything else as it is."""
    return [values] if isinstance(values, str) else values


def _percent(value: object) -> object:
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

    `expected` is what we aim at and say, beside `due`, which we owe. `origin` names an
    instant other than receipt to count from. `follow_up` is when the customer should ask
    again, never before due. `warnings` are shares of the way to due ("75%") or amounts
    before it ("30min"). `objective` is the share of tickets that should be met. `pauses_move` lets
    pauses move a due time that names a date.
    """

    due: Target
    expected: Target | None = None
    follow_up: Target | None = None
    calendar: StrictStr | None = None
    origin: StrictStr | None = None
    objective: Share | None = None
    warnings: tuple[WarningStep, ...] = ()
    pauses_move: StrictBool = False


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
    """A comparison that the value of a field does not satisfy; `given` is None for a field that is missing."""

    field: str
    comparison: Comparison
    given: ReadValue | None


class Rule(FrozenModel):
    """Which tickets (`when`: every field is as its condition says), and what they are promised.

    `rank` orders the queue, the smallest first. `escalation` replaces that of the policy.
    """

    name: str = Field(min_length=1)
    when: FrozenDict[AnyCondition] = Field(default_factory=FrozenDict)
    calendar: StrictStr
    rank: int = Field(default=0, strict=True)
    metrics: FrozenDict[MetricRule]
    escalation: tuple[EscalationStep, ...] | None = None

    def matches(self, values: Mapping[str, ReadValue | None]) -> bool:
        """Tell whether the values of a ticket's fields satisfy every condition."""
        return all(condition.holds(values.get(name)) for name, condition in self.when.items())

    def failures(self, values: Mapping[str, ReadValue | None]) -> Iterator[FailedCondition]:
        """Return the conditions that do not hold, each with its first comparison that fails."""
        for name, condition in self.when.items():
            value = values.get(name)
            if (failed := condition.failed(value)) is not None:
                yield FailedCondition(name, failed, value)
