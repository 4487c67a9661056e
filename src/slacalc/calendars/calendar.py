"""`Calendar`: a zone, weekly hours, holidays, special days, absences and versions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias, overload
from zoneinfo import ZoneInfo

from slacalc.business_time.instants import read_zone, use_zone
from slacalc.calendars.holidays import Holidays, HolidaySource, is_source, market_zone_of
from slacalc.calendars.hours import PUBLIC_HOLIDAY, Hours, HoursLike
from slacalc.calendars.layers import Layers, Plan
from slacalc.calendars.open_time import OpenTime, compiled
from slacalc.calendars.relative_days import Relative
from slacalc.calendars.special_days import Absence, SpecialDay, all_of, read_special_days
from slacalc.errors import CalendarError, HoursError, SlaError
from slacalc.forms import Form

if TYPE_CHECKING:
    from slacalc.calendars.combination import Combination

__all__ = ["Calendar", "HolidaysLike", "SpecialDaysLike", "VersionsLike"]

HolidaysLike: TypeAlias = HolidaySource | str | list["HolidaySource | str"] | None
SpecialDaysLike: TypeAlias = Mapping[str, str] | Iterable[SpecialDay]
VersionsLike: TypeAlias = Mapping[date, HoursLike] | Mapping[str, HoursLike] | Iterable[tuple[date | str, HoursLike]]


@dataclass(frozen=True, slots=True, init=False)
class Calendar(Form, OpenTime):
    """When one office is open: an immutable value that answers in its own zone.

    `zone` is an IANA name. `hours` is the weekly notation (see `Hours`), or a mapping of
    days to windows. `holidays` is a country ("BE"), `Holidays`, `FrozenHolidays` or a source
    of one's own (see `slacalc.calendars.holidays.HolidaySource`); on a holiday the hours are
    those of `PH`, closed without it. `special_days` maps dates to what happens on them
    (see `SpecialDay`). `absences` close from instant to instant.
    `versions` maps dates to the weekly hours valid from then on. `open_on_holidays` drops
    the holiday layer. The last speaker wins: hours < holiday < special day < absence.

    Raises the error of the part that is wrong, and CalendarError for a calendar that never
    opens. Calendars combine: `a | b`, `a & b`, `a - b`, `a - absence`.

    >>> from datetime import datetime, timedelta
    >>> from zoneinfo import ZoneInfo
    >>> brussels = Calendar(
    ...     zone="Europe/Brussels", hours="Mon-Fri 09:00-12:30 13:30-17:00; Sat 09:00-12:00", holidays="BE"
    ... )
    >>> friday = datetime(2026, 11, 20, 18, 30, tzinfo=ZoneInfo("Europe/Brussels"))
    >>> print(brussels.add(friday, timedelta(hours=4)))
    2026-11-23 10:00:00+01:00
    """

    zone: str
    hours: Hours
    holidays: HolidaySource | None
    special_days: tuple[SpecialDay, ...]
    absences: tuple[Absence, ...]
    versions: tuple[tuple[date, Hours], ...]
    open_on_holidays: bool

    def __init__(
        self,
        zone: str | ZoneInfo,
        hours: HoursLike,
        *,
        holidays: HolidaysLike = None,
        special_days: SpecialDaysLike = (),
        absences: Iterable[Absence] = (),
        versions: VersionsLike = (),
        open_on_holidays: bool = False,
    ) -> None:
        self._set("zone", read_zone(zone).key)
        self._set("hours", _read_hours(hours))
        self._set("holidays", _read_holidays(holidays))
        self._set("special_days", read_special_days(special_days))
        self._set("absences", all_of(Absence, absences, "absences"))
        self._set("versions", _read_versions(versions))
        self._set("open_on_holidays", bool(open_on_holidays))
        self._check()

    def __repr__(self) -> str:
        """Return the zone, the hours and the holidays, and how much else there is."""
        counts = {
            "special day": len(self.special_days),
            "absence": len(self.absences),
            "later version": len(self.versions),
        }
        more = [f"{count} {noun}{'' if count == 1 else 's'}" for noun, count in counts.items() if count]
        said = [repr(self.zone), repr(str(self.hours)), *_holidays_named(self.holidays)]
        return f"Calendar({', '.join((*said, *more, *(['open on holidays'] if self.open_on_holidays else [])))})"

    def _repr_html_(self) -> str:
        from slacalc.pictures.hours import picture_hours

        return picture_hours(self).to_html()

    def replace(self, **changes: Any) -> Self:  # noqa: ANN401 - checked by __init__
        """Return the calendar with some arguments changed, checked again."""
        return replace(self, **changes)

    def extend(
        self,
        *,
        add_hours: HoursLike | None = None,
        special_days: SpecialDaysLike = (),
        absences: Iterable[Absence] = (),
        holidays: HolidaysLike = None,
        open_on_holidays: bool | None = None,
    ) -> "Calendar":
        """Return the calendar with more hours, in every version, more exceptions and more holidays.

        A special day on dates for which there is one already replaces it.

        >>> standard = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00")
        >>> str(standard.extend(add_hours="Sun,PH 09:00-12:00").hours)
        'Mon-Fri 09:00-17:00; Sun,PH 09:00-12:00'
        """
        exceptions = read_special_days(special_days)
        spoken_for = {special.on for special in exceptions}
        more = Hours.of_days({}) if add_hours is None else _read_hours(add_hours, "add_hours")
        return self.replace(
            hours=self.hours.extended(more),
            versions=[(day, hours.extended(more)) for day, hours in self.versions],
            special_days=(*(each for each in self.special_days if each.on not in spoken_for), *exceptions),
            absences=(*self.absences, *all_of(Absence, absences, "absences")),
            holidays=_together(self.holidays, _read_holidays(holidays)),
            open_on_holidays=self.open_on_holidays if open_on_holidays is None else open_on_holidays,
        )

    @property
    def digest(self) -> str:
        """A digest of everything that the answers depend on, but the zone data: equal digests, equal answers."""
        import hashlib

        holidays = self.holidays.digest if self.holidays is not None else ""
        if any(isinstance(special.on, Relative) and special.on.is_named for special in self.special_days):
            holidays += repr((getattr(self.holidays, "dates", ()), getattr(self.holidays, "english", ())))
        absences = [(each.span, each.name) for each in self.absences]
        said = (self.zone, self.hours, holidays, self.special_days, absences, self.versions, self.open_on_holidays)
        return "sha256:" + hashlib.sha256("\n".join(map(repr, said)).encode()).hexdigest()

    def to_data(self) -> dict[str, Any]:
        """Return the calendar as plain dicts, lists and texts, as a table of a policy says one.

        Frozen holidays are said whole. Raises CalendarError for a source of holidays of one's own, which has no data.
        """
        from slacalc.policies.document.calendar_data import calendar_to_data

        return calendar_to_data(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Calendar":
        """Return the calendar of plain data. Raises PolicyError; its `problems` are everything that is wrong.

        >>> office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", special_days={"12-24": "09:00-13:00"})
        >>> Calendar.from_data(office.to_data()) == office
        True
        """
        from slacalc.policies.document.calendar_data import calendar_from_data

        return calendar_from_data(data)

    @classmethod
    def data_schema(cls) -> dict[str, Any]:
        """Return the JSON Schema of the data."""
        from slacalc.policies.document.calendar_data import calendar_schema

        return calendar_schema()

    def told_by(self, zone: ZoneInfo) -> Self:
        """Return the same calendar, answering by this object for its zone: such as that of other zone data.

        It is equal to this one, and answers by the data in use again when it is copied or pickled.
        """
        copy = replace(self)
        copy.__dict__["_compiled"] = compiled(zone, self._layers(zone))
        return copy

    @property
    def weeks(self) -> tuple[Hours, ...]:
        """The weekly hours, and those of each version."""
        return (self.hours, *(hours for _, hours in self.versions))

    def idle_special_days(self, first: date, last: date) -> tuple[SpecialDay, ...]:
        """Return the special days that speak for some date from `first` to `last` and change none of them.

        >>> christmas = {"12-25": "09:00-13:00"}
        >>> office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays="DE", special_days=christmas)
        >>> [special.on for special in office.idle_special_days(date(2026, 1, 1), date(2036, 12, 31))]
        [Yearly(first=(12, 25), last=(12, 25))]
        """
        return self._layers(ZoneInfo(self.zone)).idle_special_days(first, last)

    @overload
    def __sub__(self, other: OpenTime) -> "Combination": ...

    @overload
    def __sub__(self, other: Absence) -> "Calendar": ...

    def __sub__(self, other: "OpenTime | Absence") -> "Calendar | Combination":
        """Return this calendar without the time of another, or without an absence."""
        return self.extend(absences=[other]) if isinstance(other, Absence) else OpenTime.__sub__(self, other)

    def _compile(self) -> tuple[ZoneInfo, Plan]:
        zone = use_zone(self.zone)
        return zone, self._layers(zone)

    def _layers(self, zone: ZoneInfo) -> Layers:
        versions = ((date.min, self.hours), *self.versions)
        return Layers(
            zone, versions, self.holidays, self.special_days, self.absences, open_on_holidays=self.open_on_holidays
        )

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _check(self) -> None:
        if self.holidays is not None and not is_source(self.holidays):
            raise CalendarError(
                "holidays_invalid",
                "these are not holidays",
                given=self.holidays,
                accepts='a country such as "BE", Holidays(...), FrozenHolidays, a list of these, or None',
                where="holidays",
            )
        layers = self._layers(ZoneInfo(self.zone))
        layers.check()
        self._check_working_weekends()
        self._check_market()
        opening = [special for special in self.special_days if special.opens]
        if not opening and (layers.special.close_every_year or not self._weekly_opens()):
            raise CalendarError(
                "never_opens",
                "the hours and special days never open",
                given=str(self.hours),
                accepts="hours with at least one window"
                + (_OPEN_SAYS_SO if any(special.change == "replaced" for special in self.special_days) else ""),
                where="hours",
            )

    def _check_working_weekends(self) -> None:
        weeks = (*self.weeks, *(special.week for special in self.special_days if special.week is not None))
        if self.holidays is None and any(week.working_weekends is not None for week in weeks):
            raise CalendarError(
                "working_weekends_without_holidays",
                "WW are working weekends of the holiday data, and there is none",
                given="WW",
                accepts="holidays, or hours without WW",
                where="hours",
            )

    def _check_market(self) -> None:
        market_zone = market_zone_of(self.holidays)
        if market_zone is not None and market_zone != self.zone:
            raise CalendarError(
                "half_days_of_another_zone",
                "the half days of a market are told by its own clock",
                given=self.zone,
                accepts=f"{market_zone}, or holidays without half days",
                where="holidays",
            )

    def _weekly_opens(self) -> bool:
        """Tell whether some version opens; hours on holidays need holidays."""
        uses_holidays = self.holidays is not None and not self.open_on_holidays
        return any(week.every_window if uses_holidays else any(week.windows[:PUBLIC_HOLIDAY]) for week in self.weeks)


_OPEN_SAYS_SO: Final = (
    '; windows on other than a single date replace hours and open no closed date: write "open 09:00-13:00"'
)


def _read_holidays(holidays: HolidaysLike) -> HolidaySource | None:
    if isinstance(holidays, list):
        from slacalc.calendars.holidays.sets import HolidaySets  # few calendars have several

        return HolidaySets(tuple(Holidays(each) if isinstance(each, str) else each for each in holidays))
    return Holidays(holidays) if isinstance(holidays, str) else holidays


def _together(own: HolidaySource | None, more: HolidaySource | None) -> HolidaySource | None:
    return _read_holidays([own, more]) if own is not None and more is not None else own or more


def _read_hours(hours: HoursLike, where: str = "hours") -> Hours:
    if isinstance(hours, Hours):
        return hours
    try:
        return Hours.from_mapping(hours) if isinstance(hours, Mapping) else Hours.parse(hours)
    except HoursError as error:
        raise error.at(where) from None


def _read_versions(versions: VersionsLike) -> tuple[tuple[date, Hours], ...]:
    pairs = versions.items() if isinstance(versions, Mapping) else versions
    try:
        read = sorted(((_read_date(day), _read_hours(hours, "versions")) for day, hours in pairs), key=_valid_from)
    except (TypeError, ValueError) as error:
        if isinstance(error, SlaError):
            raise
        raise CalendarError(
            "versions_invalid",
            "these are not versions",
            given=versions,
            accepts='a mapping of dates to hours, such as {"2027-01-01": "Mon-Fri 08:00-16:00"}',
            where="versions",
        ) from None
    days = [day for day, _ in read]
    if len(set(days)) < len(days):
        raise CalendarError(
            "version_twice",
            "two versions are valid from one date",
            given=[day.isoformat() for day in days],
            accepts="one version a date",
            where="versions",
        )
    return tuple(read)


def _read_date(day: object) -> date:
    if type(day) is date:
        return day
    try:
        return date.fromisoformat(day)  # type: ignore[arg-type]  # what is no text raises TypeError
    except (TypeError, ValueError):
        raise CalendarError(
            "version_date_invalid",
            "this is not a date",
            given=day,
            accepts="a date, or text such as 2027-01-01",
            where="versions",
        ) from None


def _valid_from(version: tuple[date, Hours]) -> date:
    return version[0]


def _holidays_named(holidays: object) -> list[str]:
    """Return the holidays of a country by its name, others by their kind."""
    if holidays is None:
        return []
    country, part = (getattr(holidays, name, None) for name in ("country", "subdivision"))
    return [
        f"holidays={'-'.join(filter(None, (country, part)))!r}" if country else f"holidays={type(holidays).__name__}"
    ]
