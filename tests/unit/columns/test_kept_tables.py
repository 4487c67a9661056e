"""How many tables of calendars are kept: as many as fit into a bounded memory, those asked for last, while their calendar lives."""

import gc
from collections.abc import Iterator
from datetime import timedelta

import pytest

import slacalc as sla
from tests.small_caches import about_what_is_kept

np = pytest.importorskip("numpy", reason="columns need the extra frames")
pytest.importorskip("narwhals", reason="columns need the extra frames")

pytestmark = about_what_is_kept
EIGHT_HOURS = timedelta(hours=8)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Begin and end without tables."""
    from slacalc.columns import kept_tables

    kept_tables._kept.clear()
    yield
    kept_tables._kept.clear()


def offices(count: int) -> list[sla.Calendar]:
    return [sla.Calendar("UTC", f"Mon-Fri 09:{n:02}-17:00") for n in range(count)]


def ask(office: sla.Calendar, rows: int = 1) -> None:
    sla.frames.add(office, np.full(rows, "2026-11-20T16:00", "M8[us]"), EIGHT_HOURS, zone="UTC")


def owners() -> set[int]:
    from slacalc.columns import kept_tables

    return {key[0] for key in kept_tables._kept}


def test_as_many_tables_are_kept_as_there_are_calendars_while_there_is_room() -> None:
    many = offices(60)
    for office in many:
        ask(office)

    assert owners() == {id(office.timeline) for office in many}


def test_the_memory_of_all_tables_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    from slacalc.columns import kept_tables

    many = offices(20)
    ask(many[0])
    one = kept_tables.bytes_kept()
    monkeypatch.setattr(kept_tables, "_MOST_BYTES", 5 * one)
    for office in many:
        ask(office)

    assert len(owners()) == 5
    assert kept_tables.bytes_kept() <= 5 * one


def test_what_was_asked_for_last_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    from slacalc.columns import kept_tables

    first, second, third = offices(3)
    ask(first)
    monkeypatch.setattr(kept_tables, "_MOST_BYTES", 2 * kept_tables.bytes_kept())
    for office in (second, first, third):
        ask(office)

    assert owners() == {id(first.timeline), id(third.timeline)}


def test_tables_go_with_their_calendar() -> None:
    gone, stays = offices(2)
    ask(gone)
    ask(stays)
    kept = {id(stays.timeline)}
    del gone
    gc.collect()

    assert kept == owners()


def test_a_year_of_weekdays_takes_about_as_much_as_the_page_says() -> None:
    from slacalc.columns import kept_tables

    (office,) = offices(1)
    ask(office)
    windows = 263  # of the 366 days around 20 November 2026
    per_window = 8 * (5 + 1 + 5 + 1)  # the edges with their guesses, the closing and the shift
    assert windows * per_window <= kept_tables.bytes_kept() <= 1.1 * windows * per_window


def test_a_table_that_has_no_room_is_made_and_answers() -> None:
    from slacalc.columns import kept_tables

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kept_tables, "_MOST_BYTES", 0)
        for office in offices(3) * 2:
            column = np.array(["2026-11-20T16:00"], "M8[us]")
            due = sla.frames.add(office, column, timedelta(hours=2), zone="UTC")
            hour, minute = 10, office.hours.windows[0][0][0] // 60 % 60  # one hour after Monday's opening
            assert due.tolist() == [np.datetime64(f"2026-11-23T{hour}:{minute:02}").astype("M8[us]").item()]
            assert len(owners()) == 1
