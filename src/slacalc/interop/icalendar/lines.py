"""The lines of iCalendar: unfolded, and the events among them, each with its properties (RFC 5545, 3.1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from slacalc.errors import InteropError

__all__ = ["Component", "Property", "components_of", "place_of", "read_time"]

_SAID: Final = r"""(?:"[^"]*"|[^";:,]*)"""
_LINE: Final = re.compile(
    rf"(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;[A-Za-z0-9-]+={_SAID}(?:,{_SAID})*)*):(?P<value>.*)", re.DOTALL
)
_PARAMETER: Final = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:]*)')
_TIME: Final = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)", re.ASCII)
_ESCAPED: Final = re.compile(r"\\(.)")


class Property(NamedTuple):
    """A property: its parameters, its value, and the line where it stands."""

    parameters: dict[str, str]
    value: str
    line: int

    def text(self) -> str:
        """Return the value as text, without escapes."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@dataclass(slots=True)
class Component:
    """An event, or another thing between BEGIN and END, with the properties of its own, and what is in it."""

    kind: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: "list[Component]" = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        """Return the first property of a name; None without one."""
        return next(iter(self.properties.get(name, ())), None)


def components_of(text: str, file: str) -> list[Component]:
    """Return every component, in the order of their beginnings. Raises InteropError for none, and for half a file."""
    found: list[Component] = []
    open_ones: list[Component] = []
    for number, line in _unfolded(text):
        match = _LINE.fullmatch(line)
        if match is None or (not found and (match["name"].upper(), match["value"].upper()) != ("BEGIN", "VCALENDAR")):
            raise _wrong(file, number, line)
        name, value = match["name"].upper(), match["value"]
        if name == "BEGIN":
            begun = Component(value.upper(), number)
            if open_ones:
                open_ones[-1].parts.append(begun)
            open_ones.append(begun)
            found.append(begun)
        elif name == "END":
            if not open_ones or open_ones.pop().kind != value.upper():
                raise _wrong(file, number, line)
        elif open_ones:
            parameters = {key.upper(): said.strip('"') for key, said in _PARAMETER.findall(match["parameters"])}
            open_ones[-1].properties.setdefault(name, []).append(Property(parameters, value, number))
        else:
            raise _wrong(file, number, line)
    if not found or open_ones:
        raise InteropError(
            "import_truncated",
            "the file ends in the middle",
            given=open_ones[-1].kind if open_ones else "",
            accepts="a whole file, to END:VCALENDAR",
        ).within(file)
    return found


def place_of(file: str, line: int) -> str:
    """Return where a line stands, for messages."""
    return f"{file}: line {line}" if file else f"line {line}"


def read_time(value: str) -> datetime | None:
    """Return a time of the clock such as 20260329T020000; None of another text."""
    match = _TIME.fullmatch(value.strip())
    try:
        return None if match is None else datetime(*(int(each) for each in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - a wall time
    except ValueError:
        return None


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Return the lines, each with those that begin with a blank behind it, and the number of its first."""
    number, parts = 0, list[str]()
    for place, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line[:1] in {" ", "\t"} and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield number, "".join(parts)
        number, parts = place, [line] if line.strip() else []
    if parts:
        yield number, "".join(parts)


def _wrong(file: str, number: int, line: str) -> InteropError:
    return InteropError(
        "import_line_invalid",
        "this is no line of iCalendar here",
        given=line,
        accepts="BEGIN:VCALENDAR first, then NAME:value, with an END for each BEGIN",
    ).within(place_of(file, number))
