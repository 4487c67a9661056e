"""A log's own word beside ours: by hand."""

import json
from datetime import datetime
from typing import Any, Final

import pandas as pd
import polars as pl
import pytest

import slacalc as sla
from tests.helpers import at

POLICY: Final = sla.policy_from_data(
    {
        "name": "support",
        "calendars": {"office": {"zone": "Europe/Berlin", "hours": "Mon-Fri 09:00-17:00"}},
        "rules": [{"name": "all", "calendar": "office", "metrics": {"resolution": {"due": {"business_hours": "4h"}}}}],
    }
)
FRIDAY: Final = at("20 10:00")  # due at 14:00
AS_OF: Final = at("20 16:00")


def row(ticket: str, done: str | None, flag: object, *, received: str = "20 10:00") -> dict[str, Any]:
    return {
        "ticket": ticket,
        "received": at(received),
        "resolution": None if done is None else at(done),
        "made_sla": flag,
    }


ROWS: Final = [
    row("both met", "20 12:00", True),
    row("they say met", "20 15:00", True),
    row("they say breached", "20 12:00", False),
    row("both breached", None, False),
    row("pending, not said", None, None, received="20 15:00"),
    row("pending, and so far kept", None, True, received="20 15:00"),
]


def agreed(rows: Any = ROWS, **more: Any) -> Any:
    found = sla.report(rows, POLICY, as_of=AS_OF, **{"compare": {"resolution": "made_sla"}, **more})
    assert found.problems == ()
    return found.agreement


def test_the_table_of_agreement_counts_what_the_log_says_by_what_we_say() -> None:
    assert [(line.own, line.met, line.breached, line.pending) for line in agreed().lines] == [
        ("met", 1, 1, 1),
        ("breached", 1, 1, 0),
        ("not said", 0, 0, 1),
    ]


def test_the_promises_of_which_the_log_says_otherwise_are_listed() -> None:
    assert [(each.ticket, each.own, each.status, each.due) for each in agreed().disagreements] == [
        ("they say met", "met", "breached", at("20 14:00")),
        ("they say breached", "breached", "met", at("20 14:00")),
    ]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_a_column_of_a_frame_is_compared_like_the_key_of_a_row(make: Any) -> None:
    assert agreed(make(ROWS)) == agreed()


@pytest.mark.parametrize("make", [list, pd.DataFrame, pl.DataFrame], ids=["dicts", "pandas", "polars"])
def test_of_two_rows_of_one_ticket_the_word_of_the_first_is_compared(make: Any) -> None:
    again = row("both met", "20 12:00", False)
    found = sla.report(make([*ROWS, again]), POLICY, as_of=AS_OF, compare={"resolution": "made_sla"})
    assert [problem.error.code for problem in found.problems] == ["ticket_twice"]
    assert found.agreement == agreed()


WORDS: Final = {
    "cs": ("ano", "ne"), "de": ("Ja", "NEIN"), "en": ("yes", "no"), "fi": ("kyllä", "ei"), "fr": ("oui", "non"),
    "hu": ("igen", "nem"), "it": ("sì", "no"), "nl": ("ja", "nee"), "pl": ("tak", "nie"), "ru": ("Да", "нет"),
    "sk": ("áno", "nie"), "sv": ("ja", "nej"),
}  # fmt: skip


def of_words(yes: str, no: str) -> list[dict[str, Any]]:
    words = {True: yes, False: no, None: None}
    return [{**each, "made_sla": words[each["made_sla"]]} for each in ROWS]


@pytest.mark.parametrize("language", WORDS)
def test_yes_and_no_of_each_language_are_known(language: str) -> None:
    assert agreed(of_words(*WORDS[language])) == agreed()


def test_words_of_your_own_are_said() -> None:
    words = {"In Time": "met", "late": "breached"}
    assert agreed(of_words("in time ", "LATE"), compare_words=words) == agreed()
    with pytest.raises(sla.LogError, match="a compare word") as refused:
        agreed(of_words("in time", "late"))
    assert refused.value.code == "flag_unknown"


@pytest.mark.parametrize("words", ["late", {"late": "no"}, {1: "met"}], ids=repr)
def test_words_that_mean_nothing_are_refused(words: Any) -> None:
    with pytest.raises(sla.SlaError, match="compare_words"):
        agreed(compare_words=words)


def test_a_mapping_of_tickets_is_compared_too() -> None:
    rows = [{name: value for name, value in each.items() if name != "made_sla"} for each in ROWS]
    flags = {each["ticket"]: each["made_sla"] for each in ROWS}
    assert agreed(rows, compare={"resolution": flags}) == agreed()


@pytest.mark.parametrize(
    ("flag", "own"),
    [
        (True, "met"), ("TRUE", "met"), ("yes", "met"), ("met", "met"), (1, "met"), (1.0, "met"), ("1", "met"),
        (False, "breached"), ("no", "breached"), ("Missed", "breached"), (0, "breached"), ("f", "breached"),
        (None, "not said"), ("", "not said"), (float("nan"), "not said"), (pd.NaT, "not said"),
    ],
)  # fmt: skip
def test_what_a_log_may_say(flag: object, own: str) -> None:
    assert [line.own for line in agreed([row("7", "20 12:00", flag)]).lines] == [own]


def test_what_is_no_such_word_is_refused() -> None:
    with pytest.raises(sla.LogError) as refused:
        agreed([row("7", "20 12:00", "perhaps")])
    assert (refused.value.code, refused.value.where) == ("flag_unknown", "compare.resolution: ticket 7")


# ---------------------------------------------------------------- due times of the log


@pytest.mark.parametrize(
    ("due", "done", "own", "listed", "why"),
    [
        ("20 14:00", "20 12:00", "met", False, "the same due time"),
        ("20 14:00", "20 14:30", "breached", False, "late by both"),
        ("20 13:00", "20 12:00", "met", True, "another due time, though it was kept by both"),
        ("20 11:00", "20 12:00", "breached", True, "late by theirs"),
        ("20 15:00", None, "breached", True, "not done, and theirs is over, too"),
        ("20 17:00", None, "met", True, "not done, and theirs is to come"),
    ],
)
def test_a_due_time_of_the_log_is_judged_and_compared(
    due: str, done: str | None, own: str, listed: bool, why: str
) -> None:
    found = agreed([row("7", done, at(due))])
    assert [line.own for line in found.lines] == [own], why
    assert [each.own_due for each in found.disagreements] == ([at(due)] if listed else []), why


def test_an_instant_is_the_same_in_another_zone() -> None:
    assert agreed([row("7", "20 12:00", datetime.fromisoformat("2026-11-20T13:00Z"))]).disagreements == ()


# ---------------------------------------------------------------- forms


def test_it_is_printed_below_the_breaches_and_written_as_data() -> None:
    found = sla.report(ROWS, POLICY, as_of=AS_OF, compare={"resolution": "made_sla"})
    lines = [" ".join(line.split()) for line in str(found).splitlines()]
    start = lines.index("the log's own word")
    assert lines[start + 1 :] == [
        "metric the log says met breached done pending cancelled",
        "resolution met 1 1 0 1 0",
        "resolution breached 1 1 0 0 0",
        "resolution not said 0 0 0 1 0",
        "where the log says otherwise",
        "ticket metric the log says its due we say due done",
        "they say met resolution met breached Fri 2026-11-20 14:00 Fri 2026-11-20 15:00",
        "they say breached resolution breached met Fri 2026-11-20 14:00 Fri 2026-11-20 12:00",
    ]
    data = json.loads(found.to_json())["agreement"]
    assert [row["ticket"] for row in data["disagreements"]] == ["they say met", "they say breached"]
    assert "agreement" not in json.loads(sla.report(ROWS[:0], POLICY, as_of=AS_OF).to_json())


def test_where_nothing_is_said_otherwise_no_second_table_is_printed() -> None:
    printed = str(sla.report(ROWS[:1], POLICY, as_of=AS_OF, compare={"resolution": "made_sla"}))
    assert [" ".join(line.split()) for line in printed.splitlines()][-2:] == [
        "metric the log says met breached done pending cancelled",
        "resolution met 1 0 0 0 0",
    ]


@pytest.mark.parametrize(
    ("compare", "code", "where"),
    [
        ({"resolutoin": "made_sla"}, "metric_unpromised", "compare"),
        ({}, "argument_invalid", "compare"),
        ("made_sla", "argument_invalid", "compare"),
        ({"resolution": 7}, "argument_invalid", "compare.resolution"),
    ],
)
def test_what_cannot_be_compared_is_refused(compare: Any, code: str, where: str) -> None:
    with pytest.raises(sla.SlaError) as refused:
        agreed(compare=compare)
    assert (refused.value.code, refused.value.where) == (code, where)


@pytest.mark.parametrize("make", [list, pd.DataFrame], ids=["dicts", "pandas"])
def test_a_column_that_no_row_has_is_refused(make: Any) -> None:
    with pytest.raises(sla.InstantError) as refused:
        agreed(make(ROWS), compare={"resolution": "made_it"})
    assert (refused.value.code, refused.value.where) == ("frame_column_missing", "compare.resolution")
