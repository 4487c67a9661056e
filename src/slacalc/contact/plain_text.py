"""A page as plain text: headings that are underlined, lists, and lines of hours."""

from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from slacalc.contact.blocks import Block, Facts, Grid, HoursBlock, Items, Paragraph, Section, Words
from slacalc.contact.direction import isolated
from slacalc.render import TextTable, one_line

__all__ = ["page_in_text"]

_UNDER: Final = ("=", "-", "~")


def page_in_text(title: str, sections: Iterable[Section], language: str) -> str:
    """Return the page as text; control characters in it are written out."""
    lines = [*_heading(title, 0)] if title else []
    for section in sections:
        lines += _section(section, 1, language)
    return "\n".join(lines) + "\n"


def _heading(text: str, depth: int) -> Iterator[str]:
    if depth:
        yield ""
    yield text
    yield _UNDER[depth] * len(text)


def _section(section: Section, depth: int, language: str) -> Iterator[str]:
    yield from _heading(_said(section.heading, language), depth)
    for block in section.blocks:
        yield ""
        yield from _block(block, language)
    for part in section.parts:
        yield from _section(part, depth + 1, language)


def _block(block: Block, language: str) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _said(block.words, language)
        case Items():
            for place, words in enumerate(block.items, 1):
                yield f"{f'{place}.' if block.ordered else '-'} {_said(words, language)}"
        case Facts():
            for label, said in block.rows:
                yield f"{_said(label, language)}: {'; '.join(_said(words, language) for words in said)}"
        case HoursBlock():
            told = block.told.renamed(lambda name: isolated(name, language))
            yield from map(one_line, told.lines)
        case Grid():
            yield block.caption
            yield TextTable.of(block.head, block.rows, caption=block.caption).to_text()
        case _ as never:
            assert_never(never)


def _said(words: Words, language: str) -> str:
    return "".join(one_line(isolated(word.text, language) if word.language else word.text) for word in words)
