"""How values are written in a policy: amounts, times of day, and frozen models."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Self, overload

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer, ValidationError, WithJsonSchema

from slacalc.arguments import nearest_first
from slacalc.business_time.amounts import format_amount, read_amount
from slacalc.calendars.hours import seconds_of_day
from slacalc.errors import PolicyError
from slacalc.policies.problems import problems_of

__all__ = ["BY_WORDS", "Amount", "By", "FrozenModel", "TimeOfDay"]

_TIME_PATTERN: Final = r"^\d\d:\d\d(:\d\d)?$"
BY_WORDS: Final = ("close", "opening", "same_time")


class FrozenModel(BaseModel):
    """The base of everything in a policy: immutable, hashable, and closed to unknown keys."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, arbitrary_types_allowed=True
    )

    def __init__(self, /, **data: object) -> None:
        """Check the data. Raises PolicyError, with every problem, and never pydantic's own error."""
        try:
            super().__init__(**data)
        except ValidationError as error:
            raise PolicyError.of(problems_of(error, type(self))) from None


def _checked_time(value: object, words: tuple[str, ...] = ()) -> str:
    if isinstance(value, str) and (value in words or _is_time(value)):
        return value
    named = f"{nearest_first(value, words)}, " if words else ""
    raise PolicyError(
        "time_of_day_invalid",
        "this is not a time of day",
        given=value,
        accepts=f"{named}HH:MM or HH:MM:SS from 00:00 to 24:00, as text",
    )


def _is_time(text: str) -> bool:
    try:
        seconds_of_day(text)
    except ValueError:
        return False
    return True


def _checked_by(value: object) -> str:
    return _checked_time(value, BY_WORDS)


def _as_text(read: Callable[[Any], Any], printed: Callable[[Any], str], **schema: Any) -> tuple[Any, ...]:  # noqa: ANN401 - JSON
    return (
        BeforeValidator(read),
        PlainSerializer(printed, return_type=str),
        WithJsonSchema({"type": "string", **schema}),
    )


def _read_amount(value: Any) -> timedelta:  # noqa: ANN401 - read_amount refuses what is no amount
    return read_amount(value, "")


if TYPE_CHECKING:

    class Amount:
        """An amount of time, which may be given as text."""

        @overload
        def __get__(self, model: None, kind: type) -> Self: ...
        @overload
        def __get__(self, model: object, kind: type) -> timedelta: ...
        def __get__(self, model: object, kind: type) -> Self | timedelta: ...
        def __set__(self, model: object, amount: timedelta | str) -> None: ...

else:
    Amount = Annotated[
        timedelta, *_as_text(_read_amount, format_amount, examples=["4h", "90min", "1h 30min"], title="Amount of time")
    ]
TimeOfDay = Annotated[str, *_as_text(_checked_time, str, pattern=_TIME_PATTERN, examples=["16:00"])]
By = Annotated[
    str,
    BeforeValidator(_checked_by),
    WithJsonSchema({"anyOf": [{"enum": list(BY_WORDS)}, {"type": "string", "pattern": _TIME_PATTERN}]}),
]
