"""Zones by the names of Windows and Rails, alone and for a territory."""

from zoneinfo import available_timezones

import pytest

import slacalc as sla
from slacalc.business_time.zone_names import zone_name, zones_of_territories


@pytest.mark.parametrize(
    ("name", "territory", "zone"),
    [
        ("W. Europe Standard Time", None, "Europe/Berlin"),
        ("W. Europe Standard Time", "NL", "Europe/Amsterdam"),
        ("W. Europe Standard Time", "CZ", "Europe/Prague"),  # Windows has it as Central Europe; the time is the same
        ("Central Europe Standard Time", "CZ", "Europe/Prague"),
        ("Romance Standard Time", "BE", "Europe/Brussels"),
        ("GMT Standard Time", "PT", "Europe/Lisbon"),
        ("Pacific Standard Time", None, "America/Los_Angeles"),
        ("Pacific Standard Time", "CA", "America/Vancouver"),
        # The three names of autumn 2026, beside the old ones.
        ("British Columbia Standard Time", None, "America/Vancouver"),
        ("Alberta Standard Time", None, "America/Edmonton"),
        ("Manitoba Standard Time", "CA", "America/Winnipeg"),
        ("Mountain Standard Time", "CA", "America/Edmonton"),
        ("India Standard Time", None, "Asia/Kolkata"),
        # Rails.
        ("Tokyo", None, "Asia/Tokyo"),
        ("Osaka", None, "Asia/Tokyo"),
        ("London", None, "Europe/London"),
        ("Pacific Time (US & Canada)", None, "America/Los_Angeles"),
        ("Pacific Time (Canada)", None, "America/Vancouver"),
        ("International Date Line West", None, "Etc/GMT+12"),
        ("UTC", None, "Etc/UTC"),
        ("Central Time (US & Canada)", "CA", "America/Winnipeg"),  # not the first of Canada
        # Of the database.
        ("Europe/Brussels", None, "Europe/Brussels"),
        ("Europe/Berlin", "AT", "Europe/Vienna"),
    ],
)
def test_a_name_of_another_system_is_a_zone(name: str, territory: str | None, zone: str) -> None:
    assert sla.zone_named(name, territory=territory).key == zone


def test_every_name_stands_for_a_zone_of_the_database() -> None:
    zones = {zone for zones in zones_of_territories().values() for zone in zones}
    assert len(zones) > 200
    assert zones <= available_timezones()
    assert all(zone_name(name.upper()) for name in ("Tokyo", "Alberta", "Yukon Standard Time"))


def test_a_calendar_says_which_zone_is_meant() -> None:
    with pytest.raises(sla.ZoneError) as refused:
        sla.Calendar("W. Europe Standard Time", "Mon-Fri 09:00-17:00")
    assert refused.value.accepts == "Europe/Berlin, which Windows calls W. Europe Standard Time"
    with pytest.raises(sla.ZoneError, match="America/Los_Angeles, which Rails calls Pacific Time"):
        sla.Calendar("Pacific Time (US & Canada)", "Mon-Fri 09:00-17:00")
