"""An account of Freshservice as a policy: its business hours, holidays and SLA policies, from answers of the API."""

import re
from typing import Final

from slacalc.interop.freshworks.account import load_account
from slacalc.interop.freshworks.dialect import Dialect
from slacalc.interop.imported import Imported

__all__ = ["load"]

_FRESHSERVICE: Final = Dialect(
    system="Freshservice",
    name="freshservice",
    hours="service_desk_hours",
    opens="beginning_of_workday",
    closes="end_of_workday",
    targets="sla_targets",
    conditions={},  # what its conditions look like is not known
    clock=re.compile(
        r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?: ?(?P<half>[AaPp][Mm]))?", re.ASCII
    ),
    clock_accepts="a time of day, such as 8:00 am or 08:00",
)


def load(source: object, *, lossy: bool = False) -> Imported:
    """Return the policy of an account: its business hours as calendars, its SLA policies as rules.

    `source` is a folder with answers of the API as files of JSON, one such file, an answer as parsed JSON, or a list of
    these. An answer is known by what it holds: `service_desk_hours`, or `sla_targets`.

    Raises InteropError for what cannot be read, and for what would change due times, unless that is wanted: `lossy`.
    Everything that is lost is in `losses`.

    >>> hours = {"name": "Desk", "time_zone": "Berlin", "service_desk_hours": {
    ...     "friday": {"beginning_of_workday": "8:00 am", "end_of_workday": "5:00 pm"}},
    ...     "list_of_holidays": [{"holiday_date": "--12-25", "holiday_name": "Christmas"}]}
    >>> imported = load(hours)
    >>> print(imported.calendars["Desk"].hours)
    Fri 08:00-17:00
    >>> print(imported.losses[0].means)
    Christmas has no year: it comes back on 12-25, even if it moves
    """
    return load_account(source, _FRESHSERVICE, lossy=lossy)
