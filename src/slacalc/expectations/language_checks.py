"""Check a language file: everything that is missing, unknown or misspelt, at once.

Over 400 lines: the tables of all that a language has stand beside the checks that hold a file to them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from slacalc.arguments import nearest_first
from slacalc.errors import LanguageError
from slacalc.expectations.rounding import DAY_MINUTES
from slacalc.files import FileKind, read_toml_file

__all__ = [
    "HOURS",
    "HOURS_LISTS",
    "LANGUAGE_FILE",
    "PAGE",
    "RELATIONS",
    "SENTENCES",
    "TEXTS",
    "flat",
    "language_code",
    "language_tag",
    "minutes_of",
    "pieces_of",
    "problems_of_language",
    "problems_of_page",
]

LANGUAGE_FILE: Final = FileKind(LanguageError, "language_unreadable", "the file cannot be read", "a UTF-8 file in TOML")
SENTENCES: Final[Mapping[str, str]] = {
    "reply.by": "due",
    "reply.range": "earliest due",
    "reply.range_same_day": "earliest due",
    "reply.range_two_days": "earliest due",
    "reply.range_days": "earliest due",
    "reply.one_day": "due",
    "reply.expected": "expected due",
    "reply.expected_same_day": "expected due",
    "reply.expected_end_of_day": "expected due",
    "acknowledgement.by": "due",
    "acknowledgement.at_once": "",
    "resolution.by": "due",
    "resolution.range": "earliest due",
    "resolution.range_same_day": "earliest due",
    "resolution.range_two_days": "earliest due",
    "resolution.range_days": "earliest due",
    "resolution.one_day": "due",
    "update.by": "due",
    "other.by": "due",
    "usual_reply.by": "due",
    "usual_reply.range": "earliest due",
    "usual_reply.range_same_day": "earliest due",
    "usual_reply.range_two_days": "earliest due",
    "usual_reply.range_days": "earliest due",
    "usual_reply.one_day": "due",
    "usual.by": "due",
    "usual.range": "earliest due",
    "usual.range_same_day": "earliest due",
    "usual.range_two_days": "earliest due",
    "usual.range_days": "earliest due",
    "usual.one_day": "due",
    "longer_than_usual": "",
    "best_effort": "",
    "no_promise": "",
    "your_deadline": "due",
    "deadline_passed": "",
    "follow_up": "moment",
    "follow_up_range": "earliest moment",
    "follow_up_range_same_day": "earliest moment",
    "follow_up_range_two_days": "earliest moment",
    "follow_up_range_days": "earliest moment",
    "follow_up_day": "moment",
    "escalation.manager": "moment",
    "escalation.from": "moment to",
    "escalation.step": "to",
    "reason.outside_hours": "",
    "reason.weekend": "",
    "reason.holiday": "moment name",
    "reason.absence": "",
    "reason.cutoff": "moment",
    "moved.later": "",
    "moved.earlier": "",
    "waiting": "",
    "on_hold": "",
    "overdue": "",
    "overdue_other": "",
    "at_once": "",
    "usually_at_once": "",
    "at_once_if_available": "",
    "reachable_from": "moment",
    "channel.open_until": "channel moment",
    "channel.opens_at": "channel moment",
    "channel.always_open": "channel",
    "channel.closed": "channel",
    "channel.at_once": "channel",
    "channel.usually_at_once": "channel",
    "channel.at_once_if_available": "channel",
    "channel.expected": "channel due",
    "channel.usual": "channel due",
    "channel.no_promise": "channel",
    "channel.not_read": "channel",
    "auto_reply.received": "",
    "auto_reply.urgent": "",
}
"""The sentences that a language has, each with the placeholders that it must use and no others."""

HOURS: Final[Mapping[str, tuple[str, str]]] = {
    "title": ("", ""),
    "changed": ("", ""),
    "day": ("", ""),
    "hours": ("", ""),
    "from": ("day month year", "weekday"),
    "line": ("days hours", ""),
    "dated_line": ("date hours", ""),
    "date": ("weekday day month year", ""),
    "time": ("hour minute", ""),
    "whole_hour": ("hour", "minute"),
    "midnight": ("", "time"),
    "window": ("start end", ""),
    "next_day": ("start end", ""),
    "all_day": ("", ""),
    "closed": ("", ""),
}
"""The texts of opening hours that a language has, with the placeholders that each must use, and those that it may."""

_PLAIN_WORDS: Final = """
    title channels answers special_cases have_ready no_answer next_steps languages telephone email link form
    address best_for limits record speed topics record_yes record_no record_depends speed_at_once speed_fast
    speed_moderate speed_slow first_response next_response acknowledgement resolution periodic_update
    same_working_day next_opening_day next_working_day same_day next_day by_close by_opening by_same_time
    by_day_end at_opening at_once_open reply_at_once reply_usually_at_once reply_at_once_if_available
    busy out_of_date hour_unit minute_unit
"""
PAGE: Final[Mapping[str, str]] = {
    **dict.fromkeys(_PLAIN_WORDS.split(), ""),
    "as_of": "date time zone",
    "usually": "target",
    "at_latest": "target",
    "best_effort": "target",
    "your_deadline": "target",
    "business_hours": "amount",
    "workday_hours": "amount",
    "calendar_hours": "amount",
    "working_days": "days",
    "days": "days",
    "by_time": "time",
    "cutoff": "target time",
    "inside_outside": "inside outside",
    "range": "earliest latest",
    "ask_again": "target",
    "step_after": "to target",
    "times_in": "zone",
    "next_days": "zone",
    "your_time": "moments",
}
"""The words of a contact page, with the placeholders that each must use. A language has all of them, or none."""

HOURS_LISTS: Final = ("weekdays", "short_weekdays")
"""The lists that opening hours have of their own, from Monday."""

RELATIONS: Final = ("today", "tomorrow", "date", "date_with_year")
"""How far away a date is, as far as words differ."""

TEXTS: Final = ("code", "name", "time", "city", "summer_time", "winter_time")
_OPTIONAL: Final = ("hour", "midnight")
_TABLES: Final = ("parts", "days", "moments", "zones", "channels", "hours", "sentences")
_LISTS: Final = {"months": 12, "weekdays": 7, "numbers": 31}
_LENGTHS: Final = {**_LISTS, "short_weekdays": 7}
_INSTANTS: Final = frozenset({"due", "earliest", "expected", "moment"})
_NEEDED: Final = {"time": ("hour", "minute"), "city": ("city",), "hour": ("hour",)}
_IN_TEXTS: Final = {**_NEEDED, "midnight": ("hour", "minute")}
_IN_DAYS: Final = ("weekday", "day", "month", "year")
_CODE: Final = re.compile(r"([a-zA-Z]{2,3})(?:[-_][a-zA-Z0-9]{2,8})*")
_SLOT: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")
_UNTIL: Final = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")


def language_code(text: str) -> str:
    """Return the language of a code such as "fi", "fr-CA" or "pt_BR". Raises LanguageError for other texts."""
    match = _CODE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise LanguageError(
            "language_code_invalid",
            "this is no language code",
            given=text,
            accepts='a code such as "fi" or "fr-CA"',
            where="language",
        )
    return match[1].lower()


def language_tag(code: str) -> str:
    """Return what HTML and browsers call a language: how a reader is addressed is no part of it."""
    return code.removesuffix("-informal")


@lru_cache(maxsize=1_024)
def pieces_of(template: str) -> tuple[tuple[str, str, str], ...]:
    """Return a template in pieces: (text, "", "") around the placeholders, ("", name, form) for each of them."""
    pieces, last = [], 0
    for match in _SLOT.finditer(template):
        pieces += [(template[last : match.start()], "", ""), ("", match[1], match[2] or "")]
        last = match.end()
    return tuple(piece for piece in [*pieces, (template[last:], "", "")] if any(piece))


def minutes_of(until: str) -> int:
    """Return "12:00" in minutes from midnight."""
    return 60 * int(until[:2]) + int(until[3:])


def problems_of_language(data: Mapping[str, Any]) -> Iterator[LanguageError]:
    """Return everything that is wrong with the data of a language."""
    yield from _keys(data, (*TEXTS, *_TABLES), {*TEXTS, *_OPTIONAL, *_TABLES, *_LISTS, "times", "capitals", "page"}, "")
    yield from _texts(data)
    yield from _lists(data, "")
    yield from _capitals(data)
    yield from _times(data)
    yield from _parts(_table(data, "parts"))
    yield from _days(data)
    yield from _moments(data)
    for key in ("zones", "channels"):
        yield from (problem for name, said in _table(data, key).items() for problem in _text(said, f"{key}.{name}"))
    yield from _hours(data)
    yield from _sentences(data)
    if "page" in data:
        yield from problems_of_page(data["page"])


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def _keys(data: Mapping[str, Any], needed: Iterable[str], known: Iterable[str], where: str) -> Iterator[LanguageError]:
    for key in needed:
        if key not in data:
            yield LanguageError(
                "language_key_missing", f"the key {key} is missing", accepts=_wanted(key, where), where=where
            )
    for key in data:
        if key not in known:
            yield LanguageError(
                "language_key_unknown",
                "there is no such key here",
                given=key,
                accepts=nearest_first(key, sorted(known)),
                where=where,
            )


def _wanted(key: str, where: str) -> str:
    """Return what a missing key takes, with the English text where English has that key."""
    english = _english().get(f"{where}.{key}" if where else key)
    return f'{key} = ..., in English "{english}"' if isinstance(english, str) else f"{key} = ..."


@lru_cache(maxsize=1)
def _english() -> Mapping[str, Any]:
    """Return the texts of English by their keys: what a language of one's own is told to translate."""
    return dict(flat(read_toml_file(str(files("slacalc.expectations") / "languages" / "en.toml"), LANGUAGE_FILE)))


def _text(said: object, where: str) -> Iterator[LanguageError]:
    if not isinstance(said, str) or not said:
        yield LanguageError("language_text_invalid", "this is no text", given=said, accepts="a text", where=where)


def _texts(data: Mapping[str, Any]) -> Iterator[LanguageError]:
    for key in (*TEXTS, *_OPTIONAL):
        if key in data:
            yield from _text(data[key], key)
            yield from _slots(
                data[key], key, known=_IN_TEXTS.get(key, ()), needed=_NEEDED.get(key, ()), forms=("", "2")
            )
    try:
        language_code(data.get("code", "en"))
    except LanguageError as error:
        yield LanguageError(error.code, error.problem, given=data["code"], accepts=error.accepts, where="code")


def _slots(
    said: object, where: str, *, known: Iterable[str], needed: Iterable[str] = (), forms: Iterable[str] = ("",)
) -> Iterator[LanguageError]:
    """Return the placeholders of a template that are unknown, have an unknown form, or are missing."""
    pieces = pieces_of(said) if isinstance(said, str) else ()
    used = [(name, form) for _, name, form in pieces if name]
    for text in (text for text, _, _ in pieces if "{" in text or "}" in text):
        yield LanguageError(
            "placeholder_unknown",
            "this looks like a placeholder, and is none",
            given=text,
            accepts=", ".join(f"{{{each}}}" for each in known) or "a text without braces",
            where=where,
        )
    for name, form in used:
        if name not in known or form not in forms:
            yield LanguageError(
                "placeholder_unknown",
                "there is no such placeholder here",
                given=f"{{{name}:{form}}}" if form else f"{{{name}}}",
                accepts=", ".join(f"{{{each}}}" for each in known) or "none",
                where=where,
            )
    for name in needed:
        if isinstance(said, str) and name not in {each for each, _ in used}:
            yield LanguageError(
                "placeholder_missing",
                "a placeholder is missing",
                given=said,
                accepts=f"a text with {{{name}}}",
                where=where,
            )


def _lists(data: Mapping[str, Any], where: str) -> Iterator[LanguageError]:
    for key, length in _LENGTHS.items():
        listed = data.get(key)
        fits = isinstance(listed, list) and len(listed) == length and all(isinstance(each, str) for each in listed)
        if key in data and not fits:
            yield LanguageError(
                "language_list_invalid",
                "the list does not fit",
                given=listed,
                accepts=f"{length} texts",
                where=f"{where}{key}",
            )


def _capitals(data: Mapping[str, Any]) -> Iterator[LanguageError]:
    listed = data.get("capitals", [])
    if not isinstance(listed, list) or not all(isinstance(each, str) and each for each in listed):
        yield LanguageError(
            "language_list_invalid", "the list does not fit", given=listed, accepts="texts", where="capitals"
        )


def _times(data: Mapping[str, Any]) -> Iterator[LanguageError]:
    for name, said in _table(data, "times").items():
        yield from _text(said, f"times.{name}")
        yield from _slots(said, f"times.{name}", known=("time",), needed=("time",))


def _parts(parts: Mapping[str, Any]) -> Iterator[LanguageError]:
    """Check that the parts of the day follow each other to its end, so that every instant has one."""
    ends = [minutes_of(until) for until in parts.values() if isinstance(until, str) and _UNTIL.fullmatch(until)]
    if len(ends) < len(parts) or ends != sorted(set(ends)) or ends[-1:] != [DAY_MINUTES]:
        yield LanguageError(
            "day_parts_invalid",
            "the parts of the day do not fill it",
            given=dict(parts),
            accepts="names with the times at which they end, in order, the last at 24:00",
            where="parts",
        )


def _days(data: Mapping[str, Any]) -> Iterator[LanguageError]:
    for name, form in _table(data, "days").items():
        where = f"days.{name}"
        table = form if isinstance(form, dict) else {}
        yield from _keys(table, RELATIONS, {*RELATIONS, *_LISTS}, where)
        yield from _lists(table, f"{where}.")
        for key in _LISTS:
            if key != "numbers" and key not in table and key not in data:
                yield LanguageError(
                    "language_key_missing", f"the key {key} is missing", accepts=f"{key} = ...", where=where
                )
        for key in RELATIONS:
            if key in table:
                yield from _text(table[key], f"{where}.{key}")
                yield from _slots(table[key], f"{where}.{key}", known=_IN_DAYS)


def _moments(data: Mapping[str, Any]) -> Iterator[LanguageError]:
    """Check that each form of a moment can tell a time, a whole day and every part of the day."""
    kinds = ("time", "day", *_table(data, "parts"))
    forms = ("time", *_table(data, "days"))
    for name, moment in _table(data, "moments").items():
        table = moment if isinstance(moment, dict) else {}
        yield from _keys(table, kinds, (*kinds, "midnight"), f"moments.{name}")
        for kind, said in table.items():
            where = f"moments.{name}.{kind}"
            if isinstance(said, dict):
                yield from _keys(said, RELATIONS[:3], RELATIONS, where)
            for text in said.values() if isinstance(said, dict) else (said,):
                yield from _text(text, where)
                yield from _slots(text, where, known=forms, needed=("time",) if kind == "time" else ())


def _hours(data: Mapping[str, Any]) -> Iterator[LanguageError]:
    """Check the words of opening hours: their months may be those of the head, their weekdays are their own."""
    table = _table(data, "hours")
    if not table:
        return  # that it is missing is told already
    needed = (*HOURS, *HOURS_LISTS, *(() if "months" in data else ("months",)))
    yield from _keys(table, needed, {*needed, "months", "numbers"}, "hours")
    yield from _lists(table, "hours.")
    for key, (used, allowed) in HOURS.items():
        if key in table:
            where = f"hours.{key}"
            yield from _text(table[key], where)
            yield from _slots(
                table[key], where, known=f"{used} {allowed}".split(), needed=used.split(), forms=_forms_of(key)
            )


def problems_of_page(page: object) -> Iterator[LanguageError]:
    """Return what is wrong with the words of a contact page; of what is missing the English text is said."""
    table = page if isinstance(page, Mapping) else {}
    yield from _keys(table, PAGE, PAGE, "page")
    for key in PAGE:
        if key in table:
            where = f"page.{key}"
            yield from _text(table[key], where)
            yield from _slots(table[key], where, known=PAGE[key].split(), needed=PAGE[key].split())


def _forms_of(key: str) -> tuple[str, ...]:
    """Return the forms of the placeholders of opening hours: those of a time may have two digits."""
    return ("", "2") if key in {"time", "whole_hour"} else ("",)


def _sentences(data: Mapping[str, Any]) -> Iterator[LanguageError]:
    said = dict(flat(_table(data, "sentences")))
    forms = ("time", *_table(data, "days"), *_table(data, "times"), *_table(data, "moments"))
    yield from _keys(said, SENTENCES, SENTENCES, "sentences")
    for key in SENTENCES:
        if key in said:
            yield from _text(said[key], f"sentences.{key}")
            yield from _sentence(said[key], SENTENCES[key].split(), forms, f"sentences.{key}")


def _sentence(said: object, needed: list[str], forms: tuple[str, ...], where: str) -> Iterator[LanguageError]:
    """Check the placeholders: an instant has a form behind its colon, a name has none."""
    yield from _slots(said, where, known=needed, needed=needed, forms=("", *forms))
    for _, name, form in pieces_of(said) if isinstance(said, str) else ():
        if name in needed and (name in _INSTANTS) != bool(form):
            yield LanguageError(
                "placeholder_form",
                "an instant needs a form, and a name has none",
                given=f"{{{name}:{form}}}" if form else f"{{{name}}}",
                accepts=", ".join(f"{{{name}:{each}}}" for each in forms) if name in _INSTANTS else f"{{{name}}}",
                where=where,
            )


def flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Return the texts of nested tables with their keys joined by dots."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value
