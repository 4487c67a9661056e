"""What a helpdesk does: it takes tickets and what happens to them, and answers about its promises."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.exc import StaleDataError

import slacalc as sla
from helpdesk.policies import begun_at, row_of
from helpdesk.tables import EventRow, Notice, Ticket


@dataclass(frozen=True)
class Proposal:
    """An edit of the policy: what it would be, and what it changes for the tickets that wait."""

    policy: sla.Policy
    restated: sla.RestatedTickets
    warnings: tuple[sla.PolicyWarning, ...]


@dataclass(frozen=True)
class Desk:
    """The helpdesk in one transaction, at one instant, under the policies that are in force."""

    session: Session
    policies: sla.PolicyVersions
    now: datetime

    def create(self, ticket: Ticket, priority: str, text: str) -> sla.Clocks:
        """Take a new ticket, and return its clocks."""
        created = sla.Created(at=self.now, status="open", fields={"priority": priority})
        ticket.changed_at = self.now
        self.session.add(ticket)
        self.session.flush()  # the database gives it its id
        clocks = self.policies.replay([created], as_of=self.now, ticket=str(ticket.id))
        return self._keep(ticket, created, text, clocks)

    def take(self, ticket: Ticket, event: sla.Event, text: str = "") -> sla.Clocks:
        """Take what happened to a ticket, and return its clocks. Raises LogError for an event that cannot be."""
        clocks = self.clocks(ticket)
        event = replace(event, at=max(event.at, clocks.as_of))  # the clocks of two machines differ a little
        return self._keep(ticket, event, text, clocks.extend([event], as_of=event.at, strict=True))

    def _keep(self, ticket: Ticket, event: sla.Event, text: str, clocks: sla.Clocks) -> sla.Clocks:
        ticket.events.append(EventRow(said=sla.event_to_data(event), text=text))
        ticket.clocks, ticket.changed_at = clocks.to_data(), self.now
        ticket.waits = any(clock.is_open for clock in clocks.values())
        return clocks

    def clocks(self, ticket: Ticket) -> sla.Clocks:
        """Return the clocks of a ticket as they are now: the saved ones gone on, or its events replayed."""
        if ticket.clocks is None:
            return self.policies.replay(events_of(ticket), as_of=self.now, ticket=str(ticket.id))
        saved = sla.resume(ticket.clocks, self.policies)
        return saved.at(max(self.now, saved.as_of))

    def sentence(self, ticket: Ticket, clocks: sla.Clocks) -> sla.Sentence | None:
        """Return by when we reply, in words for the customer, and that it moved if it did; None if nothing is owed."""
        expected = _owed_next(ticket, clocks)
        if expected is None:
            return None
        promise, expectation = expected
        before = ticket.told if ticket.told and ticket.told["promise"] == promise else None
        told_before = sla.Expectation.from_data(before["expectation"]) if before else None
        return expectation.say(ticket.language, reason=True, told_before=told_before)

    def tell(self, ticket: Ticket, clocks: sla.Clocks) -> sla.Sentence | None:
        """Return the sentence, and remember that the customer was told."""
        sentence, expected = self.sentence(ticket, clocks), _owed_next(ticket, clocks)
        ticket.told = expected and {"promise": expected[0], "expectation": expected[1].to_data()}
        return sentence

    def queue(self, agent: str) -> sla.Listing[sla.QueueEntry]:
        """Return what an agent answers next: their tickets, and those that nobody has."""
        theirs = select(Ticket).where(Ticket.waits, Ticket.agent.in_(("", agent)))
        return sla.queue(map(self.clocks, self.session.scalars(theirs)), as_of=self.now)

    def fired(self, since: datetime, until: datetime) -> sla.Listing[sla.Milestone]:
        """Return what fires after an instant, and up to and at another: each milestone in one window only."""
        asked = select(Ticket).where(or_(Ticket.waits, Ticket.changed_at > since))
        return sla.agenda(map(self.clocks, self.session.scalars(asked)), since=since, until=until)

    def notices(self, ticket: Ticket) -> list[Notice]:
        """Return what fired for a ticket, in order."""
        own = Notice.id.startswith(f"{ticket.id}/", autoescape=True)
        return list(self.session.scalars(select(Notice).where(own).order_by(Notice.fired_at)))

    def propose(self, said: sla.Policy) -> Proposal:
        """Return what an edit would change for the tickets that wait.

        Raises StaleDataError for an edit of a version that is not the last, or of one that begins only now.
        """
        edited = said.valid_from
        if edited is None or edited != self.policies.policies[-1].valid_from or self.now <= edited:
            raise StaleDataError("the policy was edited meanwhile")
        policy = begun_at(said, self.now)
        versions = sla.PolicyVersions.of([*self.policies.policies, policy])
        for name in policy.calendars:
            versions.calendar(name)  # one that moved to another zone is refused
        waiting = list(self.session.scalars(select(Ticket).where(Ticket.waits).options(selectinload(Ticket.events))))
        log = [(str(ticket.id), event) for ticket in waiting for event in events_of(ticket)]
        restated = sla.restate_tickets(map(self.clocks, waiting), log, versions)
        return Proposal(policy, restated, sla.check_policy(policy, as_of=self.now))

    def adopt(self, said: sla.Policy, author: str) -> sla.Policy:
        """Put an edit in force from now on. What was promised before keeps its rule and its target."""
        policy = self.propose(said).policy
        self.session.add(row_of(policy, author))
        return policy

    def report(self) -> sla.Report:
        """Return how the promises were kept."""
        return sla.report(sla.group_tickets(self._log()), self.policies, as_of=self.now, by="priority")

    def _log(self) -> Iterator[tuple[str, sla.Event]]:
        for row in self.session.scalars(select(EventRow).order_by(EventRow.ticket, EventRow.id)):
            yield str(row.ticket), row.event


def _owed_next(ticket: Ticket, clocks: sla.Clocks) -> tuple[str, sla.Expectation] | None:
    """Return the promise that is due next, by the name of its cycle, and what the customer is to expect of it."""
    owed = next(iter(sla.queue(clocks, as_of=clocks.as_of)), None)
    if owed is None:
        return None
    promise = f"{owed.metric}/{len(clocks.cycles(owed.metric))}"
    return promise, clocks[owed.metric].expectation(zone=ticket.zone)


def events_of(ticket: Ticket) -> list[sla.Event]:
    """Return what happened to a ticket."""
    return [row.event for row in ticket.events]
