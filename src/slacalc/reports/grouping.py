"""What a report groups promises by: fields of the ticket, and when the promise began or fell due."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from slacalc.arguments import each_of, nearest_first, refuse
from slacalc.calendars.hours import DAY_NAMES
from slacalc.clocks.outcome import Outcome
from slacalc.columns.judging import Judged
from slacalc.errors import PolicyError
from slacalc.policies.any_policy import AnyPolicy

__all__ = ["ALL", "PARTS", "Grouping", "group_text", "read_grouping", "when_due", "when_received"]

ALL: Final = "all"


class DatePart(NamedTuple):
    """A part of a date, and of which: when a promise began, or when it fell due."""

    text: Callable[[datetime], str]
    is_of_due: bool = False


def _month(moment: datetime) -> str:
    return f"{moment.year:04}-{moment.month:02}"


def _weekday(moment: datetime) -> str:
    return DAY_NAMES[moment.weekday()]


def _hour(moment: datetime) -> str:
    return f"{moment.hour:02}"


PARTS: Final[Mapping[str, DatePart]] = {
    "month": DatePart(_month),
    "weekday": DatePart(_weekday),
    "hour": DatePart(_hour),
    "due_month": DatePart(_month, is_of_due=True),
    "due_weekday": DatePart(_weekday, is_of_due=True),
    "due_hour": DatePart(_hour, is_of_due=True),
}


class Grouping(NamedTuple):
    """The names that promises are grouped by, in order; a field is meant where the policy declares one of that name."""

    names: tuple[str, ...]
    fields: frozenset[str]

    @property
    def total(self) -> tuple[str, ...]:
        """The group of all promises."""
        return (ALL,) * len(self.names)

    def groups_of(self, judged: Judged) -> tuple[str, ...]:
        """Return the group that a promise is in; a part of a date that there is none of is empty."""
        return tuple(
            judged.fields.get(name, "") if name in self.fields else _part(PARTS[name], judged.result)
            for name in self.names
        )

    def rank(self, groups: tuple[str, ...]) -> tuple[str | int, ...]:
        """Return what puts groups in order: texts by the alphabet, weekdays from Monday on."""
        return tuple(
            DAY_NAMES.index(text) if text in DAY_NAMES and self._is_weekday(name) else text
            for name, text in zip(self.names, groups, strict=True)
        )

    def _is_weekday(self, name: str) -> bool:
        return name not in self.fields and PARTS[name].text is _weekday


def read_grouping(by: str | Sequence[str], policy: AnyPolicy) -> Grouping:
    """Return what is grouped by. Raises PolicyError for what is neither a field nor a part of a date."""
    accepts = 'a field, or several names such as ["month", "priority"]'
    names = (by,) if isinstance(by, str) else tuple(each_of(by, str, "by", accepts))
    if not names or len(set(names)) < len(names):
        refuse(by, "by", accepts)
    known = policy.field_names
    for name in names:
        if name not in known and name not in PARTS:
            raise PolicyError(
                "field_undeclared",
                "the policy declares no such field",
                given=name,
                accepts=nearest_first(name, (*known, *PARTS)),
                where="by",
            )
    return Grouping(names, frozenset(known))


def group_text(groups: tuple[str, ...]) -> str:
    """Return a group of several keys as one text."""
    return ALL if set(groups) == {ALL} else ", ".join(groups)


def when_received(result: Outcome) -> datetime | None:
    """Return when a promise began, on the calendar's clock."""
    return _told(result, result.promise.origin)


def when_due(result: Outcome) -> datetime | None:
    """Return when a promise fell due, on the calendar's clock; when it was done, where it was paused until then."""
    return _told(result, result.promise.due or result.done_at)


def _part(part: DatePart, result: Outcome) -> str:
    moment = when_due(result) if part.is_of_due else when_received(result)
    return "" if moment is None else part.text(moment)


def _told(result: Outcome, moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(result.promise.calendar.zone_info)
