"""What an export of Jira has, by what it is: rows of tables, issues with their changelogs, answers about SLAs."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from slacalc.interop.parts import Part

__all__ = ["TABLES", "JiraAnswers", "ToldSla", "answers_in"]

TABLES: Final = (
    "AO_7A2604_CALENDAR",
    "AO_7A2604_WORKINGTIME",
    "AO_7A2604_HOLIDAY",
    "AO_54307E_TIMEMETRIC",
    "AO_54307E_GOAL",
    "AO_54307E_METRICCONDITION",
)
_CYCLES: Final = ("completedCycles", "ongoingCycle")


class ToldSla(NamedTuple):
    """What is said of one SLA of a request, which is known by its key."""

    request: str
    sla: Part


class JiraAnswers(NamedTuple):
    """The rows of each table, the issues, and what is said of SLAs: by answers, and in fields of issues."""

    tables: Mapping[str, list[Part]]
    issues: tuple[Part, ...]
    slas: tuple[ToldSla, ...]


def answers_in(documents: Iterable[Part]) -> JiraAnswers:
    """Return what the documents have. Raises InteropError for another document, and where a page is missing."""
    tables: dict[str, list[Part]] = {name: [] for name in TABLES}
    issues, slas = list[Part](), list[ToldSla]()
    for document in documents:
        known = [name for name in TABLES if name in document]
        for name in known:
            tables[name] += document[name].items()
        if "issues" in document:
            _refuse_truncated(document)
            issues += document["issues"].items()
        elif "changelog" in document:
            issues.append(document)
        elif "values" in document or _has_cycles(document):
            request = PurePosixPath(document.file).stem
            slas += [ToldSla(request, sla) for sla in _page(document)]
        elif not known:
            raise document.refusal(
                "import_document_unknown",
                "these are no tables of Jira Service Management, no issues with a changelog, and no SLAs",
                given=[*map(str, document.table())][:5],
                accepts=f"{', '.join(TABLES)}; issues, with expand=changelog; an answer of request/KEY/sla",
            )
    return JiraAnswers(tables, tuple(issues), (*slas, *_in_fields(issues)))


def _has_cycles(part: Part) -> bool:
    return any(key in part.table() for key in _CYCLES)


def _page(document: Part) -> list[Part]:
    """Return the SLAs of an answer: a page of several, or one."""
    if "values" not in document:
        return [document]
    if "isLastPage" in document and not document["isLastPage"].truth():
        raise document.refusal(
            "import_truncated",
            "the answer goes on, on a page that is not there",
            given=False,
            accepts='every page, or one with "isLastPage": true',
        )
    return document["values"].items()


def _refuse_truncated(document: Part) -> None:
    """Refuse a search of which the last page is not there: each page but one says that another follows."""
    if "nextPageToken" in document or ("isLast" in document and not document["isLast"].truth()):
        raise document.refusal(
            "import_truncated",
            "the search goes on, on a page that is not there",
            given="nextPageToken",
            accepts="every issue in one answer, or each as a file of its own",
        )


def _in_fields(issues: Iterable[Part]) -> list[ToldSla]:
    """Return the SLAs that fields of issues have, as the cloud tells them."""
    return [
        ToldSla(issue["key"].text(), value)
        for issue in issues
        for value in issue["fields"].values()
        if isinstance(value.value, Mapping) and _has_cycles(value)
    ]
