"""Dates of the holiday data that can still change: estimated ones, and years that a government has yet to announce."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from slacalc.calendars.holidays.year import Uncertain

__all__ = ["ANNOUNCED_UNTIL", "estimates", "unannounced", "without_mark"]

_ESTIMATED: Final = (" (estimated)", " (observed, estimated)")
_ONE_DAY: Final = timedelta(days=1)

ANNOUNCED_UNTIL: Final[Mapping[str, int]] = {
    "AZ": 2025,
    "BY": 2026,
    "CN": 2026,
    "HU": 2026,
    "ID": 2027,
    "KG": 2025,
    "KZ": 2025,
    "LK": 2026,
    "LV": 2026,
    "MM": 2025,
    "PH": 2027,
    "RU": 2027,
    "TH": 2026,
    "TW": 2026,
    "UZ": 2026,
    "VN": 2026,
    "XSHE": 2026,
    "XSHG": 2026,
    "XTAI": 2026,
}
"""The last year whose days off a government has announced, for those that decide them anew each year.

Source: the tables of moved and added days in holidays 0.109 (November 2026), whose last year this is. Those of Taiwan
and its exchange end with 2025; that nothing is moved in 2026 is what the package has from the government's work
calendar of 2026 and from the exchange's own page, which its modules name as their sources.
"""


def unannounced(code: str, year: int) -> Iterator[Uncertain]:
    """Return the whole year as uncertain where it is not announced yet.

    >>> [str(each) for each in unannounced("HU", 2028)]
    ['2028-01-01 to 2028-12-31: HU has yet to announce its days off of 2028']
    """
    if year > ANNOUNCED_UNTIL.get(code, year):
        yield Uncertain(date(year, 1, 1), date(year, 12, 31), f"{code} has yet to announce its days off of {year}")


def estimates(english: Iterable[tuple[date, str]]) -> list[Uncertain]:
    """Return each run of estimated dates with its neighbours: any of them can become a day off, or stop being one.

    >>> [str(each) for each in estimates([(date(2027, 3, 9), "Eid al-Fitr (estimated)")])]
    ['2027-03-08 to 2027-03-10: Eid al-Fitr is estimated']
    """
    found: list[Uncertain] = []
    for day, name in sorted(english):
        if not any(mark in name for mark in _ESTIMATED):
            continue
        if found and day - _ONE_DAY <= found[-1].last:
            found[-1] = Uncertain(found[-1].first, day + _ONE_DAY, found[-1].why)
        else:
            found.append(Uncertain(day - _ONE_DAY, day + _ONE_DAY, f"{without_mark(name)} is estimated"))
    return found


def without_mark(name: str) -> str:
    """Return the name of a holiday without the mark of an estimate.

    >>> without_mark("Eid al-Adha (observed, estimated)")
    'Eid al-Adha (observed)'
    """
    return name.replace(" (observed, estimated)", " (observed)").replace(" (estimated)", "")
