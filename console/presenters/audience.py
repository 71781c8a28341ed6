"""Who reads the note of a decision."""

from console.presenters.answer_actions import AnswerAction
from console.words.audience import INSIDE, Audience, Reader


def reader_of_note(action: AnswerAction, *, has_organ: bool) -> Reader:
    """Who reads the note of a decision about an answer (9.5, 10.2, 6.11)."""
    match action:
        case AnswerAction.RETURN if has_organ:
            return Reader(Audience.ORGAN)
        case AnswerAction.RATE:
            return Reader(Audience.ORGAN_AND_AUTHOR)
        case _:
            return INSIDE
