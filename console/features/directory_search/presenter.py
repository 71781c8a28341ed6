"""Presenter of the directory search: results, preview, documents, and log of queries.

GUI thread only. Queries that may mention a person are not logged.
"""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import formats
from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.shared.directory import words as directory_words
from console.shared.directory.documents import (
    DirectoryOutcomes,
    DocumentOpener,
    HitDocumentsPort,
)
from console.shared.directory.hits import (
    SHOWN_HITS,
    CityDays,
    HitRow,
    around,
    hit_row,
    in_order,
    is_new_search,
    phones_of,
    unit_of,
    with_headings,
)
from kb.entries.attachments import Attachment
from kb.entries.entries import Entry, EntryKind
from kb.errors import DirectoryError
from kb.search.search import Hit, Marker, SearchResult
from sync.errors import OfficialsUnreadable


@dataclass(frozen=True, slots=True)
class Preview:
    """Complete entry: text to say, text to send, and whether it has a number to call."""

    key: str
    kind: EntryKind
    title: str
    spoken: str
    seconds: int
    written: str
    places: tuple[str, ...] = ()  # ids whose documents belong to it
    can_be_called: bool = False


@dataclass(frozen=True, slots=True)
class KindChip:
    """Filter chip of an entry kind among the results, with its count and whether it is the active
    filter.
    """

    kind: EntryKind
    name: str
    count: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class DirectoryState:
    """View state of the panel."""

    query: str = ""
    reading: str = ""
    offer: str = ""  # text that Enter searches if nothing was found
    count: str = ""
    heading: str = ""
    chips: tuple[KindChip, ...] = ()
    rows: tuple[HitRow, ...] = ()
    selected: int = -1
    preview: Preview | None = None
    written_shown: bool = False
    take_key: str = "Enter"  # key that inserts the selected entry into the card
    problem: tuple[str, str] = ("", "")  # search error, and advice


def places_of(entry: Entry) -> tuple[str, ...]:
    """Ids whose documents an operator needs with the entry (Regulation 3.1-3.3)."""
    above = entry.parent if entry.kind is EntryKind.TOPIC else None
    places = (entry.id, entry.section, entry.topic, above or "")
    return tuple(dict.fromkeys(place for place in places if place))


def kind_chips(counts: Mapping[EntryKind, int], only: EntryKind | None) -> tuple[KindChip, ...]:
    """Returns the filter chips of the entry kinds found; ``only``, the active filter, is always
    included.
    """
    return tuple(
        KindChip(
            kind,
            directory_words.kind_name(kind),
            directory_words.kind_count(counts.get(kind, 0)),
            is_chosen,
        )
        for kind in EntryKind
        if (is_chosen := kind is only) or counts.get(kind, 0)
    )


def preview_of(entry: Entry, unit: str) -> Preview:
    """Builds the preview of an entry; ``unit`` is the title of an official's unit."""
    spoken, written = directory_words.entry_texts(entry, unit)
    return Preview(
        key=entry.id,
        kind=entry.kind,
        title=entry.title,
        spoken=spoken,
        seconds=formats.speaking_seconds(spoken),
        written=written,
        places=places_of(entry),
        can_be_called=bool(phones_of(entry)),
    )


PAUSE_MS = 150  # documents are loaded after this time on one result


class HitDocumentsPresenter(QObject):
    """Loads the documents of the previewed entry. GUI thread only."""

    changed = Signal(object)  # tuple[Attachment, ...]

    def __init__(
        self,
        directory: HitDocumentsPort,
        opener: DocumentOpener,
        readers: Executor,
        deliveries: Deliveries,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._opener = opener
        self._readers = readers
        self._outcomes = DirectoryOutcomes(deliveries, lambda _error: None)  # the search reports it
        self._places: tuple[str, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read)

    def follow(self, state: DirectoryState) -> None:
        """Loads the documents of a newly selected result after a pause."""
        places = () if state.preview is None else state.preview.places
        if places != self._places:
            self._places = places
            self.changed.emit(())
            self.read_again()

    def read_again(self) -> None:
        """Loads the documents again after a change."""
        if self._places:
            self._pause.start()
        else:
            self._pause.stop()

    def _read(self) -> None:
        places = self._places
        future = self._readers.submit(self._directory.attachments, *places)
        self._outcomes.read(future, lambda found: self._found(places, found))

    def _found(self, places: tuple[str, ...], found: tuple[Attachment, ...]) -> None:
        if places == self._places:
            self.changed.emit(found)

    def open(self, document: Attachment) -> None:
        """Opens the document in the system's viewer."""
        self._opener.open(document)


LOG = logging.getLogger(__name__)

OfNobody = Callable[[Sequence[str]], Future[frozenset[str]]]
"""Returns those of the texts that mention no person; the check runs on another thread."""


class LearningPort(Protocol):
    """Directory operations that record search feedback; called on the writer thread."""

    def abandoned(self, query: str) -> None: ...

    def picked(self, query: str, entry_id: str, *, after: Sequence[str] = ...) -> None: ...


class SearchNotes:
    """Records search feedback without blocking the search. GUI thread only.

    Writes run in order on the thread of the directory editors. Each write waits for a running file
    import and for the check that the texts mention no person. A directory error is only logged.
    """

    def __init__(
        self,
        directory: LearningPort,
        of_nobody: OfNobody,
        writer: Executor,
        deliveries: Deliveries,
    ) -> None:
        self._directory = directory
        self._of_nobody = of_nobody
        self._writer = writer
        self._deliveries = deliveries

    def given_up(self, texts: Sequence[str]) -> None:
        """Records texts for which the operator used no result, for the editors of the directory."""

        def write(kept: frozenset[str]) -> None:
            for text in texts:
                if text in kept:
                    self._directory.abandoned(text)

        if texts:
            self._read(texts, write)

    def picked(self, query: str, entry_id: str, before: Sequence[str]) -> None:
        """Records that the operator used an entry found by ``query``, and the earlier texts
        ``before`` without a useful result.
        """

        def write(kept: frozenset[str]) -> None:
            after = [text for text in before if text in kept]
            if not query or query in kept:
                self._directory.picked(query, entry_id, after=after)
            else:
                self._directory.picked("", entry_id)

        self._read([text for text in (query, *before) if text], write)

    def _read(self, texts: Sequence[str], write: Callable[[frozenset[str]], None]) -> None:
        """Checks that the texts mention no person, then calls ``write`` on the writer thread.

        The GUI thread may end before the texts are checked. No step runs on it, so the write
        completes even after the event loop has ended.
        """
        reading = self._of_nobody(texts) if texts else None
        written = self._writer.submit(lambda: write(_kept_of(reading)))
        self._deliveries.deliver(
            written, lambda _none: None, _not_written, expected=(DirectoryError,)
        )


def _kept_of(reading: Future[frozenset[str]] | None) -> frozenset[str]:
    """Returns the texts that may be stored; empty if they could not be checked, as at
    program exit.
    """
    if reading is None:
        return frozenset()
    try:
        return reading.result()
    except CancelledError:
        return frozenset()
    except (DirectoryError, OfficialsUnreadable) as error:
        LOG.warning("search log: cannot check texts: %s", type(error).__name__)
        return frozenset()


def _not_written(error: Exception) -> None:
    LOG.warning("search log: cannot write: %s", type(error).__name__)


class SearchTrail:
    """Search texts of one call in order, until the operator uses an entry.

    A text is recorded once the operator pauses after it. A later text that does not extend it is a
    reformulation, and the earlier one counts as unsuccessful so far.
    """

    def __init__(self) -> None:
        self._settled = ""
        self._reworded: list[str] = []
        self._given_up: list[str] = []

    def settle(self, text: str) -> None:
        """Records that the operator paused to read the results for the text."""
        if not self._settled.startswith(text):  # deleting letters is part of a reformulation
            self._move_to(text)

    def _move_to(self, text: str) -> None:
        if self._settled and not text.startswith(self._settled):
            self._reworded.append(self._settled)
        self._settled = text

    def wipe(self) -> tuple[str, ...]:
        """Records that the search field was cleared; returns the abandoned texts."""
        given_up = tuple(text for text in (*self._reworded, self._settled) if text)
        self._given_up += given_up
        self._reworded, self._settled = [], ""
        return given_up

    def use(self, text: str) -> tuple[str, ...]:
        """Records that the operator used an entry found by the text; returns the earlier
        unsuccessful texts.
        """
        self._move_to(text)
        before = (*self._given_up, *self._reworded)
        self._settled, self._reworded, self._given_up = "", [], []
        return tuple(dict.fromkeys(one for one in before if one != text))


SEARCH_PAUSE_MS = 300  # without a keystroke: the operator reads the results
ENCODING_MS = 500  # between two batches of encoding, which must not disturb typing
ENCODED_AT_ONCE = 16
MOST_HEARD = 120  # last characters of the card text that are searched
CLOCK_LOOKED_AT_MS = 60_000  # rows show the time until which a unit is open
GLANCE_MS = 250  # a key pressed this soon after an automatic change refers to the old rows

_Find = Callable[[str, int, EntryKind | None], SearchResult]
_Found = tuple[SearchResult, Mapping[str, str]]  # search result, and titles of the officials' units


class DirectoryPort(Protocol):
    """Directory operations of the presenter; called on a reader thread."""

    def find(self, text: str, limit: int = ..., only: EntryKind | None = ...) -> SearchResult: ...

    @property
    def knows_meaning(self) -> bool: ...

    def find_by_meaning(
        self, text: str, limit: int = ..., only: EntryKind | None = ...
    ) -> SearchResult: ...

    def load_encoder(self) -> None: ...

    def encode_entries(self, limit: int = ...) -> bool: ...

    def frequent(self, limit: int = ...) -> tuple[Hit, ...]: ...

    def titles(self, entry_ids: Collection[str]) -> dict[str, str]: ...


def _last_words(content: str) -> str:
    """Returns the end of the last line, from the start of a word; at most ``MOST_HEARD``
    characters.
    """
    line = content.rpartition("\n")[2].strip()
    return line if len(line) <= MOST_HEARD else line[-MOST_HEARD:].partition(" ")[2]


class DirectoryPresenter(QObject):
    """Presenter of search field and results; passes an accepted entry to the active card."""

    changed = Signal(object)  # DirectoryState

    def __init__(
        self,
        directory: DirectoryPort,
        readers: Executor,
        thinker: Executor,
        notes: SearchNotes,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        zone: ZoneInfo,
        days: CityDays,
        take: Callable[[Entry, str], bool],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        """Keyword searches run on ``readers``, semantic searches on the single thread of
        ``thinker``.

        ``notes`` records selections and failed searches.
        """
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._thinker = thinker
        self._notes = notes
        self._outcomes = DirectoryOutcomes(deliveries, self._not_read)
        self._milestones = milestones
        self._zone = zone
        self._days = days
        self._take = take
        self._clock = clock
        self._today = self._now.date()
        self._state = DirectoryState()
        self._hits: tuple[Hit, ...] = ()
        self._marker: Marker | None = None  # of the query; None for frequent entries
        self._units: dict[str, str] = {}  # unit titles of the officials found
        self._heard = ""  # card text, searched while the field is empty
        self._asked = 0
        self._answered = 0
        self._changes = 0  # number of directory changes reported by ``refresh``
        self._chosen: Hit | None = None  # selected by the operator, not by rank
        self._chosen_after = 0  # value of ``_asked`` at the time of the selection
        self._only: EntryKind | None = None
        self._offered = ""  # text that Enter searches if nothing was found
        self._is_by_meaning = False
        self._takes_best = False  # Enter was pressed before the results arrived
        self._is_apart = False  # the active record belongs to a call that still rings
        self._glanced: tuple[Hit, ...] = ()  # the rows before an automatic change
        self._trail = SearchTrail()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self._paused)
        self._glance = QTimer(self)
        self._glance.setSingleShot(True)
        self._glance.setInterval(GLANCE_MS)
        self._encoding = QTimer(self)
        self._encoding.setSingleShot(True)
        self._encoding.setInterval(ENCODING_MS)
        self._encoding.timeout.connect(self._encode)
        timer = QTimer(self)
        timer.setInterval(CLOCK_LOOKED_AT_MS)
        timer.timeout.connect(self.look_at_clock)
        timer.start()

    @property
    def _now(self) -> datetime:
        """Current time in the city."""
        return self._clock().astimezone(self._zone)

    @property
    def state(self) -> DirectoryState:
        return self._state

    @property
    def chosen_entry(self) -> Entry | None:
        """Entry shown in the preview; None if no entry is selected."""
        selected = self._state.selected
        return self._hits[selected].entry if 0 <= selected < len(self._hits) else None

    def prepare(self) -> None:
        """Loads the encoder of the semantic search in advance, to avoid a delay at the first
        keystrokes.
        """
        if self._directory.knows_meaning:
            self._outcomes.note(self._thinker.submit(self._directory.load_encoder))

    def start(self) -> None:
        """Clears the search and shows the most frequent entries.

        Results for the previous record are removed immediately, because a key would insert them
        into the current one.
        """
        self._is_apart = False
        self._chosen = self._only = None
        self._state = replace(self._state, reading="", offer="", count="", chips=())
        self._offered = ""
        self._show_hits((), None)
        self.set_query("")
        self._trail = SearchTrail()
        if self._directory.knows_meaning:
            self._encoding.start()

    def set_apart(self) -> None:
        """Blocks the insertion of entries into the record until ``start``; the query remains."""
        self._is_apart = True

    def set_query(self, text: str) -> None:
        """Searches for the text; an empty text shows the most frequent entries."""
        self._heard = ""
        self._begin_anew(self._state.query, text)
        self._state = replace(self._state, query=text)
        self._ask()

    def hear(self, content: str) -> None:
        """Searches for the text of the card, unless the search field contains a query.

        The caller's words are not stored, neither as search feedback nor for the editors.
        """
        if self._state.query.strip():
            return
        words_heard = _last_words(content)
        if words_heard != self._heard:
            self._begin_anew(self._heard, words_heard)
            self._heard = words_heard
            self._ask()

    def _begin_anew(self, before: str, text: str) -> None:
        if is_new_search(before.strip(), text.strip()):
            self._chosen = None
            self._only = None

    @property
    def _text(self) -> str:
        """Text to search for: the query, or the card text if the query is empty."""
        return self._state.query if self._state.query.strip() else self._heard

    def _ask(self) -> None:
        self._asked += 1
        self._takes_best = False
        self._glance.stop()
        asked, text, only, changes = self._asked, self._text, self._only, self._changes
        if text.strip():
            future = self._readers.submit(self._find_newest, asked, text, only)
            self._outcomes.read(future, lambda found: self._found(asked, changes, found))
            self._pause.start()
        else:
            self._pause.stop()
            self._give_up()
            frequent = self._readers.submit(self._read_frequent)
            self._outcomes.read(frequent, lambda read: self._frequent(asked, *read))

    def _not_read(self, error: Exception) -> None:
        """Shows a read error; the previous results remain."""
        self._state = replace(self._state, problem=directory_words.not_read(error))
        self.changed.emit(self._state)

    def _find_newest(self, asked: int, text: str, only: EntryKind | None) -> _Found | None:
        """Searches on a reader thread; None if a newer search has been requested since."""
        return self._find(self._directory.find, text, only) if asked == self._asked else None

    def _find(self, find: _Find, text: str, only: EntryKind | None) -> _Found:
        found = find(text, SHOWN_HITS, only)
        return found, self._titles_of_units(found.hits)

    def _read_frequent(self) -> tuple[tuple[Hit, ...], Mapping[str, str]]:
        hits = self._directory.frequent(SHOWN_HITS)
        return hits, self._titles_of_units(hits)

    def _titles_of_units(self, hits: tuple[Hit, ...]) -> Mapping[str, str]:
        units = {unit for hit in hits if (unit := unit_of(hit.entry))}
        return self._directory.titles(units) if units else {}

    def step_kind(self, steps: int) -> None:
        """Moves the kind filter by ``steps`` among the kinds found; after the last kind all kinds
        are shown.
        """
        choices = [None, *(chip.kind for chip in self._state.chips)]
        if len(choices) > 1:
            self.choose_kind(choices[(choices.index(self._only) + steps) % len(choices)])

    def choose_kind(self, kind: EntryKind | None) -> None:
        """Filters by a kind; None or the active kind shows all kinds."""
        self._only = None if kind is self._only else kind
        self._chosen = None
        self._ask()

    def refresh(self) -> None:
        """Refreshes the results after a change of the directory and keeps the selection.

        A search in progress may have used the old data, so its results are searched again.
        """
        self._changes += 1
        if not self._text.strip():
            self._ask()
        elif self._answered == self._asked:
            self._look_again()

    def look_at_clock(self) -> None:
        """Updates opening hours; on a new day also the results, as other entries may be valid."""
        today = self._now.date()
        if today != self._today:
            self._today = today
            self.refresh()
        rows = self._rows()
        if rows != self._state.rows:
            self._state = replace(self._state, rows=rows)
            self.changed.emit(self._state)

    def _look_again(self) -> None:
        asked, changes, by_meaning = self._asked, self._changes, self._is_by_meaning
        find = self._directory.find_by_meaning if by_meaning else self._directory.find
        threads = self._thinker if by_meaning else self._readers
        found = threads.submit(self._find, find, self._text, self._only)

        def show(read: _Found) -> None:
            # Newer changes or searches have their own refresh in progress.
            if (asked, changes, by_meaning) == (self._asked, self._changes, self._is_by_meaning):
                self._found_anew(*read)

        self._outcomes.read(found, show)

    def _found_anew(self, found: SearchResult, units: Mapping[str, str]) -> None:
        keys = [hit.entry_id for hit in found.hits]
        is_gone = self._chosen is not None and self._chosen.entry_id not in keys
        if is_gone:
            # Enter must not insert another entry than the selected one.
            self._chosen = None
        self._move_rows(found, units)
        if is_gone:
            self._show_selected(-1)

    def _paused(self) -> None:
        """Starts a semantic search once the operator pauses to read the results."""
        asked, text, changes = self._asked, self._text, self._changes
        if not self._heard:
            self._trail.settle(text)
        if self._chosen is None and self._directory.knows_meaning:
            find = self._directory.find_by_meaning
            meant = self._thinker.submit(self._find, find, text, self._only)
            self._outcomes.read(meant, lambda read: self._found_by_meaning(asked, changes, *read))
            self._encoding.start()

    def _found_by_meaning(
        self, asked: int, changes: int, found: SearchResult, units: Mapping[str, str]
    ) -> None:
        """Shows the semantic results, unless the operator has moved the selection."""
        if asked == self._asked and self._chosen is None:
            self._is_by_meaning = True
            self._move_rows(found, units)
            if changes != self._changes:
                self._look_again()

    def _move_rows(self, found: SearchResult, units: Mapping[str, str]) -> None:
        """Shows results that appear automatically, without a key press of the operator."""
        self._units |= units
        self._note_found(found)
        before, offered = self._hits, self._offered
        self._show_found(found)
        if (before or offered) and [hit.entry_id for hit in self._hits] != [
            hit.entry_id for hit in before
        ]:
            self._glanced = before
            self._glance.start()

    def _encode(self) -> None:
        """Encodes a few new or changed entries for the semantic search; continues later while there
        are more.
        """
        if self._pause.isActive():
            self._encoding.start()
            return
        encoded = self._thinker.submit(self._directory.encode_entries, ENCODED_AT_ONCE)
        self._outcomes.note(encoded, lambda more: self._encoding.start() if more else None)

    def _give_up(self) -> None:
        """Records the texts of the cleared search field for the editors of the directory."""
        self._notes.given_up(self._trail.wipe())

    def _found(self, asked: int, changes: int, read: _Found | None) -> None:
        if asked != self._asked or read is None:
            return
        found, units = read
        self._units |= units
        self._answered = asked
        self._is_by_meaning = False
        self._note_found(found)
        keys = [hit.entry_id for hit in found.hits]
        # A selection among older results is dropped with them; a later selection remains.
        if (
            self._chosen is not None
            and self._chosen.entry_id not in keys
            and self._chosen_after != asked
        ):
            self._chosen = None
        self._show_found(found)
        if changes != self._changes:
            self._look_again()
        if self._takes_best:
            self._takes_best = False
            if self._hits:
                self.accept()

    def _note_found(self, found: SearchResult) -> None:
        self._milestones.note(
            Milestone.SEARCHED,
            total=found.total,
            by_meaning=self._is_by_meaning,
            hits=" ".join(hit.entry_id for hit in found.hits[:3]),
        )

    def _show_found(self, found: SearchResult) -> None:
        shown = in_order(found.hits)
        if self._chosen is not None:
            shown = around(self._chosen, self._state.selected, found.hits)
        self._offered = "" if shown or self._is_more_to_come else " ".join(found.reading.offered)
        total = found.total if self._only is None else found.by_kind.get(self._only, 0)
        self._state = replace(
            self._state,
            reading=directory_words.reading_text(found.text, found.reading),
            offer=directory_words.offer_text(self._offered) if self._offered else "",
            count=directory_words.hit_count(len(found.hits), total),
            heading="",
            chips=kind_chips(found.by_kind, self._only),
        )
        self._show_hits(shown, found.marker)

    @property
    def _is_more_to_come(self) -> bool:
        """Whether Enter must not search the suggested text yet, because the semantic search may
        still add results or the searched text comes from the card.
        """
        may_mean = self._directory.knows_meaning and not self._is_by_meaning
        return may_mean or bool(self._heard)

    def _frequent(self, asked: int, hits: tuple[Hit, ...], units: Mapping[str, str]) -> None:
        if asked != self._asked:
            return
        self._answered = asked
        self._units |= units
        self._offered = ""
        self._state = replace(
            self._state,
            reading="",
            offer="",
            count="",
            heading=directory_words.frequent_heading(),
            chips=(),
        )
        self._show_hits(hits, None)

    def _unit_of(self, entry: Entry) -> str:
        """Title of the unit to which an official belongs; empty for other entries."""
        return self._units.get(unit_of(entry), "")

    def _show_hits(self, hits: tuple[Hit, ...], marker: Marker | None) -> None:
        self._hits = hits
        self._marker = marker
        self._state = replace(self._state, rows=self._rows(), problem=("", ""))
        keys = [hit.entry_id for hit in hits]
        chosen = self._chosen
        if chosen is not None and chosen.entry_id in keys:
            self._show_selected(keys.index(chosen.entry_id))
        else:
            self._show_selected(0 if hits and self._text.strip() else -1)

    def _rows(self) -> tuple[HitRow, ...]:
        """Formats the rows for the current time."""
        now = self._now
        rows = [
            hit_row(
                hit,
                now,
                self._days,
                str(number),
                self._unit_of(hit.entry),
                self._marker,
            )
            for number, hit in enumerate(self._hits, start=1)
        ]
        return tuple(rows) if self._marker is None else with_headings(rows)

    def select(self, index: int) -> None:
        """Selects a row; its entry is shown in the preview and remains selected while typing
        continues.
        """
        if 0 <= index < len(self._hits):
            self._chosen = self._hits[index]
            self._chosen_after = self._asked
            self._show_selected(index)

    def _show_selected(self, index: int) -> None:
        """Shows the entry of a row in the preview; -1 clears the preview."""
        chosen = self._hits[index] if 0 <= index < len(self._hits) else None
        preview = None if chosen is None else preview_of(chosen.entry, self._unit_of(chosen.entry))
        self._state = replace(
            self._state,
            selected=index if chosen is not None else -1,
            preview=preview,
            written_shown=False,
            take_key=f"Alt+{index + 1}" if self._heard else "Enter",
        )
        self.changed.emit(self._state)

    def move(self, steps: int) -> None:
        """Moves the selection by ``steps`` rows, as the arrow keys of the search field do."""
        if self._hits:
            start = self._state.selected
            self.select(max(0, min(len(self._hits) - 1, start + steps)))

    def finish_search(self) -> None:
        """Clears the search after the card was closed, unless the operator is typing in the search
        field.
        """
        if self._pause.isActive() and not self._heard:
            self._trail = SearchTrail()
        else:
            self.start()

    def turn_preview(self) -> None:
        """Toggles between the text to say and the text to send."""
        self._state = replace(self._state, written_shown=not self._state.written_shown)
        self.changed.emit(self._state)

    def accept(self, index: int | None = None) -> None:
        """Inserts the selected entry into the card and counts it as used.

        If the results of the latest text are pending, its best result is inserted on arrival. If
        nothing was found, the suggested text is searched.
        """
        if index is None and self._chosen is None and self._answered != self._asked:
            self._takes_best = True
            return
        if index is None and self._offered:
            self.set_query(self._offered)
            return
        wanted = self._state.selected if index is None else index
        rows = self._glanced if self._glance.isActive() else self._hits
        if not 0 <= wanted < len(rows):
            return
        entry = rows[wanted].entry
        places = [place for place, hit in enumerate(self._hits) if hit.entry_id == entry.id]
        if places and places[0] != self._state.selected:
            self.select(places[0])
        spoken, _written = directory_words.entry_texts(entry, self._unit_of(entry))
        if not self._is_apart and self._take(entry, spoken):
            self._pause.stop()
            query = self._state.query
            self._notes.picked(query, entry.id, self._trail.use(query))
