"""What is kept of a version: a policy, holidays, promises, events and clocks, as it wrote them.

`python -m tests.stability.kept 0.2.0` writes the files of a version, once, when it is released. They are never written
again: what a version wrote, every later one reads.
"""

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import slacalc as sla
from slacalc.testing import event_log
from tests.helpers import BERLIN

FILES: Final = Path(__file__).parent / "files"
RECEIVED: Final = datetime(2026, 11, 20, 15, tzinfo=BERLIN)
MEANWHILE: Final = datetime(2026, 11, 23, 9, 30, tzinfo=BERLIN)
AS_OF: Final = datetime(2026, 11, 24, 12, tzinfo=BERLIN)
HOLIDAYS: Final = sla.FrozenHolidays.of(
    {date(2026, 11, 18): "Buß- und Bettag", date(2026, 12, 25): "Christmas"}, years=(2025, 2028)
)
EVENTS: Final = "Fri 15:00 created priority=urgent; 15:30 bot automatic reply; 16:00 paused supplier; Mon 09:15 resumed supplier; Tue 10:00 agent reply; 11:00 solved"
POLICY: Final[dict[str, Any]] = {
    "name": "kept",
    "description": "Something of everything that a policy can say",
    "valid_from": "2026-01-01T00:00:00+01:00",
    "fields": {"priority": ["normal", "urgent"], "customer": []},
    "escalation": [{"to": "a senior colleague", "on": "escalation_requested"}, {"to": "the head", "after": {"business_days": 2}}],
    "calendars": {
        "office": {
            "zone": "Europe/Berlin",
            "hours": {"Mon-Fri": ["09:00-12:30", "13:30-17:00"], "Sat": "09:00-12:00"},
            "special_days": [
                {"on": "2026-12-24", "hours": "09:00-12:00", "name": "Christmas Eve"},
                {"on": "12-31", "hours": "closed"},
                {"on": "2026-08-03..2026-08-07", "hours": "-13:30-17:00"},
                {"on": "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", "start": "2026-01-04", "hours": "+10:00-12:00"},
            ],
            "absences": [{"start": "2026-11-25T14:00:00+01:00", "end": "2026-11-25T16:00:00+01:00", "name": "all hands"}],
            "versions": {"2027-07-01": "Mon-Fri 08:30-17:00"},
        },
        "urgent": {"extends": "office", "add_hours": "Sun,PH 09:00-12:00"},
    },
    "rules": [
        {"name": "urgent", "when": {"priority": "urgent"}, "calendar": "urgent", "rank": 1, "metrics": {
            "first_response": {"due": {"business_hours": "2h"}, "objective": "95%", "warnings": ["75%", "30min"]},
            "resolution": {"due": {"business_hours": "8h"}},
        }},
        {"name": "everybody else", "calendar": "office", "rank": 2, "escalation": [], "metrics": {
            "first_response": {
                "due": {"workday_hours": "24h"},
                "expected": {"inside": {"business_hours": "3h"}, "outside": {"business_days": 0, "by": "12:00"}},
                "follow_up": {"earliest": {"workday_hours": "48h"}, "latest": {"workday_hours": "72h"}},
            },
            "resolution": {"due": {"business_days": 2, "by": "close", "cutoff": "16:00"}},
            "callback": {"due": {"next_opening": True}},
            "letter": {"due": {"calendar_hours": "72h"}},
            "refund": {"origin": "return_arrived", "calendar": "urgent", "due": {"calendar_days": 14, "by": "24:00"}},
            "look": {"due": {"business_days": 0}},
            "own": {"due": {"business_hours": "4h"}},
            "level_2": {"due": {"business_hours": "8h"}},
        }},
    ],
    "clocks": {
        "resolution": {"stops": "solved", "pausable": True, "reopen": "new_cycle", "answer": {"channels": ["form"]}},
        "look": {"stops": {"event": "looked"}, "repeats": "business_day"},
        "own": {"starts": "first_customer_message", "stops": {"field": "customer"}},
        "level_2": {"starts": {"status": ["level 2"]}, "stops": {"status": ["open", "level 3"]}, "after": "first_response"},
    },
}  # fmt: skip


def written() -> dict[str, str]:
    """What this version writes, by the name of the file."""
    policy = sla.policy_from_data(POLICY)
    log = event_log(EVENTS)
    return {
        "policy.json": policy.to_json(),
        "digest.txt": policy.digest,
        "holidays.json": HOLIDAYS.to_json(),
        "promises.json": policy.promise(RECEIVED, priority="normal", origins={"return_arrived": RECEIVED}).to_json(),
        "events.jsonl": "\n".join(json.dumps({"ticket": "7", **sla.event_to_data(event)}) for event in log),
        "clocks-paused.json": policy.replay(log, as_of=log[2].at).to_json(),
        "clocks.json": policy.replay(log, as_of=AS_OF).to_json(),
    }


def main(version: str) -> None:
    """Write the files of a version that has none."""
    folder = FILES / version
    folder.mkdir(parents=True)
    for name, text in written().items():
        (folder / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
