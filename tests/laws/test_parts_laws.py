"""What is told in parts is the whole: logs in prefixes, windows of the agenda in pieces. For each kind of life that the other laws draw.

No due time is worked out here: another walker says them in test_ticket_machine.py.
"""

from datetime import timedelta
from itertools import pairwise
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from tests.laws import test_late_and_solved_laws as solved
from tests.laws import test_replay_laws as wrong
from tests.laws import test_start_laws as starts
from tests.laws.strategies import law
from tests.laws.test_late_and_solved_laws import BEGIN, MINUTE, looks, told

END: Final = BEGIN + timedelta(days=30)


class Lives(NamedTuple):
    """Logs in order of time, and the policies that they are replayed under."""

    logs: st.SearchStrategy[list[Any]]
    books: tuple[sla.Policy | sla.PolicyVersions, ...]


LIVES: Final = {
    "solved and late": Lives(solved.logs(), solved.BOOKS),
    "begun by anything": Lives(starts.lives(), starts.BOOKS),
    "sense or nonsense": Lives(wrong.logs(), wrong.BOOKS),
}
of_every_life: Final = pytest.mark.parametrize("lives", LIVES.values(), ids=list(LIVES))


@of_every_life
@law(120)
@given(st.data())
def test_replaying_a_prefix_and_then_the_rest_is_replaying_all(lives: Lives, data: st.DataObject) -> None:
    """Also when the clocks were saved in between, and asked for long after what they knew."""
    log, policy = data.draw(lives.logs), data.draw(st.sampled_from(lives.books))
    whole = policy.replay(log, as_of=END, ticket="7")
    cuts = sorted(data.draw(st.lists(st.integers(1, len(log)), max_size=3), label="given up to"))
    stops = sorted(data.draw(st.lists(looks(log), min_size=len(cuts), max_size=len(cuts)), label="looked at"))
    clocks, done = policy.replay(log[:1], as_of=BEGIN, ticket="7"), 1
    for cut, stop in zip(cuts, stops, strict=True):
        clocks, done = clocks.extend(log[done:cut], as_of=stop), max(done, cut)
        assert told(clocks) == told(policy.replay(log[:cut], as_of=stop, ticket="7"))
        clocks = sla.resume(clocks.to_json(), policy)
    rest = clocks.extend(log[done:], as_of=END)
    assert whole == rest
    assert told(whole) == told(rest)
    assert [gap[:2] for gap in whole.gaps] == [gap[:2] for gap in rest.gaps]


@of_every_life
@law(60)
@given(st.data())
def test_a_window_of_the_agenda_cut_in_pieces_fires_the_same(lives: Lives, data: st.DataObject) -> None:
    log, policy = data.draw(lives.logs), data.draw(st.sampled_from(lives.books))
    clocks = policy.replay(log, as_of=END, ticket="7")
    cuts = sorted([BEGIN - MINUTE, *data.draw(st.lists(looks(log), min_size=1, max_size=3)), END])
    whole = sla.agenda(clocks, since=cuts[0], until=cuts[-1])
    pieces = [(since, until, sla.agenda(clocks, since=since, until=until)) for since, until in pairwise(cuts)]
    assert sorted(map(repr, whole)) == sorted(repr(each) for *_, fired in pieces for each in fired)
    assert len({each.id for each in whole}) == len(whole), "once"
    for since, until, fired in pieces:
        assert all(since < each.deliver_at <= until for each in fired)
        assert [each.deliver_at for each in fired] == sorted(each.deliver_at for each in fired)


@of_every_life
@law(60)
@given(st.data())
def test_what_happens_later_unfires_nothing(lives: Lives, data: st.DataObject) -> None:
    """An origin that is corrected, by a merge or by a later word on it, begins the clock at another time: it is the exception."""
    policy = data.draw(st.sampled_from(lives.books))
    log = [each for each in data.draw(lives.logs) if not corrects_an_origin(each)]
    until = data.draw(looks(log))
    then, now = (policy.replay(log, as_of=moment, ticket="7") for moment in (until, END))
    since = BEGIN - MINUTE
    assert sla.agenda(then, since=since, until=until) == sla.agenda(now, since=since, until=until)


def corrects_an_origin(event: sla.Event) -> bool:
    return isinstance(event, sla.MergedFrom) or (isinstance(event, sla.FieldChanged) and event.field == "delivered")
