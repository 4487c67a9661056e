"""Documents of four sources of holidays, made for these tests by the documented forms."""

from typing import Any, Final

Document = Any


def open_holiday(first: str, last: str, name: str, **more: Any) -> Document:
    """One of OpenHolidays: `language` of the name is German unless `name` says another."""
    names = more.pop("names", {"DE": name})
    said = [{"language": language, "text": text} for language, text in names.items()]
    return {
        "id": f"id-{first}-{name}", "startDate": first, "endDate": last, "type": "Public", "name": said,
        "regionalScope": "National", "temporalScope": "FullDay", "nationwide": True, **more,
    }  # fmt: skip


def nager_holiday(day: str, own: str, english: str, **more: Any) -> Document:
    return {
        "date": day, "localName": own, "name": english, "countryCode": "DE", "fixed": True, "global": True,
        "counties": None, "launchYear": None, "types": ["Public"], **more,
    }  # fmt: skip


def in_regions(*codes: str) -> Document:
    """What OpenHolidays says of a holiday of some regions."""
    return {
        "nationwide": False, "regionalScope": "Regional",
        "subdivisions": [{"code": code, "shortName": code[3:]} for code in codes],
    }  # fmt: skip


def bank_holiday(day: str, title: str, notes: str = "", *, bunting: bool = True) -> Document:
    return {"title": title, "date": day, "notes": notes, "bunting": bunting}


def chinese_year(year: int, *days: tuple[str, str, bool]) -> Document:
    said = [{"name": name, "date": day, "isOffDay": off} for day, name, off in days]
    return {"year": year, "papers": ["https://example.org/plan"], "days": said}


BAVARIA: Final = [
    open_holiday("2026-01-01", "2026-01-01", "Neujahr"),
    open_holiday("2026-01-06", "2026-01-06", "Heilige Drei Könige", **in_regions("DE-BW", "DE-BY", "DE-ST")),
    open_holiday("2026-08-08", "2026-08-08", "Augsburger Friedensfest", **in_regions("DE-BY-AU")),
    open_holiday("2026-12-25", "2026-12-26", "Weihnachten", names={"DE": "Weihnachten", "EN": "Christmas"}),
]
"""OpenHolidays, ordinary: a holiday everywhere, one of three regions, one of a town in one of them, and one of two days."""

HALF_DAYS: Final = [
    open_holiday("2026-12-24", "2026-12-24", "Heiligabend", temporalScope="HalfDay"),
    open_holiday("2026-12-25", "2026-12-25", "Weihnachtstag"),
]
"""OpenHolidays, odd: a day of which half is off."""

GERMANY: Final = [
    nager_holiday("2026-01-01", "Neujahr", "New Year's Day"),
    nager_holiday("2026-01-06", "Heilige Drei Könige", "Epiphany", **{"global": False}, counties=["DE-BW", "DE-BY"]),
    nager_holiday("2026-05-10", "Muttertag", "Mother's Day", types=["Observance"]),
]
"""Nager.Date, ordinary: everywhere, in two regions, and a day that is none off."""

BRITAIN: Final = {
    "england-and-wales": {
        "division": "england-and-wales",
        "events": [
            bank_holiday("2026-12-25", "Christmas Day"),
            bank_holiday("2026-12-28", "Boxing Day", "Substitute day"),
        ],
    },
    "scotland": {
        "division": "scotland",
        "events": [
            bank_holiday("2026-01-02", "2nd January"),
            bank_holiday("2026-11-30", "St Andrew's Day"),
            bank_holiday("2027-03-26", "Good Friday", bunting=False),
        ],
    },
    "northern-ireland": {"division": "northern-ireland", "events": []},
}
"""gov.uk: a substitute day, and a holiday without bunting, which is one all the same."""

CHINA: Final = chinese_year(
    2026,
    ("2025-12-31", "元旦", True),
    ("2026-01-01", "元旦", True),
    ("2026-01-02", "元旦", True),
    ("2026-01-03", "元旦", True),
    ("2026-01-04", "元旦", False),
    ("2026-01-05", "元旦", False),
)
"""holiday-cn: days off, a Saturday among them; a Sunday that is worked; a Monday that is; a day of the year before."""
