"""What holidays must be: read with everything explicit, frozen with their provenance, never guessed.

The dates that are asked of the installed package are ones that no release has moved.
"""

import copy
import json
import locale
import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import pytest

from slacalc import (
    Calendar,
    CalendarError,
    Drift,
    FrozenHolidays,
    HolidayError,
    Holidays,
    HorizonError,
    drift,
    load_holidays,
)
from slacalc.calendars.holidays import Provenance

# Belgian public holidays of 2026, from the law of 4 January 1974 and the date of Easter (5 April), Sundays included.
BELGIUM_2026 = (
    "2026-01-01 2026-04-05 2026-04-06 2026-05-01 2026-05-14 2026-05-24 2026-05-25 "
    "2026-07-21 2026-08-15 2026-11-01 2026-11-11 2026-12-25"
)
ARMISTICE, CHRISTMAS = date(2026, 11, 11), date(2026, 12, 25)


def own(names: Mapping[str, str], first: int = 2026, last: int = 2026) -> FrozenHolidays:
    return FrozenHolidays.of({date.fromisoformat(day): name for day, name in names.items()}, years=(first, last))


# ---------------------------------------------------------------- read from the package


def test_the_holidays_of_a_country_are_dates_with_names_in_its_own_language() -> None:
    names = Holidays("BE").names(2026)

    assert BELGIUM_2026.split() == [day.isoformat() for day in names]
    assert names[ARMISTICE] == "Wapenstilstand"


@pytest.mark.parametrize(
    ("holidays", "day", "name", "why"),
    [
        (Holidays("DE"), "2026-10-03", "Tag der Deutschen Einheit", "nation-wide"),
        (Holidays("DE"), "2026-01-06", None, "Epiphany is a matter of the state"),
        (Holidays("DE", subdivision="BY"), "2026-01-06", "Heilige Drei Könige", "Bavaria has it"),
        (Holidays("DE", subdivision="BE"), "2026-01-06", None, "Berlin has not"),
        (Holidays("DE", language="en_US"), "2026-10-03", "German Unity Day", "in another language"),
        (Holidays("NL"), "2026-05-05", None, "Liberation Day is optional in most years"),
        (Holidays("NL", categories=("public", "optional")), "2026-05-05", "Bevrijdingsdag", "categories are united"),
        (Holidays("NL", categories=("public", "optional")), "2026-04-27", "Koningsdag", "and the public ones stay"),
        (Holidays("SE"), "2026-06-19", None, "Midsummer Eve is no public holiday"),
        (Holidays("SE", categories=("public", "de_facto")), "2026-06-19", "Midsommarafton", "but a de facto one"),
        (Holidays("SE"), "2026-11-22", None, "a Swedish Sunday is a Sunday"),
        (Holidays("FI"), "2026-12-06", "Itsenäisyyspäivä", "Finnish by default"),
        (Holidays("FI", language="sv_FI"), "2026-12-06", "Självständighetsdagen", "or Swedish"),
        (Holidays("US"), "2026-07-03", "Independence Day (observed)", "the Fourth is a Saturday: a substitute day"),
        (Holidays("US", observed=False), "2026-07-03", None, "substitute days can be left out"),
    ],
)
def test_what_is_asked_for_is_what_is_read(holidays: Holidays, day: str, name: str | None, why: str) -> None:
    assert name == holidays.names(2026).get(date.fromisoformat(day)), why


def test_dates_can_be_added_and_removed() -> None:
    changed = Holidays("BE").adding({date(2026, 12, 24): "Bridge"}).removing([ARMISTICE])

    expected = [*BELGIUM_2026.replace("2026-11-11 ", "").split(), "2026-12-24"]
    assert sorted(expected) == [day.isoformat() for day in changed.names(2026)]
    assert changed.names(2026)[date(2026, 12, 24)] == "Bridge"
    assert Holidays("BE").names(2027) == changed.names(2027)


def test_adding_twice_adds_both_and_the_last_name_stands() -> None:
    once = Holidays("BE").adding({date(2026, 12, 24): "Bridge"})
    twice = once.adding({date(2026, 12, 31): "Bridge"}).adding({date(2026, 12, 24): "Eve"})

    assert twice.names(2026)[date(2026, 12, 24)] == "Eve"
    assert twice.names(2026)[date(2026, 12, 31)] == "Bridge"


@pytest.mark.parametrize(("country", "first"), [("DE", 1991), ("FI", 1900), ("NL", 1966)])
def test_rule_13_the_years_are_those_that_the_data_knows(country: str, first: int) -> None:
    assert (first, 2100) == Holidays(country).years


@pytest.mark.parametrize("year", [1990, 2101, 2200])
def test_rule_13_a_year_beyond_the_data_is_an_error_and_never_no_holiday(year: int) -> None:
    with pytest.raises(HorizonError) as caught:
        Holidays("DE").names(year)

    assert caught.value.code == "holiday_year_unknown"
    assert caught.value.given == str(year)
    assert caught.value.accepts == "years from 1991 to 2100"


def test_reading_one_year_changes_nothing_about_another() -> None:
    holidays = Holidays("DE")
    before = holidays.names(2026)

    holidays.names(2027)
    holidays.names(2026).clear()  # the caller's own dict

    assert before == holidays.names(2026)


@pytest.mark.slow
@pytest.mark.parametrize(
    "environment",
    [{"LANG": "C.UTF-8"}, {"LANG": "fi_FI"}, {"LANG": "fi_FI.UTF-8"}, {"LANGUAGE": "sv", "LANG": "sv_SE.UTF-8"}, {}],
    ids=str,
)
def test_names_do_not_depend_on_the_locale_of_the_process(environment: Mapping[str, str]) -> None:
    asked = (
        "from datetime import date; from slacalc import Holidays; "
        "day = date(2026, 12, 6); "
        "print(ascii([Holidays('FI').names(2026)[day], Holidays('FI', language='en_US').names(2026)[day]]))"
    )
    names = said_by_a_fresh_process(asked, environment)

    assert ascii(["Itsenäisyyspäivä", "Independence Day"]) == names


def said_by_a_fresh_process(code: str, environment: Mapping[str, str] | None = None) -> str:
    """What a new interpreter prints, with nothing of this one's locale."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LANG", "LC_"))}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, **(environment or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert not done.stderr
    return done.stdout.strip()


# ---------------------------------------------------------------- frozen


def test_rule_14_holidays_are_frozen_with_their_provenance() -> None:
    frozen = Holidays("DE", subdivision="BY", categories=("public", "catholic"), language="en_US").freeze(2026, 2027)

    assert frozen.years == (2026, 2027)
    assert frozen.provenance == Provenance(
        source=f"holidays {version('holidays')}",
        country="DE",
        subdivision="BY",
        categories=("public", "catholic"),
        language="en_US",
        observed=True,
    )
    assert frozen.names(2026)[date(2026, 1, 6)] == "Epiphany"
    assert frozen.names(2027)[date(2027, 1, 6)] == "Epiphany"


@pytest.mark.parametrize("holidays", [Holidays("BE"), Holidays("BE", language="fr"), Holidays("DE", "SN")])
def test_frozen_holidays_name_the_same_dates_as_the_package(holidays: Holidays) -> None:
    frozen = holidays.freeze(2024, 2030)

    assert [holidays.names(year) for year in range(2024, 2031)] == [frozen.names(year) for year in range(2024, 2031)]


def test_frozen_holidays_keep_what_was_added_and_removed() -> None:
    changed = Holidays("BE").adding({date(2026, 12, 24): "Bridge"}).removing([ARMISTICE])

    assert changed.names(2026) == changed.freeze(2026, 2026).names(2026)


@pytest.mark.parametrize("year", [2023, 2031])
def test_rule_13_a_year_that_was_not_frozen_is_an_error_and_never_no_holiday(year: int) -> None:
    frozen = Holidays("BE").freeze(2024, 2030)

    with pytest.raises(HorizonError) as caught:
        frozen.names(year)

    assert caught.value.code == "holiday_year_unknown"
    assert caught.value.accepts == "years from 2024 to 2030"


def test_rule_13_years_beyond_the_data_cannot_be_frozen() -> None:
    with pytest.raises(HorizonError):
        Holidays("BE").freeze(2099, 2101)


def test_a_year_without_holidays_is_known_to_have_none() -> None:
    assert own({"2026-12-24": "Eve"}, 2026, 2027).names(2027) == {}


def test_a_caller_who_changes_what_names_returned_changes_nothing() -> None:
    frozen = own({"2026-12-24": "the caller's eve"})

    frozen.names(2026).clear()

    assert {date(2026, 12, 24): "the caller's eve"} == frozen.names(2026)


def test_frozen_holidays_are_values() -> None:
    one, other = Holidays("BE").freeze(2026, 2027), Holidays("BE").freeze(2026, 2027)
    one.names(2026)

    assert one == other == pickle.loads(pickle.dumps(one)) == copy.deepcopy(one)
    assert len({one, other}) == 1


@pytest.mark.parametrize(
    ("other", "same", "why"),
    [
        (own({"2026-12-25": "Noël", "2026-11-11": "Armistice"}), True, "names move no due time"),
        (own({"2026-12-25": "Christmas"}), False, "a date fewer"),
        (own({"2026-12-25": "Christmas", "2026-11-12": "Armistice"}), False, "another date"),
        (own({"2026-12-25": "Christmas", "2026-11-11": "Armistice"}, 2025), False, "another range of years"),
    ],
)
def test_rule_14_equal_digests_mean_equal_dates_and_years(other: FrozenHolidays, *, same: bool, why: str) -> None:
    digest = own({"2026-11-11": "Wapenstilstand", "2026-12-25": "Kerstmis"}).digest

    assert same is (digest == other.digest), why
    assert digest.startswith("sha256:")


# ---------------------------------------------------------------- pinned


@pytest.mark.parametrize(
    "frozen",
    [
        Holidays("BE").freeze(2024, 2030),
        Holidays("FI", language="fi").freeze(2026, 2026),
        own({"2026-12-24": 'a "quoted" <name> é\n'}),
        own({}),
    ],
    ids=["a country", "letters", "odd names", "no dates"],
)
def test_rule_14_a_pin_is_text_that_reads_back_the_same(frozen: FrozenHolidays) -> None:
    assert frozen == FrozenHolidays.from_json(frozen.to_json())


def test_rule_14_a_pin_is_json_that_people_can_read() -> None:
    pin = json.loads(Holidays("BE").freeze(2026, 2026).to_json())

    assert BELGIUM_2026.split() == list(pin["dates"])
    assert pin["dates"]["2026-11-11"] == "Wapenstilstand"
    assert {"country": "BE", "years": [2026, 2026], "categories": ["public"], "observed": True}.items() <= pin.items()
    assert pin["source"] == f"holidays {version('holidays')}"


def test_a_pin_is_loaded_from_a_file(tmp_path: Path) -> None:
    frozen = Holidays("FI").freeze(2026, 2027)
    path = tmp_path / "fi.json"
    path.write_text(frozen.to_json(), encoding="utf-8")

    assert frozen == load_holidays(path) == load_holidays(str(path))


def test_a_pin_file_is_read_as_utf_8_whatever_the_locale_of_the_process(tmp_path: Path) -> None:
    path = tmp_path / "fi.json"
    pinned = own({"2026-12-06": "Itsenäisyyspäivä"})
    path.write_text(pinned.to_json(), encoding="utf-8")
    of_process = locale.setlocale(locale.LC_CTYPE)

    try:
        locale.setlocale(locale.LC_CTYPE, "C")
        assert pinned == load_holidays(path)
    finally:
        locale.setlocale(locale.LC_CTYPE, of_process)


def test_a_pinned_calendar_answers_without_the_packages_that_made_it(tmp_path: Path) -> None:
    path = tmp_path / "be.json"
    path.write_text(Holidays("BE").freeze(2024, 2030).to_json(), encoding="utf-8")

    answer, imported = said_by_a_fresh_process(
        "import sys; from datetime import datetime, timedelta; from zoneinfo import ZoneInfo; import slacalc as sla;"
        f"pinned = sla.load_holidays({str(path)!r});"
        "office = sla.Calendar('Europe/Brussels', 'Mon-Fri 09:00-17:00', holidays=pinned);"
        "received = datetime(2026, 11, 10, 16, tzinfo=ZoneInfo('Europe/Brussels'));"
        "print(office.add(received, timedelta(hours=2)), office.explain(received, received).counted, sep='/');"
        "print([name for name in ('holidays', 'dateutil', 'pydantic') if name in sys.modules])"
    ).splitlines()

    assert answer == "2026-11-12 10:00:00+01:00/0:00:00"  # Wednesday 11 November is Armistice Day
    assert imported == "[]"


def test_importing_slacalc_imports_none_of_its_heavy_dependencies() -> None:
    imported = said_by_a_fresh_process(
        "import sys, slacalc; slacalc.Calendar('Europe/Brussels', 'Mon-Fri 09:00-17:00', special_days={'12-24': 'closed'});"
        "print([name for name in ('holidays', 'dateutil', 'pydantic') if name in sys.modules])"
    )

    assert imported == "[]"


def test_rule_14_what_the_installed_package_says_today_can_be_compared_with_a_pin() -> None:
    frozen = Holidays("DE", subdivision="BY", language="en_US", observed=False).freeze(2026, 2027)

    assert frozen == frozen.refrozen()
    assert str(drift(frozen, frozen.refrozen())) == "no drift"
    with pytest.raises(HolidayError) as caught:
        own({"2026-12-24": "Eve"}).refrozen()
    assert caught.value.code == "holiday_source_none"
    assert caught.value.given == "'given'"


def test_rule_14_a_source_names_the_package_its_version_and_the_country() -> None:
    assert Holidays("BE").source == f"holidays {version('holidays')} BE"
    assert Holidays("BE").freeze(2026, 2026).source == f"holidays {version('holidays')} BE"
    assert own({}).source == "given"


def test_rule_14_an_altered_pin_is_refused_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "be.json"
    path.write_text(Holidays("BE").freeze(2026, 2026).to_json().replace("2026-11-11", "2026-11-12"), encoding="utf-8")

    with pytest.raises(HolidayError) as caught:
        load_holidays(path)

    assert caught.value.code == "holiday_pin_altered"
    assert caught.value.where == f"{path}: digest"


# ---------------------------------------------------------------- drift

OLD = own({"2026-05-08": "Victory Day", "2026-11-17": "Freedom Day", "2026-12-25": "Christmas"})


@pytest.mark.parametrize(
    ("new", "expected", "moves", "why"),
    [
        (OLD, "no drift", False, "nothing"),
        (
            own({"2026-11-17": "Freedom Day", "2026-12-25": "Christmas"}),
            "- 2026-05-08 Victory Day",
            True,
            "a holiday that was abolished",
        ),
        (
            own({"2026-05-08": "Victory Day", "2026-10-04": "Saint Francis", "2026-11-17": "Freedom Day", "2026-12-25": "Christmas"}),
            "+ 2026-10-04 Saint Francis",
            True,
            "a new one",
        ),
        (
            own({"2026-05-08": "Victory Day", "2026-11-17": "Struggle Day", "2026-12-25": "Christmas"}),
            "~ 2026-11-17 Freedom Day -> Struggle Day",
            False,
            "a new name moves no due time",
        ),
        (
            own({"2026-05-09": "Victory Day", "2026-11-17": "Freedom Day", "2026-12-25": "Xmas"}),
            "- 2026-05-08 Victory Day\n+ 2026-05-09 Victory Day\n~ 2026-12-25 Christmas -> Xmas",
            True,
            "a holiday that moved, in the order of the dates",
        ),
        (
            own({"2026-05-08": "Victory Day", "2026-11-17": "Freedom Day", "2026-12-25": "Christmas", "2027-05-08": "Victory Day"}, 2025, 2027),
            "no drift",
            False,
            "years that only one of them covers are not compared",
        ),
    ],
)  # fmt: skip
def test_rule_14_drift_says_which_dates_moved(new: FrozenHolidays, expected: str, *, moves: bool, why: str) -> None:
    moved = drift(OLD, new)

    assert expected == str(moved), why
    assert moves is moved.moves_due_times, why
    assert moved.years == (2026, 2026)


def test_rule_14_drift_holds_the_dates_as_data() -> None:
    new = own({"2026-05-09": "Victory Day", "2026-11-17": "Struggle Day", "2026-12-25": "Christmas"})

    assert drift(OLD, new) == Drift(
        years=(2026, 2026),
        added=((date(2026, 5, 9), "Victory Day"),),
        removed=((date(2026, 5, 8), "Victory Day"),),
        renamed=((date(2026, 11, 17), "Freedom Day", "Struggle Day"),),
    )


def test_rule_14_drift_as_json_says_which_dates_moved() -> None:
    new = own({"2026-05-09": "Jour de la Libération", "2026-11-17": "Struggle Day", "2026-12-25": "Christmas"})

    assert drift(OLD, new).to_json() == (
        '{"years": [2026, 2026], "added": [["2026-05-09", "Jour de la Libération"]], '
        '"removed": [["2026-05-08", "Victory Day"]], "worked_added": [], "worked_removed": [], '
        '"half_days_added": [], "half_days_removed": [], "renamed": [["2026-11-17", "Freedom Day", "Struggle Day"]]}'
    )


def test_rule_14_drift_tells_of_worked_weekends_and_half_days() -> None:
    def swaps(worked: dict[int, int], halves: dict[int, str]) -> FrozenHolidays:
        day = date(2026, 1, 1).replace
        return FrozenHolidays.of(
            {},
            years=(2026, 2026),
            working_weekends={day(day=each): day(day=off) for each, off in worked.items()},
            half_days={day(day=each): ("Eve", until) for each, until in halves.items()},
        )

    moved = drift(
        swaps({10: 2, 17: 5}, {8: "13:00", 9: "13:00"}), swaps({10: 2, 17: 6, 24: 7}, {8: "12:00", 9: "13:00"})
    )

    assert str(moved).splitlines() == [
        "+ 2026-01-08 half day until 12:00",
        "- 2026-01-08 half day until 13:00",
        "+ 2026-01-17 working day instead of Tue 6 January",
        "- 2026-01-17 working day instead of Mon 5 January",
        "+ 2026-01-24 working day instead of Wed 7 January",
    ]
    assert moved.moves_due_times


def test_drift_needs_a_year_in_common() -> None:
    with pytest.raises(HolidayError) as caught:
        drift(OLD, own({}, 2027, 2028))

    assert caught.value.code == "holiday_years_apart"
    assert caught.value.given == "((2026, 2026), (2027, 2028))"


def test_holidays_are_values_and_a_calendar_takes_any_kind() -> None:
    by_code = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", holidays="BE")
    by_value = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", holidays=Holidays("BE"))
    pinned = replace(by_code, holidays=Holidays("BE").freeze(2024, 2030))

    assert by_code == by_value
    assert hash(by_code) == hash(by_value)
    assert by_code != pinned


# ---------------------------------------------------------------- a source of one's own


@dataclass(frozen=True)
class FoundersDay:
    """A source that is no class of ours: 23 November, known from 2020 to 2029."""

    source: str = "the company"
    digest: str = "founders-day-1"
    years: tuple[int, int] = (2020, 2029)

    def names(self, year: int) -> Mapping[date, str]:
        return {date(year, 11, 23): "Founders' Day"}


def test_a_calendar_takes_a_source_of_ones_own() -> None:
    office = Calendar("Europe/Brussels", "Mon-Fri 09:00-17:00", holidays=FoundersDay())
    monday, tuesday = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)

    assert [(each.kind, each.name) for each in office.explain(monday, tuesday) if each.name] == [
        ("holiday", "Founders' Day")
    ]
    assert office.next_open(monday) == datetime(2026, 11, 24, 8, tzinfo=UTC)  # 09:00 in Brussels
    with pytest.raises(HorizonError):
        office.next_open(datetime(2030, 1, 2, tzinfo=UTC))


def test_the_digest_of_a_source_is_part_of_that_of_its_calendar() -> None:
    first, second = (
        Calendar("UTC", "Mon-Fri 09:00-17:00", holidays=FoundersDay(digest=digest)) for digest in ("a", "b")
    )
    assert first.digest != second.digest


@pytest.mark.parametrize("given", [Holidays, FoundersDay, object(), {date(2026, 12, 25): "Christmas"}])
def test_what_is_no_source_of_holidays_is_refused(given: object) -> None:
    with pytest.raises(CalendarError) as caught:
        Calendar("UTC", "Mon-Fri 09:00-17:00", holidays=given)  # type: ignore[arg-type]
    assert caught.value.code == "holidays_invalid"
