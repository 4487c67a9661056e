"""What a report says of a policy and of changes of it, side by side; and how it reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from slacalc.business_time.amounts import format_amount
from slacalc.calendars.ledger import told_moment
from slacalc.logs.reading import Problem
from slacalc.render import Cell, MarkedLine, Tabular, TextTable
from slacalc.reports.figures import ReportLine, format_left_out, promise_words, share_text, time_text

__all__ = ["OpenHours", "WhatIf", "WhatIfLine"]

_BOTH: Final = ("attainment", "met", "breached", "pending", "median_open", "p90_open", "median_wall", "p90_wall")
_HOURS_TITLE: Final = "open a week"
_SHOWN: Final = {
    "attainment": "attainment",
    "breached": "breached",
    "median_open": "median open",
    "p90_open": "p90 open",
}


class WhatIfLine(NamedTuple):
    """A line of the report of a policy, and the same line had it been changed; None where a report has no such line."""

    change: str
    before: ReportLine | None
    after: ReportLine | None

    @property
    def line(self) -> ReportLine:
        """The line that there is, the one after the change before the other: its groups, metric, kind and objective."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - there is one
        return found

    @property
    def gained(self) -> float | None:
        """By how much the attainment rises, as a share; None where one of the two has none."""
        both = [each.attainment if each else None for each in (self.before, self.after)]
        return None if both[0] is None or both[1] is None else both[1] - both[0]


class OpenHours(NamedTuple):
    """How long a calendar is open in a week before and after a change, on average over the time of the log.

    None where there is no such calendar, or where its holidays are not known for all of that time.
    """

    change: str
    calendar: str
    before: timedelta | None
    after: timedelta | None


@dataclass(frozen=True, slots=True)
class WhatIf(Tabular):
    """How the promises of a policy were kept, and how they would have been with each change, as of an instant.

    `lines` are those of `report`, by change; `hours` the calendars that a change opens longer, or less long. `problems`
    are the rows that the report of the policy as it is leaves out.
    """

    policy: str
    as_of: datetime
    keys: tuple[str, ...]
    lines: tuple[WhatIfLine, ...]
    hours: tuple[OpenHours, ...]
    problems: tuple[Problem, ...] = ()

    def _repr_html_(self) -> str:
        from slacalc.plans.what_if_picture import picture_what_if  # which draws this, and so imports it

        return f"{picture_what_if(self).drawing().to_html()}\n{self.to_html()}"

    def of(self, change: str) -> tuple[WhatIfLine, ...]:
        """Return the lines of a change; the last are those of all tickets."""
        return tuple(line for line in self.lines if line.change == change)

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each line, with shares and timedeltas as values: `pandas.DataFrame(found.to_rows())`."""
        return [self._row(line) for line in self.lines]

    def to_data(self) -> dict[str, object]:
        """Return it as plain lists, dicts, texts and numbers."""
        return {
            "policy": self.policy,
            "as_of": self.as_of.isoformat(),
            "by": ", ".join(self.keys),
            "lines": [{name: _plain(value) for name, value in row.items()} for row in self.to_rows()],
            "hours": [{name: _plain(value) for name, value in each._asdict().items()} for each in self.hours],
            "problems": [str(problem) for problem in self.problems],
        }

    def _row(self, line: WhatIfLine) -> dict[str, object]:
        said, both = line.line, (("before", line.before), ("after", line.after))
        figures = {f"{name}_{when}": getattr(each, name, None) for name in _BOTH for when, each in both}
        keyed = dict(zip(self.keys, said.groups, strict=True))
        promised = {"metric": said.metric, "kind": said.kind, "owed_by": said.owed_by, "objective": said.objective}
        return {"change": line.change, **keyed, **promised, "tickets": said.tickets, **figures}

    def _page(self) -> Iterator[Cell | TextTable]:
        """Return the figures before and after each change, then how long the calendars are open."""
        yield MarkedLine.of(f"what if: {self.policy} as of ", told_moment(self.as_of), f" ({self.as_of.tzname()})")
        yield self._figures()
        if self.hours:
            yield _HOURS_TITLE
            heads = ("change", "calendar", "before", "after")
            rows = ((each.change, each.calendar, _exact(each.before), _exact(each.after)) for each in self.hours)
            yield TextTable.of(heads, rows, figures=range(2, len(heads)), caption=_HOURS_TITLE, named_by=2)
        if self.problems:
            yield format_left_out(len(self.problems))

    def _figures(self) -> TextTable:
        apart = any(promise_words(line.line) for line in self.lines)
        words = ("change", *self.keys, "metric", *(("promise",) if apart else ()))
        return TextTable.of(
            (*words, "tickets", *_SHOWN.values()),
            (
                (
                    *(line.change, *line.line.groups, line.line.metric),
                    *((promise_words(line.line),) if apart else ()),
                    *(str(line.line.tickets), *_figures_of(line)),
                )
                for line in self.lines
            ),
            figures=range(len(words), len(words) + 1 + len(_SHOWN)),
            caption="how promises were kept, and with each change",
            named_by=len(words),
        )


def _figures_of(line: WhatIfLine) -> Iterator[str]:
    """Return each figure before and after; one that stays is said once."""
    for name in _SHOWN:
        before, after = (_shown(each, name) for each in (line.before, line.after))
        yield before if before == after else f"{before or 'none'} -> {after or 'none'}"


def _shown(line: ReportLine | None, name: str) -> str:
    match None if line is None else getattr(line, name):
        case timedelta() as amount:
            return time_text(amount)
        case float() as share:
            return share_text(share)
        case int() as count:
            return str(count) if line is not None and line.kind == "owed" else ""
        case _:
            return ""


def _exact(amount: timedelta | None) -> str:
    return "" if amount is None else format_amount(amount)


def _plain(value: object) -> object:
    return format_amount(value) if isinstance(value, timedelta) else value
