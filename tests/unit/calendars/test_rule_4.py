"""Rule 4 as a support manager reads it: which windows special days, days around holidays and holidays leave open.

Every due time is derived by hand from the printed calendars of the country: what is worked is in the last column.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from slacalc import Calendar, CalendarError, FrozenHolidays, Holidays, SpecialDayError
from slacalc.calendars.holidays.sets import HolidaySets

TWO_HOURS = timedelta(hours=2)


def due(calendar: Calendar, start: str) -> str:
    """Return when two hours of work from a wall time are done: "Wed 2028-12-27 10:00"."""
    moment = datetime.strptime(start, "%a %Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(calendar.zone))
    assert f"{moment:%a}" == start[:3], f"{start} is no {start[:3]}"
    return f"{calendar.add(moment, TWO_HOURS):%a %Y-%m-%d %H:%M}"


GERMAN = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays="DE")
BELGIAN = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", holidays="BE")
FINNISH = Calendar("Europe/Helsinki", "Mon-Fri 09:00-17:00", holidays="FI")
CAIRO = Calendar("Africa/Cairo", "Sun-Thu 09:00-17:00")
IRISH = Calendar("Europe/Dublin", "Mon-Fri 09:00-17:00; Sat 09:00-13:00", holidays="IE")
POLISH = Calendar("Europe/Warsaw", "Mon-Fri 09:00-17:00", holidays="PL")
SUMMER = "2026-07-01..2026-08-31"
ROWS = [
    # calendar, special days, from, due, why
    (GERMAN, {"12-24": "09:00-13:00"}, "Fri 2028-12-22 16:00", "Wed 2028-12-27 10:00", "a yearly half day opens no Sunday: 24 December 2028 is one"),
    (GERMAN, {"12-24": "09:00-13:00"}, "Wed 2026-12-23 16:00", "Thu 2026-12-24 10:00", "on a Thursday it holds"),
    (GERMAN, {"12-24": "open 09:00-13:00"}, "Fri 2028-12-22 16:00", "Sun 2028-12-24 10:00", "open says that it opens the Sunday too"),
    (GERMAN, {"12-20..12-31": "09:00-13:00"}, "Thu 2026-12-24 12:00", "Mon 2026-12-28 10:00", "a yearly range opens neither 25 and 26 December nor Sunday the 27th"),
    (GERMAN, {"2026-12-20..2026-12-31": "09:00-13:00"}, "Thu 2026-12-24 12:00", "Mon 2026-12-28 10:00", "nor does a range of one year"),
    (GERMAN, {"2026-12-20..2026-12-31": "+17:00-19:00"}, "Thu 2026-12-24 16:00", "Thu 2026-12-24 18:00", "what is added is added"),
    (GERMAN, {"2026-12-26": "10:00-12:00"}, "Thu 2026-12-24 16:00", "Sat 2026-12-26 11:00", "a single date opens, holiday and Saturday though it is"),
    (GERMAN, {"FREQ=WEEKLY;BYDAY=SA,SU": "10:00-12:00"}, "Fri 2026-11-20 16:00", "Mon 2026-11-23 10:00", "a recurrence opens no weekend"),
    (GERMAN, {"FREQ=WEEKLY;BYDAY=SA": "open 10:00-12:00"}, "Fri 2026-11-20 16:00", "Sat 2026-11-21 11:00", "unless it says open"),
    (CAIRO, {"2026-02-18..2026-03-19": "10:00-15:00"}, "Thu 2026-02-19 14:00", "Sun 2026-02-22 11:00", "Ramadan hours open no Friday and no Saturday"),
    (FINNISH, {"06-01..08-31": "09:00-15:00"}, "Thu 2026-06-18 14:00", "Mon 2026-06-22 10:00", "summer hours open neither Juhannus, Fri 19 and Sat 20 June, nor Sunday"),
    (BELGIAN.replace(hours="Mon-Fri 09:00-17:00; PH 10:00-12:00"), {"07-01..08-31": "08:00-14:00"}, "Mon 2026-07-20 13:00", "Tue 2026-07-21 09:00", "a holiday with hours of PH would be open: they are replaced"),
    # weekly hours as a value
    (GERMAN, {"07-01..07-31": "Mon-Sat 08:00-14:00"}, "Fri 2026-07-03 13:00", "Sat 2026-07-04 09:00", "July has Saturdays"),
    (GERMAN, {"07-01..07-31": "Mon-Sat 08:00-14:00"}, "Fri 2026-07-31 13:00", "Mon 2026-08-03 10:00", "August has none, and opens at 09:00"),
    (GERMAN, {SUMMER: "Tue-Fri 08:00-14:00"}, "Fri 2026-07-03 13:00", "Tue 2026-07-07 09:00", "the Monday that it does not name is closed"),
    (BELGIAN, {SUMMER: "Mon-Fri 08:00-14:00"}, "Mon 2026-07-20 13:00", "Wed 2026-07-22 09:00", "a holiday closes a summer day: 21 July"),
    (BELGIAN, {SUMMER: "Mon-Fri 08:00-14:00; PH 10:00-12:00"}, "Mon 2026-07-20 13:00", "Tue 2026-07-21 11:00", "unless the summer has hours for holidays"),
    (GERMAN, {SUMMER: "Mon-Fri 08:00-14:00", "07-14": "closed"}, "Mon 2026-07-13 13:00", "Wed 2026-07-15 09:00", "a closing day inside a summer stays closed"),
    (GERMAN, {SUMMER: "Mon-Fri 08:00-14:00", "FREQ=WEEKLY;BYDAY=WE": "-08:00-10:00"}, "Tue 2026-07-14 13:00", "Wed 2026-07-15 11:00", "and a recurrence acts on its hours"),
    (GERMAN, {SUMMER: "Mon-Fri 08:00-14:00", "2026-07-11": "10:00-12:00"}, "Fri 2026-07-10 13:00", "Sat 2026-07-11 11:00", "and a single date opens"),
    (GERMAN, {"07-01..08-31": "Mon-Fri 08:00-14:00", "2026-07-06..2026-07-10": "Mon-Fri 10:00-12:00"}, "Fri 2026-07-03 13:00", "Mon 2026-07-06 11:00", "of two with weekly hours the more particular speaks"),
    (GERMAN, {SUMMER: "24/7"}, "Tue 2026-06-30 16:00", "Wed 2026-07-01 01:00", "all day long"),
    (GERMAN.replace(versions={"2026-08-01": "closed"}), {SUMMER: "Mon-Fri 08:00-14:00"}, "Mon 2026-08-03 07:00", "Mon 2026-08-03 10:00", "it beats the version of the hours"),
    # who speaks
    (GERMAN, {"12-20..01-02": "closed", "12-30": "10:00-12:00"}, "Tue 2026-12-29 16:00", "Wed 2026-12-30 12:00", "a yearly date beats a yearly range: its two hours of 30 December"),
    (GERMAN, {"12-30": "closed", "PH-2": "10:00-12:00"}, "Tue 2026-12-29 16:00", "Thu 2026-12-31 10:00", "a yearly date beats a day told from a holiday"),
    (GERMAN, {"FREQ=MONTHLY;BYMONTHDAY=30": "closed", "PH-2": "10:00-12:00"}, "Tue 2026-12-29 16:00", "Wed 2026-12-30 11:00", "which beats a recurrence"),
    (GERMAN, {"2026-12-01..2026-12-24": "closed", "2026-12-10..2026-12-11": "closed"}, "Mon 2026-11-30 16:00", "Mon 2026-12-28 10:00", "two that say the same are no contradiction"),
    (GERMAN, {"2026-12-01..2026-12-10": "closed", "2026-12-08..2026-12-24": "closed"}, "Mon 2026-11-30 16:00", "Mon 2026-12-28 10:00", "nor where one begins in the other"),
    (GERMAN, {"FREQ=MONTHLY;BYMONTHDAY=1": "closed", "FREQ=WEEKLY;BYDAY=TU": "closed"}, "Mon 2026-11-30 16:00", "Wed 2026-12-02 10:00", "two recurrences meet on Tuesday 1 December"),
    # told from holidays
    (IRISH, {"PH-2 Sat": "closed"}, "Fri 2026-05-01 16:00", "Tue 2026-05-05 10:00", "the Saturday before a holiday Monday"),
    (IRISH, {"PH-2 Sat": "closed"}, "Fri 2027-04-30 16:00", "Tue 2027-05-04 10:00", "right every year"),
    (IRISH, {"PH-2 Sat": "closed"}, "Fri 2026-05-08 16:00", "Sat 2026-05-09 10:00", "and no other Saturday"),
    (IRISH, {"PH-2": "closed"}, "Fri 2026-12-18 16:00", "Sat 2026-12-19 10:00", "a Saturday in no such relation"),
    (GERMAN, {"PH-1": "09:00-13:00"}, "Thu 2026-12-24 12:00", "Mon 2026-12-28 10:00", "the day before each holiday: 25 December is one too, and stays closed"),
    (GERMAN, {"PH+1": "closed"}, "Mon 2026-04-06 12:00", "Wed 2026-04-08 11:00", "the Tuesday after Easter Monday"),
    (POLISH, {"PH-1": "09:00-11:00", "PH+1": "closed"}, "Fri 2028-04-28 16:00", "Tue 2028-05-02 10:00", "2 May 2028 is after one and before another: before beats after"),
    (POLISH, {"PH-1": "closed", "National Day of the Third of May-1": "10:00-12:00"}, "Fri 2028-04-28 16:00", "Tue 2028-05-02 11:00", "a named holiday beats any"),
    (GERMAN, {"PH-2": "closed", "PH-1": "09:00-12:00"}, "Tue 2026-12-22 16:00", "Thu 2026-12-24 10:00", "24 December is both, and the nearer speaks: it is open; the 23rd is closed"),
    (GERMAN, {"PH-1": "closed", "PH-1 Thu": "09:00-12:00"}, "Wed 2026-12-23 16:00", "Thu 2026-12-24 10:00", "that on some weekdays only is more particular"),
    (GERMAN, {"Christmas Day-1": "09:00-13:00"}, "Thu 2026-12-24 12:00", "Mon 2026-12-28 10:00", "by the English name"),
    (GERMAN, {"Erster Weihnachtstag-1": "09:00-13:00"}, "Thu 2026-12-24 12:00", "Mon 2026-12-28 10:00", "by the calendar's own"),
    (GERMAN, {"easter-46": "09:00-12:00"}, "Wed 2026-02-18 11:00", "Thu 2026-02-19 10:00", "Ash Wednesday until noon"),
    (GERMAN.replace(holidays=None), {"easter-3": "closed"}, "Wed 2026-04-01 16:00", "Fri 2026-04-03 10:00", "Maundy Thursday; Easter needs no holidays"),
    (CAIRO, {"orthodox easter+1": "closed"}, "Sun 2026-04-12 16:00", "Tue 2026-04-14 10:00", "Sham el-Nessim 2026: Monday 13 April"),
    (CAIRO, {"easter": "closed"}, "Thu 2026-04-02 16:00", "Mon 2026-04-06 10:00", "Easter Sunday itself, 5 April 2026"),
    (GERMAN.replace(open_on_holidays=True), {"PH-1": "closed"}, "Wed 2026-12-23 16:00", "Mon 2026-12-28 10:00", "open_on_holidays drops the holidays and not what is told from them: the 24th, and the 25th before the 26th"),
    # holidays by weekday
    (GERMAN.replace(hours="Mon-Fri 09:00-17:00; PH Sat 10:00-12:00"), {}, "Thu 2026-12-24 16:00", "Sat 2026-12-26 11:00", "holidays on Saturdays only: not Friday the 25th"),
    (GERMAN.replace(hours="Mon-Sun 09:00-17:00; PH Mon-Sat 09:00-17:00"), {}, "Sat 2026-10-03 16:00", "Sun 2026-10-04 10:00", "closed only on holidays on Sundays: Saturday 3 October is worked"),
    (GERMAN.replace(hours="Mon-Sun 09:00-17:00; PH Mon-Sat 09:00-17:00"), {}, "Sat 2027-10-02 16:00", "Mon 2027-10-04 10:00", "and Sunday 3 October 2027 is not"),
]  # fmt: skip


@pytest.mark.parametrize(("calendar", "special_days", "start", "expected", "why"), ROWS, ids=[row[-1] for row in ROWS])
def test_rule_4_what_special_days_leave_open(
    calendar: Calendar, special_days: dict[str, str], start: str, expected: str, why: str
) -> None:
    assert due(calendar.extend(special_days=special_days), start) == expected, why


# ---------------------------------------------------------------- working weekends

CHINESE = Calendar("Asia/Shanghai", "Mon-Fri 09:00-18:00", holidays="CN")
HUNGARIAN = Calendar("Europe/Budapest", "Mon-Thu 09:00-17:00; Fri 09:00-15:00", holidays="HU")
BURMESE = Calendar("Asia/Yangon", "Mon-Fri 09:00-17:00", holidays="MM")
WITHOUT = Holidays("CN", working_weekends=False)
WORKED = [
    (CHINESE, "Fri 2026-10-09 17:00", "Sat 2026-10-10 10:00", "the Saturday after the October holidays is worked"),
    (CHINESE.replace(hours="Mon,Wed-Fri 09:00-18:00"), "Fri 2026-09-18 17:00", "Mon 2026-09-21 10:00", "Sun 20 September is worked instead of a Tuesday, on which this office is shut"),
    (CHINESE.replace(hours="Mon-Fri 09:00-18:00; Sun 10:00-12:00"), "Sat 2026-09-19 10:00", "Sun 2026-09-20 11:00", "it has the hours of the Tuesday, not of Sundays"),
    (HUNGARIAN, "Fri 2026-01-09 14:00", "Sat 2026-01-10 10:00", "10 January is worked instead of Friday 2 January"),
    (HUNGARIAN, "Sat 2026-01-10 14:00", "Mon 2026-01-12 10:00", "so it has the hours of a Friday, until 15:00"),
    (HUNGARIAN, "Fri 2026-08-07 14:00", "Sat 2026-08-08 10:00", "8 August instead of Friday 21 August"),
    (BURMESE, "Fri 2026-01-02 16:00", "Sat 2026-01-03 10:00", "3 January 2026 pays for a Friday of 2025: 26 December"),
    (CHINESE.replace(holidays=WITHOUT), "Fri 2026-10-09 17:00", "Mon 2026-10-12 10:00", "not taken"),
    (CHINESE.replace(open_on_holidays=True), "Fri 2026-10-09 17:00", "Mon 2026-10-12 10:00", "who is open on holidays works on no Saturday for them"),
    (CHINESE.replace(hours="Mon-Fri 09:00-18:00; WW 14:00-16:00"), "Fri 2026-10-09 17:00", "Sat 2026-10-10 15:00", "with hours of their own"),
    (CHINESE.replace(hours="Mon-Fri 09:00-18:00; WW closed"), "Fri 2026-10-09 17:00", "Mon 2026-10-12 10:00", "or none"),
    (CHINESE.replace(special_days={"2026-10-10": "closed"}), "Fri 2026-10-09 17:00", "Mon 2026-10-12 10:00", "a special day speaks after it"),
    (CHINESE.replace(special_days={"10-08..10-14": "10:00-12:00"}), "Fri 2026-10-09 11:00", "Sat 2026-10-10 11:00", "windows of a range replace its hours: it would be open"),
    (CHINESE.replace(versions={"2026-10-01": "Mon-Fri 08:00-16:00"}), "Fri 2026-10-09 15:00", "Sat 2026-10-10 09:00", "the version is that of the date, whichever day off it pays for"),
    (CHINESE.replace(special_days={"2026-09-01..2026-10-31": "Mon-Fri 08:00-12:00"}), "Fri 2026-10-09 11:00", "Sat 2026-10-10 09:00", "so are weekly hours of a range"),
    (CHINESE.replace(hours="Mon-Fri 22:00-06:00"), "Sat 2026-10-10 06:00", "Sun 2026-10-11 00:00", "a night shift belongs to the Saturday"),
]  # fmt: skip


@pytest.mark.parametrize(("calendar", "start", "expected", "why"), WORKED, ids=[row[-1] for row in WORKED])
def test_rule_4_weekends_that_are_worked(calendar: Calendar, start: str, expected: str, why: str) -> None:
    assert due(calendar, start) == expected, why


OWN = FrozenHolidays.of(
    {date(2026, 3, 5): "Founders' Day"},
    years=(2026, 2026),
    working_weekends={date(2026, 3, 7): None, date(2026, 3, 14): date(2026, 3, 5)},
)


def test_rule_4_a_worked_weekend_that_pays_for_no_day_we_know_has_the_hours_of_the_last_open_weekday_before() -> None:
    for hours, expected in (
        ("Mon-Thu 09:00-17:00; Fri 09:00-13:00", "Sat 2026-03-07 10:00"),
        ("Mon-Thu 11:00-17:00", "Sat 2026-03-07 12:00"),
        ("Sat 08:00-09:00; Mon 10:00-14:00", "Sat 2026-03-07 11:00"),
        ("Sun 10:00-12:00; Sat 07:00-08:00", "Sat 2026-03-07 08:00"),
    ):
        office = Calendar("Europe/Berlin", hours, holidays=OWN)
        first = office.roll_forward(datetime(2026, 3, 7, tzinfo=ZoneInfo("Europe/Berlin")))
        assert f"{first + timedelta(hours=1):%a %Y-%m-%d %H:%M}" == expected, hours


def test_rule_16_the_ledger_notes_what_a_worked_weekend_is() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays=OWN)

    told = [
        [
            segment.reason
            for segment in office.explain(
                datetime(2026, 3, day, tzinfo=berlin), datetime(2026, 3, day + 1, tzinfo=berlin)
            )
        ]
        for day in (7, 14, 21)
    ]

    assert told == [
        ["outside hours", "counted (working day)", "outside hours"],
        ["outside hours", "counted (working day instead of Thu 5 March)", "outside hours"],
        ["weekend"],
    ]


# ---------------------------------------------------------------- half days

TURKISH = Calendar("Europe/Istanbul", "Mon-Fri 09:00-18:00", holidays=Holidays("TR", half_days=True))
ESTONIAN = Calendar("Europe/Tallinn", "Mon-Fri 09:00-12:30 13:30-15:00", holidays=Holidays("EE", half_days=True))
GREEK = Calendar(
    "Europe/Athens", "Mon-Fri 09:00-17:00", holidays=Holidays("GR", half_days=True, half_day_until="13:00")
)
SWEDISH = Calendar("Europe/Stockholm", "Mon-Fri 09:00-17:00", holidays=Holidays("SE", half_days=True))
BANK = Calendar(
    "Europe/Stockholm", "Mon-Fri 09:00-17:00", holidays=Holidays("SE", categories=("public", "bank"), half_days=True)
)
LONDON = Calendar("Europe/London", "Mon-Fri 08:00-16:30", holidays=Holidays(financial="XLON", half_days=True))
HALVES = [
    (TURKISH, "Wed 2026-10-28 12:00", "Fri 2026-10-30 10:00", "open until 13:00, then Republic Day"),
    (TURKISH.replace(holidays="TR"), "Wed 2026-10-28 12:00", "Wed 2026-10-28 14:00", "half days are taken on request"),
    (TURKISH.replace(hours="Mon-Fri 09:00-12:00 14:00-18:00"), "Wed 2026-10-28 11:00", "Fri 2026-10-30 10:00", "windows after its end go, and nothing opens"),
    (TURKISH.replace(hours="Mon-Fri 09:00-12:00 22:00-06:00"), "Wed 2026-10-28 05:00", "Wed 2026-10-28 10:00", "last night's spill stays"),
    (TURKISH.replace(hours="Mon-Fri 09:00-12:00 22:00-06:00"), "Wed 2026-10-28 11:00", "Fri 2026-10-30 10:00", "and tonight's shift goes"),
    (TURKISH.replace(special_days={"10-28": "10:00-17:00"}), "Wed 2026-10-28 12:00", "Wed 2026-10-28 14:00", "a special day on its date speaks alone"),
    (TURKISH.replace(open_on_holidays=True), "Wed 2026-10-28 16:00", "Wed 2026-10-28 18:00", "open on holidays is open on half days"),
    (TURKISH.replace(hours="Mon-Tue,Thu-Fri 09:00-18:00"), "Tue 2026-10-27 17:00", "Fri 2026-10-30 10:00", "a half day never opens a closed Wednesday"),
    (ESTONIAN, "Wed 2026-12-23 11:00", "Mon 2026-12-28 10:00", "shortened by 3 hours: the last close of 15:00 becomes 12:00"),
    (ESTONIAN.replace(hours="Mon-Fri 09:00-10:00 13:30-15:00"), "Wed 2026-12-23 09:00", "Mon 2026-12-28 10:00", "until 12:00 again: 09:00-10:00 is left"),
    (GREEK, "Thu 2026-12-24 12:00", "Mon 2026-12-28 10:00", "without a time in the data: until the time that is given"),
    (SWEDISH, "Thu 2026-04-02 13:00", "Tue 2026-04-07 10:00", "Maundy Thursday from 2pm, in the category bank"),
    (BANK, "Thu 2026-04-02 13:00", "Tue 2026-04-07 10:00", "whether or not the category is chosen"),
    (LONDON, "Thu 2026-12-24 11:30", "Tue 2026-12-29 09:00", "markets close at 12:30pm; 28 December is the substitute of Boxing Day"),
]  # fmt: skip


@pytest.mark.parametrize(("calendar", "start", "expected", "why"), HALVES, ids=[row[-1] for row in HALVES])
def test_rule_4_half_days_end_early(calendar: Calendar, start: str, expected: str, why: str) -> None:
    assert due(calendar, start) == expected, why


def test_a_holiday_that_never_falls_on_the_weekday_is_a_holiday_all_the_same() -> None:
    """Of a pin of one year, Christmas Eve is a Thursday: the rule is for the years to come."""
    pinned = FrozenHolidays.of({date(2026, 12, 25): "Christmas Day"}, years=(2026, 2026))
    office = Calendar(
        "Europe/Berlin", "Mon-Fri 09:00-17:00", holidays=pinned, special_days={"Christmas Day-1 Mon": "closed"}
    )

    assert due(office, "Thu 2026-12-24 10:00") == "Thu 2026-12-24 12:00"
    with pytest.raises(SpecialDayError, match="no year that is covered has a holiday of this name"):
        office.replace(special_days={"Boxing Day-1 Mon": "closed"})


REPUBLIC = FrozenHolidays.of(
    {date(2026, 10, 29): "Republic Day"},
    years=(2026, 2026),
    working_weekends={date(2026, 11, 14): date(2026, 11, 12)},  # a Saturday instead of a Thursday
    half_days={date(2026, 10, 28): ("Eve", "13:00"), date(2026, 11, 14): ("Swap", "13:00")},
)
EVENINGS = "Mon-Wed 14:00-18:00"
EMPTIED = [
    # hours, special days, refused, why: the half day is on Wednesday 28 October, until 13:00
    (EVENINGS, {}, True, "all its hours are later"),
    ("Wed 22:00-06:00", {}, True, "tonight's shift begins later"),
    ("Wed 13:00-18:00", {}, True, "they begin when it ends"),
    ("Wed 12:59-18:00", {}, False, "a minute is left"),
    ("Mon-Tue 14:00-18:00", {}, False, "the date is closed anyway"),
    (EVENINGS, {"2026-10-28": "closed"}, False, "it says that it is closed"),
    (EVENINGS, {"10-28": "closed"}, False, "every year"),
    (EVENINGS, {"PH-1": "closed"}, False, "as the day before a holiday"),
    (EVENINGS, {"2026-10-28": "15:00-17:00"}, False, "it has hours of its own"),
    (EVENINGS, {"10-28": "open 15:00-17:00"}, False, "and says that they open"),
    (EVENINGS, {"10-28": "15:00-17:00"}, True, "those of every year open no closed date"),
    (EVENINGS, {"10-28": "-14:00-15:00"}, True, "nothing is left to remove them from"),
    (EVENINGS, {"10-28": "+18:00-20:00"}, False, "something is added"),
    ("Mon-Fri 09:00-12:00", {"10-01..10-31": "Wed 14:00-18:00"}, True, "the weekly hours of a range are later"),
    ("Mon-Wed 09:00-12:00; WW 14:00-16:00", {}, True, "those of a worked weekend are later"),
    ("Mon-Wed 09:00-12:00; Thu 14:00-16:00", {}, True, "those of the Thursday that it pays for are"),
    ("Mon-Wed 09:00-12:00; WW closed", {}, False, "it is not worked"),
]


@pytest.mark.parametrize(("hours", "special_days", "refused", "why"), EMPTIED, ids=[row[-1] for row in EMPTIED])
def test_a_half_day_that_leaves_none_of_the_hours_is_refused_where_nobody_says_what_happens(
    hours: str, special_days: dict[str, str], *, refused: bool, why: str
) -> None:
    try:
        Calendar("Europe/Istanbul", hours, holidays=REPUBLIC, special_days=special_days)
        told = ""
    except CalendarError as error:
        told = error.code
    assert told == ("half_day_leaves_no_hours" if refused else ""), why


def test_such_a_half_day_is_named_with_the_hours_and_with_ways_out() -> None:
    with pytest.raises(CalendarError) as caught:
        Calendar("Europe/Istanbul", EVENINGS, holidays=REPUBLIC)

    assert str(caught.value) == (
        "hours: the hours of this date begin when its half day is over; given '2026-10-28, Eve: 14:00-18:00'; "
        "accepted: holidays without half days for these hours, or special days that say what happens, "
        'such as "2026-10-28" = "closed" or "2026-10-28" = "14:00-18:00"'
    )
    with pytest.raises(CalendarError, match=r"2025-06-05, .*: 14:00-18:00, and \d+ more dates"):
        TURKISH.replace(hours="Mon-Fri 14:00-18:00")  # the feasts and the Republic's eve, of 2015 to 2030
    assert Calendar("Europe/Istanbul", EVENINGS, holidays=REPUBLIC, open_on_holidays=True).open_on_holidays
    for way_out in ("closed", "14:00-18:00"):
        assert Calendar("Europe/Istanbul", EVENINGS, holidays=REPUBLIC, special_days={"2026-10-28": way_out}).holidays


def test_half_days_of_several_sets_and_of_later_versions_are_looked_at_too() -> None:
    sets = HolidaySets((FrozenHolidays.of({}, years=(2026, 2026)), REPUBLIC))
    with pytest.raises(CalendarError, match="begin when its half day is over"):
        Calendar("Europe/Istanbul", EVENINGS, holidays=sets)
    assert Calendar("Europe/Istanbul", EVENINGS, holidays=replace(sets, closed_when="all"))  # one set has no half day
    assert Calendar("Europe/Istanbul", "Wed 09:00-12:00", holidays=REPUBLIC, versions={"2026-10-29": "Wed 14:00-18:00"})
    with pytest.raises(CalendarError, match="begin when its half day is over"):
        Calendar("Europe/Istanbul", "Wed 09:00-12:00", holidays=REPUBLIC, versions={"2026-10-28": "Wed 14:00-18:00"})


def test_in_years_that_are_not_looked_at_beforehand_the_question_is_refused() -> None:
    evenings = TURKISH.replace(versions={"2031-01-01": "Mon-Fri 14:00-18:00"})

    assert due(evenings, "Wed 2026-10-28 12:00") == "Fri 2026-10-30 10:00"
    with pytest.raises(CalendarError, match="begin when its half day is over"):
        due(evenings, "Tue 2032-10-26 17:00")


def test_rule_16_the_ledger_names_the_half_day() -> None:
    istanbul = ZoneInfo("Europe/Istanbul")
    english = TURKISH.replace(holidays=Holidays("TR", language="en_US", half_days=True))
    ledger = english.explain(datetime(2026, 10, 28, tzinfo=istanbul), datetime(2026, 10, 29, tzinfo=istanbul))

    assert [(f"{segment.start:%H:%M}", segment.reason) for segment in ledger] == [
        ("00:00", "outside hours"),
        ("09:00", "counted"),
        ("13:00", "holiday: Republic Day (from 1pm)"),
        ("18:00", "outside hours"),
    ]


def test_half_days_of_a_market_are_refused_for_an_office_on_another_clock() -> None:
    with pytest.raises(CalendarError, match="the half days of a market are told by its own clock") as caught:
        LONDON.replace(zone="Europe/Berlin")

    assert caught.value.code == "half_days_of_another_zone"
    assert Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays=Holidays(financial="XLON")).zone == "Europe/Berlin"


def test_the_digest_of_a_calendar_depends_on_names_where_a_special_day_does() -> None:
    """A holiday that is renamed moves what is told from its name, and nothing else."""
    digests: dict[str, set[str]] = {}
    for name in ("Christmas Day", "Yule"):
        holidays = FrozenHolidays.of(
            {date(2026, 12, 25): name, date(2027, 12, 25): "Christmas Day"}, years=(2026, 2027)
        )
        for key in ("Christmas Day-1", "PH-1"):
            office = Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00", holidays=holidays, special_days={key: "closed"})
            digests.setdefault(key, set()).add(office.digest)

    assert {key: len(found) for key, found in digests.items()} == {"Christmas Day-1": 2, "PH-1": 1}
