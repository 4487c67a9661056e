"""The front door: public names, loaded when first used, and nothing heavy before."""

import re
import subprocess
import sys
from inspect import isroutine
from pathlib import Path

import pytest

import slacalc

HEAVY = ("pydantic", "pydantic_core", "holidays", "dateutil", "typer", "rich", "numpy", "pandas")


def modules_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_public_names_are_sorted_and_all_there() -> None:
    assert slacalc.__all__ == sorted(slacalc.__all__)
    assert [name for name in slacalc.__all__ if not hasattr(slacalc, name)] == []
    assert set(slacalc.__all__) == set(dir(slacalc))


def test_the_lazy_names_are_those_that_type_checkers_see() -> None:
    source = Path(slacalc.__file__).with_suffix(".pyi").read_text(encoding="utf-8")
    seen = re.findall(r"^from ([\w.]+) import (\w+) as \2$", source, re.MULTILINE)
    assert {name: module for module, name in seen} == {
        name: room for room, names in vars(slacalc)["_ROOMS"].items() for name in names.split()
    }
    assert sorted(name for _, name in seen) == slacalc.__all__


def test_no_annotation_holds_an_address() -> None:
    """Hypothesis seeds a test by the text of its annotations: with an address in it, each process draws other examples."""
    public = {name: value for name in slacalc.__all__ if not isroutine(value := getattr(slacalc, name))}
    assert [name for name, value in public.items() if " at 0x" in repr(value)] == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Calender'"):
        slacalc.Calender  # type: ignore[attr-defined]  # noqa: B018 - reading it is the test


NEVER_FIRST = ("pathlib", "urllib", "json", "hashlib", "html", "difflib", "calendar", "importlib.resources", "asyncio")
NEVER_FIRST_OF_OURS = (
    "business_time.amounts",
    "calendars.combination",
    "calendars.ledger",
    "calendars.succession",
    "calendars.workdays",
)
PINNED = (
    "import datetime, slacalc\n"
    "office = slacalc.Calendar('Europe/Brussels', 'Mon-Fri 09:00-17:00', special_days={'12-24': 'closed'},"
    " holidays=slacalc.FrozenHolidays.of({datetime.date(2026, 12, 25): 'Christmas'}, years=(2026, 2026)))\n"
    "office.add(datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC), datetime.timedelta(hours=4))"
)


def test_import_slacalc_loads_itself_and_nothing_else() -> None:
    loaded = modules_after("import slacalc") - modules_after("import importlib")
    assert loaded == {"slacalc"}


def test_a_calendar_without_live_holidays_needs_no_third_party_package() -> None:
    loaded = modules_after(PINNED)
    assert {name.split(".")[0] for name in loaded}.isdisjoint(HEAVY)


def test_a_first_answer_loads_nothing_that_it_can_do_without() -> None:
    loaded = modules_after(PINNED) - modules_after("pass")
    assert loaded.isdisjoint(NEVER_FIRST)
    rooms = {name.split(".")[1] for name in loaded if name.startswith("slacalc.")}
    assert rooms == {"errors", "arguments", "lazy", "kept", "business_time", "forms", "calendars"}
    assert loaded.isdisjoint(f"slacalc.{name}" for name in NEVER_FIRST_OF_OURS)
    assert len(loaded) < 92
