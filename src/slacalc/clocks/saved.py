"""Everything that is known of a ticket as plain data, to store and go on from.

Instants are microseconds since 1970 in UTC, so that nothing is lost. A cycle names its policy by digest
and its rule by place; it is told again from them, so that nothing is said twice.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from slacalc.business_time.zone_data import zone_data_version
from slacalc.clocks.cycle import ENDS_BY_SOLVING, Cycle, End, Hold, Later, Meanwhile, Override, Pause, Reign
from slacalc.clocks.due import Past
from slacalc.clocks.saved_editions import SavedEditions, Takeover, takeovers_of
from slacalc.clocks.ticket_state import VALUES, FieldBefore, Gap, Held, Series, TicketState
from slacalc.errors import LogError, SlaError
from slacalc.events.event import Message, TakenOver
from slacalc.events.json_lines import event_from_data, event_to_data
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.in_force import MetricPromise, PolicyInForce
from slacalc.policies.policy import Policy

__all__ = ["state_from_data", "state_to_data"]

_Instant = Annotated[int, Field(ge=-(2**60), le=2**60)]
_Maybe = _Instant | None
_Texts = dict[str, str]
_EventData = dict[str, Any]
_SavedOverride = tuple[_Instant, _Instant, str]


class _Plain(BaseModel):
    """Data of exactly this form."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)


class _SavedCycle(_Plain):
    policy: str
    rule: Annotated[int, Field(ge=0)]
    rule_now: Annotated[int, Field(ge=0)]
    origin: _Instant
    fields: _Texts
    known_since: _Instant
    promised_since: _Instant
    since: _Instant
    running_since: _Maybe
    paused_since: _Instant
    paused_amount: _Instant
    breach: _Maybe
    begun: _Maybe
    end: tuple[_Instant, str] | None
    followed: Annotated[int, Field(ge=0)]
    away: list[tuple[_Instant, _Instant]]
    stretches: list[tuple[_Instant, _Instant]]
    past: list[tuple[_Instant, _Instant, int]]
    reigns: list[tuple[_Instant, _Instant, int, _Instant]]
    held: list[tuple[Hold, _Instant]]
    pauses: list[tuple[_Instant, _Instant, Hold]]
    overrides: list[_SavedOverride]
    later: list[tuple[_Instant, int | _SavedOverride]]
    meanwhile: list[tuple[int, _Instant, int | None]]

    @classmethod
    def of(cls, cycle: Cycle) -> Self:
        """Return the plain form of a cycle."""
        return cls.model_construct(
            policy=cycle.edition.digest,
            rule=cycle.terms.place,
            rule_now=cycle.terms_now.place,
            origin=cycle.origin,
            fields=dict(cycle.fields),
            **{name: getattr(cycle, name) for name in _AS_IT_IS},
            end=None if cycle.end is None else tuple(cycle.end),
            away=list(cycle.away),
            stretches=list(cycle.stretches),
            past=[(*span, terms.place) for span, terms in cycle.past.stretches],
            reigns=[(start, end, terms.place, begins) for start, end, terms, begins in cycle.reigns],
            held=list(cycle.held.items()),
            pauses=[tuple(pause) for pause in cycle.pauses],
            overrides=[tuple(override) for override in cycle.overrides],
            later=[(at, tuple(to) if isinstance(to, Override) else to.place) for at, to in cycle.later],
            meanwhile=[(after, at, None if terms is None else terms.place) for after, at, terms in cycle.meanwhile],
        )


_AS_IT_IS = (
    "known_since", "promised_since", "since", "running_since", "paused_since", "paused_amount", "breach", "begun",
    "followed",
)  # fmt: skip


_TABLES = ("fields", "instants", "first_values", "happened", "deprioritisations", "escalated")


class _SavedLife(_Plain):
    form: Literal[1]
    ticket: str
    until: _Instant
    policy: str
    created: bool
    solved: bool
    closed: bool
    turned_at: _Instant
    ended: bool
    received: _Instant
    opened_at: _Maybe
    first_message: _Maybe
    seen: int
    number: int
    last: tuple[int, int]
    heard: int
    status: str
    doubt: tuple[_Instant, int] | None
    messages_waiting: int
    fields: _Texts
    fields_before: list[tuple[_Instant, str, str, str]]
    instants: dict[str, _Instant]
    first_values: dict[str, _Instant]
    happened: dict[str, _Instant]
    holds: list[tuple[Hold, int]]
    pauses: list[tuple[_Instant, Hold | None, bool]]
    taken_over: _EventData | None
    deprioritisations: dict[str, _Instant]
    escalated: dict[str, _Instant]
    answers: list[_EventData]
    gaps: list[tuple[str, int, str]]
    waiting: list[tuple[_Instant, int, int, _EventData]]
    cycles: dict[str, Annotated[list[_SavedCycle], Field(min_length=1)]]
    kept: list[str]
    repeats: dict[str, tuple[_Instant, _Instant, _Maybe]]
    takeovers: list[tuple[_Instant, str]]
    parts: _Texts
    zone_data: str


def state_to_data(life: TicketState, until: int, ticket: str) -> dict[str, Any]:
    """Return a life, the instant up to which it was told, and the ticket, as plain data."""
    saved = _SavedLife.model_construct(
        form=1,
        ticket=ticket,
        until=until,
        policy=life.edition.digest if life.created else "",
        **{name: getattr(life, name) for name in (*VALUES, *_TABLES)},
        fields_before=[tuple(change) for change in life.fields_before],
        holds=list(life.holds.items()),
        pauses=[tuple(held) for held in life.pauses],
        taken_over=None if life.taken_over is None else event_to_data(life.taken_over),
        kept=list(life.kept),
        takeovers=[tuple(each) for each in life.takeovers],
        parts=life.edition.parts if life.created else {},
        repeats={metric: tuple(series) for metric, series in life.repeats.items()},
        answers=[event_to_data(message) for message in life.answers.values()],
        gaps=[tuple(gap) for gap in life.gaps],
        waiting=[(*key, event_to_data(event)) for *key, event in life.waiting],
        cycles={metric: [_SavedCycle.of(cycle) for cycle in cycles] for metric, cycles in life.cycles.items()},
        zone_data=zone_data_version(),
    )
    return saved.model_dump(mode="json")


def state_from_data(
    data: Mapping[str, Any] | str, policy: AnyPolicy, earlier: Iterable[Policy] = ()
) -> tuple[TicketState, int, str]:
    """Return what `state_to_data` was given. Raises LogError for anything else, and when a policy is missing."""
    try:
        text = data if isinstance(data, str) else json.dumps(data)
        saved = _SavedLife.model_validate_json(text)
        return _life(saved, policy, earlier), saved.until, saved.ticket
    except SlaError:
        raise
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise _unreadable(first["msg"], where) from None
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        raise _unreadable(str(error), "") from None


def _unreadable(given: str, where: str) -> LogError:
    return LogError(
        "state_unreadable", "these are no saved clocks", given=given, accepts="what Clocks.to_json gave", where=where
    )


def _life(saved: _SavedLife, policy: AnyPolicy, earlier: Iterable[Policy]) -> TicketState:
    life = TicketState(policy)
    life.takeovers = takeovers_of(policy, saved.policy, saved.until, [Takeover(*each) for each in saved.takeovers])
    editions = SavedEditions(policy, earlier, life.takeovers, {saved.policy: saved.parts})
    for name in (*VALUES, *_TABLES, "kept"):
        setattr(life, name, getattr(saved, name))
    life.fields_before = [FieldBefore(*change) for change in saved.fields_before]
    life.holds = dict(saved.holds)
    life.pauses = [Held(*held) for held in saved.pauses]
    life.repeats = {metric: Series(*series) for metric, series in saved.repeats.items()}
    life.gaps = [Gap(*gap) for gap in saved.gaps]
    life.zone_data = saved.zone_data
    life.waiting = [(at, seq, place, event_from_data(event)) for at, seq, place, event in saved.waiting]
    taken_over = None if saved.taken_over is None else event_from_data(saved.taken_over)
    life.taken_over = taken_over if isinstance(taken_over, TakenOver) else None
    for answer in map(event_from_data, saved.answers):
        if isinstance(answer, Message):
            life.remember(answer)
    for metric, cycles in saved.cycles.items():
        life.cycles[metric] = [_cycle(each, metric, editions.of(each.policy, _ended_for_good(each))) for each in cycles]
    if life.created:
        in_force = (edition for edition in policy.in_force if edition.holds_at(life.last[0]))
        life.edition = next(in_force, None) or editions.of(saved.policy)
        life.terms = life.edition.terms(life.fields)
        life.listens = editions.have_signals
    return life


def _ended_for_good(saved: _SavedCycle) -> int | None:
    """Return when a cycle ended that no event can take up again: what was judged stays so."""
    return None if saved.end is None or saved.end[1] in ENDS_BY_SOLVING else saved.end[0]


def _cycle(saved: _SavedCycle, metric: str, edition: PolicyInForce) -> Cycle:
    def terms(place: int) -> MetricPromise:
        return edition.terms_of(place).metrics[metric]

    cycle = Cycle(edition, terms(saved.rule), saved.origin, saved.fields)
    for name in (*_AS_IT_IS, "away", "stretches"):
        setattr(cycle, name, getattr(saved, name))
    cycle.end = None if saved.end is None else End(*saved.end)
    cycle.terms_now = terms(saved.rule_now)
    cycle.held = dict(saved.held)
    cycle.past = Past(((start, end), terms(place)) for start, end, place in saved.past)
    cycle.reigns = [Reign(start, end, terms(place), begins) for start, end, place, begins in saved.reigns]
    cycle.pauses = [Pause(*pause) for pause in saved.pauses]
    cycle.overrides = [Override(*override) for override in saved.overrides]
    cycle.later = [Later(at, Override(*to) if isinstance(to, tuple) else terms(to)) for at, to in saved.later]
    cycle.meanwhile = [
        Meanwhile(after, at, None if place is None else terms(place)) for after, at, place in saved.meanwhile
    ]
    return cycle
