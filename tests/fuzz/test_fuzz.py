"""For any bytes, every reader returns a value or raises a SlaError, with bounded work.

`FUZZ_TIMES=100 pytest tests/fuzz` tries a hundred times as many inputs. An input that was ever wrong becomes a file under
regressions/, in the folder of its reader. `python -m tests.fuzz.guided` fuzzes guided by what code an input reaches, and keeps
the inputs that reached the most under corpus/.
"""

import os
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import slacalc as sla
from tests.fuzz.loaders import LOADERS, seeds
from tests.limits import within_seconds_of_work

REGRESSIONS: Final = Path(__file__).parent / "regressions"
FILES: Final = sorted(path for path in REGRESSIONS.rglob("*") if path.is_file())
CORPUS: Final = Path(__file__).parent / "corpus"
REACHED: Final = sorted(path for path in CORPUS.rglob("*") if path.is_file())
INPUTS: Final = 60 * int(os.environ.get("FUZZ_TIMES", "1"))
MOST_SAID: Final = 200_000  # characters of a message
TOKENS: Final = (
    b"", b"\0", b"\n", b"\r", b";", b",", b"=", b".", b"..", b"-", b'"', b"'", b"[", b"]", b"{", b"}", b"null", b"true",
    b"NaN", b"Infinity", b"-1", b"0", b"1e400", b"9" * 30, b"9" * 5_000, b"24:00", b"00:00", b"24:01", b"2026-02-30",
    b"9999-12-31T23:59:59-23:59", b"0001-01-01T00:00:00+23:59", b"2026-11-20T15:00:00", b"\xff", b"\xed\xa0\x80",
    b"\xef\xbb\xbf", "\u0663".encode(), "\u2028".encode(), b"${x}", b"../", b"Mon", b"PH", b"closed", b"24/7", b"FREQ=DAILY", b"COUNT=1",
    b"business_hours", b"extends", b"office", b"1900-01-01", b"2200-12-31", b"12-31", b"02-29", b"0h", b"10000h",
)  # fmt: skip


@st.composite
def bent(draw: st.DrawFn, loader: str) -> bytes:
    """What the reader takes, bent in a few places: cut out, doubled, or replaced by a token or by any bytes."""
    raw = draw(st.sampled_from(list(seeds(loader))))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = min(len(raw), start + draw(st.sampled_from((0, 1, 1, 3, 10, 40))))
        put = draw(st.sampled_from(TOKENS) | st.binary(max_size=4) | st.just(raw[start:end] * 2))
        raw = raw[:start] + put + raw[end:]
    return raw


def read(loader: str, raw: bytes) -> None:
    """Read it: any value will do, and so will a SlaError; nothing else, and not for long."""
    try:
        with within_seconds_of_work():
            LOADERS[loader](raw)
    except sla.SlaError as error:
        said = str(error)
    else:
        return
    assert len(said) < MOST_SAID


@pytest.mark.parametrize("loader", LOADERS)
def test_what_is_nearly_right_is_a_value_or_a_sla_error(loader: str) -> None:
    @settings(max_examples=INPUTS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(bent(loader))
    def holds(raw: bytes) -> None:
        read(loader, raw)

    holds()


@pytest.mark.parametrize("loader", LOADERS)
def test_any_bytes_are_a_value_or_a_sla_error(loader: str) -> None:
    @settings(max_examples=INPUTS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(max_size=200) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
    def holds(raw: bytes) -> None:
        read(loader, raw)

    holds()


@pytest.mark.parametrize("loader", LOADERS)
def test_what_the_reader_takes_is_taken(loader: str) -> None:
    for raw in seeds(loader):
        LOADERS[loader](raw)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(REGRESSIONS)))
def test_what_was_wrong_once(path: Path) -> None:
    read(path.parent.name, path.read_bytes())


@pytest.mark.parametrize("path", REACHED, ids=lambda path: str(path.relative_to(CORPUS)))
def test_what_reached_far(path: Path) -> None:
    read(path.parent.name, path.read_bytes())


def test_every_regression_stands_in_the_folder_of_a_reader() -> None:
    assert {path.parent.name for path in (*FILES, *REACHED)} <= set(LOADERS)
