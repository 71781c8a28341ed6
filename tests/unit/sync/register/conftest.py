"""The Russian dictionary, loaded once: queries do not change it."""

from __future__ import annotations

import pytest

from sync.register.checks.morphology import Morphology


@pytest.fixture(scope="session")
def morphology() -> Morphology:
    return Morphology()
