"""What a page is made of, whatever it is written as: sections of paragraphs, lists, facts and tables."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeAlias

from slacalc.expectations.hours_in_words import HoursInWords
from slacalc.expectations.wording import Sentence

__all__ = [
    "Block",
    "Facts",
    "Grid",
    "HoursBlock",
    "Items",
    "Paragraph",
    "Section",
    "Word",
    "Words",
    "of_sentence",
    "plain",
]


class Word(NamedTuple):
    """A piece of text. `instant` is what a time in it denotes, `href` where it leads.

    `language` is that of a text of the policy, which may be written in another direction; else it is empty.
    """

    text: str
    instant: datetime | None = None
    href: str = ""
    language: str = ""


Words: TypeAlias = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    words: Words


@dataclass(frozen=True, slots=True)
class Items:
    """A list, of steps that follow each other where it is `ordered`."""

    items: tuple[Words, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what is said of each."""

    rows: tuple[tuple[Words, tuple[Words, ...]], ...]


@dataclass(frozen=True, slots=True)
class HoursBlock:
    """Opening hours."""

    told: HoursInWords


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of two columns."""

    caption: str
    head: tuple[str, str]
    rows: tuple[tuple[str, str], ...]


Block: TypeAlias = Paragraph | Items | Facts | HoursBlock | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it. `key` names it in links; it is the same in every language."""

    key: str
    heading: Words
    blocks: tuple[Block, ...]
    parts: "tuple[Section, ...]" = ()


def plain(text: str) -> Words:
    """Return a text of slacalc's own."""
    return (Word(text),)


def of_sentence(sentence: Sentence) -> Words:
    """Return a sentence, with its instants."""
    return tuple(Word(part.text, part.instant) for part in sentence.parts)
