"""What a developer and .ci/run do, by name: `nox -l` lists the sessions, `nox -s fast` is for while you work.

All sessions use the environment that nox runs in; CONTRIBUTING.md sets it up in one command.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["fast"]

BROWSER = ("chromium", "chromedriver")
NPM = ("axe-core@4.14.1", "schema-dts@2.1.0", "typescript@7.0.2")
PROVER = ("coqc", "ocamlfind")
OTHER_PYTHONS = ("SLACALC_PYTHON_3_13", "SLACALC_PYTHON_3_12", "python3.13", "python3.12")


def python(session: nox.Session, *arguments: str, **more: object) -> str:
    """Run a module or a file with the Python that nox runs in."""
    return str(session.run(sys.executable, *arguments, **more))


@nox.session
def fast(session: nox.Session) -> None:
    """The quick tests; one room with `nox -s fast -- tests/unit/clocks`."""
    python(session, "-m", "pytest", "-q", "-n", "auto", *(session.posargs or ("-m", "not slow")))


@nox.session
def tests(session: nox.Session) -> None:
    """All tests, as the README says."""
    python(session, "-m", "pytest", "-q", "-n", "auto", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """The rules and the format of ruff."""
    python(session, "-m", "ruff", "check", ".")
    python(session, "-m", "ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Strict types everywhere, and no public name without."""
    python(session, "-m", "mypy")
    verify = ("-m", "pyright", "--verifytypes", "slacalc", "--ignoreexternal", "--pythonpath", sys.executable)
    said = python(session, *verify, silent=True, env={"PYTHONPATH": "src"}, success_codes=[0, 1])
    score = re.search(r"Type completeness score: .*", said)
    session.log(score[0] if score else said)
    if score is None or not score[0].endswith("100%"):
        session.error(said)


@nox.session
def docs(session: nox.Session) -> None:
    """Each example in README, docs and docstrings, and the glossary."""
    python(
        session, "-m", "pytest", "-q", "-n", "auto", "tests/test_docs.py", "tests/test_glossary.py", *session.posargs
    )


@nox.session
def site(session: nox.Session) -> None:
    """Build the site strictly, and look at it in a browser."""
    if not all(map(shutil.which, BROWSER)):
        session.error("the site is looked at with Chromium: apt-get install chromium chromium-driver")
    quiet = {"PYTHONPATH": "src", "NO_MKDOCS_2_WARNING": "1"}
    python(session, "-m", "mkdocs", "build", "--strict", "--quiet", env=quiet)
    python(session, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/site", env={"SLACALC_SITE": "build/site"})


@nox.session
def proofs(session: nox.Session) -> None:
    """Check the proofs, build the proved model, and hold slacalc against it."""
    if not all(map(shutil.which, PROVER)):
        session.error("the proofs need Coq: apt-get install coq ocaml-nox ocaml-findlib libyojson-ocaml-dev")
    session.run("proofs/check", external=True)
    python(session, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/model", env={"PYTHONPATH": "src"})


@nox.session
def coverage(session: nox.Session) -> None:
    """Every branch is taken by a test, or named in tests/coverage/unreached.toml; half an hour and more."""
    folder = Path("build/coverage").resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    quiet = {"PYTHONPATH": "src", "COVERAGE_FILE": str(folder / "data")}
    asked = ("-m", "pytest", "-q", "-p", "no:cacheprovider", *session.posargs)
    python(session, "-m", "coverage", "run", *asked, env=quiet)
    python(session, "-m", "coverage", "combine", "--quiet", env=quiet)
    python(session, "-m", "coverage", "json", "--quiet", "-o", str(folder / "report.json"), env=quiet)
    python(session, "-m", "tests.coverage", str(folder / "report.json"))


@nox.session
def notebooks(session: nox.Session) -> None:
    """The notebooks of the docs, each run to its end."""
    python(session, "-c", "import ipykernel, nbclient, nbformat")  # without them the tests would be skipped
    python(session, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/notebooks", env={"PYTHONPATH": "src"})


@nox.session
def accessibility(session: nox.Session) -> None:
    """Opt-in: axe-core and schema-dts look at what is written as HTML and as linked data; needs Chromium and npm."""
    if not all(map(shutil.which, (*BROWSER, "npm"))):
        session.error("the tools are npm's: apt-get install npm chromium chromium-driver")
    folder = Path("build/npm").resolve()
    session.run("npm", "install", "--silent", "--prefix", str(folder), *NPM, external=True)
    env = {"PYTHONPATH": "src", "SLACALC_NPM": str(folder)}
    python(session, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/accessibility", *session.posargs, env=env)


@nox.session
def web(session: nox.Session) -> None:
    """What a web service gets and gives: the tests that need FastAPI."""
    python(session, "-c", "import fastapi, httpx")  # without them the tests would be skipped
    python(session, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/unit/test_fastapi.py")


@nox.session
def examples(session: nox.Session) -> None:
    """The examples: their tests, their pages in a browser, two type checkers; HELPDESK_TEST_DATABASE names another one.

    The database that it names is emptied: `postgresql+psycopg://...` is opt-in, SQLite is what CI has.
    """
    if not all(map(shutil.which, BROWSER)):
        session.error("the pages are looked at with Chromium: apt-get install chromium chromium-driver")
    env = {"PYTHONPATH": "src:examples"}
    python(session, "-c", "import django, fastapi, httpx, selenium, sqlalchemy, uvicorn")
    python(session, "-m", "pytest", "-q", "-p", "no:cacheprovider", "examples", *session.posargs, env=env)
    typed = ("examples/helpdesk", "examples/model_fields.py", "tests/typing")
    python(session, "-m", "mypy", *typed, env={"MYPYPATH": "src:examples"})
    python(session, "-m", "pyright", "--pythonpath", sys.executable, *typed, env=env)


@nox.session
def api(session: nox.Session) -> None:
    """What broke in the public API since the last tag."""
    session.run(".ci/api", env={"PYTHON": sys.executable}, external=True)


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the wheel and the sdist twice to the same bytes; install the wheel elsewhere, ask it, list its parts."""
    dist = Path("dist")
    shutil.rmtree(dist, ignore_errors=True)
    python(session, "-m", "build", "--outdir", str(dist))
    built = next(dist.glob("*.whl"))
    python(session, "-m", "twine", "check", "--strict", *map(str, dist.iterdir()))
    build_again(session, dist)
    with tempfile.TemporaryDirectory() as elsewhere:
        python(session, "-m", "venv", elsewhere)
        session.run(
            f"{elsewhere}/bin/pip", "install", "--quiet", f"slacalc[cli] @ {built.resolve().as_uri()}", external=True
        )
        parts = ("--output-reproducible", "--output-format", "JSON", "--output-file", "build/sbom.cdx.json")
        Path("build").mkdir(exist_ok=True)
        python(session, "-m", "cyclonedx_py", "environment", *parts, f"{elsewhere}/bin/python")
        asked = (
            "promise",
            "webshop_helpdesk",
            "--received",
            "2026-11-20T18:30+01:00",
            "--as-of",
            "2026-11-20T18:30+01:00",
        )
        with session.chdir(elsewhere):
            said = session.run(f"{elsewhere}/bin/slacalc", *asked, silent=True, external=True)
    if "due Sat 2026-11-21 12:00" not in str(said):
        session.error(f"the wheel answers otherwise: {said}")


def build_again(session: nox.Session, dist: Path) -> None:
    """Build in another folder, of other times, with another Python where one is installed: the same bytes."""
    found = (os.environ.get(name) or shutil.which(name) for name in OTHER_PYTHONS)
    other = next((each for each in found if each and _runs(each)), sys.executable)
    with tempfile.TemporaryDirectory() as elsewhere:
        session.run("git", "clone", "--quiet", ".", f"{elsewhere}/slacalc", external=True)
        session.run(other, "-m", "venv", f"{elsewhere}/venv", external=True)
        builder = f"{elsewhere}/venv/bin/python"
        session.run(builder, "-m", "pip", "install", "--quiet", "build", external=True)
        session.run(
            builder, "-m", "build", "--outdir", f"{elsewhere}/dist", f"{elsewhere}/slacalc", silent=True, external=True
        )
        again = {path.name: path.read_bytes() for path in Path(elsewhere, "dist").iterdir()}
    if again != {path.name: path.read_bytes() for path in dist.iterdir()}:
        session.error(f"{other} built other bytes; are there changes that are not committed?")
    session.log(f"the same bytes, built again with {other}")


def _runs(python: str) -> bool:
    """Tell whether a program is a Python that runs: pyenv has names for versions that are not in use."""
    return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0  # noqa: S603 - a Python of this machine
