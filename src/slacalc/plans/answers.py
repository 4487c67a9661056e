"""What is taken to become of answers, had a policy said something else."""

from typing import Literal, TypeAlias, get_args

from slacalc.arguments import nearest_first
from slacalc.errors import LogError

__all__ = ["Answers", "check_answers"]

Answers: TypeAlias = Literal["as_they_came", "as_worked"]
"""That they come when they came; or after as much open time as they took, by the hours that the change says."""


def check_answers(answers: object) -> None:
    """Raise LogError for another word."""
    known = get_args(Answers)
    if answers not in known:
        problem, accepts = "this is not known of answers", nearest_first(answers, known)
        raise LogError("answers_unknown", problem, given=answers, accepts=accepts, where="answers")
