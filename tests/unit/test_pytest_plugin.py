"""The pytest plugin: fixtures that are found by themselves, and nothing heavy at the start."""

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import slacalc as sla
from slacalc.policies.loading import SAMPLES


def run_pytest(folder: Path, source: str, *plugins: str, **environment: str) -> str:
    """Run a test suite of one module, in a process of its own, as a user would."""
    (folder / "test_theirs.py").write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugins, str(folder)]
    env = os.environ | environment
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=env).stdout


def test_the_start_of_pytest_imports_nothing_of_ours_but_the_plugin(tmp_path: Path) -> None:
    said = run_pytest(
        tmp_path,
        "import sys\n"
        "def test_the_start_was_light():\n"
        "    assert '_slacalc_pytest' in sys.modules\n"
        "    heavy = {'slacalc', 'pydantic', 'holidays', 'dateutil', 'hypothesis', 'zoneinfo'}\n"
        "    assert heavy.isdisjoint(name.split('.')[0] for name in sys.modules), sorted(sys.modules)\n",
        "-p",
        "_slacalc_pytest",
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",  # other plugins import what they like
    )
    assert "1 passed" in said, said


def test_fixtures_are_found_without_an_import(tmp_path: Path) -> None:
    said = run_pytest(
        tmp_path,
        "def test_the_office(sla_office):\n"
        "    assert str(sla_office.hours) == 'Mon-Fri 09:00-17:00'\n"
        + "".join(f"def test_{name}(sla_{name}):\n    assert sla_{name}.name == '{name}'\n" for name in SAMPLES),
    )
    assert "6 passed" in said, said


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_policy_is_a_fixture(name: str, request: pytest.FixtureRequest) -> None:
    assert sla.sample_policy(name) == request.getfixturevalue(f"sla_{name}")


@pytest.mark.parametrize(
    ("group", "value"), [("pytest11", "_slacalc_pytest"), ("hypothesis", "slacalc.testing.registration:register")]
)
def test_the_entry_points_are_those_that_pytest_and_hypothesis_look_for(group: str, value: str) -> None:
    assert [value] == [each.value for each in entry_points(group=group) if each.name == "slacalc"]


def test_a_law_or_a_strategy_without_hypothesis_names_the_extra() -> None:
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "from slacalc import MissingExtraError\n"
        "import slacalc.testing\n"
        "for name in ('strategies', 'laws'):\n"
        "    try: __import__(f'slacalc.testing.{name}')\n"
        "    except MissingExtraError as error: print(error.code, error.accepts)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "extra_missing slacalc with its extra test\n" * 2
