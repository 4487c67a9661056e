"""Everything that is known of a ticket as plain data, to store and go on from.

Instants are microseconds since 1970 in UTC, so that nothing is lost. A cycle names its policy by digest and its rule
by place; it is told again from them. What is as it was at first is left out: a cycle has the policy and the fields of
its ticket, and instants that are its origin, where it says nothing else.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final, NamedTuple, TypeAlias

from pydantic_core import CoreSchema, SchemaValidator, ValidationError, core_schema

from slacalc.business_time.zone_data import zone_data_version
from slacalc.clocks.cycle import ENDS_BY_SOLVING, Cycle, End, Hold, Later, Meanwhile, Override, Pause, Reign
from slacalc.clocks.due import Past
from slacalc.clocks.saved_editions import SavedEditions, Takeover, successors_of, takeovers_of
from slacalc.clocks.ticket_state import VALUES, FieldBefore, Gap, Held, MessageKind, Series, TicketState
from slacalc.errors import LogError, PolicyError, SlaError
from slacalc.events.event import TakenOver
from slacalc.events.json_lines import event_from_data, event_to_data
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.in_force import MetricPromise, PolicyInForce
from slacalc.policies.policy import Policy

__all__ = ["state_from_data", "state_to_data"]

Data: TypeAlias = dict[str, Any]
_TermsOf: TypeAlias = Callable[[int], MetricPromise]
"""The terms of a metric by the place of its rule in the policy."""


class _SavedPart(NamedTuple):
    """How something of a ticket or a cycle is told as plain data, and read back."""

    told: Callable[[Any], Any]
    read: Callable[[Any], Any]


def state_to_data(life: TicketState, until: int, ticket: str) -> Data:
    """Return a life, the instant up to which it was told, and the ticket, as plain data."""
    policies = {each.edition.digest: each.edition for cycles in life.cycles.values() for each in cycles}
    if life.created:
        policies[life.edition.digest] = life.edition
    data: Data = {
        "form": 1,
        "ticket": ticket,
        "until": until,
        "policy": life.edition.digest if life.created else "",
        "parts": {digest: dict(edition.parts) for digest, edition in sorted(policies.items())},
        "zone_data": zone_data_version(),
    }
    for name, first in VALUES.items():
        if (value := getattr(life, name)) != first:
            data[name] = list(value) if isinstance(value, tuple) else value
    data |= _parts_data(life, _OF_A_TICKET)
    if life.takeovers:
        data["takeovers"] = _rows(life.takeovers)
    digests = {*policies, *(each.digest for each in life.takeovers)}
    if successors := successors_of(life.policy, digests, life.successors):
        data["successors"] = {digest: _rows(after) for digest, after in successors.items()}
    data["cycles"] = {metric: [_cycle_data(each, life) for each in cycles] for metric, cycles in life.cycles.items()}
    return data


def state_from_data(
    data: Mapping[str, Any] | str, policy: AnyPolicy, earlier: Iterable[Policy] = ()
) -> tuple[TicketState, int, str]:
    """Return what `state_to_data` was given. Raises LogError for anything else, and when a policy is missing."""
    try:
        saved = _TICKET.validate_json(data) if isinstance(data, str) else _TICKET.validate_python(data)
        return _life(saved, policy, earlier), saved["until"], saved["ticket"]
    except SlaError:
        raise
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise _unreadable(first["msg"], where) from None
    except (ValueError, RecursionError) as error:
        raise _unreadable(str(error), "") from None


def _unreadable(given: str, where: str) -> LogError:
    return LogError(
        "state_unreadable", "these are no saved clocks", given=given, accepts="what Clocks.to_json gave", where=where
    )


def _parts_data(whole: object, parts: Mapping[str, _SavedPart]) -> Data:
    return {name: part.told(value) for name, part in parts.items() if (value := getattr(whole, name))}


def _cycle_data(cycle: Cycle, life: TicketState) -> Data:
    origin = cycle.origin
    data: Data = {"rule": cycle.terms.place, "origin": origin}
    if not life.created or cycle.edition.digest != life.edition.digest:
        data["policy"] = cycle.edition.digest
    if cycle.fields != life.fields:
        data["fields"] = dict(cycle.fields)
    if cycle.terms_now.place != cycle.terms.place:
        data["terms_now"] = cycle.terms_now.place
    for names, first in ((_AT_ORIGIN, origin), (_AT_ZERO, 0), (_AT_NOTHING, None)):
        for name in names:
            if (value := getattr(cycle, name)) != first:
                data[name] = value
    data |= _parts_data(cycle, _OF_A_CYCLE)
    return data | _changes_data(cycle) if cycle.reigns or cycle.later or cycle.meanwhile else data


def _changes_data(cycle: Cycle) -> Data:
    """Return what other terms did to a cycle, each named by the place of its rule."""
    later = [[at, list(to) if isinstance(to, Override) else to.place] for at, to in cycle.later]
    changes = {
        "past": [[*span, terms.place] for span, terms in cycle.past.stretches],
        "reigns": [[start, end, terms.place, begins] for start, end, terms, begins in cycle.reigns],
        "later": later,
        "meanwhile": [[after, at, None if terms is None else terms.place] for after, at, terms in cycle.meanwhile],
    }
    return {name: value for name, value in changes.items() if value}


def _life(saved: Data, policy: AnyPolicy, earlier: Iterable[Policy]) -> TicketState:
    life = TicketState(policy)
    known = _takeovers(saved.get("takeovers", ()))
    life.takeovers = takeovers_of(policy, saved["policy"], saved["until"], known)
    life.successors = {digest: _takeovers(rows) for digest, rows in saved.get("successors", {}).items()}
    editions = SavedEditions(policy, earlier, life.takeovers, saved["parts"], life.successors, saved["until"])
    for name, value in saved.items():
        if name in _OF_A_TICKET:
            setattr(life, name, _OF_A_TICKET[name].read(value))
        elif name in _TOLD_OF_A_TICKET:
            setattr(life, name, value)
    for metric, cycles in saved["cycles"].items():
        life.cycles[metric] = [_cycle(each, metric, saved["policy"], editions, life.fields) for each in cycles]
    if life.created:
        _go_on_under(life, policy, editions.of, saved)
        life.listens = editions.have_signals
    return life


def _go_on_under(
    life: TicketState, policy: AnyPolicy, saved_edition: Callable[[str, int], PolicyInForce], saved: Data
) -> None:
    """Take the version of the last event; none begins anything until the next one where none was in force by then."""
    in_force = (edition for edition in policy.in_force if life.in_force and edition.holds_at(life.last[0]))
    life.edition = next(in_force, None) or saved_edition(saved["policy"], saved["until"])
    terms = life.edition.terms_by_declared(life.fields)
    life.terms = terms if life.in_force else terms.without_metrics()


def _cycle(saved: Data, metric: str, policy: str, editions: SavedEditions, fields: dict[str, str]) -> Cycle:
    """Return a cycle of a ticket, which has the policy and the fields of that where it says nothing else."""
    origin: int = saved["origin"]
    began: int = saved.get("known_since", origin)
    edition = editions.of(saved.get("policy", policy), began, _ended_for_good(saved))
    cycle = Cycle(edition, _terms(edition, metric, saved["rule"]), origin, fields)
    for name, value in saved.items():
        if name in _OF_A_CYCLE:
            setattr(cycle, name, _OF_A_CYCLE[name].read(value))
        elif name in _TOLD_OF_A_CYCLE:
            setattr(cycle, name, value)
    if not _NAME_TERMS.isdisjoint(saved):
        _take_terms(cycle, saved, partial(_terms, edition, metric))
    return cycle


def _terms(edition: PolicyInForce, metric: str, place: int) -> MetricPromise:
    try:
        return edition.terms_of(place).metrics[metric]
    except (LookupError, PolicyError):  # no such rule, one of no calendar, no such metric in it
        raise _unreadable(f"rule {place} of {len(edition.policy.tried_rules)}", f"cycles.{metric}") from None


def _take_terms(cycle: Cycle, saved: Data, terms: _TermsOf) -> None:
    """Give a cycle what other terms did to it."""
    cycle.terms_now = terms(saved["terms_now"]) if "terms_now" in saved else cycle.terms
    cycle.past = Past(((start, end), terms(place)) for start, end, place in saved.get("past", ()))
    cycle.reigns = [Reign(start, end, terms(place), begins) for start, end, place, begins in saved.get("reigns", ())]
    cycle.later = [
        Later(at, Override(*to) if isinstance(to, tuple) else terms(to)) for at, to in saved.get("later", ())
    ]
    cycle.meanwhile = [
        Meanwhile(after, at, None if place is None else terms(place)) for after, at, place in saved.get("meanwhile", ())
    ]


def _ended_for_good(saved: Data) -> int | None:
    """Return when a cycle ended that no event can take up again: what was judged stays so."""
    at, how = saved.get("end", (None, ""))
    return None if how in ENDS_BY_SOLVING else saved.get("settled", at)


def _taken_over(data: Mapping[str, Any]) -> TakenOver:
    event = event_from_data(data)
    if not isinstance(event, TakenOver):
        raise _unreadable(type(event).__name__, "taken_over")
    return event


def _takeovers(rows: Iterable[tuple[int, str]]) -> list[Takeover]:
    return [Takeover(*row) for row in rows]


def _rows(rows: Iterable[Iterable[object]]) -> list[list[object]]:
    return [*map(list, rows)]


def _holds(holds: Mapping[Hold, int]) -> list[list[object]]:
    return [[[*hold], number] for hold, number in holds.items()]


def _row_by_key(rows: Mapping[str, Iterable[object]]) -> dict[str, list[object]]:
    return {key: list(row) for key, row in rows.items()}


_OF_A_TICKET: Final = {
    "fields": _SavedPart(dict, dict),
    "fields_before": _SavedPart(_rows, lambda rows: [FieldBefore(*row) for row in rows]),
    "instants": _SavedPart(dict, dict),
    "first_values": _SavedPart(dict, dict),
    "happened": _SavedPart(dict, dict),
    "holds": _SavedPart(_holds, dict),
    "pauses": _SavedPart(
        lambda pauses: [[at, hold and [*hold], begins] for at, hold, begins in pauses],
        lambda rows: [Held(*row) for row in rows],
    ),
    "taken_over": _SavedPart(event_to_data, _taken_over),
    "deprioritisations": _SavedPart(dict, dict),
    "escalated": _SavedPart(dict, dict),
    "answers": _SavedPart(
        lambda answers: [[*kind, at] for kind, at in answers.items()],
        lambda rows: {MessageKind(*kind): at for *kind, at in rows},
    ),
    "gaps": _SavedPart(_rows, lambda rows: [Gap(*row) for row in rows]),
    "waiting": _SavedPart(
        lambda waiting: [[*key, event_to_data(event)] for *key, event in waiting],
        lambda rows: [(at, seq, place, event_from_data(event)) for at, seq, place, event in rows],
    ),
    "kept": _SavedPart(list, list),
    "repeats": _SavedPart(_row_by_key, lambda rows: {metric: Series(*row) for metric, row in rows.items()}),
}
_OF_A_CYCLE: Final = {
    "end": _SavedPart(list, lambda end: End(*end)),
    "away": _SavedPart(_rows, list),
    "stretches": _SavedPart(_rows, list),
    "held": _SavedPart(_holds, dict),
    "pauses": _SavedPart(
        lambda pauses: [[start, end, [*hold]] for start, end, hold in pauses],
        lambda rows: [Pause(*row) for row in rows],
    ),
    "overrides": _SavedPart(_rows, lambda rows: [Override(*row) for row in rows]),
}
_AT_ORIGIN: Final = ("known_since", "promised_since", "since", "running_since", "paused_since")
_AT_ZERO: Final = ("paused_amount", "followed")
_AT_NOTHING: Final = ("breach", "begun", "settled")
_TOLD_OF_A_CYCLE: Final = frozenset((*_AT_ORIGIN, *_AT_ZERO, *_AT_NOTHING, "fields"))
_TOLD_OF_A_TICKET: Final = frozenset((*VALUES, "zone_data"))
_NAME_TERMS: Final = frozenset(("terms_now", "past", "reigns", "later", "meanwhile"))

_INSTANT: Final = core_schema.int_schema(ge=-(2**60), le=2**60, strict=True)
_NUMBER: Final = _INSTANT
_PLACE: Final = core_schema.int_schema(ge=0, le=2**60, strict=True)
_TEXT: Final = core_schema.str_schema(strict=True)
_TRUTH: Final = core_schema.bool_schema(strict=True)
_TEXTS: Final = core_schema.dict_schema(_TEXT, _TEXT)
_INSTANTS: Final = core_schema.dict_schema(_TEXT, _INSTANT)
_EVENT: Final = core_schema.dict_schema(_TEXT, core_schema.any_schema())
_HOLD: Final = core_schema.tuple_schema(
    [core_schema.literal_schema(["status", "pause", "solved", "unpromised"]), _TEXT]
)
_OVERRIDE: Final = core_schema.tuple_schema([_INSTANT, _INSTANT, _TEXT])


def _maybe(schema: CoreSchema) -> CoreSchema:
    return core_schema.nullable_schema(schema)


def _several(*row: CoreSchema) -> CoreSchema:
    """Return the schema of a list of rows."""
    return core_schema.list_schema(core_schema.tuple_schema([*row]))


def _table(required: Mapping[str, CoreSchema], others: Mapping[str, CoreSchema]) -> CoreSchema:
    """Return the schema of an object with these keys, and no others."""
    fields = {name: core_schema.typed_dict_field(schema) for name, schema in required.items()}
    fields |= {name: core_schema.typed_dict_field(schema, required=False) for name, schema in others.items()}
    return core_schema.typed_dict_schema(fields, extra_behavior="forbid")


_SAVED_CYCLE: Final = _table(
    {"rule": _PLACE, "origin": _INSTANT},
    {
        "policy": _TEXT,
        "fields": _TEXTS,
        "known_since": _INSTANT,
        "promised_since": _INSTANT,
        "since": _INSTANT,
        "running_since": _maybe(_INSTANT),
        "paused_since": _INSTANT,
        "paused_amount": _INSTANT,
        "breach": _INSTANT,
        "begun": _INSTANT,
        "settled": _INSTANT,
        "end": core_schema.tuple_schema([_INSTANT, _TEXT]),
        "followed": _PLACE,
        "away": _several(_INSTANT, _INSTANT),
        "stretches": _several(_INSTANT, _INSTANT),
        "held": _several(_HOLD, _INSTANT),
        "pauses": _several(_INSTANT, _INSTANT, _HOLD),
        "overrides": core_schema.list_schema(_OVERRIDE),
        "terms_now": _PLACE,
        "past": _several(_INSTANT, _INSTANT, _PLACE),
        "reigns": _several(_INSTANT, _INSTANT, _PLACE, _INSTANT),
        "later": _several(_INSTANT, core_schema.union_schema([_PLACE, _OVERRIDE])),
        "meanwhile": _several(_NUMBER, _INSTANT, _maybe(_PLACE)),
    },
)
_TICKET: Final = SchemaValidator(
    _table(
        {
            "form": core_schema.literal_schema([1]),
            "ticket": _TEXT,
            "until": _INSTANT,
            "policy": _TEXT,
            "parts": core_schema.dict_schema(_TEXT, _TEXTS),
            "zone_data": _TEXT,
            "cycles": core_schema.dict_schema(_TEXT, core_schema.list_schema(_SAVED_CYCLE, min_length=1)),
        },
        {
            "created": _TRUTH,
            "solved": _TRUTH,
            "closed": _TRUTH,
            "turned_at": _INSTANT,
            "ended": _TRUTH,
            "received": _INSTANT,
            "opened_at": _INSTANT,
            "first_message": _INSTANT,
            "seen": _NUMBER,
            "number": _NUMBER,
            "last": core_schema.tuple_schema([_NUMBER, _NUMBER]),
            "heard": _NUMBER,
            "status": _TEXT,
            "in_force": _TRUTH,
            "doubt": core_schema.tuple_schema([_INSTANT, _NUMBER]),
            "messages_waiting": _NUMBER,
            "fields": _TEXTS,
            "fields_before": _several(_INSTANT, _TEXT, _TEXT, _TEXT),
            "instants": _INSTANTS,
            "first_values": _INSTANTS,
            "happened": _INSTANTS,
            "holds": _several(_HOLD, _NUMBER),
            "pauses": _several(_INSTANT, _maybe(_HOLD), _TRUTH),
            "taken_over": _EVENT,
            "deprioritisations": _INSTANTS,
            "escalated": _INSTANTS,
            "answers": _several(_TEXT, _TRUTH, _TRUTH, _TRUTH, _TRUTH, _TEXT, _INSTANT),
            "gaps": _several(_TEXT, _NUMBER, _TEXT),
            "waiting": _several(_INSTANT, _NUMBER, _NUMBER, _EVENT),
            "kept": core_schema.list_schema(_TEXT),
            "repeats": core_schema.dict_schema(_TEXT, core_schema.tuple_schema([_INSTANT, _INSTANT, _maybe(_INSTANT)])),
            "takeovers": _several(_INSTANT, _TEXT),
            "successors": core_schema.dict_schema(_TEXT, _several(_INSTANT, _TEXT)),
        },
    )
)
"""Checks that data is a saved ticket; its rows become tuples."""
