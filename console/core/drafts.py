"""Autosave of unsaved input: drafts of directory entries and of forms, and the texts shown with
restored forms.

Input is saved within a second. Forms are restored after a restart. GUI thread only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from typing import Protocol, assert_never
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, SignalInstance, Slot

from console.core.deliveries import Deliveries
from console.core.view_data import LONG_S, Notice
from kb.entries.changes import EntryDraft
from kb.errors import DirectoryError
from sync.errors import StoreError
from sync.register.handling.form_drafts import FormPlace, KeptForm, KeptWords, Typed
from sync.register.people.operators import Operator

DRAFT_DELAY_MS = 400  # with this delay input is saved within a second, also on slow storage


KEEP_MS = 700  # with this delay, and the write, a draft is saved within a second
RETRY_MS = 2000


class DraftsPort(Protocol):
    """Directory methods that save and delete drafts; called on the writer thread."""

    def keep_draft(self, draft: EntryDraft) -> None: ...

    def drop_draft(self, entry_id: str, by_id: str) -> None: ...


class DraftKeeper(QObject):
    """Saves drafts of directory entries: requests a draft some time after input and writes drafts
    in order.
    """

    due = Signal()  # time to save: the owner must call ``keep`` or ``drop``
    kept = Signal(str, bool)  # entry id, and whether the entry had no draft before
    not_kept = Signal(str)  # entry id; the write failed and will be retried
    dropped = Signal(str)
    not_dropped = Signal()

    def __init__(
        self,
        directory: DraftsPort,
        writer: Executor,
        deliveries: Deliveries,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._writer = writer
        self._deliveries = deliveries
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.due)

    @property
    def waits(self) -> bool:
        """Whether input has not been saved yet and the timer is running."""
        return self._timer.isActive()

    @property
    def due_in_ms(self) -> int:
        """Milliseconds until the input is saved; -1 if there is no unsaved input."""
        return self._timer.remainingTime() if self._timer.isActive() else -1

    def typed(self) -> None:
        """Starts the save timer at the first keystroke; further typing does not postpone it."""
        if not self._timer.isActive():
            self._timer.start(KEEP_MS)

    def try_again(self) -> None:
        """Starts the timer for another attempt after a failed write."""
        self._timer.start(RETRY_MS)

    def stop(self) -> None:
        """Stops the timer; the input since the last save is not saved."""
        self._timer.stop()

    def keep(self, draft: EntryDraft, *, first: bool) -> None:
        """Writes the draft; ``first`` means that the entry had no draft before."""
        future = self._writer.submit(self._directory.keep_draft, draft)
        self._deliveries.deliver(
            future,
            lambda _none: self.kept.emit(draft.entry_id, first),
            lambda _error: self.not_kept.emit(draft.entry_id),
            expected=(DirectoryError,),
        )

    def drop(self, entry_id: str, by_id: str, then: Callable[[], None] = lambda: None) -> None:
        """Deletes the draft of the entry by this operator, then calls ``then``."""

        def dropped(_none: None) -> None:
            self.dropped.emit(entry_id)
            then()

        future = self._writer.submit(self._directory.drop_draft, entry_id, by_id)
        self._deliveries.deliver(
            future, dropped, lambda _error: self.not_dropped.emit(), expected=(DirectoryError,)
        )


READ_AGAIN_MS = 2000


class KeptWordsPort(Protocol):
    """Store of form drafts; ``of`` is called on a reader thread and raises StoreError."""

    def of(self, operator_id: UUID) -> tuple[KeptWords, ...]: ...

    def keep(self, operator_id: UUID, kept: KeptWords) -> Future[None]: ...

    def drop(self, operator_id: UUID, place: FormPlace) -> Future[None]: ...


class CarriesWrites(Protocol):
    """Retries a write until it succeeds, and reports failures to the operator."""

    def carry(self, key: str, write: Callable[[], Future[None]]) -> None: ...


class KeepingPage(Protocol):
    """A page whose form is autosaved; it separates the input of the operators of this session."""

    def signed_in(self) -> None:
        """Shows the input of the signed-in operator."""
        ...

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """Returns the operator's unsent input by form; stored drafts of forms that are not included
        are deleted.
        """
        ...

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Restores the operator's drafts of a previous session in the forms that are still
        empty.
        """
        ...


class KeptForms(QObject):
    """Saves unsaved input of the pages and restores it after a restart. GUI thread only.

    If a page no longer reports an input, it was sent, saved or discarded, and its draft is deleted.
    Drafts of an operator are not written until the drafts of the previous session have been read.
    """

    told = Signal(object)  # Notice

    def __init__(
        self,
        store: KeptWordsPort,
        desk: CarriesWrites,
        readers: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._desk = desk
        self._readers = readers
        self._deliveries = deliveries
        self._operator = operator
        self._clock = clock
        self._pages: dict[KeptForm, KeepingPage] = {}
        self._written: dict[UUID, dict[FormPlace, Typed]] = {}  # per operator, once read
        self._being_read: set[UUID] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_DELAY_MS)
        self._timer.timeout.connect(self.keep)

    def watch(
        self,
        form: KeptForm,
        page: KeepingPage,
        *typed: SignalInstance,
        sent: SignalInstance | None = None,
    ) -> None:
        """Registers a page, whose input is saved whenever one of the ``typed`` signals is emitted.

        When ``sent`` is emitted, the draft is deleted immediately; otherwise input that was already
        sent could be restored as unsent after a restart.
        """
        self._pages[form] = page
        for signal in typed:
            signal.connect(self._keep_soon)
        if sent is not None:
            sent.connect(self.keep)

    def signed_in(self) -> None:
        """Shows the signed-in operator's input on every page and restores the previous session's
        drafts.
        """
        for page in self._pages.values():
            page.signed_in()
        operator = self._operator().id
        if operator not in self._written and operator not in self._being_read:
            self._being_read.add(operator)
            self._read(operator)

    @Slot()
    def keep(self) -> None:
        """Writes input that has changed and deletes drafts of input that was sent, saved or
        discarded.
        """
        self._timer.stop()
        for operator, written in self._written.items():
            now = {
                place: typed
                for page in self._pages.values()
                for place, typed in page.typed_by(operator).items()
            }
            for place, typed in now.items():
                if written.get(place) != typed:
                    kept = KeptWords(place, typed, self._clock())
                    self._carry(operator, place, partial(self._store.keep, operator, kept))
            for place in written.keys() - now.keys():
                self._carry(operator, place, partial(self._store.drop, operator, place))
            self._written[operator] = now

    def _carry(self, operator: UUID, place: FormPlace, write: Callable[[], Future[None]]) -> None:
        key = f"words of {operator} {place.form} {place.subject} {place.part}"
        self._desk.carry(key, write)

    def _keep_soon(self) -> None:
        # The timer is not restarted by each keystroke: steady typing must not postpone the write.
        if not self._timer.isActive():
            self._timer.start()

    def _read(self, operator: UUID) -> None:
        def unread(_error: Exception) -> None:
            """Reads the drafts again after a delay; the status area reports the failure."""
            QTimer.singleShot(READ_AGAIN_MS, self, lambda: self._read(operator))

        self._deliveries.deliver(
            self._readers.submit(self._store.of, operator),
            lambda found: self._found(operator, found),
            unread,
            expected=(StoreError,),
        )

    def _found(self, operator: UUID, found: tuple[KeptWords, ...]) -> None:
        self._being_read.discard(operator)
        self._written[operator] = {}
        # Callbacks run last in, first out. A page that fails on its draft does not affect the
        # others.
        with ExitStack() as steps:
            steps.callback(self._keep_soon)  # input entered during the read
            steps.callback(self._tell, operator)
            for form, page in reversed(self._pages.items()):
                own = tuple(one for one in found if one.place.form is form)
                if own:
                    steps.callback(self._give, operator, page, own)

    def _give(self, operator: UUID, page: KeepingPage, own: tuple[KeptWords, ...]) -> None:
        page.find_again(operator, own)
        # Only after success: a draft that the page could not restore must not be deleted.
        self._written[operator].update({one.place: one.typed for one in own})

    def _tell(self, operator: UUID) -> None:
        """Notifies the signed-in operator of the pages with restored input."""
        found = self._written[operator]
        if found and self._operator().id == operator:
            head, body = found_on(place.form for place in found)
            self.told.emit(Notice(head, body, LONG_S, problem=True))


def found_again(moment: str) -> str:
    """Returns the text above a restored form; ``moment`` is the formatted time of the last
    input.
    """
    return QCoreApplication.translate(
        "Words", "Restored after a restart, not sent yet · entered: %1"
    ).replace("%1", moment)


def found_on(forms: Iterable[KeptForm]) -> tuple[str, str]:
    """Returns title and text of the notice that names the restored forms after sign-in."""
    names = dict.fromkeys(_name(one) for one in forms)
    return (
        QCoreApplication.translate("Words", "Your unfinished text was restored"),
        QCoreApplication.translate("Words", "Not sent yet: %1.").replace("%1", ", ".join(names)),
    )


def _name(form: KeptForm) -> str:
    match form:
        case KeptForm.ANSWER:
            return QCoreApplication.translate("Words", "answer to a message")
        case KeptForm.DECISION:
            return QCoreApplication.translate("Words", "decision on a message")
        case KeptForm.REVIEW:
            return QCoreApplication.translate("Words", "message review")
        case KeptForm.CLEARING:
            return QCoreApplication.translate("Words", "why this is not personal data")
        case KeptForm.PLANNED_CALL:
            return QCoreApplication.translate("Words", "promised calls")
        case KeptForm.INCIDENT:
            return QCoreApplication.translate("Words", "incidents")
        case KeptForm.CALENDAR:
            return QCoreApplication.translate("Words", "city calendar")
        case KeptForm.HANDOVER:
            return QCoreApplication.translate("Words", "handover sheet note")
        case KeptForm.PROPOSAL:
            return QCoreApplication.translate("Words", "topic proposals")
        case KeptForm.SYNONYM:
            return QCoreApplication.translate("Words", "directory synonyms")
        case _ as unreachable:
            assert_never(unreachable)
