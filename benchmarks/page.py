"""A page with tables of figures, made anew from one run: a task that was measured has its rows replaced."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from benchmarks.measuring import HEAD, Figure, row

__all__ = ["renewed"]


def renewed(page: str, figures: Iterable[Figure]) -> tuple[str, list[str]]:
    """Return the page with the rows of each measured task as they are now, and what does not fit: a line for each.

    A table is one whose head is that of `measuring.table`. Rows of tasks that were not measured stay.
    """
    measured = {task: list(each) for task, each in groupby(figures, key=lambda figure: figure.task)}
    lines: list[str] = []
    said: list[str] = []
    found: set[str] = set()
    for is_table, block in groupby(_with_tables(page.splitlines()), key=lambda pair: pair[0]):
        texts = [text for _, text in block]
        if not is_table:
            lines += texts
            continue
        lines += texts[:2]
        for task, rows in _tasks(texts[2:]):
            found.add(task)
            if task in measured:
                lines += [row(figure, named=not place) for place, figure in enumerate(measured[task])]
            else:
                lines += rows
                said.append(f"not measured: {task}")
    said += [f"not on the page: {task}" for task in measured if task not in found]
    return "\n".join(lines) + "\n", said


def _with_tables(lines: Iterable[str]) -> Iterator[tuple[bool, str]]:
    """Yield each line with whether it stands in a table of figures."""
    inside = False
    for line in lines:
        inside = line == HEAD or (inside and line.startswith("|"))
        yield inside, line


def _tasks(rows: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of each task, by its name."""
    task, held = "", list[str]()
    for line in rows:
        name = line.split("|")[1].strip()
        if name and held:
            yield task, held
            held = []
        task = name or task
        held.append(line)
    if held:
        yield task, held
