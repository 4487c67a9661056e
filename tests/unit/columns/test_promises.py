"""What a frame of tickets is promised: for every sample policy what each ticket is promised alone."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

import pytest

import slacalc as sla

pd = pytest.importorskip("pandas", reason="one of the backends")
pl = pytest.importorskip("polars", reason="one of the backends")
pa = pytest.importorskip("pyarrow", reason="one of the backends")
duckdb = pytest.importorskip("duckdb", reason="one of the backends")
pytest.importorskip("narwhals", reason="frames need the extra frames")

SAMPLES = ("webshop_helpdesk", "b2b_marketplace", "channel_guide", "marketplace_seller", "store_correspondence")
FRAMES: dict[str, Any] = {
    "pandas": lambda columns: pd.DataFrame(columns, index=range(7, 7 + len(columns["received"]))),
    "polars": pl.DataFrame,
    "pyarrow": pa.table,
    "duckdb": lambda columns: duckdb.connect().from_arrow(pa.table(columns)),
}


def tickets(policy: sla.Policy, count: int) -> dict[str, list[Any]]:
    """Tickets of random minutes of November and December 2026, each with the fields of some rule."""
    random = Random(20261120)  # noqa: S311 - a workload, not a secret
    tested = {
        name: sorted(
            {v for rule in policy.rules for v in (rule.when[name].values_of("any") if name in rule.when else ())}
        )
        for name in policy.field_names
    }
    start = datetime(2026, 11, 1, tzinfo=UTC)
    received = [start + timedelta(minutes=random.randrange(61 * 1440)) for _ in range(count)]
    columns: dict[str, list[Any]] = {"received": received}
    for name, values in tested.items():
        if values:
            columns[name] = [random.choice([*values, None]) for _ in range(count)]
    return columns


def alone(policy: sla.Policy, columns: dict[str, list[Any]], row: int) -> sla.Promises | None:
    fields = {name: column[row] for name, column in columns.items() if name != "received" and column[row] is not None}
    try:
        return policy.promise_for(columns["received"][row], fields)
    except sla.PolicyError:
        return None


@pytest.mark.parametrize("library", FRAMES)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_frame_is_promised_what_each_ticket_is_promised_alone(name: str, library: str) -> None:
    policy = sla.sample_policy(name)
    drawn = tickets(policy, 60)
    answered = [row for row in range(60) if alone(policy, drawn, row) is not None]
    columns = {key: [column[row] for row in answered] for key, column in drawn.items()}
    assert len(answered) > 20
    frame = FRAMES[library](columns)
    promised = policy.promise_frame(frame)
    assert type(frame) is type(promised)
    rows = (
        pl.from_arrow(promised)
        if library == "pyarrow"
        else pl.from_pandas(promised)
        if library == "pandas"
        else promised.pl()
        if library == "duckdb"
        else promised
    )
    for row, made in enumerate(rows.to_dicts()):
        expected = alone(policy, columns, row)
        assert expected is not None
        for metric in policy.metrics:
            promise = expected.get(metric)
            assert made[f"{metric}_due"] == (None if promise is None else promise.due)
            assert made[f"{metric}_expected"] == (None if promise is None else promise.expected)
            assert promise is None or made["rule"] == promise.rule


def test_the_index_and_the_columns_of_a_frame_stay() -> None:
    frame = pd.DataFrame({"received": [datetime(2026, 11, 20, 18, 30, tzinfo=UTC)], "id": [3]}, index=["a"])
    promised = sla.sample_policy("webshop_helpdesk").promise_frame(frame)
    assert list(promised.index) == ["a"]
    assert list(promised.columns)[:3] == ["received", "id", "rule"]


def everything(**due: Any) -> sla.Policy:
    return sla.policy_from_data(
        {
            "name": "kinds",
            "calendars": {"office": {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-12:30 13:30-17:00"}},
            "rules": [{"name": "all", "calendar": "office", "metrics": {"m": {"due": due}}}],
        }
    )


KINDS: dict[str, dict[str, Any]] = {
    "business hours": {"business_hours": "6h"},
    "workday hours": {"workday_hours": "30h"},
    "calendar hours": {"calendar_hours": "30h"},
    "business days by close": {"business_days": 1, "by": "close", "cutoff": "15:00"},
    "business days at the same time": {"business_days": 2, "by": "same_time"},
    "calendar days": {"calendar_days": 3, "by": "12:00"},
    "next opening": {"next_opening": True},
    "a range": {"earliest": {"business_hours": "2h"}, "latest": {"business_days": 3}},
    "inside and outside": {"inside": {"business_hours": "1h"}, "outside": {"next_opening": True}},
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_target_says_for_a_column_what_it_says_for_one(kind: str) -> None:
    policy = everything(**KINDS[kind])
    start = datetime(2026, 10, 23, tzinfo=UTC)  # with the change of the clock on 25 October
    received = [start + timedelta(minutes=37 * step) for step in range(300)]
    promised = policy.promise_frame(pl.DataFrame({"received": received}))
    assert [policy.promise(at)["m"].due.astimezone(UTC) for at in received] == promised["m_due"].to_list()


def test_a_row_without_an_answer_is_named_or_null() -> None:
    policy = everything(calendar_hours="24h")
    frame = pl.DataFrame(
        {"received": [datetime(2026, 11, 20, tzinfo=UTC), datetime(2200, 12, 31, 22, tzinfo=UTC), None]}
    )
    with pytest.raises(sla.HorizonError, match="row 1: the question reaches"):
        policy.promise_frame(frame)
    due = policy.promise_frame(frame, errors="null")["m_due"].to_list()
    assert due == [datetime(2026, 11, 21, tzinfo=UTC), None, None]


def test_a_field_that_no_rule_may_have_is_named_with_its_rows() -> None:
    policy = sla.sample_policy("webshop_helpdesk")
    wrong = pd.DataFrame({"received": [datetime(2026, 11, 20, tzinfo=UTC)] * 2, "priority": ["normal", 7]})
    with pytest.raises(sla.PolicyError, match=r"row 1\.priority: the field cannot have this value"):
        policy.promise_frame(wrong)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (lambda: [1, 2], "frame_unknown"),
        (lambda: pl.DataFrame({"id": [1]}), "frame_column_missing"),
        (lambda: pl.DataFrame({"received": [1]}), "column_not_instants"),
        (lambda: pl.DataFrame({"received": [datetime(2026, 11, 20)]}), "column_naive"),
        (lambda: pd.DataFrame({"received": pd.to_datetime(["2026-11-20T12:00:00.000000001Z"])}), "nanoseconds"),
    ],
)
def test_a_frame_that_cannot_be_read_is_refused(frame: Any, code: str) -> None:
    with pytest.raises(sla.InstantError) as caught:
        sla.sample_policy("webshop_helpdesk").promise_frame(frame())
    assert code == caught.value.code


# ---------------------------------------------------------------- edges that breaking the code showed


def due(policy: sla.Policy, *received: datetime | None, **kept: Any) -> list[Any]:
    frame = pl.DataFrame({"received": received}, schema={"received": pl.Datetime("us", "UTC")})
    return list(policy.promise_frame(frame, **kept)["m_due"].to_list())


FRIDAY_NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)  # 13:00 in Brussels
LAST_NOON = datetime(2200, 12, 31, 12, tzinfo=UTC)  # of the last date that is covered


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"business_days": 1, "by": "close"}, datetime(2026, 11, 23, 16, tzinfo=UTC)),
        ({"calendar_days": 1, "by": "12:00"}, datetime(2026, 11, 21, 11, tzinfo=UTC)),
    ],
    ids=["business days", "calendar days"],
)
def test_a_date_beyond_the_covered_years_is_named_or_null(target: dict[str, Any], expected: datetime) -> None:
    policy = everything(**target)
    with pytest.raises(sla.HorizonError, match=r"^row 1: the question reaches dates that the calendar does not cover"):
        due(policy, FRIDAY_NOON, LAST_NOON, None)
    assert [expected, None, None] == due(policy, FRIDAY_NOON, LAST_NOON, None, errors="null")


def test_the_first_instant_that_is_covered_has_a_due_date() -> None:
    policy = everything(calendar_days=1, by="12:00")
    first = datetime(1900, 1, 1, tzinfo=UTC)  # midnight in Brussels too: it was on UTC then
    assert [first + timedelta(hours=36)] == due(policy, first)
    with pytest.raises(sla.HorizonError, match="row 0"):
        due(policy, first - timedelta(microseconds=1))


REVERSED: dict[str, Any] = {"earliest": {"business_hours": "3h"}, "latest": {"calendar_hours": "4h"}}


@pytest.mark.parametrize(
    "target",
    [REVERSED, {"inside": REVERSED, "outside": {"next_opening": True}}],
    ids=["a range", "a range for tickets that come inside hours"],
)
def test_a_range_that_is_reversed_for_some_ticket_is_refused(target: dict[str, Any]) -> None:
    policy = everything(**target)
    half_past_one, three = FRIDAY_NOON + timedelta(minutes=30), FRIDAY_NOON + timedelta(hours=2)  # in Brussels
    assert [half_past_one + timedelta(hours=4)] == due(policy, half_past_one)
    with pytest.raises(sla.PolicyError) as refused:
        due(policy, half_past_one, three)
    assert refused.value.code == "range_reversed"
    assert refused.value.given == "'2026-11-23 10:00:00+01:00 .. 2026-11-20 19:00:00+01:00'"  # two hours, and one


def test_a_metric_counts_from_the_column_of_its_origin() -> None:
    policy = sla.policy_from_data(
        {
            "name": "takeover",
            "calendars": {"office": {"zone": "Europe/Brussels", "hours": "Mon-Fri 09:00-17:00"}},
            "rules": [
                {
                    "name": "all",
                    "calendar": "office",
                    "metrics": {"m": {"due": {"business_hours": "2h"}, "origin": "taken"}},
                }
            ],
        }
    )
    rows = {"received": [FRIDAY_NOON] * 3, "taken": [FRIDAY_NOON, FRIDAY_NOON + timedelta(hours=3), None]}
    frame = pl.DataFrame(rows, schema={"received": pl.Datetime("us", "UTC"), "taken": pl.Datetime("ns", "UTC")})

    expected = [FRIDAY_NOON + timedelta(hours=2), datetime(2026, 11, 23, 9, tzinfo=UTC), None]  # 15:00; Mon 10:00
    assert expected == policy.promise_frame(frame)["m_due"].to_list()
    assert policy.promise_frame(frame.drop("taken"))["m_due"].to_list() == [None] * 3


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
@pytest.mark.parametrize(
    "of",
    [
        lambda received, unit: pl.DataFrame({"received": received}, {"received": pl.Datetime(unit, "UTC")}),
        lambda received, unit: pd.DataFrame({"received": pd.Series(received).astype(f"datetime64[{unit}, UTC]")}),
    ],
    ids=["polars", "pandas"],
)
def test_a_frame_is_promised_in_the_unit_of_its_column(of: Any, unit: str) -> None:
    frame = of([FRIDAY_NOON, None], unit)

    promised = everything(business_hours="6h").promise_frame(frame)["m_due"]
    assert frame["received"].dtype == promised.dtype
    # 13:00 in Brussels: half an hour of break, three and a half until 17:00, two and a half on Monday
    due, null = promised
    assert due == datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
    assert null is None or null is pd.NaT


def test_a_naive_frame_is_read_and_promised_on_the_clock_of_its_zone() -> None:
    frame = pl.DataFrame({"received": [datetime(2026, 11, 20, 13)]})  # in the break, until 13:30
    promised = everything(business_hours="2h").promise_frame(frame, zone="Europe/Brussels")

    assert promised["m_due"].to_list() == [datetime(2026, 11, 20, 15, 30)]


def test_a_lazy_frame_is_refused() -> None:
    with pytest.raises(sla.InstantError) as refused:
        everything(business_hours="2h").promise_frame(pl.LazyFrame({"received": [FRIDAY_NOON]}))
    assert refused.value.code == "frame_unknown"
    assert refused.value.given == "'LazyFrame'"


def versions() -> sla.PolicyVersions:
    """Four hours in 2026 until the end of November, two hours from 2027 on; nothing in December."""

    def version(name: str, due: str, **valid: str) -> sla.Policy:
        rule = {"name": name, "calendar": "office", "metrics": {"first_response": {"due": {"business_hours": due}}}}
        calendars = {"office": {"zone": "UTC", "hours": "Mon-Fri 09:00-17:00"}}
        return sla.policy_from_data({"name": name, "calendars": calendars, "rules": [rule], **valid})

    old = version("old", "4h", valid_from="2026-01-01T00:00:00Z", valid_until="2026-12-01T00:00:00Z")
    return sla.PolicyVersions.of([old, version("new", "2h", valid_from="2027-01-01T00:00:00Z")])


MONDAYS: Final = [datetime(2026, 11, 30, 9, tzinfo=UTC), None, datetime(2027, 1, 4, 9, tzinfo=UTC)]


def test_each_row_is_promised_by_the_version_in_force_at_its_receipt() -> None:
    promised = versions().promise_frame(pl.DataFrame({"received": MONDAYS}))
    due = [datetime(2026, 11, 30, 13, tzinfo=UTC), None, datetime(2027, 1, 4, 11, tzinfo=UTC)]
    assert promised["first_response_due"].to_list() == due
    assert promised["rule"].to_list() == ["old", None, "new"]


def test_a_row_that_was_received_under_no_version_is_refused_or_null() -> None:
    frame = pl.DataFrame({"received": [*MONDAYS, datetime(2026, 12, 7, 9, tzinfo=UTC)]})
    with pytest.raises(sla.PolicyError) as refused:
        versions().promise_frame(frame)
    assert (refused.value.code, refused.value.where) == ("no_version", "row 3")
    promised = versions().promise_frame(frame, errors="null")
    assert promised["rule"].to_list() == ["old", None, "new", None]
    assert promised["first_response_due"].to_list()[3] is None


# ---------------------------------------------------------------- names of columns


def test_a_column_of_the_frame_is_never_overwritten() -> None:
    policy = everything(business_hours="6h")
    frame = pl.DataFrame({"received": [FRIDAY_NOON], "m_due": ["by tomorrow"]})
    with pytest.raises(sla.InstantError) as refused:
        policy.promise_frame(frame)
    assert (refused.value.code, refused.value.given) == ("columns_clash", "'m_due'")
    promised = policy.promise_frame(frame, prefix="sla_")
    assert promised.columns == ["received", "m_due", "sla_rule", "sla_m_expected", "sla_m_due"]
    assert promised["m_due"].to_list() == ["by tomorrow"]


def test_two_columns_of_one_name_are_refused() -> None:
    frame = pd.DataFrame([[FRIDAY_NOON] * 2], columns=["received", "received"])
    with pytest.raises(sla.InstantError) as refused:
        everything(business_hours="6h").promise_frame(frame)
    assert refused.value.code == "columns_of_one_name"
