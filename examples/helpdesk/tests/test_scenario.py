"""From an empty database through an edit of the policy, crashes of the job and restarts, to a report.

Every due time is worked out by hand. Until Sunday the office is open Mon-Fri 09:00-17:00, afterwards 10:00-16:00.

    Fri 20 15:00       17:00      Mon 23 10:00        16:00     Tue 24 10:00
    |######## 2 h #####|          |####### 6 h #######|         |####
    A: eight hours                                    due
                  |1 h |          |1 h |
                  B: two hours         due
                                       |## 4 h ##|
                                       C          due
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

import slacalc as sla
from helpdesk.desk import Desk, events_of
from helpdesk.service import Helpdesk
from helpdesk.tables import Notice, Ticket, Watch
from helpdesk.tests.wall import Wall
from helpdesk.watch import look, run, send_all
from helpdesk.web import application


class PowerCutError(Exception):
    """The power goes."""


class Phone:
    """The phone of the head of support: it knows what it has by the id."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.times_rung = 0

    def receive(self, name: str, text: str) -> None:
        self.times_rung += 1
        self.texts[name] = text


class Office:
    """The service and its job, which may be started again."""

    def __init__(self, url: str, wall: Wall) -> None:
        self.url, self.wall, self.phone = url, wall, Phone()
        self.helpdesk = Helpdesk.at(url, wall)
        self.client = TestClient(application(self.helpdesk))

    def start(self) -> None:
        """Start again, with nothing but what the database has."""
        self.stop()
        self.helpdesk = Helpdesk.at(self.url, self.wall)
        self.client = TestClient(application(self.helpdesk))

    def stop(self) -> None:
        self.helpdesk.engine.dispose()

    def post(self, path: str, **said: Any) -> Any:
        answer = self.client.post(path, json=said)
        assert answer.is_success, answer.text
        return answer.json()

    def job(self) -> None:
        run(self.helpdesk, self.phone.receive)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        with self.helpdesk.open() as desk:
            yield desk


def first_due(told: Any) -> str:
    due: str = told["clocks"]["first_response"]["due"]
    return due


@pytest.fixture
def office(url: str, wall: Wall) -> Iterator[Office]:
    office = Office(url, wall)
    yield office
    office.stop()


def test_every_promised_time_is_kept_or_explained(office: Office, wall: Wall) -> None:
    a = office.post("/tickets", subject="A", text="The printer burns.")
    assert first_due(a) == "2026-11-23T15:00:00+01:00"
    assert a["reply_by"]["text"] == "We are closed at the weekend. We will reply by 15:00 on Monday 23 November."

    wall.turn("2026-11-20T16:00")
    b = office.post("/tickets", subject="B", text="All printers burn.", priority="urgent")
    assert first_due(b) == "2026-11-23T10:00:00+01:00"

    wall.turn("2026-11-20T17:30")
    office.job()
    assert [*office.phone.texts] == ["2/first_response/1/1/warning/50%"]

    wall.turn("2026-11-22T20:00")
    policy = office.client.get("/policy").json()
    policy["calendars"]["office"]["hours"] = "Mon-Fri 10:00-16:00"
    policy["rules"][1]["metrics"]["first_response"]["due"] = {"business_hours": "4h"}
    said = office.post("/policy/preview", **policy)["changes"]["differences"]
    assert [
        (each["ticket"], each["due_before"], each["due_after"]) for each in said if each["metric"] == "first_response"
    ] == [
        ("1", "2026-11-23T15:00:00+01:00", "2026-11-23T16:00:00+01:00"),
        ("2", "2026-11-23T10:00:00+01:00", "2026-11-23T11:00:00+01:00"),
    ]
    office.post("/policy?author=Ann", **policy)

    wall.turn("2026-11-23T10:30")
    answered = office.post("/tickets/2/messages", actor="agent", text="Out they go.")
    assert answered["clocks"]["first_response"]["status"] == "met"

    wall.turn("2026-11-23T11:00")
    c = office.post("/tickets", subject="C", text="No paper.")
    assert first_due(c) == "2026-11-23T15:00:00+01:00"

    wall.turn("2026-11-23T12:30")
    with pytest.raises(PowerCutError), office.desk() as desk:
        assert [notice.id for notice in look(desk)] == ["1/first_response/1/1/warning/50%"]
        desk.session.flush()
        raise PowerCutError  # before the transaction ends: nothing was written down

    def crash_after(name: str, text: str) -> None:
        office.phone.receive(name, text)
        raise PowerCutError  # it was sent, and nobody wrote down that it was

    office.start()
    with pytest.raises(PowerCutError):
        run(office.helpdesk, crash_after)
    office.start()
    office.job()
    assert [*office.phone.texts] == ["2/first_response/1/1/warning/50%", "1/first_response/1/1/warning/50%"]
    assert office.phone.times_rung == 3, "what was sent twice was known by its id"

    again = office.post("/tickets/1/messages", actor="customer", text="And?")
    assert (
        again["reply_by"]["text"]
        == "We are sorry that we cannot reply by the time we told you. We will reply by 16:00 today."
    )

    wall.turn("2026-11-23T14:00")
    office.post("/tickets/3/messages", actor="agent", text="In the cellar.")
    wall.turn("2026-11-23T17:00")
    office.job()
    assert "1/first_response/1/1/due/first_response" in office.phone.texts
    assert "2/first_response/1/1/due/first_response" not in office.phone.texts, "it was answered before"
    wall.turn("2026-11-24T11:00")
    late = office.post("/tickets/1/messages", actor="agent", text="Sorry.")["clocks"]["first_response"]
    assert (late["status"], late["overdue_by_open"]) == ("breached", "1h")

    wall.turn("2026-11-25T12:00")
    office.start()
    with office.desk() as desk:
        lines = {line.group: line for line in desk.report().lines if line.metric == "first_response"}
        assert (lines["normal"].met, lines["normal"].breached, lines["urgent"].met) == (1, 1, 1)
        (worst,) = desk.report().breaches.worst
        assert worst.ticket == "1"
        assert worst.reason.startswith(
            "8h in business hours, received Fri 2026-11-20 15:00, due Mon 2026-11-23 16:00, done Tue"
        )
    assert_nothing_was_lost(office)


def assert_nothing_was_lost(office: Office) -> None:
    """The saved clocks say what the events say, and what fired is what fires when all the time is asked at once."""
    office.job()
    with office.desk() as desk:
        tickets = list(desk.session.scalars(select(Ticket)))
        replayed = [desk.policies.replay(events_of(each), as_of=desk.now, ticket=str(each.id)) for each in tickets]
        assert [desk.clocks(each) for each in tickets] == replayed
        began = desk.policies.policies[0].valid_from
        assert began
        whole = sla.agenda(replayed, since=began, until=desk.now)
        assert {each.id for each in whole} == set(desk.session.scalars(select(Notice.id)))
        assert not list(desk.session.scalars(select(Notice).where(Notice.sent_at.is_(None))))


def test_of_two_jobs_at_once_one_writes_and_the_other_one_is_turned_back(
    office: Office, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not office.url.startswith("sqlite"):
        pytest.skip("in PostgreSQL the second one waits for the first, by FOR UPDATE")
    office.post("/tickets", subject="B", text="", priority="urgent")
    wall.turn("2026-11-20T16:30")
    fired = Desk.fired

    def overtaken(desk: Desk, since: datetime, until: datetime) -> sla.Listing[sla.Milestone]:
        found = fired(desk, since, until)
        monkeypatch.setattr(Desk, "fired", fired)
        office.job()
        return found

    monkeypatch.setattr(Desk, "fired", overtaken)
    with pytest.raises((StaleDataError, IntegrityError)):
        office.job()
    office.job()
    assert office.phone.times_rung == 1


def test_of_two_who_change_a_ticket_at_once_one_is_asked_to_try_again(office: Office) -> None:
    office.post("/tickets", subject="A", text="")
    with pytest.raises(StaleDataError), office.desk() as desk:
        ticket = desk.session.get_one(Ticket, 1)
        office.post("/tickets/1/messages", actor="agent", text="Faster.")
        desk.take(ticket, sla.Message(at=desk.now, actor="agent"), "Slower.")
    with office.desk() as desk:
        assert [row.text for row in desk.session.get_one(Ticket, 1).events] == ["", "Faster."]


def test_clocks_that_are_not_saved_any_more_are_made_of_the_events(office: Office) -> None:
    """As after a version of slacalc that saves them in another format: `UPDATE tickets SET clocks = NULL`."""
    told = office.post("/tickets", subject="A", text="")
    with office.desk() as desk:
        desk.session.get_one(Ticket, 1).clocks = None
    assert office.client.get("/tickets/1").json()["clocks"] == told["clocks"]


def test_an_edit_that_another_worker_saved_counts_at_once(office: Office, wall: Wall) -> None:
    other = Office(office.url, wall)
    assert first_due(other.post("/tickets", subject="A", text="")) == "2026-11-23T15:00:00+01:00"
    wall.turn("2026-11-20T15:30")
    policy = office.client.get("/policy").json()
    policy["rules"][1]["metrics"]["first_response"]["due"] = {"business_hours": "1h"}
    office.post("/policy?author=Ann", **policy)
    assert first_due(other.post("/tickets", subject="B", text="")) == "2026-11-20T16:30:00+01:00"
    other.stop()


def test_what_fired_before_a_ticket_was_solved_is_told_though_it_waits_no_more(office: Office, wall: Wall) -> None:
    office.post("/tickets", subject="B", text="", priority="urgent")
    wall.turn("2026-11-20T16:20")
    office.post("/tickets/1/messages", actor="agent", text="Done.")
    assert office.client.put("/tickets/1/status", json={"status": "solved"}).is_success
    wall.turn("2026-11-20T16:30")
    office.job()
    assert [*office.phone.texts] == ["1/first_response/1/1/warning/50%"]


def test_nothing_is_told_twice_when_the_job_looks_at_the_same_time_again(office: Office, wall: Wall) -> None:
    """As when its watch was set back by hand, or a due time that had fired moved."""
    office.post("/tickets", subject="B", text="", priority="urgent")
    wall.turn("2026-11-20T16:30")
    office.job()
    with office.desk() as desk:
        began = desk.policies.policies[0].valid_from
        assert began
        desk.session.get_one(Watch, 1).until = began
    office.job()
    assert office.phone.times_rung == 1


def test_what_cannot_be_sent_now_is_sent_later(office: Office, wall: Wall) -> None:
    office.post("/tickets", subject="B", text="", priority="urgent")
    wall.turn("2026-11-20T16:30")
    with office.desk() as desk:
        look(desk)
    send_all(office.helpdesk, office.phone.receive)
    send_all(office.helpdesk, office.phone.receive)
    assert office.phone.times_rung == 1
