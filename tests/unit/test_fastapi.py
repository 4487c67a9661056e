"""An application of FastAPI that takes, keeps and returns everything that slacalc has a form of data for."""

from typing import Any, Final

import pytest

import slacalc as sla
from tests.helpers import at

fastapi = pytest.importorskip("fastapi", reason="FastAPI is in the group dev")
testclient = pytest.importorskip(
    "fastapi.testclient", reason="the test client of FastAPI needs httpx, of the group dev"
)

POLICY: Final = sla.sample_policy("webshop_helpdesk")
AT: Final = "2026-11-20T15:00:00+01:00"
RECEIVED: Final = at(AT)


def application() -> Any:
    """One end point for each form: what is read back is echoed, what is only told is told."""
    app = fastapi.FastAPI()

    def echo(kind: Any, path: str) -> None:
        def answer(body: Any) -> Any:
            return body

        answer.__annotations__ = {"body": kind, "return": kind}
        app.post(f"/{path}")(answer)

    def tell(kind: Any, path: str, value: Any) -> None:
        def answer() -> Any:
            return value

        answer.__annotations__ = {"return": kind}
        app.get(f"/{path}")(answer)

    for name, kind in READ.items():
        echo(kind, name)
    for name, value in TOLD.items():
        tell(type(value), name, value)
    return app


CREATED: Final = sla.Created(at=RECEIVED)
CLOCKS: Final = POLICY.replay([CREATED], as_of=RECEIVED, ticket="7")
PROMISE: Final = POLICY.promise(RECEIVED)["first_response"]
EXPECTATION: Final = PROMISE.expectation(as_of=RECEIVED)
WHOLE: Final = POLICY.with_pins()
BODIES: Final[dict[str, tuple[Any, Any]]] = {
    "event": (sla.Event, {"kind": "solved", "at": AT}),
    "policy": (sla.Policy, WHOLE.to_data()),
    "versions": (sla.PolicyVersions, {"versions": [{**WHOLE.to_data(), "valid_from": AT}]}),
    "calendar": (sla.Calendar, WHOLE.calendar("standard").to_data()),
    "holidays": (sla.FrozenHolidays, sla.FrozenHolidays.of({}, years=(2026, 2027)).to_data()),
    "milestone": (sla.Milestone, sla.agenda(CLOCKS, as_of=RECEIVED)[0].to_data()),
    "queue-entry": (sla.QueueEntry, sla.queue(CLOCKS, as_of=RECEIVED)[0].to_data()),
    "expectation": (sla.Expectation, EXPECTATION.to_data()),
    "sentence": (sla.Sentence, EXPECTATION.say("en").to_data()),
    "ledger": (sla.Ledger, PROMISE.ledger.to_data()),
}
READ: Final = {name: kind for name, (kind, _) in BODIES.items()}
TOLD: Final[dict[str, Any]] = {
    "promise": PROMISE,
    "promises": POLICY.promise(RECEIVED),
    "clock": CLOCKS["first_response"],
    "clocks": CLOCKS,
    "outcome": CLOCKS["first_response"].outcome(),
    "advice": sla.channel_advice(sla.sample_policy("channel_guide"), RECEIVED),
    "report": sla.report([{"ticket": "7", "received": RECEIVED}], POLICY, as_of=RECEIVED),
    "restated": sla.restate_tickets(CLOCKS, [("7", CREATED)], POLICY),
    "week": sla.picture_week(POLICY.calendar("standard"), RECEIVED.date()),
    "picture": sla.picture_clock(CLOCKS["first_response"]),
    "attribution": CLOCKS["first_response"].attribution(),
}


@pytest.fixture(scope="module")
def client() -> Any:
    return testclient.TestClient(application())


@pytest.mark.parametrize("name", BODIES)
def test_what_is_sent_is_returned_as_it_was(client: Any, name: str) -> None:
    answer = client.post(f"/{name}", json=BODIES[name][1])
    assert (answer.status_code, answer.json()) == (200, BODIES[name][1])


@pytest.mark.parametrize("name", TOLD)
def test_what_is_told_is_told_as_it_says_itself(client: Any, name: str) -> None:
    assert client.get(f"/{name}").json() == TOLD[name].to_data()


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("event", {"kind": "solve", "at": AT}, "event_kind_unknown"),
        ("event", {"kind": "solved", "at": "2026-11-20T15:00:00"}, "event_time_invalid"),
        ("event", {"kind": "solved", "at": AT, "more": 1}, "event_key_unknown"),
        ("calendar", {"zone": "Berlin", "hours": "24/7"}, "zone_unknown"),
        ("milestone", {"kind": "warning"}, "data_key_missing"),
        ("ledger", {"start": "2026-11-20T15:00:00"}, "data_key_missing"),
    ],
)
def test_what_is_wrong_is_a_422_with_the_code(client: Any, name: str, body: object, code: str) -> None:
    answer = client.post(f"/{name}", json=body)
    assert answer.status_code == 422
    assert [each["type"] for each in answer.json()["detail"]] == [code]


def test_a_policy_that_is_wrong_is_a_422_with_every_problem(client: Any) -> None:
    answer = client.post("/policy", json={"name": "x", "rules": []})
    assert answer.status_code == 422
    problems = {(".".join(map(str, each["loc"])), each["type"]) for each in answer.json()["detail"]}
    assert problems == {("body.calendars", "key_missing"), ("body.rules", "rules_empty")}


def test_the_openapi_of_the_application_describes_every_form(client: Any) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {f"/{name}" for name in (*READ, *TOLD)}
    body = described["paths"]["/event"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert {each["properties"]["kind"]["const"] for each in body["oneOf"]} >= {"created", "solved", "message"}


@pytest.mark.parametrize("name", [*READ, *TOLD])
def test_an_answer_is_what_the_openapi_says_of_it(client: Any, name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="of the extra test")
    described = client.get("/openapi.json").json()
    (said,) = described["paths"][f"/{name}"].values()
    schema = said["responses"]["200"]["content"]["application/json"]["schema"]
    answer = client.get(f"/{name}") if name in TOLD else client.post(f"/{name}", json=BODIES[name][1])
    jsonschema.Draft202012Validator({**schema, "components": described["components"]}).validate(answer.json())
    assert schema
