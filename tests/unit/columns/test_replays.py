"""A frame of clocks: its columns by hand, what it takes, which tickets it leaves out; with numpy and without."""

import pickle
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest import mock

import pytest

import slacalc as sla
from slacalc.events.event import Event
from slacalc.testing import event_log
from tests.helpers import BRUSSELS, NoZone

POLICY = sla.policy_from_data(
    {
        "name": "desk",
        "calendars": {"office": {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00"}},
        "fields": {"team": ["one", "two"]},
        "rules": [
            {
                "name": "all",
                "calendar": "office",
                "metrics": {
                    "first_response": {"due": {"business_hours": "4h"}, "objective": 0.9},
                    "resolution": {"due": {"business_hours": "8h"}, "expected": {"business_hours": "1h"}},
                },
            }
        ],
    }
)
LOG = {
    "A": "Fri 15:00 created status=open team=one; 16:00 agent reply; Mon 10:00 solved",
    "B": "Fri 16:00 created status=open priority=high; Mon 10:00 status pending; 12:00 status open",
    "later": "2026-11-24 09:00 created status=open",
    "never": "Fri 10:00 agent reply",
}
DATES = {"Fri": 20, "Mon": 23, "Tue": 24}
MONDAY = datetime(2026, 11, 23, 18, tzinfo=BRUSSELS)


def pairs(names: Iterable[str] = LOG) -> list[tuple[str, Event]]:
    return [(name, event) for name in names for event in event_log(LOG[name], zone="Europe/Brussels")]


def at(text: str) -> datetime:
    """An instant of Friday 20 November or of the Monday or Tuesday after it."""
    day, time = text.split()
    return datetime.fromisoformat(f"2026-11-{DATES[day]}T{time}").replace(tzinfo=BRUSSELS)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


@pytest.fixture(params=["with numpy", "without"])
def _numpy_or_not(request: pytest.FixtureRequest) -> Any:
    if request.param == "with numpy":
        pytest.importorskip("numpy", reason="one of the two lanes")
        yield
        return
    with mock.patch("slacalc.columns.replays.find_spec", return_value=None):
        yield


@pytest.mark.usefixtures("_numpy_or_not")
def test_the_columns_of_four_clocks_are_those_told_by_hand() -> None:
    """A has its answer after an hour and is solved after three; B is paused on Monday from ten to twelve.

    4 hours from Friday 15:00 are two there and two on Monday; 8 hours without the pause are one on Friday, one before
    ten, five from twelve to five, and one on Tuesday. Without an answer by Monday 12:00 B is late, six hours by then,
    five of them open.
    """
    columns = POLICY.replay_frame(pairs(), as_of=MONDAY, zone="Europe/Brussels")
    assert columns["ticket"] == ["A", "A", "B", "B"]
    assert columns["metric"] == ["first_response", "resolution"] * 2
    assert columns["cycle"] == [1, 1, 1, 1]
    assert columns["rule"] == ["all"] * 4
    assert columns["status"] == ["met", "met", "overdue", "running"]
    assert columns["received"] == columns["origin"] == [at("Fri 15:00")] * 2 + [at("Fri 16:00")] * 2
    assert columns["expected"] == [None, at("Fri 16:00"), None, at("Fri 17:00")]
    assert columns["due"] == [at("Mon 11:00"), at("Mon 15:00"), at("Mon 12:00"), at("Tue 10:00")]
    assert columns["done_at"] == [at("Fri 16:00"), at("Mon 10:00"), None, None]
    assert columns["breached_at"] == [None, None, at("Mon 12:00"), None]
    assert columns["cancelled_at"] == [None] * 4
    assert columns["elapsed"] == columns["open_time"] == [hours(1), hours(3), hours(9), hours(7)]
    assert columns["remaining"] == [hours(3), hours(5), hours(0), hours(1)]
    assert columns["wall_time"] == [hours(1), hours(67), hours(74), hours(74)]
    assert columns["overdue_by"] == [hours(0), hours(0), hours(6), hours(0)]
    assert columns["overdue_by_open"] == [hours(0), hours(0), hours(5), hours(0)]
    assert columns["percent"] == [25, 37.5, 225, 87.5]
    assert columns["objective"] == [0.9, None] * 2
    assert columns["answered"] == [True, True, False, False]
    assert columns["cancelled"] == [""] * 4
    assert columns["field_team"] == ["one", "one", None, None]
    assert columns["field_priority"] == [None, None, "high", "high"]
    assert list(columns)[-2:] == ["field_priority", "field_team"]
    assert columns["due"][0].tzinfo == BRUSSELS


@pytest.mark.usefixtures("_numpy_or_not")
def test_tickets_created_later_or_never_are_listed_in_order() -> None:
    left_out = POLICY.replay_frame(pairs(("never", "A", "later")), as_of=MONDAY).left_out
    assert [(each.ticket, each.code) for each in left_out] == [
        ("never", "creation_missing"),
        ("later", "creation_missing"),
    ]
    assert "1 of 1 events by 2026-11-23T17:00:00+00:00" in left_out[0].text
    assert "0 of 1 events by 2026-11-23T17:00:00+00:00" in left_out[1].text
    with pytest.raises(sla.LogError, match="ticket later: the ticket was not created by then"):
        POLICY.replay_frame(pairs(("A", "later", "never")), as_of=MONDAY, strict=True)


@pytest.mark.usefixtures("_numpy_or_not")
def test_a_bad_event_leaves_out_its_ticket_and_no_other() -> None:
    naive = sla.Message(at=datetime(2026, 11, 23, tzinfo=NoZone()), actor="agent")
    log: list[tuple[str, Any]] = [*pairs("A"), ("B", naive), ("C", "no event")]
    columns = POLICY.replay_frame(log, as_of=MONDAY)
    assert set(columns["ticket"]) == {"A"}
    assert [(each.ticket, each.code) for each in columns.left_out] == [
        ("B", "datetime_naive"),
        ("C", "event_invalid"),
    ]


@pytest.mark.usefixtures("_numpy_or_not")
def test_events_are_put_in_order_by_their_instant_and_seq() -> None:
    created, reply = event_log("Fri 15:00 created; 15:00 agent reply", zone="Europe/Brussels")
    late_first: list[tuple[str, Event]] = [
        ("A", sla.Message(at=reply.at, actor="agent", seq=2)),
        ("A", sla.Created(at=created.at, seq=1)),
    ]
    backwards = [("A", reply), ("A", created)]
    assert POLICY.replay_frame(late_first, as_of=MONDAY)["status"] == ["met", "overdue"]
    assert POLICY.replay_frame(backwards, as_of=MONDAY).left_out == ()
    assert POLICY.replay_frame(backwards, as_of=MONDAY)["status"] == ["overdue", "overdue"]  # it came before


@pytest.mark.usefixtures("_numpy_or_not")
def test_an_event_without_a_seq_of_its_own_has_its_place_in_the_ticket() -> None:
    """At 16:00 the third event comes before the second, whose seq is 5: it is open at last, and two hours have run."""
    created, opened, pending = event_log(
        "Fri 15:00 created status=open; 16:00 status open; 16:00 status pending", zone="Europe/Brussels"
    )
    log: list[tuple[str, Event]] = [("A", created), ("A", replace(opened, seq=5)), ("A", pending)]
    columns = POLICY.replay_frame(log, as_of=at("Fri 17:00"))
    assert columns["elapsed"] == [hours(2), hours(2)]
    as_they_came = POLICY.replay_frame([("A", created), ("A", opened), ("A", pending)], as_of=at("Fri 17:00"))
    assert as_they_came["elapsed"][1] == hours(1), "it waits from 16:00 on"


@pytest.mark.usefixtures("_numpy_or_not")
def test_an_hour_that_the_clock_shows_again_is_the_one_that_it_was() -> None:
    """02:30 of 25 October 2026 is two and a half hours before 04:00 summer time was 03:00: once 3, once 2 hours."""
    for fold, wall in ((0, 3), (1, 2)):
        created = datetime(2026, 10, 25, 2, 30, fold=fold, tzinfo=BRUSSELS)
        reply = datetime(2026, 10, 25, 4, 30, tzinfo=BRUSSELS)
        log: list[tuple[str, Event]] = [
            ("A", sla.Created(at=created, status="open")),
            ("A", sla.Message(at=reply, actor="agent")),
        ]
        columns = POLICY.replay_frame(log, as_of=reply)
        assert (columns["status"][0], columns["wall_time"][0]) == ("met", hours(wall))


@pytest.mark.usefixtures("_numpy_or_not")
def test_a_ticket_whose_events_are_beyond_what_is_covered_is_left_out_and_no_other() -> None:
    """Received in 2199 and answered in 2201: how much time passed until then no calendar knows."""
    log: list[tuple[str, Event]] = [
        ("far", sla.Created(at=datetime(2199, 12, 30, 9, tzinfo=BRUSSELS), status="open")),
        ("far", sla.Message(at=datetime(2201, 6, 1, 9, tzinfo=BRUSSELS), actor="agent")),
        *pairs("A"),
    ]
    columns = POLICY.replay_frame(log, as_of=datetime(2201, 6, 1, 9, tzinfo=BRUSSELS))
    assert (columns["ticket"], columns["status"]) == (["A", "A"], ["met", "met"])
    assert [(each.ticket, each.code) for each in columns.left_out] == [("far", "beyond_covered")]


@pytest.mark.usefixtures("_numpy_or_not")
def test_tickets_with_their_events_are_replayed_like_pairs() -> None:
    tickets = [sla.Ticket(name, event_log(LOG[name])[0].at, events=told_of(name)) for name in ("A", "B")]
    assert POLICY.replay_frame(tickets, as_of=MONDAY) == POLICY.replay_frame(pairs(("A", "B")), as_of=MONDAY)


def told_of(name: str) -> tuple[Event, ...]:
    return tuple(event for _, event in pairs((name,)))


@pytest.mark.usefixtures("_numpy_or_not")
@pytest.mark.parametrize(
    ("again", "statuses", "status"),
    [
        ("reopened", [], "running"),
        ("reopened", ["new", "done"], "running"),
        ("reopened status=done", ["new", "done"], "running"),
        ("reopened status=nonsense", ["new", "done"], "met"),
    ],
    ids=["open is assumed", "the status that it has", "a status", "one that nobody knows: it was no reopening"],
)
def test_a_reopening_is_one_in_a_status_that_the_policy_knows(again: str, statuses: list[str], status: str) -> None:
    policy = sla.policy_from_data({**POLICY.to_data(), "statuses": statuses} if statuses else POLICY.to_data())
    begun = f"Fri 15:00 created{' status=new' if statuses else ''}; 15:30 solved; 16:00 {again}"
    log = [("A", event) for event in event_log(begun, zone="Europe/Brussels")]
    columns = policy.replay_frame(log, as_of=at("Fri 17:00"))
    told = dict(zip(columns["metric"], columns["status"], strict=True))
    assert told["resolution"] == status


def test_a_log_is_taken_as_it_was_read_and_so_are_its_tickets() -> None:
    lines = [
        "id,at,what,prio",
        "7,2026-11-20T15:00+01:00,opened,high",
        "7,2026-11-20T16:00+01:00,replied,high",
        "8,2026-11-20T16:00+01:00,opened,low",
    ]
    fields, words = (("priority", "prio"),), (("replied", "agent_message"),)
    reading = sla.read_log(lines, sla.LogMapping("id", "at", "what", fields=fields, events=words))
    columns = POLICY.replay_frame(reading, as_of=MONDAY)
    assert columns["ticket"] == ["7", "7", "8", "8"]
    assert columns["status"] == ["met", "overdue", "overdue", "overdue"]
    assert columns["field_priority"] == ["high", "high", "low", "low"]
    assert POLICY.replay_frame(reading.tickets, as_of=MONDAY) == columns


def test_columns_are_a_dict_whoever_asks() -> None:
    """A list is made when it is first read: copies, comparisons and pickles read every one."""
    columns = POLICY.replay_frame(pairs(), as_of=MONDAY)
    due = [at("Mon 11:00"), at("Mon 15:00"), at("Mon 12:00"), at("Tue 10:00")]
    for ask in (
        dict,
        lambda each: {**each},
        lambda each: each | {},
        lambda each: each.copy(),
        lambda each: dict(each.items()),
    ):
        assert ask(POLICY.replay_frame(pairs(), as_of=MONDAY))["due"] == due
    again = pickle.loads(pickle.dumps(columns))
    assert again == columns
    assert again.left_out == columns.left_out
    assert (columns.get("due"), columns.get("nothing", 7)) == (due, 7)
    assert columns["due"] is columns["due"]
    assert columns != {}
    assert all(column == [] for column in POLICY.replay_frame([], as_of=MONDAY).values())


def test_every_library_makes_a_frame_of_them() -> None:
    pl = pytest.importorskip("polars", reason="one of the backends")
    pd = pytest.importorskip("pandas", reason="one of the backends")
    pa = pytest.importorskip("pyarrow", reason="one of the backends")
    told = [each.astimezone(UTC) for each in POLICY.replay_frame(pairs(), as_of=MONDAY)["due"]]
    assert pl.DataFrame(POLICY.replay_frame(pairs(), as_of=MONDAY))["due"].to_list() == told
    assert pd.DataFrame(POLICY.replay_frame(pairs(), as_of=MONDAY))["due"].tolist() == told
    assert pa.table(POLICY.replay_frame(pairs(), as_of=MONDAY))["due"].to_pylist() == told
