"""What moved between two sets of holidays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from slacalc.arguments import check_argument
from slacalc.calendars.holidays.frozen import FrozenHolidays
from slacalc.errors import HolidayError
from slacalc.render import Tabular

__all__ = ["Drift", "drift"]


@dataclass(frozen=True, slots=True)
class Drift(Tabular):
    """What moved between two sets of holidays, in the years that both cover."""

    years: tuple[int, int]
    added: tuple[tuple[date, str], ...]
    removed: tuple[tuple[date, str], ...]
    renamed: tuple[tuple[date, str, str], ...]

    @property
    def moves_due_times(self) -> bool:
        """Whether any date was added or removed; a new name moves nothing."""
        return bool(self.added or self.removed)

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each date that moved: its old and new name, None where it is no holiday."""
        return [{"date": day, "old": old, "new": new} for day, old, new in self._moved]

    def to_data(self) -> dict[str, object]:
        """Return what moved as plain lists: of date and name, of date, old and new name."""
        return {
            "years": list(self.years),
            "added": [[day.isoformat(), name] for day, name in self.added],
            "removed": [[day.isoformat(), name] for day, name in self.removed],
            "renamed": [[day.isoformat(), old, new] for day, old, new in self.renamed],
        }

    def _page(self) -> Iterable[str]:
        """Return a line for each date that moved."""
        return [_line(*each) for each in self._moved] or ["no drift"]

    @property
    def _moved(self) -> list[tuple[date, str | None, str | None]]:
        return sorted(
            (
                *((day, None, name) for day, name in self.added),
                *((day, name, None) for day, name in self.removed),
                *self.renamed,
            ),
            key=lambda moved: moved[0],
        )


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
    before = {day: name for day, name in old.dates if first <= day.year <= last}
    after = {day: name for day, name in new.dates if first <= day.year <= last}
    return Drift(
        (first, last),
        tuple((day, name) for day, name in after.items() if day not in before),
        tuple((day, name) for day, name in before.items() if day not in after),
        tuple((day, name, after[day]) for day, name in before.items() if after.get(day, name) != name),
    )


def _line(day: date, old: str | None, new: str | None) -> str:
    if old is None:
        return f"+ {day} {new}"
    return f"- {day} {old}" if new is None else f"~ {day} {old} -> {new}"
