"""What to tell a caller who wants a formal appeal under federal law 59 (Regulation 1.3)."""

from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.presenters.desk import DeskPresenter
from console.presenters.desk_state import DeskState
from kb.entries import Entry, Phone, UnitDetails
from kb.errors import DirectoryError
from sync.register.used_entries import FORMAL_APPEAL_KEY

TEMPLATE = "formal_appeal.txt"


class UnitPort(Protocol):
    """What is needed of the directory; called on a reader thread."""

    def unit(self, entry_id: str) -> Entry | None: ...


@dataclass(frozen=True, slots=True)
class FormalAppealState:
    """The text to read out; empty while it is not asked for."""

    text: str = ""


class FormalAppealPresenter(QObject):
    """The text with the city's contacts of today; belongs to the GUI thread."""

    changed = Signal(object)  # FormalAppealState

    def __init__(
        self,
        desk: DeskPresenter,
        directory: UnitPort,
        readers: Executor,
        deliveries: Deliveries,
        *,
        unit: str,
        templates: Path,
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        """``unit`` is the directory's key of where formal appeals are brought to."""
        super().__init__(parent)
        self._desk = desk
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._unit = unit
        self._zone = zone
        self._templates = templates
        self._card_id: UUID | None = None
        self._state = FormalAppealState()
        desk.changed.connect(self._desk_changed)

    @property
    def state(self) -> FormalAppealState:
        return self._state

    def toggle(self) -> None:
        """Show the text and note on the call that it was asked for; again, hide it."""
        if self._state.text:
            self.hide()
            return
        card = self._desk.state.card
        if card is None:
            return
        self._card_id = card.id
        self._desk.use_script(FORMAL_APPEAL_KEY, words.cards.formal_appeal())
        self._deliveries.deliver(
            self._readers.submit(self._directory.unit, self._unit),
            self._show,
            # Without the directory the law is the same.
            lambda _error: self._show(None),
            expected=(DirectoryError,),
        )

    def hide(self) -> None:
        self._card_id = None
        self._tell("")

    def _desk_changed(self, state: DeskState) -> None:
        if self._card_id is not None and (state.card is None or state.card.id != self._card_id):
            self.hide()

    @cached_property
    def _template(self) -> Template:
        """Made when somebody first asks: on most days nobody does."""
        environment = Environment(
            loader=FileSystemLoader(self._templates),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701  # plain text, never HTML
            trim_blocks=True,
        )
        return environment.get_template(TEMPLATE)

    def _show(self, unit: Entry | None) -> None:
        if self._card_id is None:
            return  # The call has gone meanwhile.
        if unit is not None and not unit.holds_on(datetime.now(self._zone).date()):
            unit = None
        details = UnitDetails()
        if unit is not None and isinstance(unit.details, UnitDetails):
            details = unit.details
        text = self._template.render(
            unit="" if unit is None else unit.title,
            address=details.address,
            hours="; ".join(words.hours.hours_text(details.hours).splitlines()),
            phones="; ".join(map(_phone_text, details.phones)),
        )
        self._tell(text.strip())

    def _tell(self, text: str) -> None:
        if text != self._state.text:
            self._state = FormalAppealState(text)
            self.changed.emit(self._state)


def _phone_text(phone: Phone) -> str:
    number = words.directory.phone_texts(phone)[-1]
    return f"{number} ({phone.purpose})" if phone.purpose else number
