"""How promises of several tickets are told: tests/cases/reports/*.toml, in the notation of tests/cases/clocks/.

A case has `tickets`, each with its events, and says what is so `as_of`: the `lines` of the report over all of them, every one of them
and of each what the case cares for; the tickets of the `worst` breaches; the `queue`; and what the customer of its one ticket is
`told`, in English, with words that are in the sentence and words that are not.

Or it has what is `received`, with its `fields` and named instants (`at`), and says what is `promised` then, with its due time, and what
begins `later`, with what the case cares for.
"""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from tests.test_clock_cases import amount, at, log, short

CASES: Final = Path(__file__).parent / "cases" / "reports"
COUNTS: Final = {"tickets", "met", "breached", "done", "pending", "cancelled"}
SHARES: Final = {"within", "attainment", "objective"}
TIMES: Final = {"median_wall", "p90_wall", "median_open", "p90_open"}
OF_LINE: Final = {"metric", "kind", "owed_by"} | COUNTS | SHARES | TIMES
SAID: Final = {"lines", "worst", "queue", "told", "promised", "later"}
GIVEN: Final = {"name", "because", "policy", "head", "file"}
OF_TICKETS: Final = GIVEN | {"as_of", "tickets"}
OF_RECEIPT: Final = GIVEN | {"received", "fields", "at"}

Case = Mapping[str, Any]


def read(file: Path) -> list[Case]:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    cases = content.pop("case")
    assert set(content) == {"calendars", "policies"}
    return [{**each, "head": content, "file": file.stem} for each in cases]


ALL: Final = [case for file in sorted(CASES.glob("*.toml")) for case in read(file)]


def policy_of(case: Case) -> sla.Policy:
    head = case["head"]
    return sla.policy_from_data(
        {"name": case["policy"], "calendars": head["calendars"], **head["policies"][case["policy"]]}
    )


def report_of(case: Case) -> sla.Report:
    pairs = [(ticket, event) for ticket, lines in case["tickets"].items() for event in log(lines)]
    return sla.report(sla.group_tickets(pairs), policy_of(case), as_of=at(case["as_of"]))


def clocks_of(case: Case) -> list[sla.Clocks]:
    policy = policy_of(case)
    return [policy.replay(log(lines), as_of=at(case["as_of"]), ticket=name) for name, lines in case["tickets"].items()]


def told_of_line(line: sla.ReportLine, keys: Mapping[str, object]) -> dict[str, object]:
    return {key: _told(key, getattr(line, key)) for key in keys}


def _told(key: str, value: Any) -> object:
    if value is None:
        return "none"
    if key in SHARES:
        return f"{value:.0%}"
    return sla.format_amount(value) if isinstance(value, timedelta) else value


def of(key: str) -> Any:
    cases = [case for case in ALL if key in case]
    return pytest.mark.parametrize("case", cases, ids=[f"{case['file']}: {case['name']}" for case in cases])


@of("lines")
def test_a_report_has_the_lines_of_its_case(case: Case) -> None:
    lines = [line for line in report_of(case).lines if line.group == "all"]
    said = {(each["metric"], each["kind"], each.get("owed_by", "us")): each for each in case["lines"]}
    seen = {(each.metric, each.kind, each.owed_by): each for each in lines}
    assert said.keys() == seen.keys()
    assert said == {key: told_of_line(line, said[key]) for key, line in seen.items()}, case["because"]


@of("worst")
def test_the_worst_breaches_are_those_of_its_case(case: Case) -> None:
    assert case["worst"]["tickets"] == [each.ticket for each in report_of(case).worst], case["because"]


@of("queue")
def test_the_queue_is_that_of_its_case(case: Case) -> None:
    waiting = sla.queue(clocks_of(case), as_of=at(case["as_of"]))
    assert case["queue"] == [each.ticket for each in waiting], case["because"]


@of("told")
def test_the_customer_is_told_the_words_of_its_case(case: Case) -> None:
    told = case["told"]
    (clocks,) = clocks_of(case)
    sentence = str(clocks[told["metric"]].expectation().say("en"))
    assert [word for word in told["says"] if word not in sentence] == [], sentence
    assert [word for word in told["never_says"] if word in sentence] == [], sentence
    assert sentence


@of("later")
def test_what_is_promised_and_what_begins_later(case: Case) -> None:
    instants = {name: at(text) for name, text in case.get("at", {}).items()}
    promises = policy_of(case).promise(at(case["received"]), origins=instants, **case.get("fields", {}))
    assert case["promised"] == {metric: short(promise.due) for metric, promise in promises.items()}, case["because"]
    assert case["later"].keys() == promises.later.keys(), case["because"]
    for metric, said in case["later"].items():
        later = promises.later[metric]
        assert later.metric == metric
        assert said == {key: _of_later(getattr(later, key)) for key in said}, metric
        with pytest.raises(sla.MetricError):
            promises[metric]


def _of_later(value: object) -> object:
    match value:
        case sla.OnStatus(status=statuses):
            return {"status": list(statuses)}
        case sla.OnField(field=field):
            return {"field": field}
        case sla.OnEvent(event=event):
            return {"event": event}
        case _:
            return str(value)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case["name"])
def test_every_case_is_well_formed(case: Case) -> None:
    assert set(case) - SAID <= (OF_RECEIPT if "received" in case else OF_TICKETS)
    assert set(case) & SAID
    assert case["because"]
    for line in case.get("lines", ()):
        assert set(line) <= OF_LINE
        assert all(line[key] == "none" or amount(line[key]) for key in TIMES & set(line))


def test_no_two_cases_of_a_file_have_one_name() -> None:
    names = [(case["file"], case["name"]) for case in ALL]
    assert sorted(set(names)) == sorted(names)
