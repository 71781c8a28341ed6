"""Photos of a message: position, attaching, rotation, rights, ground of refusal (6.6, 6.7)."""

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
    """Reason why the photos of a message cannot be changed; the file itself is valid."""

    TOO_MANY = "too_many"
    """A message has at most four photos; every page of a file counts as one (6.6)."""
    ALREADY_THERE = "already_there"
    """The message already has the same file."""
    FIXED = "fixed"
    """Photos of a submitted message are fixed; rotation is allowed until the decision."""
    NOT_ALLOWED = "not_allowed"
    """The operator's role may not register messages."""
    GONE = "gone"
    """The photo was removed by someone else."""


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """Validated photo file to attach; ``content`` are the original bytes, ``sha256`` is
    hexadecimal.
    """

    name: str
    content: bytes
    sha256: str
    judgement: PhotoJudgement


@dataclass(frozen=True, slots=True)
class MessagePhoto:
    """Photo of a message, without its bytes.

    ``position`` is 1 to 4. ``turned`` is the number of clockwise quarter turns by which an operator
    rotated the published copy.
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
    """Returns the reason why this operator may not change the photos in this state, or None.

    ``only_turns``: the change is a rotation, which is allowed longer.
    """
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
    """Returns the photo at the first free position of the message, or the problem.

    ``photos`` are the photos that the message already has. Raises ValueError if the file was
    refused by its validation.
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
    """Returns the photo at its position if that is free, otherwise at the first free one.

    Returns the problem if the photo cannot be added.
    """
    if any(photo.sha256 == other.sha256 for other in photos):
        return PhotoProblem.ALREADY_THERE
    if sum(each.judgement.pages for each in (*photos, photo)) > MOST_PHOTOS:
        return PhotoProblem.TOO_MANY
    taken = {other.position for other in photos}
    wanted = (photo.position, *range(1, MOST_PHOTOS + 1))
    return replace(photo, position=next(each for each in wanted if each and each not in taken))


def turn(photo: MessagePhoto, quarter_turns: int) -> MessagePhoto:
    """Returns the photo rotated clockwise by quarter turns; negative is counterclockwise."""
    return replace(photo, turned=(photo.turned + quarter_turns) % _QUARTERS)


def editing_reason(photo: MessagePhoto, *, turning_allowed: bool) -> PhotoReason:
    """Returns the reason why 6.7 does not allow the photo; NONE if it is allowed.

    A photo that only needs rotation is allowed if the city lets operators rotate photos.
    """
    reason = photo.judgement.reason
    if turning_allowed and reason is PhotoReason.NEEDS_TURNING:
        return PhotoReason.NONE
    return reason


def photo_grounds(
    photos: Iterable[MessagePhoto], *, turning_allowed: bool
) -> tuple[ProposedGround, ...]:
    """Returns the ground of refusal under 6.7 if a photo needs editing; the operator decides
    (7.10).
    """
    reasons = (editing_reason(photo, turning_allowed=turning_allowed) for photo in photos)
    if all(reason is PhotoReason.NONE for reason in reasons):
        return ()
    return (ProposedGround(Ground.PHOTO_EDITING, preset=True),)
