"""Policies that follow each other: which one was in force at an instant."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from slacalc.arguments import each_of
from slacalc.business_time.instants import to_us
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.succession import Succession
from slacalc.errors import PolicyError
from slacalc.policies.editions import Edition
from slacalc.policies.policy import Policy
from slacalc.policies.promise import Promises

if TYPE_CHECKING:
    from slacalc.clocks.replay import Clocks
    from slacalc.events.event import Event

__all__ = ["PolicyVersions"]


class _Kept:
    """What versions make on first use, outside what is compared, hashed, pickled or copied."""

    __slots__ = ("_editions",)
    _editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True)
class PolicyVersions(_Kept):
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
            end = after if policy.valid_until is None else to_us(policy.valid_until)
            if not start < end <= after:
                raise PolicyError(
                    "versions_overlap",
                    "two versions are in force at one time",
                    given=f"{policy.name} to {policy.valid_until}, {later.name} from {later.valid_from}",
                    accepts="versions that follow each other",
                )

    @property
    def name(self) -> str:
        """The names of the versions, each once."""
        return ", ".join(dict.fromkeys(policy.name for policy in self.policies))

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that some version promises, in order."""
        return tuple(dict.fromkeys(metric for policy in self.policies for metric in policy.metrics))

    @property
    def field_names(self) -> tuple[str, ...]:
        """The fields that the rules of some version may test."""
        return tuple(dict.fromkeys(name for policy in self.policies for name in policy.field_names))

    def at(self, instant: datetime) -> Policy:
        """Return the version in force: from `valid_from` on, no longer at `valid_until`. PolicyError in a gap."""
        return self.policies[self._place(instant)]

    def edition_at(self, instant: datetime) -> Edition:
        """Return the version in force, with opening hours that follow the versions after it (rule 10)."""
        return self.editions[self._place(instant)]

    @property
    def editions(self) -> tuple[Edition, ...]:
        """Every version, as it is for a clock that begins under it."""
        try:
            return self._editions
        except AttributeError:
            made = tuple(Edition(policy, partial(self._calendar, i)) for i, policy in enumerate(self.policies))
            object.__setattr__(self, "_editions", made)
            return made

    def _place(self, instant: datetime) -> int:
        at = to_us(instant, "instant")
        i = bisect_right([_valid_from(policy) for policy in self.policies], at) - 1
        policy = self.policies[max(i, 0)]
        if i < 0 or (policy.valid_until is not None and at >= to_us(policy.valid_until)):
            raise PolicyError(
                "no_version",
                "no version of the policy is in force",
                given=instant.isoformat(),
                accepts=", ".join(f"{each.name} from {each.valid_from}" for each in self.policies),
            )
        return i

    def _calendar(self, first: int, name: str) -> OpenTime:
        """Return the calendar of a name as one version says, and from then on as each later one that has it says."""
        known = [
            policy for policy in self.policies[first:] if name in policy.calendars or policy is self.policies[first]
        ]
        if len(known) == 1:
            return known[0].calendar(name)
        changes = tuple(_valid_from(policy) for policy in known[1:])
        return Succession(tuple(policy.calendar(name) for policy in known), changes)

    def replay(self, events: "Iterable[Event]", *, as_of: datetime, ticket: str = "", strict: bool = False) -> "Clocks":
        """Return how the clocks of one ticket are doing: `slacalc.replay` with these versions."""
        from slacalc.clocks.replay import replay

        return replay(events, self, as_of=as_of, ticket=ticket, strict=strict)

    def promise(
        self, received: datetime, /, *, origins: Mapping[str, datetime] | None = None, **fields: str
    ) -> Promises:
        """Return what the version in force at receipt promises; opening hours are those of each instant (rule 10)."""
        return self.promise_for(received, fields, origins=origins)

    def promise_for(
        self, received: datetime, fields: Mapping[str, str], *, origins: Mapping[str, datetime] | None = None
    ) -> Promises:
        """Return what `promise` returns, for fields in a mapping."""
        edition = self.edition_at(received)
        return edition.policy.promise_for(received, fields, origins=origins, calendar_of=edition.calendar)


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
