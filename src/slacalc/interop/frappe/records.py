"""The documents of Frappe's API, by their `doctype`: those of Helpdesk, and those of ERPNext's support."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from slacalc.interop.parts import Part

__all__ = ["is_set", "records_in"]

_DOCTYPES: Final[Mapping[str, str]] = {
    "HD Service Level Agreement": "agreements",
    "Service Level Agreement": "agreements",
    "HD Service Holiday List": "holiday_lists",
    "Holiday List": "holiday_lists",
    "HD Ticket Status": "statuses",
}
_WRAPPERS: Final = ("data", "message", "docs")


def records_in(documents: Iterable[Part]) -> dict[str, list[Part]]:
    """Return the documents of each kind. Raises InteropError for one of another doctype, or of none."""
    found: dict[str, list[Part]] = {kind: [] for kind in _DOCTYPES.values()}
    for document in documents:
        for record in _records(document):
            found[_kind(record)].append(record)
    return found


def _records(part: Part) -> Iterator[Part]:
    """Yield the documents of an answer: `data` of one that is asked for, `docs` or `message` of those of the desk."""
    if isinstance(part.value, list | tuple):
        for each in part.items():
            yield from _records(each)
        return
    wrapped = [key for key in _WRAPPERS if isinstance(part.table().get(key), dict | list)]
    if wrapped and "doctype" not in part:
        yield from _records(part[wrapped[0]])
    else:
        yield part


def _kind(record: Part) -> str:
    if record.table().get("doctype") not in _DOCTYPES:
        raise record.refusal(
            "import_document_unknown",
            "this is no document of Frappe that is read",
            given=record.table().get("doctype") or [*map(str, record.table())][:5],
            accepts=f"doctype: {', '.join(_DOCTYPES)}",
        )
    return _DOCTYPES[str(record.value["doctype"])]


def is_set(record: Part, key: str) -> bool:
    """Tell whether a check box is set: 1 or 0, and not there is not set."""
    return key in record and record[key].whole(0, 1) == 1
