"""The dictionary of Russian, loaded once: nothing that is asked of it changes what it answers."""

from __future__ import annotations

import pytest

from sync.register.checks.morphology import Morphology


@pytest.fixture(scope="session")
def morphology() -> Morphology:
    return Morphology()
