"""Conditions: what the field of a ticket must be for a rule to match."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeAlias, assert_never, cast, get_args

from pydantic import BeforeValidator, WithJsonSchema

from slacalc.arguments import nearest_first
from slacalc.errors import PolicyError
from slacalc.policies.document.fields import NUMBER, FieldKind, ReadValue, field_text, read_number

__all__ = ["BOUND", "BOUNDS", "AnyCondition", "Compared", "Comparison", "Condition", "Operator", "plain"]

Bound: TypeAlias = Literal["over", "at_least", "under", "at_most"]
Operator: TypeAlias = Bound | Literal["not", "any", "has"]
Compared: TypeAlias = str | Decimal

BOUNDS: Final[tuple[Bound, ...]] = get_args(Bound)
_OPERATORS: Final[tuple[Operator, ...]] = (*BOUNDS, "not", "any", "has")
_MOST_DIGITS: Final = 15  # every decimal of so many digits comes back from JSON as it was
BOUND: Final = f"{NUMBER}, of at most {_MOST_DIGITS} digits"
_CONDITION: Final = "a value, a list of values, or a table such as { over = 500 }"


class Comparison(NamedTuple):
    """One operator and the values that it compares with: `over` 500."""

    operator: Operator
    values: tuple[Compared, ...]

    def holds(self, value: ReadValue | None) -> bool:
        """Tell whether the value of a field, None without one, is as the operator says."""
        if value is None:
            return self.operator == "not"
        match self.operator:
            case "over" | "at_least" | "under" | "at_most" as bound:
                return isinstance(value, Decimal) and _is_within(bound, value, cast("Decimal", self.values[0]))
            case "any":
                return self._has_one(value)
            case "not":
                return not self._has_one(value)
            case "has":
                return all(each in value for each in self.values) if isinstance(value, tuple) else False
            case _:
                assert_never(self.operator)

    def _has_one(self, value: ReadValue) -> bool:
        return not set(value).isdisjoint(self.values) if isinstance(value, tuple) else value in self.values

    def __str__(self) -> str:
        """Return the comparison in words."""
        values = [field_text(value) for value in self.values]
        match self.operator:
            case "any":
                return f"is {values[0]}" if len(values) == 1 else f"is one of {', '.join(values)}"
            case "not":
                return f"is not {values[0]}" if len(values) == 1 else f"is none of {', '.join(values)}"
            case "has":
                return f"has {' and '.join(values)}"
            case _:
                return f"is {self.operator.replace('_', ' ')} {values[0]}"


@dataclass(frozen=True, slots=True)
class Condition:
    """What one field must be: every comparison holds. A field that a ticket does not have satisfies `not` only.

    >>> from slacalc import Condition
    >>> str(Condition.read({"over": 500, "at_most": 2000}))
    'is over 500 and is at most 2000'
    """

    comparisons: tuple[Comparison, ...]

    @classmethod
    def read(cls, said: object) -> "Condition":
        """Return what a policy says: a value, a list of which one fits, or a table of operators.

        Raises PolicyError for an operator that does not exist, and for bounds with nothing between them.
        """
        if isinstance(said, Condition):
            return said
        table = said if isinstance(said, Mapping) else {"any": said}
        comparisons = tuple(_comparison(operator, value, said) for operator, value in table.items())
        if not comparisons:
            raise PolicyError(
                "condition_empty", "a condition without values matches no ticket", given={}, accepts=_CONDITION
            )
        _refuse_impossible(comparisons)
        return cls(tuple(sorted(comparisons, key=lambda each: _OPERATORS.index(each.operator))))

    def failed(self, value: ReadValue | None) -> Comparison | None:
        """Return the first comparison that a value, None without one, does not satisfy."""
        for each in self.comparisons:
            if not each.holds(value):
                return each
        return None

    def holds(self, value: ReadValue | None) -> bool:
        """Tell whether a value, None without one, satisfies every comparison."""
        return self.failed(value) is None

    def follows_from(self, other: "Condition", kind: FieldKind) -> bool:
        """Tell whether every value that the other condition lets through is let through here, as far as can be seen."""
        values = other.values_of("any")
        if values and kind != "list":
            fitting = [value for value in values if other.holds(value)]
            return bool(fitting) and all(map(self.holds, fitting))
        return all(_follows(each, other, is_list=kind == "list") for each in self.comparisons)

    def values_of(self, operator: Operator) -> tuple[Compared, ...]:
        """Return the values of an operator; none where it is not said."""
        return next((each.values for each in self.comparisons if each.operator == operator), ())

    def to_data(self) -> object:
        """Return the condition as a policy file says it, as shortly as it can."""
        said = {each.operator: [plain(value) for value in each.values] for each in self.comparisons}
        if said.keys() == {"any"}:
            return said["any"]
        return {operator: values[0] if operator in BOUNDS else values for operator, values in said.items()}

    def __str__(self) -> str:
        """Return the comparisons in words."""
        return " and ".join(map(str, self.comparisons))


_ONE: Final = {"anyOf": [{"type": "string"}, {"type": "number"}]}
_ONE_OR_MORE: Final = {"anyOf": [*_ONE["anyOf"], {"type": "array", "items": _ONE}]}
_TABLE: Final = {
    "type": "object",
    "properties": {each: {"type": "number"} if each in BOUNDS else _ONE_OR_MORE for each in _OPERATORS},
    "additionalProperties": False,
    "minProperties": 1,
}
AnyCondition = Annotated[
    Condition, BeforeValidator(Condition.read), WithJsonSchema({"anyOf": [*_ONE_OR_MORE["anyOf"], _TABLE]})
]


def plain(value: Compared) -> str | int | float:
    """Return what a value is compared with as JSON writes it."""
    if isinstance(value, str):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _comparison(operator: object, value: object, said: object) -> Comparison:
    if operator not in _OPERATORS:
        raise PolicyError(
            "operator_unknown",
            "there is no such operator",
            given=operator,
            accepts=nearest_first(operator, _OPERATORS),
            where=str(operator),
        )
    known: Operator = operator
    if known in BOUNDS:
        return Comparison(known, (_bound(value, known),))
    values = value if isinstance(value, list | tuple) else (value,)
    where = known if isinstance(said, Mapping) else ""
    return Comparison(known, tuple(dict.fromkeys(_compared(each, where) for each in values)))


def _bound(value: object, where: str) -> Decimal:
    number = read_number(value)
    if number is None or _digits(number) > _MOST_DIGITS:
        raise PolicyError("number_invalid", "this is not a number", given=value, accepts=BOUND, where=where)
    return number


def _digits(number: Decimal) -> int:
    return len("".join(map(str, number.as_tuple().digits)).rstrip("0"))


def _compared(value: object, where: str) -> Compared:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise PolicyError("value_invalid", "the value does not fit", given=value, accepts=_CONDITION, where=where)
    return _bound(value, where)


def _refuse_impossible(comparisons: Iterable[Comparison]) -> None:
    said = {each.operator: each.values[0] for each in comparisons if each.operator in BOUNDS}
    for low in ("over", "at_least"):
        for high in ("under", "at_most"):
            if low in said and high in said and not _leaves_room(low, said[low], high, said[high]):
                raise PolicyError(
                    "condition_impossible",
                    "no number is between these",
                    given=f"{low} {field_text(said[low])}, {high} {field_text(said[high])}",
                    accepts="bounds with numbers between them",
                )


def _leaves_room(low: str, lowest: Any, high: str, highest: Any) -> bool:  # noqa: ANN401 - bounds are numbers
    return bool(lowest < highest or (lowest == highest and (low, high) == ("at_least", "at_most")))


def _is_within(bound: Bound, value: Decimal, limit: Decimal) -> bool:
    match bound:
        case "over":
            return value > limit
        case "at_least":
            return value >= limit
        case "under":
            return value < limit
        case "at_most":
            return value <= limit
        case _:
            assert_never(bound)


def _follows(wanted: Comparison, other: Condition, *, is_list: bool) -> bool:
    match wanted.operator:
        case "over" | "at_least" | "under" | "at_most" as bound:
            return _is_bounded(bound, cast("Decimal", wanted.values[0]), other)
        case "not" if is_list:
            return set(wanted.values) <= set(other.values_of("not"))
        case "not":
            return not any(other.holds(value) for value in wanted.values)
        case "any":
            return is_list and _has_one_of(set(wanted.values), other)
        case "has":
            return set(wanted.values) <= _had(other)
        case _:
            assert_never(wanted.operator)


def _is_bounded(bound: Bound, limit: Decimal, other: Condition) -> bool:
    """Tell whether the bounds of the other condition keep all its numbers within a bound."""
    strict: Bound = "over" if bound in {"over", "at_least"} else "under"
    loose: Bound = "at_least" if strict == "over" else "at_most"
    beyond = other.values_of(strict)
    at = other.values_of(loose)
    return any(_is_within(loose, cast("Decimal", value), limit) for value in beyond) or any(
        _is_within(bound, cast("Decimal", value), limit) for value in at
    )


def _has_one_of(wanted: set[Compared], other: Condition) -> bool:
    """Tell whether every list that a condition lets through has one of the values."""
    ones = set(other.values_of("any"))
    return not _had(other).isdisjoint(wanted) or bool(ones and ones <= wanted)


def _had(other: Condition) -> set[Compared]:
    """Return the texts that every list has which a condition lets through."""
    one = other.values_of("any")
    return {*other.values_of("has"), *(one if len(one) == 1 else ())}
