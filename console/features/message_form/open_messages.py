"""Presenter of open messages that may be the caller's matter, with photos (Regulation 6.4).

The search starts 300 ms after the last edit. Texts are compared and photos are read on other
threads.
"""

import logging
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, assert_never
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from console.core import formats
from console.core.deliveries import Deliveries
from console.core.formats import Counted, date_text
from console.core.milestones import Milestone, Milestones
from console.shared.messages.photos import small
from console.shared.messages.step_words import state_name
from console.shared.messages.terms import Terms
from sync.errors import StoreError
from sync.register.handling.handled import HandledMessage
from sync.register.handling.photos import MessagePhoto
from sync.register.likeness.search import Distance, Nearness, OpenMessage, distance
from sync.register.messages import State, with_place

LOG = logging.getLogger(__name__)
PAUSE_MS = 300
SHOWN = 3
PICTURES = 2


class NearFinder(Protocol):
    """Finds open messages similar to a draft, on a dedicated thread; the future fails with
    StoreError.
    """

    def near(self, asked: OpenMessage) -> "Future[tuple[HandledMessage, ...]]": ...


@dataclass(frozen=True, slots=True)
class NearRow:
    """Open message that may concern the same matter, with the details needed for a decision.

    ``place`` includes the distance from the draft's location, ``meta`` status and deadline,
    ``answer`` the answer. ``pictures`` are PNG images of its photos, once they are loaded.
    """

    id: UUID
    title: str
    place: str
    text: str
    meta: str
    answer: str = ""
    is_over: bool = False
    photos: str = ""
    pictures: tuple[bytes, ...] = ()


class NearPhotos(Protocol):
    """Reads the photos of messages; called on a reader thread."""

    def of_message(self, message_id: UUID) -> tuple[MessagePhoto, ...]: ...

    def content(self, photo_id: UUID) -> bytes | None: ...


class MessageNearPresenter(QObject):
    """Lists open messages similar to the message in the form; texts are compared on another
    thread.
    """

    changed = Signal(object)  # tuple[NearRow, ...]

    def __init__(
        self,
        finder: NearFinder,
        deliveries: Deliveries,
        milestones: Milestones,
        terms: Terms,
        photos: NearPhotos,
        readers: Executor,
        *,
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._finder = finder
        self._deliveries = deliveries
        self._milestones = milestones
        self._terms = terms
        self._photos = photos
        self._readers = readers
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
        """Searches for messages similar to ``asked`` after a typing pause; messages of the same
        call are excluded.
        """
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
            return  # one request at a time; the latest follows when it ends
        self._is_looking = True

        def took(found: tuple[HandledMessage, ...]) -> None:
            self._is_looking = False
            if asked == self._asked:
                others = (one for one in found if self._is_of_another_call(one))
                self._show(tuple(self._row(one, asked) for one in others))
                self._read_photos()
            elif not self._pause.isActive():
                self._look()

        def not_read(error: Exception) -> None:
            self._is_looking = False
            LOG.warning("open messages: cannot read: %s", type(error).__name__)

        self._deliveries.deliver(self._finder.near(asked), took, not_read, (StoreError,))

    def _is_of_another_call(self, one: HandledMessage) -> bool:
        return self._call_id is None or one.record.call_id != self._call_id

    def _row(self, one: HandledMessage, asked: OpenMessage) -> NearRow:
        record, standing = one.record, one.standing
        term = self._terms.of(standing)
        at = (record.submitted_at or record.created_at).astimezone(self._zone)
        is_over = standing.state is State.CLOSED
        until = "" if term is None else term.until
        if is_over and standing.last_at is not None:
            until = formats.date_text(standing.last_at.astimezone(self._zone).date())
        given = standing.answer
        return NearRow(
            id=record.id,
            title=title(str(record.number), at.date()),
            place=place(record.place, distance(asked.told, with_place(record.text, record.place))),
            text=record.text.strip(),
            meta=meta(standing.state, until, len(standing.call_ids)),
            answer="" if given is None or not given.is_sent else given.answer.text.strip(),
            is_over=is_over,
        )

    def _read_photos(self) -> None:
        """Loads the photos of the listed messages on a reader thread and adds them to the rows."""
        shown = self._rows[:SHOWN]

        def read() -> dict[UUID, tuple[int, tuple[bytes, ...]]]:
            return {row.id: self._pictures(row.id) for row in shown}

        def took(found: dict[UUID, tuple[int, tuple[bytes, ...]]]) -> None:
            self._show(tuple(self._with_photos(row, found.get(row.id)) for row in self._rows))
            self._milestones.note(
                Milestone.NEAR_PHOTOS, photos=sum(one[0] for one in found.values())
            )

        if shown:
            self._deliveries.deliver(
                self._readers.submit(read), took, self._no_photos, (StoreError,)
            )

    def _pictures(self, message_id: UUID) -> tuple[int, tuple[bytes, ...]]:
        photos = self._photos.of_message(message_id)
        small_ones = (small(one, self._photos.content(one.id)).data for one in photos[:PICTURES])
        return len(photos), tuple(png for png in small_ones if png)

    def _with_photos(self, row: NearRow, found: tuple[int, tuple[bytes, ...]] | None) -> NearRow:
        if found is None:
            return row
        count, pictures = found
        told = formats.Counted().photos(count) if count else ""
        return replace(row, photos=told, pictures=pictures)

    def _no_photos(self, error: Exception) -> None:
        LOG.warning("open messages: cannot read photos: %s", type(error).__name__)

    def _show(self, rows: tuple[NearRow, ...]) -> None:
        if rows != self._rows:
            if [row.id for row in rows] != [row.id for row in self._rows]:
                self._milestones.note(Milestone.MESSAGE_NEAR, found=len(rows))
            self._rows = rows
            self.changed.emit(rows)


def title(number: str, on: date) -> str:
    """Registration number and start date of the message."""
    since = QCoreApplication.translate("Words", "since %1").replace("%1", date_text(on))
    return f"№ {number} · {since}"


def meta(state: State, until: str, calls: int) -> str:
    """Status, deadline, and number of calls about the message."""
    parts = [state_name(state), until, Counted().calls_about(calls) if calls > 1 else ""]
    return " · ".join(part for part in parts if part)


def place(told: str, far: Distance | None) -> str:
    """Location of the message with its distance from the draft's location."""
    return " · ".join(part for part in (told, "" if far is None else how_far(far)) if part)


def how_far(far: Distance) -> str:
    match far.nearness:
        case Nearness.SAME_HOUSE:
            return QCoreApplication.translate("Words", "the same house")
        case Nearness.SAME_THING:
            return QCoreApplication.translate("Words", "the same place")
        case Nearness.SAME_STREET:
            if far.numbers_apart is None:
                return QCoreApplication.translate("Words", "the same street")
            text = QCoreApplication.translate("Words", "the same street, %1 numbers away")
            return text.replace("%1", str(far.numbers_apart))
        case _:
            assert_never(far.nearness)
