"""Display texts of message states, actions, and the reasons that block an action."""

from PySide6.QtCore import QCoreApplication

from console.core.regulation_words import mark
from console.shared.messages.words import message_problem
from sync.register.handling.answers import AnswerLack
from sync.register.handling.events import Doer, Source, Step
from sync.register.handling.history import Missing, RefusalCode, StepRefused
from sync.register.handling.needs import Lack, Need
from sync.register.handling.standing import Standing
from sync.register.messages import MessageProblem, MessageRecord, State
from sync.register.people.operators import Person, Role

_ON_ITS_WAY = frozenset({State.REGISTERED, State.PUBLISHED, State.AT_ORGAN})


def state_name(state: State) -> str:
    """Name of a message state, for lists and within sentences."""
    return {
        State.DRAFT: QCoreApplication.translate("Words", "draft"),
        State.SUBMITTED: QCoreApplication.translate("Words", "awaiting review"),
        State.UNDER_REVIEW: QCoreApplication.translate("Words", "under review"),
        State.REGISTERED: QCoreApplication.translate("Words", "registered"),
        State.PUBLISHED: QCoreApplication.translate("Words", "registered and published"),
        State.REFUSED: QCoreApplication.translate("Words", "registration refused"),
        State.REMOVED_AS_DUPLICATE: QCoreApplication.translate("Words", "removed as a duplicate"),
        State.AT_ORGAN: QCoreApplication.translate("Words", "with authority"),
        State.ANSWERED: QCoreApplication.translate("Words", "answer under review"),
        State.ANSWER_RETURNED: QCoreApplication.translate(
            "Words", "answer returned to the authority"
        ),
        State.ANSWER_SENT: QCoreApplication.translate("Words", "answer sent"),
        State.PLANNED: QCoreApplication.translate("Words", "awaiting promised date"),
        State.RATED: QCoreApplication.translate("Words", "answer rated"),
        State.REWORK: QCoreApplication.translate("Words", "in rework"),
        State.CLOSED: QCoreApplication.translate("Words", "closed", "a message"),
        State.PASSED_ON: QCoreApplication.translate("Words", "forwarded by votes"),
    }[state]


def state_mark(state: State) -> tuple[str, str]:
    """Icon and colour role of a state."""
    return {
        State.DRAFT: ("note-pencil", "warn"),
        State.SUBMITTED: ("clock-fill", "warn"),
        State.UNDER_REVIEW: ("eye", "text-2"),
        State.REGISTERED: ("check-circle-fill", "ok"),
        State.PUBLISHED: ("globe-hemisphere-east", "ok"),
        State.REFUSED: ("x-circle-fill", "text-2"),
        State.REMOVED_AS_DUPLICATE: ("copy", "text-2"),
        State.AT_ORGAN: ("bank", "text-2"),
        State.ANSWERED: ("chat-centered-text", "warn"),
        State.ANSWER_RETURNED: ("arrow-u-up-left", "warn"),
        State.ANSWER_SENT: ("paper-plane-tilt", "ok"),
        State.PLANNED: ("calendar-check", "text-2"),
        State.RATED: ("thumbs-up", "text-2"),
        State.REWORK: ("arrows-counter-clockwise", "warn"),
        State.CLOSED: ("check", "text-2"),
        State.PASSED_ON: ("megaphone", "warn"),
    }[state]


def standing_mark(standing: Standing) -> tuple[str, str, str]:
    """Text, icon and colour role of a message's state, including a refusal without notification."""
    if standing.is_not_notified:
        told = QCoreApplication.translate("Words", "registration refused, author not notified")
        return told, "warning-octagon-fill", "danger"
    return state_name(standing.state), *state_mark(standing.state)


def message_mark(message: MessageRecord) -> tuple[str, str, str]:
    """Text, icon and colour role of a message in the list."""
    if message.state in _ON_ITS_WAY:
        if message.answer_text:
            answered = QCoreApplication.translate("Words", "answer received")
            return answered, "chat-centered-text", "ok"
        if message.platform_id:
            return QCoreApplication.translate("Words", "on the platform"), "check-circle-fill", "ok"
    return state_name(message.state), *state_mark(message.state)


def step_name(step: Step) -> str:
    """Action as the label of a button."""
    return {
        Step.SUBMIT: QCoreApplication.translate("Words", "Submit for review"),
        Step.SPLIT: QCoreApplication.translate("Words", "Split into several messages"),
        Step.JOIN: QCoreApplication.translate("Words", "Join a known message"),
        Step.DISCARD: QCoreApplication.translate("Words", "Discard draft"),
        Step.STATE_PUBLICITY: QCoreApplication.translate("Words", "Set publicity"),
        Step.MARK_CONFIDENTIAL: QCoreApplication.translate("Words", "Mark confidential data"),
        Step.CLEAR_CONFIDENTIAL: QCoreApplication.translate("Words", "Remove mark"),
        Step.WITHHOLD: QCoreApplication.translate("Words", "Unpublish the message"),
        Step.LINK: QCoreApplication.translate("Words", "Link to another message"),
        Step.LINK_CALL: QCoreApplication.translate("Words", "Link call"),
        Step.TAKE_UP: QCoreApplication.translate("Words", "Take"),
        Step.RELEASE: QCoreApplication.translate("Words", "Return to queue"),
        Step.CORRECT: QCoreApplication.translate("Words", "Correct message"),
        Step.ASK_COLLEAGUE: QCoreApplication.translate("Words", "Ask a colleague"),
        Step.REGISTER: QCoreApplication.translate("Words", "Register"),
        Step.REGISTER_AND_PUBLISH: QCoreApplication.translate("Words", "Register and publish"),
        Step.PUBLISH: QCoreApplication.translate("Words", "Publish"),
        Step.REFUSE: QCoreApplication.translate("Words", "Refuse registration"),
        Step.NOTIFY: QCoreApplication.translate("Words", "Record refusal notification"),
        Step.REMOVE_DUPLICATE: QCoreApplication.translate("Words", "Remove as a duplicate"),
        Step.SEND_TO_ORGAN: QCoreApplication.translate("Words", "Send to the authority"),
        Step.REDIRECT: QCoreApplication.translate("Words", "Redirect to another authority"),
        Step.ANSWER_BY_OPERATOR: QCoreApplication.translate("Words", "Answer yourself"),
        Step.RECEIVE_ANSWER: QCoreApplication.translate("Words", "Accept the authority's answer"),
        Step.RETURN_ANSWER: QCoreApplication.translate("Words", "Return the answer"),
        Step.SEND_ANSWER: QCoreApplication.translate("Words", "Send answer"),
        Step.SEND_PLAN: QCoreApplication.translate("Words", "Send answer with date"),
        Step.REOPEN_PLANNED: QCoreApplication.translate("Words", "Reopen on the date"),
        Step.RATE: QCoreApplication.translate("Words", "Record the rating"),
        Step.RATE_NEGATIVELY: QCoreApplication.translate("Words", "Record remarks"),
        Step.SEND_TO_REWORK: QCoreApplication.translate("Words", "Send for rework"),
        Step.FORWARD_BY_VOTES: QCoreApplication.translate("Words", "Forward by votes"),
        Step.CLOSE: QCoreApplication.translate("Words", "Close the message"),
        Step.TAKE_BACK: QCoreApplication.translate("Words", "Undo"),
    }[step]


def step_done(step: Step) -> str:
    """Completed action, for the history and for notices."""
    return {
        Step.SUBMIT: QCoreApplication.translate("Words", "Submitted for review"),
        Step.SPLIT: QCoreApplication.translate("Words", "Split into several messages"),
        Step.JOIN: QCoreApplication.translate("Words", "Joined to a known message"),
        Step.DISCARD: QCoreApplication.translate("Words", "Draft discarded"),
        Step.STATE_PUBLICITY: QCoreApplication.translate("Words", "Publicity set"),
        Step.MARK_CONFIDENTIAL: QCoreApplication.translate("Words", "Confidential data marked"),
        Step.CLEAR_CONFIDENTIAL: QCoreApplication.translate("Words", "Mark removed"),
        Step.WITHHOLD: QCoreApplication.translate("Words", "Unpublished"),
        Step.LINK: QCoreApplication.translate("Words", "Linked to another message"),
        Step.LINK_CALL: QCoreApplication.translate("Words", "Phone call linked"),
        Step.TAKE_UP: QCoreApplication.translate("Words", "Taken for review"),
        Step.RELEASE: QCoreApplication.translate("Words", "Returned to queue"),
        Step.CORRECT: QCoreApplication.translate("Words", "Message corrected"),
        Step.ASK_COLLEAGUE: QCoreApplication.translate("Words", "Colleague asked"),
        Step.REGISTER: QCoreApplication.translate("Words", "The message is registered"),
        Step.REGISTER_AND_PUBLISH: QCoreApplication.translate(
            "Words", "The message is registered and published"
        ),
        Step.PUBLISH: QCoreApplication.translate("Words", "The message is published"),
        Step.REFUSE: QCoreApplication.translate("Words", "Registration is refused"),
        Step.NOTIFY: QCoreApplication.translate("Words", "Refusal notification"),
        Step.REMOVE_DUPLICATE: QCoreApplication.translate("Words", "Removed as a duplicate"),
        Step.SEND_TO_ORGAN: QCoreApplication.translate("Words", "Sent to the authority"),
        Step.REDIRECT: QCoreApplication.translate("Words", "Redirected to another authority"),
        Step.ANSWER_BY_OPERATOR: QCoreApplication.translate("Words", "Answered by the operator"),
        Step.RECEIVE_ANSWER: QCoreApplication.translate("Words", "Answered by the authority"),
        Step.RETURN_ANSWER: QCoreApplication.translate("Words", "Answer sent back"),
        Step.SEND_ANSWER: QCoreApplication.translate("Words", "Answer sent to the author"),
        Step.SEND_PLAN: QCoreApplication.translate(
            "Words", "Answer with a date sent to the author"
        ),
        Step.REOPEN_PLANNED: QCoreApplication.translate(
            "Words", "Promised date reached: further answer required"
        ),
        Step.RATE: QCoreApplication.translate("Words", "The author rated the answer"),
        Step.RATE_NEGATIVELY: QCoreApplication.translate(
            "Words", "The author is not satisfied with the answer"
        ),
        Step.SEND_TO_REWORK: QCoreApplication.translate("Words", "Sent for rework"),
        Step.FORWARD_BY_VOTES: QCoreApplication.translate("Words", "Forwarded by votes"),
        Step.CLOSE: QCoreApplication.translate("Words", "Message closed"),
        Step.TAKE_BACK: QCoreApplication.translate("Words", "Decision undone"),
    }[step]


def taken_back(number: str) -> str:
    text = QCoreApplication.translate("Words", "Undone: message № %1 is as before")
    return text.replace("%1", number)


def role_name(role: Role) -> str:
    return {
        Role.OPERATOR: QCoreApplication.translate("Words", "operator"),
        Role.MODERATOR: QCoreApplication.translate("Words", "moderator"),
        Role.EDITOR: QCoreApplication.translate("Words", "directory editor"),
        Role.SUPERVISOR: QCoreApplication.translate("Words", "supervisor"),
        Role.ADMINISTRATOR: QCoreApplication.translate("Words", "administrator"),
        Role.OBSERVER: QCoreApplication.translate("Words", "observer"),
    }[role]


def doer(by: Doer) -> str:
    """Actor of an event: a person with the role at that time, the system, or the platform."""
    match by:
        case Person():
            return f"{by.name}, {role_name(by.role)}"
        case Source.SYSTEM:
            return QCoreApplication.translate("Words", "program")
        case Source.PLATFORM:
            return QCoreApplication.translate("Words", "on the platform")


def need(code: Need) -> str:
    """Unmet guard of an action, as advice if possible."""
    return {
        Need.SOMETHING_TOLD: QCoreApplication.translate(
            "Words", "Describe what happened, or add a photo"
        ),
        Need.COMPLETE: QCoreApplication.translate("Words", "The message is incomplete"),
        Need.PARTS: QCoreApplication.translate("Words", "Choose the messages to split it into"),
        Need.OTHER_MESSAGE: QCoreApplication.translate("Words", "Choose the other message"),
        Need.REASON: QCoreApplication.translate("Words", "Explain why"),
        Need.KINDS_OF_CONFIDENTIAL: QCoreApplication.translate(
            "Words", "Mark which par. 6.12 data it contains"
        ),
        Need.MARKED_CONFIDENTIAL: QCoreApplication.translate(
            "Words", "Not marked: nothing to remove"
        ),
        Need.PUBLISHED: QCoreApplication.translate("Words", "The message is not published"),
        Need.PUBLIC: QCoreApplication.translate(
            "Words",
            "The message is non-public: the author did not ask for publication, or it "
            "contains data that may not be shown",
        ),
        Need.NON_PUBLIC: QCoreApplication.translate(
            "Words", "The message is public: register and publish it together"
        ),
        Need.HELD_BY_DOER: QCoreApplication.translate("Words", "Take the message first"),
        Need.HELD_OR_OVERRULED: QCoreApplication.translate(
            "Words", "A colleague has taken it; only a supervisor can return it"
        ),
        Need.GROUNDS: QCoreApplication.translate("Words", "Choose at least one ground"),
        Need.WHAT_TO_CORRECT: QCoreApplication.translate(
            "Words", "Write what the author should correct"
        ),
        Need.EARLIER_MESSAGE: QCoreApplication.translate(
            "Words", "Choose the earlier message the refusal is based on"
        ),
        Need.ORIGINAL_IN_TERM: QCoreApplication.translate(
            "Words", "The answer term of the first message has passed: not a duplicate"
        ),
        Need.ORGAN: QCoreApplication.translate("Words", "Choose the authority"),
        Need.REASON_FOR_OTHER_ORGAN: QCoreApplication.translate(
            "Words", "The topic belongs to another authority: explain why it goes to this one"
        ),
        Need.ANOTHER_ORGAN: QCoreApplication.translate(
            "Words", "This authority already has the message: choose another"
        ),
        Need.OWN_ANSWER: QCoreApplication.translate(
            "Words", "The message is with an authority: enter its answer"
        ),
        Need.ORGANS_ANSWER: QCoreApplication.translate(
            "Words", "The message is with no authority: answer it yourself or send it to one"
        ),
        Need.ANSWER_COMPLETE: QCoreApplication.translate("Words", "The answer is incomplete"),
        Need.ORGAN_TO_KEEP_PLAN: QCoreApplication.translate(
            "Words", "An authority promises a date: send the message to it first"
        ),
        Need.FINAL_ANSWER: QCoreApplication.translate(
            "Words", "The answer promises a date: send it with the date"
        ),
        Need.PLAN: QCoreApplication.translate("Words", "The answer promises no date"),
        Need.FIT_TO_PUBLISH: QCoreApplication.translate(
            "Words",
            "The answer contains data that may not be published: return it or unpublish "
            "the message",
        ),
        Need.PLANNED_DATE_COME: QCoreApplication.translate(
            "Words", "The promised date has not come yet"
        ),
        Need.NOT_RATED_YET: QCoreApplication.translate("Words", "This answer is already rated"),
        Need.NOT_NEGATIVE: QCoreApplication.translate(
            "Words", "A negative rating requires remarks"
        ),
        Need.NEGATIVE: QCoreApplication.translate("Words", "Remarks require a negative rating"),
        Need.REMARKS: QCoreApplication.translate(
            "Words", "Write what is wrong with the answer: no rework without remarks"
        ),
        Need.RATED_NEGATIVELY: QCoreApplication.translate(
            "Words", "Only a negative rating leads to rework"
        ),
        Need.NO_OPEN_REMARKS: QCoreApplication.translate(
            "Words", "The answer has a negative rating: send the message for rework"
        ),
        Need.VOTES_OVER_MARK: QCoreApplication.translate(
            "Words", "No more than a thousand users voted within three days"
        ),
        Need.NOT_PASSED_ON_YET: QCoreApplication.translate(
            "Words", "The message is already forwarded by votes"
        ),
        Need.JUST_DECIDED: QCoreApplication.translate(
            "Words", "A decision can be undone within 15 seconds if nothing followed it"
        ),
        Need.OWN_DECISION: QCoreApplication.translate(
            "Words", "Only the person who decided can undo it"
        ),
    }[code]


def answer_lack(code: AnswerLack) -> str:
    """Missing part of an answer of this kind (clauses 9.4 and 9.9)."""
    return {
        AnswerLack.TEXT: QCoreApplication.translate("Words", "Write the text of the answer"),
        AnswerLack.PLANNED_DATE: QCoreApplication.translate(
            "Words", "Enter the promised date: DD.MM.YYYY"
        ),
        AnswerLack.PLANNED_DATE_AHEAD: QCoreApplication.translate(
            "Words", "The promised date must be after today"
        ),
        AnswerLack.MEASURES: QCoreApplication.translate("Words", "Write what will be done"),
        AnswerLack.GROUNDS: QCoreApplication.translate(
            "Words", "Write why the matter cannot be solved"
        ),
        AnswerLack.ATTACHMENT_FORMAT: QCoreApplication.translate(
            "Words", "Attach only file formats the city accepts"
        ),
    }[code]


def refusal_code(code: RefusalCode) -> str:
    """Reason why an action was rejected; unmet guards have separate texts."""
    return {
        RefusalCode.OTHER_MESSAGE: QCoreApplication.translate(
            "Words", "This belongs to another message; tell the administrator"
        ),
        RefusalCode.OTHER_CONTENTS: QCoreApplication.translate(
            "Words", "Already stored with different content; tell the administrator"
        ),
        RefusalCode.OUT_OF_ORDER: QCoreApplication.translate(
            "Words", "The message has newer changes; look at it again"
        ),
        RefusalCode.OVER: QCoreApplication.translate(
            "Words", "The message is finished: no further actions"
        ),
        RefusalCode.NOT_FROM_HERE: QCoreApplication.translate("Words", "This cannot be done now"),
        RefusalCode.NOT_ALLOWED: QCoreApplication.translate(
            "Words", "Your role does not allow this"
        ),
        RefusalCode.FACTS_OF_OTHER_STEP: QCoreApplication.translate(
            "Words", "Wrong data was passed for this; tell the administrator"
        ),
        RefusalCode.MISSING: QCoreApplication.translate("Words", "Something is missing"),
    }[code]


def missing(what: Missing) -> str:
    """Unmet guard of an action, with the clause that requires it."""
    if isinstance(what.lack, MessageProblem):
        return message_problem(what.lack)  # text contains its clause
    return f"{_lack(what.lack)} ({mark(what.paragraph)})"


def _lack(code: Lack) -> str:
    match code:
        case Need():
            return need(code)
        case AnswerLack():
            return answer_lack(code)
        case MessageProblem():
            return message_problem(code)


def refused(refusal: StepRefused) -> tuple[str, str]:
    """Rejected action and the reasons, with their clauses."""
    head = QCoreApplication.translate("Words", "Not done: “%1”").replace(
        "%1", step_name(refusal.event.step)
    )
    if refusal.missing:
        return head, "\n".join(missing(what) for what in refusal.missing)
    reason = refusal_code(refusal.code)
    if refusal.code in (RefusalCode.NOT_FROM_HERE, RefusalCode.OVER):
        reason = f"{reason}: {state_name(refusal.state)}"
    numbers = ", ".join(refusal.paragraphs)
    return head, f"{reason} ({mark(numbers)})" if numbers else reason
