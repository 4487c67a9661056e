"""Who is next: by (deprioritised, rank, due, received), stable and explained; the order is systems B's."""

import pickle
from collections.abc import Iterator
from copy import copy
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.events.event import Event
from slacalc.testing import event_log
from tests.helpers import at

NOW: Final = "2026-11-19 16:00"


def promises() -> sla.Policy:
    """First responses in 4, resolutions in 10 business hours, for customers who pay (rank 1) and those who do not."""
    metrics = {"first_response": {"due": {"business_hours": "4h"}}, "resolution": {"due": {"business_hours": "10h"}}}
    data: dict[str, Any] = {
        "name": "queue",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "fields": {"tier": ["paid", "free"]},
        "rules": [
            {"name": "paid", "when": {"tier": "paid"}, "calendar": "office", "rank": 1, "metrics": metrics},
            {"name": "free", "calendar": "office", "rank": 2, "metrics": metrics},
        ],
    }
    return sla.policy_from_data(data)


POLICY: Final = promises()


def ticket(name: str, received: str, *events: Event, tier: str = "free") -> sla.Clocks:
    created = sla.Created(at=at(received), status="open", fields=(("tier", tier),))
    return sla.replay([created, *events], POLICY, as_of=at(NOW), ticket=name)


def names(tickets: list[sla.Clocks], as_of: str = NOW) -> list[str]:
    return [waiting.ticket for waiting in sla.queue(tickets, as_of=at(as_of))]


def answer(when: str) -> Event:
    return sla.Message(at=at(when), actor="agent")


def deprioritised(when: str, reason: str = "too_many_messages") -> Event:
    return sla.Deprioritised(at=at(when), reason=reason)


# ---------------------------------------------------------------- the order


ORDERS: Final = [
    (ticket("late", "2026-11-19 11:00"), ticket("early", "2026-11-19 10:00"), "due at 15:00 is late before due at 16:00"),
    (ticket("free", "2026-11-19 09:00"), ticket("paid", "2026-11-19 15:00", tier="paid"), "rank before due"),
    (ticket("paid, deprioritised", "2026-11-19 09:00", deprioritised("2026-11-19 09:10"), tier="paid"),
     ticket("free", "2026-11-19 15:00"), "deprioritised after all others, whatever the rank"),
    (ticket("free, deprioritised", "2026-11-19 09:00", deprioritised("2026-11-19 09:10")),
     ticket("paid, deprioritised", "2026-11-19 15:00", deprioritised("2026-11-19 15:10"), tier="paid"), "rank among the deprioritised"),
    (ticket("later", "2026-11-18 18:00"), ticket("earlier", "2026-11-18 17:30"),
     "both due 13:00, as the office opened after both: the first received first"),
    (ticket("paused", "2026-11-19 09:00", answer("2026-11-19 09:30"), sla.StatusChanged(at=at("2026-11-19 10:00"), status="pending")),
     ticket("running", "2026-11-19 15:00"), "no due time while paused: after those that have one"),
    (ticket("paused", "2026-11-19 09:00", answer("2026-11-19 09:30"), sla.StatusChanged(at=at("2026-11-19 10:00"), status="pending")),
     ticket("paused, earlier", "2026-11-19 08:00", answer("2026-11-19 09:30"), sla.Paused(at=at("2026-11-19 10:00"))),
     "both paused: the first received first"),
    (ticket("lifted", "2026-11-19 11:00", deprioritised("2026-11-19 11:10"), sla.DeprioritisationLifted(at=at("2026-11-19 11:20"), reason="too_many_messages")),
     ticket("early", "2026-11-19 10:00"), "back among the others: by due"),
    (ticket("deprioritised for two reasons", "2026-11-19 10:00", deprioritised("2026-11-19 10:10"), deprioritised("2026-11-19 10:20", "no_clear_question"),
            sla.DeprioritisationLifted(at=at("2026-11-19 10:30"), reason="too_many_messages")),
     ticket("late", "2026-11-19 11:00"), "one reason is left"),
    (ticket("answered", "2026-11-19 09:00", answer("2026-11-19 09:30")), ticket("early", "2026-11-19 10:00"),
     "answered: what is next is its resolution, due Friday 11:00"),
]  # fmt: skip


@pytest.mark.parametrize(("second", "first", "why"), ORDERS, ids=[row[-1] for row in ORDERS])
def test_the_order_of_two_tickets(second: sla.Clocks, first: sla.Clocks, why: str) -> None:
    expected = [first.ticket, second.ticket]
    assert expected == names([second, first]), why
    assert expected == names([first, second]), f"{why}, however they were given"


def test_the_order_is_stable() -> None:
    same = [ticket(name, "2026-11-19 10:00") for name in "CAB"]
    assert names(same) == ["C", "A", "B"]


# ---------------------------------------------------------------- who waits


@pytest.mark.parametrize(
    "end",
    event_log("2026-11-19 12:00 solved; 12:00 closed; 12:00 deleted; 12:00 merged into 8; 12:00 taken over"),
    ids=["solved", "closed", "deleted", "merged", "taken over"],
)
def test_a_ticket_without_an_open_clock_does_not_wait(end: Event) -> None:
    assert names([ticket("7", "2026-11-19 10:00", end)]) == []


def test_a_clock_that_has_not_begun_does_not_wait() -> None:
    data: dict[str, Any] = {
        "name": "messages",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {"name": "all", "calendar": "office", "metrics": {"next_response": {"due": {"business_hours": "4h"}}}}
        ],
    }
    found = sla.replay(event_log("2026-11-19 16:00 created message=false"), sla.policy_from_data(data), as_of=at(NOW))
    assert sla.queue([found], as_of=at(NOW)) == ()


def test_the_queue_later_on_knows_the_events_that_have_happened_by_then() -> None:
    found = ticket("7", "2026-11-19 10:00", sla.Solved(at=at("2026-11-19 16:30")))
    assert names([found], "2026-11-19 16:29") == ["7"]
    assert names([found], "2026-11-19 16:30") == []


def test_a_ticket_that_has_gone_on_further_is_listed_apart() -> None:
    found = sla.queue([ticket("7", "2026-11-19 10:00")], as_of=at("2026-11-19 15:00"))
    assert (found, [(each.ticket, each.code) for each in found.left_out]) == ((), [("7", "as_of_went_back")])
    with pytest.raises(sla.LogError) as error:
        sla.queue([ticket("7", "2026-11-19 10:00")], as_of=at("2026-11-19 15:00"), strict=True)
    assert (error.value.code, error.value.where) == ("as_of_went_back", "ticket 7")


def test_the_queue_takes_tickets_from_a_generator() -> None:
    def tickets() -> Iterator[sla.Clocks]:
        yield ticket("later", "2026-11-19 11:00")
        yield ticket("earlier", "2026-11-19 10:00")

    assert [waiting.ticket for waiting in sla.queue(tickets(), as_of=at(NOW))] == ["earlier", "later"]
    assert sla.queue([], as_of=at(NOW)) == ()


# ---------------------------------------------------------------- explained


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (ticket("7", "2026-11-19 10:00"),
         "rank 2, first_response due Thu 2026-11-19 14:00, received Thu 2026-11-19 10:00"),
        (ticket("7", "2026-11-19 10:00", answer("2026-11-19 11:00"), tier="paid"),
         "rank 1, resolution due Fri 2026-11-20 12:00, received Thu 2026-11-19 10:00"),
        (ticket("7", "2026-11-19 10:00", answer("2026-11-19 11:00"), sla.Paused(at=at("2026-11-19 12:00"))),
         "rank 2, paused, received Thu 2026-11-19 10:00"),
        (ticket("7", "2026-11-19 10:00", deprioritised("2026-11-19 11:00"), deprioritised("2026-11-19 12:00", "no_clear_question")),
         "deprioritised (too_many_messages, no_clear_question), rank 2, first_response due Thu 2026-11-19 14:00, received Thu 2026-11-19 10:00"),
    ],
    ids=["the next due", "what is open", "paused", "deprioritised"],
)  # fmt: skip
def test_a_place_is_explained(found: sla.Clocks, reason: str) -> None:
    (waiting,) = sla.queue([found], as_of=at(NOW))
    assert reason == waiting.reason
    assert waiting.deprioritised == reason.startswith("deprioritised")


# ---------------------------------------------------------------- deprioritisation


def wrote(*times: str) -> list[Event]:
    return [sla.Message(at=at(f"2026-11-19 {time}"), actor="customer") for time in times]


def deprioritisations(rule: dict[str, Any], *events: Event) -> sla.Clocks:
    policy = sla.policy_from_data({**POLICY.to_data(), "deprioritisation": rule})
    created = sla.Created(at=at("2026-11-19 09:00"), status="open", fields=(("tier", "free"),))
    return sla.replay([created, *events], policy, as_of=at(NOW))


MESSAGES: Final = [
    ({"max_messages": 2}, wrote("10:00", "11:00"), (), "as many as are allowed"),
    ({"max_messages": 2}, wrote("10:00", "11:00", "12:00"), ("too_many_messages",), "one more"),
    ({}, wrote(*(f"{hour}:00" for hour in range(10, 16))), (), "without a limit nobody writes too often"),
    ({"max_messages": 2}, [*wrote("10:00", "11:00"), answer("2026-11-19 11:30"), *wrote("12:00", "13:00")], (),
     "an answer begins the count anew"),
    ({"max_messages": 2}, [*wrote("10:00", "11:00", "12:00"), answer("2026-11-19 12:30")], ("too_many_messages",),
     "an answer does not take the deprioritisation back"),
    ({"max_messages": 2}, [*wrote("10:00", "11:00"), sla.Message(at=at("2026-11-19 11:30"), actor="bot"), *wrote("12:00")],
     ("too_many_messages",), "what is no answer does not begin it anew"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "events", "expected", "why"), MESSAGES, ids=[row[-1] for row in MESSAGES])
def test_who_writes_too_often_is_deprioritised(
    rule: dict[str, Any], events: list[Event], expected: tuple[str, ...], why: str
) -> None:
    assert expected == deprioritisations(rule, *events).deprioritisations, why


@pytest.mark.parametrize(("objective", "expected"), [("excluded", None), ("included", 0.9)])
def test_what_a_deprioritisation_does_to_the_objective_is_in_the_policy(objective: str, expected: float | None) -> None:
    data = POLICY.to_data()
    for rule in data["rules"]:
        rule["metrics"]["first_response"]["objective"] = "90%"
    policy = sla.policy_from_data({**data, "deprioritisation": {"objective": objective}})
    created = sla.Created(at=at("2026-11-19 09:00"), status="open")
    before = sla.replay([created], policy, as_of=at(NOW))["first_response"]
    after = sla.replay([created, deprioritised("2026-11-19 10:00")], policy, as_of=at(NOW))["first_response"]
    assert before.objective == 0.9
    assert expected == after.objective
    assert before.due == after.due, "it keeps its due time"


def test_a_cause_that_the_policy_does_not_have_deprioritises_nobody() -> None:
    found = deprioritisations({"causes": ["rude"]}, deprioritised("2026-11-19 10:00"))
    assert (found.deprioritisations, [gap.code for gap in found.gaps]) == ((), ["deprioritisation_unknown"])


# ---------------------------------------------------------------- the queue as a table


def test_a_queue_is_a_table() -> None:
    """Received at 09:00, 4 open hours: due at 13:00."""
    waiting = sla.queue(ticket("<7>", "2026-11-19 09:00", deprioritised("2026-11-19 09:10")), as_of=at(NOW))
    assert str(waiting).splitlines() == [
        "who is next as of Thu 2026-11-19 16:00 (CET)",
        "   ticket  metric          promise  due                   received              rank  deprioritised",
        "1  <7>     first_response  owed     Thu 2026-11-19 13:00  Thu 2026-11-19 09:00  2     too_many_messages",
    ]
    assert '<th scope="row">&lt;7&gt;</th><td>first_response</td>' in waiting._repr_html_()
    assert waiting.to_rows() == [
        {
            "ticket": "<7>",
            "metric": "first_response",
            "kind": "owed",
            "due": at("2026-11-19 13:00"),
            "received": at("2026-11-19 09:00"),
            "rank": 2,
            "deprioritised": True,
            "deprioritisations": ("too_many_messages",),
        }
    ]


def test_a_queue_tells_who_cannot_be_answered_for_and_keeps_it_in_a_copy() -> None:
    early = at("2026-11-19 15:00")
    waiting = sla.queue(
        [
            POLICY.replay([sla.Created(at=at("2026-11-19 09:00"))], as_of=early, ticket="7"),
            ticket("8", "2026-11-19 09:00"),
        ],
        as_of=early,
    )
    assert [each.ticket for each in waiting] == ["7"]
    assert str(waiting).splitlines()[-1].startswith("8, left out: ")
    for same in (copy(waiting), pickle.loads(pickle.dumps(waiting))):
        assert (same, same.left_out, same.as_of) == (waiting, waiting.left_out, early)
    assert waiting.to_data()["left_out"] == [each._asdict() for each in waiting.left_out]


def test_the_place_of_a_ticket_that_is_all_paused_is_said() -> None:
    paused = ticket("7", "2026-11-19 10:00", answer("2026-11-19 11:00"), sla.Paused(at=at("2026-11-19 12:00")))
    row = str(sla.queue(paused, as_of=at(NOW))).splitlines()[-1]
    assert row.split()[:5] == ["1", "7", "resolution", "owed", "paused"], row


# ---------------------------------------------------------------- drawn on axes


def test_a_bar_reaches_back_to_receipt_and_a_mark_stands_where_it_is_due() -> None:
    """At 16:00: received at 09:00 and due at 13:00; at 15:00 and due the next day at 11:00; and one that is paused."""
    pytest.importorskip("matplotlib", reason="the extra plots")
    paused = ticket("_p", "2026-11-19 10:00", answer("2026-11-19 11:00"), sla.Paused(at=at("2026-11-19 12:00")))
    tickets = [ticket("late", "2026-11-19 09:00"), ticket("new", "2026-11-19 15:00"), paused]
    axes: Any = sla.queue(tickets, as_of=at(NOW)).plot()
    bars = {bars.get_label(): [(bar.get_x(), bar.get_width()) for bar in bars] for bars in axes.containers}
    assert bars == {"overdue": [(-7, 7)], "in time": [(-1, 1)], "paused": [(-6, 6)]}
    due = axes.get_lines()[0]
    assert ([*due.get_xdata()], [*due.get_ydata()], due.get_label()) == ([-3, 19], [0, 1], "due")
    assert [label.get_text() for label in axes.get_yticklabels()] == ["late", "new", " _p"]
    assert axes.get_xlabel() == "hours before and after, in real time"
    assert axes.yaxis_inverted(), "the first stands at the top"


def test_where_every_ticket_is_paused_no_mark_says_when_one_is_due() -> None:
    """Received at 10:00, and 16:00 now; the one line is that of now."""
    pytest.importorskip("matplotlib", reason="the extra plots")
    paused = ticket("7", "2026-11-19 10:00", answer("2026-11-19 11:00"), sla.Paused(at=at("2026-11-19 12:00")))
    axes: Any = sla.queue(paused, as_of=at(NOW)).plot()
    assert [[(bar.get_x(), bar.get_width()) for bar in bars] for bars in axes.containers] == [[(-6, 6)]]
    assert [[*line.get_xdata()] for line in axes.get_lines()] == [[0, 0]]


def test_of_many_tickets_the_first_are_drawn_and_of_none_words_say_so() -> None:
    pytest.importorskip("matplotlib", reason="the extra plots")
    many = [ticket(str(place), "2026-11-19 09:00") for place in range(41)]
    axes: Any = sla.queue(many, as_of=at(NOW)).plot()
    assert axes.get_title() == "who is next as of Thu 2026-11-19 16:00 (the first 40 of 41)"
    assert len(axes.get_yticklabels()) == 40
    assert [text.get_text() for text in sla.queue([], as_of=at(NOW)).plot().texts] == ["no ticket waits"]
