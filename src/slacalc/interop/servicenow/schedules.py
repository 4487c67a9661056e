"""ServiceNow's schedules as calendars of a policy: spans that are worked, spans that are excluded, other schedules.

Facts of the format (public update sets; the documentation of schedules, 2026): a schedule adds the entries of others
that it includes; an excluded span closes, whoever it is from. Two excluded spans may overlap.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from slacalc.business_time.instants import DAY_SECONDS, LAST_DATE
from slacalc.business_time.spans import Spans, difference, union
from slacalc.calendars.hours import Hours, format_windows
from slacalc.interop.closures import Closure, closed_table
from slacalc.interop.imported import Loss
from slacalc.interop.parts import Part, read_each
from slacalc.interop.servicenow.spans import Span, read_span
from slacalc.interop.servicenow.tables import cell, needed, text, unknown_id

__all__ = ["WorkSchedule", "calendar_of", "read_schedules"]

_LEFT_OUT: Final = "the span is left out"
_DAY_NAMES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY: Final = timedelta(days=1)
_FEBRUARY: Final = 2
"""The month whose last date is not the same every year."""
_DAYS_OF: Final[Mapping[str, tuple[int, ...]]] = {"daily": tuple(range(7)), "weekdays": tuple(range(5))}


class WorkSchedule(NamedTuple):
    """A schedule: its name, its zone if it has one, its spans with those that it includes, and what is lost of it."""

    id: str
    name: str
    zone: str | None
    spans: tuple[Span, ...]
    origin: str
    losses: tuple[Loss, ...]

    @property
    def is_worked(self) -> bool:
        """Whether it has hours: one of holidays has none."""
        return any(not span.kind for span in self.spans)


class _Worked(NamedTuple):
    """A window of some weekdays, from a date to another, or for good."""

    weekdays: tuple[int, ...]
    window: tuple[int, int]
    first: date
    last: date

    def windows_on(self, day: date) -> Spans:
        """Return the window, where it is one of the date."""
        return union([self.window] if day.weekday() in self.weekdays and self.first <= day <= self.last else [])


def read_schedules(tables: Mapping[str, list[Part]]) -> dict[str, WorkSchedule]:
    """Return the schedules by id, each with what it includes. Raises InteropError for what cannot be read."""
    rows = {text(row, "sys_id"): row for row in tables["cmn_schedule"]}
    own: dict[str, list[Span]] = {number: [] for number in rows}
    for number, span in read_each(
        tables["cmn_schedule_span"], lambda row: (_reference(row, "schedule", rows), read_span(row))
    ):
        own[number].append(span)
    others: dict[str, list[tuple[str, Part]]] = {number: [] for number in rows}
    for row in tables["cmn_other_schedule"]:
        others[_reference(row, "schedule", rows)].append((_reference(row, "child_schedule", rows), row))
    return {number: _schedule(number, row, rows, own, others) for number, row in rows.items()}


def _reference(row: Part, key: str, rows: Mapping[str, Part]) -> str:
    found = needed(row, key)
    if found.text() not in rows:
        raise unknown_id(found, "cmn_schedule")
    return found.text()


def _schedule(
    number: str,
    row: Part,
    rows: Mapping[str, Part],
    own: Mapping[str, list[Span]],
    others: Mapping[str, list[tuple[str, Part]]],
) -> WorkSchedule:
    spans, losses = [*own[number]], list[Loss]()
    zone = _zone(row)
    met, waiting = {number}, [*others[number]]
    while waiting:  # what is included may include others
        child, entry = waiting.pop()
        kind = cell(entry, "type")
        if kind is not None and kind.word("include", "exclude") == "exclude":
            means = f"the hours of {text(rows[child], 'name')!r} are excluded from the schedule"
            losses.append(Loss("due_times", kind.place, means, "they are open"))
        elif child not in met:
            met.add(child)
            spans += own[child]
            waiting += others[child]
            if (other := _zone(rows[child])) is not None and other != zone:
                means = f"the dates of {text(rows[child], 'name')!r} are of the zone {other}"
                losses.append(Loss("due_times", entry.place, means, "they are dates of the schedule's own zone"))
    name = text(row, "name")
    origin = f"schedule {name!r} ({row.place})"
    return WorkSchedule(number, name, zone, tuple(spans), origin, tuple(losses))


def _zone(row: Part) -> str | None:
    found = cell(row, "time_zone")
    return None if found is None or found.value == "floating" else found.named_zone()


def calendar_of(schedule: WorkSchedule, zone: str) -> tuple[dict[str, Any], list[Loss]]:
    """Return the table of a calendar in a zone, and what is lost of it."""
    losses: list[Loss] = []
    spans = [span.local(zone) for span in schedule.spans if _is_said(span, losses)]
    worked = [each for span in spans if not span.kind and span.repeat for each in _worked(span)]
    closures = [each for span in spans if span.kind == "exclude" for each in _closures(span, losses)]
    extra = _extra(span for span in spans if not span.kind and not span.repeat)
    table = {"zone": zone, **_hours(worked), **closed_table(closures, f"ServiceNow schedule {schedule.name}")}
    special = [each for each in table.pop("special_days", []) if each["on"] not in extra]
    special += [each for day in sorted(extra) if (each := _opened(day, extra[day], worked, closures)) is not None]
    if special:
        table["special_days"] = special
    if worked:
        first = min(each.first for each in worked)
        losses.append(Loss("reports", schedule.origin, f"the schedule begins on {first}", "the same hours before"))
    return table, losses


def _is_said(span: Span, losses: list[Loss]) -> bool:
    """Tell whether a calendar can say a span; note it where not."""
    means = ""
    if span.kind in ("maintenance", "blackout"):
        losses.append(Loss("cosmetic", span.part.place, f"a span of {span.kind}, for changes", _LEFT_OUT))
        return False
    if span.is_utc and span.repeat:
        means = "the span repeats at a time of UTC, which is another local time in summer"
    elif not span.kind and span.repeat in ("monthly", "yearly"):
        means = f"the span opens {span.repeat}"
    elif span.repeat in ("monthly", "yearly") and not span.rule:
        means = "the span repeats each month on a day that nobody explains"
    elif span.every > 1 and (not span.kind or span.repeat == "weekdays" or len(span.weekdays) > 1):
        means = f"the span repeats every {span.every} times only"
    elif span.repeat == "weekly" and span.start.weekday() not in span.weekdays:
        means = "the span starts on a day that is none of its days of the week, if 1 is Monday"
    if means:
        losses.append(Loss("due_times", span.part.place, means, _LEFT_OUT))
    return not means


def _dates_of(span: Span) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield how many dates after its start a span is in, and the seconds of that date."""
    midnight = datetime.combine(span.start.date(), time())
    place = 0
    while midnight < span.end:
        start, end = max(span.start, midnight), min(span.end, midnight + _DAY)
        yield place, (int((start - midnight).total_seconds()), int((end - midnight).total_seconds()))
        place, midnight = place + 1, midnight + _DAY


def _worked(span: Span) -> Iterator[_Worked]:
    """Yield the windows of a span that is worked again and again: midnight divides it, as a holiday cuts dates."""
    weekdays = span.weekdays or _DAYS_OF[span.repeat]
    for place, window in _dates_of(span):
        days = tuple((day + place) % 7 for day in weekdays)
        last = LAST_DATE if span.until is None else span.until + place * _DAY
        yield _Worked(days, window, span.start.date() + place * _DAY, last)


def _hours(worked: list[_Worked]) -> dict[str, Any]:
    """Return weekly hours, and those from later dates on."""
    changes = sorted({each.first for each in worked} | {each.last + _DAY for each in worked if each.last < LAST_DATE})
    versions = {day: _week(worked, day) for day in changes}
    if not versions:
        return {"hours": "closed"}
    first, *later = versions
    said = {day.isoformat(): versions[day] for day in later}
    return {"hours": versions[first], **({"versions": said} if said else {})}


def _week(worked: Iterable[_Worked], day: date) -> str:
    week = {
        weekday: union(each.window for each in worked if weekday in each.weekdays and each.first <= day <= each.last)
        for weekday in range(7)
    }
    return str(Hours.of_days(week)) if any(week.values()) else "closed"


def _closures(span: Span, losses: list[Loss]) -> Iterator[Closure]:
    """Yield what an excluded span closes, date by date."""
    for place, window in _dates_of(span):
        first = span.start.date() + place * _DAY
        part = None if window == (0, DAY_SECONDS) else window
        if not span.repeat:
            yield Closure(span.name, first, first, "", part)
        elif (rule := _rule(span, place, first)) is None:
            means = "the span goes on over midnight, from a day that moves"
            losses.append(Loss("due_times", span.part.place, means, "the dates after the first are open"))
            return
        elif (closure := Closure(span.name, first, LAST_DATE, rule, part)).never_comes:
            losses.append(Loss("cosmetic", span.part.place, "the span never comes again, or at all", _LEFT_OUT))
        else:
            yield closure


def _rule(span: Span, place: int, first: date) -> str | None:
    """Return the rule of the date so many days after a span begins; None where that is no rule."""
    every = f";INTERVAL={span.every}" if span.every > 1 else ""
    end = "" if span.until is None else f";UNTIL={span.until + place * _DAY:%Y%m%d}"
    if span.repeat == "daily":
        return f"FREQ=DAILY{every}{end}"
    if span.repeat in ("weekdays", "weekly"):
        days = sorted((day + place) % 7 for day in span.weekdays or _DAYS_OF[span.repeat])
        return f"FREQ=WEEKLY{every};BYDAY={','.join(_DAY_NAMES[day] for day in days)}{end}"
    if place and "FREQ=YEARLY" in span.rule and "BYDAY" not in span.rule and (first - _DAY).month != _FEBRUARY:
        return f"FREQ=YEARLY;BYMONTH={first.month};BYMONTHDAY={first.day}{every}{end}"
    return None if place else f"{span.rule}{every}{end}"


def _extra(spans: Iterable[Span]) -> dict[str, Spans]:
    """Return the windows of dates that are worked once."""
    windows: dict[str, Spans] = {}
    for span in spans:
        for place, window in _dates_of(span):
            day = (span.start.date() + place * _DAY).isoformat()
            windows[day] = union([*windows.get(day, ()), window])
    return windows


def _opened(on: str, windows: Spans, worked: Iterable[_Worked], closures: Iterable[Closure]) -> dict[str, Any] | None:
    """Return the special day of a date that is worked once, without what is excluded of it; None where that is all."""
    day = date.fromisoformat(on)
    every = union([*windows, *(window for each in worked for window in each.windows_on(day))])
    closed = [each for each in closures if each.falls_on(day)]
    left = difference(every, union(each.window or (0, DAY_SECONDS) for each in closed))
    return {"on": on, "hours": format_windows(left), "name": "worked once"} if left else None
