"""A promise must say which dates on its way can still become a day off, or stop being one; its due time stays."""

from datetime import datetime, timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo

import holidays as package
import pytest

import slacalc as sla
from slacalc.calendars.holidays.uncertain import ANNOUNCED_UNTIL
from slacalc.testing import event_log

DUBAI = ZoneInfo("Asia/Dubai")


def policy(zone: str, holidays: object, due: dict[str, str], hours: str = "Mon-Fri 09:00-17:00") -> sla.Policy:
    return sla.Policy(
        name="p",
        calendars={"office": {"zone": zone, "hours": hours, "holidays": holidays}},
        rules=[{"name": "all", "calendar": "office", "metrics": {"first_response": {"due": due}}}],
    )


EMIRATES = {"country": "AE", "language": "en_US"}
TWO_HOURS = {"business_hours": "2h"}
ROWS = [
    # zone, holidays, due, received, due, what it depends on
    ("Asia/Dubai", EMIRATES, TWO_HOURS, "2027-03-08T10:00", "Mon 8 12:00", ["2027-03-08 to 2027-03-12: Eid al-Fitr is estimated"]),
    ("Asia/Dubai", EMIRATES, TWO_HOURS, "2027-03-08T16:00", "Fri 12 10:00", ["2027-03-08 to 2027-03-12: Eid al-Fitr is estimated"]),
    ("Asia/Dubai", EMIRATES, TWO_HOURS, "2027-03-12T10:00", "Fri 12 12:00", ["2027-03-08 to 2027-03-12: Eid al-Fitr is estimated"]),
    ("Asia/Dubai", EMIRATES, TWO_HOURS, "2027-03-15T10:00", "Mon 15 12:00", []),
    ("Asia/Dubai", EMIRATES, {"calendar_hours": "2h"}, "2027-03-12T10:00", "Fri 12 12:00", []),
    ("Asia/Shanghai", "CN", TWO_HOURS, "2026-12-30T16:00", "Thu 31 10:00", []),
    ("Asia/Shanghai", "CN", TWO_HOURS, "2026-12-31T16:00", "Mon 4 10:00", ["2027-01-01 to 2027-12-31: CN has yet to announce its days off of 2027"]),
    ("Europe/Brussels", "BE", TWO_HOURS, "2027-12-31T16:00", "Mon 3 10:00", []),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "holidays", "due", "received", "expected", "depends"), ROWS)
def test_rule_14_a_promise_says_which_uncertain_dates_it_crosses(
    zone: str, holidays: object, due: dict[str, str], received: str, expected: str, depends: list[str]
) -> None:
    promise = policy(zone, holidays, due).promise(datetime.fromisoformat(received).replace(tzinfo=ZoneInfo(zone)))[
        "first_response"
    ]

    assert f"{promise.due:%a} {promise.due.day} {promise.due:%H:%M}" == expected
    assert [str(each) for each in promise.depends_on] == depends
    assert [each["why"] for each in promise.to_data()["depends_on"]] == [each.why for each in promise.depends_on]
    assert promise.expectation(as_of=promise.received).depends_on == promise.depends_on


def test_rule_14_a_pinned_calendar_says_it_too() -> None:
    frozen = sla.Holidays("AE", language="en_US").freeze(2027, 2027)
    loaded = sla.FrozenHolidays.from_json(frozen.to_json())
    office = sla.Calendar("Asia/Dubai", "Mon-Fri 09:00-17:00", holidays=loaded)

    assert loaded == frozen
    assert str(office.uncertain(datetime(2027, 3, 12).date(), datetime(2027, 3, 12).date())[0]).startswith("2027-03-08")


def test_rule_14_a_clock_says_it() -> None:
    received = datetime(2027, 3, 8, 16, tzinfo=DUBAI)
    clocks = policy("Asia/Dubai", EMIRATES, TWO_HOURS).replay(
        event_log("2027-03-08 16:00 created", zone="Asia/Dubai"), as_of=received + timedelta(minutes=5)
    )
    state = clocks["first_response"]

    assert [str(each) for each in state.depends_on] == ["2027-03-08 to 2027-03-12: Eid al-Fitr is estimated"]


def test_rule_16_the_ledger_marks_what_can_still_change() -> None:
    office = sla.Calendar("Asia/Dubai", "Mon-Fri 09:00-17:00", holidays=sla.Holidays("AE", language="en_US"))
    ledger = office.explain(datetime(2027, 3, 11, tzinfo=DUBAI), datetime(2027, 3, 13, tzinfo=DUBAI))

    assert [segment.reason for segment in ledger] == [
        "outside hours",
        "holiday: Eid al-Fitr Holiday (estimated) (can still change: Eid al-Fitr is estimated)",
        "outside hours",
        "counted (can still change: Eid al-Fitr is estimated)",
        "outside hours",
    ]


MOVES_NOTHING = {"TW", "XTAI"}  # in 2026, by the work calendar of 2026 that the package names


@pytest.mark.skipif(version("holidays") != "0.109", reason="the table of announced years is that of holidays 0.109")
@pytest.mark.parametrize("code", ANNOUNCED_UNTIL)
def test_the_last_announced_year_is_the_last_of_the_tables_of_the_package(code: str) -> None:
    ask = package.country_holidays if code in package.list_supported_countries() else package.financial_holidays
    known = ask(code, expand=False)
    tables = [getattr(known, f"special_{category}_holidays", {}) for category in ("public", "government")]
    last = max(year for table in tables for year in table)

    assert ANNOUNCED_UNTIL[code] == last + (code in MOVES_NOTHING)


def test_calendars_put_together_depend_on_what_either_does() -> None:
    dubai = sla.Calendar("Asia/Dubai", "Mon-Fri 09:00-17:00", holidays=sla.Holidays("AE"))
    brussels = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", holidays="BE")
    day = datetime(2027, 3, 10).date()

    for both in (dubai | brussels, brussels & dubai, brussels - dubai, dubai.workdays()):
        assert both.uncertain(day, day) == dubai.uncertain(day, day) != ()
    assert brussels.uncertain(day, day) == ()


def test_a_clock_without_a_due_time_depends_on_nothing_yet() -> None:
    paused = {**policy("Asia/Dubai", EMIRATES, TWO_HOURS).to_data(), "clocks": {"first_response": {"pausable": True}}}
    clocks = sla.policy_from_data(paused).replay(
        event_log("2027-03-08 16:00 created; 2027-03-08 16:01 paused supplier", zone="Asia/Dubai"),
        as_of=datetime(2027, 3, 8, 16, 5, tzinfo=DUBAI),
    )
    assert (clocks["first_response"].due, clocks["first_response"].depends_on) == (None, ())
