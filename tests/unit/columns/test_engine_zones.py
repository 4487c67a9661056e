"""A frame in a zone that its library shows on another clock is told once."""

import warnings
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.columns import engine_zones

pl = pytest.importorskip("polars", reason="one of the backends")
pytest.importorskip("narwhals", reason="columns need the extra frames")
OFFICE: Final = sla.Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00")
ENGINES: Final = engine_zones._ENGINES
LAST_YEAR: Final = datetime(2025, 11, 20, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def behind(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A polars whose clock in Vancouver is an hour behind since 2026."""

    def ask(zone: str, ats: Sequence[datetime]) -> list[datetime]:
        shown: list[datetime] = pl.Series(list(ats)).dt.convert_time_zone(zone).dt.replace_time_zone(None).to_list()
        late = timedelta(hours=1) if zone == "America/Vancouver" else timedelta(0)
        return [each - late if each.year >= 2026 else each for each in shown]

    monkeypatch.setattr(engine_zones, "_ENGINES", {"polars": ask})
    forget()
    yield
    forget()


def forget() -> None:
    engine_zones._shown_otherwise.cache_clear()
    engine_zones._tell.cache_clear()


def column(zone: str, *instants: datetime | None) -> Any:
    return pl.Series(instants, dtype=pl.Datetime("us", zone))


def told(given: Any) -> list[str]:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        sla.frames.roll_forward(OFFICE, given)
    return [str(each.message) for each in found]


def test_it_is_told_once_for_each_zone() -> None:
    this_year = column("America/Vancouver", LAST_YEAR, None, LAST_YEAR + timedelta(days=365))
    (text,) = told(this_year)
    assert text.startswith(
        "polars shows America/Vancouver on another clock than slacalc calculates with, as at 2026-01-15"
    )
    assert "slacalc zones" in text
    assert told(this_year) == []


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (column("America/Vancouver", LAST_YEAR), "both clocks are alike then"),
        (column("America/Vancouver", None), "there is no instant"),
        (column("America/Vancouver"), "there is no row"),
        (column("Europe/Brussels", LAST_YEAR + timedelta(days=365)), "another zone"),
    ],
)
def test_what_is_shown_as_it_is_calculated_is_not_told(given: Any, why: str) -> None:
    assert told(given) == [], why


def test_each_engine_that_is_there_is_asked_for_its_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Summer time in Brussels is two hours before UTC; a library that is not installed is left out."""
    july = datetime(2026, 7, 1, 12, tzinfo=UTC)
    for name in ("polars", "pyarrow", "duckdb"):
        pytest.importorskip(name)

    def absent(_zone: str, _ats: Sequence[datetime]) -> list[datetime]:
        raise ModuleNotFoundError

    monkeypatch.setattr(engine_zones, "_ENGINES", {**ENGINES, "another": absent})
    assert engine_zones.engine_offsets("Europe/Brussels", july) == dict.fromkeys(ENGINES, timedelta(hours=2))


@pytest.mark.parametrize(("engine", "zone"), [("polars", "+01:00"), ("another", "America/Vancouver")])
def test_of_what_cannot_be_compared_nothing_is_told(engine: str, zone: str) -> None:
    def reach() -> tuple[int, int]:
        raise AssertionError("no instant is looked for")

    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        engine_zones.tell_of_another_clock(engine, zone, reach)
    assert found == []
