"""The short notation for what happened to a ticket."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.testing import event_log
from tests.helpers import BERLIN

AT: Final = datetime(2026, 11, 20, 16, tzinfo=BERLIN)


def times(text: str, **how: object) -> list[str]:
    return [event.at.isoformat() for event in event_log(text, **how)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("created", sla.Created(at=AT)),
        ("created priority=high market=BE", sla.Created(at=AT, fields=(("priority", "high"), ("market", "BE")))),
        ("created channel=form status=new", sla.Created(at=AT, channel="form", status="new")),
        ("created actor=agent seq=7", sla.Created(at=AT, actor="agent", seq=7)),
        ("agent reply", sla.Message(at=AT, actor="agent")),
        ("customer reply channel=phone", sla.Message(at=AT, actor="customer", channel="phone")),
        ("agent holding reply", sla.Message(at=AT, actor="agent", holding=True)),
        ("agent partial reply", sla.Message(at=AT, actor="agent", partial=True)),
        ("bot automatic reply", sla.Message(at=AT, actor="bot", automated=True)),
        ("agent note", sla.Message(at=AT, actor="agent", public=False)),
        ("message actor=agent public=false", sla.Message(at=AT, actor="agent", public=False)),
        ("status on_hold", sla.StatusChanged(at=AT, status="on_hold")),
        ("priority=urgent", sla.FieldChanged(at=AT, field="priority", value="urgent")),
        ("topic='lost parcel'", sla.FieldChanged(at=AT, field="topic", value="lost parcel")),
        ("paused", sla.Paused(at=AT)),
        ("paused waiting for the supplier", sla.Paused(at=AT, reason="waiting for the supplier")),
        ("resumed supplier", sla.Resumed(at=AT, reason="supplier")),
        ("solved", sla.Solved(at=AT)),
        ("reopened", sla.Reopened(at=AT)),
        ("reopened status=pending", sla.Reopened(at=AT, status="pending")),
        ("closed", sla.Closed(at=AT)),
        ("happened", sla.Happened(at=AT, name="")),
        ("happened parcel handed over", sla.Happened(at=AT, name="parcel handed over")),
        ("merged into 8", sla.MergedInto(at=AT, into="8")),
        ("no reply needed", sla.NoReplyNeeded(at=AT)),
        ("taken over too late costs=true", sla.TakenOver(at=AT, reason="too late", costs=True)),
        ("deleted", sla.Deleted(at=AT)),
        (
            "target_overridden metric=resolution due=2026-11-25T12:00+01:00",
            sla.TargetOverridden(at=AT, metric="resolution", due=datetime(2026, 11, 25, 12, tzinfo=BERLIN)),
        ),
    ],
)
def test_a_phrase_is_an_event(text: str, expected: object) -> None:
    assert [expected] == event_log(f"Fri 16:00 {text}")


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Fri 16:00 created; 16:30 solved", ["2026-11-20T16:00:00+01:00", "2026-11-20T16:30:00+01:00"], "no day: the same"),
        ("Fri 9:30 created; 9:30:15 solved", ["2026-11-20T09:30:00+01:00", "2026-11-20T09:30:15+01:00"], "an hour of one digit"),
        ("Fri 16:00 created\n Mon 09:30 solved", ["2026-11-20T16:00:00+01:00", "2026-11-23T09:30:00+01:00"], "the next Monday, on a line of its own"),
        ("Mon 09:00 created; Mon 10:00 solved", ["2026-11-16T09:00:00+01:00", "2026-11-16T10:00:00+01:00"], "the day itself counts"),
        ("09:00:30 created;", ["2026-11-16T09:00:30+01:00"], "seconds, and nothing after the last"),
        ("Mon 24:00 created", ["2026-11-17T00:00:00+01:00"], "the end of Monday"),
    ],
)  # fmt: skip
def test_days_and_times(text: str, expected: list[str], why: str) -> None:
    assert expected == times(text), why


def test_rule_3_a_time_that_the_clock_shows_twice_is_the_first_of_the_two() -> None:
    assert times("2026-10-24 23:00 created; Sun 02:30 solved", first=date(2026, 1, 1))[1] == "2026-10-25T02:30:00+02:00"


def test_times_are_read_in_the_zone_and_carry_it() -> None:
    (created,) = event_log("Fri 16:00 created", zone="Asia/Tokyo")
    assert created.at == datetime(2026, 11, 20, 16, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert str(created.at.tzinfo) == "Asia/Tokyo"


def test_a_time_in_a_spring_gap_is_the_instant_of_the_change() -> None:
    assert times("Sun 02:30 created", first=date(2026, 3, 29)) == ["2026-03-29T03:00:00+02:00"]


def test_an_empty_text_is_an_empty_log() -> None:
    assert event_log(" ; \n ") == []


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("Fri created", "entry 1"),
        ("Fri 16:00", "entry 1"),
        ("Fri 16:00 created; Mon 9:3 solved", "entry 2"),
        ("Fri 25:00 created", "entry 1"),
        ("Xyz 16:00 created", "entry 1"),
        ("2026-02-30 16:00 created", "entry 1"),
        ("Fri 16:00 created; 2026-11-19 09:00 solved", "entry 2"),
        ("Fri 16:00 created; Mon 09:00 exploded", "entry 2"),
        ("Fri 16:00 created; Mon 09:00 went to sleep", "entry 2"),
        ("Fri 16:00 cousin reply", "entry 1"),
        ("Fri 16:00 agent angry reply", "entry 1"),
        ("Fri 16:00 created seq=first", "entry 1"),
        ("Fri 16:00 solved colour=red", "entry 1"),
        ("Fri 16:00 topic='lost", "entry 1"),
        ("Fri 16:00 a=1 b=2", "entry 1"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_entry(text: str, where: str) -> None:
    with pytest.raises(sla.LogError) as refused:
        event_log(text)
    assert (refused.value.code, refused.value.where) == ("event_log_invalid", where)


ACCEPTED: Final = '[Mon|2026-11-16] HH:MM and what happened, such as "created priority=high" or "agent reply"'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Fri created", f"entry 1: this is no entry; given 'Fri created'; accepted: {ACCEPTED}"),
        ("Xyz 16:00 created", f"entry 1: there is no such day; given 'Xyz 16:00 created'; accepted: {ACCEPTED}"),
        (
            "Fri 16:00 created; 2026-11-19 09:00 solved",
            f"entry 2: the day is before that of the entry before; given '2026-11-19 09:00 solved'; accepted: {ACCEPTED}",
        ),
        (
            "Fri 16:00 topic='lost",
            f'entry 1: No closing quotation; given "Fri 16:00 topic=\'lost"; accepted: {ACCEPTED}',
        ),
        (
            "Fri 16:00 went to sleep",
            f"entry 1: this is nothing that happens to a ticket; given 'Fri 16:00 went to sleep'; accepted: {ACCEPTED}",
        ),
    ],
)
def test_a_refusal_word_for_word(text: str, said: str) -> None:
    with pytest.raises(sla.LogError) as refused:
        event_log(text)
    assert str(refused.value) == said


def test_a_log_is_one_text_and_begins_on_a_date() -> None:
    with pytest.raises(sla.SlaError) as refused:
        event_log(["Fri 16:00 created"])  # type: ignore[arg-type]
    assert str(refused.value) == (
        "text: this is of another kind; given ['Fri 16:00 created']; accepted: the log as one text"
    )
    with pytest.raises(sla.InstantError) as refused:
        event_log("Fri 16:00 created", first="2026-11-16")  # type: ignore[arg-type]
    assert refused.value.where == "first"


def test_a_public_holiday_is_no_day_of_an_entry() -> None:
    """Hours know PH beside the seven weekdays, and a log does not."""
    with pytest.raises(sla.LogError, match="this is no entry"):
        event_log("PH 16:00 created")


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(sla.ZoneError):
        event_log("Fri 16:00 created", zone="Europe/Berlln")
