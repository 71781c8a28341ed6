"""The directory beside the call: what was typed, what was found, which entry is shown whole.

Searches run on a reader thread; only the answer to the newest text is shown, so results never
come back out of order. Once the operator has moved, the chosen entry stays chosen and in its place
while new results arrive. Search by meaning has a thread of its own: a keystroke's search does not
wait for it.
"""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console import words
from console.bridge import Deliveries
from console.milestones import Milestone, Milestones
from console.presenters.directory_outcomes import DirectoryOutcomes
from console.presenters.directory_state import DirectoryState, kind_chips, preview_of
from console.presenters.hit_order import SHOWN_HITS, around, in_order, is_new_search
from console.presenters.hit_rows import CityDays, hit_row, unit_of, with_headings
from console.presenters.search_notes import SearchNotes
from console.presenters.search_trail import SearchTrail
from kb.entries import Entry, EntryKind
from kb.search import Hit, Marker, SearchResult

PAUSE_MS = 300  # without a key: the operator looks at what was found
ENCODING_MS = 500  # between two steps of encoding entries, which must not disturb typing
ENCODED_AT_ONCE = 16
MOST_HEARD = 120  # letters of what the caller says: the end of it, where it is longer
GLANCE_MS = 250  # a key pressed so soon after the rows have moved by themselves meant the old ones

_Find = Callable[[str, int, EntryKind | None], SearchResult]
_Found = tuple[SearchResult, Mapping[str, str]]  # with the titles of the officials' units


class DirectoryPort(Protocol):
    """What the presenter needs of the directory; called on a reader thread."""

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
    """The end of the last line, from the beginning of a word."""
    line = content.rpartition("\n")[2].strip()
    return line if len(line) <= MOST_HEARD else line[-MOST_HEARD:].partition(" ")[2]


class DirectoryPresenter(QObject):
    """Reads the search field, keeps the results and hands a taken entry to the desk."""

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
        parent: QObject | None = None,
    ) -> None:
        """Searches by words run on the ``readers``, those by meaning on the one ``thinker``.

        ``notes`` take what is picked and what is missed.
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
        self._state = DirectoryState()
        self._hits: tuple[Hit, ...] = ()
        self._units: dict[str, str] = {}  # titles of the units that officials among them have
        self._heard = ""  # what stands in the card, looked up while the field is empty
        self._asked = 0
        self._answered = 0
        self._changes = 0  # of the directory, of which ``refresh`` has told
        self._chosen: Hit | None = None  # by the operator, not by being the best
        self._chosen_after = 0  # what had been asked when the operator chose
        self._only: EntryKind | None = None
        self._offered = ""  # what Enter looks for where nothing was found
        self._is_by_meaning = False
        self._takes_best = False  # as soon as it is found: Enter came before it
        self._glanced: tuple[Hit, ...] = ()  # the rows before they moved by themselves
        self._trail = SearchTrail()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._paused)
        self._glance = QTimer(self)
        self._glance.setSingleShot(True)
        self._glance.setInterval(GLANCE_MS)
        self._encoding = QTimer(self)
        self._encoding.setSingleShot(True)
        self._encoding.setInterval(ENCODING_MS)
        self._encoding.timeout.connect(self._encode)

    @property
    def state(self) -> DirectoryState:
        return self._state

    @property
    def chosen_entry(self) -> Entry | None:
        """The entry that is shown whole."""
        selected = self._state.selected
        return self._hits[selected].entry if 0 <= selected < len(self._hits) else None

    def prepare(self) -> None:
        """Load the encoder now, and not beside the first letters of a call."""
        if self._directory.knows_meaning:
            self._outcomes.note(self._thinker.submit(self._directory.load_encoder))

    def start(self) -> None:
        """Show what is asked for most, before anything is typed for a call."""
        self.set_query("")
        self._trail = SearchTrail()
        if self._directory.knows_meaning:
            self._encoding.start()

    def set_query(self, text: str) -> None:
        """Search for the text; an empty one shows what is asked for most."""
        self._heard = ""
        self._begin_anew(self._state.query, text)
        self._state = replace(self._state, query=text)
        self._ask()

    def hear(self, content: str) -> None:
        """Look up what is being typed into the card, unless the operator searches himself.

        The caller's words are kept nowhere: neither learned from nor told to the editor.
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
        """What is looked up."""
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
        """Say what stands in the way; what was found before stays."""
        self._state = replace(self._state, problem=words.directory.not_read(error))
        self.changed.emit(self._state)

    def _find_newest(self, asked: int, text: str, only: EntryKind | None) -> _Found | None:
        """Search on a reader thread, unless more has been typed before its turn came."""
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
        """Show the next kind alone of those found, or all of them again behind the last one."""
        choices = [None, *(chip.kind for chip in self._state.chips)]
        if len(choices) > 1:
            self.choose_kind(choices[(choices.index(self._only) + steps) % len(choices)])

    def choose_kind(self, kind: EntryKind | None) -> None:
        """Show one kind alone; ``None`` or the same once more shows all kinds."""
        self._only = None if kind is self._only else kind
        self._chosen = None
        self._ask()

    def refresh(self) -> None:
        """The directory has changed: show its entries as they are now, the chosen one in place.

        A search that is under way may have seen it as it was: its answer is looked for again.
        """
        self._changes += 1
        if not self._text.strip():
            self._ask()
        elif self._answered == self._asked:
            self._look_again()

    def _look_again(self) -> None:
        asked, changes, by_meaning = self._asked, self._changes, self._is_by_meaning
        find = self._directory.find_by_meaning if by_meaning else self._directory.find
        threads = self._thinker if by_meaning else self._readers
        found = threads.submit(self._find, find, self._text, self._only)

        def show(read: _Found) -> None:
            # What has changed since, or is meant by now, is being looked for once more.
            if (asked, changes, by_meaning) == (self._asked, self._changes, self._is_by_meaning):
                self._found_anew(*read)

        self._outcomes.read(found, show)

    def _found_anew(self, found: SearchResult, units: Mapping[str, str]) -> None:
        keys = [hit.entry_id for hit in found.hits]
        is_gone = self._chosen is not None and self._chosen.entry_id not in keys
        if is_gone:
            # Enter must not take another entry than the one that was chosen.
            self._chosen = None
        self._move_rows(found, units)
        if is_gone:
            self._show_selected(-1)

    def _paused(self) -> None:
        """The operator reads what was found: look for other words of the same meaning too."""
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
        """Put the results in their new order, unless the operator has moved among them."""
        if asked == self._asked and self._chosen is None:
            self._is_by_meaning = True
            self._move_rows(found, units)
            if changes != self._changes:
                self._look_again()

    def _move_rows(self, found: SearchResult, units: Mapping[str, str]) -> None:
        """Show results that no key of the operator's has asked for."""
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
        """Encode a few entries that are new or have changed, and go on while there are more."""
        if self._pause.isActive():
            self._encoding.start()
            return
        encoded = self._thinker.submit(self._directory.encode_entries, ENCODED_AT_ONCE)
        self._outcomes.note(encoded, lambda more: self._encoding.start() if more else None)

    def _give_up(self) -> None:
        """What was searched for is wiped out: the editor is to know of it."""
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
        # What was chosen among older results goes with them; what was chosen since then stays.
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
            reading=words.directory.reading_text(found.text, found.reading),
            offer=words.directory.offer_text(self._offered) if self._offered else "",
            count=words.directory.hit_count(len(found.hits), total),
            heading="",
            chips=kind_chips(found.by_kind, self._only),
        )
        self._show_hits(shown, found.marker)

    @property
    def _is_more_to_come(self) -> bool:
        """Whether Enter is to mean nothing yet: rows may come, or the card's text is looked up."""
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
            heading=words.directory.frequent_heading(),
            chips=(),
        )
        self._show_hits(hits, None)

    def _unit_of(self, entry: Entry) -> str:
        """The title of the unit that an official is of; empty of any other entry."""
        return self._units.get(unit_of(entry), "")

    def _show_hits(self, hits: tuple[Hit, ...], marker: Marker | None) -> None:
        self._hits = hits
        now = datetime.now(self._zone)
        rows = [
            hit_row(
                hit,
                now,
                self._days,
                str(number),
                self._unit_of(hit.entry),
                marker,
            )
            for number, hit in enumerate(hits, start=1)
        ]
        self._state = replace(
            self._state,
            rows=tuple(rows) if marker is None else with_headings(rows),
            problem=("", ""),
        )
        keys = [hit.entry_id for hit in hits]
        chosen = self._chosen
        if chosen is not None and chosen.entry_id in keys:
            self._show_selected(keys.index(chosen.entry_id))
        else:
            self._show_selected(0 if hits and self._text.strip() else -1)

    def select(self, index: int) -> None:
        """Choose a row: its entry is shown whole and stays chosen while more is typed."""
        if 0 <= index < len(self._hits):
            self._chosen = self._hits[index]
            self._chosen_after = self._asked
            self._show_selected(index)

    def _show_selected(self, index: int) -> None:
        """Show the entry of a row whole; -1 clears the preview."""
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
        """Move the selection by rows, as the arrow keys do from within the search field."""
        if self._hits:
            start = self._state.selected
            self.select(max(0, min(len(self._hits) - 1, start + steps)))

    def finish_search(self) -> None:
        """The card is closed: clear the field for the next one, unless it is being typed into."""
        if self._pause.isActive() and not self._heard:
            self._trail = SearchTrail()
        else:
            self.start()

    def turn_preview(self) -> None:
        """Change between what to say and what to send."""
        self._state = replace(self._state, written_shown=not self._state.written_shown)
        self.changed.emit(self._state)

    def accept(self, index: int | None = None) -> None:
        """Put the chosen entry into the card and count it as used.

        Before the newest text has been answered, the best hit of that text is taken when it comes.
        Where nothing was found, what is offered in its place is looked for.
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
        spoken, _written = words.directory.entry_texts(entry, self._unit_of(entry))
        if self._take(entry, spoken):
            self._pause.stop()
            query = self._state.query
            self._notes.picked(query, entry.id, self._trail.use(query))
