"""Rows of ServiceNow's tables: answers of the Table API, and exports of XML.

Facts of the format (public update sets; the documentation of the Table API, 2026): an answer has its rows under
`result`, and does not name its table; an export has each row as an element by the name of its table. A value is a text,
or a table with `value`, `display_value` or both; an empty text is nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final

from slacalc.errors import InteropError
from slacalc.interop.parts import Part

__all__ = ["TASKS", "cell", "instant", "needed", "shown", "tables_in", "text", "truth", "unknown_id"]

TASKS: Final = ("incident", "task", "problem", "change_request", "sc_request", "sc_req_item", "sc_task")
"""Tables of tickets."""
_TABLES: Final = (
    "cmn_schedule",
    "cmn_schedule_span",
    "cmn_other_schedule",
    "contract_sla",
    "task_sla",
    "sys_audit",
    *TASKS,
)
_RESULT: Final = "result"
_UNLOAD: Final = "unload"


def tables_in(documents: Iterable[Part]) -> dict[str, list[Part]]:
    """Return the rows of each table. Raises InteropError for a document of which the table is not known."""
    found: dict[str, list[Part]] = {name: [] for name in _TABLES}
    for document in documents:
        for name, rows in _rows_of(document).items():
            found[name] += rows
    return found


def _rows_of(document: Part) -> Mapping[str, list[Part]]:
    whole = document.get(_UNLOAD) or document
    known = [name for name in _TABLES if name in whole]
    if known:
        return {name: _several(whole[name]) for name in known}
    named = PurePosixPath(document.file).name.split(".")[0]
    if _RESULT in document and named in _TABLES:
        return {named: _several(document[_RESULT])}
    raise document.refusal(
        "import_document_unknown",
        "nobody says of which table these rows are" if _RESULT in document else "these are no rows of ServiceNow",
        given=[*map(str, whole.table())][:5],
        accepts=f"a file by the name of its table, such as contract_sla.json, or rows under {', '.join(_TABLES)}",
    )


def _several(part: Part) -> list[Part]:
    return part.items() if isinstance(part.value, list | tuple) else [part]


def cell(row: Part, key: str) -> Part | None:
    """Return what a row has in a column; None for nothing, and for an empty text."""
    found = row.get(key)
    if found is not None and isinstance(found.value, Mapping):
        found = found.get("value") or found.get("display_value")
    return None if found is None or found.value == "" else found


def shown(row: Part, key: str) -> str:
    """Return what is displayed of a column, such as the name of what it refers to; else its value."""
    found = row.get(key)
    if found is not None and isinstance(found.value, Mapping) and found.value.get("display_value"):
        return found["display_value"].text()
    value = cell(row, key)
    return "" if value is None else value.text()


def needed(row: Part, key: str) -> Part:
    """Return what a row has in a column. Raises InteropError for nothing."""
    found = cell(row, key)
    if found is None:
        raise row.refusal("import_key_missing", f"the column {key} is empty", accepts=f'"{key}"')
    return found


def text(row: Part, key: str) -> str:
    """Return the text that a row has in a column."""
    return needed(row, key).text()


def truth(row: Part, key: str, *, otherwise: bool = False) -> bool:
    """Return true or false, which are mostly texts."""
    found = cell(row, key)
    if found is None:
        return otherwise
    return found.value in (True, "true") if found.value in (True, False, "true", "false") else found.truth()


def instant(part: Part) -> datetime:
    """Return an instant. Times are of UTC, and do not say so."""
    try:
        read = datetime.fromisoformat(part.text())
    except ValueError:
        read = None
    if read is None or read.tzinfo is not None:
        raise part.misfit("a time of UTC, such as 2026-11-20 15:00:00")
    return read.replace(tzinfo=UTC)


def unknown_id(part: Part, table: str) -> InteropError:
    """Return the error for a reference to what is not there."""
    return part.refusal(
        "import_schedule_missing", "nothing has this id", given=part.value, accepts=f"the row of {table} with it, too"
    )
