"""Which zone data is in use must be told as it is at that moment, with its version in one form, and what differs."""

import pickle
import re
import subprocess
import sys
import zoneinfo
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from slacalc import Calendar, Policy, SlaError, ZoneError, zone_data
from slacalc.business_time.zone_data import (
    ZoneData,
    ZoneDifference,
    ZoneSource,
    compare_zones,
    read_zone_source,
    zone_data_version,
    zone_from,
)
from tests.zone_folders import NEW, OLD, SIX, zones_from

FOUR_HOURS = timedelta(hours=4)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# ---------------------------------------------------------------- the version

FORM = r"20\d\d[a-z]"


def test_rule_14_the_version_of_the_zone_data_is_known() -> None:
    assert re.fullmatch(FORM, zone_data_version())


@pytest.mark.parametrize("word", ["package", "system"])
def test_a_word_names_the_zone_data_of_that_kind(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slacalc.business_time.zone_data._system", lambda: ZoneSource("system", "2031x", ("/there",)))
    monkeypatch.setattr("slacalc.business_time.zone_data._package", lambda: ZoneSource("package", "2031y", ()))
    source = read_zone_source(word)
    assert (source.kind, source.version) == (word, {"package": "2031y", "system": "2031x"}[word])


@pytest.mark.parametrize(
    ("files", "expected", "why"),
    [
        ({"tzdata.zi": b"# version 2031x\nR a 1916"}, "2031x", "the first line of the source"),
        ({"+VERSION": b"2031y\n"}, "2031y", "a file of the BSDs and of macOS"),
        (
            {"tzdata.zi": b"nothing of the kind", "+VERSION": b"2031z"},
            "2031z",
            "the second where the first says nothing",
        ),
        ({"tzdata.zi": b"# version 2026b\xff\n"}, "2026b\ufffd", "not in UTF-8"),
        ({"tzdata.zi": b"# version " + b"9" * 200}, "9" * 90, "endless: a hundred characters are read"),
        ({"UTC": b"TZif2"}, "unknown", "zones without a version"),
    ],
)
def test_rule_14_the_version_is_that_of_the_folder_in_use(
    tmp_path: Path, files: dict[str, bytes], expected: str, why: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_bytes(text)
    with zones_from(tmp_path):
        assert zone_data_version() == expected, why


def test_rule_14_without_any_folder_it_is_that_of_the_package_in_the_form_of_iana(tmp_path: Path) -> None:
    with zones_from(tmp_path):
        assert re.fullmatch(FORM, zone_data_version())
        assert zone_data().in_use.kind == "package"


def test_rule_14_a_reset_is_seen_at_once() -> None:
    seen = []
    for folder in (OLD, NEW, OLD):
        with zones_from(folder):
            seen.append((zone_data_version(), zone_data().in_use))

    assert [version for version, _ in seen] == ["2025b", "2026f", "2025b"]
    assert seen[0][1] == ZoneSource("folder", "2025b", (str(OLD),))


def test_a_name_that_the_folders_in_use_lack_is_no_zone_although_it_was_one_before(tmp_path: Path) -> None:
    (tmp_path / "UTC").write_bytes((OLD / "America/Havana").read_bytes())
    (tmp_path / "Made").mkdir()
    (tmp_path / "Made" / "Up").write_bytes((OLD / "America/Havana").read_bytes())
    with zones_from(tmp_path):
        assert Calendar("Made/Up", "Mon-Fri 09:00-17:00").zone == "Made/Up"
    with pytest.raises(ZoneError, match="there is no such time zone"):
        Calendar("Made/Up", "Mon-Fri 09:00-17:00")


# ---------------------------------------------------------------- one policy, two releases

RIGHT = [
    # zone, hours, received, amount; due by 2025b; due by 2026f
    (
        "America/Vancouver",
        "Mon-Fri 09:00-17:00",
        "2026-11-30T08:00",
        "2026-11-30 13:00-08:00",
        "2026-11-30 13:00-07:00",
    ),
    ("America/Edmonton", "Mon-Fri 09:00-17:00", "2026-11-30T08:00", "2026-11-30 13:00-07:00", "2026-11-30 13:00-06:00"),
    ("America/Winnipeg", "Mon-Fri 09:00-17:00", "2026-11-30T08:00", "2026-11-30 13:00-06:00", "2026-11-30 13:00-05:00"),
    ("America/Havana", "Mon-Fri 09:00-17:00", "2026-11-30T13:30", "2026-11-30 13:00-05:00", "2026-11-30 13:30-04:00"),
    (
        "Africa/Casablanca",
        "Mon-Fri 09:00-17:00",
        "2026-11-30T08:30",
        "2026-11-30 13:30+01:00",
        "2026-11-30 13:00+00:00",
    ),
    # summer time ends at 00:00 UTC in the old data, at 01:00 UTC in the new: 4 h from 20:30 UTC are 00:30 UTC
    ("Europe/Chisinau", "24/7", "2026-10-24T20:30", "2026-10-25 02:30+02:00", "2026-10-25 03:30+03:00"),
]


@pytest.mark.parametrize(("zone", "hours", "received", "old", "new"), RIGHT, ids=[row[0] for row in RIGHT])
def test_one_policy_gives_the_right_answer_of_each_release_with_its_version(
    zone: str, hours: str, received: str, old: str, new: str
) -> None:
    for folder, due, version in ((OLD, old, "2025b"), (NEW, new, "2026f")):
        with zones_from(folder):
            policy = Policy(
                name="p",
                calendars={"office": {"zone": zone, "hours": hours}},
                rules=[
                    {
                        "name": "r",
                        "calendar": "office",
                        "metrics": {"first_response": {"due": {"business_hours": "4h"}}},
                    }
                ],
            )
            promise = policy.promise(at(received))["first_response"]

        assert (promise.due.isoformat(" ", "minutes"), promise.provenance.zone_data) == (due, version)


# ---------------------------------------------------------------- what differs

DIFFER = {
    "America/Vancouver": ("2026-11-01T09:00", 1),
    "America/Edmonton": ("2026-11-01T08:00", 1),
    "America/Winnipeg": ("2026-11-01T07:00", 1),
    "America/Havana": ("2026-11-01T05:00", 1),
    "Africa/Casablanca": ("2026-09-20T01:00", -1),
}


def test_each_zone_is_told_with_the_first_instant_at_which_it_differs() -> None:
    old, new = read_zone_source(OLD), read_zone_source(NEW)

    found = {d.zone: (d.start, d.by) for d in compare_zones(old, new, SIX, since=at("2026-01-01T00:00"))}

    assert found.pop("Europe/Chisinau") == (at("2026-03-29T00:00"), timedelta(hours=-1))
    assert found == {zone: (at(start), timedelta(hours=by)) for zone, (start, by) in DIFFER.items()}


def test_sources_that_are_alike_differ_nowhere() -> None:
    assert list(compare_zones(read_zone_source(OLD), read_zone_source(str(OLD)), SIX)) == []


def test_a_zone_that_the_other_source_drops_is_told_without_an_instant(tmp_path: Path) -> None:
    (tmp_path / "UTC").write_bytes((OLD / SIX[0]).read_bytes())

    found = list(compare_zones(read_zone_source(OLD), read_zone_source(tmp_path), [SIX[1]]))

    assert found == [ZoneDifference(SIX[1], None, None)]


def test_the_newer_source_is_the_one_with_the_later_release() -> None:
    old, new, unknown = (
        ZoneSource("system", "2025b", ("/a",)),
        ZoneSource("package", "2026f"),
        ZoneSource("folder", "unknown"),
    )

    assert ZoneData(old, (new,)).newer == new
    assert ZoneData(new, (old,)).newer is None
    assert ZoneData(new, (unknown,)).newer is None
    assert ZoneData(unknown, (old, new)).newer == new
    assert ZoneData(old, ()).newer is None


def test_what_is_in_use_and_what_else_is_there_are_told_together() -> None:
    with zones_from(OLD):
        data = zone_data()
        differing = {d.zone for d in data.differences(SIX, since=at("2026-01-01T00:00"))}

    assert data.in_use.version == "2025b"
    assert "package" in {other.kind for other in data.others}
    assert set(DIFFER) <= differing


def test_a_zone_of_a_source_is_made_without_putting_it_in_use() -> None:
    moment = at("2026-11-30T18:00")

    offsets = [moment.astimezone(zone_from(read_zone_source(f), "America/Vancouver")).utcoffset() for f in (OLD, NEW)]

    assert offsets == [timedelta(hours=-8), timedelta(hours=-7)]


# ---------------------------------------------------------------- what is refused


def since_a_naive_time() -> object:
    return zone_data().differences([SIX[0]], since=datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda: read_zone_source(OLD.parent.parent.parent / "cases"), "zone_folder_invalid"),
        (lambda: read_zone_source(OLD / "nowhere"), "zone_folder_invalid"),
        (lambda: read_zone_source("neither"), "zone_folder_invalid"),
        (lambda: zone_from(read_zone_source(OLD), "Europe/Brussels"), "zone_not_in_source"),
        (lambda: zone_from(ZoneSource("package", "2026f"), "Europe/Brusels"), "zone_not_in_source"),
        (lambda: zone_from(ZoneSource("package", "2026f"), "Nowhere/Brussels"), "zone_not_in_source"),
        (since_a_naive_time, "datetime_naive"),
        (lambda: zone_data().differences("Europe/Brussels"), "argument_invalid"),
        (lambda: zone_data().differences(["America/Vancuver"]), "zone_not_in_source"),
    ],
)
def test_what_is_no_zone_data_is_refused(ask: Callable[[], object], code: str) -> None:
    with zones_from(OLD), pytest.raises(SlaError) as caught:
        ask()

    assert caught.value.code == code


# ---------------------------------------------------------------- a preference, in a process of its own


def run(code: str) -> str:
    before = "import zoneinfo, slacalc as sla\nfrom datetime import datetime, timedelta, UTC\n"
    done = subprocess.run(
        [sys.executable, "-c", before + code], capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_a_preference_sets_where_zones_are_read_and_the_provenance_says_so() -> None:
    told = run("print(sla.prefer_zone_data('package').kind, sla.zone_data().in_use.kind, zoneinfo.TZPATH)")

    assert told == "package package ()"


def test_the_newest_is_at_least_as_new_as_each_that_is_there() -> None:
    told = run(
        "chosen = sla.prefer_zone_data('newest'); data = sla.zone_data()\n"
        "print(data.in_use == chosen, data.newer, chosen.version >= max([o.version for o in data.others], default=''))"
    )

    assert told == "True None True"


def test_a_preference_after_the_first_answer_is_refused() -> None:
    told = run(
        "sla.Calendar('Europe/Brussels', 'Mon-Fri 09:00-17:00').add(datetime(2026, 11, 30, tzinfo=UTC), timedelta(hours=1))\n"
        "sla.prefer_zone_data('newest')"
    )

    assert told.startswith("slacalc.errors.ZoneError: a calendar has answered by the zone data already; given 'newest'")


def test_a_preference_of_another_kind_is_refused() -> None:
    assert 'accepted: "newest", "system" or "package"' in run("sla.prefer_zone_data('latest')")


NO_PACKAGE = "import sys; sys.modules['tzdata'] = None\n"
NO_FOLDERS = "import sysconfig; sysconfig.get_config_vars()['TZPATH'] = ''\n"
FOLDERS = f"import sysconfig; sysconfig.get_config_vars()['TZPATH'] = {str(OLD)!r}\n"


@pytest.mark.parametrize(
    ("there", "choice", "accepts"),
    [
        (NO_PACKAGE + FOLDERS, "package", "system"),
        (NO_FOLDERS, "system", "package"),
        (NO_PACKAGE + NO_FOLDERS, "newest", "tzdata, installed"),
    ],
    ids=["no package", "no files of the system", "neither"],
)
def test_a_source_that_is_not_there_is_refused_and_those_that_are_are_named(
    there: str, choice: str, accepts: str
) -> None:
    told = run(f"{there}sla.prefer_zone_data({choice!r})")

    assert told == (f"slacalc.errors.ZoneError: this zone data is not there; given {choice!r}; accepted: {accepts}")


def test_without_the_package_the_newest_is_the_system_s() -> None:
    assert run(f"{NO_PACKAGE}{FOLDERS}print(sla.prefer_zone_data('newest'))") == str(
        ZoneSource("system", "2025b", (str(OLD),))
    )


def test_a_zone_info_made_before_the_preference_keeps_the_old_data() -> None:
    with zones_from(OLD):
        before = ZoneInfo("America/Havana")
    with zones_from(NEW):
        after = ZoneInfo("America/Havana")
    moment = at("2026-11-30T18:00")

    assert (moment.astimezone(before).hour, moment.astimezone(after).hour) == (13, 14)


def test_a_pickled_calendar_answers_by_the_data_where_it_is_loaded() -> None:
    noon = at("2026-11-30T18:00")
    with zones_from(OLD):
        office = Calendar("America/Havana", "Mon-Fri 09:00-17:00")
        before, sent = office.add(noon, FOUR_HOURS), pickle.dumps(office)
    with zones_from(NEW):
        after = pickle.loads(sent).add(noon, FOUR_HOURS)

    # 18:00 UTC is 13:00 in Havana by the old data, and four hours fill the day; by the new it is 14:00, and one is left for Tuesday
    assert (str(before), str(after)) == ("2026-11-30 17:00:00-05:00", "2026-12-01 10:00:00-04:00")


def test_the_folders_of_the_tests_leave_no_trace() -> None:
    before = zoneinfo.TZPATH
    with zones_from(OLD):
        pass
    assert before == zoneinfo.TZPATH
