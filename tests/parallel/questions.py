"""A set of questions whose answers must not depend on who asks first, or in which process.

It runs as a program, too: `python questions.py ask` pickles calendars, a policy, promises and answers to its
output, `python questions.py check` reads them from its input and asks again.
"""

import pickle
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import slacalc as sla

FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=UTC)
HOURS: Final = tuple(timedelta(hours=hours) for hours in (1, 77, 1_000))
POLICY: Final[dict[str, Any]] = {
    "name": "raced",
    "guide": {"channels": {"mail": {"speed": "fast"}, "chat": {"speed": "fast", "at_once": True, "calendar": "office"}}},
    "calendars": {
        "office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00; Sat 22:00-06:00", "special_days": {"12-24": "closed"}},
        "late": {"extends": "office", "add_hours": "Sun 10:00-12:00"},
    },
    "rules": [
        {"name": "all", "calendar": "late", "metrics": {
            "first_response": {"due": {"business_hours": "4h"}},
            "resolution": {"due": {"workday_hours": "200h"}},
            "update": {"due": {"business_days": 40, "by": "close"}},
        }},
    ],
}  # fmt: skip


def cold() -> tuple[Any, ...]:
    """Calendars of every kind and a policy that nobody has asked anything yet."""
    office = sla.Calendar(
        "Europe/Berlin",
        "Mon-Fri 09:00-17:00; Sat 22:00-06:00",
        holidays=sla.FrozenHolidays.of({date(2026, 12, 25): "Christmas"}, years=(2010, 2040)),
        special_days=[
            sla.SpecialDay.of("FREQ=MONTHLY;BYDAY=-1FR", "-12:00-14:00"),
            sla.SpecialDay.of("12-24", "closed"),
        ],
    )
    apia = sla.Calendar("Pacific/Apia", "Mon-Sun 20:00-04:00", versions={"2020-01-01": "Mon-Fri 08:00-16:00"})
    return office, apia, office | apia, office - apia, office.workdays(), sla.policy_from_data(POLICY)


def _told(policy: sla.Policy, at: datetime, language: str) -> list[str]:
    each = policy.promise(at).values()
    return [promise.expectation(as_of=at, zone="Asia/Tokyo").say(language, reason=True).text for promise in each]


def asks(things: tuple[Any, ...]) -> list[Callable[[], object]]:
    """Every question, near and far, forward and back, so that each asks for other years to be compiled."""
    *calendars, policy = things
    times = [FRIDAY + years * timedelta(days=365) for years in (0, -7, 5)]
    found: list[Callable[[], object]] = []
    for at in times:
        for calendar in calendars:
            found += [lambda c=calendar, t=at, h=hours: c.add(t, h) for hours in HOURS]  # type: ignore[misc]  # a default binds the loop's
            found.append(lambda c=calendar, t=at: c.subtract(t, HOURS[-1]))  # type: ignore[misc]
            found.append(lambda c=calendar, t=at: c.elapsed(t, FRIDAY))  # type: ignore[misc]
            found.append(lambda c=calendar, t=at: (c.is_open(t), c.next_open(t), c.previous_close(t)))  # type: ignore[misc]
            found.append(lambda c=calendar, t=at: c.explain(t, t + timedelta(days=9)).to_json())  # type: ignore[misc]
        found.append(lambda t=at: policy.promise(t).to_json())  # type: ignore[misc]
        found += [lambda t=at, lang=language: _told(policy, t, lang) for language in ("de", "fi")]  # type: ignore[misc]
        found.append(lambda t=at: sla.channel_advice(policy, t).to_json())  # type: ignore[misc]
    return found


def answers(things: tuple[Any, ...]) -> list[object]:
    """All answers, asked one after the other."""
    return [ask() for ask in asks(things)]


def main() -> None:
    """Ask and pickle, or unpickle and check."""
    if sys.argv[1] == "ask":
        things = cold()
        pickle.dump((things, answers(things), *things[-1].promise(FRIDAY).values()), sys.stdout.buffer)
        return
    things, expected, *promises = pickle.load(sys.stdin.buffer)
    assert cold() == things
    assert expected == answers(things)
    assert promises == list(things[-1].promise(FRIDAY).values())
    sys.stdout.write(f"{len(expected)} answers are the same\n")


if __name__ == "__main__":
    main()
