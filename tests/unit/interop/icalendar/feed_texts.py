"""Feeds for tests: events as lines with | between, zones that a file defines."""

from collections.abc import Iterable
from typing import Final

HEAD: Final = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tests//EN\r\n"
BRUSSELS: Final = "TZID=Europe/Brussels"


def feed(*events: str, head: str = HEAD) -> str:
    """A feed of events."""
    return f"{head}{''.join(part('VEVENT', each) for each in events)}END:VCALENDAR\r\n"


def part(kind: str, lines: str, inner: Iterable[str] = ()) -> str:
    """A component, with others in it."""
    said = "".join(f"{line}\r\n" for line in lines.split("|") if line)
    return f"BEGIN:{kind}\r\n{said}{''.join(inner)}END:{kind}\r\n"


def availability(lines: str, *available: str, head: str = HEAD, events: Iterable[str] = ()) -> str:
    """A feed with one VAVAILABILITY, and events."""
    inner = part("VAVAILABILITY", lines, (part("AVAILABLE", each) for each in available))
    return f"{head}{inner}{''.join(part('VEVENT', each) for each in events)}END:VCALENDAR\r\n"


def fixed_zone(name: str, offset: str, more: str = "") -> str:
    """A VTIMEZONE whose clock is never moved."""
    rule = part("STANDARD", f"DTSTART:19700101T000000|TZOFFSETFROM:{offset}|TZOFFSETTO:{offset}")
    return part("VTIMEZONE", f"TZID:{name}|{more}", [rule])


def outlook_zone(name: str) -> str:
    """W. Europe as Outlook writes it: from 1601 on, by rules."""
    winter = part(
        "STANDARD",
        "DTSTART:16011028T030000|RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10|TZOFFSETFROM:+0200|TZOFFSETTO:+0100",
    )
    summer = part(
        "DAYLIGHT", "DTSTART:16010325T020000|RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3|TZOFFSETFROM:+0100|TZOFFSETTO:+0200"
    )
    return part("VTIMEZONE", f"TZID:{name}", [winter, summer])
