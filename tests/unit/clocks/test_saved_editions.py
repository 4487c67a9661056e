"""Rule 10 where a policy is edited at run time: hours of each instant, rules of the origin, what was judged stays."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from tests.helpers import BERLIN, at

MONDAY: Final = "2026-11-23 00:00"
TUESDAY: Final = "2026-11-24 00:00"


def policy(start: str, hours: str, amount: str, **more: Any) -> sla.Policy:
    metrics = {"first_response": {"due": {"business_hours": amount}}, "resolution": {"due": {"business_hours": amount}}}
    data = {
        "name": f"from {start}",
        "valid_from": at(start).isoformat(),
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": hours}},
        "rules": [{"name": "all", "calendar": "office", "metrics": metrics}],
        **more,
    }
    return sla.policy_from_data(data)


OLD: Final = policy("2026-01-01 00:00", "Mon-Fri 09:00-17:00", "12h")
NEW: Final = policy(MONDAY, "Mon-Fri 10:00-16:00", "4h")
THIRD: Final = policy(TUESDAY, "Mon-Fri 12:00-14:00", "1h")
CREATED: Final = sla.Created(at=at("20 15:00"), status="open")
ANSWERED: Final = sla.Message(at=at("20 16:30"), actor="agent")


def told(moment: datetime | None) -> str:
    return "none" if moment is None else f"{moment.astimezone(BERLIN):%a %d %H:%M}"


def edited(*events: Any, until: str = MONDAY) -> sla.Clocks:
    """Clocks that were saved under the old policy, and go on under the new one."""
    saved = OLD.replay([CREATED, *events], as_of=at(until)).to_json()
    return sla.resume(saved, NEW, earlier=[OLD])


def test_rule_10_each_way_to_edit_says_the_same_due_time() -> None:
    """12 h of the old policy from Friday 15:00: 2 by 17:00, 6 on Monday, open 10-16 by then, 4 on Tuesday by 14:00."""
    versions = sla.PolicyVersions.of([OLD, NEW])
    before = OLD.replay([CREATED], as_of=at(MONDAY))
    assert told(before["first_response"].due) == "Tue 24 11:00", "as the old hours said: 2, 8 and 2"
    ways = {
        "versions": versions.replay([CREATED], as_of=at(MONDAY)),
        "resumed under versions": sla.resume(before.to_json(), versions),
        "earlier": edited(),
        "saved once more": sla.resume(edited().to_json(), NEW, earlier=[OLD]),
        "gone on with": edited().at(at("23 12:00")),
        "gone on with, and saved": sla.resume(edited().at(at("23 12:00")).to_json(), NEW, earlier=[OLD]),
        "restated": sla.restate(before, [CREATED], versions).clocks,
    }
    assert {way: told(clocks["first_response"].due) for way, clocks in ways.items()} == dict.fromkeys(
        ways, "Tue 24 14:00"
    )
    assert {str(clocks["first_response"].target) for clocks in ways.values()} == {"12h in business hours"}


def test_what_is_read_back_is_what_was_written() -> None:
    resumed = edited()
    again = sla.resume(resumed.to_json(), NEW, earlier=[OLD])
    assert again == resumed
    assert told(again["resolution"].due) == told(resumed["resolution"].due)


def test_rule_10_a_finished_cycle_keeps_what_was_judged_and_an_open_one_has_the_new_hours() -> None:
    resumed = edited(ANSWERED)
    assert (resumed["first_response"].status, told(resumed["first_response"].due)) == ("met", "Tue 24 11:00")
    assert (resumed["resolution"].status, told(resumed["resolution"].due)) == ("running", "Tue 24 14:00")


def test_rule_10_two_edits_each_count_from_when_they_were_made() -> None:
    """2 h on Friday, 6 on Monday 10-16, 2 on Tuesday 12-14, and the last 2 on Wednesday 12-14."""
    once = edited().at(at(TUESDAY))
    twice = sla.resume(once.to_json(), THIRD, earlier=[OLD, NEW])
    assert told(twice["first_response"].due) == "Wed 25 14:00"
    versions = sla.PolicyVersions.of([OLD, NEW, THIRD])
    assert told(versions.replay([CREATED], as_of=at(TUESDAY))["first_response"].due) == "Wed 25 14:00"


def test_rule_10_an_edit_that_is_taken_back_counts_from_when_it_was() -> None:
    """2 h on Friday, 6 on Monday 10-16, and on Tuesday, 9-17 again, the last 4: by 13:00."""
    back = sla.resume(edited().at(at(TUESDAY)).to_json(), OLD, earlier=[NEW])
    assert told(back["first_response"].due) == "Tue 24 13:00"
    again = sla.resume(back.to_json(), OLD, earlier=[NEW])
    assert again == back
    assert told(again["first_response"].due) == "Tue 24 13:00"
    judged = sla.resume(edited(ANSWERED).at(at(TUESDAY)).to_json(), OLD, earlier=[NEW])
    assert told(judged["first_response"].due) == "Tue 24 11:00", "it was answered on Friday, before any edit"


def asked(policy: sla.Policy) -> sla.Policy:
    """The policy, with a clock for each question of the customer's."""
    rule = policy.to_data()["rules"][0]
    metrics = {"next_response": rule["metrics"]["first_response"]}
    clocks = {"next_response": {"after": ""}}
    return sla.policy_from_data({**policy.to_data(), "rules": [{**rule, "metrics": metrics}], "clocks": clocks})


def test_rule_10_what_begins_after_an_edit_was_taken_back_knows_nothing_of_it() -> None:
    """Asked on Tuesday 16:00: 1 h by 17:00, 8 on Wednesday 9-17, 3 on Thursday by 12:00."""
    old, new = asked(OLD), asked(NEW)
    saved = old.replay([CREATED, ANSWERED], as_of=at(MONDAY)).to_json()
    over = sla.resume(saved, new, earlier=[old]).at(at(TUESDAY)).to_json()
    question = sla.Message(at=at("24 16:00"), actor="customer")
    back = sla.resume(over, old, earlier=[new]).extend([question], as_of=question.at)
    for clocks in (back, sla.resume(back.to_json(), old, earlier=[new])):
        assert [told(cycle.due) for cycle in clocks.cycles("next_response")] == ["Tue 24 11:00", "Thu 26 12:00"]


def test_rule_10_a_policy_between_is_not_guessed() -> None:
    """Monday's hours are those of a policy that no clock began under, and that decides when this one is due."""
    once = edited().at(at(TUESDAY)).to_json()
    with pytest.raises(sla.LogError) as caught:
        sla.resume(once, THIRD, earlier=[OLD])["first_response"]
    assert (caught.value.code, caught.value.given) == ("policy_missing", repr(NEW.digest))


LATER: Final = policy("2026-12-01 00:00", "Mon-Fri 12:00-14:00", "1h")
versions: Final = sla.PolicyVersions.of
FRIDAY: Final = (ANSWERED, "21 12:00", timedelta(hours=1, minutes=30))
LATER_LOOK: Final = (ANSWERED, "24 13:00", timedelta(hours=1, minutes=30))
UNDER_THE_NEXT: Final = (sla.Message(at=at("24 12:00"), actor="agent"), "24 13:00", timedelta(hours=10))


@pytest.mark.parametrize(
    ("now", "earlier"),
    [
        (versions([NEW, LATER]), [OLD]),
        (NEW, [OLD]),
        (versions([LATER]), [OLD, NEW]),
        (LATER, [OLD, NEW]),
        (versions([OLD, NEW, LATER]), []),
    ],
    ids=["the next versions", "the next one", "the last version", "the last one", "all of them"],
)
@pytest.mark.parametrize(
    ("answer", "until", "elapsed"),
    [FRIDAY, LATER_LOOK, UNDER_THE_NEXT],
    ids=["answered before the next version", "looked at under the next version", "answered under the next version"],
)
def test_rule_10_a_finished_cycle_never_changes_when_old_versions_become_earlier_ones(
    answer: sla.Message, until: str, elapsed: timedelta, now: Any, earlier: list[sla.Policy]
) -> None:
    """12 h as the versions say: 2 on Friday, 6 on Monday 10-16, and the last 4 on Tuesday by 14:00.

    An answer on Tuesday 12:00 took 2 + 6 + 2 = 10 h; one on Friday 16:30 an hour and a half.
    """
    saved = versions([OLD, NEW]).replay([CREATED, answer], as_of=at(until))
    resumed = sla.resume(saved.to_json(), now, earlier=earlier)
    for clocks in (saved, resumed, sla.resume(resumed.to_json(), now, earlier=earlier)):
        clock = clocks["first_response"]
        assert (clock.status, told(clock.due), clock.elapsed) == ("met", "Tue 24 14:00", elapsed)


def test_rule_10_a_running_cycle_had_the_hours_of_each_version_from_its_date() -> None:
    """Saved on Monday 12:00 and on Tuesday and Wednesday 13:00, no event since Friday.

    2 h on Friday, 6 on Monday 10-16, 2 on Tuesday 12-14, and the last 2 on Wednesday 12-14.
    """
    clocks = versions([OLD, NEW, THIRD]).replay([CREATED], as_of=at("23 12:00"))
    assert told(clocks["first_response"].due) == "Wed 25 14:00"
    days: list[tuple[str, list[sla.Policy], list[sla.Policy], int]] = [
        ("24 13:00", [OLD], [NEW, THIRD], 2 + 6 + 1),
        ("25 13:00", [OLD, NEW], [THIRD, LATER], 2 + 6 + 2 + 1),
        ("25 13:30", [OLD, NEW, THIRD], [LATER], 2 + 6 + 2 + 1),
    ]
    for until, earlier, now, hours in days:
        clocks = sla.resume(clocks.to_json(), versions(now), earlier=earlier).at(at(until))
        assert told(clocks["first_response"].due) == "Wed 25 14:00"
        assert int(clocks["first_response"].elapsed / timedelta(hours=1)) == hours


def test_rule_10_a_version_between_that_a_cycle_ran_under_is_not_guessed() -> None:
    """Nothing happened since Monday, but the clock ran by the hours of then: 9-17 would have said Tuesday 11:00."""
    saved = versions([OLD, NEW]).replay([CREATED], as_of=at("24 12:00")).to_json()
    with pytest.raises(sla.LogError) as caught:
        sla.resume(saved, versions([LATER]), earlier=[OLD])
    assert (caught.value.code, caught.value.given) == ("policy_missing", repr(NEW.digest))


def test_a_version_between_that_nothing_ran_under_may_be_left_out() -> None:
    """Asked on Monday 16 at 9:00: 8 h that day, and the last 4 on Tuesday by 13:00."""
    old = asked(OLD)
    question, answer = sla.Created(at=at("16 09:00")), sla.Message(at=at("16 11:00"), actor="agent")
    saved = versions([old, asked(NEW)]).replay([question, answer], as_of=at("24 12:00"))
    resumed = sla.resume(saved.to_json(), versions([asked(LATER)]), earlier=[old])
    assert [told(cycle.due) for cycle in resumed.cycles("next_response")] == ["Tue 17 13:00"]


def test_rule_10_a_version_that_was_edited_before_it_began_may_be_left_out() -> None:
    """Of 12 h 2 are on Friday; the version that came on Monday is open 12-14: five days more, to Friday 14:00."""
    saved = versions([OLD, NEW]).replay([CREATED], as_of=at("21 12:00")).to_json()
    instead = policy(MONDAY, "Mon-Fri 12:00-14:00", "4h")
    resumed = sla.resume(saved, versions([instead]), earlier=[OLD])
    assert told(resumed["first_response"].due) == "Fri 27 14:00"


def test_rule_10_what_was_solved_before_an_edit_and_answered_after_it_is_told_the_same_when_saved() -> None:
    """The new hours were known at the answer: 2 h on Friday, 6 on Monday 10-16, 4 on Tuesday by 14:00."""
    resumed = edited(sla.Solved(at=at("20 16:00")))
    answered = resumed.extend([sla.Message(at=at("23 10:30"), actor="agent")], as_of=at("23 11:00"))
    again = sla.resume(answered.to_json(), NEW, earlier=[OLD])
    once_more = sla.resume(again.at(at(TUESDAY)).to_json(), THIRD, earlier=[OLD, NEW])
    for clocks in (answered, again, once_more):
        assert (clocks["first_response"].status, told(clocks["first_response"].due)) == ("met", "Tue 24 14:00")


def test_a_policy_before_the_last_edit_says_what_differs_too() -> None:
    once = edited().to_json()
    with pytest.raises(sla.LogError) as caught:
        sla.resume(once, NEW, earlier=[policy("2026-01-01 00:00", "Mon-Fri 09:00-17:00", "13h")])
    assert caught.value.given == repr(OLD.digest)
    assert caught.value.problem.endswith("it differs in rule all")


def test_rule_10_a_breach_stays_one_whatever_the_new_hours_are() -> None:
    """Due on Tuesday 11:00, looked at on Tuesday 12:00; the new hours would have said 14:00."""
    late = edited(until="24 12:00")
    assert (late["first_response"].status, told(late["first_response"].breached_at)) == ("overdue", "Tue 24 11:00")


def test_an_edit_of_a_description_changes_nothing() -> None:
    saved = OLD.replay([CREATED], as_of=at(MONDAY))
    described = sla.policy_from_data({**OLD.to_data(), "description": "as agreed in 2025"})
    resumed = sla.resume(saved.to_json(), described)
    assert resumed == saved
    assert told(resumed["first_response"].due) == "Tue 24 11:00"


def test_a_calendar_that_the_new_policy_has_not_goes_on_as_it_was() -> None:
    other = {"shop": {"zone": "Europe/Berlin", "hours": "Mon-Fri 10:00-16:00"}}
    rules = [{**NEW.to_data()["rules"][0], "calendar": "shop"}]
    new = sla.policy_from_data({**NEW.to_data(), "calendars": other, "rules": rules})
    resumed = sla.resume(OLD.replay([CREATED], as_of=at(MONDAY)).to_json(), new, earlier=[OLD])
    assert told(resumed["first_response"].due) == "Tue 24 11:00"


def test_rule_10_a_calendar_does_not_move_to_another_zone() -> None:
    moved = {"office": {"zone": "Europe/Lisbon", "hours": "Mon-Fri 10:00-16:00"}}
    new = sla.policy_from_data({**NEW.to_data(), "calendars": moved})
    saved = OLD.replay([CREATED], as_of=at(MONDAY)).to_json()
    with pytest.raises(sla.CalendarError) as caught:
        sla.resume(saved, new, earlier=[OLD])
    assert caught.value.code == "zone_versioned"


FEAST: Final = sla.FrozenHolidays.of({datetime(2026, 11, 23).date(): "Feast"}, years=(2026, 2027))
MOVED: Final = sla.FrozenHolidays.of({datetime(2026, 11, 24).date(): "Feast"}, years=(2026, 2027))


def pinned(pin: sla.FrozenHolidays, amount: str = "4h", hours: str = "Mon-Fri 09:00-17:00") -> sla.Policy:
    calendars = {"office": {"zone": "Europe/Berlin", "hours": hours, "holidays": {"pinned": "ours"}}}
    metrics = {"first_response": {"due": {"business_hours": amount}}}
    rules = [{"name": "all", "calendar": "office", "metrics": metrics}]
    return sla.policy_from_data({"name": "x", "calendars": calendars, "rules": rules}, pins={"ours": pin})


@pytest.mark.parametrize(
    ("other", "differs"),
    [
        (pinned(MOVED), "it differs in pin of calendar office"),
        (pinned(MOVED).with_pins(), "it differs in pin of calendar office"),
        (pinned(FEAST, amount="5h"), "it differs in rule all"),
        (pinned(FEAST, hours="Mon-Fri 09:00-16:00"), "it differs in calendar office"),
        (pinned(MOVED, amount="5h"), "it differs in pin of calendar office, rule all"),
    ],
    ids=["a pin", "a pin inside", "a rule", "a calendar", "two of them"],
)
def test_clocks_of_another_policy_say_what_differs(other: sla.Policy, differs: str) -> None:
    """A pin that was frozen anew once turned a met promise into a breach, without a word."""
    saved = pinned(FEAST).replay([CREATED], as_of=at(MONDAY)).to_json()
    with pytest.raises(sla.LogError) as caught:
        sla.resume(saved, other)
    assert caught.value.code == "policy_missing"
    assert caught.value.problem.endswith(differs)
