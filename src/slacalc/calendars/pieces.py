"""Stretches of time with their reasons, in microseconds: what a ledger is made of."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

__all__ = ["Kind", "Piece", "doubted", "joined"]

Kind: TypeAlias = Literal["counted", "outside_hours", "break", "weekend", "holiday", "special_day", "absence", "paused"]


class Piece(NamedTuple):
    """A segment below the datetimes: microseconds, the reason, the name that goes with it, and a note."""

    start: int
    end: int
    kind: Kind
    name: str = ""
    note: str = ""


def joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Return pieces in order with neighbours of one reason joined, and empty ones left out."""
    held: Piece | None = None
    for piece in pieces:
        if piece.start >= piece.end:
            continue
        if held is not None and (held.end, *held[2:]) == (piece.start, *piece[2:]):
            held = held._replace(end=piece.end)
        else:
            if held is not None:
                yield held
            held = piece
    if held is not None:
        yield held


def doubted(piece: Piece, doubts: list[str]) -> Piece:
    """Return a piece with what can still change of it: whether it is worked, or off."""
    if piece.kind not in {"counted", "holiday"}:
        return piece
    return piece._replace(note=", ".join(filter(None, (piece.note, *doubts))))
