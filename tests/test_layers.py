"""The rooms, in order: imports point down this list only (docs/architecture.md)."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SRC = Path(__file__).parents[1] / "src" / "slacalc"

# A room may import itself and every room before it. The front door loads by name and imports nothing.
ROOMS = (
    "errors",
    "arguments",
    "lazy",
    "kept",
    "making",
    "logger",
    "progress",
    "files",
    "business_time",
    "forms",
    "looks",
    "render",
    "plotting",
    "calendars",
    "policies",
    "events",
    "clocks",
    "logs",
    "milestones",
    "pictures",
    "expectations",
    "channels",
    "columns",
    "reports",
    "plans",
    "testing",
    "interop",
    "contact",
    "cli",
    "__main__",
)
# Doors upward: where users look for a method that only passes on (docs/decisions/0007).
REPLAY = {"slacalc.events.event", "slacalc.clocks.replay"}
EXPECTATION = {"slacalc.expectations.expectation", "slacalc.expectations.rounding"}
DOORS = {
    "calendars/calendar.py": {"slacalc.policies.document.calendar_data", "slacalc.pictures.hours"},
    "calendars/open_time.py": {"slacalc.columns.tables"},
    "policies/any_policy.py": {
        *REPLAY,
        "slacalc.logs.reading",
        "slacalc.columns.frames",
        "slacalc.columns.replays",
    },
    "expectations/expectation.py": {"slacalc.interop.icalendar"},
    "policies/promise.py": {*EXPECTATION, "slacalc.pictures.timeline", "slacalc.plans.sensitivity"},
    "policies/policy.py": {"slacalc.contact.page", "slacalc.expectations.languages"},
    "clocks/clock_state.py": EXPECTATION,
    "clocks/replay.py": {"slacalc.milestones.agenda", "slacalc.pictures.timeline"},
}
COMMANDS = {
    f"cli/{room}.py"
    for room in ("calendars", "policies", "tickets", "expectations", "reports", "plans", "zones", "interop", "contact")
}
MODULES = sorted(path for path in SRC.rglob("*.py") if path != SRC / "__init__.py")
CLOCK_LOCALE_ENVIRONMENT = {
    ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time"),
    ("time", "localtime"), ("os", "environ"), ("os", "getenv"), ("os", "environb"),
}  # fmt: skip
AMBIENT_MODULES = {"locale", "os", "time", "getpass", "platform"}


def room_of(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> list[str]:
    return list(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or ""


def imported_at_once(path: Path) -> Iterator[str]:
    """What is imported when the file is, from where it is defined."""
    for node in tree(path).body:
        if isinstance(node, ast.ImportFrom):
            yield from (node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names))


def name_of(path: Path) -> str:
    return str(path.relative_to(SRC))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_down_the_list_of_rooms(path: Path) -> None:
    rooms_below = ROOMS[: ROOMS.index(room_of(path)) + 1]
    own = [name for name in imported(path) if name.split(".")[0] == "slacalc"]
    upward = {name for name in own if name.split(".")[1] not in rooms_below}
    assert upward == DOORS.get(name_of(path), set())


def test_no_file_imports_itself_by_way_of_others() -> None:
    """Doors upward open when they are called; what only types need is not imported when a program runs."""
    names = {".".join(("slacalc", *path.relative_to(SRC).with_suffix("").parts)): path for path in MODULES}
    below = {name: {each for each in imported_at_once(path) if each in names} for name, path in names.items()}
    TopologicalSorter(below).prepare()  # raises CycleError, with the files


def test_the_folders_of_policies_import_each_other_one_way() -> None:
    """Targets are part of a document; a document knows nothing of what is in force."""

    def known_to(folder: str) -> set[str]:
        files = (SRC / "policies" / folder).glob("*.py")
        own = (name.split(".") for path in files for name in imported(path) if name.startswith("slacalc.policies."))
        return {parts[2] for parts in own} - {folder}

    assert known_to("targets") == {"notation"}
    assert known_to("document") == {"frozen_dict", "notation", "problems", "targets"}


def test_no_importer_is_imported_by_the_core() -> None:
    """What other systems do is known to `interop/` alone: contact pages and the command line ask it, the front door names it.

    The core writes one thing of theirs, by a door that opens when it is called: what was told, for a calendar.
    """
    using = {room_of(path) for path in MODULES if any(name.startswith("slacalc.interop") for name in imported(path))}
    assert using == {"interop", "contact", "cli", "expectations"}
    core = [path for path in MODULES if room_of(path) not in {"interop", "contact", "cli"}]
    assert not [name_of(path) for path in core if any("interop" in name.split(".") for name in imported_at_once(path))]


def test_every_room_is_on_the_list_and_has_something_to_say() -> None:
    found = {room_of(path) for path in MODULES}
    assert found == set(ROOMS)


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("holidays", {"calendars/holidays/package.py"}),
        ("dateutil", {"calendars/recurrence.py", "calendars/relative_days.py"}),
        ("typer", {"cli/__init__.py", "cli/arguments.py", "cli/exits.py", "cli/zone_choice.py", *COMMANDS}),
        ("rich", {"cli/printing.py", "cli/progress.py"}),
        (
            "hypothesis",
            {f"testing/{name}.py" for name in ("laws", "questions", "registration", "strategies", "ticket_laws")},
        ),
        ("pytest", set()),
    ],
)
def test_a_third_party_name_appears_only_where_it_is_wrapped(package: str, allowed: set[str]) -> None:
    using = {name_of(path) for path in MODULES if package in {name.split(".")[0] for name in imported(path)}}
    assert using == allowed


def test_pydantic_stays_out_of_business_time_and_calendars() -> None:
    rooms = {room_of(path) for path in MODULES if any(name.startswith("pydantic") for name in imported(path))}
    assert rooms == {"policies", "clocks", "forms", "events"}


@pytest.mark.parametrize("path", [path for path in MODULES if room_of(path) != "cli"], ids=name_of)
def test_clock_locale_and_environment_are_read_only_by_the_command_line(path: Path) -> None:
    read = {
        (node.value.id, node.attr)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    assert read & CLOCK_LOCALE_ENVIRONMENT == set()
    assert set(imported(path)) & AMBIENT_MODULES == set()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_long_file_says_why_it_is_long(path: Path) -> None:
    is_long = len(path.read_text(encoding="utf-8").splitlines()) > 400
    assert ("Over 400 lines: " in (ast.get_docstring(tree(path)) or "")) == is_long


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_in_its_first_line_what_it_contains(path: Path) -> None:
    first = (ast.get_docstring(tree(path)) or "").split("\n")[0]
    assert first
    assert not first.startswith("This module")


def test_no_two_classes_share_a_name() -> None:
    names = Counter(node.name for path in MODULES for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef))
    assert [name for name, count in names.items() if count > 1] == []
