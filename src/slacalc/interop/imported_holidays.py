"""`ImportedHolidays`: the days off that another system lists, and what of its list could not be kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from slacalc.calendars.holidays import FrozenHolidays
from slacalc.interop.imported import Loss, counted
from slacalc.render import Tabular, TextTable

__all__ = ["ImportedHolidays"]


@dataclass(frozen=True, slots=True)
class ImportedHolidays(Tabular):
    """Days off of a source as a pin, and what could not be kept: `holidays.to_json()` is a pin file.

    Printed it is a table of the losses.
    """

    system: str
    holidays: FrozenHolidays
    losses: tuple[Loss, ...] = ()

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each loss."""
        return [each.to_row() for each in self.losses]

    def to_data(self) -> dict[str, Any]:
        """Return the system, the pin as data, and the losses."""
        return {"system": self.system, "holidays": self.holidays.to_data(), "losses": self.to_rows()}

    @property
    def summary(self) -> tuple[str, ...]:
        """What was read, and a line for each loss."""
        (first, last), days = self.holidays.years, len(self.holidays.dates)
        worked = counted(self.holidays.working_weekends, "working weekend")
        made = f"{days} {'day' if days == 1 else 'days'} off, {worked}"
        return f"{self.system}, {first} to {last}: {made}", *map(str, self.losses)

    def _page(self) -> Iterator[str | TextTable]:
        yield self.summary[0]
        if self.losses:
            columns = ("severity", "where", "means", "instead")
            rows = ([str(row[name]) for name in columns] for row in self.to_rows())
            yield TextTable.of(columns, rows, caption="what could not be kept")
