"""What an editor types of proposals and has not sent, and how it is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sync.register.kept_words import FormPlace, KeptForm, KeptWords, Typed

PARTS = ("entry", "parent", "name", "owner", "participants", "route", "organ")
_NEW = FormPlace(KeptForm.PROPOSAL)


def _empty() -> dict[str, str]:
    return dict.fromkeys(PARTS, "")


@dataclass(slots=True)
class BegunProposals:
    """Of one editor: the parts of a new proposal, and by proposal why it is declined.

    ``offered`` is what the new one began with by itself. ``found_at`` is when an earlier start has
    written it, by proposal; that of the new one has no name.
    """

    new: dict[str, str] = field(default_factory=_empty)
    offered: dict[str, str] = field(default_factory=_empty)
    reasons: dict[str, str] = field(default_factory=dict)
    found_at: dict[str, datetime] = field(default_factory=dict)

    @property
    def is_new_typed(self) -> bool:
        """Whether a part of the new one is another than it began with."""
        return any(text.strip() and text != self.offered[name] for name, text in self.new.items())

    def begin(self, fields: Mapping[str, str]) -> None:
        """Begin a new one with these parts; the others stay empty."""
        self.new = _empty() | dict(fields)
        self.offered = dict(self.new)
        self.found_at.pop("", None)

    def set_reason(self, proposal_id: str, text: str) -> None:
        """Have why it is declined, or nothing."""
        self.reasons.pop(proposal_id, None)
        if text.strip():
            self.reasons[proposal_id] = text
        else:
            self.found_at.pop(proposal_id, None)

    def as_kept(self, decided: Collection[str]) -> dict[FormPlace, Typed]:
        """What stands on the disk of it; of those that are decided nothing."""
        new = {_NEW: Typed(dict(self.new))} if self.is_new_typed else {}
        return new | {
            FormPlace(KeptForm.PROPOSAL, id): Typed({"reason": text})
            for id, text in self.reasons.items()
            if id not in decided
        }

    def find_again(self, found: Sequence[KeptWords]) -> None:
        """Take what an earlier start left, where nothing is typed."""
        for kept in found:
            id, words = kept.place.subject, kept.typed.words
            if id and id not in self.reasons:
                self.set_reason(id, words["reason"])
                self.found_at[id] = kept.at
            elif not id and not self.is_new_typed:
                self.begin({})
                self.new |= {name: words[name] for name in PARTS}
                self.found_at[id] = kept.at
