"""The search next to the call, whose readers reply when a test runs them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.milestones import Milestones
from console.core.settings.workplace import CITY_ZONE
from console.features.directory_search.presenter import DirectoryPresenter
from kb.entries.entries import Entry
from tests.fakes.console_directory import (
    FakeDirectory,
    hit,
    sample_question,
    sample_unit,
    search_notes,
)
from tests.fakes.console_fakes import USUAL_DAYS, Clock, HeldExecutor


class Panel:
    def __init__(self, owner: QObject, milestones: Milestones) -> None:
        self.directory = FakeDirectory()
        self.clock = Clock()
        self.readers = HeldExecutor()
        self.thinker = HeldExecutor()
        self.writer = HeldExecutor()
        self.taken: list[tuple[str, str]] = []
        self.has_card = True
        deliveries = Deliveries(owner)
        self.of_people: list[str] = []
        self.presenter = DirectoryPresenter(
            self.directory,
            self.readers,
            self.thinker,
            search_notes(self.directory, self.writer, deliveries, self.of_people),
            deliveries,
            milestones,
            zone=CITY_ZONE,
            days=USUAL_DAYS,
            take=self.take,
            clock=self.clock,
            parent=owner,
        )

    def take(self, entry: Entry, spoken: str) -> bool:
        if self.has_card:
            self.taken.append((entry.id, spoken))
        return self.has_card

    def answer(self, *order: int) -> None:
        """Runs the readers' jobs in this order, and then the writer's."""
        held = (self.readers, self.thinker)
        jobs = [job for executor in held for job in executor.jobs]
        for executor in held:
            executor.jobs = []
        for index in order or range(len(jobs)):
            jobs[index]()
            QCoreApplication.processEvents()
        if not jobs:
            QCoreApplication.processEvents()
        written, self.writer.jobs = self.writer.jobs, []
        for write in written:
            write()

    def read(self) -> None:
        """Runs the readers' jobs; their results are not delivered yet."""
        for executor in (self.readers, self.thinker):
            jobs, executor.jobs = executor.jobs, []
            for job in jobs:
                job()

    def search(self, text: str) -> None:
        self.presenter.set_query(text)
        self.answer()

    def keys(self) -> list[str]:
        return [row.key for row in self.presenter.state.rows]


def panel_of(owner: QObject, milestones: Milestones) -> Panel:
    """Returns a panel over a directory with a few hits for two texts."""
    made = Panel(owner, milestones)
    made.directory.found = {
        "я": (hit(sample_question("q-9", "Яблоки")),),
        "ям": (hit(sample_question("q-1")), hit(sample_unit())),
    }
    made.directory.asked_most = (hit(sample_unit("often")),)
    return made


def with_meaning(panel: Panel) -> Panel:
    """Adds meaning search without a typing delay; its hits reverse the order."""
    panel.presenter._pause.setInterval(0)
    panel.directory.meant = {"ям": (hit(sample_unit()), hit(sample_question("q-1")))}
    return panel
