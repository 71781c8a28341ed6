"""Presenter of the editor's entry list: entries grouped by topic, with search and filters.

GUI thread only; entries are read on reader threads.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.core import formats
from console.core.deliveries import Deliveries
from console.core.view_data import ListRow
from console.features.directory_editor import words as directory_editor_words
from console.features.directory_editor.entry_form import Choices, choices_of
from console.shared.directory import words as directory_words
from kb.entries.changes import EntryDraft, EntrySummary
from kb.entries.checks import is_stale
from kb.entries.entries import EntryKind
from kb.errors import DirectoryError
from sync.register.people.operators import Operator


class EntryFilter(StrEnum):
    """Filter of the entry list: all, overdue for a check, or changed by the editor."""

    ALL = "all"
    STALE = "stale"
    MINE = "mine"


class EntryListPort(Protocol):
    """Directory queries of the entry list; called on a reader thread."""

    def summaries(self, by_id: str) -> tuple[EntrySummary, ...]: ...

    def summary(self, entry_id: str, by_id: str) -> EntrySummary | None: ...

    def drafts(self, by_id: str) -> tuple[EntryDraft, ...]: ...


@dataclass(frozen=True, slots=True)
class ListState:
    """View state of the entry list; ``counts`` has the number of entries for each filter."""

    rows: tuple[ListRow, ...] = ()
    filter: EntryFilter = EntryFilter.ALL
    counts: Mapping[EntryFilter, int] = field(default_factory=dict)
    problem: tuple[str, str] = ("", "")  # title and advice for a read error


@dataclass(frozen=True, slots=True)
class _Listing:
    """Entries read from the directory, and the signed-in editor's drafts of new entries."""

    entries: tuple[EntrySummary, ...] = ()
    new: tuple[EntryDraft, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict)  # index of each entry
    choices: Choices = field(default_factory=Choices)

    def entry(self, entry_id: str) -> EntrySummary | None:
        place = self.places.get(entry_id)
        return None if place is None else self.entries[place]

    def with_entry(self, entry: EntrySummary, new: tuple[EntryDraft, ...]) -> "_Listing":
        place = self.places.get(entry.entry_id, len(self.entries))
        entries = (*self.entries[:place], entry, *self.entries[place + 1 :])
        places = self.places
        if entry.entry_id not in places:
            places = {**places, entry.entry_id: place}
        return _Listing(entries, new, places, self.choices.with_entry(entry))


class EntryListPresenter(QObject):
    """Presenter of the entry list; results of outdated queries are ignored. GUI thread only."""

    changed = Signal(object)  # ListState
    choices_changed = Signal(object)  # Choices
    renewed = Signal()  # reloaded after a change made elsewhere

    def __init__(
        self,
        directory: EntryListPort,
        readers: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._operator = operator
        self._zone = zone
        self._listing = _Listing()
        self._reloading = 0  # pending reads of the complete list
        self._changed_meanwhile: set[str] = set()
        self._on_screen = False
        self._has_changed_unseen = False
        self._query = ""
        self._asked = 0
        self._answered = 0
        self._state = ListState()

    @property
    def state(self) -> ListState:
        return self._state

    @property
    def is_settled(self) -> bool:
        """Whether the list shows the result of the latest query and no reload is pending."""
        return self._asked == self._answered and not self._reloading

    def set_on_screen(self, on_screen: bool) -> None:
        """Sets whether the page is visible; loads changes that arrived while it was hidden."""
        self._on_screen = on_screen
        if on_screen and self._has_changed_unseen:
            self.renew()

    def renew(self) -> None:
        """Reloads the list after a change made elsewhere, as soon as the page is visible.

        With a central database, editors change the directory all day. Reading thousands of entries
        for a hidden page would take processor time from the window and its search.
        """
        self._has_changed_unseen = not self._on_screen
        if self._on_screen:
            self.reload()
            self.renewed.emit()

    def reload(self) -> None:
        """Reads all entries again; for an entry changed at this workplace ``refresh`` is enough."""
        by_id = str(self._operator().id)
        self._reloading += 1
        future = self._readers.submit(lambda: self._read(by_id))
        self._deliveries.deliver(future, self._loaded, self._not_loaded, (DirectoryError,))

    def _read(self, by_id: str) -> _Listing:
        entries = self._directory.summaries(by_id)
        places = {entry.entry_id: place for place, entry in enumerate(entries)}
        new = self._new_drafts(by_id, places)
        return _Listing(entries, new, places, choices_of(entries))

    def _new_drafts(self, by_id: str, known: Collection[str]) -> tuple[EntryDraft, ...]:
        drafts = self._directory.drafts(by_id)
        return tuple(one for one in drafts if one.entry_id not in known)

    def _loaded(self, listing: _Listing) -> None:
        self._reloading -= 1
        self._listing = listing
        self.choices_changed.emit(listing.choices)
        self._show()
        changed, self._changed_meanwhile = self._changed_meanwhile, set()
        for entry_id in changed:  # may have been read before its change
            self.refresh(entry_id)

    def _not_loaded(self, error: Exception) -> None:
        self._reloading -= 1
        self._not_read(error)

    def _not_read(self, error: Exception) -> None:
        self._asked += 1
        self._answered = self._asked
        self._state = replace(self._state, problem=directory_words.not_read(error))
        self.changed.emit(self._state)

    def refresh(self, entry_id: str) -> None:
        """Reads one entry again after the entry or its draft has changed."""
        if self._reloading:
            self._changed_meanwhile.add(entry_id)
            return
        by_id, known = str(self._operator().id), self._listing.places
        future = self._readers.submit(
            lambda: (
                self._directory.summary(entry_id, by_id),
                self._new_drafts(by_id, {*known, entry_id} if entry_id in known else known),
            )
        )
        self._deliveries.deliver(
            future, lambda read: self._refreshed(*read), self._not_read, (DirectoryError,)
        )

    def _refreshed(self, entry: EntrySummary | None, new: tuple[EntryDraft, ...]) -> None:
        before = self._listing
        if entry is None:
            self._listing = replace(before, new=new)
            self._show()
            return
        new = tuple(one for one in new if one.entry_id != entry.entry_id)
        self._listing = before.with_entry(entry, new)
        if self._listing.choices is not before.choices:
            self.choices_changed.emit(self._listing.choices)
        older = before.entry(entry.entry_id)
        settled = self.is_settled and older is not None and new == before.new
        if settled and older is not None and _stand_alike(older, entry, self._shown_among()):
            self._show_one(older, entry)
        else:
            self._show()

    def _shown_among(self) -> Callable[[EntrySummary], bool]:
        """Returns a predicate for the entries that match the current query and filter."""
        wanted, today = _folded(self._query).split(), self._today()
        shown = self._state.filter
        return lambda entry: _is_in(entry, shown, today) and _matches(wanted, entry.title)

    def _show_one(self, older: EntrySummary, entry: EntrySummary) -> None:
        """Replaces the row of a changed entry and updates the counts."""
        today = self._today()
        counts = {
            name: count + _is_in(entry, name, today) - _is_in(older, name, today)
            for name, count in self._state.counts.items()
        }
        rows = self._state.rows
        place = next((n for n, row in enumerate(rows) if row.key == entry.entry_id), None)
        if place is not None:
            rows = (*rows[:place], _row(entry, today), *rows[place + 1 :])
        self._state = replace(self._state, rows=rows, counts=counts, problem=("", ""))
        self.changed.emit(self._state)

    def _today(self) -> date:
        return datetime.now(self._zone).date()

    def set_query(self, text: str) -> None:
        """Lists the entries whose titles match the query.

        Each word of the query must be within the title.
        """
        self._query = text
        self._show()

    def set_filter(self, name: str) -> None:
        self._state = replace(self._state, filter=EntryFilter(name))
        self._show()

    def _show(self) -> None:
        self._asked += 1
        asked, listing, query = self._asked, self._listing, self._query
        shown, today = self._state.filter, self._today()
        future = self._readers.submit(lambda: _state_of(listing, query, shown, today))
        self._deliveries.deliver_sure(future, lambda state: self._built(asked, state))

    def _built(self, asked: int, state: ListState) -> None:
        if asked == self._asked:
            self._answered = asked
            self._state = state
            self.changed.emit(state)


def _stand_alike(
    older: EntrySummary, entry: EntrySummary, is_shown: Callable[[EntrySummary], bool]
) -> bool:
    """Whether a changed entry keeps its list position; a renamed topic moves many rows."""
    if entry.kind is EntryKind.TOPIC and entry.title != older.title:
        return False
    same_group = (entry.topic, entry.parent) == (older.topic, older.parent)
    return same_group and is_shown(older) == is_shown(entry)


def _is_in(entry: EntrySummary, shown: EntryFilter, today: date) -> bool:
    match shown:
        case EntryFilter.ALL:
            return True
        case EntryFilter.STALE:
            return _is_stale(entry, today)
        case EntryFilter.MINE:
            return entry.touched or entry.has_draft


def _state_of(listing: _Listing, query: str, shown: EntryFilter, today: date) -> ListState:
    chosen: dict[EntryFilter, list[EntrySummary]] = {name: [] for name in EntryFilter}
    for entry in listing.entries:
        for name, members in chosen.items():
            if _is_in(entry, name, today):
                members.append(entry)
    counts = {name: len(entries) for name, entries in chosen.items()}
    counts[EntryFilter.ALL] += len(listing.new)
    counts[EntryFilter.MINE] += len(listing.new)
    wanted = _folded(query).split()
    found = [entry for entry in chosen[shown] if _matches(wanted, entry.title)]
    rows: list[ListRow] = []
    if shown is not EntryFilter.STALE:
        rows.extend(_new_rows(listing.new, wanted))
    rows.extend(_grouped(found, listing.entries, today))
    return ListState(tuple(rows), shown, counts)


def _new_rows(new: Iterable[EntryDraft], wanted: list[str]) -> Iterator[ListRow]:
    found = [draft for draft in new if _matches(wanted, draft.fields.get("title", ""))]
    if not found:
        return
    yield ListRow("", directory_editor_words.drafts_group(), str(len(found)))
    for draft in found:
        title = draft.fields.get("title", "").strip() or directory_words.no_title()
        if draft.is_unsent:
            unsent = directory_editor_words.unsent_draft()
            yield ListRow(draft.entry_id, title, unsent, "warning-octagon-fill", "danger")
        else:
            yield ListRow(
                draft.entry_id, title, directory_editor_words.draft(), "note-pencil", "warn"
            )


def _grouped(
    entries: Iterable[EntrySummary], everything: Iterable[EntrySummary], today: date
) -> Iterator[ListRow]:
    """Yields rows grouped by topic, in the order of the topics.

    Entries without a topic follow, grouped by kind.
    """
    topics = {one.entry_id: one for one in everything if one.kind is EntryKind.TOPIC}
    groups: dict[str, list[EntrySummary]] = {one.title: [] for one in topics.values()}
    for kind in EntryKind:
        groups.setdefault(directory_editor_words.group_of_kind(kind), [])
    for entry in entries:
        groups.setdefault(_group_of(entry, topics), []).append(entry)
    for name, members in groups.items():
        if not members:
            continue
        yield ListRow("", name, str(len(members)))
        for entry in members:
            yield _row(entry, today)


def _group_of(entry: EntrySummary, topics: Mapping[str, EntrySummary]) -> str:
    topic = entry.parent if entry.kind is EntryKind.TOPIC else entry.topic
    known = topics.get(topic)
    if known is not None:
        return known.title or directory_words.no_title()
    return topic if topic and entry.kind is not EntryKind.TOPIC else _kind_group(entry.kind)


def _kind_group(kind: EntryKind) -> str:
    return directory_editor_words.group_of_kind(kind)


def _row(entry: EntrySummary, today: date) -> ListRow:
    title = entry.title or directory_words.no_title()
    if entry.is_unsent:
        unsent = directory_editor_words.unsent_draft()
        return ListRow(entry.entry_id, title, unsent, "warning-octagon-fill", "danger")
    if entry.has_draft:
        return ListRow(entry.entry_id, title, directory_editor_words.draft(), "note-pencil", "warn")
    if entry.valid_to is not None and entry.valid_to <= today:
        closed = directory_editor_words.is_closed(entry.valid_to)
        return ListRow(entry.entry_id, title, closed, "minus-circle")
    if entry.checked_on is None:
        note = directory_editor_words.never_checked() if _is_stale(entry, today) else ""
        return ListRow(entry.entry_id, title, note, "warning-fill" if note else "", "warn")
    note = formats.date_text(entry.checked_on)
    if _is_stale(entry, today):
        return ListRow(entry.entry_id, title, note, "warning-fill", "warn")
    return ListRow(entry.entry_id, title, note)


def _is_stale(entry: EntrySummary, today: date) -> bool:
    return entry.holds_on(today) and is_stale(entry, today)


def _matches(wanted: list[str], title: str) -> bool:
    folded = _folded(title)
    return all(word in folded for word in wanted)


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")
