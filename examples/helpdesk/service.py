"""A helpdesk on its database."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from helpdesk.desk import Desk
from helpdesk.policies import FIRST, Policies, policy_of, row_of
from helpdesk.tables import PolicyRow, Table, Watch


def utc_now() -> datetime:
    """Return the instant, in whole seconds: nobody promises more."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Helpdesk:
    """What a process holds: the way to the database, the policies that it has read, and a clock on the wall."""

    engine: Engine
    now: Callable[[], datetime] = utc_now
    policies: Policies = field(default_factory=Policies)

    @classmethod
    def at(cls, url: str, now: Callable[[], datetime] = utc_now, first: Path = FIRST) -> Self:
        """Return the helpdesk of a database; an empty one is set up, with the policy of a file."""
        engine = create_engine(url)
        Table.metadata.create_all(engine)
        with Session(engine) as session, session.begin():
            if session.scalars(select(PolicyRow)).first() is None:
                began = now()
                session.add_all([row_of(policy_of(first, began), "the first"), Watch(id=1, until=began)])
        return cls(engine, now)

    @classmethod
    def from_environment(cls) -> Self:
        """Return the helpdesk of the database HELPDESK_DATABASE, which begins with the file HELPDESK_POLICY."""
        return cls.at(os.environ["HELPDESK_DATABASE"], first=Path(os.environ.get("HELPDESK_POLICY", FIRST)))

    @contextmanager
    def open(self) -> Iterator[Desk]:
        """Give the desk in one transaction: it is kept at the end, or after an error nothing is."""
        with Session(self.engine) as session, session.begin():
            yield Desk(session, self.policies.of(session), self.now())
