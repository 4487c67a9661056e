"""The commands about zone data: what is in use, what moves, and which data all commands read."""

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import slacalc as sla
from slacalc.business_time.zone_releases import PROBES, releases_that_fit
from slacalc.testing import event_log
from tests.unit.cli.commands import run
from tests.zone_folders import NEW, OLD, SIX, zones_from

HOURS = dict.fromkeys(SIX, "Mon-Fri 09:00-17:00") | {"Europe/Chisinau": "Sun 01:00-03:00"}


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "offices.json"
    path.write_text(
        json.dumps(
            {
                "name": "offices",
                "calendars": {
                    zone.split("/")[1].lower(): {"zone": zone, "hours": hours} for zone, hours in HOURS.items()
                },
                "rules": [
                    {
                        "name": "all",
                        "calendar": "vancouver",
                        "metrics": {"first_response": {"due": {"business_hours": "4h"}}},
                    }
                ],
            }
        )
    )
    return path


def test_zones_drift_tells_the_first_opening_of_each_office_that_moves(policy: Path) -> None:
    told = run("zones", "drift", str(OLD), str(NEW), "--policy", str(policy), "--as-of", "2026-09-01", code=3)

    lines = [re.sub(r"\d+ dates", "some dates", line) for line in told.stdout.splitlines()]
    moved = "some dates open or close at another instant, the first"
    assert set(lines) == {
        f"casablanca: {moved} Mon 2026-09-21 09:00, 1h later",  # 09:00 at UTC+1 before, at UTC+0 now
        f"edmonton: {moved} Mon 2026-11-02 09:00, 1h earlier",
        f"havana: {moved} Mon 2026-11-02 09:00, 1h earlier",
        f"vancouver: {moved} Mon 2026-11-02 09:00, 1h earlier",
        f"winnipeg: {moved} Mon 2026-11-02 09:00, 1h earlier",
        # summer time ended at 03:00, so that 03:00 came an hour later; now it ends at 04:00
        f"chisinau: {moved} Sun 2026-10-25 03:00, 1h earlier",
    }


def test_zones_drift_of_the_same_data_moves_nothing(policy: Path) -> None:
    told = run("zones", "drift", str(OLD), str(OLD), "--policy", str(policy), "--as-of", "2026-09-01")

    assert (told.exit_code, told.stdout) == (0, "nothing moves\n")


def test_zones_drift_tells_which_given_promises_move(policy: Path, tmp_path: Path) -> None:
    with zones_from(OLD):
        offices = sla.load_policy(policy)
        given = [offices.promise(datetime(2026, month, 10, 8, tzinfo=UTC)) for month in (9, 11)]
    lines = tmp_path / "promises.jsonl"
    lines.write_text("\n".join(promises.to_json() for promises in given) + "\n", encoding="utf-8")

    told = run(
        "zones",
        "drift",
        str(OLD),
        str(NEW),
        "-p",
        str(policy),
        "--as-of",
        "2026-09-01",
        "--promises",
        str(lines),
        "--json",
        code=3,
    )

    # received Tue 10 November 08:00 UTC, before opening; due 13:00 in Vancouver, UTC-8 before and UTC-7 now
    assert json.loads(told.stdout)["promises"] == [
        {
            "metric": "first_response",
            "origin": "2026-11-10T08:00:00+00:00",
            "old": "2026-11-10T13:00:00-08:00",
            "new": "2026-11-10T13:00:00-07:00",
        }
    ]


def test_zones_drift_prints_a_line_for_each_given_promise_that_moves(policy: Path, tmp_path: Path) -> None:
    with zones_from(OLD):
        offices = sla.load_policy(policy)
        given = [offices.promise(datetime(2026, month, 10, 8, tzinfo=UTC)) for month in (9, 11)]
    lines = tmp_path / "promises.jsonl"
    lines.write_text("\n".join(promises.to_json() for promises in given) + "\n", encoding="utf-8")
    asked = ("zones", "drift", str(OLD), str(NEW), "-p", str(policy), "--as-of", "2026-09-01", "--promises", str(lines))

    told = run(*asked, code=3).stdout.splitlines()

    assert [line for line in told if line.startswith("first_response")] == [
        "first_response of Tue 2026-11-10 08:00: due Tue 2026-11-10 13:00, 1h earlier"
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere", str(NEW)), "OLD: there are no compiled zones"),
        ((str(OLD), "neither"), "NEW: there are no compiled zones"),
        ((str(OLD), str(NEW), "--promises", "none.jsonl"), "the promises cannot be read"),
    ],
)
def test_what_zones_drift_cannot_read_is_refused(policy: Path, arguments: tuple[str, ...], told: str) -> None:
    done = run("zones", "drift", *arguments, "--policy", str(policy), code=1)

    assert told in done.stderr


@pytest.mark.parametrize(
    "line",
    [
        "{}x",
        "[1]",
        '{"m": {"metric": "m"}}',
        '{"m": {"metric": "m", "rule": "r", "calendar_name": "c", "origin": "?"}}',
    ],
)
def test_a_line_that_is_no_promise_is_refused_with_its_number(policy: Path, tmp_path: Path, line: str) -> None:
    (tmp_path / "p.jsonl").write_text("\n" + line, encoding="utf-8")
    done = run(
        "zones", "drift", str(OLD), str(NEW), "--policy", str(policy), "--promises", str(tmp_path / "p.jsonl"), code=1
    )

    assert "p.jsonl: line 2: this is no promise as it was written" in done.stderr


def test_a_promise_of_another_policy_is_refused(policy: Path, tmp_path: Path) -> None:
    promise = {"metric": "m", "rule": "nobody", "calendar_name": "vancouver", "origin": "2026-11-10T08:00:00+00:00"}
    (tmp_path / "p.jsonl").write_text(json.dumps({"m": promise}), encoding="utf-8")
    done = run(
        "zones", "drift", str(OLD), str(NEW), "--policy", str(policy), "--promises", str(tmp_path / "p.jsonl"), code=1
    )

    assert "the policy has no such rule and metric; given 'nobody, m'; accepted: all" in done.stderr


SAVED = {
    # ticket: what happened in UTC, and what drift says; Monday 30 November, 13:00 in Vancouver is 21:00 UTC, now 20:00
    "early": ("2026-09-10 08:00 created; 2026-09-10 17:00 agent reply", ""),
    "open": ("2026-11-30 08:00 created", "ticket open, first_response: due Mon 2026-11-30 13:00, 1h earlier; running"),
    "met": (
        "2026-11-30 08:00 created; 2026-11-30 19:59 agent reply",
        "ticket met, first_response: due Mon 2026-11-30 13:00, 1h earlier; met",
    ),
    "late": (
        "2026-11-30 08:00 created; 2026-11-30 20:01 agent reply",
        "ticket late, first_response: due Mon 2026-11-30 13:00, 1h earlier; met -> breached",
    ),
}


def test_zones_drift_tells_which_saved_clocks_move_by_how_much_and_how_they_are_judged(
    policy: Path, tmp_path: Path
) -> None:
    saved, told = tmp_path / "saved.jsonl", set[str]()
    with zones_from(OLD):
        offices = sla.load_policy(policy)
        for ticket, (log, says) in SAVED.items():
            events = event_log(log, zone="UTC", first=date(2026, 1, 1))
            clocks = offices.replay(events, as_of=max(events[-1].at, events[0].at + timedelta(hours=1)), ticket=ticket)
            saved.write_text(
                (saved.read_text() if saved.exists() else "") + clocks.to_json() + "\n\n", encoding="utf-8"
            )
            told |= {says} - {""}

    done = run("zones", "drift", str(OLD), str(NEW), "-p", str(policy), "--clocks", str(saved), code=3)
    nothing = run("zones", "drift", str(OLD), str(OLD), "-p", str(policy), "--clocks", str(saved))

    assert {line for line in done.stdout.splitlines() if line.startswith("ticket")} == told
    assert nothing.stdout == "nothing moves\n"


def test_saved_clocks_that_began_under_an_earlier_policy_are_told_by_it(policy: Path, tmp_path: Path) -> None:
    (tmp_path / "now.json").write_text(policy.read_text().replace('"4h"', '"2h"'), encoding="utf-8")
    with zones_from(OLD):
        clocks = sla.load_policy(policy).replay(
            event_log("2026-11-30 08:00 created", zone="UTC"), as_of=datetime(2026, 11, 30, 9, tzinfo=UTC), ticket="7"
        )
    (tmp_path / "saved.jsonl").write_text(clocks.to_json(), encoding="utf-8")
    asked = ["zones", "drift", str(OLD), str(NEW), "-p", str(tmp_path / "now.json"), "--as-of", "2026-09-01", "--json"]
    asked += ["--clocks", str(tmp_path / "saved.jsonl")]

    refused = run(*asked, code=1)
    done = run(*asked, "--earlier", str(policy), code=3)

    assert "saved.jsonl: line 1.earlier: the clocks began under a policy that was not given" in refused.stderr
    assert json.loads(done.stdout)["clocks"] == [
        {
            "ticket": "7",
            "metric": "first_response",
            "cycle": 1,
            "old": "2026-11-30T13:00:00-08:00",
            "new": "2026-11-30T13:00:00-07:00",
            "old_status": "running",
            "new_status": "running",
        }
    ]


def test_a_paused_clock_moves_by_what_its_due_time_would_if_the_pause_ended_now(tmp_path: Path) -> None:
    data = {
        "name": "west",
        "calendars": {"office": {"zone": "America/Vancouver", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [{"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"business_hours": "4h"}}}}],
    }
    (tmp_path / "west.json").write_text(json.dumps(data), encoding="utf-8")
    log = "2026-11-30 16:00 created; 2026-11-30 18:00 paused supplier"  # 09:00 and 11:00 on today's clock
    with zones_from(OLD):
        west = sla.load_policy(tmp_path / "west.json")
        paused = west.replay(event_log(log, zone="UTC"), as_of=datetime(2026, 11, 30, 19, tzinfo=UTC), ticket="7")
    (tmp_path / "saved.jsonl").write_text(paused.to_json(), encoding="utf-8")

    done = run(
        "zones",
        "drift",
        str(OLD),
        str(NEW),
        "-p",
        str(tmp_path / "west.json"),
        "--clocks",
        str(tmp_path / "saved.jsonl"),
        code=3,
    )

    # an hour counted by the old clock, two by the new; resumed at 19:00 UTC it lacks three, and two
    assert "ticket 7, resolution: due Mon 2026-11-30 14:00, 1h earlier; paused" in done.stdout.splitlines()


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (None, "saved.jsonl: the saved clocks cannot be read"),
        ("{}", "saved.jsonl: line 1.form: these are no saved clocks"),
        ("\n[]", "saved.jsonl: line 2: these are no saved clocks"),
    ],
)
def test_what_are_no_saved_clocks_is_refused_with_its_line(
    policy: Path, tmp_path: Path, lines: str | None, told: str
) -> None:
    if lines is not None:
        (tmp_path / "saved.jsonl").write_text(lines, encoding="utf-8")
    done = run(
        "zones", "drift", str(OLD), str(NEW), "-p", str(policy), "--clocks", str(tmp_path / "saved.jsonl"), code=1
    )

    assert told in done.stderr


def test_zones_prints_what_is_in_use_and_what_differs_from_it() -> None:
    with zones_from(OLD):
        told = run("zones", "--as-of", "2026-09-01").stdout
        data = json.loads(run("zones", "--as-of", "2026-09-01", "--json").stdout)

    assert f"in use      2025b ({OLD})" in told
    assert "            America/Vancouver is 1h ahead from 2026-11-01 09:00 UTC on" in told
    assert data["in_use"] == {"kind": "folder", "version": "2025b"}
    assert {"polars", "pyarrow", "duckdb"} <= data["engines"].keys()


def test_zones_names_a_zone_that_is_in_use_and_nowhere_else(tmp_path: Path) -> None:
    for name in ("Europe/Chisinau", "Test/Nowhere"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes((OLD / "Europe/Chisinau").read_bytes())
    (tmp_path / "+VERSION").write_text("2025b")
    with zones_from(tmp_path):
        told = run("zones", "--as-of", "2026-09-01").stdout.splitlines()
        others = len(sla.zone_data().others)

    assert told.count("            Test/Nowhere is not there") == others > 0


def test_the_releases_that_fit_are_between_the_last_that_does_and_the_first_that_does_not() -> None:
    new = {probe: timedelta(hours=probe.hours) for probe in PROBES}
    old = {probe: timedelta(hours=probe.hours + 1) for probe in PROBES}
    of_2025 = {probe: (new if probe.release < "2026" else old)[probe] for probe in PROBES}

    assert releases_that_fit(new) == "2026f or later"
    assert releases_that_fit(old) == "before 2023d"
    assert releases_that_fit(of_2025) == "2025a or later, before 2026a"
    assert releases_that_fit({**old, PROBES[-1]: new[PROBES[-1]]}) == "no release as it is"


# ---------------------------------------------------------------- in a process of its own


def slacalc(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "slacalc", *arguments], capture_output=True, text=True, check=False, timeout=120
    )


def test_the_command_line_says_when_the_system_has_other_data_for_the_zones_that_answered() -> None:
    week = ("week", "--hours", "Mon-Fri 09:00-17:00", "--date", "2026-11-30", "--zone")
    done, alike = slacalc(*week, "America/Vancouver"), slacalc(*week, "Asia/Tokyo")
    chosen = slacalc("--zone-data", "package", *week, "America/Vancouver")

    in_use = json.loads(slacalc("zones", "--json").stdout)
    system = [other["version"] for other in in_use["others"] if other["kind"] == "system"]
    expected = (
        f"slacalc: zones are read from {in_use['in_use']['version']} (the tzdata package); "
        f"the system's {system[0]} differs for America/Vancouver\n"
        if system and system[0] < "2026b"  # the release that told of British Columbia
        else ""
    )
    assert (done.stderr, alike.stderr, chosen.stderr) == (expected, "", "")


def test_other_words_for_the_zone_data_are_refused() -> None:
    done = slacalc("--zone-data", "latest", "zones")

    assert (done.returncode, done.stdout) == (2, "")
    assert "Invalid value for '--zone-data'" in done.stderr
    assert "'newest', 'system', 'package'" in done.stderr
