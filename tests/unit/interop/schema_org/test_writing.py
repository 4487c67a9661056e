"""A calendar as opening hours of schema.org: what is written, what is lost, and that it is read back the same."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.interop import schema_org
from tests.refusals import Refusal, check
from tests.unit.interop.schema_org.pages import on, row

FIRST: Final = date(2026, 12, 1)
LAST: Final = date(2026, 12, 31)
HOLIDAYS: Final = sla.FrozenHolidays.of({date(2026, 12, 25): "Christmas Day"}, years=(2026, 2027))


def written(hours: str, **more: Any) -> sla.interop.Written:
    return schema_org.write(sla.Calendar("Europe/Berlin", hours, **more), FIRST, LAST)


@pytest.mark.parametrize(
    ("hours", "more", "regular", "special"),
    [
        ("Sat 09:00-12:00 13:00-17:00", {}, [row("Saturday", "09:00", "12:00"), row("Saturday", "13:00", "17:00")], []),
        ("Fri 22:00-06:00", {}, [row("Friday", "22:00", "06:00")], []),
        ("Fri 18:00-24:00", {}, [row("Friday", "18:00", "00:00")], []),
        ("Sun 00:00-24:00", {}, [row("Sunday", "00:00", "23:59")], []),
        ("Fri 09:00-17:00", {"holidays": HOLIDAYS}, [row("Friday", "09:00", "17:00")],
         [on("2026-12-25", "2026-12-25", "00:00", "00:00", name="Christmas Day")]),
        ("Fri 09:00-17:00; PH 10:00-12:00", {"holidays": HOLIDAYS}, [row("Friday", "09:00", "17:00")],
         [on("2026-12-25", "2026-12-25", "10:00", "12:00", name="Christmas Day")]),
        ("Thu 09:00-17:00", {"special_days": {"2026-12-24": "09:00-11:00 12:00-13:00"}}, [row("Thursday", "09:00", "17:00")],
         [on("2026-12-24", "2026-12-24", "09:00", "11:00"), on("2026-12-24", "2026-12-24", "12:00", "13:00")]),
        ("Thu 09:00-17:00", {"versions": {"2026-12-31": "Thu 08:00-16:00"}}, [row("Thursday", "09:00", "17:00")],
         [on("2026-12-31", "2026-12-31", "08:00", "16:00")]),
    ],
)  # fmt: skip
def test_rows_of_the_week_and_dates_that_differ(
    hours: str, more: dict[str, Any], regular: list[Any], special: list[Any]
) -> None:
    thing = written(hours, **more).document
    assert thing["openingHoursSpecification"] == regular
    assert thing["specialOpeningHoursSpecification"] == special


def test_the_text_ends_no_script() -> None:
    office = sla.Calendar("UTC", "Fri 09:00-17:00")
    text = schema_org.write(office, FIRST, LAST, name="</script>").content
    assert "</" not in text
    assert json.loads(text)["name"] == "</script>"


def test_what_cannot_be_said_is_named_and_refused() -> None:
    away = sla.Absence(datetime(2026, 12, 4, 9, tzinfo=UTC), datetime(2026, 12, 4, 12, tzinfo=UTC))
    office = sla.Calendar("UTC", "Fri 00:00-23:59", absences=[away])
    losses = schema_org.write(office, FIRST, LAST, lossy=True).losses
    assert [(loss.severity, loss.where) for loss in losses] == [
        ("due_times", "hours"), ("due_times", "absences"), ("cosmetic", "zone"),
    ]  # fmt: skip
    with pytest.raises(sla.InteropError) as refused:
        schema_org.write(office, FIRST, LAST)
    assert [problem.where for problem in refused.value.problems] == ["hours", "absences"]
    later = schema_org.write(office.replace(hours="Fri 09:00-17:00"), date(2026, 12, 5), LAST)
    assert [loss.where for loss in later.losses] == ["zone"]


REFUSALS: Final = [
    Refusal(lambda: schema_org.write(sla.Calendar("UTC", "24/7"), LAST, FIRST), sla.InteropError, "export_dates_invalid",
            "last", "2026-12-31 to 2026-12-01", "at most 3660"),
    Refusal(lambda: schema_org.write(sla.Calendar("UTC", "24/7"), date(1990, 1, 1), LAST), sla.InteropError,
            "export_dates_invalid", "last", "1990-01-01", "at most 3660"),
    # holidays of 2028 are not known: no week without them is written
    Refusal(lambda: schema_org.write(sla.Calendar("UTC", "Fri 09:00-17:00", holidays=HOLIDAYS), FIRST, date(2028, 1, 1)),
            sla.HorizonError, "beyond_covered", "", "2028-01-02", "to 2028-01-01"),
    Refusal(lambda: schema_org.write(sla.Calendar("UTC", "24/7"), datetime(2026, 1, 1), LAST), sla.InteropError,
            "export_dates_invalid", "last", "2026-01-01", "a first and a last date"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


def windows(quarters: list[tuple[int, int]]) -> str:
    """Windows of a day in quarters of an hour, over midnight too."""
    said = (f"{a // 4:02}:{a % 4 * 15:02}-{b // 4:02}:{b % 4 * 15:02}" for a, b in quarters if a != b)
    return " ".join(said) or "closed"


DAY: Final = st.lists(st.tuples(st.integers(0, 95), st.integers(1, 96)), max_size=3).map(windows)
DATES: Final = st.dates(FIRST, LAST)


@settings(max_examples=60, deadline=None)
@given(st.lists(DAY, min_size=7, max_size=7), st.dictionaries(DATES, DAY, max_size=4), st.lists(DATES, max_size=4), DAY)
def test_what_is_written_and_read_again_is_the_same_schedule(
    week: list[str], special: dict[date, str], off: list[date], on_holidays: str
) -> None:
    hours = dict(zip(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "PH"), [*week, on_holidays], strict=True))
    pinned = sla.FrozenHolidays.of(dict.fromkeys(off, "off"), years=(2026, 2027))
    office = sla.Calendar(
        "Europe/Berlin",
        {**hours, "Mon": "09:00-17:00"},  # so that it opens
        holidays=pinned,
        special_days={str(day): said for day, said in special.items()},
    )
    thing = schema_org.write(office, FIRST, LAST).document
    again = schema_org.load(json.loads(json.dumps(thing)), zone="Europe/Berlin").calendars["opening hours"]
    start, end = datetime(2026, 12, 2, 12, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
    assert [*again.intervals(start, end)] == [*office.intervals(start, end)]
    assert again.elapsed(start, end) - office.elapsed(start, end) == timedelta(0)
