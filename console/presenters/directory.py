"""The directory beside the call: what was typed, what was found, which entry is shown whole.

Searches run on a reader thread; only the answer to the newest text is shown, so results never
come back out of order. The selection stays on the operator's entry while new results arrive.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console import words
from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.hit_rows import CityDays, HitRow, hit_row, unit_of
from console.presenters.search_trail import SearchTrail
from kb.entries import Entry, EntryKind
from kb.search import Hit, SearchResult

SHOWN_HITS = 9  # as many as there are digit keys
PAUSE_MS = 300  # without a key: the operator looks at what was found
ENCODING_MS = 500  # between two steps of encoding entries, which must not disturb typing
ENCODED_AT_ONCE = 16

_Found = tuple[SearchResult, Mapping[str, str]]  # with the titles of the officials' units


class DirectoryPort(Protocol):
    """What the presenter needs of the directory; called on a reader thread."""

    def find(self, text: str, limit: int = ...) -> SearchResult: ...

    @property
    def knows_meaning(self) -> bool: ...

    def find_by_meaning(self, text: str, limit: int = ...) -> SearchResult: ...

    def encode_entries(self, limit: int = ...) -> bool: ...

    def frequent(self, limit: int = ...) -> tuple[Hit, ...]: ...

    def titles(self, entry_ids: Collection[str]) -> dict[str, str]: ...

    def abandoned(self, query: str) -> None: ...

    def picked(self, query: str, entry_id: str, *, after: Sequence[str] = ...) -> None: ...


@dataclass(frozen=True, slots=True)
class Preview:
    """The chosen entry whole: what to say, what to send, whom to call."""

    key: str
    kind: EntryKind
    title: str
    spoken: str
    seconds: int
    written: str


@dataclass(frozen=True, slots=True)
class DirectoryState:
    """All that the panel shows."""

    query: str = ""
    reading: str = ""
    count: str = ""
    heading: str = ""
    rows: tuple[HitRow, ...] = ()
    selected: int = -1
    preview: Preview | None = None
    written_shown: bool = False


class DirectoryPresenter(QObject):
    """Reads the search field, keeps the results and hands a taken entry to the desk."""

    changed = Signal(object)  # DirectoryState

    def __init__(
        self,
        directory: DirectoryPort,
        readers: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        zone: ZoneInfo,
        days: CityDays,
        take: Callable[[Entry, str], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._milestones = milestones
        self._zone = zone
        self._days = days
        self._take = take
        self._state = DirectoryState()
        self._hits: tuple[Hit, ...] = ()
        self._units: Mapping[str, str] = {}  # titles of the units that officials among them have
        self._asked = 0
        self._chosen: str | None = None  # by the operator, not by being the best
        self._trail = SearchTrail()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._paused)
        self._encoding = QTimer(self)
        self._encoding.setSingleShot(True)
        self._encoding.setInterval(ENCODING_MS)
        self._encoding.timeout.connect(self._encode)

    @property
    def state(self) -> DirectoryState:
        return self._state

    def start(self) -> None:
        """Show what is asked for most, before anything is typed for a call."""
        self.set_query("")
        self._trail = SearchTrail()
        if self._directory.knows_meaning:
            self._encoding.start()

    def set_query(self, text: str) -> None:
        """Search for the text; an empty one shows what is asked for most."""
        self._asked += 1
        asked = self._asked
        self._state = replace(self._state, query=text)
        if text.strip():
            future = self._readers.submit(self._find_newest, asked, text)
            self._deliveries.deliver(future, lambda found: self._found(asked, found))
            self._pause.start()
        else:
            self._pause.stop()
            self._chosen = None
            self._give_up()
            frequent = self._readers.submit(self._read_frequent)
            self._deliveries.deliver(frequent, lambda read: self._frequent(asked, *read))

    def _find_newest(self, asked: int, text: str) -> _Found | None:
        """Search on a reader thread, unless more has been typed before its turn came."""
        return self._find(self._directory.find, text) if asked == self._asked else None

    def _find(self, find: Callable[[str, int], SearchResult], text: str) -> _Found:
        found = find(text, SHOWN_HITS)
        return found, self._titles_of_units(found.hits)

    def _read_frequent(self) -> tuple[tuple[Hit, ...], Mapping[str, str]]:
        hits = self._directory.frequent(SHOWN_HITS)
        return hits, self._titles_of_units(hits)

    def _titles_of_units(self, hits: tuple[Hit, ...]) -> Mapping[str, str]:
        units = {unit for hit in hits if (unit := unit_of(hit.entry))}
        return self._directory.titles(units) if units else {}

    def _paused(self) -> None:
        """The operator reads what was found: look for other words of the same meaning too."""
        asked, text = self._asked, self._state.query
        self._trail.settle(text)
        if self._chosen is None and self._directory.knows_meaning:
            meant = self._readers.submit(self._find, self._directory.find_by_meaning, text)
            self._deliveries.deliver(meant, lambda found: self._found_by_meaning(asked, found))
            self._encoding.start()

    def _found_by_meaning(self, asked: int, found: _Found) -> None:
        """Put the results in their new order, unless the operator has moved among them."""
        if self._chosen is None:
            self._found(asked, found, by_meaning=True)

    def _encode(self) -> None:
        """Encode a few entries that are new or have changed, and go on while there are more."""
        if self._pause.isActive():
            self._encoding.start()
            return
        encoded = self._readers.submit(self._directory.encode_entries, ENCODED_AT_ONCE)
        self._deliveries.deliver(encoded, lambda more: self._encoding.start() if more else None)

    def _give_up(self) -> None:
        """What was searched for is wiped out: the editor is to know of it."""
        for text in self._trail.wipe():
            noted = self._readers.submit(self._directory.abandoned, text)
            self._deliveries.deliver(noted, lambda _none: None)

    def _found(self, asked: int, read: _Found | None, *, by_meaning: bool = False) -> None:
        if asked != self._asked or read is None:
            return
        found, self._units = read
        self._milestones.note(
            Milestone.SEARCHED,
            total=found.total,
            by_meaning=by_meaning,
            hits=" ".join(hit.entry_id for hit in found.hits[:3]),
        )
        self._show_hits(
            found.hits,
            reading=words.directory.reading_text(found.text, found.reading),
            count=words.directory.hit_count(len(found.hits), found.total),
            heading="",
        )

    def _frequent(self, asked: int, hits: tuple[Hit, ...], units: Mapping[str, str]) -> None:
        if asked == self._asked:
            self._units = units
            self._show_hits(hits, reading="", count="", heading=words.directory.frequent_heading())

    def _show_hits(self, hits: tuple[Hit, ...], *, reading: str, count: str, heading: str) -> None:
        self._hits = hits
        now = datetime.now(self._zone)
        rows = tuple(
            hit_row(
                hit,
                now,
                self._days,
                str(number) if number <= SHOWN_HITS else "",
                self._units.get(unit_of(hit.entry), ""),
            )
            for number, hit in enumerate(hits, start=1)
        )
        self._state = replace(self._state, rows=rows, reading=reading, count=count, heading=heading)
        keys = [hit.entry_id for hit in hits]
        if self._chosen not in keys:
            self._chosen = None
        best = 0 if hits and self._state.query.strip() else -1
        self._show_selected(best if self._chosen is None else keys.index(self._chosen))

    def select(self, index: int) -> None:
        """Choose a row: its entry is shown whole and stays chosen while more is typed."""
        if 0 <= index < len(self._hits):
            self._chosen = self._hits[index].entry_id
            self._show_selected(index)

    def _show_selected(self, index: int) -> None:
        """Show the entry of a row whole; -1 clears the preview."""
        chosen = self._hits[index] if 0 <= index < len(self._hits) else None
        preview = None if chosen is None else self._preview(chosen.entry)
        self._state = replace(
            self._state,
            selected=index if chosen is not None else -1,
            preview=preview,
            written_shown=False,
        )
        self.changed.emit(self._state)

    def move(self, steps: int) -> None:
        """Move the selection by rows, as the arrow keys do from within the search field."""
        if self._hits:
            start = self._state.selected
            self.select(max(0, min(len(self._hits) - 1, start + steps)))

    def _preview(self, entry: Entry) -> Preview:
        spoken, written = words.directory.entry_texts(entry, self._units.get(unit_of(entry), ""))
        return Preview(
            key=entry.id,
            kind=entry.kind,
            title=entry.title,
            spoken=spoken,
            seconds=words.formats.speaking_seconds(spoken),
            written=written,
        )

    def turn_preview(self) -> None:
        """Change between what to say and what to send."""
        self._state = replace(self._state, written_shown=not self._state.written_shown)
        self.changed.emit(self._state)

    def accept(self, index: int | None = None) -> None:
        """Put the chosen entry into the card and count it as used."""
        wanted = self._state.selected if index is None else index
        if not 0 <= wanted < len(self._hits):
            return
        if wanted != self._state.selected:
            self.select(wanted)
        entry = self._hits[wanted].entry
        spoken, _written = words.directory.entry_texts(entry, self._units.get(unit_of(entry), ""))
        if self._take(entry, spoken):
            self._pause.stop()
            query = self._state.query
            before = self._trail.use(query)
            picked = self._readers.submit(
                lambda: self._directory.picked(query, entry.id, after=before)
            )
            self._deliveries.deliver(picked, lambda _none: None)
