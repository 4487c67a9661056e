"""Tokens of a text of `opening_hours`, each with its place, and the reader that goes over them once."""

import re
from collections.abc import Collection
from typing import Final, NamedTuple

from slacalc.arguments import nearest_first
from slacalc.errors import InteropError

__all__ = ["MONTHS", "WEEKDAYS", "Token", "Tokens"]

WEEKDAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TOKEN: Final = re.compile(
    r'(?P<time>\d{1,2}:\d\d)|(?P<number>\d+)|(?P<word>[A-Za-z]+)|(?P<comment>"[^"]*")|(?P<sign>\|\||[-;,+/()\[\]:])',
    re.ASCII,
)
_SPACE: Final = re.compile(r"\s*")
_MOST_CHARACTERS: Final = 1_000  # OpenStreetMap takes 255


class Token(NamedTuple):
    """A piece of the text: its kind, what it says, and where it begins, the first character 1."""

    kind: str
    said: str
    at: int

    @property
    def place(self) -> str:
        """The place, as errors and losses name it."""
        return f"character {self.at}"


class Tokens:
    """The tokens of a text, read from the first to the last."""

    __slots__ = ("_next", "_tokens")

    def __init__(self, text: str) -> None:
        self._tokens: list[Token] = [*_tokens(text), Token("end", "", len(text) + 1)]
        self._next: int = 0

    def peek(self, ahead: int = 0) -> Token:
        """Return the next token, or one further on; after the last one there is an end."""
        return self._tokens[min(self._next + ahead, len(self._tokens) - 1)]

    def take(self) -> Token:
        """Return the next token, and go past it."""
        token = self.peek()
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token

    def at(self, *said: str, ahead: int = 0) -> bool:
        """Tell whether the next token, or one further on, says one of these; a comment says none."""
        token = self.peek(ahead)
        return token.kind in {"word", "sign"} and token.said in said

    def is_kind(self, kind: str, ahead: int = 0) -> bool:
        """Tell whether the next token, or one further on, is of a kind."""
        return self.peek(ahead).kind == kind

    def took(self, *said: str) -> bool:
        """Go past the next token where it says one of these, and tell whether it did."""
        found = self.at(*said)
        if found:
            self.take()
        return found

    def need(self, said: str) -> None:
        """Go past a sign that has to stand here."""
        if not self.took(said):
            raise self.misfit(said)

    def word_of(self, accepted: Collection[str]) -> str:
        """Return the next word, which has to be one of these."""
        if not self.at(*accepted):
            raise self.misfit(nearest_first(self.peek().said, accepted))
        return self.take().said

    def number(self, least: int, most: int) -> int:
        """Return a whole number from `least` to `most`."""
        token = self.peek()
        if token.kind != "number" or len(token.said) > len(str(most)) or not least <= int(token.said) <= most:
            raise self.misfit(f"a number from {least} to {most}")
        return int(self.take().said)

    def misfit(self, accepts: str, problem: str = "") -> InteropError:
        """Return the error for the next token, which does not fit here."""
        return misfit(self.peek(), accepts, problem)


def misfit(token: Token, accepts: str, problem: str = "") -> InteropError:
    """Return the error for a token that does not fit where it stands."""
    ends = "the text ends too early" if token.kind == "end" else "this is no opening_hours"
    error = InteropError("import_value_invalid", problem or ends, given=token.said, accepts=accepts)
    return error.within(token.place)


def _tokens(text: str) -> list[Token]:
    if len(text) > _MOST_CHARACTERS:
        said = f"at most {_MOST_CHARACTERS} characters"
        raise InteropError("import_value_invalid", "the text is too long to be opening_hours", given=text, accepts=said)
    found = []
    at = _after_space(text, 0)
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            given = Token("", text[at : at + 20], at + 1)
            raise misfit(given, "days, dates, times such as 09:00-17:00, off, and ; , ||")
        found.append(Token(match.lastgroup or "", match[0], at + 1))
        at = _after_space(text, match.end())
    return found


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return at if match is None else match.end()
