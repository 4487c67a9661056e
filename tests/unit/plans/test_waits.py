"""How long a promise lasts at most, and in the median; what a due time depends on: worked out by hand."""

from datetime import datetime, timedelta
from typing import Any, Final
from unittest import mock

import pytest

import slacalc as sla
from slacalc.plans import waits as waits_module
from tests.helpers import BRUSSELS, at
from tests.refusals import Refusal, check

HOUR: Final = timedelta(hours=1)
LEAST: Final = timedelta(microseconds=1)


def moment(text: str) -> datetime:
    return at(text, BRUSSELS)


AS_OF: Final = moment("2026-11-23 00:00")  # a Monday; no holidays, and a year with two changes of the clock


def policy(target: dict[str, Any], hours: str = "Mon-Fri 09:00-17:00", zone: str = "UTC") -> sla.Policy:
    rule = {"name": "all", "calendar": "office", "metrics": {"reply": {"due": target}}}
    office = {"zone": zone, "hours": hours}
    return sla.policy_from_data(
        {"name": "support", "fields": {"priority": ["high", "low"]}, "calendars": {"office": office}, "rules": [rule]}
    )


def line(target: dict[str, Any], hours: str = "Mon-Fri 09:00-17:00") -> sla.WaitLine:
    (found,) = sla.waits(policy(target, hours), as_of=AS_OF).lines
    return found


def test_the_longest_wait_of_next_opening() -> None:
    """Open 40 of 168 hours a week; of the others four nights have 16 hours and a weekend 64."""
    found = line({"next_opening": True})
    assert found.longest == 64 * HOUR
    assert (found.received, found.due) == (
        moment("2026-11-27 18:00"),
        moment("2026-11-30 10:00"),
    )  # 17:00 and 09:00 UTC
    assert found.reason == "weekend 48h, outside hours 16h"
    assert found.doubts[0].startswith("next opening can last 64h, ")


def test_the_median_of_one_day_that_shrinks() -> None:
    """By midnight: the wait is a day at midnight, and shrinks evenly to a microsecond."""
    found = line({"calendar_days": 0, "by": "24:00"}, "24/7")
    assert (found.longest, found.median, found.doubts) == (24 * HOUR, 12 * HOUR, ())


def test_a_promise_in_real_time_is_what_it_says() -> None:
    found = line({"calendar_hours": "24h"})
    assert (found.longest, found.median, found.reason) == (24 * HOUR, 24 * HOUR, "")


def test_a_promise_that_is_shorter_inside_the_hours() -> None:
    """One hour on five days of seven, else four: due goes back as Monday begins, and half of all wait an hour."""
    found = line({"inside": {"calendar_hours": "1h"}, "outside": {"calendar_hours": "4h"}}, "Mon-Fri 00:00-24:00")
    assert (found.longest, found.median) == (4 * HOUR, HOUR)
    assert found.received == AS_OF  # in UTC it is still Sunday


def test_a_wait_that_is_the_same_at_both_ends_of_the_year_and_another_between() -> None:
    """Monday and Tuesday at 11:00 are open: one hour. The first to wait four comes as Monday closes at 17:00."""
    target = {"inside": {"calendar_hours": "1h"}, "outside": {"calendar_hours": "4h"}}
    (found,) = sla.waits(policy(target, "Mon-Fri 09:00-17:00"), as_of=moment("2026-01-05 12:00")).lines
    assert (found.longest, found.median) == (4 * HOUR, 4 * HOUR)  # 40 hours of 168 are open
    assert (found.received, found.due) == (moment("2026-01-05 18:00"), moment("2026-01-05 22:00"))


def test_two_hours_can_last_from_friday_to_monday() -> None:
    """At 15:00 they are over at 17:00, a microsecond later on Monday at 09:00 and a microsecond: 66 hours."""
    found = line({"business_hours": "2h"})
    assert found.longest == 66 * HOUR
    assert found.received == moment("2026-11-27 16:00") + LEAST
    assert any("2h in business hours can last 66h" in doubt for doubt in found.doubts)


def test_a_point_of_the_day_that_no_receipt_reaches() -> None:
    found = line({"business_days": 1, "by": "18:00"})
    assert "no receipt of the year is due at 18:00: it is outside the hours" in found.doubts
    assert not any("no receipt" in doubt for doubt in line({"business_days": 1, "by": "12:00"}).doubts)


def test_a_calendar_that_never_opens_in_the_year_says_so_and_others_are_told() -> None:
    closed = {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00", "special_days": {"2026-01-01..2200-12-31": "closed"}}
    asked = policy({"next_opening": True}).replace(
        {
            "calendars.closed": closed,
            "rules.all.metrics.later": {"due": {"next_opening": True}, "calendar": "closed"},
        }
    )
    reply, later = sla.waits(asked, as_of=AS_OF).lines
    assert reply.longest == 64 * HOUR
    assert later.longest is None
    assert later.problem
    assert later.problem in str(sla.waits(asked, as_of=AS_OF))


def test_without_numpy_the_waits_are_the_same() -> None:
    expected = [line({"business_hours": "2h"}), line({"business_days": 1, "by": "18:00"})]
    with mock.patch.object(waits_module, "find_spec", return_value=None):
        assert [line({"business_hours": "2h"}), line({"business_days": 1, "by": "18:00"})] == expected


WAYS: Final = pytest.mark.parametrize("numpy", [True, False], ids=["columns", "one by one"])
OFFICE: Final = "Mon-Fri 09:00-17:00"
UNEVEN: Final = "Mon 09:00-17:00; Tue 09:00-12:00"
# What is promised, by which hours: the longest wait in hours, and its first receipt, in UTC.
LONGEST: Final[list[tuple[dict[str, Any], str, timedelta, str, timedelta, str]]] = [
    ({"business_hours": "0h"}, OFFICE, 64 * HOUR, "2026-11-27 17:00", 0 * HOUR, "as next opening: the weekend"),
    ({"calendar_days": 0, "by": "close"}, OFFICE, 31 * HOUR, "2026-11-27 17:00", LEAST,
     "after closing on Friday: until Saturday, on which it is closed, ends"),
    ({"calendar_days": 0, "by": "opening"}, OFFICE, 33 * HOUR, "2026-11-29 00:00", LEAST,
     "after Sunday, on which it is closed, began: until Monday 09:00"),
    ({"calendar_days": 0, "by": "12:00"}, OFFICE, 24 * HOUR, "2026-11-23 12:00", LEAST, "after noon: until noon"),
    ({"calendar_days": 1, "by": "same_time"}, OFFICE, 24 * HOUR, "2026-11-22 23:00", 0 * HOUR, "a day has 24 hours in UTC"),
    ({"business_days": 1, "by": "same_time"}, UNEVEN, 165 * HOUR, "2026-11-24 12:00", 0 * HOUR,
     "after closing on Tuesday day 0 is Monday at 09:00: until Tuesday at 09:00"),
    ({"inside": {"calendar_hours": "1h"}, "outside": {"calendar_hours": "4h"}}, OFFICE, 4 * HOUR, "2026-11-22 23:00",
     0 * HOUR, "on Sunday night"),
]  # fmt: skip


@WAYS
@pytest.mark.parametrize(
    ("target", "hours", "wait", "received", "after", "why"), LONGEST, ids=[row[-1] for row in LONGEST]
)
def test_the_longest_wait(
    target: dict[str, Any], hours: str, wait: timedelta, received: str, after: timedelta, why: str, *, numpy: bool
) -> None:
    """`after`: the receipt is so much later, and the wait so much shorter."""
    with mock.patch.object(waits_module, "find_spec", return_value=numpy or None):
        found = line(target, hours)
    assert (found.longest, found.received) == (wait - after, at(received, "UTC") + after), why


@WAYS
def test_a_day_of_the_clock_has_25_hours_where_it_goes_back(*, numpy: bool) -> None:
    """On 31 October 2027 at 03:00 it is 02:00 again: who came the day before from 03:00 on waits an hour more."""
    with mock.patch.object(waits_module, "find_spec", return_value=numpy or None):
        (found,) = sla.waits(policy({"calendar_days": 1}, zone="Europe/Brussels"), as_of=AS_OF).lines
    assert (found.longest, found.median) == (25 * HOUR, 24 * HOUR)
    assert (found.received, found.due) == (moment("2027-10-30 03:00"), moment("2027-10-31 03:00"))


@WAYS
def test_what_is_due_before_calendars_could_know_its_receipt(*, numpy: bool) -> None:
    """Twenty hours are two days and a half: from after Wednesday 13:00 over the weekend to Monday 09:00."""
    with mock.patch.object(waits_module, "find_spec", return_value=numpy or None):
        (found,) = sla.waits(policy({"business_hours": "20h"}), as_of=at("1900-01-01 00:00", "UTC")).lines
    assert (found.longest, found.received) == (116 * HOUR, at("1900-01-03 13:00", "UTC") + LEAST)  # 1 January: a Monday


@WAYS
def test_hours_that_nobody_has_left_are_a_problem(*, numpy: bool) -> None:
    asked = policy({"business_hours": "1h"}).replace(
        {"calendars.office.special_days": {"2026-01-01..2200-12-31": "closed"}}
    )
    with mock.patch.object(waits_module, "find_spec", return_value=numpy or None):
        (found,) = sla.waits(asked, as_of=AS_OF).lines
    assert (found.longest, found.median, bool(found.problem)) == (None, None, True)


def test_each_calendar_that_a_field_chooses_has_its_line() -> None:
    """Nobody is promised anything where the field says nothing else."""
    asked = policy({"next_opening": True}).replace({"rules.all.calendar": {"field": "priority", "high": "office"}})
    assert [(each.calendar, each.longest) for each in sla.waits(asked, as_of=AS_OF).lines] == [("office", 64 * HOUR)]


def test_what_two_rules_promise_alike_is_said_of_each() -> None:
    first = policy({"business_hours": "2h"})
    second = {"name": "late", "calendar": "office", "metrics": {"solution": {"due": {"business_hours": "2h"}}}}
    lines = sla.waits(first.replace({"rules": [*first.rules, second]}), as_of=AS_OF).lines
    assert [(each.rule, each.metric, each.longest) for each in lines] == [
        ("all", "reply", 66 * HOUR),
        ("late", "solution", 66 * HOUR),
    ]


def test_waits_as_rows_and_as_data() -> None:
    found = sla.waits(policy({"calendar_hours": "24h"}), as_of=AS_OF)
    assert found.to_rows()[0]["longest"] == 24 * HOUR
    data: Any = found.to_data()
    assert data["lines"][0]["longest"] == "24h"
    assert str(found).splitlines()[1].split() == ["rule", "metric", "target", "median", "longest", "received", "reason"]


def test_the_mean_wait_by_weekday_and_hour() -> None:
    """On Saturday between 10 and 11 UTC it is 46 to 47 hours to Monday at 09:00; on Monday between 10 and 11 none."""
    found = sla.wait_map(policy({"next_opening": True}), "all", "reply", as_of=AS_OF)
    assert len(found.waits) == 7
    assert {len(hours) for hours in found.waits} == {24}
    assert found.waits[5][10] == 46 * HOUR + HOUR / 2
    assert found.waits[0][10] == timedelta(0)
    assert found.to_rows()[0] == {"weekday": "Mon", "hour": 0, "wait": found.waits[0][0]}
    assert str(found).splitlines()[7].split()[:3] == ["Sat", "56", "56"]
    data: Any = found.to_data()
    assert data["waits"][0][10] == 0


def test_the_mean_wait_is_drawn_as_cells() -> None:
    pytest.importorskip("matplotlib", reason="the extra plots")
    axes: Any = sla.wait_map(policy({"next_opening": True}), "all", "reply", as_of=AS_OF).plot()
    (image,) = axes.get_images()
    assert (image.get_array().shape, image.get_array()[5][10]) == ((7, 24), 46.5)
    assert [axes.texts[place].get_text() for place in (10, 5 * 24 + 0)] == ["0", "56"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("hour of receipt", "weekday of receipt")
    assert [each.get_ylabel() for each in axes.figure.axes] == ["weekday of receipt", "hours"]


def test_a_map_without_any_wait_is_drawn() -> None:
    pytest.importorskip("matplotlib", reason="the extra plots")
    axes: Any = sla.WaitMap("r", "m", "c", AS_OF, ((timedelta(0),) * 24,) * 7).plot()
    assert {text.get_text() for text in axes.texts} == {"0"}


def test_what_a_due_time_depends_on() -> None:
    """By close of the same day, until 16:00: the same for all that came since the day before at 16:00."""
    asked = policy({"business_days": 0, "by": "close", "cutoff": "16:00"}, zone="Europe/Brussels")
    promise = asked.promise(moment("2026-11-24 11:00"), priority="high")["reply"]
    found = promise.sensitivity(asked, priority="high")
    assert (found.same_from, found.same_until) == (moment("2026-11-23 16:00"), moment("2026-11-24 16:00") - LEAST)
    assert (found.jumps_at, found.jumps_to) == (moment("2026-11-24 16:00"), moment("2026-11-25 17:00"))
    assert {each.field: each.any_value for each in found.fields}["priority"]
    assert str(found).splitlines()[:3] == [
        "reply: due Tue 2026-11-24 17:00 (CET)",
        "the same from Mon 2026-11-23 16:00 to Tue 2026-11-24 15:59:59.999999",
        "from Tue 2026-11-24 16:00 on: due Wed 2026-11-25 17:00",
    ]


def test_a_due_time_that_moves_with_receipt_jumps_at_the_end_of_the_day() -> None:
    """Two hours from 11:00; from a microsecond after 15:00 on they end the next morning."""
    asked = policy({"business_hours": "2h"}, zone="Europe/Brussels")
    found = asked.promise(moment("2026-11-24 11:00"))["reply"].sensitivity()
    assert found.same_from == found.same_until == moment("2026-11-24 11:00")
    assert found.jumps_at == moment("2026-11-24 15:00") + LEAST
    assert found.jumps_to == moment("2026-11-25 09:00") + LEAST
    assert "due moves with receipt" in str(found)
    assert found.fields == ()


def test_what_never_jumps_and_what_a_night_has_in_common() -> None:
    asked = policy({"calendar_hours": "2h"})
    assert asked.promise(AS_OF)["reply"].sensitivity().jumps_at is None
    night = policy({"business_hours": "2h"}, zone="Europe/Brussels").promise(moment("2026-11-24 20:00"))["reply"]
    found = night.sensitivity()
    assert (found.same_from, found.same_until) == (moment("2026-11-24 17:00"), moment("2026-11-25 09:00"))


def test_what_never_jumps_is_told_without_a_jump() -> None:
    assert str(policy({"calendar_hours": "2h"}).promise(AS_OF)["reply"].sensitivity()).splitlines() == [
        "reply: due Mon 2026-11-23 01:00 (UTC)",
        "due moves with receipt",
    ]


def test_before_a_calendar_closes_for_good_nothing_is_known_to_jump() -> None:
    """Two hours from the last closing but one on, asked of an evening; after the last day nothing is due."""
    asked = policy({"business_hours": "2h"}).replace(
        {"calendars.office.special_days": {"2026-11-25..2200-12-31": "closed"}}
    )
    found = asked.promise(at("2026-11-23 20:00", "UTC"))["reply"].sensitivity()
    assert (found.due, found.same_from) == (at("2026-11-24 11:00", "UTC"), at("2026-11-23 17:00", "UTC"))
    assert (found.jumps_at, found.jumps_to) == (None, None)


LATE_TUESDAY: Final = "Mon 07:00-17:00; Tue 09:00-17:00"
UNTIL_FOUR: Final = "Mon 07:00-16:00; Tue 09:00-17:00"  # halving finds 09:00 from the other side
# By the same time of the next working date. Hours, when it was received, and from when until when due is the same.
CLAMPED: Final[list[tuple[str, str, str, datetime]]] = [
    (UNEVEN, "11-23 12:00", "11-23 12:00", at("2026-11-23 17:00", "UTC") - LEAST),  # until Tuesday's closing, at 12:00
    (UNEVEN, "11-23 13:00", "11-23 12:00", at("2026-11-23 17:00", "UTC") - LEAST),
    (LATE_TUESDAY, "11-23 07:00", "11-17 17:00", at("2026-11-23 09:00", "UTC")),  # Tuesday's opening: as after the last
    (LATE_TUESDAY, "11-23 08:00", "11-17 17:00", at("2026-11-23 09:00", "UTC")),
    (LATE_TUESDAY, "11-23 09:00", "11-17 17:00", at("2026-11-23 09:00", "UTC")),
    (UNTIL_FOUR, "11-23 08:00", "11-17 17:00", at("2026-11-23 09:00", "UTC")),
    (UNTIL_FOUR, "11-23 09:00", "11-17 17:00", at("2026-11-23 09:00", "UTC")),
]


@pytest.mark.parametrize(("hours", "received", "first", "last"), CLAMPED)
def test_what_the_hours_of_the_next_date_hold_is_the_same(
    hours: str, received: str, first: str, last: datetime
) -> None:
    promise = policy({"business_days": 1, "by": "same_time"}, hours).promise(at(f"2026-{received}", "UTC"))["reply"]
    found = promise.sensitivity()
    assert (found.same_from, found.same_until) == (at(f"2026-{first}", "UTC"), last)


def test_a_field_that_another_rule_tests_may_change_it() -> None:
    asked = policy({"business_hours": "2h"}).replace({"rules.all.when": {"priority": "high"}})
    other = {"name": "other", "calendar": "office", "metrics": {"reply": {"due": {"business_hours": "4h"}}}}
    both = asked.replace({"rules": [*asked.rules, other]})
    found = both.promise(AS_OF, priority="high")["reply"].sensitivity(both, priority="high")
    (effect,) = [each for each in found.fields if each.field == "priority"]
    assert effect == sla.FieldEffect("priority", any_value=False, same=(), other=("low",))
    assert "priority: another for low" in str(found)
    assert found.to_rows()[-1] or found.to_data()["metric"] == "reply"


def asked(rule: str = "all", metric: str = "reply") -> sla.WaitMap:
    return sla.wait_map(policy({"next_opening": True}), rule, metric, as_of=AS_OF)


REFUSALS: Final = [
    Refusal(lambda: asked(rule="al"), sla.MetricError, "metric_unpromised", "", "'al'", "all"),
    Refusal(lambda: asked(metric="replay"), sla.MetricError, "metric_unpromised", "", "'replay'", "reply"),
    Refusal(
        lambda: sla.waits(policy({"next_opening": True}), as_of=datetime(2026, 11, 23)), sla.InstantError,
        "datetime_naive", "as_of", "2026", "aware",
    ),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_no_question(refusal: Refusal) -> None:
    check(refusal)
