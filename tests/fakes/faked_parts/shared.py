"""Dependencies of all parts of a faked desk."""

from __future__ import annotations

import re
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from tests.fakes.console_fakes import Clock, InlineExecutor

RESOURCES = Path(__file__).resolve().parents[3] / "resources"


@dataclass(frozen=True, slots=True)
class FakedShared:
    """The clock, threads and folder of one faked desk; ``owner`` is the parent of its presenters.

    Work submitted to ``readers`` runs immediately in the GUI thread.
    """

    owner: QObject
    folder: Path
    milestones: Milestones
    clock: Clock
    deliveries: Deliveries
    readers: InlineExecutor


def find_phones(text: str) -> Future[tuple[str, ...]]:
    """Replaces the finder of personal data."""
    found: Future[tuple[str, ...]] = Future()
    found.set_result(tuple(re.findall(r"\d{3}-\d\d-\d\d", text)))
    return found
