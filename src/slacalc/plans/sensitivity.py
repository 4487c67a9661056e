"""What a due time depends on: until when a ticket could have come, what jumps then, and which fields do not matter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from slacalc.arguments import check_argument
from slacalc.business_time.instants import DAY, from_us, to_us
from slacalc.calendars.ledger import told_moment
from slacalc.errors import SlaError
from slacalc.plans.due_pieces import DuePiece, due_pieces
from slacalc.policies.document.fields import FieldValue
from slacalc.policies.policy import Policy
from slacalc.policies.promise import Promise
from slacalc.render import Cell, MarkedLine, Tabular, TextTable, one_line

__all__ = ["FieldEffect", "Sensitivity", "sensitivity_of"]

_REACHES: Final = (2 * DAY, 16 * DAY, 128 * DAY, 366 * DAY)


class FieldEffect(NamedTuple):
    """What another value of a field does to a due time: `same` values leave it, `other` values do not.

    `any_value` says that no value changes it, whatever it is; where it is false, values that the policy does not list
    may change it.
    """

    field: str
    any_value: bool
    same: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sensitivity(Tabular):
    """What a due time depends on.

    It is the same for each instant from `same_from` to `same_until`, both included; these are both the instant itself
    where due moves with receipt. At `jumps_at`, the first instant after it at which due does more than move with
    receipt, it jumps to `jumps_to`; None where it does not within a year. `fields` is empty where no policy was given.
    """

    metric: str
    due: datetime
    same_from: datetime
    same_until: datetime
    jumps_at: datetime | None
    jumps_to: datetime | None
    fields: tuple[FieldEffect, ...] = ()

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each field."""
        return [{**each._asdict(), "same": list(each.same), "other": list(each.other)} for each in self.fields]

    def to_data(self) -> dict[str, object]:
        """Return it as plain lists, dicts, texts and numbers."""
        moments = {name: getattr(self, name) for name in ("due", "same_from", "same_until", "jumps_at", "jumps_to")}
        told = {name: None if each is None else each.isoformat() for name, each in moments.items()}
        return {"metric": self.metric, **told, "fields": self.to_rows()}

    def _page(self) -> Iterator[Cell | TextTable]:
        yield MarkedLine.of(f"{self.metric}: due ", told_moment(self.due), f" ({self.due.tzname()})")
        if self.same_from == self.same_until:
            yield "due moves with receipt"
        else:
            yield MarkedLine.of("the same from ", told_moment(self.same_from), " to ", told_moment(self.same_until))
        if self.jumps_at is not None and self.jumps_to is not None:
            yield MarkedLine.of("from ", told_moment(self.jumps_at), " on: due ", told_moment(self.jumps_to))
        for each in self.fields:
            yield one_line(_said(each))


def sensitivity_of(promise: Promise, policy: Policy | None, fields: Mapping[str, FieldValue]) -> Sensitivity:
    """Return what the due time of a promise depends on: see `Promise.sensitivity`."""
    if policy is not None:
        check_argument(policy, Policy, "policy", "the Policy that promised it")
    at, zone = to_us(promise.origin), promise.calendar.zone_info
    same, jump = _around(promise, at)
    told = [None if each is None else from_us(each, zone) for each in (*same, *jump)]
    effects = () if policy is None else tuple(_effects(promise, policy, fields))
    first, last, jumps_at, jumps_to = told
    return Sensitivity(
        promise.metric, promise.due, first or promise.origin, last or promise.origin, jumps_at, jumps_to, effects
    )


def _around(promise: Promise, at: int) -> tuple[tuple[int, int], tuple[int | None, int | None]]:
    """Return the receipts with the same due time, and the next jump."""
    low, high = promise.calendar.timeline.covered
    for reach in _REACHES:
        start, end = max(low, at - reach), min(high, at + reach)
        pieces = _pieces(promise, start, end, at)
        place = next(place for place, piece in enumerate(pieces) if piece.start <= at < piece.end)
        same, jump = _same(pieces, place, at), _jump(pieces, place)
        if (jump[0] is not None and same[0] > start) or reach == _REACHES[-1]:
            return same, jump
    raise AssertionError("the last reach answers")


def _pieces(promise: Promise, start: int, end: int, at: int) -> list[DuePiece]:
    """Return the pieces around an instant; where the calendar ends before, those up to it."""
    try:
        return list(due_pieces(promise.target, promise.calendar, start, end))
    except SlaError:
        return list(due_pieces(promise.target, promise.calendar, start, at + 1))


def _same(pieces: list[DuePiece], place: int, at: int) -> tuple[int, int]:
    piece = pieces[place]
    due = piece.due + (at - piece.start if piece.moves else 0)
    first, last = (at, at) if piece.moves else (piece.start, piece.end - 1)
    if first == piece.start:
        for before in reversed(pieces[:place]):
            if before.last_due != due:
                break
            first = before.end - 1 if before.moves else before.start
            if before.moves:
                break
    if last == piece.end - 1:
        for then in pieces[place + 1 :]:
            if then.due != due:
                break
            last = then.start if then.moves else then.end - 1
            if then.moves:
                break
    return first, last


def _jump(pieces: list[DuePiece], place: int) -> tuple[int | None, int | None]:
    for before, then in zip(pieces[place:], pieces[place + 1 :], strict=False):
        if then.due - before.last_due not in {0, 1}:
            return then.start, then.due
    return None, None


def _effects(promise: Promise, policy: Policy, fields: Mapping[str, FieldValue]) -> Iterator[FieldEffect]:
    tested = frozenset[str]().union(*(rule.tested_fields for rule in policy.rules))
    for name in policy.field_names:
        said = policy.fields.get(name, ())
        values = [each for each in said if each != fields.get(name)] if isinstance(said, tuple) else []
        same = tuple(each for each in values if _due_with(promise, policy, {**fields, name: each}) == promise.due)
        other = tuple(each for each in values if each not in same)
        every = name not in tested or (bool(said) and isinstance(said, tuple) and not other)
        yield FieldEffect(name, every, same, other)


def _due_with(promise: Promise, policy: Policy, fields: Mapping[str, FieldValue]) -> datetime | None:
    """Return when the ticket would be due with other fields; None where it is promised nothing, or later."""
    try:
        names = {each.origin for rule in policy.rules for each in rule.metrics.values() if each.origin}
        found = policy.promise_for(promise.received, fields, origins=dict.fromkeys(names, promise.origin))
    except SlaError:
        return None
    other = found.get(promise.metric)
    return None if other is None else other.due


def _said(effect: FieldEffect) -> str:
    if effect.any_value:
        return f"{effect.field}: any"
    parts = [
        f"the same for {', '.join(effect.same)}" if effect.same else "",
        f"another for {', '.join(effect.other)}" if effect.other else "",
    ]
    return f"{effect.field}: {'; '.join(filter(None, parts)) or 'a rule tests it'}"
