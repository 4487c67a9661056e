"""The calendar of a rule: named, or chosen by the value of a field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from slacalc.errors import PolicyError

__all__ = ["CalendarChoice", "NamedCalendar"]

_ACCEPTS: Final = 'a name, or a table such as { field = "office", brussels = "be", default = "nl" }'


@dataclass(frozen=True, slots=True)
class CalendarChoice:
    """Calendars by the value of a field, each value with its calendar; `default` is for every other ticket.

    >>> choice = CalendarChoice.read({"field": "office", "brussels": "be", "lisbon": "pt", "default": "nl"})
    >>> choice.by_value
    (('brussels', 'be'), ('lisbon', 'pt'))
    """

    field: str
    by_value: tuple[tuple[str, str], ...]
    default: str | None = None

    @classmethod
    def read(cls, said: object) -> "CalendarChoice":
        """Return what a table of a policy says. Raises PolicyError for what is no such table."""
        if isinstance(said, CalendarChoice):
            return said
        table = dict(said) if isinstance(said, Mapping) else {}
        wrong = [value for value in table.values() if not isinstance(value, str)]
        if not isinstance(table.get("field"), str) or len(table) == 1 or wrong:
            raise PolicyError("value_invalid", "the value does not fit", given=said, accepts=_ACCEPTS)
        field, default = table.pop("field"), table.pop("default", None)
        return cls(field, tuple(table.items()), default)

    @property
    def names(self) -> tuple[str, ...]:
        """The calendars, each once."""
        rest = () if self.default is None else (self.default,)
        return tuple(dict.fromkeys((*(name for _, name in self.by_value), *rest)))

    def to_data(self) -> dict[str, str]:
        """Return the table of a policy that says this."""
        rest = {} if self.default is None else {"default": self.default}
        return {"field": self.field, **dict(self.by_value), **rest}

    def unchosen(self, given: object) -> PolicyError:
        """Return the error for a ticket of which the field chooses no calendar."""
        return PolicyError(
            "calendar_not_chosen",
            "no calendar is named for this value of the field",
            given=given,
            accepts=", ".join([*(value for value, _ in self.by_value), "or a default in the policy"]),
            where=self.field,
        )


def _read(said: object) -> str | CalendarChoice | None:
    return said if said is None or isinstance(said, str) else CalendarChoice.read(said)


def _data(calendar: str | CalendarChoice | None) -> str | dict[str, str] | None:
    return calendar.to_data() if isinstance(calendar, CalendarChoice) else calendar


NamedCalendar = Annotated[
    str | CalendarChoice | None,
    PlainValidator(_read),
    PlainSerializer(_data),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "required": ["field"],
                    "additionalProperties": {"type": "string"},
                    "minProperties": 2,
                },
            ]
        }
    ),
]
"""How a rule says its calendar."""
