"""A page as HTML: one file, with landmarks, headings, and styles for light, dark, print and mobile."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, assert_never

from slacalc.contact.blocks import Block, Facts, Grid, HoursBlock, Items, Paragraph, Section, Word, Words
from slacalc.contact.direction import DIRECTION_MARKS, direction_of
from slacalc.expectations.language_checks import language_tag
from slacalc.render import one_line

if TYPE_CHECKING:
    from slacalc.contact.widget import Widget

__all__ = ["asset", "json_in_html", "page_in_html"]

_ESCAPED: Final = frozenset("<>&") | DIRECTION_MARKS


def page_in_html(
    title: str, sections: Iterable[Section], language: str, linked: Mapping[str, Any], widget: "Widget | None"
) -> str:
    """Return the page; every text in it is escaped."""
    now, *others = sections
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{escape(language_tag(language))}" dir="{direction_of(language)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{_text(title)}</title>",
            f"<style>\n{asset('page.css')}</style>",
            f'<script type="application/ld+json">{json_in_html(linked)}</script>',
            "</head>",
            "<body>",
            f"<header>\n<h1>{_text(title)}</h1>\n</header>",
            "<main>",
            *([] if widget is None else [widget.to_html()]),
            *(line for section in (now, *others) for line in _section(section, 2)),
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


@cache
def asset(name: str) -> str:
    """Return a file that stands beside this one."""
    return (files("slacalc.contact") / name).read_text(encoding="utf-8")


def json_in_html(data: object) -> str:
    """Return data as JSON that ends no element of HTML and turns no direction, whatever its texts are."""
    said = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return "".join(f"\\u{ord(each):04x}" if each in _ESCAPED else each for each in said)


def _section(section: Section, level: int) -> Iterator[str]:
    key = escape(section.key)
    tag = "section" if level == 2 else "div"  # noqa: PLR2004 - the headings below the title are the landmarks
    named = f' aria-labelledby="{key}"' if tag == "section" else ""
    yield f"<{tag}{named}>"
    yield f'<h{level} id="{key}">{_words(section.heading)}</h{level}>'
    for block in section.blocks:
        yield from _block(block)
    for part in section.parts:
        yield from _section(part, level + 1)
    yield f"</{tag}>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield f"<p>{_words(block.words)}</p>"
        case Items():
            tag = "ol" if block.ordered else "ul"
            yield f"<{tag}>"
            yield from (f"<li>{_words(words)}</li>" for words in block.items)
            yield f"</{tag}>"
        case Facts():
            yield "<dl>"
            for label, said in block.rows:
                each = "".join(f"<dd>{_words(words)}</dd>" for words in said)
                yield f"<div><dt>{_words(label)}</dt>{each}</div>"
            yield "</dl>"
        case HoursBlock():
            yield block.told.to_html()
        case Grid():
            yield from _grid(block)
        case _ as never:
            assert_never(never)


def _grid(grid: Grid) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in grid.head)
    yield f"<table>\n<caption>{_text(grid.caption)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>"
    for day, hours in grid.rows:
        yield f'<tr><th scope="row">{_text(day)}</th><td>{_text(hours)}</td></tr>'
    yield "</tbody>\n</table>"


def _words(words: Words) -> str:
    return "".join(map(_word, words))


def _word(word: Word) -> str:
    """Return a piece of text: a time is marked up, a text of the policy is isolated, and linked where it leads."""
    text = _text(word.text)
    if word.instant is not None:
        text = f'<time datetime="{word.instant.isoformat()}">{text}</time>'
    if word.language:
        language = "" if word.language == "und" else f' lang="{escape(word.language)}"'
        text = f"<bdi{language}>{text}</bdi>"
    return f'<a href="{escape(word.href)}">{text}</a>' if word.href else text


def _text(text: str) -> str:
    return escape(one_line(text))
