"""How values are written in a policy: amounts, times of day, and frozen models."""

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Self, overload

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    PlainSerializer,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

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

    @classmethod
    def model_validate(cls, obj: object) -> Self:  # type: ignore[override]  # pydantic's options mean nothing here
        """Return the value of plain data. Raises PolicyError, with every problem, and never pydantic's own error."""
        if isinstance(obj, cls):
            return obj
        if not isinstance(obj, Mapping):
            raise PolicyError("value_invalid", "the value does not fit", given=obj, accepts="a table")
        return cls(**_text_keys(cls, obj))

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray) -> Self:  # type: ignore[override]  # the same
        """Return the value of JSON. Raises PolicyError like `model_validate`."""
        try:
            data = json.loads(json_data)
        except (ValueError, TypeError, RecursionError):
            raise PolicyError("value_invalid", "the value does not fit", given=json_data, accepts="JSON") from None
        return cls.model_validate(data)

    def __dir__(self) -> list[str]:
        """Return the public names, without those that pydantic has for every model."""
        return sorted(name for name in super().__dir__() if not name.startswith("_") and not hasattr(BaseModel, name))

    @model_validator(mode="wrap")
    @classmethod
    def _has_text_for_keys(cls, data: object, read: ModelWrapValidatorHandler[Self]) -> Self:
        return read(_text_keys(cls, data) if isinstance(data, Mapping) else data)


def _text_keys(kind: type[FrozenModel], data: Mapping[Any, Any]) -> Mapping[str, Any]:
    """Return data whose keys are text, as it is. Raises PolicyError."""
    if others := [key for key in data if not isinstance(key, str)]:
        accepts = ", ".join(kind.model_fields)
        raise PolicyError("key_unknown", "there is no such key here", given=others[0], accepts=accepts)
    return data


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
