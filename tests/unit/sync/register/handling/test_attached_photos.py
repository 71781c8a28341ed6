"""Photos of a message: at most four, no duplicates, and unchangeable after some steps."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from sync.register.checks.finding import Ground
from sync.register.checks.photo_formats import FileFormat
from sync.register.checks.photos import PhotoJudgement, PhotoReason, Verdict
from sync.register.handling.photos import (
    JudgedFile,
    MessagePhoto,
    PhotoProblem,
    attach,
    editing_reason,
    photo_grounds,
    place,
    problem_of_change,
    turn,
)
from sync.register.messages import State
from sync.register.people.operators import Role
from tests.fakes.records import OPERATOR, RANG_AT

MESSAGE = UUID(int=7)


def file(
    name: str, *, pages: int = 1, reason: PhotoReason = PhotoReason.NONE, refused: bool = False
) -> JudgedFile:
    verdict = Verdict.ACCEPT if reason is PhotoReason.NONE else Verdict.OPERATOR
    judgement = PhotoJudgement(
        Verdict.REFUSE if refused else verdict, reason, FileFormat.TIFF, 640, 480, 1, pages
    )
    return JudgedFile(name, name.encode(), name, judgement)


def attached(photos: tuple[MessagePhoto, ...], file: JudgedFile) -> MessagePhoto:
    photo = _attach(photos, file)
    assert isinstance(photo, MessagePhoto)
    return photo


def _attach(photos: tuple[MessagePhoto, ...], file: JudgedFile) -> MessagePhoto | PhotoProblem:
    id = UUID(int=100 + len(photos))
    return attach(photos, file, id=id, message_id=MESSAGE, at=RANG_AT, operator=OPERATOR)


def test_four_photos_and_no_more_each_in_its_place() -> None:
    photos: tuple[MessagePhoto, ...] = ()
    for name in "abcd":
        photos = (*photos, attached(photos, file(name)))
    assert [photo.position for photo in photos] == [1, 2, 3, 4]
    assert photos[0].added_by_name == OPERATOR.name
    assert (photos[0].size_bytes, photos[0].sha256) == (1, "a")
    assert _attach(photos, file("e")) is PhotoProblem.TOO_MANY

    left = (photos[0], *photos[2:])
    assert attached(left, file("e")).position == 2
    assert place(left, photos[1]) == photos[1]
    assert place((*left[1:], replace(photos[0], position=2)), photos[1]) == replace(
        photos[1], sha256="b", position=1
    )


def test_every_page_of_a_file_is_a_photo() -> None:
    first = attached((), file("a", pages=3))
    assert _attach((first,), file("b", pages=2)) is PhotoProblem.TOO_MANY
    assert attached((first,), file("b")).position == 2


def test_a_file_is_not_attached_twice_nor_one_that_was_refused() -> None:
    first = attached((), file("a"))
    assert _attach((first,), replace(file("a"), name="b")) is PhotoProblem.ALREADY_THERE
    with pytest.raises(ValueError, match="refused"):
        _attach((), file("a", refused=True))


def test_who_may_change_photos_and_until_when() -> None:
    changed = [state for state in State if problem_of_change(OPERATOR, state) is None]
    assert changed == [State.DRAFT]
    turned = [
        state for state in State if problem_of_change(OPERATOR, state, only_turns=True) is None
    ]
    assert turned == [State.DRAFT, State.SUBMITTED, State.UNDER_REVIEW]
    assert problem_of_change(OPERATOR, State.REGISTERED) is PhotoProblem.FIXED
    observer = replace(OPERATOR, role=Role.OBSERVER)
    assert problem_of_change(observer, State.DRAFT) is PhotoProblem.NOT_ALLOWED


def test_a_photo_is_turned_round_and_round() -> None:
    photo = attached((), file("a"))
    assert [turn(photo, quarters).turned for quarters in (1, 4, 5, -1)] == [1, 0, 1, 3]


def test_what_would_need_editing_proposes_the_ground_of_6_7() -> None:
    whole = attached((), file("a"))
    on_its_side = attached((), file("b", reason=PhotoReason.NEEDS_TURNING))
    small = attached((), file("c", reason=PhotoReason.NEEDS_ENLARGING))
    assert photo_grounds((whole,), turning_allowed=False) == ()
    (proposed,) = photo_grounds((whole, on_its_side), turning_allowed=False)
    assert (proposed.ground, proposed.preset) == (Ground.PHOTO_EDITING, True)
    assert photo_grounds((whole, on_its_side), turning_allowed=True) == ()
    assert editing_reason(small, turning_allowed=True) is PhotoReason.NEEDS_ENLARGING
    assert photo_grounds((small,), turning_allowed=True) != ()
