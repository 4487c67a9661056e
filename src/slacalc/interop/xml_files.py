"""Files of XML as the tables and texts that parts are made of: without document types, so without entities."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from slacalc.errors import InteropError
from slacalc.files import FileKind, read_text
from slacalc.interop.parts import JSON_FILES, Reader

__all__ = ["JSON_AND_XML_FILES", "read_xml"]

_XML: Final = FileKind(
    InteropError, "import_unreadable", "the file cannot be read", "a UTF-8 file of XML", most_bytes=50_000_000
)
_DEEPEST: Final = 50


class _Tree:
    """What the parser has met so far: the tables of the elements that are open, and their text."""

    def __init__(self) -> None:
        """Begin outside of the root."""
        self.open: list[tuple[str, dict[str, Any], list[str]]] = [("", {}, [])]

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        """Go into an element."""
        if len(self.open) > _DEEPEST:
            raise ValueError(f"the elements are nested more than {_DEEPEST} deep")
        self.open.append((name, {}, []))

    def text(self, text: str) -> None:
        """Keep a piece of text."""
        self.open[-1][2].append(text)

    def end(self, _name: str) -> None:
        """Leave an element: it is a table if it had elements, else a text; of several by one name there is a list."""
        name, table, text = self.open.pop()
        value: Any = table or "".join(text).strip()
        siblings = self.open[-1][1]
        if name not in siblings:
            siblings[name] = value
        elif isinstance(siblings[name], list):
            siblings[name].append(value)
        else:
            siblings[name] = [siblings[name], value]

    def refuse(self, *_said: object) -> None:
        """Refuse a document type: it may define entities that grow without bounds, or that read other files."""
        raise ValueError("it has a document type, which may define entities")


def read_xml(text: str) -> dict[str, Any]:
    """Return the root by its name: an element is a table of those in it, or a text; attributes are passed over.

    Raises ValueError for what is no XML, has a document type, or is nested too deep.

    >>> read_xml("<hours><day>monday</day><day>friday</day><zone/></hours>")
    {'hours': {'day': ['monday', 'friday'], 'zone': ''}}
    """
    tree, parser = _Tree(), expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = tree.start, tree.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = tree.text, tree.refuse
    try:
        parser.Parse(text.encode(), True)  # noqa: FBT003 - expat takes it so: this is all
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None
    return tree.open[0][1]


def _read_file(path: Path) -> dict[str, Any]:
    text = read_text(path, _XML)
    with _XML.reading(path):
        return read_xml(text)


JSON_AND_XML_FILES: Final[Mapping[str, Reader]] = {**JSON_FILES, ".xml": _read_file}
