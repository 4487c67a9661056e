"""`ImportedHolidays`: the days off that another system lists, and what of its list could not be kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from slacalc.calendars.holidays import FrozenHolidays
from slacalc.interop.imported import Loss, refuse_lossy
from slacalc.render import Tabular, TextTable

__all__ = ["ImportedHolidays"]


@dataclass(frozen=True, slots=True)
class ImportedHolidays(Tabular):
    """Days off as a pin: `holidays.to_json()` is a pin file, and `losses` are what could not be kept."""

    system: str
    holidays: FrozenHolidays
    losses: tuple[Loss, ...] = ()

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each loss."""
        return [each.to_row() for each in self.losses]

    def to_data(self) -> dict[str, Any]:
        """Return the system, the pin as data, and the losses."""
        return {"system": self.system, "holidays": self.holidays.to_data(), "losses": self.to_rows()}

    def _page(self) -> Iterator[str | TextTable]:
        first, last = self.holidays.years
        yield f"{self.system}: {len(self.holidays.dates)} days off from {first} to {last}, {len(self.losses)} lost"
        yield from map(str, self.losses)

    def agreed(self, *, lossy: bool) -> "ImportedHolidays":
        """Return the same, where nothing that changes due times is lost, or that was agreed to.

        Raises InteropError with each loss that changes due times.
        """
        refuse_lossy(self.losses, lossy=lossy)
        return self
