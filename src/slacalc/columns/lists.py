"""The verbs for lists on the standard library: an answer a row. The other lanes are held to this loop.

It is the loop that every other kind of column is held to. None is null, and stays null. A list has one zone:
that of its datetimes, in which its answers come back, or the `zone` in which naive datetimes are read and
written.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import islice
from typing import Any, Final, Literal, NamedTuple, NoReturn, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from slacalc.arguments import check_argument
from slacalc.business_time.instants import amount_us, read_zone, to_us
from slacalc.calendars.open_time import OpenTime
from slacalc.errors import CalendarError, ClosedForGoodError, HorizonError, InstantError, SlaError

__all__ = [
    "AnyColumn",
    "Calendars",
    "Errors",
    "add",
    "choose",
    "each_row",
    "elapsed",
    "is_null",
    "is_one_amount",
    "is_open",
    "next_open",
    "on_clock",
    "one_amount",
    "refuse",
    "refuse_each",
    "refuse_lengths",
    "roll_forward",
    "subtract",
    "unknown_calendar",
    "without_choice",
]

AnyColumn: TypeAlias = Any
"""A column or a data frame of any library: what it is, is told when it is read."""

Calendars: TypeAlias = OpenTime | Mapping[str, OpenTime]
Errors: TypeAlias = Literal["raise", "null"]
Moments: TypeAlias = Sequence[datetime | None]
Amounts: TypeAlias = Sequence[timedelta | None]

_Answer = TypeVar("_Answer")
_NAMED: Final = 3  # rows that a message names
_FIXED_UNITS: Final = tuple(f"timedelta64[{unit}]" for unit in ("h", "m", "s", "ms", "us", "ns"))


def add(
    calendar: Calendars,
    starts: Moments,
    amount: timedelta | Amounts,
    *,
    by: Sequence[str | None] | None = None,
    zone: str | ZoneInfo | None = None,
    errors: Errors = "raise",
) -> list[datetime | None]:
    """Return `calendar.add(start, amount)` for each row."""
    column = _read(starts, zone, "starts")
    return _instants(OpenTime.add, column, _amounts(amount, len(starts)), calendar, by, errors)


def subtract(
    calendar: Calendars,
    ends: Moments,
    amount: timedelta | Amounts,
    *,
    by: Sequence[str | None] | None = None,
    zone: str | ZoneInfo | None = None,
    errors: Errors = "raise",
) -> list[datetime | None]:
    """Return `calendar.subtract(end, amount)` for each row."""
    column = _read(ends, zone, "ends")
    return _instants(OpenTime.subtract, column, _amounts(amount, len(ends)), calendar, by, errors)


def roll_forward(
    calendar: Calendars,
    ats: Moments,
    *,
    by: Sequence[str | None] | None = None,
    zone: str | ZoneInfo | None = None,
    errors: Errors = "raise",
) -> list[datetime | None]:
    """Return `calendar.roll_forward(at)` for each row."""
    return _instants(OpenTime.roll_forward, _read(ats, zone, "ats"), None, calendar, by, errors)


def next_open(
    calendar: Calendars,
    afters: Moments,
    *,
    by: Sequence[str | None] | None = None,
    zone: str | ZoneInfo | None = None,
    errors: Errors = "raise",
) -> list[datetime | None]:
    """Return `calendar.next_open(after)` for each row; None, too, where it stays open for ever."""
    return _instants(OpenTime.next_open, _read(afters, zone, "afters"), None, calendar, by, errors)


def is_open(
    calendar: Calendars,
    ats: Moments,
    *,
    by: Sequence[str | None] | None = None,
    zone: str | ZoneInfo | None = None,
    errors: Errors = "raise",
) -> list[bool | None]:
    """Return `calendar.is_open(at)` for each row."""
    values = _read(ats, zone, "ats").values
    if not isinstance(calendar, OpenTime) or by is not None:
        return each_row(OpenTime.is_open, [values], choose(calendar, by, len(values)), errors)
    answers = calendar.each_open(values)
    if None in answers:
        rows = (row for row, answer in enumerate(answers) if answer is None and values[row] is not None)
        _fill(answers, calendar.is_open, ((row, (values[row],)) for row in rows), errors)
    return answers


def elapsed(
    calendar: Calendars,
    starts: Moments,
    ends: datetime | Moments,
    *,
    by: Sequence[str | None] | None = None,
    zone: str | ZoneInfo | None = None,
    errors: Errors = "raise",
) -> list[timedelta | None]:
    """Return `calendar.elapsed(start, end)` for each row; `ends` may be one instant for all."""
    column = _read(starts, zone, "starts")
    later = [ends] * len(starts) if isinstance(ends, datetime) else _read(ends, zone, "ends").values
    refuse_lengths(len(later), len(starts), "ends")
    return each_row(OpenTime.elapsed, [column.values, later], choose(calendar, by, len(starts)), errors)


def choose(calendar: Calendars, by: Sequence[object] | None, count: int) -> list[OpenTime | None]:
    """Return the calendar of each row: one for all, or that of the mapping which `by` names; None for a null."""
    if isinstance(calendar, OpenTime) and by is None:
        return [calendar] * count
    if not isinstance(calendar, Mapping) or by is None:
        raise without_choice(calendar, by)
    refuse_lengths(len(by), count, "by")
    known: dict[object, OpenTime] = dict(calendar.items())
    unknown = [row for row, key in enumerate(by) if not is_null(key) and key not in known]
    if unknown:
        raise unknown_calendar(by[unknown[0]], unknown, calendar)
    return [None if is_null(key) else known[key] for key in by]


def without_choice(calendar: object, by: object) -> CalendarError:
    """Return the error for a mapping without the column that chooses from it, or a column without a mapping."""
    return CalendarError(
        "calendars_and_by",
        "a mapping of calendars and the column that chooses from it go together",
        given=calendar if by is None else "by= without a mapping",
        accepts='one calendar, or {"BE": brussels, "PT": lisbon} with by= a column of "BE" and "PT"',
        where="calendar",
    )


def unknown_calendar(key: object, rows: Sequence[int], calendars: Mapping[str, OpenTime]) -> CalendarError:
    """Return the error for rows whose calendar is not in the mapping."""
    return CalendarError(
        "calendar_of_row_unknown",
        "there is no calendar of this name",
        given=key,
        accepts=", ".join(map(str, islice(calendars, 20))),
        where=f"by: {_rows(rows)}",
    )


def is_one_amount(amount: object) -> bool:
    """Tell whether an amount is one for all rows, if a wrong one; else it is a column."""
    return isinstance(amount, timedelta | str) or not hasattr(amount, "__len__")


def one_amount(amount: object) -> timedelta:
    """Return one amount, which may be of numpy. Raises AmountError for anything else."""
    told: Any = _plain(amount)
    amount_us(told)
    return told  # type: ignore[no-any-return]  # which was checked


def _plain(amount: object) -> object:
    """Return an amount of numpy as a timedelta; days, which are of no fixed length, and anything else as it is."""
    if not str(getattr(amount, "dtype", "")).endswith(_FIXED_UNITS):
        return amount
    in_us: Any = amount.astype("m8[us]")  # type: ignore[attr-defined]  # it is of numpy
    return in_us.item() if in_us == amount else amount


def is_null(value: object) -> bool:
    """Tell whether a value is None, or as NaN and NaT not even equal to itself."""
    return value is None or value != value  # noqa: PLR0124 - that is what NaN and NaT are


def refuse(rows: Sequence[int], cause: SlaError) -> NoReturn:
    """Raise the error of the first row that has no answer, naming the first few and the column, if it has one."""
    raise cause.within(_rows(rows)) from None


def refuse_each(errors: Iterable[tuple[int, SlaError]]) -> NoReturn:
    """Raise one error for rows that cannot be answered for, each with its own words; as tickets, they count from 1."""
    told = [each.within(f"row {place + 1}") for place, error in errors for each in error.problems or (error,)]
    raise type(told[0]).of(told) from None


def refuse_lengths(given: int, wanted: int, name: str) -> None:
    """Raise InstantError unless two columns are of one length."""
    if given != wanted:
        raise InstantError(
            "columns_of_two_lengths",
            "the columns are not of one length",
            given=given,
            accepts=f"{wanted} rows",
            where=name,
        )


class _Column(NamedTuple):
    """Aware datetimes, and how an answer is told: in their zone, or on its clock."""

    values: list[datetime | None]
    tell: Callable[[datetime], datetime]


def _read(column: Moments, zone: str | ZoneInfo | None, name: str) -> _Column:
    check_argument(column, Iterable, name, "a list of datetimes")
    values = list(column)
    if set(map(type, values)) != {datetime}:
        values = [value if type(value) is datetime or not is_null(value) else None for value in values]
    known = next((value for value in values if isinstance(value, datetime)), None)
    if zone is None:
        return _Column(values, _in_zone(_one_zone(values, known, name)))
    reading = read_zone(zone)
    if known is not None and known.tzinfo is not None:
        _refuse_zone(known.tzinfo, name)
    _one_zone(values, known, name, naive=True)
    return _Column([None if each is None else each.replace(tzinfo=reading) for each in values], on_clock(reading))


def _one_zone(
    values: Sequence[datetime | None], known: datetime | None, name: str, *, naive: bool = False
) -> tzinfo | None:
    shared = None if known is None else known.tzinfo
    if naive is (shared is None) and _is_of_one(shared, values):
        return shared
    for row, value in enumerate(values):
        is_plain = type(value) is datetime and value.tzinfo is shared and naive is (shared is None)
        if is_plain or value is None:
            continue
        if not naive or not isinstance(value, datetime):
            _check(value, f"{name}: row {row}")
        if value.tzinfo is not shared and value.tzinfo != shared:
            raise InstantError(
                "column_zones_mixed",
                "the column has several zones",
                given=f"{shared} and {value.tzinfo}",
                accepts="datetimes of one zone; convert them with astimezone",
                where=f"{name}: row {row}",
            )
    return shared


def _is_of_one(zone: tzinfo | None, values: Sequence[datetime | None]) -> bool:
    """Tell whether all are datetimes proper, and of one zone object."""
    for value in values:  # noqa: SIM110 - a generator takes twice as long
        if type(value) is not datetime or value.tzinfo is not zone:
            return False
    return True


def _check(value: datetime, where: str) -> None:
    if isinstance(value, datetime) and value.tzinfo is None:
        raise InstantError(
            "column_naive",
            "the column has no time zone",
            given=value.isoformat(),
            accepts='aware datetimes, or zone="Europe/Brussels" to read and write them on the clock of a zone',
            where=where,
        )
    to_us(value, where)


def _refuse_zone(zone: tzinfo, name: str) -> NoReturn:
    raise InstantError(
        "column_has_zone", "the column has a zone already", given=str(zone), accepts="no zone=", where=name
    )


def _in_zone(zone: tzinfo | None) -> Callable[[datetime], datetime]:
    return lambda answer: answer.astimezone(zone)


def on_clock(zone: ZoneInfo) -> Callable[[datetime], datetime]:
    """Return what tells an instant as a clock reads it: HorizonError where it is read for the second time."""

    def tell(answer: datetime) -> datetime:
        reading = answer.astimezone(zone)
        if reading.fold:
            raise HorizonError(
                "answer_ambiguous",
                "the clock reads the answer twice, and this is the second time",
                given=reading.isoformat(),
                accepts="a column with a zone, where the two differ",
            )
        return reading.replace(tzinfo=None)

    return tell


def _amounts(amount: timedelta | Amounts, count: int) -> Sequence[timedelta | None]:
    if isinstance(amount, timedelta) or is_one_amount(amount):
        return [one_amount(amount)] * count
    refuse_lengths(len(amount), count, "amount")
    return [None if is_null(each) else _plain(each) for each in amount]  # type: ignore[misc]  # checked row by row


def _instants(
    verb: Callable[..., datetime | None],
    column: _Column,
    amounts: Sequence[object] | None,
    calendar: Calendars,
    by: Sequence[str | None] | None,
    errors: Errors,
) -> list[datetime | None]:
    def ask(office: OpenTime, *question: object) -> datetime | None:
        answer = verb(office, *question)
        return None if answer is None else column.tell(answer)

    columns = [column.values] if amounts is None else [column.values, amounts]
    return each_row(ask, columns, choose(calendar, by, len(column.values)), errors)


def each_row(
    ask: Callable[..., _Answer | None],
    columns: Sequence[Sequence[object]],
    calendars: Sequence[OpenTime | None],
    errors: Errors,
) -> list[_Answer | None]:
    """Ask row by row; a row with a null is null."""
    answers: list[_Answer | None] = [None] * len(calendars)
    null = {row for column in (calendars, *columns) for row, value in enumerate(column) if value is None}
    questions = enumerate(zip(calendars, *columns, strict=True))
    _fill(answers, ask, (each for each in questions if each[0] not in null), errors)
    return answers


def _fill(
    answers: list[_Answer | None],
    ask: Callable[..., _Answer | None],
    questions: Iterable[tuple[int, tuple[object, ...]]],
    errors: Errors,
) -> None:
    """Ask about some rows; those without an answer are an error that names them, or null."""
    refused: dict[int, SlaError] = {}
    for row, question in questions:
        try:
            answers[row] = ask(*question)
        except (HorizonError, ClosedForGoodError) as error:
            refused[row] = error
        except SlaError as error:
            raise error.within(f"row {row}") from None
    if refused and errors == "raise":
        refuse(list(refused), next(iter(refused.values())))


def _rows(rows: Sequence[int]) -> str:
    named = ", ".join(map(str, rows[:_NAMED]))
    more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
    return f"row{'s' * (len(rows) > 1)} {named}{more}"
