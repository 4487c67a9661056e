"""Stretches of time with their reasons, in microseconds: what a ledger is made of."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

__all__ = ["Kind", "Piece", "clipped", "doubted", "joined"]

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
        if piece[0] >= piece[1]:
            continue
        if held is None:
            held = piece
        elif held[2] == piece[2] and held[1] == piece[0] and held[3:] == piece[3:]:
            held = Piece(held[0], piece[1], *held[2:])
        else:
            yield held
            held = piece
    if held is not None:
        yield held


def clipped(pieces: Iterable[Piece], start: int, end: int) -> Iterator[Piece]:
    """Return what of pieces in order is inside `[start, end)`."""
    for piece in pieces:
        if piece[0] < end and start < piece[1]:
            inside = start <= piece[0] and piece[1] <= end
            yield piece if inside else Piece(max(piece[0], start), min(piece[1], end), *piece[2:])


def doubted(piece: Piece, doubts: list[str]) -> Piece:
    """Return a piece with what can still change of it: whether it is worked, or off."""
    if piece.kind not in {"counted", "holiday"}:
        return piece
    return piece._replace(note=", ".join(filter(None, (piece.note, *doubts))))
