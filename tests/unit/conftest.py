"""What is made once for all unit tests."""

import pytest

from tests.fakes.store_template import StoreTemplate


@pytest.fixture(scope="session")
def store_template(tmp_path_factory: pytest.TempPathFactory) -> StoreTemplate:
    """An empty store to copy."""
    return StoreTemplate.make(tmp_path_factory.mktemp("store-template"))
