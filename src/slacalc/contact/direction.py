"""Texts that are written in another direction than what stands around them, kept apart from it."""

import unicodedata
from typing import Final

from slacalc.expectations.language_checks import language_code

__all__ = ["DIRECTION_MARKS", "direction_of", "isolated", "without_marks"]

_RIGHT_TO_LEFT: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
_ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
DIRECTION_MARKS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_STRONG: Final = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def direction_of(language: str) -> str:
    """Return how a language is written: "ltr" or "rtl"."""
    return "rtl" if language and language_code(language) in _RIGHT_TO_LEFT else "ltr"


def without_marks(text: str) -> str:
    """Return a text without the marks that turn the direction of what stands behind it."""
    return "".join(each for each in text if each not in DIRECTION_MARKS)


def isolated(text: str, language: str) -> str:
    """Return a text for a page of plain text in a language: marks of direction taken out, isolated if it needs that."""
    bare = without_marks(text)
    found = {_STRONG.get(unicodedata.bidirectional(each)) for each in bare} - {None}
    return f"{_ISOLATE}{bare}{_END}" if found - {direction_of(language)} else bare
