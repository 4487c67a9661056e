"""The only door between datetimes and integers: exact both ways, and the rule for wall times.

Instants are written in UTC. Clock changes are those of the IANA database (`zdump -v` lists them).
"""

import zoneinfo
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest

from slacalc import AmountError, ZoneError
from slacalc.business_time import instants
from slacalc.business_time.instants import (
    DAY,
    HOUR,
    SECOND,
    amount_us,
    clock_changes,
    clock_stands_still,
    from_us,
    is_skipped,
    local_date,
    read_zone,
    skips_dates,
    stands_still_near,
    time_into,
    to_amount,
    to_us,
    utc_text,
    wall_us,
)
from tests.helpers import BRUSSELS

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc(text: str) -> int:
    """Microseconds to an instant in UTC, counted by the standard library and not by the door under test."""
    return (datetime.fromisoformat(text).replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)


class Stamp(datetime):
    """A datetime as data frames have it: with whole nanoseconds beside the microseconds."""

    nanosecond = 0


class Frozen(datetime):
    """A datetime as tests of others have it: a kind of its own, and nothing more."""


class Amount(timedelta):
    """An amount of a kind of its own."""


# ---------------------------------------------------------------- rule 1: the door


@pytest.mark.parametrize(
    ("moment", "expected", "why"),
    [
        (EPOCH, 0, "counting starts at 1970-01-01T00:00Z"),
        (datetime(1970, 1, 1, 0, 0, 0, 1, tzinfo=UTC), 1, "a microsecond is one"),
        (datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC), -1, "before the epoch it is negative"),
        (datetime(1970, 1, 1, 1, tzinfo=BRUSSELS), 0, "01:00 CET is midnight UTC"),
        (datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=-5, minutes=-30))), 19_800_000_000, "a fixed offset"),
        (datetime(2026, 3, 29, 2, 30, tzinfo=BRUSSELS), utc("2026-03-29 01:30"), "in a gap as Python reads it: CET"),
        (datetime(2026, 3, 29, 2, 30, tzinfo=BRUSSELS, fold=1), utc("2026-03-29 00:30"), "in a gap, fold 1: CEST"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS), utc("2026-10-25 00:30"), "02:30 for the first time: CEST"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BRUSSELS, fold=1), utc("2026-10-25 01:30"), "for the second: CET"),
        (
            datetime(2200, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
            7_289_654_399_999_999,  # 84,370 days since 1970, and the last microsecond of a day
            "a float could not hold every microsecond so far away",
        ),
        (Stamp(1970, 1, 1, tzinfo=UTC), 0, "a kind of datetime whose nanoseconds are zero loses nothing"),
        (Frozen(1970, 1, 1, tzinfo=UTC), 0, "a kind of datetime that knows no nanoseconds has none"),
    ],
)
def test_rule_1_an_aware_datetime_is_a_whole_number_of_microseconds(moment: datetime, expected: int, why: str) -> None:
    assert expected == to_us(moment), why


@pytest.mark.parametrize(
    ("us", "zone", "expected"),
    [
        (0, "Europe/Brussels", "1970-01-01T01:00:00+01:00"),
        (-1, "UTC", "1969-12-31T23:59:59.999999+00:00"),
        (utc("2026-10-25 00:30"), "Europe/Brussels", "2026-10-25T02:30:00+02:00"),
        (utc("2026-10-25 01:30"), "Europe/Brussels", "2026-10-25T02:30:00+01:00"),
        (utc("2011-12-30 10:00"), "Pacific/Apia", "2011-12-31T00:00:00+14:00"),
        (utc("2026-10-03 15:30"), "Australia/Lord_Howe", "2026-10-04T02:30:00+11:00"),
    ],
)
def test_rule_1_an_instant_comes_back_in_the_zone_that_was_asked_for(us: int, zone: str, expected: str) -> None:
    moment = from_us(us, ZoneInfo(zone))

    assert expected == moment.isoformat()
    assert ZoneInfo(zone) is moment.tzinfo
    assert us == to_us(moment)


def test_the_second_pass_of_an_autumn_hour_comes_back_with_its_fold() -> None:
    assert [from_us(utc(text), BRUSSELS).fold for text in ("2026-10-25 00:30", "2026-10-25 01:30")] == [0, 1]


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (timedelta(0), 0),
        (timedelta(microseconds=1), 1),
        (timedelta(hours=4), 4 * HOUR),
        (timedelta(days=2, seconds=3, microseconds=5), 2 * DAY + 3 * SECOND + 5),
        (Amount(hours=4), 4 * HOUR),
        (timedelta.max, 999_999_999 * DAY + 86_399 * SECOND + 999_999),
    ],
)
def test_an_amount_is_a_whole_number_of_microseconds_and_comes_back(amount: timedelta, expected: int) -> None:
    assert expected == amount_us(amount)
    assert amount == to_amount(expected)


@pytest.mark.parametrize("key", ["Europe/Brussels", "UTC", "America/Argentina/Buenos_Aires", "Asia/Kolkata"])
def test_a_zone_is_read_by_its_exact_name(key: str) -> None:
    assert ZoneInfo(key) is read_zone(key)
    assert ZoneInfo(key) is read_zone(ZoneInfo(key))


@pytest.mark.parametrize(
    ("key", "like", "why"),
    [
        ("Europe/Berln", "Europe/Berlin", "a letter is missing"),
        ("Kinshasa", "Africa/Kinshasa", "its city alone"),
        (
            "America/Argentina/Buenos Ayres",
            "America/Argentina/Buenos_Aires",
            "the last part is the city, and a space is no underscore",
        ),
        ("America/New York", "America/New_York", "a space for an underscore"),
        ("Mars/Base", "Europe/Brussels", "like none: an example"),
        ("", "Europe/Brussels", "nothing is like none"),
        (4, "Europe/Brussels", "a number is like none"),
        (None, "Europe/Brussels", "None is like none"),
    ],
)
def test_a_zone_that_is_unknown_is_answered_with_the_one_whose_city_is_spelled_most_like_it(
    key: str, like: str, why: str
) -> None:
    with pytest.raises(ZoneError) as refused:
        read_zone(key)

    assert refused.value.accepts == f'an IANA name such as "{like}", spelled exactly', why


def test_a_zone_of_the_system_s_files_is_found_without_listing_them_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = ("UTC", "Etc/GMT+5", "America/New_York", "America/Port-au-Prince")
    for key in keys:
        (tmp_path / key).parent.mkdir(exist_ok=True)
        (tmp_path / key).write_bytes(b"TZif2")
    monkeypatch.setattr(instants, "_zone_keys", lambda _: pytest.fail("listed"))

    assert all(instants._is_zone.__wrapped__(key, ("/no/such/folder", str(tmp_path))) for key in keys)


def test_a_key_is_a_zone_when_the_standard_library_lists_it_and_no_other() -> None:
    listed = available_timezones() - {"localtime", "posixrules", "Factory"}
    turns: list[Callable[[str], str]] = [
        str, str.lower, str.upper, str.swapcase, "posix/{}".format, "right/{}".format, "./{}".format, "/{}".format, "{}/".format,
        "{} ".format, "{}\0".format, lambda key: key.replace("/", "//"), lambda key: f"Etc/../{key}", lambda key: key.split("/")[0],
    ]  # fmt: skip
    keys = {turn(key) for key in listed for turn in turns} | {
        "",
        "localtime",
        "posixrules",
        "Factory",
        "tzdata.zi",
        "Ünï",
    }

    assert listed == {key for key in keys if instants._is_zone.__wrapped__(key, zoneinfo.TZPATH)}


def test_a_file_system_that_does_not_mind_the_case_makes_no_zone_of_a_wrong_one(tmp_path: Path) -> None:
    for name in ("europe", "EUROPE"):
        (tmp_path / name).mkdir(exist_ok=True)
    for name in ("europe/brussels", "EUROPE/BRUSSELS"):
        (tmp_path / name).write_bytes(b"TZif2")

    assert not instants._is_zone.__wrapped__("europe/brussels", (str(tmp_path),))


# ---------------------------------------------------------------- rule 3: wall times


@pytest.mark.parametrize(
    ("zone", "wall", "instant", "why"),
    [
        ("Europe/Brussels", "2026-11-20 09:00", "2026-11-20 08:00", "an ordinary winter day: CET"),
        ("Europe/Brussels", "2026-07-14 09:00", "2026-07-14 07:00", "an ordinary summer day: CEST"),
        ("Europe/Brussels", "2026-11-20 24:00", "2026-11-20 23:00", "the end of a date is the next midnight"),
        ("Europe/Brussels", "2026-11-20 30:00", "2026-11-21 05:00", "six hours past midnight"),
        ("Europe/Brussels", "2026-12-31 48:00", "2027-01-01 23:00", "two dates on, over New Year"),
        ("Europe/Brussels", "2026-03-29 01:59", "2026-03-29 00:59", "the last minute before the spring gap"),
        ("Europe/Brussels", "2026-03-29 02:00", "2026-03-29 01:00", "the start of the gap: the change"),
        ("Europe/Brussels", "2026-03-29 02:30", "2026-03-29 01:00", "inside the gap: the change"),
        ("Europe/Brussels", "2026-03-29 03:00", "2026-03-29 01:00", "the end of the gap: the change"),
        ("Europe/Brussels", "2026-03-28 26:30", "2026-03-29 01:00", "the gap reached from the date before"),
        ("Europe/Brussels", "2026-10-25 02:00", "2026-10-25 00:00", "the start of the fold: the first of two"),
        ("Europe/Brussels", "2026-10-25 02:30", "2026-10-25 00:30", "inside the fold: the first of two"),
        ("Europe/Brussels", "2026-10-25 03:00", "2026-10-25 02:00", "the end of the fold is read once"),
        ("Europe/Brussels", "2026-10-24 26:30", "2026-10-25 00:30", "the fold reached from the date before"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30", "a gap of half an hour"),
        ("Australia/Lord_Howe", "2026-10-04 02:30", "2026-10-03 15:30", "the end of that gap"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45", "a fold of half an hour"),
        ("Australia/Lord_Howe", "2026-04-05 02:00", "2026-04-04 15:30", "set back at 02:00, which is read later"),
        ("America/Sao_Paulo", "2018-11-04 00:00", "2018-11-04 03:00", "midnight does not exist"),
        ("America/Sao_Paulo", "2018-11-03 24:00", "2018-11-04 03:00", "the same midnight, from the date before"),
        ("America/Sao_Paulo", "2018-02-18 00:00", "2018-02-18 03:00", "set back at midnight, which is read later"),
        ("Asia/Beirut", "2023-03-25 24:00", "2023-03-25 22:00", "midnight does not exist"),
        ("Asia/Beirut", "2023-10-28 23:30", "2023-10-28 20:30", "the last hour before midnight twice: the first"),
        ("Asia/Beirut", "2023-10-28 24:00", "2023-10-28 22:00", "set back at midnight, which is read later"),
        ("Africa/Casablanca", "2023-03-19 02:30", "2023-03-19 01:30", "Ramadan: the clock goes back in March"),
        ("Africa/Casablanca", "2023-04-23 02:30", "2023-04-23 02:00", "and forward in April"),
        ("America/Havana", "2026-11-01 00:00", "2026-11-01 04:00", "midnight twice: the first of two"),
        ("America/Havana", "2026-11-01 00:30", "2026-11-01 04:30", "the hour after midnight twice"),
        ("America/Havana", "2026-03-08 00:30", "2026-03-08 05:00", "the hour after midnight does not exist"),
        ("America/St_Johns", "2010-11-07 00:00", "2010-11-07 02:30", "midnight, a minute before the clock goes back"),
        ("America/St_Johns", "2010-11-06 23:30", "2010-11-07 02:00", "the first of two, before that midnight"),
        ("Pacific/Apia", "2011-12-29 24:00", "2011-12-30 10:00", "the last midnight before the skipped date"),
        ("Pacific/Apia", "2011-12-30 00:00", "2011-12-30 10:00", "a skipped date begins at the change"),
        ("Pacific/Apia", "2011-12-30 17:00", "2011-12-30 10:00", "and every time of it is the change"),
        ("Pacific/Apia", "2011-12-31 00:00", "2011-12-30 10:00", "and it ends at the change"),
        ("Pacific/Apia", "2011-12-31 09:00", "2011-12-30 19:00", "the next date is at +14:00"),
        ("Africa/Monrovia", "1971-06-01 09:00", "1971-06-01 09:44:30", "an offset with seconds: -0:44:30"),
    ],
)
def test_rule_3_a_wall_time_is_the_first_instant_at_which_the_clock_reads_it_or_later(
    zone: str, wall: str, instant: str, why: str
) -> None:
    day, clock = wall.split()
    hours, minutes = clock.split(":")
    seconds = int(hours) * 3600 + int(minutes) * 60

    assert utc(instant) == wall_us(ZoneInfo(zone), date.fromisoformat(day), seconds), why


def test_rule_3_a_wall_time_is_exact_to_the_second() -> None:
    assert utc("2026-11-20 08:00:01") == wall_us(BRUSSELS, date(2026, 11, 20), 9 * 3600 + 1)
    assert utc("2026-11-19 23:00:00") == wall_us(BRUSSELS, date(2026, 11, 20)), "midnight, where no time is said"


def test_rule_3_a_gap_that_ends_within_a_minute_ends_at_its_second() -> None:
    """Monrovia went from -0:44:30 to UTC at midnight: its clock showed 00:44:30 next."""
    monrovia, day = ZoneInfo("Africa/Monrovia"), date(1972, 1, 7)

    assert utc("1972-01-07 00:44:30") == wall_us(monrovia, day, 44 * 60 + 20), "in the gap: the change"
    assert utc("1972-01-07 00:44:40") == wall_us(monrovia, day, 44 * 60 + 40), "after it, as UTC"


def test_rule_15_a_wall_time_keeps_its_microseconds_but_in_a_gap() -> None:
    assert utc("2026-11-20 08:00:00.000007") == wall_us(BRUSSELS, date(2026, 11, 20), 9 * 3600, 7)
    assert utc("2026-03-29 01:00") == wall_us(BRUSSELS, date(2026, 3, 29), 2 * 3600, 7)


@pytest.mark.parametrize(
    ("instant", "day", "expected", "why"),
    [
        ("2026-11-20 08:00", date(2026, 11, 20), 9 * HOUR, "09:00 in Brussels"),
        ("2026-11-20 08:00:00.000007", date(2026, 11, 20), 9 * HOUR + 7, "to the microsecond"),
        ("2026-11-21 01:00", date(2026, 11, 20), 26 * HOUR, "02:00 of the next date"),
        ("2026-11-19 22:00", date(2026, 11, 20), -HOUR, "23:00 of the date before"),
        ("2026-03-29 01:00", date(2026, 3, 29), 3 * HOUR, "the clock reads 03:00 after the spring gap"),
        ("2026-10-25 00:30", date(2026, 10, 25), 2 * HOUR + HOUR // 2, "02:30 for the first time"),
        ("2026-10-25 01:30", date(2026, 10, 25), 2 * HOUR + HOUR // 2, "and for the second"),
    ],
)
def test_what_the_clock_reads_is_counted_from_the_midnight_of_a_date(
    instant: str, day: date, expected: int, why: str
) -> None:
    assert expected == time_into(BRUSSELS, day, utc(instant)), why


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Pacific/Apia", date(2011, 12, 29), False),
        ("Pacific/Apia", date(2011, 12, 30), True),
        ("Pacific/Apia", date(2011, 12, 31), False),
        ("Pacific/Kwajalein", date(1993, 8, 21), True),
        ("Pacific/Kiritimati", date(1994, 12, 31), True),
        ("Europe/Brussels", date(2026, 3, 29), False),
        ("Europe/Brussels", date(2026, 10, 25), False),
        ("America/Sao_Paulo", date(2018, 11, 4), False),
    ],
)
def test_rule_4_a_date_is_skipped_when_the_clock_never_shows_it(zone: str, day: date, *, expected: bool) -> None:
    assert expected is is_skipped(ZoneInfo(zone), day)


@pytest.mark.parametrize(
    ("zone", "expected", "why"),
    [
        ("Pacific/Apia", True, "no 30 December 2011"),
        ("Pacific/Kwajalein", True, "no 21 August 1993"),
        ("Pacific/Kiritimati", True, "no 31 December 1994"),
        ("Asia/Manila", False, "its skipped date is of 1844"),
        ("Asia/Tokyo", False, "far from UTC, and never moved"),
        ("Antarctica/Casey", False, "moved by three hours, often"),
        ("UTC", False, "never moved"),
    ],
)
def test_rule_4_a_zone_skips_dates_when_it_was_moved_across_the_date_line(
    zone: str, *, expected: bool, why: str
) -> None:
    assert expected == skips_dates(ZoneInfo(zone)), why


@pytest.mark.parametrize(
    ("instant", "zone", "expected"),
    [
        ("2026-11-20 23:30", "Europe/Brussels", date(2026, 11, 21)),
        ("2026-11-20 23:30", "UTC", date(2026, 11, 20)),
        ("2026-11-20 23:30", "Pacific/Apia", date(2026, 11, 21)),
        ("2011-12-30 09:59", "Pacific/Apia", date(2011, 12, 29)),
        ("2011-12-30 10:00", "Pacific/Apia", date(2011, 12, 31)),
    ],
)
def test_the_date_of_an_instant_is_that_of_the_zone(instant: str, zone: str, expected: date) -> None:
    assert expected == local_date(utc(instant), ZoneInfo(zone))


# ---------------------------------------------------------------- rule 16: clock changes

LATER, EARLIER = timedelta(hours=1), timedelta(hours=-1)
HALF_LATER, HALF_EARLIER = timedelta(minutes=30), timedelta(minutes=-30)


@pytest.mark.parametrize(
    ("zone", "start", "end", "expected"),
    [
        ("UTC", "2026-01-01", "2027-01-01", []),
        ("Asia/Tokyo", "2026-01-01", "2027-01-01", []),
        (
            "Europe/Brussels",
            "2026-01-01",
            "2027-01-01",
            [("2026-03-29 01:00", LATER), ("2026-10-25 01:00", EARLIER)],
        ),
        (
            "Australia/Lord_Howe",
            "2026-01-01",
            "2027-01-01",
            [("2026-04-04 15:00", HALF_EARLIER), ("2026-10-03 15:30", HALF_LATER)],
        ),
        ("Pacific/Apia", "2011-12-01", "2012-02-01", [("2011-12-30 10:00", timedelta(hours=24))]),
        (
            "Africa/Casablanca",
            "2023-01-01",
            "2024-01-01",
            [("2023-03-19 02:00", EARLIER), ("2023-04-23 02:00", LATER)],
        ),
        ("Europe/Brussels", "2026-03-29 00:00", "2026-03-29 01:00", []),
        ("Europe/Brussels", "2026-03-29 00:59:59", "2026-03-29 01:00:01", [("2026-03-29 01:00", LATER)]),
        ("Europe/Brussels", "2026-03-29 01:00", "2026-03-29 02:00", [("2026-03-29 01:00", LATER)]),
        ("Europe/Brussels", "2026-03-29 01:00:01", "2026-03-29 02:00", []),
        ("Europe/Brussels", "2026-03-29 01:00", "2026-03-29 01:00", []),
        # An instant at which one block of days ends and the next one begins: it is told once, and by the later of them.
        ("Asia/Jerusalem", "2019-03-28", "2019-03-30", [("2019-03-29 00:00", LATER)]),
        ("Asia/Jerusalem", "2019-03-28", "2019-03-29", []),
        ("Asia/Jerusalem", "2019-03-29", "2019-03-30", [("2019-03-29 00:00", LATER)]),
    ],
)
def test_rule_16_clock_changes_are_found_from_the_start_to_before_the_end(
    zone: str, start: str, end: str, expected: list[tuple[str, timedelta]]
) -> None:
    found = list(clock_changes(ZoneInfo(zone), utc(start), utc(end)))

    assert [(utc(text), by) for text, by in expected] == found


@pytest.mark.parametrize(
    ("start", "end", "expected", "why"),
    [
        ("2026-03-01 00:00", "2026-03-28 01:00", True, "the change is a day after it"),
        ("2026-03-01 00:00", "2026-03-28 01:00:01", False, "the change is less than a day after it"),
        ("2026-03-30 01:00:01", "2026-04-01 00:00", True, "the change is more than a day before it"),
        ("2026-03-30 01:00", "2026-04-01 00:00", False, "the change is a day before it"),
        ("2026-03-29 00:00", "2026-03-29 02:00", False, "the change is in it"),
    ],
)
def test_a_clock_stands_still_in_a_range_that_is_a_day_away_from_every_change(
    start: str, end: str, *, expected: bool, why: str
) -> None:
    assert expected is clock_stands_still(BRUSSELS, utc(start), utc(end)), why


@pytest.mark.parametrize(
    ("moment", "expected", "why"),
    [
        (datetime(2026, 7, 15, 12, tzinfo=BRUSSELS), True, "months from every change"),
        (datetime(2026, 3, 29, 12, tzinfo=BRUSSELS), False, "on the date of one"),
        (datetime(9999, 12, 31, tzinfo=BRUSSELS), False, "what comes after is not asked for"),
        (datetime(2026, 7, 15, 12, tzinfo=UTC), False, "of what is no zone of the database nothing is known"),
    ],
)
def test_a_clock_is_known_to_stand_still_near_a_datetime(moment: datetime, *, expected: bool, why: str) -> None:
    assert expected is stands_still_near(moment), why


def test_the_zones_are_told_by_which_answers_were_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instants, "_used", set())

    assert instants.used_zones() == frozenset()
    assert ZoneInfo("Asia/Tokyo") is instants.use_zone("Asia/Tokyo")
    assert instants.used_zones() == {"Asia/Tokyo"}


@pytest.mark.parametrize(
    ("us", "expected"),
    [
        (0, "1970-01-01 00:00 UTC"),
        (utc("2026-11-20 17:30:59"), "2026-11-20 17:30 UTC"),
        (-(10**18), "an instant before the year 1"),
        (10**18, "an instant after the year 9999"),
    ],
)
def test_messages_name_instants_in_utc(us: int, expected: str) -> None:
    assert expected == utc_text(us)


class Unknowing(tzinfo):
    """A zone that does not know its offset: aware in form only."""

    def utcoffset(self, _moment: datetime | None) -> None:
        return None

    def dst(self, _moment: datetime | None) -> None:
        return None

    def tzname(self, _moment: datetime | None) -> None:
        return None


def test_a_zone_without_an_offset_does_not_make_a_datetime_aware() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        to_us(datetime(2026, 11, 20, tzinfo=Unknowing()))


# ---------------------------------------------------------------- amounts


def test_an_amount_with_nanoseconds_is_refused() -> None:
    class Fine(timedelta):
        nanoseconds = 5

    with pytest.raises(AmountError) as caught:
        instants.amount_us(Fine(hours=1))

    assert caught.value.code == "amount_nanoseconds"
