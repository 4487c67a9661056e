"""Every public name is in the reference, in backticks, and has an example that runs (tests/test_docs.py runs the page)."""

import re

import pytest

import slacalc
from tests.helpers import ROOT

PAGE = (ROOT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
EXAMPLES = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))


@pytest.mark.parametrize("name", slacalc.__all__)
def test_a_public_name_is_in_the_reference(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", slacalc.__all__)
def test_a_public_name_has_an_example(name: str) -> None:
    assert re.search(rf"\b{name}\b", EXAMPLES)
