"""A language as data: its words for times, dates and zones, and its sentences, read and checked.

A language is a TOML file; docs/reference/languages.md describes it. What is missing, unknown or
misspelt in it is told all at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from slacalc.arguments import nearest_first
from slacalc.errors import LanguageError, SlaError
from slacalc.expectations.language_checks import (
    HOURS,
    LANGUAGE_FILE,
    RELATIONS,
    TEXTS,
    flat,
    minutes_of,
    problems_of_language,
    problems_of_page,
)
from slacalc.expectations.rounding import DayPart
from slacalc.files import read_toml_file
from slacalc.policies.frozen_dict import FrozenDict

__all__ = [
    "INFORMAL",
    "LANGUAGES",
    "DayForm",
    "HoursWords",
    "Language",
    "language_problems",
    "load_language",
    "shipped_language",
]

LANGUAGES: Final = ("cs", "de", "en", "fi", "fr", "hu", "it", "nl", "pl", "ru", "sk", "sv")
"""The languages that ship with slacalc. None was reviewed by native speakers."""

INFORMAL: Final = tuple(f"{code}-informal" for code in ("cs", "de", "fi", "fr", "hu", "it", "nl", "pl", "sk"))
"""Languages in which customers are also addressed informally: each file says what differs from the formal one."""

_PLAIN: Final = tuple(str(number) for number in range(1, 32))
_LISTS: Final = ("months", "weekdays", "numbers")


@dataclass(frozen=True, slots=True)
class DayForm:
    """How a date is written in one place of a sentence: a template for each relation, and the lists it uses."""

    templates: FrozenDict[str]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoursWords:
    """How opening hours are written: their templates, and the lists that a date and a day of the week use."""

    texts: FrozenDict[str]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its sentences, and the words for what stands in them.

    `days` are the forms of a date, `times` those of a time, and `moments` those of a time, a part of the day or a whole
    day with its date: what they are called is for the language to say, since it knows its cases. `hour` is how a full
    hour is written, and `midnight` 24:00. `capitals` are the first words that keep their capital in the name of a
    holiday, where the language writes the others small; None leaves names as they are.
    """

    code: str
    name: str
    time: str
    city: str
    summer_time: str
    winter_time: str
    day_parts: tuple[DayPart, ...]
    days: FrozenDict[DayForm]
    moments: FrozenDict[FrozenDict[FrozenDict[str]]]
    zones: FrozenDict[str]
    channels: FrozenDict[str]
    hours: HoursWords
    sentences: FrozenDict[str]
    hour: str
    midnight: str
    times: FrozenDict[str]
    capitals: tuple[str, ...] | None
    page: FrozenDict[str]

    def page_words(self) -> FrozenDict[str]:
        """Return the words of a contact page. Raises LanguageError with each that the language lacks, in English."""
        if problems := [*problems_of_page(self.page)]:
            raise LanguageError.of([problem.within(f"language {self.code}") for problem in problems])
        return self.page


@lru_cache(maxsize=len(LANGUAGES) + len(INFORMAL))
def shipped_language(code: str) -> Language:
    """Return a language that ships with slacalc. Raises LanguageError when it does not."""
    return _language(_shipped_data(code))


def load_language(path: str | Path) -> Language:
    """Return the language of a TOML file; with `extends = "fi"` the file says only what differs from Finnish.

    Raises LanguageError for the first thing that is wrong with it; `language_problems` has all.
    """
    data, problems = _checked(path)
    for problem in problems:
        raise problem
    return _language(data)


def language_problems(path: str | Path) -> tuple[LanguageError, ...]:
    """Return everything that is wrong with a language file: none when it can be used.

    A key that is missing or unknown, a placeholder that is missing or unknown, a list of the
    wrong length, parts of the day out of order.
    """
    try:
        return _checked(path)[1]
    except LanguageError as error:
        return (error,)


def _checked(path: str | Path) -> tuple[dict[str, Any], tuple[LanguageError, ...]]:
    data = read_toml_file(path, LANGUAGE_FILE)
    base = data.pop("extends", None)
    whole = data if base is None else _merged(_extended(path, base), data)
    return whole, tuple(_in_file(path, problem) for problem in problems_of_language(whole))


def _extended(path: str | Path, base: object) -> dict[str, Any]:
    try:
        return _shipped_data(base)
    except LanguageError as error:
        raise _in_file(path, error.placed("extends")) from None


def _shipped_data(code: object) -> dict[str, Any]:
    if code not in (*LANGUAGES, *INFORMAL):
        raise LanguageError(
            "language_not_shipped",
            "no such language ships with slacalc",
            given=code,
            accepts=nearest_first(code, (*LANGUAGES, *INFORMAL)),
        )
    data = read_toml_file(str(files("slacalc.expectations") / "languages" / f"{code}.toml"), LANGUAGE_FILE)
    base = data.pop("extends", None)
    return data if base is None else _merged(_shipped_data(base), data)


def _in_file(path: str | Path, problem: SlaError) -> LanguageError:
    where = f"{path}: {problem.where}" if problem.where else str(path)
    return LanguageError(problem.code, problem.problem, given=problem.given, accepts=problem.accepts, where=where)


def _merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the base with the changes laid over it, table by table."""
    merged = dict(base)
    for key, value in changes.items():
        below = merged.get(key)
        merged[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _language(data: Mapping[str, Any]) -> Language:
    texts = {key: data[key] for key in TEXTS}
    return Language(
        **texts,
        day_parts=tuple(DayPart(name, minutes_of(until)) for name, until in data["parts"].items()),
        days=FrozenDict({name: _day_form(form, data) for name, form in data["days"].items()}),
        moments=FrozenDict({name: _moment_form(form) for name, form in data["moments"].items()}),
        zones=FrozenDict(data["zones"]),
        channels=FrozenDict(data["channels"]),
        hours=_hours_words(data["hours"], data),
        sentences=FrozenDict(dict(flat(data["sentences"]))),
        hour=data.get("hour", data["time"]),
        midnight=data.get("midnight", data["time"]),
        times=FrozenDict(data.get("times", {})),
        capitals=tuple(data["capitals"]) if "capitals" in data else None,
        page=FrozenDict(data.get("page")),
    )


def _day_form(form: Mapping[str, Any], data: Mapping[str, Any]) -> DayForm:
    lists = {name: tuple(form.get(name) or data.get(name) or _PLAIN) for name in _LISTS}
    return DayForm(
        FrozenDict({key: form[key] for key in RELATIONS}), lists["months"], lists["weekdays"], lists["numbers"]
    )


def _hours_words(said: Mapping[str, Any], data: Mapping[str, Any]) -> HoursWords:
    return HoursWords(
        FrozenDict({key: said[key] for key in HOURS}),
        tuple(said.get("months") or data["months"]),
        tuple(said["weekdays"]),
        tuple(said["short_weekdays"]),
        tuple(said.get("numbers") or data.get("numbers") or _PLAIN),
    )


def _moment_form(form: Mapping[str, Any]) -> FrozenDict[FrozenDict[str]]:
    """Return the templates by what is told and by relation; one text stands for every relation."""
    return FrozenDict(
        {
            grain: FrozenDict(dict.fromkeys(RELATIONS, said) if isinstance(said, str) else _with_year(said))
            for grain, said in form.items()
        }
    )


def _with_year(said: Mapping[str, str]) -> dict[str, str]:
    return {"date_with_year": said["date"], **said}
