"""Time zones by the names that other systems have for them."""

from typing import Final
from zoneinfo import ZoneInfo

from slacalc.arguments import check_argument
from slacalc.business_time.instants import DAY, clock_changes, from_us, read_zone
from slacalc.business_time.zone_names import zone_name, zones_of_territories
from slacalc.errors import ZoneError

__all__ = ["zone_named"]

_SINCE: Final = 14_610 * DAY  # 2010: zones that told other times before are alike today
_UNTIL: Final = 70 * 365 * DAY


def zone_named(name: str, *, territory: str | None = None) -> ZoneInfo:
    """Return the zone that Windows or Rails calls so, or of an IANA name.

    Windows has one name for several countries: `territory` is the ISO 3166 code of yours. Where Windows has no zone by
    this name there, it is one of that territory which has told the same time since 2010. The names are of
    CLDR 48 and of Rails' `ActiveSupport::TimeZone`. Raises ZoneError for a name that none of them has, and where no
    zone of the territory tells that time.

    >>> zone_named("W. Europe Standard Time").key, zone_named("W. Europe Standard Time", territory="NL").key
    ('Europe/Berlin', 'Europe/Amsterdam')
    >>> zone_named("W. Europe Standard Time", territory="CZ").key
    'Europe/Prague'
    >>> zone_named("Pacific Time (US & Canada)").key
    'America/Los_Angeles'
    """
    known = zone_name(name)
    zone = read_zone(name, "name") if known is None else ZoneInfo(known.zone)
    if territory is None:
        return zone
    check_argument(territory, str, "territory", 'an ISO 3166 code such as "CZ"')
    if known is not None and territory in known.territories:
        return ZoneInfo(known.territories[territory])
    return _zone_in(territory, zone, name)


def _zone_in(territory: str, zone: ZoneInfo, name: str) -> ZoneInfo:
    """Return a zone of a territory that tells the time of another zone."""
    zones = zones_of_territories()
    if territory not in zones:
        raise ZoneError(
            "territory_unknown",
            "there is no such territory",
            given=territory,
            accepts='an ISO 3166 code of two letters, such as "CZ"',
            where="territory",
        )
    for key in zones[territory]:
        if _tells_the_same(ZoneInfo(key), zone):
            return ZoneInfo(key)
    raise ZoneError(
        "zone_not_of_territory",
        f"no zone of {territory} tells the time of this one",
        given=name,
        accepts=", ".join(zones[territory]),
        where="territory",
    )


def _tells_the_same(one: ZoneInfo, other: ZoneInfo) -> bool:
    first = [from_us(_SINCE, zone).utcoffset() for zone in (one, other)]
    changes = [list(clock_changes(zone, _SINCE, _UNTIL)) for zone in (one, other)]
    return first[0] == first[1] and changes[0] == changes[1]
