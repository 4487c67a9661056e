"""Values that cross processes, and Pythons, answer as before: pickles, forks and deep copies."""

import copy
import multiprocessing
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

import slacalc as sla
from tests.limits import run_within_limits
from tests.parallel.questions import FRIDAY, answers, cold

ROOT: Final = Path(__file__).parents[2]
PROGRAM: Final = Path(__file__).with_name("questions.py")
VERSIONS: Final = ("3.11", "3.12", "3.13")


def python(version: str) -> str:
    """The interpreter of a version with our dependencies: this one, `SLACALC_PYTHON_3_12` or the like, or on the path."""
    if version == f"{sys.version_info.major}.{sys.version_info.minor}":
        return sys.executable
    found = os.environ.get(f"SLACALC_PYTHON_{version.replace('.', '_')}") or shutil.which(f"python{version}")
    if found is None or run(found, "-c", "import pydantic, holidays, dateutil")[0]:
        pytest.skip(
            f"no Python {version} with pydantic, holidays and dateutil: name one in SLACALC_PYTHON_{version.replace('.', '_')}"
        )
    return found


def run(*command: str, given: bytes = b"") -> tuple[int, bytes, str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, input=given, capture_output=True, check=False, env=environment)
    return done.returncode, done.stdout, done.stderr.decode()


@pytest.mark.parametrize("reader", VERSIONS)
@pytest.mark.parametrize("writer", VERSIONS)
def test_what_one_python_pickles_another_reads_and_answers_the_same(writer: str, reader: str) -> None:
    failed, pickled, said = run(python(writer), str(PROGRAM), "ask")
    assert not failed, said
    failed, checked, said = run(python(reader), str(PROGRAM), "check", given=pickled)
    assert not failed, said
    assert checked.endswith(b"answers are the same\n")


@pytest.mark.parametrize("used", [False, True], ids=["cold", "used"])
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_holds_what_a_calendar_says_and_not_what_it_compiled(used: bool, protocol: int) -> None:
    things, fresh = cold(), cold()
    if used:
        answers(things)
    pickled = pickle.dumps(things, protocol)
    assert len(pickled) == len(pickle.dumps(fresh, protocol))
    assert answers(fresh) == answers(pickle.loads(pickled))


def test_deep_and_shallow_copies_are_equal_and_answer_the_same() -> None:
    things = cold()
    expected = answers(things)
    for copied in (copy.deepcopy(things), tuple(copy.copy(thing) for thing in things)):
        assert things == copied
        assert expected == answers(copied)


def test_promises_errors_and_ledgers_cross_processes_whole() -> None:
    *calendars, policy = cold()
    promise = policy.promise(FRIDAY)["resolution"]
    assert promise == pickle.loads(pickle.dumps(promise))
    ledger = calendars[0].explain(FRIDAY, promise.due)
    assert ledger == pickle.loads(pickle.dumps(ledger))
    with pytest.raises(sla.PolicyError) as refused:
        policy.promise(FRIDAY, colour="red")
    assert refused.value == pickle.loads(pickle.dumps(refused.value))


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_a_pool_of_processes_of_any_kind_gets_the_same_answers(method: str) -> None:
    things = cold()
    expected = answers(things)
    with multiprocessing.get_context(method).Pool(2) as pool:
        for told in pool.map(answers, [things, cold()]):
            assert expected == told


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_process_that_forks_while_threads_compile_can_go_on_compiling() -> None:
    said = run_within_limits(
        "import os, sys, threading, warnings\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "warnings.simplefilter('ignore')\n"
        "sys.setswitchinterval(1e-6)\n"
        "from tests.parallel.questions import answers, cold\n"
        "expected = answers(cold())\n"
        "for _ in range(2):\n"
        "    things = cold()\n"
        "    threads = [threading.Thread(target=answers, args=(things,)) for _ in range(4)]\n"
        "    for thread in threads: thread.start()\n"
        "    child = os.fork()\n"
        "    if not child: os._exit(0 if answers(things) == expected else 1)\n"
        "    for thread in threads: thread.join()\n"
        "    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    assert said == "0\n" * 2
