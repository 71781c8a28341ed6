"""One entry in the editor: what is typed, how operators will see it, and what it was before.

Everything is read on reader threads and written on one writer thread, in order. What is typed is
on the disk within a second, as a draft; publishing makes a version of it, unless somebody else
has made one meanwhile.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.draft_keeper import DraftKeeper, DraftsPort
from console.presenters.entry_choices import Choices
from console.presenters.entry_form import (
    FormReading,
    fields_of,
    merged,
    read_form,
)
from console.presenters.entry_publishing import CentrePort, EntryPublishing, PublishingPort
from console.presenters.entry_state import (
    EditorState,
    HistoryRow,
    draft_row,
)
from console.presenters.entry_versions import EntryVersions
from console.presenters.hit_rows import CityDays, hit_row, unit_of
from console.presenters.notices import LONG_S, Notice
from kb.answers import question_of_answer
from kb.changes import Revision
from kb.drafts import EntryDraft
from kb.entries import Entry, EntryKind
from kb.errors import DirectoryError
from kb.search import Hit
from kb.staleness import is_stale
from sync.register.messages import MessageRecord
from sync.register.operators import Operator
from sync.register.rights import Action, may


class EntryEditorPort(DraftsPort, PublishingPort, Protocol):
    """What the editor needs of the directory; reads and writes, never on the GUI thread."""

    def history(self, entry_id: str) -> tuple[Revision, ...]: ...

    def draft(self, entry_id: str, by_id: str) -> EntryDraft | None: ...


@dataclass(frozen=True, slots=True)
class _Loaded:
    history: tuple[Revision, ...]
    draft: EntryDraft | None


class EntryEditorPresenter(QObject):
    """The entry that is edited; all methods belong to the GUI thread."""

    changed = Signal(object)  # EditorState
    choices_changed = Signal()
    stored = Signal(str)  # id of an entry that is to be listed anew
    incomplete = Signal()  # what is wrong is marked in the form
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
        """``writer`` has one thread, so that writes come in the order they were asked for.

        With a ``centre`` versions are published by ``publisher``, which waits for the network; the
        drafts are written meanwhile.
        """
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._milestones = milestones
        self._operator = operator
        self._new_id = new_id
        self._zone = zone
        self._days = days
        self._choices = Choices()
        self._versions = EntryVersions(zone)
        self._base: Entry | None = None  # the version that the form was made of
        self._based_on = 0
        self._fields: dict[str, str] = {}
        self._by = operator()  # whose form it is
        self._asked = 0
        self._kept_at: datetime | None = None
        self._has_draft = False
        self._keeping_fails = False
        self._shows_problems = False
        self._shown_number = 0
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
        """Whether this person changes entries of the kind; topics are the supervisor's (4.1)."""
        action = Action.EDIT_CLASSIFIER if kind is EntryKind.TOPIC else Action.EDIT_DIRECTORY
        return may(self._operator().role, action)

    # --- what can be chosen ---

    @property
    def choices(self) -> Choices:
        """Everything that an entry may name."""
        return self._choices

    def use_choices(self, choices: Choices) -> None:
        """Take the titles of everything that an entry may name."""
        self._choices = choices
        self.choices_changed.emit()
        if self._base is not None:
            self._show()

    # --- which entry ---

    def open(self, entry_id: str, *, name: str = "") -> None:
        """Show an entry, with the draft that this editor left of it.

        ``name`` is added to what the entry is also called, for the editor to publish.
        """
        self.keep_now()
        self._ask(entry_id, fresh=True, name=name)

    def create(self, kind: str, *, title: str = "") -> None:
        """Begin a new entry of the kind; one with a title is a draft at once."""
        wanted = EntryKind(kind)
        if not self.may_change(wanted):
            return
        self.keep_now()
        self._asked += 1
        self._by = self._operator()
        entry = Entry(f"{kind}-{self._new_id()}", wanted, "", "", author=self._by.name)
        self._begin(entry, 0, (), None)
        if title:
            self.set_field("title", title)
            self._show(new_texts=True)

    def open_answer(self, message: MessageRecord) -> str:
        """A question of the answer to a message, a draft at once; gives its id.

        The one that was made of it before is opened. Empty where nothing can be made (9.8).
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
            source=words.editing.answer_source(message, self._zone),
            checked_on=self._today(),
            author=self._by.name,
        )
        self._begin(Entry(entry_id, question.kind, "", "", author=question.author), 0, (), None)
        for name, text in fields_of(question).items():
            self.set_field(name, text)
        self._show(new_texts=True)

    def close_entry_view(self) -> None:
        """Leave the entry; its draft stays."""
        self.keep_now()
        self._asked += 1
        self._base = None
        self._show()

    def leave_to_another(self) -> None:
        """Leave the entry where another person has signed in since it was opened."""
        if self._base is not None and self._by.id != self._operator().id:
            self.close_entry_view()

    def _ask(
        self,
        entry_id: str,
        *,
        fresh: bool,
        name: str = "",
        answered: MessageRecord | None = None,
    ) -> None:
        self._asked += 1
        asked, by = self._asked, self._operator()
        future = self._readers.submit(lambda: self._load(entry_id, str(by.id)))
        self._deliveries.deliver(
            future,
            lambda loaded: self._loaded(asked, by, loaded, fresh, name, answered),
            self._not_read,
            expected=(DirectoryError,),
        )

    def _load(self, entry_id: str, by_id: str) -> _Loaded:
        return _Loaded(self._directory.history(entry_id), self._directory.draft(entry_id, by_id))

    def _not_read(self, error: Exception) -> None:
        head, body = words.directory.not_read(error)
        self.told.emit(Notice(head, body, LONG_S, problem=True))

    def _loaded(
        self,
        asked: int,
        by: Operator,
        loaded: _Loaded,
        fresh: bool,
        name: str,
        answered: MessageRecord | None,
    ) -> None:
        if asked != self._asked:
            return
        if not fresh:
            self._renew(loaded.history)
            return
        self._by = by
        draft, history = loaded.draft, loaded.history
        if history:
            based_on = draft.based_on if draft is not None else history[-1].number
            seen = [one for one in history if one.number == based_on]
            newest = seen[0] if seen else history[-1]
            self._begin(newest.entry, newest.number, history, draft)
        elif draft is not None:
            new = Entry(draft.entry_id, draft.kind, "", "", author=by.name)
            self._begin(new, 0, (), draft)
        elif answered is not None:
            self._begin_answer(f"{EntryKind.QUESTION}-{answered.id}", answered)
        if name:
            self._add_name(name)
        self._ask_centre()

    # --- what others have made of it ---

    def read_again(self) -> None:
        """Changes of the directory have come: show those of the entry that is open."""
        if self._base is not None:
            self._ask(self._base.id, fresh=False)

    def _ask_centre(self) -> None:
        base = self._base
        if base is None or not self._versions.all:
            return
        asked = self._asked

        def came(history: tuple[Revision, ...]) -> None:
            if asked == self._asked:
                self._renew(history, is_all=True)

        self._publishing.ask_centre(base.id, came)

    def _renew(self, history: tuple[Revision, ...], *, is_all: bool = False) -> None:
        """Take more versions; one that is newer is shown where nothing was changed by hand.

        ``is_all``: there are no others, whatever was known before.
        """
        if self._publishing.is_shared and not is_all:
            self._versions.add(history)
        else:
            self._versions.use(history)
        self._show_newest()

    def _show_newest(self) -> None:
        newest = self._versions.newest
        if newest is not None and self._is_behind() and not self._is_changed():
            self._begin(newest.entry, newest.number, self._versions.all, None)
            return
        self._show()
        if self._state.conflict:
            self._milestones.note(Milestone.EDIT_OVERTAKEN, entry=self._state.entry_id)

    def _add_name(self, name: str) -> None:
        names = self._fields.get("names", "").splitlines()
        if self._base is not None and name not in names:
            self.set_field("names", "\n".join((*names, name)))
            self._show(new_texts=True)

    def _begin(
        self, base: Entry, number: int, history: tuple[Revision, ...], draft: EntryDraft | None
    ) -> None:
        self._base, self._based_on = base, number
        self._versions.use(history)
        typed = {} if draft is None else draft.fields
        known = fields_of(base)
        self._fields = {name: typed.get(name, text) for name, text in known.items()}
        self._has_draft = draft is not None
        if draft is not None and draft.is_unsent:
            self._publishing.waits(base.id)
        self._kept_at = None
        self._shows_problems = False
        self._shown_number = 0
        self._show(new_texts=True)
        self._milestones.note(Milestone.ENTRY_OPENED, entry=base.id)

    # --- what is typed ---

    def set_field(self, name: str, text: str) -> None:
        """Take what stands in a field now; it is on the disk within a second."""
        base = self._base
        if base is None or name not in self._fields or self._fields[name] == text:
            return
        if not self.may_change(base.kind):
            return
        self._fields[name] = text
        self._shown_number = 0
        self._keeper.typed()
        self._show()

    def check_today(self) -> None:
        """The entry was checked today; published at once where nothing else was changed."""
        base = self._base
        if base is None:
            return
        was_changed = self._is_changed()
        self.set_field("checked_on", words.formats.date_text(self._today()))
        self._show(new_texts=True)
        if not was_changed:
            self.publish()

    def close_today(self) -> None:
        """Let the entry hold no more from today on, once it is published."""
        self.set_field("valid_to", words.formats.date_text(self._today()))
        self._show(new_texts=True)

    def keep_now(self) -> None:
        """Write what was typed last without waiting."""
        if self._keeper.waits:
            self.keep()

    def keep(self) -> None:
        """Write the draft as it stands, or drop it where nothing differs any more."""
        self._keeper.stop()
        base = self._base
        if base is None:
            return
        by_id = str(self._by.id)
        if not self._is_changed():
            if self._has_draft:
                self._has_draft = False
                self._keeper.drop(base.id, by_id)
            return
        first, self._has_draft = not self._has_draft, True
        draft = EntryDraft(
            base.id,
            base.kind,
            by_id,
            self._based_on,
            dict(self._fields),
            is_unsent=bool(self._publishing.why_unsent(base.id)),
        )
        self._keeper.keep(draft, first=first)

    def _kept(self, entry_id: str, first: bool) -> None:
        self._keeping_fails = False
        if self._base is not None and self._base.id == entry_id:
            self._kept_at = datetime.now(self._zone)
            self._show()
        if first or self._publishing.why_unsent(entry_id):
            self.stored.emit(entry_id)

    def _not_kept(self, entry_id: str) -> None:
        self._keeping_fails = True
        if self._base is not None and self._base.id == entry_id:
            self._keeper.try_again()
            self._show()

    def discard(self) -> None:
        """Drop what was changed and show the newest version."""
        base = self._base
        if base is None:
            return
        self._keeper.stop()
        self._has_draft = False
        entry_id = base.id
        self._publishing.forget(entry_id)
        is_new = not self._versions.all
        self._base = None
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
        """Make what is typed the newest version."""
        base = self._base
        if base is None or self._publishing.is_under_way:
            return
        if not self.may_change(base.kind):
            is_topic = base.kind is EntryKind.TOPIC
            told = words.editing.topics_not_allowed() if is_topic else words.editing.not_allowed()
            self.told.emit(Notice(told, problem=True))
            return
        if not self._is_changed():
            self.told.emit(Notice(words.editing.nothing_to_publish()))
            return
        reading = self._reading(base)
        self._shows_problems = True
        if reading.problems:
            head, body = words.editing.mend_fields()
            self._show()
            self.told.emit(Notice(head, body, problem=True))
            self.incomplete.emit()
            return
        # The draft first: what cannot be published is not lost either.
        self.keep()
        self._publishing.publish(reading.entry, self._based_on, self._by)

    def _published(self, entry: Entry, number: int) -> None:
        self.stored.emit(entry.id)
        if self._base is None or self._base.id != entry.id:
            return
        published = fields_of(entry)
        typed_since = {
            name: text for name, text in self._fields.items() if text.strip() != published[name]
        }
        self._base, self._based_on = entry, number
        self._fields = published | typed_since
        self._has_draft = False
        self._shows_problems = False
        self._kept_at = None
        if typed_since:
            self._keeper.typed()
        self._show(new_texts=not typed_since)
        self._ask(entry.id, fresh=False)

    def _overtaken(self, entry_id: str, newest: Revision) -> None:
        if self._base is None or self._base.id != entry_id:
            return
        self._versions.end_with(newest)
        self._show_newest()
        if self._publishing.is_shared:
            self._ask_centre()  # the feed may bring it later than that
        else:
            self._ask(entry_id, fresh=False)

    def _keep_unsent(self, entry_id: str) -> None:
        if self._base is not None and self._base.id == entry_id:
            self.keep()

    def centre_is_back(self) -> None:
        """The centre answers again: say what waits for it, if anything does."""
        if self.may_edit():
            self._publishing.tell_what_waits(str(self._operator().id))

    def move_to_newest(self) -> None:
        """Put this editor's changes on top of the version that came meanwhile."""
        base, newest = self._base, self._versions.newest
        if base is None or newest is None or not self._is_behind():
            return
        self._fields = merged(fields_of(base), self._fields, fields_of(newest.entry))
        self._base, self._based_on = newest.entry, newest.number
        self._keeper.typed()
        self._show(new_texts=True)

    # --- history ---

    def show_version(self, number: int) -> None:
        """Show how operators saw the entry in an older version; 0 is what is typed."""
        self._shown_number = number
        self._show()

    def restore(self) -> None:
        """Make the shown version the newest once more."""
        base, number = self._base, self._shown_number
        if base is None or number == 0 or not self.may_change(base.kind):
            return
        if self._is_changed():
            self.told.emit(Notice(words.editing.publish_or_drop_first(), problem=True))
            return
        newest = self._versions.newest
        seen = None if newest is None else newest.number
        self._publishing.restore(base.id, number, seen, self._by)

    def _restored(self, entry_id: str) -> None:
        self.stored.emit(entry_id)
        self._ask(entry_id, fresh=True)

    # --- what is shown ---

    def _today(self) -> date:
        return datetime.now(self._zone).date()

    def _is_changed(self) -> bool:
        return self._base is not None and fields_of(self._base) != self._fields

    def _is_behind(self) -> bool:
        return self._versions.is_behind(self._based_on)

    def _reading(self, base: Entry) -> FormReading:
        return read_form(self._fields, base, self._choices.section_of)

    def _show(self, *, new_texts: bool = False) -> None:
        base = self._base
        if base is None:
            self._state = EditorState()
        else:
            key = self._state.key
            if new_texts or not key.startswith(f"{base.id} "):
                number = int(key.rpartition(" ")[2] or 0) + 1 if key else 1
                key = f"{base.id} {number}"
            self._state = self._shown(base, key)
        self.changed.emit(self._state)

    def _shown(self, base: Entry, key: str) -> EditorState:
        reading = self._reading(base)
        entry = reading.entry
        seen = self._versions.entry_of(self._shown_number) or entry
        now = datetime.now(self._zone)
        hit = Hit(seen.id, 0.0, (), seen.kind, seen.title or words.editing.no_title(), seen)
        unit = self._choices.units.get(unit_of(seen), "")
        spoken, written = words.directory.entry_texts(seen, unit)
        attention, role = self._attention(entry)
        conflict = self._conflict(base)
        return EditorState(
            key=key,
            entry_id=base.id,
            kind=base.kind,
            is_published=self._based_on > 0,
            may_change=self.may_change(base.kind),
            title=entry.title or words.editing.no_title(),
            badge=words.directory.entry_kind(base.kind),
            subtitle=words.editing.subtitle(
                self._choices.units.get(entry.owner, entry.owner), self._based_on
            ),
            kept=self._kept_text(),
            keeping_fails=self._keeping_fails,
            attention=attention,
            attention_role=role,
            conflict=conflict,
            comparison=self._versions.compared(self._fields) if conflict else None,
            theirs=self._versions.whose() if conflict else "",
            unsent=self._publishing.why_unsent(base.id) if self._is_changed() else "",
            is_sending=self._publishing.is_under_way and self._publishing.is_shared,
            fields=dict(self._fields),
            problems=self._problems(reading),
            speaking=words.editing.speaking(self._fields.get("spoken", "")),
            is_changed=self._is_changed(),
            row=hit_row(hit, now, self._days, "1", unit),
            spoken=spoken,
            written=written,
            history=self._history_rows(base),
            shown_number=self._shown_number,
        )

    def _kept_text(self) -> str:
        if self._keeping_fails:
            return words.editing.draft_not_kept()
        if self._kept_at is None or not self._is_changed():
            return ""
        return words.editing.draft_kept(self._kept_at)

    def _attention(self, entry: Entry) -> tuple[str, str]:
        """That the entry is closed or was not checked for long."""
        today = self._today()
        if entry.kind is EntryKind.TOPIC and not self.may_change(entry.kind):
            return words.editing.topics_not_allowed(), "text-2"
        if entry.valid_to is not None and entry.valid_to <= today:
            return words.editing.is_closed(entry.valid_to), "text-2"
        if not is_stale(entry, today) or self._based_on == 0:
            return "", "warn"
        if entry.checked_on is None:
            return words.editing.never_checked(), "warn"
        return words.editing.checked_long_ago(entry.checked_on), "warn"

    def _conflict(self, base: Entry) -> str:
        is_clash = self._is_behind() and self._is_changed()
        return self._versions.told(base) if is_clash else ""

    def _problems(self, reading: FormReading) -> dict[str, str]:
        problems = {}
        if self._shows_problems:
            problems = {name: words.editing.form_problem(name) for name in reading.problems}
        if not self._fields["title"].strip() and (self._shows_problems or self._based_on):
            problems["title"] = words.editing.title_is_empty()
        return problems

    def _history_rows(self, base: Entry) -> tuple[HistoryRow, ...]:
        if not self._is_changed():
            return self._versions.rows
        published = fields_of(base)
        changed = [name for name, text in published.items() if self._fields[name] != text]
        return (draft_row(base.kind, changed, self._by.name), *self._versions.rows)
