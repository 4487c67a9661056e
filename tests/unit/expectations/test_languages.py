"""A language file: what ships is whole, and what an application writes comes first."""

import re
import tomllib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from babel.dates import get_month_names

from slacalc import Calendar, Expectation, language_problems, load_language, sample_policy
from slacalc.expectations.cities import city_of
from slacalc.expectations.language_checks import flat
from slacalc.expectations.languages import INFORMAL, LANGUAGES, shipped_language
from tests.cities import cities, written
from tests.helpers import BRUSSELS, ROOT

SHIPPED: Final = ROOT / "src/slacalc/expectations/languages"
FRIDAY: Final = datetime(2026, 11, 20, 15, tzinfo=BRUSSELS)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own.toml"


def english(file: Path, *changes: tuple[str, str]) -> Path:
    """The English file with changes."""
    text = (SHIPPED / "en.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    return file


def test_every_file_that_ships_is_on_the_list() -> None:
    assert sorted((*LANGUAGES, *INFORMAL)) == sorted(path.stem for path in SHIPPED.glob("*.toml"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_that_ships_is_whole(code: str) -> None:
    assert language_problems(SHIPPED / f"{code}.toml") == ()
    assert shipped_language(code).code == code
    assert "reviewed by native speakers" in (SHIPPED / f"{code}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_months_are_those_of_cldr(code: str) -> None:
    cldr = get_month_names("wide", "format", locale=code)
    for form in shipped_language(code).days.values():
        assert tuple(cldr[number] for number in range(1, 13)) == form.months


# ---------------------------------------------------------------- an application's own


def test_a_file_can_say_only_what_differs(file: Path) -> None:
    file.write_text(
        'extends = "fi"\nname = "suomi, sinuttelu"\n[sentences]\nwaiting = "Odotamme vastaustasi."\n'
        '[sentences.reply]\nby = "Vastaamme sinulle viimeistään {due:at}."\n',
        encoding="utf-8",
    )
    informal = load_language(file)
    assert informal.name == "suomi, sinuttelu"
    assert informal.sentences["overdue"] == shipped_language("fi").sentences["overdue"]
    promise = sample_policy("webshop_helpdesk").promise(FRIDAY)["first_response"]
    said = promise.expectation(as_of=FRIDAY).say("fi", languages=[informal])
    assert str(said) == "Vastaamme sinulle viimeistään tänään klo 17.00."


def test_a_language_of_ones_own_comes_first_and_by_its_whole_code(file: Path) -> None:
    file.write_text('extends = "en"\ncode = "en-US"\ntime = "{hour}:{minute:2} h"\n', encoding="utf-8")
    american = load_language(file)
    promise = sample_policy("webshop_helpdesk").promise(FRIDAY)["first_response"].expectation(as_of=FRIDAY)
    assert str(promise.say("en-US", languages=[american])) == "We will reply by 17:00 h today."
    assert str(promise.say("en_us", languages=[american])) == "We will reply by 17:00 h today."
    assert str(promise.say("en", languages=[american])) == "We will reply by 17:00 today."


def test_a_language_that_does_not_ship_can_be_added(file: Path) -> None:
    danish = load_language(
        english(file, ('code = "en"', 'code = "da"'), ("We will reply by {due:by}.", "Vi svarer {due:by}."))
    )
    promise = sample_policy("webshop_helpdesk").promise(FRIDAY)["first_response"]
    said = promise.expectation(as_of=FRIDAY).say("da", languages=[danish])
    assert (said.language, said.is_fallback, str(said)) == ("da", False, "Vi svarer 17:00 today.")
    assert promise.expectation(as_of=FRIDAY).say("da-DK", languages=[danish]).language == "da"


def test_channels_of_ones_own_have_names(file: Path) -> None:
    file.write_text('extends = "en"\n[channels]\nfax = "Telefax"\n', encoding="utf-8")
    line = Expectation.for_channel("fax", Calendar("Europe/Brussels", "24/7"), as_of=FRIDAY, zone="Europe/Brussels")
    assert str(line.say("en", languages=[load_language(file)])) == "Telefax: open around the clock."
    assert str(line.say("en")) == "Fax: open around the clock."


# ---------------------------------------------------------------- informal address

INFORMALLY: Final = {
    "cs-informal": ("Odpovíme ti nejpozději dnes do 17:00.", "Pokud od nás do pondělí 23. listopadu do 12:00 nedostaneš odpověď, napiš nám prosím znovu."),
    "de-informal": ("Wir antworten dir spätestens heute um 17:00 Uhr.", "Solltest du bis Montag, den 23. November, 12:00 Uhr keine Antwort von uns haben, schreib uns bitte erneut."),
    "fi-informal": ("Vastaamme viimeistään tänään klo 17.00.", "Jos et ole saanut meiltä vastausta maanantaihin 23. marraskuuta klo 12.00 mennessä, kirjoita meille uudelleen."),
    "fr-informal": ("Nous te répondrons au plus tard aujourd\u2019hui à 17 h.", "Si tu n\u2019as pas reçu de réponse de notre part d\u2019ici au lundi 23 novembre à 12 h, écris-nous à nouveau."),
    "hu-informal": ("Válaszunkat legkésőbb ma 17:00-ig megküldjük neked.", "Ha november 23-án, hétfőn 12:00-ig nem kapsz tőlünk választ, kérjük, írj nekünk újra."),
    "it-informal": ("Ti risponderemo entro le ore 17:00 di oggi.", "Se entro le ore 12:00 di lunedì 23 novembre non avrai ricevuto una nostra risposta, scrivici di nuovo."),
    "nl-informal": ("Wij antwoorden je uiterlijk vandaag om 17.00 uur.", "Als je op maandag 23 november om 12.00 uur nog niets van ons hebt gehoord, stuur ons dan een nieuw bericht."),
    "pl-informal": ("Odpowiemy Ci najpóźniej dziś o godz. 17:00.", "Jeśli do godz. 12:00 w poniedziałek 23 listopada nie otrzymasz naszej odpowiedzi, napisz do nas ponownie."),
    "sk-informal": ("Odpovieme ti najneskôr dnes o 17:00.", "Ak od nás do pondelka 23. novembra do 12:00 nedostaneš odpoveď, napíš nám, prosím, znova."),
}  # fmt: skip
FORMAL_WORDS: Final = {
    "cs": r"V[aá][mšs]\w*", "de": r"Sie|Ihnen|Ihr\w*", "fi": r"\w+nne|ette|teille", "fr": r"vous|votre|vos|Vous|Votre",
    "hu": r"Ön\w*|kap|írjon", "it": r"(?<=[a-z] )L[ae]|L[ae] (?:pregh|inform|risp|conf|aggior|ricont)\w+|Su[aoi]\w*|avrà", "nl": r"u|uw|Uw|hebt u", "pl": r"Państw\w+", "sk": r"V[aá][mšs]\w*",
}  # fmt: skip


@pytest.mark.parametrize("code", INFORMAL)
def test_a_customer_may_be_addressed_informally(code: str) -> None:
    promise = sample_policy("webshop_helpdesk").promise(FRIDAY)["first_response"].expectation(as_of=FRIDAY)
    follow_up = replace(promise, state="follow_up", by=FRIDAY.replace(day=23, hour=12))
    assert (str(promise.say(code)), str(follow_up.say(code.upper()))) == INFORMALLY[code]
    assert (promise.say(code).language, promise.say(code).is_fallback) == (code, False)


@pytest.mark.parametrize("code", INFORMAL)
def test_the_informal_language_says_only_what_differs_and_leaves_nothing_formal(code: str) -> None:
    formal, informal = shipped_language(code[:2]), shipped_language(code)
    changed = dict(flat(tomllib.loads((SHIPPED / f"{code}.toml").read_text(encoding="utf-8"))["sentences"]))
    assert {key for key in changed if informal.sentences[key] == formal.sentences[key]} == set()
    found = {
        key: said for key, said in informal.sentences.items() if re.search(rf"\b(?:{FORMAL_WORDS[code[:2]]})\b", said)
    }
    assert found == {}


@pytest.mark.parametrize("code", INFORMAL)
def test_an_informal_sentence_has_the_moments_of_the_formal_one_and_goes_on_alike_behind_them(code: str) -> None:
    """So the rows of the formal language hold for it, too."""
    formal, informal = shipped_language(code[:2]), shipped_language(code)
    assert replace(informal, code="", name="", sentences=formal.sentences, page=formal.page) == replace(
        formal, code="", name=""
    )
    placed = re.compile(r"\{\w+:\w+\}(?: ?\w{1,5}|\W)")  # the person of a verb is at its end
    assert {key: placed.findall(said) for key, said in informal.sentences.items()} == {
        key: placed.findall(said) for key, said in formal.sentences.items()
    }


def test_a_key_that_is_missing_is_told_with_its_english_text(file: Path) -> None:
    (problem,) = language_problems(english(file, ('one_day = "We will reply {due:on}."\n', "")))
    assert str(problem) == (
        f'{file}: sentences: the key reply.one_day is missing; accepted: reply.one_day = ..., in English "We will reply {{due:on}}."'
    )


# ---------------------------------------------------------------- zones


@pytest.mark.parametrize(
    ("zone", "language", "named"),
    [
        ("Europe/Athens", "de", "Ortszeit Athen"),
        ("Europe/Athens", "fi", "Ateenan aikaa"),
        ("Europe/Athens", "fr", "heure d\u2019Athènes"),
        ("Europe/Kyiv", "en", "Kyiv time"),
        ("Asia/Kolkata", "fi", "paikallinen aika: Kalkutta"),
        ("Asia/Tokyo", "ru", "местное время: Токио"),
        ("Africa/Cairo", "it", "ora locale: Il Cairo"),
        ("US/Eastern", "sv", "lokal tid i New York"),
        ("America/Argentina/Buenos_Aires", "en", "Buenos Aires time"),
        ("Etc/UTC", "fi", "UTC-aikaa"),
        ("Etc/GMT+3", "en", "UTC-3"),
        ("Etc/GMT-14", "hu", "UTC+14 szerint"),
    ],
)
def test_a_zone_is_named_in_the_language_of_the_reader(zone: str, language: str, named: str) -> None:
    local = FRIDAY.astimezone(ZoneInfo(zone))
    told = Expectation("promised", zone, local, metric="first_response", by=local + timedelta(hours=2), names_zone=True)
    assert str(told.say(language)).count(f"({named})") == 1


def test_a_language_of_ones_own_without_a_base_that_has_cities_has_the_end_of_the_keys() -> None:
    assert city_of("America/New_York", "et") == "New York"


def test_a_language_of_ones_own_names_cities_as_its_base_does(file: Path) -> None:
    file.write_text('extends = "de"\ncode = "de-AT"\n', encoding="utf-8")
    tokyo = Expectation("follow_up", "Asia/Tokyo", FRIDAY, by=FRIDAY, names_zone=True)
    assert "(Ortszeit Tokio)" in str(tokyo.say("de-AT", languages=[load_language(file)]))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_cities_are_those_of_cldr(code: str) -> None:
    text = (SHIPPED / "cities" / f"{code}.txt").read_text(encoding="utf-8")
    head, *lines = text.splitlines()
    assert head.startswith("# Cities of zones, from CLDR ")
    if head == written(code).splitlines()[0]:  # the same version of Babel: every zone that it and the system know
        known = dict(line.split("\t") for line in lines)
        assert {zone: city for zone, city in known.items() if cities(code).get(zone, city) != city} == {}


@pytest.mark.parametrize("code", ["fr", "it", "fr-informal", "it-informal"])
def test_apostrophes_are_typographic(code: str) -> None:
    lines = (SHIPPED / f"{code}.toml").read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if re.search(r"\w'\w", line) and not line.startswith("#")]
