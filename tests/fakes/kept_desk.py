"""A desk whose forms are saved in a real register; a second desk over the same register is a new
session.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject

from console.core.deliveries import Deliveries
from console.core.drafts import KeptForms
from console.core.milestones import Milestones
from console.feature_list import watch_pages
from sync.register.handling.form_drafts import FormPlace, Typed
from sync.register.people.operators import Operator
from sync.store.local.people.shifts import KeptWordsStore
from sync.store.local.register import RegisterStore
from tests.fakes.console_fakes import SUPERVISOR, Clock, InlineExecutor, Told
from tests.fakes.faked_desk import FakedDesk

FOUND = "Найдено после перезапуска, ещё не отправлено · набрано: 12:00"
"""Label of a restored form that was typed at the initial time of the test clock."""


def settle() -> None:
    for _ in range(6):
        QCoreApplication.processEvents()


class Start(Protocol):
    """Creates a desk over the shared register; ``before`` is the previous session."""

    def __call__(self, before: KeptDesk | None = None) -> KeptDesk: ...


class KeptDesk(FakedDesk):
    """All presenters of a desk with the form autosave; an operator is signed in."""

    def __init__(
        self,
        store: RegisterStore,
        owner: QObject,
        milestones: Milestones,
        clock: Clock,
        folder: Path,
        before: KeptDesk | None = None,
    ) -> None:
        """``before`` is the previous session: its stores other than the register are reused."""
        folder.mkdir()
        super().__init__(owner, milestones, clock, folder, before)
        self.store = store
        self.presenters.incidents.reload()
        self.kept = KeptForms(
            KeptWordsStore(store),
            self.desk,
            InlineExecutor(),
            Deliveries(owner),
            operator=lambda: self.desk.operator,
            clock=clock,
            parent=owner,
        )
        watch_pages(self.kept, self.presenters)
        self.told = Told(self.kept.told)
        self.sit_down(SUPERVISOR)

    def sit_down(self, operator: Operator) -> None:
        """Signs in as this operator, as the application does."""
        self.desk.set_operator(operator)
        self.bench.operator = operator
        self.bench.desk.greet()
        self.kept.signed_in()
        settle()

    def on_disk(self, operator: Operator = SUPERVISOR) -> dict[FormPlace, Typed]:
        """Returns the stored forms of this operator."""
        return {one.place: one.typed for one in KeptWordsStore(self.store).of(operator.id)}

    def write(self) -> None:
        """Commits the latest input."""
        self.kept.keep()
        self.store.try_disk().result()
        settle()
