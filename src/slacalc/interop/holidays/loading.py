"""Holidays of a source as a pin: of the country or one region of it, with what is lost."""

from collections.abc import Iterable
from datetime import date

from slacalc.arguments import nearest_first
from slacalc.calendars.holidays import FrozenHolidays, Provenance
from slacalc.errors import InteropError
from slacalc.interop.holidays.sources import ToldHoliday, source_of
from slacalc.interop.imported import Loss, refuse_lossy
from slacalc.interop.imported_holidays import ImportedHolidays
from slacalc.interop.parts import documents_in

__all__ = ["load"]


def load(source: object, *, region: str | None = None, lossy: bool = False) -> ImportedHolidays:
    """Return the holidays of a source as a pin; a calendar with it answers for the years that it covers.

    `source` is an answer of OpenHolidays or Nager.Date, gov.uk's `bank-holidays.json`, or a file of holiday-cn: as
    parsed JSON, a file, or a folder with one for each year. `region` adds the holidays of a part of the country,
    such as "DE-BY" or "scotland". Days of holiday-cn that are not off are weekends that are worked.

    Raises InteropError for what cannot be read, for a year between others that is not there, for a region that has no
    holiday of its own, and for what would change due times, unless that is wanted: `lossy`. Everything that is lost is
    in `losses`.

    >>> answer = [{"date": "2026-01-06", "localName": "Heilige Drei Könige", "name": "Epiphany", "countryCode": "DE",
    ...     "global": False, "counties": ["DE-BW", "DE-BY"], "types": ["Public"]}]
    >>> load(answer, region="DE-BY").holidays.names(2026)
    {datetime.date(2026, 1, 6): 'Heilige Drei Könige'}
    """
    system, told, said_years = source_of(documents_in(source))
    years = _years(said_years, told)
    _refuse_unknown_region(region, told)
    judged = [(each, _loss(each, region, years)) for each in told if _concerns(each, region)]
    losses = tuple(loss for _, loss in judged if loss is not None)
    refuse_lossy(losses, lossy=lossy)
    return ImportedHolidays(system, _frozen(system, years, [each for each, loss in judged if loss is None]), losses)


def _nothing_there() -> InteropError:
    return InteropError(
        "import_nothing_there", "there is no holiday", accepts="an answer with one holiday or more", where="source"
    )


def _years(said: Iterable[int], told: list[ToldHoliday]) -> range:
    """Return the years that are covered. Raises InteropError where nothing is told of one of them."""
    covered = {*said} or {each.first.year for each in told}
    if not covered:
        raise _nothing_there()
    years = range(min(covered), max(covered) + 1)
    told_of = {day.year for each in told if not each.worked for day in (each.first, each.last)}
    if missing := [year for year in years if year not in told_of]:
        raise InteropError(
            "import_truncated",
            "there is a year without any holiday",
            given=missing,
            accepts="a document for each year from the first to the last",
            where="source",
        )
    return years


def _refuse_unknown_region(region: str | None, told: list[ToldHoliday]) -> None:
    """Refuse a region of which nothing is said, and none where everything is said of regions."""
    known = sorted({code for each in told for code in each.regions})
    if region is None and any(not each.regions for each in told):
        return
    if region is None or not any(_reaches(region, code) or _reaches(code, region) for code in known):
        raise InteropError(
            "import_region_unknown",
            "no holiday is of this region" if region else "each holiday is of a region, and none is chosen",
            given=region or "",
            accepts=nearest_first(region, known) if known else "no region: each holiday is one everywhere",
            where="region",
        )


def _concerns(told: ToldHoliday, region: str | None) -> bool:
    """Tell whether a holiday is one somewhere in the region, or in the country where none is chosen."""
    whole = region is None or not told.regions
    return whole or any(_reaches(region or "", code) or _reaches(code, region or "") for code in told.regions)


def _loss(told: ToldHoliday, region: str | None, years: range) -> Loss | None:
    """Return why a holiday is no day off for us, or None."""
    if told.loss is not None:
        return told.loss
    if told.regions and (region is None or not any(_reaches(code, region) for code in told.regions)):
        where = f"{told.name} is a holiday in {', '.join(told.regions)} only"
        return Loss("due_times", told.place, where, "it is no day off; choose the region to have it")
    if not all(day.year in years for day in told.days):
        return Loss(
            "cosmetic", told.place, f"{told.name} is beyond {years[0]} to {years[-1]}",
            "it is left out: these holidays answer for no such year",
        )  # fmt: skip
    return None


def _reaches(code: str, region: str) -> bool:
    """Tell whether what is said of a region is said of another: DE-BY has DE-BY-AU in it."""
    return region == code or region.startswith(f"{code}-")


def _frozen(system: str, years: range, kept: Iterable[ToldHoliday]) -> FrozenHolidays:
    names: dict[date, list[str]] = {}
    english: dict[date, list[str]] = {}
    worked: dict[date, str] = {}
    for each in kept:
        for day in each.days:
            if each.worked:
                worked[day] = each.place
                continue
            _add(names.setdefault(day, []), each.name)
            _add(english.setdefault(day, []), each.english or each.name)
    if not names:
        raise _nothing_there()
    _refuse_both(names.keys() & worked.keys(), worked)
    return FrozenHolidays(
        tuple((day, "; ".join(names[day])) for day in sorted(names)),
        (years[0], years[-1]),
        Provenance(system),
        tuple((day, "; ".join(english[day])) for day in sorted(english) if english[day] != names[day]),
        tuple((day, None) for day in sorted(worked)),
    )


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def _refuse_both(both: Iterable[date], worked: dict[date, str]) -> None:
    problems = [
        InteropError(
            "import_dates_invalid",
            "this date is a day off, and is worked",
            given=str(day),
            accepts="one of the two",
            where=worked[day],
        )
        for day in sorted(both)
    ]
    if problems:
        raise InteropError.of(problems)
