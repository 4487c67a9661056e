"""Events as fields of pydantic: the `kind` in the data decides, and what does not fit is refused as in a log."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, Final, get_type_hints

from slacalc.events.event import KINDS, bad_event
from slacalc.events.json_lines import event_from_data, event_to_data
from slacalc.forms import field_schema, type_schema

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

__all__ = ["any_event_schema", "event_field", "event_schema"]

_NAMES: Final[Mapping[type, str]] = {kind: name for name, kind in KINDS.items()}
_FIELDS: Final = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean", "array", "null"]}}


def event_field(*kinds: type) -> "CoreSchema":
    """Return how pydantic reads and dumps events of some kinds."""

    def read(data: Any) -> object:  # noqa: ANN401 - event_from_data refuses what is no mapping
        event = event_from_data(data)
        if not isinstance(event, kinds):
            accepts = ", ".join(_NAMES[kind] for kind in kinds)
            raise bad_event("event_kind_unknown", "an event of another kind", _NAMES[type(event)], accepts, "kind")
        return event

    return field_schema(kinds, read, event_to_data, "an event")


def event_schema(kind: type) -> dict[str, Any]:
    """Return the JSON Schema of one kind of event."""
    types = get_type_hints(kind)
    told: Any = kind
    members = {each.name: _FIELDS if each.name == "fields" else type_schema(types[each.name]) for each in fields(told)}
    needed = [each.name for each in fields(told) if each.default is MISSING]
    return {
        "type": "object",
        "title": kind.__name__,
        "properties": {"kind": {"const": _NAMES[kind]}, "ticket": {"type": ["string", "integer"]}, **members},
        "required": ["kind", *needed],
        "additionalProperties": False,
    }


def any_event_schema() -> dict[str, Any]:
    """Return the JSON Schema of any event."""
    return {"title": "Event", "oneOf": [event_schema(kind) for kind in KINDS.values()]}
