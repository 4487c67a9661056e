"""This module knows the plain form of everything that is known of a ticket, to be kept and gone on with.

Instants are microseconds since 1970 in UTC, so that nothing is lost. A cycle names its policy by digest
and its rule by place; it is told again from them, so that nothing is said twice.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from slacalc.errors import LogError
from slacalc.policies.editions import Edition, MetricTerms
from slacalc.policies.policy import Policy
from slacalc.tickets.cycles import Cycle, Meanwhile, Override, Pause, Reign
from slacalc.tickets.events import Message, TakenOver, event_from_data, event_to_data
from slacalc.tickets.life import VALUES, Book, Gap, Held, Life
from slacalc.tickets.measure import Past

__all__ = ["life_from_data", "life_to_data"]

_FORM: Final = 1
_PLAIN: Final = ("since", "running_since", "paused_since", "paused_amount", "begun", "stop", "answered", "followed")
_ENDED: Final = ("cancelled", "cancelled_at", "misses")


def life_to_data(life: Life, until: int, ticket: str) -> dict[str, Any]:
    """Return a life, the instant up to which it was told, and the ticket, as plain data."""
    return {
        "form": _FORM,
        "ticket": ticket,
        "until": until,
        "policy": life.edition.policy.digest if life.created else "",
        **{name: getattr(life, name) for name in VALUES},
        "last": list(life.last),
        "fields": life.fields,
        "instants": life.instants,
        "holds": [[*hold, number] for hold, number in life.holds.items()],
        "pauses": [[held.at, held.hold, held.begins] for held in life.pauses],
        "taken_over": None if life.taken_over is None else event_to_data(life.taken_over),
        "demotions": life.demotions,
        "escalations": life.escalations,
        "answers": [event_to_data(message) for message in life.answers.values()],
        "gaps": [list(gap) for gap in life.gaps],
        "waiting": [[*key, event_to_data(event)] for *key, event in life.waiting],
        "cycles": {metric: [_cycle_to_data(cycle) for cycle in cycles] for metric, cycles in life.cycles.items()},
    }


def life_from_data(data: Mapping[str, Any] | str, book: Book, earlier: Iterable[Policy] = ()) -> tuple[Life, int, str]:
    """Return what `life_to_data` was given. Raises LogError for anything else, and when a policy is missing."""
    try:
        plain = json.loads(data) if isinstance(data, str) else data
        life = _life({_FORM: plain}[plain["form"]], book, _editions(book, earlier))
        return life, int(plain["until"]), str(plain["ticket"])
    except LogError:
        raise
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise LogError(
            "state_unreadable", "these are no saved clocks", given=str(error), accepts="what Clocks.to_json gave"
        ) from None


def _editions(book: Book, earlier: Iterable[Policy]) -> dict[str, Edition]:
    current = [book.edition] if isinstance(book, Policy) else book.editions
    return {edition.digest: edition for edition in (*(policy.edition for policy in earlier), *current)}


def _edition(digest: str, editions: Mapping[str, Edition]) -> Edition:
    if digest not in editions:
        raise LogError(
            "policy_missing",
            "the clocks began under a policy that was not given",
            given=digest,
            accepts=", ".join(editions),
            where="earlier",
        )
    return editions[digest]


def _life(data: Mapping[str, Any], book: Book, editions: Mapping[str, Edition]) -> Life:
    life = Life(book)
    for name in VALUES:
        setattr(life, name, data[name])
    life.last = (data["last"][0], data["last"][1])
    for name in ("fields", "instants", "demotions", "escalations"):
        setattr(life, name, dict(data[name]))
    life.holds = {(kind, name): number for kind, name, number in data["holds"]}
    life.pauses = [
        Held(at, None if hold is None else (hold[0], hold[1]), begins) for at, hold, begins in data["pauses"]
    ]
    taken_over = None if data["taken_over"] is None else event_from_data(data["taken_over"])
    life.taken_over = taken_over if isinstance(taken_over, TakenOver) else None
    life.gaps = [Gap(*gap) for gap in data["gaps"]]
    life.waiting = [(at, seq, place, event_from_data(event)) for at, seq, place, event in data["waiting"]]
    for answer in map(event_from_data, data["answers"]):
        if isinstance(answer, Message):
            life.remember(answer)
    life.cycles = {
        metric: [_cycle(each, metric, editions) for each in cycles] for metric, cycles in data["cycles"].items()
    }
    if life.created:
        life.edition = _current(book, data["policy"], editions)
        life.terms = life.edition.terms(life.fields)
    return life


def _current(book: Book, digest: str, editions: Mapping[str, Edition]) -> Edition:
    """Return what new cycles begin under: the policy given now; of versions, the one in force then."""
    return book.edition if isinstance(book, Policy) else _edition(digest, editions)


def _cycle_to_data(cycle: Cycle) -> dict[str, Any]:
    return {
        "policy": cycle.edition.digest,
        "rule": cycle.terms.place,
        "origin": cycle.origin,
        "fields": dict(cycle.fields),
        **{name: getattr(cycle, name) for name in (*_PLAIN, *_ENDED)},
        "stretches": [list(span) for span in cycle.stretches],
        "past": [[*span, terms.place] for span, terms in cycle.past.stretches],
        "reigns": [[reign.start, reign.end, reign.terms.place] for reign in cycle.reigns],
        "held": [[*hold, start] for hold, start in cycle.held.items()],
        "pauses": [list(pause) for pause in cycle.pauses],
        "overrides": [list(override) for override in cycle.overrides],
        "meanwhile": [[change.after, change.at, change.terms.place] for change in cycle.meanwhile],
    }


def _cycle(data: Mapping[str, Any], metric: str, editions: Mapping[str, Edition]) -> Cycle:
    edition = _edition(data["policy"], editions)

    def terms(place: int) -> MetricTerms:
        return edition.terms_of(place).metrics[metric]

    cycle = Cycle(edition, terms(data["rule"]), data["origin"], dict(data["fields"]))
    for name in (*_PLAIN, *_ENDED):
        setattr(cycle, name, data[name])
    cycle.stretches = [(start, end) for start, end in data["stretches"]]
    cycle.past = Past(((start, end), terms(place)) for start, end, place in data["past"])
    cycle.reigns = [Reign(start, end, terms(place)) for start, end, place in data["reigns"]]
    cycle.held = {(kind, name): start for kind, name, start in data["held"]}
    cycle.pauses = [Pause(*pause) for pause in data["pauses"]]
    cycle.overrides = [Override(*override) for override in data["overrides"]]
    cycle.meanwhile = [Meanwhile(after, at, terms(place)) for after, at, place in data["meanwhile"]]
    return cycle
