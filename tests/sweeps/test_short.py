"""The short form of the sweeps: a fixed selection of the parts of each, in every run of the tests."""

import pytest

from tests.sweeps.sweeps import SWEEPS
from tests.sweeps.zones import zones


@pytest.mark.parametrize("name", SWEEPS)
def test_a_selection_of_the_sweep(name: str) -> None:
    parts = list(SWEEPS[name](short=True))
    assert sum(part.check() for part in parts) > 0
    assert len({part.name for part in parts}) == len(parts), "a run that goes on knows the parts by their names"


def test_every_name_of_the_database_belongs_to_a_zone_that_is_swept() -> None:
    assert len([name for names in zones().values() for name in names]) > 500
