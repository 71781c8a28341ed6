"""Photos of a message in the store: unchanged bytes, four at most, fixed after submission."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from uuid_utils.compat import uuid7

from sync.errors import UnknownRecord
from sync.register.checks.photos import PhotoReason, Verdict
from sync.register.handling.photos import MessagePhoto, PhotoProblem
from sync.register.messages import message_from_call
from sync.register.people.operators import Role
from sync.store.local.keys import StoreKey
from sync.store.local.messages.photos import MessagePhotos, PhotoReading, RemovedPhoto
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore
from tests.fakes.photos import exif, file_of, judged_file, pages, picture
from tests.fakes.records import OPERATOR, RANG_AT, closed, filled, new_call, registered_message

WAIT_S = 10
JPEG = file_of(picture(), "JPEG", exif=exif(orientation=6, place=(43.0, 42.0)))


@pytest.fixture
def photos(store: RegisterStore) -> MessagePhotos:
    return MessagePhotos(store, clock=lambda: RANG_AT)


@pytest.fixture
def draft(store: RegisterStore) -> UUID:
    """A message that is being typed."""
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    message = message_from_call(card, uuid7(), RANG_AT, OPERATOR)
    return store.save_message(message).result(WAIT_S).id


def attach(photos: MessagePhotos, message_id: UUID, data: bytes) -> MessagePhoto:
    photo = photos.attach(message_id, judged_file(data), OPERATOR).result(WAIT_S)
    assert isinstance(photo, MessagePhoto)
    return photo


def test_a_photo_is_kept_byte_for_byte_with_what_was_found_in_it(
    photos: MessagePhotos, draft: UUID, path: Path, key: StoreKey
) -> None:
    photo = attach(photos, draft, JPEG)
    assert (photo.position, photo.file_name, photo.size_bytes) == (1, "снимок.jpg", len(JPEG))
    assert (photo.judgement.verdict, photo.judgement.reason) == (
        Verdict.OPERATOR,
        PhotoReason.NEEDS_TURNING,
    )
    assert (photo.judgement.has_location, photo.judgement.orientation) == (True, 6)
    assert (photo.added_at, photo.added_by_id) == (RANG_AT, OPERATOR.id)

    other_process = RegisterReading.open_for_reading(path, key)
    try:
        assert PhotoReading(other_process).of_message(draft) == (photo,)
        assert PhotoReading(other_process).content(photo.id) == JPEG
    finally:
        other_process.close_reading()
    assert b"Camera" not in path.read_bytes()


def test_what_is_published_is_the_picture_alone(photos: MessagePhotos, draft: UUID) -> None:
    photo = attach(photos, draft, JPEG)
    (copy,) = photos.published(photo.id)
    image = Image.open(io.BytesIO(copy.data))
    assert (image.size, dict(image.getexif())) == ((480, 640), {})

    turned = photos.turn(photo, 1, OPERATOR).result(WAIT_S)
    assert turned == replace(photo, turned=1)
    assert photos.of_message(draft) == (turned,)
    (copy,) = photos.published(photo.id)
    assert Image.open(io.BytesIO(copy.data)).size == (640, 480)
    assert photos.content(photo.id) == JPEG


def test_a_fifth_one_and_the_same_one_are_refused(photos: MessagePhotos, draft: UUID) -> None:
    attach(photos, draft, pages("TIFF", 3))
    again = photos.attach(draft, judged_file(file_of(picture(), "PNG")), OPERATOR).result(WAIT_S)
    assert isinstance(again, MessagePhoto)
    same = judged_file(photos.content(again.id) or b"", "под другим именем.png")
    assert photos.attach(draft, same, OPERATOR).result(WAIT_S) is PhotoProblem.ALREADY_THERE
    fifth = judged_file(file_of(picture(), "JPEG"))
    assert photos.attach(draft, fifth, OPERATOR).result(WAIT_S) is PhotoProblem.TOO_MANY
    assert len(photos.of_message(draft)) == 2


def test_a_photo_taken_away_is_gone_and_can_be_put_back(photos: MessagePhotos, draft: UUID) -> None:
    first = attach(photos, draft, JPEG)
    second = attach(photos, draft, file_of(picture(), "PNG"))
    removed = photos.remove(first, OPERATOR).result(WAIT_S)
    assert isinstance(removed, RemovedPhoto)
    assert photos.of_message(draft) == (second,)
    assert (photos.content(first.id), photos.published(first.id)) == (None, ())
    assert photos.remove(first, OPERATOR).result(WAIT_S) is PhotoProblem.GONE
    assert photos.turn(first, 1, OPERATOR).result(WAIT_S) is PhotoProblem.GONE

    assert photos.put_back(removed, OPERATOR).result(WAIT_S) == first
    assert photos.of_message(draft) == (first, second)
    assert photos.content(first.id) == JPEG
    assert photos.put_back(removed, OPERATOR).result(WAIT_S) is PhotoProblem.ALREADY_THERE


def test_a_registered_message_keeps_its_photos(store: RegisterStore, photos: MessagePhotos) -> None:
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    message = registered_message(closed(filled(card)), uuid7())
    begun = message_from_call(card, message.id, message.created_at, OPERATOR)
    store.save_message(begun).result(WAIT_S)
    photo = attach(photos, message.id, JPEG)
    removed = RemovedPhoto(replace(photo, id=uuid7(), sha256="0" * 64), JPEG)
    store.save_message(message).result(WAIT_S)

    other = judged_file(file_of(picture(), "PNG"))
    for future in (
        photos.attach(message.id, other, OPERATOR),
        photos.remove(photo, OPERATOR),
        photos.turn(photo, 1, OPERATOR),
        photos.put_back(removed, OPERATOR),
    ):
        assert future.result(WAIT_S) is PhotoProblem.FIXED
    assert photos.of_message(message.id) == (photo,)
    # Photos are not sent to the central database: the outbox has none.
    entities = {row.entity.value for row in store.outbox_waiting(10)}
    assert entities == {"message", "message_event"}


def test_who_makes_no_messages_changes_no_photos(photos: MessagePhotos, draft: UUID) -> None:
    observer = replace(OPERATOR, role=Role.OBSERVER)
    outcome = photos.attach(draft, judged_file(JPEG), observer).result(WAIT_S)
    assert outcome is PhotoProblem.NOT_ALLOWED


def test_a_photo_belongs_to_a_message(photos: MessagePhotos) -> None:
    with pytest.raises(UnknownRecord):
        photos.attach(uuid7(), judged_file(JPEG), OPERATOR).result(WAIT_S)
