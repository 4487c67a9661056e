"""What open time and targets refuse, word for word: a message is read by people, and is part of what is promised."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.business_time import instants
from slacalc.business_time.instants import amount_us, check_date, read_zone, to_us, zone_data_version
from slacalc.policies.targets import earliest

NOT_OPEN: Final[dict[str, Any]] = {"next_opening": False}
HOUR: Final = timedelta(hours=1)
NAIVE: Final = datetime(2026, 11, 20, 15)
FRIDAY: Final = NAIVE.replace(tzinfo=UTC)
OFFICE: Final = sla.Calendar("UTC", "Mon-Fri 09:00-17:00")


class Stamp(datetime):
    """A datetime of a data frame that holds half a microsecond."""

    nanosecond = 500


class Never(datetime):
    """What a data frame holds where there is no time: not even itself."""

    __hash__ = None  # type: ignore[assignment]  # a missing time is no key

    def __ne__(self, other: object) -> bool:
        return True

    def __str__(self) -> str:
        return "NaT"


class Delta(timedelta):
    """An amount of a data frame that holds half a microsecond."""

    nanoseconds = 500


@pytest.mark.parametrize(
    ("ask", "kind", "code", "said"),
    [
        (lambda: to_us(NAIVE, "received"), sla.InstantError, "datetime_naive",
         ("received: the datetime has no time zone; given '2026-11-20T15:00:00'; "
         "accepted: an aware datetime, such as datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo('Europe/Brussels'))")),
        (lambda: to_us(date(2026, 11, 20), "at"), sla.InstantError, "not_a_datetime",  # type: ignore[arg-type]
         ("at: this is not a datetime; given datetime.date(2026, 11, 20); "
         "accepted: an aware datetime.datetime; read text with datetime.fromisoformat")),
        (lambda: to_us(None, "at"), sla.InstantError, "not_a_datetime",  # type: ignore[arg-type]
         ("at: this is not a datetime; given None; "
         "accepted: an aware datetime.datetime; read text with datetime.fromisoformat")),
        (lambda: to_us(Never(2026, 11, 20, tzinfo=UTC), "at"), sla.InstantError, "not_an_instant",
         "at: this is not a time; given 'NaT'; accepted: an aware datetime.datetime"),
        (lambda: to_us(Stamp(2026, 11, 20, tzinfo=UTC), "at"), sla.InstantError, "nanoseconds",
         ("at: the datetime has nanoseconds, which would be lost; given '2026-11-20 00:00:00+00:00'; "
         "accepted: whole microseconds; round first, in the direction that you mean")),
        (lambda: check_date(FRIDAY), sla.InstantError, "not_a_date",
         ("date: this is not a date; given datetime.datetime(2026, 11, 20, 15, 0, tzinfo=datetime.timezone.utc); "
         "accepted: datetime.date(2026, 12, 24)")),
        (lambda: check_date("2026-11-20", "first"), sla.InstantError, "not_a_date",  # type: ignore[arg-type]
         "first: this is not a date; given '2026-11-20'; accepted: datetime.date(2026, 12, 24)"),
        (lambda: amount_us(timedelta(hours=-1), "for"), sla.AmountError, "amount_negative",
         ("for: the amount is negative; given datetime.timedelta(days=-1, seconds=82800); "
         "accepted: zero or more; to go back in time, use subtract")),
        (lambda: amount_us(4, "for"), sla.AmountError, "amount_not_timedelta",  # type: ignore[arg-type]
         "for: the amount is not a timedelta; given 4; accepted: a datetime.timedelta, zero or longer"),
        (lambda: amount_us(Delta(hours=1), "for"), sla.AmountError, "nanoseconds",
         ("for: the amount has nanoseconds, which would be lost; given '1:00:00'; "
         "accepted: whole microseconds; round first, in the direction that you mean")),
        (lambda: read_zone("Mars/Base", "home"), sla.ZoneError, "zone_unknown",
         ("home: there is no such time zone; given 'Mars/Base'; "
         'accepted: an IANA name such as "Europe/Brussels", spelled exactly')),
        (lambda: sla.read_amount("soon", "wait"), sla.AmountError, "amount_invalid",
         ("wait: this is not an amount of time; given 'soon'; "
         'accepted: hours, minutes and seconds such as "4h", "90min", "1h 30min", "45s" or "PT4H"')),
        (lambda: sla.read_amount(4, "wait"), sla.AmountError, "amount_invalid",  # type: ignore[arg-type]
         ("wait: this is not an amount of time; given 4; "
         'accepted: hours, minutes and seconds such as "4h", "90min", "1h 30min", "45s" or "PT4H"')),
        (lambda: sla.read_amount("2 days", "wait"), sla.AmountError, "amount_bare_day",
         ("wait: a bare day names no clock; given '2 days'; "
         'accepted: hours, minutes and seconds such as "4h", "90min", "1h 30min", "45s" or "PT4H"')),
        (lambda: OFFICE.is_open(FRIDAY.replace(year=2300)), sla.HorizonError, "beyond_covered",
         ("the question reaches time that the calendar does not cover; given '2300-11-20 15:00 UTC'; "
         "accepted: from 1900-01-01 00:00 UTC to 2201-01-01 00:00 UTC")),
        (lambda: OFFICE.add(FRIDAY, timedelta(days=200_000)), sla.HorizonError, "beyond_covered",
         ("the answer reaches time that the calendar does not cover; "
         "accepted: from 1900-01-01 00:00 UTC to 2201-01-01 00:00 UTC")),
        (lambda: OFFICE.replace(versions={"2026-11-01": "closed"}).roll_forward(FRIDAY), sla.ClosedForGoodError, "closed_for_good",
         ("nothing opens any more from 2026-10-30 17:00 UTC on; "
         "accepted: a question about the time when the calendar is in use")),
        (lambda: sla.Calendar("UTC", "closed", versions={"2027-01-01": "24/7"}).roll_back(FRIDAY), sla.ClosedForGoodError, "closed_for_good",
         ("nothing opened before 2027-01-01 00:00 UTC; "
         "accepted: a question about the time when the calendar is in use")),
        (lambda: sla.CalendarHours(amount=4 * HOUR).due(OFFICE, NAIVE), sla.InstantError, "datetime_naive",
         ("received: the datetime has no time zone; given '2026-11-20T15:00:00'; "
         "accepted: an aware datetime, such as datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo('Europe/Brussels'))")),
        (lambda: sla.CalendarDays(days=1).due(OFFICE, NAIVE), sla.InstantError, "datetime_naive",
         ("received: the datetime has no time zone; given '2026-11-20T15:00:00'; "
         "accepted: an aware datetime, such as datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo('Europe/Brussels'))")),
        (lambda: sla.Range(earliest=sla.BusinessHours(amount=4 * HOUR), latest=sla.BusinessHours(amount=3 * HOUR)), sla.PolicyError, "range_reversed",
         ("the earliest is after the latest; given '4h in business hours .. 3h in business hours'; "
         "accepted: an earliest at or before the latest")),
        (lambda: earliest(sla.Range(earliest=sla.BusinessHours(amount=4 * HOUR), latest=sla.CalendarHours(amount=4 * HOUR)), OFFICE, FRIDAY), sla.PolicyError, "range_reversed",
         ("the earliest is after the latest; given '2026-11-23 11:00:00+00:00 .. 2026-11-20 19:00:00+00:00'; "
         "accepted: a range in order for every receipt")),
        (lambda: sla.NextOpening(**NOT_OPEN), sla.PolicyError, "value_invalid",
         "next_opening: the value does not fit; given 'not true'; accepted: True"),
    ],
)  # fmt: skip
def test_a_refusal_word_for_word(ask: Callable[[], object], kind: type[sla.SlaError], code: str, said: str) -> None:
    with pytest.raises(kind) as refused:
        ask()
    assert type(refused.value) is kind
    assert refused.value.code == code
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ({"business_days": 2}, {"business_days": 2}, "the same point"),
        (
            {"business_days": 1, "by": "close"},
            {"business_days": 2, "by": "opening"},
            "later in the day, but a day before",
        ),
        ({"business_days": 1, "by": "opening"}, {"business_days": 1, "by": "close"}, "one day, in order"),
        ({"business_days": 1, "by": "12:00"}, {"business_days": 1, "by": "12:00"}, "one time of one day"),
        (
            {"business_days": 1, "by": "close"},
            {"business_days": 1, "by": "12:00"},
            "which is first depends on the hours",
        ),
        ({"business_days": 1, "by": "12:00"}, {"business_days": 1, "by": "opening"}, "the same, the other way"),
        ({"business_days": 5}, {"calendar_days": 1}, "two kinds are in order for some receipts"),
        ({"business_hours": "4h"}, {"business_hours": "4h"}, "the same amount"),
        ({"calendar_hours": "9h"}, {"business_hours": "4h"}, "two kinds of time"),
        ({"next_opening": True}, {"next_opening": True}, "the next opening has no order"),
    ],
)
def test_a_range_that_may_be_in_order_is_taken(first: Any, last: Any, why: str) -> None:
    assert why
    assert sla.Range(earliest=first, latest=last).latest == sla.Range(earliest=last, latest=last).latest


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ({"business_days": 3}, {"business_days": 2}),
        ({"calendar_days": 1, "by": "12:01"}, {"calendar_days": 1, "by": "12:00"}),
        ({"business_days": 1, "by": "close"}, {"business_days": 1, "by": "opening"}),
    ],
)
def test_a_range_that_is_never_in_order_is_refused(first: Any, last: Any) -> None:
    with pytest.raises(sla.PolicyError, match="the earliest is after the latest"):
        sla.Range(earliest=first, latest=last)


@pytest.mark.parametrize(
    ("first_line", "version"),
    [
        (b"# version 2026b\n# more", "2026b"),
        (b"# version 2026b\xff\n", "2026b\ufffd"),
        (b"# version " + b"9" * 200, "9" * 90),
    ],
    ids=["as it is", "not in UTF-8", "endless: a hundred characters are read"],
)
def test_the_version_of_the_zone_data_is_read_from_its_first_line(
    first_line: bytes, version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tzdata.zi").write_bytes(first_line)
    monkeypatch.setattr(instants, "TZPATH", (str(tmp_path),))
    zone_data_version.cache_clear()
    assert zone_data_version() == version
    monkeypatch.undo()
    zone_data_version.cache_clear()
