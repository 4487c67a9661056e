"""The command that writes the page of a policy: how customers reach us."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final

import typer

from slacalc.cli.arguments import PolicyName, ReaderZoneOption, read_instant, read_policy
from slacalc.cli.exits import misused, refusals
from slacalc.cli.printing import print_line, print_raw
from slacalc.contact.page import ContactPage

__all__ = ["page"]

_FORMS: Final[dict[str, Callable[[ContactPage], str]]] = {
    ".html": ContactPage.to_html,
    ".md": ContactPage.to_markdown,
    ".txt": ContactPage.to_text,
    ".json": ContactPage.to_json,
}
_PLACE: Final = "{language}"


def page(
    policy: PolicyName,
    market: Annotated[str, typer.Option(help="The market whose customers read it.")] = "",
    language: Annotated[
        list[str] | None,
        typer.Option("--language", "-l", help="A language, such as fi, or several; that of the market if left out."),
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="As of when (ISO 8601); now if left out.")] = None,
    zone: ReaderZoneOption = None,
    weeks: Annotated[int, typer.Option(min=1, max=52, help="For how many weeks days that differ are told.")] = 4,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A file: .html, .md, .txt, .json or .ics; {language} in it for several."),
    ] = None,
    widget: Annotated[bool, typer.Option("--widget", help="With the script that keeps an HTML page current.")] = False,
    widget_data: Annotated[Path | None, typer.Option(help="A JSON file with the data of the script.")] = None,
) -> None:
    """Write the page that tells customers how to reach you; print it as text without a file."""
    with refusals():
        wanted: list[str | None] = [*language] if language else [None]
        for file in (output, widget_data):
            if len(wanted) > 1 and file is not None and _PLACE not in file.name:
                misused(f"several languages are several files: name {_PLACE} in {file.name}")
        chosen, when = read_policy(policy), read_instant(as_of, zone, "--as-of")
        for each in wanted:
            made = chosen.contact_page(market, each, when, zone=zone, weeks=weeks)
            if output is None:
                print_raw(made.to_text())
            else:
                _write(made, output, widget=widget)
            if widget_data is not None:
                _save(made, widget_data, made.widget().to_json())


def _write(made: ContactPage, output: Path, *, widget: bool) -> None:
    if output.suffix == ".ics":
        for name, feed in made.closures().items():
            _save(made, output.with_name(f"{output.stem}-{name}.ics"), feed.content)
        return
    if output.suffix not in _FORMS:
        misused(f"a page is written as {', '.join((*_FORMS, '.ics'))}")
    text = made.to_html(widget=made.widget()) if widget and output.suffix == ".html" else _FORMS[output.suffix](made)
    _save(made, output, text)


def _save(made: ContactPage, file: Path, text: str) -> None:
    path = file.with_name(file.name.replace(_PLACE, made.language))
    path.write_text(text, encoding="utf-8", newline="")
    print_line(f"wrote {path}")
