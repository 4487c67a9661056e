"""The commands about opening hours and holidays."""

from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from slacalc.calendars.absence_notice import AbsenceNotice, absence_notice
from slacalc.calendars.holidays import Holidays, load_holidays
from slacalc.calendars.holidays.drift import drift
from slacalc.calendars.holidays.package import is_market
from slacalc.cli.arguments import (
    CalendarOption,
    HolidaysOption,
    HoursOption,
    JsonOption,
    PolicyOption,
    SvgOption,
    ZoneOption,
    read_calendar,
    read_date,
    read_instant,
)
from slacalc.cli.exits import refusals
from slacalc.cli.printing import (
    print_json,
    print_ledger,
    print_line,
    print_raw,
    print_title,
    print_week_day,
    save_picture,
)
from slacalc.pictures.half_hours import format_date
from slacalc.pictures.week import picture_week
from slacalc.pictures.year import picture_year
from slacalc.reports.figures import format_count

__all__ = ["absence", "explain", "freeze", "print_drift", "week", "year"]


def explain(
    start: Annotated[str, typer.Argument(help="From when (ISO 8601).")],
    end: Annotated[str, typer.Argument(help="Until when (ISO 8601).")],
    policy: PolicyOption = None,
    calendar: CalendarOption = None,
    hours: HoursOption = None,
    holidays: HolidaysOption = None,
    zone: ZoneOption = None,
    json: JsonOption = False,
) -> None:
    """Print the open time between two instants, with the reason for every stretch."""
    with refusals():
        chosen = read_calendar(policy, calendar, hours, holidays, zone)
        home = zone or chosen.zone
        ledger = chosen.explain(read_instant(start, home, "START"), read_instant(end, home, "END"))
        if json:
            print_raw(ledger.to_json())
        else:
            print_ledger(ledger)


def week(
    policy: PolicyOption = None,
    calendar: CalendarOption = None,
    hours: HoursOption = None,
    holidays: HolidaysOption = None,
    zone: ZoneOption = None,
    day: Annotated[str | None, typer.Option("--date", help="A date of the week; today if left out.")] = None,
    svg: SvgOption = None,
    json: JsonOption = False,
) -> None:
    """Print a week of opening hours as a picture, with holidays, exceptions and clock changes."""
    with refusals():
        chosen = read_calendar(policy, calendar, hours, holidays, zone)
        pictures = picture_week(chosen, read_date(day, chosen, "--date"))
        save_picture(pictures, svg)
        if json:
            print_json([picture.to_data() for picture in pictures])
            return
        print_title(f"{chosen.zone}  {chosen.hours}")
        print_line(f"{'':16}{''.join(f'{hour:<4}' for hour in range(0, 24, 2))}", "dim")
        for picture in pictures:
            print_week_day(picture)


def year(
    number: Annotated[int | None, typer.Argument(metavar="YEAR", help="The year; this one if left out.")] = None,
    policy: PolicyOption = None,
    calendar: CalendarOption = None,
    hours: HoursOption = None,
    holidays: HolidaysOption = None,
    zone: ZoneOption = None,
    svg: SvgOption = None,
    json: JsonOption = False,
) -> None:
    """Print a year of opening hours as a picture: a column a week, and each holiday, exception and clock change."""
    with refusals():
        chosen = read_calendar(policy, calendar, hours, holidays, zone)
        picture = picture_year(chosen, read_date(None, chosen, "YEAR").year if number is None else number)
        save_picture(picture, svg)
        if json:
            print_json(picture.to_data())
        else:
            print_line(picture.to_text())


def absence(
    first: Annotated[str, typer.Argument(help="The first date of the absence.")],
    last: Annotated[str, typer.Argument(help="The last date of it.")],
    announced: Annotated[str | None, typer.Option(help="The date of the announcement; today if left out.")] = None,
    longer_than: Annotated[int, typer.Option(min=0, help="So many working dates need no notice.")] = 5,
    days_ahead: Annotated[int, typer.Option(min=0, help="How many days ahead it must be announced.")] = 14,
    policy: PolicyOption = None,
    calendar: CalendarOption = None,
    hours: HoursOption = None,
    holidays: HolidaysOption = None,
    zone: ZoneOption = None,
    json: JsonOption = False,
) -> None:
    """Print whether a planned absence must be announced, until when, and whether it was in time (exit 3 when late)."""
    with refusals():
        chosen = read_calendar(policy, calendar, hours, holidays, zone)
        told = read_date(announced, chosen, "--announced")
        notice = absence_notice(
            chosen,
            read_date(first, chosen, "FIRST"),
            read_date(last, chosen, "LAST"),
            told,
            longer_than=longer_than,
            notice=timedelta(days=days_ahead),
        )
        if json:
            by = None if notice.announce_by is None else notice.announce_by.isoformat()
            print_json({**asdict(notice), "announce_by": by, "announced": told.isoformat()})
        else:
            print_line(_notice(notice, longer_than, told))
        raise typer.Exit(0 if notice.in_time else 3)


def freeze(
    country: Annotated[
        str, typer.Argument(help="An ISO 3166 code, such as BE, or the code of a market, such as XLON.")
    ],
    first_year: Annotated[int, typer.Argument(help="The first year.")],
    last_year: Annotated[int, typer.Argument(help="The last year.")],
    subdivision: Annotated[str | None, typer.Option(help="A subdivision, such as BY.")] = None,
    category: Annotated[list[str] | None, typer.Option("--category", help="A category; public if left out.")] = None,
    language: Annotated[str | None, typer.Option(help="A language that the data has for the country.")] = None,
    half_days: Annotated[bool, typer.Option("--half-days", help="Also the dates that close early.")] = False,
    half_day_until: Annotated[str | None, typer.Option(help="Until when those without a time, such as 13:00.")] = None,
    working_weekends: Annotated[bool, typer.Option(help="Also the weekends that are worked instead.")] = True,
) -> None:
    """Print the public holidays of the installed data as a pin file."""
    with refusals():
        of_market = is_market(country)
        chosen = Holidays(
            None if of_market else country,
            subdivision,
            tuple(category or ("public",)),
            language,
            financial=country if of_market else None,
            half_days=half_days,
            half_day_until=half_day_until,
            working_weekends=working_weekends,
        )
        print_raw(chosen.freeze(first_year, last_year).to_json())


def print_drift(
    old: Annotated[Path, typer.Argument(help="A pin file.")],
    new: Annotated[Path | None, typer.Argument(help="Another; the installed data if left out.")] = None,
    json: JsonOption = False,
) -> None:
    """Print which dates moved from one pin file to another, or to the installed data (exit 3 when some did)."""
    with refusals():
        before = load_holidays(old)
        moved = drift(before, load_holidays(new) if new else before.refrozen())
        if json:
            print_raw(moved.to_json())
        else:
            print_line(str(moved))
        raise typer.Exit(3 if moved.moves_due_times else 0)


def _notice(notice: AbsenceNotice, longer_than: int, announced: date) -> str:
    """Return whether notice is due, until when, and how late it was."""
    days = format_count(notice.working_days, "working day")
    if notice.announce_by is None:
        return f"{days}, not more than {longer_than}: no notice is due"
    late = f"{format_count(notice.days_late, 'day')} late" if notice.days_late else "in time"
    by = format_date(notice.announce_by)
    return f"{days}, more than {longer_than}: notice is due by {by}; announced {format_date(announced)}, {late}"
