"""Presenters of the review decision and of the preview of its notification.

GUI thread only. Decisions: register, refuse, remove as duplicate, ask a colleague, mark as
confidential (Regulation 6.4, 7.6-7.10).
"""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from console.core import drafts, formats
from console.core.deliveries import Deliveries
from console.core.milestones import Milestone, Milestones
from console.core.text_difference import Comparison, compared
from console.core.view_data import LONG_S, Notice
from console.features.review import decision_words
from console.features.review import words as review_words
from console.features.review.checklist import Explain, Refusal, preset_refusal
from console.features.review.decision_state import (
    BegunReviews,
    DecisionState,
    Mode,
    SimilarRow,
    Whose,
    city_view,
    similar_row,
)
from console.features.review.presenter import ReviewPresenter
from console.shared.messages import audience_words, step_words
from console.shared.messages.classifier import Classifier
from console.shared.messages.message_detail import HandlingPort, Outcome
from console.shared.messages.notice_preview import NoticePreviewPresenter
from console.shared.messages.organ_choice import OrganChoice
from console.shared.messages.terms import Terms
from console.shared.texts.similar import SimilarMessage
from sync.errors import StoreError
from sync.register.checks.finding import Ground
from sync.register.handling.contents import Confidential, missing_of
from sync.register.handling.events import Step, person
from sync.register.handling.handled import Asked, HandledMessage, StepDone, registration
from sync.register.handling.step_facts import (
    ConfidentialFound,
    Explained,
    Facts,
    NoFacts,
    RefusedOn,
    Repeated,
    Routed,
)
from sync.register.numbering import RegistrationNumber, parse
from sync.register.people.operators import Operator


class DecisionPresenter(QObject):
    """Presenter of the decision on the message under review. GUI thread only."""

    changed = Signal(object)  # DecisionState
    decided = Signal(object)  # StepDone
    asked = Signal(object)  # StepDone: colleagues were asked, and the message is released
    done_behind = Signal(object)  # StepDone of an operator who is no longer signed in
    told = Signal(object)  # Notice

    def __init__(
        self,
        handling: HandlingPort,
        review: ReviewPresenter,
        organs: OrganChoice,
        begun: BegunReviews,
        terms: Terms,
        classifier: Classifier,
        explain: Explain,
        readers: Executor,
        deliveries: Deliveries,
        milestones: Milestones,
        *,
        operator: Callable[[], Operator],
        parent: QObject | None = None,
    ) -> None:
        """`explain` returns the advice to the author on corrections for the grounds for refusal."""
        super().__init__(parent)
        self._handling = handling
        self._review = review
        self._organs = organs
        self.begun = begun
        self._terms = terms
        self._classifier = classifier
        self._explain = explain
        self._readers = readers
        self._deliveries = deliveries
        self._milestones = milestones
        self._operator = operator
        self._state = DecisionState()
        self._is_confirmed = False  # registration is waiting for the text check
        review.shown.connect(self._begin)
        review.moved_on.connect(self._follow)
        begun.found.connect(self._found)

    @property
    def state(self) -> DecisionState:
        return self._state

    # --- selection of the decision ---

    def _begin(self, message: HandledMessage) -> None:
        """Shows the message without a selected decision and loads its unsaved input.

        The input becomes visible when its decision is selected.
        """
        self.begun.open(message.id)
        begun = self.begun.begun
        self.cancel()
        self._state = DecisionState(refusal=begun.refusal, note=begun.note, reason=begun.reason)
        self._review.type_again(begun.corrected, begun.over)
        self._follow(message)
        if begun.refusal.earlier_text:
            self.set_earlier(begun.refusal.earlier_text)

    def _found(self) -> None:
        message, mode = self._review.message, self._state.mode
        if message is not None and not self._state.is_busy:
            self._begin(message)
            self.choose(mode)

    def _follow(self, message: HandledMessage) -> None:
        contents = message.standing.contents
        self._organs.set_category(contents.topic, contents.category)
        state = replace(
            self._state,
            similar=self._similar_rows(),
            marked=self._marked(),
            way_to_author=audience_words.way_to_author(message.record.email),
        )
        if state.mode is Mode.REFUSE and not state.refusal.touched:
            state = replace(state, refusal=self._preset())
        if state.mode is Mode.CONFIDENTIAL and self._state.marked != state.marked:
            state = replace(state, kinds=state.kinds | state.marked)
        if state.chosen >= len(state.similar):
            state = replace(state, chosen=-1)
        if state.chosen < 0 and state.similar:
            state = replace(state, chosen=0)
        self._state = state
        self._show()

    def choose(self, mode: Mode) -> None:
        """Selects the decision to prepare; `Mode.NONE` returns to reading the message."""
        message = self._review.message
        if message is None or self._state.is_busy or mode is self._state.mode:
            return
        self.cancel()
        state = replace(self._state, mode=mode, problem="")
        match mode:
            case Mode.REGISTER:
                contents = message.standing.contents
                begun = self.begun.begun
                self._organs.begin(
                    contents.topic,
                    contents.category,
                    organ=begun.organ,
                    reason=begun.why,
                    official=begun.official,
                    told_on=begun.told_on,
                )
            case Mode.REFUSE if not state.refusal.touched:
                state = replace(state, refusal=self._preset())
            case Mode.CONFIDENTIAL:
                begun = self.begun.begun
                marked, is_begun = self._marked(), bool(state.reason.strip())
                kinds = (marked - begun.cleared) | begun.added if is_begun else marked
                state = replace(state, marked=marked, kinds=kinds)
            case _:
                pass
        self._state = state
        if mode is Mode.REFUSE:
            self._preset_earlier()
        self._show()

    def _preset(self) -> Refusal:
        message = self._review.message
        if message is None:
            return Refusal()
        similar = self._review.similar
        likest = similar[0].likeness.verdict if similar else None
        findings = self._review.findings or ()
        contents, of_photos = message.standing.contents, self._review.photo_grounds
        was_answered = self._answered_before() is not None
        return preset_refusal(contents, findings, of_photos, likest, was_answered, self._explain)

    def _answered_before(self) -> SimilarMessage | None:
        """Returns an earlier answered message of the same author on the same subject (clause
        6.3-8), or None.
        """
        similar = self._review.similar or ()
        return next((one for one in similar if one.same_author and one.was_answered), None)

    # --- refusal ---

    def toggle_ground(self, ground: Ground) -> None:
        """Adds or removes a ground for refusal."""
        if self._state.mode is Mode.REFUSE:
            refusal = self._state.refusal.toggled(ground, self._explain)
            self._state = replace(self._state, refusal=refusal, problem="")
            self._preset_earlier()
            self._show()

    def set_explanation(self, text: str) -> None:
        refusal = replace(self._state.refusal, explanation=text, touched=True)
        self._state = replace(self._state, refusal=refusal, problem="")
        self._show()

    def set_earlier(self, text: str) -> None:
        """Sets the number of the message that the refusal refers to (clauses 6.3-8 and 6.4)."""
        refusal = replace(self._state.refusal, earlier_text=text, earlier=None, touched=True)
        self._state = replace(self._state, refusal=refusal, problem="")
        number = parse(text)
        if isinstance(number, RegistrationNumber):
            self._deliveries.deliver(
                self._readers.submit(self._handling.by_number, number),
                lambda found: self._earlier_found(text, found),
                self._review.tell_unwritten,
                (StoreError,),
            )
        self._show()

    def _earlier_found(self, text: str, found: HandledMessage | None) -> None:
        if self._state.refusal.earlier_text == text:
            refusal = replace(self._state.refusal, earlier=found)
            self._state = replace(self._state, refusal=refusal)
            self._show()

    def _preset_earlier(self) -> None:
        """Proposes the most similar earlier message if a selected ground must refer to one."""
        refusal, similar = self._state.refusal, self._review.similar
        if refusal.needs_earlier and not refusal.earlier_text and similar:
            answered = self._answered_before()
            rests_on_answer = Ground.ANSWERED_BEFORE in refusal.grounds and answered is not None
            likest = (answered if answered and rests_on_answer else similar[0]).handled
            refusal = replace(refusal, earlier_text=str(likest.record.number), earlier=likest)
            self._state = replace(self._state, refusal=refusal)

    # --- duplicate ---

    def select_similar(self, index: int) -> None:
        """Selects a similar earlier message for comparison with the message under review."""
        if 0 <= index < len(self._state.similar):
            self._state = replace(self._state, chosen=index, problem="")
            self._show()

    # --- question to colleagues, clause 6.12 ---

    def set_note(self, text: str) -> None:
        self._state = replace(self._state, note=text, problem="")
        self._show()

    def toggle_kind(self, kind: Confidential) -> None:
        if self._state.mode is Mode.CONFIDENTIAL:
            self._state = replace(self._state, kinds=self._state.kinds ^ {kind}, problem="")
            self._show()

    def set_reason(self, text: str) -> None:
        self._state = replace(self._state, reason=text, problem="")
        self._show()

    def _marked(self) -> frozenset[Confidential]:
        message = self._review.message
        return frozenset() if message is None else message.standing.confidential

    # --- execution ---

    def confirm(self) -> None:
        """Saves the corrected fields, then executes the selected decision."""
        message = self._review.message
        if message is None or self._state.is_busy:
            return
        if self._state.mode not in (Mode.NONE, Mode.CITY):
            self._review.touched.emit()  # again after a failed write
        match self._state.mode:
            case Mode.REGISTER if not self._review.settle_disputed():
                self._tell_problem(decision_words.corrected_by_another())
            case Mode.REGISTER:
                self._is_confirmed = True
                self._review.keep(lambda: self._review.when_checked(self._register))
            case Mode.REFUSE:
                self._refuse(message)
            case Mode.DUPLICATE:
                self._remove(message)
            case Mode.ASK:
                self._ask(message)
            case Mode.CONFIDENTIAL:
                self._mark(message)
            case Mode.CITY:
                self.choose(Mode.NONE)
            case Mode.NONE:
                pass

    def cancel(self) -> None:
        """Cancels a registration that waits for the text check."""
        self._is_confirmed = False

    def _register(self) -> None:
        message = self._review.message
        if message is None or self._state.is_busy or not self._is_confirmed:
            return
        self._is_confirmed = False
        missing = missing_of(message.standing.contents)
        if missing:
            self._review.show_problems(missing)
            self._tell_problem(decision_words.incomplete())
            return
        route = self._organs.routed()
        if route is None:
            self._tell_problem(decision_words.route_missing())
            return
        self._do(self._handling.register(message.id, self._operator(), route))

    def _refuse(self, message: HandledMessage) -> None:
        refusal = self._state.refusal
        earlier = refusal.earlier if refusal.needs_earlier else None
        facts = RefusedOn(
            refusal.grounds, refusal.explanation.strip(), None if earlier is None else earlier.id
        )
        self._take(message, Step.REFUSE, facts)

    def _remove(self, message: HandledMessage) -> None:
        similar, chosen = self._review.similar or (), self._state.chosen
        if not 0 <= chosen < len(similar):
            self._tell_problem(decision_words.no_original())
            return
        original = similar[chosen]
        facts = Repeated(original.handled.id, original.in_term)
        self._take(message, Step.REMOVE_DUPLICATE, facts)

    def _ask(self, message: HandledMessage) -> None:
        note, whose = self._state.note.strip(), self.begun.whose

        def asked(outcome: Outcome) -> None:
            done = self._freed(outcome, whose)
            if done is None:
                return
            self._milestones.note(Milestone.DECIDED, decision=Step.ASK_COLLEAGUE.value)
            self._leave(whose)
            if self._is_of_another(whose):
                self.done_behind.emit(done)
            else:
                head, body = decision_words.asked()
                self.told.emit(Notice(head, body, LONG_S))
                self.asked.emit(done)

        steps = ((Step.ASK_COLLEAGUE, Explained(note)), (Step.RELEASE, NoFacts()))
        self._write(self._handling.take_all(message.id, steps, person(self._operator())), asked)

    def _mark(self, message: HandledMessage) -> None:
        wanted, marked = self._state.kinds, message.standing.confidential
        steps: list[tuple[Step, Facts]] = []
        if marked - wanted:
            steps.append((Step.CLEAR_CONFIDENTIAL, Explained(self._state.reason.strip())))
            marked = frozenset()
        if wanted - marked:
            steps.append((Step.MARK_CONFIDENTIAL, ConfidentialFound(wanted - marked)))
        if not steps:
            self.choose(Mode.NONE)
            return

        whose = self.begun.whose

        def marked_now(outcome: Outcome) -> None:
            done = self._freed(outcome, whose)
            if done is None:
                return
            if self._is_shown(whose):
                self._state = replace(self._state, mode=Mode.NONE, reason="")
            if whose is not None:
                self.begun.marked(*whose)
            self._review.follow(done.handled)
            self._milestones.note(Milestone.DECIDED, decision=done.events[-1].step.value)

        self._write(
            self._handling.take_all(message.id, steps, person(self._operator())), marked_now
        )

    def _take(self, message: HandledMessage, step: Step, facts: Facts) -> None:
        self._do(self._handling.take(message.id, step, person(self._operator()), facts))

    def _do(self, future: "Future[Outcome]") -> None:
        """Tracks a decision until it is saved; then closes the message and allows an undo."""
        whose = self.begun.whose

        def done(outcome: Outcome) -> None:
            taken = self._freed(outcome, whose)
            if taken is not None:
                self._milestones.note(Milestone.DECIDED, decision=taken.events[0].step.value)
                self._leave(whose)
                (self.done_behind if self._is_of_another(whose) else self.decided).emit(taken)

        self._write(future, done)

    def _write(self, future: "Future[Outcome]", done: Callable[[Outcome], None]) -> None:
        whose = self.begun.whose
        self._state = replace(self._state, is_busy=True, problem="")
        self._show()
        self._deliveries.deliver(
            future, done, lambda error: self._not_written(error, whose), (StoreError,)
        )

    def _is_shown(self, whose: Whose) -> bool:
        """Whether no message is on the screen, or it is still this message of the same operator."""
        return self._review.message is None or self.begun.whose == whose

    def _is_of_another(self, whose: Whose) -> bool:
        """Whether the signed-in operator is not the operator who made the decision."""
        return whose is not None and whose[0] != self._operator().id

    def _freed(self, outcome: Outcome, whose: Whose) -> StepDone | None:
        """Returns the completed action, or shows the reason for its rejection and returns None."""
        is_shown = self._is_shown(whose)
        if is_shown:
            self._state = replace(self._state, is_busy=False)
        if isinstance(outcome, StepDone):
            return outcome
        if is_shown:
            self._tell_problem(step_words.refused(outcome)[1])
        return None

    def _not_written(self, error: Exception, whose: Whose) -> None:
        if self._is_shown(whose):
            self._state = replace(self._state, is_busy=False)
            self._show()
        self._review.tell_unwritten(error)

    def _leave(self, whose: Whose) -> None:
        """Closes the decided message; another message on the screen is not affected."""
        is_shown = self._is_shown(whose)
        if whose is not None:
            self.begun.decided(*whose)
        if is_shown:
            if self._review.is_disputed:
                self.told.emit(Notice(*review_words.theirs_stays(), LONG_S, problem=True))
            self._state = DecisionState()
            self._review.clear()
            self.changed.emit(self._state)

    def _tell_problem(self, text: str) -> None:
        self._state = replace(self._state, problem=text)
        self._show()

    # --- view state ---

    def _show(self) -> None:
        message = self._review.message
        if message is not None:
            standing, state = message.standing, self._state
            earlier = state.refusal.earlier
            self._state = replace(
                state,
                outcome=decision_words.what_registering_does(
                    standing.publicity, standing.confidential
                ),
                hints=(
                    decision_words.register_hint(public=standing.may_be_public),
                    decision_words.refuse_hint(),
                    decision_words.duplicate_hint(
                        None if self._review.similar is None else len(state.similar)
                    ),
                ),
                earlier=""
                if earlier is None
                else decision_words.earlier(
                    earlier.standing.state, formats.first_line(earlier.record.text)
                ),
                comparison=self._comparison() if state.mode is Mode.DUPLICATE else None,
                city=city_view(message, self._classifier) if state.mode is Mode.CITY else None,
            )
            self.begun.note(self._state)
            begun = self.begun.begun
            at = begun.found_at
            found = "" if at is None else drafts.found_again(self._terms.moment(at))
            self._state = replace(self._state, begun=begun.modes, found_again=found)
        self.changed.emit(self._state)

    def _comparison(self) -> Comparison | None:
        message, similar = self._review.message, self._review.similar
        if message is None or not similar or not 0 <= self._state.chosen < len(similar):
            return None
        ours = message.standing.contents
        theirs = similar[self._state.chosen].handled.standing.contents
        texts = (f"{ours.text}\n\n{ours.place}", f"{theirs.text}\n\n{theirs.place}")
        return compared(*texts)

    def _similar_rows(self) -> tuple[SimilarRow, ...]:
        similar = self._review.similar or ()
        return tuple(similar_row(each, self._terms, self._classifier) for each in similar)


TELLING = frozenset({Mode.REGISTER, Mode.REFUSE, Mode.DUPLICATE})
"""Decisions that send a notification to the author."""


class DecisionPreview(QObject):
    """Preview of the notification that a decision sends to the author; composed on another thread.
    GUI thread only.
    """

    changed = Signal(bool)  # whether the preview is open

    def __init__(
        self,
        review: ReviewPresenter,
        decision: DecisionPresenter,
        organs: OrganChoice,
        notices: NoticePreviewPresenter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._review = review
        self._decision = decision
        self._organs = organs
        self.notices = notices
        self._is_open = False
        decision.changed.connect(self._follow)
        organs.changed.connect(lambda _state: self._follow(decision.state))

    @property
    def is_open(self) -> bool:
        return self._is_open

    def toggle(self) -> None:
        """Switches between the preview and the message."""
        self._set_open(not self._is_open and self._decision.state.mode in TELLING)
        self._follow(self._decision.state)

    def close(self) -> None:
        self._set_open(False)

    def _set_open(self, wanted: bool) -> None:
        if wanted != self._is_open:
            self._is_open = wanted
            self.changed.emit(wanted)

    def _follow(self, state: DecisionState) -> None:
        message = self._review.message
        if not self._is_open:
            return
        if message is None or state.mode not in TELLING:
            self.close()
            self.notices.clear()
            return
        self.notices.show(message, self._steps(message, state))

    def _steps(self, message: HandledMessage, state: DecisionState) -> tuple[Asked, ...]:
        match state.mode:
            case Mode.REFUSE:
                refusal = state.refusal
                earlier = refusal.earlier if refusal.needs_earlier else None
                earlier_id = None if earlier is None else earlier.id
                refused = RefusedOn(refusal.grounds, refusal.explanation, earlier_id)
                return ((Step.REFUSE, refused),)
            case Mode.DUPLICATE:
                similar = self._review.similar or ()
                if not 0 <= state.chosen < len(similar):
                    return ((Step.REMOVE_DUPLICATE, Repeated(message.id, is_in_term=False)),)
                original = similar[state.chosen]
                repeated = Repeated(original.handled.id, original.in_term)
                return ((Step.REMOVE_DUPLICATE, repeated),)
            case _:
                return self._registration(message)

    def _registration(self, message: HandledMessage) -> tuple[Asked, ...]:
        number, standing = message.record.number, message.standing
        if number is None:
            return ()
        organ = self._organs.state.organ
        # The reason for selecting another authority is not part of a notification.
        sent = ((Step.SEND_TO_ORGAN, Routed(organ, organ)),) if organ else ()
        return (registration(number, standing.publicity, standing.confidential), *sent)
