"""Hold slacalc against the proved model: `python -m tests.model.agreement [--questions 1000000] [--seed 1]`.

The model is proofs/build/oracle, which `proofs/check` proves and builds. It is asked what slacalc is asked, and the answers
are compared to the microsecond. 1 when two differ, or when the model refuses a question.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Final, Self, TypeAlias

from tests.helpers import ROOT
from tests.model.cases import BEGIN, END, Case, Json, first, us

ORACLE: Final = ROOT / "proofs/build/oracle"
SHOWN: Final = 5
Difference: TypeAlias = tuple[Json, Json, Json]
"""A question, the model's answer, slacalc's."""


def main() -> int:
    """Compare as many answers as are asked for. 1 when any differ."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.model.agreement", description="Hold slacalc against the proved model."
    )
    parser.add_argument("--questions", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    compared: Counter[str] = Counter()
    different = []
    for number, case in enumerate(first(asked.questions, asked.seed), 1):
        different += list(differences(case))
        compared.update(question[0] for question in case.line["questions"])
        if number % 100 == 0:
            sys.stderr.write(f"{compared.total()} answers compared, {len(different)} differ\n")
    wrong = Counter(question[0] for question, _, _ in different)
    sys.stdout.write(f"{compared.total()} answers compared, {len(different)} differ\n")
    for name in sorted(compared):
        sys.stdout.write(f"{name}: {compared[name]} compared, {wrong[name]} differ\n")
    for question, model, ours in different[:SHOWN]:
        sys.stdout.write(f"{json.dumps(question)}: the model says {model}, slacalc {ours}\n")
    return bool(different)


class Model:
    """The oracle as a process: a line in, a line out."""

    def __init__(self, program: Path = ORACLE) -> None:
        self._process = Popen([program], stdin=PIPE, stdout=PIPE, text=True)

    def answers(self, line: Json) -> Json:
        """Return what it answers to a line."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self._process.communicate()


def differences(case: Case) -> Iterator[Difference]:
    """Yield each question of a case on which the two do not agree."""
    with Model() as model:
        said = model.answers(case.line)
    for question, theirs, ours in zip(case.line["questions"], said, case.answers, strict=True):
        if theirs != ours and not _is_beyond(theirs, ours):
            yield question, theirs, ours


def _is_beyond(theirs: Json, ours: Json) -> bool:
    """Tell whether the model has no answer because its spans end, and slacalc's lies outside them."""
    return theirs is None and isinstance(ours, int) and not us(BEGIN) <= ours <= us(END)


if __name__ == "__main__":
    sys.exit(main())
