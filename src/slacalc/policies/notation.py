"""How values are written in a policy: amounts, times of day, frozen models and mappings."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Annotated, Any, ClassVar, Final, Generic, TypeVar, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    PlainSerializer,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

from slacalc.arguments import nearest_first
from slacalc.business_time.amounts import format_amount, read_amount
from slacalc.calendars.hours import seconds_of_day
from slacalc.errors import PolicyError
from slacalc.policies.problems import problems_of

__all__ = ["BY_WORDS", "Amount", "By", "FrozenModel", "FrozenDict", "TimeOfDay"]

V = TypeVar("V")

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


class FrozenDict(Mapping[str, V], Generic[V]):
    """A mapping from text that cannot change and can be hashed; it keeps its order and prints like a dict."""

    __slots__ = ("_by_name",)

    def __init__(self, pairs: Mapping[str, V] | None = None) -> None:
        self._by_name = dict(pairs or {})

    def __getitem__(self, key: str) -> V:
        """Return the value of a key."""
        return self._by_name[key]

    def __iter__(self) -> Iterator[str]:
        """Return the keys in order."""
        return iter(self._by_name)

    def __len__(self) -> int:
        """Return the number of keys."""
        return len(self._by_name)

    def __hash__(self) -> int:
        """Hash the pairs, whatever their order: equal tables have equal hashes."""
        return hash(frozenset(self._by_name.items()))

    def __repr__(self) -> str:
        """Return the picture of a dict."""
        return repr(self._by_name)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate as a dict, so that errors name the key, then freeze."""
        as_dict = core_schema.dict_schema(core_schema.str_schema(), handler.generate_schema(get_args(source)[0]))
        return core_schema.no_info_before_validator_function(
            _to_dict,
            core_schema.no_info_after_validator_function(cls, as_dict),
            serialization=core_schema.plain_serializer_function_ser_schema(_dump_table),
        )


def _to_dict(value: object) -> object:
    return dict(value) if isinstance(value, FrozenDict) else value


def _dump_table(table: "FrozenDict[Any]") -> dict[str, Any]:
    return {name: _dump(value) for name, value in table.items()}


def _dump(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if hasattr(value, "to_data"):  # it knows how a file says it
        return value.to_data()
    if isinstance(value, tuple):
        return [_dump(item) for item in value]
    return _dump_table(value) if isinstance(value, FrozenDict) else value


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


Amount = Annotated[
    timedelta, *_as_text(_read_amount, format_amount, examples=["4h", "90min", "1h 30min"], title="Amount of time")
]
TimeOfDay = Annotated[str, *_as_text(_checked_time, str, pattern=_TIME_PATTERN, examples=["16:00"])]
By = Annotated[
    str,
    BeforeValidator(_checked_by),
    WithJsonSchema({"anyOf": [{"enum": list(BY_WORDS)}, {"type": "string", "pattern": _TIME_PATTERN}]}),
]
