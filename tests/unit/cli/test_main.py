"""How the command line starts, and what it says where it cannot."""

import inspect
import subprocess
import sys
from typing import Final

import pytest

from slacalc import cli

# ---------------------------------------------------------------- how it starts


def python(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)


WITHOUT: Final = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == {package!r}:
            raise ModuleNotFoundError("No module named " + repr(name), name=name)

sys.meta_path.insert(0, Missing())
from slacalc.__main__ import main
main()
"""


@pytest.mark.parametrize("package", ["typer", "rich"])
def test_without_its_extra_the_command_line_says_which_one_to_install(package: str) -> None:
    done = python("-c", WITHOUT.format(package=package))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"slacalc: the command line needs {package}; accepted: slacalc with its extra cli\n"


def test_another_module_that_is_missing_is_not_taken_for_the_extra() -> None:
    done = python(
        "-c",
        "import sys; sys.modules['csv'] = None; sys.argv = ['slacalc', 'report']; from slacalc.__main__ import main; main()",
    )
    assert done.returncode == 1
    assert "extra cli" not in done.stderr
    assert "csv" in done.stderr


def test_a_module_that_is_missing_when_it_starts_is_told_as_python_does() -> None:
    done = python(
        "-c", "import sys; sys.modules['slacalc.cli.zone_choice'] = None; from slacalc.__main__ import main; main()"
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "zone_choice" in done.stderr.splitlines()[-1]
    assert "extra cli" not in done.stderr


def test_what_it_prints_may_be_caught_in_a_text() -> None:
    program = (
        "import io, sys\n"
        "sys.stdout, sys.argv = io.StringIO(), ['slacalc', 'week', '-p', 'webshop_helpdesk', '--date', '2026-11-20', '--json']\n"
        "from slacalc.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(sys.stdout.getvalue()[:26])"
    )
    assert python("-c", program).stderr == '[{"date": "2026-11-16", "ha'[:26]


FULL: Final = """
import io, sys

class Full(io.RawIOBase):
    def writable(self):
        return True

    def write(self, data):
        raise OSError(28, "No space left on device")

sys.argv = ["slacalc", "week", "-p", "webshop_helpdesk", {option!r}]
sys.stdout = io.TextIOWrapper(io.BufferedWriter(Full()))
from slacalc.__main__ import main
main()
"""


@pytest.mark.parametrize("option", ["--json", "--date=2026-11-20"])
def test_output_that_has_no_room_is_told_in_a_line(option: str) -> None:
    done = python("-c", FULL.format(option=option))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "slacalc: [Errno 28] No space left on device"


def test_it_starts_as_a_module() -> None:
    done = python("-m", "slacalc", "promise", "webshop_helpdesk", "--received", "2026-11-20T18:30+01:00")
    assert done.returncode == 0
    assert done.stdout.startswith("first_response: due Sat 2026-11-21 12:00 (CET)\n")
    refused = python("-m", "slacalc", "promise", "none.toml")
    assert (refused.returncode, refused.stdout) == (1, "")


def test_only_the_module_of_the_command_that_is_asked_for_is_loaded() -> None:
    promise = loaded("promise", "webshop_helpdesk", "--received", "2026-11-20T18:30+01:00")
    assert "slacalc.cli.policies" in promise
    others = {
        f"slacalc.cli.{name}" for name in ("calendars", "expectations", "interop", "log_files", "reports", "tickets")
    }
    rooms = {"slacalc.logs.mapping", "slacalc.reports.attainment", "slacalc.pictures.week", "slacalc.policies.checking"}
    assert not promise & (others | rooms)
    helped = loaded("--help")
    assert not {name for name in helped if name.startswith("slacalc.policies")}
    assert not helped & (others | {"slacalc.cli.policies", "slacalc.cli.zones", "pydantic"})


def loaded(*arguments: str) -> set[str]:
    """The modules that a process has loaded after a command."""
    program = (
        "import sys\n"
        "from slacalc.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('loaded', *sys.modules)"
    )
    asked = [sys.executable, "-c", program, *arguments]
    told = subprocess.run(asked, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    return set(told.rpartition("loaded ")[2].split())


def test_the_help_of_a_command_that_is_not_loaded_is_its_docstring() -> None:
    from slacalc import cli

    groups = [
        command for group in cli._GROUPS.values() for command in (*group.commands.values(), group.alone) if command
    ]
    commands = [*cli._COMMANDS.values(), *groups]
    assert len(commands) >= 16
    for command in commands:
        told = inspect.cleandoc(cli._function(command).__doc__ or "").partition("\n\n")[0]
        assert told.replace("\n", " ") == command.help, command.function


def test_a_name_that_the_room_does_not_have_is_no_application() -> None:
    from slacalc import cli

    with pytest.raises(AttributeError, match="no attribute 'apps'"):
        cli.apps  # noqa: B018 - it is asked for


def test_the_room_has_one_name_that_is_made_when_it_is_asked_for() -> None:
    assert hasattr(cli, "app")
    with pytest.raises(AttributeError, match=r"^module 'slacalc\.cli' has no attribute 'apps'$"):
        _ = cli.apps
