"""An organ's answer becomes a typical question (Regulation 9.8)."""

from datetime import date

from kb.entries import Entry, EntryKind


def question_of_answer(
    answer: str,
    *,
    entry_id: str,
    organ: str,
    topic: str,
    section: str,
    source: str,
    checked_on: date,
    author: str,
) -> Entry:
    """A question, not published, whose text to send is the answer word for word.

    The organ is its owner; ``topic`` and ``section`` are ids of the classifier, ``source`` says
    where the answer comes from. The title is left to the editor: an answer does not say what was
    asked. Raises ValueError for an empty answer.
    """
    body = answer.strip()
    if not body:
        raise ValueError("an empty answer is no typical question")
    return Entry(
        entry_id,
        EntryKind.QUESTION,
        "",
        body,
        topic,
        section,
        owner=organ,
        author=author,
        source=source,
        checked_on=checked_on,
    )
