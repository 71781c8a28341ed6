"""Messages that are open already and may be the one the caller speaks of (6.4)."""

import logging
from collections.abc import Collection, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console import words
from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.terms import Terms
from sync.errors import StoreError
from sync.register.handling.handled import HandledMessage
from sync.register.handling.states import OPEN, State
from sync.register.likeness.nearby import OpenMessage

LOG = logging.getLogger(__name__)
PAUSE_MS = 300
_LOOKED_AT = OPEN - {State.DRAFT}


class OpenMessages(Protocol):
    """Where the open messages come from; called on a reader thread, raises StoreError."""

    def in_states(self, states: Collection[State]) -> tuple[HandledMessage, ...]: ...


class NearReader(Protocol):
    """What compares texts on a thread of its own."""

    def know_open(self, messages: Sequence[OpenMessage]) -> None: ...

    def near(self, asked: OpenMessage) -> "Future[tuple[UUID, ...]]": ...


@dataclass(frozen=True, slots=True)
class NearRow:
    """One message that may be the same: number and since when, where it stands, what it tells."""

    id: UUID
    title: str
    meta: str
    about: str


class MessageNearPresenter(QObject):
    """Follows the form and lists what is known nearby; another thread compares."""

    changed = Signal(object)  # tuple[NearRow, ...]

    def __init__(
        self,
        handling: OpenMessages,
        reader: NearReader,
        readers: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        terms: Terms,
        *,
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._handling = handling
        self._reader = reader
        self._readers = readers
        self._deliveries = deliveries
        self._milestones = milestones
        self._terms = terms
        self._zone = zone
        self._open: dict[UUID, HandledMessage] = {}
        self._asked: OpenMessage | None = None
        self._call_id: UUID | None = None
        self._rows: tuple[NearRow, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)

    @property
    def rows(self) -> tuple[NearRow, ...]:
        return self._rows

    def read_open(self) -> None:
        """Read the open messages anew: another form is being filled in."""
        self._deliveries.deliver(
            self._readers.submit(self._handling.in_states, _LOOKED_AT),
            self._took_open,
            lambda error: LOG.warning("open messages: %s", type(error).__name__),
            (StoreError,),
        )

    def follow(self, asked: OpenMessage, call_id: UUID | None) -> None:
        """Compare what stands in the form, in the typing pause; not with its own call's others."""
        before, self._asked = self._asked, asked
        self._call_id = call_id
        if before == asked:
            return
        if before is None or before.id != asked.id:
            self._show(())
        self._pause.start()

    def _took_open(self, found: tuple[HandledMessage, ...]) -> None:
        self._open = {one.id: one for one in found}
        self._reader.know_open([_compared(one) for one in found])
        self._look()

    def _look(self) -> None:
        self._pause.stop()
        asked = self._asked
        if asked is None or not self._open or not (asked.text.strip() or asked.place.strip()):
            self._show(())
            return

        def took(found: tuple[UUID, ...]) -> None:
            if asked == self._asked:
                known = (self._open[id] for id in found if id in self._open)
                others = (one for one in known if self._is_of_another_call(one))
                self._show(tuple(self._row(one) for one in others))

        self._deliveries.deliver(self._reader.near(asked), took)

    def _is_of_another_call(self, one: HandledMessage) -> bool:
        return self._call_id is None or one.record.call_id != self._call_id

    def _row(self, one: HandledMessage) -> NearRow:
        record, standing = one.record, one.standing
        term = self._terms.of(standing)
        at = (record.submitted_at or record.created_at).astimezone(self._zone)
        return NearRow(
            id=record.id,
            title=words.near.title(str(record.number), at.date()),
            meta=words.near.meta(
                standing.state, "" if term is None else term.until, len(standing.call_ids)
            ),
            about=f"{words.formats.first_line(record.text)} — {record.place}",
        )

    def _show(self, rows: tuple[NearRow, ...]) -> None:
        if rows != self._rows:
            self._rows = rows
            self._milestones.note(Milestone.MESSAGE_NEAR, found=len(rows))
            self.changed.emit(rows)


def _compared(one: HandledMessage) -> OpenMessage:
    record = one.record
    return OpenMessage(record.id, record.text, record.place, record.category)
