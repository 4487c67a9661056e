"""This module knows what starts, stops and pauses the clock of a metric, as data with sound defaults."""

from typing import Final, Literal

from pydantic import Field, StrictBool

from slacalc.policies.notation import Amount, Frozen

__all__ = ["DEFAULT_CLOCKS", "AnswerRule", "ClockRule", "DemotionRule"]

Texts = tuple[str, ...]


class AnswerRule(Frozen):
    """Which messages are an answer (rule 11): by default a public message of an agent that is none of the rest.

    `channels` names the agreed ones (none named: any).
    """

    actors: Texts = ("agent",)
    channels: Texts = ()
    internal: StrictBool = False
    automated: StrictBool = False
    holding: StrictBool = False
    partial: StrictBool = False


class ClockRule(Frozen):
    """The life of a clock.

    `starts`: when the ticket is created, with a customer's message when no cycle is open, with
    our answer, or when somebody else takes the ticket over. `stops`: with an answer, or when
    solved. `on_solved`: what solving without an answer does. `paused_in`: the statuses that
    pause it. `pausable`: whether pause events do. `pause_cap`: how much all pauses together may
    take out, in the target's own kind of time. `reopen`: a solved ticket's clock resumes
    without the time it was solved, continues as if it never was, or a new cycle begins.
    `on_change`: what another rule does to a running clock (rule 9).
    """

    starts: Literal["created", "customer_message", "answer", "taken_over"] = "created"
    stops: Literal["answer", "solved"] = "answer"
    answer: AnswerRule = Field(default_factory=AnswerRule)
    on_solved: Literal["stop", "cancel", "nothing"] = "stop"
    paused_in: Texts = ()
    pausable: StrictBool = False
    pause_cap: Amount | None = None
    resume_on_customer_message: StrictBool = False
    reopen: Literal["resume", "continue", "new_cycle"] = "resume"
    on_change: Literal["retarget", "restart"] = "retarget"


class DemotionRule(Frozen):
    """Why other tickets go first, and what it does to the promise.

    `causes` are the reasons that count; `max_messages` demotes by itself, when the customer
    writes more often than that without an answer. A demoted ticket's `objective` leaves the
    count of kept promises, or stays in it.
    """

    causes: Texts = (
        "too_many_messages",
        "answered_by_documentation",
        "steps_not_followed",
        "several_questions",
        "no_clear_question",
    )
    max_messages: int | None = Field(default=None, ge=1, strict=True)
    objective: Literal["leaves", "stays"] = "leaves"


_WAITING: Final = ("pending", "on_hold")

DEFAULT_CLOCKS: Final[dict[str, ClockRule]] = {
    "acknowledgement": ClockRule(answer=AnswerRule(holding=True, partial=True)),
    "first_response": ClockRule(),
    "next_response": ClockRule(starts="customer_message"),
    "periodic_update": ClockRule(starts="answer", pausable=True),
    "requester_wait": ClockRule(stops="solved", paused_in=("pending",), pausable=True),
    "agent_work": ClockRule(stops="solved", paused_in=_WAITING, pausable=True),
    "resolution": ClockRule(stops="solved", paused_in=_WAITING, pausable=True),
}
