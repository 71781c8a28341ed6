"""Photos of a message: position, attach, turn, right to change, ground of 6.7 (Regulation 6.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sync.register.checks.finding import Ground, ProposedGround
from sync.register.checks.photos import MOST_PHOTOS, PhotoJudgement, PhotoReason, Verdict
from sync.register.messages import State
from sync.register.people.operators import Action, Operator, may

_QUARTERS = 4
_CHANGED_IN = frozenset({State.DRAFT})
_TURNED_IN = frozenset({State.DRAFT, State.SUBMITTED, State.UNDER_REVIEW})


class PhotoProblem(StrEnum):
    """Why the photos of a message are not changed; the file itself would do."""

    TOO_MANY = "too_many"
    """A message has at most four, and every page of a file counts as one (6.6)."""
    ALREADY_THERE = "already_there"
    """The message has the very same file."""
    FIXED = "fixed"
    """A message that has left the drafts keeps its photos; they are turned until it is decided."""
    NOT_ALLOWED = "not_allowed"
    """The operator's role makes no messages."""
    GONE = "gone"
    """Somebody has taken the photo away meanwhile."""


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """A file that may be attached: its bytes as they came, and what was found in them.

    ``sha256`` is in hexadecimal.
    """

    name: str
    content: bytes
    sha256: str
    judgement: PhotoJudgement


@dataclass(frozen=True, slots=True)
class MessagePhoto:
    """A photo of a message, without its bytes.

    ``position`` is one of four places, from 1; ``turned`` counts the quarter-turns to the right
    by which an operator put the copy upright.
    """

    id: UUID
    message_id: UUID
    position: int
    file_name: str
    size_bytes: int
    sha256: str
    judgement: PhotoJudgement
    turned: int
    added_at: datetime
    added_by_id: UUID
    added_by_name: str


def problem_of_change(
    operator: Operator, state: State, *, only_turns: bool = False
) -> PhotoProblem | None:
    """Why this operator may not change the photos of a message in this state, or None."""
    if state not in (_TURNED_IN if only_turns else _CHANGED_IN):
        return PhotoProblem.FIXED
    if not may(operator.role, Action.REGISTER_MESSAGES):
        return PhotoProblem.NOT_ALLOWED
    return None


def attach(
    photos: Sequence[MessagePhoto],
    file: JudgedFile,
    *,
    id: UUID,
    message_id: UUID,
    at: datetime,
    operator: Operator,
) -> MessagePhoto | PhotoProblem:
    """The photo in the first free place of the message, or why it has none.

    ``photos`` are those the message has. A file that was refused raises ValueError.
    """
    if file.judgement.verdict is Verdict.REFUSE:
        raise ValueError("a refused file is no photo")
    photo = MessagePhoto(
        id=id,
        message_id=message_id,
        position=0,
        file_name=file.name,
        size_bytes=len(file.content),
        sha256=file.sha256,
        judgement=file.judgement,
        turned=0,
        added_at=at,
        added_by_id=operator.id,
        added_by_name=operator.name,
    )
    return place(photos, photo)


def place(photos: Sequence[MessagePhoto], photo: MessagePhoto) -> MessagePhoto | PhotoProblem:
    """The photo in its own place where that is free, else in the first free one."""
    if any(photo.sha256 == other.sha256 for other in photos):
        return PhotoProblem.ALREADY_THERE
    if sum(each.judgement.pages for each in (*photos, photo)) > MOST_PHOTOS:
        return PhotoProblem.TOO_MANY
    taken = {other.position for other in photos}
    wanted = (photo.position, *range(1, MOST_PHOTOS + 1))
    return replace(photo, position=next(each for each in wanted if each and each not in taken))


def turn(photo: MessagePhoto, quarter_turns: int) -> MessagePhoto:
    """The photo turned to the right by so many quarters; negative ones go to the left."""
    return replace(photo, turned=(photo.turned + quarter_turns) % _QUARTERS)


def editing_reason(photo: MessagePhoto, *, turning_allowed: bool) -> PhotoReason:
    """What of 6.7 speaks against the photo, NONE where nothing does.

    Where the city lets operators put photos upright, one that lies on its side is none.
    """
    reason = photo.judgement.reason
    if turning_allowed and reason is PhotoReason.NEEDS_TURNING:
        return PhotoReason.NONE
    return reason


def photo_grounds(
    photos: Iterable[MessagePhoto], *, turning_allowed: bool
) -> tuple[ProposedGround, ...]:
    """The ground of 6.7 where a photo would need editing; a person decides (7.10)."""
    reasons = (editing_reason(photo, turning_allowed=turning_allowed) for photo in photos)
    if all(reason is PhotoReason.NONE for reason in reasons):
        return ()
    return (ProposedGround(Ground.PHOTO_EDITING, preset=True),)
