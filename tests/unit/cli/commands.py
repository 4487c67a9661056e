"""What the tests of the command line run, and on which files."""

import json
from datetime import datetime
from typing import Any, Final

from typer.testing import CliRunner, Result

from slacalc.cli import app
from tests.helpers import BRUSSELS

FRIDAY: Final = datetime(2026, 11, 20, 18, 30, tzinfo=BRUSSELS)
SUPPORT: Final = """
name = "support"
fields = { priority = ["urgent", "normal"] }
calendars.office = { zone = "Europe/Brussels", hours = "Mon-Fri 09:00-17:00", special_days = { "2026-11-19" = "closed" } }
calendars.weekend = { extends = "office", add_hours = "Sat,Sun 10:00-16:00" }
[[rules]]
name = "urgent"
when = { priority = "urgent" }
calendar = "weekend"
metrics.first_response = { due = { business_hours = "2h" } }
[[rules]]
name = "the rest"
calendar = "office"
metrics.first_response = { due = { business_hours = "4h" } }
"""
LOG: Final = """id,at,what,prio
7,2026-11-20 10:00,opened,normal
7,2026-11-20 13:00,answered,normal
8,2026-11-20 10:00,opened,normal
9,2026-11-20 16:00,opened,urgent
8,2026-11-20 16:00,answered,normal
"""
COLUMNS: Final = (
    "--ticket", "id", "--time", "at", "--activity", "what", "--zone", "Europe/Brussels",
    "--field", "priority=prio", "--done", "first_response=answered",
)  # fmt: skip


def run(*arguments: str, code: int = 0, env: dict[str, str] | None = None) -> Result:
    """What a command prints; nothing but an exit may come out of it."""
    result = CliRunner().invoke(app, list(arguments), env={"COLUMNS": "140", **(env or {})})
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert code == result.exit_code, result.output
    return result


def said(*arguments: str, code: int = 0) -> Any:
    """What a command prints as JSON, on one line or more."""
    return json.loads(run(*arguments, code=code).stdout)


# ---------------------------------------------------------------- report, with events

LIVES_POLICY: Final = """
name = "support"
fields = { priority = ["urgent", "normal"] }
calendars.office = { zone = "Europe/Brussels", hours = "Mon-Fri 09:00-17:00" }
[[rules]]
name = "urgent"
when = { priority = "urgent" }
calendar = "office"
metrics.resolution = { due = { business_hours = "2h" } }
[[rules]]
name = "the rest"
calendar = "office"
metrics.first_response = { due = { business_hours = "2h" }, follow_up = { business_hours = "8h" } }
metrics.resolution = { due = { business_hours = "4h" }, objective = 0.5, warnings = ["50%"] }
[[escalation]]
to = "the head of support"
after = { business_hours = "6h" }
"""

# Ticket 7 waits from 12:00 to 14:00 and is solved at its due, 8 becomes urgent and by that loses its first response.
LIVES: Final = """id,at,what,prio
7,2026-11-20 10:00,opened,normal
7,2026-11-20 11:00,answered,normal
7,2026-11-20 12:00,Wait,normal
7,2026-11-20 14:00,wrote,normal
8,2026-11-20 15:00,opened,normal
8,2026-11-20 16:00,raised,urgent
7,2026-11-20 16:00,solved,normal
9,2026-11-20 16:30,opened,normal
"""
LIVES_COLUMNS: Final = """
ticket = "id"
time = "at"
activity = "what"
zone = "Europe/Brussels"
[fields]
priority = "prio"
[events]
answered = "agent_message"
wrote = "customer_message"
Wait = "paused_until_next"
solved = "solved"
"""
LIVES_LINES: Final = """
{"ticket": "7", "kind": "created", "at": "2026-11-20T10:00:00+01:00", "status": "open", "fields": {"priority": "normal"}}

{"ticket": "7", "kind": "status_changed", "at": "2026-11-20T12:00:00+01:00", "status": "pending"}
{"ticket": "8", "kind": "created", "at": "2026-11-20T15:00:00+01:00", "fields": {"priority": "urgent"}}
{"ticket": "7", "kind": "status_changed", "at": "2026-11-20T14:00:00+01:00", "status": "open"}
"""
MAPPED: Final = ("-p", "support.toml", "--mapping", "columns.toml")
