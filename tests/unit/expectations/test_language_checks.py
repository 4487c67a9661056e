# ruff: noqa: RUF001 - a range of times has an en dash
"""What is wrong with a language file is told key by key and placeholder by placeholder."""

from pathlib import Path
from typing import Final

import pytest

from slacalc import LanguageError, language_problems, load_language
from tests.helpers import ROOT

SHIPPED: Final = ROOT / "src/slacalc/expectations/languages"


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


# ---------------------------------------------------------------- what is wrong with a file


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ('name = "English"\n', "", "language_key_missing", ""),
        ('name = "English"', 'nome = "English"\nname = "English"', "language_key_unknown", ""),
        ('name = "English"', "name = 7", "language_text_invalid", "name"),
        ('name = "English"', 'name = ""', "language_text_invalid", "name"),
        ('code = "en"', 'code = "english"', "language_code_invalid", "code"),
        ('city = "{city} time"', 'city = "local time"', "placeholder_missing", "city"),
        ('city = "{city} time"', 'city = "{town} {city}"', "placeholder_unknown", "city"),
        ("{hour:2}", "{hour:3}", "placeholder_unknown", "time"),
        ('"January", ', "", "language_list_invalid", "months"),
        ('"Monday", ', "", "language_list_invalid", "weekdays"),
        ('code = "en"', 'code = "en"\ncapitals = "Easter"', "language_list_invalid", "capitals"),
        ('code = "en"', 'code = "en"\ncapitals = ["Easter", ""]', "language_list_invalid", "capitals"),
        ('noon = "14:00"', 'noon = "11:00"', "day_parts_invalid", "parts"),
        ('evening = "24:00"', 'evening = "22:00"', "day_parts_invalid", "parts"),
        ('evening = "24:00"', 'evening = "late"', "day_parts_invalid", "parts"),
        ('today = "today"\n', "", "language_key_missing", "days.bare"),
        ('date = "{weekday} {day} {month}"', 'date = "{weekday} {dag}"', "placeholder_unknown", "days.bare.date"),
        ('day = "the end of {bare}"\n', "", "language_key_missing", "moments.by"),
        ('time = "{time} {on}"', 'time = "soon {on}"', "placeholder_missing", "moments.by.time"),
        ("late morning {on}", "late morning {at}", "placeholder_unknown", "moments.by.morning"),
        ('[zones]\nUTC = "UTC"', "[zones]\nUTC = 0", "language_text_invalid", "zones.UTC"),
        ("We will reply by {due:by}.", "We will reply.", "placeholder_missing", "sentences.reply.by"),
        ("We will reply by {due:by}.", "By {due:by} or {expected:by}.", "placeholder_unknown", "sentences.reply.by"),
        ("We will reply by {due:by}.", "By {due:at}.", "placeholder_unknown", "sentences.reply.by"),
        ("We will reply by {due:by}.", "By {due}.", "placeholder_form", "sentences.reply.by"),
        ("We will reply by {due:by}.", "", "language_text_invalid", "sentences.reply.by"),
        ('"We will reply by {due:by}."', "7", "language_text_invalid", "sentences.reply.by"),
        ("({name})", "({name:on})", "placeholder_form", "sentences.reason.holiday"),
        ("overdue_other =", "overdue_others =", "language_key_missing", "sentences"),
        ("[hours]", "[hour]", "language_key_missing", ""),
        ('closed = "closed"\n', "", "language_key_missing", "hours"),
        ('closed = "closed"\n', 'shut = "closed"\nclosed = "closed"\n', "language_key_unknown", "hours"),
        ('all_day = "open 24 hours"', "all_day = 24", "language_text_invalid", "hours.all_day"),
        ('window = "{start}–{end}"', 'window = "{start}"', "placeholder_missing", "hours.window"),
        ('window = "{start}–{end}"', 'window = "{start:2}–{end}"', "placeholder_unknown", "hours.window"),
        ('whole_hour = "{hour:2}:{minute:2}"', 'whole_hour = "{minute}"', "placeholder_missing", "hours.whole_hour"),
        ('midnight = "midnight"\nwindow', 'midnight = "{hour}"\nwindow', "placeholder_unknown", "hours.midnight"),
        ('short_weekdays = ["Mon", ', "short_weekdays = [", "language_list_invalid", "hours.short_weekdays"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, code: str, where: str, file: Path) -> None:
    problems = language_problems(english(file, (old, new)))
    place = f"{file}: {where}" if where else str(file)
    assert (code, place) in [(problem.code, problem.where) for problem in problems]
    with pytest.raises(LanguageError) as caught:
        load_language(file)
    assert caught.value == problems[0]


CODES: Final = (
    "cs, de, en, fi, fr, hu, it, nl, pl, ru, sk, sv, "
    "cs-informal, de-informal, fi-informal, fr-informal, hu-informal, it-informal, nl-informal, pl-informal, sk-informal"
)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "English"\n', "", 'the key name is missing; accepted: name = ..., in English "English"'),
        (
            'name = "English"', 'nome = "English"\nname = "English"',
            ("there is no such key here; given 'nome'; accepted: name, capitals, channels, city, code, days, hour, hours, midnight, "
             "moments, months, numbers, page, parts, sentences, summer_time, time, times, weekdays, winter_time, zones"),
        ),
        ('name = "English"', "name = 7", "name: this is no text; given 7; accepted: a text"),
        ('name = "English"', 'name = "English {x}"', "name: there is no such placeholder here; given '{x}'; accepted: none"),
        ('name = "English"', 'name = "English}"', "name: this looks like a placeholder, and is none; given 'English}'; accepted: a text without braces"),
        ('code = "en"', 'code = "english"', 'code: this is no language code; given \'english\'; accepted: a code such as "fi" or "fr-CA"'),
        ('code = "en"', 'code = "en"\nextends = "xx"', f"extends: no such language ships with slacalc; given 'xx'; accepted: {CODES}"),
        ('city = "{city} time"', 'city = "local time"', "city: a placeholder is missing; given 'local time'; accepted: a text with {city}"),
        (
            'weekdays = ["Monday", ', "weekdays = [",
            ("weekdays: the list does not fit; "
             "given ['Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']; accepted: 7 texts"),
        ),
        (
            'noon = "14:00"', 'noon = "11:00"',
            ("parts: the parts of the day do not fill it; "
             "given {'afternoon': '18:00', 'evening': '24:00', 'morning': '12:00', 'noon': '11:00'}; "
             "accepted: names with the times at which they end, in order, the last at 24:00"),
        ),
        ('today = "today"\n', "", 'days.bare: the key today is missing; accepted: today = ..., in English "today"'),
        ("We will reply by {due:by}.", "By {due:by}}.", "sentences.reply.by: this looks like a placeholder, and is none; given '}.'; accepted: {due}"),
        (
            "We will reply by {due:by}.", "By {due:by} or {expected:by}.",
            "sentences.reply.by: there is no such placeholder here; given '{expected:by}'; accepted: {due}",
        ),
        (
            "We will reply by {due:by}.", "By {due}.",
            ("sentences.reply.by: an instant needs a form, and a name has none; given '{due}'; "
             "accepted: {due:time}, {due:bare}, {due:on}, {due:same}, {due:by}"),
        ),
        (
            "({name})", "({name:on})",
            "sentences.reason.holiday: an instant needs a form, and a name has none; given '{name:on}'; accepted: {name}",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_language_word_for_word(old: str, new: str, said: str, file: Path) -> None:
    path = english(file, (old, new))
    assert f"{path}: {said}" in [str(problem) for problem in language_problems(path)]


def test_a_form_of_a_date_needs_months_of_its_own_where_the_language_has_none(file: Path) -> None:
    path = english(file, ("months = [", "numbers = ["))
    assert [str(problem) for problem in language_problems(path)][1:] == [
        f"{path}: {form}: the key months is missing; accepted: months = ..."
        for form in ("days.bare", "days.on", "days.same", "hours")
    ]


def test_a_language_that_cannot_be_read_says_why(file: Path) -> None:
    file.write_text("code = ", encoding="utf-8")
    (problem,) = language_problems(file)
    assert str(problem).startswith(f"{file}: the file cannot be read; given '")
    assert problem.accepts == "a UTF-8 file in TOML"


def test_everything_that_is_wrong_is_told_at_once(file: Path) -> None:
    changes = (
        ('name = "English"\n', ""),
        ("We will reply by {due:by}.", "Soon."),
        ('noon = "14:00"', 'noon = "11:00"'),
    )
    codes = [problem.code for problem in language_problems(english(file, *changes))]
    assert codes == ["language_key_missing", "day_parts_invalid", "placeholder_missing"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("code = ", "language_unreadable"),
        ('extends = "xx"', "language_not_shipped"),
        ("extends = 7", "language_not_shipped"),
        ("extends = [1]", "language_not_shipped"),
        ('extends = "../../secrets"', "language_not_shipped"),
        ('days = "none"', "language_key_missing"),
    ],
)
def test_a_file_that_is_no_language(text: str, code: str, file: Path) -> None:
    file.write_text(text, encoding="utf-8")
    assert code in [problem.code for problem in language_problems(file)]


def test_a_file_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LanguageError) as caught:
        load_language(tmp_path / "none.toml")
    assert caught.value.code == "language_unreadable"
