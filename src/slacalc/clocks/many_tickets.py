"""Answers for many tickets: those that can be had, and the tickets that were left out."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from slacalc.clocks.replay import Clocks, every_clocks
from slacalc.errors import LogError, SlaError
from slacalc.logger import tell_left_out

__all__ = ["LeftOut", "Listing", "ask_each", "never_created"]

T = TypeVar("T")


class LeftOut(NamedTuple):
    """A ticket that could not be answered for: the code and the text of the error."""

    ticket: str
    code: str
    text: str


class Listing(tuple[T, ...]):  # noqa: SLOT001 - a tuple takes no slots of its own
    """What was asked for, in order; `left_out` are the tickets that could not be answered for."""

    left_out: tuple[LeftOut, ...]

    def __new__(cls, values: Iterable[T] = (), left_out: Iterable[LeftOut] = ()) -> "Listing[T]":
        """Return the values with the tickets that were left out."""
        listing = super().__new__(cls, values)
        listing.left_out = tuple(left_out)
        return listing


def ask_each(
    question: str, tickets: Clocks | Iterable[Clocks], ask: Callable[[Clocks], Iterable[T]], *, strict: bool
) -> tuple[list[T], list[LeftOut]]:
    """Return what each ticket answers, and those that cannot; with `strict` their first error, naming the ticket."""
    answers: list[T] = []
    left_out: list[LeftOut] = []
    for clocks in every_clocks(tickets):
        try:
            if not clocks.is_created:
                raise never_created(clocks)
            answers += list(ask(clocks))
        except SlaError as error:
            if strict:
                raise _naming(clocks.ticket, error) from None
            left_out.append(LeftOut(clocks.ticket, error.code, str(error)))
    tell_left_out(question, [each[:2] for each in left_out])
    return answers, left_out


def never_created(clocks: Clocks) -> LogError:
    """Return why a ticket of a log could not be replayed."""
    why = clocks.gaps[-1] if clocks.gaps else None
    if why is None or not why.message:
        return LogError("creation_missing", "the ticket was not created", accepts="a Created event")
    return LogError(why.code, why.message)


def _naming(ticket: str, error: SlaError) -> SlaError:
    where = f"ticket {ticket}"
    return error.placed(where) if error.where == ticket else error.within(where)
