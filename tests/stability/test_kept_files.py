"""What any version wrote, this one reads: files are kept of every version, and never written again."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import slacalc as sla
from tests.helpers import BERLIN
from tests.stability.kept import AS_OF, FILES, HOLIDAYS, MEANWHILE, POLICY, RECEIVED, written

VERSIONS = sorted(path for path in FILES.iterdir() if path.is_dir())
every_version = pytest.mark.parametrize("kept", VERSIONS, ids=lambda path: path.name)


def policy_of(kept: Path) -> sla.Policy:
    return sla.load_policy(kept / "policy.json")


def text_of(kept: Path, name: str) -> str:
    return (kept / name).read_text(encoding="utf-8").strip()


@every_version
def test_a_policy_that_was_written_loads_as_the_policy_that_it_was(kept: Path) -> None:
    assert sla.policy_from_data(POLICY) == policy_of(kept)


@every_version
def test_the_digest_of_a_policy_never_changes(kept: Path) -> None:
    """Promises and saved clocks name their policy by it."""
    assert text_of(kept, "digest.txt") == policy_of(kept).digest


@every_version
def test_holidays_that_were_frozen_load_with_their_digest(kept: Path) -> None:
    assert sla.load_holidays(kept / "holidays.json") == HOLIDAYS


@every_version
def test_a_promise_is_told_as_it_was_with_at_most_more_keys(kept: Path) -> None:
    then = json.loads(text_of(kept, "promises.json"))
    promises = policy_of(kept).promise(RECEIVED, priority="normal", origins={"return_arrived": RECEIVED})
    now = json.loads(promises.to_json())
    for name in promises:
        then[name]["provenance"].pop("zone_data")  # that of the machine that wrote it
    assert then == known_then(now, then)


@every_version
def test_promises_that_were_kept_are_read_back(kept: Path) -> None:
    then = json.loads(text_of(kept, "promises.json"))
    back = sla.Promises.from_data(then, policy_of(kept))
    assert back.to_data() == then
    assert (
        back.later == policy_of(kept).promise(RECEIVED, priority="normal", origins={"return_arrived": RECEIVED}).later
    )


def known_then(now: Any, then: Any) -> Any:
    """What there is now, without the keys that there were not then."""
    if isinstance(then, dict):
        return {key: known_then(now.get(key, "missing"), value) for key, value in then.items()}
    if isinstance(then, list) and len(then) == len(now):
        return [known_then(new, old) for new, old in zip(now, then, strict=True)]
    return now


@every_version
def test_events_that_were_written_are_read_and_replayed_to_the_same_end(kept: Path) -> None:
    events = [event for _, event in sla.read_events(text_of(kept, "events.jsonl").splitlines())]
    assert_judged_by_hand(policy_of(kept).replay(events, as_of=AS_OF))


@every_version
def test_clocks_that_were_saved_go_on(kept: Path) -> None:
    assert_judged_by_hand(sla.resume(text_of(kept, "clocks.json"), policy_of(kept)))


@every_version
def test_clocks_that_were_saved_while_paused_are_paused_and_go_on_with_the_rest_of_the_log(kept: Path) -> None:
    paused = sla.resume(text_of(kept, "clocks-paused.json"), policy_of(kept)).at(MEANWHILE.replace(hour=8))
    assert paused["resolution"].status == "paused"
    rest = [event for _, event in sla.read_events(text_of(kept, "events.jsonl").splitlines())][3:]
    assert_judged_by_hand(paused.extend(rest, as_of=AS_OF))


def assert_judged_by_hand(clocks: sla.Clocks) -> None:
    """By hand: 2 hours of Friday 15:00 are full at 17:00; the answer came on Tuesday.

    The resolution ran for an hour on Friday, was paused over the weekend, and ran on Monday from 09:15 to 12:30 and from
    13:30 to 17:00: 7h 45min. The rest of its 8 hours is full on Tuesday at 09:15.
    """
    assert clocks["first_response"].status == "breached"
    assert clocks["first_response"].due == datetime(2026, 11, 20, 17, tzinfo=BERLIN)
    assert clocks["resolution"].status == "breached"
    assert clocks["resolution"].due == datetime(2026, 11, 24, 9, 15, tzinfo=BERLIN)
    assert clocks["resolution"].done_at == datetime(2026, 11, 24, 11, tzinfo=BERLIN)


def test_there_are_files_of_the_first_version_with_everything_that_is_written_today() -> None:
    assert VERSIONS[0].name == "0.2.0"
    assert set(written()) == {path.name for path in VERSIONS[-1].iterdir()}
