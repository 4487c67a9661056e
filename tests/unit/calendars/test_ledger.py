"""How an answer must explain itself: gapless segments, each with the reason of the last layer.

A weekday is closed outside its hours; a break lies between two of its windows; a weekend is a Saturday or Sunday
without hours; holidays, special days and absences explain only what they took away.
"""

import copy
import json
import pickle
from collections.abc import Sequence
from datetime import UTC, date, timedelta

import pytest

from slacalc import Absence, Calendar, FrozenHolidays, Ledger, Segment, SpecialDay
from tests.helpers import BRUSSELS, wall_clock
from tests.helpers import written as said

HOUR = timedelta(hours=1)


at = wall_clock(BRUSSELS)


HOLIDAYS = FrozenHolidays.of(
    {date(2026, 11, 1): "All Saints", date(2026, 11, 11): "Armistice", date(2026, 12, 25): "Christmas"},
    years=(2026, 2026),
)
OFFICE = Calendar(BRUSSELS, "Mon-Fri 09:00-12:30 13:30-17:00", holidays=HOLIDAYS)
PRIORITY = OFFICE.extend(add_hours="PH 09:00-11:00")
NIGHTS = Calendar(BRUSSELS, "Mon-Fri 22:00-06:00", holidays=HOLIDAYS)
SUNDAY = Calendar(BRUSSELS, "Sun 03:00-05:00")


def special(on: str, hours: str, name: str) -> list[SpecialDay]:
    return [SpecialDay.of(on, hours, name=name)]


def absence(start: str, end: str, name: str = "offsite") -> list[Absence]:
    return [Absence(at(start), at(end), name)]


Row = tuple[str, str]  # from when on, and why

CASES: list[tuple[Calendar, str, str, list[Row], str]] = [
    (
        OFFICE,
        "Fri 2026-11-20 12:00",
        "Fri 2026-11-20 18:00",
        [
            ("Fri 2026-11-20 12:00+01:00", "counted"),
            ("Fri 2026-11-20 12:30+01:00", "break"),
            ("Fri 2026-11-20 13:30+01:00", "counted"),
            ("Fri 2026-11-20 17:00+01:00", "outside hours"),
        ],
        "a break lies between two windows of a date",
    ),
    (
        OFFICE,
        "Fri 2026-11-20 16:00",
        "Mon 2026-11-23 10:00",
        [
            ("Fri 2026-11-20 16:00+01:00", "counted"),
            ("Fri 2026-11-20 17:00+01:00", "outside hours"),
            ("Sat 2026-11-21 00:00+01:00", "weekend"),
            ("Mon 2026-11-23 00:00+01:00", "outside hours"),
            ("Mon 2026-11-23 09:00+01:00", "counted"),
        ],
        "a weekend is one segment, midnight to midnight",
    ),
    (
        OFFICE,
        "Tue 2026-11-10 16:00",
        "Thu 2026-11-12 10:00",
        [
            ("Tue 2026-11-10 16:00+01:00", "counted"),
            ("Tue 2026-11-10 17:00+01:00", "outside hours"),
            ("Wed 2026-11-11 09:00+01:00", "holiday: Armistice"),
            ("Wed 2026-11-11 12:30+01:00", "break"),
            ("Wed 2026-11-11 13:30+01:00", "holiday: Armistice"),
            ("Wed 2026-11-11 17:00+01:00", "outside hours"),
            ("Thu 2026-11-12 09:00+01:00", "counted"),
        ],
        "a holiday explains the hours it took, by name",
    ),
    (
        OFFICE,
        "Sat 2026-10-31 00:00",
        "Mon 2026-11-02 09:00",
        [("Sat 2026-10-31 00:00+01:00", "weekend"), ("Mon 2026-11-02 00:00+01:00", "outside hours")],
        "a holiday on a closed Sunday is weekend: it changed nothing",
    ),
    (
        PRIORITY,
        "Wed 2026-11-11 08:00",
        "Wed 2026-11-11 18:00",
        [
            ("Wed 2026-11-11 08:00+01:00", "outside hours"),
            ("Wed 2026-11-11 09:00+01:00", "counted"),
            ("Wed 2026-11-11 11:00+01:00", "holiday: Armistice"),
            ("Wed 2026-11-11 12:30+01:00", "break"),
            ("Wed 2026-11-11 13:30+01:00", "holiday: Armistice"),
            ("Wed 2026-11-11 17:00+01:00", "outside hours"),
        ],
        "hours on a holiday count, and the holiday explains the rest",
    ),
    (
        OFFICE.replace(open_on_holidays=True),
        "Wed 2026-11-11 09:00",
        "Wed 2026-11-11 12:00",
        [("Wed 2026-11-11 09:00+01:00", "counted")],
        "open on holidays: no holiday in the ledger",
    ),
    (
        OFFICE.extend(special_days=special("2026-12-24", "09:00-11:00", "Christmas Eve")),
        "Thu 2026-12-24 09:00",
        "Thu 2026-12-24 18:00",
        [
            ("Thu 2026-12-24 09:00+01:00", "counted"),
            ("Thu 2026-12-24 11:00+01:00", "special day: Christmas Eve"),
            ("Thu 2026-12-24 12:30+01:00", "break"),
            ("Thu 2026-12-24 13:30+01:00", "special day: Christmas Eve"),
            ("Thu 2026-12-24 17:00+01:00", "outside hours"),
        ],
        "a special day explains what it took, by name",
    ),
    (
        OFFICE.extend(special_days={"2026-11-20": "closed"}),
        "Fri 2026-11-20 09:00",
        "Fri 2026-11-20 12:00",
        [("Fri 2026-11-20 09:00+01:00", "special day")],
        "a special day without a name",
    ),
    (
        OFFICE.extend(special_days=special("2026-11-11", "closed", "stocktaking")),
        "Wed 2026-11-11 09:00",
        "Wed 2026-11-11 12:00",
        [("Wed 2026-11-11 09:00+01:00", "holiday: Armistice")],
        "a special day on a closed holiday changed nothing",
    ),
    (
        PRIORITY.extend(special_days=special("2026-11-11", "closed", "stocktaking")),
        "Wed 2026-11-11 09:00",
        "Wed 2026-11-11 12:00",
        [
            ("Wed 2026-11-11 09:00+01:00", "special day: stocktaking"),
            ("Wed 2026-11-11 11:00+01:00", "holiday: Armistice"),
        ],
        "but it took the hours of the holiday",
    ),
    (
        OFFICE.extend(special_days=special("2026-11-21", "closed", "stocktaking")),
        "Sat 2026-11-21 09:00",
        "Sat 2026-11-21 12:00",
        [("Sat 2026-11-21 09:00+01:00", "weekend")],
        "a special day on a closed Saturday changed nothing either",
    ),
    (
        OFFICE.extend(special_days=special("2026-11-21", "10:00-11:00", "open day")),
        "Sat 2026-11-21 09:00",
        "Sat 2026-11-21 12:00",
        [
            ("Sat 2026-11-21 09:00+01:00", "weekend"),
            ("Sat 2026-11-21 10:00+01:00", "counted"),
            ("Sat 2026-11-21 11:00+01:00", "weekend"),
        ],
        "a Saturday that is open once stays a weekend around it",
    ),
    (
        OFFICE.extend(absences=absence("Fri 2026-11-20 11:00", "Fri 2026-11-20 15:00")),
        "Fri 2026-11-20 10:00",
        "Fri 2026-11-20 16:00",
        [
            ("Fri 2026-11-20 10:00+01:00", "counted"),
            ("Fri 2026-11-20 11:00+01:00", "absence: offsite"),
            ("Fri 2026-11-20 12:30+01:00", "break"),
            ("Fri 2026-11-20 13:30+01:00", "absence: offsite"),
            ("Fri 2026-11-20 15:00+01:00", "counted"),
        ],
        "an absence explains what it took, by name, and a break stays a break",
    ),
    (
        OFFICE.extend(absences=absence("Mon 2026-11-09 00:00", "Mon 2026-11-16 00:00")),
        "Wed 2026-11-11 09:00",
        "Wed 2026-11-11 12:00",
        [("Wed 2026-11-11 09:00+01:00", "holiday: Armistice")],
        "an absence on a closed holiday changed nothing",
    ),
    (
        NIGHTS,
        "Tue 2026-11-10 21:00",
        "Thu 2026-11-12 07:00",
        [
            ("Tue 2026-11-10 21:00+01:00", "outside hours"),
            ("Tue 2026-11-10 22:00+01:00", "counted"),
            ("Wed 2026-11-11 06:00+01:00", "outside hours"),
            ("Wed 2026-11-11 22:00+01:00", "holiday: Armistice"),
            ("Thu 2026-11-12 06:00+01:00", "outside hours"),
        ],
        "a holiday took the night of its date, past midnight too",
    ),
    (
        NIGHTS.extend(absences=absence("Sat 2026-11-21 00:00", "Sun 2026-11-22 00:00")),
        "Fri 2026-11-20 22:00",
        "Sat 2026-11-21 08:00",
        [
            ("Fri 2026-11-20 22:00+01:00", "counted"),
            ("Sat 2026-11-21 00:00+01:00", "absence: offsite"),
            ("Sat 2026-11-21 06:00+01:00", "weekend"),
        ],
        "an absence cuts a spill, and explains no more than it",
    ),
    (
        Calendar(BRUSSELS, "Mon,Tue,Thu,Fri 09:00-17:00"),
        "Wed 2026-11-25 00:00",
        "Thu 2026-11-26 09:00",
        [("Wed 2026-11-25 00:00+01:00", "outside hours")],
        "a closed weekday is no weekend",
    ),
    (
        Calendar("Asia/Riyadh", "Sun-Thu 09:00-17:00"),
        "Thu 2026-11-19 17:00+03:00",
        "Sun 2026-11-22 09:00+03:00",
        [
            ("Thu 2026-11-19 17:00+03:00", "outside hours"),
            ("Fri 2026-11-20 00:00+03:00", "weekend"),
            ("Sun 2026-11-22 00:00+03:00", "outside hours"),
        ],
        "a Friday before a closed Saturday is weekend",
    ),
    (
        SUNDAY,
        "Sun 2026-03-29 01:00",
        "Sun 2026-03-29 05:00",
        [
            ("Sun 2026-03-29 01:00+01:00", "outside hours"),
            ("Sun 2026-03-29 03:00+02:00", "counted (clocks forward 1h at Sun 2026-03-29 03:00)"),
        ],
        "a clock change falls in the segment that begins with it",
    ),
    (
        Calendar(BRUSSELS, "Sat 22:00-06:00"),
        "Sat 2026-03-28 22:00",
        "Sun 2026-03-29 06:00",
        [("Sat 2026-03-28 22:00+01:00", "counted (clocks forward 1h at Sun 2026-03-29 03:00)")],
        "a night in spring has a note",
    ),
    (
        Calendar(BRUSSELS, "Sat 22:00-06:00"),
        "Sat 2026-10-24 22:00",
        "Sun 2026-10-25 06:00",
        [("Sat 2026-10-24 22:00+02:00", "counted (clocks back 1h at Sun 2026-10-25 02:00)")],
        "and in autumn",
    ),
    (
        OFFICE,
        "Fri 2026-10-23 17:00",
        "Mon 2026-10-26 09:00",
        [
            ("Fri 2026-10-23 17:00+02:00", "outside hours"),
            ("Sat 2026-10-24 00:00+02:00", "weekend (clocks back 1h at Sun 2026-10-25 02:00)"),
            ("Mon 2026-10-26 00:00+01:00", "outside hours"),
        ],
        "a weekend with a clock change",
    ),
    (
        Calendar("Australia/Lord_Howe", "24/7"),
        "Sat 2026-10-03 12:00+10:30",
        "Sun 2026-10-04 12:00+11:00",
        [("Sat 2026-10-03 12:00+10:30", "counted (clocks forward 30min at Sun 2026-10-04 02:30)")],
        "half an hour",
    ),
    (
        Calendar("Pacific/Apia", "24/7"),
        "Thu 2011-12-29 12:00-10:00",
        "Sat 2011-12-31 12:00+14:00",
        [("Thu 2011-12-29 12:00-10:00", "counted (clocks forward 24h at Sat 2011-12-31 00:00)")],
        "a whole day",
    ),
    (
        Calendar(BRUSSELS, "24/7"),
        "Fri 2026-01-02 12:00",
        "Thu 2026-12-31 12:00",
        [
            (
                "Fri 2026-01-02 12:00+01:00",
                "counted (clocks forward 1h at Sun 2026-03-29 03:00, clocks back 1h at Sun 2026-10-25 02:00)",
            )
        ],
        "two clock changes in one segment",
    ),
    (
        Calendar("America/St_Johns", "24/7"),
        "Sat 2010-11-06 12:00-02:30",
        "Sat 2010-11-06 23:30-03:30",
        [("Sat 2010-11-06 12:00-02:30", "counted (clocks back 1h at Sat 2010-11-06 23:01)")],
        "the clock goes back over midnight: it is Saturday again",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("calendar", "start", "end", "expected", "why"), [pytest.param(*case, id=case[-1]) for case in CASES]
)
def test_rule_16_every_segment_has_the_reason_of_the_last_layer_that_changed_it(
    calendar: Calendar, start: str, end: str, expected: Sequence[Row], why: str
) -> None:
    ledger = calendar.explain(at(start), at(end))

    assert list(expected) == [(said(segment.start), segment.reason) for segment in ledger], why


@pytest.mark.parametrize(
    ("calendar", "start", "end", "expected", "why"), [pytest.param(*case, id=case[-1]) for case in CASES]
)
def test_rule_16_the_ledger_is_gapless_and_sums_exactly(
    calendar: Calendar, start: str, end: str, expected: Sequence[Row], why: str
) -> None:
    ledger = calendar.explain(at(start), at(end))
    ends = [segment.end.astimezone(UTC) for segment in ledger]
    starts = [segment.start.astimezone(UTC) for segment in ledger]

    assert len(expected) == len(ledger), why
    assert [at(start).astimezone(UTC), *ends] == [*starts, at(end).astimezone(UTC)], why
    assert calendar.elapsed(at(start), at(end)) == ledger.counted, why
    assert at(end).astimezone(UTC) - at(start).astimezone(UTC) == ledger.wall_time, why
    assert ledger.wall_time == sum((segment.wall_time for segment in ledger), timedelta(0)), why


def test_rule_16_a_segment_counts_all_of_its_time_or_none() -> None:
    counted, closed = OFFICE.explain(at("Fri 2026-11-20 16:00"), at("Fri 2026-11-20 18:30"))

    assert (counted.kind, counted.wall_time, counted.counted) == ("counted", HOUR, HOUR)
    assert (closed.kind, closed.wall_time, closed.counted) == ("outside_hours", 1.5 * HOUR, 0 * HOUR)


def test_rule_16_no_time_has_no_segments() -> None:
    ledger = OFFICE.explain(at("Fri 2026-11-20 10:00"), at("Fri 2026-11-20 10:00"))

    assert list(ledger) == []
    assert ledger.counted == ledger.wall_time == timedelta(0)


def test_rule_16_microseconds_are_summed_too() -> None:
    tick = timedelta(microseconds=1)
    ledger = OFFICE.explain(at("Fri 2026-11-20 16:59:59.999999"), at("Fri 2026-11-20 17:00") + tick)

    assert [tick, tick] == [segment.wall_time for segment in ledger]
    assert tick == ledger.counted


def test_rule_3_a_segment_over_a_clock_change_lasts_real_time() -> None:
    (night,) = Calendar(BRUSSELS, "Sat 22:00-06:00").explain(at("Sat 2026-10-24 22:00"), at("Sun 2026-10-25 06:00"))

    assert 9 * HOUR == night.wall_time == night.counted


# ---------------------------------------------------------------- forms


def small() -> Ledger:
    calendar = OFFICE.extend(absences=absence("Mon 2026-11-23 09:00", "Mon 2026-11-23 09:30"))
    return calendar.explain(at("Sun 2026-11-22 23:00"), at("Mon 2026-11-23 10:15:30"))


def test_a_ledger_as_text_is_an_aligned_table_with_its_sums() -> None:
    calendar = OFFICE.extend(absences=absence("Fri 2026-11-20 09:00", "Fri 2026-11-20 09:30"))
    ledger = calendar.explain(at("Fri 2026-11-20 09:00"), at("Fri 2026-11-20 13:00"))

    assert ledger.to_text().splitlines() == [
        "from                  to                     wall  counted  reason",
        "Fri 2026-11-20 09:00  Fri 2026-11-20 09:30  30min           absence: offsite",
        "Fri 2026-11-20 09:30  Fri 2026-11-20 12:30     3h       3h  counted",
        "Fri 2026-11-20 12:30  Fri 2026-11-20 13:00  30min           break",
        "                                               4h       3h  total",
    ]
    assert str(ledger) == ledger.to_text()


def test_a_ledger_as_text_shows_seconds_only_where_there_are_any() -> None:
    lines = small().to_text().splitlines()

    assert "Mon 2026-11-23 10:15:30" in lines[-2]
    assert lines[-1].split() == ["11h", "15min", "30s", "45min", "30s", "total"]


def test_a_ledger_as_rows_holds_values() -> None:
    rows = small().to_rows()

    assert rows[2] == {
        "start": at("Mon 2026-11-23 09:00"),
        "end": at("Mon 2026-11-23 09:30"),
        "kind": "absence",
        "name": "offsite",
        "note": "",
        "wall": 0.5 * HOUR,
        "counted": 0 * HOUR,
    }
    assert [row["kind"] for row in rows] == ["weekend", "outside_hours", "absence", "counted"]
    assert rows[3]["counted"] == timedelta(minutes=45, seconds=30)


def test_a_ledger_as_json_says_instants_and_amounts() -> None:
    data = json.loads(small().to_json())

    assert data["start"] == "2026-11-22T23:00:00+01:00"
    assert data["end"] == "2026-11-23T10:15:30+01:00"
    assert (data["counted"], data["wall_time"], data["zone"]) == ("45min 30s", "11h 15min 30s", "Europe/Brussels")
    assert len(data["segments"]) == 4
    assert data["segments"][2] == {
        "start": "2026-11-23T09:00:00+01:00",
        "end": "2026-11-23T09:30:00+01:00",
        "kind": "absence",
        "name": "offsite",
        "note": "",
        "counted": "0min",
    }


def test_a_ledger_as_json_keeps_letters_of_every_language() -> None:
    finnish = FrozenHolidays.of({date(2026, 11, 20): "Itsenäisyyspäivä"}, years=(2026, 2026))
    ledger = OFFICE.replace(holidays=finnish).explain(at("Fri 2026-11-20 09:00"), at("Fri 2026-11-20 10:00"))

    assert "Itsenäisyyspäivä" in ledger.to_json()


def test_a_ledger_in_a_notebook_is_a_table() -> None:
    html = small()._repr_html_()

    assert html.startswith("<table>")
    assert html.endswith("</table>")
    assert html.count("<tr>") == 1 + 4 + 1
    assert "<td>absence: offsite</td>" in html
    assert "<td>45min 30s</td>" in html


@pytest.mark.parametrize("markup", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "Tom & Jerry's"])
def test_markup_in_a_name_is_text_in_a_notebook(markup: str) -> None:
    named = FrozenHolidays.of({date(2026, 11, 20): markup}, years=(2026, 2026))
    ledger = OFFICE.replace(holidays=named).explain(at("Fri 2026-11-20 09:00"), at("Fri 2026-11-20 10:00"))
    html = ledger._repr_html_()

    assert markup in ledger.to_text()
    assert markup not in html
    for tag in ("<script", "<img"):
        assert tag not in html


def test_a_ledger_is_a_value() -> None:
    assert small() == small() == pickle.loads(pickle.dumps(small())) == copy.deepcopy(small())
    assert len({small(), small()}) == 1


def test_a_segment_says_its_reason_with_its_name_and_its_note() -> None:
    start, end = at("Fri 2026-11-20 09:00"), at("Fri 2026-11-20 10:00")

    assert Segment(start, end, "counted").reason == "counted"
    assert Segment(start, end, "outside_hours").reason == "outside hours"
    assert Segment(start, end, "special_day", "stocktaking").reason == "special day: stocktaking"
    assert Segment(start, end, "holiday", "Armistice", "clocks back 1h").reason == "holiday: Armistice (clocks back 1h)"


# ---------------------------------------------------------------- the last speaker, where two dates overlap

NIGHT_INTO_SATURDAY = "Fri 22:00-06:00; Sat 04:00-08:00"


@pytest.mark.parametrize(
    ("calendar", "first", "why"),
    [
        (
            Calendar(BRUSSELS, NIGHT_INTO_SATURDAY, special_days=special("2026-11-21", "closed", "inventory")).extend(
                absences=[Absence(at("Sat 2026-11-21 04:00"), at("Sat 2026-11-21 06:00"), "fire drill")]
            ),
            ("absence", "fire drill"),
            "Friday's night would still be open there, but for the absence, which speaks after the special day",
        ),
        (
            Calendar(
                BRUSSELS,
                NIGHT_INTO_SATURDAY,
                special_days=special("2026-11-20", "closed", "moved"),
                holidays=FrozenHolidays.of({date(2026, 11, 21): "Founders' Day"}, years=(2026, 2026)),
            ),
            ("special_day", "moved"),
            "both dates lost their hours there; the special day speaks after the holiday",
        ),
    ],
)
def test_rule_4_where_two_dates_lost_their_hours_the_last_speaker_is_the_reason(
    calendar: Calendar, first: tuple[str, str], why: str
) -> None:
    ledger = calendar.explain(at("Sat 2026-11-21 04:00"), at("Sat 2026-11-21 06:00"))

    assert [first] == [(segment.kind, segment.name) for segment in ledger], why
