"""What the value of a field may come as, and its text: one rule for events, JSON, logs, promises and frames."""

from collections.abc import Sequence
from decimal import Decimal
from numbers import Integral, Real
from typing import Final, TypeAlias

from slacalc.errors import PolicyError

__all__ = ["GivenValue", "field_value", "value_text"]

GivenValue: TypeAlias = str | Decimal | tuple[str, ...]
"""The value of a field as it was given: a text, a number that is not whole, or several texts."""

_ACCEPTS: Final = "text, a whole number, true or false, a number such as 12.5, or several texts"
_LARGEST: Final = 100  # digits before the point, or zeros after it: larger ones are no numbers of a ticket


def field_value(value: object, name: str) -> GivenValue | None:
    """Return what is said of a field; None where nothing is given, as by None, NaN, NaT or NA.

    A whole number or a truth is its JSON text: 3 is "3", True is "true", and 1.0 of a column with nulls "1". Another
    number stays one, for a field that is declared a number. Raises PolicyError for anything else.
    """
    match value:
        case str():
            return value
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case list() | tuple() | set() | frozenset():
            return _several(value, name)
        case Decimal() | Integral() | Real():
            return _number(value, name)
        case _:
            return _of_a_library(value, name)


def value_text(value: GivenValue) -> str:
    """Return a value as text: a number in figures, several texts with commas between."""
    match value:
        case str():
            return value
        case Decimal():
            return format(value, "f")
        case tuple():
            return ", ".join(value)


def _several(values: Sequence[object] | set[object] | frozenset[object], name: str) -> tuple[str, ...]:
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < len(values):
        raise _refused(values, name)
    return tuple(texts if isinstance(values, list | tuple) else sorted(texts))


def _number(value: Decimal | Real | Integral, name: str) -> str | Decimal | None:
    """Return a whole number as its text, another one exactly as it is written, 0.1 as a tenth."""
    if value != value:  # noqa: PLR0124 - NaN is not itself
        return None
    number = value if isinstance(value, Decimal) else Decimal(_written(value))
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST:
        raise _refused(value, name)
    return str(int(number)) if number == number.to_integral_value() else number.normalize()


def _written(value: Real | Integral) -> str:
    return str(int(value)) if isinstance(value, Integral) else repr(float(value))


def _of_a_library(value: object, name: str) -> GivenValue | None:
    """Return the value of a scalar of numpy; None for what frames have for nothing, such as NaT and NA."""
    item = getattr(value, "item", None)
    if callable(item) and getattr(value, "ndim", 1) == 0 and type(item()) is not type(value):
        return field_value(item(), name)
    try:
        if bool(value != value):  # noqa: PLR0124 - NaT is not itself
            return None
    except TypeError:  # NA cannot tell
        return None
    raise _refused(value, name)


def _refused(value: object, name: str) -> PolicyError:
    return PolicyError(
        "field_value_unknown", "the field cannot have this value", given=value, accepts=_ACCEPTS, where=name
    )
