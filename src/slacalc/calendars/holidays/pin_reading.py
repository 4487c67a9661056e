"""Frozen holidays, read from the data of a pin: each value is checked at its key, and no key is passed over."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, TypeVar

from slacalc.arguments import nearest_first
from slacalc.calendars.holidays.frozen import CHOICE, FORMAT, FrozenHolidays, Provenance
from slacalc.calendars.holidays.half_days import HalfDay
from slacalc.calendars.holidays.year import Uncertain
from slacalc.calendars.hours import seconds_of_day
from slacalc.errors import HolidayError, HoursError, Path

__all__ = ["frozen_from_data"]

T = TypeVar("T")

_ALWAYS: Final = (
    "format", "source", "country", "subdivision", "categories", "language", "observed", "years", "digest", "dates",
)  # fmt: skip
_KEYS: Final = (*_ALWAYS, "choice", "english", "working_weekends", "half_days", "uncertain")
_YEARS: Final = 2


def frozen_from_data(data: object, accepts: str) -> FrozenHolidays:
    """Return the holidays of a pin. Raises HolidayError when it was altered or is none; `accepts` says what is one."""
    if not isinstance(data, Mapping):
        raise _no_pin(data, accepts, ())
    if data.get("format") != FORMAT:
        raise _of_another_format(data, accepts)
    _check_keys(data, _KEYS, ())
    if missing := [key for key in _ALWAYS if key not in data]:
        raise _no_pin(list(data), f"the key {missing[0]} too", ())
    frozen = FrozenHolidays(
        _dated(data, "dates", _text),
        _years(data["years"]),
        _provenance(data),
        _dated(data, "english", _text),
        _dated(data, "working_weekends", _date_or_none),
        _dated(data, "half_days", _half_day),
        tuple(
            _uncertain(each, ("uncertain", i)) for i, each in enumerate(_list(data.get("uncertain", []), "uncertain"))
        ),
    )
    if frozen.digest != data["digest"]:
        raise HolidayError(
            "holiday_pin_altered",
            "the dates are not those that were pinned",
            given=data["digest"],
            accepts=frozen.digest,
            where="digest",
        )
    return frozen


def _of_another_format(pin: Mapping[str, Any], accepts: str) -> HolidayError:
    if "format" not in pin:
        return _no_pin(list(pin), accepts, ())
    return HolidayError(
        "holiday_pin_format",
        "this pin file is of another format",
        given=pin["format"],
        accepts=f"format {FORMAT}: {_freeze_anew(pin)}",
        where="format",
    )


def _freeze_anew(pin: Mapping[str, Any]) -> str:
    """Return the command that makes a pin of this format from the same choice, as far as an older one says it."""
    match pin:
        case {"country": str(country), "years": [int(first), int(last)]}:
            options = [f"--{key} {pin[key]}" for key in ("subdivision", "language") if isinstance(pin.get(key), str)]
            categories = [each for each in _several_texts(pin.get("categories")) if each != "public"]
            chosen = [f"--category {each}" for each in _several_texts(pin.get("categories")) if categories]
            return " ".join(["slacalc holidays freeze", country, str(first), str(last), *options, *chosen])
        case _:
            return "FrozenHolidays.of and to_json"


def _several_texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list | tuple) else []


def _provenance(pin: Mapping[str, Any]) -> Provenance:
    given = _table(pin.get("choice", {}), ("choice",))
    _check_keys(given, CHOICE, ("choice",))
    choice = {**CHOICE, **given}
    texts = {key: _text_or_none(choice[key], ("choice", key)) for key in ("financial", "half_day_until")}
    truths = {key: _truth(choice[key], ("choice", key)) for key in CHOICE if key not in texts}
    asked = {key: _text_or_none(pin[key], (key,)) for key in ("country", "subdivision", "language")}
    categories = (_text(each, ("categories", i)) for i, each in enumerate(_list(pin["categories"], "categories")))
    observed = _truth(pin["observed"], ("observed",))
    source = _text(pin["source"], ("source",))
    return Provenance(source, categories=tuple(categories), observed=observed, **asked, **texts, **truths)  # type: ignore[arg-type]  # texts and truths


def _dated(pin: Mapping[str, Any], key: str, read: Callable[[object, Path], T]) -> tuple[tuple[date, T], ...]:
    """Return what a pin says by date; it leaves out what there is none of."""
    table = _table(pin.get(key, {}), (key,))
    return tuple((_date(day, (key, day)), read(value, (key, day))) for day, value in table.items())


def _half_day(data: object, path: Path) -> HalfDay:
    table = _table(data, path)
    until = "until" in table
    _check_keys(table, ("name", "until") if until else ("name", "shortened_minutes"), path)
    name = _text(table.get("name"), (*path, "name"))
    if until:
        return HalfDay(name, _time(table["until"], (*path, "until")))
    minutes = table.get("shortened_minutes")
    return HalfDay(name, shortened=60 * _integer(minutes, (*path, "shortened_minutes")))


def _uncertain(data: object, path: Path) -> Uncertain:
    match data:
        case [first, last, why]:
            return Uncertain(_date(first, (*path, 0)), _date(last, (*path, 1)), _text(why, (*path, 2)))
        case _:
            raise _no_pin(data, "two dates, and why", path)


def _years(value: object) -> tuple[int, int]:
    if not isinstance(value, list | tuple) or len(value) != _YEARS:
        raise _no_pin(value, "the first year and the last", ("years",))
    first, last = (_integer(year, ("years", i)) for i, year in enumerate(value))
    return first, last


def _check_keys(table: Mapping[str, object], known: "tuple[str, ...] | Mapping[str, object]", path: Path) -> None:
    if unknown := [key for key in table if key not in known]:
        raise _no_pin(unknown[0], nearest_first(unknown[0], known), (*path, str(unknown[0])))


def _table(value: object, path: Path) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise _no_pin(value, "a table", path)
    return value


def _list(value: object, key: str) -> "list[object] | tuple[object, ...]":
    if not isinstance(value, list | tuple):
        raise _no_pin(value, "a list", (key,))
    return value


def _text(value: object, path: Path) -> str:
    if not isinstance(value, str):
        raise _no_pin(value, "text", path)
    return value


def _text_or_none(value: object, path: Path) -> str | None:
    return None if value is None else _text(value, path)


def _integer(value: object, path: Path) -> int:
    if type(value) is not int:
        raise _no_pin(value, "a whole number", path)
    return value


def _truth(value: object, path: Path) -> bool:
    if not isinstance(value, bool):
        raise _no_pin(value, "true or false", path)
    return value


def _date(value: object, path: Path) -> date:
    text = _text(value, path)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _no_pin(value, "a date such as 2026-12-25", path) from None


def _date_or_none(value: object, path: Path) -> date | None:
    return None if value is None else _date(value, path)


def _time(value: object, path: Path) -> int:
    try:
        return seconds_of_day(_text(value, path))
    except HoursError as error:
        raise _no_pin(value, error.accepts, path) from None


def _no_pin(given: object, accepts: str, path: Path) -> HolidayError:
    return HolidayError(
        "holiday_pin_invalid", "this is not a holiday pin file", given=given, accepts=accepts, where=path
    )
