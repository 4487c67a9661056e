"""A page as Markdown: what is markup in a text of the policy is escaped."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, assert_never

from slacalc.contact.blocks import Block, Facts, Grid, HoursBlock, Items, Paragraph, Section, Word, Words
from slacalc.contact.direction import isolated
from slacalc.expectations.hours_in_words import HoursRow
from slacalc.render import one_line

__all__ = ["page_in_markdown"]

_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_LIST: Final = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s|$)")
_LINKS: Final = ("https://", "http://")


def page_in_markdown(title: str, sections: Iterable[Section], language: str) -> str:
    """Return the page as CommonMark, with tables as GitHub has them."""
    blocks = [f"# {_escaped(title)}"]
    for section in sections:
        blocks += _section(section, 2, language)
    return "\n\n".join(blocks) + "\n"


def _section(section: Section, depth: int, language: str) -> Iterator[str]:
    yield f"{'#' * depth} {_said(section.heading, language)}"
    for block in section.blocks:
        yield from _block(block, language)
    for part in section.parts:
        yield from _section(part, depth + 1, language)


def _block(block: Block, language: str) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _said(block.words, language)
        case Items():
            yield "\n".join(
                f"{f'{place}.' if block.ordered else '-'} {_said(words, language)}"
                for place, words in enumerate(block.items, 1)
            )
        case Facts():
            yield "\n".join(
                f"- **{_said(label, language)}:** {'; '.join(_said(words, language) for words in said)}"
                for label, said in block.rows
            )
        case HoursBlock():
            told = block.told.renamed(lambda name: isolated(name, language))
            for week in told.weeks:
                yield _table(week.caption, told.headings, [*map(_row, week.rows)])
            if told.dates:
                yield _table(told.dates_caption, told.headings, [*map(_row, told.dates)])
        case Grid():
            yield _table(block.caption, block.head, block.rows)
        case _ as never:
            assert_never(never)


def _row(row: HoursRow) -> tuple[str, str]:
    return row.days_in_full, row.hours


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"**{_escaped(caption)}**", "", _line(head), _line(["---"] * len(head), escape=False)]
    return "\n".join([*lines, *map(_line, rows)])


def _line(cells: Iterable[str], *, escape: bool = True) -> str:
    return f"| {' | '.join(_escaped(cell) if escape else cell for cell in cells)} |"


def _said(words: Words, language: str) -> str:
    return _LIST.sub(r"\1\\\2", "".join(_word(word, language) for word in words))


def _word(word: Word, language: str) -> str:
    text = _escaped(isolated(word.text, language) if word.language else word.text)
    if not word.href:
        return text
    return f"<{word.text}>" if word.href == word.text and word.href.startswith(_LINKS) else f"[{text}]({word.href})"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", one_line(text))
