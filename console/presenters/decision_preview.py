"""The notice of the decision that is being made, kept up to it while somebody looks (7.8, 7.10)."""

from PySide6.QtCore import QObject, Signal

from console.presenters.decision import DecisionPresenter
from console.presenters.decision_state import DecisionState, Mode
from console.presenters.notice_preview import NoticePreviewPresenter
from console.presenters.organ_choice import OrganChoice
from console.presenters.review import ReviewPresenter
from sync.register.handling.events import Step
from sync.register.handling.facts import RefusedOn, Repeated, Routed
from sync.register.handling.handled import Asked, HandledMessage, registration

TELLING = frozenset({Mode.REGISTER, Mode.REFUSE, Mode.DUPLICATE})
"""The decisions that somebody is told of."""


class DecisionPreview(QObject):
    """Belongs to the GUI thread; notices are made elsewhere."""

    changed = Signal(bool)  # whether the notice is looked at

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
        """Look at the notice of the decision, or back at the message."""
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
        """The steps that the decision would take as it stands."""
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
        # Why it goes to another organ stands in no notice.
        sent = ((Step.SEND_TO_ORGAN, Routed(organ, organ)),) if organ else ()
        return (registration(number, standing.publicity, standing.confidential), *sent)
