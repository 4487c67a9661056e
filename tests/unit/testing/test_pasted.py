"""Values as code: run as it stands, it makes equal values."""

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

import slacalc as sla
from slacalc.testing.pasted import code, to_paste

AT: Final = datetime(2026, 11, 20, 10, tzinfo=UTC)
BERLIN: Final = ZoneInfo("Europe/Berlin")

VALUES: Final[dict[str, object]] = {
    "datetime(2026, 11, 20, 10, tzinfo=UTC)": AT,
    "datetime(2026, 11, 20, 0, 0, 30, tzinfo=UTC)": AT.replace(hour=0, second=30),
    "datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo('Europe/Berlin'), fold=1)": datetime(
        2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1
    ),
    "timedelta(seconds=60)": timedelta(minutes=1),
    "(timedelta(days=1),)": (timedelta(days=1),),
    "[Created(at=datetime(2026, 11, 20, 10, tzinfo=UTC), fields={'priority': 'Solved'})]": [
        sla.Created(at=AT, fields={"priority": "Solved"})
    ],
    "Message(at=datetime(2026, 11, 20, 10, tzinfo=UTC), actor='agent', holding=True)": sla.Message(
        at=AT, actor="agent", holding=True
    ),
}


@pytest.mark.parametrize("written", VALUES)
def test_a_value_is_code_that_makes_it_again_with_what_is_imported(written: str) -> None:
    assert code(VALUES[written]) == written
    made: dict[str, object] = {}
    exec(to_paste(f"made = {written}").removeprefix("again:\n"), made)  # noqa: S102 - our own code
    assert made["made"] == VALUES[written]


def test_only_what_is_used_is_imported_and_nothing_that_stands_in_a_text() -> None:
    assert to_paste(
        "law.check(log=[Solved(at=datetime(2026, 11, 20, 10, tzinfo=UTC), reason='Created')])"
    ).splitlines()[:-1] == ["again:", "from datetime import UTC, datetime", "from slacalc import Solved"]
