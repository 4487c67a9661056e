"""A sentence to be: the key of its template, and what stands in it, put into the words of a language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from slacalc.expectations.cities import city_of
from slacalc.expectations.language_checks import language_code, pieces_of
from slacalc.expectations.languages import Language
from slacalc.expectations.rounding import DAY_MINUTES, Told, relation_of
from slacalc.forms import StoredForm

__all__ = ["Filling", "SentencePart", "filled", "time_of_day", "zone_name"]


@dataclass(frozen=True, slots=True)
class SentencePart(StoredForm):
    """A piece of a sentence; `instant` is what a time in it denotes, for pages that mark it up."""

    text: str
    instant: datetime | None = None


class Filling(NamedTuple):
    """A sentence to be: the key of its template, and what stands in it."""

    key: str
    instants: Mapping[str, Told]
    names: Mapping[str, str]


def filled(language: Language, filling: Filling, today: date, zone: list[str]) -> Iterator[SentencePart]:
    """Return the parts of a sentence; the name of the zone stands behind the last moment, once."""
    template = language.sentences[filling.key]
    pieces = pieces_of(template.replace(" ({name})", "") if filling.names.get("name") == "" else template)
    places = {name: place for place, (_, name, _) in enumerate(pieces) if name in filling.instants}
    last = max(places.values(), default=-1)
    for place, (text, name, form) in enumerate(pieces):
        if not name:
            yield SentencePart(text)
        elif name in filling.names:
            yield SentencePart(filling.names[name])
        else:
            told = filling.instants[name]
            notes = [
                *(zone if place == last else ()),
                *(_which_of_two(language, told) if place == places[name] else ()),
            ]
            yield SentencePart(_moment(language, told, form, today), told.at)
            if notes:
                yield SentencePart(f" ({', '.join(notes)})")


def _moment(language: Language, told: Told, form: str, today: date) -> str:
    if form == "time":
        return time_of_day(language, told.minute)
    if form in language.days:
        return _day(language, told.day, form, today)
    if form in language.times:
        pieces = pieces_of(language.times[form])
    else:
        kinds = language.moments[form]
        kind = "midnight" if told.kind == "time" and told.minute == DAY_MINUTES and "midnight" in kinds else told.kind
        pieces = pieces_of(kinds[kind][relation_of(told.day, today)])
    return "".join(text or _moment(language, told, inner, today) for text, inner, _ in pieces)


def _day(language: Language, day: date, form: str, today: date) -> str:
    words = language.days[form]
    said = {
        "weekday": words.weekdays[day.weekday()],
        "day": words.numbers[day.day - 1],
        "month": words.months[day.month - 1],
        "year": str(day.year),
    }
    return "".join(text or said[name] for text, name, _ in pieces_of(words.templates[relation_of(day, today)]))


def time_of_day(language: Language, minute: int) -> str:
    """Return a time of day, in minutes from midnight, as the sentences of a language write it."""
    hour, rest = divmod(minute, 60)
    said = {"hour": hour, "minute": rest}
    template = language.midnight if minute == DAY_MINUTES else language.time if rest else language.hour
    return "".join(text or f"{said[name]:0{form or 1}}" for text, name, form in pieces_of(template))


def zone_name(language: Language, zone: str, as_of: datetime) -> str:
    """Return what a zone is called: by the language's own words, by its distance from UTC, or by its city."""
    named = language.zones.get(zone)
    if named is not None:
        return named
    if zone.startswith("Etc/"):  # the sign in "Etc/GMT+3" is that of POSIX: it is UTC-3
        return language.zones.get("UTC", "UTC").replace("UTC", _utc(_offset(as_of)))
    city = city_of(zone, language_code(language.code))
    return "".join(text or city for text, _, _ in pieces_of(language.city))


def _which_of_two(language: Language, told: Told) -> list[str]:
    """Return which of two equal times is meant, in the night the clock is set back: the first has the larger offset."""
    first, second = told.at.replace(fold=0), told.at.replace(fold=1)
    before, after = _offset(first), _offset(second)
    if told.kind != "time" or before <= after:
        return []
    if first.dst() == second.dst():  # Moscow 2014: no summer time ended
        return [_utc(_offset(told.at))]
    return [language.winter_time if told.at.fold else language.summer_time]


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta(0)


def _utc(offset: timedelta) -> str:
    minutes = offset // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"
