"""Times of a rule of `opening_hours`: windows of a day, and what no calendar can hold."""

from typing import Final, NamedTuple

from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import Span, Spans, union
from slacalc.interop.imported import Loss
from slacalc.interop.osm.tokens import Token, Tokens, misfit

__all__ = ["Times", "begins_times", "read_times"]

_OF_THE_SUN: Final = ("sunrise", "sunset", "dawn", "dusk")
_ACCEPTS_WINDOW: Final = "a window such as 09:00-17:00 or 22:00-02:00, which begins before 24:00 and ends by 48:00"


class Times(NamedTuple):
    """The windows of a date in seconds from its midnight; None where nothing that was said can be held."""

    windows: Spans | None


def begins_times(tokens: Tokens, ahead: int = 0) -> bool:
    """Tell whether the next token begins a time."""
    return tokens.is_kind("time", ahead) or tokens.at("(", *_OF_THE_SUN, ahead=ahead)


def read_times(tokens: Tokens, losses: list[Loss]) -> Times:
    """Return the windows of a list of times."""
    found = [_window(tokens, losses)]
    while tokens.at(",") and begins_times(tokens, ahead=1):
        tokens.take()
        found.append(_window(tokens, losses))
    kept = [window for window in found if window is not None]
    return Times(union(kept) if kept else None)


def _window(tokens: Tokens, losses: list[Loss]) -> Span | None:
    begin = tokens.peek()
    start = _time(tokens)
    if tokens.took("+"):
        return _open_ended(losses, begin, start, None)
    if not tokens.took("-"):
        _lose(losses, begin, "a moment, and no window")
        return None
    end = _time(tokens)
    if tokens.at("/"):
        tokens.take()
        if not (tokens.is_kind("time") or tokens.is_kind("number")):
            raise tokens.misfit("minutes, or hours and minutes, such as /90 or /01:30")
        tokens.take()
        _lose(losses, begin, "moments, again and again")
        return None
    if tokens.took("+"):
        return _open_ended(losses, begin, start, end)
    if start is None or end is None:
        _lose(losses, begin, "times that the sun tells")
        return None
    return _checked(begin, start, end)


def _open_ended(losses: list[Loss], begin: Token, start: int | None, end: int | None) -> Span | None:
    if start is None:
        _lose(losses, begin, "times that the sun tells")
        return None
    instead = "open until midnight" if end is None else "closed from its end"
    losses.append(Loss("due_times", begin.place, "a window without a certain end", instead))
    return _checked(begin, start, DAY_SECONDS if end is None else end)


def _checked(begin: Token, start: int, end: int) -> Span:
    if start >= DAY_SECONDS or end > 2 * DAY_SECONDS:
        raise misfit(begin, _ACCEPTS_WINDOW)
    return start, end if end > start else end + DAY_SECONDS


def _time(tokens: Tokens) -> int | None:
    """Return the seconds of a time from 00:00 to 48:00; None for one that the sun tells."""
    if tokens.took("("):
        tokens.word_of(_OF_THE_SUN)
        if not tokens.took("+", "-"):
            raise tokens.misfit("+ or -, as in (sunset+01:00)")
        _clock(tokens)
        tokens.need(")")
        return None
    if tokens.at(*_OF_THE_SUN):
        tokens.take()
        return None
    return _clock(tokens)


def _clock(tokens: Tokens) -> int:
    token = tokens.peek()
    if token.kind != "time":
        raise tokens.misfit("a time such as 09:00")
    hour, minute = map(int, token.said.split(":"))
    if minute > 59 or hour * 60 + minute > 48 * 60:  # noqa: PLR2004 - minutes of an hour, hours of two days
        raise tokens.misfit("a time from 00:00 to 48:00")
    tokens.take()
    return hour * 3_600 + minute * 60


def _lose(losses: list[Loss], begin: Token, means: str) -> None:
    losses.append(Loss("due_times", begin.place, means, "it is left out"))
