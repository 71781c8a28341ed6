"""One entry in the editor: what is typed, how operators will see it, and what it was before.

Everything is read on reader threads and written on one writer thread, in order. What is typed is
on the disk within a second, as a draft; publishing makes a version of it, unless somebody else
has made one meanwhile.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console import words
from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.entry_form import (
    FormReading,
    changed_fields,
    fields_of,
    merged,
    read_form,
)
from console.presenters.entry_list import Listing
from console.presenters.hit_rows import CityDays, HitRow, hit_row, unit_of
from console.presenters.notices import Notice
from kb.changes import Revision
from kb.drafts import ChangedMeanwhile, EntryDraft, Published
from kb.entries import Entry, EntryKind
from kb.errors import DirectoryError
from kb.search import Hit
from kb.staleness import is_stale
from sync.register.operators import Operator
from sync.register.rights import Action, may

KEEP_MS = 700  # with the write itself a draft is on the disk within a second
RETRY_MS = 2000


class EntryEditorPort(Protocol):
    """What the editor needs of the directory; reads and writes, never on the GUI thread."""

    def history(self, entry_id: str) -> tuple[Revision, ...]: ...

    def draft(self, entry_id: str, by: str) -> EntryDraft | None: ...

    def keep_draft(self, draft: EntryDraft) -> None: ...

    def drop_draft(self, entry_id: str, by: str) -> None: ...

    def publish(self, entry: Entry, *, based_on: int, by: str) -> Published | ChangedMeanwhile: ...

    def restore(self, entry_id: str, number: int, *, by: str = ...) -> None: ...


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A version: its number, what was changed, by whom and when; 0 is the draft."""

    number: int
    what: str
    who: str
    version: str
    icon: str
    role: str


@dataclass(frozen=True, slots=True)
class EditorState:
    """All that form and side show; ``key`` changes when other texts are to stand in the form."""

    key: str = ""
    entry_id: str = ""
    kind: EntryKind = EntryKind.QUESTION
    title: str = ""
    badge: str = ""
    subtitle: str = ""
    kept: str = ""
    keeping_fails: bool = False
    attention: str = ""
    attention_role: str = "warn"
    conflict: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    speaking: tuple[str, str, bool] = ("", "", True)
    is_changed: bool = False
    row: HitRow | None = None
    spoken: str = ""
    written: str = ""
    history: tuple[HistoryRow, ...] = ()
    shown_number: int = 0


@dataclass(frozen=True, slots=True)
class _Loaded:
    history: tuple[Revision, ...]
    draft: EntryDraft | None


class EntryEditorPresenter(QObject):
    """The entry that is edited; all methods belong to the GUI thread."""

    changed = Signal(object)  # EditorState
    choices_changed = Signal()
    stored = Signal()  # the list of entries is to be read anew
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
        parent: QObject | None = None,
    ) -> None:
        """``writer`` has one thread, so that writes come in the order they were asked for."""
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._writer = writer
        self._deliveries = deliveries
        self._milestones = milestones
        self._operator = operator
        self._new_id = new_id
        self._zone = zone
        self._days = days
        self._titles: dict[str, str] = {}
        self._units: dict[str, str] = {}
        self._places: dict[str, str] = {}
        self._topics: dict[str, str] = {}
        self._sections: dict[str, tuple[str, str]] = {}
        self._history: tuple[Revision, ...] = ()
        self._version_rows: tuple[HistoryRow, ...] = ()
        self._base: Entry | None = None  # the version that the form was made of
        self._based_on = 0
        self._fields: dict[str, str] = {}
        self._by = ""
        self._asked = 0
        self._kept_at: datetime | None = None
        self._has_draft = False
        self._keeping_fails = False
        self._shows_problems = False
        self._shown_number = 0
        self._publishing = False
        self._state = EditorState()
        self._keep_timer = QTimer(self)
        self._keep_timer.setSingleShot(True)
        self._keep_timer.timeout.connect(self.keep)

    @property
    def state(self) -> EditorState:
        return self._state

    def may_edit(self) -> bool:
        return may(self._operator().role, Action.EDIT_DIRECTORY)

    # --- what can be chosen ---

    @property
    def units(self) -> Mapping[str, str]:
        """Id and title of every unit."""
        return self._units

    @property
    def topics(self) -> Mapping[str, str]:
        """Id and title of every topic that may have categories."""
        return self._topics

    @property
    def places(self) -> Mapping[str, str]:
        """Id and title of every topic, and of every category below its topic's."""
        return self._places

    def use_listing(self, listing: Listing) -> None:
        """Take the titles of everything that an entry may name."""
        titles = {one.entry_id: one.title for one in listing.entries}
        topics = [one for one in listing.entries if one.kind is EntryKind.TOPIC]
        self._titles = titles
        self._units = {
            one.entry_id: one.title for one in listing.entries if one.kind is EntryKind.UNIT
        }
        self._topics = {one.entry_id: one.title for one in topics if not one.parent}
        self._places = {
            one.entry_id: f"{titles.get(one.parent, one.parent)} › {one.title}"
            if one.parent
            else one.title
            for one in topics
        }
        self._sections = {
            one.entry_id: (one.parent, one.entry_id) if one.parent else (one.entry_id, "")
            for one in topics
        }
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
        if not self.may_edit():
            return
        self.keep_now()
        self._asked += 1
        self._by = self._operator().name
        wanted = EntryKind(kind)
        entry = Entry(f"{kind}-{self._new_id()}", wanted, "", "", author=self._by)
        self._begin(entry, 0, (), None)
        if title:
            self.set_field("title", title)
            self._show(new_texts=True)

    def close_entry_view(self) -> None:
        """Leave the entry; its draft stays."""
        self.keep_now()
        self._asked += 1
        self._base = None
        self._show()

    def leave_to_another(self) -> None:
        """Leave the entry where another person has signed in since it was opened."""
        if self._base is not None and self._by != self._operator().name:
            self.close_entry_view()

    def _ask(self, entry_id: str, *, fresh: bool, name: str = "") -> None:
        self._asked += 1
        asked, by = self._asked, self._operator().name
        future = self._readers.submit(lambda: self._load(entry_id, by))
        self._deliveries.deliver(
            future, lambda loaded: self._loaded(asked, by, loaded, fresh, name)
        )

    def _load(self, entry_id: str, by: str) -> _Loaded:
        return _Loaded(self._directory.history(entry_id), self._directory.draft(entry_id, by))

    def _loaded(self, asked: int, by: str, loaded: _Loaded, fresh: bool, name: str) -> None:
        if asked != self._asked:
            return
        if not fresh:
            self._use_history(loaded.history)
            self._show()
            return
        self._by = by
        draft, history = loaded.draft, loaded.history
        if history:
            based_on = draft.based_on if draft is not None else history[-1].number
            seen = [one for one in history if one.number == based_on]
            newest = seen[0] if seen else history[-1]
            self._begin(newest.entry, newest.number, history, draft)
        elif draft is not None:
            new = Entry(draft.entry_id, draft.kind, "", "", author=by)
            self._begin(new, 0, (), draft)
        if name:
            self._add_name(name)

    def _add_name(self, name: str) -> None:
        names = self._fields.get("names", "").splitlines()
        if self._base is not None and name not in names:
            self.set_field("names", "\n".join((*names, name)))
            self._show(new_texts=True)

    def _begin(
        self, base: Entry, number: int, history: tuple[Revision, ...], draft: EntryDraft | None
    ) -> None:
        self._base, self._based_on = base, number
        self._use_history(history)
        typed = {} if draft is None else draft.fields
        known = fields_of(base)
        self._fields = {name: typed.get(name, text) for name, text in known.items()}
        self._has_draft = draft is not None
        self._kept_at = None
        self._shows_problems = False
        self._shown_number = 0
        self._show(new_texts=True)
        self._milestones.note(Milestone.ENTRY_OPENED, entry=base.id)

    # --- what is typed ---

    def set_field(self, name: str, text: str) -> None:
        """Take what stands in a field now; it is on the disk within a second."""
        if self._base is None or name not in self._fields or self._fields[name] == text:
            return
        self._fields[name] = text
        self._shown_number = 0
        if not self._keep_timer.isActive():
            self._keep_timer.start(KEEP_MS)
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
        if self._keep_timer.isActive():
            self.keep()

    def keep(self) -> None:
        """Write the draft as it stands, or drop it where nothing differs any more."""
        self._keep_timer.stop()
        base = self._base
        if base is None:
            return
        entry_id, by = base.id, self._by
        if not self._is_changed():
            if self._has_draft:
                self._has_draft = False
                dropped = self._writer.submit(self._directory.drop_draft, entry_id, by)
                self._follow(dropped, lambda _none: self.stored.emit())
            return
        draft = EntryDraft(entry_id, base.kind, by, self._based_on, dict(self._fields))
        first = not self._has_draft
        self._has_draft = True
        future = self._writer.submit(self._directory.keep_draft, draft)
        self._deliveries.deliver(
            future,
            lambda _none: self._kept(entry_id, first),
            lambda _error: self._not_kept(entry_id),
            expected=(DirectoryError,),
        )

    def _kept(self, entry_id: str, first: bool) -> None:
        self._keeping_fails = False
        if self._base is not None and self._base.id == entry_id:
            self._kept_at = datetime.now(self._zone)
            self._show()
        if first:
            self.stored.emit()

    def _not_kept(self, entry_id: str) -> None:
        self._keeping_fails = True
        if self._base is not None and self._base.id == entry_id:
            self._keep_timer.start(RETRY_MS)
            self._show()

    def discard(self) -> None:
        """Drop what was changed and show the newest version."""
        base = self._base
        if base is None:
            return
        self._keep_timer.stop()
        self._has_draft = False
        entry_id = base.id
        is_new = not self._history
        self._base = None
        future = self._writer.submit(self._directory.drop_draft, entry_id, self._by)
        self._follow(future, lambda _none: self._discarded(entry_id, is_new))

    def _discarded(self, entry_id: str, is_new: bool) -> None:
        self.stored.emit()
        if is_new:
            self._show()
        else:
            self._ask(entry_id, fresh=True)

    # --- publishing ---

    def publish(self) -> None:
        """Make what is typed the newest version."""
        base = self._base
        if base is None or self._publishing:
            return
        if not self.may_edit():
            self.told.emit(Notice(words.editing.not_allowed(), problem=True))
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
        self._publishing = True
        entry, based_on, by = reading.entry, self._based_on, self._by
        future = self._writer.submit(
            lambda: self._directory.publish(entry, based_on=based_on, by=by)
        )
        self._deliveries.deliver(
            future,
            lambda outcome: self._published(entry, outcome),
            self._not_published,
            expected=(DirectoryError,),
        )

    def _published(self, entry: Entry, outcome: Published | ChangedMeanwhile) -> None:
        self._publishing = False
        if isinstance(outcome, ChangedMeanwhile):
            if self._base is not None and self._base.id == entry.id:
                self._use_history((*self._history, outcome.newest))
                self._show()
                self._ask(entry.id, fresh=False)
            return
        self.told.emit(Notice(words.editing.published(), words.editing.published_what()))
        self.stored.emit()
        if self._base is None or self._base.id != entry.id:
            return
        published = fields_of(entry)
        typed_since = {
            name: text for name, text in self._fields.items() if text.strip() != published[name]
        }
        self._base, self._based_on = entry, outcome.number
        self._fields = published | typed_since
        self._has_draft = False
        self._shows_problems = False
        self._kept_at = None
        if typed_since:
            self._keep_timer.start(KEEP_MS)
        self._show(new_texts=not typed_since)
        self._ask(entry.id, fresh=False)

    def _not_published(self, _error: Exception) -> None:
        self._publishing = False
        self._told_not_written()

    def _told_not_written(self) -> None:
        head, body = words.editing.not_written()
        self.told.emit(Notice(head, body, problem=True))

    def _follow(self, future: "Future[None]", on_result: Callable[[None], None]) -> None:
        self._deliveries.deliver(
            future, on_result, lambda _error: self._told_not_written(), expected=(DirectoryError,)
        )

    def move_to_newest(self) -> None:
        """Put this editor's changes on top of the version that came meanwhile."""
        base = self._base
        if base is None or not self._is_behind():
            return
        newest = self._history[-1]
        self._fields = merged(fields_of(base), self._fields, fields_of(newest.entry))
        self._base, self._based_on = newest.entry, newest.number
        self._keep_timer.start(KEEP_MS)
        self._show(new_texts=True)

    # --- history ---

    def show_version(self, number: int) -> None:
        """Show how operators saw the entry in an older version; 0 is what is typed."""
        self._shown_number = number
        self._show()

    def restore(self) -> None:
        """Make the shown version the newest once more."""
        base, number = self._base, self._shown_number
        if base is None or number == 0 or not self.may_edit():
            return
        if self._is_changed():
            self.told.emit(Notice(words.editing.publish_or_drop_first(), problem=True))
            return
        entry_id, by = base.id, self._by
        future = self._writer.submit(lambda: self._directory.restore(entry_id, number, by=by))
        self._follow(future, lambda _none: self._restored(entry_id, number))

    def _restored(self, entry_id: str, number: int) -> None:
        self.told.emit(Notice(words.editing.restored(number)))
        self.stored.emit()
        self._ask(entry_id, fresh=True)

    # --- what is shown ---

    def _today(self) -> date:
        return datetime.now(self._zone).date()

    def _is_changed(self) -> bool:
        return self._base is not None and fields_of(self._base) != self._fields

    def _is_behind(self) -> bool:
        return bool(self._history) and self._history[-1].number > self._based_on

    def _reading(self, base: Entry) -> FormReading:
        return read_form(self._fields, base, self._topic_of)

    def _topic_of(self, place: str) -> tuple[str, str]:
        return self._sections.get(place, (place, ""))

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
        older = [one for one in self._history if one.number == self._shown_number]
        seen = older[0].entry if older else entry
        now = datetime.now(self._zone)
        hit = Hit(seen.id, 0.0, (), seen.kind, seen.title or words.editing.no_title(), seen)
        unit = self._units.get(unit_of(seen), "")
        spoken, written = words.directory.entry_texts(seen, unit)
        attention, role = self._attention(entry)
        return EditorState(
            key=key,
            entry_id=base.id,
            kind=base.kind,
            title=entry.title or words.editing.no_title(),
            badge=words.directory.entry_kind(base.kind),
            subtitle=words.editing.subtitle(
                self._units.get(entry.owner, entry.owner), self._based_on
            ),
            kept=self._kept_text(),
            keeping_fails=self._keeping_fails,
            attention=attention,
            attention_role=role,
            conflict=self._conflict(base),
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
        if entry.valid_to is not None and entry.valid_to <= today:
            return words.editing.is_closed(entry.valid_to), "text-2"
        if not is_stale(entry, today) or self._based_on == 0:
            return "", "warn"
        if entry.checked_on is None:
            return words.editing.never_checked(), "warn"
        return words.editing.checked_long_ago(entry.checked_on), "warn"

    def _conflict(self, base: Entry) -> str:
        if not self._is_behind() or not self._is_changed():
            return ""
        newest = self._history[-1]
        names = changed_fields(base, newest.entry)
        return words.editing.changed_meanwhile(newest.by, newest.at, base.kind, names, self._zone)

    def _problems(self, reading: FormReading) -> dict[str, str]:
        problems = {}
        if self._shows_problems:
            problems = {name: words.editing.form_problem(name) for name in reading.problems}
        if not self._fields["title"].strip() and (self._shows_problems or self._based_on):
            problems["title"] = words.editing.title_is_empty()
        return problems

    def _history_rows(self, base: Entry) -> tuple[HistoryRow, ...]:
        if not self._is_changed():
            return self._version_rows
        published = fields_of(base)
        changed = [name for name, text in published.items() if self._fields[name] != text]
        what = words.editing.changed_fields(base.kind, changed)
        draft = HistoryRow(0, what, self._by, words.editing.draft(), "note-pencil", "warn")
        return (draft, *self._version_rows)

    def _use_history(self, history: tuple[Revision, ...]) -> None:
        """Take the versions; their rows are made once and not at every key."""
        self._history = history
        before = (None, *history[:-1])
        rows = [
            self._version_row(earlier, one) for earlier, one in zip(before, history, strict=False)
        ]
        self._version_rows = tuple(reversed(rows))

    def _version_row(self, earlier: Revision | None, one: Revision) -> HistoryRow:
        names = () if earlier is None else changed_fields(earlier.entry, one.entry)
        icon = "plus" if one.number == 1 else "pencil-simple"
        return HistoryRow(
            number=one.number,
            what=words.editing.history_what(one.action, one.number, one.entry.kind, names),
            who=words.editing.history_who(one.by, one.at.astimezone(self._zone)),
            version=words.editing.version(one.number),
            icon="check" if names == ("checked_on",) else icon,
            role="text-2",
        )
