"""The one form of data: how a value is written as plain JSON values, read back, told as a schema, and used as a field.

A value is written member by member, as the types of its members say. Instants are ISO 8601 with their offset; the
name of their zone stands in `zone`, and in `zones` where one of them has another. Amounts are text.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime, timedelta
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, Self, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from slacalc.arguments import nearest_first
from slacalc.business_time.instants import read_zone, to_us
from slacalc.errors import DataError, SlaError

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

__all__ = ["StoredForm", "Form", "PolicyForm", "field_error", "field_schema", "read_members", "type_schema"]

Data = dict[str, Any]

_ZONE: Final = "zone"
_ZONES: Final = "zones"


class Form:
    """A value that says itself as data. `_tells` names what it tells; left out, it tells its fields.

    `_also` is told besides, and not read back. As a field of pydantic it is dumped as `to_data` says it, and data is
    refused: it cannot be read back.
    """

    __slots__ = ()
    _tells: ClassVar[tuple[str, ...]] = ()
    _also: ClassVar[tuple[str, ...]] = ()

    def to_data(self) -> Data:
        """Return the value as plain dicts, lists, texts and numbers: ISO 8601 instants, amounts as text."""
        return _written(self, "")

    def to_json(self) -> str:
        """Return the data as JSON."""
        import json  # a first answer writes nothing

        return json.dumps(self.to_data(), ensure_ascii=False)

    def __dir__(self) -> list[str]:
        """Return the public names."""
        return sorted(name for name in super().__dir__() if not name.startswith("_"))

    @classmethod
    def data_schema(cls) -> Data:
        """Return the JSON Schema (2020-12) of the data."""
        return _schema_of(cls, ()) if _says_its_members(cls) else _an_object(cls)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Validate as `from_data` reads, if it does, and dump as `to_data` writes."""
        return field_schema(cls, getattr(cls, "from_data", None), cls.to_data, cls.__name__)

    @classmethod
    def __get_pydantic_json_schema__(cls, _core: "CoreSchema", _handler: "GetJsonSchemaHandler") -> "JsonSchemaValue":
        """Return the JSON Schema of the data; of one with definitions of its own that it is an object."""
        schema = cls.data_schema()
        return _an_object(cls) if "$defs" in schema else schema


class StoredForm(Form):
    """A value that is read back from its data, and equals."""

    __slots__ = ()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the value of data that `to_data` returned. Raises DataError, and InstantError for a naive instant."""
        read: Self = _read_form(cls, data, "", cls.__name__)
        return read


class PolicyForm(Form):
    """A value whose data is read back with its policy. As a field of pydantic it is told only: requests have none."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Dump as `to_data` writes, and refuse data."""
        return field_schema(cls, None, cls.to_data, cls.__name__)


def read_members(kind: type[Form], data: object, where: str) -> Data:
    """Return what data says, by member: a target as its text, what is not read back by itself as its data."""
    return _read_members(kind, data, "", where)


def field_schema(
    kind: type | tuple[type, ...], read: Callable[[Any], Any] | None, written: Callable[[Any], Any], name: str
) -> "CoreSchema":
    """Return how pydantic validates and dumps a value: as `read` and `written` say, with the codes of our errors."""
    from pydantic_core import core_schema

    def validated(value: object) -> object:
        if isinstance(value, kind):
            return value
        try:
            if read is None:
                raise _not_read_back(name, value)
            return read(value)
        except SlaError as error:
            raise field_error(error, name) from None

    return core_schema.no_info_plain_validator_function(
        validated, serialization=core_schema.plain_serializer_function_ser_schema(written)
    )


def field_error(error: SlaError, name: str) -> Exception:
    """Return an error as pydantic's, with our code as its type; of several problems each at its own place."""
    from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

    def coded(problem: SlaError) -> PydanticCustomError:
        said = {"said": str(problem), "where": problem.where, "given": problem.given, "accepts": problem.accepts}
        return PydanticCustomError(problem.code, "{said}", said)

    if not error.problems:
        return coded(error)
    details = [InitErrorDetails(type=coded(each), loc=each.path, input=str(each.given)) for each in error.problems]
    return ValidationError.from_exception_data(name, details)


def type_schema(kind: Any, above: tuple[type, ...] = ()) -> Data:  # noqa: ANN401 - a type of any member
    """Return the JSON Schema of a member, by its type; a value inside one of its own kind is told as an object."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return {"anyOf": [type_schema(each, above) for each in args]}
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple:
        several = args[1:] == (...,)
        items = {"items": type_schema(args[0], above)} if several else {}
        return {"type": "array", **(items or {"prefixItems": [type_schema(part, above) for part in args]})}
    if _is_row(kind):
        return _object_of(kind, get_type_hints(kind), above)
    if isinstance(kind, type) and issubclass(kind, Form):
        whole = kind not in above and _says_its_members(kind)
        return _schema_of(kind, above) if whole else _an_object(kind)
    return dict(_SCHEMAS.get(kind, _SCHEMAS[str]))


_SCHEMAS: Final[dict[Any, Data]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    timedelta: {"type": "string", "examples": ["4h", "1h 30min", "26h"]},
}


def _members_of(kind: Any) -> Mapping[str, Any]:  # noqa: ANN401 - a class that is Form
    """Return what a value tells, with the type of each: its fields, or what it names."""
    return _found_members(kind)


@cache
def _found_members(kind: Any) -> Mapping[str, Any]:  # noqa: ANN401 - a class that is Form
    said = get_type_hints(kind)
    names = (*(kind._tells or _fields_of(kind)), *kind._also)  # noqa: SLF001 - its own kind
    return {name: said[name] if name in said else _type_of_property(kind, name) for name in names}


def _type_of_property(kind: type, name: str) -> Any:  # noqa: ANN401 - any type
    return get_type_hints(getattr(kind, name).fget)["return"]


def _fields_of(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - a dataclass
    return tuple(each.name for each in fields(kind))


def _an_object(kind: type) -> Data:
    return {"type": "object", "title": kind.__name__}


def _says_its_members(kind: type[Form]) -> bool:
    """Tell whether the data is that of the members, or its own."""
    return bool(kind._tells) or kind.to_data is Form.to_data  # noqa: SLF001 - its own kind


def _schema_of(kind: type[Form], above: tuple[type, ...]) -> Data:
    members = _members_of(kind)
    zones = {_ZONE: {"type": "string"}, _ZONES: {"type": "object", "additionalProperties": {"type": "string"}}}
    said = _object_of(kind, members, above)
    return {**said, "properties": {**zones, **said["properties"]}}


def _object_of(kind: type, members: Mapping[str, Any], above: tuple[type, ...]) -> Data:
    return {
        "type": "object",
        "title": kind.__name__,
        "properties": {name: type_schema(each, (*above, kind)) for name, each in members.items()},
        "required": list(members),
        "additionalProperties": False,
    }


def _is_row(kind: Any) -> bool:  # noqa: ANN401 - any type
    """Tell whether values have named parts and are told as objects."""
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def _written(value: Form, around: str) -> Data:
    told = {name: getattr(value, name) for name in _members_of(type(value))}
    zones = {name: _zone_of(each) for name, each in told.items() if isinstance(each, datetime)}
    zone = told[_ZONE] if _ZONE in told else next(filter(None, reversed(zones.values())), around)
    others = {name: each for name, each in zones.items() if each != zone}
    data = {name: _plain(each, zone) for name, each in told.items()}
    return data | ({_ZONE: zone} if zone != around else {}) | ({_ZONES: others} if others else {})


def _zone_of(moment: datetime) -> str:
    """Return the name of an instant's zone; nothing where it has an offset alone."""
    return moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else ""


def _plain(value: object, zone: str) -> Any:  # noqa: ANN401, PLR0911 - what JSON has, one case a kind
    match value:
        case None | bool() | int() | float() | str():
            return value
        case date():
            return value.isoformat()
        case timedelta():
            return _amount_text(value)
        case tuple() if _is_row(type(value)):
            return {name: _plain(getattr(value, name), zone) for name in value._fields}  # type: ignore[attr-defined]
        case tuple():
            return [_plain(each, zone) for each in value]
        case Form() if type(value).to_data is Form.to_data:
            return _written(value, zone)
        case Form():
            return value.to_data()
        case Mapping():
            return {str(name): _plain(each, zone) for name, each in value.items()}
        case _:
            return str(value)


def _amount_text(amount: timedelta) -> str:
    from slacalc.business_time.amounts import format_amount  # a first answer writes none

    return format_amount(amount)


def _read_form(kind: type[Any], data: object, around: str, where: str) -> Any:  # noqa: ANN401 - of the kind
    return kind(**_read_members(kind, data, around, where))


def _read_members(kind: type[Any], data: object, around: str, where: str) -> Data:
    if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
        raise _bad("data_unreadable", "this is no such data", data, "an object, as to_data writes it", where)
    members = _members_of(kind)
    known = (*members, _ZONE, _ZONES)
    if unknown := [key for key in data if key not in known]:
        raise _bad("data_key_unknown", "there is no such key here", unknown[0], nearest_first(unknown[0], known), where)
    read = [name for name in members if name not in kind._also]  # noqa: SLF001 - its own kind
    if missing := [name for name in read if name not in data]:
        raise _bad("data_key_missing", "the data lacks a key", sorted(data), ", ".join(missing), where)
    zone, zones = _read_zone_name(data.get(_ZONE, around), where), data.get(_ZONES, {})
    if not isinstance(zones, Mapping) or not all(name in read for name in zones):
        raise _bad("data_value_invalid", "these are no zones of instants", zones, "names of zones by key", where)
    return {
        name: _read(members[name], data[name], _read_zone_name(zones.get(name, zone), where), f"{where}.{name}")
        for name in read
    }


def _read_zone_name(name: object, where: str) -> str:
    return name and read_zone(name, where).key  # type: ignore[return-value, arg-type]  # read_zone refuses what is no text


def _read(kind: Any, value: object, zone: str, where: str) -> Any:  # noqa: ANN401, PLR0911 - of the kind
    origin, args = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        rest = [each for each in args if each is not NoneType]
        return None if value is None else _read(rest[0], value, zone, where)
    if origin is Literal:
        if not isinstance(value, str) or value not in args:
            raise _unfit(value, ", ".join(map(str, args)), where)
        return value
    if origin is tuple:
        return _read_several(args, value, zone, where)
    if isinstance(kind, type) and issubclass(kind, StoredForm):
        return _read_form(kind, value, zone, where)
    if isinstance(kind, type) and issubclass(kind, Form):
        return value
    if kind in _NUMBERS:
        return _read_number(kind, value, where)
    if kind in _READERS:
        return _READERS[kind](value, zone, where)
    said = kind if kind in _SCHEMAS else str
    if type(value) is not said:
        raise _unfit(value, _SCHEMAS[said]["type"], where)
    return value


def _read_several(args: tuple[Any, ...], value: object, zone: str, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise _unfit(value, "a list", where)
    kinds = (args[0],) * len(value) if args[1:] == (...,) else args
    if len(kinds) != len(value):
        raise _unfit(value, f"a list of {len(kinds)}", where)
    pairs = enumerate(zip(kinds, value, strict=True))
    return tuple(_read(kind, each, zone, f"{where}[{i}]") for i, (kind, each) in pairs)


def _read_number(kind: type, value: object, where: str) -> object:
    if not (type(value) is kind or (kind is float and type(value) is int)):
        raise _unfit(value, _SCHEMAS[kind]["type"], where)
    if not -_LARGEST <= value <= _LARGEST:  # type: ignore[operator]  # a number; NaN is not between anything
        raise _unfit(value, "a number that other programs can read", where)
    return value


def _read_instant(value: object, zone: str, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)  # type: ignore[arg-type]  # what is no text raises TypeError
    except (TypeError, ValueError):
        raise _unfit(value, "ISO 8601 with an offset, such as 2026-11-20T15:00:00+01:00", where) from None
    to_us(moment, where)
    try:
        return moment.astimezone(ZoneInfo(zone)) if zone else moment
    except OverflowError:
        raise _unfit(value, "an instant from year 2 to 9998", where) from None


def _read_date(value: object, _zone: str, where: str) -> date:
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]  # what is no text raises TypeError
    except (TypeError, ValueError):
        raise _unfit(value, "a date such as 2026-11-20", where) from None


def _read_length(value: object, _zone: str, where: str) -> timedelta:
    if not isinstance(value, str):
        raise _unfit(value, "an amount such as 1h 30min", where)
    from slacalc.business_time.amounts import read_amount

    return read_amount(value, where)


_NUMBERS: Final = (int, float)
_LARGEST: Final = 2**53  # what JSON keeps exactly in every program
_READERS: Final[dict[Any, Callable[[object, str, str], Any]]] = {
    datetime: _read_instant,
    date: _read_date,
    timedelta: _read_length,
}


def _unfit(value: object, accepts: str, where: str) -> DataError:
    return _bad("data_value_invalid", "the value does not fit", value, accepts, where)


def _not_read_back(name: str, value: object) -> DataError:
    return _bad(
        "data_not_read_back", f"{name} is not read from data", value, "the value itself; or what it was made from", ""
    )


def _bad(code: str, problem: str, given: object, accepts: str, where: str) -> DataError:
    return DataError(code, problem, given=given, accepts=accepts, where=where)
