"""Calendars as data: the tables of a policy file that become `Calendar` values."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Final, Self

from pydantic import BeforeValidator, Field, PrivateAttr, StrictBool, WithJsonSchema, WrapValidator, model_validator

from slacalc.arguments import nearest_first
from slacalc.business_time.instants import read_zone
from slacalc.calendars.calendar import Calendar
from slacalc.calendars.holidays import HolidaySource
from slacalc.calendars.hours import Hours
from slacalc.calendars.recurrence import Recurring
from slacalc.calendars.special_days import Absence, SpecialDay
from slacalc.errors import PolicyError, SlaError, SpecialDayError
from slacalc.policies.document.holiday_rules import DateText, HolidayRule, checked_date, dated, holidays_as_table
from slacalc.policies.document.pins import Pins
from slacalc.policies.frozen_dict import FrozenDict
from slacalc.policies.notation import FrozenModel

__all__ = [
    "AbsenceRule",
    "CalendarRule",
    "InstantText",
    "SpecialDayRule",
    "build_calendars",
    "read_calendars",
]

_MOST_WORK: Final = 300_000
_MOST_PROBLEMS: Final = 100


def _checked_zone(zone: object) -> str:
    return read_zone(zone, "").key  # type: ignore[arg-type]  # read_zone refuses what is no text


def _checked_hours(hours: object) -> str:
    return str(Hours.from_mapping(hours) if isinstance(hours, Mapping) else Hours.parse(hours))  # type: ignore[arg-type]  # parse refuses what is no text


def _checked_instant(moment: object) -> datetime:
    read = moment
    if isinstance(moment, str):
        with suppress(ValueError):
            read = datetime.fromisoformat(moment)
    if not isinstance(read, datetime) or read.utcoffset() is None:
        raise PolicyError(
            "instant_invalid",
            "this is not an instant",
            given=moment,
            accepts="an ISO 8601 time with an offset, such as 2026-12-24T12:00:00+01:00",
        )
    return read


_TEXT: Final = {"type": "string"}
ZoneName = Annotated[str, BeforeValidator(_checked_zone), WithJsonSchema({**_TEXT, "examples": ["Europe/Brussels"]})]
HoursText = Annotated[
    str,
    BeforeValidator(_checked_hours),
    WithJsonSchema({"anyOf": [{**_TEXT, "examples": ["Mon-Fri 09:00-17:00; Sat 09:00-12:00"]}, {"type": "object"}]}),
]
InstantText = Annotated[datetime, BeforeValidator(_checked_instant), WithJsonSchema({**_TEXT, "format": "date-time"})]


class SpecialDayRule(FrozenModel):
    """What happens on dates: "closed", hours that replace, "open" hours, "+" hours, "-" hours, or weekly hours."""

    on: str
    hours: str
    name: str = ""
    start: DateText | None = None

    _built: SpecialDay = PrivateAttr()

    @model_validator(mode="after")
    def _builds(self) -> Self:
        try:
            self._built = SpecialDay.of(self.on, self.hours, name=self.name, start=self.start)
        except SpecialDayError as error:
            raise error.placed("hours" if error.code == "special_day_hours_invalid" else "on") from None
        return self

    def build(self) -> SpecialDay:
        """Return the special day."""
        return self._built


class AbsenceRule(FrozenModel):
    """A planned absence, from instant to instant."""

    start: InstantText
    end: InstantText
    name: str = ""

    _built: Absence = PrivateAttr()

    @model_validator(mode="after")
    def _builds(self) -> Self:
        try:
            self._built = Absence(self.start, self.end, self.name)
        except SlaError as error:
            raise error.placed("start" if error.where.endswith("start") else "end") from None
        return self

    def build(self) -> Absence:
        """Return the absence."""
        return self._built


def _dates_as_list(special_days: object) -> object:
    """Return a mapping of dates as a list; each date that is wrong is said of its key."""
    if not isinstance(special_days, Mapping):
        return special_days
    read, problems = list[SpecialDayRule](), list[SlaError]()
    for on, hours in special_days.items():
        try:
            read.append(SpecialDayRule(on=on, hours=hours))
        except PolicyError as error:
            problems += [problem.placed(on) if isinstance(on, str) else problem for problem in error.problems]
    if problems:
        raise PolicyError.of(problems)
    return read


class CalendarRule(FrozenModel):
    """A calendar: with a zone and hours of its own, or another one extended."""

    extends: str | None = None
    zone: ZoneName | None = None
    hours: HoursText | None = None
    add_hours: HoursText | None = None
    holidays: Annotated[
        HolidayRule | None,
        BeforeValidator(holidays_as_table, json_schema_input_type=str | list[str | HolidayRule] | HolidayRule | None),
    ] = None
    special_days: Annotated[
        tuple[SpecialDayRule, ...],
        BeforeValidator(_dates_as_list, json_schema_input_type=dict[str, str] | tuple[SpecialDayRule, ...]),
    ] = ()
    absences: tuple[AbsenceRule, ...] = ()
    versions: Annotated[FrozenDict[HoursText], WrapValidator(dated)] = Field(default_factory=FrozenDict)
    open_on_holidays: StrictBool | None = None

    @model_validator(mode="after")
    def _stands_or_extends(self) -> Self:
        if self.extends is None and (self.zone is None or self.hours is None or self.add_hours is not None):
            raise PolicyError(
                "calendar_incomplete",
                "a calendar of its own has a zone and hours, and nothing to add them to",
                given=sorted(self.model_fields_set),
                accepts="zone and hours; or extends, and add_hours to extend it by",
            )
        own = [key for key in ("zone", "hours", "versions") if key in self.model_fields_set]
        if self.extends is not None and own:
            raise PolicyError(
                "calendar_both",
                "a calendar that extends another takes these from it",
                given=own,
                accepts="add_hours, holidays, special_days, absences, open_on_holidays",
            )
        return self

    def _built_holidays(self, pins: Pins) -> HolidaySource | None:
        if self.holidays is None:
            return None
        try:
            return self.holidays.build(pins)
        except SlaError as error:
            raise error.at("holidays") from None

    def build(self, base: Calendar | None, pins: Pins) -> Calendar:
        """Return the calendar, of its own or extending `base`."""
        special_days = [rule.build() for rule in self.special_days]
        absences = [rule.build() for rule in self.absences]
        if base is not None:
            return base.extend(
                add_hours=self.add_hours,
                special_days=special_days,
                absences=absences,
                holidays=self._built_holidays(pins),
                open_on_holidays=self.open_on_holidays,
            )
        return Calendar(
            self.zone or "",
            self.hours or "",
            holidays=self._built_holidays(pins),
            special_days=special_days,
            absences=absences,
            versions=[(checked_date(day), hours) for day, hours in self.versions.items()],
            open_on_holidays=bool(self.open_on_holidays),
        )


def read_calendars(tables: Mapping[str, object]) -> dict[str, object]:
    """Return each table as its rule; one that is wrong in itself as it is, for the model to say what is wrong."""
    return {name: _readable(table) or table for name, table in tables.items()}


def build_calendars(tables: Mapping[str, object], pins: Pins) -> tuple[dict[str, Calendar], list[SlaError]]:
    """Return the calendars by name, and what is wrong with those whose own tables could be read.

    A calendar that extends one which is wrong is left out; what is wrong is said once.
    """
    rules = {name: rule for name, rule in tables.items() if isinstance(rule, CalendarRule)}
    built: dict[str, Calendar] = {}
    problems = dict(_wrong_holidays(tables, pins))
    work = 0
    for name in rules:
        if work > _MOST_WORK or len(problems) > _MOST_PROBLEMS:
            break
        chain, problem = _chain(rules, tables, name, built)
        if problem is not None and not problems.keys() & set(chain):
            problems[name] = problem.at("calendars", name)
        for each in () if problem else reversed(chain):
            base = rules[each].extends
            if each in built or each in problems or (base is not None and base not in built):
                continue
            try:
                built[each] = _built(rules[each], None if base is None else built[base], pins)
                work += _work_of(built[each])
                _refuse_too_much(work)
            except SlaError as error:
                problems[each] = error.at("calendars", each)
    return {name: built[name] for name in rules if name in built}, list(problems.values())


def _built(rule: CalendarRule, base: Calendar | None, pins: Pins) -> Calendar:
    """Return the calendar of a table: that of an equal table before, where one was built, which may be compiled."""
    known = pins.built.get((rule, base))
    if known is None:
        known = pins.built[rule, base] = rule.build(base, pins)
    elif rule.holidays is not None and not pins.live:
        for name in rule.holidays.pin_names:
            pins.read(name)
    return known


def _wrong_holidays(tables: Mapping[str, object], pins: Pins) -> Iterator[tuple[str, SlaError]]:
    """Yield what is wrong with holidays in tables that are wrong elsewhere; those of others are built with them."""
    for name, table in tables.items():
        said = table.get("holidays") if isinstance(table, dict) else None
        if said is None:
            continue
        try:
            rule = HolidayRule(**as_table) if isinstance(as_table := holidays_as_table(said), dict) else None
        except (PolicyError, TypeError):
            continue  # the model tells
        try:
            _ = rule and rule.build(pins)
        except SlaError as error:
            yield name, error.at("calendars", name, "holidays")


def _work_of(calendar: Calendar) -> int:
    """Return how much there is to check in a calendar; a recurrence is as much as a thousand dates."""
    recurring = sum(isinstance(special.on, Recurring) for special in calendar.special_days)
    return len(calendar.special_days) + len(calendar.absences) + len(calendar.versions) + 1_000 * recurring


def _refuse_too_much(work: int) -> None:
    """Refuse calendars that extend each other into more exceptions than a small file could name."""
    if work > _MOST_WORK:
        raise PolicyError(
            "calendars_too_many_exceptions",
            "the calendars have too many exceptions together",
            given=work,
            accepts=f"at most {_MOST_WORK}, where a recurrence counts as 1000 and what is extended counts again",
        )


def _readable(table: object) -> CalendarRule | None:
    """Return the rule of a table, or None when it is wrong in itself: the model says so."""
    if isinstance(table, CalendarRule):
        return table
    try:
        return CalendarRule(**table) if isinstance(table, dict) else None
    except (PolicyError, TypeError):
        return None


def _chain(
    rules: Mapping[str, CalendarRule], tables: Mapping[str, object], name: str, built: Mapping[str, Calendar]
) -> tuple[list[str], PolicyError | None]:
    """Return the calendar, the one that it extends, and so on up to one that is built, and what is wrong at the end."""
    chain, seen = [name], {name}
    while (base := rules[chain[-1]].extends) is not None and base not in built:
        if base in seen:
            return chain, PolicyError(
                "extends_cycle",
                "a calendar extends itself",
                given=" -> ".join((*chain, base)),
                accepts="a chain that ends at a calendar with hours of its own",
                where="extends",
            )
        if base not in rules:
            missing = PolicyError(
                "calendar_missing",
                "there is no calendar of this name",
                given=base,
                accepts=nearest_first(base, map(str, tables)),
                where="extends",
            )
            return chain, missing if base not in tables and len(chain) == 1 else None
        chain.append(base)
        seen.add(base)
    return chain, None
