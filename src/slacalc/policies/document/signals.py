"""What begins and ends a clock: a word, or a status, a field or an event of the ticket."""

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias, get_args

from pydantic import BeforeValidator, Field

from slacalc.arguments import nearest_first
from slacalc.errors import PolicyError
from slacalc.policies.document.rules import one_as_list
from slacalc.policies.notation import FrozenModel

__all__ = [
    "OnEvent",
    "OnField",
    "OnStatus",
    "Signal",
    "Start",
    "StartWord",
    "Stop",
    "StopWord",
    "comes_again",
    "kind_of_start",
]

StartWord: TypeAlias = Literal["created", "customer_message", "first_customer_message", "answer", "taken_over"]
StopWord: TypeAlias = Literal["answer", "solved"]

_Name = Annotated[str, Field(min_length=1)]
_Names = Annotated[
    tuple[_Name, ...],
    BeforeValidator(one_as_list, json_schema_input_type=str | tuple[str, ...]),
    Field(min_length=1),
]


class OnStatus(FrozenModel):
    """When the ticket comes into one of these statuses from any other, or is created in it."""

    kind: ClassVar[str] = "status"

    status: _Names

    def is_entered(self, old: str, new: str) -> bool:
        """Tell whether a change of status enters one of them; from one of them to another does not."""
        return new in self.status and old not in self.status


class OnField(FrozenModel):
    """When a field of the ticket has a value for the first time, as it was created or later."""

    kind: ClassVar[str] = "field"

    field: _Name


class OnEvent(FrozenModel):
    """When a `Happened` event of this name comes."""

    kind: ClassVar[str] = "event"

    event: _Name


Signal: TypeAlias = OnStatus | OnField | OnEvent
_SIGNALS: Final[dict[str, type[Signal]]] = {"status": OnStatus, "field": OnField, "event": OnEvent}
_TABLES: Final = '{ status = ["..."] }, { field = "..." }, { event = "..." }'


def kind_of_start(starts: StartWord | Signal) -> str:
    """Return the word, or what kind of signal it is."""
    return starts if isinstance(starts, str) else starts.kind


def comes_again(stops: StopWord | Signal) -> bool:
    """Tell whether a clock can be ended so again and again: solving, and the first value of a field, come once."""
    return stops == "answer" or isinstance(stops, OnStatus | OnEvent)


def _reader(words: tuple[str, ...]) -> Callable[[object], object]:
    def read(said: object) -> object:
        if isinstance(said, Signal) or (isinstance(said, str) and said in words):
            return said
        if isinstance(said, Mapping):
            return _read_table(said)
        raise PolicyError("value_invalid", "the value does not fit", given=said, accepts=_accepted(said, words))

    return read


def _accepted(said: object, words: Iterable[str]) -> str:
    return f"{nearest_first(said, words)}; or a table: {_TABLES}"


def _read_table(said: Mapping[Any, Any]) -> Signal:
    if unknown := [key for key in said if key not in _SIGNALS]:
        raise PolicyError(
            "key_unknown",
            "there is no such key here",
            given=said[unknown[0]],
            accepts=nearest_first(unknown[0], _SIGNALS),
            where=str(unknown[0]),
        )
    if len(said) != 1:
        raise PolicyError("value_invalid", "the value does not fit", given=dict(said), accepts=f"one of {_TABLES}")
    ((key, _),) = said.items()
    return _SIGNALS[key](**said)


Start = Annotated[StartWord | Signal, BeforeValidator(_reader(get_args(StartWord)))]
Stop = Annotated[StopWord | Signal, BeforeValidator(_reader(get_args(StopWord)))]
