"""The policies that saved clocks began under, each with the hours that were in force at each instant (rule 10)."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import zip_longest
from math import inf
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from slacalc.arguments import each_of
from slacalc.calendars.open_time import OpenTime
from slacalc.calendars.succession import Succession
from slacalc.errors import LogError
from slacalc.policies.any_policy import AnyPolicy
from slacalc.policies.in_force import PolicyInForce
from slacalc.policies.policy import Policy

__all__ = ["SavedEditions", "Takeover", "successors_of", "takeovers_of"]

Successors: TypeAlias = Mapping[str, Sequence["Takeover"]]
"""The versions that follow a policy by date, in order, by its digest."""


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


def successors_of(current: AnyPolicy, digests: Iterable[str], known: Successors) -> dict[str, tuple[Takeover, ...]]:
    """Return which versions follow each policy by date: as the current versions say, before these as was known."""
    if not known and len(current.in_force) == 1:
        return {}
    places = {edition.digest: place for place, edition in enumerate(current.in_force, 1)}
    found = {digest: (*_successors(current, digest, places, known.get(digest, ())),) for digest in digests}
    return {digest: after for digest, after in sorted(found.items()) if after}


def _successors(
    current: AnyPolicy, digest: str, places: Mapping[str, int], known: Sequence[Takeover]
) -> Iterator[Takeover]:
    before = () if digest in places else _until_first(known, places)
    yield from before
    last = before[-1].digest if before else digest
    if last in places:
        yield from (Takeover(int(each.since), each.digest) for each in current.in_force[places[last] :])


def _until_first(successors: Sequence[Takeover], digests: Container[str]) -> tuple[Takeover, ...]:
    """Return the successors up to the first that is one of these policies."""
    last = next((place for place, each in enumerate(successors, 1) if each.digest in digests), None)
    return tuple(successors[:last])


class SavedEditions:
    """The policies by digest. One that was replaced has the hours of its successors from when each took over.

    A successor took over by date where it was another version, as `successors` has it, and else when clocks went on
    under it, as `takeovers` has it. Of the policies that are current their own versions say what follows.
    """

    __slots__ = ("_changed", "_current", "_earlier", "_parts", "_successors", "_takeovers", "_until")

    def __init__(
        self,
        current: AnyPolicy,
        earlier: Iterable[Policy],
        takeovers: Sequence[Takeover],
        parts: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
        successors: Successors = MappingProxyType({}),
        until: float = inf,
    ) -> None:
        before = each_of(earlier, Policy, "earlier", "several policies, such as [policy]")
        self._current = {edition.digest: edition for edition in current.in_force}
        self._earlier = {edition.digest: edition for policy in before for edition in policy.in_force}
        self._takeovers = tuple(takeovers)
        self._parts = parts
        self._successors = {digest: _until_first(each, self._current) for digest, each in successors.items()}
        self._until = until
        self._changed: dict[tuple[str, tuple[Takeover, ...]], PolicyInForce] = {}

    def of(self, digest: str, began: int, ended: int | None = None) -> PolicyInForce:
        """Return the policy of a cycle that began at an instant, with the hours of those that took over since.

        One that ended for good has the hours that were known then. Raises LogError for a policy that is missing.
        """
        after = (*self._in_turn(digest, began, ended),) if self._takeovers or self._successors else ()
        if not after:
            return self._given(digest)
        known = self._changed.get((digest, after))
        if known is None:
            edition = self._given(digest)
            known = PolicyInForce(edition.policy, partial(self._calendar, edition, after))
            self._changed[digest, after] = known
        return known

    @property
    def have_signals(self) -> bool:
        """Whether a clock of any of them begins or ends with a status, a field or an event."""
        return any(edition.has_signals for edition in (*self._current.values(), *self._earlier.values()))

    def _given(self, digest: str) -> PolicyInForce:
        found = self._current.get(digest) or self._earlier.get(digest)
        if found is None:
            raise LogError(
                "policy_missing",
                f"the clocks began under a policy that was not given{self._what_differs(digest)}",
                given=digest,
                accepts=", ".join((*self._earlier, *self._current)),
                where="earlier",
            )
        return found

    def _what_differs(self, digest: str) -> str:
        """Return what of a policy that is missing is not so in the one of those given that is most like it."""
        then = self._parts.get(digest, {})
        given = (edition.parts for edition in (*self._current.values(), *self._earlier.values()))
        other = min(([name for name in {**then, **now} if then.get(name) != now.get(name)] for now in given), key=len)
        return f"; it differs in {', '.join(other)}" if then and other else ""

    def _in_turn(self, digest: str, began: int, ended: int | None) -> Iterator[Takeover]:
        """Return what took over since a cycle began: each takeover, and until the next one the versions after it."""
        takeovers = self._after(digest, began, ended)
        yield from self._by_date(digest, began, takeovers[0].at if takeovers else inf, ended)
        for each, following in zip_longest(takeovers, takeovers[1:]):
            yield each
            yield from self._by_date(each.digest, each.at, following.at if following else inf, ended)

    def _by_date(self, digest: str, since: int, before: float, ended: int | None) -> Iterator[Takeover]:
        """Return the versions that follow a policy, until something else took over.

        One that is missing was not needed unless it was in force while the cycle ran.
        """
        ran_until = self._until if ended is None else ended
        for each in () if digest in self._current else self._successors.get(digest, ()):
            given = each.digest in self._current or each.digest in self._earlier
            if each.at < before and (given or since < each.at < ran_until):
                yield each

    def _after(self, digest: str, began: int, ended: int | None) -> tuple[Takeover, ...]:
        """Return the takeovers since a cycle began under a policy, as far as they came before an end.

        A policy may take over more than once: the cycle began after the last time by then.
        """
        if not self._takeovers:
            return ()
        own = (place for place, each in enumerate(self._takeovers, 1) if each.digest == digest and each.at <= began)
        after = self._takeovers[max(own, default=0) :]
        return tuple(each for each in after if ended is None or each.at < ended)

    def _calendar(self, edition: PolicyInForce, after: tuple[Takeover, ...], name: str) -> OpenTime:
        known: list[OpenTime] = [edition.calendar(name)]
        changes: list[int] = []
        for takeover in after:
            successor = self._given(takeover.digest)
            if name in successor.policy.calendars and takeover.at > max(changes, default=takeover.at - 1):
                known.append(successor.calendar(name))
                changes.append(takeover.at)
        return Succession(tuple(known), tuple(changes)) if changes else known[0]
