"""The opt-in job: SQL engines and clusters that are too heavy for every run."""

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not os.environ.get("SLACALC_ENGINES"):
        opt_in = pytest.mark.skip(reason="an opt-in job: SLACALC_ENGINES=1 with the extra engines runs it")
        for item in items:
            if HERE in item.path.parents:
                item.add_marker(opt_in)
