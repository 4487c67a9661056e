"""Every message stands in tests/messages.toml as it is said, and none stands there that is not said."""

import tomllib

import pytest

from tests.messages import said
from tests.refusals import FILE

KEPT = tomllib.loads(FILE.read_text(encoding="utf-8"))
SAID = said()


@pytest.mark.parametrize("code", sorted({*KEPT, *SAID}))
def test_the_messages_of_a_code_are_those_that_are_kept(code: str) -> None:
    assert KEPT.get(code, []) == SAID.get(code, [])
