"""Opening hours as web pages have them, made for these tests by the documented forms."""

from typing import Any, Final

Thing = dict[str, Any]
WEEKDAYS: Final = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def row(days: Any, opens: str | None = None, closes: str | None = None, **more: Any) -> Thing:
    times = {"opens": opens, "closes": closes}
    said = {} if days is None else {"dayOfWeek": days}
    return {"@type": "OpeningHoursSpecification", **said, **{key: each for key, each in times.items() if each}, **more}


def on(first: str, last: str, opens: str | None = None, closes: str | None = None, **more: Any) -> Thing:
    return row(None, opens, closes, validFrom=first, validThrough=last, **more)


def place(*rows: Thing, **more: Any) -> Thing:
    return {"@context": "https://schema.org", "@type": "Store", "openingHoursSpecification": list(rows), **more}


ORDINARY: Final = place(
    row(WEEKDAYS, "09:00", "12:30"),
    row(WEEKDAYS, "13:30", "17:00"),
    row("https://schema.org/Saturday", "9:00 AM", "12:00 PM"),
    row("Sunday"),
    name="Shop",
    specialOpeningHoursSpecification=[
        on("2026-12-24", "2026-12-24", "09:00", "13:00", name="Christmas Eve"),
        on("2026-12-25", "2026-12-26", "00:00", "00:00"),
        on("2026-12-27", "2026-12-27", "10:00", "12:00"),
    ],
)
"""A lunch hour; a short day, two closed ones, and a Sunday that is open."""

ROUND_THE_CLOCK: Final = place(
    row(["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"], "00:00", "23:59"),
    specialOpeningHoursSpecification=[on("2026-12-25", "2026-12-25")],
)
"""Day and night by Google's form; a date without times is closed."""

OVERNIGHT: Final = place(
    row(["http://schema.org/Thursday", "http://schema.org/Friday"], "18:00:00", "02:00:00"),
    row("Saturday", "21:00", "00:00"),
    specialOpeningHoursSpecification=[on("2026-11-21", "2026-11-21", "20:00", "04:00")],
)
"""Evenings that end on the next date, or at midnight."""

ODD: Final = {
    "@context": "http://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Page"},
        {
            "@type": "Store",
            "name": "By text",
            "openingHours": ["Mo-We,Fr 09:00-12:00,13:00-17:00", "Sa-Su 10:00-14:00"],
        },
        {"@type": "Store", "name": "Always", "openingHours": "Mo-Su"},
        {
            "@type": "Store",
            "name": "Beach",
            "openingHoursSpecification": [
                row("Saturday", "10:00", "16:00"),
                row(["Saturday", "Sunday"], "09.00", "20.00", validFrom="2026-06-01", validThrough="2026-08-31"),
            ],
        },
    ],
}
"""A graph with hours as text, and a season."""
