"""Four sources of holidays, each by the facts of its format."""

from datetime import date
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
    bank_holiday,
    chinese_year,
    in_regions,
    nager_holiday,
    open_holiday,
)


@pytest.mark.parametrize(
    ("document", "region", "system", "names"),
    [
        (BAVARIA, "DE-ST", "OpenHolidays",
         {"01-01": "Neujahr", "01-06": "Heilige Drei Könige", "12-25": "Weihnachten", "12-26": "Weihnachten"}),
        (BAVARIA, "DE-BY-AU", "OpenHolidays",
         {"01-01": "Neujahr", "01-06": "Heilige Drei Könige", "08-08": "Augsburger Friedensfest",
          "12-25": "Weihnachten", "12-26": "Weihnachten"}),
        (HALF_DAYS, None, "OpenHolidays", {"12-25": "Weihnachtstag"}),
        ([open_holiday("2026-05-14", "2026-05-14", "", names={"DE": "Auffahrt", "FR": "Ascension", "EN": "Ascension Day"})],
         None, "OpenHolidays", {"05-14": "Auffahrt; Ascension"}),
        ([open_holiday("2026-05-14", "2026-05-14", "", names={"EN": "Ascension Day"})],
         None, "OpenHolidays", {"05-14": "Ascension Day"}),
        (GERMANY, "DE-BY", "Nager.Date", {"01-01": "Neujahr", "01-06": "Heilige Drei Könige"}),
        ([{**nager_holiday("2026-01-01", "Neujahr", "New Year's Day", types=None), "type": "Public"}],
         None, "Nager.Date", {"01-01": "Neujahr"}),
        ([nager_holiday("2026-05-01", "Tag der Arbeit", "Labour Day"), nager_holiday("2026-05-01", "Maifest", "May Day")],
         None, "Nager.Date", {"05-01": "Tag der Arbeit; Maifest"}),
        (BRITAIN, "england-and-wales", "gov.uk", {"12-25": "Christmas Day", "12-28": "Boxing Day (Substitute day)"}),
        (BRITAIN, "scotland", "gov.uk", {"01-02": "2nd January", "11-30": "St Andrew's Day"}),
        (CHINA, None, "holiday-cn", {"01-01": "元旦", "01-02": "元旦", "01-03": "元旦"}),
    ],
)  # fmt: skip
def test_the_days_off_are_those_of_the_document(
    document: Any, region: str | None, system: str, names: dict[str, str]
) -> None:
    imported = holidays.load(document, region=region, lossy=True)
    said = {f"{day:%m-%d}": name for day, name in imported.holidays.names(2026).items()}
    assert (imported.system, said) == (system, names)
    assert sla.FrozenHolidays.from_json(imported.holidays.to_json()) == imported.holidays


def test_a_bank_holiday_without_bunting_is_one() -> None:
    assert holidays.load(BRITAIN, region="scotland").holidays.names(2027) == {date(2027, 3, 26): "Good Friday"}


def test_names_in_english_are_kept_beside_those_of_the_country() -> None:
    kept = holidays.load(BAVARIA, region="DE-ST").holidays
    assert kept.names(2026, "en_US")[date(2026, 12, 26)] == "Christmas"
    assert kept.names(2026, "en_US")[date(2026, 1, 1)] == "Neujahr"
    assert holidays.load(GERMANY, region="DE-BY").holidays.names(2026, "en_US")[date(2026, 1, 6)] == "Epiphany"


def test_a_weekend_that_is_worked_is_worked_and_no_other_day_is() -> None:
    imported = holidays.load(CHINA)
    assert imported.holidays.working_weekends == ((date(2026, 1, 4), None),)
    assert [(loss.severity, loss.where) for loss in imported.losses] == [
        ("cosmetic", "days[0]"),
        ("cosmetic", "days[5]"),
    ]


@pytest.mark.parametrize(
    ("document", "severity", "where", "means"),
    [
        (HALF_DAYS, "due_times", "[0].temporalScope", "Heiligabend: half of the day is off, and not which"),
        ([*HALF_DAYS[1:], open_holiday("2026-08-15", "2026-08-15", "Mariä Himmelfahrt", groups=[{"code": "DE-BY-KA"}])],
         "due_times", "[1].groups", "Mariä Himmelfahrt: a day off for some people only"),
        ([*HALF_DAYS[1:], open_holiday("2026-08-15", "2026-08-31", "Sommerferien", type="School")],
         "cosmetic", "[1].type", "a holiday that is School"),
        ([*HALF_DAYS[1:], open_holiday("2026-08-15", "2026-08-15", "Stadtfest", type="Optional")],
         "due_times", "[1].type", "a holiday that is Optional"),
        (GERMANY[::2], "cosmetic", "[1].types", "a holiday that is Observance"),
        ([*GERMANY[:1], nager_holiday("2026-04-03", "Good Friday", "Good Friday", types=["Bank", "School"])],
         "due_times", "[1].types", "a holiday that is Bank, School"),
        (GERMANY[:2], "due_times", "[1]", "Heilige Drei Könige is a holiday in DE-BW, DE-BY only"),
    ],
)  # fmt: skip
def test_what_is_no_day_off_for_everybody_is_named(document: Any, severity: str, where: str, means: str) -> None:
    imported = holidays.load(document, lossy=True)
    (loss,) = imported.losses
    assert (loss.severity, loss.where, loss.means) == (severity, where, means)
    assert str(loss) in imported.summary
    if severity == "due_times":
        with pytest.raises(sla.InteropError) as refused:
            holidays.load(document)
        assert refused.value.code == "import_changes_due_times"
    else:
        assert holidays.load(document) == imported


REFUSALS: Final = [
    Refusal(lambda: holidays.load([{**nager_holiday("2026-01-01", "A", "A"), "types": ["public"]}]), sla.InteropError,
            "import_value_invalid", "[0].types[0]", "'public'", "Public"),
    Refusal(lambda: holidays.load([nager_holiday("2026-01-01", "A", "A"), nager_holiday("2026-01-01", "B", "B", countryCode="BE")]),
            sla.InteropError, "import_value_invalid", "[1].countryCode", "'BE'", "DE"),
    Refusal(lambda: holidays.load([nager_holiday("2026-01-01", "A", "A", **{"global": False})]), sla.InteropError,
            "import_key_missing", "[0].counties", "", '"counties"'),
    Refusal(lambda: holidays.load([nager_holiday("2026-01-01", "A", "A", counties=[])]), sla.InteropError,
            "import_value_invalid", "[0].counties", "[]", "one region or more"),
    Refusal(lambda: holidays.load([open_holiday("2026-01-02", "2026-01-01", "A")]), sla.InteropError,
            "import_dates_invalid", "[0]", "2026-01-02 to 2026-01-01", "both included"),
    Refusal(lambda: holidays.load([open_holiday("1899-12-31", "1900-01-01", "A")]), sla.InteropError,
            "import_dates_invalid", "[0]", "1899-12-31 to 1900-01-01", "1900 to 2200"),
    Refusal(lambda: holidays.load([open_holiday("2026-01-01", "2026-01-01", "A", **in_regions())]), sla.InteropError,
            "import_value_invalid", "[0].subdivisions", "[]", "one region or more"),
    Refusal(lambda: holidays.load([open_holiday("2026-01-01", "2026-01-01", "A", names={})]), sla.InteropError,
            "import_value_invalid", "[0].name", "[]", "a name in one language or more"),
    Refusal(lambda: holidays.load({"scotland": {"events": [bank_holiday("30/11/2026", "St Andrew's Day")]}}, region="scotland"),
            sla.InteropError, "import_value_invalid", "scotland.events[0].date", "'30/11/2026'", "a date such as 2026-12-24"),
    Refusal(lambda: holidays.load({**BRITAIN, "northern_ireland": {"events": []}}, region="scotland"), sla.InteropError,
            "import_value_invalid", "northern_ireland", "", "england-and-wales, scotland, northern-ireland"),
    Refusal(lambda: holidays.load(chinese_year(26, ("2026-01-01", "元旦", True))), sla.InteropError,
            "import_value_invalid", "year", "26", "1900 to 2200"),
    Refusal(lambda: holidays.load({"schedules": []}), sla.InteropError, "import_document_unknown", "", "['schedules']",
            "an answer of OpenHolidays or Nager.Date, bank-holidays.json of gov.uk, or a file of holiday-cn"),
    Refusal(lambda: holidays.load([[*GERMANY[:1], *BAVARIA[:1]]]), sla.InteropError, "import_document_unknown", "[0][1]",
            "OpenHolidays", "Nager.Date, as the others"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_path_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)
