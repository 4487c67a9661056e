"""Holidays of a source as a pin: due times by hand, regions, years, and what is refused."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import holidays
from tests.refusals import Refusal, check
from tests.unit.interop.holidays.documents import (
    BAVARIA,
    BRITAIN,
    CHINA,
    GERMANY,
    HALF_DAYS,
    chinese_year,
    in_regions,
    nager_holiday,
    open_holiday,
)

DAYS: Final = "Mon-Fri 09:00-17:00"


@pytest.mark.parametrize(
    ("document", "region", "zone", "hours", "received", "due", "because"),
    [
        (BAVARIA, "DE-BY-AU", "Europe/Berlin", DAYS, "2026-01-05T16:00+01:00", "2026-01-07T10:00+01:00",
         "an hour on Monday; Tuesday is a holiday in Bavaria; an hour on Wednesday"),
        (BAVARIA, "DE-ST", "Europe/Berlin", "24/7", "2026-12-24T23:00+01:00", "2026-12-25T01:00+01:00",
         "24/7 in our notation are holidays, too"),
        (BAVARIA, "DE-ST", "Europe/Berlin", "Mon-Sun 00:00-24:00", "2026-12-24T23:00+01:00", "2026-12-27T01:00+01:00",
         "every day of the week, but no holiday: both days of Christmas are closed, the last included"),
        (BAVARIA, "DE-ST", "Europe/Berlin", "Mon-Sun 22:00-06:00", "2026-12-24T23:00+01:00", "2026-12-25T01:00+01:00",
         "the night of the 24th belongs to the date on which it begins"),
        (HALF_DAYS, None, "Europe/Berlin", DAYS, "2026-12-24T15:30+01:00", "2026-12-28T09:30+01:00",
         "a half day does not close the day: 90 minutes on the 24th, then Friday's holiday and the weekend"),
        (GERMANY, "DE-BW", "Europe/Berlin", DAYS, "2026-01-05T16:00+01:00", "2026-01-07T10:00+01:00",
         "the 6th is off in both regions"),
        (BRITAIN, "england-and-wales", "Europe/London", DAYS, "2026-12-24T16:00+00:00", "2026-12-29T10:00+00:00",
         "Christmas Day on a Friday, the weekend, the substitute day on Monday"),
        (BRITAIN, "scotland", "Europe/London", DAYS, "2026-12-24T16:00+00:00", "2026-12-25T10:00+00:00",
         "this document has no Christmas Day for Scotland"),
        (CHINA, None, "Asia/Shanghai", f"{DAYS}; WW 10:00-14:00", "2026-01-01T12:00+08:00", "2026-01-04T12:00+08:00",
         "off from Thursday to Saturday; Sunday is worked, by the hours of WW"),
        (CHINA, None, "Asia/Shanghai", DAYS, "2026-01-01T12:00+08:00", "2026-01-04T11:00+08:00",
         "without WW it has the hours of the last open weekday before it"),
    ],
)  # fmt: skip
def test_due_times_by_hand(
    document: Any, region: str | None, zone: str, hours: str, received: str, due: str, because: str
) -> None:
    pinned = holidays.load(document, region=region, lossy=True).holidays
    office = sla.Calendar(zone, hours, holidays=pinned)
    assert office.add(datetime.fromisoformat(received), timedelta(hours=2)) == datetime.fromisoformat(due), because


def test_a_folder_has_a_file_for_each_year(tmp_path: Path) -> None:
    for year in (2025, 2026):
        (tmp_path / f"{year}.json").write_text(
            json.dumps([nager_holiday(f"{year}-01-01", "Neujahr", "New Year's Day")])
        )
    imported = holidays.load(tmp_path)
    assert imported.holidays.years == (2025, 2026)
    assert [str(day) for day, _ in imported.holidays.dates] == ["2025-01-01", "2026-01-01"]
    assert holidays.load(tmp_path / "2026.json").holidays.years == (2026, 2026)


def test_the_day_before_the_first_year_is_kept_where_that_year_is_there() -> None:
    before = chinese_year(2025, ("2025-01-01", "元旦", True))
    imported = holidays.load([before, CHINA])
    assert imported.holidays.years == (2025, 2026)
    assert "2025-12-31" in imported.holidays.to_data()["dates"]  # type: ignore[operator]  # a table
    assert [loss.where for loss in imported.losses] == ["[1].days[5]"]


def test_a_holiday_of_a_part_of_the_region_is_named_and_those_of_others_are_not() -> None:
    (loss,) = holidays.load(BAVARIA, region="DE-BY", lossy=True).losses
    assert (loss.severity, loss.where) == ("due_times", "[2]")
    assert holidays.load(BAVARIA, region="DE-BW").losses == ()


def test_a_holiday_everywhere_is_one_in_a_region_that_has_others() -> None:
    of_region = [
        open_holiday("2026-01-01", "2026-01-01", "Neujahr"),
        open_holiday("2026-01-06", "2026-01-06", "A", **in_regions("AT-1")),
    ]
    assert len(holidays.load(of_region, region="AT-1").holidays.dates) == 2


def test_a_holiday_that_is_told_twice_is_one() -> None:
    twice = [nager_holiday("2026-01-01", "Neujahr", "New Year's Day")] * 2
    assert holidays.load(twice).holidays.dates == ((date(2026, 1, 1), "Neujahr"),)


REFUSALS: Final = [
    Refusal(lambda: holidays.load(BRITAIN), sla.InteropError, "import_region_unknown", "region", "''",
            "england-and-wales, scotland"),
    Refusal(lambda: holidays.load(GERMANY, region="Bavaria"), sla.InteropError, "import_region_unknown", "region",
            "'Bavaria'", "DE-BW, DE-BY"),
    Refusal(lambda: holidays.load(CHINA, region="CN-11"), sla.InteropError, "import_region_unknown", "region",
            "'CN-11'", "no region: each holiday is one everywhere"),
    Refusal(lambda: holidays.load([GERMANY[:1], [nager_holiday("2028-01-01", "Neujahr", "New Year's Day")]]), sla.InteropError,
            "import_truncated", "source", "[2027]", "a document for each year"),
    Refusal(lambda: holidays.load(chinese_year(2027)), sla.InteropError, "import_truncated", "source", "[2027]",
            "a document for each year"),
    Refusal(lambda: holidays.load([CHINA, chinese_year(2027, ("2027-01-09", "元旦", False))]), sla.InteropError,
            "import_truncated", "source", "[2027]", "a document for each year"),
    Refusal(lambda: holidays.load([CHINA, chinese_year(2026, ("2026-01-04", "春节", True))]), sla.InteropError,
            "import_dates_invalid", "[0].days[4]", "2026-01-04", "one of the two"),
    Refusal(lambda: holidays.load([GERMANY[:1], BAVARIA[:1]]), sla.InteropError, "import_document_unknown", "[1][0]",
            "OpenHolidays", "Nager.Date, as the others"),
    Refusal(lambda: holidays.load([]), sla.InteropError, "import_nothing_there", "source", "", "one holiday or more"),
    Refusal(lambda: holidays.load(GERMANY[2:]), sla.InteropError, "import_nothing_there", "source", "", "one holiday or more"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("be.json", '[{"startDate": "2026-01-01", ', "import_unreadable"),
        ("be.csv", "\ufeffCountry;StartDate", "import_unreadable"),
        ("zendesk.json", '{"holidays": [{"start_date": "2026-12-24"}]}', "import_document_unknown"),
        ("openapi.json", '{"startDate": "2026-01-01"}', "import_key_missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(name: str, text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(sla.InteropError) as refused:
        holidays.load(tmp_path / name)
    assert refused.value.code == code
    assert name in str(refused.value)
