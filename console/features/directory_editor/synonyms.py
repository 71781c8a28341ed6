"""Synonym pairs: list, suggestions, form with its draft, and preview of search results.

GUI thread only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import drafts, formats
from console.core.deliveries import Deliveries
from console.core.view_data import HistoryRow, Notice
from console.features.directory_editor import finding_words
from console.features.directory_editor import words as directory_editor_words
from console.shared.directory import words as directory_words
from console.shared.directory.documents import DirectoryOutcomes, DirectoryWrites
from console.shared.directory.edited import EditOvertaken
from kb.entries.changes import Synonym
from kb.search.rewording import KeptSynonym, SynonymSuggestion
from kb.search.search import SearchResult
from kb.text import fold, folded_words
from sync.register.handling.form_drafts import FormPlace, KeptForm, KeptWords, Typed
from sync.register.people.operators import Action, Operator, may

_EMPTY = Synonym("", "")


def form_of_pair(pair: Synonym) -> str:
    """Returns the id of the form that edits this pair; it is the same after a restart."""
    return str(uuid5(NAMESPACE_OID, f"{pair.phrase}\n{pair.meaning}"))


def form_of_search(query: str) -> str:
    """Returns the id of the form for a pair that resolves this failed search.

    The id is the same after a restart.
    """
    return str(uuid5(NAMESPACE_OID, query))


@dataclass(frozen=True, slots=True)
class BegunSynonym:
    """Unsaved pair of one editor; ``form`` is the id of its form.

    ``offered`` has the initial texts of the form. ``replaces`` is the stored pair when the edit
    started, and ``is_of_closed`` states whether that pair was closed. ``settles`` is the failed
    search that the pair resolves. ``found_at`` is the time at which a previous session saved the
    input.
    """

    form: str = ""
    pair: Synonym = _EMPTY
    offered: Synonym = _EMPTY
    replaces: Synonym | None = None
    settles: str = ""
    is_of_closed: bool = False
    found_at: datetime | None = None

    @property
    def is_typed(self) -> bool:
        """Whether the texts differ from the initial ones; a changed direction alone is not
        saved.
        """
        typed = (self.pair.phrase, self.pair.meaning)
        return any(map(str.strip, typed)) and typed != (self.offered.phrase, self.offered.meaning)

    def over(self, kept: KeptSynonym) -> BegunSynonym:
        """Returns a copy that replaces the stored pair in its current state."""
        return replace(self, replaces=kept.pair, is_of_closed=kept.closed_at is not None)

    def as_kept(self) -> Typed:
        pair, replaces = self.pair, self.replaces
        return Typed(
            {
                "phrase": pair.phrase,
                "meaning": pair.meaning,
                "both_ways": pair.both_ways,
                "replaces": None
                if replaces is None
                else [replaces.phrase, replaces.meaning, replaces.both_ways],
                "settles": self.settles,
                "is_of_closed": self.is_of_closed,
            }
        )


class BegunSynonyms:
    """Unsaved pairs of each editor, the last changed one at the end."""

    def __init__(self) -> None:
        self._of: dict[UUID, dict[str, BegunSynonym]] = {}

    def get(self, operator_id: UUID, form: str) -> BegunSynonym | None:
        """Returns the input of an editor in this form, or None."""
        return self._of.get(operator_id, {}).get(form)

    def all(self, operator_id: UUID) -> tuple[BegunSynonym, ...]:
        """Returns the unsaved pairs of an editor, the last changed one at the end."""
        return tuple(self._of.get(operator_id, {}).values())

    def put(self, operator_id: UUID, begun: BegunSynonym) -> None:
        """Stores the input of a form; removes it if the form has no input."""
        own = self._of.setdefault(operator_id, {})
        own.pop(begun.form, None)
        if begun.is_typed:
            own[begun.form] = begun

    def forget(self, operator_id: UUID, form: str) -> None:
        """Removes the input of a form after it was stored or discarded."""
        self._of.get(operator_id, {}).pop(form, None)

    def as_kept(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """Returns the unsaved pairs of an editor for saving."""
        return {
            FormPlace(KeptForm.SYNONYM, form): begun.as_kept()
            for form, begun in self._of.get(operator_id, {}).items()
        }

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Restores input of a previous session; input of this session is not overwritten."""
        left = [_begun(kept) for kept in sorted(found, key=lambda kept: kept.at)]
        own = self._of.get(operator_id, {})
        self._of[operator_id] = {
            **{one.form: one for one in left if one.form not in own},
            **own,
        }


def _begun(kept: KeptWords) -> BegunSynonym:
    words: Mapping[str, Any] = kept.typed.words
    replaces = None if words["replaces"] is None else Synonym(*words["replaces"])
    return BegunSynonym(
        form=_form(kept, replaces, words["settles"]),
        pair=Synonym(words["phrase"], words["meaning"], words["both_ways"]),
        offered=_EMPTY if replaces is None else replaces,
        replaces=replaces,
        settles=words["settles"],
        is_of_closed=words.get("is_of_closed", False),  # absent in drafts of the previous version
        found_at=kept.at,
    )


def _form(kept: KeptWords, replaces: Synonym | None, settles: str) -> str:
    """Returns the form id; drafts of the previous product version have one form without an id."""
    if kept.place.subject:
        return kept.place.subject
    if replaces is not None:
        return form_of_pair(replaces)
    return form_of_search(settles) if settles else ""


class SynonymFilter(StrEnum):
    """Filter of the list of synonym pairs: in force, suggested, or closed."""

    IN_FORCE = "in_force"
    SUGGESTED = "suggested"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PairRow:
    """Row of the list: stored pair, suggestion, or (if both are None) an unsaved new pair.

    ``form`` is the id of the form that edits the pair.
    """

    form: str
    pair: Synonym
    kept: KeptSynonym | None = None
    suggestion: SynonymSuggestion | None = None

    @property
    def is_new(self) -> bool:
        """Whether the pair is an unsaved new one."""
        return self.kept is None and self.suggestion is None

    @property
    def is_in_force(self) -> bool:
        return self.kept is not None and self.kept.closed_at is None

    @property
    def begun(self) -> BegunSynonym:
        """Returns the initial content of the form for this pair."""
        kept, suggestion = self.kept, self.suggestion
        return BegunSynonym(
            self.form,
            self.pair,
            self.pair,
            None if kept is None else self.pair,
            "" if suggestion is None else suggestion.rewording.query,
            is_of_closed=kept is not None and kept.closed_at is not None,
        )


def row_of(kept: KeptSynonym) -> PairRow:
    return PairRow(form_of_pair(kept.pair), kept.pair, kept)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Stored pairs and suggestions read from the directory."""

    kept: tuple[KeptSynonym, ...] = ()
    suggested: tuple[SynonymSuggestion, ...] = ()

    def rows(self, begun: Sequence[BegunSynonym]) -> dict[SynonymFilter, tuple[PairRow, ...]]:
        """Returns the rows for each filter; unsaved new pairs precede the pairs in force."""
        kept = tuple(map(row_of, self.kept))
        suggested = tuple(
            PairRow(form_of_search(one.rewording.query), one.pair, None, one)
            for one in self.suggested
        )
        known = {row.form for row in (*kept, *suggested)}
        new = (PairRow(one.form, one.pair) for one in reversed(begun) if one.form not in known)
        in_force = (row for row in kept if row.is_in_force)
        return {
            SynonymFilter.IN_FORCE: (*new, *in_force),
            SynonymFilter.SUGGESTED: suggested,
            SynonymFilter.CLOSED: tuple(row for row in kept if not row.is_in_force),
        }


def fits(query: str, row: PairRow) -> bool:
    """Whether the pair matches the query: both sides together contain each word.

    New pairs always match.
    """
    text = fold(f"{row.pair.phrase} {row.pair.meaning}")
    return row.is_new or all(word in text for word in fold(query).split())


def in_words(row: PairRow, number: int, begun: Collection[str], zone: ZoneInfo) -> HistoryRow:
    """Returns the display texts of a list row; ``begun`` has the ids of forms with unsaved
    input.
    """
    word, icon, role = finding_words.synonym_mark(row.kept, row.suggestion)
    if row.form in begun:
        word, icon, role = directory_editor_words.draft(), "note-pencil", "warn"
    has_both = bool(row.pair.phrase.strip() and row.pair.meaning.strip())
    return HistoryRow(
        number=number,
        what=finding_words.synonym(row.pair) if has_both else finding_words.new_pair(row.pair),
        who=_who(row, zone),
        version=word,
        icon=icon,
        role=role,
    )


def _who(row: PairRow, zone: ZoneInfo) -> str:
    if row.suggestion is not None:
        return finding_words.found_instead(row.suggestion.title)
    return (
        "" if row.kept is None else finding_words.given(row.kept.by, row.kept.at.astimezone(zone))
    )


LOOK_MS = 300  # pause in typing before the preview is updated
SHOWN_HITS = 3
ONE_WAY, BOTH_WAYS = "one", "both"


class SynonymsPort(Protocol):
    """Directory operations for synonyms; called on worker threads."""

    def kept_synonyms(self) -> tuple[KeptSynonym, ...]: ...

    def synonym_suggestions(self, limit: int = ...) -> tuple[SynonymSuggestion, ...]: ...

    def find(self, text: str, limit: int = ...) -> SearchResult: ...

    def put_synonyms(self, pairs: tuple[Synonym, ...], *, by: str = ...) -> None: ...

    def replace_synonym(self, old: Synonym, new: Synonym, *, by: str = ...) -> None: ...

    def close_synonym(self, pair: Synonym, *, by: str = ...) -> bool: ...

    def answer_found(self, query: str) -> None: ...


@dataclass(frozen=True, slots=True)
class SynonymsState:
    """View state of the section; if ``chosen`` is -1, the form shows a new pair.

    ``found_again`` is the note about input restored from a previous session. ``can_drop`` states
    whether the form has unsaved input.
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
    can_drop: bool = False


class SynonymsPresenter(QObject):
    """Presenter of the pair list, its search, the form, and the preview. GUI thread only.

    Each editor has separate forms. Unsaved input of a pair is retained while its editor views other
    pairs.
    """

    changed = Signal(object)  # SynonymsState
    stored = Signal()  # failed searches may have been resolved
    typed = Signal()  # the input may have changed
    sent = Signal()  # the input was stored
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
        new_id: Callable[[], UUID] = uuid4,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._outcomes = DirectoryOutcomes(deliveries, self._not_read)
        self._operator = operator
        self._zone = zone
        self._new_id = new_id
        self._clock = clock
        self._writes = DirectoryWrites(writer, deliveries, self.told.emit)
        self._loaded = Loaded()
        self._query = ""
        self._rows: tuple[PairRow, ...] = ()
        self._chosen: PairRow | None = None
        self._follows = ""  # form that will replace another editor's version
        self._of = operator().id
        self._form = BegunSynonym(str(new_id()))  # initial content, and time of saving
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
        """Reloads pairs and suggestions."""
        future = self._readers.submit(
            lambda: Loaded(self._directory.kept_synonyms(), self._directory.synonym_suggestions())
        )
        self._outcomes.read(future, self._take)

    def _not_read(self, error: Exception) -> None:
        self.told.emit(Notice(*directory_words.not_read(error), problem=True))

    def _take(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._find_replaced()
        follows, self._follows = self._follows, ""
        kept = None if self._chosen is None else self._chosen.kept
        if follows == self._form.form and kept is not None:
            self._form = self._form.over(kept)
        self._list()

    # --- list ---

    def set_query(self, text: str) -> None:
        """Lists the pairs that contain the words of this text."""
        self._query = text
        self._list()

    def set_filter(self, name: str) -> None:
        """Lists the pairs of a filter: in force, suggested, or closed."""
        self._state = replace(self._state, filter=SynonymFilter(name))
        self._list()

    def choose(self, index: int) -> None:
        """Loads the pair in this row into the form, with the editor's unsaved input."""
        if 0 <= index < len(self._rows):
            row = self._rows[index]
            begun = self._begun.get(self._of, row.form)
            self._chosen = row
            self._fill(row.begun if begun is None else begun)

    # --- form ---

    def begin(self, phrase: str = "", meaning: str = "") -> None:
        """Opens the form of a new pair.

        With ``phrase``, the pair is for this failed search; unsaved input for the search is
        restored.
        """
        pair = Synonym(phrase, meaning)
        form = form_of_search(phrase) if phrase else str(self._new_id())
        begun = self._begun.get(self._of, form) if phrase else None
        self._chosen = None
        self._fill(BegunSynonym(form, pair, pair, settles=phrase) if begun is None else begun)

    def drop(self) -> None:
        """Discards the unsaved input of the form and shows the stored pair again."""
        if not self._state.can_drop:
            return
        self._begun.forget(self._of, self._form.form)
        self.sent.emit()
        row = self._chosen
        if row is None or row.is_new:
            self.begin()
        else:
            self._fill(row.begun)

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
        self._list()

    def _resume(self) -> None:
        """Shows the pair that the signed-in editor changed last and has not saved."""
        begun = self._begun.all(self._of)
        self._chosen = None
        self._fill(begun[-1] if begun else BegunSynonym(str(self._new_id())))
        self._find_replaced()
        self._list()

    def _find_replaced(self) -> None:
        """Selects the stored pair that the form replaces, in its current version."""
        replaces = self._form.replaces
        if replaces is None:
            return
        for one in self._loaded.kept:
            if (one.pair.phrase, one.pair.meaning) == (replaces.phrase, replaces.meaning):
                self._chosen = row_of(one)

    def _note(self) -> None:
        """Stores the input of the form as unsaved input."""
        state, was_typed = self._state, self._is_typed
        pair = Synonym(state.phrase, state.meaning, state.ways == BOTH_WAYS)
        begun = replace(self._form, pair=pair)
        self._begun.put(self._of, begun)
        if not begun.is_typed:
            self._form = replace(self._form, found_at=None)
        if was_typed != self._is_typed:
            self._list()  # the row marks unsaved input
        self.typed.emit()

    @property
    def _is_typed(self) -> bool:
        return self._begun.get(self._of, self._form.form) is not None

    # --- saved input ---

    def signed_in(self) -> None:
        """Shows the unsaved input of the editor who has signed in (``KeepingPage``)."""
        operator = self._operator().id
        if operator != self._of:
            self._of = operator
            self._resume()

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """Returns the unsaved pairs of an editor (``KeepingPage``)."""
        return self._begun.as_kept(operator_id)

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Restores input of a previous session; input of this session is not overwritten
        (``KeepingPage``).
        """
        is_typed = bool(self._begun.all(operator_id))
        self._begun.find_again(operator_id, found)
        if operator_id == self._of and not is_typed:
            self._resume()

    # --- input ---

    def set_phrase(self, text: str) -> None:
        """Sets the phrase of the pair: an expression that callers use."""
        self._state = replace(self._state, phrase=text, problems={})
        self._note()

    def set_meaning(self, text: str) -> None:
        """Sets the meaning of the pair; its search results are previewed after a pause in
        typing.
        """
        self._state = replace(self._state, meaning=text, problems={})
        self._look.start()
        self._note()

    def set_ways(self, ways: str) -> None:
        """Sets whether the pair applies in both directions."""
        self._state = replace(self._state, ways=ways)
        self._note()

    def _look_up(self) -> None:
        self._look.stop()
        self._asked += 1
        asked, meaning = self._asked, self._state.meaning.strip()
        if meaning:
            future = self._readers.submit(self._directory.find, meaning, SHOWN_HITS)
            self._outcomes.read(future, lambda found: self._looked_up(asked, found))

    def _looked_up(self, asked: int, found: SearchResult) -> None:
        if asked == self._asked:
            titles = [hit.title for hit in found.hits]
            text = finding_words.meaning_finds(titles)
            self._state = replace(self._state, found=text, finds_nothing=not titles)
            self.changed.emit(self._state)

    # --- writing ---

    def _may_edit(self) -> bool:
        return may(self._operator().role, Action.EDIT_DIRECTORY)

    def save(self) -> None:
        """Stores the pair of the form; if a stored pair is selected, it is replaced."""
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
        if old is not None and self._form != (now := self._form.over(old)):
            # Another editor has changed the stored pair. Warns now; saving again replaces the new
            # state.
            self._form = now
            is_given = old.closed_at is None
            who = old.by if is_given else old.closed_by
            self._tell_overtaken(EditOvertaken(who, old.closed_at or old.at))
            return
        form, settles, operator = self._form.form, self._form.settles, self._operator()
        by = operator.name

        def work() -> None:
            if old is not None and old.closed_at is None:
                self._directory.replace_synonym(old.pair, pair, by=by)
            else:
                self._directory.put_synonyms((pair,), by=by)
            if settles:
                self._directory.answer_found(settles)

        self._writes.write(
            work,
            lambda _none: self._saved(pair, form, operator),
            lambda error: self._not_saved(error, form),
        )

    def _tell_overtaken(self, overtaken: EditOvertaken) -> None:
        head, body = directory_words.not_written(overtaken)
        self.told.emit(Notice(head, body, problem=True))

    def _not_saved(self, error: Exception, form: str) -> None:
        """Handles a failed save.

        If another editor has changed the pair first, the input is applied to the changed pair. The
        editor sees a notice about the other change and must save again.
        """
        if isinstance(error, EditOvertaken):
            self._follows = form
            self.reload()

    def _problems(self, phrase: str, meaning: str) -> dict[str, str]:
        problems = {
            name: finding_words.side_is_empty(name)
            for name, text in (("phrase", phrase), ("meaning", meaning))
            if not folded_words(text)
        }
        if not problems and folded_words(phrase) == folded_words(meaning):
            problems["meaning"] = finding_words.sides_are_the_same()
        return problems

    def _saved(self, pair: Synonym, form: str, operator: Operator) -> None:
        """Clears the form after the pair is stored: a second Ctrl+Enter must not write it again."""
        self.told.emit(Notice(finding_words.synonym_saved(pair), finding_words.synonym_works()))
        self._begin_anew(form, operator)

    def _begin_anew(self, form: str, operator: Operator) -> None:
        """Removes the stored or closed pair's input; clears the form if it still shows that
        pair.
        """
        self._begun.forget(operator.id, form)
        self.sent.emit()
        self.stored.emit()
        if operator.id == self._of and form == self._form.form:
            self.begin()
        self.reload()

    def close(self) -> None:
        """Closes the selected pair, or declines the selected suggestion, which is not made
        again.
        """
        row = self._chosen
        if row is None or self._writes.is_busy or not self._state.may_close:
            return
        operator = self._operator()
        by = operator.name
        if row.suggestion is not None:
            query = row.suggestion.rewording.query
            self._writes.write(
                lambda: self._directory.answer_found(query),
                lambda _none: self._closed(finding_words.suggestion_declined(), row.form, operator),
            )
            return
        self._writes.write(
            lambda: self._directory.close_synonym(row.pair, by=by),
            lambda _was_there: self._closed(
                finding_words.synonym_closed(row.pair), row.form, operator
            ),
        )

    def _closed(self, text: str, form: str, operator: Operator) -> None:
        self.told.emit(Notice(text))
        self._begin_anew(form, operator)

    # --- view state ---

    def _list(self) -> None:
        """Builds the rows; called when pairs, query or filter change, not at every selection."""
        begun = self._begun.all(self._of)
        listed = self._loaded.rows(begun)
        self._rows = tuple(row for row in listed[self._state.filter] if fits(self._query, row))
        forms = {one.form for one in begun}
        self._state = replace(
            self._state,
            rows=tuple(
                in_words(row, number, forms, self._zone)
                for number, row in enumerate(self._rows, start=1)
            ),
            counts={name: sum(not row.is_new for row in rows) for name, rows in listed.items()},
        )
        self._show()

    def _show(self) -> None:
        chosen, form = self._chosen, self._form.form
        self._state = replace(
            self._state,
            chosen=next((at for at, row in enumerate(self._rows) if row.form == form), -1),
            status="" if chosen is None else self._status(chosen),
            may_close=chosen is not None
            and (chosen.suggestion is not None or chosen.is_in_force)
            and self._may_edit(),
            found_again=self._found_again(),
            can_drop=self._is_typed,
        )
        self.changed.emit(self._state)

    def _found_again(self) -> str:
        at = self._form.found_at
        if at is None:
            return ""
        now = self._clock().astimezone(self._zone)
        return drafts.found_again(formats.moment(at.astimezone(self._zone), now))

    def _status(self, row: PairRow) -> str:
        if row.suggestion is not None:
            return finding_words.suggested_because(row.suggestion)
        if row.kept is None or row.kept.closed_at is None:
            return ""
        return finding_words.closed_by(
            row.kept.closed_by, row.kept.closed_at.astimezone(self._zone)
        )
