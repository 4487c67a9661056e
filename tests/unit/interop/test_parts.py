"""Parts of documents: each value is what it should be, or refused with its file and path."""

import json
from pathlib import Path
from typing import Any

import pytest

import slacalc as sla
from slacalc.interop.parts import Part, documents_in, read_each

ANSWER = Part({"list": [{"id": 7, "name": "Büro", "day": "2026-12-24", "no": None, "on": True}]}, "answers/a.json")
FIRST = ANSWER["list"].items()[0]


def test_a_part_is_read_as_what_it_is() -> None:
    assert (FIRST["id"].text(), FIRST["id"].whole(0, 7), FIRST["name"].text()) == ("7", 7, "Büro")
    assert (FIRST["day"].date().isoformat(), FIRST["on"].truth(), FIRST["name"].word("Büro")) == (
        "2026-12-24",
        True,
        "Büro",
    )
    assert [part.key for part in FIRST.values()] == ["id", "name", "day", "on"]
    assert ("no" in FIRST, FIRST.get("no"), FIRST.get("other")) == (False, None, None)
    assert FIRST["name"].place == "answers/a.json: list[0].name"


@pytest.mark.parametrize(
    ("read", "place", "accepts"),
    [
        (lambda: FIRST["no"], "list[0].no", '"no"'),
        (FIRST["name"].items, "list[0].name", "a list"),
        (lambda: FIRST["name"]["x"], "list[0].name", "a table"),
        (FIRST["on"].text, "list[0].on", "text"),
        (lambda: FIRST["on"].whole(0, 1), "list[0].on", "a whole number from 0 to 1"),
        (lambda: FIRST["id"].whole(8, 9), "list[0].id", "a whole number from 8 to 9"),
        (FIRST["id"].truth, "list[0].id", "true or false"),
        (FIRST["id"].date, "list[0].id", "a date such as 2026-12-24"),
        (FIRST["name"].date, "list[0].name", "a date such as 2026-12-24"),
        (lambda: FIRST["name"].word("Shop", "Buro"), "list[0].name", "Buro, Shop"),
    ],
)
def test_what_is_not_so_is_refused_with_file_and_path(read: Any, place: str, accepts: str) -> None:
    with pytest.raises(sla.InteropError) as refused:
        read()
    assert (refused.value.where, refused.value.accepts) == (f"answers/a.json: {place}", accepts)


def test_all_that_is_wrong_is_said_at_once() -> None:
    parts = Part([1, "a", 2, "b"], "x.json").items()
    with pytest.raises(sla.InteropError) as refused:
        read_each(parts, lambda part: part.whole(0, 9))
    assert [problem.where for problem in refused.value.problems] == ["x.json[1]", "x.json[3]"]
    assert read_each(parts[:1], lambda part: part.whole(0, 9)) == [1]


def test_documents_are_those_of_a_folder_a_file_or_parsed(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("a.json", "b/c.json"):
        (tmp_path / name).write_text(json.dumps({"name": name}), encoding="utf-8")
    assert [(part.file, part.value["name"]) for part in documents_in(tmp_path)] == [
        ("a.json", "a.json"),
        ("b/c.json", "b/c.json"),
    ]
    assert [part.value for part in documents_in(str(tmp_path / "a.json"))] == [{"name": "a.json"}]
    assert [part.place for part in documents_in([{}, {}])] == ["[0]", "[1]"]
    assert [part.value for part in documents_in({"a": 1})] == [{"a": 1}]


def test_files_are_known_by_the_ends_of_their_names_however_these_are_written(tmp_path: Path) -> None:
    for name in ("a.JSON", "b.jsonld", "c.json"):
        (tmp_path / name).write_text("{}")
    assert [part.file for part in documents_in(tmp_path)] == ["a.JSON", "b.jsonld", "c.json"]
    assert documents_in(tmp_path / "a.JSON")[0].value == {}
