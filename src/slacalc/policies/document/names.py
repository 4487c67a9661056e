"""Check that every calendar, field and value that a policy refers to exists."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from slacalc.arguments import nearest_first
from slacalc.errors import Path, PolicyError, SlaError
from slacalc.policies.document.calendar_choice import CalendarChoice
from slacalc.policies.document.clock_rules import ClockRule, default_clock
from slacalc.policies.document.fields import STANDARD_FIELDS, FieldKind, is_kind, kind_of, read_field
from slacalc.policies.document.misfits import misfits
from slacalc.policies.document.rules import one_as_list

__all__ = ["ENDED_WORDS", "table_in", "unknown_names"]

ENDED_WORDS: Final = ("solved", "resolved", "closed", "done", "completed", "cancelled")
"""What helpdesks call a status in which nothing is owed any more."""

_NAMED_HOLIDAYS: Final = ("add", "dates", "yearly")


def unknown_names(data: Mapping[str, Any]) -> Iterable[SlaError]:
    """Return each name in the rules that stands for no calendar, field or value, whatever else is wrong."""
    rules = data.get("rules")
    yield from _texts_of_another_kind(data)
    declared = {name: _kind(said) for name, said in table_in(data, "fields").items()}
    for i, rule in enumerate(rules if isinstance(rules, list | tuple) else ()):
        for problem in (*_unknown_calendars(rule, data), *_without_calendar(rule), *_undeclared_fields(rule, declared)):
            yield problem.at("rules", i)
    guide = data.get("guide")
    for name, facts in table_in(guide, "channels").items():
        for problem in (*_unknown_calendars(facts, data), *_unknown_markets(facts, "contact_in", data)):
            yield problem.at("guide", "channels", name)
    for problem in (*_unknown_markets(guide, "languages", data), *_translations_of_nothing(guide, data)):
        yield problem.at("guide")
    yield from _unknown_statuses(data)
    yield from _unknown_signals(data, declared)
    yield from _unpromised_waits(data)
    if rules in ((), []):
        yield PolicyError(
            "rules_empty", "a policy has at least one rule", accepts="[[rules]] with a name", where="rules"
        )


def _unpromised_waits(data: Mapping[str, Any]) -> Iterator[SlaError]:
    """Return clocks that are said to wait for what no rule promises: they would wait for nothing, for ever."""
    rules = data.get("rules")
    promised = dict.fromkeys(
        str(metric)
        for rule in (rules if isinstance(rules, list | tuple) else ())
        for metric in table_in(rule, "metrics")
    )
    for metric, clock in table_in(data, "clocks").items():
        after = _part(clock, "after")
        if isinstance(after, str) and after and after not in {*promised, default_clock(metric).after}:
            yield PolicyError(
                "after_unpromised",
                "no rule promises the metric that this clock waits for",
                given=after,
                accepts=nearest_first(after, promised),
                where=("clocks", metric, "after"),
            )


def table_in(whole: object, key: str) -> Mapping[str, Any]:
    """Return the table under a key, or an empty one: what is wrong with it, the model tells."""
    found = _part(whole, key)
    return found if isinstance(found, Mapping) else {}


def _unknown_calendars(rule: object, data: Mapping[str, Any]) -> Iterable[SlaError]:
    known = table_in(data, "calendars")
    named: list[tuple[Path, object]] = [*_chosen_calendars(_part(rule, "calendar"))]
    for metric, each in table_in(rule, "metrics").items():
        named.append((("metrics", metric, "calendar"), _part(each, "calendar")))
    for where, name in named:
        if isinstance(name, str) and name not in known:
            yield PolicyError(
                "calendar_missing",
                "there is no calendar of this name",
                given=name,
                accepts=nearest_first(name, map(str, known)) or "a calendar of the policy",
                where=where,
            )


def _chosen_calendars(said: object) -> Iterator[tuple[Path, object]]:
    """Return each calendar that a rule names, and where."""
    choice = _choice_of(said)
    if choice is None:
        yield ("calendar",), said
        return
    for value, name in choice.by_value:
        yield ("calendar", value), name
    yield ("calendar", "default"), choice.default


def _choice_of(said: object) -> CalendarChoice | None:
    """Return the choice that a rule says, or None; what is wrong with it by itself, the model tells."""
    try:
        return None if said is None or isinstance(said, str) else CalendarChoice.read(said)
    except PolicyError:
        return None


def _without_calendar(rule: object) -> Iterator[SlaError]:
    """Return that a rule names no calendar, where one of its metrics has none either."""
    metrics = table_in(rule, "metrics").values()
    if _part(rule, "calendar") is None and any(_part(each, "calendar") is None for each in metrics):
        yield PolicyError("key_missing", "the key calendar is missing", accepts="calendar = ...", where=("calendar",))


def _unchosen_by(rule: object, declared: Mapping[str, FieldKind]) -> Iterator[SlaError]:
    """Return what is wrong with the field and the values that choose a calendar."""
    choice = _choice_of(_part(rule, "calendar"))
    if choice is None:
        return
    try:
        kind = kind_of(declared, choice.field)
    except PolicyError as error:
        yield error.placed("calendar", "field")
        return
    if is_kind(kind):
        yield PolicyError(
            "calendar_by_text_only",
            f"a field that is a {kind} chooses no calendar",
            given=choice.field,
            accepts="a field that is a text",
            where=("calendar", "field"),
        )
        return
    for value, _ in choice.by_value:
        for problem in misfits(declared, choice.field, value):
            yield problem.placed("calendar", value)


def _undeclared_fields(rule: object, declared: Mapping[str, FieldKind]) -> Iterable[SlaError]:
    for name, said in table_in(rule, "when").items():
        for problem in misfits(declared, name, said):
            yield problem.at("when")
    ways = _part(rule, "any_of")
    for place, each in enumerate(ways if isinstance(ways, list | tuple) else ()):
        for name, said in each.items() if isinstance(each, Mapping) else ():
            for problem in misfits(declared, name, said):
                yield problem.at("any_of", place)
    yield from _unchosen_by(rule, declared)


def _texts_of_another_kind(data: Mapping[str, Any]) -> Iterator[SlaError]:
    for name in STANDARD_FIELDS:
        if is_kind(kind := table_in(data, "fields").get(name)):
            yield PolicyError(
                "field_kind_unknown",
                "this field is always a text",
                given=kind,
                accepts=f"a list of values; or a field of your own, such as fields.{name}_{kind}",
                where=("fields", name),
            )


def _kind(said: Any) -> FieldKind:  # noqa: ANN401 - what a file says
    return said if is_kind(said) else _texts(said)


def _unknown_markets(whole: object, key: str, data: Mapping[str, Any]) -> Iterable[SlaError]:
    markets: dict[str, FieldKind] = {"market": _texts(table_in(data, "fields").get("market", ()))}
    for market in table_in(whole, key):
        try:
            read_field(markets, "market", market)
        except PolicyError as error:
            yield error.placed(key, market)


def _translations_of_nothing(guide: object, data: Mapping[str, Any]) -> Iterator[SlaError]:
    """Return each translation of what is no text of the policy: perhaps one that was changed since."""
    known = dict.fromkeys(_own_texts(guide, data))
    for language, translated in table_in(guide, "translations").items():
        for text in translated if isinstance(translated, Mapping) else ():
            if text not in known:
                yield PolicyError(
                    "translation_of_nothing",
                    "no text of the policy reads like this",
                    given=text,
                    accepts=nearest_first(text, known) or "a text of the guide",
                    where=("translations", language, text),
                )


def _own_texts(guide: object, data: Mapping[str, Any]) -> Iterator[str]:
    """Return the texts of the guide, of the escalation, the description, the names of rules, metrics and days."""
    said = [data.get("description"), *_texts(_part(guide, "have_ready"))]
    for facts in table_in(guide, "channels").values():
        said += [_part(facts, "best_for"), _part(facts, "limits"), *_texts(_part(facts, "topics"))]
    rules = [*_listed(data.get("rules"))]
    for whole in (data, *rules):
        said += [_part(step, "to") for step in _listed(_part(whole, "escalation"))]
    for rule in rules:
        said += [_part(rule, "name"), *table_in(rule, "metrics")]
    for calendar in table_in(data, "calendars").values():
        said += [_part(day, "name") for day in _listed(_part(calendar, "special_days"))]
        for key in _NAMED_HOLIDAYS:
            said += [name for names in table_in(_part(calendar, "holidays"), key).values() for name in _texts(names)]
    yield from (text for text in said if isinstance(text, str) and text)


def _listed(several: object) -> Sequence[object]:
    return several if isinstance(several, list | tuple) else ()


def _unknown_statuses(data: Mapping[str, Any]) -> Iterator[SlaError]:
    """Return each status that is named and not declared where statuses are, or that stands in two lists."""
    declared, lists = _texts(data.get("statuses")), dict[str, str]()
    for kind, where, status in _named_statuses(data):
        if declared and status not in declared:
            yield _undeclared_status(status, declared, where)
        elif lists.setdefault(status, kind) != kind:
            yield PolicyError(
                "status_in_two_lists",
                f"this status is in {lists[status]} too",
                given=status,
                accepts="each status in one of solved_in, closed_in, paused_in",
                where=where,
            )


def _unknown_signals(data: Mapping[str, Any], fields: Mapping[str, FieldKind]) -> Iterator[SlaError]:
    """Return each status or field that begins or ends a clock, and is not declared."""
    statuses = _texts(data.get("statuses"))
    for metric, rule in table_in(data, "clocks").items():
        for key in ("starts", "stops"):
            said, where = _part(rule, key), ("clocks", metric, key)
            for i, status in enumerate(_texts(_part(said, "status"))):
                if statuses and status not in statuses:
                    yield _undeclared_status(status, statuses, (*where, "status", i))
            field = _part(said, "field")
            if isinstance(field, str) and field:
                yield from _undeclared_field(field, fields, (*where, "field"))


def _undeclared_field(name: str, declared: Mapping[str, FieldKind], where: Path) -> Iterator[SlaError]:
    try:
        kind_of(declared, name)
    except PolicyError as error:
        yield error.placed(*where)


def _undeclared_status(status: str, declared: Iterable[str], where: Path) -> PolicyError:
    return PolicyError(
        "status_undeclared",
        "the policy declares no such status",
        given=status,
        accepts=nearest_first(status, declared),
        where=where,
    )


def _named_statuses(data: Mapping[str, Any]) -> Iterator[tuple[str, Path, str]]:
    """Return each status that the policy itself names: in which kind of list, where, and which."""
    lists: list[tuple[str, Path, tuple[str, ...]]] = []
    lists += [(key, (key,), _texts(data.get(key))) for key in ("solved_in", "closed_in")]
    for metric, rule in table_in(data, "clocks").items():
        named = _texts(_part(rule, "paused_in"))
        if isinstance(rule, ClockRule):
            named = tuple(status for status in named if status not in default_clock(metric).paused_in)
        lists.append(("paused_in", ("clocks", metric, "paused_in"), named))
    for kind, where, statuses in lists:
        for i, status in enumerate(statuses):
            yield kind, (*where, i), status


def _texts(values: object) -> tuple[str, ...]:
    """Return the texts among declared values; the model tells of everything else."""
    listed = one_as_list(values)
    return tuple(value for value in listed if isinstance(value, str)) if isinstance(listed, list | tuple) else ()


def _part(whole: object, key: str) -> object:
    return whole.get(key) if isinstance(whole, Mapping) else getattr(whole, key, None)
