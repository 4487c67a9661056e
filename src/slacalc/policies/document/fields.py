"""The fields that rules test: texts, numbers and lists, and how the value of one is read."""

import re
from collections.abc import Mapping
from decimal import Decimal
from numbers import Integral, Real
from typing import Annotated, Any, Final, Literal, TypeAlias, get_args

from pydantic import BeforeValidator, Discriminator, Tag

from slacalc.arguments import nearest_first
from slacalc.errors import PolicyError
from slacalc.policies.document.field_values import GivenValue, field_value

__all__ = [
    "STANDARD_FIELDS",
    "FieldKind",
    "FieldValue",
    "NUMBER",
    "KindOfField",
    "ReadValue",
    "field_text",
    "is_kind",
    "kind_of",
    "no_value",
    "read_field",
    "read_number",
    "text_of",
]

STANDARD_FIELDS: Final = ("market", "channel", "priority", "topic")
NUMBER: Final = "a number such as 500 or 12.5"

FieldValue: TypeAlias = str | int | float | Decimal | list[str] | tuple[str, ...] | set[str] | frozenset[str] | None
"""What may be said of a field: a text, a whole number or a truth, which is its JSON text; a number, as such or as text;
several texts, or one with commas between. None is not given."""
ReadValue: TypeAlias = str | Decimal | tuple[str, ...]
"""The value of a field as it is compared: a text, an exact number, or several texts."""
KindOfField: TypeAlias = Literal["number", "list"]

_WORDS: Final = get_args(KindOfField)
_NUMBER: Final = re.compile(r"[+-]?\d{1,40}(\.\d{1,40})?", re.ASCII)
_LARGEST: Final = 100  # digits before the point, or zeros after it: larger ones are no numbers of a ticket


def is_kind(declared: object) -> bool:
    """Tell whether a declaration names a kind, rather than the values of a text."""
    return isinstance(declared, str) and declared in _WORDS


def _checked_kind(declared: object) -> object:
    if is_kind(declared):
        return declared
    raise PolicyError(
        "field_kind_unknown",
        "this is no kind of field",
        given=declared,
        accepts=f"{nearest_first(declared, _WORDS)}, or a list of the values that a text may have",
    )


FieldKind = Annotated[
    Annotated[tuple[str, ...], Tag("<values>")] | Annotated[KindOfField, BeforeValidator(_checked_kind), Tag("<kind>")],
    Discriminator(lambda declared: "<values>" if isinstance(declared, list | tuple) else "<kind>"),
]


def read_field(declared: Mapping[str, FieldKind], name: str, value: object) -> ReadValue | None:
    """Return the value of a field as it is compared; None where it is not given, or a number or a list is left empty.

    Raises PolicyError for a field that is not declared, and for a value that it cannot have.
    """
    kind = kind_of(declared, name)
    given = value if type(value) is str else _given(kind, name, value)
    if given is None:
        return None
    match kind:
        case "number":
            return None if given == "" else _ticket_number(name, given, value)
        case "list":
            return _texts(name, value)
        case tuple() as values:
            return _text(name, given, value, values)


def kind_of(declared: Mapping[str, FieldKind], name: str) -> FieldKind:
    """Return what a field is: a kind, or the values of a text, none listed for any. PolicyError if it is not declared.

    The standard fields need no declaration.
    """
    if name not in declared and name not in STANDARD_FIELDS:
        raise PolicyError(
            "field_undeclared",
            "the policy declares no such field",
            given=name,
            accepts=nearest_first(name, dict.fromkeys((*STANDARD_FIELDS, *declared))),
            where=name,
        )
    return declared.get(name, ())


def read_number(value: object) -> Decimal | None:
    """Return a number exactly as it is written, 0.1 as a tenth; None for what is none."""
    if isinstance(value, bool):
        return None
    match value:
        case Decimal():
            number = value
        case Integral():
            number = Decimal(int(value))
        case Real():
            number = Decimal(repr(float(value)))
        case _:
            return None
    return number if number.is_finite() and abs(number.adjusted()) <= _LARGEST else None


def field_text(value: object) -> str:
    """Return what is said of a field as text: a number in figures, several texts with commas between."""
    match value:
        case str():
            return value
        case list() | tuple() | set() | frozenset():
            return ", ".join(map(str, value))
        case _:
            number = read_number(value)
            return str(value) if number is None else _figures(number)


def _figures(number: Decimal) -> str:
    """Return a number without zeros that say nothing."""
    figures = format(number, "f")
    return figures.rstrip("0").rstrip(".") if "." in figures else figures


def text_of(fields: Mapping[str, Any], name: str) -> str:
    """Return the text of a field; an empty one where it is left out."""
    value = fields.get(name, "")
    return value if isinstance(value, str) else ""


def no_value(name: str, value: object, accepts: str) -> PolicyError:
    """Return the error for a value that a field cannot have."""
    return PolicyError(
        "field_value_unknown", "the field cannot have this value", given=value, accepts=accepts, where=name
    )


def _given(kind: FieldKind, name: str, value: object) -> GivenValue | None:
    try:
        return field_value(value, name)
    except PolicyError:
        raise _no_number(name, value) if kind == "number" else no_value(name, value, "text") from None


def _no_number(name: str, value: object) -> PolicyError:
    return PolicyError("number_invalid", "this is not a number", given=value, accepts=NUMBER, where=name)


def _ticket_number(name: str, given: GivenValue, value: object) -> Decimal:
    number = Decimal(given) if isinstance(given, str) and _NUMBER.fullmatch(given) else read_number(given)
    if number is None:
        raise _no_number(name, value)
    return number


def _texts(name: str, value: object) -> tuple[str, ...] | None:
    parts = list(map(str.strip, value.split(","))) if isinstance(value, str) else value
    if not isinstance(parts, list | tuple | set | frozenset) or not all(map(_is_text, parts)):
        accepts = 'several texts, such as ["vip", "returns"] or "vip, returns"'
        raise no_value(name, value, accepts)
    return tuple(part for part in parts if part) or None


def _is_text(part: object) -> bool:
    """Tell whether a part of a list is a text that is one part when it is written, too."""
    return isinstance(part, str) and "," not in part and part.strip() == part


def _text(name: str, given: GivenValue, value: object, values: tuple[str, ...]) -> str:
    if not isinstance(given, str) or (values and given not in values):
        raise no_value(name, value, nearest_first(given, values) or "text")
    return given
