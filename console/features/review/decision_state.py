"""View state of a review decision, and each operator's unsaved review input by message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from console.core import formats
from console.core.text_difference import Comparison
from console.features.review import decision_words
from console.features.review.checklist import Refusal
from console.features.review.presenter import ReviewPresenter
from console.shared.messages import step_words
from console.shared.messages.classifier import Classifier
from console.shared.messages.organ_choice import OrganChoice
from console.shared.messages.terms import NO_TERM, Terms, TermState
from console.shared.texts.similar import SimilarMessage
from sync.register.checks.finding import Ground
from sync.register.handling.contents import Confidential
from sync.register.handling.form_drafts import FormPlace, KeptForm, KeptWords, Typed
from sync.register.handling.handled import HandledMessage
from sync.register.people.operators import Operator


class Mode(StrEnum):
    """Decision being made; NONE while the message is only read."""

    NONE = "none"
    REGISTER = "register"
    REFUSE = "refuse"
    DUPLICATE = "duplicate"
    ASK = "ask"
    CONFIDENTIAL = "confidential"
    CITY = "city"


MODES = {1: Mode.REGISTER, 2: Mode.REFUSE, 3: Mode.DUPLICATE, 4: Mode.ASK,
         5: Mode.CONFIDENTIAL, 6: Mode.CITY}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SimilarRow:
    """View state of an earlier message; `may_repeat` while its answer deadline runs (clause
    6.4).
    """

    key: UUID
    number: str
    score: str
    reason: str
    status: tuple[str, str, str]
    term: TermState
    category: str
    may_repeat: bool
    about: str = ""


@dataclass(frozen=True, slots=True)
class CityView:
    """Public view of the message; `text` is None if it is not public."""

    head: str
    lines: tuple[tuple[str, str], ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionState:
    """View state of the right column; `problem` is the reason why the decision is not possible.

    `begun` contains the decisions with unsaved input; `found_again` is set if the input is from a
    previous session.
    """

    mode: Mode = Mode.NONE
    outcome: str = ""
    hints: tuple[str, str, str] = ("", "", "")
    refusal: Refusal = Refusal()
    earlier: str = ""
    similar: tuple[SimilarRow, ...] = ()
    chosen: int = -1
    comparison: Comparison | None = None
    note: str = ""
    kinds: frozenset[Confidential] = frozenset()
    marked: frozenset[Confidential] = frozenset()
    reason: str = ""
    city: CityView | None = None
    problem: str = ""
    way_to_author: str = ""
    is_busy: bool = False
    begun: frozenset[Mode] = frozenset()
    found_again: str = ""


def similar_row(similar: SimilarMessage, terms: Terms, classifier: Classifier) -> SimilarRow:
    """Returns the view state of an earlier message."""
    record, standing = similar.handled.record, similar.handled.standing
    icon, role = step_words.state_mark(standing.state)
    return SimilarRow(
        key=record.id,
        number=str(record.number or ""),
        score=decision_words.score(similar.likeness.score),
        reason=decision_words.likeness(similar.likeness.reason),
        status=(step_words.state_name(standing.state), icon, role),
        term=terms.of(standing) or NO_TERM,
        category=classifier.texts.get(standing.contents.category or "", ""),
        may_repeat=similar.in_term,
        about=formats.first_line(standing.contents.text),
    )


def city_view(message: HandledMessage, classifier: Classifier) -> CityView:
    """Returns the public view: never with names, and empty for a non-public message (clauses 6.9
    and 6.11).
    """
    standing, contents = message.standing, message.standing.contents
    if not standing.may_be_public:
        return CityView(decision_words.nobody_sees(standing.publicity, standing.confidential))
    category = classifier.texts.get(contents.category or "", "")
    return CityView(
        decision_words.everybody_sees(),
        decision_words.city_lines(
            str(message.record.number or ""),
            category,
            contents.place,
            contents.event_on,
            contents.event_time,
            contents.photos,
        ),
        contents.text,
    )


Whose = tuple[UUID, UUID] | None
"""Operator id and message id."""


@dataclass(frozen=True, slots=True)
class BegunReview:
    """Unsaved review input of one message, restored when the message is opened again.

    `cleared` and `added` are pending changes of the marks of clause 6.12. `organ` and `why` are a
    body other than the topic's and the reason, `official` its notified official. `corrected`
    contains unsaved "place", "date" and "time", `over` the values of the message at the time of the
    input. `found_at` is the time when a previous session saved it.
    """

    refusal: Refusal = Refusal()
    note: str = ""
    reason: str = ""
    cleared: frozenset[Confidential] = frozenset()
    added: frozenset[Confidential] = frozenset()
    organ: str = ""
    why: str = ""
    official: str = ""
    told_on: str = ""
    corrected: Mapping[str, str] = field(default_factory=dict)
    over: Mapping[str, str] = field(default_factory=dict)
    found_at: datetime | None = None

    @property
    def is_typed(self) -> bool:
        """Whether there is input to save."""
        texts = (self.note, self.reason, self.why, self.official)
        return self.refusal.touched or bool(self.corrected) or any(map(str.strip, texts))

    @property
    def modes(self) -> frozenset[Mode]:
        """Decisions with unsaved input."""
        typed = {
            Mode.REGISTER: self.why + self.official,
            Mode.REFUSE: "refusal" if self.refusal.touched else "",
            Mode.ASK: self.note,
            Mode.CONFIDENTIAL: self.reason,
        }
        return frozenset(mode for mode, text in typed.items() if text.strip())

    def as_kept(self) -> Typed:
        refusal = self.refusal
        return Typed(
            {
                "grounds": sorted(refusal.grounds),
                "explanation": refusal.explanation,
                "proposed": refusal.proposed,
                "earlier": refusal.earlier_text,
                "touched": refusal.touched,
                "note": self.note,
                "reason": self.reason,
                "cleared": sorted(self.cleared),
                "added": sorted(self.added),
                "organ": self.organ,
                "why": self.why,
                "official": self.official,
                "told_on": self.told_on,
                "corrected": dict(self.corrected),
                "over": dict(self.over),
            }
        )


class BegunReviews(QObject):
    """Unsaved review input by operator and message; see `KeepingPage`. GUI thread only."""

    typed = Signal()  # input may have changed
    found = Signal()  # input of a previous session was restored

    def __init__(
        self,
        review: ReviewPresenter,
        organs: OrganChoice,
        *,
        operator: Callable[[], Operator],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._review = review
        self._organs = organs
        self._operator = operator
        self._of: dict[UUID, dict[UUID, BegunReview]] = {}
        self._open: Whose = None
        self._state: DecisionState | None = None  # None until the input was restored
        organs.changed.connect(lambda _state: self._note_again())
        review.typed.connect(self._note_again)

    def signed_in(self) -> None:
        """Closes the message of the previous operator; the input is retained (`KeepingPage`)."""
        if self._open is not None and self._open[0] != self._operator().id:
            self._open = None

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """Returns the input without a saved decision (`KeepingPage`)."""
        return {
            FormPlace(KeptForm.REVIEW, str(message_id)): one.as_kept()
            for message_id, one in self._of.get(operator_id, {}).items()
        }

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Restores input of a previous session where there is no newer input (`KeepingPage`)."""
        left = {UUID(kept.place.subject): _begun(kept) for kept in found}
        self._of[operator_id] = left | self._of.get(operator_id, {})
        if operator_id == self._operator().id:
            self.found.emit()

    # --- message under decision ---

    @property
    def begun(self) -> BegunReview:
        """Input for the open message of the signed-in operator; empty if there is none."""
        if self._open is None:
            return BegunReview()
        operator_id, message_id = self._open
        return self._of.get(operator_id, {}).get(message_id, BegunReview())

    def open(self, message_id: UUID) -> None:
        """Opens a message for the signed-in operator; no input is recorded before the decision is
        restored.
        """
        self._open, self._state = (self._operator().id, message_id), None

    def note(self, state: DecisionState) -> None:
        """Records the current input."""
        self._state = state
        message = self._review.message
        if self._open is not None and message is not None and message.id == self._open[1]:
            self._put(*self._open, self._typed(state))

    def _note_again(self) -> None:
        if self._state is not None:
            self.note(self._state)

    @property
    def whose(self) -> Whose:
        """Operator and message that are open now; they may have changed when a decision
        completes.
        """
        return self._open

    def forget(self) -> None:
        """Discards the input of a message that the operator has released."""
        if self._open is not None:
            self.decided(*self._open)

    def decided(self, operator_id: UUID, message_id: UUID) -> None:
        """Removes the input of a decision that was saved or discarded."""
        self._put(operator_id, message_id, BegunReview())
        if self._open == (operator_id, message_id):
            self._open = None

    def marked(self, operator_id: UUID, message_id: UUID) -> None:
        """Removes the saved marks of clause 6.12 from the input; the rest is retained."""
        begun = self._of.get(operator_id, {}).get(message_id, BegunReview())
        none: frozenset[Confidential] = frozenset()
        self._put(operator_id, message_id, replace(begun, reason="", cleared=none, added=none))

    def _put(self, operator_id: UUID, message_id: UUID, begun: BegunReview) -> None:
        own = self._of.setdefault(operator_id, {})
        own.pop(message_id, None)
        if begun.is_typed:
            own[message_id] = begun
        self.typed.emit()

    def _typed(self, state: DecisionState) -> BegunReview:
        before, organ = self.begun, self._organs.state
        marks, routes = state.mode is Mode.CONFIDENTIAL, state.mode is Mode.REGISTER
        return BegunReview(
            refusal=state.refusal if state.refusal.touched else Refusal(),
            note=state.note,
            reason=state.reason,
            # Findings that arrive while the marks are not shown are not input of the operator.
            cleared=state.marked - state.kinds if marks else before.cleared,
            added=state.kinds - state.marked if marks else before.added,
            organ=organ.organ if routes else before.organ,
            why=organ.reason if routes else before.why,
            official=organ.official if routes else before.official,
            told_on=organ.told_on if routes else before.told_on,
            corrected=self._review.unwritten,
            over=self._review.typed_over,
            found_at=before.found_at,
        )


def _begun(kept: KeptWords) -> BegunReview:
    words = kept.typed.words
    return BegunReview(
        refusal=Refusal(
            grounds=frozenset(map(Ground, words["grounds"])),
            explanation=words["explanation"],
            proposed=words["proposed"],
            earlier_text=words["earlier"],
            touched=words["touched"],
        ),
        note=words["note"],
        reason=words["reason"],
        cleared=frozenset(map(Confidential, words["cleared"])),
        added=frozenset(map(Confidential, words["added"])),
        organ=words["organ"],
        why=words["why"],
        # not saved by the previous version
        official=words.get("official", ""),
        told_on=words.get("told_on", ""),
        corrected=dict(words["corrected"]),
        over=dict(words.get("over", {})),  # not saved by the previous version
        found_at=kept.at,
    )
