"""The breaches of a report as a table of their own: by hand, in every form."""

import csv
import json
import sys
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest

import slacalc as sla
from tests.helpers import at

parquet = pytest.importorskip("pyarrow.parquet", reason="one of the forms")

HOUR: Final = timedelta(hours=1)
AS_OF: Final = at("23 12:00")


def policy(zone: str = "Europe/Berlin") -> sla.Policy:
    other = {"zone": "Asia/Tokyo", "hours": "Mon-Fri 09:00-17:00"}
    calendars = {"office": {"zone": zone, "hours": "Mon-Fri 09:00-17:00"}, "tokyo": other}
    rules = [
        {
            "name": name,
            "when": {"market": "JP"} if name == "tokyo" else {},
            "calendar": name,
            "metrics": {"answer": {"due": {"business_hours": "4h"}}},
        }
        for name in ("tokyo", "office")
    ]
    return sla.policy_from_data({"name": "support", "calendars": calendars, "rules": rules})


def row(ticket: str, done: str | None, **fields: str) -> dict[str, Any]:
    return {"ticket": ticket, "received": at("20 10:00"), "answer": None if done is None else at(done), **fields}


# Due on Friday at 14:00.
ROWS: Final = [row("kept", "20 14:00"), row("an hour", "20 15:00"), row("=open", None), row("closed", "20 17:30")]


def breaches(rows: Any = ROWS, **more: Any) -> Any:
    return sla.report(rows, policy(), as_of=AS_OF, by="topic", **more).breaches


def test_a_row_is_a_breach_the_worst_first() -> None:
    rows = breaches().to_rows()
    assert [(each["ticket"], each["overdue_by_open"], each["overdue_by"]) for each in rows] == [
        ("=open", 6 * HOUR, 70 * HOUR),
        ("closed", 3 * HOUR, 3.5 * HOUR),
        ("an hour", HOUR, HOUR),
    ]
    assert rows[2] == {
        "ticket": "an hour",
        "topic": "",
        "metric": "answer",
        "cycle": 1,
        "rule": "office",
        "target": "4h in business hours",
        "received": at("20 10:00"),
        "due": at("20 14:00"),
        "done_at": at("20 15:00"),
        "open_time": 5 * HOUR,
        "wall_time": 5 * HOUR,
        "overdue_by_open": HOUR,
        "overdue_by": HOUR,
        "reason": "4h in business hours, received Fri 2026-11-20 10:00, due Fri 2026-11-20 14:00, "
        "done Fri 2026-11-20 15:00 (Europe/Berlin)",
    }


@pytest.mark.parametrize(("worst", "count"), [(0, 0), (2, 2), (10, 3), ("all", 3)])
def test_there_are_as_many_as_are_asked_for(worst: Any, count: int) -> None:
    assert len(breaches(worst=worst).to_rows()) == count


@pytest.mark.parametrize("worst", [-1, True, "some", None, 1.5], ids=repr)
def test_any_other_number_of_breaches_is_refused(worst: Any) -> None:
    with pytest.raises(sla.SlaError) as refused:
        breaches(worst=worst)
    assert refused.value.where == "worst"


def test_a_text_of_csv_is_no_formula() -> None:
    lines = list(csv.DictReader(StringIO(breaches().to_csv())))
    assert [(line["ticket"], line["overdue_by_open"]) for line in lines] == [
        ("'=open", "6:00:00"), ("closed", "3:00:00"), ("an hour", "1:00:00"),
    ]  # fmt: skip


def test_a_file_is_written_as_its_name_ends(tmp_path: Path) -> None:
    found = breaches()
    for name in ("b.csv", "b.json", "b.parquet", "B.CSV"):
        found.write(tmp_path / name)
    assert (tmp_path / "b.csv").read_text(encoding="utf-8") == (tmp_path / "B.CSV").read_text(encoding="utf-8")
    data = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["breaches"]
    assert (data[2]["due"], data[2]["overdue_by"]) == ("2026-11-20T14:00:00+01:00", "1h")
    assert parquet.read_table(tmp_path / "b.parquet").to_pylist() == found.to_rows()


def test_no_breach_is_a_table_of_no_rows(tmp_path: Path) -> None:
    breaches(ROWS[:1]).write(tmp_path / "none.parquet")
    table = parquet.read_table(tmp_path / "none.parquet")
    assert (table.num_rows, table.column_names[:3]) == (0, ["ticket", "topic", "metric"])


def test_instants_of_several_zones_are_in_utc_in_a_column(tmp_path: Path) -> None:
    found = breaches([*ROWS, row("JP", None, market="JP")])
    found.write(tmp_path / "b.parquet")
    table = parquet.read_table(tmp_path / "b.parquet")
    assert str(table.schema.field("due").type) == "timestamp[us, tz=UTC]"
    assert [each["due"] for each in table.to_pylist()] == [each["due"] for each in found.to_rows()]
    told = {each["ticket"]: each["received"] for each in found.to_rows()}
    assert isinstance(told["JP"], datetime)
    assert told["JP"].hour == 18, "on the clock of its own calendar"


@pytest.mark.parametrize(
    ("name", "code"), [("b.xlsx", "argument_invalid"), ("b", "argument_invalid"), ("no/b.csv", "file_unwritable")]
)
def test_what_cannot_be_written_is_refused(name: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(sla.SlaError) as refused:
        breaches().write(tmp_path / name)
    assert refused.value.code == code


def test_without_pyarrow_a_parquet_file_names_what_it_needs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(sla.MissingExtraError) as refused:
        breaches().write(tmp_path / "breaches.parquet")
    assert (refused.value.code, refused.value.accepts) == ("extra_missing", "pip install pyarrow")
    assert [*tmp_path.iterdir()] == []
