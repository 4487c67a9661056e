"""Policies that follow each other: which one was in force at an instant."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import pairwise
from math import inf
from typing import Any, Final

from slacalc.arguments import each_of
from slacalc.business_time.instants import to_us
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.succession import Succession
from slacalc.errors import PolicyError
from slacalc.forms import Form
from slacalc.lazy import lazy
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.document.clock_rules import ClockRule
from slacalc.policies.document.fields import FieldValue
from slacalc.policies.document.matches import MatchExplanation
from slacalc.policies.document.pins import GivenPins
from slacalc.policies.document.policy_document import no_calendar
from slacalc.policies.document.rules import EscalationStep, Rule
from slacalc.policies.in_force import PolicyInForce
from slacalc.policies.loading import policy_from_data, policy_schema
from slacalc.policies.policy import Policy

__all__ = ["PolicyVersions"]


_OUTSIDE: Final = ("$schema", "$defs")


class _WithDict:
    """Room for what is lazy, outside what is compared, hashed, pickled or copied."""

    __slots__ = ("__dict__",)


@dataclass(frozen=True, slots=True)
class PolicyVersions(Form, AnyPolicy, _WithDict):
    """Versions of a policy, each in force from its `valid_from` to its `valid_until`, or to the next one.

    The version in force when a clock's cycle begins gives its rules and targets (rule 10).
    Raises PolicyError for a version without `valid_from`, and for two that overlap.
    """

    policies: tuple[Policy, ...]

    @classmethod
    def of(cls, policies: Iterable[Policy]) -> "PolicyVersions":
        """Return the versions, put in order."""
        return cls(tuple(sorted(_each(policies), key=_valid_from)))

    def __post_init__(self) -> None:
        """Check that each has a start and that they follow each other."""
        starts = [_valid_from(policy) for policy in _each(self.policies)]
        if not starts:
            raise PolicyError("versions_empty", "there is no version", accepts="at least one policy")
        for (start, policy), (after, later) in pairwise(zip(starts, self.policies, strict=True)):
            if not start < _valid_until(policy, after) <= after:
                raise PolicyError(
                    "versions_overlap",
                    "two versions are in force at one time",
                    given=f"{policy.name} to {policy.valid_until}, {later.name} from {later.valid_from}",
                    accepts="versions that follow each other",
                )

    @classmethod
    def from_data(cls, data: Mapping[str, Any], *, pins: GivenPins | None = None) -> "PolicyVersions":
        """Return the versions of plain data; `pins` are as in `policy_from_data`. Raises PolicyError like it.

        >>> from slacalc import sample_policy
        >>> versions = PolicyVersions.of([sample_policy("b2b_marketplace").with_pins()])
        >>> PolicyVersions.from_data(versions.to_data()) == versions
        True
        """
        policies = data.get("versions") if isinstance(data, Mapping) else None
        if not isinstance(policies, list) or set(data) != {"versions"}:
            raise PolicyError(
                "versions_unreadable",
                "these are no versions of a policy",
                given=data,
                accepts="what PolicyVersions.to_data returns",
            )
        return cls.of([_read_version(each, place, pins) for place, each in enumerate(policies)])

    def to_data(self) -> dict[str, Any]:
        """Return the versions as plain dicts, lists, texts and numbers, each as `Policy.to_data` says it."""
        return {"versions": [policy.to_data() for policy in self.policies]}

    @classmethod
    def data_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of the data."""
        policy = policy_schema()
        several = {"type": "array", "minItems": 1, "items": {key: policy[key] for key in policy if key not in _OUTSIDE}}
        outside: dict[str, Any] = {key: policy[key] for key in _OUTSIDE if key in policy}
        said = {"type": "object", "properties": {"versions": several}, "required": ["versions"]}
        return {**outside, **said, "title": cls.__name__, "additionalProperties": False}

    def with_pins(self) -> "PolicyVersions":
        """Return the same versions, each with the data of its pins in it: see `Policy.with_pins`."""
        return PolicyVersions(tuple(policy.with_pins() for policy in self.policies))

    @property
    def name(self) -> str:
        """The names of the versions, each once."""
        return ", ".join(dict.fromkeys(policy.name for policy in self.policies))

    @lazy
    def in_force(self) -> tuple[PolicyInForce, ...]:
        """The versions, each from its start until it ends, with opening hours that follow those after it (rule 10)."""
        starts = [*map(_valid_from, self.policies), inf]
        return tuple(
            PolicyInForce(policy, partial(self._calendar, i), starts[i], _valid_until(policy, starts[i + 1]))
            for i, policy in enumerate(self.policies)
        )

    def at(self, instant: datetime) -> Policy:
        """Return the version in force: from `valid_from` on, no longer at `valid_until`. PolicyError in a gap."""
        return self.policies[self.in_force.index(self.in_force_at(instant))]

    def calendar(self, name: str) -> OpenTime:
        """Return the calendar of a name, as the version of each instant says (rule 10). PolicyError without one."""
        for each in self.in_force:
            if name in each.policy.calendars:
                return each.calendar(name)
        known = dict.fromkeys(name for policy in self.policies for name in policy.calendars)
        raise no_calendar(name, known)

    def rule_for(self, at: datetime, /, **fields: FieldValue) -> Rule:
        """Return the first rule that matches in the version in force at an instant: see `Policy.rule_for`."""
        return self.at(at).rule_for(**fields)

    def explain_match(self, at: datetime, /, **fields: FieldValue) -> MatchExplanation:
        """Return why a rule matches in the version in force at an instant: see `Policy.explain_match`."""
        return self.at(at).explain_match(**fields)

    def escalation_for(self, at: datetime, /, **fields: FieldValue) -> tuple[EscalationStep, ...]:
        """Return who is next in the version in force at an instant: see `Policy.escalation_for`."""
        return self.at(at).escalation_for(**fields)

    def clock(self, at: datetime, metric: str) -> ClockRule:
        """Return what starts, stops and pauses a clock in the version in force at an instant: see `Policy.clock`."""
        return self.at(at).clock(metric)

    def _calendar(self, first: int, name: str) -> OpenTime:
        """Return the calendar of a name as each version says that has it; before one, those of its zone."""
        own = self.policies[first].calendar(name)
        known = [policy for policy in self.policies[first:] if name in policy.calendars]
        for policy in reversed(self.policies[:first]):
            if name in policy.calendars:
                if policy.calendar(name).zone_info.key != own.zone_info.key:
                    break
                known.insert(0, policy)
        if len(known) == 1:
            return known[0].calendar(name)
        changes = tuple(_valid_from(policy) for policy in known[1:])
        return Succession(tuple(policy.calendar(name) for policy in known), changes)


def _each(policies: Iterable[Policy]) -> Iterator[Policy]:
    return each_of(policies, Policy, "policies", "several policies, such as [policy]")


def _valid_from(policy: Policy) -> int:
    if policy.valid_from is None:
        raise PolicyError(
            "version_without_start",
            "a version says from when it is in force",
            given=policy.name,
            accepts="valid_from",
            where="valid_from",
        )
    return to_us(policy.valid_from)


def _valid_until(policy: Policy, after: float) -> float:
    """Return when a version ends: as it says, or when the next one begins."""
    return after if policy.valid_until is None else to_us(policy.valid_until)


def _read_version(data: Mapping[str, Any], place: int, pins: GivenPins | None) -> Policy:
    try:
        return policy_from_data(data, where="", pins=pins)
    except PolicyError as error:
        raise error.at("versions", place) from None
