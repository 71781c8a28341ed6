"""Decision of the operator on a message or its answer, with a draft that survives a restart.

GUI thread only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import drafts
from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.view_data import LONG_S, Notice
from console.features.answers import decision_words
from console.features.answers.form import TakePort
from console.features.answers.presenter import AnswerAction, reader_of_note
from console.shared.messages import step_words
from console.shared.messages import words as messages_words
from console.shared.messages.audience_words import INSIDE, Reader
from console.shared.messages.message_detail import AnswerBlock, Listed, Naming, answer_blocks
from console.shared.messages.notice_preview import NoticePreviewPresenter
from console.shared.messages.organ_choice import OrganChoice, OrganChoiceState
from sync.errors import StoreError
from sync.register.checks.finding import Finding
from sync.register.handling.answers import AnswerKind, Rating
from sync.register.handling.events import Step, person
from sync.register.handling.form_drafts import FormPlace, KeptForm, KeptWords, Typed
from sync.register.handling.handled import StepDone
from sync.register.handling.history import StepRefused
from sync.register.handling.needs import Need
from sync.register.handling.step_facts import (
    Explained,
    Facts,
    NoFacts,
    Rated,
    Routed,
    VotesCounted,
)
from sync.register.messages import State
from sync.register.people.operators import Operator


@dataclass(frozen=True, slots=True)
class BegunDecision:
    """Draft of a decision, restored when its action is started again for the message.

    ``reason`` explains why another authority was selected than the one prescribed for the topic;
    ``official`` is the informed official. ``found_at`` is the time when the draft was saved in a
    previous session; None for a draft of this session.
    """

    note: str = ""
    rating: Rating | None = None
    organ: str = ""
    reason: str = ""
    official: str = ""
    told_on: str = ""
    found_at: datetime | None = None

    @property
    def is_typed(self) -> bool:
        """Whether the draft has a note, a reason or an official; a selection alone is not saved."""
        return bool(self.note.strip() or self.reason.strip() or self.official)

    def words(self) -> dict[str, Any]:
        rating = None if self.rating is None else self.rating.value
        return {
            "note": self.note,
            "rating": rating,
            "organ": self.organ,
            "reason": self.reason,
            "official": self.official,
            "told_on": self.told_on,
        }


class BegunDecisions:
    """Drafts of decisions by operator, message and action."""

    def __init__(self) -> None:
        self._of: dict[UUID, dict[tuple[UUID, AnswerAction], BegunDecision]] = {}

    def get(self, operator_id: UUID, message_id: UUID, action: AnswerAction) -> BegunDecision:
        """Returns the draft of the decision; an empty draft if none is stored."""
        return self._of.get(operator_id, {}).get((message_id, action), BegunDecision())

    def put(
        self, operator_id: UUID, message_id: UUID, action: AnswerAction, begun: BegunDecision
    ) -> None:
        """Stores the draft; an empty draft removes the stored one."""
        own = self._of.setdefault(operator_id, {})
        own.pop((message_id, action), None)
        if begun.is_typed:
            own[message_id, action] = begun

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Adds drafts of a previous session; drafts of this session have priority."""
        left = {
            (UUID(kept.place.subject), AnswerAction(action)): _begun(words, kept.at)
            for kept in found
            for action, words in kept.typed.words.items()
        }
        self._of[operator_id] = left | self._of.get(operator_id, {})

    def messages_of(self, operator_id: UUID) -> frozenset[UUID]:
        """Returns the messages for which the operator has a draft."""
        return frozenset(message_id for message_id, _action in self._of.get(operator_id, {}))

    def as_kept(self, operator_id: UUID) -> dict[FormPlace, Typed]:
        """Returns the operator's drafts for saving, one record per message with all its actions."""
        words: dict[UUID, dict[str, Any]] = {}
        for (message_id, action), one in sorted(self._of.get(operator_id, {}).items()):
            words.setdefault(message_id, {})[action.value] = one.words()
        return {
            FormPlace(KeptForm.DECISION, str(message_id)): Typed(actions)
            for message_id, actions in words.items()
        }


def _begun(words: Mapping[str, Any], at: datetime) -> BegunDecision:
    rating = words["rating"]
    return BegunDecision(
        note=words["note"],
        rating=None if rating is None else Rating(rating),
        organ=words["organ"],
        reason=words["reason"],
        # Absent in drafts saved by the previous version.
        official=words.get("official", ""),
        told_on=words.get("told_on", ""),
        found_at=at,
    )


_WITH_ORGAN = (AnswerAction.ROUTE, AnswerAction.REWORK, AnswerAction.FORWARD)
_WITH_NOTE = (AnswerAction.RETURN, AnswerAction.WITHHOLD)
_WITH_ANSWER = (AnswerAction.RETURN, AnswerAction.RATE, AnswerAction.REWORK)
_TELLS = (
    AnswerAction.SEND,
    AnswerAction.RETURN,
    AnswerAction.ROUTE,
    AnswerAction.REWORK,
    AnswerAction.FORWARD,
    AnswerAction.PUBLISH,
)
PREVIEW_MS = 300
_AT_ORGAN = frozenset({State.AT_ORGAN, State.REWORK, State.PASSED_ON})


@dataclass(frozen=True, slots=True)
class DecisionState:
    """View state of the decision panel; ``problems`` has error texts under "note", "rating" and "".

    ``lead`` describes the effects, ``warning`` the facts to check before confirming. The preview is
    shown if the decision sends a notification. ``found_again`` is the note about a draft of a
    previous session.
    """

    action: AnswerAction | None = None
    number: str = ""
    message_text: str = ""
    heading: str = ""
    lead: tuple[str, ...] = ()
    warning: str = ""
    answer: AnswerBlock | None = None
    asks_note: bool = False
    note: str = ""
    note_reader: Reader = INSIDE
    asks_rating: bool = False
    rating: Rating | None = None
    asks_organ: bool = False
    tells: bool = False
    is_busy: bool = False
    problems: Mapping[str, str] = field(default_factory=dict)
    found_again: str = ""

    @property
    def asks_remarks(self) -> bool:
        """Whether the note contains the author's remarks, which a negative rating requires."""
        return self.asks_rating and self.rating is Rating.BAD


class AnswerDecisions(QObject):
    """Presenter of the decision panel, one decision at a time. GUI thread only.

    Drafts for other messages and of other operators are retained.
    """

    changed = Signal(object)  # DecisionState
    left_to_another = Signal()  # another operator signed in; the panel is empty
    taken = Signal(object)  # StepDone
    incomplete = Signal()
    told = Signal(object)  # Notice

    def __init__(
        self,
        handling: TakePort,
        organ: OrganChoice,
        preview: NoticePreviewPresenter,
        naming: Naming,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._handling = handling
        self.organ = organ
        self.preview = preview
        self._naming = naming
        self._deliveries = deliveries
        self._operator = operator
        self._listed: Listed | None = None
        self._of = operator().id
        self._begun = BegunDecisions()
        self._found_at: datetime | None = None
        self._state = DecisionState()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PREVIEW_MS)
        self._pause.timeout.connect(self.look_at_notice)
        organ.changed.connect(lambda _state: self._organ_changed())

    @property
    def state(self) -> DecisionState:
        return self._state

    def begin(self, action: AnswerAction, listed: Listed, found: tuple[Finding, ...] = ()) -> None:
        """Opens the panel for an action: its effects and its input fields.

        ``found`` are the findings under 6.12 in the latest answer, shown before the answer is sent.
        """
        self._listed = None  # ignores signals of the previous decision
        handled, standing = listed.handled, listed.handled.standing
        begun = self._begun.get(self._of, handled.id, action)
        self._found_at = begun.found_at
        answers = answer_blocks(handled, self._naming)
        has_answer = action in _WITH_ANSWER and bool(answers)
        texts = tuple(dict.fromkeys(one.text for one in found))
        warned = action is AnswerAction.SEND and bool(texts)
        self._state = DecisionState(
            action=action,
            number=str(handled.record.number),
            message_text=standing.contents.text,
            heading=decision_words.heading(action.value, is_at_organ=standing.organ is not None),
            lead=decision_words.lead(
                action.value,
                standing,
                handled.record.email,
                self._naming.organ(standing.organ) if standing.organ else "",
            ),
            warning=messages_words.confidential_line(texts) if warned else "",
            answer=answers[0] if has_answer else None,
            asks_note=action in _WITH_NOTE or begun.rating is Rating.BAD,
            note=begun.note,
            note_reader=reader_of_note(action, has_organ=standing.organ is not None),
            asks_rating=action is AnswerAction.RATE,
            rating=begun.rating,
            asks_organ=self._begin_organ(action, listed, begun),
            tells=action in _TELLS,
            found_again=self._found_again(),
        )
        self._listed = listed
        self.changed.emit(self._state)
        self.preview.clear()
        self.look_at_notice()

    def _begin_organ(self, action: AnswerAction, listed: Listed, begun: BegunDecision) -> bool:
        standing, contents = listed.handled.standing, listed.handled.standing.contents
        if action not in _WITH_ORGAN:
            return False
        if action is AnswerAction.FORWARD and standing.organ is not None:
            return False  # the message already has an authority, which is notified
        away = action is AnswerAction.ROUTE and standing.state in _AT_ORGAN
        self.organ.begin(
            contents.topic,
            contents.category,
            organ=begun.organ or ("" if away else standing.organ or ""),
            reason=begun.reason,
            official=begun.official,
            told_on=begun.told_on,
            away_from=standing.organ or "" if away else "",
            registered_at=standing.registered_at,
        )
        return True

    def leave(self) -> None:
        """Cancels the decision and discards its draft."""
        listed, action = self._listed, self._state.action
        if listed is not None and action is not None:
            self._begun.put(self._of, listed.handled.id, action, BegunDecision())
        self._close()

    def _close(self) -> None:
        self._listed, self._found_at = None, None
        self._state = DecisionState()
        self.preview.clear()
        self.changed.emit(self._state)

    def signed_in(self) -> None:
        """Closes the previous operator's decision if another operator has signed in; its draft is
        saved.
        """
        operator = self._operator().id
        if operator != self._of:
            self._of = operator
            self._close()
            self.left_to_another.emit()

    # --- drafts ---

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """Returns the operator's drafts of unconfirmed decisions (``KeepingPage``)."""
        return self._begun.as_kept(operator_id)

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Restores the operator's drafts of a previous session (``KeepingPage``)."""
        self._begun.find_again(operator_id, found)
        listed, action = self._listed, self._state.action
        is_empty = operator_id == self._of and not self._current.is_typed
        if listed is None or action is None or not is_empty or self._state.is_busy:
            self.changed.emit(self._state)
        elif self._begun.get(self._of, listed.handled.id, action).is_typed:
            self.begin(action, listed)
        else:  # no draft of this decision: its warning stays visible
            self.changed.emit(self._state)

    @property
    def begun_about(self) -> frozenset[UUID]:
        """Messages for which the signed-in operator has a draft decision."""
        return self._begun.messages_of(self._of)

    @property
    def _current(self) -> BegunDecision:
        state = self._state
        organ = self.organ.state if state.asks_organ else OrganChoiceState()
        return BegunDecision(
            state.note,
            state.rating,
            organ.organ,
            organ.reason,
            organ.official,
            organ.told_on,
            self._found_at,
        )

    def _found_again(self) -> str:
        at = self._found_at
        return "" if at is None else drafts.found_again(self._naming.moment(at))

    # --- preview of the notification ---

    def _look_soon(self) -> None:
        """Updates the notification preview after a pause in typing."""
        if self._state.tells:
            self._pause.start()

    def look_at_notice(self) -> None:
        """Updates the preview of the notification that the decision would send."""
        self._pause.stop()
        listed, action = self._listed, self._state.action
        if listed is not None and action is not None and self._state.tells:
            self.preview.show(listed.handled, (self._as_it_stands(action, listed),))

    def _as_it_stands(self, action: AnswerAction, listed: Listed) -> tuple[Step, Facts]:
        """Returns the message action for the current input, which may be incomplete."""
        standing, organ = listed.handled.standing, self.organ.state
        if action is AnswerAction.FORWARD:
            users = 0 if listed.votes is None else listed.votes.users_in_time
            return Step.FORWARD_BY_VOTES, VotesCounted(users, standing.organ or organ.organ)
        if action in _WITH_ORGAN:
            own = None if organ.needs_reason else organ.organ
            return _routing(action, listed), Routed(organ.organ, own, organ.reason)
        if action is AnswerAction.RETURN:
            return Step.RETURN_ANSWER, Explained(self._state.note.strip())
        step = Step.PUBLISH if action is AnswerAction.PUBLISH else _sending(listed)
        return step, NoFacts()

    # --- input ---

    def set_note(self, text: str) -> None:
        self._edit(replace(self._state, note=text, problems={}))
        self._look_soon()

    def set_rating(self, name: str) -> None:
        rating = Rating(name)
        is_bad = rating is Rating.BAD
        self._edit(replace(self._state, rating=rating, asks_note=is_bad, problems={}))

    def _organ_changed(self) -> None:
        if self._state.asks_organ:
            self._edit(self._state)
        self._look_soon()

    def _edit(self, state: DecisionState) -> None:
        """Shows the input and stores it as a draft."""
        self._state = state
        if self._listed is None or state.action is None:
            return
        if not self._current.is_typed:
            self._found_at = None
        self._begun.put(self._of, self._listed.handled.id, state.action, self._current)
        self._state = replace(state, found_again=self._found_again())
        self.changed.emit(self._state)

    # --- confirmation ---

    def confirm(self) -> None:
        """Checks the input and executes the decision; errors are shown at their fields."""
        listed, action = self._listed, self._state.action
        if listed is None or action is None or self._state.is_busy:
            return
        asked = self._step(action, listed)
        if asked is None:
            return
        step, facts = asked
        by = self._operator()
        self._state = replace(self._state, is_busy=True)
        self.changed.emit(self._state)
        self._deliveries.deliver(
            self._handling.take(listed.handled.id, step, person(by), facts),
            lambda outcome: self._decided(outcome, listed, action, by),
            lambda _error: self._not_written(listed, action, by),
            expected=(StoreError,),
        )

    def _step(self, action: AnswerAction, listed: Listed) -> tuple[Step, Facts] | None:
        match action:
            case AnswerAction.SEND:
                return _sending(listed), NoFacts()
            case AnswerAction.RETURN:
                return Step.RETURN_ANSWER, Explained(self._state.note.strip())
            case AnswerAction.WITHHOLD:
                return Step.WITHHOLD, Explained(self._state.note.strip())
            case AnswerAction.PUBLISH:
                return Step.PUBLISH, NoFacts()
            case AnswerAction.CLOSE:
                return Step.CLOSE, NoFacts()
            case AnswerAction.RATE:
                return self._rating()
            case AnswerAction.ROUTE | AnswerAction.REWORK:
                routed = self._chosen_organ()
                return None if routed is None else (_routing(action, listed), routed)
            case AnswerAction.FORWARD:
                return self._forwarding(listed)
            case AnswerAction.ENTER:
                return None  # an answer is entered in the answer form

    def _rating(self) -> tuple[Step, Facts] | None:
        rating = self._state.rating
        if rating is None:
            self._state = replace(self._state, problems={"rating": decision_words.choose_rating()})
            self.changed.emit(self._state)
            self.incomplete.emit()
            return None
        if rating is Rating.BAD:
            return Step.RATE_NEGATIVELY, Rated(rating, self._state.note.strip())
        return Step.RATE, Rated(rating)

    def _chosen_organ(self) -> Routed | None:
        """Returns the selected authority, or None after showing the errors at the fields (7.9)."""
        routed = self.organ.routed()
        if routed is None:
            self.incomplete.emit()
        return routed

    def _forwarding(self, listed: Listed) -> tuple[Step, Facts] | None:
        organ = listed.handled.standing.organ
        if organ is None:
            routed = self._chosen_organ()
            if routed is None:
                return None
            organ = routed.organ
        users = 0 if listed.votes is None else listed.votes.users_in_time
        return Step.FORWARD_BY_VOTES, VotesCounted(users, organ)

    def _decided(
        self, outcome: StepDone | StepRefused, listed: Listed, action: AnswerAction, by: Operator
    ) -> None:
        """Handles the result of a confirmed decision; another decision may be open by now."""
        is_open = self._is_open(listed, action, by)
        if isinstance(outcome, StepRefused):
            if is_open:
                self._state = replace(self._state, is_busy=False)
                self._refused(outcome)
            return
        self._begun.put(by.id, listed.handled.id, action, BegunDecision())
        if is_open:
            self._close()
        else:
            self.changed.emit(self._state)
        if self._of == by.id:
            self.taken.emit(outcome)

    def _is_open(self, listed: Listed, action: AnswerAction, by: Operator) -> bool:
        """Whether this decision is still open and the operator who confirmed it is still
        signed in.
        """
        shown = self._listed
        is_shown = shown is not None and shown.handled.id == listed.handled.id
        return is_shown and self._state.action is action and self._of == by.id

    def _refused(self, refusal: StepRefused) -> None:
        of_note = {Need.REASON, Need.REMARKS}
        note = [step_words.missing(one) for one in refusal.missing if one.lack in of_note]
        self._state = replace(self._state, problems={"note": " ".join(note)} if note else {})
        self.changed.emit(self._state)
        if note:
            self.incomplete.emit()
        else:
            self.told.emit(Notice(*step_words.refused(refusal), LONG_S, problem=True))

    def _not_written(self, listed: Listed, action: AnswerAction, by: Operator) -> None:
        if self._is_open(listed, action, by):
            self._state = replace(self._state, is_busy=False)
            self.changed.emit(self._state)
        head, body = core_words.store_failed_head(), core_words.store_failed_body()
        self.told.emit(Notice(head, body, LONG_S, problem=True))


def _routing(action: AnswerAction, listed: Listed) -> Step:
    """Returns the message action: rework, redirection, or first routing to an authority."""
    if action is AnswerAction.REWORK:
        return Step.SEND_TO_REWORK
    at_organ = listed.handled.standing.state in _AT_ORGAN
    return Step.REDIRECT if at_organ else Step.SEND_TO_ORGAN


def _sending(listed: Listed) -> Step:
    """Returns the message action that sends the answer; one with a promised date is a plan
    (9.6).
    """
    given = listed.handled.standing.answer
    planned = given is not None and given.answer.kind is AnswerKind.PLANNED
    return Step.SEND_PLAN if planned else Step.SEND_ANSWER
