"""A mapping that cannot change: tables of a policy, fields of an event."""

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args, overload

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["FrozenDict"]

T = TypeVar("T")
V = TypeVar("V")


class FrozenDict(Mapping[str, V], Generic[V]):
    """A mapping from text that cannot change and can be hashed; it keeps its order and prints like a dict."""

    __slots__ = ("_by_name",)

    def __init__(self, pairs: Mapping[str, V] | None = None) -> None:
        self._by_name = dict(pairs or {})

    def __getitem__(self, key: str) -> V:
        """Return the value of a key."""
        return self._by_name[key]

    def __contains__(self, key: object) -> bool:
        """Tell whether there is such a key."""
        return key in self._by_name

    @overload
    def get(self, key: str, /) -> V | None: ...

    @overload
    def get(self, key: str, default: V | T, /) -> V | T: ...

    def get(self, key: str, default: Any = None, /) -> Any:
        """Return the value of a key, or a default."""
        return self._by_name.get(key, default)

    def items(self) -> ItemsView[str, V]:
        """Return the pairs in order."""
        return self._by_name.items()

    def values(self) -> ValuesView[V]:
        """Return the values in order."""
        return self._by_name.values()

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
    def __get_pydantic_core_schema__(cls, source: object, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Validate as a dict, so that errors name the key, then freeze."""
        from pydantic_core import core_schema  # an event is made without pydantic

        as_dict = core_schema.dict_schema(core_schema.str_schema(), handler.generate_schema(get_args(source)[0]))
        return core_schema.no_info_before_validator_function(
            _to_dict,
            core_schema.no_info_after_validator_function(cls, as_dict),
            serialization=core_schema.plain_serializer_function_ser_schema(_dump_table),
        )


def _to_dict(value: object) -> object:
    return dict(value) if isinstance(value, FrozenDict) else value


def _dump_table(table: FrozenDict[Any]) -> dict[str, Any]:
    return {name: _dump(value) for name, value in table.items()}


def _dump(value: object) -> object:
    from pydantic import BaseModel

    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if hasattr(value, "to_data"):  # it knows how a file says it
        return value.to_data()
    if isinstance(value, tuple):
        return [_dump(item) for item in value]
    return _dump_table(value) if isinstance(value, FrozenDict) else value
