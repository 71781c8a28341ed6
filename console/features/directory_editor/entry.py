"""Presenter of the entry open in the editor: input, preview, draft, versions, and publishing.

Reads run on reader threads, writes in order on one writer thread. Input is saved as a draft within
a second. Publishing reports a conflict if another editor has published a newer version. GUI thread
only.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from datetime import date, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core import formats
from console.core.deliveries import Deliveries
from console.core.drafts import DraftKeeper, DraftsPort
from console.core.milestones import Milestone, Milestones
from console.core.view_data import LONG_S, Notice
from console.features.directory_editor import words as directory_editor_words
from console.features.directory_editor.entry_form import Choices, fields_of, read_form
from console.features.directory_editor.entry_state import (
    EditedEntry,
    EditorState,
    EntryVersions,
    shown_entry,
)
from console.features.directory_editor.publishing import (
    CentrePort,
    EntryPublishing,
    EntryRead,
    EntryReading,
    PublishingPort,
    ReadingPort,
)
from console.shared.directory import words as directory_words
from console.shared.directory.hits import CityDays
from kb.entries.changes import EntryDraft, Revision, question_of_answer
from kb.entries.entries import Entry, EntryKind
from sync.register.messages import MessageRecord
from sync.register.people.operators import Action, Operator, may


class EntryEditorPort(ReadingPort, DraftsPort, PublishingPort, Protocol):
    """Directory operations of the entry editor. Blocks; call on a worker thread."""


class EntryEditorPresenter(QObject):
    """Presenter of the entry open in the editor. GUI thread only."""

    changed = Signal(object)  # EditorState
    choices_changed = Signal()
    stored = Signal(str)  # id of an entry whose list row must be refreshed
    incomplete = Signal()  # the form marks the invalid fields
    told = Signal(object)  # Notice

    def __init__(
        self,
        directory: EntryEditorPort,
        readers: Executor,
        writer: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        operator: Callable[[], Operator],
        new_id: Callable[[], UUID],
        zone: ZoneInfo,
        days: CityDays,
        publisher: Executor | None = None,
        centre: CentrePort | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``writer`` has one thread, which preserves the order of writes.

        With a ``centre``, versions are published on ``publisher``, which may wait for the network;
        drafts are still saved during that time.
        """
        super().__init__(parent)
        self._reading = EntryReading(directory, readers, deliveries, self._not_read)
        self._milestones = milestones
        self._operator = operator
        self._new_id = new_id
        self._zone = zone
        self._days = days
        self._choices = Choices()
        self._versions = EntryVersions(zone)
        self._edited: EditedEntry | None = None
        self._by = operator()  # editor who opened the form
        self._keeping_fails = False
        self._state = EditorState()
        self._keeper = DraftKeeper(directory, writer, deliveries, self)
        self._keeper.due.connect(self.keep)
        self._keeper.kept.connect(self._kept)
        self._keeper.not_kept.connect(self._not_kept)
        self._keeper.dropped.connect(self.stored)
        self._publishing = EntryPublishing(
            directory,
            readers,
            publisher or writer,
            deliveries,
            milestones,
            zone=zone,
            centre=centre,
            parent=self,
        )
        self._publishing.changed.connect(lambda: self._show())
        self._publishing.published.connect(self._published)
        self._publishing.restored.connect(self._restored)
        self._publishing.overtaken.connect(self._overtaken)
        self._publishing.unsent.connect(self._keep_unsent)
        self._publishing.told.connect(self.told)
        self._keeper.not_dropped.connect(lambda: self._publishing.tell_not_written())

    @property
    def state(self) -> EditorState:
        return self._state

    def may_edit(self) -> bool:
        return may(self._operator().role, Action.EDIT_DIRECTORY)

    def may_change(self, kind: EntryKind) -> bool:
        """Whether the operator may change entries of the kind. Topics are reserved for the
        supervisor (4.1).
        """
        action = Action.EDIT_CLASSIFIER if kind is EntryKind.TOPIC else Action.EDIT_DIRECTORY
        return may(self._operator().role, action)

    # --- choices ---

    @property
    def choices(self) -> Choices:
        """Titles of all entries to which the form can refer."""
        return self._choices

    def use_choices(self, choices: Choices) -> None:
        """Replaces the choices of the form's selection fields and updates the form."""
        self._choices = choices
        self.choices_changed.emit()
        if self._edited is not None:
            self._show()

    # --- opening and closing an entry ---

    def open(self, entry_id: str, *, name: str = "") -> None:
        """Opens an entry with the draft of the signed-in editor.

        ``name`` is added as an unpublished change to the alternative names of the entry.
        """
        self.keep_now()
        self._ask(entry_id, fresh=True, name=name)

    def create(self, kind: str, *, title: str = "") -> None:
        """Starts a new entry of the kind; with a title, the entry is saved as a draft
        immediately.
        """
        wanted = EntryKind(kind)
        if not self.may_change(wanted):
            return
        self.keep_now()
        self._reading.turn_away()
        self._by = self._operator()
        entry = Entry(f"{kind}-{self._new_id()}", wanted, "", "", author=self._by.name)
        self._begin(entry, 0, (), None)
        if title:
            self.set_field("title", title)
            self._show(new_texts=True)

    def open_answer(self, message: MessageRecord) -> str:
        """Opens a directory question made from the answer to a message; returns the question's id.

        The question is saved as a draft. If the message already has a question, that question is
        opened. Returns an empty string if the message has no answer text or the operator may not
        edit questions (9.8).
        """
        if not (message.answer_text or "").strip() or not self.may_change(EntryKind.QUESTION):
            return ""
        self.keep_now()
        entry_id = f"{EntryKind.QUESTION}-{message.id}"
        self._ask(entry_id, fresh=True, answered=message)
        return entry_id

    def _begin_answer(self, entry_id: str, message: MessageRecord) -> None:
        question = question_of_answer(
            message.answer_text or "",
            entry_id=entry_id,
            organ=message.unit or "",
            topic=message.topic or "",
            section=message.category or "",
            source=directory_editor_words.answer_source(message, self._zone),
            checked_on=self._today(),
            author=self._by.name,
        )
        self._begin(Entry(entry_id, question.kind, "", "", author=question.author), 0, (), None)
        for name, text in fields_of(question).items():
            self.set_field(name, text)
        self._show(new_texts=True)

    def close_entry_view(self) -> None:
        """Closes the open entry; its draft is retained."""
        self.keep_now()
        self._reading.turn_away()
        self._edited = None
        self._show()

    def leave_to_another(self) -> None:
        """Closes the open entry if another person has signed in since it was opened."""
        if self._edited is not None and self._by.id != self._operator().id:
            self.close_entry_view()

    def _ask(
        self,
        entry_id: str,
        *,
        fresh: bool,
        name: str = "",
        answered: MessageRecord | None = None,
    ) -> None:
        by = self._operator()
        self._reading.ask(
            entry_id, str(by.id), lambda read: self._read(by, read, fresh, name, answered)
        )

    def _not_read(self, error: Exception) -> None:
        head, body = directory_words.not_read(error)
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    def _read(
        self, by: Operator, read: EntryRead, fresh: bool, name: str, answered: MessageRecord | None
    ) -> None:
        if not fresh:
            self._renew(read.history)
            return
        self._by = by
        base = read.base(by.name)
        if base is not None:
            self._begin(*base, read.history, read.draft)
        elif answered is not None:
            self._begin_answer(f"{EntryKind.QUESTION}-{answered.id}", answered)
        if name:
            self._add_name(name)
        self._ask_centre()

    # --- changes by other editors ---

    def read_again(self) -> None:
        """Reads the open entry again after the directory has changed."""
        if self._edited is not None:
            self._ask(self._edited.id, fresh=False)

    def _ask_centre(self) -> None:
        edited = self._edited
        if edited is None or not self._versions.all:
            return

        def came(history: tuple[Revision, ...]) -> None:
            self._renew(history, is_all=True)

        self._publishing.ask_centre(edited.id, self._reading.while_wanted(came))

    def _renew(self, history: tuple[Revision, ...], *, is_all: bool = False) -> None:
        """Adds versions to the history; without unsaved changes, the newest version is shown.

        If ``is_all``, the given history is complete and replaces the known versions.
        """
        if self._publishing.is_shared and not is_all:
            self._versions.add(history)
        else:
            self._versions.use(history)
        self._show_newest()

    def _show_newest(self) -> None:
        edited, newest = self._edited, self._versions.newest
        is_behind = edited is not None and self._versions.is_behind(edited.based_on)
        if newest is not None and edited is not None and is_behind and not edited.is_changed:
            self._begin(newest.entry, newest.number, self._versions.all, None)
            return
        self._show()
        if self._state.conflict:
            self._milestones.note(Milestone.EDIT_OVERTAKEN, entry=self._state.entry_id)

    def _add_name(self, name: str) -> None:
        edited = self._edited
        if edited is None:
            return
        names = edited.fields.get("names", "").splitlines()
        if name not in names:
            self.set_field("names", "\n".join((*names, name)))
            self._show(new_texts=True)

    def _begin(
        self, base: Entry, number: int, history: tuple[Revision, ...], draft: EntryDraft | None
    ) -> None:
        self._edited = EditedEntry(base, number, draft)
        self._versions.use(history)
        if draft is not None and draft.is_unsent:
            self._publishing.waits(base.id)
        self._show(new_texts=True)
        self._milestones.note(Milestone.ENTRY_OPENED, entry=base.id)

    # --- input ---

    def set_field(self, name: str, text: str) -> None:
        """Applies the input of a field; it is saved as a draft within a second."""
        edited = self._edited
        if edited is None or name not in edited.fields or edited.fields[name] == text:
            return
        if not self.may_change(edited.base.kind):
            return
        edited.fields[name] = text
        edited.shown_number = 0
        self._keeper.typed()
        self._show()

    def check_today(self) -> None:
        """Sets today as the day of the last check.

        If the entry has no other changes, it is published immediately.
        """
        edited = self._edited
        if edited is None:
            return
        was_changed = edited.is_changed
        self.set_field("checked_on", formats.date_text(self._today()))
        self._show(new_texts=True)
        if not was_changed:
            self.publish()

    def close_today(self) -> None:
        """Sets today as the last day of validity, which takes effect when the entry is
        published.
        """
        self.set_field("valid_to", formats.date_text(self._today()))
        self._show(new_texts=True)

    def keep_now(self) -> None:
        """Saves unsaved input immediately."""
        if self._keeper.waits:
            self.keep()

    def keep(self) -> None:
        """Saves the input as a draft; deletes the draft if the input equals the version."""
        self._keeper.stop()
        edited = self._edited
        if edited is None:
            return
        by_id = str(self._by.id)
        if not edited.is_changed:
            if edited.has_draft:
                edited.has_draft = False
                self._keeper.drop(edited.id, by_id)
            return
        first, edited.has_draft = not edited.has_draft, True
        is_unsent = bool(self._publishing.why_unsent(edited.id))
        self._keeper.keep(edited.draft(by_id, is_unsent=is_unsent), first=first)

    def _kept(self, entry_id: str, first: bool) -> None:
        self._keeping_fails = False
        edited = self._open_one(entry_id)
        if edited is not None:
            edited.kept_at = datetime.now(self._zone)
            self._show()
        if first or self._publishing.why_unsent(entry_id):
            self.stored.emit(entry_id)

    def _not_kept(self, entry_id: str) -> None:
        self._keeping_fails = True
        if self._open_one(entry_id) is not None:
            self._keeper.try_again()
            self._show()

    def discard(self) -> None:
        """Discards the draft and shows the newest version."""
        edited = self._edited
        if edited is None:
            return
        self._keeper.stop()
        entry_id = edited.id
        self._publishing.forget(entry_id)
        is_new = not self._versions.all
        self._edited = None
        self._keeper.drop(
            entry_id, str(self._by.id), then=lambda: self._discarded(entry_id, is_new)
        )

    def _discarded(self, entry_id: str, is_new: bool) -> None:
        if is_new:
            self._show()
        else:
            self._ask(entry_id, fresh=True)

    # --- publishing ---

    def publish(self) -> None:
        """Publishes the input as the newest version; does nothing during another publication."""
        edited = self._edited
        if edited is None or self._publishing.is_under_way:
            return
        kind = edited.base.kind
        if not self.may_change(kind):
            is_topic = kind is EntryKind.TOPIC
            told = (
                directory_editor_words.topics_not_allowed()
                if is_topic
                else directory_words.not_allowed()
            )
            self.told.emit(Notice(told, problem=True))
            return
        if not edited.is_changed:
            self.told.emit(Notice(directory_editor_words.nothing_to_publish()))
            return
        reading = read_form(edited.fields, edited.base, self._choices.section_of)
        edited.shows_problems = True
        if reading.problems:
            head, body = directory_editor_words.mend_fields()
            self._show()
            self.told.emit(Notice(head, body, problem=True))
            self.incomplete.emit()
            return
        # Saved as a draft first: input that cannot be published must not be lost.
        self.keep()
        self._publishing.publish(reading.entry, edited.based_on, self._by)

    def _published(self, entry: Entry, number: int) -> None:
        self.stored.emit(entry.id)
        edited = self._open_one(entry.id)
        if edited is None:
            return
        typed_since = edited.take_published(entry, number)
        if typed_since:
            self._keeper.typed()
        self._show(new_texts=not typed_since)
        self._ask(entry.id, fresh=False)

    def _overtaken(self, entry_id: str, newest: Revision) -> None:
        if self._open_one(entry_id) is None:
            return
        self._versions.end_with(newest)
        self._show_newest()
        if self._publishing.is_shared:
            self._ask_centre()  # replication may deliver it later
        else:
            self._ask(entry_id, fresh=False)

    def _keep_unsent(self, entry_id: str) -> None:
        if self._open_one(entry_id) is not None:
            self.keep()

    def centre_is_back(self) -> None:
        """Reports how many entries are unsent; called when the central database is
        reachable again.
        """
        if self.may_edit():
            self._publishing.tell_what_waits(str(self._operator().id))

    def move_to_newest(self) -> None:
        """Reapplies the editor's changes to the newest version, which another editor has
        published.
        """
        edited, newest = self._edited, self._versions.newest
        if edited is None or newest is None or newest.number == edited.based_on:
            return
        edited.move_to(newest)
        self._keeper.typed()
        self._show(new_texts=True)

    # --- history ---

    def show_version(self, number: int) -> None:
        """Shows a version of the entry in the preview; 0 shows the current input."""
        if self._edited is not None:
            self._edited.shown_number = number
        self._show()

    def restore(self) -> None:
        """Publishes the version shown in the preview as the newest one."""
        edited = self._edited
        if edited is None or edited.shown_number == 0 or not self.may_change(edited.base.kind):
            return
        if edited.is_changed:
            self.told.emit(Notice(directory_editor_words.publish_or_drop_first(), problem=True))
            return
        newest = self._versions.newest
        seen = None if newest is None else newest.number
        self._publishing.restore(edited.id, edited.shown_number, seen, self._by)

    def _restored(self, entry_id: str) -> None:
        self.stored.emit(entry_id)
        self._ask(entry_id, fresh=True)

    # --- view state ---

    def _today(self) -> date:
        return datetime.now(self._zone).date()

    def _open_one(self, entry_id: str) -> EditedEntry | None:
        """Returns the open entry if it has this id."""
        edited = self._edited
        return edited if edited is not None and edited.id == entry_id else None

    def _show(self, *, new_texts: bool = False) -> None:
        edited = self._edited
        if edited is None:
            self._state = EditorState()
        else:
            key = self._state.key
            if new_texts or not key.startswith(f"{edited.id} "):
                number = int(key.rpartition(" ")[2] or 0) + 1 if key else 1
                key = f"{edited.id} {number}"
            self._state = shown_entry(
                key,
                edited,
                self._versions,
                self._choices,
                self._days,
                datetime.now(self._zone),
                may_change=self.may_change(edited.base.kind),
                by_name=self._by.name,
                unsent=self._publishing.why_unsent(edited.id),
                is_sending=self._publishing.is_under_way and self._publishing.is_shared,
                keeping_fails=self._keeping_fails,
            )
        self.changed.emit(self._state)
