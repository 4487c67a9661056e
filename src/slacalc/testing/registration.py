"""Tell Hypothesis which types it draws with our strategies: the entry point that it calls when imported."""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from slacalc.calendars.calendar import Calendar
from slacalc.calendars.holidays import FrozenHolidays
from slacalc.calendars.hours import Hours
from slacalc.calendars.special_days import Absence, SpecialDay
from slacalc.policies.policy import Policy

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["register"]

_DRAWN_BY: Final[dict[type, str]] = {
    Absence: "absences",
    Calendar: "calendars",
    FrozenHolidays: "holidays",
    Hours: "hours",
    Policy: "policies",
    SpecialDay: "special_days",
}


def register() -> None:
    """Register strategies, so that `from_type(Calendar)` draws a calendar that can be.

    >>> from hypothesis import find, strategies
    >>> find(strategies.from_type(Calendar), lambda calendar: calendar.zone == "Europe/Berlin").zone
    'Europe/Berlin'
    """
    from hypothesis.strategies import register_type_strategy

    for kind, name in _DRAWN_BY.items():
        register_type_strategy(kind, partial(_strategy, name))


def _strategy(name: str, _kind: type) -> "SearchStrategy[Any]":
    """Return a strategy by its name; imported here, because it may be its import that registers."""
    strategy: SearchStrategy[Any] = getattr(import_module("slacalc.testing.strategies"), name)()
    return strategy
