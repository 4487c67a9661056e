"""Long calls tell how far they are, to whoever asks by the protocol of tqdm; and answer the same."""

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from types import ModuleType
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.progress import with_progress
from tests.helpers import at

NOW: Final = at("20 16:00")
POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [
            {"name": "all", "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": "4h"}}}}
        ],
    }
)
LOG: Final = [(str(place), sla.Created(at=NOW - timedelta(hours=place))) for place in (1, 2, 3)]
ROWS: Final = [{"received": NOW - timedelta(days=1), "first_response": NOW}]
DUE: Final = "rules.all.metrics.first_response.due"
CHANGES: Final[dict[str, Any]] = {f"{hours}h": {DUE: {"business_hours": f"{hours}h"}} for hours in (2, 6)}


class Bar:
    """What is told of passing things, by the protocol of tqdm."""

    def __init__(self) -> None:
        self.passed: list[object] = []
        self.called: list[tuple[int | None, str]] = []

    def __call__(self, things: Iterable[Any], *, total: int | None, desc: str) -> Iterator[Any]:
        self.called.append((total, desc))
        for each in things:
            yield each
            self.passed.append(each)


def clocks() -> list[sla.Clocks]:
    return list(sla.replay_tickets(LOG, POLICY, as_of=NOW))


def hours(**more: Any) -> sla.RequiredHours:
    return sla.required_hours(ROWS, POLICY, CHANGES, "first_response", "90%", as_of=NOW, **more)


LONG: Final[dict[str, tuple[Callable[..., Any], int | None, int, str]]] = {
    "replay_tickets": (lambda **more: list(sla.replay_tickets(LOG, POLICY, as_of=NOW, **more)), None, 3, "replaying"),
    "what_if": (lambda **more: sla.what_if(ROWS, POLICY, CHANGES, as_of=NOW, **more), 2, 2, "what if"),
    "required_hours": (hours, 2, 2, "what if"),
    "restate_tickets": (lambda **more: sla.restate_tickets(clocks(), LOG, POLICY, **more), 3, 3, "restating"),
    "restate_tickets of one": (
        lambda **more: sla.restate_tickets(clocks()[0], LOG, POLICY, **more),
        None,
        1,
        "restating",
    ),
    "interop.compare": (
        lambda **more: sla.interop.compare(LOG, [], POLICY, sla.interop.zendesk.CONVENTIONS, as_of=NOW, **more),
        None,
        3,
        "replaying",
    ),
}
every_long = pytest.mark.parametrize(("call", "total", "passed", "doing"), LONG.values(), ids=LONG)


@every_long
def test_each_thing_is_told_of_once_and_the_answer_is_the_same(
    call: Callable[..., Any], total: int | None, passed: int, doing: str
) -> None:
    bar = Bar()
    assert call(progress=bar) == call()
    assert (bar.called, len(bar.passed)) == ([(total, doing)], passed)


@every_long
def test_true_is_the_bar_of_tqdm(
    monkeypatch: pytest.MonkeyPatch, call: Callable[..., Any], total: int | None, passed: int, doing: str
) -> None:
    bar, module = Bar(), ModuleType("tqdm.auto")
    vars(module)["tqdm"] = bar
    monkeypatch.setitem(sys.modules, "tqdm", ModuleType("tqdm"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", module)
    call(progress=True)
    assert (bar.called, len(bar.passed)) == ([(total, doing)], passed)


@pytest.mark.parametrize("call", [each[0] for each in LONG.values()], ids=LONG)
def test_without_tqdm_the_package_is_named(monkeypatch: pytest.MonkeyPatch, call: Callable[..., Any]) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(
        sla.MissingExtraError, match="progress: True needs tqdm; accepted: the package tqdm, or a callable"
    ):
        call(progress=True)


def test_without_progress_things_are_handed_back_as_they_are() -> None:
    things = [1, 2]
    assert with_progress(things, False, doing="") is things


@pytest.mark.parametrize("given", [None, "yes", 1])
def test_what_cannot_be_called_is_refused(given: Any) -> None:
    with pytest.raises(sla.SlaError, match="progress: this is of another kind"):
        with_progress([1], given, doing="")


def test_a_bar_that_looks_ahead_changes_nothing() -> None:
    """A callable that takes all at once, as one that counts them would."""
    ahead = sla.replay_tickets(LOG, POLICY, as_of=NOW, progress=lambda things, **_: list(things))
    assert list(ahead) == clocks()


def test_a_replay_is_as_lazy_as_without_a_bar() -> None:
    seen: list[str] = []

    def log() -> Iterator[tuple[str, sla.Event]]:
        for ticket, event in LOG:
            seen.append(ticket)
            yield ticket, event

    next(sla.replay_tickets(log(), POLICY, as_of=NOW, progress=Bar()))
    assert seen == ["1", "2"], "the first event of the next ticket ends one"
