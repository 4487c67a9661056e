"""Every kind of file is opened alike: as UTF-8, with or without a byte order mark, and refused by name."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

import slacalc as sla
from slacalc.files import MOST_OF_A_LINE, FileKind, read_data_file, read_text
from slacalc.logs.reading import open_log
from tests.limits import run_within_limits

POLICY: Final = (
    'name = "support"\n'
    '[calendars.office]\nzone = "UTC"\nhours = "Mon-Fri 09:00-17:00"\n'
    '[[rules]]\nname = "all"\ncalendar = "office"\n[rules.metrics.reply]\ndue = { business_hours = "4h" }\n'
)


def read_lines(path: Any) -> list[str]:
    with open_log(path) as lines:
        return list(lines)


class Kind(NamedTuple):
    """A kind of file: what loads it, what a bad one is refused with, and a good one."""

    load: Callable[[Any], object]
    error: type[sla.SlaError]
    code: str
    good: str


KINDS: Final = {
    "a policy": Kind(sla.load_policy, sla.PolicyError, "policy_unreadable", POLICY),
    "a pin": Kind(
        sla.load_holidays, sla.HolidayError, "holiday_pin_unreadable",
        sla.FrozenHolidays.of({date(2026, 12, 24): "Eve"}, years=(2026, 2026)).to_json(),
    ),
    "a language": Kind(sla.load_language, sla.LanguageError, "language_unreadable", 'extends = "en"\n'),
    "a mapping": Kind(
        sla.load_mapping, sla.LogError, "mapping_unreadable", 'ticket = "id"\ntime = "at"\nactivity = "what"\n'
    ),
    "a log": Kind(read_lines, sla.LogError, "log_unreadable", "id,at,what\n"),
}  # fmt: skip
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@every_kind
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with a byte order mark"])
def test_a_byte_order_mark_changes_nothing(kind: Kind, mark: str, tmp_path: Path) -> None:
    marked, plain = tmp_path / "marked", tmp_path / "plain"
    marked.write_text(mark + kind.good, encoding="utf-8")
    plain.write_text(kind.good, encoding="utf-8")
    assert kind.load(marked) == kind.load(plain) == kind.load(str(plain))


@every_kind
@pytest.mark.parametrize("what", ["missing", "a folder", "latin-1", "a NUL byte"])
def test_a_file_that_cannot_be_read_is_refused_by_its_kind(kind: Kind, what: str, tmp_path: Path) -> None:
    path = {"a folder": tmp_path, "a NUL byte": tmp_path / "a\0b"}.get(what, tmp_path / "file")
    if what == "latin-1":
        path.write_bytes("Büro".encode("latin-1"))
    with pytest.raises(kind.error) as refused:
        kind.load(path)
    assert (refused.value.code, refused.value.where) == (kind.code, str(path))


@every_kind
@pytest.mark.parametrize("given", [None, 1, b"support.toml", {"name": "support"}], ids=repr)
def test_what_is_no_path_is_refused_alike(kind: Kind, given: object) -> None:
    with pytest.raises(sla.SlaError) as refused:
        kind.load(given)
    assert (type(refused.value), refused.value.code, refused.value.where) == (sla.SlaError, "argument_invalid", "path")


SMALL: Final = FileKind(sla.LogError, "log_unreadable", "it cannot be read", "ten bytes", most_bytes=10)
LONG: Final = FileKind(sla.LogError, "log_unreadable", "it cannot be read", "a file")


def test_a_file_may_be_as_large_as_its_kind_and_no_larger(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 10)
    assert read_text(path, SMALL) == "x" * 10
    path.write_bytes(b"x" * 11)
    with pytest.raises(sla.LogError, match="larger than 10 bytes"):
        read_text(path, SMALL)


@pytest.mark.slow
@pytest.mark.parametrize("load", ["load_policy", "load_holidays", "load_language", "load_mapping"])
def test_a_file_without_an_end_is_refused_within_limits(load: str) -> None:
    said = run_within_limits(
        f"import slacalc as sla\ntry: sla.{load}('/dev/zero')\nexcept sla.SlaError as error: print('larger' in str(error))"
    )
    assert said == "True\n"


def test_a_log_that_breaks_off_in_the_middle_is_refused_where_it_does(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(b"id,at,what\n" * 10_000 + b"\xff\n")
    with open_log(path) as lines, pytest.raises(sla.LogError) as refused:
        list(lines)
    assert (refused.value.code, refused.value.where) == ("log_unreadable", str(path))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("length", [MOST_OF_A_LINE, MOST_OF_A_LINE + 1, 3 * MOST_OF_A_LINE])
def test_of_a_line_that_is_too_long_the_rest_is_passed_over(end: str, length: int, tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(f"a{end}{'x' * length}{end}b{end}".encode())
    assert read_lines(tmp_path / "log") == [f"a{end}", f"{'x' * length}{end}"[: MOST_OF_A_LINE + 1], f"b{end}"]
    (tmp_path / "last").write_text("x" * (length + 1), encoding="utf-8")
    assert read_lines(tmp_path / "last") == ["x" * (MOST_OF_A_LINE + 1)]


def test_a_line_may_be_as_long_as_the_most(tmp_path: Path) -> None:
    lines = ["x" * (MOST_OF_A_LINE - 1) + "\n", "b\n"]
    (tmp_path / "log").write_text("".join(lines), encoding="utf-8")
    assert read_lines(tmp_path / "log") == lines


def test_a_key_of_toml_has_at_most_a_hundred_parts(tmp_path: Path) -> None:
    """A file of a megabyte whose key has a part every two bytes would take minutes."""
    path = tmp_path / "file.toml"
    path.write_text(f"{'.'.join('k' * 100)} = 1\n", encoding="utf-8")
    depth, value = 0, read_data_file(path, LONG)
    while isinstance(value, dict):
        depth, value = depth + 1, value["k"]
    assert (depth, value) == (100, 1)
    path.write_text(f"{'.'.join('k' * 101)} = 1\n", encoding="utf-8")
    with pytest.raises(sla.LogError, match="a key has more than 100 parts"):
        read_data_file(path, LONG)
