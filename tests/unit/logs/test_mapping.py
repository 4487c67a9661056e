"""Mappings of a log: what a file of one may say, and what is refused with its key."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slacalc as sla


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "columns.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_mapping_is_read_from_a_file(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """
        ticket = "id"
        time = "at"
        activity = "what"
        zone = "Europe/Berlin"
        time_format = "%d.%m.%Y %H:%M"
        [fields]
        priority = "prio"
        [done]
        first_response = "answered"
        resolution = ["solved", "closed"]
        """,
    )
    expected = sla.LogMapping(
        ticket="id",
        time="at",
        activity="what",
        zone="Europe/Berlin",
        time_format="%d.%m.%Y %H:%M",
        fields=(("priority", "prio"),),
        done=(("first_response", ("answered",)), ("resolution", ("solved", "closed"))),
    )
    assert expected == sla.load_mapping(path) == sla.load_mapping(str(path))
    assert hash(expected) == hash(sla.load_mapping(path))


COLUMNS: Final = 'ticket = "id"\ntime = "at"\nactivity = "what"\n'
SPLIT: Final = COLUMNS + '[split.id]\ninto = ["a", "b"]\n'


@pytest.mark.parametrize(
    ("text", "code", "needle"),
    [
        (COLUMNS + 'tiket = "x"', "mapping_key_unknown", "tiket"),
        ('time = "at"\nactivity = "what"', "mapping_key_missing", "ticket"),
        ("ticket = 5\n" + 'time = "at"\nactivity = "what"', "mapping_key_missing", "ticket"),
        (COLUMNS + 'fields = "prio"', "mapping_not_table", "fields"),
        (COLUMNS + "done = 5", "mapping_not_table", "done"),
        (COLUMNS + "[done]\nfirst_response = 5", "mapping_not_text", "first_response"),
        (COLUMNS + "time_format = 5", "time_format_invalid", "time_format"),
        (COLUMNS + 'time_format = "%B"', "time_format_invalid", "%B"),
        ("ticket =", "mapping_unreadable", ""),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_with_its_file(
    tmp_path: Path, text: str, code: str, needle: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(sla.LogError) as refused:
        sla.load_mapping(path)
    assert code == refused.value.code
    assert str(path) in str(refused.value)
    assert needle in str(refused.value)


@pytest.mark.parametrize(("zone", "code"), [('"Berlin"', "zone_unknown"), ("5", "zone_unknown")])
def test_a_mapping_of_a_zone_that_does_not_exist_is_refused_as_elsewhere(tmp_path: Path, zone: str, code: str) -> None:
    path = written(tmp_path, f"{COLUMNS}zone = {zone}")
    with pytest.raises(sla.ZoneError) as refused:
        sla.load_mapping(path)
    assert (refused.value.code, refused.value.where) == (code, f"{path}: zone")


@pytest.mark.parametrize(
    "text", ["[fields]\npriority = 5", "[done]\nfirst_response = [1, 2]", '[done]\nfirst_response = [["answered"]]']
)
def test_a_mapping_with_values_that_are_no_text_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(sla.LogError):
        sla.load_mapping(written(tmp_path, COLUMNS + text))


@pytest.mark.parametrize(
    "content",
    [b"a = " + b"[" * 100_000 + b"]" * 100_000, b"\xff\xfe", b'ticket = "\x00"'],
    ids=["deep", "no UTF-8", "NUL"],
)
def test_a_mapping_that_is_no_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "columns.toml"
    path.write_bytes(content)
    with pytest.raises(sla.LogError):
        sla.load_mapping(path)


def test_a_mapping_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(sla.LogError) as refused:
        sla.load_mapping(tmp_path / "none.toml")
    assert refused.value.code == "mapping_unreadable"


# ---------------------------------------------------------------- mappings with events


def test_a_mapping_with_events_is_read_from_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, COLUMNS + '[events]\nanswered = "agent_message"\n"Wait" = "paused_until_next"')
    expected = sla.LogMapping("id", "at", "what", events=(("answered", "agent_message"), ("Wait", "paused_until_next")))
    assert expected == sla.load_mapping(path)
    assert hash(expected) == hash(sla.load_mapping(path))


@pytest.mark.parametrize(
    ("text", "code", "where", "given"),
    [
        ('[events]\nanswered = "answer"', "mapping_event_unknown", "events.answered", "'answer'"),
        ("[events]\nanswered = 5", "mapping_not_text", "events.answered", "5"),
        ('[events]\nanswered = ["solved", "agent_message"]', "mapping_not_text", "events.answered", "solved"),
        (
            '[done]\nresolution = "solved"\n[events]\nsolved = "solved"',
            "mapping_two_ways",
            "events",
            "done and events",
        ),
    ],
)
def test_events_that_cannot_be_used_are_refused_with_their_file(
    tmp_path: Path, text: str, code: str, where: str, given: str
) -> None:
    path = written(tmp_path, COLUMNS + text)
    with pytest.raises(sla.LogError) as refused:
        sla.load_mapping(path)
    error = refused.value
    assert (code, f"{path}: {where}") == (error.code, error.where)
    assert given in error.given


# ---------------------------------------------------------------- anything


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40) | st.sampled_from((COLUMNS, COLUMNS + "[fields]\n", COLUMNS + "[done]\na = []")))
def test_any_text_is_a_mapping_or_refused(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "columns.toml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            sla.load_mapping(path)
        except sla.LogError as refused:
            assert str(path) in str(refused)  # noqa: PT017 - it may also be accepted


# ---------------------------------------------------------------- shapes

TICKETS: Final = 'ticket = "id"\nreceived = "opened"\n'


def test_a_mapping_says_which_shape_a_log_has(tmp_path: Path) -> None:
    text = (
        TICKETS + 'time_format = ["%d/%m/%Y %H:%M", "%d/%m/%y %H:%M"]\nblank = ["?", "NULL"]\ndelimiter = ";"\n'
        'encoding = "cp1252"\n[done_at]\nfirst_response = "responded"\n[own]\nflag = "made_sla"\n'
        '[split.Ticket]\nby = "/"\ninto = ["id", "team"]\n'
    )
    assert sla.load_mapping(written(tmp_path, text)) == sla.LogMapping(
        "id",
        received="opened",
        time_format=("%d/%m/%Y %H:%M", "%d/%m/%y %H:%M"),
        blank=("?", "NULL"),
        delimiter=";",
        encoding="cp1252",
        done_at=(("first_response", "responded"),),
        own=(("flag", "made_sla"),),
        split=(("Ticket", "/", ("id", "team")),),
    )


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ('ticket = "id"', "mapping_key_missing", "time"),
        ('ticket = "id"\ntime = "at"', "mapping_key_missing", "activity"),
        ('ticket = "id"\ntime = "at"\nstatus = "s"\n[events]\nx = "solved"', "mapping_key_missing", "activity"),
        (TICKETS + 'activity = "what"', "mapping_key_missing", "time"),
        (TICKETS + 'status = "state"', "mapping_key_missing", "time"),
        (TICKETS + '[done]\nresolution = "solved"', "mapping_key_missing", "time"),
        (TICKETS + '[events]\nsolved = "solved"', "mapping_key_missing", "time"),
        (COLUMNS + '[done_at]\nresolution = "solved"', "mapping_key_missing", "done_at"),
        (COLUMNS + 'status = "s"\n[done]\nresolution = "solved"', "mapping_two_ways", "status"),
        (TICKETS + '[done_at]\na = "b"\n[done]\nresolution = "solved"', "mapping_two_ways", "done_at"),
        (COLUMNS + 'delimiter = ";;"', "delimiter_invalid", "delimiter"),
        (COLUMNS + 'delimiter = ""', "delimiter_invalid", "delimiter"),
        (COLUMNS + "delimiter = '\"'", "delimiter_invalid", "delimiter"),
        (COLUMNS + "delimiter = 5", "delimiter_invalid", "delimiter"),
        (COLUMNS + 'encoding = "utf8mb4"', "encoding_unknown", "encoding"),
        (COLUMNS + 'encoding = "../os"', "encoding_unknown", "encoding"),
        (COLUMNS + "encoding = 5", "encoding_unknown", "encoding"),
        (COLUMNS + "blank = 5", "mapping_not_text", "blank"),
        (COLUMNS + 'blank = ["?", 5]', "mapping_not_text", "blank"),
        (COLUMNS + "received = 5", "mapping_key_missing", "received"),
        (COLUMNS + 'own = "flag"', "mapping_not_table", "own"),
        (COLUMNS + 'split = "/"', "mapping_not_table", "split"),
        (COLUMNS + 'split.id = "/"', "mapping_not_table", "split.id"),
        (COLUMNS + '[split.id]\nby = "/"', "mapping_split_invalid", "split.id"),
        (COLUMNS + '[split.id]\nby = "/"\ninto = ["a", "b"]\nbetween = 5', "mapping_not_text", "split.id.between"),
        (SPLIT + 'by = ""', "mapping_split_invalid", "split.id.by"),
        (SPLIT + 'by = "@"\nbetween = ""', "mapping_split_invalid", "split.id.between"),
        (SPLIT + 'by = "@"\nbetween = "@"', "mapping_split_invalid", "split.id.between"),
        (SPLIT + 'by = " @ "\nbetween = " "', "mapping_split_invalid", "split.id.between"),
        (COLUMNS + 'optional = ["owner"]', "field_unmapped", "optional"),
        (COLUMNS + '[split.id]\nby = 5\ninto = ["a", "b"]', "mapping_not_text", "split.id.by"),
        (COLUMNS + "time_format = []\ntime_format2 = 1", "mapping_key_unknown", ""),
        (COLUMNS + 'time_format = ["%Y-%m-%d", "%c"]', "time_format_invalid", "time_format"),
        (COLUMNS + 'created_by = "agnt"', "creator_unknown", "created_by"),
        (COLUMNS + "created_by = 5", "mapping_not_text", "created_by"),
        (COLUMNS + "created_by_column = 5", "mapping_key_missing", "created_by_column"),
        (COLUMNS + 'created_by = "agent"\ncreated_by_column = "role"', "mapping_two_ways", "created_by_column"),
        (COLUMNS + 'created_by_column = "role"\n[creators]\nadmin = "boss"', "creator_unknown", "creators.admin"),
        (COLUMNS + 'creators = "role"', "mapping_not_table", "creators"),
        (COLUMNS + '[creators]\nadmin = "agent"', "mapping_key_missing", "created_by_column"),
        (COLUMNS + '[events]\nlooked = "happend"', "mapping_event_unknown", "events.looked"),
        (COLUMNS + '[events]\nlooked = "happened:"', "mapping_event_unknown", "events.looked"),
    ],
)
def test_a_mapping_of_no_shape_is_refused_with_its_key(tmp_path: Path, text: str, code: str, where: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(sla.LogError) as refused:
        sla.load_mapping(path)
    assert (code, f"{path}: {where}" if where else str(path)) == (refused.value.code, refused.value.where)


@pytest.mark.parametrize(
    "changes",
    [
        {"split": "/"},
        {"split": (("Ticket", "/"),)},
        {"split": (("Ticket", "", ("a", "b")),)},
        {"split": (("Ticket", "/", ("a", "b"), ""),)},
        {"split": (("Ticket", "/", ("a", "b"), ";", "more"),)},
        {"split": (("Ticket", "/", ("a",)),)},
        {"blank": "?"},
        {"own": "flag"},
        {"done_at": (("a", ("b",)),)},
        {"creators": {"admin": "agent"}},
        {"optional": "owner"},
    ],
    ids=str,
)
def test_a_mapping_of_wrong_values_is_refused_in_python_too(changes: dict[str, Any]) -> None:
    with pytest.raises(sla.SlaError) as refused:
        sla.LogMapping("id", "at", "what", **changes)
    assert (refused.value.code, refused.value.where) == ("argument_invalid", next(iter(changes)))
