"""The service: `HELPDESK_DATABASE=sqlite:///helpdesk.db uvicorn --factory helpdesk.web:from_environment`.

Whoever may call it is not asked here: put it behind your own login.
"""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import Body, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.routing import APIRouter
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlalchemy.orm.exc import StaleDataError

import slacalc as sla
from helpdesk import pages
from helpdesk.desk import Desk
from helpdesk.service import Helpdesk
from helpdesk.tables import Ticket

ADMIN = Path(__file__).parent / "admin.html"
LARGEST_NUMBER = 2**31 - 1
"""Of a ticket: what an INTEGER of PostgreSQL holds."""
routes = APIRouter()


class NewTicket(BaseModel):
    """What a customer asks, and how they read the answer."""

    subject: str
    text: str
    priority: str = "normal"
    zone: str = "Europe/Brussels"
    language: str = "en"


class NewMessage(BaseModel):
    """What somebody writes."""

    actor: sla.Actor
    text: str
    public: bool = True


class TicketTold(BaseModel):
    """A ticket with its due times, and by when we reply in words."""

    id: int
    subject: str
    agent: str
    clocks: dict[str, sla.ClockState]
    reply_by: sla.Sentence | None


class Queue(BaseModel):
    """What an agent answers next, and the tickets that no place could be found for."""

    entries: list[sla.QueueEntry]
    left_out: list[str]


class Preview(BaseModel):
    """What an edit changes for the tickets that wait."""

    warnings: list[str]
    changes: dict[str, Any]
    page: str


def helpdesk_of(request: Request) -> Helpdesk:
    """Return the helpdesk of the application."""
    helpdesk: Helpdesk = request.app.state.helpdesk
    return helpdesk


def edit_of(said: sla.Policy) -> sla.Policy:
    """Return the policy of a body: `valid_from` is that of the version that was edited."""
    if said.valid_from is None:
        message = "an edit says which version it edits: valid_from, as GET /policy tells it"
        raise RequestValidationError([{"loc": ("body", "valid_from"), "type": "missing", "msg": message}])
    return said


Service = Annotated[Helpdesk, Depends(helpdesk_of)]
Edit = Annotated[sla.Policy, Depends(edit_of)]


@routes.post("/tickets", status_code=201)
def create(asked: NewTicket, helpdesk: Service) -> TicketTold:
    """Take a ticket."""
    with helpdesk.open() as desk:
        ticket = Ticket(subject=asked.subject, zone=asked.zone, language=asked.language, agent="")
        clocks = desk.create(ticket, asked.priority, asked.text)
        return answer(ticket, clocks, desk.tell(ticket, clocks))


@routes.post("/tickets/{number}/messages")
def write(number: int, written: NewMessage, helpdesk: Service) -> TicketTold:
    """Take a message."""
    with helpdesk.open() as desk:
        ticket = ticket_of(desk, number)
        message = sla.Message(at=desk.now, actor=written.actor, public=written.public)
        clocks = desk.take(ticket, message, written.text)
        return answer(ticket, clocks, desk.tell(ticket, clocks))


@routes.put("/tickets/{number}/status")
def change_status(number: int, status: Annotated[str, Body(embed=True)], helpdesk: Service) -> TicketTold:
    """Give a ticket another status; those that solve and close it are in the policy."""
    with helpdesk.open() as desk:
        ticket = ticket_of(desk, number)
        clocks = desk.take(ticket, sla.StatusChanged(at=desk.now, status=status))
        return answer(ticket, clocks, desk.tell(ticket, clocks))


@routes.put("/tickets/{number}/agent")
def assign(number: int, agent: Annotated[str, Body(embed=True)], helpdesk: Service) -> TicketTold:
    """Give a ticket to an agent."""
    with helpdesk.open() as desk:
        ticket = ticket_of(desk, number)
        ticket.agent = agent
        clocks = desk.clocks(ticket)
        return answer(ticket, clocks, desk.sentence(ticket, clocks))


@routes.get("/tickets/{number}")
def read(number: int, helpdesk: Service) -> TicketTold:
    """Return how a ticket is doing."""
    with helpdesk.open() as desk:
        ticket = ticket_of(desk, number)
        clocks = desk.clocks(ticket)
        return answer(ticket, clocks, desk.sentence(ticket, clocks))


@routes.get("/agents/{agent}/queue")
def queue(agent: str, helpdesk: Service) -> Queue:
    """Return what an agent answers next."""
    with helpdesk.open() as desk:
        entries = desk.queue(agent)
        return Queue(entries=list(entries), left_out=[each.ticket for each in entries.left_out])


@routes.get("/policy")
def policy(helpdesk: Service) -> sla.Policy:
    """Return the policy that is in force, as the form edits it."""
    with helpdesk.open() as desk:
        return desk.policies.at(desk.now)


@routes.post("/policy/preview")
def preview(said: Edit, helpdesk: Service) -> Preview:
    """Return what an edit would change, and put nothing in force. What is wrong is refused at its field."""
    with helpdesk.open() as desk:
        proposal = desk.propose(said)
        restated = proposal.restated
        return Preview(
            warnings=[str(warning) for warning in proposal.warnings],
            changes=restated.to_data(),
            page=restated.to_html(),
        )


@routes.post("/policy", status_code=201)
def adopt(said: Edit, author: str, helpdesk: Service) -> sla.Policy:
    """Put an edit in force from now on."""
    with helpdesk.open() as desk:
        return desk.adopt(said, author)


@routes.get("/", response_class=HTMLResponse)
def queue_page(helpdesk: Service, agent: str = "") -> str:
    """Show the queue of an agent."""
    with helpdesk.open() as desk:
        return pages.of_queue(agent, desk.queue(agent))


@routes.get("/tickets/{number}/page", response_class=HTMLResponse)
def ticket_page(number: int, helpdesk: Service) -> str:
    """Show the clocks of a ticket as pictures."""
    with helpdesk.open() as desk:
        ticket = ticket_of(desk, number)
        clocks = desk.clocks(ticket)
        return pages.of_ticket(ticket, clocks, desk.sentence(ticket, clocks), desk.notices(ticket))


@routes.get("/week", response_class=HTMLResponse)
def week_page(helpdesk: Service, day: date | None = None) -> str:
    """Show the opening hours of a week."""
    with helpdesk.open() as desk:
        calendars = {name: desk.policies.calendar(name) for name in desk.policies.at(desk.now).calendars}
        return pages.of_week(calendars, day or desk.now.date())


@routes.get("/report", response_class=HTMLResponse)
def report_page(helpdesk: Service) -> str:
    """Show how the promises were kept."""
    with helpdesk.open() as desk:
        return pages.of_report(desk.report())


@routes.get("/admin", response_class=HTMLResponse)
def admin_page() -> str:
    """Show the form that edits the policy."""
    return ADMIN.read_text(encoding="utf-8")


def ticket_of(desk: Desk, number: int) -> Ticket:
    """Return a ticket by its number. Raises NoResultFound, which is a 404."""
    if abs(number) > LARGEST_NUMBER:
        raise NoResultFound
    return desk.session.get_one(Ticket, number)


def answer(ticket: Ticket, clocks: sla.Clocks, sentence: sla.Sentence | None) -> TicketTold:
    """Return what is told of a ticket."""
    return TicketTold(id=ticket.id, subject=ticket.subject, agent=ticket.agent, clocks=dict(clocks), reply_by=sentence)


def refuse(_: Request, error: Exception) -> JSONResponse:
    """Return what is wrong as FastAPI says it: each problem with its code, and the path to its field."""
    assert isinstance(error, sla.SlaError)  # noqa: S101 - it is registered for these
    problems = [
        {"loc": ["body", *each.path], "type": each.code, "msg": str(each)} for each in error.problems or (error,)
    ]
    return JSONResponse({"detail": problems}, status_code=422)


def not_found(_: Request, __: Exception) -> JSONResponse:
    """Return that there is no such ticket."""
    return JSONResponse({"detail": "there is no such ticket"}, status_code=404)


def too_late(_: Request, __: Exception) -> JSONResponse:
    """Return that the same was changed meanwhile, or in this second: whoever asked may read it and ask again."""
    return JSONResponse({"detail": "it was changed meanwhile; read it again, then ask again"}, status_code=409)


def application(helpdesk: Helpdesk) -> FastAPI:
    """Return the application of a helpdesk."""
    app = FastAPI(title="Helpdesk")
    app.state.helpdesk = helpdesk
    app.include_router(routes)
    app.add_exception_handler(sla.SlaError, refuse)
    app.add_exception_handler(NoResultFound, not_found)
    app.add_exception_handler(StaleDataError, too_late)
    app.add_exception_handler(IntegrityError, too_late)
    return app


def from_environment() -> FastAPI:
    """Return the application of the database that the environment names."""
    return application(Helpdesk.from_environment())
