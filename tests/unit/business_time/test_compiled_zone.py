"""What a compiled zone file must be read to say, and where two of them must be found to differ."""

import io
import struct
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slacalc import ZoneError
from slacalc.business_time.compiled_zone import CompiledZone, differences, read_compiled_zone
from tests.zone_folders import NEW, OLD, SIX

HOUR = 3_600


def second(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def tzif(rule: str, *changes: tuple[int, int], first: int = 0) -> bytes:
    """Build a file of version 2 by RFC 9636, with changes (second, offset) and the rule of its end."""
    offsets = sorted({first, *(offset for _, offset in changes)}, key=lambda offset: offset != first)
    head = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, 1) + struct.pack(">lBB", 0, 0, 0) + b"\0"
    counts = (0, 0, 0, len(changes), len(offsets), 4)
    body = struct.pack(f">{len(changes)}q", *(at for at, _ in changes))
    body += bytes(offsets.index(offset) for _, offset in changes)
    body += b"".join(struct.pack(">lBB", offset, 0, 0) for offset in offsets) + b"LMT\0"
    return head + struct.pack(">4sc15x6l", b"TZif", b"2", *counts) + body + f"\n{rule}\n".encode()


@pytest.mark.parametrize(
    ("rule", "at", "hours", "why"),
    [
        ("UTC0", "2040-07-01T00:00", 0, "no summer time"),
        ("<+0530>-5:30", "2040-07-01T00:00", 5.5, "a name in brackets; POSIX counts west of Greenwich"),
        ("EST5EDT,M3.2.0,M11.1.0", "2027-03-14T06:59", -5, "the second Sunday of March at 02:00, which is 07:00 UTC"),
        ("EST5EDT,M3.2.0,M11.1.0", "2027-03-14T07:00", -4, "is summer time"),
        ("EST5EDT,M3.2.0,M11.1.0", "2027-11-07T05:59", -4, "the first Sunday of November at 02:00 EDT"),
        ("EST5EDT,M3.2.0,M11.1.0", "2027-11-07T06:00", -5, "is winter time"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2027-03-28T01:00", 2, "the last Sunday"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "2027-10-31T01:00", 1, "at 03:00"),
        ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2027-01-01T00:00", 11, "summer over New Year"),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2027-03-28T00:59", -2, "a time before midnight: Saturday 23:00"),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2027-03-28T01:00", -1, "in UTC is Sunday 01:00"),
        ("IST-2IDT,M3.4.4/26,M10.5.0", "2027-03-26T00:00", 3, "02:00 of the day after Thursday"),
        ("XXX3YYY2,J60/0,J305/0", "2028-03-01T03:00", -2, "J60 is 1 March in leap years too"),
        ("XXX3YYY2,59/0,304/0", "2028-02-29T03:00", -2, "59 counts 29 February"),
    ],
)
def test_the_rule_at_the_end_of_a_file_holds_for_ever(rule: str, at: str, hours: float, why: str) -> None:
    assert hours * HOUR == read_compiled_zone(tzif(rule)).offset_at(second(at)), why


def test_the_changes_of_a_file_are_those_of_its_list_until_the_rule_speaks() -> None:
    zone = read_compiled_zone(tzif("<+03>-3", (1_000, HOUR), (2_000, 3 * HOUR), first=-HOUR))

    assert [zone.offset_at(at) for at in (-(2**40), 999, 1_000, 1_999, 2_000, 2**31)] == [
        -HOUR,
        -HOUR,
        HOUR,
        HOUR,
        3 * HOUR,
        3 * HOUR,
    ]


def test_a_file_without_a_rule_keeps_its_last_offset() -> None:
    zone = read_compiled_zone(tzif("", (1_000, HOUR), (2_000, 3 * HOUR)))

    assert [zone.offset_at(at) for at in (0, 1_000, 2_000, 2**31)] == [0, HOUR, 3 * HOUR, 3 * HOUR]


@pytest.mark.parametrize("zone", SIX)
@given(at=st.integers(second("1950-01-01T00:00"), second("2050-12-30T00:00")))
def test_a_file_says_what_the_standard_library_reads_in_it(zone: str, at: int) -> None:
    for folder in (OLD, NEW):
        data = (folder / zone).read_bytes()
        shown = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at)).astimezone(
            ZoneInfo.from_file(io.BytesIO(data))
        )
        assert timedelta(seconds=read_compiled_zone(data).offset_at(at)) == shown.utcoffset()


@pytest.mark.parametrize(
    ("zone", "start", "end", "hours", "why"),
    [
        ("America/Vancouver", "2026-11-01T09:00", "2027-03-14T10:00", 1, "no winter time any more: at 02:00 PDT"),
        ("America/Edmonton", "2026-11-01T08:00", "2027-03-14T09:00", 1, "at 02:00 MDT"),
        ("America/Winnipeg", "2026-11-01T07:00", "2027-03-14T08:00", 1, "at 02:00 CDT"),
        ("America/Havana", "2026-11-01T05:00", "2027-03-14T05:00", 1, "this winter, at 01:00 CDT"),
        ("Africa/Casablanca", "2026-09-20T01:00", "2027-02-07T02:00", -1, "+00, until what would have been Ramadan"),
    ],
)
def test_two_releases_differ_from_the_instant_at_which_a_government_decided(
    zone: str, start: str, end: str, hours: int, why: str
) -> None:
    old, new = (read_compiled_zone((folder / zone).read_bytes()) for folder in (OLD, NEW))

    first = next(differences(old, new, since=0))

    assert first == (second(start), second(end), hours * HOUR), why


def test_what_was_over_before_is_left_out_and_what_still_lasts_is_not() -> None:
    old, new = CompiledZone((-(2**62),), (0,)), CompiledZone((-(2**62), 100, 200, 300, 400), (0, 60, 0, 120, 0))

    assert list(differences(old, new, since=0)) == [(100, 200, 60), (300, 400, 120)]
    assert list(differences(old, new, since=199)) == [(100, 200, 60), (300, 400, 120)]
    assert list(differences(old, new, since=200)) == [(300, 400, 120)]
    assert list(differences(old, new, since=400)) == []
    assert list(differences(new, new, since=0)) == []


def test_a_difference_that_only_one_clock_marks_is_one_stretch() -> None:
    old = CompiledZone((-(2**62), 100, 200), (0, 60, 0))
    new = CompiledZone((-(2**62), 50, 100, 200), (0, 10, 70, 10))

    assert list(differences(old, new, since=0)) == [(50, second("2051-01-01T00:00"), 10)]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "nothing"),
        (b"TZ", "too short for a header"),
        (b"PK\x03\x04" + b"\0" * 100, "a file of another kind"),
        (b"TZif\0" + b"\0" * 60, "version 1 alone"),
        (tzif("UTC0")[:-6], "cut off"),
        (tzif("every second Sunday"), "a rule that is none"),
        (tzif("UTC0").replace(b"UTC0", b"\xff\xff\xff0"), "a rule that is no text"),
        (b"TZif2" + b"\0" * 15 + b"\x7f" * 24 + b"\0" * 50, "counts beyond its end"),
    ],
)
def test_what_is_no_compiled_zone_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(ZoneError) as caught:
        read_compiled_zone(data, "Europe/Brussels")

    assert (caught.value.code, caught.value.where) == ("zone_file_invalid", "Europe/Brussels"), why
