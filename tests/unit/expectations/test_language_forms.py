"""The tables of target sentences: complete, plain, and their months, weekdays and cities in the forms that CLDR knows."""

import re
from datetime import datetime
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from babel.dates import get_day_names, get_month_names

from tests.helpers import TESTS

SENTENCES: Final = TESTS / "sentences"
LANGUAGES: Final = ("en", "fi", "sv", "de", "nl", "fr", "it", "sk", "cs", "hu", "pl", "ru")

# Finnish and Slavic dates take another form of the month than the name alone: CLDR's "format" against "stand-alone".
TWO_MONTH_FORMS: Final = ("fi", "sk", "cs", "pl", "ru")

# CLDR has weekdays in the nominative only. What the sentences need, by hand, where that is another form.
WEEKDAY_FORMS: Final = {
    "fi": ("maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina", "lauantaina", "sunnuntaina"),
    "sv": ("måndagen", "tisdagen", "onsdagen", "torsdagen", "fredagen", "lördagen", "söndagen"),
    "sk": ("v pondelok", "v utorok", "v stredu", "vo štvrtok", "v piatok", "v sobotu", "v nedeľu"),
    "cs": ("v pondělí", "v úterý", "ve středu", "ve čtvrtek", "v pátek", "v sobotu", "v neděli"),
    "hu": ("hétfőn", "kedden", "szerdán", "csütörtökön", "pénteken", "szombaton", "vasárnap"),
    "pl": ("w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę"),
    "ru": ("понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья"),
}

# Where the name of the city stands as it is. Finland and Sweden have names of their own for their time in Swedish.
UNINFLECTED_CITIES: Final = ("en", "sv", "de", "nl", "fr", "it")
NAMED_BY_COUNTRY: Final = {("sv", "Europe/Helsinki"): "finsk tid", ("sv", "Europe/Stockholm"): "svensk tid"}


class Row(NamedTuple):
    """One line of the input data: what is said at `moment`, in the zone of the reader; None without a moment."""

    key: str
    zone: str
    moment: datetime | None


def rows() -> list[Row]:
    """Return the rows of input data in the order of the README."""
    text = (SENTENCES / "README.md").read_text(encoding="utf-8")
    return [row(line) for line in text.splitlines() if re.match(r"\| `[a-z_.]+` \|", line)]


def row(line: str) -> Row:
    """Return a line of the table of input data as a row."""
    key, market, _, _, _, due, _, reader, *_ = [cell.strip(" `") for cell in line.strip("|").split("|")]
    zone = market if reader == "=" else reader
    return Row(key, zone, None if due == "-" else moment(due, market).astimezone(ZoneInfo(zone)))


def moment(text: str, zone: str) -> datetime:
    """Return the moment at which the clocks of a zone show a wall time, the first unless it says fold=1."""
    wall, _, fold = text.partition(" fold=")
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone), fold=int(fold or 0))


def pairs(language: str) -> list[tuple[str, str]]:
    """Return the keys and sentences of a language in the order of the file."""
    text = (SENTENCES / f"{language}.txt").read_text(encoding="utf-8")
    lines = [line.partition("\t") for line in text.splitlines() if not line.startswith("#")]
    return [(key, sentence) for key, _, sentence in lines]


def sentences(language: str) -> dict[str, str]:
    """Return the sentences of a language by key."""
    return dict(pairs(language))


def words(sentence: str) -> list[str]:
    """Return the words of a sentence, without what stands around them."""
    return re.findall(r"[^\W\d_]+(?:[\u2019'-][^\W\d_]+)*", sentence)


def month_name(language: str, month: int, context: Literal["format", "stand-alone"] = "format") -> str:
    """Return the name of a month as CLDR has it within a date, or alone."""
    return str(get_month_names("wide", context, language)[month])


def weekday_name(language: str, weekday: int) -> str:
    """Return the name of a weekday (0 is Monday) as CLDR has it alone."""
    return str(get_day_names("wide", "stand-alone", language)[weekday])


def weekday_form(language: str, weekday: int) -> str:
    """Return the weekday as the sentences need it."""
    return WEEKDAY_FORMS[language][weekday] if language in WEEKDAY_FORMS else weekday_name(language, weekday)


def city_name(language: str, zone: str) -> str:
    """Return the city of a zone: CLDR's name for it, or that of the key, which it leaves out."""
    return str(Locale.parse(language).time_zones.get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace("_", " "))


def zoned_dates() -> list[tuple[str, str, datetime]]:
    """Return key, zone and moment of the rows that say a weekday, a month and a zone each."""
    return [(key, zone, at) for key, zone, at in rows() if at is not None and key.startswith(("month.", "weekday."))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_has_the_keys_of_the_input_data_in_their_order(language: str) -> None:
    assert [row.key for row in rows()] == [key for key, _ in pairs(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_is_a_key_a_tab_and_one_plain_sentence(language: str) -> None:
    text = (SENTENCES / f"{language}.txt").read_text(encoding="utf-8")
    odd = [line for line in text.splitlines() if not re.fullmatch(r"#.*|[a-z_.]+\t[^\t ][^\t]*[^ .]\.", line)]
    assert odd == []
    assert re.findall(r"  |[\u00a0\u202f\u2009\u200b]", "".join(sentences(language).values())) == []


def test_every_month_and_every_weekday_is_said() -> None:
    assert {at.month for _, _, at in zoned_dates()} == set(range(1, 13))
    assert {at.weekday() for _, _, at in zoned_dates()} == set(range(7))


@pytest.mark.parametrize("language", LANGUAGES)
def test_month_weekday_and_day_are_those_of_the_moment_in_the_zone_of_the_reader(language: str) -> None:
    for key, _, at in zoned_dates():
        sentence = sentences(language)[key]
        assert month_name(language, at.month) in words(sentence)
        assert re.search(rf"(?<!\w){weekday_form(language, at.weekday())}(?!\w)", sentence), sentence
        assert re.search(rf"(?<!\d){at.day}(?!\d)", sentence), sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_month_is_said_in_the_form_that_it_has_alone(language: str) -> None:
    alone = {month_name(language, month, "stand-alone") for month in range(1, 13)}
    within = {month_name(language, month) for month in range(1, 13)}
    assert (alone != within) == (language in TWO_MONTH_FORMS)
    said = {word for sentence in sentences(language).values() for word in words(sentence)}
    assert said & (alone - within) == set()


@pytest.mark.parametrize("language", sorted(WEEKDAY_FORMS))
def test_the_forms_of_the_weekdays_are_forms_of_the_names_in_cldr(language: str) -> None:
    for weekday, form in enumerate(WEEKDAY_FORMS[language]):
        noun, name = form.split()[-1], weekday_name(language, weekday)
        assert noun[: len(name) - 1] == name[:-1], f"{form} is no form of {name}"


def test_the_essive_of_finnish_weekdays_is_in_cldr_for_all_days_but_sunday() -> None:
    within = get_day_names("wide", "format", "fi")
    assert WEEKDAY_FORMS["fi"][:6] == tuple(within[weekday] for weekday in range(6))


@pytest.mark.parametrize("language", UNINFLECTED_CITIES)
def test_a_zone_is_named_by_the_city_as_cldr_names_it(language: str) -> None:
    for key, zone, _ in zoned_dates():
        named = NAMED_BY_COUNTRY.get((language, zone), city_name(language, zone))
        bracket = re.search(r"\(([^)]*)\)", sentences(language)[key])
        assert bracket is not None
        assert named in bracket[1]
