"""What a broken promise, a solved ticket and a pause are, as tables: tests/cases/clocks/*.toml.

The dates are those of March 2026, which begins on a Sunday, in Berlin: "Mon 2 09:00", or "Mon 2 09:00:01" to the second; another
month is said, "Fri 20 Nov 15:00".
A weekday that does not fit its date is a mistake of the file. So is a key that nobody reads.

A case says what happened (`events`, in the notation of `slacalc.testing.event_log`, and "first_response promised for Fri 6 12:00 by
Ann"), up to when it is looked at (`as_of`), and what is then so, with how it was worked out (`because`). `tellings` are several ways to
say what happened: whatever is so holds for each, and their clocks are the same. `policy` is one of the file's `[policies]`, over the
calendars at its head, or a sample; `with` is what the case's own policy says besides. `metric` may be several.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.testing import event_log

CASES: Final = Path(__file__).parent / "cases" / "clocks"
BERLIN: Final = ZoneInfo("Europe/Berlin")
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS: Final = {"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "Nov": 11, "Dec": 12}
TIME: Final = re.compile(r"([A-Z][a-z]{2}) (\d{1,2})(?: ([A-Z][a-z]{2}))? (\d\d:\d\d(?::\d\d)?)")
PROMISED: Final = re.compile(r"(\w+) promised for (\S+) by (\w+)")

GIVEN: Final = {"name", "because", "policy", "with", "events", "tellings", "as_of", "metric", "by"}
MOMENTS: Final = {"origin", "due", "earliest", "breached_at", "done_at", "cancelled_at"}
AMOUNTS: Final = {"elapsed", "remaining", "wall_time", "open_time", "overdue_by", "overdue_by_open"}
TEXTS: Final = {
    "status", "outcome", "cancelled", "answered", "rule", "target", "percent", "overridden_by", "kind", "owed_by", "eligible",
    "number_of_cycles",
}  # fmt: skip
LISTS: Final = {"history", "warnings", "cycles", "ledger", "says", "attribution"}
OF_TICKET: Final = {"gaps", "agenda", "deprioritised"}
SAID: Final = MOMENTS | AMOUNTS | TEXTS | LISTS | OF_TICKET


# ---------------------------------------------------------------- times and amounts


def at(text: str) -> datetime:
    """ "Mon 2 09:00", which must be a Monday."""
    found = TIME.fullmatch(text)
    assert found, f'{text!r} is not written like "Mon 2 09:00" or "Fri 20 Nov 15:00"'
    weekday, day, month, clock = found.groups()
    wall = time.fromisoformat(clock).replace(tzinfo=BERLIN)
    moment = datetime.combine(date(2026, MONTHS[month or "Mar"], int(day)), wall)
    assert weekday == WEEKDAYS[moment.weekday()], f"{text}: the date is a {WEEKDAYS[moment.weekday()]}"
    return moment


def short(moment: datetime | None) -> str:
    """An instant as a case writes it."""
    if moment is None:
        return "none"
    local = moment.astimezone(BERLIN)
    assert (local.year, local.microsecond) == (2026, 0), f"{local} is no second of 2026"
    month = "" if local.month == MONTHS["Mar"] else f" {local:%b}"
    return f"{WEEKDAYS[local.weekday()]} {local.day}{month} {local:%H:%M:%S}".removesuffix(":00")


def amount(text: str) -> timedelta:
    """ "21h", "30min", "10h 30min", "1s"."""
    found = re.fullmatch(r"(?:(\d+)h)? ?(?:(\d+)min)? ?(?:(\d+)s)?", text)
    assert text and found, f'{text!r} is not written like "21h", "30min", "10h 30min" or "1s"'
    hours, minutes, seconds = (int(each or 0) for each in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def log(lines: list[str]) -> list[Any]:
    """The events of a case: a ticket that came in is open, if it is not said to be something else."""
    return event_log("\n".join(map(_entry, lines)), zone="Europe/Berlin", first=date(2026, 1, 1))


def _entry(line: str) -> str:
    when = TIME.match(line)
    assert when, f"{line!r} begins with no time"
    what = TIME.sub(lambda found: at(found[0]).isoformat(), line[when.end() :].strip())
    what = PROMISED.sub(r"target_overridden metric=\1 due=\2 author=\3", what)
    what = what.replace("merged from one of ", "merged_from received=")
    if what.split()[0] == "created" and "status=" not in what:
        what += " status=open"
    return f"{at(when[0]):%Y-%m-%d %H:%M:%S} {what}"


# ---------------------------------------------------------------- reading


@dataclass(frozen=True)
class Case:
    """A case of a file, with the policy that it is about."""

    file: str
    data: Mapping[str, Any]
    head: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.file}: {self.data['name']}"

    @property
    def tellings(self) -> list[list[str]]:
        return self.data.get("tellings") or [self.data["events"]]

    @property
    def metrics(self) -> list[str]:
        said = self.data.get("metric", [])
        return [said] if isinstance(said, str) else said

    def policy(self) -> sla.Policy:
        name = self.data["policy"]
        if name not in self.head["policies"]:
            return sla.sample_policy(name)
        data = {"name": name, "calendars": self.head["calendars"], **self.head["policies"][name]}
        return sla.policy_from_data(merged(data, self.data.get("with", {})))


def merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """One table, with what another says besides, or instead."""
    both = deepcopy(dict(one))
    for key, value in other.items():
        both[key] = merged(both.get(key, {}), value) if isinstance(value, Mapping) else value
    return both


def read(file: Path) -> list[Case]:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    cases = content.pop("case")
    assert set(content) <= {"calendars", "policies"}, f"{file.name}: unknown keys at the head: {sorted(content)}"
    return [Case(file.stem, each, {"policies": {}, **content}) for each in cases]


ALL: Final = [case for file in sorted(CASES.glob("*.toml")) if file.stem != "bad_inputs" for case in read(file)]


# ---------------------------------------------------------------- what a case says, and what the library says


def said_of(case: Case) -> dict[str, object]:
    return {key: _said(key, said) for key, said in case.data.items() if key in SAID}


def _said(key: str, said: Any) -> object:
    if key == "attribution":
        return sorted(said)
    return amount(said) if key in AMOUNTS else said


def seen_of(case: Case, clocks: sla.Clocks, metric: str) -> dict[str, object]:
    return {key: _seen(case, clocks, metric, key) for key in case.data if key in SAID}


def _seen(case: Case, clocks: sla.Clocks, metric: str, key: str) -> object:  # noqa: PLR0911 - one return a key
    match key:
        case "gaps" | "deprioritised":
            return list(clocks.deprioritisations) if key == "deprioritised" else [gap.code for gap in clocks.gaps]
        case "number_of_cycles":
            return len(clocks.cycles(metric))
        case "agenda":
            since, until = case.data["agenda"][:2]
            return [since, until, *map(milestone, sla.agenda(clocks, since=at(since), until=at(until)))]
        case "cycles":
            return [f"{cycle.status}, due {short(cycle.due)}" for cycle in clocks.cycles(metric)]
        case "says":
            sentence = str(clocks[metric].expectation().say("en"))
            return [each for each in case.data["says"] if each in sentence] or sentence
        case "attribution":
            return sorted(parts(clocks[metric].attribution(by=case.data.get("by", ""))))
        case _:
            return _seen_of_clock(clocks[metric], key)


def _seen_of_clock(clock: sla.ClockState, key: str) -> object:
    if key in READ:
        return READ[key](clock)
    return short(getattr(clock, key)) if key in MOMENTS else getattr(clock, key)


def history(clock: sla.ClockState) -> list[str]:
    return [f"{short(each.at)} {each.by}: {promised(each.to)}" for each in clock.history]


READ: Final[Mapping[str, Callable[[sla.ClockState], object]]] = {
    "outcome": lambda clock: clock.outcome().status,
    "open_time": lambda clock: clock.outcome().open_time,
    "eligible": lambda clock: clock.eligible_for_takeover,
    "target": lambda clock: str(clock.target),
    "overridden_by": lambda clock: clock.overridden_by or "none",
    "history": history,
    "warnings": lambda clock: [f"{label}, {short(moment)}" for label, moment in clock.warnings],
    "ledger": lambda clock: list(worked(clock.ledger)),
}


def parts(attribution: sla.Attribution) -> Iterator[str]:
    """Each part of the wall time: "2h open, paused customer: second"."""
    for row in attribution.rows:
        whose = f": {row.value or 'nobody'}" if attribution.by else ""
        yield f"{sla.format_amount(row.time)} {row.hours}, {f'{row.state} {row.reason}'.strip()}{whose}"


def milestone(each: Any) -> str:
    return f"tell {short(each.deliver_at)}: {each.kind} {each.label}, {short(each.at)}"


def promised(to: object) -> str:
    return short(to) if isinstance(to, datetime) else str(to)


def worked(ledger: sla.Ledger) -> Iterator[str]:
    """What counted, and what paused it, leaving out when it is closed."""
    for segment in ledger:
        if segment.kind == "counted" or "paused" in segment.reason or "not promised" in segment.reason:
            said = "not promised" if "not promised" in segment.reason else segment.reason
            yield f"{short(segment.start)} to {short(segment.end)} {said}"


def everything(clocks: sla.Clocks) -> dict[str, list[tuple[object, ...]]]:
    """What is the same however the same thing is told."""
    return {
        metric: [
            (c.status, c.origin, c.due, c.elapsed, c.remaining, c.done_at, c.cancelled, c.breached_at, tuple(c.ledger))
            for c in clocks.cycles(metric)
        ]
        for metric in clocks
    }


# ---------------------------------------------------------------- the tests


@pytest.mark.parametrize("case", ALL, ids=str)
def test_a_clock_does_as_its_case_says(case: Case) -> None:
    policy, as_of = case.policy(), at(case.data["as_of"])
    told = [policy.replay(log(lines), as_of=as_of, ticket="7") for lines in case.tellings]
    for number, clocks in enumerate(told, 1):
        for metric in case.metrics or [""]:
            assert said_of(case) == seen_of(case, clocks, metric), f"telling {number}, {metric}: {case.data['because']}"
        assert everything(told[0]) == everything(clocks), f"telling {number} is another story than telling 1"


@pytest.mark.parametrize("case", ALL, ids=str)
def test_every_case_is_well_formed(case: Case) -> None:
    assert set(case.data) <= GIVEN | SAID
    assert case.data["because"]
    assert ("events" in case.data) != ("tellings" in case.data)
    assert set(case.data) & SAID
    assert bool(case.metrics) == bool(set(case.data) & (SAID - OF_TICKET))


def test_no_two_cases_of_a_file_have_one_name() -> None:
    names = [str(case) for case in ALL]
    assert sorted(set(names)) == sorted(names)


def test_a_wrong_case_fails() -> None:
    case = next(case for case in ALL if str(case) == "breaches: answered at the very due time")
    wrong = Case(case.file, {**case.data, "status": "breached"}, case.head)
    clocks = wrong.policy().replay(log(wrong.tellings[0]), as_of=at(wrong.data["as_of"]))
    assert said_of(wrong) != seen_of(wrong, clocks, wrong.metrics[0])


# ---------------------------------------------------------------- bad input

BAD: Final = tomllib.loads((CASES / "bad_inputs.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", BAD["case"], ids=lambda case: case["name"])
def test_a_bad_policy_names_the_file_the_key_what_was_given_and_what_is_accepted(
    case: Mapping[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "desk.toml"
    file.write_text("\n".join((case.get("top", ""), BAD["rest"], case.get("end", ""))), encoding="utf-8")
    with pytest.raises(sla.SlaError) as caught:
        sla.load_policy(file)
    problems = getattr(caught.value, "problems", ()) or (caught.value,)
    assert [case["where"]] == [str(problem.where).replace(str(file), "desk.toml") for problem in problems]
    assert case["given"] in str(problems[0].given)
    assert str(problems[0].accepts).startswith(case["accepts"]), problems[0].accepts
    assert case.get("code", problems[0].code) == problems[0].code


def test_the_policy_of_the_bad_inputs_is_good_by_itself(tmp_path: Path) -> None:
    file = tmp_path / "desk.toml"
    file.write_text(BAD["rest"], encoding="utf-8")
    assert sla.load_policy(file).metrics == ("first_response", "resolution")
