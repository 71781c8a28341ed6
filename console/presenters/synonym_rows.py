"""The rows of the list of synonyms: pairs that are kept, suggested ones, and new ones in typing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from console import words
from console.presenters.begun_synonym import BegunSynonym, form_of_pair, form_of_search
from console.presenters.entry_state import HistoryRow
from kb.rewording import SynonymSuggestion
from kb.synonyms import KeptSynonym, Synonym
from kb.text import fold


class SynonymFilter(StrEnum):
    """Which pairs are listed."""

    IN_FORCE = "in_force"
    SUGGESTED = "suggested"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair of the list: as it is kept, as it is suggested, or in neither way one that is begun.

    ``form`` is the one that edits it.
    """

    form: str
    pair: Synonym
    kept: KeptSynonym | None = None
    suggestion: SynonymSuggestion | None = None

    @property
    def is_new(self) -> bool:
        """Whether it is begun and in no list of the directory."""
        return self.kept is None and self.suggestion is None

    @property
    def is_in_force(self) -> bool:
        return self.kept is not None and self.kept.closed_at is None

    @property
    def begun(self) -> BegunSynonym:
        """What its form begins with."""
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
    """What was read of the directory."""

    kept: tuple[KeptSynonym, ...] = ()
    suggested: tuple[SynonymSuggestion, ...] = ()

    def rows(self, begun: Sequence[BegunSynonym]) -> dict[SynonymFilter, tuple[PairRow, ...]]:
        """Those of each list; new pairs that are begun stand above those in force."""
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
    """Whether every word that is looked for stands on either side; what is new always fits."""
    text = fold(f"{row.pair.phrase} {row.pair.meaning}")
    return row.is_new or all(word in text for word in fold(query).split())


def in_words(row: PairRow, number: int, begun: Collection[str], zone: ZoneInfo) -> HistoryRow:
    """The row as the list shows it; a form of ``begun`` has something that is not saved."""
    word, icon, role = words.finding.synonym_mark(row.kept, row.suggestion)
    if row.form in begun:
        word, icon, role = words.editing.draft(), "note-pencil", "warn"
    has_both = bool(row.pair.phrase.strip() and row.pair.meaning.strip())
    return HistoryRow(
        number=number,
        what=words.finding.synonym(row.pair) if has_both else words.finding.new_pair(row.pair),
        who=_who(row, zone),
        version=word,
        icon=icon,
        role=role,
    )


def _who(row: PairRow, zone: ZoneInfo) -> str:
    if row.suggestion is not None:
        return words.finding.found_instead(row.suggestion.title)
    return (
        "" if row.kept is None else words.finding.given(row.kept.by, row.kept.at.astimezone(zone))
    )
