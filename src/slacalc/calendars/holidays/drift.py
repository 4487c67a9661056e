"""What moved between two sets of holidays."""

from dataclasses import dataclass
from datetime import date

from slacalc.arguments import check_argument
from slacalc.calendars.holidays.frozen import FrozenHolidays
from slacalc.errors import HolidayError

__all__ = ["Drift", "drift"]


@dataclass(frozen=True, slots=True)
class Drift:
    """What moved between two sets of holidays, in the years that both cover."""

    years: tuple[int, int]
    added: tuple[tuple[date, str], ...]
    removed: tuple[tuple[date, str], ...]
    renamed: tuple[tuple[date, str, str], ...]

    @property
    def moves_due_times(self) -> bool:
        """Whether any date was added or removed; a new name moves nothing."""
        return bool(self.added or self.removed)

    def to_json(self) -> str:
        """Return what moved as JSON: lists of date and name, of date, old and new name."""
        import json

        return json.dumps(
            {
                "years": self.years,
                "added": [(day.isoformat(), name) for day, name in self.added],
                "removed": [(day.isoformat(), name) for day, name in self.removed],
                "renamed": [(day.isoformat(), old, new) for day, old, new in self.renamed],
            },
            ensure_ascii=False,
        )

    def __str__(self) -> str:
        """Return a line for each date that moved."""
        lines = [f"+ {day} {name}" for day, name in self.added]
        lines += [f"- {day} {name}" for day, name in self.removed]
        lines += [f"~ {day} {old} -> {new}" for day, old, new in self.renamed]
        return "\n".join(sorted(lines, key=lambda line: line[2:])) or "no drift"


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
