"""The pairs of words that an editor types and has not saved, and how they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from kb.synonyms import KeptSynonym, Synonym
from sync.register.kept_words import FormPlace, KeptForm, KeptWords, Typed

_EMPTY = Synonym("", "")


def form_of_pair(pair: Synonym) -> str:
    """Which form the edit of this pair is; the same one in every start."""
    return str(uuid5(NAMESPACE_OID, f"{pair.phrase}\n{pair.meaning}"))


def form_of_search(query: str) -> str:
    """Which form a pair for this search in vain is."""
    return str(uuid5(NAMESPACE_OID, query))


@dataclass(frozen=True, slots=True)
class BegunSynonym:
    """``form`` tells those apart that one editor has begun.

    ``offered`` is what the form began with by itself, ``replaces`` the kept pair it edits, as that
    was then, ``is_of_closed`` whether it held no more. ``settles`` is the search in vain that it is
    made of. ``found_at`` is when an earlier start has written it.
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
        """Whether there is anything to be kept: a direction is chosen again by a key."""
        typed = (self.pair.phrase, self.pair.meaning)
        return any(map(str.strip, typed)) and typed != (self.offered.phrase, self.offered.meaning)

    def over(self, kept: KeptSynonym) -> BegunSynonym:
        """The same, typed over the kept pair as it is now."""
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
    """Of each editor those that she has begun, the last one typed at the end."""

    def __init__(self) -> None:
        self._of: dict[UUID, dict[str, BegunSynonym]] = {}

    def get(self, operator_id: UUID, form: str) -> BegunSynonym | None:
        """What is typed in this form; None where it is not begun."""
        return self._of.get(operator_id, {}).get(form)

    def all(self, operator_id: UUID) -> tuple[BegunSynonym, ...]:
        """All that she has begun, the last one typed at the end."""
        return tuple(self._of.get(operator_id, {}).values())

    def put(self, operator_id: UUID, begun: BegunSynonym) -> None:
        """Have what is typed now, or nothing."""
        own = self._of.setdefault(operator_id, {})
        own.pop(begun.form, None)
        if begun.is_typed:
            own[begun.form] = begun

    def forget(self, operator_id: UUID, form: str) -> None:
        """It is saved, or thrown away."""
        self._of.get(operator_id, {}).pop(form, None)

    def as_kept(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """What stands on the disk of them."""
        return {
            FormPlace(KeptForm.SYNONYM, form): begun.as_kept()
            for form, begun in self._of.get(operator_id, {}).items()
        }

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Have what an earlier start left, where nothing is typed."""
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
        is_of_closed=words.get("is_of_closed", False),  # the version before has not kept it
        found_at=kept.at,
    )


def _form(kept: KeptWords, replaces: Synonym | None, settles: str) -> str:
    """A program of the version before had one form, without a name."""
    if kept.place.subject:
        return kept.place.subject
    if replaces is not None:
        return form_of_pair(replaces)
    return form_of_search(settles) if settles else ""
