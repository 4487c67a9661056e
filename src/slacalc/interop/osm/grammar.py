"""The grammar of `opening_hours`: a text becomes rules, and what no calendar can hold a loss with its place.

Facts of the format (specification of opening_hours in OpenStreetMap's wiki, 2026): a rule is selectors of years, of
months and dates, of weeks, of days and of times, in this order, and a modifier. What stands between two rules says
whether the second replaces (`;`), adds (`,`) or holds where nothing else does (`||`).
"""

from itertools import product
from typing import Final, NamedTuple

from slacalc.arguments import nearest
from slacalc.business_time.instants import DAY_SECONDS
from slacalc.business_time.spans import union
from slacalc.errors import InteropError
from slacalc.interop.imported import Loss
from slacalc.interop.osm.rules import Clause, OpeningRule
from slacalc.interop.osm.selectors import DateSelectors, DaySelectors, read_dates, read_days
from slacalc.interop.osm.times import Times, begins_times, read_times
from slacalc.interop.osm.tokens import MONTHS, WEEKDAYS, Token, Tokens, misfit

__all__ = ["Text", "read_rules"]

_SEPARATORS: Final = (";", ",", "||")
_CLOSED: Final = ("off", "closed")
_MODIFIERS: Final = ("open", *_CLOSED, "unknown")
_WORDS: Final = (*WEEKDAYS, *MONTHS, "PH", "SH", "week", "easter", *_MODIFIERS)
_ACCEPTS_RULE: Final = "a rule, such as Mo-Fr 09:00-17:00, 2026 Dec 24 09:00-12:00, PH off or 24/7"
_WHOLE_DAY: Final = union([(0, DAY_SECONDS)])
_MOST_CLAUSES: Final = 1_000


class Text(NamedTuple):
    """What a text says: its rules in order, and what was left out of them."""

    rules: tuple[OpeningRule, ...]
    losses: tuple[Loss, ...]


class _Selected(NamedTuple):
    dates: DateSelectors
    days: DaySelectors
    times: Times
    names_days: bool


class _Modifier(NamedTuple):
    opens: bool
    is_lost: bool = False


def read_rules(text: str) -> Text:
    """Return the rules of a text. Raises InteropError with the place of what is not of the grammar."""
    tokens = Tokens(text)
    rules: list[OpeningRule] = []
    losses: list[Loss] = []
    separator = Token("sign", ";", 0)
    while True:
        rule = _rule(tokens, separator, rules, losses)
        if rule is not None:
            rules.append(rule)
        if sum(len(each.clauses) for each in rules) > _MOST_CLAUSES:
            raise InteropError(
                "import_too_much", "the text has too many dates", given=len(text), accepts=f"at most {_MOST_CLAUSES}"
            )
        if tokens.is_kind("end"):
            return Text(tuple(rules), tuple(losses))
        separator = _separator(tokens)


def _separator(tokens: Tokens) -> Token:
    if tokens.at(*_SEPARATORS):
        return tokens.take()
    raise tokens.misfit(
        _near(tokens) + "the end of the rule, or ; before another, such as 09:00-17:00,18:00-20:00; Sa off"
    )


def _rule(tokens: Tokens, separator: Token, before: list[OpeningRule], losses: list[Loss]) -> OpeningRule | None:
    """Return the next rule; None where nothing of it can be held."""
    begin = tokens.peek()
    if tokens.is_kind("comment") and tokens.at(":", ahead=1):
        _lose(losses, tokens.take(), "for whom a rule is, as a comment", "the rule is of everybody")
        tokens.take()
    said = _selected(tokens, losses)
    modifier = _modifier(tokens, losses)
    if separator.said == "||":
        _lose(losses, separator, "a rule that holds where no other does", "it is left out")
        return None
    if said.dates.clauses is None or said.days.clauses is None or said.times.windows is None or modifier.is_lost:
        return None
    clauses = _clauses(said.dates.clauses, said.days.clauses, begin)
    rule = OpeningRule(begin.place, modifier.opens, separator.said == ",", said.names_days, clauses, said.times.windows)
    if _is_read_otherwise(rule, before):
        instead = "they stand in the place of all hours before, as the specification says"
        _lose(losses, begin, "hours without days after a rule with days: some readers add them", instead)
    return rule


def _selected(tokens: Tokens, losses: list[Loss]) -> _Selected:
    """Return what is said of dates, days and times."""
    begin = tokens.peek()
    if _took_always(tokens):
        return _Selected(DateSelectors(), DaySelectors(), Times(_WHOLE_DAY), names_days=False)
    dates, days = read_dates(tokens, losses), read_days(tokens, losses)
    names_days = tokens.peek() != begin
    if not (names_days or begins_times(tokens) or tokens.at(*_MODIFIERS) or tokens.is_kind("comment")):
        raise _no_rule(tokens)
    return _Selected(dates, days, _times(tokens, losses), names_days)


def _no_rule(tokens: Tokens) -> InteropError:
    """Return the error where a rule should begin."""
    is_empty = tokens.is_kind("end") or tokens.at(*_SEPARATORS)
    return tokens.misfit(_near(tokens) + _ACCEPTS_RULE, "a rule is empty" if is_empty else "")


def _near(tokens: Tokens) -> str:
    """Return the word of the grammar that the next word is most like, to begin what is accepted."""
    found = nearest(tokens.peek().said, _WORDS) if tokens.is_kind("word") else None
    return f"{found}, or " if found else ""


def _is_read_otherwise(rule: OpeningRule, before: list[OpeningRule]) -> bool:
    """Tell whether readers of note differ: opening_hours.js 3.15 adds what the specification replaces."""
    replaces = rule.opens and not rule.adds and rule.windows != _WHOLE_DAY
    return replaces and not rule.names_days and bool(before) and before[-1].names_days


def _took_always(tokens: Tokens) -> bool:
    said = [tokens.peek(ahead).said for ahead in range(3)]
    if said != ["24", "/", "7"]:
        return False
    for _ in said:
        tokens.take()
    return True


def _times(tokens: Tokens, losses: list[Loss]) -> Times:
    """Return the windows of a rule, which are the whole day where it says none."""
    if begins_times(tokens):
        return read_times(tokens, losses)
    if tokens.at(",") and tokens.is_kind("number", ahead=1):
        raise tokens.misfit("a month before each day, such as Dec 24,Dec 31")
    if tokens.at(","):
        raise tokens.misfit("hours or off before the comma: days and dates make no list together")
    return Times(_WHOLE_DAY)


def _modifier(tokens: Tokens, losses: list[Loss]) -> _Modifier:
    token = tokens.peek()
    said = tokens.take().said if tokens.at(*_MODIFIERS) else ""
    comment = tokens.take() if tokens.is_kind("comment") else None
    if said == "unknown":
        _lose(losses, token, "hours that are not known", "the rule is left out")
        return _Modifier(opens=True, is_lost=True)
    if comment is not None and said:
        losses.append(Loss("cosmetic", comment.place, f"the comment {comment.said}", "it is left out"))
    elif comment is not None:
        _lose(losses, comment, f"open as the comment {comment.said} says, such as by appointment", "open")
    return _Modifier(opens=said not in _CLOSED)


def _clauses(dates: tuple[Clause, ...], days: tuple[Clause, ...], begin: Token) -> tuple[Clause, ...]:
    """Return a clause for each pair of dates and days."""
    clauses = []
    for of_dates, of_days in product(dates, days):
        if of_dates.moving is not None and of_days.moving is not None:
            raise misfit(
                begin, "weeks or Easter, or numbered weekdays", "weeks or Easter with numbered weekdays of a month"
            )
        clauses.append(of_dates._replace(
            moving=of_dates.moving or of_days.moving, weekdays=of_days.weekdays, only_holidays=of_days.only_holidays
        ))  # fmt: skip
    return tuple(clauses)


def _lose(losses: list[Loss], token: Token, means: str, instead: str) -> None:
    losses.append(Loss("due_times", token.place, means, instead))
