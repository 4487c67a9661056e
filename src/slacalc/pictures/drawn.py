"""`Drawn`: a result with rows that is a drawing, too: in a notebook, in a page, and in a file."""

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Final

from slacalc.arguments import refuse
from slacalc.errors import SlaError
from slacalc.pictures.drawing import Drawing
from slacalc.pictures.png import png_of
from slacalc.render import Tabular

__all__ = ["Drawn"]

_ENDINGS: Final = (".svg", ".png", ".html")


class Drawn(Tabular, ABC):
    """A result with rows that is a drawing, too: a notebook shows the drawing, and the table below it."""

    __slots__ = ()

    @abstractmethod
    def drawing(self) -> Drawing:
        """Return the drawing."""

    def to_svg(self) -> str:
        """Return the drawing as SVG, without anything from elsewhere."""
        return self.drawing().to_svg()

    def to_html(self) -> str:
        """Return the drawing, and below it the same as a table; every text in it is escaped."""
        return f"{self.drawing().to_html()}\n<details><summary>as a table</summary>\n{super().to_html()}\n</details>"

    def save(self, path: str | Path) -> Path:
        """Write the drawing to a file and return its path: SVG, PNG (extra `plots`) or HTML, as its name ends.

        Raises SlaError for another ending and where the file cannot be written, and MissingExtraError for a PNG
        without matplotlib.
        """
        file = Path(path)
        match file.suffix.lower():
            case ".svg":
                content = self.to_svg().encode()
            case ".html":
                content = self.to_html().encode()
            case ".png":
                content = png_of(self.drawing())
            case _:
                refuse(str(path), "path", f"a file whose name ends in {', '.join(_ENDINGS)}")
        try:
            file.write_bytes(content)
        except OSError as error:
            raise SlaError(
                "picture_unwritable",
                "the file cannot be written",
                given=error.strerror,
                accepts="a path that can",
                where=str(path),
            ) from error
        return file
