"""The versions of the policy that are in use."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

import slacalc as sla
from helpdesk.tables import PolicyRow

FIRST = Path(__file__).parent / "policy.toml"


class Policies:
    """The versions, each made once in this process: a policy is kept by its digest, and the digests are asked for anew.

    So a worker sees the edit of another one with its next request, and pays for it once.
    """

    def __init__(self) -> None:
        self._policies: dict[str, sla.Policy] = {}
        self._versions: dict[tuple[str, ...], sla.PolicyVersions] = {}

    def of(self, session: Session) -> sla.PolicyVersions:
        """Return the versions that the database has."""
        digests = tuple(session.scalars(select(PolicyRow.digest).order_by(PolicyRow.valid_from)))
        if digests not in self._versions:
            self._versions[digests] = sla.PolicyVersions.of([self._policy(session, digest) for digest in digests])
        return self._versions[digests]

    def _policy(self, session: Session, digest: str) -> sla.Policy:
        if digest not in self._policies:
            said = session.scalars(select(PolicyRow.said).where(PolicyRow.digest == digest)).one()
            self._policies[digest] = sla.policy_from_data(said)
        return self._policies[digest]


def policy_of(file: Path, now: datetime) -> sla.Policy:
    """Return the policy of a file, in force from an instant on, with its pinned holidays in it."""
    return begun_at(sla.load_policy(file).with_pins(), now)


def begun_at(policy: sla.Policy, now: datetime) -> sla.Policy:
    """Return the same policy, in force from an instant on."""
    return sla.policy_from_data({**policy.to_data(), "valid_from": now.isoformat()})


def row_of(policy: sla.Policy, author: str) -> PolicyRow:
    """Return how a policy is stored."""
    assert policy.valid_from is not None  # noqa: S101 - `begun_at` says it
    return PolicyRow(valid_from=policy.valid_from, digest=policy.digest, author=author, said=policy.to_data())
