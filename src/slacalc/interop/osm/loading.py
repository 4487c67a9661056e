"""Texts of `opening_hours` of OpenStreetMap as a calendar of a policy."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from slacalc.business_time.instants import read_zone
from slacalc.errors import InteropError
from slacalc.files import FileKind, read_text
from slacalc.interop.imported import Imported, Loss
from slacalc.interop.osm.calendar_table import CalendarTable, table_of
from slacalc.interop.osm.grammar import Text, read_rules
from slacalc.policies.loading import policy_from_data

__all__ = ["load"]

_FILE: Final = FileKind(
    InteropError, "import_unreadable", "the file cannot be read", "a UTF-8 file with a text of opening_hours"
)
_NAME: Final = "opening hours"
_FILE_NAME: Final = re.compile(r"\S{1,500}\.[A-Za-z]{2,5}", re.ASCII)


def load(
    source: str | Path, *, zone: str, holidays: str | Mapping[str, Any] | None = None, lossy: bool = False
) -> Imported:
    """Return a policy with a text of `opening_hours` as its calendar, "opening hours"; it promises nothing.

    `source` is the text, or the `Path` of a file with it. The zone is said here: the format does not. `holidays` is
    the country whose holidays `PH` are, or the table of a policy that says them; without `PH` in the text, holidays
    are days like others.

    Raises InteropError for what cannot be read, with its place in the text; and for what would change due times, unless
    that is wanted: `lossy`. Raises ZoneError for an unknown zone.

    >>> imported = load("Mo-Fr 09:00-17:00; We 09:00-12:00; PH off", zone="Europe/Berlin", holidays="DE")
    >>> print(imported.calendars["opening hours"].hours)
    Mon,Tue,Thu,Fri 09:00-17:00; Wed 09:00-12:00
    """
    known = read_zone(zone).key
    if not isinstance(source, str | Path) or (isinstance(source, str) and _FILE_NAME.fullmatch(source)):
        raise InteropError(
            "import_source_invalid",
            "this is no text of opening_hours",
            given=source,
            accepts='a text such as "Mo-Fr 09:00-17:00", or the Path of a file: Path("shop.txt")',
            where="source",
        )
    file = str(source) if isinstance(source, Path) else ""
    content = read_text(source, _FILE) if isinstance(source, Path) else source
    try:
        text = read_rules(content.strip())
        told = table_of(text.rules, knows_holidays=holidays is not None)
        imported = _imported(text, told, known, holidays, file)
    except InteropError as error:
        raise error.within(file) if file else error from None
    return imported.agreed(lossy=lossy)


def _imported(
    text: Text, told: CalendarTable, zone: str, holidays: str | Mapping[str, Any] | None, file: str
) -> Imported:
    table: dict[str, Any] = {"zone": zone, "hours": told.hours}
    if told.uses_holidays:
        table["holidays"] = {"country": holidays} if isinstance(holidays, str) else holidays
    if told.special_days:
        table["special_days"] = told.special_days
    losses = tuple(
        replace(each, where=f"{file}, {each.where}") if file else each for each in (*text.losses, *told.losses)
    )
    if not told.opens:
        raise InteropError(
            "import_never_opens",
            "these hours never open",
            given=", ".join(dict.fromkeys(each.means for each in losses)),
            accepts="one rule or more that opens",
        )
    data = {
        "name": "OpenStreetMap",
        "unmatched": "no_promise",
        "calendars": {_NAME: table},
        "rules": [{"name": "no promise", "metrics": {}}],
    }
    if holidays is not None and not told.uses_holidays:
        losses += (
            Loss(
                "cosmetic", "holidays", "no rule is of PH: holidays are days like others", "the same, without holidays"
            ),
        )
    return Imported(
        "OpenStreetMap",
        policy_from_data(data, where="OpenStreetMap"),
        losses,
        ((("calendars", _NAME), file or "opening_hours"),),
    )
