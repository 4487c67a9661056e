"""Tickets put to your helpdesk and to `policy.replay`: answers, pauses, reopening, changes, cutoffs.

Laws of open time know nothing of tickets. What your helpdesk does with them is held against a policy that says the
same: the events go into both, and both say when a metric is due and when it was done.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeAlias

from slacalc.business_time.instants import to_us
from slacalc.calendars.open_time import OpenTime
from slacalc.errors import SlaError
from slacalc.events.event import Created, Event, FieldChanged, Message, Paused, Reopened, Resumed, Solved
from slacalc.policies.document.conditions import Condition
from slacalc.policies.document.fields import field_text
from slacalc.policies.document.rules import Rule
from slacalc.policies.policy import Policy
from slacalc.testing.assertions import shown
from slacalc.testing.laws import BrokenLawError
from slacalc.testing.pasted import code, to_paste
from slacalc.testing.questions import ask
from slacalc.testing.strategies import MICROSECOND, MINUTE, ONE_DAY, instants_of, spans

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["TICKET_LAWS", "Verdict", "TicketDesk", "TicketLaw"]

_Maker: TypeAlias = Callable[[datetime], Event]

_WEEK: Final = timedelta(days=7)


class Verdict(NamedTuple):
    """What is said of one metric of a ticket: when it is due (None: unknown), and when it was done (None: not yet)."""

    due: datetime | None
    done_at: datetime | None


class TicketDesk(Protocol):
    """Whatever can be held against a policy: your helpdesk."""

    def judge(self, events: Sequence[Event], as_of: datetime, /) -> Verdict:
        """Return when the metric is due and was done, after these events, as of an instant."""


@dataclass(frozen=True, slots=True)
class TicketLaw:
    """A kind of ticket about which a helpdesk and a policy agree. `str` is its sentence."""

    says: str
    logs: "Callable[[Policy], SearchStrategy[list[Event]]]"

    def __str__(self) -> str:
        """Return the sentence."""
        return self.says

    def check(
        self,
        desk: TicketDesk,
        policy: Policy,
        *,
        metric: str = "first_response",
        examples: int | None = None,
        log: Sequence[Event] | None = None,
    ) -> None:
        """Put many tickets to both. Raises BrokenLawError with the simplest about which they disagree.

        `examples` is how many; None is what the Hypothesis profile in force says. `log` is one ticket instead, as a
        failure prints it.

        >>> from slacalc import sample_policy
        >>> policy = sample_policy("webshop_helpdesk")
        >>> class Desk:
        ...     def judge(self, events, as_of):
        ...         clock = policy.replay(events, as_of=as_of)["first_response"]
        ...         return Verdict(clock.due, clock.done_at)
        >>> for law in TICKET_LAWS:
        ...     law.check(Desk(), policy, examples=5)
        """
        if log is not None:
            self._compare(desk, policy, metric, log)
            return
        ask(
            self.logs(policy),
            lambda drawn: self._compare(desk, policy, metric, drawn),
            key=(self.says, type(desk), metric),
            examples=examples,
        )

    def _compare(self, desk: TicketDesk, policy: Policy, metric: str, log: Sequence[Event]) -> None:
        as_of = log[-1].at + _WEEK
        expected = _of_policy(policy, metric, log, as_of)
        if expected is None:
            return
        try:
            due, done_at = desk.judge(log, as_of)
            told = {"due": due and to_us(due), "done_at": done_at and to_us(done_at)}
        except Exception as error:
            raise BrokenLawError(f"{self.says}: {type(error).__name__}: {error}\n{_again(metric, log)}") from error
        for name, ours, theirs in zip(Verdict._fields, (due, done_at), expected, strict=True):
            if told[name] != (theirs and to_us(theirs)):
                said = f"{metric} is {name} {_shown(ours)}, but the policy says {_shown(theirs)}"
                raise BrokenLawError(f"{self.says}: {said}\n{_again(metric, log)}")


def _of_policy(policy: Policy, metric: str, log: Sequence[Event], as_of: datetime) -> Verdict | None:
    """Return what the policy says of a log; None where it promises nothing, or cannot judge."""
    try:
        clock = policy.replay(log, as_of=as_of).get(metric)
    except SlaError:
        return None
    return None if clock is None else Verdict(clock.due, clock.done_at)


def _shown(moment: datetime | None) -> str:
    return "never" if moment is None else shown(moment)


def _again(metric: str, log: Sequence[Event]) -> str:
    return to_paste(f"law.check(desk, policy, metric={metric!r}, log={code(list(log))})")


# ---------------------------------------------------------------- tickets


def _steps(happenings: Callable[[Policy], Sequence[_Maker]]) -> "Callable[[Policy], SearchStrategy[list[Event]]]":
    """Return a maker of logs: created at any time, then up to five of the happenings, and perhaps an answer at last."""

    def logs(policy: Policy) -> "SearchStrategy[list[Event]]":
        from hypothesis import strategies as st

        length = spans(most=ONE_DAY, grain=MINUTE) | spans(most=_WEEK, grain=MINUTE)
        steps = st.lists(st.tuples(length, st.sampled_from(happenings(policy))), min_size=1, max_size=5)
        return st.builds(_log, _created(policy), steps, st.none() | length)

    return logs


def _log(created: Created, steps: list[tuple[timedelta, _Maker]], answered: timedelta | None) -> list[Event]:
    in_order = sorted(steps, key=itemgetter(0))
    events: list[Event] = [created, *(make(created.at + length) for length, make in in_order)]
    return events if answered is None else [*events, _reply(events[-1].at + answered)]


def _created(policy: Policy) -> "SearchStrategy[Created]":
    from hypothesis import strategies as st

    return st.one_of([_created_by(rule, policy) for rule in policy.tried_rules])


def _created_by(rule: Rule, policy: Policy) -> "SearchStrategy[Created]":
    """Return tickets with the fields that the rule asks for."""
    fields = _fields(rule)
    return instants_of(_calendar(policy, rule)).map(lambda at: Created(at=at, fields=fields))


def _at_cutoffs(policy: Policy) -> "SearchStrategy[list[Event]]":
    """Return tickets that come in at a cutoff of the policy, or a microsecond or a minute beside it, on any date."""
    from hypothesis import strategies as st

    return st.one_of([_at_cutoffs_of(rule, policy) for rule in policy.tried_rules])


def _at_cutoffs_of(rule: Rule, policy: Policy) -> "SearchStrategy[list[Event]]":
    from hypothesis import strategies as st

    cutoff = st.sampled_from([*_cutoffs(rule)] or [""])
    beside = st.sampled_from((timedelta(0), MICROSECOND, -MICROSECOND, MINUTE, -MINUTE))
    return st.builds(partial(_at_cutoff, _calendar(policy, rule)), _created_by(rule, policy), cutoff, beside)


def _at_cutoff(calendar: OpenTime, created: Created, cutoff: str, beside: timedelta) -> list[Event]:
    if not cutoff:
        return [replace(created, at=created.at + beside)]
    hour, minute, *second = map(int, cutoff.split(":"))
    local = created.at.astimezone(calendar.zone_info)
    at = local.replace(hour=hour % 24, minute=minute, second=sum(second), microsecond=0, fold=0)
    return [replace(created, at=at + beside)]


def _cutoffs(rule: Rule) -> Iterator[str]:
    """Return the cutoffs of the targets of a rule, however deep they stand."""
    left: list[object] = [metric.model_dump() for metric in rule.metrics.values()]
    while left:
        match left.pop():
            case dict() as table:
                if isinstance(cutoff := table.get("cutoff"), str):
                    yield cutoff
                left.extend(table.values())
            case _:
                pass


def _calendar(policy: Policy, rule: Rule) -> OpenTime:
    return policy.calendar(rule.calendar if isinstance(rule.calendar, str) else next(iter(policy.calendars)))


def _fields(rule: Rule) -> tuple[tuple[str, str], ...]:
    wanted = {**rule.when, **(rule.any_of[0] if rule.any_of else {})}
    fitting = ((name, _fitting(condition)) for name, condition in wanted.items())
    return tuple((name, value) for name, value in fitting if value is not None)


def _fitting(condition: Condition) -> str | None:
    """Return a value that a condition lets through, as an event tells it: one that it names, or a number beside."""
    named = [value for comparison in condition.comparisons for value in comparison.values]
    beside = [value + step for value in named if isinstance(value, Decimal) for step in (1, -1)]
    return next((field_text(value) for value in (*named, *beside) if condition.holds(value)), None)


def _reply(at: datetime) -> Event:
    return Message(at=at, actor="agent")


def _answers(_policy: Policy) -> Sequence[_Maker]:
    return (
        lambda at: Message(at=at, actor="agent", automated=True),
        lambda at: Message(at=at, actor="bot", automated=True),
        lambda at: Message(at=at, actor="agent", public=False),
        lambda at: Message(at=at, actor="agent", holding=True),
        lambda at: Message(at=at, actor="agent", channel="another channel"),
        lambda at: Message(at=at, actor="customer"),
    )


def _pauses(_policy: Policy) -> Sequence[_Maker]:
    return (
        lambda at: Paused(at=at, reason="customer"),
        lambda at: Paused(at=at, reason="supplier"),
        lambda at: Resumed(at=at, reason="customer"),
        lambda at: Resumed(at=at, reason="supplier"),
    )


def _reopenings(_policy: Policy) -> Sequence[_Maker]:
    return (lambda at: Solved(at=at), lambda at: Reopened(at=at), _reply, lambda at: Message(at=at, actor="customer"))


def _changes(policy: Policy) -> Sequence[_Maker]:
    pairs = sorted({pair for rule in policy.tried_rules for pair in _fields(rule)})
    return tuple(_changed(name, value) for name, value in pairs) or (_reply,)


def _changed(name: str, value: str) -> _Maker:
    return lambda at: FieldChanged(at=at, field=name, value=value)


TICKET_LAWS: Final[tuple[TicketLaw, ...]] = (
    TicketLaw("what is no answer does not answer: automatic, internal, holding, off-channel", _steps(_answers)),
    TicketLaw("pauses take out what the clock would have counted in them", _steps(_pauses)),
    TicketLaw("a ticket that was solved and opened again goes on as agreed", _steps(_reopenings)),
    TicketLaw("a change of fields gives the target that is agreed", _steps(_changes)),
    TicketLaw("a cutoff is where it is said to be", _at_cutoffs),
)
