"""A central database with an ordinary owner, created once and copied for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.central_people import CentreTemplate
from tests.fakes.postgres import PostgresServer


@pytest.fixture(scope="session")
def centre_template() -> Iterator[CentreTemplate]:
    with (
        PostgresServer(asks_passwords=True) as server,
        CentreTemplate(server).made() as template,
    ):
        yield template


@pytest.fixture
def centre(centre_template: CentreTemplate) -> Iterator[str]:
    """DSN of the owner, who may create roles and is no superuser."""
    with centre_template.copy() as dsn:
        yield dsn
