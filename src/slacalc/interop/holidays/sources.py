"""What four sources of holidays say, as one form: each date with its names, where it is one, and why it is none for us.

Facts of the formats: OpenHolidays API `/PublicHolidays` (openholidaysapi.org, 2026); Nager.Date v3 `/PublicHolidays`
(date.nager.at); gov.uk/bank-holidays.json; NateScarlet/holiday-cn, a file for each year.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from slacalc.business_time.instants import FIRST_DATE, LAST_DATE
from slacalc.interop.imported import Loss, Severity
from slacalc.interop.parts import Part, read_each

__all__ = ["HolidayAnswers", "ToldHoliday", "source_of"]

_SATURDAY: Final = 5
_MOST_DATES: Final = 366


class ToldHoliday(NamedTuple):
    """A holiday as its source tells it.

    `last` is included. `regions` are those where it is one, none if everywhere. `worked` are days that are no days off.
    `loss` is why it is no day off for us.
    """

    place: str
    first: date
    last: date
    name: str
    english: str = ""
    regions: tuple[str, ...] = ()
    worked: bool = False
    loss: Loss | None = None

    @property
    def days(self) -> list[date]:
        """Its dates."""
        return [self.first + timedelta(place) for place in range((self.last - self.first).days + 1)]


class HolidayAnswers(NamedTuple):
    """What documents hold: whose they are, what they tell, and the years that they say they are of, if they say so."""

    system: str
    told: list[ToldHoliday]
    years: tuple[int, ...] = ()


def source_of(documents: Iterable[Part]) -> HolidayAnswers:
    """Return what documents tell together. Raises InteropError for a document of no source that is known."""
    entries = [each for document in documents for each in _entries(document)]
    kinds = read_each(entries, _kind_of)
    for entry, kind in zip(entries, kinds, strict=True):
        if kind != kinds[0]:
            raise entry.refusal(
                "import_document_unknown",
                "these are holidays of two sources",
                given=_SYSTEMS[kind],
                accepts=f"{_SYSTEMS[kinds[0]]}, as the others",
            )
    return _READERS[kinds[0]](entries) if kinds else HolidayAnswers("", [])


def _entries(document: Part) -> list[Part]:
    return document.items() if isinstance(document.value, list | tuple) else [document]


def _kind_of(entry: Part) -> str:
    table = entry.table()
    known = next((key for key in _SYSTEMS if key in table), "")
    if not known and table.keys() & set(_DIVISIONS):
        known = _DIVISIONS[0]
    if not known:
        raise entry.refusal(
            "import_document_unknown",
            "this is no holiday of a source that is known",
            given=[*map(str, table)][:5],
            accepts="an answer of OpenHolidays or Nager.Date, bank-holidays.json of gov.uk, or a file of holiday-cn",
        )
    return known


def _open_holidays(entries: list[Part]) -> HolidayAnswers:
    return HolidayAnswers("OpenHolidays", read_each(entries, _open_holiday))


def _open_holiday(entry: Part) -> ToldHoliday:
    kind = entry["type"].word("Public", "Bank", "Optional", "School", "BackToSchool", "EndOfLessons")
    names = {each["language"].text().upper(): each["text"].text() for each in entry["name"].items()}
    if not names:
        raise entry["name"].misfit("a name in one language or more")
    own = "; ".join(dict.fromkeys(text for language, text in names.items() if language != "EN"))
    first, last = _dates(entry, entry["startDate"].date(), entry["endDate"].date())
    loss = None if kind == "Public" else _no_day_off(entry["type"], [kind])
    if "temporalScope" in entry and entry["temporalScope"].word("FullDay", "HalfDay") == "HalfDay":
        loss = Loss(
            "due_times", entry["temporalScope"].place, f"{own or names['EN']}: half of the day is off, and not which",
            "the hours of the day are as on any other; a special day can say which half",
        )  # fmt: skip
    if "groups" in entry and entry["groups"].items():
        loss = Loss(
            "due_times", entry["groups"].place, f"{own or names['EN']}: a day off for some people only",
            "it is no day off",
        )  # fmt: skip
    regions = () if entry["nationwide"].truth() else _regions(entry["subdivisions"], lambda each: each["code"])
    return ToldHoliday(entry.place, first, last, own or names["EN"], names.get("EN", ""), regions, loss=loss)


def _nager(entries: list[Part]) -> HolidayAnswers:
    countries = [entry["countryCode"] for entry in entries]
    for country in countries:
        country.word(countries[0].text())
    return HolidayAnswers("Nager.Date", read_each(entries, _nager_holiday))


def _nager_holiday(entry: Part) -> ToldHoliday:
    named = entry["types"].items() if "types" in entry else [entry["type"]]
    kinds = [each.word("Public", "Bank", "School", "Authorities", "Optional", "Observance") for each in named]
    loss = None if "Public" in kinds else _no_day_off(entry["types" if "types" in entry else "type"], kinds)
    is_everywhere = "counties" not in entry and not ("global" in entry and not entry["global"].truth())
    regions = () if is_everywhere else _regions(entry["counties"], lambda each: each)
    day, _ = _dates(entry, entry["date"].date(), entry["date"].date())
    return ToldHoliday(entry.place, day, day, entry["localName"].text(), entry["name"].text(), regions, loss=loss)


def _no_day_off(part: Part, kinds: list[str]) -> Loss:
    """Return the loss of what is no public holiday; some of them close offices all the same."""
    severity: Severity = "due_times" if {"Bank", "Optional"} & set(kinds) else "cosmetic"
    return Loss(severity, part.place, f"a holiday that is {', '.join(kinds) or 'of no kind'}", "it is no day off")


def _gov_uk(entries: list[Part]) -> HolidayAnswers:
    divisions = [entry[key] for entry in entries for key in entry.table() if entry[key].value is not None]
    for division in divisions:
        if division.key not in _DIVISIONS:
            raise division.misfit(", ".join(_DIVISIONS))
    return HolidayAnswers("gov.uk", [told for each in divisions for told in _division(each)])


def _division(division: Part) -> list[ToldHoliday]:
    return read_each(division["events"].items(), lambda event: _bank_holiday(event, division.key))


def _bank_holiday(event: Part, division: str) -> ToldHoliday:
    day, _ = _dates(event, event["date"].date(), event["date"].date())
    notes = event.table().get("notes")
    name = f"{event['title'].text()} ({event['notes'].text()})" if notes else event["title"].text()
    return ToldHoliday(event.place, day, day, name, regions=(division,))


def _holiday_cn(entries: list[Part]) -> HolidayAnswers:
    days = [day for entry in entries for day in entry["days"].items()]
    years = [entry["year"].whole(FIRST_DATE.year, LAST_DATE.year) for entry in entries]
    return HolidayAnswers("holiday-cn", read_each(days, _chinese_day), tuple(years))


def _chinese_day(entry: Part) -> ToldHoliday:
    day, _ = _dates(entry, entry["date"].date(), entry["date"].date())
    worked = not entry["isOffDay"].truth()
    loss = None
    if worked and day.weekday() < _SATURDAY:
        loss = Loss("cosmetic", entry.place, f"{day} is worked", "it is no weekend, and worked anyway")
    return ToldHoliday(entry.place, day, day, entry["name"].text(), worked=worked, loss=loss)


_SYSTEMS: Final[Mapping[str, str]] = {
    "countryCode": "Nager.Date",
    "startDate": "OpenHolidays",
    "days": "holiday-cn",
    "england-and-wales": "gov.uk",
}
"""The keys by which the documents are known."""
_DIVISIONS: Final = ("england-and-wales", "scotland", "northern-ireland")
_READERS: Final[Mapping[str, Callable[[list[Part]], HolidayAnswers]]] = {
    "countryCode": _nager,
    "startDate": _open_holidays,
    "days": _holiday_cn,
    "england-and-wales": _gov_uk,
}


def _regions(parts: Part, code: Callable[[Part], Part]) -> tuple[str, ...]:
    if not parts.items():
        raise parts.misfit("one region or more, such as DE-BY: the holiday is not one everywhere")
    return tuple(code(each).text() for each in parts.items())


def _dates(part: Part, first: date, last: date) -> tuple[date, date]:
    if not FIRST_DATE <= first <= last <= LAST_DATE or (last - first).days >= _MOST_DATES:
        raise part.refusal(
            "import_dates_invalid",
            "these are no dates of a holiday",
            given=f"{first} to {last}",
            accepts=f"a first and a last date, both included, from 1900 to 2200; at most {_MOST_DATES}",
        )
    return first, last
