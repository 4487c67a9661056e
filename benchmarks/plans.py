"""What plans cost: a hundred policies asked of the same tickets, the longest wait of a year, and a year as a picture.

Beside them stands what they are made of: so many times the due times of the tickets, a promise, the pieces of a year.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import cycle
from random import Random
from typing import Final

import slacalc as sla
from benchmarks import reports
from benchmarks.measuring import Contestant, Task
from benchmarks.workload import ZONE
from slacalc.business_time.instants import to_us

__all__ = ["tasks"]

TICKETS: Final = 100_000
POLICIES: Final = 100
_YEARS: Final = 20
_AS_OF: Final = datetime(2026, 6, 1, tzinfo=ZONE)
_START: Final = datetime(2026, 12, 1, tzinfo=UTC)
_YEAR: Final = timedelta(days=365)
_DUE: Final = "rules.1.metrics.first_response.due"
_SAMPLES: Final[Mapping[str, tuple[Mapping[str, str], ...]]] = {
    "b2b_marketplace": (
        {"channel": "telephone", "market": "FI"},
        {"channel": "email", "topic": "complicated"},
        {"channel": "email", "topic": "return"},
        {"channel": "chat"},
        {"channel": "email"},
    ),
    "channel_guide": ({"channel": "telephone"}, {"channel": "email"}),
    "marketplace_seller": ({"reading": "mild"}, {"reading": "strict"}),
    "store_correspondence": ({"channel": "email"},),
    "webshop_helpdesk": ({"priority": "priority"}, {"priority": "normal"}),
}


def tasks(tickets: int = TICKETS, policies: int = POLICIES, years: int = _YEARS) -> Iterator[Task]:
    """Return many policies over many tickets, the longest wait of each sample, and the picture of a year."""
    yield _many_policies(tickets, policies)
    for name, tickets_of in _SAMPLES.items():
        yield _waits(name, tickets_of, years)
    yield _picture()


def _many_policies(tickets: int, policies: int) -> Task:
    import pandas as pd

    frame, policy = pd.DataFrame(reports.rows_of(tickets)), reports.policy()
    changes = {f"{hours} h": {_DUE: {"business_hours": f"{hours}h"}} for hours in range(1, policies + 1)}
    changed = [policy.replace(change) for change in changes.values()]
    contestants = [
        Contestant("what_if of all", _asking(lambda: [sla.what_if(frame, policy, changes, as_of=_AS_OF)])),
        Contestant("promise_frame of each", _asking(lambda: [each.promise_frame(frame) for each in changed])),
    ]
    return Task(f"{policies} policies over {tickets:,} tickets", tickets * policies, contestants, whole=True)


def _waits(name: str, tickets: tuple[Mapping[str, str], ...], years: int) -> Task:
    """Return the lines of some years, and as many promises to tickets that come in them."""
    policy = sla.sample_policy(name)
    starts = [_START + timedelta(days=day) for day in range(years)]
    rows = years * len(sla.waits(policy, as_of=_START).lines)
    random = Random(20261201)  # noqa: S311 - a workload, not a secret
    received = [_START + random.random() * _YEAR for _ in range(rows)]
    asked = list(zip(received, cycle(tickets), strict=False))
    contestants = [
        Contestant("a promise", _asking(lambda: [policy.promise(at, **fields) for at, fields in asked])),
        Contestant("the waits of a year", _asking(lambda: [sla.waits(policy, as_of=start) for start in starts])),
    ]
    return Task(f"a rule of {name}", rows, contestants, whole=True)


def _picture() -> Task:
    office = sla.sample_policy("webshop_helpdesk").calendar("standard")
    first, last = (to_us(datetime(year, 1, 1, tzinfo=office.zone_info)) for year in (2027, 2028))
    contestants = [
        Contestant("the pieces of its dates", _asking(lambda: list(office.pieces(first, last)))),
        Contestant("picture_year", _asking(lambda: [sla.picture_year(office, 2027)])),
        Contestant("picture_year, as an SVG", _asking(lambda: [sla.picture_year(office, 2027).to_svg()])),
    ]
    return Task("a year as a picture", 1, contestants)


def _asking(ask: Callable[[], list[object]]) -> Callable[[int], list[object]]:
    return lambda _rows: ask()
