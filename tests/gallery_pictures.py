"""The pictures of docs/gallery/pictures.md: `python -m tests.gallery_pictures` writes them anew, and a test holds them."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import slacalc as sla
from slacalc.pictures.drawn import Drawn

FOLDER: Final = Path(__file__).parents[1] / "docs" / "gallery" / "pictures"
FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("Europe/Brussels"))
HOLIDAYS: Final = sla.FrozenHolidays.of(
    {date(2026, 11, 11): "Armistice Day", date(2026, 12, 25): "Christmas Day"}, years=(2026, 2027)
)
POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {
            "office": {
                "zone": "Europe/Brussels",
                "hours": "Mon-Fri 09:00-17:00",
                "special_days": {"2026-12-24": "09:00-12:00"},
                "holidays": {"dates": {"2026-11-11": "Armistice Day", "2026-12-25": "Christmas Day"}},
            }
        },
        "fields": {"priority": ["normal", "high"]},
        "rules": [
            {
                "name": "all",
                "calendar": "office",
                "metrics": {
                    "first_response": {"due": {"business_hours": "4h"}, "objective": "80%"},
                    "resolution": {"due": {"business_hours": "16h"}},
                },
            }
        ],
    }
)
EVENTS: Final = (
    sla.Created(at=FRIDAY),
    sla.Message(at=FRIDAY + timedelta(hours=1), actor="agent"),
    sla.Paused(at=FRIDAY + timedelta(days=3), reason="waiting"),
    sla.Resumed(at=FRIDAY + timedelta(days=4), reason="waiting"),
)
ROWS: Final = [
    {
        "ticket": str(hours),
        "priority": ("normal", "high")[hours % 2],
        "received": FRIDAY,
        "first_response": FRIDAY + timedelta(hours=hours),
        "resolution": FRIDAY + timedelta(hours=hours + 24),
    }
    for hours in (1, 2, 3, 66, 68, 69, 70, 90)
]


def pictures() -> dict[str, Drawn]:
    """Each picture by the name of its file."""
    office = sla.Calendar(
        "Europe/Brussels", "Mon-Fri 09:00-17:00", holidays=HOLIDAYS, special_days={"2026-12-24": "09:00-12:00"}
    )
    clocks = POLICY.replay(EVENTS, as_of=FRIDAY + timedelta(days=5), ticket="T-1")
    later = FRIDAY + timedelta(days=9)
    due = "rules.all.metrics.first_response.due"
    changes = {f"{hours}h": {due: {"business_hours": f"{hours}h"}} for hours in (2, 6, 8)}
    return {
        "hours": sla.picture_hours(office),
        "week": sla.picture_week(office, date(2026, 12, 25)),
        "year": sla.picture_year(office, 2026),
        "promises": sla.picture_promises(POLICY.promise(FRIDAY, priority="high")),
        "ticket": sla.picture_ticket(clocks),
        "clock": sla.picture_clock(clocks["resolution"]),
        "report": sla.picture_report(sla.report(ROWS, POLICY, as_of=later)),
        "what-if": sla.picture_what_if(sla.what_if(ROWS, POLICY, changes, as_of=later)),
        "waits": sla.wait_map(POLICY, "all", "first_response", as_of=FRIDAY - timedelta(days=300)),
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, picture in pictures().items():
        picture.save(FOLDER / f"{name}.svg")
