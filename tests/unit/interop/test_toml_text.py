"""Policy data as TOML: what is read back is what was written, and comments stand where they belong."""

import tomllib
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from slacalc.errors import Path as Keys
from slacalc.interop.toml_text import toml_text

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_SCALARS = _TEXTS | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(_TEXTS, _VALUES, max_size=5), _TEXTS)
def test_any_data_is_read_back_as_it_was_written(data: dict[str, Any], comment: str) -> None:
    comments: dict[Keys, str] = {(): comment, **{(key,): comment for key in data}}
    assert tomllib.loads(toml_text(data, comments)) == data


def test_a_comment_stands_before_what_it_is_of() -> None:
    data = {"name": "desk", "calendars": {"office": {"zone": "UTC"}}, "rules": [{"name": "a"}, {"name": "b"}]}
    comments: dict[Keys, str] = {
        (): "made of\nan account",
        ("calendars", "office"): "schedule 7",
        ("rules", 1): "policy 2\x1b[2J",
    }
    assert toml_text(data, comments).splitlines() == [
        "# made of",
        "# an account",
        'name = "desk"',
        "",
        "# schedule 7",
        "[calendars.office]",
        'zone = "UTC"',
        "",
        "[[rules]]",
        'name = "a"',
        "",
        "# policy 2\\x1b[2J",
        "[[rules]]",
        'name = "b"',
    ]
