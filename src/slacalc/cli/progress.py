"""A progress bar on stderr, taken away when the work is done."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

__all__ = ["passing"]

_Each = TypeVar("_Each")


@contextmanager
def passing(
    things: Iterable[_Each], size: Callable[[_Each], int], *, doing: str, total: int, shown: bool
) -> Iterator[Iterator[_Each]]:
    """Give the same things, and show how much of the total has passed; nothing is shown where no one looks."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not (shown and console.is_terminal), transient=True) as bar:
        yield _advancing(things, size, bar, bar.add_task(doing, total=total))


def _advancing(things: Iterable[_Each], size: Callable[[_Each], int], bar: Progress, task: TaskID) -> Iterator[_Each]:
    for each in things:
        yield each
        bar.advance(task, size(each))
