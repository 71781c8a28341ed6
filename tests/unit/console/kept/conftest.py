"""Starts of a desk over one register: the first, and each that comes after a crash."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from console.milestones import Milestones
from sync.store.register import RegisterStore
from tests.fakes.console_fakes import Clock
from tests.fakes.kept_desk import KeptDesk, Start


@pytest.fixture
def start(
    store: RegisterStore, owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> Iterator[Start]:
    """Makes a desk; the one before it is as if killed."""
    made: list[KeptDesk] = []

    def begin(before: KeptDesk | None = None) -> KeptDesk:
        folder = tmp_path / f"start-{len(made)}"
        made.append(KeptDesk(store, owner, milestones, clock, folder, before))
        return made[-1]

    yield begin
    for one in made:
        one.entries.close()
