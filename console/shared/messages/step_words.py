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
        State.SUBMITTED: QCoreApplication.translate("Words", "waits for review"),
        State.UNDER_REVIEW: QCoreApplication.translate("Words", "under review"),
        State.REGISTERED: QCoreApplication.translate("Words", "registered"),
        State.PUBLISHED: QCoreApplication.translate("Words", "registered and published"),
        State.REFUSED: QCoreApplication.translate("Words", "registration refused"),
        State.REMOVED_AS_DUPLICATE: QCoreApplication.translate("Words", "removed as a repetition"),
        State.AT_ORGAN: QCoreApplication.translate("Words", "at the body"),
        State.ANSWERED: QCoreApplication.translate("Words", "answer to be checked"),
        State.ANSWER_RETURNED: QCoreApplication.translate("Words", "answer returned to the body"),
        State.ANSWER_SENT: QCoreApplication.translate("Words", "answer sent"),
        State.PLANNED: QCoreApplication.translate("Words", "promised date awaited"),
        State.RATED: QCoreApplication.translate("Words", "answer rated"),
        State.REWORK: QCoreApplication.translate("Words", "at rework"),
        State.CLOSED: QCoreApplication.translate("Words", "closed", "a message"),
        State.PASSED_ON: QCoreApplication.translate("Words", "passed on by votes"),
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
        Step.SUBMIT: QCoreApplication.translate("Words", "Hand over to review"),
        Step.SPLIT: QCoreApplication.translate("Words", "Split into several messages"),
        Step.JOIN: QCoreApplication.translate("Words", "Join a known message"),
        Step.DISCARD: QCoreApplication.translate("Words", "Discard the draft"),
        Step.STATE_PUBLICITY: QCoreApplication.translate("Words", "State the publicity"),
        Step.MARK_CONFIDENTIAL: QCoreApplication.translate("Words", "Mark what is confidential"),
        Step.CLEAR_CONFIDENTIAL: QCoreApplication.translate("Words", "Take the mark away"),
        Step.WITHHOLD: QCoreApplication.translate("Words", "Take out of publication"),
        Step.LINK: QCoreApplication.translate("Words", "Link another message"),
        Step.LINK_CALL: QCoreApplication.translate("Words", "Link the call"),
        Step.TAKE_UP: QCoreApplication.translate("Words", "Take up"),
        Step.RELEASE: QCoreApplication.translate("Words", "Give back to the queue"),
        Step.CORRECT: QCoreApplication.translate("Words", "Correct the message"),
        Step.ASK_COLLEAGUE: QCoreApplication.translate("Words", "Ask a colleague"),
        Step.REGISTER: QCoreApplication.translate("Words", "Register"),
        Step.REGISTER_AND_PUBLISH: QCoreApplication.translate("Words", "Register and publish"),
        Step.PUBLISH: QCoreApplication.translate("Words", "Publish"),
        Step.REFUSE: QCoreApplication.translate("Words", "Refuse registration"),
        Step.NOTIFY: QCoreApplication.translate("Words", "Note the notice of refusal"),
        Step.REMOVE_DUPLICATE: QCoreApplication.translate("Words", "Remove as a repetition"),
        Step.SEND_TO_ORGAN: QCoreApplication.translate("Words", "Send to the body"),
        Step.REDIRECT: QCoreApplication.translate("Words", "Redirect to another body"),
        Step.ANSWER_BY_OPERATOR: QCoreApplication.translate("Words", "Answer oneself"),
        Step.RECEIVE_ANSWER: QCoreApplication.translate("Words", "Take the body's answer in"),
        Step.RETURN_ANSWER: QCoreApplication.translate("Words", "Return the answer"),
        Step.SEND_ANSWER: QCoreApplication.translate("Words", "Send the answer"),
        Step.SEND_PLAN: QCoreApplication.translate("Words", "Send the answer with its date"),
        Step.REOPEN_PLANNED: QCoreApplication.translate("Words", "Open again on the date"),
        Step.RATE: QCoreApplication.translate("Words", "Write the rating down"),
        Step.RATE_NEGATIVELY: QCoreApplication.translate("Words", "Write the remarks down"),
        Step.SEND_TO_REWORK: QCoreApplication.translate("Words", "Send to rework"),
        Step.FORWARD_BY_VOTES: QCoreApplication.translate("Words", "Pass on by votes"),
        Step.CLOSE: QCoreApplication.translate("Words", "Close the message"),
        Step.TAKE_BACK: QCoreApplication.translate("Words", "Undo"),
    }[step]


def step_done(step: Step) -> str:
    """Completed action, for the history and for notices."""
    return {
        Step.SUBMIT: QCoreApplication.translate("Words", "Handed over to review"),
        Step.SPLIT: QCoreApplication.translate("Words", "Split into several messages"),
        Step.JOIN: QCoreApplication.translate("Words", "Joined to a known message"),
        Step.DISCARD: QCoreApplication.translate("Words", "The draft is discarded"),
        Step.STATE_PUBLICITY: QCoreApplication.translate("Words", "The publicity is stated"),
        Step.MARK_CONFIDENTIAL: QCoreApplication.translate(
            "Words", "Marked as holding confidential data"
        ),
        Step.CLEAR_CONFIDENTIAL: QCoreApplication.translate("Words", "The mark is taken away"),
        Step.WITHHOLD: QCoreApplication.translate("Words", "Taken out of publication"),
        Step.LINK: QCoreApplication.translate("Words", "Another message is linked"),
        Step.LINK_CALL: QCoreApplication.translate("Words", "A call is linked"),
        Step.TAKE_UP: QCoreApplication.translate("Words", "Taken up for review"),
        Step.RELEASE: QCoreApplication.translate("Words", "Given back to the queue"),
        Step.CORRECT: QCoreApplication.translate("Words", "The message is corrected"),
        Step.ASK_COLLEAGUE: QCoreApplication.translate("Words", "A colleague is asked"),
        Step.REGISTER: QCoreApplication.translate("Words", "The message is registered"),
        Step.REGISTER_AND_PUBLISH: QCoreApplication.translate(
            "Words", "The message is registered and published"
        ),
        Step.PUBLISH: QCoreApplication.translate("Words", "The message is published"),
        Step.REFUSE: QCoreApplication.translate("Words", "Registration is refused"),
        Step.NOTIFY: QCoreApplication.translate("Words", "Notice of refusal"),
        Step.REMOVE_DUPLICATE: QCoreApplication.translate("Words", "Removed as a repetition"),
        Step.SEND_TO_ORGAN: QCoreApplication.translate("Words", "Sent to the body"),
        Step.REDIRECT: QCoreApplication.translate("Words", "Redirected to another body"),
        Step.ANSWER_BY_OPERATOR: QCoreApplication.translate("Words", "The operator has answered"),
        Step.RECEIVE_ANSWER: QCoreApplication.translate("Words", "The body has answered"),
        Step.RETURN_ANSWER: QCoreApplication.translate("Words", "The answer is returned"),
        Step.SEND_ANSWER: QCoreApplication.translate("Words", "The answer is sent to the author"),
        Step.SEND_PLAN: QCoreApplication.translate(
            "Words", "The answer with its date is sent to the author"
        ),
        Step.REOPEN_PLANNED: QCoreApplication.translate(
            "Words", "The promised date has come: a further answer is due"
        ),
        Step.RATE: QCoreApplication.translate("Words", "The author has rated the answer"),
        Step.RATE_NEGATIVELY: QCoreApplication.translate(
            "Words", "The author is not content with the answer"
        ),
        Step.SEND_TO_REWORK: QCoreApplication.translate("Words", "Sent to rework"),
        Step.FORWARD_BY_VOTES: QCoreApplication.translate("Words", "Passed on by votes"),
        Step.CLOSE: QCoreApplication.translate("Words", "The message is closed"),
        Step.TAKE_BACK: QCoreApplication.translate("Words", "The decision was taken back"),
    }[step]


def taken_back(number: str) -> str:
    text = QCoreApplication.translate("Words", "Taken back: message № %1 stands as before")
    return text.replace("%1", number)


def role_name(role: Role) -> str:
    return {
        Role.OPERATOR: QCoreApplication.translate("Words", "operator"),
        Role.MODERATOR: QCoreApplication.translate("Words", "moderator"),
        Role.EDITOR: QCoreApplication.translate("Words", "editor of the directory"),
        Role.SUPERVISOR: QCoreApplication.translate("Words", "senior operator"),
        Role.ADMINISTRATOR: QCoreApplication.translate("Words", "administrator"),
        Role.OBSERVER: QCoreApplication.translate("Words", "observer"),
    }[role]


def doer(by: Doer) -> str:
    """Actor of an event: a person with the role at that time, the system, or the platform."""
    match by:
        case Person():
            return f"{by.name}, {role_name(by.role)}"
        case Source.SYSTEM:
            return QCoreApplication.translate("Words", "the program by itself")
        case Source.PLATFORM:
            return QCoreApplication.translate("Words", "on the platform")


def need(code: Need) -> str:
    """Unmet guard of an action, as advice if possible."""
    return {
        Need.SOMETHING_TOLD: QCoreApplication.translate(
            "Words", "Write what has happened, or add a photo"
        ),
        Need.COMPLETE: QCoreApplication.translate("Words", "The message is not complete"),
        Need.PARTS: QCoreApplication.translate("Words", "Name the messages it is split into"),
        Need.OTHER_MESSAGE: QCoreApplication.translate("Words", "Choose the other message"),
        Need.REASON: QCoreApplication.translate("Words", "Write why"),
        Need.KINDS_OF_CONFIDENTIAL: QCoreApplication.translate(
            "Words", "Mark what of par. 6.12 stands in it"
        ),
        Need.MARKED_CONFIDENTIAL: QCoreApplication.translate(
            "Words", "Nothing is marked: there is no mark to take away"
        ),
        Need.PUBLISHED: QCoreApplication.translate("Words", "The message is not published"),
        Need.PUBLIC: QCoreApplication.translate(
            "Words",
            "The message is not public: its author did not ask for it, or what stands in it may"
            " not be shown",
        ),
        Need.NON_PUBLIC: QCoreApplication.translate(
            "Words", "The message is public: it is registered together with its publication"
        ),
        Need.HELD_BY_DOER: QCoreApplication.translate("Words", "Take the message up first"),
        Need.HELD_OR_OVERRULED: QCoreApplication.translate(
            "Words", "A colleague has taken it up; only a senior operator gives it back"
        ),
        Need.GROUNDS: QCoreApplication.translate("Words", "Choose at least one ground"),
        Need.WHAT_TO_CORRECT: QCoreApplication.translate(
            "Words", "Write what the author has to correct"
        ),
        Need.EARLIER_MESSAGE: QCoreApplication.translate(
            "Words", "Name the earlier message that the ground rests on"
        ),
        Need.ORIGINAL_IN_TERM: QCoreApplication.translate(
            "Words", "The answer term of the first message is over: this is no repetition"
        ),
        Need.ORGAN: QCoreApplication.translate("Words", "Choose the body"),
        Need.REASON_FOR_OTHER_ORGAN: QCoreApplication.translate(
            "Words", "The topic belongs to another body: write why it goes to this one"
        ),
        Need.ANOTHER_ORGAN: QCoreApplication.translate(
            "Words", "This body has the message already: choose another one"
        ),
        Need.OWN_ANSWER: QCoreApplication.translate(
            "Words", "The message is at a body, which answers: enter its answer"
        ),
        Need.ORGANS_ANSWER: QCoreApplication.translate(
            "Words", "The message is at no body: answer it yourself or send it to one"
        ),
        Need.ANSWER_COMPLETE: QCoreApplication.translate("Words", "The answer is not complete"),
        Need.ORGAN_TO_KEEP_PLAN: QCoreApplication.translate(
            "Words", "A body promises a date: send the message to it first"
        ),
        Need.FINAL_ANSWER: QCoreApplication.translate(
            "Words", "The answer promises a date: it is sent together with the date"
        ),
        Need.PLAN: QCoreApplication.translate("Words", "The answer promises no date"),
        Need.FIT_TO_PUBLISH: QCoreApplication.translate(
            "Words",
            "The answer holds data that may not be published: return it, or take the message out"
            " of publication",
        ),
        Need.PLANNED_DATE_COME: QCoreApplication.translate(
            "Words", "The promised date has not come yet"
        ),
        Need.NOT_RATED_YET: QCoreApplication.translate("Words", "This answer is rated already"),
        Need.NOT_NEGATIVE: QCoreApplication.translate(
            "Words", "A negative rating is written down with the remarks"
        ),
        Need.NEGATIVE: QCoreApplication.translate("Words", "Remarks go with a negative rating"),
        Need.REMARKS: QCoreApplication.translate(
            "Words", "Write what is wrong in the answer: without remarks there is no rework"
        ),
        Need.RATED_NEGATIVELY: QCoreApplication.translate(
            "Words", "Only a negative rating leads to rework"
        ),
        Need.NO_OPEN_REMARKS: QCoreApplication.translate(
            "Words", "The answer is rated negatively: send the message to rework"
        ),
        Need.VOTES_OVER_MARK: QCoreApplication.translate(
            "Words", "No more than a thousand users voted within three days"
        ),
        Need.NOT_PASSED_ON_YET: QCoreApplication.translate(
            "Words", "The message is passed on by votes already"
        ),
        Need.JUST_DECIDED: QCoreApplication.translate(
            "Words", "A decision can be taken back within 15 seconds, while nothing came after it"
        ),
        Need.OWN_DECISION: QCoreApplication.translate(
            "Words", "A decision is taken back by the one who made it"
        ),
    }[code]


def answer_lack(code: AnswerLack) -> str:
    """Missing part of an answer of this kind (clauses 9.4 and 9.9)."""
    return {
        AnswerLack.TEXT: QCoreApplication.translate("Words", "Write the text of the answer"),
        AnswerLack.PLANNED_DATE: QCoreApplication.translate(
            "Words", "State the promised date as DD.MM.YYYY"
        ),
        AnswerLack.PLANNED_DATE_AHEAD: QCoreApplication.translate(
            "Words", "The promised date must be after today"
        ),
        AnswerLack.MEASURES: QCoreApplication.translate("Words", "Write what will be done"),
        AnswerLack.GROUNDS: QCoreApplication.translate(
            "Words", "Write why the matter cannot be solved"
        ),
        AnswerLack.ATTACHMENT_FORMAT: QCoreApplication.translate(
            "Words", "Attach only files of the formats that the city takes"
        ),
    }[code]


def refusal_code(code: RefusalCode) -> str:
    """Reason why an action was rejected; unmet guards have separate texts."""
    return {
        RefusalCode.OTHER_MESSAGE: QCoreApplication.translate(
            "Words", "This belongs to another message; tell the administrator"
        ),
        RefusalCode.OTHER_CONTENTS: QCoreApplication.translate(
            "Words", "The same is stored already with other contents; tell the administrator"
        ),
        RefusalCode.OUT_OF_ORDER: QCoreApplication.translate(
            "Words", "Something newer has happened to the message; look at it again"
        ),
        RefusalCode.OVER: QCoreApplication.translate(
            "Words", "The message has come to its end: nothing more is done with it"
        ),
        RefusalCode.NOT_FROM_HERE: QCoreApplication.translate(
            "Words", "The message stands elsewhere by now"
        ),
        RefusalCode.NOT_ALLOWED: QCoreApplication.translate("Words", "Your role does not allow it"),
        RefusalCode.FACTS_OF_OTHER_STEP: QCoreApplication.translate(
            "Words", "Something else was told than this needs; tell the administrator"
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
