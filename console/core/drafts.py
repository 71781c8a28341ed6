"""Autosave of unsaved input: drafts of directory entries, forms of pages, texts on restored forms.

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

DRAFT_DELAY_MS = 400  # what is typed reaches the disk within a second, also on a slow disk


KEEP_MS = 700  # with the write itself a draft is on the disk within a second
RETRY_MS = 2000


class DraftsPort(Protocol):
    """What the keeper needs of the directory; called on the writer thread."""

    def keep_draft(self, draft: EntryDraft) -> None: ...

    def drop_draft(self, entry_id: str, by_id: str) -> None: ...


class DraftKeeper(QObject):
    """Asks for the draft when its time has come, and writes it in the order of asking."""

    due = Signal()  # the draft is to be given to ``keep`` or dropped
    kept = Signal(str, bool)  # id of the entry, whether it had no draft before
    not_kept = Signal(str)  # the disk refuses it; asked again soon
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
        """Whether something typed is not on its way to the disk yet."""
        return self._timer.isActive()

    @property
    def due_in_ms(self) -> int:
        """Milliseconds until the draft is due; -1 where nothing waits."""
        return self._timer.remainingTime() if self._timer.isActive() else -1

    def typed(self) -> None:
        """Let the draft be due soon after the first key, however long the typing goes on."""
        if not self._timer.isActive():
            self._timer.start(KEEP_MS)

    def try_again(self) -> None:
        """Let the draft be due once more after a refusal."""
        self._timer.start(RETRY_MS)

    def stop(self) -> None:
        """Nothing waits any more."""
        self._timer.stop()

    def keep(self, draft: EntryDraft, *, first: bool) -> None:
        """Write the draft; ``first`` where the entry had none."""
        future = self._writer.submit(self._directory.keep_draft, draft)
        self._deliveries.deliver(
            future,
            lambda _none: self.kept.emit(draft.entry_id, first),
            lambda _error: self.not_kept.emit(draft.entry_id),
            expected=(DirectoryError,),
        )

    def drop(self, entry_id: str, by_id: str, then: Callable[[], None] = lambda: None) -> None:
        """Forget the draft, and go on."""

        def dropped(_none: None) -> None:
            self.dropped.emit(entry_id)
            then()

        future = self._writer.submit(self._directory.drop_draft, entry_id, by_id)
        self._deliveries.deliver(
            future, dropped, lambda _error: self.not_dropped.emit(), expected=(DirectoryError,)
        )


READ_AGAIN_MS = 2000


class KeptWordsPort(Protocol):
    """Where they are kept; ``of`` is called on a reader thread, raises StoreError."""

    def of(self, operator_id: UUID) -> tuple[KeptWords, ...]: ...

    def keep(self, operator_id: UUID, kept: KeptWords) -> Future[None]: ...

    def drop(self, operator_id: UUID, place: FormPlace) -> Future[None]: ...


class CarriesWrites(Protocol):
    """Follows a write to its end: what the disk refuses is told and tried again."""

    def carry(self, key: str, write: Callable[[], Future[None]]) -> None: ...


class KeepingPage(Protocol):
    """A page with such a form; it has apart what each operator of this start has typed."""

    def signed_in(self) -> None:
        """Show what is theirs who works here now."""
        ...

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """All that stands in it and is not sent; what is missing here leaves the disk."""
        ...

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Show what an earlier start left; what is typed already stays."""
        ...


class KeptForms(QObject):
    """Writes what pages have that is not on the disk yet; belongs to the GUI thread.

    A page need not say what became of its words: what it has no more was sent, saved or thrown
    away. Nothing of an operator is written before what the last start left of hers is read.
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
        self._written: dict[UUID, dict[FormPlace, Typed]] = {}  # by operator, once it is read
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
        """Keep what stands on this page; one of ``typed`` is told whenever that may be another.

        What is ``sent`` leaves the disk at once: found again, it would be said not to be.
        """
        self._pages[form] = page
        for signal in typed:
            signal.connect(self._keep_soon)
        if sent is not None:
            sent.connect(self.keep)

    def signed_in(self) -> None:
        """Show who works here now what is hers on every page, and what the last start left."""
        for page in self._pages.values():
            page.signed_in()
        operator = self._operator().id
        if operator not in self._written and operator not in self._being_read:
            self._being_read.add(operator)
            self._read(operator)

    @Slot()
    def keep(self) -> None:
        """Write what was typed last, as soon as it may be lost, and drop what is no more."""
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
        # Not restarted by every key: steady typing must not postpone the write.
        if not self._timer.isActive():
            self._timer.start()

    def _read(self, operator: UUID) -> None:
        def unread(_error: Exception) -> None:
            """The foot of the window tells of the store."""
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
        # Last in, first out; a page that breaks at its words holds up no other one.
        with ExitStack() as steps:
            steps.callback(self._keep_soon)  # what was typed while it was read
            steps.callback(self._tell, operator)
            for form, page in reversed(self._pages.items()):
                own = tuple(one for one in found if one.place.form is form)
                if own:
                    steps.callback(self._give, operator, page, own)

    def _give(self, operator: UUID, page: KeepingPage, own: tuple[KeptWords, ...]) -> None:
        page.find_again(operator, own)
        # Only now: what a page could not take is not to be dropped as gone from it.
        self._written[operator].update({one.place: one.typed for one in own})

    def _tell(self, operator: UUID) -> None:
        """Name the pages that have their words again."""
        found = self._written[operator]
        if found and self._operator().id == operator:
            head, body = found_on(place.form for place in found)
            self.told.emit(Notice(head, body, LONG_S, problem=True))


def found_again(moment: str) -> str:
    """Said over the form itself; ``moment`` is when its words were last typed."""
    return QCoreApplication.translate(
        "Words", "Found again after a new start, not sent yet · typed: %1"
    ).replace("%1", moment)


def found_on(forms: Iterable[KeptForm]) -> tuple[str, str]:
    """Said at the sign-in; ``forms`` are those that hold something."""
    names = dict.fromkeys(_name(one) for one in forms)
    return (
        QCoreApplication.translate("Words", "What you were typing is there again"),
        QCoreApplication.translate("Words", "Not sent yet: %1.").replace("%1", ", ".join(names)),
    )


def _name(form: KeptForm) -> str:
    match form:
        case KeptForm.ANSWER:
            return QCoreApplication.translate("Words", "answer to a message")
        case KeptForm.DECISION:
            return QCoreApplication.translate("Words", "decision about a message")
        case KeptForm.REVIEW:
            return QCoreApplication.translate("Words", "review of a message")
        case KeptForm.CLEARING:
            return QCoreApplication.translate("Words", "why these are no personal data")
        case KeptForm.PLANNED_CALL:
            return QCoreApplication.translate("Words", "promised calls")
        case KeptForm.INCIDENT:
            return QCoreApplication.translate("Words", "incidents")
        case KeptForm.CALENDAR:
            return QCoreApplication.translate("Words", "calendar of the city")
        case KeptForm.HANDOVER:
            return QCoreApplication.translate("Words", "note of the hand-over sheet")
        case KeptForm.PROPOSAL:
            return QCoreApplication.translate("Words", "proposals on topics")
        case KeptForm.SYNONYM:
            return QCoreApplication.translate("Words", "synonyms of the directory")
        case _ as unreachable:
            assert_never(unreachable)
