"""How far a long call is, where somebody asks: by the protocol of tqdm."""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias, TypeVar

from slacalc.arguments import refuse
from slacalc.errors import MissingExtraError

__all__ = ["Progress", "with_progress"]

T = TypeVar("T")
Progress: TypeAlias = bool | Callable[..., Iterable[Any]]
"""False for none, True for tqdm, or what is called like it: `progress(things, total=100, desc="what if")`."""

_ACCEPTS: Final = "True, False, or what is called as tqdm is, such as tqdm.notebook.tqdm"


def with_progress(things: Iterable[T], progress: Progress, *, doing: str, total: int | None = None) -> Iterable[T]:
    """Return the same things, which tell of themselves as they pass; without progress they are handed back.

    Raises MissingExtraError for True without tqdm, and SlaError for what cannot be called.
    """
    if progress is False:
        return things
    told = _tqdm() if progress is True else progress
    if not callable(told):
        refuse(told, "progress", _ACCEPTS)
    return told(things, total=total, desc=doing)


def _tqdm() -> Callable[..., Iterable[Any]]:
    """Return the bar of tqdm: a widget in a notebook, characters in a terminal."""
    try:
        from tqdm.auto import tqdm
    except ImportError as error:
        accepts = "the package tqdm, or a callable of your own"
        raise MissingExtraError("extra_missing", "True needs tqdm", accepts=accepts, where="progress") from error
    bar: Callable[..., Iterable[Any]] = tqdm
    return bar
