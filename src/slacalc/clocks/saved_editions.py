"""The policies that saved clocks began under, each with the hours that were in force at each instant (rule 10)."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from slacalc.arguments import each_of
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.succession import Succession
from slacalc.errors import LogError
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.in_force import PolicyInForce
from slacalc.policies.policy import Policy

__all__ = ["SavedEditions", "Takeover", "takeovers_of"]


class Takeover(NamedTuple):
    """From when on the policy of a digest told a ticket that had begun under another one."""

    at: int
    digest: str


def takeovers_of(current: AnyPolicy, before: str, until: int, known: Sequence[Takeover]) -> list[Takeover]:
    """Return the takeovers of a ticket that goes on under a policy: one more where it is another than before."""
    digests = {edition.digest for edition in current.in_force}
    ahead = (edition for edition in current.in_force if edition.until > until)
    taking = next(ahead, None)
    if taking is None or before in digests or (known and known[-1].digest in digests):
        return [*known]
    return [*known, Takeover(int(max(taking.since, until)), taking.digest)]


class SavedEditions:
    """The policies by digest. One that was replaced has the hours of its successors from when each took over."""

    __slots__ = ("_changed", "_current", "_earlier", "_parts", "_takeovers")

    def __init__(
        self,
        current: AnyPolicy,
        earlier: Iterable[Policy],
        takeovers: Sequence[Takeover],
        parts: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    ) -> None:
        before = each_of(earlier, Policy, "earlier", "several policies, such as [policy]")
        self._current = {edition.digest: edition for edition in current.in_force}
        self._earlier = {policy.digest: policy for policy in before}
        self._takeovers = tuple(takeovers)
        self._parts = parts
        self._changed: dict[tuple[str, tuple[Takeover, ...]], PolicyInForce] = {}

    def of(self, digest: str, ended: int | None = None) -> PolicyInForce:
        """Return the policy of a cycle; of one that ended for good with the hours that were known then. LogError."""
        if digest in self._current:
            return self._current[digest]
        if digest not in self._earlier:
            raise LogError(
                "policy_missing",
                f"the clocks began under a policy that was not given{self._what_differs(digest)}",
                given=digest,
                accepts=", ".join((*self._earlier, *self._current)),
                where="earlier",
            )
        after = self._after(digest, ended)
        known = self._changed.get((digest, after))
        if known is None:
            policy = self._earlier[digest]
            known = PolicyInForce(policy, partial(self._calendar, policy, after))
            self._changed[digest, after] = known
        return known

    @property
    def have_signals(self) -> bool:
        """Whether a clock of any of them begins or ends with a status, a field or an event."""
        earlier = (self.of(digest) for digest in self._earlier if digest not in self._current)
        return any(edition.has_signals for edition in (*self._current.values(), *earlier))

    def _what_differs(self, digest: str) -> str:
        """Return what of a policy that is missing is not so in the one that is given, as far as was kept of it."""
        then, now = self._parts.get(digest, {}), next(reversed(self._current.values())).parts
        other = [name for name in {**then, **now} if then.get(name) != now.get(name)]
        return f"; it differs in {', '.join(other)}" if then and other else ""

    def _after(self, digest: str, ended: int | None) -> tuple[Takeover, ...]:
        """Return the takeovers after that of a policy, as far as they came before an end."""
        own = [place for place, takeover in enumerate(self._takeovers, 1) if takeover.digest == digest]
        after = self._takeovers[max(own, default=0) :]
        return tuple(each for each in after if ended is None or each.at < ended)

    def _calendar(self, policy: Policy, after: tuple[Takeover, ...], name: str) -> OpenTime:
        known: list[OpenTime] = [policy.in_force[0].calendar(name)]
        changes: list[int] = []
        for takeover in after:
            calendar = self._named(takeover.digest, name)
            if calendar is not None and takeover.at > max(changes, default=takeover.at - 1):
                known.append(calendar)
                changes.append(takeover.at)
        return Succession(tuple(known), tuple(changes)) if changes else known[0]

    def _named(self, digest: str, name: str) -> OpenTime | None:
        """Return the calendar of a name as a policy says it; None where it has none, or is not given any more."""
        if digest in self._current:
            edition = self._current[digest]
            return edition.calendar(name) if _has(edition.policy.calendars, name) else None
        policy = self._earlier.get(digest)
        return policy.in_force[0].calendar(name) if policy is not None and _has(policy.calendars, name) else None


def _has(calendars: Mapping[str, object], name: str) -> bool:
    return name in calendars
