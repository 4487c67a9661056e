"""Amounts of time as text: "4h", "90min", "1h 30min", "PT4H"; never in days.

A day is refused because it names no clock: 24 hours, the hours of one working day and the
next date are three promises (rule 7).
"""

import re
from datetime import timedelta
from typing import Final

from slacalc.business_time.instants import SECOND, amount_us, to_amount
from slacalc.errors import AmountError

__all__ = ["format_amount", "read_amount"]

_ACCEPTS: Final = 'hours, minutes and seconds such as "4h", "90min", "1h 30min", "45s" or "PT4H"'
_PLAIN: Final = re.compile(r"(?:(\d{1,7}) ?h)? ?(?:(\d{1,9}) ?(?:min|m))? ?(?:(\d{1,9}(?:\.\d{1,6})?) ?s)?", re.ASCII)
_ISO: Final = re.compile(r"PT(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,6})?)S)?", re.ASCII)
_DAYS: Final = re.compile(r"P\d+[YMWD].*|\d+ ?(d|day|days|w|week|weeks)", re.ASCII | re.IGNORECASE)


def read_amount(text: "str | timedelta", where: str = "amount") -> timedelta:
    """Return the amount that a text says, or a timedelta as it is. Raises AmountError.

    >>> read_amount("1h 30min")
    datetime.timedelta(seconds=5400)
    >>> read_amount("1 day")
    Traceback (most recent call last):
    slacalc.errors.AmountError: amount: a bare day names no clock; given '1 day'; accepted: ...
    """
    if isinstance(text, timedelta):
        return to_amount(amount_us(text, where))
    if not isinstance(text, str):
        raise AmountError("amount_invalid", "this is not an amount of time", given=text, accepts=_ACCEPTS, where=where)
    if _DAYS.fullmatch(text.strip()):
        raise AmountError("amount_bare_day", "a bare day names no clock", given=text, accepts=_ACCEPTS, where=where)
    match = _ISO.fullmatch(text.strip()) or _PLAIN.fullmatch(" ".join(text.split()))
    if match is None or not any(match.groups()):
        raise AmountError("amount_invalid", "this is not an amount of time", given=text, accepts=_ACCEPTS, where=where)
    hours, minutes, seconds = (part or "0" for part in match.groups())
    whole, _, fraction = seconds.partition(".")
    micros = int(fraction.ljust(6, "0"))
    return timedelta(hours=int(hours), minutes=int(minutes), seconds=int(whole), microseconds=micros)


def format_amount(amount: timedelta) -> str:
    """Return the amount in hours and smaller: exact, never in days. `read_amount` reads it back.

    >>> format_amount(timedelta(days=1, hours=2)), format_amount(timedelta(minutes=90)), format_amount(timedelta(0))
    ('26h', '1h 30min', '0min')
    """
    if isinstance(amount, timedelta) and amount < timedelta(0):
        return "-" + format_amount(-amount)
    seconds, micros = divmod(amount_us(amount), SECOND)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    fraction = f".{micros:06}".rstrip("0") if micros else ""
    parts = (f"{hours}h" * bool(hours), f"{minute}min" * bool(minute), f"{second}{fraction}s" * bool(second or micros))
    return " ".join(part for part in parts if part) or "0min"
