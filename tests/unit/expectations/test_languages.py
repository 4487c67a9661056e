"""A language file: what ships is whole, and what an application writes comes first."""

from datetime import datetime
from pathlib import Path
from typing import Final

import pytest
from babel.dates import get_month_names

from slacalc import Calendar, Expectation, language_problems, load_language, sample_policy
from slacalc.expectations.languages import LANGUAGES, shipped_language
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
    assert sorted(LANGUAGES) == sorted(path.stem for path in SHIPPED.glob("*.toml"))


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
