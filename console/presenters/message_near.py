"""Messages that are open already and may be the one the caller speaks of (6.4)."""

import logging
from concurrent.futures import Future
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
from sync.register.likeness.nearby import OpenMessage

LOG = logging.getLogger(__name__)
PAUSE_MS = 300


class NearFinder(Protocol):
    """What compares texts on a thread of its own; its future fails with StoreError."""

    def near(self, asked: OpenMessage) -> "Future[tuple[HandledMessage, ...]]": ...


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
        finder: NearFinder,
        deliveries: Deliveries,
        milestones: Milestones,
        terms: Terms,
        *,
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._finder = finder
        self._deliveries = deliveries
        self._milestones = milestones
        self._terms = terms
        self._zone = zone
        self._asked: OpenMessage | None = None
        self._is_looking = False
        self._call_id: UUID | None = None
        self._rows: tuple[NearRow, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)

    @property
    def rows(self) -> tuple[NearRow, ...]:
        return self._rows

    def follow(self, asked: OpenMessage, call_id: UUID | None) -> None:
        """Compare what stands in the form, in the typing pause; not with its own call's others."""
        before, self._asked = self._asked, asked
        self._call_id = call_id
        if before == asked:
            return
        if before is None or before.id != asked.id:
            self._show(())
        self._pause.start()

    def _look(self) -> None:
        self._pause.stop()
        asked = self._asked
        if asked is None or not (asked.text.strip() or asked.place.strip()):
            self._show(())
            return
        if self._is_looking:
            return  # one question at a time; the newest is asked when this one is answered
        self._is_looking = True

        def took(found: tuple[HandledMessage, ...]) -> None:
            self._is_looking = False
            if asked == self._asked:
                others = (one for one in found if self._is_of_another_call(one))
                self._show(tuple(self._row(one) for one in others))
            elif not self._pause.isActive():
                self._look()

        def not_read(error: Exception) -> None:
            self._is_looking = False
            LOG.warning("open messages: %s", type(error).__name__)

        self._deliveries.deliver(self._finder.near(asked), took, not_read, (StoreError,))

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
