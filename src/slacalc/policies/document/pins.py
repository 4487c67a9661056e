"""Pinned holidays of a policy: a file beside it, a name that is given, or the data itself."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from slacalc.arguments import check_argument, nearest_first
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.holidays import FrozenHolidays, load_holidays
from slacalc.errors import HolidayError, PolicyError, SlaError

__all__ = ["NO_PINS", "Built", "GivenPins", "Pinned", "Pins", "read_given_pins", "said_of", "with_pins_as"]

GivenPins = Mapping[str, "FrozenHolidays | Mapping[str, Any]"]
"""Pins by name: frozen holidays, or their data."""
_ACCEPTS: Final = "a path, a name in pins, or what FrozenHolidays.to_data returns"


Built: TypeAlias = dict[tuple[Any, Calendar | None], Calendar]


@contextmanager
def said_of(key: str) -> Iterator[None]:
    """Say what goes wrong of one key."""
    try:
        yield
    except SlaError as error:
        raise error.placed(key) from None


@dataclass(frozen=True, slots=True)
class Pins:
    """Where the pins of a policy are: given by name, or files in a folder, None for nowhere.

    `live` wants what the installed package says instead. `found` are the pins that were read, by their names, and
    `built` the calendars that need not be built again, by their tables and what these extend.
    """

    folder: Path | None = None
    live: bool = False
    given: Mapping[str, FrozenHolidays] | None = None
    found: dict[str, FrozenHolidays] = field(default_factory=dict, compare=False)
    built: Built = field(default_factory=dict, compare=False)

    def read(self, pinned: str) -> FrozenHolidays:
        """Return the holidays of a name that is given, or of a file: beside the policy or in a folder there."""
        if pinned not in self.found:
            given = self.given or {}
            self.found[pinned] = given[pinned] if pinned in given else self._load(pinned)
        return self.found[pinned]

    def _load(self, pinned: str) -> FrozenHolidays:
        if self.given is not None and self.folder is None:
            raise PolicyError(
                "pin_not_given",
                "no pin of this name is given",
                given=pinned,
                accepts=nearest_first(pinned, self.given) or "a pin of this name in pins, which is empty",
                where="pinned",
            )
        path = Path(pinned)
        if self.folder is None or path.is_absolute() or ".." in path.parts:
            raise PolicyError(
                "pin_path_invalid",
                "a pin file stands beside the policy file",
                given=pinned,
                accepts="a relative path without .., in a policy loaded from a file; a name in pins; or the data",
                where="pinned",
            )
        with said_of("pinned"):
            return load_holidays(self.folder / path)


NO_PINS: Final = Pins()


def read_given_pins(given: GivenPins | None) -> dict[str, FrozenHolidays] | None:
    """Return pins by name as frozen holidays; None where none are given. Raises HolidayError for data that is none."""
    if given is None:
        return None
    check_argument(given, Mapping, "pins", "a mapping of names to frozen holidays")
    return {name: _read_given_pin(name, pin) for name, pin in given.items()}


def _read_given_pin(name: str, pin: FrozenHolidays | Mapping[str, Any]) -> FrozenHolidays:
    if isinstance(pin, FrozenHolidays):
        return pin
    try:
        return FrozenHolidays.from_data(pin)
    except HolidayError as error:
        raise error.at("pins", name) from None


def with_pins_as(calendars: Mapping[str, Any], told: Callable[[Any], object]) -> dict[str, Any]:
    """Return the data of calendars, each `pinned` in it as it is told; where that is None, without it."""
    return {name: _told_in(table, told) for name, table in calendars.items()}


def _told_in(table: Mapping[str, Any], told: Callable[[Any], object]) -> dict[str, Any]:
    said = {key: value for key, value in table.items() if key != "pinned"}
    if said.get("holidays") is not None:
        said["holidays"] = _told_in(said["holidays"], told)
    if "sets" in said:
        said["sets"] = [_told_in(each, told) for each in said["sets"]]
    if (pinned := told(table.get("pinned"))) is not None:
        said["pinned"] = pinned
    return said


def _read_pinned(pinned: object) -> str | FrozenHolidays | None:
    match pinned:
        case None | str() | FrozenHolidays():
            return pinned
        case Mapping():
            return FrozenHolidays.from_data(pinned)
        case _:
            raise PolicyError("value_invalid", "the value does not fit", given=pinned, accepts=_ACCEPTS)


def _pinned_data(pinned: str | FrozenHolidays | None) -> str | dict[str, object] | None:
    return pinned.to_data() if isinstance(pinned, FrozenHolidays) else pinned


Pinned = Annotated[
    str | FrozenHolidays | None,
    PlainValidator(_read_pinned),
    PlainSerializer(_pinned_data),
    WithJsonSchema(
        {"anyOf": [{"type": "string"}, {"type": "object", "required": ["format", "years", "digest", "dates"]}]}
    ),
]
"""How a policy says pinned holidays."""
