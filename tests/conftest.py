"""What holds for every test: where it runs, compiled modules, how many examples are tried."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.fakes.store_template import StoreTemplate

UNIT = Path(__file__).parent / "unit"

# Tests start processes of the product all the time; each would compile all its modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A busy machine is no finding, so no example has a deadline. For a longer search:
# --hypothesis-profile=thorough
settings.register_profile("quick", max_examples=60, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("quick")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """A process for each core where all unit tests are chosen and nothing else, or none.

    Other tests have real sound and real peers, which must not wait for a core; for a few tests
    the start of the processes takes longer than the tests.
    """
    chosen = [(config.invocation_params.dir / name).resolve() for name in config.args]
    return os.cpu_count() or 1 if chosen == [UNIT] else 0


@pytest.fixture(scope="session")
def store_template(tmp_path_factory: pytest.TempPathFactory) -> StoreTemplate:
    """An empty store to copy."""
    return StoreTemplate.make(tmp_path_factory.mktemp("store-template"))
