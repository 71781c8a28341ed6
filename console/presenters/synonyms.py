"""The synonyms of the directory: what people say and what it means, kept by editors."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console import words
from console.bridge import Deliveries
from console.edit_refusals import EditOvertaken
from console.presenters.begun_synonym import BegunSynonym, BegunSynonyms
from console.presenters.directory_writes import DirectoryWrites
from console.presenters.entry_state import HistoryRow
from console.presenters.notices import Notice
from kb.rewording import SynonymSuggestion
from kb.search import SearchResult
from kb.synonyms import KeptSynonym, Synonym
from kb.text import fold, folded_words
from sync.register.kept_words import FormPlace, KeptWords, Typed
from sync.register.operators import Operator
from sync.register.rights import Action, may

LOOK_MS = 300  # after the last letter of a meaning, before it is searched for
SHOWN_HITS = 3
ONE_WAY, BOTH_WAYS = "one", "both"


class SynonymFilter(StrEnum):
    """Which pairs are listed."""

    IN_FORCE = "in_force"
    SUGGESTED = "suggested"
    CLOSED = "closed"


class SynonymsPort(Protocol):
    """What the presenter needs of the directory; never called on the GUI thread."""

    def kept_synonyms(self) -> tuple[KeptSynonym, ...]: ...

    def synonym_suggestions(self, limit: int = ...) -> tuple[SynonymSuggestion, ...]: ...

    def find(self, text: str, limit: int = ...) -> SearchResult: ...

    def put_synonyms(self, pairs: tuple[Synonym, ...], *, by: str = ...) -> None: ...

    def replace_synonym(self, old: Synonym, new: Synonym, *, by: str = ...) -> None: ...

    def close_synonym(self, pair: Synonym, *, by: str = ...) -> bool: ...

    def answer_found(self, query: str) -> None: ...


@dataclass(frozen=True, slots=True)
class SynonymsState:
    """All that the section shows; with ``chosen`` -1 the form is that of a new pair.

    ``found_again`` says that an earlier start has left what stands in the form.
    """

    rows: tuple[HistoryRow, ...] = ()
    filter: SynonymFilter = SynonymFilter.IN_FORCE
    counts: Mapping[SynonymFilter, int] = field(default_factory=dict)
    chosen: int = -1
    phrase: str = ""
    meaning: str = ""
    ways: str = ONE_WAY
    status: str = ""
    found: str = ""
    finds_nothing: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)
    may_close: bool = False
    found_again: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A pair of the list: as it is kept, or as it is suggested."""

    pair: Synonym
    kept: KeptSynonym | None = None
    suggestion: SynonymSuggestion | None = None


@dataclass(frozen=True, slots=True)
class _Loaded:
    kept: tuple[KeptSynonym, ...] = ()
    suggested: tuple[SynonymSuggestion, ...] = ()


class SynonymsPresenter(QObject):
    """List, search, form and what the pair would find; belongs to the GUI thread.

    Each editor has a form of her own: nobody goes on with what another one has begun.
    """

    changed = Signal(object)  # SynonymsState
    stored = Signal()  # searches in vain may have been dealt with
    typed = Signal()  # the form may hold another pair
    sent = Signal()  # what was typed is written
    told = Signal(object)  # Notice

    def __init__(
        self,
        directory: SynonymsPort,
        readers: Executor,
        writer: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        zone: ZoneInfo,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._operator = operator
        self._zone = zone
        self._clock = clock
        self._writes = DirectoryWrites(writer, deliveries, self.told.emit)
        self._loaded = _Loaded()
        self._query = ""
        self._rows: tuple[_Row, ...] = ()
        self._chosen: _Row | None = None
        self._follows = False  # the chosen pair is to be taken as another editor left it
        self._of = operator().id
        self._form = BegunSynonym()  # as it began, and when it was found
        self._begun = BegunSynonyms()
        self._asked = 0
        self._state = SynonymsState()
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._look_up)

    @property
    def state(self) -> SynonymsState:
        return self._state

    def reload(self) -> None:
        """Read pairs and suggestions anew."""
        future = self._readers.submit(
            lambda: _Loaded(self._directory.kept_synonyms(), self._directory.synonym_suggestions())
        )
        self._deliveries.deliver(future, self._take)

    def _take(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        follows, self._follows = self._follows, False
        if follows and self._chosen is not None:
            was = self._chosen.pair
            for one in loaded.kept:
                if (one.pair.phrase, one.pair.meaning) == (was.phrase, was.meaning):
                    self._chosen = _Row(one.pair, one)
        self._find_replaced()
        self._list()

    # --- the list ---

    def set_query(self, text: str) -> None:
        """List the pairs with these letters on either side."""
        self._query = text
        self._list()

    def set_filter(self, name: str) -> None:
        """List pairs in force, suggested ones, or those that were closed."""
        self._state = replace(self._state, filter=SynonymFilter(name))
        self._list()

    def choose(self, index: int) -> None:
        """Put a pair of the list into the form."""
        if 0 <= index < len(self._rows):
            row = self._rows[index]
            self._chosen = row
            settles = "" if row.suggestion is None else row.suggestion.rewording.query
            replaces = None if row.kept is None else row.pair
            self._fill(BegunSynonym(row.pair, row.pair, replaces, settles))

    # --- the form ---

    def begin(self, phrase: str = "", meaning: str = "") -> None:
        """Begin a new pair; ``phrase`` is the search in vain that it is made of."""
        self._chosen = None
        pair = Synonym(phrase, meaning)
        self._fill(BegunSynonym(pair, pair, settles=phrase))

    def _fill(self, begun: BegunSynonym) -> None:
        self._form, pair = begun, begun.pair
        self._state = replace(
            self._state,
            phrase=pair.phrase,
            meaning=pair.meaning,
            ways=BOTH_WAYS if pair.both_ways else ONE_WAY,
            problems={},
            found="",
            finds_nothing=False,
        )
        self._look_up()
        self._show()
        self._note()

    def _resume(self) -> None:
        """Show what who works here has begun, over the pair that it is an edit of."""
        self._chosen = None
        self._fill(self._begun.get(self._of))
        self._find_replaced()
        self._show()

    def _find_replaced(self) -> None:
        replaces = self._form.replaces
        if self._chosen is None and replaces is not None:
            for one in self._loaded.kept:
                if (one.pair.phrase, one.pair.meaning) == (replaces.phrase, replaces.meaning):
                    self._chosen = _Row(one.pair, one)

    def _note(self) -> None:
        """Have what is typed now."""
        state = self._state
        pair = Synonym(state.phrase, state.meaning, state.ways == BOTH_WAYS)
        begun = replace(self._form, pair=pair)
        self._begun.put(self._of, begun)
        if self._form.found_at is not None and not begun.is_typed:
            self._form = replace(self._form, found_at=None)
            self._show()
        self.typed.emit()

    # --- what is kept ---

    def signed_in(self) -> None:
        """Show what who works here now has begun (``KeepingPage``)."""
        operator = self._operator().id
        if operator != self._of:
            self._of = operator
            self._resume()

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """The pair that is typed and not saved (``KeepingPage``)."""
        return self._begun.as_kept(operator_id)

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Have what an earlier start left, where nothing is typed (``KeepingPage``)."""
        is_typed = self._begun.get(operator_id).is_typed
        self._begun.find_again(operator_id, found)
        if operator_id == self._of and not is_typed:
            self._resume()

    # --- what is typed ---

    def set_phrase(self, text: str) -> None:
        """Take what people say."""
        self._state = replace(self._state, phrase=text, problems={})
        self._note()

    def set_meaning(self, text: str) -> None:
        """Take what it means; what that finds is looked up in the typing pause."""
        self._state = replace(self._state, meaning=text, problems={})
        self._look.start()
        self._note()

    def set_ways(self, ways: str) -> None:
        """Take whether the meaning stands for the phrase too."""
        self._state = replace(self._state, ways=ways)
        self._note()

    def _look_up(self) -> None:
        self._look.stop()
        self._asked += 1
        asked, meaning = self._asked, self._state.meaning.strip()
        if meaning:
            future = self._readers.submit(self._directory.find, meaning, SHOWN_HITS)
            self._deliveries.deliver(future, lambda found: self._looked_up(asked, found))

    def _looked_up(self, asked: int, found: SearchResult) -> None:
        if asked == self._asked:
            titles = [hit.title for hit in found.hits]
            text = words.finding.meaning_finds(titles)
            self._state = replace(self._state, found=text, finds_nothing=not titles)
            self.changed.emit(self._state)

    # --- what is written ---

    def _may_edit(self) -> bool:
        return may(self._operator().role, Action.EDIT_DIRECTORY)

    def save(self) -> None:
        """Let the pair of the form hold, in the place of the chosen one."""
        if self._writes.is_busy or not self._may_edit():
            return
        phrase, meaning = (
            " ".join(text.split()) for text in (self._state.phrase, self._state.meaning)
        )
        problems = self._problems(phrase, meaning)
        if problems:
            self._state = replace(self._state, problems=problems)
            self.changed.emit(self._state)
            return
        pair = Synonym(phrase, meaning, self._state.ways == BOTH_WAYS)
        old = self._chosen.kept if self._chosen is not None else None
        settles, operator = self._form.settles, self._operator()
        by = operator.name

        def work() -> None:
            if old is not None and old.closed_at is None:
                self._directory.replace_synonym(old.pair, pair, by=by)
            else:
                self._directory.put_synonyms((pair,), by=by)
            if settles:
                self._directory.answer_found(settles)

        self._writes.write(work, lambda _none: self._saved(pair, operator), self._not_saved)

    def _not_saved(self, error: Exception) -> None:
        """Where another editor was first, what is typed is put over the pair as it is now.

        Only when it is saved once more: who did what was told.
        """
        if isinstance(error, EditOvertaken):
            self._follows = True
            self.reload()

    def _problems(self, phrase: str, meaning: str) -> dict[str, str]:
        problems = {
            name: words.finding.side_is_empty(name)
            for name, text in (("phrase", phrase), ("meaning", meaning))
            if not folded_words(text)
        }
        if not problems and folded_words(phrase) == folded_words(meaning):
            problems["meaning"] = words.finding.sides_are_the_same()
        return problems

    def _saved(self, pair: Synonym, operator: Operator) -> None:
        """Begin anew: a second Ctrl+Enter must not write the same once more."""
        self.told.emit(Notice(words.finding.synonym_saved(pair), words.finding.synonym_works()))
        self._begin_anew(operator)

    def _begin_anew(self, operator: Operator) -> None:
        """The pair of this editor is dealt with; another one may be there meanwhile."""
        self._begun.put(operator.id, BegunSynonym())
        self.sent.emit()
        self.stored.emit()
        if operator.id == self._of:
            self.begin()
        self.reload()

    def close(self) -> None:
        """Let the chosen pair hold no more; a suggestion is not made again."""
        row = self._chosen
        if row is None or self._writes.is_busy or not self._state.may_close:
            return
        operator = self._operator()
        by = operator.name
        if row.suggestion is not None:
            query = row.suggestion.rewording.query
            self._writes.write(
                lambda: self._directory.answer_found(query),
                lambda _none: self._closed(words.finding.suggestion_declined(), operator),
            )
            return
        self._writes.write(
            lambda: self._directory.close_synonym(row.pair, by=by),
            lambda _was_there: self._closed(words.finding.synonym_closed(row.pair), operator),
        )

    def _closed(self, text: str, operator: Operator) -> None:
        self.told.emit(Notice(text))
        self._begin_anew(operator)

    # --- what is shown ---

    def _list(self) -> None:
        """Make the list's rows; done once, and not at every step through the list."""
        listed = {
            SynonymFilter.IN_FORCE: [
                _Row(one.pair, one) for one in self._loaded.kept if one.closed_at is None
            ],
            SynonymFilter.SUGGESTED: [_Row(one.pair, None, one) for one in self._loaded.suggested],
            SynonymFilter.CLOSED: [
                _Row(one.pair, one) for one in self._loaded.kept if one.closed_at is not None
            ],
        }
        wanted = fold(self._query).split()
        self._rows = tuple(row for row in listed[self._state.filter] if _matches(wanted, row.pair))
        self._state = replace(
            self._state,
            rows=tuple(self._row(row, n) for n, row in enumerate(self._rows, start=1)),
            counts={name: len(rows) for name, rows in listed.items()},
        )
        self._show()

    def _show(self) -> None:
        chosen = self._chosen
        self._state = replace(
            self._state,
            chosen=self._rows.index(chosen) if chosen in self._rows else -1,
            status="" if chosen is None else self._status(chosen),
            may_close=chosen is not None
            and (chosen.kept is None or chosen.kept.closed_at is None)
            and self._may_edit(),
            found_again=self._found_again(),
        )
        self.changed.emit(self._state)

    def _found_again(self) -> str:
        at = self._form.found_at
        if at is None:
            return ""
        now = self._clock().astimezone(self._zone)
        return words.kept.found_again(words.formats.moment(at.astimezone(self._zone), now))

    def _row(self, row: _Row, number: int) -> HistoryRow:
        word, icon, role = words.finding.synonym_mark(row.kept, row.suggestion)
        return HistoryRow(
            number=number,
            what=words.finding.synonym(row.pair),
            who=self._who(row),
            version=word,
            icon=icon,
            role=role,
        )

    def _who(self, row: _Row) -> str:
        if row.suggestion is not None:
            return words.finding.found_instead(row.suggestion.title)
        if row.kept is None:
            return ""
        return words.finding.given(row.kept.by, row.kept.at.astimezone(self._zone))

    def _status(self, row: _Row) -> str:
        if row.suggestion is not None:
            return words.finding.suggested_because(row.suggestion)
        if row.kept is None or row.kept.closed_at is None:
            return ""
        return words.finding.closed_by(
            row.kept.closed_by, row.kept.closed_at.astimezone(self._zone)
        )


def _matches(wanted: list[str], pair: Synonym) -> bool:
    text = fold(f"{pair.phrase} {pair.meaning}")
    return all(word in text for word in wanted)
