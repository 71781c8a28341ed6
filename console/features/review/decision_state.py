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
    """Decision that the reviewer is preparing; NONE while the message is only read."""

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
    """View state of a similar earlier message.

    `may_repeat` is True while the answer deadline of the earlier message runs (clause 6.4).
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
    """View state of the message as the public sees it; `text` is None if the message is not
    public.
    """

    head: str
    lines: tuple[tuple[str, str], ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionState:
    """View state of the decision column; `problem` is the reason why the decision is not possible.

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
    """Returns the view state of a similar earlier message."""
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
    """Returns the message as the public sees it (clauses 6.9 and 6.11).

    Names are never shown; for a non-public message, the view contains only the reason.
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
"""Operator id and message id; None if no message is open."""


@dataclass(frozen=True, slots=True)
class BegunReview:
    """Unsaved review input of one message, restored when the message is opened again.

    `added` and `cleared` are confidentiality kinds (clause 6.12) selected or cleared but not yet
    saved. `organ` is an authority other than the prescribed one, `why` the reason for it,
    `official` its notified official. `corrected` contains unsaved "place", "date" and "time",
    `over` the values of the message when the input was made. `found_at` is the time when a previous
    session saved this input.
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
        """Whether the review of the message has unsaved input."""
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
    """Unsaved review input by operator and message; implements `KeepingPage`. GUI thread only."""

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
        """Closes the message of the previous operator; its input is retained."""
        if self._open is not None and self._open[0] != self._operator().id:
            self._open = None

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """Returns the operator's input for messages whose decision is not saved yet."""
        return {
            FormPlace(KeptForm.REVIEW, str(message_id)): one.as_kept()
            for message_id, one in self._of.get(operator_id, {}).items()
        }

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Restores input saved by a previous session, except for messages that have newer input."""
        left = {UUID(kept.place.subject): _begun(kept) for kept in found}
        self._of[operator_id] = left | self._of.get(operator_id, {})
        if operator_id == self._operator().id:
            self.found.emit()

    # --- message under decision ---

    @property
    def begun(self) -> BegunReview:
        """Input for the open message of the signed-in operator; an empty `BegunReview` if no
        message is open.
        """
        if self._open is None:
            return BegunReview()
        operator_id, message_id = self._open
        return self._of.get(operator_id, {}).get(message_id, BegunReview())

    def open(self, message_id: UUID) -> None:
        """Makes the message the open one of the signed-in operator.

        Input is recorded only after `note` has received the restored decision.
        """
        self._open, self._state = (self._operator().id, message_id), None

    def note(self, state: DecisionState) -> None:
        """Records the input of the decision and of the fields for the open message."""
        self._state = state
        message = self._review.message
        if self._open is not None and message is not None and message.id == self._open[1]:
            self._put(*self._open, self._typed(state))

    def _note_again(self) -> None:
        if self._state is not None:
            self.note(self._state)

    @property
    def whose(self) -> Whose:
        """Operator and message that are open now; None if no message is open.

        Read it when a decision starts: another message may be open when the decision completes.
        """
        return self._open

    def forget(self) -> None:
        """Discards the input of the open message, which the operator releases."""
        if self._open is not None:
            self.decided(*self._open)

    def decided(self, operator_id: UUID, message_id: UUID) -> None:
        """Removes the input for a message whose decision was saved or discarded."""
        self._put(operator_id, message_id, BegunReview())
        if self._open == (operator_id, message_id):
            self._open = None

    def marked(self, operator_id: UUID, message_id: UUID) -> None:
        """Removes confidentiality kinds (clause 6.12) that are now saved; other input is
        retained.
        """
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
            # While the confidentiality kinds are not shown, new findings must not count as operator
            # input.
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
        # These fields are missing in data saved by the previous version.
        official=words.get("official", ""),
        told_on=words.get("told_on", ""),
        corrected=dict(words["corrected"]),
        over=dict(words.get("over", {})),  # missing in older data
        found_at=kept.at,
    )
