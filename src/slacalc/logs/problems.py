"""What could not be used of a log: the first problems with their lines, and how many there are of each kind."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, Self

from slacalc.errors import LogError, SlaError
from slacalc.logger import tell_left_out

__all__ = ["Problem", "ProblemList", "Problems", "receipt_unknown"]

_MOST_KEPT: Final = 1_000


class Problem(NamedTuple):
    """A row, or a ticket, that could not be used: its line in the log and the error."""

    line: int
    error: SlaError

    def __str__(self) -> str:
        """Return "line 7: ..."."""
        return f"line {self.line}: {self.error}"


class Problems(tuple[Problem, ...]):  # noqa: SLOT001 - a tuple takes no slots of its own
    """The first thousand problems by line; `total` are all, `by_code` how many there are of each."""

    total: int
    by_code: Mapping[str, int]

    def __new__(cls, first: Iterable[Problem] = (), by_code: Mapping[str, int] | None = None) -> Self:
        """Return the problems with their numbers."""
        problems = super().__new__(cls, first)
        problems.by_code = Counter(each.error.code for each in problems) if by_code is None else by_code
        problems.total = sum(problems.by_code.values())
        return problems


class ProblemList:
    """Collects problems: many are counted, and the first are kept."""

    def __init__(self) -> None:
        """Begin without any."""
        self._first: list[Problem] = []
        self._by_code: Counter[str] = Counter()

    def add(self, line: int, error: SlaError) -> None:
        """Take a problem."""
        self._by_code[error.code] += 1
        if len(self._first) < _MOST_KEPT:
            self._first.append(Problem(line, error.with_traceback(None)))

    def problems(self, read: str) -> Problems:
        """Return them by line, and tell whoever runs the application what the function of this name left out."""
        problems = Problems(sorted(self._first, key=lambda problem: problem.line), self._by_code)
        tell_left_out(read, [(f"line {line}", error.code) for line, error in problems], problems.by_code)
        return problems


def receipt_unknown(ticket: str, why: str) -> LogError:
    """Return the error of a ticket that is left out whole: what is known of it may begin too late."""
    return LogError(
        "receipt_unknown",
        f"the ticket is left out, as its receipt is unknown: {why}",
        given=ticket,
        accepts="readable rows, at least the first of each ticket",
    )
