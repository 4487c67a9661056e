"""What starts, stops and pauses the clock of a metric, as data with sound defaults.

A policy says of a clock only what differs from the default of its metric.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, Self

from pydantic import Field, StrictBool, StrictStr, model_validator

from slacalc.errors import PolicyError
from slacalc.policies.document.signals import Signal, Start, StartWord, Stop, StopWord, comes_again
from slacalc.policies.notation import Amount, FrozenModel

__all__ = ["AnswerRule", "ClockRule", "DeprioritisationRule", "beside_default", "default_clock", "over_default"]

Texts = tuple[str, ...]


class AnswerRule(FrozenModel):
    """Which messages are an answer (rule 11): by default a public message of an agent that is none of the rest.

    `channels` names the agreed ones (none named: any).
    """

    actors: Texts = ("agent",)
    channels: Texts = ()
    internal: StrictBool = False
    automated: StrictBool = False
    holding: StrictBool = False
    partial: StrictBool = False


class ClockRule(FrozenModel):
    """The life of a clock.

    `starts`: when the ticket is created, with a customer's message when no cycle is open, with the first one
    alone, with our answer, when somebody else takes the ticket over, or with a status (`OnStatus`), the first value
    of a field (`OnField`) or a named event (`OnEvent`). `stops`: with an answer, when
    solved, or with one of these three. `after`: the metric whose first cycle must have ended before it begins;
    it waits for nothing where the rule does not promise that one. `repeats`: each working date after the origin
    begins a cycle at its first opening. `on_solved`: what solving without an answer does. `paused_in`: the
    statuses that pause it. `pausable`: whether pause events do. `pause_cap`: how much all pauses together may
    take out, in the target's own kind of time. `reopen`: a solved ticket's clock resumes
    without the time it was solved, continues as if it never was, or a new cycle begins.
    `on_change`: what another rule does to a running clock; `after_breach`: whether a due time that passed
    stays, or a later target alone judges; `unpromised_time`: whether time counts in which no rule
    promised the metric (rule 9).
    """

    starts: Start = "created"
    stops: Stop = "answer"
    after: StrictStr = ""
    repeats: Literal["business_day"] | None = None
    answer: AnswerRule = Field(default_factory=AnswerRule)
    on_solved: Literal["stop", "cancel", "nothing"] = "stop"
    paused_in: Texts = ()
    pausable: StrictBool = False
    pause_cap: Amount | None = None
    resume_on_customer_message: StrictBool = False
    reopen: Literal["resume", "continue", "new_cycle"] = "resume"
    on_change: Literal["retarget", "restart", "new_cycle"] = "retarget"
    after_breach: Literal["stays", "judged_anew"] = "stays"
    unpromised_time: Literal["left_out", "counts"] = "left_out"

    @model_validator(mode="after")
    def _repeats_what_it_can(self) -> Self:
        if self.repeats is not None and (problems := [*_not_repeated(self)]):
            raise PolicyError.of(problems)
        return self


def _not_repeated(clock: ClockRule) -> Iterator[PolicyError]:
    """Return what does not go with a clock that repeats: a stop that comes once, and starts other than its creation."""
    if not comes_again(clock.stops):
        yield PolicyError(
            "repeats_without_stop",
            "what repeats is ended each time by something that comes again",
            given=_plain_signal(clock.stops),
            accepts='stops = { event = "..." }, { status = ["..."] } or "answer"',
            where="repeats",
        )
    if clock.starts != "created":
        yield _misplaced(
            "starts", _plain_signal(clock.starts), 'starts = "created": working dates begin it, from then on'
        )
    if clock.after:
        yield _misplaced("after", clock.after, 'after = "": working dates begin it, whatever other clocks do')


def _misplaced(key: str, given: object, accepts: str) -> PolicyError:
    return PolicyError("key_not_fitting", f"{key} does not go with repeats", given=given, accepts=accepts, where=key)


def _plain_signal(said: "StartWord | StopWord | Signal") -> object:
    return said if isinstance(said, str) else said.model_dump(mode="json")


class DeprioritisationRule(FrozenModel):
    """Why other tickets go first, and what it does to the promise.

    `causes` are the reasons that count; `max_messages` deprioritises by itself, when the customer
    writes more often than that without an answer. A deprioritised ticket is `excluded` from the
    objective, or stays `included`.
    """

    causes: Texts = (
        "too_many_messages",
        "answered_by_documentation",
        "steps_not_followed",
        "several_questions",
        "no_clear_question",
    )
    max_messages: int | None = Field(default=None, ge=1, strict=True)
    objective: Literal["excluded", "included"] = "excluded"


_WAITING: Final = ("pending", "on_hold")

DEFAULT_CLOCKS: Final[dict[str, ClockRule]] = {
    "acknowledgement": ClockRule(answer=AnswerRule(holding=True, partial=True)),
    "first_response": ClockRule(),
    "next_response": ClockRule(starts="customer_message", after="first_response"),
    "periodic_update": ClockRule(starts="answer", pausable=True),
    "requester_wait": ClockRule(stops="solved", paused_in=("pending",), pausable=True),
    "agent_work": ClockRule(stops="solved", paused_in=_WAITING, pausable=True),
    "resolution": ClockRule(stops="solved", paused_in=_WAITING, pausable=True),
}


def default_clock(metric: str) -> ClockRule:
    """Return how the clock of a metric lives of which a policy says nothing."""
    return DEFAULT_CLOCKS.get(metric) or ClockRule()


def over_default(metric: str, said: object) -> object:
    """Return a table of a policy file with what it leaves out taken from the metric's default; else as it is."""
    return _over(_default(metric), said) if isinstance(said, Mapping) else said


def beside_default(metric: str, rule: ClockRule) -> dict[str, Any]:
    """Return what a rule says that the metric's default does not: `over_default` gives the rest back."""
    return _beside(_default(metric), _plain(rule))


def _default(metric: str) -> dict[str, Any]:
    return _plain(default_clock(metric))


def _plain(rule: ClockRule) -> dict[str, Any]:
    return rule.model_dump(mode="json", by_alias=True)


def _over(default: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**default, **said}
    for name, value in default.items():
        if isinstance(value, dict) and isinstance(merged[name], Mapping):
            merged[name] = _over(value, merged[name])
    return {name: value for name, value in merged.items() if value is not None or name in said}


def _beside(default: Mapping[str, Any], rule: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _beside(default[name], value) if isinstance(value, dict) and isinstance(default[name], dict) else value
        for name, value in rule.items()
        if value != default[name]
    }
