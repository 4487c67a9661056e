"""The records of Zammad's API, by what they are: its answers are plain lists, so that each is known by its keys."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from slacalc.interop.parts import Part

__all__ = ["records_in"]

_LISTS: Final[Mapping[str, str]] = {
    "calendars": "calendars",
    "slas": "slas",
    "ticket_states": "states",
    "ticket_priorities": "priorities",
    "tickets": "tickets",
    "ticket_articles": "articles",
    "users": "users",
}
"""Names under which a list of records may stand in a document, and what they are."""
_KEYS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("calendars", frozenset({"business_hours"})),
    ("slas", frozenset({"solution_time", "condition"})),
    ("states", frozenset({"ignore_escalation"})),
    ("histories", frozenset({"history"})),
    ("articles", frozenset({"ticket_id", "internal"})),
    ("tickets", frozenset({"priority_id", "state_id"})),
    ("priorities", frozenset({"name", "ui_color"})),
    ("users", frozenset({"login"})),
)
"""The keys that only records of one kind have."""
_CONFIGURED: Final = ("calendars", "slas", "states", "priorities")


def records_in(documents: Iterable[Part]) -> dict[str, list[Part]]:
    """Return the records of the documents, by what they are, each once.

    Raises InteropError for what is no record of Zammad, and for two of the configuration that say otherwise of one id.
    """
    found: dict[str, list[Part]] = {kind: [] for kind, _ in _KEYS}
    for kind, record in (each for document in documents for each in _records(document)):
        found[kind].append(record)
    for kind in _CONFIGURED:
        found[kind] = _each_once(found[kind])
    return found


def _records(document: Part) -> Iterator[tuple[str, Part]]:
    """Yield a record with what it is: those of a list, of lists that are named, or the one that the document is."""
    if isinstance(document.value, list | tuple):
        for each in document.items():
            yield _kind(each), each
        return
    named = [key for key in _LISTS if isinstance(document.table().get(key), list | tuple)]
    for key in named:
        yield from ((_LISTS[key], each) for each in document[key].items())
    if not named:
        yield _kind(document), document


def _kind(record: Part) -> str:
    for kind, keys in _KEYS:
        if keys <= record.table().keys():
            return kind
    raise record.refusal(
        "import_document_unknown",
        "this is no record of Zammad's API",
        given=[*map(str, record.table())][:5],
        accepts=f"records or lists of them: {', '.join(kind for kind, _ in _KEYS)}",
    )


def _each_once(records: Iterable[Part]) -> list[Part]:
    """Return each record once: a list, and an answer about one of its records may both be there."""
    by_id: dict[str, Part] = {}
    for record in records:
        number = record["id"]
        if by_id.setdefault(number.text(), record).value != record.value:
            raise number.refusal(
                "import_value_invalid",
                f"{by_id[number.text()].place} says otherwise of this id",
                given=number.value,
                accepts="one answer about each, or the same twice",
            )
    return list(by_id.values())
