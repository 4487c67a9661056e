"""What does not go with a field in a condition: an operator of another kind of field, a value that it cannot have."""

from collections.abc import Iterable, Iterator, Mapping

from slacalc.arguments import nearest_first
from slacalc.errors import PolicyError, SlaError
from slacalc.policies.document.conditions import BOUND, BOUNDS, Compared, Comparison, Condition, Operator, plain
from slacalc.policies.document.fields import STANDARD_FIELDS, FieldKind, kind_of, no_value, read_field

__all__ = ["misfits"]


def misfits(declared: Mapping[str, FieldKind], name: str, said: object) -> Iterator[SlaError]:
    """Return what does not go with the field in a condition; what is wrong with it by itself, the model tells."""
    try:
        kind = kind_of(declared, name)
    except PolicyError as error:
        yield error
        return
    try:
        condition = Condition.read(said)
    except PolicyError:
        return
    for each in condition.comparisons:
        where = (name, each.operator) if isinstance(said, Mapping) or each.operator != "any" else (name,)
        yield from (problem.placed(*where) for problem in _wrong(each, name, kind))


def _operators(kind: FieldKind) -> tuple[Operator, ...]:
    match kind:
        case "number":
            return (*BOUNDS, "not", "any")
        case "list":
            return ("has", "any", "not")
        case _:
            return ("any", "not")


def _misplaced(name: str, operator: Operator, accepted: Iterable[str], kind: FieldKind) -> PolicyError:
    fitting = "list" if operator == "has" else "number"
    is_text = isinstance(kind, tuple)
    declare = f'; or fields.{name} = "{fitting}"' if is_text and name not in STANDARD_FIELDS else ""
    return PolicyError(
        "operator_misplaced",
        f"{operator} does not go with a field that is a {'text' if is_text else kind}",
        given=operator,
        accepts=", ".join(accepted) + declare,
    )


def _wrong(comparison: Comparison, name: str, kind: FieldKind) -> Iterator[SlaError]:
    accepted = _operators(kind)
    if comparison.operator not in accepted:
        yield _misplaced(name, comparison.operator, accepted, kind)
    elif not comparison.values:
        no_ticket = comparison.operator == "any"
        yield PolicyError(
            "condition_empty",
            "a condition without values matches no ticket" if no_ticket else "an operator without values says nothing",
            given=[],
            accepts="one or more values",
        )
    for value in comparison.values if comparison.operator in accepted else ():
        if (problem := _wrong_value(value, name, kind)) is not None:
            yield problem


def _wrong_value(value: Compared, name: str, kind: FieldKind) -> PolicyError | None:
    """Return what is wrong with a value that a field of this kind is compared with."""
    if kind == "number":
        problem = PolicyError("number_invalid", "this is not a number", given=value, accepts=BOUND)
        return problem if isinstance(value, str) else None
    if kind == "list":
        fits = isinstance(value, str) and value.strip() == value and value and "," not in value
        return None if fits else no_value(name, plain(value), 'one text each, such as "vip", without a comma')
    if not isinstance(value, str):  # a ticket's 5 is read as "5", a condition says what it means
        return no_value(name, plain(value), nearest_first(value, kind) or "text")
    try:
        read_field({name: kind}, name, plain(value))
    except PolicyError as error:
        return error
    return None
