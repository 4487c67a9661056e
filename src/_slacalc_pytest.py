"""The fixtures that pytest finds when slacalc is installed.

It stands apart from the package, and imports slacalc only when a fixture is used: pytest
loads it at the start of every run, of test suites that have nothing to do with it, too.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from slacalc import Calendar, Policy


@pytest.fixture(scope="session")
def sla_office() -> "Calendar":
    """Return a plain office without holidays: Monday to Friday 09:00-17:00 in Europe/Berlin."""
    from slacalc.testing import office_calendar

    return office_calendar()


@pytest.fixture(scope="session")
def sla_b2b_marketplace() -> "Policy":
    """Return the sample policy of a marketplace for businesses."""
    return _sample("b2b_marketplace")


@pytest.fixture(scope="session")
def sla_channel_guide() -> "Policy":
    """Return the sample policy of a channel guide."""
    return _sample("channel_guide")


@pytest.fixture(scope="session")
def sla_marketplace_seller() -> "Policy":
    """Return the sample policy of a seller on marketplaces."""
    return _sample("marketplace_seller")


@pytest.fixture(scope="session")
def sla_store_correspondence() -> "Policy":
    """Return the sample policy of the correspondence of a store."""
    return _sample("store_correspondence")


@pytest.fixture(scope="session")
def sla_webshop_helpdesk() -> "Policy":
    """Return the sample policy of the helpdesk of a webshop."""
    return _sample("webshop_helpdesk")


def _sample(name: str) -> "Policy":
    from slacalc import sample_policy

    return sample_policy(name)
