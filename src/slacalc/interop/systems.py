"""The systems whose configuration is read, and the formats that are written, by the names of the command line."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, TypeAlias

from slacalc.interop import (
    chatwoot,
    frappe,
    freshdesk,
    freshservice,
    google_business,
    icalendar,
    jira,
    osm,
    salesforce,
    schema_org,
    servicenow,
    words,
    zammad,
    zendesk,
)
from slacalc.interop.imported import Imported
from slacalc.interop.parity import EngineConventions, Judgement
from slacalc.interop.ticket_events import TicketEvents
from slacalc.interop.written import Written
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["SYSTEMS", "WRITERS", "Engine", "Load", "System", "Writer"]


Load: TypeAlias = Callable[..., Imported]
"""Reads a configuration: `load(source, lossy=False)`, with what the system needs and takes besides."""


class Engine(NamedTuple):
    """What is read of a system that judges its own promises: its tickets, its judgements, what it does otherwise."""

    read_tickets: Callable[[object, AnyPolicy], TicketEvents]
    read_judgements: Callable[[object], tuple[Judgement, ...]]
    conventions: EngineConventions


class System(NamedTuple):
    """A system: how its configuration is read, what its format does not say, and its tickets where these are known.

    `needs` are options of `load` that must be given, such as the zone; `takes` those that may be.
    """

    load: Load
    engine: Engine | None = None
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


class Writer(NamedTuple):
    """A format: how a calendar is written in it, and which options `write` takes besides, such as a name.

    `is_stamped` is whether `write` takes the instant at which it is written, as `stamped_at`.
    """

    write: Callable[..., Written]
    takes: tuple[str, ...] = ()
    is_stamped: bool = False


SYSTEMS: Final[Mapping[str, System]] = {
    "chatwoot": System(chatwoot.load, Engine(chatwoot.read_tickets, chatwoot.read_judgements, chatwoot.CONVENTIONS)),
    "frappe": System(frappe.load, needs=("zone",)),
    "freshdesk": System(freshdesk.load),
    "freshservice": System(freshservice.load),
    "google_business": System(google_business.load, needs=("zone",)),
    "icalendar": System(icalendar.load, takes=("zone", "hours", "years")),
    "jira": System(jira.load, Engine(jira.read_tickets, jira.read_judgements, jira.CONVENTIONS)),
    "osm": System(osm.load, needs=("zone",), takes=("holidays",)),
    "salesforce": System(salesforce.load),
    "schema_org": System(schema_org.load, needs=("zone",), takes=("holidays",)),
    "servicenow": System(
        servicenow.load,
        Engine(servicenow.read_tickets, servicenow.read_judgements, servicenow.CONVENTIONS),
        takes=("zone",),
    ),
    "zammad": System(zammad.load, Engine(zammad.read_tickets, zammad.read_judgements, zammad.CONVENTIONS)),
    "zendesk": System(zendesk.load, Engine(zendesk.read_tickets, zendesk.read_judgements, zendesk.CONVENTIONS)),
}
"""By the name of each."""

WRITERS: Final[Mapping[str, Writer]] = {
    "google_business": Writer(google_business.write, ("name",)),
    "html": Writer(words.write_html, ("language",)),
    "icalendar_availability": Writer(icalendar.write_availability, ("name",), is_stamped=True),
    "icalendar_closures": Writer(icalendar.write_closures, ("name",), is_stamped=True),
    "icalendar_hours": Writer(icalendar.write_open_hours, ("name",), is_stamped=True),
    "osm": Writer(osm.write),
    "schema_org": Writer(schema_org.write, ("name",)),
    "text": Writer(words.write_text, ("language",)),
    "zammad": Writer(zammad.write, ("name",)),
    "zendesk": Writer(zendesk.write, ("name",)),
}
"""By the name of each."""
