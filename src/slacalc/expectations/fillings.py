"""A sentence to be: the key of its template, and what stands in it, put into the words of a language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from slacalc.business_time.instants import stands_still_near
from slacalc.expectations.cities import city_of
from slacalc.expectations.language_checks import language_code, pieces_of
from slacalc.expectations.languages import Language
from slacalc.expectations.rounding import DAY_MINUTES, Relation, Told, relation_of
from slacalc.forms import StoredForm
from slacalc.kept import Kept
from slacalc.making import maker_of

__all__ = ["Filling", "SentencePart", "filled", "time_of_day", "zone_name"]

_MOST_LANGUAGES: Final = 32  # whose words are kept
_MOST_DATES: Final = 2_048  # names of dates in each, some 150 bytes
_MOST_FORMS: Final = 512
_Pieces: TypeAlias = tuple[tuple[str, str, str], ...]
_Parts: TypeAlias = "tuple[tuple[SentencePart | None, str, str], ...]"


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


_make_part: Final = maker_of(SentencePart)


class _Words:
    """What a language calls dates, times of day and moments, as far as it was asked, and the pieces of its forms."""

    __slots__ = ("_days", "_forms", "_times", "language")

    def __init__(self, language: Language) -> None:
        self.language: Final = language
        self._days: Final[Kept[tuple[str, Relation, date], str]] = Kept(_MOST_DATES)
        self._forms: Final[Kept[tuple[str, str, Relation], _Pieces]] = Kept(_MOST_FORMS)
        self._times: Final[Kept[int, str]] = Kept(DAY_MINUTES + 1)

    def moment(self, told: Told, form: str, relation: Relation) -> str:
        """Return what an instant is called in a form of the language, so far away."""
        if form == "time":
            return self.time(told.minute)
        if form in self.language.days:
            return self.day(told.day, form, relation)
        kind = "24:00" if told.kind == "time" and told.minute == DAY_MINUTES else told.kind
        pieces = self._forms.get((form, kind, relation)) or self._forms.keep(
            (form, kind, relation), self._pieces(form, kind, relation)
        )
        return "".join([text or self.moment(told, inner, relation) for text, inner, _ in pieces])

    def day(self, day: date, form: str, relation: Relation) -> str:
        """Return what a date is called."""
        key = form, relation, day
        return self._days.get(key) or self._days.keep(key, _day(self.language, day, form, relation))

    def time(self, minute: int) -> str:
        """Return what a time of day is called, in minutes from midnight."""
        return self._times.get(minute) or self._times.keep(minute, time_of_day(self.language, minute))

    def _pieces(self, form: str, kind: str, relation: Relation) -> _Pieces:
        if form in self.language.times:
            return pieces_of(self.language.times[form])
        kinds = self.language.moments[form]
        if kind == "24:00":
            kind = "midnight" if "midnight" in kinds else "time"
        return pieces_of(kinds[kind][relation])


_known_words: Final[Kept[int, _Words]] = Kept(_MOST_LANGUAGES)


def filled(language: Language, filling: Filling, today: date, zone: str | None) -> list[SentencePart]:
    """Return the parts of a sentence; the name of a zone, where one is given, stands behind the last moment, once."""
    template, words = language.sentences[filling.key], _words_of(language)
    instants, names = filling.instants, filling.names
    pieces = _parts_of(template.replace(" ({name})", "") if names.get("name") == "" else template)
    parts: list[SentencePart] = []
    for place, (text, name, form) in enumerate(pieces):
        if text is not None:
            parts.append(text)
        elif name in names:
            parts.append(_make_part(names[name]))
        else:
            told = instants[name]
            parts.append(_make_part(words.moment(told, form, relation_of(told.day, today)), told.at))
            if zone is not None or not stands_still_near(told.at):
                parts += _notes(language, told, pieces, place, zone, names)
    return parts


def _notes(
    language: Language, told: Told, pieces: _Parts, place: int, zone: str | None, names: Mapping[str, str]
) -> Iterator[SentencePart]:
    """Return what stands behind a moment: the zone behind the last, which of two equal times at its last mention."""
    moments = [name for text, name, _ in pieces[place:] if text is None and name not in names]
    notes = [zone] if zone is not None and len(moments) == 1 else []
    notes += _which_of_two(language, told) if moments.count(moments[0]) == 1 else []
    if notes:
        yield _make_part(f" ({', '.join(notes)})")


@lru_cache(maxsize=1_024)
def _parts_of(template: str) -> _Parts:
    """Return the pieces of a template, with its texts as parts."""
    return tuple((_make_part(text) if text else None, name, form) for text, name, form in pieces_of(template))


def _words_of(language: Language) -> _Words:
    """Return the words of a language, by its identity: to compare languages takes longer than a sentence."""
    known = _known_words.get(id(language))
    if known is None or known.language is not language:
        known = _known_words.keep(id(language), _Words(language))
    return known


def _day(language: Language, day: date, form: str, relation: Relation) -> str:
    words = language.days[form]
    said = {
        "weekday": words.weekdays[day.weekday()],
        "day": words.numbers[day.day - 1],
        "month": words.months[day.month - 1],
        "year": str(day.year),
    }
    return "".join(text or said[name] for text, name, _ in pieces_of(words.templates[relation]))


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
    if told.kind != "time" or stands_still_near(told.at):
        return []
    first, second = told.at.replace(fold=0), told.at.replace(fold=1)
    before, after = _offset(first), _offset(second)
    if before <= after:
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
