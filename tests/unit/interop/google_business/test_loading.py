"""Hours of Google Business Profile: due times by hand, and what is refused or lost."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import google_business
from tests.refusals import Refusal, check

Answer = dict[str, Any]


def at(hours: int = 0, minutes: int = 0) -> Answer:
    """A time, without the fields that are zero."""
    return {key: value for key, value in (("hours", hours), ("minutes", minutes)) if value}


def period(first: str, opens: Answer, last: str, closes: Answer) -> Answer:
    return {"openDay": first, "openTime": opens, "closeDay": last, "closeTime": closes}


def on(day: int, **more: Any) -> Answer:
    """A special period of a day of November 2026."""
    return {"startDate": {"year": 2026, "month": 11, "day": day}, **more}


def location(*periods: Answer, special: list[Answer] | None = None, **more: Any) -> Answer:
    dated = {} if special is None else {"specialHours": {"specialHourPeriods": special}}
    return {"regularHours": {"periods": list(periods)}, **dated, **more}


DAYS: Final = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
FRIDAY: Final = period("FRIDAY", at(9), "FRIDAY", at(17))
ORDINARY: Final = location(
    *(period(day, at(9), day, at(12, 30)) for day in DAYS[:5]),
    *(period(day, at(13, 30), day, at(17)) for day in DAYS[:5]),
    special=[on(23, closed=True, openTime=at(9), closeTime=at(17)), on(22, openTime=at(10), closeTime=at(11))],
    title="Office",
)
ROUND_THE_CLOCK: Final = location(
    *(period(day, at(), day, at(24)) for day in DAYS[:6]),
    period("SUNDAY", at(), "MONDAY", at()),
    special=[on(25, closed=True)],
)
OVERNIGHT: Final = location(
    period("FRIDAY", at(18), "SATURDAY", at(2, 30)),
    period("SUNDAY", at(22), "MONDAY", at(3)),
    special=[on(27, openTime=at(20), endDate={"year": 2026, "month": 11, "day": 28}, closeTime=at(11, 59))],
)
ODD: Final = {
    "locations": [
        location(FRIDAY, title="A"),
        location(
            FRIDAY,
            title="A",
            special=[on(20, openTime=at(8), closeTime=at(9)), on(20, openTime=at(20), closeTime=at(21))],
        ),
    ]
}


@pytest.mark.parametrize(
    ("answer", "name", "received", "due", "because"),
    [
        (ORDINARY, "Office", "2026-11-20T12:00+01:00", "2026-11-20T15:00+01:00", "half an hour, and ninety minutes after lunch"),
        (ORDINARY, "Office", "2026-11-20T16:00+01:00", "2026-11-22T11:00+01:00", "an hour on Friday; a Sunday with hours of its own"),
        (ORDINARY, "Office", "2026-11-22T10:30+01:00", "2026-11-24T10:30+01:00", "closed: true makes the hours of Monday void"),
        (ROUND_THE_CLOCK, "opening hours", "2026-11-22T23:00+01:00", "2026-11-23T01:00+01:00", "Sunday ends on Monday at 00:00"),
        (ROUND_THE_CLOCK, "opening hours", "2026-11-24T23:00+01:00", "2026-11-26T01:00+01:00", "a day off between"),
        (OVERNIGHT, "opening hours", "2026-11-21T02:00+01:00", "2026-11-22T23:30+01:00", "Friday's last half hour, then Sunday night"),
        (OVERNIGHT, "opening hours", "2026-11-28T11:00+01:00", "2026-11-29T23:01+01:00", "the special Friday lasts to 11:59 of the next day"),
        (OVERNIGHT, "opening hours", "2026-11-27T18:00+01:00", "2026-11-27T22:00+01:00", "and begins at eight, not at six"),
        (ODD, "A (1)", "2026-11-20T08:00+01:00", "2026-11-20T11:00+01:00", "the first of two of one title"),
        (ODD, "A (2)", "2026-11-20T08:00+01:00", "2026-11-20T21:00+01:00", "two special windows on one date"),
    ],
)  # fmt: skip
def test_due_times_by_hand(answer: Answer, name: str, received: str, due: str, because: str) -> None:
    imported = google_business.load(answer, zone="Europe/Rome")
    assert sla.policy_from_data(imported.policy.to_data()) == imported.policy
    calendar = imported.calendars[name]
    assert calendar.add(datetime.fromisoformat(received), timedelta(hours=2)) == datetime.fromisoformat(due), because


@pytest.mark.parametrize(
    ("answer", "severity", "where"),
    [
        (location(FRIDAY, openInfo={"status": "CLOSED_TEMPORARILY"}), "due_times", "openInfo.status"),
        (location(FRIDAY, moreHours=[{"hoursTypeId": "DELIVERY"}]), "cosmetic", "moreHours"),
    ],
)
def test_what_cannot_be_kept_is_named(answer: Answer, severity: str, where: str) -> None:
    (loss,) = google_business.load(answer, zone="UTC", lossy=True).losses
    assert (loss.severity, loss.where) == (severity, where)
    if severity == "due_times":
        with pytest.raises(sla.InteropError, match="lossy=True"):
            google_business.load(answer, zone="UTC")


def test_what_an_open_location_says_of_its_state_is_no_loss() -> None:
    assert google_business.load(location(FRIDAY, openInfo={"status": "OPEN"}), zone="UTC").losses == ()


def test_a_file_may_be_a_bare_list_of_locations(tmp_path: Path) -> None:
    (tmp_path / "bars.json").write_text(json.dumps([location(FRIDAY, title="A"), location(FRIDAY, title="B")]))
    assert [*google_business.load(tmp_path / "bars.json", zone="UTC").calendars] == ["A", "B"]


def test_pages_are_read_together_and_a_file_that_was_cut_off_is_named(tmp_path: Path) -> None:
    pages = [{"locations": [ORDINARY], "nextPageToken": "more"}, ODD]
    assert [*google_business.load(pages, zone="UTC").calendars] == ["Office", "A (2)", "A (3)"]
    (tmp_path / "bar.json").write_text('{"locations": [')
    with pytest.raises(sla.InteropError, match=r"bar\.json"):
        google_business.load(tmp_path, zone="UTC")


def attempt(answer: Any) -> Any:
    return lambda: google_business.load(answer, zone="UTC")


WHERE: Final = "regularHours.periods[0]"
REFUSALS: Final = [
    Refusal(attempt(location(period("FRIDAY", at(9), "FRIDAY", at(9)))), sla.InteropError, "import_value_invalid",
            WHERE, "540 to 540", "at most 24 hours"),
    Refusal(attempt(location(period("FRIDAY", at(9), "SUNDAY", at(9)))), sla.InteropError, "import_value_invalid",
            WHERE, "540 to 3420", "at most 24 hours"),
    Refusal(attempt(location(period("FRIDAY", at(9), "SATURDAY", at(10)))), sla.InteropError, "import_value_invalid",
            WHERE, "540 to 2040", "at most 24 hours"),
    Refusal(attempt(location(period("FRIDAY", at(24), "SATURDAY", at(2)))), sla.InteropError, "import_value_invalid",
            WHERE, "1440 to 1560", "at most 24 hours"),
    Refusal(attempt(location(period("Friday", at(9), "FRIDAY", at(10)))), sla.InteropError, "import_value_invalid",
            f"{WHERE}.openDay", "'Friday'", "FRIDAY"),
    Refusal(attempt(location(period("FRIDAY", at(9), "FRIDAY", at(24, 1)))), sla.InteropError, "import_value_invalid",
            f"{WHERE}.closeTime", "", "24:00"),
    Refusal(attempt(location({"openDay": "FRIDAY", "openTime": at(9), "closeDay": "FRIDAY"})), sla.InteropError,
            "import_key_missing", f"{WHERE}.closeTime", "", '"closeTime"'),
    Refusal(attempt(location(FRIDAY, special=[{"startDate": {"year": 2026, "month": 2, "day": 30}, "closed": True}])),
            sla.InteropError, "import_value_invalid", "specialHours.specialHourPeriods[0].startDate", "30", "year, month and day"),
    Refusal(attempt(location(FRIDAY, special=[on(20, closed=True), on(20, openTime=at(9), closeTime=at(10))])), sla.InteropError,
            "import_dates_invalid", "specialHours.specialHourPeriods[1]", "specialHourPeriods[0]", "one of the two"),
    Refusal(attempt(location()), sla.InteropError, "import_never_opens", "", "", "one period or more"),
    Refusal(attempt({"schedules": []}), sla.InteropError, "import_document_unknown", "", "['schedules']", "regularHours"),
    Refusal(attempt({"locations": [ORDINARY], "nextPageToken": "more"}), sla.InteropError, "import_truncated", "", "'more'",
            "every page"),
    Refusal(attempt({"locations": []}), sla.InteropError, "import_nothing_there", "source", "", "a location with regularHours"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)
