"""Hours of Google Business Profile as calendars of a policy.

Facts of the format (Business Information API v1, 2026): fields of a time that are zero are left out; a period may close
on the next day; 24:00 is a time of closing; a special day stands in the place of the regular hours; `closed` makes the
rest of its period void.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from slacalc.business_time.instants import DAY_SECONDS, FIRST_DATE, LAST_DATE, read_zone
from slacalc.business_time.spans import NOTHING, Spans, union
from slacalc.errors import InteropError
from slacalc.interop.imported import Imported, Loss
from slacalc.interop.parts import Part, documents_in, read_each
from slacalc.interop.schema_org.rows import Row, dates_of, hours_of
from slacalc.policies.loading import policy_from_data

__all__ = ["DAYS", "load"]

DAYS: Final = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
"""The days of a week as the format names them, Monday first."""
_FIELDS: Final = {"hours": 24, "minutes": 59, "seconds": 59}
_HOURS: Final = ("regularHours", "specialHours")


def load(source: object, *, zone: str, lossy: bool = False) -> Imported:
    """Return a policy with the hours of each location as a calendar, by its title; it promises nothing.

    `source` is a location, or an answer with `locations`, as parsed JSON, a file, or a folder. The zone is said here: a
    location has an address only.

    Raises InteropError for what cannot be read, and for what would change due times, unless that is wanted: `lossy`.
    Raises ZoneError for an unknown zone.

    >>> bar = {"title": "Bar", "regularHours": {"periods": [
    ...     {"openDay": "FRIDAY", "openTime": {"hours": 18}, "closeDay": "SATURDAY", "closeTime": {"hours": 2}}]}}
    >>> print(load(bar, zone="Europe/Rome").calendars["Bar"].hours)
    Fri 18:00-02:00
    """
    known = read_zone(zone).key
    documents = documents_in(source)
    _refuse_truncated(documents)
    places = [place for document in documents for place in _locations(document)]
    if not places:
        raise InteropError(
            "import_nothing_there", "there is no location", accepts="a location with regularHours", where="source"
        )
    found = read_each(places, lambda place: (_title(place), _table(place, known)))
    titles = [title for title, _ in found]
    names = [each if titles.count(each) == 1 else f"{each} ({number})" for number, each in enumerate(titles, 1)]
    data = {
        "name": "google_business",
        "unmatched": "no_promise",
        "calendars": {name: table for name, (_, table) in zip(names, found, strict=True)},
        "rules": [{"name": "no promise", "metrics": {}}],
    }
    origins = tuple(
        (("calendars", name), f"{name} ({place.place or 'the document'})")
        for name, place in zip(names, places, strict=True)
    )
    losses = tuple(loss for place in places for loss in _losses(place))
    policy = policy_from_data(data, where="Google Business Profile")
    return Imported("Google Business Profile", policy, losses, origins).agreed(lossy=lossy)


def _locations(document: Part) -> list[Part]:
    if isinstance(document.value, list | tuple):
        return document.items()
    if "locations" in document:
        return document["locations"].items()
    if not any(key in document for key in _HOURS):
        raise document.refusal(
            "import_document_unknown",
            "this is no location of Google Business Profile",
            given=[*map(str, document.table())][:5],
            accepts="locations, or a location with regularHours or specialHours",
        )
    return [document]


def _refuse_truncated(documents: list[Part]) -> None:
    """Refuse answers of which the last page is not there: each page but one says that another follows."""
    pages = [each for each in documents if isinstance(each.value, Mapping) and "locations" in each]
    going_on = [page for page in pages if page.value.get("nextPageToken")]
    if going_on and len(going_on) == len(pages):
        raise going_on[-1].refusal(
            "import_truncated",
            "the answer goes on, on a page that is not there",
            given=going_on[-1].value["nextPageToken"],
            accepts="every page, each as a file of its own",
        )


def _title(place: Part) -> str:
    return place["title"].text() if "title" in place else "opening hours"


def _table(place: Part, zone: str) -> dict[str, Any]:
    regular, special = place.get("regularHours"), place.get("specialHours")
    rows = read_each(regular["periods"].items(), _regular) if regular is not None else []
    dated = read_each(special["specialHourPeriods"].items(), _special) if special is not None else []
    _refuse_both(dated)
    table: dict[str, Any] = {"zone": zone, "hours": hours_of(rows)}
    if not any(row.windows for row in (*rows, *dated)):
        raise place.refusal("import_never_opens", "this location never opens", given="", accepts="one period or more")
    if days := [*dates_of(dated)]:
        table["special_days"] = days
    return table


def _regular(period: Part) -> Row:
    first, last = (DAYS.index(period[key].word(*DAYS)) for key in ("openDay", "closeDay"))
    return Row(period.place, (first,), None, _window(period, (last - first) % 7))


def _special(period: Part) -> Row:
    day = _date(period["startDate"])
    if "closed" in period and period["closed"].truth():
        return Row(period.place, (), (day, day), NOTHING)
    end = _date(period["endDate"]) if "endDate" in period else day
    return Row(period.place, (), (day, day), _window(period, (end - day).days))


def _window(period: Part, later: int) -> Spans:
    """Return the window of a period that closes so many dates later."""
    start, end = _time(period["openTime"]), _time(period["closeTime"]) + later * DAY_SECONDS
    if not (0 <= later <= 1 and start < min(end, DAY_SECONDS) and end - start <= DAY_SECONDS):
        raise period.refusal(
            "import_value_invalid",
            "a period closes after it opens, on the same day or on the next",
            given=f"{start // 60} to {end // 60} minutes",
            accepts="at most 24 hours; 24:00 of the day, or 00:00 of the next, is midnight",
        )
    return union([(start, end)])


def _time(part: Part) -> int:
    """Return the seconds of a time, whose fields are left out where they are zero."""
    hours, minutes, seconds = (part[key].whole(0, most) if key in part else 0 for key, most in _FIELDS.items())
    total = hours * 3_600 + minutes * 60 + seconds
    if total > DAY_SECONDS:
        raise part.misfit("a time from 00:00 to 24:00")
    return total


def _date(part: Part) -> date:
    year, month, day = (
        part["year"].whole(FIRST_DATE.year, LAST_DATE.year), part["month"].whole(1, 12), part["day"].whole(1, 31)
    )  # fmt: skip
    try:
        return date(year, month, day)
    except ValueError:
        raise part.misfit("a date with year, month and day") from None


def _refuse_both(dated: list[Row]) -> None:
    closed = {row.dates: row for row in dated if not row.windows}
    for row in dated:
        if row.windows and row.dates in closed:
            raise InteropError(
                "import_dates_invalid",
                "this date is closed, and has hours",
                given=closed[row.dates].place,
                accepts="one of the two",
                where=row.place,
            )


def _losses(place: Part) -> Iterator[Loss]:
    if "openInfo" in place and "status" in place["openInfo"]:
        said = place["openInfo"]["status"]
        status = said.word("OPEN_FOR_BUSINESS_UNSPECIFIED", "OPEN", "CLOSED_PERMANENTLY", "CLOSED_TEMPORARILY")
        if status.startswith("CLOSED"):
            yield Loss("due_times", said.place, f"the location is {status}", "its hours hold; an absence can close it")
    if "moreHours" in place:
        yield Loss("cosmetic", place["moreHours"].place, "hours of single services", "they are left out")
