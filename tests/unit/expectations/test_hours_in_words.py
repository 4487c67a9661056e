# ruff: noqa: RUF001 - a range has an en dash, and French an apostrophe of its own
"""Opening hours in words: rows written by hand for each language, and what they must say of any calendar."""

import dataclasses
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla
from slacalc.expectations.languages import LANGUAGES, shipped_language
from tests.refusals import Refusal, check

MONDAY: Final = date(2026, 12, 21)
THURSDAY: Final = date(2026, 12, 24)
SUNDAY: Final = date(2026, 12, 27)
FOREVER: Final = sla.Calendar("Europe/Berlin", "24/7")
SHOP: Final = sla.Calendar(
    "Europe/Berlin",
    "Mon-Wed,Fri 09:00-12:30 13:00-17:00; Thu 22:00-06:00; Sat 18:00-24:00",
    special_days=[
        sla.SpecialDay.of(THURSDAY, "09:00-13:00", name="Xmas"),
        sla.SpecialDay.of(date(2026, 12, 25), "closed"),
    ],
)

# Written by hand: the shop's lines from Monday to Sunday, then 24/7 in one line.
SAID: Final = {
    "cs": """
        Po–st, pá 9:00–12:30, 13:00–17:00
        Čt 22:00–6:00 (následující den)
        So 18:00–24:00
        Ne zavřeno
        Mimořádná otevírací doba
        Čtvrtek 24. prosince 2026 (Xmas): 9:00–13:00
        Pátek 25. prosince 2026: zavřeno
        Po–ne nepřetržitě""",
    "de": """
        Mo–Mi, Fr 9–12:30 Uhr, 13–17 Uhr
        Do 22–6 Uhr (am nächsten Tag)
        Sa 18–24 Uhr
        So geschlossen
        Abweichende Öffnungszeiten
        Donnerstag, 24. Dezember 2026 (Xmas): 9–13 Uhr
        Freitag, 25. Dezember 2026: geschlossen
        Mo–So rund um die Uhr""",
    "en": """
        Mon–Wed, Fri 09:00–12:30, 13:00–17:00
        Thu 22:00–06:00 (next day)
        Sat 18:00–midnight
        Sun closed
        Special opening hours
        Thursday 24 December 2026 (Xmas): 09:00–13:00
        Friday 25 December 2026: closed
        Mon–Sun open 24 hours""",
    "fi": """
        Ma–ke, pe 9–12.30, 13–17
        To 22–6 (seuraavana päivänä)
        La 18–24
        Su suljettu
        Poikkeavat aukioloajat
        Torstai 24. joulukuuta 2026 (Xmas): 9–13
        Perjantai 25. joulukuuta 2026: suljettu
        Ma–su ympäri vuorokauden""",
    "fr": """
        Lun.–mer., ven. de 9 h à 12 h 30, de 13 h à 17 h
        Jeu. de 22 h à 6 h le lendemain
        Sam. de 18 h à minuit
        Dim. fermé
        Horaires exceptionnels
        Jeudi 24 décembre 2026 (Xmas) : de 9 h à 13 h
        Vendredi 25 décembre 2026 : fermé
        Lun.–dim. 24 h/24""",
    "hu": """
        H–Sze, P 9:00–12:30, 13:00–17:00
        Cs 22:00–6:00 (másnap)
        Szo 18:00–24:00
        V zárva
        Rendkívüli nyitvatartás
        2026. december 24., csütörtök (Xmas): 9:00–13:00
        2026. december 25., péntek: zárva
        H–V éjjel-nappal""",
    "it": """
        Lun–mer, ven 9:00–12:30, 13:00–17:00
        Gio 22:00–6:00 (del giorno dopo)
        Sab 18:00–24:00
        Dom chiuso
        Orari straordinari
        Giovedì 24 dicembre 2026 (Xmas): 9:00–13:00
        Venerdì 25 dicembre 2026: chiuso
        Lun–dom 24 ore su 24""",
    "nl": """
        Ma–wo, vr 9–12.30 uur, 13–17 uur
        Do 22–6 uur (de volgende dag)
        Za 18–24 uur
        Zo gesloten
        Afwijkende openingstijden
        Donderdag 24 december 2026 (Xmas): 9–13 uur
        Vrijdag 25 december 2026: gesloten
        Ma–zo dag en nacht open""",
    "pl": """
        Pon.–śr., pt. 9:00–12:30, 13:00–17:00
        Czw. 22:00–6:00 (następnego dnia)
        Sob. 18:00–24:00
        Niedz. nieczynne
        Zmienione godziny otwarcia
        Czwartek, 24 grudnia 2026 r. (Xmas): 9:00–13:00
        Piątek, 25 grudnia 2026 r.: nieczynne
        Pon.–niedz. całą dobę""",
    "ru": """
        Пн–ср, пт 9:00–12:30, 13:00–17:00
        Чт 22:00–6:00 (следующего дня)
        Сб 18:00–24:00
        Вс закрыто
        Изменения в часах работы
        Четверг, 24 декабря 2026 г. (Xmas): 9:00–13:00
        Пятница, 25 декабря 2026 г.: закрыто
        Пн–вс круглосуточно""",
    "sk": """
        Po–st, pi 9:00–12:30, 13:00–17:00
        Št 22:00–6:00 (nasledujúci deň)
        So 18:00–24:00
        Ne zatvorené
        Mimoriadne otváracie hodiny
        Štvrtok 24. decembra 2026 (Xmas): 9:00–13:00
        Piatok 25. decembra 2026: zatvorené
        Po–ne nepretržite""",
    "sv": """
        Mån–ons, fre 9–12.30, 13–17
        Tors 22–6 (nästa dag)
        Lör 18–24
        Sön stängt
        Avvikande öppettider
        Torsdag 24 december 2026 (Xmas): 9–13
        Fredag 25 december 2026: stängt
        Mån–sön dygnet runt""",
}  # fmt: skip

# The caption of hours that hold from a date on, by hand.
SINCE: Final = {
    "cs": "Otevírací doba od 1. ledna 2027",
    "de": "Öffnungszeiten ab 1. Januar 2027",
    "en": "Opening hours from 1 January 2027",
    "fi": "Aukioloajat 1. tammikuuta 2027 alkaen",
    "fr": "Horaires d’ouverture à partir du 1er janvier 2027",
    "hu": "Nyitvatartás 2027. január 1. napjától",
    "it": "Orari di apertura da venerdì 1º gennaio 2027",
    "nl": "Openingstijden vanaf 1 januari 2027",
    "pl": "Godziny otwarcia od 1 stycznia 2027 r.",
    "ru": "Часы работы с 1 января 2027 г.",
    "sk": "Otváracie hodiny od 1. januára 2027",
    "sv": "Öppettider från och med den 1 januari 2027",
}


def said(calendar: sla.Calendar, last: date = SUNDAY, language: str = "en", first: date = MONDAY) -> list[str]:
    return [*sla.say_hours(calendar, first, last, language).lines]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_hours_in_its_own_way(language: str) -> None:
    lines = [line.strip() for line in SAID[language].strip().splitlines()]
    assert [*said(SHOP, language=language), *said(FOREVER, language=language)] == lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_hours_from_a_date_on_are_a_week_of_their_own(language: str) -> None:
    office = sla.Calendar("Europe/Rome", "Mon-Fri 09:00-17:00", versions={"2027-01-01": "24/7"})
    told = sla.say_hours(office, MONDAY, date(2027, 1, 31), language)
    assert [week.since for week in told.weeks] == [None, date(2027, 1, 1)]
    assert told.lines[2] == SINCE[language]
    assert told.dates == ()


# ---------------------------------------------------------------- against CLDR

CLDR: Final = {language: Locale.parse("en_GB" if language == "en" else language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_of_the_week_are_those_of_cldr(language: str) -> None:
    words, days = shipped_language(language).hours, CLDR[language].days["stand-alone"]
    assert words.weekdays == tuple(days["wide"][day] for day in range(7))
    assert words.short_weekdays == tuple(days["abbreviated"][day] for day in range(7))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_is_written_as_cldr_writes_it_in_full(language: str) -> None:
    day = date(2026, 12, 25)  # a holiday of the shop's: the last line of these dates
    ours = said(SHOP, language=language)[-1].partition(":")[0].strip()
    theirs = str(format_date(day, "full", locale=CLDR[language])).replace("\N{NARROW NO-BREAK SPACE}", " ")
    by_hand = {"en": theirs.replace(",", ""), "pl": f"{theirs} r."}  # as our sentences write it; as Polish texts do
    expected = by_hand.get(language, theirs)
    assert ours == expected[0].upper() + expected[1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_clocks_have_24_hours_as_in_cldr(language: str) -> None:
    pattern = CLDR[language].time_formats["short"].pattern
    assert ("H" in pattern, "a" in pattern) == (True, False)
    assert "17" in said(SHOP, language=language)[0]


# ---------------------------------------------------------------- days, dates and names


@pytest.mark.parametrize(
    ("hours", "lines"),
    [
        ("Mon-Fri 09:00-17:00", ["Mon–Fri 09:00–17:00", "Sat, Sun closed"]),
        ("Mon,Tue,Thu,Sun 09:00-17:00", ["Mon, Tue, Thu, Sun 09:00–17:00", "Wed, Fri, Sat closed"]),
        ("Mon-Wed,Fri-Sun 09:00-17:00", ["Mon–Wed, Fri–Sun 09:00–17:00", "Thu closed"]),
        ("Tue 00:00-24:00", ["Mon, Wed–Sun closed", "Tue open 24 hours"]),
        ("Mon-Sun 00:00-06:00", ["Mon–Sun 00:00–06:00"]),
        ("Mon-Sun 23:00-24:00", ["Mon–Sun 23:00–midnight"]),
        ("Mon-Sun 09:00:30-17:00:30", ["Mon–Sun 09:01–17:00"]),
        ("Mon-Sun 09:00:10-09:00:50 10:00-11:00", ["Mon–Sun 10:00–11:00"]),
    ],
)
def test_days_with_the_same_hours_stand_together(hours: str, lines: list[str]) -> None:
    assert said(sla.Calendar("UTC", hours)) == lines


def test_an_absence_takes_its_time_from_the_hours_of_its_dates_and_is_not_named() -> None:
    away = sla.Absence(datetime(2026, 12, 24, 10, tzinfo=UTC), datetime(2026, 12, 25, 9, tzinfo=UTC), "a secret")
    office = sla.Calendar("Europe/Berlin", "Mon-Fri 09:00-17:00; Wed 22:00-12:00", absences=[away])
    assert said(office)[3:] == [
        "Special opening hours",
        "Wednesday 23 December 2026: 09:00–17:00, 22:00–11:00 (next day)",
        "Thursday 24 December 2026: 09:00–11:00",
        "Friday 25 December 2026: 10:00–17:00",
    ]


def test_what_an_absence_leaves_of_a_night_after_midnight_is_of_the_next_date() -> None:
    away = sla.Absence(datetime(2026, 12, 23, 20, tzinfo=UTC), datetime(2026, 12, 24, 2, tzinfo=UTC))
    office = sla.Calendar("UTC", "Wed 22:00-06:00; Thu 09:00-12:00", absences=[away])
    assert said(office)[-2:] == [
        "Wednesday 23 December 2026: closed",
        "Thursday 24 December 2026: 02:00–06:00, 09:00–12:00",
    ]


def test_a_season_of_a_week_is_a_week_and_a_shorter_one_is_dates() -> None:
    summer = {"2026-07-06..2026-07-19": "Mon-Thu 10:00-14:00", "2026-08-03..2026-08-05": "Mon-Fri 11:00-12:00"}
    office = sla.Calendar("UTC", "Mon-Fri 09:00-17:00", special_days=summer)
    assert said(office, date(2026, 8, 9), first=date(2026, 7, 1)) == [
        "Mon–Fri 09:00–17:00",
        "Sat, Sun closed",
        "Opening hours from 6 July 2026",
        "Mon–Thu 10:00–14:00",
        "Fri–Sun closed",
        "Opening hours from 20 July 2026",
        "Mon–Fri 09:00–17:00",
        "Sat, Sun closed",
        "Special opening hours",
        "Monday 3 August 2026: 11:00–12:00",
        "Tuesday 4 August 2026: 11:00–12:00",
        "Wednesday 5 August 2026: 11:00–12:00",
    ]


@pytest.mark.parametrize(
    ("holidays", "language", "line"),
    [
        (sla.Holidays("FI"), "fi", "Perjantai 25. joulukuuta 2026 (joulupäivä): suljettu"),
        (sla.Holidays("FI"), "sv", "Fredag 25 december 2026 (juldagen): stängt"),
        (sla.Holidays("FI"), "en", "Friday 25 December 2026 (Christmas Day): closed"),
        (sla.Holidays("FI"), "cs", "Pátek 25. prosince 2026: zavřeno"),
        (sla.Holidays("FI", language="en_US").freeze(2026, 2026), "fi", "Perjantai 25. joulukuuta 2026 (joulupäivä): suljettu"),
        (sla.Holidays("FI", language="fi").freeze(2026, 2026), "sv", "Fredag 25 december 2026 (juldagen): stängt"),
        (sla.Holidays("FI", language="en_US").freeze(2026, 2026), "cs", "Pátek 25. prosince 2026: zavřeno"),
        (sla.FrozenHolidays.of({date(2026, 12, 25): "Joulu"}, years=(2026, 2026)), "cs", "Pátek 25. prosince 2026 (Joulu): zavřeno"),
    ],
)  # fmt: skip
def test_a_holiday_is_named_in_the_language_of_the_reader_or_not_at_all(
    holidays: Any, language: str, line: str
) -> None:
    office = sla.Calendar("Europe/Helsinki", "Fri 09:00-17:00", holidays=holidays)
    assert said(office, language=language)[-1] == line


@pytest.mark.parametrize(
    "change",
    [
        {"country": "XX"},  # which the installed data does not know
        {"subdivision": "no such part"},
        {"country": "NO"},  # whose names are in other languages
        {},  # whose 25 December is Christmas Day
    ],
)
def test_a_pin_that_the_installed_data_does_not_bear_out_has_its_own_names_only(change: dict[str, Any]) -> None:
    pin = sla.Holidays("FI", language="en_US").freeze(2026, 2026)
    pin = dataclasses.replace(
        pin, dates=((date(2026, 12, 25), "Yule"),), provenance=dataclasses.replace(pin.provenance, **change)
    )
    office = sla.Calendar("Europe/Helsinki", "Fri 09:00-17:00", holidays=pin)
    assert said(office, language="en")[-1] == "Friday 25 December 2026 (Yule): closed"
    assert said(office, language="fi")[-1] == "Perjantai 25. joulukuuta 2026: suljettu"


def test_a_half_day_has_its_time_and_no_name() -> None:
    office = sla.Calendar("Europe/Istanbul", "Mon-Fri 09:00-18:00", holidays=sla.Holidays("TR", half_days=True))
    lines = said(office, date(2026, 10, 29), first=date(2026, 10, 26))
    assert lines[-2:] == ["Wednesday 28 October 2026: 09:00–13:00", "Thursday 29 October 2026 (Republic Day): closed"]


def test_the_text_has_a_line_for_each_row() -> None:
    told = sla.say_hours(SHOP, MONDAY, SUNDAY, "en")
    assert str(told) == told.to_text() == "\n".join(told.lines)
    assert str(told).startswith("Mon–Wed, Fri 09:00–12:30, 13:00–17:00\nThu 22:00–06:00 (next day)\n")


def test_a_language_that_is_not_there_is_english_and_says_so() -> None:
    told = sla.say_hours(FOREVER, MONDAY, SUNDAY, "et")
    assert (told.asked, told.language, told.is_fallback, told.zone) == ("et", "en", True, "Europe/Berlin")
    assert not sla.say_hours(FOREVER, MONDAY, SUNDAY, "de-AT").is_fallback


def test_words_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('extends = "en"\ncode = "ar"\n[hours]\nclosed = "<shut>"\n', encoding="utf-8")
    told = sla.say_hours(SHOP, MONDAY, SUNDAY, "ar", languages=[sla.load_language(file)])
    assert told.lines[3] == "Sun <shut>"
    assert '<table lang="ar" dir="rtl">' in told.to_html()
    assert "<td>&lt;shut&gt;</td>" in told.to_html()


# ---------------------------------------------------------------- tables of HTML


def test_a_table_has_a_caption_headings_times_and_whole_names_of_days() -> None:
    shop = SHOP.replace(special_days=[sla.SpecialDay.of(THURSDAY, "closed", name="<b>&")])
    page = f"<div>{sla.say_hours(shop, MONDAY, SUNDAY, 'fr').to_html()}</div>"
    week, dates = ET.fromstring(page)  # noqa: S314 - our own
    assert [(table.get("lang"), table.get("dir")) for table in (week, dates)] == [("fr", "ltr")] * 2
    assert [table.findtext("caption") for table in (week, dates)] == ["Horaires d’ouverture", "Horaires exceptionnels"]
    assert [(cell.get("scope"), cell.text) for cell in week.iterfind("thead/tr/th")] == [
        ("col", "Jour"),
        ("col", "Horaires"),
    ]
    assert [(row.findtext("th"), "".join(row.find("td").itertext())) for row in week.iterfind("tbody/tr")] == [  # type: ignore[union-attr]
        ("Lundi–mercredi, vendredi", "de 9 h à 12 h 30, de 13 h à 17 h"),
        ("Jeudi", "de 22 h à 6 h le lendemain"),
        ("Samedi", "de 18 h à minuit"),
        ("Dimanche", "fermé"),
    ]
    assert [each.get("datetime") for each in week.iterfind("tbody/tr/td/time")] == [
        "09:00",
        "12:30",
        "13:00",
        "17:00",
        "22:00",
        "06:00",
        "18:00",
        "00:00",
    ]
    (row,) = dates.iterfind("tbody/tr/th")
    assert (row.get("scope"), "".join(row.itertext())) == ("row", "Jeudi 24 décembre 2026 (<b>&)")
    assert [(each.tag, each.get("datetime"), each.text) for each in row] == [
        ("time", "2026-12-24", "Jeudi 24 décembre 2026"), ("bdi", None, "<b>&"),
    ]  # fmt: skip


# ---------------------------------------------------------------- laws: what is said is when it is open

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
FIRST: Final = date(2026, 12, 7)
LAST: Final = date(2026, 12, 27)


def read_hours(text: str) -> Iterator[tuple[int, int]]:
    """Read the hours of a line of English, as minutes of its date: with nothing of the library."""
    if text == "open 24 hours":
        yield 0, 24 * 60
    for hour, minute, end, later in re.findall(r"(\d\d):(\d\d)–(midnight|\d\d:\d\d)( \(next day\))?", text):
        assert max(hour, end) < "24" or end == "midnight", "a time of the clock"
        closes = 24 * 60 if end == "midnight" else int(end[:2]) * 60 + int(end[3:])
        yield int(hour) * 60 + int(minute), closes + (24 * 60 if later else 0)


def read_days(text: str) -> Iterator[int]:
    for each in text.split(", "):
        first, _, last = each.partition("–")
        yield from range(DAYS.index(first), DAYS.index(last or first) + 1)


def read_lines(lines: list[str]) -> set[datetime]:
    """Return the quarters of an hour in which the lines say that it is open."""
    weekly, _, dated = "\n".join(lines).partition("\nSpecial opening hours\n")
    week: dict[int, list[tuple[int, int]]] = {}
    for line in weekly.splitlines():
        days, hours = re.fullmatch(r"((?:[A-Z][a-z]{2}[–, ]*)+?) ([\dco].*)", line).groups()  # type: ignore[union-attr]
        week.update((day, [*read_hours(hours)]) for day in read_days(days))
    assert sorted(week) == [*range(7)]
    told = {
        (FIRST + timedelta(step)): week[(FIRST + timedelta(step)).weekday()] for step in range((LAST - FIRST).days + 1)
    }
    for line in dated.splitlines():
        day, hours = line.split(": ", 1)
        told[datetime.strptime(day, "%A %d %B %Y").date()] = [*read_hours(hours)]
    return {
        datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
        for day, windows in told.items()
        for start, end in windows
        for minute in range(start, end, 15)
    }


def windows(quarters: list[tuple[int, int]]) -> str:
    at = [(f"{a // 4:02}:{a % 4 * 15:02}", f"{b // 4:02}:{b % 4 * 15:02}") for a, b in quarters if a != b]
    return " ".join(f"{start}-{end}" for start, end in at) or "closed"


DAY: Final = st.lists(st.tuples(st.integers(0, 95), st.integers(1, 96)), max_size=2).map(windows)
DATES: Final = st.dates(FIRST, LAST)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(DAY, min_size=7, max_size=7),
    st.dictionaries(DATES, DAY, max_size=4),
    st.lists(DATES, max_size=3),
    st.integers(0, 20 * 96),
    st.integers(1, 400),
)
def test_what_is_said_is_when_it_is_open(
    week: list[str], special: dict[date, str], off: list[date], quarter: int, quarters: int
) -> None:
    away = datetime(2026, 12, 7, tzinfo=UTC) + timedelta(minutes=15 * quarter)
    office = sla.Calendar(
        "UTC",
        {**dict(zip(DAYS, week, strict=True)), "Mon": "09:00-17:00"},
        holidays=sla.FrozenHolidays.of(dict.fromkeys(off, "off"), years=(2026, 2027)),
        special_days={str(day): hours for day, hours in special.items()},
        absences=[sla.Absence(away, away + timedelta(minutes=15 * quarters), "away")],
    )
    lines = [line.replace(" (off)", "") for line in said(office, LAST, first=FIRST)]
    start = datetime(2026, 12, 8, 12, tzinfo=UTC)  # later than what dates before the first can reach
    end = datetime(2026, 12, 28, tzinfo=UTC)
    told = {quarter for quarter in read_lines(lines) if start <= quarter < end}
    is_open = {start + timedelta(minutes=15 * step) for step in range((end - start) // timedelta(minutes=15))}
    assert told == {quarter for quarter in is_open if office.is_open(quarter)}


# ---------------------------------------------------------------- what is refused

OFFICES: Final = FOREVER | SHOP
REFUSALS: Final = [
    Refusal(lambda: sla.say_hours(FOREVER, SUNDAY, MONDAY, "de"), sla.ExpectationError, "hours_dates_invalid",
            "last", "2026-12-27 to 2026-12-21", "at most 370"),
    Refusal(lambda: sla.say_hours(FOREVER, MONDAY, date(2028, 1, 1), "de"), sla.ExpectationError, "hours_dates_invalid",
            "last", "2028-01-01", "at most 370"),
    Refusal(lambda: sla.say_hours(FOREVER, datetime(2026, 1, 1), SUNDAY, "de"), sla.ExpectationError,
            "hours_dates_invalid", "last", "2026-01-01", "a first and a last date"),
    Refusal(lambda: sla.say_hours(OFFICES, MONDAY, SUNDAY, "de"), sla.SlaError, "argument_invalid",  # type: ignore[arg-type]
            "calendar", "", "no combination"),
    Refusal(lambda: sla.say_hours(FOREVER, MONDAY, SUNDAY, "<de>"), sla.LanguageError, "language_code_invalid",
            "language", "'<de>'", '"fi"'),
    Refusal(lambda: sla.say_hours(FOREVER, MONDAY, SUNDAY, "de", languages="de"),  # type: ignore[arg-type]
            sla.SlaError, "argument_invalid", "languages", "", "load_language"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_place_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


def test_dates_that_the_holidays_do_not_know_are_refused() -> None:
    office = SHOP.replace(holidays=sla.FrozenHolidays.of({}, years=(2026, 2026)))
    with pytest.raises(sla.HorizonError, match="2027"):
        said(office, date(2027, 1, 3))
