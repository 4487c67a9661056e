"""Texts of opening_hours as calendars: due times by hand, and what is refused or lost."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import pytest

import slacalc as sla
from slacalc.interop import osm
from tests.refusals import Refusal, check
from tests.unit.interop.osm.texts import JOINED, NIGHTS, ODD, ORDINARY, OVERNIGHT, ROUND_THE_CLOCK, SEASONS

NAME: Final = "opening hours"


def calendar(text: str, **more: Any) -> sla.Calendar:
    return osm.load(text, zone="Europe/Berlin", **{"holidays": "DE", **more}).calendars[NAME]


@pytest.mark.parametrize(
    ("text", "received", "due", "because"),
    [
        (ORDINARY, "2026-11-20T11:00+01:00", "2026-11-20T14:00+01:00", "an hour before lunch, an hour after it"),
        (ORDINARY, "2026-11-21T11:00+01:00", "2026-11-23T09:00+01:00", "Saturday until noon, then Monday"),
        (ORDINARY, "2026-12-24T11:00+01:00", "2026-12-28T09:00+01:00", "a short day, two holidays, a Sunday"),
        (ROUND_THE_CLOCK, "2026-12-24T23:00+01:00", "2026-12-27T01:00+01:00", "two holidays are closed from 00:00 to 24:00"),
        (OVERNIGHT, "2026-11-20T23:30+01:00", "2026-11-21T01:30+01:00", "Friday's night runs on: Saturday is of the same rule"),
        (OVERNIGHT, "2026-11-21T23:00+01:00", "2026-11-22T12:00+01:00", "the rule of Sunday ends Saturday's night at midnight"),
        (JOINED, "2026-11-21T23:00+01:00", "2026-11-22T01:00+01:00", "a comma adds: Saturday's night runs until two"),
        (SEASONS, "2026-10-31T18:00+01:00", "2026-11-01T11:00+01:00", "the last hour of summer; then winter, a Sunday"),
        (SEASONS, "2026-12-20T15:00+01:00", "2026-12-27T11:00+01:00", "a Sunday; the next Saturday is 26 December, off"),
        (ODD, "2026-11-16T11:00+01:00", "2026-11-30T10:00+01:00", "week 47, then week 49"),
        (ODD, "2026-11-30T11:00+01:00", "2026-12-05T11:00+01:00", "then the first Saturday of December"),
        (ODD, "2026-12-28T11:00+01:00", "2027-01-02T11:00+01:00", "week 53; 2 January is the first Saturday"),
        (ODD, "2027-01-02T11:00+01:00", "2027-01-04T10:00+01:00", "weeks 53 and 1 are both odd"),
        ("Mo-Fr 09:00-17:00; We 09:00-12:00", "2026-11-18T11:00+01:00", "2026-11-19T10:00+01:00", "; replaces: Wednesday ends at noon"),
        ("Mo-Fr 09:00-12:00, We 14:00-16:00", "2026-11-18T11:00+01:00", "2026-11-18T15:00+01:00", ", adds: Wednesday has two windows"),
        ("Mo-Fr 09:00-17:00; 12:00-13:00 off", "2026-11-20T11:00+01:00", "2026-11-20T14:00+01:00", "off with times takes them away only"),
        ("PH off; Mo-Fr 09:00-17:00", "2026-12-25T09:00+01:00", "2026-12-25T11:00+01:00", "a later rule for Fridays opens the holiday again"),
        ("Mo-Fr 09:00-17:00; PH 10:00-11:00", "2026-12-25T09:00+01:00", "2026-12-26T11:00+01:00",
         "an hour on the holiday, an hour on Saturday the 26th, a holiday too, whose end is in time"),
        ("Mo-Fr 09:00-17:00; PH Sa,Su 10:00-12:00", "2026-12-24T16:00+01:00", "2026-12-25T10:00+01:00",
         "only holidays on weekends are of the second rule"),
        ("Mo 22:00-26:00", "2026-11-23T23:00+01:00", "2026-11-24T01:00+01:00", "26:00 is two at night"),
        ("Mo-Su 10:00-12:00; 2026 Dec 24-2027 Jan 2 off; 2027 Jan 2 10:00-11:00", "2026-12-23T11:00+01:00",
         "2027-01-02T11:00+01:00", "an hour before the days off; the last rule opens their last date"),
        ("2026 Nov 20 off; Mo-Fr 09:00-17:00; Fr[-1] 09:00-10:00", "2026-11-27T09:00+01:00", "2026-11-30T10:00+01:00",
         "the last Friday of November has one hour"),
    ],
)  # fmt: skip
def test_due_times_by_hand(text: str, received: str, due: str, because: str) -> None:
    assert calendar(text).add(datetime.fromisoformat(received), timedelta(hours=2)) == datetime.fromisoformat(due), (
        because
    )


def test_a_holiday_cuts_nights_by_its_date() -> None:
    """11 November 2026 is a Wednesday, and a holiday in Belgium."""
    nights = calendar(NIGHTS, holidays="BE")
    due = nights.add(datetime.fromisoformat("2026-11-10T23:00+01:00"), timedelta(hours=2))
    assert due == datetime.fromisoformat("2026-11-12T01:00+01:00")
    assert not nights.is_open(datetime.fromisoformat("2026-11-11T03:00+01:00"))
    assert nights.is_open(datetime.fromisoformat("2026-11-12T03:00+01:00"))


@pytest.mark.parametrize("text", [ORDINARY, ROUND_THE_CLOCK, OVERNIGHT, JOINED, SEASONS, ODD, NIGHTS])
def test_what_was_imported_is_a_policy_that_round_trips(text: str) -> None:
    policy = osm.load(text, zone="Europe/Berlin", holidays="DE").policy
    assert sla.policy_from_data(policy.to_data()) == policy


def test_holidays_may_be_the_table_of_a_policy() -> None:
    feast = {"dates": {"2026-11-20": "feast"}, "source": "the parish"}
    assert not calendar("Mo-Fr 09:00-17:00; PH off", holidays=feast).is_open(
        datetime.fromisoformat("2026-11-20T10:00+01:00")
    )


def test_without_ph_holidays_are_days_like_others() -> None:
    imported = osm.load("Mo-Fr 09:00-17:00", zone="Europe/Berlin", holidays="DE")
    assert imported.calendars[NAME].is_open(datetime.fromisoformat("2026-12-25T10:00+01:00"))
    assert [(loss.severity, loss.where) for loss in imported.losses] == [("cosmetic", "holidays")]


def test_a_file_holds_one_text(tmp_path: Path) -> None:
    file = tmp_path / "shop.txt"
    file.write_text("Mo-Fr 09:00-17:00;\n  Sa 09:00-12:00\n", encoding="utf-8")
    assert str(osm.load(file, zone="UTC").calendars[NAME].hours) == "Mon-Fri 09:00-17:00; Sat 09:00-12:00"


@pytest.mark.parametrize(
    ("text", "severity", "where", "means", "rest"),
    [
        ("Mo 09:00-17:00; SH off", "due_times", "character 17", "school holidays", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; SH,Tu 10:00-12:00", "due_times", "character 17", "school holidays", "Mon 09:00-17:00; Tue 10:00-12:00"),
        ("Mo 09:00-17:00; Tu sunrise-sunset", "due_times", "character 20", "times that the sun tells", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; Tu (sunrise+01:00)-12:00", "due_times", "character 20", "times that the sun tells", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; Tu 10:00", "due_times", "character 20", "a moment, and no window", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; Tu 10:00-16:00/90", "due_times", "character 20", "moments, again and again", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; Tu 10:00-16:00/01:30", "due_times", "character 20", "moments, again and again", "Mon 09:00-17:00"),
        ("Mo 18:00+", "due_times", "character 4", "a window without a certain end", "Mon 18:00-24:00"),
        ("Mo 18:00-22:00+", "due_times", "character 4", "a window without a certain end", "Mon 18:00-22:00"),
        ("Mo 09:00-17:00 || Tu 10:00-12:00", "due_times", "character 16", "a rule that holds where no other does", "Mon 09:00-17:00"),
        ('Mo 09:00-17:00; Tu 10:00-12:00 "by appointment"', "due_times", "character 32", "open as the comment", "Mon 09:00-17:00; Tue 10:00-12:00"),
        ('Mo 09:00-17:00; Tu off "rest"', "cosmetic", "character 24", 'the comment "rest"', "Mon 09:00-17:00"),
        ('"kitchen": Mo 09:00-17:00', "due_times", "character 1", "for whom a rule is", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; Tu 10:00-12:00 unknown", "due_times", "character 32", "hours that are not known", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; PH off", "due_times", "character 17", "public holidays, and nobody says", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; PH -1 day off", "due_times", "character 17", "days told from a public holiday", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; Mo[1] +1 day off", "due_times", "character 17", "days told from a numbered weekday", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; Dec 24+ off", "due_times", "character 17", "dates without an end", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; Dec 25 +Su off", "due_times", "character 17", "a date so many days", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; Dec 25 -1 day off", "due_times", "character 17", "a date so many days", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; Mar 1-easter off", "due_times", "character 17", "dates between a date and Easter", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; easter-Jun off", "due_times", "character 17", "dates from Easter to another date", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; easter+ off", "due_times", "character 17", "dates from Easter to another date, or without an end", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; 2026 Dec 24-2027 Jan 10 Sa[1] off", "due_times", "character 17",
         "weeks, numbered weekdays or Easter, within other", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; Tu sunrise+", "due_times", "character 20", "times that the sun tells", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; Mar 10-20 Tu[1] off", "due_times", "character 17", "weeks, numbered weekdays or Easter, within other", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; Tu[1] 20:00-02:00", "due_times", "character 17", "nights in weeks", "Mon 09:00-17:00"),
        ("Mo 09:00-17:00; 18:00-19:00", "due_times", "character 17", "hours without days after a rule with days", "Mon-Sun 18:00-19:00"),
        ("Mo 20:00-02:00; Tu 09:00-17:00", "cosmetic", "nights", "a rule after `;` ends the night", "Mon 20:00-24:00; Tue 09:00-17:00"),
        ("Mo-Su 22:00-06:00; We off", "reports", "nights", "windows past midnight that another rule cuts",
         "Mon,Tue,Thu-Sun 00:00-06:00 22:00-24:00"),
        ("Mo 10:00-34:00", "reports", "nights", "windows past midnight", "Mon 10:00-24:00; Tue 00:00-10:00"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named(text: str, severity: str, where: str, means: str, rest: str) -> None:
    imported = osm.load(text, zone="UTC", lossy=True)
    (loss,) = imported.losses
    assert (loss.severity, loss.where) == (severity, where)
    assert loss.means.startswith(means)
    assert str(imported.calendars[NAME].hours) == rest
    if severity == "due_times":
        with pytest.raises(sla.InteropError, match="lossy=True"):
            osm.load(text, zone="UTC")
    else:
        assert osm.load(text, zone="UTC").losses == (loss,)


def test_all_that_is_lost_is_said_at_once() -> None:
    with pytest.raises(sla.InteropError) as refused:
        osm.load("Mo sunrise-sunset; SH off; Tu 10:00+", zone="UTC")
    assert [problem.where for problem in refused.value.problems] == ["character 4", "character 20", "character 31"]


def attempt(source: Any, zone: str = "UTC") -> Any:
    return lambda: osm.load(source, zone=zone)


REFUSALS: Final = [
    Refusal(attempt({"opening_hours": "24/7"}), sla.InteropError, "import_source_invalid", "source", "opening_hours", "the Path of a file"),
    Refusal(attempt("shops/corner.txt"), sla.InteropError, "import_source_invalid", "source", "corner.txt", "Path("),
    Refusal(attempt(Path("no such file.txt")), sla.InteropError, "import_unreadable", "no such file.txt", "No such file", "UTF-8"),
    Refusal(attempt("Mo-Fr off"), sla.InteropError, "import_never_opens", "", "", "one rule or more that opens"),
    Refusal(attempt("24/7", "Europe/Rom"), sla.ZoneError, "zone_unknown", "zone", "'Europe/Rom'", "Europe/Rome"),
    Refusal(attempt("Mo 09:00-17:00; Sa[1] 10:00-12:00; week 1-53 off"), sla.InteropError, "import_value_invalid", "",
            "2000-01-01", "rules whose dates are apart"),
    Refusal(attempt("2030+ Mar-May Mo 09:00-17:00; 2030+ Sep-Oct Mo 09:00-17:00; 1901-2029 Mar Tu 09:00-17:00,18:00-19:00; "
                    + "; ".join(f"1901-2029/3 {month} 2-3 We 10:00-11:00" for month in ("Jan", "Feb", "Apr", "Jun", "Jul", "Aug", "Nov", "Dec"))
                    + "; 1902-2029/3 Jan 7,Feb 7,Jun 7,Jul 7,Aug 7,Nov 7,Dec 7,Dec 20,Dec 22 Fr 10:00-11:00"),
            sla.InteropError, "import_too_much", "", "", "at most 1000 special days"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
def test_what_is_refused_names_its_place_and_what_is_accepted(refusal: Refusal) -> None:
    check(refusal)


def test_a_file_is_named_before_the_place(tmp_path: Path) -> None:
    file = tmp_path / "shop.txt"
    file.write_text("Mo-Fr 09:00-17:00; Dez 24 off", encoding="utf-8")
    with pytest.raises(sla.InteropError) as refused:
        osm.load(file, zone="UTC")
    assert refused.value.where == f"{file}, character 20"
    assert "a rule, such as" in refused.value.accepts
    file.write_text("Mo-Fr 09:00-17:00; SH off", encoding="utf-8")
    assert [loss.where for loss in osm.load(file, zone="UTC", lossy=True).losses] == [f"{file}, character 20"]


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 09:00-17:00;" * 500_000,
        " " * 1_000_000,
        "(" * 900,
        "Mo," * 330,
        "Mo 10:00-11:00," * 60,
        ",".join(f"{year} Jan 1" for year in range(1900, 1980)) + " off",
        "2027+ " + ",".join(f"Jan {day}" for day in range(1, 32)) + " " + ",".join(f"Mo[{n}],Tu[{n}]" for n in range(1, 6)),
        "1900 Jan 1-2200 Dec 31 Mo 10:00-12:00; Tu 22:00-02:00; PH off",
        "week " + ",".join(str(week) for week in range(1, 54)) + " Mo[1] off",
        "easter -99 days-easter +99 days Mo 10:00-12:00",
        "1900-2200/2 Mo 10:00-12:00; 1900-2200/3 Tu 10:00-12:00; 1900-2200/5 We 10:00-12:00",
    ],
)  # fmt: skip
def test_long_texts_end_soon(text: str) -> None:
    begin = perf_counter()
    with suppress(sla.InteropError):
        osm.load(text, zone="UTC", lossy=True).calendars[NAME].is_open(datetime(2026, 11, 20, tzinfo=UTC))
    assert perf_counter() - begin < 20
