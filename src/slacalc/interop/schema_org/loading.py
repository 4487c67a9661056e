"""Opening hours of schema.org as calendars of a policy.

Facts of the format (schema.org, OpeningHoursSpecification; Google's LocalBusiness, 2026): a row that closes before it
opens closes on the next date; one without times is closed; a whole day is 00:00 to 23:59; a closed one 00:00 to 00:00;
`validThrough` is included.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from slacalc.business_time.instants import read_zone
from slacalc.errors import InteropError
from slacalc.interop.imported import Imported, Loss
from slacalc.interop.parts import Part, documents_in, read_each
from slacalc.interop.schema_org.rows import Row, dates_of, hours_of, read_row, text_rows
from slacalc.policies.loading import policy_from_data

__all__ = ["load"]

_HOURS: Final = ("openingHoursSpecification", "specialOpeningHoursSpecification", "openingHours")
_NAMELESS: Final = "opening hours"


class _Place(NamedTuple):
    name: str
    table: dict[str, Any]
    losses: tuple[Loss, ...]
    origin: str


def load(source: object, *, zone: str, holidays: str | None = None, lossy: bool = False) -> Imported:
    """Return a policy with the opening hours of each place in JSON-LD as a calendar, by its name; it promises nothing.

    `source` is parsed JSON-LD, a file, or a folder. Places are what has `openingHoursSpecification`,
    `specialOpeningHoursSpecification` or `openingHours`, also in `@graph`. The zone is said here: the format does not.
    `holidays` is the country whose holidays `PublicHolidays` are.

    Raises InteropError for what cannot be read, and for what would change due times, unless that is wanted: `lossy`.
    Raises ZoneError for an unknown zone.

    >>> shop = {"@type": "Store", "name": "Shop", "openingHoursSpecification": [
    ...     {"dayOfWeek": ["Friday", "Saturday"], "opens": "18:00", "closes": "02:00"}]}
    >>> print(load(shop, zone="Europe/Rome").calendars["Shop"].hours)
    Fri,Sat 18:00-02:00
    """
    known = read_zone(zone).key
    places = [place for document in documents_in(source) for place in _places(document)]
    if not places:
        raise InteropError(
            "import_nothing_there", "there are no opening hours", accepts=" or ".join(_HOURS), where="source"
        )
    found = read_each(places, lambda part: _calendar(part, known, holidays))
    names = [place.name for place in found]
    named = [
        place._replace(name=place.name if names.count(place.name) == 1 else f"{place.name} ({number})")
        for number, place in enumerate(found, 1)
    ]
    data = {
        "name": "schema.org",
        "unmatched": "no_promise",
        "calendars": {place.name: place.table for place in named},
        "rules": [{"name": "no promise", "metrics": {}}],
    }
    losses = tuple(loss for place in named for loss in place.losses)
    origins = tuple((("calendars", place.name), place.origin) for place in named)
    return Imported("schema.org", policy_from_data(data, where="schema.org"), losses, origins).agreed(lossy=lossy)


def _places(document: Part) -> Iterator[Part]:
    """Yield what has opening hours in a document: it is that itself, a list, or a graph."""
    if isinstance(document.value, list | tuple):
        for each in document.items():
            yield from _places(each)
        return
    table = document.table()
    if "@graph" in table:
        yield from _places(document["@graph"])
    elif any(key in document for key in _HOURS):
        yield document
    elif not any(str(key).startswith("@") for key in table):
        raise document.refusal(
            "import_document_unknown",
            "this is no JSON-LD of schema.org",
            given=[*map(str, table)][:5],
            accepts=f"a thing with @type, and {' or '.join(_HOURS)}",
        )


def _calendar(place: Part, zone: str, holidays: str | None) -> _Place:
    parts = [each for key in _HOURS[:2] if key in place for each in _each(place[key])]
    rows = read_each(parts, read_row)
    losses = [loss for row in rows for loss in row.losses]
    if "openingHours" in place:
        if parts:
            losses.append(
                Loss(
                    "cosmetic", place["openingHours"].place, "the hours are there as text, too", "the text is not read"
                )
            )
        else:
            rows = [row for text in _each(place["openingHours"]) for row in text_rows(text)]
    table: dict[str, Any] = {"zone": zone, "hours": hours_of(row for row in rows if row.is_weekly)}
    losses += _of_holidays(rows, holidays)
    if holidays is not None:
        table["holidays"] = {"country": holidays}
    if special := [*dates_of(rows)]:
        table["special_days"] = special
    if table["hours"] == "closed" and all(each["hours"] == "closed" for each in special):
        raise place.refusal(
            "import_never_opens", "this place never opens", given="", accepts="one row with hours or more"
        )
    name = place["name"].text() if "name" in place else _NAMELESS
    return _Place(name, table, tuple(losses), f"{name} ({place.place or 'the document'})")


def _of_holidays(rows: Iterable[Row], holidays: str | None) -> Iterator[Loss]:
    for row in rows:
        if holidays is None and row.on_holidays:
            yield Loss(
                "due_times", row.place, "hours of public holidays, and nobody says which they are",
                "no date is a holiday; holidays= says the country",
            )  # fmt: skip


def _each(part: Part) -> list[Part]:
    """Return the parts of a list; one thing may stand without it."""
    return part.items() if isinstance(part.value, list | tuple) else [part]
