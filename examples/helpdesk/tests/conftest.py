"""A helpdesk on a database of its own, and a clock that a test sets: SQLite, or PostgreSQL by HELPDESK_TEST_DATABASE."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from helpdesk.service import Helpdesk
from helpdesk.tables import Table
from helpdesk.tests.wall import BRUSSELS, Wall
from helpdesk.web import application


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """An empty database."""
    given = os.environ.get("HELPDESK_TEST_DATABASE")
    yield given or f"sqlite:///{tmp_path}/helpdesk.db"
    if given:
        engine = create_engine(given)
        Table.metadata.drop_all(engine)
        engine.dispose()


@pytest.fixture
def wall() -> Wall:
    """Friday 20 November 2026, 15:00 in Brussels."""
    return Wall(datetime(2026, 11, 20, 15, tzinfo=BRUSSELS))


@pytest.fixture
def helpdesk(url: str, wall: Wall) -> Iterator[Helpdesk]:
    helpdesk = Helpdesk.at(url, wall)
    yield helpdesk
    helpdesk.engine.dispose()


@pytest.fixture
def client(helpdesk: Helpdesk) -> TestClient:
    return TestClient(application(helpdesk))
