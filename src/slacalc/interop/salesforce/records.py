"""What Salesforce's answers and files hold: records of queries, and elements of metadata, by one name for each thing.

Facts of the formats (Metadata API and Object Reference, 2026): metadata is XML with texts alone; the answer of a query
is a page with `records`, and says `done` on the last one.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from slacalc.interop.parts import Part

__all__ = ["Records", "each_of", "number_of", "records_in", "said", "text_of", "truth_of"]

_WHOLE: Final = re.compile(r"-?\d{1,9}", re.ASCII)
_SETTINGS: Final = "BusinessHoursSettings"
_PROCESS: Final = "EntitlementProcess"
_OF_QUERIES: Final[Mapping[str, str]] = {
    "timeZoneId": "TimeZoneSidKey",
    "active": "IsActive",
    "default": "IsDefault",
    "isRecurring": "IsRecurrence",
    "recurrenceEndDate": "RecurrenceEndDateOnly",
}
"""What a field is called in a query, where it is not its name in metadata with a capital."""


class Records(NamedTuple):
    """Business hours, holidays, and versions of entitlement processes."""

    hours: list[Part]
    holidays: list[Part]
    processes: list[Part]


def records_in(documents: Iterable[Part]) -> Records:
    """Return what the documents hold. Raises InteropError for one of something else, and for a page that goes on."""
    found = Records([], [], [])
    for document in documents:
        if _SETTINGS in document:
            settings = document[_SETTINGS]
            found.hours.extend(each_of(settings, "businessHours"))
            found.holidays.extend(each_of(settings, "holidays"))
        elif _PROCESS in document:
            found.processes.append(document[_PROCESS])
        elif "records" in document:
            _read_page(document, found)
        else:
            raise _unknown(document)
    return found


def _read_page(page: Part, found: Records) -> None:
    if "done" in page and not page["done"].truth():
        raise page.refusal(
            "import_truncated",
            "the answer goes on, on a page that is not there",
            given=False,
            accepts='every page in one answer, with "done": true',
        )
    for record in page["records"].items():
        kind = record["attributes"]["type"].word("BusinessHours", "Holiday")
        (found.hours if kind == "BusinessHours" else found.holidays).append(record)


def _unknown(document: Part) -> Exception:
    return document.refusal(
        "import_document_unknown",
        "this is no answer and no metadata of Salesforce",
        given=[*map(str, document.table())][:5],
        accepts=f"{_SETTINGS} or {_PROCESS} of metadata, or the records of a query",
    )


def said(part: Part, key: str) -> Part | None:
    """Return what a record says under the name of metadata, or of queries; None for nothing, and for an empty text."""
    found = part.get(key) or part.get(_OF_QUERIES.get(key, key[0].upper() + key[1:]))
    return None if found is None or found.value == "" else found


def each_of(part: Part, key: str) -> list[Part]:
    """Return the elements by a name: none, one, or several."""
    found = said(part, key)
    if found is None:
        return []
    return found.items() if isinstance(found.value, list | tuple) else [found]


def text_of(part: Part, key: str) -> str:
    """Return a text that every such record has."""
    found = said(part, key)
    return part[key].text() if found is None else found.text()


def truth_of(part: Part, key: str, *, otherwise: bool = False) -> bool:
    """Return true or false, which are texts in metadata."""
    found = said(part, key)
    if found is None:
        return otherwise
    return found.value == "true" if found.value in ("true", "false") else found.truth()


def number_of(part: Part, least: int, most: int) -> int:
    """Return a whole number, which is a text in metadata."""
    value = part.value
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return Part(int(value), part.file, part.path).whole(least, most)
    return part.whole(least, most)
