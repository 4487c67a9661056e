"""The clock of a ticket as a picture: a bar a day, half hour by half hour, and what happened."""

from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.events.event import Event
from slacalc.pictures.clock import ClockDay, ClockPicture, picture_clock
from slacalc.pictures.drawing import Words
from slacalc.testing import event_log
from tests.helpers import at

FRIDAY: Final = date(2026, 11, 20)
MONDAY: Final = date(2026, 11, 23)


def policy(due: dict[str, Any], zone: str = "Europe/Berlin", hours: str = "Mon-Fri 09:00-17:00") -> sla.Policy:
    return sla.policy_from_data(
        {
            "name": "support",
            "calendars": {"office": {"zone": zone, "hours": hours}},
            "rules": [
                {
                    "name": "all",
                    "calendar": "office",
                    "metrics": {"resolution": {"due": due}, "next_response": {"due": due}},
                }
            ],
        }
    )


FOUR_HOURS: Final = policy({"business_hours": "4h"})


def drawn(
    created: str, *happened: tuple[str, str], as_of: str, by: sla.Policy = FOUR_HOURS, zone: str = "Europe/Berlin"
) -> ClockPicture:
    """The picture of a resolution; what happened is a status, or that the ticket was solved or deleted."""
    events = [
        sla.Created(at=at(created, zone), status="open"),
        *(event(at(when, zone), what) for when, what in happened),
    ]
    return picture_clock(by.replay(events, as_of=at(as_of, zone))["resolution"])


def event(moment: datetime, what: str) -> Event:
    match what:
        case "solved":
            return sla.Solved(at=moment)
        case "deleted":
            return sla.Deleted(at=moment)
        case status:
            return sla.StatusChanged(at=moment, status=status)


def bar(told: str) -> str:
    """The bar of marks from hours on, up to the last: "10 #, 11:30 -, 13" begins with twenty blanks."""
    moments = [("0", " "), *((part.partition(" ")[0], part.partition(" ")[2]) for part in told.split(", "))]
    halves = [(int(hour.partition(":")[0]) * 2 + hour.endswith(":30"), mark) for hour, mark in moments]
    return "".join(mark * (until - since) for (since, mark), (until, _) in pairwise(halves))


def test_the_table_of_bars_reads_as_it_says() -> None:
    assert bar("1 #, 2:30 -, 3:30") == "  ###--"


# ---------------------------------------------------------------- one day

RECEIVED: Final = "received 10:00"


@pytest.mark.parametrize(
    ("happened", "as_of", "expected", "notes", "why"),
    [
        ([], "20 11:00", "10 #, 11 -, 13:30 !, 14", (RECEIVED, "due 14:00"), "an hour of four; due is the end"),
        ([], "20 10:00", "10 -, 13:30 !, 14", (RECEIVED, "due 14:00"), "nothing has counted"),
        ([], "20 14:00", "10 #, 13:30 !, 14", (RECEIVED, "due 14:00"), "at due"),
        ([], "20 16:00", "10 #, 13:30 !, 14 #, 16", (RECEIVED, "due 14:00"), "overdue: it counts on"),
        ([("20 12:00", "solved")], "20 16:00", "10 #, 12 -, 13:30 !, 14", (RECEIVED, "due 14:00", "done 12:00"), "met"),
        (
            [("20 15:30", "solved")], "20 16:00",
            "10 #, 13:30 !, 14 #, 15:30", (RECEIVED, "due 14:00", "done 15:30"), "breached: up to the end",
        ),
        ([("20 12:00", "deleted")], "20 16:00", "10 #, 12 -, 13:30 !, 14", (RECEIVED, "due 14:00", "deleted 12:00"), ""),
        ([("20 12:00", "pending")], "20 13:00", "10 #, 12 ~, 13", (RECEIVED,), "while it waits nothing is due"),
        (
            [("20 12:00", "pending"), ("20 14:00", "open")], "20 15:00",
            "10 #, 12 ~, 14 #, 15 -, 15:30 !, 16", (RECEIVED, "due 16:00"), "two hours later for two hours",
        ),
        (
            [("20 12:00", "pending"), ("20 15:00", "open")], "20 16:00",
            "10 #, 12 ~, 15 #, 16 -, 16:30 !, 17", (RECEIVED, "due 17:00"), "due at closing is on the same day",
        ),
        (
            [("20 14:00", "pending"), ("20 15:00", "open")], "20 16:00",
            "10 #, 13:30 !, 14 ~, 15 #, 16", (RECEIVED, "due 14:00"), "a pause that begins at due moves nothing, and is no work",
        ),
        (
            [("20 12:00", "pending"), ("20 13:00", "solved")], "20 16:00",
            "10 #, 12 ~, 13", (RECEIVED, "done 13:00"), "solved as it waited",
        ),
    ],
)  # fmt: skip
def test_a_day_of_a_clock(
    happened: list[tuple[str, str]], as_of: str, expected: str, notes: tuple[str, ...], why: str
) -> None:
    (day,) = drawn("20 10:00", *happened, as_of=as_of)
    assert (FRIDAY, bar(expected), notes, 0) == (day.day, day.bar, day.notes, day.skipped), why


@pytest.mark.parametrize(
    ("created", "happened", "expected", "why"),
    [
        (
            "20 10:10",
            [],
            "10 #, 11:30 -, 14 !, 14:30",
            "begun within a half hour; due 14:10 lies in the one from 14:00",
        ),
        ("20 10:00", [("20 11:10", "pending"), ("20 11:20", "open")], "10 #, 11:30 -, 14 !, 14:30", "10 of 30 minutes"),
        ("20 10:00", [("20 11:05", "pending"), ("20 11:25", "open")], "10 #, 11 ~, 11:30 -, 14 !, 14:30", "20 of 30"),
    ],
)
def test_a_half_hour_has_the_mark_of_most_of_it(
    created: str, happened: list[tuple[str, str]], expected: str, why: str
) -> None:
    (day,) = drawn(created, *happened, as_of="20 11:30")
    assert bar(expected) == day.bar, why


def test_a_pause_does_not_hold_up_a_date_and_is_not_drawn() -> None:
    by_close = policy({"business_days": 0, "by": "close"})
    (day,) = drawn("20 10:00", ("20 12:00", "pending"), as_of="20 14:00", by=by_close)
    assert (bar("10 #, 14 -, 16:30 !, 17"), (RECEIVED, "due 17:00")) == (day.bar, day.notes)


# ---------------------------------------------------------------- several days


def bars(days: ClockPicture) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(f"{day.day:%a %d}", day.bar, day.notes) for day in days]


def test_closed_hours_are_dots_whether_they_are_over_or_to_come() -> None:
    assert [
        ("Fri 20", bar("15 #, 16 -, 17 ., 24"), ("received 15:00",)),
        ("Sat 21", bar("0 ., 24"), ()),
        ("Sun 22", bar("0 ., 24"), ()),
        ("Mon 23", bar("0 ., 9 -, 10:30 !, 11"), ("due 11:00",)),
    ] == bars(drawn("20 15:00", as_of="20 16:00"))


def test_a_pause_over_the_weekend_is_drawn_in_open_hours_only() -> None:
    waited = drawn("20 15:00", ("20 16:00", "pending"), ("23 10:00", "open"), as_of="23 11:00")
    assert [
        ("Fri 20", bar("15 #, 16 ~, 17 ., 24"), ("received 15:00",)),
        ("Sat 21", bar("0 ., 24"), ()),
        ("Sun 22", bar("0 ., 24"), ()),
        ("Mon 23", bar("0 ., 9 ~, 10 #, 11 -, 12:30 !, 13"), ("due 13:00",)),
    ] == bars(waited)


def test_a_pause_across_midnight_of_a_clock_that_never_closes() -> None:
    always = policy({"business_hours": "6h"}, hours="Mon-Sun 00:00-24:00")
    waited = drawn("20 20:00", ("20 22:00", "pending"), ("21 03:00", "open"), as_of="21 04:00", by=always)
    assert [
        ("Fri 20", bar("20 #, 22 ~, 24"), ("received 20:00",)),
        ("Sat 21", bar("0 ~, 3 #, 4 -, 6:30 !, 7"), ("due 07:00",)),
    ] == bars(waited), "two hours before, four after"


def test_calendar_hours_to_come_are_drawn_open_as_they_count() -> None:
    twelve = policy({"calendar_hours": "12h"})
    assert [
        ("Fri 20", bar("15 #, 20 -, 24"), ("received 15:00",)),
        ("Sat 21", bar("0 -, 2:30 !, 3"), ("due 03:00",)),
    ] == bars(drawn("20 15:00", as_of="20 20:00", by=twelve)), "the office is closed, the clock is not"


def test_workday_hours_count_all_of_a_workday_and_nothing_of_a_weekend() -> None:
    twelve = policy({"workday_hours": "12h"})
    assert [
        ("Fri 20", bar("15 #, 20 -, 24"), ("received 15:00",)),
        ("Sat 21", bar("0 ., 24"), ()),
        ("Sun 22", bar("0 ., 24"), ()),
        ("Mon 23", bar("0 -, 2:30 !, 3"), ("due 03:00",)),
    ] == bars(drawn("20 15:00", as_of="20 20:00", by=twelve))


def test_what_happens_at_midnight_belongs_to_the_day_that_ends() -> None:
    always = policy({"business_hours": "4h"}, hours="Mon-Sun 00:00-24:00")
    (friday,) = drawn("20 20:00", as_of="20 22:00", by=always)
    assert (bar("20 #, 22 -, 23:30 !, 24"), ("received 20:00", "due 24:00")) == (friday.bar, friday.notes)
    (friday,) = drawn("20 20:00", ("21 00:00", "solved"), as_of="21 12:00", by=always)
    assert friday.notes == ("received 20:00", "due 24:00", "done 24:00")


def test_what_is_received_at_midnight_belongs_to_the_day_that_begins() -> None:
    always = policy({"business_hours": "4h"}, hours="Mon-Sun 00:00-24:00")
    (friday,) = drawn("20 00:00", as_of="20 02:00", by=always)
    assert (FRIDAY, bar("0 #, 2 -, 3:30 !, 4")) == (friday.day, friday.bar)
    assert friday.notes == ("received 00:00", "due 04:00")


def test_a_clock_that_is_done_long_after_due_is_drawn_to_its_end() -> None:
    done = drawn("20 15:00", ("24 09:30", "solved"), as_of="27 12:00")
    assert [
        ("Fri 20", bar("15 #, 17 ., 24"), ("received 15:00",)),
        ("Sat 21", bar("0 ., 24"), ()),
        ("Sun 22", bar("0 ., 24"), ()),
        ("Mon 23", bar("0 ., 9 #, 10:30 !, 11 #, 17 ., 24"), ("due 11:00",)),
        ("Tue 24", bar("0 ., 9 #, 9:30"), ("done 09:30",)),
    ] == bars(done)


@pytest.mark.parametrize(
    ("zone", "created", "middle", "half_hours", "why"),
    [
        ("Europe/Berlin", "2026-03-28 20:00", "2026-03-29", 46, "clocks go forward an hour"),
        ("Europe/Berlin", "2026-10-24 20:00", "2026-10-25", 50, "clocks go back an hour"),
        ("Australia/Lord_Howe", "2026-10-03 20:00", "2026-10-04", 47, "clocks go forward half an hour"),
        ("Australia/Lord_Howe", "2026-04-04 20:00", "2026-04-05", 49, "clocks go back half an hour"),
        ("Europe/Berlin", "2026-11-21 20:00", "2026-11-22", 48, "an ordinary day"),
    ],
)
def test_a_day_of_a_clock_change_has_as_many_marks_as_it_has_half_hours(
    zone: str, created: str, middle: str, half_hours: int, why: str
) -> None:
    two_days = policy({"calendar_hours": "36h"}, zone, "Mon-Sun 00:00-24:00")
    first, second, third = drawn(created, as_of=created, by=two_days, zone=zone)
    assert (bar("20 -, 24"), date.fromisoformat(middle), "-" * half_hours) == (first.bar, second.day, second.bar), why
    left = 36 * 2 - 8 - half_hours
    assert "-" * (left - 1) + "!" == third.bar


def test_due_in_the_hour_that_comes_twice_is_where_it_falls() -> None:
    night = policy({"calendar_hours": "6h30min"}, hours="Mon-Sun 00:00-24:00")
    (_, sunday) = drawn("2026-10-24 20:00", as_of="2026-10-24 20:00", by=night)
    assert (sunday.bar, sunday.notes) == ("-" * 4 + "!", ("due 02:30",)), "4 hours on Saturday, and the first 02:30"
    later = policy({"calendar_hours": "7h30min"}, hours="Mon-Sun 00:00-24:00")
    (_, sunday) = drawn("2026-10-24 20:00", as_of="2026-10-24 20:00", by=later)
    assert (sunday.bar, sunday.notes) == ("-" * 6 + "!", ("due 02:30",)), "an hour later, the second"


# ---------------------------------------------------------------- many days


def shown(days: ClockPicture) -> list[tuple[int, int]]:
    """The dates of November that are drawn, each with how many are left out before it."""
    return [(day.day.day, day.skipped) for day in days]


WEEKS: Final = policy({"business_hours": "80h"})  # ten days: from Monday 2 November 09:00 to Friday 13 at closing


@pytest.mark.parametrize(
    ("as_of", "expected", "why"),
    [
        ("15 12:00", [(day, 0) for day in range(2, 16)], "fourteen dates: a week at either end"),
        ("16 12:00", [*((day, 0) for day in range(2, 9)), (10, 1), *((day, 0) for day in range(11, 17))], "one is left out"),
        (
            "30 12:00",
            [*((day, 0) for day in range(2, 9)), (13, 4), (24, 10), *((day, 0) for day in range(25, 31))],
            "due is in the middle, and stays",
        ),
        ("21 12:00", [*((day, 0) for day in range(2, 9)), (13, 4), (15, 1), *((day, 0) for day in range(16, 22))], ""),
        ("20 12:00", [*((day, 0) for day in range(2, 9)), (13, 4), *((day, 0) for day in range(14, 21))], "no gap after"),
    ],
)  # fmt: skip
def test_of_many_days_those_in_the_middle_are_left_out_but_not_the_one_on_which_it_is_due(
    as_of: str, expected: list[tuple[int, int]], why: str
) -> None:
    days = drawn("02 09:00", as_of=as_of, by=WEEKS)
    assert expected == shown(days), why
    (due,) = (day for day in days if "!" in day.bar)
    assert (due.day.day, due.notes) == (13, ("due 17:00",))
    assert len(days) + sum(day.skipped for day in days) == (at(as_of).date() - date(2026, 11, 2)).days + 1


def test_dates_that_are_left_out_are_counted_in_the_drawing() -> None:
    """Of 29 dates four are left out before the 13th, and ten after it."""
    words = [
        mark.text for mark in drawn("02 09:00", as_of="30 12:00", by=WEEKS).drawing().marks if isinstance(mark, Words)
    ]
    left_out = [place for place, text in enumerate(words) if text.endswith(" dates")]
    assert [words[place] for place in left_out] == ["4 dates", "10 dates"]
    assert words.count("left out") == 2


def test_due_a_microsecond_after_midnight_is_on_the_day_that_begins() -> None:
    ten_days = policy({"calendar_hours": "240h"}, hours="Mon-Sun 00:00-24:00")
    days = drawn("02 00:00:00.000001", as_of="30 12:00", by=ten_days)
    assert [*((day, 0) for day in range(2, 9)), (12, 3), (24, 11), *((day, 0) for day in range(25, 31))] == shown(days)
    assert [(day.day.day, day.notes) for day in days if "!" in day.bar] == [(12, ("due 00:00",))]


def test_a_clock_that_waits_for_long_has_no_due_date_to_keep() -> None:
    days = drawn("02 09:00", ("03 09:00", "pending"), as_of="30 12:00", by=WEEKS)
    assert [*((day, 0) for day in range(2, 9)), (24, 15), *((day, 0) for day in range(25, 31))] == shown(days)


# ---------------------------------------------------------------- what there is not, and how it is written


def test_a_clock_that_has_not_begun_has_no_picture() -> None:
    created = sla.Created(at=at("20 10:00"), status="open", message=False)
    clock = FOUR_HOURS.replay([created], as_of=at("20 12:00"))["next_response"]
    assert (clock.status, len(picture_clock(clock))) == ("not_started", 0)


def test_a_clock_that_ended_as_it_began_is_a_day_without_marks_but_due() -> None:
    (day,) = drawn("20 10:00", ("20 10:00", "deleted"), as_of="20 12:00")
    assert day.notes == ("received 10:00", "due 14:00", "deleted 10:00")
    assert bar("10 -, 13:30 !, 14") == day.bar


def test_a_day_is_written_as_a_line() -> None:
    (day,) = drawn("20 10:00", ("20 12:00", "pending"), ("20 14:00", "open"), as_of="20 15:00")
    line = "Fri 2026-11-20                      ####~~~~##-!                  received 10:00, due 16:00"
    assert line == str(day)
    assert str(ClockDay(MONDAY, "", ())) == "Mon 2026-11-23"


def test_a_reason_is_written_in_words() -> None:
    events: list[Event] = event_log("2026-11-20 10:00 created status=open; 10:00 customer reply; 11:00 no reply needed")
    (day,) = picture_clock(FOUR_HOURS.replay(events, as_of=at("20 12:00"))["next_response"])
    assert day.notes == ("received 10:00", "due 14:00", "no reply needed 11:00")


def test_the_dates_of_a_picture_are_told_by_their_place() -> None:
    picture = drawn("Fri 2026-11-20 15:00", as_of="Mon 2026-11-23 10:00")

    assert [picture[0].day, picture[-1].day] == [FRIDAY, MONDAY]


def test_the_clocks_of_a_ticket_are_not_one_of_them() -> None:
    clocks: Any = policy({"business_hours": "4h"}).replay(
        [sla.Created(at=at("2026-11-20 10:00"))], as_of=at("2026-11-20 10:00")
    )
    with pytest.raises(sla.SlaError, match="state: this is of another kind"):
        picture_clock(clocks)
