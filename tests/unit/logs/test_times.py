"""Times of logs: which text is which instant, in which form, and what is no time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slacalc as sla
from slacalc.business_time.instants import from_us, to_us
from slacalc.logs.times import TimeReader, check_format

ROME: Final = ZoneInfo("Europe/Rome")
NEW_YORK: Final = ZoneInfo("America/New_York")


def told(text: Any, *formats: str, zone: ZoneInfo | None = ROME) -> str:
    """What a text is read as, once when it is new to a reader and once when its date is kept."""
    reader = TimeReader(formats, zone)
    first, again = ((us, reader.zones[number]) for us, number in (reader.read(text), reader.read(text)))
    assert first == again
    return from_us(*first).isoformat(" ")


def refused(text: Any, *formats: str, zone: ZoneInfo | None = ROME) -> sla.SlaError:
    with pytest.raises(sla.SlaError) as error:
        TimeReader(formats, zone).read(text)
    return error.value


@pytest.mark.parametrize(
    ("time_format", "text", "expected", "why"),
    [
        ("%Y/%m/%d %H:%M:%S.%f", "2012/10/09 14:50:17.000", "2012-10-09 14:50:17+02:00", "the Italian log"),
        ("%Y/%m/%d %H:%M:%S.%f", "2012/10/09 14:50:17.25", "2012-10-09 14:50:17.250000+02:00", "a fraction"),
        ("%d-%m-%Y %H:%M", "09-11-2026 9:30", "2026-11-09 09:30:00+01:00", "an hour without a leading zero"),
        ("%d.%m.%Y %H:%M", "9.1.2026 09:30", "2026-01-09 09:30:00+01:00", "nor does a day or a month need one"),
        ("%m/%d/%Y %I:%M:%S %p", "05/01/2022 12:00:03 AM", "2022-05-01 00:00:03+02:00", "12 AM is midnight"),
        ("%m/%d/%Y %I:%M:%S %p", "05/01/2022 12:00:03 PM", "2022-05-01 12:00:03+02:00", "12 PM is noon"),
        ("%m/%d/%Y %I:%M %p", "05/01/2022 1:05 pm", "2022-05-01 13:05:00+02:00", "in any case"),
        ("%m/%d/%Y %I:%M %p", "05/01/2022 11:59 p.m.", "2022-05-01 23:59:00+02:00", "with points"),
        ("%d-%b-%y %H:%M", "09-Nov-26 09:30", "2026-11-09 09:30:00+01:00", "months in English, years of two figures"),
        ("%d %b %Y %H:%M", "20 MAY 1999 10:00", "1999-05-20 10:00:00+02:00", ""),
        ("%d/%m/%y", "01/02/69", "1969-02-01 00:00:00+01:00", "69 is the first year of the century before"),
        ("%d/%m/%y", "01/02/68", "2068-02-01 00:00:00+01:00", ""),
        ("%Y-%m-%dT%H:%M:%SZ", "2026-07-01T12:00:00Z", "2026-07-01 12:00:00+00:00", "a literal Z means UTC"),
        ("%Y-%m-%d %H:%M:%S UTC", "2026-07-01 12:00:00 UTC", "2026-07-01 12:00:00+00:00", "so does UTC"),
        ("%d %b %Y %H:%M GMT", "01 Jul 2026 12:00 GMT", "2026-07-01 12:00:00+00:00", "and GMT"),
        ("%Y%m%d%H%M%S%z", "20261120150000-0500", "2026-11-20 15:00:00-05:00", "an offset of its own"),
        ("%Y-%m-%d %H:%M %z", "2026-11-20 15:00 Z", "2026-11-20 15:00:00+00:00", ""),
        ("%H:%M %d/%m/%Y", "09:30 20/11/2026", "2026-11-20 09:30:00+01:00", "the time before the date"),
        ("%H h, %d.%m.%Y, %M min", "9 h, 20.11.2026, 30 min", "2026-11-20 09:30:00+01:00", "the date within the time"),
        ("%Y-%m-%d %H", "2026-11-20 09", "2026-11-20 09:00:00+01:00", "an hour without minutes"),
        ("day %d of %m/%Y, 100%%", "day 20 of 11/2026, 100%", "2026-11-20 00:00:00+01:00", "plain characters"),
        ("epoch_seconds", "1795186800", "2026-11-20 16:00:00+01:00", "1,795,186,800 s = 20,777 days 15 h UTC"),
        ("epoch_seconds", "1795186800.5", "2026-11-20 16:00:00.500000+01:00", ""),
        ("epoch_milliseconds", "1795186800250", "2026-11-20 16:00:00.250000+01:00", ""),
        ("epoch_seconds", "-3600", "1970-01-01 00:00:00+01:00", "before 1970"),
    ],
)  # fmt: skip
def test_a_text_of_a_format_is_an_instant(time_format: str, text: str, expected: str, why: str) -> None:
    assert expected == told(text, time_format), why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("2026-11-20T15:00:17", "2026-11-20 15:00:17+01:00", "the zone of the log"),
        ("2026-11-09 9:30", "2026-11-09 09:30:00+01:00", "as a spreadsheet writes it"),
        ("2026-11-20T15:00:17,25", "2026-11-20 15:00:17.250000+01:00", "a comma for the point"),
        ("2026-11-20T15:00:00.123456000", "2026-11-20 15:00:00.123456+01:00", "noughts lose nothing"),
        ("2026-11-20 15:00:00 UTC", "2026-11-20 15:00:00+00:00", ""),
        ("2026-11-20 15:00:00 GMT", "2026-11-20 15:00:00+00:00", ""),
        ("2026-11-20 15:00:00Z", "2026-11-20 15:00:00+00:00", ""),
        ("2026-11-20 15:00:00 Z", "2026-11-20 15:00:00+00:00", "with a space before it"),
        ("2026-11-20T15:00:00-0500", "2026-11-20 15:00:00-05:00", ""),
        ("20261120T150000", "2026-11-20 15:00:00+01:00", "without marks"),
        (" 2026-11-20 15:00 ", "2026-11-20 15:00:00+01:00", "blanks around it"),
        ("2026-10-25 02:30", "2026-10-25 02:30:00+02:00", "the first of two"),
        ("2026-03-29 02:30", "2026-03-29 03:30:00+02:00", "a time that the clock skips (PEP 495)"),
        ("2026-03-29 03:30", "2026-03-29 03:30:00+02:00", "the same day after the change"),
    ],
)
def test_a_text_of_iso_8601_is_an_instant(text: str, expected: str, why: str) -> None:
    assert expected == told(text), why


@pytest.mark.parametrize(
    ("text", "formats", "code"),
    [
        ("x", (), "time_unreadable"),
        ("2026-11-20 15:60", (), "time_unreadable"),
        ("2026-11-20 24:30", (), "time_unreadable"),
        ("2026-11-20 15:00:60", (), "time_unreadable"),
        ("2026-02-29 15:00", (), "time_unreadable"),
        ("2026-11-20 15:00:00.0000001", (), "time_too_fine"),
        ("2026-11-20 15:00:00.0000001", ("%Y-%m-%d %H:%M:%S.%f",), "time_too_fine"),
        ("1795186800.1234567", ("epoch_seconds",), "time_unreadable"),
        ("1795186800.1234", ("epoch_milliseconds",), "time_too_fine"),
        ("9" * 15, ("epoch_seconds",), "time_unreadable"),
        ("2201-01-01 12:00", (), "time_outside_years"),
        ("1899-12-31 12:00", (), "time_outside_years"),
        ("05/01/2022 13:00:03 PM", ("%m/%d/%Y %I:%M:%S %p",), "time_unreadable"),
        ("05/01/2022 0:00:03 AM", ("%m/%d/%Y %I:%M:%S %p",), "time_unreadable"),
        ("20-Mai-2026", ("%d-%b-%Y",), "time_unreadable"),
        ("20/11/2026", ("%d/%m/%y",), "time_unreadable"),
        ("2026-11-20 15:00\n", ("%Y-%m-%d %H:%M:%S",), "time_unreadable"),
        ("٢٠٢٦-11-20 15:00", (), "time_unreadable"),
        (20261120, (), "time_unreadable"),
        (1795186800, (), "time_unreadable"),
        (True, ("epoch_seconds",), "time_unreadable"),
        (date(2026, 11, 20), (), "time_unreadable"),
    ],
)
def test_what_is_no_time_is_refused(text: Any, formats: tuple[str, ...], code: str) -> None:
    error = refused(text, *formats)
    assert (error.code, error.where) == (code, "time")
    assert error.accepts


def test_a_time_without_a_zone_is_refused() -> None:
    assert refused("2026-11-20 15:00", zone=None).code == "datetime_naive"
    assert told("2026-11-20 15:00Z", zone=None) == "2026-11-20 15:00:00+00:00"


# ---------------------------------------------------------------- several formats

EITHER: Final = ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20/11/2026 09:30", "2026-11-20 09:30:00+01:00"),
        ("11/20/2026 09:30", "2026-11-20 09:30:00+01:00"),
        ("05/05/2026 09:30", "2026-05-05 09:30:00+02:00"),
    ],
    ids=["a day first", "a month first", "both alike"],
)
def test_several_formats_are_tried(text: str, expected: str) -> None:
    assert expected == told(text, *EITHER)


def test_a_day_or_month_that_may_be_either_is_refused_with_both_readings() -> None:
    error = refused("03/04/2026 09:30", *EITHER)
    assert error.code == "time_ambiguous"
    assert error.given == "'03/04/2026 09:30: 2026-04-03 09:30:00 or 2026-03-04 09:30:00'"


def test_a_kept_date_is_no_way_around_two_readings() -> None:
    reader = TimeReader(EITHER, ROME)
    for text in ("20/11/2026 09:30", "20/11/2026 10:30"):
        reader.read(text)
    for _ in range(2):
        with pytest.raises(sla.LogError, match="two formats"):
            reader.read("03/04/2026 09:30")


# ---------------------------------------------------------------- formats


@pytest.mark.parametrize(
    ("time_format", "why"),
    [
        ("%A %d %b %Y", "a weekday is in a language"),
        ("%c", "the form of a locale"),
        ("%Z", "an abbreviation names no zone"),
        ("%H:%M", "no date"),
        ("%Y-%m %H:%M", "no day"),
        ("%Y-%m-%d %I:%M", "an hour of twelve without AM or PM"),
        ("%Y-%m-%d %H:%M %p", "AM or PM of an hour that needs none"),
        ("%Y-%m-%d %d", "a directive twice"),
        ("%Y %y-%m-%d", "two years"),
        ("%m %b %d %Y", "two months"),
        ("%Y-%m-%d %M", "minutes of no hour"),
        ("%Y-%m-%d %H:%S", "seconds of no minute"),
        ("%Y-%m-%d %H:%M.%f", "a fraction of no second"),
        ("%Y-%m-%d %", "no directive"),
        ("%-d/%m/%Y", "no directive of ours"),
        ("", "nothing"),
        ("epoch", "not said of what"),
        (5, "no text"),
        (None, "none"),
    ],
)
def test_a_format_that_does_not_say_a_time_is_refused(time_format: Any, why: str) -> None:
    with pytest.raises(sla.LogError) as error:
        check_format(time_format)
    assert (error.value.code, error.value.where) == ("time_format_invalid", "time_format"), why
    assert "%Y" in error.value.accepts


# ---------------------------------------------------------------- laws

FORMS: Final = (
    "%Y-%m-%d %H:%M:%S",
    "%d/%m/%y %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%b %d %Y, %H:%M:%S",
    "%S.%M.%H %d.%m.%Y",
)
MOMENTS: Final = st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)).map(
    lambda wall: wall.replace(microsecond=0)
)


@given(st.lists(MOMENTS, min_size=1, max_size=4), st.sampled_from(FORMS), st.sampled_from((ROME, NEW_YORK)))
def test_what_is_written_in_a_format_is_read_as_it_was(walls: list[datetime], form: str, zone: ZoneInfo) -> None:
    """Python writes, we read: each wall time in the zone, the first of two; also when its day is kept."""
    reader = TimeReader((form,), zone)
    for wall in [*walls, *(wall + timedelta(minutes=7) for wall in walls)]:
        us, number = reader.read(wall.strftime(form))
        assert us == to_us(wall.replace(tzinfo=zone))
        assert reader.zones[number] == zone


@given(st.datetimes(datetime(1901, 1, 1), datetime(2199, 12, 31)), st.sampled_from((ROME, NEW_YORK, None)))
def test_iso_is_read_as_python_reads_it(wall: datetime, zone: ZoneInfo | None) -> None:
    aware = wall.replace(tzinfo=zone or UTC)
    reader = TimeReader((), zone)
    for text in (aware.isoformat(), aware.isoformat(" ")):
        assert reader.read(text)[0] == reader.read(text)[0] == to_us(datetime.fromisoformat(text))


def test_a_time_whose_hour_stands_elsewhere_is_not_taken_for_one_of_the_pieces() -> None:
    """Half past nine with one figure, with two, and a day of one figure: each is read as it says."""
    reader = TimeReader(("%d/%m/%Y %H:%M",), ROME)
    told = [
        from_us(reader.read(text)[0], ROME) for text in ("09/11/2026 9:30", "09/11/2026 19:30", "9/11/2026 09:30") * 2
    ]
    assert told == [datetime(2026, 11, 9, hour, 30, tzinfo=ROME) for hour in (9, 19, 9)] * 2


def test_what_is_no_time_cannot_be_read_and_shows_nothing_on_the_clock() -> None:
    reader = TimeReader((), ROME)
    assert [reader.can_read(text) for text in ("2026-11-20 15:00", "soon")] == [True, False]
    assert [reader.wall_of(text) for text in ("2026-11-20 15:00", "soon")] == [datetime(2026, 11, 20, 15), None]
