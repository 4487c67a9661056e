"""A report as a picture: a bar of attainment for each line, with its objective as a line over it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from slacalc.arguments import check_argument
from slacalc.pictures.bars import text_width
from slacalc.pictures.drawing import Box, Drawing, Line, Mark, Words
from slacalc.pictures.drawn import Drawn
from slacalc.render import TextTable
from slacalc.reports.figures import Report, ReportLine, title_of

__all__ = ["ReportPicture", "picture_report"]

_WIDTH: Final = 400.0
_ROW: Final = 24.0
_TOP: Final = 28.0
_MARGIN: Final = 12.0
_CELLS: Final = 40
_TENTHS: Final = range(0, 101, 20)


@dataclass(frozen=True, slots=True)
class ReportPicture(Drawn):
    """The lines of a report of which something fell due; iterating gives them."""

    title: str
    lines: tuple[ReportLine, ...]

    def __iter__(self) -> Iterator[ReportLine]:
        """Return the lines in order."""
        return iter(self.lines)

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    def __getitem__(self, place: int) -> ReportLine:
        """Return the line at a place."""
        return self.lines[place]

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each line: its group, its metric, the share that was kept, and the objective."""
        return [
            {"group": line.group, "metric": line.metric, "attainment": line.attainment, "objective": line.objective}
            for line in self.lines
        ]

    def to_data(self) -> dict[str, object]:
        """Return the lines as plain values."""
        return {"title": self.title, "lines": self.to_rows()}

    def drawing(self) -> Drawing:
        """Return a bar for each line, red-brown where its objective was missed, with the objective as a line."""
        left = _MARGIN + max((0.0, *(text_width(_name(line)) for line in self.lines))) + _MARGIN
        right = left + _WIDTH + _MARGIN
        width = right + max((0.0, *(text_width(_says(line)) for line in self.lines))) + _MARGIN
        height = _TOP + len(self.lines) * _ROW + _MARGIN
        told = "; ".join(f"{_name(line)}: {_says(line)}" for line in self.lines)
        return Drawing(self.title, told, width, height, (*_shares(left, height), *self._bars(left, right)))

    def _bars(self, left: float, right: float) -> Iterator[Mark]:
        for place, line in enumerate(self.lines):
            top, share = _TOP + place * _ROW, line.attainment or 0.0
            yield Words(_MARGIN, top + 13, _name(line))
            yield Box(left, top + 2, _WIDTH, _ROW - 10, "closed")
            yield Box(
                left, top + 2, share * _WIDTH, _ROW - 10, "late" if line.objective_met is False else "kept", _says(line)
            )
            if line.objective is not None:
                at = left + line.objective * _WIDTH
                yield Line(at, top - 1, at, top + _ROW - 5, "words", f"objective {line.objective:.1%}")
            yield Words(right, top + 13, _says(line), "faint")

    def _page(self) -> Iterable[str | TextTable]:
        yield self.title
        yield TextTable.of(
            ("group", "metric", "0% to 100%", "attainment"),
            ((line.group, line.metric, _bar(line), _says(line)) for line in self.lines),
        )


def picture_report(report: Report) -> ReportPicture:
    """Return the attainment of each line of a report as a bar; lines of which nothing fell due are left out."""
    check_argument(report, Report, "report", "a report of slacalc.report(...)")
    return ReportPicture(title_of(report), tuple(line for line in report.lines if line.attainment is not None))


def _shares(left: float, height: float) -> Iterator[Mark]:
    for percent in _TENTHS:
        at = left + percent / 100 * _WIDTH
        yield Words(at, _TOP - 10, f"{percent}%", "faint", "middle")
        yield Box(at - 0.5, _TOP - 6, 1, height - _TOP - 2, "closed")


def _name(line: ReportLine) -> str:
    return f"{line.group}, {line.metric}"


def _says(line: ReportLine) -> str:
    share = f"{line.attainment:.1%} of {line.met + line.breached}"
    return share if line.objective is None else f"{share}, objective {line.objective:.1%}"


def _bar(line: ReportLine) -> str:
    """Return a bar of characters with a "|" where the objective is."""
    kept = round((line.attainment or 0.0) * _CELLS)
    cells = [*("#" * kept), *("." * (_CELLS - kept))]
    if line.objective is not None:
        cells[min(_CELLS - 1, int(line.objective * _CELLS))] = "|"
    return "".join(cells)
