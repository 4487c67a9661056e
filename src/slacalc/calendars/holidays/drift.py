"""What moved from one set of holidays to another: days off, working weekends and half days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from slacalc.arguments import check_argument
from slacalc.calendars.holidays.frozen import FrozenHolidays
from slacalc.calendars.holidays.half_days import HalfDay
from slacalc.calendars.holidays.working_weekends import worked_instead
from slacalc.errors import HolidayError
from slacalc.render import Marked, MarkedLine, Tabular

__all__ = ["Drift", "drift"]

V = TypeVar("V")
Dated = tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class Drift(Tabular):
    """What moved between two sets of holidays, in the years that both cover.

    Working weekends and half days are told in words: a half day that ends at another time is one
    that went and one that came.
    """

    years: tuple[int, int]
    added: Dated
    removed: Dated
    renamed: tuple[tuple[date, str, str], ...]
    worked_added: Dated = ()
    worked_removed: Dated = ()
    half_days_added: Dated = ()
    half_days_removed: Dated = ()

    @property
    def moves_due_times(self) -> bool:
        """Whether any date came or went; a new name moves nothing."""
        return any(old is None or new is None for _, old, new in self._moved)

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each date that moved: what it was and is called, None where it was or is nothing."""
        return [{"date": day, "old": old, "new": new} for day, old, new in self._moved]

    def to_data(self) -> dict[str, object]:
        """Return what moved as plain lists: of date and name, of date, old and new name."""
        lists = {
            name: [[day.isoformat(), said] for day, said in getattr(self, name)]
            for pair in zip(_CAME, _WENT, strict=True)
            for name in pair
        }
        renamed = [[day.isoformat(), old, new] for day, old, new in self.renamed]
        return {"years": list(self.years), **lists, "renamed": renamed}

    def _page(self) -> Iterable[str | MarkedLine]:
        return [_line(*each) for each in self._moved] or ["no drift"]

    @property
    def _moved(self) -> list[tuple[date, str | None, str | None]]:
        came = ((day, None, said) for name in _CAME for day, said in getattr(self, name))
        went = ((day, said, None) for name in _WENT for day, said in getattr(self, name))
        return sorted((*came, *went, *self.renamed), key=lambda moved: moved[0])


_CAME: Final = ("added", "worked_added", "half_days_added")
_WENT: Final = ("removed", "worked_removed", "half_days_removed")


def drift(old: FrozenHolidays, new: FrozenHolidays) -> Drift:
    """Return which dates moved from `old` to `new`, in the years that both cover.

    Raises HolidayError when no year is common.

    >>> old = FrozenHolidays.of({date(2026, 5, 8): "Victory Day"}, years=(2026, 2026))
    >>> print(drift(old, FrozenHolidays.of({}, years=(2026, 2027))))
    - 2026-05-08 Victory Day
    """
    for name, each in (("old", old), ("new", new)):
        check_argument(each, FrozenHolidays, name, "frozen holidays, such as Holidays(...).freeze(2026, 2030)")
    first, last = max(old.years[0], new.years[0]), min(old.years[1], new.years[1])
    if first > last:
        raise HolidayError(
            "holiday_years_apart",
            "the two have no year in common",
            given=(old.years, new.years),
            accepts="two sets of holidays that share a year",
        )
    before, after = (_within(dict(each.dates), first, last) for each in (old, new))
    worked = [_within(dict(each.working_weekends), first, last) for each in (old, new)]
    halves = [_within(dict(each.half_days), first, last) for each in (old, new)]
    return Drift(
        (first, last),
        tuple((day, name) for day, name in after.items() if day not in before),
        tuple((day, name) for day, name in before.items() if day not in after),
        tuple((day, name, after[day]) for day, name in before.items() if after.get(day, name) != name),
        tuple((day, worked_instead(off)) for day, off in _other(worked[1], worked[0])),
        tuple((day, worked_instead(off)) for day, off in _other(worked[0], worked[1])),
        tuple((day, half.in_words) for day, half in _other(_ends(halves[1]), _ends(halves[0]))),
        tuple((day, half.in_words) for day, half in _other(_ends(halves[0]), _ends(halves[1]))),
    )


def _line(day: date, old: str | None, new: str | None) -> MarkedLine:
    sign = "+" if old is None else "-" if new is None else "~"
    told = Marked(day.isoformat(), day.isoformat())
    return MarkedLine.of(f"{sign} ", told, f" {' -> '.join(each for each in (old, new) if each is not None)}")


def _within(dated: Mapping[date, V], first: int, last: int) -> dict[date, V]:
    return {day: value for day, value in dated.items() if first <= day.year <= last}


def _other(these: Mapping[date, V], those: Mapping[date, V]) -> Iterator[tuple[date, V]]:
    """Return the dates of the first that the second lacks, or tells otherwise."""
    return ((day, value) for day, value in these.items() if day not in those or those[day] != value)


def _ends(half_days: Mapping[date, HalfDay]) -> dict[date, HalfDay]:
    """Return half days without their names, which move nothing."""
    return {day: HalfDay("", half.until, half.shortened) for day, half in half_days.items()}
