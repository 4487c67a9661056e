"""The records of Chatwoot's API, by what they are: each is known by its keys, its lists stand under `payload`."""

from collections.abc import Iterable, Iterator
from typing import Final

from slacalc.interop.parts import Part

__all__ = ["records_in"]

_PAYLOAD: Final = "payload"
_APPLIED: Final = "applied_slas"
_KEYS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("inboxes", frozenset({"working_hours_enabled"})),
    ("sla_policies", frozenset({"first_response_time_threshold"})),
    (_APPLIED, frozenset({"applied_sla", "conversation"})),
    ("conversations", frozenset({"inbox_id", "status", "created_at", "messages"})),
    ("messages", frozenset({"message_type", "conversation_id"})),
)
"""The keys that only records of one kind have."""


def records_in(documents: Iterable[Part]) -> dict[str, list[Part]]:
    """Return the records of the documents, by what they are, each once.

    Raises InteropError for what is no record of Chatwoot, for two that say otherwise of one id, and where applied SLAs
    are fewer than their answer says that there are.
    """
    found: dict[str, list[Part]] = {kind: [] for kind, _ in _KEYS}
    answers: list[Part] = []
    for document in documents:
        records = [(_kind(record), record) for record in _records(document)]
        answers += [document] if records and records[0][0] == _APPLIED else []
        for kind, record in records:
            found[kind].append(record)
    once = {kind: _each_once(records, kind) for kind, records in found.items()}
    for answer in answers:
        _refuse_truncated(answer, len(once[_APPLIED]))
    return once


def _records(document: Part) -> Iterator[Part]:
    """Yield the record that a document is, or those of its list: conversations have theirs under `data`."""
    if isinstance(document.value, list | tuple):
        yield from document.items()
    elif isinstance(document.table().get("data"), dict):
        yield from _records(document["data"])
    elif _PAYLOAD in document:
        yield from document[_PAYLOAD].items()
    else:
        yield document


def _kind(record: Part) -> str:
    for kind, keys in _KEYS:
        if keys <= record.table().keys():
            return kind
    raise record.refusal(
        "import_document_unknown",
        "this is no record of Chatwoot's API",
        given=[*map(str, record.table())][:5],
        accepts=f"records or lists of them: {', '.join(kind for kind, _ in _KEYS)}",
    )


def _refuse_truncated(answer: Part, known: int) -> None:
    """Refuse applied SLAs of which there are more on other pages, by what an answer says."""
    meta = answer.get("meta") if isinstance(answer.value, dict) else None
    if meta is not None and "count" in meta and meta["count"].whole(0, 10**9) > known:
        raise meta["count"].refusal(
            "import_truncated",
            "the answer goes on, on a page that is not there",
            given=f"{known} of {meta['count'].value}",
            accepts="every page, each as a file of its own",
        )


def _number(record: Part, kind: str) -> Part:
    return record["applied_sla"]["id"] if kind == _APPLIED else record["id"]


def _each_once(records: Iterable[Part], kind: str) -> list[Part]:
    by_id: dict[str, Part] = {}
    for record in records:
        number = _number(record, kind)
        if by_id.setdefault(number.text(), record).value != record.value:
            raise number.refusal(
                "import_value_invalid",
                f"{by_id[number.text()].place or 'another answer'} says otherwise of this id",
                given=number.value,
                accepts="one answer about each, or the same twice",
            )
    return list(by_id.values())
