"""What is refused, and how: rows of attempts with the code, the place and what is shown of each.

What a message says word for word is in tests/messages.toml, once for all of them: tests/test_messages.py. A row whose code
stands there says one of its messages.
"""

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn, Protocol

import pytest

from slacalc.errors import SlaError
from tests.helpers import TESTS

FILE: Final[Path] = TESTS / "messages.toml"
DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
KEPT: Final = tomllib.loads(FILE.read_text(encoding="utf-8"))


class Problem(Protocol):
    @property
    def error(self) -> SlaError: ...


@dataclass(frozen=True)
class Refusal:
    """An attempt, and of its error the class, the code, the place and what `given` and `accepts` hold."""

    attempt: Callable[[], object]
    kind: type[SlaError]
    code: str
    where: str
    given: str
    accepts: str

    def __str__(self) -> str:
        return f"{self.code} {self.where}"

    def error(self) -> SlaError:
        """The one problem that the attempt has."""
        with pytest.raises(SlaError) as refused:
            self.attempt()
        (problem,) = getattr(refused.value, "problems", ()) or (refused.value,)
        return problem


def first(problems: Sequence[Problem]) -> NoReturn:
    """Raise what a log or a report says of the first row that it left out."""
    raise problems[0].error


def check(refusal: Refusal) -> None:
    error = refusal.error()
    assert (refusal.kind, refusal.code, refusal.where) == (type(error), error.code, error.where)
    assert refusal.given in error.given
    assert refusal.accepts in error.accepts
    assert said(error) in KEPT.get(error.code, [said(error)])


def said(error: SlaError) -> str:
    """What an error says; a digest of a policy or of zone data is nobody's to keep."""
    return DIGEST.sub("sha256:...", str(error))
