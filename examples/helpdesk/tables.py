"""What is stored: policies, tickets, what happened to them, and what was told."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

import slacalc as sla

Data = dict[str, Any]


class Instant(TypeDecorator[datetime]):
    """An aware datetime. It is stored in UTC, for SQLite keeps no offset, and sorts it as text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return what is stored; a naive datetime is refused, for nobody knows when it was."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a naive datetime names no instant: {value}")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return what was stored, in UTC."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    """The base of the tables. `JSON` keeps the order of keys, which is that of metrics; PostgreSQL's JSONB does not."""

    type_annotation_map = {datetime: Instant, Data: JSON(none_as_null=True)}  # noqa: RUF012 - as SQLAlchemy wants it


class PolicyRow(Table):
    """A version of the policy, with its pinned holidays in it; it is never changed, and never deleted."""

    __tablename__ = "policies"

    valid_from: Mapped[datetime] = mapped_column(primary_key=True)
    digest: Mapped[str]
    author: Mapped[str]
    said: Mapped[Data]


class Ticket(Table):
    """A ticket. Its events are the truth; its clocks are saved beside them, so that nothing is replayed to show it."""

    __tablename__ = "tickets"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    zone: Mapped[str]
    """On which clock its customer reads."""
    language: Mapped[str]
    agent: Mapped[str] = mapped_column(default="")
    clocks: Mapped[Data | None]
    """None has them made anew from the events, as after a new format of saved clocks."""
    waits: Mapped[bool] = mapped_column(default=True, index=True)
    """Whether a clock is open."""
    changed_at: Mapped[datetime]
    told: Mapped[Data | None]
    """What the customer was last told to expect, and of which promise."""
    version: Mapped[int] = mapped_column()
    events: Mapped[list["EventRow"]] = relationship(order_by="EventRow.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - of two who change a ticket at once, one is refused


class EventRow(Table):
    """Something that happened to a ticket, and what was written."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    said: Mapped[Data]
    text: Mapped[str]

    @property
    def event(self) -> sla.Event:
        """The event."""
        return sla.event_from_data(self.said)


class Notice(Table):
    """A milestone that fired. Its id is that of the milestone, so that it is there once."""

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(primary_key=True)
    said: Mapped[Data]
    fired_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)

    @property
    def milestone(self) -> sla.Milestone:
        """The milestone."""
        return sla.Milestone.from_data(self.said)


class Watch(Table):
    """Up to when it was asked what fires: one row."""

    __tablename__ = "watch"

    id: Mapped[int] = mapped_column(primary_key=True)
    until: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - of two jobs at once, one is refused
