"""Scans and photos on answers in the local store (Regulation 9.9). They do not go to the centre."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import PurePath
from uuid import UUID

from sqlalchemy import Connection, insert, select

from sync.register.handling.answers import Attachment
from sync.register.operators import Operator
from sync.store.register import RegisterStore
from sync.store.workplace_tables.messages import answer_file


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A file to be kept; its attachment names it by the format that its contents tell."""

    attachment: Attachment
    content: bytes


class AnswerFiles:
    """Files of the answers to one message have names of their own: events know them by these."""

    def __init__(
        self,
        register: RegisterStore,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._register = register
        self._clock = clock

    def keep(
        self, message_id: UUID, files: Sequence[AnswerFile], by: Operator
    ) -> Future[tuple[Attachment, ...]]:
        """The files on the disk, under the names they were given: a taken name gets a number.

        The very file that is there already keeps its name. May be called on any thread; the
        future resolves after COMMIT, or fails with a StoreError.
        """

        def work(connection: Connection) -> tuple[Attachment, ...]:
            names = select(answer_file.c.name, answer_file.c.sha256).where(
                answer_file.c.message_id == message_id
            )
            taken = {row.name: row.sha256 for row in connection.execute(names)}
            return tuple(self._kept(connection, message_id, file, taken, by) for file in files)

        return self._register.write(work)

    def content(self, message_id: UUID, name: str) -> bytes | None:
        """The file as it came; None where there is none of this name. On any thread."""
        query = select(answer_file.c.content).where(
            answer_file.c.message_id == message_id, answer_file.c.name == name
        )
        return self._register.read(lambda connection: connection.scalar(query))

    def _kept(
        self,
        connection: Connection,
        message_id: UUID,
        file: AnswerFile,
        taken: dict[str, str],
        by: Operator,
    ) -> Attachment:
        digest = sha256(file.content).hexdigest()
        known = next((name for name, other in taken.items() if other == digest), None)
        if known is not None:
            return Attachment(known, file.attachment.format)
        name = _free_name(file.attachment.name, taken)
        taken[name] = digest
        connection.execute(
            insert(answer_file).values(
                message_id=message_id,
                name=name,
                format=file.attachment.format.value,
                size_bytes=len(file.content),
                sha256=digest,
                added_at=self._clock(),
                added_by_id=by.id,
                added_by_name=by.name,
                content=file.content,
            )
        )
        return Attachment(name, file.attachment.format)


def _free_name(name: str, taken: dict[str, str]) -> str:
    path, number, free = PurePath(name), 2, name
    while free in taken:
        free = f"{path.stem} ({number}){path.suffix}"
        number += 1
    return free
