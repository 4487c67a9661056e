"""Every public name is in the reference, in backticks, and has an example that runs (tests/test_docs.py runs the page)."""

import re
from pathlib import Path

import pytest

import slacalc

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
EXAMPLES = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))


@pytest.mark.parametrize("name", slacalc.__all__)
def test_a_public_name_is_in_the_reference(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", slacalc.__all__)
def test_a_public_name_has_an_example(name: str) -> None:
    assert re.search(rf"\b{name}\b", EXAMPLES)
