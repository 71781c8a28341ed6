"""A directory of two questions; the test controls the searches and their times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from kb.entries.entries import Entry, EntryKind
from kb.store import Directory
from tests.fakes.console_fakes import Clock

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WASTE = Entry("q-waste", EntryKind.QUESTION, "Вывоз крупного мусора", "Бункер по заявке")
PITS = Entry("q-pits", EntryKind.QUESTION, "Ямы на дорогах", "Чиним")


@contextmanager
def two_questions(path: Path, clock: Clock) -> Iterator[Directory]:
    with closing(Directory.open(path, clock=clock, starters=None)) as opened:
        opened.replace_all((WASTE, PITS))
        yield opened
