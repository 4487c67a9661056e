"""The linked data of contact pages has the types that schema-dts, Google's types of schema.org, knows."""

import json
import subprocess
from pathlib import Path
from typing import Final

import pytest

from slacalc import contact_page, sample_policy
from tests.helpers import at
from tests.unit.contact.test_page import PAGES

CHECK: Final = ("--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022")


def program(data: object) -> str:
    """A program that is right when the data has the types of schema.org."""
    written = json.dumps(data, ensure_ascii=False)
    return (
        f"import type {{ Thing, WithContext }} from 'schema-dts';\nexport const data: WithContext<Thing> = {written};\n"
    )


def said_of(programs: dict[str, str], npm: Path) -> str:
    folder = npm / "checked"
    folder.mkdir(exist_ok=True)
    for name, text in programs.items():
        (folder / f"{name}.ts").write_text(text, encoding="utf-8")
    files = [str(folder / f"{name}.ts") for name in programs]
    return subprocess.run(
        [str(npm / "node_modules/.bin/tsc"), *CHECK, *files], check=False, capture_output=True, text=True, cwd=npm
    ).stdout


def test_the_linked_data_of_each_page_has_its_types(npm: Path) -> None:
    pages = {"_".join(each): contact_page(sample_policy(each[0]), *each[1:], at("20 15:00")) for each in PAGES}
    assert said_of({name: program(page.linked_data()) for name, page in pages.items()}, npm) == ""


@pytest.mark.parametrize("wrong", [{"@type": "ContactPont"}, {"@type": "ContactPoint", "telefone": "1"}])
def test_a_wrong_type_or_property_is_seen(npm: Path, wrong: dict[str, str]) -> None:
    assert "error" in said_of({"wrong": program({"@context": "https://schema.org", **wrong})}, npm)
