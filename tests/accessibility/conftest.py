"""Accessibility and linked data by tools of npm: `nox -s accessibility` installs them, names their folder in SLACALC_NPM, and runs these."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not os.environ.get("SLACALC_NPM"):
        opt_in = pytest.mark.skip(reason="a session of its own: nox -s accessibility installs axe-core and schema-dts")
        for item in items:
            if HERE in item.path.parents:
                item.add_marker(opt_in)


@pytest.fixture(scope="session")
def npm() -> Path:
    """The folder with node_modules."""
    return Path(os.environ["SLACALC_NPM"])


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a screen."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs selenium")
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1400,1000"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    yield driver
    driver.quit()
