"""What the oracle must answer: cases derived by hand from the clock changes of each zone.

Every expected value was worked out on paper, never copied from the oracle; `why` says how.
Hours run past 24 for what follows midnight: "22:00-30:00" is a night until 06:00.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.oracle import (
    Plan,
    Windows,
    add,
    elapsed,
    next_close,
    next_open,
    owner,
    previous_close,
    previous_open,
    roll_back,
    roll_forward,
    subtract,
    walk,
    workday_elapsed,
    working_dates,
)

Answer = datetime | timedelta | None
CLOSED = ("closed", ())
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Case:
    why: str
    actual: Callable[[], Answer]
    expected: Answer


def windows(text: str) -> Windows:
    """ "09:00-12:30 13:30-17:00" as seconds of the date."""
    return tuple((_seconds(one.split("-")[0]), _seconds(one.split("-")[1])) for one in text.split())


def _seconds(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def weekly(text: str, *days: str) -> dict[str, Windows]:
    return {day: windows(text) for day in days}


WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri")
DAILY = (*WEEK, "Sat", "Sun")
BRUSSELS, BERLIN, BUDAPEST = "Europe/Brussels", "Europe/Berlin", "Europe/Budapest"

OFFICE = Plan(BRUSSELS, weekly("09:00-17:00", *WEEK))
LUNCH = Plan(BRUSSELS, {**weekly("09:00-12:30 13:30-17:00", *WEEK), "Sat": windows("09:00-12:00")})
SATURDAY_NIGHT = Plan(BERLIN, weekly("22:00-30:00", "Sat"))
NIGHTS = Plan(BERLIN, weekly("22:00-30:00", *DAILY))
ALWAYS = Plan(BERLIN, weekly("00:00-24:00", *DAILY))


def local(zone: str, *fields: int, fold: int = 0) -> datetime:
    """A local time: year, month, day, hour, minute. With fold=1, the second time that the clock reads it."""
    year, month, day, hour, minute = (*fields, *(1, 1, 0, 0)[len(fields) - 1 :])
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone), fold=fold)


def utc(*fields: int) -> datetime:
    return local("UTC", *fields)


def brussels(*fields: int) -> datetime:
    return local(BRUSSELS, *fields)


def berlin(*fields: int, fold: int = 0) -> datetime:
    return local(BERLIN, *fields, fold=fold)


def open_on(day: str, hours: str, zone: str) -> Plan:
    return Plan(zone, weekly(hours, day))


def all_of(plan: Plan, first: datetime, last: datetime) -> Callable[[], timedelta]:
    return lambda: elapsed(plan, first, last)


def check(case: Case) -> None:
    """Instants are compared in UTC: Python holds a local time in a fold unequal to every time of another zone."""
    expected = case.expected
    if isinstance(expected, datetime):
        expected = expected.astimezone(UTC)
    assert case.actual() == expected, case.why


def table(*cases: Case) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [pytest.param(case, id=case.why) for case in cases])


# ---------------------------------------------------------------- ordinary days


FRIDAY_EVENING = brussels(2026, 11, 20, 18, 30)  # 2026-11-20 is a Friday, 23 the Monday after it


@table(
    Case(
        "nothing on Friday evening, nothing at the weekend, an hour on Monday from 09:00",
        lambda: elapsed(OFFICE, FRIDAY_EVENING, brussels(2026, 11, 23, 10)),
        HOUR,
    ),
    Case(
        "12:00-14:00 around the lunch break of 12:30-13:30 leaves half an hour on either side",
        lambda: elapsed(LUNCH, brussels(2026, 11, 23, 12), brussels(2026, 11, 23, 14)),
        HOUR,
    ),
    Case(
        "half-open: the minute that starts at 17:00 is closed",
        lambda: elapsed(OFFICE, brussels(2026, 11, 23, 16, 59), brussels(2026, 11, 23, 17, 1)),
        MINUTE,
    ),
    Case(
        "from an instant to itself there is nothing",
        lambda: elapsed(OFFICE, brussels(2026, 11, 23, 10), brussels(2026, 11, 23, 10)),
        timedelta(),
    ),
    Case(
        "from Monday to Monday there are five days of 8 hours",
        lambda: elapsed(OFFICE, brussels(2026, 11, 16), brussels(2026, 11, 23)),
        40 * HOUR,
    ),
    Case(
        "a question in UTC: Brussels is at +1 in November, so 08:00-09:00 UTC is the first office hour",
        lambda: elapsed(OFFICE, utc(2026, 11, 23, 7), utc(2026, 11, 23, 9)),
        HOUR,
    ),
)
def test_elapsed_on_ordinary_days(case: Case) -> None:
    check(case)


# ---------------------------------------------------------------- rule 3: clocks that change


@table(
    Case(
        "an ordinary night is 8 hours",
        lambda: elapsed(SATURDAY_NIGHT, berlin(2026, 3, 21, 12), berlin(2026, 3, 22, 12)),
        8 * HOUR,
    ),
    Case(
        "spring: 02:00 becomes 03:00 on 2026-03-29, so 22:00-06:00 lasts 7 hours",
        lambda: elapsed(SATURDAY_NIGHT, berlin(2026, 3, 28, 12), berlin(2026, 3, 29, 12)),
        7 * HOUR,
    ),
    Case(
        "autumn: 03:00 becomes 02:00 on 2026-10-25, so 22:00-06:00 lasts 9 hours",
        lambda: elapsed(SATURDAY_NIGHT, berlin(2026, 10, 24, 12), berlin(2026, 10, 25, 12)),
        9 * HOUR,
    ),
    Case(
        "the clock never reads 02:15-02:45 on 2026-03-29: both ends are the instant of the change",
        all_of(open_on("Sun", "02:15-02:45", BERLIN), berlin(2026, 3, 28, 12), berlin(2026, 3, 29, 12)),
        timedelta(),
    ),
    Case(
        "the same window is there a week later",
        all_of(open_on("Sun", "02:15-02:45", BERLIN), berlin(2026, 4, 4, 12), berlin(2026, 4, 5, 12)),
        30 * MINUTE,
    ),
    Case(
        "02:30-03:30 opens at the change, when the clock reads 03:00: half an hour is left",
        all_of(open_on("Sun", "02:30-03:30", BERLIN), berlin(2026, 3, 28, 12), berlin(2026, 3, 29, 12)),
        30 * MINUTE,
    ),
    Case(
        "01:30-02:30 closes at the change: half an hour is left",
        all_of(open_on("Sun", "01:30-02:30", BERLIN), berlin(2026, 3, 28, 12), berlin(2026, 3, 29, 12)),
        30 * MINUTE,
    ),
    Case(
        "in the fold both ends of 02:15-02:45 are the first of the two: 30 minutes, not 60",
        all_of(open_on("Sun", "02:15-02:45", BERLIN), berlin(2026, 10, 24, 12), berlin(2026, 10, 25, 12)),
        30 * MINUTE,
    ),
    Case(
        "so the second 02:15-02:45 is closed, also for a question that starts after the fold",
        all_of(open_on("Sun", "02:15-02:45", BERLIN), berlin(2026, 10, 25, 2, fold=1), berlin(2026, 10, 25, 12)),
        timedelta(),
    ),
    Case(
        "02:00-03:00: first 02:00 is 00:00 UTC, 03:00 is read for the first time at 02:00 UTC",
        all_of(open_on("Sun", "02:00-03:00", BERLIN), berlin(2026, 10, 24, 12), berlin(2026, 10, 25, 12)),
        2 * HOUR,
    ),
    Case(
        "01:00-02:30 closes at the first 02:30, 00:30 UTC",
        all_of(open_on("Sun", "01:00-02:30", BERLIN), berlin(2026, 10, 24, 12), berlin(2026, 10, 25, 12)),
        90 * MINUTE,
    ),
    Case(
        "02:30-04:00 opens at the first 02:30: 30 minutes, then the fold's hour, then 03:00-04:00",
        all_of(open_on("Sun", "02:30-04:00", BERLIN), berlin(2026, 10, 24, 12), berlin(2026, 10, 25, 12)),
        150 * MINUTE,
    ),
)
def test_elapsed_in_berlin(case: Case) -> None:
    check(case)


LORD_HOWE, APIA, SAO_PAULO = "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo"
BEIRUT, CASABLANCA, HAVANA = "Asia/Beirut", "Africa/Casablanca", "America/Havana"
KWAJALEIN, MONROVIA = "Pacific/Kwajalein", "Africa/Monrovia"


@table(
    Case(
        "Lord Howe goes on by half an hour (02:00 becomes 02:30): that Sunday has 23.5 hours",
        all_of(open_on("Sun", "00:00-24:00", LORD_HOWE), utc(2026, 10, 2), utc(2026, 10, 6)),
        23 * HOUR + 30 * MINUTE,
    ),
    Case(
        "its 02:00-02:30 is never read",
        all_of(open_on("Sun", "02:00-02:30", LORD_HOWE), utc(2026, 10, 2), utc(2026, 10, 6)),
        timedelta(),
    ),
    Case(
        "its 02:15-03:00 opens at the change, when the clock reads 02:30",
        all_of(open_on("Sun", "02:15-03:00", LORD_HOWE), utc(2026, 10, 2), utc(2026, 10, 6)),
        30 * MINUTE,
    ),
    Case(
        "Lord Howe goes back by half an hour (02:00 becomes 01:30): that Sunday has 24.5 hours",
        all_of(open_on("Sun", "00:00-24:00", LORD_HOWE), utc(2026, 4, 3), utc(2026, 4, 7)),
        24 * HOUR + 30 * MINUTE,
    ),
    Case(
        "its 01:30-02:00 runs through both: 02:00 is read for the first time an hour after the first 01:30",
        all_of(open_on("Sun", "01:30-02:00", LORD_HOWE), utc(2026, 4, 3), utc(2026, 4, 7)),
        HOUR,
    ),
    Case(
        "its 01:30-01:45 is the first of the two only",
        all_of(open_on("Sun", "01:30-01:45", LORD_HOWE), utc(2026, 4, 3), utc(2026, 4, 7)),
        15 * MINUTE,
    ),
    Case(
        "Apia skips Friday 30 December 2011: the night of Thursday ends with Thursday, Friday has no night",
        all_of(Plan(APIA, weekly("22:00-30:00", *DAILY)), local(APIA, 2011, 12, 29, 12), local(APIA, 2011, 12, 31, 12)),
        2 * HOUR,
    ),
    Case(
        "a Friday's night has no spill into Saturday 31st, though Friday 24:00-30:00 would be Saturday morning",
        all_of(open_on("Fri", "22:00-30:00", APIA), local(APIA, 2011, 12, 29), local(APIA, 2012, 1, 1)),
        timedelta(),
    ),
    Case(
        "a Friday's day is not read either",
        all_of(open_on("Fri", "09:00-17:00", APIA), local(APIA, 2011, 12, 29), local(APIA, 2012, 1, 1)),
        timedelta(),
    ),
    Case(
        "Thursday noon (-10) to Saturday noon (+14) is 24 real hours, and 24/7 is open in all of them",
        all_of(Plan(APIA, weekly("00:00-24:00", *DAILY)), local(APIA, 2011, 12, 29, 12), local(APIA, 2011, 12, 31, 12)),
        24 * HOUR,
    ),
    Case(
        "Sao Paulo has no 00:00-01:00 on Sunday 2018-11-04: 00:00-24:00 is 23 hours",
        all_of(open_on("Sun", "00:00-24:00", SAO_PAULO), utc(2018, 11, 3), utc(2018, 11, 6)),
        23 * HOUR,
    ),
    Case(
        "it opens when the clock reads 01:00 (-02), at 03:00 UTC",
        lambda: next_open(open_on("Sun", "00:00-24:00", SAO_PAULO), utc(2018, 11, 3)),
        utc(2018, 11, 4, 3),
    ),
    Case(
        "it closes at midnight (-02), at 02:00 UTC on Monday",
        lambda: next_close(open_on("Sun", "00:00-24:00", SAO_PAULO), utc(2018, 11, 3)),
        utc(2018, 11, 5, 2),
    ),
    Case(
        "Saturday's 24:00 is the same instant of the change: Saturday keeps its 24 hours",
        all_of(open_on("Sat", "00:00-24:00", SAO_PAULO), utc(2018, 11, 2), utc(2018, 11, 6)),
        24 * HOUR,
    ),
    Case(
        "in February Sao Paulo falls from Sunday 00:00 to Saturday 23:00: Saturday 23:00-24:00 is 2 hours",
        all_of(open_on("Sat", "23:00-24:00", SAO_PAULO), utc(2018, 2, 17), utc(2018, 2, 20)),
        2 * HOUR,
    ),
    Case(
        "Beirut has no 00:00-01:00 on Sunday 2023-03-26: 23 hours",
        all_of(open_on("Sun", "00:00-24:00", BEIRUT), utc(2023, 3, 25), utc(2023, 3, 28)),
        23 * HOUR,
    ),
    Case(
        "Beirut reads 23:00-24:00 twice on Saturday 2023-10-28: the day lasts until the first 00:00, 25 hours",
        all_of(open_on("Sat", "00:00-24:00", BEIRUT), utc(2023, 10, 27), utc(2023, 10, 30)),
        25 * HOUR,
    ),
    Case(
        "and Sunday opens when the clock reads 00:00 at last (+02), at 22:00 UTC",
        lambda: next_open(open_on("Sun", "00:00-24:00", BEIRUT), utc(2023, 10, 27)),
        utc(2023, 10, 28, 22),
    ),
    Case(
        "a Beirut night over the change of spring is 7 hours",
        all_of(open_on("Sat", "22:00-30:00", BEIRUT), utc(2023, 3, 25), utc(2023, 3, 28)),
        7 * HOUR,
    ),
    Case(
        "Casablanca goes back for Ramadan (03:00 becomes 02:00 on Sunday 2026-02-15): a night of 9 hours",
        all_of(open_on("Sat", "22:00-30:00", CASABLANCA), utc(2026, 2, 14), utc(2026, 2, 16)),
        9 * HOUR,
    ),
    Case(
        "Casablanca goes on after Ramadan (02:00 becomes 03:00 on Sunday 2026-03-22): a night of 7 hours",
        all_of(open_on("Sat", "22:00-30:00", CASABLANCA), utc(2026, 3, 21), utc(2026, 3, 23)),
        7 * HOUR,
    ),
    Case(
        "on Europe's date of change, 2026-03-29, Casablanca does nothing",
        all_of(open_on("Sat", "22:00-30:00", CASABLANCA), utc(2026, 3, 28), utc(2026, 3, 30)),
        8 * HOUR,
    ),
    Case(
        "Casablanca is at +0 in Ramadan: 09:00 is 09:00 UTC",
        lambda: next_open(open_on("Mon", "09:00-17:00", CASABLANCA), utc(2026, 3, 1)),
        utc(2026, 3, 2, 9),
    ),
    Case(
        "Havana has no 00:00-01:00 on Sunday 2026-03-08: 23 hours",
        all_of(open_on("Sun", "00:00-24:00", HAVANA), utc(2026, 3, 7), utc(2026, 3, 10)),
        23 * HOUR,
    ),
    Case(
        "Havana falls from 01:00 to 00:00 on Sunday 2026-11-01: 25 hours",
        all_of(open_on("Sun", "00:00-24:00", HAVANA), utc(2026, 10, 31), utc(2026, 11, 3)),
        25 * HOUR,
    ),
    Case(
        "Havana's 00:00-01:00 ends at the first 01:00, which is read after the fold: 2 hours",
        all_of(open_on("Sun", "00:00-01:00", HAVANA), utc(2026, 10, 31), utc(2026, 11, 3)),
        2 * HOUR,
    ),
    Case(
        "Saturday's 24:00 is the first of the two midnights, 04:00 UTC",
        lambda: next_close(open_on("Sat", "20:00-24:00", HAVANA), utc(2026, 10, 31)),
        utc(2026, 11, 1, 4),
    ),
    Case(
        "Kwajalein went back by 23 hours on 1969-09-30 (24:00 became 01:00): that Tuesday has 47 hours",
        all_of(open_on("Tue", "00:00-24:00", KWAJALEIN), utc(1969, 9, 28), utc(1969, 10, 3)),
        47 * HOUR,
    ),
    Case(
        "its second 09:00-17:00 is closed, also when asked within the fold of 23 hours",
        all_of(open_on("Tue", "09:00-17:00", KWAJALEIN), utc(1969, 9, 30, 20), utc(1969, 10, 1, 10)),
        timedelta(),
    ),
)
def test_elapsed_in_zones_that_surprise(case: Case) -> None:
    check(case)


# ---------------------------------------------------------------- rule 4: layers


CHRISTMAS = date(2026, 12, 25)  # a Friday
WITH_HOLIDAY = replace(OFFICE, holidays=frozenset({CHRISTMAS}))
WITH_PH = replace(WITH_HOLIDAY, weekly={**OFFICE.weekly, "PH": windows("09:00-12:00")})


def on_christmas(plan: Plan) -> Callable[[], timedelta]:
    return all_of(plan, brussels(2026, 12, 25), brussels(2026, 12, 26))


def special(kind: str, hours: str = "", plan: Plan = OFFICE, day: date = CHRISTMAS) -> Plan:
    return replace(plan, specials={day: (kind, windows(hours))})


@table(
    Case("a holiday without PH hours is closed", on_christmas(WITH_HOLIDAY), timedelta()),
    Case("a holiday with PH 09:00-12:00 has those", on_christmas(WITH_PH), 3 * HOUR),
    Case(
        "open_on_holidays drops the holiday layer: the hours of a Friday, not of PH",
        on_christmas(replace(WITH_PH, open_on_holidays=True)),
        8 * HOUR,
    ),
    Case(
        "PH hours count on holidays only",
        all_of(WITH_PH, brussels(2026, 12, 24), brussels(2026, 12, 25)),
        8 * HOUR,
    ),
    Case("a half day replaces 8 hours by 4", on_christmas(special("replaced", "09:00-13:00")), 4 * HOUR),
    Case(
        "a special day speaks after the holiday",
        on_christmas(special("replaced", "09:00-13:00", WITH_PH)),
        4 * HOUR,
    ),
    Case("a closed date speaks after PH hours", on_christmas(special("closed", plan=WITH_PH)), timedelta()),
    Case(
        "added hours are a union with the lower layers: 09:00-17:00 and 16:00-19:00 make 10",
        on_christmas(special("added", "16:00-19:00")),
        10 * HOUR,
    ),
    Case(
        "added hours on a holiday join its PH hours: 09:00-12:00 and 11:00-13:00 make 4",
        on_christmas(special("added", "11:00-13:00", WITH_PH)),
        4 * HOUR,
    ),
    Case(
        "removed hours are subtracted: 09:00-17:00 without 12:00-13:00 and 16:00-18:00 is 6 hours",
        on_christmas(special("removed", "12:00-13:00 16:00-18:00")),
        6 * HOUR,
    ),
    Case(
        "an absence of 11:00-12:30 takes out an hour and a half",
        on_christmas(replace(OFFICE, absences=((brussels(2026, 12, 25, 11), brussels(2026, 12, 25, 12, 30)),))),
        6 * HOUR + 30 * MINUTE,
    ),
    Case(
        "an absence speaks last, and overlapping absences take out nothing twice: 09:00-12:00 are left of 08:00-12:00",
        on_christmas(
            replace(
                special("replaced", "08:00-12:00"),
                absences=(
                    (utc(2026, 12, 25, 6), utc(2026, 12, 25, 8)),  # until 09:00 in Brussels
                    (utc(2026, 12, 25, 7), utc(2026, 12, 25, 8)),
                ),
            )
        ),
        3 * HOUR,
    ),
    Case(
        "Sunday closed: Saturday's night belongs to Saturday and stays",
        all_of(special("closed", plan=SATURDAY_NIGHT, day=date(2026, 3, 22)), berlin(2026, 3, 21), berlin(2026, 3, 23)),
        8 * HOUR,
    ),
    Case(
        "Saturday closed: its night goes, also after midnight",
        all_of(special("closed", plan=SATURDAY_NIGHT, day=date(2026, 3, 21)), berlin(2026, 3, 21), berlin(2026, 3, 23)),
        timedelta(),
    ),
    Case(
        "02:00-04:00 removed on Sunday does not touch Saturday's night",
        all_of(
            special("removed", "02:00-04:00", SATURDAY_NIGHT, date(2026, 3, 22)),
            berlin(2026, 3, 21),
            berlin(2026, 3, 23),
        ),
        8 * HOUR,
    ),
    Case(
        "02:00-04:00 removed as 26:00-28:00 of Saturday does",
        all_of(
            special("removed", "26:00-28:00", SATURDAY_NIGHT, date(2026, 3, 21)),
            berlin(2026, 3, 21),
            berlin(2026, 3, 23),
        ),
        6 * HOUR,
    ),
    Case(
        "removed from the spring night, 26:00-28:00 is one real hour (03:00-04:00): 7 - 1",
        all_of(
            special("removed", "26:00-28:00", SATURDAY_NIGHT, date(2026, 3, 28)),
            berlin(2026, 3, 28),
            berlin(2026, 3, 30),
        ),
        6 * HOUR,
    ),
    Case(
        "to cut a spill, use an absence: Sunday 00:00-02:00 leaves 6 hours",
        all_of(
            replace(SATURDAY_NIGHT, absences=((berlin(2026, 3, 22), berlin(2026, 3, 22, 2)),)),
            berlin(2026, 3, 21),
            berlin(2026, 3, 23),
        ),
        6 * HOUR,
    ),
    Case(
        "longer weekly hours from Wednesday 2026-07-01: 8 hours on Tuesday, 10 on Wednesday",
        all_of(
            replace(OFFICE, versions=((date(2026, 7, 1), weekly("08:00-18:00", *WEEK)),)),
            brussels(2026, 6, 30),
            brussels(2026, 7, 2),
        ),
        18 * HOUR,
    ),
    Case(
        "a night of the old version belongs to its date, and runs on into the new version that has none",
        all_of(replace(NIGHTS, versions=((date(2026, 7, 1), {}),)), berlin(2026, 6, 30, 12), berlin(2026, 7, 3)),
        8 * HOUR,
    ),
    Case(
        "the last version that is valid speaks",
        all_of(
            replace(
                OFFICE,
                versions=(
                    (date(2026, 6, 1), weekly("09:00-10:00", *WEEK)),
                    (date(2026, 7, 1), weekly("09:00-11:00", *WEEK)),
                    (date(2026, 7, 2), weekly("09:00-12:00", *WEEK)),
                ),
            ),
            brussels(2026, 7, 1),
            brussels(2026, 7, 2),
        ),
        2 * HOUR,
    ),
)
def test_elapsed_through_the_layers(case: Case) -> None:
    check(case)


HUNGARY = Plan(
    BUDAPEST,
    weekly("09:00-17:00", *WEEK),
    holidays=frozenset({date(2026, 1, 1)}),  # Thursday
    specials={
        date(2026, 1, 2): CLOSED,  # the bridge day, Friday,
        date(2026, 1, 10): ("replaced", windows("09:00-17:00")),  # is worked on this Saturday
    },
)


def budapest(*fields: int) -> datetime:
    return local(BUDAPEST, *fields)


# ---------------------------------------------------------------- rule 5: there and back


@table(
    Case(
        "3 hours on Saturday, the fourth on Monday until 10:00",
        lambda: add(LUNCH, FRIDAY_EVENING, 4 * HOUR),
        brussels(2026, 11, 23, 10),
    ),
    Case(
        "work that exactly fills Friday is due Friday 17:00, not Monday 09:00",
        lambda: add(OFFICE, brussels(2026, 11, 20, 9), 8 * HOUR),
        brussels(2026, 11, 20, 17),
    ),
    Case(
        "a minute more is due Monday 09:01",
        lambda: add(OFFICE, brussels(2026, 11, 20, 9), 8 * HOUR + MINUTE),
        brussels(2026, 11, 23, 9, 1),
    ),
    Case(
        "work that exactly fills the morning is due before lunch",
        lambda: add(LUNCH, brussels(2026, 11, 23, 12), 30 * MINUTE),
        brussels(2026, 11, 23, 12, 30),
    ),
    Case(
        "zero rolls forward to the next opening",
        lambda: add(OFFICE, FRIDAY_EVENING, timedelta()),
        brussels(2026, 11, 23, 9),
    ),
    Case(
        "zero at the close rolls forward, for 17:00 is closed",
        lambda: add(OFFICE, brussels(2026, 11, 20, 17), timedelta()),
        brussels(2026, 11, 23, 9),
    ),
    Case(
        "22:00-02:00 are 4 hours, and the fifth is 03:00-04:00 in spring",
        lambda: add(SATURDAY_NIGHT, berlin(2026, 3, 28, 22), 5 * HOUR),
        berlin(2026, 3, 29, 4),
    ),
    Case(
        "22:00-03:00 are 5 hours, and the sixth ends at the second 03:00 in autumn",
        lambda: add(SATURDAY_NIGHT, berlin(2026, 10, 24, 22), 6 * HOUR),
        berlin(2026, 10, 25, 3),
    ),
    Case(
        "an hour on Friday, an hour on the Hungarian working Saturday",
        lambda: add(HUNGARY, budapest(2026, 1, 9, 16), 2 * HOUR),
        budapest(2026, 1, 10, 10),
    ),
    Case(
        "an hour on Wednesday, then the holiday, the bridge day, the weekend, an hour on Monday",
        lambda: add(HUNGARY, budapest(2025, 12, 31, 16), 2 * HOUR),
        budapest(2026, 1, 5, 10),
    ),
    Case(
        "not found within the limit",
        lambda: add(OFFICE, FRIDAY_EVENING, HOUR, limit=timedelta(days=2)),
        None,
    ),
)
def test_add(case: Case) -> None:
    check(case)


@table(
    Case(
        "an hour before Monday 11:00 is 10:00",
        lambda: subtract(OFFICE, brussels(2026, 11, 23, 11), HOUR),
        brussels(2026, 11, 23, 10),
    ),
    Case(
        "of all instants from Friday 17:00 to Monday 09:00, the latest has an hour until Monday 10:00",
        lambda: subtract(OFFICE, brussels(2026, 11, 23, 10), HOUR),
        brussels(2026, 11, 23, 9),
    ),
    Case(
        "an hour on Monday, an hour on Friday",
        lambda: subtract(OFFICE, brussels(2026, 11, 23, 10), 2 * HOUR),
        brussels(2026, 11, 20, 16),
    ),
    Case(
        "from the weekend the work of Friday is counted",
        lambda: subtract(OFFICE, brussels(2026, 11, 22), 8 * HOUR),
        brussels(2026, 11, 20, 9),
    ),
    Case(
        "06:00 back to the first 02:00 in autumn: 03:00-06:00 are 3 hours, the fold is two more",
        lambda: subtract(SATURDAY_NIGHT, berlin(2026, 10, 25, 6), 5 * HOUR),
        berlin(2026, 10, 25, 2, fold=0),
    ),
    Case(
        "an hour less is the second 02:00",
        lambda: subtract(SATURDAY_NIGHT, berlin(2026, 10, 25, 6), 4 * HOUR),
        berlin(2026, 10, 25, 2, fold=1),
    ),
    Case(
        "zero rolls back: Monday 09:00 has no open time just before it",
        lambda: subtract(OFFICE, brussels(2026, 11, 23, 9), timedelta()),
        brussels(2026, 11, 20, 17),
    ),
    Case(
        "farther back than the oracle walks at a time: 60 hours are seven and a half Fridays",
        lambda: subtract(open_on("Fri", "09:00-17:00", BRUSSELS), brussels(2026, 11, 20, 17), 60 * HOUR),
        brussels(2026, 10, 2, 13),
    ),
    Case(
        "not found within the limit",
        lambda: subtract(OFFICE, brussels(2026, 11, 23, 9), HOUR, limit=timedelta(days=2)),
        None,
    ),
)
def test_subtract(case: Case) -> None:
    check(case)


@table(
    Case("10:00 stays", lambda: roll_back(OFFICE, brussels(2026, 11, 23, 10)), brussels(2026, 11, 23, 10)),
    Case(
        "09:00 goes to the previous close",
        lambda: roll_back(OFFICE, brussels(2026, 11, 23, 9)),
        brussels(2026, 11, 20, 17),
    ),
    Case("17:00 stays", lambda: roll_back(OFFICE, brussels(2026, 11, 23, 17)), brussels(2026, 11, 23, 17)),
    Case(
        "the end of lunch goes to its start",
        lambda: roll_back(LUNCH, brussels(2026, 11, 23, 13, 30)),
        brussels(2026, 11, 23, 12, 30),
    ),
    Case("forward, 10:00 stays", lambda: roll_forward(OFFICE, brussels(2026, 11, 23, 10)), brussels(2026, 11, 23, 10)),
    Case("forward, 09:00 stays", lambda: roll_forward(OFFICE, brussels(2026, 11, 23, 9)), brussels(2026, 11, 23, 9)),
    Case(
        "forward, 17:00 goes to the next opening",
        lambda: roll_forward(OFFICE, brussels(2026, 11, 23, 17)),
        brussels(2026, 11, 24, 9),
    ),
    Case(
        "always open: every instant stays",
        lambda: roll_back(ALWAYS, roll_forward(ALWAYS, berlin(2026, 1, 1)) or utc(1970)),
        berlin(2026, 1, 1),
    ),
    Case("never open: nothing forward", lambda: roll_forward(Plan(BERLIN, {}), utc(2026), limit=7 * 24 * HOUR), None),
    Case("never open: nothing back", lambda: roll_back(Plan(BERLIN, {}), utc(2026), limit=7 * 24 * HOUR), None),
)
def test_roll(case: Case) -> None:
    check(case)


@pytest.mark.parametrize(
    ("question", "instant", "expected", "why"),
    [
        (next_open, (23, 9), (24, 9), "strictly after an opening"),
        (next_open, (23, 8, 59), (23, 9), "a minute before an opening"),
        (next_open, (23, 10), (24, 9), "the next, also when open"),
        (next_close, (23, 9), (23, 17), "the close of the day"),
        (next_close, (23, 17), (24, 17), "strictly after a close"),
        (next_close, (21, 12), (23, 17), "from the weekend"),
        (previous_open, (23, 9), (20, 9), "strictly before an opening"),
        (previous_open, (23, 9, 1), (23, 9), "a minute after an opening"),
        (previous_open, (22, 12), (20, 9), "from the weekend"),
        (previous_close, (23, 17), (20, 17), "strictly before a close"),
        (previous_close, (23, 17, 1), (23, 17), "a minute after a close"),
        (previous_close, (23, 12), (20, 17), "the previous, also when open"),
    ],
)
def test_changes_around_a_weekend(
    question: Callable[[Plan, datetime], datetime | None], instant: tuple[int, ...], expected: tuple[int, ...], why: str
) -> None:
    assert question(OFFICE, brussels(2026, 11, *instant)) == brussels(2026, 11, *expected), why


@table(
    Case(
        "windows that touch have no close between them",
        lambda: next_close(open_on("Mon", "09:00-12:00 12:00-17:00", BRUSSELS), brussels(2026, 11, 23, 10)),
        brussels(2026, 11, 23, 17),
    ),
    Case(
        "nor do nights that touch at midnight",
        lambda: previous_open(
            Plan(BERLIN, weekly("22:00-24:00", "Sat") | weekly("00:00-06:00", "Sun")), utc(2026, 3, 25)
        ),
        berlin(2026, 3, 21, 22),
    ),
    Case("24/7 never opens again", lambda: next_open(ALWAYS, utc(2026), limit=9 * 24 * HOUR), None),
    Case("24/7 never closes", lambda: next_close(ALWAYS, utc(2026), limit=9 * 24 * HOUR), None),
    Case("24/7 never opened", lambda: previous_open(ALWAYS, utc(2026), limit=9 * 24 * HOUR), None),
    Case("24/7 never had a close", lambda: previous_close(ALWAYS, utc(2026), limit=9 * 24 * HOUR), None),
    Case(
        "the week's only opening, eight days back",
        lambda: previous_open(open_on("Mon", "09:00-10:00", BRUSSELS), brussels(2026, 11, 23, 9), limit=8 * 24 * HOUR),
        brussels(2026, 11, 16, 9),
    ),
    Case(
        "an absence makes a close and an opening",
        lambda: next_open(
            replace(ALWAYS, absences=((berlin(2026, 7, 1, 3), berlin(2026, 7, 1, 4)),)), berlin(2026, 6, 30)
        ),
        berlin(2026, 7, 1, 4),
    ),
)
def test_changes(case: Case) -> None:
    check(case)


# ---------------------------------------------------------------- rule 7a: dates


NIGHT_AND_SUNDAY = Plan(BERLIN, {"Sat": windows("22:00-30:00"), "Sun": windows("03:00-24:00")})


@pytest.mark.parametrize(
    ("plan", "instant", "expected", "why"),
    [
        (OFFICE, brussels(2026, 11, 23, 10), date(2026, 11, 23), "an ordinary Monday"),
        (OFFICE, brussels(2026, 11, 23, 17), None, "closed at 17:00"),
        (SATURDAY_NIGHT, berlin(2026, 3, 22, 2), date(2026, 3, 21), "Sunday morning of Saturday's night"),
        (NIGHT_AND_SUNDAY, berlin(2026, 3, 22, 2, 59), date(2026, 3, 21), "only Saturday's windows contain it"),
        (NIGHT_AND_SUNDAY, berlin(2026, 3, 22, 3), date(2026, 3, 22), "both do: the latest owns it"),
        (
            special("closed", plan=NIGHT_AND_SUNDAY, day=date(2026, 3, 22)),
            berlin(2026, 3, 22, 3),
            date(2026, 3, 21),
            "after the layers Sunday has no windows",
        ),
        (
            replace(OFFICE, absences=((brussels(2026, 11, 23), brussels(2026, 11, 24)),)),
            brussels(2026, 11, 23, 10),
            None,
            "absent",
        ),
        (
            Plan(SAO_PAULO, weekly("23:00-25:00", "Sat")),
            utc(2018, 2, 18, 2, 30),
            date(2018, 2, 17),
            "the second 23:30 of Saturday 2018-02-17 in Sao Paulo is within 23:00-25:00",
        ),
    ],
)
def test_owner(plan: Plan, instant: datetime, expected: date | None, why: str) -> None:
    assert owner(plan, instant) == expected, why


@pytest.mark.parametrize(
    ("plan", "first", "last", "expected", "why"),
    [
        (OFFICE, date(2026, 11, 20), date(2026, 11, 24), [20, 23, 24], "no weekend"),
        (WITH_HOLIDAY, date(2026, 12, 24), date(2026, 12, 28), [24, 28], "no holiday, no weekend"),
        (WITH_PH, date(2026, 12, 24), date(2026, 12, 28), [24, 25, 28], "a holiday with hours is worked"),
        (special("replaced", "09:00-09:30"), CHRISTMAS, CHRISTMAS, [25], "a half day is a whole one"),
        (special("closed"), CHRISTMAS, CHRISTMAS, [], "closed"),
        (special("removed", "08:00-18:00"), CHRISTMAS, CHRISTMAS, [], "all hours removed"),
        (HUNGARY, date(2026, 1, 1), date(2026, 1, 12), [5, 6, 7, 8, 9, 10, 12], "Saturday 10th, not Friday 2nd"),
        (
            replace(
                OFFICE,
                absences=(
                    (brussels(2026, 11, 24), brussels(2026, 11, 25)),
                    (brussels(2026, 11, 26, 9), brussels(2026, 11, 26, 16, 59)),
                ),
            ),
            date(2026, 11, 23),
            date(2026, 11, 27),
            [23, 25, 26, 27],
            "absent all Tuesday; on Thursday a minute is left",
        ),
        (SATURDAY_NIGHT, date(2026, 3, 20), date(2026, 3, 23), [21], "Sunday owns nothing of Saturday's night"),
        (
            replace(SATURDAY_NIGHT, absences=((berlin(2026, 3, 21), berlin(2026, 3, 22)),)),
            date(2026, 3, 20),
            date(2026, 3, 23),
            [21],
            "Saturday still owns Sunday morning",
        ),
        (Plan(APIA, weekly("09:00-17:00", *DAILY)), date(2011, 12, 28), date(2011, 12, 31), [28, 29, 31], "30 skipped"),
        (open_on("Sun", "02:15-02:45", BERLIN), date(2026, 3, 22), date(2026, 4, 5), [22, 5], "29 lost in the gap"),
    ],
)
def test_working_dates(plan: Plan, first: date, last: date, expected: list[int], why: str) -> None:
    found = working_dates(plan, first, last)
    assert [day.day for day in found] == expected, why
    assert found == sorted(found) and all(first <= day <= last for day in found)


@table(
    Case(
        "Friday 18:30-24:00 is 5.5 hours, the weekend nothing, Monday 00:00-10:00 is 10 hours",
        lambda: workday_elapsed(OFFICE, FRIDAY_EVENING, brussels(2026, 11, 23, 10)),
        15 * HOUR + 30 * MINUTE,
    ),
    Case(
        "a half day is a whole one",
        lambda: workday_elapsed(special("replaced", "09:00-09:30"), brussels(2026, 12, 25), brussels(2026, 12, 26)),
        24 * HOUR,
    ),
    Case(
        "a night makes a working date of the date it is written under only: all of Saturday, nothing of Sunday",
        lambda: workday_elapsed(SATURDAY_NIGHT, berlin(2026, 3, 20), berlin(2026, 3, 24)),
        24 * HOUR,
    ),
    Case(
        "a working Sunday in spring has 23 hours",
        lambda: workday_elapsed(open_on("Sun", "09:00-17:00", BERLIN), berlin(2026, 3, 28), berlin(2026, 3, 31)),
        23 * HOUR,
    ),
    Case(
        "a working Saturday in Beirut's autumn has 25 hours",
        lambda: workday_elapsed(open_on("Sat", "09:00-17:00", BEIRUT), utc(2023, 10, 27), utc(2023, 10, 30)),
        25 * HOUR,
    ),
    Case(
        "an absence of part of a date leaves its 24 hours whole",
        lambda: workday_elapsed(
            replace(OFFICE, absences=((brussels(2026, 11, 23, 9), brussels(2026, 11, 23, 16)),)),
            brussels(2026, 11, 23),
            brussels(2026, 11, 24),
        ),
        24 * HOUR,
    ),
    Case(
        "an absence of all its open time takes the date away, with its evening",
        lambda: workday_elapsed(
            replace(OFFICE, absences=((brussels(2026, 11, 23, 9), brussels(2026, 11, 23, 17)),)),
            brussels(2026, 11, 23),
            brussels(2026, 11, 24),
        ),
        timedelta(),
    ),
    Case(
        "from an instant to itself there is nothing",
        lambda: workday_elapsed(OFFICE, brussels(2026, 11, 23), brussels(2026, 11, 23)),
        timedelta(),
    ),
)
def test_workday_elapsed(case: Case) -> None:
    check(case)


# ---------------------------------------------------------------- the walk itself


def test_walk_gives_each_step_in_utc_and_whether_it_is_open() -> None:
    steps = list(walk(OFFICE, brussels(2026, 11, 23, 8, 59), brussels(2026, 11, 23, 9, 2)))
    assert steps == [
        (utc(2026, 11, 23, 7, 59), False),
        (utc(2026, 11, 23, 8, 0), True),
        (utc(2026, 11, 23, 8, 1), True),
    ]
    assert all(local.tzinfo is UTC for local, _ in steps)


@pytest.mark.parametrize("step", [1, 30, 60, 900, 1800])
def test_every_step_that_fits_gives_the_same_answer(step: int) -> None:
    assert elapsed(SATURDAY_NIGHT, berlin(2026, 10, 24, 12), berlin(2026, 10, 25, 12), step) == 9 * HOUR


def test_an_offset_of_seconds_needs_smaller_steps() -> None:
    friday = open_on("Fri", "00:00-24:00", MONROVIA)  # 1972-01-07: from -0:44:30 to +0:00 at midnight
    with pytest.raises(ValueError, match="too fine"):
        elapsed(friday, utc(1972, 1, 6), utc(1972, 1, 10))
    assert elapsed(friday, utc(1972, 1, 6), utc(1972, 1, 10), step=30) == 24 * HOUR - timedelta(minutes=44, seconds=30)


@pytest.mark.parametrize(
    ("question", "message", "why"),
    [
        (lambda: elapsed(OFFICE, datetime(2026, 1, 1), utc(2026)), "naive", "start"),
        (lambda: add(OFFICE, datetime(2026, 1, 1), HOUR), "naive", "start"),
        (lambda: subtract(OFFICE, datetime(2026, 1, 1), HOUR), "naive", "start"),
        (lambda: owner(OFFICE, datetime(2026, 1, 1)), "naive", "instant"),
        (lambda: elapsed(OFFICE, utc(2026, 1, 2), utc(2026, 1, 1)), "is before", "backward"),
        (lambda: workday_elapsed(OFFICE, utc(2026, 1, 2), utc(2026, 1, 1)), "is before", "backward"),
        (lambda: add(OFFICE, utc(2026) + timedelta(seconds=1), HOUR), "not at a step", "an instant within a step"),
        (lambda: add(OFFICE, utc(2026), timedelta(seconds=90)), "not a whole number", "an amount with half a step"),
        (lambda: add(OFFICE, utc(2026), -HOUR), "not a whole number", "a negative amount"),
        (lambda: subtract(OFFICE, utc(2026), -HOUR), "not a whole number", "a negative amount"),
        (lambda: roll_forward(OFFICE, utc(1970), step=7), "not at a step", "a step that is no part of a day"),
        (lambda: add(Plan("Asia/Kolkata", {}), utc(2026), HOUR, step=3600), "too fine", "offset +5:30 in hours"),
        (lambda: add(open_on("Mon", "09:30-10:00", BERLIN), utc(2026), HOUR, step=3600), "no window", "09:30 in hours"),
        (lambda: add(open_on("Mon", "10:00-09:00", BERLIN), utc(2026), HOUR), "no window", "it runs backward"),
        (lambda: add(open_on("Mon", "10:00-48:01", BERLIN), utc(2026), HOUR), "no window", "longer than 48 hours"),
        (lambda: owner(special("shut"), utc(2026, 12, 25, 12)), "no such special day", "an unknown kind"),
    ],
)
def test_what_the_walk_cannot_decide_is_refused(question: Callable[[], object], message: str, why: str) -> None:
    with pytest.raises(ValueError, match=message):
        question()
        pytest.fail(why)


def test_a_clock_changed_within_a_step_is_refused() -> None:
    """St. John's changed at 00:01 in 2010: steps of half an hour fit the offset of -3:30, but not the change."""
    plan = open_on("Sun", "00:00-24:00", "America/St_Johns")
    with pytest.raises(ValueError, match="changes between"):
        elapsed(plan, utc(2010, 3, 13), utc(2010, 3, 17), step=1800)
    assert elapsed(plan, utc(2010, 3, 13), utc(2010, 3, 17)) == 23 * HOUR
