"""Jira's issues as events of ours: an issue as it is now, its changelog, and its comments.

Facts of the format (developer.atlassian.com, "Issues" with expand=changelog, and the REST documentation of data center,
2026): a history is what one person changed at one time, in no sure order; an item says the name of a field with texts
(`fromString`, `toString`) of what it was and is. What an issue was created with is in no history, so that it is what
the first change of a field changed, or what the issue has now. Only the cloud says what kind of person an account is.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from slacalc.events.event import Actor, Created, Event, FieldChanged, Message, Reopened, Solved, StatusChanged
from slacalc.interop.jira.answers import answers_in
from slacalc.interop.parts import Part, documents_in, read_each
from slacalc.interop.ticket_events import TicketEvents
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["read_tickets"]

_STATUS: Final = "status"
_RESOLUTION: Final = "resolution"
_KINDS: Final[Mapping[str, Actor]] = {"customer": "customer", "atlassian": "agent", "app": "system"}
_INTERNAL: Final = "sd.public.comment"


class _FieldChange(NamedTuple):
    """A field that became something else: what it was, and what it is."""

    at: datetime
    field: str
    before: str
    after: str


class _Comment(NamedTuple):
    at: datetime
    author: Part | None
    public: bool


class _People(NamedTuple):
    """Who asked, and who is known to be an agent: whoever had the issue, or wrote an internal comment."""

    reporter: str
    agents: frozenset[str]

    def actor(self, person: Part | None) -> Actor:
        """Return what kind of person it is: whoever asked is the customer, an agent too."""
        if person is None:
            return "system"
        known = _id(person)
        if known and known == self.reporter:
            return "customer"
        kind = person["accountType"].text() if "accountType" in person else ""
        return _KINDS.get(kind, "agent" if known in self.agents else "unknown")


def read_tickets(source: object, policy: AnyPolicy) -> TicketEvents:
    """Return what happened to issues: the fields are those that the policy tests, by the names that JQL has for them.

    `source` is what `load` takes, with issues that have a changelog (`expand=changelog`) and their comments
    (`fields=*all`): each as a document, or together as the answer of a search. A resolution that is set solves an
    issue, one that is cleared opens it again. Raises InteropError for what cannot be read, and for a changelog,
    comments or a search that go on elsewhere.
    """
    issues = answers_in(documents_in(source)).issues
    fields, others = frozenset(policy.field_names), Counter[str]()

    def told(issue: Part) -> list[tuple[str, Event]]:
        return [(issue["key"].text(), event) for event in _events(issue, fields, others)]

    pairs = [pair for each in read_each(issues, told) for pair in each]
    return TicketEvents(tuple(pairs), dict(sorted(others.items())))


def _events(issue: Part, fields: frozenset[str], others: Counter[str]) -> Iterator[Event]:
    changes, comments = _changes(issue), _comments(issue, others)
    now, people = issue["fields"], _people(issue, comments)
    yield Created(
        at=now["created"].instant(),
        actor=people.actor(now.get("creator") or now.get("reporter")),
        status=_at_first(changes, _STATUS) or now["status"]["name"].text(),
        fields=tuple((name, value) for name in sorted(fields) if (value := _first_value(issue, changes, name))),
    )
    later: list[_FieldChange | _Comment] = [*comments, *changes]
    for each in sorted(later, key=lambda each: each.at):
        if isinstance(each, _Comment):
            yield Message(at=each.at, actor=people.actor(each.author), public=each.public)
        elif each.field == _STATUS:
            yield StatusChanged(at=each.at, status=each.after)
        elif each.field == _RESOLUTION:
            yield Solved(at=each.at) if each.after else Reopened(at=each.at)
        elif each.field in fields:
            yield FieldChanged(at=each.at, field=each.field, value=each.after)
        else:
            others[f"change of {each.field}"] += 1


def _changes(issue: Part) -> list[_FieldChange]:
    """Return what was changed, in order. Raises InteropError where the changelog goes on elsewhere."""
    log = issue["changelog"]
    histories = log["histories"].items()
    _refuse_part(
        log, len(histories), "the changelog", "every history: the cloud gives them by pages of issue/KEY/changelog"
    )
    found = [
        _FieldChange(each["created"].instant(), item["field"].text().lower(), *_texts(item))
        for each in histories
        for item in each["items"].items()
    ]
    return sorted(found, key=lambda each: each.at)


def _texts(item: Part) -> tuple[str, str]:
    return _text(item.get("fromString")), _text(item.get("toString"))


def _comments(issue: Part, others: Counter[str]) -> list[_Comment]:
    if "comment" not in issue["fields"]:
        others["issue without its comments"] += 1
        return []
    told = issue["fields"]["comment"]
    comments = told["comments"].items()
    _refuse_part(told, len(comments), "the comments", "every comment")
    return [_Comment(each["created"].instant(), each.get("author"), _is_public(each)) for each in comments]


def _is_public(comment: Part) -> bool:
    """Tell whether customers see a comment: by itself, or by a property, where the answer was expanded by these."""
    if "jsdPublic" in comment:
        return comment["jsdPublic"].truth()
    properties = comment["properties"].items() if "properties" in comment else []
    internal = [each["value"].get("internal") for each in properties if each["key"].value == _INTERNAL]
    return not any(each is not None and str(each.value).lower() == "true" for each in internal)


def _refuse_part(part: Part, count: int, what: str, accepts: str) -> None:
    total = part["total"].whole(0, 10**7) if "total" in part else count
    if total > count:
        problem = (
            f"{what} of this issue go on elsewhere" if what.endswith("s") else f"{what} of this issue goes on elsewhere"
        )
        raise part.refusal("import_truncated", problem, given=f"{count} of {total}", accepts=accepts)


def _people(issue: Part, comments: list[_Comment]) -> _People:
    now = issue["fields"]
    had = [_text(item.get(key)) for item in _items_of(issue, "assignee") for key in ("from", "to")]
    assignee = [_id(now["assignee"])] if "assignee" in now else []
    wrote = [_id(each.author) for each in comments if each.author is not None and not each.public]
    return _People(_id(now["reporter"]) if "reporter" in now else "", frozenset({*had, *assignee, *wrote} - {""}))


def _items_of(issue: Part, field: str) -> Iterator[Part]:
    for history in issue["changelog"]["histories"].items():
        yield from (item for item in history["items"].items() if item["field"].value == field)


def _id(person: Part) -> str:
    """Return by what a person is known: in the cloud an account, in data center a key or a name."""
    return next((person[key].text() for key in ("accountId", "key", "name") if key in person), "")


def _at_first(changes: list[_FieldChange], field: str) -> str:
    return next((each.before for each in changes if each.field == field), "")


def _first_value(issue: Part, changes: list[_FieldChange], field: str) -> str:
    """Return what an issue was created with."""
    changed = [each for each in changes if each.field == field]
    return changed[0].before if changed else _now(issue, field)


def _now(issue: Part, field: str) -> str:
    """Return what an issue has in a field, by its key or by the name that the answer says of it."""
    names = issue["names"].table() if "names" in issue else {}
    fields = issue["fields"]
    keys = [key for key in fields.table() if field in {str(key).lower(), str(names.get(key, "")).lower()}]
    return _text(fields.get(keys[0])) if keys else ""


def _text(part: Part | None) -> str:
    """Return a value as text: of a thing its name or value, of several all of them."""
    if part is None or part.value == "":
        return ""
    if isinstance(part.value, list | tuple):
        return " ".join(map(_text, part.items()))
    if isinstance(part.value, Mapping):
        return next((_text(part[key]) for key in ("name", "value", "key") if key in part), "")
    return str(part.value).lower() if isinstance(part.value, bool | float) else part.text()
