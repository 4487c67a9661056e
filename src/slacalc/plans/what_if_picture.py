"""What changes of a policy would have done, as a picture: attainment for each change, with a line where it was."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from slacalc.arguments import check_argument
from slacalc.pictures.drawing import Drawing
from slacalc.pictures.drawn import Drawn
from slacalc.pictures.shares import Share, bar_of_characters, drawing_of_shares
from slacalc.plans.comparison import WhatIf, WhatIfLine
from slacalc.render import TextTable
from slacalc.reports.figures import ReportLine

__all__ = ["WhatIfPicture", "picture_what_if"]


@dataclass(frozen=True, slots=True)
class WhatIfPicture(Drawn):
    """The lines of a comparison of which something fell due after the change; iterating gives them."""

    title: str
    lines: tuple[WhatIfLine, ...]

    def __iter__(self) -> Iterator[WhatIfLine]:
        """Return the lines in order."""
        return iter(self.lines)

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)

    def __getitem__(self, place: int) -> WhatIfLine:
        """Return the line at a place."""
        return self.lines[place]

    def to_rows(self) -> list[dict[str, object]]:
        """Return a dict for each line: the change, its group and metric, and the share before and after."""
        return [
            {
                "change": line.change,
                "group": line.line.group,
                "metric": line.line.metric,
                "before": _attained(line.before),
                "after": _attained(line.after),
            }
            for line in self.lines
        ]

    def to_data(self) -> dict[str, object]:
        """Return the lines as plain values."""
        return {"title": self.title, "lines": self.to_rows()}

    def drawing(self) -> Drawing:
        """Return a bar for each line, red-brown where fewer are kept than before, with a line where it was."""
        return drawing_of_shares(self.title, [_share(line) for line in self.lines])

    def _page(self) -> Iterable[str | TextTable]:
        yield self.title
        shares = [_share(line) for line in self.lines]
        rows = ((each.name, bar_of_characters(each.share, each.line), each.says) for each in shares)
        yield TextTable.of(("change", "0% to 100%", "attainment"), rows, caption=self.title)


def picture_what_if(found: WhatIf) -> WhatIfPicture:
    """Return the attainment of all tickets by change as bars; of other groups `found.to_rows()` has the figures."""
    check_argument(found, WhatIf, "found", "what slacalc.what_if(...) returned")
    every = dict.fromkeys(line.change for line in found.lines)
    lines = (line for change in every for line in found.of(change) if line.line.group == "all")
    shown = tuple(line for line in lines if _attained(line.after) is not None)
    return WhatIfPicture(f"{found.policy}: what if?", shown)


def _attained(line: ReportLine | None) -> float | None:
    return None if line is None else line.attainment


def _share(line: WhatIfLine) -> Share:
    before, after = _attained(line.before), _attained(line.after) or 0.0
    says = f"{after:.1%}" if before is None else f"{before:.1%} -> {after:.1%}"
    told = "" if before is None else f"before {before:.1%}"
    return Share(f"{line.change}, {line.line.metric}", after, before is None or after >= before, says, before, told)
