"""The answers of Zendesk's API, by what they hold."""

from collections.abc import Iterable, Mapping
from typing import Final

from slacalc.interop.parts import Part

__all__ = ["answers_in"]

_ANSWERS: Final[Mapping[str, str]] = {
    "schedules": "schedules",
    "schedule": "schedules",
    "holidays": "holidays",
    "sla_policies": "sla_policies",
    "sla_policy": "sla_policies",
    "group_sla_policies": "group_sla_policies",
    "group_sla_policy": "group_sla_policies",
    "audits": "audits",
    "ticket_events": "ticket_events",
    "ticket_metric_events": "ticket_metric_events",
    "users": "users",
    "tickets": "tickets",
}
"""The keys by which answers are known, and what they hold."""
_PASSED_OVER: Final = ("organizations", "groups", "brands", "ticket_fields", "triggers", "time_zones", "ticket_metrics")
_OF_MANY: Final = ("holidays",)
"""What has no id of its own by which it could be there twice."""
_CONFIGURED: Final = ("schedules", "sla_policies", "group_sla_policies")
"""What decides when something is due: of two answers that differ, nobody knows which one counts."""


def answers_in(documents: Iterable[Part]) -> dict[str, list[Part]]:
    """Return what the documents hold, by what it is, each thing once.

    Raises InteropError for a document that is no answer of Zendesk, and where the last page of an answer is missing.
    """
    pages: dict[str, list[Part]] = {name: [] for name in _ANSWERS.values()}
    found: dict[str, list[Part]] = {name: [] for name in _ANSWERS.values()}
    for document in documents:
        known = [key for key in document.table() if key in _ANSWERS]
        if not known and not any(key in document for key in _PASSED_OVER):
            raise document.refusal(
                "import_document_unknown",
                "this is no answer of Zendesk's API",
                given=[*map(str, document.table())][:5],
                accepts=", ".join(found),
            )
        for key in known:
            pages[_ANSWERS[key]].append(document)
            found[_ANSWERS[key]] += document[key].items() if key in found else [document[key]]
    for name, documents_of in pages.items():
        _refuse_truncated(name, documents_of)
    for name in _CONFIGURED:
        _refuse_other_words(found[name])
    return {name: parts if name in _OF_MANY else _each_once(parts) for name, parts in found.items()}


def _refuse_truncated(name: str, pages: list[Part]) -> None:
    """Refuse answers of which the last page is not there: each page but one says that another follows."""
    going_on = [page for page in pages if _goes_on(page)]
    if going_on and len(going_on) == len(pages):
        raise going_on[-1].refusal(
            "import_truncated",
            f"the answer with {name} goes on, on a page that is not there",
            given=going_on[-1].table().get("next_page"),
            accepts="every page, each as a file of its own",
        )


def _goes_on(page: Part) -> bool:
    """Tell whether another page follows. An export of increments always names a next one; its last says so."""
    if "end_of_stream" in page:
        return not page["end_of_stream"].truth()
    meta = page.get("meta")
    return "next_page" in page or (meta is not None and "has_more" in meta and meta["has_more"].truth())


def _refuse_other_words(parts: Iterable[Part]) -> None:
    """Refuse two answers that say otherwise of one thing, such as a page of last year beside one of today."""
    by_id: dict[str, Part] = {}
    for part in parts:
        number = part["id"]
        if by_id.setdefault(number.text(), part).value != part.value:
            raise number.refusal(
                "import_value_invalid",
                f"{by_id[number.text()].place} says otherwise of this id",
                given=number.value,
                accepts="one answer about each, or the same twice",
            )


def _each_once(parts: Iterable[Part]) -> list[Part]:
    """Return each thing once: a list of the API and an answer about one of its things may both be there."""
    by_id: dict[str, Part] = {}
    for part in parts:
        by_id.setdefault(part["id"].text(), part)
    return list(by_id.values())
