"""An account of Freshdesk as a policy: its business hours, groups and SLA policies, from answers of the API."""

import re
from typing import Final

from slacalc.interop.freshworks.account import load_account
from slacalc.interop.freshworks.dialect import Dialect
from slacalc.interop.imported import Imported

__all__ = ["load"]

_FRESHDESK: Final = Dialect(
    system="Freshdesk",
    name="freshdesk",
    hours="business_hours",
    opens="start_time",
    closes="end_time",
    targets="sla_target",
    conditions={
        "group_ids": "group_id",
        "company_ids": "company_id",
        "product_ids": "product_id",
        "sources": "source",
        "ticket_types": "ticket_type",
    },
    clock=re.compile(r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))? ?(?P<half>[AaPp][Mm])", re.ASCII),
    clock_accepts="a time of the clock of twelve hours, such as 08:00:00 am",
)


def load(source: object, *, lossy: bool = False) -> Imported:
    """Return the policy of an account: its business hours as calendars, its SLA policies as rules.

    `source` is a folder with answers of the API as files of JSON, one such file, an answer as parsed JSON, or a list of
    these. An answer is known by what it holds: `business_hours`, `sla_target`, or the `business_hour_id` of groups. The
    list of business hours has no holidays: say them in each under `list_of_holidays`.

    Raises InteropError for what cannot be read, and for what would change due times, unless that is wanted: `lossy`.
    Everything that is lost is in `losses`.

    >>> hours = {"id": 1, "name": "Desk", "time_zone": "Eastern Time (US & Canada)", "list_of_holidays": [],
    ...     "business_hours": {"friday": {"start_time": "08:00:00 am", "end_time": "11:59:59 pm"}}}
    >>> desk = load([hours]).calendars["Desk"]
    >>> print(desk.hours, desk.zone)
    Fri 08:00-24:00 America/New_York
    """
    return load_account(source, _FRESHDESK, lossy=lossy)
