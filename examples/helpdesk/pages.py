"""What people see. Everything that slacalc draws as HTML is escaped by it; the rest is escaped here."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from html import escape

import slacalc as sla
from helpdesk.tables import Notice, Ticket

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #1c2430 }
nav a { margin-right: 1.5rem } table { border-collapse: collapse; margin: .5rem 0 1.5rem }
th, td { text-align: left; padding: .15rem .9rem .15rem 0; white-space: pre }
td { font-family: ui-monospace, monospace }
.breached, .overdue { color: #a4161a } .met { color: #1b7f3b }
"""
WEEK = timedelta(days=7)


def page(title: str, parts: Iterable[str]) -> str:
    """Return a page."""
    links = {"/": "Queue", "/week": "Week", "/report": "Report", "/admin": "Policy"}
    nav = "".join(f'<a href="{path}">{name}</a>' for path, name in links.items())
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><link rel="icon" href="data:,"><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en">{head}<nav>{nav}</nav><h1>{escape(title)}</h1>{"".join(parts)}</html>'


def of_queue(agent: str, entries: sla.Listing[sla.QueueEntry]) -> str:
    """Return the page of a queue: why each ticket stands where it stands."""
    rows = (
        f'<tr><td><a href="/tickets/{escape(each.ticket)}/page">{escape(each.ticket)}</a><td>{escape(each.reason)}'
        for each in entries
    )
    left_out = (f"<p>Ticket {escape(each.ticket)} has no place: {escape(each.text)}" for each in entries.left_out)
    return page(f"Queue of {agent}" if agent else "Queue", ("<table>", *rows, "</table>", *left_out))


def of_ticket(ticket: Ticket, clocks: sla.Clocks, sentence: sla.Sentence | None, notices: Iterable[Notice]) -> str:
    """Return the page of a ticket: the sentence for its customer, a picture of each clock, and what fired."""
    said = f"<p>{sentence.to_html()}" if sentence else ""
    pictures = (part for metric in clocks for part in _cycles(metric, clocks.cycles(metric)))
    fired = (f"<li>{each.fired_at:%Y-%m-%d %H:%M} UTC: {escape(each.id)}" for each in notices)
    return page(f"{ticket.id}: {ticket.subject}", (said, *pictures, "<h2>What fired</h2><ul>", *fired, "</ul>"))


def _cycles(metric: str, cycles: Iterable[sla.ClockState]) -> Iterator[str]:
    for number, state in enumerate(cycles, 1):
        due = "" if state.due is None else f", due {state.due:%a %Y-%m-%d %H:%M}"
        said = f"{metric} {number}: {state.status}{due}, promised {state.target}"
        yield f'<h2 class="{state.status}">{escape(said)}</h2>{sla.picture_clock(state).to_html()}'


def of_week(calendars: Mapping[str, sla.OpenTime], day: date) -> str:
    """Return the page of a week: a picture of each calendar, with the way to the weeks beside it."""
    pictures = [
        f"<h2>{escape(name)}</h2>{sla.picture_week(calendar, day).to_html()}" for name, calendar in calendars.items()
    ]
    beside = f'<p><a href="/week?day={day - WEEK}">Week before</a> <a href="/week?day={day + WEEK}">Week after</a>'
    return page(f"Week of {day}", (*pictures, beside))


def of_report(report: sla.Report) -> str:
    """Return the page of a report."""
    return page("Report", (report.to_html(),))
