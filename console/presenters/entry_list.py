"""The editor's list: every entry under its topic, searched and filtered on a reader thread."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from kb.drafts import EntryDraft, EntrySummary
from kb.entries import EntryKind
from kb.staleness import is_stale
from sync.register.operators import Operator


class EntryFilter(StrEnum):
    """Which entries are listed."""

    ALL = "all"
    STALE = "stale"
    MINE = "mine"


class EntryListPort(Protocol):
    """What the list needs of the directory; called on a reader thread."""

    def summaries(self, by: str) -> tuple[EntrySummary, ...]: ...

    def drafts(self, by: str) -> tuple[EntryDraft, ...]: ...


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row: an entry, or with an empty ``key`` the head of a group and the number in it.

    ``mark`` is the icon and ``role`` the colour of what stands at the right.
    """

    key: str
    title: str
    note: str
    mark: str = ""
    role: str = "text-3"


@dataclass(frozen=True, slots=True)
class ListState:
    """All that the left column shows; ``counts`` has one number for each filter."""

    rows: tuple[ListRow, ...] = ()
    filter: EntryFilter = EntryFilter.ALL
    counts: Mapping[EntryFilter, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries as the list has read them, and the editor's new ones that are drafts yet."""

    entries: tuple[EntrySummary, ...] = ()
    new: tuple[EntryDraft, ...] = ()


class EntryListPresenter(QObject):
    """Keeps the list; the newest question wins, however late an answer comes."""

    changed = Signal(object)  # ListState
    listed = Signal(object)  # Listing

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
        self._listing = Listing()
        self._query = ""
        self._asked = 0
        self._answered = 0
        self._state = ListState()

    @property
    def state(self) -> ListState:
        return self._state

    @property
    def is_settled(self) -> bool:
        """Whether the list is the answer to what was asked last."""
        return self._asked == self._answered

    def reload(self) -> None:
        """Read the entries anew."""
        by = self._operator().name
        future = self._readers.submit(lambda: self._read(by))
        self._deliveries.deliver(future, self._loaded)

    def _read(self, by: str) -> Listing:
        entries = self._directory.summaries(by)
        known = {entry.entry_id for entry in entries}
        drafts = self._directory.drafts(by)
        return Listing(entries, tuple(one for one in drafts if one.entry_id not in known))

    def _loaded(self, listing: Listing) -> None:
        self._listing = listing
        self.listed.emit(listing)
        self._show()

    def set_query(self, text: str) -> None:
        """List the entries with words that begin so, or that hold it in their title."""
        self._query = text
        self._show()

    def set_filter(self, name: str) -> None:
        self._state = replace(self._state, filter=EntryFilter(name))
        self._show()

    def _show(self) -> None:
        self._asked += 1
        asked, listing, query = self._asked, self._listing, self._query
        shown, today = self._state.filter, datetime.now(self._zone).date()
        future = self._readers.submit(lambda: _state_of(listing, query, shown, today))
        self._deliveries.deliver(future, lambda state: self._built(asked, state))

    def _built(self, asked: int, state: ListState) -> None:
        if asked == self._asked:
            self._answered = asked
            self._state = state
            self.changed.emit(state)


def _state_of(listing: Listing, query: str, shown: EntryFilter, today: date) -> ListState:
    chosen: dict[EntryFilter, list[EntrySummary]] = {name: [] for name in EntryFilter}
    for entry in listing.entries:
        chosen[EntryFilter.ALL].append(entry)
        if _is_stale(entry, today):
            chosen[EntryFilter.STALE].append(entry)
        if entry.touched or entry.has_draft:
            chosen[EntryFilter.MINE].append(entry)
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
    yield ListRow("", words.editing.drafts_group(), str(len(found)))
    for draft in found:
        title = draft.fields.get("title", "").strip() or words.editing.no_title()
        yield ListRow(draft.entry_id, title, words.editing.draft(), "note-pencil", "warn")


def _grouped(
    entries: Iterable[EntrySummary], everything: Iterable[EntrySummary], today: date
) -> Iterator[ListRow]:
    """The entries under their topics in the topics' order, then those without one by kind."""
    topics = {one.entry_id: one for one in everything if one.kind is EntryKind.TOPIC}
    groups: dict[str, list[EntrySummary]] = {one.title: [] for one in topics.values()}
    for kind in EntryKind:
        groups.setdefault(words.editing.group_of_kind(kind), [])
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
        return known.title or words.editing.no_title()
    return topic if topic and entry.kind is not EntryKind.TOPIC else _kind_group(entry.kind)


def _kind_group(kind: EntryKind) -> str:
    return words.editing.group_of_kind(kind)


def _row(entry: EntrySummary, today: date) -> ListRow:
    title = entry.title or words.editing.no_title()
    if entry.has_draft:
        return ListRow(entry.entry_id, title, words.editing.draft(), "note-pencil", "warn")
    if entry.valid_to is not None and entry.valid_to <= today:
        closed = words.editing.is_closed(entry.valid_to)
        return ListRow(entry.entry_id, title, closed, "minus-circle")
    if entry.checked_on is None:
        note = words.editing.never_checked() if _is_stale(entry, today) else ""
        return ListRow(entry.entry_id, title, note, "warning-fill" if note else "", "warn")
    note = words.formats.date_text(entry.checked_on)
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
