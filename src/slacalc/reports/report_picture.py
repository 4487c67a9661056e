"""A report as a picture: a bar of attainment for each line, with its objective as a line over it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from slacalc.arguments import check_argument
from slacalc.pictures.drawing import Drawing
from slacalc.pictures.drawn import Drawn
from slacalc.pictures.shares import Share, bar_of_characters, drawing_of_shares
from slacalc.render import TextTable
from slacalc.reports.figures import Report, ReportLine, title_of

__all__ = ["ReportPicture", "picture_report"]


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
        return drawing_of_shares(self.title, [_share(line) for line in self.lines])

    def _page(self) -> Iterable[str | TextTable]:
        yield self.title
        yield TextTable.of(
            ("group", "metric", "0% to 100%", "attainment"),
            ((line.group, line.metric, _bar(line), _says(line)) for line in self.lines),
            caption=self.title,
            named_by=2,
        )


def picture_report(report: Report) -> ReportPicture:
    """Return the attainment of each line of a report as a bar; lines of which nothing fell due are left out."""
    check_argument(report, Report, "report", "a report of slacalc.report(...)")
    return ReportPicture(title_of(report), tuple(line for line in report.lines if line.attainment is not None))


def _share(line: ReportLine) -> Share:
    told = "" if line.objective is None else f"objective {line.objective:.1%}"
    name, share = f"{line.group}, {line.metric}", line.attainment or 0.0
    return Share(name, share, line.objective_met is not False, _says(line), line.objective, told)


def _says(line: ReportLine) -> str:
    share = f"{line.attainment:.1%} of {line.met + line.breached}"
    return share if line.objective is None else f"{share}, objective {line.objective:.1%}"


def _bar(line: ReportLine) -> str:
    return bar_of_characters(line.attainment or 0.0, line.objective)
