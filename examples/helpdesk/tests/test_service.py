"""What the service answers, with due times worked out by hand. The office: Mon-Fri 09:00-17:00 in Brussels."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import slacalc as sla
from helpdesk.service import Helpdesk
from helpdesk.tables import Ticket
from helpdesk.tests.wall import Wall
from helpdesk.web import application


def new(client: TestClient, **said: str) -> Any:
    answer = client.post("/tickets", json={"subject": "The printer", "text": "It burns.", **said})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_ticket_is_taken_with_its_due_times_and_the_sentence_for_its_customer(client: TestClient) -> None:
    """Eight hours from Friday 15:00: two on Friday, six on Monday. In Helsinki it is an hour later."""
    told = new(client, zone="Europe/Helsinki")
    assert told["clocks"]["first_response"]["due"] == "2026-11-23T15:00:00+01:00"
    assert (
        told["reply_by"]["text"]
        == "We are closed at the weekend. We will reply by 16:00 on Monday 23 November (Helsinki time)."
    )


def test_an_answer_keeps_the_promise_and_the_next_question_makes_another_one(client: TestClient, wall: Wall) -> None:
    number = new(client)["id"]
    wall.turn("2026-11-23T11:00")
    answered = client.post(f"/tickets/{number}/messages", json={"actor": "agent", "text": "Water!"}).json()
    assert answered["clocks"]["first_response"]["status"] == "met"
    wall.turn("2026-11-23T14:00")
    asked = client.post(f"/tickets/{number}/messages", json={"actor": "customer", "text": "How much?"}).json()
    assert asked["clocks"]["next_response"]["due"] == "2026-11-24T14:00:00+01:00"


def test_a_ticket_that_waits_for_its_customer_waits_and_its_date_moves(client: TestClient, wall: Wall) -> None:
    """Sixteen hours from Friday 15:00 are Tuesday 15:00. Monday 10:00 to 12:00 it waited: 17:00."""
    number = new(client, priority="urgent")["id"]
    wall.turn("2026-11-23T10:00")
    paused = client.put(f"/tickets/{number}/status", json={"status": "pending"}).json()["clocks"]["resolution"]
    assert (paused["status"], paused["due"]) == ("paused", None)
    wall.turn("2026-11-23T12:00")
    went_on = client.put(f"/tickets/{number}/status", json={"status": "open"}).json()["clocks"]["resolution"]
    assert went_on["due"] == "2026-11-24T17:00:00+01:00"


def test_the_queue_of_an_agent_has_their_tickets_and_those_of_nobody(client: TestClient) -> None:
    normal, urgent, of_ben = new(client)["id"], new(client, priority="urgent")["id"], new(client)["id"]
    client.put(f"/tickets/{of_ben}/agent", json={"agent": "Ben"})
    assert [each["ticket"] for each in client.get("/agents/Ann/queue").json()["entries"]] == [str(urgent), str(normal)]
    assert str(of_ben) in {each["ticket"] for each in client.get("/agents/Ben/queue").json()["entries"]}


def test_a_solved_ticket_leaves_the_queue(client: TestClient) -> None:
    number = new(client)["id"]
    client.post(f"/tickets/{number}/messages", json={"actor": "agent", "text": "Done."})
    solved = client.put(f"/tickets/{number}/status", json={"status": "solved"}).json()
    assert solved["reply_by"] is None
    assert client.get("/agents/Ann/queue").json() == {"entries": [], "left_out": []}


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/tickets", {"subject": "x", "text": "x", "zone": "Brussels"}, "zone_unknown"),
        ("/tickets", {"subject": "x", "text": "x", "priority": "high"}, "field_value_unknown"),
        ("/tickets", {"subject": "x", "text": "x", "language": "?"}, "language_code_invalid"),
    ],
)
def test_what_is_wrong_is_refused_with_its_code_and_nothing_is_kept(
    client: TestClient, path: str, body: dict[str, str], code: str
) -> None:
    answer = client.post(path, json=body)
    assert (answer.status_code, [each["type"] for each in answer.json()["detail"]]) == (422, [code])
    assert client.get("/tickets/1").status_code == 404


def test_a_status_that_the_policy_does_not_know_is_refused(client: TestClient) -> None:
    number = new(client)["id"]
    answer = client.put(f"/tickets/{number}/status", json={"status": "opne"})
    assert (answer.status_code, answer.json()["detail"][0]["type"]) == (422, "status_unknown")


def test_every_problem_of_an_edit_stands_at_its_field(client: TestClient) -> None:
    policy = client.get("/policy").json()
    policy["calendars"]["office"]["hours"] = "Mon-Fri 9-17"
    policy["calendars"]["office"]["special_days"][1]["hours"] = "maybe"
    policy["rules"][0]["metrics"]["first_response"]["due"]["business_hours"] = "1 day"
    for path in ("/policy/preview", "/policy?author=Ann"):
        answer = client.post(path, json=policy)
        assert answer.status_code == 422
        assert [(each["loc"], each["type"]) for each in answer.json()["detail"]] == [
            (["body", "calendars", "office", "hours"], "hours_window_invalid"),
            (["body", "calendars", "office", "special_days", 1, "hours"], "special_day_hours_invalid"),
            (["body", "rules", 0, "metrics", "first_response", "due", "business_hours"], "amount_bare_day"),
        ]


def test_a_preview_says_what_changes_for_the_tickets_that_wait_and_changes_nothing(
    client: TestClient, wall: Wall
) -> None:
    """From Monday 10:00 on the office closes at 15:00: of eight hours, two on Friday, one and five on Monday, none left."""
    number = new(client)["id"]
    wall.turn("2026-11-23T10:00")
    policy = client.get("/policy").json()
    policy["calendars"]["office"]["hours"] = "Mon-Fri 09:00-14:00"
    changes = client.post("/policy/preview", json=policy).json()["changes"]["differences"]
    assert [(each["due_before"], each["due_after"]) for each in changes if each["metric"] == "first_response"] == [
        ("2026-11-23T15:00:00+01:00", "2026-11-24T10:00:00+01:00")
    ]
    clock = client.get(f"/tickets/{number}").json()["clocks"]["first_response"]
    assert clock["due"] == "2026-11-23T15:00:00+01:00"


def test_of_two_who_edit_the_policy_at_once_one_has_to_look_again(client: TestClient, wall: Wall) -> None:
    policy = client.get("/policy").json()
    wall.turn("2026-11-20T15:01")
    shorter = {**policy, "calendars": {"office": {**policy["calendars"]["office"], "hours": "Mon-Fri 09:00-16:00"}}}
    assert client.post("/policy?author=Ann", json=shorter).status_code == 201
    wall.turn("2026-11-20T15:02")
    assert client.post("/policy?author=Ben", json={**policy, "description": "Ben's"}).status_code == 409
    assert client.get("/policy").json()["calendars"]["office"]["hours"] == "Mon-Fri 09:00-16:00"


@pytest.mark.parametrize("path", ["/policy/preview", "/policy?author=Ann"])
@pytest.mark.parametrize("time", ["15:01:00", "15:00:59"], ids=["the same second", "a clock that is behind"])
def test_an_edit_that_would_not_begin_after_the_last_has_to_be_asked_again(
    client: TestClient, wall: Wall, time: str, path: str
) -> None:
    wall.turn("2026-11-20T15:01")
    saved = client.post("/policy?author=Ann", json=client.get("/policy").json()).json()
    wall.turn(f"2026-11-20T{time}")
    assert client.post(path, json=saved).status_code == 409
    wall.turn("2026-11-20T15:01:01")
    assert client.post(path, json=saved).is_success


@pytest.mark.parametrize("path", ["/policy/preview", "/policy?author=Ben"])
def test_an_edit_of_a_version_that_is_not_the_last_is_refused(client: TestClient, wall: Wall, path: str) -> None:
    policy = client.get("/policy").json()
    wall.turn("2026-11-20T15:01")
    assert client.post("/policy?author=Ann", json=policy).status_code == 201
    wall.turn("2026-11-20T15:02")
    assert client.post(path, json=policy).status_code == 409


@pytest.mark.parametrize("path", ["/policy/preview", "/policy?author=Ann"])
def test_an_edit_that_does_not_say_of_which_version_is_told_what_is_missing(
    client: TestClient, wall: Wall, path: str
) -> None:
    wall.turn("2026-11-20T15:01")
    policy = client.get("/policy").json()
    del policy["valid_from"]
    answer = client.post(path, json=policy)
    assert answer.status_code == 422
    assert [(each["loc"], each["type"]) for each in answer.json()["detail"]] == [(["body", "valid_from"], "missing")]


@pytest.mark.parametrize("number", [0, -(10**23), 2**31, 2**63, 10**23 - 1])
def test_a_number_that_no_ticket_has_is_not_found(client: TestClient, number: int) -> None:
    assert client.get(f"/tickets/{number}").status_code == 404
    assert client.get(f"/tickets/{number}/page").status_code == 404
    assert client.put(f"/tickets/{number}/agent", json={"agent": "Ann"}).status_code == 404


def test_a_language_that_is_not_to_be_had_gives_english_and_the_answer_tells_so(client: TestClient) -> None:
    told = new(client, language="mt")["reply_by"]
    assert (told["asked"], told["language"]) == ("mt", "en")
    assert told["text"] == "We are closed at the weekend. We will reply by 15:00 on Monday 23 November."


def test_a_calendar_that_moves_to_another_zone_is_refused_before_it_is_in_force(client: TestClient, wall: Wall) -> None:
    new(client)
    wall.turn("2026-11-23T10:00")
    policy = client.get("/policy").json()
    policy["calendars"]["office"]["zone"] = "Europe/London"
    answer = client.post("/policy?author=Ann", json=policy)
    assert (answer.status_code, answer.json()["detail"][0]["type"]) == (422, "zone_versioned")
    assert client.get("/tickets/1").status_code == 200


def test_a_machine_whose_clock_is_behind_answers_and_takes_events_in_their_order(
    client: TestClient, wall: Wall
) -> None:
    number = new(client)["id"]
    wall.turn("2026-11-20T14:59:58")
    assert client.get(f"/tickets/{number}").json()["clocks"]["first_response"]["due"] == "2026-11-23T15:00:00+01:00"
    told = client.post(f"/tickets/{number}/messages", json={"actor": "agent", "text": "Water!"}).json()
    assert told["clocks"]["first_response"]["done_at"] == "2026-11-20T15:00:00+01:00"


def test_who_only_looks_changes_nothing(client: TestClient, helpdesk: Helpdesk) -> None:
    number = new(client)["id"]
    with helpdesk.open() as desk:
        ticket = desk.session.get_one(Ticket, number)
        before = (ticket.version, ticket.told)
    for path in (f"/tickets/{number}", f"/tickets/{number}/page", "/", "/agents/Ann/queue", "/report", "/week"):
        assert client.get(path).status_code == 200
    with helpdesk.open() as desk:
        ticket = desk.session.get_one(Ticket, number)
        assert (ticket.version, ticket.told) == before


def test_a_helpdesk_begins_with_what_another_one_is_configured_to_do(url: str, wall: Wall, tmp_path: Path) -> None:
    """Zendesk counts an hour from Friday 16:30: half of it on Friday, the other half from Monday 09:00."""
    week = [{"start_time": day * 1440 + 540, "end_time": day * 1440 + 1020} for day in range(1, 6)]
    schedules = {
        "schedules": [
            {
                "id": 7,
                "name": "Office",
                "time_zone": "Brussels",
                "created_at": "2020-01-01T00:00:00Z",
                "intervals": week,
            }
        ]
    }
    target = {
        "priority": "urgent",
        "metric": "first_reply_time",
        "target": 60,
        "target_in_seconds": 3600,
        "business_hours": True,
    }
    policies = {
        "sla_policies": [
            {"id": 25, "title": "All", "position": 1, "filter": {"all": [], "any": []}, "policy_metrics": [target]}
        ]
    }
    (tmp_path / "policy.toml").write_text(sla.interop.zendesk.load([schedules, policies]).to_toml(), encoding="utf-8")
    helpdesk = Helpdesk.at(url, wall, tmp_path / "policy.toml")
    wall.turn("2026-11-20T16:30")
    told = new(TestClient(application(helpdesk)), priority="urgent")
    assert told["clocks"]["first_response"]["due"] == "2026-11-23T09:30:00+01:00"
    helpdesk.engine.dispose()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_week_that_no_calendar_covers_is_refused(client: TestClient, day: str) -> None:
    assert client.get(f"/week?day={day}").status_code == 422


def test_the_openapi_tells_what_comes_back(client: TestClient) -> None:
    told = client.get("/openapi.json").json()["components"]["schemas"]["TicketTold"]["properties"]
    assert told["clocks"]["additionalProperties"]["properties"]["due"]
