"""A progress bar on stderr, taken away when the work is done."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

__all__ = ["passing"]

_Each = TypeVar("_Each")
_AT_ONCE: Final = 1_000  # things between two looks at the bar, which takes longer than a thing


@contextmanager
def passing(
    things: Iterable[_Each], size: Callable[[_Each], int], *, doing: str, total: int, shown: bool
) -> Iterator[Iterator[_Each]]:
    """Give the same things, and show how much of the total has passed; nothing is shown where no one looks."""
    if not shown or not Console(stderr=True).is_terminal:
        yield iter(things)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _advancing(things, size, bar, bar.add_task(doing, total=total))


def _advancing(things: Iterable[_Each], size: Callable[[_Each], int], bar: Progress, task: TaskID) -> Iterator[_Each]:
    passed = 0
    for number, each in enumerate(things, 1):
        yield each
        passed += size(each)
        if number % _AT_ONCE == 0:
            bar.update(task, completed=passed)
