"""The job that tells what fires: `python -m helpdesk.watch`. It may crash anywhere; whatever runs it starts it again.

It asks for the window of time since it asked last, and writes down what fired together with the end of the window: all
of it, or nothing. What is written down is sent afterwards. Two may run: of two that look at once one is turned back.
"""

import time
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from helpdesk.desk import Desk
from helpdesk.service import Helpdesk
from helpdesk.tables import Notice, Watch

Send = Callable[[str, str], None]
"""Sends a text; the first argument is an id, by which the receiver knows what it has already."""
EVERY_SECONDS = 30
BEHIND = timedelta(seconds=10)
"""A request that is still being served may write what happened so long ago: the window ends before that."""


def look(desk: Desk) -> list[Notice]:
    """Write down what fired since the last look, in the transaction of the desk."""
    watch = desk.session.get_one(Watch, 1, with_for_update=True)
    until = max(watch.until, desk.now - BEHIND)
    milestones = desk.fired(watch.until, until)
    new = [
        Notice(id=each.id, said=each.to_data(), fired_at=each.deliver_at)
        for each in milestones
        if desk.session.get(Notice, each.id) is None  # a due time that fired and moved fires once, too
    ]
    desk.session.add_all(new)
    watch.until = until
    return new


def send_all(helpdesk: Helpdesk, send: Send) -> None:
    """Send what was written down and not sent, the oldest first, each in a transaction of its own.

    After a crash between sending and its end a text is sent again, with the same id. Where two jobs run, PostgreSQL has
    each pass over what the other one is sending; with SQLite both may send it.
    """
    while True:
        with helpdesk.open() as desk:
            waiting = select(Notice).where(Notice.sent_at.is_(None)).order_by(Notice.fired_at, Notice.id)
            notice = desk.session.scalars(waiting.limit(1).with_for_update(skip_locked=True)).first()
            if notice is None:
                return
            send(notice.id, text_of(notice))
            notice.sent_at = desk.now


def text_of(notice: Notice) -> str:
    """Return what is sent."""
    milestone = notice.milestone
    return f"Ticket {milestone.ticket}: {milestone.kind} {milestone.label}, {milestone.at:%a %Y-%m-%d %H:%M}"


def run(helpdesk: Helpdesk, send: Send) -> None:
    """Look once, and send."""
    with helpdesk.open() as desk:
        look(desk)
    send_all(helpdesk, send)


if __name__ == "__main__":
    service = Helpdesk.from_environment()
    while True:
        run(service, lambda _, text: print(text, flush=True))  # noqa: T201 - where yours sends mail
        time.sleep(EVERY_SECONDS)
