"""The pair of words that an editor types and has not saved, and how it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kb.synonyms import Synonym
from sync.register.kept_words import FormPlace, KeptForm, KeptWords, Typed

_PLACE = FormPlace(KeptForm.SYNONYM)
_EMPTY = Synonym("", "")


@dataclass(frozen=True, slots=True)
class BegunSynonym:
    """``offered`` is what the form began with by itself, ``replaces`` the kept pair it edits.

    ``settles`` is the search in vain that it is made of. ``found_at`` is when an earlier start has
    written it.
    """

    pair: Synonym = _EMPTY
    offered: Synonym = _EMPTY
    replaces: Synonym | None = None
    settles: str = ""
    found_at: datetime | None = None

    @property
    def is_typed(self) -> bool:
        """Whether there is anything to be kept: a direction is chosen again by a key."""
        typed = (self.pair.phrase, self.pair.meaning)
        return any(map(str.strip, typed)) and typed != (self.offered.phrase, self.offered.meaning)

    def as_kept(self) -> Typed:
        pair, replaces = self.pair, self.replaces
        return Typed(
            {
                "phrase": pair.phrase,
                "meaning": pair.meaning,
                "both_ways": pair.both_ways,
                "replaces": None if replaces is None else [replaces.phrase, replaces.meaning],
                "settles": self.settles,
            }
        )


class BegunSynonyms:
    """Of each editor the one that stands in her form."""

    def __init__(self) -> None:
        self._of: dict[UUID, BegunSynonym] = {}

    def get(self, operator_id: UUID) -> BegunSynonym:
        """What is typed; nothing where none is begun."""
        return self._of.get(operator_id, BegunSynonym())

    def put(self, operator_id: UUID, begun: BegunSynonym) -> None:
        """Have what is typed now, or nothing."""
        self._of.pop(operator_id, None)
        if begun.is_typed:
            self._of[operator_id] = begun

    def as_kept(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """What stands on the disk of it."""
        return {_PLACE: self._of[operator_id].as_kept()} if operator_id in self._of else {}

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Have what an earlier start left, where nothing is typed."""
        for kept in found:
            self._of.setdefault(operator_id, _begun(kept.typed.words, kept.at))


def _begun(words: Mapping[str, Any], at: datetime) -> BegunSynonym:
    replaces = None if words["replaces"] is None else Synonym(*words["replaces"])
    return BegunSynonym(
        pair=Synonym(words["phrase"], words["meaning"], words["both_ways"]),
        offered=_EMPTY if replaces is None else replaces,
        replaces=replaces,
        settles=words["settles"],
        found_at=at,
    )
