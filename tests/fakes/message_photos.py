"""Photos of messages in memory, by the rules of the register, with writes that can fail."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar
from uuid import UUID

from sync.errors import StoreUnavailable
from sync.register.handling.photos import (
    JudgedFile,
    MessagePhoto,
    PhotoProblem,
    attach,
    place,
    problem_of_change,
    turn,
)
from sync.register.messages import State
from sync.register.people.operators import Operator
from sync.store.local.messages.photos import RemovedPhoto
from tests.fakes.records import RANG_AT

T = TypeVar("T")


class FakePhotos:
    """Replies immediately; ``states`` are the states of messages that are no longer drafts."""

    def __init__(self) -> None:
        self.photos: list[MessagePhoto] = []
        self.contents: dict[UUID, bytes] = {}
        self.states: dict[UUID, State] = {}
        self.refusing = False
        self._made = 0

    def of_message(self, message_id: UUID) -> tuple[MessagePhoto, ...]:
        self._reach_disk()
        found = (photo for photo in self.photos if photo.message_id == message_id)
        return tuple(sorted(found, key=lambda photo: photo.position))

    def content(self, photo_id: UUID) -> bytes | None:
        self._reach_disk()
        return self.contents.get(photo_id)

    def attach(
        self, message_id: UUID, file: JudgedFile, by: Operator
    ) -> Future[MessagePhoto | PhotoProblem]:
        def work() -> MessagePhoto | PhotoProblem:
            self._made += 1
            outcome = attach(
                self.of_message(message_id),
                file,
                id=UUID(int=9000 + self._made),
                message_id=message_id,
                at=RANG_AT,
                operator=by,
            )
            return self._take(outcome, file.content)

        return self._change(message_id, by, work)

    def put_back(self, removed: RemovedPhoto, by: Operator) -> Future[MessagePhoto | PhotoProblem]:
        message_id = removed.photo.message_id

        def work() -> MessagePhoto | PhotoProblem:
            outcome = place(self.of_message(message_id), removed.photo)
            return self._take(outcome, removed.content)

        return self._change(message_id, by, work)

    def remove(self, photo: MessagePhoto, by: Operator) -> Future[RemovedPhoto | PhotoProblem]:
        def work() -> RemovedPhoto | PhotoProblem:
            if photo not in self.photos:
                return PhotoProblem.GONE
            self.photos.remove(photo)
            return RemovedPhoto(photo, self.contents.pop(photo.id))

        return self._change(photo.message_id, by, work)

    def turn(
        self, photo: MessagePhoto, quarter_turns: int, by: Operator
    ) -> Future[MessagePhoto | PhotoProblem]:
        def work() -> MessagePhoto | PhotoProblem:
            turned = turn(photo, quarter_turns)
            self.photos = [turned if each == photo else each for each in self.photos]
            return turned

        return self._change(photo.message_id, by, work, only_turns=True)

    def _take(
        self, outcome: MessagePhoto | PhotoProblem, content: bytes
    ) -> MessagePhoto | PhotoProblem:
        if isinstance(outcome, MessagePhoto):
            self.photos.append(outcome)
            self.contents[outcome.id] = content
        return outcome

    def _change(
        self,
        message_id: UUID,
        by: Operator,
        work: Callable[[], T | PhotoProblem],
        *,
        only_turns: bool = False,
    ) -> Future[T | PhotoProblem]:
        future: Future[T | PhotoProblem] = Future()
        try:
            self._reach_disk()
        except StoreUnavailable as error:
            future.set_exception(error)
            return future
        state = self.states.get(message_id, State.DRAFT)
        problem = problem_of_change(by, state, only_turns=only_turns)
        future.set_result(work() if problem is None else problem)
        return future

    def _reach_disk(self) -> None:
        if self.refusing:
            raise StoreUnavailable("SQLITE_FULL")
