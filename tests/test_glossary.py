"""Every word of a public name, of a policy's key and of a command's option is a term of docs/glossary.md.

A name is split into its words: `BusinessDays` is "business" and "days". A plural is the same term.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import slacalc as sla
import slacalc.testing
from slacalc.cli import app

GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.md"
TERM = re.compile(r"^\| \*\*(.+?)\*\* \| (.+) \|$", re.MULTILINE)
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def entries() -> list[tuple[str, str]]:
    return TERM.findall(GLOSSARY.read_text(encoding="utf-8"))


def words_of(name: str) -> list[str]:
    return [word.lower() for word in WORD.findall(name)]


def unknown(name: str) -> list[str]:
    return [word for word in words_of(name) if TERMS.isdisjoint(singulars(word))]


def singulars(word: str) -> set[str]:
    return {word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word)}


TERMS = {known for term, _ in entries() for word in words_of(term) for known in singulars(word)}


def keys_of(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for part in schema.values():
            yield from keys_of(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from keys_of(part)


def options_of(command: Any) -> Iterator[str]:
    for parameter in command.params:
        yield from (option for option in parameter.opts if option.startswith("--"))
    for name, part in getattr(command, "commands", {}).items():
        yield name
        yield from options_of(part)


@pytest.mark.parametrize("name", sorted({*sla.__all__, *slacalc.testing.__all__}))
def test_a_public_name_is_made_of_terms(name: str) -> None:
    assert unknown(name) == []


@pytest.mark.parametrize("key", sorted(set(keys_of(sla.policy_schema()))))
def test_a_key_of_a_policy_is_made_of_terms(key: str) -> None:
    assert unknown(key) == []


@pytest.mark.parametrize("option", sorted(set(options_of(typer.main.get_command(app)))))
def test_a_command_and_its_options_are_made_of_terms(option: str) -> None:
    assert unknown(option) == []


def test_terms_are_in_order_and_stand_once() -> None:
    terms = [term.lower().replace("-", " ").replace(",", "") for term, _ in entries()]
    assert terms == sorted(set(terms))


@pytest.mark.parametrize(("term", "sentence"), entries())
def test_a_term_has_one_plain_sentence(term: str, sentence: str) -> None:
    assert re.fullmatch(r"[A-Z`][^.]*(?:\.\d[^.]*)?\.", sentence), term
