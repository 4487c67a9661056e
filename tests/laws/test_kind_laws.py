"""What holds of promises that nobody owes, whatever happens to a ticket: they are never late, and nobody apologises for them."""

from copy import deepcopy
from datetime import timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from tests.laws.strategies import law
from tests.laws.test_late_and_solved_laws import ALWAYS, BEGIN, END, MINUTE, OFFICE, cycles_of, logs, looks

NOTHING: Final = timedelta(0)
SECOND: Final = timedelta(seconds=1)
TARGETS: Final[tuple[dict[str, Any], ...]] = (
    {"next_opening": True},
    {"business_hours": "6h"},
    {"earliest": {"calendar_hours": "24h"}, "latest": {"calendar_hours": "72h"}},
    {"business_days": 1, "by": "close"},
    {"inside": {"business_hours": "3h"}, "outside": {"business_days": 0, "by": "12:00"}},
)
LIVES: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"reopen": "new_cycle", "on_solved": "cancel"},
    {"reopen": "continue", "on_solved": "nothing", "pausable": True},
    {"on_change": "restart", "paused_in": ["pending"]},
    {"on_change": "new_cycle", "stops": "solved"},
    {"after_breach": "judged_anew", "stops": "solved", "paused_in": ["pending"], "pause_cap": "90min"},
)
METRICS: Final = ("first_response", "next_response", "resolution", "periodic_update")
APOLOGIES: Final = {
    "cs": "omlouv", "de": "ntschuldig", "en": "apologi", "fi": "ahoittel", "fr": "excuse", "hu": "elnézés", "it": "scus",
    "nl": "xcuses", "pl": "rzeprasz", "ru": "извин", "sk": "ospravedl", "sv": "ursäkt",
}  # fmt: skip
"""By what an apology is known in each language, whatever the letter before."""
NEVER_OWED: Final = ("typical", "best_effort")


def written(kinds: tuple[str, str], due: dict[str, Any], other: dict[str, Any], life: dict[str, Any]) -> dict[str, Any]:
    """Two rules, each of a kind, and one that promises little; nothing warns."""

    def promised(kind: str, due: dict[str, Any]) -> dict[str, Any]:
        return {metric: {"promise": kind, "due": due} for metric in METRICS}

    few = {"first_response": {"promise": kinds[1], "due": due}}
    clocks = {"first_response": life, "resolution": {"stops": "solved", **life}}
    return {
        "name": "kinds",
        "calendars": {"office": OFFICE, "always": ALWAYS},
        "rules": [
            {"name": "high", "when": {"priority": "high"}, "calendar": "office", "metrics": promised(kinds[0], due)},
            {"name": "parked", "when": {"priority": "parked"}, "calendar": "office", "metrics": few},
            {"name": "low", "calendar": "always", "metrics": promised(kinds[1], other)},
        ],
        "statuses": ["open", "pending", "on_hold", "solved", "closed"],
        "solved_in": ["solved"],
        "closed_in": ["closed"],
        "clocks": clocks,
    }


@st.composite
def books(draw: st.DrawFn, kinds: tuple[str, ...] = NEVER_OWED) -> dict[str, Any]:
    one, other = draw(st.sampled_from(kinds)), draw(st.sampled_from(kinds))
    due, then = draw(st.sampled_from(TARGETS)), draw(st.sampled_from(TARGETS))
    life = draw(st.sampled_from(LIVES))
    if "pause_cap" in life:
        due = then = TARGETS[1]  # a cap is of the target's own kind of time
    return written((one, other), due, then, life)


@law(200)
@given(st.data(), books())
def test_what_is_typical_or_best_effort_is_never_breached_whatever_happens(
    data: st.DataObject, book: dict[str, Any]
) -> None:
    log = data.draw(logs())
    moment = data.draw(looks(log) | st.just(END))
    clocks = sla.policy_from_data(book).replay(log, as_of=moment)
    for metric, _, state in cycles_of(clocks):
        assert state.kind in NEVER_OWED, metric
        assert state.status in {"running", "paused", "done", "cancelled"}, metric
        assert state.breached_at is None, metric
        assert state.overdue_by == state.overdue_by_open == NOTHING, metric
        assert state.warnings == (), metric
        assert not state.eligible_for_takeover, metric
        outcome = {"done": "done", "cancelled": "cancelled"}.get(state.status, "pending")
        assert state.outcome().status == outcome, metric
        assert state.outcome().overdue_by == NOTHING, metric


@law(100)
@given(st.data(), books())
def test_nothing_fires_at_the_due_time_of_what_nobody_owes(data: st.DataObject, book: dict[str, Any]) -> None:
    log = data.draw(logs())
    clocks = sla.policy_from_data(book).replay(log, as_of=data.draw(looks(log)), ticket="7")
    fired = sla.agenda(clocks, since=BEGIN - MINUTE, until=END)
    assert {each.kind for each in fired} & {"due", "warning"} == set()


@law(60)
@given(st.data(), books())
def test_a_report_of_what_nobody_owes_has_no_attainment(data: st.DataObject, book: dict[str, Any]) -> None:
    several = data.draw(st.lists(logs(), min_size=1, max_size=3))
    pairs = [(str(number), event) for number, log in enumerate(several) for event in log]
    report = sla.report(sla.group_tickets(pairs), sla.policy_from_data(book), as_of=END)
    assert report.worst == ()
    for line in report.lines:
        assert line.kind in NEVER_OWED
        assert (line.met, line.breached, line.attainment, line.objective_met) == (0, 0, None, None)
        assert line.tickets == line.done + line.pending + line.cancelled
        assert line.within is None or 0 <= line.within <= 1


@law(150)
@given(st.data(), books(("owed",)), st.sampled_from(NEVER_OWED))
def test_the_kind_of_a_promise_moves_no_instant(data: st.DataObject, book: dict[str, Any], kind: str) -> None:
    """The same promises, owed and not: the instants and the amounts are equal, where the last promise alone judges."""
    book["clocks"] = {name: {**life, "after_breach": "judged_anew"} for name, life in book["clocks"].items()}
    book["clocks"]["next_response"] = {"starts": "customer_message", "after_breach": "judged_anew"}
    book["clocks"]["periodic_update"] = {"starts": "answer", "after_breach": "judged_anew"}
    twin = deepcopy(book)
    for rule in twin["rules"]:
        for metric in rule["metrics"].values():
            metric["promise"] = kind
    log = data.draw(logs())
    moment = data.draw(looks(log))
    owed, not_owed = (sla.policy_from_data(each).replay(log, as_of=moment) for each in (book, twin))
    assert instants(owed) == instants(not_owed)


def instants(clocks: sla.Clocks) -> dict[str, list[tuple[object, ...]]]:
    return {
        metric: [
            (
                c.origin, c.due, c.earliest, c.elapsed, c.remaining, c.wall_time, c.open_time, c.done_at, c.answered,
                c.cancelled, c.cancelled_at, tuple(c.ledger),
            )
            for c in clocks.cycles(metric)
        ]
        for metric in clocks
    }  # fmt: skip


@law(150)
@given(st.data(), books(("owed", *NEVER_OWED)))
def test_a_clock_that_is_owed_by_nobody_at_the_end_was_never_late(data: st.DataObject, book: dict[str, Any]) -> None:
    """Some rules owe, others do not: whatever is breached is told as owed, and what is not told as owed is not breached."""
    log = data.draw(logs())
    for metric, _, state in cycles_of(sla.policy_from_data(book).replay(log, as_of=data.draw(looks(log)))):
        is_late = state.breached_at is not None
        assert is_late == (state.overdue_by > NOTHING) == (state.outcome().status == "breached"), metric
        assert state.kind == "owed" or not is_late, metric
        assert (state.status in {"met", "breached", "overdue"}) <= (state.kind == "owed"), metric
        assert (state.status == "done") <= (state.kind != "owed"), metric


@law(100)
@given(st.data(), st.sampled_from(NEVER_OWED), st.sampled_from(TARGETS), st.integers(-3, 3), st.integers(0, 20_000))
def test_an_outcome_of_what_nobody_owes_is_done_or_pending(
    data: st.DataObject, kind: str, due: dict[str, Any], seconds: int, minutes: int
) -> None:
    policy = sla.policy_from_data(written((kind, kind), due, due, {}))
    promise = policy.promise(BEGIN + minutes * MINUTE, priority="high")["first_response"]
    assert promise.kind == kind
    near = max(promise.received, promise.due + seconds * SECOND)
    done_at = data.draw(st.sampled_from((None, near)))
    found = sla.outcome(promise, done_at, as_of=near)
    assert found.status == ("pending" if done_at is None else "done")
    assert found.overdue_by == found.overdue_by_open == NOTHING


@pytest.mark.parametrize("language", sorted(APOLOGIES))
def test_an_apology_is_known_in_every_language(language: str) -> None:
    """The check of the next law: what is owed and late is told with an apology."""
    promise = sla.policy_from_data(written(("owed", "owed"), TARGETS[1], TARGETS[1], {})).promise(BEGIN)
    assert {"first_response", "resolution"} <= set(promise)
    for metric in promise:
        late = promise[metric].expectation(as_of=promise[metric].due + SECOND)
        assert APOLOGIES[language] in str(late.say(language))


@law(100)
@given(st.data(), books(), st.sampled_from(sorted(APOLOGIES)))
def test_nobody_apologises_for_what_nobody_owed(data: st.DataObject, book: dict[str, Any], language: str) -> None:
    log = data.draw(logs())
    clocks = sla.policy_from_data(book).replay(log, as_of=data.draw(looks(log) | st.just(END)))
    for _, _, state in cycles_of(clocks):
        if state.done_at is None and not state.cancelled:
            told = state.expectation()
            assert told.state not in {"promised", "overdue"}
            assert APOLOGIES[language] not in str(told.say(language))
