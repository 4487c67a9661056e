"""A calendar as opening hours of schema.org: rows of a week, and each date that differs from it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, cast

from slacalc.arguments import check_argument
from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import Spans
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.hours import format_windows
from slacalc.calendars.layers import Layers
from slacalc.errors import InteropError
from slacalc.interop.imported import Loss, refuse_lossy
from slacalc.interop.schema_org.rows import DAYS
from slacalc.render import Tabular, TextTable

__all__ = ["WrittenHours", "write"]

_ONE: Final = timedelta(days=1)
_MOST_DATES: Final = 3_660
_WHOLE_DAY: Final = {"opens": "00:00", "closes": "23:59"}
_CLOSED: Final = {"opens": "00:00", "closes": "00:00"}


@dataclass(frozen=True, slots=True)
class WrittenHours(Tabular):
    """Opening hours as JSON-LD, and what could not be said. Printed it is a table of the losses."""

    thing: dict[str, Any]
    losses: tuple[Loss, ...] = ()

    def to_json_ld(self) -> str:
        """Return the text for a page, between `<script type="application/ld+json">` and its end."""
        return json.dumps(self.thing, ensure_ascii=False, indent=1).replace("</", "<\\/")

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each loss."""
        return [each.to_row() for each in self.losses]

    def to_data(self) -> dict[str, Any]:
        """Return the JSON-LD, and the losses."""
        return {"json_ld": self.thing, "losses": self.to_rows()}

    def _page(self) -> Iterator[str | TextTable]:
        yield f"opening hours of schema.org: {len(self.thing['openingHoursSpecification'])} rows of a week"
        columns = ("severity", "where", "means", "instead")
        yield TextTable.of(columns, ([str(row[name]) for name in columns] for row in self.to_rows()))


def write(calendar: Calendar, first: date, last: date, *, name: str = "", lossy: bool = False) -> WrittenHours:
    """Return a calendar as JSON-LD of schema.org, true from `first` to `last`, both included.

    The week is that of `first`; each date that differs is a special day: holidays, special days, other versions.
    Raises InteropError for dates that cannot be written, and for what would change when it is open, unless that is
    wanted: `lossy`. Raises HorizonError for dates that the calendar does not know.

    >>> office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays="DE")
    >>> written = write(office, date(2026, 12, 1), date(2026, 12, 31))
    >>> [row["validFrom"] for row in written.thing["specialOpeningHoursSpecification"]]
    ['2026-12-25']
    """
    check_argument(calendar, Calendar, "calendar", "a Calendar, and no combination")
    _check(first, last)
    layers = cast("Layers", calendar.plan)  # what a calendar of its own answers from
    week = layers.hours_on(first).windows[:7]
    dates = [first + step * _ONE for step in range((last - first).days + 1)]
    told = {day: layers.layers(day) for day in dates}
    differing = {day: each for day, each in told.items() if each.after_special != week[day.weekday()]}
    special = [
        {
            "validFrom": str(day),
            "validThrough": str(day),
            **_named(each.special.name if each.special else each.holiday),
            **row,
        }
        for day, each in differing.items()
        for row in _rows(each.after_special) or [_CLOSED]
    ]
    regular = [{"dayOfWeek": DAYS[day], **row} for day in range(7) for row in _rows(week[day])]
    losses = (*_losses(calendar, first, last, [*week, *(each.after_special for each in differing.values())]),)
    refuse_lossy(losses, lossy=lossy)
    thing = {
        "@context": "https://schema.org",
        "@type": "LocalBusiness",
        **_named(name),
        "openingHoursSpecification": [{"@type": "OpeningHoursSpecification", **row} for row in regular],
        "specialOpeningHoursSpecification": [{"@type": "OpeningHoursSpecification", **row} for row in special],
    }
    return WrittenHours(thing, losses)


def _check(first: date, last: date) -> None:
    if type(first) is not date or type(last) is not date or not 0 <= (last - first).days < _MOST_DATES:
        raise InteropError(
            "export_dates_invalid",
            "hours cannot be written of these dates",
            given=f"{first} to {last}",
            accepts=f"a first and a last date, both included, at most {_MOST_DATES}",
            where="last",
        )


def _named(name: str | None) -> dict[str, str]:
    return {"name": name} if name else {}


def _rows(windows: Spans) -> list[dict[str, str]]:
    """Return a row for each window of a date."""
    if not windows:
        return []
    said = (window.split("-") for window in format_windows(windows).split())
    return [
        _WHOLE_DAY
        if (start, end) == ("00:00", "24:00")
        else {"opens": start, "closes": "00:00" if end == "24:00" else end}
        for start, end in said
    ]


def _losses(calendar: Calendar, first: date, last: date, every: list[Spans]) -> Iterator[Loss]:
    if any(start == 0 and DAY_SECONDS - 60 <= end < DAY_SECONDS for windows in every for start, end in windows):
        yield Loss(
            "due_times", "hours", "open from 00:00 to 23:59", "readers take it for a whole day, the last minute too"
        )
    for each in calendar.absences:
        if (
            each.start.astimezone(calendar.zone_info).date() <= last
            and first <= each.end.astimezone(calendar.zone_info).date()
        ):
            yield Loss(
                "due_times", "absences", f"an absence from {each.start.isoformat()} to {each.end.isoformat()}",
                "it is not written; a special day can say it",
            )  # fmt: skip
    yield Loss("cosmetic", "zone", f"the zone {calendar.zone}", "it is not written: readers know it by the address")
